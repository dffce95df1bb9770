"""Control without a verb, as headlines and asides have it: "Hamas still in control of X", "X back in Syrian hands"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from reportedly.knowledge.cues import Cue, Cues
from reportedly.knowledge.parties import SideKind
from reportedly.model import Extent, PlaceKind
from reportedly.read.frames.standing import still_there
from reportedly.read.mood.nominal import mood_of_noun
from reportedly.read.mood.sentences import mood_of_sentence
from reportedly.read.parsing.marks import QUOTES
from reportedly.read.places.described import left_as, town_within
from reportedly.read.places.leftward import apposed, list_left
from reportedly.read.places.relatives import name_described
from reportedly.read.places.slots import places_after
from reportedly.read.scene.asserted import Assertion, match_cue
from reportedly.read.scene.scene import Mention, Scene, Side
from reportedly.read.scene.sides import side_in
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import Mood, base_of
from reportedly.read.verbs.guards import besieged_by_none

__all__ = ["BEGINS", "verbless_frame"]

OUTSIDE = "outside"
BRACKETED = frozenset({"(", "both", "all", "and", ","})  # what stands before "under Russian control" in a bracket
BEGINS = frozenset({"in", "under", "within", OUTSIDE})

PLACED = ("is under control", "is under occupation", "is outside control")
HOLDING = "holds: light verb"
THERE = "is there"
BESIEGED = "is under siege"
OWN = frozenset({"its", "their", "our"})
IRREGULAR = frozenset({"rebel", "insurgent", "jihadist", "separatist", "opposition", "militant", "islamist"})


def verbless_frame(scene: Scene, i: int) -> Assertion | None:
    """What "in" or "under" at token i says of control where no verb stands before it."""
    if scene.low[i] not in BEGINS or scene.bracket[i] or i == scene.sentence[i][0]:
        return None
    if (
        scene.low[i] == "in"
        and {"no", "single"} & set(scene.low[max(0, i - 7) : i])
        and (nobody := _nobody_there(scene, i)) is not None
    ):
        return nobody
    if scene.low[i] == "in" and scene.low[i - 1] == "still" and (there := still_there(scene, i)) is not None:
        return there
    k = scene.previous(i)
    start = scene.sentence[i][0]
    while (
        k > start
        and k not in scene.at
        and (scene.tag[k].startswith("RB") or scene.low[k] in ("back", "no", "longer", "half", *QUOTES))
    ):
        k = scene.previous(k)
    k = _before_predicate(scene, k, start)
    for cue, at in _predicates(scene.cues, scene.low[i]):
        end = match_cue(scene, i, cue.words[at:])
        if cue.words[1] == scene.low[i] == "within":
            return _nearing(scene, cue, i, end, k) if end is not None else None
        if end is not None:
            placed = cue.frame.name in (*PLACED, BESIEGED)
            return _placed(scene, cue, i, end, k) if placed else _holding(scene, cue, i, end, k)
    return None


@cache
def _predicates(cues: Cues, word: str) -> tuple[tuple[Cue, int], ...]:
    """The cues of "is" that tell of control by a predicate with a word of BEGINS, each with where in it the word stands."""
    found = []
    for cue, kind in cues.verbs.get("be", ()):
        at = cue.words.index(word) if word in cue.words else 0
        nears = cue.words[1] == word == "within"
        if kind == "s" and at and (nears or cue.frame.name in (*PLACED, HOLDING, BESIEGED)):
            found.append((cue, at))
    return tuple(found)


def _before_predicate(scene: Scene, k: int, start: int) -> int:
    """The subject's last token where "and" ends another predicate: "X is secure and under Y's control"."""
    if scene.low[k] != "and":
        return k
    j = scene.previous(k)
    while j > start and (scene.tag[j].startswith(("JJ", "RB")) or scene.low[j] in QUOTES):
        j = scene.previous(j)
    copula = j < k - 1 and scene.low[j] in ("is", "was", "are", "were", "remains", "remained")
    return scene.previous(j) if copula and j > start else k


def _nobody_there(scene: Scene, i: int) -> Assertion | None:
    """ "No Russian troops left in X, says mayor": nobody is there, in a headline that leaves out the verb."""
    cue = next((c for c, _ in scene.cues.verbs.get("be", ()) if c.frame.name == THERE), None)
    k = scene.previous(i)
    while k > 0 and scene.low[k] in ("left", "remaining", "now", "anymore"):
        k = scene.previous(k)
    one = scene.low[k] in ("soldier", "fighter")  # "Not a single Russian soldier left in X"
    end = k if one else k + 1
    side = next((s for s in scene.sides if s.end == end and (one or s.word.kind is not SideKind.DEMONYM)), None)
    if cue is None or side is None or scene.low[side.start - 1] not in ("no", "more", "single"):
        return None
    first = side.start - 1 - (scene.low[side.start - 1] == "more") - 2 * (scene.low[side.start - 1] == "single")
    start = scene.sentence[i][0]
    if (
        first < 0
        or scene.low[first] not in ("no", "not")
        or not (first == start or scene.low[first - 1] in (":", "says", "say", "-", "–"))
    ):
        return None
    targets = [t for t in places_after(scene, i + 1) if t.mention.kind is not PlaceKind.COUNTRY and not t.near]
    if targets and scene.low[targets[-1].mention.end : targets[-1].mention.end + 1] == ("by",):
        return None  # "No US troops left in X by September"
    if not targets or any(
        scene.tag[j] in ("VBD", "VBP", "MD") for j in range(targets[-1].mention.end, scene.sentence[i][1])
    ):
        return None  # "No Russian troops in X have surrendered"
    mood = mood_of_sentence(scene, i, Mood()).flip('"no"')
    return Assertion(cue, i, i + 1, tuple(targets), mood, side, "those who are not there")


def _negated(scene: Scene, k: int, i: int, mood: Mood) -> Mood:
    if scene.low[i] == OUTSIDE:
        mood = mood.flip("outside of it")
    words = set(scene.low[k + 1 : i])
    return mood.flip("negated") if words & {"not", "never"} or {"no", "longer"} <= words else mood


def _extent(scene: Scene, k: int, i: int, targets: list[Target]) -> list[Target]:
    """The targets as parts, where the words between k and the cue at i say so ("almost entirely in Russian hands")."""
    words = set(scene.low[k + 1 : i])
    part = words & scene.words("places.nearly") or words & scene.listed("places.partly", "places.mostly")
    return [replace(t, extent=Extent(kind="part")) for t in targets] if part else targets


def _placed(scene: Scene, cue: Cue, i: int, end: int, k: int) -> Assertion | None:
    """ "X back under Russian control", "X still in rebel hands", "X, now under Russian control"."""
    if (inside := _of_bracket(scene, i, k)) and (holder := _holder(scene, i, end)):
        mood = _negated(scene, k, i, Mood())
        return Assertion(cue, i, end, tuple(_extent(scene, k, i, inside)), mood, holder, "named with the cue")
    if k > 0 and scene.low[k] == "," and scene.sentence[k][0] < k:
        k = scene.previous(k)
    if left := left_as(scene, k):
        return _left_as(scene, cue, i, end, left)
    k = _calm(scene, k)
    described = _described(scene, i, end, k)
    place = _meant(scene, i, end, k, described) if described is not None else None
    if place is None:
        return None
    had, side = scene.doc[i].head, _holder(scene, i, end)
    if cue.frame.name == BESIEGED:
        if _no_siege(scene, i, end, k, place):
            return None
    elif side is None and not (had.lemma_ == "have" and had.i < place.start) and not _owned(scene, i, end, place):
        return None  # but "has X under full control"
    mood = _negated(scene, k, i, mood_of_noun(scene, place.end - 1))
    targets = _shared_out(scene, place, i) or _listed_in(scene, place) or [Target(m) for m in list_left(scene, place)]
    if place.kind is PlaceKind.UNNAMED and place.count and scene.low[end : end + 1] == (",",):
        named = [t for t in places_after(scene, end + 1) if t.mention.known and t.mention.kind is PlaceKind.SETTLEMENT]
        targets = named if len(named) == place.count else targets  # "the last two villages in Y's hands, A and B, lie"
    if had.lemma_ == "bring" and had.i < place.start and cue.frame.name == PLACED[0]:
        cue = next((c for c, _ in scene.cues.verbs.get(had.lower_, ()) if c.words[1] == scene.low[i]), cue)
    who = "named with the cue" if side is not None else ""
    return Assertion(cue, i, end, tuple(_extent(scene, k, i, targets)), mood, side, who)


def _holder(scene: Scene, i: int, end: int) -> Side | None:
    """Who holds it: in the words of the cue, or behind them."""
    return side_in(scene, i, end) or _behind(scene, end)


def _left_as(scene: Scene, cue: Cue, i: int, end: int, targets: list[Target]) -> Assertion | None:
    """ "The war left X in rebel hands"."""
    side, who = _holder(scene, i, end), "named with the cue"
    if side is None:
        holder = next((w for w in scene.low[i:end] if w in scene.words("clauses.holders")), None)
        if holder is None:
            return None
        who = f"“{holder}-held”"
    mood = mood_of_sentence(scene, i, Mood())
    return Assertion(cue, i, end, tuple(targets), mood, side, who, attributive=side is None)


def _calm(scene: Scene, k: int) -> int:
    """The subject of "X was calm under M23 administration", where k is the adjective; else k."""
    if scene.tag[k] != "JJ" or scene.doc[k].dep_ != "acomp":
        return k
    calm = next((c.i for c in scene.doc[k].head.children if c.dep_ == "nsubj" and c.i < k), None)
    return calm if calm is not None and scene.inside(calm) is not None else k


def _described(scene: Scene, i: int, end: int, k: int) -> Mention | None:
    """The place that the words up to k name or describe, where they are about one."""
    place = scene.inside(k)
    if place is None and scene.low[k] in scene.words("places.settlements"):
        place = name_described(scene, k)  # "X, the largest city under Russian control"
    elif place is not None and place.anaphor is not None and _one_of_its_kind(scene, place.start, k):
        place = apposed(scene, place) or _set_beside(scene, end)  # "X, the last province outside Taliban control"
    elif place is not None and place.end != k + 1:
        return None
    if place is None or place.head is not None or place.anaphor is None:
        return place if place is not None and place.head is None else None
    governor = scene.doc[i].head
    left = governor.lemma_ in ("leave", "put", "place") and governor.i < place.start  # "leaving the town in its hands"
    return place if left or place.words.lower() == place.anaphor else None  # "80% of city in Russian hands"


def _meant(scene: Scene, i: int, end: int, k: int, place: Mention) -> Mention | None:
    """The place that another only says where it lies or describes: "X, the last city in Y region in rebel hands"."""
    far = town_within(scene, k)
    if far is not None and far.kind is PlaceKind.SETTLEMENT:
        return far
    if scene.low[scene.previous(place.start)] == "outside":
        return None  # "the first town outside X in rebel hands"
    shut = _before_bracket(scene, i)
    town = _town_of_region(scene, place) if shut is None else None
    if town is not None:
        behind = scene.at.get(end + 1) if scene.low[end : end + 1] == (",",) else None
        named = behind is not None and behind.kind is PlaceKind.SETTLEMENT and behind.known
        town = behind if named and behind is not None else town
        return town if not town.anaphor and town.head is None else None
    return shut or apposed(scene, place) or place  # "X, a city under Russian occupation"


def _no_siege(scene: Scene, i: int, end: int, k: int, place: Mention) -> bool:
    """ "Villages near X under siege" behind a verb only describe, and so does "churches in X under siege"."""
    if besieged_by_none(scene, i, end) or scene.low[place.start - 1 : place.start] in (("in",), ("across",)):
        return True
    return any(scene.tag[x].startswith("VB") for x in range(scene.sentence[i][0], k))


def _owned(scene: Scene, i: int, end: int, place: Mention) -> bool:
    """Whether the words of the cue tell who holds it, though no side is named: "in its hands", "under rebel control"."""
    words = scene.low[i:end]
    if not OWN.isdisjoint(words) or not IRREGULAR.isdisjoint(words) or scene.low[end : end + 1] == ("of",):
        return True
    return place.known and not scene.words("clauses.ruling").isdisjoint(words)


def _one_of_its_kind(scene: Scene, start: int, k: int) -> bool:
    """Whether "the only", "the first big", "the largest" stands from `start` to k, before the noun of a town."""
    ranked = scene.words("places.last") | {"first", "second", "third"}
    farthest = any(word.endswith("most") for word in scene.low[start:k])  # "the westernmost city"
    return bool(ranked & set(scene.low[start:k])) or "JJS" in scene.tag[start:k] or farthest


def _set_beside(scene: Scene, end: int) -> Mention | None:
    """The town named between commas behind "the last village in Ukrainian hands"."""
    named = scene.at.get(end + 1) if scene.low[end : end + 1] == (",",) else None
    closed = named is not None and scene.low[named.end : named.end + 1] in ((",",), (".",))
    fits = named is not None and named.head is None and not named.anaphor and named.kind is PlaceKind.SETTLEMENT
    return named if closed and fits else None


def _listed_in(scene: Scene, place: Mention) -> list[Target]:
    """The towns that stand before "in" a place: "leaving only A, B and C in Y under Z's control"."""
    within = scene.previous(place.start)
    last = scene.inside(scene.previous(within)) if within > 1 and scene.low[within] == "in" else None
    if last is None or last.end != within or last.kind is not PlaceKind.SETTLEMENT or last.head or last.anaphor:
        return []
    places = list_left(scene, last)
    only = scene.low[scene.previous(places[0].start)] in ("only", "just", "leaving", "leaves", "left")
    return [Target(m) for m in places] if only else []


def _town_of_region(scene: Scene, region: Mention) -> Mention | None:
    """The town without a name of "the last village in the Y region in rebel hands", be it named behind it."""
    j = scene.previous(region.start)
    while j > 0 and (scene.tag[j] == "DT" or scene.low[j] in scene.words("places.compass")):
        j = scene.previous(j)
    noun = scene.previous(j)
    if scene.low[j] != "in" or scene.low[noun] not in ("city", "town", "village", "settlement", "hamlet"):
        return None
    return scene.inside(noun) or Mention(noun, noun + 1, scene.low[noun], PlaceKind.UNNAMED, known=True, count=1)


def _shared_out(scene: Scene, place: Mention, i: int) -> list[Target]:
    """The share of a place before the cue: "half of X in rebel hands"."""
    k = place.start - 1
    if k <= scene.sentence[i][0] or scene.low[k] != "of":
        return []
    while k > scene.sentence[i][0] and place.start - k < 5 and not scene.tag[k - 1].startswith(("VB", "IN", ":")):
        k -= 1
    targets = places_after(scene, k, end=i)
    return targets if [t.mention for t in targets] == [place] else []


def _before_bracket(scene: Scene, i: int) -> Mention | None:
    """The place before the bracket that token i stands in: "X (a village in Y now under Ukrainian control)"."""
    k = i - 1
    while k > scene.sentence[i][0] and scene.low[k] not in ("(", ")"):
        k -= 1
    place = scene.inside(k - 1) if k > 0 and scene.low[k] == "(" else None
    return place if place is not None and place.head is None and not place.anaphor else None


def _of_bracket(scene: Scene, i: int, k: int) -> list[Target]:
    """The places before a bracket that says in whose hands they are: "A and B (both towns north of C and under Russian control)"."""
    if scene.low[k] not in BRACKETED:
        return []
    opened = next((j for j in range(i - 1, max(scene.sentence[i][0], i - 14), -1) if scene.low[j] in ("(", ")")), None)
    if opened is None or scene.low[opened] != "(" or opened == 0:
        return []
    place = scene.inside(opened - 1)
    if place is None or place.head is not None or place.anaphor:
        return []
    listed = list_left(scene, place)
    many = {"both": 2, "all": len(listed)}.get(scene.low[opened + 1], 1)
    return [Target(m) for m in listed[-many:]]


def _behind(scene: Scene, end: int) -> Side | None:
    """The side in "under the control of the rebels"."""
    if scene.low[end : end + 1] != ("of",):
        return None
    named = scene.side_at.get(
        end + 2 if scene.tag[end + 1 : end + 2] == ("DT",) else end + 1
    )  # "of the DNR", which is a region too
    return named if named is not None and named.word.party else side_in(scene, end + 1, end + 4)


def _nearing(scene: Scene, cue: Cue, i: int, end: int, k: int) -> Assertion | None:
    """ "Rebels within 3 km of X"."""
    side = next((s for s in scene.sides if s.end == k + 1), None)
    measured = scene.tag[i + 1] == "CD" or scene.words("places.measures") & set(scene.low[i:end])
    targets = places_after(scene, end)
    if side is None or not measured or not targets or side.word.kind == "demonym":
        return None
    verb = scene.doc[k].head
    if scene.doc[k].dep_ in ("dobj", "obj") and verb.i < k and not base_of(scene, verb.i, "clauses.brings"):
        return None  # "repelled Ukrainian forces within 10 km of X"
    return Assertion(cue, i, end, tuple(targets), mood_of_sentence(scene, i, Mood()), side, "the subject", k)


def _acts_then(scene: Scene, comma: int) -> Side | None:
    """Who acts behind the comma in the past: "Once in control of X, the rebels set up courts"."""
    k = comma + 1 + (scene.tag[comma + 1 : comma + 2] == ("DT",))
    side = scene.side_at.get(k) if scene.low[comma : comma + 1] == (",",) else None
    if side is None or side.end >= len(scene.low):
        return None
    v = side.end + scene.tag[side.end].startswith("RB")
    return side if scene.tag[v : v + 1] == ("VBD",) else None


def _in_company(scene: Scene, k: int) -> bool:
    """Whether "with" or "leaving" stands before the name that ends at k: "with Assad in control of most of Syria"."""
    while k > 0 and scene.tag[k - 1] == "NNP":
        k -= 1
    return scene.low[k - 1] in ("with", "leaving", "leaves", "left", "leave") if k else False


def _holding(scene: Scene, cue: Cue, i: int, end: int, k: int) -> Assertion | None:
    """ "Hamas still in control of X", "leaving the Taliban in control of X"."""
    side = next((s for s in scene.sides if s.end == k + 1), None)
    if side is None and scene.low[k] in ("them", "it") and scene.low[k - 1] in ("leaves", "leaving", "left", "leave"):
        start = scene.sentence[i][0]
        before = [s for s in scene.sides if start <= s.start < k - 1 and scene.inside(s.start) is None]
        side = before[-1] if before else None  # "Israeli troops stay behind a line that leaves them in control of X"
    if scene.low[end : end + 1] not in (("of",), ("over",)):
        return None
    targets = places_after(scene, end + 1)
    if targets and side is None and scene.low[k : k + 1] == ("once",) and k == scene.sentence[i][0]:
        side = _acts_then(scene, targets[-1].mention.end)
    person = side is None and scene.tag[k] == "NNP" and _in_company(scene, k)
    if not targets or (side is None and not person):
        return None
    mood = _negated(scene, k, i, mood_of_sentence(scene, i, Mood()))
    return Assertion(cue, i, end, tuple(targets), mood, side, "the subject" if side is not None else "", k)

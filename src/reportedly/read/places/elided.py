"""Gains whose place is told before them: "attacked near X and made marginal gains", "... near X. They did not make any gains"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.cues import Cue
from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.places.edges import coordinated_prep, past_target
from reportedly.read.places.placing import closer_place, compass_of, prep_at
from reportedly.read.places.slots import places_after
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import DO, HAVE, is_negated, verb_group

__all__ = [
    "CLAIMED",
    "ELIDED",
    "JUST_CLAIMED",
    "WHERE",
    "attacks_before",
    "control_alone",
    "elided_places",
    "headed_place",
    "may_elide",
    "part_alone",
]

ELIDED = "there"  # the anaphor of a place that no word stands for
CLAIMED = "claimed"  # that of the place which the sentence has claimed something of before
JUST_CLAIMED = "just claimed"  # the same, or else the one place that the sentence before claimed something of
PARTS = frozenset({"part", "half", "outskirts", "districts", "suburbs", "side"})
WHERE = ("near", "around", "in", "at", "on", "against", "N", "toward", "towards")  # an attack was
FRONT = frozenset({"in", "near", "around", "at", "on", "along", "outside"})  # what opens a sentence before a place
AGAIN = frozenset({"regain", "retake", "restore", "reassert", "reestablish"})
GAINED = frozenset({"seize", "take", "gain", "assume"})


def control_alone(scene: Scene, cue: Cue, i: int, end: int) -> list[Target]:
    """The place of "before soldiers regained control", "its forces remain in control": the one claimed before in the sentence, else
    the town that the sentence or those before tell of.
    """
    again = cue.frame.relation is Relation.TAKES and cue.words[0] in AGAIN | GAINED
    lasting = cue.frame.relation is Relation.HOLDS and cue.frame.party == "subject"
    if cue.words[-1] != "control" or not (again or lasting) or scene.low[end - 1] != "control":
        return []
    if any(i < s.start < end for s in scene.sides):
        return []  # "X is in partial Russian control"
    k = end + (scene.tag[end : end + 1] == ("RB",))  # "regained control there", but "control about 80% of X"
    closed = k >= len(scene.low) or scene.tag[k] in (".", ",", ":", "CC") or (k > end and scene.tag[k] == "IN")
    closed = (
        closed
        or scene.low[end] in ("after", "as", "on", "within", "following", "hours", "days")
        or (scene.low[end] == "by" and bool(scene.words("clauses.by_then") & set(scene.low[end + 1 : end + 3])))
        or scene.doc[end].is_space
    )
    return [Target(Mention(i, i + 1, scene.doc[i].text, PlaceKind.SETTLEMENT, anaphor=JUST_CLAIMED))] if closed else []


def part_alone(scene: Scene, cue: Cue, i: int, end: int) -> list[Target]:
    """The place of "insisting its troops still hold the northern part": a part of the one claimed before."""
    if cue.frame.relation not in (Relation.HOLDS, Relation.TAKES) or scene.low[end : end + 1] not in (
        ("the",),
        ("its",),
    ):
        return []
    k = end + 1
    while k < len(scene.low) and (scene.low[k] in scene.words("places.compass") or scene.tag[k] == "JJ"):
        k += 1
    part = k > end + 1 and k < len(scene.low) and scene.low[k] in PARTS
    stop = scene.sentence[i][1]
    if not part or scene.low[k + 1 : k + 2] == ("of",) or any(k < m.start < stop for m in scene.mentions):
        return []
    mention = Mention(i, i + 1, scene.doc[i].text, PlaceKind.SETTLEMENT, anaphor=JUST_CLAIMED)
    return [Target(mention, extent=Extent(kind="part"))]


def may_elide(scene: Scene, cue: Cue, end: int) -> bool:
    """Whether a cue tells of gained ground plainly enough to need no place of its own ("made gains", "advanced 300 metres")."""
    if cue.frame.name == "withdraws from":
        drawn = cue.words == ("pull",) and _drawn_out(scene, end)
        return drawn or cue.words[0] not in ("pull", "make") or cue.words in (("pull", "out"), ("pull", "back"))
    if cue.words == ("flee",):
        return True
    if cue.frame.relation is not Relation.ADVANCES or "other" in scene.low[end - 3 : end]:
        return False  # "did not make other gains" is about other places
    where = scene.low[end : end + 5]
    if where[:1] in (("on",), ("along",), ("in",)) and set(where) & scene.words("places.direction"):
        return False  # "made no gains on the southern axis" tells where, without a name
    if len(cue.words) > 1:
        here = cue.words[-1] == "position" and in_the_area(
            scene, end
        )  # "failed to improve their positions in the area"
        return here or cue.words[-1] in scene.words("clauses.gains")
    if cue.words == ("advance",) and in_the_area(scene, end):
        return True
    if cue.words == ("advance",) and scene.low[end - 2 : end - 1] == ("without",):
        return True
    if cue.words != ("advance",) or end >= len(scene.low):
        return False
    if scene.tag[end] == "CD" or scene.low[end][:1].isdigit():
        return True
    if (scene.tag[end] in (".", ",", "CC") or scene.low[end] in ("last", "on", "slightly", "further", "again")) and (
        _in_front(scene, end - 1, scene.sentence[end - 1][0])
    ):
        return True  # "In Toretsk, they advanced."
    denied = is_negated([scene.low[k] for k in verb_group(scene, end - 1)])
    return denied and attacks_before(scene, scene.sentence[end - 1][0], end - 1)


def _drawn_out(scene: Scene, end: int) -> bool:
    """Whether forces stand behind "pulled" and are pulled out: "pulled its garrison out", "pulled the troops back"."""
    k = end + (scene.tag[end : end + 1] in (("PRP$",), ("DT",)))
    gone = scene.low[k + 1 : k + 2] in (("out",), ("back",)) and scene.tag[k] in ("NN", "NNS")
    return gone and scene.low[k + 2 : k + 3] != ("of",)


def in_the_area(scene: Scene, end: int) -> bool:
    """Whether "in this area" or "to the area" follows: the place told before."""
    return (
        scene.low[end : end + 1] in (("in",), ("to",), ("into",))
        and scene.low[end + 1 : end + 2] in (("the",), ("this",), ("that",))
        and scene.low[end + 2 : end + 3] == ("area",)
        and scene.low[end + 3 : end + 4] not in (("of",), ("around",), ("between",))
    )


def elided_places(scene: Scene, i: int, end: int) -> list[Target]:
    """The places of the attack that the sentence tells of before the gain at i; failing that, a stand-in for the sentence before."""
    start = scene.sentence[i][0]
    if (own := _of_subject(scene, i, start) or _in_front(scene, i, start)) is not None:
        return own
    if scene.tag[i] == "VBG" and scene.low[i - 1] == "after" and (own := _where_before(scene, i, start)) is not None:
        return own
    denied = any(
        scene.low[k] in ("not", "no", "n't", "never", "without", "little") for k in range(max(start, i - 4), end)
    )
    if denied or in_the_area(scene, end) or attacks_before(scene, start, i):
        attack = next((k for k in range(start, i) if scene.low[k] in scene.words("clauses.attacks")), i)
        first = next(
            (
                m
                for m in sorted(scene.mentions, key=lambda m: m.start < attack)  # those behind the attack before others
                if start <= m.start < i
                and m.head in (None, "area")
                and m.anaphor is None
                and scene.low[scene.previous(m.start)] != "from"
            ),
            None,
        )
        if first is not None and first.head == "area":
            return [Target(replace(first, head=None), near=True)]
        if first is not None:
            return _told_at(scene, first.start, start, i)
    return [Target(Mention(i, i + 1, scene.doc[i].text, PlaceKind.SETTLEMENT, anaphor=ELIDED))]


def _where_before(scene: Scene, i: int, start: int) -> list[Target] | None:
    """The one place in which somebody did something after a gain: "regrouped in northern X after making gains"."""
    named = [m for m in scene.mentions if start <= m.start < i]
    if len(named) != 1 or named[0].head is not None or named[0].anaphor or named[0].end != i - 1:
        return None
    k = scene.previous(named[0].start)
    while k > start and (scene.tag[k] == "DT" or scene.low[k] in scene.words("places.compass")):
        k = scene.previous(k)
    return places_after(scene, k + 1, end=i) if scene.low[k] == "in" else None


def _of_subject(scene: Scene, i: int, start: int) -> list[Target] | None:
    """The places of who gains: "Russian forces near Kyiv made limited gains"."""
    group = verb_group(scene, i)
    k = scene.previous(group[0] if group else i)
    mention = scene.inside(k)
    if mention is None or mention.head is not None or mention.anaphor:
        return None
    j = scene.previous(mention.start)
    attack = scene.low[j - 1 : j] and scene.low[j - 1] in scene.words("clauses.attacks")
    if j <= start or not (
        scene.low[j] in ("near", "around", "of", "in", "outside") or (attack and scene.tag[j] in ("IN", "TO"))
    ):
        return None
    return _told_at(scene, mention.start, start, i)


def _in_front(scene: Scene, i: int, start: int) -> list[Target] | None:
    """The place that the sentence opens with: "In Bakhmut, the enemy advanced 160 metres", "nowhere along the X axis did they"."""
    start = max(start, scene.told_from(i))
    first = next((m for m in scene.mentions if start < m.start < i), None)
    if first is None or first.head not in (None, "area") or first.anaphor:
        return None
    k = start + (scene.low[start] in ("nowhere", "but", "and", "meanwhile"))
    k += scene.low[k] == ","
    inside = range(k + 1, first.start)
    if scene.low[k] not in FRONT or len(inside) > 1 or any(scene.tag[j] != "DT" for j in inside):
        return None
    found = _told_at(scene, first.start, start, i)
    if not found:
        return None
    end = past_target(scene, found[-1])
    end += scene.low[end] in scene.words("places.direction")
    closed = scene.low[end] == "," or end in scene.side_at or scene.tag[end] in ("DT", "PRP")
    closed = closed or (scene.low[start] == "nowhere" and scene.low[end] in DO | HAVE)
    group = verb_group(scene, i)
    subject = range(end + 1, min([i, *group]))
    others = any(scene.tag[j] in ("VBD", "VBZ", "VBP") or scene.low[j] in (":", ";") for j in subject)
    return found if closed and not others else None


def headed_place(scene: Scene, i: int, end: int) -> list[Target]:
    """The place that heads a headline, where nothing follows its cue: "X: the army says it has full control"."""
    start, stop = scene.sentence[i]
    place = scene.at.get(start)
    if place is None or not place.known or place.head is not None or place.kind is PlaceKind.COUNTRY:
        return []
    if scene.low[place.end : place.end + 1] != (":",):
        return []
    if any(start < m.start < stop and m is not place and not m.anaphor for m in scene.mentions):
        return []
    last = scene.low[end] if end < stop else "."
    closed = last in ("as", "amid", "after", ",", ".", ";", "–", "—") or (
        end < stop and scene.tag[end].startswith("VB")
    )
    return [Target(place)] if closed else []


def attacks_before(scene: Scene, start: int, end: int) -> bool:
    """Whether a stretch tells of an attack."""
    return any(scene.low[k] in scene.words("clauses.attacks") for k in range(start, end))


def _told_at(scene: Scene, k: int, start: int, end: int) -> list[Target]:
    """The places of the phrase in which the mention at k stands: "south of A" as ground near it, "south of A near B" as B."""
    j = k
    while j - 1 >= start and (
        scene.tag[j - 1] == "DT"
        or scene.low[j - 1] in ("of", "from", "and")
        or scene.low[j - 1] in scene.words("places.compass")
    ):
        j -= 1
    while j < k and scene.low[j] not in scene.words("places.compass"):
        j += 1
    after = compass_of(scene, j) if j < k else None
    if after is None:
        found = places_after(scene, j if j == k - 1 else k, end=end)  # "attacked northern X but made no gains"
    else:
        found = places_after(scene, closer_place(scene, after, end) or after, end=end, near=True)
    return found + _told_too(scene, found, end) if found and attacks_before(scene, start, k) else found


def _told_too(scene: Scene, found: list[Target], end: int) -> list[Target]:
    """The places of a second phrase of the attack: "attacked in A and against B but made no gains"."""
    last = past_target(scene, found[-1])
    k = coordinated_prep(scene, last, end, WHERE)
    joined = k is not None and scene.low[k - 1] in ("and", "or")  # but not "in A, also south of B"
    hit = prep_at(scene, k, WHERE) if k is not None and joined else None
    return places_after(scene, hit[1], end=end, near=True) if hit is not None else []

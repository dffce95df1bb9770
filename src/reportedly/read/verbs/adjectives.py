"""Adjective frames: "occupied X", "Russian-held X", "recently liberated X"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import Extent, PlaceKind
from reportedly.read.places.extents import part_of
from reportedly.read.places.leftward import list_left
from reportedly.read.places.members import is_bare, with_members
from reportedly.read.places.slots import places_after
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Mention, Scene, Side
from reportedly.read.scene.serial import in_a_row
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import BE, HAVE, LET_ALONE, Mood
from reportedly.read.verbs.holding import predicate_frame
from reportedly.read.verbs.occupied_land import before_noun, land_at

__all__ = ["adjective_frame", "attributive", "scare_quoted", "second_verb"]


BY_SOMEBODY = frozenset({"controlled", "held", "run", "ruled", "governed", "administered", "dominated"})
TOWNS = frozenset({"city", "town", "village"})
OPENING = frozenset({"that", "said", "says", ",", "when", "after", "as", "since", "while", "before", "because"})
POCKETS = frozenset({"pocket", "patch", "sliver", "strip", "stretch", "piece", "scrap", "swathe", "swath", "slice"})
LANDS = frozenset({"territory", "country", "state"})  # "the occupied territory" names nothing


def attributive(scene: Scene, i: int) -> bool:
    """Whether the participle at i stands before its noun ("in occupied Kherson"), by the words around it."""
    low, tag = scene.low, scene.tag
    if (
        i + 1 >= len(low)
        or in_a_row(scene, i) is not None
        or (tag[i + 1] in ("VBN", "VBD", "IN", "TO", "RB") and i + 1 not in scene.at)
        or low[i + 1] in ("by", "in", "on", "from", ",", ".", "and")
        or low[i - 2 : i] in LET_ALONE  # "have not reached X, let alone captured Y"
    ):
        return False
    if low[i + 1] in ("'", "’", "”", '"') and low[i + 2 : i + 3] in (
        (),
        ("-",),
        ("–",),
        ("—",),
        (",",),
        (".",),
        (":",),
    ):
        return False  # "X 'fully liberated' - ministry"
    k = i - 1
    if k > 0 and low[k] == "-" and low[k - 1] in ("half", "semi"):
        k -= 2
    if k > 0 and low[k] in ('"', "“", "‘") and (low[k - 1] in HAVE or low[k - 1] in BE or scare_quoted(scene, i)):
        return False
    while k >= 0 and (
        low[k] in scene.words("clauses.when") or (low[k] == "-" and k and low[k - 1] in scene.words("clauses.when"))
    ):
        k -= 1
    while k >= 0 and tag[k].startswith("RB") and low[k] not in ("not", "n't"):
        k -= 1
    if k > 0 and low[k] in ('"', "“", "‘"):
        before = k - 1
        while before > 0 and tag[before].startswith("RB"):
            before -= 1
        if low[before] in HAVE or low[before] in BE:
            return False  # 'have now "fully liberated" X'
        actor = next((s for s in scene.sides if s.end == k and s.word.kind in ("name", "forces", "seat")), None)
        if actor is not None and scene.tag[i] in ("VBD", "VBN") and i + 2 in scene.at:
            return False  # 'Russia "annexed" X'
    if k > 0 and (low[k] == "since" or low[k : k + 2] in (("by", "then"), ("by", "now"))) and low[k - 1] in HAVE:
        return False  # "has since recaptured X", "had by then left X"
    if k >= 0 and tag[k] != "POS" and (low[k] in HAVE or low[k] in BE or tag[k] == "MD"):
        return False
    if k < 0:
        return scene.tag[i] in ("VBN", "JJ", "VBD") or (low[i] == "occupied" and i + 1 in scene.at)
    if low[k] in ("-", "–") and k:
        return True
    if low[k] == "and" and k and low[k - 1] == ";":
        return True
    if scene.sentence[k][1] == k + 1 or low[k] in ("(", "[", ":", "—", "–", "“", '"', ";"):
        return scene.tag[i] in ("VBN", "JJ") or (low[i] == "occupied" and i + 1 in scene.at and tag[i] == "NNP")
    if tag[k] in ("IN", "DT", "PRP$", "POS", "PDT") or low[k] in ("to", "of"):
        return low[k] not in ("that", "which") or (tag[k] == "IN" and low[i] == "occupied" and _acts(scene, i))
    if (
        tag[k] in ("VBG", "VBD", "VBZ", "VBP", "VB", "VBN")
        and low[k] not in BE | HAVE
        and low[k] not in ("been", "being", "got", "reportedly")
    ):
        land = low[i + 1] in scene.words("places.part") or low[i + 1] in scene.words("places.settlements")
        return i + 1 in scene.at or i + 1 in scene.side_at or land or (tag[k] == "VB" and tag[i] in ("VBN", "JJ"))
    if low[i] == "occupied" and tag[k] == "NNS" and i + 1 in scene.at and _no_occupier(scene, k):
        return True  # "The decree covers occupied X", where the tagger takes the verb for a noun
    if low[i] == "occupied" and tag[k] in ("NN", "NNS") and land_at(scene, i + 1) and _no_occupier(scene, k):
        return True  # "Troops raid occupied West Bank city", where the tagger takes the verb for a noun
    if (
        tag[k] == "NNS"
        and low[k] in scene.words("names.comings")
        and i + 1 in scene.at
        and scene.tag[k - 1 : k] != ("JJ",)
    ):
        return True  # "President visits recaptured X"
    if tag[k] == "CC" and low[i] != "occupied" and second_verb(scene, i, k):
        return False
    if low[k] == "," and _after_aside(scene, i, k):
        return False
    if low[k] == "," and _names_the_land(scene, i, k):
        return True
    if tag[k] in ("CC", ","):
        land = low[i + 1] in scene.words("places.part") or low[i + 1] in scene.words("places.settlements")
        part = low[i + 1] in scene.words("places.compass") and i + 2 in scene.at  # "A and occupied southern B"
        if (
            low[i] == "occupied"
            and low[k] in ("and", ",")
            and (i + 1 in scene.at or land or part)
            and not (scene.doc[i].dep_ == "conj" and scene.doc[i].head.tag_ == "VBD")
        ):
            return True
        return tag[i] in ("VBN", "JJ") and (land or scene.doc[i].dep_ in ("amod", "compound", "nmod", "conj", "pobj"))
    if tag[k] in ("JJ", "CD", "RB"):
        land = low[i + 1] in scene.words("places.part") or low[i + 1] in scene.words("places.settlements")
        named = i + 1 in scene.at and scene.at[i + 1].kind is PlaceKind.COUNTRY  # "other occupied Ukrainian territory"
        return bool(scene.doc[i].dep_ == "amod") or (low[k] == "other" and (land or named))
    owner = next((s for s in scene.sides if s.end == i and s.word.kind == "name"), None) if k == i - 1 else None
    acts = owner is not None and i + 1 in scene.at and low[i] not in ("occupied", "annexed")
    if owner is not None and acts and (owner.start == scene.sentence[i][0] or low[owner.start - 1] in OPENING):
        return False  # "Ukraine liberated X", not "in Russia occupied X"
    return bool(tag[i] in ("VBN", "JJ") and scene.doc[i].dep_ == "amod" and scene.doc[i].head.i > i)


def scare_quoted(scene: Scene, i: int) -> bool:
    """Whether the participle at i is the verb of the side before it, in quotation marks: 'Moscow "liberated" X'."""
    side = next((s for s in scene.sides if s.end == i - 1), None)
    if side is None or scene.low[i + 1 : i + 2] not in (('"',), ("”",), ("’",)) or i + 2 not in scene.at:
        return False
    return side.word.kind != "demonym" or scene.low[side.end - 1].endswith("s")


def _after_aside(scene: Scene, i: int, k: int) -> bool:
    """Whether the comma at k ends an aside behind forces, whose verb stands at i: "The army, with Russian support, fully liberated X"."""
    start = scene.sentence[i][0]
    opens = next((j for j in range(k - 1, max(start, k - 10), -1) if scene.low[j] == ","), None)
    if opens is None or scene.tag[opens + 1] not in ("IN", "VBN", "VBG", "RB"):
        return False
    if not any(s.end == opens and s.word.kind == "forces" for s in scene.sides):
        return False
    return not any(scene.tag[j] in ("VBD", "VBZ", "VBP") for j in range(opens, k))


def _names_the_land(scene: Scene, i: int, comma: int) -> bool:
    """Whether "occupied Y" says where the place before the comma lies: "runs between A and B, occupied Crimea"."""
    place, land = scene.inside(comma - 1), scene.at.get(i + 1)
    if scene.low[i] != "occupied" or place is None or land is None or place.end != comma or place.head is not None:
        return False
    token = scene.doc[comma - 1]
    while token.dep_ in ("conj", "compound", "appos") and token.head.i < token.i:
        token = token.head
    closed = land.end >= len(scene.low) or scene.low[land.end] in (".", ";", ")", "]", "[", ",", "on", "in")
    goes_on = scene.tag[land.end + 1 : land.end + 2] in (("VBD",), ("CC",)) if closed else True
    return token.dep_ == "pobj" and not goes_on


def _acts(scene: Scene, i: int) -> bool:
    """Whether the place behind "that occupied" is the subject of what follows: "said that occupied X will vote"."""
    place = scene.at.get(i + 1)
    return (
        place is not None
        and place.end < len(scene.low)
        and (scene.tag[place.end] in ("VBZ", "VBP", "VBD", "MD") or scene.low[place.end] in BE | HAVE)
    )


def _no_occupier(scene: Scene, k: int) -> bool:
    """Whether the plural at k is nobody who could occupy a place."""
    people = scene.listed("clauses.agents", "clauses.civilians")
    return scene.low[k] not in people and not any(s.start <= k < s.end for s in scene.sides)


def second_verb(scene: Scene, i: int, joint: int) -> bool:
    """Whether the participle at i goes on with what the verb before "and" began: "crossed the river and liberated X"."""
    token = scene.doc[i]
    if token.dep_ == "conj" and token.head.tag_.startswith("VB") and token.head.i < joint:
        return True
    before = scene.inside(scene.previous(joint))
    place = before is not None and before.head is None and before.kind is not PlaceKind.UNNAMED
    return (
        i + 1 in scene.at
        and not place
        and any(
            scene.tag[k] in ("VBD", "VBN") and scene.doc[k].dep_ not in ("amod", "acl")
            for k in range(scene.sentence[i][0], joint)
        )
    )


def adjective_frame(scene: Scene, i: int) -> Assertion | None:
    """An adjective frame whose cue stands at token i."""
    cue = scene.cues.adjectives.get(scene.low[i])
    if cue is None or scene.bracket[i]:
        return None
    side: Side | None = None
    who = ""
    start = i
    if i >= 2 and scene.low[i - 1] in ("-", "–", "‑"):
        side = next((s for s in scene.sides if s.end == i - 1), None)
        if side is not None:
            start, who = side.start, "named in the compound"
        elif scene.low[i - 2] not in scene.listed("clauses.when", "clauses.holders"):
            return None
        elif cue.text in BY_SOMEBODY and scene.low[i - 2] in scene.words("clauses.when"):
            return None  # "previously-held positions"
        else:
            who = f"“{scene.low[i - 2]}-{scene.low[i]}”"
            start = i - 2 if scene.low[i - 2] in scene.words("clauses.holders") else i
    elif cue.text == "occupied" and (near := next((s for s in scene.sides if s.end == i and _owns(scene, s)), None)):
        side, start, who = near, near.start, "named before the adjective"
    elif cue.text in BY_SOMEBODY or cue.text in ("seized", "overrun"):
        if cue.text not in ("seized", "overrun"):
            side = next((s for s in scene.sides if s.end == i and s.word.kind in ("demonym", "name")), None)
            if side is None or _is_verb_of(scene, i, side):
                return None
            start, who = side.start, "named before the adjective"
        elif not attributive(scene, i):
            return None
    elif not attributive(scene, i):
        return None
    if cue.text == "held" and who == "":
        return None
    targets = _adjective_places(scene, i, start)
    if {"excluding", "except"} & set(scene.low[max(0, start - 4) : start]):
        targets = targets[:1]  # "excluding a Y-held section of X, as well as most of Z"
    targets = [
        replace(t, extent=Extent(kind="part"))
        if t.mention.kind == PlaceKind.COUNTRY and t.extent.kind == "whole"
        else t
        for t in targets
    ]
    if not targets:
        return predicate_frame(scene, cue, start, i, side, who)
    if cue.text == "annexed" and scene.low[i + 1] == "territories" and scene.low[i + 2 : i + 3] == ("of",):
        named = all(t.mention.kind is not PlaceKind.COUNTRY for t in targets)
        targets = [replace(t, extent=Extent()) for t in targets] if named else targets  # A and B are what was annexed
    if scene.low[start - 1 : start] and scene.low[start - 1] in scene.words("places.partly"):
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]  # "the partially occupied X region"
    mood = Mood()
    return Assertion(cue, start, i + 1, tuple(targets), mood, side, who, attributive=True)


def _owns(scene: Scene, side: Side) -> bool:
    """Whether a side before "occupied" tells by whom: a demonym, or a country behind a preposition ("in Russia occupied X")."""
    behind = side.start > 0 and scene.tag[side.start - 1] == "IN" and scene.low[side.start - 1] not in OPENING
    return side.word.kind == "demonym" or (side.word.kind == "name" and behind)


def _is_verb_of(scene: Scene, i: int, side: Side) -> bool:
    """Whether the participle at i is the verb of the name before it: "said Ukraine held X"."""
    if side.word.kind != "name" or scene.tag[i] != "VBD":
        return False
    return any(child.dep_ == "nsubj" and side.start <= child.i < side.end for child in scene.doc[i].children)


def _adjective_places(scene: Scene, i: int, start: int) -> list[Target]:
    """The places that an adjective of control stands before, or that its noun is put beside."""
    low = scene.low
    head = i + 1
    if head < len(low) and low[head] == ",":
        return []
    counted = scene.inside(i)
    if counted is not None and not (counted.kind is PlaceKind.UNNAMED and counted.count and counted.end > head):
        counted = None
    targets = places_after(scene, head, end=counted.end if counted is not None else None)
    named = scene.at.get(head)
    if not targets and named is not None and named.head in scene.cues.offices:
        targets = [Target(replace(named, head=None))]  # "Russian-occupied Sevastopol Governor"
    if not targets and named is not None:
        targets = _of_region(scene, named) or before_noun(scene, named)
    if not targets and named is not None and low[named.end : named.end + 1] in (("'s",), ("’s",)):
        targets = [Target(named)]  # "occupied Melitopol's schools"
    if not targets and part_of(scene, head) and low[head + 1 : head + 3] == ("such", "as"):
        targets = [replace(t, extent=Extent()) for t in places_after(scene, head + 3)]  # "occupied areas such as X"
    group = scene.inside(i)
    if not targets and group is not None and group.kind is PlaceKind.UNNAMED and group.end > head:
        targets = [t for t in with_members(scene, [Target(group)])[1:] if t.mention.kind is not PlaceKind.UNNAMED]
        located = low[group.end : group.end + 1] == ("in",) and group.end + 1 in scene.at
        if not targets and located and group.known and group.start < i:
            targets = [Target(group, container=scene.at[group.end + 1])]  # "several occupied villages in Y"
        elif not targets and counted is not None and group.start < start:
            targets = [Target(group)]  # "four occupied Ukrainian regions"
    if len(targets) == 1 and (where := _located_in(targets[0])) is not None:
        targets = [Target(where, Extent(kind="part"), extent_words=targets[0].mention.words)]
    if (
        len(targets) > 1
        and targets[0].mention.kind is PlaceKind.UNNAMED
        and targets[1].mention.kind is not PlaceKind.UNNAMED
    ):
        apart = {"and", "or"} & set(low[targets[0].mention.end : targets[1].mention.start])
        targets = targets[:1] if apart else targets[1:]  # "occupied cities and X", "liberated cities like X"
    targets = [t for t in targets if not t.near and not is_bare(t, scene)]
    targets = [
        t for t in targets if not t.mention.anaphor or t.extent.kind == "part"
    ]  # "the occupied areas of the city"
    if (
        not targets
        and group is not None
        and group.anaphor in scene.words("places.anaphors") - LANDS
        and low[i] != "held"
    ):
        targets = [Target(group)]  # "the occupied city"
    if not targets and named is not None and named.anaphor in TOWNS and named.end == head + 1:
        targets = [Target(named)]  # "X mayor abducted in Russian-occupied city"
    if not targets:
        targets = _land_of(scene, start, head) or _held_in(scene, start, head)
    k = scene.previous(start)
    while k > 0 and (
        scene.tag[k] in ("JJ", "JJS", "JJR", "RB") or low[k] in ("only", "largest", "biggest", "last", "first", "-")
    ):
        k = scene.previous(k)  # ", the largest Russian-held port", ", a recently liberated village"
    if k > 1 and low[k] == "of" and low[k - 1] in POCKETS:
        k = scene.previous(k - 1)  # ", the last pocket of rebel-held land"
        while k > 0 and scene.tag[k] in ("JJ", "JJS"):
            k = scene.previous(k)
    kinds = scene.listed("places.whole", "places.part", "places.stretches", "places.kinds")
    noun = head
    while (
        noun < len(low) - 1
        and noun - head < 3
        and low[noun] not in kinds
        and scene.tag[noun] in ("JJ", "NN", "HYPH", "VBG")
    ):
        noun += 1  # "a Russian-held rail hub"
    if k > 0 and low[k] in ("a", "an", "the") and low[noun : noun + 1] and low[noun] in kinds:
        comma = scene.previous(k)
        if comma > 0 and low[comma] in ("”", '"', "’"):
            comma = scene.previous(comma)
        while comma > 0 and scene.tag[comma].startswith("RB") and low[comma] not in ("not", "n't", "never"):
            comma = scene.previous(comma)  # "X is very much a contested city"
        if comma > 1 and low[comma] in ("been", "become") and low[comma - 1] in HAVE:
            comma -= 1
        if (
            comma > 0
            and (low[comma] in (",", "—", "–") or low[comma] in ("is", "was", "remains", "remained", "has", "had"))
            and (beside := scene.inside(scene.previous(comma)))
            and beside.head is None
            and beside.kind is not PlaceKind.UNNAMED
            and not beside.anaphor
            and (
                not targets
                or targets[0].mention.anaphor is not None
                or targets[0].mention.kind in (PlaceKind.COUNTRY, PlaceKind.UNNAMED)
                or (low[head] in scene.words("places.stretches") and targets[0].extent.kind == "part")
                or (low[head] == "capital" and low[head + 1 : head + 2] == ("of",))  # "X, the besieged capital of Y"
            )
        ):
            return [Target(beside)]
    return targets


def _of_region(scene: Scene, named: Mention) -> list[Target]:
    """The region of "an occupied Y Oblast village", of which a part is meant, and of "occupied Y Oblast teachers"."""
    typed = scene.low[named.end - 1] in scene.words("names.regions") and named.end - named.start > 1
    if named.kind is not PlaceKind.REGION or not typed or named.head in (None, *scene.words("objects.not_places")):
        return []
    part = named.head in scene.words("places.settlements")
    return [Target(replace(named, head=None), Extent(kind="part") if part else Extent())]


def _located_in(target: Target) -> Mention | None:
    """The region of "Russian-controlled settlements in Y district": of so many as nobody counts, a part of Y is meant."""
    group, where = target.mention, target.container
    uncounted = group.kind is PlaceKind.UNNAMED and group.count is None and len(group.words.split()) == 1
    return where if uncounted and where is not None and where.kind is PlaceKind.REGION else None


def _held_in(scene: Scene, start: int, head: int) -> list[Target]:
    """The town of "Ukrainian-held buildings in eastern Y", of which a part is meant."""
    low = scene.low
    held = start < head - 1 < len(low) - 1 and low[head - 1] in ("held", "controlled")
    held = held and low[head] in scene.words("places.holdings")
    if not held or low[head + 1 : head + 2] not in (("in",), ("within",), ("inside",)):
        return []
    found = places_after(scene, head + 2)
    towns = [t for t in found if not t.near and t.mention.kind is PlaceKind.SETTLEMENT and not t.mention.anaphor]
    return [replace(t, extent=Extent(kind="part")) for t in towns]


def _land_of(scene: Scene, start: int, head: int) -> list[Target]:
    """ "Ukraine's temporarily occupied territories" and "X and other occupied towns": the place stands before."""
    low, k = scene.low, scene.previous(start)
    while k > 0 and scene.tag[k].startswith("RB"):
        k = scene.previous(k)
    if part_of(scene, head) and k > 0 and low[k] == "'s":
        owner = scene.inside(k - 1)
        if (
            owner is None
            and (side := next((s for s in scene.sides if s.end == k), None)) is not None
            and side.word.kind == "name"
        ):
            owner = Mention(side.start, side.end, scene.text(side.start, side.end), PlaceKind.COUNTRY)
        return [Target(owner, Extent(kind="part"))] if owner is not None and owner.anaphor is None else []
    if (
        k > 1
        and low[k] in ("other", "more")
        and low[k - 1] in ("and", "or")
        and (before := scene.inside(k - 2)) is not None
        and before.head is None
    ):
        return [Target(m) for m in list_left(scene, before, joined=True)]
    return []

"""What a clause without an object tells of the noun before it: "the territory Russia seized in X", "X, from which they withdrew".

Read by the words: the parser takes a relative clause without a pronoun for the sentence more often than not.
"""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import Extent, PlaceKind
from reportedly.read.parsing.marks import ASIDE
from reportedly.read.places.antecedents import antecedent_places
from reportedly.read.places.described import left_as
from reportedly.read.places.leftward import before_date, copula_at, list_left
from reportedly.read.places.placing import prep_at
from reportedly.read.places.slots import places_after
from reportedly.read.scene.dated_phrases import time_phrase
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import verb_group

__all__ = [
    "land_before",
    "last_held",
    "left_from",
    "made_in",
    "name_described",
    "relative_places",
    "shared_relative",
    "stood_in",
    "where_places",
]

WHERE_WITHIN = 14  # tokens from "where" to the verb of its clause
STOPS = (";", ":", ",", "but")
PRONOUNS = frozenset({"they", "it", "we", "he"})
SAID = frozenset({"says", "said", "say", "claims", "claimed", "claim"})
SHARED = 16  # tokens from "that" to the "and" before the second verb
RELATIVE = frozenset({"that", "which"})
INSIDE = frozenset({"in", "within", "inside", "across", "throughout"})
WHERE = ("in", "within", "inside", "across", "throughout", "near", "around", "outside", "along", "N")


def relative_places(scene: Scene, i: int, end: int) -> list[Target]:
    """The places of the noun that a verb at i without an object of its own describes; [] where none stands before it."""
    if (
        end < len(scene.low)
        and not _dated(scene, end)
        and (end in scene.at or scene.tag[end].startswith(("NN", "DT", "PRP", "CD", "JJ", "VBN", "POS", "WP")))
    ):
        return []
    if land := land_before(scene, i):
        return land
    noun = _noun_before(scene, i)
    if noun is None:
        return []
    if (named := name_described(scene, noun)) is not None:
        return [Target(named)]
    if left := left_as(scene, noun):
        return left
    if listed := _listed(scene, noun):
        return [Target(m) for m in listed]
    where = _where(scene, end)
    group = scene.inside(noun)
    if group is not None and group.kind is PlaceKind.UNNAMED:
        inside = [t for t in where if not t.near and t.mention.kind is not PlaceKind.UNNAMED]
        return [Target(replace(group, known=True), container=inside[0].mention)] if inside else []
    return where if scene.low[noun] in scene.words("places.ground") else []


def shared_relative(scene: Scene, i: int, end: int) -> list[Target]:
    """The place of "a town that rebels seized in May and the army retook in June" for its second verb, at i."""
    side = next((s for s in scene.sides if s.end == i), None)
    start = scene.sentence[i][0]
    joint = scene.previous(side.start) if side is not None else -1
    joint = scene.previous(joint) if joint > start and scene.tag[joint] == "DT" else joint
    closed = scene.low[end : end + 1] in (
        (),
        (".",),
        (",",),
        ("in",),
        ("on",),
        ("last",),
        ("this",),
        ("after",),
        ("later",),
    )
    if joint <= start or scene.low[joint] not in ("and", "but", "before") or not closed:
        return []
    that = next(
        (
            k
            for k in range(joint - 1, max(start, joint - SHARED), -1)
            if scene.tag[k] in ("WDT", "IN") and scene.low[k] in RELATIVE
        ),
        None,
    )
    if that is None or not (scene.tag[that] == "WDT" or scene.doc[that].dep_ in ("dobj", "pobj", "nsubjpass")):
        return []
    first = any(scene.low[k] in scene.cues.verbs and scene.tag[k] in ("VBD", "VBN") for k in range(that + 2, joint))
    return antecedent_places(scene, that) if first else []


def land_before(scene: Scene, i: int) -> list[Target]:
    """The land of "the parts of X (that) Russia controls were dark", "the areas of X they occupy", whatever the parser makes of it."""
    if i + 1 >= len(scene.low):
        return []
    k = scene.previous(i)
    while k > 0 and scene.tag[k].startswith("RB"):
        k = scene.previous(k)
    side = next((s for s in scene.sides if s.end == k + 1 and s.word.kind != "demonym"), None)
    if side is None and scene.low[k] not in PRONOUNS:
        return []
    first = side.start if side is not None else k
    if scene.tag[i] != "NNS" and not scene.tag[i].startswith("VB"):
        return []
    k = scene.previous(first)
    k = scene.previous(k) if scene.low[k] in RELATIVE or scene.tag[k] == "DT" else k
    k = scene.previous(k) if scene.low[k] in RELATIVE else k
    place = scene.inside(k)
    if place is None or place.end != k + 1:
        return []
    of = scene.previous(place.start)
    of = scene.previous(of) if scene.low[of] == "the" else of
    part = scene.previous(of)
    ends = scene.tag[i + 1].startswith(("VB", "MD", "IN", "TO", "CC", "RB")) or scene.low[i + 1] in (",", ".", ")")
    if scene.low[of] != "of" or scene.low[part] not in scene.words("places.part") or not ends:
        return []
    return places_after(scene, part, end=first)


def _dated(scene: Scene, k: int) -> bool:
    """Whether "that summer", "last week" stands at token k."""
    units = scene.words("places.times") | {"summer", "autumn", "winter", "spring"}
    return scene.low[k] in ("that", "this", "last") and scene.low[k + 1 : k + 2] != () and scene.low[k + 1] in units


def made_in(scene: Scene, end: int) -> list[Target]:
    """Where the gains named before `end` were made: "the progress (that) Russian troops are making in X"."""
    k = end + 1 if scene.low[end : end + 1] and scene.low[end] in RELATIVE else end
    k += 1 if scene.low[k : k + 1] == ("the",) and k not in scene.side_at else 0
    side = scene.side_at.get(k)
    v = side.end if side is not None else k + 1
    if side is None and scene.low[k : k + 1] and scene.low[k] not in PRONOUNS:
        return []
    while v < len(scene.low) and (scene.tag[v].startswith("RB") or scene.tag[v] in ("VBP", "VBZ", "VBD", "VBN")):
        if scene.low[v] in scene.words("clauses.made"):
            break
        v += 1
    made = v < len(scene.low) and scene.low[v] in scene.words("clauses.made") | {"making", "make", "makes"}
    return _where(scene, v + 1) if made else []


def left_from(scene: Scene, i: int) -> list[Target]:
    """The place in front of "from which" whose clause has its verb at i."""
    start = scene.sentence[i][0]
    k = next((j for j in range(i - 1, max(start, i - 9), -1) if scene.low[j - 1 : j + 1] == ("from", "which")), None)
    if k is None or k < 3:
        return []
    before = scene.inside(k - 3 if scene.low[k - 2] == "," else k - 2)
    named = before is not None and before.head is None and before.kind is not PlaceKind.UNNAMED
    return [Target(before)] if named and before is not None else []


def stood_in(scene: Scene, subject: int, i: int) -> list[Target]:
    """Where those stood who withdraw at i: "Russian fighters in some parts of X were forced to retreat to Y"."""
    if scene.low[subject + 1 : subject + 2] not in (("in",), ("inside",), ("defending",), ("holding",)) or scene.low[
        subject
    ] not in scene.words("clauses.agents"):
        return []
    found = places_after(scene, subject + 2, end=i)
    return [t for t in found if not t.near and t.mention.kind is PlaceKind.SETTLEMENT and t.mention.known]


def last_held(scene: Scene, k: int) -> list[Target]:
    """The place of "the last streets they held in X", given up behind a verb or its preposition at token k."""
    stop = min(k + 6, scene.sentence[k - 1][1] - 4)
    noun = next((j for j in range(k, stop) if scene.tag[j] in ("NN", "NNS")), None)
    if noun is None or scene.low[noun] not in scene.words("places.part") or "last" not in scene.low[k:noun]:
        return []
    j = noun + 1 + (scene.low[noun + 1] in RELATIVE)
    side = scene.side_at.get(j)
    held = side.end if side is not None else j + 1
    held += scene.tag[held].startswith("RB")
    if (side is None and scene.low[j] not in PRONOUNS) or scene.low[held] not in (
        "held",
        "controlled",
        "hold",
        "control",
    ):
        return []
    return places_after(scene, held + 2) if scene.low[held + 1] in ("in", "of") else []


def _noun_before(scene: Scene, i: int) -> int | None:
    """The noun of land or settlements right before the subject of the verb at i, with "that" or nothing between."""
    group = verb_group(scene, i)
    k = scene.previous(group[0] if group else i)
    side = next((s for s in scene.sides if s.end == k + 1), None)
    start = side.start if side is not None else k if k >= 0 and scene.low[k] in PRONOUNS else None
    if start is None:
        return None
    j = scene.previous(start)
    if j > 0 and scene.low[j] in ("the", "its", "their"):
        j = scene.previous(j)
    if j > 1 and scene.tag[j].startswith("VB") and scene.low[j] in SAID:  # "villages (that) it says it cleared"
        j = scene.previous(j)
        j = next((scene.previous(s.start) for s in scene.sides if s.end == j + 1), scene.previous(j))
    if j > 0 and scene.low[j] in RELATIVE:
        j = scene.previous(j)
    if j < scene.sentence[i][0] or not scene.tag[j].startswith("NN"):
        return None
    land = scene.listed("places.ground", "places.settlements")
    return j if scene.low[j] in land else None


def name_described(scene: Scene, noun: int) -> Mention | None:
    """The name that the noun describes: "X, the only capital they took", "X was among the cities that they took"."""
    k = noun
    while k > scene.sentence[noun][0] and (
        scene.tag[k - 1].startswith(("DT", "JJ", "CD", "RB", "HYPH"))
        or scene.low[k - 1] in ("one", "of", "among", "last", "only")
    ):
        k -= 1
    copula = copula_at(scene, k - 1)
    mark = k - 1 if copula is None else copula
    among = {"among", "one"} & set(scene.low[k:noun])
    plural = scene.tag[noun] == "NNS"
    if mark <= scene.sentence[noun][0] or (plural and not among):
        return None
    if copula is None and scene.low[mark] not in ASIDE | {"were", "are"}:
        return None
    before = scene.inside(mark - 1) or before_date(scene, mark)
    named = before is not None and before.head is None and not before.anaphor and before.kind is not PlaceKind.UNNAMED
    return before if named else None


def _listed(scene: Scene, noun: int) -> list[Mention]:
    """The names that a plural behind them describes: "A and B, border villages they cleared"."""
    k = noun
    while (
        scene.tag[noun] == "NNS"
        and k > 0
        and (scene.tag[k - 1].startswith(("DT", "JJ", "NN", "CD")) and scene.low[k - 1] != ",")
    ):
        k -= 1
    last = scene.inside(k - 2) if scene.tag[noun] == "NNS" and k > 1 and scene.low[k - 1] == "," else None
    if last is None or last.head is not None or last.anaphor or last.kind is PlaceKind.UNNAMED:
        return []
    found = list_left(scene, last)
    return found if len(found) > 1 else []


def _where(scene: Scene, k: int) -> list[Target]:
    """The places of the phrase at token k: "in X" is a part of it, "near X" is near it."""
    stop = scene.sentence[k - 1][1]
    k = time_phrase(scene, k) or k
    hit = prep_at(scene, k, WHERE) if k < stop else None
    if hit is None:
        return []
    inside = hit[0] in INSIDE
    found = places_after(scene, hit[1], end=stop, near=not inside)
    return [replace(t, extent=Extent(kind="part")) if inside and t.extent.kind == "whole" else t for t in found]


def fronted(scene: Scene, i: int) -> list[Target]:
    """The places of "In A and B" that opens the sentence of the verb at i: "In A, the rebels have been in charge since May"."""
    start = scene.told_from(i)
    if scene.low[start] != "in":
        return []
    found = places_after(scene, start + 1, end=i)
    named = all(t.mention.known and not t.mention.anaphor and not t.near and not t.mention.vague for t in found)
    return found if found and named and all(t.mention.kind is not PlaceKind.COUNTRY for t in found) else []


def where_places(scene: Scene, i: int) -> list[Target]:
    """The places before "where", of which the clause of the verb or noun at i tells: "struck X, where they have advanced"."""
    start = scene.sentence[i][0]
    k = next(
        (j for j in range(i - 1, max(start, i - WHERE_WITHIN) - 1, -1) if scene.low[j] in (*STOPS, "where")), start
    )
    if k == start or scene.low[k] != "where":
        return []
    end = scene.previous(k)
    end = scene.previous(end) if scene.low[end] in ASIDE else end
    place = scene.inside(end)
    if (named := name_described(scene, end)) is not None:
        some = scene.low[named.start - 1] in scene.words("places.compass")
        return [
            Target(named, Extent(kind="part") if some else Extent())
        ]  # "X is the last province where they hold sway"
    if place is None or place.end != end + 1 or place.head is not None or place.anaphor is not None or place.vague:
        return []
    if place.kind not in (PlaceKind.SETTLEMENT, PlaceKind.UNNAMED) or place.direction:
        return []
    part = scene.low[place.start - 1] in scene.words("places.compass")
    found = [Target(place, Extent(kind="part") if part else Extent())]
    other = scene.inside(place.start - 2) if scene.low[place.start - 1] == "and" and place.start > 1 else None
    if other is not None and other.end == place.start - 1 and other.kind is place.kind and other.head is None:
        found.insert(0, Target(other))  # "in A and B, where they have gained a foothold"
    return found

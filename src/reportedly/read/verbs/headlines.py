"""Verbs of headlines, which leave out their auxiliaries: "X captured, says Y", "RSF tightens noose around X"."""

from __future__ import annotations

from reportedly.model import Extent, PlaceKind
from reportedly.read.parsing.marks import QUOTES
from reportedly.read.places.leftward import holds_object, list_left
from reportedly.read.places.slots import places_after
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target

__all__ = ["dated_aside", "headline_passive", "headline_verb", "of_both", "whole_headline"]

ASIDE = 12  # tokens that an aside behind a participle may have
CLOSING = frozenset({",", ".", ";", ":", "-", "–", "—", "by", "from", "after", "as", "amid"})  # what ends "X captured"
HOW = frozenset({"in", "on", "within", "without", "with", "overnight"})  # what does so where nothing else is told


def headline_verb(scene: Scene, i: int) -> bool:
    """Whether a word that the tagger took for a noun is the verb of a headline: a side before it and a place after it."""
    before = scene.previous(i)
    if before < 0:
        return False
    side = next((s for s in scene.sides if s.end == before + 1), None)
    if side is None:
        return False
    if scene.low[i].endswith("s") and side.word.kind == "demonym" and not scene.low[before].endswith("s"):
        return False  # "Russian advances west of X"
    third = scene.low[i].endswith("s") and side.word.kind != "demonym"  # "RSF tightens noose around X"
    if third and scene.doc[i].dep_ == "pobj" and scene.low[side.start - 1] in ("as", "after"):
        return True  # "takes X as army retreats"
    if third and any(i < m.start <= i + 6 and m.start < scene.sentence[i][1] for m in scene.mentions):
        return True
    if i + 1 >= len(scene.low):
        return False
    way = (
        not third
        and side.word.kind in ("forces", "generic")
        and scene.low[i + 1] in ("from", "into", "toward", "towards")
    )
    if way and any(kind == "base" for _, kind in scene.cues.verbs.get(scene.low[i], ())):
        return any(i + 1 < m.start <= i + 4 for m in scene.mentions)  # "rebels of A withdraw from X"
    described = scene.low[i + 1] in scene.listed("places.whole", "places.compass")
    return (
        i + 1 in scene.at
        or i + 1 in scene.side_at
        or described
        or scene.low[i + 1] in ("control", "the", "full", "key", "strategic", "border")
    )


def headline_passive(scene: Scene, i: int, end: int) -> list[Target]:
    """ "X captured, says Y": the place right before a participle without an object, which the tagger took for a past tense."""
    if (both := of_both(scene, i)) is not None:
        return [Target(m) for m in list_left(scene, both)]  # "left A and B, both encircled by Y"
    if scene.low[max(0, i - 2) : i] == ("half", "-"):
        return _half(scene, i)
    comma = i > 1 and scene.low[i - 1] == ","
    ago = comma and dated_aside(scene, end)  # "X, liberated three years ago, marked"
    apart = ago or (comma and scene.doc[i].dep_ == "advcl")  # "visited X, recaptured in May"
    opening = _quote_before(scene, i, end)
    quoted = opening is not None
    k = _last_before(scene, i, opening if opening is not None else i - 1, apart=apart or quoted)
    before = scene.inside(k) if i else None
    if before is not None and before.end == k + 1 and (town := _town_in(scene, before)) is not None:
        before, k = town, town.end - 1  # "X in the Y region captured"
    elif before is not None and before.kind is PlaceKind.REGION and _one_in(scene, before):
        return []  # "Village in the Y region captured"
    if before is None or before.end != k + 1 or before.head is not None or before.anaphor is not None:
        return []
    if not apart and not quoted and holds_object(scene, before.start):
        return []  # "a base in northern X captured by Y"
    if (apart or quoted) and not ago and _has_other_words(scene, i, before if quoted else None):
        return []
    if not ago and not _closed(scene, i, end, apart=apart and not quoted):
        return []
    past = scene.tag[i] in ("VBD", "VBN")
    if not ago and past and scene.low[before.start - 1 : before.start] == ("of",):
        return _share(scene, i, before)
    return [Target(m) for m in list_left(scene, before)] if quoted or past else []


def _half(scene: Scene, i: int) -> list[Target]:
    """ "X half-occupied, officer says"."""
    half = scene.inside(i - 3)
    named = half is not None and half.head is None and not half.anaphor
    return [Target(half, Extent(kind="part"))] if named and half is not None else []


def _quote_before(scene: Scene, i: int, end: int) -> int | None:
    """The mark before "X 'fully liberated'", "X 'besieged from all sides'", "X 'fully' liberated"."""
    k = i - 1
    while k > scene.sentence[i][0] and scene.tag[k].startswith("RB"):
        k -= 1
    if i > 1 and scene.low[k] in QUOTES and not QUOTES.isdisjoint(scene.low[end - 1 : end]):
        return k
    if i > 1 and scene.low[k] in ("‘", "“", '"') and not QUOTES.isdisjoint(scene.low[end : end + 5]):
        return k
    adverb = scene.low[i - 1] in QUOTES and scene.tag[i - 2].startswith("RB") and scene.low[i - 3] in QUOTES
    return i - 3 if adverb else None


def _last_before(scene: Scene, i: int, k: int, *, apart: bool) -> int:
    """The last token of a place before the participle at i, whose phrase begins behind k, with a mark at k if it stands apart."""
    k -= apart
    while k > scene.sentence[i][0] and scene.tag[k].startswith("RB") and scene.inside(k) is None:
        k -= 1
    return k - 2 if scene.low[max(0, k - 1) : k + 1] == ("all", "but") else k  # "With X all but surrounded"


def _has_other_words(scene: Scene, i: int, place: Mention | None) -> bool:
    """Whether the participle at i has a subject, an object or an auxiliary that is not the place."""
    bound = (c.i for c in scene.doc[i].children if c.dep_ in ("nsubj", "dobj", "mark", "aux"))
    return any(place is None or not place.start <= k < place.end for k in bound)


def _closed(scene: Scene, i: int, end: int, *, apart: bool) -> bool:
    """Whether nothing is told that would make the participle a verb with an object."""
    behind = scene.low[end] if end < len(scene.low) else "."
    if behind in CLOSING or (apart and behind in ("in", "on", "from", "last")):
        return True
    return behind in HOW and whole_headline(scene, i)


def _share(scene: Scene, i: int, place: Mention) -> list[Target]:
    """ "95% of X occupied"."""
    first, start = place.start - 1, scene.sentence[i][0]
    while first > start and scene.low[first - 1] not in (":", ",") and not scene.tag[first - 1].startswith("VB"):
        first -= 1
    shared = places_after(scene, first, end=i)
    return shared if [t.mention for t in shared] == [place] else []


def of_both(scene: Scene, i: int) -> Mention | None:
    """The last of the places that "both" or "all" before the participle at i takes up behind a comma."""
    if i < 3 or scene.low[i - 1] not in ("both", "all") or scene.low[i - 2] != ",":
        return None
    before = scene.inside(i - 3)
    return before if before is not None and before.head is None and before.anaphor is None else None


def _one_in(scene: Scene, region: Mention) -> bool:
    """Whether a town without a name stands before "in" a region."""
    k = scene.previous(region.start)
    return k > 0 and scene.low[k] == "in" and scene.low[k - 1] in scene.words("places.settlements")


def _town_in(scene: Scene, region: Mention) -> Mention | None:
    """The town that stands before "in" a region at the head of what a headline tells."""
    k = scene.previous(region.start)
    k = scene.previous(k) if scene.low[k] == "the" else k
    if region.kind is not PlaceKind.REGION or k < 1 or scene.low[k] != "in":
        return None
    town = scene.inside(scene.previous(k))
    named = town is not None and town.end == k and town.kind is PlaceKind.SETTLEMENT
    return town if named and town is not None and town.head is None and not town.anaphor else None


def dated_aside(scene: Scene, end: int) -> bool:
    """Whether a few words without a verb end an aside before the verb of its sentence: "X, recaptured on 11 November, still had"."""
    stop = min(end + ASIDE, scene.sentence[end - 1][1] - 1)
    comma = next((k for k in range(end, stop) if scene.low[k] == ","), None)
    if comma is None or scene.tag[end] not in ("CD", "DT", "RB", "JJ", "IN"):
        return False
    if any(scene.tag[k].startswith("VB") or scene.tag[k] in ("WDT", "WP", "CC") for k in range(end, comma)):
        return False
    k = comma + 1
    while k < stop and scene.tag[k].startswith("RB"):
        k += 1
    return scene.tag[k] in ("VBD", "VBZ", "VBP", "MD")


def whole_headline(scene: Scene, i: int) -> bool:
    """Whether the participle at i is all that its sentence tells, of a place at its head ("X seized by rebels", "Y: X seized by")."""
    start, stop = scene.sentence[i]
    place = scene.inside(scene.previous(i))
    side = next((s for s in scene.sides if s.end == scene.previous(i) + 1), None)
    if place is None and side is None:
        return False
    first = place.start if place is not None else side.start  # type: ignore[union-attr]
    while (
        first > start + 1 and scene.low[first - 1] in (",", "and") and (before := scene.inside(first - 2)) is not None
    ):
        first = before.start
    if not (first == start or scene.low[first - 1] in (":", ";")):
        return False
    start = first if scene.low[first - 1] == ";" else start
    told = _said_behind(scene, i, stop)  # "Rebels driven out of X, army says"
    return not any(scene.tag[k] in ("VBZ", "VBP", "VBD", "MD", "VB") for k in range(start, told) if k != i)


def _said_behind(scene: Scene, i: int, stop: int) -> int:
    """Where "..., army says" begins behind the participle of a headline at i; `stop` where nothing of the kind does."""
    last = stop - 1
    while last > i and not scene.low[last][:1].isalnum():
        last -= 1
    comma = next((k for k in range(last, i, -1) if scene.low[k] == ","), None)
    said = scene.tag[last] in ("VBZ", "VBP", "VBD") and scene.low[last] in scene.words("clauses.saying")
    return comma if said and comma is not None else stop

"""Names of places: by the gazetteer, by a type word, or as runs of capitalised words; and what only looks like one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.parties import Parties, SideKind
from reportedly.model import PlaceKind
from reportedly.read.names.case import NameCase, Told, may_begin, told_at_once
from reportedly.read.names.reach import part_of_name, reach_of
from reportedly.read.names.runs import type_word
from reportedly.read.scene.heads import head_noun, is_capital, shared_head
from reportedly.read.scene.scene import Mention, Scene

__all__ = ["named_at"]

TYPED_REGIONS = frozenset({"district", "raion", "peninsula", "strip"})
REGION_OF = frozenset({"region", "province", "oblast", "governorate"})
WIDE = frozenset({"raion", "peninsula", "strip", "heights", "district"})


def named_at(scene: Scene, i: int, names: dict[int, int], parties: Parties, gazetteer: Gazetteer) -> Mention | None:
    """A name that starts at token i: by the gazetteer, by a type word after it, or as a run of capitalised words."""
    if not may_begin(scene, i, names):
        return None
    case = NameCase(scene, i, names, parties, gazetteer)
    if (told := told_at_once(case)) is not None:
        return told or None
    reach = reach_of(case)
    if reach is None or isinstance(reach, Mention):
        return reach
    name = _Name(case, reach.end, reach.run, reach.known)
    for rule in (_of_a_kind, _typed, _of_streets, _towns):
        if (told := rule(name)) is not None:
            return told or None
    return _mention(name)


@dataclass(slots=True)
class _Name:
    """A name as far as it is known: where it and the run around it end, and of which kind its place is, if words say so."""

    case: NameCase
    end: int
    run: int
    known: bool
    kind: PlaceKind = PlaceKind.SETTLEMENT
    typed: bool = False
    head: str | None = None

    def mention(self, **more: Any) -> Mention:
        """The mention of what is known so far."""
        start = self.case.i
        return Mention(start, self.end, self.case.scene.text(start, self.end), self.kind, **more)


def _of_a_kind(n: _Name) -> Told:
    """A name before "city of" another, which it only describes."""
    c, low, end, scene = n.case, n.case.low, n.end, n.case.scene
    kind_of = (
        end + 1 < len(low)
        and low[end] in scene.words("places.settlements")
        and low[end + 1] == "of"
        and not is_capital(scene, end)  # "the Askeran Province of"
        and not _in_country(scene, end + 2)  # "the X region of Y" lies in a country
        and not _of_wider(c, end)
    )
    if (
        not n.known
        and low[c.i - 1] in scene.words("names.for_the_most_part")
        and end < len(low)
        and low[end] in scene.words("places.towns_beside")
    ):
        # "a mostly Rohingya town" names none, "the mostly Druze city of X" does
        return n.mention(head=low[end]) if kind_of and is_capital(scene, end + 2) else False
    if kind_of and n.known and not (low[end] in scene.words("names.regions") and low[end].endswith("s")):
        return n.mention(known=True, head=low[end])  # "West Bank city of Jenin"
    return None


def _typed(n: _Name) -> Told:
    """What a type word behind the name, or in it, says of its kind."""
    low, end, scene, start = n.case.low, n.end, n.case.scene, n.case.i
    regions = scene.words("names.regions")
    wide = low[end - 1] in regions and end - start > 1
    town = wide and end < len(low) and low[end] in scene.words("places.towns_beside")
    if end < len(low) and type_word(scene, end) and not scene.bracket[end] and not town:
        region = low[end] in regions or low[end] in TYPED_REGIONS
        n.typed, n.kind, n.end = True, PlaceKind.REGION if region else PlaceKind.SETTLEMENT, end + 1
        objects = scene.words("objects.not_places") - scene.words("names.organisations")
        owned = next((low[k] for k in range(n.end, n.run) if low[k] in objects), None)
        if owned is not None:
            return part_of_name(scene, start, n.end, owned)  # "Kherson City Clinical Hospital"
    elif (
        end + 1 < len(low)
        and scene.tag[end] in ("NN", "JJ")
        and not is_capital(scene, end)
        and low[end + 1] in regions
        and not low[end + 1].endswith("s")
    ):
        n.kind = PlaceKind.REGION
        return n.mention()  # "Hadramout oil province"
    elif any(low[k] in regions or low[k] in WIDE for k in range(start, end)):
        n.typed, n.kind = True, PlaceKind.REGION
    behind_comma = n.known and n.kind is PlaceKind.SETTLEMENT and start > 1 and low[start - 1] == ","
    if behind_comma and _only_region(n.case.gazetteer, scene.text(start, n.end)):
        n.kind = PlaceKind.REGION  # "Hvardiiske, Crimea"
    return None


def _of_streets(n: _Name) -> Told:
    last = n.case.low[n.end - 1]
    if n.end - n.case.i > 1 and last in n.case.scene.words("names.streets"):
        return n.mention(head=last)  # "along Sadova Street in X"
    object_ = last in n.case.scene.words("objects.not_places") and not n.typed
    n.head = last if object_ else head_noun(n.case.scene, n.end)
    return None


def _towns(n: _Name) -> Told:
    """The towns without names of "X towns", and quarters that are listed: "the A and B neighborhoods"."""
    low, end, scene, head, start = n.case.low, n.end, n.case.scene, n.head, n.case.i
    if (
        head is None
        or head not in scene.words("places.settlements")
        or low[end] != head
        or not head.endswith("s")
        or n.typed
    ):
        return None
    if low[start - 1] == "and" and is_capital(scene, start - 2):
        towns = head in ("towns", "villages", "cities", "settlements") and n.case.side is None
        if towns or head in scene.words("places.quarters"):
            return n.mention(known=True)  # "A and B towns"
    before = scene.previous(start)
    if before >= 0 and low[before] in scene.words("places.compass"):
        start = before  # "east Aleppo towns"
    return Mention(start, end + 1, scene.text(start, end + 1), PlaceKind.UNNAMED, known=True)


def _mention(n: _Name) -> Mention:
    """The name with the noun that it belongs to, if that is no ground, and whether it names a direction."""
    low, end, scene, start, head = n.case.low, n.end, n.case.scene, n.case.i, n.head
    the = scene.previous(start)
    river = low[end - 1] in scene.words("names.rivers") and not n.typed  # "east of the Dnipro"
    if low[the] == "the" and (river or _on_a_bank(scene, the)):
        head = "river"
    axes, objects = scene.words("places.direction"), scene.words("objects.not_places")
    tactical = head == "area" and low[end : end + 1] == ("tactical",)  # of a stretch of the front, as its axes are
    direction = tactical or head in axes
    shared = shared_head(scene, start, end, head)
    lines = scene.words("places.lines")
    if shared == "line" and low[end] != "line" and low[end] in objects:
        head, shared = low[end], None  # "the Makiivka-Zhuravka river line": the second is a river
    if shared in objects and head is None:
        head = shared  # "the Mykolaiv-Kherson border"
    if shared in lines or shared in axes:
        direction = True  # "gains along the Svatove-Kreminna line" are gains near both
    words = scene.text(start, end).rstrip(".-–")
    if n.typed and low[end - 1] in scene.words("places.many_regions") and end - start > 1:
        words = words.removesuffix("s")  # "the Donetsk and Luhansk regions": the second is Luhansk region
    head = None if direction else head
    if n.kind is PlaceKind.SETTLEMENT and low[start - 1] == "of" and low[start - 2] in REGION_OF and start > 1:
        return Mention(
            start, end, words, PlaceKind.REGION, known=n.known or n.typed, head=head
        )  # "the region of Kharkiv"
    return Mention(start, end, words, n.kind, known=n.known or n.typed, head=head, direction=direction)


def _in_country(scene: Scene, k: int) -> bool:
    """Whether a country, or "the" before a wider land, stands at token k."""
    side = scene.side_at.get(k)
    return scene.low[k : k + 1] == ("the",) or (side is not None and side.word.kind is SideKind.NAME)


def _of_wider(c: NameCase, end: int) -> bool:
    """Whether the region or district at token `end` is one of a wider region: "the Beryslav district of Kherson Oblast"."""
    scene, names, low = c.scene, c.names, c.low
    regions = scene.words("names.regions")
    if low[end] not in regions | {"district", "raion"}:
        return False
    k = end + 2
    k += low[k : k + 1] == ("the",)
    named = max(names.get(k, 0), k)
    while named < len(low) and named - k < 3 and is_capital(scene, named) and not type_word(scene, named):
        named += 1
    if named > k and low[named : named + 1] and low[named] in regions:
        return True
    return k in names and (low[names[k] - 1] in regions or _only_region(c.gazetteer, scene.text(k, names[k])))


def _only_region(gazetteer: Gazetteer, words: str) -> bool:
    """Whether a name stands for a region first of all ("Crimea", "Tigray")."""
    matches = gazetteer.find(words, fuzzy=False)
    close = [m for m in matches if m.tier in ("exact", "alternate")]
    return bool(close) and all(m.place.kind is PlaceKind.REGION for m in close)


def _on_a_bank(scene: Scene, the: int) -> bool:
    """Whether "the X" at token `the` follows "bank of": X is a river then, whatever town bears its name."""
    return the >= 2 and scene.low[the - 1] in ("of", "over", "across", "along") and (
        scene.low[the - 2] in ("bank", "banks", "side", "shore", "riverbank", "mouth") or scene.low[the - 1] in ("across", "along")
    )  # fmt: skip

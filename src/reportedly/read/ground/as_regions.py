"""When the name of a town stands for the region called like it: "four regions: A, B, C and D", "the A governor", "occupied A"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.knowledge.areas import load_areas
from reportedly.model import PlaceKind, PlaceRef
from reportedly.read.scene.scene import Mention, Scene
from reportedly.resolve import phrases

if TYPE_CHECKING:
    from reportedly.read.scene.passing import Passing

__all__ = ["among_regions", "as_never_held", "as_region", "metonym", "named_together"]


REGIONS = frozenset({"regions", "oblasts", "provinces"})


def metonym(p: Passing, ref: PlaceRef) -> PlaceRef:
    """ "Luhansk" for the region, where the claims so far are about "Luhansk region" and nobody speaks of the city."""
    name = ref.words.lower()
    place = p.knowledge.gazetteer.place(ref.place_id) if ref.place_id is not None else None
    if place is not None and f"{place.country}.{place.admin1}" in phrases.words("city_regions"):
        return ref  # Kyiv is no part of Kyiv Oblast
    if (
        ref.kind is not PlaceKind.SETTLEMENT
        or " " in name
        or re.search(
            rf"{re.escape(name)} city|city of {re.escape(name)}",
            p.context.lower() + p.passage.text.lower(),
        )
    ):
        return ref
    for other in reversed(p.earlier):
        words = other.words.lower().split()
        if other.kind is PlaceKind.REGION and other.place_id is not None and len(words) == 2 and words[0] == name:
            return replace(
                other,
                words=ref.words,
                span=ref.span,
                reasons=(f"“{ref.words}” for {other.words}, which the text is about", *other.reasons),
            )
    return ref


def as_region(p: Passing, ref: PlaceRef, name: str | None = None) -> PlaceRef:
    """The region called like a town, where the words speak of regions ("four regions: A, B, C and D", "the A governor")."""
    for match in p.knowledge.gazetteer.find(f"{name or ref.words} Oblast", fuzzy=False):
        place = match.place
        if place.kind is PlaceKind.REGION:
            return replace(
                ref, kind=PlaceKind.REGION, place_id=place.id, name=place.name, within=None, candidates=(),
                reasons=(f"“{ref.words}” is spoken of as a region", *ref.reasons),
            )  # fmt: skip
    return ref


def as_never_held(p: Passing, ref: PlaceRef, party: str) -> PlaceRef:
    """The region instead of its capital, where a party that never held the capital is said to hold it ("occupied X")."""
    towns = load_areas().never_held.get(party, frozenset())
    return as_region(p, ref, ref.name) if ref.place_id in towns and not _called_city(p, ref) else ref


def _called_city(p: Passing, ref: PlaceRef) -> bool:
    """Whether the name of a place stands beside "city"."""
    name = re.escape(ref.words.lower())
    return re.search(rf"{name} city|city of {name}", p.passage.text.lower()) is not None


def named_together(scene: Scene, m: Mention) -> bool:
    """Whether the name stands beside that of another region, as only regions do: "in Donetsk and Luhansk"."""
    pair, scene = phrases.words("named_together"), scene
    if m.words.lower() not in pair or m.direction:
        return False
    for x in scene.mentions:
        other = x.words.lower() in pair and x.words.lower() != m.words.lower()
        if other and scene.low[min(x.end, m.end) : max(x.start, m.start)] in (("and",), ("or",)):
            last = max(x.end, m.end)
            return scene.low[last : last + 1] not in (("cities",), ("city",), ("airports",), ("axes",))
    return False


def among_regions(scene: Scene, m: Mention) -> bool:
    """Whether the name stands in a list that says it names regions: "the regions of A, B, C and D"."""
    k = m.start - 1
    while k > scene.sentence[m.start][0] and (scene.low[k] in (",", "and", "or") or scene.inside(k) is not None):
        k -= 1
    return scene.low[k] == "of" and scene.low[k - 1] in REGIONS and scene.inside(k) is None

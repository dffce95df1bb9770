"""What "the capital", "the region" and "the peninsula" are, by the towns, governors and parties that a passage speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.model import PlaceKind, PlaceRef
from reportedly.read.ground.as_regions import as_region
from reportedly.read.ground.countries import countries_of
from reportedly.read.ground.told import Told
from reportedly.read.scene.scene import Mention

if TYPE_CHECKING:
    from reportedly.read.scene.passing import Passing

__all__ = ["governed_region", "peninsula", "region_around", "seat_of"]


def seat_of(told: Told, m: Mention) -> PlaceRef | None:
    """The capital of the country that the passage plays in, unless the town spoken of last is called a capital."""
    gazetteer, parties = told.p.knowledge.gazetteer, told.p.knowledge.parties
    towns = [r for r in (*told.p.earlier, *(r for _, r in told.last)) if r.kind is PlaceKind.SETTLEMENT]
    text = f"{told.p.context} {told.p.passage.text}"
    if not towns or re.search(
        rf"\bcapital\b[^.]{{0,20}}{re.escape(towns[-1].words)}|{re.escape(towns[-1].words)}[^.]{{0,40}}\bcapital\b",
        text,
    ):
        return None
    country = next((c for town in reversed(towns) for c in countries_of(told.p, town)), None)
    state = parties.state_of(country) if country is not None else None
    for name in state.seats if state is not None else ():
        places = (x.place for x in gazetteer.find(name, fuzzy=False) if x.place.kind is PlaceKind.SETTLEMENT)
        place = next((x for x in places if x.country == country), None)
        if place is not None:
            words = name if re.search(rf"\b{re.escape(name)}\b", told.p.passage.text) else m.words
            return PlaceRef(
                words=words, span=told.p.span_of(m.start, m.end), kind=PlaceKind.SETTLEMENT, place_id=place.id,
                name=place.name, probability=1.0, reasons=(f"“{m.words}” is {name}, that of {country}",),
            )  # fmt: skip
    return None


def governed_region(told: Told, m: Mention) -> PlaceRef | None:
    """The region whose governor speaks: "the Luhansk governor said that most of the region"."""
    for x in reversed(told.p.scene.mentions):
        if x.start < m.start and x.head in ("governor", "head") and x.start in told.refs and x.known:
            ref = as_region(told.p, told.refs[x.start])
            if ref.kind is PlaceKind.REGION:
                return replace(ref, words=m.words, span=told.p.span_of(m.start, m.end))
    return None


def region_around(p: Passing, m: Mention, known: Sequence[PlaceRef]) -> PlaceRef | None:
    """The oblast of the seat spoken of last, else of the settlement, where the text names none for "the region"."""
    gazetteer = p.knowledge.gazetteer
    towns = [(r, gazetteer.place(r.place_id)) for r in reversed(known) if r.kind is PlaceKind.SETTLEMENT and r.place_id]
    ours = [(r, place) for r, place in towns if place is not None and place.country == "UA"]
    seats = [(r, place) for r, place in ours if place.feature == "PPLA"]
    town, place = next(iter(seats or ours), (None, None))
    region = next((x for x in gazetteer.regions("UA") if place is not None and x.admin1 == place.admin1), None)
    if towns and not ours and towns[0][1] is not None:
        return PlaceRef(
            words=m.words, span=p.span_of(m.start, m.end), kind=PlaceKind.REGION,
            reasons=(f"“{m.words}” is the one around {towns[0][0].words}, which has no id here",),
        )  # fmt: skip
    if town is None or region is None or region.feature != "ADM1":
        return None
    return PlaceRef(
        words=m.words,
        span=p.span_of(m.start, m.end),
        kind=PlaceKind.REGION,
        place_id=region.id,
        name=region.name,
        probability=1.0,
        reasons=(f"“{m.words}” is the one around {town.words}",),
    )


def peninsula(p: Passing, m: Mention) -> PlaceRef | None:
    """The one peninsula that this war is about, where nothing else is named."""
    if not {"UA", "RU"} & {s.word.party for s in p.scene.sides}:
        return None
    name = next(iter(p.scene.words("names.peninsula"))).capitalize()
    place = next((x.place for x in p.knowledge.gazetteer.find(name) if x.place.kind is PlaceKind.REGION), None)
    return None if place is None else PlaceRef(
        words=m.words, span=p.span_of(m.start, m.end), kind=PlaceKind.REGION, place_id=place.id, name=place.name,
        probability=1.0, reasons=(f"“{m.words}” of this war is {name}",),
    )  # fmt: skip

"""Compare a claim, a place, a region or a percentage with each reference layer: agrees, differs, leads or lags by N days.

It reports what a named layer had on a named day. It never says who is right.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import shape

from reportedly.compare.content import Layer, Town
from reportedly.compare.files import parse_json
from reportedly.compare.layers import Layers
from reportedly.compare.measures import share_inside
from reportedly.errors import NotFound
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.model import Claim, Place, PlaceKind, Polarity, Relation

__all__ = ["Comparison", "Outside", "check_claim", "check_place", "check_region", "outline_of", "side_change"]

WINDOW_DAYS = 365
"""A change in a layer farther away than this from a claim is not taken for the claimed one."""
WHOLE = 0.995
"""From this share of its area on a layer counts as having the whole region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A settlement of a region that lies outside the area held: official code, name, degrees, gazetteer id."""

    code: str
    name: str
    lat: float
    lon: float
    place_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What one layer has on one question. `verdict`: agrees | differs | silent | measured.

    `lead_days` is positive where the claim came before the layer's own change, negative where it came after; None without one.
    `share` (0 to 1), `outside`, `settlements`, `outline` and `register` are for regions. `dated` is the layer's own day.
    """

    layer: Layer
    place_id: int
    place_name: str
    day: dt.date
    party: str
    verdict: str
    layer_party: str | None = None
    dated: dt.date | None = None
    lead_days: int | None = None
    share: float | None = None
    settlements: int | None = None
    outside: tuple[Outside, ...] = ()
    outline: str | None = None
    register: str | None = None
    sentence: str = ""


def side_change(
    history: Sequence[tuple[dt.date, str | None]], party: str, gains: bool, day: dt.date, window: int
) -> dt.date | None:
    """The layer's change nearest to the day by which the party gains (or loses) the place, within `window` days; None without one.

    The layer's first row is no change: it is where the layer begins.
    """
    best: dt.date | None = None
    for (_, before), (at, now) in itertools.pairwise(history):
        turned = (before != party and now == party) if gains else (before == party and now != party)
        if (
            turned
            and abs((at - day).days) <= window
            and (best is None or abs((at - day).days) < abs((best - day).days))
        ):
            best = at
    return best


def _told(
    layer: Layer, place: str, day: dt.date, held: str | None, lead: int | None, claimed: str, agrees: bool
) -> str:
    has = f"{layer.name} has {place} as {held}'s" if held else f"{layer.name} marks nobody for {place}"
    timing = ""
    if lead is not None:
        days = f"{abs(lead)} day{'' if abs(lead) == 1 else 's'}"
        what = "the same day" if lead == 0 else f"{days} {'later' if lead > 0 else 'earlier'}"
        timing = f"; its own change came {what}"
    return f"{has} on {day}: it {'agrees with' if agrees else 'differs from'} {claimed}{timing}."


def check_place(
    layers: Layers,
    place: Place,
    party: str,
    day: dt.date,
    *,
    holds: bool = True,
    only: Iterable[str] = (),
) -> list[Comparison]:
    """Whether each layer has a settlement in the party's hands on a day (or, with `holds` false, out of them)."""
    found = []
    for layer in _wanted(layers, only):
        if layer.kind not in ("table", "polygons"):
            continue
        answer = layers.holding(layer, place.id, day, lat=place.lat, lon=place.lon)
        if not answer.known:
            found.append(
                Comparison(layer=layer, place_id=place.id, place_name=place.name, day=day, party=party, verdict="silent",
                           sentence=f"{layer.name} says nothing of {place.name} on {day}.")
            )  # fmt: skip
            continue
        agrees = (answer.party == party) == holds
        turned = (
            side_change(layers.history(layer.id).get(place.id, []), party, holds, day, WINDOW_DAYS)
            if layer.kind == "table"
            else None
        )
        lead = (turned - day).days if turned else None
        found.append(
            Comparison(
                layer=layer, place_id=place.id, place_name=place.name, day=day, party=party, verdict="agrees" if agrees else "differs",
                layer_party=answer.party, dated=answer.dated, lead_days=lead,
                sentence=_told(layer, place.name, day, answer.party, lead, f"{party} {'' if holds else 'not '}holding it", agrees),
            )
        )  # fmt: skip
    return found


def outline_of(layers: Layers, gazetteer: Gazetteer, region: Place) -> tuple[str, Any]:
    """A region's outline and whose it is: an imported boundary layer's before the gazetteer's own coarser one."""
    for layer, outline in layers.regions():
        if outline.place_id == region.id:
            return f"{layer.name} ({layer.id})", outline.shape
    text = gazetteer.polygon(region.id)
    if text is None:
        raise NotFound(
            f"No outline of {region.name} is known: import one with `reportedly layer import --form boundaries`."
        )
    return "the gazetteer's own outline (Natural Earth, coarse: good to about one per cent)", shapely.make_valid(
        shape(parse_json(layers.path, text))
    )


def _towns(layers: Layers, gazetteer: Gazetteer, region: Place) -> tuple[str, tuple[Town, ...]]:
    """A region's settlements: an imported register's, else the gazetteer's with an official code, else all of its."""
    register = layers.towns(region.id)
    if register is not None:
        return f"{register[0].name} ({register[0].id})", register[1]
    places = [
        p
        for i in sorted(gazetteer.members(region.id))
        if (p := gazetteer.place(i)) and p.lat is not None and p.lon is not None
    ]
    official = [p for p in places if p.katottg]
    towns = tuple(
        Town(
            code=p.katottg or str(p.id),
            name=p.name,
            lat=p.lat or 0.0,
            lon=p.lon or 0.0,
            place_id=p.id,
            region_id=region.id,
        )
        for p in official or places
    )
    return "the gazetteer", towns


def check_region(
    layers: Layers,
    gazetteer: Gazetteer,
    region: Place,
    party: str,
    day: dt.date,
    *,
    percent: float | None = None,
    only: Iterable[str] = (),
) -> list[Comparison]:
    """Which share of a region each polygon layer has in the party's hands on a day, and the settlements outside.

    With `percent` (0 to 100) that is compared with it: agrees where both round to the same whole per cent.
    Table layers are counted by settlement.
    """
    outline, polygon = outline_of(layers, gazetteer, region)
    register, towns = _towns(layers, gazetteer, region)
    lat, lon = [t.lat for t in towns], [t.lon for t in towns]
    found = []
    for layer in _wanted(layers, only):
        if layer.kind == "polygons":
            areas = layers.areas(layer.id, day)
            if areas is None:
                continue
            dated, shapes = areas
            area = shapes.get(party, shapely.Polygon())
            share, inside = share_inside(polygon, area), shapely.contains_xy(area, lon, lat)
            out = tuple(Outside(code=t.code, name=t.name, lat=t.lat, lon=t.lon, place_id=t.place_id)
                        for t, within in zip(towns, inside, strict=True) if not within)  # fmt: skip
        elif layer.kind == "table":
            known = [(t, layers.holding(layer, t.place_id, day)) for t in towns if t.place_id is not None]
            marked = [(t, h) for t, h in known if h.known]
            if not marked:
                continue
            dated = max((h.dated for _, h in marked if h.dated), default=day)
            out = tuple(
                Outside(code=t.code, name=t.name, lat=t.lat, lon=t.lon, place_id=t.place_id)
                for t, h in marked
                if h.party != party
            )
            share = 1.0 - len(out) / len(marked)
        else:
            continue
        found.append(_measured(layer, region, party, day, dated, share, out, len(towns), outline, register, percent))
    return found


def _measured(
    layer: Layer, region: Place, party: str, day: dt.date, dated: dt.date, share: float, out: tuple[Outside, ...], count: int,
    outline: str, register: str, percent: float | None,
) -> Comparison:  # fmt: skip
    """Put a region's measure into words."""
    by = "of its area" if layer.kind == "polygons" else "of the settlements that it marks"
    sentence = f"{100 * share:.1f} per cent on {dated} by {layer.name} ({by} of {region.name}), {len(out)} of {count} settlements outside"
    if out:
        names = ", ".join(o.name for o in out[:12])
        sentence += f": {names}{' and others' if len(out) > 12 else ''}"
    verdict = "measured"
    if percent is not None:
        whole = percent >= 100
        agrees = (share >= WHOLE and not out) if whole else round(100 * share) == round(percent)
        verdict = "agrees" if agrees else "differs"
        sentence += f"; {percent:g} per cent was claimed: it {verdict}"
    return Comparison(
        layer=layer, place_id=region.id, place_name=region.name, day=day, party=party, verdict=verdict, dated=dated, share=share,
        settlements=count, outside=out, outline=outline if layer.kind == "polygons" else None, register=register, sentence=sentence + ".",
    )  # fmt: skip


def check_claim(layers: Layers, gazetteer: Gazetteer, claim: Claim, *, only: Iterable[str] = ()) -> list[Comparison]:
    """Compare one claim with each layer on the day it speaks of; NotFound where its place is not known or it tells of no holder."""
    if claim.relation in (Relation.CONTESTS, Relation.ADVANCES, Relation.ANNEXES):
        raise NotFound(
            f"A claim that a party {claim.relation} a place does not say who holds it, so no layer can be asked."
        )
    place = gazetteer.place(claim.place.place_id) if claim.place.place_id is not None else None
    if place is None:
        raise NotFound(f"The place of this claim ({claim.place.words!r}) was not resolved, so no layer can be asked.")
    day = claim.published.date()
    if claim.valid is not None and claim.valid.upper is not None:
        day = min(day, claim.valid.upper - dt.timedelta(days=1))
    if place.kind in (PlaceKind.REGION, PlaceKind.COUNTRY):
        extent = claim.extent
        percent = 100.0 if extent.kind in ("whole", "all_but") else extent.value if extent.kind == "percent" else None
        return check_region(layers, gazetteer, place, claim.party, day, percent=percent, only=only)
    holds = (claim.relation is not Relation.LOSES) == (claim.polarity is Polarity.STATED)
    return check_place(layers, place, claim.party, day, holds=holds, only=only)


def _wanted(layers: Layers, only: Iterable[str]) -> Sequence[Layer]:
    ids = tuple(only)
    return [layers.get(i) for i in ids] if ids else layers.all()

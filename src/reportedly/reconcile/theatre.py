"""The ground on which two parties fight, made of the gazetteer: settlements, foreign anchors, and who binds which region."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from scipy.spatial import cKDTree

from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.model import Claim, PlaceKind
from reportedly.reconcile.banks import bank_of, on_bank
from reportedly.reconcile.field import Floats, Ground, Ints, flat

__all__ = ["RegionAreas", "ground_of"]

ANCHOR_KM = 80.0
STEP_KM = 3.0
"""Foreign settlements this near to the country's own anchor the field; those farther away change no distance."""


def ground_of(gazetteer: Gazetteer, country: str, *, homes: dict[str, int] | None = None) -> Ground:
    """Lay out the settlements of a country, city quarters included, with neighbouring countries' settlements as anchors.

    `homes` maps other countries (ISO 3166-1 alpha-2) to the side, +1 or -1, whose home they are.
    """
    own = gazetteer.region(country)
    if own is None:
        return Ground.make(np.empty(0, np.int64), np.empty(0), np.empty(0))
    ids = np.sort(np.fromiter(gazetteer.members(own.id), dtype=np.int64))
    all_ids = gazetteer.array("place.id")
    order = np.argsort(all_ids)
    rows = order[np.searchsorted(all_ids, ids, sorter=order)]
    lat = gazetteer.array("place.lat")[rows].astype(np.float64)
    lon = gazetteer.array("place.lon")[rows].astype(np.float64)
    known = ~(np.isnan(lat) | np.isnan(lon))
    ids, rows, lat, lon = ids[known], rows[known], lat[known], lon[known]
    population = gazetteer.array("place.population")[rows].astype(np.int64)
    away = _anchors(gazetteer, country, lat, lon, homes or {}) if len(ids) else None
    return Ground.make(ids, lat, lon, population=population, anchors=away)


def _anchors(
    gazetteer: Gazetteer, country: str, lat: Floats, lon: Floats, homes: dict[str, int]
) -> tuple[Floats, Floats, np.ndarray[tuple[int], np.dtype[np.int8]]]:
    """Foreign settlements around the country, and points along its border with the countries in `homes`.

    Villages right behind a border are few in a gazetteer of towns; without the border a raid across it would look deep.
    """
    margin = ANCHOR_KM / 111.2
    there = gazetteer.settlements()
    near = (there.lat > lat.min() - margin) & (there.lat < lat.max() + margin)
    near &= (there.lon > lon.min() - 2 * margin) & (there.lon < lon.max() + 2 * margin)
    near &= np.char.find(there.admin1, f"{country}.") != 0
    at = np.flatnonzero(near)
    if not len(at):
        return np.empty(0), np.empty(0), np.empty(0, np.int8)
    where = np.char.partition(there.admin1[at], ".")[:, 0]
    side = np.array([homes.get(str(c), 0) for c in where], dtype=np.int8)
    out_lat, out_lon = there.lat[at].astype(np.float64), there.lon[at].astype(np.float64)
    edge = _border(gazetteer, country)
    if len(edge):
        centre = float(lat.mean())
        facing = cKDTree(flat(out_lat, out_lon, centre)).query(flat(edge[:, 0], edge[:, 1], centre))[1]
        out_lat, out_lon = np.concatenate([out_lat, edge[:, 0]]), np.concatenate([out_lon, edge[:, 1]])
        side = np.concatenate([side, side[facing]])
    return out_lat[side != 0], out_lon[side != 0], side[side != 0]


def _border(gazetteer: Gazetteer, country: str) -> Floats:
    """Points (k, 2; latitude, longitude) every STEP_KM or less along the outer line of a country's regions."""
    texts = [text for region in gazetteer.regions(country) if (text := gazetteer.polygon(region.id))]
    whole = shapely.union_all([shapely.make_valid(shapely.from_geojson(t)).buffer(0.01) for t in texts])
    if whole.is_empty:
        return np.empty((0, 2))
    line = shapely.segmentize(whole.buffer(-0.01).boundary, STEP_KM / 111.2)
    return shapely.get_coordinates(line)[:, ::-1].astype(np.float64)


class RegionAreas:
    """Members of regions, and of their parts by a river's bank; a part told in any other way binds nothing."""

    def __init__(self, gazetteer: Gazetteer, ground: Ground) -> None:
        """Look regions up in the gazetteer, settlements on the ground."""
        self.gazetteer, self.ground = gazetteer, ground
        self._known: dict[tuple[int, ...], Ints] = {}

    def members(self, claim: Claim) -> Ints:
        """Rows of the settlements that a claim on a region binds: all of them but the exceptions that it names."""
        place = claim.place
        regions = place.members or ((place.place_id,) if place.place_id is not None else ())
        if regions not in self._known:
            ids = self._all(regions)
            self._known[regions] = np.array(
                sorted(self.ground.index[i] for i in ids if i in self.ground.index), dtype=np.int64
            )
        rows = self._known[regions]
        if claim.extent.except_ids:
            rows = rows[~np.isin(self.ground.ids[rows], claim.extent.except_ids)]
        bank = bank_of(claim)
        if bank is not None and len(rows):
            inside = on_bank(bank, *self.ground.degrees(rows))
            return rows[:0] if inside is None else rows[inside]
        return rows if claim.extent.kind != "part" and place.area is None else rows[:0]

    def exact(self, claim: Claim) -> bool:
        """Whether the claim tells a bank of a river."""
        return bank_of(claim) is not None

    def _all(self, regions: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for region in regions:
            place = self.gazetteer.place(region)
            if place is not None and place.kind is PlaceKind.REGION:
                found |= self.gazetteer.members(region)
        return found

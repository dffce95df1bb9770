"""The places that a name may stand for, with all that is known of them before any text is looked at; kept per gazetteer."""

from __future__ import annotations

import re
import weakref
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportedly.knowledge.areas import load_areas
from reportedly.knowledge.gazetteer import TIER_ORDER, Gazetteer
from reportedly.resolve.phrases import parse_phrase

__all__ = ["Candidates", "candidates_of"]

F = npt.NDArray[np.float64]
HISTORIC = TIER_ORDER.index("historic")
LOST_PENALTY = 3.0
_QUARTERS = ("PPLX", "PPLH", "PPLQ", "PPLW")
_SPLIT = re.compile(r"\s+(?:and|or)\s+|\s*[,/(&.]\s*|\s+[-–—]\s+")
_CACHED = 50_000


@dataclass(frozen=True, slots=True)
class Candidates:
    """Arrays over the candidate settlements of a name.

    `tiers` are numbers in TIER_ORDER; `people` is the natural logarithm of one more than the inhabitants (0 under a former
    name: it does not take the size of the town along, the village that bears it today is meant); `quarter` is 1 for city
    quarters and former places; `war` is the weight of the region in knowledge.areas; `lost` marks those without coordinates.
    `agrees` is 1 where the name's other writing may mean the place too, `given` 1 where the name as written does.
    """

    rows: npt.NDArray[np.int64]
    ids: tuple[int, ...]
    tiers: npt.NDArray[np.int64]
    lat: F
    lon: F
    people: F
    quarter: F
    war: F
    lost: F
    agrees: F | None
    given: F
    regions: tuple[str, ...]


_caches: weakref.WeakKeyDictionary[Gazetteer, dict[tuple[str, tuple[str, ...]], Candidates | None]] = (
    weakref.WeakKeyDictionary()
)


def candidates_of(name: str, also: tuple[str, ...], gazetteer: Gazetteer) -> Candidates | None:
    """Settlements that a bare name, or its other writings, may stand for; None where there are none."""
    cache = _caches.setdefault(gazetteer, {})
    try:
        return cache[name, also]
    except KeyError:
        if len(cache) > _CACHED:
            cache.clear()
        made = cache[name, also] = gather(name, also, gazetteer)
        return made


def gather(name: str, also: tuple[str, ...], gazetteer: Gazetteer) -> Candidates | None:
    """Look the name up and put its places into arrays; of several names in one mention the first that is known counts."""
    found = dict(gazetteer.lookup(name))
    for part in _SPLIT.split(name) if not found else ():
        if part[:1].isupper():
            found = dict(gazetteer.lookup(parse_phrase(part).name))
        if found:
            break
    own, other = set(found), set()
    for writing in also:
        for row, tier in gazetteer.lookup(writing, fuzzy=False):
            other.add(row)
            found.setdefault(row, tier)
    settled = gazetteer.settled_rows
    kept = [r for r in found if settled[r]]
    if not kept:
        return None
    rows = np.array(kept, dtype=np.int64)
    tiers = np.array([found[r] for r in kept])
    lat, lon = gazetteer.array("place.lat")[rows].astype(float), gazetteer.array("place.lon")[rows].astype(float)
    lost = np.isnan(lat)
    lat[lost], lon[lost] = -89.0, 0.0  # far from everything
    regions = tuple(gazetteer.region_codes(rows))
    war = load_areas().war
    return Candidates(
        rows=rows, ids=tuple(gazetteer.array("place.id")[rows].tolist()), tiers=tiers, lat=lat, lon=lon,
        people=np.log1p(gazetteer.array("place.population")[rows]) * (tiers != HISTORIC),
        quarter=gazetteer.per_feature(_QUARTERS)[gazetteer.array("place.feature")[rows]],
        war=np.array([war.get(r, 0.0) for r in regions]), lost=lost * LOST_PENALTY,
        agrees=np.array([float(r in other) for r in kept]) if other else None,
        given=np.array([float(r in own) for r in kept]), regions=regions,
    )  # fmt: skip

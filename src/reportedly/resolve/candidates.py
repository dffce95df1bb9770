"""The places that a name may stand for, with all that is known of them before any text is looked at; kept per gazetteer."""

from __future__ import annotations

import math
import re
import weakref
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from reportedly.knowledge.areas import load_areas
from reportedly.knowledge.gazetteer import TIER_ORDER, Gazetteer
from reportedly.resolve.phrases import parse_phrase

__all__ = ["FEW", "HISTORIC", "KM_PER_DEGREE", "Candidates", "candidates_of", "names_within"]

F = npt.NDArray[np.float64]
HISTORIC, SKELETON = TIER_ORDER.index("historic"), TIER_ORDER.index("skeleton")
LOST_PENALTY = 3.0
KM_PER_DEGREE = 111.2
FEW = 1000.0
"""People that a place counts as having at least: below, the figures of villages are old or missing and tell nothing."""
SAME_KM, FRONT_KM = 4.0, 50.0
TOWN = 10_000.0
_QUARTERS = ("PPLX", "PPLH", "PPLQ", "PPLW")
_SPLIT = re.compile(r"\s+(?:and|or|to|with)\s+|\s*[,/(&.]\s*|\s+[-–—]\s+")
_LINE = re.compile(r"(?<=\w)[-–—](?=[A-Z])")
_CACHED = 50_000


@dataclass(frozen=True, slots=True)
class Candidates:
    """Arrays over the candidate settlements of a name.

    `tiers` are numbers in TIER_ORDER; `people` is the natural logarithm of one more than the inhabitants, at least FEW (0 under
    a former name: it does not take the size of the town along, the village that bears it today is meant); `eclipsed` is by how
    many e-folds the largest namesake within FRONT_KM is larger; `quarter` is 1 for city quarters and former places; `war` is the
    weight of the region in knowledge.areas; `lost` marks those without coordinates. `agrees` is 1 where the name's other writing
    may mean the place too, `given` 1 where the name as written does.
    """

    rows: npt.NDArray[np.int64]
    ids: tuple[int, ...]
    tiers: npt.NDArray[np.int64]
    lat: F
    lon: F
    people: F
    eclipsed: F
    quarter: F
    war: F
    lost: F
    agrees: F | None
    given: F
    regions: tuple[str, ...]
    countries: tuple[str, ...]
    districts: tuple[str, ...]
    fronts: dict[tuple[object, ...], F] = field(default_factory=dict)  # kept for resolve.front


_caches: weakref.WeakKeyDictionary[Gazetteer, dict[tuple[str, tuple[str, ...]], Candidates | None]] = (
    weakref.WeakKeyDictionary()
)


def names_within(name: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The name itself where it is known, else the known names it is made of ("Ridkodub and Koroviachyi Yar"); () if none is."""
    if gazetteer.lookup(name, fuzzy=False):
        return (name,)
    parts = [p for p in (parse_phrase(p).name for p in _SPLIT.split(name)) if p[:1].isupper()]
    if len(parts) < 2 and gazetteer.lookup(name):
        return (name,)
    if len(parts) == 1 and not gazetteer.lookup(parts[0]):
        parts = _LINE.split(parts[0])
        if not all(map(gazetteer.lookup, parts)):
            return ()  # "Nagorno-Karabakh" is no line between two places
    if len(parts) > 1 and " " not in parts[0] and " " in parts[-1]:  # "Velyka and Mala Oleksandrivka"
        whole = f"{parts[0]} {parts[-1].rsplit(' ', 1)[-1]}"
        parts[0] = whole if gazetteer.lookup(whole, fuzzy=False) else parts[0]
    return tuple(p for p in parts if gazetteer.lookup(p))


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
    """Look the name up and put its places into arrays."""
    found = dict(gazetteer.lookup(name))
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
    people = np.log1p(np.maximum(gazetteer.array("place.population")[rows], FEW)) * (tiers != HISTORIC)
    return Candidates(
        rows=rows, ids=tuple(gazetteer.array("place.id")[rows].tolist()), tiers=tiers, lat=lat, lon=lon,
        people=people, eclipsed=eclipse(lat, lon, people, tiers),
        quarter=gazetteer.per_feature(_QUARTERS)[gazetteer.array("place.feature")[rows]],
        war=np.array([war.get(r, 0.0) for r in regions]), lost=lost * LOST_PENALTY,
        agrees=np.array([float(r in other) for r in kept]) if other else None,
        given=np.array([float(r in own) for r in kept]), regions=regions, countries=tuple(r[:2] for r in regions),
        districts=tuple(gazetteer.district_codes(rows)),
    )  # fmt: skip


def eclipse(lat: F, lon: F, people: F, tiers: npt.NDArray[np.int64]) -> F:
    """By how much the largest namesake of the same front, or a town whose very name it is, exceeds each candidate.

    Far namesakes are told apart by what a text is about. Near ones are not, so a writer who means the village and not the
    town of its name says so; who says nothing means the town. And the name of a large town is seldom another one misspelt.
    """
    if len(lat) > 300:  # such names are everywhere
        return np.zeros(len(lat))
    north = (lat[:, None] - lat[None, :]) * KM_PER_DEGREE
    east = (lon[:, None] - lon[None, :]) * KM_PER_DEGREE * np.cos(np.radians(lat))[:, None]
    apart = np.sqrt(north * north + east * east)
    plain = (tiers <= SKELETON)[None, :]
    near = (apart > SAME_KM) & (apart < FRONT_KM) & plain
    misspelt = (tiers[:, None] > tiers[None, :]) & plain
    more = np.where(near, people[None, :] - people[:, None], 0.0)
    more = np.maximum(more, np.where(misspelt, people[None, :] - math.log(TOWN), 0.0))
    return np.asarray(np.maximum(more.max(axis=1), 0.0))

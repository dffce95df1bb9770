"""Where a war was being fought on a day, as a reader knows before the first report: the towns of knowledge/data/regions/front.toml."""

from __future__ import annotations

import datetime as dt
import functools
import math
import tomllib
import weakref
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from reportedly.knowledge.gazetteer import Gazetteer

__all__ = ["known_front", "near_front"]

F = npt.NDArray[np.float64]
WIDTH_KM = 30.0  # towns on the list stand 20 to 40 km apart
FADES = 120.0  # days in which a front that has moved on counts e times less
FLOOR = 0.08  # what a place far from any front is worth beside one on it
STEP = 20  # days: it fades in steps, so that what was reckoned can be kept
GONE = 480  # days after which it counts for nothing


@dataclass(frozen=True, slots=True)
class Period:
    """Towns (GeoNames ids) near the line of contact from a day on, until another if it has moved on."""

    begins: dt.date
    ends: dt.date | None
    towns: tuple[int, ...]


@functools.cache
def known_front() -> tuple[Period, ...]:
    """The periods in order."""
    data = tomllib.loads(files("reportedly.knowledge").joinpath("data/regions/front.toml").read_text(encoding="utf-8"))
    return tuple(Period(p["from"], p.get("until"), tuple(i for _, i in p["towns"])) for p in data["period"])


Key = tuple[tuple[int, int], ...]
_points: weakref.WeakKeyDictionary[Gazetteer, dict[Key, F]] = weakref.WeakKeyDictionary()


@functools.lru_cache(maxsize=4096)
def state(day: dt.date) -> Key:
    """The periods that had begun on a day, each with how many steps ago it ended."""
    found = []
    for number, period in enumerate(known_front()):
        if period.begins <= day:
            age = max(0, (day - period.ends).days // STEP) if period.ends is not None else 0
            if age * STEP < GONE:
                found.append((number, age))
    return tuple(found)


def points(gazetteer: Gazetteer, key: Key) -> F:
    """Latitude, longitude and weight of the towns of these periods."""
    kept = _points.setdefault(gazetteer, {})
    found = kept.get(key)
    if found is None:
        weights: dict[int, float] = {}
        for number, age in key:
            weight = math.exp(-age * STEP / FADES)
            for town in known_front()[number].towns:
                weights[town] = max(weight, weights.get(town, 0.0))
        rows = [
            (p.lat, p.lon, w) for t, w in weights.items() if (p := gazetteer.place(t)) is not None and p.lat is not None
        ]
        found = kept[key] = np.array(rows, dtype=float).reshape(-1, 3)
    return found


def near_front(
    lat: F, lon: F, gazetteer: Gazetteer, day: dt.date, kept: dict[tuple[object, ...], F] | None = None
) -> F:
    """Log weight of each point by how near it lies to where the war was on a day; all alike where no war is known.

    `kept` holds answers for the same points.
    """
    key = state(day)
    found = kept.get(key) if kept is not None else None
    if found is None:
        towns = points(gazetteer, key)
        found = np.zeros(len(lat))
        if len(towns) and len(lat):
            north = (lat[:, None] - towns[None, :, 0]) * 111.2
            east = (lon[:, None] - towns[None, :, 1]) * 111.2 * np.cos(np.radians(lat))[:, None]
            near = np.exp((north * north + east * east) * (-0.5 / WIDTH_KM**2)) * towns[None, :, 2]
            found = np.log(near.max(axis=1) + FLOOR)
        if kept is not None:
            kept[key] = found
    return found

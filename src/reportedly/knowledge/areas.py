"""Names for a region, for several together, or for the ground of a war (knowledge/data/regions/areas.toml)."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from reportedly.errors import NotFound
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.names import plain_key

__all__ = ["AreaMembers", "AreaSet", "Areas", "bank_side", "load_areas", "members"]

F = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AreaSet:
    """Several regions under one name; `precision` says how well the name's usage is known."""

    id: str
    name: str
    kind: str
    members: tuple[int, ...]
    precision: str


@dataclass(frozen=True, slots=True)
class Areas:
    """Aliases (plain key -> GeoNames id), sets (plain key -> set), demonyms (word -> country), regions of war with a weight, and
    the towns that a party never held.
    """

    aliases: dict[str, int]
    sets: dict[str, AreaSet]
    demonyms: dict[str, str]
    war: dict[str, float]
    never_held: dict[str, frozenset[int]]


@functools.cache
def load_areas() -> Areas:
    """Read the file once."""
    data = tomllib.loads(files("reportedly.knowledge").joinpath("data/regions/areas.toml").read_text(encoding="utf-8"))
    aliases = {plain_key(n): int(a["id"]) for a in data["alias"] for n in a["names"]}
    sets = {}
    for s in data["set"]:
        made = AreaSet(s["id"], s["name"], s["kind"], tuple(s["members"]), s["precision"])
        sets.update({plain_key(n): made for n in s["names"]})
    war: dict[str, float] = {}
    for w in data["war"]:
        war.update(dict.fromkeys(w["front"], 1.0) | dict.fromkeys(w["near"], 0.5))
    return Areas(
        aliases, sets, dict(data["demonyms"]), war, {p: frozenset(ids) for p, ids in data["never_held"].items()}
    )


# -- parts of regions as sets of settlements --


@dataclass(frozen=True, slots=True)
class AreaMembers:
    """Settlements of a part of a region, and in words how exact the set is."""

    ids: frozenset[int]
    precision: str


@dataclass(frozen=True, slots=True)
class River:
    """A river as a line of (latitude, longitude), source to mouth."""

    names: frozenset[str]
    right: frozenset[str]  # what its right bank is called: "west", "south"
    line: F
    precision: str


@functools.cache
def load_rivers() -> tuple[River, ...]:
    """The rivers of knowledge/data/regions/rivers.toml."""
    data = tomllib.loads(files("reportedly.knowledge").joinpath("data/regions/rivers.toml").read_text(encoding="utf-8"))
    return tuple(
        River(frozenset(map(plain_key, r["names"])), frozenset(r["right"]), np.array(r["line"]), r["precision"])
        for r in data.values()
    )


_COMPASS = {
    "north": (1, 0), "northeast": (1, 1), "east": (0, 1), "southeast": (-1, 1), "south": (-1, 0), "southwest": (-1, -1),
    "west": (0, -1), "northwest": (1, -1),
}  # fmt: skip
_RIVER = r"(?:the\s+)?([A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?(?:\s+[Rr]iver)?)"
_SIDE = r"west|east|north|south|right|left"
BANK = re.compile(
    rf"\b(?i:({_SIDE})(?:ern)?)\s+(?:\(\w+\)\s+)?(?:river\s*)?(?:bank|side|shore)\s+of\s+{_RIVER}"
    rf"|\b(?i:(west|east))\s+of\s+the\s+([A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?(?:\s+[Rr]iver)?)"
)


def bank_side(area: str) -> tuple[River, bool] | None:
    """The river of "the west bank of the Dnipro", and whether its right bank is meant (as one looks downstream)."""
    m = BANK.search(area)
    if m is None:
        return None
    side, words = (m.group(1) or m.group(3)).lower(), (m.group(2) or m.group(4)).split()
    for size in range(len(words), 0, -1):  # "the Dnipro River" and "the Dnipro Kherson ..." alike
        name = plain_key(" ".join(words[:size]))
        if river := next((r for r in load_rivers() if name in r.names), None):
            return river, side in river.right
    return None


def members(area: str, region_id: int, gazetteer: Gazetteer) -> AreaMembers:
    """Settlements of a region that lie in a part of it: a compass direction ("north") or a bank of a river we have a line of.

    Raises NotFound for an area that cannot be told, or a region without settlements.
    """
    inside = gazetteer.members(region_id)
    columns = gazetteer.settlements()
    keep = np.isin(columns.id, np.fromiter(inside, dtype=np.int64, count=len(inside))) & ~np.isnan(columns.lat)
    ids, lat, lon = columns.id[keep], columns.lat[keep].astype(float), columns.lon[keep].astype(float)
    if not len(ids):
        raise NotFound(f"{region_id} is no region with settlements.")
    if (found := bank_side(area)) is not None:
        river, right = found
        return AreaMembers(frozenset(ids[on_right(lat, lon, river.line) == right].tolist()), river.precision)
    way = area.lower().replace("-", "").replace(" ", "").removesuffix("ern")
    if way in ("centre", "center", "central"):
        chosen = np.hypot(*standard(lat, lon)) < 0.75
        return AreaMembers(frozenset(ids[chosen].tolist()), "settlements near the middle of the region's settlements")
    if way not in _COMPASS:
        raise NotFound(f"No part of a region is known as {area!r}: a compass direction, or a bank of a river.")
    north, east = _COMPASS[way]
    y, x = standard(lat, lon)
    chosen = (y * north + x * east) / np.hypot(north, east) > 0.35
    return AreaMembers(
        frozenset(ids[chosen].tolist()), f"about the {way} third of the region's settlements; usage differs"
    )


def standard(lat: F, lon: F) -> tuple[F, F]:
    """Position within a region: 0 in the middle of its settlements, about 1 at one standard deviation."""
    return (lat - np.median(lat)) / max(float(lat.std()), 1e-6), (lon - np.median(lon)) / max(float(lon.std()), 1e-6)


def on_right(lat: F, lon: F, line: F) -> npt.NDArray[np.bool_]:
    """Which points lie to the right of the nearest stretch of a line, as one goes along it."""
    a, b = line[:-1], line[1:]
    scale = float(np.cos(np.radians(line[:, 0].mean())))
    ay, ax, by, bx = a[:, 0], a[:, 1] * scale, b[:, 0], b[:, 1] * scale
    y, x = lat[:, None], lon[:, None] * scale
    dy, dx = by - ay, bx - ax
    along = np.clip(((y - ay) * dy + (x - ax) * dx) / (dy * dy + dx * dx), 0.0, 1.0)
    away = (y - ay - along * dy) ** 2 + (x - ax - along * dx) ** 2
    best = away.argmin(axis=1)
    # at a bend both stretches are as near: the one whose direction the point is more across decides
    row = np.arange(len(lat))
    cross = dx * (y - ay) - dy * (x - ax)
    reach = np.abs(cross) / np.hypot(dy, dx)
    tie = away <= away[row, best][:, None] * 1.0001 + 1e-12
    best = np.where(tie, reach, -1.0).argmax(axis=1)
    return np.asarray(cross[row, best] < 0)

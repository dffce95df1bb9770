"""Names for a region, for several together, or for the ground of a war (knowledge/data/regions/areas.toml)."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from reportedly.knowledge.names import plain_key

__all__ = ["AreaSet", "Areas", "load_areas"]


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
    """Aliases (plain key -> GeoNames id), sets (plain key -> set), demonyms (word -> country), and regions of war with a weight."""

    aliases: dict[str, int]
    sets: dict[str, AreaSet]
    demonyms: dict[str, str]
    war: dict[str, float]


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
    return Areas(aliases, sets, dict(data["demonyms"]), war)

"""What layers are made of: a layer and its provenance, what it says of a place, outlines and towns, an import not stored yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Content", "Holding", "Layer", "LayerKind", "Region", "Town"]

LayerKind = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Somebody else's map or table. `first`/`last` are the days it speaks of; `note` tells how it was read and what was left out."""

    id: str
    name: str
    kind: LayerKind
    licence: str
    source: str
    sha256: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    rows: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What a layer says of a place on a day: `party` None where it marks nobody; `dated` is the layer's own day for it.

    `known` is false where the layer says nothing of the place at all.
    """

    party: str | None
    dated: dt.date | None
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region's outline from a boundary layer."""

    name: str
    code: str | None
    place_id: int | None
    shape: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A settlement of a register: official code, name, degrees; place ids where the gazetteer knows it and its region."""

    code: str
    name: str
    lat: float
    lon: float
    place_id: int | None = None
    region_id: int | None = None


@dataclass(slots=True)
class Content:
    """What an import found, before it is stored: areas (day, party, shape), changes (place, day, party), boundaries, towns."""

    areas: list[tuple[dt.date, str, Any]] = field(default_factory=list)
    changes: list[tuple[int, dt.date, str | None]] = field(default_factory=list)
    boundaries: list[Region] = field(default_factory=list)
    towns: list[Town] = field(default_factory=list)
    note: str = ""

    @property
    def days(self) -> list[dt.date]:
        """All days spoken of."""
        return [d for d, _, _ in self.areas] + [d for _, d, _ in self.changes]

    @property
    def count(self) -> int:
        """How many things there are."""
        return len(self.areas) + len(self.changes) + len(self.boundaries) + len(self.towns)

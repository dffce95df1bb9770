"""Reference layers: somebody else's map or table, kept with its date, licence and provenance, and asked by place and day.

One SQLite file beside the ledger. A layer is never merged with another or with the ledger; every answer names its layer.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import shapely

from reportedly.compare.content import Content, Holding, Layer, Region, Town
from reportedly.errors import LayerError, NotFound

__all__ = ["Layers"]

KINDS = ("polygons", "table", "boundaries", "settlements")

SCHEMA = """
CREATE TABLE IF NOT EXISTS layer (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, licence TEXT NOT NULL,
  source TEXT NOT NULL, sha256 TEXT NOT NULL, first TEXT, last TEXT, rows INTEGER NOT NULL, note TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS area (layer TEXT NOT NULL, day TEXT NOT NULL, party TEXT NOT NULL, wkb BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS change (layer TEXT NOT NULL, place INTEGER NOT NULL, day TEXT NOT NULL, party TEXT);
CREATE INDEX IF NOT EXISTS change_place ON change (layer, place, day);
CREATE TABLE IF NOT EXISTS boundary (layer TEXT NOT NULL, name TEXT NOT NULL, code TEXT, place INTEGER, wkb BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS town (layer TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  place INTEGER, region INTEGER);
CREATE INDEX IF NOT EXISTS town_region ON town (layer, region);
CREATE TABLE IF NOT EXISTS baseline (layer TEXT NOT NULL, day TEXT NOT NULL);
"""


class Layers:
    """The file of layers: open, add, list, ask."""

    def __init__(self, path: Path) -> None:
        """Open the file, made if it is missing; LayerError if it is something else."""
        self.path = Path(path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._sql = sqlite3.connect(self.path)
            self._sql.executescript(SCHEMA)
        except sqlite3.DatabaseError as error:
            raise LayerError(f"{path} is not a file of layers ({error}): name another with REPORTEDLY_DATA.") from error
        self._histories: dict[str, dict[int, list[tuple[dt.date, str | None]]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._sql.close()

    def add(self, layer: Layer, content: Content) -> Layer:
        """Store a layer with its content; an id that is there already is replaced whole, in one step.

        Raises LayerError where licence or source are missing or there is nothing in it.
        """
        if layer.kind not in KINDS:
            raise LayerError(f"A layer is one of {', '.join(KINDS)}, not {layer.kind!r}.")
        for what, value in (("licence", layer.licence), ("source", layer.source)):
            if not value.strip():
                raise LayerError(
                    f"Layer {layer.id!r} needs a {what}: whose work is it and on what terms? Give --{what}."
                )
        if not content.count:
            raise LayerError(f"Layer {layer.id!r}: nothing usable was found in the file. {content.note}".strip())
        days = content.days
        layer = Layer(
            id=layer.id, name=layer.name, kind=layer.kind, licence=layer.licence, source=layer.source, sha256=layer.sha256,
            first=min(days, default=None), last=max(days, default=None), rows=content.count, note=content.note or layer.note,
        )  # fmt: skip
        with self._sql:
            for table in ("area", "change", "boundary", "town"):
                self._sql.execute(f"DELETE FROM {table} WHERE layer=?", (layer.id,))  # noqa: S608 - names from the line above
            self._sql.execute(
                "INSERT OR REPLACE INTO layer VALUES (?,?,?,?,?,?,?,?,?,?)",
                (layer.id, layer.name, layer.kind, layer.licence, layer.source, layer.sha256, _iso(layer.first), _iso(layer.last),
                 layer.rows, layer.note),
            )  # fmt: skip
            self._sql.executemany(
                "INSERT INTO area VALUES (?,?,?,?)",
                ((layer.id, d.isoformat(), p, shapely.to_wkb(s)) for d, p, s in content.areas),
            )
            self._sql.executemany(
                "INSERT INTO change VALUES (?,?,?,?)", ((layer.id, i, d.isoformat(), p) for i, d, p in content.changes)
            )
            self._sql.executemany(
                "INSERT INTO boundary VALUES (?,?,?,?,?)",
                ((layer.id, b.name, b.code, b.place_id, shapely.to_wkb(b.shape)) for b in content.boundaries),
            )
            self._sql.executemany(
                "INSERT INTO town VALUES (?,?,?,?,?,?,?)",
                ((layer.id, t.code, t.name, t.lat, t.lon, t.place_id, t.region_id) for t in content.towns),
            )
        self._histories.pop(layer.id, None)
        self.areas.cache_clear()
        return layer

    def all(self) -> tuple[Layer, ...]:
        """Every layer, by id."""
        rows = self._sql.execute("SELECT * FROM layer ORDER BY id").fetchall()
        return tuple(_layer(r) for r in rows)

    def get(self, layer_id: str) -> Layer:
        """The layer of that id; NotFound otherwise."""
        row = self._sql.execute("SELECT * FROM layer WHERE id=?", (layer_id,)).fetchone()
        if row is None:
            known = ", ".join(x.id for x in self.all()) or "none yet: `reportedly layer import` makes one"
            raise NotFound(f"There is no layer {layer_id!r}. Layers: {known}.")
        return _layer(row)

    # -- who held what --

    def history(self, layer_id: str) -> Mapping[int, list[tuple[dt.date, str | None]]]:
        """Changes of a table layer by place id, in order of time."""
        found = self._histories.get(layer_id)
        if found is None:
            found = {}
            query = "SELECT place, day, party FROM change WHERE layer=? ORDER BY place, day"
            for place, day, party in self._sql.execute(query, (layer_id,)):
                found.setdefault(place, []).append((dt.date.fromisoformat(day), party))
            self._histories[layer_id] = found
        return found

    @functools.lru_cache(maxsize=16)  # noqa: B019 - as long-lived as the file
    def areas(self, layer_id: str, day: dt.date) -> tuple[dt.date, dict[str, Any]] | None:
        """Held areas by party on the layer's last day up to `day`, and that day; None where it has none so early."""
        query = "SELECT max(day) FROM area WHERE layer=? AND day<=?"
        (last,) = self._sql.execute(query, (layer_id, day.isoformat())).fetchone()
        if last is None:
            return None
        shapes: dict[str, list[Any]] = {}
        for party, wkb in self._sql.execute("SELECT party, wkb FROM area WHERE layer=? AND day=?", (layer_id, last)):
            shapes.setdefault(party, []).append(shapely.from_wkb(wkb))
        return dt.date.fromisoformat(last), {p: shapely.union_all(s) for p, s in shapes.items()}

    def holding(
        self, layer: Layer, place_id: int, day: dt.date, *, lat: float | None = None, lon: float | None = None
    ) -> Holding:
        """What the layer says of a settlement at the end of a day; a polygon layer needs its coordinates (degrees)."""
        if layer.kind == "table":
            rows = self.history(layer.id).get(place_id, [])
            at = bisect.bisect_right([d for d, _ in rows], day)
            return (
                Holding(party=rows[at - 1][1], dated=rows[at - 1][0])
                if at
                else Holding(party=None, dated=None, known=bool(rows))
            )
        if layer.kind == "polygons" and lat is not None and lon is not None:
            areas = self.areas(layer.id, day)
            if areas is not None:
                dated, shapes = areas
                inside = [p for p, shape in shapes.items() if shapely.contains_xy(shape, lon, lat)]
                return Holding(party=inside[0] if inside else None, dated=dated)
        return Holding(party=None, dated=None, known=False)

    def state(self, layer_id: str, day: dt.date) -> dict[int, str | None]:
        """A table layer's last word on each place up to a day: what a ledger can start from."""
        layer = self.get(layer_id)
        if layer.kind != "table":
            raise LayerError(f"Layer {layer_id!r} is of kind {layer.kind}; a start needs a table of places and days.")
        found: dict[int, str | None] = {}
        for place, rows in self.history(layer_id).items():
            at = bisect.bisect_right([d for d, _ in rows], day)
            if at:
                found[place] = rows[at - 1][1]
        if not found:
            raise LayerError(f"Layer {layer_id!r} says nothing up to {day}: it begins on {layer.first}.")
        return found

    # -- regions and registers --

    def regions(self) -> Iterator[tuple[Layer, Region]]:
        """Every outline of every boundary layer."""
        for layer in self.all():
            if layer.kind == "boundaries":
                for name, code, place, wkb in self._sql.execute(
                    "SELECT name, code, place, wkb FROM boundary WHERE layer=?", (layer.id,)
                ):
                    yield layer, Region(name=name, code=code, place_id=place, shape=shapely.from_wkb(wkb))

    def towns(self, region_id: int) -> tuple[Layer, tuple[Town, ...]] | None:
        """The settlements of a region by the first register that has any, and that register; None without one."""
        for layer in self.all():
            if layer.kind == "settlements":
                rows = self._sql.execute(
                    "SELECT code, name, lat, lon, place, region FROM town WHERE layer=? AND region=? ORDER BY code",
                    (layer.id, region_id),
                ).fetchall()
                if rows:
                    return layer, tuple(
                        Town(code=r[0], name=r[1], lat=r[2], lon=r[3], place_id=r[4], region_id=r[5]) for r in rows
                    )
        return None

    # -- where a ledger starts --

    def set_baseline(self, layer_id: str, day: dt.date) -> None:
        """Let reconciliation start from a layer's state on a day."""
        self.state(layer_id, day)
        with self._sql:
            self._sql.execute("DELETE FROM baseline")
            self._sql.execute("INSERT INTO baseline VALUES (?,?)", (layer_id, day.isoformat()))

    def clear_baseline(self) -> None:
        """Start from nothing again."""
        with self._sql:
            self._sql.execute("DELETE FROM baseline")

    def baseline(self) -> tuple[Layer, dt.date] | None:
        """The layer and day that reconciliation starts from, or None."""
        row = self._sql.execute("SELECT layer, day FROM baseline").fetchone()
        return None if row is None else (self.get(row[0]), dt.date.fromisoformat(row[1]))


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _layer(row: Iterable[Any]) -> Layer:
    id_, name, kind, licence, source, sha256, first, last, rows, note = row
    return Layer(
        id=id_, name=name, kind=kind, licence=licence, source=source, sha256=sha256,
        first=dt.date.fromisoformat(first) if first else None, last=dt.date.fromisoformat(last) if last else None,
        rows=rows, note=note,
    )  # fmt: skip

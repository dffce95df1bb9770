"""Areas and outlines of GeoJSON and GeoPackage files; points and lines are refused, for they mark positions."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from reportedly.compare.content import Content, Region
from reportedly.compare.files import MAX_ROWS, date_in, day_of, parse_json, party_of, refuse, text
from reportedly.errors import LayerError
from reportedly.knowledge.gazetteer import Gazetteer

__all__ = ["read_boundaries", "read_polygons"]


def _features(path: Path) -> list[tuple[Mapping[str, Any], Any]]:
    """Properties and geometry of every feature of a GeoJSON or GeoPackage file, in degrees."""
    if path.suffix.casefold() == ".gpkg":
        return _geopackage(path)
    data = parse_json(path, text(path))
    if not isinstance(data, dict) or data.get("type") not in ("FeatureCollection", "Feature"):
        raise LayerError(f"{path}: a GeoJSON FeatureCollection is needed.")
    found = []
    for number, feature in enumerate(data.get("features", [data]), 1):
        try:
            geometry = shapely.make_valid(shape(feature["geometry"]))
        except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError) as error:
            raise LayerError(f"{path}, feature {number}: its geometry cannot be read ({error}).") from error
        found.append((feature.get("properties") or {}, geometry))
    return found


def _geopackage(path: Path) -> list[tuple[Mapping[str, Any], Any]]:
    """Features of a GeoPackage's first table of polygons in longitude and latitude, read without GDAL."""
    try:
        sql = sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True)
        sql.row_factory = sqlite3.Row
        tables = sql.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns").fetchall()
        if not tables:
            raise LayerError(f"{path}: no table of shapes in it.")
        table, column, srs = tables[0]
        if srs not in (4326, 0, -1):
            raise LayerError(
                f"{path}: shapes are in the reference system {srs}; convert them to longitude and latitude (4326)."
            )
        quoted = '"' + table.replace('"', '""') + '"'
        rows = sql.execute(f"SELECT * FROM {quoted}").fetchmany(MAX_ROWS)  # noqa: S608 - quoted name from the file itself
    except sqlite3.DatabaseError as error:
        raise LayerError(f"{path} is not a GeoPackage ({error}).") from error
    names = [k for k in rows[0].keys() if k != column] if rows else []  # noqa: SIM118 - a Row iterates over its values
    return [({k: r[k] for k in names}, _gpkg_shape(path, r[column])) for r in rows if r[column]]


def _gpkg_shape(path: Path, blob: bytes) -> Any:
    """Geometry of a GeoPackage blob: its header is skipped, the rest is WKB (OGC 12-128r18, clause 2.1.3)."""
    envelope = (
        {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}.get((blob[3] >> 1) & 7) if blob[:2] == b"GP" and len(blob) > 8 else None
    )
    if envelope is None:
        raise LayerError(f"{path}: a shape in it is not in GeoPackage form.")
    try:
        return shapely.make_valid(shapely.from_wkb(blob[8 + envelope :]))
    except shapely.errors.ShapelyError as error:
        raise LayerError(f"{path}: a shape in it cannot be read ({error}).") from error


def _polygons(path: Path, number: int, geometry: Any) -> Any:
    """The polygons of a geometry; points and lines are refused, for they mark positions."""
    if geometry.geom_type == "GeometryCollection":  # make_valid leaves loose ends beside the polygons
        geometry = shapely.union_all([g for g in geometry.geoms if g.geom_type in ("Polygon", "MultiPolygon")])
    if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_empty:
        raise LayerError(
            f"{path}, feature {number}: only areas are taken, not a {geometry.geom_type}: points and lines mark positions."
        )
    west, south, east, north = geometry.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise LayerError(f"{path}, feature {number}: coordinates must be longitude and latitude in degrees.")
    return geometry


def read_polygons(path: Path, _: Gazetteer, *, party: str | None = None, day: dt.date | None = None) -> Content:
    """Areas held: party from `party` or a property party/status/held_by, day from `day`, a property date, or the file's name."""
    content = Content()
    for number, (properties, geometry) in enumerate(_features(path), 1):
        refuse(path, properties, properties.values())
        named = next((properties[k] for k in ("party", "status", "held_by") if properties.get(k)), None)
        named = party or named
        holder = party_of(str(named)) or str(named) if named else None
        if holder is None:
            raise LayerError(f"{path}, feature {number}: whose area is it? Give --party, or a property 'party'.")
        dated = day or (day_of(str(properties["date"]), str(path)) if properties.get("date") else date_in(path))
        if dated is None:
            raise LayerError(f"{path}, feature {number}: for which day is it? Give --date, or a property 'date'.")
        content.areas.append((dated, holder, _polygons(path, number, geometry)))
    content.note = f"{len(content.areas)} areas"
    return content


def read_boundaries(path: Path, gazetteer: Gazetteer, **_: Any) -> Content:
    """Outlines of regions, matched to the gazetteer by ISO 3166-2 code or, failing that, by name."""
    content, lost = Content(), []
    by_iso = {p.iso3166_2: p for p in gazetteer.regions() if p.iso3166_2}
    for number, (properties, geometry) in enumerate(_features(path), 1):
        refuse(path, properties, properties.values())
        name = str(
            next(
                (properties[k] for k in ("shapeName", "name", "NAME_1", "NAME") if properties.get(k)),
                f"feature {number}",
            )
        )
        code = next(
            (str(properties[k]) for k in ("shapeISO", "iso_3166_2", "ISO_1", "code") if properties.get(k)), None
        )
        place = by_iso.get(code or "") or next(
            (m.place for m in gazetteer.find(name, fuzzy=False) if m.place.kind == "region"), None
        )
        if place is None:
            lost.append(name)
        content.boundaries.append(
            Region(name=name, code=code, place_id=place.id if place else None, shape=_polygons(path, number, geometry))
        )
    content.note = f"{len(content.boundaries)} outlines" + (
        f"; not known to the gazetteer: {', '.join(lost[:8])}" if lost else ""
    )
    return content

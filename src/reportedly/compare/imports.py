"""Files of other people's maps and tables → the content of a layer; what shows units or positions is refused whole.

Forms: GeoJSON and GeoPackage (areas held, or boundaries), CSV with a date per row, VIINA's JSON, the Ukrainian list of occupied
territories with start and end dates, a JSON Lines history of a table of towns, a CSV register of settlements.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import gzip
import hashlib
import json
import re
import sqlite3
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from reportedly.compare.layers import Content, Layer, Region, Town, parse_json
from reportedly.errors import LayerError
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.model import Place

__all__ = ["FORMS", "read_layer", "refuse"]

MAX_BYTES = 300_000_000
MAX_ROWS = 5_000_000
OBLAST = 4  # characters of a KATOTTG code that name the region
HOLDERS = {
    "ru": "RU", "russia": "RU", "donetsk pr": "RU", "luhansk pr": "RU", "occupied": "RU", "ua": "UA", "ukraine": "UA",
    "liberated": "UA", "none": "UA",
}  # fmt: skip
"""What tables write for a holder, and its party id; anything else (contested, unknown, grey) is nobody's."""


def _bytes(path: Path) -> bytes:
    """The file, unpacked; LayerError where it is missing or too large."""
    try:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rb") as stream:
            data: bytes = stream.read(MAX_BYTES + 1)
    except (OSError, EOFError) as error:
        raise LayerError(f"{path} cannot be read: {error}.") from error
    if len(data) > MAX_BYTES:
        raise LayerError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB unpacked: import a part of it.")
    return data


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LayerError(f"{path} is not UTF-8 text (byte {error.start}): convert it first.") from error


@functools.cache
def _refused() -> tuple[frozenset[str], re.Pattern[str]]:
    data = tomllib.loads((files("reportedly.knowledge") / "data/refused.toml").read_text(encoding="utf-8"))
    return frozenset(data["fields"]), re.compile(
        r"\b(?:" + "|".join(map(re.escape, data["values"])) + r")\b", re.IGNORECASE
    )


def refuse(path: Path, fields: Iterable[str], values: Iterable[Any]) -> None:
    """Raise LayerError where names of fields or their text show units, equipment or positions."""
    names, words = _refused()
    for name in fields:
        key = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
        if key in names:
            raise LayerError(
                f"{path}: field {name!r} is about units or positions, which are not taken here. Leave it out and try again."
            )
    for value in values:
        if isinstance(value, str) and (hit := words.search(value)):
            raise LayerError(
                f"{path}: {hit.group(0)!r} in {value[:60]!r} is about units or positions, which are not taken here."
            )


def _day(text: str, where: str) -> dt.date:
    """A day as 2024-05-31, 20240531 or 31.05.2024."""
    text = text.strip()
    for pattern, order in ((r"(\d{4})-?(\d\d)-?(\d\d)", (1, 2, 3)), (r"(\d\d)[. ]+(\d\d)[. ]+(\d{4})", (3, 2, 1))):
        if found := re.match(pattern, text):
            try:
                return dt.date(*(int(found.group(i)) for i in order))
            except ValueError:
                break
    raise LayerError(f"{where}: {text[:40]!r} is not a day; write it as 2024-05-31.")


def _date_in(path: Path) -> dt.date | None:
    found = re.search(r"(20\d\d)[-_]?(\d\d)[-_]?(\d\d)", path.name)
    return _day("".join(found.groups()), str(path)) if found else None


# -- shapes ------------------------------------------------------------------------------------------------------------


def _features(path: Path) -> list[tuple[Mapping[str, Any], Any]]:
    """Properties and geometry of every feature of a GeoJSON or GeoPackage file, in degrees."""
    if path.suffix.casefold() == ".gpkg":
        return _geopackage(path)
    data = parse_json(path, _text(path))
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
        holder = party or (HOLDERS.get(str(named).casefold(), str(named)) if named else None)
        if holder is None:
            raise LayerError(f"{path}, feature {number}: whose area is it? Give --party, or a property 'party'.")
        dated = day or (_day(str(properties["date"]), str(path)) if properties.get("date") else _date_in(path))
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


# -- tables ------------------------------------------------------------------------------------------------------------


def _rows(path: Path, *needed: str) -> Iterable[tuple[int, dict[str, str]]]:
    """Line number and row of a CSV file that has the needed columns and none that is refused."""
    table = csv.DictReader(_text(path).splitlines())
    columns = [c for c in table.fieldnames or () if c]
    refuse(path, columns, ())
    if missing := [c for c in needed if c not in columns]:
        raise LayerError(f"{path}: column {missing[0]!r} is missing; its columns are {', '.join(columns) or 'none'}.")
    for number, row in enumerate(table, 2):
        if number > MAX_ROWS:
            raise LayerError(f"{path}: more than {MAX_ROWS:,} rows.")
        yield number, {k: v or "" for k, v in row.items() if k}


def _holder(status: str) -> str | None:
    return HOLDERS.get(status.strip().casefold().rstrip("?"))


def read_table(path: Path, gazetteer: Gazetteer, **_: Any) -> Content:
    """A CSV of geonameid, date, status: who holds the place from that day on."""
    content, lost = Content(), 0
    for number, row in _rows(path, "geonameid", "date", "status"):
        if not row["geonameid"].strip().lstrip("-").isdigit():
            raise LayerError(f"{path}, line {number}: geonameid must be a number, not {row['geonameid'][:30]!r}.")
        place = gazetteer.place(int(row["geonameid"]))
        lost += place is None
        content.changes.append(
            (
                place.id if place else int(row["geonameid"]),
                _day(row["date"], f"{path}, line {number}"),
                _holder(row["status"]),
            )
        )
    content.note = f"{len(content.changes)} rows" + (f", {lost} of places that the gazetteer lacks" if lost else "")
    return content


def read_viina(path: Path, gazetteer: Gazetteer, **_: Any) -> Content:
    """VIINA's form: {geonameid: [[yyyymmdd, status], ...]}."""
    data = parse_json(path, _text(path))
    content = Content()
    if not isinstance(data, dict):
        raise LayerError(f"{path}: an object from place ids to lists of [day, status] is needed.")
    for key, rows in data.items():
        for row in rows if isinstance(rows, list) else [rows]:
            if not (str(key).lstrip("-").isdigit() and isinstance(row, list) and len(row) == 2):
                raise LayerError(f"{path}, key {str(key)[:30]!r}: a list of [yyyymmdd, status] is needed.")
            place = gazetteer.place(int(key))
            content.changes.append(
                (place.id if place else int(key), _day(str(row[0]), f"{path}, key {key}"), _holder(str(row[1])))
            )
    content.note = f"{len(content.changes)} rows"
    return content


def _coded(codes: Mapping[str, tuple[int, ...]], code: str) -> tuple[int, ...]:
    """Settlements of an official code: its own, or for a community, district or region all whose codes begin like it.

    A code is UA, two digits of region, two of district, three of community, three of settlement, five of its own.
    """
    if code in codes:
        return codes[code]
    if len(code) != 19 or code[9:12] != "000":
        return ()
    begin = code[:9] if code[6:9] != "000" else code[:6] if code[4:6] != "00" else code[:4]
    return tuple(i for c, ids in codes.items() if c.startswith(begin) for i in ids)


def read_official(path: Path, gazetteer: Gazetteer, **_: Any) -> Content:
    """The Ukrainian list: who held each settlement between the rows' start and end days; hostilities are nobody's.

    Rows overlap (a community at war, a village of it occupied): occupation goes before hostilities. Codes of communities,
    districts and regions stand for their settlements.
    """
    lost = 0
    codes = gazetteer.by_katottg()
    spans: dict[int, list[tuple[dt.date, dt.date, str | None]]] = defaultdict(list)
    for number, row in _rows(path, "section", "katottg", "start", "end"):
        where = f"{path}, line {number}"
        ids = _coded(codes, row["katottg"].strip())
        lost += not ids
        end = _day(row["end"], where) if row["end"].strip() else dt.date.max
        span = (_day(row["start"], where), end, "RU" if row["section"].strip().startswith("occupied") else None)
        for place in ids:
            spans[place].append(span)
    content = Content()
    for place, held in spans.items():
        edges = {s for s, _, _ in held} | {e + dt.timedelta(days=1) for _, e, _ in held if e != dt.date.max}
        for day in sorted(edges):
            now = [party for start, end, party in held if start <= day <= end]
            content.changes.append((place, day, "RU" if "RU" in now else None if now else "UA"))
    content.note = f"{len(content.changes)} dates; {lost} rows bear codes that the gazetteer lacks"
    return content


def read_towns(path: Path, gazetteer: Gazetteer, *, country: str = "UA", **_: Any) -> Content:
    """A history of a table of towns, JSON Lines of name, held_by, first_seen; a shared name is left out, and counted."""
    content = Content()
    shared: set[str] = set()
    known: dict[str, int | None] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        try:
            row = json.loads(line)
            name, holder, seen = row["name"], row["held_by"], row["first_seen"]
        except (ValueError, KeyError, TypeError) as error:
            raise LayerError(f"{path}, line {number}: name, held_by and first_seen are needed ({error}).") from error
        refuse(path, row, (name, holder))
        if name not in known:
            found = [
                m.place
                for m in gazetteer.find(name, fuzzy=False)
                if m.tier in ("exact", "alternate") and m.place.country == country
            ]
            places = {p.id for p in found if p.kind == "settlement"}
            known[name] = next(iter(places)) if len(places) == 1 else None
        place_id = known[name]
        if place_id is None:
            shared.add(name)
        else:
            content.changes.append(
                (place_id, _day(seen, f"{path}, line {number}"), _holder(holder.replace("\xa0", " ").split("\n")[0]))
            )
    content.note = f"{len(content.changes)} rows; {len(shared)} names left out that several places or none bear"
    return content


def read_register(path: Path, gazetteer: Gazetteer, **_: Any) -> Content:
    """A CSV register of settlements: katottg (or code), name_en (or name), lat, lon; its regions by the gazetteer."""
    content = Content()
    codes = gazetteer.by_katottg()
    table = list(_rows(path, "lat", "lon"))
    columns = set(table[0][1]) if table else set()
    code = next((c for c in ("katottg", "code", "pcode") if c in columns), None)
    name = next((c for c in ("name_en", "name", "name_uk") if c in columns), None)
    if code is None or name is None:
        raise LayerError(f"{path}: a register needs a column katottg or code, and a column name_en or name.")
    found: list[tuple[dict[str, str], float, float, Place | None]] = []
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for number, row in table:
        try:
            lat, lon = float(row["lat"]), float(row["lon"])
        except ValueError:
            raise LayerError(f"{path}, line {number}: lat and lon must be numbers of degrees.") from None
        ids = codes.get(row[code].strip(), ())
        place = gazetteer.place(ids[0]) if ids else None
        found.append((row, lat, lon, place))
        if place is not None and place.admin1:
            votes[row[code][:OBLAST]][f"{place.country}.{place.admin1}"] += 1
    # a register's own code says in which region it counts a settlement; the gazetteer may differ at the edges
    regions = {begin: gazetteer.region(counted.most_common(1)[0][0]) for begin, counted in votes.items()}
    for row, lat, lon, place in found:
        region = regions.get(row[code][:OBLAST])
        content.towns.append(
            Town(
                code=row[code],
                name=row[name],
                lat=lat,
                lon=lon,
                place_id=place.id if place else None,
                region_id=region.id if region else None,
            )
        )
    lost = sum(t.place_id is None for t in content.towns)
    content.note = f"{len(content.towns)} settlements" + (f", {lost} that the gazetteer lacks" if lost else "")
    return content


FORMS: dict[str, tuple[str, Callable[..., Content]]] = {
    "polygons": ("polygons", read_polygons),
    "table": ("table", read_table),
    "viina": ("table", read_viina),
    "official": ("table", read_official),
    "towns": ("table", read_towns),
    "boundaries": ("boundaries", read_boundaries),
    "settlements": ("settlements", read_register),
}
"""Forms of files by name: the kind of layer each makes, and its reader."""


def read_layer(
    path: Path, form: str, gazetteer: Gazetteer, *, layer_id: str, name: str, licence: str, source: str,
    party: str | None = None, day: dt.date | None = None,
) -> tuple[Layer, Content]:  # fmt: skip
    """Read one file as a layer, not stored yet. Raises LayerError with file, line and what to do."""
    if form not in FORMS:
        raise LayerError(f"A form is one of {', '.join(FORMS)}, not {form!r}.")
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", layer_id):
        raise LayerError(f"A layer's id is made of small letters, digits and . _ -, not {layer_id[:40]!r}.")
    if not path.is_file():
        raise LayerError(f"There is no file {path}.")
    kind, reader = FORMS[form]
    options = {"party": party, "day": day} if form == "polygons" else {}
    content = reader(path, gazetteer, **options)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Layer(
        id=layer_id, name=name, kind=kind, licence=licence, source=source, sha256=digest, note=content.note
    ), content

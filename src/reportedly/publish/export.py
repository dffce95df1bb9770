"""Exports of exactly what the filters show: GeoJSON, CSV, GeoParquet, JSON Lines, and by linked.py and single.py the rest.

Everything streams: an export of a million claims needs no more memory than a page of them.
CSV cells that a spreadsheet would take for a formula get an apostrophe before them.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from reportedly.model import Claim, Place, jsonable
from reportedly.publish.rows import COLUMNS, Value, claim_row
from reportedly.publish.wording import Lexicon

__all__ = ["FORMATS", "Context", "Format", "claim_feature", "csv_bytes", "geoparquet", "write"]

BATCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What exports need to know besides the claims.

    `place` and `url` look up a place and a report's address. `base` begins our own addresses.
    `title`, `stamp` (data as of) and `query` (the filters) go into those formats that can say so.
    """

    place: Callable[[int], Place | None]
    url: Callable[[str], str | None]
    lexicon: Lexicon = field(default_factory=Lexicon)
    base: str = ""
    title: str = "Claims"
    stamp: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """An export: the ending of its address, its media type, its name for people, and the function that writes it."""

    ending: str
    media: str
    name: str
    write: Callable[[Iterable[Claim], Context], Iterator[bytes]]
    about: str = ""


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")


def claim_feature(claim: Claim, context: Context) -> dict[str, Any]:
    """One claim as a GeoJSON feature (RFC 7946); the geometry is null where the place has no coordinates."""
    row = claim_row(claim, place=context.place, url=context.url(claim.report_id))
    lon, lat = row.pop("longitude"), row.pop("latitude")
    return {
        "type": "Feature",
        "id": claim.id,
        "geometry": None if lon is None or lat is None else {"type": "Point", "coordinates": [lon, lat]},
        "properties": row,
    }


def geojson(claims: Iterable[Claim], context: Context) -> Iterator[bytes]:
    """A GeoJSON feature collection, feature by feature."""
    head = {"type": "FeatureCollection", "name": context.title, "data_as_of": context.stamp, "filters": context.query}
    yield _json(head)[:-1] + b',"features":['
    first = True
    for claim in claims:
        yield (b"" if first else b",\n") + _json(claim_feature(claim, context))
        first = False
    yield b"]}\n"


def jsonl(claims: Iterable[Claim], context: Context) -> Iterator[bytes]:
    """The claims whole, as the model has them, one a line."""
    for claim in claims:
        yield _json({"id": claim.id, **jsonable(claim), "url": context.url(claim.report_id)}) + b"\n"


def _cell(value: Value) -> Value:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable[Value]], *, tags: Iterable[str] = ()) -> Iterator[bytes]:
    """CSV in UTF-8 with a header, a row of HXL tags where given, and rows with harmless cells."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(list(header))
    if tags := list(tags):
        writer.writerow(tags)
    for number, row in enumerate(rows, 1):
        writer.writerow([_cell(v) for v in row])
        if number % 200 == 0:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def csv_claims(claims: Iterable[Claim], context: Context) -> Iterator[bytes]:
    """One row a claim under a row of HXL tags."""
    rows = (claim_row(c, place=context.place, url=context.url(c.report_id)).values() for c in claims)
    return csv_bytes((c.name for c in COLUMNS), rows, tags=(c.hxl for c in COLUMNS))


def _wkb(lon: float | None, lat: float | None) -> bytes | None:
    """A point as well-known binary, little-endian."""
    import struct

    return None if lon is None or lat is None else struct.pack("<BIdd", 1, 1, lon, lat)


def geoparquet(claims: Iterable[Claim], context: Context) -> Iterator[bytes]:
    """GeoParquet 1.1 with one row group a batch, zstd-compressed; geometry as WKB points in OGC:CRS84."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"text": pa.string(), "int": pa.int64(), "float": pa.float64()}
    fields = [pa.field(c.name, kinds[c.kind]) for c in COLUMNS] + [pa.field("geometry", pa.binary())]
    geo = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
    }
    about = {"data_as_of": context.stamp, "filters": context.query, "title": context.title}
    schema = pa.schema(fields, metadata={"geo": json.dumps(geo), "reportedly": json.dumps(about)})
    supply = iter(claims)
    with tempfile.TemporaryFile() as file:
        with pq.ParquetWriter(file, schema, compression="zstd") as writer:
            while batch := list(islice(supply, BATCH)):
                rows = [claim_row(c, place=context.place, url=context.url(c.report_id)) for c in batch]
                columns = [pa.array([r[c.name] for r in rows], kinds[c.kind]) for c in COLUMNS]
                points = pa.array([_wkb(r["longitude"], r["latitude"]) for r in rows], pa.binary())  # type: ignore[arg-type]
                writer.write_table(pa.table([*columns, points], schema=schema))
        file.seek(0)
        while chunk := file.read(1 << 18):
            yield chunk


def _lazily(module: str, name: str) -> Callable[[Iterable[Claim], Context], Iterator[bytes]]:
    """A writer of another module, imported when first used."""

    def run(claims: Iterable[Claim], context: Context) -> Iterator[bytes]:
        import importlib

        writer: Callable[[Iterable[Claim], Context], Iterator[bytes]] = getattr(
            importlib.import_module(f"reportedly.publish.{module}"), name
        )
        return writer(claims, context)

    return run


FORMATS = {
    f.ending: f
    for f in (
        Format(ending="geojson", media="application/geo+json", name="GeoJSON", write=geojson, about="for maps (RFC 7946)"),
        Format(ending="csv", media="text/csv; charset=utf-8", name="CSV", write=csv_claims,
               about="for spreadsheets, with an HXL row and ACLED's and UCDP's precision columns"),
        Format(ending="parquet", media="application/vnd.apache.parquet", name="GeoParquet", write=geoparquet,
               about="for data frames (GeoParquet 1.1)"),
        Format(ending="jsonl", media="application/x-ndjson", name="JSON Lines", write=jsonl,
               about="the claims whole, one a line"),
        Format(ending="ftm", media="application/x-ndjson", name="FollowTheMoney", write=_lazily("linked", "ftm_statements"),
               about="statements, one a line"),
        Format(ending="prov", media="application/json", name="PROV-JSON", write=_lazily("linked", "prov_json"),
               about="who derived what from what (W3C PROV)"),
        Format(ending="jsonld", media="application/ld+json", name="schema.org Claim",
               write=_lazily("linked", "claim_jsonld"), about="JSON-LD without a rating"),
        Format(ending="html", media="text/html; charset=utf-8", name="Single file", write=_lazily("single", "single_file"),
               about="a page with map and table that opens from disk, without a server"),
    )
}  # fmt: skip
"""All exports by the ending of their address."""


def write(claims: Iterable[Claim], ending: str, context: Context) -> Iterator[bytes]:
    """The claims in a format by its ending; KeyError where there is no such format."""
    return FORMATS[ending].write(claims, context)

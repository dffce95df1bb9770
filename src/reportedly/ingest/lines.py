"""JSON Lines of reports, and Parquet with the same columns: id, publisher, published, title, url, lang, text, refs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from reportedly.errors import ReportedlyError, ReportError
from reportedly.ingest.limits import Lines
from reportedly.ingest.moments import parse_moment
from reportedly.ingest.records import Given, SetAside, make_report
from reportedly.model import Report

__all__ = ["json_lines_reports", "parquet_reports", "record_report"]

_OPENINGS = (b"{", b"[", b"[{")  # all that stands in the first line of a value that goes over several
_KINDS = {list: "list", str: "string", int: "number", float: "number", bool: "truth value", type(None): "null"}
_COLUMNS = ("id", "publisher", "published", "title", "headline", "author", "url", "lang", "text", "corrects", "refs")


def record_report(record: Mapping[str, Any], *, given: Given, origin: str) -> Report:
    """Make a Report of one record; its own publisher and date win over what is given. Raises ReportError, MissingDate."""
    text = _field(record, "text", origin)
    title = _field(record, "title", origin) or _field(record, "headline", origin)
    if not text and not title:
        raise ReportError(f"{origin}: the record has no text (field 'text').")
    stated = record.get("published")
    published = parse_moment(stated, f"the record's field 'published', {stated!s}")
    if stated and published is None and given.published is None:
        raise ReportError(
            f"{origin}: 'published' is {str(stated)[:40]!r}, which is no date: write YYYY-MM-DD or ISO 8601 with offset."
        )
    refs = record.get("refs")
    outlets = (
        tuple(str(r["outlet"]) for r in refs[:50] if isinstance(r, Mapping) and r.get("outlet"))
        if isinstance(refs, list)
        else ()
    )
    return make_report(
        text or title or "", given=given, origin=origin, publisher=_field(record, "publisher", origin) or given.publisher,
        published=published, headline=title, author=_field(record, "author", origin), url=_field(record, "url", origin),
        lang=_field(record, "lang", origin), relays=outlets, corrects=_field(record, "corrects", origin),
        native_id=_field(record, "id", origin),
    )  # fmt: skip


def _field(record: Mapping[str, Any], name: str, origin: str) -> str | None:
    value = record.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, int) and name == "id":
        return str(value)
    if not isinstance(value, str):
        raise ReportError(f"{origin}: field {name!r} must be text, not {type(value).__name__}.")
    return value


def json_lines_reports(handle: IO[bytes], *, given: Given, origin: str) -> Iterator[Report | SetAside]:
    """Yield a Report for each line of JSON, or what was set aside with its line number; gzip is unpacked on the way."""
    try:
        for number, line in Lines(handle, given.limits):
            at = f"{origin}:{number}"
            if number == 1 and line and line.removeprefix(b"\xef\xbb\xbf").strip() in _OPENINGS:
                yield SetAside(
                    origin=origin,
                    reason=f"{origin}: it is one JSON value over several lines, not JSON Lines: write one report a line"
                    f" (jq -c '.[]' for a list of reports, jq -c . for one).",
                )
                return
            if line is None:
                yield SetAside(origin=at, reason=f"{at}: the line is longer than {given.limits.record >> 20} MB.")
            elif line.strip():
                try:
                    yield record_report(_parse(line, at, given), given=given, origin=at)
                except ReportedlyError as error:
                    yield SetAside.of(at, error)
    except ReportError as error:  # the stream itself broke
        yield SetAside.of(origin, ReportError(f"{origin}: {error}"))


def _parse(line: bytes, at: str, given: Given) -> Mapping[str, Any]:
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReportError(f"{at}: byte {error.start:,} of the line is not UTF-8.") from None
    if text.count("[") + text.count("{") > 100_000:
        raise ReportError(f"{at}: the line is nested or split far beyond what a report needs.")
    try:
        value = json.loads(text)
    except RecursionError:
        raise ReportError(f"{at}: the line is nested deeper than {given.limits.depth} levels.") from None
    except ValueError as error:
        raise ReportError(f"{at}: the line is not JSON ({error}).") from None
    if not isinstance(value, Mapping):
        raise ReportError(
            f"{at}: the line must be a JSON object with 'text', 'publisher' and 'published', not a {_KINDS[type(value)]}."
        )
    return value


def parquet_reports(path: str, *, given: Given) -> Iterator[Report | SetAside]:
    """Yield reports from a Parquet file's columns, a thousand rows at a time. Raises ReportError if there is no `text`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # by default a file's columns are fetched ahead as a whole: memory would grow with its length
        file = pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20)
        names = [c for c in _COLUMNS if c in file.schema_arrow.names]
    except (pa.ArrowException, OSError) as error:
        raise ReportError(f"{path}: this Parquet file cannot be read ({str(error).splitlines()[0]}).") from None
    if "text" not in names:
        raise ReportError(
            f"{path}: it has no column 'text'; its columns are {', '.join(file.schema_arrow.names[:12])}."
        )
    row = 0
    try:
        for batch in file.iter_batches(batch_size=1000, columns=names, use_threads=False):
            for record in batch.to_pylist():
                row += 1
                at = f"{path}:{row}"
                try:
                    yield record_report(record, given=given, origin=at)
                except ReportedlyError as error:
                    yield SetAside.of(at, error)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        yield SetAside.of(path, ReportError(f"{path}: broken after row {row} ({str(error).splitlines()[0]})."))

"""From whatever the user names (a file, a folder, "-", an address) to reports, by what is really in it."""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from reportedly.errors import InputError, ReportedlyError, ReportError
from reportedly.ingest.archives import open_object, warc_reports
from reportedly.ingest.article import Extractor, html_report, text_report
from reportedly.ingest.feeds import feed_reports
from reportedly.ingest.limits import DEFAULT_LIMITS, Limits, bounded_read, gunzip, is_gzip
from reportedly.ingest.lines import json_lines_reports, parquet_reports
from reportedly.ingest.moments import Moment, parse_moment
from reportedly.ingest.records import Given, SetAside
from reportedly.model import Report

if TYPE_CHECKING:
    from reportedly.ingest.fetch import Answer

__all__ = ["Form", "form_of", "load_answer", "load_report", "load_reports"]

SUFFIXES = frozenset(
    {".txt", ".text", ".html", ".htm",
     ".xhtml", ".xml", ".rss", ".atom", ".json", ".jsonl", ".ndjson", ".warc", ".parquet", ".gz"}
)  # fmt: skip
"""What is looked for in a folder; anything else there (a README.md, pictures) is left alone."""

Form = str  # "text" | "html" | "feed" | "json lines" | "warc" | "parquet"


def load_reports(
    source: str | Path,
    *,
    publisher: str | None = None,
    published: str | dt.date | dt.datetime | Moment | None = None,
    lang: str | None = None,
    received: dt.datetime | None = None,
    stamp: bool = True,
    limits: Limits = DEFAULT_LIMITS,
    allow_private: bool = False,
    extractor: Extractor | None = None,
    langs: tuple[str, ...] = (),
    worth: Callable[[str], bool] | None = None,
) -> Iterator[Report | SetAside]:
    """Yield the reports of a file, a folder, standard input ("-") or an http(s) address, in a stable order.

    What cannot be read comes as SetAside in its place. `publisher` and `published` are for reports that do not say so
    themselves; `stamp` notes the moment of receipt. Pages of an archive that are surely in none of `langs` are set aside with
    an OtherLanguage, those whose text is not `worth` reading with a NothingToRead.
    Raises InputError where the source as a whole is missing, and FetchRefused where an address is refused.
    """
    moment = _moment(published)
    given = Given(
        publisher=publisher,
        published=moment,
        lang=lang,
        langs=langs,
        worth=worth,
        received=received or (dt.datetime.now(dt.UTC) if stamp else None),
        limits=limits,
    )
    name = str(source)
    if name == "-":
        return _from_bytes(sys.stdin.buffer, given=given, origin="-", extractor=extractor)
    if re.match(r"^(?:s3|gs|gcs|abfs|abfss|hdfs)://", name):
        return _from_bytes(open_object(name), given=given, origin=name, extractor=extractor)
    if re.match(r"^[a-zA-Z][a-zA-Z0-9+.-]+://", name):
        return _from_address(name, given=given, allow_private=allow_private, extractor=extractor)
    path = Path(source)
    if path.is_dir():
        return _from_folder(path, given=given, extractor=extractor)
    if not path.exists():
        raise InputError(f"{name}: there is no such file or folder.")
    return _from_file(path, given=given, extractor=extractor)


def load_report(source: str | Path, **options: object) -> Report:
    """Load the one report of a source; raise the reason if it was set aside, InputError if there are several."""
    found = list(load_reports(source, **options))  # type: ignore[arg-type]
    if len(found) != 1:
        raise InputError(f"{source}: it holds {len(found)} reports, not one: use load_reports.")
    if isinstance(found[0], SetAside):
        raise found[0].error or ReportError(found[0].reason)
    return found[0]


def _moment(published: str | dt.date | dt.datetime | Moment | None) -> Moment | None:
    if published is None or isinstance(published, Moment):
        return published
    moment = parse_moment(published, "given by the caller")
    if moment is None:
        raise InputError(
            f"--published must be a date (YYYY-MM-DD) or a moment with its offset (ISO 8601), not {published!r}."
        )
    return moment


def form_of(head: bytes, name: str = "", content_type: str = "") -> Form:
    """Tell what bytes hold by their first 4 kB; the name and the content type decide only where the bytes leave it open."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048].lower()
    if head[:4] == b"PAR1":
        return "parquet"
    if start.startswith(b"warc/"):
        return "warc"
    if start.startswith(b"{") or (start.startswith(b"[") and _says_json(name, content_type)):
        return "json lines"
    if start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:rdf", b"<!--")) and re.search(
        rb"<(rss|feed|rdf:rdf)[\s>]", start
    ):
        return "feed"
    if start.startswith((b"<!doctype html", b"<html")) or re.search(rb"<(html|head|body|article|p|div|h1)[\s>]", start):
        return "html"
    if "html" in content_type or name.lower().removesuffix(".gz").endswith((".html", ".htm", ".xhtml")):
        return "html"
    if re.search(r"\b(rss|atom)\b", content_type) or name.lower().endswith((".rss", ".atom")):
        return "feed"
    return "text"


def _says_json(name: str, content_type: str) -> bool:
    """Whether a name or a content type is one of JSON: a text may begin with a bracket, too."""
    return "json" in content_type or name.lower().removesuffix(".gz").endswith((".json", ".jsonl", ".ndjson"))


def _from_file(path: Path, *, given: Given, extractor: Extractor | None) -> Iterator[Report | SetAside]:
    origin = str(path)
    try:
        with path.open("rb") as handle:
            head = handle.read(4)
            if head == b"PAR1":
                yield from parquet_reports(origin, given=given)
                return
            handle.seek(0)
            yield from _from_bytes(handle, given=given, origin=origin, extractor=extractor)
    except OSError as error:
        yield SetAside.of(origin, InputError(f"{origin}: it cannot be read ({error.strerror})."))
    except ReportedlyError as error:
        yield SetAside.of(origin, error)


def _from_folder(folder: Path, *, given: Given, extractor: Extractor | None) -> Iterator[Report | SetAside]:
    count = 0
    for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES):
        inside = path.relative_to(folder).parts
        if any(part.startswith(".") for part in inside) or len(inside) > given.limits.depth or not path.is_file():
            continue
        count += 1
        if count > given.limits.files:
            yield SetAside(
                origin=str(folder), reason=f"{folder}: only the first {given.limits.files:,} files were read."
            )
            return
        yield from _from_file(path, given=given, extractor=extractor)
    if count == 0:
        raise InputError(f"{folder}: there is no file in it that could hold a report ({', '.join(sorted(SUFFIXES))}).")


def _from_bytes(
    handle: IO[bytes], *, given: Given, origin: str, extractor: Extractor | None, url: str | None = None,
    charset: str | None = None, content_type: str = "",
) -> Iterator[Report | SetAside]:  # fmt: skip
    """Read a stream by its form; JSON Lines and WARC are streamed, the others read whole within the limits."""
    buffered = handle if isinstance(handle, io.BufferedReader) else io.BufferedReader(handle)  # type: ignore[type-var]
    head = buffered.peek(4096)[:4096]
    if is_gzip(head):
        head = _unpacked_head(head)
    form = form_of(head, origin, content_type)
    try:
        if form == "json lines":
            yield from json_lines_reports(buffered, given=given, origin=origin)
        elif form == "warc":
            source = origin if Path(origin).is_file() else buffered  # fastwarc reads a file faster than a stream
            yield from warc_reports(source, given=given, origin=origin, extractor=extractor or "resiliparse")
        elif form == "parquet":
            raise ReportError(f"{origin}: Parquet is read from a file, not from a stream: save it first.")
        else:
            raw = bounded_read(buffered, given.limits)
            if form == "feed":
                yield from feed_reports(raw, given=given, origin=origin, charset=charset)
            elif form == "html":
                yield html_report(
                    raw, given=given, origin=origin, url=url, charset=charset, extractor=extractor or "trafilatura"
                )
            else:
                yield text_report(raw, given=given, origin=origin, url=url)
    except ReportedlyError as error:
        named = str(error).startswith(origin)
        yield SetAside.of(origin, error if named else type(error)(f"{origin}: {error}"))


def _unpacked_head(head: bytes) -> bytes:
    import zlib

    try:
        return zlib.decompressobj(wbits=31).decompress(head, 4096)
    except zlib.error:
        return b""


def _from_address(
    address: str, *, given: Given, allow_private: bool, extractor: Extractor | None
) -> Iterator[Report | SetAside]:
    from reportedly.ingest.fetch import fetch

    yield from load_answer(fetch(address, allow_private=allow_private), given=given, extractor=extractor)


def load_answer(
    answer: Answer, *, given: Given, extractor: Extractor | None = None, published: dt.datetime | None = None
) -> Iterator[Report | SetAside]:
    """The reports in a fetched answer; `published` is the date where the page states none (its feed's, say)."""
    if published is not None:
        given = replace(
            given, published=None, fallback=Moment(at=published, precision="second", why="the feed's entry")
        )
    body = answer.body
    if is_gzip(body) and not answer.url.endswith(".warc.gz"):
        body = gunzip(body, given.limits.document)
    yield from _from_bytes(
        io.BytesIO(body), given=given, origin=answer.url, extractor=extractor, url=answer.url, charset=answer.charset,
        content_type=answer.content_type,
    )  # fmt: skip

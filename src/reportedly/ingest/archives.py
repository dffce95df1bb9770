"""WARC files, streamed: one record at a time whatever the archive's size, from a path, a stream or an object store."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from reportedly.errors import InputError, ReportedlyError, ReportError
from reportedly.ingest.article import Extractor, html_report, text_report
from reportedly.ingest.limits import CHUNK, GZIP_MAGIC, gunzip
from reportedly.ingest.records import Given, SetAside
from reportedly.model import Report

__all__ = ["object_info", "open_object", "warc_reports"]

_TEXT_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


def warc_reports(
    source: str | IO[bytes], *, given: Given, origin: str, extractor: Extractor = "resiliparse"
) -> Iterator[Report | SetAside]:
    """Yield a Report for each successful HTML or text response; the rest of the archive's pages come as SetAside.

    `source` is a path (fastest) or a stream, compressed or not. A truncated or broken archive yields what came before
    the break and then a SetAside that says where. Requests, metadata and redirects are no reports and are passed over.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    position = 0
    try:
        wanted = WarcRecordType.response | WarcRecordType.resource
        records = ArchiveIterator(source, record_types=wanted, parse_http=False, fsspec_args=False)
        for record in records:
            position = record.stream_pos
            at = record.headers.get("WARC-Target-URI") or f"{origin}@{position}"
            if record.headers.get("Content-Length") is None:  # its header was cut off
                raise ValueError("the archive ends in the middle of a record")
            if record.content_length > given.limits.record:
                yield SetAside(
                    origin=at,
                    reason=f"{at}: the record is {record.content_length >> 20} MB long, more than {given.limits.record >> 20} MB.",
                )
                if record.content_length > given.limits.skip:
                    yield SetAside(
                        origin=origin,
                        reason=f"{origin}: given up after the record at byte {position}, too long to pass over.",
                    )
                    return
                continue
            try:
                report = _record_report(record, given=given, at=at, extractor=extractor)
            except ReportedlyError as error:
                yield SetAside.of(at, error)
                continue
            if report is not None:
                yield report
        if isinstance(source, str) and not _ends_whole(Path(source), position):
            raise EOFError("the archive ends in the middle of a record")
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        yield SetAside.of(
            origin,
            ReportError(
                f"{origin}: broken after byte {position} ({error or type(error).__name__}); what came before was read."
            ),
        )


def _ends_whole(path: Path, position: int) -> bool:
    """Whether what follows the last record's start is whole gzip members: fastwarc ends in silence where a header is cut off."""
    with path.open("rb") as file:
        if file.read(2) != GZIP_MAGIC:
            return True
        file.seek(position)
        inflater = zlib.decompressobj(wbits=31)
        data = file.read(CHUNK)
        while data:
            try:
                inflater.decompress(data, CHUNK)
            except zlib.error:
                return False
            data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            if inflater.eof and (data or (data := file.read(CHUNK))):
                inflater = zlib.decompressobj(wbits=31)
            elif not data:
                data = file.read(CHUNK)
        return inflater.eof


def _record_report(record: Any, *, given: Given, at: str, extractor: Extractor) -> Report | None:
    """The report of one response, None where it is no page (a redirect, an error, an image)."""
    content_type, charset, encoding = "", None, ""
    if record.headers.get("WARC-Type") == "response":
        record.parse_http()
        status = record.http_headers.status_code if record.http_headers else None
        if status is None and "http" in (record.headers.get("Content-Type") or ""):
            raise ReportError(f"{at}: the record holds no HTTP answer that can be read (cut off, or not one).")
        if status is not None and not 200 <= status < 300:
            return None
        content_type = (record.http_content_type or "").lower()
        charset = record.http_charset
        encoding = (record.http_headers.get("Content-Encoding") or "").lower().strip() if record.http_headers else ""
    else:
        content_type = (record.headers.get("Content-Type") or "").split(";")[0].lower()
    if content_type not in _TEXT_TYPES:
        return None
    declared = record.content_length
    raw = record.reader.read()
    if len(raw) < declared:  # fastwarc hands on what there is of a record that the archive's end cut off
        raise EOFError("the archive ends in the middle of a record")
    if encoding in ("gzip", "x-gzip", "deflate") and raw[:2] in (b"\x1f\x8b", b"\x78\x9c", b"\x78\x01", b"\x78\xda"):
        raw = gunzip(raw, given.limits.record)
    elif encoding == "br":
        raw = _unbrotli(raw, given.limits.record)
    if content_type == "text/plain":
        return text_report(raw, given=given, origin=at, url=at)
    return html_report(raw, given=given, origin=at, url=at, charset=charset, extractor=extractor, collection=True)


def _unbrotli(raw: bytes, limit: int) -> bytes:
    """Unpack Brotli to at most `limit` bytes; bytes that are no Brotli were stored unpacked and are returned as they are."""
    import brotli

    out, decoder = bytearray(), brotli.Decompressor()
    try:
        piece = decoder.process(raw, output_buffer_limit=1 << 16)
        while piece or not decoder.can_accept_more_data():
            out += piece
            if len(out) > limit:
                raise ReportError(f"the page unpacks to more than {limit >> 20} MB.")
            piece = decoder.process(b"", output_buffer_limit=1 << 16)
    except brotli.error:
        return raw if not out else bytes(out)
    return bytes(out)


def open_object(address: str) -> IO[bytes]:
    """Open an object store address (s3://, gs://, abfs://, hdfs://) or a local path as a stream of bytes, not unpacked."""
    if "://" not in address:
        return Path(address).open("rb")
    import pyarrow as pa
    import pyarrow.fs as pafs

    try:
        system, path = pafs.FileSystem.from_uri(address)
        return system.open_input_stream(path, compression=None)  # type: ignore[no-any-return]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{address}: it cannot be opened ({str(error).splitlines()[0]}).") from None


def object_info(address: str) -> str:
    """What tells one version of an object store file from another: address, size, time of change; for http(s) the address."""
    if address.startswith(("http://", "https://")):
        return address
    import pyarrow as pa
    import pyarrow.fs as pafs

    try:
        system, path = pafs.FileSystem.from_uri(address)
        info = system.get_file_info(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{address}: it cannot be reached ({str(error).splitlines()[0]}).") from None
    if info.type != pafs.FileType.File:
        raise InputError(f"{address}: there is no such file.")
    return f"{address} {info.size} {info.mtime_ns}"

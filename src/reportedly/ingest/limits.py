"""Bounds on what is read, and readers that keep to them: size, ratio of compression, length of a line and of a text."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from reportedly.errors import ReportError

__all__ = ["CHUNK", "DEFAULT_LIMITS", "GZIP_MAGIC", "Limits", "Lines", "bounded_read", "gunzip", "is_gzip", "stream"]

GZIP_MAGIC = b"\x1f\x8b"
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of hostile or broken input is taken: bytes after decompression unless said otherwise.

    `ratio` is decompressed to compressed bytes, held against input only once more than `ratio_from` bytes came out
    (English text packs at 3 to 5; a bomb at 1,000).
    """

    document: int = 32 << 20  # a page, a feed, a text
    record: int = 16 << 20  # a line of JSON, a record of an archive
    ratio: int = 250
    ratio_from: int = 16 << 20
    text: int = 1_000_000  # code points of a report's main text
    entries: int = 5_000  # of a feed
    files: int = 1_000_000  # of a folder
    depth: int = 16  # of folders, and of JSON values
    nesting: int = 2_000  # of a page's elements in one another
    skip: int = 1 << 30  # bytes of an over-long record that are passed over before the archive is given up


DEFAULT_LIMITS = Limits()


def is_gzip(head: bytes) -> bool:
    """Whether bytes begin like a gzip file."""
    return head[:2] == GZIP_MAGIC


def stream(handle: IO[bytes], limits: Limits = DEFAULT_LIMITS) -> Iterator[bytes]:
    """Yield the bytes of a file, unpacked if it is gzip (several members too), in bounded pieces.

    Raises ReportError for a broken or truncated member and for a bomb, after everything before it was yielded.
    """
    head = handle.read(CHUNK)
    if not is_gzip(head):
        while head:
            yield head
            head = handle.read(CHUNK)
        return
    yield from _inflate(handle, head, limits)


def _inflate(handle: IO[bytes], data: bytes, limits: Limits) -> Iterator[bytes]:
    inflater = zlib.decompressobj(wbits=31)
    taken, given = len(data), 0
    while True:
        try:
            out = inflater.decompress(data, CHUNK)
        except zlib.error as error:
            raise ReportError(f"the compressed data is broken ({error}); what came before it was read.") from None
        given += len(out)
        if given > limits.ratio_from and given > limits.ratio * taken:
            raise ReportError(
                f"it unpacks to more than {limits.ratio} times its size: that is a decompression bomb, not reports."
            )
        if out:
            yield out
        data = inflater.unconsumed_tail or (inflater.unused_data if inflater.eof else b"")
        if inflater.eof and data:
            if not data.strip(b"\0"):  # padding after the last member
                data = b""
            else:
                inflater = zlib.decompressobj(wbits=31)
                continue
        if not data:
            data = handle.read(CHUNK)
            taken += len(data)
            if not data:
                if not inflater.eof:
                    raise ReportError("the compressed data ends in the middle; what came before it was read.")
                return
            if inflater.eof:
                inflater = zlib.decompressobj(wbits=31)


def bounded_read(handle: IO[bytes], limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Read a whole document, unpacked, of at most `limits.document` bytes; raise ReportError beyond."""
    out = bytearray()
    for piece in stream(handle, limits):
        out += piece
        if len(out) > limits.document:
            raise ReportError(
                f"it is longer than {limits.document >> 20} MB: split it, or give it as JSON Lines, WARC or Parquet."
            )
    return bytes(out)


def gunzip(data: bytes, limit: int) -> bytes:
    """Unpack gzip or zlib bytes to at most `limit` bytes; raise ReportError beyond or when broken."""
    inflater = zlib.decompressobj(wbits=47)
    try:
        out = inflater.decompress(data, limit + 1)
    except zlib.error as error:
        raise ReportError(f"the compressed data is broken ({error}).") from None
    if len(out) > limit:
        raise ReportError(f"it unpacks to more than {limit >> 20} MB.")
    return out


class Lines:
    """Lines of a stream with their numbers; one that is longer than `limits.record` comes as None and is passed over."""

    def __init__(self, handle: IO[bytes], limits: Limits = DEFAULT_LIMITS) -> None:
        self._pieces = stream(handle, limits)
        self._limit = limits.record

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        number, held, over = 1, bytearray(), False
        for piece in self._pieces:
            *ended, rest = piece.split(b"\n")
            for part in ended:
                if over or len(held) + len(part) > self._limit:
                    yield number, None
                else:
                    yield number, bytes(held) + part
                held.clear()
                over = False
                number += 1
            if over or len(held) + len(rest) > self._limit:
                over = True
                held.clear()
            else:
                held += rest
        if over:
            yield number, None
        elif held:
            yield number, bytes(held)

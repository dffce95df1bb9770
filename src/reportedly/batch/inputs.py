"""What an operator names to a batch, turned into units: files, folders, lists of archives, object store addresses."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportedly.batch.units import Unit
from reportedly.errors import InputError
from reportedly.ingest.archives import object_info
from reportedly.ingest.sources import SUFFIXES

__all__ = ["units_of"]

SMALL = 1 << 20  # files below this are bundled: a folder of pages is no use as a unit a page
BUNDLE_FILES = 500
BUNDLE_BYTES = 64 << 20
_LIST = re.compile(r"(?:^|[./])paths(?:\.txt)?(?:\.gz)?$")


def units_of(inputs: Iterable[str]) -> list[Unit]:
    """The units of all inputs, each content once, in the order of their names.

    A `*.paths` or `*.paths.gz` file is a list of archives, one a line, as Common Crawl publishes them; lines without a
    scheme are relative to the list. Raises InputError for what is not there.
    """
    units: dict[str, Unit] = {}
    small: list[tuple[str, str, int]] = []
    for address in _expand(inputs):
        if "://" in address:
            unit = Unit(addresses=(address,), name=_hash(object_info(address)), size=1 << 30)
            units[unit.name] = unit
            continue
        path = Path(address)
        size = path.stat().st_size
        digest = _digest(path)
        if size < SMALL and not address.endswith((".warc.gz", ".warc", ".jsonl.gz", ".jsonl", ".parquet")):
            small.append((address, digest, size))
        else:
            units[digest] = Unit(addresses=(address,), name=digest, size=size)
    for unit in _bundles(sorted(small)):
        units[unit.name] = unit
    return [units[name] for name in sorted(units)]


def _expand(inputs: Iterable[str]) -> Iterator[str]:
    for one in inputs:
        if "://" in one and not one.startswith("file://"):
            yield one
            continue
        path = Path(one.removeprefix("file://"))
        if path.is_dir():
            yield from (
                str(p) for p in sorted(path.rglob("*"))
                if p.is_file() and p.suffix.lower() in SUFFIXES and not any(part.startswith(".") for part in p.relative_to(path).parts)
            )  # fmt: skip
        elif not path.is_file():
            raise InputError(f"{one}: there is no such file or folder.")
        elif _LIST.search(path.name):
            yield from _listed(path)
        else:
            yield str(path)


def _listed(path: Path) -> Iterator[str]:
    raw = path.read_bytes()
    lines = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode().split()
    for number, line in enumerate(lines, 1):
        if "://" in line:
            yield line
        elif (path.parent / line).is_file():
            yield str(path.parent / line)
        else:
            raise InputError(
                f"{path}:{number}: {line!r} is not beside the list; give full addresses (s3://commoncrawl/{line})."
            )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()[:20]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _bundles(small: list[tuple[str, str, int]]) -> Iterator[Unit]:
    """Small files in bundles; a bundle's name is the hash of addresses and contents."""
    held: list[tuple[str, str, int]] = []
    for entry in [*small, None]:
        full = len(held) == BUNDLE_FILES or sum(size for *_, size in held) > BUNDLE_BYTES
        if held and (entry is None or full):
            name = _hash("\n".join(f"{address} {digest}" for address, digest, _ in held))
            yield Unit(addresses=tuple(a for a, *_ in held), name=name, size=sum(size for *_, size in held))
            held = []
        if entry is not None:
            held.append(entry)

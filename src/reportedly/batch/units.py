"""Units of work of a batch: named by content, done by pure functions, kept as files that appear whole or not at all.

Stage one (`extract`) turns an input into chunks of reports worth reading; stage two (`read`) turns a chunk into readings.
What a unit yields depends on its bytes, the options and the reader alone: not on the engine, the order or the workers.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from reportedly.batch.loop import read_safely
from reportedly.errors import NothingToRead, OtherLanguage, ReportedlyError
from reportedly.ingest import SetAside, load_reports
from reportedly.ingest.duplicates import Signature, sign
from reportedly.ledger.codec import decode, encode
from reportedly.model import Reading, Report

__all__ = [
    "Chunk",
    "Options",
    "Unit",
    "extract",
    "iter_readings",
    "iter_reports",
    "lines_of",
    "load_json",
    "read_chunk",
    "save_json",
    "sweep",
]

LOT = 100  # reports that are read together
CHUNK = 400  # reports: some seconds of reading, so that progress moves and a lost worker costs little
CHUNK_TEXT = 8_000_000  # characters: what bounds a worker's memory where reports are books


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the operator chose for a batch; part of every unit's name."""

    publisher: str | None = None
    published: str | None = None
    langs: tuple[str, ...] = ("en",)  # empty: all
    extractor: str | None = None
    duplicates: bool = True  # whether duplicates are looked for and left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One input, or a bundle of small ones: addresses, a name made of their content, their size in bytes."""

    addresses: tuple[str, ...]
    name: str
    size: int


@dataclass(slots=True)
class Chunk:
    """A chunk being written: reports as JSON lines, and what the later stages need to know of each."""

    reports: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    text: int = 0  # characters

    @property
    def full(self) -> bool:
        """Whether no report more belongs in it."""
        return len(self.reports) >= CHUNK or self.text >= CHUNK_TEXT


def save_json(path: Path, value: Any) -> None:
    """Write JSON so that the file is there whole or not at all."""
    _save(path, json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def load_json(path: Path) -> Any:
    """Read what `save_json` wrote."""
    return json.loads(path.read_bytes())


def _save(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(data)
    temporary.replace(path)


def sweep(folder: Path) -> None:
    """Remove what processes that were killed while they wrote have left beside files that are there whole."""
    for left in folder.glob(".*"):
        if left.with_name(left.stem.removeprefix(".")).exists():
            left.unlink(missing_ok=True)


def _pack(lines: Sequence[str]) -> bytes:
    return gzip.compress("".join(f"{line}\n" for line in lines).encode(), compresslevel=1, mtime=0)


def lines_of(path: Path) -> list[bytes]:
    """The reports of a chunk file as they are written, one a line."""
    return gzip.decompress(path.read_bytes()).split(b"\n")[:-1]


def iter_reports(path: Path) -> Iterator[Report]:
    """The reports of a chunk file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield decode(Report, line)


def iter_readings(path: Path) -> Iterator[tuple[Report, Reading]]:
    """The reports of a result file with their readings."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            report, _, reading = line.partition("\t")
            yield decode(Report, report), decode(Reading, reading)


def extract(
    unit: Unit, folder: Path, options: Options, worth_reading: Callable[[str], bool], *, stop: int | None = None,
    at: Callable[[str], None] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Read an input into chunk files under `folder`; return its account: chunks, counts, coverage, what was set aside.

    Reports in other languages than asked for, and reports without a passage that the reader would parse, are counted
    and go no further: pages of an archive no further than their text.
    `at` is told the number of each item before it is taken; at number `stop` the input is given up:
    that is how an item that kills its worker is found and left out.
    """
    counts: Counter[str] = Counter()
    coverage: Counter[tuple[str, str]] = Counter()
    aside: list[dict[str, str]] = []
    chunks: list[dict[str, Any]] = []
    chunk = Chunk()
    for item in _numbered(unit, options, worth_reading, stop, at):
        if isinstance(item, SetAside) and isinstance(item.error, OtherLanguage):
            counts["reports"] += 1
            counts[f"language {item.error.lang}"] += 1
            continue
        if isinstance(item, SetAside) and isinstance(item.error, NothingToRead):
            counts["reports"] += 1
            counts["nothing to read"] += 1
            coverage[item.error.publisher, item.error.published.date().isoformat()] += 1
            continue
        if isinstance(item, SetAside):
            counts["set aside"] += 1
            aside.append({"origin": item.origin, "reason": item.reason})
            continue
        counts["reports"] += 1
        coverage[item.publisher, item.published.date().isoformat()] += 1
        if options.langs and item.lang.split("-")[0] not in options.langs:
            counts[f"language {item.lang}"] += 1
        elif not worth_reading(item.text):
            counts["nothing to read"] += 1
        else:
            counts["to read"] += 1
            chunk.reports.append(encode(item))
            chunk.rows.append(_row(item, sign(item) if options.duplicates else None))
            chunk.text += len(chunk.reports[-1])
            if chunk.full:
                chunks.append(_close(unit, folder, len(chunks), chunk))
                chunk = Chunk()
    if chunk.reports:
        chunks.append(_close(unit, folder, len(chunks), chunk))
    account = {
        "unit": asdict(unit), "counts": dict(sorted(counts.items())), "set_aside": aside, "chunks": chunks,
        "coverage": [[*key, n] for key, n in sorted(coverage.items())],
    }  # fmt: skip
    save_json(folder / f"{unit.name}.json", account)
    return account


def _numbered(
    unit: Unit,
    options: Options,
    worth_reading: Callable[[str], bool],
    stop: int | None,
    at: Callable[[str], None] | None,
) -> Iterator[Report | SetAside]:
    items, number = _found(unit, options, worth_reading), 0
    while True:
        if at:
            at(str(number))
        if number == stop:
            where = (
                unit.addresses[0] if len(unit.addresses) == 1 else f"the bundle that begins with {unit.addresses[0]}"
            )
            yield SetAside(
                origin=where,
                reason=f"{where}: given up at item {number}: the process that read it died or ran out of time.",
            )
            return
        item = next(items, None)
        if item is None:
            return
        yield item
        number += 1


def _found(unit: Unit, options: Options, worth_reading: Callable[[str], bool]) -> Iterator[Report | SetAside]:
    for address in unit.addresses:
        try:
            yield from load_reports(
                address, publisher=options.publisher, published=options.published, extractor=options.extractor,  # type: ignore[arg-type]
                stamp=False, langs=options.langs, worth=worth_reading,
            )  # fmt: skip
        except ReportedlyError as error:
            yield SetAside.of(address, error)


def _row(report: Report, signature: Signature | None) -> dict[str, Any]:
    row: dict[str, Any] = {"id": report.id, "at": report.published.isoformat()}
    if signature:
        row |= {"exact": signature.exact.hex(), "bands": list(signature.bands), "sketch": signature.sketch.hex()}
    return row


def _close(unit: Unit, folder: Path, number: int, chunk: Chunk) -> dict[str, Any]:
    """Write a chunk; its name is the hash of the ids in it, so the same reports make the same chunk."""
    name = hashlib.sha256("\n".join(row["id"] for row in chunk.rows).encode()).hexdigest()[:20]
    _save(folder / f"{unit.name}-{number:05}.reports.gz", _pack(chunk.reports))
    save_json(folder / f"{unit.name}-{number:05}.rows.json", chunk.rows)
    return {"file": f"{unit.name}-{number:05}", "content": name, "reports": len(chunk.rows)}


def read_chunk(
    source: Path, target: Path, reader: Callable[[Report], Reading], *, skip: frozenset[str] = frozenset(),
    poisoned: frozenset[str] = frozenset(), at: Callable[[str], None] | None = None,
    many: Callable[[Sequence[Report]], Sequence[Reading]] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Read a chunk into `target`; return its account. `skip` are ids of duplicates, `poisoned` of reports that killed a worker.

    `at` is told the id of each report before it is read. Without it, `many` reads the reports together where it is given:
    one by one again if any of them breaks it. Reports in which nothing was found are counted and not kept.
    """
    counts: Counter[str] = Counter()
    aside: list[dict[str, str]] = []
    lines: list[str] = []
    reports = (report for report in iter_reports(source) if report.id not in skip)
    for report, result in _results(reports, reader, None if at else many, poisoned, at):
        if isinstance(result, SetAside):
            counts["set aside"] += 1
            aside.append({"origin": result.origin, "reason": result.reason})
            continue
        counts["read"] += 1
        for kind in ("claims", "statements", "unresolved"):
            counts[kind] += len(getattr(result, kind))
        if result.claims or result.statements or result.unresolved:
            lines.append(f"{encode(report)}\t{encode(result)}")
    account = {"counts": dict(sorted(counts.items())), "set_aside": aside, "kept": len(lines)}
    _save(target, _pack(lines))
    save_json(target.with_name(target.name.removesuffix(".gz") + ".json"), account)
    return account


def _results(
    reports: Iterator[Report], reader: Callable[[Report], Reading], many: Callable[[Sequence[Report]], Sequence[Reading]] | None,
    poisoned: frozenset[str], at: Callable[[str], None] | None,
) -> Iterator[tuple[Report, Reading | SetAside]]:  # fmt: skip
    """Each report with its reading or why it was set aside."""
    while lot := list(islice(reports, LOT)):
        together: Sequence[Reading] = ()
        if many is not None and not any(report.id in poisoned for report in lot):
            with suppress(Exception):  # then one of them breaks the reader: they are read one by one
                together = many(lot)
        if len(together) == len(lot):
            yield from zip(lot, together, strict=True)
            continue
        for report in lot:
            if at:
                at(report.id)
            if report.id in poisoned:
                origin = report.origin or report.id
                yield (
                    report,
                    SetAside(origin=origin, reason=f"{origin}: the process that read it died or ran out of time."),
                )
            else:
                yield report, read_safely(report, reader)

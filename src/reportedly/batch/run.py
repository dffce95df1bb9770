"""A whole batch: inputs to chunks, duplicates out, chunks to readings, readings to the ledger. Every step can be resumed.

OUT/work/NAME/        what the first stage made, by options and reader; may be deleted, then it is made again
OUT/readings/*.gz     one line a report with findings: report and reading as JSON, a tab between
OUT/duplicates.jsonl  which report repeats which · OUT/set-aside.jsonl · OUT/coverage.jsonl · OUT/summary.json
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.batch.engines import Engine, run_tasks
from reportedly.batch.inputs import units_of
from reportedly.batch.tally import Tally
from reportedly.batch.units import Options, iter_readings, lines_of, load_json, save_json, sweep
from reportedly.batch.worker import Setup, unit_task
from reportedly.ingest.duplicates import Duplicates, Signature, story
from reportedly.ledger.codec import decode
from reportedly.model import Reading, Report
from reportedly.settings import Settings

if TYPE_CHECKING:
    from reportedly.ledger import Ledger

__all__ = ["Summary", "append_readings", "run_batch"]

GROUP = 2_000  # reports in a transaction of the ledger
HELD = 24  # chunks whose texts are at hand where stories are compared, some 2 MB each

Tell = Callable[[str, int, int, int], None]
"""Told of progress: stage, weight done, weight in all, reports done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a batch did: counts by kind, how many units and chunks were done before, how much was set aside."""

    counts: dict[str, int]
    units: int
    chunks: int
    skipped: int
    set_aside: int
    duplicates: int
    appended: tuple[int, int] = (0, 0)
    out: str = ""


@dataclass(slots=True)
class _Batch:
    setup: Setup
    out: Path
    engine: Engine
    workers: int
    address: str | None
    tell: Tell
    skipped: int = 0
    units: list[str] = field(default_factory=list)  # names

    def accounts(self) -> Iterator[dict[str, Any]]:
        """The accounts of all units, one after another: what was set aside in a year of archives is too much to hold."""
        return (load_json(Path(self.setup.work) / f"{name}.json") for name in self.units)


def run_batch(
    inputs: Sequence[str], *, out: Path, settings: Settings, options: Options | None = None, engine: Engine = "local", workers: int = 1,
    address: str | None = None, ledger: str | None = None, kit: str = "reportedly.batch.worker:standard_kit", reader: str | None = None,
    tell: Tell = lambda *_: None,
) -> Summary:  # fmt: skip
    """Read all inputs into `out` and, if a ledger is named, append what was found to it.

    `reader` is the reader's name: parts done by another reader or with other options are not taken for done. The results
    are the same whatever engine, order of inputs and number of workers. Raises InputError for inputs that are not there.
    """
    options = options or Options()
    mark = hashlib.sha256(json.dumps([asdict(options), reader, kit], sort_keys=True).encode()).hexdigest()[:12]
    setup = Setup(
        work=str(out / "work" / mark), results=str(out / "readings"), options=options, settings=Setup.pack_settings(settings), kit=kit
    )  # fmt: skip
    for folder in (setup.work, setup.results):
        Path(folder).mkdir(parents=True, exist_ok=True)
    batch = _Batch(setup=setup, out=out, engine=engine, workers=workers, address=address, tell=tell)
    _extract(batch, inputs)
    with closing(Duplicates(out / "work" / "duplicates.sqlite")) as index:
        repeats = _duplicates(batch, index)
        parts = _read(batch, index, mark)
    for folder in (setup.work, setup.results):
        sweep(Path(folder))
    summary = _account(batch, parts, repeats)
    if ledger:
        summary = _append(batch, parts, summary, ledger)
    save_json(out / "summary.json", asdict(summary))
    return summary


def _extract(batch: _Batch, inputs: Sequence[str]) -> None:
    """Stage one: every unit that has no account yet."""
    batch.tell("looking at the inputs", 0, 0, 0)
    units = units_of(inputs)
    work = Path(batch.setup.work)
    todo = [unit for unit in units if not (work / f"{unit.name}.json").exists()]
    batch.skipped += len(units) - len(todo)
    total, done, reports = sum(u.size for u in todo), 0, 0
    batch.tell("extracting", 0, total, 0)
    for task, account in run_tasks(
        batch.setup, [unit_task(u) for u in todo], engine=batch.engine, workers=batch.workers, address=batch.address
    ):
        done += int(task["weight"])
        reports += account["counts"].get("reports", 0)
        batch.tell("extracting", done, total, reports)
    batch.units = [unit.name for unit in units]


def _duplicates(batch: _Batch, index: Duplicates) -> int:
    """Between the stages, in SQLite: all reports with where they are, and which repeat which. Returns how many do."""
    work = Path(batch.setup.work)
    total = 0
    for account in batch.accounts():
        for chunk in account["chunks"]:
            total += chunk["reports"]
            index.add(_signed(work, chunk["file"]))

    @lru_cache(maxsize=HELD)
    def chunk_lines(place: str) -> dict[str, bytes]:
        return dict(
            zip(
                (row["id"] for row in load_json(work / f"{place}.rows.json")),
                lines_of(work / f"{place}.reports.gz"),
                strict=True,
            )
        )

    def text_of(key: str, place: str) -> str:
        return story(decode(Report, chunk_lines(place)[key].decode()))

    found = 0
    with _Lines(batch.out / "duplicates.jsonl") as lines:
        if batch.setup.options.duplicates:
            for duplicate in index.find(text_of, progress=lambda n: batch.tell("looking for duplicates", n, total, n)):
                found += 1
                lines.write(asdict(duplicate))
    return found


def _signed(work: Path, file: str) -> Iterator[Any]:
    for row in load_json(work / f"{file}.rows.json"):
        signature = None
        if "exact" in row:
            exact, sketch = bytes.fromhex(row["exact"]), bytes.fromhex(row.get("sketch", ""))
            signature = Signature(exact=exact, bands=tuple(row["bands"]), sketch=sketch)
        yield row["id"], dt.datetime.fromisoformat(row["at"]), signature, file


def _read(batch: _Batch, index: Duplicates, mark: str) -> list[str]:
    """Stage two: every chunk that has no result yet. Returns the names of all results, in order.

    A report that two inputs hold is read in the first chunk (by name) that has it.
    """
    work, results = Path(batch.setup.work), Path(batch.setup.results)
    tasks, parts, skipped = [], set(), 0
    for chunk in (c for a in batch.accounts() for c in a["chunks"]):
        ids = [row["id"] for row in load_json(work / f"{chunk['file']}.rows.json")]
        skip = sorted(index.left_out(ids, chunk["file"]))
        name = hashlib.sha256("\n".join([mark, chunk["content"], *skip]).encode()).hexdigest()[:20]
        if name in parts:
            continue
        parts.add(name)
        if (results / f"{name}.json").exists():
            skipped += 1
        else:
            weight = chunk["reports"] - len(skip)
            if skip:  # beside the chunk and not in the task: millions of reports may be left out
                save_json(work / f"{name}.skip.json", skip)
            tasks.append(
                {
                    "kind": "read",
                    "name": name,
                    "weight": weight,
                    "file": chunk["file"],
                    "target": name,
                    "skip": bool(skip),
                }
            )
    batch.skipped += skipped
    total, done = sum(t["weight"] for t in tasks), 0
    batch.tell("reading", 0, total, 0)
    for task, _ in run_tasks(batch.setup, tasks, engine=batch.engine, workers=batch.workers, address=batch.address):
        done += task["weight"]
        batch.tell("reading", done, total, done)
    return sorted(parts)


def _account(batch: _Batch, parts: list[str], repeats: int) -> Summary:
    """Add up the accounts; write what was set aside and the coverage."""
    counts: Counter[str] = Counter()
    accounts = chain(batch.accounts(), (load_json(Path(batch.setup.results) / f"{name}.json") for name in parts))
    aside = 0
    with closing(Tally(batch.out / "work" / "coverage.sqlite")) as tally:
        with _Lines(batch.out / "set-aside.jsonl") as lines:
            for account in accounts:
                counts.update(account["counts"])
                for item in account["set_aside"]:
                    lines.write(item)
                    aside += 1
                tally.add(account.get("coverage", ()))
        with _Lines(batch.out / "coverage.jsonl") as lines:
            for source, day, number in tally:
                lines.write({"source": source, "day": day, "reports": number})
    return Summary(
        counts=dict(sorted(counts.items())), units=len(batch.units), chunks=len(parts), skipped=batch.skipped, set_aside=aside,
        duplicates=repeats, out=str(batch.out),
    )  # fmt: skip


def _append(batch: _Batch, parts: list[str], summary: Summary, ledger: str) -> Summary:
    """Append all results and the coverage to the ledger; what is there already changes nothing."""
    from reportedly.ledger import Ledger  # 0.4 s to load, and most batches go to files alone

    results = [Path(batch.setup.results) / f"{name}.gz" for name in parts]
    with Ledger.open(ledger) as book:
        new = append_readings(book, results, tell=batch.tell)
        with (batch.out / "coverage.jsonl").open(encoding="utf-8") as lines:
            book.append_coverages(map(_covered, lines), note="batch")
    return replace(summary, appended=new)


def _covered(line: str) -> tuple[str, dt.date, int]:
    row = json.loads(line)
    return row["source"], dt.date.fromisoformat(row["day"]), row["reports"]


def append_readings(ledger: Ledger, results: Sequence[Path], *, tell: Tell = lambda *_: None) -> tuple[int, int]:
    """Append the reports and readings of result files, `GROUP` to a transaction; returns how many of each were new."""
    reports = readings = done = 0
    group: list[tuple[Report, Reading | None]] = []
    tell("appending to the ledger", 0, len(results), 0)
    for number, path in enumerate(results, 1):
        group.extend(iter_readings(path))
        if len(group) >= GROUP or number == len(results):
            new = ledger.append(group)
            reports, readings, done = reports + new[0], readings + new[1], done + len(group)
            group = []
            tell("appending to the ledger", number, len(results), done)
    return reports, readings


class _Lines:
    """A file of JSON lines that appears whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path, self.temporary = path, path.with_name(f".{path.name}.new")

    def __enter__(self) -> _Lines:
        self.file = self.temporary.open("w", encoding="utf-8")
        return self

    def write(self, value: Any) -> None:
        self.file.write(json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n")

    def __exit__(self, kind: object, *_: object) -> None:
        self.file.close()
        if kind is None:
            self.temporary.replace(self.path)

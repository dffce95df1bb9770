"""What runs inside a worker, whatever started it: knowledge and model loaded once, then one task after another."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.batch.units import Options, Unit, extract, load_json, read_chunk
from reportedly.model import Reading, Report
from reportedly.settings import Settings

if TYPE_CHECKING:
    from reportedly.knowledge import Knowledge

__all__ = ["Kit", "Setup", "Worker", "standard_kit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """A reader, and the test whether a report is worth its time."""

    read: Callable[[Report], Reading]
    worth_reading: Callable[[str], bool]  # of a report's text
    read_many: Callable[[Sequence[Report]], Sequence[Reading]] | None = None  # the same, many at once


def standard_kit(settings: Settings) -> Kit:
    """The reader of this version with the operator's gazetteer; both are loaded when the first report is read.

    A worker that only extracts needs the gate alone, and starts in a third of the time.
    """
    from reportedly.read.gate.gate import Gate

    gate = Gate.of()

    @cache
    def knowledge() -> Knowledge:
        from reportedly.knowledge import Knowledge

        return Knowledge.load(settings)

    @lru_cache(maxsize=2)  # a page of an archive is asked for as a page and then as a report
    def worth_reading(text: str) -> bool:
        return gate.is_worth(text)

    def read(report: Report) -> Reading:
        from reportedly.read.reader import read_report

        return read_report(report, knowledge=knowledge())

    def read_many(reports: Sequence[Report]) -> Sequence[Reading]:
        from reportedly.read.reader import read_reports

        return list(read_reports(reports, knowledge()))

    return Kit(read=read, worth_reading=worth_reading, read_many=read_many)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What every worker of a batch is told, in plain values that any engine can carry.

    `kit` names the function that makes the reader, "module:function", because functions do not travel to other machines.
    """

    work: str
    results: str
    options: Options
    settings: dict[str, str | None]
    kit: str = "reportedly.batch.worker:standard_kit"

    @staticmethod
    def pack_settings(settings: Settings) -> dict[str, str | None]:
        """Settings as plain values."""
        return {
            k: None if v is None else str(v) for k, v in ((f.name, getattr(settings, f.name)) for f in fields(settings))
        }

    def unpack_settings(self) -> Settings:
        """Settings from plain values."""
        data, gazetteer = self.settings.get("data_dir"), self.settings.get("gazetteer")
        base = Settings(ledger=self.settings.get("ledger"), gazetteer=Path(gazetteer) if gazetteer else None)
        return base if data is None else Settings(data_dir=Path(data), ledger=base.ledger, gazetteer=base.gazetteer)


class Worker:
    """Does tasks: {"kind": "extract", "unit": ...} or {"kind": "read", "file": ..., "target": ..., "skip": whether there are any}."""

    def __init__(self, setup: Setup) -> None:
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
            os.environ[name] = (
                "1"  # one worker a core: libraries that start threads of their own only get in each other's way
            )
        self.setup = setup
        module, _, function = setup.kit.partition(":")
        make: Callable[[Settings], Kit] = getattr(importlib.import_module(module), function)
        self.kit = make(setup.unpack_settings())

    def do(self, task: dict[str, Any], at: Callable[[str], None] | None = None) -> dict[str, Any]:
        """Do one task and return its account; `at` hears of each item before it is begun."""
        work, results = Path(self.setup.work), Path(self.setup.results)
        if task["kind"] == "extract":
            unit = Unit(
                addresses=tuple(task["unit"]["addresses"]), name=task["unit"]["name"], size=task["unit"]["size"]
            )
            return extract(unit, work, self.setup.options, self.kit.worth_reading, stop=task.get("stop"), at=at)
        skip = load_json(work / f"{task['target']}.skip.json") if task.get("skip") else ()
        return read_chunk(
            work / f"{task['file']}.reports.gz", results / f"{task['target']}.gz", self.kit.read,
            skip=frozenset(skip), poisoned=frozenset(task.get("poisoned", ())), at=at, many=self.kit.read_many,
        )  # fmt: skip


def unit_task(unit: Unit) -> dict[str, Any]:
    """The task of extracting a unit."""
    return {"kind": "extract", "name": unit.name, "weight": unit.size, "unit": asdict(unit)}

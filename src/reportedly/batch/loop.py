"""Reports to readings to the ledger, one after another in this process: what `read`, `watch` and the demonstration run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly.errors import ReportedlyError
from reportedly.ingest import SetAside
from reportedly.model import Reading, Report

if TYPE_CHECKING:
    from reportedly.ledger import Ledger

__all__ = ["Outcome", "read_into", "read_safely"]

Reader = Callable[[Report], Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A report with what was found in it; `reading` is None where this reader had read it before, and nothing was done."""

    report: Report
    reading: Reading | None
    known: bool = False


def read_safely(report: Report, reader: Reader) -> Reading | SetAside:
    """Read one report; whatever the reader raises becomes a SetAside, so that one bad text stops nothing."""
    at = report.origin or report.id
    try:
        return reader(report)
    except ReportedlyError as error:
        return SetAside.of(at, error)
    except RecursionError:
        return SetAside(origin=at, reason=f"{at}: its sentences are nested too deep to be read.")
    except Exception as error:  # a poisoned record is set aside with its reason, whatever it broke
        return SetAside(
            origin=at, reason=f"{at}: the reader failed on it ({type(error).__name__}: {str(error)[:200]})."
        )


def read_into(
    ledger: Ledger, found: Iterable[Report | SetAside], reader: Reader, *, name: str | None = None, group: int = 25,
    seconds: float = 2.0,
) -> Iterator[Outcome | SetAside]:  # fmt: skip
    """Read what was found and append it, `group` reports or `seconds` at a time; yield each outcome once it is kept.

    A group is one transaction: killed at any moment, the ledger holds whole groups, and a second run does the rest.
    With `name`, the reader's name, reports that it has read before are not read again.
    """
    waiting: list[tuple[Report, Reading]] = []
    done: list[Outcome | SetAside] = []
    began = time.monotonic()
    for item in found:
        if isinstance(item, SetAside):
            done.append(item)
        elif name and ledger.has_reading(item.id, name):
            done.append(Outcome(report=item, reading=None, known=True))
        else:
            reading = read_safely(item, reader)
            if isinstance(reading, SetAside):
                done.append(reading)
            else:
                waiting.append((item, reading))
                done.append(Outcome(report=item, reading=reading))
        if len(done) >= group or time.monotonic() - began > seconds:
            ledger.append(waiting)
            yield from done
            waiting, done, began = [], [], time.monotonic()
    ledger.append(waiting)
    yield from done

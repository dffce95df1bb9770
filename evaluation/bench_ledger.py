"""Time the ledger and the policies on made-up claims: how fast it takes them in, how long questions take.

    python -m evaluation.bench_ledger [--claims 1000000] [--places 30000] [--ledger PATH|URL] [--status]

Prints milliseconds, rows a second, how fast the database alone takes the same rows, and the peak memory; `--status` adds the histories of all places by each policy. The
figures are of the machine that runs it.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from reportedly.ledger import Ledger
from reportedly.ledger import tables as t
from reportedly.ledger.arrays import claim_table
from reportedly.model import Attribution, Claim, PlaceRef, Reading, Relation, Report, Span
from reportedly.reconcile import POLICIES, find_disputes, history

PER_REPORT = 10
GROUP = 2_000  # reports in a transaction, as the batch has them
SENTENCE = "Officials said the village was taken. "
SPEAKERS = (("Ministry R", "RU"), ("Staff U", "UA"), ("narrator", None), ("Monitor", None))


def made_up(claims: int, places: int, *, days: int = 1000) -> Iterator[tuple[Report, Reading]]:
    """Reports of ten claims each, spread over the days and places; always the same."""
    chance = random.Random(20250703)  # noqa: S311 - made-up claims, always the same
    first = dt.datetime(2022, 2, 24, 6, tzinfo=dt.UTC)
    for number in range(claims // PER_REPORT):
        published = first + dt.timedelta(minutes=number * days * 1440 * PER_REPORT // claims)
        report = Report(
            publisher=f"Outlet {number % 50}", published=published, text=f"Report {number}. {SENTENCE * PER_REPORT}",
            url=f"https://news.example/{number}",
        )  # fmt: skip
        name = report.id
        found = tuple(
            _claim(chance, report, name, place, chance.randrange(1, places + 1)) for place in range(PER_REPORT)
        )
        yield report, Reading(report_id=name, reader="reportedly/0+speed", claims=found)


def _claim(chance: random.Random, report: Report, name: str, row: int, place: int) -> Claim:
    start = row * len(SENTENCE)
    source, side = chance.choice(SPEAKERS)
    return Claim(
        report_id=name, published=report.published, publisher=report.publisher, party=chance.choice(("RU", "UA")),
        relation=Relation(chance.choice(("takes", "holds", "loses", "contests"))), quote=SENTENCE.strip(), cue="taken",
        place=PlaceRef(words=f"Place {place}", place_id=place, name=f"Place {place}", probability=0.97, span=Span(start=start, end=start + 9)),
        span=Span(start=start, end=start + len(SENTENCE)), attribution=Attribution(source=source, side=side, cue="said"),
    )  # fmt: skip


def timed(name: str, ask: Callable[[], Any], *, times: int = 1) -> Any:
    """Run, print the mean time in milliseconds, hand the answer on."""
    began = time.perf_counter()
    for _ in range(times):
        answer = ask()
    print(f"  {name:<46}{(time.perf_counter() - began) / times * 1000:>12,.1f} ms", flush=True)
    return answer


def fill(ledger: Ledger, claims: int, places: int) -> dict[str, float]:
    """Append everything in transactions of `GROUP` reports; returns wall-clock and processor seconds of the appends alone."""
    spent, held = {"seconds": 0.0, "processor_seconds": 0.0}, []
    for item in chain(made_up(claims, places), [None]):
        if item is not None:
            held.append(item)
        if len(held) == GROUP or (item is None and held):
            _clocked(spent, lambda items=held: ledger.append(items))
            held = []
    return spent


def fill_plainly(ledger: Ledger, path: Path) -> dict[str, float]:
    """Put the rows of a ledger into an empty one by the driver's executemany alone, same tables, indices and transactions."""
    Ledger.open(path).close()
    spent = {"seconds": 0.0, "processor_seconds": 0.0}
    with ledger.engine.connect() as source, contextlib.closing(sqlite3.connect(path, isolation_level=None)) as target:
        target.executescript("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;")
        for first in range(1, ledger.counts()["readings"] + 1, GROUP):
            taken = [
                (f"INSERT INTO {table.name} VALUES ({','.join('?' * len(table.columns))})",  # noqa: S608 - our own names
                 [tuple(row) for row in source.execute(sa.select(table).where(key >= first, key < first + GROUP))])
                for table, key in ((t.reports, t.reports.c.seq), (t.readings, t.readings.c.seq), (t.claims, t.claims.c.reading_seq))
            ]  # fmt: skip

            def put(statements: list[tuple[str, list[Any]]] = taken) -> None:
                target.execute("BEGIN IMMEDIATE")
                for statement, rows in statements:
                    target.executemany(statement, rows)
                target.execute("COMMIT")

            _clocked(spent, put)
    return spent


def _clocked(spent: dict[str, float], work: Callable[[], Any]) -> None:
    began, processor = time.perf_counter(), time.process_time()
    work()
    spent["seconds"] += time.perf_counter() - began
    spent["processor_seconds"] += time.process_time() - processor


def appending(claims: int, places: int, folder: Path) -> dict[str, float]:
    """Claims a second that a new ledger takes in, and how long its database alone needs for the same rows."""
    with Ledger.open(folder / "append.sqlite") as ledger:
        ours = fill(ledger, claims, places)
        plain = fill_plainly(ledger, folder / "plain.sqlite")
    return {
        "claims": claims, "claims_per_s": round(claims / ours["seconds"]), "claims_per_processor_s": round(claims / ours["processor_seconds"]),
        "plain_claims_per_s": round(claims / plain["seconds"]), "ratio_to_plain": round(plain["seconds"] / ours["seconds"], 3),
        "ratio_to_plain_processor": round(plain["processor_seconds"] / ours["processor_seconds"], 3),
    }  # fmt: skip


def questions(ledger: Ledger) -> None:
    """What the command line and the pages ask."""
    moment = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    ledger.claims(place_ids=[1])  # the first question compiles the statement
    timed("claims of one place", lambda: ledger.claims(place_ids=[2]), times=20)
    timed("claims of one place, as of a moment", lambda: ledger.claims(place_ids=[2], as_of=moment), times=20)
    found = timed("the 50 newest claims", lambda: ledger.claims(limit=50, newest_first=True), times=20)
    timed("one claim by id", lambda: ledger.claim(found[0].id), times=20)
    timed("one report by id", lambda: ledger.report(found[0].report_id), times=20)
    timed("count of all standing claims", ledger.count_claims)
    timed("all claims as columns", lambda: claim_table(ledger))


def statuses(ledger: Ledger, places: int) -> None:
    """Histories of every place by each policy, a thousand places at a time so that memory stays flat; and disputes."""
    spent: dict[str, float] = {}
    for first in range(1, places + 1, 1_000):
        claims = _add(spent, "reading claims back", lambda at=first: ledger.claims(place_ids=range(at, at + 1_000)))
        for policy in POLICIES:
            _add(spent, f"histories by {policy}", lambda c=claims, p=policy: history(c, p))
        _add(spent, "disputes", lambda c=claims: find_disputes(c))
    for name, seconds in spent.items():
        print(f"  {name:<46}{seconds:>12,.1f} s", flush=True)


def _add(spent: dict[str, float], name: str, ask: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    answer = ask()
    spent[name] = spent.get(name, 0.0) + time.perf_counter() - began
    return answer


def main() -> None:
    """Fill a ledger (a new one unless one is named that has claims already), ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--places", type=int, default=30_000)
    parser.add_argument("--ledger")
    parser.add_argument("--status", action="store_true")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(options.ledger or Path(folder) / "ledger.sqlite") as ledger,
    ):
        if not ledger.counts()["claims"]:
            spent = fill(ledger, options.claims, options.places)
            print(
                f"  {'appended':<46}{options.claims / spent['seconds']:>12,.0f} claims/s ({spent['seconds']:.0f} s)",
                flush=True,
            )
            if ledger.engine.dialect.name == "sqlite":
                plain = fill_plainly(ledger, Path(folder) / "plain.sqlite")
                for name in spent:
                    print(f"  {'executemany of the same rows / ours, ' + name:<58}{plain[name] / spent[name]:.2f}")
        questions(ledger)
        if options.status:
            statuses(ledger, options.places)
    print(f"  {'peak memory':<46}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:>12,.0f} MB")


if __name__ == "__main__":
    main()

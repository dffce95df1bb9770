"""Time and memory of the model: 30,000 settlements, 1,000 days, 1,000,000 claims; then one more claim.

    python -m evaluation.bench_status [--claims 1000000] [--days 1000] [--settlements 30000]

The war is made up: a straight front that wanders, with claims scattered about it, most of them told many times over.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import time
from collections.abc import Iterator

import numpy as np

from reportedly.model import Claim, PlaceRef, Relation, Span
from reportedly.reconcile.field import Ground
from reportedly.reconcile.spread import SpreadModel

START = dt.date(2022, 1, 1)


def made_up(ground: Ground, days: int, per_day: int, seed: int) -> Iterator[tuple[dt.date, list[Claim]]]:
    """Claims of each day about settlements near a front that wanders to and fro."""
    draw = np.random.default_rng(seed)
    span, west = Span(start=0, end=10), ground.xy[:, 0]
    places = [PlaceRef(words="X", place_id=int(i), probability=1.0) for i in ground.ids]
    for n in range(days):
        front = float(np.median(west)) + 60.0 * np.sin(n / 90.0)
        near = np.flatnonzero(np.abs(west - front) < 15.0)
        published = dt.datetime.combine(START + dt.timedelta(days=n + 1), dt.time(), dt.UTC)
        chosen = draw.choice(near, per_day)
        relations = draw.choice(np.array([Relation.TAKES, Relation.ADVANCES, Relation.CONTESTS]), per_day)
        yield published.date(), [
            Claim(
                report_id=f"rep-{n}-{k % 200}", published=published, publisher=f"paper {k % 40}", relation=Relation(str(relations[k])),
                party="RU" if west[i] > front else "UA", place=places[i], span=span, quote="",
            )
            for k, i in enumerate(chosen)
        ]  # fmt: skip


def bench(settlements: int, days: int, claims: int) -> dict[str, float]:
    """Seconds for all by the clock and of the processor, milliseconds for one claim more, peak memory in MB, seconds spent in making claims up left out."""
    draw = np.random.default_rng(7)
    lat, lon = draw.uniform(46.0, 51.0, settlements), draw.uniform(30.0, 40.0, settlements)
    ground = Ground.make(np.arange(1, settlements + 1), lat, lon)
    model = SpreadModel(ground, parties=("RU", "UA"))
    east = ground.xy[:, 0] > np.median(ground.xy[:, 0])
    model.start(START, {int(i): "RU" if e else "UA" for i, e in zip(ground.ids, east, strict=True)})
    spent, processor, day = 0.0, 0.0, START
    for day, told in made_up(ground, days, claims // days, 11):
        began, ticked = time.perf_counter(), time.process_time()
        model.advance(day, told)
        spent += time.perf_counter() - began
        processor += time.process_time() - ticked
    (_, one) = next(made_up(ground, 1, 1, 5))
    began = time.perf_counter()
    model.advance(day, one)
    single = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": spent, "processor_seconds": processor, "one_claim_ms": 1000 * single, "peak_mb": peak}


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--settlements", type=int, default=30_000)
    parser.add_argument("--days", type=int, default=1_000)
    parser.add_argument("--claims", type=int, default=1_000_000)
    options = parser.parse_args()
    for name, value in bench(options.settlements, options.days, options.claims).items():
        print(f"{name:<16}{value:>10.1f}")


if __name__ == "__main__":
    main()

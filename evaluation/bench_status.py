"""Time and memory of every policy: 30,000 settlements, 1,000 days, 1,000,000 claims; then one more claim.

    python -m evaluation.bench_status [--claims 1000000] [--days 1000] [--settlements 30000] [--parties 2] [--policy NAME]

The war is made up: straight fronts that wander, with claims scattered about them, most of them told many times over. Each
policy runs in a process of its own, so that the peak of memory is its own. The simple policies look at one place at a time
and get claims by place, as the page does (publish/kept.py); the model gets them by day. Making claims up is not counted.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import resource
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reportedly.model import Claim, PlaceRef, Relation, Span
from reportedly.reconcile import POLICIES, history, reconcile
from reportedly.reconcile.field import Ground
from reportedly.reconcile.many import ManyModel

START = dt.date(2022, 1, 1)
MODEL = "model"
AT_ONCE = 1_000  # settlements derived together, as on the page
PARTIES = ("RU", "B", "C", "D", "E", "F")
HOME = "UA"
RELATIONS = np.array([Relation.TAKES, Relation.ADVANCES, Relation.CONTESTS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a war: settlements, days, claims, and parties with the one at home."""

    settlements: int
    days: int
    claims: int
    parties: int = 2


def lay_out(size: Size) -> Ground:
    """Settlements scattered over a country."""
    draw = np.random.default_rng(7)
    lat, lon = draw.uniform(46.0, 51.0, size.settlements), draw.uniform(30.0, 40.0, size.settlements)
    return Ground.make(np.arange(1, size.settlements + 1), lat, lon)


def made_up(
    ground: Ground, size: Size, per_day: int, seed: int, *, days: int | None = None
) -> Iterator[tuple[dt.date, list[Claim]]]:
    """Claims of each day about settlements near the fronts: party k holds what lies east of the k-th."""
    draw = np.random.default_rng(seed)
    span, west = Span(start=0, end=10), ground.xy[:, 0]
    places = [PlaceRef(words="X", place_id=int(i), probability=1.0) for i in ground.ids]
    edges = np.quantile(west, np.linspace(0.0, 1.0, size.parties + 1)[1:-1])
    for n in range(size.days if days is None else days):
        fronts = edges + 60.0 * np.sin(n / 90.0)
        near = np.flatnonzero(np.abs(west[:, None] - fronts).min(axis=1) < 15.0)
        published = dt.datetime.combine(START + dt.timedelta(days=n + 1), dt.time(), dt.UTC)
        chosen = draw.choice(near, per_day)
        told = draw.choice(RELATIONS, per_day)
        owner = np.searchsorted(fronts, west[chosen])
        yield published.date(), [
            Claim(
                report_id=f"rep-{n}-{k % 200}", published=published, publisher=f"paper {k % 40}", relation=Relation(str(told[k])),
                party=HOME if owner[k] == 0 else PARTIES[owner[k] - 1], place=places[i], span=span, quote="",
            )
            for k, i in enumerate(chosen)
        ]  # fmt: skip


class Clock:
    """Adds up seconds by the clock and of the processor."""

    def __init__(self) -> None:
        self.seconds = self.processor = 0.0

    def __enter__(self) -> Clock:
        self._began = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._began[0]
        self.processor += time.process_time() - self._began[1]


def run_model(size: Size) -> tuple[Clock, Clock]:
    """The model by days, then one claim more."""
    ground, whole, one = lay_out(size), Clock(), Clock()
    parties = (*PARTIES[: size.parties - 1], HOME)
    model = ManyModel([ground] * (size.parties - 1), parties=parties)
    west = ground.xy[:, 0]
    owner = np.searchsorted(np.quantile(west, np.linspace(0.0, 1.0, size.parties + 1)[1:-1]), west)
    model.start(START, {int(i): HOME if k == 0 else PARTIES[k - 1] for i, k in zip(ground.ids, owner, strict=True)})
    day = START
    for day, told in made_up(ground, size, size.claims // size.days, 11):
        with whole:
            model.advance(day, told)
    (_, more) = next(made_up(ground, size, 1, 5, days=1))
    with one:
        model.advance(day, more)
    return whole, one


def run_rule(policy: str, size: Size) -> tuple[Clock, Clock]:
    """A policy that looks at one place at a time, by places, then one claim more on the place most told of."""
    ground, whole, one = lay_out(size), Clock(), Clock()
    most: list[Claim] = []
    for first in range(0, size.settlements, AT_ONCE):
        part = Ground.make(*(a[first : first + AT_ONCE] for a in (ground.ids, ground.lat, ground.lon)))
        # a share of the claims, over all days, on this share of the settlements
        by_place: dict[int, list[Claim]] = defaultdict(list)
        share = size.claims * len(part) // size.settlements
        for _, told in made_up(part, size, max(1, share // size.days), 11 + first):
            for claim in told:
                by_place[claim.place.place_id or 0].append(claim)
        claims = [c for found in by_place.values() for c in found]
        with whole:
            history(claims, policy, places=set(by_place))
        most = max([most, *by_place.values()], key=len)
    with one:
        reconcile([*most, most[0]], policy, places=[most[0].place.place_id or 0])
    return whole, one


def bench(policy: str, size: Size) -> dict[str, float]:
    """Seconds by the clock and of the processor, milliseconds for one claim more, peak memory in MB."""
    whole, one = run_model(size) if policy == MODEL else run_rule(policy, size)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": whole.seconds,
        "processor_seconds": whole.processor,
        "one_claim_ms": 1000 * one.seconds,
        "peak_mb": peak,
    }


def alone(policy: str, size: Size) -> dict[str, float]:
    """The same in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(bench, (policy, size))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--settlements", type=int, default=30_000)
    parser.add_argument("--days", type=int, default=1_000)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--parties", type=int, choices=range(2, len(PARTIES) + 2), default=2)
    parser.add_argument("--policy", choices=[*POLICIES, MODEL], action="append")
    options = parser.parse_args(arguments)
    size = Size(settlements=options.settlements, days=options.days, claims=options.claims, parties=options.parties)
    for policy in options.policy or [MODEL, *POLICIES]:
        found = alone(policy, size)
        print(f"{policy:<22}" + "".join(f"{name} {value:>9.1f}   " for name, value in found.items()), flush=True)


if __name__ == "__main__":
    main()

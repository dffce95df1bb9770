"""Properties of any ledger under any sequence of appends: order, repetition, the past, both databases, both ways of asking."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.ledger import Ledger
from reportedly.ledger.arrays import claim_table
from reportedly.model import Reading, Report

from .cases import FIRST, MACHINE, make_claim, make_reading, make_report

HOUR = dt.timedelta(hours=1)
READERS = (MACHINE, "reportedly/0.2.0+test", "person:Olena", "person:Ihor")
Step = tuple[Report, Reading | None]
COUNTER = itertools.count()


def step(number: int, version: int, reader: int | None, place: int, corrects: int | None) -> Step:
    report = make_report(
        number, text=f"Version {version} of story {number}.", published=FIRST + HOUR * (number + 3 * version),
        corrects=f"https://news.example/{corrects}" if corrects is not None else None,
    )  # fmt: skip
    if reader is None:
        return report, None
    return report, make_reading(report, make_claim(report, place_id=100 + place), reader=READERS[reader])


STEPS = st.lists(
    st.builds(
        step, st.integers(0, 3), st.integers(0, 2), st.one_of(st.none(), st.integers(0, 3)), st.integers(0, 2),
        st.one_of(st.none(), st.none(), st.integers(0, 3)),
    ),
    max_size=10,
)  # fmt: skip
QUIET = settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def fresh(folder: Path) -> Ledger:
    return Ledger.open(folder / f"{next(COUNTER)}.sqlite")


def fill(ledger: Ledger, steps: Sequence[Step], begin: dt.datetime = FIRST + 20 * HOUR) -> None:
    """One step an hour, by the clock of recording."""
    for number, item in enumerate(steps):
        ledger.append([item], when=begin + number * HOUR)


def answers(ledger: Ledger) -> Iterator[list[str]]:
    for hours in (None, 0, 21, 24, 27, 40):
        yield [c.id for c in ledger.claims(as_of=None if hours is None else FIRST + hours * HOUR)]


@QUIET
@given(STEPS, st.randoms(use_true_random=False))
def test_in_one_transaction_order_and_repetition_do_not_matter(
    tmp_path: Path, steps: list[Step], chance: random.Random
) -> None:
    reports = {
        r.id: r for r, _ in reversed(steps)
    }  # one report an id: what it corrects is told once, and the first telling stands
    firsts = {
        (r.id, g.reader if g else None): (reports[r.id], g) for r, g in reversed(steps)
    }  # one reading a reader: else the later stands
    once = list(firsts.values())
    people = {r.id for r, g in once if g and g.by_person}
    once = [
        (r, g)
        for r, g in once
        if g is None or (g.reader in ("person:Olena", MACHINE) and (g.by_person or r.id not in people))
    ]
    shuffled = [*once, *once]
    chance.shuffle(shuffled)
    with fresh(tmp_path) as one, fresh(tmp_path) as other:
        one.append(once, when=FIRST)
        other.append(shuffled, when=FIRST)
        assert {c.id for c in one.claims()} == {c.id for c in other.claims()}
        assert one.counts() == other.counts()


@QUIET
@given(STEPS, STEPS)
def test_the_past_as_of_never_changes(tmp_path: Path, before: list[Step], after: list[Step]) -> None:
    with fresh(tmp_path) as ledger:
        fill(ledger, before)
        moment = FIRST + 20 * HOUR + len(before) * HOUR
        told = [c.id for c in ledger.claims(as_of=moment)]
        for number, item in enumerate(after):
            ledger.append([item], when=moment + HOUR * (1 + number))
        assert [c.id for c in ledger.claims(as_of=moment)] == told
        ledger.verify()


@QUIET
@given(STEPS)
def test_columns_and_narrow_and_wide_questions_agree(tmp_path: Path, steps: list[Step]) -> None:
    with fresh(tmp_path) as ledger:
        fill(ledger, steps)
        rows = claim_table(ledger).to_pylist()
        for hours in (0, 21, 24, 27, 40):
            moment = FIRST + hours * HOUR
            at = round(moment.timestamp() * 1e6)
            wide = [c.id for c in ledger.claims(as_of=moment)]
            assert sorted(r["id"] for r in rows if r["known_from"] <= at < r["known_to"]) == sorted(wide)
            assert [c.id for c in ledger.claims(as_of=moment, limit=1000)] == wide
            assert ledger.count_claims(as_of=moment) == len(wide)
            narrow = [c.id for place in (100, 101, 102) for c in ledger.claims(as_of=moment, place_ids=[place])]
            assert sorted(narrow) == sorted(wide)


@QUIET
@given(STEPS, STEPS)
def test_columns_kept_in_a_file_are_those_of_the_ledger(tmp_path: Path, before: list[Step], after: list[Step]) -> None:
    with fresh(tmp_path) as ledger:
        kept = tmp_path / f"kept-{ledger.engine.url.database.rpartition('/')[2]}"
        fill(ledger, before)
        assert claim_table(ledger, cache=kept).to_pylist() == claim_table(ledger).to_pylist()
        fill(ledger, after, FIRST + 60 * HOUR)
        assert claim_table(ledger, cache=kept).to_pylist() == claim_table(ledger).to_pylist()  # read on from the file
        assert claim_table(ledger, cache=kept).to_pylist() == claim_table(ledger).to_pylist()  # the file alone


@pytest.mark.postgres
@QUIET
@given(STEPS)
def test_sqlite_and_postgres_agree(tmp_path: Path, postgres_url: str, steps: list[Step]) -> None:
    with fresh(tmp_path) as one, Ledger.open(postgres_url) as other:
        with other.engine.begin() as connection:
            names = "claim_places, claims, statements, unresolved, readings, reports, coverage"
            connection.execute(sa.text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        fill(one, steps)
        fill(other, steps)
        assert list(answers(one)) == list(answers(other))
        assert claim_table(one).to_pylist() == claim_table(other).to_pylist()
        assert (one.head(), one.counts(), list(one.coverage())) == (
            other.head(),
            other.counts(),
            list(other.coverage()),
        )
        assert one.verify() == other.verify()

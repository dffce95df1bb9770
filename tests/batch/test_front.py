from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reportedly.batch.front import LedgerFront
from reportedly.knowledge import Knowledge
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.ledger import Ledger
from reportedly.read import read_report, reader_name
from tests.ledger.cases import FIRST, make_claim, make_reading, make_report

BAKHMUT, LYMAN = 713174, 704204
DAY = FIRST.date()


@pytest.fixture
def book(base_gazetteer_path: Path) -> Gazetteer:
    return Gazetteer.open(base_gazetteer_path)


def keep(ledger: Ledger, hours: int, *places: int, when: dt.datetime | None = None) -> None:
    report = make_report(hours)
    claims = [make_claim(report, place) for place in places]
    ledger.append([(report, make_reading(report, *claims))], when=when)


def test_a_day_is_read_with_what_was_published_before_it(tmp_path: Path, book: Gazetteer) -> None:
    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        keep(ledger, 0, BAKHMUT)
        keep(ledger, 24, LYMAN)
        front = LedgerFront(ledger, book)
        assert [len(front.before(DAY + dt.timedelta(days=n))) for n in (0, 1, 2, 400)] == [0, 1, 2, 0]


def test_what_a_run_adds_changes_nothing_for_the_run(tmp_path: Path, book: Gazetteer) -> None:
    start = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        keep(ledger, 0, BAKHMUT, when=start - dt.timedelta(hours=1))
        front = LedgerFront(ledger, book, as_of=start)
        keep(ledger, 1, LYMAN, when=start + dt.timedelta(hours=1))
        assert len(front.before(DAY + dt.timedelta(days=5))) == 1


def test_a_reading_says_that_it_looked_at_the_front_and_teaches_it_nothing(
    tmp_path: Path, base_gazetteer_path: Path
) -> None:
    knowledge = Knowledge.load()
    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        keep(ledger, 0, BAKHMUT)
        memory = LedgerFront(ledger, knowledge.gazetteer).before(DAY + dt.timedelta(days=3))
        report = make_report(72, text="Russian forces captured Lyman and Siversk, the ministry said.")
        first, again = (read_report(report, knowledge, memory=memory) for _ in range(2))
        assert first == again
        assert first.claims
        assert len(memory) == 1
        assert first.reader == reader_name(knowledge, front=True)
        assert first.reader.endswith("+front")

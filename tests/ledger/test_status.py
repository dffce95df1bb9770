"""A status does not depend on which database the claims lie in: SQLite, PostgreSQL and claims never stored agree, for every policy."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from reportedly.ledger import Ledger
from reportedly.model import Attribution, Claim, Polarity, Relation, Status, Time
from reportedly.reconcile import POLICIES, reconcile
from reportedly.reconcile.by_model import Baseline

from ..reconcile.cases import VILLAGES
from ..reconcile.test_by_model import N
from .cases import FIRST, make_claim, make_reading, make_report

START = FIRST.date()
PLACES = tuple(range(44, 58))
BASELINE = Baseline(name="made up", day=START, state={i: "RU" if i > N // 2 else "UA" for i in range(1, N + 1)})


def told(seed: int, number: int = 60) -> list[tuple[Any, Claim]]:
    """Reports of two months with a claim each, on villages about the line, in an order that chance gives."""
    draw = random.Random(seed)
    found = []
    for n in range(number):
        report = make_report(n, published=FIRST + dt.timedelta(hours=draw.randrange(24 * 60)))
        day = report.published.date()
        time = Time(words="on a day", edtf=day.isoformat(), lower=day, upper=day + dt.timedelta(days=1))
        side = draw.choice([None, "RU", "UA"])
        claim = make_claim(
            report, place_id=draw.choice(PLACES), party=draw.choice(["RU", "UA"]), relation=draw.choice(list(Relation)),
            polarity=draw.choice([Polarity.STATED, Polarity.STATED, Polarity.DENIED]), valid=draw.choice([None, time]),
            attribution=Attribution(source=f"speaker of {side}" if side else "narrator", side=side),
        )  # fmt: skip
        found.append((report, claim))
    draw.shuffle(found)
    return found


def statuses(claims: Sequence[Claim], policy: str, as_of: dt.datetime | None) -> list[Status]:
    """The statuses of all villages in question by one policy."""
    more: dict[str, Any] = {"gazetteer": VILLAGES, "baseline": BASELINE} if policy == "model" else {}
    day = START + dt.timedelta(days=70)
    return reconcile(claims, policy, places=PLACES, valid_at=day, as_of=as_of, **more)


@pytest.mark.parametrize("policy", [*POLICIES, "model"])
def test_each_database_gives_the_status_of_the_claims_themselves(url: str, policy: str) -> None:
    pairs = told(5)
    with Ledger.open(url) as ledger:
        for report, claim in pairs:
            ledger.append([(report, make_reading(report, claim))], when=FIRST + dt.timedelta(days=90))
        stored = ledger.claims()
        assert len(stored) == len({c.id for _, c in pairs})
    claims = [dataclasses.replace(c) for _, c in pairs]
    for moment in (None, FIRST + dt.timedelta(days=20)):
        assert statuses(stored, policy, moment) == statuses(claims, policy, moment)


@pytest.mark.postgres
@pytest.mark.parametrize("policy", [*POLICIES, "model"])
def test_sqlite_and_postgres_agree_whatever_the_order_of_arrival(
    postgres_url: str, url: str, tmp_path: Path, policy: str
) -> None:
    if url.startswith("sqlite"):
        pytest.skip("compares both; runs once, with PostgreSQL")
    pairs = told(9)
    found = []
    for address, order in ((f"sqlite:///{tmp_path / 'other.sqlite'}", pairs), (url, pairs[::-1])):
        with Ledger.open(address) as ledger:
            ledger.append(
                [(report, make_reading(report, claim)) for report, claim in order], when=FIRST + dt.timedelta(days=90)
            )
            found.append([statuses(ledger.claims(as_of=m), policy, m) for m in (None, FIRST + dt.timedelta(days=100))])
    assert found[0] == found[1]

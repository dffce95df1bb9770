"""The model as a policy over a ledger's claims, on a made-up country of one region."""

from __future__ import annotations

import datetime as dt

import pytest

from reportedly.errors import QueryError
from reportedly.model import Claim, PlaceRef, Relation, Span, State
from reportedly.reconcile import reconcile
from reportedly.reconcile.by_model import Baseline, run_model

from .cases import VILLAGES

START = dt.date(2023, 1, 1)
N = 100


def claim(place: int, party: str, day: int) -> Claim:
    return Claim(
        report_id=f"r{place}{day}", published=dt.datetime.combine(START + dt.timedelta(days=day), dt.time(), dt.UTC),
        publisher="Gazette", relation=Relation.TAKES, party=party, place=PlaceRef(words="V", place_id=place), span=Span(start=0, end=3), quote="",
    )  # fmt: skip


@pytest.fixture
def baseline() -> Baseline:
    return Baseline(name="made up", day=START, state={i: "RU" if i > N // 2 else "UA" for i in range(1, N + 1)})


def test_two_clocks_and_a_baseline(baseline: Baseline) -> None:
    told = [claim(50, "RU", 5), claim(50, "UA", 20)]
    ask = {"gazetteer": VILLAGES, "baseline": baseline, "places": [50, 90, 7]}
    (seven, fifty, ninety) = reconcile(told, "model", valid_at=START + dt.timedelta(days=10), **ask)  # type: ignore[arg-type]
    assert (fifty.party, ninety.party, seven.party) == ("RU", "RU", "UA")
    assert fifty.claims_for == (told[0].id,)
    (_, back, _) = reconcile(told[::-1] + told, "model", valid_at=START + dt.timedelta(days=40), **ask)  # type: ignore[arg-type]
    assert (back.party, back.since) == ("UA", START + dt.timedelta(days=20))
    early = dt.datetime.combine(START + dt.timedelta(days=8), dt.time(), dt.UTC)
    (_, then, _) = reconcile(told, "model", valid_at=START + dt.timedelta(days=40), as_of=early, **ask)  # type: ignore[arg-type]
    assert then.party == "RU", "what was not yet published counts for nothing"


def test_without_baseline_and_claims_nobody_is_heard_of() -> None:
    (status,) = reconcile([], "model", places=[7], gazetteer=VILLAGES)
    assert (status.state, status.last_heard) == (State.UNKNOWN, None)


def test_the_model_asks_for_the_gazetteer() -> None:
    with pytest.raises(QueryError, match="gazetteer"):
        reconcile([], "model")


def test_changes_for_the_map_name_their_claims(baseline: Baseline) -> None:
    _, changes = run_model([claim(50, "RU", 5)], VILLAGES, baseline=baseline)
    (change,) = [c for c in changes if c.day > START]
    assert (change.place_id, change.party, change.inferred) == (50, "RU", False)
    assert change.claim == claim(50, "RU", 5)

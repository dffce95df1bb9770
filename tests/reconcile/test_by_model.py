"""The model as a policy over a ledger's claims, on a made-up country of one region."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from reportedly.errors import QueryError
from reportedly.model import Claim, Place, PlaceKind, PlaceRef, Relation, Span, State
from reportedly.reconcile import reconcile
from reportedly.reconcile.by_model import Baseline, run_model

START = dt.date(2023, 1, 1)
N = 100


class Gazetteer:
    """A hundred villages in a row, 2 km apart, west to east."""

    def region(self, code: str) -> Any:
        return SimpleNamespace(id=900) if code == "UA" else None

    def regions(self, country: str | None = None) -> tuple[Place, ...]:
        return ()

    def members(self, region_id: int) -> frozenset[int]:
        return frozenset(range(1, N + 1)) if region_id == 900 else frozenset()

    def array(self, name: str) -> Any:
        return {
            "place.id": np.arange(1, N + 1), "place.lat": np.full(N, 48.0), "place.lon": 37 + np.arange(N) * 2 / 74.4,
            "place.population": np.zeros(N, np.int64),
        }[name]  # fmt: skip

    def settlements(self, country: str | None = None) -> Any:
        nothing = np.empty(0)
        return SimpleNamespace(lat=nothing, lon=nothing, admin1=np.empty(0, "U4"), id=nothing)

    def polygon(self, region_id: int) -> str | None:
        return None

    def place(self, place_id: int) -> Place | None:
        return Place(id=place_id, name="V", kind=PlaceKind.SETTLEMENT, lat=48.0, lon=37.0, feature="PPL", country="UA")


def claim(place: int, party: str, day: int) -> Claim:
    return Claim(
        report_id=f"r{place}{day}", published=dt.datetime.combine(START + dt.timedelta(days=day), dt.time(), dt.UTC),
        publisher="Gazette", relation=Relation.TAKES, party=party, place=PlaceRef(words="V", place_id=place), span=Span(start=0, end=3), quote="",
    )  # fmt: skip


@pytest.fixture
def baseline() -> Baseline:
    return Baseline(name="made up", day=START, state={i: "RU" if i > N // 2 else "UA" for i in range(1, N + 1)})


def test_two_clocks_and_a_baseline(baseline: Baseline) -> None:
    gazetteer: Any = Gazetteer()
    told = [claim(50, "RU", 5), claim(50, "UA", 20)]
    ask = {"gazetteer": gazetteer, "baseline": baseline, "places": [50, 90, 7]}
    (seven, fifty, ninety) = reconcile(told, "model", valid_at=START + dt.timedelta(days=10), **ask)  # type: ignore[arg-type]
    assert (fifty.party, ninety.party, seven.party) == ("RU", "RU", "UA")
    assert fifty.claims_for == (told[0].id,)
    (_, back, _) = reconcile(told[::-1] + told, "model", valid_at=START + dt.timedelta(days=40), **ask)  # type: ignore[arg-type]
    assert (back.party, back.since) == ("UA", START + dt.timedelta(days=20))
    early = dt.datetime.combine(START + dt.timedelta(days=8), dt.time(), dt.UTC)
    (_, then, _) = reconcile(told, "model", valid_at=START + dt.timedelta(days=40), as_of=early, **ask)  # type: ignore[arg-type]
    assert then.party == "RU", "what was not yet published counts for nothing"


def test_without_baseline_and_claims_nobody_is_heard_of() -> None:
    gazetteer: Any = Gazetteer()
    (status,) = reconcile([], "model", places=[7], gazetteer=gazetteer)
    assert (status.state, status.last_heard) == (State.UNKNOWN, None)


def test_the_model_asks_for_the_gazetteer() -> None:
    with pytest.raises(QueryError, match="gazetteer"):
        reconcile([], "model")


def test_changes_for_the_map_name_their_claims(baseline: Baseline) -> None:
    gazetteer: Any = Gazetteer()
    _, changes = run_model([claim(50, "RU", 5)], gazetteer, baseline=baseline)
    (change,) = [c for c in changes if c.day > START]
    assert (change.place_id, change.party, change.inferred) == (50, "RU", False)
    assert change.claim == claim(50, "RU", 5)

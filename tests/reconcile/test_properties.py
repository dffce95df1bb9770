"""What holds for every policy, the model included: order, repetition, the past, and the ledger's two databases."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.model import Claim, PlaceKind, Status
from reportedly.reconcile import POLICIES, reconcile
from reportedly.reconcile.by_model import Baseline

from .cases import VILLAGES, say
from .test_by_model import N

ALL = (*POLICIES, "model")
FIRST = dt.date(2024, 1, 1)
BASELINE = Baseline(name="made up", day=FIRST, state={i: "RU" if i > N // 2 else "UA" for i in range(1, N + 1)})
PLACES = tuple(range(40, 61))
DAYS = st.dates(FIRST + dt.timedelta(days=1), FIRST + dt.timedelta(days=60)).map(str)
TIMES = st.one_of(
    st.none(),
    st.tuples(DAYS, st.none()),
    st.tuples(st.none(), DAYS),
    st.tuples(DAYS, DAYS).filter(lambda pair: pair[0] < pair[1]),
)
CLAIMS = st.lists(
    st.builds(
        say, st.sampled_from(["holds", "takes", "loses", "contests", "advances"]), st.sampled_from(["RU", "UA"]), DAYS,
        source=st.sampled_from(["narrator", "A", "B"]), side=st.sampled_from([None, "RU", "UA"]), denied=st.booleans(),
        place=st.integers(44, 57), extent=st.sampled_from(["whole", "part", "percent:90"]), publisher=st.sampled_from(["P", "Q"]),
        valid=TIMES, certainty=st.sampled_from(["certain", "probable", "possible"]),
    ),
    max_size=15,
)  # fmt: skip


def ask(claims: list[Claim], policy: str, **options: Any) -> list[Status]:
    """The statuses of the places in question."""
    more: dict[str, Any] = {"gazetteer": VILLAGES, "baseline": BASELINE} if policy == "model" else {}
    options.setdefault("valid_at", FIRST + dt.timedelta(days=70))
    return reconcile(claims, policy, places=PLACES, **more, **options)


@pytest.mark.parametrize("policy", ALL)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(claims=CLAIMS, data=st.data())
def test_order_and_repetition_make_no_difference(policy: str, claims: list[Claim], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(claims))
    again = data.draw(st.lists(st.sampled_from(claims), max_size=5)) if claims else []
    assert ask([*again, *shuffled], policy) == ask(claims, policy)


@pytest.mark.parametrize("policy", ALL)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(claims=CLAIMS, later=CLAIMS, split=st.integers(1, 60))
def test_what_comes_later_does_not_change_the_past(
    policy: str, claims: list[Claim], later: list[Claim], split: int
) -> None:
    moment = dt.datetime.combine(FIRST + dt.timedelta(days=split), dt.time(13), dt.UTC)
    known = [c for c in claims if c.published <= moment]
    new = [c for c in later if c.published > moment]
    assert ask([*new, *known], policy, as_of=moment) == ask(known, policy, as_of=moment)


@pytest.mark.parametrize("policy", ALL)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(claims=CLAIMS)
def test_every_status_says_why_and_its_shares_make_a_whole(policy: str, claims: list[Claim]) -> None:
    told = {c.id for c in claims}
    for status in ask(claims, policy):
        assert status.reasons
        assert {*status.claims_for, *status.claims_against} <= told
        shares = [p.p for p in status.probabilities]
        assert all(0 <= p <= 1 for p in shares)
        assert sum(shares) <= 1.001


@pytest.mark.parametrize("policy", ALL)
def test_a_claim_on_nothing_of_ours_changes_nothing(policy: str) -> None:
    told = [say("takes", "RU", "2024-01-05", place=50), say("holds", "UA", "2024-01-09", place=49)]
    river = say("takes", "RU", "2024-01-07", place=50)
    other = dataclasses.replace(river, place=dataclasses.replace(river.place, kind=PlaceKind.OTHER, place_id=None))
    assert ask([*told, other], policy) == ask(told, policy)

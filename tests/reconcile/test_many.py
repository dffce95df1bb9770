"""Several parties: one field each, put together; with two parties it is the one model and gives what that gives."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.model import Attribution, Claim, PlaceRef, Polarity, Relation, Span, State
from reportedly.reconcile.by_model import parties_of, run_model, status_by_model, theatres
from reportedly.reconcile.field import Ground
from reportedly.reconcile.many import ManyModel
from reportedly.reconcile.spread import SpreadModel

from .cases import RowGazetteer

START = dt.date(2023, 1, 1)
N = 60
HOME = "Home"
THREE = ("North", "South", HOME)


@pytest.fixture(scope="module")
def ground() -> Ground:
    """Villages in a row, 2 km apart."""
    return Ground.make(np.arange(1, N + 1), np.full(N, 48.0), 37 + np.arange(N) * 2 / 74.4)


def claim(
    place: int, party: str, relation: Relation = Relation.TAKES, *, day: int = 1, side: str | None = None, denied: bool = False,
    publisher: str = "Gazette",
) -> Claim:  # fmt: skip
    """One claim on a village, published some days after the start."""
    said = Attribution(source=f"speaker of {side}", side=side) if side else Attribution()
    return Claim(
        report_id=f"r{place}-{party}-{day}-{publisher}", published=dt.datetime.combine(START + dt.timedelta(days=day), dt.time(), dt.UTC),
        publisher=publisher, relation=relation, party=party, place=PlaceRef(words="V", place_id=place, probability=1.0),
        span=Span(start=0, end=3), quote="", attribution=said, polarity=Polarity.DENIED if denied else Polarity.STATED,
    )  # fmt: skip


def run(model: Any, claims: list[Claim], until: int) -> list[Any]:
    """Go through the days; return the changes."""
    found = []
    for day in range(1, until + 1):
        today = [c for c in claims if (c.published.date() - START).days == day]
        found += model.advance(START + dt.timedelta(days=day), today)
    return found


TOLD = st.builds(
    claim,
    st.integers(25, 36),
    st.sampled_from(["North", HOME]),
    st.sampled_from(list(Relation)),
    day=st.integers(1, 20),
    side=st.sampled_from([None, "North", HOME]),
    denied=st.booleans(),
    publisher=st.sampled_from(["Gazette", "Courier"]),
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(TOLD, max_size=25))
def test_with_two_parties_it_gives_what_the_one_model_gives(ground: Ground, claims: list[Claim]) -> None:
    one = SpreadModel(ground, parties=("North", HOME))
    many = ManyModel([ground], parties=("North", HOME))
    state = {i: "North" if i > N // 2 else HOME for i in range(1, N + 1)}
    one.start(START, state)
    many.start(START, state)
    assert run(many, claims, 40) == run(one, claims, 40)
    for place in range(1, N + 1):
        assert many.status(place) == one.status(place)


def test_each_party_holds_what_it_took_and_home_the_rest(ground: Ground) -> None:
    many = ManyModel([ground, ground], parties=THREE)
    changes = run(many, [claim(10, "North"), claim(50, "South"), claim(30, HOME)], 3)
    assert {(c.place_id, c.party) for c in changes} == {(10, "North"), (50, "South")}
    for place, party in ((10, "North"), (50, "South"), (30, HOME)):
        status = many.status(place)
        assert (status.state, status.party) == (State.HELD, party)
        shares = {p.party: p.p for p in status.probabilities}
        assert max(shares, key=lambda k: shares[k]) == party
        assert sum(shares.values()) == pytest.approx(1, abs=0.001)
    assert many.status(40).state is State.UNKNOWN, "nobody has said anything of it"


def test_ground_goes_from_one_party_to_another(ground: Ground) -> None:
    many = ManyModel([ground, ground], parties=THREE)
    changes = run(many, [claim(10, "North"), claim(10, "South", day=20)], 40)
    assert [(c.party, (c.day - START).days) for c in changes] == [("North", 1), ("South", 20)]
    assert many.status(10).claims_for == (claim(10, "South", day=20).id,)


def test_a_loss_told_of_one_says_nothing_of_a_third(ground: Ground) -> None:
    many = ManyModel([ground, ground], parties=THREE)
    told = [claim(10, "North"), claim(12, "South"), claim(10, "North", Relation.LOSES, day=20)]
    assert [c.party for c in run(many, told, 40)] == ["North", "South", HOME]
    shares = {p.party: p.p for p in many.status(10).probabilities}
    assert shares["South"] < 0.1


def test_two_that_are_said_to_have_it_are_disputed(ground: Ground) -> None:
    many = ManyModel([ground, ground], parties=THREE)
    run(many, [claim(10, "North", day=3), claim(10, "South", day=5, publisher="Courier")], 6)
    status = many.status(10)
    assert status.state is State.DISPUTED
    assert {p.party for p in status.probabilities} == set(THREE)


def test_ground_that_two_fields_claim_alike_is_contested(ground: Ground) -> None:
    many = ManyModel([ground, ground], parties=THREE)
    row = ground.index[20]
    for model, depth in zip(many.models, (2.0, 1.8), strict=True):
        model.field.depth[row] = depth
        model.heard[row] = 1
    assert many.status(20).state is State.CONTESTED
    many.models[1].field.depth[row] = -5.0
    assert many.status(20).state is State.HELD


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    st.lists(
        st.builds(
            claim, st.integers(20, 40), st.sampled_from(THREE), st.sampled_from(list(Relation)), day=st.integers(1, 20)
        ),
        max_size=25,
    )
)
def test_probabilities_exclude_one_another(ground: Ground, claims: list[Claim]) -> None:
    many = ManyModel([ground, ground], parties=THREE)
    run(many, claims, 25)
    shares = many.probability(np.arange(N))
    assert np.allclose(shares.sum(axis=1), 1)
    assert np.all((shares > 0) & (shares < 1))


def test_a_war_of_several_parties_is_told_by_its_claims() -> None:
    gazetteer: Any = RowGazetteer("SY", N, lat=35.0, step=10 / 91.0)
    told = [
        claim(5, "HTS"),
        claim(30, "Islamic State"),
        claim(50, "Syria", day=2),
        claim(6, "the group"),
        claim(99, "HTS"),
    ]
    assert list(theatres(told, gazetteer)) == ["SY"]
    assert theatres(told, gazetteer)["SY"].parties == ("HTS", "Islamic State", "Syria")
    found = {s.place_id: s for s in status_by_model(told, gazetteer)}
    assert {k: s.party for k, s in found.items()} == {5: "HTS", 6: None, 30: "Islamic State", 50: "Syria"}
    (elsewhere,) = status_by_model(told, gazetteer, places=[99])
    assert "not among the settlements" in elsewhere.reasons[0]


def test_an_unknown_name_is_a_party_only_if_enough_is_told_of_it() -> None:
    some = [claim(k, "Valley Front", day=k) for k in (1, 2)]
    assert parties_of(some, "SY", range(1, N)) == ("anybody", "Syria")
    assert parties_of([*some, claim(3, "Valley Front")], "SY", range(1, N)) == ("Valley Front", "Syria")
    assert parties_of([], "UA", ()) == ("RU", "UA")
    assert parties_of([], "SD", ()) == ("RSF", "Sudan")


def test_towns_far_apart_are_not_doubted_for_lying_deep() -> None:
    gazetteer: Any = RowGazetteer("SY", N, lat=35.0, step=10 / 91.0)
    told = [claim(5, "HTS"), claim(8, "HTS", day=5)]
    _, changes = run_model(told, gazetteer, country="SY")
    assert [(c.place_id, c.party) for c in changes] == [(5, "HTS"), (8, "HTS")]

"""Status by policy: what each policy is for, and what no policy may do."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import QueryError
from reportedly.model import Claim, State
from reportedly.reconcile import POLICIES, history, reconcile

from .cases import REGION, TOWN, VILLAGE, say

DAY = dt.date(2024, 5, 20)


DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2024, 6, 1)).map(str)
CLAIMS = st.lists(
    st.builds(
        say, st.sampled_from(["holds", "takes", "loses", "contests", "advances"]), st.sampled_from(["RU", "UA"]), DAYS,
        source=st.sampled_from(["narrator", "A", "B", "C"]), side=st.sampled_from([None, "RU", "UA"]), denied=st.booleans(),
        place=st.sampled_from([TOWN, VILLAGE, REGION]), extent=st.sampled_from(["whole", "part", "percent:90", "all_but:2"]),
        publisher=st.sampled_from(["P", "Q"]),
    ),
    max_size=12,
)  # fmt: skip


def one(claims: list[Claim], policy: str = "last claim wins", day: dt.date = DAY, place: int = TOWN, **options: object):
    return reconcile(claims, policy, valid_at=day, places=[place], **options)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize("policy", POLICIES)
def test_one_word_is_enough_to_say_held_and_never_certain(policy: str) -> None:
    status = one([say("takes", "RU", "2024-05-01")], policy)
    assert (status.state, status.party) == (State.HELD, "RU")
    assert 0.5 < status.probabilities[0].p <= 1.0
    assert status.claims_for
    assert not status.claims_against


@pytest.mark.parametrize("policy", POLICIES)
def test_a_later_change_replaces_an_earlier_one(policy: str) -> None:
    claims = [say("takes", "RU", "2024-03-01", source="A"), say("takes", "UA", "2024-05-01", source="B")]
    assert one(claims, policy).party == "UA"
    assert one(claims, policy, day=dt.date(2024, 4, 1)).party == "RU"


@pytest.mark.parametrize("policy", POLICIES)
def test_nobody_says_is_unknown_not_no_change(policy: str) -> None:
    status = one([say("takes", "RU", "2024-06-01")], policy)
    assert (status.state, status.last_heard) == (State.UNKNOWN, None)


def test_a_denial_of_the_same_days_makes_it_disputed() -> None:
    claims = [
        say("takes", "RU", "2024-05-18", source="Ministry R", side="RU"),
        say("takes", "RU", "2024-05-19", source="Staff U", side="UA", denied=True),
    ]
    status = one(claims)
    assert status.state == State.DISPUTED
    assert {len(status.claims_for), len(status.claims_against)} == {1}


def test_ten_copies_of_one_word_are_one_vote() -> None:
    copies = [
        say("takes", "RU", "2024-05-18", source="Ministry R", side="RU", publisher=f"Paper {n}") for n in range(10)
    ]
    others = [say("holds", "UA", "2024-05-19", source=name) for name in ("Staff U", "Mayor", "Monitor", "Analyst")]
    assert one([*copies, *others], "majority of voices").party == "UA"


def test_a_word_against_the_speakers_own_side_counts_most() -> None:
    claims = [
        say("takes", "RU", "2024-05-18", source="Ministry R", side="RU"),
        say("holds", "RU", "2024-05-18", source="Blogger R", side="RU"),
        say("holds", "UA", "2024-05-18", source="Veteran R", side="RU"),
    ]
    status = one(claims, "against interest")
    chances = {p.party: p.p for p in status.probabilities}
    assert chances["UA"] > chances["RU"]


def test_fighting_that_all_tell_of_is_contested() -> None:
    claims = [say("contests", "RU", "2024-05-18", source=name) for name in ("A", "B")]
    assert one(claims).state == State.CONTESTED


def test_a_village_said_to_be_free_disputes_the_whole_region() -> None:
    claims = [
        say(
            "takes",
            "RU",
            "2024-05-15",
            source="Governor",
            side="RU",
            place=REGION,
            extent="percent:100",
            words="Example region",
        ),
        say("holds", "UA", "2024-05-16", source="Reporters", within=REGION, words="two villages"),
    ]
    status = one(claims, place=REGION)
    assert status.state == State.DISPUTED
    assert any("two villages" in reason for reason in status.reasons)


def test_a_region_speaks_for_the_places_nobody_named_and_says_so() -> None:
    claims = [
        say("takes", "RU", "2024-05-15", place=REGION, words="Example region"),
        say("holds", "UA", "2024-05-16", place=TOWN, source="B"),
    ]
    found = {
        s.place_id: s
        for s in reconcile(claims, valid_at=DAY, places=[TOWN, VILLAGE], members=lambda _: {TOWN, VILLAGE})
    }
    assert (found[TOWN].party, found[TOWN].inferred) == ("UA", False)
    assert (found[VILLAGE].party, found[VILLAGE].inferred) == ("RU", True)


def test_a_title_or_an_adjective_speaks_for_no_settlement_of_the_region() -> None:
    claims = [say("holds", "RU", "2024-05-15", place=REGION, words="Example region", form="presupposed")]
    inside = {TOWN, VILLAGE}
    found = {s.place_id: s for s in reconcile(claims, valid_at=DAY, places=[TOWN, REGION], members=lambda _: inside)}
    assert (found[TOWN].state, found[REGION].party) == (State.UNKNOWN, "RU")
    claims.append(say("takes", "RU", "2024-05-16", place=REGION, words="Example region"))
    assert one(claims, members=lambda _: inside).inferred


def test_a_region_taken_later_takes_the_towns_last_heard_of_before() -> None:
    claims = [
        say("holds", "RU", "2024-03-01", source="Monitor"),
        say("takes", "UA", "2024-05-10", source="Staff U", place=REGION, words="Example region"),
    ]
    inside = {TOWN, VILLAGE}
    town = one(claims, members=lambda _: inside)
    assert (town.party, town.inferred) == ("UA", True)
    again = [*claims, say("holds", "RU", "2024-05-12", source="Monitor")]
    town = one(again, members=lambda _: inside)
    assert (town.party, town.inferred) == ("RU", False)


def test_history_spreads_a_regions_changes_to_the_settlements_nobody_named() -> None:
    claims = [
        say("takes", "RU", "2024-03-01", source="A", place=REGION, words="Example region"),
        say("takes", "UA", "2024-05-10", source="B", place=REGION, words="Example region"),
        say("takes", "UA", "2024-04-01", source="C"),
    ]
    found = history(claims, members=lambda _: {TOWN, VILLAGE, 103})
    told = {
        place: [(s.valid_at.isoformat(), s.party, s.inferred) for s in found if s.place_id == place]
        for place in (TOWN, VILLAGE, 103)
    }
    assert told[VILLAGE] == told[103] == [("2024-03-01", "RU", True), ("2024-05-10", "UA", True)]
    assert told[TOWN] == [("2024-03-01", "RU", True), ("2024-04-01", "UA", False)]


@settings(max_examples=40, deadline=None)
@given(CLAIMS, st.sampled_from(sorted(POLICIES)))
def test_history_is_what_reconcile_says_day_by_day(claims: list[Claim], policy: str) -> None:
    inside = {TOWN, VILLAGE, 103}
    told = history(claims, policy, places=inside, members=lambda _: inside)
    for day in (dt.date(2024, 2, 1), dt.date(2024, 4, 15), dt.date(2024, 6, 10)):
        for status in reconcile(claims, policy, valid_at=day, places=inside, members=lambda _: inside):
            last = [s for s in told if s.place_id == status.place_id and s.valid_at <= day]
            expected = (last[-1].state, last[-1].party) if last else (State.UNKNOWN, None)
            assert (status.state, status.party) == expected


def test_as_of_knows_only_what_was_published() -> None:
    claims = [
        say("takes", "RU", "2024-05-01"),
        say("takes", "UA", "2024-05-10", source="B", valid=("2024-05-02", "2024-05-03")),
    ]
    early = dt.datetime(2024, 5, 5, tzinfo=dt.UTC)
    assert one(claims, as_of=early).party == "RU"
    assert one(claims).party == "UA"


def test_an_unknown_policy_names_those_there_are() -> None:
    with pytest.raises(QueryError, match="last claim wins"):
        reconcile([], "flip a coin")


def test_annexation_is_a_declaration_not_a_holder() -> None:
    assert one([say("annexes", "RU", "2024-05-15")]).state == State.UNKNOWN


@settings(max_examples=60, deadline=None)
@given(CLAIMS, st.randoms(use_true_random=False), st.sampled_from(sorted(POLICIES)))
def test_order_of_arrival_and_repetition_do_not_matter(claims: list[Claim], chance, policy: str) -> None:
    shuffled = [*claims, *claims[:3]]
    chance.shuffle(shuffled)
    assert reconcile(claims, policy, valid_at=DAY) == reconcile(shuffled, policy, valid_at=DAY)
    assert history(claims, policy) == history(shuffled, policy)


@settings(max_examples=60, deadline=None)
@given(CLAIMS, CLAIMS, st.dates(dt.date(2024, 1, 1), dt.date(2024, 6, 1)), st.sampled_from(sorted(POLICIES)))
def test_the_past_as_of_never_changes(before: list[Claim], more: list[Claim], day: dt.date, policy: str) -> None:
    moment = dt.datetime.combine(day, dt.time(23), dt.UTC)
    later = [c for c in more if c.published > moment]
    assert reconcile(before, policy, valid_at=day, as_of=moment) == reconcile(
        [*before, *later], policy, valid_at=day, as_of=moment
    )


@settings(max_examples=60, deadline=None)
@given(CLAIMS, st.sampled_from(sorted(POLICIES)))
def test_probabilities_are_probabilities(claims: list[Claim], policy: str) -> None:
    for status in reconcile(claims, policy, valid_at=DAY):
        assert all(0 <= p.p <= 1 for p in status.probabilities)
        assert sum(p.p for p in status.probabilities) <= 1.0001
        assert (status.party is not None) == (status.state == State.HELD)


def test_the_newest_claim_that_is_named_is_one_on_the_place_itself() -> None:
    town = say("takes", "RU", "2023-05-20", source="Leader", side="RU")
    villages = say("takes", "UA", "2023-09-18", within=TOWN, words="two villages")
    status = reconcile([town, villages], "last claim wins", places=[TOWN])[0]
    assert any("2023-05-20, by Leader" in reason for reason in status.reasons), status.reasons

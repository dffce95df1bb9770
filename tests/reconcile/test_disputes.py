"""Disputes of each kind, what is no dispute, and declarations made twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from reportedly.model import Claim, DisputeKind, DisputeState
from reportedly.reconcile import find_disputes, find_redeclarations

from .cases import REGION, TOWN, say
from .test_control import CLAIMS


def kinds(claims: list[Claim], **options: object) -> list[DisputeKind]:
    return [d.kind for d in find_disputes(claims, **options)]  # type: ignore[arg-type]


R = {"source": "Ministry R", "side": "RU"}
U = {"source": "Staff U", "side": "UA"}


def test_a_denial() -> None:
    claims = [say("takes", "RU", "2024-05-18", **R), say("takes", "RU", "2024-05-19", **U, denied=True)]
    (dispute,) = find_disputes(claims)
    assert dispute.kind == DisputeKind.DENIAL
    assert sorted(len(side) for side in dispute.sides) == [1, 1]
    assert "Staff U denies" in dispute.reason


def test_opposite_holders() -> None:
    claims = [say("takes", "RU", "2024-05-18", **R), say("holds", "UA", "2024-05-20", **U)]
    assert kinds(claims) == [DisputeKind.OPPOSITE_HOLDERS]


def test_a_change_that_follows_is_succession_not_dispute() -> None:
    assert kinds([say("takes", "RU", "2024-05-10", **R), say("takes", "UA", "2024-05-18", **U)]) == []
    assert kinds([say("holds", "UA", "2024-05-10", **U), say("takes", "RU", "2024-05-18", **R)]) == []


def test_the_whole_against_two_villages_and_against_a_percentage() -> None:
    whole = say("takes", "RU", "2024-05-15", **R, place=REGION, extent="percent:100", words="Example region")
    villages = say("holds", "UA", "2024-05-16", source="Reporters", within=REGION, words="two villages")
    less = say("holds", "RU", "2024-05-17", **U, place=REGION, extent="percent:98", words="Example region")
    (dispute,) = find_disputes([whole, villages, less])
    assert dispute.kind == DisputeKind.EXTENT_CLASH
    assert dispute.place_name == "Example region"
    assert {i for side in dispute.sides for i in side} == {whole.id, villages.id, less.id}


def test_a_town_outside_the_stated_whole() -> None:
    claims = [
        say("takes", "RU", "2024-05-15", **R, place=REGION, words="Example region"),
        say("holds", "UA", "2024-05-16", **U),
    ]
    assert kinds(claims, members=lambda region: {TOWN} if region == REGION else set()) == [
        DisputeKind.PART_OUTSIDE_WHOLE
    ]
    assert kinds(claims) == []


def test_two_dates_for_one_event() -> None:
    claims = [
        say("takes", "RU", "2024-05-20", **R, valid=("2024-05-10", "2024-05-11")),
        say("takes", "RU", "2024-05-21", **U, valid=("2024-05-16", "2024-05-17")),
    ]
    assert kinds(claims) == [DisputeKind.DATE_CLASH]
    overlapping = say("takes", "RU", "2024-05-21", **U, valid=("2024-05-01", "2024-06-01"))
    assert kinds([claims[0], overlapping]) == []


def test_months_apart_is_no_dispute() -> None:
    assert kinds([say("takes", "RU", "2024-01-18", **R), say("holds", "UA", "2024-05-20", **U)]) == []


@pytest.mark.parametrize(
    ("later", "state"),
    [
        (say("holds", "RU", "2024-06-02", **U), DisputeState.RESOLVED),
        (say("takes", "UA", "2024-07-20", source="Monitor"), DisputeState.SUPERSEDED),
        (say("contests", "RU", "2024-06-02", **U), DisputeState.OPEN),
    ],
)
def test_what_later_claims_make_of_it(later: Claim, state: DisputeState) -> None:
    claims = [say("takes", "RU", "2024-05-18", **R), say("holds", "UA", "2024-05-20", **U), later]
    (dispute,) = [d for d in find_disputes(claims) if d.first.month == 5]
    assert dispute.state == state
    assert (later.id in dispute.settled_by) == (state != DisputeState.OPEN)


def test_a_declaration_repeated_after_a_reversal() -> None:
    first = say(
        "takes",
        "RU",
        "2025-07-03",
        source="Reporters",
        place=REGION,
        valid=("2022-01-01", "2023-01-01"),
        words="Example region",
    )
    back = say(
        "takes",
        "UA",
        "2025-07-03",
        source="Reporters",
        place=REGION,
        valid=("2022-09-01", "2022-10-01"),
        extent="part",
        words="Example region",
    )
    again = say(
        "takes",
        "RU",
        "2025-07-03",
        **R,
        place=REGION,
        valid=(None, "2025-07-02"),
        extent="percent:100",
        words="Example region",
    )
    (found,) = find_redeclarations([again, back, first])
    assert (found.earlier, found.later, found.reversals) == (first.id, again.id, (back.id,))
    assert "reversal" in found.reason


def test_the_same_news_a_week_later_is_no_redeclaration() -> None:
    assert (
        find_redeclarations([say("takes", "RU", "2024-05-10", **R), say("takes", "RU", "2024-05-17", source="Paper")])
        == []
    )


@settings(max_examples=60, deadline=None)
@given(CLAIMS)
def test_disputes_do_not_depend_on_order_or_repetition(claims: list[Claim]) -> None:
    assert find_disputes(claims) == find_disputes([*reversed(claims), *claims])
    assert find_redeclarations(claims) == find_redeclarations([*reversed(claims), *claims])


def declared_twice() -> list[Claim]:
    """A region announced as taken in July 2022 and again in July 2025."""
    region = {"place": REGION, "words": "Example region"}
    return [say("takes", "RU", "2022-07-03", **R, **region), say("takes", "RU", "2025-07-01", **R, **region)]  # type: ignore[arg-type]


def within(region: int) -> set[int]:
    return {TOWN, 102} if region == REGION else set()


def test_villages_without_names_taken_back_reverse_a_part() -> None:
    told = declared_twice()
    some = say("takes", "UA", "2022-09-20", source="Reporters", within=REGION, words="two villages")
    (found,) = find_redeclarations([*told, some])
    assert found.reversals == (some.id,)
    assert "parts of it told as lost" in found.reason
    remain = say("holds", "UA", "2022-09-20", source="Reporters", within=REGION, words="two villages")
    (found,) = find_redeclarations([*told, remain])
    assert "no reversal told of" in found.reason, "villages that remained were never lost"


def test_a_named_settlement_of_the_region_taken_back_reverses_a_part() -> None:
    told = declared_twice()
    back = say("takes", "UA", "2022-07-08", **U)
    later = say("holds", "UA", "2022-09-19", **U)
    (found,) = find_redeclarations([back, *told, later], members=within)
    assert found.reversals == (back.id, later.id)
    assert "parts of it told as lost" in found.reason
    soon = say("holds", "UA", "2022-07-05", **U)
    denied = say("takes", "UA", "2022-09-19", **R, denied=True)
    elsewhere = say("takes", "UA", "2022-09-19", **U, place=777)
    (found,) = find_redeclarations([*told, soon, denied, elsewhere], members=within)
    assert found.reversals == (), (
        "two days later it contradicts the declaration; a denial and another region reverse nothing"
    )

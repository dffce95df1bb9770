"""What a text says of itself: what adds up, what does not, and what cannot be told."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from reportedly.model import Claim, DisputeKind, Report, Span
from reportedly.reconcile import arithmetic_disputes, check_arithmetic

from .cases import REGION, say


def report(text: str, day: str = "2025-07-03") -> Report:
    return Report(
        publisher="Example Agency", published=dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC), text=text
    )


def verdicts(text: str, day: str = "2025-07-03") -> list[tuple[str, bool]]:
    return [(c.kind, c.holds) for c in check_arithmetic(report(text, day))]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("The siege took 14 months, from May 2023 to July 2024.", True),
        ("The siege took 24 months, from May 2023 to July 2024.", False),
        ("From 3 March 2024 to 24 March 2024, three weeks, nobody left.", True),
        ("From 3 March 2024 to 24 March 2024, six weeks, nobody left.", False),
        ("The town fell in April 2022 and was retaken in September of that year. In the intervening 33 months they came back.", True),
        ("The town fell in April 2022 and was retaken in September of that year. In the intervening 20 months they came back.", False),
        ("It goes on more than three years after the full-scale invasion began.", True),
    ],
)  # fmt: skip
def test_durations(text: str, holds: bool) -> None:
    assert ("duration", holds) in verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        "The town fell nine days after the full-scale invasion began.",  # of its own day, not the report's
        "They fought for 12 months and hope for spring 2026.",
        "Sentenced to ten years, he left on 3 March 2024.",
        "Two weeks ago the village was lost.",
    ],
)
def test_what_has_no_two_ends_is_not_judged(text: str) -> None:
    assert not [c for c in check_arithmetic(report(text)) if c.kind == "duration"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The village fell on Wednesday, July 2, 2025.", [("weekday", True)]),
        ("The village fell on Friday, July 2, 2025.", [("weekday", False)]),
        ("The village fell.", []),
    ],
)
def test_weekdays(text: str, expected: list[tuple[str, bool]]) -> None:
    assert verdicts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They took three villages: Alfina, Betino and Gamivka.", [("count", True)]),
        ("They took four villages: Alfina, Betino and Gamivka.", [("count", False)]),
        ("Two villages, Alfina and Betino, were lost.", [("count", True)]),
        ("They took four villages, including Alfina and Betino.", []),
        ("They took two villages, Kyiv said on the phone.", []),
        ("About ten villages, Alfina and Betino, were lost.", []),
    ],
)
def test_counts(text: str, expected: list[tuple[str, bool]]) -> None:
    assert verdicts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They hold 65 per cent of the region, the others the remaining 35 per cent.", [("percentage", True)]),
        ("They hold 65 per cent of the region, the others the remaining 45 per cent.", [("percentage", False)]),
        ("They hold 12 of the 48 villages (25 per cent).", [("percentage", True)]),
        ("They hold 12 of the 48 villages (40 per cent).", [("percentage", False)]),
        ("Prices rose by 130 per cent.", []),
        ("They hold 130 per cent of Alfina region.", [("percentage", False)]),
    ],
)
def test_percentages(text: str, expected: list[tuple[str, bool]]) -> None:
    assert verdicts(text) == expected


def claim_on(rep: Report, party: str, percent: float, span: tuple[int, int]) -> Claim:
    made = say(
        "holds",
        party,
        "2025-07-03",
        source="Monitor",
        place=REGION,
        extent=f"percent:{percent:g}",
        words="Example region",
    )
    return dataclasses.replace(made, report_id=rep.id, published=rep.published, span=Span(start=span[0], end=span[1]))


def test_shares_of_one_place_by_one_source_are_at_most_a_hundred() -> None:
    rep = report("The north holds the most of it. The south holds the most of it.")
    over = [claim_on(rep, "N", 70, (0, 31)), claim_on(rep, "S", 60, (32, 63))]
    (check,) = check_arithmetic(rep, over)
    assert not check.holds
    assert "130 in all" in check.reason
    assert check_arithmetic(rep, [over[0], claim_on(rep, "S", 30, (32, 63))])[0].holds


def test_only_what_fails_where_something_is_claimed_is_a_dispute() -> None:
    text = "They took four villages: Alfina, Betino and Gamivka. On Friday, July 2, 2025, it rained."
    rep = report(text)
    claim = claim_on(rep, "N", 70, (0, 52))
    checks = check_arithmetic(rep)
    assert [c.holds for c in checks] == [False, False]
    (dispute,) = arithmetic_disputes(checks, [claim])
    assert dispute.kind is DisputeKind.ARITHMETIC
    assert dispute.sides == ((claim.id,),)
    assert "four are counted, 3 are named" in dispute.reason


def test_hostile_text_is_read_in_time() -> None:
    for text in (
        "9" * 50_000,
        "three villages: " + "Aa, " * 20_000,
        "12 of 48 " * 10_000,
        "one two three months " * 5_000,
    ):
        check_arithmetic(report(text))


@pytest.mark.shared
def test_the_report_that_all_started_from(shared) -> None:
    text = (shared / "seed/report.txt").read_text(encoding="utf-8")
    checks = {(c.kind, c.words): c.holds for c in check_arithmetic(report(text))}
    assert checks == {
        ("weekday", "Thursday"): True,
        ("duration", "33 months"): True,
        ("duration", "more than three years"): True,
    }

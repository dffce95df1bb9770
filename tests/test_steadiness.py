"""Changes that leave claims alone are good English, and name the claims of the changed sentence."""

from __future__ import annotations

import pytest
from evaluation.changes import CHANGES, Case, load_cases
from evaluation.measure_steadiness import ASKED
from evaluation.rewordings import REWORDINGS

CASE = Case("Russian forces captured Lyman after a week, the mayor said.", ("takes RU + Lyman | mayor",))
PLAIN = Case("Russian forces entered Lyman with tanks.", ("contests RU + Lyman | narrator",))


@pytest.mark.parametrize(
    ("name", "case", "text"),
    [
        ("the town of", PLAIN, "Russian forces entered the town of Lyman with tanks."),
        ("which lies", PLAIN, "Russian forces entered Lyman, which lies on a river, with tanks."),
        ("opens by a day", PLAIN, "On Monday, Russian forces entered Lyman with tanks."),
        ("ends with who says so", PLAIN, "Russian forces entered Lyman with tanks, the regional governor said."),
        ("according to, before", CASE, "According to the mayor, Russian forces captured Lyman after a week."),
        ("seized for captured", CASE, "Russian forces seized Lyman after a week, the mayor said."),
    ],
)
def test_a_change_reads_well(name: str, case: Case, text: str) -> None:
    changed = CHANGES[name](case)
    assert changed is not None
    assert changed.text == text


@pytest.mark.parametrize(
    ("name", "case", "text"),
    [
        ("who tells, with that", CASE, "The mayor said that Russian forces captured Lyman after a week."),
        ("who tells, in the middle", CASE, "Russian forces, the mayor said, captured Lyman after a week."),
        (
            "wrote on Telegram that",
            CASE,
            "The mayor wrote on Telegram that Russian forces captured Lyman after a week.",
        ),
        ("the Russian army", PLAIN, "The Russian army entered Lyman with tanks."),
        ("was captured by", CASE, "Lyman was captured by Russian forces after a week, the mayor said."),
        ("wrested control of for took", CASE, "Russian forces wrested control of Lyman after a week, the mayor said."),
    ],
)
def test_a_rewording_reads_well(name: str, case: Case, text: str) -> None:
    changed = REWORDINGS[name](case)
    assert changed is not None
    assert changed.text == text
    assert changed.claims == case.claims


def test_swapped_sides_change_the_claims_as_well() -> None:
    changed = REWORDINGS["sides swapped"](PLAIN)
    assert changed is not None
    assert changed == Case("Ukrainian forces entered Lyman with tanks.", ("contests UA + Lyman | narrator",))


def test_another_speaker_is_expected_where_one_is_put() -> None:
    changed = REWORDINGS["aid workers tells"](CASE)
    assert changed is not None
    assert changed.claims == ("takes RU + Lyman | aid workers",)


def test_another_place_changes_the_claims_as_well() -> None:
    changed = CHANGES["a place of two words"](PLAIN)
    assert changed is not None
    assert changed.claims == ("contests RU + Velyka Novosilka | narrator",)


def test_a_change_that_does_not_fit_is_left_out() -> None:
    assert CHANGES["ends with a day"](CASE) is None
    assert CHANGES["opens by who says that"](CASE) is None


def test_every_change_is_asked_of_some_sentence() -> None:
    cases = load_cases()
    assert [name for name, change in ASKED.items() if not any(change(case) for case in cases)] == []

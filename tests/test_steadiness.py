"""Changes that leave claims alone are good English, and name the claims of the changed sentence."""

from __future__ import annotations

import pytest
from evaluation.changes import CHANGES, Case, load_cases

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


def test_another_place_changes_the_claims_as_well() -> None:
    changed = CHANGES["a place of two words"](PLAIN)
    assert changed is not None
    assert changed.claims == ("contests RU + Velyka Novosilka | narrator",)


def test_a_change_that_does_not_fit_is_left_out() -> None:
    assert CHANGES["ends with a day"](CASE) is None
    assert CHANGES["opens by who says that"](CASE) is None


def test_every_change_is_asked_of_some_sentence() -> None:
    cases = load_cases()
    assert [name for name, change in CHANGES.items() if not any(change(case) for case in cases)] == []

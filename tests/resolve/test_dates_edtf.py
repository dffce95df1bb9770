"""EDTF to bounds and back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import InputError
from reportedly.resolve.dates import edtf_bounds, edtf_of, parse_edtf

DATES = st.dates(min_value=dt.date(1500, 1, 1), max_value=dt.date(2199, 12, 31))


@pytest.mark.parametrize(
    ("edtf", "lower", "upper"),
    [
        ("2022-05-09", "2022-05-09", "2022-05-10"),
        ("2022-05", "2022-05-01", "2022-06-01"),
        ("2022-12", "2022-12-01", "2023-01-01"),
        ("2022", "2022-01-01", "2023-01-01"),
        ("199X", "1990-01-01", "2000-01-01"),
        ("18XX", "1800-01-01", "1900-01-01"),
        ("2022-09/2022-11", "2022-09-01", "2022-12-01"),
        ("2022-10/2025-07", "2022-10-01", "2025-08-01"),
        ("2026-01/2026-02-23", "2026-01-01", "2026-02-24"),
        ("../2025-07-03", None, "2025-07-04"),
        ("2022-05/..", "2022-05-01", None),
        ("/2025-07-03", None, "2025-07-04"),
        ("2022-22", "2022-06-01", "2022-09-01"),
        ("2022-24", "2022-12-01", "2023-03-01"),
        ("2022-33", "2022-01-01", "2022-04-01"),
        ("2022-05-09~", "2022-05-09", "2022-05-10"),
    ],
)
def test_bounds(edtf: str, lower: str | None, upper: str | None) -> None:
    assert edtf_bounds(edtf) == (
        dt.date.fromisoformat(lower) if lower else None,
        dt.date.fromisoformat(upper) if upper else None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2022-13",
        "2022-02-30",
        "2022-5-9",
        "../..",
        "/",
        "2023/2022",
        "2022-05-09/2022-05-08",
        "199X-05",
        "2022" * 40,
        "9999-12/9999-13",
    ],
)
def test_what_is_no_edtf_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InputError, match=r"EDTF|calendar|open on both|ends before"):
        parse_edtf(text)


@given(DATES, st.integers(min_value=1, max_value=4000))
def test_writing_and_reading_are_inverse(first: dt.date, length: int) -> None:
    last = first + dt.timedelta(days=length)
    assert edtf_bounds(edtf_of(first, last)) == (first, last)


@given(st.integers(1500, 2150), st.integers(1, 12), st.integers(1, 60))
def test_whole_months_are_written_as_months(year: int, month: int, n: int) -> None:
    first = dt.date(year, month, 1)
    after = year * 12 + month - 1 + n
    text = edtf_of(first, dt.date(after // 12, after % 12 + 1, 1))
    assert all(len(side) <= 7 for side in text.split("/"))


@given(DATES)
def test_open_sides(day: dt.date) -> None:
    assert edtf_bounds(edtf_of(None, day)) == (None, day)
    assert edtf_bounds(edtf_of(day, None)) == (day, None)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parsed = parse_edtf(text)
    except InputError:
        return
    assert parsed.lower is not None or parsed.upper is not None
    if parsed.lower and parsed.upper:
        assert parsed.lower < parsed.upper

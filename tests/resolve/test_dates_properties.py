"""What must hold for any time found in any text."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportedly.resolve.dates import edtf_bounds, find_times, patterns

DATES = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2090, 12, 31))
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
PIECES = [
    *MONTHS,
    "Sept. 3",
    "May 5",
    "5 to 9 May",
    "2014",
    "31 February",
    "yesterday",
    "last week",
    "next year",
    "two days ago",
    "several weeks earlier",
    "the same day",
    "that year",
    "the day before",
    "since",
    "until",
    "between",
    "and",
    "from",
    "to",
    "-",
    "of",
    "in",
    "early",
    "mid-",
    "the end of",
    "will",
    "said",
    "Monday",
    "next Friday",
    "last Sunday",
    "3:00 pm ET",
    "at 14:00 Kyiv time",
    "the 1990s",
    "the 19th century",
    "winter of 2022-2023",
    "this summer",
    "the past 24 hours",
    "the last three months",
    "the intervening 33 months",
    "recent weeks",
    "99999 years ago",
    "900 decades ago",
    "troops",
    "2,000",
    ",",
    ".",
    "the first anniversary of",
    "Q3 2022",
    "the second half of the year",
    "12.05.2021",
    "2022-05-09T11:00:00+02:00",
    "two and a half years ago",
    "İ",
    "\u00ad",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)


@example("the day before in January", dt.date(2024, 6, 15), "")
@given(TEXTS, DATES, TEXTS)
def test_bounds_agree_with_edtf_and_spans_with_words(text: str, published: dt.date, context: str) -> None:
    reach = 0
    for found in find_times(text, published=published, context=context):
        assert found.span is not None
        assert found.edtf is not None
        assert text[found.span.start : found.span.end] == found.words
        assert found.span.start >= reach
        reach = found.span.end
        lower, upper = edtf_bounds(found.edtf)
        if found.lower and lower:
            assert found.lower >= lower
        if found.upper and upper:
            assert found.upper <= upper
        if found.lower and found.upper:
            assert found.lower < found.upper
        assert found.reason


@given(st.text(max_size=300), DATES)
def test_any_text_is_read(text: str, published: dt.date) -> None:
    find_times(text, published=published)


@given(
    st.sampled_from(
        [
            "yesterday",
            "last week",
            "two days ago",
            "a few weeks ago",
            "last Monday",
            "on Monday",
            "in July",
            "on May 5, it fell",
            "last summer",
            "this week",
            "this month",
            "this year",
            "over the weekend",
            "the past 24 hours",
            "recent months",
            "overnight",
            "last night",
            "late last year",
            "last December",
        ]
    ),
    DATES,
)
def test_what_news_tells_of_the_past_is_never_after_publication(words: str, published: dt.date) -> None:
    (found,) = find_times(f"The town was taken {words} by force.", published=published)
    assert found.lower is None or found.lower <= published + dt.timedelta(days=14 * (words.startswith("on May")))
    if not words.startswith(("in July", "on May")):
        assert found.upper is not None
        assert found.upper <= published + dt.timedelta(days=1)


@given(st.sampled_from(MONTHS), st.integers(1, 28), st.integers(1900, 2090), DATES)
def test_full_dates_mean_themselves_in_either_order(month: str, day: int, year: int, published: dt.date) -> None:
    expected = dt.date(year, MONTHS.index(month) + 1, day).isoformat()
    for words in (f"{month} {day}, {year}", f"{day} {month} {year}", f"the {day}th of {month} {year}", expected):
        (found,) = find_times(f"It fell on {words}, they say.", published=published)
        assert found.edtf == expected


@given(DATES)
def test_days_ago_and_weekday_agree(published: dt.date) -> None:
    for back in range(7):
        day = published - dt.timedelta(days=back)
        name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][day.weekday()]
        (found,) = find_times(f"He left on {name}.", published=published)
        assert found.lower == day


@given(TEXTS)
def test_the_gate_in_front_of_the_patterns_loses_nothing(text: str) -> None:
    gate = f"(?={patterns._GATE})"
    assert gate in patterns._ANY.pattern
    every = re.compile(patterns._ANY.pattern.replace(gate, ""))
    low = text.lower()
    assert [m.span() for m in patterns._ANY.finditer(low)] == [m.span() for m in every.finditer(low)]


@pytest.mark.parametrize(
    "text",
    [
        "a " * 60_000,
        "1" * 100_000,
        "May " * 30_000,
        "the " * 30_000,
        "2022-" * 20_000,
        " " * 100_000,
        "two and a half " * 9_000,
        "5, " * 30_000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = time.perf_counter()
    find_times(text, published=dt.date(2022, 5, 12))
    assert time.perf_counter() - began < 10

"""Every construct of times in sentences of our own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reportedly.resolve.dates import find_times

D = dt.date(2022, 5, 12)  # a Thursday


def values(text: str, published: dt.date = D, context: str = "") -> list[tuple[str, str | None]]:
    return [(t.words, t.edtf) for t in find_times(text, published=published, context=context)]


def edtf(text: str, published: dt.date = D, context: str = "") -> str | None:
    found = values(text, published, context)
    assert len(found) == 1, found
    return found[0][1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whole dates
        ("The bridge was crossed on April 6, 2022.", "2022-04-06"),
        ("The bridge was crossed on 6 April 2022.", "2022-04-06"),
        ("The bridge was crossed on the 6th of April 2022.", "2022-04-06"),
        ("The log entry of 2022-04-06 says so.", "2022-04-06"),
        ("The log entry of 16.04.2022 says so.", "2022-04-16"),
        ("They met on Wednesday, April 6, 2022, in the town hall.", "2022-04-06"),
        ("The order of Sept. 10, 2021 stands.", "2021-09-10"),
        ("The paper of 03/04/2022 is lost.", "2022-03-04/2022-04-03"),
        # without a year
        ("The village changed hands on April 6.", "2022-04-06"),
        ("The village changed hands on December 30.", "2021-12-30"),
        ("The village changed hands early on the morning of May 5.", "2022-05-05"),
        ("Elections will be held on June 20.", "2022-06-20"),
        # partial
        ("The town fell in March 2021.", "2021-03"),
        ("The town fell in July.", "2021-07"),
        ("The town fell in early March.", "2022-03"),
        ("The town fell at the end of March.", "2022-03"),
        ("The town fell in mid-2019.", "2019"),
        ("The town fell in 2014.", "2014"),
        ("The 2014 war left its mark.", "2014"),
        ("The harvest failed in the summer of 2021.", "2021-06/2021-08"),
        ("They came back in the second half of 2021.", "2021-07/2021-12"),
        ("They came back in the third quarter of 2021.", "2021-07/2021-09"),
        ("It dates from the 1990s.", "199X"),
        ("It dates from the 19th century.", "18XX"),
        ("It was rebuilt last December.", "2021-12"),
        # relative to publication
        ("Troops left yesterday.", "2022-05-11"),
        ("Troops left the day before yesterday.", "2022-05-10"),
        ("Troops left a couple of days ago.", "2022-05-10"),
        ("Troops left two days ago.", "2022-05-10"),
        ("Troops left last week.", "2022-05-02/2022-05-08"),
        ("Troops left last month.", "2022-04"),
        ("Troops left last year.", "2021"),
        ("Troops left earlier this month.", "2022-05"),
        ("Troops left late last year.", "2021"),
        ("Troops left three months ago.", "2022-02"),
        ("Troops left nearly eight years ago.", "2014"),
        ("Troops left this week.", "2022-05-09/2022-05-12"),
        ("Troops left over the weekend.", "2022-05-07/2022-05-08"),
        ("Nothing moved in the past 24 hours.", "2022-05-11/2022-05-12"),
        ("Nothing moved in the last three days.", "2022-05-09/2022-05-12"),
        ("Nothing moved over the past two months.", "2022-03/2022-05"),
        ("Drones came overnight.", "2022-05-11/2022-05-12"),
        ("Much was lost in recent weeks.", "../2022-05-12"),
        ("Much was lost in the past few days.", "../2022-05-12"),
        ("Much was lost last summer.", "2021-06/2021-08"),
        ("The market reopened on the first anniversary of the flood.", "2021-05-12"),
        # weekdays
        ("He spoke on Thursday.", "2022-05-12"),
        ("He spoke on Monday.", "2022-05-09"),
        ("He spoke on Friday night.", "2022-05-06"),
        ("He spoke last Thursday.", "2022-05-05"),
        ("He will speak on Friday.", "2022-05-13"),
        ("The vote is next Monday.", "2022-05-16"),
        ("On Friday, the two ministers will meet.", "2022-05-13"),
        ("He said on Tuesday of last week that it was over.", "2022-05-03"),
        # ranges
        ("They fought between March and May 2021.", "2021-03/2021-05"),
        ("They fought from 5 to 9 May.", "2022-05-05/2022-05-09"),
        ("They fought on April 6-7.", "2022-04-06/2022-04-07"),
        ("They fought on April 10 and 11.", "2022-04-10/2022-04-11"),
        ("They fought from March 31 to April 2.", "2022-03-31/2022-04-02"),
        ("They fought from November to March.", "2021-11/2022-03"),
        ("They fought from 2014 until 2016.", "2014/2016"),
        ("They fought in the 2014-2015 campaign.", "2014/2015"),
        ("They struck on the night of May 3 to 4.", "2022-05-03/2022-05-04"),
        # limits
        ("The road is closed since March 3.", "2022-03-03/.."),
        ("The road was closed until March 3.", "../2022-03-03"),
        ("The road was open by March 3.", "../2022-03-03"),
        ("The road was open before 2021.", "../2021"),
        ("The road was open as of March 3.", "2022-03-03"),
        ("The road was open after March 3.", "2022-03-03/.."),
        # counted from a time beside it
        ("They came two days before March 3.", "2022-03-01"),
        ("They came the day after March 3.", "2022-03-04"),
        # clock times
        ("The siren went at 11:30 pm ET on May 3.", "2022-05-04"),
        ("The siren went at 3:00 pm EST on February 24.", "2022-02-24"),
        ("The siren went on May 4 at 01:30 Kyiv time.", "2022-05-03"),
        ("The siren went at 5 am.", "2022-05-12"),
    ],
)
def test_value(text: str, expected: str) -> None:
    assert edtf(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The brigade may withdraw.",
        "May the best side win.",
        "Columns march north at dawn.",
        "The 24th Brigade holds the ridge.",
        "Some 2,000 troops crossed.",
        "About 2000 troops crossed.",
        "A column of 2014 vehicles was counted.",
        "The T-2014 never flew.",
        "The drill lasted three months.",
        "He was jailed for 10 years.",
        "The spring offensive stalled.",
        "They fall back to the river.",
        "Decision No. 1945 was read out.",
        "Three years after the flood the school stands empty.",
        "",
    ],
)
def test_not_a_time(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was taken in 2019 and lost in September of that year.", ["2019", "2019-09"]),
        ("It was taken on March 3, 2021. The mayor fled the same day.", ["2021-03-03", "2021-03-03"]),
        ("It was taken on March 3, 2021. The mayor had fled two days earlier.", ["2021-03-03", "2021-03-01"]),
        ("It was taken on March 3, 2021, and lost three days later.", ["2021-03-03", "2021-03-06"]),
        ("It was taken on March 3, 2021. The day before, the mayor fled.", ["2021-03-03", "2021-03-02"]),
        ("It was taken on March 3, 2021. The following day it burned.", ["2021-03-03", "2021-03-04"]),
        ("It was taken in March 2021 and lost the following month.", ["2021-03", "2021-04"]),
        ("It was taken in 2019 and lost the following year.", ["2019", "2020"]),
        ("It was retaken in June 2021, and in the intervening 11 months little moved.", ["2021-06", "2021-07/2022-05"]),
    ],
)
def test_relative_to_the_text(text: str, expected: list[str]) -> None:
    assert [v for _, v in values(text)] == expected


def test_context_sets_the_reference_but_yields_no_times() -> None:
    assert values("It fell in September of that year.", context="The town was stormed in 2019.") == [
        ("September of that year", "2019-09")
    ]


def test_words_and_bounds() -> None:
    (time,) = find_times("It fell in early June 2021, they say.", published=D)
    assert time.words == "early June 2021"
    assert (time.edtf, time.lower, time.upper) == ("2021-06", dt.date(2021, 6, 1), dt.date(2021, 6, 11))


def test_the_last_months_begin_on_the_same_day() -> None:
    (time,) = find_times("It was the second such step within the past month.", published=dt.date(2025, 7, 3))
    assert (time.edtf, time.lower, time.upper) == ("2025-06/2025-07", dt.date(2025, 6, 3), dt.date(2025, 7, 4))


@pytest.mark.shared
def test_seed_report(shared: Path) -> None:
    text = (shared / "seed/report.txt").read_text(encoding="utf-8")
    assert [v for _, v in values(text, dt.date(2025, 7, 3))] == [
        "2025-07-03", "2025-07-03", "2025-07-03", "2025-07-01", "2022", "2022-09", "2022-10/2025-07", "2025-06/2025-07", "2025-07-01", "2025-07-03",
    ]  # fmt: skip

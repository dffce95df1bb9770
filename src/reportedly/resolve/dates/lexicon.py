"""Words for time, from knowledge/data/times/en.toml, as tables and as pieces of regular expressions."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["UNITS", "alternatives", "lexicon", "number", "zone_offset"]

UNITS = {
    "second": 0,
    "minute": 0,
    "hour": 0,
    "night": 1,
    "day": 1,
    "week": 7,
    "fortnight": 14,
    "month": 30,
    "year": 365,
    "decade": 3650,
}
"""Units and about how many days each lasts; months, years and decades are counted on the calendar."""


@cache
def lexicon() -> Mapping[str, Any]:
    """The word lists, read once."""
    text = resources.files("reportedly.knowledge").joinpath("data/times/en.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, any white space between the parts of one."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


def number(words: str) -> tuple[float, float] | None:
    """How many a number in words or digits stands for, as a range: "three" (3, 3), "several" (3, 7); None if none.

    >>> number("a couple of"), number("33"), number("twenty-one"), number("two and a half")
    ((2, 2), (33, 33), (21, 21), (2.5, 2.5))
    """
    text = " ".join(words.split())
    digits = text.replace(",", "")
    if digits.isascii() and digits.isdigit():
        return int(digits), int(digits)
    known: Mapping[str, list[int]] = lexicon()["numbers"]
    if text in known:
        low, high = known[text]
        return low, high
    whole = re.sub(r"[\s-]+and[\s-]+(?:a[\s-]+)?half$", "", text)
    if whole != text:
        counted = number(whole)
        return (counted[0] + 0.5, counted[1] + 0.5) if counted else None
    tens, _, ones = text.partition("-")
    if tens in known and ones in known:
        return known[tens][0] + known[ones][0], known[tens][1] + known[ones][1]
    return None


def _last_sunday(year: int, month: int) -> dt.date:
    end = dt.date(year, month + 1, 1) - dt.timedelta(days=1)
    return end - dt.timedelta(days=(end.weekday() + 1) % 7)


def _nth_sunday(year: int, month: int, n: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(6 - first.weekday()) % 7 + 7 * (n - 1))


def zone_offset(zone: str, day: dt.date) -> int | None:
    """Minutes east of UTC of a named zone on a day, summer time by the rule of the zone; None if the zone is not known."""
    name = " ".join(zone.split())
    fixed: Mapping[str, int] = lexicon()["zones"]
    if name in fixed:
        return fixed[name]
    moving: Mapping[str, tuple[int, str]] = lexicon()["daylight_zones"]
    if name not in moving:
        return None
    standard, rule = moving[name]
    if rule == "eu":
        summer = _last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10)
    else:
        summer = _nth_sunday(day.year, 3, 2) <= day < _nth_sunday(day.year, 11, 1)
    return standard + 60 * summer

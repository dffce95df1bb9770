"""EDTF (ISO 8601-2, level 1 as far as news needs it) to and from half-open bounds in days.

Read: `2022`, `2022-05`, `2022-05-09`, `199X`, `18XX`, seasons `2022-21` .. `2022-24`, quarters `2022-33` .. `2022-36`, a trailing
`?`, `~` or `%`, and intervals of two of these, either side of which may be open (`..`) or unknown (empty).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from reportedly.errors import InputError

__all__ = ["Bounds", "Edtf", "add_months", "edtf_bounds", "edtf_of", "month_start", "parse_edtf"]

Bounds = tuple[dt.date | None, dt.date | None]

_DAY = dt.timedelta(days=1)
_POINT = re.compile(r"(\d{2}XX|\d{3}X|\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?")
_LONGEST = 64  # longest text worth looking at; two qualified days with a slash need 23


@dataclass(frozen=True, slots=True, kw_only=True)
class Edtf:
    """A parsed EDTF expression: its text and its bounds in days (half-open; None = open or unknown)."""

    text: str
    lower: dt.date | None
    upper: dt.date | None

    @property
    def interval(self) -> bool:
        """Whether it was written with a slash."""
        return "/" in self.text


def add_months(year: int, month: int, n: int) -> tuple[int, int]:
    """Move a month of a year by n months.

    >>> add_months(2022, 11, 3)
    (2023, 2)
    """
    at = year * 12 + month - 1 + n
    return at // 12, at % 12 + 1


def month_start(year: int, month: int) -> dt.date:
    """First day of a month; months above 12 or below 1 run over into other years."""
    return dt.date(*add_months(year, month, 0), 1)


def _point(text: str) -> tuple[dt.date, dt.date]:
    match = _POINT.fullmatch(text)
    if match is None:
        raise InputError(
            f"{text!r} is no EDTF date: write 2022, 2022-05, 2022-05-09, or two of them with a slash between."
        )
    year, part, day = match.groups()
    try:
        if "X" in year:
            if part:
                raise ValueError
            width = 100 if year.endswith("XX") else 10
            first = int(year.replace("X", "0"))
            return dt.date(first, 1, 1), dt.date(first + width, 1, 1)
        if part is None:
            return dt.date(int(year), 1, 1), dt.date(int(year) + 1, 1, 1)
        if day is not None:
            at = dt.date(int(year), int(part), int(day))
            return at, at + _DAY
        number = int(part)
        if number <= 12:
            return dt.date(int(year), number, 1), month_start(int(year), number + 1)
        months = {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3), 33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)}
        first, width = months[number]
        return month_start(int(year), first), month_start(int(year), first + width)
    except (ValueError, KeyError, OverflowError):
        raise InputError(f"{text!r} is no day, month, season or year of the calendar.") from None


def parse_edtf(text: str) -> Edtf:
    """Read an EDTF date or interval; raise InputError with what is wrong for anything else.

    >>> parse_edtf("../2025-07-03").upper
    datetime.date(2025, 7, 4)
    """
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise InputError("An EDTF date is a short text such as 2022-05-09 or 2022-09/2022-11.")
    if "/" not in text:
        lower, upper = _point(text)
        return Edtf(text=text, lower=lower, upper=upper)
    first, _, last = text.partition("/")
    low = None if first in ("..", "") else _point(first)[0]
    high = None if last in ("..", "") else _point(last)[1]
    if low is None and high is None:
        raise InputError(f"{text!r} is open on both sides and says nothing: leave the time out instead.")
    if low is not None and high is not None and low >= high:
        raise InputError(f"{text!r} ends before it begins.")
    return Edtf(text=text, lower=low, upper=high)


def edtf_bounds(edtf: str) -> Bounds:
    """Bounds of an EDTF date or interval in days: (lower, upper), half-open, None where open.

    >>> edtf_bounds("2022-09/2022-11")
    (datetime.date(2022, 9, 1), datetime.date(2022, 12, 1))
    """
    parsed = parse_edtf(edtf)
    return parsed.lower, parsed.upper


def edtf_of(lower: dt.date | None, upper: dt.date | None) -> str:
    """Write half-open bounds in the coarsest EDTF that says exactly them.

    >>> edtf_of(dt.date(2022, 9, 1), dt.date(2022, 12, 1))
    '2022-09/2022-11'
    """
    if lower is None and upper is None:
        raise InputError("A time that is open on both sides says nothing: leave it out instead.")
    if lower is None:
        return f"../{_iso(upper - _DAY)}" if upper else ""
    if upper is None:
        return f"{_iso(lower)}/.."
    if lower >= upper:
        raise InputError(f"A time must end after it begins, not {lower} to {upper}.")
    last = upper - _DAY
    if last == lower:
        return _iso(lower)
    if lower.day == 1 and upper.day == 1:
        if lower.month == 1 and upper.month == 1:
            first, after = lower.year, upper.year
            if after - first == 1:
                return f"{first:04d}"
            if after - first == 10 and first % 10 == 0:
                return f"{first // 10:03d}X"
            if after - first == 100 and first % 100 == 0:
                return f"{first // 100:02d}XX"
            return f"{first:04d}/{after - 1:04d}"
        if (lower.year, lower.month) == (last.year, last.month):
            return _iso(lower)[:7]
        return f"{_iso(lower)[:7]}/{_iso(last)[:7]}"
    return f"{_iso(lower)}/{_iso(last)}"


def _iso(day: dt.date) -> str:
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"

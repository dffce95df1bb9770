"""Values of times: intervals of days with a grain, and the arithmetic on them. All bounds are days, half-open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum

from reportedly.resolve.dates.edtf import add_months, edtf_of, month_start

__all__ = [
    "Grain",
    "Value",
    "day",
    "days",
    "decade",
    "month",
    "months",
    "narrowed",
    "open_after",
    "open_before",
    "shifted",
    "span",
    "week",
    "weekend",
    "year",
]

DAY = dt.timedelta(days=1)
FIRST, LAST = 1500, 2100  # years that a report of our time may speak of


class Grain(IntEnum):
    """How fine a time is, finest first."""

    DAY = 1
    WEEK = 2
    MONTH = 3
    SEASON = 4
    YEAR = 5
    DECADE = 6
    SPAN = 7


@dataclass(frozen=True, slots=True)
class Value:
    """An interval [lower, upper) of days as EDTF; `edtf` may be coarser than the bounds ("early June" is 2022-06)."""

    lower: dt.date | None
    upper: dt.date | None
    edtf: str
    grain: Grain
    reason: str = ""

    @property
    def first(self) -> dt.date:
        """The first day, or the last where the beginning is open."""
        if self.lower is not None:
            return self.lower
        assert self.upper is not None
        return self.upper - DAY

    @property
    def last(self) -> dt.date:
        """The last day, or the first where the end is open."""
        if self.upper is not None:
            return self.upper - DAY
        assert self.lower is not None
        return self.lower


def days(first: dt.date, last: dt.date, grain: Grain = Grain.SPAN, reason: str = "") -> Value:
    """Both days and those between."""
    if last < first:
        first, last = last, first
    upper = last + DAY
    return Value(first, upper, edtf_of(first, upper), Grain.DAY if first == last else grain, reason)


def day(at: dt.date, reason: str = "") -> Value:
    """One day."""
    return Value(at, at + DAY, at.isoformat(), Grain.DAY, reason)


def week(at: dt.date, reason: str = "") -> Value:
    """The week, Monday to Sunday, around a day."""
    monday = at - DAY * at.weekday()
    return days(monday, monday + 6 * DAY, Grain.WEEK, reason)


def weekend(at: dt.date, reason: str = "") -> Value:
    """Saturday and Sunday of the week around a day."""
    saturday = at + DAY * (5 - at.weekday())
    return days(saturday, saturday + DAY, Grain.DAY, reason)


def months(y: int, m: int, n: int, grain: Grain, reason: str = "") -> Value:
    """N months beginning with a month."""
    lower, upper = month_start(y, m), month_start(y, m + n)
    return Value(lower, upper, edtf_of(lower, upper), grain, reason)


def month(y: int, m: int, reason: str = "") -> Value:
    """One month; numbers beyond 12 or below 1 run over into other years."""
    return months(y, m, 1, Grain.MONTH, reason)


def year(y: int, reason: str = "") -> Value:
    """One year."""
    return months(y, 1, 12, Grain.YEAR, reason)


def decade(y: int, n: int = 10, reason: str = "") -> Value:
    """N years beginning with a year."""
    return months(y, 1, 12 * n, Grain.DECADE, reason)


def span(first: Value, last: Value, reason: str = "range") -> Value:
    """From the beginning of one time to the end of another, each side as finely as it was said."""
    if first.lower is None or last.upper is None or first.lower >= last.upper:
        return first
    if first.edtf == last.edtf:
        return first
    left, right = first.edtf.split("/")[0], last.edtf.split("/")[-1]
    return Value(first.lower, last.upper, f"{left}/{right}", Grain.SPAN, reason)


def open_after(value: Value, reason: str = "since") -> Value:
    """From a time on, its own beginning included."""
    if value.lower is None:
        return value
    return Value(value.lower, None, f"{value.edtf.split('/')[0]}/..", value.grain, reason)


def open_before(value: Value, reason: str = "until") -> Value:
    """Up to a time, its own end included."""
    if value.upper is None:
        return value
    return Value(None, value.upper, f"../{value.edtf.split('/')[-1]}", value.grain, reason)


def narrowed(value: Value, part: str) -> Value:
    """The early, middle or late part of a time: the EDTF stays that of the whole, the bounds are those of the part."""
    if value.lower is None or value.upper is None or value.upper - value.lower < 3 * DAY:
        return value
    length = (value.upper - value.lower).days
    lower, upper = value.lower, value.upper
    if "half" in part:
        cut = value.lower + DAY * round(length / 2)
        lower, upper = (lower, cut) if "first" in part else (cut, upper)
    elif any(w in part for w in ("second", "third")):
        lower, upper = (
            value.lower + DAY * (7 if "second" in part else 14),
            value.lower + DAY * (14 if "second" in part else 21),
        )
    elif any(w in part for w in ("early", "begin", "start", "first")):
        upper = value.lower + DAY * max(1, round(length / 3))
    elif any(w in part for w in ("late", "end", "last", "final")):
        lower = value.upper - DAY * max(1, round(length / 3))
    elif "mid" in part:
        lower, upper = value.lower + DAY * round(length * 0.25), value.upper - DAY * round(length * 0.25)
    return Value(lower, max(upper, lower + DAY), value.edtf, value.grain, value.reason)


def shifted(base: dt.date, unit: str, n: float, reason: str = "") -> Value:
    """The time n units from a day, as fine as the unit: hours to the day, weeks to the week, years to the year."""
    if unit in ("second", "minute"):
        return day(base, reason)
    if unit == "hour":
        return day(base + DAY * round(n / 24), reason)
    if unit in ("day", "night"):
        return day(base + DAY * int(n), reason)
    if unit in ("week", "fortnight"):
        return week(base + DAY * int(n * (14 if unit == "fortnight" else 7)), reason)
    if unit == "weekend":
        return weekend(base + DAY * 7 * int(n), reason)
    if unit == "month":
        return month(*add_months(base.year, base.month, int(n)), reason)
    if unit == "decade":
        n *= 10
    return year(min(max(add_months(base.year, base.month, int(n * 12))[0], FIRST), LAST), reason)

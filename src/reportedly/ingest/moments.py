"""Publication dates as reports state them: to UTC with their precision, or nothing. No clock is read here."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

__all__ = ["WRITTEN_DATE", "Moment", "parse_moment"]

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(f"{m[:3]}(?:{m[3:]})?" if len(m) > 3 else m for m in _MONTHS) + "|sept"
WRITTEN_DATE = (
    rf"(?:(?P<y>\d{{4}})-(?P<m>\d\d)-(?P<d>\d\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{_MONTH})\.?,?\s+(?P<y2>\d{{4}})"
    rf"|(?P<m3>{_MONTH})\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}}))(?!\d)"
)
"""A full date in words or ISO form: day, month and year, never in an order that could be read in two ways."""

_WRITTEN = re.compile(rf"^(?:\w+day,?\s+)?{WRITTEN_DATE}$", re.I)
_YEAR_MONTH = re.compile(r"^(\d{4})-(\d\d)$")
_BARE_DAY = re.compile(r"^(\d{4})[-/]?(\d\d)[-/]?(\d\d)$")
_FIRST, _LAST = 1800, 2200  # years in which a report can have been published


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A publication time in UTC; midnight where only the day (or the first day where only the month) is known."""

    at: dt.datetime
    precision: str = "day"  # second | day | month
    why: str = ""


def parse_moment(value: object, why: str = "") -> Moment | None:
    """Read ISO 8601, RFC 2822, "3 July 2025", "July 3, 2025", "2025-07" or a date; None for anything else or ambiguous.

    A time of day counts only with its offset from UTC; without one the day alone is kept.

    >>> parse_moment("2025-07-03T22:30:00-05:00").at.isoformat()
    '2025-07-04T03:30:00+00:00'
    >>> parse_moment("July 3") is None
    True
    """
    if isinstance(value, dt.datetime):
        return _moment(value, why)
    if isinstance(value, dt.date):
        return _day(value.year, value.month, value.day, why)
    if not isinstance(value, str) or len(value) > 64:
        return None
    text = value.strip()
    for parse in (_iso, _written, _month, _mail):
        found = parse(text, why)
        if found is not None:
            return found
    return None


def _moment(moment: dt.datetime, why: str) -> Moment | None:
    if not _FIRST <= moment.year < _LAST:
        return None
    if moment.tzinfo is None:
        return _day(moment.year, moment.month, moment.day, why)
    try:
        return Moment(at=moment.astimezone(dt.UTC), precision="second", why=why)
    except OverflowError:
        return None


def _day(year: int, month: int, day: int, why: str) -> Moment | None:
    if not _FIRST <= year < _LAST:
        return None
    try:
        return Moment(at=dt.datetime(year, month, day, tzinfo=dt.UTC), precision="day", why=why)
    except ValueError:
        return None


def _iso(text: str, why: str) -> Moment | None:
    if match := _BARE_DAY.match(text):
        return _day(int(match[1]), int(match[2]), int(match[3]), why)
    if not re.match(r"^\d{4}-\d\d-\d\d[T ]", text):
        return None
    try:
        return _moment(dt.datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$|Z$)", "", text)), why)
    except ValueError:
        return None


def _written(text: str, why: str) -> Moment | None:
    match = _WRITTEN.match(text)
    if match is None:
        return None
    got = match.groupdict()
    year = got["y"] or got["y2"] or got["y3"]
    day = got["d"] or got["d2"] or got["d3"]
    name = (got["m2"] or got["m3"] or "").lower()[:3]
    month = int(got["m"]) if got["m"] else next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(name))
    return _day(int(year), month, int(day), why)


def _month(text: str, why: str) -> Moment | None:
    match = _YEAR_MONTH.match(text)
    first = _day(int(match[1]), int(match[2]), 1, why) if match else None
    return Moment(at=first.at, precision="month", why=why) if first else None


def _mail(text: str, why: str) -> Moment | None:
    if not re.match(r"^(?:[A-Za-z]{3},\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d\d:\d\d", text):
        return None
    try:
        return _moment(parsedate_to_datetime(text), why)
    except (ValueError, TypeError, IndexError):
        return None

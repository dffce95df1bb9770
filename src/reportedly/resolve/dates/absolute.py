# ruff: noqa: ARG001  (every meaning has the same signature)
"""What forms with names and numbers of the calendar mean: dates, months, seasons, years."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from reportedly.resolve.dates.clock import (
    Clock,
    Parts,
    inherited_year,
    month_number,
    season_value,
    valid,
    whose_year,
    year_of_day,
)
from reportedly.resolve.dates.lexicon import lexicon, number
from reportedly.resolve.dates.values import (
    DAY,
    FIRST,
    LAST,
    Grain,
    Value,
    day,
    days,
    decade,
    month,
    months,
    narrowed,
    open_after,
    open_before,
    year,
)

__all__ = ["ABSOLUTE"]

INVASION = dt.date(2022, 2, 24)
_words = lexicon()


def _ordinal(words: str) -> int:
    digits = re.match(r"\d+", words)
    if digits:
        return int(digits[0])
    if words.endswith("-year"):
        return int((number(words[:-5]) or (1, 1))[0])
    value: int = _words["ordinals"][words]
    return value


def _day_list(first: int, more: str | None) -> tuple[int, int]:
    """First and last day of "6-7", "10 and 11", "5, 6 and 9"."""
    others = [int(x) for x in re.findall(r"\d+", more or "")]
    return first, others[-1] if others else first


def _dated(parts: Parts, clock: Clock) -> Value | None:
    m = month_number(parts["m"] or "")
    first, last = _day_list(int(re.match(r"\d+", parts["d"] or "0")[0]), parts.get("more"))  # type: ignore[index]
    reason = "date, year given"
    if parts.get("y"):
        y = int(parts["y"] or 0)
    elif parts.get("whose"):
        y = whose_year(parts["whose"] or "", clock)
    else:
        y, reason = _year_by_word(parts.get("rel") or "", m, first, clock), "date in the year around publication"
        if not parts.get("rel") and inherited_year(clock, m) is not None:
            reason = "date, its year given beside it"
    if not valid(y, m, first):
        return None
    start = dt.date(y, m, first)
    if last > first and valid(y, m, last):
        return days(start, dt.date(y, m, last), reason=reason)
    return day(start, reason)


def _year_by_word(rel: str, m: int, d: int, clock: Clock) -> int:
    """The year of "last 24 November", "next 3 May", or of a date with no such word."""
    here = clock.published
    if not rel or not valid(here.year, m, d):
        return year_of_day(m, d, clock)
    this = dt.date(here.year, m, d)
    if "last" in rel or "past" in rel:
        return here.year - (this >= here)
    if "next" in rel or "coming" in rel:
        return here.year + (this <= here)
    return here.year


def _of_month(parts: Parts, clock: Clock) -> Value | None:
    """ "On the 29th": of the month said last nearby, else the last such day up to publication."""
    d, said = int(parts["d"] or 0), clock.last(Grain.DAY, Grain.MONTH)
    here = said.first if said is not None else clock.published
    y, m = here.year, here.month
    if said is None and d > here.day:
        y, m = (y, m - 1) if m > 1 else (y - 1, 12)
    return day(dt.date(y, m, d), "day of the month said last") if valid(y, m, d) else None


def _iso(parts: Parts, clock: Clock) -> Value | None:
    y, m, d = int(parts["y"] or 0), int(parts["m"] or 0), int(parts["d"] or 0)
    return day(dt.date(y, m, d), "date, year given") if valid(y, m, d) else None


def _numeric(parts: Parts, clock: Clock) -> Value | None:
    a, b, y = int(parts["a"] or 0), int(parts["b"] or 0), int(parts["y"] or 0)
    if parts["sep"] == "." or a > 12:
        return day(dt.date(y, b, a), "date, year given") if valid(y, b, a) else None
    if b > 12 or a == b:
        return day(dt.date(y, a, b), "date, year given") if valid(y, a, b) else None
    either = sorted(dt.date(y, *p) for p in ((a, b), (b, a)) if valid(y, *p))
    if not either:
        return None
    if either[-1] > clock.published:  # one reading lies ahead: the other is meant
        return day(either[0], "date, year given")
    return days(either[0], either[-1], reason="day and month may be either way round, year given")


def _overnight(parts: Parts, clock: Clock) -> Value | None:
    m = month_number(parts["m"] or "")
    d, d2 = (int(re.match(r"\d+", parts[k] or "0")[0]) for k in ("d", "d2"))  # type: ignore[index]
    m2 = month_number(parts["m2"] or "") if parts["m2"] else m
    y = int(parts["y"]) if parts["y"] else year_of_day(m, d, clock)
    y2 = y + (m2 < m)
    if not valid(y, m, d) or not valid(y2, m2, d2) or dt.date(y2, m2, d2) < dt.date(y, m, d):
        return None
    return days(dt.date(y, m, d), dt.date(y2, m2, d2), reason="night between two days")


def _month_year(parts: Parts, clock: Clock) -> Value | None:
    y = int(parts["y"] or 0) if parts["y"] else whose_year(parts["whose"] or "", clock)
    value = month(y, month_number(parts["m"] or ""), "month, year given")
    return narrowed(value, parts["part"] or "")


def _month(parts: Parts, clock: Clock) -> Value | None:
    m, rel, here = month_number(parts["m"] or ""), parts["rel"] or "", clock.published
    inherited = inherited_year(clock, m)
    if "last" in rel or "past" in rel:
        y = here.year - (m >= here.month)
    elif "next" in rel or "coming" in rel:
        y = here.year + (m <= here.month)
    elif "this" in rel:
        y = here.year
    elif "that" in rel:
        y = whose_year("of that year", clock)
    elif inherited is not None:
        y = inherited
    elif clock.future and not clock.past:
        y = here.year + (m < here.month)
    else:
        y = here.year - (m > here.month)
    near = "month in the year around publication" if y != inherited else "month, its year given beside it"
    return narrowed(month(y, m, near), parts["part"] or "")


def _anniversary(parts: Parts, clock: Clock) -> Value | None:
    n = _ordinal(parts["n"] or "first")
    beside = next((value for _, value in clock.back(59) if value.grain == Grain.DAY), None)
    here = beside.first if beside is not None and beside.first.year == clock.published.year else clock.published
    y = here.year - n
    if y < FIRST:
        return None
    return day(
        dt.date(y, here.month, here.day if valid(y, here.month, here.day) else 28),
        "that many years before publication",
    )


def _season(parts: Parts, clock: Clock) -> Value | None:
    y = int(parts["y"] or 0) if parts["y"] else whose_year(parts["whose"] or "", clock)
    return narrowed(season_value(parts["s"] or "", y, "season, year given"), parts["part"] or "")


def _quarter(parts: Parts, clock: Clock) -> Value | None:
    whose, unit = parts["whose"] or "", parts["unit"] or ""
    y = int(whose) if whose.isdigit() else clock.published.year if whose.startswith("the") else whose_year(whose, clock)
    n = {"quarter": 3, "half": 6}.get(unit) or {"three": 3, "six": 6, "nine": 9}[unit.split()[0]]
    which = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 12 // n - 1}[parts["which"] or "first"]
    if (which + 1) * n > 12:
        return None
    return months(y, 1 + which * n, n, Grain.SEASON, "part of a year")


def _qyear(parts: Parts, clock: Clock) -> Value | None:
    return months(int(parts["y"] or 0), int(parts["q"] or 1) * 3 - 2, 3, Grain.SEASON, "part of a year")


def _decade(parts: Parts, clock: Clock) -> Value | None:
    y = int(parts["y"] or 0)
    value = decade(y, 100, "century") if y % 100 == 0 and y < 2000 else decade(y, reason="decade")
    return narrowed(value, parts["part"] or "")


def _century(parts: Parts, clock: Clock) -> Value | None:
    n = _ordinal(parts["n"] or "first")
    if not 16 <= n <= 21:
        return None
    return narrowed(decade((n - 1) * 100, 100, "century"), parts["part"] or "")


def _year_pair(parts: Parts, clock: Clock) -> Value | None:
    text = parts["y2"] or ""
    y = int(parts["y"] or 0)
    y2 = int(text) if len(text) == 4 else y // 100 * 100 + int(text)
    if not y < y2 <= y + 60 or y2 > LAST:
        return None
    return decade(y, y2 - y + 1, "years given")


def _year(parts: Parts, clock: Clock) -> Value | None:
    y, part = int(parts["y"] or 0), parts["part"] or ""
    if y > LAST:
        return None
    value = year(y, "year given")
    if part == "pre-":
        return open_before(year(y - 1), "before a year")
    if part == "post-":
        return open_after(value, "after a year")
    return narrowed(value, part)


def _outset(parts: Parts, clock: Clock) -> Value | None:
    """The first days of the full-scale invasion of Ukraine, for whoever writes after them."""
    if clock.published < INVASION:
        return None
    unit = (parts["unit"] or "").rstrip("s")
    if unit == "hour" or (parts["unit"] == "day" and parts["which"] != "early"):
        return day(INVASION, "the day of the full-scale invasion")
    last = (
        INVASION + 6 * DAY
        if parts["unit"] == "week"
        else dt.date(2022, 2, 28)
        if unit == "day"
        else dt.date(2022, 3, 31)
    )
    return days(INVASION, last, reason="the first days of the full-scale invasion")


def _invasion(parts: Parts, clock: Clock) -> Value | None:
    """The day on which the full-scale invasion of Ukraine began, where it is a limit ("since the full-scale invasion")."""
    return day(INVASION, "the day of the full-scale invasion") if clock.published >= INVASION else None


ABSOLUTE: Mapping[str, Callable[[Parts, Clock], Value | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "mdy": _dated,
    "dmy": _dated,
    "monthyear": _month_year,
    "month": _month,
    "ofmonth": _of_month,
    "overnight": _overnight,
    "anniversary": _anniversary,
    "season": _season,
    "outset": _outset,
    "invasion": _invasion,
    "quarter": _quarter,
    "qyear": _qyear,
    "decade": _decade,
    "century": _century,
    "yearpair": _year_pair,
    "year": _year,
}
"""Rule name to meaning; None means that the form stands for no time here."""

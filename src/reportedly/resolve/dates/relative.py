# ruff: noqa: ARG001  (every meaning has the same signature)
"""What forms mean that count from publication or from a time said before: weekdays, "last week", "two days earlier"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from reportedly.resolve.dates.clock import Clock, Parts, season_value
from reportedly.resolve.dates.lexicon import lexicon, number
from reportedly.resolve.dates.values import (
    DAY,
    Grain,
    Value,
    day,
    days,
    decade,
    month,
    months,
    narrowed,
    shifted,
    weekend,
    year,
)

__all__ = ["RELATIVE"]

_words = lexicon()
_WEEKDAYS: Mapping[str, int] = _words["weekdays"]


def _weekday(parts: Parts, clock: Clock) -> Value | None:
    wanted = _WEEKDAYS[re.match(r"[a-z]+", parts["w"] or "")[0]]  # type: ignore[index]
    rel, here = parts["rel"] or "", clock.published
    back = (here.weekday() - wanted) % 7
    if parts["week"]:
        shift = -7 if "last" in parts["week"] else 7 if "next" in parts["week"] else 0
        return day(here + DAY * (shift + wanted - here.weekday()), "weekday of a week")
    if "last" in rel or "this past" in rel:
        return day(here - DAY * (back or 7), "weekday before publication")
    if rel.startswith("the"):
        focus = clock.focus()
        if "previous" in rel:
            return day(focus - DAY * ((focus.weekday() - wanted) % 7 or 7), "weekday before a day of the text")
        if "same" in rel:
            return day(focus - DAY * ((focus.weekday() - wanted) % 7), "weekday of a day of the text")
        return day(focus + DAY * ((wanted - focus.weekday()) % 7 or 7), "weekday after a day of the text")
    if "next" in rel or "coming" in rel or (clock.future and not clock.past):
        return day(here + DAY * ((-back) % 7 or (0 if not rel else 7)), "weekday to come")
    return day(here - DAY * back, "last such weekday")


def _deictic(parts: Parts, clock: Clock) -> Value | None:
    words, here = parts["word"] or "", clock.published
    if "before yesterday" in words:
        return day(here - 2 * DAY, "relative to publication")
    if "after tomorrow" in words:
        return day(here + 2 * DAY, "relative to publication")
    if words == "overnight":
        return days(here - DAY, here, reason="the night before publication")
    if "yesterday" in words or words.startswith("last"):
        return day(here - DAY, "relative to publication")
    return day(here + DAY if "tomorrow" in words else here, "relative to publication")


def _relative_season(s: str, rel: str, clock: Clock) -> Value:
    here = clock.published
    years = [season_value(s, y, "season around publication") for y in range(here.year - 2, here.year + 3)]
    if "last" in rel or "past" in rel:
        return [v for v in years if v.upper is not None and v.upper <= here][-1]
    if "next" in rel or "coming" in rel:
        return next(v for v in years if v.first > here)
    running = [v for v in years if v.first <= here <= v.last]
    if running:
        return running[0]
    begun = [v for v in years if v.first.year == here.year or (v.last.year == here.year and v.last >= here)]
    return begun[0]


def _relative_unit(unit: str, rel: str, here: dt.date, clock: Clock) -> Value | None:
    step = (
        -1
        if any(w in rel for w in ("last", "previous", "preceding", "prior"))
        else 1
        if any(w in rel for w in ("next", "coming", "following", "ensuing", "upcoming"))
        else 0
    )
    if unit in _words["seasons"]:
        return _relative_season(unit, rel, clock)
    if unit == "quarter":
        return months(here.year, (here.month - 1) // 3 * 3 + 1 + 3 * step, 3, Grain.SEASON, "relative to publication")
    if unit == "weekend":
        saturday = here - DAY * ((here.weekday() - 5) % 7)  # the last one that has begun
        if step < 0:
            return weekend(saturday - 7 * DAY if here.weekday() >= 5 else saturday, "relative to publication")
        if step > 0 or (clock.future and here.weekday() < 5):
            return weekend(saturday + 7 * DAY, "relative to publication")
        if saturday == here and not clock.future:
            return day(here, "relative to publication")
        return weekend(saturday, "relative to publication")
    if unit == "decade":
        return decade(here.year // 10 * 10 + 10 * step, reason="relative to publication")
    if unit == "century":
        return decade(here.year // 100 * 100 + 100 * step, 100, "relative to publication")
    return shifted(here, unit, step, "relative to publication")


def _until_now(value: Value | None, here: dt.date) -> Value | None:
    """What has been of this week, month or year: its bounds end with the day of publication."""
    if value is None or value.lower is None or value.upper is None or not value.lower <= here < value.upper:
        return value
    if value.grain == Grain.WEEK:
        return days(value.lower, here, Grain.WEEK, value.reason)
    return Value(value.lower, here + DAY, value.edtf, value.grain, value.reason)


def _rel_unit(parts: Parts, clock: Clock) -> Value | None:
    unit, rel, part, here = parts["unit"] or "", parts["rel"] or "", parts["part"] or "", clock.published
    if ("past" in rel or rel == "the last") and unit not in _words["seasons"] and unit != "weekend":
        return _back(here, unit, 1)
    value = _relative_unit(unit, rel, here, clock)
    if value is None:
        return None
    if "this" in rel or "current" in rel:
        ahead = clock.future and not clock.past
        if part.startswith("later") or ahead:
            return (
                Value(min(here, value.last), value.upper, value.edtf, value.grain, value.reason)
                if value.first <= here
                else value
            )
        value = _until_now(value, here) or value
        return value if part.startswith("earlier") else narrowed(value, part) if part else value
    return narrowed(value, part) if part else value


def _edge_unit(parts: Parts, clock: Clock) -> Value | None:
    unit, rel, part = parts["unit"] or "", parts["rel"] or "", parts["part"] or ""
    if rel in ("that", "the same", "the following", "the previous"):
        value = _anaphoric({"unit": unit, "rel": rel, "part": None}, clock)
    else:
        value = _relative_unit(unit, rel, clock.published, clock)
    return narrowed(value, part) if value else None


def _anaphoric(parts: Parts, clock: Clock) -> Value | None:
    unit, rel = parts["unit"] or "", parts["rel"] or ""
    unit = "day" if unit in ("night", "morning", "afternoon", "evening") else unit
    step = (
        -1
        if any(w in rel for w in ("previous", "preceding", "prior"))
        else 1
        if any(w in rel for w in ("following", "next", "ensuing"))
        else 0
    )
    reason = "relative to a time of the text"
    if unit == "day":
        if step:
            return day(clock.focus() + DAY * step, reason)
        known = clock.last(Grain.DAY, Grain.DAY)
        return day(known.first if known else clock.published, reason)
    finest = {"week": Grain.WEEK, "month": Grain.MONTH}.get(unit, Grain.YEAR)
    base = clock.last(Grain.DAY, finest)
    at = base.first if base else clock.published
    if unit in _words["seasons"]:
        known = clock.last(Grain.DAY, Grain.YEAR)
        return season_value(unit, (known.first if known else clock.published).year + step, reason)
    if unit == "weekend":
        return weekend(at + 7 * DAY * step, reason)
    if unit == "decade":
        return decade((at.year // 10 + step) * 10, reason=reason)
    return shifted(at, unit, step, reason)


def _amount(words: str | None) -> tuple[float, float] | None:
    """How many, as a range; several where nothing is said ("weeks ago")."""
    text = (words or "").strip()
    if not text:
        return 2, 8
    if " or " in text:
        low, high = (number(x) for x in text.split(" or ", 1))
        return (low[0], high[1]) if low and high else None
    return (1, 1) if text == "the" else number(text)


def _moved(base: dt.date, unit: str, amount: tuple[float, float], sign: int, reason: str) -> Value | None:
    low, high = amount
    if high > 3000:
        return None
    try:
        if low == high:
            return shifted(base, unit, sign * low, reason)
        near, far = shifted(base, unit, sign * low, reason), shifted(base, unit, sign * high, reason)
    except (OverflowError, ValueError):
        return None
    first, last = (far, near) if sign < 0 else (near, far)
    if first.edtf == last.edtf:
        return first
    return Value(first.lower, last.upper, f"{first.edtf.split('/')[0]}/{last.edtf.split('/')[-1]}", Grain.SPAN, reason)


def _ago(parts: Parts, clock: Clock) -> Value | None:
    amount, unit = _amount(parts["n"]), parts["unit"] or ""
    if amount is None:
        return None
    if parts["dir"] == "earlier":
        return _moved(
            clock.focus() if unit in ("day", "hour", "night", "week") else clock.reference().first,
            unit,
            amount,
            -1,
            "before a time of the text",
        )
    return _moved(clock.published, unit, amount, -1, "before publication")


def _later(parts: Parts, clock: Clock) -> Value | None:
    amount, unit = _amount(parts["n"]), parts["unit"] or ""
    if amount is None or not clock.said:
        return None
    base = clock.reference()
    if parts["dir"] == "on" and unit not in ("month", "year"):
        return None
    return _moved(base.last if base.grain == Grain.SPAN else base.first, unit, amount, 1, "after a time of the text")


def _adjacent(parts: Parts, clock: Clock) -> Value | None:
    amount, unit, way = _amount(parts["n"]), parts["unit"] or "", parts["dir"] or ""
    if amount is None:
        return None
    sign = -1 if way in ("before", "earlier", "previously", "prior", "beforehand") else 1
    if sign > 0 and not clock.said:
        return None
    base = clock.focus() if unit in ("day", "hour", "night", "week") else clock.reference().first
    return _moved(base, unit, amount, sign, "beside a time of the text")


def _back(here: dt.date, unit: str, n: float, reason: str = "up to publication") -> Value | None:
    """The last n units up to a day: hours, days and weeks to the day, months and years as fine as said."""
    if unit in ("second", "minute", "hour"):
        return days(here - DAY * max(1, round(n / 24)) if unit == "hour" and n > 12 else here, here, reason=reason)
    if unit in ("day", "night", "week", "fortnight"):
        return days(here - DAY * int(n * {"week": 7, "fortnight": 14}.get(unit, 1)), here, reason=reason)
    first = shifted(here, unit, -n)
    last = month(here.year, here.month) if unit == "month" else year(here.year)
    return Value(first.lower, here + DAY, f"{first.edtf}/{last.edtf}", Grain.SPAN, reason)


def _past(parts: Parts, clock: Clock) -> Value | None:
    rel, unit = parts["rel"] or "", parts["unit"] or ""
    text = (parts["n"] or "").strip()
    plural = bool(parts["many"])
    if not text and not plural:
        if "the" not in rel and unit not in ("night",) and "past" not in rel:
            return None
        if unit in ("second", "minute"):
            return None
        text = "one"
    if "first" in rel:
        return None  # "the first two weeks": of something that only the sentence knows
    amount = _amount(text) if text else (3, 7)
    if amount is None or amount[1] > 1000:
        return None
    here = clock.published
    if any(w in rel for w in ("next", "coming", "following")):
        if "following" in rel:
            here = clock.focus()
        ahead = _moved(here, unit, (amount[1], amount[1]), 1, "from publication on")
        if ahead is None:
            return None
        if not parts["n"] or amount[0] != amount[1]:
            return Value(here, ahead.upper, f"{here.isoformat()}/..", Grain.SPAN, "from publication on")
        return Value(
            here, ahead.upper, f"{here.isoformat()}/{ahead.last.isoformat()}", Grain.SPAN, "from publication on"
        )
    if any(w in rel for w in ("previous", "preceding")):
        here = clock.focus()
    value = _back(here, unit, amount[1], "up to publication")
    if value is not None and amount[0] != amount[1]:
        return Value(value.lower, value.upper, f"../{here.isoformat()}", Grain.SPAN, "vaguely up to publication")
    return value


def _recent(parts: Parts, clock: Clock) -> Value | None:
    value = _back(clock.published, (parts["unit"] or "").rstrip("s"), 8)
    if value is None:
        return None
    return Value(
        value.lower, clock.published + DAY, f"../{clock.published.isoformat()}", Grain.SPAN, "vaguely up to publication"
    )


def _ahead(parts: Parts, clock: Clock) -> Value | None:
    """ "The weeks to come", "the days ahead"."""
    until = shifted(clock.published, (parts["unit"] or "").rstrip("s"), 8)
    return Value(clock.published, until.upper, f"{clock.published.isoformat()}/..", Grain.SPAN, "from publication on")


def _intervening(parts: Parts, clock: Clock) -> Value | None:
    base = clock.last(Grain.DAY, Grain.YEAR)
    if base is None or base.upper is None or base.upper > clock.published:
        return None
    here, unit = clock.published, parts["unit"] or ""
    if unit == "year":
        return Value(
            base.upper,
            here + DAY,
            f"{base.upper.year}/{here.year}",
            Grain.SPAN,
            "from a time of the text to publication",
        )
    if unit == "month":
        left, right = base.upper.isoformat()[:7], here.isoformat()[:7]
        return Value(base.upper, here + DAY, f"{left}/{right}", Grain.SPAN, "from a time of the text to publication")
    return days(base.upper, here, reason="from a time of the text to publication")


def _weekend(parts: Parts, clock: Clock) -> Value | None:
    return _relative_unit("weekend", "", clock.published, clock)


def _clock_time(parts: Parts, clock: Clock) -> Value | None:
    """A time of day alone: the day that the text is about."""
    if parts["h"] and int(parts["h"]) > 12:
        return None
    return day(clock.focus(), "time of day on the day of the text")


RELATIVE: Mapping[str, Callable[[Parts, Clock], Value | None]] = {
    "weekday": _weekday,
    "deictic": _deictic,
    "edgeunit": _edge_unit,
    "relunit": _rel_unit,
    "anaphoric": _anaphoric,
    "adjacent": _adjacent,
    "ago": _ago,
    "later": _later,
    "past": _past,
    "recent": _recent,
    "ahead": _ahead,
    "intervening": _intervening,
    "weekend": _weekend,
    "clock": _clock_time,
}
"""Rule name to meaning; None means that the form stands for no time here."""

# ruff: noqa: ARG001  (every meaning has the same signature)
"""What forms mean that hang on publication or on a time said before: weekdays, "last week", "that year"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from reportedly.resolve.dates.clock import Clock, Parts, season_value
from reportedly.resolve.dates.counted import COUNTED, back
from reportedly.resolve.dates.lexicon import lexicon
from reportedly.resolve.dates.values import (
    DAY,
    Grain,
    Value,
    day,
    days,
    decade,
    months,
    narrowed,
    shifted,
    weekend,
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
        return back(here, unit, 1)
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


def _weekend(parts: Parts, clock: Clock) -> Value | None:
    return _relative_unit("weekend", "", clock.published, clock)


def _clock_time(parts: Parts, clock: Clock) -> Value | None:
    """A time of day alone: the day that the text is about."""
    if parts["h"] and int(parts["h"]) > 12:
        return None
    return day(clock.focus(), "time of day on the day of the text")


RELATIVE: Mapping[str, Callable[[Parts, Clock], Value | None]] = {
    **COUNTED,
    "weekday": _weekday,
    "deictic": _deictic,
    "edgeunit": _edge_unit,
    "relunit": _rel_unit,
    "anaphoric": _anaphoric,
    "weekend": _weekend,
    "clock": _clock_time,
}
"""Rule name to meaning; None means that the form stands for no time here."""

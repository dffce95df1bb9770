"""What counted and vague stretches mean: "two days ago", "three weeks earlier", "the past month", "in recent weeks"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from reportedly.resolve.dates.clock import Clock, Parts
from reportedly.resolve.dates.lexicon import number
from reportedly.resolve.dates.values import DAY, Grain, Value, days, month, shifted, year

__all__ = ["COUNTED", "back"]


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
    if unit in ("evening", "morning", "afternoon") and parts["n"] == "the":
        unit = "day"  # "the evening before"
    if amount is None:
        return None
    sign = -1 if way in ("before", "earlier", "previously", "prior", "beforehand") else 1
    if sign > 0 and (not clock.said or (unit in ("day", "hour", "night", "week") and not clock.day_said())):
        return None  # "in January; two weeks later": from no day
    base = clock.focus() if unit in ("day", "hour", "night", "week") else clock.reference().first
    return _moved(base, unit, amount, sign, "beside a time of the text")


def back(here: dt.date, unit: str, n: float, reason: str = "up to publication") -> Value | None:
    """The last n units up to a day: hours, days and weeks to the day, months and years as fine as said."""
    if unit in ("second", "minute", "hour"):
        return days(here - DAY * max(1, round(n / 24)) if unit == "hour" and n > 12 else here, here, reason=reason)
    if unit in ("day", "night", "week", "fortnight"):
        return days(here - DAY * int(n * {"week": 7, "fortnight": 14}.get(unit, 1)), here, reason=reason)
    first = shifted(here, unit, -n)
    last = month(here.year, here.month) if unit == "month" else year(here.year)
    lower = dt.date(first.first.year, first.first.month if unit == "month" else here.month, min(here.day, 28))
    return Value(lower, here + DAY, f"{first.edtf}/{last.edtf}", Grain.SPAN, reason)


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
    value = back(here, unit, amount[1], "up to publication")
    if value is not None and amount[0] != amount[1]:
        return Value(value.lower, value.upper, f"../{here.isoformat()}", Grain.SPAN, "vaguely up to publication")
    return value


def _recent(parts: Parts, clock: Clock) -> Value | None:
    value = back(clock.published, (parts["unit"] or "").rstrip("s"), 8)
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


COUNTED: Mapping[str, Callable[[Parts, Clock], Value | None]] = {
    "ago": _ago,
    "later": _later,
    "adjacent": _adjacent,
    "past": _past,
    "recent": _recent,
    "ahead": _ahead,
    "intervening": _intervening,
}
"""Rule name to meaning; None means that the form stands for no time here."""

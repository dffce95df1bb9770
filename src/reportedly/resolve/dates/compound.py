"""Times made of two forms: an offset and its base, a time of day and its date, the two ends of a range."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reportedly.resolve.dates.absolute import ABSOLUTE
from reportedly.resolve.dates.clock import Clock, Parts
from reportedly.resolve.dates.lexicon import number, zone_offset
from reportedly.resolve.dates.patterns import Hit
from reportedly.resolve.dates.relative import RELATIVE
from reportedly.resolve.dates.values import DAY, Grain, Value, day, month, shifted, span

__all__ = ["MEANINGS", "moment", "offset", "stretch"]

MEANINGS: Mapping[str, Callable[[Parts, Clock], Value | None]] = {**ABSOLUTE, **RELATIVE}
"""Rule name to meaning; None means that the form stands for no time here."""


def offset(group: Sequence[Hit], clock: Clock) -> Value | None:
    """ "Two days before 5 May": counted from the second form; without one it hangs on an event and stands for no time."""
    if len(group) < 2:
        return None
    base = MEANINGS[group[1].rule](group[1].parts, clock)
    words, unit, way = (group[0].parts["n"] or "").strip(), group[0].parts["unit"] or "day", group[0].parts["dir"] or ""
    amount = (1, 1) if words == "the" else number(words)
    if base is None or amount is None or way == "since":
        return None
    sign = -1 if way.startswith(("before", "prior", "ahead")) else 1
    if abs(amount[1]) > 3000:
        return None
    return shifted(base.first, unit, sign * amount[1], "counted from a time beside it")


def stretch(group: Sequence[Hit], clock: Clock) -> Value | None:
    """Both ends of a range; an end without a year takes it from the other."""
    first, second = group
    right = MEANINGS[second.rule](second.parts, clock)
    parts = dict(first.parts)
    if right is None:
        return MEANINGS[first.rule](parts, clock)
    if "y" in parts and not parts.get("y") and second.parts.get("y") and first.rule in ("mdy", "dmy", "month"):
        parts["y"] = second.parts["y"]
    meaning = MEANINGS["monthyear" if first.rule == "month" and parts.get("y") else first.rule]
    if first.rule == "month" and second.rule == "monthyear":
        parts, meaning = {**parts, "y": str(right.first.year), "whose": None}, MEANINGS["monthyear"]
    left = meaning(parts, clock)
    if left is None or left.lower is None or right.upper is None:
        return right
    if left.lower >= right.upper:  # "from November to March", "from Friday to Tuesday": the left end lies before
        return span(_earlier(left, first.rule), right)
    return span(left, right)


def _earlier(value: Value, rule: str) -> Value:
    """The same weekday, day or month a turn of the calendar before."""
    at = value.first
    if rule == "weekday":
        return day(at - 7 * DAY, "range")
    if value.grain == Grain.MONTH:
        return month(at.year - 1, at.month, "range")
    try:
        return day(at.replace(year=at.year - 1), "range")
    except ValueError:  # 29 February
        return day(at - 366 * DAY, "range")


def moment(group: Sequence[Hit], clock: Clock) -> Value | None:
    """A time of day with its date, moved to the day in UTC where the zone is known and it matters."""
    time, date = group if group[0].rule == "clock" else (group[1], group[0])
    value = MEANINGS[date.rule](date.parts, clock)
    zone = time.parts["zone"]
    if value is None or value.grain != Grain.DAY or not zone:
        return value
    hour = int(time.parts["h24"] or time.parts["h"] or 0)
    minute = int(time.parts["min24"] or time.parts["min"] or 0)
    if time.parts["ap"]:
        if hour > 12:
            return value
        hour = hour % 12 + (12 if time.parts["ap"].startswith("p") else 0)
    offset = zone_offset(zone, value.first)
    if offset is None:
        return value
    shift = (hour * 60 + minute - offset) // 1440
    return day(value.first + DAY * shift, value.reason + ", in UTC") if shift else value

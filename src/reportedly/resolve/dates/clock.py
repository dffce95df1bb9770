"""The day of publication, what a text said before, and the years and months that words without them mean."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from reportedly.resolve.dates.lexicon import lexicon
from reportedly.resolve.dates.values import Grain, Value, day, months

__all__ = [
    "TOLD_OF",
    "Clock",
    "Parts",
    "inherited_year",
    "month_number",
    "season_value",
    "valid",
    "whose_year",
    "year_of_day",
]

Parts = Mapping[str, str | None]

_words = lexicon()
_MONTHS: Mapping[str, int] = {**_words["months"], **_words["month_abbreviations"]}
TOLD_OF = "year given, of what follows"  # of a year that opens its sentence
_NEXT_DAYS = 14  # days ahead up to which a date without a year lies there: a year back, news would give the year
_NEWS_DAYS = (
    3  # days before publication from which on a date without a year is of the news, whatever year was named before
)
_NEAR_FUTURE = 60  # days ahead up to which it may lie there when nothing says that it is past


@dataclass(slots=True)
class Clock:
    """The day of publication and what was said before.

    `said` are the values of the text so far, with positions, behind those of the context, which is read only when somebody
    asks what was said; `future` is whether the words around the form at hand
    speak of what is to come, `past` whether they speak of what was.
    """

    published: dt.date
    context: Callable[[], list[tuple[int, Value]]] | None = None
    _said: list[tuple[int, Value]] = field(default_factory=list)
    future: bool = False
    past: bool = False
    here: int = 0
    listed: int | None = None  # the year of a later date of the same list ("A on 5 May and B on 7 May 2020")

    @property
    def said(self) -> list[tuple[int, Value]]:
        """The values said so far, with positions, those of the context negative."""
        if self.context is not None:
            self._said[:0] = self.context()
            self.context = None
        return self._said

    def back(self, reach: int) -> Iterator[tuple[int, Value]]:
        """The values said in so many characters before the form at hand, the latest first: the context is read only if it is so near."""
        said = self.said if self.here < reach else self._said
        return itertools.takewhile(lambda said: self.here - said[0] <= reach, reversed(said))

    def note(self, at: int, value: Value) -> None:
        """Keep a value of the text."""
        self._said.append((at, value))

    def last(self, finest: Grain, coarsest: Grain = Grain.SPAN) -> Value | None:
        """The value said last whose grain lies between the two, none open on the near side."""
        for _, value in reversed(self.said):
            if finest <= value.grain <= coarsest and not (value.lower is None and value.upper is None):
                return value
        return None

    def day_said(self) -> dt.date | None:
        """The last day said nearby."""
        return next((value.first for _, value in self.back(599) if value.grain == Grain.DAY), None)

    def focus(self) -> dt.date:
        """The day that "the day before" counts from: the last day said nearby, else the day of publication."""
        return self.day_said() or self.published

    def reference(self) -> Value:
        """The time said last nearby, whatever its grain, else the day of publication."""
        return next((value for _, value in self.back(899)), day(self.published))


def month_number(words: str) -> int:
    """Number of a month by name or abbreviation."""
    return _MONTHS[words.rstrip(".").strip()]


def whose_year(words: str, clock: Clock) -> int:
    """The year that "of that year", "last year", "a year earlier" mean."""
    said = clock.last(Grain.DAY, Grain.YEAR)
    base = said.first.year if said else clock.published.year
    if "last" in words or "ago" in words:
        return clock.published.year - 1
    if "this" in words:
        return clock.published.year
    if "following" in words or "later" in words:
        return base + 1
    if "previous" in words or "earlier" in words or "before" in words:
        return base - 1
    if words.startswith("next"):
        return clock.published.year + 1
    if "next" in words:
        return base + 1
    return base


def year_of_day(m: int, d: int, clock: Clock) -> int:
    """The year of a day given without one: the last such day, or one close ahead unless the words speak of the past."""
    this = clock.published.year
    ahead = _days_ahead(this, m, d, clock.published)
    inherited = inherited_year(clock, m)
    if inherited is not None and (ahead is None or not -_NEWS_DAYS <= ahead <= 0):
        return inherited
    if ahead is None:  # 29 February
        return max((y for y in range(this - 4, this + 1) if valid(y, m, d)), default=this)
    if ahead > (_NEXT_DAYS if clock.past else _NEAR_FUTURE) and not clock.future:
        return this - 1
    if ahead < -200 and clock.future and (_days_ahead(this + 1, m, d, clock.published) or 999) < 120:
        return this + 1
    return this


def valid(y: int, m: int, d: int) -> bool:
    """Whether the calendar has that day."""
    try:
        dt.date(y, m, d)
    except ValueError:
        return False
    return True


def _days_ahead(y: int, m: int, d: int, published: dt.date) -> int | None:
    return (dt.date(y, m, d) - published).days if valid(y, m, d) else None


def inherited_year(clock: Clock, m: int = 0) -> int | None:
    """A year set just before in the same stretch of text, or by a list that goes on, if it is another than that of publication.

    `m` is the month at hand: one earlier than the month named right before it lies in the year after.
    """
    if clock.listed is not None:
        return clock.listed if clock.listed < clock.published.year else None
    for at, value in clock.back(160):
        narrates = value.grain <= Grain.MONTH or value.reason == TOLD_OF
        if narrates and "year given" in value.reason:
            y = value.first.year
            if m and value.grain <= Grain.MONTH and clock.here - at < 50 and m < value.first.month:
                y += 1
                return y if (y, m) <= (clock.published.year, clock.published.month) else y - 1
            return y if y < clock.published.year else None
    return None


def season_value(s: str, y: int, reason: str) -> Value:
    """A season of the northern hemisphere by its word and the year it begins in."""
    first, n = _words["seasons"][s]
    return months(y, first, n, Grain.SEASON, reason)

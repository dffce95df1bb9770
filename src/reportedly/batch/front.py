"""The front as a ledger knew it when a run began: what reports published before a day had claimed, for reading those of that day."""

from __future__ import annotations

import datetime as dt
import itertools

from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.ledger import Ledger
from reportedly.resolve.memory import FrontMemory

__all__ = ["LedgerFront"]

REACH = dt.timedelta(days=270)  # three times the longest fading
DAYS = 64


class LedgerFront:
    """By day, the memory that a reader may read the reports of that day with.

    It holds what had been recorded by `as_of`, the start of the run, and nothing that was published on the day or later: however
    the reports of a run are ordered or shared out, each is read with the same front.
    """

    def __init__(self, ledger: Ledger, gazetteer: Gazetteer, *, as_of: dt.datetime | None = None) -> None:
        self.ledger, self.gazetteer, self.as_of = ledger, gazetteer, as_of or dt.datetime.now(dt.UTC)
        self._made: dict[dt.date, FrontMemory] = {}

    def before(self, day: dt.date) -> FrontMemory:
        """What was known of the front before a day; not to be taught anything."""
        made = self._made.get(day)
        if made is None:
            end = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
            made = FrontMemory(self.gazetteer)
            rows = self.ledger.places_claimed(end - REACH, end, as_of=self.as_of)
            for when, named in itertools.groupby(rows, key=lambda row: row[0]):
                made.learn_places([(place_id, probability) for _, place_id, probability in named], when)
            if len(self._made) >= DAYS:
                self._made.clear()
            self._made[day] = made
        return made

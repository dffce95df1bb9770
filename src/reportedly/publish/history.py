"""Derived, rebuild at will: the status of every place over time as columns, which the page turns into a map in the browser.

A place's status on a day is one small number, a code into a short table of (state, party, other party, inferred). Only the
days on which it changes are kept. 30,000 places with 100,000 changes are about half a megabyte of compressed JSON.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly.model import Place, State, Status
from reportedly.publish.table import day_number, day_of

__all__ = ["Code", "History", "PlaceNames"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Code:
    """What the map draws: filled, hollow or half and half, and in whose colours."""

    state: str = State.UNKNOWN
    party: str = ""
    other: str = ""
    inferred: bool = False

    @classmethod
    def of(cls, status: Status) -> Code:
        """The code of a status: both sides of a dispute or a fight by probability, in order of name, so that neither leads."""
        if status.state is State.UNKNOWN:
            return cls()
        if status.state is State.HELD:
            return cls(state=State.HELD, party=status.party or "", inferred=status.inferred)
        first = sorted(status.probabilities, key=lambda p: (-p.p, p.party))[:2]
        both = sorted(p.party for p in first)
        return cls(
            state=status.state,
            party=both[0] if both else status.party or "",
            other=both[1] if len(both) > 1 else "",
            inferred=status.inferred,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceNames:
    """What a place is called: our canonical name, its official local form with its language, and its population."""

    name: str
    local: str | None = None
    lang: str | None = None


@dataclass(slots=True)
class History:
    """Places and the changes of their status under one policy, changes in order of day.

    `ids`, `lon`, `lat`, `population`: one per place. `place` (row of the place), `day` (since 1970) and `code`: one per change.
    A place has code 0, unknown, before its first change.
    """

    policy: str
    ids: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    population: NDArray[np.int64]
    place: NDArray[np.int32]
    day: NDArray[np.int32]
    code: NDArray[np.int16]
    codes: tuple[Code, ...]
    _rows: dict[int, int] = field(default_factory=dict)

    @classmethod
    def build(cls, policy: str, statuses: Iterable[Status], *, place: Callable[[int], Place | None]) -> History:
        """Make the history of statuses, in any order; equal neighbours in time are one. Places without coordinates stay out."""
        table: dict[Code, int] = {Code(): 0}
        rows: list[tuple[int, int, int]] = []
        for status in statuses:
            rows.append((status.place_id, day_number(status.valid_at), table.setdefault(Code.of(status), len(table))))
        return cls.from_rows(policy, rows, tuple(table), place=place)

    @classmethod
    def from_rows(
        cls,
        policy: str,
        rows: Sequence[tuple[int, int, int]] | NDArray[np.int64],
        codes: tuple[Code, ...],
        *,
        place: Callable[[int], Place | None],
    ) -> History:
        """Make the history of (place id, day, code) rows."""
        data = np.array(rows, dtype=np.int64).reshape(-1, 3)
        data = data[np.lexsort((data[:, 1], data[:, 0]))]
        if len(data):
            new_place = np.r_[True, data[1:, 0] != data[:-1, 0]]
            last_of_day = np.r_[(data[1:, 0] != data[:-1, 0]) | (data[1:, 1] != data[:-1, 1]), True]
            data, new_place = data[last_of_day], new_place  # the last word of a day counts
            new_place = np.r_[True, data[1:, 0] != data[:-1, 0]]
            before = np.where(new_place, 0, np.r_[0, data[:-1, 2]])
            data = data[data[:, 2] != before]
        ids = np.unique(data[:, 0])
        found = [(int(i), p) for i in ids if (p := place(int(i))) and p.lat is not None and p.lon is not None]
        found.sort(key=lambda pair: (-pair[1].population, pair[0]))  # rank decides which labels show first
        row = {i: n for n, (i, _) in enumerate(found)}
        keep = np.array([int(p) in row for p in data[:, 0]], dtype=bool)
        data = data[keep]
        where = np.array([row[int(p)] for p in data[:, 0]], dtype=np.int32)
        order = np.lexsort((where, data[:, 1]))
        return cls(
            policy=policy,
            ids=np.array([i for i, _ in found], dtype=np.int64),
            lon=np.array([p.lon for _, p in found], dtype=float),
            lat=np.array([p.lat for _, p in found], dtype=float),
            population=np.array([p.population for _, p in found], dtype=np.int64),
            place=where[order],
            day=data[order, 1].astype(np.int32),
            code=data[order, 2].astype(np.int16),
            codes=codes,
        )

    def __len__(self) -> int:
        return len(self.day)

    @property
    def first(self) -> dt.date | None:
        """The day of the first change."""
        return day_of(self.day[0]) if len(self.day) else None

    @property
    def last(self) -> dt.date | None:
        """The day of the last change."""
        return day_of(self.day[-1]) if len(self.day) else None

    def row(self, place_id: int) -> int | None:
        """The row of a place."""
        if not self._rows and len(self.ids):
            self._rows = {int(i): n for n, i in enumerate(self.ids)}
        return self._rows.get(place_id)

    def on(self, day: dt.date) -> NDArray[np.int16]:
        """The code of every place on a day."""
        state = np.zeros(len(self.ids), dtype=np.int16)
        upto = int(np.searchsorted(self.day, day_number(day), side="right"))
        state[self.place[:upto]] = self.code[:upto]  # later ones overwrite: numpy assigns in order
        return state

    def since(self, day: dt.date) -> NDArray[np.int32]:
        """The day of the last change of every place up to a day; 0 where there was none."""
        upto = int(np.searchsorted(self.day, day_number(day), side="right"))
        last = np.zeros(len(self.ids), dtype=np.int32)
        last[self.place[:upto]] = self.day[:upto]
        return last

    def of_place(self, place_id: int) -> list[tuple[dt.date, Code]]:
        """The changes of one place, oldest first."""
        row = self.row(place_id)
        if row is None:
            return []
        return [(day_of(self.day[i]), self.codes[self.code[i]]) for i in np.flatnonzero(self.place == row)]

    def between(self, first: dt.date, after: dt.date) -> list[tuple[int, dt.date, Code, Code]]:
        """(place id, day, code before, code after) of the changes on first <= day < after."""
        low, high = (int(np.searchsorted(self.day, day_number(d), side="left")) for d in (first, after))
        state = self.on(first - dt.timedelta(days=1)).copy()
        out = []
        for i in range(low, high):
            row = self.place[i]
            out.append((int(self.ids[row]), day_of(self.day[i]), self.codes[state[row]], self.codes[self.code[i]]))
            state[row] = self.code[i]
        return out

    def to_json(self, names: Callable[[int], PlaceNames]) -> dict[str, Any]:
        """Columns for the browser: coordinates in 1/10,000 degrees, days and ids as differences."""
        order = [names(int(i)) for i in self.ids]
        base = int(self.day[0]) if len(self.day) else 0
        languages = sorted({n.lang for n in order if n.lang})
        return {
            "policy": self.policy,
            "codes": [
                {"state": str(c.state), "party": c.party, "other": c.other, "inferred": c.inferred} for c in self.codes
            ],
            "places": {
                "id": np.diff(self.ids, prepend=0).tolist(),
                "lon": np.rint(self.lon * 1e4).astype(int).tolist(),
                "lat": np.rint(self.lat * 1e4).astype(int).tolist(),
                "name": [n.name for n in order],
                "local": [n.local if n.local and n.local != n.name else 0 for n in order],
                "lang": [languages.index(n.lang) + 1 if n.lang else 0 for n in order],
            },
            "languages": languages,
            "base": base,
            "changes": {
                "day": np.diff(self.day, prepend=base).tolist(),
                "place": self.place.tolist(),
                "code": self.code.tolist(),
            },
        }

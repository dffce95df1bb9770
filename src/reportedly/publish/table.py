"""Derived, rebuild at will: every claim as a row of small numbers, so that a million are filtered and counted in milliseconds.

The ledger keeps the claims; this keeps, per claim, what the filters ask about. Rows are ordered newest publication first.
Both clocks are columns: `known_from`/`known_to` say between which moments a claim stood in the ledger.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from reportedly.ledger.arrays import FOREVER
from reportedly.model import NARRATOR, Certainty, Claim, Form, Polarity, Relation
from reportedly.publish.coding import ID_BYTES, Words, days_of, dictionary_of, id_keys, sources_of, worded
from reportedly.publish.filters import POLARITY_WORDS, Filters

__all__ = ["FOREVER", "NOWHERE", "ClaimTable", "Words", "day_number", "day_of", "source_key"]

NOWHERE = -(2**40)
"""The place of claims whose words were not resolved to one place."""

OPEN_LOWER, OPEN_UPPER = -(2**30), 2**30
EPOCH = dt.date(1970, 1, 1)

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Rows = slice | Ints
Members = Callable[[int], frozenset[int]]
FACETS = ("party", "relation", "side", "source", "publisher", "certainty", "polarity", "form", "reader", "disputed")
"""Filters whose values are counted, in the order shown."""


def day_number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> dt.date:
    """The day of a number of days since 1970-01-01."""
    return EPOCH + dt.timedelta(days=int(number))


def source_key(claim: Claim) -> str:
    """What a source is filed under: its id where known, else its name as written; the narrator under the publisher."""
    who = claim.attribution
    if who.source_id:
        return who.source_id
    return f"narrator:{claim.publisher}" if who.source == NARRATOR else who.source


FIXED: dict[str, tuple[str, ...]] = {
    "relation": tuple(Relation),
    "certainty": tuple(Certainty),
    "polarity": (Polarity.STATED, Polarity.DENIED),
    "form": tuple(Form),
    "disputed": ("no", "yes"),
}
"""Filters whose values are known beforehand: their codes are positions in these."""

WORDED = ("party", "source", "side", "publisher", "reader", "report")
"""Columns of codes into a vocabulary that grows with the ledger."""

INDEXED = ("spot", "source", "report", "publisher")
"""Columns whose rows are found without looking at all of them."""


@dataclass(slots=True)
class ClaimTable:
    """All claims as columns; `ids` are the claims' ids, row by row. Filters give row numbers, newest first.

    `places` are the ids of all places claimed about (NOWHERE among them); column `spot` says which of them a claim is on.
    """

    ids: NDArray[np.bytes_]
    columns: dict[str, NDArray[Any]]
    words: dict[str, Words]
    places: Ints
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    country: NDArray[np.str_]
    standing: Bools | None
    _by: dict[str, tuple[Ints, Ints]] = field(default_factory=dict)
    _order: Ints | None = None
    _cache: dict[str, Ints] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def build(
        cls, claims: pa.Table, *, where: Callable[[int], tuple[float, float] | None] = lambda _: None,
        country: Callable[[int], str] = lambda _: "",
    ) -> ClaimTable:  # fmt: skip
        """Make the table of ledger.arrays.claim_table; `where` gives (lon, lat) of a place id, `country` its country."""
        ids = np.array(claims["id"].to_numpy(), dtype=f"S{ID_BYTES}") if len(claims) else np.empty(0, f"S{ID_BYTES}")
        made: dict[str, NDArray[Any]] = {name: claims[name].to_numpy() for name in ("seq", "known_from", "known_to")}
        made["published"] = published = days_of(claims["published"], 0)
        made["lower"], made["upper"] = (
            days_of(claims["valid_lower"], OPEN_LOWER),
            days_of(claims["valid_upper"], OPEN_UPPER),
        )
        untimed = (made["lower"] == OPEN_LOWER) & (made["upper"] == OPEN_UPPER)
        made["lower"] = np.where(
            untimed, published, made["lower"]
        )  # as of the report, and until somebody says otherwise
        words: dict[str, Words] = {}
        for name in ("relation", "certainty", "polarity", "form"):
            codes, spelled = dictionary_of(claims[name])
            made[name] = np.array([FIXED[name].index(w) for w in spelled], np.int8)[codes] if spelled else codes
        for name in WORDED:
            column = claims["report_id" if name == "report" else name]
            made[name], words[name] = sources_of(claims) if name == "source" else worded(column)
        made["sure"] = claims["place_probability"].to_numpy().astype(np.float32)
        made["loose"] = pc.or_(claims["several"], pc.is_valid(claims["within"])).to_numpy()
        made["disputed"] = np.zeros(len(ids), np.int8)
        place = pc.fill_null(claims["place_id"], NOWHERE).to_numpy()
        places, spot = np.unique(place, return_inverse=True)
        made["spot"] = spot.astype(np.int32)
        order = np.lexsort((*id_keys(ids), -published.astype(np.int64)))
        made = {name: column[order] for name, column in made.items()}
        spots = np.array([where(int(p)) or (np.nan, np.nan) for p in places], dtype=float).reshape(-1, 2)
        standing = made["known_to"] == FOREVER
        return cls(
            ids[order], made, words, places, spots[:, 0], spots[:, 1], np.array([country(int(p)) for p in places], str),
            None if bool(standing.all()) else standing,
        )  # fmt: skip

    def mark(self, disputed: frozenset[str]) -> None:
        """Say which claims are in disputes."""
        rows = [r for name in disputed if (r := self.row_of(name)) is not None]
        self.columns["disputed"][rows] = 1
        self._cache.clear()

    def __len__(self) -> int:
        return len(self.ids)

    def row_of(self, claim_id: str) -> int | None:
        """The row of a claim, or None; the first where several versions of it are there."""
        if self._order is None:
            self._order = np.argsort(self.ids, kind="stable")
        wanted = np.bytes_(claim_id.encode("utf-8", "replace"))
        at = int(np.searchsorted(self.ids, wanted, sorter=self._order))
        row = int(self._order[at]) if at < len(self._order) else -1
        return row if row >= 0 and self.ids[row] == wanted else None

    def place_of(self, rows: Ints) -> Ints:
        """The place ids of rows."""
        found: Ints = self.places[self.columns["spot"][rows]]
        return found

    def stands(self, row: int) -> bool:
        """Whether the claim of a row stands today."""
        return self.standing is None or bool(self.standing[row])

    # -- filters -----------------------------------------------------------------------------------------------------

    def _rows_by(self, name: str, codes: Iterable[int]) -> Ints:
        """Rows with one of the codes in an indexed column, in order."""
        if name not in self._by:
            with self._lock:
                column = self.columns[name]
                order = np.argsort(column, kind="stable")
                size = int(column.max(initial=-1)) + 1
                self._by[name] = (order, np.searchsorted(column[order], np.arange(size + 1)))
        order, starts = self._by[name]
        parts = [order[starts[c] : starts[c + 1]] for c in codes if c < len(starts) - 1]
        if len(parts) == 1:
            return parts[0]
        return np.sort(np.concatenate(parts)) if parts else np.empty(0, np.int64)

    def _spots(self, filters: Filters, members: Members | None) -> Bools | None:
        """Which places pass the filters on places; None where there is no such filter."""
        keep = np.ones(len(self.places), bool)
        if filters.place:
            keep &= np.isin(self.places, np.array(filters.place))
        if filters.within:
            inside = {p for region in filters.within for p in (*(members(region) if members else ()), region)}
            keep &= np.isin(self.places, np.array(sorted(inside)))
        if filters.country:
            keep &= np.isin(self.country, np.array(filters.country))
        if filters.bbox:
            west, south, east, north = filters.bbox
            lon, lat = self.lon, self.lat
            across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
            keep &= across & (lat >= south) & (lat <= north)
        return keep if filters.place or filters.within or filters.country or filters.bbox else None

    def _start(self, filters: Filters, spots: Bools | None) -> tuple[Rows, str]:
        """Rows to look at, and the filter they are taken from: an index where one narrows, else the days of publication."""
        if spots is not None and int(spots.sum()) <= len(spots) // 8:
            return self._rows_by("spot", np.flatnonzero(spots).tolist()), "spot"
        if filters.report:
            return self._rows_by("report", self.words["report"].find([filters.report])), "report"
        for name in ("source", "publisher"):
            wanted = self.words[name].find(getattr(filters, name))
            if getattr(filters, name) and len(wanted) * 8 <= len(self.words[name].words):
                return self._rows_by(name, wanted), name
        newest, low, high = -self.columns["published"], 0, len(self)
        if filters.until:
            low = int(np.searchsorted(newest, -day_number(filters.until), side="right"))
        if filters.since:
            high = int(np.searchsorted(newest, -day_number(filters.since), side="right"))
        return slice(low, max(low, high)), "days"

    def _masks(self, filters: Filters, rows: Rows, taken: str, spots: Bools | None) -> dict[str, Bools]:
        """One mask over the rows per filter that restricts, but the one they were taken from."""
        c, out = self.columns, {}
        if filters.as_of is not None:
            moment = round(filters.as_of.timestamp() * 1e6)
            out["as_of"] = (c["known_from"][rows] <= moment) & (c["known_to"][rows] > moment)
        elif self.standing is not None:
            out["as_of"] = self.standing[rows]
        if filters.valid_at:
            day = day_number(filters.valid_at)
            out["valid_at"] = (c["lower"][rows] <= day) & (c["upper"][rows] > day)
        if filters.since and taken != "days":
            out["since"] = c["published"][rows] >= day_number(filters.since)
        if filters.until and taken != "days":
            out["until"] = c["published"][rows] < day_number(filters.until)
        if spots is not None and taken != "spot":
            out["spot"] = spots[c["spot"][rows]]
        if filters.report and taken != "report":
            out["report"] = np.isin(c["report"][rows], self.words["report"].find([filters.report]))
        for name in FACETS:
            if (wanted := getattr(filters, name)) and name != taken:
                out[name] = self._passing(name, wanted)[c[name][rows]]
        return out

    def _passing(self, name: str, wanted: Iterable[str]) -> Bools:
        """By code: whether it is one of the wanted words."""
        if name in FIXED:
            plain = [POLARITY_WORDS[w] for w in wanted] if name == "polarity" else list(wanted)
            return np.array([v in plain for v in FIXED[name]])
        passing = np.zeros(len(self.words[name].words), bool)
        passing[self.words[name].find(wanted)] = True
        return passing

    def select(self, filters: Filters, *, members: Members | None = None) -> Ints:
        """Row numbers that pass all filters, newest publication first; the last answers are kept for paging."""
        key = filters.query(limit=None, offset=None)
        found = self._cache.get(key)
        if found is None:
            spots = self._spots(filters, members)
            rows, taken = self._start(filters, spots)
            found = _passed(rows, list(self._masks(filters, rows, taken, spots).values()))
            if len(self._cache) > 64:
                self._cache.clear()
            self._cache[key] = found
        return found

    def facets(self, filters: Filters, *, members: Members | None = None) -> dict[str, list[tuple[str, int]]]:
        """How many claims each value of each filter would leave, its own filter lifted; most first."""
        everywhere = self._count(filters, FACETS, members)
        for name in FACETS:
            if getattr(filters, name):
                lifted = filters.without(name)
                everywhere[name] = self._count(lifted, (name,), members)[name]
        return everywhere

    def _count(
        self, filters: Filters, names: Iterable[str], members: Members | None
    ) -> dict[str, list[tuple[str, int]]]:
        """Claims by value of these columns among those that pass; most first."""
        found = self.select(filters, members=members)
        rows: Rows = slice(None) if len(found) == len(self) else found
        out = {}
        for name in names:
            values = FIXED.get(name) or self.words[name].words
            counts = np.bincount(self.columns[name][rows], minlength=len(values))
            order = np.argsort(-counts, kind="stable")
            pairs = [(values[i], int(counts[i])) for i in order if counts[i] and values[i]]
            if name == "polarity":
                pairs = [("stated" if v == Polarity.STATED else "denied", n) for v, n in pairs]
            out[name] = sorted(pairs, reverse=True) if name == "disputed" else pairs
        return out


def _passed(rows: Rows, masks: list[Bools]) -> Ints:
    """Those of the rows that pass all masks."""
    keep = masks[0].copy() if masks else None
    for mask in masks[1:]:
        keep &= mask  # type: ignore[operator]
    if isinstance(rows, slice):
        return np.arange(rows.start, rows.stop) if keep is None else np.flatnonzero(keep) + rows.start
    return rows if keep is None else rows[keep]

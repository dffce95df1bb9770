"""Derived, rebuild at will: every claim as a row of small numbers, so that a million are filtered and counted in milliseconds.

The ledger keeps the claims; this keeps, per claim, what the filters ask about. Rows are ordered newest publication first.
Both clocks are columns: `known_from`/`known_to` say between which moments a claim stood in the ledger.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly.ledger.columns import ClaimColumns
from reportedly.model import NARRATOR, Certainty, Claim, Form, Polarity, Relation
from reportedly.publish.filters import POLARITY_WORDS, Filters

__all__ = ["FOREVER", "NOWHERE", "ClaimTable", "day_number", "day_of", "source_key"]

FOREVER = np.int64(2**62)
NOWHERE = -(2**40)
"""The place of claims whose words were not resolved to one place."""

OPEN_LOWER, OPEN_UPPER = -(2**30), 2**30
EPOCH = dt.date(1970, 1, 1)

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


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
}
CODES = {name: {str(value): i for i, value in enumerate(values)} for name, values in FIXED.items()}
WORDED = ("party", "source", "side", "publisher", "reader", "report", "spoken")
"""Columns of codes into a vocabulary that grows with the ledger."""


@dataclass(slots=True)
class Words:
    """A vocabulary: words to codes and back; code 0 is the empty word."""

    words: list[str] = field(default_factory=lambda: [""])
    codes: dict[str, int] = field(default_factory=lambda: {"": 0})

    def code(self, word: str | None) -> int:
        """The code of a word, a new one where it is new."""
        word = word or ""
        found = self.codes.get(word)
        if found is None:
            found = self.codes[word] = len(self.words)
            self.words.append(word)
        return found

    def find(self, words: Iterable[str]) -> list[int]:
        """The codes of those words that are known."""
        return [self.codes[w] for w in words if w in self.codes]


def _moment(text: str) -> int:
    """Microseconds since 1970 of a moment as the ledger writes it; FOREVER for the empty text."""
    if not text:
        return int(FOREVER)
    return round(dt.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1e6)


def _key(row: ClaimColumns) -> str:
    """What a source is filed under: as source_key, from columns."""
    if row.source_id:
        return row.source_id
    return f"narrator:{row.publisher}" if row.source == NARRATOR else row.source


def _claim_row(
    row: ClaimColumns, words: Mapping[str, Words], days: dict[str, int], moments: dict[str, int]
) -> tuple[Any, ...]:
    """One claim as numbers, in the order of ClaimTable.COLUMNS; `days` and `moments` keep what was parsed before."""

    def day(text: str) -> int:
        if (number := days.get(text)) is None:
            number = days[text] = day_number(dt.date.fromisoformat(text))
        return number

    def moment(text: str) -> int:
        if (number := moments.get(text)) is None:
            number = moments[text] = _moment(text)
        return number

    published = day(row.published[:10])
    if row.valid_lower is None and row.valid_upper is None:
        lower, upper = published, OPEN_UPPER  # no time given: as of the report, and until somebody says otherwise
    else:
        lower = OPEN_LOWER if row.valid_lower is None else day(row.valid_lower)
        upper = OPEN_UPPER if row.valid_upper is None else day(row.valid_upper)
    return (
        published, lower, upper, NOWHERE if row.place_id is None else row.place_id,
        moment(row.known_from), moment(row.known_to),
        CODES["relation"][row.relation], CODES["certainty"][row.certainty], CODES["polarity"][row.polarity],
        CODES["form"][row.form], words["party"].code(row.party), words["source"].code(_key(row)),
        words["side"].code(row.side), words["publisher"].code(row.publisher), words["reader"].code(row.reader),
        words["report"].code(row.report_id), words["spoken"].code(row.place if row.place_id is None else ""),
        row.place_probability,
    )  # fmt: skip


@dataclass(slots=True)
class ClaimTable:
    """All claims as columns; `ids` are the claims' ids, row by row. Filters give row numbers, newest first."""

    COLUMNS = (
        ("published", np.int32), ("lower", np.int32), ("upper", np.int32), ("place", np.int64),
        ("known_from", np.int64), ("known_to", np.int64),
        ("relation", np.int8), ("certainty", np.int8), ("polarity", np.int8), ("form", np.int8),
        ("party", np.int32), ("source", np.int32), ("side", np.int32), ("publisher", np.int32),
        ("reader", np.int32), ("report", np.int32), ("spoken", np.int32), ("sure", np.float32),
    )  # fmt: skip

    ids: NDArray[np.str_]
    columns: dict[str, NDArray[Any]]
    words: dict[str, Words]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    disputed: Bools
    _rows: dict[str, int] = field(default_factory=dict)
    _cache: dict[str, Ints] = field(default_factory=dict)

    @classmethod
    def build(
        cls,
        claims: Iterable[ClaimColumns],
        *,
        where: Callable[[int], tuple[float, float] | None] = lambda _: None,
        disputed: frozenset[str] = frozenset(),
    ) -> ClaimTable:
        """Make the table; `where` gives (lon, lat) of a place id, `disputed` the ids of claims in disputes."""
        words = {name: Words() for name in WORDED}
        ids: list[str] = []
        rows: list[tuple[Any, ...]] = []
        days: dict[str, int] = {}
        moments: dict[str, int] = {}
        for row in claims:
            ids.append(row.id)
            rows.append(_claim_row(row, words, days, moments))
        return cls.from_rows(ids, list(zip(*rows, strict=True)), words, where=where, disputed=disputed)

    @classmethod
    def from_rows(
        cls,
        ids: list[str] | NDArray[np.str_],
        columns: list[Any],
        words: dict[str, Words],
        *,
        where: Callable[[int], tuple[float, float] | None] = lambda _: None,
        disputed: frozenset[str] = frozenset(),
    ) -> ClaimTable:
        """Make the table from columns in the order of COLUMNS."""
        names = np.asarray(ids, dtype="U24") if len(ids) else np.empty(0, "U24")
        made = {
            name: np.asarray(columns[i], dtype=kind) if columns else np.empty(0, kind)
            for i, (name, kind) in enumerate(cls.COLUMNS)
        }
        order = np.lexsort((names, -made["published"].astype(np.int64)))
        names = names[order]
        made = {name: column[order] for name, column in made.items()}
        places, back = np.unique(made["place"], return_inverse=True)
        spots = np.array([where(int(p)) or (np.nan, np.nan) for p in places], dtype=float).reshape(-1, 2)
        marks = np.isin(names, np.array(sorted(disputed), dtype="U24")) if disputed else np.zeros(len(names), bool)
        return cls(names, made, words, spots[back, 0], spots[back, 1], marks)

    def __len__(self) -> int:
        return len(self.ids)

    def row_of(self, claim_id: str) -> int | None:
        """The row of a claim, or None; the newest where several versions of it stand."""
        if not self._rows and len(self.ids):
            self._rows = {str(name): i for i, name in enumerate(self.ids)}
        return self._rows.get(claim_id)

    def masks(self, filters: Filters, *, members: Callable[[int], frozenset[int]] | None = None) -> dict[str, Bools]:
        """One mask per filter that restricts; `members` gives the settlements of a region."""
        c, out = self.columns, {}
        moment = FOREVER - 1 if filters.as_of is None else round(filters.as_of.timestamp() * 1e6)
        out["as_of"] = (c["known_from"] <= moment) & (c["known_to"] > moment)
        if filters.valid_at:
            day = day_number(filters.valid_at)
            out["valid_at"] = (c["lower"] <= day) & (c["upper"] > day)
        if filters.since:
            out["since"] = c["published"] >= day_number(filters.since)
        if filters.until:
            out["until"] = c["published"] < day_number(filters.until)
        if filters.place:
            out["place"] = np.isin(c["place"], np.array(filters.place))
        if filters.within:
            inside = {p for region in filters.within for p in (*(members(region) if members else ()), region)}
            out["within"] = np.isin(c["place"], np.array(sorted(inside)))
        if filters.bbox:
            out["bbox"] = self._in_box(filters.bbox)
        if filters.report:
            out["report"] = np.isin(c["report"], self.words["report"].find([filters.report]))
        if filters.disputed:
            out["disputed"] = np.isin(self.disputed, ["yes" in filters.disputed, "no" not in filters.disputed])
        for name in ("relation", "certainty", "polarity", "form"):
            if wanted := getattr(filters, name):
                plain = [POLARITY_WORDS[w] for w in wanted] if name == "polarity" else wanted
                out[name] = np.isin(c[name], [FIXED[name].index(w) for w in plain])
        for name in ("party", "source", "side", "publisher", "reader"):
            if wanted := getattr(filters, name):
                out[name] = np.isin(c[name], self.words[name].find(wanted))
        return out

    def _in_box(self, box: tuple[float, float, float, float]) -> Bools:
        """Rows whose place lies in the box, its edges included."""
        west, south, east, north = box
        across = (self.lon >= west) & (self.lon <= east) if west <= east else (self.lon >= west) | (self.lon <= east)
        inside: Bools = across & (self.lat >= south) & (self.lat <= north)
        return inside

    def select(self, filters: Filters, *, members: Callable[[int], frozenset[int]] | None = None) -> Ints:
        """Row numbers that pass all filters, newest publication first; the last answers are kept for paging."""
        key = filters.query(limit=None, offset=None)
        found = self._cache.get(key)
        if found is None:
            keep = np.ones(len(self), bool)
            for mask in self.masks(filters, members=members).values():
                keep &= mask
            found = np.flatnonzero(keep)
            if len(self._cache) > 64:
                self._cache.clear()
            self._cache[key] = found
        return found

    def facets(
        self, filters: Filters, *, members: Callable[[int], frozenset[int]] | None = None
    ) -> dict[str, list[tuple[str, int]]]:
        """How many claims each value of each filter would leave, its own filter lifted; most first."""
        masks = self.masks(filters, members=members)
        out: dict[str, list[tuple[str, int]]] = {}
        for name in ("party", "relation", "side", "source", "publisher", "certainty", "polarity", "form", "reader"):
            keep = np.ones(len(self), bool)
            for other, mask in masks.items():
                if other != name:
                    keep &= mask
            values = FIXED.get(name) or self.words[name].words
            counts = np.bincount(self.columns[name][keep], minlength=len(values))
            pairs = [(values[i], int(counts[i])) for i in np.argsort(-counts, kind="stable") if counts[i] and values[i]]
            if name == "polarity":
                pairs = [("stated" if v == Polarity.STATED else "denied", n) for v, n in pairs]
            out[name] = pairs
        keep = np.ones(len(self), bool)
        for other, mask in masks.items():
            if other != "disputed":
                keep &= mask
        yes = int(np.count_nonzero(self.disputed & keep))
        out["disputed"] = [(w, n) for w, n in (("yes", yes), ("no", int(keep.sum()) - yes)) if n]
        return out

"""Which places, disputes and reports pass filters: beside what they are themselves, a claim that passes must speak of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from reportedly.ledger.columns import ReportRow
from reportedly.model import Dispute
from reportedly.publish.filters import Filters
from reportedly.publish.history import History
from reportedly.publish.table import Bools
from reportedly.publish.views import Views

__all__ = ["disputes_in", "places_on", "reports_in"]

WHERE = ("place", "within", "country", "bbox")
"""Filters on the ground itself."""
SPOKEN = ("source", "side", "publisher", "reader", "relation", "certainty", "polarity", "form", "disputed", "report",
          "since", "until")  # fmt: skip
"""Filters on what is said of it."""


def _only(filters: Filters, names: Collection[str]) -> Filters | None:
    """Filters with these alone, and what had been read by when; None where none of them restricts."""
    kept = {name: getattr(filters, name) for name in names if getattr(filters, name)}
    return Filters(**kept, as_of=filters.as_of) if kept else None


def _inside(
    views: Views, ids: NDArray[np.int64], lon: NDArray[np.float64], lat: NDArray[np.float64], filters: Filters
) -> Bools:
    """Which places pass the filters on the ground."""
    keep = np.ones(len(ids), bool)
    if filters.bbox:
        west, south, east, north = filters.bbox
        across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
        keep &= across & (lat >= south) & (lat <= north)
    if filters.place:
        keep &= np.isin(ids, np.array(filters.place))
    if filters.within:
        keep &= np.isin(ids, sorted({p for r in filters.within for p in (*views.members(r), r)}))
    if filters.country:
        found = ((views.place(int(i)) if k else None) for i, k in zip(ids, keep, strict=True))
        keep &= np.array([p is not None and p.country in filters.country for p in found], bool)
    return keep


def places_on(views: Views, history: History, codes: NDArray[np.int16], filters: Filters) -> Bools:
    """Which places of a history with a status on a day pass: by where they are, who has a part in it, and what is said of them."""
    keep: Bools = (codes != 0) & _inside(views, history.ids, history.lon, history.lat, filters)
    if filters.party:
        wanted = [i for i, c in enumerate(history.codes) if {c.party, c.other} & set(filters.party)]
        keep &= np.isin(codes, wanted)
    if spoken := _only(filters, SPOKEN):
        keep &= np.isin(history.ids, views.snapshot().table.place_of(views.select(spoken)))
    return keep


def disputes_in(views: Views, filters: Filters) -> tuple[Dispute, ...]:
    """The disputes that pass, newest first: on that ground, in those days, with a claim that passes."""
    found = views.disputes()
    if filters.valid_at:
        found = tuple(d for d in found if d.first <= filters.valid_at < d.last)
    if filters.since or filters.until:
        since, until = filters.since, filters.until
        found = tuple(d for d in found if (not since or d.last >= since) and (not until or d.first < until))
    if _only(filters, WHERE):
        places = [views.place(d.place_id) if d.place_id is not None else None for d in found]
        ids, lon, lat = (
            np.array([getattr(p, name, None) if p and getattr(p, name) is not None else none for p in places], kind)
            for name, none, kind in (("id", 0, np.int64), ("lon", np.nan, float), ("lat", np.nan, float))
        )
        keep = _inside(views, ids, lon, lat, filters)
        found = tuple(d for d, k in zip(found, keep, strict=True) if k)
    spoken = _only(filters, ("party", *(n for n in SPOKEN if n not in ("since", "until"))))
    if spoken or filters.as_of:
        table = views.snapshot().table
        passing = np.zeros(len(table), bool)
        passing[views.select(spoken or Filters(as_of=filters.as_of))] = True
        sides = [[any(_passes(table.row_of(c), passing) for c in side) for side in d.sides] for d in found]
        found = tuple(d for d, s in zip(found, sides, strict=True) if (any(s) if spoken else all(s)))
    return found


def _passes(row: int | None, passing: Bools) -> bool:
    return row is not None and bool(passing[row])


def reports_in(views: Views, filters: Filters) -> list[ReportRow]:
    """The reports that pass, newest first: by publisher and day, and where claims are asked for, with one that passes."""
    snapshot = views.snapshot()
    since, until = (day.isoformat() if day else None for day in (filters.since, filters.until))
    read_by = filters.as_of.isoformat().replace("+00:00", "Z") if filters.as_of else None
    found = [
        r for r in snapshot.reports
        if (not filters.publisher or r.publisher in filters.publisher) and (not filters.report or r.id == filters.report)
        and (not since or r.published[:10] >= since) and (not until or r.published[:10] < until)
        and (not read_by or max(r.recorded_at, r.published) <= read_by)
    ]  # fmt: skip
    own = ("publisher", "report", "since", "until", "as_of", "as_of_words", "limit", "offset")
    claimed = _only(filters, [f.name for f in dataclasses.fields(Filters) if f.name not in own])
    if claimed is None:
        return found
    words, codes = snapshot.table.words["report"], snapshot.table.columns["report"]
    named = {words.words[c] for c in np.unique(codes[views.select(claimed)])}
    return [r for r in found if r.id in named]

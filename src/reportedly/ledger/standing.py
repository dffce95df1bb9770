"""Which readings stand at a moment, and the claims in them, as SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from reportedly.ledger import tables as t
from reportedly.ledger.codec import print_moment

__all__ = ["ClaimFilter", "standing_claims", "standing_readings", "stands"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """Which claims to give; every field narrows. Ranges are half-open; `text` is looked for in the quoted sentence.

    `place_ids` finds claims on those places, on sets that have them as members, and on unnamed groups within them.
    `valid_from`/`valid_to` keep claims whose time overlaps; a claim without a time counts as of its publication.
    """

    place_ids: Sequence[int] | None = None
    place: str | None = None
    party: str | None = None
    source: str | None = None
    side: str | None = None
    publisher: str | None = None
    relation: str | None = None
    polarity: str | None = None
    certainty: str | None = None
    form: str | None = None
    report_id: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    published_from: dt.datetime | None = None
    published_to: dt.datetime | None = None
    as_of: dt.datetime | None = None
    text: str | None = None
    newest_first: bool = False
    limit: int | None = None
    offset: int = 0


def standing_readings(as_of: dt.datetime | None) -> Any:
    """Sequence numbers of the readings that stand: one per report, none for reports replaced or retracted by then."""
    reading, report = t.readings.alias("reading"), t.reports.alias("report")
    query = sa.select(reading.c.seq).join(report, report.c.id == reading.c.report_id)
    return query.where(*_stands(reading, report, as_of))


def stands(found: sa.Table, as_of: dt.datetime | None) -> Any:
    """Whether a row's reading stands, asked row by row: for questions that look at few rows of a large ledger."""
    reading, report = t.readings.alias("reading"), t.reports.alias("report")
    query = sa.select(sa.literal(1)).select_from(reading.join(report, report.c.id == reading.c.report_id))
    return query.where(reading.c.seq == found.c.reading_seq, *_stands(reading, report, as_of)).exists()


def _stands(reading: Any, report: Any, as_of: dt.datetime | None) -> list[Any]:
    """The conditions on a reading and its report. One `exists` each, so that each is a look into one index."""
    better, later = t.readings.alias("better"), t.reports.alias("later")
    outranked = sa.or_(
        better.c.by_person > reading.c.by_person,
        sa.and_(better.c.by_person == reading.c.by_person, better.c.seq > reading.c.seq),
    )
    after = sa.or_(
        later.c.published > report.c.published,
        sa.and_(later.c.published == report.c.published, later.c.seq > report.c.seq),
    )
    read_again = sa.and_(better.c.report_id == reading.c.report_id, outranked)
    replaced = [
        sa.and_(later.c.url == report.c.url, later.c.publisher == report.c.publisher, after),
        sa.and_(later.c.corrects == report.c.id, later.c.seq != report.c.seq),
        sa.and_(later.c.corrects == report.c.url, later.c.seq != report.c.seq),
    ]
    if as_of is None:
        known: list[Any] = []
    else:
        moment = print_moment(as_of)
        read_again = sa.and_(read_again, better.c.recorded_at <= moment)
        replaced = [sa.and_(r, later.c.recorded_at <= moment, later.c.published <= moment) for r in replaced]
        known = [reading.c.recorded_at <= moment, report.c.published <= moment]
    return [*known, ~sa.exists().where(read_again), *(~sa.exists().where(r) for r in replaced)]


def standing_claims(wanted: ClaimFilter) -> Any:
    """Bodies of the claims that pass the filter."""
    c = t.claims.c
    few = wanted.place_ids is not None or wanted.report_id is not None or wanted.limit is not None
    # few rows: look each one's reading up; many: list the standing readings once
    standing = stands(t.claims, wanted.as_of) if few else c.reading_seq.in_(standing_readings(wanted.as_of))
    query = sa.select(c.body).where(standing)
    for name in ("party", "side", "publisher", "relation", "polarity", "certainty", "form", "report_id"):
        value = getattr(wanted, name)
        if value is not None:
            query = query.where(c[name] == value)
    if wanted.place_ids is not None:
        ids = list(wanted.place_ids)
        members = sa.select(t.claim_places.c.claim_seq).where(t.claim_places.c.place_id.in_(ids))
        query = query.where(sa.or_(c.place_id.in_(ids), c.within.in_(ids), c.seq.in_(members)))
    for name, column in (("source", c.source), ("place", c.place), ("text", c.body)):
        value = getattr(wanted, name)
        if value is not None:
            query = query.where(sa.func.lower(column).contains(value.lower(), autoescape=True))
    day = sa.func.substr(c.published, 1, 10)
    if wanted.valid_from is not None:
        query = query.where(sa.func.coalesce(c.valid_upper, c.valid_lower, day) >= wanted.valid_from.isoformat())
    if wanted.valid_to is not None:
        query = query.where(sa.func.coalesce(c.valid_lower, c.valid_upper, day) < wanted.valid_to.isoformat())
    if wanted.published_from is not None:
        query = query.where(c.published >= print_moment(wanted.published_from))
    if wanted.published_to is not None:
        query = query.where(c.published < print_moment(wanted.published_to))
    order = (c.published.desc(), c.seq.desc()) if wanted.newest_first else (c.published, c.seq)
    query = query.order_by(*order)
    if wanted.limit is not None:
        query = query.limit(wanted.limit)
    return query.offset(wanted.offset) if wanted.offset else query

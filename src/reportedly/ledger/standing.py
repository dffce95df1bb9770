"""Which readings stand at a moment, and the claims in them, as SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from reportedly.ledger import tables as t
from reportedly.ledger.codec import print_moment

__all__ = ["ClaimFilter", "standing_claims", "standing_readings"]


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
    later, report = t.reports.alias("later"), t.reports
    after = sa.or_(
        later.c.published > report.c.published,
        sa.and_(later.c.published == report.c.published, later.c.seq > report.c.seq),
    )
    edited = sa.and_(later.c.url == report.c.url, later.c.publisher == report.c.publisher, after)
    retracted = sa.and_(
        sa.or_(later.c.corrects == report.c.id, later.c.corrects == report.c.url), later.c.seq != report.c.seq
    )
    replaced = sa.exists().where(sa.or_(edited, retracted))
    rank = sa.func.row_number().over(
        partition_by=t.readings.c.report_id, order_by=(t.readings.c.by_person.desc(), t.readings.c.seq.desc())
    )
    ranked = sa.select(t.readings.c.seq, rank.label("rank")).join(report, report.c.id == t.readings.c.report_id)
    if as_of is not None:
        moment = print_moment(as_of)
        replaced = replaced.where(later.c.recorded_at <= moment, later.c.published <= moment)
        ranked = ranked.where(t.readings.c.recorded_at <= moment, report.c.published <= moment)
    ranked = ranked.where(~replaced)
    inner = ranked.subquery()
    return sa.select(inner.c.seq).where(inner.c.rank == 1)


def standing_claims(wanted: ClaimFilter) -> Any:
    """Bodies of the claims that pass the filter."""
    c = t.claims.c
    query = sa.select(c.body).where(c.reading_seq.in_(standing_readings(wanted.as_of)))
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

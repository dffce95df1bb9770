"""Which readings stand at a moment, and the claims in them, as SQL."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from reportedly.ledger import tables as t
from reportedly.ledger.codec import print_moment

__all__ = ["ClaimFilter", "standing_claims", "standing_places", "standing_readings", "stands"]


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


# made once: SQLAlchemy takes milliseconds to make an alias, a question to the database less
READING, REPORT, BETTER, LATER = (
    t.readings.alias("reading"), t.reports.alias("report"), t.readings.alias("better"), t.reports.alias("later"),
)  # fmt: skip
OUTRANKED = sa.and_(
    BETTER.c.report_id == READING.c.report_id,
    sa.or_(
        BETTER.c.by_person > READING.c.by_person,
        sa.and_(BETTER.c.by_person == READING.c.by_person, BETTER.c.seq > READING.c.seq),
    ),
)
REPLACED = (
    sa.and_(
        LATER.c.url == REPORT.c.url,
        LATER.c.publisher == REPORT.c.publisher,
        sa.or_(
            LATER.c.published > REPORT.c.published,
            sa.and_(LATER.c.published == REPORT.c.published, LATER.c.seq > REPORT.c.seq),
        ),
    ),
    sa.and_(LATER.c.corrects == REPORT.c.id, LATER.c.seq != REPORT.c.seq),
    sa.and_(LATER.c.corrects == REPORT.c.url, LATER.c.seq != REPORT.c.seq),
)


def standing_readings(as_of: dt.datetime | None) -> Any:
    """Sequence numbers of the readings that stand: one per report, none for reports replaced or retracted by then."""
    return _asked("list", print_moment(as_of) if as_of else None)


def stands(found: sa.Table, as_of: dt.datetime | None) -> Any:
    """Whether a row's reading stands, asked row by row: for questions that look at few rows of a large ledger."""
    return _asked(found.name, print_moment(as_of) if as_of else None)


@functools.lru_cache(maxsize=64)
def _asked(what: str, moment: str | None) -> Any:
    """The readings that stand at a moment as a list, or the condition on a row of a table."""
    query = sa.select(READING.c.seq if what == "list" else sa.literal_column("1"))
    query = query.select_from(READING.join(REPORT, REPORT.c.id == READING.c.report_id)).where(*_stands(moment))
    if what == "list":
        return query
    return query.where(READING.c.seq == t.META.tables[what].c.reading_seq).exists()


def _stands(moment: str | None) -> list[Any]:
    """The conditions on a reading and its report. One `exists` each, so that each is a look into one index."""
    read_again, replaced, known = OUTRANKED, list(REPLACED), []
    if moment is not None:
        read_again = sa.and_(read_again, BETTER.c.recorded_at <= moment)
        replaced = [sa.and_(r, LATER.c.recorded_at <= moment, LATER.c.published <= moment) for r in replaced]
        known = [READING.c.recorded_at <= moment, REPORT.c.published <= moment]
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


def standing_places(published_from: dt.datetime, published_to: dt.datetime, as_of: dt.datetime | None) -> Any:
    """Time of publication, report, place and its probability of claims on single places, in order of time."""
    c = t.claims.c
    query = sa.select(c.published, c.report_id, c.place_id, sa.func.max(c.place_probability).label("probability"))
    query = query.where(
        c.place_id.is_not(None), c.published >= print_moment(published_from), c.published < print_moment(published_to)
    )
    query = query.where(stands(t.claims, as_of)).group_by(c.published, c.report_id, c.place_id)
    return query.order_by(c.published, c.report_id, c.place_id)

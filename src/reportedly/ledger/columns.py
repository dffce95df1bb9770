"""What lists and tables need of the ledger beside whole claims: when readings stand, rows of reports, who read what."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa

from reportedly.ledger import tables as t
from reportedly.ledger.codec import decode
from reportedly.ledger.ledger import Ledger
from reportedly.model import Claim

__all__ = [
    "PersonReading", "ReportRow", "claims_by_id", "claims_by_seq", "known_intervals",
    "own_readers", "person_readings", "report_rows", "start_of", "written_names",
]  # fmt: skip

NEVER = ""
"""Upper bound of what still stands."""

IDS_AT_ONCE = 500  # SQLite and PostgreSQL both take as many parameters


class ReportRow(NamedTuple):
    """What lists show of a report."""

    id: str
    publisher: str
    published: str
    url: str | None
    headline: str | None
    lang: str
    recorded_at: str


def start_of(ledger: Ledger) -> str:
    """The hash of the first reading: it names a ledger for as long as it lives; empty where nothing has been read."""
    query = sa.select(t.readings.c.chain_hash).order_by(t.readings.c.seq).limit(1)
    with ledger.engine.connect() as connection:
        return connection.execute(query).scalar() or ""


def known_intervals(ledger: Ledger) -> dict[int, tuple[str, str]]:
    """Between which moments each reading stands or stood: by sequence number, half-open, `NEVER` where it still does.

    The same rule as standing.standing_readings, told once for all moments: a person's reading before the machine's, among
    equals the later one, none once an edited version of the report or a retraction is known. Readings that never stood are
    left out.
    """
    r, p = t.readings.c, t.reports.c
    with ledger.engine.connect() as connection:
        reports = connection.execute(
            sa.select(p.id, p.url, p.publisher, p.published, p.corrects, p.recorded_at, p.seq)
        ).all()
        rows = connection.execute(sa.select(r.seq, r.report_id, r.by_person, r.recorded_at)).all()
    known = {row.id: max(row.recorded_at, row.published) for row in reports}
    published = {row.id: row.published for row in reports}
    replaced: dict[str, str] = {}
    by_address, corrected = defaultdict(list), defaultdict(list)
    for row in reports:
        if row.url is not None:
            by_address[row.url, row.publisher].append(row)
        if row.corrects is not None:
            corrected[row.corrects].append(row)
    for row in reports:
        later = [
            o for o in by_address.get((row.url, row.publisher), ()) if (o.published, o.seq) > (row.published, row.seq)
        ]
        later += [o for key in {row.id, row.url} for o in corrected.get(key, ()) if o.seq != row.seq]
        if later:
            replaced[row.id] = min(known[o.id] for o in later)
    readings = defaultdict(list)
    for reading in rows:
        readings[reading.report_id].append(reading)
    out: dict[int, tuple[str, str]] = {}
    for report_id, many in readings.items():
        since_day = published[report_id]
        for reading in many:
            since = max(reading.recorded_at, since_day)
            better = [o for o in many if (o.by_person, o.seq) > (reading.by_person, reading.seq)]
            ends = [max(o.recorded_at, since_day) for o in better] + (
                [replaced[report_id]] if report_id in replaced else []
            )
            until = min(ends, default=NEVER)
            if until == NEVER or until > since:
                out[reading.seq] = (since, until)
    return out


def own_readers(ledger: Ledger) -> dict[tuple[int, str], str]:
    """(reading's number, claim id) to reader, for the claims that a person's reading carries over from the machine's."""
    c = t.claims.c
    people = sa.select(c.reading_seq, c.id, c.body).join(t.readings, t.readings.c.seq == c.reading_seq)
    with ledger.engine.connect() as connection:
        found = connection.execute(people.where(t.readings.c.by_person)).all()
    return {(seq, name): reader for seq, name, body in found if (reader := json.loads(body).get("reader"))}


def claims_by_seq(ledger: Ledger, numbers: Iterable[int]) -> list[Claim]:
    """The claims of those rows of the ledger, in the order asked; unknown numbers are left out."""
    wanted = list(dict.fromkeys(numbers))
    found: dict[int, Claim] = {}
    with ledger.engine.connect() as connection:
        for start in range(0, len(wanted), IDS_AT_ONCE):
            part = wanted[start : start + IDS_AT_ONCE]
            query = sa.select(t.claims.c.seq, t.claims.c.body).where(t.claims.c.seq.in_(part))
            found |= {seq: decode(Claim, body) for seq, body in connection.execute(query)}
    return [found[seq] for seq in wanted if seq in found]


def claims_by_id(ledger: Ledger, ids: Iterable[str]) -> dict[str, Claim]:
    """The claims of those ids, newest version of each; unknown ids are left out."""
    wanted, found = list(dict.fromkeys(ids)), {}
    with ledger.engine.connect() as connection:
        for start in range(0, len(wanted), IDS_AT_ONCE):
            part = wanted[start : start + IDS_AT_ONCE]
            query = sa.select(t.claims.c.id, t.claims.c.body).where(t.claims.c.id.in_(part)).order_by(t.claims.c.seq)
            for name, body in connection.execute(query):
                found[name] = decode(Claim, body)
    return {name: found[name] for name in wanted if name in found}


def report_rows(ledger: Ledger) -> list[ReportRow]:
    """All reports without their texts, newest publication first."""
    p = t.reports.c
    query = sa.select(p.id, p.publisher, p.published, p.url, p.headline, p.lang, p.recorded_at)
    with ledger.engine.connect() as connection:
        return [ReportRow._make(row) for row in connection.execute(query.order_by(p.published.desc(), p.seq.desc()))]


def written_names(ledger: Ledger) -> dict[int, str]:
    """How each place is written in the claims on it, by place id: the commonest spelling, among equals the first by alphabet."""
    c = t.claims.c
    if ledger.engine.dialect.name == "sqlite":
        words: Any = sa.func.json_extract(c.body, "$.place.words")
    else:
        words = sa.cast(c.body, sa.JSON)["place"]["words"].as_string()
    spelled = sa.select(c.place_id, words.label("words")).where(c.place_id.is_not(None)).subquery()
    query = sa.select(spelled.c.place_id, spelled.c.words, sa.func.count().label("n"))
    best: dict[int, tuple[int, str]] = {}
    with ledger.engine.connect() as connection:
        for place_id, text, number in connection.execute(query.group_by(spelled.c.place_id, spelled.c.words)):
            if text and (place_id not in best or (-number, text) < best[place_id]):
                best[place_id] = (-number, text)
    return {place_id: text for place_id, (_, text) in best.items()}


class PersonReading(NamedTuple):
    """A reading by a named person: for the audit log."""

    id: str
    report_id: str
    reader: str
    note: str | None
    recorded_at: str


def person_readings(ledger: Ledger, *, limit: int = 100, offset: int = 0) -> list[PersonReading]:
    """Readings by persons, newest first."""
    r = t.readings.c
    query = sa.select(r.id, r.report_id, r.reader, r.note, r.recorded_at).where(r.by_person).order_by(r.seq.desc())
    with ledger.engine.connect() as connection:
        return [PersonReading._make(row) for row in connection.execute(query.limit(limit).offset(offset))]

"""Adding reports and readings inside one transaction, many rows a statement.

Row numbers are given by us, under the database's own write lock: readings form a chain, so writers must queue anyway.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from reportedly.errors import LedgerError
from reportedly.ledger import tables as t
from reportedly.ledger.chain import START, chain_hash, content_hash
from reportedly.ledger.codec import encode, print_moment
from reportedly.model import Claim, Reading, Report, Statement, Unresolved

__all__ = ["KINDS", "TABLES", "Batch", "report_row", "row_of"]

KINDS: dict[str, Any] = {"claims": Claim, "statements": Statement, "unresolved": Unresolved}
TABLES: dict[str, sa.Table] = {"claims": t.claims, "statements": t.statements, "unresolved": t.unresolved}
LOCK = 0x5245504F  # "REPO": any constant that all writers of a ledger share
IN_LIST = 5_000  # ids asked for at a time: far below what either database bears


class Batch:
    """One transaction's additions; `moment` is when they count as recorded."""

    def __init__(self, connection: Connection, moment: str) -> None:
        self.connection = connection
        self.moment = moment
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))

    def add_reports(self, reports: Sequence[Report]) -> int:
        """Add those that are not there; returns how many were new."""
        named = {report.id: report for report in reports}
        known = self._known(t.reports, named)
        first = self._next(t.reports)
        rows = [
            {"seq": seq, "recorded_at": self.moment, **report_row(report, name, encode(report))}
            for seq, (name, report) in enumerate(((n, r) for n, r in named.items() if n not in known), first)
        ]
        self._insert(t.reports, rows)
        return len(rows)

    def add_readings(self, readings: Sequence[Reading]) -> int:
        """Add those that are not there, linked to the chain; returns how many were new."""
        ids: dict[str, dict[str, list[str]]] = {}
        named: dict[str, Reading] = {}
        for reading in readings:
            found = {kind: [item.id for item in getattr(reading, kind)] for kind in TABLES}
            name = reading.id_over(**found)
            ids[name], named[name] = found, reading
        known = self._known(t.readings, named)
        new = {name: reading for name, reading in named.items() if name not in known}
        if not new:
            return 0
        bodies = self._report_bodies({reading.report_id for reading in new.values()})
        last = (
            self.connection.execute(
                sa.select(t.readings.c.chain_hash).order_by(t.readings.c.seq.desc()).limit(1)
            ).scalar()
            or START
        )
        following = {kind: self._next(table) for kind, table in TABLES.items()}
        rows: dict[str, list[dict[str, Any]]] = {"readings": [], **{kind: [] for kind in TABLES}}
        members: list[dict[str, int]] = []
        for seq, (name, reading) in enumerate(new.items(), self._next(t.readings)):
            if reading.report_id not in bodies:
                raise LedgerError(
                    f"Reading {name} is of report {reading.report_id}, which the ledger does not have: append it first."
                )
            content: list[str] = []
            for kind in TABLES:
                items = dict(zip(ids[name][kind], getattr(reading, kind), strict=True))
                texts = {key: encode(item) for key, item in items.items()}
                content += [texts[key] for key in sorted(texts)]
                for key, item in items.items():
                    rows[kind].append(row_of(kind, item, key, texts[key], seq=following[kind], reading_seq=seq))
                    if kind == "claims":
                        members += [
                            {"claim_seq": following[kind], "place_id": m} for m in sorted(set(item.place.members))
                        ]
                    following[kind] += 1
            digest = content_hash(bodies[reading.report_id], content)
            link = chain_hash(last, reading_id=name, reader=reading.reader, recorded_at=self.moment, content=digest)
            rows["readings"].append(
                {
                    "seq": seq, "id": name, "report_id": reading.report_id, "reader": reading.reader, "by_person": reading.by_person,
                    "note": reading.note, "recorded_at": self.moment, "content_hash": digest, "previous_hash": last, "chain_hash": link,
                }
            )  # fmt: skip
            last = link
        self._insert(t.readings, rows["readings"])
        for kind, table in TABLES.items():
            self._insert(table, rows[kind])
        self._insert(t.claim_places, members)
        return len(new)

    def add_coverage(self, rows: Iterable[tuple[str, dt.date, int]], note: str) -> int:
        """Add which sources were read for which days; returns how many rows are new."""
        before = self._count(t.coverage)
        insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[self.connection.dialect.name]
        made = (
            {"source": source, "day": day.isoformat(), "reports": reports, "note": note, "recorded_at": self.moment}
            for source, day, reports in rows
        )
        while given := list(islice(made, IN_LIST)):
            self.connection.execute(insert(t.coverage).on_conflict_do_nothing(), given)
        return self._count(t.coverage) - before

    def _insert(self, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
        """Insert rows that have the same keys, by the driver's own executemany: values are bound, and need no conversion."""
        if not rows:
            return
        statement = table.insert().compile(dialect=self.connection.dialect, column_keys=list(rows[0]))
        order = statement.positiontup
        given = [tuple(map(row.__getitem__, order)) for row in rows] if order else [*rows]
        self.connection.exec_driver_sql(str(statement), given)

    def _count(self, table: sa.Table) -> int:
        return int(self.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())

    def _next(self, table: sa.Table) -> int:
        return int(self.connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.seq), 0))).scalar_one()) + 1

    def _known(self, table: sa.Table, ids: Iterable[str]) -> set[str]:
        wanted, known = list(ids), set()
        for start in range(0, len(wanted), IN_LIST):
            query = sa.select(table.c.id).where(table.c.id.in_(wanted[start : start + IN_LIST]))
            known |= {row.id for row in self.connection.execute(query)}
        return known

    def _report_bodies(self, ids: Iterable[str]) -> dict[str, str]:
        wanted = list(ids)
        bodies: dict[str, str] = {}
        for start in range(0, len(wanted), IN_LIST):
            query = sa.select(t.reports.c.id, t.reports.c.body).where(
                t.reports.c.id.in_(wanted[start : start + IN_LIST])
            )
            bodies |= {row.id: row.body for row in self.connection.execute(query)}
        return bodies


def report_row(report: Report, name: str, body: str) -> dict[str, Any]:
    """The columns of a report that follow from it."""
    return {
        "id": name, "publisher": report.publisher, "published": print_moment(report.published), "url": report.url,
        "headline": report.headline, "lang": report.lang, "corrects": report.corrects, "body": body,
    }  # fmt: skip


def row_of(kind: str, item: Any, name: str, body: str, *, seq: int, reading_seq: int) -> dict[str, Any]:
    """The columns of one finding."""
    row: dict[str, Any] = {
        "seq": seq,
        "id": name,
        "reading_seq": reading_seq,
        "report_id": item.report_id,
        "body": body,
        "published": "",
    }
    if kind == "unresolved":
        return row | {"kind": item.kind, "words": item.words}
    row |= {
        "published": print_moment(item.published), "publisher": item.publisher, "source": item.attribution.source,
        "source_id": item.attribution.source_id, "place_id": item.place.place_id if item.place else None,
    }  # fmt: skip
    if kind == "statements":
        return row
    lower = item.valid.lower if item.valid else None
    upper = item.valid.upper if item.valid else None
    return row | {
        "relation": str(item.relation), "party": item.party, "place": item.place.name or item.place.words,
        "place_probability": item.place.probability, "within": item.place.within, "extent": str(item.extent),
        "polarity": str(item.polarity), "certainty": str(item.certainty), "form": str(item.form), "side": item.attribution.side,
        "valid_lower": lower.isoformat() if lower else None, "valid_upper": upper.isoformat() if upper else None,
    }  # fmt: skip

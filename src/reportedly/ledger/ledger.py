"""The append-only ledger of reports and readings; all else is derived from it.

Two clocks: claims carry for when they are said to hold; every row carries when it was recorded. `as_of` asks what the
ledger would have said at a moment: reports published and readings recorded by then. Per report one reading *stands*: a
person's before the machine's, among equals the latest. A report is set aside, not erased, once an edited version of the
same URL or a report that retracts it has been recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from reportedly.errors import NotFound
from reportedly.ledger import tables as t
from reportedly.ledger.batch import KINDS, TABLES, Batch
from reportedly.ledger.chain import START
from reportedly.ledger.claimlist import Claims
from reportedly.ledger.codec import decode, parse_moment, print_moment
from reportedly.ledger.engine import open_engine
from reportedly.ledger.standing import ClaimFilter, standing_claims, standing_places, standing_readings, stands
from reportedly.ledger.verify import verify
from reportedly.model import Claim, Reading, Report, Statement, Unresolved

__all__ = ["Ledger"]

PAGE = 2_000  # rows fetched at a time when streaming


class Ledger:
    """Reports and readings in SQLite (WAL) or PostgreSQL. Use `Ledger.open`; close it, or use it as a context manager."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(writes=True)

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True) -> Ledger:
        """Open a ledger by path or SQLAlchemy URL; raises LedgerError where that cannot be."""
        return cls(open_engine(str(where), create=create))

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- appending ---------------------------------------------------------------------------------------------------

    def append_report(self, report: Report, *, when: dt.datetime | None = None) -> bool:
        """Keep a report; False where it was there already."""
        return bool(self.append([(report, None)], when=when)[0])

    def append_reading(self, reading: Reading, *, when: dt.datetime | None = None) -> bool:
        """Keep a reading of a report that is there; False where the same reading was there already."""
        with self._writer.begin() as connection:
            return bool(Batch(connection, _now(when)).add_readings([reading]))

    def append(
        self, items: Iterable[tuple[Report, Reading | None]], *, when: dt.datetime | None = None
    ) -> tuple[int, int]:
        """Keep many reports with their readings in one transaction: all of them or none; returns how many were new."""
        pairs = list(items)
        with self._writer.begin() as connection:
            batch = Batch(connection, _now(when))
            reports = batch.add_reports([report for report, _ in pairs])
            return reports, batch.add_readings([reading for _, reading in pairs if reading is not None])

    def append_coverage(
        self, source: str, day: dt.date, reports: int, *, note: str = "", when: dt.datetime | None = None
    ) -> bool:
        """Record that a source was read for a day, with how many reports; False where that was recorded already."""
        return bool(self.append_coverages([(source, day, reports)], note=note, when=when))

    def append_coverages(
        self, rows: Iterable[tuple[str, dt.date, int]], *, note: str = "", when: dt.datetime | None = None
    ) -> int:
        """Record (source, day, reports) for many in one transaction; returns how many were not recorded yet."""
        with self._writer.begin() as connection:
            return Batch(connection, _now(when)).add_coverage(rows, note)

    # -- asking ------------------------------------------------------------------------------------------------------

    def has_report(self, report_id: str) -> bool:
        """Whether the report is in the ledger."""
        with self.engine.connect() as connection:
            return connection.execute(sa.select(t.reports.c.seq).where(t.reports.c.id == report_id)).first() is not None

    def has_reading(self, report_id: str, reader: str) -> bool:
        """Whether that reader has read that report already."""
        query = sa.select(t.readings.c.seq).where(t.readings.c.report_id == report_id, t.readings.c.reader == reader)
        with self.engine.connect() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def report(self, report_id: str) -> Report:
        """The report of that id; raises NotFound."""
        with self.engine.connect() as connection:
            body = connection.execute(sa.select(t.reports.c.body).where(t.reports.c.id == report_id)).scalar()
        if body is None:
            raise NotFound(f"The ledger has no report {report_id}.")
        return decode(Report, body)

    def reports(
        self, *, published_from: dt.datetime | None = None, published_to: dt.datetime | None = None, publisher: str | None = None,
        as_of: dt.datetime | None = None, limit: int | None = None, offset: int = 0,
    ) -> Iterator[Report]:  # fmt: skip
        """Reports by time of publication; ranges half-open."""
        query = sa.select(t.reports.c.body).order_by(t.reports.c.published, t.reports.c.seq)
        if published_from:
            query = query.where(t.reports.c.published >= print_moment(published_from))
        if published_to:
            query = query.where(t.reports.c.published < print_moment(published_to))
        if publisher:
            query = query.where(t.reports.c.publisher == publisher)
        if as_of:
            query = query.where(
                t.reports.c.recorded_at <= print_moment(as_of), t.reports.c.published <= print_moment(as_of)
            )
        return self._stream(Report, query.offset(offset) if limit is None else query.limit(limit).offset(offset))

    def reports_by_id(self, ids: Iterable[str]) -> Iterator[Report]:
        """The reports of those ids, in the order asked; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), PAGE):
            part = wanted[start : start + PAGE]
            query = sa.select(t.reports.c.id, t.reports.c.body).where(t.reports.c.id.in_(part))
            with self.engine.connect() as connection:
                bodies = {row.id: row.body for row in connection.execute(query)}
            yield from (decode(Report, bodies[name]) for name in part if name in bodies)

    def claims(self, **filters: Any) -> Claims:
        """The claims of the standing readings, by time of publication; see `ClaimFilter` for the filters."""
        return Claims(self.iter_claims(**filters))

    def iter_claims(self, **filters: Any) -> Iterator[Claim]:
        """Like `claims`, one after another, with flat memory."""
        return self._stream(Claim, standing_claims(ClaimFilter(**filters)))

    def count_claims(self, **filters: Any) -> int:
        """How many claims `claims` would give, without limit and offset."""
        query = standing_claims(ClaimFilter(**{**filters, "limit": None, "offset": 0})).order_by(None)
        with self.engine.connect() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one())

    def place_ids(self) -> frozenset[int]:
        """Ids of all places that any claim is on, alone, as member of a set or around an unnamed group."""
        queries = (
            sa.select(t.claims.c.place_id).distinct(),
            sa.select(t.claims.c.within).distinct(),
            sa.select(t.claim_places.c.place_id).distinct(),
        )
        with self.engine.connect() as connection:
            return frozenset(row[0] for query in queries for row in connection.execute(query) if row[0] is not None)

    def places_claimed(
        self, published_from: dt.datetime, published_to: dt.datetime, *, as_of: dt.datetime | None = None
    ) -> list[tuple[dt.date, int, float]]:
        """Day of publication, place and its probability, once for each report that claims something on it, in order of time."""
        with self.engine.connect() as connection:
            rows = connection.execute(standing_places(published_from, published_to, as_of)).all()
        return [(parse_moment(row.published).date(), row.place_id, row.probability) for row in rows]

    def claim(self, claim_id: str) -> Claim:
        """The claim of that id, standing or not; raises NotFound."""
        with self.engine.connect() as connection:
            body = connection.execute(sa.select(t.claims.c.body).where(t.claims.c.id == claim_id).limit(1)).scalar()
        if body is None:
            raise NotFound(f"The ledger has no claim {claim_id}.")
        return decode(Claim, body)

    def statements(
        self, *, source: str | None = None, report_id: str | None = None, as_of: dt.datetime | None = None, text: str | None = None,
        limit: int | None = None, offset: int = 0,
    ) -> Sequence[Statement]:  # fmt: skip
        """The statements of the standing readings, by time of publication."""
        query = self._found(t.statements, as_of, report_id, limit, offset)
        if source:
            query = query.where(sa.func.lower(t.statements.c.source).contains(source.lower(), autoescape=True))
        if text:
            query = query.where(sa.func.lower(t.statements.c.body).contains(text.lower(), autoescape=True))
        return tuple(self._stream(Statement, query))

    def unresolved(
        self, *, kind: str | None = None, report_id: str | None = None, as_of: dt.datetime | None = None, limit: int | None = None,
        offset: int = 0,
    ) -> Sequence[Unresolved]:  # fmt: skip
        """What the standing readings could not resolve."""
        query = self._found(t.unresolved, as_of, report_id, limit, offset)
        if kind:
            query = query.where(t.unresolved.c.kind == kind)
        return tuple(self._stream(Unresolved, query))

    def readings(self, report_id: str) -> Sequence[tuple[dt.datetime, Reading]]:
        """Every reading of a report with when it was recorded, oldest first, standing or not."""
        query = sa.select(t.readings).where(t.readings.c.report_id == report_id).order_by(t.readings.c.seq)
        with self.engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
            return tuple((parse_moment(row["recorded_at"]), self._reading(connection, row)) for row in rows)

    def coverage(
        self, *, day_from: dt.date | None = None, day_to: dt.date | None = None
    ) -> Sequence[tuple[str, dt.date, int]]:
        """Which sources were read for which days, with how many reports: recorded, and counted from the reports kept."""
        day = sa.func.substr(t.reports.c.published, 1, 10)
        counted = sa.select(
            t.reports.c.publisher.label("source"), day.label("day"), sa.func.count().label("n")
        ).group_by("source", "day")
        noted = sa.select(t.coverage.c.source, t.coverage.c.day, sa.func.max(t.coverage.c.reports)).group_by(
            t.coverage.c.source, t.coverage.c.day
        )
        out: dict[tuple[str, dt.date], int] = {}
        with self.engine.connect() as connection:
            for source, on, number in (*connection.execute(counted), *connection.execute(noted)):
                key = (source, dt.date.fromisoformat(on))
                if (day_from is None or key[1] >= day_from) and (day_to is None or key[1] < day_to):
                    out[key] = max(out.get(key, 0), number)
        return tuple(
            (source, on, number)
            for (source, on), number in sorted(out.items(), key=lambda item: (item[0][1], item[0][0]))
        )

    def counts(self) -> dict[str, int]:
        """How many rows of each kind there are, standing or not."""
        kinds = {
            "reports": t.reports,
            "readings": t.readings,
            "claims": t.claims,
            "statements": t.statements,
            "unresolved": t.unresolved,
        }
        with self.engine.connect() as connection:
            return {
                name: int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
                for name, table in kinds.items()
            }

    def head(self) -> str:
        """The hash of the newest reading: it names the whole ledger up to now."""
        with self.engine.connect() as connection:
            return (
                connection.execute(
                    sa.select(t.readings.c.chain_hash).order_by(t.readings.c.seq.desc()).limit(1)
                ).scalar()
                or START
            )

    def heads(self) -> tuple[str, ...]:
        """The hash of every reading, oldest first: each was the head once."""
        with self.engine.connect() as connection:
            return tuple(connection.execute(sa.select(t.readings.c.chain_hash).order_by(t.readings.c.seq)).scalars())

    def verify(self, connection: Connection | None = None) -> int:
        """Look for changed or missing rows; returns the number of readings, raises TamperedLedger naming the first bad row."""
        if connection is not None:
            return verify(connection)
        with self.engine.connect() as own:
            return verify(own)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that may write; other writers wait. For restoring: everything else goes through `append`."""
        return self._writer.begin()

    # -- inside ------------------------------------------------------------------------------------------------------

    def _bodies(self, connection: Connection, kind: str, seq: int) -> list[tuple[str, str]]:
        table = TABLES[kind]
        return [
            (row.id, row.body)
            for row in connection.execute(sa.select(table.c.id, table.c.body).where(table.c.reading_seq == seq))
        ]

    def _reading(self, connection: Connection, row: Any) -> Reading:
        found = {
            kind: tuple(decode(KINDS[kind], body) for _, body in self._bodies(connection, kind, row["seq"]))
            for kind in TABLES
        }
        return Reading(report_id=row["report_id"], reader=row["reader"], note=row["note"], **found)

    def _found(
        self, table: sa.Table, as_of: dt.datetime | None, report_id: str | None, limit: int | None, offset: int
    ) -> Any:
        few = report_id is not None or limit is not None
        standing = stands(table, as_of) if few else table.c.reading_seq.in_(standing_readings(as_of))
        query = sa.select(table.c.body).where(standing).order_by(table.c.published, table.c.seq)
        if report_id:
            query = query.where(table.c.report_id == report_id)
        return query.limit(limit).offset(offset) if limit is not None else query

    def _stream(self, kind: type[Any], query: Any) -> Iterator[Any]:
        with self.engine.connect() as connection:
            for rows in connection.execution_options(yield_per=PAGE).execute(query).partitions(PAGE):
                for row in rows:
                    yield decode(kind, row.body)


def _now(when: dt.datetime | None) -> str:
    return print_moment(when or dt.datetime.now(dt.UTC))

"""Looking for changed or missing rows: every report's id, every finding's columns, and the hash chain over readings.

What was cut off the end of a ledger cannot be told from the ledger alone: keep the head (`Ledger.head`, a backup's header
or a trusted timestamp of it) elsewhere and compare.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reportedly.errors import LedgerError, TamperedLedger
from reportedly.ledger import tables as t
from reportedly.ledger.batch import KINDS, TABLES, report_row, row_of
from reportedly.ledger.chain import START, chain_hash, content_hash
from reportedly.ledger.codec import decode
from reportedly.model import Report

__all__ = ["verify"]


def verify(connection: Connection) -> int:
    """Check everything; returns the number of readings, raises TamperedLedger naming the first bad row."""
    bodies = _reports(connection)
    previous, expected, number = START, 1, 0
    for row in connection.execute(sa.select(t.readings).order_by(t.readings.c.seq)).mappings().all():
        if row["seq"] != expected:
            raise TamperedLedger(f"Reading number {expected} is missing before {row['id']}.")
        expected += 1
        if row["report_id"] not in bodies:
            raise TamperedLedger(f"Report {row['report_id']} is missing; reading {row['id']} is of it.")
        content = content_hash(bodies[row["report_id"]], _findings(connection, row))
        if content != row["content_hash"]:
            raise TamperedLedger(
                f"The report or a finding of reading {row['id']} (report {row['report_id']}) was changed or is missing."
            )
        link = chain_hash(
            previous, reading_id=row["id"], reader=row["reader"], recorded_at=row["recorded_at"], content=content
        )
        if row["previous_hash"] != previous or link != row["chain_hash"]:
            raise TamperedLedger(
                f"Reading {row['id']} (report {row['report_id']}) was changed, or one before it is missing."
            )
        previous = link
        number += 1
    return number


def _reports(connection: Connection) -> dict[str, str]:
    """Bodies by id; each must be what its id and its columns say."""
    bodies: dict[str, str] = {}
    for row in connection.execute(sa.select(t.reports).order_by(t.reports.c.seq)).mappings():
        try:
            report = decode(Report, row["body"])
            same = report.id == row["id"] and _same(row, report_row(report, row["id"], row["body"]))
        except LedgerError:
            same = False
        if not same:
            raise TamperedLedger(f"Report {row['id']} was changed.")
        bodies[row["id"]] = row["body"]
    return bodies


def _findings(connection: Connection, reading: Any) -> list[str]:
    """Bodies of what a reading found, in the order that is hashed; their columns must say the same."""
    out: list[str] = []
    for kind, table in TABLES.items():
        rows = connection.execute(sa.select(table).where(table.c.reading_seq == reading["seq"])).mappings().all()
        for row in sorted(rows, key=lambda r: str(r["id"])):
            try:
                value = decode(KINDS[kind], row["body"])
                same = value.id == row["id"] and _same(
                    row, row_of(kind, value, row["id"], row["body"], seq=row["seq"], reading_seq=row["reading_seq"])
                )
            except LedgerError:
                same = False
            if not same:
                raise TamperedLedger(
                    f"{row['id']} of reading {reading['id']} (report {reading['report_id']}) was changed."
                )
            out.append(row["body"])
    return out


def _same(row: Any, expected: dict[str, Any]) -> bool:
    return all(row[name] == value for name, value in expected.items())

"""A whole ledger to one file and back, from SQLite or PostgreSQL into either: gzipped JSON Lines, a header, then the rows.

The header names the head of the hash chain; `restore` recomputes the chain and keeps nothing where it does not match.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from reportedly.errors import InputError, LedgerError, TamperedLedger
from reportedly.ledger import tables as t
from reportedly.ledger.ledger import Ledger

__all__ = ["backup", "restore"]

FORM = "reportedly ledger 1"
KEPT: tuple[sa.Table, ...] = (t.reports, t.readings, t.claims, t.claim_places, t.statements, t.unresolved, t.coverage)
PAGE = 5_000


def backup(ledger: Ledger, file: Path) -> int:
    """Write the ledger to a file, whole or not at all; returns how many rows. All rows are of one moment."""
    part = file.with_name(file.name + ".part")
    try:
        rows = _write(ledger, part)
        part.replace(file)
    except OSError as error:
        raise InputError(f"{file} cannot be written ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)
    return rows


def _write(ledger: Ledger, part: Path) -> int:
    rows = 0
    with ledger.engine.connect() as connection, gzip.open(part, "wt", encoding="utf-8", compresslevel=6) as out:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        head = connection.execute(
            sa.select(t.readings.c.chain_hash).order_by(t.readings.c.seq.desc()).limit(1)
        ).scalar()
        out.write(json.dumps({"form": FORM, "head": head}) + "\n")
        for table in KEPT:
            query = sa.select(table).order_by(*table.primary_key.columns)
            for page in connection.execution_options(yield_per=PAGE).execute(query).mappings().partitions(PAGE):
                for row in page:
                    out.write(json.dumps([table.name, dict(row)], ensure_ascii=False) + "\n")
                    rows += 1
    return rows


def restore(ledger: Ledger, file: Path) -> int:
    """Fill an empty ledger from a backup; returns how many rows. Raises InputError or LedgerError and leaves it empty."""
    if any(ledger.counts().values()):
        raise LedgerError("This ledger is not empty: restore into a new one (--ledger NEW).")
    rows = 0
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            header = json.loads(next(lines, "null"))
            if not isinstance(header, dict) or header.get("form") != FORM:
                raise InputError(f"{file} is no backup of a ledger: its first line does not say {FORM!r}.")
            with ledger.writing() as connection:
                tables = {table.name: table for table in KEPT}
                name = ""
                held: list[dict[str, Any]] = []
                for number, line in enumerate(lines, 2):
                    table, row = json.loads(line)
                    if table not in tables:
                        raise InputError(f"{file}, line {number}: there is no table {table!r}.")
                    if held and (table != name or len(held) >= PAGE):
                        connection.execute(tables[name].insert(), held)
                        held = []
                    name = table
                    held.append(row)
                    rows += 1
                if held:
                    connection.execute(tables[name].insert(), held)
                head = _verified(ledger, connection)
                if head != header["head"]:
                    raise TamperedLedger(
                        f"{file} ends at {head}, but its header says {header['head']}: rows are missing."
                    )
    except (OSError, EOFError, ValueError, TypeError) as error:
        raise InputError(
            f"{file} cannot be restored: {error}. Is it a whole backup made by `reportedly backup`?"
        ) from error
    return rows


def _verified(ledger: Ledger, connection: Any) -> str | None:
    """Recompute the chain inside the same transaction; the hash it ends with."""
    ledger.verify(connection)
    return connection.execute(sa.select(t.readings.c.chain_hash).order_by(t.readings.c.seq.desc()).limit(1)).scalar()  # type: ignore[no-any-return]

"""Opening the database: SQLite with WAL and full synchronisation, or PostgreSQL by URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, NoSuchModuleError, OperationalError

from reportedly.errors import LedgerError
from reportedly.ledger.migrations import migrate

__all__ = ["open_engine"]


def open_engine(where: str, *, create: bool) -> Engine:
    """Engine for a path or a URL with the tables in place; raises LedgerError in a sentence."""
    url = where if "://" in where else f"sqlite:///{Path(where).expanduser().resolve()}"
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise LedgerError(f"{where} is no path and no database address: {error}.") from error
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        file = Path(str(parsed.database))
        if not create and not file.exists():
            raise LedgerError(
                f"There is no ledger at {file}. Read a report into it first: reportedly read REPORT --ledger {file}."
            )
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerError(f"The folder of the ledger {file} cannot be made: {error.strerror}.") from error
    try:
        engine = sa.create_engine(parsed)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _prepare_sqlite)
            sa.event.listen(engine, "begin", _begin_immediate)
        try:
            migrate(engine)
        except BaseException:
            engine.dispose()  # give the connection back: nobody else will
            raise
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise LedgerError(
            f"{where} needs a driver that is not installed ({error}). For PostgreSQL: pip install 'reportedly[postgres]'."
        ) from error
    except DBAPIError as error:
        raise LedgerError(
            f"The ledger {where} cannot be opened: {error.orig}. Is it a ledger, and may you read it? SQLite must write beside"
            " it even to read."
        ) from error
    sa.event.listen(engine, "handle_error", _told)
    return engine


def _told(context: Any) -> None:
    """What the database refuses (a full disk, a lock that lasts, a lost connection) becomes a sentence; nothing was kept by halves."""
    if type(context.sqlalchemy_exception) in (OperationalError, DatabaseError):
        reason = str(context.original_exception).strip()
        raise LedgerError(
            f"The ledger cannot be read or written now: {reason}. What was acknowledged before is kept."
        ) from context.original_exception


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # our own BEGIN below: the driver's comes too late
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "cache_size=-65536",
        "mmap_size=4294967296",  # of the address space, not of memory: pages are read where the system keeps them
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    # Writers queue at BEGIN instead of failing when a read turns into a write; readers are not held up (WAL).
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

"""The ledger's own form, in ordered steps: each is run once, in one transaction, and recorded in the table `schema_steps`.

A step never changes or drops what readings say. A ledger made by a newer version is refused, not guessed at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from reportedly.errors import LedgerError
from reportedly.ledger.codec import print_moment
from reportedly.ledger.tables import META, reports, schema_steps

__all__ = ["STEPS", "migrate"]

LOCK = 0x4D494752  # "MIGR": two programs opening a new ledger at once must queue


def _first(connection: Connection) -> None:
    """Reports, readings, claims, statements, unresolved, coverage."""
    META.create_all(connection)


def _index(connection: Connection, *names: str) -> None:
    """Make indexes of reports that tables.py declares."""
    for index in reports.indexes:
        if index.name in names:
            index.create(connection, checkfirst=True)


def _versions(connection: Connection) -> None:
    """An index for finding the edited versions of an article: without it every question scans the publisher's reports."""
    _index(connection, "reports_versions")


def _covering(connection: Connection) -> None:
    """Indexes that answer what stands and what lists show of reports without reading past their texts."""
    _index(connection, "reports_standing", "reports_listed")


STEPS: tuple[tuple[str, Callable[[Connection], None]], ...] = (
    ("first form: reports, readings and what was found in them", _first),
    ("index for edited versions of an article", _versions),
    ("indexes that cover what is asked of reports beside their texts", _covering),
)
"""Name and function of every step, in order. Append only."""


def migrate(engine: Engine) -> int:
    """Bring a ledger to the newest form; returns how many steps were run."""
    if sa.inspect(engine).has_table("schema_steps") and _done(engine) == len(STEPS):
        return 0  # the usual case takes no write lock
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        schema_steps.create(connection, checkfirst=True)
        done = _count(connection)
        if done > len(STEPS):
            raise LedgerError(
                f"This ledger has form {done}; this version of reportedly knows forms up to {len(STEPS)}: "
                "use the version that made it, or a newer one."
            )
        for number, (name, step) in enumerate(STEPS[done:], done + 1):
            step(connection)
            moment = print_moment(dt.datetime.now(dt.UTC))
            connection.execute(schema_steps.insert().values(number=number, name=name, applied_at=moment))
    return len(STEPS) - done


def _done(engine: Engine) -> int:
    with engine.connect() as connection:
        return _count(connection)


def _count(connection: Connection) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(schema_steps)).scalar_one())

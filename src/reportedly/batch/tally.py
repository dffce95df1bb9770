"""How many reports of each source and day a batch saw, added up on disk: a year of archives has millions of such pairs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["Tally"]


class Tally:
    """Counts by source and day in a scratch file, made anew; memory does not grow with them."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._db = sqlite3.connect(path)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384;"
            "CREATE TABLE tally (source TEXT, day TEXT, reports INTEGER, PRIMARY KEY (source, day)) WITHOUT ROWID;"
        )

    def close(self) -> None:
        """Let go of the scratch file."""
        self._db.close()

    def add(self, rows: Iterable[tuple[str, str, int]]) -> None:
        """Add (source, day, reports) rows."""
        with self._db:
            self._db.executemany(
                "INSERT INTO tally VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET reports = reports + excluded.reports",
                rows,
            )

    def __iter__(self) -> Iterator[tuple[str, str, int]]:
        """All of them, by source and day."""
        yield from self._db.execute("SELECT source, day, reports FROM tally ORDER BY source, day")

"""The model as it stood on the days asked for, kept while the ledger stays as it is; of a large ledger made in the background."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

from reportedly.reconcile.many import ManyModel

__all__ = ["Models"]

KEPT = 4
"""Models kept: each is a few arrays per settlement and party."""
Key = tuple[str, dt.date, dt.datetime | None]
"""Country, day and as_of."""


class Models:
    """The last few models asked for; safe to use from several threads."""

    def __init__(self) -> None:
        self._known: dict[Key, ManyModel | None] = {}
        self._lock = threading.Lock()
        self._working: threading.Thread | None = None

    def now(self, key: Key, make: Callable[[], ManyModel | None]) -> ManyModel | None:
        """The model, made while the caller waits where it is not known; None where `make` knows no ground."""
        with self._lock:
            if key not in self._known:
                self._keep(key, make())
            return self._known[key]

    def soon(self, key: Key, make: Callable[[], ManyModel | None]) -> ManyModel | None:
        """The model if it is known; else None, and it is made in the background, one at a time."""
        if key in self._known:
            return self._known[key]
        if self._lock.acquire(blocking=False):
            try:
                if self._working is None or not self._working.is_alive():
                    self._working = threading.Thread(target=self.now, args=(key, make), daemon=True)
                    self._working.start()
            finally:
                self._lock.release()
        return None

    def _keep(self, key: Key, model: ManyModel | None) -> None:
        if len(self._known) >= KEPT:
            self._known.pop(next(iter(self._known)))
        self._known[key] = model

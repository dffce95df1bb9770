"""reportedly: a ledger of who said who holds what, read from reports."""

from __future__ import annotations

__version__ = "0.1.0"

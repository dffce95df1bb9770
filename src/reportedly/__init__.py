"""reportedly: a ledger of who said who holds what, read from reports.

    from reportedly import Knowledge, Ledger, read_report
    from reportedly.reconcile import reconcile

    reading = read_report(report, Knowledge.load())          one report, alone: no network, clock or database
    statuses = reconcile(claims, policy="last claim wins")   the claims of the ledger, for places and days

The nouns are in `reportedly.model`, the errors in `reportedly.errors`. Names are imported when first used, so that
`import reportedly` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportedly.knowledge import Knowledge
    from reportedly.ledger import Ledger
    from reportedly.model import Claim, Dispute, Place, Reading, Redeclaration, Report, Statement, Status, Unresolved
    from reportedly.read import read_report
    from reportedly.reconcile import find_disputes, find_redeclarations

__version__ = "0.1.0"

__all__ = [
    "Claim",
    "Dispute",
    "Knowledge",
    "Ledger",
    "Place",
    "Reading",
    "Redeclaration",
    "Report",
    "Statement",
    "Status",
    "Unresolved",
    "__version__",
    "find_disputes",
    "find_redeclarations",
    "read_report",
]

_HOMES = {
    "knowledge": ("Knowledge",),
    "ledger": ("Ledger",),
    "model": ("Claim", "Dispute", "Place", "Reading", "Redeclaration", "Report", "Statement", "Status", "Unresolved"),
    "read": ("read_report",),
    "reconcile": ("find_disputes", "find_redeclarations"),
}


def __getattr__(name: str) -> Any:
    """Import a public name from its home."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(f"reportedly.{home}"), name)
    raise AttributeError(f"module 'reportedly' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return __all__

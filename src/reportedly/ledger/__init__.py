"""Readings to SQL and back: append-only, two clocks, a hash chain.

Names are imported when first used: who only writes and reads JSON (ledger.codec) needs no database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportedly.ledger.ledger import Ledger
    from reportedly.ledger.standing import ClaimFilter

__all__ = ["ClaimFilter", "Ledger"]


def __getattr__(name: str) -> Any:
    """Import a public name from its home."""
    if name == "Ledger":
        from reportedly.ledger.ledger import Ledger

        return Ledger
    if name == "ClaimFilter":
        from reportedly.ledger.standing import ClaimFilter

        return ClaimFilter
    raise AttributeError(f"module 'reportedly.ledger' has no attribute {name!r}")

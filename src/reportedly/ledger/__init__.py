"""Readings to SQL and back: append-only, two clocks, a hash chain."""

from __future__ import annotations

from reportedly.ledger.ledger import Ledger
from reportedly.ledger.standing import ClaimFilter

__all__ = ["ClaimFilter", "Ledger"]

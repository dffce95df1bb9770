"""Claims to status: voices, disputes, policies, and the field model. Pure functions of the ledger's claims."""

from __future__ import annotations

from reportedly.reconcile.control import history, reconcile
from reportedly.reconcile.disputes import find_disputes, find_redeclarations
from reportedly.reconcile.policies import POLICIES
from reportedly.reconcile.positions import effective_day, position_of, voice_of

__all__ = [
    "POLICIES",
    "effective_day",
    "find_disputes",
    "find_redeclarations",
    "history",
    "position_of",
    "reconcile",
    "voice_of",
]

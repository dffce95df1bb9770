"""Claims to status: voices, disputes, policies, and the field model. Pure functions of the ledger's claims."""

from __future__ import annotations

from reportedly.reconcile.arithmetic import Check, arithmetic_disputes, check_arithmetic
from reportedly.reconcile.control import history, reconcile
from reportedly.reconcile.disputes import find_disputes
from reportedly.reconcile.policies import POLICIES
from reportedly.reconcile.positions import effective_day, position_of, voice_of
from reportedly.reconcile.redeclared import find_redeclarations
from reportedly.reconcile.voices import Voices, find_voices

__all__ = [
    "POLICIES",
    "Check",
    "Voices",
    "arithmetic_disputes",
    "check_arithmetic",
    "effective_day",
    "find_disputes",
    "find_redeclarations",
    "find_voices",
    "history",
    "position_of",
    "reconcile",
    "voice_of",
]

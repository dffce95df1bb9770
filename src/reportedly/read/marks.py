"""Marks of writing that the reader asks for by their shape."""

from __future__ import annotations

__all__ = ["CLOSING", "DASHES", "HYPHENS", "OPENING", "QUOTES"]

DASHES = frozenset({"-", "–", "—"})
HYPHENS = frozenset({"-", "–", "‑"})  # within a word
QUOTES = frozenset({'"', "'", "“", "”", "‘", "’"})
OPENING, CLOSING = frozenset("(["), frozenset(")]")

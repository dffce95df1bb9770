"""Marks of writing that the reader asks for by their shape."""

from __future__ import annotations

__all__ = ["ASIDE", "CLOSING", "DASHES", "HYPHENS", "OPENING", "QUOTES"]

DASHES = frozenset({"-", "–", "—"})
ASIDE = frozenset({",", "–", "—", "-"})  # before a description of what was named
HYPHENS = frozenset({"-", "–", "‑"})  # within a word
QUOTES = frozenset({'"', "'", "“", "”", "‘", "’"})
OPENING, CLOSING = frozenset("(["), frozenset(")]")

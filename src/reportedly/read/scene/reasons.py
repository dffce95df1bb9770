"""Reasons that one stage gives and another asks for."""

from __future__ import annotations

__all__ = ["FOLLOWED"]

FOLLOWED = "the noun it follows"  # whose claim it is: "the capture of X announced by Y"

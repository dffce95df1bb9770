"""Sets of part-of-speech tags that several rules ask for."""

from __future__ import annotations

__all__ = ["FINITE", "NOUNS", "TENSED"]

TENSED = frozenset({"VBD", "VBZ", "VBP"})
FINITE = TENSED | {"MD"}
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})

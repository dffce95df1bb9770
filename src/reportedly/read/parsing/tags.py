"""Sets of part-of-speech tags that several rules ask for."""

from __future__ import annotations

__all__ = ["FINITE", "IN_PHRASE", "NOUNS", "TENSED"]

TENSED = frozenset({"VBD", "VBZ", "VBP"})
FINITE = TENSED | {"MD"}
IN_PHRASE = (
    "DT",
    "JJ",
    "NN",
    "POS",
    "HYPH",
    "PRP$",
    "CD",
    "VBN",
    "VBG",
    "RB",
)  # how those between a preposition and its noun begin
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})

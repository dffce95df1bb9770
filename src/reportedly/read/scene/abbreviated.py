"""Short names that a text gives a side in brackets behind its full name: "the Arakan Army (AA)", then "AA troops"."""

from __future__ import annotations

import re

from reportedly.knowledge.parties import Parties, SideKind, SideWord

__all__ = ["abbreviated"]

SHORT = re.compile(r"(?<=\w) \(([A-Z][A-Za-z]{0,5}[A-Z])\)")
NAME = 90  # characters of a full name, at most


def abbreviated(text: str, parties: Parties) -> dict[str, SideWord]:
    """The short names that a text introduces and no list knows, with the side word before each."""
    found: dict[str, SideWord] = {}
    for match in SHORT.finditer(text):
        short, before = match[1], text[max(0, match.start() - NAME) : match.start()]
        if short in found or parties.scan(short):
            continue
        last = next(reversed(parties.scan(before)), None)
        if (
            last is not None
            and last.kind is SideKind.FORCES
            and last.end == len(before)
            and _initials(short, last.words)
        ):
            found[short] = last
    return found


def _initials(short: str, name: str) -> bool:
    """Whether a name has the capitals of its short form in their order."""
    capitals = iter(re.findall(r"\b\w", name.upper()))
    return all(letter in capitals for letter in short if letter.isupper())

"""Sentences of our own with their claims (tests/read/constructs.txt), and how readings are held against them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from reportedly.model import Claim

__all__ = ["differences", "line_of", "load_constructs"]

SOURCE = Path(__file__).parent.parent / "tests/read/constructs.txt"
ARTICLES = re.compile(r"\b(?:the|a|an)\b")
SHARED_NOUN = re.compile(r"\b(oblast|region|province)s\b")  # of a list: the last of "A and B oblasts" is B oblast


def load_constructs() -> list[tuple[str, bool, tuple[str, ...]]]:
    """Each text, whether it is known to fail, and the claims expected of it: "relation party polarity place [extent] | source"."""
    found: list[tuple[str, list[str]]] = []
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            found[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            found.append((line.replace("\\n", "\n"), []))
    return [(text.removeprefix("? "), text.startswith("? "), tuple(claims)) for text, claims in found]


def line_of(claim: Claim) -> tuple[str, str]:
    """A claim as the file writes it, without its source, and the source; articles, case and the kind of marks aside."""
    extent = "" if str(claim.extent) == "whole" else f" {claim.extent}"
    what = f"{claim.relation} {claim.party} {claim.polarity} {claim.place.words}{extent}"
    return _fold(what), _fold(claim.attribution.source)


def differences(expected: Sequence[str], claims: Iterable[Claim]) -> list[str]:
    """What is missed and what is one too many, a line each; none where the reading is as it should be."""
    got = [line_of(claim) for claim in claims]
    missed = [f"missed {claim}" for claim in expected if not any(_agree(claim, one) for one in got)]
    return missed + [f"not so {' | '.join(one)}" for one in got if not any(_agree(claim, one) for claim in expected)]


def _fold(words: str) -> str:
    plain = words.lower().replace("’", "'").replace("\u00a0", " ")
    return " ".join(SHARED_NOUN.sub(r"\1", ARTICLES.sub("", plain)).split())


def _agree(expected: str, got: tuple[str, str]) -> bool:
    what, _, source = expected.partition(" | ")
    words, read = set(_fold(source).split()), set(got[1].split())
    return _fold(what) == got[0] and (words <= read or read <= words)

"""Every construct in constructs.txt is read as its lines say; those marked "?" are known not to be read yet."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly.model import Claim, Reading

SOURCE = Path(__file__).with_name("constructs.txt")
AHEAD = ("text", (False, True))
ARTICLES = re.compile(r"\b(?:the|a|an)\b")
SHARED_NOUN = re.compile(r"\b(oblast|region|province)s\b")  # of a list: the last of "A and B oblasts" is B oblast


def _cases() -> list[tuple[str, bool, tuple[str, ...]]]:
    """Sentence, whether it is known to fail, and the claims expected of it."""
    cases: list[tuple[str, bool, list[str]]] = []
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            cases[-1][2].append(line.strip())
        elif line and not line.startswith("#"):
            text = line.removeprefix("? ").replace("\\n", "\n")
            cases.append((text, line.startswith("? "), []))
    return [(text, missed, tuple(claims)) for text, missed, claims in cases]


def _fold(words: str) -> str:
    return " ".join(SHARED_NOUN.sub(r"\1", ARTICLES.sub("", words.lower())).split())


def _line(claim: Claim) -> tuple[str, str]:
    """A claim as constructs.txt writes it, without its source, and the source."""
    extent = "" if str(claim.extent) == "whole" else f" {claim.extent}"
    return _fold(f"{claim.relation} {claim.party} {claim.polarity} {claim.place.words}{extent}"), _fold(
        claim.attribution.source
    )


def _agree(expected: str, got: tuple[str, str]) -> bool:
    what, _, source = expected.partition(" | ")
    words = set(_fold(source).split())
    return _fold(what) == got[0] and (words <= set(got[1].split()) or set(got[1].split()) <= words)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        pytest.param(text, claims, marks=pytest.mark.xfail(strict=False) if missed else (), id=text[:60])
        for text, missed, claims in _cases()
    ],
)
def test_construct(text: str, claims: tuple[str, ...], read: Callable[..., Reading]) -> None:
    got = [_line(c) for c in read(text, gate=False).claims]
    assert [c for c in claims if not any(_agree(c, g) for g in got)] == [], "missed"
    assert [g for g in got if not any(_agree(c, g) for c in claims)] == [], "one too many"


@pytest.mark.parametrize("text", [pytest.param(text, id=text[:60]) for text, _, claims in _cases() if claims])
def test_the_gate_leaves_nothing_out(text: str, read: Callable[..., Reading]) -> None:
    assert {_line(c) for c in read(text).claims} == {_line(c) for c in read(text, gate=False).claims}


def test_most_constructs_are_read() -> None:
    cases = _cases()
    assert len(cases) > 250
    assert sum(missed for _, missed, _ in cases) < len(cases) * 0.15


def test_the_gate_lets_constructs_through(read: Callable[..., Reading]) -> None:
    told = [text for text, missed, claims in _cases() if claims and not missed]
    shut = [text for text in told if not read(text).claims]
    assert len(shut) <= len(told) * 0.03, shut  # a sentence alone has less company than in its report

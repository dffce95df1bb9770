"""Every construct in constructs.txt is read as its lines say; those marked "?" are known not to be read yet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from evaluation.constructs import differences, line_of, load_constructs

from reportedly.model import Reading


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        pytest.param(text, claims, marks=pytest.mark.xfail(strict=False) if missed else (), id=text[:60])
        for text, missed, claims in load_constructs()
    ],
)
def test_construct(text: str, claims: tuple[str, ...], read: Callable[..., Reading]) -> None:
    assert differences(claims, read(text, gate=False).claims) == []


@pytest.mark.parametrize("text", [pytest.param(text, id=text[:60]) for text, _, claims in load_constructs() if claims])
def test_the_gate_leaves_nothing_out(text: str, read: Callable[..., Reading]) -> None:
    assert {line_of(c) for c in read(text).claims} == {line_of(c) for c in read(text, gate=False).claims}


def test_most_constructs_are_read() -> None:
    cases = load_constructs()
    assert len(cases) > 250
    assert sum(missed for _, missed, _ in cases) < len(cases) * 0.15


def test_the_gate_lets_constructs_through(read: Callable[..., Reading]) -> None:
    told = [text for text, missed, claims in load_constructs() if claims and not missed]
    shut = [text for text in told if not read(text).claims]
    assert len(shut) <= len(told) * 0.03, shut  # a sentence alone has less company than in its report

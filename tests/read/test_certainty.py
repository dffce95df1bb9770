"""How sure the words of a report are: a hedge reaches what is joined to it, and no further."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportedly.model import Reading

CASES = (
    ("Rebels may have captured Kobani.", "possible"),
    ("The army probably still holds Sirte.", "probable"),
    (
        "It is likely that the command may be leaving Orikhiv but that most Russian troops remain in the town.",
        "probable",
    ),
    ("It is possible that the militia seized Ajdabiya on Friday.", "possible"),
    ("Analysts said that the footage likely indicates that Ukrainian forces control Robotyne.", "probable"),
    ("Rebels likely left the airport, and the army holds Kobani.", "certain"),
    ("Russian forces captured Soledar.", "certain"),
)


@pytest.mark.parametrize(("text", "certainty"), CASES)
def test_certainty(read: Callable[[str], Reading], text: str, certainty: str) -> None:
    """The claim that a sentence ends with is as sure as it says."""
    claims = read(text).claims
    assert claims
    assert str(claims[-1].certainty) == certainty

"""Side words bound by the speaker, the country of the passage and who was named before."""

from __future__ import annotations

import pytest

from reportedly.knowledge.parties import Parties, SideWord
from reportedly.resolve.parties import bind_party, opponent


@pytest.fixture(scope="module")
def parties() -> Parties:
    return Parties.load()


def word(parties: Parties, text: str) -> SideWord:
    found = parties.scan(text)
    assert found, text
    return found[0]


@pytest.mark.parametrize(
    ("text", "speaker", "countries", "heard", "expected"),
    [
        ("Russian forces", None, (), (), "RU"),
        ("our troops", "UA", (), (), "UA"),
        ("our troops", "RU", ("UA",), (), "RU"),
        ("our troops", None, ("UA",), (), None),
        ("the enemy", "UA", ("UA",), (), "RU"),
        ("the enemy", "RU", ("UA",), (), "UA"),
        ("the enemy", None, ("UA",), (), "RU"),
        ("the enemy", "RSF", ("SD",), (), "Sudan"),
        ("the enemy", "M23", ("CD",), (), "DRC"),
        ("the enemy", "Syria", ("SY",), ("SDF", "Syria"), "SDF"),
        ("the enemy", None, (), (), None),
        ("the occupiers", None, ("UA",), (), "RU"),
        ("the defenders", None, ("UA",), (), "UA"),
        ("the defenders", "RU", (), (), "RU"),
        ("the army", None, ("SD",), (), "Sudan"),
        ("the army", None, ("SY",), (), "Syria"),
        ("the army", None, (), ("M23", "DRC"), "DRC"),
        ("the army", None, (), (), None),
        ("rebels", None, ("CD",), ("DRC", "M23"), "M23"),
        ("rebels", None, ("UA",), (), "RU"),
        ("rebels", None, ("CD",), (), None),
    ],
)
def test_binding(
    parties: Parties,
    text: str,
    speaker: str | None,
    countries: tuple[str, ...],
    heard: tuple[str, ...],
    expected: str | None,
) -> None:
    bound = bind_party(word(parties, text), parties, speaker=speaker, countries=countries, heard=heard)
    assert bound.party == expected, bound.reason
    assert bound.reason


def test_opponents(parties: Parties) -> None:
    assert opponent("RU", parties) == "UA"
    assert opponent("UA", parties) == "RU"
    assert opponent("Israel", parties, countries=("LB",)) == "Hezbollah"
    assert opponent("Israel", parties, countries=("PS",)) == "Hamas"
    assert opponent("Atlantis", parties) is None

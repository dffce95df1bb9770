"""Every example of every cue states its claim: the words are data, so this is their test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportedly.errors import InputError
from reportedly.knowledge.cues import Cue, Cues, inflect
from reportedly.model import Reading

CUES = Cues.load().cues
AHEAD = ("cue", (False,))


@pytest.mark.parametrize("cue", CUES, ids=[f"{c.frame.name}: {c.text}" for c in CUES])
def test_example_states_the_claim_of_its_frame(cue: Cue, read: Callable[..., Reading]) -> None:
    reading = read(cue.example, gate=False)
    polarity = "-" if cue.frame.denied_only else "+"
    wanted = (cue.frame.relation, cue.frame.example_party, "Toshkivka", polarity)
    assert wanted in [(c.relation, c.party, c.place.words, c.polarity) for c in reading.claims]


def test_every_claim_explains_itself(read: Callable[..., Reading]) -> None:
    (claim,) = read("Russian forces captured Toshkivka on Monday, the governor said.").claims
    text = "\n".join(claim.reasons)
    for part in ("cue “captured”", "party RU", "place “Toshkivka”", "source", "time “"):
        assert part in text


@pytest.mark.parametrize(
    ("base", "form", "kind"),
    [
        ("seize", "seizing", "ing"),
        ("occupy", "occupies", "s"),
        ("occupy", "occupied", "past"),
        ("retake", "retook", "past"),
        ("be", "been", "past"),
    ],
)
def test_verbs_are_inflected(base: str, form: str, kind: str) -> None:
    irregular = {"retake": "retook retaken", "be": "was been being is"}
    assert inflect(base, irregular)[form] == kind


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[frame]]\nname='x'\nkind='noise'\nparty='subject'\nrelation='takes'\n", "frame 'x' needs kind"),
        ("[[frame]]\nname='x'\nkind='verb'\nparty='subject'\nrelation='eats'\n", "frame 'x' needs a relation"),
        ("[[frame]\n", "is not valid TOML"),
    ],
)
def test_broken_data_is_named(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Cues.parse(text)


def test_a_missing_word_list_is_named() -> None:
    with pytest.raises(InputError, match="no word list"):
        Cues.load().words("places.nonsense")

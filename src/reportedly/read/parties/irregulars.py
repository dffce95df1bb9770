"""Whose event it is by a word for fighters before its noun, and for whom an army or a government speaks that no name tells apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportedly.knowledge.parties import Parties, SideWord
from reportedly.model import Attribution
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Scene

__all__ = ["armed_beside", "side_of_speaker"]

RULERS = frozenset({"regime", "junta"})
PHRASE = ("JJ", "NN", "NNP", "VBN", "HYPH")


def armed_beside(
    scene: Scene, a: Assertion, parties: Parties, party_of: Callable[[SideWord], str | None]
) -> str | None:
    """The fighters of "a rebel takeover of X", "the jihadist capture of X": those spoken of, or as written."""
    if a.cue.frame.kind != "noun" or a.side is not None:
        return None
    k = a.start - 1
    while k >= scene.sentence[a.start][0] and scene.tag[k] in PHRASE:
        if scene.low[k] in parties.nouns("irregular") and not any(t.mention.start == k for t in a.targets):
            word = scene.low[k].removesuffix("s")
            plural = word if word in ("opposition", "resistance") else word + "s"
            bound = next((party_of(w) for w in parties.scan(plural)), None)
            return bound or plural
        k -= 1
    return None


def side_of_speaker(attribution: Attribution, parties: Parties, countries: Sequence[str]) -> str | None:
    """The side of who says something: known, or that of the country at hand for its army, government or ministry."""
    if attribution.side is not None or not countries:
        return attribution.side
    words = attribution.source.casefold().split()
    if not set(words) & (parties.nouns("state_forces") | parties.nouns("offices") | RULERS):
        return None
    if set(words) & parties.nouns("irregular"):
        return None
    state = parties.army_of(countries[0])
    return state.id if state is not None else None

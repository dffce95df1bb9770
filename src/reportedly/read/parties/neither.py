""" "Neither Russian nor Ukrainian forces": what is denied of two parties at once; "neither side" alone names nobody."""

from __future__ import annotations

from collections.abc import Callable

from reportedly.knowledge.parties import SideWord
from reportedly.model import Relation
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Scene

__all__ = ["both_gain", "neither", "neither_side"]

REACH = 8  # tokens between "neither" and the noun that it belongs to


def neither(scene: Scene, a: Assertion, party_of: Callable[[SideWord], str | None]) -> tuple[str, ...]:
    """The two parties of whom the assertion is denied, or ()."""
    if a.subject is None or a.subject >= a.start or a.passive or not a.mood.denied:
        return ()
    first = max(scene.sentence[a.start][0], a.subject - REACH)
    at = next((k for k in range(a.subject, first - 1, -1) if scene.low[k] == "neither"), None)
    if at is None or "nor" not in scene.low[at : a.start]:
        return ()
    named = [
        party_of(s.word)
        for s in scene.sides
        if at < s.start < a.start and s.word.words.lower() not in ("side", "sides")
    ]
    both = tuple(dict.fromkeys(party for party in named if party is not None))
    return both if len(both) == 2 else ()


def both_gain(
    scene: Scene, a: Assertion, party_of: Callable[[SideWord], str | None], foe_of: Callable[[str], str | None]
) -> tuple[str, ...]:
    """The two enemies who both advance, each a claim of its own: "Ukrainian and Russian forces advanced near X"; or ()."""
    if a.subject is None or a.subject >= a.start or a.passive or a.cue.frame.relation is not Relation.ADVANCES:
        return ()
    second = next((s for s in reversed(scene.sides) if s.start <= a.subject <= s.end), None)
    first = next((s for s in scene.sides if second is not None and s.end == second.start - 1), None)
    if second is None or first is None or scene.low[first.end] != "and":
        return ()
    one, other = party_of(first.word), party_of(second.word)
    return (one, other) if one is not None and other is not None and foe_of(one) == other else ()


def neither_side(scene: Scene, a: Assertion) -> bool:
    """Whether the subject is "neither side" without more, which names nobody, whoever says so."""
    if a.subject is None or scene.low[a.subject] != "side":
        return False
    return scene.low[a.subject - 1] == "neither" or scene.low[a.subject - 2 : a.subject] == ("neither", "warring")

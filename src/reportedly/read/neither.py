""" "Neither Russian nor Ukrainian forces": what is denied of two parties at once; "neither side" alone names nobody."""

from __future__ import annotations

from reportedly.read.asserted import Assertion
from reportedly.read.scene import Scene

__all__ = ["neither"]

REACH = 8  # tokens between "neither" and the noun that it belongs to


def neither(scene: Scene, a: Assertion) -> tuple[str, ...]:
    """The two parties of whom the assertion is denied, or ()."""
    if a.subject is None or a.subject >= a.start or a.passive or not a.mood.denied:
        return ()
    first = max(scene.sentence[a.start][0], a.subject - REACH)
    at = next((k for k in range(a.subject, first - 1, -1) if scene.low[k] == "neither"), None)
    if at is None or "nor" not in scene.low[at : a.start]:
        return ()
    named = [s.word.party for s in scene.sides if at < s.start < a.start and s.word.party is not None]
    both = tuple(dict.fromkeys(named))
    return both if len(both) == 2 else ()

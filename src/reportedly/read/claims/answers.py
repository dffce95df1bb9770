"""Questions that somebody answers with no: "Has X fallen? Kyiv says no", "asked whether X had fallen, he said it had not"."""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.model import Attribution
from reportedly.read.claims.otherwise import Row
from reportedly.read.mood.sentences import ASKED, QUESTION
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.passing import Passing
from reportedly.read.scene.scene import Scene
from reportedly.read.sources.said import Denial

__all__ = ["answered", "in_answer"]

TO_COME = frozenset({"will", "would", "wo", "could", "can", "should", "may", "might", "shall", "going"})


def answered(p: Passing, a: Assertion, bare: Mapping[int, Denial]) -> int | None:
    """The cue of the denial without content that answers an assertion which is a question, or None."""
    if not bare or a.mood.blocked is None or a.mood.denied:
        return None
    scene = p.scene
    first, end = scene.sentence[a.start]
    if not TO_COME.isdisjoint(scene.low[first : a.start]):
        return None  # "Will X fall? No"
    if a.mood.blocked == QUESTION:
        while end < len(scene.low) and not scene.low[end][:1].isalnum():
            end += 1  # a mark that the parser takes for a sentence
        within = range(end, scene.sentence[end][1]) if end < len(scene.low) else range(0)
    elif a.mood.blocked in ASKED and _asked(scene, first, a.start):
        within = range(a.end, end)
    else:
        return None
    return next((cue for cue in sorted(bare) if cue in within), None)


def in_answer(answer: Denial) -> tuple[Attribution, list[Row]]:
    """Who answers, and the one claim that this makes."""
    return answer.attribution, [(answer.attribution, True, "answered with no")]


def _asked(scene: Scene, first: int, i: int) -> bool:
    """Whether what stands at i is what somebody is asked, by the words: the parser ties the clause to what is answered as well."""
    opens = next((k for k in range(first, i) if scene.low[k] in ("whether", "if")), first)
    return any(scene.doc[k].lemma_ == "ask" for k in range(first, opens))

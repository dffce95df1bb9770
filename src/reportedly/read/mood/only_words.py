"""What nobody has grounds to say, and what it would be to say so: "there is no reason to say that X has fallen" leaves it open."""

from __future__ import annotations

from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import base_of

__all__ = ["only_words"]

WITHIN = 14  # tokens between the verb of saying and what is said


def only_words(scene: Scene, i: int) -> str | None:
    """Whether the cue at token i is only what it would be wrong to say, or what "to say that" amounts to."""
    start = scene.sentence[i][0]
    for k in range(i - 1, max(start, i - WITHIN), -1):
        if scene.low[k] in (";", ","):
            return None
        if scene.low[k - 1] != "to" or base_of(scene, k, "clauses.tells") is None:
            continue
        before = scene.low[max(start, k - 6) : k - 1]
        if {"no", "not", "n't"} & set(before) and scene.words("clauses.grounds") & set(before[-2:]):
            return f'no {before[-1]} to "{scene.low[k]}" so'
        if k - 1 == start or scene.low[k - 2] in ('"', "“"):
            return f'what "to {scene.low[k]}" so is'
    return None

"""Predicates that call what hangs on them false."""

from __future__ import annotations

from reportedly.read.mood import is_negated
from reportedly.read.scene import Scene

__all__ = ["judged_false"]


def judged_false(scene: Scene, g: int) -> str | None:
    """Whether what hangs on token g is called false: "false that", "it is not true that", "there is no truth in"."""
    low = scene.low
    words = [g, *(c.i for c in scene.doc[g].children if c.dep_ in ("acomp", "attr", "oprd"))]
    for k in words:
        if low[k] in scene.words("clauses.reversal"):
            return f'"{low[k]} that"'
        if low[k] in scene.words("clauses.true") and (
            is_negated([low[i] for i in range(max(scene.sentence[k][0], k - 4), k)]) or "no" in low[max(0, k - 2) : k]
        ):
            return f'"not {low[k]}"'
    return None

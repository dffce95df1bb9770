"""The clause of a finite verb, as the rules for its mood look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportedly.read.mood.governing import Above
from reportedly.read.parsing.nodes import Node
from reportedly.read.scene.scene import InScene
from reportedly.read.scene.verb_groups import Mood, own_group

__all__ = ["Clause", "Rule"]


@dataclass(slots=True)
class Clause(InScene):
    """The clause of the verb at v; `above` tells the mood of a clause that governs it, `mood` is what is known so far."""

    v: int
    mood: Mood
    above: Above
    token: Node  # the verb in the tree, or the first of those that it is joined to

    @property
    def g(self) -> int:
        """The token that governs the clause."""
        return int(self.token.head.i)

    @property
    def start(self) -> int:
        """Where its sentence starts."""
        return self.scene.sentence[self.v][0]

    @property
    def beside(self) -> bool:
        """Whether it stands before a verb that governs it, without a conjunction: "we took X, they said"."""
        governed = self.v < self.g and self.scene.doc[self.g].pos_ in ("VERB", "AUX")
        return governed and not any(c.dep_ == "mark" for c in self.token.children)

    def group(self, k: int) -> list[str]:
        """The auxiliaries of the verb at k."""
        return [self.low[j] for j in own_group(self.scene, k)]


Rule = Callable[[Clause], Mood | None]
"""The mood of a clause where a rule settles it; None where others have to."""

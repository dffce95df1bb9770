"""What stands over a verb: the verb or noun that governs it, and how the mood of that one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportedly.model import Relation
from reportedly.read.parsing.nodes import Node
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import MODAL_FUTURE, Mood, own_group, verb_group

__all__ = ["DEEP", "Above", "gives_up", "is_still_to_come", "is_still_to_say", "under_condition", "verb_over"]

DEEP = 6  # governors looked at; longer chains are parse faults


@dataclass(frozen=True, slots=True)
class Above:
    """The moods of what governs a verb; `depth` says how many governors were passed on the way up to it."""

    read: Callable[[int, int], Mood]  # a verb and its depth
    depth: int

    @property
    def ends(self) -> bool:
        """Whether no further governor is looked at."""
        return self.depth >= DEEP

    def __call__(self, governor: int) -> Mood:
        """The mood of the verb at token `governor`."""
        return self.read(governor, self.depth + 1)


def gives_up(scene: Scene, v: int) -> bool:
    """Whether the verb at v tells of a loss: who had to suffer it has done so."""
    return any(c.frame.relation is Relation.LOSES for c, _ in scene.cues.verbs.get(scene.low[v], ()))


def verb_over(scene: Scene, n: int) -> int | None:
    """The verb whose object or complement the noun at n is."""
    token = scene.doc[n]
    for _ in range(3):
        head = token.head
        if head.i == token.i or head.i > n:
            return None
        if head.pos_ in ("VERB", "AUX"):
            return int(head.i)
        token = head
    return None


def is_still_to_come(scene: Scene, token: Node) -> bool:
    """Whether a verb, or the one that governs it, stands in the future: "will be unable to go on"."""
    for _ in range(4):
        if {"will", "would", "'ll", "wo", "shall"} & {scene.low[k] for k in verb_group(scene, token.i)}:
            return True
        if token.dep_ not in ("xcomp", "acomp") or token.head.i == token.i:
            return False
        token = token.head
    return False


def is_still_to_say(scene: Scene, g: int) -> bool:
    """Whether somebody has yet to say what the verb at g says: "will use the fall of X to claim that they hold Y"."""
    token = scene.doc[g]
    if token.dep_ not in ("xcomp", "advcl") or "to" not in [scene.low[k] for k in own_group(scene, g)]:
        return False
    return any(scene.low[k] in MODAL_FUTURE for k in own_group(scene, token.head.i))


def under_condition(token: Node) -> str | None:
    """The word of condition of the clause that tells what the token says: "if Moscow decides that it cannot take X"."""
    for _ in range(3):
        head = token.head
        if head.i == token.i or token.dep_ not in ("ccomp", "xcomp") or head.pos_ not in ("VERB", "AUX"):
            return None
        for child in head.children:
            if child.dep_ in ("mark", "advmod") and child.i < head.i and child.lower_ in ("if", "unless", "whether"):
                return str(child.lower_)
        token = head
    return None

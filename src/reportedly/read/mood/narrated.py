"""News told in the present tense: "At least 40 people are killed when rebels storm X", "rebels seize X before the army retakes it"."""

from __future__ import annotations

from reportedly.model import Relation
from reportedly.read.parsing.nodes import Node
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import BE, verb_group

__all__ = ["came_later", "ended", "told_in_present"]

MANY = frozenset({"dozens", "hundreds", "thousands", "scores", "several", "many"})
SPANS = frozenset({"hours", "days", "weeks", "months", "years", "day", "week", "month", "year", "decade", "decades"})
LATER = 9  # tokens from a verb to "two months later"
CHANGES = (Relation.TAKES, Relation.LOSES, Relation.CONTESTS)


def told_in_present(scene: Scene, token: Node, marker: str) -> bool:
    """Whether a clause in the present behind "when", "before" or "until" tells what has happened: the verb that it hangs on
    tells of an event in the present tense, of people counted or of ground that changes hands.
    """
    root = token.head
    if marker == "once" or token.dep_ != "advcl" or root.i >= token.i:
        return False
    start = scene.sentence[root.i][0]
    if any(scene.tag[k] == "MD" for k in range(start, token.i)):
        return False
    group = verb_group(scene, root.i)
    passive = scene.tag[root.i] == "VBN" and any(scene.low[k] in BE and scene.tag[k] in ("VBZ", "VBP") for k in group)
    if not passive and (group or scene.tag[root.i] not in ("VBZ", "VBP")):
        return False
    while (
        root.dep_ == "conj"
        and root.head.i < root.i
        and not any(c.dep_ in ("nsubj", "nsubjpass") for c in root.children)
    ):
        root = root.head  # "attack X and hold the town before"
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < root.i), None)
    if subject is None:
        return False
    if any(t.tag_ == "CD" or t.lower_ in MANY for t in subject.subtree):
        return True
    changes = (*CHANGES, Relation.HOLDS) if marker == "until" else CHANGES
    rows = scene.cues.verbs.get(scene.low[root.i], ())
    return marker != "when" and any(cue.frame.relation in changes for cue, _ in rows)


def ended(scene: Scene, token: Node) -> bool:
    """Whether a past clause behind "until" ended what had been so: "was ruled by A until B drove them out in 2018"."""
    root = token.head
    if token.dep_ != "advcl" or root.i >= token.i or scene.tag[root.i] not in ("VBD", "VBN"):
        return False
    own = [scene.tag[k] for k in verb_group(scene, token.i)]
    past = any(kind == "past" for _, kind in scene.cues.verbs.get(scene.low[token.i], ()))
    if not past or (scene.tag[token.i] == "VBN" and "VBD" not in own):
        return False
    rows = scene.cues.verbs.get(scene.low[root.i], ())
    group = verb_group(scene, root.i)
    held = any(cue.frame.relation in (Relation.HOLDS, Relation.CONTESTS) for cue, _ in rows)
    reduced = (
        scene.tag[root.i] == "VBN" and root.dep_ == "acl" and not group
    )  # "X, occupied by A until B drove them out"
    past = scene.tag[root.i] == "VBD" or reduced or any(scene.tag[k] == "VBD" for k in group)
    unsure = any(scene.tag[k] in ("MD", "TO") or scene.low[k] in ("not", "n't", "never") for k in group)
    return held and past and not unsure


def came_later(scene: Scene, v: int) -> bool:
    """Whether "would" before the verb at v tells what happened in the end: "took X in March but would lose it months later"."""
    token = scene.doc[v]
    if token.dep_ not in ("conj", "relcl", "ROOT") or {"if", "not", "never", "have"} & set(
        scene.low[scene.sentence[v][0] : v]
    ):
        return False
    over = token.head if token.dep_ == "conj" else token
    if over.dep_ in ("ccomp", "xcomp", "advcl") or (token.dep_ == "conj" and over.tag_ != "VBD"):
        return False
    stop = min(v + LATER, scene.sentence[v][1])
    later = next((k for k in range(v + 1, stop) if scene.low[k] == "later"), None)
    return later is not None and scene.low[later - 1] in SPANS

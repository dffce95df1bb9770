"""The mood that a conjunction gives its clause: "if X falls", "once they take X", "before they could seize X"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.read.mood.finite_clause import Clause
from reportedly.read.mood.narrated import ended, told_in_present
from reportedly.read.parsing.nodes import Node
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import AUXILIARIES, HELPERS, Mood, base_of, own_group

__all__ = ["by_condition_before", "by_conjunction"]

OPEN = frozenset({"if", "unless", "whether", "until", "till", "lest"})
TO_COME = frozenset({"once", "when", "before", "until"})
CONDITION = frozenset({"if", "unless", "whether"})
PLANNED = frozenset({"unclear", "soon", "planning", "plan", "plans"})
JOINED = 3  # clauses joined to each other that are looked at
NEAR = 9  # tokens before a verb within which its condition stands, whatever the parser says


def by_conjunction(c: Clause) -> Mood | None:
    """The mood by the conjunction of the clause, or of those that it is joined to, the first of which then stands for it."""
    for _ in range(JOINED):
        for rule in (_by_mark, _behind_modal, _before_aim, _still_to_come):
            if (told := rule(c, c.token)) is not None:
                return told
        if c.token.dep_ != "conj":
            return None
        finite = any(c.tag[k] in ("VBP", "VBZ", "VBD") for k in own_group(c.scene, c.token.i))
        if (c.tag[c.token.i] in ("VBD", "VBZ") or finite) and c.tag[c.token.head.i] == "VB":
            return (
                c.mood
            )  # "continued efforts to push north and made gains": joined to the finite verb, whatever the parser says
        c.token = c.token.head
    return None


def _led_by(token: Node, v: int, *words: str) -> bool:
    """Whether one of some words leads the clause of a verb at v."""
    return any(x.dep_ in ("mark", "advmod", "prep") and x.i < v and x.lower_ in words for x in token.children)


def _by_mark(c: Clause, token: Node) -> Mood | None:
    """By its own conjunctions, in their order."""
    for child in token.children:
        if child.dep_ not in ("mark", "advmod") or child.i > c.v:
            continue
        word = child.lower_
        over = word == "until" and (told_in_present(c.scene, token, "until") or ended(c.scene, token))
        if word in OPEN and not over:
            return c.mood.block(f'"{word}"')
        if child.dep_ == "mark" and word == "before" and _forestalled(c.scene, token):
            return replace(c.mood, blocked=None, denied=True, reasons=(*c.mood.reasons, '"before they could"'))
        if (
            word in TO_COME
            and _present(c.scene, token, c.v)
            and not (word == "when" and c.mood.denied)
            and not told_in_present(c.scene, token, word)
            and c.low[child.i - 1] != "not"  # "not once did they enter X"
        ):
            return c.mood.block(f'"{word}" with what is still to come')
    return None


def _behind_modal(c: Clause, token: Node) -> Mood | None:
    """ "They will rest after they take X"."""
    come = c.tag[c.v] == "VBP" and "MD" in c.tag[c.start : c.v] and _led_by(token, c.v, "after")
    return c.mood.block('"after" with what is still to come') if come else None


def _before_aim(c: Clause, token: Node) -> Mood | None:
    """ "Plan to rest once they take X"."""
    aim = token.dep_ == "advcl" and c.tag[c.v] in ("VBP", "VBZ") and token.head.tag_ == "VB" and token.head.i < c.v
    aim = aim and any(x.dep_ == "mark" and x.lower_ in ("after", "once", "when") for x in token.children)
    if aim and "to" in c.group(token.head.i):
        return c.mood.block(f'before "to {token.head.lower_}", which is still to come')
    return None


def _still_to_come(c: Clause, token: Node) -> Mood | None:
    """A clause in the present beside what will or may be."""
    if c.tag[c.v] not in ("VBZ", "VBP") or not _led_by(token, c.v, "after", "once", "when", "as"):
        return None
    will = token.dep_ == "advcl" and any(c.tag[i] == "MD" for i in own_group(c.scene, token.head.i))
    planned = any(c.low[k] in PLANNED and c.low[k - 1] != "as" for k in range(c.start, c.v))
    return c.mood.block("a clause of what is still to come") if will or planned else None


def by_condition_before(c: Clause) -> Mood | None:
    """The mood by a condition near before the verb, whatever the parser says."""
    for k in range(max(c.start, c.v - NEAR), c.v):
        if c.low[k] not in CONDITION or "," in c.low[k : c.v]:
            continue
        if not any(c.tag[j] in ("VBD", "VBZ", "VBP") and c.low[j] not in AUXILIARIES for j in range(k + 1, c.v)):
            return c.mood.block(f'"{c.low[k]}"')
    return None


def _forestalled(scene: Scene, token: Node) -> bool:
    """Whether the clause of the verb tells of what others kept them from: "were driven back before they could seize X"."""
    kept = token.head
    if token.dep_ != "advcl" or kept.i > token.i or kept.tag_ not in ("VBD", "VBN"):
        return False
    pronoun = any(c.dep_ == "nsubj" and c.tag_ == "PRP" for c in token.children)
    if pronoun and any(c.dep_ == "dobj" for c in kept.children):
        return False  # "stopped the column before it could": who "it" is, no side says
    stopped = base_of(scene, kept.i, "clauses.repel") or base_of(scene, kept.i, "clauses.thwart")
    back = any(c.lower_ == "back" and c.dep_ in ("advmod", "prt") for c in kept.children)
    return bool(stopped or back) and "could" in {scene.low[k] for k in own_group(scene, token.i)}


def _present(scene: Scene, token: Node, v: int) -> bool:
    """Whether the clause of the verb at v stands in a present tense."""
    if scene.tag[v] in ("VBP", "VB") and {kind for _, kind in scene.cues.verbs.get(scene.low[v], ())} == {"past"}:
        return False  # "overran", which the tagger takes for a present
    if scene.tag[v] in ("VBZ", "VBP", "VB"):
        return True
    return any(
        c.dep_ in ("aux", "auxpass") and scene.tag[c.i] in ("VBZ", "VBP") and scene.low[c.i] in HELPERS
        for c in token.children
    )

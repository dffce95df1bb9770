"""Subjects that the parser took for something else, by the words around the verb: "near A and Russian forces advanced"."""

from __future__ import annotations

from collections.abc import Callable

from reportedly.knowledge.parties import SideKind
from reportedly.read.parsing.nodes import Node
from reportedly.read.scene.between import past_time
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.verb_groups import ASIDE_MARKS, BE, HAVE, before_adverbs, forced_before

__all__ = ["before_aside", "misparsed_subject", "shown_as", "who_is_there"]

DATED = 6  # tokens of a time between forces and their verb: "after rebels on Thursday night left X"
TELLS = frozenset({"write", "tell", "post", "note", "add"})
OPENING = frozenset({"since", "after", "when", "before", "because", "while"})

Rule = Callable[[Scene, int, list[int]], int | None]
"""The subject's head of the verb at a token with its group, where a rule tells it."""


def misparsed_subject(scene: Scene, i: int, group: list[int]) -> int | None:
    """The subject of the verb at i, where the words tell it and the tree does not."""
    for rule in RULES:
        if (subject := rule(scene, i, group)) is not None:
            return subject
    return None


def _before_insertion(scene: Scene, i: int, group: list[int]) -> int | None:
    """The subject of the auxiliary before an aside: "the army has not, a spokesman said on Monday, retaken X"."""
    if not group or group[-1] >= i - 2 or scene.low[i - 1] not in ASIDE_MARKS:
        return None
    for k in group:
        for token in (scene.doc[k], scene.doc[k].head):
            own = [int(c.i) for c in token.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < group[0]]
            if own:
                return own[-1]
    return None


def _of_infinitive(scene: Scene, i: int, group: list[int]) -> int | None:  # noqa: ARG001 - all are asked alike
    """ "Russian claims to have taken X", but "rebels in Chad claim to"; "forced them to leave X"."""
    to = next((k for k in group if scene.low[k] == "to"), None)
    if not to:
        return None
    if scene.low[to - 1] in scene.words("clauses.claim_nouns") and scene.tag[to - 1] in ("NN", "NNS"):
        claims = who_is_there(scene, to - 2) if scene.low[to - 1] == "claim" else to - 2
        return claims if claims < to - 2 else to - 1
    forced = forced_before(scene, to)
    return forced[1] if forced is not None else None


def _took_time(scene: Scene, i: int, group: list[int]) -> int | None:  # noqa: ARG001
    """Who "took eight months to clear X": the parser takes the months for those who do."""
    token, head = scene.doc[i], scene.doc[i].head
    if token.dep_ not in ("xcomp", "advcl") or head.lemma_ not in ("take", "need") or head.i > i:
        return None
    spans = [c for c in head.children if c.dep_ in ("dobj", "npadvmod") and head.i < c.i < i]
    timed = any(
        t.lower_ in scene.words("places.times") for c in spans for t in (c, *(c.subtree if c.lower_ == "more" else ()))
    )
    return next((int(c.i) for c in head.children if c.dep_ == "nsubj" and c.lower_ != "it"), None) if timed else None


def _taken_for_a_place(scene: Scene, i: int, group: list[int]) -> int | None:  # noqa: ARG001
    """The forces right before the verb that the parser joined to the place before them: "near A and Russian forces advanced"."""
    token = scene.doc[i]
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
        return None
    k = scene.previous(i)
    while k > scene.sentence[i][0] and scene.tag[k].startswith("RB"):
        k = scene.previous(k)
    side = next((s for s in scene.sides if s.end == k + 1), None)
    forces = side is not None and side.word.kind == "forces" and scene.tag[i] in ("VBD", "VBZ", "VBP")
    return k if forces and scene.doc[k].dep_ == "conj" and scene.inside(scene.doc[k].head.i) is not None else None


def _backed(scene: Scene, i: int, group: list[int]) -> int | None:  # noqa: ARG001
    """The head of "rebels backed by X" right before a verb, which the parser takes X for the subject of."""
    k = scene.previous(i)
    while k > scene.sentence[i][0] and scene.tag[k].startswith("RB"):
        k = scene.previous(k)
    backer = next((s for s in scene.sides if s.end == k + 1 and s.word.kind == "backer"), None)
    if backer is None:
        return None
    by = backer.start - 1 if scene.low[backer.start - 1] == "by" else backer.start - 2
    if by < scene.sentence[i][0] + 2 or scene.low[by] != "by" or not scene.tag[by - 1].startswith("VB"):
        return None
    head = by - 2
    return head if scene.tag[head].startswith("NN") else None


def _behind_conjunction(scene: Scene, i: int, group: list[int]) -> int | None:  # noqa: ARG001
    """The forces right before a verb that the parser took for an object of "as": "flee as the Taliban take over X"."""
    side = next((s for s in scene.sides if s.end == i), None)
    side = side or next((s for s in scene.sides if i - DATED < s.end < i and past_time(scene, s.end) == i), None)
    if side is None:
        return None
    k = side.start - 1 if scene.tag[side.start - 1] != "DT" else side.start - 2
    if k > 0 and scene.low[k] == "and" and scene.doc[side.end - 1].dep_ != "nsubj" and _second_clause(scene, k, i):
        return side.end - 1  # "X, which rebels seized in May and the army recaptured in June"
    if scene.doc[side.end - 1].dep_ != "pobj" or scene.tag[i] not in ("VBP", "VBZ", "VBD"):
        return None
    return side.end - 1 if k > 0 and scene.low[k] in ("as", "after", "before", "since", "until") else None


def _second_clause(scene: Scene, joint: int, i: int) -> bool:
    """Whether the verb at i has a clause of its own behind the "and" at `joint`, which stands behind no forces and behind a verb."""
    own = scene.tag[i] in ("VBD", "VBN") and not any(
        c.dep_ in ("nsubj", "aux", "auxpass") and c.i > joint for c in scene.doc[i].children
    )
    told = any(scene.tag[j] in ("VBD", "VBN") for j in range(max(scene.sentence[i][0], joint - 8), joint - 1))
    return own and told and not any(s.end == joint for s in scene.sides) and scene.tag[joint - 1] not in ("NNS", "NNPS")


def _taken_for_plural(scene: Scene, i: int, group: list[int]) -> int | None:  # noqa: ARG001
    """The forces right before a verb that the tagger took for their plural: "after the SDF withdraws from the city"."""
    behind = scene.tag[i] == "NN" and scene.doc[i].dep_ == "relcl"  # "X, which al-Shabaab overran"
    if not (scene.tag[i] == "NNS" or behind) or scene.doc[i].dep_ in ("dobj", "pobj", "nsubj"):
        return None
    before = next((s for s in scene.sides if s.end == i), None)
    joined = scene.doc[i - 1].dep_ in ("compound", "amod") and scene.doc[i - 1].head.i == i
    return i - 1 if before is not None and joined else None


def _place_before(scene: Scene, i: int, group: list[int]) -> int | None:
    """The place right before the auxiliary of a verb without a subject, where the parser took its name for some other word
    ("denies Bakhmut has fallen").
    """
    if not group or scene.tag[group[0]] not in ("VBZ", "VBD", "VBP") or scene.doc[i].dep_ in ("conj", "relcl"):
        return None
    place = scene.inside(group[0] - 1)
    if place is None or place.end != group[0] or place.head is not None:
        return None
    return None if any(c.dep_ in ("nsubj", "nsubjpass") for c in scene.doc[i].children) else place.end - 1


def _taken_for_object(scene: Scene, i: int, group: list[int]) -> int | None:
    """The forces of "after invading Russian troops withdrew", taken for whom somebody invades."""
    k = (group[0] if group else i) - 1
    side = (
        next((s for s in scene.sides if s.end == k + 1), None) if scene.tag[i] in ("VBD", "VBZ", "VBP", "VBN") else None
    )
    token = scene.doc[k]
    if side is None or any(c.dep_ in ("nsubj", "nsubjpass") for c in scene.doc[i].children):
        return None
    invaders = token.dep_ == "dobj" and token.head.tag_ == "VBG" and token.head.i == side.start - 1
    return k if invaders or (scene.tag[i] == "VBD" and _taken_for_place(scene, side, token)) else None


def _taken_for_place(scene: Scene, side: Side, token: Node) -> bool:
    """Whether forces are taken for one more of the places before "and": "A's troops advanced near X and B's troops recently
    advanced near Y".
    """
    before = scene.inside(side.start - 2)
    joined = scene.low[side.start - 1] == "and" and before is not None and before.head is None
    return joined and side.word.kind is SideKind.FORCES and token.dep_ in ("pobj", "conj") and token.head.pos_ != "VERB"


def _of_auxiliary(scene: Scene, i: int, group: list[int]) -> int | None:
    """The subject that the parser hung on the auxiliary of the verb at i: "said that they | have consolidated control"."""
    taken_for_adjective = scene.tag[i] == "JJ"  # "claims that its troops | were encircled"
    if not (scene.tag[i] == "VBN" or taken_for_adjective):
        return None
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in scene.doc[i].children):
        return None
    apart = [
        c.i for c in scene.doc[i].children if c.dep_ == "aux" and c.i < i
    ]  # "had since May last year | been under"
    for k in (*group, *apart):
        if scene.low[k] in (BE if taken_for_adjective else HAVE) and scene.tag[k] in ("VBP", "VBZ", "VBD"):
            return next((int(c.i) for c in scene.doc[k].children if c.dep_ == "nsubj" and c.i < k), None)
    return None


def _behind_opening_participle(scene: Scene, i: int, group: list[int]) -> int | None:
    """The forces behind the comma of "Having left X, Russian units dug in"."""
    start, stop = scene.sentence[i]
    if scene.tag[i] != "VBN" or group != [start] or scene.low[start] != "having":
        return None
    comma = next((k for k in range(i + 1, stop) if scene.low[k] == ","), None)
    if comma is None:
        return None
    first = comma + 1 + (scene.tag[comma + 1 : comma + 2] == ("DT",))
    side = next((s for s in scene.sides if s.start == first), None)
    return side.end - 1 if side is not None else None


def _goes_on_in_what_is_told(scene: Scene, i: int, group: list[int]) -> int | None:  # noqa: ARG001
    """The forces of whom somebody tells, where the parser gives the second verb to the teller: "police wrote that rebels took X
    but lost it".
    """
    token = scene.doc[i]
    tells = token.head
    if token.dep_ != "conj" or scene.tag[i] not in ("VBD", "VBZ", "VBP") or tells.tag_ != scene.tag[i]:
        return None
    if tells.lemma_ not in scene.listed("clauses.saying", "clauses.tells") and tells.lemma_ not in TELLS:
        return None
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
        return None
    told = next((c for c in tells.children if c.dep_ == "ccomp" and tells.i < c.i < i), None)
    if told is None or scene.low[told.left_edge.i] != "that":
        return None
    who = next((int(c.i) for c in told.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    teller = next((int(c.i) for c in tells.children if c.dep_ == "nsubj"), None)
    acts = who is not None and (who in scene.side_at or scene.low[who] in scene.words("clauses.agents"))
    return who if acts and teller is not None and teller not in scene.side_at else None


def _joined_in_company(scene: Scene, i: int, group: list[int]) -> int | None:  # noqa: ARG001
    """The forces right before a participle that the parser joined to the noun before them: "with A attacking X and B taking Y"."""
    token = scene.doc[i]
    if scene.tag[i] != "VBG" or any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
        return None
    k = before_adverbs(scene, i, scene.sentence[i][0])
    if k < scene.sentence[i][0] or scene.low[k] not in scene.words("clauses.agents") or scene.doc[k].dep_ != "conj":
        return None
    first = scene.doc[k].left_edge.i
    joined = scene.low[first - 1 : first] in (("and",), ("while",), (",",)) if first else False
    return k if joined and "with" in scene.low[scene.sentence[i][0] : first] else None


def _shown(scene: Scene, i: int, group: list[int]) -> int | None:  # noqa: ARG001
    return shown_as(scene, i)


def shown_as(scene: Scene, i: int) -> int | None:
    """The object that is told to be so by a participle behind "as": "the map marks most of X as occupied"."""
    token = scene.doc[i]
    k = scene.previous(i)
    while k > scene.sentence[i][0] and scene.tag[k].startswith("RB"):
        k = scene.previous(k)
    if scene.tag[i] not in ("VBN", "JJ") or scene.low[k] != "as" or token.dep_ not in ("advcl", "prep", "amod", "acl"):
        return None
    shown = [c for c in token.head.children if c.dep_ == "dobj" and token.head.i < c.i < k]
    return int(shown[-1].i) if shown else None


def _far(scene: Scene, i: int, group: list[int]) -> int | None:  # noqa: ARG001
    """ "Since X, 30 km to the south, fell"."""
    if scene.low[i - 1] != "," or i < 2 or scene.tag[i] not in ("VBD", "VBZ"):
        return None
    far = before_aside(scene, i - 1, scene.sentence[i][0])
    near = scene.inside(far) if far is not None else None
    return far if near is not None and scene.low[max(0, near.start - 1)] in OPENING else None


RULES: tuple[Rule, ...] = (
    _before_insertion, _of_infinitive, _took_time, _taken_for_a_place, _backed, _behind_conjunction, _taken_for_plural,
    _place_before, _taken_for_object, _of_auxiliary, _behind_opening_participle, _goes_on_in_what_is_told, _joined_in_company, _shown, _far,
)  # fmt: skip


def before_aside(scene: Scene, comma: int, start: int) -> int | None:
    """The place that an aside which ends at a comma describes: "X, home to 2,000 people, was"."""
    k, finite = comma - 1, False
    while k > start and comma - k < 15 and scene.low[k] != ",":
        finite = finite or scene.tag[k] in ("VBD", "VBZ", "VBP", "MD")
        k -= 1
    if finite and scene.low[k + 1] not in ("where", "which"):
        return None
    place = scene.inside(k - 1) if k > start and scene.low[k] == "," else None
    return k - 1 if place is not None and place.head is None else None


def who_is_there(scene: Scene, k: int) -> int:
    """The head of "militants in Nigeria", where k is the country's name, else k itself."""
    land = next((s for s in scene.sides if s.start <= k < s.end), None)
    if land is None or land.word.kind is not SideKind.NAME or scene.low[land.start - 1] not in ("in", "across"):
        return k
    there = next((s for s in scene.sides if s.end == land.start - 1 and s.word.kind is SideKind.GENERIC), None)
    return there.end - 1 if there is not None else k

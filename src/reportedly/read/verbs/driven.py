"""Who is driven from a place told before: "X fell to the Taliban. They were pushed out", "ruled by A until B drove them out"."""

from __future__ import annotations

from collections.abc import Callable

from reportedly.model import Relation
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.sides import side_in
from reportedly.read.scene.subjects import phrase_of, subject_of
from reportedly.read.scene.target import Target
from reportedly.read.verbs.case import VerbCase
from reportedly.read.verbs.passives import is_passive

__all__ = ["driven_later", "drove_out", "left_to_others"]

OUT = frozenset({"expel", "oust", "evict", "eject", "dislodge", "rout"})  # which need no "out"
CAME = (Relation.TAKES, Relation.HOLDS, Relation.CONTESTS)
ELSEWHERE = frozenset(
    {"of", "from", "to", "into", "toward", "towards", "by"}
)  # "pushed out by drones" may be out of anything


def driven_later(
    scene: Scene, i: int, end: int, frame_at: Callable[[int], Assertion | None]
) -> tuple[tuple[Target, ...], Side] | None:
    """The places and the side of the claim before, whose "they" or "them" the verb at i says were driven out."""
    subject = subject_of(scene, i)
    if subject is None:
        return None
    out = scene.low[end : end + 1] == ("out",) or scene.doc[i].lemma_ in OUT
    them = next((c.i for c in scene.doc[i].children if c.dep_ == "dobj" and c.lower_ == "them"), None)
    if them is not None:
        out = out or scene.low[them + 1 : them + 2] == ("out",)
        behind = them + 2 if scene.low[them + 1 : them + 2] == ("out",) else them + 1
    else:
        behind = end + 1 if scene.low[end : end + 1] == ("out",) else end
        out = out and scene.low[subject] in ("they", "it") and is_passive(scene, i, past=True)
    if not out or (behind < len(scene.low) and scene.low[behind] in ELSEWHERE):
        return None
    before = _of_main_clause(scene, i, frame_at) if them is not None else _of_sentence_before(scene, subject, frame_at)
    if before is None or before.side is None:
        return None
    if them is not None:
        driver = side_in(scene, *phrase_of(scene, subject))
        if driver is None or driver.word.words == before.side.word.words:
            return None
    return tuple(t for t in before.targets if not t.near), before.side


def drove_out(v: VerbCase) -> list[Target]:
    """Whence somebody is driven by those who took or entered a place in the verb before: "swept into X and drove out the army"."""
    scene, token = v.scene, v.scene.doc[v.i]
    driven = next((c for c in token.children if c.dep_ in ("dobj", "obj") and c.i > v.i), None)
    if v.name != "is driven out" or v.passive or driven is None:
        return []
    last = driven.right_edge.i + 1
    if "out" in scene.low[v.end : v.end + 1]:
        behind = last
    elif scene.low[last : last + 1] == ("out",):
        behind = last + 1
    elif token.lemma_ in OUT and scene.low[v.end : v.end + 1] not in (("from",), ("out",)):
        behind = last
    else:
        return []
    if behind < len(scene.low) and scene.low[behind] in ELSEWHERE:
        return []
    for _ in range(2):
        if token.dep_ not in ("conj", "advcl") or token.head.i >= token.i:
            return []
        if token.dep_ == "advcl" and scene.tag[token.i] != "VBG":
            return []  # "took X after the rebels drove out the governor"
        token = token.head
        if _claimed(before := v.frames(token.i)) and before is not None and not before.passive:
            came = before.cue.frame.relation in (Relation.TAKES, Relation.CONTESTS)
            v.prep = last  # where a preposition would stand behind those who are driven out
            return [t for t in before.targets if not t.near] if came else []
    return []


def left_to_others(scene: Scene, i: int, frame_at: Callable[[int], Assertion | None]) -> list[Target]:
    """Where forces were that "have withdrawn": the place that the sentence before says others took or entered."""
    token = scene.doc[i]
    told = token.dep_ == "ccomp" and token.head.i < i  # "The RSF said its forces had withdrawn"
    if told and (claimed := _of_other_half(scene, i, frame_at)):
        return claimed
    subject = subject_of(scene, i)
    if not told or subject is None or token.tag_ not in ("VBD", "VBN"):
        return []
    own = {"its", "their", "our"} & set(scene.low[max(0, subject - 2) : subject]) or scene.low[subject] in (
        "they",
        "it",
    )
    start = scene.sentence[i][0]
    speaker = next((s for s in scene.sides if start <= s.start <= start + 3), None)
    if not own or not start or speaker is None:
        return []
    first = scene.sentence[start - 1][0]
    for k in range(start - 1, first - 1, -1):
        if scene.low[k] in scene.cues.verbs and _claimed(before := frame_at(k)) and before is not None:
            other = before.cue.frame.relation in (Relation.TAKES, Relation.CONTESTS)
            same = before.side is not None and before.side.word.party == speaker.word.party
            return [t for t in before.targets if not t.near] if other and not same else []
    return []


def _of_other_half(scene: Scene, i: int, frame_at: Callable[[int], Assertion | None]) -> list[Target]:
    """The place that somebody else claims in the half of the sentence before: "Y says it took X; Z says its men never left"."""
    teller = next((t for t in scene.doc[i].head.children if t.dep_ == "nsubj" and t.i < i), None)
    subject = subject_of(scene, i)
    owned = subject is not None and bool({"its", "their", "our"} & set(scene.low[max(0, subject - 1) : subject]))
    start = scene.sentence[i][0]
    first = teller.left_edge.i if teller is not None else start
    if not owned or first <= start or scene.low[first - 1] not in (";", ",", "but", "while"):
        return []
    for k in range(first - 1, start, -1):
        if scene.low[k] in scene.cues.verbs and _claimed(before := frame_at(k)) and before is not None:
            return [t for t in before.targets if not t.near]
    return []


def _claimed(before: Assertion | None) -> bool:
    """Whether an assertion says that somebody holds, took or came to a place."""
    if before is None or before.cue.frame.relation not in CAME:
        return False
    return not before.mood.blocked and not before.mood.denied and any(not t.near for t in before.targets)


def _of_main_clause(scene: Scene, i: int, frame_at: Callable[[int], Assertion | None]) -> Assertion | None:
    """What the clause says that the one of the verb at i belongs to: "ruled by A until B drove them out"."""
    token = scene.doc[i]
    for _ in range(3):
        if token.dep_ not in ("advcl", "conj", "pcomp", "relcl", "prep") or token.head.i >= token.i:
            return None
        token = token.head
        if token.pos_ in ("VERB", "AUX") and _claimed(found := frame_at(token.i)):
            return found
    return None


def _of_sentence_before(scene: Scene, subject: int, frame_at: Callable[[int], Assertion | None]) -> Assertion | None:
    """The last such claim of the sentence before the one that a pronoun opens."""
    start = scene.sentence[subject][0]
    if not start or subject - start > 3:
        return None
    first = scene.sentence[start - 1][0]
    for k in range(start - 1, first - 1, -1):
        if scene.low[k] in scene.cues.verbs and _claimed(found := frame_at(k)):
            return found
    return None

"""Places that a verb without one of its own takes from what was told before: "took X but later withdrew"."""

from __future__ import annotations

from reportedly.model import PlaceKind, Relation
from reportedly.read.parsing.nodes import Node
from reportedly.read.places.elided import CLAIMED, JUST_CLAIMED
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.subjects import subject_of
from reportedly.read.scene.target import Target
from reportedly.read.verbs.case import Frames, VerbCase

__all__ = ["came_in", "left_again", "left_alone", "went_again"]

THEN = frozenset({"after", "as", "when", "hours", "days"})


def left_again(scene: Scene, i: int, frame_at: Frames, *, driven: bool = False) -> list[Target]:
    """The places that the verb before speaks of: "took X but later withdrew", "entered X hours after the army withdrew"."""
    token = scene.doc[i]
    objects = [c for c in token.children if c.dep_ in ("dobj", "obj")]
    if any(not _own_forces(scene, c) for c in objects) or _foreign(scene, i):
        return []
    if token.lemma_ == "flee" and not _by_troops(scene, i):
        return []  # "seized X as residents fled"
    own = token.dep_ == "pobj" or any(c.dep_ == "nsubj" for c in token.children)
    own = own and not _they_before(token)
    token = token.head if token.dep_ == "pobj" and _meanwhile(scene, i) else token
    for _ in range(4):
        if token.dep_ not in ("conj", "pcomp", "prep", "advcl") or token.head.i >= token.i:
            return []
        token = _verb_of(token.head)
        if token.pos_ in ("VERB", "AUX"):
            before = frame_at(token.i)
            gone = _meanwhile(scene, i) and _ends(scene, objects[-1].i if objects else i)
            came = (
                (Relation.CONTESTS, *((Relation.TAKES,) if gone else ()))
                if own
                else (Relation.TAKES, Relation.HOLDS, *((Relation.CONTESTS,) if driven else ()))
            )  # who takes it drives out the other
            if own and before is not None and before.cue.words[-1] == "control" and came[1:]:
                came = (*came, Relation.HOLDS)  # "claims control of X after the army pulls out"
            if (
                before is None
                or before.cue.frame.relation not in came
                or before.passive
                or before.mood.blocked
                or before.mood.denied
            ):
                return []
            return [t for t in before.targets if not t.near]
    return []


def _own_forces(scene: Scene, noun: Node) -> bool:
    """Whether what somebody withdraws is their own: "after the army pulled its garrison out"."""
    own = any(c.tag_ == "PRP$" and c.lower_ in ("its", "their", "his") for c in noun.children)
    return own and (noun.lower_ in scene.words("clauses.agents") or noun.i in scene.side_at)


def left_alone(v: VerbCase) -> list[Target]:
    """The town that is spoken of, where forces left without more: "residents of X said the soldiers had left"."""
    scene, subject, i, end = v.scene, v.subject, v.i, v.end
    forces = subject is not None and any(
        s.end == subject + 1 and s.word.kind in ("forces", "state") for s in scene.sides
    )
    closed = end >= len(scene.low) or scene.tag[end] in (".", ",", ":", "CC", "''")
    if v.cue.words != ("leave",) or not forces or not closed:
        return []
    return [Target(Mention(i, i + 1, scene.doc[i].text, PlaceKind.SETTLEMENT, anaphor=JUST_CLAIMED))]


def went_again(v: VerbCase) -> list[Target]:
    """The place of the claim before, which those give up who open a sentence: "Rebels took X. They withdrew hours later"."""
    scene, subject, i = v.scene, v.subject, v.i
    start = scene.sentence[i][0]
    if (
        not start
        or subject is None
        or subject - start > 1
        or scene.low[subject] not in ("they", "it")
        or not _ends(scene, i)
    ):
        return []
    return [Target(Mention(i, i + 1, scene.doc[i].text, PlaceKind.SETTLEMENT, anaphor=JUST_CLAIMED))]


def came_in(v: VerbCase) -> list[Target]:
    """The place told of before "as insurgents pour in", of which more is told in the same sentence."""
    scene, i, end = v.scene, v.i, v.end
    if v.name not in ("goes into", "rushes into") or scene.low[end : end + 1] != ("in",):
        return []
    behind = scene.low[end + 1 : end + 2]
    closed = not behind or behind[0] in (",", ".", ";", ":", "-", "–", "—", "after", "as", "amid", "unopposed")
    if not closed or not _meanwhile(scene, i):
        return []
    return [Target(Mention(i, i + 1, scene.doc[i].text, PlaceKind.SETTLEMENT, anaphor=CLAIMED))]


def _verb_of(token: Node) -> Node:
    """The verb that the parser takes for a part of its object's name: "overran Djibo"; else the token itself."""
    part = (c for c in token.children if c.dep_ in ("compound", "aux") and c.tag_ == "VBD")
    return next(part, token) if token.pos_ == "PROPN" else token


def _by_troops(scene: Scene, i: int) -> bool:
    """Whether those who flee at i are troops."""
    subject = subject_of(scene, i)
    if subject is None or subject > i:
        return False
    armed = any(s.start <= subject < s.end and s.word.kind in ("forces", "state") for s in scene.sides)
    return armed or scene.low[subject] in scene.words("clauses.agents")


def _foreign(scene: Scene, i: int) -> bool:
    """Whether who leaves are guests, who leave the country rather than a town: "took X as US troops withdrew"."""
    return bool(scene.words("clauses.guests") & set(scene.low[max(scene.sentence[i][0], i - 4) : i]))


def _meanwhile(scene: Scene, i: int) -> bool:
    """Whether the clause of the verb at i tells what went with the event before: "takes X as the army pulls out"."""
    token = scene.doc[i]
    if token.dep_ == "pobj":
        return token.head.lower_ in ("after", "as")  # where the tagger takes the verb for a noun
    return any(c.dep_ == "mark" and c.lower_ in ("after", "as", "when", "while") for c in token.children)


def _they_before(token: Node) -> bool:
    """Whether a verb tells what those did next who did what stands before: "held X for two weeks before they withdrew"."""
    words = {c.dep_: c.lower_ for c in token.children if c.i < token.i and c.dep_ in ("mark", "nsubj")}
    return words.get("mark") in ("before", "until") and words.get("nsubj") in ("they", "it")


def _ends(scene: Scene, i: int) -> bool:
    """Whether nothing behind the verb at i tells of another place that was left: "pull out", but not "retreat across the border"."""
    behind = scene.low[i + 1 : i + 2]
    past = scene.low[i + 2 : i + 3] if behind in (("out",), ("back",)) else behind
    return (
        not past
        or not past[0][:1].isalnum()
        or (past == ("and",) and _acts_next(scene, i))
        or past[0] in ("to", "toward", "towards", "from", "without", "overnight", "under", "amid", "following", *THEN)
    )


def _acts_next(scene: Scene, i: int) -> bool:
    """Whether another deed of the same side is told behind the verb at i: "retreated and blew up a bridge"."""
    return any(c.dep_ == "conj" and c.i > i and scene.tag[c.i] == "VBD" for c in scene.doc[i].children)

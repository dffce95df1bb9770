"""Whether who acts in a verb frame can take, hold or leave a place: people, goods, events and authorities cannot."""

from __future__ import annotations

from reportedly.knowledge.cues import Cue
from reportedly.knowledge.parties import SideKind
from reportedly.model import Relation
from reportedly.read.guards import (
    allowed_to,
    are_people,
    held_responsible,
    is_civil,
    is_materiel,
    is_vote,
    leaves_behind,
    moves_others,
)
from reportedly.read.scene import Scene, Side
from reportedly.read.sides import side_of_phrase
from reportedly.read.subjects import relative_head
from reportedly.read.target import Target
from reportedly.read.verb_places import Filled

__all__ = ["can_act"]


def can_act(
    scene: Scene, cue: Cue, i: int, end: int, filled: Filled, targets: list[Target], side: Side | None, who: str
) -> bool:
    """Whether the side and the subject of a verb frame, its cue from i to `end`, are such as hold ground or give it up."""
    frame, subject, passive = cue.frame, filled.subject, filled.passive
    if frame.party == "object" and who == "none":
        return False
    armed = side is not None and side.word.kind is SideKind.GENERIC  # "police drove gangs out of X"
    if frame.party == "object" and not passive and not armed:
        before = scene.low[max(scene.sentence[i][0], i - 7) : i]
        if scene.words("clauses.evictors") & set(before) and scene.words("gate.armed").isdisjoint(before):
            return False  # "settlers drove Palestinians out of X": people, not forces
    if (
        frame.party == "object"
        and side is not None
        and side.word.kind is SideKind.DEMONYM
        and subject is not None
        and scene.low[subject] in scene.listed("clauses.happenings", "clauses.unarmed")
    ):
        return False  # "settler violence drove Palestinians from X"
    if (
        cue.frame.relation is Relation.LOSES
        and frame.preps[0] in ("from", "out of")
        and not passive
        and side is None
        and is_civil(scene, subject)
    ):
        return False
    if is_civil(scene, subject) and side is None and not passive:
        return False
    if (
        cue.frame.relation is Relation.LOSES
        and not passive
        and subject is not None
        and scene.low[subject] in ("he", "she")
    ):
        return False  # "and he left X a month later"
    if frame.name.endswith("control in it") and side is not None and side.word.kind is SideKind.NAME:
        return False  # "Reform UK takes control in Durham"
    if _only_leaves(scene, cue, i, end, subject, targets):
        return False
    comes_or_goes = frame.relation is Relation.CONTESTS or (
        frame.relation is Relation.LOSES and frame.party == "subject"
    )
    if comes_or_goes and not passive and are_people(scene, subject):
        return False  # "almost all Armenians had left X"
    if subject is not None and not passive and scene.low[subject] in scene.words("clauses.never_hold"):
        return False
    fought_or_left = frame.relation in (Relation.CONTESTS, Relation.LOSES)
    if passive and fought_or_left and side is None and _by_nobody(scene, end):
        return False  # "surrounded by the sea", "abandoned by its people"
    if subject is not None and not passive and is_materiel(scene, subject):
        return False
    if frame.relation is Relation.LOSES and moves_others(scene, i):
        return False
    if frame.relation is Relation.LOSES and not passive and allowed_to(scene, i):
        return False
    held = frame.name == "holds: verb and object" and scene.doc[i].lemma_ == "hold"
    if held and (held_responsible(scene, targets, end) or (passive and is_vote(scene, i))):
        return False
    return side is not None or not _unnamed(scene, cue, i, end, subject)


def _is_model(word: str) -> bool:
    """Whether a word is the number of a type, as machines have ("C-17", "Mi-8")."""
    return word[:1].isupper() and word[-1:].isdigit()


def _no_side(scene: Scene, k: int) -> bool:
    """Whether the name at k is that of no side."""
    return not any(s.start <= k < s.end for s in scene.sides)


def _by_nobody(scene: Scene, end: int) -> bool:
    """Whether hills, floods or the like surround a place: "surrounded by the sea", "cut off by floods"."""
    if scene.low[end : end + 1] != ("by",):
        return False
    k = end + 1
    while k < len(scene.low) and scene.tag[k] in ("DT", "JJ", "CD", "PRP$") and k not in scene.side_at:
        k += 1
    armed = scene.listed("clauses.agents", "gate.armed")
    common = scene.tag[k : k + 1] in (("NN",), ("NNS",)) and scene.tag[k + 1 : k + 2] not in (
        ("NN",),
        ("NNS",),
        ("HYPH",),
    )
    return common and scene.low[k] not in armed and k not in scene.side_at


def _only_leaves(scene: Scene, cue: Cue, i: int, end: int, subject: int | None, targets: list[Target]) -> bool:
    """Whether who leaves is no force, or what is left is no place that was held."""
    leaves = scene.doc[i].lemma_ in ("leave", "exit", "quit") and subject is not None
    if leaves and scene.low[subject] in ("authorities", "officials", "administrators", "officers"):  # type: ignore[index]
        return True  # officials who leave are not the army
    if leaves and _is_model(scene.written[subject]) and _no_side(scene, subject):  # type: ignore[arg-type,index]
        return True  # "the last American C-17 left X"
    if leaves and scene.low[subject] in scene.words("clauses.happenings"):  # type: ignore[index]
        return True  # "the strikes left X without power"
    if cue.words == ("leave",) and scene.low[end : end + 1] == ("only",):
        return True  # "that leaves only X", which is still held
    return cue.words == ("leave",) and leaves_behind(scene, i, targets)


def _unnamed(scene: Scene, cue: Cue, i: int, end: int, subject: int | None) -> bool:
    """Whether a frame that asks for a named side has none, nor words that stand for one; or a person leaves."""
    frame = cue.frame
    pronoun = subject is not None and subject < i and scene.tag[subject] == "PRP"
    own = (
        subject is not None
        and subject < i
        and bool({"his", "its", "their", "our"} & set(scene.low[max(0, subject - 2) : subject]))
    )
    pronoun = pronoun or (own and cue.words[-1] == "flag")
    troops = own and subject is not None and scene.low[subject] in scene.words("clauses.agents") | {"men"}
    relative = subject is not None and scene.low[subject] in ("which", "that", "who")
    head = relative_head(scene, subject) if relative and subject is not None else None
    troops = troops or (head is not None and side_of_phrase(scene, head) is not None)  # "the RSF, which runs X"
    if (
        frame.strict
        and not (
            pronoun
            and (
                frame.relation is Relation.TAKES
                or (
                    frame.name == "has a share of"
                    and ("hands" in scene.low[end : scene.sentence[i][1]] or _of_speaker(scene, i))
                )
            )
        )
        and not (troops and frame.relation is Relation.HOLDS)
    ):
        return True
    leaves = scene.doc[i].lemma_ in ("leave", "exit", "quit") and subject is not None
    return leaves and scene.tag[subject] == "NNP"  # type: ignore[index]  # a person leaves


def _of_speaker(scene: Scene, i: int) -> bool:
    """Whether the clause of the verb at i is what a side says of itself: "Russia says it has most of X"."""
    said = scene.doc[i].head
    if scene.doc[i].dep_ != "ccomp" or said.i > i:
        return False
    teller = next((c.i for c in said.children if c.dep_ == "nsubj" and c.i < said.i), None)
    return teller is not None and side_of_phrase(scene, teller) is not None

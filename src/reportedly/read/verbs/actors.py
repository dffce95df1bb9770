"""Whether who acts in a verb frame can take, hold or leave a place: people, goods, events and authorities cannot."""

from __future__ import annotations

from reportedly.knowledge.cues import Cue
from reportedly.knowledge.parties import SideKind
from reportedly.model import Relation
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.sides import side_of_phrase
from reportedly.read.scene.subjects import relative_head
from reportedly.read.scene.target import Target
from reportedly.read.verbs.case import Rule, VerbCase
from reportedly.read.verbs.guards import (
    allowed_to,
    are_people,
    held_responsible,
    is_civil,
    is_materiel,
    is_vote,
    leaves_behind,
    moves_others,
)

__all__ = ["ACTORS"]


def _told_whose(v: VerbCase) -> bool:
    return v.cue.frame.party != "object" or v.who != "none"


def _no_evictors(v: VerbCase) -> bool:
    """Not "settlers drove Palestinians out of X": people, not forces; police may drive gangs out."""
    armed = v.side is not None and v.side.word.kind is SideKind.GENERIC
    if v.cue.frame.party != "object" or v.passive or armed:
        return True
    before = v.low[max(v.scene.sentence[v.i][0], v.i - 7) : v.i]
    evictors = v.scene.words("clauses.evictors").intersection(before)
    return not evictors or not v.scene.words("gate.armed").isdisjoint(before)


def _no_violence(v: VerbCase) -> bool:
    """Not "settler violence drove Palestinians from X"."""
    people = v.cue.frame.party == "object" and v.side is not None and v.side.word.kind is SideKind.DEMONYM
    if not people or v.subject is None:
        return True
    return v.low[v.subject] not in v.scene.listed("clauses.happenings", "clauses.unarmed")


def _no_civilians(v: VerbCase) -> bool:
    return v.passive or v.side is not None or not is_civil(v.scene, v.subject)


def _no_single_person(v: VerbCase) -> bool:
    """Not "and he left X a month later"."""
    leaves = v.relation is Relation.LOSES and not v.passive and v.subject is not None
    return not leaves or v.low[v.subject] not in ("he", "she")  # type: ignore[index]


def _no_party(v: VerbCase) -> bool:
    """Not "Reform UK takes control in Durham"."""
    return not v.name.endswith("control in it") or v.side is None or v.side.word.kind is not SideKind.NAME


def _leaves_it(v: VerbCase) -> bool:
    return not _only_leaves(v.scene, v.cue, v.i, v.end, v.subject, v.targets)


def _no_people(v: VerbCase) -> bool:
    """Not "almost all Armenians had left X"."""
    goes = v.relation is Relation.LOSES and v.cue.frame.party == "subject"
    comes_or_goes = v.relation is Relation.CONTESTS or goes
    return not comes_or_goes or v.passive or not are_people(v.scene, v.subject)


def _may_hold(v: VerbCase) -> bool:
    """Neither what never holds anything nor materiel."""
    if v.subject is None or v.passive:
        return True
    return v.low[v.subject] not in v.scene.words("clauses.never_hold") and not is_materiel(v.scene, v.subject)


def _by_somebody(v: VerbCase) -> bool:
    """Not "surrounded by the sea", "abandoned by its people"."""
    fought_or_left = v.passive and v.side is None and v.relation in (Relation.CONTESTS, Relation.LOSES)
    return not fought_or_left or not _by_nobody(v.scene, v.end)


def _goes_of_itself(v: VerbCase) -> bool:
    """Not who moves others away, or lets them go."""
    if v.relation is not Relation.LOSES:
        return True
    return not moves_others(v.scene, v.i) and (v.passive or not allowed_to(v.scene, v.i))


def _holds_ground(v: VerbCase) -> bool:
    """Not who is held responsible, nor a vote that is held."""
    if v.name != "holds: verb and object" or v.scene.doc[v.i].lemma_ != "hold":
        return True
    return not held_responsible(v.scene, v.targets, v.end) and not (v.passive and is_vote(v.scene, v.i))


def _side_or_stand_in(v: VerbCase) -> bool:
    return v.side is not None or not _unnamed(v.scene, v.cue, v.i, v.end, v.subject)


ACTORS: tuple[Rule, ...] = (
    _told_whose, _no_evictors, _no_violence, _no_civilians, _no_single_person, _no_party, _leaves_it, _no_people, _may_hold, _by_somebody,
    _goes_of_itself, _holds_ground, _side_or_stand_in,
)  # fmt: skip


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


def _of_group(scene: Scene, k: int) -> bool:
    """Whether the fighters at k are those of a group spoken of before: "the group's fighters remain in X"."""
    return (
        k > 1 and scene.low[k - 1] in ("'s", "’s") and scene.low[k - 2] in ("group", "movement", "militia", "alliance")
    )


def _unnamed(scene: Scene, cue: Cue, i: int, end: int, subject: int | None) -> bool:
    """Whether a frame that asks for a named side has none, nor words that stand for one; or a person leaves."""
    frame = cue.frame
    pronoun = subject is not None and subject < i and scene.tag[subject] == "PRP"
    own = (
        subject is not None
        and subject < i
        and bool({"his", "its", "their", "our"} & set(scene.low[max(0, subject - 2) : subject]))
    )
    own = own or (subject is not None and subject < i and _of_group(scene, subject))
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

"""The places of a verb frame: by its voice, its prepositions and, where it has none of its own, by what stands around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reportedly.knowledge.cues import Frame
from reportedly.model import PlaceKind, Relation
from reportedly.read.places.acted_on import first_to_fall, subject_places, trapped_in, trapping
from reportedly.read.places.aims import aimed_at, attacked_at, attacked_before
from reportedly.read.places.elided import control_alone, elided_places, headed_place, part_alone
from reportedly.read.places.included import included
from reportedly.read.places.members import is_bare
from reportedly.read.places.objects import object_places
from reportedly.read.places.preps import after_preps
from reportedly.read.places.relatives import (
    fronted,
    last_held,
    left_from,
    relative_places,
    shared_relative,
    stood_in,
    where_places,
)
from reportedly.read.places.slots import places_after
from reportedly.read.scene.dated_phrases import dated_members
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.subjects import subject_of
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import base_of, verb_group
from reportedly.read.verbs.before import came_in, left_again, left_alone, went_again
from reportedly.read.verbs.case import PART, VerbCase
from reportedly.read.verbs.driven import drove_out, left_to_others
from reportedly.read.verbs.guards import falls_for_good
from reportedly.read.verbs.holding import after_where
from reportedly.read.verbs.passives import is_passive

__all__ = ["find_places"]

HEADED = frozenset(
    {"holds: light verb", "gains control: light verb", "withdraws from"}
)  # whose place may head a headline
CHANGES = (Relation.TAKES, Relation.LOSES, Relation.HOLDS)
RULING = frozenset({"sway", "charge"})  # which need no place of their own


def find_places(v: VerbCase) -> bool:
    """Find voice, subject and places of a verb; False where it says nothing of any, True where other rules may yet find some."""
    scene, frame, i = v.scene, v.cue.frame, v.i
    v.passive = is_passive(scene, i, past=v.past) and not _goes_itself(scene, frame, i)
    v.passive = v.passive or (v.past and frame.party == "object" and _forced_out(scene, i, v.end))
    if v.passive and len(v.cue.words) > 1 and scene.tag[v.end - 1] == "IN" and not verb_group(scene, i):
        v.passive = False  # "Forces held onto X", for all that the tagger says
    v.subject = subject_of(scene, i) if v.name != "is there" else _there(scene, i, v.end)
    if not _own_places(v):
        return False
    for way in WAYS:
        if v.targets:
            break
        v.targets = way(v)
    return True


def _own_places(v: VerbCase) -> bool:
    """The places of the subject or the object, by the frame and its voice; False where nothing is told."""
    preps = v.cue.frame.preps
    if "subject" in preps:
        return _of_subject(v)
    if v.passive and ("" in preps or not {"of", "over"}.isdisjoint(preps)):
        _of_passive(v)
    elif "" in preps:
        _of_object(v)
    land = len(v.targets) == 1 and v.targets[0].mention.anaphor == "territory" and v.targets[0].mention.start < v.i
    held = v.relation is Relation.HOLDS and v.scene.tag[v.i] == "VBD"  # "lost the territory it held in X"
    if (land or all(is_bare(t) for t in v.targets)) and not held and not v.passive and "" in preps:
        v.targets = relative_places(v.scene, v.i, v.end) or v.targets
    return True


def _of_subject(v: VerbCase) -> bool:
    """What falls, or comes under somebody."""
    words = v.cue.words
    first = first_to_fall(v.scene, v.i) if words[0] == "fall" or words[:2] == ("come", "under") else None
    v.targets = first if first is not None else subject_places(v.scene, v.i, v.subject)
    v.foremost = bool(first)
    if v.targets and words == ("surrender",) and v.passive:
        return False  # "has been surrendered" is what its own side did
    if v.targets and words[0] == "be" and (_sent_home(v.scene, v.i) or _bridged(v)):
        return False
    if v.targets and v.name == "falls" and not falls_for_good(v.scene, v.end):
        return False
    if v.targets and words[0] == "fall":
        v.targets = v.targets + dated_members(v.scene, v.end)
    return True


def _sent_home(scene: Scene, i: int) -> bool:
    """Whether what "been" at i tells of is people or their remains: "the bodies of men killed in X have been returned to Y"."""
    verb = scene.doc[i].head if scene.doc[i].dep_ == "auxpass" else scene.doc[i]
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass" and c.i < i), None)
    return subject is not None and subject.lower_ in scene.listed(
        "clauses.never_hold", "clauses.materiel", "clauses.sent_home"
    )


def _bridged(v: VerbCase) -> bool:
    """Whether what joins a place to a country is built: "is joined to Russia by a bridge"."""
    return v.name == "is joined to" and "by" in v.low[v.end : v.end + 4]


def _of_passive(v: VerbCase) -> None:
    """What something is done to in the passive."""
    first = first_to_fall(v.scene, v.i) if v.relation in CHANGES and v.low[v.i - 1] == "be" else None
    v.targets = first if first is not None else subject_places(v.scene, v.i, v.subject)
    v.foremost = bool(first)
    if v.targets and v.relation in (Relation.TAKES, Relation.LOSES):
        v.targets = v.targets + dated_members(v.scene, v.end)
    if v.targets and v.low[v.end : v.end + 2] in (("together", "with"), ("along", "with")):
        v.targets = v.targets + places_after(v.scene, v.end + 2)  # "A and B were annexed together with C"
    if not v.targets:
        v.targets = trapped_in(v.scene, v.cue, v.i, v.subject)
        v.trapped = bool(v.targets)


def _of_object(v: VerbCase) -> None:
    """What something is done to."""
    v.targets = (
        after_where(v.scene, v.i, object_places(v.scene, v.i, v.end))
        or trapping(v.scene, v.cue, v.i)
        or _taken_up_by_which(v.scene, v.i, v.end)
    )


def _of_relative(v: VerbCase) -> list[Target]:
    return shared_relative(v.scene, v.i, v.end) if not v.passive and "" in v.cue.frame.preps else []


def _behind_prepositions(v: VerbCase) -> list[Target]:
    if not set(v.cue.frame.preps) - {"", "subject"}:
        return []
    targets, v.prep = after_preps(v.scene, v.cue, v.end)
    return targets


def _where_they_were(v: VerbCase) -> list[Target]:
    """The places of those who leave: where they had been, what they held last, where they stood."""
    targets: list[Target] = []
    if v.relation is Relation.LOSES and "from" in v.cue.frame.preps:
        targets = left_from(v.scene, v.i)
    if not targets and v.relation is Relation.LOSES and not v.passive:
        targets = last_held(v.scene, _behind_prep(v.scene, v.cue.frame, v.i, v.end))
    if not targets and not v.passive and v.name == "withdraws from" and v.subject is not None and v.subject < v.i:
        targets = stood_in(v.scene, v.subject, v.i)
    if not targets and v.passive and v.name == "is driven out" and _thrown_out(v.scene, v.i, v.end):
        targets = left_again(v.scene, v.i, v.frames, driven=True)
    return targets


def _aimed_at(v: VerbCase) -> list[Target]:
    gains = v.relation is Relation.ADVANCES and v.cue.words[-1] in v.scene.words("clauses.gains")
    return aimed_at(v.scene, v.end) if gains else []


def _left_out(v: VerbCase) -> list[Target]:
    """The places of a verb that leaves its own out."""
    if not v.elided:
        return []
    if v.relation is not Relation.LOSES:
        return elided_places(v.scene, v.i, v.end)
    targets = left_again(v.scene, v.i, v.frames)
    if not targets and v.name == "withdraws from":
        targets = left_to_others(v.scene, v.i, v.frames) or went_again(v)
    return targets


def _in_clause(v: VerbCase) -> list[Target]:
    """The place that a relative clause, a headline or what was just claimed gives an active verb."""
    if v.passive:
        return []
    scene, i, end = v.scene, v.i, v.end
    targets: list[Target] = []
    if _tells_where(v):
        targets = where_places(scene, i) or (fronted(scene, i) if v.cue.words[-1] in RULING else [])
    if not targets and (v.name in HEADED or v.cue.words == ("leave",)):
        targets = headed_place(scene, i, end)
    return (
        targets
        or control_alone(scene, v.cue, i, end)
        or part_alone(scene, v.cue, i, end)
        or came_in(v)
        or left_alone(v)
    )


def _attacked(v: VerbCase) -> list[Target]:
    if v.name != "drives back near" or v.passive or v.subject is None or v.subject > v.i:
        return []
    return attacked_at(v.scene, v.subject, v.i) or attacked_before(v.scene, v.i)


def _parts_of(v: VerbCase) -> list[Target]:
    """ "Parts were seized of X"."""
    if not _is_part(v):
        return []
    frame = replace(v.cue.frame, preps=("in", "of"), relation=Relation.CONTESTS)
    targets, _ = after_preps(v.scene, replace(v.cue, frame=frame), v.end)
    return [replace(t, extent=PART) for t in targets]


def _included(v: VerbCase) -> list[Target]:
    """What is named behind "including"."""
    scene, end = v.scene, v.end
    if not v.passive and v.relation in CHANGES:
        behind = end + 1 if v.low[end : end + 1] == ("from",) else end
        ground = v.relation is not Relation.LOSES and _of_ground(scene, v.i)
        return included(scene, behind, ground=ground)
    if not _is_part(v):
        return []
    including = scene.words("places.including")
    k = next((j for j in range(end, scene.sentence[v.i][1] - 1) if v.low[j] in including), None)
    return places_after(scene, k + 1) if k is not None else []


def _is_part(v: VerbCase) -> bool:
    """Whether a part of a place is the subject of a passive."""
    return v.passive and v.subject is not None and v.low[v.subject] in v.scene.words("places.part")


WAYS: tuple[Callable[[VerbCase], list[Target]], ...] = (
    _of_relative, _behind_prepositions, _where_they_were, _aimed_at, _left_out, drove_out, _in_clause, _attacked, _parts_of, _included,
)  # fmt: skip


def _there(scene: Scene, i: int, end: int) -> int | None:
    """Who "there are none" of: the noun before "left in", "in"."""
    nouns = [
        k for k in range(i + 1, end) if scene.tag[k].startswith("NN") and scene.low[k] not in ("left", "remaining")
    ]
    return nouns[-1] if nouns else None


def _goes_itself(scene: Scene, frame: Frame, i: int) -> bool:
    """Whether a participle without an object is the verb of the forces right before it: "Russian forces infiltrated into X"."""
    goes = frame.preps == ("into",) or (frame.relation is Relation.ADVANCES and "" not in frame.preps)
    if not goes or scene.tag[i] != "VBN" or scene.doc[i].dep_ != "acl":
        return False
    k = scene.previous(i)
    while k > scene.sentence[i][0] and scene.tag[k].startswith("RB"):
        k = scene.previous(k)
    head = scene.doc[i].head
    return head.i <= k and head.dep_ == "ROOT" and any(s.end == k + 1 for s in scene.sides)


def _forced_out(scene: Scene, i: int, end: int) -> bool:
    """Whether a past tense without an object is a participle of a headline: "Rebels forced out of X"."""
    if verb_group(scene, i) or scene.low[end : end + 1] not in (("out",), ("from",), ("back",), ("off",)):
        return False
    pushed = scene.low[i] == "pushed" and scene.low[end : end + 2] in (("out", "of"), ("back", "from"))
    return pushed or base_of(scene, i, "clauses.ejects") is not None


def _behind_prep(scene: Scene, frame: Frame, i: int, end: int) -> int:
    """The token behind the first preposition of a frame right of the cue, or behind the cue of one with an object."""
    if "" in frame.preps:
        return end
    stop = min(end + 5, scene.sentence[i][1])
    return next((k + 1 for k in range(end, stop) if scene.low[k] in frame.preps), end)


def _thrown_out(scene: Scene, i: int, end: int) -> bool:
    """Whether "being driven out" without a place follows a verb: "entered X before being pushed out by soldiers"."""
    out = scene.low[end : end + 1] in (("out",), ("back",)) or scene.doc[i].lemma_ in (
        "expel",
        "oust",
        "evict",
        "eject",
    )
    after = (
        scene.low[end + 1 : end + 2] if scene.low[end : end + 1] in (("out",), ("back",)) else scene.low[end : end + 1]
    )
    joined = (
        scene.low[i - 1] in ("was", "were") and scene.doc[i].dep_ == "conj" and scene.low[end : end + 1] != ("back",)
    )
    joined = joined or (scene.low[i - 1] == "were" and scene.low[end : end + 2] == ("back", "out"))
    own = any(c.dep_ in ("nsubj", "nsubjpass") for c in scene.doc[i].children)
    after_that = scene.low[i - 1] == "being" or (joined and not own)  # "took X and were driven out a day later"
    return after_that and out and after not in (("of",), ("from",), ("to",), ("into",))


def _of_ground(scene: Scene, i: int) -> bool:
    """Whether the clause of the verb at i describes ground without a name: "the land that it occupies"."""
    token = scene.doc[i]
    if token.dep_ != "relcl" or token.head.i >= i:
        return False
    noun, ground = token.head.i, scene.words("places.ground")
    return scene.low[noun] in ground or (scene.low[noun + 1] == "of" and scene.low[noun + 2] in ground)


def _tells_where(v: VerbCase) -> bool:
    """Whether a verb without a place of its own tells of ground: a gain, a fight, or positions that are held."""
    scene, cue, end = v.scene, v.cue, v.end
    if cue.frame.relation is Relation.ADVANCES or cue.frame.name == "fights in or for":
        return True
    if cue.words[-1] in RULING and scene.low[end : end + 1] not in (("of",), ("over",)):
        return True  # "the last province where they hold sway", "X, where they are in charge"
    if cue.frame.name == "holds on in":
        return True  # "X, where they held out for a year"
    if cue.words in (("rule",), ("govern",)) and not any(c.dep_ == "dobj" for c in scene.doc[end - 1].children):
        return scene.low[end : end + 1] != ("that",)  # "X, where they have ruled since 2014"
    if cue.words == ("take", "over") and not any(c.dep_ == "dobj" for c in scene.doc[end - 2].children):
        subject = subject_of(scene, end - 2)
        return subject is not None and any(
            s.start <= subject < s.end for s in scene.sides
        )  # "X, where militias took over"
    ground = {"position", "positions"} & set(scene.low[end : end + 4])
    return cue.frame.relation in (Relation.HOLDS, Relation.TAKES) and bool(ground) and "" in cue.frame.preps


def _taken_up_by_which(scene: Scene, i: int, end: int) -> list[Target]:
    """The place before ", which Y seized in May", where the parser does not see the relative clause."""
    side = next((s for s in scene.sides if s.end == scene.previous(i) + 1), None)
    first = side.start - (scene.tag[side.start - 1] == "DT") if side is not None else 0
    if first < 2 or scene.low[first - 2 : first] != (",", "which"):
        return []
    if end < len(scene.low) and not (
        scene.tag[end] in ("IN", "RB", ",", ".") or scene.low[end] in scene.words("places.times")
    ):
        return []
    place = scene.inside(first - 3)
    named = place is not None and place.head is None and not place.anaphor and place.kind is PlaceKind.SETTLEMENT
    return [Target(place)] if named and place is not None else []

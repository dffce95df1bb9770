"""The places of a verb frame: by its voice, its prepositions and, where it has none of its own, by what stands around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reportedly.knowledge.cues import Cue, Frame
from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.acted_on import (
    caught_in,
    driven_in,
    first_to_fall,
    out_of_positions,
    subject_places,
    trapped_in,
    trapping,
)
from reportedly.read.aims import aimed_at, attacked_at, attacked_before
from reportedly.read.asserted import Assertion
from reportedly.read.driven import left_to_others
from reportedly.read.elided import CLAIMED, JUST_CLAIMED, control_alone, elided_places, headed_place, part_alone
from reportedly.read.guards import falls_for_good
from reportedly.read.headings import heading_list
from reportedly.read.holding import after_where
from reportedly.read.included import included
from reportedly.read.matching import heads_list
from reportedly.read.mood import base_of, verb_group
from reportedly.read.objects import after_preps, is_bare, near_group, object_places, with_members
from reportedly.read.passives import complement_places, had_places, headline_passive, is_passive
from reportedly.read.placing import dated_members, is_measure
from reportedly.read.relatives import (
    fronted,
    last_held,
    left_from,
    relative_places,
    shared_relative,
    stood_in,
    where_places,
)
from reportedly.read.scene import Mention, Scene
from reportedly.read.slots import places_after
from reportedly.read.subjects import subject_of
from reportedly.read.target import Target

__all__ = ["Filled", "places_of_verb"]

HEADED = frozenset(
    {"holds: light verb", "gains control: light verb", "withdraws from"}
)  # whose place may head a headline
CHANGES = (Relation.TAKES, Relation.LOSES, Relation.HOLDS)
THEN = frozenset({"after", "as", "when", "hours", "days"})
RULING = frozenset({"sway", "charge"})  # which need no place of their own
Frames = Callable[[int], Assertion | None]  # the verb frame whose cue starts at a token


@dataclass(frozen=True, slots=True)
class Filled:
    """The places of a verb frame and how they were found."""

    targets: list[Target]
    passive: bool
    subject: int | None
    prep_index: int | None  # where the preposition before them stands
    trapped: bool = False  # forces are trapped there, and they are not the subject's
    foremost: bool = False  # "the first city to fall"
    complement: bool = False  # "declared X liberated"
    headed: bool = False  # a headline: "X captured"


def places_of_verb(
    scene: Scene, cue: Cue, i: int, end: int, frame_at: Frames, *, past: bool, elided: bool
) -> Filled | None:
    """The places of a verb frame whose cue stands from i to `end`; None where it says nothing of any."""
    frame = cue.frame
    passive = is_passive(scene, i, past=past) and not _goes_itself(scene, frame, i)
    passive = passive or (past and frame.party == "object" and _forced_out(scene, i, end))
    if passive and len(cue.words) > 1 and scene.tag[end - 1] == "IN" and not verb_group(scene, i):
        passive = False  # "Forces held onto X", for all that the tagger says
    subject = subject_of(scene, i) if frame.name != "is there" else _there(scene, i, end)
    sought = _sought(scene, cue, i, end, frame_at, passive=passive, subject=subject, elided=elided)
    if sought is None:
        return None
    targets, prep_index = sought.targets, sought.prep_index
    if frame.name == "withdraws from" and prep_index is not None and is_measure(scene, prep_index):
        return None  # "withdrew to A, 40 km from B" says nothing of B
    away = prep_index is not None and scene.low[prep_index - 1 : prep_index + 1]
    driven = frame.relation is Relation.LOSES and frame.party == "object" and not passive
    if driven and away and away[0] in scene.words("places.compass") and away[1] == "from":
        return None  # "pushed them south from X", which they never held
    if cue.words == ("take",) and scene.low[end : end + 1] == ("up",):
        targets = [t for t in targets if not t.near]  # who takes up positions near X may have fallen back to them
    if frame.name == "evacuates" and any(t.mention.anaphor == "it" for t in targets):
        return None  # "found a child and evacuated it"
    claims = scene.words("clauses.claim_nouns")
    if cue.words[-1] == "disputed" and claims & set(scene.low[scene.sentence[i][0] : i]):
        return None  # "the claim that they control X was disputed"
    if cue.words == ("change", "hands") and scene.words("clauses.over_and_over") & set(scene.low[end : end + 4]):
        return None  # "has changed hands six times"
    complement = headed = False
    won = frame.relation in (Relation.TAKES, Relation.CONTESTS) and "" in frame.preps
    if not targets and past and won and (kept := had_places(scene, i)):
        targets, passive, headed = kept, True, True
    won = won or cue.words in (("lose",), ("abandon",), ("occupy",))
    if not targets and past and won and (bare := headline_passive(scene, i, end)):
        targets, passive, headed = bare, True, scene.low[i - 1] not in (",", "both", "all")
    if not targets and frame.name == "is driven out" and not passive:
        targets, prep_index = driven_in(scene, i)
        out = out_of_positions(scene, i)
        if not targets and out is not None and subject is not None and subject < i:
            targets, prep_index = attacked_at(scene, subject, i), out
    if frame.name == "pushes beyond" and {"in", "along", "into", "over"} & set(scene.low[end : prep_index or end]):
        return None  # "pushed them back in three villages, 20 km west of X"
    if frame.name == "tightens a siege":
        targets = [replace(t, near=False) for t in targets]  # a noose around X is about X
    if not targets and past and i > 0:
        targets = complement_places(scene, i)
        complement = bool(targets)
        passive = passive or bool(targets)
    if passive and not sought.trapped and (caught := caught_in(scene, cue, targets)) is not None:
        sought, targets = replace(sought, trapped=True, subject=caught[0]), caught[1]
    won_or_lost = frame.relation in (Relation.TAKES, Relation.LOSES) and "" in frame.preps
    if past and won_or_lost and heads_list(scene.low, i) and (listed := heading_list(scene, i, end)):
        targets, passive, headed = listed, True, True
    targets = [near_group(t) if frame.relation is Relation.ADVANCES else t for t in targets]
    targets = with_members(scene, targets)
    targets = [t for t in targets if not is_bare(t)]
    if frame.relation in (Relation.CONTESTS, Relation.LOSES):
        part = frame.relation is Relation.LOSES and not any(t.mention.part for t in targets)
        targets = [t for t in targets if t.mention.kind is not PlaceKind.COUNTRY or (part and t.extent.kind != "whole")]
    if frame.relation in (Relation.CONTESTS, Relation.LOSES, Relation.ADVANCES):
        targets = [t for t in targets if t.mention.anaphor != "country"]
    if frame.relation is Relation.LOSES:
        targets = [t for t in targets if not t.mention.direction]  # units pulled from an axis give nothing up
    own = frame.relation is Relation.LOSES and frame.party == "subject" and bool(targets)
    what = subject if passive and subject is not None else i  # "their positions north of X were lost"
    given = scene.low[what : targets[0].mention.start] if own else ()
    ground = {"ground", "terrain"} & set(given) and not {"not", "n't", "nor", "never"} & set(
        scene.low[max(0, i - 3) : i]
    )
    if own and ({"position", "positions"} & set(given) or ground):
        targets = [t for t in targets if not t.near]  # of ground near a place only gains are told
    if frame.relation is Relation.CONTESTS:
        targets = [t for t in targets if not t.mention.vague]  # units that fight "in eastern Ukraine"
    behind = scene.low[end : end + 2] if targets and targets[-1].mention.end <= i else ()
    if behind[:1] == (",",) and behind[1:] and behind[1] in scene.words("places.including"):
        targets = targets + places_after(scene, end + 2)  # "the parts of X that it controls, including A and B"
    if (
        len(targets) == 2
        and targets[0].mention.anaphor == "it"
        and targets[1].mention.kind is PlaceKind.UNNAMED
        and frame.relation is not Relation.ANNEXES
    ):
        targets = targets[:1]  # "the first of the regions that it controls" is but one
    if not targets:
        return None
    return replace(
        sought, targets=targets, passive=passive, prep_index=prep_index, complement=complement, headed=headed
    )


def _sought(
    scene: Scene, cue: Cue, i: int, end: int, frame_at: Frames, *, passive: bool, subject: int | None, elided: bool
) -> Filled | None:
    """The places of a subject or an object, else behind a preposition, else wherever a clause of this kind may have them."""
    frame = cue.frame
    targets: list[Target] = []
    foremost: list[Target] | None = None  # the place that was "the first city to fall"
    trapped = False
    prep_index: int | None = None
    if "subject" in frame.preps:
        falls = cue.words[0] == "fall" or cue.words[:2] == ("come", "under")
        foremost = first_to_fall(scene, i) if falls else None
        targets = foremost if foremost is not None else subject_places(scene, i, subject)
        if targets and cue.words == ("surrender",) and passive:
            return None  # "has been surrendered" is what its own side did
        if targets and cue.words[0] == "be" and (_sent_home(scene, i) or _bridged(scene, cue, end)):
            return None
        if targets and frame.name == "falls" and not falls_for_good(scene, end):
            return None
        if targets and cue.words[0] == "fall":
            targets = targets + dated_members(scene, end)
    elif passive and ("" in frame.preps or set(frame.preps) & {"of", "over"}):
        foremost = first_to_fall(scene, i) if frame.relation in CHANGES and scene.low[i - 1] == "be" else None
        targets = foremost if foremost is not None else subject_places(scene, i, subject)
        if targets and frame.relation in (Relation.TAKES, Relation.LOSES):
            targets = targets + dated_members(scene, end)
        if targets and scene.low[end : end + 2] in (("together", "with"), ("along", "with")):
            targets = targets + places_after(scene, end + 2)  # "A and B were annexed together with C"
        if not targets and (targets := trapped_in(scene, cue, i, subject)):
            trapped = True
    elif "" in frame.preps:
        targets = after_where(scene, i, object_places(scene, i, end))
        targets = targets or trapping(scene, cue, i)
        targets = targets or _taken_up_by_which(scene, i, end)
    land = len(targets) == 1 and targets[0].mention.anaphor == "territory" and targets[0].mention.start < i
    held = frame.relation is Relation.HOLDS and scene.tag[i] == "VBD"  # "lost the territory it held in X"
    if (land or all(is_bare(t) for t in targets)) and not held and not passive and "" in frame.preps:
        targets = relative_places(scene, i, end) or targets
    if not targets and not passive and "" in frame.preps:
        targets = shared_relative(scene, i, end)
    if not targets and set(frame.preps) - {"", "subject"}:
        targets, prep_index = after_preps(scene, cue, end)
    if not targets and frame.relation is Relation.LOSES and "from" in frame.preps:
        targets = left_from(scene, i)
    if not targets and frame.relation is Relation.LOSES and not passive:
        targets = last_held(scene, _behind_prep(scene, frame, i, end))
    if not targets and not passive and frame.name == "withdraws from" and subject is not None and subject < i:
        targets = stood_in(scene, subject, i)
    if not targets and passive and frame.name == "is driven out" and _thrown_out(scene, i, end):
        targets = _left_again(scene, i, frame_at, driven=True)
    if not targets and frame.relation is Relation.ADVANCES and cue.words[-1] in scene.words("clauses.gains"):
        targets = aimed_at(scene, end)
    if not targets and elided:
        targets = _left_again(scene, i, frame_at) if frame.relation is Relation.LOSES else elided_places(scene, i, end)
        if not targets and frame.name == "withdraws from":
            targets = left_to_others(scene, i, frame_at) or _went_again(scene, i, subject)
    if not targets and not passive and _tells_where(scene, cue, end):
        targets = where_places(scene, i) or (fronted(scene, i) if cue.words[-1] in RULING else [])
    if not targets and not passive and (frame.name in HEADED or cue.words == ("leave",)):
        targets = headed_place(scene, i, end)
    if not targets and not passive:
        targets = (
            control_alone(scene, cue, i, end)
            or part_alone(scene, cue, i, end)
            or _came_in(scene, cue, i, end)
            or _left_alone(scene, cue, subject, i, end)
        )
    if not targets and frame.name == "drives back near" and not passive and subject is not None and subject < i:
        targets = attacked_at(scene, subject, i) or attacked_before(scene, i)
    if not targets and passive and subject is not None and scene.low[subject] in scene.words("places.part"):
        targets, _ = after_preps(
            scene, replace(cue, frame=replace(frame, preps=("in", "of"), relation=Relation.CONTESTS)), end
        )
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]
    if not targets and not passive and frame.relation in (Relation.TAKES, Relation.LOSES, Relation.HOLDS):
        behind = end + 1 if scene.low[end : end + 1] == ("from",) else end
        targets = included(scene, behind, ground=frame.relation is not Relation.LOSES and _of_ground(scene, i))
    if not targets and passive and subject is not None and scene.low[subject] in scene.words("places.part"):
        k = next(
            (j for j in range(end, scene.sentence[i][1] - 1) if scene.low[j] in scene.words("places.including")), None
        )
        targets = places_after(scene, k + 1) if k is not None else []
    return Filled(targets, passive, subject, prep_index, trapped, bool(foremost))


def _sent_home(scene: Scene, i: int) -> bool:
    """Whether what "been" at i tells of is people or their remains: "the bodies of men killed in X have been returned to Y"."""
    verb = scene.doc[i].head if scene.doc[i].dep_ == "auxpass" else scene.doc[i]
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass" and c.i < i), None)
    return subject is not None and subject.lower_ in scene.listed(
        "clauses.never_hold", "clauses.materiel", "clauses.sent_home"
    )


def _bridged(scene: Scene, cue: Cue, end: int) -> bool:
    """Whether what joins a place to a country is built: "is joined to Russia by a bridge"."""
    return cue.frame.name == "is joined to" and "by" in scene.low[end : end + 4]


def _of_ground(scene: Scene, i: int) -> bool:
    """Whether the clause of the verb at i describes ground without a name: "the land that it occupies"."""
    token = scene.doc[i]
    if token.dep_ != "relcl" or token.head.i >= i:
        return False
    noun, ground = token.head.i, scene.words("places.ground")
    return scene.low[noun] in ground or (scene.low[noun + 1] == "of" and scene.low[noun + 2] in ground)


def _behind_prep(scene: Scene, frame: Frame, i: int, end: int) -> int:
    """The token behind the first preposition of a frame right of the cue, or behind the cue of one with an object."""
    if "" in frame.preps:
        return end
    stop = min(end + 5, scene.sentence[i][1])
    return next((k + 1 for k in range(end, stop) if scene.low[k] in frame.preps), end)


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
    return scene.low[i - 1] == "being" and out and after not in (("of",), ("from",), ("to",), ("into",))


def _left_again(scene: Scene, i: int, frame_at: Frames, *, driven: bool = False) -> list[Target]:
    """The places that the verb before speaks of: "took X but later withdrew", "entered X hours after the army withdrew"."""
    token = scene.doc[i]
    if any(c.dep_ in ("dobj", "obj") for c in token.children) or _foreign(scene, i):
        return []
    own = token.dep_ == "pobj" or any(c.dep_ == "nsubj" for c in token.children)
    token = token.head if token.dep_ == "pobj" and _meanwhile(scene, i) else token
    for _ in range(4):
        if token.dep_ not in ("conj", "pcomp", "prep", "advcl") or token.head.i >= token.i:
            return []
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            before = frame_at(token.i)
            came = (
                (Relation.CONTESTS, *((Relation.TAKES,) if _meanwhile(scene, i) and _ends(scene, i) else ()))
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


def _left_alone(scene: Scene, cue: Cue, subject: int | None, i: int, end: int) -> list[Target]:
    """The town that is spoken of, where forces left without more: "residents of X said the soldiers had left"."""
    forces = subject is not None and any(
        s.end == subject + 1 and s.word.kind in ("forces", "state") for s in scene.sides
    )
    closed = end >= len(scene.low) or scene.tag[end] in (".", ",", ":", "CC", "''")
    if cue.words != ("leave",) or not forces or not closed:
        return []
    return [Target(Mention(i, i + 1, scene.doc[i].text, PlaceKind.SETTLEMENT, anaphor=JUST_CLAIMED))]


def _went_again(scene: Scene, i: int, subject: int | None) -> list[Target]:
    """The place of the claim before, which those give up who open a sentence: "Rebels took X. They withdrew hours later"."""
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


def _foreign(scene: Scene, i: int) -> bool:
    """Whether who leaves are guests, who leave the country rather than a town: "took X as US troops withdrew"."""
    return bool(scene.words("clauses.guests") & set(scene.low[max(scene.sentence[i][0], i - 4) : i]))


def _meanwhile(scene: Scene, i: int) -> bool:
    """Whether the clause of the verb at i tells what went with the event before: "takes X as the army pulls out"."""
    token = scene.doc[i]
    if token.dep_ == "pobj":
        return token.head.lower_ in ("after", "as")  # where the tagger takes the verb for a noun
    return any(c.dep_ == "mark" and c.lower_ in ("after", "as", "when", "while") for c in token.children)


def _ends(scene: Scene, i: int) -> bool:
    """Whether nothing behind the verb at i tells of another place that was left: "pull out", but not "retreat across the border"."""
    behind = scene.low[i + 1 : i + 2]
    past = scene.low[i + 2 : i + 3] if behind in (("out",), ("back",)) else behind
    return (
        not past
        or not past[0][:1].isalnum()
        or (past == ("and",) and _acts_next(scene, i))
        or past[0] in ("to", "toward", "towards", "from", "without", "overnight", *THEN)
    )


def _acts_next(scene: Scene, i: int) -> bool:
    """Whether another deed of the same side is told behind the verb at i: "retreated and blew up a bridge"."""
    return any(c.dep_ == "conj" and c.i > i and scene.tag[c.i] == "VBD" for c in scene.doc[i].children)


def _came_in(scene: Scene, cue: Cue, i: int, end: int) -> list[Target]:
    """The place told of before "as insurgents pour in", of which more is told in the same sentence."""
    if cue.frame.name not in ("goes into", "rushes into") or scene.low[end : end + 1] != ("in",):
        return []
    behind = scene.low[end + 1 : end + 2]
    closed = not behind or behind[0] in (",", ".", ";", ":", "-", "–", "—", "after", "as", "amid", "unopposed")
    if not closed or not _meanwhile(scene, i):
        return []
    return [Target(Mention(i, i + 1, scene.doc[i].text, PlaceKind.SETTLEMENT, anaphor=CLAIMED))]


def _tells_where(scene: Scene, cue: Cue, end: int) -> bool:
    """Whether a verb without a place of its own tells of ground: a gain, a fight, or positions that are held."""
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

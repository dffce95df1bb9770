"""Noun frames: "the capture of X", "fighting in X", "the withdrawal from X"."""

from __future__ import annotations

from reportedly.knowledge.cues import Cue
from reportedly.model import PlaceKind, Relation
from reportedly.read.asserted import Assertion, match_cue
from reportedly.read.edges import clause_edge, gains_of
from reportedly.read.elided import attacks_before, elided_places
from reportedly.read.guards import fights_no_war, of_talks, on_paper
from reportedly.read.lived_under import lived_under
from reportedly.read.mood import Mood
from reportedly.read.nominal import mood_of_noun
from reportedly.read.noun_guards import denied_object, in_name, is_journey, is_none, only_background, was_then
from reportedly.read.noun_places import heading, places_of_noun, taken_up
from reportedly.read.noun_sides import WHO_GOES_ON, attacker_named, side_of_noun
from reportedly.read.objects import is_bare, with_members
from reportedly.read.relatives import made_in
from reportedly.read.scene import Scene
from reportedly.read.sides import side_in
from reportedly.read.standing import STANDS, standing
from reportedly.read.strongholds import stronghold
from reportedly.read.subjects import subject_of
from reportedly.read.target import Target
from reportedly.read.told_gains import told_gain
from reportedly.read.verbs import verb_frame

__all__ = ["noun_frame"]

# where flags fly that tell of no rule: "from balconies in X", "over graves in X"
UNRULED = frozenset(
    {"from", "graves", "grave", "cemetery", "cemeteries", "crowd", "crowds", "stadium", "embassy", "embassies"}
)


def noun_frame(scene: Scene, i: int) -> Assertion | None:
    """A noun frame whose cue stands at token i."""
    cues = scene.cues.nouns.get(scene.low[i])
    if cues and scene.written[i][:1].isupper() and any(x.start < i < x.end for x in scene.sides):
        return None  # "the People's Liberation Front"
    if cues and in_name(scene, i):
        return None  # "the Sudan People's Liberation Movement"
    if (
        not cues
        or scene.bracket[i]
        or not (
            scene.tag[i].startswith("NN")
            or (scene.tag[i] == "VBG" and scene.low[i] == "fighting")
            or (scene.tag[i] == "VBZ" and scene.low[i - 1] in ("the", "these", "those"))  # "the gains they made"
            or (scene.tag[i] == "VBZ" and gains_of(scene, i))
        )
    ):
        return None
    fights = all(cue.frame.relation is Relation.CONTESTS for cue in cues)  # "advance" is a gain of ground, too
    if (
        fights
        and scene.tag[i + 1 : i + 2]
        and (scene.tag[i + 1] in ("NN", "NNS") or (scene.tag[i + 1].startswith("NNP") and not _named(scene, i + 1)))
        and scene.low[i + 1] not in scene.words("clauses.going_on")
    ):
        return None  # "combat power", "battle group"
    near_by = fights and not scene.words("clauses.man_to_man").isdisjoint(scene.low[_joined_from(scene, i) : i])
    if fights and not near_by and scene.low[i - 1 : i] and scene.low[i - 1] in scene.words("clauses.from_afar"):
        return None  # "artillery battles near X"
    if cues[0].frame.name == "grip: noun" and scene.tag[i - 1] != "POS" and scene.low[i - 1] in scene.cues.verbs:
        return None  # "Houthis tighten grip on X", where the tagger takes the verb for a noun
    if scene.low[i] == "warfare" and not near_by:
        return None  # "information warfare"
    if (
        scene.low[i - 1 : i] == ("of",)
        and scene.low[i - 2 : i - 1]
        and scene.low[i - 2] in scene.words("places.direction")
    ):
        return None  # "axes of advance"
    for cue in cues:
        if cue.second and cue.second.isdisjoint(scene.vocabulary):
            continue
        end = match_cue(scene, i, cue.words)  # closing quotes behind the cue included
        if end is None:
            continue
        if cue.frame.name == "last stronghold":
            if (held := stronghold(scene, cue, i)) is not None:
                return held
            continue
        if cue.frame.name in STANDS:
            if (stands := standing(scene, cue, i, end)) is not None:
                return stands
            continue
        if cue.frame.relation is Relation.ADVANCES and (made := made_in(scene, end)):
            side = side_in(scene, end, min(end + 4, scene.sentence[i][1]))
            return Assertion(cue, i, end, tuple(made), mood_of_noun(scene, i), side, "who made them")
        targets = places_of_noun(scene, cue, i, end) or taken_up(scene, cue, i) or heading(scene, cue, i, end)
        left = not targets and bool(targets := _given_up(scene, cue, i))
        under = not targets and bool(targets := lived_under(scene, cue, i, end, verb_frame))
        targets = with_members(scene, [t for t in targets if not is_bare(t)])
        elided = not targets and _denied_gain(scene, cue, i, end)
        if elided:
            targets = elided_places(scene, i, end)
        if not targets and (beside := told_gain(scene, cue, i, end)) is not None:
            return beside
        if not targets:
            continue
        side, who = (side_in(scene, scene.sentence[i][0], i), "who attacked") if elided else side_of_noun(scene, i, end)
        if (
            side is None
            and cue.frame.relation is Relation.CONTESTS
            and (side := attacker_named(scene, end)) is not None
        ):
            who = "whose attack it came of"
        owned = any(scene.low[k] in ("their", "its") for k in range(max(0, i - 4), i)) or _of_troops(scene, i)
        lasted = cue.frame.default == "occupier" and bool(
            scene.words("clauses.lasting") & set(scene.low[max(0, i - 5) : i])
        )
        wide = any(t.mention.kind is PlaceKind.REGION or t.extent.kind == "part" for t in targets)
        lasted = lasted or (cue.frame.default == "occupier" and wide)  # "the occupation of part of X"
        lasted = lasted or (under and cue.frame.default == "occupier")
        lasted = lasted or (scene.low[i - 1] == "for" and scene.low[i - 2] in scene.words("clauses.answered"))
        claimable = cue.frame.name == "control: noun" or cue.frame.relation is Relation.ADVANCES
        lasted = lasted or (claimable and _claimed_own(scene, i))
        bare = scene.low[i] in scene.words("clauses.ways_out")  # "the only exit from X" is a road
        object_of = scene.doc[i].dep_ == "dobj"
        told = object_of and scene.low[scene.doc[i].head.i] in scene.words("clauses.saying")
        bare = bare and not (cue.words == ("exit",) and told)  # "Ukraine confirms exit from X"
        lacking = bool({"lack", "absence"} & set(scene.low[max(0, i - 5) : i]))  # "the lack of gains in X"
        denied = cue.frame.relation is Relation.ADVANCES and (lacking or denied_object(scene, i) or is_none(scene, i))
        troops = {"troops", "forces", "soldiers"} & set(
            scene.low[end : end + 4]
        )  # "denied the evacuation of troops from X"
        denied = denied or (cue.frame.relation is Relation.LOSES and bool(troops) and denied_object(scene, i))
        fled = cue.frame.name == "flight: noun" and not is_journey(scene, i, side)
        if (cue.frame.strict or left or bare) and side is None and not (owned or elided or lasted or denied or fled):
            continue  # "enters X after the UN's withdrawal"
        if cue.frame.name == "flight: noun" and not fled:
            continue
        if cue.frame.relation is Relation.CONTESTS and only_background(scene, i):
            continue
        if cue.frame.name == "flag raised: noun" and UNRULED & set(scene.low[end : targets[0].mention.start]):
            continue
        if object_of and cue.words == ("control",) and on_paper(scene, scene.doc[i].head.i):
            continue
        if cue.frame.relation is Relation.CONTESTS and side is None and fights_no_war(scene, i, end, targets):
            continue
        if cue.frame.relation is Relation.ADVANCES and of_talks(scene, end, targets):
            continue
        if scene.low[i] == "siege" and scene.low[i - 2 : i] == ("state", "of"):
            continue  # a state of emergency
        over = scene.low[i] in scene.words("clauses.warlike") and scene.words("clauses.lifted")
        behind = max(end, targets[-1].mention.end)
        if over and (scene.low[i - 1] in over or set(scene.low[behind : behind + 1]) & over):
            continue  # "siege of X lifted", "the broken siege of X"
        if scene.low[i] == "fall" and scene.low[max(0, i - 2) : i] == ("rise", "and"):
            continue  # of somebody
        if scene.low[i] == "foothold" and {"last", "final", "remaining"} & set(scene.low[max(0, i - 3) : i]):
            continue  # what somebody still held
        mood = mood_of_noun(scene, i)
        if cue.frame.denied_only and (scene.doc[i].dep_ == "dobj" or not mood.denied) and not denied_object(scene, i):
            continue  # "the Russian presence in X" is known, "no Russian presence in X" is said
        if mood.blocked and "not yet" in mood.blocked and was_then(scene, targets[-1].mention.end):
            mood = Mood()  # "would surpass the capture of X last year"
        subject = subject_of(scene, scene.doc[i].head.i) if who == WHO_GOES_ON else None
        subject = i - 2 if side is None and _of_troops(scene, i) else subject
        manned = cue.frame.default == "occupier" and scene.tag[end : end + 1] in (
            ("NN",),
            ("NNS",),
            ("NNP",),
            ("NNPS",),
        )
        return Assertion(
            cue, i, end, tuple(targets), mood, side, who, subject, attributive=manned
        )  # "occupation forces in X"
    return None


def _joined_from(scene: Scene, i: int) -> int:
    """Where the words that tell the kind of warfare at i begin: "trench and artillery warfare"."""
    return max(0, i - 3 if scene.low[i - 2 : i - 1] == ("and",) else i - 1)


def _of_troops(scene: Scene, i: int) -> bool:
    """Whether the noun at i is owned by forces of whom nothing more is told: "the reason for the troops' withdrawal from X"."""
    return scene.tag[i - 1 : i] == ("POS",) and scene.low[i - 2] in scene.words("clauses.agents")


def _claimed_own(scene: Scene, i: int) -> bool:
    """Whether control or a gain is what somebody claims or takes back for themselves: "his claim of full control of X"."""
    k = scene.previous(i)
    while scene.tag[k].startswith(("JJ", "RB")):
        k = scene.previous(k)
    return scene.low[k] in ("of", "to") and scene.low[k - 1] in scene.words("clauses.claim_nouns")


def _named(scene: Scene, i: int) -> bool:
    """Whether a place or a side is named at token i ("Battle Bakhmut", but not "Combat Rules" of a title)."""
    return i in scene.at or i in scene.side_at


def _given_up(scene: Scene, cue: Cue, i: int) -> list[Target]:
    """ "The army enters X after the rebels' withdrawal": the place that the verb enters or takes is the one given up."""
    token = scene.doc[i]
    if scene.low[i] not in scene.words("clauses.leaving") or token.dep_ != "pobj" or len(cue.words) > 1:
        return []
    prep, verb = token.head, token.head.head
    if prep.lower_ not in ("after", "following", "amid", "upon") or verb.i >= i or verb.pos_ != "VERB":
        return []
    if scene.low[i + 1 : i + 2] in (("from",), ("to",), ("of",), ("in",), ("toward",), ("towards",)):
        of = side_in(scene, i + 2, min(i + 6, scene.sentence[i][1])) if scene.low[i + 1] == "of" else None
        if of is None:
            return []
    gained = verb_frame(scene, verb.i)
    if gained is None or gained.mood.blocked or gained.mood.denied or gained.passive:
        return []
    if gained.cue.frame.relation not in (Relation.CONTESTS, Relation.TAKES):
        return []
    return [t for t in gained.targets if not t.near]


def _denied_gain(scene: Scene, cue: Cue, i: int, end: int) -> bool:
    """ "attacked near X, but no advances have been confirmed": a gain denied where the attack was."""
    start, stop = scene.sentence[i]
    return (
        cue.frame.relation is Relation.ADVANCES
        and "no" in scene.low[max(start, i - 4) : i]
        and attacks_before(scene, start, i)
        and end < stop
        and (clause_edge(scene, end, stop) or scene.low[end] in (",", "."))
    )

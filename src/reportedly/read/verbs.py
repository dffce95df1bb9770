"""Verb frames: "captured X", "took control of X", "X fell to", "withdrew from X"."""

from __future__ import annotations

import functools
from dataclasses import replace

from reportedly.knowledge.cues import Cue
from reportedly.knowledge.parties import SideKind
from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.acted_on import perhaps_first
from reportedly.read.asserted import Assertion, match_cue
from reportedly.read.clauses import mood_of_verb
from reportedly.read.driven import driven_later
from reportedly.read.elided import may_elide
from reportedly.read.guards import clears_still, no_new_ground
from reportedly.read.holding import as_state, partial
from reportedly.read.mood import HAVE, Mood, base_of, verb_group
from reportedly.read.objects import adverb_extent
from reportedly.read.passives import fights_for, headline_verb, is_reduced, on_the_way
from reportedly.read.scene import Scene
from reportedly.read.sentence_mood import mood_of_sentence
from reportedly.read.sides import head_side, side_in, verb_side
from reportedly.read.subjects import phrase_of, shown_as, subject_of
from reportedly.read.target import Target
from reportedly.read.verb_actors import can_act
from reportedly.read.verb_forms import is_freed, is_joined, is_verb, of_no_troops
from reportedly.read.verb_places import places_of_verb
from reportedly.read.verb_targets import kept_targets

__all__ = ["verb_frame"]

AHEAD = 20  # tokens within which the second word of a cue follows its first, adverbs between them included
REPORTS = frozenset({"confirm", "report", "acknowledge", "note", "describe", "mention", "announce", "show"})
TELLING = frozenset({"claim", "announce", "report", "declare"})

HOW = (
    "in a day",
    "in one day",
    "in a week",
    "at once",
    "without a ",
    "without resistance",
    "without fighting",
    "without help",
    "without losses",
    "by accident",
    "by chance",
    "in one go",
    "by force",
    "to stay",
)
SOME = frozenset({"some", "thousands", "hundreds", "dozens", "several", "many", "part", "few"})  # of an army
STATIVE = (Relation.HOLDS,)
MOVED = (
    "places.measures",
    "places.direction",
    "places.compass",
    "clauses.moved",
)  # objects of a move that gains ground


def verb_frame(scene: Scene, i: int) -> Assertion | None:
    """A verb frame whose cue starts at token i."""
    rows = scene.cues.verbs.get(scene.low[i])
    if not rows or scene.bracket[i] or i in scene.side_at:
        return None
    if not is_verb(scene, i, rows):
        return None
    tag, joined, freed = scene.tag[i], is_joined(scene, i), is_freed(scene, i)
    elided: tuple[Cue, int] | None = None  # a gain without a place of its own
    ahead = frozenset(scene.low[i + 1 : i + AHEAD])
    for cue, kind in rows:
        if cue.second and cue.second.isdisjoint(ahead):
            continue
        if kind == "base" and tag.startswith("NN") and not joined and not headline_verb(scene, i):
            continue
        end = match_cue(scene, i, cue.words)
        if end is not None and cue.words[0] in ("move", "advance") and _moves_goods(scene, i, end):
            continue
        if (
            end is not None
            and len(cue.words) > 1
            and cue.words[-1] == "control"
            and scene.tag[end - 1] in ("VBZ", "VBP")
        ):
            continue  # "is in ruins and Israel controls most of it"
        if end is None or (len(cue.words) > 1 and set(scene.low[i + 1 : end]) & scene.words("clauses.claim_nouns")):
            continue  # "made claims of gains" is the noun's affair
        if cue.words[1:] == ("~", "control") and cue.words[0] in TELLING and side_in(scene, i + 1, end) is not None:
            continue  # "reported Russian control of X" is the noun's affair too
        if cue.words[0] == "fight" and tag == "VBG" and _only_reported(scene, i):
            continue  # "sources confirmed fighting in X" is the noun's affair: the sources do not fight
        if cue.words == ("hold",) and scene.low[end : end + 1] in (("out",), ("off",)):
            continue  # "the army held A; B held out"
        if cue.frame.name == "pushes beyond" and scene.low[end : end + 1] == ("for",):
            continue  # "pushed for talks"
        rebuts = scene.low[end : end + 1] in (("against",), ("on",)) and scene.words("clauses.claim_nouns")
        if cue.frame.name == "drives back near" and rebuts and rebuts & set(scene.low[end : end + 6]):
            continue  # "pushed back against claims of a breakthrough near X"
        if cue.frame.name == "is there" and "there" not in scene.low[max(0, i - 3) : i]:
            continue  # only "there are no Russian troops in X"
        if cue.words == ("gain",) and not any(t == "CD" for t in scene.tag[end : end + 4]):
            continue  # only "gained 500 metres near X", not "gained access to the road"
        follows = scene.low[end : end + 1] and scene.low[end][:1].isalnum()
        if cue.frame.name == "is free" and follows and (scene.low[end] != "of" or of_no_troops(scene, end)):
            continue  # "X is free of mines"
        if cue.words[-2:] in (("free", "of"), ("clear", "of")) and of_no_troops(scene, end - 1):
            continue  # "X is free of the tyrant"
        if cue.words[-1] == "holding" and not _held_by_itself(scene, end):
            continue  # "X is holding talks"
        if len(cue.words) > 1 and scene.low[end - 1] == "ground" and scene.tag[end : end + 1] in (("NN",), ("NNS",)):
            continue  # "secured ground lines of communication"
        assertion = _filled_frame(scene, cue, i, end, past=kind == "past" or freed)
        if assertion is not None and assertion.targets:
            return assertion
        if elided is None and may_elide(scene, cue, end):
            elided = cue, end
    return _filled_frame(scene, elided[0], i, elided[1], past=False, elided=True) if elided is not None else None


def _only_reported(scene: Scene, i: int) -> bool:
    """Whether the gerund at i is what somebody reports: the object of a verb of telling, without a subject of its own."""
    token = scene.doc[i]
    told = token.dep_ in ("dobj", "xcomp", "ccomp") and token.head.i < i and token.head.lemma_ in REPORTS
    return told and not any(c.dep_ in ("nsubj", "aux") for c in token.children)


def _filled_frame(scene: Scene, cue: Cue, i: int, end: int, *, past: bool, elided: bool = False) -> Assertion | None:
    """Fill a verb frame: its places by voice and preposition, then party and mood."""
    frame = cue.frame
    filled = places_of_verb(scene, cue, i, end, functools.partial(verb_frame, scene), past=past, elided=elided)
    targets = kept_targets(scene, cue, i, end, filled) if filled is not None else []
    later = (
        driven_later(scene, i, end, functools.partial(verb_frame, scene))
        if frame.party == "object" and not targets
        else None
    )
    if later is not None:
        return Assertion(
            cue, i, end, later[0], mood_of_verb(scene, i, end=end), later[1], "the claim before", subject_of(scene, i)
        )
    if filled is None or not targets:
        return None
    subject, passive = filled.subject, filled.passive
    side, who = verb_side(scene, cue, i, end, subject, passive=passive, prep_index=filled.prep_index)
    if filled.trapped and side is None:
        who = "opponent of the subject"
    if frame.name == "drives back near" and side is None and subject is not None and not passive:
        who = "opponent of the object" if scene.low[subject] in scene.words("clauses.attacks") else who
    if not can_act(scene, cue, i, end, filled, targets, side, who):
        return None
    if frame.party == "object" and not passive and all(t.near for t in targets) and subject is not None and subject < i:
        gains = head_side(scene, phrase_of(scene, subject)[0], subject) or side_in(scene, *phrase_of(scene, subject))
        if gains is not None:
            cue, side, who = replace(cue, frame=replace(frame, relation=Relation.ADVANCES)), gains, "the subject"
        elif scene.low[subject] in scene.words("clauses.attacks"):
            cue, side = replace(cue, frame=replace(frame, relation=Relation.ADVANCES)), None
            who = "opponent of the object"  # "counterattacks near X drove them out of their positions"
    counted = scene.low[end : filled.prep_index] if frame.name == "withdraws from" and filled.prep_index else ()
    if SOME & set(counted) and scene.words("clauses.agents") & set(counted):
        return None  # "pulls thousands of troops out of X", where others stay
    if (
        frame.name == "withdraws from"
        and subject is not None
        and scene.low[subject] in scene.words("clauses.formations")
    ):
        targets = [
            t for t in targets if t.mention.kind is not PlaceKind.REGION
        ]  # one brigade leaves no region to the enemy
        if not targets:
            return None
    if frame.relation is Relation.ADVANCES and cue.words[0] == "have" and cue.words[-1] in ("progress", "advance"):
        heads = scene.words("clauses.agents") if subject is not None else frozenset()
        if subject is None or not (scene.low[subject] in heads or any(x.start <= subject < x.end for x in scene.sides)):
            return None  # "the Russian economy has progress in services in X"
    bare = frame.name == "drives back near" and not any(c.dep_ in ("dobj", "obj") for c in scene.doc[i].children)
    bare = (
        bare
        and not HAVE & {scene.low[k] for k in verb_group(scene, i)}
        and _there_and_then(scene, end, filled.prep_index)
    )
    if frame.name == "drives back near" and (passive or bare):
        if subject is None or not _there_and_then(scene, end, filled.prep_index):
            return None  # "was driven back to areas near X" tells where the driven are, not who gained
        side, who = None, "opponent of the subject"  # "the enemy was pushed back near X"
    if frame.party == "object" and passive and side is not None and all(t.near for t in targets):
        cue = replace(cue, frame=replace(frame, relation=Relation.ADVANCES))
        side, who = None, "opponent of the subject"  # "was knocked out of positions west of X"
    mood = mood_of_verb(scene, i, stative=frame.relation in STATIVE, end=end)
    if mood.denied and not mood.blocked:
        mood = _how_or_when(scene, mood, i, max(end, targets[-1].mention.end))
    if mood.denied and frame.name == "falls" and cue.words == ("surrender",):
        return None  # "the city has not surrendered" does not tell whose it is
    if filled.foremost or (mood.blocked and cue.words[0] == "tighten" and frame.name == "tightens a siege"):
        mood = mood_of_sentence(scene, i, Mood())
        mood = perhaps_first(scene, i, mood) if filled.foremost else mood
    ours = side is not None and side.word.kind is SideKind.OWN and scene.tag[i] in ("VBP", "VBZ")
    still = frame.name == "is in" and ("still" in scene.low[i - 1 : end] or (ours and _only_settlements(targets)))
    if frame.denied_only and not mood.denied and not still and not _denied_there(scene, i):
        return None
    if (frame.name == "is in" and not mood.denied and not still) or frame.name == "has forces left in":
        targets = [t for t in targets if t.mention.kind is not PlaceKind.COUNTRY]
        if not targets:
            return None
    if mood.denied and frame.relation is Relation.TAKES:
        targets = no_new_ground(scene, targets)
        if not targets:
            return None
    if (
        frame.name == "breaks through the lines"
        and filled.prep_index is not None
        and scene.low[filled.prep_index] == "in"
    ):
        targets = [replace(t, extent=Extent(kind="part")) if t.extent.kind == "whole" else t for t in targets]
    if frame.name == "is in" and still and not mood.denied and "already" in scene.low[i - 1 : end]:
        cue = replace(
            cue, frame=replace(frame, relation=Relation.CONTESTS)
        )  # "our troops are already in X" have entered it
    if frame.name == "is inside" and cue.words[-2:-1] and cue.words[-2] in scene.words("places.quarters"):
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]  # "are in the southern suburbs of X"
    targets = adverb_extent(scene, i, targets, frame.relation)
    if frame.name == "holds: verb and object" and scene.low[targets[-1].mention.end :][:2] == ("under", "siege"):
        cue = replace(cue, frame=replace(frame, relation=Relation.CONTESTS))  # "held X under siege"
    if frame.relation is Relation.HOLDS:
        targets = partial(scene, i, end, targets)
    cue = as_state(scene, cue, i, passive=passive)
    if frame.name == "evacuates" and any(
        t.mention.start and scene.low[t.mention.start - 1] in scene.cues.adjectives for t in targets
    ):
        return None  # "fled liberated X" tells of X, not of who held it
    if mood.blocked and frame.relation is Relation.TAKES and (way := on_the_way(scene, i)) is not None:
        cue = replace(cue, frame=replace(frame, relation=Relation.ADVANCES))
        mood = mood_of_verb(scene, way)
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]
    elif mood.blocked and frame.relation is Relation.TAKES and (fight := fights_for(scene, i)):
        cue = replace(cue, frame=replace(frame, relation=Relation.CONTESTS))
        mood = mood_of_verb(scene, fight)
    if frame.relation is Relation.TAKES and not passive and _bit_by_bit(scene, targets[-1].mention.end):
        cue = replace(cue, frame=replace(frame, relation=Relation.ADVANCES))
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]
    if cue.words == ("clear",) and not passive and clears_still(scene, i):
        cue = replace(cue, frame=replace(frame, relation=Relation.CONTESTS))
    reduced = (
        passive
        and not mood.denied
        and not filled.complement
        and not filled.headed
        and is_reduced(scene, i)
        and cue.words != ("claim",)  # which is said, not taken for granted
        and shown_as(scene, i) is None  # "marks X as occupied" says so
        and not _told_in_headline(scene, i)
    )
    return Assertion(cue, i, end, tuple(targets), mood, side, who, subject, passive, attributive=reduced)


def _how_or_when(scene: Scene, mood: Mood, i: int, end: int) -> Mood:
    """What is denied may only be how or when: "did not take X alone", "X did not fall until May"."""
    behind = scene.low[end : end + 7]
    beyond = next((k for k in range(i + 1, end) if scene.low[k] == "beyond"), None)
    if beyond is not None and scene.words("clauses.gained") & set(scene.low[beyond:end]):
        return mood.flip('"beyond" gains that were made')  # "unable to progress beyond minor gains in X"
    if behind[:1] in (("alone",), ("single-handedly",), ("overnight",), ("easily",), ("quickly",)):
        return mood.block(f'"not ... {behind[0]}" denies how')
    if scene.text(end, min(end + 3, scene.sentence[i][1])).lower().startswith(HOW):
        return mood.block(f'"not ... {scene.text(end, end + 3)}" denies how')
    past = {"did", "was", "were"} & {scene.low[k] for k in (*verb_group(scene, i), *range(max(0, i - 5), i))}
    until = next((k for k in range(end, min(end + 5, scene.sentence[i][1] - 1)) if scene.low[k] == "until"), None)
    if past and until is not None and "," not in scene.low[end:until] and scene.low[until + 1] != "now":
        return mood.flip('"not until" tells when')
    return mood


def _told_in_headline(scene: Scene, i: int) -> bool:
    """Whether a participle is what somebody claims or denies of the noun before it: "Kyiv denies troops surrounded in X"."""
    noun = scene.doc[i].head
    told = noun.dep_ == "dobj" and noun.left_edge.i == noun.head.i + 1 and scene.tag[noun.head.i] in ("VBZ", "VBP")
    return told and (noun.head.lemma_ in ("claim", "say") or base_of(scene, noun.head.i, "clauses.deny") is not None)


def _denied_there(scene: Scene, i: int) -> bool:
    """Whether somebody denies what the verb at i says: "Kigali denied that its troops were in X"."""
    token = scene.doc[i]
    if token.dep_ != "ccomp" or token.head.i > i or base_of(scene, token.head.i, "clauses.deny") is None:
        return False
    return not any(scene.low[k] in scene.words("clauses.never") for k in verb_group(scene, token.head.i))


def _held_by_itself(scene: Scene, end: int) -> bool:
    """Whether a clause ends behind "is holding", or goes on with what a town holds against."""
    behind = scene.low[end] if end < len(scene.low) else "."
    return behind in scene.words("clauses.steady") or not behind[:1].isalnum()


def _bit_by_bit(scene: Scene, k: int) -> bool:
    """Whether "street by street" stands at token k: how a place is being taken, of which some is."""
    words = [w for w in scene.low[k : k + 5] if w != "-"]
    return len(words) > 2 and words[1] in ("by", "to") and words[0] == words[2]


def _only_settlements(targets: list[Target]) -> bool:
    """Whether all targets are settlements by name: "we are in X"."""
    return all(t.mention.kind is PlaceKind.SETTLEMENT and t.mention.known and not t.near for t in targets)


def _moves_goods(scene: Scene, i: int, end: int) -> bool:
    """Whether something other than a distance is moved ("moved rocket launchers closer to X")."""
    return any(
        c.dep_ in ("dobj", "obj")
        and (i < c.i < end or (end == i + 1 and c.i > i))
        and scene.inside(c.i) is None  # "advanced in the direction X-Y"
        and not any(c.lower_ in scene.words(key) for key in MOVED)
        for c in scene.doc[i].children
    )


def _there_and_then(scene: Scene, end: int, prep: int | None) -> bool:
    """Whether only adverbs stand between a cue and the preposition of its place."""
    return prep is not None and all(scene.tag[k].startswith("RB") or scene.tag[k] == "CD" for k in range(end, prep))

"""Verb frames: "captured X", "took control of X", "X fell to", "withdrew from X"."""

from __future__ import annotations

import functools

from reportedly.knowledge.cues import Cue
from reportedly.model import Relation
from reportedly.read.mood.clauses import mood_of_verb
from reportedly.read.places.elided import may_elide
from reportedly.read.scene.asserted import Assertion, match_cue
from reportedly.read.scene.misparsed_subjects import shown_as
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.subjects import subject_of
from reportedly.read.scene.verb_groups import base_of
from reportedly.read.verbs.case import Rule, VerbCase
from reportedly.read.verbs.driven import driven_later
from reportedly.read.verbs.forms import is_complete, is_freed, is_joined, is_verb
from reportedly.read.verbs.ground import GROUND
from reportedly.read.verbs.headlines import headline_verb
from reportedly.read.verbs.outcome import OUTCOMES, PARTIES
from reportedly.read.verbs.passives import is_reduced
from reportedly.read.verbs.places import find_places
from reportedly.read.verbs.sides import verb_side
from reportedly.read.verbs.targets import target_rules
from reportedly.read.verbs.vetoes import vetoes_of

__all__ = ["verb_frame"]

AHEAD = 20  # tokens within which the second word of a cue follows its first, adverbs between them included


def verb_frame(scene: Scene, i: int) -> Assertion | None:
    """A verb frame whose cue starts at token i."""
    rows = scene.cues.verbs.get(scene.low[i])
    if not rows or scene.bracket[i] or i in scene.side_at or not is_verb(scene, i, rows):
        return None
    acts = is_joined(scene, i) or is_complete(scene, i) or headline_verb(scene, i)
    noun = scene.tag[i].startswith("NN") and not acts
    freed = is_freed(scene, i)
    elided: tuple[Cue, int] | None = None  # a gain without a place of its own
    ahead = frozenset(scene.low[i + 1 : i + AHEAD])
    for cue, kind in rows:
        if (cue.second and cue.second.isdisjoint(ahead)) or (noun and kind == "base"):
            continue
        end = match_cue(scene, i, cue.words)
        if end is None or any(says_nothing(scene, i, end) for says_nothing in vetoes_of(cue)):
            continue
        assertion = _filled_frame(scene, cue, i, end, past=kind == "past" or freed)
        if assertion is not None and assertion.targets:
            return assertion
        if elided is None and may_elide(scene, cue, end):
            elided = cue, end
    return _filled_frame(scene, elided[0], i, elided[1], past=False, elided=True) if elided is not None else None


def _filled_frame(scene: Scene, cue: Cue, i: int, end: int, *, past: bool, elided: bool = False) -> Assertion | None:
    """Fill a verb frame: its places by voice and preposition, then party and mood."""
    frames = functools.partial(verb_frame, scene)
    case = VerbCase(scene, cue, i, end, frames=frames, past=past, elided=elided)
    if not all(rule(case) for rule in _place_rules(cue)):
        later = driven_later(scene, i, end, frames) if cue.frame.party == "object" else None
        if later is None:
            return None
        places, side = later
        mood = mood_of_verb(scene, i, end=end)
        return Assertion(cue, i, end, places, mood, side, "the claim before", subject_of(scene, i))
    return _assertion(case) if _tells(case) else None


@functools.cache
def _place_rules(cue: Cue) -> tuple[Rule, ...]:
    """What finds the places of a cue, alters them, and tells whether they are meant."""
    return (find_places, *GROUND, *target_rules(cue))


def _tells(case: VerbCase) -> bool:
    """Find who acts and what mood the clause has, and ask every rule about them; False as soon as one finds that nothing is told."""
    case.side, case.who = verb_side(case)
    if not all(rule(case) for rule in PARTIES):
        return False
    case.mood = mood_of_verb(case.scene, case.i, stative=case.relation is Relation.HOLDS, end=case.end)
    return all(rule(case) for rule in OUTCOMES)


def _assertion(case: VerbCase) -> Assertion:
    scene, i, mood = case.scene, case.i, case.mood
    reduced = (
        case.passive
        and not mood.denied
        and not case.complement
        and not case.headed
        and is_reduced(scene, i)
        and case.cue.words != ("claim",)  # which is said, not taken for granted
        and shown_as(scene, i) is None  # "marks X as occupied" says so
        and not _told_in_headline(scene, i)
    )
    return Assertion(
        case.cue, i, case.end, tuple(case.targets), mood, case.side, case.who, case.subject, case.passive, attributive=reduced
    )  # fmt: skip


def _told_in_headline(scene: Scene, i: int) -> bool:
    """Whether a participle is what somebody claims or denies of the noun before it: "Kyiv denies troops surrounded in X"."""
    noun = scene.doc[i].head
    told = noun.dep_ == "dobj" and noun.left_edge.i == noun.head.i + 1 and scene.tag[noun.head.i] in ("VBZ", "VBP")
    return told and (noun.head.lemma_ in ("claim", "say") or base_of(scene, noun.head.i, "clauses.deny") is not None)

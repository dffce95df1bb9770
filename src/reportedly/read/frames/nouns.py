"""Noun frames: "the capture of X", "fighting in X", "the withdrawal from X"."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.cues import Cue
from reportedly.model import Relation
from reportedly.read.frames.lived_under import lived_under
from reportedly.read.frames.noun_case import RULES, NounCase, of_troops
from reportedly.read.frames.noun_guards import in_name
from reportedly.read.frames.noun_places import heading, places_of_noun, taken_up
from reportedly.read.frames.noun_sides import WHO_GOES_ON
from reportedly.read.frames.standing import STANDS, STILL, standing
from reportedly.read.frames.strongholds import stronghold
from reportedly.read.frames.told_gains import told_gain
from reportedly.read.mood.nominal import mood_of_noun
from reportedly.read.parsing.tags import NOUNS
from reportedly.read.places.edges import clause_edge, gains_of
from reportedly.read.places.elided import attacks_before, elided_places
from reportedly.read.places.members import is_bare, with_members
from reportedly.read.places.relatives import made_in
from reportedly.read.scene.asserted import Assertion, match_cue
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.sides import side_in
from reportedly.read.scene.subjects import subject_of
from reportedly.read.scene.target import Target
from reportedly.read.verbs.verbs import verb_frame

__all__ = ["noun_frame"]


def noun_frame(scene: Scene, i: int) -> Assertion | None:
    """A noun frame whose cue stands at token i."""
    cues = scene.cues.nouns.get(scene.low[i])
    if not cues or scene.bracket[i] or _part_of_name(scene, i) or not _is_noun(scene, i) or _is_other(scene, i, cues):
        return None
    for cue in cues:
        if cue.second and cue.second.isdisjoint(scene.vocabulary):
            continue
        end = match_cue(scene, i, cue.words)  # closing quotes behind the cue included
        if end is not None and (told := _told(scene, cue, i, end)) is not None:
            return told
    return None


def _told(scene: Scene, cue: Cue, i: int, end: int) -> Assertion | None:
    """What a cue from i to `end` tells."""
    if cue.frame.name == "last stronghold":
        return stronghold(scene, cue, i)
    if cue.frame.name == STILL:
        return None  # told by its "in"
    if cue.frame.name in STANDS:
        return standing(scene, cue, i, end)
    if cue.frame.relation is Relation.ADVANCES and (made := made_in(scene, end)):
        side = side_in(scene, end, min(end + 4, scene.sentence[i][1]))
        return Assertion(cue, i, end, tuple(made), mood_of_noun(scene, i), side, "who made them")
    n = NounCase(scene, cue, i, end)
    _find_places(n)
    if not n.targets:
        return told_gain(scene, cue, i, end)
    if not all(rule(n) for rule in RULES):
        return None
    subject = subject_of(scene, scene.doc[i].head.i) if n.who == WHO_GOES_ON else None
    subject = i - 2 if n.side is None and of_troops(scene, i) else subject
    manned = cue.frame.default == "occupier" and end < len(scene.tag) and scene.tag[end] in NOUNS
    return Assertion(
        cue, i, end, tuple(n.targets), n.mood, n.side, n.who, subject, attributive=manned
    )  # "occupation forces in X"


def _find_places(n: NounCase) -> None:
    """The places of a noun, by its own words or by those around it."""
    scene, cue, i, end = n.scene, n.cue, n.i, n.end
    targets = places_of_noun(scene, cue, i, end) or taken_up(scene, cue, i) or heading(scene, cue, i, end)
    n.left = not targets and bool(targets := _given_up(scene, cue, i))
    n.under = not targets and bool(targets := lived_under(scene, cue, i, end, verb_frame))
    n.targets = with_members(scene, [t for t in targets if not is_bare(t)])
    n.elided = not n.targets and _denied_gain(scene, cue, i, end)
    if n.elided:
        n.targets = elided_places(scene, i, end)


def _part_of_name(scene: Scene, i: int) -> bool:
    """Whether the noun is part of what a side is called: "the People's Liberation Front"."""
    capital = scene.written[i][:1].isupper()
    return (capital and any(x.start < i < x.end for x in scene.sides)) or in_name(scene, i)


def _is_noun(scene: Scene, i: int) -> bool:
    """Whether the word is a noun here, whatever the tagger says."""
    tag, low = scene.tag, scene.low
    return (
        tag[i].startswith("NN")
        or (tag[i] == "VBG" and low[i] == "fighting")
        or (tag[i] == "VBZ" and low[i - 1] in ("the", "these", "those"))  # "the gains they made"
        or (tag[i] == "VBZ" and gains_of(scene, i))
    )


def _is_other(scene: Scene, i: int, cues: Sequence[Cue]) -> bool:
    """Whether words beside the noun make it something else than its cues say."""
    tag, low = scene.tag, scene.low
    fights = all(cue.frame.relation is Relation.CONTESTS for cue in cues)  # "advance" is a gain of ground, too
    near_by = fights and not scene.words("clauses.man_to_man").isdisjoint(low[_joined_from(scene, i) : i])
    if fights:
        thing = i + 1 < len(tag) and (
            tag[i + 1] in ("NN", "NNS") or (tag[i + 1].startswith("NNP") and not _named(scene, i + 1))
        )
        if thing and low[i + 1] not in scene.words("clauses.going_on"):
            return True  # "combat power", "battle group"
        if i and not near_by and low[i - 1] in scene.words("clauses.from_afar"):
            return True  # "artillery battles near X"
    if cues[0].frame.name == "grip: noun" and tag[i - 1] != "POS" and low[i - 1] in scene.cues.verbs:
        return True  # "Houthis tighten grip on X", where the tagger takes the verb for a noun
    if low[i] == "warfare" and not near_by:
        return True  # "information warfare"
    return i > 1 and low[i - 1] == "of" and low[i - 2] in scene.words("places.direction")  # "axes of advance"


def _joined_from(scene: Scene, i: int) -> int:
    """Where the words that tell the kind of warfare at i begin: "trench and artillery warfare"."""
    return max(0, i - 3 if scene.low[i - 2 : i - 1] == ("and",) else i - 1)


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

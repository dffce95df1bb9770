"""Which of its places a verb frame may speak of: none where its words say something else, as "handed X" without "over"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reportedly.knowledge.cues import Cue
from reportedly.knowledge.parties import SideKind
from reportedly.model import PlaceKind, Relation
from reportedly.read.parsing.nodes import Node
from reportedly.read.scene.dated_phrases import time_phrase
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.sides import side_in, side_of_phrase
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import base_of, verb_group
from reportedly.read.verbs.case import PART, Rule, VerbCase
from reportedly.read.verbs.forms import of_no_troops
from reportedly.read.verbs.guards import fights_unarmed, of_talks, on_paper

__all__ = ["target_rules"]

CALLED = (("a",), ("an",), ("the",), ("its",), ("their",))  # what begins a description
CLOSED = (",", ";", ":", ".", "-", "–", "—", "in", "after", "as", "amid")  # behind what a headline says is claimed


def target_rules(cue: Cue) -> tuple[Rule, ...]:
    """Those of all rules that may concern a cue, by its words and its frame, in their order."""
    return tuple(rule for concerns, rule in RULES if concerns(cue))


def _no_talks(v: VerbCase) -> bool:
    """Not progress that is made by talking."""
    return not of_talks(v.scene, v.end, v.targets, v.subject)


def _between_forces(v: VerbCase) -> bool:
    """Forces stand behind "split between", not rich and poor."""
    scene = v.scene
    armed = scene.words("clauses.agents") | {"armies", "sides", "factions"}
    stop = min(v.end + 8, scene.sentence[v.end - 1][1])
    return any(k in scene.side_at or v.low[k] in armed for k in range(v.end, stop))


def _moves_there(v: VerbCase) -> bool:
    """Not units that moved from A toward B."""
    prep_index = v.prep
    return prep_index is None or "from" not in v.low[v.end : prep_index]


def _clears_troops(v: VerbCase) -> bool:
    """Not a town cleared of snow."""
    return v.passive or not of_no_troops(v.scene, v.targets[-1].mention.end)


def _names_share(v: VerbCase) -> bool:
    """ "Have" or "claim" has a share of a place for its object: "have 70 per cent of X"."""
    scene, target = v.scene, v.targets[0]
    if scene.doc[v.i].dep_ in ("aux", "auxpass") or scene.begin(target.mention) > v.end + 6:
        return False
    shares = scene.words("places.fractions") | {"half", "most"}
    counted = target.extent.kind == "percent" or shares & set(target.extent_words.split())
    every = v.low[v.end : v.end + 2] == ("all", "of") and scene.begin(target.mention) < v.end + 4
    return bool(counted or every) and "of" in v.low[v.end : target.mention.start]


def _somebody(v: VerbCase) -> bool:
    """ "You take X and the rest falls" happens to nobody."""
    return v.subject is None or v.subject > v.i or v.low[v.subject] != "you"


def _keeps_it(v: VerbCase) -> bool:
    """Not "kept X surrounded"."""
    return v.passive or not base_of(v.scene, v.targets[-1].mention.end, "clauses.traps")


def _is_somebody(v: VerbCase) -> bool:
    """Not "X, which is only 10 km from the village": a place is no force, nor is "which" behind one."""
    k = v.subject
    if k is None:
        return True
    if v.low[k] in ("which", "that"):
        k = v.scene.previous(k)
        k = v.scene.previous(k) if v.low[k] == "," else k
    return v.scene.inside(k) is None or any(s.start <= k < s.end for s in v.scene.sides)


def _is_there(v: VerbCase) -> bool:
    """Not "are within artillery range of X"."""
    return {"range", "reach", "sight", "earshot"}.isdisjoint(v.low[v.i : v.end])


def _given(v: VerbCase) -> bool:
    return not on_paper(v.scene, v.i)


def _claims(v: VerbCase) -> bool:
    """Settlements are claimed as taken; "claims X" alone may be a claim in law."""
    if v.passive:
        return _claimed_then(v.scene, v.i, v.end, v.targets)
    return _claims_town(v.scene, v.end, v.targets[0])


def _frees_it(v: VerbCase) -> bool:
    """Not "Troops held hostage in X freed", where a place only says where those were that are freed."""
    scene, place = v.scene, v.targets[0].mention
    k = scene.previous(place.start)
    if place.end > v.i or base_of(scene, v.i, "clauses.frees") is None:
        return True
    within = v.low[k] in ("in", "near", "at", "from")
    return not within or v.low[scene.previous(k)] in scene.listed("places.settlements", "places.part")


def _leaves_for_nowhere(v: VerbCase) -> bool:
    """Not "tanks rolled out of X toward Y", which they set out from."""
    return {"to", "into", "toward", "towards", "for"}.isdisjoint(v.behind(5))


def _has_presence(v: VerbCase) -> bool:
    """A presence in a settlement, of a part of it: an army may have bases in any country."""
    if not {"military", "naval", "troop"}.isdisjoint(v.low[v.i : v.end]):
        return False
    v.part_of_whole()
    return v.only(_settlement)


def _is_back(v: VerbCase) -> bool:
    """Forces are back in settlements, seats of government left out, where troops are from anywhere; not "the minister is"."""
    scene, subject = v.scene, v.subject
    if subject is None or not _is_armed(scene, subject) or scene.inside(subject) is not None or not _more_than_units(v):
        return False
    home = frozenset(s.start for s in scene.sides if s.word.kind is SideKind.SEAT)
    return v.only(lambda t: _settlement(t) and t.mention.start not in home)


def _stays_there(v: VerbCase) -> bool:
    """ "Remain" says where somebody is, not how: no adjective and no other clause stands before the place."""
    scene, prep = v.scene, v.prep
    if prep is None:
        return True
    children = list(scene.doc[v.i].children)
    said = [c for c in children if c.dep_ in ("acomp", "attr", "oprd") and v.i < c.i < prep]
    troops = any(c.dep_ == "nsubj" and c.lower_ in scene.words("clauses.agents") for c in children)
    there = troops and all(c.lower_ in scene.words("clauses.present") for c in said)
    return (not said or there) and {"and", "but", ";"}.isdisjoint(v.low[v.i + 1 : prep])


def _remains(v: VerbCase) -> bool:
    """Forces that are not stuck there remain in a part of a region, not of a country."""
    if not v.scene.words("clauses.stuck").isdisjoint(v.low[v.end : v.targets[0].mention.start]):
        return False
    if not v.only(_no_country) or not _more_than_units(v):
        return False
    regions = [t.mention.kind is PlaceKind.REGION and t.extent.kind == "whole" for t in v.targets]
    v.targets = [replace(t, extent=PART) if wide else t for t, wide in zip(v.targets, regions, strict=True)]
    return True


def _there(v: VerbCase) -> bool:
    return v.only(lambda t: _no_country(t) and t.mention.anaphor != "country")


def _raises_it(v: VerbCase) -> bool:
    """Not footage of soldiers who raise a flag on some building; one that is raised over a town is."""
    over = v.low[v.end : v.end + 1] in (("over",), ("above",))
    corner = v.low[v.end : v.end + 1] == ("in",) and v.targets[0].extent.kind == "part"  # "in the southern corner of X"
    return (v.scene.tag[v.i] != "VBG" or over) and (v.scene.begin(v.targets[0].mention) <= v.end + 3 or corner)


def _gains_by_it(v: VerbCase) -> bool:
    """Who fortifies what they hold gains nothing by it."""
    return "defensive" not in v.low[v.i : v.end]


def _digs_in(v: VerbCase) -> bool:
    """Positions are in a part of a settlement; who digs in somewhere in a region has gained nothing by it."""
    v.part_only()
    return _gains_by_it(v) and v.only(_settlement)


def _fights_armed(v: VerbCase) -> bool:
    return not fights_unarmed(v.scene, v.end, v.targets)


def _named(v: VerbCase) -> bool:
    """Not "Has Entered A New Phase"."""
    return v.passive or v.targets[0].mention.known or not _one_of_many(v.scene, v.targets[0])


def _storms(v: VerbCase) -> bool:
    """ "Seized X after storming it" says it once."""
    return v.scene.tag[v.i] != "VBG"


def _no_objects(v: VerbCase) -> bool:
    return v.only(lambda t: not _called_object(v.scene, t))


def _hands_over(v: VerbCase) -> bool:
    """ "Handed X" says nothing without "over", nor does "handed its positions in X to the army"."""
    targets, particle = v.targets, v.cue.frame.particle
    if particle.isdisjoint(v.low[(behind := _behind_given(v)) : behind + 2]):
        return False
    returned = v.cue.words in (("return",), ("give",)) and "to" in particle
    if returned and not _gives_to_others(v.scene, behind, v.subject):
        return False  # "returned X to normal life", "returned X to its own control"
    return v.low[targets[0].mention.start - 1] not in ("in", "at", "near")


def _behind_given(v: VerbCase) -> int:
    """Where the particle of what is given up stands, if it does."""
    last = v.targets[-1]
    if last.mention.end <= v.i and (not v.passive or v.relation is Relation.TAKES):
        return v.end  # "X, which it had declared its own", "X, a city they wrested from the army", "X was wrested from"
    where = last.container
    return where.end if where is not None and where.start >= v.end else last.mention.end


def _goes_itself(v: VerbCase) -> bool:
    """Not "moved a missile into X"; what is set off behind the place is no object: "moved into X, the third such raid"."""
    if v.passive or v.targets[0].mention.start <= v.i:
        return True
    moved = (c for c in v.scene.doc[v.i].children if c.dep_ == "dobj" and c.i >= v.end and _is_moved(v, c))
    return all(c.i > v.targets[0].mention.end and "," in v.low[v.targets[0].mention.end : c.i] for c in moved)


def _is_moved(v: VerbCase, noun: Node) -> bool:
    """Whether the object of a move is something: no "way" that is fought, no army that is fought in a place."""
    if noun.lower_ in ("way", "file", "fight", "battle", "street", "house", "block"):
        return False
    near = noun.i < v.end + 5 and v.low[v.end] != "off"
    return not (v.name == "fights in or for" and near and _is_armed(v.scene, noun.i))  # "fight the army in X"


def _settlement(target: Target) -> bool:
    return target.mention.kind is PlaceKind.SETTLEMENT


def _no_country(target: Target) -> bool:
    return target.mention.kind is not PlaceKind.COUNTRY


def _more_than_units(v: VerbCase) -> bool:
    """Whether more is there than a formation, as every army has somewhere."""
    return v.low[v.subject if v.subject is not None else v.i] not in v.scene.words("clauses.formations")


def _one_of_many(scene: Scene, target: Target) -> bool:
    """Whether "a" stands right before what is no known name, which a place's name has not."""
    start = target.mention.start
    named = target.mention.kind is PlaceKind.SETTLEMENT and not target.mention.anaphor
    return named and start > 0 and scene.low[start - 1] in ("a", "an")


def _gives_to_others(scene: Scene, k: int, subject: int | None) -> bool:
    """Whether a side other than the subject's stands behind "to" at token k: "returned X to Y"."""
    to = k + 1 if scene.low[k : k + 1] == ("to",) else k + 2
    taker = side_in(scene, to, min(to + 4, scene.sentence[k - 1][1]))
    giver = side_of_phrase(scene, subject) if subject is not None else None
    known = giver is not None or (subject is not None and scene.tag[subject] == "PRP")  # no statesman of old
    alike = giver is not None and taker is not None and giver.word.party == taker.word.party is not None
    return known and taker is not None and not alike


def _is_armed(scene: Scene, k: int) -> bool:
    """Whether the noun at k is a force: a side, or soldiers and the like."""
    return scene.low[k] in scene.words("clauses.agents") or any(s.start <= k < s.end for s in scene.sides)


def _claims_town(scene: Scene, end: int, target: Target) -> bool:
    """Whether a settlement is claimed as taken: "claimed the town of X", and "claims X" with nothing behind it in a headline."""
    m = target.mention
    if scene.low[end : end + 1] == ("the",):
        kind = set(scene.low[end + 1 : end + 5]) & scene.words("places.settlements")
        return bool(kind) and scene.low[m.start - 1] == "of"
    if scene.low[m.start - 1] == "of" and set(scene.low[end : m.start - 1]) & scene.words("places.settlements"):
        return m.start - end < 6  # "claims key eastern town of X"
    stop = scene.sentence[m.start][1]
    if m.kind is PlaceKind.UNNAMED and m.start == end:
        towns = {"village", "villages", "town", "towns", "settlement", "settlements"}
        return bool(towns & set(m.words.lower().split())) and "as" not in scene.low[m.end : m.end + 6]
    last = m.end
    if scene.low[last : last + 1] == ("and",) and (second := scene.at.get(last + 1)) is not None:
        both = second.kind is PlaceKind.SETTLEMENT and second.known and not second.anaphor
        last = second.end if both else last  # "claims X and Y"
    dated = time_phrase(scene, last) if last < stop else None
    last = dated if dated is not None else last  # "claimed X on Monday"
    alone = (last >= stop or scene.low[last] in CLOSED) and scene.low[end - 2 : end - 1] != ("both",)
    alone = alone or scene.low[m.end : m.end + 2] in (("for", "itself"), ("for", "themselves"))
    if scene.low[m.end : m.end + 2] in (("in", "full"), ("in", "its"), ("in", "whole"), ("in", "their")):
        return False  # "both claim X in full"
    return alone and m.start == end and m.known and m.kind is PlaceKind.SETTLEMENT and not m.anaphor


def _claimed_then(scene: Scene, i: int, end: int, targets: list[Target]) -> bool:
    """Whether towns were once said to be taken: "X was claimed by Russia on Sunday", not "X is claimed by both"."""
    kinds = (PlaceKind.SETTLEMENT, PlaceKind.UNNAMED)
    end += 2 if scene.low[end : end + 2] == ("in", "full") else 0
    if scene.low[end : end + 1] != ("by",) or any(t.mention.kind not in kinds for t in targets):
        return False
    group = {scene.low[k] for k in verb_group(scene, i)}
    stop = min(end + 8, scene.sentence[i][1] - 1)
    dated = any(time_phrase(scene, k) is not None for k in range(end, stop))
    several = bool({"both", "two", "several", "many"} & set(scene.low[end + 1 : end + 2])) or scene.low[i - 1] == "as"
    return not {"is", "are"} & group and not several and (dated or bool({"to", "been"} & group))


def _called_object(scene: Scene, target: Target) -> bool:
    """Whether a name is set beside what is no ground: "took al-Omar, the country's largest oilfield"."""
    k, kinds = target.mention.end, scene.words("objects.sites")
    owned = (
        "'s" in scene.low[k + 2 : k + 4] and scene.written[k + 1][:1].isupper()
    )  # "Heglig, Sudan's biggest oil field"
    if scene.low[k : k + 1] != (",",) or not (owned or scene.low[k + 1 : k + 2] in CALLED):
        return False
    stop = min(k + 9, scene.sentence[k][1])
    j = k + 2
    while j < stop and (
        scene.tag[j] in ("JJ", "JJS", "POS", "NN", "NNP", "CD", "RBS", "HYPH", "VBN") or scene.low[j] == "'s"
    ):
        if scene.low[j] in kinds and scene.tag[j + 1 : j + 2] not in (("NN",), ("NNS",), ("HYPH",)):
            return True
        if scene.low[j] in scene.words("places.settlements"):
            return False
        j += 1
    return False


def _frame(*names: str) -> Callable[[Cue], bool]:
    return lambda cue: cue.frame.name in names


def _words(*words: str) -> Callable[[Cue], bool]:
    return lambda cue: cue.words == words


def _states(*relations: Relation) -> Callable[[Cue], bool]:
    return lambda cue: cue.frame.relation in relations


def _always(cue: Cue) -> bool:  # noqa: ARG001 - asked as the others are
    return True


def _fight(cue: Cue) -> bool:
    return cue.frame.relation is Relation.CONTESTS


RULES: tuple[tuple[Callable[[Cue], bool], Rule], ...] = (
    (_states(Relation.ADVANCES), _no_talks),
    (_frame("is shared between"), _between_forces),
    (_words("move"), _moves_there),
    (_words("clear"), _clears_troops),
    (_frame("has a share of"), _names_share),
    (_always, _somebody),
    (_words("keep"), _keeps_it),
    (lambda cue: cue.words[0] == "be" and cue.frame.relation is Relation.ADVANCES, _is_somebody),
    (lambda cue: cue.words[:2] == ("be", "within"), _is_there),
    (_frame("is given control"), _given),
    (_frame("claims for itself"), _claims),
    (_frame("liberates"), _frees_it),
    (_frame("rolls out of"), _leaves_for_nowhere),
    (_frame("has a presence in"), _has_presence),
    (_frame("is back in"), _is_back),
    (_frame("remains in"), _stays_there),
    (_frame("remains in"), _remains),
    (_frame("is there"), _there),
    (_frame("raises its flag"), _raises_it),
    (lambda cue: cue.words[0] == "improve", _gains_by_it),
    (_frame("establishes positions"), _digs_in),
    (lambda cue: _fight(cue) and len(cue.words) == 1, _fights_armed),
    (_always, _named),
    (_words("storm"), _storms),
    (_states(Relation.TAKES, Relation.HOLDS, Relation.LOSES), _no_objects),
    (lambda cue: bool(cue.frame.particle), _hands_over),
    (lambda cue: _fight(cue) and "" not in cue.frame.preps, _goes_itself),
)

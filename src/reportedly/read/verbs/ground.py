"""What a verb frame makes of the places found for it, and places that its mood or a headline gives it yet.

Asked right behind `places`, before the rules of `targets`.
"""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import PlaceKind, Relation
from reportedly.read.parsing.matching import heads_list
from reportedly.read.places.acted_on import caught_in, driven_in, out_of_positions
from reportedly.read.places.aims import attacked_at
from reportedly.read.places.headings import heading_list
from reportedly.read.places.members import is_bare, near_group, with_members
from reportedly.read.places.placing import is_measure
from reportedly.read.places.slots import places_after
from reportedly.read.verbs.case import Rule, VerbCase
from reportedly.read.verbs.headlines import headline_passive
from reportedly.read.verbs.passives import complement_places, had_places

__all__ = ["GROUND"]

FORCES_GO = (Relation.CONTESTS, Relation.LOSES)  # which say nothing of a whole country


def _goes_far(v: VerbCase) -> bool:
    """Not "withdrew to A, 40 km from B", "pushed them south from X", which they never held."""
    if v.prep is None:
        return True
    if v.name == "withdraws from" and is_measure(v.scene, v.prep):
        return False
    driven = v.relation is Relation.LOSES and v.cue.frame.party == "object" and not v.passive
    south = v.low[v.prep - 1] in v.scene.words("places.compass")
    return not (driven and south and v.low[v.prep : v.prep + 1] == ("from",))  # a text cut short ends here


def _takes_up(v: VerbCase) -> bool:
    """Who takes up positions near X may have fallen back to them."""
    if v.cue.words == ("take",) and v.low[v.end : v.end + 1] == ("up",):
        v.targets = [t for t in v.targets if not t.near]
    return True


def _leaves_a_place(v: VerbCase) -> bool:
    """Not "found a child and evacuated it"."""
    return v.name != "evacuates" or not any(t.mention.anaphor == "it" for t in v.targets)


def _disputes_ground(v: VerbCase) -> bool:
    """Not "the claim that they control X was disputed"."""
    if v.cue.words[-1] != "disputed":
        return True
    return v.scene.words("clauses.claim_nouns").isdisjoint(v.low[v.scene.sentence[v.i][0] : v.i])


def _changes_once(v: VerbCase) -> bool:
    """Not "has changed hands six times"."""
    if v.cue.words != ("change", "hands"):
        return True
    return v.scene.words("clauses.over_and_over").isdisjoint(v.low[v.end : v.end + 4])


def _of_headline(v: VerbCase) -> bool:
    """The places of "had X captured", "X captured"."""
    won = v.relation in (Relation.TAKES, Relation.CONTESTS) and "" in v.cue.frame.preps
    if not v.targets and v.past and won and (kept := had_places(v.scene, v.i)):
        v.targets, v.passive, v.headed = kept, True, True
    won = won or v.cue.words in (("lose",), ("abandon",), ("occupy",))
    if not v.targets and v.past and won and (bare := headline_passive(v.scene, v.i, v.end)):
        v.targets, v.passive, v.headed = bare, True, v.low[v.i - 1] not in (",", "both", "all")
    return True


def _out_of_positions(v: VerbCase) -> bool:
    """Where somebody drove others out whose place stands before."""
    if v.targets or v.name != "is driven out" or v.passive:
        return True
    v.targets, v.prep = driven_in(v.scene, v.i)
    out = out_of_positions(v.scene, v.i)
    if not v.targets and out is not None and v.subject is not None and v.subject < v.i:
        v.targets, v.prep = attacked_at(v.scene, v.subject, v.i), out
    return True


def _pushes_beyond(v: VerbCase) -> bool:
    """Not "pushed them back in three villages, 20 km west of X"."""
    between = v.low[v.end : v.prep or v.end]
    return v.name != "pushes beyond" or {"in", "along", "into", "over"}.isdisjoint(between)


def _noose(v: VerbCase) -> bool:
    """A noose around X is about X."""
    if v.name == "tightens a siege":
        v.targets = [replace(t, near=False) for t in v.targets]
    return True


def _complement(v: VerbCase) -> bool:
    """ "Declared X liberated"."""
    if not v.targets and v.past and v.i > 0:
        v.targets = complement_places(v.scene, v.i)
        v.complement = bool(v.targets)
        v.passive = v.passive or v.complement
    return True


def _caught(v: VerbCase) -> bool:
    if v.passive and not v.trapped and (caught := caught_in(v.scene, v.cue, v.targets)) is not None:
        v.trapped, v.subject, v.targets = True, caught[0], caught[1]
    return True


def _heads_list(v: VerbCase) -> bool:
    """ "Liberated: A, B and C"."""
    won_or_lost = v.past and v.relation in (Relation.TAKES, Relation.LOSES) and "" in v.cue.frame.preps
    if won_or_lost and heads_list(v.low, v.i) and (listed := heading_list(v.scene, v.i, v.end)):
        v.targets, v.passive, v.headed = listed, True, True
    return True


def _of_members(v: VerbCase) -> bool:
    """Groups by their members, none without a name that could have one."""
    targets = [near_group(t) for t in v.targets] if v.relation is Relation.ADVANCES else v.targets
    v.targets = [t for t in with_members(v.scene, targets) if not is_bare(t)]
    return True


def _no_countries(v: VerbCase) -> bool:
    """Who fights in a country, or leaves one, says nothing of the whole of it; one takes up no country."""
    if v.relation in FORCES_GO:
        part = v.relation is Relation.LOSES and not any(t.mention.part for t in v.targets)
        v.targets = [
            t for t in v.targets if t.mention.kind is not PlaceKind.COUNTRY or (part and t.extent.kind != "whole")
        ]
    if v.relation in (*FORCES_GO, Relation.ADVANCES):
        v.targets = [t for t in v.targets if t.mention.anaphor != "country"]
    return True


def _gives_up_ground(v: VerbCase) -> bool:
    """Units pulled from an axis give nothing up, and of ground near a place only gains are told."""
    if v.relation is not Relation.LOSES:
        return True
    v.targets = [t for t in v.targets if not t.mention.direction]
    if v.cue.frame.party != "subject" or not v.targets:
        return True
    what = v.subject if v.passive and v.subject is not None else v.i  # "their positions north of X were lost"
    given = set(v.low[what : v.targets[0].mention.start])
    denied = {"not", "n't", "nor", "never"} & set(v.low[max(0, v.i - 3) : v.i])
    if given & {"position", "positions"} or (given & {"ground", "terrain"} and not denied):
        v.targets = [t for t in v.targets if not t.near]
    return True


def _somewhere(v: VerbCase) -> bool:
    """Not units that fight "in eastern Ukraine"."""
    if v.relation is Relation.CONTESTS:
        v.targets = [t for t in v.targets if not t.mention.vague]
    return True


def _with_included(v: VerbCase) -> bool:
    """ "The parts of X that it controls, including A and B"."""
    behind = v.low[v.end : v.end + 2] if v.targets and v.targets[-1].mention.end <= v.i else ()
    if behind[:1] == (",",) and behind[1:] and behind[1] in v.scene.words("places.including"):
        v.targets = v.targets + places_after(v.scene, v.end + 2)
    return True


def _but_one(v: VerbCase) -> bool:
    """ "The first of the regions that it controls" is but one."""
    if len(v.targets) == 2 and v.relation is not Relation.ANNEXES:
        first, second = (t.mention for t in v.targets)
        if first.anaphor == "it" and second.kind is PlaceKind.UNNAMED:
            v.targets = v.targets[:1]
    return bool(v.targets)


GROUND: tuple[Rule, ...] = (
    _goes_far, _takes_up, _leaves_a_place, _disputes_ground, _changes_once, _of_headline, _out_of_positions, _pushes_beyond, _noose,
    _complement, _caught, _heads_list, _of_members, _no_countries, _gives_up_ground, _somewhere, _with_included, _but_one,
)  # fmt: skip
"""In their order; behind the last there are places."""

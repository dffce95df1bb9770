"""Whether the words that a frame took for ground can be ground: names of people and of far-away places are turned down."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reportedly.knowledge.parties import Parties, Party
from reportedly.model import Place, PlaceKind, PlaceRef, Relation
from reportedly.read.names.quarters import is_quarter
from reportedly.read.parties.binding import UNKNOWN
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Mention
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import base_of

if TYPE_CHECKING:
    from reportedly.read.scene.passing import Passing

__all__ = ["implausible"]

HOME = frozenset({"UA"})  # the densest gazetteer: a name known there needs no other evidence
GROUND_ONLY = (Relation.CONTESTS, Relation.ADVANCES, Relation.LOSES)
WAR_NOUNS = frozenset({"fighting", "clashes"})  # which need no other word of war at a known place
VAGUE_NOUNS = frozenset({"battle", "battles", "fight", "fights", "clash", "clashes", "struggle"})


@dataclass(slots=True)
class _Ground:
    """A place of an assertion that a party takes, holds, loses or fights for."""

    p: Passing
    a: Assertion
    ref: PlaceRef
    target: Target
    party: str
    relation: Relation
    place: Place | None  # what the gazetteer knows of it

    @property
    def mention(self) -> Mention:
        """The words for it."""
        return self.target.mention

    @property
    def land(self) -> bool:
        """Whether it is a whole country."""
        return self.ref.kind is PlaceKind.COUNTRY and self.target.extent.kind == "whole"

    @property
    def named(self) -> bool:
        """Whether the words make a place of it, though nobody knows the name."""
        return self.target.container is not None or self.mention.kind is PlaceKind.REGION or self.mention.vague


Doubt = Callable[[_Ground], str | None]
"""Why a claim on this place cannot be meant."""


def implausible(p: Passing, a: Assertion, ref: PlaceRef, target: Target, party: str, relation: Relation) -> str | None:
    """Why a claim on this place cannot be meant, or None if it can."""
    place = p.knowledge.gazetteer.place(ref.place_id) if ref.place_id is not None else None
    ground = _Ground(p, a, ref, target, party, relation, place)
    rules = ANY
    if ref.kind is not PlaceKind.UNNAMED and (target.mention.anaphor is None or a.attributive):
        rules = NAMED_UNKNOWN if ref.place_id is None else NAMED_KNOWN
    return next((doubt for rule in rules if (doubt := rule(ground)) is not None), None)


def _front(g: _Ground) -> str | None:
    """ "Gains in the east", but "took control of the north"."""
    controlled = g.relation is Relation.TAKES and g.a.cue.words[-1] == "control"
    land = g.relation is Relation.HOLDS or controlled
    return "a front, not land" if not land and is_quarter(g.mention) else None


def _own_land(g: _Ground) -> str | None:
    return "the whole land of a country" if g.land and g.mention.anaphor == "territory" else None


def _nobody_nowhere(g: _Ground) -> str | None:
    nowhere = g.ref.kind is PlaceKind.UNNAMED and g.party == UNKNOWN and not _war_at_hand(g.p)
    return "nobody and nowhere is named" if nowhere else None


def _takes_itself(g: _Ground) -> str | None:
    itself = g.land and g.party.lower() == g.mention.words.lower()
    return "a country does not take itself" if itself else None


def _whole_country(g: _Ground) -> str | None:
    """A country, of which "there were no gains in Ukraine" may be said."""
    if not g.land or (g.relation is Relation.ADVANCES and g.a.mood.denied):
        return None
    if g.relation in GROUND_ONLY and not g.mention.vague:
        return "a whole country is not entered, neared or given up in a sentence"
    if g.relation is Relation.ANNEXES or g.a.attributive or _war_at_hand(g.p):
        return None
    return "a whole country where nobody armed is spoken of"


def _fight_of_nobody(g: _Ground) -> str | None:
    """ "X, where 76 people died in a siege", "the battle of X": fought by whom?"""
    if g.relation is not Relation.CONTESTS or g.a.side is not None:
        return None
    word = g.p.scene.low[g.a.start]
    if word not in VAGUE_NOUNS and not (word == "siege" and g.mention.start < g.a.start):
        return None
    spelt = bool(g.ref.candidates) and g.ref.candidates[0].reason.startswith(("exact", "alternate"))
    spelt = spelt or (g.place is not None and g.place.kind is PlaceKind.REGION)
    at_war = spelt and g.place is not None and g.place.country in _lands_of_war(g.p.knowledge.parties)
    war_noun = g.mention.known and spelt and word in WAR_NOUNS
    return None if at_war or war_noun or _war_at_hand(g.p) else "a fight without anybody armed"


def _lost_thing(g: _Ground) -> str | None:
    """ "The loss of the Moskva", "his suitcase was lost in X": nobody denies the loss of suitcases."""
    if g.relation is not Relation.LOSES or g.ref.kind is not PlaceKind.SETTLEMENT or g.a.side is not None:
        return None
    if g.a.cue.frame.kind == "noun" and g.mention.start and g.p.scene.low[g.mention.start - 1] == "the":
        return "what bears the name with an article is no place"
    denied = g.p.attributions.denied_by(g.a.start) is not None
    abroad = g.a.passive and g.place is not None and g.place.country not in HOME
    return "given up where nobody armed is spoken of" if abroad and not denied and not _war_at_hand(g.p) else None


def _person(g: _Ground) -> str | None:
    seized = g.ref.place_id is None or base_of(g.p.scene, g.a.start, "clauses.keeps")
    lone = seized and g.mention.kind is PlaceKind.SETTLEMENT and g.target.container is None
    return "the name of a person told before" if lone and _surname(g.p, g.mention.words) else None


def _freed_person(g: _Ground) -> str | None:
    freed = base_of(g.p.scene, g.a.start, "clauses.frees") and not g.ref.candidates
    several = freed and len(g.mention.words.split()) > 1
    return "an unknown name of several words that is freed: a person" if several else None


def _unknown_at_peace(g: _Ground) -> str | None:
    if g.mention.known or g.named or g.a.attributive or _at_war(g.p) or _war_at_hand(g.p):
        return None
    return "an unknown name where nobody at war is spoken of"


def _several_words(g: _Ground) -> str | None:
    """An unknown name that nothing makes a place of: not "Snake Island", "the town of A B", "Ras Lanuf"."""
    words, scene = g.mention.words.split(), g.p.scene
    whole = scene.words("places.whole")
    if len(words) < 2 or words[-1].lower() in whole or g.named:
        return None
    at = g.mention.start
    typed = at > 1 and scene.low[at - 1] == "of" and scene.low[at - 2] in whole
    spelt = any(c.reason.startswith(("exact", "alternate", "fold")) for c in g.ref.candidates)
    if typed or spelt or _begins_as_place(g.p, words[0].lower(), g.relation):
        return None
    alone = all(not t.mention.known and len(t.mention.words.split()) > 1 for t in g.a.targets)
    of_people = g.a.cue.words[0] not in scene.words("clauses.ground_alone") and g.a.cue.words[-1] != "control"
    return "an unknown name of several words: more likely a person" if alone and of_people else None


def _far_away(g: _Ground) -> str | None:
    """A settlement of a country where the party does not fight and that nobody speaks of."""
    p, place = g.p, g.place
    if (
        place is None
        or place.country in HOME
        or g.ref.kind is not PlaceKind.SETTLEMENT
        or g.mention.kind is PlaceKind.REGION
    ):
        return None
    if g.target.container is not None or place.country in _countries(p, g.party) or place.country in p.heard.countries:
        return None
    if any(party.country == place.country for party in _parties_named(p)):
        return None
    k = p.scene.previous(g.mention.start)
    if (
        k >= 0
        and g.mention.anaphor is None
        and (p.scene.low[k] == "of" or p.scene.low[k] in p.scene.words("places.whole"))
    ):
        return None
    return f"{g.party} holds no ground in {place.country}: more likely another name"


def _match(g: _Ground) -> str | None:
    """ "In control of the Sydney Test"."""
    last = g.ref.words.split()[-1].lower() if " " in g.ref.words else ""
    return "a match or a cup" if last in g.p.scene.words("names.contests") else None


def _at_peace(g: _Ground) -> str | None:
    """What is won or held by votes, and an army's own city, where there is no war."""
    scene, parties = g.p.scene, g.p.knowledge.parties
    if g.place is None or g.place.country in _lands_of_war(parties):
        return None
    words = {scene.low[k] for k in range(*scene.sentence[g.a.start])}
    won = g.relation in (Relation.TAKES, Relation.HOLDS, Relation.LOSES)
    if won and words & scene.words("clauses.polling") and not words & scene.listed("gate.armed", "clauses.agents"):
        return "won by votes"
    known = parties.party(g.party) if g.relation is Relation.CONTESTS else None
    home = known is not None and known.kind == "state" and known.country == g.place.country
    return "an army's own city in a country at peace" if home else None


ANY: tuple[Doubt, ...] = (_match, _at_peace, _front, _own_land, _nobody_nowhere)
NAMED: tuple[Doubt, ...] = (*ANY, _takes_itself, _whole_country, _fight_of_nobody, _lost_thing, _person)
NAMED_UNKNOWN: tuple[Doubt, ...] = (*NAMED, _freed_person, _unknown_at_peace, _several_words)
NAMED_KNOWN: tuple[Doubt, ...] = (*NAMED, _far_away)


def _begins_as_place(p: Passing, first: str, relation: Relation) -> bool:
    """Whether names of places begin with a word: "Ras Lanuf"; people are called Sheikh and Khan, too, and are captured."""
    named = first in p.scene.words("names.firsts") and relation is not Relation.TAKES
    return named or first in p.scene.words("names.grounds")


def _countries(p: Passing, party: str) -> set[str]:
    """Where a party fights."""
    known = p.knowledge.parties.party(party)
    if known is None:
        return set(p.heard.countries)
    wars = [p.knowledge.parties.wars[w] for w in known.wars if w in p.knowledge.parties.wars]
    return {*known.countries, *([known.country] if known.country else []), *(c for war in wars for c in war.countries)}


def _surname(p: Passing, name: str) -> bool:
    """Whether a name ends that of a person with a title before: "the director Jane Dow ... still hold Dow"."""
    if " " in name:
        return False
    told = re.search(rf"\b(\w+) [A-Z][a-z]+ {re.escape(name)}\b", f"{p.context} {p.passage.text}")
    return told is not None and told[1].lower() in p.scene.listed("names.titles", "names.callings")


@cache
def _lands_of_war(parties: Parties) -> frozenset[str]:
    """The countries on whose ground a war is fought."""
    return frozenset(c for war in parties.wars.values() for c in war.countries)


def _parties_named(p: Passing) -> Iterator[Party]:
    """The parties that the passage names."""
    for s in p.scene.sides:
        party = p.knowledge.parties.party(s.word.party) if s.word.party else None
        if party is not None:
            yield party


def _at_war(p: Passing) -> bool:
    """Whether the passage names a party that is in a war."""
    return any(party.wars for party in _parties_named(p))


def _war_at_hand(p: Passing) -> bool:
    """Whether somebody armed is named in the passage."""
    if any(s.word.kind not in ("name", "demonym", "seat", "backer") for s in p.scene.sides):
        return True
    return bool(p.scene.words("gate.armed") & set(p.scene.low)) or bool(p.heard.parties)

"""Whether the words that a frame took for ground can be ground: names of people and of far-away places are turned down."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from reportedly.knowledge.parties import Parties
from reportedly.model import PlaceKind, PlaceRef, Relation
from reportedly.read.names.quarters import is_quarter
from reportedly.read.parties.binding import UNKNOWN
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import base_of

if TYPE_CHECKING:
    from reportedly.read.scene.passing import Passing

__all__ = ["implausible"]

HOME = frozenset({"UA"})  # the densest gazetteer: a name known there needs no other evidence
GROUND_ONLY = (Relation.CONTESTS, Relation.ADVANCES, Relation.LOSES)
WAR_NOUNS = frozenset({"fighting", "clashes"})  # which need no other word of war at a known place
VAGUE_NOUNS = frozenset({"battle", "battles", "fight", "fights", "clash", "clashes", "struggle"})


def implausible(p: Passing, a: Assertion, ref: PlaceRef, target: Target, party: str, relation: Relation) -> str | None:
    """Why a claim on this place cannot be meant, or None if it can."""
    mention = target.mention
    controlled = relation is Relation.TAKES and a.cue.words[-1] == "control"  # "took control of the north"
    if (peaceful := _peaceful(p, a, ref, party, relation)) is not None:
        return peaceful
    if is_quarter(mention) and relation is not Relation.HOLDS and not controlled:
        return "a front, not land"  # "gains in the east"
    own = mention.anaphor == "territory" and ref.kind is PlaceKind.COUNTRY
    if own and target.extent.kind == "whole":
        return "the whole land of a country"
    if ref.kind is PlaceKind.UNNAMED and party == UNKNOWN and not _war_at_hand(p):
        return "nobody and nowhere is named"
    if ref.kind is PlaceKind.UNNAMED or (mention.anaphor is not None and not a.attributive):
        return None
    if ref.kind is PlaceKind.COUNTRY and target.extent.kind == "whole" and party.lower() == mention.words.lower():
        return "a country does not take itself"
    no_gains = relation is Relation.ADVANCES and a.mood.denied  # "there were no gains in Ukraine"
    if (
        ref.kind is PlaceKind.COUNTRY
        and not no_gains
        and relation in GROUND_ONLY
        and not mention.vague
        and target.extent.kind == "whole"
    ):
        return "a whole country is not entered, neared or given up in a sentence"
    if (
        ref.kind is PlaceKind.COUNTRY
        and not no_gains
        and target.extent.kind == "whole"
        and relation is not Relation.ANNEXES
        and not a.attributive
        and not _war_at_hand(p)
    ):
        return "a whole country where nobody armed is spoken of"
    far = p.scene.low[a.start] == "siege" and mention.start < a.start  # "X, where 76 people died in a siege"
    if (p.scene.low[a.start] in VAGUE_NOUNS or far) and relation is Relation.CONTESTS and a.side is None:
        where = p.knowledge.gazetteer.place(ref.place_id) if ref.place_id is not None else None
        spelt = bool(ref.candidates) and ref.candidates[0].reason.startswith(("exact", "alternate"))
        spelt = spelt or (where is not None and where.kind is PlaceKind.REGION)
        at_war = spelt and where is not None and where.country in _lands_of_war(p.knowledge.parties)
        war_noun = mention.known and spelt and p.scene.low[a.start] in WAR_NOUNS
        if not at_war and not war_noun and not _war_at_hand(p):
            return "a fight without anybody armed"
    place = p.knowledge.gazetteer.place(ref.place_id) if ref.place_id is not None else None
    if relation is Relation.LOSES and ref.kind is PlaceKind.SETTLEMENT and a.side is None:
        if a.cue.frame.kind == "noun" and mention.start and p.scene.low[mention.start - 1] == "the":
            return "what bears the name with an article is no place"  # "the loss of the Moskva"
        denied = p.attributions.denied_by(a.start) is not None  # which nobody does of lost suitcases
        if a.passive and place is not None and place.country not in HOME and not (denied or _war_at_hand(p)):
            return "given up where nobody armed is spoken of"
    seized = ref.place_id is None or base_of(p.scene, a.start, "clauses.keeps")
    if seized and mention.kind is PlaceKind.SETTLEMENT and target.container is None and _surname(p, mention.words):
        return "the name of a person told before"
    if ref.place_id is None:
        words = mention.words.split()
        if base_of(p.scene, a.start, "clauses.frees") and len(words) > 1 and not ref.candidates:
            return "an unknown name of several words that is freed: a person"
        named = target.container is not None or mention.kind is PlaceKind.REGION or mention.vague
        if not mention.known and not named and not a.attributive and not _at_war(p) and not _war_at_hand(p):
            return "an unknown name where nobody at war is spoken of"
        if words[-1].lower() in p.scene.words("places.whole"):
            return None  # "Snake Island"
        typed = (
            mention.start > 1
            and p.scene.low[mention.start - 1] == "of"
            and p.scene.low[mention.start - 2] in p.scene.words("places.whole")
        )
        if (
            len(words) > 1
            and not any(c.reason.startswith(("exact", "alternate", "fold")) for c in ref.candidates)
            and not named
            and not typed
            and not _begins_as_place(p, words[0].lower(), relation)
            and all(not t.mention.known and len(t.mention.words.split()) > 1 for t in a.targets)
            and a.cue.words[0] not in p.scene.words("clauses.ground_alone")
            and a.cue.words[-1] != "control"
        ):
            return "an unknown name of several words: more likely a person"
        return None
    if (
        place is None
        or place.country in HOME
        or mention.kind is PlaceKind.REGION
        or ref.kind is not PlaceKind.SETTLEMENT
    ):
        return None
    if target.container is not None or place.country in _countries(p, party) or place.country in p.heard.countries:
        return None
    if any(
        place.country == party_.country
        for s in p.scene.sides
        if s.word.party and (party_ := p.knowledge.parties.party(s.word.party))
    ):
        return None
    k = p.scene.previous(mention.start)
    if k >= 0 and mention.anaphor is None and p.scene.low[k] in p.scene.words("places.whole") | {"of"}:
        return None
    return f"{party} holds no ground in {place.country}: more likely another name"


def _peaceful(p: Passing, a: Assertion, ref: PlaceRef, party: str, relation: Relation) -> str | None:
    """Why what is won, held or entered is no ground fought for: a match, a vote, an army's own city where there is no war."""
    scene = p.scene
    last = ref.words.split()[-1].lower() if " " in ref.words else ""
    if last in scene.words("names.contests"):
        return "a match or a cup"  # "in control of the Sydney Test"
    place = p.knowledge.gazetteer.place(ref.place_id) if ref.place_id is not None else None
    if place is None or place.country in _lands_of_war(p.knowledge.parties):
        return None
    words = {scene.low[k] for k in range(*scene.sentence[a.start])}
    won = relation in (Relation.TAKES, Relation.HOLDS, Relation.LOSES)
    if won and words & scene.words("clauses.polling") and not words & scene.listed("gate.armed", "clauses.agents"):
        return "won by votes"
    known = p.knowledge.parties.party(party) if relation is Relation.CONTESTS else None
    home = known is not None and known.kind == "state" and known.country == place.country
    return "an army's own city in a country at peace" if home else None


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


def _at_war(p: Passing) -> bool:
    """Whether the passage names a party that is in a war."""
    known = (p.knowledge.parties.party(s.word.party) for s in p.scene.sides if s.word.party)
    return any(party is not None and party.wars for party in known)


def _war_at_hand(p: Passing) -> bool:
    """Whether somebody armed is named in the passage."""
    if any(s.word.kind not in ("name", "demonym", "seat", "backer") for s in p.scene.sides):
        return True
    return bool(p.scene.words("gate.armed") & set(p.scene.low)) or bool(p.heard.parties)

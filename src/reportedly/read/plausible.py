"""Whether the words that a frame took for ground can be ground: names of people and of far-away places are turned down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.model import PlaceKind, PlaceRef, Relation
from reportedly.read.asserted import Assertion
from reportedly.read.target import Target

if TYPE_CHECKING:
    from reportedly.read.passing import Passing

__all__ = ["implausible"]

HOME = frozenset({"UA"})  # the densest gazetteer: a name known there needs no other evidence
GROUND_ONLY = (Relation.CONTESTS, Relation.ADVANCES, Relation.LOSES)
WAR_NOUNS = frozenset({"fighting", "clashes"})  # which need no other word of war at a known place
VAGUE_NOUNS = frozenset({"battle", "battles", "fight", "fights", "fighting", "clash", "clashes", "combat", "struggle"})


def implausible(p: Passing, a: Assertion, ref: PlaceRef, target: Target, party: str, relation: Relation) -> str | None:
    """Why a claim on this place cannot be meant, or None if it can."""
    mention = target.mention
    own = mention.anaphor == "territory" and ref.kind is PlaceKind.COUNTRY
    if own and target.extent.kind == "whole":
        return "the whole land of a country"
    if ref.kind is PlaceKind.UNNAMED or (mention.anaphor is not None and not a.attributive):
        return None
    if ref.kind is PlaceKind.COUNTRY and target.extent.kind == "whole" and party.lower() == mention.words.lower():
        return "a country does not take itself"
    if (
        ref.kind is PlaceKind.COUNTRY
        and relation in GROUND_ONLY
        and not mention.vague
        and target.extent.kind == "whole"
    ):
        return "a whole country is not entered, neared or given up in a sentence"
    vague = p.scene.low[a.start] in VAGUE_NOUNS and not (mention.known and p.scene.low[a.start] in WAR_NOUNS)
    if vague and relation is Relation.CONTESTS and not _war_at_hand(p):
        return "a fight without anybody armed"
    if ref.place_id is None:
        words = mention.words.split()
        named = target.container is not None or mention.kind is PlaceKind.REGION or mention.vague
        if not mention.known and not named and not p.scene.sides and not _war_at_hand(p):
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
            and not mention.known
            and len(a.targets) == 1
        ):
            return "an unknown name of several words: more likely a person"
        return None
    place = p.knowledge.gazetteer.place(ref.place_id)
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


def _countries(p: Passing, party: str) -> set[str]:
    """Where a party fights."""
    known = p.knowledge.parties.party(party)
    if known is None:
        return set(p.heard.countries)
    wars = [p.knowledge.parties.wars[w] for w in known.wars if w in p.knowledge.parties.wars]
    return {*known.countries, *([known.country] if known.country else []), *(c for war in wars for c in war.countries)}


def _war_at_hand(p: Passing) -> bool:
    """Whether somebody armed is named in the passage."""
    if any(s.word.kind not in ("name", "demonym", "seat", "backer") for s in p.scene.sides):
        return True
    return bool(p.scene.words("gate.armed") & set(p.scene.low)) or bool(p.heard.parties)

"""Whose ground the claims of an assertion are about: as its own words tell, then put right by what else the passage tells.

The words are `read.parties`' affair. Here stand the claims before it, land that is called occupied, who tells of it, what the
party held before, and whose country it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reportedly.knowledge.parties import SideWord
from reportedly.model import NARRATOR, Attribution, PlaceKind, PlaceRef, Polarity, Relation
from reportedly.read.claims.each_claims import Row as Teller
from reportedly.read.claims.each_claims import each_claims
from reportedly.read.claims.otherwise import Row
from reportedly.read.claims.whose import by_tellers
from reportedly.read.parties.binding import bind
from reportedly.read.parties.irregulars import armed_beside
from reportedly.read.parties.neither import both_gain, neither, neither_side
from reportedly.read.parties.who import choose_party
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.passing import Passing
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.target import Target
from reportedly.read.verbs.occupied_land import land_named
from reportedly.resolve.parties import opponent

__all__ = ["ClaimCase", "find_party"]

OWN = frozenset({"we", "our", "ours"})


@dataclass(slots=True)
class ClaimCase:
    """An assertion with its places and who tells of it, and whose it is as far as the rules have been asked."""

    p: Passing
    a: Assertion
    attribution: Attribution
    rows: list[Row]
    pairs: list[tuple[PlaceRef, Target]]
    countries: Sequence[str]  # of its places
    party: str | None = None
    why: str = ""
    both: tuple[str, ...] = ()  # two parties of whom it is told at once
    each: tuple[Teller, ...] = ()  # two parties that claim it each for itself

    @property
    def scene(self) -> Scene:
        """The passage."""
        return self.p.scene

    @property
    def relation(self) -> Relation:
        """What the frame states."""
        return self.a.cue.frame.relation

    @property
    def noun(self) -> bool:
        """Whether a noun tells of it that names no side."""
        return self.a.cue.frame.kind == "noun" and self.a.side is None

    def is_of(self, party: str | None, why: str) -> None:
        """Make it a party's."""
        self.party, self.why = party, why

    def party_of(self, word: SideWord) -> str | None:
        """The party that a side word means here."""
        return bind(word, self.p.knowledge.parties, self.attribution.side, self.countries, self.p.heard)[0]

    def foe_of(self, party: str) -> str | None:
        """Who fights a party there."""
        parties = self.p.knowledge.parties
        return opponent(party, parties, countries=self.countries, heard=self.p.heard.parties)


Rule = Callable[[ClaimCase], bool]
"""Alters the party, or says by False that nobody's ground is told of."""


def find_party(c: ClaimCase) -> bool:
    """Find the party of a case, None with a reason where it cannot be told; whether ground is told of at all."""
    parties, attribution = c.p.knowledge.parties, _of_denier(c)
    c.is_of(*choose_party(c.scene, c.a, attribution, c.p.heard, parties, c.countries, c.pairs[0][0].words))
    return all(rule(c) for rule in RULES)


def _of_denier(c: ClaimCase) -> Attribution:
    """Who speaks, with the side that their last denial tells: "X is not captured. Our units are inside the town," a corps said."""
    who = c.attribution
    if who.side is not None or who.source == NARRATOR:
        return who
    start, end = c.scene.sentence[c.a.start]
    if OWN.isdisjoint(c.scene.low[start:end]):
        return who
    denied = next((d for d in reversed(c.p.claims) if d.attribution.source == who.source), None)
    if denied is None or denied.polarity is not Polarity.DENIED or denied.party is None:
        return who
    side = denied.party if denied.relation is Relation.LOSES else c.foe_of(denied.party)
    return replace(who, side=side)


def _of_claim_before(c: ClaimCase) -> bool:
    """ "Y confirmed the capture": of whom the claim before it tells; "Y denied its loss" after a capture: not of who captured."""
    claims, a = c.p.claims, c.a
    if not c.noun or not claims or a.targets[0].mention.start != a.start:
        return True
    last = claims[-1]
    own = c.scene.low[a.start - 1] in ("their", "its") or last.relation in (Relation.TAKES, Relation.HOLDS)
    if c.relation is not Relation.LOSES or not own:
        c.is_of(last.party, "of the claim before, which is confirmed or denied")
        return True
    if c.attribution.side is None and not _of_fighters(c.scene, c.attribution):
        return False  # "company denies loss"
    if c.party is not None and c.party == last.party:  # who took it has not lost it
        c.is_of(c.foe_of(c.party) or c.party, "who fights those that took it")
    return True


def _of_fighters(scene: Scene, attribution: Attribution) -> bool:
    return not scene.words("clauses.agents").isdisjoint(str(attribution.source).lower().split())


def _occupier(c: ClaimCase) -> bool:
    """ "Occupied X", where the land tells who alone occupies it."""
    land = land_named(c.scene, c.a, c.pairs[0][1].mention)
    occupier = c.scene.cues.occupiers.get(land)
    if c.a.attributive and occupier and c.relation is not Relation.LOSES and c.a.side is None:
        c.is_of(occupier, f"“occupied {land}”")
    return True


def _fighters_before(c: ClaimCase) -> bool:
    if (armed := armed_beside(c.scene, c.a, c.p.knowledge.parties, c.party_of)) is not None:
        c.is_of(armed, "the fighters before the noun")
    return True


def _of_two(c: ClaimCase) -> bool:
    """ "Neither A nor B holds X", "neither side holds X", "A's and B's forces advanced near X"."""
    c.both = neither(c.scene, c.a, c.party_of)
    if c.both:
        c.is_of(c.both[0], "one of both that “neither” names")
        return True
    if neither_side(c.scene, c.a):
        c.is_of(None, "neither side")
    c.both = both_gain(c.scene, c.a, c.party_of, c.foe_of)
    return True


def _by_who_tells(c: ClaimCase) -> bool:
    c.each = each_claims(c.p, c.a, c.attribution, c.party_of, c.countries)
    if c.each:
        c.is_of(c.each[0][0], "each of two speakers claims it")
    elif c.party is not None:
        c.is_of(*by_tellers(c.p, c.a, c.a.mood, c.attribution, c.rows, c.party, c.why, c.countries))
    return True


def _not_who_held(c: ClaimCase) -> bool:
    """ "They failed to hold X, which fell in May": not to themselves."""
    falls = c.party is not None and c.a.cue.frame.name == "falls" and c.a.side is None
    if falls and c.party is not None and _holder(c.p, c.a, c.party, c.pairs[0][0].words):
        c.is_of(c.foe_of(c.party) or c.party, "who fights those that held it")
    return True


def _holder(p: Passing, a: Assertion, party: str, words: str) -> bool:
    """Whether the sentence told before that the party held the place which falls."""
    start = p.scene.sentence[a.start][0]
    told = (
        c for c, t in zip(p.claims, p.tokens, strict=True) if t >= start and c.party == party and c.place.words == words
    )
    return any(c.relation in (Relation.HOLDS, Relation.LOSES) for c in told)


def _not_its_own(c: ClaimCase) -> bool:
    """Nobody annexes their own ground, unless "the four regions it annexed" are nobody's by their name."""
    if c.relation is not Relation.ANNEXES or c.a.side is not None or not c.countries or c.party is None:
        return True
    home = c.p.knowledge.parties.state_of(c.countries[0])
    own = home is not None and home.id == c.party and c.pairs[0][0].kind is not PlaceKind.UNNAMED
    if own and (foe := c.foe_of(c.party)) is not None:
        c.is_of(foe, f"{c.party} does not annex its own ground")
    return True


RULES: tuple[Rule, ...] = (
    _of_claim_before, _occupier, _fighters_before, _of_two, _by_who_tells, _not_who_held, _not_its_own,
)  # fmt: skip

"""An assertion whose party is asked for, with all that may tell it: what the rules in `who` are asked of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reportedly.knowledge.parties import Parties, Party, SideWord
from reportedly.model import NARRATOR, Attribution, Relation
from reportedly.read.parties.binding import TAKEN_AGAIN, bind, speakers
from reportedly.read.parties.nearby import nearest_left
from reportedly.read.parties.words import speaks
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.heard import Heard
from reportedly.read.scene.scene import Scene, Side
from reportedly.resolve.parties import opponent

__all__ = ["Answer", "PartyCase", "first_answer"]

Answer = tuple[str | None, str]
"""A party, or None where nobody can be meant, and why."""

BACK_AGAIN = frozenset({"but", "however", "until"})  # between who took a place and that it was taken again


@dataclass
class PartyCase:
    """An assertion, who says it, whom the report spoke of before, the countries of its places and those behind them."""

    scene: Scene
    a: Assertion
    attribution: Attribution
    heard: Heard
    parties: Parties
    countries: Sequence[str]
    lands: Sequence[str]
    speaker: str | None  # the side that "our" and "the enemy" are told by
    place: str  # the name of its first place, which "the town" stands for

    def bind(self, word: SideWord, others: frozenset[str] = frozenset()) -> Answer:
        """The party that a side word means here; `others`: parties that it cannot."""
        return bind(word, self.parties, self.speaker, self.lands, self.heard, others)

    def speakers(self) -> Answer:
        """The side of who says it, though no side of theirs is known."""
        return speakers(self.attribution, self.heard, self.parties, self.lands, self.scene)

    def foe(self, party: str | None) -> str | None:
        """Who fights a party there, of those spoken of."""
        return opponent(party, self.parties, countries=self.lands, heard=self.heard.parties) if party else None

    def behind(self, count: int, *, skip: int = 0) -> tuple[str, ...]:
        """Some words behind the cue."""
        return self.scene.low[self.a.end + skip : self.a.end + skip + count]

    def latest(self) -> str | None:
        """Who was spoken of last of those who may take ground there."""
        return next((id_ for id_ in self.heard.parties if self.fights(id_)), None)

    @property
    def relation(self) -> Relation:
        """The relation of the assertion's frame."""
        return self.a.cue.frame.relation

    @property
    def narrated(self) -> bool:
        """Whether the report says it in its own voice."""
        return self.attribution.source == NARRATOR

    @cached_property
    def noun(self) -> bool:
        """Whether the cue is a noun."""
        return self.a.cue.frame.kind == "noun"

    @cached_property
    def given(self) -> bool:
        """Whether the frame names its party with the cue ("is under the control of"), and no side stands there."""
        return self.a.cue.frame.party == "to" and self.a.side is None

    @cached_property
    def by(self) -> bool:
        """Whether "by" follows a passive without a known side."""
        done = self.a.passive or self.a.attributive  # "a territory controlled by X"
        return done and self.a.side is None and self.behind(1) == ("by",)

    @cached_property
    def home(self) -> Party | None:
        """The state of the place."""
        return self.parties.state_of(self.countries[0]) if self.countries else None

    @cached_property
    def ruler(self) -> Party | None:
        """The state of the place, or of the passage where the place has no country."""
        return self.parties.state_of(self.lands[0]) if self.lands else None

    @cached_property
    def nobody(self) -> bool:
        """Whether the subject is "nobody", "no one", "no troops"."""
        subject = self.a.subject
        if subject is None or not self.a.mood.denied or self.a.passive:
            return False
        word = self.scene.low[subject]
        some = word in ("one", "soldier", "unit") and self.scene.low[subject - 1] == "no"
        return word in ("nobody", "none") or some

    @cached_property
    def again(self) -> bool:
        """Whether the verb tells that a place is taken again: "retaken", "won back"."""
        words = self.a.cue.words
        return words[0] in TAKEN_AGAIN or words[-1] == "back" or self.behind(1) == ("back",)

    @cached_property
    def named_before(self) -> Side | None:
        """The side named last before the cue, unless the place was taken back from it since."""
        near = nearest_left(self.scene, self.a)
        turned = self.a.passive and self.again and self.home is not None
        between = self.scene.low[near.end : self.a.start] if near is not None else ()
        by = (
            near is not None and "by" in self.scene.low[max(0, near.start - 2) : near.start]
        )  # "seized by Y and retaken"
        if turned and (BACK_AGAIN & set(between) or (by and "and" in between)):
            return None  # "A's army took X in March, but the town was retaken"
        return near

    @cached_property
    def near(self) -> Side | None:
        """The same, unless that side only announces what a noun tells: who announces a capture need not be who captured."""
        near = self.named_before
        theirs = self.relation is Relation.LOSES and self.scene.low[self.a.start - 1] in ("their", "its")
        plain = self.noun and not self.a.mood.denied and not theirs
        if (
            near is not None
            and plain
            and (speaks(self.scene, near, self.attribution) or not self.fights(near.word.party))
        ):
            return None
        return near

    def fights(self, id_: str | None) -> bool:
        """Whether a party may take ground where the place is: a state without a war there only speaks of it ("EU condemns the
        seizure of X"), and who helps another there means those whom it helps.
        """
        if id_ is not None and self.parties.helps(id_, self.lands):
            return False
        party = self.parties.party(id_) if id_ is not None else None
        at_war = self.ruler is not None and bool(self.ruler.wars)
        if party is None or party.kind != "state" or not at_war:
            return True
        wars = {country for war in party.wars for country in self.parties.wars[war].countries}
        return not {party.country, *party.countries, *wars}.isdisjoint(self.lands)


def first_answer(rules: Iterable[Callable[..., Answer | None]], *asked: Any) -> Answer | None:
    """What the first of some rules that can tell answers; None where none can."""
    for rule in rules:
        if (answer := rule(*asked)) is not None:
            return answer
    return None

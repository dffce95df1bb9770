"""Whom a pronoun as subject stands for, "its forces", "the group": whoever acts around it, whoever says so, whoever was named last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportedly.knowledge.parties import Parties, SideKind, SideWord
from reportedly.model import Attribution
from reportedly.read.parsing.tags import IN_PHRASE
from reportedly.read.parties.ahead import subject_ahead
from reportedly.read.parties.binding import bind
from reportedly.read.parties.case import Answer, PartyCase
from reportedly.read.parties.nearby import (
    acted_before,
    acts_throughout,
    first_actor,
    forces_between,
    given_to,
    giving_subject,
    last_before,
    named_beside,
    nearest_left,
    owner_aside,
    told_of_first,
)
from reportedly.read.parties.words import of_others, own_words, speaker_as_written
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.heard import Heard
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.sides import side_of_phrase
from reportedly.read.scene.subjects import relative_head
from reportedly.resolve.parties import opponent

__all__ = ["driven_out", "group_before", "pronoun"]

FORCING = frozenset({"forced", "forcing", "force", "compelled", "made", "obliged"})  # whom somebody makes leave
WATCHERS = frozenset({"outlet", "agency", "analyst", "channel"})  # who do not fight: "they" are others
WE = frozenset({"we", "i", "us"})
IT = frozenset({"it"})
THEY = frozenset({"they"})
ACTING = IT | THEY
THEM = frozenset({"them"})
RELATIVE = frozenset({"who", "which", "that"})
OTHERS = ACTING | THEM | RELATIVE | {"he", "she"}
OWNED = frozenset({"its", "their", "his"})
OF_PHRASE = tuple(tag for tag in IN_PHRASE if tag != "DT")  # tags of words before a noun of the same phrase
LEADING = frozenset({"in", "to", "on", "at", "under", "with", "by", "from", "for", "of", "despite"})  # to no subject


@dataclass(slots=True)
class _Pronoun:
    """A pronoun as subject, or a noun that one stands before."""

    c: PartyCase
    at: int
    word: str
    left: tuple[str, ...]  # at most three words before it in its own phrase

    @property
    def scene(self) -> Scene:
        """The passage."""
        return self.c.scene

    @property
    def said(self) -> Attribution:
        """Who says so."""
        return self.c.attribution

    def party_of(self, word: SideWord) -> Answer:
        """The party that a side word means to whoever says so."""
        return bind(word, self.c.parties, self.said.side, self.c.lands, self.c.heard)

    def goes_to(self, side: Side | None, whom: str = "") -> Answer | None:
        """The answer where the pronoun goes to a side."""
        if side is None:
            return None
        party, why = self.party_of(side.word)
        return party, f"the pronoun goes to {whom}: {why}" if whom else f"the pronoun goes to {why}"


def pronoun(c: PartyCase) -> Answer:
    """A pronoun or "its forces" as subject: the reporter's side, else who was heard last; "its rivals" are who fights them."""
    assert c.a.subject is not None
    party, why = _stands_for(c, c.a.subject)
    if party is None or c.scene.low[c.a.subject] not in c.scene.words("clauses.rivals"):
        return party, why
    return opponent(party, c.parties, countries=c.lands, heard=c.heard.parties), f"who fights {party}"


def _stands_for(c: PartyCase, subject: int) -> Answer:
    """The same, of whom the subject's own words make nothing else."""
    p = _Pronoun(c, subject, c.scene.low[subject], _own_phrase(c.scene, subject))
    if "our" in p.left and p.said.side is None and c.narrated:
        return _ours(c)
    if p.word in WE or "our" in p.left:
        return c.speakers()
    if p.word not in OTHERS and OWNED.isdisjoint(p.left):
        return None, ""
    for words, rule in RULES:
        if (words is None or p.word in words) and (answer := rule(p)) is not None:
            return answer
    return None, ""


def _own_phrase(scene: Scene, subject: int) -> tuple[str, ...]:
    """At most three words before a subject that belong to it: "their own men", but nothing of "in his view fighters took X"."""
    first, start = subject, max(scene.sentence[subject][0], subject - 3)
    while first > start and scene.tag[first - 1].startswith(OF_PHRASE):
        first -= 1
        if scene.tag[first] == "PRP$":
            noun = any(tag.startswith("NN") for tag in scene.tag[first + 1 : subject])
            return (
                ()
                if noun and scene.low[first - 1 : first] and scene.low[first - 1] in LEADING
                else scene.low[first:subject]
            )
    return scene.low[first:subject]


def _ours(c: PartyCase) -> Answer:
    """ "Our troops" of a report that names no side of its own."""
    if c.scene.words("names.russian") & c.scene.vocabulary:
        return "RU", "“our” in a text that spells names from Russian"
    state = c.ruler
    return (state.id, f"“our” without a known speaker: those of {state.id}") if state else (None, "")


def _antecedent(p: _Pronoun) -> Answer | None:
    """ "The rebels, who took X", "his men who took X", "the fighters of A that took X"."""
    scene, a = p.scene, p.c.a
    owner = relative_head(scene, p.at)
    before = side_of_phrase(scene, owner) if owner is not None else None
    before = before or (named_beside(scene, owner) if owner is not None else None) or nearest_left(scene, a)
    if before is not None:
        return p.party_of(before.word)
    if owner is not None and p.said.side is not None and _own_men(scene, owner):
        return p.said.side, "who speaks of their own"
    named = own_words(scene, owner, a.start, p.c.parties) if owner is not None else None
    return (named, "the antecedent as written") if named is not None else None


def _giver(p: _Pronoun) -> Answer | None:
    return p.goes_to(giving_subject(p.scene, p.c.a.start), "who is to give it up")


def _owner(p: _Pronoun) -> Answer | None:
    return p.goes_to(owner_aside(p.scene, p.c.a), "who acts")


def _given(p: _Pronoun) -> Answer | None:
    return p.goes_to(given_to(p.scene, p.at), "who is given something")


def _actor_around(p: _Pronoun) -> Answer | None:
    return p.goes_to(acts_throughout(p.scene, p.at), "who acts in the clause around it")


def _actor_first(p: _Pronoun) -> Answer | None:
    return p.goes_to(first_actor(p.scene, p.c.a.start), "who acts before")


def _forces_between(p: _Pronoun) -> Answer | None:
    theirs = p.word == "they" or "their" in p.left
    return p.goes_to(forces_between(p.scene, p.c.a, p.said)) if theirs else None


def _forced(p: _Pronoun) -> Answer | None:
    """ "We forced them to leave X"."""
    if p.scene.low[p.at - 1] not in FORCING:
        return None
    fighting = p.c.heard.fighting(p.c.parties, p.c.lands)
    foe = next((h for h in fighting if h != p.said.side), None)
    return (foe, "who is forced to go by those who say so") if foe is not None else None


def _other(p: _Pronoun) -> str | None:
    """Who was spoken of last but who says so."""
    return next((h for h in p.c.heard.parties if h != p.said.side), None)


def _spoken_of_by_many(p: _Pronoun) -> Answer | None:
    """ "Officials said it had taken X"."""
    if not p.said.source.endswith(("officials", "sources", "bloggers")) or (other := _other(p)) is None:
        return None
    return other, "the pronoun goes to who was spoken of last: several speak"


def _of_others(p: _Pronoun) -> Answer | None:
    theirs = p.word == "they" or "their" in p.left
    if not theirs or p.said.side is None or not of_others(p.scene, p.c.a, p.said):
        return None
    foe = _other(p) or opponent(p.said.side, p.c.parties, countries=p.c.lands, heard=p.c.heard.parties)
    return (foe, "who speaks of “they” means the others") if foe is not None else None


def _said_behind(p: _Pronoun) -> Answer | None:
    """ "They had not entered it, he added"."""
    cue = p.said.cue_span if p.scene.opens(p.at) else None
    if cue is None or cue.start <= p.scene.doc[p.at].idx:
        return None
    return _acted_before(p)


def _acted_before(p: _Pronoun) -> Answer | None:
    return p.goes_to(acted_before(p.scene, p.at), "who acts in the sentence before")


def _opener(p: _Pronoun) -> Answer | None:
    return p.goes_to(told_of_first(p.scene, p.c.a, p.said), "the subject of the sentence")


def _watched(p: _Pronoun) -> Answer | None:
    """Of whom those speak who only watch: "They have taken X, the agency said"."""
    c, source = p.c, p.c.parties.source_of(p.said.source)
    if source is None or source.kind not in WATCHERS:
        return None
    if (acted := acted_before(p.scene, p.at)) is not None:
        party, why = bind(acted.word, c.parties, None, c.lands, c.heard)
        return party, f"{p.said.source} speaks of who acts in the sentence before: {why}"
    return (c.heard.parties[0], f"{p.said.source} speaks of who was spoken of last") if c.heard.parties else None


def _told_before(p: _Pronoun) -> Answer | None:
    return p.goes_to(_told_of_before(p.scene, p.c.a, p.said), "who acts in the sentence before")


def _reporter(p: _Pronoun) -> Answer | None:
    if p.said.cue_span is None or p.said.side is None or p.word == "he":
        return None
    return p.said.side, "the pronoun goes to the reporter's side"


def _who_say_so(p: _Pronoun) -> Answer | None:
    """ "Forces loyal to X denied that they had left"."""
    speaking = _speaking_side(p.scene, p.said)
    if speaking is None:
        return None
    if speaking.party is not None:
        return speaking.party, "those who say so"
    if speaking.kind is not SideKind.GENERIC:
        return None
    party, why = bind(speaking, p.c.parties, None, p.c.lands, p.c.heard)
    return party, f"those who say so: {why}"


def _state_speaking(p: _Pronoun) -> Answer | None:
    """ "The army said it had left", "the transitional government": that of the country of the place."""
    parties, said = p.c.parties, p.said.source.casefold().removeprefix("the ").split()
    if p.word == "who" or not said or said[-1] not in parties.nouns("state_forces"):
        return None
    state = p.c.ruler if set(said[:-1]) <= parties.nouns("ranks") else None
    return (state.id, f"“{p.said.source}” is that of the country of the place") if state is not None else None


def _as_written(p: _Pronoun) -> Answer | None:
    written = speaker_as_written(p.said, p.c.parties)
    return (written, "those who say so, as written") if written is not None else None


def _nearest(p: _Pronoun) -> Answer | None:
    return p.goes_to(nearest_left(p.scene, p.c.a))


def _spoken_of(p: _Pronoun) -> Answer | None:
    heard = p.c.heard.parties
    return (heard[0], "the pronoun goes to who was spoken of last") if heard else None


def _named_around(p: _Pronoun) -> Answer | None:
    return p.goes_to(last_before(p.scene, p.c.a.start) or subject_ahead(p.scene, p.c.a.start))


def _country(p: _Pronoun) -> Answer | None:
    """ "Links Russia with Crimea, which it seized": the country named last before, not that of the place."""
    start, parties = p.scene.sentence[p.at][0], p.c.parties
    named = (s.word.party for s in reversed(p.scene.sides) if start <= s.start < p.at and s.word.kind is SideKind.NAME)
    states = (party for id_ in named if id_ is not None and (party := parties.party(id_)) is not None)
    country = next((x.id for x in states if x.country is not None and x.country not in p.c.lands), None)
    return (country, "the pronoun goes to the country named before") if country is not None else None


RULES: tuple[tuple[frozenset[str] | None, Callable[[_Pronoun], Answer | None]], ...] = (
    (RELATIVE, _antecedent), (ACTING, _giver), (IT, _owner), (IT, _given), (ACTING, _actor_around), (ACTING, _actor_first),
    (None, _forces_between), (THEM, _forced), (IT, _spoken_of_by_many), (None, _of_others), (THEY, _said_behind), (IT, _opener),
    (THEY, _watched), (THEY, _told_before), (None, _reporter), (THEY, _who_say_so), (None, _state_speaking), (THEY, _as_written),
    (None, _nearest), (ACTING, _acted_before), (None, _spoken_of), (None, _named_around), (IT, _country),
)  # fmt: skip
"""Rules with the words that they are about, None for all."""


def _told_of_before(scene: Scene, a: Assertion, attribution: Attribution) -> Side | None:
    """Who acts in the sentence before "According to the army, they have taken X", where that is not the army's side."""
    assert a.subject is not None
    start, cue = scene.sentence[a.start][0], attribution.cue_span
    opens = cue is not None and cue.start == scene.doc[start].idx and scene.low[start] == "according"
    acted = acted_before(scene, start) if opens and start else None
    return acted if acted is not None and acted.word.party not in (None, attribution.side) else None


def _own_men(scene: Scene, noun: int) -> bool:
    """Whether "his men", "their fighters" stands at a noun."""
    armed = scene.low[noun] in scene.words("clauses.agents") | {"men"}
    return armed and any(
        c.dep_ == "poss" and c.lower_ in ("his", "her", "its", "their") for c in scene.doc[noun].children
    )


def _speaking_side(scene: Scene, attribution: Attribution) -> SideWord | None:
    """The side word that is who says so ("Rebels said they had pulled out")."""
    span = attribution.source_span
    if span is None:
        return None
    doc = scene.doc
    inside = (s for s in scene.sides if span.start <= doc[s.start].idx < span.end)
    return next((s.word for s in inside), None)


def driven_out(c: PartyCase) -> Answer:
    """Who "it", "they", "the group" are that were driven out: only forces, for people are driven from their homes as well."""
    subject = c.a.subject
    assert subject is not None
    if (group := group_before(c.scene, subject, c.heard, c.parties)) is not None:
        return group, "“the group” is who was spoken of last"
    kinds = (SideKind.FORCES, SideKind.GENERIC)
    if c.attribution.side is None and not any(s.start < subject and s.word.kind in kinds for s in c.scene.sides):
        return None, "nothing says that forces are driven out"
    return pronoun(c)


def group_before(scene: Scene, subject: int, heard: Heard, parties: Parties) -> str | None:
    """Whom "the group" or "the fighters" without more takes up: the armed group spoken of last in the sentence, or before it."""
    if scene.low[subject] not in ("group", "movement", "alliance", "militia", "fighters"):
        return None
    backed = (
        scene.low[subject - 1] in parties.nouns("backed") and scene.low[subject - 2] == "-"
    )  # "the Iran-aligned group"
    first = subject - 3 if backed else subject
    if scene.low[first - 1] != "the":
        return None
    if not backed and any(c.dep_ in ("amod", "compound", "appos") for c in scene.doc[subject].children):
        return None
    start = scene.sentence[subject][0]
    named = [
        s.word.party
        for s in scene.sides
        if start <= s.start < subject and s.word.kind is SideKind.FORCES and s.word.party
    ]
    if named:
        return named[-1]
    spoken = (*heard.parties, *reversed(heard.named), *heard.earlier)
    armed = (id_ for id_ in spoken if (party := parties.party(id_)) is not None and party.kind == "group")
    return next(armed, heard.latest())

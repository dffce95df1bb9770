"""The party of an assertion by the side that its frame has: who stands there as subject, agent or owner, or who fights them."""

from __future__ import annotations

from reportedly.knowledge.parties import SideKind
from reportedly.model import Relation
from reportedly.read.frames.noun_sides import CAUGHT, PRAISED
from reportedly.read.parties.binding import OCCUPYING, TAKEN_AGAIN, foreign_army, named_against, taken_from
from reportedly.read.parties.case import Answer, PartyCase, first_answer
from reportedly.read.parties.default import by_role
from reportedly.read.parties.nearby import acted_before, foe_behind, nearest_left, owned_by_pronoun
from reportedly.read.parties.words import governor_side, lost_to, owner_side
from reportedly.read.scene.scene import Side
from reportedly.read.scene.sides import side_in, side_of_phrase
from reportedly.read.scene.subjects import phrase_of
from reportedly.resolve.parties import opponent

__all__ = ["by_chief_of_winners", "by_side", "by_words_before"]

NO_STATES = frozenset({"foreign", "private", "mercenary"})  # before an army that is not that of the country

WINNERS = 6  # tokens between "fell to" and those whom it fell to
COUNTERED = frozenset({"counter-attacks", "counter-attack"})


def by_side(c: PartyCase) -> Answer | None:
    """Who the side of the frame is, or who fights it."""
    return first_answer(
        (_caught, _acts_alone, _won_from, _by_chief, _of_state, _own, _by_who_praises, _named, _opponent), c
    )


def by_chief_of_winners(c: PartyCase) -> Answer | None:
    """Whose men a place fell to that are only told by their chief: "X fell to Prigozhin's men", "into the hands of Makenga's fighters"."""
    a, scene = c.a, c.scene
    if a.cue.frame.party != "to" or a.side is not None:
        return None
    stop = min(a.end + WINNERS, scene.sentence[a.start][1])
    armed = scene.words("clauses.agents") | c.parties.nouns("armed") | {"men"}
    men = next((k for k in range(a.end, stop) if scene.low[k] in armed), None)
    side = owner_side(scene, men, c.parties) if men is not None else None
    return (side, "whose men it fell to") if side is not None and c.fights(side) else None


def by_words_before(c: PartyCase) -> Answer | None:
    """Who an adjective or a participle before or behind its noun means ("X, captured in March", "occupied X")."""
    a = c.a
    if (foe := taken_from(c.scene, a, c.parties, c.speaker, c.lands, c.heard)) is not None:
        return foe, "the opponent of those whom it is taken from"
    if not a.attributive:
        return None
    if a.cue.frame.kind == "verb" and c.relation is Relation.LOSES and (near := nearest_left(c.scene, a)) is not None:
        party, why = c.bind(near.word)
        if party is not None:
            return party, f"whose units these are: {why}"
    if (answer := _by_nobody(c)) is not None:
        return answer
    return by_role(c)


def _by_nobody(c: PartyCase) -> Answer | None:
    """Whom a bare participle means: "X, retaken last September", "Y, captured in May", "Z, lost on Friday"."""
    a, home, word = c.a, c.home, c.a.cue.words[0]
    if not a.passive or a.side is not None or a.cue.frame.kind != "verb" or a.cue.frame.default or home is None:
        return None
    if (word in TAKEN_AGAIN and c.relation is Relation.TAKES) or (home.id == "UA" and c.relation is Relation.LOSES):
        return home.id, f"nobody is named: “{a.cue.text}” by those whose country it is"
    if c.relation not in (Relation.TAKES, Relation.CONTESTS) or word in OCCUPYING:
        return None
    if home.id == "UA":
        return "RU", "nobody is named: who attacks in this war"
    foe = c.foe(home.id) if not c.heard.parties else None
    return (foe, f"nobody is named: who fights {home.id} there") if foe is not None else None


def _by_who_praises(c: PartyCase) -> Answer | None:
    """Whose forces are praised that have no name: "Putin congratulated the army on the capture of X"."""
    if c.a.who != PRAISED or c.a.side is None or c.a.side.word.party is not None:
        return None
    praise = c.scene.doc[c.a.start].head
    side = governor_side(c.scene, praise.i, c.parties)
    return (side, "whose forces are praised for it") if side is not None and c.fights(side) else None


def _caught(c: PartyCase) -> Answer | None:
    """Who surrounds a side."""
    side = c.a.side
    if side is None or c.a.who != CAUGHT:
        return None
    unsided = side.word.kind is SideKind.OWN and c.speaker is None and not c.narrated
    caught, _ = c.speakers() if unsided else c.bind(side.word)
    return c.foe(caught), f"the opponent of {caught}, who is surrounded"


def _acts_alone(c: PartyCase) -> Answer | None:
    side = c.a.side
    if side is not None and side.word.words.startswith("Wagner") and c.countries[:1] == ["RU"]:
        return "Wagner Group", "Wagner acts for itself on Russian ground"
    return None


def _won_from(c: PartyCase) -> Answer | None:
    """Who lost a place "to" somebody."""
    if (winner := lost_to(c.scene, c.a)) is None:
        return None
    won, _ = c.bind(winner.word)
    if won is None:
        return None
    taken_up = c.a.subject is not None and c.scene.low[c.a.subject] in ("it", "they")
    actor = acted_before(c.scene, c.a.subject) if taken_up and c.a.subject is not None else None
    if actor is not None and (gave := c.bind(actor.word)[0]) not in (None, won):
        return gave, "who acts in the sentence before"  # "Russia agreed to peace. It ceded X to Turkey"
    loser = opponent(won, c.parties, countries=c.lands, heard=c.heard.fighting(c.parties, c.lands))
    return loser, f"who lost it to {won}"


def _by_chief(c: PartyCase) -> Answer | None:
    """The side of the person in "retaken by Assad"."""
    agent = next((t for t in c.scene.doc[c.a.end].children if t.dep_ == "pobj"), None) if c.by else None
    if agent is None or agent.tag_ != "NNP":
        return None
    chief = c.parties.side_of(c.scene.text(agent.left_edge.i, agent.i + 1))
    return (chief, "the side of who did it") if chief is not None else None


def _of_state(c: PartyCase) -> Answer | None:
    """Whose army "its army" is: of the subject, of who speaks, of who was named before."""
    a, side = c.a, c.a.side
    if side is None or side.word.kind is not SideKind.STATE:
        return None
    if owned_by_pronoun(c.scene, side):
        before = a.subject is not None and a.subject < a.start < side.start
        own = side_of_phrase(c.scene, a.subject) if before and a.subject is not None else None
        if own is not None:
            return c.bind(own.word)[0], f"“{side.word.words}” of {c.bind(own.word)[1]}"
        if c.speaker is not None:
            return c.speaker, f"“{side.word.words}” is the speaker's own"
        start = c.scene.sentence[a.start][0]
        owners = [s for s in c.scene.sides if start <= s.start < side.start and s.word.party is not None]
        if owners:  # "the Kremlin wants X, which its army does not control"
            party, why = c.bind(owners[-1].word)
            return party, f"“{side.word.words}” of {why}"
    if (chief := owner_side(c.scene, side.end - 1, c.parties) or _of_him(c, side)) is not None:
        return chief, f"“{side.word.words}” of who commands it"
    if c.scene.low[side.start - 1] in NO_STATES:
        return None, "a foreign army, which is not named"
    return None


def _of_him(c: PartyCase, side: Side) -> str | None:
    """The side of the person named last in the sentence before "his army"."""
    if c.scene.low[side.start - 1] not in ("his", "her"):
        return None
    start = c.scene.sentence[side.start][0]
    people = (
        t for t in reversed(c.scene.doc[start : side.start]) if t.tag_ == "NNP" and t.dep_ in ("nsubj", "nsubjpass")
    )
    chiefs = (c.parties.side_of(c.scene.text(t.left_edge.i, t.i + 1)) for t in people)
    return next((chief for chief in chiefs if chief is not None), None)


def _own(c: PartyCase) -> Answer | None:
    side = c.a.side
    unsided = side is not None and side.word.kind is SideKind.OWN and c.speaker is None and not c.narrated
    return c.speakers() if unsided else None


def _named(c: PartyCase) -> Answer | None:
    """The side as named; of a noun of enclosing, who encloses it."""
    a, side = c.a, c.a.side
    if side is None or (side.word.kind is SideKind.BACKER and a.cue.frame.kind != "title"):
        return None
    if (stranger := foreign_army(c.scene, side, c.parties)) is not None:
        return stranger, "an army as written"
    party, why = c.bind(side.word, named_against(c.scene, side) | _drivers(c))
    if a.who.startswith('"of"') and c.noun and set(a.cue.words) & c.scene.words("clauses.enclosing"):
        return c.foe(party) or party, f"whoever encloses {party}"  # "the encirclement of Ukrainian forces in X"
    if side.word.kind is SideKind.GENERIC and party is not None and foe_behind(c.scene, side, party):
        return side.word.words, "as written: who is named behind acts against them"
    return party, f"{a.who}: {why}"


def _drivers(c: PartyCase) -> frozenset[str]:
    """Who drives others out, and so cannot be those: "IS drives rebels from X"."""
    if c.a.who != "the object of the verb":
        return frozenset()
    start = c.scene.sentence[c.a.start][0]
    before = [s for s in c.scene.sides if start <= s.start < c.a.start and s.word.party is not None]
    subject = c.a.subject if c.a.subject is not None else 0
    own = {"its", "their"} & set(c.scene.low[max(start, subject - 2) : subject])  # "IS said its men drove rebels out"
    acting = before if own else [s for s in before if s.end == c.a.start or s.start <= subject < s.end]
    return frozenset(s.word.party for s in acting if s.word.party is not None)


def _opponent(c: PartyCase) -> Answer | None:
    """Who fights the subject or the object of the frame."""
    a, scene = c.a, c.scene
    if a.who not in ("opponent of the subject", "opponent of the object") or a.subject is None:
        return None
    of_subject = a.who.endswith("subject")
    attacks = scene.low[a.subject] in scene.words("clauses.attacks") | COUNTERED
    theirs = attacks and scene.low[a.start + 1 : a.start + 2] == ("them",)
    if of_subject and theirs and side_of_phrase(scene, a.subject) is None:
        near = nearest_left(scene, a)
        if near is not None:
            return c.bind(near.word)  # "counter-attacks pushed them out of X"
    side = side_in(scene, *phrase_of(scene, a.subject)) if of_subject else None
    first = scene.sentence[a.start][0] if of_subject else a.start
    side = side or side_in(scene, first, a.start if of_subject else a.end + 4)
    if side is None:
        return None
    unsided = side.word.kind is SideKind.OWN and c.speaker is None
    party, _ = c.speakers() if unsided else c.bind(side.word)
    return c.foe(party), f"the opponent of {party}"

"""The party of an assertion in whose frame nobody stands: who was named near, who denies, who speaks, whose country it is."""

from __future__ import annotations

from reportedly.knowledge.parties import SideKind
from reportedly.knowledge.sides import Party
from reportedly.model import PlaceKind, Relation
from reportedly.read.mood.attempts import foiled
from reportedly.read.parties.binding import OCCUPYING, TAKEN_AGAIN, UNKNOWN, taken_from
from reportedly.read.parties.case import Answer, PartyCase, first_answer
from reportedly.read.parties.nearby import felt_by, first_right, forces_around, last_before, tells
from reportedly.read.parties.words import governor_side, speaking_fighters, speaks
from reportedly.read.scene.reasons import FOLLOWED
from reportedly.read.scene.scene import Side
from reportedly.read.scene.verb_groups import base_of
from reportedly.resolve.parties import opponent

__all__ = ["by_circumstance", "by_felt"]

RING = frozenset({"surround", "encircle", "besiege"})
FIGHTING = frozenset({"fight", "battle", "clash"})
OWNING = frozenset({"their", "its", "his", "lack", "absence"})  # before a noun of what is denied of oneself
STATE_MEDIA = ("state media", "state tv", "state television", "state radio", "state news agency", "state-run")
TAKING = (Relation.TAKES, Relation.CONTESTS)


def by_circumstance(c: PartyCase) -> Answer:
    """Who is meant though nobody is named, and why; None where nobody can be meant."""
    rules = (
        _taken_from, _foiled, _not_stopped, _not_changed, _denied_event, _owned_up, _own_ground, _backed, _held_till_then, _announced, _nearest,
        _told, _denied_ground, _enclosed,
        _praised, _speaker, _state_media, _again, _attacker, _owned_loss, _spoken_of, _fighters, _pronoun,
    )  # fmt: skip
    if (answer := first_answer(rules, c)) is not None:
        return answer
    warring = c.ruler is not None and bool(c.ruler.wars)
    if c.a.passive and c.relation is Relation.CONTESTS and (c.scene.sides or warring):
        return UNKNOWN, "nobody is named"  # "X surrounded"
    return None, "nobody is named"


def _taken_from(c: PartyCase) -> Answer | None:
    """Who fights those whom a place was taken from: "three districts wrested from the Taliban"."""
    foe = taken_from(c.scene, c.a, c.parties, c.speaker, c.lands, c.heard)
    return (foe, "the opponent of those whom it is taken from") if foe is not None else None


def _not_changed(c: PartyCase) -> Answer | None:
    """Who was told to have taken what is then said not to have changed hands: "Y said it took X. Z said the town had not fallen"."""
    taken = c.relation is Relation.TAKES and c.a.cue.frame.party == "to" and c.a.side is None
    told = c.heard.told(Relation.TAKES, c.place) if taken and c.a.mood.denied else None
    return (told, "who was told to have taken it, which is denied") if told is not None else None


def _foiled(c: PartyCase) -> Answer | None:
    """Who attempted what somebody foiled."""
    near = c.named_before
    if near is None or not c.a.mood.denied or c.a.side is not None or not foiled(c.scene, c.a.start, near):
        return None
    party, _ = c.bind(near.word)
    foe = c.foe(party)
    return (foe, f"whose attempt {party} foiled") if foe is not None else None


def _not_stopped(c: PartyCase) -> Answer | None:
    """Who took what somebody could not keep them from taking: "Y was unable to stop the capture of X"."""
    verb = c.scene.doc[c.a.start].head
    if not c.noun or c.near is None or c.relation is Relation.LOSES or c.a.mood.denied:
        return None
    if base_of(c.scene, verb.i, "clauses.thwart") is None or c.near.start > verb.i:
        return None
    foe = c.foe(c.bind(c.near.word)[0])
    return (foe, f"whom {c.near.word.words} could not stop") if foe is not None else None


def _denied_event(c: PartyCase) -> Answer | None:
    """What somebody denies by a noun ("denied the capture of X") is the other side's."""
    a, near = c.a, c.near
    if not c.noun or not a.mood.denied or near is None or c.relation is Relation.LOSES:
        return None
    owned = OWNING & set(c.scene.low[max(0, a.start - 5) : a.start])
    judged = a.mood.judged and not speaks(c.scene, near, c.attribution)
    into = bool(a.mood.reasons) and a.mood.reasons[-1].endswith('into" it')
    if owned or tells(c.scene, near) or judged or into:
        return None
    party, _ = c.bind(near.word)
    foe = c.foe(party)
    return (foe, f"what {party} denies is the other side's") if foe is not None else None


def by_felt(c: PartyCase) -> Answer | None:
    """Who took or lost it, by whom that is said to be good or bad for: "the capture of X is a blow to Y"."""
    if not c.noun or c.relation not in (Relation.TAKES, Relation.LOSES):
        return None
    felt = felt_by(c.scene, c.a)
    if felt is None:
        return None
    whom, good = felt
    state = c.home or c.ruler
    word = c.scene.low[whom] if isinstance(whom, int) else ""
    rebels = word.removesuffix("s") in c.parties.nouns("irregular")
    if isinstance(whom, int):
        of_state = word in c.parties.nouns("state_forces") or word in ("junta", "government", "regime", "president")
        party = state.id if state is not None and of_state else word if rebels else None
    else:
        party, rebels = c.bind(whom.word)[0], whom.word.kind is SideKind.GENERIC
    theirs = good == (c.relation is Relation.TAKES)
    foe = state.id if rebels and state is not None else c.foe(party)
    meant = party if theirs else foe
    return (meant, f"{'a gain' if good else 'a blow'} to {party}") if meant is not None and c.fights(meant) else None


def _acts(c: PartyCase, side: Side) -> bool:
    """Whether a side is who does something, not whom something is done to: "the loss of X alarmed American officials"."""
    token = c.scene.doc[side.end - 1]
    while token.dep_ in ("amod", "compound", "nmod", "poss") and token.head.i > token.i:
        token = token.head
    return token.dep_ not in ("dobj", "pobj") or token.head.lower_ == "by"


def _owned_up(c: PartyCase) -> Answer | None:
    """Who lost what a noun says was lost ("the loss of X")."""
    if not c.noun or c.relation is not Relation.LOSES:
        return None
    unit = c.attribution.source.casefold().removeprefix("the ")
    own = c.home or c.ruler
    if c.speaker is None and unit in c.parties.nouns("formations") | c.parties.nouns("officials") and own is not None:
        return (
            own.id,
            "what a unit or officials own up to or deny is their own side's loss",
        )  # "Russians raise flag, brigade denies loss of X"
    admitting = base_of(c.scene, c.scene.doc[c.a.start].head.i, "clauses.owns_up") is not None
    if admitting and c.speaker is not None and c.fights(c.speaker):
        return (
            c.speaker,
            "who admits a loss means their own side",
        )  # "denied that Y took A, while admitting the loss of B"
    if c.near is not None:
        return None
    lost = c.heard.told(Relation.LOSES, c.place)
    if lost is not None and not c.a.mood.denied:
        return lost, "who lost it was told before"
    owner = c.speaker if c.speaker is not None else governor_side(c.scene, c.a.start, c.parties)
    if owner is not None:
        return owner, "who owns to a loss means their own side"
    later = first_right(c.scene, c.a)
    if later is None or not _acts(c, later) or (later.word.party is None and c.a.mood.denied):
        return None  # "said the reported loss of X was a lie and that the enemy had been driven out"
    party, why = c.bind(later.word)
    return (party, f"the first side named after it: {why}") if party is None or c.fights(party) else None


def _own_ground(c: PartyCase) -> Answer | None:
    """ "X was captured", said by those whose ground it is: by the other side."""
    a, home = c.a, c.home
    if not a.passive or home is None or not (home.id == c.speaker or (c.near is not None and c.speaker is None)):
        return None
    if c.speaker == home.id and any(
        p.kind == "state" and p.country is None and home.country in p.countries for p in c.parties
    ):
        return None  # "Aliyev says X has been taken": from those who broke away
    under = c.behind(1) == ("under",) and "control" in c.behind(4)
    seized = a.cue.text in c.scene.words("clauses.seizing") and not under
    if not seized and c.relation is not Relation.CONTESTS:
        return None
    before = c.bind(c.near.word)[0] if c.near is not None else None
    foe = c.foe(home.id)
    if foe is None or before not in (None, home.id):
        return None
    return foe, f"nobody is named: “{a.cue.text}” by {home.id} of its own ground means the other side"


def _backed(c: PartyCase) -> Answer | None:
    """Whom somebody backs that took it: "the Rwanda-backed seizure of X"."""
    backed = c.noun and any(s.end == c.a.start and s.word.kind is SideKind.BACKER for s in c.scene.sides)
    foe = _foe_at_home(c) if backed else None
    return (foe, "who is backed against those whose country it is") if foe is not None else None


def _foe_at_home(c: PartyCase) -> str | None:
    """Who fights those whose country the place lies in."""
    if c.home is None:
        return None
    return c.foe(c.home.id) or c.parties.rebels_of(c.countries[0])


def _praised(c: PartyCase) -> Answer | None:
    """Whose leader hails a gain: "Putin hails capture of X"."""
    head = c.scene.doc[c.a.start].head
    if not c.noun or c.relation is not Relation.TAKES or base_of(c.scene, head.i, "clauses.praises") is None:
        return None
    side = governor_side(c.scene, c.a.start, c.parties)
    return (side, "who hails a gain means their own side") if side is not None and c.fights(side) else None


def _held_till_then(c: PartyCase) -> Answer | None:
    """Who took what the sentence says another held: "X, a town held by Y, was captured"."""
    if not c.a.passive or c.relation is not Relation.TAKES or c.near is None:
        return None
    if c.a.subject is None or not c.a.subject < c.near.start < c.a.start:
        return None  # held by whom is told between the place and what became of it
    holder = c.heard.told(Relation.HOLDS, c.place)
    if holder is None or c.bind(c.near.word)[0] != holder:
        return None
    if c.speaker is not None and c.speaker != holder and c.fights(c.speaker):
        return c.speaker, "nobody is named: the speaker's side, not who held it"
    return c.foe(holder), f"who fights {holder}, who held it"


def _announced(c: PartyCase) -> Answer | None:
    """Who tells of a capture or a retreat made it, not who doubts it: "Y did not comment on the capture of X claimed by Z"."""
    said = c.attribution
    theirs = bool(said.reasons) and said.reasons[0].endswith(FOLLOWED) and not c.a.mood.denied
    made = c.relation is Relation.TAKES or not c.scene.words("clauses.leaving").isdisjoint(c.a.cue.words)
    if not c.noun or not made or not theirs or said.side is None or not c.fights(said.side):
        return None
    return said.side, "who announces it"


def _nearest(c: PartyCase) -> Answer | None:
    if c.near is None:
        return None
    if (foe := _attempted(c)) is not None:
        return foe
    party, why = c.bind(c.near.word)
    theirs = party is not None and not (c.relation is Relation.LOSES and c.a.passive)
    return (party, f"the nearest side before the cue: {why}") if theirs else None


def _attempted(c: PartyCase) -> Answer | None:
    """Whose attempts somebody says have failed who only speaks of them: "Y's ministry said attempts to break through had failed"."""
    attempt = c.scene.doc[c.a.start].head
    if c.noun or not c.a.mood.denied or c.near is None or not speaks(c.scene, c.near, c.attribution):
        return None
    if attempt.lower_ not in c.scene.words("clauses.block_nouns") or any(t.dep_ == "poss" for t in attempt.children):
        return None
    foe = c.foe(c.bind(c.near.word)[0])
    return (foe, f"whose attempts {c.near.word.words} speaks of") if foe is not None else None


def _told(c: PartyCase) -> Answer | None:
    told = c.heard.told(c.relation, c.place) if c.noun or c.a.passive else None
    if told is None or c.a.mood.denied:
        return None
    if c.again and c.a.passive and c.home is not None and told != c.home.id:
        return c.home.id, f"taken again from {told}, who was told to take it"
    return told, f"who {c.relation} it was told before"


def _denied_ground(c: PartyCase) -> Answer | None:
    """What those deny whose ground it is: a gain of the other side's."""
    a, home = c.a, c.home
    gained = c.relation in (Relation.TAKES, Relation.ADVANCES) and (a.passive or c.noun or c.nobody)
    if not a.mood.denied or not gained or home is None or home.id != c.speaker:
        return None
    foe = c.foe(home.id)
    return (foe, f"what {home.id} denies of its own ground is the other side's") if foe is not None else None


def _enclosed(c: PartyCase) -> Answer | None:
    """Who surrounds or enters a place: whose forces stand there, who fights those whose seat it is, who says so of a place abroad."""
    if not c.a.passive or c.relation is not Relation.CONTESTS:
        return None
    if c.a.cue.words[0] in RING:
        around = forces_around(c.scene, c.a.start)
        if around is not None and around.word.party is not None and around.word.party != c.speaker:
            return around.word.party, "whose forces stand there"  # "X is surrounded, with B's troops outside it"
        if (foe := _besieger(c)) is not None:
            return foe, "who fights those whose seat it is"
    if c.home is not None and c.speaker is not None and c.home.id != c.speaker:
        return c.speaker, "who says that a place abroad is encircled or entered means their own side"
    return None


def _besieger(c: PartyCase) -> str | None:
    """Who surrounds the seat of a party, whoever says so: its opponent; of a state that nobody recognises, the one around it."""
    place = c.a.targets[0].mention.words
    seated = next((p for p in c.parties if place in p.seats), None)
    if seated is None:
        return None
    foe = opponent(seated.id, c.parties, countries=c.lands, heard=c.heard.fighting(c.parties, c.lands))
    state = c.ruler if seated.kind == "state" and seated.country is None else None
    return foe or (state.id if state is not None else None)


def _speaker(c: PartyCase) -> Answer | None:
    """The side of who speaks, of gains and of withdrawals."""
    if c.speaker is None or not c.fights(c.speaker):
        return None
    gains = c.relation in (Relation.TAKES, Relation.ADVANCES, Relation.HOLDS)
    if gains and c.a.cue.words[0] not in OCCUPYING:
        return c.speaker, "nobody is named: the speaker's side"
    if c.a.passive and c.a.cue.frame.name == "withdraws from" and c.near is None:
        return c.speaker, "nobody is named: the speaker's side withdraws its own"
    return None


def _state_media(c: PartyCase) -> Answer | None:
    """The state that fights no other, whose media tell of a gain: "state media said that X had been captured"."""
    said = c.attribution.source.casefold().removeprefix("the ")
    if c.home is None or not c.a.passive or c.relation is not Relation.TAKES or _fights_states(c, c.home):
        return None
    return (c.home.id, f"what {said} tell is gained by the state") if said.startswith(STATE_MEDIA) else None


def _fights_states(c: PartyCase, home: Party) -> bool:
    """Whether a state is at war with another, whose media may be meant as well."""
    rivals = {other for war in home.wars for other in c.parties.wars[war].principals} - {home.id}
    return any((rival := c.parties.party(other)) is not None and rival.kind == "state" for other in rivals)


def _again(c: PartyCase) -> Answer | None:
    """Who took a place again: rebels spoken of last, else those whose country it is."""
    if not (c.a.passive or c.noun) or c.home is None or not (c.again or c.a.cue.words[0] in TAKEN_AGAIN):
        return None
    rebels = c.heard.parties[0] if c.heard.parties and c.parties.party(c.heard.parties[0]) is None else None
    if rebels is not None and not c.noun:
        return rebels, "nobody is named: the rebels spoken of last"
    return c.home.id, f"nobody is named: “{c.a.cue.text}” by those whose country it is"


def _attacker(c: PartyCase) -> Answer | None:
    """Who attacks in the war of the place, where nothing tells who fought or took it."""
    taken = c.noun and c.relation is Relation.TAKES
    gained = taken and not c.a.mood.denied and (c.narrated or c.speaker is not None)
    attacked = (c.a.passive and c.relation in (Relation.TAKES, Relation.ANNEXES, Relation.HOLDS)) or (
        c.relation is Relation.CONTESTS or gained or (taken and not c.heard.parties)
    )
    if attacked and "UA" in c.countries[:1]:
        return "RU", "nobody is named: who attacks in this war"
    foe = _foe_at_home(c) if gained and not c.heard.parties else None
    return (foe, "nobody is named: who fights those whose country it is") if foe is not None else None


def _owned_loss(c: PartyCase) -> Answer | None:
    """Who lost it: those who mourn the loss, those whose country it is, who speaks of it."""
    a, scene = c.a, c.scene
    if c.relation is not Relation.LOSES:
        return None
    if a.passive and c.behind(1) == (":",):
        telling = first_right(scene, a)  # "X lost: Y's bloggers mourn the retreat"
        if telling is not None and (party := c.bind(telling.word)[0]) is not None:
            return party, "who owns to a loss means their own side"
    of_place = a.subject is not None and scene.inside(a.subject) is not None  # "Takhar lost two districts"
    of_place = of_place and a.targets[0].mention.kind is not PlaceKind.COUNTRY  # "Amazon loses ground in China"
    armed = "UA" in c.countries[:1] or scene.sides or c.heard.parties or scene.words("gate.armed") & set(scene.low)
    told = c.parties.party(c.speaker) if c.speaker is not None else None
    if told is not None and told.kind == "group" and a.passive and c.fights(c.speaker):
        return told.id, "nobody is named: the group that speaks of a loss means its own"  # "SDF says X lost"
    if c.home is not None and (a.passive or c.noun or of_place) and armed:
        return c.home.id, "nobody is named: those whose country it is"
    if c.speaker is not None and a.passive:
        return c.speaker, "nobody is named: who speaks of a loss means their own side"
    return None


def _spoken_of(c: PartyCase) -> Answer | None:
    """Who was spoken of last, unless it was seized from just them."""
    last, home = c.latest(), c.home
    if last is None:
        return None
    own = home is not None and home.id == last and c.a.passive and c.relation is Relation.TAKES
    if own and c.a.cue.text in c.scene.words("clauses.seizing"):
        foe = opponent(last, c.parties, countries=c.countries, heard=c.heard.fighting(c.parties, c.countries))
        if foe is not None:
            return foe, f"nobody is named: “{c.a.cue.text}” of ground of {last} means who fights it"
    return last, "nobody is named: who was spoken of last"


def _fighters(c: PartyCase) -> Answer | None:
    """Fighters who say so, anybody who fights, who fights those whose country it is."""
    a = c.a
    said = speaking_fighters(c.attribution, c.parties) if a.passive or c.noun else None
    if said is not None and c.relation in TAKING:
        return said, "nobody is named: those who say so"
    people = a.subject is None or c.scene.low[a.subject] in c.scene.words("clauses.agents")
    if a.cue.words[0] in FIGHTING and people:
        return UNKNOWN, "nobody is named"
    foe = c.foe(c.home.id) if c.home is not None and a.passive and c.relation in TAKING else None
    return (foe, f"nobody is named: who fights {c.home.id} there") if foe is not None and c.home is not None else None


def _pronoun(c: PartyCase) -> Answer | None:
    owned = c.noun and {"their", "its"} & set(c.scene.low[max(0, c.a.start - 2) : c.a.start])
    last = last_before(c.scene, c.a.start) if owned else None
    if last is None:
        return None
    party, why = c.bind(last.word)
    return party, f"the pronoun goes to {why}"

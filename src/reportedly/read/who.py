"""Whose ground a claim is about: the party of an assertion, bound by the speaker's side, the country and what was heard."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.model import NARRATOR, Attribution, Relation
from reportedly.read.asserted import Assertion
from reportedly.read.attempts import foiled
from reportedly.read.binding import (
    OCCUPYING,
    TAKEN_AGAIN,
    UNKNOWN,
    bind,
    default,
    driven_out,
    foreign_army,
    group_before,
    named_against,
    pronoun,
    speakers,
    taken_from,
)
from reportedly.read.heard import Heard
from reportedly.read.irregulars import side_of_speaker
from reportedly.read.nearby import (
    first_right,
    foe_behind,
    forces_around,
    forces_before,
    forces_between,
    last_before,
    nearest_left,
    owned_by_pronoun,
    relative_owner,
    tells,
)
from reportedly.read.noun_sides import CAUGHT
from reportedly.read.party_words import (
    governor_side,
    irregular,
    is_speaker,
    lost_to,
    named_behind,
    own_withdrawn,
    own_words,
    owner_side,
    speaking_fighters,
    speaks,
)
from reportedly.read.scene import Scene
from reportedly.read.sides import side_in, side_of_phrase
from reportedly.read.subjects import phrase_of, relative_head
from reportedly.resolve.parties import opponent

__all__ = ["choose_party"]

OWN = frozenset({"our", "my", "ours"})
RING = frozenset({"surround", "encircle", "besiege"})
RULED = frozenset({"rule", "govern", "administer", "run"})
FIGHTING = frozenset({"fight", "battle", "clash"})


def _chief(scene: Scene, whose: int, parties: Parties) -> str | None:
    """The side of the person before ", whose forces"."""
    k = whose - 1
    while k > 0 and scene.low[k] == ",":
        k -= 1
    token = scene.doc[k]
    return parties.side_of(scene.text(token.left_edge.i, k + 1)) if token.tag_ == "NNP" else None


def _whose(scene: Scene, a: Assertion, parties: Parties) -> str | None:
    """The side of the person in "in Haftar's hands", "under Assad's control"."""
    mark = next((k for k in range(a.start + 1, a.end) if scene.low[k] in ("'s", "’s", "'")), None)
    if mark is None or scene.tag[mark - 1] not in ("NNP", "NNPS"):
        return None
    return parties.side_of(scene.text(scene.doc[mark - 1].left_edge.i, mark))


def _by_chief(scene: Scene, a: Assertion, parties: Parties) -> str | None:
    """The side of the person in "retaken by Assad"."""
    agent = next((c for t in scene.doc[a.end].children for c in (t,) if c.dep_ == "pobj"), None)
    if agent is None or agent.tag_ != "NNP":
        return None
    return parties.side_of(scene.text(agent.left_edge.i, agent.i + 1))


def _besieger(a: Assertion, parties: Parties, lands: Sequence[str], heard: Heard) -> str | None:
    """Who surrounds the seat of a party, whoever says so: its opponent."""
    place = a.targets[0].mention.words
    seated = next((p for p in parties if place in p.seats), None)
    if seated is None:
        return None
    foe = opponent(seated.id, parties, countries=lands, heard=heard.fighting(parties, lands))
    state = parties.state_of(lands[0]) if lands and seated.kind == "state" and seated.country is None else None
    return foe or (state.id if state is not None else None)  # of a state that nobody recognises: the one around it


def choose_party(
    scene: Scene, a: Assertion, attribution: Attribution, heard: Heard, parties: Parties, countries: Sequence[str]
) -> tuple[str | None, str]:
    """The party of an assertion and why; None where nobody can be meant. `countries` are those of its places."""
    lands = [*countries, *(c for c in heard.countries if c not in countries)]
    speaker = attribution.side
    ours = a.side is not None and a.side.word.kind in (SideKind.OWN, SideKind.ENEMY)
    if ours and speaker is None and attribution.source == NARRATOR and scene.words("names.russian") & scene.vocabulary:
        speaker = "RU"  # "our troops entered Volchansk", "the enemy left Seversk"
    if ours and a.side is not None and a.side.word.kind is SideKind.OWN and speaker is None:
        # A report that says "our troops" in its own voice takes the side of the country fought over, as "the enemy" does.
        home = parties.army_of(countries[0]) if countries and attribution.source == NARRATOR else None
        speaker = home.id if home is not None and home.wars else None
    if a.side is not None and a.who == CAUGHT:
        unsided = a.side.word.kind is SideKind.OWN and speaker is None and attribution.source != NARRATOR
        bound = (
            speakers(attribution, heard, parties, lands)
            if unsided
            else bind(a.side.word, parties, speaker, lands, heard)
        )
        foe = opponent(bound[0], parties, countries=lands, heard=heard.parties) if bound[0] else None
        return foe, f"the opponent of {bound[0]}, who is surrounded"
    if a.side is not None and a.side.word.words.startswith("Wagner") and countries[:1] == ["RU"]:
        return "Wagner Group", "Wagner acts for itself on Russian ground"
    if (winner := lost_to(scene, a)) is not None:
        won = bind(winner.word, parties, speaker, lands, heard)[0]
        loser = opponent(won, parties, countries=lands, heard=heard.fighting(parties, lands)) if won else None
        if won is not None:
            return loser, f"who lost it to {won}"
    done_by = a.passive and a.side is None and scene.low[a.end : a.end + 1] == ("by",)
    if done_by and (chief := _by_chief(scene, a, parties)) is not None:
        return chief, "the side of who did it"
    if (
        a.side is not None
        and a.side.word.kind is SideKind.STATE
        and a.subject is not None
        and a.subject < a.start < a.side.start
        and owned_by_pronoun(scene, a.side)
        and (own := side_of_phrase(scene, a.subject)) is not None
    ):
        party, why = bind(own.word, parties, speaker, lands, heard)
        return party, f"“{a.side.word.words}” of {why}"
    if (
        a.side is not None
        and a.side.word.kind is SideKind.STATE
        and speaker is not None
        and owned_by_pronoun(scene, a.side)
    ):
        return speaker, f"“{a.side.word.words}” is the speaker's own"
    stately = a.side is not None and a.side.word.kind is SideKind.STATE and owned_by_pronoun(scene, a.side)
    if a.side is not None and stately and speaker is None:
        start = scene.sentence[a.start][0]
        owners = [s for s in scene.sides if start <= s.start < a.side.start and s.word.party is not None]
        if owners:  # "the Kremlin wants X, which its army does not control"
            party, why = bind(owners[-1].word, parties, speaker, lands, heard)
            return party, f"“{a.side.word.words}” of {why}"
    if a.side is not None and a.side.word.kind is SideKind.OWN and speaker is None and attribution.source != NARRATOR:
        return speakers(attribution, heard, parties, lands)
    if a.side is not None and a.side.word.kind is SideKind.STATE and scene.low[a.side.start - 1] == "foreign":
        return None, "a foreign army, which is not named"
    if a.side is not None and not (a.side.word.kind is SideKind.BACKER and a.cue.frame.kind != "title"):
        if (stranger := foreign_army(scene, a.side, parties)) is not None:
            return stranger, "an army as written"
        party, why = bind(a.side.word, parties, speaker, lands, heard, named_against(scene, a.side))
        if (
            a.who.startswith('"of"')
            and a.cue.frame.kind == "noun"
            and set(a.cue.words) & scene.words("clauses.enclosing")
        ):
            foe = opponent(party, parties, countries=lands, heard=heard.parties) if party else None
            return foe or party, f"whoever encloses {party}"  # "the encirclement of Ukrainian forces in X"
        if a.side.word.kind is SideKind.GENERIC and party is not None and foe_behind(scene, a.side, party):
            return a.side.word.words, "as written: who is named behind acts against them"
        return party, f"{a.who}: {why}"
    if a.who in ("opponent of the subject", "opponent of the object") and a.subject is not None:
        subject = a.who.endswith("subject")
        attacks = scene.low[a.subject] in scene.words("clauses.attacks") | {"counter-attacks", "counter-attack"}
        if (
            subject
            and attacks
            and scene.low[a.start + 1 : a.start + 2] == ("them",)
            and side_of_phrase(scene, a.subject) is None
        ):
            near = nearest_left(scene, a)
            if near is not None:
                return bind(near.word, parties, speaker, lands, heard)  # "counter-attacks pushed them out of X"
        side = side_in(scene, *phrase_of(scene, a.subject)) if subject else None
        side = side or side_in(
            scene, scene.sentence[a.start][0] if subject else a.start, a.start if subject else a.end + 4
        )
        if side is not None:
            unsided = side.word.kind is SideKind.OWN and speaker is None
            party, _ = (
                speakers(attribution, heard, parties, lands)
                if unsided
                else bind(side.word, parties, speaker, lands, heard)
            )
            foe = opponent(party, parties, countries=lands, heard=heard.parties) if party else None
            return foe, f"the opponent of {party}"
    if (
        a.attributive
        and a.cue.frame.kind == "verb"
        and a.cue.frame.relation is Relation.LOSES
        and (near := nearest_left(scene, a)) is not None
    ):
        party, why = bind(near.word, parties, speaker, lands, heard)
        if party is not None:
            return party, f"whose units these are: {why}"
    if a.attributive and (foe := taken_from(scene, a, parties, speaker, lands, heard)) is not None:
        return foe, "the opponent of those whom it is taken from"
    if a.attributive and (won := _won_by_nobody(a, parties, countries)) is not None:
        return won, "nobody is named: who takes, or takes back, in this war"
    if a.attributive:
        return default(scene, a, attribution, heard, parties, lands, countries)
    if a.cue.frame.party == "to" and a.side is None and (named := named_behind(scene, a, parties)) is not None:
        return named, "named with the cue, as written"
    if (
        (a.passive or a.cue.words[0] == "free")
        and a.side is None
        and a.cue.words[0] in ("clear", "free")
        and scene.low[a.end : a.end + 1] == ("of",)
    ):
        gone = side_in(scene, a.end + 1, a.end + 5)
        party = bind(gone.word, parties, speaker, lands, heard)[0] if gone is not None else None
        foe = opponent(party, parties, countries=lands, heard=heard.parties) if party else None
        if foe is not None:
            return foe, f"the opponent of {party}, of whom it is cleared"
    by = a.passive and a.side is None and scene.low[a.end : a.end + 1] == ("by",)
    if (
        by
        and scene.low[a.end + 1 : a.end + 2] in (("its",), ("their",))
        and (near := nearest_left(scene, a)) is not None
    ):
        party, why = bind(near.word, parties, speaker, lands, heard)
        if party is not None and set(scene.low[a.end + 2 : a.end + 5]) & scene.words("clauses.agents"):
            return party, f"“{scene.text(a.end + 1, a.end + 3)}” of {why}"
    ruled = a.cue.words[0] in RULED and scene.low[a.end + 1 : a.end + 2] in (("a",), ("an",))
    if by and ruled and side_in(scene, a.end + 1, a.end + 6) is None:
        return None, "ruled by somebody who is no side"  # "was ruled by a former mayor"
    if by and (named := named_behind(scene, a, parties)) is not None:
        loyal = "loyal" in scene.low[a.end + 1 : a.end + 4]
        if loyal or named not in parties.nouns("state_forces"):
            return named, "the agent as written"
    if (
        by
        and "government" in scene.low[a.end + 1 : a.end + 3]
        and lands
        and (ruler := parties.state_of(lands[0])) is not None
    ):
        return ruler.id, "the government of the country of the place"
    if a.cue.frame.party == "to" and a.side is None and (chief := _whose(scene, a, parties)) is not None:
        return chief, "whose hands or control it is"
    our_own = a.cue.frame.party == "to" and OWN & set(scene.low[a.start : a.end + 2])
    if our_own and speaker is None and attribution.source == NARRATOR:
        home = parties.army_of(countries[0]) if countries else None
        if home is not None and home.wars:
            return home.id, f"“our” without a known speaker: that of {home.id}"
    if our_own:
        return speakers(attribution, heard, parties, lands)  # "remains in our hands"
    ruling = (
        a.cue.frame.party == "to"
        and a.side is None
        and bool(scene.words("clauses.ruling") & set(scene.low[a.start : a.end]))
    )
    if ruling and countries and (ruler := parties.state_of(countries[0])) is not None:
        return ruler.id, "the government of the country of the place"
    of_its = scene.low[a.end : a.end + 2] in (("of", "its"), ("of", "their"), ("of", "his"))
    if a.cue.frame.party == "to" and a.side is None and of_its:
        return speaker, "“its” is the speaker's own"  # "is under the control of its troops"
    its = a.cue.frame.party == "to" and a.side is None and bool({"its", "their"} & set(scene.low[a.start : a.end]))
    office = set(attribution.source.casefold().split()) & (parties.nouns("state_forces") | parties.nouns("offices"))
    if its and speaker is None and office and lands and (state := parties.state_of(lands[0])) is not None:
        return state.id, f"“its” is that of {attribution.source} of the country of the place"
    if a.who == "taken up":
        return driven_out(scene, a, attribution, heard, parties, lands)
    if a.who == "own forces" or own_withdrawn(scene, a):
        party, why = pronoun(scene, a, attribution, heard, parties, lands)
        if party is not None:
            return party, why
    who = a.cue.frame.relation is Relation.LOSES and a.subject is not None and scene.low[a.subject] == "who"
    if (
        a.side is None
        and not a.passive
        and a.subject is not None
        and (who or scene.low[a.subject] in ("that", "which"))
    ):
        thing = relative_head(scene, a.subject)
        acts = scene.listed("clauses.agents", "clauses.attacks", "clauses.campaigns")
        if (
            thing is not None
            and scene.tag[thing] in ("NN", "NNS")
            and scene.low[thing] not in acts
            and side_of_phrase(scene, thing) is None
            and (who or a.cue.frame.relation is Relation.CONTESTS)
        ):
            return None, f"“{scene.low[thing]}” holds no ground"
    if a.side is None and a.subject is not None and scene.low[a.subject] in scene.words("clauses.claim_nouns"):
        word = next(iter(parties.scan(attribution.source)), None)  # "separatist claims to have taken X"
        party = bind(word, parties, speaker, lands, heard)[0] if word is not None else None
        party = party or side_of_speaker(attribution, parties, lands)
        if party is not None:
            return party, "who claims it"
    nobody = a.subject is not None and a.mood.denied and not a.passive and _nobody(scene, a.subject)
    if nobody and a.cue.frame.relation is Relation.HOLDS:
        return None, "nobody holds it"
    if a.subject is not None and not a.passive and "subject" not in a.cue.frame.preps:
        party, why = pronoun(scene, a, attribution, heard, parties, lands)
        if party is not None:
            return party, why
        if scene.low[a.subject - 1] == "whose" and (chief := _chief(scene, a.subject - 1, parties)) is not None:
            return chief, "whose forces these are"
        their_men = scene.low[a.subject] == "men" and scene.low[a.subject - 1] in ("'s", "’s")  # "Prigozhin's men"
        if (their_men or scene.low[a.subject] in parties.nouns("state_forces") | parties.nouns("armed")) and (
            owner := owner_side(scene, a.subject, parties)
        ) is not None:
            return owner, "the side of who commands them"
        if scene.low[a.subject] in parties.nouns("state_forces") and not irregular(scene, a.subject, parties):
            bare = a.subject > 0 and scene.tag[a.subject - 1] in ("IN", "VBG", "VB")
            if bare and (of := forces_before(scene, a)) is not None:
                party, why = bind(of.word, parties, speaker, lands, heard)
                return party, f"forces of {why}"
            if speaker is not None:
                return speaker, f"“{scene.low[a.subject]}” is the speaker's own"
            state = parties.state_of(lands[0]) if lands else None
            before = [s for s in scene.sides if scene.sentence[a.start][0] <= s.start < a.start and s.word.party]
            if state is None and before:
                return bind(before[-1].word, parties, speaker, lands, heard)
            if state is not None:
                return state.id, f"“{scene.low[a.subject]}” is that of the country of the passage"
        if (group := group_before(scene, a.subject, heard, parties)) is not None:
            return group, "“the group” is who was spoken of last"
        if scene.low[a.subject - 1] == "whose" and (whose := relative_owner(scene, a.subject)) is not None:
            party, why = bind(whose.word, parties, speaker, lands, heard)
            return party, f"whose fighters these are: {why}"
        named = own_words(scene, a.subject, a.start, parties)
        if named is not None and speaker is not None and scene.low[a.subject] in parties.nouns("formations"):
            forces = forces_between(scene, a, attribution)
            if forces is not None:
                party, why = bind(forces.word, parties, speaker, lands, heard)
                return party, f"“{named}” of {why}"
            return speaker, f"“{named}” of the speaker's side"
        if named is not None and not is_speaker(scene, a.subject, attribution):
            return named, "the subject as written"
        if scene.tag[a.subject].startswith("NNP") or scene.doc[a.subject].text[:1].isupper():
            named_side = parties.side_of(scene.text(scene.doc[a.subject].left_edge.i, a.subject + 1))
            if named_side is not None:
                return named_side, "the side of the subject"
        if nobody and a.cue.frame.relation is Relation.LOSES and speaker is not None:
            return speaker, "nobody of the speaker's own"  # "no one has left X"
        if (
            scene.tag[a.subject] in ("NN", "NNS")
            and not nobody
            and scene.low[a.subject] not in scene.words("clauses.agents")
            and a.cue.frame.default is None
            and a.subject < a.start
        ):
            return None, f"“{scene.low[a.subject]}” holds no ground"
    if a.cue.frame.default is not None:
        return default(scene, a, attribution, heard, parties, lands, countries)
    home = parties.state_of(countries[0]) if countries else None
    near = nearest_left(scene, a)
    noun = a.cue.frame.kind == "noun"
    turned = a.passive and a.cue.words[0] in TAKEN_AGAIN and near is not None and home is not None
    if turned and near is not None and {"but", "however", "until"} & set(scene.low[near.end : a.start]):
        near = None  # "A's army took X in March, but the town was retaken"
    if near is not None and a.mood.denied and a.side is None and foiled(scene, a.start, near):
        party, _ = bind(near.word, parties, speaker, lands, heard)
        foe = opponent(party, parties, countries=lands, heard=heard.parties) if party else None
        if foe is not None:
            return foe, f"whose attempt {party} foiled"
    theirs = a.cue.frame.relation is Relation.LOSES and scene.low[a.start - 1] in ("their", "its")
    if noun and near is not None and not a.mood.denied and not theirs and speaks(scene, near, attribution):
        near = None  # who announces a capture need not be who captured
    if (
        noun
        and a.mood.denied
        and near is not None
        and not {"their", "its", "his", "lack", "absence"} & set(scene.low[max(0, a.start - 5) : a.start])
        and a.cue.frame.relation is not Relation.LOSES
        and not tells(scene, near)
        and (not a.mood.judged or speaks(scene, near, attribution))
        and not (a.mood.reasons and a.mood.reasons[-1].endswith('into" it'))
    ):
        party, _ = bind(near.word, parties, speaker, lands, heard)
        foe = opponent(party, parties, countries=lands, heard=heard.parties) if party else None
        if foe is not None:
            return foe, f"what {party} denies is the other side's"
    if noun and a.cue.frame.relation is Relation.LOSES and near is None:
        lost = heard.told(Relation.LOSES, a.targets[0].mention.words)
        if lost is not None and not a.mood.denied:
            return lost, "who lost it was told before"
        if speaker is not None:
            return speaker, "who owns to a loss means their own side"
        governor = governor_side(scene, a.start, parties)
        if governor is not None:
            return governor, "who owns to a loss means their own side"
        later = first_right(scene, a)
        if later is not None:
            party, why = bind(later.word, parties, speaker, lands, heard)
            return party, f"the first side named after it: {why}"
    under = scene.low[a.end : a.end + 1] == ("under",) and "control" in scene.low[a.end : a.end + 4]
    theirs_alone = (
        a.cue.text in scene.words("clauses.seizing") and not under
    ) or a.cue.frame.relation is Relation.CONTESTS
    if (
        a.passive
        and home is not None
        and (home.id == speaker or (near is not None and speaker is None))
        and theirs_alone
    ):
        named_before = bind(near.word, parties, speaker, lands, heard)[0] if near is not None else None
        foe = opponent(home.id, parties, countries=lands, heard=heard.parties)
        if foe is not None and named_before in (None, home.id):
            return foe, f"nobody is named: “{a.cue.text}” by {home.id} of its own ground means the other side"
    if near is not None:
        party, why = bind(near.word, parties, speaker, lands, heard)
        if (party is not None and a.cue.frame.relation is not Relation.LOSES) or (party is not None and not a.passive):
            return party, f"the nearest side before the cue: {why}"
    told = heard.told(a.cue.frame.relation, a.targets[0].mention.words) if noun or a.passive else None
    if told is not None and not a.mood.denied:
        return told, f"who {a.cue.frame.relation} it was told before"
    if (
        a.mood.denied
        and (a.passive or noun or nobody)
        and a.cue.frame.relation in (Relation.TAKES, Relation.ADVANCES)
        and home is not None
        and home.id == speaker
    ):
        foe = opponent(home.id, parties, countries=lands, heard=heard.parties)
        if foe is not None:
            return foe, f"what {home.id} denies of its own ground is the other side's"
    ours = home is not None and speaker is not None and home.id != speaker
    ring = a.passive and a.cue.frame.relation is Relation.CONTESTS and a.cue.words[0] in RING
    around = forces_around(scene, a.start) if ring else None
    if around is not None and around.word.party is not None and around.word.party != speaker:
        return around.word.party, "whose forces stand there"  # "X is surrounded, A says, with B's troops outside it"
    if ring and (foe := _besieger(a, parties, lands, heard)) is not None:
        return foe, "who fights those whose seat it is"
    if ours and a.passive and a.cue.frame.relation is Relation.CONTESTS:
        return speaker, "who says that a place abroad is encircled or entered means their own side"
    if (
        speaker is not None
        and a.cue.words[0] not in OCCUPYING
        and a.cue.frame.relation in (Relation.TAKES, Relation.ADVANCES, Relation.HOLDS)
    ):
        return speaker, "nobody is named: the speaker's side"
    if speaker is not None and a.passive and a.cue.frame.name == "withdraws from" and near is None:
        return speaker, "nobody is named: the speaker's side withdraws its own"
    again = (a.passive or noun) and home is not None and a.cue.words[0] in TAKEN_AGAIN
    rebels = heard.parties[0] if heard.parties and parties.party(heard.parties[0]) is None else None
    if again and rebels is not None and not noun:
        return rebels, "nobody is named: the rebels spoken of last"
    if again and home is not None:
        return home.id, f"nobody is named: “{a.cue.text}” by those whose country it is"
    if (
        (a.passive or a.cue.frame.relation is Relation.CONTESTS)
        and a.cue.frame.relation in (Relation.TAKES, Relation.CONTESTS, Relation.ANNEXES, Relation.HOLDS)
        and "UA" in countries[:1]
    ):
        return "RU", "nobody is named: who attacks in this war"
    if a.passive and a.cue.frame.relation is Relation.LOSES and scene.low[a.end : a.end + 1] == (":",):
        telling = first_right(scene, a)  # "X lost: Y's bloggers mourn the retreat"
        if telling is not None and (party := bind(telling.word, parties, speaker, lands, heard)[0]) is not None:
            return party, "who owns to a loss means their own side"
    armed = "UA" in countries[:1] or scene.sides or heard.parties or scene.words("gate.armed") & set(scene.low)
    of_place = a.subject is not None and scene.inside(a.subject) is not None  # "Takhar lost two districts"
    if home is not None and (a.passive or noun or of_place) and a.cue.frame.relation is Relation.LOSES and armed:
        return home.id, "nobody is named: those whose country it is"
    if speaker is not None and a.passive and a.cue.frame.relation is Relation.LOSES:
        return speaker, "nobody is named: who speaks of a loss means their own side"
    if heard.parties:
        against = (
            home is not None and home.id == heard.parties[0] and a.passive and a.cue.frame.relation is Relation.TAKES
        )
        if against and home is not None and a.cue.text in scene.words("clauses.seizing"):
            foe = opponent(home.id, parties, countries=countries, heard=heard.fighting(parties, countries))
            if foe is not None:
                return foe, f"nobody is named: “{a.cue.text}” of ground of {home.id} means who fights it"
        return heard.parties[0], "nobody is named: who was spoken of last"
    said = speaking_fighters(attribution, parties) if a.passive or noun else None
    if said is not None and a.cue.frame.relation in (Relation.TAKES, Relation.CONTESTS):
        return said, "nobody is named: those who say so"
    if a.cue.words[0] in FIGHTING and (a.subject is None or scene.low[a.subject] in scene.words("clauses.agents")):
        return UNKNOWN, "nobody is named"
    if home is not None and a.passive and a.cue.frame.relation in (Relation.TAKES, Relation.CONTESTS):
        foe = opponent(home.id, parties, countries=lands, heard=heard.parties)
        if foe is not None:
            return foe, f"nobody is named: who fights {home.id} there"
    if (
        noun
        and {"their", "its"} & set(scene.low[max(0, a.start - 2) : a.start])
        and (last := last_before(scene, a.start))
    ):
        party, why = bind(last.word, parties, speaker, lands, heard)
        return party, f"the pronoun goes to {why}"
    if a.passive and a.cue.frame.relation is Relation.CONTESTS and scene.sides:
        return UNKNOWN, "nobody is named"  # "X surrounded"
    return None, "nobody is named"


def _nobody(scene: Scene, subject: int) -> bool:
    """Whether a subject is "nobody", "no one", "no troops"."""
    return scene.low[subject] in ("nobody", "none") or (
        scene.low[subject] in ("one", "soldier", "unit") and scene.low[subject - 1] == "no"
    )


def _won_by_nobody(a: Assertion, parties: Parties, countries: Sequence[str]) -> str | None:
    """Who took the place of a bare participle: "X, retaken last September", "Y, captured in May"."""
    bare = a.passive and a.side is None and a.cue.frame.kind == "verb" and a.cue.frame.default is None
    home = parties.state_of(countries[0]) if countries else None
    if not bare or home is None or a.cue.frame.relation is not Relation.TAKES:
        return None
    if a.cue.words[0] in TAKEN_AGAIN:
        return home.id
    return "RU" if home.id == "UA" else None

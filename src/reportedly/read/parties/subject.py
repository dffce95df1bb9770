"""The party of an assertion by its subject where that names no side: pronouns, "the army", "whose forces", groups as written."""

from __future__ import annotations

from reportedly.model import Relation
from reportedly.read.parties.case import Answer, PartyCase, first_answer
from reportedly.read.parties.irregulars import side_of_speaker
from reportedly.read.parties.nearby import forces_before, forces_between, relative_owner
from reportedly.read.parties.pronouns import group_before, pronoun
from reportedly.read.parties.words import irregular, is_speaker, own_words, owner_side
from reportedly.read.scene.sides import loyal_to, side_of_phrase
from reportedly.read.scene.subjects import relative_head

__all__ = ["by_loyalty", "by_subject"]

GAINING = (Relation.TAKES, Relation.CONTESTS)


def by_loyalty(c: PartyCase) -> Answer | None:
    """The side of the person whom forces are loyal to: "troops loyal to president X were driven out of Y"."""
    heads = ([c.a.side.end - 1] if c.a.side is not None else []) + ([c.a.subject] if c.a.subject is not None else [])
    for head in heads:
        if (whom := loyal_to(c.scene, head)) is None:
            continue
        names = [c.scene.written[k] for k in range(*whom)]
        known = (c.parties.source_of(" ".join(names[k:])) for k in range(len(names)))
        side = next((source.side for source in known if source is not None and source.kind == "person"), None)
        if side is not None and c.fights(side):
            return side, f"the side of {names[-1]}, to whom they are loyal"
    return None


def by_subject(c: PartyCase) -> Answer | None:
    """Who the subject is, or that it is nobody who holds ground."""
    if (answer := first_answer((_relative, _claim, _nobody_holds), c)) is not None:
        return answer
    if c.a.subject is None or c.a.passive or "subject" in c.a.cue.frame.preps:
        return None
    named = (_pronoun, _made_way, _whose_chief, _commanded, _army, _group, _whose, _written, _of_side, _no_ground)
    return first_answer(named, c, c.a.subject)


def _relative(c: PartyCase) -> Answer | None:
    """A thing that "that", "which" or "who" takes up holds no ground."""
    a, scene, subject = c.a, c.scene, c.a.subject
    if a.side is not None or a.passive or subject is None:
        return None
    who = c.relation is Relation.LOSES and scene.low[subject] == "who"
    if not who and scene.low[subject] not in ("that", "which"):
        return None
    thing = relative_head(scene, subject)
    if thing is None or scene.tag[thing] not in ("NN", "NNS") or side_of_phrase(scene, thing) is not None:
        return None
    acts = scene.listed("clauses.agents", "clauses.attacks", "clauses.campaigns")
    lifeless = scene.low[thing] not in acts and (who or c.relation is Relation.CONTESTS)
    return (None, f"“{scene.low[thing]}” holds no ground") if lifeless else None


def _claim(c: PartyCase) -> Answer | None:
    """ "Separatist claims to have taken X": those who claim it."""
    subject = c.a.subject
    if c.a.side is not None or subject is None or c.scene.low[subject] not in c.scene.words("clauses.claim_nouns"):
        return None
    word = next(iter(c.parties.scan(c.attribution.source)), None)
    party = c.bind(word)[0] if word is not None else None
    party = party or side_of_speaker(c.attribution, c.parties, c.lands)
    return (party, "who claims it") if party is not None else None


def _nobody_holds(c: PartyCase) -> Answer | None:
    return (None, "nobody holds it") if c.nobody and c.relation is Relation.HOLDS else None


def _pronoun(c: PartyCase, subject: int) -> Answer | None:  # noqa: ARG001 - all rules are asked alike
    party, why = pronoun(c)
    return (party, why) if party is not None else None


def _made_way(c: PartyCase, subject: int) -> Answer | None:
    """Who fights those that took or entered a place once others left it: "the RSF took X after the garrison withdrew", "Y took the
    town after troops abandoned it".
    """
    scene, verb = c.scene, c.scene.doc[c.a.start]
    took = verb.head
    left = c.relation is Relation.LOSES and scene.tag[subject].startswith("NN") and verb.dep_ == "advcl"
    if not left or took.i > verb.i or not any(t.mention.start < c.a.start or t.mention.anaphor for t in c.a.targets):
        return None
    if not any(cue.frame.relation in GAINING for cue, _ in scene.cues.verbs.get(took.lower_, ())):
        return None
    taker = next((t for t in took.children if t.dep_ == "nsubj"), None)
    side = side_of_phrase(scene, int(taker.i)) if taker is not None else None
    foe = c.foe(c.bind(side.word)[0]) if side is not None else None
    return (foe, "the opponent of those who took it after that") if foe is not None else None


def _whose_chief(c: PartyCase, subject: int) -> Answer | None:
    """The side of the person before ", whose forces"."""
    scene, k = c.scene, subject - 2
    if scene.low[subject - 1] != "whose":
        return None
    while k > 0 and scene.low[k] == ",":
        k -= 1
    token = scene.doc[k]
    chief = c.parties.side_of(scene.text(token.left_edge.i, k + 1)) if token.tag_ == "NNP" else None
    return (chief, "whose forces these are") if chief is not None else None


def _commanded(c: PartyCase, subject: int) -> Answer | None:
    """ "Prigozhin's men", "Haftar's army"."""
    men = c.scene.low[subject] == "men" and c.scene.low[subject - 1] in ("'s", "’s")
    if not men and c.scene.low[subject] not in c.parties.nouns("state_forces") | c.parties.nouns("armed"):
        return None
    owner = owner_side(c.scene, subject, c.parties)
    return (owner, "the side of who commands them") if owner is not None else None


def _army(c: PartyCase, subject: int) -> Answer | None:
    """Whose "the army" is: of who speaks, else of the country of the passage."""
    scene, word = c.scene, c.scene.low[subject]
    if word not in c.parties.nouns("state_forces") or irregular(scene, subject, c.parties):
        return None
    bare = subject > 0 and scene.tag[subject - 1] in ("IN", "VBG", "VB")
    if bare and (of := forces_before(scene, c.a)) is not None:
        party, why = c.bind(of.word)
        return party, f"forces of {why}"
    if c.speaker is not None:
        return c.speaker, f"“{word}” is the speaker's own"
    if c.ruler is not None:
        return c.ruler.id, f"“{word}” is that of the country of the passage"
    start = scene.sentence[c.a.start][0]
    before = [s for s in scene.sides if start <= s.start < c.a.start and s.word.party]
    return c.bind(before[-1].word) if before else None


def _group(c: PartyCase, subject: int) -> Answer | None:
    """Who "the group" is, and whose "the group's fighters" are."""
    owned = c.scene.low[subject - 1] in ("'s", "’s") and c.scene.low[subject] in c.scene.words("clauses.agents")
    group = group_before(c.scene, subject - 2 if owned else subject, c.heard, c.parties)
    return (group, "“the group” is who was spoken of last") if group is not None else None


def _whose(c: PartyCase, subject: int) -> Answer | None:
    owner = relative_owner(c.scene, subject) if c.scene.low[subject - 1] == "whose" else None
    if owner is None:
        return None
    party, why = c.bind(owner.word)
    return party, f"whose fighters these are: {why}"


def _written(c: PartyCase, subject: int) -> Answer | None:
    """Armed people by their own words: formations of who speaks, others as written."""
    if (own := _last_of_own(c, subject)) is not None:
        return own
    named = own_words(c.scene, subject, c.a.start, c.parties)
    if named is None:
        return None
    if c.speaker is not None and c.scene.low[subject] in c.parties.nouns("formations"):
        forces = forces_between(c.scene, c.a, c.attribution)
        if forces is None:
            return c.speaker, f"“{named}” of the speaker's side"
        party, why = c.bind(forces.word)
        return party, f"“{named}” of {why}"
    return (named, "the subject as written") if not is_speaker(c.scene, subject, c.attribution) else None


def _last_of_own(c: PartyCase, subject: int) -> Answer | None:
    """Whose "last fighters" those are that have left: "the SDF says last fighters have left X", "its chief admits fighters left X"."""
    scene, k = c.scene, subject
    if (
        c.speaker is None
        or c.relation is not Relation.LOSES
        or scene.low[subject] not in ("fighters", "forces", "troops")
    ):
        return None
    while k > scene.sentence[subject][0] and scene.low[k - 1] in (
        "last",
        "remaining",
        "final",
        "most",
        "all",
        "its",
        "their",
    ):
        k -= 1
    cue, at, side = c.attribution.cue_span, scene.doc[k].idx, c.parties.party(c.speaker)
    bare = k == subject and scene.low[k] == "fighters" and side is not None and side.kind == "group"
    bare = bare and cue is not None and 0 <= at - cue.end <= 6  # "admits that"
    return (c.speaker, "the speaker's own fighters") if bare or k < subject else None


def _of_side(c: PartyCase, subject: int) -> Answer | None:
    """The side of a person or body by name."""
    if not c.scene.tag[subject].startswith("NNP") and not c.scene.doc[subject].text[:1].isupper():
        return None
    side = c.parties.side_of(c.scene.text(c.scene.doc[subject].left_edge.i, subject + 1))
    return (side, "the side of the subject") if side is not None else None


def _no_ground(c: PartyCase, subject: int) -> Answer | None:
    """Nobody of the speaker's own ("no one has left X"); other nouns hold no ground."""
    if c.nobody and c.relation is Relation.LOSES and c.speaker is not None:
        return c.speaker, "nobody of the speaker's own"
    if c.nobody and c.relation is Relation.LOSES and c.home is not None and not c.narrated:
        return c.home.id, "nobody has left it, say those whose country it is"
    if _unknown_name(c, subject):
        return None, f"“{c.scene.written[subject]}” is nobody who is known to hold ground"  # "a bank pulls out of X"
    thing = c.scene.tag[subject] in ("NN", "NNS") and c.scene.low[subject] not in c.scene.words("clauses.agents")
    if thing and not c.nobody and c.a.cue.frame.default is None and subject < c.a.start:
        return None, f"“{c.scene.low[subject]}” holds no ground"
    return None


def _unknown_name(c: PartyCase, subject: int) -> bool:
    """Whether a name that stands for nobody at war leaves or loses something: a firm, an airline, a team."""
    if c.relation is not Relation.LOSES or c.a.side is not None or c.noun or subject > c.a.start:
        return False
    place = c.scene.inside(subject)
    moves = c.a.cue.frame.name in ("withdraws from", "evacuates") or "ground" in c.a.cue.words
    town = place is not None and not moves  # "X lost two districts" to somebody
    return (
        c.scene.tag[subject] in ("NNP", "NNPS")
        and not town
        and c.scene.low[subject] not in c.scene.words("clauses.agents")
    )

"""Side words, pronouns and what is left unsaid bound to a party, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.parties import Parties, SideKind, SideWord
from reportedly.model import NARRATOR, Attribution, Relation
from reportedly.read.parties.ahead import subject_ahead
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
from reportedly.resolve.parties import bind_party, opponent

__all__ = [
    "OCCUPYING",
    "TAKEN_AGAIN",
    "UNKNOWN",
    "bind",
    "driven_out",
    "foreign_army",
    "group_before",
    "named_against",
    "pronoun",
    "speakers",
    "taken_from",
]

TITLE = 4  # tokens of a title before a name
ASIDE = 12  # tokens of an aside behind it
FORCING = frozenset({"forced", "forcing", "force", "compelled", "made", "obliged"})  # whom somebody makes leave
UNKNOWN = "unknown"  # who fights where nobody is named
TAKEN_AGAIN = frozenset({"recapture", "retake", "regain", "reclaim"})
WATCHERS = frozenset({"outlet", "agency", "analyst", "channel"})  # who do not fight: "they" are others
OCCUPYING = frozenset({"occupy", "reoccupy"})  # which nobody says of their own side


def bind(
    word: SideWord, parties: Parties, speaker: str | None, countries: Sequence[str], heard: Heard, others: frozenset[str] = frozenset(),
) -> tuple[str | None, str]:  # fmt: skip
    """A side word bound to a party; generic words stay as written where nothing binds them. `others` are whom they fight."""
    spoken = [*heard.parties, *heard.named] if word.kind is SideKind.STATE else heard.parties
    of_people = word.words.split()[0] in parties.nouns("peoples")
    if word.kind is SideKind.GENERIC and (of_people or word.words.endswith("angs")):
        return (word.words if of_people else word.words.lower().split("'s ")[-1]), f"“{word.words}” as written"
    if word.kind is SideKind.GENERIC:
        spoken = [id_ for id_ in heard.fighting(parties, countries) if id_ not in others]
        if (kin := parties.kin_of(word.words)) is not None:
            spoken = [id_ for id_ in spoken if id_ in kin]
    bound = bind_party(word, parties, speaker=speaker, countries=countries, heard=spoken)
    if bound.party is None and word.kind in (SideKind.GENERIC, SideKind.STATE):
        words = word.words.removeprefix("the ").removeprefix("The ")
        if words[:1].isupper() and words[1:].islower() and words.lower() in _plain(parties):
            words = words.lower()  # "Rebels seize X"
        words = words.split("'s ")[-1]  # "Haiti's gangs"
        if words.lower().startswith("rebel "):
            words = "rebels"
        return words, f"“{words}” as written"
    return bound.party, bound.reason


def named_against(scene: Scene, side: Side) -> frozenset[str]:
    """Parties that a sentence sets against a side named before them: "rebels captured X from A"."""
    end = scene.sentence[side.start][1]
    found = set()
    for other in scene.sides:
        if side.end <= other.start < end and other.word.party is not None:
            before = scene.previous(other.start)
            before = scene.previous(before) if scene.low[before] == "the" else before
            if scene.low[before] in ("from", "against") or _acts_apart(scene, before, other):
                found.add(other.word.party)
    return frozenset(found)


def _acts_apart(scene: Scene, joint: int, other: Side) -> bool:
    """Whether a side begins a clause of its own behind another: "Militants hold A, and B's forces have moved into C"."""
    if scene.low[joint - 1 : joint + 1] not in ((",", "and"), (",", "while"), (",", "but")):
        return False
    verbs = scene.low[other.end : other.end + 3]
    acts = any(t.startswith("VB") for t in scene.tag[other.end : other.end + 2])
    return acts and scene.words("clauses.saying").isdisjoint(verbs)


def _plain(parties: Parties) -> frozenset[str]:
    """Words for those who fight that are no names: "rebels", "gunmen"."""
    return frozenset({w.removesuffix("s") + "s" for w in parties.nouns("irregular")} | parties.nouns("irregular"))


def foreign_army(scene: Scene, side: Side, parties: Parties) -> str | None:
    """An army of a country, or the fighters of a people, that no list knows, as written: "the Yugoslav army"."""
    k = side.start - 1
    first = side.word.words.split()[0]
    kinds = (SideKind.STATE, SideKind.GENERIC)  # "Baloch separatists"
    if side.word.kind not in kinds or first.lower() == "the" or first[:1].isupper() or k < 0:
        return None
    adjective = scene.tag[k] in ("JJ", "NNP") and scene.written[k][:1].isupper() and scene.written[k].isalpha()
    opens = k == scene.sentence[k][0] or scene.low[k].endswith("-")
    opens = opens or (side.word.kind is SideKind.GENERIC and bool(parties.scan(scene.written[k])))  # "Syrian rebels"
    return (
        scene.text(k, side.end)
        if adjective and not opens and k not in scene.side_at and ((m := scene.inside(k)) is None or not m.known)
        else None
    )


def described(scene: Scene, attribution: Attribution) -> list[str]:
    """The words that describe a speaker by name: "rebel leader X", "X, a spokesman for the rebels"."""
    span = attribution.source_span
    first = next((t.i for t in scene.doc if t.idx >= span.start), None) if span is not None else None
    if span is None or first is None or not scene.written[first][:1].isupper():
        return []
    start, stop = scene.sentence[first]
    k = first
    while k > start and first - k < TITLE and scene.tag[k - 1] in ("NN", "JJ", "NNP", "HYPH"):
        k -= 1
    end = next((t.i for t in scene.doc[first:stop] if t.idx >= span.end), stop)
    aside = next((j for j in range(end + 1, min(stop, end + ASIDE)) if scene.low[j] in (",", ".", '"', "“")), end)
    behind = scene.low[end + 1 : aside] if scene.low[end : end + 1] == (",",) else ()
    return [*scene.low[k:first], *behind]


def speakers(
    attribution: Attribution, heard: Heard, parties: Parties, countries: Sequence[str], scene: Scene | None = None
) -> tuple[str | None, str]:
    """The side of who says "we": known, told by what they are called ("a separatist commander"), heard, or that of a
    country's own soldiers.
    """
    if attribution.side is not None:
        return attribution.side, "the speaker's own side"
    words = attribution.source.casefold().split()
    told = described(scene, attribution) if scene is not None else []
    words += told
    called = next((w for w in words if w.removesuffix("s") in parties.nouns("irregular")), None)
    for word in parties.scan(f"{called.removesuffix('s')}s") if called else ():
        party, why = bind(word, parties, None, countries, heard)
        return party, f"the speaker's own side: {why}"
    state = parties.state_of(countries[0]) if countries else None
    if state is not None and {"army", "military"} & set(told):
        return state.id, f"the speaker's own side: an officer of {state.id}"
    if heard.parties:
        return heard.parties[0], "the speaker's own side: who was spoken of last"
    if state is not None and (set(words) & (parties.nouns("formations") | parties.nouns("state_forces") | {"soldier"})):
        return state.id, f"the speaker's own side: forces of {state.id}"
    if state is not None and attribution.source != NARRATOR:
        return state.id, "the speaker's own side: nothing says that it is not the home side"
    return None, "the speaker's own side"


def pronoun(
    scene: Scene, a: Assertion, attribution: Attribution, heard: Heard, parties: Parties, countries: Sequence[str]
) -> tuple[str | None, str]:
    """A pronoun or "its forces" as subject: the reporter's side, else who was heard last; "its rivals" are who fights them."""
    assert a.subject is not None
    party, why = _pronoun(scene, a, attribution, heard, parties, countries)
    if party is None or scene.low[a.subject] not in scene.words("clauses.rivals"):
        return party, why
    return opponent(party, parties, countries=countries, heard=heard.parties), f"who fights {party}"


def _pronoun(
    scene: Scene, a: Assertion, attribution: Attribution, heard: Heard, parties: Parties, countries: Sequence[str]
) -> tuple[str | None, str]:
    """The same, of whom the subject's own words make nothing else."""
    assert a.subject is not None
    word = scene.low[a.subject]
    left = scene.low[max(0, a.subject - 3) : a.subject]
    if "our" in left and attribution.side is None and attribution.source == NARRATOR:
        state = parties.state_of(countries[0]) if countries else None
        if scene.words("names.russian") & scene.vocabulary:
            return "RU", "“our” in a text that spells names from Russian"
        return (state.id, f"“our” without a known speaker: those of {state.id}") if state else (None, "")
    if word in ("we", "i", "us") or "our" in left:
        return speakers(attribution, heard, parties, countries, scene)
    if word in ("it", "they", "he", "she", "who", "which", "that", "them") or any(
        w in ("its", "their", "his") for w in left
    ):
        if word in ("who", "which", "that"):
            owner = relative_head(scene, a.subject)
            before = side_of_phrase(scene, owner) if owner is not None else None
            before = before or (named_beside(scene, owner) if owner is not None else None) or nearest_left(scene, a)
            if before is not None:
                return bind(before.word, parties, attribution.side, countries, heard)
            if owner is not None and attribution.side is not None and _own_men(scene, owner):
                return attribution.side, "who speaks of their own"
            if owner is not None and (named := own_words(scene, owner, a.start, parties)) is not None:
                return named, "the antecedent as written"
        if word in ("it", "they") and (giver := giving_subject(scene, a.start)) is not None:
            party, why = bind(giver.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to who is to give it up: {why}"
        if word == "it" and (actor := owner_aside(scene, a)) is not None:
            party, why = bind(actor.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to who acts: {why}"
        if word == "it" and (given := given_to(scene, a.subject)) is not None:
            party, why = bind(given.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to who is given something: {why}"
        if word in ("they", "it") and (same := acts_throughout(scene, a.subject)) is not None:
            party, why = bind(same.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to who acts in the clause around it: {why}"
        if word in ("they", "it") and (first := first_actor(scene, a.start)) is not None:
            party, why = bind(first.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to who acts before: {why}"
        if word == "they" or any(w in ("their",) for w in left):
            between = forces_between(scene, a, attribution)
            if between is not None:
                party, why = bind(between.word, parties, attribution.side, countries, heard)
                return party, f"the pronoun goes to {why}"
        other = next((h for h in heard.parties if h != attribution.side), None)
        if word == "them" and scene.low[a.subject - 1] in FORCING:
            foe = next((h for h in heard.fighting(parties, countries) if h != attribution.side), None)
            if foe is not None:
                return foe, "who is forced to go by those who say so"
        if word == "it" and attribution.source.endswith(("officials", "sources", "bloggers")) and other is not None:
            return other, "the pronoun goes to who was spoken of last: several speak"
        if word == "they" and attribution.side is not None and of_others(scene, a, attribution):
            foe = other or opponent(attribution.side, parties, countries=countries, heard=heard.parties)
            if foe is not None:
                return foe, "who speaks of “they” means the others"
        cue = attribution.cue_span if word == "they" and a.subject == scene.sentence[a.start][0] else None
        behind = cue is not None and cue.start > scene.doc[a.subject].idx  # "They had not entered it, he added"
        if behind and (acted := acted_before(scene, a.subject)) is not None:
            party, why = bind(acted.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to who acts in the sentence before: {why}"
        if word == "it" and (opener := told_of_first(scene, a, attribution)) is not None:
            party, why = bind(opener.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to the subject of the sentence: {why}"
        source = parties.source_of(attribution.source) if word == "they" else None
        watched = source is not None and source.kind in WATCHERS
        if watched and (acted := acted_before(scene, a.subject)) is not None:
            party, why = bind(acted.word, parties, None, countries, heard)
            return party, f"{attribution.source} speaks of who acts in the sentence before: {why}"
        if watched and heard.parties:
            return heard.parties[0], f"{attribution.source} speaks of who was spoken of last"
        ahead = _told_of_before(scene, a, attribution) if word == "they" else None
        if ahead is not None:
            party, why = bind(ahead.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to who acts in the sentence before: {why}"
        if attribution.cue_span is not None and attribution.side is not None and word != "he":
            return attribution.side, "the pronoun goes to the reporter's side"
        speaking = _speaking_side(scene, attribution)
        if word == "they" and speaking is not None and speaking.party is not None:
            return speaking.party, "those who say so"  # "Forces loyal to X denied that they had left"
        if word == "they" and speaking is not None and speaking.kind is SideKind.GENERIC:
            party, why = bind(speaking, parties, None, countries, heard)
            return party, f"those who say so: {why}"
        said = attribution.source.casefold().removeprefix("the ").split()
        ranks = set(said[:-1]) <= parties.nouns("ranks")  # "the transitional government"
        generic = ranks and bool(said) and said[-1] in parties.nouns("state_forces")
        state = parties.state_of(countries[0]) if countries and generic and word != "who" else None
        if state is not None:
            return state.id, f"“{attribution.source}” is that of the country of the place"
        if word == "they" and (written := speaker_as_written(attribution, parties)) is not None:
            return written, "those who say so, as written"
        near = nearest_left(scene, a)
        if near is not None:
            party, why = bind(near.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to {why}"
        if word in ("it", "they") and (acted := acted_before(scene, a.subject)) is not None:
            party, why = bind(acted.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to who acts in the sentence before: {why}"
        if heard.parties:
            return heard.parties[0], "the pronoun goes to who was spoken of last"
        last = last_before(scene, a.start) or subject_ahead(scene, a.start)
        if last is not None:
            party, why = bind(last.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to {why}"
        if word == "it" and (country := _country_before(scene, a.subject, parties, countries)) is not None:
            return country, "the pronoun goes to the country named before"
    return None, ""


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


def _country_before(scene: Scene, subject: int, parties: Parties, countries: Sequence[str]) -> str | None:
    """The country named last before a pronoun, not that of the place: "links Russia with Crimea, which it seized"."""
    start = scene.sentence[subject][0]
    named = (s.word.party for s in reversed(scene.sides) if start <= s.start < subject and s.word.kind is SideKind.NAME)
    states = (party for id_ in named if id_ is not None and (party := parties.party(id_)) is not None)
    return next((x.id for x in states if x.country is not None and x.country not in countries), None)


def _speaking_side(scene: Scene, attribution: Attribution) -> SideWord | None:
    """The side word that is who says so ("Rebels said they had pulled out")."""
    span = attribution.source_span
    if span is None:
        return None
    doc = scene.doc
    inside = (s for s in scene.sides if span.start <= doc[s.start].idx < span.end)
    return next((s.word for s in inside), None)


def driven_out(
    scene: Scene, a: Assertion, attribution: Attribution, heard: Heard, parties: Parties, countries: Sequence[str]
) -> tuple[str | None, str]:
    """Who "it", "they", "the group" are that were driven out: only forces, for people are driven from their homes as well."""
    assert a.subject is not None
    if (group := group_before(scene, a.subject, heard, parties)) is not None:
        return group, "“the group” is who was spoken of last"
    before = scene.sides if attribution.side is None else ()
    kinds = (SideKind.FORCES, SideKind.GENERIC)
    forces = any(s.start < a.subject and s.word.kind in kinds for s in before)
    if attribution.side is None and not forces:
        return None, "nothing says that forces are driven out"
    return pronoun(scene, a, attribution, heard, parties, countries)


def group_before(scene: Scene, subject: int, heard: Heard, parties: Parties) -> str | None:
    """Whom "the group" or "the militants" without more takes up: the armed group spoken of last in the sentence, or before it."""
    if scene.low[subject] not in ("group", "movement", "alliance", "militia"):
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


def taken_from(
    scene: Scene, a: Assertion, parties: Parties, speaker: str | None, countries: Sequence[str], heard: Heard
) -> str | None:
    """Who took a place "retaken from the rebels" where nobody else is named: whoever fights them there."""
    if a.cue.frame.relation is not Relation.TAKES or not a.passive or a.side is not None:
        return None
    if scene.low[a.end : a.end + 1] != ("from",):
        return None
    behind = range(a.end + 1, min(a.end + 4, len(scene.low)))
    gone = next((scene.side_at[k] for k in behind if k in scene.side_at), None)
    party = bind(gone.word, parties, speaker, countries, heard)[0] if gone is not None else None
    foe = opponent(party, parties, countries=countries, heard=heard.fighting(parties, countries)) if party else None
    rebels = (
        foe is None and gone is not None and gone.word.words.lower().removeprefix("the ") in parties.nouns("irregular")
    )
    home = parties.army_of(countries[0]) if rebels and countries else None
    return home.id if home is not None else foe

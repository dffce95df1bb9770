"""Whose ground a claim is about: the party of an assertion, bound by the speaker's side, the country and what was heard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportedly.knowledge.parties import Parties, SideKind, SideWord
from reportedly.model import NARRATOR, Attribution, Quoting, Relation
from reportedly.read.asserted import Assertion
from reportedly.read.mood import base_of
from reportedly.read.scene import Scene, Side
from reportedly.read.sides import side_in
from reportedly.resolve.parties import bind_party, opponent

__all__ = ["Heard", "choose_party"]

OWN = frozenset({"our", "my", "ours"})
TAKEN_AGAIN = frozenset({"recapture", "retake", "regain", "reclaim"})
GIVING = frozenset({"handing", "giving", "dealing", "gave", "handed", "gives", "hands", "earning", "marking"})
KEPT = 12  # parties of passages before that are kept in mind
OCCUPYING = frozenset({"occupy", "reoccupy"})  # which nobody says of their own side
INSERTED = re.compile(r"[,”\"]\s*(?:[\w’'-]+\s+){0,4}$")  # what stands before a cue inserted in what is said


@dataclass(slots=True)
class Heard:
    """What the passage said so far: parties the latest first, and the countries where it plays, most likely first."""

    parties: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    events: dict[tuple[Relation, str], str] = field(default_factory=dict)  # whose gain, loss, hold at a place was told
    named: list[str] = field(default_factory=list)  # parties of the passage, claims or not
    earlier: list[str] = field(default_factory=list)  # those of the passages before

    def recall(self) -> None:
        """Keep the parties of the passage before, the latest first, when another one begins."""
        self.earlier = list(dict.fromkeys([*reversed(self.named), *self.earlier]))[:KEPT]

    def fighting(self, parties: Parties, countries: Sequence[str]) -> list[str]:
        """The parties heard, latest first, then the others that were named and fight where the passage plays."""
        fight = [id_ for id_ in (*reversed(self.named), *self.earlier) if _fights_in(parties, id_, countries)]
        return list(dict.fromkeys([*self.parties, *fight]))

    def told(self, relation: Relation, place: str) -> str | None:
        """Whose a gain, loss or fight at a place was said to be before in the report."""
        return self.events.get((relation, place.casefold()))

    def tell(self, relation: Relation, place: str, party: str) -> None:
        """Note whose it is said to be."""
        self.events[relation, place.casefold()] = party

    def hear(self, party: str) -> None:
        """Put a party first."""
        if party in self.parties:
            self.parties.remove(party)
        self.parties.insert(0, party)


def _fights_in(parties: Parties, id_: str, countries: Sequence[str]) -> bool:
    """Whether a party fights in one of these countries."""
    party = parties.party(id_)
    if party is None:
        return False
    lands = {*party.countries, *(c for w in party.wars for c in parties.wars[w].countries)}
    return not lands.isdisjoint(countries)


def choose_party(
    scene: Scene, a: Assertion, attribution: Attribution, heard: Heard, parties: Parties, countries: Sequence[str]
) -> tuple[str | None, str]:
    """The party of an assertion and why; None where nobody can be meant. `countries` are those of its places."""
    lands = [*countries, *(c for c in heard.countries if c not in countries)]
    speaker = attribution.side
    if a.side is not None and a.side.word.words.startswith("Wagner") and countries[:1] == ["RU"]:
        return "Wagner Group", "Wagner acts for itself on Russian ground"
    if a.side is not None and a.side.word.kind is SideKind.STATE and speaker is not None and _own(scene, a.side):
        return speaker, f"“{a.side.word.words}” is the speaker's own"
    if a.side is not None and a.side.word.kind is SideKind.OWN and speaker is None and attribution.source != NARRATOR:
        return _speakers(attribution, heard, parties, lands)
    if a.side is not None and not (a.side.word.kind is SideKind.BACKER and a.cue.frame.kind != "title"):
        party, why = _bind(a.side.word, parties, speaker, lands, heard)
        return party, f"{a.who}: {why}"
    if a.who in ("opponent of the subject", "opponent of the object") and a.subject is not None:
        subject = a.who.endswith("subject")
        side = side_in(scene, scene.sentence[a.start][0] if subject else a.start, a.start if subject else a.end)
        if side is not None:
            party, _ = _bind(side.word, parties, speaker, lands, heard)
            foe = opponent(party, parties, countries=lands, heard=heard.parties) if party else None
            return foe, f"the opponent of {party}"
    if a.attributive:
        return _default(scene, a, attribution, heard, parties, lands, countries)
    if a.cue.frame.party == "to" and a.side is None and (named := _named_behind(scene, a, parties)) is not None:
        return named, "named with the cue, as written"
    if a.cue.frame.party == "to" and OWN & set(scene.low[a.start : a.end + 2]):
        return _speakers(attribution, heard, parties, lands)  # "remains in our hands"
    if a.who == "taken up":
        return _driven_out(scene, a, attribution, heard, parties, lands)
    if a.who == "own forces":
        party, why = _pronoun(scene, a, attribution, heard, parties, lands)
        if party is not None:
            return party, why
    if a.subject is not None and not a.passive and "subject" not in a.cue.frame.preps:
        party, why = _pronoun(scene, a, attribution, heard, parties, lands)
        if party is not None:
            return party, why
        if (
            scene.low[a.subject] in parties.nouns("state_forces") | parties.nouns("armed")
            and (owner := _owner_side(scene, a.subject, parties)) is not None
        ):
            return owner, "the side of who commands them"
        if scene.low[a.subject] in parties.nouns("state_forces") and not _irregular(scene, a.subject, parties):
            bare = a.subject > 0 and scene.tag[a.subject - 1] in ("IN", "VBG", "VB")
            if bare and (of := _forces_before(scene, a)) is not None:
                party, why = _bind(of.word, parties, speaker, lands, heard)
                return party, f"forces of {why}"
            if speaker is not None:
                return speaker, f"“{scene.low[a.subject]}” is the speaker's own"
            state = parties.state_of(lands[0]) if lands else None
            before = [s for s in scene.sides if scene.sentence[a.start][0] <= s.start < a.start and s.word.party]
            if state is None and before:
                return _bind(before[-1].word, parties, speaker, lands, heard)
            if state is not None:
                return state.id, f"“{scene.low[a.subject]}” is that of the country of the passage"
        if (group := _group_before(scene, a.subject, heard)) is not None:
            return group, "“the group” is who was spoken of last"
        if scene.low[a.subject - 1] == "whose" and (whose := _relative_owner(scene, a.subject)) is not None:
            party, why = _bind(whose.word, parties, speaker, lands, heard)
            return party, f"whose fighters these are: {why}"
        named = _own_words(scene, a.subject, a.start, parties)
        if named is not None and speaker is not None and scene.low[a.subject] in parties.nouns("formations"):
            forces = _forces_between(scene, a, attribution)
            if forces is not None:
                party, why = _bind(forces.word, parties, speaker, lands, heard)
                return party, f"“{named}” of {why}"
            return speaker, f"“{named}” of the speaker's side"
        if named is not None and not _is_speaker(scene, a.subject, attribution):
            return named, "the subject as written"
        if scene.tag[a.subject].startswith("NNP") or scene.doc[a.subject].text[:1].isupper():
            named_side = parties.side_of(scene.text(scene.doc[a.subject].left_edge.i, a.subject + 1))
            if named_side is not None:
                return named_side, "the side of the subject"
        if (
            scene.tag[a.subject] in ("NN", "NNS")
            and scene.low[a.subject] not in scene.words("clauses.agents")
            and a.cue.frame.default is None
            and a.subject < a.start
        ):
            return None, f"“{scene.low[a.subject]}” holds no ground"
    if a.cue.frame.default is not None:
        return _default(scene, a, attribution, heard, parties, lands, countries)
    home = parties.state_of(countries[0]) if countries else None
    near = _nearest_left(scene, a)
    noun = a.cue.frame.kind == "noun"
    if noun and near is not None and not a.mood.denied and _speaks(scene, near, attribution):
        near = None  # who announces a capture need not be who captured
    if (
        noun
        and a.mood.denied
        and near is not None
        and a.cue.frame.relation is not Relation.LOSES
        and not _tells(scene, near)
        and (not a.mood.judged or _speaks(scene, near, attribution))
    ):
        party, _ = _bind(near.word, parties, speaker, lands, heard)
        foe = opponent(party, parties, countries=lands, heard=heard.parties) if party else None
        if foe is not None:
            return foe, f"what {party} denies is the other side's"
    if noun and a.cue.frame.relation is Relation.LOSES and near is None:
        lost = heard.told(Relation.LOSES, a.targets[0].mention.words)
        if lost is not None and not a.mood.denied:
            return lost, "who lost it was told before"
        if speaker is not None:
            return speaker, "who owns to a loss means their own side"
        governor = _governor_side(scene, a.start, parties)
        if governor is not None:
            return governor, "who owns to a loss means their own side"
        later = _first_right(scene, a)
        if later is not None:
            party, why = _bind(later.word, parties, speaker, lands, heard)
            return party, f"the first side named after it: {why}"
    theirs_alone = a.cue.text in scene.words("clauses.seizing") or a.cue.frame.relation is Relation.CONTESTS
    if a.passive and home is not None and home.id == speaker and theirs_alone:
        theirs = _bind(near.word, parties, speaker, lands, heard)[0] if near is not None else None
        foe = opponent(home.id, parties, countries=lands, heard=heard.parties)
        if foe is not None and theirs in (None, home.id):
            return foe, f"nobody is named: “{a.cue.text}” by {home.id} of its own ground means the other side"
    if near is not None:
        party, why = _bind(near.word, parties, speaker, lands, heard)
        if (party is not None and a.cue.frame.relation is not Relation.LOSES) or (party is not None and not a.passive):
            return party, f"the nearest side before the cue: {why}"
    told = heard.told(a.cue.frame.relation, a.targets[0].mention.words) if noun or a.passive else None
    if told is not None and not a.mood.denied:
        return told, f"who {a.cue.frame.relation} it was told before"
    if (
        a.mood.denied
        and (a.passive or noun)
        and a.cue.frame.relation is Relation.TAKES
        and home is not None
        and home.id == speaker
    ):
        foe = opponent(home.id, parties, countries=lands, heard=heard.parties)
        if foe is not None:
            return foe, f"what {home.id} denies of its own ground is the other side's"
    ours = home is not None and speaker is not None and home.id != speaker
    if ours and a.passive and a.cue.frame.relation is Relation.CONTESTS:
        return speaker, "who says that a place abroad is encircled or entered means their own side"
    if (
        speaker is not None
        and a.cue.words[0] not in OCCUPYING
        and a.cue.frame.relation in (Relation.TAKES, Relation.ADVANCES, Relation.HOLDS)
    ):
        return speaker, "nobody is named: the speaker's side"
    if a.passive and home is not None and a.cue.words[0] in TAKEN_AGAIN:
        return home.id, f"nobody is named: “{a.cue.text}” by those whose country it is"
    if (
        (a.passive or a.cue.frame.relation is Relation.CONTESTS)
        and a.cue.frame.relation in (Relation.TAKES, Relation.CONTESTS, Relation.ANNEXES, Relation.HOLDS)
        and "UA" in countries[:1]
    ):
        return "RU", "nobody is named: who attacks in this war"
    if home is not None and (a.passive or noun) and a.cue.frame.relation is Relation.LOSES:
        return home.id, "nobody is named: those whose country it is"
    if heard.parties:
        return heard.parties[0], "nobody is named: who was spoken of last"
    if home is not None and a.passive and a.cue.frame.relation in (Relation.TAKES, Relation.CONTESTS):
        foe = opponent(home.id, parties, countries=lands, heard=heard.parties)
        if foe is not None:
            return foe, f"nobody is named: who fights {home.id} there"
    if (
        noun
        and {"their", "its"} & set(scene.low[max(0, a.start - 2) : a.start])
        and (last := _last_before(scene, a.start))
    ):
        party, why = _bind(last.word, parties, speaker, lands, heard)
        return party, f"the pronoun goes to {why}"
    return None, "nobody is named"


def _bind(
    word: SideWord, parties: Parties, speaker: str | None, countries: Sequence[str], heard: Heard
) -> tuple[str | None, str]:
    """A side word bound to a party; generic words stay as written where nothing binds them."""
    spoken = [*heard.parties, *heard.named] if word.kind is SideKind.STATE else heard.parties
    if word.kind is SideKind.GENERIC:
        spoken = heard.fighting(parties, countries)
    bound = bind_party(word, parties, speaker=speaker, countries=countries, heard=spoken)
    if bound.party is None and word.kind in (SideKind.GENERIC, SideKind.STATE):
        words = word.words.removeprefix("the ").removeprefix("The ")
        if words.lower().startswith("rebel "):
            words = "rebels"
        return words, f"“{words}” as written"
    return bound.party, bound.reason


def _speakers(
    attribution: Attribution, heard: Heard, parties: Parties, countries: Sequence[str]
) -> tuple[str | None, str]:
    """The side of who says "we": known, told by what they are called ("a separatist commander"), heard, or that of a
    country's own soldiers.
    """
    if attribution.side is not None:
        return attribution.side, "the speaker's own side"
    words = attribution.source.casefold().split()
    called = next((w for w in words if w.removesuffix("s") in parties.nouns("irregular")), None)
    for word in parties.scan(f"{called.removesuffix('s')}s") if called else ():
        party, why = _bind(word, parties, None, countries, heard)
        return party, f"the speaker's own side: {why}"
    if heard.parties:
        return heard.parties[0], "the speaker's own side: who was spoken of last"
    state = parties.state_of(countries[0]) if countries else None
    if state is not None and (set(words) & (parties.nouns("formations") | parties.nouns("state_forces") | {"soldier"})):
        return state.id, f"the speaker's own side: forces of {state.id}"
    if state is not None and attribution.source != NARRATOR:
        return state.id, "the speaker's own side: nothing says that it is not the home side"
    return None, "the speaker's own side"


def _pronoun(
    scene: Scene, a: Assertion, attribution: Attribution, heard: Heard, parties: Parties, countries: Sequence[str]
) -> tuple[str | None, str]:
    """A pronoun or "its forces" as subject: the reporter's side, else who was heard last."""
    assert a.subject is not None
    word = scene.low[a.subject]
    left = scene.low[max(0, a.subject - 3) : a.subject]
    if word in ("we", "i", "us") or "our" in left:
        return _speakers(attribution, heard, parties, countries)
    if word in ("it", "they", "he", "she", "who", "which", "that", "them") or any(
        w in ("its", "their", "his") for w in left
    ):
        if word in ("who", "which", "that"):
            owner = _relative_head(scene, a.subject)
            before = _side_of_phrase(scene, owner) if owner is not None else None
            before = before or _nearest_left(scene, a)
            if before is not None:
                return _bind(before.word, parties, attribution.side, countries, heard)
            if owner is not None and (named := _own_words(scene, owner, a.start, parties)) is not None:
                return named, "the antecedent as written"
        if word == "it" and (given := _given_to(scene, a.subject)) is not None:
            party, why = _bind(given.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to who is given something: {why}"
        if word in ("they", "it") and (first := _first_actor(scene, a.start)) is not None:
            party, why = _bind(first.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to who acts before: {why}"
        if word == "they" or any(w in ("their",) for w in left):
            between = _forces_between(scene, a, attribution)
            if between is not None:
                party, why = _bind(between.word, parties, attribution.side, countries, heard)
                return party, f"the pronoun goes to {why}"
        other = next((h for h in heard.parties if h != attribution.side), None)
        if word == "it" and attribution.source.endswith(("officials", "sources", "bloggers")) and other is not None:
            return other, "the pronoun goes to who was spoken of last: several speak"
        if word == "they" and attribution.side is not None and _of_others(scene, a, attribution):
            foe = other or opponent(attribution.side, parties, countries=countries, heard=heard.parties)
            if foe is not None:
                return foe, "who speaks of “they” means the others"
        same = attribution.cue_span is not None
        if same and attribution.side is not None and word != "he":
            return attribution.side, "the pronoun goes to the reporter's side"
        generic = attribution.source.casefold().removeprefix("the ") in parties.nouns("state_forces")
        state = parties.state_of(countries[0]) if countries and generic and word != "who" else None
        if state is not None:
            return state.id, f"“{attribution.source}” is that of the country of the place"
        if word == "they" and (named := _speaker_as_written(attribution, parties)) is not None:
            return named, "those who say so, as written"
        near = _nearest_left(scene, a)
        if near is not None:
            party, why = _bind(near.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to {why}"
        if heard.parties:
            return heard.parties[0], "the pronoun goes to who was spoken of last"
        last = _last_before(scene, a.start)
        if last is not None:
            party, why = _bind(last.word, parties, attribution.side, countries, heard)
            return party, f"the pronoun goes to {why}"
    return None, ""


def _driven_out(
    scene: Scene, a: Assertion, attribution: Attribution, heard: Heard, parties: Parties, countries: Sequence[str]
) -> tuple[str | None, str]:
    """Who "it", "they", "the group" are that were driven out: only forces, for people are driven from their homes as well."""
    assert a.subject is not None
    if (group := _group_before(scene, a.subject, heard)) is not None:
        return group, "“the group” is who was spoken of last"
    before = scene.sides if attribution.side is None else ()
    forces = any(s.start < a.subject and s.word.kind is SideKind.FORCES for s in before)
    if attribution.side is None and not forces:
        return None, "nothing says that forces are driven out"
    return _pronoun(scene, a, attribution, heard, parties, countries)


def _given_to(scene: Scene, pronoun: int) -> Side | None:
    """The side that something is handed to before a pronoun: "handing Russia its biggest gain since it took X"."""
    start = scene.sentence[pronoun][0]
    for side in reversed(scene.sides):
        if start < side.start < pronoun and not any(w in (";", ":") for w in scene.low[side.end : pronoun]):
            return side if scene.low[side.start - 1] in GIVING and scene.tag[side.end] == "PRP$" else None
    return None


def _group_before(scene: Scene, subject: int, heard: Heard) -> str | None:
    """Whom "the group" or "the militants" without more takes up: the armed group spoken of last in the sentence, or before it."""
    if scene.low[subject] not in ("group", "movement", "alliance", "militia") or scene.low[subject - 1] != "the":
        return None
    if any(c.dep_ in ("amod", "compound", "appos") for c in scene.doc[subject].children):
        return None
    start = scene.sentence[subject][0]
    named = [
        s.word.party
        for s in scene.sides
        if start <= s.start < subject and s.word.kind is SideKind.FORCES and s.word.party
    ]
    return named[-1] if named else _first(heard)


def _relative_owner(scene: Scene, noun: int) -> Side | None:
    """The side right before ", whose fighters"."""
    k = noun - 2
    while k > 0 and scene.low[k] == ",":
        k -= 1
    return next((s for s in scene.sides if s.start <= k < s.end), None) or _side_of_phrase(scene, k)


def _first_actor(scene: Scene, verb: int) -> Side | None:
    """The side that is subject of the clause to which that of the verb is joined: "A drove B out of X, and they took Y"."""
    token = scene.doc[verb]
    head = token.head
    if token.dep_ != "conj" or head.pos_ != "VERB" or head.i >= verb or head.dep_ == "conj":
        return None
    subject = next((c for c in head.children if c.dep_ == "nsubj"), None)
    if subject is None or not any(c.dep_ == "dobj" for c in head.children) or head.lemma_ in ("say", "tell", "claim"):
        return None
    return _side_of_phrase(scene, int(subject.i))


def _relative_head(scene: Scene, pronoun: int) -> int | None:
    """The noun that a relative pronoun takes up."""
    token = scene.doc[pronoun]
    for _ in range(4):
        if token.dep_ == "relcl":
            return int(token.head.i) if token.head.i < pronoun else None
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _side_of_phrase(scene: Scene, head: int) -> Side | None:
    """The side that a noun phrase names by its own words, those joined to it aside ("Mali's army and its allies")."""
    left = min([head, *(t.i for c in scene.doc[head].children if c.i < head and c.dep_ != "relcl" for t in c.subtree)])
    return side_in(scene, left, head + 1)


def _last_before(scene: Scene, token: int) -> Side | None:
    """The side that the sentences before spoke of last, forces before others."""
    before = [s for s in scene.sides if s.end <= token and not scene.bracket[s.start] and scene.inside(s.start) is None]
    forces = [s for s in before if s.word.kind is SideKind.FORCES]
    found = forces or before
    return found[-1] if found else None


def _forces_between(scene: Scene, a: Assertion, attribution: Attribution) -> Side | None:
    """Forces named in the sentence between the reporting cue and the pronoun."""
    assert a.subject is not None
    start = scene.sentence[a.start][0]
    said = attribution.cue_span
    if said is not None and attribution.source_span is not None and attribution.source_span.start < said.start:
        said = attribution.source_span  # "confirmed that the Russians took A and stated they took B"
        if said.start < scene.doc[start].idx or scene.doc[a.subject].idx < said.end:
            said = attribution.cue_span
    inserted = said is not None and INSERTED.search(scene.doc.text, scene.doc[start].idx, said.start) is not None
    if inserted:
        start -= 1  # "Russian troops entered X, he wrote, but they do not control it"
    elif said is not None:
        start = max(start, next((t.i for t in scene.doc if t.idx >= said.end), start) - 1)
    found = [
        s
        for s in scene.sides
        if start < s.start < a.subject and s.word.kind is SideKind.FORCES and not scene.bracket[s.start]
    ]
    return found[-1] if found else None


def _forces_before(scene: Scene, a: Assertion) -> Side | None:
    """The forces that the sentence spoke of before "forces" alone: "Russian forces seek to link up with forces advancing on X"."""
    assert a.subject is not None
    start = scene.sentence[a.start][0]
    sides = [s for s in scene.sides if start <= s.start < a.subject and s.word.kind is SideKind.FORCES]
    return sides[-1] if sides else None


def _own_words(scene: Scene, subject: int, cue: int, parties: Parties) -> str | None:
    """The subject's words where they name an armed group that no list knows ("444 brigade")."""
    low = scene.low
    if low[subject] not in parties.nouns("armed") and not (
        scene.tag[subject] == "NNP" and scene.doc[subject].text.isupper() and len(low[subject]) >= 2
    ):
        return None
    start = subject
    while (
        start - 1 >= 0
        and (scene.tag[start - 1] in ("NNP", "NN", "JJ", "CD", "HYPH", "NNPS") or low[start - 1] == "-")
        and (start - 1 not in scene.at or scene.at[start - 1].head == low[subject])
    ):
        start -= 1
    if start >= cue:
        return None
    words = scene.text(start, subject + 1)
    return words or None


def _named_behind(scene: Scene, a: Assertion, parties: Parties) -> str | None:
    """Armed people that no list knows in "in rebel hands" or behind "in the hands of", "under the control of"."""
    if inside := parties.nouns("irregular") & set(scene.low[a.start : a.end]):
        return min(inside).removesuffix("s") + "s"
    if scene.low[a.end : a.end + 1] not in (("of",), ("by",)):
        return None
    stop = min(a.end + 5, scene.sentence[a.start][1])
    head = next((k for k in range(a.end + 1, stop) if scene.low[k] in parties.nouns("armed")), None)
    if head is None or any(not scene.tag[k].startswith(("NN", "JJ", "DT")) for k in range(a.end + 1, head)):
        return None
    start = a.end + 2 if scene.tag[a.end + 1] == "DT" else a.end + 1
    return scene.text(start, head + 1)


def _is_speaker(scene: Scene, subject: int, attribution: Attribution) -> bool:
    """Whether the subject is only who reports ("The WSJ reported that they attacked and retook X")."""
    span = attribution.source_span
    return span is not None and span.start <= scene.doc[subject].idx < span.end


def _of_others(scene: Scene, a: Assertion, attribution: Attribution) -> bool:
    """Whether "they" stands in somebody's own words, not behind "they say that"."""
    cue = attribution.cue_span
    if attribution.quoting is not Quoting.QUOTATION or cue is None or a.subject is None:
        return False
    at, first = scene.doc[a.subject].idx, scene.doc[scene.sentence[a.start][0]].idx
    return not first <= cue.start < at or bool(set('“"') & set(scene.doc.text[cue.end : at]))


def _speaker_as_written(attribution: Attribution, parties: Parties) -> str | None:
    """An armed group that no list knows and that speaks of itself ("Turkish-backed fighters said they had seized X")."""
    span = attribution.source_span
    described, _, head = attribution.source.rpartition(" ")
    fighters = parties.nouns("armed") - parties.nouns("formations") - parties.nouns("state_forces")
    if attribution.side is not None or span is None or not described or head.casefold() not in fighters:
        return None  # "the rebels", "the group": those whom the report named before
    return attribution.source


def _speaks(scene: Scene, side: Side, attribution: Attribution) -> bool:
    """Whether a side word only stands in the name of who speaks."""
    span = attribution.source_span
    return span is not None and span.start <= scene.doc[side.start].idx < span.end


def _own(scene: Scene, side: Side) -> bool:
    """Whether a side word is owned by a pronoun ("its army")."""
    return side.start > 0 and scene.low[side.start - 1] in ("its", "their")


def _tells(scene: Scene, side: Side) -> bool:
    """Whether a side word only says whose claim or story it is ("the occupiers' stories of", "the occupiers lied about")."""
    after = range(side.end, min(side.end + 3, len(scene.low)))
    told = scene.words("clauses.claim_nouns") | scene.words("clauses.told_nouns")
    return any(scene.low[k] in told or base_of(scene, k, "clauses.deceive") for k in after)


def _first_right(scene: Scene, a: Assertion) -> Side | None:
    """The first side word behind the cue in its sentence ("After the loss of X the Russians dug in")."""
    _, end = scene.sentence[a.start]
    return next((s for s in scene.sides if a.end <= s.start < end and scene.inside(s.start) is None), None)


def _governor_side(scene: Scene, noun: int, parties: Parties) -> str | None:
    """The side of the subject of the verb that governs a noun ("Zelensky admits the loss of X")."""
    head = scene.doc[noun].head
    subject = next((c for c in head.children if c.dep_ == "nsubj"), None) if head.pos_ in ("VERB", "AUX") else None
    return parties.side_of(scene.text(subject.left_edge.i, subject.i + 1)) if subject is not None else None


def _owner_side(scene: Scene, subject: int, parties: Parties) -> str | None:
    """The side of a person whose forces are the subject ("Putin's troops")."""
    owner = next((c for c in scene.doc[subject].children if c.dep_ == "poss"), None)
    return parties.side_of(scene.text(owner.left_edge.i, owner.i + 1)) if owner is not None else None


def _irregular(scene: Scene, subject: int, parties: Parties) -> bool:
    """Whether the forces are called rebels or the like ("anti-government forces"): not those of the state."""
    against = "anti" in scene.low[max(0, subject - 4) : subject]
    return against or any(c.lower_ in parties.nouns("irregular") for c in scene.doc[subject].children if c.i < subject)


def _nearest_left(scene: Scene, a: Assertion) -> Side | None:
    """The nearest side word before the cue in its sentence, not in brackets and no place."""
    start, _ = scene.sentence[a.start]
    for side in reversed(scene.sides):
        if start <= side.start < a.start and not scene.bracket[side.start] and side.word.kind is not SideKind.BACKER:
            covering = scene.inside(side.start)
            owner = scene.low[side.end : side.end + 1] == ("'s",) and not any(
                k in scene.at for k in range(side.end + 1, min(side.end + 4, a.start))
            )
            if covering is None or covering.head is not None or owner:
                return side  # "Russia's campaign to"
    return None


def _default(
    scene: Scene,
    a: Assertion,
    attribution: Attribution,
    heard: Heard,
    parties: Parties,
    lands: Sequence[str],
    countries: Sequence[str],
) -> tuple[str | None, str]:
    """Whom a frame means where nobody is named: the liberator, attacker, occupier or defender of the ground at hand."""
    role = a.cue.frame.default or ("occupier" if a.cue.words[0] in OCCUPYING else None)
    if a.attributive and a.who.startswith("“") and countries[:1] != ["UA"]:
        word = a.who.strip("“").split("-")[0]
        if word in parties.nouns("irregular"):
            return ("opposition" if word == "opposition" else word.removesuffix("s") + "s"), "as written"
        ruler = parties.state_of(countries[0] if countries else lands[0]) if countries or lands else None
        if word in (*parties.nouns("state_forces"), "regime", "junta") and ruler is not None:
            return ruler.id, f"“{word}” of the country of the place"
    home = countries[0] if countries else (lands[0] if lands else None)
    state = parties.state_of(home) if home else None
    if role == "liberator":
        if any(t.mention.words.lower().endswith("people's republic") for t in a.targets):
            return "RU", "as those who call it a republic say"
        if attribution.side is not None:
            return attribution.side, f"who says “{a.cue.text}” means their own side"
        for latest in heard.parties[:1]:
            if state is not None and latest == state.id:
                return latest, "the home side, spoken of last"
        return (
            (state.id, f"“{a.cue.text}”: by those whose country it is")
            if state
            else (_first(heard), "who was spoken of last")
        )
    if role == "defender":
        if attribution.side is not None and state is not None and attribution.side != state.id:
            return state.id, "those whose country it is"
        return (state.id, "those whose country it is") if state else (_first(heard), "who was spoken of last")
    if role == "attacker" and a.attributive and home != "UA" and (before := _nearest_left(scene, a)) is not None:
        bound, why = _bind(before.word, parties, attribution.side, lands, heard)
        if bound is not None:
            return bound, f"the nearest side before the cue: {why}"
    if a.cue.frame.relation is Relation.CONTESTS and home != "UA" and not a.attributive:
        start, end = scene.sentence[a.start]
        named = [s.word.party for s in scene.sides if start <= s.start < end and s.word.party]
        party = next((p for p in named if state is None or p != state.id), named[0] if named else _first(heard))
        return party or "unknown", "named in the sentence" if named else "nobody is named"
    if state is not None and role in ("occupier", "attacker"):
        foe = opponent(
            state.id, parties, countries=[home] if home else [], heard=heard.fighting(parties, [home] if home else [])
        )
        if foe is not None:
            return foe, f"“{a.cue.text}”: the side that fights {state.id} there"
    if a.cue.frame.relation is Relation.CONTESTS and not heard.parties:
        return (state.id if state else "unknown"), "nobody is named"
    return _first(heard), "who was spoken of last"


def _first(heard: Heard) -> str | None:
    return heard.parties[0] if heard.parties else None

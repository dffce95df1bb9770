"""From the token of a speaker to the speaker: the shortest full name, titles, and what pronouns and titles take up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import Parsed, can_speak
from reportedly.read.sources.claim_nouns import owner
from reportedly.read.sources.speaker_words import speaker_of_words, speaker_phrase
from reportedly.read.sources.speakers import Cast, Speaker
from reportedly.read.sources.taking_up import (
    NOBODY,
    OWN,
    PLURAL,
    SINGULAR,
    THINGS,
    apposed_person,
    by_pronoun,
    fullest_name,
    named_at,
    one_among,
    person_behind_body,
)

__all__ = ["name_speaker"]


Answer = tuple[Speaker | None, str]
"""Who speaks, None where the words name nobody, and how it was found."""


@dataclass(slots=True)
class _Phrase:
    """The noun phrase at a token, and who may be meant by it."""

    head: int
    p: Parsed
    cast: Cast
    parties: Parties
    reporting: Reporting
    nominal: bool  # it only modifies a noun ("Russian claims")
    at: int  # its offset
    low: str

    @property
    def lemma(self) -> str:
        """The base form of the noun."""
        return self.p.lemma[self.head]

    @property
    def before(self) -> str:
        """The word before it."""
        return self.p.low[self.head - 1]

    def name(self, token: int, *, nominal: bool = False) -> Answer:
        """Who another noun phrase names."""
        return name_speaker(token, self.p, self.cast, self.parties, self.reporting, nominal=nominal)

    def issuer(self) -> Answer:
        """Who speaks in a statement."""
        return _issuer(self.head, self.p, self.cast, self.parties, self.reporting)


def name_speaker(
    head: int, p: Parsed, cast: Cast, parties: Parties, reporting: Reporting, *, nominal: bool = False
) -> Answer:
    """Who the noun phrase at a token names, and how it was found. `nominal`: it only modifies a noun ("Russian claims")."""
    low = p.low[head].lstrip("-–—") or p.low[head]
    phrase = _Phrase(head, p, cast, parties, reporting, nominal, p.doc[head].idx, low)
    for rule in RULES:
        if (answer := rule(phrase)) is not None:
            return answer
    return _as_written(phrase)


def _those(s: _Phrase) -> Answer | None:
    """ "Those who fled the town"."""
    clause = s.p.kids(s.head, "relcl", "acl") if s.low in ("those", "these") else []
    return _people(s.p, s.p.left[s.head], s.p.right[clause[0]] + 1) if clause else None


def _people(p: Parsed, first: int, end: int) -> Answer:
    """Somebody as the words from `first` to `end` call them."""
    told, last = p.text(first, end), p.doc[end - 1]
    return Speaker(told, "people", p.doc[first].idx, last.idx + len(last.text), told), f"speaker “{told}”"


def _counted(s: _Phrase) -> Answer | None:
    """ "The first said", "the latter said"."""
    if s.before != "the":
        return None
    if s.low in s.reporting.words["ordinal"] and s.p.pos[s.head] in ("ADJ", "NOUN"):
        return s.issuer()
    pair = _pair(s.at, s.cast) if s.low in ("latter", "former") else None
    if pair is None:
        return None
    return pair[s.low == "latter"], f"“the {s.low}” of {pair[0].name} and {pair[1].name}"


def _pronoun(s: _Phrase) -> Answer | None:
    country = s.p.doc[s.head].text == "US"
    pronoun = s.p.pos[s.head] == "PRON" or s.low in SINGULAR or s.low in PLURAL or s.low in THINGS or s.low in OWN
    return by_pronoun(s.low, s.at, s.cast) if pronoun and not country else None


def _nation(s: _Phrase) -> Answer | None:
    """ "Russian claims", "al-Shabaab's claim"; "Moscow's claim" is Moscow's, as written, "Wagner's claim" Wagner's."""
    p, head, text = s.p, s.head, s.p.doc[s.head].text
    party = s.parties.party_of(text) if s.nominal else None
    if party is None or p.pos[head] not in ("ADJ", "PROPN", "NOUN"):
        return None
    hyphened = head > 1 and s.before == "-" and not p.doc[head - 1].whitespace_
    first = head - 2 if hyphened else head
    seat = any(w.kind in (SideKind.SEAT, SideKind.FORCES) for w in s.parties.scan(text))
    words = party.name if party.kind == "state" and not seat else p.text(first, head + 1)
    words = party.name if party.name == f"{words}s" else words  # "Houthi claims"
    known = s.parties.source_of(words)
    return Speaker(words, "people", p.doc[first].idx, s.at + len(text), words, known=known), f"the claim is {text}"


def _rebel(s: _Phrase) -> Answer | None:
    """ "Rebel claims"."""
    token, many = s.p.doc[s.head], f"{s.low}s"
    if not s.nominal or s.p.dep[s.head] not in ("amod", "compound") or many not in s.reporting.people:
        return None
    if not (token.text.islower() or token.is_sent_start):
        return None
    return Speaker(many, "people", s.at, s.at + len(s.low), many, frozenset({s.low, many})), f"“{s.low}” claims"


def _only_indicates(s: _Phrase) -> Answer | None:
    """ "These reports suggest"."""
    taken_up = s.lemma in s.reporting.anaphoric and s.head > 0 and s.before in ("this", "these", "such")
    concludes = taken_up and s.p.lemma[s.p.head[s.head]] in s.reporting.words["concludes"]
    return (NOBODY, f"“{s.low}” only indicates something: the writer's own") if concludes else None


def _apposed(s: _Phrase) -> Answer | None:
    person = apposed_person(s.head, s.p, s.cast, s.reporting)
    return (person, f"“{person.described}” names {person.name}") if person is not None else None


def _relation(s: _Phrase) -> Answer | None:
    """ "Its rival, the Sudanese army, said"."""
    other = _set_beside(s.head, s.p) if s.low in s.reporting.words["relations"] else None
    return s.name(other) if other is not None else None


def _named(s: _Phrase) -> Answer | None:
    """Who is named right there; who heads a body, before the body."""
    named = named_at(s.at, s.cast)
    if named is None or named.kind == "body":
        person = person_behind_body(s.head, s.p, s.cast, s.reporting)
        if person is not None:
            return person, f"“{s.p.low[s.head]} of” a body names {person.name}"
    return fullest_name(named, s.cast, s.at) if named is not None else None


def _project(s: _Phrase) -> Answer | None:
    """ "The analytical project DeepState", "the jihadist group Tahrir al-Sham"."""
    p, head = s.p, s.head
    if head + 1 >= len(p.low) or p.pos[head + 1] != "PROPN" or p.pos[head] != "NOUN":
        return None
    named = named_at(p.doc[head + 1].idx, s.cast)
    if named is None or named.known is None:
        return None
    beside = p.dep[head + 1] in ("appos", p.dep[head]) and p.head[head + 1] in (head, p.head[head])
    body = named.kind == "body" and s.lemma in s.reporting.bodies
    return fullest_name(named, s.cast, s.at) if body or beside else None


def _called(s: _Phrase) -> Answer | None:
    behind = _name_behind(s.head, s.p, s.reporting)
    return (behind, f"the {s.low} is called {behind.name}") if behind is not None else None


def _writing(s: _Phrase) -> Answer | None:
    """ "The report said", of whoever's report was told of before; "this report" is the writer's own."""
    if s.lemma not in s.reporting.writings or s.before not in ("the", "this") or owner(s.p, s.head) is not None:
        return None
    if (author := s.cast.author(s.lemma, s.at)) is not None:
        return author, f"the {s.low} of {author.name}, told of before"
    return (NOBODY, f"“this {s.low}” is the writer's own") if s.before == "this" else None


def _evidence(s: _Phrase) -> Answer | None:
    """ "Data of Japanese intelligence show", "footage shows"; whoever is filmed has not said so."""
    evidence, lemma = s.lemma in s.reporting.evidence, s.lemma
    shown = (evidence or lemma in s.reporting.writings) and lemma not in s.reporting.words["filmed"]
    if shown and (behind := _behind(s.head, s.p)) is not None:
        who, why = s.name(behind)
        return who, f"the {s.p.low[s.head]} of: {why}"
    named = s.p.doc[s.head].text.isupper()  # "the rebels of FACT said"
    if not evidence or named or lemma in s.reporting.people or (s.nominal and s.low == "reporting"):
        return None
    return NOBODY, f"“{s.low}” shows, it does not speak: the writer's own"


def _text(s: _Phrase) -> Answer | None:
    """ "A statement said"."""
    words = s.reporting.words
    authored = s.lemma in words["works"] and _has_author(s.head, s.p, s.reporting)
    return s.issuer() if s.lemma in words["texts"] or authored else None


def _among(s: _Phrase) -> Answer | None:
    """ "One of the drivers"."""
    among = one_among(s.head, s.p)
    return _people(s.p, s.head, among + 1) if among is not None and s.p.pos[among] == "NOUN" else None


RULES: tuple[Callable[[_Phrase], Answer | None], ...] = (
    _those, _counted, _pronoun, _nation, _rebel, _only_indicates, _apposed, _relation, _named, _project, _called, _writing,
    _evidence, _text, _among,
)  # fmt: skip


def _as_written(s: _Phrase) -> Answer:
    """Whoever the words themselves name."""
    words, described, start, end = speaker_phrase(s.head, s.p, s.reporting)
    if not words:
        return None, "no words for the speaker"
    return speaker_of_words(words, described, start, end, s.head, s.p, s.cast, s.parties, s.reporting)


def _name_behind(head: int, p: Parsed, reporting: Reporting) -> Speaker | None:
    """The name of a body right behind its noun and before its verb: "the channel Two Majors reports"."""
    end = head + 1
    end += 2 if p.low[end : end + 2] == ["al", "-"] else p.low[end : end + 1] == ["al"]  # "the group al-Shabaab says"
    while end < len(p.low) and p.capital(end) and p.pos[end] in ("PROPN", "NUM", "NOUN") and not p.is_time(end):
        end += 1
    article = p.low[p.left[head]] in ("the", "a", "an") or p.capital(p.left[head])  # "Kremlin newswire TASS"
    if (
        end == head + 1
        or not p.capital(end - 1)
        or not article
        or p.capital(head)
        or p.lemma[head] not in reporting.words["media"] | {"group", "blogger"}
    ):
        return None
    if end >= len(p.low) or not (p.tag[end].startswith("VB") or p.tag[end] == "RB"):
        return None
    at, stop = p.tokens.start[head + 1], p.tokens.end[end - 1]
    name = p.text(head + 1, end)
    return Speaker(name, "body", at, stop, p.text(p.left[head], end), frozenset({p.lemma[head]}))


def _pair(at: int, cast: Cast) -> tuple[Speaker, Speaker] | None:
    """The last two who were named before an offset."""
    named = [w for w in cast.people if w.start < at and w.kind in ("person", "body")]
    return (named[-2], named[-1]) if len(named) > 1 else None


def _behind(head: int, p: Parsed) -> int | None:
    """Whose data or report it is ("the data of Japanese intelligence")."""
    for c in p.kids(head, "prep"):
        objects = p.kids(c, "pobj") if p.low[c] == "of" else []
        if objects and p.capital(p.left[objects[0]]) and not p.is_time(objects[0]):  # "the ministry's map of May 3"
            return objects[0]
    return None


def _issuer(head: int, p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> tuple[Speaker | None, str]:
    """Who speaks in a statement: whose it is, else who spoke or acted last."""
    whose = owner(p, head)
    if whose is None:
        whose = _site_owner(head, p, reporting)
    if whose is None and p.lemma[head] == "statement":
        whose = next((o for c in p.kids(head, "prep") if p.low[c] == "of" for o in p.kids(c, "pobj")), None)
        whose = whose if whose is not None and can_speak(p, whose, reporting) else None  # "a statement of the ministry"
    if whose is None:
        beside = p.kids(head, "compound")
        whose = (
            beside[-1] if beside and beside[-1] == head - 1 and can_speak(p, head - 1, reporting) else None
        )  # "a government statement"
    if whose is not None and whose < head - 1 and p.lemma[head - 1] in reporting.bodies:
        whose = head - 1  # "an Iraqi military statement"
    if whose is not None and p.lemma[whose] not in reporting.words["texts"]:
        who, why = name_speaker(whose, p, cast, parties, reporting, nominal=whose < head)
        return who, f"a {p.low[head]} by: {why}"
    last = cast.last(p.doc[head].idx, ("body", "person", "people"))
    if last is not None:
        return last, f"“{p.low[head]}” is of {last.name}, who was named before"
    if OWN & set(p.low[slice(*p.sentence[head])]):  # "'Our forces hold X,' the statement said"
        token = p.doc[head]
        return Speaker(p.low[head], "body", token.idx, token.idx + len(token.text), p.low[head]), "whoever issued it"
    return NOBODY, f"“{p.low[head]}” of nobody named"


def _has_author(head: int, p: Parsed, reporting: Reporting) -> bool:
    """Whether a report or study is somebody's; what only comes out of a place is nobody's ("reports from the town")."""
    whose = owner(p, head)
    if whose is None:
        return False
    place = p.lemma[whose] in reporting.words["dividers"] | reporting.words["listed"]
    return not (place and whose > head and p.low[whose - 1] != "by" and "from" in p.low[head:whose])


def _site_owner(head: int, p: Parsed, reporting: Reporting) -> int | None:
    """Whose page or channel a text stands on ("a post on the official page of X", "a message on X's channel")."""
    for c in p.kids(head, "prep"):
        for site in p.kids(c, "pobj"):
            if p.low[c] in ("on", "in", "at") and p.lemma[site] in reporting.words["sites"]:
                of = [o for k in p.kids(site, "prep") if p.low[k] == "of" for o in p.kids(k, "pobj")]
                return next(iter(p.kids(site, "poss") or of), None)
    return None


def _set_beside(head: int, p: Parsed) -> int | None:
    """Who is set beside a noun between commas: "its rival, the army, said"."""
    for c in p.kids(head, "appos"):
        if c > head and p.low[p.left[c] - 1] == "," and p.low[p.right[c] + 1 : p.right[c] + 2] == [","]:
            return c
    return None

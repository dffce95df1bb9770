"""From the token of a speaker to the speaker: the shortest full name, titles, and what pronouns and titles take up."""

from __future__ import annotations

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import Parsed, can_speak
from reportedly.read.sources.phrases import owner
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


def name_speaker(
    head: int, p: Parsed, cast: Cast, parties: Parties, reporting: Reporting, *, nominal: bool = False
) -> tuple[Speaker | None, str]:
    """Who the noun phrase at a token names, and how it was found. `nominal`: it only modifies a noun ("Russian claims")."""
    token = p.doc[head]
    at, low = token.idx, p.low[head].lstrip("-–—") or p.low[head]
    if low in ("those", "these") and (clause := p.kids(head, "relcl", "acl")):
        first = p.left[head]
        end = p.right[clause[0]] + 1
        last = p.doc[end - 1]
        told = p.text(first, end)
        return Speaker(told, "people", p.doc[first].idx, last.idx + len(last.text), told), f"speaker “{told}”"
    if low in reporting.words["ordinal"] and p.low[head - 1] == "the" and p.pos[head] in ("ADJ", "NOUN"):
        return _issuer(head, p, cast, parties, reporting)
    if low in ("latter", "former") and p.low[head - 1] == "the" and (pair := _pair(at, cast)) is not None:
        return pair[low == "latter"], f"“the {low}” of {pair[0].name} and {pair[1].name}"
    country = token.text == "US"
    if not country and (p.pos[head] == "PRON" or low in SINGULAR or low in PLURAL or low in THINGS or low in OWN):
        return by_pronoun(low, at, cast)
    if nominal and (party := parties.party_of(token.text)) is not None and p.pos[head] in ("ADJ", "PROPN", "NOUN"):
        hyphened = head > 1 and p.low[head - 1] == "-" and not p.doc[head - 1].whitespace_
        first = head - 2 if hyphened else head  # "al-Shabaab's claim"
        seat = any(
            w.kind in (SideKind.SEAT, SideKind.FORCES) for w in parties.scan(token.text)
        )  # "Moscow's claim" is Moscow's, as written, "Wagner's claim" Wagner's
        words = party.name if party.kind == "state" and not seat else p.text(first, head + 1)
        words = party.name if party.name == f"{words}s" else words  # "Houthi claims"
        return Speaker(
            words, "people", p.doc[first].idx, at + len(token.text), words, known=parties.source_of(words)
        ), f"the claim is {token.text}"
    if (
        nominal
        and p.dep[head] in ("amod", "compound")
        and f"{low}s" in reporting.people
        and (token.text.islower() or token.is_sent_start)
    ):
        return Speaker(
            f"{low}s", "people", at, at + len(low), f"{low}s", frozenset({low, f"{low}s"})
        ), f"“{low}” claims"
    taken_up = p.lemma[head] in reporting.anaphoric and head > 0 and p.low[head - 1] in ("this", "these", "such")
    if taken_up and p.lemma[p.head[head]] in reporting.words["concludes"]:
        return NOBODY, f"“{low}” only indicates something: the writer's own"
    if (person := apposed_person(head, p, cast, reporting)) is not None:
        return person, f"“{person.described}” names {person.name}"
    if low in reporting.words["relations"] and (other := _set_beside(head, p)) is not None:
        return name_speaker(other, p, cast, parties, reporting)  # "its rival, the Sudanese army, said"
    named = named_at(at, cast)
    if named is not None and named.kind != "body":
        return fullest_name(named, cast, at)
    if (person := person_behind_body(head, p, cast, reporting)) is not None:
        return person, f"“{p.low[head]} of” a body names {person.name}"
    if named is not None:
        return fullest_name(named, cast, at)
    if head + 1 < len(p.low) and p.pos[head + 1] == "PROPN" and p.pos[head] == "NOUN":
        named = named_at(p.doc[head + 1].idx, cast)
        put_beside = p.dep[head + 1] in ("appos", p.dep[head]) and p.head[head + 1] in (head, p.head[head])
        # "the analytical project DeepState"
        body = named is not None and named.kind == "body" and p.lemma[head] in reporting.bodies
        if named is not None and named.known is not None and (body or put_beside):
            return fullest_name(named, cast, at)  # "the jihadist group Tahrir al-Sham"
    if (set_behind := _name_behind(head, p, reporting)) is not None:
        return set_behind, f"the {low} is called {set_behind.name}"
    bare = p.lemma[head] in reporting.writings and p.low[head - 1] in ("the", "this") and owner(p, head) is None
    if bare and (author := cast.author(p.lemma[head], at)) is not None:
        return author, f"the {low} of {author.name}, told of before"
    if bare and p.low[head - 1] == "this":
        return NOBODY, f"“this {low}” is the writer's own"
    seen = p.lemma[head] in reporting.words["filmed"]  # whoever is filmed has not said so
    if (
        not seen
        and (p.lemma[head] in reporting.evidence or p.lemma[head] in reporting.writings)
        and (behind := _behind(head, p)) is not None
    ):
        who, why = name_speaker(behind, p, cast, parties, reporting)
        return who, f"the {p.low[head]} of: {why}"
    if (
        p.lemma[head] in reporting.evidence
        and p.lemma[head] not in reporting.people
        and not (nominal and low == "reporting")
    ):
        return NOBODY, f"“{low}” shows, it does not speak: the writer's own"
    if p.lemma[head] in reporting.words["texts"] or (
        p.lemma[head] in reporting.words["works"] and _has_author(head, p, reporting)
    ):
        return _issuer(head, p, cast, parties, reporting)
    if (among := one_among(head, p)) is not None and p.pos[among] == "NOUN":
        told = p.text(head, among + 1)
        at, last = p.doc[head].idx, p.doc[among]
        return Speaker(told, "people", at, last.idx + len(last.text), told), f"speaker “{told}”"
    words, described, start, end = speaker_phrase(head, p, reporting)
    if not words:
        return None, "no words for the speaker"
    return speaker_of_words(words, described, start, end, head, p, cast, parties, reporting)


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
        if p.low[c] == "of" and (objects := p.kids(c, "pobj")) and p.capital(p.left[objects[0]]):
            return objects[0]
    return None


def _issuer(head: int, p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> tuple[Speaker | None, str]:
    """Who speaks in a statement: whose it is, else who spoke or acted last."""
    whose = owner(p, head)
    if whose is None:
        whose = _site_owner(head, p, reporting)
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

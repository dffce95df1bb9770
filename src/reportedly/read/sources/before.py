"""Who spoke and acted in a context that is not parsed, by the words around its verbs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.read.sources.speakers import Cast, Speaker

__all__ = ["acting_before", "heard_before"]

TAIL = 700  # characters at the end of a context in which nouns without a name may be taken up
LOCATED = frozenset({"in", "at", "near", "from", "outside"})
TEXT_OF = re.compile(r"\b(?P<text>[a-z]+) (?:of|by|from) (?P<whose>(?:the )?[A-Z][\w’'-]*(?: [\w’'-]+){0,5})\b")
LEAD = 60  # characters of a sentence within which a name is likely to be its subject
SENTENCE = re.compile(r"(?:(?<=[.!?”\"]\s)|(?<=\n)|^)(?=[A-Z])")
PLURALS = frozenset(
    {"men", "women", "fishermen", "militiamen", "tribesmen", "policemen", "servicemen", "police", "people"}
)


def heard_before(
    text: str, people: Sequence[Speaker], parties: Parties, reporting: Reporting
) -> list[tuple[int, Speaker]]:
    """Who speaks in a context, in order, by the words around its reporting verbs: the context is not parsed.

    Offsets are negative, as those of `people` are. A name that only stands there ("Guillot told") is a speaker too.
    """
    shift = len(text) + 1
    named = {who.start + shift: who for who in people}
    heard: list[tuple[int, Speaker]] = []
    for start, end in _who_said(text, reporting.language):
        name = text[start:end]
        who = next((w for a, w in named.items() if start <= a < end or a <= start < w.end + shift), None)
        if who is None:
            words = [w for w in name.split() if w.casefold() not in reporting.words["openers"]]
            if not words or words[0].casefold() in reporting.words["days"]:
                continue
            full = next((w for w in reversed(people) if w.kind == "person" and w.surname == words[-1].casefold()), None)
            known = parties.source_of(" ".join(words))
            body = (known and known.kind != "person") or words[-1].isupper() or parties.party_of(" ".join(words))
            kind = "body" if body else "person"
            who = full or Speaker(" ".join(words), kind, start - shift, end - shift, name, known=known)
        elif who.kind == "person" and " " not in who.name:
            who = next((w for w in reversed(people) if " " in w.name and w.surname == who.surname), who)
        heard.append((start - shift, who))
    return heard


def _who_said(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where those are named who speak, line by line, as no such words run on over a line's end."""
    at = 0
    for line in text.split("\n"):
        yield from ((at + start, at + end) for start, end in _who_said_in(line, language))
        at += len(line) + 1


@lru_cache(maxsize=2000)
def _who_said_in(line: str, language: str) -> tuple[tuple[int, int], ...]:
    """The same for one line, which stands before many passages."""
    found = []
    for match in _said(language).finditer(line):
        group = "left" if match["left"] else "right" if match["right"] else "source"
        start, end = match.span(group)
        if group == "left" and line[max(0, start - 5) : start].rpartition(" ")[0].rpartition(" ")[2] in LOCATED:
            continue  # "the general staff in Kyiv published": the place does not speak
        found.append((start, end))
    return tuple(found)


@cache
def _said(language: str) -> re.Pattern[str]:
    """ "NAME said", "said the minister NAME", "according to NAME" in plain text."""
    reporting = Reporting.load(language)
    said = "|".join(sorted(reporting.said, key=len, reverse=True))
    name = r"[A-ZÀ-Þ][\w’-]*(?: (?:al-|of |for )?[A-ZÀ-Þ][\w’-]*){0,6}"
    aside = r"(?:, [^,.\n]{3,90},)?(?: (?:has|have|had|also|later|then|further|in a briefing|on \w+)){0,2}"
    lead = r"(?:an? |the )?(?:\w+ (?:by|from|of) )?(?:the )?"
    return re.compile(
        rf"(?P<left>{name})(?:[’']s? \w+)?{aside} (?:{said})\b"
        rf"|[,”\"] (?:{said}) (?:the )?(?:[a-z]+ ){{0,4}}(?P<right>{name})"
        rf"|\b[Aa]ccording to {lead}(?P<source>{name})"
    )


def acting_before(text: str, cast: Cast, parties: Parties, reporting: Reporting) -> list[tuple[int, Speaker]]:
    """Who the sentences at the end of a context begin with: people and bodies without a name ("Two brothers", "The junta's
    statement"), else a name near their beginning. Offsets are negative, as those of the cast are.
    """
    shift = len(text) + 1
    found: list[tuple[int, Speaker]] = []
    for match in TEXT_OF.finditer(text, max(0, len(text) - TAIL)):
        words = itertools.takewhile(
            lambda w: w[:1].isupper() or w in reporting.bodies or w in ("of", "ministry", "defence", "defense"),
            match["whose"].removeprefix("the ").split(),
        )
        named = " ".join(words)
        if match["text"] in reporting.words["texts"] and parties.side_of(named) is not None:
            at = match.start("whose") - shift
            head = frozenset({named.split()[-1].casefold()})
            found.append((at, Speaker(named, "body", at, at + len(named), named, head, parties.source_of(named))))
    for match in SENTENCE.finditer(text, max(0, len(text) - TAIL)):
        begin = match.start() - shift
        who = _unnamed(text, match.start(), begin, cast, parties, reporting) or next(
            (w for w in cast.people if begin <= w.start < begin + LEAD and w.kind in ("person", "body")), None
        )
        if who is not None:
            found.append((begin, who))
    return found


def _unnamed(text: str, at: int, begin: int, cast: Cast, parties: Parties, reporting: Reporting) -> Speaker | None:
    """The people or body without a name that a sentence begins with; a title goes to the person who bears it."""
    nouns = reporting.whoever
    words = text[at : at + 100].split(" ")[:9]
    plain = [w.strip(",.;:()") for w in words]
    n = next((k for k, w in enumerate(plain) if re.sub(r"['’]s$", "", w) in nouns), None)
    if n is None or any(w in reporting.said or w.endswith((",", ".")) or w in ("that", "who") for w in words[:n]):
        return None
    while n + 1 < len(plain) and plain[n] == words[n] and plain[n + 1] in nouns:
        n += 1
    if words[n] == plain[n] and (n + 1 >= len(words) or words[n + 1][:1].isupper()):
        return None  # a title before its name
    if (
        plain[n] == words[n]
        and n + 2 < len(plain)
        and plain[n + 1] == "of"
        and plain[n] in reporting.bodies
        and plain[n + 2].islower()
    ):
        n += 2  # "the Russian ministry of defence"
    noun = re.sub(r"['’]s$", "", plain[n])
    first = 1 if plain[0].casefold() in reporting.words["dropped"] else 0
    name = " ".join([*plain[first:n], noun])
    plural = noun in PLURALS or noun.endswith("s")
    kind = "body" if noun in reporting.bodies or plain[n - 1] == "of" else "people" if plural else "person"
    if first and plain[0] == "The" and (who := cast.by_head([*plain[first:n], noun], begin + 1)) is not None:
        return who
    if kind == "person":
        return None
    whose = " ".join([*plain[:n], noun])
    heads = frozenset({noun, *(w for w in plain[:n] if w in reporting.bodies)})
    return Speaker(name, kind, begin, begin + len(name), whose, heads, parties.source_of(name))

"""The words that name a speaker: without articles, quantities and descriptions, as the name of somebody known if they are one."""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.knowledge.sources import Source
from reportedly.read.parsing.parsed import Parsed
from reportedly.read.sources.casting import titled_gender
from reportedly.read.sources.speakers import Cast, Speaker
from reportedly.read.sources.standins import take_up

__all__ = ["speaker_of_words", "speaker_phrase"]

MARKED = frozenset('"“”„«»')
CONTRASTED = 6  # tokens before a speaker's noun within which "but" stands
KEEP_OF = frozenset({"of", "for"})


def speaker_phrase(head: int, p: Parsed, reporting: Reporting) -> tuple[str, str, int, int]:
    """Words of a speaker's noun phrase without articles and quantities, the whole of it, and its character span."""
    start = _start(head, p, reporting)
    short = _short(start, p.sentence[head][0], p)
    begin = start
    while begin < head and (
        p.low[begin] in reporting.words["dropped"]
        or (begin + 1 == head and p.low[begin] in reporting.words["before"])
        or p.pos[begin] in ("NUM", "PUNCT")
        or p.low[begin] in ("'s", "-")
    ):
        begin += 1
    if p.lemma[head] == "side" and begin and p.low[begin - 1] == "both":
        begin -= 1
    end = _end(head, p, reporting)
    chars = p.tokens.start[begin], p.tokens.end[end - 1]
    return short + p.text(begin, end).strip(" -–—"), short + p.text(start, end), *chars


def _start(head: int, p: Parsed, reporting: Reporting) -> int:
    """Where the phrase of a speaker begins."""
    first, start = p.sentence[head][0], head
    while start > first and _belongs(p, start - 1, head, reporting) and not _parts(p, start, reporting):
        start -= 1
    return start


def _parts(p: Parsed, start: int, reporting: Reporting) -> bool:
    """Whether the word before `start` belongs to something else: "an area that the army says", "last week its ministry"."""
    k = start - 1
    if p.low[k] == "that" and p.tag[k] in ("IN", "WDT"):
        return True
    other = p.head[k] < k and p.dep[k] in ("pobj", "dobj", "nsubj", "npadvmod")
    if other and p.low[k] not in ("-", "'s", "'", "of"):
        return True
    if p.is_time(k) and p.low[start] in ("its", "their", "his", "the"):
        return True
    taken_up = p.lemma[k] in reporting.anaphoric or p.low[k] == "charge"
    return taken_up and p.low[k - 1] in ("a", "an")  # "a claim the army's allies denied"


def _short(start: int, first: int, p: Parsed) -> str:
    """The short name of "Donetsk People's Republic (DNR) forces", 'the "Kakhovka" group'."""
    if start - 3 > first and p.low[start - 1] == ")" and p.low[start - 3] == "(" and p.tokens.text[start - 2].isupper():
        k = start - 4
        while k > first and (p.capital(k) or p.low[k] in ("'s", "'", "’s")):
            k -= 1
        return "" if p.low[k] == "and" else f"{p.tokens.text[start - 2]} "
    quoted = start - 3 >= first and p.low[start - 1] in MARKED and p.low[start - 3] in MARKED
    return f"{p.tokens.text[start - 2]} " if quoted and p.capital(start - 2) else ""


def _end(head: int, p: Parsed, reporting: Reporting) -> int:
    """Where the phrase of a speaker ends: "the governor of Sumy", "the chief of staff"."""
    end = head + 1
    if p.lemma[head] in reporting.whoever or p.lemma[head] == "member":
        end = _past_name(end, p, reporting)
    if p.low[head : head + 3] == ["chief", "of", "staff"]:
        end = max(end, head + 3)
    if p.low[head + 1 : head + 5] == ["-", "in", "-", "chief"]:
        end = max(end, head + 5)
    if p.low[end - 1] in ("'s", "'"):
        return head + 1  # "the governor of Ukraine's eastern region": only the beginning of a longer phrase
    return end


def _past_name(end: int, p: Parsed, reporting: Reporting) -> int:
    """The token behind "of Sumy", "of the Wagner group", "of the White House" at a token."""
    houses, size = reporting.words["houses"], len(p.low)
    while end + 1 < size and p.low[end] in KEEP_OF and _is_name(end + 1, p, houses):
        end += 2 if p.low[end + 1] == "the" else 1
        while end < size and (
            p.pos[end] == "PROPN" or p.low[end] in ("'s", "-") or (p.low[end - 1] == "of" and p.low[end] in houses)
        ):
            end += 1
        if end < size and p.pos[end] == "NOUN" and p.head[end - 1] == end and p.dep[end - 1] == "compound":
            end += 1  # "the founder of the Wagner group"
    return end


def _is_name(k: int, p: Parsed, houses: frozenset[str]) -> bool:
    """Whether a name or a house of some state stands at a token, with an article or without."""
    if p.pos[k] == "PROPN" or p.low[k] in houses:
        return True
    return p.low[k] == "the" and k + 1 < len(p.low) and p.pos[k + 1] == "PROPN"


def _belongs(p: Parsed, i: int, head: int, reporting: Reporting) -> bool:
    """Whether a token left of a noun phrase's words goes on with it."""
    if p.low[i] in ("–", "—", "-") and i and p.doc[i - 1].whitespace_:
        return False  # a dash between spaces parts
    if p.pos[i] in ("NOUN", "PROPN", "ADJ", "NUM") or p.low[i] in ("-", "'s", "'", "–", "/"):
        return True
    if p.low[i] == "of" and i and p.pos[i - 1] == "NOUN" and p.low[i - 1] not in reporting.words["dropped"]:
        return False  # "the statement of the joint command": the command is somebody by itself
    if p.low[i] in reporting.words["dropped"]:
        return True
    if p.low[i] in ("and", "or") and i and p.pos[i - 1] == "ADJ" and p.pos[i + 1] == "ADJ":
        return True  # "Ukrainian and Russian sources"
    joined = p.pos[i] in ("VERB", "ADV") and p.head[i] <= head and p.dep[i] in ("amod", "compound", "advmod")
    return joined and p.low[i - 1] == "-"


def speaker_of_words(
    words: str,
    described: str,
    start: int,
    end: int,
    head: int,
    p: Parsed,
    cast: Cast,
    parties: Parties,
    reporting: Reporting,
) -> tuple[Speaker | None, str]:
    """Take up who was named before, or keep the words as written."""
    proper = any(c.isupper() for c in words)
    if (long := cast.short.get(words)) is not None and long.start < start:
        return long, f"“{words}” is short for {long.name}"
    if " " not in words and p.pos[head] == "PROPN" and (full := cast.named(words, start)) is not None:
        return full, f"“{words}” takes up {full.name}"
    lemma, low = p.lemma[head], words.casefold()
    if _may_take_up(described, head, p, reporting) and (not proper or not p.capital(head)):
        plural = p.tag[head] in ("NNS", "NNPS")
        whose = any(p.low[c] in ("of", "for") and c > head for c in p.kids(head, "prep"))
        taken_up = take_up(words, lemma, start, cast, parties, reporting, plural=plural, exact=whose)
        if taken_up is not None and taken_up.start != start and not _set_against(taken_up, head, p):
            return taken_up, f"“{described}” takes up {taken_up.name}"
    words = _without_description(_without_title(words, head, p, reporting), parties, reporting)
    source = parties.source_of(words)
    kind = _kind(words, source, head, p, parties, reporting, proper=proper)
    if words.split()[0].casefold() in reporting.people and p.pos[head] != "PROPN":
        words = words[0].lower() + words[1:]
    heads = frozenset({lemma, p.low[head], *(w for w in low.split() if w in reporting.bodies)})
    who = Speaker(words, kind, start, end, described, heads, known=source, gender=titled_gender(heads, reporting))
    titled = source is None and p.tag[head] in ("NN", "NNP") and lemma in reporting.titles
    if titled and (same := _named_later(who, lemma, cast, parties)) is not None:
        return replace(who, known=same.known), f"speaker “{words}”, who is {same.name}"
    return who, f"speaker “{words}”"


def _set_against(who: Speaker, head: int, p: Parsed) -> bool:
    """Whether somebody spoke before a "but" in front of the noun at `head`, who is then somebody else: "X claimed it, but the mayor"."""
    first = p.sentence[head][0]
    but = next(
        (k for k in range(head, max(first, head - CONTRASTED), -1) if p.low[k] in ("but", "while", "though")), None
    )
    return but is not None and who.kind == "person" and who.name.split()[-1].casefold() in p.low[first:but]


def _may_take_up(described: str, head: int, p: Parsed, reporting: Reporting) -> bool:
    """Whether words may take up somebody named before: "the governor", "his ministry"."""
    lemma = p.lemma[head]
    takes_up = (
        lemma in reporting.titles
        or lemma in reporting.bodies
        or lemma in reporting.people
        or lemma in reporting.words["anybody"]
    )
    if not takes_up or described.casefold().startswith(("the ", "this ", "that ", "both ")):
        return takes_up
    return lemma == "ministry" and any(p.low[c] in ("his", "her") for c in p.kids(head, "poss"))


def _without_title(words: str, head: int, p: Parsed, reporting: Reporting) -> str:
    """A person's name behind their title: "Qatar's Emir Tamim"; "Deputy Mayor of X" has none behind it."""
    if p.pos[head] != "PROPN" or p.lemma[head] in reporting.bodies:
        return words
    parts = words.split()
    cut = max((i for i, w in enumerate(parts[:-1]) if w.casefold() in reporting.titles), default=-1)
    return " ".join(parts[cut + 1 :]) if parts[cut + 1].casefold() not in KEEP_OF else words


def _kind(
    words: str, source: Source | None, head: int, p: Parsed, parties: Parties, reporting: Reporting, *, proper: bool
) -> str:
    """Whether a person, a body or people speak; `proper`: whether the words have a capital."""
    lemma, tag = p.lemma[head], p.tag[head]
    if source is not None:
        return "person" if source.kind == "person" else "body"
    if not proper and (lemma in reporting.people or lemma in reporting.titles) and tag in ("NN", "NNS"):
        return "body" if lemma in reporting.bodies else "people"
    if lemma in reporting.people or tag in ("NNS", "NNPS"):
        return "people"
    named = p.pos[head] == "PROPN" and lemma not in reporting.bodies and parties.party_of(words) is None
    return "person" if named else "body"


def _without_description(words: str, parties: Parties, reporting: Reporting) -> str:
    """A known name without what describes it: "jihadist group Tahrir al-Sham", "Russia's Interfax news agency"."""
    parts = words.split()
    for i in range(1, len(parts)):
        before = parts[i - 1].casefold()
        described = (
            before in reporting.bodies
            or before in reporting.people
            or before in reporting.words["media"]
            or before.endswith(("'s", "’s"))
        )
        if not described or not parts[i][:1].isupper():
            continue
        rest = " ".join(parts[i:])
        bare = " ".join(p for p in parts[i:] if p.casefold() not in reporting.words["media"] or p[:1].isupper())
        known = parties.source_of(rest) or parties.source_of(bare)
        if known is not None and known.kind in ("outlet", "agency", "group", "channel", "person", "analyst"):
            return rest
    return words


def _named_later(who: Speaker, title: str, cast: Cast, parties: Parties) -> Speaker | None:
    """The known person whom a text first gives a title and names only afterwards: same side, same title, the next one."""
    side = parties.side_of(who.described)
    if side is None:
        return None
    for other in cast.people:
        if other.kind == "person" and other.known is not None and other.start > who.end:
            return other if other.known.side == side and title in other.heads else None
    return None

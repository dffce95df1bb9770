"""The words that name a speaker: without articles, quantities and descriptions, as the name of somebody known if they are one."""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import Parsed
from reportedly.read.sources.casting import titled_gender
from reportedly.read.sources.speakers import Cast, Speaker
from reportedly.read.sources.standins import take_up

__all__ = ["speaker_of_words", "speaker_phrase"]

MARKED = frozenset('"“”„«»')
KEEP_OF = frozenset({"of", "for"})


def speaker_phrase(head: int, p: Parsed, reporting: Reporting) -> tuple[str, str, int, int]:
    """Words of a speaker's noun phrase without articles and quantities, the whole of it, and its character span."""
    first = p.sentence[head][0]
    start = head
    while start > first and _belongs(p, start - 1, head, reporting):
        if p.low[start - 1] == "that" and p.tag[start - 1] in ("IN", "WDT"):
            break  # "an area that the army says"
        if (
            p.head[start - 1] < start - 1
            and p.low[start - 1] not in ("-", "'s", "'", "of")
            and p.dep[start - 1] in ("pobj", "dobj", "nsubj", "npadvmod")
        ):
            break
        if p.is_time(start - 1) and p.low[start] in ("its", "their", "his", "the"):
            break  # "last week its ministry"
        if p.lemma[start - 1] in reporting.anaphoric and p.low[start - 2] in ("a", "an"):
            break  # "a claim the army's allies denied"
        start -= 1
    short = ""
    if start - 3 > first and p.low[start - 1] == ")" and p.low[start - 3] == "(" and p.tokens.text[start - 2].isupper():
        k = start - 4
        while k > first and (p.capital(k) or p.low[k] in ("'s", "'", "’s")):
            k -= 1
        short = (
            "" if p.low[k] == "and" else f"{p.tokens.text[start - 2]} "
        )  # "Donetsk People's Republic (DNR) forces" are DNR forces
    elif start - 3 >= first and p.low[start - 1] in MARKED and p.low[start - 3] in MARKED and p.capital(start - 2):
        short = f"{p.tokens.text[start - 2]} "  # 'the "Kakhovka" group'
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
    end = head + 1
    while (
        end + 1 < len(p.low)
        and p.low[end] in KEEP_OF
        and (p.lemma[head] in reporting.whoever or p.lemma[head] == "member")
        and (
            p.pos[end + 1] == "PROPN"
            or p.low[end + 1] in reporting.words["houses"]
            or (p.low[end + 1] == "the" and end + 2 < len(p.low) and p.pos[end + 2] == "PROPN")
        )
    ):
        end += 2 if p.low[end + 1] == "the" else 1
        while end < len(p.low) and (
            p.pos[end] == "PROPN"
            or p.low[end] in ("'s", "-")
            or (p.low[end - 1] == "of" and p.low[end] in reporting.words["houses"])
        ):
            end += 1
        if end < len(p.low) and p.pos[end] == "NOUN" and p.head[end - 1] == end and p.dep[end - 1] == "compound":
            end += 1  # "the founder of the Wagner group"
    if p.low[head : head + 3] == ["chief", "of", "staff"]:
        end = max(end, head + 3)
    if p.low[head + 1 : head + 5] == ["-", "in", "-", "chief"]:
        end = max(end, head + 5)
    if p.low[end - 1] in ("'s", "'"):
        end = head + 1  # "the governor of Ukraine's eastern region": only the beginning of a longer phrase
    chars = p.tokens.start[begin], p.tokens.end[end - 1]
    return short + p.text(begin, end).strip(" -–—"), short + p.text(start, end), *chars


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
    low = words.casefold()
    lemma = p.lemma[head]
    definite = described.casefold().startswith(("the ", "this ", "that ", "both "))
    definite = definite or (lemma == "ministry" and any(p.low[c] in ("his", "her") for c in p.kids(head, "poss")))
    proper = any(c.isupper() for c in words)
    if (long := cast.short.get(words)) is not None and long.start < start:
        return long, f"“{words}” is short for {long.name}"
    if " " not in words and p.pos[head] == "PROPN" and (full := cast.named(words, start)) is not None:
        return full, f"“{words}” takes up {full.name}"
    takes_up = (
        lemma in reporting.titles
        or lemma in reporting.bodies
        or lemma in reporting.people
        or lemma in reporting.words["anybody"]
    )
    common = not p.capital(head)
    if definite and takes_up and (not proper or common):
        plural = p.tag[head] in ("NNS", "NNPS")
        whose = any(p.low[c] in ("of", "for") and c > head for c in p.kids(head, "prep"))
        who = take_up(words, lemma, start, cast, parties, reporting, plural=plural, exact=whose)
        if who is not None and who.start != start:
            return who, f"“{described}” takes up {who.name}"
    if p.pos[head] == "PROPN" and lemma not in reporting.bodies:
        parts = words.split()
        cut = max((i for i, w in enumerate(parts[:-1]) if w.casefold() in reporting.titles), default=-1)
        if parts[cut + 1].casefold() not in KEEP_OF:  # "Deputy Mayor of X" has no name behind the title
            words = " ".join(parts[cut + 1 :])  # "Qatar's Emir Tamim"
    words = _without_description(words, parties, reporting)
    source = parties.source_of(words)
    kind = "people" if lemma in reporting.people and p.tag[head] in ("NNS", "NN") and not proper else "body"
    if source is not None:
        kind = "person" if source.kind == "person" else "body"
    elif not proper and (lemma in reporting.people or lemma in reporting.titles) and p.tag[head] in ("NN", "NNS"):
        kind = "body" if lemma in reporting.bodies else "people"
    elif lemma in reporting.people or p.tag[head] in ("NNS", "NNPS"):
        kind = "people"
    elif p.pos[head] == "PROPN" and lemma not in reporting.bodies and parties.party_of(words) is None:
        kind = "person"
    if words.split()[0].casefold() in reporting.people and p.pos[head] != "PROPN":
        words = words[0].lower() + words[1:]
    heads = frozenset({lemma, p.low[head], *(w for w in low.split() if w in reporting.bodies)})
    who = Speaker(words, kind, start, end, described, heads, known=source, gender=titled_gender(heads, reporting))
    single = p.tag[head] in ("NN", "NNP")
    if (
        source is None
        and single
        and lemma in reporting.titles
        and (same := _named_later(who, lemma, cast, parties)) is not None
    ):
        return replace(who, known=same.known), f"speaker “{words}”, who is {same.name}"
    return who, f"speaker “{words}”"


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

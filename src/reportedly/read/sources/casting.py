"""Everybody named in a text: the runs of capitalised words that are names of persons and bodies, with their titles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.knowledge.reporting import Reporting
from reportedly.knowledge.sources import Source
from reportedly.read.sources.speakers import Speaker

__all__ = ["find_cast", "titled_gender"]

WORD = r"(?:(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Gen|Col|Maj|Lt|Capt|Sgt|Gov|Sen|Rep|Brig|Adm|Prof)\.|[A-ZÀ-ÞĀ-ŽЀ-Я][\w’']*(?:-[\w’']+)*)"
RUN = re.compile(
    rf"(?<![\w’']){WORD}(?:[ ](?:(?:of|for|de|von|van|bin|ibn|al|el|the|da)[ ]){{0,2}}(?:al-|el-|as-|ash-)?{WORD})*"
)
POSSESSOR = re.compile(r"([A-Z]\w+) ?[’']s $")
AFTER_NAME = re.compile(
    r"[’']?s?,? (?:who (?:is|was|heads|leads) )?(?:the |a |an |then )?((?:[\w’'.-]+ ){0,7}?[\w’'.-]+)(?=[,.;]| (?:of|for|in|from|with|at)\b|$)"
)
OF_WHOM = re.compile(r" (?:of|for|with|from|in) ([^,.;:”\"]{2,80})")
LAST_WORD = re.compile(r"[\w’'-]+$")
PARTICLES = frozenset({"al", "el", "bin", "ibn", "de", "von", "van"})  # links that are part of a name
RANKS = frozenset({"vice", "rear", "lieutenant", "in", "under", "ex"})  # parts of hyphenated titles ("Rear-Admiral")
CALLING = frozenset({"speaking", "reporting", "calling", "writing", "talking"})  # "from" where somebody is
DOES = re.compile(
    r" (?:has |had |now |still )?(\w+) (?:the |a |an )?((?:[\w’'-]+ ){0,5}[\w’'-]+?)(?=[,.;]| of\b| for\b| in\b| from\b| and\b|$)"
)
PERSON_THEN_NAME = re.compile(r"([a-z][\w’'-]*), $")  # "one of them, Yaroslav, ..."
TITLE = 10  # words of a title that stands before a name and a comma, at most


def find_cast(
    text: str, *, parties: Parties, reporting: Reporting, shift: int = 0, lines: dict[str, list[Speaker]] | None = None
) -> list[Speaker]:
    """Everybody named in a text, in order of mention: persons with titles, bodies, known outlets and groups.

    `shift` is added to their offsets; `lines` keeps who is named in each line, for texts that share most of their lines.
    """
    lines, found, at = lines if lines is not None else {}, [], shift
    for line in text.split("\n"):
        if line not in lines:
            lines[line] = list(_cast(line, parties, reporting))
        found += [who.moved(at) for who in lines[line]]
        at += len(line) + 1
    return found


def _cast(text: str, parties: Parties, reporting: Reporting) -> Iterator[Speaker]:
    skipped = reporting.skipped
    for match in RUN.finditer(text):
        start, words = match.start(), match[0].split(" ")
        if len(words) == 1 and _says_nothing(text, start, words[0], skipped, parties, reporting):
            continue
        while words and words[0].casefold() in skipped:
            start += len(words[0]) + 1
            words = words[1:]
        words = words[: next((k for k, w in enumerate(words) if w.casefold() in reporting.dates), len(words))]
        while words and words[-1].casefold() in reporting.words["links"]:
            words = words[:-1]
        if not words:
            continue
        end = start + len(" ".join(words))
        if words[-1].endswith(("'s", "’s")):
            words[-1], end = words[-1][:-2], end - 2
        named = _named(text, start, end, words, parties, reporting)
        if named is not None:
            yield named


def _says_nothing(
    text: str, start: int, word: str, skipped: Collection[str], parties: Parties, reporting: Reporting
) -> bool:
    """Whether a capitalised word alone is surely nobody who speaks, as most are: no name that is known, no body, no title."""
    low = word.casefold()
    if low in skipped:
        return True
    if text[max(0, start - 1) : start] == " ":
        last = text[max(0, start - 40) : start].split()[-1:]
        if not last or not last[0].isalpha() or last[0].casefold() in reporting.titles:
            return False
    if low.endswith(("'s", "’s")):
        word, low = word[:-2], low[:-2]
    return low.rstrip(".") not in reporting.bodies and parties.source_of(word) is None


@dataclass(slots=True)
class _Run:
    """Capitalised words of a text from `start` to `end`, with the words before them and what is known of them."""

    text: str
    start: int
    end: int
    words: list[str]
    low: list[str]
    before: list[str]
    titled: bool  # whether a title stands right before them
    body: bool  # whether a word for a body is among them
    known: Source | None  # whom the lists know by these words
    parties: Parties
    reporting: Reporting
    cut: int = -1  # the last title among them

    def drop(self, count: int) -> None:
        """Move words from the front to those before it."""
        self.before = [*self.before, *self.words[:count]]
        self.words, self.low = self.words[count:], self.low[count:]
        self.start = self.end - len(" ".join(self.words))
        self.known = self.parties.source_of(" ".join(self.words))


def _named(text: str, start: int, end: int, words: list[str], parties: Parties, reporting: Reporting) -> Speaker | None:
    """What a capitalised run names: a person behind titles, a body, or somebody known."""
    low = [w.casefold().rstrip(".") for w in words]
    before = _words_before(text, start)
    titled = bool(before) and before[-1].casefold() in reporting.titles
    body, known = any(w in reporting.bodies for w in low), parties.source_of(" ".join(words))
    run = _Run(text, start, end, words, low, before, titled, body, known, parties, reporting)
    _drop_post(run)
    if len(run.words) == 1 and run.known is None and not (run.body or run.titled) and not _set_off(run):
        return None  # a name alone that nothing calls a speaker, as most are
    titles = reporting.titles
    run.low = [w.rsplit("-", 1)[-1] if "-" in w and set(w.split("-")) <= titles | RANKS else w for w in run.low]
    run.cut = max(
        (i for i, w in enumerate(run.low[:-1]) if w in titles or run.words[i] in reporting.abbreviated), default=-1
    )
    return _body_of(run) if _is_body(run) else _person_of(run)


def _set_off(run: _Run) -> bool:
    """Whether a comma stands before a run."""
    return run.text[max(0, run.start - 2) : run.start] == ", "


def _drop_post(run: _Run) -> None:
    """Leave the name of "Ambassador to Turkey Jane Dow", "head of the Regional Administration Jane Dow"."""
    words, before, reporting = run.words, run.before, run.reporting
    if len(words) > 2 and before[-1:] == ["to"] and len(before) > 1:
        sent = before[-2].casefold() in reporting.titles
        if sent and run.parties.scan(words[0]):
            run.drop(1)
            run.titled = True
    named = run.known is None or run.known.kind == "person"
    if named and len(run.words) > 2 and _name_at_end(run.words, run.low, run.before, reporting):
        run.drop(len(run.words) - 2)
        run.body = False


def _is_body(run: _Run) -> bool:
    """Whether a run names a body, not who heads it: "Head of the Kherson Oblast Military Administration Yaroslav Yanushevych"."""
    if run.known is not None and run.known.kind != "person":
        return True
    low, bodies, words = run.low, run.reporting.bodies, run.reporting.words
    divider = max((i for i, w in enumerate(low) if w in bodies or w in words["dividers"]), default=-1)
    if 0 <= run.cut < divider and 2 <= len(low) - divider - 1 <= 3 and words["links"].isdisjoint(low[divider + 1 :]):
        run.cut, run.body = divider, False
        run.low = [w if w in run.reporting.titles else "" for w in low]
    headed = run.cut >= 0 and run.low[-1] not in bodies and bodies.isdisjoint(run.low[run.cut + 1 :])
    return run.body and not headed


def _body_of(run: _Run) -> Speaker:
    """The body; of "Thailand's Ministry" the country tells the side, the name stays short."""
    text, start = run.text, run.start
    whose = POSSESSOR.search(text, max(0, start - 40), start) if text[max(0, start - 2) : start] == "s " else None
    name = " ".join(run.words)
    described = f"{whose[1]}'s {name}" if whose else name
    return Speaker(name, "body", start, run.end, described, frozenset(run.low), run.known)


def _person_of(run: _Run) -> Speaker | None:
    """The person whose name stands behind the titles of a run, where it is one."""
    name = _name(run)
    if name is None:
        return None
    known = run.parties.source_of(" ".join(name))
    if known is None and len(name) > 1 and name[0].casefold() in run.reporting.words["places_begin"]:
        return None  # "took Velyka Novosilka, the spokesman said"
    described, heads = _titles(run, len(name))
    if not heads and known is None and not _may_be_person(run, name):
        return None
    if known is not None:
        heads |= {w.casefold() for t in known.titles for w in t.split()}
        side = run.parties.party(known.side) if known.side else None
        heads |= {w.casefold() for w in side.people} if side else set()  # "the Russian president"
    begin = run.end - len(" ".join(name))
    gender = _gender(name[0] if len(name) > 1 else "", heads, run.reporting)
    group = known is not None and known.kind == "group"  # "Colombia's ELN has taken X, the mayor said"
    kind = "body" if group else "person"
    return Speaker(" ".join(name), kind, begin, run.end, described, frozenset(heads), known, gender)


def _name(run: _Run) -> list[str] | None:
    """The words of a person's name; what stands behind it is cut off the run."""
    reporting, titled = run.reporting, run.cut >= 0
    name = run.words[run.cut + 1 :]
    owned = max((i for i, w in enumerate(name[:-1]) if w.endswith(("'s", "’s"))), default=-1)
    name = name[owned + 1 :]  # "ICG's Gowan"
    if titled and name[0].casefold() in ("for", "of") and len(name) >= 4:
        name = name[-2:]  # "High Commissioner for Refugees Jane Dow"
    if any(w in reporting.words["dividers"] for w in map(str.casefold, name)):
        return None
    name = _before_link(run, name)
    links = (low for w in name if (low := w.casefold()) in reporting.words["links"])
    too_long = len(name) > (6 if titled else 4)
    return None if too_long or any(w not in PARTICLES for w in links) else name


def _before_link(run: _Run, name: list[str]) -> list[str]:
    """The name of "Commander Bo Thura of the Karenni forces", "one of them, Jane Dow of the Crisis Group"."""
    link = next((i for i, w in enumerate(name) if i and w in ("of", "for", "the")), None)
    if link is None:
        return name
    if run.cut >= 0:
        cut = name[0] not in ("of", "for", "the")
    else:
        set_off = link in (2, 3) and (_set_off(run) or bool(_first_gender(name[0], run.reporting)))
        cut = set_off and not run.parties.scan(" ".join(name[:link]))
    if cut:
        run.end -= len(" ".join(name)) - len(" ".join(name[:link]))
    return name[:link] if cut else name


def _titles(run: _Run, length: int) -> tuple[str, set[str]]:
    """What a person is called, in words and by titles: in the run, before it, set beside it."""
    titles, before = run.reporting.titles, run.before
    heads = {w for w in run.low[: run.cut + 1] if w in titles}
    described = " ".join([*before[-4:], *run.words]) if run.titled else " ".join(run.words)
    if run.titled:
        heads |= {w.casefold() for w in before if w.casefold() in titles}
    if run.cut < 0 and _located(run):
        return described, heads  # "Speaking from Port Sudan, the army's spokesman said"
    described, found = _apposition(run.text, run.start, run.end, described, run.parties, run.reporting, length)
    return described, heads | found


def _located(run: _Run) -> bool:
    """Whether a run only says where somebody is: "in Port Sudan", "speaking from Port Sudan"."""
    before = run.before
    if not before:
        return False
    speaking = before[-1] == "from" and len(before) > 1 and before[-2].casefold() in CALLING
    return speaking or before[-1].casefold() in run.reporting.words["locative"]


def _may_be_person(run: _Run, name: list[str]) -> bool:
    """Whether a name without a title is that of a person: "one of them, Yaroslav, ...", two or three words that are no side's."""
    if _located(run) or run.low[0] in run.reporting.words["compass"]:
        return False
    if 2 <= len(name) <= 3 and not run.parties.scan(" ".join(name)):
        return True
    told = PERSON_THEN_NAME.search(run.text, max(0, run.start - 60), run.start) if len(name) == 1 else None
    aside = told is not None and run.text[run.end : run.end + 1] == ","
    return aside and told is not None and (told[1] == "them" or told[1] in run.reporting.people)


def _gender(first: str, heads: Collection[str], reporting: Reporting) -> str:
    """What a first name or a title tells, else the ending of the name."""
    gender = _first_gender(first, reporting) or titled_gender(heads, reporting)
    return "f?" if not gender and first.endswith("a") and first not in reporting.words["male_in_a"] else gender


def _name_at_end(words: list[str], low: list[str], before: Sequence[str], reporting: Reporting) -> bool:
    """Whether a person's name ends a run behind what they head: "head of the Regional Administration Jane Dow", "mayor of X Jane
    Dow". A given name that is known tells.
    """
    if not _first_gender(words[-2], reporting) or low[-3] in reporting.titles or words[-3] in reporting.abbreviated:
        return False
    heads = before[-1:] and before[-1] in ("of", "for", "the") and any(w.casefold() in reporting.titles for w in before)
    heads = heads or (before[-1:] == ["in"] and before[-2:-1] and before[-2].casefold() in reporting.titles)
    heads = heads or low[-3] in reporting.bodies  # "National Council Jane Dow", whose title was lost
    return bool(heads) and "-" not in words[-3]


def _of_group(text: str, end: int, parties: Parties) -> str:
    """The armed group that a title behind a name is of: "X, spokesman for the M23". What a scholar studies is mostly a state."""
    match = OF_WHOM.match(text, end, end + 90)
    for word in parties.scan(match[1]) if match is not None else ():
        party = parties.party(word.party) if word.party is not None else None
        if party is not None and party.kind == "group" and word.kind in (SideKind.NAME, SideKind.FORCES):
            return f" of {word.words}"
    return ""


def _words_before(text: str, start: int) -> list[str]:
    """At most six words that stand right before an offset, nothing but single spaces between them."""
    return _last_words(text[max(0, start - 60) : start - 1], 6) if text[max(0, start - 1) : start] == " " else []


def _last_words(text: str, count: int) -> list[str]:
    """At most so many words that a text ends with, nothing but single spaces between them."""
    found: list[str] = []
    for word in reversed(text.split(" ")[-count:]):
        plain = LAST_WORD.search(word)
        if plain is not None:
            found.insert(0, plain[0])
        if plain is None or plain.start():
            break
    return found


def _first_gender(first: str, reporting: Reporting) -> str:
    """What a first name tells."""
    return "f" if first in reporting.words["female"] else "m" if first in reporting.words["male"] else ""


def titled_gender(heads: Collection[str], reporting: Reporting) -> str:
    """What a title or noun tells of who bears it."""
    if not reporting.words["women"].isdisjoint(heads):
        return "f"
    return "" if reporting.words["men"].isdisjoint(heads) else "m"


def _apposition(
    text: str, start: int, end: int, described: str, parties: Parties, reporting: Reporting, length: int
) -> tuple[str, set[str]]:
    """Titles in apposition on either side of a name: "X, the governor of Y," and "The governor of Y, X,"."""
    heads: set[str] = set()
    if text[end : end + 2] == ", " and length > 1:
        match = AFTER_NAME.match(text, end, end + 110)
        inserted = (
            match is not None and match[1].rpartition(" ")[2] in reporting.said
        )  # "X, its spokesman said, was lost"
        if match and not inserted and (found := {w.casefold() for w in match[1].split()} & reporting.titles):
            return f"{described}, {match[1]}{_of_group(text, match.end(), parties)}", found
    if length > 1 and (match := DOES.match(text, end, end + 90)):
        if (found := set(reporting.roles.get(match[1], ()))) and match[1] not in reporting.said:
            return described, found
        if match[1] in ("is", "was") and (found := {w.casefold() for w in match[2].split()} & reporting.titles):
            return f"{described}, {match[2]}", found
    if text[max(0, start - 2) : start] == ", ":
        title = _last_words(text[max(0, start - 110) : start - 2], TITLE)
        told = {w.casefold() for w in title}
        if (found := told & reporting.titles) and not told & reporting.said:
            return f"{' '.join(title)}, {described}", found
    return described, heads

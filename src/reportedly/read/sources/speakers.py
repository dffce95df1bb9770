"""Who can speak in a text: names and titles as written, and what "he", "the ministry", "the governor" and surnames take up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.knowledge.reporting import Reporting
from reportedly.knowledge.sources import Source

__all__ = ["Cast", "Speaker", "find_cast", "titled_gender"]

WORD = r"(?:(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Gen|Col|Maj|Lt|Capt|Sgt|Gov|Sen|Rep|Brig|Adm|Prof)\.|[A-ZÀ-ÞĀ-ŽЀ-Я][\w’']*(?:-[\w’']+)*)"
RUN = re.compile(
    rf"(?<![\w’']){WORD}(?:[ ](?:(?:of|for|de|von|van|bin|ibn|al|el|the|da)[ ]){{0,2}}(?:al-|el-|as-|ash-)?{WORD})*"
)
ABBREVIATION = re.compile(r" \(([A-Z][A-Za-z]{1,7})\)")
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
TITLE_THEN_NAME = re.compile(r"((?:[\w’'-]+ ){0,9}[\w’'-]+), $")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who can say things. `name` is the shortest full name as written; offsets are of the text,
    negative in the context before it; `described` is the whole phrase with titles; `heads` are nouns by which it may be taken up.
    """

    name: str
    kind: str  # person | body | people | narrator
    start: int
    end: int
    described: str = ""
    heads: frozenset[str] = frozenset()
    known: Source | None = None
    gender: str = ""

    @property
    def surname(self) -> str:
        """Last word of the name, in lower case."""
        return self.name.rsplit(" ", 1)[-1].casefold()

    def moved(self, by: int) -> Speaker:
        """The same with offsets of another text."""
        return Speaker(
            self.name, self.kind, self.start + by, self.end + by, self.described, self.heads, self.known, self.gender
        )


@dataclass(slots=True)
class Cast:
    """All who are named in a context and a text, in order, and who speaks or acts where.

    Offsets of the context are negative, so that one order holds for both. `heard` are (offset, who) of speech,
    `acting` of persons and bodies as grammatical subjects.
    """

    people: list[Speaker] = field(default_factory=list)
    heard: list[tuple[int, Speaker]] = field(default_factory=list)
    acting: list[tuple[int, Speaker]] = field(default_factory=list)
    said: list[tuple[int, int, int]] = field(
        default_factory=list
    )  # stretches that somebody says, with the offset of the cue
    texts: list[tuple[int, str, Speaker]] = field(
        default_factory=list
    )  # (offset, noun, whose statement or report it is)
    told: tuple[int, int] = (0, 0)  # what the speaker being looked for says: who acts or speaks in it does not say it
    short: dict[str, Speaker] = field(default_factory=dict)  # "GUR" -> who was introduced as "... (GUR)"

    def abbreviate(self, text: str, shift: int) -> None:
        """Learn the abbreviations that a text gives in brackets after a name; `shift` is what its offsets were moved by."""
        for who in self.people:
            if (match := ABBREVIATION.match(text, who.end + shift)) and who.start + shift >= 0 and " " in who.name:
                self.short.setdefault(match[1], who)

    def hear(self, at: int, who: Speaker) -> None:
        """Note that somebody speaks at an offset."""
        self.heard.append((at, who))

    def spoke(self, who: Speaker) -> bool:
        """Whether somebody was heard at all."""
        return any(w is who or w.name == who.name for _, w in self.heard)

    def active(self, who: Speaker) -> bool:
        """Whether somebody was heard or is the subject of a sentence."""
        return self.spoke(who) or any(w is who or w.name == who.name for _, w in self.acting)

    def author(self, noun: str, at: int) -> Speaker | None:
        """Whose text was told of last before an offset, by its noun ("the report"), or by any."""
        found = [(a, who) for a, lemma, who in self.texts if a < at and noun in ("", lemma)]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def named(self, surname: str, at: int) -> Speaker | None:
        """The person with that surname and a fuller name: the latest before `at`, else the first after it."""
        full = [p for p in self.people if p.kind == "person" and " " in p.name and p.surname == surname.casefold()]
        earlier = [p for p in full if p.start < at]
        return earlier[-1] if earlier else (full[0] if full else None)

    def before(self, at: int) -> Iterator[Speaker]:
        """Who may be taken up at an offset: speakers and subjects from the latest back, then whoever else is named."""
        first, end = self.told
        active = [(float(a), w) for a, w in self.heard if a < at and not first <= a < end]
        active += [(self._weight(a), w) for a, w in self.acting if a < at and not first <= a < end]
        for _, who in sorted(active, key=lambda pair: -pair[0]):
            yield who
        for who in reversed(self.people):
            if who.start < at and not first <= who.start < end:
                yield who

    def _weight(self, at: int) -> float:
        """Where a subject counts from: in what somebody says, right behind that speaker."""
        return next((cue - 0.5 for start, end, cue in self.said if start <= at < end and cue < at), float(at))

    def by_head(
        self, heads: Sequence[str], at: int, kinds: frozenset[str] = frozenset(), same: frozenset[str] = frozenset()
    ) -> Speaker | None:
        """Who "the governor" or "the ministry" takes up: the latest speaker, else the latest named, with that head, or
        a known source of one of these kinds ("the channel"). `same` are words for the head that will do if it is not found.
        """
        wanted = [h.casefold() for h in heads]
        for who in self.before(at):
            fits = wanted[-1] in who.heads or (who.known is not None and who.known.kind in kinds)
            if fits and _agree(wanted[:-1], who):
                return who
        for who in self.before(at):
            if same & who.heads and _agree(wanted[:-1], who):
                return who
        return None

    def last(self, at: int, kinds: Sequence[str], *, gender: str = "", plural: bool | None = None) -> Speaker | None:
        """The latest speaker or subject of a kind before `at`, else the latest named."""
        found = [
            who
            for who in self.before(at)
            if who.kind in kinds
            and not (gender and who.kind == "people" and not who.heads and who.name[:1].isupper())  # "Russian claims"
            and not (plural is not None and who.kind == "people" and who.name.endswith(("s", "people")) != plural)
        ]
        if not gender:
            return next(iter(found), None)
        for wanted in ((gender, f"{gender}?"), ("",), ("m?", "f?")) if gender == "f" else (("m", "m?", ""), ("f?",)):
            for who in found:
                if _gender(who) in wanted:
                    return who
        return None


def _gender(who: Speaker) -> str:
    """m or f, with a question mark where only the name's ending tells, or nothing."""
    return (who.known.gender if who.known is not None else "") or who.gender


def _agree(words: Sequence[str], who: Speaker) -> bool:
    """Whether describing words before the head agree with what is known ("the foreign ministry")."""
    told = f"{who.described} {' '.join(who.heads)}".casefold()
    return all(w in told for w in words)


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
        yield from _one(text, start, end, words, parties, reporting)


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


def _one(
    text: str, start: int, end: int, words: list[str], parties: Parties, reporting: Reporting
) -> Iterator[Speaker]:
    """What a capitalised run names: a person behind titles, a body, or somebody known."""
    low = [w.casefold().rstrip(".") for w in words]
    whole = parties.source_of(" ".join(words))
    body = any(w in reporting.bodies for w in low)
    lead_words = _words_before(text, start)
    titled = bool(lead_words) and lead_words[-1].casefold() in reporting.titles
    sent = (
        len(words) > 2 and lead_words[-1:] == ["to"] and {w.casefold() for w in lead_words[-2:-1]} <= reporting.titles
    )
    if sent and len(lead_words) > 1 and parties.scan(words[0]):  # "Ambassador to Turkey Jane Dow"
        lead_words, words, start, low, titled = (
            [*lead_words, words[0]],
            words[1:],
            start + len(words[0]) + 1,
            low[1:],
            True,
        )
        whole = parties.source_of(" ".join(words))
    if (whole is None or whole.kind == "person") and len(words) > 2 and _name_at_end(words, low, lead_words, reporting):
        lead_words = [*lead_words, *words[:-2]]
        start, words, low = end - len(" ".join(words[-2:])), words[-2:], low[-2:]
        body, whole = False, parties.source_of(" ".join(words))  # "head of the Regional Administration Jane Dow"
    if len(words) == 1 and whole is None and not (body or titled) and text[max(0, start - 2) : start] != ", ":
        return  # a name alone that nothing calls a speaker, as most are
    low = [w.rsplit("-", 1)[-1] if "-" in w and set(w.split("-")) <= reporting.titles | RANKS else w for w in low]
    cut = max(
        (i for i, w in enumerate(low[:-1]) if w in reporting.titles or words[i] in reporting.abbreviated), default=-1
    )
    whose = POSSESSOR.search(text, max(0, start - 40), start) if text[max(0, start - 2) : start] == "s " else None
    start_words = (
        f"{whose[1]}'s " if whose else ""
    )  # "Thailand's Ministry": the country tells the side, the name stays short
    if whole is not None and whole.kind != "person":
        yield Speaker(" ".join(words), "body", start, end, start_words + " ".join(words), frozenset(low), whole)
        return
    divider = max(
        (i for i, w in enumerate(low) if w in reporting.bodies or w in reporting.words["dividers"]), default=-1
    )
    tail = words[divider + 1 :]
    if (
        cut >= 0
        and 0 <= cut < divider
        and 2 <= len(tail) <= 3
        and not set(low[divider + 1 :]) & reporting.words["links"]
    ):
        cut = divider  # "Head of the Kherson Oblast Military Administration Yaroslav Yanushevych"
        body = False
        low = [w if w in reporting.titles else "" for w in low]
    if body and not (cut >= 0 and low[-1] not in reporting.bodies and not set(low[cut + 1 :]) & reporting.bodies):
        yield Speaker(" ".join(words), "body", start, end, start_words + " ".join(words), frozenset(low), whole)
        return
    name = words[cut + 1 :]
    owned = max((i for i, w in enumerate(name[:-1]) if w.endswith(("'s", "’s"))), default=-1)
    name = name[owned + 1 :]  # "ICG's Gowan"
    if cut >= 0 and name[0].casefold() in ("for", "of") and len(name) >= 4:
        name = name[-2:]  # "High Commissioner for Refugees Jane Dow"
    if any(w in reporting.words["dividers"] for w in map(str.casefold, name)):
        return
    link = next((i for i, w in enumerate(name) if i and w in ("of", "for", "the")), None)
    if cut >= 0 and link is not None and name[0] not in ("of", "for", "the"):
        end -= len(" ".join(name)) - len(" ".join(name[:link]))
        name = name[:link]  # "Commander Bo Thura of the Karenni forces"
    set_off = text[max(0, start - 2) : start] == ", " or bool(_first_gender(name[0], reporting))
    if cut < 0 and link in (2, 3) and set_off and not parties.scan(" ".join(name[:link])):
        end -= len(" ".join(name)) - len(" ".join(name[:link]))
        name = name[:link]  # "one of them, Jane Dow of the Crisis Group"
    if len(name) > (4 if cut < 0 else 6) or any(
        (low_word := w.casefold()) in reporting.words["links"] and low_word not in PARTICLES for w in name
    ):
        return
    heads: set[str] = {w for w in low[: cut + 1] if w in reporting.titles}
    described = " ".join([*lead_words[-4:], *words]) if titled else " ".join(words)
    if titled:
        heads |= {w.casefold() for w in lead_words if w.casefold() in reporting.titles}
    located = bool(lead_words) and lead_words[-1].casefold() in reporting.words["locative"] and cut < 0
    where = lead_words[-1:] == ["from"] and lead_words[-2:-1] and lead_words[-2].casefold() in CALLING
    located = located or (bool(where) and cut < 0)  # "Speaking from Port Sudan, the army's spokesman said"
    about = (text, start, end, described, parties, reporting, len(name))
    described, found = (described, set()) if located else _apposition(*about)
    heads |= found
    known = parties.source_of(" ".join(name))
    bare = not heads and known is None
    if bare and (
        (lead_words[-1:] and (where or lead_words[-1].casefold() in reporting.words["locative"]))
        or low[0] in reporting.words["compass"]
    ):
        return
    told = PERSON_THEN_NAME.search(text, max(0, start - 60), start) if bare and len(name) == 1 else None
    alone = told is not None and text[end : end + 1] == "," and (told[1] == "them" or told[1] in reporting.people)
    if bare and not alone and not (2 <= len(name) <= 3 and not parties.scan(" ".join(name))):
        return
    if known is not None:
        heads |= {w.casefold() for t in known.titles for w in t.split()}
        side = parties.party(known.side) if known.side else None
        heads |= {w.casefold() for w in side.people} if side else set()  # "the Russian president"
    begin = end - len(" ".join(name))
    first = name[0] if len(name) > 1 else ""
    gender = _first_gender(first, reporting) or titled_gender(heads, reporting)
    if not gender and first.endswith("a") and first not in reporting.words["male_in_a"]:
        gender = "f?"
    yield Speaker(" ".join(name), "person", begin, end, described, frozenset(heads), known, gender)


def _name_at_end(words: list[str], low: list[str], before: Sequence[str], reporting: Reporting) -> bool:
    """Whether a person's name ends a run behind what they head: "head of the Regional Administration Jane Dow", "mayor of X Jane
    Dow". A given name that is known tells.
    """
    if not _first_gender(words[-2], reporting) or low[-3] in reporting.titles or words[-3] in reporting.abbreviated:
        return False
    heads = before[-1:] and before[-1] in ("of", "for", "the") and any(w.casefold() in reporting.titles for w in before)
    heads = heads or (before[-1:] == ["in"] and before[-2:-1] and before[-2].casefold() in reporting.titles)
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
    found: list[str] = []
    window = text[max(0, start - 60) : start]
    for word in reversed(window[:-1].split(" ")[-6:] if window.endswith(" ") else ()):
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
        match = TITLE_THEN_NAME.search(text, max(0, start - 110), start)
        told = {w.casefold() for w in match[1].split()} if match else set()
        if match and (found := told & reporting.titles) and not told & reporting.said:
            return f"{match[1]}, {described}", found
    return described, heads

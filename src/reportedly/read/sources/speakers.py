"""Who can speak in a text: names and titles as written, and what "he", "the ministry", "the governor" and surnames take up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportedly.knowledge.sources import Source

__all__ = ["SOME", "Cast", "Speaker"]

SOME = frozenset({"some", "others", "many", "several", "most", "few"})  # who speak without a name
ABBREVIATION = re.compile(r" \(([A-Z][A-Za-z]{1,7})\)")


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

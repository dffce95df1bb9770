"""Words of which every sentence with a cue has one, found in a whole text at once with the words that are company for a cue.

An automaton finds them. One that tells little by itself ("ground" of "gain ground", "is" of "is in") counts only where another
word of one of its cues stands close enough to it. That is asked of the raw text (`asks`), so few sentences need be cut into words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from reportedly.read.gate.asks import Ask, Form, Test, asks_of, beside, either, title_ask, triggers_of
from reportedly.read.gate.cue_rows import NO_WORDS
from reportedly.read.gate.folding import fold, spaced

__all__ = ["Found", "Hit", "Seen", "Triggers"]

Found = tuple[int, int, int]
"""The number of a trigger, where it starts and one more than where it ends."""
Hit = tuple[int, int, Sequence[Ask], frozenset[str]]
"""Where a trigger starts and ends in a text, what its cues need, and their first words."""


class Seen(NamedTuple):
    """What stands in a text: its triggers, where each kind of company does, and whether it may have a phrase."""

    text: bytes  # folded
    words: bytes  # the same without marks
    triggers: Sequence[Found]
    company: Sequence[Sequence[int]]
    phrase: bool


class Triggers:
    """The triggers of a language's cues, each with what its cues need; kinds of company, and phrases."""

    def __init__(
        self,
        forms: Iterable[Form],
        titles: Mapping[str, int],
        lists: dict[str, frozenset[str]],
        *,
        offices: frozenset[str],
        company: Sequence[Set[str]],
        phrases: Iterable[str],
    ):
        found: dict[str, list[Form]] = defaultdict(list)
        for form in forms:
            for word in triggers_of(form, lists):
                found[word].append(form)
        asks = {word: asks_of(word, rows, lists) for word, rows in found.items()}
        named = {word: title_ask(word, need, offices, lists["bare_titles"]) for word, need in titles.items()}
        asks |= {word: (*asks.get(word, ()), ask) for word, ask in named.items()}
        forms_of = {word: NO_WORDS.union(*(ask.forms for ask in some)) for word, some in asks.items()}
        parted = sorted(word for word in asks if word[0] == "'")  # "'s" of "he's in"
        self._parted = {word.encode(): (asks.pop(word), forms_of[word]) for word in parted}
        self._part = re.compile(b"|".join(self._parted) or b"(?!)")
        every = NO_WORDS.union(*company)
        words = [*sorted(asks.keys() - every), *sorted(asks.keys() & every), *sorted(every - asks.keys())]
        self._first, self._last, self._all = len(asks.keys() - every), len(asks), len(words)
        self._asks = [_untested(asks.get(word, ())) for word in words]
        self._forms = [forms_of.get(word, NO_WORDS) for word in words]
        self._least = [[_least(some, war=war) for some in self._asks] for war in (False, True)]
        self._tests = [_test(word, found.get(word, ()), named.get(word), lists) for word in words]
        self._company = range(len(company))
        self._kinds = [tuple(kind for kind in self._company if word in company[kind]) for word in words]
        patterns = [b" %b " % fold(word) for word in words]
        patterns += [spaced(fold(phrase)).strip() for phrase in sorted(phrases)]
        self._kinds += [()] * (len(patterns) - len(words))
        self._automaton = BytesAhoCorasick(patterns, matchkind=MatchKind.Standard, implementation=Implementation.DFA)

    def look(self, text: str) -> Seen:
        """Find everything in a text."""
        folded = fold(text)
        words = spaced(folded)
        found = self._automaton.find_matches_as_indexes(words, overlapping=True)
        triggers = [hit for hit in found if hit[0] < self._last]
        company: list[list[int]] = [[] for _ in self._company]
        phrase, first = False, self._first
        for number, start, _ in found:
            if number >= first:
                for kind in self._kinds[number]:
                    company[kind].append(start)
                phrase = phrase or number >= self._all
        return Seen(folded, words, triggers, company, phrase)

    def standing(self, seen: Seen, triggers: Iterable[Found], company: int, *, war: bool) -> list[Hit]:
        """Those of some triggers that may belong to one of their cues in a part of the text that has some company at most."""
        words, text, least, tests = seen.words, seen.text, self._least[war], self._tests
        asks, forms = self._asks, self._forms
        found: list[Hit] = []
        for number, start, behind in triggers:
            if least[number] <= company and ((test := tests[number]) is None or test(words, text, start, behind - 2)):
                found.append((start, behind - 2, asks[number], forms[number]))
        return found

    def parted(self, seen: Seen, start: int, end: int) -> list[Hit]:
        """Words that the automaton lacks between two offsets, parts of words behind an apostrophe, that may be cues."""
        if seen.text.find(b"'", start, end) < 0:
            return []
        return [(*at.span(), *self._parted[at[0]]) for at in self._part.finditer(seen.text, start, end)]


def _test(word: str, rows: Sequence[Form], title: Ask | None, lists: dict[str, frozenset[str]]) -> Test | None:
    """What stands near a trigger where any of its cues is there; None where the trigger alone may be one."""
    return either([*([beside(word, rows, lists)] if rows else ()), *([title.beside] if title else ())])


def _untested(asks: Sequence[Ask]) -> Sequence[Ask]:
    """The same in the order in which they are asked: the only one of a trigger was asked already what stands near it."""
    if len(asks) == 1:
        return (replace(asks[0], beside=None),)
    return sorted(asks, key=lambda ask: (ask.beside is not None, ask.need))


def _least(asks: Sequence[Ask], *, war: bool) -> int:
    """The least company that one of some cues needs; 0 if one may do without."""
    return min((0 if ask.lone or (war and ask.named) else ask.need for ask in asks), default=0)

"""Words of which every sentence with a cue has one, found in a whole text at once, and what else of a cue stands beside each.

An automaton finds the words. One that tells little by itself ("ground" of "gain ground", "is" of "is in") counts only where
another word of one of its cues stands close enough to it. That is asked of the raw text, so few sentences need be cut into words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from reportedly.knowledge.cues import Cue
from reportedly.read.cue_rows import SHARES, after_preposition
from reportedly.read.marks import HYPHENS
from reportedly.read.matching import GAP, STEP
from reportedly.read.passages import MAX_SENTENCE
from reportedly.read.slot_room import NEAR

__all__ = ["Form", "Triggers"]

FEW = 12  # words of which a sentence has one that are looked for in its raw text
LETTERS = 40  # characters that a word may have; where longer ones stand a trigger counts unasked
LAST = re.compile(r"(?:'(?=(?:s|t|d|m|ll|re|ve)$))?[^\W_]+$")


class Form(NamedTuple):
    """A form of the first word of a cue: the cue, its kind, the company that it needs, and words of which its sentence has one, if
    words tell that.
    """

    form: str
    cue: Cue
    kind: str
    need: int
    wanted: frozenset[str] | None


class Triggers:
    """The triggers of a language's cues, each with the least company that one of its cues needs."""

    def __init__(
        self, forms: Iterable[Form], titles: dict[str, int], phrases: dict[str, int], lists: dict[str, frozenset[str]]
    ):
        found: dict[str, list[Form]] = defaultdict(list)
        needs = phrases | titles
        for form in forms:
            for word in _triggers(form, lists):
                found[word].append(form)
                needs[word] = min(needs.get(word, form.need), form.need)
        words = sorted(word for word in needs if word.isascii() and word[0] != "'")  # 're would hide 'retaken
        self._automaton = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
        checks = {word: _Check(word, rows, lists, titled=word in titles) for word, rows in found.items()}
        checks |= {word: _Check(word, (), lists, titled=True) for word in titles if word not in found}
        unasked = {word for word in words if word not in checks or checks[word].sure or word in phrases}
        self._checks = [None if word in unasked else checks[word] for word in words]
        self.needs = [needs[word] for word in words]  # by the number of a trigger
        self._parted = {word: check for word, check in checks.items() if word[0] == "'"}  # "'s" of "he's in"
        self._part = re.compile("|".join(sorted(self._parted)) or "(?!)")
        every = frozenset(row.form for rows in found.values() for row in rows).union(titles)
        named = titles.keys()
        self.forms = [  # of first words of its cues; a phrase may hide any
            every if word in phrases else frozenset(row.form for row in found[word]).union({word} & named, self._parted)
            for word in words
        ]
        asked = found.keys() - titles.keys() - phrases.keys()
        self._wanted = [_wanted(found[word]) if word in asked else () for word in words]

    def content(self, number: int, sentence: str) -> bool:
        """Whether a sentence in lower case has one of the words that the cues of a trigger want in it, or may have one of the cues
        that the automaton lacks.
        """
        wanted = self._wanted[number]
        return not wanted or any(word in sentence for word in wanted) or "'" in sentence

    def find(self, text: str) -> list[tuple[int, int]]:
        """Where triggers stand in a text in lower case that may belong to one of their cues, and their numbers."""
        checks, size = self._checks, len(text)
        found: list[tuple[int, int]] = []
        left: list[tuple[int, int]] = []  # of cues that are not there
        for word, start, end in self._automaton.find_matches_as_indexes(text):
            if (end < size and text[end].isalnum()) or (start and text[start - 1].isalnum()):
                continue
            check = checks[word]
            (found if check is None or check(text, start, end) else left).append((start, word))
        parts = self._part.finditer(text) if left and "'" in text else ()
        parted = [at.start() for at in parts if self._parted[at[0]](text, *at.span())]
        if parted:  # the cue may stand in a sentence that another trigger opens
            found += [hit for hit in left if any(abs(hit[0] - at) <= MAX_SENTENCE for at in parted)]
            found.sort()
        return found


class _Check:
    """What must stand beside a trigger for one of its cues to be there: any of what is kept here."""

    __slots__ = ("_before", "_behind", "_led", "_reach", "_titled", "sure")

    def __init__(self, word: str, rows: Sequence[Form], lists: dict[str, frozenset[str]], *, titled: bool):
        behind, before = defaultdict[int, set[str]](set), defaultdict[tuple[str, ...], set[str]](set)
        led, reach, self.sure = frozenset[str](), 0, titled and word == "occupation"
        for row in rows:
            cue, kind, steps = row.cue, row.kind, _steps(row.cue)
            triggers = _triggers(row, lists)
            if triggers != (row.form,):
                at = max(k for k, other in enumerate(cue.words) if other == triggers[0])
                before[tuple(other for other in cue.words[1:at] if other != "~")].add(row.form)
                reach = max(reach, sum(steps))
            elif kind != "adjective" and steps:
                second = next(other for other in cue.words[1:] if other != "~")
                behind[steps[0]] |= {second, f"{second}s", f"{second}es"}
            elif cue.frame.name == SHARES:
                behind[NEAR] |= lists["shares"]
            elif kind == "base" and cue.text in lists["prepositions"]:
                led |= after_preposition(lists)
            else:
                self.sure = True
        self._titled, self._led = titled, led
        self._reach, self._behind = reach, [_within(far, words) for far, words in sorted(behind.items())]
        self._before = [(inner, _shortest(forms)) for inner, forms in before.items()]

    def __call__(self, text: str, start: int, end: int) -> bool:
        """Whether the trigger from `start` to `end` may belong to one of its cues."""
        for pattern in self._behind:
            if pattern.match(text, end) is not None:
                return True
        if self._reach:
            first = max(0, start - self._reach * LETTERS)
            window = text[first:start]
            parts = window.rsplit(None, self._reach)
            if len(parts) > self._reach:
                window = window[len(parts[0]) :]
            elif first:
                return True
            for inner, forms in self._before:
                if all(word in window for word in inner) and any(form in window for form in forms):
                    return True
        if self._titled and (text[max(0, start - LETTERS) : start].rstrip() or "-")[-1] in HYPHENS:
            return True
        return bool(self._led) and ((last := _last_word(text, start)) is None or last in self._led)


def _shortest(words: Set[str]) -> list[str]:
    """Words without those that hold another one: where these stand, that one does."""
    return [word for word in words if not any(other in word for other in words - {word})]


def _wanted(rows: Sequence[Form]) -> Sequence[str]:
    """Words of which every sentence with one of these cues has one; () where it may have none, or there are many."""
    found: set[str] = set()
    for row in rows:
        if row.wanted is None:
            return ()
        found |= row.wanted
    return () if len(found) > FEW else _shortest(found)


def _last_word(text: str, end: int) -> str | None:
    """The token before an offset, "" for a mark or the beginning of the text; None where it is too long to be looked at."""
    window = text[max(0, end - LETTERS) : end].rstrip()
    if not window:
        return "" if end < LETTERS else None
    last = LAST.search(window)
    if last is None:
        return ""
    return last[0] if len(last[0]) < len(window) or end < LETTERS else None


def _steps(cue: Cue) -> list[int]:
    """How many tokens behind the word before it each word of a cue may stand."""
    return [
        GAP if before == "~" else STEP for before, word in zip(cue.words, cue.words[1:], strict=False) if word != "~"
    ]


def _within(far: int, words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds one of some words, or marks, among the next `far` words."""
    whole = "|".join(sorted(word for word in words if word.isalnum()))
    marks = "|".join(sorted(re.escape(word) for word in words if not word.isalnum()))
    found = rf"[\W_]*+(?:{whole})(?![^\W_])" + (rf"|[\W_]*?(?:{marks})" if marks else "")
    return re.compile(rf"(?:[\W_]*+[^\W_]++){{0,{far - 1}}}?(?:{found})")


def _triggers(row: Form, lists: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """Words of which every sentence with a form of a cue has one: of a longer cue its last word of weight, else the form.

    A word that news is full of ("defense", "line") is chosen only where the form is worse.
    """
    form, cue, kind = row.form, row.cue, row.kind
    heavy = (
        [word for word in cue.words[1:] if word != "~" and word not in lists["small"]] if kind != "adjective" else []
    )
    rare = [word for word in heavy if word not in lists["frequent"]]
    if not rare and form not in lists["frequent"]:
        return (form,)
    last = (rare or heavy)[-1:]
    return (last[0], f"{last[0]}s", f"{last[0]}es") if last else (form,)

"""Sentences that stand in the raw text of a report, asked what the cues of their triggers need before they are cut into words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from reportedly.read.gate.asks import ALWAYS, CONTESTED, OF_NAME, Ask
from reportedly.read.gate.slot_room import BESIDE, NEAR
from reportedly.read.gate.triggers import Hit, Seen

__all__ = ["COMMON", "EVERYDAY", "GROUND", "GROUNDED", "NAMELESS", "SIDES", "WAR", "Asking"]

NAMELESS, COMMON, EVERYDAY, GROUNDED = range(1, 5)  # company that a cue needs: none, a war, a side, ground
GROUND, SIDES, WAR = range(3)  # kinds of company, as `Seen` has them
USUAL = 12  # characters of a word and the space behind it, as most are
OF_A_NAME = re.compile(r"\s*(?i:of)\s+[^\W\d_a-z]")
HYPHEN = ord("-")


class Asking:
    """A text of a report that names a side at `war`, or is `alone`, a mere headline, asked about its sentences.

    `by_name` finds verbs that need no company where a name alone is their object.
    """

    __slots__ = ("_by_name", "_raw", "alone", "seen", "text", "war")

    def __init__(self, text: str, seen: Seen, by_name: re.Pattern[str], *, war: bool, alone: bool):
        self.text, self.seen, self._raw, self._by_name = text, seen, seen.text, by_name
        self.war, self.alone = war, alone

    def company(self, start: int, end: int, *, short: bool) -> int:
        """The company that a stretch of the text has for its cues; `short`: it is part of a mere line."""
        if self.alone or self._has(GROUND, start, end):
            return GROUNDED
        if self._has(SIDES, start, end) or self.text.find("IS", start, end) >= 0:
            return GROUNDED if short else EVERYDAY
        return COMMON if self.war else NAMELESS

    def may_open(self, hits: Sequence[Hit], first: int, last: int, *, short: bool) -> bool:
        """Whether a cue of some triggers may be there in the sentence from `first` to `last`."""
        text, words, company = self._raw, self.seen.words, self.company(first, last, short=short)
        for start, end, asks, _ in hits:
            for ask in asks:
                if ask.guards and text.endswith(ask.guards, first, start):
                    continue
                if ask.need > company and not self._does_without(ask, start, end, first, last):
                    continue
                if ask.beside is not None and not ask.beside(words, text, start, end):
                    continue
                if (
                    ask.hyphen
                    and start > first
                    and text[start - 1] == HYPHEN
                    and not text.endswith(b"re-", first, start)
                ):
                    continue
                if not (ask.particle or ask.behind or ask.anywhere) or self._has_words(ask, end, first, last):
                    return True
        return False

    def _has(self, kind: int, start: int, end: int) -> bool:
        """Whether a stretch has company of a kind."""
        offsets = self.seen.company[kind]
        if not offsets:
            return False
        at = bisect_left(offsets, start)
        return at < len(offsets) and offsets[at] < end

    def _has_words(self, ask: Ask, end: int, first: int, last: int) -> bool:
        """Whether a sentence has the words that an ask wants behind a trigger that ends at `end`, or anywhere."""
        words = self.seen.words
        behind = words[end + 1 : last + 1].split()
        if ask.particle and ask.particle.isdisjoint(behind):
            return False
        if not (ask.behind or ask.anywhere) or not ask.behind.isdisjoint(behind):
            return True
        if ask.anywhere and not ask.anywhere.isdisjoint(words[first + 1 : last + 1].split()):
            return True
        return any(self._raw.find(mark, first, last) >= 0 for mark in ask.marks)

    def _does_without(self, ask: Ask, start: int, end: int, first: int, last: int) -> bool:
        """Whether a cue may do without the company that it needs, as `Room.opens` has it: by a name, by words of war."""
        if ask.named and self.war and self._by_name.search(self.text, first, last) is not None:
            return True
        if ask.lone == CONTESTED:
            return not ask.first or self._has_capital(start, end, first, last)
        if ask.lone == OF_NAME:
            return not ask.first or OF_A_NAME.match(self.text, end, last) is not None
        return ask.lone == ALWAYS or (ask.lone > 0 and self._has(WAR, first, last))

    def _has_capital(self, start: int, end: int, first: int, last: int) -> bool:
        """Whether a name may stand near a trigger."""
        before = self.text[max(first, start - BESIDE * USUAL) : start]
        behind = self.text[end : min(last, end + NEAR * USUAL)]
        if before != before.lower() or behind != behind.lower():
            return True
        cut = start - len(before) > first and before.count(" ") < BESIDE
        return cut or (end + len(behind) < last and behind.count(" ") < NEAR)

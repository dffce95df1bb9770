"""Which passages are worth parsing: one pass of a keyword automaton over the text, before any grammar."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from reportedly.knowledge.cues import Cues

__all__ = ["Gate"]


class Gate:
    """Decides by words alone: a cue of control opens it; an everyday word does so only beside a word of war."""

    def __init__(self, cues: Cues):
        weak = cues.words("gate.weak")
        triggers = {w for w in cues.triggers if w.isascii()}
        self._strong = frozenset(triggers - weak)
        self._weak = frozenset(triggers & weak)
        self._war = cues.words("gate.war")
        self._phrases = frozenset(cues.disagreement)
        self._words = tuple(sorted(self._strong | self._weak | self._war | self._phrases))
        self._automaton = AhoCorasick(list(self._words), matchkind=MatchKind.LeftmostLongest)

    @classmethod
    @cache
    def of(cls, language: str = "en") -> Gate:
        """The gate of a language's packaged cues."""
        return cls(Cues.load(language))

    def opens(self, text: str) -> bool:
        """Whether the passage can hold a claim."""
        lowered = text.casefold()
        if len(lowered) != len(text):  # letters whose folding is longer would shift the offsets
            lowered = text.lower()
        weak = war = False
        for number, start, end in self._automaton.find_matches_as_indexes(lowered):
            if (start and lowered[start - 1].isalnum()) or (end < len(lowered) and lowered[end].isalnum()):
                continue
            word = self._words[number]
            if word in self._strong or word in self._phrases:
                return True
            weak = weak or word in self._weak
            war = war or word in self._war
            if weak and war:
                return True
        return False

"""Which passages are worth parsing: one pass of a keyword automaton over the text, before any grammar.

A cue alone opens the gate only if it hardly occurs but in war news. Common and everyday cues need company in the same
sentence, and a cue of several words needs its first word and its last: the lists are in knowledge/data/gate. What the
gate keeps out is measured by reading with and without it (evaluation/bench_reading.py, tests/read).
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from reportedly.knowledge.cues import Cues

__all__ = ["Gate"]

SHORT = 200  # characters: a headline or a line of a feed, which has no room for company
_END = re.compile(r"[.!?;][\"”’')\]]*\s")
ALONE, COMMON, EVERYDAY, GROUND, SIDE = 1, 2, 4, 8, 16


class Gate:
    """Decides by words alone whether a passage can hold a claim."""

    def __init__(self, cues: Cues):
        source = files("reportedly.knowledge").joinpath(f"data/gate/{cues.language}.toml")
        lists = {k: frozenset(v.split()) for k, v in tomllib.loads(source.read_text(encoding="utf-8")).items()}
        rank: dict[str, int] = defaultdict(int)
        for word in _single(cues):
            rank[word] |= EVERYDAY if word in lists["everyday"] else COMMON if word in lists["common"] else ALONE
        pairs, phrases = _longer(cues, lists["small"] | lists["sides"])
        for word in {*pairs, *(last for lasts in pairs.values() for last in lasts)}:
            rank[word] |= 0
        for phrase in phrases:
            rank[phrase] |= EVERYDAY | rank.get(phrase.split()[0], 0)
        for word in lists["ground"]:
            rank[word] = GROUND | rank[word] & ~EVERYDAY  # "forces" is hardly ever the verb
        for word in lists["sides"]:
            rank[word] |= SIDE
        for phrase in cues.disagreement:
            rank[phrase] |= ALONE
        self._pairs = pairs
        self._words = tuple(sorted(w for w in rank if w.isascii()))
        self._rank = tuple(rank[w] for w in self._words)
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
        short = len(text) < SHORT
        ends = iter([m.end() for m in _END.finditer(lowered)] if not short else ())
        end_of_sentence = next(ends, len(lowered))
        seen: dict[str, int] = {}
        for number, start, end in self._automaton.find_matches_as_indexes(lowered):
            if (start and lowered[start - 1].isalnum()) or (end < len(lowered) and lowered[end].isalnum()):
                continue
            while start >= end_of_sentence:
                if self._sentence_opens(seen, short):
                    return True
                seen = {}
                end_of_sentence = next(ends, len(lowered) + 1)
            rank = self._rank[number]
            if rank & ALONE:
                return True
            seen[self._words[number]] = rank
        return self._sentence_opens(seen, short)

    def _sentence_opens(self, seen: dict[str, int], short: bool) -> bool:
        """Whether the words found in one sentence make a claim possible."""
        if len(seen) < 2:
            return False
        sides = any(rank & SIDE for rank in seen.values())
        for word, rank in seen.items():
            ground = any(other & GROUND for name, other in seen.items() if name != word)
            if rank & COMMON and (ground or sides):
                return True
            if rank & EVERYDAY and (ground or (sides and short)):
                return True
            lasts = self._pairs.get(word)
            if lasts and (ground or sides) and any(last in seen for last in lasts):
                return True
        return False


def _single(cues: Cues) -> set[str]:
    """Every surface form of the cues that are one word."""
    forms = {form for form, rows in cues.verbs.items() if any(len(cue.words) == 1 for cue, _ in rows)}
    forms |= {form for form, rows in cues.nouns.items() if any(len(cue.words) == 1 for cue in rows)}
    return {*forms, *cues.adjectives, *(title.strip("-") for title in cues.titles)}


def _longer(cues: Cues, small: frozenset[str]) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """For cues of several words, in every form: first words with the words of which one must be there too, and phrases.

    A cue whose other words are all small ("close in on", "be Ukrainian") counts as a phrase if they stand together.
    """
    pairs: dict[str, set[str]] = defaultdict(set)
    phrases: set[str] = set()
    verbs = ((form, [cue for cue, _ in rows]) for form, rows in cues.verbs.items())
    for form, rows in [*verbs, *((form, list(rows)) for form, rows in cues.nouns.items())]:
        for cue in rows:
            rest = [word for word in cue.words[1:] if word != "~"]
            heavy = [word for word in rest if word not in small]
            if rest and not heavy and "~" not in cue.words:
                phrases.add(f"{form} {rest[0]}")
            elif rest:
                word = heavy[-1] if heavy else rest[-1]
                pairs[form] |= {word, f"{word}s"}
    return {form: frozenset(words) for form, words in pairs.items()}, frozenset(phrases)

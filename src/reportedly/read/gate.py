"""Which sentences are worth parsing: a keyword automaton over the text, then whether each cue has room for a place.

A sentence is tagged if one of its words is a cue in company that makes a claim possible and a place can stand where the
cue's frame has it; it is parsed if that still holds by the tags. The lists are in knowledge/data/gate. What the gate keeps
out is measured by reading with and without it (evaluation/bench_reading.py, tests/read).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from reportedly.knowledge.cues import Cue, Cues, inflect
from reportedly.model import Relation
from reportedly.read.passages import cut_sentences
from reportedly.read.room import Room
from reportedly.read.words import Words, load_lists

__all__ = ["SHORT", "Gate"]

SHORT = 200  # characters: a headline or a line of a feed, which has no room for company
ALONE, COMMON, EVERYDAY, BOUND = 1, 2, 3, 4
BOUND_MARKS = ("'t", "%")  # bound cues ask for one of them, or for a word of the lists


class Gate:
    """Decides by words, then by tags, whether a sentence can hold a claim."""

    def __init__(self, cues: Cues):
        self.lists = lists = load_lists(cues.language)
        self._room = Room(cues, lists)
        self._rank = {
            word: EVERYDAY if word in lists["everyday"] else COMMON if word in lists["common"] else ALONE
            for word in (*cues.verbs, *cues.nouns, *cues.adjectives, *(t.strip("-") for t in cues.titles))
        }
        titles = {title.strip("-") for title in cues.titles}
        self._lonely = titles | {form for form, cue, kind in _rows(cues) if self._may_be_alone(form, cue, kind)}
        denials = "|".join(sorted(form for base in cues.words("clauses.deny") for form in inflect(base, {})))
        claims = "|".join(sorted(lists["answered"]))
        answer = rf"\b(?:{denials})(?: \w+){{0,3}}? (?:(?:{claims})\b|(?:this|that|it)[.,;])"
        self._answers = re.compile(answer, re.IGNORECASE)
        self._by_name = re.compile(
            rf"\b(?:{'|'.join(sorted(lists['by_name']))}) (?:back |out )?(?:from |of )?[A-Z][a-z]"
        )
        self._disagreement = AhoCorasick(list(cues.disagreement), implementation=Implementation.DFA)
        self._company = AhoCorasick(sorted(lists["ground"] | lists["sides"]), implementation=Implementation.DFA)
        self._sides = AhoCorasick(
            sorted(lists["sides"]), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
        )
        bounds = sorted((lists["negating"] | lists["shares"] | lists["ours"]) - set(BOUND_MARKS))
        self._bounds = AhoCorasick(bounds, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
        triggers = {word: ALONE if word in titles else EVERYDAY for word in (*titles, *cues.disagreement)}
        for form, cue, kind in _rows(cues):
            rank = (
                ALONE if self._may_be_alone(form, cue, kind) else BOUND if self._room.bound(cue) else self._rank[form]
            )
            for word in _triggers(form, cue, kind, lists):
                triggers[word] = min(triggers.get(word, BOUND), rank)
        words = sorted(word for word in triggers if word.isascii() and word[0] != "'")  # 're would hide 'retaken
        self._automaton = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
        self._needs = [triggers[word] for word in words]

    @classmethod
    @cache
    def of(cls, language: str = "en") -> Gate:
        """The gate of a language's packaged cues."""
        return cls(Cues.load(language))

    def opens(self, text: str) -> bool:
        """Whether a text can hold a claim, or says that somebody disagrees."""
        return self.disagrees(text) or bool(self.sentences(text, **self.around(text)))

    def disagrees(self, text: str) -> bool:
        """Whether a text has one of the phrases by which somebody unnamed disagrees."""
        return bool(self._disagreement.find_matches_as_indexes(text.lower()))

    def answers(self, text: str) -> bool:
        """Whether a text has a denial of something claimed before ("rejected the claim", "denies this")."""
        return self._answers.search(text) is not None

    def is_worth(self, text: str) -> bool:
        """Whether a report's text has a passage that the gate opens to, by paragraphs, as the reader cuts them.

        A short line opens the gate by less than a sentence in a long text does. The first that does decides.
        """
        lowered, apart = text.casefold(), "\n\n" if "\n\n" in text else "\n"
        if len(lowered) != len(text):  # letters whose folding is longer would shift the offsets
            told = self.around(text)
            return self.disagrees(text) or any(self.sentences(part, **told) for part in text.split(apart) if part)
        if self._disagreement.find_matches_as_indexes(lowered):
            return True
        hits = self._hits(lowered)
        told = self._around(text, lowered) if hits else {}
        part, rest, first, end, number = "", iter([(0, 0)]), 0, -len(apart), 0
        while number < len(hits):
            hit = hits[number][0]
            while hit >= end:
                first = end + len(apart)
                end = text.find(apart, first)
                end = len(text) if end < 0 else end
                part = ""
            if not part:
                part = text[first:end]
                rest = iter(cut_sentences(part))
            start, stop = next((a, b) for a, b in rest if first + b > hit)  # the sentences before it have no cue
            needs = BOUND
            while number < len(hits) and hits[number][0] < first + stop:
                needs = min(needs, hits[number][1])
                number += 1
            sentence = part[start:stop]
            if self._may_open(needs, sentence, lowered[first + start : first + stop], **told) and self.may_claim(
                Words.of(sentence), short=len(part) < SHORT, **told
            ):
                return True
        return False

    def _may_open(self, needs: int, sentence: str, lowered: str, *, war: bool, alone: bool) -> bool:
        """Whether a sentence has the company or the word that the least demanding of its cues needs: what `may_claim` asks for
        too, before the sentence is cut into words.
        """
        if needs == BOUND and not self._is_bound(lowered):
            return False
        return (
            needs == ALONE
            or alone
            or (needs == COMMON and war)
            or "IS" in sentence
            or bool(self._company.find_matches_as_indexes(lowered))
            or (war and self._by_name.search(sentence) is not None)
        )

    def _is_bound(self, lowered: str) -> bool:
        """Whether a text has a word that denies or shares, without which a bound cue says nothing."""
        return any(mark in lowered for mark in BOUND_MARKS) or any(True for _ in _whole(self._bounds, lowered))

    def around(self, text: str) -> dict[str, bool]:
        """What the whole of a report tells of each of its sentences, as `sentences` and `may_claim` ask it.

        `war`: it names a side at war somewhere, which is company for a cue of war. `alone`: it is a mere headline or a line of
        a chronicle, which has no room for company.
        """
        return self._around(text, text.lower())

    def _around(self, text: str, lowered: str) -> dict[str, bool]:
        return {"war": any(True for _ in _whole(self._sides, lowered)), "alone": len(text) < SHORT}

    def sentences(self, text: str, *, war: bool = False, alone: bool = False) -> list[tuple[int, int]]:
        """The sentences of a text that its words let hold a claim, as ranges of characters; `war` and `alone` as `around` says
        of the report that it is a part of.
        """
        lowered = text.casefold()
        if len(lowered) != len(text):  # letters whose folding is longer would shift the offsets
            lowered = text.lower()
        hits = self._hits(lowered)
        if not hits or (min(hit[1] for hit in hits) == BOUND and not self._is_bound(lowered)):
            return []
        found, short = [], len(text) < SHORT
        number = 0
        for start, end in cut_sentences(text):
            needs = BOUND + 1
            while number < len(hits) and hits[number][0] < end:
                needs = min(needs, hits[number][1])
                number += 1
            if needs > BOUND:
                continue
            sentence = text[start:end]
            if self._may_open(needs, sentence, lowered[start:end], war=war, alone=alone) and self.may_claim(
                Words.of(sentence), short=short, war=war, alone=alone
            ):
                found.append((start, end))
        return found

    def _hits(self, lowered: str) -> list[tuple[int, int]]:
        """Where words stand of which every sentence with a cue has one, and the least company that one of these cues needs."""
        needs, size = self._needs, len(lowered)
        return [
            (start, needs[word])
            for word, start, end in self._automaton.find_matches_as_indexes(lowered)
            if (end == size or not lowered[end].isalnum()) and not (start and lowered[start - 1].isalnum())
        ]

    def _may_be_alone(self, form: str, cue: Cue, kind: str) -> bool:
        """Whether a form of a cue can open the gate in a sentence that names neither ground nor a side."""
        frame = cue.frame
        return (
            self._rank[form] == ALONE
            or kind == "noun"
            or frame.relation is Relation.CONTESTS
            or frame.name == "falls"
            or (frame.party == "to" and "~" in cue.words)
        )

    def may_claim(self, words: Words, *, short: bool = False, war: bool = False, alone: bool = False) -> bool:
        """Whether the words of one sentence, and their tags where they are known, leave room for a claim."""
        if len(words.low) < 2:
            return False
        low, ranks = words.low, self._rank
        if ranks.keys().isdisjoint(words.every):
            return False
        cues = [i for i, word in enumerate(low) if word in ranks]
        ground = self.lists["ground"] & words.every
        sides = not self.lists["sides"].isdisjoint(words.every) or "IS" in words.text
        for i in cues:
            rank = ranks[low[i]]
            named = war and low[i] in self.lists["by_name"] and self._room.named(words, i)
            if not (ground or sides or alone or named or low[i] in self._lonely or (war and rank == COMMON)):
                continue
            company = (
                alone or named or rank == ALONE or (sides and short) or ((sides or war) and rank == COMMON)
                or len(ground) > 1 or (len(ground) == 1 and (low[i] not in ground or low.count(low[i]) > 1))
            )  # fmt: skip
            for needs_none, side_enough in self._room.openings(words, i):
                if company or needs_none or (side_enough and sides):
                    return True
        return False


def _rows(cues: Cues) -> Iterator[tuple[str, Cue, str]]:
    """Each form of each cue, and its kind."""
    yield from ((form, cue, kind) for form, pairs in cues.verbs.items() for cue, kind in pairs)
    yield from ((form, cue, "noun") for form, found in cues.nouns.items() for cue in found)
    yield from ((form, cue, "adjective") for form, cue in cues.adjectives.items())


def _triggers(form: str, cue: Cue, kind: str, lists: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """Words of which every sentence with a form of a cue has one: of a longer cue its last word of weight, else the form.

    A word that news is full of ("defense", "line") is chosen only where the form is worse.
    """
    heavy = (
        [word for word in cue.words[1:] if word != "~" and word not in lists["small"]] if kind != "adjective" else []
    )
    rare = [word for word in heavy if word not in lists["frequent"]]
    if not rare and form not in lists["frequent"]:
        return (form,)
    last = (rare or heavy)[-1:]
    return (last[0], f"{last[0]}s", f"{last[0]}es") if last else (form,)


def _whole(automaton: AhoCorasick, lowered: str) -> Iterator[tuple[int, int]]:
    """Number and offset of each match that is a word by itself."""
    for word, start, end in automaton.find_matches_as_indexes(lowered):
        if not (start and lowered[start - 1].isalnum()) and not (end < len(lowered) and lowered[end].isalnum()):
            yield word, start

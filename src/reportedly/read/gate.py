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
from reportedly.read.triggers import Form, Triggers
from reportedly.read.words import Words, load_lists

__all__ = ["SHORT", "Gate"]

SHORT = 200  # characters: a headline or a line of a feed, which has no room for company
# company that a cue needs: none, ..., ground, a word that binds it
ALONE, COMMON, EVERYDAY, GROUNDED, BOUND = range(1, 6)
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
        verbs = "|".join(sorted(lists["by_name"]))
        self._by_name = re.compile(rf"(?<![^\W_])(?i:{verbs})\s+(?i:(?:back|out)\s+)?(?i:(?:from|of)\s+)?[^\W\d_a-z]")
        self._disagreement = AhoCorasick(list(cues.disagreement), implementation=Implementation.DFA)
        self._company = AhoCorasick(sorted(lists["ground"] | lists["sides"]), implementation=Implementation.DFA)
        self._ground = AhoCorasick(sorted(lists["ground"]), implementation=Implementation.DFA)
        self._sides = AhoCorasick(
            sorted(lists["sides"]), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
        )
        bounds = sorted((lists["negating"] | lists["shares"] | lists["ours"]) - set(BOUND_MARKS))
        self._bounds = AhoCorasick(bounds, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
        forms = [
            Form(form, cue, kind, self._need(form, cue, kind), self._room.rows.wanted(cue, kind))
            for form, cue, kind in _rows(cues)
        ]
        phrases = dict.fromkeys(cues.disagreement, EVERYDAY)
        self._triggers = Triggers(forms, dict.fromkeys(titles, ALONE), phrases, lists)

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
        hits = self._triggers.find(lowered)
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
            here, limit = [], first + stop
            while number < len(hits) and hits[number][0] < limit:
                here.append(hits[number][1])
                number += 1
            if self._opens(here, part[start:stop], lowered[first + start : limit], short=len(part) < SHORT, **told):
                return True
        return False

    def _opens(self, triggers: list[int], sentence: str, lowered: str, *, short: bool, war: bool, alone: bool) -> bool:
        """Whether the words of a sentence with some triggers leave room for a claim."""
        told = self._triggers
        triggers = [number for number in triggers if told.content(number, lowered)]
        for need in sorted({told.needs[number] for number in triggers}):
            if self._may_open(need, sentence, lowered, short=short, war=war, alone=alone):
                break
        else:
            return False
        forms = told.forms[triggers[0]]
        if len(triggers) > 1:
            forms = forms.union(*(told.forms[number] for number in triggers[1:]))
        words = Words.of(sentence)
        cues = [i for i, word in enumerate(words.low) if word in forms]
        return bool(cues) and self._has_room(words, cues, short=short, war=war, alone=alone)

    def _may_open(self, need: int, sentence: str, lowered: str, *, short: bool, war: bool, alone: bool) -> bool:
        """Whether a sentence has the company or the word that a cue in it needs: what `_has_room` asks for too, before the sentence is
        cut into words.
        """
        if need == BOUND and not self._is_bound(lowered):
            return False
        if need == ALONE or alone or (need == COMMON and war):
            return True
        company = self._company if need != GROUNDED or short else self._ground
        return (
            ("IS" in sentence and (need != GROUNDED or short))
            or bool(company.find_matches_as_indexes(lowered))
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
        hits = self._triggers.find(lowered)
        needs = self._triggers.needs
        if not hits or (min(needs[hit[1]] for hit in hits) == BOUND and not self._is_bound(lowered)):
            return []
        found, short = [], len(text) < SHORT
        number = 0
        for start, end in cut_sentences(text):
            here = []
            while number < len(hits) and hits[number][0] < end:
                here.append(hits[number][1])
                number += 1
            if here and self._opens(here, text[start:end], lowered[start:end], short=short, war=war, alone=alone):
                found.append((start, end))
        return found

    def _need(self, form: str, cue: Cue, kind: str) -> int:
        """The company that a form of a cue needs at least; a side is not enough for an everyday verb by itself."""
        if self._may_be_alone(form, cue, kind):
            return ALONE
        if self._room.bound(cue):
            return BOUND
        return GROUNDED if self._rank[form] == EVERYDAY and len(cue.words) == 1 else self._rank[form]

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
        cues = [i for i, word in enumerate(words.low) if word in self._rank]
        return bool(cues) and self._has_room(words, cues, short=short, war=war, alone=alone)

    def _has_room(self, words: Words, cues: list[int], *, short: bool, war: bool, alone: bool) -> bool:
        """Whether one of the cues at some tokens of a sentence has company and room for a place."""
        low, ranks = words.low, self._rank
        if len(low) < 2:
            return False
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
            if self._room.opens(words, i, company=bool(company), sides=sides):
                return True
        return False


def _rows(cues: Cues) -> Iterator[tuple[str, Cue, str]]:
    """Each form of each cue, and its kind."""
    yield from ((form, cue, kind) for form, pairs in cues.verbs.items() for cue, kind in pairs)
    yield from ((form, cue, "noun") for form, found in cues.nouns.items() for cue in found)
    yield from ((form, cue, "adjective") for form, cue in cues.adjectives.items())


def _whole(automaton: AhoCorasick, lowered: str) -> Iterator[tuple[int, int]]:
    """Number and offset of each match that is a word by itself."""
    for word, start, end in automaton.find_matches_as_indexes(lowered):
        if not (start and lowered[start - 1].isalnum()) and not (end < len(lowered) and lowered[end].isalnum()):
            yield word, start

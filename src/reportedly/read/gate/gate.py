"""Which sentences are worth parsing: a keyword automaton over the text, then whether each cue has room for a place.

A sentence is tagged if one of its words is a cue in company that makes a claim possible and a place can stand where the
cue's frame has it; it is parsed if that still holds by the tags. The lists are in knowledge/data/gate. What the gate keeps
out is measured by reading with and without it (evaluation/bench_reading.py, tests/read).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from operator import itemgetter

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, Implementation, MatchKind

from reportedly.knowledge.cues import Cue, Cues, inflect
from reportedly.model import Relation
from reportedly.read.gate.asking import COMMON, EVERYDAY, GROUNDED, NAMELESS, SIDES, Asking
from reportedly.read.gate.asks import Form
from reportedly.read.gate.folding import fold, spaced
from reportedly.read.gate.room import Room
from reportedly.read.gate.triggers import Found, Triggers
from reportedly.read.parsing.passages import cut_sentences
from reportedly.read.parsing.words import Words, load_lists

__all__ = ["SHORT", "Gate"]

APART = "\n\n"  # between passages
SHORT = 200  # characters: a headline or a line of a feed, which has no room for company


class Gate:
    """Decides by words, then by tags, whether a sentence can hold a claim."""

    def __init__(self, cues: Cues):
        self.lists = lists = load_lists(cues.language)
        self._room = Room(cues, lists)
        self._rank = {
            word: EVERYDAY if word in lists["everyday"] else COMMON if word in lists["common"] else NAMELESS
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
        sides = [b" %b " % fold(side) for side in sorted(lists["sides"])]
        self._sides = BytesAhoCorasick(sides, matchkind=MatchKind.Standard, implementation=Implementation.DFA)
        rows = self._room.rows
        self._triggers = Triggers(
            [
                Form(form, cue, kind, self._need(form, cue, kind), rows.sought(cue, kind))
                for form, cue, kind in _rows(cues)
            ],
            dict.fromkeys(titles, NAMELESS),
            lists,
            offices=cues.offices,
            company=(lists["ground"], lists["sides"], lists["war"]),
            phrases=cues.disagreement,
        )

    @classmethod
    @cache
    def of(cls, language: str = "en") -> Gate:
        """The gate of a language's packaged cues."""
        return cls(Cues.load(language))

    def opens(self, text: str) -> bool:
        """Whether a text can hold a claim, or says that somebody disagrees."""
        return self.disagrees(text) or bool(self.sentences(text, **self.around(text)))

    def sift(self, report: str, passages: Sequence[str]) -> tuple[dict[str, bool], list[list[tuple[int, int]]]]:
        """What `around` tells of a report, and the `sentences` of each of its passages: all of them looked at once."""
        text = APART.join(passages)
        seen = self._triggers.look(text)
        told = {"war": bool(seen.company[SIDES]) or self._names_side(report), "alone": len(report) < SHORT}
        asking = Asking(text, seen, self._by_name, **told)
        found: list[list[tuple[int, int]]] = []
        triggers, number, start = seen.triggers, 0, 0
        for passage in passages:
            end, first = start + len(passage), number
            while number < len(triggers) and triggers[number][1] < end:
                number += 1
            found.append(list(self._open(asking, start, end, triggers[first:number])) if number > first else [])
            start = end + len(APART)
        return told, found

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
        seen, apart = self._triggers.look(text), "\n\n" if "\n\n" in text else "\n"
        if seen.phrase and self.disagrees(text):
            return True
        asking = Asking(text, seen, self._by_name, war=bool(seen.company[SIDES]), alone=len(text) < SHORT)
        triggers, number, end = seen.triggers, 0, -len(apart)
        while number < len(triggers):
            at, first, last = triggers[number][1], 0, number + 1
            while at >= end:
                first = end + len(apart)
                end = text.find(apart, first)
                end = len(text) if end < 0 else end
            while last < len(triggers) and triggers[last][1] < end:
                last += 1
            if next(self._open(asking, first, end, triggers[number:last]), None) is not None:
                return True
            number = last
        return False

    def _open(self, asking: Asking, first: int, end: int, triggers: Sequence[Found]) -> Iterator[tuple[int, int]]:
        """The sentences of a part of a text with some triggers that its words let hold a claim, as offsets in the part."""
        short = end - first < SHORT
        company = asking.company(first, end, short=short)
        hits = self._triggers.standing(asking.seen, triggers, company, war=asking.war)
        parted = self._triggers.parted(asking.seen, first, end)
        if parted:
            hits = sorted([*hits, *parted], key=itemgetter(0))
        if not hits:
            return
        number = 0
        for start, stop in cut_sentences(asking.text[first:end]):
            at, limit, here = first + start, first + stop, []
            while number < len(hits) and hits[number][0] < limit:
                here.append(hits[number])
                number += 1
            if not here or not asking.may_open(here, at, limit, short=short):
                continue
            if parted and not asking.seen.phrase and not any(at <= trigger[1] < limit for trigger in triggers):
                continue  # a part of a word opens no sentence by itself
            words = Words.of(asking.text[at:limit])
            forms = here[0][3] if len(here) == 1 else here[0][3].union(*(hit[3] for hit in here))
            cues = [i for i, word in enumerate(words.low) if word in forms]
            if cues and self._has_room(words, cues, short=short, war=asking.war, alone=asking.alone):
                yield start, stop

    def around(self, text: str) -> dict[str, bool]:
        """What the whole of a report tells of each of its sentences, as `sentences` and `may_claim` ask it.

        `war`: it names a side at war somewhere, which is company for a cue of war. `alone`: it is a mere headline or a line of
        a chronicle, which has no room for company.
        """
        return {"war": self._names_side(text), "alone": len(text) < SHORT}

    def _names_side(self, text: str) -> bool:
        """Whether a text names a side at war."""
        return bool(self._sides.find_matches_as_indexes(spaced(fold(text))))

    def sentences(self, text: str, *, war: bool = False, alone: bool = False) -> list[tuple[int, int]]:
        """The sentences of a text that its words let hold a claim, as ranges of characters; `war` and `alone` as `around` says
        of the report that it is a part of.
        """
        seen = self._triggers.look(text)
        if not seen.triggers:
            return []
        asking = Asking(text, seen, self._by_name, war=war, alone=alone)
        return list(self._open(asking, 0, len(text), seen.triggers))

    def _need(self, form: str, cue: Cue, kind: str) -> int:
        """The company that a form of a cue needs, unless it does without; a side is not enough for an everyday verb by itself."""
        single = len(cue.words) == 1 and kind != "noun"
        return GROUNDED if self._rank[form] == EVERYDAY and single else self._rank[form]

    def _may_be_alone(self, form: str, cue: Cue, kind: str) -> bool:
        """Whether a form of a cue can open the gate in a sentence that names neither ground nor a side."""
        frame = cue.frame
        return (
            self._rank[form] == NAMELESS
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
                alone or named or rank == NAMELESS or (sides and short) or ((sides or war) and rank == COMMON)
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

"""The cues that may start at a word, sorted by what else their sentence must have: their next words, and words that bind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from reportedly.knowledge.cues import Cue, Cues, word_forms
from reportedly.model import Relation
from reportedly.read.parsing.matching import GAP
from reportedly.read.parsing.words import Words

__all__ = ["INSIDE", "SHARES", "WITHDRAWS", "CueRows", "after_preposition", "says_no"]

Row = tuple[Cue, str, frozenset[str] | None, frozenset[str]]
"""A cue, which of its forms, words of which its sentence has one (None: not told by words), forms of its weightiest word."""
NO_ROWS: tuple[tuple[Row, ...], dict[str, list[Row]]] = ((), {})
WITHDRAWS, INSIDE = (
    "withdraws from",
    frozenset({"in", "inside", "defending", "holding"}),
)  # who withdraws, and from where they stood
NO_WORDS = frozenset[str]()
SHARES = "has a share of"  # the frame of which a share is told


class CueRows:
    """The cues of a language by their first words."""

    def __init__(self, cues: Cues, lists: dict[str, frozenset[str]]):
        self.lists = lists
        self.compass, self.traps = cues.words("places.compass"), cues.words("clauses.traps")
        forms: dict[str, list[tuple[Cue, str]]] = defaultdict(list)
        for form, verbs in cues.verbs.items():
            forms[form] += verbs
        for form, nouns in cues.nouns.items():
            forms[form] += [(cue, "noun") for cue in nouns]
        for form, cue in cues.adjectives.items():
            forms[form].append((cue, "adjective"))
        self.preps = {
            cue.frame.preps: frozenset(
                word for p in cue.frame.preps if p and p != "subject" for word in (self.compass if p == "N" else (p.split()[0],))
            )
            for cue in cues.cues
        }  # fmt: skip
        self._rows = {}
        for form, found in forms.items():
            rows = [(cue, kind, self.wanted(cue, kind), self._heavy(cue, kind)) for cue, kind in found]
            by_second = _by_second(rows)
            self._rows[form] = tuple(by_second.pop("", ())), by_second

    def at(self, w: Words, i: int) -> Sequence[tuple[Cue, str]]:
        """The cues that may start at token i, each with its form."""
        alone, longer = self._rows.get(w.low[i], NO_ROWS)
        every = w.every
        found = [(cue, form) for cue, form, wanted, _ in alone if wanted is None or not wanted.isdisjoint(every)]
        if longer:  # `match` looks for the second word of a cue among the next ones
            for word in longer.keys() & set(w.low[i + 1 : i + 1 + GAP]):
                for cue, form, wanted, heavy in longer[word]:
                    if not heavy.isdisjoint(every) and (wanted is None or not wanted.isdisjoint(every)):
                        found.append((cue, form))
        return found

    def _heavy(self, cue: Cue, form: str) -> frozenset[str]:
        """The forms that `match` takes for the weightiest word of a cue behind the first; none where it has one word."""
        behind = [word for word in cue.words[1:] if word != "~"] if form != "adjective" else []
        return _forms(([word for word in behind if word not in self.lists["small"]] or behind or [""])[-1])

    def wanted(self, cue: Cue, form: str) -> frozenset[str] | None:
        """Words of which a sentence has one if the cue leaves room in it, where that can be told by words alone."""
        found = self.sought(cue, form)
        return None if found is None else found[0] | found[1]

    def sought(self, cue: Cue, form: str) -> tuple[frozenset[str], frozenset[str]] | None:
        """The same: those that must stand behind the words of the cue, and those that may stand anywhere."""
        frame = cue.frame
        if frame.denied_only and not says_no(cue):
            return NO_WORDS, self.lists["negating"] | self.lists["ours"]
        if frame.name == SHARES:
            return NO_WORDS, self.lists["shares"]
        elsewhere = {"", "subject"} & set(frame.preps) or (form == "past" and {"of", "over"} & set(frame.preps))
        if (
            form in ("noun", "adjective")
            or elsewhere
            or frame.relation is Relation.ADVANCES
            or cue.words[0] in self.traps
            or cue.words[-1] in ("control", "sway", "charge")  # "X, where they hold sway"
        ):
            return None
        more = INSIDE | {":"} if frame.name == WITHDRAWS else NO_WORDS
        told_of = frame.relation is Relation.CONTESTS or frame.name == "holds on in"
        more = more | {"where"} if told_of else more
        behind = self.preps[frame.preps]
        if frame.relation is Relation.LOSES:
            more = more | (behind & {"from"})  # "X, from which they withdrew"
        return behind - more, more


def says_no(cue: Cue) -> bool:
    """Whether a cue that is always denied denies by its own words: "is out of Y's control"."""
    return cue.words[1:2] in (("out",), ("beyond",))


def after_preposition(lists: dict[str, frozenset[str]]) -> frozenset[str]:
    """Words behind one of which a cue that is a preposition too may be a verb: "to near X", "troops near X"."""
    return lists["modals"] | lists["sides"] | lists["ground"] | {"to", "they", "we", "not"}


def _forms(word: str) -> frozenset[str]:
    """What `match` takes for a word of a cue behind the first."""
    return word_forms(word) if word else frozenset()


def _by_second(rows: list[Row]) -> dict[str, list[Row]]:
    """Cues by the forms of their second word, "" where they have one word: one common verb has dozens."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in {_asked(row[0], row[1]): row for row in rows}.values():
        cue, form = row[:2]
        second = next((word for word in cue.words[1:] if word != "~"), "") if form != "adjective" else ""
        for word in _forms(second) or ("",):
            found[word].append(row)
    return dict(found)


def _asked(cue: Cue, form: str) -> tuple[Any, ...]:
    """All that is asked of a cue here: of cues that are alike in it one is enough."""
    frame = cue.frame
    return (
        form,
        cue.text,
        cue.words,
        frame.preps,
        frame.relation,
        frame.kind,
        frame.name in ("falls", SHARES),
        frame.denied_only and not says_no(cue),
        frame.particle,
        frame.strict,
    )

"""A parsed passage as plain lists by token number, which are many times cheaper to read than spaCy's tokens."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from spacy.attrs import DEP, HEAD, LEMMA, POS

from reportedly.knowledge.reporting import Reporting
from reportedly.read.tokens import Tokens

__all__ = ["CONTRAST", "FINITE", "Parsed", "can_speak"]

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
CONTRAST = frozenset({"but", "while", "although", "though", "whereas", "however", ";", "yet"})


def _note_ends(low: list[str], k: int) -> bool:
    """Whether a footnote mark after a full stop ends before token k ("lines.[64] Multiple"): the parser often runs on there."""
    if low[k - 1] != "]":
        return False
    near = range(k - 2, max(k - 8, 0), -1)
    return any(".[" in low[m] or ("[" in low[m] and low[m - 1][-1:] in '.”"') for m in near)


@dataclass(slots=True)
class Parsed:
    """A spaCy Doc as plain lists by token number: reading them is many times cheaper than asking the tokens."""

    doc: Any
    tokens: Tokens
    low: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)  # first token of the subtree
    right: list[int] = field(default_factory=list)  # last token of the subtree
    sentence: list[tuple[int, int]] = field(default_factory=list)
    times: frozenset[str] = frozenset()  # words of days and months

    @classmethod
    def of(cls, doc: Any, reporting: Reporting) -> Parsed:
        """Read out a Doc once."""
        tokens = Tokens.of(doc)
        p = cls(doc, tokens, times=reporting.words["days"] | reporting.words["times"])
        size = len(doc)
        p.children = [[] for _ in range(size)]
        p.low = [low.lstrip('"“”') or low for low in tokens.low]  # glued marks: ."He
        p.tag = tokens.tag
        rows = doc.to_array([LEMMA, POS, DEP]).tolist()
        strings = doc.vocab.strings
        names = {key: strings[key] if key else "" for key in set(itertools.chain.from_iterable(rows))}
        p.lemma = [names[lemma].lower() for lemma, _, _ in rows]
        p.pos = [names[pos] for _, pos, _ in rows]
        p.dep = [names[dep] for _, _, dep in rows]
        for i, (pos, tag) in enumerate(zip(p.pos, p.tag, strict=True)):
            if (
                pos == "PRON"
                and tag == "DT"
                and p.low[i] not in reporting.words["determiners"]
                and doc[i].text[:1].isupper()
            ):
                p.pos[i] = "PROPN"  # "Houthis say", which the tagger takes for a determiner
        p.head = [i + up for i, up in enumerate(doc.to_array(HEAD).view("int64").tolist())]
        for i, h in enumerate(p.head):
            if h != i:
                p.children[h].append(i)
        p.left, p.right = list(range(size)), list(range(size))
        for i in range(size):  # every token widens the subtrees of its ancestors
            h, steps = i, 0
            while p.head[h] != h and steps < 200:
                h, steps = p.head[h], steps + 1
                p.left[h] = min(p.left[h], i)
                p.right[h] = max(p.right[h], i)
        for sent in doc.sents:
            start = sent.start
            for k in range(sent.start + 1, sent.end):
                if _note_ends(p.low, k) and p.capital(k):
                    p.sentence += [(start, k)] * (k - start)
                    start = k
            p.sentence += [(start, sent.end)] * (sent.end - start)
        return p

    def kids(self, i: int, *deps: str) -> list[int]:
        """Children of a token with one of these relations."""
        return [c for c in self.children[i] if self.dep[c] in deps]

    def text(self, start: int, end: int) -> str:
        """The words of a token range as written."""
        return self.tokens.words(start, end)

    def capital(self, i: int) -> bool:
        """Whether a token is written with a capital."""
        return self.tokens.text[i][:1].isupper()

    def is_time(self, i: int) -> bool:
        """Whether a token is a day, a month or another word of time."""
        return self.low[i] in self.times

    def agent(self, v: int) -> int | None:
        """Who stands behind "by" of a passive verb."""
        for c in self.children[v]:
            if self.low[c] == "by":
                for o in self.kids(c, "pobj", "pcomp"):
                    return o
        return None

    def has_verb(self, start: int, end: int) -> bool:
        """Whether a range holds a finite verb."""
        return any(self.tag[k] in FINITE for k in range(start, end))


def can_speak(p: Parsed, i: int, reporting: Reporting) -> bool:
    """Whether a noun can be somebody who speaks, or something that shows: a name, a pronoun, people, a body, evidence."""
    if p.pos[i] in ("PROPN", "PRON") or p.capital(i):
        return True
    lemma = p.lemma[i]
    return (
        lemma in reporting.people
        or lemma in reporting.bodies
        or lemma in reporting.titles
        or lemma in reporting.evidence
        or lemma in reporting.nouns
        or lemma in reporting.form_words
        or p.low[i] in reporting.people
        or lemma.endswith(("er", "or", "ist", "ian", "man", "woman", "ant", "eer"))
    )

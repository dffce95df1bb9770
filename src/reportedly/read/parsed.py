"""A parsed passage as plain lists by token number, which are many times cheaper to read than spaCy's tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportedly.knowledge.reporting import Reporting

__all__ = ["CONTRAST", "FINITE", "Parsed"]

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
CONTRAST = frozenset({"but", "while", "although", "though", "whereas", "however", ";", "yet"})


@dataclass(slots=True)
class Parsed:
    """A spaCy Doc as plain lists by token number: reading them is many times cheaper than asking the tokens."""

    doc: Any
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
        p = cls(doc, times=reporting.words["days"] | reporting.words["times"])
        size = len(doc)
        p.children = [[] for _ in range(size)]
        for t in doc:
            p.low.append(t.lower_.replace("’", "'"))
            p.lemma.append(t.lemma_.lower())
            p.pos.append(t.pos_)
            p.tag.append(t.tag_)
            p.dep.append(t.dep_)
            p.head.append(t.head.i)
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
            p.sentence += [(sent.start, sent.end)] * (sent.end - sent.start)
        return p

    def kids(self, i: int, *deps: str) -> list[int]:
        """Children of a token with one of these relations."""
        return [c for c in self.children[i] if self.dep[c] in deps]

    def text(self, start: int, end: int) -> str:
        """The words of a token range as written."""
        return str(self.doc[start:end].text)

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

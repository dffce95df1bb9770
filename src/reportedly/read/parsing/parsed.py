"""A parsed passage as plain lists by token number, which are many times cheaper to read than spaCy's tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.nodes import Node, nodes_of, sentences
from reportedly.read.parsing.tags import FINITE
from reportedly.read.parsing.tokens import Tokens

__all__ = [
    "CONTRAST",
    "JOINS",
    "Parsed",
    "adds_conclusion",
    "can_speak",
    "concludes_from",
    "evidence_at",
    "evidence_before",
    "gainsaid",
    "opens_anew",
]

SHOWN = 16  # tokens between evidence and the verb that tells what it shows
JOINS = frozenset({"and", "but", "while", "although", "though", "whereas", "however", "yet"})
MISSPELT = {
    "dismisse": "dismiss",
    "denies": "deny",
}  # base forms that the lemmatizer makes of verbs it takes for nouns and auxiliaries
GLUED = frozenset('"“”')
NOW = frozenset({"now", "currently", "instead", "so"})
CONTRAST = frozenset({"but", "while", "although", "though", "whereas", "however", ";", "yet"})


def _note_ends(low: list[str], k: int) -> bool:
    """Whether a footnote mark after a full stop ends before token k ("lines.[64] Multiple"): the parser often runs on there."""
    near = range(k - 2, max(k - 8, 0), -1)
    return any(".[" in low[m] or ("[" in low[m] and low[m - 1][-1:] in '.”"') for m in near)


def _part_days(p: Parsed) -> None:
    """Give the object of "denied on Sunday reports of" back to its verb: the parser takes the day for a part of its name."""
    for i, word in enumerate(p.low):
        if word != "on" or i + 2 >= len(p.low) or not p.is_time(i + 1) or p.dep[i + 1] != "compound":
            continue
        named = told = p.head[i + 1]
        if p.dep[told] == "poss":
            told = p.head[told]  # "denied on Sunday Y's claims"
        if told >= named > i + 1 and p.head[told] == i and p.dep[told] == "pobj" and p.pos[p.head[i]] == "VERB":
            p.head[i + 1], p.dep[i + 1] = i, "pobj"
            p.head[told], p.dep[told] = p.head[i], "dobj"
            for k in range(i + 2, named):
                p.head[k] = named if p.head[k] == i + 1 else p.head[k]


@dataclass(slots=True)
class Parsed:
    """A spaCy Doc as plain lists by token number: reading them is many times cheaper than asking the tokens."""

    doc: Sequence[Node]  # its tokens
    whole: Any  # the Doc itself
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
        nodes = nodes_of(doc)
        p = cls(nodes, doc, tokens, times=reporting.words["days"] | reporting.words["times"])
        size = len(nodes)
        p.children = [[] for _ in range(size)]
        p.low = [low.lstrip('"“”') or low if low[0] in GLUED else low for low in tokens.low]  # ."He
        p.tag = tokens.tag
        p.lemma = [MISSPELT.get(word, word) for word in [node.lemma_.lower() for node in nodes]]
        p.pos = [node.pos_ for node in nodes]
        p.dep = [node.dep_ for node in nodes]
        determiners = reporting.words["determiners"]
        for i, tag in enumerate(p.tag):
            if tag == "DT" and p.pos[i] == "PRON" and p.low[i] not in determiners and tokens.text[i][:1].isupper():
                p.pos[i] = "PROPN"  # "Houthis say", which the tagger takes for a determiner
        p.head = [node.head.i for node in nodes]
        if "on" in p.low:
            _part_days(p)
        for i, h in enumerate(p.head):
            if h != i:
                p.children[h].append(i)
        p.left, p.right = list(range(size)), list(range(size))
        order = [i for i, h in enumerate(p.head) if h == i]
        for i in order:  # which grows by what is below each
            order += p.children[i]
        for i in reversed(order):  # what is below a token widens its subtree
            h = p.head[i]
            p.left[h], p.right[h] = min(p.left[h], p.left[i]), max(p.right[h], p.right[i])
        for first, end in sentences(nodes):
            start = first
            for k in range(start + 1, end):
                if p.low[k - 1] == "]" and p.capital(k) and _note_ends(p.low, k):
                    p.sentence += [(start, k)] * (k - start)
                    start = k
            p.sentence += [(start, end)] * (end - start)
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
                if any(o < c for o in self.kids(v, "dobj")) and not self.kids(v, "auxpass", "nsubjpass"):
                    return None  # "rejected assertions by Y"
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
    if lemma in reporting.words["mute"] and not (
        lemma in reporting.evidence or lemma in reporting.nouns or lemma in reporting.bodies
    ):
        return False
    return (
        lemma in reporting.people
        or lemma in reporting.bodies
        or lemma in reporting.titles
        or lemma in reporting.evidence
        or lemma in reporting.nouns
        or lemma in reporting.form_words
        or p.low[i] in reporting.people
        or p.low[i] in reporting.words["anybody"]
        or lemma.endswith(("er", "or", "ist", "ian", "man", "woman", "ant", "eer"))
    )


def evidence_at(p: Parsed, k: int, reporting: Reporting) -> int | None:
    """The noun of "and geolocated footage" at the conjunction k: evidence that the writer has seen."""
    opens = p.low[k] in JOINS or (
        k == p.sentence[k][0] and p.tag[k] in ("JJ", "DT")
    )  # "Other geolocated footage shows"
    if not opens or k + 2 >= len(p.low) or p.low[k + 1] not in reporting.words["located"]:
        return None
    return next((j for j in range(k + 2, min(k + 5, len(p.low))) if p.lemma[j] in reporting.evidence), None)


def evidence_before(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """The evidence that a verb is said of, where the parser takes "geolocated" for a verb ("and geolocated footage confirms")."""
    for k in range(v - 1, max(p.sentence[v][0] - 1, v - SHOWN), -1):
        if (noun := evidence_at(p, k, reporting)) is not None:
            return noun if noun < v else None
        if p.tag[k] in FINITE and p.low[k] not in reporting.words["located"]:
            return None
    return None


def gainsaid(p: Parsed, as_: int) -> bool:
    """Whether "as X said" at a token is set in behind a negation ("had not, as X said, entered A"): X said what is denied."""
    return as_ > 1 and p.low[as_ - 1] in (",", "-", "–", "—", "(") and p.low[as_ - 2] in ("not", "n't", "never")


def concludes_from(p: Parsed, v: int, reporting: Reporting) -> bool:
    """Whether the verb at v draws a conclusion from the clause before it: ", which may indicate that"."""
    if p.lemma[v] not in reporting.words["concludes"] or not p.tag[v].startswith("VB"):
        return False
    k = v - 1
    while k > p.sentence[v][0] and (p.tag[k] == "MD" or p.tag[k].startswith("RB")):
        k -= 1
    verb = reporting.verbs.get(p.lemma[v])
    named = verb is not None and verb.kind == "concedes" and p.dep[v] == "relcl" and p.pos[p.head[v]] == "PROPN"
    where = (
        p.dep[p.head[v]] == "pobj" and p.low[p.head[p.head[v]]] != "by"
    )  # "struck a depot near X, which confirms that"
    if named and p.head[v] == k - 2 and not where:
        return False  # "by the project DeepState, which confirmed that"
    return p.low[k] == "which" and k > 0 and p.low[k - 1] == ","


def adds_conclusion(p: Parsed, v: int, reporting: Reporting) -> bool:
    """Whether the verb at v tells behind a comma what follows from the words before it: ", likely indicating that"."""
    if p.tag[v] != "VBG" or p.lemma[v] not in reporting.words["concludes"]:
        return False
    done = (
        p.lemma[v] not in reporting.words["adds"]
    )  # "troops struck X, confirming that": who confirms it else is who speaks
    if done and not any(p.lemma[s] in reporting.words["fighters"] for s in p.kids(p.head[v], "nsubj")):
        return False
    k = v - 1
    while k > p.sentence[v][0] and p.tag[k].startswith("RB"):
        k -= 1
    return k > p.sentence[v][0] and p.low[k] == ","


def opens_anew(low: Sequence[str], k: int) -> bool:
    """Whether "there are" at token k opens a sentence that only a comma parts from the one before: "X denied it, now there is fighting"."""
    if low[k] != "there" or tuple(low[k + 1 : k + 2]) not in (("is",), ("are",), ("'s",)):
        return False
    return low[k - 1] == "," or (k > 1 and low[k - 1] in NOW and low[k - 2] == ",")

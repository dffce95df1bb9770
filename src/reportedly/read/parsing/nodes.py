"""The tokens of a parsed text as plain objects that know their place in its tree.

spaCy makes a new token at each step along a tree and looks up its words anew each time they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from spacy.attrs import DEP, HEAD, LEMMA, LOWER, ORTH, POS, SENT_START, SPACY

from reportedly.read.parsing.tokens import Tokens

__all__ = ["Node", "forget_nodes", "nodes_of", "sentences"]

_NAME = "reportedly.nodes"
_WORDS = 200_000  # that are remembered by their numbers: some 20 MB
_READ = (ORTH, LOWER, LEMMA, POS, DEP, SPACY, SENT_START, HEAD)


class _Words(dict[int, str]):
    """Words by the numbers that spaCy has for them, looked up once."""

    def __init__(self, strings: Any) -> None:
        self._strings = strings

    def __missing__(self, number: int) -> str:
        if len(self) > _WORDS:
            self.clear()
        word = self[number] = self._strings[number] if number else ""
        return word


class Node:
    """A token of a text: its number, where it starts, its words, and its place in the tree; all under spaCy's names."""

    __slots__ = (
        "children", "dep_", "head", "i", "idx", "is_sent_start", "lemma_", "lower_", "pos_", "tag_", "text", "whitespace_",
    )  # fmt: skip

    def __init__(
        self, i: int, idx: int, text: str, lower: str, lemma: str, pos: str, tag: str, dep: str, space: int, opens: int
    ):
        self.i, self.idx, self.text, self.lower_, self.lemma_ = i, idx, text, lower, lemma
        self.pos_, self.tag_, self.dep_ = pos, tag, dep
        self.whitespace_ = " " if space else ""
        self.is_sent_start = opens == 1
        self.head = self
        self.children: list[Node] = []  # from left to right

    def __str__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.text)

    @property
    def subtree(self) -> Iterator[Node]:
        """The token and all that hangs on it, from left to right."""
        for child in self.children:
            if child.i > self.i:
                break
            yield from child.subtree
        yield self
        for child in self.children:
            if child.i > self.i:
                yield from child.subtree

    @property
    def ancestors(self) -> Iterator[Node]:
        """What the token hangs on, from near to far."""
        node = self
        while node.head is not node:
            node = node.head
            yield node

    @property
    def left_edge(self) -> Node:
        """The first token of the subtree."""
        first, below = self, [self]
        for node in below:  # which grows by what is below each
            if node.i < first.i:
                first = node
            below += node.children
        return first

    @property
    def right_edge(self) -> Node:
        """The last token of the subtree."""
        last, below = self, [self]
        for node in below:
            if node.i > last.i:
                last = node
            below += node.children
        return last

    @property
    def text_with_ws(self) -> str:
        """The token with the space behind it, if there is one."""
        return self.text + self.whitespace_

    @property
    def is_space(self) -> bool:
        """Whether the token is white space alone."""
        return self.text.isspace()


@lru_cache(maxsize=1)
def _words(strings: Any) -> _Words:
    return _Words(strings)


def nodes_of(doc: Any) -> list[Node]:
    """The tokens of a parsed Doc, which keeps them."""
    found: list[Node] | None = doc.user_data.get(_NAME)
    if found is None:
        doc.user_data[_NAME] = found = _read(doc)
    return found


def sentences(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """The first token of each sentence, and the one behind its last."""
    starts = [node.i for node in nodes if node.is_sent_start or not node.i]
    return list(pairwise([*starts, len(nodes)]))


def forget_nodes(doc: Any) -> None:
    """Let go of the tokens of a Doc that is read: those of a tree point at each other, and would wait to be looked for."""
    for node in doc.user_data.pop(_NAME, ()):
        del node.head, node.children


def _read(doc: Any) -> list[Node]:
    columns, words, tokens = doc.to_array(_READ).T, _words(doc.vocab.strings), Tokens.of(doc)
    text, low, lemma, pos, dep = (map(words.__getitem__, column) for column in columns[:5].tolist())
    spaces, opens, ups = columns[5:].astype("int64").tolist()
    nodes = list(map(Node, range(len(doc)), tokens.start, text, low, lemma, pos, tokens.tag, dep, spaces, opens))
    for node, up in zip(nodes, ups, strict=True):
        if up:
            node.head = head = nodes[node.i + up]
            head.children.append(node)
    return nodes

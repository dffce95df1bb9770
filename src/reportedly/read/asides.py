"""Words in brackets parsed apart from the sentence around them, which the parser otherwise loses its way in.

"took Krasne (4 km from Lyman), Zelene and Novyi" has one tree without the brackets and often a broken one with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.tokens import Doc

from reportedly.read.tokens import closing_bracket

__all__ = ["Apart", "find_asides", "take_apart"]

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})


@dataclass(frozen=True, slots=True)
class Apart:
    """A tagged text in parts that are parsed one by one: first what stands outside brackets, then each aside."""

    doc: Any
    asides: tuple[tuple[int, int], ...]  # half-open in tokens, brackets included
    tokens: tuple[tuple[int, ...], ...]  # of each part, its tokens by number
    parts: tuple[Any, ...]

    def join(self) -> None:
        """Give the text the trees of its parts; an aside hangs on the word before it."""
        size = len(self.doc)
        heads, relations = list(range(size)), [""] * size
        for tokens, part in zip(self.tokens, self.parts, strict=True):
            for i, token in zip(tokens, part, strict=True):
                heads[i], relations[i] = tokens[token.head.i], token.dep_
        for start, end in self.asides:
            anchor = self._anchor(start, relations)
            for i in range(start + 1, end - 1):
                if heads[i] == i:
                    heads[i], relations[i] = anchor, "appos" if self.doc[i].tag_ in NOUNS else "parataxis"
            heads[start] = heads[end - 1] = anchor
            relations[start] = relations[end - 1] = "punct"
        add = self.doc.vocab.strings.add
        rows = [[head - i, add(name)] for i, (head, name) in enumerate(zip(heads, relations, strict=True))]
        ways = np.array([way for way, _ in rows], dtype=np.int64).view(np.uint64)
        names = np.array([name for _, name in rows], dtype=np.uint64)
        annotate: Any = self.doc.from_array
        annotate([HEAD, DEP], np.column_stack([ways, names]))

    def _anchor(self, start: int, relations: Sequence[str]) -> int:
        """The last word before an aside that is neither a mark nor itself in brackets."""
        outside = self.tokens[0]
        before = [i for i in outside if i < start]
        return next((i for i in reversed(before) if relations[i] != "punct"), before[0])


def find_asides(words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Stretches in round brackets with a word in them, half-open in tokens, the brackets included; none at the very start."""
    found = []
    i = 1
    while i < len(words):
        if words[i] == "(":
            end = closing_bracket(words, i)
            if end is not None and end > i + 1:
                found.append((i, end + 1))
                i = end
        i += 1
    return tuple(found)


def take_apart(doc: Any) -> Apart | None:
    """A tagged text in parts, or nothing where it has no aside; the vectors of its words are those of the whole text."""
    words = [token.text for token in doc]
    asides = find_asides(words)
    if not asides:
        return None
    inside = {i for start, end in asides for i in range(start, end)}
    tokens = [tuple(i for i in range(len(doc)) if i not in inside)]
    tokens += [tuple(range(start + 1, end - 1)) for start, end in asides]
    return Apart(doc, asides, tuple(tokens), tuple(_part(doc, words, some) for some in tokens))


def _part(doc: Any, words: Sequence[str], tokens: Sequence[int]) -> Doc:
    """Some words of a tagged text as a text of their own."""
    part = Doc(
        doc.vocab,
        words=[words[i] for i in tokens],
        spaces=[bool(doc[i].whitespace_) for i in tokens],
        tags=[doc[i].tag_ for i in tokens],
    )
    part.tensor = doc.tensor[list(tokens)]
    return part

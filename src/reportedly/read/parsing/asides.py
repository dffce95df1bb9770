"""Words in brackets parsed apart from the sentence around them, which the parser otherwise loses its way in.

"took Krasne (4 km from Lyman), Zelene and Novyi" has one tree without the brackets and often a broken one with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD, ORTH, SPACY, TAG
from spacy.tokens import Doc

from reportedly.read.parsing.tags import NOUNS
from reportedly.read.parsing.tokens import Tokens, closing_bracket

__all__ = ["Apart", "find_asides", "take_apart"]


@dataclass(frozen=True, slots=True)
class Apart:
    """A tagged text in parts that are parsed one by one: first what stands outside brackets, then each aside."""

    doc: Any
    asides: tuple[tuple[int, int], ...]  # half-open in tokens, brackets included
    tokens: tuple[npt.NDArray[np.int64], ...]  # of each part, its tokens by number
    parts: tuple[Any, ...]

    def join(self) -> None:
        """Give the text the trees of its parts; an aside hangs on the word before it."""
        places = np.arange(len(self.doc))
        heads, relations = places.copy(), np.zeros(len(self.doc), dtype=np.uint64)
        for tokens, part in zip(self.tokens, self.parts, strict=True):
            rows = part.to_array([HEAD, DEP])
            heads[tokens] = tokens[np.arange(len(tokens)) + rows[:, 0].view(np.int64)]
            relations[tokens] = rows[:, 1]
        appos, parataxis, mark = map(self.doc.vocab.strings.add, ("appos", "parataxis", "punct"))
        for start, end in self.asides:
            anchor = self._anchor(start, relations, mark)
            for i in range(start + 1, end - 1):
                if heads[i] == i:
                    heads[i], relations[i] = anchor, appos if self.doc[i].tag_ in NOUNS else parataxis
            heads[start] = heads[end - 1] = anchor
            relations[start] = relations[end - 1] = mark
        annotate: Any = self.doc.from_array
        annotate([HEAD, DEP], np.column_stack([(heads - places).view(np.uint64), relations]))

    def _anchor(self, start: int, relations: npt.NDArray[np.uint64], mark: int) -> int:
        """The last word before an aside that is neither a mark nor itself in brackets."""
        outside = self.tokens[0]
        before = outside[outside < start]
        words = before[relations[before] != mark]
        return int(words[-1] if len(words) else before[0])


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
    asides = find_asides(Tokens.of(doc).text)
    if not asides:
        return None
    outside = np.ones(len(doc), dtype=bool)
    for start, end in asides:
        outside[start:end] = False
    tokens = (np.flatnonzero(outside), *(np.arange(start + 1, end - 1) for start, end in asides))
    rows = doc.to_array([ORTH, SPACY, TAG])
    return Apart(doc, asides, tokens, tuple(_part(doc, rows[some], doc.tensor[some]) for some in tokens))


def _part(doc: Any, rows: npt.NDArray[np.uint64], tensor: Any) -> Doc:
    """Some words of a tagged text, by number, space and tag, as a text of their own."""
    made: Any = Doc  # by the numbers of its words, which its annotation does not tell
    part: Doc = made(doc.vocab, words=rows[:, 0].tolist(), spaces=rows[:, 1].astype(bool).tolist())
    annotate: Any = part.from_array
    annotate([TAG], np.ascontiguousarray(rows[:, 2:]))
    part.tensor = tensor
    return part

"""Words in brackets, and whom a sentence opens by going by, parsed apart from the sentence around them.

"took Krasne (4 km from Lyman), Zelene and Novyi" has one tree without the brackets and often a broken one with them; "According to
the mayor, Krasne and Zelene were taken" makes a list of the three.
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

__all__ = ["Apart", "find_asides", "find_opening", "take_apart"]

LONGEST_OPENING = 16  # tokens
STARTS = frozenset({"NN", "DT", "JJ", "PR", "CD", "EX", "RB"})  # how the tags of what a sentence goes on with begin


@dataclass(frozen=True, slots=True)
class Apart:
    """A tagged text in parts that are parsed one by one: first what stands outside brackets, then each aside."""

    doc: Any
    asides: tuple[tuple[int, int], ...]  # half-open in tokens, brackets included, and the comma behind an opening
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
        appos, parataxis, mark, prep = map(self.doc.vocab.strings.add, ("appos", "parataxis", "punct", "prep"))
        for start, end in self.asides:
            anchor = self._anchor(start, relations, mark) if start else self._first_root(heads)
            for i in range(start, end - 1):
                if heads[i] == i:
                    heads[i] = anchor
                    relations[i] = prep if not start else appos if self.doc[i].tag_ in NOUNS else parataxis
            marks = [start, end - 1] if start else [end - 1]
            heads[marks], relations[marks] = anchor, mark
        annotate: Any = self.doc.from_array
        annotate([HEAD, DEP], np.column_stack([(heads - places).view(np.uint64), relations]))

    def _first_root(self, heads: npt.NDArray[np.int64]) -> int:
        """What the first sentence outside hangs on."""
        outside = self.tokens[0]
        return int(outside[heads[outside] == outside][0])

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


def find_opening(low: Sequence[str], tag: Sequence[str]) -> int | None:
    """Where "According to the mayor," ends at the start of a text, its comma included; nothing where more than a name is told of."""
    if tuple(low[:2]) != ("according", "to"):
        return None
    end = next((k for k in range(3, min(LONGEST_OPENING, len(low) - 2)) if low[k] == ","), None)
    if end is None or any(t.startswith(("VB", "W")) for t in tag[2:end]) or tag[end + 1][:2] not in STARTS:
        return None
    return end + 1


def take_apart(doc: Any) -> Apart | None:
    """A tagged text in parts, or nothing where it has no aside; the vectors of its words are those of the whole text."""
    tokens_of = Tokens.of(doc)
    asides = find_asides(tokens_of.text)
    opening = find_opening(tokens_of.low, tokens_of.tag)
    if opening is not None and all(start >= opening for start, _ in asides):
        asides = ((0, opening), *asides)
    if not asides:
        return None
    outside = np.ones(len(doc), dtype=bool)
    for start, end in asides:
        outside[start:end] = False
    tokens = (np.flatnonzero(outside), *(np.arange(start + (start > 0), end - 1) for start, end in asides))
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

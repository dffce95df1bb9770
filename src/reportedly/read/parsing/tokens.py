"""The tokens of a spaCy Doc as plain lists, read out once: many times cheaper than asking its tokens one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import add
from typing import Any

__all__ = ["BRACKETS", "Tokens", "closing_bracket", "keep_text", "text_of"]

BRACKETS = {"(": ")", "[": "]", "{": "}"}
MAX_BRACKET = 40  # tokens; an unclosed bracket must not swallow the passage

READ = ("LENGTH", "SPACY", "TAG")
_NAME = "reportedly.tokens"
_TEXT = "reportedly.text"


def keep_text(doc: Any, text: str) -> None:
    """Let a Doc keep the text it was made of: spaCy puts it together anew each time it is asked."""
    doc.user_data[_TEXT] = text


def text_of(doc: Any) -> str:
    """The text of a Doc."""
    found = doc.user_data.get(_TEXT)
    if found is None:
        keep_text(doc, found := doc.text)
    return str(found)


def closing_bracket(words: Sequence[str], i: int) -> int | None:
    """The token that closes the bracket at token i, if one does so soon."""
    closing = BRACKETS[words[i]]
    return next((j for j in range(i + 1, min(i + MAX_BRACKET, len(words))) if words[j] == closing), None)


def _low(words: list[str]) -> list[str]:
    """Words in lower case with straight apostrophes: one call for all of them, as no word has the mark that parts them."""
    low = "\0".join(words).lower().replace("’", "'").split("\0")
    return low if len(low) == len(words) else [word.lower().replace("’", "'") for word in words]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words as written, in lower case with straight apostrophes, tags, and where each word starts and ends in the text."""

    whole: str
    text: list[str]
    low: list[str]
    tag: list[str]
    start: list[int]
    end: list[int]
    starts: dict[int, int] = field(default_factory=dict)  # character -> token that starts there
    ends: dict[int, int] = field(default_factory=dict)  # character -> token after the one that ends there

    def words(self, start: int, end: int) -> str:
        """The words of a token range as written."""
        return self.whole[self.start[start] : self.end[min(end, len(self.end)) - 1]] if start < end else ""

    @classmethod
    def of(cls, doc: Any) -> Tokens:
        """Read out a tagged Doc; the Doc keeps the answer."""
        found = doc.user_data.get(_NAME)
        if found is None or len(found.text) != len(doc):
            doc.user_data[_NAME] = found = cls._read(doc)
        return found  # type: ignore[no-any-return]

    @classmethod
    def _read(cls, doc: Any) -> Tokens:
        lengths, spaces, tags = doc.to_array(READ).T.tolist()
        whole, strings = text_of(doc), doc.vocab.strings
        start = list(accumulate(map(add, lengths, spaces), initial=0))[:-1]
        end = list(map(add, start, lengths))
        text = [whole[a:b] for a, b in zip(start, end, strict=True)]
        low = _low(text)
        names: dict[int, str] = {number: strings[number] if number else "" for number in set(tags)}
        tag = list(map(names.__getitem__, tags))
        if "IS" in text:  # the group, no form of "be"
            low = ["isis" if word == "IS" and t == "NNP" else w for word, t, w in zip(text, tag, low, strict=True)]
        return cls(
            whole, text, low, tag, start, end,
            dict(zip(start, range(len(tags)), strict=True)), dict(zip(end, range(1, len(tags) + 1), strict=True)),
        )  # fmt: skip

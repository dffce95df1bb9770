"""A sentence as words, before or after it is tagged, and the word lists of the gate."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from reportedly.read.parsing.tokens import Tokens

__all__ = ["Words", "load_lists"]

TOKEN = re.compile(r"[^\W_]+|'(?:s|t|d|m|ll|re|ve)\b|[^\w\s]|_")


def load_lists(language: str) -> dict[str, frozenset[str]]:
    """The word lists of the gate in a language."""
    source = files("reportedly.knowledge").joinpath(f"data/gate/{language}.toml")
    return {k: frozenset(v.split()) for k, v in tomllib.loads(source.read_text(encoding="utf-8")).items()}


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence as words: as written, in lower case, and their tags if it is tagged."""

    text: Sequence[str]
    low: Sequence[str]
    every: frozenset[str]  # of `low`
    tag: Sequence[str] | None = None

    @classmethod
    def of(cls, sentence: str) -> Words:
        """The words of an untagged sentence."""
        text: list[str] = []
        for stretch in sentence.split():
            if stretch.isalnum():  # most are words, which need no pattern
                text.append(stretch)
            elif (word := stretch[:-1]).isalnum():  # a word and a mark
                text += (word, stretch[-1])
            else:
                text += TOKEN.findall(stretch)
        low = "\n".join(text).lower().split("\n")  # one call for all: no token holds white space
        return cls(text, low, frozenset(low))

    @classmethod
    def tagged(cls, doc: Any) -> Words:
        """The words of a tagged sentence."""
        tokens = Tokens.of(doc)
        return cls(tokens.text, tokens.low, frozenset(tokens.low), tokens.tag)

"""From a Ukrainian place name as it stands in a sentence to the forms it may have in a gazetteer."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files

__all__ = ["nominatives"]


@functools.cache
def endings() -> list[tuple[str, tuple[str, ...]]]:
    """Endings of the oblique cases, longest first, with the endings of the nominative (knowledge/data/regions/endings_uk.toml)."""
    data = tomllib.loads(
        files("reportedly.knowledge").joinpath("data/regions/endings_uk.toml").read_text(encoding="utf-8")
    )
    return sorted(((k, tuple(v)) for k, v in data["endings"].items()), key=lambda kv: -len(kv[0]))


@functools.lru_cache(maxsize=20_000)
def nominatives(name: str) -> tuple[str, ...]:
    """The name itself and what it may be in the nominative, each word by its ending; at most 24 forms.

    >>> "Бахмут" in nominatives("Бахмуті"), "Яковлівка" in nominatives("Яковлівці"), "Нью-Йорк" in nominatives("Нью-Йорку")
    (True, True, True)
    """
    name = " ".join(name.replace("’", "'").split())
    *head, last = name.split(" ")
    forms = one_word(last)
    if head:
        heads = one_word(head[-1])
        forms = tuple(" ".join((*head[:-1], h, f)) for h in heads for f in forms)
    return tuple(dict.fromkeys((name, *forms)))[:24]


def one_word(word: str) -> tuple[str, ...]:
    """Forms of one word."""
    found = [word]
    for ending, nominative in endings():
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word[: len(word) - len(ending)] if ending else word
            found += [stem + n for n in nominative]
            if len(ending) > 1:
                break
    return tuple(dict.fromkeys(found))

"""Names to places by name, kind and population: the simplest rule that never guesses between equals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.model import Candidate, PlaceKind, PlaceRef, Span

__all__ = ["FrontMemory", "Mention", "resolve_places"]

WIDE = ("oblast", "region", "province", "governorate", "district", "raion")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words for a place by their offsets in the text."""

    start: int
    end: int
    words: str
    hint: str | None = None


class FrontMemory:
    """What earlier reports said of places."""

    def learn(self, refs: Sequence[PlaceRef], when: dt.date) -> None:
        """Take note of places."""


def resolve_places(
    text: str,
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    *,
    published: dt.date,
    memory: FrontMemory | None = None,
    context: str = "",
    country: str | None = None,
) -> list[PlaceRef]:
    """One reference per mention, in order."""
    del text, published, memory, context, country
    return [_resolve(m, gazetteer) for m in mentions]


def _resolve(mention: Mention, gazetteer: Gazetteer) -> PlaceRef:
    name = mention.words.removeprefix("the ")
    wide = any(w in name.lower() for w in WIDE)
    bare = " ".join(w for w in name.split() if w.lower() not in WIDE)
    matches: Sequence[Any] = (*gazetteer.find(name, fuzzy=False), *gazetteer.find(bare, fuzzy=False))
    fitting = [m for m in matches if wide == (m.place.kind is PlaceKind.REGION)] or list(matches)
    home = [m for m in fitting if m.place.country == "UA"] or fitting
    span = Span(start=mention.start, end=mention.end)
    if not home:
        return PlaceRef(words=mention.words, span=span, reasons=("no place of this name is known",))
    best = home[0].place
    candidates = tuple(Candidate(place_id=m.place.id, name=m.place.name, probability=1 / len(home)) for m in home[:5])
    return PlaceRef(
        words=mention.words, span=span, kind=best.kind, place_id=best.id, name=best.name, probability=1 / len(home),
        candidates=candidates, reasons=(f"largest of {len(home)} by that name",),
    )  # fmt: skip

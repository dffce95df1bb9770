"""Everything that is known while one passage is read, and what is read of it so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reportedly.knowledge import Knowledge
from reportedly.model import Attribution, Claim, PlaceRef, Report, Span, Time, Unresolved
from reportedly.read.options import Options
from reportedly.read.parsing.passages import Passage
from reportedly.read.scene.heard import Heard
from reportedly.read.scene.scene import Scene

__all__ = ["Passing"]


@dataclass(slots=True)
class Passing:
    """Everything known while one passage is read."""

    report: Report
    passage: Passage
    scene: Scene
    attributions: Any
    knowledge: Knowledge
    heard: Heard
    earlier: list[PlaceRef]
    memory: Any
    times: Sequence[Time]
    context: str
    options: Options
    reader: str
    told: Sequence[Claim] = ()  # what the passage before claims last: "Y denied the claim" may open this one
    claims: list[Claim] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)  # of each claim, its cue's token
    unresolved: list[Unresolved] = field(default_factory=list)

    def moved(self, attribution: Attribution) -> Attribution:
        """An attribution with its spans moved from the passage to the report."""
        return replace(
            attribution, source_span=self._moved(attribution.source_span), cue_span=self._moved(attribution.cue_span)
        )

    def _moved(self, span: Span | None) -> Span | None:
        if span is None:
            return None
        start, end = self.passage.span(span.start, span.end)
        return Span(start=start, end=end)

    def span_of(self, start: int, end: int) -> Span:
        """The report's span of a token range."""
        tokens = self.scene.tokens
        a, b = self.passage.span(tokens.start[start], tokens.end[end - 1])
        return Span(start=a, end=b)

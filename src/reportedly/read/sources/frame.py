"""A reporting frame: a cue with its speaker and what is said, in token numbers of a parsed passage."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BELIED", "CITING", "Frame", "merged"]

CITING = "citing"  # the rule of whom somebody cites beside what they say
BELIED = "what belies a claim"  # ends the rule of a frame in which nobody speaks but the writer


@dataclass(slots=True)
class Frame:
    """A cue with its speaker and content, all in token numbers, half-open.

    `speaker` is the head token of who speaks (None: nobody is named), `relay` of who passes it on ("TASS quoted ...").
    `ranges` are the content. `kind` is the verb's kind; `negated` that the content is not asserted ("did not confirm").
    """

    cue: int
    cue_span: tuple[int, int]
    kind: str
    speaker: int | None
    ranges: list[tuple[int, int]]
    rule: str
    certainty: str = "certain"
    negated: bool = False
    stance: str = ""  # false | doubt: the writer's own word on it
    relay: int | None = None
    listener: int | None = None
    quoted: bool = False
    hearsay: bool = False

    def covers(self, i: int) -> bool:
        """Whether token i is content."""
        return any(a <= i < b for a, b in self.ranges)

    @property
    def size(self) -> int:
        """How many tokens the content has."""
        return sum(b - a for a, b in self.ranges)


def merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that touch or overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(r for r in ranges if r[1] > r[0]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found

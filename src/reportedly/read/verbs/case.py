"""A verb whose cue has places, as far as the rules for it have been asked: what they look at, and what they alter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from reportedly.model import Extent, Relation
from reportedly.read.scene.asserted import Assertion, CueCase
from reportedly.read.scene.target import Target

__all__ = ["PART", "Frames", "Rule", "VerbCase"]

PART = Extent(kind="part")
Frames = Callable[[int], Assertion | None]  # the verb frame whose cue starts at a token


@dataclass(slots=True)
class VerbCase(CueCase):
    """A verb with its voice, and how its places were found."""

    frames: Frames = field(kw_only=True)
    past: bool = False  # whether the verb is a past tense or a participle
    elided: bool = False  # whether a place of its own may be left out
    subject: int | None = None  # its token
    passive: bool = False
    prep: int | None = None  # where the preposition before the places stands
    trapped: bool = False  # forces are trapped there, and they are not the subject's
    foremost: bool = False  # "the first city to fall"
    complement: bool = False  # "declared X liberated"
    headed: bool = False  # a headline: "X captured"

    def states(self, relation: Relation) -> None:
        """Make it a statement of another relation."""
        self.cue = replace(self.cue, frame=replace(self.cue.frame, relation=relation))

    def only(self, fits: Callable[[Target], bool]) -> bool:
        """Keep those of its places that fit; whether any is left."""
        self.targets = [t for t in self.targets if fits(t)]
        return bool(self.targets)

    def part_only(self) -> None:
        """Make it a statement of a part of each place."""
        self.targets = [replace(t, extent=PART) for t in self.targets]

    def part_of_whole(self) -> None:
        """The same where no share of a place is told."""
        self.targets = [replace(t, extent=PART) if t.extent.kind == "whole" else t for t in self.targets]

    def behind(self, count: int) -> tuple[str, ...]:
        """Words behind the last place."""
        at = self.targets[-1].mention.end
        return self.low[at : at + count]


Rule = Callable[[VerbCase], bool]
"""Alters the case, or says by False that it tells nothing of who holds a place."""

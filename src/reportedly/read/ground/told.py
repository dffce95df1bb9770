"""The places of a passage as far as it has been read: what its anaphors may point back to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reportedly.model import PlaceRef

if TYPE_CHECKING:
    from reportedly.read.scene.passing import Passing
    from reportedly.read.scene.scene import Mention

__all__ = ["Told"]


@dataclass(slots=True)
class Told:
    """The named places of a passage and those that its claims so far are about."""

    p: Passing
    refs: dict[int, PlaceRef] = field(default_factory=dict)  # by the token their name starts at
    last: list[tuple[int, PlaceRef]] = field(default_factory=list)  # of the claims so far
    aside: set[int] = field(default_factory=set)  # names in clauses of what went before: "a week after X fell"
    used: list[PlaceRef] = field(default_factory=list)  # what some target stands for

    def back_to(self, m: Mention, ref: PlaceRef) -> PlaceRef:
        """The reference of words that point back to a place, which they stand for from now on."""
        self.used.append(ref)
        reasons = (f"“{m.words}” points back to {ref.words}", *ref.reasons)
        return replace(ref, span=self.p.span_of(m.start, m.end), reasons=reasons)

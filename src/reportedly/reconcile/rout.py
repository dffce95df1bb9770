"""Where a line breaks: several places told of deep behind it near one another, and several told as lost by the other side."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from reportedly.model import Relation
from reportedly.reconcile.evidence import Evidence, Kind
from reportedly.reconcile.field import Field, Ints
from reportedly.reconcile.pockets import enclosed
from reportedly.reconcile.terms import Parameters

__all__ = ["Routs"]


class Routs:
    """Remembers which places were lately said to be lost or left, and by which side."""

    def __init__(self, field: Field, parameters: Parameters) -> None:
        """Begin with nothing lost."""
        self.field, self.parameters = field, parameters
        self.lost: dict[int, dict[int, int]] = {1: {}, -1: {}}  # by losing side: settlement to the last day it was told

    def note(self, day: int, named: Iterable[tuple[int, Evidence]]) -> None:
        """Remember the losses and withdrawals of a day."""
        for at, piece in named:
            if piece.claim.relation is Relation.LOSES and piece.kind is not Kind.DENIED:
                self.lost[-piece.side][at] = day

    def closed_in(self, day: int, side: int) -> tuple[Ints, int | None]:
        """Settlements that a winning side's ground encloses where the other's line breaks, and a place of the breach.

        Also lets depths around the breach fit the new line: a rout leaves them wrong.
        """
        ground, depth = self.field.ground, self.field.depth
        broken = sorted(at for at, s in self.field.collapsed if s == side)
        nothing = np.empty(0, np.int64)
        if not broken:
            return nothing, None
        routed = [at for at in broken if self._breaks(day, at, side)]
        lost = nothing
        if routed:
            ask = np.zeros(len(ground), np.bool_)
            around = self._around(routed)
            ask[around] = side * depth[around] <= 0
            lost = np.flatnonzero(enclosed(ground, side * depth > 0, ask, share=self.parameters.cut_off))
            depth[lost] = side * self.parameters.field.firm
        self.field.shorten(self._around(broken))
        return lost, (routed[0] if routed else None)

    def _breaks(self, day: int, at: int, side: int) -> bool:
        """Whether enough is told around a place: falls deep behind the line, and losses of other places."""
        p = self.parameters
        self.lost[-side] = {k: d for k, d in self.lost[-side].items() if day - d <= p.field.collapse_days}
        told = {row for _, row, s, _ in self.field.recent if s == side}
        return (
            self._within(told, at, p.field.collapse_km) >= p.rout
            and self._within(self.lost[-side], at, p.lost_km) >= p.losses
        )

    def _within(self, rows: Iterable[int], at: int, km: float) -> int:
        xy = self.field.ground.xy
        points = xy[np.fromiter(rows, dtype=np.int64)]
        return int(np.count_nonzero(np.hypot(*(points - xy[at]).T) <= km)) if len(points) else 0

    def _around(self, rows: list[int]) -> Ints:
        ground = self.field.ground
        found = ground.tree.query_ball_point(ground.xy[rows], self.parameters.field.collapse_km)
        return np.unique(np.concatenate([np.asarray(x, np.int64) for x in found]))

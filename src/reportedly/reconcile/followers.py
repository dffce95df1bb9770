"""Settlements that nobody names: they follow the ground around them, later than it fell.

A village of some size is told of when it falls; hamlets and empty rows of a gazetteer never are. Where most of what lies
around such a place, near by before far off, has gone over to the other side, it is taken to have gone too, after a while.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reportedly.model import Claim
from reportedly.reconcile.field import Field, Ints
from reportedly.reconcile.terms import Parameters

__all__ = ["Followers"]

SIGHT_KM = 8.0
"""How far around a settlement its surroundings are looked at."""


class Followers:
    """Settlements that wait to follow their surroundings: for each the day, the side and the claim that turned a neighbour."""

    def __init__(self, field: Field, heard: Ints, parameters: Parameters) -> None:
        """`heard` (n,) is the last day on which a claim named a settlement, 0 where none did: only those follow."""
        self.field, self.heard, self.parameters = field, heard, parameters
        self._waiting: dict[int, tuple[int, int, Claim | None]] = {}

    def fell(self, day: int, at: int, side: int, claim: Claim | None) -> None:
        """Note that a named settlement went over; those around it that nobody names may follow."""
        p, ground, depth = self.parameters, self.field.ground, self.field.depth
        near = np.asarray(ground.tree.query_ball_point(ground.xy[at], p.follow_km), np.int64)
        near = near[(self.heard[near] == 0) & (side * depth[near] <= 0) & (near != at)]
        gaps = np.hypot(*(ground.xy[near] - ground.xy[at]).T)
        for row, gap in sorted(zip(near.tolist(), gaps.tolist(), strict=True)):
            share = self.surrounded(row, side)
            if share >= p.follow_from:
                soon = gap <= p.follow_near_km or share >= p.follow_shut
                due = day + (p.follow_soon if soon else p.settle_days)
                waiting = self._waiting.get(row)
                if waiting is None or (waiting[1] == side and due < waiting[0]):
                    self._waiting[row] = (due, side, claim)

    def ripe(self, day: int) -> Iterator[tuple[int, int, Claim | None]]:
        """Settlements that follow on this day: row, side and claim. Those meanwhile named or turned are dropped."""
        for row, (due, side, claim) in sorted(self._waiting.items()):
            if self.heard[row] or side * self.field.depth[row] > 0:
                del self._waiting[row]
            elif due <= day:
                del self._waiting[row]
                if self.surrounded(row, side) >= self.parameters.follow_from:
                    yield row, side, claim

    def surrounded(self, row: int, side: int) -> float:
        """How much of what lies around a settlement is the side's, near by before far off: -1 nothing to 1 all."""
        ground = self.field.ground
        others = np.asarray(ground.tree.query_ball_point(ground.xy[row], SIGHT_KM), np.int64)
        others = others[others != row]
        if not len(others):
            return -1.0
        weight = np.exp(-np.hypot(*(ground.xy[others] - ground.xy[row]).T) / self.parameters.follow_fades_km)
        return float((weight * np.sign(side * self.field.depth[others])).sum() / weight.sum())

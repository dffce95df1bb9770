"""The signed-depth field: how far inside one party's ground each settlement lies, in kilometres, moved by evidence.

Positive is the first party's ground, negative the second's. A named claim bounds the depth at its place; what is left over
spreads with a Gaussian kernel whose length grows with the surprise: a claim deep behind the line carries far, one on
the line carries nowhere, so that "all between the old line and the claimed town" follows without any front being drawn.
Long reach needs several deep claims that agree (a collapse): no single claim moves more than its neighbourhood.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

__all__ = ["Field", "FieldParameters", "Ground", "Moves", "flat"]

KM_PER_DEGREE = 111.2
OVERWRITE_KM = 30.0
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Signs = NDArray[np.int8]
Bools = NDArray[np.bool_]


def flat(lat: Floats, lon: Floats, centre: float) -> Floats:
    """Degrees to kilometres on a plane about the latitude `centre` (error below 2 per cent within 5 degrees of it)."""
    return np.column_stack([lon * KM_PER_DEGREE * math.cos(math.radians(centre)), lat * KM_PER_DEGREE])


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldParameters:
    """Lengths in km, times in days.

    `firm`: depth that a claim of holding the whole place guarantees; `entered`: an advance into it that went unanswered.
    `reach`: kernel length without surprise; `gain`/`cap`: its growth per km of surprise and its end; the `collapse_` pair
    instead where at least `collapse_claims` witnesses, each telling deeper than `deep`, agree within `collapse_km` and `collapse_days`.
    """

    firm: float = 0.6
    entered: float = 0.1
    reach: float = 0.7
    gain: float = 0.14
    cap: float = 6.0
    collapse_gain: float = 0.85
    collapse_cap: float = 25.0
    deep: float = 5.0
    collapse_claims: int = 2
    collapse_km: float = 60.0
    collapse_days: int = 5
    floor: float = 0.05  # km below which a move is not worth the work


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The settlements of a theatre: `ids` (n,), `xy` in km (n, 2), and `anchors` (m, 2), foreign ground that never flips.

    `anchor_sign` (m,) is +1 where the first party's home is, -1 where the second's. `population` (n,) is 0 where unknown.
    `spacing` is the median distance in km to the next settlement: of villages one or two, in a gazetteer of towns ten or more.
    """

    ids: Ints
    xy: Floats
    lat: Floats
    lon: Floats
    population: Ints
    tree: cKDTree
    index: dict[int, int]
    anchors: Floats
    anchor_sign: Signs
    spacing: float

    @classmethod
    def make(
        cls,
        ids: Ints,
        lat: Floats,
        lon: Floats,
        *,
        population: Ints | None = None,
        anchors: tuple[Floats, Floats, Signs] | None = None,
    ) -> Ground:
        """Lay settlements out on a plane; `anchors` are latitudes, longitudes and signs of foreign places."""
        centre = float(np.mean(lat)) if len(lat) else 0.0
        xy = flat(lat, lon, centre)
        away = anchors or (np.empty(0), np.empty(0), np.empty(0, np.int8))
        tree = cKDTree(xy)
        return cls(
            ids=ids,
            xy=xy,
            lat=lat,
            lon=lon,
            population=np.zeros(len(ids), np.int64) if population is None else population,
            tree=tree,
            index={int(k): i for i, k in enumerate(ids)},
            anchors=flat(away[0], away[1], centre),
            anchor_sign=away[2],
            spacing=float(np.median(tree.query(xy, k=[2])[0])) if len(xy) > 1 else 0.0,
        )

    def __len__(self) -> int:
        """Number of settlements."""
        return len(self.ids)

    def degrees(self, rows: Ints) -> tuple[Floats, Floats]:
        """Latitudes and longitudes of rows."""
        return self.lat[rows], self.lon[rows]

    def anchored(self, side: int) -> Floats:
        """Foreign places of one side (k, 2)."""
        found: Floats = self.anchors[self.anchor_sign == side]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """One day's evidence at named places, all (k,): settlement, side (+1 or -1), and the depth that it guarantees there.

    `target` is on the side's own count: above 0 it gives the place to the side. Only what `carries` may turn places that
    nobody named; the rest brings its surroundings up to the line at most.
    """

    at: Ints
    side: Signs
    target: Floats
    carries: Bools
    witness: Ints  # pieces with one number can be wrong together, and count once

    def __len__(self) -> int:
        """Number of pieces of evidence."""
        return len(self.at)


class Field:
    """Depth of every settlement and the recent deep claims: the whole state of the model between two days."""

    def __init__(self, ground: Ground, depth: Floats, parameters: FieldParameters | None = None) -> None:
        """Begin from a depth per settlement (km, positive is the first party's)."""
        self.ground = ground
        self.depth = depth.astype(np.float64).copy()
        self.parameters = parameters or FieldParameters()
        self.recent: list[tuple[int, int, int, int]] = []  # day, settlement, side and witness of deep claims
        self.collapsed: set[tuple[int, int]] = set()  # settlements and sides of the last day's claims that carried far

    def apply(self, day: int, moves: Moves, stay: Bools | None = None) -> Ints:
        """Move the field by one day's evidence; return (n,) the row of `moves` that moved an unnamed place, else -1.

        `stay` (n,) are settlements that go over only where they are named themselves, or where a line collapses.
        All claims of a day act at once: of several that reach a place the strongest on each side counts, so their order
        does not matter.
        """
        cause = np.full(len(self.ground), -1, dtype=np.int64)
        self.collapsed = set()
        if not len(moves):
            return cause
        sign = moves.side.astype(np.float64)
        surprise = np.maximum(moves.target - sign * self.depth[moves.at], 0.0)
        active = np.flatnonzero(surprise > self.parameters.floor)
        if len(active):
            length = self.lengths(day, moves, surprise)
            self._spread(moves, active, surprise, length, cause, stay)
        self._pin(moves)
        return cause

    def lengths(self, day: int, moves: Moves, surprise: Floats) -> Floats:
        """Kernel length of each piece of evidence, in km; long only where deep claims agree."""
        p = self.parameters
        collapse = self._collapsing(day, moves, surprise)
        self.collapsed = {(int(a), int(s)) for a, s in zip(moves.at[collapse], moves.side[collapse], strict=True)}
        gain = np.where(collapse, p.collapse_gain, p.gain)
        cap = np.where(collapse, p.collapse_cap, p.cap)
        lengths: Floats = np.minimum(p.reach + gain * surprise, cap)
        return lengths

    def _collapsing(self, day: int, moves: Moves, surprise: Floats) -> Bools:
        """Which of the day's claims have agreeing deep company, their own day's included."""
        p = self.parameters
        self.recent = [r for r in self.recent if day - r[0] <= p.collapse_days]
        company = np.zeros(len(moves), dtype=np.bool_)
        deep = np.flatnonzero((surprise > p.deep) & moves.carries)
        known = {r[1:] for r in self.recent}
        fresh = dict.fromkeys((int(moves.at[k]), int(moves.side[k]), int(moves.witness[k])) for k in deep)
        self.recent += [(day, *row) for row in fresh if row not in known]
        for k in np.flatnonzero((surprise > p.reach) & moves.carries):
            company[k] = (
                self.witnesses(int(moves.at[k]), int(moves.side[k]), int(moves.witness[k])) >= p.collapse_claims
            )
        return company

    def witnesses(self, at: int, side: int, witness: int) -> int:
        """How many witnesses lately told of places deep behind the line for this side around a settlement, `witness` included."""
        told = [r for r in self.recent if r[2] == side]
        if not told:
            return 1
        gap = np.hypot(*(self.ground.xy[[r[1] for r in told]] - self.ground.xy[at]).T)
        return len({witness, *(r[3] for r, g in zip(told, gap, strict=True) if g <= self.parameters.collapse_km)})

    def _spread(
        self, moves: Moves, active: Ints, surprise: Floats, length: Floats, cause: Ints, stay: Bools | None
    ) -> None:
        """Carry what is left over to the neighbours; fill `cause` for those that moved."""
        near = self.ground.tree.query_ball_point(self.ground.xy[moves.at[active]], 3.0 * length[active])
        count = np.fromiter((len(x) for x in near), dtype=np.int64, count=len(near))
        to = np.concatenate([np.asarray(x, dtype=np.int64) for x in near])
        of = np.repeat(active, count)
        gap2 = np.sum((self.ground.xy[to] - self.ground.xy[moves.at[of]]) ** 2, axis=1)
        shift = surprise[of] * np.exp(-gap2 / (2.0 * length[of] ** 2))
        room = np.maximum(-moves.side[of] * self.depth[to] - self.parameters.floor, 0.0)
        shift = np.where(moves.carries[of], shift, np.minimum(shift, room))
        order = np.argsort(shift, kind="stable")  # the last one written, the strongest, stays
        to, of, shift = to[order], of[order], shift[order]
        net = np.zeros(len(self.ground))
        for side in (1, -1):
            own = moves.side[of] == side
            best = np.zeros(len(self.ground))
            best[to[own]] = shift[own]
            net += side * best
            who = np.full(len(self.ground), -1, dtype=np.int64)
            who[to[own]] = of[own]
            leads = (who >= 0) & (side * net > 0)
            cause[leads] = who[leads]
        net[moves.at] = 0.0
        net[np.abs(net) <= self.parameters.floor] = 0.0
        cause[net == 0.0] = -1
        for row in (
            np.flatnonzero(stay & (self.depth * (self.depth + net) <= 0) & (cause >= 0)) if stay is not None else ()
        ):
            by = int(cause[row])
            if (int(moves.at[by]), int(moves.side[by])) not in self.collapsed:
                net[row] = np.sign(self.depth[row]) * self.parameters.floor - self.depth[row]
                cause[row] = -1
        self.depth += net

    def _pin(self, moves: Moves) -> None:
        """Bound the depth at the named places; where sides disagree on one day the firmer wins and a tie moves nothing."""
        lowest = -1e6
        best = np.full((2, len(self.ground)), lowest)
        for row, side in enumerate((1, -1)):
            own = moves.side == side
            np.maximum.at(best[row], moves.at[own], moves.target[own])
        named = np.unique(moves.at)
        plus, minus = named[best[0, named] > best[1, named]], named[best[1, named] > best[0, named]]
        self.depth[plus] = np.maximum(self.depth[plus], best[0, plus])
        self.depth[minus] = np.minimum(self.depth[minus], -best[1, minus])

    def shorten(self, rows: Ints) -> None:
        """Let no settlement of `rows` lie deeper than its distance to the other side's ground among them: a rout leaves depths wrong."""
        first = self.depth[rows] > 0
        for side, own in ((1, first), (-1, ~first)):
            points = np.concatenate([self.ground.xy[rows[~own]], self.ground.anchored(-side)])
            if len(points) and own.any():
                at = rows[own]
                gap = cKDTree(points).query(self.ground.xy[at])[0]
                self.depth[at] = side * np.minimum(np.abs(self.depth[at]), gap)

    def overwrite(self, members: Ints, side: int) -> Ints:
        """Give an area to one side, as deep as the distance to what the other keeps; return the settlements that moved."""
        margin = self.parameters.firm
        wrong = members[side * self.depth[members] < margin]
        if not len(wrong):
            return wrong
        keeps = side * self.depth < 0
        keeps[members] = False
        points = np.concatenate([self.ground.xy[keeps], self.ground.anchored(-side)])
        gap = cKDTree(points).query(self.ground.xy[wrong])[0] if len(points) else np.full(len(wrong), OVERWRITE_KM)
        self.depth[wrong] = side * np.clip(gap, margin, OVERWRITE_KM)
        return wrong

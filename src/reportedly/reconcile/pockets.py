"""Start a field from a known state: depth from distances, and what to make of the places that the state leaves open."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from reportedly.reconcile.field import Bools, Floats, Ground

__all__ = ["enclosed", "first_depth", "nearest"]

FAR_KM = 30.0
SECTORS = 12
SIGHT_KM = 25.0
BELT_KM = 3.0
"""Open places this much nearer to held ground than to the other side's lie behind a front's grey belt, not in it."""
UNFINISHED = 0.02
"""More open places than this share of the held ones, so deep: the state is unfinished, and its silence means little."""


def nearest(of: Floats, to: Floats) -> Floats:
    """Distance in km from each point to the nearest of the others; FAR_KM where there are none or none nearer."""
    if not len(to) or not len(of):
        return np.full(len(of), FAR_KM)
    return np.minimum(cKDTree(to).query(of)[0], FAR_KM)


def enclosed(ground: Ground, held: Bools, ask: Bools, *, share: float = 0.7) -> Bools:
    """Which of the asked places see held ground within SIGHT_KM in at least `share` of SECTORS directions."""
    found = np.zeros(len(ground), dtype=np.bool_)
    points = ground.xy[held]
    asked = np.flatnonzero(ask)
    if not len(points) or not len(asked):
        return found
    tree = cKDTree(points)
    asked = asked[tree.query(ground.xy[asked])[0] <= SIGHT_KM]
    for i, seen in zip(asked, tree.query_ball_point(ground.xy[asked], SIGHT_KM), strict=True):
        way = points[seen] - ground.xy[i]
        way = way[np.hypot(*way.T) > 0.05]
        sector = np.floor((np.arctan2(way[:, 1], way[:, 0]) + np.pi) / (2 * np.pi) * SECTORS).astype(int) % SECTORS
        found[i] = len(np.unique(sector)) >= share * SECTORS
    return found


def first_depth(ground: Ground, side: NDArray[np.int8], unsure: Bools, unmarked: Bools) -> tuple[Floats, Bools]:
    """Signed depth from a state of +1, -1 per settlement, and which open places were filled in as probable pockets.

    `unsure` places (marked, but as nobody's) nearer to the first side's ground than to the second's are taken for its
    own, in an unfinished state all that have its ground in sight; `unmarked` places where its ground encloses them. All
    are guesses: the caller must say so.
    """
    first, second = (side == 1) & ~unsure & ~unmarked, (side == -1) & ~unsure & ~unmarked
    to_first = nearest(ground.xy, np.concatenate([ground.xy[first], ground.anchored(1)]))
    to_second = nearest(ground.xy, np.concatenate([ground.xy[second | unmarked], ground.anchored(-1)]))
    filled = unsure & (to_second - to_first > BELT_KM)
    unfinished = np.count_nonzero(filled) > UNFINISHED * np.count_nonzero(first)
    share = 0.6 if unfinished else 0.9
    if unfinished:
        filled |= unsure & (to_first <= SIGHT_KM)
    filled |= enclosed(ground, first, unmarked & (to_first <= SIGHT_KM), share=share)
    plus = first | filled
    minus = ~plus
    out_plus = nearest(ground.xy, np.concatenate([ground.xy[minus], ground.anchored(-1)]))
    out_minus = nearest(ground.xy, np.concatenate([ground.xy[plus], ground.anchored(1)]))
    return np.where(plus, out_plus, -out_minus), filled

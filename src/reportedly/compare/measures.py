"""Areas on the ellipsoid's own terms, and intervals for shares and medians."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from statistics import median
from typing import Any

import numpy as np
import pyproj
import shapely

__all__ = ["median_interval", "share_inside", "wilson"]

Z95 = 1.959964
DRAWS = 1000
STEP = 0.02  # degrees


def project(shape: Any, crs: Any) -> Any:
    """A shape in degrees in the units of a reference system."""
    there = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    bent = shapely.segmentize(shape, STEP)  # a straight line in degrees is none in metres
    return shapely.transform(bent, lambda xy: np.column_stack(there.transform(xy[:, 0], xy[:, 1])))


def share_inside(region: Any, area: Any) -> float:
    """Share of a region's area, 0 to 1, that lies inside another; both in degrees, measured by equal area about the region."""
    middle = region.centroid
    crs = pyproj.CRS.from_proj4(f"+proj=laea +lat_0={middle.y:.4f} +lon_0={middle.x:.4f} +datum=WGS84 +units=m")
    whole = shapely.make_valid(project(region, crs))
    if whole.area == 0:
        return 0.0
    near = shapely.clip_by_rect(area, *region.buffer(0.5).bounds)  # what lies far away costs time and projects badly
    return float(whole.intersection(shapely.make_valid(project(near, crs))).area / whole.area)


def wilson(hits: int, of: int) -> tuple[float, float, float]:
    """Share and its 95 per cent Wilson interval (Wilson 1927); (nan, 0, 1) of nothing.

    >>> [round(x, 3) for x in wilson(9, 10)]
    [0.9, 0.596, 0.982]
    """
    if of == 0:
        return math.nan, 0.0, 1.0
    p, z2 = hits / of, Z95**2
    middle, spread = p + z2 / (2 * of), Z95 * math.sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    return p, (middle - spread) / (1 + z2 / of), (middle + spread) / (1 + z2 / of)


def median_interval(values: Sequence[float]) -> tuple[float, float, float] | None:
    """Median and its 95 per cent bootstrap interval, drawn with a fixed seed; None of nothing."""
    if not values:
        return None
    draw = random.Random(20250703)  # noqa: S311 - a bootstrap, not a secret
    middles = sorted(median(draw.choices(values, k=len(values))) for _ in range(DRAWS))
    return float(median(values)), float(middles[int(0.025 * DRAWS)]), float(middles[int(0.975 * DRAWS) - 1])

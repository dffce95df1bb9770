"""A time that stands between a verb and its object: "captured late on Friday the town of X", "took this morning X"."""

from __future__ import annotations

from reportedly.read.scene.dated_phrases import time_phrase
from reportedly.read.scene.scene import Scene

__all__ = ["object_behind_time", "past_time"]

TIMES = frozenset({"morning", "afternoon", "evening", "night", "week", "month", "year"})
DAYS = frozenset({"yesterday", "today", "overnight"})
REACH = 6  # tokens from a time to the place of the object behind it


def past_time(scene: Scene, k: int) -> int:
    """The token behind a time at k, or k where none stands there."""
    if k >= len(scene.low) or k in scene.at:
        return k
    found = time_phrase(scene, k + (scene.low[k] in ("late", "early")))
    if found is None and scene.low[k] in ("this", "last") and TIMES & set(scene.low[k + 1 : k + 2]):
        found = k + 1
    if found is None and scene.low[k] in DAYS:
        found = k + 1
    if found is None and (scene.low[k] in ("late", "early") or scene.low[k] in scene.words("names.calendar")):
        found = time_phrase(scene, k - 1, bare=True)  # "fell Wednesday to", "fell late Saturday to"
    if found is None:
        return k
    return found + bool(TIMES & set(scene.low[found : found + 1]))


def object_behind_time(scene: Scene, k: int) -> bool:
    """Whether a time at k has a place with its article or kind right behind it, as only the object of an active verb has."""
    behind = past_time(scene, k)
    if behind == k or scene.low[behind : behind + 1] not in (("the",), ("a",), ("an",), ("several",)):
        return False
    towns = scene.words("places.settlements")
    return any(scene.low[j] in towns for j in range(behind + 1, min(behind + REACH, scene.sentence[k][1])))

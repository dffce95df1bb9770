"""The share that a party had before: "controls 19 percent of X, down from 26 percent in March 2022"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import Extent, Relation
from reportedly.read.places.extents import quantity_at
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import Mood

__all__ = ["COMPARES", "compared_frame", "compared_from"]

COMPARES = frozenset({"down", "up"})
ABOUT = frozenset({"about", "around", "roughly", "nearly", "almost", "over", "some", "just", "the", "a", "more", "than", "under"})  # fmt: skip


def compared_frame(scene: Scene, i: int, found: Sequence[Assertion]) -> Assertion | None:
    """What "down from" at token i says of the share that was told of before it; None where no share stands behind it."""
    start = compared_from(scene, i)
    last = found[-1] if found else None
    if start is None or last is None or last.cue.frame.relation is not Relation.HOLDS or last.attributive:
        return None
    if last.mood != Mood() or last.start < scene.sentence[i][0] or any(t.extent.kind == "whole" for t in last.targets):
        return None
    k = start
    while k < len(scene.low) and scene.low[k] in ABOUT:
        k += 1
    share = _share(scene, k)
    if share is None:
        return None
    return replace(last, start=i, end=share[1], targets=tuple(replace(t, extent=share[0]) for t in last.targets))


def compared_from(scene: Scene, i: int) -> int | None:
    """What stands behind ", down from" at token i."""
    low = scene.low
    return i + 2 if low[i] in COMPARES and low[i + 1 : i + 2] == ("from",) and low[i - 1 : i] == (",",) else None


def _share(scene: Scene, k: int) -> tuple[Extent, int] | None:
    """The share at token k, and what is behind it."""
    if k >= len(scene.low):
        return None
    bare = (Extent(kind="part"), k + 1) if scene.low[k] in ("half", "most") else None
    return quantity_at(scene, k) or bare

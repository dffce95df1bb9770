"""What a heading tells of the places that are listed behind its colon: "Settlements liberated in May: A, B and C"."""

from __future__ import annotations

from reportedly.model import PlaceKind
from reportedly.read.parsing.matching import HEADING
from reportedly.read.places.slots import places_after
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.target import Target

__all__ = ["heading_list"]


def _colon(scene: Scene, i: int, end: int) -> int | None:
    """The colon of the heading whose participle stands at i: only a noun, a date or a region stands before it."""
    stop = scene.sentence[i][1]
    for k in range(end, min(i + 1 + HEADING, stop)):
        if scene.low[k] == ":":
            return k
        if scene.tag[k].startswith(("VB", "MD", "PRP", "W")) or scene.low[k] in (",", ";", "."):
            return None
    return None


def heading_list(scene: Scene, i: int, end: int) -> list[Target]:
    """The places behind the colon of a heading: "Liberated: A and B", "Newly captured villages: A, B", "Villages lost in May: A"."""
    colon = _colon(scene, i, end)
    if colon is None or colon + 1 >= len(scene.low):
        return []
    start, towns = scene.sentence[i][0], scene.words("places.settlements")
    k = i - 1
    while k >= start and scene.low[k] in scene.words("clauses.freshly"):
        k -= 1
    behind = scene.low[end:colon]
    opens = k < start and (not behind or behind[0] in towns or any(scene.low[j] in towns for j in range(end, colon)))
    if not opens:
        group = scene.inside(k) if k >= start else None
        many = group is not None and group.kind is PlaceKind.UNNAMED and scene.low[group.end - 1].endswith("s")
        if group is None or not many or group.start > start + 1:
            return []
    targets = places_after(scene, colon + 1)
    return targets if targets and scene.at.get(colon + 1) is targets[0].mention else []

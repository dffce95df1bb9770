"""Find what may stand for ground in a passage: names, named kinds ("Luhansk region"), counted groups, and "the town"."""

from __future__ import annotations

from typing import Any

from reportedly.knowledge.parties import Parties
from reportedly.read.groups import anaphor_at, group_at, land_at
from reportedly.read.named import named_at
from reportedly.read.scene import Mention, Scene

__all__ = ["find_mentions"]


def find_mentions(scene: Scene, gazetteer: Any, parties: Parties) -> None:
    """Fill in the scene's mentions, left to right, never overlapping."""
    names = _name_hits(scene, gazetteer)
    found: list[Mention] = []
    i = 0
    while i < len(scene.low):
        mention = None
        if not scene.bracket[i]:
            mention = (
                land_at(scene, i, parties)
                or group_at(scene, i)
                or named_at(scene, i, names, parties, gazetteer)
                or anaphor_at(scene, i)
            )
        if mention:
            found.append(mention)
            i = mention.end
        else:
            i += 1
    scene.mentions = tuple(found)
    scene.at = {m.start: m for m in found}


def _name_hits(scene: Scene, gazetteer: Any) -> dict[int, int]:
    """Gazetteer names in the passage: first token -> end token."""
    starts = {t.idx: t.i for t in scene.doc}
    ends = {t.idx + len(t.text): t.i + 1 for t in scene.doc}
    hits: dict[int, int] = {}
    for hit in gazetteer.scan(scene.doc.text):
        start, end = starts.get(hit.start), ends.get(hit.end)
        if start is not None and end is not None:
            hits[start] = max(end, hits.get(start, 0))
    return hits

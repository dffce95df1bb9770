"""Land that is known for being occupied, in front of what lies in it: "occupied West Bank schools", "the occupied West Bank village of X"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target

__all__ = ["before_noun", "land_at", "land_named"]


def land_at(scene: Scene, k: int) -> str | None:
    """The name at token k, as written, if it is that of land known for being occupied ("West Bank")."""
    named = scene.at.get(k)
    words = named.words.split() if named is not None else []
    names = (" ".join(words[:n]) for n in range(len(words), 0, -1))
    return next((name for name in names if name.lower() in scene.cues.occupiers), None)


def before_noun(scene: Scene, named: Mention) -> list[Target]:
    """The land of "occupied West Bank schools"."""
    land = land_at(scene, named.start)
    if land is None or named.head is None:
        return []
    return [Target(replace(named, head=None, end=named.start + len(land.split()), words=land))]


def land_named(scene: Scene, a: Assertion, place: Mention) -> str:
    """The land by which an adjective tells who occupies: that of its place, or the one that stands before it."""
    before = land_at(scene, a.end) if a.end < place.start else None
    return (before or place.words).lower().removeprefix("the ")

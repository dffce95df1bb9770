"""A place that a frame speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.model import Extent
from reportedly.read.scene.scene import Mention

__all__ = ["Target"]

WHOLE = Extent()


@dataclass(frozen=True, slots=True)
class Target:
    """A place that a frame speaks of. `near` says that it is ground near the place, not the place itself, `into` that a way leads into it,
    `denied` that the words except it ("holds A but not B").
    """

    mention: Mention
    extent: Extent = WHOLE
    near: bool = False
    container: Mention | None = None
    extent_words: str = ""
    into: bool = False
    denied: bool = False

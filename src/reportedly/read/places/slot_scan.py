"""A noun phrase as it is scanned for places: how far it has been read, and what its words so far say of the place to come."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.model import Extent, PlaceKind
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target

__all__ = ["Scan"]


@dataclass(slots=True)
class Scan:
    """The state of one scan, from token `first` to `stop`; `k` is the token it has come to."""

    scene: Scene
    first: int
    stop: int
    k: int
    near: bool = False  # what follows only lies near the ground that is meant
    opened: bool = False  # by a noun of a place, whose name may follow
    ground: bool = False  # by a noun of ground ("territory", "positions")
    extent: Extent = field(default_factory=Extent)
    words: str = ""  # those that tell the extent
    found: list[Target] = field(default_factory=list)

    def on(self, tokens: int) -> bool:
        """Go on behind so many tokens."""
        self.k += tokens
        return True

    def to(self, k: int) -> bool:
        """Go on at token k."""
        self.k = k
        return True

    def part(self, words: str) -> None:
        """Let what follows be a part of the place."""
        self.extent, self.words = Extent(kind="part"), words

    def nearby(self) -> None:
        """Let what follows be ground near the place."""
        self.near, self.extent, self.words = True, Extent(), ""

    def take(self, mention: Mention, extent: Extent | None = None, words: str | None = None) -> None:
        """Keep a place with what was said of it, or with another extent."""
        extent = self.extent if extent is None else extent
        self.found.append(Target(mention, extent, self.near, extent_words=self.words if words is None else words))

    def anaphor(self, word: str) -> Mention:
        """The word the scan has come to as what stands for a place."""
        return Mention(self.k, self.k + 1, self.scene.written[self.k], PlaceKind.SETTLEMENT, anaphor=word)

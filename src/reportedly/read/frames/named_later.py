"""Places named in the sentence after they were counted: "took three villages. They are A, B and C", "It named them as A and B"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import PlaceKind
from reportedly.read.places.slots import places_after
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import Mood

__all__ = ["NAMES", "named_frame"]

NAMES = frozenset({"are", "were", "identified", "named", "identifies", "names"})
OPENING = frozenset({"they", "these", "those"})
CLOSED = frozenset({".", ";", ",", "in", "which", "and", "near", "(", "while", "but"})
AS_WITHIN = 8  # tokens of "the two newly captured settlements" before "as"


def named_frame(scene: Scene, i: int, found: Sequence[Assertion]) -> Assertion | None:
    """What the verb at token i says of the places behind it: what was told of their number in the sentence before."""
    start = scene.sentence[i][0]
    first = _list_at(scene, i, start)
    if first is None or not start:
        return None
    before = next((a for a in reversed(found) if scene.sentence[a.start] == scene.sentence[start - 1]), None)
    if before is None or before.mood.blocked or before.mood.denied or before.attributive or not _counted(before):
        return None
    targets = places_after(scene, first)
    if not targets or not all(_is_named(t) for t in targets):
        return None
    end = targets[-1].mention.end
    if end < len(scene.low) and scene.low[end] not in CLOSED and not scene.bracket[end]:
        return None
    frame = replace(before.cue.frame, preps=("",))
    first = targets[0].mention.start  # what is said stands there, behind who says it
    cue = replace(before.cue, frame=frame)
    return Assertion(cue, first, targets[0].mention.end, tuple(targets), Mood(), before.side, before.who)


def _list_at(scene: Scene, i: int, start: int) -> int | None:
    """Where the names begin behind "They are", "identified them as" at token i."""
    if scene.low[i] in ("are", "were"):
        alone = i == start + 1 and scene.low[start] in OPENING
        return i + 1 if alone or _the_places(scene, start, i) else None
    as_ = next((k for k in range(i + 1, min(i + AS_WITHIN, len(scene.low))) if scene.low[k] == "as"), None)
    if as_ is None:
        return None
    return as_ + 1 if scene.low[i + 1 : as_] == ("them",) or _the_places(scene, i + 1, as_) else None


def _the_places(scene: Scene, start: int, end: int) -> bool:
    """Whether "the (two) villages" stands from `start` to `end`."""
    nouns = scene.words("places.settlements")
    plural = end > start + 1 and scene.low[end - 1] in nouns and scene.low[end - 1].endswith("s")
    return plural and scene.low[start] in ("the", "these", "both")


def _counted(before: Assertion) -> bool:
    """Whether the last places of an assertion are a group without names."""
    group = before.targets[-1].mention if before.targets else None
    return group is not None and group.kind is PlaceKind.UNNAMED and group.count != 1


def _is_named(target: Target) -> bool:
    mention = target.mention
    return mention.kind is PlaceKind.SETTLEMENT and mention.head is None and not mention.anaphor and not target.near

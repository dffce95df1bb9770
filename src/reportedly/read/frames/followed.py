"""Places that went the way of the one told before: "Kunduz fell on Sunday, and Taloqan followed", "... so did Hama"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import PlaceKind, Relation
from reportedly.read.places.slots import places_after
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import Mood, verb_group

__all__ = ["FOLLOWS", "followed_frame"]

FOLLOWS = frozenset({"followed", "follows", "so"})
CLOSED = frozenset(
    {".", ",", ";", "suit", "on", "in", "within", "after", "soon", "shortly", "days", "weeks", "months", "hours"}
)


def followed_frame(scene: Scene, i: int, found: Sequence[Assertion]) -> Assertion | None:
    """What "followed" or "so did" at token i says of its place: what was last said to be taken in the sentence, or the one before."""
    before = next((a for a in reversed(found) if not a.attributive and a.cue.frame.relation is Relation.TAKES), None)
    if before is None or before.mood.blocked or before.mood.denied or before.cue.frame.kind != "verb":
        return None
    start = scene.sentence[i][0]
    if before.start < (scene.sentence[start - 1][0] if start else 0):
        return None
    targets = _so_did(scene, i) if scene.low[i] == "so" else _by(scene, i) or _after(scene, i)
    known = [
        t for t in targets if t.mention.kind is PlaceKind.SETTLEMENT and t.mention.known and t.mention.head is None
    ]
    if not known or len(known) != len(targets) or any(t.mention.anaphor for t in known):
        return None
    cue = replace(before.cue, frame=replace(before.cue.frame, preps=("subject",)))
    return Assertion(cue, i, i + 1, tuple(known), Mood(), before.side, before.who, before.subject, before.passive)


def _so_did(scene: Scene, i: int) -> list[Target]:
    """The place of "so did X"."""
    return places_after(scene, i + 2) if scene.low[i + 1 : i + 2] in (("did",), ("has",), ("had",)) else []


def _by(scene: Scene, i: int) -> list[Target]:
    """The places of ", followed by X and Y"."""
    behind = scene.low[i - 1 : i] == (",",) and scene.low[i + 1 : i + 2] == ("by",)
    return places_after(scene, i + 2) if behind else []


def _after(scene: Scene, i: int) -> list[Target]:
    """The place of "X followed three days later"."""
    k = i + 1
    if k < len(scene.low) and scene.low[k] not in CLOSED and scene.tag[k] != "CD" and not scene.tag[k].startswith("RB"):
        closed = scene.low[k] in ("a", "the", "that") and bool(scene.words("places.times") & set(scene.low[k : k + 3]))
        if not closed:
            return []
    if any(scene.tag[j] == "MD" or scene.low[j] in ("not", "to") for j in verb_group(scene, i)):
        return []
    place = scene.inside(scene.previous(i))  # by the words: the parser joins it to the place before
    beside = place is not None and scene.low[place.start - 1] in ("and", ";", ",", ".", "then", "while", "as")
    return [Target(place)] if place is not None and beside else []

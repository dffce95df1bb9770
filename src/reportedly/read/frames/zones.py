"""Places that somebody describes as fought over: "described X as a contested gray zone", "X was called a grey zone by"."""

from __future__ import annotations

from reportedly.model import PlaceKind
from reportedly.read.mood.clauses import mood_of_verb
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target

__all__ = ["COLOURS", "zone_frame"]

COLOURS = frozenset({"gray", "grey", "contested"})
REACH = 14  # tokens from the verb that describes a place to "as"


def zone_frame(scene: Scene, i: int) -> Assertion | None:
    """What "gray zone" or "contested" at token i says of a place behind a verb of describing."""
    grey = scene.low[i] != "contested" and scene.low[i + 1 : i + 2] == ("zone",)
    cue = next((c for c, _ in scene.cues.verbs.get("is", ()) if c.text == "be ~ gray zone"), None)
    if cue is None or not grey:
        return None
    start, as_ = scene.sentence[i][0], i - 1
    while as_ > start and i - as_ < 5 and scene.tag[as_] in ("DT", "JJ", "VBN", "RB", "CC"):
        as_ -= 1
    if scene.low[as_] != "as":
        return None
    verb = next((k for k in range(as_ - 1, max(start, as_ - REACH) - 1, -1) if scene.low[k] in DESCRIBED), None)
    if verb is None:
        return None
    place = scene.inside(as_ - 1) if as_ - 1 > verb else None
    if place is None or place.end != as_ or place.head is not None or scene.tag[verb - 1] == "VBD":
        subject = next((c.i for c in scene.doc[verb].children if c.dep_ in ("nsubjpass", "nsubj") and c.i < verb), None)
        place = scene.inside(subject) if subject is not None else None
    if place is None or not _town(place):
        return None
    return Assertion(cue, i, i + 2, (Target(place),), mood_of_verb(scene, verb))


DESCRIBED = frozenset(
    {"described", "describes", "describe", "marked", "marks", "shown", "shows", "showed", "listed", "lists"}
)


def _town(place: Mention) -> bool:
    """Whether a mention is a town by its name or one spoken of."""
    return place.kind is PlaceKind.SETTLEMENT and place.head is None

"""Fire the frames over a passage: each assertion has a cue, places, words for its party, and the mood of its clause."""

from __future__ import annotations

from reportedly.read.adjectives import adjective_frame
from reportedly.read.asserted import Assertion
from reportedly.read.compared import COMPARES, compared_frame
from reportedly.read.followed import FOLLOWS, followed_frame
from reportedly.read.named_later import NAMES, named_frame
from reportedly.read.nouns import noun_frame
from reportedly.read.scene import Scene
from reportedly.read.titles import title_frame
from reportedly.read.verbless import BEGINS, verbless_frame
from reportedly.read.verbs import verb_frame
from reportedly.read.zones import COLOURS, zone_frame

__all__ = ["find_assertions"]


def find_assertions(scene: Scene) -> list[Assertion]:
    """Every assertion of the passage, blocked ones included (their mood says why), in the order of their cues."""
    found: list[Assertion] = []
    taken: set[int] = set()
    firsts = scene.cues.firsts | BEGINS
    for i, word in enumerate(scene.low):
        if word in FOLLOWS and found and (more := followed_frame(scene, i, found)) is not None:
            found.append(more)
            continue
        if word in NAMES and found and (named := named_frame(scene, i, found)) is not None:
            found.append(named)
            continue
        if word in COMPARES and found and (earlier := compared_frame(scene, i, found)) is not None:
            found.append(earlier)
            continue
        if word in COLOURS and (zone := zone_frame(scene, i)) is not None:
            found.append(zone)
            continue
        if word not in firsts or i in taken:
            continue
        for fire in (title_frame, adjective_frame, verb_frame, verbless_frame, noun_frame):
            assertion = fire(scene, i)
            if assertion is not None:
                found.append(assertion)
                taken.update(range(assertion.start, assertion.end))
                break
    return found

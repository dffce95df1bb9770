"""Fire the frames over a passage: each assertion has a cue, places, words for its party, and the mood of its clause."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from reportedly.knowledge.cues import Cues
from reportedly.read.frames.compared import COMPARES, compared_frame
from reportedly.read.frames.followed import FOLLOWS, followed_frame
from reportedly.read.frames.named_later import NAMES, named_frame
from reportedly.read.frames.nouns import noun_frame
from reportedly.read.frames.titles import title_frame
from reportedly.read.frames.verbless import BEGINS, verbless_frame
from reportedly.read.frames.zones import COLOURS, zone_frame
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Scene
from reportedly.read.verbs.adjectives import adjective_frame
from reportedly.read.verbs.verbs import verb_frame

__all__ = ["each_assertion", "find_assertions"]


@cache
def _firsts(cues: Cues) -> frozenset[str]:
    """Every word at which a frame may begin."""
    return cues.firsts | BEGINS


def find_assertions(scene: Scene) -> list[Assertion]:
    """Every assertion of the passage, blocked ones included (their mood says why), in the order of their cues."""
    return list(each_assertion(scene))


def each_assertion(scene: Scene) -> Iterator[Assertion]:
    """The same one by one, for who may need only the first."""
    found: list[Assertion] = []
    taken: set[int] = set()
    firsts = _firsts(scene.cues)
    for i, word in enumerate(scene.low):
        if word in FOLLOWS and found and (more := followed_frame(scene, i, found)) is not None:
            found.append(more)
            yield more
            continue
        if word in NAMES and found and (named := named_frame(scene, i, found)) is not None:
            found.append(named)
            yield named
            continue
        if word in COMPARES and found and (earlier := compared_frame(scene, i, found)) is not None:
            found.append(earlier)
            yield earlier
            continue
        if word in COLOURS and (zone := zone_frame(scene, i)) is not None:
            found.append(zone)
            yield zone
            continue
        if word not in firsts or i in taken:
            continue
        for fire in (title_frame, adjective_frame, verb_frame, verbless_frame, noun_frame):
            assertion = fire(scene, i)
            if assertion is not None:
                found.append(assertion)
                taken.update(range(assertion.start, assertion.end))
                yield assertion
                break

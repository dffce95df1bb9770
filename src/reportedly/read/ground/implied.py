"""Places that no name and no noun points to: "both cities" are the two named last, a gain is made where the attack was."""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import PlaceKind, PlaceRef, Relation
from reportedly.read.ground.roles import reference_only
from reportedly.read.ground.told import Told
from reportedly.read.places.elided import attacks_before
from reportedly.read.places.leftward import list_left
from reportedly.read.scene.scene import Mention, Scene

__all__ = ["attacked", "numbered", "pair"]


def pair(told: Told, m: Mention) -> list[PlaceRef]:
    """ "both cities", "these settlements": the two places, or the list of places, named last before it."""
    found: list[PlaceRef] = []
    if told.p.scene.low[m.end - 1] in told.p.scene.words("places.wide"):
        return []  # "both regions" are no towns
    if told.p.scene.low[m.start] == "these":
        last = [
            x
            for x in told.p.scene.mentions
            if x.start < m.start and x.start in told.refs and not reference_only(told.p.scene, x)
        ]
        named = list_left(told.p.scene, last[-1]) if last and last[-1].kind is PlaceKind.SETTLEMENT else []
        return [told.refs[x.start] for x in named if x.start in told.refs] if len(named) > 1 else []
    for x in reversed(told.p.scene.mentions):
        ref = told.refs.get(x.start)
        if (
            x.start < m.start
            and ref is not None
            and x.head is None
            and x.kind is PlaceKind.SETTLEMENT
            and not reference_only(told.p.scene, x)
            and all(ref.words != other.words for other in found)
        ):
            found.insert(0, ref)
        if len(found) == 2:
            return found
    return []


def numbered(told: Told, m: Mention) -> list[PlaceRef]:
    """ "The three villages", "none of the two towns": those that a sentence before claimed something of, if they were as many."""
    scene = told.p.scene
    if not told.last or m.count is None or m.count < 2 or m.end != m.start + 2 or scene.low[m.start - 1] != "the":
        return []
    if scene.low[m.end : m.end + 1] in (("of",), ("in",), ("near",)):
        return []  # "the two villages in Y"
    of = scene.sentence[told.last[-1][0]]
    if of == scene.sentence[m.start]:
        return []
    claimed = {ref.words: ref for at, ref in told.last if scene.sentence[at] == of}
    if len(claimed) != m.count or any(ref.kind is not PlaceKind.SETTLEMENT for ref in claimed.values()):
        return []
    span = told.p.span_of(m.start, m.end)
    return [replace(r, span=span, reasons=(f"one of “{m.words}”", *r.reasons)) for r in claimed.values()]


def attacked(told: Told, m: Mention) -> list[PlaceRef]:
    """The first place of the sentence before, if it tells of an attack: there a gain without a place is made."""
    scene = told.p.scene
    stop = scene.sentence[m.start][0]
    start = scene.sentence[stop - 1][0] if stop else 0
    if not stop or _takes_behind(scene, m.end) or not attacks_before(scene, start, stop):
        return []
    first = next(
        (x for x in scene.mentions if start <= x.start < stop and x.head is None and x.known and not x.anaphor),
        None,
    )
    ref = told.refs.get(first.start) if first is not None else None
    if ref is None or ref.kind not in (PlaceKind.SETTLEMENT, PlaceKind.REGION):
        return []
    told.used.append(ref)
    return [replace(ref, reasons=(f"the attack was at {ref.words}", *ref.reasons))]


def _takes_behind(scene: Scene, k: int) -> bool:
    """Whether a place is taken later in the sentence of token k, which tells where: "advanced four km and captured X"."""
    return any(
        cue.frame.relation is Relation.TAKES
        for j in range(k, scene.sentence[k - 1][1])
        if scene.tag[j] in ("VBD", "VBN")
        for cue, _ in scene.cues.verbs.get(scene.low[j], ())
    )

"""Adjective frames: "occupied X", "Russian-held X", "recently liberated X"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import Extent, PlaceKind
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import Mood
from reportedly.read.verbs.adjective_places import adjective_places
from reportedly.read.verbs.attributive import OPENING, attributive
from reportedly.read.verbs.holding import predicate_frame

__all__ = ["adjective_frame"]

BY_SOMEBODY = frozenset({"controlled", "held", "run", "ruled", "governed", "administered", "dominated"})
PART = Extent(kind="part")

Holder = tuple[Side | None, int, str]
"""Whose the place is that an adjective stands before, where the words for it begin, and how that was found."""


def adjective_frame(scene: Scene, i: int) -> Assertion | None:
    """An adjective frame whose cue stands at token i."""
    cue = scene.cues.adjectives.get(scene.low[i])
    holder = _holder(scene, i, cue.text) if cue is not None and not scene.bracket[i] else None
    if cue is None or holder is None or (cue.text == "held" and holder[2] == ""):
        return None
    side, start, who = holder
    targets = adjective_places(scene, i, start)
    if {"excluding", "except"} & set(scene.low[max(0, start - 4) : start]):
        targets = targets[:1]  # "excluding a Y-held section of X, as well as most of Z"
    if not targets:
        return predicate_frame(scene, cue, start, i, side, who)
    told = tuple(_extents(scene, i, start, cue.text, targets))
    return Assertion(cue, start, i + 1, told, Mood(), side, who, attributive=True)


def _extents(scene: Scene, i: int, start: int, text: str, targets: list[Target]) -> list[Target]:
    """Places as an adjective has them: a part of a country, all of A and B in "the annexed territories of A and B"."""
    targets = [
        replace(t, extent=PART) if t.mention.kind == PlaceKind.COUNTRY and t.extent.kind == "whole" else t
        for t in targets
    ]
    if text == "annexed" and scene.low[i + 1] == "territories" and scene.low[i + 2 : i + 3] == ("of",):
        named = all(t.mention.kind is not PlaceKind.COUNTRY for t in targets)
        targets = [replace(t, extent=Extent()) for t in targets] if named else targets
    if scene.low[start - 1 : start] and scene.low[start - 1] in scene.listed("places.partly", "places.mostly"):
        targets = [replace(t, extent=PART) for t in targets]  # "the partially occupied X region", "mostly rebel-held X"
    return targets


def _holder(scene: Scene, i: int, text: str) -> Holder | None:
    """Whose it is; None where the participle at i does not stand before a noun, or nobody is told who should be."""
    if i >= 2 and scene.low[i - 1] in ("-", "–", "‑"):
        return _compound(scene, i, text)
    if text == "occupied" and (near := next((s for s in scene.sides if s.end == i and _owns(scene, s)), None)):
        return near, near.start, "named before the adjective"
    if text in BY_SOMEBODY:
        side = next((s for s in scene.sides if s.end == i and s.word.kind in ("demonym", "name")), None)
        named = side is not None and not _is_verb_of(scene, i, side)
        return (side, side.start, "named before the adjective") if named and side is not None else None
    return (None, i, "") if attributive(scene, i) else None


def _compound(scene: Scene, i: int, text: str) -> Holder | None:
    """ "Russian-held", "rebel-held", but not "previously-held positions"."""
    side = next((s for s in scene.sides if s.end == i - 1), None)
    if side is not None:
        return side, side.start, "named in the compound"
    word = scene.low[i - 2]
    holders, when = scene.words("clauses.holders"), scene.words("clauses.when")
    if (word not in holders and word not in when) or (text in BY_SOMEBODY and word in when):
        return None
    return None, i - 2 if word in holders else i, f"“{word}-{scene.low[i]}”"


def _owns(scene: Scene, side: Side) -> bool:
    """Whether a side before "occupied" tells by whom: a demonym, or a country behind a preposition ("in Russia occupied X")."""
    behind = side.start > 0 and scene.tag[side.start - 1] == "IN" and scene.low[side.start - 1] not in OPENING
    return side.word.kind == "demonym" or (side.word.kind == "name" and behind)


def _is_verb_of(scene: Scene, i: int, side: Side) -> bool:
    """Whether the participle at i is the verb of the name before it: "said Ukraine held X"."""
    if side.word.kind != "name" or scene.tag[i] != "VBD":
        return False
    return any(child.dep_ == "nsubj" and side.start <= child.i < side.end for child in scene.doc[i].children)

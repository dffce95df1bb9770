"""Ways of saying that a place is held which look like something else: "is fully liberated", "is Russian-controlled"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.cues import Cue
from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.mood.clauses import mood_of_verb
from reportedly.read.places.acted_on import subject_places
from reportedly.read.places.extents import quantity_at
from reportedly.read.places.leftward import list_left
from reportedly.read.places.slots import places_after
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import BE, Mood, verb_group

__all__ = ["after_where", "as_state", "partial", "predicate_frame"]

FREED = frozenset({"liberate", "deoccupy", "free"})
ENTIRELY = frozenset({"fully", "completely", "entirely", "totally", "wholly"})
SHARE = frozenset({"percent", "%", "cent"})
REMAIN = frozenset({"remain", "remains", "remained", "stay", "stays", "stayed"})
STILL = frozenset({"now", "still", "already"})
HALFWAY = frozenset({"partial", "partially", "partly", "almost", "nearly", "mostly", "largely"})


def as_state(scene: Scene, cue: Cue, i: int, *, passive: bool) -> Cue:
    """The cue, as one of holding where the verb at i tells of a state ("is fully liberated", "is 99 per cent liberated")."""
    if not passive or cue.words[0] not in FREED:
        return cue
    group = {scene.low[k] for k in verb_group(scene, i)}
    lasts = bool(group & {"is", "are", "'s"}) and "being" not in group
    if not lasts or not group & (ENTIRELY | SHARE):
        return cue
    return replace(cue, frame=replace(cue.frame, relation=Relation.HOLDS))


def partial(scene: Scene, start: int, end: int, targets: list[Target]) -> list[Target]:
    """The targets, as parts where the words of the cue say so ("is in partial Russian control", "claims 80% control of")."""
    share = next((q[0] for k in range(start + 1, end) if scene.tag[k] == "CD" and (q := quantity_at(scene, k))), None)
    if share is None and HALFWAY & set(scene.low[start:end]):
        share = Extent(kind="part")
    if share is None:
        return targets
    return [replace(t, extent=share) if t.extent.kind == "whole" else t for t in targets]


def after_where(scene: Scene, i: int, targets: list[Target]) -> list[Target]:
    """ "X, where they control most of its territory": the place before "where", to the extent that is said."""
    if not targets and (land := _land_where(scene, i)) is not None:
        return [land]
    if (shared := _share_of_each(scene, i)) is not None:
        return shared
    if len(targets) != 1 or targets[0].mention.anaphor != "territory" or scene.low[targets[0].mention.start] != "its":
        return targets
    k = next((j for j in range(i - 1, scene.sentence[i][0], -1) if scene.low[j] == "where"), None)
    if k is None:
        return targets
    before = scene.previous(k)
    place = scene.inside(scene.previous(before) if scene.low[before] == "," else before)
    if place is None or place.head is not None or place.anaphor is not None:
        return targets
    return [replace(targets[0], mention=place)]


def _share_of_each(scene: Scene, i: int) -> list[Target] | None:
    """ "A and B, where they hold three quarters of each region": the places before "where", to the extent that is said."""
    each = next((k for k in range(i + 2, min(i + 9, scene.sentence[i][1])) if scene.low[k] in ("each", "both")), None)
    if each is None or scene.low[each - 1] != "of":
        return None
    where = next((j for j in range(i - 1, max(scene.sentence[i][0], i - 6), -1) if scene.low[j] == "where"), None)
    last = scene.inside(scene.previous(where - 1) if where and scene.low[where - 1] == "," else (where or 1) - 1)
    if where is None or last is None or last.head is not None or last.anaphor is not None:
        return None
    share = next((q for k in range(i + 1, each) if (q := quantity_at(scene, k)) is not None), None)
    extent = share[0] if share is not None else Extent(kind="part")
    return [Target(m, extent, extent_words=scene.text(i + 1, each)) for m in list_left(scene, last)]


def _land_where(scene: Scene, i: int) -> Target | None:
    """ "X, the region where they hold a third of the land": a part of the place before "where"."""
    ground = next((c for c in scene.doc[i].children if c.dep_ == "dobj" and c.i > i), None)
    if ground is None:
        return None
    of = next((g.lower_ for c in ground.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"), "")
    if not {ground.lower_, of} & scene.words("places.ground") - {"position", "positions"}:
        return None
    where = next((c.i for c in scene.doc[i].children if c.lower_ == "where" and c.i < i), None)
    if where is None:
        return None
    k, start = where - 1, scene.sentence[i][0]
    while k > start and scene.low[k] != "," and where - k < 6:
        k -= 1
    place = scene.inside(where - 1) or (scene.inside(k - 1) if scene.low[k] == "," else None)
    named = place is not None and place.head is None and place.anaphor is None and place.kind is not PlaceKind.UNNAMED
    return Target(place, Extent(kind="part"), extent_words=ground.lower_) if named and place is not None else None


def predicate_frame(scene: Scene, cue: Cue, start: int, i: int, side: Side | None, who: str) -> Assertion | None:
    """ "The villages of A and B are Russian-controlled": what an adjective of holding says of the subject."""
    if cue.frame.relation is not Relation.HOLDS or start == i:
        return None
    k = scene.previous(start)
    while k > 0 and scene.tag[k].startswith("RB"):
        k = scene.previous(k)
    if scene.low[start - 1] in STILL and scene.inside(k) is not None:
        targets = places_after(scene, scene.sentence[i][0], end=start)  # "Half of X now Russian-controlled, Y says"
        return Assertion(cue, start, i + 1, tuple(targets), Mood(), side, who) if targets else None
    if k <= 0 or not (scene.low[k] in BE or scene.low[k] in REMAIN):
        return None
    subject = next((c.i for c in scene.doc[k].children if c.dep_ in ("nsubj", "nsubjpass") and c.i < k), None)
    targets = subject_places(scene, k, subject)
    if not targets:
        return None
    mood = mood_of_verb(scene, k, stative=True, end=i + 1)
    return Assertion(cue, start, i + 1, tuple(targets), mood, side, who)

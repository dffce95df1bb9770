"""The places behind the prepositions of a frame, right of its cue: "advanced north of A and toward B"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from reportedly.knowledge.cues import Cue
from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.places.edges import (
    clause_edge,
    coordinated_prep,
    goes_on,
    is_made,
    is_period,
    object_head,
    past_target,
)
from reportedly.read.places.placing import closer_place, compass_of, is_measure, prep_at
from reportedly.read.places.slots import places_after
from reportedly.read.scene.dated_phrases import since_when, time_phrase
from reportedly.read.scene.scene import InScene, Mention, Scene
from reportedly.read.scene.target import Target

__all__ = ["WITHIN", "after_preps"]

REACH = 28  # tokens behind a cue that are looked at
ROADS = frozenset({"road", "highway", "route", "railway", "motorway", "track", "line"})
WIDE = ("in", "within", "throughout", "across", "along")
WITHIN = ("in", "inside", "within")
TIMED = ("in", "on", "to", "within")  # what stands before a time as well
WAYS = ("toward", "towards", "in the direction of")
WAY = 6  # tokens of a road or a wood that an advance has reached
NEARER = ("near", "around", "N", "in the area of", "in the vicinity of")
BESIDE = (("and", "around"), ("and", "near"), ("and", "outside"))
AXES = frozenset({"tactical", "area"})  # a stretch of the front, beside what else an axis is called
JOINING = frozenset({"and", "or", ","})
MEANS = frozenset(
    [
        "in the direction of",
        "in the directions of",
        "between",
        "toward",
        "towards",
        "near",
        "around",
        "along",
        "beyond",
        "past",
        "close to",
        "closer to",
        "to within",
    ]
)


@dataclass(slots=True)
class _Walk(InScene):
    """A walk to the right of a cue that ends before `end`, now at token k: what it has found, and where the first of it is placed."""

    cue: Cue
    preps: tuple[str, ...]
    end: int
    stop: int  # of the sentence: who goes on there has done
    k: int
    joined: int  # where the last phrase of place ended
    listed: bool = False  # whether a conjunction stands before the phrase at k
    found: list[Target] = field(default_factory=list)
    first: int | None = None

    @property
    def relation(self) -> Relation:
        """What the frame states."""
        return self.cue.frame.relation

    @property
    def advances(self) -> bool:
        """Whether ground is gained."""
        return self.cue.frame.relation is Relation.ADVANCES

    @property
    def noun(self) -> bool:
        """Whether the cue is a noun."""
        return self.cue.frame.kind == "noun"

    def word(self, k: int) -> str:
        """The word at a token, if any."""
        return self.low[k] if k < len(self.low) else ""

    def directions_only(self) -> bool:
        """Whether all that was found are directions: "in the A direction", which a place behind it takes the place of."""
        return all(t.mention.direction for t in self.found)


Step = Callable[[_Walk], int | None]
"""The token to go on with; None where a rule has nothing to say."""


def after_preps(scene: Scene, cue: Cue, end: int) -> tuple[list[Target], int | None]:
    """The places behind the frame's prepositions right of the cue; coordinated phrases count, later ones only place them."""
    preps = tuple(p for p in cue.frame.preps if p and p != "subject")
    later = _after_time(scene, end) if cue.frame.kind == "noun" or "of" in preps else None
    first = later if later is not None else end
    w = _Walk(scene, cue, preps, end, scene.sentence[end - 1][1], first, first)
    last = min(w.stop, end + REACH)
    while w.k < last:
        w.k = _next(w) if not scene.bracket[w.k] else w.k + 1
    return w.found, w.first


def _next(w: _Walk) -> int:
    """The token to go on with, after what stands at this one was taken."""
    if (hit := prep_at(w.scene, w.k, w.preps)) is not None:
        return _at_prep(w, *hit)
    return next((k for step in BETWEEN if (k := step(w)) is not None), w.k + 1)


def _at_prep(w: _Walk, prep: str, after: int) -> int:
    """The token to go on with from a preposition, whose places begin at `after`."""
    if _of_another(w, prep) or (prep == "to" and _toward_road(w.scene, w.k)):
        return after
    if w.low[after : after + 2] in BESIDE:
        after += 2  # "in and around X"
    after = (closer_place(w.scene, after, w.stop) if prep == "N" else None) or after
    targets = _places(w, prep, after)
    if targets and not (prep in TIMED and all(is_period(t) for t in targets)):
        return _take(w, prep, targets)
    return after if targets else _without_places(w, prep, after)


def _without_places(w: _Walk, prep: str, after: int) -> int:
    """The token to go on with where no place stands behind a preposition."""
    if _acts(w, prep, after):
        return w.stop
    if w.found and "N" in w.preps and (beyond := _beside_way(w.scene, after, w.stop)) is not None:
        w.joined = beyond  # "southeast of A and to the railway line northwest of B"
        return beyond
    return w.stop if _in_no_ground(w, prep, after) else after


def _of_another(w: _Walk, prep: str) -> bool:
    """Whether "of" and "over" belong to a word in between: "fighting south of X", but not "the flag flies again over X"."""
    if prep not in ("of", "over") or w.k == w.joined or w.low[w.end] == "by":
        return False
    if all(t == "RB" for t in w.tag[w.end : w.k]) and (
        w.k == w.end or w.low[w.k - 1] not in w.scene.words("places.compass")
    ):
        return False
    return not w.scene.words("clauses.going_on").issuperset(w.low[w.end : w.k])  # "fighting continued over X"


def _acts(w: _Walk, prep: str, after: int) -> bool:
    """Whether no place can follow: "advancing from X to attack troops in Y"."""
    return prep == "to" and w.tag[after : after + 1] == ("VB",)


def _in_no_ground(w: _Walk, prep: str, after: int) -> bool:
    """Whether no ground is fought for: "fighting in a camp in X"."""
    return not w.advances and prep in WITHIN and object_head(w.scene, after, w.stop)


def _places(w: _Walk, prep: str, after: int) -> list[Target]:
    """The places behind a preposition, as it makes them: near, entered, in part."""
    scene, near = w.scene, prep in MEANS or prep == "N" or (prep == "from" and is_measure(w.scene, w.k))
    targets = places_after(scene, after, near=near) or _pronoun(w, prep, after)
    if w.advances and prep in WIDE and targets:
        targets = _spot(scene, targets[0]) or targets
    if prep == "into":
        targets = [replace(t, into=True) for t in targets if t.mention.kind is not PlaceKind.COUNTRY]
    if "outskirts" in prep:
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]
    return targets


def _pronoun(w: _Walk, prep: str, after: int) -> list[Target]:
    """ "The battle for its control", "goes on on its outskirts", "took control over it"."""
    word = w.word(after)
    if word == "its" and w.relation is Relation.CONTESTS:
        meant = w.word(after + 1) == "control" or "outskirts" in prep
    else:
        meant = word == "it" and (w.relation in (Relation.LOSES, Relation.TAKES) or prep == "over")
    return [Target(Mention(after, after + 1, word, PlaceKind.SETTLEMENT, anaphor="it"))] if meant else []


def _take(w: _Walk, prep: str, targets: list[Target]) -> int:
    """Keep places behind a preposition; the token of the next phrase of place, or the end where none follows."""
    scene = w.scene
    w.first = w.k if w.first is None else w.first
    w.found = targets if not w.listed and w.directions_only() else w.found + targets
    k = past_target(scene, targets[-1])
    aimed = w.found[-1].mention.direction
    while aimed and k < w.stop and (w.low[k] in AXES or w.low[k] in scene.words("places.direction")):
        k += 1  # "in the A direction near B"
    k = _behind_distance(scene, k, w.stop)
    following = coordinated_prep(scene, k, w.stop, w.preps)
    w.listed = following is not None and not JOINING.isdisjoint(w.low[k:following])
    if following is None and aimed and prep_at(scene, k, NEARER) is not None:
        following = k
    if following is None and prep not in WAYS:
        following = _on_toward(scene, k, w.stop, w.preps)  # "advances south of A toward B"
    if following is None and not w.directions_only():
        return w.stop
    w.joined = following if following is not None else k
    return w.joined


def _since(w: _Walk) -> int | None:
    """ "Fighting since Monday in X"."""
    return since_when(w.scene, w.k) if w.low[w.k] in ("since", "as") and not w.found else None


def _ends(w: _Walk) -> int | None:
    """Behind what was found, or where another clause begins: not "fighting continues in X", "no gains were made near X"."""
    if w.found:
        return w.stop
    if not clause_edge(w.scene, w.k, w.stop):
        return None
    if w.noun and w.relation is Relation.CONTESTS and goes_on(w.scene, w.k):
        return None
    return None if w.noun and w.advances and is_made(w.scene, w.k) else w.stop


def _any_direction(w: _Walk) -> int | None:
    """ "No advances in any direction from X"."""
    if w.low[w.k] != "from" or w.low[w.k - 1] not in ("direction", "directions") or not w.advances:
        return None
    w.found = places_after(w.scene, w.k + 1, near=True)
    return w.stop


def _whence(w: _Walk) -> int | None:
    """Past "from Y" in "advanced from Y to X"."""
    if w.low[w.k] not in ("from", "by") or "from" in w.preps or not w.advances:
        return None
    skipped = places_after(w.scene, w.k + 1)
    return past_target(w.scene, skipped[-1]) if skipped else w.k + 1


def _to_do(w: _Walk) -> int | None:
    """Before "to seize"."""
    return w.stop if w.tag[w.k] == "TO" and w.k + 1 < w.stop and w.tag[w.k + 1] == "VB" else None


def _next_phrase(w: _Walk) -> int | None:
    """Before another clause or noun phrase: "the battle, the mayor said"."""
    apart = w.low[w.k] == "," and w.noun and w.end < w.k < w.stop - 1
    return w.stop if apart and w.tag[w.k + 1] in ("DT", "PRP", "PRP$") else None


BETWEEN: tuple[Step, ...] = (_since, _ends, _any_direction, _whence, _to_do, _next_phrase)
"""Where there is no preposition of the frame; one token on if none of them tells."""


def _on_toward(scene: Scene, k: int, stop: int, preps: tuple[str, ...]) -> int | None:
    """Where "toward B" begins at k, or behind the place from which: "advanced south of A | from C toward B"."""
    if k < stop and scene.low[k] == "from" and (start := places_after(scene, k + 1, end=stop)):
        k = past_target(scene, start[-1])
    way = prep_at(scene, k, WAYS) if k < stop else None
    return k if way is not None and way[0] in preps else None


def _beside_way(scene: Scene, k: int, stop: int) -> int | None:
    """Where "north of B" begins behind what lies there, at k: "the railway line north of B", "fields north of B"."""
    j = k
    while j < stop and j - k < WAY and compass_of(scene, j) is None:
        if not scene.tag[j].startswith(("DT", "JJ", "NN", "CD", "HYPH")) or j in scene.at:
            return None
        j += 1
    return j if k < j < stop and j - k < WAY else None


def _after_time(scene: Scene, end: int) -> int | None:
    """The "of" behind a time that stands between an event noun and its place: "its capture last week of X"."""
    if scene.low[end : end + 1] in (("last",), ("this",), ("earlier",)):
        later = end + 2 + (scene.low[end] == "earlier")
    else:
        later = time_phrase(scene, end) or end + (scene.low[end : end + 1] in (("yesterday",), ("overnight",)))
    return later if later > end and scene.low[later : later + 1] == ("of",) else None


def _behind_distance(scene: Scene, k: int, stop: int) -> int:
    """The token behind ", within 15 km of Y" at token k, which says where the place before it lies; k where nothing does."""
    if scene.low[k : k + 2] != (",", "within") or scene.tag[k + 2 : k + 3] != ("CD",):
        return k
    return next((scene.at[j].end for j in range(k + 3, min(k + 10, stop)) if j in scene.at), k)


def _toward_road(scene: Scene, k: int) -> bool:
    """Whether "toward the road" stands before the "to" at k: where that leads nobody has come."""
    return scene.low[k - 1] in ROADS and bool({"toward", "towards"} & set(scene.low[max(0, k - 4) : k - 1]))


def _spot(scene: Scene, target: Target) -> list[Target]:
    """The places near which ground of a region was gained: "in X Oblast near A and B"."""
    spot = target.container
    if target.mention.kind is not PlaceKind.REGION or spot is None or spot.kind is not PlaceKind.SETTLEMENT:
        return []
    if spot.head not in (None, "area") or spot.anaphor or spot.start < target.mention.end:
        return []
    return places_after(scene, spot.start, near=True) or [Target(replace(spot, head=None), near=True)]

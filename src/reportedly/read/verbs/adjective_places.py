"""The places of an adjective of control: those it stands before, or those that its noun is put beside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reportedly.model import Extent, PlaceKind
from reportedly.read.places.extents import part_of
from reportedly.read.places.leftward import list_left
from reportedly.read.places.members import is_bare, with_members
from reportedly.read.places.slots import places_after
from reportedly.read.scene.scene import InScene, Mention, Scene
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import HAVE
from reportedly.read.verbs.occupied_land import before_noun

__all__ = ["adjective_places"]

POCKETS = frozenset({"pocket", "patch", "sliver", "strip", "stretch", "piece", "scrap", "swathe", "swath", "slice"})
LANDS = frozenset({"territory", "country", "state"})  # "the occupied territory" names nothing
FOREMOST = frozenset({"only", "largest", "biggest", "last", "first", "-"})
IS = frozenset({",", "—", "–", "is", "was", "remains", "remained", "has", "had"})
KINDS = ("places.whole", "places.part", "places.stretches", "places.kinds")  # nouns that describe places
GAINED = frozenset({"captured", "seized", "gained", "taken", "recaptured", "regained", "won"})
PART = Extent(kind="part")


@dataclass(slots=True)
class _Held(InScene):
    """An adjective at i, whose words begin at `start`, before the noun at `head`: what is named there, and the group around it."""

    i: int
    start: int
    head: int
    named: Mention | None
    group: Mention | None

    @property
    def counted(self) -> Mention | None:
        """The group, if it is one of so many: "four occupied Ukrainian regions"."""
        m = self.group
        return m if m is not None and m.kind is PlaceKind.UNNAMED and m.count and m.end > self.head else None


Rule = Callable[[_Held], list[Target]]


def adjective_places(scene: Scene, i: int, start: int) -> list[Target]:
    """The places that an adjective of control stands before, or that its noun is put beside."""
    head = i + 1
    if head < len(scene.low) and scene.low[head] == ",":
        return []
    h = _Held(scene, i, start, head, scene.at.get(head), scene.inside(i))
    targets = _narrowed(h, _first(NAMED, h))
    targets = targets or _first(ELSEWHERE, h)
    beside = _beside(h, targets)
    return [Target(beside)] if beside is not None else targets


def _first(rules: tuple[Rule, ...], h: _Held) -> list[Target]:
    return next((targets for rule in rules if (targets := rule(h))), [])


def _behind(h: _Held) -> list[Target]:
    counted = h.counted
    return places_after(h.scene, h.head, end=counted.end if counted is not None else None)


def _office(h: _Held) -> list[Target]:
    """ "Russian-occupied Sevastopol Governor"."""
    office = h.named is not None and h.named.head in h.scene.cues.offices
    return [Target(replace(h.named, head=None))] if office and h.named is not None else []


def _modifying(h: _Held) -> list[Target]:
    return _of_region(h.scene, h.named) or before_noun(h.scene, h.named) if h.named is not None else []


def _owner(h: _Held) -> list[Target]:
    """ "Occupied Melitopol's schools"."""
    owns = h.named is not None and h.low[h.named.end : h.named.end + 1] in (("'s",), ("’s",))
    return [Target(h.named)] if owns and h.named is not None else []


def _such_as(h: _Held) -> list[Target]:
    """ "Occupied areas such as X"."""
    if not part_of(h.scene, h.head) or h.low[h.head + 1 : h.head + 3] != ("such", "as"):
        return []
    return [replace(t, extent=Extent()) for t in places_after(h.scene, h.head + 3)]


def _group(h: _Held) -> list[Target]:
    """ "Several occupied villages in Y", "four occupied Ukrainian regions"."""
    group, scene = h.group, h.scene
    if group is None or group.kind is not PlaceKind.UNNAMED or group.end <= h.head:
        return []
    if h.low[group.start : group.start + 2] == ("one", "of") and h.low[group.start - 1] == ",":
        one = scene.inside(group.start - 2)  # "X, one of four occupied regions"
        return [Target(one)] if one is not None and one.head is None and not one.anaphor else []
    members = [t for t in with_members(scene, [Target(group)])[1:] if t.mention.kind is not PlaceKind.UNNAMED]
    if members:
        return members
    if h.low[group.end : group.end + 1] == ("in",) and group.end + 1 in scene.at and group.known and group.start < h.i:
        return [Target(group, container=scene.at[group.end + 1])]
    return [Target(group)] if h.counted is not None and group.start < h.start else []


NAMED: tuple[Rule, ...] = (_behind, _office, _modifying, _owner, _such_as, _group)


def _narrowed(h: _Held, targets: list[Target]) -> list[Target]:
    """Those of some places that are told of: the region around nameless ones, names beside a group; no plurals without more."""
    if len(targets) == 1 and (where := _located_in(targets[0])) is not None:
        targets = [Target(where, PART, extent_words=targets[0].mention.words)]
    kinds = [t.mention.kind is PlaceKind.UNNAMED for t in targets[:2]]
    if kinds == [True, False]:
        apart = {"and", "or"} & set(h.low[targets[0].mention.end : targets[1].mention.start])
        targets = targets[:1] if apart else targets[1:]  # "occupied cities and X", "liberated cities like X"
    return [
        t
        for t in targets
        if (not t.near or _ground_gained(h))
        and not is_bare(t, h.scene)
        and (not t.mention.anaphor or t.extent.kind == "part")  # "the occupied areas of the city"
    ]


def _ground_gained(h: _Held) -> bool:
    """Whether ground is told of that somebody took: "newly captured positions near X" are an advance there."""
    return h.low[h.i] in GAINED and h.low[h.head] in ("position", "positions", "ground", "terrain")


def _the_city(h: _Held) -> list[Target]:
    """ "The occupied city", "X mayor abducted in Russian-occupied city"."""
    group, named = h.group, h.named
    if (
        group is not None
        and group.anaphor in h.scene.words("places.anaphors")
        and group.anaphor not in LANDS
        and h.low[h.i] != "held"
    ):
        return [Target(group)]
    town = named is not None and named.anaphor in h.scene.words("places.towns") and named.end == h.head + 1
    return [Target(named)] if town and named is not None else []


def _before(h: _Held) -> list[Target]:
    return _land_of(h.scene, h.start, h.head)


def _inside(h: _Held) -> list[Target]:
    return _held_in(h.scene, h.start, h.head)


ELSEWHERE: tuple[Rule, ...] = (_the_city, _before, _inside)


def _beside(h: _Held, targets: list[Target]) -> Mention | None:
    """The place that the noun describes: "X, a recently liberated village", "X is very much a contested city"."""
    article, noun, kinds = _article(h), h.head, h.scene.listed(*KINDS)
    while (
        noun < len(h.low) - 1
        and noun - h.head < 3
        and h.low[noun] not in kinds
        and h.tag[noun] in ("JJ", "NN", "HYPH", "VBG")
    ):
        noun += 1  # "a Russian-held rail hub"
    if (
        article <= 0
        or h.low[article] not in ("a", "an", "the")
        or h.low[noun : noun + 1] == ()
        or h.low[noun] not in kinds
    ):
        return None
    joint = _joint(h, article)
    beside = h.scene.inside(h.scene.previous(joint)) if joint > 0 and h.low[joint] in IS else None
    if beside is None or beside.head is not None or beside.kind is PlaceKind.UNNAMED or beside.anaphor:
        return None
    return beside if _describes(h, targets) else None


def _article(h: _Held) -> int:
    """The token before ", the largest Russian-held port", ", the last pocket of rebel-held land"."""
    scene, low = h.scene, h.low
    k = scene.previous(h.start)
    while k > 0 and (scene.tag[k] in ("JJ", "JJS", "JJR", "RB") or low[k] in FOREMOST):
        k = scene.previous(k)
    if k > 1 and low[k] == "of" and low[k - 1] in POCKETS:
        k = scene.previous(k - 1)
        while k > 0 and scene.tag[k] in ("JJ", "JJS"):
            k = scene.previous(k)
    return k


def _joint(h: _Held, article: int) -> int:
    """The comma or the verb before an article: "X, a", "X is very much a", "X has been a"."""
    scene, low = h.scene, h.low
    k = scene.previous(article)
    if k > 0 and low[k] in ("”", '"', "’"):
        k = scene.previous(k)
    while k > 0 and scene.tag[k].startswith("RB") and low[k] not in ("not", "n't", "never"):
        k = scene.previous(k)
    return k - 1 if k > 1 and low[k] in ("been", "become") and low[k - 1] in HAVE else k


def _describes(h: _Held, targets: list[Target]) -> bool:
    """Whether the places found only describe the one that they are put beside: "X, the besieged capital of Y"."""
    if not targets:
        return True
    first, word = targets[0], h.low[h.head]
    return (
        first.mention.anaphor is not None
        or first.mention.kind in (PlaceKind.COUNTRY, PlaceKind.UNNAMED)
        or (word in h.scene.words("places.stretches") and first.extent.kind == "part")
        or (word == "capital" and h.low[h.head + 1 : h.head + 2] == ("of",))
    )


def _of_region(scene: Scene, named: Mention) -> list[Target]:
    """The region of "an occupied Y Oblast village", of which a part is meant, and of "occupied Y Oblast teachers"."""
    typed = scene.low[named.end - 1] in scene.words("names.regions") and named.end - named.start > 1
    if named.kind is not PlaceKind.REGION or not typed or named.head in (None, *scene.words("objects.not_places")):
        return []
    part = named.head in scene.words("places.settlements")
    return [Target(replace(named, head=None), Extent(kind="part") if part else Extent())]


def _located_in(target: Target) -> Mention | None:
    """The region of "Russian-controlled settlements in Y district": of so many as nobody counts, a part of Y is meant."""
    group, where = target.mention, target.container
    uncounted = group.kind is PlaceKind.UNNAMED and group.count is None and len(group.words.split()) == 1
    return where if uncounted and where is not None and where.kind is PlaceKind.REGION else None


def _held_in(scene: Scene, start: int, head: int) -> list[Target]:
    """The town of "Ukrainian-held buildings in eastern Y", of which a part is meant."""
    low = scene.low
    held = start < head - 1 < len(low) - 1 and low[head - 1] in ("held", "controlled")
    held = held and low[head] in scene.words("places.holdings")
    if not held or low[head + 1 : head + 2] not in (("in",), ("within",), ("inside",)):
        return []
    found = places_after(scene, head + 2)
    towns = [t for t in found if not t.near and t.mention.kind is PlaceKind.SETTLEMENT and not t.mention.anaphor]
    return [replace(t, extent=Extent(kind="part")) for t in towns]


def _land_of(scene: Scene, start: int, head: int) -> list[Target]:
    """ "Ukraine's temporarily occupied territories" and "X and other occupied towns": the place stands before."""
    low, k = scene.low, scene.previous(start)
    while k > 0 and scene.tag[k].startswith("RB"):
        k = scene.previous(k)
    if part_of(scene, head) and k > 0 and low[k] == "'s":
        owner = scene.inside(k - 1)
        if (
            owner is None
            and (side := next((s for s in scene.sides if s.end == k), None)) is not None
            and side.word.kind == "name"
        ):
            owner = Mention(side.start, side.end, scene.text(side.start, side.end), PlaceKind.COUNTRY)
        return [Target(owner, Extent(kind="part"))] if owner is not None and owner.anaphor is None else []
    if (
        k > 1
        and low[k] in ("other", "more")
        and low[k - 1] in ("and", "or")
        and (before := scene.inside(k - 2)) is not None
        and before.head is None
    ):
        return [Target(m) for m in list_left(scene, before, joined=True)]
    return []

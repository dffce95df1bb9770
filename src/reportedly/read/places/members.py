"""Groups of places whose members are named beside them: "20 settlements in the last day, including X", "two villages, A and B"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reportedly.model import PlaceKind
from reportedly.read.places.included import all_of, between_dashes, namely, set_out
from reportedly.read.places.leftward import list_left
from reportedly.read.places.slots import places_after
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target

__all__ = ["is_bare", "near_group", "with_members"]

INCLUDES = (("that", "includes"), ("which", "includes"), ("that", "include"), ("which", "include"))
MARKS = frozenset({":", "–", "—", "-"})
MARKED = tuple((mark,) for mark in MARKS)
SET_BESIDE = frozenset({",", ":", "—", "–", "-", "(", "of"})
BEHIND = 16  # tokens from a group to the word that names members
AMONG = ("among", "them")

Rule = Callable[[Scene, list[Target]], list[Target] | None]
"""The places told of, members instead of their group or beside it; None where a rule finds none."""


def with_members(scene: Scene, targets: list[Target]) -> list[Target]:
    """A group whose members are named after it: "20 settlements in the last day, including X"."""
    if not targets:
        return targets
    return next((named for rule in RULES if (named := rule(scene, targets)) is not None), targets)


def _group_at_end(scene: Scene, targets: list[Target]) -> list[Target] | None:
    """ "X and two towns, A and B"."""
    later = (n for n, t in enumerate(targets) if n and t.mention.count == len(targets) - n - 1 > 0)
    n = next(later, None)
    return targets[:n] + with_members(scene, targets[n:]) if n is not None else None


def _as_many(scene: Scene, targets: list[Target]) -> list[Target] | None:
    """ "Two villages, A and B," are A and B."""
    group, names = targets[0].mention, targets[1:]
    if group.kind is not PlaceKind.UNNAMED or not names or group.count != len(names):
        return None
    named = all(t.mention.kind is not PlaceKind.UNNAMED and not t.mention.anaphor for t in names)
    return _of_kind(scene, group, names) if named and scene.low[_behind(scene, targets[0])] in SET_BESIDE else None


def _behind(scene: Scene, target: Target) -> int:
    """The token behind a group with what places it."""
    group, where = target.mention, target.container
    behind = where.end if where is not None and 0 < where.start - group.end < 4 else group.end
    if scene.low[behind : behind + 2] == ("in", "the") and scene.low[behind + 2] in scene.words("places.wide_nouns"):
        behind += 3  # "two other villages in the region, A and B"
    return behind + 2 * (scene.low[behind] in ("further", "farther"))  # "two villages further south, A and B"


def _all_there(scene: Scene, targets: list[Target]) -> list[Target] | None:
    """ "The region, namely A and B", "all of X"."""
    if len(targets) != 1:
        return None
    if around := namely(scene, targets[0]):
        return around
    whole = all_of(scene, targets[0])
    return [whole] if whole is not None else None


def _swathe(scene: Scene, targets: list[Target]) -> list[Target] | None:
    """ "A swathe of the west that includes X"."""
    behind = targets[-1].mention.end
    includes = targets[-1].extent.kind == "part" and scene.low[behind : behind + 2] in INCLUDES
    return targets + places_after(scene, behind + 2) if includes else None


def _in_full(scene: Scene, targets: list[Target]) -> list[Target] | None:
    """What a list behind a mark tells of the share of a country: "holds a fifth of Ukraine: Crimea, most of Luhansk and ..."."""
    if len(targets) != 1 or targets[0].mention.kind is not PlaceKind.COUNTRY or targets[0].extent.kind == "whole":
        return None
    behind = targets[0].mention.end
    shares = places_after(scene, behind + 1) if scene.low[behind : behind + 1] in MARKED else []
    return targets + shares if len(shares) > 1 else None


def _set_out(scene: Scene, targets: list[Target]) -> list[Target] | None:
    """ "Two towns - A, a hub of rail lines, and B, near the border"."""
    group = targets[0].mention
    if not group.count or len(targets) < 2 or scene.low[group.end : group.end + 1] not in MARKED:
        return None
    told = set_out(scene, group, group.end)
    return _of_kind(scene, group, [Target(m) for m in told]) if told else targets


def _behind_colon(scene: Scene, targets: list[Target]) -> list[Target] | None:
    """The members that a colon lists at the end of the sentence: "the following villages were freed: A, B and C"."""
    group = targets[-1].mention
    names = _listed(scene, group) if group.kind is PlaceKind.UNNAMED else []
    return targets[:-1] + names if names else None


def _further_behind(scene: Scene, targets: list[Target]) -> list[Target] | None:
    """ "Ten towns, among them A", "ten towns, A and B included"."""
    k = targets[-1].mention.end
    if targets[-1].mention.kind is not PlaceKind.UNNAMED:
        return None
    around = range(k, min(k + BEHIND, scene.sentence[k - 1][1] - 1))
    named = next((names for j in around if (names := _named_at(scene, targets[-1].mention, j)) is not None), None)
    return targets + named if named is not None else None


RULES: tuple[Rule, ...] = (
    _group_at_end, _as_many, _all_there, _swathe, _in_full, _set_out, _behind_colon, _further_behind,
)  # fmt: skip


def _named_at(scene: Scene, group: Mention, j: int) -> list[Target] | None:
    """The members that the words at j name; None where they are not about members."""
    low, k = scene.low, group.end
    if low[j] in scene.words("places.including") and j + 1 < len(low):
        return places_after(scene, j + 1)
    if low[j : j + 2] in INCLUDES or (j == k + 1 and low[k : k + 3] == (",", "such", "as")):
        return places_after(scene, j + 2)
    last = scene.inside(j - 1)
    if low[j : j + 2] == AMONG and last is not None and last is not group:
        return [Target(m) for m in list_left(scene, last)]  # "three towns - A among them"
    if low[j : j + 2] == AMONG and j + 2 < len(low):
        return places_after(scene, j + 2)
    if low[j] == "included" and last is not None and last.end == j:
        return [Target(m) for m in list_left(scene, last)]
    return None


def _listed(scene: Scene, group: Mention) -> list[Target]:
    """The members of a group behind a mark at the end of its sentence."""
    k, stop = group.end, scene.sentence[group.start][1]
    colon = next((j for j in range(k, min(k + 24, stop)) if scene.low[j] in MARKS), None)
    if colon is None or ";" in scene.low[k:colon]:
        return []
    names = places_after(scene, colon + 1)
    if group.count is None and scene.low[colon] != ":":
        return names if between_dashes(scene, colon, [t.mention for t in names]) else []
    if group.count is not None and len(names) != group.count:
        names = [Target(m) for m in set_out(scene, group, colon)]
    if not names or names[0].mention.start > colon + 2 or any(t.near or t.mention.anaphor for t in names):
        return []
    if any(t.mention.kind is not PlaceKind.SETTLEMENT for t in names):
        return []
    told = group.count is None or group.count == len(names)
    fits = told and scene.low[group.end - 1] in scene.words("places.settlements")
    return _of_kind(scene, group, names) if fits else []


def _of_kind(scene: Scene, group: Mention, names: list[Target]) -> list[Target]:
    """The members of "four regions" as regions."""
    if scene.low[group.end - 1] not in scene.words("places.many_regions"):
        return names
    return [replace(t, mention=replace(t.mention, kind=PlaceKind.REGION)) for t in names]


def near_group(target: Target) -> Target:
    """Advances "in settlements north of X" are near X."""
    if target.mention.kind is PlaceKind.UNNAMED and target.mention.count is None and target.container is not None:
        return Target(target.container, near=True)
    return target


def is_bare(target: Target, scene: Scene | None = None) -> bool:
    """Whether a target is a plural without number or location ("villages"); a nation's ("Ukrainian cities") is located."""
    m = target.mention
    left = scene.low[max(0, m.start - 2) : m.start] if scene is not None else ()
    if scene is not None and any(
        s.end in (m.start, m.start - 1, m.start - 2) and s.word.kind in ("demonym", "name") for s in scene.sides
    ):
        last = scene.low[m.end - 1]
        held = bool(left) and left[-1] in scene.cues.adjectives and last not in scene.words("places.wide")
        if (held or any(s.end == m.start for s in scene.sides)) and last in scene.words("places.settlements"):
            return False
    return m.kind == PlaceKind.UNNAMED and not m.known and target.container is None

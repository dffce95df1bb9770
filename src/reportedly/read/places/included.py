"""Places that are named as members of something wider, or meant by all of its members."""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import Extent, PlaceKind
from reportedly.read.parsing.marks import DASHES
from reportedly.read.places.slots import places_after
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target

__all__ = ["all_of", "between_dashes", "included", "namely", "set_out"]

REACH = 8  # tokens from a region to the places by which its ground is told

PHRASE = frozenset({"DT", "JJ", "JJR", "RB", "RBR", "VBN", "NN", "NNS", "HYPH", "PRP$"})  # before the noun of ground


def all_of(scene: Scene, target: Target) -> Target | None:
    """The region of which all settlements are told: "all villages in X district" are X district."""
    m, region = target.mention, target.container
    if m.kind is not PlaceKind.UNNAMED or m.count is not None or region is None or region.kind is not PlaceKind.REGION:
        return None
    return Target(region) if "all" in scene.low[max(0, m.start - 3) : m.start + 1] else None


def namely(scene: Scene, target: Target) -> list[Target]:
    """The places that ground of a region is told by: "took territory in X near the border, namely around A and B"."""
    if target.mention.kind is not PlaceKind.REGION or target.extent.kind != "part":
        return []
    k = target.mention.end
    stop = min(k + REACH, scene.sentence[k - 1][1] - 2)
    at = next((j for j in range(k, stop) if scene.low[j] == "namely" and scene.low[j - 1] == ","), None)
    if at is None:
        return []
    near = scene.low[at + 1] in ("near", "around")
    return places_after(scene, at + 1 + near, near=near)


def included(scene: Scene, k: int, *, ground: bool = False) -> list[Target]:
    """The places that ground without a place of its own includes: "large swathes of terrain, including A and B"; the ground may
    stand before the verb that ends at k ("the land that it occupies, including in A").
    """
    stop = scene.sentence[k - 1][1]
    j = _counted(scene, k, stop)
    if j > k and scene.low[j : j + 3] == (",", "among", "them"):
        return places_after(scene, j + 3)  # "regained four, among them A and B"
    if j > k and scene.low[j : j + 1] == (",",) and scene.low[j + 1] in scene.words("places.including"):
        return places_after(scene, j + 2)
    j = k
    while j < min(k + 9, stop) and (scene.tag[j] in PHRASE or scene.low[j] == "of") and j not in scene.at:
        j += 1
    sites = scene.listed("places.ground", "places.sites")
    if scene.low[j - 1] not in sites if j > k else not ground:
        return []
    j = _behind_regions(scene, j, stop)
    j += scene.low[j : j + 1] in ((",",), ("—",), ("–",), ("-",))
    if scene.low[j : j + 2] == ("among", "them"):
        return places_after(scene, j + 2)
    if j + 1 >= stop or scene.low[j] not in scene.words("places.including"):
        return []
    within = scene.low[j + 1] == "in"  # "the land it holds, including in A and B": parts of both
    found = places_after(scene, j + 1 + within)
    return [replace(t, extent=Extent(kind="part")) if within and t.extent.kind == "whole" else t for t in found]


def _behind_regions(scene: Scene, j: int, stop: int) -> int:
    """Where "in A and B" behind the ground that ends at j ends: "several locations in A and B, among them the town of C"."""
    k = j
    while k < stop and (k in scene.at or scene.inside(k) or scene.low[k] in ("in", "across", "and", "the")):
        k += 1
    comma = scene.low[k : k + 1] == (",",)
    named = scene.words("places.including") | {"among"}
    return k if k > j and scene.low[k + comma : k + comma + 1] and scene.low[k + comma] in named else j


def _counted(scene: Scene, k: int, stop: int) -> int:
    """Where a number that stands for places ends: "four", "three of the five", "four of them"."""
    if k >= stop - 2 or scene.tag[k] != "CD" or not scene.low[k].isalpha():
        return k
    j = k + 1
    if scene.low[j] == "of":
        j += 1 + (scene.low[j + 1 : j + 2] in (("the",), ("these",), ("those",)))
        j += scene.tag[j : j + 1] == ("CD",) or scene.low[j : j + 1] == ("them",)
    return j


def set_out(scene: Scene, group: Mention, mark: int) -> list[Mention]:
    """The members of a counted group behind a mark, each with its description: "two towns: A, near the border, and B, a hub"."""
    stop = scene.sentence[group.start][1]
    if stop == mark + 1 < len(scene.low):
        stop = scene.sentence[stop][1]  # where the parser lets a sentence begin behind a colon
    found = [m for m in scene.mentions if mark < m.start < stop and _opens_member(scene, m, mark)]
    named = all(m.kind is PlaceKind.SETTLEMENT and m.head is None and m.anaphor is None for m in found)
    return found if named and group.count == len(found) else []


def _opens_member(scene: Scene, m: Mention, mark: int) -> bool:
    """Whether a member of a list begins with a name: behind the mark, a comma, "and" or "as well as", kinds of place aside."""
    k = m.start - 1
    while k > mark and (scene.low[k] in ("the", "of") or scene.low[k] in scene.words("places.whole")):
        k -= 1
    return k == mark or scene.low[k] in ("and", ",", ";") or scene.low[k - 2 : k + 1] == ("as", "well", "as")


def between_dashes(scene: Scene, mark: int, names: list[Mention]) -> bool:
    """Whether names stand between two dashes behind a group that nobody counts: "the villages in the region - A, B - were freed"."""
    if scene.low[mark] not in DASHES or not names or not scene.doc[mark - 1].whitespace_:
        return False  # "along the A-B and A-C lines"
    end = names[-1].end
    return scene.low[end : end + 1] == (scene.low[mark],) and len(names) > 1

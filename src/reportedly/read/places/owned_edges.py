"""The edge of a place that is told with the place as its owner, "on X's eastern outskirts", and shares of the members of a list."""

from __future__ import annotations

from reportedly.read.scene.scene import Scene

__all__ = ["EDGES", "owns_edge", "share_next"]

EDGES = frozenset({"edge", "edges", "fringe", "fringes", "suburbs"})  # which are outskirts
SHARES = frozenset(
    {"all", "most", "half", "much", "nearly", "almost", "about", "around", "some", "roughly", "over", "more", "less"}
)
OWNS = (("'s",), ("’s",), ("'",))


def owns_edge(scene: Scene, k: int) -> bool:
    """Whether the edge of a place begins at token k with the place: "X's eastern outskirts", "its outskirts"."""
    place = scene.at.get(k)
    if scene.low[k : k + 1] == ("its",):
        j = k + 1
    elif place is None or place.head is not None or scene.low[place.end : place.end + 1] not in OWNS:
        return False
    else:
        j = place.end + 1
    while scene.low[j : j + 1] and (scene.low[j] in scene.words("places.compass") or scene.low[j] == "-"):
        j += 1
    return scene.low[j : j + 1] != () and scene.low[j] in EDGES | {"outskirts"}


def share_next(scene: Scene, k: int, stop: int) -> bool:
    """Whether a share of the next member of a list stands at k: "all of Y", "more than 80% of Y"."""
    shares = SHARES | scene.words("places.part") | scene.words("places.nearly")
    if k >= stop or not (scene.low[k] in shares or scene.tag[k] == "CD"):
        return False
    of = next((j for j in range(k + 1, min(k + 6, stop - 1)) if scene.low[j] == "of"), None)
    return of is not None and any(j in scene.at for j in range(of + 1, min(of + 3, stop)))

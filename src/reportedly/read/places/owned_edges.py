"""The edge of a place that is told with the place as its owner: "on X's eastern outskirts", "on its outskirts"."""

from __future__ import annotations

from reportedly.read.scene.scene import Scene

__all__ = ["EDGES", "owns_edge"]

EDGES = frozenset({"edge", "edges", "fringe", "fringes", "suburbs"})  # which are outskirts
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

"""Capitals, and the noun that a name only modifies."""

from __future__ import annotations

from reportedly.read.scene import Scene

__all__ = ["head_noun", "is_capital"]


def is_capital(scene: Scene, i: int) -> bool:
    """Whether token i is written like a name."""
    text = scene.doc[i].text
    return bool(text[:1].isupper()) and any(c.isalpha() for c in text)


def head_noun(scene: Scene, end: int) -> str | None:
    """The noun that the name ending at `end` only modifies, or None if the name stands for itself."""
    low, tag = scene.low, scene.tag
    if end >= len(low) or scene.bracket[end]:
        return None
    if low[end] in ("'s", "'", "’s", "’"):
        return None
    k = end
    if low[k] in ("-", "–") and not scene.doc[k].whitespace_ and k + 1 < len(low):
        if low[k + 1] in ("area", "based", "born", "backed", "bound", "direction"):
            return low[k + 1]
        return None
    while (
        k < len(low)
        and low[k] not in scene.words("places.compass")
        and tag[k] in ("JJ", "NN", "NNS", "NNP", "NNPS", "VBG")
        and not scene.bracket[k]
        and k - end < 4
        and low[k] not in scene.words("places.times")
    ):
        if is_capital(scene, k) and low[k] not in scene.words("names.organisations"):
            break
        k += 1
    if k == end:
        return None
    heads = [low[j] for j in range(end, k) if tag[j].startswith("NN")]
    return heads[-1] if heads else None

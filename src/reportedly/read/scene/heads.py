"""Capitals, and the noun that a name only modifies."""

from __future__ import annotations

from reportedly.read.parsing.marks import DASHES
from reportedly.read.scene.scene import Scene

__all__ = ["head_noun", "is_capital", "shared_head"]


def is_capital(scene: Scene, i: int) -> bool:
    """Whether token i is written like a name."""
    return i < len(scene.written) and scene.written[i][:1].isupper()


def head_noun(scene: Scene, end: int) -> str | None:
    """The noun that the name ending at `end` only modifies, or None if the name stands for itself."""
    low, tag = scene.low, scene.tag
    if end >= len(low) or scene.bracket[end]:
        return None
    if low[end] in ("'s", "'", "’s", "’"):
        return None
    if low[end : end + 2] == ("part", "of") and low[end + 2 : end + 3] in (("its",), ("their",)):
        return None  # "declared X part of its territory"
    if low[end] in ("half", "almost", "nearly") and low[end + 1 : end + 2] in (
        ("in",),
        ("under",),
        ("occupied",),
        ("held",),
    ):
        return None  # "X half in Russian hands"
    k = end
    if low[k] in ("street", "house", "block", "quarter") and set(low[k + 1 : k + 3]) & {"by", "to"}:
        return None  # "took X street by street"
    if low[k] in ("-", "–") and not scene.doc[k].whitespace_ and k + 1 < len(low):
        if low[k + 1] in ("area", "based", "born", "backed", "bound", "direction"):
            return low[k + 1]
        return None
    while (
        k < len(low)
        and low[k] not in scene.words("places.compass")
        and (
            tag[k] in ("JJ", "NN", "NNS", "NNP", "NNPS")
            or (tag[k] == "VBG" and not _goes_on(scene, k))
            or (k == end and _object_for_all(scene, k))
        )
        and not scene.bracket[k]
        and k - end < 4
        and low[k] not in scene.words("places.times")
        and low[k] not in scene.words("clauses.reversal")  # "called the claim of gains near X disinformation"
    ):
        if is_capital(scene, k) and low[k] not in scene.words("names.organisations"):
            break
        k += 1
    if k == end:
        return None
    if low[end:k] == ("part",) and low[k : k + 1] == ("of",):
        return None  # "declared X part of its territory"
    heads = [low[j] for j in range(end, k) if tag[j].startswith("NN") or _object_for_all(scene, j)]
    if heads and k == end + 1 and (_acts(scene, end) or _attacks(scene, end)):
        return None
    return heads[-1] if heads else None


def _acts(scene: Scene, k: int) -> bool:
    """Whether the plural at k is the verb of a headline without any other: "Governor of X flees"."""
    start, stop = scene.sentence[k]
    if scene.low[k] in ("results", "stems") and "from" in scene.low[k + 1 : k + 4]:
        return True  # "progress around X results largely from"
    if scene.tag[k] != "NNS" or scene.low[k] not in scene.words("names.acts"):
        return False
    return not any(scene.tag[j] in ("VBZ", "VBD", "VBP", "MD") for j in range(start, stop))


def _goes_on(scene: Scene, k: int) -> bool:
    """Whether an -ing word tells how something is done: "pushed towards X using tanks"."""
    return scene.doc[k].dep_ == "advcl" and any(c.dep_ in ("dobj", "prep") and c.i > k for c in scene.doc[k].children)


def _attacks(scene: Scene, k: int) -> bool:
    """Whether the word at k is what somebody does to the place right behind it: "units in occupied X attack Y"."""
    if scene.tag[k] != "NN" or scene.low[k] not in scene.words("names.assails") or k + 1 >= len(scene.low):
        return False
    return is_capital(scene, k + 1) and scene.low[k + 1] not in scene.words("names.calendar")


def _object_for_all(scene: Scene, k: int) -> bool:
    """Whether the word at k is the name of an object, for all that the tagger takes it for a verb ("the Melitopol airfield overnight")."""
    return scene.tag[k] in ("VBN", "VBD", "VB", "VBG") and scene.low[k] in scene.words("objects.not_places")


def shared_head(scene: Scene, start: int, end: int, head: str | None) -> str | None:
    """The noun behind a pair of names of which start..end is one ("the Svatove-Kreminna line"), or None without a pair."""
    low = scene.low
    if start > 1 and low[start - 1] in DASHES and not scene.doc[start - 2].whitespace_ and is_capital(scene, start - 2):
        return head
    if end + 1 >= len(low) or low[end] not in DASHES or not is_capital(scene, end + 1):
        return None
    k = end + 1
    while k < len(low) and (is_capital(scene, k) or low[k] in DASHES):
        k += 1
    while k + 1 < len(low) and scene.tag[k].startswith("NN") and scene.tag[k + 1].startswith("NN"):
        k += 1  # "the A-B river line"
    return low[k] if k < len(low) else None

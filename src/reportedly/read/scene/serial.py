"""Verbs in a row whose middle one the tagger takes for an adjective: "The army entered A, captured B, and shelled C"."""

from __future__ import annotations

from reportedly.read.scene.scene import Scene

__all__ = ["in_a_row"]

DESCRIBING = frozenset(
    {"occupied", "annexed", "controlled", "held", "besieged", "contested", "encircled", "run", "ruled"}
)
APART = frozenset({";", ":", "which", "who", "that", "whose", "where", "while", "as", "but"})
REACH = 30  # tokens to the verbs on both sides


def in_a_row(scene: Scene, i: int) -> int | None:
    """The subject of the verb at i, which stands between commas amid other verbs in the past; None where it is no such verb."""
    k = scene.previous(i)
    while k > 0 and scene.tag[k].startswith("RB"):
        k = scene.previous(k)
    if k <= 0 or scene.low[k] != "," or scene.low[i] in DESCRIBING:
        return None
    past = any(kind == "past" for _, kind in scene.cues.verbs.get(scene.low[i], ()))
    if not past or not _another_behind(scene, i):
        return None
    for v in range(k - 1, max(scene.sentence[i][0], k - REACH), -1):
        if scene.low[v] in APART:
            return None
        if scene.tag[v] == "VBD" and not scene.bracket[v]:
            return _subject(scene, v)
    return None


def _subject(scene: Scene, v: int) -> int | None:
    """The subject of the verb at v, or of the one that it is joined to: "advanced near A and left B, captured C, and"."""
    for _ in range(3):
        own = next((int(c.i) for c in scene.doc[v].children if c.dep_ == "nsubj" and c.i < v), None)
        if own is not None or scene.doc[v].dep_ != "conj" or scene.doc[v].head.i > v:
            return own
        v = scene.doc[v].head.i
    return None


def _another_behind(scene: Scene, i: int) -> bool:
    """Whether "and" with another verb in the past follows in the same clause."""
    for j in range(i + 1, min(i + REACH, scene.sentence[i][1] - 2)):
        if scene.low[j] in APART and not scene.bracket[j]:
            return False
        if scene.low[j] == "and" and not scene.bracket[j]:
            v = j + 1
            while v < scene.sentence[i][1] - 1 and scene.tag[v].startswith("RB"):
                v += 1
            if scene.tag[v] == "VBD":
                return True
            if scene.low[v].endswith("ed") and scene.tag[v] in ("VBN", "JJ") and scene.low[v] not in DESCRIBING:
                return scene.tag[v + 1] not in (",", ".")
    return False

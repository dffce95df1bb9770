"""Verbs of denial and what they cover."""

from __future__ import annotations

from reportedly.read.parsing.parsed import opens_anew
from reportedly.read.parsing.tags import TENSED
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import BE, base_of

__all__ = ["contrary_to", "denial_before", "somebodys_claim"]

BESIDE = 8  # tokens from a claim or a denial to what it is about
CONTRARY_WITHIN = 14  # tokens between "contrary to" and what is claimed


def denial_before(scene: Scene, i: int) -> int | None:
    """The verb of denial whose scope covers token i in its sentence, or None."""
    start, _ = scene.sentence[i]
    found: int | None = None
    for k in range(start, i):
        low = scene.low[k]
        if base_of(scene, k, "clauses.deny") and not (
            k + 1 < len(scene.low) and scene.low[k + 1] in ("access", "entry", "responsibility", "involvement")
        ):
            passive = scene.tag[k] == "VBN" and any(w in BE for w in scene.low[max(start, k - 3) : k])
            if passive and "that" not in scene.low[k + 1 : k + 3]:
                continue  # "was dismissed because his forces had lost X"
            if _of_no_moment(scene, k, i) or _of_what_stands_before(scene, k, start):
                continue
            nobody = {"nobody", "none", "few", "no"} & set(scene.low[start : min(start + 2, k)]) and k - start < 8
            if not nobody and not any(
                w in ("not", "n't", "never", "neither", "nor") for w in scene.low[max(start, k - 3) : k]
            ):
                found = k
        elif found is not None and (
            low
            in (
                ";",
                "following",
                "because",
                "after",
                "since",
                "during",
                "but",
                "although",
                "though",
                "while",
                "however",
                "whereas",
            )
            or (low == "and" and k + 1 < i and _saying(scene, k + 1))
            or opens_anew(scene.low, k)
        ):
            found = None
    return found


def _of_what_stands_before(scene: Scene, k: int, start: int) -> bool:
    """Whether the verb at k denies a claim before it and nothing behind: "Backed by Y, a claim Z denies, they took X"."""
    if scene.low[k + 1 : k + 2] != (",",):
        return False
    for j in range(k - 1, max(start, k - BESIDE), -1):
        if scene.low[j] in scene.words("clauses.claim_nouns") | {"which", "charge", "accusation"}:
            return True
        if scene.tag[j] in TENSED:
            return False
    return False


def _saying(scene: Scene, k: int) -> bool:
    """Whether a new report opens at token k ("and said", "and claimed", "said")."""
    return scene.tag[k] in ("VBD", "VBZ", "VBP") or (
        k + 1 < len(scene.low) and scene.tag[k] in ("PRP",) and scene.tag[k + 1] in ("VBD", "VBZ", "VBP")
    )


def contrary_to(scene: Scene, i: int) -> int | None:
    """The "contrary to" of "contrary to Russian claims of seizing X", where token i stands in the claim; else None."""
    claim = False
    for k in range(i - 1, max(scene.sentence[i][0], i - CONTRARY_WITHIN) - 1, -1):
        if scene.low[k] in (",", ";"):
            return None
        claim = claim or scene.low[k] in scene.words("clauses.claim_nouns")
        if scene.low[k : k + 2] == ("contrary", "to"):
            return k if claim else None
    return None


def _of_no_moment(scene: Scene, k: int, i: int) -> bool:
    """Whether the event at i is dismissed at k as what is not untrue: "dismissed the capture of X as unimportant"."""
    if scene.words("clauses.claim_nouns") & set(scene.low[k + 1 : i]):
        return False
    as_ = next((j for j in range(i + 1, min(i + 10, scene.sentence[i][1])) if scene.low[j] == "as"), None)
    return as_ is not None and not scene.words("clauses.reversal") & set(scene.low[as_ + 1 : as_ + 5])


def somebodys_claim(scene: Scene, k: int) -> bool:
    """Whether "alleged" at k tells of a claim spoken of or denied: "denied claims about the alleged capture of X"."""
    before = range(max(scene.sentence[k][0], k - BESIDE), k)
    nouns = scene.words("clauses.claim_nouns")
    return any(scene.low[x] in nouns or base_of(scene, x, "clauses.deny") for x in before)

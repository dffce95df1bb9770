"""Ground gained where an attack was, or where it was meant to lead: "made little progress in their assaults to seize X"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import Extent, PlaceKind
from reportedly.read.places.placing import prep_at
from reportedly.read.places.slots import places_after
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.target import Target

__all__ = ["aimed_at", "attacked_at", "attacked_before"]

FAR = 8  # tokens between a gain and the attack in which it was made
WITHIN = ("in", "during", "with")
BOUND = ("aimed", "intended", "meant", "designed")
TOWARDS = ("on", "against", "at", "toward", "towards", "for")


def aimed_at(scene: Scene, end: int) -> list[Target]:
    """The places that the attack was for in which ground was gained or not, as the words from `end` tell; [] if none does."""
    if scene.low[end : end + 1] == () or scene.low[end] not in WITHIN:
        return []
    stop = scene.sentence[end - 1][1]
    k = end + 1
    while k < min(stop, end + FAR) and scene.low[k] not in scene.words("clauses.strives"):
        if k in scene.at and k not in scene.side_at:
            return []
        k += 1
    if k >= min(stop - 1, end + FAR):
        return []
    k += 1
    k += scene.low[k] in BOUND
    if scene.low[k : k + 1] in (("to",), ("at",), ("of",)) and scene.tag[k + 1 : k + 2] in (("VB",), ("VBG",)):
        return [t for t in _near(scene, k + 2) if scene.low[k + 1] in scene.cues.verbs]
    return _near(scene, k + 1) if k < len(scene.low) and scene.low[k] in TOWARDS else []


def _near(scene: Scene, k: int) -> list[Target]:
    """The places of the phrase at k, as ground near them."""
    whole = [t for t in places_after(scene, k) if t.mention.kind is not PlaceKind.COUNTRY and not t.mention.anaphor]
    return [replace(t, near=True) for t in whole]


def attacked_at(scene: Scene, subject: int, i: int) -> list[Target]:
    """Where attacks drove somebody back: "counteroffensives in X Oblast pushed Russian forces back to the river"."""
    if scene.low[subject] not in scene.words("clauses.attacks") or not scene.tag[subject].startswith("NN"):
        return []
    hit = next(
        (h for k in range(subject + 1, min(subject + 4, i)) if (h := prep_at(scene, k, ("in", "near", "around", "N")))),
        None,
    )
    if hit is None:
        return []
    inside = hit[0] == "in"
    found = places_after(scene, hit[1], end=i, near=not inside)
    return [replace(t, extent=Extent(kind="part")) if inside and t.extent.kind == "whole" else t for t in found]


def attacked_before(scene: Scene, i: int) -> list[Target]:
    """Where the attack was that "pushing them back" at i goes on from: "counterattacked near X, pushing Russian forces back"."""
    if scene.tag[i] != "VBG" or scene.low[i - 1] not in (",", "and"):
        return []
    for k in range(i - 2, scene.sentence[i][0], -1):
        if scene.low[k] in scene.words("clauses.attacks") and not scene.bracket[k]:
            hit = next(
                (h for j in range(k + 1, min(k + 3, i)) if (h := prep_at(scene, j, ("in", "near", "around", "N")))),
                None,
            )
            found = places_after(scene, hit[1], end=i, near=hit[0] != "in") if hit is not None else []
            return [
                replace(t, extent=Extent(kind="part")) if not t.near and t.extent.kind == "whole" else t for t in found
            ]
        if scene.low[k] in (";", "that", "while"):
            break
    return []

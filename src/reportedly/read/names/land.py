"""Vague parts of a country ("southern Ukraine") and its land ("Ukrainian territory"), which no gazetteer has."""

from __future__ import annotations

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.model import PlaceKind
from reportedly.read.scene.heads import head_noun, is_capital
from reportedly.read.scene.scene import Mention, Scene

__all__ = ["land_at"]

JOINTS = frozenset({"and", "-", "or"})


def land_at(scene: Scene, i: int, parties: Parties) -> Mention | None:
    """A vague part of a country ("southern Ukraine") or its land ("Ukrainian territory"), which no gazetteer has."""
    low, k = scene.low, i
    compass = scene.words("places.compass")
    while k < len(low) and (low[k] in compass or (k > i and (low[k] in JOINTS or _listed_side(scene, k)))):
        k += 1
    side = scene.side_at.get(k)
    if (
        side is None
        or side.word.party is None
        or not (party := parties.party(side.word.party))
        or party.kind != "state"
    ):
        return None
    if (
        k > i
        and side.word.kind is SideKind.NAME
        and low[i] in compass
        and low[k - 1] in compass
        and head_noun(scene, side.end) is None
    ):
        joined = next((j for j in range(i + 1, k - 1) if low[j] in ("and", "or", ",")), None)
        if joined is not None:  # "northern and eastern X" are two
            words = f"{scene.text(i, joined)} {scene.text(side.start, side.end)}"
            return Mention(i, joined, words, PlaceKind.REGION, vague=True)
        return Mention(i, side.end, scene.text(i, side.end), PlaceKind.REGION, vague=True)
    if k == i and side.word.kind in (SideKind.NAME, SideKind.DEMONYM):
        end = side.end
        while end < len(low) and low[end] in ("'s", "sovereign", "temporarily", "occupied", "own", "the"):
            end += 1
        regions = (
            end == side.end and i > 0 and low[i - 1] in scene.cues.adjectives and side.word.kind is SideKind.DEMONYM
        )
        regions = regions and end < len(low) and low[end] in scene.words("places.wide")  # "occupied Ukrainian regions"
        if regions or (end < len(low) and low[end] in ("territory", "territories", "lands", "land", "soil")):
            stop = side.end if low[side.end] == "'s" else end + 1
            if (
                (regions or low[end] == "territory")
                and low[end + 1 : end + 2] == ("of",)
                and is_capital(scene, min(end + 2, len(low) - 1))
            ):
                return None  # "the Moldovan territory of Transnistria" is Transnistria, "the occupied Ukrainian regions of X" are X
            if low[side.end] == "'s":
                return None
            return Mention(i, stop, scene.text(i, stop), PlaceKind.COUNTRY, part=True)
    return None


def _listed_side(scene: Scene, k: int) -> bool:
    """Whether a comma at k stands between compass words ("southern, eastern and northern X")."""
    compass = scene.words("places.compass")
    return (
        scene.low[k] == ","
        and scene.low[k - 1] in compass
        and scene.low[k + 1 : k + 2] != ()
        and scene.low[k + 1] in compass
    )

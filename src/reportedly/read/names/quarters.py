"""Quarters of a country that are told of without its name: "Russian gains in the east", "the army holds the north"."""

from __future__ import annotations

from reportedly.model import PlaceKind
from reportedly.read.scene.scene import Mention, Scene

__all__ = ["is_quarter", "quarter_at"]

QUARTERS = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "north-east",
        "north-west",
        "south-east",
        "south-west",
    ]
)
FAR = frozenset({"far", "extreme", "entire", "whole", "rural", "mountainous", "desert"})
WAYS = frozenset({"to", "from", "towards", "toward", "on"})  # "from the north" tells a way, no land
FOLLOWED = ("NN", "JJ", "CD", "VBG")  # tags of what a quarter would only describe ("the east bank")


def quarter_at(scene: Scene, i: int) -> Mention | None:
    """The quarter of a country that starts at token i: "the east", "the far north"; not "the rebel-held east",
    which may be that of a town.
    """
    low = scene.low
    second = i > 2 and low[i - 1] in ("and", "or") and low[i - 2] in QUARTERS and low[i - 3] == "the"
    second = second or _bare(scene, i)
    if not second and (low[i] != "the" or (i and low[i - 1] in WAYS)):
        return None
    if not scene.words("places.towns").isdisjoint(low[scene.sentence[i][0] : i]):
        return None  # of the town spoken of
    k = i if second else i + 1
    k += low[k : k + 1] != () and low[k] in FAR
    if k >= len(low) or low[k] not in QUARTERS or scene.written[k] != low[k]:
        return None  # "the West" is no land
    end = k + 1
    joined = low[end : end + 1] in (("and",), ("or",)) and end + 2 < len(low)
    if joined and (low[end + 2] == "of" or (low[end + 1] in QUARTERS and scene.tag[end + 2].startswith(FOLLOWED))):
        return None  # "the south and east of X", "the northeast and southeast outskirts"
    if end < len(low) and (low[end] in ("of", "-", "–", "'s", "’s", "by") or scene.tag[end].startswith(FOLLOWED)):
        return None
    return Mention(k, end, scene.text(k, end), PlaceKind.REGION, vague=True)


def _bare(scene: Scene, i: int) -> bool:
    """Whether a headline leaves out the article: "army takes control of south; Y says"."""
    if i < 3 or scene.low[i - 1] != "of":
        return False
    end = i + 1
    closed = end >= len(scene.low) or scene.low[end] in (",", ".", ";", ":", "-", "–", "as", "after", "amid")
    return closed and scene.low[i - 2] in ("control", "most", "much", "parts")


def is_quarter(m: Mention) -> bool:
    """Whether a mention is a quarter of a country that is not named."""
    return m.vague and m.words.lower() in QUARTERS

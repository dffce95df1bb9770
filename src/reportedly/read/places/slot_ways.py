"""Words of a noun phrase that lead to a place: what joins and ties it, and what may stand before its name.

Each function looks at the word that a scan has come to: True where the scan goes on behind it, False where it ends there, None
where the word is none of its own.
"""

from __future__ import annotations

from reportedly.model import Extent, PlaceKind
from reportedly.read.places.listing import GROUPS
from reportedly.read.places.slot_scan import Scan
from reportedly.read.places.slot_words import (
    compound_kind,
    name_behind,
    named_after,
    named_kind,
    past_object,
    second_noun,
    side_describes,
    two_sides,
)
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.target import Target

__all__ = ["joined", "passed_over"]

COMPARING = frozenset({"larger", "bigger", "smaller", "greater"})  # "an area larger than Denmark"
AROUND = frozenset({"near", "around", "outside", "toward", "towards", "along", "beyond", "past"})
EDGES = frozenset({"edge", "edges", "outskirts", "fringe", "fringes"})
ZONES = frozenset({"zone", "area", "areas", "zones", "sector", "district", "districts"})
SKIPPED_TAGS = ("DT", "PRP$", "PDT", "JJ", "JJR", "JJS", "CD", "RB", "RBR", "POS", "VBN", "HYPH")


def joined(s: Scan) -> bool | None:
    """What ties a place to the noun before it ("of", "in", "near") or joins one to another ("northern and eastern X")."""
    scene, k = s.scene, s.k
    low, opened, ground = scene.low[k], s.opened, s.ground
    if (
        low in ("in", ",")
        and opened
        and not s.found
        and s.extent.kind == "whole"
        and (named := name_behind(scene, k, s.stop))
    ):
        s.found.append(Target(named[-1], s.extent, s.near, container=named[0] if len(named) > 1 else None))
        return False  # "the last stronghold in Darfur, El Fasher"
    if s.ground and not s.found and (members := _members(scene, k)) is not None:
        s.extent, s.words, s.ground, s.opened = Extent(), "", False, True
        return s.to(members)  # "large swathes of territory, including A and B"
    if low in ("and", ",", "or") and two_sides(scene, k):
        return s.on(1)  # "northern and eastern X"
    if low == "and" and opened and not s.found and (beyond := second_noun(scene, k, s.stop)) is not None:
        return s.to(beyond)  # "the town and stronghold of X"
    if low == "or" and opened and k > s.first and scene.low[k + 1 : k + 2] in (("all",), ("most",), ("even",)):
        return s.on(2)  # "part or all of X"
    if low in GROUPS and scene.low[k + 1 : k + 2] == ("of",):
        s.opened = True  # "a group of small villages"
        return s.on(1)
    part = opened and s.extent.kind == "part"
    if (low == "of" and opened) or (
        low in ("in", "within", "inside", "at", "throughout", "across") and (ground or part)
    ):
        return s.on(1)
    if low == "in" and opened and scene.low[k - 1] in scene.words("places.enclosed") and not s.found:
        s.part(scene.low[k - 1])  # "an enclave in the city of X"
        return s.on(1)
    if low == "on" and part and set(scene.low[k + 1 : k + 5]) & EDGES:
        return s.on(1)  # "a district on the western edge of X"
    if low in ("control", "possession") and scene.low[k + 1 : k + 2] in (("of",), ("over",)):
        s.opened = True  # "control of X has passed to ..."
        return s.on(2)
    if low in ("flank", "flanks") and scene.low[k + 1 : k + 2] == ("of",):
        s.nearby()
        return s.on(2)
    return _around(s)


def _members(scene: Scene, k: int) -> int | None:
    """The token behind ", including" or ", among them" at k, where ground is told by the places in it."""
    j = k + 1 if scene.low[k] in (",", "—", "–", "-") else k
    if scene.low[j : j + 1] and scene.low[j] in scene.words("places.including"):
        return j + 1
    return j + 2 if j > k and scene.low[j : j + 2] == ("among", "them") else None


def _around(s: Scan) -> bool | None:
    """Ground around a place: "areas near X", but not "areas outside of the X region"."""
    scene, k = s.scene, s.k
    low = scene.low[k]
    if low == "outside" and (s.ground or s.opened) and _beyond_region(scene, k):
        return False  # "areas outside of the X region"
    if low in AROUND and (s.ground or s.opened):
        s.nearby()
        return s.on(1)
    counts = k + 1 < s.stop and (scene.tag[k + 1] in ("CD", "DT", "PDT", "JJR") or scene.low[k + 1] == "half")
    if low == "around" and k == s.first and scene.low[k - 1] != "from" and not counts:
        return False  # "took around X" is no object
    return None


def passed_over(s: Scan) -> bool | None:
    """What only describes: articles, adjectives, quotation marks, sides, other nouns before the noun of a place."""
    scene, k, stop = s.scene, s.k, s.stop
    low, tag = scene.low[k], scene.tag[k]
    if (
        low in scene.words("places.passed_over")
        or tag in SKIPPED_TAGS
        or (low == "occupied" and tag == "VBD" and k > s.first and scene.tag[k - 1] == "JJ")
        or (low in ("least", "more", "most", "at") and scene.low[k - 1] not in COMPARING)
        or (low == "than" and scene.low[k - 1] in ("more", "less", "fewer"))  # not "more ground than Y took"
    ):
        return s.on(1)
    if side_describes(scene, k, stop):
        return s.to(scene.side_at[k].end)
    behind = scene.low[k + 1 : k + 2]
    described = k + 1 < stop and (scene.low[k + 1] in scene.words("places.whole") or scene.low[k + 1] == "-")
    if (low in scene.words("places.describing") and described) or tag == "``" or low in ('"', "“", "'", "‘", "”"):
        return s.on(1)
    if (after := past_object(scene, k, stop)) is not None:
        return s.to(after)
    if (past := compound_kind(scene, k, stop)) is not None:
        return s.to(past)  # "the diamond-mining town of X"
    if (
        tag in ("NN", "VBG")
        and behind
        and k + 2 < stop
        and (named_kind(scene, k + 1, many=True) or _whole_of(scene, k + 1))
    ):
        return s.on(1)  # "the hilltop town of X", "the riverside villages of X and Y", "the trading hub of X"
    if (
        tag == "NN"
        and k + 3 < stop
        and behind == ("-",)
        and scene.tag[k + 2] in ("VBN", "JJ", "VBG")
        and k not in scene.at
    ):
        return s.on(1 if scene.tag[k + 2] != "VBG" else 3)  # "the gold-rich enclave of X"
    if low == "de" and behind == ("facto",):
        return s.on(2)  # "the de facto capital of X"
    if low == "following" and not s.found:
        return s.on(1)  # "the following villages"
    if tag in ("NN", "VBG") and behind and behind[0] in ZONES:
        return s.on(1)  # "the peacekeeping zone in X"
    return None


def _whole_of(scene: Scene, k: int) -> bool:
    """Whether "hub of X" stands at k, or another such word for all of a place; its centre is a part."""
    centre = scene.low[k] in ("center", "centre", "centers", "centres")
    whole = scene.low[k] in scene.words("places.whole") and not centre
    return whole and scene.low[k + 1] == "of" and named_after(scene, k + 1) is not None


def _beyond_region(scene: Scene, k: int) -> bool:
    """Whether "outside" at k leads out of a region or country, which ground there is not near."""
    j = k + 1
    while j < len(scene.low) and (scene.low[j] == "of" or scene.tag[j] == "DT"):
        j += 1
    named = scene.at.get(j)
    return named is not None and (
        named.kind in (PlaceKind.REGION, PlaceKind.COUNTRY) or named.anaphor in ("region", "province")
    )

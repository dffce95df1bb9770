"""How much of a place is meant: parts, percentages, exceptions, and areas that are measured."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.names.groups import NUMBERS
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import verb_group

__all__ = [
    "adverb_extent",
    "capital_name",
    "describes_whole",
    "measure_at",
    "only_modifies",
    "part_of",
    "quantity_at",
    "shared_part",
    "spared_at",
]

BELOW = frozenset({"town", "towns", "city", "cities", "village", "villages", "settlement", "settlements"})
SEATED = frozenset(
    {"regional", "district", "provincial", "administrative", "mining", "trading", "trade", "commercial", "economic"}
)  # of which a town is the centre


def part_of(scene: Scene, k: int) -> bool:
    """Whether a part of a place is named at k ("eastern outskirts", "occupied territories")."""
    for j in range(k, min(k + 5, len(scene.low))):
        if j in scene.at and not (scene.at[j].end == j + 1 and scene.low[j] in scene.words("places.part")):
            return False
        if scene.low[j] in scene.words("places.part"):
            return True
        bank = scene.low[j] in ("left", "right", "-", "bank")  # "X's left-bank suburbs"
        if not (bank or scene.tag[j] in ("JJ", "VBN", "RB") or scene.low[j] in scene.words("places.compass")):
            return False
    return False


def measure_at(scene: Scene, k: int, stop: int) -> int | None:
    """If an area is measured at k ("400 square kilometres and"), the token after it; a bare area is no place."""
    low, j = scene.low, k
    while j < stop and (scene.tag[j] == "CD" or low[j] in ("about", "some", "over", "around", "nearly", "roughly")):
        j += 1
    if j == k or j >= stop or low[j] not in ("square", "sq", "sq.", "km", "km2", "hectares"):
        return None
    while j < stop and low[j] in (
        "square",
        "sq",
        "sq.",
        "km",
        "km2",
        "kilometers",
        "kilometres",
        "miles",
        "hectares",
        "meters",
        "metres",
        "of",
        "territory",
        "and",
        "land",
        ".",
    ):
        j += 1
    return j


def only_modifies(scene: Scene, k: int) -> bool:
    """Whether a part word is no part here: "district centers of", "breakaway territories of"."""
    nxt = scene.low[k + 1 : k + 2]
    if scene.low[k] in ("centre", "center") and scene.low[k - 1] in SEATED:
        return True  # "the regional centre of X", "the mining centre of X" are X
    if scene.low[k] == "suburb" and scene.low[k + 1 : k + 2] == ("of",):
        before = scene.low[max(0, k - 2) : k]
        return "the" in before or "neighbouring" in before or "neighboring" in before  # "the suburb of X" is X
    named = scene.low[k] in ("territories", "regions", "areas", "republics") and scene.low[k - 1] in (
        "breakaway",
        "separatist",
    )
    return named or bool(nxt and nxt[0] in scene.words("places.whole") and nxt[0] not in scene.words("places.part"))


def capital_name(scene: Scene, k: int) -> bool:
    """Whether token k is a capitalised part of a name ("Half Moon")."""
    return bool(scene.doc[k].text[:1].isupper()) and scene.tag[k].startswith("NNP")


def describes_whole(scene: Scene, k: int, stop: int) -> bool:
    """Whether a compass word only says where a named place lies: "the southeastern Ukrainian city of X"."""
    for j in range(k + 1, min(k + 6, stop)):
        if scene.low[j] in scene.words("places.part") and scene.low[j] not in ("suburb", "port"):
            return False
        if (
            scene.low[j] in scene.words("places.whole")
            and scene.low[j + 1 : j + 2]
            and (scene.low[j + 1] in ("of", '"', "“") or j + 1 in scene.at)
        ):
            return scene.low[j] not in ("oblast", "region", "province")
        if j in scene.at:
            end = scene.at[j].end
            if scene.at[j].kind is PlaceKind.REGION and scene.low[end : end + 1] and scene.low[end] in BELOW:
                return scene.low[end + 1 : end + 2] == ("of",)  # "the northern Kyiv region towns of A and B"
            one = scene.at[j].anaphor is not None or scene.at[j].count == 1
            return one and scene.low[j] in ("town", "city", "village")  # "captures key eastern town"
    return False


def shared_part(scene: Scene, start: int, nxt: int) -> bool:
    """Whether "parts of" or "two-thirds of" before a list counts for all its members: it does until another part word."""
    low, including = scene.low, scene.words("places.including")
    start = next(
        (k for k in range(nxt - 1, start - 1, -1) if low[k] in including), start
    )  # "a fifth of Y, including X"
    spoken = [k for k in range(start, nxt) if scene.inside(k) is None]
    if low[start:nxt] and {"positions", "position"} & set(low[start:nxt]) and "in" in low[start:nxt]:
        return True  # "positions in A and B"
    if any(
        low[k] in scene.words("places.shared") or low[k] in ("%", "percent") or fraction_at(scene, k) for k in spoken
    ):
        return True
    many = next(
        (k for k in range(nxt, min(nxt + 12, scene.sentence[nxt][1])) if low[k] in scene.words("places.many_regions")),
        None,
    )
    return many is not None and any(low[k] in ("most", "half", "much") for k in spoken)  # "most of A, B and C oblasts"


def quantity_at(scene: Scene, k: int) -> tuple[Extent, int] | None:
    """ "90 per cent of", "all but two", "half of", "two-thirds of": the extent and the token after the words."""
    low, tag = scene.low, scene.tag
    if k >= len(low):
        return None
    if tag[k] == "CD" and low[k].replace(".", "").replace(",", "").isdigit():
        value = float(low[k].replace(",", ""))
        if low[k + 1 : k + 2] in (("%",), ("percent",)):
            return _percent(value), k + 2
        if low[k + 1 : k + 3] == ("per", "cent"):
            return _percent(value), k + 3
    if tag[k] == "CD" and low[k] in NUMBERS and low[k + 1 : k + 2] == ("percent",):
        return _percent(float(NUMBERS[low[k]])), k + 2
    if tag[k] == "CD" and low[k] in NUMBERS and low[k + 1 : k + 3] == ("per", "cent"):
        return _percent(float(NUMBERS[low[k]])), k + 3
    if tag[k] == "CD" and low[k + 1 : k + 2] in (("to",), ("-",), ("–",)) and tag[k + 2 : k + 3] == ("CD",):
        upper = quantity_at(scene, k + 2)  # "80 to 90 percent"
        return (Extent(kind="part"), upper[1]) if upper is not None and upper[0].kind == "percent" else None
    if low[k] == "between" and (found := _up_to(scene, k)) is not None:
        return Extent(kind="part"), found
    if low[k] == "all" and low[k + 1 : k + 2] == ("but",) and k + 2 < len(low):
        rest = quantity_at(scene, k + 2) if tag[k + 2] == "CD" else None
        if rest is not None and rest[0].value is not None:
            return _percent(100 - rest[0].value), rest[1]
        count = NUMBERS.get(low[k + 2], int(low[k + 2]) if low[k + 2].isdigit() else 1)
        j = k + 3
        while j < len(low) and (
            low[j] in scene.words("places.settlements") or low[j] in ("of", "the", "a") or tag[j] == "JJ"
        ):
            j += 1
        return Extent(kind="all_but", value=float(count)), j
    if (
        low[k] == "all"
        and k
        and low[k - 1] in scene.words("places.nearly")
        and low[k + 1 : k + 2] in (("of",), ("the",))
    ):
        return Extent(kind="part"), k + 1
    if low[k] in scene.words("places.nearly") and low[k + 1 : k + 2] == ("all",):
        return Extent(kind="part"), k + 2
    if k and low[k : k + 2] in (("the", "entire"), ("the", "whole")) and low[k - 1] in scene.words("places.nearly"):
        return Extent(kind="part"), k + 2
    if low[k] in ("half", "most", "much") and low[k + 1 : k + 2] in (("of",), ("the",)):
        return Extent(kind="part"), k + 1
    if (end := fraction_at(scene, k)) is not None:
        return Extent(kind="part"), end
    return None


def _up_to(scene: Scene, k: int) -> int | None:
    """The token after "between a third and half of", "between 60 and 70 percent" at k, else None."""
    joint = next((j for j in range(k + 2, min(k + 5, len(scene.low) - 1)) if scene.low[j] == "and"), None)
    upper = quantity_at(scene, joint + 1) if joint is not None else None
    return upper[1] if upper is not None else None


def fraction_at(scene: Scene, k: int) -> int | None:
    """The token after "two-thirds", "a quarter", "one fifth" at k, where "of" follows; None for anything else."""
    low, j = scene.low, k
    if not (low[j] in ("a", "an") or scene.tag[j] == "CD"):
        return None
    j += 2 if low[j + 1 : j + 2] in (("-",), ("–",)) else 1
    found = low[j : j + 1] and low[j] in scene.words("places.fractions")
    if found and low[j + 1 : j + 3] == (",", "of"):
        return j + 2  # "44,600 square miles, or about one-fifth, of X"
    return j + 1 if found and low[j + 1 : j + 2] == ("of",) else None


def spared_at(scene: Scene, k: int, stop: int) -> Extent | None:
    """ "except A and B", "with the exception of two villages" behind a place at k: all of it but so many."""
    low, j = scene.low, k
    if low[j : j + 1] == (",",):
        j += 1
    if low[j : j + 4] == ("with", "the", "exception", "of"):
        j += 4
    elif low[j : j + 2] in (("except", "for"), ("apart", "from"), ("aside", "from")):
        j += 2
    elif low[j : j + 1] in (("except",), ("excluding",)):
        j += 1
    else:
        return None
    if j >= stop:
        return None
    group = next((m for m in scene.mentions if j <= m.start < j + 3), None)
    if group is not None and group.count is not None:
        return Extent(kind="all_but", value=float(group.count))
    if group is not None and group.kind is PlaceKind.UNNAMED:
        return Extent(kind="part")  # "except a few villages near X"
    count, end = 0, j
    for m in scene.mentions:
        if (
            j <= m.start < stop
            and m.start - end < 4
            and not any(scene.tag[x].startswith("VB") for x in range(end, m.start))
        ):
            count, end = count + 1, m.end
    return Extent(kind="all_but", value=float(count)) if count else Extent(kind="part")


def _percent(value: float) -> Extent:
    return Extent(kind="percent", value=value)


def adverb_extent(scene: Scene, i: int, targets: list[Target], relation: Relation) -> list[Target]:
    """ "partially reclaimed", "100 percent liberated": the extent that stands with the verb; who has largely withdrawn from
    a place has given up all of it.
    """
    group = verb_group(scene, i)
    words = [scene.low[k] for k in group] + [scene.low[i + 1] if i + 1 < len(scene.low) else ""]
    words = words[:-1] if scene.low[i + 1 : i + 3] == ("half", "a") else words  # "took half a dozen villages"
    extent: Extent | None = None
    lost = relation is Relation.LOSES
    partly = scene.words("places.partly") if lost else scene.listed("places.partly", "places.mostly")
    if any(w in partly for w in words):
        extent = Extent(kind="part")
    if not lost and any(a in scene.words("places.nearly") and b.endswith("ly") for a, b in pairwise(words)):
        extent = Extent(kind="part")  # "is almost entirely controlled"
    for n, word in enumerate(words):
        if word in ("percent", "%") or words[n : n + 2] == ["per", "cent"]:
            number = words[n - 1].replace(",", "") if n else ""
            if number.replace(".", "").isdigit():
                extent = Extent(kind="percent", value=float(number))
    if extent is None:
        return targets
    return [replace(t, extent=extent) if t.extent.kind == "whole" or extent.kind == "percent" else t for t in targets]

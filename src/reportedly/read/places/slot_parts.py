"""Words of a noun phrase that say how much of a place is meant: counts, shares, parts, quarters of the compass, ground.

Each function looks at the word that a scan has come to: True where the scan goes on behind it, False where it ends there, None
where the word is none of its own.
"""

from __future__ import annotations

from reportedly.model import Extent
from reportedly.read.places.extents import capital_name, describes_whole, measure_at, only_modifies, quantity_at
from reportedly.read.places.placing import closer_place, compass_of
from reportedly.read.places.slot_scan import Scan
from reportedly.read.places.slot_words import compass_name, own_part, owner_of_ground, relative
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.target import Target

__all__ = ["counted", "directed", "grounded"]

BANKS = frozenset({"left", "right"})
INSIDE = (("in", "the"), ("of", "the"), ("within", "the"))  # "in the south of X" is in X, "to the south of X" is not


def counted(s: Scan) -> bool | None:
    """Own parts ("its eastern part"), measures, quantities, and "it" in a list."""
    scene, k = s.scene, s.k
    if (own := own_part(scene, k, s.stop)) is not None:
        s.take(s.anaphor("it"), Extent(kind="part"), own)
        return False
    shared = s.extent.kind == "percent" or scene.low[k - 2] in ("most", "much")
    if scene.low[k] == "it" and shared and scene.low[k - 1] == "of":
        s.take(s.anaphor("it"), s.extent)
        return False  # "hold 64 percent of it", "most of it"
    closed = scene.low[k + 2 : k + 3] in (('"',), ("”",), ("'",), ("’",))  # '"... have retaken it," the general said'
    if scene.low[k] == "it" and k + 1 < s.stop and scene.low[k + 1] in ("and", ",") and not closed:
        s.found.append(Target(s.anaphor("it")))
        return s.on(2)
    if scene.low[k : k + 2] == ("some", "of"):
        s.part("some of")  # "controls some of the northern parts of X"
        s.opened = True
        return s.on(2)
    if scene.low[k] in ("none", "any") and scene.low[k + 1 : k + 2] == ("of",):
        return s.on(2)  # "controls none of the four regions"
    if (left := _left_of(scene, k)) is not None:
        s.opened = True
        return s.to(left)
    if s.ground and scene.tag[k] == "CD" and (after := compass_of(scene, k)) is not None:
        s.nearby()  # "positions 700 meters west of X"
        return s.to(closer_place(scene, after, s.stop) or after)
    measured = measure_at(scene, k, s.stop)
    if measured is not None:
        compass = scene.words("places.compass")
        inside = scene.low[measured : measured + 2] == ("in", "the")
        inside = inside and not compass.isdisjoint(scene.low[measured + 2 : measured + 3])
        if inside and scene.low[measured + 3 : measured + 5] in (("part", "of"), ("parts", "of")):
            s.part(scene.text(s.first, measured))
            return s.to(measured + 5)  # "13 square kilometres in the northern part of X"
        if scene.low[measured - 1] == "of":
            s.part(scene.text(max(s.first, measured - 3), measured))  # "1,000 square kilometres of X"
        return s.to(_share_beside(scene, measured) or measured)
    quantity = quantity_at(scene, k)
    if quantity:
        s.extent, end = quantity
        s.words, s.opened = scene.text(max(s.first, end - 3), end), True
        return s.to(end)
    low = scene.low[k]
    if scene.low[k + 1 : k + 3] == ("-", "bank") and (low in scene.words("places.compass") or low in BANKS):
        s.part(scene.text(k, k + 3))
        s.opened = True
        return s.on(3)  # "right-bank Kherson Oblast"
    if low == "other" and scene.low[k + 1 : k + 2] == ("than",):
        return False  # "any regional capital other than X"
    many = low in ("up", "as") and scene.low[k + 1 : k + 2] in (("to",), ("many",))
    if many and any(t == "CD" for t in scene.tag[k + 2 : k + 4]):
        return s.on(3 if low == "as" else 2)  # "up to 15 villages", "as many as five towns"
    return s.on(1) if low in ("'s", "'") else None


LEFT = (("was", "left"), ("is", "left"), ("'s", "left"), ("had", "been", "left"), ("remains",), ("remained",))
REMAINS = frozenset({"ruins", "rubble", "remains", "remnants"})


def _left_of(scene: Scene, k: int) -> int | None:
    """The token behind "what was left of", "what remains of", "the ruins of" at k: of a place, that is all of it."""
    low = scene.low
    if low[k] in REMAINS and low[k + 1 : k + 2] == ("of",):
        return k + 2
    if low[k] != "what" and low[k : k + 2] != ("all", "that"):
        return None
    k += 1 if low[k] == "what" else 2
    end = next((k + len(words) for words in LEFT if low[k : k + len(words)] == words), k)
    return end + 1 if end > k and low[end : end + 1] == ("of",) else None


def grounded(s: Scan) -> bool | None:
    """Nouns of a place, of a part of one and of ground: "the territory of X", "areas of X", "positions in X"."""
    scene, k = s.scene, s.k
    low, of = scene.low[k], scene.low[k + 1 : k + 2] == ("of",)
    if low == "territory" and of and (scene.low[k - 1] in ("the", "entire", "whole") or _of_side(s)):
        s.opened = True  # "the territory of X" is X
        return s.on(1)
    if low in ("line", "lines") and scene.low[k - 1] in ("trench", "tree"):
        s.ground = s.opened = True  # "a trench line west of X"
        return s.on(1)
    if low == "area" and s.ground and scene.low[k - 1] in ("the", "general") and of:
        s.nearby()  # "territory in the area of X"
        return s.on(2)
    if low == "district" and of and scene.low[k - 1] not in ("a", "one", "another"):
        s.opened = True  # "the district of X" is X
        return s.on(1)
    if low in scene.words("places.part") and only_modifies(scene, k):
        s.opened = True
        return s.on(1)
    all_of_it = scene.low[k - 1] in ("all", "every") or scene.low[k - 2 : k] == ("all", "the")
    if of and all_of_it and low in scene.words("places.part") - scene.words("places.ground"):
        s.opened = True  # "all districts of X"
        return s.on(1)
    if low in ("position", "positions") and scene.low[k - 1] in scene.words("objects.posts"):
        return False  # "took senior positions in the administration of X"
    street = low == "street" and scene.low[k - 1] == "single"  # "does not hold a single street of X"
    if (low in scene.words("places.part") and not capital_name(scene, k)) or street:
        s.ground = s.ground or low in scene.words("places.ground")
        s.extent, s.words, s.opened = s.extent if s.extent.kind == "percent" else Extent(kind="part"), low, True
        return s.on(1)
    if low == "port" and capital_name(scene, k) and of:
        return False  # "the Port of X" is a harbour
    if low in scene.words("places.whole"):
        s.opened = True
        return s.on(1)
    return None


def directed(s: Scan) -> bool | None:
    """Quarters of the compass: a part of a place, ground beside it, or a word of its name."""
    scene, k = s.scene, s.k
    low = scene.low[k]
    if low not in scene.words("places.compass"):
        return _held(s)
    after = compass_of(scene, k)
    if k > 0 and scene.low[k - 1] in scene.cues.adjectives and scene.low[k + 1 : k + 2] == ("of",):
        s.part(low)
        s.opened = True
        return s.on(1)  # "the occupied south of X"
    inside = scene.low[max(0, k - 2) : k] in INSIDE
    inside = inside or (
        k - 1 == s.first and scene.low[s.first] == "the" and scene.low[s.first - 1 : s.first] != ("to",)
    )
    if after is not None and inside:  # "controls the north of X", "in the north of X"
        s.part(low)
        s.opened = True
        return s.to(after)
    if after is not None:
        if not (s.opened or s.ground):
            return False
        s.nearby()
        return s.to(closer_place(scene, after, s.stop) or after)
    owned = k > 0 and (scene.low[k - 1] == "'s" or any(x.end == k for x in scene.sides))
    if not owned and not compass_name(scene, k) and not describes_whole(scene, k, s.stop):
        s.part(low)
    return s.on(1)


def _share_beside(scene: Scene, k: int) -> int | None:
    """The token of the share that an area is also told as: "114,500 sq km, or 19% of X", "44,600 square miles, about a fifth of X"."""
    if scene.low[k : k + 1] not in ((",",), ("or",), ("–",), ("—",)):
        return None
    j = k + 1
    while j < len(scene.low) and scene.low[j] in (
        "or",
        "about",
        "around",
        "roughly",
        "nearly",
        "some",
        "almost",
        "over",
    ):
        j += 1
    return j if quantity_at(scene, j) is not None else None


def _of_side(s: Scan) -> bool:
    """Whether the adjective of a nation ends right before the scan: "the Moldovan territory of X"."""
    return s.k > 0 and s.scene.tag[s.k - 1] in ("JJ", "NNP") and s.scene.written[s.k - 1][:1].isupper()


def _held(s: Scan) -> bool | None:
    """Ground told of by who holds it or where it lies: "positions there", "the territory it held in X", "territory in and around X"."""
    scene, k = s.scene, s.k
    low = scene.low[k]
    if s.ground and low == "there" and not s.found:
        s.take(s.anaphor("town"), Extent(kind="part"))
        return False  # "maintain positions there"
    if low == "there" and not s.found and k > 0 and scene.low[k - 1] == "from":
        s.take(s.anaphor("town"), Extent())
        return False  # "withdrew from there"
    if s.ground and low in ("it", "they") and (held := relative(scene, k, s.stop)) is not None:
        return s.to(held)  # "40 percent of the territory it held in X"
    behind = scene.low[k + 1 : k + 2]
    if (scene.tag[k] in ("NN", "VBG") or low == "lost") and behind and behind[0] in scene.words("places.ground"):
        return s.on(1)  # "hilltop positions in X"
    if s.ground and low == "in" and scene.low[k + 1 : k + 3] in (("and", "around"), ("and", "near")):
        return s.on(3)  # "territory in and around X"
    if (past := owner_of_ground(scene, k, s.stop)) is not None:
        return s.to(past)  # "the group's strongholds of X"
    return None

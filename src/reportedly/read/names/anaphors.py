"""Words that point back to a place: "the town", "this key city", "its outskirts", "city" in a headline."""

from __future__ import annotations

from reportedly.model import PlaceKind
from reportedly.read.scene.heads import is_capital
from reportedly.read.scene.scene import Mention, Scene

__all__ = ["PARTS", "POINTERS", "anaphor_at"]

POINTERS = frozenset(["the", "this", "that", "its", "our", "their"])
ATTRIBUTES = 7  # tokens of "the small salt-mining town" before its noun
SHARED = frozenset({"half", "most", "much", "third", "thirds", "quarter", "quarters", "percent", "%", "all", "rest"})
PARTS = ("center", "centre", "outskirts", "limits", "suburbs")
BARE = (
    "places.anaphors",
    "places.towns_meant",
)  # nouns that may take up a place without an article, "suburb" among them
OUTER = frozenset({"outskirts", "suburbs"})
NO_QUARTER = (("part", "in"), ("outskirts", "and"), ("suburbs", "and"))  # what stands behind words that tell of more
CLOSED = (".", ",", "and", ";", ":", "after", "as", "amid")  # behind what ends a phrase


def anaphor_at(scene: Scene, i: int) -> Mention | None:
    """Words from token i on that point back to a place."""
    low = scene.low
    noun = low[i] in scene.listed(*BARE)
    if noun and (_shared(scene, i) or _bare_town(scene, i)):
        return Mention(i, i + 1, scene.text(i, i + 1), PlaceKind.SETTLEMENT, known=True, anaphor=low[i])
    if i + 1 >= len(low):
        return None
    if low[i] not in POINTERS and not (low[i] in ("his", "her") and low[i + 1] in scene.words("places.towns_meant")):
        return None
    k = _behind_attributes(scene, i)
    if k is None:
        return None
    if (quarter := _quarter_at(scene, i)) is not None:
        return quarter
    nouns = scene.words("places.anaphors")
    while k + 1 < len(low) and scene.tag[k] in ("NN", "NNS") and scene.tag[k + 1] == "NN" and low[k + 1] in nouns:
        k += 1
    if k >= len(low) or low[k] not in nouns or scene.bracket[k] or _goes_on(scene, i, k):
        return None
    return Mention(i, k + 1, scene.text(i, k + 1), PlaceKind.SETTLEMENT, known=True, anaphor=low[k])


def _shared(scene: Scene, i: int) -> bool:
    """Whether a noun without an article ends "control of city", "half of town"."""
    low = scene.low
    if i < 2 or low[i - 1] != "of" or low[i] not in scene.words("places.anaphors"):
        return False
    shared = low[i - 2] == "control" or low[i - 2] in SHARED
    ends = i + 1 >= len(low) or low[i + 1] in CLOSED
    return shared and (scene.tag[i] == "NN" or low[i] == "strip") and ends


def _behind_attributes(scene: Scene, i: int) -> int | None:
    """The token behind the adjectives that follow a pointer at i; None where a name does."""
    low, k = scene.low, i + 1
    while k < len(low) and k - i < ATTRIBUTES and _describes(scene, k):
        if is_capital(scene, k):
            return None
        k += 1
    held = _held_by_side(scene, k + (scene.tag[k : k + 1] == ("RB",)))  # "the mostly Russian-occupied port city"
    return held if held is not None else k


def _describes(scene: Scene, k: int) -> bool:
    """Whether token k is an adjective or the like, or part of one ("salt-mining")."""
    tag = scene.tag
    return (
        tag[k] in ("JJ", "JJS", "VBN", "CD", "HYPH")
        or (tag[k] in ("NN", "NNS") and tag[k + 1 : k + 2] == ("HYPH",))
        or (tag[k] in ("NN", "VBG") and tag[k - 1] == "HYPH")
        or (tag[k] == "NNP" and not is_capital(scene, k))
        or scene.low[k] in ("key", "entire", "whole", "eastern", "frontline")
    )


def _goes_on(scene: Scene, i: int, k: int) -> bool:
    """Whether what follows the noun at k makes it another place, a named one, or none: "the town of X", "the city council"."""
    low, tag, end = scene.low, scene.tag, k + 1
    if end >= len(low):
        return False
    if low[end] == "of" and not _counts_people(scene, end):
        return True
    if low[end] == "-" or (low[end] in PARTS and low[end + 1 : end + 2] == ("of",)):
        return True
    if low[k] == "territory" and end + 1 < len(low):
        if low[end] in ("it", "they") and tag[end + 1].startswith(("VB", "RB")):
            return True  # "the territory it (once) held in X"
        owned = low[i] in ("its", "their", "our")
        if owned and low[end] in ("at", "in", "around", "near") and is_capital(scene, end + 1):
            return True  # "its last territory at X"
    return tag[end] in ("NN", "NNS", "NNP", "NNPS") and not scene.bracket[end] and low[end] not in PARTS


def _bare_town(scene: Scene, i: int) -> bool:
    """Whether a headline takes up a town without an article: "army denies town has fallen", "flag goes up over city"."""
    low, tag, start = scene.low, scene.tag, scene.sentence[i][0]
    heads = i == start and low[i] != "city"  # which may be a club
    if low[i] != "suburb" and low[i] not in scene.words("places.towns_meant"):
        return False
    if not tag[i].startswith("NN") or (is_capital(scene, i) and not heads):
        return False
    behind, kind = (low[i + 1], tag[i + 1]) if i + 1 < len(low) else (".", ".")
    acts = kind in ("VBZ", "VBD", "VBN", "MD") and behind not in ("is", "was")
    acts = acts or behind in ("now", "still", "back", "fully")
    if i == start:
        return acts
    told = tag[i - 1] in ("VBZ", "VBP", "VBD") or low[i - 1] in ("that", ":", ";", "as", "after", "since", "but")
    fled = low[i] == "capital" and tag[i - 1].startswith("VB") and low[i - 1] in scene.cues.verbs
    within = fled or (low[i - 1] in ("over", "from", "inside") and low[i - 2 : i - 1] != ("out",))
    within = within or (low[i - 1] == "in" and kind in ("VBN", "VBD"))
    return (told and acts) or (within and (acts or behind in (".", ",", ";", "as", "after", "amid")))


def _quarter_at(scene: Scene, i: int) -> Mention | None:
    """ "In the western and northern outskirts", "on its edge" without a name: a part of the settlement spoken of."""
    low = scene.low
    if low[i] not in ("the", "its") or low[i - 1 : i] not in (
        *(((low[i - 1],),) if i and low[i - 1] in scene.cues.verbs else ()),  # "entered the outskirts"
        ("in",),
        ("into",),
        ("to",),
        ("on",),
        ("within",),
        ("from",),
        ("of",),
    ):
        return None
    k, held_on = i + 1, low[max(0, i - 2) : i] == ("on", "to")
    while k < len(low) and (low[k] in scene.words("places.compass") or (k > i + 1 and low[k] in ("and", ","))):
        k += 1
    if (
        (k == i + 1 and low[i] == "the" and not (low[k] in OUTER and (low[i - 1] in scene.cues.verbs or held_on)))
        or k >= len(low)
        or (low[k] not in scene.words("places.quarters") and not (low[k] in ("part", "parts") and k > i + 1))
        or low[k] in ("district", "districts")
    ):
        return None
    if low[k + 1 : k + 2] and (
        low[k + 1] in ("of", "'s", "-") or (low[k], low[k + 1]) in NO_QUARTER or scene.tag[k + 1].startswith("NN")
    ):
        return None
    return Mention(i, k + 1, scene.text(i, k + 1), PlaceKind.SETTLEMENT, known=True, anaphor="town", part=True)


def _held_by_side(scene: Scene, k: int) -> int | None:
    """The token behind "Russian-occupied" at k."""
    side = scene.side_at.get(k)
    if side is None or scene.low[side.end : side.end + 1] not in (("-",), ("–",)):
        return None
    return side.end + 2 if any(w in scene.cues.adjectives for w in scene.low[side.end + 1 : side.end + 2]) else None


def _counts_people(scene: Scene, k: int) -> bool:
    """Whether "of" at k tells how many live there: "the city of two million people", "the town of some 40,000"."""
    j = k + 1
    while (
        j < len(scene.low) and j - k < 7 and (scene.tag[j] in ("CD", "RB", "DT", "JJR", "IN") or scene.low[j] == "some")
    ):
        j += 1
    counted = any(scene.tag[x] == "CD" for x in range(k + 1, j))
    people = j < len(scene.low) and scene.low[j] in scene.words("places.peopled")
    return counted and (people or "million" in scene.low[k:j] or j >= len(scene.low) or scene.low[j] in (",", "."))

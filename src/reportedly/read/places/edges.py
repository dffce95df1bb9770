"""Where a clause ends and where a phrase of place goes on."""

from __future__ import annotations

from reportedly.model import PlaceKind
from reportedly.read.places.placing import prep_at
from reportedly.read.scene.dated_phrases import time_phrase
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import HELPERS

__all__ = [
    "clause_edge",
    "coordinated_prep",
    "gains_of",
    "goes_on",
    "is_made",
    "is_period",
    "object_head",
    "past_target",
]

WAYS = frozenset({"highway", "road", "motorway", "railway", "river", "border", "line", "coast", "front", "frontline"})
ASIDE = 8  # tokens of "along the T0513 highway"
LEG = 9  # tokens from the quarter of the compass to where an advance leads
CLAUSE_WORDS = frozenset(
    [
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "where",
        "while",
        "amid",
        "amidst",
        "despite",
        "after",
        "because",
        "if",
        "although",
        "though",
        "since",
        "whereas",
        "when",
        "before",
        "until",
        "whether",
        "but",
        "unless",
        "as",
    ]
)


def object_head(scene: Scene, k: int, stop: int) -> bool:
    """Whether the noun phrase at k is an object that is no ground ("a camp", "the steel plant")."""
    j = k
    while (
        j < stop and j - k < 6 and scene.tag[j] in ("DT", "JJ", "NN", "NNS", "NNP", "VBN", "VBG", "PRP$", "POS", "HYPH")
    ):
        j += 1
    return j > k and scene.low[j - 1] in scene.words("objects.not_places")


def is_period(target: Target) -> bool:
    """Whether a target is no place but a time ("in May")."""
    return target.mention.words.lower() in ("may", "march", "august")


def past_target(scene: Scene, target: Target) -> int:
    """The token after a target with all that places it."""
    end = target.container.end if target.container else target.mention.end
    return scene.following(end)


def coordinated_prep(scene: Scene, k: int, stop: int, preps: tuple[str, ...]) -> int | None:
    """Where a coordinated prepositional phrase starts at k ("and near Y", ", west of Z"), or None."""
    j = k = time_phrase(scene, k) or k  # "of A on Monday and of B on Tuesday"
    j = k = _past_aside(scene, k, stop, preps)
    if scene.low[k : k + 2] == ("to", "the") and k + 2 < stop and scene.low[k + 2] in scene.words("places.compass"):
        k = j = k + 3  # "from A to the north and from B"
    while j < stop and j - k < 4 and (scene.low[j] in (",", "and", "or", "nor", ";", "also") or scene.bracket[j]):
        j += 1
    if scene.low[j : j + 3] == ("as", "well", "as"):
        j += 3  # "in A as well as within B"
    if j == k or j >= stop:
        return None
    aside = scene.low[k:j] == (",",) and scene.low[j : j + 2] == ("in", "the")
    if aside and scene.low[j + 2 : j + 3] and scene.low[j + 2] in scene.words("places.compass"):
        return None  # "X, in the north of Y"
    if scene.low[k:j] == (",",) and _region_around(scene, k, j, stop):
        return None
    if prep_at(scene, j, preps) is not None:
        return j
    return _leg(scene, j, stop) if "toward" in preps else None


def _region_around(scene: Scene, k: int, j: int, stop: int) -> bool:
    """Whether the phrase at j only tells where the town before the comma at k lies: "Robotyne, in western Zaporizhia Oblast"."""
    town = scene.inside(k - 1) if k else None
    if town is None or town.kind is not PlaceKind.SETTLEMENT or scene.low[j] != "in":
        return False
    j += 1
    while j < stop and (scene.low[j] in scene.words("places.part") or scene.low[j] in scene.words("places.compass")):
        j += 1
    region = scene.at.get(j)
    if region is None or region.kind not in (PlaceKind.REGION, PlaceKind.COUNTRY):
        return False
    return not any(
        scene.low[x] in ("and", "or") and scene.low[x + 1] == "in"
        for x in range(region.end, min(region.end + 2, stop - 1))
    )


def _past_aside(scene: Scene, k: int, stop: int, preps: tuple[str, ...]) -> int:
    """The token behind what only places the towns before k: "in A and B along the highway and in C", "in A, near B and in C"."""
    j = k + (scene.low[k : k + 1] == (",",))
    beside = j < stop and scene.low[j] in ("near", "outside") and scene.low[j] not in preps
    if beside and (town := scene.at.get(j + 1)) is not None:
        return town.end
    if j >= stop or scene.low[j] != "along":
        return k
    while j < stop and j - k < ASIDE and scene.low[j] not in ("and", ","):
        if scene.tag[j].startswith("VB"):
            return k
        j += 1
    return j if j < stop and scene.low[j - 1] in WAYS else k


def _leg(scene: Scene, k: int, stop: int) -> int | None:
    """The "toward" of another leg of an advance at k: "and east along the coast toward Y"."""
    if scene.low[k] not in scene.words("places.compass"):
        return None
    for j in range(k + 1, min(k + LEG, stop)):
        if scene.low[j] in ("toward", "towards"):
            return j
        if not scene.tag[j].startswith(("IN", "DT", "NN", "JJ", "RB")):
            return None
    return None


def clause_edge(scene: Scene, k: int, stop: int) -> bool:
    """Whether a new clause starts at k: a finite verb, a subordinator, or a strong mark."""
    low, tag = scene.low[k], scene.tag[k]
    if tag in ("VBD", "VBZ", "VBP", "MD") or low in (";", ":"):
        return True
    if low in CLAUSE_WORDS and tag in ("IN", "WDT", "WP", "WRB", "CC", "DT"):
        return low != "that" or tag != "DT"
    if low == "," and scene.low[k + 1 : k + 2] in (("and",), ("but",), ("while",)):
        side = scene.side_at.get(k + 2)  # ", and Ukrainian forces counterattacked near Y"
        if side is not None and side.end < stop and scene.tag[side.end] in ("VBN", "VBD"):
            return True
    if low == "," and scene.low[k + 1 : k + 2] in (("and",), ("but",)) and _opens_elsewhere(scene, k + 2, stop):
        return True
    return low in ("and", ",") and k + 1 < stop and scene.tag[k + 1] in ("VBD", "VBZ", "VBP", "VBG", "PRP", "MD")


def _opens_elsewhere(scene: Scene, k: int, stop: int) -> bool:
    """Whether a clause about another place starts at k: ", and in Y they were pushed back", but not ", and in Y on Monday"."""
    place = scene.at.get(k + 1) or scene.at.get(k + 2)
    if scene.tag[k : k + 1] != ("IN",) or place is None or place.end + 1 >= stop:
        return False
    j = place.end
    j += scene.low[j] in scene.words("places.direction")
    j += scene.tag[j] == "DT"
    side = scene.side_at.get(j) or scene.side_at.get(place.end)
    then = side.end if side is not None else j + 1 if scene.tag[j] == "PRP" else stop
    return then < stop and scene.tag[then] in ("VBD", "VBZ", "VBP", "MD")


def is_made(scene: Scene, k: int) -> bool:
    """Whether the auxiliary at k belongs to a verb that only says that a gain was made ("no advances were recorded near X"),
    or k is that verb as a headline has it ("enemy progress detected in X").
    """
    if scene.low[k] in scene.words("clauses.made") and scene.tag[k] in ("VBN", "VBD"):
        return scene.low[k - 1] in scene.words("clauses.gained")
    aux = scene.low[k] in HELPERS
    return aux and any(low in scene.words("clauses.made") for low in scene.low[k + 1 : k + 4])


def goes_on(scene: Scene, k: int) -> bool:
    """Whether the verb at k only says that an event goes on ("fighting continues in X", "clashes broke out in X")."""
    return scene.low[k] in scene.words("clauses.going_on")


def gains_of(scene: Scene, i: int) -> bool:
    """Whether a plural at i that the tagger takes for a verb follows the adjective of a nation: "potential Ukrainian advances"."""
    nation = any(s.end == i and s.word.kind == "demonym" and not scene.low[i - 1].endswith("s") for s in scene.sides)
    return nation and scene.low[i] in scene.words("clauses.gained")

"""The place that a description before a clause is of: "X, a town of 17,000 before the war that", "leaving A and B as the only cities"."""

from __future__ import annotations

from reportedly.model import PlaceKind
from reportedly.read.parsing.marks import ASIDE
from reportedly.read.places.leftward import list_left
from reportedly.read.places.placing import compass_of, is_measure
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target

__all__ = ["SEATS", "close_to", "described_by", "left_as", "placed_by", "town_of", "town_within"]

AWAY = frozenset({"away", "inland", "upstream", "downstream", "there"})
BESIDE = frozenset({"neighbouring", "neighboring", "nearby", "adjacent", "adjoining"})
TOLD = frozenset({"and", "or", ";", ":"})
SEATS = frozenset({"capital", "seat", "centre", "center", "hub"})


def described_by(scene: Scene, anchor: int) -> Mention | None:
    """The named place that the noun at an anchor describes: "X is the last city of the region that they do not control"."""
    token = scene.doc[anchor]
    if (
        (token.lower_ in ("area", "position", "part") or token.lower_ in scene.words("places.stretches"))
        and token.dep_ == "appos"
        and scene.low[token.left_edge.i - 1] in ASIDE
    ):
        return scene.inside(token.left_edge.i - 2)  # "in central X, an area that they held"
    kinds = scene.listed("places.settlements", "places.whole", "places.described")
    if token.lower_ not in kinds or token.head.i >= anchor:
        return None
    if token.dep_ == "attr" and token.head.lemma_ in ("be", "remain"):
        subject = next((c.i for c in token.head.children if c.dep_ == "nsubj"), None)
    else:
        subject = token.head.i if token.dep_ == "appos" else None
    found = scene.inside(subject) if subject is not None else None
    named = found is not None and found.head is None and not found.anaphor and found.kind is not PlaceKind.UNNAMED
    return found if named else None


def left_as(scene: Scene, noun: int) -> list[Target]:
    """The places that a noun describes as what is left: "leaving A and B as the only cities", "leaving A the last town"."""
    if noun < 0:
        return []
    start = scene.sentence[noun][0]
    wide = scene.inside(noun)
    if wide is not None and wide.anaphor is None and scene.low[scene.previous(wide.start)] in ("in", "of"):
        noun = scene.previous(wide.start)  # "the only capital in Y"
    elif scene.low[noun] in scene.words("names.regions"):
        noun = scene.previous(noun)
    while noun > start and (scene.tag[noun] == "DT" or scene.low[noun] in ("in", "of")):
        noun = scene.previous(noun)
    if scene.low[noun] not in scene.listed("places.whole", "places.settlements") | SEATS | {"capitals"}:
        return []
    k, ruled = scene.previous(noun), False
    while (
        k > start
        and (scene.tag[k] in ("DT", "JJ", "JJS", "NN", "CD", "RB"))
        and ((named := scene.inside(k)) is None or named.anaphor)
    ):
        ruled = ruled or scene.low[k] in scene.words("places.last")
        k = scene.previous(k)
    k = scene.previous(k) if scene.low[k] == "as" else k
    last = scene.inside(k) if ruled and k > start else None
    if last is None or last.head is not None or last.kind is PlaceKind.UNNAMED:
        return []
    places = list_left(scene, last)
    verb = scene.previous(places[0].start)
    if scene.low[verb] in ("only", "just"):
        verb = scene.previous(verb)
    return [Target(m) for m in places] if scene.low[verb] in ("leaving", "leaves", "left") else []


def close_to(scene: Scene, near: Mention) -> Mention | None:
    """The place that a town is described as: "X, a city close to Y which", where `near` is Y."""
    start, k = scene.sentence[near.start][0], scene.previous(near.start)
    first = k
    while (
        k > start
        and near.start - k < 8
        and (scene.tag[k] in ("CD", "DT", "RB") or scene.low[k] in scene.words("places.close_by"))
    ):
        k = scene.previous(k)
    if k == first or scene.low[k] not in scene.words("places.settlements"):
        return None
    group = scene.inside(k)
    while k > start and scene.tag[k] in ("NN", "JJ", "DT", "VBG"):
        k = scene.previous(k)
    place = scene.inside(scene.previous(k)) if scene.low[k] == "," else None
    if place is not None and place.head is None and place.kind is PlaceKind.SETTLEMENT:
        return place
    counted = group is not None and group.kind is PlaceKind.UNNAMED and group.count is not None
    return group if counted else None  # "three villages near Y that they held"


def placed_by(scene: Scene, k: int) -> Mention | None:
    """The place that a phrase between commas which ends at k only puts on the map: "X, some 70 km to the north, which"."""
    start, j = scene.sentence[k][0], k
    while j > start and scene.low[j] != "," and k - j < 12:
        j -= 1
    if j <= start or k <= j or scene.low[j] != "," or scene.low[k + 1 : k + 2] != (",",):
        return None
    far = any(is_measure(scene, x + 1) for x in range(j + 1, k + 1))
    way = (
        compass_of(scene, j + 1) is not None
        or _beside_border(scene, j + 1, k)
        or (far and scene.low[k] in scene.words("places.compass") | AWAY)
    )
    if not way or any(scene.tag[x].startswith("VB") for x in range(j + 1, k + 1)):
        return None
    named = scene.inside(j - 1)
    fits = named is not None and named.head is None and named.kind is PlaceKind.SETTLEMENT
    return named if fits else None


def _beside_border(scene: Scene, j: int, k: int) -> bool:
    """Whether "on the border with Y", "near the Russian border" stands from j to k, which takes no clause of its own."""
    ends = {"border", "frontier", "coast", "river"} & set(scene.low[j : k + 1])
    return scene.low[j] in ("on", "near", "along", "at", "by", "across") and bool(ends)


def town_of(scene: Scene, k: int) -> Mention | None:
    """X of "X, a town of 17,000 before the war that", where the phrase that ends at k names no other ground."""
    start, j = scene.sentence[k][0], k
    while j > start and scene.low[j] != "," and k - j < 12:
        if scene.tag[j].startswith("VB") or scene.low[j] in TOLD:
            return None
        j -= 1
    if j <= start or scene.low[j] != "," or scene.low[j + 1] not in ("a", "an", "the") or k - j < 4:
        return None
    town = next((x for x in range(j + 2, min(j + 5, k)) if scene.low[x] in scene.words("places.settlements")), None)
    if town is None:
        return None
    other = scene.listed("places.part", "names.regions")
    if any(x in scene.at or scene.low[x] in other for x in range(town + 1, k + 1)):
        return None
    named = scene.inside(j - 1)
    fits = named is not None and named.head is None and named.kind is PlaceKind.SETTLEMENT and not named.anaphor
    return named if fits else None


def town_within(scene: Scene, k: int) -> Mention | None:
    """X of "X, a village in the Y region that" and "X was the last city of the region that", where the region ends at token k."""
    region = scene.inside(k) if k >= 0 else None
    wide = region is not None and region.kind in (PlaceKind.REGION, PlaceKind.COUNTRY)
    j = scene.previous(region.start if region is not None else k)
    wide = wide or scene.low[j] in BESIDE  # "towns in neighbouring Luhansk"
    wide = wide or (region is not None and region.head is None and not region.anaphor and _town_in(scene, j))
    if not wide and scene.low[k] not in scene.words("names.regions"):
        return None  # "the region" takes one up
    while j > 0 and (scene.low[j] in scene.words("places.compass") or scene.tag[j] == "DT" or scene.low[j] in BESIDE):
        j = scene.previous(j)
    noun = scene.previous(j)
    if j < 2 or scene.low[j] not in ("in", "of", "outside") or scene.tag[noun] not in ("NN", "NNS"):
        return None
    if scene.low[noun] not in (scene.words("places.settlements") | SEATS) - scene.words("names.regions"):
        return None
    group = scene.inside(noun)
    single = group is not None and group.kind is PlaceKind.UNNAMED and group.count == 1 and scene.tag[noun] == "NN"
    start = noun
    while start > scene.sentence[k][0] and scene.tag[start - 1].startswith(("DT", "JJ", "NN", "HYPH", "CD")):
        if (within := scene.inside(start - 1)) is not None and within.anaphor is None and within is not group:
            return None
        start -= 1
    if scene.low[start - 1] not in ASIDE | {"is", "was", "became", "remains", "remained"}:
        counted = group is not None and group.kind is PlaceKind.UNNAMED and (group.count or 0) > 1
        return group if single or counted else None  # "a village in the Y region that they control"
    named = scene.inside(start - 2)
    return named if named is not None and named.kind is PlaceKind.SETTLEMENT and named.head is None else None


def _town_in(scene: Scene, j: int) -> bool:
    """Whether "the last city in" ends at j: what is behind it is wider than a town."""
    noun = scene.previous(j)
    if scene.low[j] not in ("in", "outside") or scene.low[noun] not in ("city", "town", "capital"):
        return False
    left = scene.low[max(scene.sentence[j][0], noun - 4) : noun]
    return bool((scene.words("places.last") | {"first"}) & set(left)) or any(
        scene.tag[k] == "JJS" for k in range(max(scene.sentence[j][0], noun - 4), noun)
    )

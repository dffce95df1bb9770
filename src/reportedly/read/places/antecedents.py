"""What a relative clause or a participle is about: the places of the noun phrase before it."""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.places.described import SEATS, close_to, described_by, left_as, placed_by, town_of, town_within
from reportedly.read.places.extents import quantity_at
from reportedly.read.places.leftward import apposed, list_left, one_of_group, with_part
from reportedly.read.places.slots import places_after
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.subjects import phrase_of
from reportedly.read.scene.target import Target

__all__ = ["antecedent_places", "part_of_whose", "share_of_which"]

BORDERS = frozenset({"border", "borders", "crossing", "crossings", "frontier", "post", "gate"})
TOWNS = frozenset({"city", "town", "village", "settlement", "hamlet", "hub", "port", "stronghold"})
SHARE = 7  # tokens of "only about half of which"


def _town_in(scene: Scene, country: Mention) -> Mention | None:
    """The town right before "in" a country: "the city of X in Y, which had been seized by"."""
    k = country.start - 1 - (scene.tag[country.start - 1] == "DT")
    town = scene.inside(k - 1) if k > 0 and scene.low[k] == "in" else None
    return town if town is not None and town.kind is PlaceKind.SETTLEMENT and town.head is None else None


def antecedent_places(scene: Scene, i: int, head: int | None = None) -> list[Target]:
    """The places that a relative clause or a participle at token i is about: those of the noun phrase before it."""
    anchor = head
    if scene.low[i] == "whose":  # "X, whose capital Y they entered"
        return next(([Target(scene.at[k])] for k in range(i + 1, i + 5) if k in scene.at), [])
    if anchor is None:
        token = scene.doc[i]
        verb = token.head if token.pos_ != "VERB" else token
        for _ in range(4):
            if verb.dep_ in ("relcl", "acl"):
                anchor = verb.head.i
                break
            if verb.head.i == verb.i:
                break
            verb = verb.head
    if anchor is not None and (described := described_by(scene, anchor)) is not None:
        part = scene.low[described.start - 1] in scene.words("places.compass")
        return [Target(described, Extent(kind="part") if part else Extent())]
    if anchor is not None and (named := _before_aside(scene, i, anchor)) is not None:
        return [Target(named)]
    k = scene.previous(i)
    beyond = scene.inside(scene.previous(k) if k > 0 and scene.low[k] == "," else k) if k >= 0 else None
    before = scene.low[max(0, beyond.start - 2) : beyond.start] if beyond is not None else ()
    if before[1:] == ("with",) and before[0] in BORDERS:
        return []  # "the border crossing with X, which they hold"
    if scene.low[i] == "which" and k > 1 and scene.low[k] == "," and (far := placed_by(scene, scene.previous(k))):
        return [Target(m) for m in list_left(scene, far)]  # "X and Y, near the border, which"
    ground = anchor is not None and scene.low[anchor] in scene.words("places.part") and scene.low[anchor + 1] == "of"
    if (
        anchor is not None
        and not ground  # "the part of X that they hold"
        and scene.low[anchor] in scene.words("objects.not_places")
        and scene.inside(anchor) is None
        and not (scene.doc[i].head.lemma_ == "annex" and scene.inside(scene.previous(i) - 1) is not None)
    ):
        return []  # "the factory in X, which they captured"
    if left := left_as(scene, anchor if anchor is not None else k):
        return left
    if (town := town_within(scene, k)) is not None and scene.doc[i].head.lemma_ != "annex":
        return [Target(m) for m in list_left(scene, town)]
    while k >= 0 and (scene.low[k] in (",", "which", "that", "and") or scene.tag[k] == "RB"):
        k = scene.previous(k)
    if _won_object(scene, k):
        return []
    if (far := placed_by(scene, k) or town_of(scene, k)) is not None:
        return [Target(far)]
    near = scene.inside(k) if k >= 0 else None
    if near is not None and near.kind is PlaceKind.COUNTRY and (town := _town_in(scene, near)) is not None:
        return [Target(town)]
    bare = near is None and k >= 0 and anchor is not None and anchor != k and scene.inside(anchor) is None
    if bare and scene.low[k] in scene.words("places.part"):
        return []  # "works in the territory controlled by Y": of land without a name
    if anchor is None and near is None:
        return []
    if near is not None and anchor is not None and scene.low[i] == "which" and scene.tag[anchor] == "NNS":
        anchor = k if scene.low[anchor] in scene.words("clauses.civilians") else anchor  # "residents of X, which"
    if anchor is not None and scene.low[anchor] in scene.words("clauses.civilians"):
        return []  # "the people of X who are occupied"
    if near is not None and (beside := close_to(scene, near)) is not None:
        return [Target(beside)]
    if near is not None and near.head is None:
        x = scene.previous(near.start)
        while x > 0 and scene.low[x] in scene.words("places.compass"):
            x = scene.previous(x)
        region = x > 1 and scene.low[x] == "of" and scene.low[scene.previous(x)] in scene.words("names.regions")
        if region:
            x = _before_region(scene, scene.previous(x))  # "X, a town in the northern region of Y, which"
        holder = scene.inside(scene.previous(x)) if x > 0 and scene.low[x] in ("in", ",") else None
        wide = region or near.kind in (PlaceKind.REGION, PlaceKind.COUNTRY)
        if holder is None and x > 1 and scene.low[x] == "of" and scene.low[scene.previous(x)] in SEATS:
            k = scene.previous(scene.previous(x))  # "X, the capital of Y, which"
            k = scene.previous(k) if k > 0 and scene.low[k] == "the" else k
            holder = scene.inside(scene.previous(k)) if k > 0 and scene.low[k] == "," else None
            wide = True
        town = _town_before(scene, scene.previous(x)) if x > 0 and scene.low[x] == "in" else None
        if town is not None:
            holder, wide = town, True  # "X, a town in Y, which"
        counted = holder is not None and holder.kind is PlaceKind.UNNAMED and holder.count is not None
        if (
            holder is not None
            and (holder.kind is PlaceKind.SETTLEMENT or counted)  # "four villages in Y region which they hold"
            and holder.head is None
            and (wide or holder.anaphor)
        ):
            near = holder
    if near is not None and (anchor is None or near.head is None):
        if (one := one_of_group(scene, near)) is not None:
            return [Target(one), Target(near)]
        mentions = list_left(scene, near)
        appos = apposed(scene, near)
        if appos is not None:
            many = near.kind is PlaceKind.UNNAMED and near.count is None and scene.low[near.end - 1].endswith("s")
            return [
                Target(m) for m in (list_left(scene, appos) if many else [appos])
            ]  # "A and B, towns that they held"
        first = with_part(scene, mentions[0])
        shared = first.extent.kind == "part" and all(m.vague for m in mentions)  # "parts of eastern and southern X"
        shared = shared or (len(mentions) > 1 and first.extent_words in scene.words("places.shared"))
        return [first, *(replace(first, mention=m) if shared else with_part(scene, m) for m in mentions[1:])]
    if anchor is not None:
        covered = scene.inside(anchor)
        if covered is not None and covered.head is None and (one := one_of_group(scene, covered)) is not None:
            return [Target(one), Target(covered)]
        if covered is not None and covered.head is None:
            appos = apposed(scene, covered)
            return [Target(appos or covered)]
        first_token, right = phrase_of(scene, anchor)
        return places_after(scene, first_token, end=min(right, i if i > anchor else right))
    return []


def share_of_which(scene: Scene, which: int) -> list[Target]:
    """The places that "large parts of which" behind a comma takes up, where "which" stands at a token, and how much of them."""
    if scene.low[which] != "which" or scene.low[which - 1] != "of":
        return []
    start = scene.sentence[which][0]
    first = max(start, which - SHARE)
    comma = next((k for k in range(which - 2, first, -1) if scene.low[k] == ","), None)
    words = range(comma + 1 if comma is not None else first, which - 1)
    whole = comma is not None and scene.low[comma + 1] in ("all", "both")
    share = next((counted[0] for k in words if (counted := quantity_at(scene, k)) is not None), None)
    parts = scene.words("places.part") | {"some"}
    if not whole and share is None and not parts & {scene.low[k] for k in words}:
        return []  # "none of which"
    found = antecedent_places(scene, which)
    before = scene.inside(comma - 1) if comma is not None else None
    if not found and before is not None and before.head is None and not before.anaphor:
        found = [Target(m) for m in list_left(scene, before)]
    if whole and comma is not None and scene.low[comma + 2] == "but":
        whole, share = False, None if parts & {scene.low[k] for k in words} else share  # "all but a sliver of which"
    extent = Extent() if whole else share or Extent(kind="part")
    return [replace(t, extent=extent) for t in found]


def part_of_whose(scene: Scene, part: int) -> list[Target]:
    """The place that has the part at a token: "X, whose northern districts are held by Y"."""
    kinds = scene.listed("places.part", "places.quarters", "places.compass")
    if part < 0 or scene.low[part] not in kinds:
        return []
    k = scene.previous(part)
    while k > 0 and scene.tag[k] in ("JJ", "JJR", "CD", "RB"):
        k = scene.previous(k)
    if scene.low[k] != "whose":
        return []
    k = scene.previous(k)
    k = scene.previous(k) if scene.low[k] == "," else k
    place = scene.inside(k)
    described = apposed(scene, place) if place is not None else None
    place = placed_by(scene, k) or town_of(scene, k) or described or place
    named = place is not None and place.head is None and place.kind is not PlaceKind.UNNAMED
    return [Target(place, Extent(kind="part"))] if named and place is not None else []


def _before_aside(scene: Scene, i: int, anchor: int) -> Mention | None:
    """The place at an anchor before an aside that describes it, and a participle behind that: "X, gateway to Y, lost"."""
    named = scene.inside(anchor)
    if named is None or named.head is not None or named.anaphor or named.kind is PlaceKind.UNNAMED:
        return None
    if scene.low[named.end : named.end + 1] != (",",) or scene.low[i - 1] != "," or i - 1 <= named.end:
        return None
    called = [c.i for c in scene.doc[anchor].children if c.dep_ == "appos" and named.end < c.i < i]
    plain = [k for k in called if scene.inside(k) is None and scene.tag[k] in ("NN", "NNS")]
    return named if plain and not any(scene.tag[k].startswith("VB") for k in range(named.end, i)) else None


def _town_before(scene: Scene, k: int) -> Mention | None:
    """The place that "a mining town" which ends at k is put beside."""
    if scene.low[k] not in TOWNS:
        return None
    while k > scene.sentence[k][0] and scene.tag[k].startswith(("NN", "JJ", "DT", "VBG", "HYPH", "CD")):
        k = scene.previous(k)
    return scene.inside(scene.previous(k)) if scene.low[k] == "," else None


def _before_region(scene: Scene, k: int) -> int:
    """The "in" before "the northern region" whose noun stands at k, else k."""
    j = scene.previous(k)
    while j > 0 and (scene.tag[j] in ("DT", "JJ") or scene.low[j] in scene.words("places.compass")):
        j = scene.previous(j)
    return j if scene.low[j] == "in" else k


def _won_object(scene: Scene, k: int) -> bool:
    """Whether the place that ends at k only says where something stands that somebody takes: "retook the town hall in X, which"."""
    place = scene.inside(k) if k >= 0 else None
    noun = scene.previous(place.start) - 1 if place is not None else -1
    if noun < 1 or scene.low[noun + 1] not in ("in", "at") or scene.low[noun] not in scene.words("objects.not_places"):
        return False
    verb = scene.doc[noun].head
    rows = scene.cues.verbs.get(verb.lower_, ()) if scene.doc[noun].dep_ == "dobj" else ()
    return any(cue.frame.relation is Relation.TAKES and len(cue.words) == 1 for cue, _ in rows)

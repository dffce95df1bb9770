"""What a relative clause or a participle is about: the places of the noun phrase before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.places.described import SEATS, close_to, described_by, left_as, placed_by, town_of, town_within
from reportedly.read.places.extents import quantity_at
from reportedly.read.places.leftward import apposed, list_left, one_of_group, with_part
from reportedly.read.places.slots import places_after
from reportedly.read.scene.scene import InScene, Mention, Scene
from reportedly.read.scene.subjects import phrase_of
from reportedly.read.scene.target import Target

__all__ = ["antecedent_places", "part_of_whose", "share_of_which"]

BORDERS = frozenset({"border", "borders", "crossing", "crossings", "frontier", "post", "gate"})
UP = 4  # verbs up to a relative clause
SHARE = 7  # tokens of "only about half of which"


def _town_in(scene: Scene, country: Mention) -> Mention | None:
    """The town right before "in" a country: "the city of X in Y, which had been seized by"."""
    k = country.start - 1 - (scene.tag[country.start - 1] == "DT")
    town = scene.inside(k - 1) if k > 0 and scene.low[k] == "in" else None
    return town if town is not None and town.kind is PlaceKind.SETTLEMENT and town.head is None else None


@dataclass(slots=True)
class _Relative(InScene):
    """A relative clause or participle at i behind the noun at `anchor`; its places end at k, the last of them is `near`."""

    i: int
    anchor: int | None
    k: int
    near: Mention | None = None


Rule = Callable[[_Relative], list[Target] | None]
"""The places that the clause is about; [] where it is about something else, None where a rule tells nothing."""


def antecedent_places(scene: Scene, i: int, head: int | None = None) -> list[Target]:
    """The places that a relative clause or a participle at token i is about: those of the noun phrase before it."""
    if scene.low[i] == "whose":  # "X, whose capital Y they entered"
        return next(([Target(scene.at[k])] for k in range(i + 1, i + 5) if k in scene.at), [])
    r = _Relative(scene, i, head if head is not None else _anchor(scene, i), scene.previous(i))
    for rule in RULES:
        if (found := rule(r)) is not None:
            return found
    return []


def _anchor(scene: Scene, i: int) -> int | None:
    """The noun that the clause at i describes in the tree."""
    token = scene.doc[i]
    verb = token.head if token.pos_ != "VERB" else token
    for _ in range(UP):
        if verb.dep_ in ("relcl", "acl"):
            return verb.head.i
        if verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _described(r: _Relative) -> list[Target] | None:
    described = described_by(r.scene, r.anchor) if r.anchor is not None else None
    if described is None:
        return None
    part = r.low[described.start - 1] in r.scene.words("places.compass")
    return [Target(described, Extent(kind="part") if part else Extent())]


def _with_aside(r: _Relative) -> list[Target] | None:
    named = _before_aside(r.scene, r.i, r.anchor) if r.anchor is not None else None
    return [Target(named)] if named is not None else None


def _crossing(r: _Relative) -> list[Target] | None:
    """ "The border crossing with X, which they hold"."""
    scene, k = r.scene, r.k
    beyond = scene.inside(scene.previous(k) if k > 0 and scene.low[k] == "," else k) if k >= 0 else None
    before = scene.low[max(0, beyond.start - 2) : beyond.start] if beyond is not None else ()
    return [] if before[1:] == ("with",) and before[0] in BORDERS else None


def _placed_list(r: _Relative) -> list[Target] | None:
    """ "X and Y, near the border, which"."""
    if r.low[r.i] != "which" or r.k < 2 or r.low[r.k] != ",":
        return None
    far = placed_by(r.scene, r.scene.previous(r.k))
    return [Target(m) for m in list_left(r.scene, far)] if far else None


def _no_ground(r: _Relative) -> list[Target] | None:
    """ "The factory in X, which they captured", but not "the part of X that they hold", "X, which they annexed"."""
    scene, anchor = r.scene, r.anchor
    if anchor is None or scene.low[anchor] not in scene.words("objects.not_places") or scene.inside(anchor) is not None:
        return None
    if scene.low[anchor] in scene.words("places.part") and scene.low[anchor + 1] == "of":
        return None
    annexed = scene.doc[r.i].head.lemma_ == "annex" and scene.inside(scene.previous(r.i) - 1) is not None
    return None if annexed else []


def _left(r: _Relative) -> list[Target] | None:
    return left_as(r.scene, r.anchor if r.anchor is not None else r.k) or None


def _town_inside(r: _Relative) -> list[Target] | None:
    town = town_within(r.scene, r.k)
    if town is None or r.scene.doc[r.i].head.lemma_ == "annex":
        return None
    return [Target(m) for m in list_left(r.scene, town)]


def _find_last(r: _Relative) -> list[Target] | None:
    """Step back over marks to the last place, which may only say where a thing stands: "retook the town hall in X, which"."""
    scene, k = r.scene, r.k
    while k >= 0 and (scene.low[k] in (",", "which", "that", "and") or scene.tag[k] == "RB"):
        k = scene.previous(k)
    if _won_object(scene, k):
        return []
    if (far := placed_by(scene, k) or town_of(scene, k)) is not None:
        return [Target(far)]
    r.k, r.near = k, scene.inside(k) if k >= 0 else None
    return None


def _town_of_country(r: _Relative) -> list[Target] | None:
    """ "The city of X in Y, which had been seized by"."""
    town = _town_in(r.scene, r.near) if r.near is not None and r.near.kind is PlaceKind.COUNTRY else None
    return [Target(town)] if town is not None else None


def _nameless(r: _Relative) -> list[Target] | None:
    """Land without a name: "works in the territory controlled by Y"."""
    if r.near is not None:
        return None
    if r.anchor is None:
        return []
    bare = r.k >= 0 and r.anchor != r.k and r.scene.inside(r.anchor) is None
    return [] if bare and r.low[r.k] in r.scene.words("places.part") else None


def _people(r: _Relative) -> list[Target] | None:
    """ "The people of X who are occupied", but not "residents of X, which"."""
    if r.anchor is None or r.low[r.anchor] not in r.scene.words("clauses.civilians"):
        return None
    if r.near is not None and r.low[r.i] == "which" and r.tag[r.anchor] == "NNS":
        r.anchor = r.k
    return [] if r.low[r.anchor] in r.scene.words("clauses.civilians") else None


def _close_by(r: _Relative) -> list[Target] | None:
    beside = close_to(r.scene, r.near) if r.near is not None else None
    return [Target(beside)] if beside is not None else None


def _last_place(r: _Relative) -> list[Target] | None:
    """The last place, or the one that it only says where it lies, with those listed before it: "A and B, towns that they held"."""
    scene, near = r.scene, r.near
    if near is not None and near.head is None:
        near = r.near = _holder(scene, near) or near
    if near is None or (r.anchor is not None and near.head is not None):
        return None
    if (one := one_of_group(scene, near)) is not None:
        return [Target(one), Target(near)]
    if (appos := apposed(scene, near)) is not None:
        many = near.kind is PlaceKind.UNNAMED and near.count is None and scene.low[near.end - 1].endswith("s")
        return [Target(m) for m in (list_left(scene, appos) if many else [appos])]
    mentions = list_left(scene, near)
    first = with_part(scene, mentions[0])
    shared = first.extent.kind == "part" and all(m.vague for m in mentions)  # "parts of eastern and southern X"
    shared = shared or (len(mentions) > 1 and first.extent_words in scene.words("places.shared"))
    return [first, *(replace(first, mention=m) if shared else with_part(scene, m) for m in mentions[1:])]


def _anchored(r: _Relative) -> list[Target] | None:
    """The place of the noun that the tree gives."""
    scene, anchor = r.scene, r.anchor
    if anchor is None:
        return None
    covered = scene.inside(anchor)
    if covered is not None and covered.head is None:
        one = one_of_group(scene, covered)
        return [Target(one), Target(covered)] if one is not None else [Target(apposed(scene, covered) or covered)]
    first, right = phrase_of(scene, anchor)
    return places_after(scene, first, end=min(right, r.i if r.i > anchor else right))


RULES: tuple[Rule, ...] = (
    _described, _with_aside, _crossing, _placed_list, _no_ground, _left, _town_inside, _find_last, _town_of_country,
    _nameless, _people, _close_by, _last_place, _anchored,
)  # fmt: skip


def _holder(scene: Scene, near: Mention) -> Mention | None:
    """The place that `near` only says where it lies: "X, a town in Y, which", "X, the capital of Y, which", "four villages in Y region"."""
    x = scene.previous(near.start)
    while x > 0 and scene.low[x] in scene.words("places.compass"):
        x = scene.previous(x)
    region = x > 1 and scene.low[x] == "of" and scene.low[scene.previous(x)] in scene.words("names.regions")
    if region:
        x = _before_region(scene, scene.previous(x))  # "X, a town in the northern region of Y, which"
    holder = scene.inside(scene.previous(x)) if x > 0 and scene.low[x] in ("in", ",") else None
    wide = region or near.kind in (PlaceKind.REGION, PlaceKind.COUNTRY)
    if holder is None and (seat := _seat_of(scene, x)) is not None:
        holder, wide = seat, True
    if x > 0 and scene.low[x] == "in" and (town := _town_before(scene, scene.previous(x))) is not None:
        holder, wide = town, True
    if holder is None or holder.head is not None or not (wide or holder.anaphor):
        return None
    counted = holder.kind is PlaceKind.UNNAMED and holder.count is not None
    return holder if holder.kind is PlaceKind.SETTLEMENT or counted else None


def _seat_of(scene: Scene, of: int) -> Mention | None:
    """ "X, the capital of Y, which" by its "of"."""
    if of < 2 or scene.low[of] != "of" or scene.low[scene.previous(of)] not in SEATS:
        return None
    k = scene.previous(scene.previous(of))
    k = scene.previous(k) if k > 0 and scene.low[k] == "the" else k
    return scene.inside(scene.previous(k)) if k > 0 and scene.low[k] == "," else None


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
    if scene.low[k] not in scene.words("places.towns_described"):
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

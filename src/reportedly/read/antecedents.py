"""The places of a passive subject, and what a relative clause or a participle is about: the noun phrase before it."""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.cues import Cue
from reportedly.model import Extent, PlaceKind
from reportedly.read.extents import quantity_at
from reportedly.read.mood import verb_group
from reportedly.read.placing import compass_of, is_measure, time_phrase
from reportedly.read.scene import Mention, Scene
from reportedly.read.slots import places_after
from reportedly.read.subjects import phrase_of
from reportedly.read.target import Target

__all__ = [
    "antecedent_places",
    "apposed",
    "before_date",
    "first_to_fall",
    "left_as",
    "list_left",
    "subject_places",
    "trapped_in",
    "trapping",
]

ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "last", "latest"})
CLOSE = frozenset({"close", "near", "to", "from", "km", "kilometres", "kilometers", "miles", "far", "next", "just"})
AWAY = frozenset({"away", "inland", "upstream", "downstream", "there"})
BESIDE = frozenset({"neighbouring", "neighboring", "nearby", "adjacent", "adjoining"})
TOLD = frozenset({"and", "or", ";", ":"})
SEATS = frozenset({"capital", "seat", "centre", "center", "hub"})


def first_to_fall(scene: Scene, i: int) -> list[Target] | None:
    """The place that was "the first city to fall" at the verb; None where the verb is no such infinitive."""
    noun = scene.doc[i].head
    if scene.low[i - 1] != "to" or noun.i >= i or noun.lower_ not in scene.words("places.whole") | SEATS:
        return None
    if not ORDINALS & {t.lower_ for t in noun.children if t.i < noun.i}:
        return None
    over = noun.head
    if noun.dep_ not in ("attr", "oprd", "dobj") or over.lemma_ not in ("be", "become"):
        return []
    if any(c.tag_ == "MD" for c in over.children):
        return []
    subject = next((c for c in over.children if c.dep_ == "nsubj"), None)
    place = scene.inside(subject.i) if subject is not None else None
    return [Target(place)] if place is not None and place.head is None else []


def subject_places(scene: Scene, i: int, subject: int | None) -> list[Target]:
    """The places that are the subject of a passive, or the antecedent of its relative pronoun."""
    if subject is None:
        return []
    if (told := _told_beside(scene, i)) is not None:
        return [Target(told)]
    low = scene.low
    if scene.tag[subject] in ("WDT", "WP") or low[subject] in ("which", "that"):
        return antecedent_places(scene, subject)
    if low[subject + 1 : subject + 3] == ("of", "which"):  # "X, most of which is controlled by Y"
        k = subject - (2 if low[subject - 1] == "per" else 1)
        share = quantity_at(scene, k) if low[subject] in ("percent", "%", "cent") and k >= 0 else None
        extent = share[0] if share is not None else Extent(kind="part") if low[subject] != "all" else Extent()
        return [replace(t, extent=extent) for t in antecedent_places(scene, subject + 2)]
    if subject > i:
        return places_after(scene, phrase_of(scene, subject)[0])
    beside_it = low[subject + 1 : subject + 2] != ("and",)
    if (
        scene.doc[i].dep_ in ("acl", "relcl", "advcl")
        and subject < i - 2
        and low[subject] in ("it", "they", "this")
        and beside_it
    ):
        beside = antecedent_places(scene, i)
        if beside:
            return beside
    if low[subject] == "it" and low[subject + 1 : subject + 2] == ("and",):
        return places_after(scene, subject, end=i)
    if low[subject] in ("it", "they", "this", "them"):
        return (
            [Target(Mention(subject, subject + 1, scene.doc[subject].text, PlaceKind.SETTLEMENT, anaphor=low[subject]))]
            if low[subject] == "it"
            else []
        )
    token = scene.doc[i]
    if token.dep_ in ("acl", "relcl") and token.head.i == subject:
        return antecedent_places(scene, i, head=subject)
    left, _ = phrase_of(scene, subject)
    group = verb_group(scene, i)
    return places_after(scene, left, end=min([i, *group]))


def trapped_in(scene: Scene, cue: Cue, i: int, subject: int | None) -> list[Target]:
    """The place of the forces that are encircled: "the troops in X are cut off"."""
    traps = cue.words[0] in scene.words("clauses.traps") and subject is not None
    if not traps or subject is None:
        return []
    of = next((c for c in scene.doc[subject].children if c.lower_ == "of" and c.i == subject + 1), None)
    counted = next((c.lower_ for c in of.children if c.dep_ == "pobj"), "") if of is not None else ""
    if not {scene.low[subject], counted} & scene.words("clauses.agents"):
        return []  # "hundreds of soldiers were surrounded in X"
    preps = [c.i for c in scene.doc[subject].children if c.lower_ in ("in", "inside") and c.i > subject]
    stop = min(i + 8, scene.sentence[i][1])
    preps += [k for k in range(i + 1, stop) if scene.low[k] in ("in", "inside") and "," not in scene.low[i:k]]
    return next((found for k in preps if (found := places_after(scene, k + 1))), [])


def trapping(scene: Scene, cue: Cue, i: int) -> list[Target]:
    """The place of the forces that somebody encircles: "isolated the troops in X"."""
    if cue.words[0] not in scene.words("clauses.traps"):
        return []
    caught = next((c.i for c in scene.doc[i].children if c.dep_ in ("dobj", "obj") and c.i > i), None)
    if caught is None or scene.low[caught] not in scene.words("clauses.agents"):
        return []
    return places_after(scene, caught + 2) if scene.low[caught + 1 : caught + 2] in (("in",), ("inside",)) else []


def driven_in(scene: Scene, i: int) -> tuple[list[Target], int | None]:
    """Where those are who are driven from their positions: "drove the troops in X out of positions", and the preposition."""
    driven = next((c.i for c in scene.doc[i].children if c.dep_ in ("dobj", "obj") and c.i > i), None)
    if driven is None or scene.low[driven + 1 : driven + 2] not in (("in",), ("inside",)):
        return [], None
    stop = min(driven + 12, scene.sentence[i][1] - 2)
    out = next((k for k in range(driven + 2, stop) if scene.low[k] in ("out", "from")), None)
    if out is None or not {"position", "positions"} & set(scene.low[out : out + 4]):
        return [], None
    found = places_after(scene, driven + 2, end=out)
    return [replace(t, extent=Extent(kind="part")) for t in found], driven + 1


def _told_beside(scene: Scene, i: int) -> Mention | None:
    """The place right before a participle between commas, for all that the parser ties it to the verb: "found X, liberated in May"."""
    token = scene.doc[i]
    if token.tag_ == "VBN" and token.dep_ != "acl" and scene.low[i + 1 : i + 2] == ("by",):
        if any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "mark") for c in token.children):
            return None
        k = scene.previous(i)
        while k > 0 and scene.tag[k].startswith("RB"):
            k = scene.previous(k)
        k = scene.previous(k) if scene.low[k] == "," and token.dep_ == "advcl" else k  # "X, illegally annexed by Y"
        close = scene.inside(k)  # "enter the city earlier controlled by Y"
        return close if close is not None and close.head is None and close.kind is PlaceKind.SETTLEMENT else None
    if token.tag_ != "VBN" or token.dep_ != "advcl" or i < 2 or scene.low[i - 1] != ",":
        return None
    if any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "mark") for c in token.children):
        return None
    place = scene.inside(i - 2)
    named = place is not None and place.head is None and not place.anaphor and place.kind is not PlaceKind.UNNAMED
    return place if named else None


def _close_to(scene: Scene, near: Mention) -> Mention | None:
    """The place that a town is described as: "X, a city close to Y which", where `near` is Y."""
    start, k = scene.sentence[near.start][0], scene.previous(near.start)
    first = k
    while k > start and near.start - k < 8 and (scene.tag[k] in ("CD", "DT", "RB") or scene.low[k] in CLOSE):
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


def _placed_by(scene: Scene, k: int) -> Mention | None:
    """The place that a phrase between commas which ends at k only puts on the map: "X, some 70 km to the north, which"."""
    start, j = scene.sentence[k][0], k
    while j > start and scene.low[j] != "," and k - j < 12:
        j -= 1
    if j <= start or k <= j or scene.low[j] != "," or scene.low[k + 1 : k + 2] != (",",):
        return None
    far = any(is_measure(scene, x + 1) for x in range(j + 1, k + 1))
    way = compass_of(scene, j + 1) is not None or (far and scene.low[k] in scene.words("places.compass") | AWAY)
    if not way or any(scene.tag[x].startswith("VB") for x in range(j + 1, k + 1)):
        return None
    named = scene.inside(j - 1)
    fits = named is not None and named.head is None and named.kind is PlaceKind.SETTLEMENT
    return named if fits else None


def _town_of(scene: Scene, k: int) -> Mention | None:
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
    other = scene.words("places.part") | scene.words("names.regions")
    if any(x in scene.at or scene.low[x] in other for x in range(town + 1, k + 1)):
        return None
    named = scene.inside(j - 1)
    fits = named is not None and named.head is None and named.kind is PlaceKind.SETTLEMENT and not named.anaphor
    return named if fits else None


def _town_within(scene: Scene, k: int) -> Mention | None:
    """X of "X, a village in the Y region that" and "X was the last city of the region that", where the region ends at token k."""
    region = scene.inside(k) if k >= 0 else None
    wide = region is not None and region.kind in (PlaceKind.REGION, PlaceKind.COUNTRY)
    j = scene.previous(region.start if region is not None else k)
    wide = wide or scene.low[j] in BESIDE  # "towns in neighbouring Luhansk"
    if not wide and scene.low[k] not in scene.words("names.regions"):
        return None  # "the region" takes one up
    while j > 0 and (scene.low[j] in scene.words("places.compass") or scene.tag[j] == "DT" or scene.low[j] in BESIDE):
        j = scene.previous(j)
    noun = scene.previous(j)
    if j < 2 or scene.low[j] not in ("in", "of") or scene.tag[noun] not in ("NN", "NNS"):
        return None
    if scene.low[noun] not in (scene.words("places.settlements") | SEATS) - scene.words("names.regions"):
        return None
    group = scene.inside(noun)
    single = group is not None and group.kind is PlaceKind.UNNAMED and group.count == 1 and scene.tag[noun] == "NN"
    start = noun
    while start > scene.sentence[k][0] and scene.tag[start - 1].startswith(("DT", "JJ", "NN", "HYPH", "CD")):
        if scene.inside(start - 1) is not None:
            return None
        start -= 1
    if scene.low[start - 1] not in (",", "is", "was", "remains", "remained"):
        return group if single else None  # "a village in the Y region that they control"
    named = scene.inside(start - 2)
    return named if named is not None and named.kind is PlaceKind.SETTLEMENT and named.head is None else None


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
    if anchor is not None and (described := _described(scene, anchor)) is not None:
        part = scene.low[described.start - 1] in scene.words("places.compass")
        return [Target(described, Extent(kind="part") if part else Extent())]
    k = scene.previous(i)
    if left := left_as(scene, anchor if anchor is not None else k):
        return left
    if (town := _town_within(scene, k)) is not None and scene.doc[i].head.lemma_ != "annex":
        return [Target(m) for m in list_left(scene, town)]
    while k >= 0 and (scene.low[k] in (",", "which", "that", "and") or scene.tag[k] == "RB"):
        k = scene.previous(k)
    if (far := _placed_by(scene, k) or _town_of(scene, k)) is not None:
        return [Target(far)]
    near = scene.inside(k) if k >= 0 else None
    bare = near is None and k >= 0 and anchor is not None and anchor != k and scene.inside(anchor) is None
    if bare and scene.low[k] in scene.words("places.part"):
        return []  # "works in the territory controlled by Y": of land without a name
    if anchor is None and near is None:
        return []
    ground = anchor is not None and scene.low[anchor] in scene.words("places.part") and scene.low[anchor + 1] == "of"
    if (
        anchor is not None
        and not ground  # "the part of X that they hold"
        and scene.low[anchor] in scene.words("objects.not_places")
        and scene.inside(anchor) is None
    ):
        return []  # "the factory in X, which they captured"
    if anchor is not None and scene.low[anchor] in scene.words("clauses.civilians"):
        return []  # "the people of X who are occupied"
    if near is not None and (beside := _close_to(scene, near)) is not None:
        return [Target(beside)]
    if near is not None and near.head is None:
        x = scene.previous(near.start)
        while x > 0 and scene.low[x] in scene.words("places.compass"):
            x = scene.previous(x)
        holder = scene.inside(scene.previous(x)) if x > 0 and scene.low[x] in ("in", ",") else None
        wide = near.kind in (PlaceKind.REGION, PlaceKind.COUNTRY)
        if holder is None and x > 1 and scene.low[x] == "of" and scene.low[scene.previous(x)] in SEATS:
            k = scene.previous(scene.previous(x))  # "X, the capital of Y, which"
            k = scene.previous(k) if k > 0 and scene.low[k] == "the" else k
            holder = scene.inside(scene.previous(k)) if k > 0 and scene.low[k] == "," else None
            wide = True
        if (
            holder is not None
            and holder.kind is PlaceKind.SETTLEMENT
            and holder.head is None
            and (wide or holder.anaphor)
        ):
            near = holder
    if near is not None and (anchor is None or near.head is None):
        if (one := _one_of(scene, near)) is not None:
            return [Target(one), Target(near)]
        mentions = list_left(scene, near)
        appos = apposed(scene, near)
        if appos is not None:
            return [Target(appos)]
        first = _with_part(scene, mentions[0])
        shared = first.extent.kind == "part" and all(m.vague for m in mentions)  # "parts of eastern and southern X"
        return [first, *(replace(first, mention=m) if shared else _with_part(scene, m) for m in mentions[1:])]
    if anchor is not None:
        covered = scene.inside(anchor)
        if covered is not None and covered.head is None and (one := _one_of(scene, covered)) is not None:
            return [Target(one), Target(covered)]
        if covered is not None and covered.head is None:
            appos = apposed(scene, covered)
            return [Target(appos or covered)]
        first_token, right = phrase_of(scene, anchor)
        return places_after(scene, first_token, end=min(right, i if i > anchor else right))
    return []


def _described(scene: Scene, anchor: int) -> Mention | None:
    """The named place that the noun at an anchor describes: "X is the last city of the region that they do not control"."""
    token = scene.doc[anchor]
    if (
        token.lower_ in ("area", "position", "part")
        and token.dep_ == "appos"
        and scene.low[token.left_edge.i - 1] == ","
    ):
        return scene.inside(token.left_edge.i - 2)  # "in central X, an area that they held"
    kinds = scene.words("places.settlements") | scene.words("places.whole") | scene.words("places.described")
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
    if scene.low[noun] not in scene.words("places.whole") | scene.words("places.settlements") | SEATS | {"capitals"}:
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


def _one_of(scene: Scene, group: Mention) -> Mention | None:
    """ "making it the first of the four regions": the place that is said to be one of a group."""
    if group.kind is not PlaceKind.UNNAMED:
        return None
    k = scene.previous(group.start)
    steps = 0
    while (
        k > 0
        and steps < 6
        and (scene.tag[k] in ("DT", "JJ", "JJS", "CD") or scene.low[k] in ("of", "one", "first", "last"))
    ):
        k, steps = scene.previous(k), steps + 1
    if (
        steps >= 2
        and k > 0
        and scene.low[k] == "it"
        and scene.low[k - 1] in ("making", "made", "makes", "leaving", "left")
    ):
        return Mention(k, k + 1, "it", PlaceKind.SETTLEMENT, anaphor="it")
    return None


def apposed(scene: Scene, mention: Mention) -> Mention | None:
    """The named place that a description stands beside: "Kherson, the only city they had captured"."""
    if mention.kind != PlaceKind.UNNAMED and not mention.anaphor:
        return None
    k = scene.previous(mention.start)
    while k >= scene.sentence[mention.start][0] and (
        scene.tag[k] in ("DT", "JJ", "JJS") or scene.low[k] in ("the", "of", "first", "last", "only", "second")
    ):
        k = scene.previous(k)
    if (
        k > 0
        and (scene.low[k] in (",", "—", "–") or scene.low[k] in ("is", "was", "remains"))
        and (before := scene.inside(k - 1) or (before_date(scene, k) if scene.low[k] == "," else None))
        and before.head is None
        and before.kind != PlaceKind.UNNAMED
    ):
        return before
    return None


def before_date(scene: Scene, mark: int) -> Mention | None:
    """The place before the date that ends at a comma: "liberated X in 2023, a village"."""
    for k in range(mark - 1, max(scene.sentence[mark][0], mark - 6), -1):
        if time_phrase(scene, k) == mark:
            return scene.inside(k - 1)
    return None


def list_left(scene: Scene, last: Mention) -> list[Mention]:
    """The list of places that ends with `last`: "Zaporizhzhia and Kramatorsk, which ..."."""
    found = [last]
    k = scene.previous(last.start)
    joined = False
    while k > 0 and scene.low[k] in ("and", ",", "or") and len(found) < 8:
        joined = joined or scene.low[k] in ("and", "or")
        before = (
            scene.inside(scene.previous(k))
            if scene.low[scene.previous(k)] != ","
            else scene.inside(scene.previous(scene.previous(k)))
        )
        if before is None or before.head is not None or before.anaphor or before.kind != last.kind:
            break
        found.insert(0, before)
        k = scene.previous(before.start)
    first = found[0].start
    heads = first == scene.sentence[first][0] or scene.low[first - 1] == ":"  # "X, Y captured by Z"
    return found if joined or heads else [last]


def _with_part(scene: Scene, mention: Mention) -> Target:
    """A place with the part words directly before it ("areas of Kherson Oblast")."""
    k = scene.previous(mention.start)
    for _ in range(4):
        if k >= 0 and (scene.low[k] in ("of", "in", "the") or scene.low[k] in scene.words("places.compass")):
            k = scene.previous(k)
        else:
            break
    if k >= 0 and scene.low[k] in scene.words("places.part") and scene.low[k + 1] in ("of", "in"):
        return Target(mention, Extent(kind="part"), extent_words=scene.low[k])
    return Target(mention)

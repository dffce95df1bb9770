"""The places that are objects of a verb, stand behind its prepositions, or are named as members of a group."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from reportedly.knowledge.cues import Cue
from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.places.antecedents import antecedent_places, part_of_whose, share_of_which
from reportedly.read.places.edges import (
    clause_edge,
    coordinated_prep,
    goes_on,
    is_made,
    is_period,
    object_head,
    past_target,
)
from reportedly.read.places.included import all_of, between_dashes, namely, set_out
from reportedly.read.places.leftward import list_left, with_part
from reportedly.read.places.placing import closer_place, compass_of, is_measure, prep_at
from reportedly.read.places.slots import places_after
from reportedly.read.scene.between import past_time
from reportedly.read.scene.dated_phrases import since_when, time_phrase
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import HAVE, before_adverbs, verb_group

__all__ = ["adverb_extent", "after_preps", "is_bare", "near_group", "object_places", "with_members"]

ROADS = frozenset({"road", "highway", "route", "railway", "motorway", "track", "line"})
WIDE = ("in", "within", "throughout", "across", "along")
WAYS = ("toward", "towards", "in the direction of")
INCLUDES = (("that", "includes"), ("which", "includes"), ("that", "include"), ("which", "include"))
WAY = 6  # tokens of a road or a wood that an advance has reached
MARKS = frozenset({":", "–", "—", "-"})
MARKED = tuple((mark,) for mark in MARKS)
SET_BESIDE = frozenset({",", ":", "—", "–", "-", "(", "of"})
NEARER = ("near", "around", "N", "in the area of", "in the vicinity of")
AXES = frozenset({"tactical", "area"})  # a stretch of the front, beside what else an axis is called
MEANS = frozenset(
    [
        "in the direction of",
        "in the directions of",
        "between",
        "toward",
        "towards",
        "near",
        "around",
        "along",
        "beyond",
        "past",
        "close to",
        "closer to",
        "to within",
    ]
)


def object_places(scene: Scene, i: int, end: int) -> list[Target]:
    """The places that are the direct object of an active verb, or the antecedent of an object relative."""
    k = end
    while (
        k < len(scene.low)
        and (scene.tag[k] == "RB" or scene.low[k] in ("also", "back", "up", "”", '"', "’"))
        and scene.low[k : k + 2] not in (("up", "to"), ("as", "many"))
        and k - end < 3
        and k not in scene.at
    ):
        k += 1
    targets = places_after(scene, _past_occupation(scene, past_time(scene, k)))
    if targets:
        return targets
    if (
        k < len(scene.low)
        and scene.low[k] == "it"
        and not (k + 1 < len(scene.low) and scene.low[k + 1] in ("'s", "has", "is", "was", "had"))
    ):
        return [Target(Mention(k, k + 1, "it", PlaceKind.SETTLEMENT, anaphor="it"))]
    if (shared := _of_it(scene, k)) is not None:
        return [shared]
    if scene.low[k : k + 1] == ("them",) and (
        scene.doc[i].lemma_ in scene.words("clauses.ground_only") or _towns_before(scene, i)
    ):
        return [Target(Mention(k, k + 1, "them", PlaceKind.SETTLEMENT, anaphor="them"))]
    token = scene.doc[i]
    if k + 1 < len(scene.low) and scene.low[k] in ("and", "or") and scene.tag[k + 1].startswith("VB"):
        return places_after(scene, k + 2)
    if any(
        c.dep_ in ("dobj", "obj")
        and c.i > i
        and c.lower_ not in scene.words("places.times") | {"own"}
        and not _ago(scene, c.i)
        for c in token.children
    ):
        return []  # but "X, which they took in the first weeks", which the parser takes the weeks for what is taken
    whose = _side_before(scene, i)
    if whose and (owned := share_of_which(scene, whose - 1) or part_of_whose(scene, whose - 1)):
        return owned  # "X, most of which they hold", "X, whose north they hold"
    verb = token.head if scene.tag[i] == "NN" and token.head.lower_ in HAVE and token.head.i < i else token
    for _ in range(4):
        aside = verb.dep_ == "parataxis" and any(c.tag_ == "WDT" and c.i < i for c in token.children)
        if verb.dep_ == "relcl" and any(c.lower_ == "where" and c.i < i for c in verb.children):
            return []  # "X, where 60 soldiers surrendered"
        if (verb.dep_ in ("relcl", "acl") or aside) and verb.head.i < i:
            pronoun = next((t.i for t in verb.subtree if t.i < i and t.tag_ in ("WDT", "WP")), None)
            edge = min(t.i for t in verb.subtree)
            if pronoun is not None and scene.low[pronoun - 1] == "of" and scene.low[edge] != "all":
                found = antecedent_places(scene, edge, head=verb.head.i)  # "X, most of which they hold"
                return [replace(t, extent=Extent(kind="part")) for t in found]
            return antecedent_places(scene, pronoun if pronoun is not None else edge, head=verb.head.i)
        if verb.dep_ in ("xcomp", "ccomp", "conj") and verb.head.i < verb.i:
            verb = verb.head
            continue
        break
    return []


def _towns_before(scene: Scene, i: int) -> bool:
    """Whether "them" behind the verb at i are towns: "retook two towns, a day after rebels had seized them"."""
    start = scene.sentence[i][0]
    after = next((k for k in range(i - 1, start, -1) if scene.low[k] == "after"), None)
    if after is None or scene.doc[i].lemma_ not in (
        "seize",
        "capture",
        "overrun",
        "occupy",
        "take",
        "leave",
        "abandon",
    ):
        return False
    towns = [x for x in scene.mentions if start <= x.start < after]
    return bool(towns) and towns[-1].kind is PlaceKind.UNNAMED and towns[-1].words.endswith("s")


def _past_occupation(scene: Scene, k: int) -> int:
    """The token behind "from (Russian) occupation" at k where that stands before what was freed, else k."""
    if scene.low[k : k + 1] != ("from",):
        return k
    end = next(
        (j + 1 for j in range(k + 1, min(k + 6, len(scene.low))) if scene.low[j] in ("occupation", "captivity")), k
    )
    end = end if end > k else next((s.end for s in scene.sides if k < s.start < k + 3), k)
    return end if scene.tag[end : end + 1] == ("DT",) or end in scene.at else k


def _side_before(scene: Scene, i: int) -> int | None:
    """The first token of the side or pronoun right before the verb at i."""
    group = verb_group(scene, i)
    k = before_adverbs(scene, group[0] if group else i, scene.sentence[i][0])
    if k < scene.sentence[i][0]:
        return None
    side = next((s for s in scene.sides if s.end == k + 1), None)
    first = side.start if side is not None else k if scene.tag[k] == "PRP" else None
    return first - 1 if first is not None and scene.tag[first - 1] in ("DT", "PRP$") else first


def _ago(scene: Scene, k: int) -> bool:
    """Whether the noun at k counts time or says whose: "X, which they had left the day before", "had declared their own"."""
    return scene.low[k] == "own" or scene.low[k + 1 : k + 2] in (("before",), ("earlier",), ("ago",), ("later",))


def _of_it(scene: Scene, k: int) -> Target | None:
    """The share of a place that "it" takes up: "holds about a third of it"."""
    of = next((m for m in range(k + 1, min(k + 7, len(scene.low) - 1)) if scene.low[m] == "of"), None)
    if (
        of is None
        or scene.low[of + 1] != "it"
        or any(scene.tag[m].startswith(("VB", "PRP", "NNP")) for m in range(k, of))
    ):
        return None
    target = with_part(scene, Mention(of + 1, of + 2, "it", PlaceKind.SETTLEMENT, anaphor="it"))
    return target if target.extent.kind != "whole" else None


def after_preps(scene: Scene, cue: Cue, end: int) -> tuple[list[Target], int | None]:
    """The places behind the frame's prepositions right of the cue; coordinated phrases count, later ones only place them."""
    preps = tuple(p for p in cue.frame.preps if p and p != "subject")
    low, tag = scene.low, scene.tag
    stop = scene.sentence[end - 1][1]
    found: list[Target] = []
    first: int | None = None
    later = _after_time(scene, end) if cue.frame.kind == "noun" or "of" in preps else None
    joined = k = later if later is not None else end
    listed = False  # whether a conjunction stands before the phrase at k
    while k < min(stop, end + 28):
        if scene.bracket[k]:
            k += 1
            continue
        hit = prep_at(scene, k, preps)
        lasting = hit is not None and scene.words("clauses.going_on").issuperset(
            low[end:k]
        )  # "fighting continued over X"
        again = all(t == "RB" for t in tag[end:k])  # "the flag flies again over X", but not "fighting south of X"
        again = again and (k == end or low[k - 1] not in scene.words("places.compass"))
        if hit is not None and hit[0] in ("of", "over") and not (k == joined or again or lasting) and low[end] != "by":
            k = hit[1]
            continue
        if hit is not None and hit[0] == "to" and _toward_road(scene, k):
            k = hit[1]  # "advanced toward the road to X"
            continue
        if hit is not None:
            prep, after = hit
            if low[after : after + 2] in (("and", "around"), ("and", "near"), ("and", "outside")):
                after += 2  # "in and around X"
            after = (closer_place(scene, after, stop) if prep == "N" else None) or after
            targets = places_after(
                scene, after, near=prep in MEANS or prep == "N" or (prep == "from" and is_measure(scene, k))
            )
            its = low[after : after + 2] == ("its", "control")
            its = its or (low[after : after + 1] == ("its",) and "outskirts" in prep)  # "goes on on its outskirts"
            if not targets and its and cue.frame.relation is Relation.CONTESTS:
                targets = [Target(Mention(after, after + 1, "its", PlaceKind.SETTLEMENT, anaphor="it"))]
            if (
                not targets
                and low[after : after + 1] == ("it",)
                and (cue.frame.relation in (Relation.LOSES, Relation.TAKES) or prep == "over")
            ):
                targets = [Target(Mention(after, after + 1, "it", PlaceKind.SETTLEMENT, anaphor="it"))]
            if (
                cue.frame.relation is Relation.ADVANCES
                and prep in WIDE
                and targets
                and (spot := _spot(scene, targets[0]))
            ):
                targets = spot
            if prep == "into":
                targets = [replace(t, into=True) for t in targets if t.mention.kind is not PlaceKind.COUNTRY]
            if "outskirts" in prep:
                targets = [replace(t, extent=Extent(kind="part")) for t in targets]
            if targets and not (prep in ("in", "on", "to", "within") and all(is_period(t) for t in targets)):
                first = k if first is None else first
                replaced = not listed and found and all(t.mention.direction for t in found)
                found = targets if replaced else found + targets
                k = past_target(scene, targets[-1])
                while k < stop and found[-1].mention.direction and low[k] in AXES | scene.words("places.direction"):
                    k += 1  # "in the A direction near B"
                k = _behind_distance(scene, k, stop)
                nxt = coordinated_prep(scene, k, stop, preps)
                listed = nxt is not None and bool({"and", "or", ","} & set(low[k:nxt]))
                if nxt is None and found[-1].mention.direction and prep_at(scene, k, NEARER) is not None:
                    nxt = k
                if nxt is None and prep not in WAYS:
                    nxt = _on_toward(scene, k, stop, preps)  # "advances south of A toward B"
                if nxt is None and not all(t.mention.direction for t in found):
                    break
                k = joined = nxt if nxt is not None else k
                continue
            if not targets and prep == "to" and tag[after : after + 1] == ("VB",):
                break  # "advancing from X to attack troops in Y"
            if not targets and found and "N" in preps and (beyond := _beside_way(scene, after, stop)) is not None:
                k = joined = beyond  # "southeast of A and to the railway line northwest of B"
                continue
            contests = cue.frame.relation is not Relation.ADVANCES
            if not targets and contests and prep in ("in", "inside", "within") and object_head(scene, after, stop):
                break  # "fighting in a camp in X"
            k = after
            continue
        if low[k] in ("since", "as") and not found and (later := since_when(scene, k)) is not None:
            k = later
            continue
        if found or (
            clause_edge(scene, k, stop)
            and not (cue.frame.kind == "noun" and cue.frame.relation is Relation.CONTESTS and goes_on(scene, k))
            and not (cue.frame.kind == "noun" and cue.frame.relation is Relation.ADVANCES and is_made(scene, k))
        ):
            break
        if low[k] == "from" and low[k - 1] in ("direction", "directions") and cue.frame.relation is Relation.ADVANCES:
            found = places_after(scene, k + 1, near=True)  # "no advances in any direction from X"
            break
        if low[k] in ("from", "by") and "from" not in preps and cue.frame.relation is Relation.ADVANCES:
            skipped = places_after(scene, k + 1)
            k = past_target(scene, skipped[-1]) if skipped else k + 1
            continue
        if tag[k] == "TO" and k + 1 < stop and tag[k + 1] == "VB":
            break
        if (
            low[k] == ","
            and cue.frame.kind == "noun"
            and k + 1 < stop
            and tag[k + 1] in ("DT", "PRP", "PRP$")
            and k > end
        ):
            break  # another clause or noun phrase
        k += 1
    return found, first


def _on_toward(scene: Scene, k: int, stop: int, preps: tuple[str, ...]) -> int | None:
    """Where "toward B" begins at k, or behind the place from which: "advanced south of A | from C toward B"."""
    if k < stop and scene.low[k] == "from" and (start := places_after(scene, k + 1, end=stop)):
        k = past_target(scene, start[-1])
    way = prep_at(scene, k, WAYS) if k < stop else None
    return k if way is not None and way[0] in preps else None


def _beside_way(scene: Scene, k: int, stop: int) -> int | None:
    """Where "north of B" begins behind what lies there, at k: "the railway line north of B", "fields north of B"."""
    j = k
    while j < stop and j - k < WAY and compass_of(scene, j) is None:
        if not scene.tag[j].startswith(("DT", "JJ", "NN", "CD", "HYPH")) or j in scene.at:
            return None
        j += 1
    return j if k < j < stop and j - k < WAY else None


def _after_time(scene: Scene, end: int) -> int | None:
    """The "of" behind a time that stands between an event noun and its place: "its capture last week of X"."""
    if scene.low[end : end + 1] in (("last",), ("this",), ("earlier",)):
        later = end + 2 + (scene.low[end] == "earlier")
    else:
        later = time_phrase(scene, end) or end + (scene.low[end : end + 1] in (("yesterday",), ("overnight",)))
    return later if later > end and scene.low[later : later + 1] == ("of",) else None


def _behind_distance(scene: Scene, k: int, stop: int) -> int:
    """The token behind ", within 15 km of Y" at token k, which says where the place before it lies; k where nothing does."""
    if scene.low[k : k + 2] != (",", "within") or scene.tag[k + 2 : k + 3] != ("CD",):
        return k
    return next((scene.at[j].end for j in range(k + 3, min(k + 10, stop)) if j in scene.at), k)


def _toward_road(scene: Scene, k: int) -> bool:
    """Whether "toward the road" stands before the "to" at k: where that leads nobody has come."""
    return scene.low[k - 1] in ROADS and bool({"toward", "towards"} & set(scene.low[max(0, k - 4) : k - 1]))


def _spot(scene: Scene, target: Target) -> list[Target]:
    """The places near which ground of a region was gained: "in X Oblast near A and B"."""
    spot = target.container
    if target.mention.kind is not PlaceKind.REGION or spot is None or spot.kind is not PlaceKind.SETTLEMENT:
        return []
    if spot.head not in (None, "area") or spot.anaphor or spot.start < target.mention.end:
        return []
    return places_after(scene, spot.start, near=True) or [Target(replace(spot, head=None), near=True)]


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


def near_group(target: Target) -> Target:
    """Advances "in settlements north of X" are near X."""
    if target.mention.kind is PlaceKind.UNNAMED and target.mention.count is None and target.container is not None:
        return Target(target.container, near=True)
    return target


def with_members(scene: Scene, targets: list[Target]) -> list[Target]:
    """A group whose members are named after it: "20 settlements in the last day, including X"."""
    later = (n for n, t in enumerate(targets) if n and t.mention.count == len(targets) - n - 1 > 0)
    if (n := next(later, None)) is not None:
        return targets[:n] + with_members(scene, targets[n:])  # "X and two towns, A and B"
    group, names = targets[0].mention if targets else None, targets[1:]
    if group is not None and group.kind is PlaceKind.UNNAMED and names and group.count == len(names):
        named = all(t.mention.kind is not PlaceKind.UNNAMED and not t.mention.anaphor for t in names)
        where = targets[0].container
        behind = where.end if where is not None and 0 < where.start - group.end < 4 else group.end
        if scene.low[behind : behind + 2] == ("in", "the") and scene.low[behind + 2] in scene.words(
            "places.wide_nouns"
        ):
            behind += 3  # "two other villages in the region, A and B"
        behind += 2 * (scene.low[behind] in ("further", "farther"))  # "two villages further south, A and B"
        if named and scene.low[behind] in SET_BESIDE:
            return _of_kind(scene, group, names)  # "two villages, A and B," are A and B
    behind = targets[-1].mention.end if targets else 0
    if len(targets) == 1 and (around := namely(scene, targets[0])):
        return around
    if len(targets) == 1 and (whole := all_of(scene, targets[0])) is not None:
        return [whole]
    swathe = bool(targets) and targets[-1].extent.kind == "part" and scene.low[behind : behind + 2] in INCLUDES
    if swathe:
        return targets + places_after(scene, behind + 2)  # "a swathe of the west that includes X"
    if _told_in_full(scene, targets, behind) and len(shares := places_after(scene, behind + 1)) > 1:
        return targets + shares
    if not targets:
        return targets
    if group is not None and group.count and names and scene.low[group.end : group.end + 1] in MARKED:
        told = set_out(scene, group, group.end)  # "two towns - A, a hub of rail lines, and B, near the border"
        return _of_kind(scene, group, [Target(m) for m in told]) if told else targets
    if targets[-1].mention.kind is not PlaceKind.UNNAMED:
        return targets
    if names := _behind_colon(scene, targets[-1].mention):
        return targets[:-1] + names
    k = targets[-1].mention.end
    for j in range(k, min(k + 16, scene.sentence[k - 1][1] - 1)):
        if scene.low[j] in scene.words("places.including") and j + 1 < len(scene.low):
            return targets + places_after(scene, j + 1)
        if scene.low[j : j + 2] in INCLUDES or (j == k + 1 and scene.low[k : k + 3] == (",", "such", "as")):
            return targets + places_after(scene, j + 2)
        last = scene.inside(j - 1)
        if scene.low[j : j + 2] == ("among", "them") and last is not None and last is not targets[-1].mention:
            return targets + [Target(m) for m in list_left(scene, last)]  # "three towns - A among them"
        if scene.low[j : j + 2] == ("among", "them") and j + 2 < len(scene.low):
            return targets + places_after(scene, j + 2)
        if scene.low[j] == "included" and (last := scene.inside(j - 1)) is not None and last.end == j:
            return targets + [Target(m) for m in list_left(scene, last)]  # "ten towns, A and B included"
    return targets


def _told_in_full(scene: Scene, targets: list[Target], behind: int) -> bool:
    """Whether a list behind a mark tells what a share of a country is: "holds a fifth of Ukraine: Crimea, most of Luhansk and ..."."""
    if len(targets) != 1 or targets[0].mention.kind is not PlaceKind.COUNTRY or targets[0].extent.kind == "whole":
        return False
    return scene.low[behind : behind + 1] in ((":",), ("–",), ("—",), ("-",)) and behind == targets[0].mention.end


def _behind_colon(scene: Scene, group: Mention) -> list[Target]:
    """The members of a group that a colon lists at the end of the sentence: "the following villages were freed: A, B and C"."""
    k, stop = group.end, scene.sentence[group.start][1]
    colon = next((j for j in range(k, min(k + 24, stop)) if scene.low[j] in MARKS), None)
    if colon is None or ";" in scene.low[k:colon]:
        return []
    names = places_after(scene, colon + 1)
    if group.count is None and scene.low[colon] != ":":
        return names if between_dashes(scene, colon, [t.mention for t in names]) else []
    if group.count is not None and len(names) != group.count:
        names = [Target(m) for m in set_out(scene, group, colon)]
    if not names or names[0].mention.start > colon + 2 or any(t.near or t.mention.anaphor for t in names):
        return []
    if any(t.mention.kind is not PlaceKind.SETTLEMENT for t in names):
        return []
    told = group.count is None or group.count == len(names)
    fits = told and scene.low[group.end - 1] in scene.words("places.settlements")
    return _of_kind(scene, group, names) if fits else []


def _of_kind(scene: Scene, group: Mention, names: list[Target]) -> list[Target]:
    """The members of "four regions" as regions."""
    if scene.low[group.end - 1] not in scene.words("places.many_regions"):
        return names
    return [replace(t, mention=replace(t.mention, kind=PlaceKind.REGION)) for t in names]


def is_bare(target: Target, scene: Scene | None = None) -> bool:
    """Whether a target is a plural without number or location ("villages"); a nation's ("Ukrainian cities") is located."""
    m = target.mention
    left = scene.low[max(0, m.start - 2) : m.start] if scene is not None else ()
    if scene is not None and any(
        s.end in (m.start, m.start - 1, m.start - 2) and s.word.kind in ("demonym", "name") for s in scene.sides
    ):
        last = scene.low[m.end - 1]
        held = bool(left) and left[-1] in scene.cues.adjectives and last not in scene.words("places.wide")
        if (held or any(s.end == m.start for s in scene.sides)) and last in scene.words("places.settlements"):
            return False
    return m.kind == PlaceKind.UNNAMED and not m.known and target.container is None

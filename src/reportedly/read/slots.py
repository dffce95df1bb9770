"""Where a frame's places stand: one scanner over the words right of a cue, with lists, parts, containers and distances."""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import Extent, PlaceKind
from reportedly.read.edges import coordinated_prep, past_target
from reportedly.read.extents import (
    capital_name,
    describes_whole,
    measure_at,
    only_modifies,
    part_of,
    quantity_at,
    shared_part,
    spared_at,
)
from reportedly.read.groups import PARTS
from reportedly.read.listing import next_in_list
from reportedly.read.placing import after_mention, closer_place, compass_of, prep_at
from reportedly.read.scene import Mention, Scene
from reportedly.read.slot_words import (
    claimable,
    compass_name,
    compound_kind,
    name_behind,
    named_after,
    named_kind,
    own_part,
    owner_of_ground,
    past_object,
    possessor,
    relative,
    second_noun,
    side_describes,
    two_sides,
)
from reportedly.read.target import Target

__all__ = ["places_after"]

BORDERING = frozenset({"neighboring", "neighbouring", "bordering", "adjoining"})
OUTER = frozenset({"outskirts", "suburbs", "strongholds", "territory", "territories", "fringes", "centre", "center"})
COMPARING = frozenset({"larger", "bigger", "smaller", "greater"})  # "an area larger than Denmark"
AROUND = frozenset({"near", "around", "outside", "toward", "towards", "along", "beyond", "past"})
GROUND_AT = ("near", "around", "in", "N", "in the area of", "in the vicinity of")
ENCLOSED = frozenset(
    {
        "enclave",
        "enclaves",
        "neighborhood",
        "neighbourhood",
        "neighborhoods",
        "neighbourhoods",
        "quarter",
        "stronghold",
        "strongholds",
        "strongpoint",
        "strongpoints",
    }
)
EDGES = frozenset({"edge", "edges", "outskirts", "fringe", "fringes"})
BANKS = frozenset({"left", "right"})
QUARTERS = frozenset({"neighborhood", "neighbourhood", "microraion", "microdistrict", "suburb"})
INSIDE = (("in", "the"), ("of", "the"), ("within", "the"))  # "in the south of X" is in X, "to the south of X" is not
SKIPPED = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "our",
        "this",
        "these",
        "those",
        "all",
        "both",
        "entire",
        "whole",
        "now",
        "just",
        "also",
        "even",
        "own",
        "same",
        "neither",
        "surrounding",
    ]
)


def _beyond_region(scene: Scene, k: int) -> bool:
    """Whether "outside" at k leads out of a region or country, which ground there is not near."""
    j = k + 1
    while j < len(scene.low) and (scene.low[j] == "of" or scene.tag[j] == "DT"):
        j += 1
    named = scene.at.get(j)
    return named is not None and (
        named.kind in (PlaceKind.REGION, PlaceKind.COUNTRY) or named.anaphor in ("region", "province")
    )


def places_after(scene: Scene, i: int, *, end: int | None = None, near: bool = False) -> list[Target]:
    """The places of the noun phrase that starts at token i, list and parts included; [] if its head is no ground."""
    stop = min(end if end is not None else len(scene.low), scene.sentence[i][1] if i < len(scene.low) else 0)
    found: list[Target] = []
    extent, words, k, opened = Extent(), "", i, False
    ground = False
    steps = 0
    while k < stop and steps < 60:
        steps += 1
        if scene.bracket[k]:
            k += 1
            continue
        if scene.low[k] in BORDERING and k > i and scene.low[k - 1] in scene.words("places.part"):
            break  # "the areas neighbouring X" are not in it
        mention = scene.at.get(k)
        if mention and possessor(scene, mention, stop):
            owner = scene.following(mention.end) + 1
            rest = (
                places_after(scene, owner, end=stop)
                if mention.kind is PlaceKind.COUNTRY or not part_of(scene, owner)
                else []
            )
            if rest:
                if extent.kind != "whole" and rest[0].extent.kind == "whole":
                    rest[0] = replace(rest[0], extent=extent, extent_words=words)
                return found + rest
            if any(scene.low[j] in ("flank", "flanks") for j in range(owner, min(owner + 3, stop))):
                found.append(Target(mention, near=True))  # "on X's flanks"
                break
            ends = owner + 1 >= stop or not scene.tag[owner + 1].startswith(("NN", "JJ"))
            quarter = (
                ends and owner < stop and scene.low[owner] in scene.words("places.compass")
            )  # "the city's southwest"
            if not part_of(scene, owner) and not quarter:
                break
            share = extent if extent.kind == "percent" else Extent(kind="part")  # "85 percent of X's territory"
            found.append(Target(mention, share, near, extent_words=scene.text(owner, owner + 1)))
            break
        if mention and claimable(mention):
            if (
                mention.anaphor
                and mention.end < len(scene.low)
                and (more := named_after(scene, mention.end)) is not None
            ):
                k = more
                continue
            if mention.part and mention.kind is PlaceKind.COUNTRY and extent.kind == "whole":
                extent, words = Extent(kind="part"), mention.words
            if mention.part and mention.anaphor:
                extent, words = Extent(kind="part"), mention.words
            if mention.anaphor and scene.low[mention.end : mention.end + 1] and scene.low[mention.end] in PARTS:
                extent, words = Extent(kind="part"), scene.low[mention.end]  # "the city center"
            found.append(Target(mention, extent, near, extent_words=words))
            k = after_mention(scene, mention.end, stop, found)
            if (spared := spared_at(scene, k, stop)) is not None:
                found[-1] = replace(found[-1], extent=spared, extent_words=scene.text(k, k + 1))
                break
            nxt = next_in_list(scene, k, stop)
            if nxt is None:
                found += _excepted(scene, k, stop)
                break
            joined = mention.vague and nxt in scene.at and scene.at[nxt].vague  # "much of southern and eastern X"
            if not joined and not shared_part(scene, i, nxt):
                extent, words = Extent(), ""
            k, opened = nxt, False
            continue
        if mention and mention.head in OUTER and scene.low[mention.end : mention.end + 1] == (mention.head,):
            whole = replace(mention, head=None)  # "Marib outskirts", "southern Lebanon strongholds"
            seat = mention.head in ("centre", "center") and scene.low[mention.end - 1] == "district"
            found.append(Target(whole, Extent() if seat else Extent(kind="part"), near, extent_words=mention.head))
            break
        if (
            mention
            and mention.head in scene.words("places.settlements")
            and scene.low[mention.end : mention.end + 2] == (mention.head, "of")
        ):
            if mention.head in QUARTERS:
                extent, words = Extent(kind="part"), mention.head  # "the Zhovtnevyi microraion of X"
            k = mention.end + 2  # "the West Bank city of Jenin"
            continue
        if mention and (after := past_object(scene, k, stop)) is None:
            break
        if mention:
            k = after or k + 1
            continue
        if (own := own_part(scene, k, stop)) is not None:
            found.append(
                Target(
                    Mention(k, k + 1, scene.written[k], PlaceKind.SETTLEMENT, anaphor="it"),
                    Extent(kind="part"),
                    near,
                    extent_words=own,
                )
            )
            break
        if scene.low[k] == "it" and k + 1 < stop and scene.low[k + 1] in ("and", ","):
            found.append(Target(Mention(k, k + 1, "it", PlaceKind.SETTLEMENT, anaphor="it")))
            k += 2
            continue
        measured = measure_at(scene, k, stop)
        if measured is not None:
            k = measured
            if scene.low[k - 1] == "of":
                extent, words = Extent(kind="part"), scene.text(max(i, k - 3), k)  # "1,000 square kilometres of X"
            continue
        quantity = quantity_at(scene, k)
        if quantity:
            extent, k = quantity
            words = scene.text(max(i, k - 3), k)
            opened = True
            continue
        low, tag = scene.low[k], scene.tag[k]
        if scene.low[k + 1 : k + 3] == ("-", "bank") and (low in scene.words("places.compass") or low in BANKS):
            extent, words, opened = Extent(kind="part"), scene.text(k, k + 3), True
            k += 3  # "right-bank Kherson Oblast"
            continue
        if low == "other" and scene.low[k + 1 : k + 2] == ("than",):
            break  # "any regional capital other than X"
        counted = low in ("up", "as") and scene.low[k + 1 : k + 2] in (("to",), ("many",))
        if counted and any(t == "CD" for t in scene.tag[k + 2 : k + 4]):
            k += 3 if low == "as" else 2  # "up to 15 villages", "as many as five towns"
        elif low == "'s" or low == "'":
            k += 1
        elif (
            low == "territory"
            and scene.low[k + 1 : k + 2] == ("of",)
            and scene.low[k - 1] in ("the", "entire", "whole")
        ):
            opened = True  # "the territory of X" is X
            k += 1
        elif (
            low == "area" and ground and scene.low[k - 1] in ("the", "general") and scene.low[k + 1 : k + 2] == ("of",)
        ):
            near, extent, words = True, Extent(), ""  # "territory in the area of X"
            k += 2
        elif (
            low == "district"
            and scene.low[k + 1 : k + 2] == ("of",)
            and scene.low[k - 1] not in ("a", "one", "another")
        ):
            opened = True  # "the district of X" is X
            k += 1
        elif low in scene.words("places.part") and only_modifies(scene, k):
            opened = True
            k += 1
        elif low in ("position", "positions") and scene.low[k - 1] in scene.words("objects.posts"):
            break  # "took senior positions in the administration of X"
        elif low in scene.words("places.part") and not capital_name(scene, k):
            ground = ground or low in scene.words("places.ground")
            extent, words, opened = extent if extent.kind == "percent" else Extent(kind="part"), low, True
            k += 1
        elif low == "port" and capital_name(scene, k) and scene.low[k + 1 : k + 2] == ("of",):
            break  # "the Port of X" is a harbour
        elif low in scene.words("places.whole"):
            opened = True
            k += 1
        elif low in scene.words("places.compass"):
            after = compass_of(scene, k)
            told = k > 0 and scene.low[k - 1] in scene.cues.adjectives and scene.low[k + 1 : k + 2] == ("of",)
            if told:
                k, extent, words, opened = k + 1, Extent(kind="part"), low, True  # "the occupied south of X"
                continue
            inside = scene.low[max(0, k - 2) : k] in INSIDE
            inside = inside or (k - 1 == i and scene.low[i] == "the" and scene.low[i - 1 : i] != ("to",))
            if after is not None and inside:  # "controls the north of X", "in the north of X"
                k, extent, words, opened = after, Extent(kind="part"), low, True
                continue
            if after is not None:
                if not (opened or ground):
                    break
                near, k, extent, words = True, closer_place(scene, after, stop) or after, Extent(), ""
                continue
            owned = k > 0 and (scene.low[k - 1] == "'s" or any(s.end == k for s in scene.sides))
            if not owned and not compass_name(scene, k) and not describes_whole(scene, k, stop):
                extent, words = Extent(kind="part"), low
            k += 1
        elif ground and low == "there" and not found:
            there = Mention(k, k + 1, scene.written[k], PlaceKind.SETTLEMENT, anaphor="town")
            found.append(Target(there, Extent(kind="part"), near, extent_words=words))
            break  # "maintain positions there"
        elif ground and low in ("it", "they") and (held := relative(scene, k, stop)) is not None:
            k = held  # "40 percent of the territory it held in X"
        elif (
            (tag == "NN" or low == "lost")
            and scene.low[k + 1 : k + 2]
            and scene.low[k + 1] in scene.words("places.ground")
        ):
            k += 1  # "hilltop positions in X"
        elif ground and low == "in" and scene.low[k + 1 : k + 3] in (("and", "around"), ("and", "near")):
            k += 3  # "territory in and around X"
        elif (past := owner_of_ground(scene, k, stop)) is not None:
            k = past  # "the group's strongholds of X"
        elif (
            low in ("in", ",")
            and opened
            and not found
            and extent.kind == "whole"
            and (named := name_behind(scene, k, stop))
        ):
            found.append(Target(named[-1], extent, near, container=named[0] if len(named) > 1 else None))
            break  # "the last stronghold in Darfur, El Fasher"
        elif low in ("and", ",", "or") and two_sides(scene, k):
            k += 1  # "northern and eastern X"
        elif low == "and" and opened and not found and (beyond := second_noun(scene, k, stop)) is not None:
            k = beyond  # "the town and stronghold of X"
        elif (low == "of" and opened) or (
            low in ("in", "within", "inside", "at", "throughout", "across")
            and (ground or (opened and extent.kind == "part"))
        ):
            k += 1
        elif low == "in" and opened and scene.low[k - 1] in ENCLOSED and not found:
            extent, words = Extent(kind="part"), scene.low[k - 1]  # "an enclave in the city of X"
            k += 1
        elif low == "on" and opened and extent.kind == "part" and set(scene.low[k + 1 : k + 5]) & EDGES:
            k += 1  # "a district on the western edge of X"
        elif low in ("control", "possession") and scene.low[k + 1 : k + 2] in (("of",), ("over",)):
            opened = True  # "control of X has passed to ..."
            k += 2
        elif low in ("flank", "flanks") and scene.low[k + 1 : k + 2] == ("of",):
            near, k, extent, words = True, k + 2, Extent(), ""
        elif low == "outside" and (ground or opened) and _beyond_region(scene, k):
            break  # "areas outside of the X region"
        elif low in AROUND and (ground or opened):
            near, extent, words = True, Extent(), ""
            k += 1
        elif (
            low == "around"
            and k == i
            and scene.low[k - 1] != "from"
            and not (k + 1 < stop and scene.tag[k + 1] in ("CD", "DT", "PDT", "JJR"))
        ):
            break  # "took around X" is no object
        elif (
            low == "all"
            or low
            in (
                "control",
                "breakaway",
                "separatist",
                "nearly",
                "almost",
                "approximately",
                "about",
                "roughly",
                "some",
                "over",
                "around",
                "nearby",
                "neighboring",
                "neighbouring",
            )
            or (
                low in SKIPPED
                or tag in ("DT", "PRP$", "PDT", "JJ", "JJR", "JJS", "CD", "RB", "RBR", "POS", "VBN", "HYPH")
                or (low == "occupied" and tag == "VBD" and k > i and scene.tag[k - 1] == "JJ")
                or (low in ("least", "more", "most", "than", "at") and scene.low[k - 1] not in COMPARING)
            )
        ):
            k += 1
        elif side_describes(scene, k, stop):
            k = scene.side_at[k].end
        elif (
            (
                low
                in (
                    "strategic",
                    "key",
                    "frontline",
                    "border",
                    "port",
                    "front",
                    "line",
                    "rail",
                    "mining",
                    "coastal",
                    "coastline",
                    "river",
                    "industrial",
                    "market",
                    "logistics",
                    "road",
                    "transport",
                    "railway",
                    "oil",
                    "salt",
                    "resort",
                    "ghost",
                )
                and k + 1 < stop
                and (scene.low[k + 1] in scene.words("places.whole") or scene.low[k + 1] in ("-",))
            )
            or tag == "``"
            or low in ('"', "“", "'", "‘", "”")
        ):
            k += 1
        elif (after := past_object(scene, k, stop)) is not None:
            k = after
        elif (past := compound_kind(scene, k, stop)) is not None:
            k = past  # "the diamond-mining town of X"
        elif tag == "NN" and scene.low[k + 1 : k + 2] and k + 2 < stop and named_kind(scene, k + 1):
            k += 1  # "the hilltop town of X"
        elif (
            tag in ("NN", "VBG")
            and scene.low[k + 1 : k + 2]
            and scene.low[k + 1] in ("zone", "area", "areas", "zones", "sector", "district", "districts")
        ):
            k += 1  # "the peacekeeping zone in X"
        else:
            break
    return found + _coordinated(scene, found, stop) if ground and found else found


def _excepted(scene: Scene, k: int, stop: int) -> list[Target]:
    """The places behind "but not": "holds A but not B"."""
    j = k + 1 if scene.low[k : k + 1] == (",",) else k
    if scene.low[j : j + 2] != ("but", "not") or j + 2 >= stop:
        return []
    return [replace(t, denied=True) for t in places_after(scene, j + 2, end=stop) if not t.near]


def _coordinated(scene: Scene, found: list[Target], stop: int) -> list[Target]:
    """What follows ground near one place in another phrase of place: "terrain near A and in B"."""
    k = coordinated_prep(scene, past_target(scene, found[-1]), stop, GROUND_AT)
    hit = prep_at(scene, k, GROUND_AT) if k is not None else None
    if hit is None:
        return []
    near = hit[0] != "in"
    more = places_after(scene, hit[1], end=stop, near=near)
    return [t if near or t.extent.kind != "whole" else replace(t, extent=Extent(kind="part")) for t in more]

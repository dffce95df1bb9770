"""Phrases that only say where a place lies: "north of X", "12 km west of X", "in Y Oblast"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from reportedly.model import PlaceKind
from reportedly.read.places.owned_edges import EDGES, owns_edge, share_next
from reportedly.read.scene.dated_phrases import past_date
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target

__all__ = [
    "after_mention",
    "closer_place",
    "compass_of",
    "is_measure",
    "prep_at",
]

MEASURE = frozenset(
    ["km", "kilometers", "kilometres", "kilometer", "kilometre", "miles", "mile", "meters", "metres", "m"]
)


SEATS = frozenset({"capital", "seat", "hub", "centre", "center", "gateway", "stronghold", "home"})
CLOSER = ("near", "around", "in", "in the vicinity of", "in the area of")
BESIDE = frozenset({"near", "around", "outside"})
COMPASS_AFTER = frozenset({"of", "from"})


def compass_of(scene: Scene, i: int) -> int | None:
    """If "north of", "12 km north-east of", "northwest and west of" stands at i, the token after its "of"; else None."""
    low, compass = scene.low, scene.words("places.compass")
    k = i
    while k < len(low) and k - i < 9:
        if (
            low[k] in compass
            or low[k]
            in ("-", "–", "and", "/", ",", "due", "immediately", "the", "further", "farther", "just", "northernmost")
            or scene.tag[k] == "CD"
            or low[k] in MEASURE
            or low[k] in ("about", "some", "to", "directly", "up")
        ):
            k += 1
            continue
        if low[k] in COMPASS_AFTER and k > i and any(low[j] in compass for j in range(i, k)):
            far = (
                low[k] == "of"
                or low[i : i + 2] == ("to", "the")
                or any(scene.tag[j] == "CD" or low[j][:1].isdigit() for j in range(i, k))
            )
            return k + 1 if far else None  # "advancing north from X" is a way, not a place
        break
    return None


def is_measure(scene: Scene, k: int) -> bool:
    """Whether a distance stands right before token k ("back to 10 km from X")."""
    before = scene.low[k - 1] if k else ""
    return before in MEASURE or (before[:1].isdigit() and before.endswith(("km", "mi")))


@cache
def _longest_first(preps: tuple[str, ...]) -> tuple[tuple[str, list[str]], ...]:
    """Prepositions with their words, the longest first."""
    return tuple((prep, prep.split()) for prep in sorted(preps, key=len, reverse=True) if prep.split())


def prep_at(scene: Scene, i: int, preps: tuple[str, ...]) -> tuple[str, int] | None:
    """Which of a frame's prepositions stands at token i, and the token after it."""
    low = scene.low
    if i >= len(low):
        return None
    for prep, words in _longest_first(preps):
        if prep == "N":
            after = compass_of(scene, i)
            if after is not None:
                return "N", after
            continue
        if low[i] != words[0]:
            continue
        if prep.endswith("outskirts of") and owns_edge(scene, i + 1):
            return prep, i + 1
        k = i
        for word in words:
            while len(words) > 2 and k > i and low[k : k + 1] and low[k] in scene.words("places.compass"):
                k += 1  # "on the southern outskirts of"
            if low[k : k + 1] != (word,) and not (word == "outskirts" and low[k : k + 1] and low[k] in EDGES):
                break
            k += 1
        else:
            return prep, k
    return None


def closer_place(scene: Scene, k: int, stop: int) -> int | None:
    """If the place at k is only where a closer one lies ("north of A near B", "west of A in the area of B"), where that one starts."""
    while (
        k < stop
        and k not in scene.at
        and (scene.tag[k] == "DT" or scene.low[k] in scene.words("places.whole") | {"of"})
    ):
        k += 1
    mention = scene.at.get(k)
    if mention is None or mention.head is not None:
        return None
    j = scene.following(mention.end)
    hit = prep_at(scene, j, CLOSER) if j < stop else None
    if hit is None:
        return None
    start = hit[1]
    while start < stop and start not in scene.at and scene.tag[start] == "DT":
        start += 1
    nearer = scene.at.get(start)
    if nearer is None or nearer.head is not None or nearer.anaphor or nearer.kind is not PlaceKind.SETTLEMENT:
        return None
    return start


def after_mention(scene: Scene, k: int, stop: int, found: list[Target]) -> int:
    """Step over what only places a mention: brackets, ", Kharkiv Oblast", "in Y", "near Z", "12 km west of Z"."""
    k = min(scene.following(k), stop)
    for _ in range(3):
        if k >= stop:
            return stop
        low = scene.low
        if low[k] == "," and (nxt := scene.at.get(k + 1)) and nxt.head is None:
            last = found[-1].mention
            listed = nxt.end < stop and (
                low[nxt.end] in ("and", "or") or (low[nxt.end] == "," and _list_goes_on(scene, nxt.end, stop))
            )
            wider = nxt.kind in (PlaceKind.REGION, PlaceKind.COUNTRY) and last.kind not in (
                PlaceKind.REGION,
                PlaceKind.COUNTRY,
                PlaceKind.UNNAMED,
            )
            between = last.kind == PlaceKind.SETTLEMENT and _region_between(scene, nxt, stop)
            if wider and (not listed or (between and not _list_of_regions(scene, nxt, stop))):
                found[-1] = replace(found[-1], container=nxt)
                k = min(scene.following(nxt.end), stop)
                continue
        if (
            aside := _described(scene, k, stop)
            or _direction(scene, k, stop)
            or _told(scene, k, stop)
            or _related(scene, k, stop)
        ) is not None:
            k = aside
            continue
        placed = _placing(scene, k)
        if placed is None:
            return past_date(scene, k, stop)
        many = scene.low[k] == "in" and bool(scene.words("places.many_regions") & set(scene.low[k + 1 : k + 4]))
        nearby = scene.low[k] in BESIDE and found[-1].mention.kind in (PlaceKind.REGION, PlaceKind.UNNAMED)
        context, k = placed
        while many and k + 1 < stop and scene.low[k] in ("and", ",") and k + 1 in scene.at:
            k = scene.at[k + 1].end  # "50 villages in the provinces of A and B"
        if nearby and context is not None and context.kind is PlaceKind.SETTLEMENT:
            k = _past_names(scene, k, stop)
        if found[-1].container is None and context is not None:
            found[-1] = replace(found[-1], container=context)
        k = min(scene.following(k), stop)
    return k


def _past_names(scene: Scene, k: int, stop: int) -> int:
    """The token after the further names of a list that only say where ground lies: "in X Oblast near A, B and C"."""
    j = k
    while j + 1 < stop and scene.low[j] in ("and", ",", "or"):
        while j + 1 < stop and scene.low[j] in ("and", ",", "or"):
            j += 1
        name = scene.at.get(j)
        if name is None or name.head is not None or name.anaphor or name.kind is not PlaceKind.SETTLEMENT:
            break
        after = scene.following(name.end)
        if after < stop and scene.tag[after] in ("VBD", "VBZ", "VBP", "MD"):
            break  # ", and B was shelled"
        k = j = min(after, stop)
    return k


def _list_goes_on(scene: Scene, k: int, stop: int) -> bool:
    """Whether after the comma at k another place follows, alone or after "and"."""
    j = k + 1
    while j < stop and scene.low[j] in ("and", "or", "the"):
        j += 1
    return j < stop and j in scene.at and (scene.at[j].known or scene.at[j].end - j == 1)


def _region_between(scene: Scene, region: Mention, stop: int) -> bool:
    """Whether a region inside a list belongs to the settlement before it: the list goes on with a settlement."""
    k = region.end
    while k < stop and scene.low[k] in (",", "and", "or", "the"):
        k += 1
    nxt = scene.at.get(k)
    return bool(nxt and nxt.kind == PlaceKind.SETTLEMENT and nxt.known and k < stop)


def _list_of_regions(scene: Scene, region: Mention, stop: int) -> bool:
    """Whether a list goes on from a region to "... and D oblasts": then it names regions only."""
    k = region.end
    while k < stop:
        nxt = scene.at.get(k)
        if nxt is not None:
            if scene.low[nxt.end - 1] in scene.words("places.many_regions"):
                return True
            k = nxt.end
        elif scene.low[k] in (",", "and", "or", "the") or scene.bracket[k]:
            k += 1
        else:
            return False
    return False


def _placing(scene: Scene, k: int) -> tuple[Mention | None, int] | None:
    """A phrase at k that only says where the place before it lies: the mention it names and the token after it."""
    low = scene.low
    j = k
    if low[j] in ("and", "or", "/"):
        return None  # "south of A and west of B" are two
    if low[j] == "," and j + 1 < len(low):
        j += 1
    if low[j] in ("and", "or"):
        return None
    start = j
    while j < len(low) and (
        low[j] in ("just", "located", "situated", "approximately", "about", "some", "roughly", "~")
        or scene.tag[j] == "CD"
        or low[j] in MEASURE
    ):
        j += 1
    if j >= len(low):
        return None
    after = compass_of(scene, j)
    if after is not None and low[j] == "to":
        return None  # "from A to the north" is no reference
    if after is not None and low[k] == "," and _chain(scene, after):
        return None  # "near A, north of B, south of C and west of D" are four
    if after is None:
        if (low[j] in ("in", "near", "inside", "within", "outside") and j == start) or (low[j] == "from" and j > start):
            after = j + 1
        elif low[j] in ("'s",):
            return None
        else:
            return None
    if low[k] == "," and (low[j] == "in" or (low[j] in ("near", "around") and _more_phrases(scene, j))):
        return None
    m = after
    while (
        m < len(low)
        and m - after < 5
        and m not in scene.at
        and (
            scene.tag[m] in ("DT", "JJ", "RB", "POS")
            or low[m] in scene.words("places.compass")
            or low[m] in scene.words("places.whole")
            or low[m] in ("of", "'s")
            or m in scene.side_at
        )
    ):
        m += 1
    mention = scene.at.get(m)
    if (seat := _capital_named(scene, mention.end if mention is not None and mention.anaphor else m)) is not None:
        return seat, seat.end  # "north of the capital, X"
    if mention is None or mention.anaphor:
        return (None, mention.end) if mention else None
    end = mention.end
    # "north of A and B": the list belongs to the reference only if what follows is no verb and no new phrase of place
    return mention, end


def _capital_named(scene: Scene, k: int) -> Mention | None:
    """The capital whose name is set behind it at the comma k: "the capital, X"; None where a list goes on there."""
    if scene.low[k : k + 1] != (",",) or scene.low[k - 1] not in ("capital", "capital's", "seat"):
        return None
    name = scene.at.get(k + 1)
    if name is None or name.head is not None or name.anaphor or name.kind is not PlaceKind.SETTLEMENT:
        return None
    return name if scene.low[name.end : name.end + 1] not in (("and",), ("or",)) else None


def _direction(scene: Scene, k: int, stop: int) -> int | None:
    """The token after "in the north", "further south" or "near the border" at k, where a list of places goes on behind it."""
    low = scene.low
    if low[k] in ("further", "farther") and low[k + 1 : k + 2] and low[k + 1] in scene.words("places.compass"):
        return k + 2 if _goes_on(scene, k + 2, stop) else None
    if low[k] in ("in", "near", "on", "along") and low[k + 1 : k + 2] == ("the",):
        end = k + 2
        while end < stop and (scene.tag[end] in ("JJ", "POS") or end in scene.side_at) and end - k < 5:
            end += 1
        named = set(low[k + 2 : end]) & scene.words("places.compass")
        border = low[end : end + 1] in (("border",), ("frontier",), ("coast",))
        if low[k + 2 : k + 3] and low[k + 2] in scene.words("places.compass") and end == k + 2:
            end, named = end + 1, {low[k + 2]}
        end = end + 1 if border else end
        if (named or border) and _goes_on(scene, end, stop):
            return end
    return None


def _described(scene: Scene, k: int, stop: int) -> int | None:
    """The comma after ", the capital of Y" at k, where a list of places goes on behind it: "X, the capital of Y, and Z"."""
    low = scene.low
    if low[k] != "," or low[k + 1 : k + 2] not in (("the",), ("a",), ("an",)):
        return None
    if low[k + 1] == "the" and (named := scene.at.get(k + 2)) and low[named.end : named.end + 1] == (",",):
        return None  # "A, the Luhansk People's Republic, and B": a name of its own
    end = k + 2
    while end < stop and end - k < 12 and low[end] != ",":
        if scene.tag[end].startswith("VB") or scene.tag[end] in ("WDT", "WP", "WRB", "MD"):
            return None
        end += 1
    kind = {low[j] for j in range(k + 2, min(end, k + 8))} & (scene.words("places.whole") | SEATS)
    return end if kind and end < stop and low[end] == "," and _goes_on(scene, end, stop) else None


def _told(scene: Scene, k: int, stop: int) -> int | None:
    """The comma after ", captured last year" at k, where a list of places goes on with "and" behind it."""
    first = k + 2 if scene.tag[k + 1 : k + 2] == ("RB",) else k + 1
    if scene.low[k] != "," or scene.tag[first : first + 1] != ("VBN",):
        return None
    end = first + 1
    while end < stop and end - k < 14 and scene.low[end] != ",":
        if scene.tag[end] in ("VBD", "VBZ", "VBP", "WDT", "WP", "WRB", "MD"):
            return None
        end += 1
    if end + 1 >= stop or scene.low[end] != ",":
        return None
    joined = scene.low[end + 1] == "and" and _goes_on(scene, end, stop)
    return end if joined or share_next(scene, end + 1, stop) else None


def _related(scene: Scene, k: int, stop: int) -> int | None:
    """The comma after ", which it seized in 2014" at k, where a list of places goes on with "and" behind it."""
    if scene.low[k] != "," or scene.low[k + 1 : k + 2] not in (("which",), ("where",)):
        return None
    end = next((j for j in range(k + 2, min(k + 12, stop)) if scene.low[j] == ","), None)
    if end is None or end + 1 >= stop:
        return None
    if scene.low[end + 1] != "and" and not share_next(scene, end + 1, stop):
        return None
    verbs = sum(scene.tag[j] in ("VBD", "VBZ", "VBP", "MD") for j in range(k + 2, end))
    more = share_next(scene, end + 1, stop) or _goes_on(scene, end, stop)
    return end if verbs == 1 and more else None


def _goes_on(scene: Scene, k: int, stop: int) -> bool:
    """Whether a list of places goes on at token k, by a name behind "and" or a comma that begins no clause of its own."""
    j = k
    while j < stop and scene.low[j] in (",", "and"):
        j += 1
    if j == k or j >= stop:
        return False
    kinds = scene.listed("places.whole", "places.part", "places.compass") | {"of", "most"}
    while j < stop and j - k < 8 and j not in scene.at and (scene.tag[j] == "DT" or scene.low[j] in kinds):
        j += 1
    mention = scene.at.get(j)
    if mention is None or mention.head is not None or mention.anaphor:
        return False
    after = scene.following(mention.end)
    return after >= stop or scene.tag[after] not in ("VBD", "VBZ", "VBP", "MD")


def _chain(scene: Scene, k: int) -> bool:
    """Whether behind the place at k the next phrase of place follows at once: "A, south of B"."""
    end = scene.sentence[k - 1][1]
    mention = scene.at.get(k)
    if mention is None:
        return False
    j = scene.following(mention.end)
    if j >= end or scene.low[j] not in (",", "and"):
        return False
    while j < end and scene.low[j] in (",", "and"):
        j += 1
    return j < end and scene.low[j] in scene.words("places.compass") and compass_of(scene, j) is not None


def _more_phrases(scene: Scene, k: int) -> bool:
    """Whether "near B" at k is one of several phrases of place: ", near B and in C"."""
    end = scene.sentence[k][1]
    mention = next((scene.at[j] for j in range(k + 1, min(k + 4, end)) if j in scene.at), None)
    if mention is None:
        return False
    j = scene.following(mention.end)
    while j < end and scene.low[j] == ",":
        j += 1
    listed = scene.at.get(j + 1)  # ", near B and C"
    return (
        j + 1 < end
        and scene.low[j] == "and"
        and (
            scene.tag[j + 1] == "IN"
            or scene.low[j + 1] in scene.words("places.compass")
            or (listed is not None and listed.kind is PlaceKind.SETTLEMENT and listed.known and not listed.head)
        )
    )

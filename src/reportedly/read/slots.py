"""Where a frame's places stand: one scanner over the words right of a cue, with lists, parts, containers and distances."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportedly.model import Extent, PlaceKind
from reportedly.read.mentions import NUMBERS
from reportedly.read.scene import Mention, Scene

__all__ = ["Target", "compass_of", "places_after", "prep_at"]

LISTING = frozenset({",", "and", "or", "&", "/", "plus", ";"})
AROUND = frozenset({"near", "around", "outside", "toward", "towards", "along", "beyond", "past"})
MEASURE = frozenset(
    ["km", "kilometers", "kilometres", "kilometer", "kilometre", "miles", "mile", "meters", "metres", "m"]
)
COMPASS_AFTER = frozenset({"of", "from"})
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
    ]
)

WHOLE = Extent()


@dataclass(frozen=True, slots=True)
class Target:
    """A place that a frame speaks of. `near` says that it is ground near the place, not the place itself."""

    mention: Mention
    extent: Extent = WHOLE
    near: bool = False
    container: Mention | None = None
    extent_words: str = ""


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
            return k + 1
        break
    return None


def prep_at(scene: Scene, i: int, preps: tuple[str, ...]) -> tuple[str, int] | None:
    """Which of a frame's prepositions stands at token i, and the token after it."""
    low = scene.low
    for prep in sorted(preps, key=len, reverse=True):
        if prep == "N":
            after = compass_of(scene, i)
            if after is not None:
                return "N", after
            continue
        words = prep.split()
        if words and low[i : i + len(words)] == tuple(words):
            return prep, i + len(words)
    return None


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
        mention = scene.at.get(k)
        if mention and _possessor(scene, mention, stop):
            owner = scene.following(mention.end) + 1
            rest = (
                places_after(scene, owner, end=stop)
                if mention.kind is PlaceKind.COUNTRY or not _part_of(scene, owner)
                else []
            )
            if rest:
                return found + rest
            if not _part_of(scene, owner):
                break
            found.append(Target(mention, Extent(kind="part"), near, extent_words=scene.text(owner, owner + 1)))
            break
        if mention and _claimable(mention):
            if (
                mention.anaphor
                and mention.end < len(scene.low)
                and (more := _named_after(scene, mention.end)) is not None
            ):
                k = more
                continue
            found.append(Target(mention, extent, near, extent_words=words))
            k = _after_mention(scene, mention.end, stop, found)
            nxt = _next_in_list(scene, k, stop)
            if nxt is None:
                break
            if not _shared_part(scene, i, nxt):
                extent, words = Extent(), ""
            k, opened = nxt, False
            continue
        if mention:
            break
        if scene.low[k] == "it" and k + 1 < stop and scene.low[k + 1] in ("and", ","):
            found.append(Target(Mention(k, k + 1, "it", PlaceKind.SETTLEMENT, anaphor="it")))
            k += 2
            continue
        measured = _measure(scene, k, stop)
        if measured is not None:
            k = measured
            continue
        quantity = _quantity(scene, k)
        if quantity:
            extent, k = quantity
            words = scene.text(max(i, k - 3), k)
            opened = True
            continue
        low, tag = scene.low[k], scene.tag[k]
        if low == "'s" or low == "'":
            k += 1
        elif (
            low == "territory"
            and scene.low[k + 1 : k + 2] == ("of",)
            and scene.low[k - 1] in ("the", "entire", "whole")
        ):
            opened = True  # "the territory of X" is X
            k += 1
        elif low in scene.words("places.part") and not _capital_name(scene, k):
            ground = ground or low in scene.words("places.ground")
            extent, words, opened = Extent(kind="part"), low, True
            k += 1
        elif low in scene.words("places.whole"):
            opened = True
            k += 1
        elif low in scene.words("places.compass"):
            after = compass_of(scene, k)
            if after is not None:
                if not (opened or ground):
                    break
                near, k, extent, words = True, after, Extent(), ""
                continue
            owned = k > 0 and (scene.low[k - 1] == "'s" or any(s.end == k for s in scene.sides))
            if not owned and not _compass_name(scene, k):
                extent, words = Extent(kind="part"), low
            k += 1
        elif (low == "of" and opened) or (
            low in ("in", "within", "inside") and (ground or (opened and extent.kind == "part"))
        ):
            k += 1
        elif low in AROUND and (ground or opened):
            near, extent, words = True, Extent(), ""
            k += 1
        elif (
            low == "all"
            or low
            in (
                "control",
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
                or low in ("least", "more", "most")
            )
        ):
            k += 1
        elif _side_describes(scene, k, stop):
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
        else:
            break
    return found


def _possessor(scene: Scene, mention: Mention, stop: int) -> bool:
    """Whether a mention only owns what follows ("Ukraine's Kherson Oblast", "Bakhmut's outskirts")."""
    k = mention.end
    return mention.anaphor is None and k + 1 < stop and scene.low[k] in ("'s", "'") and scene.tag[k] == "POS"


def _part_of(scene: Scene, k: int) -> bool:
    """Whether a part of a place is named at k ("eastern outskirts", "occupied territories")."""
    for j in range(k, min(k + 5, len(scene.low))):
        if j in scene.at:
            return False
        if scene.low[j] in scene.words("places.part"):
            return True
        if not (scene.tag[j] in ("JJ", "VBN", "RB") or scene.low[j] in scene.words("places.compass")):
            return False
    return False


def _measure(scene: Scene, k: int, stop: int) -> int | None:
    """If an area is measured at k ("400 square kilometres and"), the token after it; a bare area is no place."""
    low, j = scene.low, k
    while j < stop and (scene.tag[j] == "CD" or low[j] in ("about", "some", "over", "around", "nearly", "roughly")):
        j += 1
    if j == k or j >= stop or low[j] not in ("square", "sq", "sq.", "km", "km2", "hectares"):
        return None
    while j < stop and low[j] in (
        "square",
        "sq",
        "sq.",
        "km",
        "km2",
        "kilometers",
        "kilometres",
        "miles",
        "hectares",
        "meters",
        "metres",
        "of",
        "territory",
        "and",
        "land",
        ".",
    ):
        j += 1
    return j


def _claimable(mention: Mention) -> bool:
    """Whether a mention is ground by itself: not a modifier ("Kherson airport"), not a person."""
    return mention.head is None


def _side_describes(scene: Scene, k: int, stop: int) -> bool:
    """Whether a side at k only describes the ground behind it ("Ukrainian-held", "Syrian Golan Heights")."""
    side = scene.side_at.get(k)
    if side is None or side.word.kind not in ("demonym", "name", "seat") or side.end >= stop:
        return False
    nxt = scene.low[side.end]
    land = nxt in scene.words("places.part") or nxt in scene.words("places.whole")
    return (
        nxt in ("'s", "-", "'")
        or land
        or scene.tag[side.end] in ("JJ", "VBN")
        or (side.end in scene.at and side.word.kind == "demonym")
    )


def _capital_name(scene: Scene, k: int) -> bool:
    """Whether token k is a capitalised part of a name ("Half Moon")."""
    return bool(scene.doc[k].text[:1].isupper()) and scene.tag[k].startswith("NNP")


def _compass_name(scene: Scene, k: int) -> bool:
    """Whether a compass word belongs to the name of a vague area ("southern Ukraine") rather than marking a part of it."""
    nxt = scene.at.get(k + 1)
    return bool(nxt and nxt.start == k + 1 and _is_country(nxt))


def _is_country(mention: Mention) -> bool:
    return mention.kind == PlaceKind.COUNTRY


def _shared_part(scene: Scene, start: int, nxt: int) -> bool:
    """Whether "parts of" before a list counts for all its members: it does until another part word."""
    return any(scene.low[k] in ("parts", "areas", "outskirts", "suburbs", "both") for k in range(start, nxt))


def _quantity(scene: Scene, k: int) -> tuple[Extent, int] | None:
    """ "90 per cent of", "all but two", "half of", "two-thirds of": the extent and the token after the words."""
    low, tag = scene.low, scene.tag
    if tag[k] == "CD" and low[k].replace(".", "").replace(",", "").isdigit():
        value = float(low[k].replace(",", ""))
        if low[k + 1 : k + 2] in (("%",), ("percent",)):
            return _percent(value), k + 2
        if low[k + 1 : k + 3] == ("per", "cent"):
            return _percent(value), k + 3
    if low[k] == "all" and low[k + 1 : k + 2] == ("but",) and k + 2 < len(low):
        count = NUMBERS.get(low[k + 2], int(low[k + 2]) if low[k + 2].isdigit() else 1)
        j = k + 3
        while j < len(low) and (
            low[j] in scene.words("places.settlements") or low[j] in ("of", "the", "a") or tag[j] == "JJ"
        ):
            j += 1
        return Extent(kind="all_but", value=float(count)), j
    if low[k] in ("half", "most", "much") and low[k + 1 : k + 2] in (("of",), ("the",)):
        return Extent(kind="part"), k + 1
    if low[k] in ("two-thirds", "three-quarters", "one-third", "one-quarter", "nearly-all"):
        return Extent(kind="part"), k + 1
    return None


def _percent(value: float) -> Extent:
    return Extent(kind="percent", value=value)


def _after_mention(scene: Scene, k: int, stop: int, found: list[Target]) -> int:
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
            if wider and (not listed or (last.kind == PlaceKind.SETTLEMENT and _region_between(scene, nxt, stop))):
                found[-1] = replace(found[-1], container=nxt)
                k = min(scene.following(nxt.end), stop)
                continue
        placed = _placing(scene, k)
        if placed is None:
            return k
        context, k = placed
        if found[-1].container is None and context is not None:
            found[-1] = replace(found[-1], container=context)
        k = min(scene.following(k), stop)
    return k


def _list_goes_on(scene: Scene, k: int, stop: int) -> bool:
    """Whether after the comma at k another place follows, alone or after "and"."""
    j = k + 1
    while j < stop and scene.low[j] in ("and", "or", "the"):
        j += 1
    return j < stop and j in scene.at


def _region_between(scene: Scene, region: Mention, stop: int) -> bool:
    """Whether a region inside a list belongs to the settlement before it: the list goes on with a settlement."""
    k = region.end
    while k < stop and scene.low[k] in (",", "and", "or", "the"):
        k += 1
    nxt = scene.at.get(k)
    return bool(nxt and nxt.kind == PlaceKind.SETTLEMENT and nxt.known and k < stop)


def _placing(scene: Scene, k: int) -> tuple[Mention | None, int] | None:
    """A phrase at k that only says where the place before it lies: the mention it names and the token after it."""
    low = scene.low
    j = k
    if low[j] == "," and j + 1 < len(low):
        j += 1
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
    if after is None:
        if (low[j] in ("in", "near", "inside", "within", "outside") and j == start) or (low[j] == "from" and j > start):
            after = j + 1
        elif low[j] in ("'s",):
            return None
        else:
            return None
    if low[k] == "," and low[j] in ("in",):
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
    if mention is None or mention.anaphor:
        return (None, mention.end) if mention else None
    end = mention.end
    # "north of A and B": the list belongs to the reference only if what follows is no verb and no new phrase of place
    return mention, end


def _named_after(scene: Scene, k: int) -> int | None:
    """If a name follows "the town" directly or after "of", its first token."""
    if scene.low[k] == "of":
        k += 1
    return k if k in scene.at and not scene.at[k].anaphor else None


def _next_in_list(scene: Scene, k: int, stop: int) -> int | None:
    """The token at which the next member of a list starts, or None if the list ends at k."""
    low, tag = scene.low, scene.tag
    if k >= stop:
        return None
    j = k
    if low[j] == "as" and low[j + 1 : j + 3] == ("well", "as"):
        j += 3
    elif low[j] == "," and low[j + 1 : j + 4] == ("as", "well", "as"):
        j += 4
    elif low[j : j + 2] == ("such", "as"):
        j += 2
    elif low[j] == "like" and j + 1 in scene.at:
        j += 1
    elif low[j] == "," and low[j + 1 : j + 2] and low[j + 1] in scene.words("places.including"):
        j += 2
    elif low[j] in scene.words("places.including"):
        j += 1
    elif low[j] in LISTING:
        while j < stop and low[j] in LISTING:
            j += 1
    elif low[j] in ("-", "–", "—") and j + 1 < stop and j + 1 in scene.at and not scene.doc[j].whitespace_:
        j += 1
    else:
        return None
    start = j
    while j < stop and j - start < 7:
        if scene.bracket[j]:
            j += 1
            continue
        mention = scene.at.get(j)
        if mention:
            if mention.head is not None or mention.anaphor:
                return None
            if low[k:start] != ("and",) and _opens_clause(scene, mention.end, stop):
                return None
            return start
        if (
            low[j] in ("capital", "center", "centre", "seat", "home", "hub", "stronghold", "part", "gateway", "heart")
            and low[j + 1 : j + 2] in (("of",), ("to",))
            and low[start - 1] == ","
        ):
            return None  # ", the capital of Y" describes the place before it
        if (
            low[j] in scene.words("places.compass")
            or low[j] in scene.words("places.part")
            or low[j] in scene.words("places.whole")
            or low[j]
            in ("of", "all", "also", "now", "nearby", "neighboring", "neighbouring", "later", "possibly", "likely")
            or tag[j] in ("DT", "JJ", "CD", "RB")
            or low[j] in scene.words("places.including")
        ):
            if low[j] in scene.words("places.compass") and compass_of(scene, j) is not None:
                return None
            j += 1
            continue
        return None
    return None


def _opens_clause(scene: Scene, k: int, stop: int) -> bool:
    """Whether the mention before k is the subject of a new clause ("and Bakhmut was shelled")."""
    k = scene.following(k)
    if k >= stop:
        return False
    if scene.tag[k] in ("VBD", "VBZ", "VBP", "MD"):
        return scene.low[k] not in ("occupied", "captured", "liberated", "held")
    return scene.low[k] in ("has", "have", "had", "was", "were", "is", "are", "will", "'s") and scene.tag[k] != "POS"

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
                if extent.kind != "whole" and rest[0].extent.kind == "whole":
                    rest[0] = replace(rest[0], extent=extent, extent_words=words)
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
            if mention.part and mention.kind is PlaceKind.COUNTRY and extent.kind == "whole":
                extent, words = Extent(kind="part"), mention.words
            found.append(Target(mention, extent, near, extent_words=words))
            k = _after_mention(scene, mention.end, stop, found)
            nxt = _next_in_list(scene, k, stop)
            if nxt is None:
                break
            if not _shared_part(scene, i, nxt):
                extent, words = Extent(), ""
            k, opened = nxt, False
            continue
        if (
            mention
            and mention.head in scene.words("places.settlements")
            and scene.low[mention.end : mention.end + 2] == (mention.head, "of")
        ):
            k = mention.end + 2  # "the West Bank city of Jenin"
            continue
        if mention and (after := _past_object(scene, k, stop)) is None:
            break
        if mention:
            k = after or k + 1
            continue
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
        elif (
            low == "area" and ground and scene.low[k - 1] in ("the", "general") and scene.low[k + 1 : k + 2] == ("of",)
        ):
            near, extent, words = True, Extent(), ""  # "territory in the area of X"
            k += 2
        elif low in scene.words("places.part") and _only_modifies(scene, k):
            opened = True
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
            if not owned and not _compass_name(scene, k) and not _describes_whole(scene, k, stop):
                extent, words = Extent(kind="part"), low
            k += 1
        elif low == "and" and opened and not found and (beyond := _second_noun(scene, k, stop)) is not None:
            k = beyond  # "the town and stronghold of X"
        elif (low == "of" and opened) or (
            low in ("in", "within", "inside") and (ground or (opened and extent.kind == "part"))
        ):
            k += 1
        elif low in ("control", "possession") and scene.low[k + 1 : k + 2] in (("of",), ("over",)):
            opened = True  # "control of X has passed to ..."
            k += 2
        elif low in ("flank", "flanks") and scene.low[k + 1 : k + 2] == ("of",):
            near, k, extent, words = True, k + 2, Extent(), ""
        elif low in AROUND and (ground or opened):
            near, extent, words = True, Extent(), ""
            k += 1
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
                or low in ("least", "more", "most", "than", "at")
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
        elif (after := _past_object(scene, k, stop)) is not None:
            k = after
        elif (
            tag in ("NN", "VBG")
            and scene.low[k + 1 : k + 2]
            and scene.low[k + 1] in ("zone", "area", "areas", "zones", "sector", "district", "districts")
        ):
            k += 1  # "the peacekeeping zone in X"
        else:
            break
    return found


def _second_noun(scene: Scene, k: int, stop: int) -> int | None:
    """The token of "of" after "and NOUN", where two nouns share a name ("the town and stronghold of X")."""
    j = k + 1
    while j < stop and j - k < 5 and scene.tag[j] in ("DT", "JJ", "NN", "NNP", "NNPS", "CD") and j not in scene.at:
        j += 1
    return j if j > k + 1 and j < stop and scene.low[j] == "of" else None


def _past_object(scene: Scene, k: int, stop: int) -> int | None:
    """The token after "the palace and", where an object that is no ground opens a list of what was taken."""
    j = k
    while j < stop and j - k < 6 and (scene.tag[j] in ("NN", "NNS", "NNP", "JJ", "POS", "DT") or scene.low[j] == "'s"):
        j += 1
    if (
        j == k
        or j + 1 >= stop
        or scene.low[j] not in ("and", ",")
        or scene.low[j - 1] not in scene.words("objects.not_places")
    ):
        return None
    rest = j + 1
    while rest < stop and rest - j < 7 and rest not in scene.at:
        known = scene.words("places.part") | scene.words("places.whole") | scene.words("places.compass")
        if not (
            scene.low[rest] in known
            or scene.low[rest] in ("of", "the", "most", "all")
            or scene.tag[rest] in ("DT", "JJ")
        ):
            return None
        rest += 1
    return j + 1 if rest < stop and rest in scene.at else None


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


def _only_modifies(scene: Scene, k: int) -> bool:
    """Whether a part word is no part here: "district centers of", "breakaway territories of"."""
    nxt = scene.low[k + 1 : k + 2]
    if scene.low[k] == "suburb" and scene.low[k + 1 : k + 2] == ("of",):
        before = scene.low[max(0, k - 2) : k]
        return "the" in before or "neighbouring" in before or "neighboring" in before  # "the suburb of X" is X
    named = scene.low[k] in ("territories", "regions", "areas", "republics") and scene.low[k - 1] in (
        "breakaway",
        "separatist",
    )
    return named or bool(nxt and nxt[0] in scene.words("places.whole") and nxt[0] not in scene.words("places.part"))


def _capital_name(scene: Scene, k: int) -> bool:
    """Whether token k is a capitalised part of a name ("Half Moon")."""
    return bool(scene.doc[k].text[:1].isupper()) and scene.tag[k].startswith("NNP")


def _compass_name(scene: Scene, k: int) -> bool:
    """Whether a compass word belongs to the name of a vague area ("southern Ukraine") rather than marking a part of it."""
    nxt = scene.at.get(k + 1)
    return bool(nxt and nxt.start == k + 1 and _is_country(nxt))


def _describes_whole(scene: Scene, k: int, stop: int) -> bool:
    """Whether a compass word only says where a named place lies: "the southeastern Ukrainian city of X"."""
    for j in range(k + 1, min(k + 6, stop)):
        if scene.low[j] in scene.words("places.part") and scene.low[j] not in ("suburb", "port"):
            return False
        if (
            scene.low[j] in scene.words("places.whole")
            and scene.low[j + 1 : j + 2]
            and (scene.low[j + 1] in ("of", '"', "“") or j + 1 in scene.at)
        ):
            return scene.low[j] not in ("oblast", "region", "province")
        if j in scene.at:
            return False
    return False


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
        rest = _quantity(scene, k + 2) if tag[k + 2] == "CD" else None
        if rest is not None and rest[0].value is not None:
            return _percent(100 - rest[0].value), rest[1]
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
    return j < stop and j in scene.at and (scene.at[j].known or scene.at[j].end - j == 1)


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
    if low[j] in ("and", "or", "/"):
        return None  # "south of A and west of B" are two
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
    if after is not None and low[j] == "to":
        return None  # "from A to the north" is no reference
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
    if mention is None or mention.anaphor:
        return (None, mention.end) if mention else None
    end = mention.end
    # "north of A and B": the list belongs to the reference only if what follows is no verb and no new phrase of place
    return mention, end


def _more_phrases(scene: Scene, k: int) -> bool:
    """Whether "near B" at k is one of several phrases of place: ", near B and in C"."""
    end = scene.sentence[k][1]
    mention = next((scene.at[j] for j in range(k + 1, min(k + 4, end)) if j in scene.at), None)
    if mention is None:
        return False
    j = scene.following(mention.end)
    while j < end and scene.low[j] == ",":
        j += 1
    return (
        j + 1 < end
        and scene.low[j] == "and"
        and (scene.tag[j + 1] == "IN" or scene.low[j + 1] in scene.words("places.compass"))
    )


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
            if low[k:start] == (",",) and _apposition(scene, start, mention, stop):
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


def _apposition(scene: Scene, start: int, mention: Mention, stop: int) -> bool:
    """Whether what follows a bare comma only describes what stood before: ", a village south of Y", ", Ivan Petrenko, said"."""
    if mention.kind is PlaceKind.UNNAMED:
        return True
    if any(scene.low[j] in scene.words("places.settlements") for j in range(start, mention.start)):
        return True  # ", two suburbs of Y"
    nxt = scene.following(mention.end)
    return (
        not mention.known
        and mention.end - mention.start > 1
        and nxt < stop
        and scene.low[nxt] in (",", ".")
        and not any(scene.low[j] in ("and", "or") for j in range(nxt, min(nxt + 8, stop)))
    )


def _opens_clause(scene: Scene, k: int, stop: int) -> bool:
    """Whether the mention before k is the subject of a new clause ("and Bakhmut was shelled")."""
    k = scene.following(k)
    if k >= stop:
        return False
    if scene.tag[k] in ("VBD", "VBZ", "VBP", "MD"):
        return scene.low[k] not in ("occupied", "captured", "liberated", "held")
    return scene.low[k] in ("has", "have", "had", "was", "were", "is", "are", "will", "'s") and scene.tag[k] != "POS"

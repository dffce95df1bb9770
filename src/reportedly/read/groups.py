"""Ground without a name of its own: counted groups, "the town", vague parts of a country."""

from __future__ import annotations

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.model import PlaceKind
from reportedly.read.heads import head_noun, is_capital
from reportedly.read.scene import Mention, Scene

__all__ = ["GROUPS", "NUMBERS", "POINTERS", "anaphor_at", "group_at", "land_at"]

NUMBERS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {
    "dozen": 12,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "another": 1,
    "both": 2,
}

BARE = frozenset(
    [
        "key",
        "strategic",
        "major",
        "new",
        "pivotal",
        "crucial",
        "important",
        "large",
        "small",
        "remote",
        "border",
        "frontline",
        "village",
        "town",
        "settlement",
        "city",
        "northern",
        "southern",
        "eastern",
        "western",
    ]
)  # what a single settlement without a name or an article begins with in a headline
# words that a group may begin with, besides lists of the cues
GROUPS = BARE | {"half", "a", "an", "another", "one", "these", "either", "neither"}
NEXT_TO = frozenset({"surrounding", "neighbouring", "neighboring", "adjoining", "outlying"})
HANDFULS = frozenset({"handful", "couple", "number", "string", "series", "cluster", "chain", "ring", "belt", "dozen"})
BESIDE = frozenset({"surrounding", "neighbouring", "neighboring", "adjoining", "outlying", "bordering"})
OUTER = frozenset({"outskirts", "suburbs"})
NO_QUARTER = (("part", "in"), ("outskirts", "and"), ("suburbs", "and"))  # what stands behind words that tell of more
JOINTS = frozenset({"and", "-", "or"})
TOWNS = frozenset({"city", "town", "village", "settlement", "capital"})
ATTRIBUTES = 7  # tokens of "the small salt-mining town" before its noun
POINTERS = frozenset(["the", "this", "that", "its", "our", "their"])


def land_at(scene: Scene, i: int, parties: Parties) -> Mention | None:
    """A vague part of a country ("southern Ukraine") or its land ("Ukrainian territory"), which no gazetteer has."""
    low, k = scene.low, i
    compass = scene.words("places.compass")
    while k < len(low) and (low[k] in compass or (k > i and (low[k] in JOINTS or _listed_side(scene, k)))):
        k += 1
    side = scene.side_at.get(k)
    if (
        side is None
        or side.word.party is None
        or not (party := parties.party(side.word.party))
        or party.kind != "state"
    ):
        return None
    if (
        k > i
        and side.word.kind is SideKind.NAME
        and low[i] in compass
        and low[k - 1] in compass
        and head_noun(scene, side.end) is None
    ):
        joined = next((j for j in range(i + 1, k - 1) if low[j] in ("and", "or", ",")), None)
        if joined is not None:  # "northern and eastern X" are two
            words = f"{scene.text(i, joined)} {scene.text(side.start, side.end)}"
            return Mention(i, joined, words, PlaceKind.REGION, vague=True)
        return Mention(i, side.end, scene.text(i, side.end), PlaceKind.REGION, vague=True)
    if k == i and side.word.kind in (SideKind.NAME, SideKind.DEMONYM):
        end = side.end
        while end < len(low) and low[end] in ("'s", "sovereign", "temporarily", "occupied", "own", "the"):
            end += 1
        regions = (
            end == side.end and i > 0 and low[i - 1] in scene.cues.adjectives and side.word.kind is SideKind.DEMONYM
        )
        regions = regions and end < len(low) and low[end] in scene.words("places.wide")  # "occupied Ukrainian regions"
        if regions or (end < len(low) and low[end] in ("territory", "territories", "lands", "land", "soil")):
            stop = side.end if low[side.end] == "'s" else end + 1
            if low[end : end + 2] == ("territory", "of") and is_capital(scene, min(end + 2, len(low) - 1)):
                return None  # "the Moldovan territory of Transnistria" is Transnistria
            if low[side.end] == "'s":
                return None
            return Mention(i, stop, scene.text(i, stop), PlaceKind.COUNTRY, part=True)
    return None


def _listed_side(scene: Scene, k: int) -> bool:
    """Whether a comma at k stands between compass words ("southern, eastern and northern X")."""
    compass = scene.words("places.compass")
    return (
        scene.low[k] == ","
        and scene.low[k - 1] in compass
        and scene.low[k + 1 : k + 2] != ()
        and scene.low[k + 1] in compass
    )


def group_at(scene: Scene, i: int) -> Mention | None:
    """A counted or plural group without names ("two villages", "more than 20 settlements in") that starts at token i."""
    low, tag = scene.low, scene.tag
    if (
        tag[i] == "CD"
        and low[i + 1 : i + 2] == ("in",)
        and i
        and low[i - 1] in ("and", ",")
        and _counted_before(scene, i)
    ):
        count = NUMBERS.get(low[i], int(low[i]) if low[i].isdigit() else None)
        return Mention(i, i + 1, scene.text(i, i + 1), PlaceKind.UNNAMED, known=True, count=count)
    nouns = scene.words("places.settlements")
    if low[i] == "a" and low[i + 2 : i + 3] == ("of",) and low[i + 1] in HANDFULS:
        k = i + 3
        while k < len(low) and k - i < 6 and (tag[k].startswith("JJ") or low[k] in BESIDE):
            k += 1
        many = (
            k < len(low) and low[k] in nouns and low[k].endswith("s") and low[k + 1 : k + 2] not in (("of",), ("'s",))
        )
        return Mention(i + 1, k + 1, scene.text(i + 1, k + 1), PlaceKind.UNNAMED, known=True) if many else None
    if low[i : i + 3] == ("half", "a", "dozen"):
        k = i + 3
        while k < len(low) and k - i < 6 and (tag[k].startswith("JJ") or low[k] in BARE):
            if low[k] in nouns:
                break
            k += 1
        named = k < len(low) and low[k] in nouns and low[k].endswith("s")
        return Mention(i, k + 1, scene.text(i, k + 1), PlaceKind.UNNAMED, known=True, count=6) if named else None
    if low[i] in ("either", "both", "neither") and low[i + 1 : i + 3] == ("of", "them"):
        return Mention(i, i + 3, scene.text(i, i + 3), PlaceKind.SETTLEMENT, known=True, anaphor="both")
    if (
        low[i] == "both"
        and i
        and low[i - 1] in ("from", "of", "in")
        and low[i + 1 : i + 2] in ((), (".",), (",",), (";",))
    ):
        return Mention(i, i + 1, scene.text(i, i + 1), PlaceKind.SETTLEMENT, known=True, anaphor="both")
    if (share := _share_of(scene, i)) is not None:
        return share
    if tag[i] == "CD":
        nouns = nouns | {"territories"}
    quantity = low[i] in scene.words("places.quantities") or tag[i] == "CD" or low[i] == "these"
    bare = tag[i] in ("NN", "NNS") and low[i] in nouns and low[i].endswith("s")
    one = (
        low[i] in ("a", "an", "another", "either", "neither")
        or (low[i] == "one" and low[i + 1 : i + 2] != ("of",))
        or (
            low[i] in BARE
            and i > 0
            and (
                low[i - 1] in scene.cues.verbs
                or low[i - 1] in ("of", "over")
                or (low[i - 1] == "from" and i > 1 and low[i - 2] in scene.cues.verbs)
                or _into_town(scene, i)
                or _said_of_town(scene, i)
            )
            and low[i - 1] not in ("in", "is", "was")
        )
    )
    if one and i > 1 and low[i - 2 : i] == ("control", "of") and low[i] not in ("a", "an", "one"):
        one = False  # "in control of village" takes up a village named before
    if not (quantity or bare or one):
        return None
    k, count = i, NUMBERS.get(low[i])
    if tag[i] == "CD" and low[i].replace(",", "").isdigit():
        count = int(low[i].replace(",", ""))
    while k < len(low) and k - i < 7 and not scene.bracket[k]:
        if low[k] in nouns and (low[k].endswith("s") or one):
            end = k + 1
            if end + 1 < len(low) and low[end] in ("and", "or") and low[end + 1] in nouns:
                end += 2
            if end < len(low) and (
                low[end] in ("'s", "'")
                or (low[end] == "-" and not scene.doc[end - 1].whitespace_)
                or (
                    tag[end].startswith("NN")
                    and not is_capital(scene, end)
                    and low[end : end + 2] != ("part", "of")
                    and low[end] not in scene.words("places.compass")  # "several settlements west of X"
                )
            ):
                return None
            if k and low[k - 1] == "military" and low[k].startswith("district"):
                return None  # "several military districts" are commands
            if (
                low[end : end + 2] in (("of", "the"), ("of", "this"))
                and low[end + 2 : end + 3]
                and low[end + 2] in TOWNS
            ):
                return None  # "all districts of the city" are parts of it
            if one and (end < len(low) and (low[end] == "of" or is_capital(scene, end))):
                return None  # "a village of Nove" names it
            if (
                low[end : end + 1] == ("of",)
                and end + 1 < len(low)
                and is_capital(scene, end + 1)
                and low[k].endswith("s")
                and not (quantity and end + 1 in scene.side_at)  # "four regions of Ukraine"
            ):
                return None  # "the villages of A and B" are named
            if is_capital(scene, k) and low[k] in ("oblasts", "regions"):
                return None
            if one and low[k] not in ("village", "town", "settlement", "city", "hamlet"):
                return None
            if low[i] in ("both", "these", "either", "neither"):
                return Mention(i, end, scene.text(i, end), PlaceKind.SETTLEMENT, known=True, anaphor="both")
            start = k if one and low[i] != "one" else i
            located = low[end : end + 1] and low[end] in (
                "on",
                "along",
                "across",
                "around",
                "between",
                "throughout",
                "of",
                "in",
                "near",
            )
            return Mention(
                start,
                end,
                scene.text(start, end),
                PlaceKind.UNNAMED,
                known=bool(quantity or one or located),
                count=1 if one else count,
            )
        if not (
            tag[k] in ("JJ", "JJR", "JJS", "CD", "VBN", "RB", "DT", "NN", "NNS", "HYPH", "NNP")
            or low[k] in NEXT_TO
            or low[k] in ("of", "more", "than", "other", "and")
            or (tag[k] == "VBD" and k > i and low[k] in scene.cues.adjectives)  # "two occupied villages"
            or (k > i and low[k] in BESIDE)
        ):
            return None
        if (
            tag[k] in ("NN", "NNS")
            and k > i
            and low[k] not in ("dozen", "dozens", "number", "hundred", "score", "scores", "frontline", "border", "key")
        ):
            if low[k] in nouns:
                k += 1
                continue
            return None
        if is_capital(scene, k) and k > i and k not in scene.side_at:
            return None
        k += 1
    return None


def _into_town(scene: Scene, i: int) -> bool:
    """Whether a bare "city" that ends a headline's phrase stands behind "into", "on" or "around"."""
    end = i + 1
    closed = end >= len(scene.low) or scene.low[end] in (",", ".", ";", ":", "as", "amid", "after")
    return closed and scene.low[i] in TOWNS and scene.low[i - 1] in ("into", "on", "around")


def _said_of_town(scene: Scene, i: int) -> bool:
    """Whether a headline says something of a bare "city": "Y says fighting goes on in X, denies city has fallen"."""
    if scene.low[i] not in TOWNS or scene.low[i - 1] not in scene.words("clauses.saying"):
        return False
    return scene.low[i + 1 : i + 2] in (
        ("is",),
        ("has",),
        ("was",),
        ("fell",),
        ("falls",),
        ("under",),
        ("surrounded",),
        ("captured",),
    )


def _share_of(scene: Scene, i: int) -> Mention | None:
    """ "14 of Rakhine State's 17 townships", "10 of the 18 states": so many of a group."""
    low, tag = scene.low, scene.tag
    if tag[i] != "CD" or low[i + 1 : i + 2] != ("of",):
        return None
    nouns, k = scene.words("places.settlements"), i + 2
    while (
        k < len(low)
        and k - i < 9
        and (
            tag[k].startswith(("NNP", "CD", "DT", "POS", "PRP$", "JJ"))
            or low[k] in ("'s", "state", "province")
            or is_capital(scene, k)
        )
    ):
        k += 1
    if (
        k >= len(low)
        or low[k] not in nouns
        or not low[k].endswith("s")
        or not any(tag[j] == "CD" or low[j] == "the" for j in range(i + 2, k))
    ):
        return None
    count = NUMBERS.get(low[i], int(low[i]) if low[i].isdigit() else None)
    return Mention(i, k + 1, scene.text(i, k + 1), PlaceKind.UNNAMED, known=True, count=count)


def _counted_before(scene: Scene, i: int) -> bool:
    """Whether the sentence counted settlements before token i: "five settlements in A and eight in B"."""
    start = max(scene.sentence[i][0], i - 9)
    nouns = scene.words("places.settlements")
    return any(
        scene.low[k] in nouns and scene.low[k].endswith("s") and any(scene.tag[j] == "CD" for j in range(start, k))
        for k in range(start, i)
    )


def _quarter_at(scene: Scene, i: int) -> Mention | None:
    """ "In the western and northern outskirts", "on its edge" without a name: a part of the settlement spoken of."""
    low = scene.low
    if low[i] not in ("the", "its") or low[i - 1 : i] not in (
        *(((low[i - 1],),) if i and low[i - 1] in scene.cues.verbs else ()),  # "entered the outskirts"
        ("in",),
        ("into",),
        ("to",),
        ("on",),
        ("within",),
        ("from",),
        ("of",),
    ):
        return None
    k, held_on = i + 1, low[max(0, i - 2) : i] == ("on", "to")
    while k < len(low) and (low[k] in scene.words("places.compass") or (k > i + 1 and low[k] in ("and", ","))):
        k += 1
    if (
        (k == i + 1 and low[i] == "the" and not (low[k] in OUTER and (low[i - 1] in scene.cues.verbs or held_on)))
        or k >= len(low)
        or (low[k] not in scene.words("places.quarters") and not (low[k] in ("part", "parts") and k > i + 1))
        or low[k] in ("district", "districts")
    ):
        return None
    if low[k + 1 : k + 2] and (
        low[k + 1] in ("of", "'s", "-") or (low[k], low[k + 1]) in NO_QUARTER or scene.tag[k + 1].startswith("NN")
    ):
        return None
    return Mention(i, k + 1, scene.text(i, k + 1), PlaceKind.SETTLEMENT, known=True, anaphor="town", part=True)


def _held_by_side(scene: Scene, k: int) -> int | None:
    """The token behind "Russian-occupied" at k."""
    side = scene.side_at.get(k)
    if side is None or scene.low[side.end : side.end + 1] not in (("-",), ("–",)):
        return None
    return side.end + 2 if scene.low[side.end + 1 : side.end + 2][0] in scene.cues.adjectives else None


def _counts_people(scene: Scene, k: int) -> bool:
    """Whether "of" at k tells how many live there: "the city of two million people", "the town of some 40,000"."""
    j = k + 1
    while (
        j < len(scene.low) and j - k < 7 and (scene.tag[j] in ("CD", "RB", "DT", "JJR", "IN") or scene.low[j] == "some")
    ):
        j += 1
    counted = any(scene.tag[x] == "CD" for x in range(k + 1, j))
    people = j < len(scene.low) and scene.low[j] in scene.words("places.peopled")
    return counted and (people or "million" in scene.low[k:j] or j >= len(scene.low) or scene.low[j] in (",", "."))


SHARED = frozenset({"half", "most", "much", "third", "thirds", "quarter", "quarters", "percent", "%", "all", "rest"})
PARTS = ("center", "centre", "outskirts", "limits", "suburbs")


def _bare_town(scene: Scene, i: int) -> bool:
    """Whether a headline takes up a town without an article: "army denies town has fallen", "flag goes up over city"."""
    low, tag, start = scene.low, scene.tag, scene.sentence[i][0]
    heads = i == start and low[i] != "city"  # which may be a club
    if low[i] not in TOWNS | {"suburb"} or not tag[i].startswith("NN") or (is_capital(scene, i) and not heads):
        return False
    behind, kind = (low[i + 1], tag[i + 1]) if i + 1 < len(low) else (".", ".")
    acts = kind in ("VBZ", "VBD", "VBN", "MD") and behind not in ("is", "was")
    acts = acts or behind in ("now", "still", "back", "fully")
    if i == start:
        return acts
    told = tag[i - 1] in ("VBZ", "VBP", "VBD") or low[i - 1] in ("that", ":", ";", "as", "after", "since", "but")
    fled = low[i] == "capital" and tag[i - 1].startswith("VB") and low[i - 1] in scene.cues.verbs
    within = fled or (low[i - 1] in ("over", "from", "inside") and low[i - 2 : i - 1] != ("out",))
    within = within or (low[i - 1] == "in" and kind in ("VBN", "VBD"))
    return (told and acts) or (within and (acts or behind in (".", ",", ";", "as", "after", "amid")))


def anaphor_at(scene: Scene, i: int) -> Mention | None:
    """ "The town", "this key city", "the entire territory": words that point back to a place."""
    low, tag = scene.low, scene.tag
    if (
        i > 1
        and low[i] in scene.words("places.anaphors")
        and low[i - 1] == "of"
        and (low[i - 2] == "control" or low[i - 2] in SHARED)
        and (tag[i] == "NN" or low[i] == "strip")
        and low[i + 1 : i + 2] in ((), *((mark,) for mark in (".", ",", "and", ";", ":", "after", "as", "amid")))
    ):
        return Mention(i, i + 1, scene.text(i, i + 1), PlaceKind.SETTLEMENT, known=True, anaphor=low[i])
    if _bare_town(scene, i):
        return Mention(i, i + 1, scene.text(i, i + 1), PlaceKind.SETTLEMENT, known=True, anaphor=low[i])
    if i + 1 >= len(low) or (low[i] not in POINTERS and not (low[i] in ("his", "her") and low[i + 1] in TOWNS)):
        return None
    k = i + 1
    while (
        k < len(low)
        and k - i < ATTRIBUTES
        and (
            tag[k] in ("JJ", "JJS", "VBN", "CD", "HYPH")
            or (tag[k] in ("NN", "NNS") and tag[k + 1 : k + 2] == ("HYPH",))  # "the salt-mining town"
            or (tag[k] in ("NN", "VBG") and tag[k - 1] == "HYPH")
            or (tag[k] == "NNP" and not is_capital(scene, k))
            or low[k] in ("key", "entire", "whole", "eastern", "frontline")
        )
    ):
        if is_capital(scene, k):
            return None
        k += 1
    if (held := _held_by_side(scene, k)) is not None:
        k = held
    if (quarter := _quarter_at(scene, i)) is not None:
        return quarter
    nouns = scene.words("places.anaphors")
    while k + 1 < len(low) and tag[k] in ("NN", "NNS") and tag[k + 1] == "NN" and low[k + 1] in nouns:
        k += 1
    if k >= len(low) or low[k] not in nouns or scene.bracket[k]:
        return None
    end = k + 1
    if end < len(low):
        if low[end] == "of" and not _counts_people(scene, end):
            return None
        if low[end] == "-" or (low[end] in PARTS and low[end + 1 : end + 2] == ("of",)):
            return None
        if (
            low[k] == "territory"
            and low[end] in ("it", "they")
            and end + 1 < len(low)
            and tag[end + 1].startswith(("VB", "RB"))
        ):
            return None  # "the territory it (once) held in X"
        owned = low[i] in ("its", "their", "our") and low[k] == "territory"
        if owned and low[end] in ("at", "in", "around", "near") and end + 1 < len(low) and is_capital(scene, end + 1):
            return None  # "its last territory at X"
        if tag[end] in ("NN", "NNS", "NNP", "NNPS") and not scene.bracket[end] and low[end] not in PARTS:
            return None
    return Mention(i, end, scene.text(i, end), PlaceKind.SETTLEMENT, known=True, anaphor=low[k])

"""Groups of settlements without names: "two villages", "more than 20 settlements", "half a dozen towns"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from reportedly.model import PlaceKind
from reportedly.read.scene.heads import is_capital
from reportedly.read.scene.scene import Mention, Scene

__all__ = ["GROUPS", "NUMBERS", "group_at"]

UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
NUMBERS = {word: number for number, word in enumerate([*UNITS, *TEENS])} | {
    "dozen": 12, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "another": 1, "both": 2,
}  # fmt: skip
# words that a group may begin with, besides lists of the cues
GROUPS = frozenset({"half", "a", "an", "another", "one", "these", "either", "neither"})
NEXT_TO = frozenset({"surrounding", "neighbouring", "neighboring", "adjoining", "outlying"})
HANDFULS = frozenset({"handful", "couple", "number", "string", "series", "cluster", "chain", "ring", "belt", "dozen"})
BESIDE = NEXT_TO | {"bordering"}
ONES = frozenset({"village", "town", "settlement", "city", "hamlet"})  # of which one may be told
POINTED = frozenset({"both", "these", "either", "neither"})  # which take up places named before
LOCATED = frozenset({"on", "along", "across", "around", "between", "throughout", "of", "in", "near"})
COUNTS = frozenset({"dozen", "dozens", "number", "hundred", "score", "scores", "frontline", "border", "key"})
WITHIN = (
    "JJ",
    "JJR",
    "JJS",
    "CD",
    "VBN",
    "RB",
    "DT",
    "NN",
    "NNS",
    "HYPH",
    "NNP",
)  # tags of what stands before the noun
BEGIN = ("places.quantities", "places.settlements", "places.begins_bare")  # lists of words with which others begin
LONGEST = 7  # tokens before the noun
Told = Mention | Literal[False] | None
"""A group, False where there is surely none, None where other rules must tell."""


def group_at(scene: Scene, i: int) -> Mention | None:
    """A counted or plural group without names that starts at token i."""
    word = scene.low[i]
    if scene.tag[i] != "CD" and word not in GROUPS and word not in POINTED and word not in scene.listed(*BEGIN):
        return None
    for rule in RULES:
        if (told := rule(scene, i)) is not None:
            return told or None
    return None


def _so_many_in(scene: Scene, i: int) -> Told:
    """ "Five settlements in A and eight in B"."""
    low = scene.low
    if scene.tag[i] != "CD" or low[i + 1 : i + 2] != ("in",) or not i or low[i - 1] not in ("and", ","):
        return None
    return _unnamed(scene, i, i + 1, _number(scene, i)) if _counted_before(scene, i) else None


def _handful(scene: Scene, i: int) -> Told:
    """ "A string of border villages"."""
    low = scene.low
    if low[i] != "a" or low[i + 2 : i + 3] != ("of",) or low[i + 1] not in HANDFULS:
        return None
    k = i + 3
    while k < len(low) and k - i < LONGEST - 1 and (scene.tag[k].startswith("JJ") or low[k] in BESIDE):
        k += 1
    many = _plural(scene, k) and low[k + 1 : k + 2] not in (("of",), ("'s",))
    return _unnamed(scene, i + 1, k + 1) if many else False


def _half_dozen(scene: Scene, i: int) -> Told:
    low = scene.low
    if low[i : i + 3] != ("half", "a", "dozen"):
        return None
    bare = scene.words("places.begins_bare") - scene.words("places.settlements")
    k = i + 3
    while k < len(low) and k - i < LONGEST - 1 and (scene.tag[k].startswith("JJ") or low[k] in bare):
        k += 1
    return _unnamed(scene, i, k + 1, 6) if _plural(scene, k) else False


def _both(scene: Scene, i: int) -> Told:
    """ "Both of them", "from both"."""
    low = scene.low
    end = i + 3 if low[i] in ("either", "both", "neither") and low[i + 1 : i + 3] == ("of", "them") else 0
    alone = low[i] == "both" and i > 0 and low[i - 1] in ("from", "of", "in")
    if low[i] == "both" and low[i + 1 : i + 2] in (("are",), ("were",), ("remain",), ("remained",)):
        end = i + 1
    if not end and alone and low[i + 1 : i + 2] in ((), (".",), (",",), (";",)):
        end = i + 1
    return Mention(i, end, scene.text(i, end), PlaceKind.SETTLEMENT, known=True, anaphor="both") if end else None


def _share_of(scene: Scene, i: int) -> Told:
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
            or low[k] in ("'s", "country", "state", "province", "region")
            or is_capital(scene, k)
            or tag[k] in ("RB", "HYPH", "VBN")  # "one of four partially Russian-occupied regions"
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
    return _unnamed(scene, i, k + 1, _number(scene, i))


@dataclass(slots=True)
class _Group:
    """What begins at token i: a quantity, or one settlement, or a bare plural; with the nouns that may follow."""

    i: int
    quantity: bool
    one: bool
    nouns: frozenset[str]


def _counted(scene: Scene, i: int) -> Told:
    """ "Two occupied villages", "several settlements", "a village", "villages near X", "key town"."""
    low, tag, nouns = scene.low, scene.tag, scene.words("places.settlements")
    if tag[i] == "CD":
        nouns = nouns | {"territories"}
    quantity = low[i] in scene.words("places.quantities") or tag[i] == "CD" or low[i] == "these"
    bare = tag[i] in ("NN", "NNS") and low[i] in nouns and low[i].endswith("s")
    g = _Group(i, quantity, _is_one(scene, i), nouns)
    if not (quantity or bare or g.one):
        return None
    k = _noun_of(scene, g)
    if k is None:
        return None
    end = k + 1
    if end + 1 < len(low) and low[end] in ("and", "or") and low[end + 1] in nouns:
        end += 2
    if _is_other(scene, k, end) or _is_named(scene, g, k, end):
        return None
    if low[i] in POINTED:
        return Mention(i, end, scene.text(i, end), PlaceKind.SETTLEMENT, known=True, anaphor="both")
    start = k if g.one and low[i] != "one" else i
    located = end < len(low) and low[end] in LOCATED
    count = 1 if g.one else _number(scene, i)
    return Mention(
        start, end, scene.text(start, end), PlaceKind.UNNAMED, known=quantity or g.one or located, count=count
    )


def _is_one(scene: Scene, i: int) -> bool:
    """Whether one settlement may begin at token i: with an article, or without one in a headline."""
    low = scene.low
    if low[i] in ("a", "an") or (low[i] == "one" and low[i + 1 : i + 2] != ("of",)):
        return True
    if i > 1 and low[i - 2 : i] == ("control", "of"):
        return False  # "in control of village" takes up a village named before
    if low[i] in ("another", "either", "neither"):
        return True
    if low[i] not in scene.words("places.begins_bare") or not i or low[i - 1] in ("in", "is", "was"):
        return False
    verbs = scene.cues.verbs
    return (
        low[i - 1] in verbs
        or (low[i - 1] == "back" and low[i - 2] in verbs)  # "takes back village"
        or low[i - 1] in ("of", "over")
        or (low[i - 1] == "from" and i > 1 and low[i - 2] in verbs)
        or _into_town(scene, i)
        or _said_of_town(scene, i)
    )


def _noun_of(scene: Scene, g: _Group) -> int | None:
    """The noun of a group, behind what describes it."""
    low, tag, k = scene.low, scene.tag, g.i
    while k < len(low) and k - g.i < LONGEST and not scene.bracket[k]:
        centre = low[k] in ("centers", "centres") and low[k - 1] == "district"
        if (low[k] in g.nouns and (low[k].endswith("s") or g.one)) or centre:
            return k
        described = (
            tag[k] in WITHIN
            or low[k] in NEXT_TO
            or low[k] in ("of", "more", "than", "other", "and")
            or (tag[k] == "VBD" and k > g.i and low[k] in scene.cues.adjectives)  # "two occupied villages"
            or (k > g.i and low[k] in BESIDE)
        )
        if not described:
            return None
        if k > g.i and low[k] not in g.nouns:
            noun = tag[k] in ("NN", "NNS") and low[k] not in COUNTS
            if noun or (is_capital(scene, k) and k not in scene.side_at):
                return None
        elif k > g.i and tag[k] not in ("NN", "NNS") and is_capital(scene, k) and k not in scene.side_at:
            return None
        k += 1
    return None


def _is_other(scene: Scene, k: int, end: int) -> bool:
    """Whether the noun at k, its phrase up to `end`, belongs to another or is no ground: "villages' mayors", "military districts"."""
    low, tag = scene.low, scene.tag
    if k and low[k - 1] == "military" and low[k].startswith("district"):
        return True  # which are commands
    if end >= len(low):
        return False
    joined = low[end] == "-" and not scene.doc[end - 1].whitespace_
    noun = tag[end].startswith("NN") and not is_capital(scene, end) and low[end : end + 2] != ("part", "of")
    west = low[end] in scene.words("places.compass")  # "several settlements west of X"
    return low[end] in ("'s", "'") or joined or (noun and not west)


def _is_named(scene: Scene, g: _Group, k: int, end: int) -> bool:
    """Whether names follow ("the villages of A and B", "a village of Nove"), or the noun is part of one."""
    low = scene.low
    of_the = low[end : end + 2] in (("of", "the"), ("of", "this")) and end + 2 < len(low)
    if of_the and low[end + 2] in scene.words("places.towns_meant"):
        return True  # "all districts of the city" are parts of it
    if g.one and ((end < len(low) and (low[end] == "of" or is_capital(scene, end))) or low[k] not in ONES):
        return True
    named = low[end : end + 1] == ("of",) and end + 1 < len(low) and _name_opens(scene, end + 1)
    of_country = g.quantity and end + 1 in scene.side_at  # "four regions of Ukraine"
    if named and low[k].endswith("s") and not of_country:
        return True
    return is_capital(scene, k) and low[k] in ("oblasts", "regions")


def _name_opens(scene: Scene, k: int) -> bool:
    """Whether a name begins at token k, be it with an article written small ("al-Mansoura")."""
    article = scene.low[k] in scene.words("names.prefixes") and scene.low[k + 1 : k + 2] == ("-",)
    return is_capital(scene, k) or (article and k + 2 < len(scene.low) and is_capital(scene, k + 2))


RULES: tuple[Callable[[Scene, int], Told], ...] = (_so_many_in, _handful, _half_dozen, _both, _share_of, _counted)


def _unnamed(scene: Scene, start: int, end: int, count: int | None = None) -> Mention:
    return Mention(start, end, scene.text(start, end), PlaceKind.UNNAMED, known=True, count=count)


def _number(scene: Scene, i: int) -> int | None:
    """How many the word at i says."""
    digits = scene.low[i].replace(",", "")
    return int(digits) if scene.tag[i] == "CD" and digits.isdigit() else NUMBERS.get(scene.low[i])


def _plural(scene: Scene, k: int) -> bool:
    """Whether settlements in the plural stand at token k."""
    return k < len(scene.low) and scene.low[k] in scene.words("places.settlements") and scene.low[k].endswith("s")


def _into_town(scene: Scene, i: int) -> bool:
    """Whether a bare "city" that ends a headline's phrase stands behind "into", "on" or "around"."""
    end = i + 1
    closed = end >= len(scene.low) or scene.low[end] in (",", ".", ";", ":", "as", "amid", "after")
    return closed and scene.low[i] in scene.words("places.towns_meant") and scene.low[i - 1] in ("into", "on", "around")


def _said_of_town(scene: Scene, i: int) -> bool:
    """Whether a headline says something of a bare "city": "Y says fighting goes on in X, denies city has fallen"."""
    towns = scene.words("places.towns_meant")
    if scene.low[i] not in towns or scene.low[i - 1] not in scene.words("clauses.saying"):
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


def _counted_before(scene: Scene, i: int) -> bool:
    """Whether the sentence counted settlements before token i: "five settlements in A and eight in B"."""
    start = max(scene.sentence[i][0], i - 9)
    nouns = scene.words("places.settlements")
    return any(
        scene.low[k] in nouns and scene.low[k].endswith("s") and any(scene.tag[j] == "CD" for j in range(start, k))
        for k in range(start, i)
    )

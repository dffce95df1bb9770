"""Whether a participle stands before its noun, by the words around it: "in occupied Kherson", but not "has occupied Kherson"."""

from __future__ import annotations

from collections.abc import Callable

from reportedly.model import PlaceKind
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.serial import in_a_row
from reportedly.read.scene.verb_groups import BE, HAVE, HELPERS, LET_ALONE
from reportedly.read.verbs.occupied_land import land_at

__all__ = ["OPENING", "attributive", "scare_quoted", "second_verb"]

OPENING = frozenset({"that", "said", "says", ",", "when", "after", "as", "since", "while", "before", "because"})
NO_NOUN = frozenset({"by", "in", "on", "from", ",", ".", "and"})
QUOTES = frozenset({'"', "“", "‘"})
BREAKS = frozenset({"(", "[", ":", "—", "–", "“", '"', ";"})
AFTER_VERB = frozenset({"been", "being", "got", "reportedly"})
VERBS = ("VBG", "VBD", "VBZ", "VBP", "VB", "VBN")
MARKS = ((), ("-",), ("–",), ("—",), (",",), (".",), (":",))

Rule = Callable[[Scene, int, int], bool | None]
"""Whether the participle at i stands before its noun, by the word at k before it; None where a rule does not tell."""


def attributive(scene: Scene, i: int) -> bool:
    """Whether the participle at i stands before its noun ("in occupied Kherson"), by the words around it."""
    k = _past_half(scene, i - 1)
    if _without_noun(scene, i) or _quoted_verb(scene, i, k):
        return False
    k = _past_adverbs(scene, k)
    for rule in RULES:
        if (told := rule(scene, i, k)) is not None:
            return told
    return scene.tag[i] in ("VBN", "JJ") and scene.doc[i].dep_ == "amod" and scene.doc[i].head.i > i


def _without_noun(scene: Scene, i: int) -> bool:
    """Whether no noun follows: "was captured by", "have not reached X, let alone captured Y", "X 'fully liberated' - ministry"."""
    low, tag = scene.low, scene.tag
    if i + 1 >= len(low) or in_a_row(scene, i) is not None:
        return True
    if (tag[i + 1] in ("VBN", "VBD", "IN", "TO", "RB") and i + 1 not in scene.at) or low[i + 1] in NO_NOUN:
        return True
    if low[i - 2 : i] in LET_ALONE:
        return True
    return low[i + 1] in ("'", "’", "”", '"') and low[i + 2 : i + 3] in MARKS


def _past_half(scene: Scene, k: int) -> int:
    """The token before "half-" and "semi-"."""
    return k - 2 if k > 0 and scene.low[k] == "-" and scene.low[k - 1] in ("half", "semi") else k


def _quoted_verb(scene: Scene, i: int, k: int) -> bool:
    """'has "liberated" X', 'Moscow "liberated" X'."""
    low = scene.low
    quoted = k > 0 and low[k] in QUOTES
    return quoted and (low[k - 1] in HAVE or low[k - 1] in BE or scare_quoted(scene, i))


def _past_adverbs(scene: Scene, k: int) -> int:
    """The token before "recently", "still-"."""
    low, when = scene.low, scene.words("clauses.when")
    while k >= 0 and (low[k] in when or (low[k] == "-" and k and low[k - 1] in when)):
        k -= 1
    while k >= 0 and scene.tag[k].startswith("RB") and low[k] not in ("not", "n't"):
        k -= 1
    return k


def _quoted_with_adverb(scene: Scene, i: int, k: int) -> bool | None:
    """'have now "fully liberated" X', 'Russia "annexed" X'."""
    low, tag = scene.low, scene.tag
    if k <= 0 or low[k] not in QUOTES:
        return None
    before = k - 1
    while before > 0 and tag[before].startswith("RB"):
        before -= 1
    if low[before] in HAVE or low[before] in BE:
        return False
    acts = tag[i] in ("VBD", "VBN") and i + 2 in scene.at
    actor = acts and any(s.end == k and s.word.kind in ("name", "forces", "seat") for s in scene.sides)
    return False if actor else None


def _behind_auxiliary(scene: Scene, i: int, k: int) -> bool | None:  # noqa: ARG001 - all are asked alike
    """ "Has since recaptured X", "had by then left X", "will have captured X"."""
    low, tag = scene.low, scene.tag
    since = k > 0 and (low[k] == "since" or low[k : k + 2] in (("by", "then"), ("by", "now")))
    if since and low[k - 1] in HAVE:
        return False
    return False if k >= 0 and tag[k] != "POS" and (low[k] in HAVE or low[k] in BE or tag[k] == "MD") else None


def _at_opening(scene: Scene, i: int, k: int) -> bool | None:
    """ "Occupied Kherson was shelled", "Russian-occupied", "; and occupied X"."""
    low, tag = scene.low, scene.tag
    if k < 0:
        return tag[i] in ("VBN", "JJ", "VBD") or (low[i] == "occupied" and i + 1 in scene.at)
    if k and (low[k] in ("-", "–") or (low[k] == "and" and low[k - 1] == ";")):
        return True
    if scene.sentence[k][1] == k + 1 or low[k] in BREAKS:
        return tag[i] in ("VBN", "JJ") or (low[i] == "occupied" and i + 1 in scene.at and tag[i] == "NNP")
    return None


def _in_phrase(scene: Scene, i: int, k: int) -> bool | None:
    """ "In occupied X", "the liberated towns", "said that occupied X will vote"."""
    low, tag = scene.low, scene.tag
    if tag[k] not in ("IN", "DT", "PRP$", "POS", "PDT") and low[k] not in ("to", "of"):
        return None
    return low[k] not in ("that", "which") or (tag[k] == "IN" and low[i] == "occupied" and _acts(scene, i))


def _object(scene: Scene, i: int, k: int) -> bool | None:
    """ "Visited occupied X", "shelled liberated areas"."""
    low, tag = scene.low, scene.tag
    if tag[k] not in VERBS or low[k] in BE or low[k] in HAVE or low[k] in AFTER_VERB:
        return None
    named = i + 1 in scene.at or i + 1 in scene.side_at or _before_land(scene, i)
    return named or (tag[k] == "VB" and tag[i] in ("VBN", "JJ"))


def _behind_noun(scene: Scene, i: int, k: int) -> bool | None:
    """ "The decree covers occupied X", "President visits recaptured X", where the tagger takes the verb for a noun."""
    low, tag = scene.low, scene.tag
    if tag[k] not in ("NN", "NNS"):
        return None
    if low[i] == "occupied" and (
        (tag[k] == "NNS" and i + 1 in scene.at and _no_occupier(scene, k))
        or (land_at(scene, i + 1) and _no_occupier(scene, k))  # "Troops raid occupied West Bank city"
    ):
        return True
    comes = tag[k] == "NNS" and low[k] in scene.words("names.comings") and i + 1 in scene.at
    return True if comes and tag[k - 1 : k] != ("JJ",) else None


def _in_row(scene: Scene, i: int, k: int) -> bool | None:
    """ "A and occupied southern B", but not "crossed the river and liberated X"."""
    low, tag, token = scene.low, scene.tag, scene.doc[i]
    if tag[k] == "CC" and low[i] != "occupied" and second_verb(scene, i, k):
        return False
    if low[k] == ",":
        if _after_aside(scene, i, k):
            return False
        if _names_the_land(scene, i, k):
            return True
    if tag[k] not in ("CC", ","):
        return None
    land = _before_land(scene, i)
    part = low[i + 1] in scene.words("places.compass") and i + 2 in scene.at
    if low[i] == "occupied" and low[k] in ("and", ",") and (i + 1 in scene.at or land or part):
        second = token.dep_ == "conj" and token.head.tag_ == "VBD"
        if not second:
            return True
    return tag[i] in ("VBN", "JJ") and (land or token.dep_ in ("amod", "compound", "nmod", "conj", "pobj"))


def _behind_adjective(scene: Scene, i: int, k: int) -> bool | None:
    """ "Other occupied Ukrainian territory"."""
    if scene.tag[k] not in ("JJ", "CD", "RB"):
        return None
    land = scene.at.get(i + 1)
    named = land is not None and land.kind is PlaceKind.COUNTRY
    return scene.doc[i].dep_ == "amod" or (scene.low[k] == "other" and (_before_land(scene, i) or named))


def _verb_of_state(scene: Scene, i: int, k: int) -> bool | None:
    """ "Ukraine liberated X", "The RSF secured X", not "in Russia occupied X"."""
    object_follows = i + 1 in scene.at or scene.low[i + 1 : i + 2] == ("control",)
    if k != i - 1 or not object_follows or scene.low[i] in ("occupied", "annexed"):
        return None
    owner = next((s for s in scene.sides if s.end == i and s.word.kind in ("name", "forces")), None)
    if owner is None:
        return None
    start = owner.start - (owner.word.kind == "forces" and scene.low[owner.start - 1] == "the")
    return False if start == scene.sentence[i][0] or scene.low[start - 1] in OPENING else None


RULES: tuple[Rule, ...] = (
    _quoted_with_adverb, _behind_auxiliary, _at_opening, _in_phrase, _object, _behind_noun, _in_row, _behind_adjective,
    _verb_of_state,
)  # fmt: skip


def _before_land(scene: Scene, i: int) -> bool:
    """Whether a word for land or for towns follows."""
    return scene.low[i + 1] in scene.words("places.part") or scene.low[i + 1] in scene.words("places.settlements")


def scare_quoted(scene: Scene, i: int) -> bool:
    """Whether the participle at i is the verb of the side before it, in quotation marks: 'Moscow "liberated" X'."""
    side = next((s for s in scene.sides if s.end == i - 1), None)
    if side is None or scene.low[i + 1 : i + 2] not in (('"',), ("”",), ("’",)) or i + 2 not in scene.at:
        return False
    return side.word.kind != "demonym" or scene.low[side.end - 1].endswith("s")


def _after_aside(scene: Scene, i: int, k: int) -> bool:
    """Whether the comma at k ends an aside behind forces, whose verb stands at i: "The army, with Russian support, fully liberated X"."""
    start = scene.sentence[i][0]
    opens = next((j for j in range(k - 1, max(start, k - 10), -1) if scene.low[j] == ","), None)
    if opens is None or scene.tag[opens + 1] not in ("IN", "VBN", "VBG", "RB"):
        return False
    if not any(s.end == opens and s.word.kind == "forces" for s in scene.sides):
        return False
    return not any(scene.tag[j] in ("VBD", "VBZ", "VBP") for j in range(opens, k))


def _names_the_land(scene: Scene, i: int, comma: int) -> bool:
    """Whether "occupied Y" says where the place before the comma lies: "runs between A and B, occupied Crimea"."""
    place, land = scene.inside(comma - 1), scene.at.get(i + 1)
    if scene.low[i] != "occupied" or place is None or land is None or place.end != comma or place.head is not None:
        return False
    token = scene.doc[comma - 1]
    while token.dep_ in ("conj", "compound", "appos") and token.head.i < token.i:
        token = token.head
    closed = land.end >= len(scene.low) or scene.low[land.end] in (".", ";", ")", "]", "[", ",", "on", "in")
    goes_on = scene.tag[land.end + 1 : land.end + 2] in (("VBD",), ("CC",)) if closed else True
    return token.dep_ == "pobj" and not goes_on


def _acts(scene: Scene, i: int) -> bool:
    """Whether the place behind "that occupied" is the subject of what follows: "said that occupied X will vote"."""
    place = scene.at.get(i + 1)
    return (
        place is not None
        and place.end < len(scene.low)
        and (scene.tag[place.end] in ("VBZ", "VBP", "VBD", "MD") or scene.low[place.end] in HELPERS)
    )


def _no_occupier(scene: Scene, k: int) -> bool:
    """Whether the plural at k is nobody who could occupy a place."""
    people = scene.listed("clauses.agents", "clauses.civilians")
    return scene.low[k] not in people and not any(s.start <= k < s.end for s in scene.sides)


def second_verb(scene: Scene, i: int, joint: int) -> bool:
    """Whether the participle at i goes on with what the verb before "and" began: "crossed the river and liberated X"."""
    token = scene.doc[i]
    if token.dep_ == "conj" and token.head.tag_.startswith("VB") and token.head.i < joint:
        return True
    before = scene.inside(scene.previous(joint))
    place = before is not None and before.head is None and before.kind is not PlaceKind.UNNAMED
    return (
        i + 1 in scene.at
        and not place
        and any(
            scene.tag[k] in ("VBD", "VBN") and scene.doc[k].dep_ not in ("amod", "acl")
            for k in range(scene.sentence[i][0], joint)
        )
    )

"""Where a name must be that of a place: behind prepositions and kinds, before words of who holds it."""

from __future__ import annotations

from collections.abc import Callable

from reportedly.knowledge.parties import SideKind
from reportedly.model import Relation
from reportedly.read.parsing.marks import QUOTES
from reportedly.read.scene.heads import is_capital
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.verb_groups import HELPERS

HELD = (Relation.TAKES, Relation.HOLDS, Relation.CONTESTS)
BEHIND = (
    ("by",),
    ("in",),
    ("on",),
    ("last",),
    ("this",),
    ("since",),
    ("after",),
)  # a participle that tells of what is before it
ADVERBS = frozenset(
    {
        "still",
        "back",
        "now",
        "fully",
        "completely",
        "entirely",
        "almost",
        "mostly",
        "largely",
        "nearly",
        "again",
        "firmly",
        "partly",
    }
)
BE_THERE = frozenset({"is", "are", "was", "were", "been", "remain", "remains", "remained"})
SHARE = 8  # tokens of "only about half of which"
ASIDE = 14  # tokens of an aside between a name and its verb
THEIRS = frozenset({"control", "rule", "hands", "grip", "proxies"})  # what is a government's, not its city's
HELD_BY = frozenset({"control", "hands", "occupation", "siege"})
BEING = (("is",), ("was",), ("remains",), ("remained",))
GOVERNING = ("IN", "TO", "VB", "VBD", "VBZ", "VBP", "VBN", "VBG")
NOT_INTO = frozenset(
    {"by", "that", "to", "with", "from", "against", "if", "as", "after", "because", "while", "for"}
)  # prepositions before those who act
SAID = frozenset({"said", "says", "say", "believes", "believe", "thinks", "reported", "reports"})

__all__ = ["held_by_headline", "place_slot", "place_slot_left"]


def held_by_headline(scene: Scene, end: int) -> bool:
    """Whether "under ... control" or "in ... hands" stands right behind a name, as in headlines without a verb."""
    k = end
    while k < len(scene.low) and (scene.low[k] in ADVERBS or scene.low[k] in QUOTES):
        k += 1  # "X 'completely under rebel control'"
    if scene.low[k : k + 1] not in (("in",), ("under",)):
        return False
    return bool({"control", "hands", "occupation", "siege"} & set(scene.low[k + 1 : k + 5]))


def place_slot_left(scene: Scene, i: int) -> bool:
    """Whether the word before token i calls for a place: a preposition or a kind of place."""
    before = scene.previous(i)
    if before > 0 and scene.low[before] in QUOTES and scene.low[before - 1] == "of":
        before -= 1  # "'most of' X"
    return before >= 0 and (
        scene.tag[before] == "IN"
        or (scene.low[before] in ("around", "near") and scene.low[before - 1] == "and")  # "in and around X"
        or (
            scene.low[before] in ("and", "or", ",")
            and (left := _before_marks(scene, before)) >= 0
            and (is_capital(scene, left) or scene.tag[left] == "CD")
        )
        or scene.tag[before].startswith("VB")
        or (
            scene.low[before] in ("'s", "’s")
            and any(s.end == before and s.word.kind is SideKind.NAME for s in scene.sides)
        )
        or scene.low[before] in scene.words("places.whole")
        or scene.low[before] in scene.cues.adjectives
        or scene.low[before] in scene.words("places.compass")
    )


def _before_marks(scene: Scene, k: int) -> int:
    """The token before the comma, the "and" or both that end at k."""
    return scene.previous(k - 1) if k > 1 and scene.low[k - 1] == "," else k - 1


def _between_towns(scene: Scene, side: Side, before: int) -> bool:
    """Whether a capital stands in the midst of a list of other names: "has not taken Kharkiv, Kyiv, Chernihiv or Sumy"."""
    if scene.low[before] != "," or before < 1 or not is_capital(scene, before - 1):
        return False
    if scene.tag[before - 1] not in ("NNP", "NNPS") or any(s.start < before <= s.end for s in scene.sides):
        return False
    k = side.end
    if scene.low[k : k + 1] == (",",):
        k += 1
    k += scene.low[k : k + 1] in (("and",), ("or",), ("nor",))
    return side.end < k < len(scene.low) and is_capital(scene, k) and scene.tag[k].startswith("NNP")


def _changes_hands(scene: Scene, side: Side) -> bool:
    """Whether a capital is the subject of words that tell whose it is ("Aden is held by", "Kabul has fallen", "X was in their hands")."""
    listed = _behind_list(scene, side.end)
    return (
        _told_of(scene, _behind_aside(scene, side.end))
        or (listed > side.end and _told_of(scene, listed))
        or _told_in_aside(scene, side.end)
    )


def _told_of(scene: Scene, k: int) -> bool:
    """Whether the words from token k on tell whose a place before them is."""
    words = scene.low[k : k + 5]
    if words[:1] in (("fell",), ("falls",)) or words[:2] in (("has", "fallen"), ("had", "fallen")):
        return True
    if held_by_headline(scene, k) or _taken_in_headline(scene, k):
        return True
    if words[:1] in (("has",), ("had",), ("have",)) and words[1:2] == ("been",):
        k += 1
    if k >= len(scene.low) or scene.low[k] not in BE_THERE:
        return False
    k += 1 + (scene.low[k + 1 : k + 2] == ("left",))  # "are left in government hands"
    while k < len(scene.low) and (scene.tag[k].startswith("RB") or scene.low[k] in QUOTES):
        k += 1
    if scene.low[k : k + 1] in (("in",), ("under",)):
        return bool({"control", "hands", "occupation", "siege"} & set(scene.low[k + 1 : k + 5]))
    if scene.low[k : k + 1] == ("free",):
        behind = scene.low[k + 1 : k + 2]
        return not behind or behind[0] == "of" or not behind[0][:1].isalnum()  # "Khartoum is free"
    return _of_object(scene, k, past=True)


def _of_object(scene: Scene, k: int, *, past: bool = False) -> bool:
    """Whether a verb that takes, holds or contests its object stands at token k; `past`: a form of its past."""
    rows = scene.cues.verbs.get(scene.low[k], ()) if k < len(scene.low) else ()
    return any(
        (kind == "past" or not past) and "" in cue.frame.preps and cue.frame.relation in HELD for cue, kind in rows
    )


def _behind_list(scene: Scene, k: int) -> int:
    """The token behind "and Y", "and Y city" at token k; k where no name is joined there."""
    if scene.low[k : k + 1] != ("and",) or not is_capital(scene, k + 1) or k + 1 in scene.side_at:
        return k
    end = k + 1
    while end < len(scene.low) and is_capital(scene, end):
        end += 1
    return end


def _told_in_aside(scene: Scene, k: int) -> bool:
    """Whether an aside that begins at token k tells whose the place before it is: "Khartoum, which the army retook", "Kabul, most of
    which", "Damascus, held by rebels".
    """
    if scene.low[k : k + 1] != (",",):
        return False
    stop = min(k + ASIDE, scene.sentence[k][1])
    end = next((j for j in range(k + 1, stop) if scene.low[j] == ","), stop)
    which = next((j for j in range(k + 1, min(end, k + SHARE)) if scene.low[j] in ("which", "where", "whose")), None)
    if which is None:
        first = next((j for j in range(k + 1, end) if not scene.tag[j].startswith("RB")), end)
        return _of_object(scene, first, past=True) and scene.low[first + 1 : first + 2] in BEHIND
    if scene.low[which] == "whose":
        return bool(scene.listed("places.part", "places.compass") & set(scene.low[which + 1 : which + 4]))
    if scene.low[which - 1] == "of":
        return True
    if which == k + 1 and scene.low[which] == "which" and _told_of(scene, which + 1):
        return True
    first = which + 1 + (scene.tag[which + 1 : which + 2] == ("DT",) and which + 1 not in scene.side_at)
    if first not in scene.side_at and scene.tag[which + 1 : which + 2] != ("PRP",):
        return False
    verbs = [j for j in range(which + 2, end) if scene.tag[j].startswith("VB") and scene.tag[j] != "VBG"]
    if which == k + 1 and scene.low[which] == "which":
        return any(_of_object(scene, j) for j in verbs)
    return any(scene.low[j] in scene.cues.verbs and scene.low[j] not in HELPERS for j in verbs)


def _behind_aside(scene: Scene, k: int) -> int:
    """The token behind an aside without a verb of its own that begins at k: "Khartoum, ravaged by two years of war, was"."""
    if scene.low[k : k + 1] != (",",):
        return k
    for j in range(k + 1, min(len(scene.low) - 1, k + ASIDE)):
        if scene.low[j] == ",":
            return j + 1
        if scene.tag[j] in ("VBD", "VBZ", "VBP", "MD"):
            break
    return k


def _taken_in_headline(scene: Scene, k: int) -> bool:
    """Whether a bare participle that takes an object has none here: "Damascus captured, rebels say", "Sanaa besieged by"."""
    while k < len(scene.low) and scene.tag[k].startswith("RB"):
        k += 1
    if k >= len(scene.low):
        return False
    if not _of_object(scene, k, past=True):
        return False
    return k + 1 >= len(scene.low) or scene.low[k + 1] in (
        ",",
        ".",
        ":",
        ";",
        "by",
        "after",
        "as",
        "amid",
        "-",
        "–",
        "—",
    )


Rule = Callable[[Scene, Side, int], bool | None]
"""Whether a side's name stands for its territory, by the word at k before it; None where a rule does not tell."""


def place_slot(scene: Scene, side: Side) -> bool:
    """Whether a side's name stands for its territory here ("parts of Ukraine", "in southern Ukraine")."""
    k = scene.previous(side.start)
    for rule in RULES:
        if (told := rule(scene, side, k)) is not None:
            return told
    while k >= 0 and (scene.low[k] in scene.words("places.compass") or scene.low[k] in scene.words("places.inner")):
        k = scene.previous(k)
    if k > 0 and scene.low[k] in ("only", "just") and scene.low[k - 1] in scene.cues.verbs:
        k -= 1  # "controls only Kabul"
    if k < 0:
        return False
    for rule in FURTHER:
        if (told := rule(scene, side, k)) is not None:
            return told
    return scene.tag[k] in GOVERNING and scene.low[k] not in NOT_INTO


def _modifies(scene: Scene, side: Side, k: int) -> bool | None:  # noqa: ARG001 - all are asked alike
    """ "Russia-backed", "the Moscow government", but "held Kyiv weeks after"."""
    low, end = scene.low, side.end
    if low[end : end + 1] == ("-",) and not scene.doc[end - 1].whitespace_:
        return False
    if end >= len(low) or not scene.tag[end].startswith("NN"):
        return None
    timed = low[end] in scene.words("places.times")
    return None if timed and low[end + 1 : end + 2] in (("after",), ("before",), ("later",), ("ago",)) else False


def _republic(scene: Scene, side: Side, k: int) -> bool | None:  # noqa: ARG001
    """ "The territory of the Republic", "the Republic is 99 per cent liberated"."""
    if scene.doc[side.end - 1].text != "Republic":
        return None
    of_its = scene.low[max(0, side.start - 3) : side.start][:1] in (("territory",), ("borders",), ("all",), ("towns",))
    return True if of_its or "liberated" in scene.low[side.end : side.end + 7] else None


def _as_claimed(scene: Scene, side: Side, k: int) -> bool | None:
    """ ", as Moscow claimed,"."""
    claims = scene.low[side.end : side.end + 1] and scene.low[side.end] in scene.words("clauses.saying")
    return False if claims and scene.low[k] in ("as", "what", "than") else None


def _seat_taken(scene: Scene, side: Side, k: int) -> bool | None:  # noqa: ARG001
    """ "Holds the capital, Khartoum"."""
    if side.word.kind is not SideKind.SEAT:
        return None
    return (
        True
        if _changes_hands(scene, side) or scene.low[max(0, side.start - 2) : side.start] == ("capital", ",")
        else None
    )


def _no_place(scene: Scene, side: Side, k: int) -> bool | None:  # noqa: ARG001
    """Groups, peoples, "Ukrainian", "handing Moscow its biggest gain"."""
    text = scene.doc[side.end - 1].text
    if side.word.kind is SideKind.FORCES and text.lower() not in scene.words("places.statelets"):
        return False
    if scene.tag[side.start] in ("JJ", "NNPS", "NNS") or not text[:1].isupper():
        return False
    if side.word.kind is SideKind.DEMONYM and side.end == side.start + 1:
        return False
    return False if side.word.kind is SideKind.SEAT and scene.tag[side.end : side.end + 1] == ("PRP$",) else None


def _owner(scene: Scene, side: Side, k: int) -> bool | None:  # noqa: ARG001
    """ "Rejecting Moscow's claim", "under Kyiv's control"."""
    if scene.low[side.end : side.end + 1] not in (("'s",), ("’s",), ("'",)):
        return None
    after = scene.low[side.end + 1 : side.end + 3]
    theirs = scene.listed("clauses.claim_nouns", "clauses.agents")
    return None if THEIRS.isdisjoint(after) and theirs.isdisjoint(after) else False


def _seat_held(scene: Scene, side: Side, k: int) -> bool | None:  # noqa: ARG001
    """ "Khartoum is under army control"."""
    if side.word.kind is not SideKind.SEAT or scene.low[side.end : side.end + 1] not in BEING:
        return None
    told = scene.low[side.end + 1 : side.end + 6]
    held = ("under" in told[:3] or "in" in told[:3]) and not HELD_BY.isdisjoint(told)
    return True if held else None


def _acts(scene: Scene, side: Side, k: int) -> bool | None:
    """ "Said Russia would redeploy troops", "said Russia had been driven out of X"."""
    name = scene.doc[side.end - 1]
    driven = name.dep_ == "nsubjpass" and any(
        cue.frame.party == "object" for cue, _ in scene.cues.verbs.get(name.head.lower_, ())
    )
    acts = (name.dep_ == "nsubj" or driven) and scene.low[k] in SAID
    return False if acts and scene.tag[side.end : side.end + 1] in (("MD",), ("VBD",), ("VBZ",)) else None


RULES: tuple[Rule, ...] = (_modifies, _republic, _as_claimed, _seat_taken, _no_place, _owner, _seat_held, _acts)


def _second_republic(scene: Scene, side: Side, k: int) -> bool | None:
    """The second of a list: "annexed the A Republic, the B Republic and C"."""
    if scene.low[k] not in (",", "and") or scene.doc[side.end - 1].text != "Republic":
        return None
    last = k - 1 if scene.low[k - 1] == "," else k
    listed = next((s for s in scene.sides if s.end == last), None)
    return place_slot(scene, listed) if listed is not None and scene.low[last - 1] == "republic" else None


def _held(scene: Scene, side: Side, k: int) -> bool | None:  # noqa: ARG001
    return True if scene.low[k] in ("occupied", "controlled", "held", "annexed", "liberated") else None


def _city(scene: Scene, side: Side, k: int) -> bool | None:
    """ "Retreated from Kyiv": the city, not its government; "took over Aden", "cities such as Kyiv"."""
    if side.word.kind is not SideKind.SEAT:
        return None
    word = scene.low[k]
    city = word in ("from", "to", "around", "for", "capital", "city") or _between_towns(scene, side, k)
    city = city or (scene.tag[k] == "RP" and word in ("over", "back"))
    return True if city or scene.low[k - 1 : k + 1] == ("such", "as") else None


def _object(scene: Scene, side: Side, k: int) -> bool | None:
    """ "Have not isolated Kyiv", which the tagger takes for an adjective."""
    taken = scene.low[k] in scene.cues.verbs and scene.doc[side.start].dep_ == "dobj"
    return True if taken and scene.tag[k] == "JJ" else None


FURTHER: tuple[Rule, ...] = (_second_republic, _held, _city, _object)
"""The same, asked of the word before "southern", "only"."""

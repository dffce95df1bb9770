"""Whose forces a verb frame is about: the side named in its subject, its agent, its object or the cue itself."""

from __future__ import annotations

from reportedly.knowledge.parties import SideKind
from reportedly.model import Relation
from reportedly.read.places.edges import clause_edge
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.sides import LOYAL, TAKEN_UP, head_side, loyal_to, side_in, side_of_phrase
from reportedly.read.scene.subjects import phrase_of, relative_head
from reportedly.read.verbs.case import VerbCase

__all__ = ["verb_side"]

HOSTILE = frozenset(
    {"push", "drive", "force", "throw", "oust", "expel", "knock", "beat", "dislodge", "chase"}
)  # what an enemy does
OTHER_CLAUSE = frozenset({"before", "until", "when", "while"})  # whose side is not the one of the clause before
BOUND = frozenset({"after", "before", "since", "while", "by", "without"})  # what leads a clause without a subject
BODIES = frozenset({"forces", "troops", "group", "army", "units"})  # which stand for a side as pronouns do
Found = tuple[Side | None, str]


def verb_side(v: VerbCase) -> Found:
    """The side that a verb frame is about, and how it was found; "none" if the frame needs an object and has none."""
    party = v.cue.frame.party
    if v.name == "makes it part of itself" and (owner := _made_part_of(v.scene, v.end)) is not None:
        return owner, "what it is made a part of"
    if party == "none":
        return None, ""
    if party == "to":
        return _taker(v)
    if party == "object":
        return _driven(v) if v.passive else _object(v)
    return _agent(v) if v.passive else _actor(v)


def _taker(v: VerbCase) -> Found:
    """Into whose hands something falls."""
    scene, i, end = v.scene, v.i, v.end
    if not {"their", "its"}.isdisjoint(v.low[i:end]):
        return None, ""
    stop = scene.sentence[i][1]
    stop = next(
        (k for k in range(end, stop) if scene.tag[k] in ("VBD", "VBZ", "MD") or v.low[k] in OTHER_CLAUSE), stop
    )  # "spent six months under occupation before Ukrainian troops swept in"
    if v.relation is Relation.CONTESTS:
        stop = next((k for k in range(end, stop) if v.low[k] == ","), stop)  # "is under siege, Y says"
    if not any(i < s.start < end for s in scene.sides) and scene.words("clauses.holders") & set(v.low[i:end]):
        return None, ""  # "is under jihadist control after soldiers left"
    of_side = side_in(scene, end + 1, min(end + 6, stop)) if v.low[end : end + 1] == ("of",) else None
    if (holder := _of_country(scene, end) or of_side) is not None:
        return holder, "named with the cue"  # "is under the military control of Russia"
    if v.name == "slips from hands":
        side = side_in(scene, i, end)
        return side, "named with the cue" if side else ""  # "slips from Y's grip as rebels join in"
    given = next((k for k in range(i, end) if v.low[k] == "to"), i) if "from" in v.cue.words else i
    side = side_in(scene, given, min(max(end + 4, _phrase_end(scene, end)), stop)) or _by_phrase(scene, i, end, stop)
    return side, "named with the cue" if side else ""


def _driven(v: VerbCase) -> Found:
    """Who is driven out, in the passive."""
    scene, subject = v.scene, v.subject
    if subject is None:
        side = side_in(scene, max(scene.sentence[v.i][0], v.i - 8), v.i)
        return side, "the passive subject" if side else "none"
    first, behind = phrase_of(scene, subject)
    colon = next(
        (k for k in range(subject, first, -1) if v.low[k] == ":"), first
    )  # "Kyiv: Russian units driven out of X"
    side = side_in(scene, colon, behind) if subject < v.i else None
    if side is None and scene.tag[subject] in ("WDT", "WP"):
        head = relative_head(scene, subject)
        side = side_of_phrase(scene, head) if head is not None else None  # "the army, which was driven from"
    if side is not None:
        return side, "the passive subject"
    if loyal_to(scene, subject) is not None:
        return None, "loyal to somebody"
    if not {"its", "their", "our", "his", "her"}.isdisjoint(_own_phrase(scene, subject)):
        return None, "own forces"
    if subject < v.i and v.low[subject] in TAKEN_UP:
        return None, "taken up"
    return None, "none"


def _object(v: VerbCase) -> Found:
    """Whom somebody drives out."""
    scene, i, prep_index = v.scene, v.i, v.prep
    if prep_index is None:
        return None, "none"
    if v.low[i + 1 : prep_index] == ("us",):
        return None, "our own"
    agents = scene.words("clauses.agents")
    side = side_in(scene, i + 1, prep_index)
    hostile = v.cue.words[0] in HOSTILE and v.low[i + 1] in ("its", "their", "his") and v.subject is not None
    if hostile and (side is None or side.word.party is None) and agents & set(v.low[i + 2 : min(i + 5, prep_index)]):
        return None, "opponent of the subject"  # "Kyiv said the Russians had pushed its soldiers out of X"
    side = side or next((s for s in scene.sides if s.start == i + 1 and s.end == prep_index), None)  # "push Y out of X"
    if side is not None:
        noun = "".join(scene.tag[side.end : side.end + 1]).startswith("NN")  # a text cut short ends here
        people = side.word.kind is SideKind.DEMONYM and noun
        return (None, "none") if people and v.low[side.end] not in agents else (side, "the object of the verb")
    foes = scene.words("clauses.foes")
    if v.low[i + 1] in ("its", "their"):
        foes = foes | scene.words("clauses.rivals")  # "drove its rival from X"
    return None, "none" if foes.isdisjoint(v.low[i + 1 : prep_index]) else "opponent of the subject"


def _agent(v: VerbCase) -> Found:
    """By whom something is done in the passive."""
    scene, end = v.scene, v.end
    side = _by_phrase(scene, v.i, end)
    if side is not None:
        return side, "the agent of the passive"
    if v.relation is Relation.HOLDS and v.low[end : end + 1] == ("from",):
        seat = scene.side_at.get(end + 1)
        return seat, "from where it is ruled" if seat is not None else ""  # "which are governed from Kyiv"
    if v.relation is Relation.LOSES and v.subject is not None and "from" in v.cue.frame.preps:
        return side_in(scene, *phrase_of(scene, v.subject)), "the passive subject"
    return None, ""


def _actor(v: VerbCase) -> Found:
    """Who does something: the subject, unless flag, troops withdrawn or headline tell more."""
    scene, i, subject = v.scene, v.i, v.subject
    if v.cue.words[-1] == "flag" and (side := side_in(scene, i, v.end)) is not None:
        return side, "the flag"
    if v.name == "withdraws from" and (side := _withdrawn(v)) is not None:
        return side, "the troops withdrawn"
    several = v.low[i - 1] == "," and scene.tag[i] in ("VBZ", "VBP", "NNS")
    bound = subject is None and scene.tag[i] == "VBG" and v.low[i - 1] in BOUND
    if (several or bound) and (first := _headline_side(scene, i)) is not None:
        return first, "the subject of the headline"
    if subject is None:
        return None, ""
    if subject > i:  # "Having seized X, Russian forces turned on Y"
        side = side_in(scene, *phrase_of(scene, subject))
        return side, "the subject behind it" if side else ""
    left, right = phrase_of(scene, subject)
    whose = (scene.previous(left) + 1, scene.previous(left)) if v.low[left] == "whose" else ()
    if holder := next((s for s in scene.sides if s.end in whose), None):
        return holder, "whose forces they are"
    if (side := _of_subject(scene, subject, left, min(max(right, subject + 1), i), i)) is not None:
        return _first_of_two(scene, side), "the subject"
    stands_in = scene.tag[subject] in ("PRP", "WDT", "WP") or v.low[subject] in BODIES
    return None, "a pronoun" if stands_in else ""


def _withdrawn(v: VerbCase) -> Side | None:
    """Whose troops somebody withdraws, be it not their own: "pulled Wagner's fighters out of X"."""
    prep_index = v.prep
    side = side_in(v.scene, v.i + 1, prep_index) if prep_index is not None else None
    if side is None:
        return None
    own = side.word.party is None and v.low[side.start - 1] in ("its", "their", "his")
    soldiers = side.word.kind is SideKind.STATE and side.end == side.start + 1
    return None if own or soldiers else side


def _of_subject(scene: Scene, subject: int, left: int, right: int, i: int) -> Side | None:
    """The side that a subject names, its phrase from `left` to `right`."""
    side = head_side(scene, left, subject) or side_in(scene, left, right)
    side = side or next((s for s in scene.sides if s.start == subject + 1 and s.end <= i), None)  # "the group HTS"
    side = side or next(
        (s for s in scene.sides if s.start <= subject < s.end), None
    )  # of which the parser made two phrases
    side = side or _whose_forces(scene, subject)
    if side is None and scene.low[subject] in scene.words("clauses.attacks"):
        side = next((s for s in reversed(scene.sides) if subject - 5 <= s.start and s.end <= subject), None)
    return side


def _by_phrase(scene: Scene, i: int, end: int, stop: int | None = None) -> Side | None:
    """The agent of a passive: "by Russian forces", "in a Ukrainian counteroffensive"."""
    stop = scene.sentence[i][1] if stop is None else stop
    k = i + 1
    while k < min(stop, end + 14):
        if scene.low[k] == "by" and not scene.bracket[k] and scene.low[k - 1] not in ("occupation", "rule", "siege"):
            land = scene.at.get(k + 1) if k == end else None
            apart = land is not None and land.end < stop and scene.low[land.end] == ","
            if land is not None and apart and land.start not in scene.side_at:
                return None  # "controlled by Guyana, is claimed by Venezuela"
            side = side_in(scene, k + 1, min(stop, k + 7))
            if side is not None:
                return side
        if k > end and (clause_edge(scene, k, stop) and scene.low[k] not in (":",)):
            break
        k += 1
    for k in range(end, min(stop, end + 9)):
        if scene.low[k] in scene.words("clauses.assaults"):
            side = side_in(scene, end, k)
            if side is not None:
                return side
    return None


def _whose_forces(scene: Scene, subject: int) -> Side | None:
    """The side that "forces of the X", "fighters loyal to X" names behind its noun, be its name that of a region too."""
    of = 1 if scene.low[subject + 1 : subject + 2] == ("of",) else 2
    loyal = scene.low[subject + 1 : subject + 3] in LOYAL
    if scene.low[subject] not in scene.words("clauses.agents") or not (of == 1 or loyal):
        return None
    k = subject + of + 1
    k += scene.low[k : k + 1] == ("the",)
    side = scene.side_at.get(k)
    return side if side is not None and side.word.party is not None else None


def _of_country(scene: Scene, end: int) -> Side | None:
    """The country in "is under the control of Ukraine", which is no place there."""
    k = end + 2 if scene.low[end + 1 : end + 2] == ("the",) else end + 1
    side = scene.side_at.get(k) if scene.low[end : end + 1] == ("of",) else None
    return (
        side
        if side is not None and side.word.party is not None and scene.low[side.end : side.end + 1] != ("'s",)
        else None
    )


def _made_part_of(scene: Scene, end: int) -> Side | None:
    """The country behind "part of": "decrees proclaiming X part of Russia"."""
    stop = min(scene.sentence[end - 1][1], end + 20)
    k = next((j for j in range(end, stop) if scene.low[j : j + 2] == ("part", "of")), None)
    side = scene.side_at.get(k + 2 + (scene.tag[k + 2 : k + 3] == ("DT",))) if k is not None else None
    return side if side is not None and side.word.party is not None else None


def _headline_side(scene: Scene, i: int) -> Side | None:
    """The side that opens a headline of several verbs: "Israel expands its offensive, enters X"."""
    start = scene.sentence[i][0]
    side = next((s for s in scene.sides if s.start == start or scene.low[s.start - 1] == ":"), None)
    if side is not None and scene.low[side.end : side.end + 1] == (":",):
        side = next((s for s in scene.sides if s.start == side.end + 1), side)  # "Sudan: army breaks siege, enters X"
    later = [s for s in scene.sides if start < s.start and s.end < i and scene.low[s.start - 1] in ("as", "while", ";")]
    if later and scene.tag[later[-1].end] in ("VBZ", "VBP"):
        return later[-1]  # "X's borders shrink as Y breaches the front, captures A"
    if side is not None and scene.low[side.end : side.end + 1] in (("'s",), ("’s",)):
        side = scene.side_at.get(side.end + 1, side)  # "Sudan's RSF marches on A after seizing B"
    if side is None and scene.tag[start] == "DT":
        side = next((s for s in scene.sides if s.start == start + 1), None)  # "The Syrian army takes A after losing B"
    verb = side is not None and side.start >= start and side.end < i and scene.tag[side.end].startswith(("VB", "NNS"))
    verb = verb or (side is not None and side.end < i and scene.low[side.end] in scene.cues.verbs)
    verb = verb or (side is not None and _aside_between(scene, side.end, i - 1))
    return side if verb else None


def _aside_between(scene: Scene, first: int, last: int) -> bool:
    """Whether an aside without a verb of its own stands between two commas: "The army, backed by air strikes, retakes X"."""
    if first >= last or scene.low[first] != "," or scene.low[last] != ",":
        return False
    opens = scene.tag[first + 1] in ("VBN", "VBG", "IN")
    return opens and not any(scene.tag[k] in ("VBZ", "VBP", "VBD", "MD") for k in range(first, last))


def _first_of_two(scene: Scene, side: Side) -> Side:
    """The first of two allies that a headline joins by a comma: "French, Malian forces retake X"."""
    start = scene.sentence[side.start][0]
    first = next((s for s in scene.sides if s.start == start and s.end == side.start - 1), None)
    joined = (
        first is not None
        and scene.low[first.end] == ","
        and first.word.kind == "demonym"
        and side.word.kind == "forces"
    )
    return first if first is not None and joined else side


def _own_phrase(scene: Scene, subject: int) -> tuple[str, ...]:
    """The words before a subject, or those of "any of their fighters"."""
    of = scene.low[subject + 1 : subject + 2] == ("of",)
    return scene.low[subject + 1 : subject + 4] if of else scene.low[max(0, subject - 2) : subject]


def _phrase_end(scene: Scene, k: int) -> int:
    """Where the noun phrase at token k ends: "the Rwandan-backed rebels", "of a faction of the SLM"."""
    k += scene.low[k : k + 1] == ("of",)
    while k < len(scene.low) and scene.tag[k] in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "HYPH", "VBN", "CD", "POS"):
        k += 1
    if scene.low[k : k + 1] == ("of",) and scene.low[k - 1] in ("faction", "wing", "branch", "coalition", "alliance"):
        return _phrase_end(scene, k)
    return k

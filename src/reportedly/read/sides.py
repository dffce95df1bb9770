"""Whose forces a cue is about: the side named in its subject, its agent, its object or the cue itself."""

from __future__ import annotations

from reportedly.knowledge.cues import Cue
from reportedly.knowledge.parties import SideKind
from reportedly.model import Relation
from reportedly.read.edges import clause_edge
from reportedly.read.scene import Scene, Side
from reportedly.read.subjects import phrase_of, relative_head

__all__ = ["head_side", "loyal_to", "side_in", "side_of_phrase", "verb_side"]

PERSON = 8  # tokens of a title and a name
HOSTILE = frozenset(
    {"push", "drive", "force", "throw", "oust", "expel", "knock", "beat", "dislodge", "chase"}
)  # what an enemy does
OTHER_CLAUSE = frozenset({"before", "until", "when", "while"})  # whose side is not the one of the clause before
LOYAL = (("loyal", "to"), ("allied", "with"), ("allied", "to"), ("aligned", "with"), ("aligned", "to"))
TAKEN_UP = frozenset({"it", "they", "we", "group", "movement"})  # which stand for forces named before


def side_in(scene: Scene, start: int, end: int) -> Side | None:
    """The first side named in a token range, backers and brackets aside."""
    for side in scene.sides:
        if start <= side.start < end and not scene.bracket[side.start] and side.word.kind != "backer":
            covering = scene.inside(side.start)
            if covering is None or covering.head is not None or covering.start > side.start:
                return side
    return None


def head_side(scene: Scene, left: int, head: int) -> Side | None:
    """The side that the head of a phrase names itself ("Sudan's RSF", "Ukraine's neighbour Russia")."""
    covering = [s for s in scene.sides if s.start <= head < s.end and s.word.kind != "backer" and s.word.party]
    owner = [
        s
        for s in scene.sides
        if left <= s.start < head and s not in covering and scene.low[s.end] not in ("and", ",", "or", "nor")
    ]
    if not covering and owner and scene.low[head] in TAKEN_UP | {"militia", "insurgents", "rebels"}:
        named = scene.side_at.get(head + 1 + (scene.tag[head + 1 : head + 2] == ("DT",)))
        if named is not None and named.word.party and scene.low[owner[-1].end] in ("'s", "’s"):
            return named  # "Nigeria's militant group Boko Haram"
    return covering[0] if covering and owner and scene.inside(head) is None else None


def side_of_phrase(scene: Scene, head: int) -> Side | None:
    """The side that a noun phrase names by its own words, those joined to it aside ("Mali's army and its allies")."""
    left = min([head, *(t.i for c in scene.doc[head].children if c.i < head and c.dep_ != "relcl" for t in c.subtree)])
    return side_in(scene, left, head + 1)


def _by_phrase(scene: Scene, i: int, end: int, stop: int | None = None) -> Side | None:
    """The agent of a passive: "by Russian forces", "in a Ukrainian counteroffensive"."""
    stop = scene.sentence[i][1] if stop is None else stop
    k = i + 1
    while k < min(stop, end + 14):
        if scene.low[k] == "by" and not scene.bracket[k] and scene.low[k - 1] not in ("occupation", "rule", "siege"):
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


def loyal_to(scene: Scene, head: int) -> tuple[int, int] | None:
    """The tokens of the person whom forces at `head` are loyal to: "rebels loyal to former vice president Riek Machar"."""
    if scene.low[head + 1 : head + 3] not in LOYAL or scene.low[head] not in scene.words("clauses.agents"):
        return None
    first = end = head + 3
    stop = scene.sentence[head][1]
    while end < min(stop, first + PERSON) and scene.tag[end] in ("DT", "JJ", "NN", "NNP", "NNPS", "HYPH"):
        end += 1
    return (first, end) if end > first and scene.tag[end - 1] in ("NNP", "NNPS") else None


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
    side = scene.side_at.get(k + 2 + (scene.tag[k + 2] == "DT")) if k is not None else None
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


def verb_side(
    scene: Scene, cue: Cue, i: int, end: int, subject: int | None, *, passive: bool, prep_index: int | None
) -> tuple[Side | None, str]:  # fmt: skip
    """The side that a verb frame is about, and how it was found; "none" if the frame needs an object and has none."""
    kind = cue.frame.party
    if cue.frame.name == "makes it part of itself" and (owner := _made_part_of(scene, end)) is not None:
        return owner, "what it is made a part of"
    if kind == "to":
        if {"their", "its"} & set(scene.low[i:end]):
            return None, ""
        stop = scene.sentence[i][1]
        stop = next(
            (k for k in range(end, stop) if scene.tag[k] in ("VBD", "VBZ", "MD") or scene.low[k] in OTHER_CLAUSE), stop
        )  # "spent six months under occupation before Ukrainian troops swept in"
        if not any(i < s.start < end for s in scene.sides) and scene.words("clauses.holders") & set(scene.low[i:end]):
            return None, ""  # "is under jihadist control after soldiers left"
        if (holder := _of_country(scene, end)) is not None or (
            scene.low[end : end + 1] == ("of",) and (holder := side_in(scene, end + 1, min(end + 6, stop))) is not None
        ):
            return holder, "named with the cue"  # "is under the military control of Russia"
        if cue.frame.name == "slips from hands":
            side = side_in(scene, i, end)
            return side, "named with the cue" if side else ""  # "slips from Y's grip as rebels join in"
        given = next((k for k in range(i, end) if scene.low[k] == "to"), i) if "from" in cue.words else i
        side = (
            side_in(scene, given, min(max(end + 4, _phrase_end(scene, end)), stop))
            or _by_phrase(scene, i, end, stop)
            or _of_country(scene, end)
        )
        return side, "named with the cue" if side else ""
    if kind == "none":
        return None, ""
    if kind == "object":
        if passive:
            side = side_in(scene, *phrase_of(scene, subject)) if subject is not None and subject < i else None
            side = side or (side_in(scene, max(scene.sentence[i][0], i - 8), i) if subject is None else None)
            if side is None and subject is not None and scene.tag[subject] in ("WDT", "WP"):
                head = relative_head(scene, subject)
                side = side_of_phrase(scene, head) if head is not None else None  # "the army, which was driven from"
            if side is None and subject is not None and loyal_to(scene, subject) is not None:
                return None, "loyal to somebody"
            if (
                side is None
                and subject is not None
                and {"its", "their", "our", "his", "her"} & set(_own_phrase(scene, subject))
            ):
                return None, "own forces"
            if side is None and subject is not None and subject < i and scene.low[subject] in TAKEN_UP:
                return None, "taken up"
            return side, "the passive subject" if side else "none"
        if prep_index is None:
            return None, "none"
        side = side_in(scene, i + 1, prep_index)
        owned = (
            cue.words[0] in HOSTILE
            and scene.low[i + 1] in ("its", "their", "his")
            and subject is not None
            and (side is None or side.word.party is None)
        )
        if owned and scene.words("clauses.agents") & set(scene.low[i + 2 : min(i + 5, prep_index)]):
            return None, "opponent of the subject"  # "Kyiv said the Russians had pushed its soldiers out of X"
        side = side or next(
            (s for s in scene.sides if s.start == i + 1 and s.end == prep_index), None
        )  # "push Y out of X"
        if (
            side is not None
            and side.word.kind == "demonym"
            and scene.tag[side.end].startswith("NN")
            and scene.low[side.end] not in scene.words("clauses.agents")
        ):
            return None, "none"
        if side is not None:
            return side, "the object of the verb"
        if any(scene.low[k] in scene.words("clauses.foes") for k in range(i + 1, prep_index)):
            return None, "opponent of the subject"
        return None, "none"
    if passive:
        side = _by_phrase(scene, i, end)
        if side is not None:
            return side, "the agent of the passive"
        if cue.frame.relation is Relation.HOLDS and scene.low[end : end + 1] == ("from",):
            seat = scene.side_at.get(end + 1)
            return seat, "from where it is ruled" if seat is not None else ""  # "which are governed from Kyiv"
        if cue.frame.relation is Relation.LOSES and subject is not None and "from" in cue.frame.preps:
            side = side_in(scene, *phrase_of(scene, subject))
            return side, "the passive subject"
        return None, ""
    if cue.words[-1] == "flag" and (side := side_in(scene, i, end)) is not None:
        return side, "the flag"
    if cue.frame.name == "withdraws from" and prep_index is not None:
        side = side_in(scene, i + 1, prep_index)
        own = side is not None and side.word.party is None and scene.low[side.start - 1] in ("its", "their", "his")
        own = own or (
            side is not None and side.word.kind is SideKind.STATE and side.end == side.start + 1
        )  # "soldiers"
        if side is not None and not own:
            return side, "the troops withdrawn"
    if (
        scene.low[i - 1] == ","
        and scene.tag[i] in ("VBZ", "VBP", "NNS")
        and (first := _headline_side(scene, i)) is not None
    ):
        return first, "the subject of the headline"
    if (
        subject is None
        and scene.tag[i] == "VBG"
        and scene.low[i - 1] in ("after", "before", "since", "while", "by", "without")
        and (first := _headline_side(scene, i)) is not None
    ):
        return first, "the subject of the headline"
    if subject is not None and subject > i:  # "Having seized X, Russian forces turned on Y"
        side = side_in(scene, *phrase_of(scene, subject))
        return side, "the subject behind it" if side else ""
    if subject is not None:
        left, right = phrase_of(scene, subject)
        if scene.low[left] == "whose" and (
            holder := next(
                (s for s in scene.sides if s.end == scene.previous(left) + 1 or s.end == scene.previous(left)), None
            )
        ):
            return holder, "whose forces they are"
        side = head_side(scene, left, subject) or side_in(scene, left, min(max(right, subject + 1), i))
        side = side or next((s for s in scene.sides if s.start == subject + 1 and s.end <= i), None)  # "the group HTS"
        side = side or next(
            (s for s in scene.sides if s.start <= subject < s.end), None
        )  # of which the parser made two phrases
        side = side or _whose_forces(scene, subject)
        if side is None and scene.low[subject] in scene.words("clauses.attacks"):
            side = next((s for s in reversed(scene.sides) if subject - 5 <= s.start and s.end <= subject), None)
        if side is not None:
            return _first_of_two(scene, side), "the subject"
        return None, "a pronoun" if scene.tag[subject] in ("PRP", "WDT", "WP") or scene.low[subject] in (
            "forces",
            "troops",
            "group",
            "army",
            "units",
        ) else ""
    return None, ""

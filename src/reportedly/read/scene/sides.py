"""Sides that phrases name: of a range of words, of the head of a phrase, of who is loyal to somebody."""

from __future__ import annotations

from reportedly.read.scene.scene import Scene, Side

__all__ = ["LOYAL", "TAKEN_UP", "attacker_before", "head_side", "loyal_to", "side_in", "side_of_phrase"]

PERSON = 8  # tokens of a title and a name
LOYAL = (("loyal", "to"), ("allied", "with"), ("allied", "to"), ("aligned", "with"), ("aligned", "to"))
TAKEN_UP = frozenset({"it", "they", "we", "group", "movement"})  # which stand for forces named before


def side_in(scene: Scene, start: int, end: int) -> Side | None:
    """The first side named in a token range, backers and brackets aside."""
    for side in scene.sides:
        if start <= side.start < end and not scene.bracket[side.start] and side.word.kind != "backer":
            covering = scene.inside(side.start)
            if covering is None or covering.head is not None or covering.start > side.start:
                return _owned_group(scene, side, end) or side
    return None


def _owned_group(scene: Scene, owner: Side, end: int) -> Side | None:
    """The group named right behind the country that it fights in: "Sudan's RSF", "Yemen's Houthis"."""
    k = owner.end + 1
    if k >= min(end, len(scene.low)) or scene.low[owner.end] not in ("'s", "’s") or not scene.tag[k].startswith("NNP"):
        return None
    group = scene.side_at.get(k)
    return group if group is not None and group.word.party not in (None, owner.word.party) else None


def attacker_before(scene: Scene, i: int) -> Side | None:
    """Who is said to attack before token i: the first side of the sentence, or behind "the staff said that"."""
    start, tells = scene.sentence[i - 1][0], scene.listed("clauses.saying", "clauses.tells")
    that = next((k for k in range(i - 1, start, -1) if scene.low[k] == "that"), start)
    return side_in(scene, that if any(scene.doc[k].lemma_ in tells for k in range(start, that)) else start, i)


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
    left = min([head, *(c.left_edge.i for c in scene.doc[head].children if c.i < head and c.dep_ != "relcl")])
    return side_in(scene, left, head + 1)


def loyal_to(scene: Scene, head: int) -> tuple[int, int] | None:
    """The tokens of the person whom forces at `head` are loyal to: "rebels loyal to former vice president Riek Machar"."""
    if scene.low[head + 1 : head + 3] not in LOYAL or scene.low[head] not in scene.words("clauses.agents"):
        return None
    first = end = head + 3
    stop = scene.sentence[head][1]
    while end < min(stop, first + PERSON) and scene.tag[end] in ("DT", "JJ", "NN", "NNP", "NNPS", "HYPH"):
        end += 1
    return (first, end) if end > first and scene.tag[end - 1] in ("NNP", "NNPS") else None

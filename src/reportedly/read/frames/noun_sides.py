"""Whose event a noun frame tells of: in its own phrase, behind it, or as the subject of its verb."""

from __future__ import annotations

from reportedly.model import Relation
from reportedly.read.places.edges import clause_edge
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.sides import side_in
from reportedly.read.scene.subjects import subject_of
from reportedly.read.scene.verb_groups import base_of

__all__ = ["CAUGHT", "LOST_TO", "WHO_GOES_ON", "attacker_named", "side_of_noun"]

CAME_OF = frozenset({"after", "following", "amid"})
CAUGHT = "whom they surround"  # "the encirclement of our troops in X"
LOST_TO = "who it was lost to"  # "the loss of X to the rebels"
JOINED = 32  # tokens from an accession to what the lands it lists join
JOINS = frozenset({"accession", "admission", "entry"})  # of a place to a country
LAUNCHED = frozenset({"launch", "mount", "stage", "begin", "start", "make"})  # an incursion into a place
WHO_GOES_ON = "a pronoun"  # "they drove him out of A, completing the capture of B"

PRAISES = frozenset({"congratulate", "praise", "thank", "credit", "salute", "commend", "laud"})


def side_of_noun(scene: Scene, i: int, end: int) -> tuple[Side | None, str]:
    """The side of an event noun: in its own phrase, then "by ..." or "of ..." behind it, then the subject of its verb."""
    start, stop = scene.sentence[i]
    left = min([i, *(t.i for c in scene.doc[i].children if c.i < i for t in c.subtree)])
    k = i - 1
    while (
        k >= start
        and not (scene.tag[k] == "NNS" and base_of(scene, k, "clauses.deny"))
        and (
            scene.tag[k] in ("JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "NNS", "VBN", "VBG", "POS", "HYPH", "RB", "CD")
            or scene.low[k] in ("'s", "-")
        )
    ):
        k -= 1
    first = max(start, min(left, k + 1))
    if (
        scene.low[i - 1] in ("'s", "’s")
        and (owns := next((s for s in scene.sides if s.end == i - 1), None)) is not None
    ):
        return owns, "the noun's own phrase"
    side = side_in(scene, first, i) or _owner(scene, first, i)
    if side is not None:
        return side, "the noun's own phrase"
    if (
        first - 2 >= start
        and scene.low[first - 1] == "of"
        and scene.low[first - 2] in scene.words("clauses.claim_nouns")
    ):
        side = side_in(scene, scene.doc[first - 2].left_edge.i, first - 2)
        if side is not None:
            return side, "who claims it"  # "Moscow's claims of control over X"
    if (side := _sharing(scene, start, first)) is not None:
        return side, "who has a part in it"
    if (side := _praised(scene, i)) is not None:
        return side, "who is praised for it"
    for j in range(end, min(stop, end + (JOINED if scene.low[i] in JOINS else 12))):
        joins = scene.low[i] in JOINS and scene.low[j] in ("to", "into")
        if (
            joins
            and (taker := scene.side_at.get(j + 1 + (scene.tag[j + 1 : j + 2] == ("DT",))))
            and taker.word.kind == "name"
        ):
            return taker, "what it joins"
        if scene.low[j] == "to" and scene.low[i] == "fall" and (taker := side_in(scene, j + 1, min(stop, j + 5))):
            return taker, '"to" behind the fall'
        lost = scene.low[j] == "to" and scene.low[i] in scene.words("clauses.lost_to")
        if lost and scene.inside(j - 1) and (taker := side_in(scene, j + 1, min(stop, j + 5))) is not None:
            return taker, LOST_TO
        if scene.low[j] in ("by", "between") or (j == end and scene.low[j] == "of"):
            side = side_in(scene, j + 1, min(stop, j + (4 if scene.low[j] == "of" else 6)))
            if side is not None and any(scene.inside(x) for x in range(j + 1, side.start)):
                side = None
            if side is not None and (
                scene.low[j] != "of"
                or side.word.kind in ("forces", "own", "enemy", "generic", "state", "defender", "occupier")
            ):
                caught = scene.low[j] == "of" and scene.low[i] in ("encirclement", "blockade", "entrapment")
                return side, CAUGHT if caught else f'"{scene.low[j]}" behind the noun'
        if clause_edge(scene, j, stop) or scene.low[j] in scene.words("clauses.claim_nouns"):
            break
    token = scene.doc[i]
    if token.dep_ == "conj" and token.head.dep_ == "dobj":
        token = token.head  # "continue manoeuvres and battles in X"
    own = token.dep_ == "dobj" and token.head.lemma_ == "claim" and scene.low[i] in scene.words("clauses.gained")
    own = own or (token.dep_ == "dobj" and token.head.lemma_ in LAUNCHED and scene.low[end : end + 1] == ("into",))
    built_on = _building_on(scene, i)
    if own or built_on or (token.dep_ == "dobj" and token.head.lemma_.lower() in scene.words("clauses.goes_on_with")):
        subject = subject_of(scene, token.head.i if built_on is None else built_on)
        side = side_in(scene, scene.doc[subject].left_edge.i, subject + 1) if subject is not None else None
        if side is not None:
            return side, "the subject of its verb"
        if subject is not None and scene.tag[subject] == "PRP":
            return None, WHO_GOES_ON
    given = token.dep_ == "dobj" and token.head.lemma_ == "give" and token.head.dep_ == "advcl"
    rows = scene.cues.verbs.get(token.head.head.lower_, ()) if given else ()
    given = given and not any(
        cue.frame.relation is Relation.LOSES for cue, _ in rows
    )  # who surrenders gets nothing by it
    if given and any(c.dep_ == "dative" and c.tag_ == "PRP" for c in token.head.children):
        subject = subject_of(scene, token.head.head.i)  # "took X, giving it control of Y"
        side = side_in(scene, scene.doc[subject].left_edge.i, subject + 1) if subject is not None else None
        if side is not None:
            return side, "to whom it gives control"
    return None, ""


def _building_on(scene: Scene, i: int) -> int | None:
    """The verb by which somebody makes use of their own gains at i: "will capitalize on recent gains near X", "exploited gains"."""
    token = scene.doc[i]
    if scene.low[i] not in scene.words("clauses.gained"):
        return None
    on = token.dep_ == "pobj" and token.head.lower_ in ("on", "upon") and token.head.head.lemma_ != "exploit"
    verb = token.head.head if on else token.head
    used = on or token.dep_ == "dobj"
    return int(verb.i) if used and verb.lemma_.lower() in scene.words("clauses.builds_on") else None


def attacker_named(scene: Scene, end: int) -> Side | None:
    """Who attacks, named behind the fighting that came of it: "fighting in X as a result of Ukrainian counterattacks"."""
    stop = scene.sentence[end - 1][1]
    after = next(
        (k for k in range(end, stop) if scene.low[k] in CAME_OF or scene.low[k : k + 2] == ("result", "of")), None
    )
    if after is None:
        return None
    attack = next((k for k in range(after + 1, min(after + 9, stop)) if _is_attack(scene, k)), None)
    if attack is None:
        return None
    by = scene.low[attack + 1 : attack + 2] == ("by",)
    return side_in(scene, attack + 2, min(attack + 7, stop)) if by else side_in(scene, after + 1, attack)


def _is_attack(scene: Scene, k: int) -> bool:
    """Whether the noun at k is an attack."""
    return scene.tag[k].startswith("NN") and scene.low[k] in scene.words("clauses.attacks")


def _owner(scene: Scene, first: int, i: int) -> Side | None:
    """The country that an event noun at i is owned by, be it a place too: "followed Russia's withdrawal"."""
    owners = [s for s in scene.sides if first <= s.start < i and scene.low[s.end] in ("'s", "’s", "'", "’")]
    return next((s for s in reversed(owners) if s.word.kind == "name"), None)


def _praised(scene: Scene, i: int) -> Side | None:
    """The side that somebody congratulates on an event, or who does so to their own: "congratulated his troops on the capture of X"."""
    token = scene.doc[i]
    praises = token.head.head if token.dep_ == "pobj" and token.head.lower_ in ("on", "upon", "for") else None
    if praises is None or praises.lemma_.lower() not in PRAISES or praises.i > i:
        return None
    return side_in(scene, praises.i + 1, token.head.i) or side_in(scene, scene.sentence[i][0], praises.i)


def _sharing(scene: Scene, start: int, first: int) -> Side | None:
    """The side of "the role of the brigade in tactical gains near X", whose phrase of the event starts at `first`."""
    if scene.low[first - 1 : first] != ("in",):
        return None
    shares = scene.listed("clauses.shares_in", "clauses.involved")
    part = next((k for k in range(first - 2, max(start, first - 8) - 1, -1) if scene.low[k] in shares), None)
    if part is None:
        return None
    return side_in(scene, part, first) or side_in(scene, scene.doc[part].left_edge.i, part)

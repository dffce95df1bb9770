"""Whose event a noun frame tells of: in its own phrase, behind it, or as the subject of its verb."""

from __future__ import annotations

from collections.abc import Callable

from reportedly.model import Relation
from reportedly.read.parsing.nodes import Node
from reportedly.read.parsing.tags import FINITE
from reportedly.read.places.edges import clause_edge
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.sides import side_in
from reportedly.read.scene.subjects import subject_of
from reportedly.read.scene.verb_groups import base_of

__all__ = ["CAUGHT", "LOST_TO", "PRAISED", "WHO_GOES_ON", "attacker_named", "side_of_noun"]

CAME_OF = frozenset({"after", "following", "amid"})
CAUGHT = "whom they surround"  # "the encirclement of our troops in X"
PRAISED = "who is praised for it"
LOST_TO = "who it was lost to"  # "the loss of X to the rebels"
BEHIND = 12  # tokens behind a noun in which its side is looked for
IN_PHRASE = frozenset({"JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "NNS", "VBN", "VBG", "POS", "HYPH", "RB", "CD"})
TROOPS = ("forces", "own", "enemy", "generic", "state", "defender", "occupier")  # sides that are not places
JOINED = 32  # tokens from an accession to what the lands it lists join
JOINS = frozenset({"accession", "admission", "entry"})  # of a place to a country
LAUNCHED = frozenset({"launch", "mount", "stage", "begin", "start", "make"})  # an incursion into a place
WHO_GOES_ON = "a pronoun"  # "they drove him out of A, completing the capture of B"

PRAISES = frozenset({"congratulate", "praise", "thank", "credit", "salute", "commend", "laud"})


Answer = tuple[Side | None, str]
"""A side, or None where it is another's by a pronoun, and how it was found."""

Rule = Callable[[Scene, int, int, int], Answer | None]
"""The side of the event noun at i up to `end`, the phrase of which begins at `first`."""


def side_of_noun(scene: Scene, i: int, end: int) -> Answer:
    """The side of an event noun: in its own phrase, then "by ..." or "of ..." behind it, then the subject of its verb."""
    first = _phrase_start(scene, i)
    for rule in RULES:
        if (found := rule(scene, i, end, first)) is not None:
            return found
    return None, ""


def _phrase_start(scene: Scene, i: int) -> int:
    """Where the phrase of the noun at i begins, by the tree and by the words."""
    start = scene.sentence[i][0]
    left = min([i, *(c.left_edge.i for c in scene.doc[i].children if c.i < i)])
    k = i - 1
    while (
        k >= start
        and not (scene.tag[k] == "NNS" and base_of(scene, k, "clauses.deny"))
        and (scene.tag[k] in IN_PHRASE or scene.low[k] in ("'s", "-"))
    ):
        k -= 1
    return max(start, min(left, k + 1))


def _in_phrase(scene: Scene, i: int, end: int, first: int) -> Answer | None:  # noqa: ARG001 - all are asked alike
    owned = scene.low[i - 1] in ("'s", "’s")
    owns = next((s for s in scene.sides if s.end == i - 1), None) if owned else None
    side = owns or side_in(scene, first, i) or _owner(scene, first, i)
    return (side, "the noun's own phrase") if side is not None else None


def _claimed(scene: Scene, i: int, end: int, first: int) -> Answer | None:  # noqa: ARG001
    """ "Moscow's claims of control over X", but not "denied Russian reports of a withdrawal from X"."""
    claim = first - 2
    if claim < scene.sentence[i][0] or scene.low[claim + 1] not in ("of", "on"):
        return None
    if any(cue.frame.relation is Relation.LOSES for cue in scene.cues.nouns.get(scene.low[i], ())):
        return None
    if scene.low[claim] not in scene.words("clauses.claim_nouns"):
        return None
    side = side_in(scene, scene.doc[claim].left_edge.i, claim)
    return (side, "who claims it") if side is not None else None


def _shared(scene: Scene, i: int, end: int, first: int) -> Answer | None:  # noqa: ARG001
    side = _sharing(scene, scene.sentence[i][0], first)
    return (side, "who has a part in it") if side is not None else None


def _for_praise(scene: Scene, i: int, end: int, first: int) -> Answer | None:  # noqa: ARG001
    side = _praised(scene, i)
    return (side, PRAISED) if side is not None else None


def _behind(scene: Scene, i: int, end: int, first: int) -> Answer | None:  # noqa: ARG001
    """Who is named behind the noun, before another clause begins."""
    stop = scene.sentence[i][1]
    for j in range(end, min(stop, end + (JOINED if scene.low[i] in JOINS else BEHIND))):
        if (found := _to(scene, i, j, stop) or _by(scene, i, j, j == end)) is not None:
            return found
        if clause_edge(scene, j, stop) or scene.low[j] in scene.words("clauses.claim_nouns"):
            return None
    return None


def _to(scene: Scene, i: int, j: int, stop: int) -> Answer | None:
    """ "The accession of X to Russia", "the fall of X to the rebels", "the loss of X to the army"."""
    word, prep = scene.low[i], scene.low[j]
    if word in JOINS and prep in ("to", "into"):
        taker = scene.side_at.get(j + 1 + (scene.tag[j + 1 : j + 2] == ("DT",)))
        if taker is not None and taker.word.kind == "name":
            return taker, "what it joins"
    if prep != "to":
        return None
    lost = word in scene.words("clauses.lost_to") and scene.inside(j - 1) is not None
    taker = side_in(scene, j + 1, min(stop, j + 5)) if lost or word == "fall" else None
    if taker is None:
        return None
    return taker, '"to" behind the fall' if word == "fall" else LOST_TO


def _by(scene: Scene, i: int, j: int, right_behind: bool) -> Answer | None:
    """ "The capture of X by rebels", "fighting between", "the encirclement of our troops in X"."""
    prep = scene.low[j]
    if prep not in ("by", "between") and not (right_behind and prep == "of"):
        return None
    of = prep == "of"
    if scene.low[j - 1] in scene.words("clauses.told_by") and scene.tag[j - 1] in ("VBN", "VBD"):
        return None  # "the fall of X, denied by Y"
    side = side_in(scene, j + 1, min(scene.sentence[i][1], j + (4 if of else 6)))
    if side is None or any(scene.inside(x) for x in range(j + 1, side.start)):
        return None
    if of and side.word.kind not in TROOPS:
        return None
    return side, CAUGHT if of and scene.low[i] in (
        "encirclement",
        "blockade",
        "entrapment",
    ) else f'"{prep}" behind the noun'


def _of_verb(scene: Scene, i: int, end: int, first: int) -> Answer | None:  # noqa: ARG001
    """Who goes on with it, claims it, launches it: "continue manoeuvres and battles in X"."""
    if (more := _more_gains(scene, i)) is not None:
        side = _side_of(scene, subject_of(scene, more))
        return (side, "the subject of its verb") if side is not None else None
    token, built_on = _object(scene, i), _building_on(scene, i)
    verb = token.head
    if built_on is None and not (token.dep_ == "dobj" and _is_own(scene, i, end, verb)):
        return None
    subject = subject_of(scene, verb.i if built_on is None else built_on)
    if (side := _side_of(scene, subject)) is not None:
        return side, "the subject of its verb"
    return (None, WHO_GOES_ON) if subject is not None and scene.tag[subject] == "PRP" else None


def _object(scene: Scene, i: int) -> Node:
    """The noun that stands for the one at i as an object."""
    token = scene.doc[i]
    return token.head if token.dep_ == "conj" and token.head.dep_ == "dobj" else token


def _is_own(scene: Scene, i: int, end: int, verb: Node) -> bool:
    """Whether what a verb has for its object is its subject's own: "claims advances", "launched an incursion into X"."""
    if verb.lemma_ == "claim" and scene.low[i] in scene.words("clauses.gained"):
        return True
    launched = verb.lemma_ in LAUNCHED and scene.low[end : end + 1] == ("into",)
    return launched or verb.lemma_.lower() in scene.words("clauses.goes_on_with")


def _given(scene: Scene, i: int, end: int, first: int) -> Answer | None:  # noqa: ARG001
    """ "Took X, giving it control of Y"; who surrenders gets nothing by it."""
    token = _object(scene, i)
    gives = token.head
    if token.dep_ != "dobj" or gives.lemma_ != "give" or gives.dep_ != "advcl":
        return None
    if any(cue.frame.relation is Relation.LOSES for cue, _ in scene.cues.verbs.get(gives.head.lower_, ())):
        return None
    if not any(c.dep_ == "dative" and c.tag_ == "PRP" for c in gives.children):
        return None
    side = _side_of(scene, subject_of(scene, gives.head.i))
    return (side, "to whom it gives control") if side is not None else None


def _side_of(scene: Scene, subject: int | None) -> Side | None:
    """The side in the phrase of a subject."""
    return side_in(scene, scene.doc[subject].left_edge.i, subject + 1) if subject is not None else None


RULES: tuple[Rule, ...] = (_in_phrase, _claimed, _shared, _for_praise, _behind, _of_verb, _given)


def _building_on(scene: Scene, i: int) -> int | None:
    """The verb by which somebody makes use of their own gains at i: "will capitalize on recent gains near X", "exploited gains"."""
    token = scene.doc[i]
    if scene.low[i] not in scene.words("clauses.gained"):
        return None
    on = token.dep_ == "pobj" and token.head.lower_ in ("on", "upon") and token.head.head.lemma_ != "exploit"
    verb = token.head.head if on else token.head
    used = on or token.dep_ == "dobj"
    return int(verb.i) if used and verb.lemma_.lower() in scene.words("clauses.builds_on") else None


def _more_gains(scene: Scene, i: int) -> int | None:
    """The verb that the gains at i are a second object of: "made gains near X and further gains near Y"."""
    gained = scene.words("clauses.gained")
    if scene.low[i] not in gained:
        return None
    k = scene.previous(i)
    while scene.tag[k].startswith(("JJ", "VBN", "RB", "DT")) and k > scene.sentence[i][0]:
        k = scene.previous(k)
    if scene.low[k] not in ("and", "but", "as", ","):
        return None
    for verb in range(k - 1, scene.sentence[i][0], -1):
        objects = [c.lower_ for c in scene.doc[verb].children if c.dep_ == "dobj" and c.i < k]
        if not gained.isdisjoint(objects) and _gains_ground(scene, verb):
            return verb
        if scene.tag[verb] in FINITE or scene.low[verb] in (";", ":"):
            return None
    return None


def _gains_ground(scene: Scene, verb: int) -> bool:
    """Whether cues of gained ground begin with the verb."""
    return any(cue.frame.relation is Relation.ADVANCES for cue, _ in scene.cues.verbs.get(scene.low[verb], ()))


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

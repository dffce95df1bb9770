"""What has the words of a verb's cue and says nothing of who holds a place: "made claims of gains", "X is free of mines"."""

# ruff: noqa: ARG001 - all vetoes are asked alike

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

from reportedly.knowledge.cues import Cue
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.sides import side_in
from reportedly.read.verbs.forms import of_no_troops
from reportedly.read.verbs.guards import besieged_by_none

__all__ = ["vetoes_of"]

Veto = Callable[[Scene, int, int], bool]
"""Whether words of a cue that stand from token i to `end` of a scene say nothing of who holds a place."""

REPORTS = frozenset({"confirm", "report", "acknowledge", "note", "describe", "mention", "announce", "show"})
TELLING = frozenset({"claim", "announce", "report", "declare"})
CAUSING = frozenset({"lead", "result", "bring"})
GAINS = frozenset({"gain", "advance"})
MOVED = (
    "places.measures",
    "places.direction",
    "places.compass",
    "clauses.moved",
)  # objects of a move that gains ground


@cache
def vetoes_of(cue: Cue) -> tuple[Veto, ...]:
    """Those of all vetoes that may concern a cue, by its words and its frame."""
    return tuple(veto for concerns, veto in VETOES if concerns(cue))


def _moves_goods(scene: Scene, i: int, end: int) -> bool:
    """Whether something other than a distance is moved ("moved rocket launchers closer to X")."""
    return any(
        c.dep_ in ("dobj", "obj")
        and (i < c.i < end or (end == i + 1 and c.i > i))
        and scene.inside(c.i) is None  # "advanced in the direction X-Y"
        and not any(c.lower_ in scene.words(key) for key in MOVED)
        for c in scene.doc[i].children
    )


def _falls_back(scene: Scene, i: int, end: int) -> bool:
    """ "moved to new lines west of X" gains nothing."""
    return scene.low[i + 1 : i + 2] == ("to",)


def _controls_itself(scene: Scene, i: int, end: int) -> bool:
    """ "is in ruins and Israel controls most of it": another verb."""
    return scene.tag[end - 1] in ("VBZ", "VBP")


def _of_claims(scene: Scene, i: int, end: int) -> bool:
    """ "made claims of gains" is the noun's affair."""
    return not scene.words("clauses.claim_nouns").isdisjoint(scene.low[i + 1 : end])


def _of_a_side(scene: Scene, i: int, end: int) -> bool:
    """ "reported Russian control of X", "led to Russian advances near X" are the noun's affair, too."""
    return side_in(scene, i + 1, end) is not None


def _fights_reported(scene: Scene, i: int, end: int) -> bool:
    """ "sources confirmed fighting in X" is the noun's affair: the object of a verb of telling, which the sources do not do."""
    if scene.tag[i] != "VBG":
        return False
    token = scene.doc[i]
    told = token.dep_ in ("dobj", "xcomp", "ccomp") and token.head.i < i and token.head.lemma_ in REPORTS
    return told and not any(c.dep_ in ("nsubj", "aux") for c in token.children)


def _all_that_is_left(scene: Scene, i: int, end: int) -> bool:
    """ "one of the few towns left standing" tells of what remains, "the town left by them" of what they gave up."""
    bare = not any(c.dep_ in ("nsubj", "aux", "dobj") or c.lower_ == "by" for c in scene.doc[i].children)
    return scene.doc[i].dep_ == "acl" and scene.tag[i] == "VBN" and bare


def _holds_out(scene: Scene, i: int, end: int) -> bool:
    """ "the army held A; B held out"."""
    return scene.low[end : end + 1] in (("out",), ("off",))


def _pushes_for(scene: Scene, i: int, end: int) -> bool:
    """ "pushed for talks"."""
    return scene.low[end : end + 1] == ("for",)


def _rebuts(scene: Scene, i: int, end: int) -> bool:
    """ "pushed back against claims of a breakthrough near X"."""
    against = scene.low[end : end + 1] in (("against",), ("on",))
    return against and not scene.words("clauses.claim_nouns").isdisjoint(scene.low[end : end + 6])


def _without_there(scene: Scene, i: int, end: int) -> bool:
    """Whether it is not "there are no Russian troops in X"."""
    return "there" not in scene.low[max(0, i - 3) : i]


def _gains_no_distance(scene: Scene, i: int, end: int) -> bool:
    """ "gained 500 metres near X" gains ground, "gained access to the road" does not."""
    return "CD" not in scene.tag[end : end + 4]


def _free_of_things(scene: Scene, i: int, end: int) -> bool:
    """ "X is free of mines"."""
    follows = scene.low[end : end + 1] and scene.low[end][:1].isalnum()
    return bool(follows) and (scene.low[end] != "of" or of_no_troops(scene, end))


def _rid_of_things(scene: Scene, i: int, end: int) -> bool:
    """ "X is free of the tyrant", where "of" is part of the cue."""
    return of_no_troops(scene, end - 1)


def _holds_something(scene: Scene, i: int, end: int) -> bool:
    """ "X is holding talks": no clause ends behind it, nor does it go on with what a town holds against."""
    behind = scene.low[end] if end < len(scene.low) else "."
    return behind not in scene.words("clauses.steady") and behind[:1].isalnum()


def _ground_lines(scene: Scene, i: int, end: int) -> bool:
    """ "secured ground lines of communication"."""
    return scene.low[end - 1] == "ground" and scene.tag[end : end + 1] in (("NN",), ("NNS",))


def _by_storm(scene: Scene, i: int, end: int) -> bool:
    """ "Takes Washington by storm" is said of guests and plays; an army is told to storm a place."""
    behind = scene.low[end : end + 6]
    return ("by", "storm") in pairwise(behind)


def _frame(name: str) -> Callable[[Cue], bool]:
    return lambda cue: cue.frame.name == name


def _long(cue: Cue) -> bool:
    return len(cue.words) > 1


VETOES: tuple[tuple[Callable[[Cue], bool], Veto], ...] = (
    (lambda cue: cue.words[0] in ("move", "advance"), _moves_goods),
    (lambda cue: cue.words == ("move", "~", "line"), _falls_back),
    (lambda cue: _long(cue) and cue.words[-1] == "control", _controls_itself),
    (_long, _of_claims),
    (lambda cue: cue.words[1:] == ("~", "control") and cue.words[0] in TELLING, _of_a_side),
    (lambda cue: cue.words[0] in CAUSING and cue.words[-1] in GAINS, _of_a_side),
    (lambda cue: cue.words[0] == "fight", _fights_reported),
    (lambda cue: cue.words == ("leave",), _all_that_is_left),
    (lambda cue: cue.words == ("hold",), _holds_out),
    (_frame("pushes beyond"), _pushes_for),
    (_frame("drives back near"), _rebuts),
    (_frame("is there"), _without_there),
    (lambda cue: cue.words == ("gain",), _gains_no_distance),
    (_frame("is free"), _free_of_things),
    (lambda cue: cue.words[-2:] in (("free", "of"), ("clear", "of")), _rid_of_things),
    (lambda cue: cue.words[-1] == "holding", _holds_something),
    (_long, _ground_lines),
    (lambda cue: cue.words == ("take",), _by_storm),
    (lambda cue: cue.words[-1] == "siege", besieged_by_none),
)

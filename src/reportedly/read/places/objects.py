"""The places that are objects of a verb: "took X", "took it", "the town that they took"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reportedly.model import Extent, PlaceKind
from reportedly.read.parsing.nodes import Node
from reportedly.read.places.antecedents import antecedent_places, part_of_whose, share_of_which
from reportedly.read.places.leftward import with_part
from reportedly.read.places.slots import places_after
from reportedly.read.scene.between import past_time
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import HAVE, before_adverbs, verb_group

__all__ = ["object_places"]


SKIPPED = frozenset({"also", "back", "up", "”", '"', "’"})  # between a verb and its object
ACTING = (("'s",), ("has",), ("is",), ("was",), ("had",))  # what "it" is the subject of
TAKING = frozenset({"seize", "capture", "overrun", "occupy", "take", "leave", "abandon"})  # what is done to towns
UP = 4  # verbs up to a relative clause


def object_places(scene: Scene, i: int, end: int) -> list[Target]:
    """The places that are the direct object of an active verb, or the antecedent of an object relative."""
    k, size = end, len(scene.low)
    while (
        k < size
        and k - end < 3
        and (scene.tag[k] == "RB" or scene.low[k] in SKIPPED)
        and scene.low[k : k + 2] not in (("up", "to"), ("as", "many"))
        and k not in scene.at
    ):
        k += 1
    return next((found for rule in RULES if (found := rule(scene, i, k)) is not None), [])


def _named(scene: Scene, i: int, k: int) -> list[Target] | None:  # noqa: ARG001 - all are asked alike
    """ "Captured X", "freed from Russian occupation the town of X"."""
    return places_after(scene, _past_occupation(scene, past_time(scene, k))) or None


def _it(scene: Scene, i: int, k: int) -> list[Target] | None:  # noqa: ARG001
    """ "Captured it", "holds about a third of it", but not "said it was"."""
    if scene.low[k : k + 1] == ("it",) and scene.low[k + 1 : k + 2] not in ACTING:
        return [_pronoun("it", k)]
    shared = _of_it(scene, k)
    return [shared] if shared is not None else None


def _them(scene: Scene, i: int, k: int) -> list[Target] | None:
    """ "Retook them", of towns."""
    if scene.low[k : k + 1] != ("them",):
        return None
    towns = scene.doc[i].lemma_ in scene.words("clauses.ground_only") or _towns_before(scene, i)
    return [_pronoun("them", k)] if towns else None


def _pronoun(word: str, k: int) -> Target:
    return Target(Mention(k, k + 1, word, PlaceKind.SETTLEMENT, anaphor=word))


def _of_both(scene: Scene, i: int, k: int) -> list[Target] | None:  # noqa: ARG001
    """ "Attacked and captured X"."""
    joined = k + 1 < len(scene.low) and scene.low[k] in ("and", "or") and scene.tag[k + 1].startswith("VB")
    return places_after(scene, k + 2) if joined else None


def _something_else(scene: Scene, i: int, k: int) -> list[Target] | None:  # noqa: ARG001
    """ "Took prisoners", but not "X, which they took in the first weeks", which the parser takes the weeks for what is taken."""
    times = scene.words("places.times")
    other = any(
        c.dep_ in ("dobj", "obj") and c.i > i and c.lower_ not in times and not _ago(scene, c.i)
        for c in scene.doc[i].children
    )
    return [] if other else None


def _share_before(scene: Scene, i: int, k: int) -> list[Target] | None:  # noqa: ARG001
    """ "X, most of which they hold", "X, whose north they hold"."""
    whose = _side_before(scene, i)
    return (share_of_which(scene, whose - 1) or part_of_whose(scene, whose - 1) or None) if whose else None


def _taken_up(scene: Scene, i: int, k: int) -> list[Target] | None:  # noqa: ARG001
    """ "X, which they hold", "X, which they failed to hold", but not "X, where 60 soldiers surrendered"."""
    token = scene.doc[i]
    verb = token.head if scene.tag[i] == "NN" and token.head.lower_ in HAVE and token.head.i < i else token
    for _ in range(UP):
        if verb.dep_ == "relcl" and any(c.lower_ == "where" and c.i < i for c in verb.children):
            return None
        aside = verb.dep_ == "parataxis" and any(c.tag_ == "WDT" and c.i < i for c in token.children)
        if (verb.dep_ in ("relcl", "acl") or aside) and verb.head.i < i:
            return _antecedent(scene, i, verb)
        if verb.dep_ not in ("xcomp", "ccomp", "conj") or verb.head.i >= verb.i:
            return None
        verb = verb.head
    return None


RULES: tuple[Callable[[Scene, int, int], list[Target] | None], ...] = (
    _named, _it, _them, _of_both, _something_else, _share_before, _taken_up,
)  # fmt: skip
"""The places of a verb at i with words behind it at k; [] where it has another object, None where a rule tells nothing."""


def _antecedent(scene: Scene, i: int, verb: Node) -> list[Target]:
    """What a relative clause is about to which the verb at i belongs."""
    pronoun = next((t.i for t in verb.subtree if t.i < i and t.tag_ in ("WDT", "WP")), None)
    edge = verb.left_edge.i
    if pronoun is not None and scene.low[pronoun - 1] == "of" and scene.low[edge] != "all":
        found = antecedent_places(scene, edge, head=verb.head.i)  # "X, most of which they hold"
        return [replace(t, extent=Extent(kind="part")) for t in found]
    return antecedent_places(scene, pronoun if pronoun is not None else edge, head=verb.head.i)


def _towns_before(scene: Scene, i: int) -> bool:
    """Whether "them" behind the verb at i are towns: "retook two towns, a day after rebels had seized them"."""
    start = scene.sentence[i][0]
    after = next((k for k in range(i - 1, start, -1) if scene.low[k] == "after"), None)
    if after is None or scene.doc[i].lemma_ not in TAKING:
        return False
    towns = [x for x in scene.mentions if start <= x.start < after]
    return bool(towns) and towns[-1].kind is PlaceKind.UNNAMED and towns[-1].words.endswith("s")


def _past_occupation(scene: Scene, k: int) -> int:
    """The token behind "from (Russian) occupation" at k where that stands before what was freed, else k."""
    if scene.low[k : k + 1] != ("from",):
        return k
    end = next(
        (j + 1 for j in range(k + 1, min(k + 6, len(scene.low))) if scene.low[j] in ("occupation", "captivity")), k
    )
    end = end if end > k else next((s.end for s in scene.sides if k < s.start < k + 3), k)
    return end if scene.tag[end : end + 1] == ("DT",) or end in scene.at else k


def _side_before(scene: Scene, i: int) -> int | None:
    """The first token of the side or pronoun right before the verb at i."""
    group = verb_group(scene, i)
    k = before_adverbs(scene, group[0] if group else i, scene.sentence[i][0])
    if k < scene.sentence[i][0]:
        return None
    side = next((s for s in scene.sides if s.end == k + 1), None)
    first = side.start if side is not None else k if scene.tag[k] == "PRP" else None
    return first - 1 if first is not None and scene.tag[first - 1] in ("DT", "PRP$") else first


def _ago(scene: Scene, k: int) -> bool:
    """Whether the noun at k counts time or says whose: "X, which they had left the day before", "had declared their own"."""
    return scene.low[k] == "own" or scene.low[k + 1 : k + 2] in (("before",), ("earlier",), ("ago",), ("later",))


def _of_it(scene: Scene, k: int) -> Target | None:
    """The share of a place that "it" takes up: "holds about a third of it"."""
    of = next((m for m in range(k + 1, min(k + 7, len(scene.low) - 1)) if scene.low[m] == "of"), None)
    if (
        of is None
        or scene.low[of + 1] != "it"
        or any(scene.tag[m].startswith(("VB", "PRP", "NNP")) for m in range(k, of))
    ):
        return None
    target = with_part(scene, Mention(of + 1, of + 2, "it", PlaceKind.SETTLEMENT, anaphor="it"))
    return target if target.extent.kind != "whole" else None

"""Gains without a place of their own, told beside what gave them: "attacked near X with some success", "left X, which may
indicate an advance in the area".
"""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.cues import Cue
from reportedly.model import Certainty, PlaceKind, Relation
from reportedly.read.frames.noun_sides import side_of_noun
from reportedly.read.places.elided import WHERE, in_the_area
from reportedly.read.places.placing import prep_at
from reportedly.read.places.slots import places_after
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.sides import attacker_before
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import Mood, base_of

__all__ = ["told_gain"]

DENIED = frozenset({"no", "little", "scant"})
UNSURE = {"may": Certainty.POSSIBLE, "might": Certainty.POSSIBLE, "likely": Certainty.PROBABLE}
CLOSED = (".", ",", ";", "(", "”", '"', "and", "but")


def told_gain(scene: Scene, cue: Cue, i: int, end: int) -> Assertion | None:
    """The gain of a noun at i that only what stands before places: the attack that it came of, or ground told of as lost."""
    if cue.frame.relation is not Relation.ADVANCES:
        return None
    start = scene.sentence[i][0]
    left = _phrase(scene, i, start)
    before = left - 1
    if before <= start:
        return None
    if scene.low[before] == "with":
        return _of_attack(scene, cue, i, end, before)
    verb = scene.doc[i].head
    if scene.doc[i].dep_ != "dobj" or verb.i >= i or base_of(scene, verb.i, "clauses.bears_out") is None:
        return None
    there = scene.low[end : end + 1] == ("there",)
    area = in_the_area(scene, end)
    if not (there or area) and not _closed(scene, end):
        return None
    found = _of_attack(scene, cue, i, end, verb.i)
    if found is not None or not (there or area):
        return found
    place = next((m for m in reversed(scene.mentions) if start <= m.start and m.end <= verb.i and m.head is None), None)
    side, who = side_of_noun(scene, i, end)
    if place is None or place.anaphor or place.kind is not PlaceKind.SETTLEMENT or side is None:
        return None
    return Assertion(cue, i, end, (Target(place, near=True),), _mood(scene, left, i, verb.i), side, who)


def _of_attack(scene: Scene, cue: Cue, i: int, end: int, edge: int) -> Assertion | None:
    """The gain of an attack told before token `edge`: near the places where that was, of whoever attacked."""
    start = scene.sentence[i][0]
    for k in range(edge - 1, start, -1):
        if scene.low[k] in (";", "that", "while", "but"):
            return None
        if scene.low[k] not in scene.listed("clauses.strives", "clauses.attacks") or scene.bracket[k]:
            continue
        if scene.words("clauses.unsuccessful") & set(scene.low[max(start, k - 3) : k]) or "MD" in scene.tag[start:k]:
            return None
        hit = next((h for j in range(k + 1, min(k + 3, edge)) if (h := prep_at(scene, j, WHERE))), None)
        found = places_after(scene, hit[1], end=edge, near=True) if hit is not None else []
        found = [
            replace(t, near=True) for t in found if not t.mention.anaphor and t.mention.kind is not PlaceKind.COUNTRY
        ]
        side = attacker_before(scene, k + 1)
        if not found or side is None:
            return None
        return Assertion(cue, i, end, tuple(found), _mood(scene, edge, i, edge), side, "who attacked")
    return None


def _mood(scene: Scene, left: int, i: int, verb: int) -> Mood:
    """Denied by "little success", hedged by "may indicate"."""
    mood = Mood()
    said = next((w for w in scene.low[max(0, verb - 2) : i] if w in UNSURE), None)
    if said is not None:
        mood = mood.hedge(UNSURE[said], f'"{said}"')
    return mood.flip("little of it") if DENIED & set(scene.low[left:i]) else mood


def _phrase(scene: Scene, i: int, start: int) -> int:
    """Where the noun phrase begins that ends at i."""
    k = i
    while k > start and (
        scene.tag[k - 1] in ("JJ", "JJR", "DT", "NN", "NNP", "VBN", "CD", "POS", "``", "''", "CC")
        or scene.low[k - 1] in ("”", "“", '"', "'s")
    ):
        k -= 1
    return k


def _closed(scene: Scene, end: int) -> bool:
    """Whether nothing follows that would place the gain."""
    return end >= scene.sentence[end - 1][1] or scene.low[end] in CLOSED or scene.bracket[end]

"""A noun whose cue has places, and the rules for it: whose it is, and what tells nothing of who holds a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportedly.model import PlaceKind, Relation
from reportedly.read.frames.noun_guards import denied_object, is_journey, is_none, only_background, was_then
from reportedly.read.frames.noun_sides import attacker_named, side_of_noun
from reportedly.read.mood.nominal import mood_of_noun
from reportedly.read.scene.asserted import CueCase
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.sides import attacker_before
from reportedly.read.scene.verb_groups import Mood
from reportedly.read.verbs.guards import fights_no_war, of_talks, on_paper

__all__ = ["RULES", "NounCase", "of_troops"]

# where flags fly that tell of no rule: "from balconies in X", "over graves in X"
UNRULED = frozenset(
    {"from", "graves", "grave", "cemetery", "cemeteries", "crowd", "crowds", "stadium", "embassy", "embassies"}
)
ACROSS = 5  # tokens before a noun in which words say how long it lasts, or that it is lacking


@dataclass(slots=True)
class NounCase(CueCase):
    """A noun, and how its places were found."""

    left: bool = False  # the places are those that the verb beside it takes
    under: bool = False  # the places are those that somebody lives in under it
    elided: bool = False  # the places are those of an attack before it

    @property
    def object_of(self) -> int | None:
        """The verb whose object it is."""
        token = self.scene.doc[self.i]
        return int(token.head.i) if token.dep_ == "dobj" else None

    def before(self, count: int) -> tuple[str, ...]:
        """Words before the noun."""
        return self.low[max(0, self.i - count) : self.i]

    @property
    def fled(self) -> bool:
        """Whether it is a flight and no journey."""
        return self.name == "flight: noun" and not is_journey(self.scene, self.i, self.side)


def _find_side(n: NounCase) -> bool:
    if n.elided:
        n.side, n.who = attacker_before(n.scene, n.i), "who attacked"
    else:
        n.side, n.who = side_of_noun(n.scene, n.i, n.end)
    if n.side is None and n.relation is Relation.CONTESTS and (side := attacker_named(n.scene, n.end)) is not None:
        n.side, n.who = side, "whose attack it came of"
    return True


def _somebodys(n: NounCase) -> bool:
    """Of a noun that asks for a side nobody's is told: "enters X after the UN's withdrawal"."""
    if n.side is not None or not (n.cue.frame.strict or n.left or _is_road(n)):
        return True
    owned = not {"their", "its"}.isdisjoint(n.before(4)) or of_troops(n.scene, n.i)
    return owned or n.elided or _lasts(n) or _is_denied(n) or n.fled


def _is_road(n: NounCase) -> bool:
    """Whether it may be a way: "the only exit from X", not "Ukraine confirms exit from X"."""
    if n.low[n.i] not in n.scene.words("clauses.ways_out"):
        return False
    told = n.object_of is not None and n.low[n.object_of] in n.scene.words("clauses.saying")
    return n.cue.words != ("exit",) or not told


def _lasts(n: NounCase) -> bool:
    """Whether it is a state that its words tell of: "years of occupation", "the occupation of part of X", "his claim of control"."""
    scene, i = n.scene, n.i
    if n.cue.frame.default == "occupier":
        lasting = not scene.words("clauses.lasting").isdisjoint(n.before(ACROSS))
        wide = any(t.mention.kind is PlaceKind.REGION or t.extent.kind == "part" for t in n.targets)
        if lasting or wide or n.under:
            return True
    if n.low[i - 1] == "for" and n.low[i - 2] in scene.words("clauses.answered"):
        return True
    return (n.name == "control: noun" or n.relation is Relation.ADVANCES) and _claimed_own(scene, i)


def _is_denied(n: NounCase) -> bool:
    """Whether a gain is denied, or that troops have left: "the lack of gains in X", "denied the evacuation of troops from X"."""
    if n.relation is Relation.ADVANCES:
        lacking = not {"lack", "absence"}.isdisjoint(n.before(ACROSS))
        return lacking or denied_object(n.scene, n.i) or is_none(n.scene, n.i)
    if n.cue.frame.default == "occupier":
        return denied_object(n.scene, n.i)  # "Y denied the occupation of X"
    troops = not {"troops", "forces", "soldiers"}.isdisjoint(n.low[n.end : n.end + 4])
    return n.relation is Relation.LOSES and troops and denied_object(n.scene, n.i)


def _flees(n: NounCase) -> bool:
    return n.name != "flight: noun" or n.fled


def _foreground(n: NounCase) -> bool:
    return n.relation is not Relation.CONTESTS or not only_background(n.scene, n.i)


def _flies_over(n: NounCase) -> bool:
    over = n.low[n.end : n.targets[0].mention.start]
    return n.name != "flag raised: noun" or UNRULED.isdisjoint(over)


def _given(n: NounCase) -> bool:
    return n.object_of is None or n.cue.words != ("control",) or not on_paper(n.scene, n.object_of)


def _of_war(n: NounCase) -> bool:
    unnamed = n.relation is Relation.CONTESTS and n.side is None
    return not unnamed or not fights_no_war(n.scene, n.i, n.end, n.targets)


def _no_talks(n: NounCase) -> bool:
    return n.relation is not Relation.ADVANCES or not of_talks(n.scene, n.end, n.targets)


def _still_on(n: NounCase) -> bool:
    """Not "a state of siege", "siege of X lifted", "the broken siege of X", "the rise and fall of", "the last foothold"."""
    word = n.low[n.i]
    if word == "siege" and n.before(2) == ("state", "of"):
        return False
    if word in n.scene.words("clauses.warlike"):
        behind = max(n.end, n.targets[-1].mention.end)
        lifted = n.scene.words("clauses.lifted")
        if n.low[n.i - 1] in lifted or not lifted.isdisjoint(n.low[behind : behind + 1]):
            return False
    if word == "fall" and n.before(2) == ("rise", "and"):
        return False
    return word != "foothold" or {"last", "final", "remaining"}.isdisjoint(n.before(3))


def _find_mood(n: NounCase) -> bool:
    """ "The Russian presence in X" is known, "no Russian presence in X" is said."""
    n.mood = mood_of_noun(n.scene, n.i)
    if n.cue.frame.denied_only and (n.object_of is not None or not n.mood.denied) and not denied_object(n.scene, n.i):
        return False
    if n.mood.blocked and "not yet" in n.mood.blocked and was_then(n.scene, n.targets[-1].mention.end):
        n.mood = Mood()  # "would surpass the capture of X last year"
    return True


RULES: tuple[Callable[[NounCase], bool], ...] = (
    _find_side, _somebodys, _flees, _foreground, _flies_over, _given, _of_war, _no_talks, _still_on, _find_mood,
)  # fmt: skip
"""Each alters the case, or says by False that it tells nothing of who holds a place; asked in their order."""


def of_troops(scene: Scene, i: int) -> bool:
    """Whether the noun at i is owned by forces of whom nothing more is told: "the reason for the troops' withdrawal from X"."""
    return scene.tag[i - 1 : i] == ("POS",) and scene.low[i - 2] in scene.words("clauses.agents")


def _claimed_own(scene: Scene, i: int) -> bool:
    """Whether control or a gain is what somebody claims or takes back for themselves: "his claim of full control of X"."""
    k = scene.previous(i)
    while scene.tag[k].startswith(("JJ", "RB")):
        k = scene.previous(k)
    return scene.low[k] in ("of", "to") and scene.low[k - 1] in scene.words("clauses.claim_nouns")

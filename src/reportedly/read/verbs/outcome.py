"""Who acts in a verb's frame, and what its words make of its relation, its places and its mood.

`PARTIES` are asked as soon as the side is known, `OUTCOMES` once the mood of the clause is.
"""

from __future__ import annotations

from reportedly.knowledge.parties import SideKind
from reportedly.model import PlaceKind, Relation
from reportedly.read.mood.clauses import mood_of_verb
from reportedly.read.mood.sentences import mood_of_sentence
from reportedly.read.places.acted_on import perhaps_first
from reportedly.read.places.extents import adverb_extent
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.sides import head_side, side_in
from reportedly.read.scene.subjects import phrase_of
from reportedly.read.scene.verb_groups import HAVE, Mood, base_of, verb_group
from reportedly.read.verbs.actors import ACTORS
from reportedly.read.verbs.case import Rule, VerbCase
from reportedly.read.verbs.guards import clears_still, no_new_ground
from reportedly.read.verbs.holding import as_state
from reportedly.read.verbs.holding import partial as held_partly
from reportedly.read.verbs.passives import fights_for, on_the_way

__all__ = ["OUTCOMES", "PARTIES"]

HOW = (
    "in a day",
    "in one day",
    "in a week",
    "at once",
    "without a ",
    "without resistance",
    "without fighting",
    "without help",
    "without losses",
    "by accident",
    "by chance",
    "in one go",
    "by force",
    "to stay",
)
SOME = frozenset({"some", "thousands", "hundreds", "dozens", "several", "many", "part", "few"})  # of an army


def _opponent(v: VerbCase) -> bool:
    """Whose opponent acts, where no side is named: "troops are trapped in X", "attacks drove them back near X"."""
    if v.trapped and v.side is None:
        v.who = "opponent of the subject"
    pushed = v.name == "drives back near" and v.side is None and not v.passive
    if pushed and v.subject is not None and v.low[v.subject] in v.scene.words("clauses.attacks"):
        v.who = "opponent of the object"
    return True


def _drives_on(v: VerbCase) -> bool:
    """Who drives others out near a place gains ground there."""
    subject = v.subject
    near = v.cue.frame.party == "object" and not v.passive and all(t.near for t in v.targets)
    if not near or subject is None or subject > v.i:
        return True
    phrase = phrase_of(v.scene, subject)
    gains = head_side(v.scene, phrase[0], subject) or side_in(v.scene, *phrase)
    if gains is not None:
        v.states(Relation.ADVANCES)
        v.side, v.who = gains, "the subject"
    elif v.low[subject] in v.scene.words("clauses.attacks"):
        v.states(Relation.ADVANCES)
        v.side, v.who = None, "opponent of the object"  # "counterattacks near X drove them out of their positions"
    return True


def _all_leave(v: VerbCase) -> bool:
    """Not "pulls thousands of troops out of X", where others stay; and one brigade leaves no region to the enemy."""
    if v.name != "withdraws from":
        return True
    scene, subject, prep_index = v.scene, v.subject, v.prep
    counted = scene.low[v.end : prep_index] if prep_index else ()
    if not SOME.isdisjoint(counted) and not scene.words("clauses.agents").isdisjoint(counted):
        return False
    if subject is not None and scene.low[subject] in scene.words("clauses.formations"):
        v.targets = [t for t in v.targets if t.mention.kind is not PlaceKind.REGION]
    return bool(v.targets)


def _gains_by_moving(v: VerbCase) -> bool:
    """Not "a battalion moved in the direction of X", as single formations do behind the front."""
    if v.name != "pushes towards" or v.cue.words[0] != "move" or v.subject is None:
        return True
    return v.low[v.subject] not in v.scene.words("clauses.formations")


def _armed_progress(v: VerbCase) -> bool:
    """Not "the Russian economy has progress in services in X"."""
    words, subject = v.cue.words, v.subject
    if v.relation is not Relation.ADVANCES or words[0] != "have" or words[-1] not in ("progress", "advance"):
        return True
    if subject is None:
        return False
    agents = v.scene.words("clauses.agents")
    return v.low[subject] in agents or any(x.start <= subject < x.end for x in v.scene.sides)


def _pushed_there(v: VerbCase) -> bool:
    """ "The enemy was pushed back near X": there and then, not "back to areas near X", which tells where the driven are."""
    if v.name != "drives back near":
        return True
    scene, subject, prep = v.scene, v.subject, v.prep
    there = prep is not None and all(scene.tag[k].startswith("RB") or scene.tag[k] == "CD" for k in range(v.end, prep))
    if not v.passive:
        bare = not any(c.dep_ in ("dobj", "obj") for c in scene.doc[v.i].children)
        if not bare or not there or HAVE & {scene.low[k] for k in verb_group(scene, v.i)}:
            return True
    if subject is None or not there:
        return False
    v.side, v.who = None, "opponent of the subject"
    return True


def _driven_near(v: VerbCase) -> bool:
    """ "Was knocked out of positions west of X": the others gain."""
    if v.cue.frame.party == "object" and v.passive and v.side is not None and all(t.near for t in v.targets):
        v.states(Relation.ADVANCES)
        v.side, v.who = None, "opponent of the subject"
    return True


def _denied_how(v: VerbCase) -> bool:
    """What is denied may only be how or when: "did not take X alone", "X did not fall until May"."""
    if v.mood.denied and not v.mood.blocked:
        v.mood = _how_or_when(v.scene, v.mood, v.i, max(v.end, v.targets[-1].mention.end))
    return True


def _tells_whose(v: VerbCase) -> bool:
    """ "The city has not surrendered" does not tell whose it is."""
    return not (v.mood.denied and v.name == "falls" and v.cue.words == ("surrender",))


def _sentence_mood(v: VerbCase) -> bool:
    """The mood of "the first city to fall" is that of its sentence, and so is that of a noose that is to be tightened."""
    tightened = v.mood.blocked and v.cue.words[0] == "tighten" and v.name == "tightens a siege"
    if v.foremost or tightened:
        v.mood = mood_of_sentence(v.scene, v.i, Mood())
    if v.foremost:
        v.mood = perhaps_first(v.scene, v.i, v.mood)
    return True


def _there_at_all(v: VerbCase) -> bool:
    """Who is in a place holds it if that is denied, still so, or said of "us"; of a country it says nothing then."""
    scene, still = v.scene, _still_there(v)
    if v.cue.frame.denied_only and not v.mood.denied and not still and not _denied_there(scene, v.i):
        return False
    if (v.name == "is in" and not v.mood.denied and not still) or v.name == "has forces left in":
        v.targets = [t for t in v.targets if t.mention.kind is not PlaceKind.COUNTRY]
    if v.targets and v.name == "is in" and still and not v.mood.denied and "already" in scene.low[v.i - 1 : v.end]:
        v.states(Relation.CONTESTS)  # "our troops are already in X" have entered it
    return bool(v.targets)


def _still_there(v: VerbCase) -> bool:
    """Whether "is in" says that somebody still is, or that "we" are in settlements by name."""
    if v.name != "is in":
        return False
    if "still" in v.low[v.i - 1 : v.end]:
        return True
    ours = v.side is not None and v.side.word.kind is SideKind.OWN and v.scene.tag[v.i] in ("VBP", "VBZ")
    return ours and all(t.mention.kind is PlaceKind.SETTLEMENT and t.mention.known and not t.near for t in v.targets)


def _no_new_ground(v: VerbCase) -> bool:
    if v.mood.denied and v.relation is Relation.TAKES:
        v.targets = no_new_ground(v.scene, v.targets)
    return bool(v.targets)


def _parts(v: VerbCase) -> bool:
    """Frames that speak of a part: lines that are broken through "in" a place, suburbs that somebody is in."""
    low, prep_index = v.scene.low, v.prep
    if v.name == "breaks through the lines" and prep_index is not None and low[prep_index] == "in":
        v.part_of_whole()
    suburbs = v.cue.words[-2:-1]
    if v.name == "is inside" and suburbs and suburbs[0] in v.scene.words("places.quarters"):
        v.part_only()
    v.targets = adverb_extent(v.scene, v.i, v.targets, v.relation)
    return True


def _holds(v: VerbCase) -> bool:
    """ "Held X under siege" is a fight for it; what is held may be held in part, what was done may tell of a state."""
    if v.name == "holds: verb and object" and v.behind(2) == ("under", "siege"):
        v.states(Relation.CONTESTS)
    if v.relation is Relation.HOLDS:
        v.targets = held_partly(v.scene, v.i, v.end, v.targets)
    v.cue = as_state(v.scene, v.cue, v.i, passive=v.passive)
    return True


def _leaves_what_it_held(v: VerbCase) -> bool:
    """ "Fled liberated X" tells of X, not of who held it."""
    held = v.scene.cues.adjectives
    named = (t.mention.start for t in v.targets if t.mention.start > v.i)
    return v.name != "evacuates" or not any(v.low[start - 1] in held for start in named)


def _on_the_way(v: VerbCase) -> bool:
    """A goal that is fought for, or on the way to which something was gained."""
    if not v.mood.blocked or v.relation is not Relation.TAKES:
        return True
    if (way := on_the_way(v.scene, v.i)) is not None:
        v.states(Relation.ADVANCES)
        v.mood = mood_of_verb(v.scene, way)
        v.part_only()
    elif fight := fights_for(v.scene, v.i):
        v.states(Relation.CONTESTS)
        v.mood = mood_of_verb(v.scene, fight)
    return True


def _bit_by_bit(v: VerbCase) -> bool:
    """ "Took X street by street", of which some is taken."""
    if v.relation is not Relation.TAKES or v.passive:
        return True
    words = [w for w in v.behind(5) if w != "-"]
    if len(words) > 2 and words[1] in ("by", "to") and words[0] == words[2]:
        v.states(Relation.ADVANCES)
        v.part_only()
    return True


def _clears_still(v: VerbCase) -> bool:
    if v.cue.words == ("clear",) and not v.passive and clears_still(v.scene, v.i):
        v.states(Relation.CONTESTS)
    return True


PARTIES: tuple[Rule, ...] = (
    _opponent, *ACTORS, _drives_on, _all_leave, _gains_by_moving, _armed_progress, _pushed_there, _driven_near,
)  # fmt: skip
OUTCOMES: tuple[Rule, ...] = (
    _denied_how, _tells_whose, _sentence_mood, _there_at_all, _no_new_ground, _parts, _holds, _leaves_what_it_held,
    _on_the_way, _bit_by_bit, _clears_still,
)  # fmt: skip


def _how_or_when(scene: Scene, mood: Mood, i: int, end: int) -> Mood:
    """The mood of what is denied, whose clause goes on behind `end`."""
    behind = scene.low[end : end + 7]
    beyond = next((k for k in range(i + 1, end) if scene.low[k] == "beyond"), None)
    if beyond is not None and scene.words("clauses.gained") & set(scene.low[beyond:end]):
        return mood.flip('"beyond" gains that were made')  # "unable to progress beyond minor gains in X"
    if behind[:1] in (("alone",), ("single-handedly",), ("overnight",), ("easily",), ("quickly",)):
        return mood.block(f'"not ... {behind[0]}" denies how')
    if scene.text(end, min(end + 3, scene.sentence[i][1])).lower().startswith(HOW):
        return mood.block(f'"not ... {scene.text(end, end + 3)}" denies how')
    past = {"did", "was", "were"} & {scene.low[k] for k in (*verb_group(scene, i), *range(max(0, i - 5), i))}
    until = next((k for k in range(end, min(end + 5, scene.sentence[i][1] - 1)) if scene.low[k] == "until"), None)
    if past and until is not None and "," not in scene.low[end:until] and scene.low[until + 1] != "now":
        return mood.flip('"not until" tells when')
    return mood


def _denied_there(scene: Scene, i: int) -> bool:
    """Whether somebody denies what the verb at i says: "Kigali denied that its troops were in X"."""
    token = scene.doc[i]
    if token.dep_ != "ccomp" or token.head.i > i or base_of(scene, token.head.i, "clauses.deny") is None:
        return False
    return not any(scene.low[k] in scene.words("clauses.never") for k in verb_group(scene, token.head.i))

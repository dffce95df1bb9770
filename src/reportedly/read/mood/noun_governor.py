"""What the verb or noun that governs an event noun makes of it: "repelled the attack", "plans the capture of X"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from reportedly.model import Relation
from reportedly.read.mood.clauses import mood_of_verb
from reportedly.read.mood.unfounded import owned_claim, told_by_somebody
from reportedly.read.parsing.nodes import Node
from reportedly.read.scene.scene import InScene, Scene
from reportedly.read.scene.verb_groups import BE, HAVE, Mood, base_of, verb_group

__all__ = ["BESIEGED", "ENDED", "governor_mood"]

BESIEGED = frozenset({"siege", "sieges", "blockade", "encirclement"})
ENDED = frozenset(
    {"siege", "sieges", "blockade", "encirclement", "grip", "stranglehold", "hold"}
)  # what is lifted or broken
BRING = frozenset({"bring", "brings", "bringing", "brought"})
UNRECOGNISED = frozenset(
    {"annexation", "incorporation", "occupation", "loss", "seizure", "conquest", "takeover"}
)  # which is there all the same
AHEAD = frozenset(
    {"will", "would", "may", "might", "can", "shall", "wo", "if", "unless"}
)  # before what need not have happened
TOLD = frozenset({"announcement", "declaration", "proclamation"})  # of an event, which is no sooner than they
OBJECTS = frozenset({"dobj", "obj", "nsubjpass", "pobj", "attr", "oprd", "conj", "nmod"})
UP = 5  # governors looked at


@dataclass
class _Under(InScene):
    """An event noun at n under a verb: `token` is the noun or what stands between them, the direct child of the verb."""

    n: int
    mood: Mood
    token: Node
    nested: bool  # whether another noun stands between
    claimed: bool  # whether somebody's claim does

    @property
    def word(self) -> str:
        """The noun."""
        return self.scene.low[self.n]

    @property
    def verb(self) -> Node:
        """The verb in the tree."""
        return self.token.head

    @property
    def g(self) -> int:
        """Its token."""
        return int(self.token.head.i)

    @cached_property
    def outer(self) -> Mood:
        """Its mood."""
        return mood_of_verb(self.scene, self.g)

    def base(self, name: str) -> str | None:
        """The base form of the verb in a list of words."""
        return base_of(self.scene, self.g, name)


def governor_mood(scene: Scene, n: int, mood: Mood) -> Mood:
    """The mood of an event noun by what governs it."""
    token, nested, claimed = scene.doc[n], False, False
    for _ in range(UP):
        head = token.head
        tied = token.dep_ == "prep" and owned_claim(scene, token.i - 1)  # "confirmation of their claims | about"
        claimed = claimed or tied or owned_claim(scene, token.i) or told_by_somebody(scene, token.i)
        if head.i == token.i:
            return mood
        nested = nested or (token.dep_ == "pobj" and head.head.pos_ == "NOUN")
        if head.pos_ in ("VERB", "AUX"):
            return _under_verb(_Under(scene, n, mood, token, nested, claimed))
        if head.pos_ == "NOUN" and token.dep_ in ("pobj", "prep", "compound", "nmod", "conj"):
            word = scene.low[head.i]
            if word in scene.words("clauses.imagined") and token.dep_ in ("pobj", "prep"):
                return mood.block(f'only a "{word}"')
            if word in scene.words("clauses.block_nouns"):
                return mood.block(f'"{word}" is a goal')
        token = head
    return mood


def _under_verb(u: _Under) -> Mood:
    rules = ANY
    if u.token.dep_ in OBJECTS:
        rules = (*ANY, *OBJECT)
    elif u.token.dep_ == "nsubj":
        rules = (*ANY, *SUBJECT)
    return next((told for rule in rules if (told := rule(u)) is not None), u.mood)


def _not_happened(u: _Under) -> Mood | None:
    never = _never_happened(u.scene, u.verb) if u.token.dep_ in ("nsubj", "nsubjpass") else None
    return u.mood.judge(never) if never is not None else None


def _aimed_at(u: _Under) -> Mood | None:
    """ "The aim was the liberation of X", "the goals include the surrender of X"."""
    listed = u.token.dep_ in ("dobj", "obj") and u.verb.lemma_ in ("include", "comprise", "entail")
    if u.token.dep_ != "attr" and not listed:
        return None
    goals = u.scene.words("clauses.block_nouns")
    aim = any(c.dep_ == "nsubj" and c.lower_ in goals for c in u.verb.children)
    return u.mood.block("what is aimed at") if aim else None


def _resorts_to(u: _Under) -> Mood | None:
    """ "Could resort to the takeover of X"."""
    blocked = u.outer.blocked if u.token.dep_ == "prep" and u.base("clauses.adds_to") else None
    return u.mood.block(blocked) if blocked else None


def _turns_into(u: _Under) -> Mood | None:
    if u.token.dep_ != "prep" or u.token.lower_ != "into" or not u.base("clauses.turns_into"):
        return None
    outer = u.outer
    mood = u.mood.block(outer.blocked) if outer.blocked else u.mood
    return mood.flip(f'not "{u.low[u.g]} into" it') if outer.denied else mood


def _is_over(u: _Under) -> Mood | None:
    """ "Lifted the siege", "brought the siege to an end", "repelled the attack"."""
    verb = u.low[u.g]
    if u.base("clauses.lift") and u.word in ENDED:
        return u.mood.block(f'"{verb}": it is over')
    if verb in BRING and {"end", "close"} & set(u.low[u.n : u.scene.sentence[u.n][1]]):
        return u.mood.block(f'"{verb} ... to an end": the siege is over')
    return u.mood.block(f'"{verb}": it came to nothing') if u.base("clauses.repel") else None


def _object_of_goal(u: _Under) -> Mood | None:
    """The object of what blocks: "wants the surrender of X"; but who discusses fighting takes it as made, who presses a siege besieges."""
    gained, base = u.scene.words("clauses.gained"), _blocking(u)
    if base == "discuss" and u.word in gained | u.scene.words("clauses.fights"):
        return u.mood
    if _called_but_never(u.scene, u.token):
        return u.mood.judge("it never took place")
    if (u.base("clauses.keeps_up") or base == "press") and u.word in BESIEGED:
        return u.mood  # or wants to tighten it
    if base in u.scene.words("clauses.brings_about") and _brought_about(u.scene, u.g):
        return None  # "shelling enabled advances near X"
    if u.token.dep_ == "dobj" and _could_not_stop(u.scene, u.g):
        return u.mood  # "failed to prevent the fall of X"
    told = not u.nested or u.token.lower_ in TOLD  # "postponed the announcement of the annexation of X"
    if base and u.token.dep_ != "pobj" and told and base not in ("launch", "conduct", "resume"):
        return u.mood.block(f'object of "{u.low[u.g]}"')
    return None


def _blocking(u: _Under) -> str | None:
    """The base form of a verb whose object is not done yet, unless it says otherwise here."""
    base, behind = u.base("clauses.block") or u.base("clauses.block_verbs"), u.low[u.g + 1 : u.g + 2]
    if base == "call" and u.token.dep_ == "nsubjpass" and behind not in (("for",), ("off",), ("on",)):
        return None  # "the loss of X was called a regrouping"
    if base == "call" and u.token.dep_ == "dobj" and _called_something(u.scene, u.verb):
        return None  # "called the capture of X a victory"
    there = u.word in ENDED or (u.word in u.scene.words("clauses.gained") and u.scene.tag[u.n] == "NNS")
    if there and u.token.dep_ == "nsubjpass" and base in u.scene.words("clauses.meant") and behind == ("to",):
        return None  # "the siege of X is meant to", "gains near X are intended to"
    return base


def _covered(u: _Under) -> Mood | None:
    """Who is there to cover a retreat sees it under way; what somebody tries to explain away has happened."""
    covers = u.base("clauses.covers") and u.word in u.scene.words("clauses.leaving")
    return u.mood if covers or u.base("clauses.explains") else None


def _recognised(u: _Under) -> Mood | None:
    """Whoever does not recognise it, it has happened, unless it is not recognised "as" something."""
    if not u.base("clauses.recognise"):
        return None
    as_ = "as" in u.low[u.n : u.n + 8]
    if u.word in UNRECOGNISED and not (u.word == "loss" and as_):
        return u.mood
    if not as_:
        return None
    return u.mood.block("not recognised as something") if u.outer.denied else u.mood


def _confirmed(u: _Under) -> Mood | None:
    """ "Could not confirm the capture of X", "denied the capture of X"."""
    if u.base("clauses.unconfirmed") and u.outer.denied:
        return u.mood if u.claimed else u.mood.block(f'"{u.low[u.g]}" is negated')
    return u.mood if u.base("clauses.deny") else None


def _by_outer(u: _Under) -> Mood | None:
    """The mood of the verb is that of its object."""
    outer, dep = u.outer, u.token.dep_
    if outer.blocked and u.base("clauses.adds_to"):
        return u.mood.block(outer.blocked)
    helped = dep != "pobj" or u.base("clauses.assists") is not None
    if outer.blocked and helped and not u.nested:
        return u.mood.block(outer.blocked)
    if outer.denied and u.base("clauses.feels"):
        return u.mood  # "has not forgiven the loss of X"
    if outer.denied and dep in ("dobj", "nsubjpass", "attr"):
        return u.mood.flip("its verb is negated")
    return (
        u.mood.hedge(outer.certainty, f'"{u.low[u.g]}" is hedged')
        if dep in ("dobj", "nsubjpass") and not u.nested
        else None
    )


def _of_subject(u: _Under) -> Mood | None:
    """ "The capture of X will open", "the advance made no gains", "the siege failed", "never happened"."""
    outer, verb, g = u.outer, u.low[u.g], u.g
    if outer.blocked and "speaks of what is not yet" in outer.blocked and not _made(u.scene, u.n, g):
        return u.mood.block(outer.blocked)
    if "no" in u.low[g + 1 : g + 2] and not u.scene.words("clauses.gained").isdisjoint(u.low[g + 2 : g + 5]):
        return u.mood.block(f"it {verb} no gain")
    if verb in ("fails", "failed", "faltered", "stalled"):
        return u.mood.flip(f"it {verb}")
    if outer.denied and u.base("clauses.takes_place"):
        return u.mood.judge(f"it never {verb}")
    return u.mood.block(f"it {verb}, and is not done") if _goes_on(u.scene, u.n, g) else None


Rule = Callable[[_Under], Mood | None]
ANY: tuple[Rule, ...] = (_not_happened, _aimed_at, _resorts_to, _turns_into)
OBJECT: tuple[Rule, ...] = (_is_over, _object_of_goal, _covered, _recognised, _confirmed, _by_outer)
SUBJECT: tuple[Rule, ...] = (_of_subject,)


def _called_but_never(scene: Scene, token: Node) -> bool:
    """Whether "what X calls the liberation of Y" is the subject of what never took place."""
    calls, real = token.head, token.head.head
    if calls.lemma_ != "call" or calls.dep_ != "csubj" or real.i < calls.i:
        return False
    return base_of(scene, real.i, "clauses.takes_place") is not None and mood_of_verb(scene, real.i).denied


def _never_happened(scene: Scene, verb: Node) -> str | None:
    """ "was announced on Monday and never took place": the verb joined to the one whose subject the event is."""
    for c in verb.children:
        real = c.dep_ in ("conj", "xcomp") and base_of(scene, c.i, "clauses.takes_place") is not None
        yet = c.dep_ == "xcomp" and scene.low[c.i - 2 : c.i] == ("yet", "to")  # "has yet to happen"
        if real and (yet or (c.dep_ == "conj" and mood_of_verb(scene, c.i).denied)):
            return f"it never {c.lower_}"
    return None


def _brought_about(scene: Scene, verb: int) -> bool:
    """Whether a verb tells what has been made possible, not what is to be: "enabled", "is enabling", "has enabled"."""
    group = [scene.low[k] for k in verb_group(scene, verb)]
    under_way = scene.tag[verb] in ("VBG", "VBN") and not {"to", "not", "n't"} & set(group)
    return scene.tag[verb] == "VBD" or (under_way and bool(BE.union(HAVE).intersection(group)))


def _could_not_stop(scene: Scene, g: int) -> bool:
    """Whether somebody could not, did not or failed to stop what the verb at g governs: it took place."""
    if base_of(scene, g, "clauses.thwart") is None:
        return False
    verb, left = scene.doc[g], scene.low[max(scene.sentence[g][0], g - 4) : g]
    if AHEAD.intersection(left):
        return False  # "will not prevent the fall of X"
    failed = verb.dep_ == "xcomp" and base_of(scene, verb.head.i, "clauses.fail") is not None
    return failed or any(c.dep_ == "neg" for c in verb.children)


def _called_something(scene: Scene, verb: Node) -> bool:
    """Whether a verb of calling says what its object is: "called the capture of X a victory", not "called for" it, or called it a goal."""
    names = [c for c in verb.children if c.dep_ in ("oprd", "attr") and c.i > verb.i]
    unreal = scene.listed("clauses.unreal", "clauses.block_nouns")
    return bool(names) and not any(t.lower_ in unreal for c in names for t in c.subtree)


def _goes_on(scene: Scene, n: int, g: int) -> bool:
    """Whether the verb at g says of a capture or liberation at n that it has begun or is under way: not yet done."""
    if not any(cue.frame.relation is Relation.TAKES for cue in scene.cues.nouns.get(scene.low[n], ())):
        return False
    if base_of(scene, g, "clauses.under_way"):
        own = ("dobj", "xcomp")
        return not any(c.i > g and (c.dep_ in own or c.lower_ in ("with", "by")) for c in scene.doc[g].children)
    behind = scene.low[g + 1 : g + 4]
    return scene.low[g] in BE and ("underway" in behind or "ongoing" in behind or behind[:2] == ("under", "way"))


def _made(scene: Scene, n: int, g: int) -> bool:
    """Whether gains at n are there already, for all that they "may" lead to: "Russian advances near X may threaten Y"."""
    plural = scene.tag[n] == "NNS" and scene.low[n] in scene.words("clauses.gained")
    return plural and {"may", "might"} & {scene.low[k] for k in range(n, g)} != set() and scene.low[g] not in BE

"""In which mood a verb stands: stated, denied, hedged, or no statement at all (goal, plan, condition, question).

The verb group and its governors are read from the words themselves where they can be, because the parser errs most in just
those places; the parse only says which verb governs which.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportedly.model import Certainty
from reportedly.read.mood.denials import somebodys_claim
from reportedly.read.mood.finite import HELP, finite_mood
from reportedly.read.mood.gerunds import gerund_mood
from reportedly.read.mood.governing import DEEP, Above
from reportedly.read.mood.infinitives import PERMIT, infinitive_mood
from reportedly.read.mood.narrated import came_later
from reportedly.read.mood.sentences import has_subject, mood_of_sentence
from reportedly.read.parsing.nodes import Node
from reportedly.read.scene.scene import InScene, Scene
from reportedly.read.scene.verb_groups import (
    AUXILIARIES,
    BE,
    HAVE,
    LET_ALONE,
    Mood,
    base_of,
    before_adverbs,
    is_negated,
    join_moods,
    modal_mood,
    own_group,
    verb_group,
)

__all__ = ["mood_of_verb"]

AIMS = frozenset({  # what a gerund may say of
    "goal", "goals", "aim", "aims", "objective", "effort", "priority", "task", "mission", "focus", "plan", "purpose", "intention",
    "ambition", "hope", "dream", "challenge",
})  # fmt: skip

FINITE = ("VBD", "VBZ", "VBP", "VBN")
LACKING = frozenset({"no", "little", "outside", "nowhere", "lack", "absence", "scant"})
FREE = (["free", "of"], ["free", "from"], ["clear", "of"], ["empty", "of"], ["rid", "of"])


@dataclass(slots=True)
class _Verb(InScene):
    """A verb at v with its mood so far, the words of its group, and how what governs it is asked."""

    v: int
    mood: Mood
    stative: bool
    above: Above
    group: list[int]
    words: list[str]

    @property
    def token(self) -> Node:
        """The verb in the tree."""
        return self.scene.doc[self.v]

    def like(self, verb: int) -> Mood:
        """Its mood where it shares that of another verb."""
        return join_moods(self.mood, self.above(verb))


Rule = Callable[[_Verb], Mood | None]
"""The mood where a rule tells it; else it may alter the mood so far."""


def mood_of_verb(scene: Scene, v: int, *, stative: bool = False, depth: int = 0, end: int = 0) -> Mood:
    """The mood of the verb at token v; `stative` verbs ("hold") may be merely possible under "may".

    `end` is where a longer cue ends: a negation inside it ("is no longer in control") counts.
    """
    mood = _inside_cue(scene, v, end) if end > 0 else Mood()
    if depth > DEEP:
        return mood
    above = Above(lambda g, further: mood_of_verb(scene, g, depth=further), depth)
    group = own_group(scene, v)
    verb = _Verb(scene, v, mood, stative, above, group, [scene.low[i] for i in group])
    for rule in RULES:
        if (told := rule(verb)) is not None:
            return told
    return finite_mood(scene, v, verb.mood, above)


def _inside_cue(scene: Scene, v: int, end: int) -> Mood:
    """The mood that words of a cue make themselves: "is no longer in control", "made unsuccessful attempts"."""
    inside = list(scene.low[v + 1 : end])
    if _lacks(scene, v, inside, end) and not is_negated([scene.low[i] for i in verb_group(scene, v)]):
        return Mood().flip("negated inside the cue")
    if not scene.words("clauses.unsuccessful").isdisjoint(inside):
        return Mood(denied=True, reasons=("unsuccessful inside the cue",))
    return Mood()


def _lacks(scene: Scene, v: int, inside: list[str], end: int) -> bool:
    """Whether the words of a cue, or what it is about, are negated: "slipped out of control", "is free of", "none of the villages"."""
    if is_negated(inside) or not LACKING.isdisjoint(inside) or inside[-2:] in FREE:
        return True
    gone = inside[-1:] == ["hands"] and inside[:1] == ["out"]
    gone = gone or (inside[-1:] == ["control"] and inside[:1] in (["out"], ["beyond"]))
    if gone and (scene.low[v] in BE or scene.doc[v].lemma_ in ("lie", "lay")):
        return True
    return any(w == "few" and "a" not in inside[:k] for k, w in enumerate(inside)) or _of_none(scene, end)


def _in_sentence(c: _Verb) -> Mood | None:
    """What the whole sentence makes of it, of the verb that is asked for alone."""
    if c.above.depth:
        return None
    c.mood = mood_of_sentence(c.scene, c.v, c.mood)
    anybody = c.low[before_adverbs(c.scene, c.v, c.scene.sentence[c.v][0])] in ("whoever", "whichever")
    return c.mood.block("whoever does") if anybody else None


def _hedged(c: _Verb) -> Mood | None:
    c.mood = _adverbs(c.scene, c.v, c.group, c.mood)
    return None


def _with_verb_before(c: _Verb) -> Mood | None:
    """ "Have not reached X, let alone captured Y"."""
    before = _let_alone(c.scene, c.v)
    return c.like(before) if before is not None else None


def _negated(c: _Verb) -> Mood | None:
    never = c.scene.words("clauses.never")
    if is_negated(c.words):
        c.mood = c.mood.flip(f'negated by "{next(w for w in c.words if w in never)}"')
    elif c.tag[c.v] in FINITE and c.low[before_adverbs(c.scene, c.v, c.scene.sentence[c.v][0])] == "nor":
        c.mood = c.mood.flip('negated by "nor"')
    elif _never_in_front(c.scene, c.v):
        c.mood = c.mood.flip("negated at the head of its clause")
    if not c.group or not _neither_then_nor_now(c.scene, c.group[0]):
        return None
    return c.mood if c.mood.denied else c.mood.flip("neither done nor to be done")


def _with_modal(c: _Verb) -> Mood | None:
    """ "May have taken X", "has yet to take X"; but "would" of what came later is past."""
    if "would" in c.words and came_later(c.scene, c.v):
        c.words = [word for word in c.words if word != "would"]
    c.mood = modal_mood(c.words, c.mood, stative=c.stative)
    yet = "yet" in c.words and "to" in c.words and any(w in HAVE or w in BE for w in c.words)
    return c.mood.flip('"yet to"') if yet else None


def _infinitive(c: _Verb) -> Mood | None:
    """ "To capture X", "managed neither to take A nor to enter B"."""
    if "to" not in c.words:
        return None
    to, token = c.group[c.words.index("to")], c.token
    if c.low[to - 1] == "nor" and token.dep_ == "conj" and token.head.i < to:
        return c.like(token.head.i)
    return infinitive_mood(c.scene, c.v, to, c.words, c.mood, c.above)


def _gerund(c: _Verb) -> Mood | None:
    """ "Their effort remains seizing X", "capturing X", "without ever having entered X"."""
    if c.tag[c.v] == "VBG" and (aim := _aim_that_is(c.scene, c.v)) is not None:
        return c.mood.block(f'what the "{aim}" is')
    bare = c.tag[c.v] == "VBG" and not any(w in BE for w in c.words)
    gerund = bare or _gerund_of_aux(c.scene, c.group)
    return gerund_mood(c.scene, c.v, c.group, c.mood, c.above) if gerund else None


def _of_subject(c: _Verb) -> Mood | None:
    """ "No forces hold X", "everyone who frees our land", "you take X"."""
    if _subject_negated(c.scene, c.v):
        c.mood = c.mood.flip("negated by its subject")
    if _of_anybody(c.scene, c.v):
        return c.mood.block("whoever does so")
    if c.tag[c.v] in ("VBP", "VB") and any(t.dep_ == "nsubj" and t.lower_ == "you" for t in c.token.children):
        c.mood = c.mood.block('"you" who do it are nobody')
    return None


def _under_verb(c: _Verb) -> Mood | None:
    """ "Urged them to help it take X", "a deal could see Ukraine cede X"."""
    token = c.token
    if c.words or c.tag[c.v] != "VB" or token.dep_ != "ccomp":
        return None
    helped = base_of(c.scene, token.head.i, "clauses.licence") in HELP
    seen = token.head.lemma_ in ("see", "have") and token.head.i < c.v
    return c.like(token.head.i) if helped or seen else None


def _bare(c: _Verb) -> Mood | None:
    """ "Let them take X", "could enter and take X", or a heading: "Capture X"."""
    if c.words or c.tag[c.v] != "VB" or has_subject(c.scene, c.v):
        return None
    token, head = c.token, c.token.head
    licence = base_of(c.scene, head.i, "clauses.licence") if token.dep_ in ("xcomp", "ccomp") else None
    if licence:
        may = licence in PERMIT and any(c.tag[k] == "MD" for k in verb_group(c.scene, head.i))
        return c.mood.block(f'"{c.low[head.i]}"') if may else c.like(head.i)
    if token.dep_ == "conj" and head.pos_ in ("VERB", "AUX") and head.i < c.v:
        return c.like(head.i)
    return c.mood.block("a bare infinitive or a heading")


RULES: tuple[Rule, ...] = (
    _in_sentence, _hedged, _with_verb_before, _negated, _with_modal, _infinitive, _gerund, _of_subject, _under_verb, _bare,
)  # fmt: skip


def _aim_that_is(scene: Scene, v: int) -> str | None:
    """The word for an aim that the gerund at v is: "their main effort remains seizing X", "the priority was capturing X"."""
    token = scene.doc[v]
    verb = token if any(c.dep_ == "aux" and c.lower_ in BE for c in token.children) else token.head
    if verb is not token and (verb.lemma_ not in ("be", "remain", "become") or verb.i > v):
        return None
    subject = next((c.lower_ for c in verb.children if c.dep_ == "nsubj" and c.i < v), "")
    return subject if subject in AIMS else None


def _gerund_of_aux(scene: Scene, group: list[int]) -> bool:
    """Whether a verb group is a gerund behind "from" or "without": "without ever having entered X"."""
    first = next((k for k in group if not scene.tag[k].startswith("RB")), None)
    if first is None or scene.low[first] not in ("having", "being"):
        return False
    return scene.low[before_adverbs(scene, first, 0)] in ("from", "without")


def _neither_then_nor_now(scene: Scene, first: int) -> bool:
    """Whether the auxiliary at the head of a verb group is the second of "did not and will not", "have not and shall not"."""
    if scene.tag[first] != "MD" or scene.low[first - 1] != "and" or scene.low[first - 2] not in ("not", "n't", "never"):
        return False
    return scene.low[first - 3] in AUXILIARIES


def _never_in_front(scene: Scene, v: int) -> bool:
    """Whether the verb is negated before its auxiliary: "at no point did they control X", "nowhere have they entered X"."""
    start = scene.sentence[v][0]
    where = next((k for k in range(v - 1, max(start, v - 14) - 1, -1) if scene.low[k] in ("nowhere", ",", ";")), start)
    if scene.low[where] == "nowhere" and scene.tag[where + 1] == "IN" and AUXILIARIES & set(scene.low[where:v]):
        return True  # "nowhere along the line did they gain ground"
    if _not_all_of_subject(scene, v):
        return True
    aux = next((c.i for c in scene.doc[v].children if c.dep_ in ("aux", "auxpass") and c.i < v), None)
    if aux is None or scene.low[aux] not in AUXILIARIES:
        return False
    if any(c.dep_ == "neg" and c.i < aux and scene.low[c.i + 1] == "once" for c in scene.doc[v].children):
        return True  # "not once in three years did they enter X"
    left = scene.low[max(start, aux - 3) : aux]
    if left[-1:] in (("never",), ("nowhere",), ("nor",)) or left[-2:] == ("not", "once"):
        return True
    return len(left) == 3 and left[:2] in (("at", "no"), ("in", "no"))


def _not_all_of_subject(scene: Scene, v: int) -> bool:
    """ "Not the whole village has been taken", "not the entire city is under their control"."""
    for subject in scene.doc[v].children:
        first = subject.left_edge.i
        first -= scene.low[first - 1 : first] == ("not",)
        if subject.dep_ in ("nsubj", "nsubjpass") and scene.low[first] == "not":
            return scene.low[first + 1 : first + 3] in (("the", "whole"), ("the", "entire"), ("the", "full"))
    return False


def _let_alone(scene: Scene, v: int) -> int | None:
    """The verb before "let alone" that the one at v is denied with: "have not reached X, let alone captured Y"."""
    k = scene.previous(v)
    if scene.low[k - 1 : k + 1] not in LET_ALONE:
        return None
    return next(
        (j for j in range(k - 2, scene.sentence[v][0], -1) if scene.tag[j] in ("VB", "VBN", "VBD", "VBG")), None
    )


def _of_none(scene: Scene, end: int) -> bool:
    """Whether the object behind the cue is "no towns", "neither A nor B", "none of the villages"."""
    end += scene.low[end : end + 1] in (("of",), ("over",))  # "in control of neither A nor B"
    words = scene.low[end : end + 3]
    if words[:1] == ("no",):
        return words[1:2] not in (("less",), ("fewer",), ("longer",), ("more",))
    return words[:1] in (("neither",), ("none",))


def _adverbs(scene: Scene, v: int, group: list[int], mood: Mood) -> Mood:
    """Hedging adverbs of the verb."""
    near = {*group, *(c.i for c in scene.doc[v].children if c.dep_ == "advmod"), v - 1, v + 1}
    for i in sorted(near):
        if not 0 <= i < len(scene.low):
            continue
        if scene.low[i] == "allegedly" and somebodys_claim(scene, i):
            continue  # "denied that they had allegedly taken X": of whose claim that is
        if scene.low[i] in scene.words("clauses.probable") and scene.tag[i].startswith(("RB", "JJ", "IN")):
            if i > v and (scene.low[i - 1] == "," or (i == v + 1 and scene.low[i] == "likely")):
                continue  # "withdrew, likely to regroup" hedges what follows
            mood = mood.hedge(Certainty.PROBABLE, f'"{scene.low[i]}"')
        elif scene.low[i] in scene.words("clauses.possible"):
            mood = mood.hedge(Certainty.POSSIBLE, f'"{scene.low[i]}"')
    return mood


def _of_anybody(scene: Scene, v: int) -> bool:
    """Whether a clause in the present is about people in general: "thank everyone who frees our land"."""
    token = scene.doc[v]
    if token.dep_ != "relcl" or token.tag_ not in ("VBZ", "VBP"):
        return False
    if scene.low[token.head.i + 1] == "of":
        return False  # "A and B, all of which Russia controls"
    return token.head.lower_ in ("everyone", "everybody", "anyone", "anybody", "those", "all")


def _subject_negated(scene: Scene, v: int) -> bool:
    """Whether the subject is "no forces", "neither side", "none of them"."""
    token = scene.doc[v]
    if token.dep_ in ("aux", "auxpass") and token.head.i > v:
        token = token.head  # "is left in X"
    subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return False
    left = list(subject.subtree)[:3]
    if (
        len(left) > 1
        and left[0].lower_ in ("not", "“not", '"not')
        and left[1].lower_ in ("a", "an", "one", "all", "every")
    ):
        return True
    return any(t.lower_ in ("no", "neither", "none", "nobody") for t in left)

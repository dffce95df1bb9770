"""In which mood a verb stands: stated, denied, hedged, or no statement at all (goal, plan, condition, question).

The verb group and its governors are read from the words themselves where they can be, because the parser errs most in just
those places; the parse only says which verb governs which.
"""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import Certainty
from reportedly.read.mood.denials import somebodys_claim
from reportedly.read.mood.finite import HELP, finite_mood
from reportedly.read.mood.gerunds import gerund_mood
from reportedly.read.mood.governing import DEEP, Above
from reportedly.read.mood.infinitives import PERMIT, infinitive_mood
from reportedly.read.mood.narrated import came_later
from reportedly.read.mood.sentences import has_subject, mood_of_sentence
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import (
    BE,
    DO,
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

AUX = BE | HAVE | DO


def mood_of_verb(scene: Scene, v: int, *, stative: bool = False, depth: int = 0, end: int = 0) -> Mood:
    """The mood of the verb at token v; `stative` verbs ("hold") may be merely possible under "may".

    `end` is where a longer cue ends: a negation inside it ("is no longer in control") counts.
    """
    mood = Mood()
    inside = list(scene.low[v + 1 : end])
    negated = is_negated(inside) or bool(
        {"no", "little", "outside", "nowhere", "lack", "absence", "scant"} & set(inside)
    )
    gone = inside[-1:] == ["hands"] and inside[:1] == ["out"]
    gone = gone or (inside[-1:] == ["control"] and inside[:1] in (["out"], ["beyond"]))
    negated = negated or (gone and (scene.low[v] in BE or scene.doc[v].lemma_ in ("lie", "lay")))
    negated = negated or inside[-2:] in (
        ["free", "of"],
        ["free", "from"],
        ["clear", "of"],
        ["empty", "of"],
        ["rid", "of"],
    )
    negated = negated or any(w == "few" and "a" not in inside[:k] for k, w in enumerate(inside))
    negated = negated or (end > 0 and _of_none(scene, end))
    if negated and not is_negated([scene.low[i] for i in verb_group(scene, v)]):
        mood = mood.flip("negated inside the cue")
    elif scene.words("clauses.unsuccessful") & set(inside):
        mood = replace(mood, denied=True, reasons=(*mood.reasons, "unsuccessful inside the cue"))
    low, tag = scene.low, scene.tag
    if depth > DEEP:
        return mood
    above = Above(lambda g, further: mood_of_verb(scene, g, depth=further), depth)
    group = own_group(scene, v)
    words = [low[i] for i in group]
    if depth == 0:
        mood = mood_of_sentence(scene, v, mood)
        if scene.low[before_adverbs(scene, v, scene.sentence[v][0])] in ("whoever", "whichever"):
            return mood.block("whoever does")
    mood = _adverbs(scene, v, group, mood)
    if (before := _let_alone(scene, v)) is not None:
        return join_moods(mood, above(before))
    if is_negated(words):
        mood = mood.flip(f'negated by "{next(w for w in words if w in scene.words("clauses.never"))}"')
    elif scene.low[before_adverbs(scene, v, scene.sentence[v][0])] == "nor" and tag[v] in ("VBD", "VBZ", "VBP", "VBN"):
        mood = mood.flip('negated by "nor"')
    elif _never_in_front(scene, v):
        mood = mood.flip("negated at the head of its clause")
    if group and _neither_then_nor_now(scene, group[0]):
        return mood if mood.denied else mood.flip("neither done nor to be done")
    if "would" in words and came_later(scene, v):
        words = [word for word in words if word != "would"]
    mood = modal_mood(words, mood, stative=stative)
    if "yet" in words and "to" in words and any(w in HAVE | BE for w in words):
        return mood.flip('"yet to"')
    if "to" in words:
        to = group[words.index("to")]
        if low[to - 1] == "nor" and scene.doc[v].dep_ == "conj" and scene.doc[v].head.i < to:
            return join_moods(mood, above(scene.doc[v].head.i))  # "managed neither to take A nor to enter B"
        return infinitive_mood(scene, v, to, words, mood, above)
    if tag[v] == "VBG" and (aim := _aim_that_is(scene, v)) is not None:
        return mood.block(f'what the "{aim}" is')
    if (tag[v] == "VBG" and not any(w in BE for w in words)) or _gerund_of_aux(scene, group):
        return gerund_mood(scene, v, group, mood, above)
    if _subject_negated(scene, v):
        mood = mood.flip("negated by its subject")
    if _of_anybody(scene, v):
        return mood.block("whoever does so")
    if tag[v] in ("VBP", "VB") and any(c.dep_ == "nsubj" and c.lower_ == "you" for c in scene.doc[v].children):
        mood = mood.block('"you" who do it are nobody')
    helped = scene.doc[v].head
    if (
        not words
        and tag[v] == "VB"
        and scene.doc[v].dep_ == "ccomp"
        and base_of(scene, helped.i, "clauses.licence") in HELP
    ):
        return join_moods(mood, above(helped.i))  # "urged them to help it take X"
    if (
        not words
        and tag[v] == "VB"
        and scene.doc[v].dep_ == "ccomp"
        and helped.lemma_ in ("see", "have")
        and helped.i < v
    ):
        return join_moods(mood, above(helped.i))  # "a deal could see Ukraine cede X"
    if not words and tag[v] == "VB" and not has_subject(scene, v):
        head = scene.doc[v].head
        if scene.doc[v].dep_ in ("xcomp", "ccomp") and base_of(scene, head.i, "clauses.licence"):
            if base_of(scene, head.i, "clauses.licence") in PERMIT and any(
                tag[k] == "MD" for k in verb_group(scene, head.i)
            ):
                return mood.block(f'"{low[head.i]}"')
            return join_moods(mood, above(head.i))
        if scene.doc[v].dep_ == "conj" and head.pos_ in ("VERB", "AUX") and head.i < v:
            return join_moods(mood, above(head.i))
        return mood.block("a bare infinitive or a heading")
    return finite_mood(scene, v, mood, above)


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
    return scene.low[first - 3] in HAVE | DO | BE


def _never_in_front(scene: Scene, v: int) -> bool:
    """Whether the verb is negated before its auxiliary: "at no point did they control X", "nowhere have they entered X"."""
    start = scene.sentence[v][0]
    where = next((k for k in range(v - 1, max(start, v - 14) - 1, -1) if scene.low[k] in ("nowhere", ",", ";")), start)
    if scene.low[where] == "nowhere" and scene.tag[where + 1] == "IN" and AUX & set(scene.low[where:v]):
        return True  # "nowhere along the line did they gain ground"
    aux = next((c.i for c in scene.doc[v].children if c.dep_ in ("aux", "auxpass") and c.i < v), None)
    if aux is None or scene.low[aux] not in HAVE | DO | BE:
        return False
    if any(c.dep_ == "neg" and c.i < aux and scene.low[c.i + 1] == "once" for c in scene.doc[v].children):
        return True  # "not once in three years did they enter X"
    left = scene.low[max(start, aux - 3) : aux]
    if left[-1:] in (("never",), ("nowhere",), ("nor",)) or left[-2:] == ("not", "once"):
        return True
    return len(left) == 3 and left[:2] in (("at", "no"), ("in", "no"))


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

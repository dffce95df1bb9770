"""In which mood the words at a token stand: stated, denied, hedged, or no statement at all (goal, plan, condition, question).

The verb group and its governors are read from the words themselves where they can be, because the parser errs most in just
those places; the parse only says which verb governs which.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from reportedly.knowledge.cues import Cues, inflect
from reportedly.model import Certainty
from reportedly.read.scene import Scene

__all__ = ["Mood", "denial_before", "mood_of_noun", "mood_of_verb", "verb_group"]

BE = frozenset(["be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re"])
HAVE = frozenset(["have", "has", "had", "having", "'ve", "'d"])
DO = frozenset(["do", "does", "did"])
MODAL_FUTURE = frozenset(["will", "would", "shall", "should", "can", "ca", "'ll", "wo", "ought", "must"])
MODAL_EPISTEMIC = frozenset(["may", "might", "could"])
ADVERB_STOP = frozenset(["only", "also", "still", "now", "already", "again", "even", "just", "then", "there", "here"])
DEEP = 6  # governors looked at; longer chains are parse faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """What the clause makes of a cue; `blocked` says why nothing is claimed, `denied` that it is negated or failed."""

    blocked: str | None = None
    denied: bool = False
    certainty: Certainty = Certainty.CERTAIN
    reasons: tuple[str, ...] = ()

    def block(self, reason: str) -> Mood:
        """The same, as no statement."""
        return replace(self, blocked=self.blocked or reason)

    def flip(self, reason: str) -> Mood:
        """The same, with the opposite polarity."""
        return replace(self, denied=not self.denied, reasons=(*self.reasons, reason))

    def hedge(self, certainty: Certainty, reason: str) -> Mood:
        """The same, less sure; the weaker certainty wins."""
        order = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE)
        weaker = max(self.certainty, certainty, key=order.index)
        return replace(self, certainty=weaker, reasons=(*self.reasons, reason)) if weaker != self.certainty else self


@cache
def _base_forms(cues: Cues, name: str) -> dict[str, str]:
    """Every form of the verbs in a word list -> base form."""
    forms: dict[str, str] = {}
    for base in cues.words(name):
        for form in inflect(base, _irregular()):
            forms[form] = base
    return forms


@cache
def _irregular() -> dict[str, str]:
    return {
        "begin": "began begun beginning", "say": "said", "seek": "sought", "fail": "failed", "think": "thought", "prove": "proved proven",
        "see": "saw seen", "set": "set setting", "let": "let letting", "lead": "led", "plan": "planned planning", "strive": "strove striven",
        "fight": "fought", "tell": "told", "get": "got", "choose": "chose chosen", "admit": "admitted admitting", "refer": "referred",
        "allow": "allowed", "compel": "compelled compelling", "permit": "permitted permitting", "commit": "committed committing",
        "stop": "stopped stopping", "deny": "denied", "rebut": "rebutted rebutting", "put": "put putting", "know": "knew known",
        "mean": "meant", "send": "sent", "go": "went gone", "understand": "understood", "feel": "felt", "hold": "held",
    }  # fmt: skip


def base_of(scene: Scene, i: int, name: str) -> str | None:
    """The base form of token i if it belongs to a verb list, in any of its forms."""
    return _base_forms(scene.cues, name).get(scene.low[i])


def verb_group(scene: Scene, v: int) -> list[int]:
    """Auxiliaries, "to", negations and adverbs directly before the verb at v, left to right."""
    low, tag = scene.low, scene.tag
    group: list[int] = []
    i = scene.previous(v)
    start = scene.sentence[v][0]
    if i >= start and low[i] in ('"', "“", "‘", "'", "``"):
        i = scene.previous(i)  # 'had "liberated" X'
    while i >= start:
        word = low[i]
        aux = (
            word in BE or word in HAVE or word in DO or tag[i] in ("MD", "TO") or word in MODAL_FUTURE | MODAL_EPISTEMIC
        )
        adverb = (
            tag[i].startswith("RB")
            or word in ("likely", "yet", "not", "n't", "longer", "no", "entirely", "percent", "%", "cent", "per")
            or (tag[i] == "CD" and group == [])
        )
        if tag[i] == "CD" and group and low[group[0]] in ("percent", "%", "per"):
            group.insert(0, i)
            i = scene.previous(i)
            continue
        if not (aux or adverb) or (
            tag[i] == "CD"
            and low[v] not in ("liberated", "occupied", "captured", "controlled", "percent", "%", "per", "cent")
            and not group
        ):
            break
        group.insert(0, i)
        i = scene.previous(i)
        if (
            i >= start
            and low[i] in ('"', "“", "‘")
            and scene.previous(i) >= start
            and low[scene.previous(i)] in HAVE | BE
        ):
            i = scene.previous(i)  # 'have “practically cleared” X'
    while (
        group
        and tag[group[0]].startswith("RB")
        and low[group[0]] not in ("not", "n't", "never")
        and len(group) > 1
        and low[group[0]] in ("there", "here")
    ):
        group.pop(0)
    if group and low[group[0]] == "'s" and tag[group[0]] == "POS":
        group.pop(0)
    return group


def _own_group(scene: Scene, v: int) -> list[int]:
    """The verb group of v, or of the verb it is coordinated with if it has no auxiliary of its own."""
    group = verb_group(scene, v)
    if not group and scene.tag[v] == "VB" and (shared := _shared_infinitive(scene, v)):
        return shared
    token = scene.doc[v]
    hops = 0
    while (
        not any(scene.tag[i] in ("MD", "TO") or scene.low[i] in BE | HAVE | DO for i in group)
        and token.dep_ == "conj"
        and hops < 4
    ):
        head = token.head
        if head.pos_ not in ("VERB", "AUX") or head.i > token.i:
            break
        if any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
            break
        same_form = (
            scene.tag[v] == scene.tag[head.i]
            or (scene.tag[v] in ("VBD", "VBN") and scene.tag[head.i] in ("VBD", "VBN"))
            or scene.tag[v] == "VB"
        )
        if not same_form:
            break
        head_group = verb_group(scene, head.i)
        if scene.tag[v] == "VBD" and any(scene.low[i] in DO for i in head_group):
            break  # "did not hold X and lost Y": the second verb stands alone
        group = head_group + group
        token = head
        hops += 1
    return group


def _shared_infinitive(scene: Scene, v: int) -> list[int]:
    """The "to" that a coordinated infinitive shares: "to encircle A or advance on B"."""
    k = scene.previous(v)
    start = scene.sentence[v][0]
    if k < start or scene.low[k] not in ("and", "or", ",", "possibly", "then"):
        return []
    while k > start and v - k < 22:
        if scene.tag[k] in ("VBD", "VBZ", "VBP", "MD"):
            return []
        if scene.tag[k] == "TO" and scene.tag[k + 1] in ("VB", "RB"):
            return [*verb_group(scene, k), k]
        k -= 1
    return []


def mood_of_verb(scene: Scene, v: int, *, stative: bool = False, depth: int = 0, end: int = 0) -> Mood:
    """The mood of the verb at token v; `stative` verbs ("hold") may be merely possible under "may".

    `end` is where a longer cue ends: a negation inside it ("is no longer in control") counts.
    """
    mood = Mood()
    inside = list(scene.low[v + 1 : end])
    negated = _negated(inside) or bool({"no", "little", "few"} & set(inside))
    if negated and not _negated([scene.low[i] for i in verb_group(scene, v)]):
        mood = mood.flip("negated inside the cue")
    low, tag = scene.low, scene.tag
    if depth > DEEP:
        return mood
    group = _own_group(scene, v)
    words = [low[i] for i in group]
    if depth == 0:
        mood = _sentence_mood(scene, v, mood)
    mood = _adverbs(scene, v, group, mood)
    if _negated(words):
        mood = mood.flip(f'negated by "{next(w for w in words if w in scene.words("clauses.never"))}"')
    mood = _modal(words, mood, stative=stative)
    if "yet" in words and "to" in words and any(w in HAVE for w in words):
        return mood.flip('"yet to"')
    if "to" in words:
        to = group[words.index("to")]
        return _infinitive(scene, v, to, words, mood, depth)
    if tag[v] == "VBG" and not any(w in BE for w in words):
        return _gerund(scene, v, group, mood, depth)
    if _subject_negated(scene, v):
        mood = mood.flip("negated by its subject")
    if not words and tag[v] == "VB" and not _has_subject(scene, v):
        head = scene.doc[v].head
        if scene.doc[v].dep_ in ("xcomp", "ccomp") and base_of(scene, head.i, "clauses.licence"):
            return _join(mood, mood_of_verb(scene, head.i, depth=depth + 1))
        if scene.doc[v].dep_ == "conj" and head.pos_ in ("VERB", "AUX") and head.i < v:
            return _join(mood, mood_of_verb(scene, head.i, depth=depth + 1))
        return mood.block("a bare infinitive or a heading")
    return _finite(scene, v, mood, depth)


def _join(mood: Mood, outer: Mood) -> Mood:
    """The mood of a verb under a governor with its own mood."""
    joined = replace(mood, blocked=mood.blocked or outer.blocked, reasons=mood.reasons + outer.reasons)
    if outer.denied:
        joined = replace(joined, denied=not joined.denied)
    return joined.hedge(outer.certainty, "hedged by what governs it")


def _negated(words: list[str]) -> bool:
    """Whether a verb group is negated, "not only" aside."""
    for k, word in enumerate(words):
        if word in ("not", "n't", "never", "nor", "hardly", "barely"):
            return words[k + 1 : k + 2] not in (["only"], ["just"], ["merely"])
        if word == "no" and words[k + 1 : k + 2] == ["longer"]:
            return True
    return False


def _modal(words: list[str], mood: Mood, *, stative: bool) -> Mood:
    """What a modal verb makes of it."""
    modal = next((w for w in words if w in MODAL_FUTURE or w in MODAL_EPISTEMIC), None)
    if modal is None:
        return mood
    have = any(w in HAVE for w in words[words.index(modal) :])
    negative = _negated(words)
    if have and modal in MODAL_EPISTEMIC:
        return mood.hedge(Certainty.POSSIBLE, f'"{modal} have"')
    if have and modal == "must":
        return mood.hedge(Certainty.PROBABLE, '"must have"')
    if modal in ("could", "can", "ca") and negative and not stative:
        return replace(mood, denied=True)
    if modal in ("may", "might") and stative:
        return mood.hedge(Certainty.POSSIBLE, f'"{modal}"')
    return mood.block(f'"{modal}" speaks of what is not yet')


def _adverbs(scene: Scene, v: int, group: list[int], mood: Mood) -> Mood:
    """Hedging adverbs of the verb."""
    near = {*group, *(c.i for c in scene.doc[v].children if c.dep_ == "advmod"), v - 1, v + 1}
    for i in sorted(near):
        if not 0 <= i < len(scene.low):
            continue
        if scene.low[i] in scene.words("clauses.probable") and scene.tag[i].startswith(("RB", "JJ", "IN")):
            if i == v + 1 and scene.low[i] == "likely":
                continue  # "withdrew, likely to regroup" hedges what follows
            mood = mood.hedge(Certainty.PROBABLE, f'"{scene.low[i]}"')
        elif scene.low[i] in scene.words("clauses.possible"):
            mood = mood.hedge(Certainty.POSSIBLE, f'"{scene.low[i]}"')
    return mood


def _sentence_mood(scene: Scene, v: int, mood: Mood) -> Mood:
    """Questions, headings with an objective, and hedges at the head of the sentence."""
    start, end = scene.sentence[v]
    last = end - 1
    while last > start and (scene.doc[last].is_space or scene.low[last] in ('"', "”", "'", ")")):
        last -= 1
    if "?" in (scene.low[last], scene.low[max(start, last - 1)]):
        mood = mood.block("a question")
    if any(
        scene.doc[k].text[:1].isupper()
        and scene.low[k - 1] in ("—", "–", ":", "-")
        and scene.low[k] in scene.cues.verbs
        and scene.tag[k] in ("VB", "VBP", "NN", "NNP")
        for k in range(start + 1, v)
    ):
        mood = mood.block("a heading")
    if v > start and scene.doc[v].text[:1].isupper() and scene.low[v - 1].endswith("-"):
        mood = mood.block("a heading")
    if (
        scene.low[start] in ("had", "should", "were")
        and scene.tag[start + 1] in ("DT", "NNP", "NNPS", "PRP", "JJ")
        and "," not in scene.low[start:v]
    ):
        mood = mood.block("an inverted condition")
    if any(
        scene.low[k] in ("objective", "objectives") and k + 1 < len(scene.low) and scene.low[k + 1] == ":"
        for k in range(start, v)
    ):
        mood = mood.block("a heading that names an objective")
    if (
        v > start
        and scene.doc[v].text[:1].isupper()
        and scene.low[v - 1] in ("—", "–", ":", "-")
        and scene.tag[v] in ("VB", "VBP", "NN", "NNP")
    ):
        mood = mood.block("a heading")
    if (
        scene.tag[v] in ("VB", "VBP", "NN", "NNP")
        and v > start
        and scene.low[v - 1] in ("—", "–", ":", "-", "and")
        and not _has_subject(scene, v)
        and any(scene.low[k] in ("effort", "axis", "objective") for k in range(start, v))
    ):
        mood = mood.block("a heading")
    for opening in ("appears", "seems"):
        if scene.low[start : start + 2] == ("it", opening):
            mood = mood.hedge(Certainty.PROBABLE, f'"it {opening}"')
    return mood


def _has_subject(scene: Scene, v: int) -> bool:
    """Whether the verb, or the one it is coordinated with, has a subject."""
    token = scene.doc[v]
    for _ in range(4):
        if any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for c in token.children):
            return True
        if token.dep_ != "conj":
            break
        token = token.head
    i = scene.previous(v)
    return i >= scene.sentence[v][0] and (scene.tag[i].startswith("NN") or scene.tag[i] in ("PRP", "WDT", "WP"))


def _subject_negated(scene: Scene, v: int) -> bool:
    """Whether the subject is "no forces", "neither side", "none of them"."""
    token = scene.doc[v]
    subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return False
    left = list(subject.subtree)[:3]
    if len(left) > 1 and left[0].lower_ in ("not", "“not", '"not') and left[1].lower_ in ("a", "one"):
        return True
    return any(t.lower_ in ("no", "neither", "none", "nobody") for t in left)


def _infinitive(scene: Scene, v: int, to: int, words: list[str], mood: Mood, depth: int) -> Mood:
    """The mood of "to capture", by what governs it."""
    low, tag = scene.low, scene.tag
    after = words[words.index("to") + 1 :]
    perfect = any(w in HAVE for w in after)
    progressive = any(w in BE for w in after)
    g = scene.previous(to)
    start = scene.sentence[v][0]
    while g >= start and (tag[g].startswith("RB") or low[g] in ("not", ",") or (tag[g] == "PRP")):
        g = scene.previous(g)
    head = scene.doc[v].head
    if scene.doc[v].dep_ in ("xcomp", "ccomp", "advcl", "acl") and head.i < to:
        near_noun = (
            g >= start
            and tag[g].startswith("NN")
            and not any(s.end == g + 1 for s in scene.sides)
            and low[g] not in scene.words("clauses.agents")
        )
        if not near_noun:
            g = head.i
    if g < start:
        return mood.block("an infinitive at the head of the sentence")
    failed = _unsuccessful(scene, g, v)
    if failed:
        return replace(mood, blocked=None, denied=True, reasons=(*mood.reasons, failed))
    if base_of(scene, g, "clauses.fail") or low[g] in scene.words("clauses.fail"):
        outer = mood_of_verb(scene, g, depth=depth + 1) if tag[g].startswith("VB") else Mood()
        return _join(
            mood, replace(outer, blocked=None if outer.blocked and "to have" not in outer.blocked else outer.blocked)
        ).flip(f'"{low[g]} to"')
    if low[g] == "able":
        outer = mood_of_verb(scene, g, depth=depth + 1)
        negative = any(low[k] in ("not", "n't", "never") for k in range(max(start, g - 4), g))
        if negative:
            return replace(mood, denied=not mood.denied, reasons=(*mood.reasons, '"not able to"'))
        past = any(low[k] in ("was", "were", "been") for k in range(max(start, g - 3), g))
        return _join(mood, outer) if past and not outer.blocked else mood.block('"able to"')
    apparent = base_of(scene, g, "clauses.apparent")
    licence = base_of(scene, g, "clauses.licence")
    if perfect or progressive or licence or apparent:
        if base_of(scene, g, "clauses.block") and not (perfect or licence):
            return mood.block(f'"{low[g]} to" is a goal')
        if low[g] in MODAL_FUTURE:
            return mood.block(f'"{low[g]} to"')
        joined = (
            _join(mood, mood_of_verb(scene, g, depth=depth + 1)) if tag[g].startswith(("VB", "MD")) or licence else mood
        )
        if licence is None and not perfect and not apparent:
            return mood.block(f'"{low[g]} to" is a goal')
        return (
            joined.hedge(Certainty.PROBABLE, f'"{low[g]} to"')
            if apparent in ("appear", "seem") or low[g] in ("likely", "believed", "thought", "presumed")
            else joined
        )
    return mood.block(f'"{low[g]} to" is a goal or a purpose')


def _unsuccessful(scene: Scene, g: int, v: int) -> str | None:
    """Words that say an attempt failed: beside the attempt at g, or as the verb that the attempt is the subject of."""
    low = scene.low
    lists = scene.words("clauses.unsuccessful")
    attempt = low[g] in scene.words("clauses.block_nouns") or base_of(scene, g, "clauses.block") in (
        "try",
        "attempt",
        "seek",
        "struggle",
        "strive",
        "endeavor",
    )
    if not attempt:
        return None
    for k in range(max(scene.sentence[v][0], g - 4), min(g + 2, len(low))):
        if low[k] in lists:
            return f'"{low[k]} {low[g]}"'
    token = scene.doc[g]
    if token.dep_ in ("dobj", "nsubjpass") and base_of(scene, token.head.i, "clauses.thwart"):
        outer = mood_of_verb(scene, token.head.i)
        return None if outer.blocked else f'"{token.head.lower_} ... {low[g]}"'
    if token.dep_ in ("nsubj", "nsubjpass") and token.head.lower_ in (
        "failed",
        "fail",
        "faltered",
        "collapsed",
        "stalled",
        "foiled",
        "repelled",
    ):
        return f'"{low[g]} ... {token.head.lower_}"'
    return None


def _gerund(scene: Scene, v: int, group: list[int], mood: Mood, depth: int) -> Mood:
    """The mood of "capturing" without an auxiliary, by the word before it or by its governor."""
    low, tag = scene.low, scene.tag
    p = scene.previous(group[0] if group else v)
    start = scene.sentence[v][0]
    for j in range(v + 1, min(v + 12, scene.sentence[v][1] - 1)):
        if low[j] in ("is", "are", "remains", "was") and scene.words("clauses.unreal") & set(low[j + 1 : j + 4]):
            return mood.block("spoken of as something to come")
        if low[j] in (",", "that", "which"):
            break
    while p >= start and (tag[p].startswith("RB") or tag[p] in ("PRP$", "POS") or low[p] in ("the", "not")):
        p = scene.previous(p)
    if p < start:
        return mood
    if (aims := _listed_aim(scene, v)) is not None:
        return mood.block(f'one of the "{aims}"')
    word = low[p]
    if word == "without":
        return mood.flip('"without"')
    if tag[p] in ("IN", "TO") and word not in (
        "while",
        "after",
        "since",
        "although",
        "as",
        "by",
        "before",
        "despite",
        "upon",
        "that",
    ):
        g = scene.previous(p)
        while g >= start and tag[g].startswith("RB"):
            g = scene.previous(g)
        if g < start:
            return mood
        if word == "from":
            for x in range(g, max(start, g - 6) - 1, -1):
                if base_of(scene, x, "clauses.block_verbs") or low[x] in (
                    "kept",
                    "deterred",
                    "barred",
                    "discouraged",
                    "refrained",
                    "away",
                ):
                    outer = mood_of_verb(scene, x, depth=depth + 1)
                    subject = next((c.i for c in scene.doc[x].children if c.dep_ == "nsubj"), None)
                    armed = subject is not None and any(s.start <= subject < s.end for s in scene.sides)
                    if base_of(scene, x, "clauses.thwart") and not outer.blocked and armed:
                        return replace(mood, denied=True, reasons=(*mood.reasons, f'"{low[x]} ... from"'))
                    return mood.block(f'"{low[x]} ... from"')
        if word in ("than", "instead") or low[g] in ("instead", "rather", "far", "short"):
            return mood.block(f'"{low[g]} {word}"')
        failed = _unsuccessful(scene, g, v)
        if failed:
            return replace(mood, denied=True, reasons=(*mood.reasons, failed))
        if (
            low[g] in scene.words("clauses.block_nouns")
            or base_of(scene, g, "clauses.block")
            or base_of(scene, g, "clauses.block_verbs")
            or low[g] in ("capable", "aimed", "intent", "close", "tasked", "bent", "keen")
        ):
            if low[g] in ("way", "attack", "attacks"):
                return mood
            return mood.block(f'"{low[g]} {word}" is a goal')
        if base_of(scene, g, "clauses.fail"):
            return mood.flip(f'"{low[g]} {word}"')
        if word in ("toward", "towards"):
            return mood.block(f'"{word}" is not there yet')
        if tag[g].startswith("VB"):
            return _join(mood, mood_of_verb(scene, g, depth=depth + 1))
        if tag[g].startswith("NN") and (ruler := _verb_over(scene, g)) is not None:
            outer = mood_of_verb(scene, ruler, depth=depth + 1)  # "will make progress in seizing X"
            if outer.denied:
                return mood.block("what governs it is negated")
            return _join(mood, outer)
        return mood
    if word in ("by", "after", "before", "while", "since", "when") or word == ",":
        head = scene.doc[v].head
        for _ in range(3):
            if head.pos_ in ("VERB", "AUX") or head.head.i == head.i:
                break
            head = head.head
        if head.i != v and head.pos_ in ("VERB", "AUX") and head.i < v:
            outer = mood_of_verb(scene, head.i, depth=depth + 1)
            return replace(mood, blocked=mood.blocked or outer.blocked)
        return mood
    if (tag[p].startswith(("NNP", "PRP")) or any(s.end == p + 1 for s in scene.sides)) and (
        ruler := _verb_over(scene, p)
    ) is not None:
        outer = mood_of_verb(scene, ruler, depth=depth + 1)
        if outer.blocked:
            return mood.block(outer.blocked)  # "terms that would include Ukraine ceding X"
    if base_of(scene, p, "clauses.block") or base_of(scene, p, "clauses.block_verbs"):
        return mood.block(f'"{word}" governs it')
    if base_of(scene, p, "clauses.deny"):
        return mood
    if tag[p].startswith("VB"):
        return _join(mood, mood_of_verb(scene, p, depth=depth + 1))
    head = scene.doc[v].head
    if (
        scene.doc[v].dep_ in ("xcomp", "advcl", "acl", "conj", "pcomp", "ccomp", "dobj")
        and head.pos_ in ("VERB", "AUX")
        and head.i < v
    ):
        outer = mood_of_verb(scene, head.i, depth=depth + 1)
        return replace(mood, blocked=mood.blocked or outer.blocked)
    return mood


def _verb_over(scene: Scene, n: int) -> int | None:
    """The verb whose object or complement the noun at n is."""
    token = scene.doc[n]
    for _ in range(3):
        head = token.head
        if head.i == token.i or head.i > n:
            return None
        if head.pos_ in ("VERB", "AUX"):
            return int(head.i)
        token = head
    return None


def _listed_aim(scene: Scene, v: int) -> str | None:
    """The word for aims of which the gerund at v is one: "its objectives, including destroying A, capturing B"."""
    start = scene.sentence[v][0]
    for k in range(v - 1, start, -1):
        opens = scene.low[k] in scene.words("places.including") or (scene.low[k] == "as" and scene.low[k - 1] == "such")
        if opens or scene.low[k] == ":":
            nouns = [x for x in range(max(start, k - 8), k) if scene.low[x] in scene.words("clauses.block_nouns")]
            return scene.low[nouns[-1]] if nouns else None
        if scene.tag[k] in ("VBD", "VBZ", "VBP", "MD"):
            return None
    return None


def _present(scene: Scene, token: Any, v: int) -> bool:
    """Whether the clause of the verb at v stands in a present tense."""
    if scene.tag[v] in ("VBZ", "VBP", "VB"):
        return True
    return any(
        c.dep_ in ("aux", "auxpass") and scene.tag[c.i] in ("VBZ", "VBP") and scene.low[c.i] in HAVE | BE
        for c in token.children
    )


def _finite(scene: Scene, v: int, mood: Mood, depth: int) -> Mood:
    """Conditions and governors of a finite clause."""
    low, tag = scene.low, scene.tag
    token = scene.doc[v]
    start = scene.sentence[v][0]
    for _ in range(3):
        for child in token.children:
            if (
                child.dep_ in ("mark", "advmod")
                and child.i < v
                and child.lower_ in ("if", "unless", "whether", "until", "till", "lest")
            ):
                return mood.block(f'"{child.lower_}"')
            if (
                child.dep_ in ("mark", "advmod")
                and child.i < v
                and child.lower_ in ("once", "when", "before", "until")
                and _present(scene, token, v)
            ):
                return mood.block(f'"{child.lower_}" with what is still to come')
        if any(
            c.dep_ in ("mark", "advmod", "prep") and c.i < v and c.lower_ in ("after", "once", "when", "as")
            for c in token.children
        ) and tag[v] in ("VBZ", "VBP"):
            root = token.head
            if (token.dep_ == "advcl" and any(scene.tag[i] == "MD" for i in _own_group(scene, root.i))) or any(
                low[k] in ("unclear", "soon", "planning", "plan", "plans") for k in range(start, v)
            ):
                return mood.block("a clause of what is still to come")
        if token.dep_ != "conj":
            break
        token = token.head
    for k in range(max(start, v - 9), v):
        if (
            low[k] in ("if", "unless", "whether")
            and "," not in low[k:v]
            and not any(tag[j] in ("VBD", "VBZ", "VBP") and low[j] not in BE | HAVE | DO for j in range(k + 1, v))
        ):
            return mood.block(f'"{low[k]}"')
    head = token.head
    if token.dep_ in ("ccomp", "acl", "xcomp") and head.i != token.i:
        g = head.i
        if low[g] in ("unclear", "uncertain", "unlikely", "unconfirmed", "unknown", "doubtful"):
            return mood.block(f'"{low[g]}"')
        if (judged := _judged_false(scene, g)) is not None:
            return replace(mood.flip(judged), certainty=Certainty.CERTAIN)
        if low[g] in ("say", "tell", "know", "assess", "judge") and "too" in low[max(start, g - 4) : g]:
            return mood.block(f'"too ... to {low[g]}"')
        if low[g] == "possible":
            return mood.hedge(Certainty.POSSIBLE, '"possible that"')
        if low[g] in ("likely", "probable"):
            return mood.hedge(Certainty.PROBABLE, '"likely that"')
        if base_of(scene, g, "clauses.unconfirmed") and _negated([low[i] for i in _own_group(scene, g)]):
            return mood.block(f'"{low[g]}" is negated')
        wished = base_of(scene, g, "clauses.block_verbs") and base_of(scene, g, "clauses.block_verbs") not in (
            "suggest",
            "warn",
        )
        goal = low[g] in scene.words("clauses.block_nouns") or low[g] in ("fears", "hopes", "speculation", "belief")
        if goal or (wished and tag[v] not in ("VBD", "VBN")):
            return mood.block(f'under "{low[g]}"')
        if low[g] in ("evidence", "confirmation", "indication", "indications", "proof", "sign", "signs"):
            before = [low[k] for k in range(max(0, g - 4), g)]
            if any(w in ("no", "any", "without", "not", "lack") for w in before):
                return mood.block(f"no {low[g]}")
        if scene.doc[g].pos_ in ("VERB", "AUX") and depth < DEEP and tag[g] in ("VB",) and _own_group(scene, g):
            words = [low[i] for i in _own_group(scene, g)]
            if any(w in MODAL_FUTURE for w in words) and not base_of(scene, g, "clauses.licence"):
                return mood.block(f'under "{words[0]} {low[g]}"')
    return mood


def _judged_false(scene: Scene, g: int) -> str | None:
    """Whether what hangs on token g is called false: "false that", "it is not true that", "there is no truth in"."""
    low = scene.low
    words = [g, *(c.i for c in scene.doc[g].children if c.dep_ in ("acomp", "attr", "oprd"))]
    for k in words:
        if low[k] in scene.words("clauses.reversal"):
            return f'"{low[k]} that"'
        if low[k] in scene.words("clauses.true") and (
            _negated([low[i] for i in range(max(scene.sentence[k][0], k - 4), k)]) or "no" in low[max(0, k - 2) : k]
        ):
            return f'"not {low[k]}"'
    return None


def _called_false(scene: Scene, n: int) -> str | None:
    """Whether the verb that governs the noun at n calls it false: "called the capture of X a lie", "dismissed ... as fake"."""
    token = scene.doc[n]
    for _ in range(3):
        head = token.head
        if head.i == token.i:
            return None
        if head.pos_ in ("VERB", "AUX"):
            if base_of(scene, head.i, "clauses.judge") is None:
                return None
            end = scene.sentence[n][1]
            hit = next((k for k in range(n, end) if scene.low[k] in scene.words("clauses.reversal")), None)
            return f'"{scene.low[head.i]} ... {scene.low[hit]}"' if hit is not None else None
        token = head
    return None


def mood_of_noun(scene: Scene, n: int) -> Mood:
    """The mood of an event noun ("the capture of X"): by its adjectives, its governor, and that one's mood."""
    low, tag = scene.low, scene.tag
    mood = Mood()
    start = scene.sentence[n][0]
    mood = _sentence_mood(scene, n, mood)
    if "whether" in scene.low[max(start, n - 14) : n]:
        return mood.block('"whether"')
    if (judged := _called_false(scene, n)) is not None:
        return mood.flip(judged)
    k = scene.previous(n)
    while k >= start and (
        tag[k] in ("JJ", "JJR", "JJS", "VBN", "VBG", "CD", "NN", "NNP", "NNPS", "NNS", "PRP$", "POS", "RB", "HYPH")
        or low[k] in ("'s", "-")
    ):
        word = low[k]
        if word in (
            "reported",
            "alleged",
            "likely",
            "apparent",
            "purported",
            "probable",
            "suspected",
            "reportedly",
            "presumed",
            "supposed",
        ):
            mood = mood.hedge(Certainty.PROBABLE, f'"{word}"')
        elif word in ("possible",):
            mood = mood.hedge(Certainty.POSSIBLE, f'"{word}"')
        elif word in (
            "planned",
            "future",
            "potential",
            "attempted",
            "imminent",
            "prospective",
            "hypothetical",
            "eventual",
            "intended",
            "proposed",
            "threatened",
            "expected",
            "further",
            "upcoming",
            "impending",
            "ultimate",
        ) or word in ("unconfirmed", "failed", "unsuccessful"):
            mood = mood.block(f'"{word}"')
        k = scene.previous(k)
    for j in range(n + 1, min(n + 14, scene.sentence[n][1] - 1)):
        if (
            tag[j] in ("VBZ", "VBP")
            and low[j] in ("is", "are", "remains")
            and scene.doc[n].dep_ in ("nsubj", "nsubjpass")
            and scene.words("clauses.unreal") & set(low[j + 1 : j + 6])
        ):
            mood = mood.block("spoken of as something to come")
        if low[j] in ("priority", "condition", "must", "prerequisite") and not any(
            tag[x].startswith("V") for x in range(n + 1, j)
        ):
            mood = mood.block(f'"{low[j]}"')  # a headline without a verb
    if k >= start and tag[k] in ("DT",) and low[k] == "no":
        return mood.flip('"no"')
    if k >= start and low[k] in ("any", "another"):
        mood = mood.block(f'"{low[k]}"')
    while k >= start and tag[k] in ("DT", "PRP$", "PDT"):
        k = scene.previous(k)
    if k < start:
        return _noun_governor(scene, n, mood)
    if tag[k] in ("IN", "TO"):
        if low[k] in ("without",):
            return mood.flip('"without"')
        if low[k] in (
            "of",
            "for",
            "at",
            "on",
            "to",
            "in",
            "from",
            "toward",
            "towards",
            "with",
            "against",
            "about",
            "by",
            "before",
            "until",
        ):
            g = scene.previous(k)
            while g >= start and tag[g].startswith("RB"):
                g = scene.previous(g)
            if g >= start and (
                low[g] in scene.words("clauses.block_nouns")
                or base_of(scene, g, "clauses.block")
                or low[g] in ("capable",)
            ):
                return mood.block(f'"{low[g]} {low[k]}" is a goal')
            if low[k] == "for" and low[g] not in ("responsible", "blamed", "medal", "praised", "credit", "thanked"):
                return mood.block('"for" is a purpose')
            if low[k] in ("before", "until"):
                return mood
    return _noun_governor(scene, n, mood)


def _noun_governor(scene: Scene, n: int, mood: Mood) -> Mood:
    """What the verb that governs an event noun makes of it."""
    low = scene.low
    token, nested = scene.doc[n], False
    for _ in range(4):
        head = token.head
        if head.i == token.i:
            return mood
        nested = nested or (token.dep_ == "pobj" and head.head.pos_ == "NOUN")
        if head.pos_ in ("VERB", "AUX"):
            g = head.i
            if token.dep_ in ("dobj", "obj", "nsubjpass", "pobj", "attr", "oprd", "conj", "nmod"):
                base = base_of(scene, g, "clauses.block") or base_of(scene, g, "clauses.block_verbs")
                if base and token.dep_ != "pobj" and not nested and base not in ("launch", "conduct", "resume"):
                    return mood.block(f'object of "{low[g]}"')
                if base_of(scene, g, "clauses.unconfirmed") and _negated([low[i] for i in _own_group(scene, g)]):
                    return mood.block(f'"{low[g]}" is negated')
                outer = mood_of_verb(scene, g)
                if base_of(scene, g, "clauses.deny"):
                    return mood
                if outer.blocked and token.dep_ != "pobj" and not nested:
                    return mood.block(outer.blocked)
                if outer.denied and token.dep_ in ("dobj", "nsubjpass", "attr"):
                    return mood.flip("its verb is negated")
            elif token.dep_ in ("nsubj",):
                outer = mood_of_verb(scene, g)
                if outer.blocked and "speaks of what is not yet" in outer.blocked:
                    return mood.block(outer.blocked)
                if low[g] in ("fails", "failed", "faltered", "stalled"):
                    return mood.flip(f"it {low[g]}")
            return mood
        if (
            head.pos_ in ("NOUN",)
            and low[head.i] in scene.words("clauses.block_nouns")
            and token.dep_ in ("pobj", "prep", "compound", "nmod", "conj")
        ):
            return mood.block(f'"{low[head.i]}" is a goal')
        token = head
    return mood


def denial_before(scene: Scene, i: int) -> int | None:
    """The verb of denial whose scope covers token i in its sentence, or None."""
    start, _ = scene.sentence[i]
    found: int | None = None
    for k in range(start, i):
        low = scene.low[k]
        if base_of(scene, k, "clauses.deny") and not (
            k + 1 < len(scene.low) and scene.low[k + 1] in ("access", "entry", "responsibility", "involvement")
        ):
            if not any(w in ("not", "n't", "never", "neither") for w in scene.low[max(start, k - 3) : k]):
                found = k
        elif found is not None and (
            low in (";", "but", "although", "though", "while", "however", "whereas")
            or (low == "and" and k + 1 < i and _saying(scene, k + 1))
        ):
            found = None
    return found


def _saying(scene: Scene, k: int) -> bool:
    """Whether a new report opens at token k ("and said", "and claimed", "said")."""
    return scene.tag[k] in ("VBD", "VBZ", "VBP") or (
        k + 1 < len(scene.low) and scene.tag[k] in ("PRP",) and scene.tag[k + 1] in ("VBD", "VBZ", "VBP")
    )


def is_verbal(token: Any) -> bool:
    """Whether a token is a verb or auxiliary by its tag."""
    return bool(token.tag_.startswith("VB") or token.tag_ == "MD")

"""In which mood a verb stands: stated, denied, hedged, or no statement at all (goal, plan, condition, question).

The verb group and its governors are read from the words themselves where they can be, because the parser errs most in just
those places; the parse only says which verb governs which.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reportedly.model import Certainty, Relation
from reportedly.read.attempts import failed_attempt
from reportedly.read.falsehood import (
    false_before,
    judged_false,
    lied_about,
    no_evidence_before,
    owned_claim,
    subject_called_false,
    unconfirmed,
    without_evidence,
)
from reportedly.read.mood import (
    BE,
    DO,
    HAVE,
    MODAL_EPISTEMIC,
    MODAL_FUTURE,
    Mood,
    base_of,
    before_adverbs,
    is_negated,
    join_moods,
    modal_mood,
    own_group,
    verb_group,
)
from reportedly.read.narrated import told_in_present
from reportedly.read.scene import Scene
from reportedly.read.sentence_mood import has_subject, mood_of_sentence

__all__ = ["is_verbal", "mood_of_verb"]

MOTION = frozenset({"go", "move"})
HELP = ("help", "let", "enable", "allow")
UNSURE = frozenset({"unclear", "uncertain", "unlikely", "unconfirmed", "unknown", "doubtful"})
CONDITIONS = ('"if"', '"unless"', '"whether"', '"lest"', "a question", "an inverted condition")
PERMIT = ("allow", "let", "permit")
DEEP = 6  # governors looked at; longer chains are parse faults


def mood_of_verb(scene: Scene, v: int, *, stative: bool = False, depth: int = 0, end: int = 0) -> Mood:
    """The mood of the verb at token v; `stative` verbs ("hold") may be merely possible under "may".

    `end` is where a longer cue ends: a negation inside it ("is no longer in control") counts.
    """
    mood = Mood()
    inside = list(scene.low[v + 1 : end])
    negated = is_negated(inside) or bool({"no", "little", "outside"} & set(inside))
    negated = negated or inside[-2:] in (["free", "of"], ["free", "from"])
    negated = negated or any(w == "few" and "a" not in inside[:k] for k, w in enumerate(inside))
    negated = negated or (end > 0 and _of_none(scene, end))
    if negated and not is_negated([scene.low[i] for i in verb_group(scene, v)]):
        mood = mood.flip("negated inside the cue")
    elif scene.words("clauses.unsuccessful") & set(inside):
        mood = replace(mood, denied=True, reasons=(*mood.reasons, "unsuccessful inside the cue"))
    low, tag = scene.low, scene.tag
    if depth > DEEP:
        return mood
    group = own_group(scene, v)
    words = [low[i] for i in group]
    if depth == 0:
        mood = mood_of_sentence(scene, v, mood)
        if scene.low[before_adverbs(scene, v, scene.sentence[v][0])] in ("whoever", "whichever"):
            return mood.block("whoever does")
    mood = _adverbs(scene, v, group, mood)
    if is_negated(words):
        mood = mood.flip(f'negated by "{next(w for w in words if w in scene.words("clauses.never"))}"')
    elif _never_in_front(scene, v):
        mood = mood.flip("negated at the head of its clause")
    mood = modal_mood(words, mood, stative=stative)
    if "yet" in words and "to" in words and any(w in HAVE | BE for w in words):
        return mood.flip('"yet to"')
    if "to" in words:
        to = group[words.index("to")]
        return _infinitive(scene, v, to, words, mood, depth)
    if (tag[v] == "VBG" and not any(w in BE for w in words)) or (
        words[:1] == ["having"] and low[scene.previous(group[0])] == "from"
    ):
        return _gerund(scene, v, group, mood, depth)
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
        return join_moods(mood, mood_of_verb(scene, helped.i, depth=depth + 1))  # "urged them to help it take X"
    if not words and tag[v] == "VB" and not has_subject(scene, v):
        head = scene.doc[v].head
        if scene.doc[v].dep_ in ("xcomp", "ccomp") and base_of(scene, head.i, "clauses.licence"):
            if base_of(scene, head.i, "clauses.licence") in PERMIT and any(
                tag[k] == "MD" for k in verb_group(scene, head.i)
            ):
                return mood.block(f'"{low[head.i]}"')
            return join_moods(mood, mood_of_verb(scene, head.i, depth=depth + 1))
        if scene.doc[v].dep_ == "conj" and head.pos_ in ("VERB", "AUX") and head.i < v:
            return join_moods(mood, mood_of_verb(scene, head.i, depth=depth + 1))
        return mood.block("a bare infinitive or a heading")
    return _finite(scene, v, mood, depth)


def _never_in_front(scene: Scene, v: int) -> bool:
    """Whether the verb is negated before its auxiliary: "at no point did they control X", "nowhere have they entered X"."""
    aux = next((c.i for c in scene.doc[v].children if c.dep_ in ("aux", "auxpass") and c.i < v), None)
    if aux is None or scene.low[aux] not in HAVE | DO | BE:
        return False
    start = scene.sentence[v][0]
    left = scene.low[max(start, aux - 3) : aux]
    if left[-1:] in (("never",), ("nowhere",), ("nor",)) or left[-2:] == ("not", "once"):
        return True
    return len(left) == 3 and left[:2] in (("at", "no"), ("in", "no"))


def _of_none(scene: Scene, end: int) -> bool:
    """Whether the object behind the cue is "no towns", "neither A nor B", "none of the villages"."""
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
    if len(left) > 1 and left[0].lower_ in ("not", "“not", '"not') and left[1].lower_ in ("a", "one"):
        return True
    return any(t.lower_ in ("no", "neither", "none", "nobody") for t in left)


def _by_treaty(scene: Scene, v: int) -> int | None:
    """The verb of "signed treaties to annex X": who signs it has declared X its own."""
    if not any(c.frame.relation is Relation.ANNEXES for c, _ in scene.cues.verbs.get(scene.low[v], ())):
        return None
    token = scene.doc[v]
    for _ in range(3):
        token = token.head
        if token.lemma_ == "sign":
            return int(token.i) if token.i < v else None
    return None


def _infinitive(scene: Scene, v: int, to: int, words: list[str], mood: Mood, depth: int) -> Mood:
    """The mood of "to capture", by what governs it."""
    if (signed := _by_treaty(scene, v)) is not None and depth < DEEP:
        return join_moods(mood, mood_of_verb(scene, signed, depth=depth + 1))
    low, tag = scene.low, scene.tag
    after = words[words.index("to") + 1 :]
    perfect = any(w in HAVE for w in after)
    progressive = any(w in BE for w in after)
    g = scene.previous(to)
    start = scene.sentence[v][0]
    while g >= start and (tag[g].startswith("RB") or low[g] in ("not", ",", "”", '"', "’") or (tag[g] == "PRP")):
        g = scene.previous(g)
    head = scene.doc[v].head
    if scene.doc[v].dep_ in ("xcomp", "ccomp", "advcl", "acl") and head.i < to:
        near_noun = (
            g >= start
            and tag[g].startswith("NN")
            and not any(s.end == g + 1 for s in scene.sides)
            and low[g] not in scene.words("clauses.agents")
            and low[g] not in scene.words("places.times")
            and low[g - 1 : g + 1] not in (("in", "vain"), ("without", "success"))
        )
        if not near_noun:
            g = head.i
        elif scene.low[g] in scene.words("clauses.attacks") and "successful" in low[max(start, g - 3) : g]:
            return join_moods(mood, mood_of_verb(scene, head.i, depth=depth + 1)) if tag[head.i][:2] == "VB" else mood
    if g < start:
        return mood.block("an infinitive at the head of the sentence")
    if low[g] == "but" and "choice" in low[max(start, g - 3) : g] and "had" in low[max(start, g - 6) : g]:
        return mood  # "had no choice but to leave X"
    failed = failed_attempt(scene, g, v)
    if failed:
        return replace(mood, blocked=None, denied=True, reasons=(*mood.reasons, failed))
    if low[g] in scene.words("clauses.claim_nouns") and (lacking := without_evidence(scene, g)) is not None:
        return mood.block(lacking)
    if base_of(scene, g, "clauses.fail") or low[g] in scene.words("clauses.fail"):
        bearer = scene.doc[g].head.i if tag[g] == "JJ" and scene.doc[g].dep_ == "acomp" else g  # "are unable to"
        outer = mood_of_verb(scene, bearer, depth=depth + 1) if tag[bearer].startswith("VB") else Mood()
        if MODAL_FUTURE & {low[k] for k in own_group(scene, g)}:
            return mood.block(outer.blocked or f'"will {low[g]} to" is still to come')
        kept = outer.blocked is not None and ("to have" in outer.blocked or outer.blocked.startswith(CONDITIONS))
        return join_moods(mood, replace(outer, blocked=outer.blocked if kept else None)).flip(f'"{low[g]} to"')
    if low[g] == "able":
        outer = mood_of_verb(scene, g, depth=depth + 1)
        negative = any(low[k] in ("not", "n't", "never") for k in range(max(start, g - 4), g))
        if negative:
            return replace(mood, denied=not mood.denied, reasons=(*mood.reasons, '"not able to"'))
        past = any(low[k] in ("was", "were", "been") for k in range(max(start, g - 3), g))
        return join_moods(mood, outer) if past and not outer.blocked else mood.block('"able to"')
    if base_of(scene, g, "clauses.chooses") and tag[g] in ("VBD", "VBN"):
        return join_moods(mood, mood_of_verb(scene, g, depth=depth + 1))  # who chose to withdraw has done so
    if perfect and low[g] == "unlikely":
        return mood.flip('"unlikely to have"').hedge(Certainty.PROBABLE, '"unlikely to have"')
    apparent = base_of(scene, g, "clauses.apparent")
    licence = base_of(scene, g, "clauses.licence") if tag[g] != "NN" else None  # not "military force to take X"
    if licence in MOTION and (
        low[g] == "going" or low[g + 1] == "to" or low[g + 1 : g + 3] in (("in", "to"), ("into", "to"))
    ):
        licence = None  # "went on to capture X", but "is going to", "move to", "move in to"
    if perfect or progressive or licence or apparent:
        if base_of(scene, g, "clauses.block") and not (perfect or licence):
            return mood.block(f'"{low[g]} to" is a goal')
        if low[g] in MODAL_FUTURE or (licence in PERMIT and any(tag[k] == "MD" for k in verb_group(scene, g))):
            return mood.block(f'"{low[g]} to"')
        joined = (
            join_moods(mood, mood_of_verb(scene, g, depth=depth + 1))
            if tag[g].startswith(("VB", "MD")) or licence
            else mood
        )
        if licence is None and not perfect and not apparent:
            return mood.block(f'"{low[g]} to" is a goal')
        return (
            joined.hedge(Certainty.PROBABLE, f'"{low[g]} to"')
            if apparent in ("appear", "seem") or low[g] in ("likely", "believed", "thought", "presumed")
            else joined
        )
    return mood.block(f'"{low[g]} to" is a goal or a purpose')


def _gerund(scene: Scene, v: int, group: list[int], mood: Mood, depth: int) -> Mood:
    """The mood of "capturing" without an auxiliary, by the word before it or by its governor."""
    low, tag = scene.low, scene.tag
    p = scene.previous(group[0] if group else v)
    start = scene.sentence[v][0]
    for j in range(v + 1, min(v + 12, scene.sentence[v][1] - 1)):
        if low[j] in ("is", "are", "remains", "was") and scene.words("clauses.unreal") & set(low[j + 1 : j + 6]):
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
        ruler = scene.doc[p].head
        outer = mood_of_verb(scene, ruler.i, depth=depth + 1) if ruler.pos_ == "VERB" and ruler.i < p else Mood()
        return mood.block(outer.blocked) if outer.blocked else mood.flip('"without"')
    if word == "if":
        return mood.block('"if"')
    ruled = scene.doc[v].head
    ruled = ruled.head if scene.doc[v].dep_ == "acl" and ruled.dep_ == "nsubj" else ruled
    supposed = {low[k] for k in own_group(scene, ruled.i)} & MODAL_FUTURE if ruled.i > v else frozenset()
    borne_out = scene.doc[v].dep_ in ("csubj", "acl") and base_of(scene, ruled.i, "clauses.bears_out")
    if supposed and (borne_out or (scene.doc[v].dep_ == "csubj" and "would" in supposed)):
        return mood.block(f'what "would {ruled.lower_}" something is not there yet')
    if (judged := lied_about(scene, v) or subject_called_false(scene, v)) is not None:
        return mood.judge(judged)
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
        if word == "from" and low[p - 1] == "far":
            return mood.flip('"far from"')
        g = before_adverbs(scene, p, start)
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
                    able = {"can", "ca"} & {low[k] for k in verb_group(scene, x)}
                    if base_of(scene, x, "clauses.thwart") and not outer.blocked and armed and not able:
                        return replace(mood, denied=not outer.denied, reasons=(*mood.reasons, f'"{low[x]} ... from"'))
                    return mood.block(f'"{low[x]} ... from"')
        if (
            word == "of"
            and low[p - 1] == "short"
            and low[g] in ("fell", "fall", "fallen", "falls", "stopped", "stalled")
        ):
            return mood.flip('"short of"')
        if word in ("than", "instead") or low[g] in ("instead", "rather", "far", "short"):
            return mood.block(f'"{low[g]} {word}"')
        failed = failed_attempt(scene, g, v)
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
        if base_of(scene, g, "clauses.fail") or (word == "in" and low[g] in ("unsuccessful", "failed")):
            return mood.flip(f'"{low[g]} {word}"')
        if word in ("toward", "towards"):
            return mood.block(f'"{word}" is not there yet')
        if base_of(scene, g, "clauses.unconfirmed") and is_negated([low[i] for i in own_group(scene, g)]):
            return mood.block(f'"{low[g]}" is negated')  # "did not admit to losing X"
        if word in ("in", "with", "of") and low[g] in scene.words("clauses.hardships"):
            return mood.block(f'"{low[g]} {word}"')
        if word in ("on", "in") and base_of(scene, scene.doc[p].head.i, "clauses.spends"):
            return mood.block(f'"{scene.doc[p].head.lower_} ... {word}" is a goal')
        ruler = scene.doc[g].head
        if (
            tag[g] == "JJ"
            and scene.doc[g].dep_ == "acomp"
            and (outer := mood_of_verb(scene, ruler.i, depth=depth + 1)).blocked
        ):
            return mood.block(outer.blocked)  # "would be content with holding X"
        if tag[g].startswith("VB"):
            return join_moods(mood, mood_of_verb(scene, g, depth=depth + 1))
        if tag[g].startswith("NN") and (over := _verb_over(scene, g)) is not None:
            if word == "on" and base_of(scene, over, "clauses.spends"):
                return mood.block(f'"{low[over]} ... on" is a goal')
            if word == "with" and base_of(scene, over, "clauses.block") == "task":
                return mood.block(f'"{low[over]} ... with" is a goal')
            outer = mood_of_verb(scene, over, depth=depth + 1)  # "will make progress in seizing X"
            if outer.denied:
                return mood.block("what governs it is negated")
            return join_moods(mood, outer)
        if tag[g].startswith(("JJ", "VBN")) and MODAL_FUTURE & {low[k] for k in verb_group(scene, g)}:
            return mood.block(f'"would be {low[g]} {word}"')
        return mood
    if word in ("by", "after", "before", "while", "since", "when") or word == ",":
        head = scene.doc[v].head
        for _ in range(3):
            if head.pos_ in ("VERB", "AUX") or head.head.i == head.i:
                break
            head = head.head
        if head.i != v and head.pos_ in ("VERB", "AUX") and head.i < v:
            outer = mood_of_verb(scene, head.i, depth=depth + 1)
            if word == "after" and _to_come(scene, head):
                return mood.block("after what is to come")
            if word == "," and {"could", "would", "might"} & {low[k] for k in verb_group(scene, head.i)}:
                return mood.block("what might have come of it")  # "could have collapsed, allowing them to take X"
            return replace(mood, blocked=mood.blocked or outer.blocked)
        return mood
    if word == "out" and base_of(scene, p - 1, "clauses.rule_out"):
        return mood.block(f'"{low[p - 1]} out"')
    if (hoped := _prospect(scene, p, start)) is not None:
        return mood.block(f'"{hoped}" of it')
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
        return join_moods(mood, mood_of_verb(scene, p, depth=depth + 1))
    head = scene.doc[v].head
    if (
        scene.doc[v].dep_ in ("xcomp", "advcl", "acl", "conj", "pcomp", "ccomp", "dobj")
        and head.pos_ in ("VERB", "AUX")
        and head.i < v
    ):
        outer = mood_of_verb(scene, head.i, depth=depth + 1)
        both = word in ("and", "or") and scene.doc[v].dep_ == "conj" and head.tag_ == "VBG" and outer.denied
        mood = mood.flip("joined to what is denied") if both and not mood.denied else mood
        return replace(mood, blocked=mood.blocked or outer.blocked)
    return mood


def _to_come(scene: Scene, token: Any) -> bool:
    """Whether a verb, or the one that governs it, stands in the future: "will be unable to go on"."""
    for _ in range(4):
        if {"will", "would", "'ll", "wo", "shall"} & {scene.low[k] for k in verb_group(scene, token.i)}:
            return True
        if token.dep_ not in ("xcomp", "acomp") or token.head.i == token.i:
            return False
        token = token.head
    return False


def _prospect(scene: Scene, p: int, start: int) -> str | None:
    """The noun of "the likelihood of Russian forces capturing X", where the subject of the gerund ends at p."""
    k = p
    while k > start and (scene.tag[k].startswith(("NN", "JJ", "DT", "PRP$", "POS")) or scene.low[k] in ("'s", "-")):
        k = scene.previous(k)
    if k <= start or k == p or scene.low[k] != "of":
        return None
    noun = before_adverbs(scene, k, start)
    return scene.low[noun] if noun >= start and scene.low[noun] in scene.words("clauses.block_nouns") else None


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
    if scene.tag[v] == "VBP" and {kind for _, kind in scene.cues.verbs.get(scene.low[v], ())} == {"past"}:
        return False  # "overran", which the tagger takes for a present
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
    if _asks(token):
        return mood.block("an indirect question")
    for _ in range(3):
        for child in token.children:
            if (
                child.dep_ in ("mark", "advmod")
                and child.i < v
                and child.lower_ in ("if", "unless", "whether", "until", "till", "lest")
                and not (child.lower_ == "until" and told_in_present(scene, token, "until"))
            ):
                return mood.block(f'"{child.lower_}"')
            if (
                child.dep_ in ("mark", "advmod")
                and child.i < v
                and child.lower_ in ("once", "when", "before", "until")
                and _present(scene, token, v)
                and not (child.lower_ == "when" and mood.denied)
                and not told_in_present(scene, token, child.lower_)
                and low[child.i - 1] != "not"  # "not once did they enter X"
            ):
                return mood.block(f'"{child.lower_}" with what is still to come')
        if (
            tag[v] == "VBP"
            and "MD" in tag[start:v]
            and any(c.dep_ in ("mark", "advmod", "prep") and c.i < v and c.lower_ == "after" for c in token.children)
        ):
            return mood.block('"after" with what is still to come')
        aim = token.dep_ == "advcl" and tag[v] in ("VBP", "VBZ") and token.head.tag_ == "VB" and token.head.i < v
        aim = aim and any(c.dep_ == "mark" and c.lower_ in ("after", "once", "when") for c in token.children)
        if aim and "to" in [low[k] for k in own_group(scene, token.head.i)]:
            return mood.block(f'before "to {token.head.lower_}", which is still to come')
        if any(
            c.dep_ in ("mark", "advmod", "prep") and c.i < v and c.lower_ in ("after", "once", "when", "as")
            for c in token.children
        ) and tag[v] in ("VBZ", "VBP"):
            root = token.head
            if (token.dep_ == "advcl" and any(scene.tag[i] == "MD" for i in own_group(scene, root.i))) or any(
                low[k] in ("unclear", "soon", "planning", "plan", "plans") and low[k - 1] != "as"
                for k in range(start, v)
            ):
                return mood.block("a clause of what is still to come")
        if token.dep_ != "conj":
            break
        finite = any(tag[k] in ("VBP", "VBZ", "VBD") for k in own_group(scene, token.i))
        if (scene.tag[token.i] in ("VBD", "VBZ") or finite) and scene.tag[token.head.i] == "VB":
            return mood  # "continued efforts to push north and made gains": joined to the finite verb, whatever the parser says
        token = token.head
    for k in range(max(start, v - 9), v):
        if (
            low[k] in ("if", "unless", "whether")
            and "," not in low[k:v]
            and not any(tag[j] in ("VBD", "VBZ", "VBP") and low[j] not in BE | HAVE | DO for j in range(k + 1, v))
        ):
            return mood.block(f'"{low[k]}"')
    if (judged := false_before(scene, v)) is not None:
        return mood.judge(judged)
    if (lacking := no_evidence_before(scene, v)) is not None:
        return mood.block(lacking)
    head = token.head
    if token.dep_ == "relcl" and _of_nothing(scene, token):
        return mood.flip("of what is negated")
    told = token.dep_ == "relcl" and low[head.i] in scene.words("clauses.claim_nouns") and low[head.i + 1] == "that"
    if (told or token.dep_ in ("ccomp", "acl", "xcomp")) and head.i != token.i:
        g = head.i
        if (condition := _under_condition(token)) is not None:
            return mood.block(f'"{condition}"')
        said = {low[g], *(c.lower_ for c in head.children if c.dep_ in ("acomp", "oprd"))}
        if said & UNSURE:
            return mood.block(f'"{min(said & UNSURE)}"')
        beside = v < g and scene.doc[g].pos_ in ("VERB", "AUX") and not any(c.dep_ == "mark" for c in token.children)
        if not beside and (judged := judged_false(scene, g)) is not None:  # "X is ours, all else is propaganda"
            return mood.judge(judged)
        if (
            tag[g] == "VB"
            and scene.doc[g].dep_ == "ccomp"
            and base_of(scene, scene.doc[g].head.i, "clauses.licence") in HELP
            and depth < DEEP
            and (outer := mood_of_verb(scene, g, depth=depth + 1)).blocked
        ):
            return mood.block(outer.blocked)  # "will let Moscow declare that it holds X"
        if tag[g] == "VB" and _still_to_say(scene, g):
            return mood.block(f'"{low[g]}" is still to come')
        if low[g] in ("say", "tell", "know", "assess", "judge") and "too" in low[max(start, g - 4) : g]:
            return mood.block(f'"too ... to {low[g]}"')
        bears_out = base_of(scene, g, "clauses.bears_out")
        if bears_out and {"likely", "probably"} & {low[k] for k in own_group(scene, g)}:
            mood = mood.hedge(Certainty.PROBABLE, f'"likely {low[g]} that"')
        if bears_out and MODAL_EPISTEMIC & {low[k] for k in own_group(scene, g)}:
            mood = mood.hedge(Certainty.POSSIBLE, f'"may {low[g]} that"')
        if "possible" in said:
            return mood.hedge(Certainty.POSSIBLE, '"possible that"')
        if said & {"likely", "probable"}:
            return mood.hedge(Certainty.PROBABLE, '"likely that"')
        if base_of(scene, g, "clauses.unconfirmed") and is_negated([low[i] for i in own_group(scene, g)]):
            return mood.block(f'"{low[g]}" is negated')
        wished = base_of(scene, g, "clauses.block_verbs") and base_of(scene, g, "clauses.block_verbs") not in (
            "suggest",
            "warn",
        )
        if low[g] in scene.words("clauses.claim_nouns") and (asked := _only_asked(scene, g)) is not None:
            return mood.block(asked)
        goal = low[g] in scene.words("clauses.block_nouns") or low[g] in ("fears", "hopes", "speculation", "belief")
        if goal and low[g] in scene.words("clauses.notions") and base_of(scene, scene.doc[g].head.i, "clauses.deny"):
            return mood  # "rejected the idea that X had fallen"
        gives_up = any(c.frame.relation is Relation.LOSES for c, _ in scene.cues.verbs.get(low[v], ()))
        bare = (tag[v] == "VB" or (gives_up and tag[v] == "VBP")) and not own_group(
            scene, v
        )  # "insisted that they leave X", not "insists that they hold X"
        if wished and base_of(scene, g, "clauses.block_verbs") == "insist" and not bare:
            wished = False
        topic = ":" in low[g:v] and any(c.dep_ == "nsubj" for c in scene.doc[v].children)  # "X offensive: Y takes Z"
        if (goal and not topic) or (wished and tag[v] not in ("VBD", "VBN")):
            return mood.block(f'under "{low[g]}"')
        if low[g] in ("evidence", "confirmation", "indication", "indications", "proof", "sign", "signs"):
            before = [low[k] for k in range(max(0, g - 4), g)]
            if any(w in ("no", "any", "without", "not", "lack") for w in before):
                return mood.block(f"no {low[g]}")
        if (lacking := without_evidence(scene, g) or unconfirmed(scene, g)) is not None:
            return mood.block(lacking)
        if scene.doc[g].pos_ in ("VERB", "AUX") and depth < DEEP and tag[g] in ("VB",) and own_group(scene, g):
            words = [low[i] for i in own_group(scene, g)]
            if any(w in MODAL_FUTURE for w in words) and not base_of(scene, g, "clauses.licence"):
                return mood.block(f'under "{words[0]} {low[g]}"')
    return mood


def _of_nothing(scene: Scene, token: Any) -> bool:
    """Whether a relative clause tells of what there was not: "have not made attacks that have broken through in X"."""
    noun, verb = token.head, token.head.head
    if (
        noun.dep_ != "dobj"
        or verb.i > noun.i
        or verb.pos_ != "VERB"
        or any(c.dep_ in ("det", "poss") for c in noun.children)
    ):
        return False
    subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
    own = subject is not None and subject.lower_ in ("that", "which") and scene.low[noun.i + 1] != ","
    return own and noun.tag_ in ("NNS", "NN") and is_negated([scene.low[k] for k in own_group(scene, verb.i)])


def _asks(token: Any) -> bool:
    """Whether a clause only asks who acts: "regardless of which side holds X", "it is unclear who controls X"."""
    if token.dep_ not in ("pcomp", "ccomp", "csubj"):
        return False
    subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.i > token.i:
        return False
    return subject.lower_ in ("who", "whoever") or any(
        c.lower_ in ("which", "what", "whichever") and c.i < subject.i for c in subject.children
    )


def _still_to_say(scene: Scene, g: int) -> bool:
    """Whether somebody has yet to say what the verb at g says: "will use the fall of X to claim that they hold Y"."""
    token = scene.doc[g]
    if token.dep_ not in ("xcomp", "advcl") or "to" not in [scene.low[k] for k in own_group(scene, g)]:
        return False
    return any(scene.low[k] in MODAL_FUTURE for k in own_group(scene, token.head.i))


def _only_asked(scene: Scene, g: int) -> str | None:
    """What leaves a report at g open: "would not comment on reports that", "asked about claims that", "is investigating reports"."""
    token = scene.doc[g]
    head = token.head.head if token.dep_ == "pobj" else token.head if token.dep_ == "dobj" else None
    if owned_claim(scene, g):
        return None  # "would not comment on the ministry's claim that": the ministry claims it
    if head is None or head.i >= g or head.lemma_.lower() not in scene.words("clauses.leave_open"):
        return None
    return f'"{head.lower_} ... {scene.low[g]}" leaves it open'


def _under_condition(token: Any) -> str | None:
    """The word of condition of the clause that tells what the token says: "if Moscow decides that it cannot take X"."""
    for _ in range(3):
        head = token.head
        if head.i == token.i or token.dep_ not in ("ccomp", "xcomp") or head.pos_ not in ("VERB", "AUX"):
            return None
        for child in head.children:
            if child.dep_ in ("mark", "advmod") and child.i < head.i and child.lower_ in ("if", "unless", "whether"):
                return str(child.lower_)
        token = head
    return None


def is_verbal(token: Any) -> bool:
    """Whether a token is a verb or auxiliary by its tag."""
    return bool(token.tag_.startswith("VB") or token.tag_ == "MD")

"""The mood of a gerund, by the word before it or by its governor: "after capturing X", "hopes of capturing X", "without capturing X"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.read.mood.attempts import failed_attempt
from reportedly.read.mood.falsehood import ends_false, invented_about, judged_false, lied_about, subject_called_false
from reportedly.read.mood.governing import Above, gives_up, is_still_to_come, verb_over
from reportedly.read.mood.unfounded import no_evidence_before, owned_claim
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import (
    MODAL_FUTURE,
    Mood,
    base_of,
    before_adverbs,
    is_negated,
    join_moods,
    own_group,
    to_come,
    verb_group,
)

__all__ = ["gerund_mood"]

TEMPORAL = frozenset({"while", "after", "since", "although", "as", "by", "before", "despite", "upon", "that"})
KEPT = frozenset({"keep", "keeping", "kept", "deterred", "barred", "discouraged", "refrained", "away"})
OPENING = frozenset({"and", "but", "that", "because", ";", "as", "while", ":", "–", "—"})  # of a clause
SUPPOSED = frozenset({"could", "would", "might"})
CONSISTS = frozenset({"include", "comprise", "entail"})  # what aims do of which some are named
FIGHTING = frozenset({"fighting", "battling"})
DISTANCES = frozenset({"kilometers", "kilometres", "km", "miles", "meters", "metres", "steps", "step"})


def gerund_mood(scene: Scene, v: int, group: list[int], mood: Mood, above: Above) -> Mood:
    """The mood of "capturing" without an auxiliary, by the word before it or by its governor."""
    low, tag = scene.low, scene.tag
    p = scene.previous(group[0] if group else v)
    start = scene.sentence[v][0]
    for j in range(v + 1, min(v + 12, scene.sentence[v][1] - 1)):
        if low[j] in ("is", "are", "remains", "was") and to_come(scene, j):
            return mood.block("spoken of as something to come")
        if low[j] in (",", "that", "which"):
            break
    while p >= start and (tag[p].startswith("RB") or tag[p] in ("PRP$", "POS") or low[p] in ("the", "not")):
        p = scene.previous(p)
    if (p < start or low[p] in OPENING) and _would_bring(scene, v):
        return mood.block("what doing so would bring")
    if p < start:
        return mood
    if (aims := _listed_aim(scene, v)) is not None:
        return mood.block(f'one of the "{aims}"')
    if (told := _told_of(scene, v, p, mood, above)) is not None:
        return told
    word = low[p]
    if tag[p] in ("IN", "TO") and word not in TEMPORAL:
        return _behind_preposition(scene, v, p, mood, above)
    if word in ("by", "after", "before", "while", "since", "when", ","):
        return _behind_conjunction(scene, v, p, mood, above)
    if low[v] in FIGHTING and scene.doc[v].dep_ == "acl" and scene.doc[v].head.i == p:
        return mood  # "link up with the forces fighting in X", who are there, whatever is to be done
    return _governed(scene, v, p, mood, above)


def _told_of(scene: Scene, v: int, p: int, mood: Mood, above: Above) -> Mood | None:
    """What the word at p itself, or what is said of the whole, makes of the gerund; None where neither tells."""
    low, word = scene.low, scene.low[p]
    about = p - scene.tag[p].startswith("PRP")
    if low[about - 1 : about + 1] in (("nothing", "about"), ("nothing", "of")):
        return mood.block("nothing is said of it")  # "said nothing about it changing hands"
    if word == "without":
        ruler = scene.doc[p].head
        outer = above(ruler.i) if ruler.pos_ == "VERB" and ruler.i < p else Mood()
        return mood.block(outer.blocked) if outer.blocked else mood.flip('"without"')
    if word in ("if", "against"):
        return mood.block(f'"{word}"')  # "54% of voters against leaving X"
    ruled = scene.doc[v].head
    ruled = ruled.head if scene.doc[v].dep_ == "acl" and ruled.dep_ == "nsubj" else ruled
    supposed = {low[k] for k in own_group(scene, ruled.i)} & MODAL_FUTURE if ruled.i > v else frozenset()
    borne_out = scene.doc[v].dep_ in ("csubj", "acl") and base_of(scene, ruled.i, "clauses.bears_out")
    if supposed and (borne_out or (scene.doc[v].dep_ == "csubj" and "would" in supposed)):
        return mood.block(f'what "would {ruled.lower_}" something is not there yet')
    told = scene.previous(p) if word == "of" else p
    judged = (
        (judged_false(scene, told) or ends_false(scene, told, v))
        if scene.low[told] in scene.words("clauses.claim_nouns")
        else None
    )
    if (
        judged := judged or lied_about(scene, v) or subject_called_false(scene, v) or invented_about(scene, v)
    ) is not None:
        return mood.judge(judged)
    if (lacking := no_evidence_before(scene, v)) is not None:
        return mood.block(lacking)  # "no evidence of Russian forces seizing X"
    return None


def _behind_preposition(scene: Scene, v: int, p: int, mood: Mood, above: Above) -> Mood:
    """The mood of a gerund behind the preposition at p: "from capturing X", "fell short of capturing X"."""
    low, word, start = scene.low, scene.low[p], scene.sentence[v][0]
    if word == "from" and low[p - 1] == "far":
        return mood.flip('"far from"')
    if word == "from" and (low[p - 1] == "away" or low[p - 1] in DISTANCES):
        return mood.block('"away from" it')  # "are a few kilometres from entering X"
    g = before_adverbs(scene, p, start)
    if g > start and low[g] in ("or", "nor", "and") and scene.doc[p].dep_ == "conj" and scene.doc[p].head.i < g:
        g = before_adverbs(scene, scene.doc[p].head.i, start)  # "did not succeed in taking A or in cutting off B"
    if g < start:
        return mood
    if word == "from" and (kept := _kept_from(scene, g, start, mood, above)) is not None:
        return kept
    if word == "of" and low[p - 1] == "short" and low[g] in ("fell", "fall", "fallen", "falls", "stopped", "stalled"):
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
    if word == "near":
        return mood.flip('"nowhere near"') if low[p - 1] == "nowhere" else mood.block('"near" is not there yet')
    if word in ("toward", "towards") or (word == "to" and low[p - 1] in ("closer", "nearer")):
        return mood.block(f'"{word}" is not there yet')
    if base_of(scene, g, "clauses.unconfirmed") and is_negated([low[i] for i in own_group(scene, g)]):
        return mood.block(f'"{low[g]}" is negated')  # "did not admit to losing X"
    if word in ("in", "with", "of") and low[g] in scene.words("clauses.hardships"):
        return mood.block(f'"{low[g]} {word}"')
    if word in ("on", "in") and base_of(scene, scene.doc[p].head.i, "clauses.spends"):
        return mood.block(f'"{scene.doc[p].head.lower_} ... {word}" is a goal')
    return _of_governor(scene, g, word, mood, above)


def _kept_from(scene: Scene, g: int, start: int, mood: Mood, above: Above) -> Mood | None:
    """The mood behind "kept them from", whose verb stands at most six tokens before g; None without such a verb."""
    low = scene.low
    for x in range(g, max(start, g - 6) - 1, -1):
        if base_of(scene, x, "clauses.block_verbs") or low[x] in KEPT:
            outer = above(x)
            subject = next((c.i for c in scene.doc[x].children if c.dep_ == "nsubj"), None)
            armed = subject is not None and any(s.start <= subject < s.end for s in scene.sides)
            able = {"can", "ca"} & {low[k] for k in verb_group(scene, x)}
            if base_of(scene, x, "clauses.thwart") and outer.denied and not outer.blocked and not able:
                return join_moods(mood, replace(outer, denied=False))  # "did not keep them from taking X"
            if base_of(scene, x, "clauses.thwart") and not outer.blocked and armed and not able:
                return replace(mood, denied=not outer.denied, reasons=(*mood.reasons, f'"{low[x]} ... from"'))
            return mood.block(f'"{low[x]} ... from"')
    return None


def _of_governor(scene: Scene, g: int, word: str, mood: Mood, above: Above) -> Mood:
    """What the word at g before a preposition makes of a gerund behind it: "content with holding X", "progress in seizing X"."""
    low, tag = scene.low, scene.tag
    ruler = scene.doc[g].head
    if tag[g] == "JJ" and scene.doc[g].dep_ == "acomp" and (outer := above(ruler.i)).blocked:
        return mood.block(outer.blocked)  # "would be content with holding X"
    if tag[g].startswith("VB"):
        return join_moods(mood, above(g))
    if owned_claim(scene, g):
        return mood  # "no evidence to confirm Ukrainian claims of retaking X": they claim it
    if tag[g].startswith("NN") and (over := verb_over(scene, g)) is not None:
        if word == "on" and base_of(scene, over, "clauses.spends"):
            return mood.block(f'"{low[over]} ... on" is a goal')
        if word == "with" and base_of(scene, over, "clauses.block") == "task":
            return mood.block(f'"{low[over]} ... with" is a goal')
        outer = above(over)  # "will make progress in seizing X"
        if outer.denied:
            return mood.block("what governs it is negated")
        return join_moods(mood, outer)
    if tag[g].startswith(("JJ", "VBN")) and MODAL_FUTURE & {low[k] for k in verb_group(scene, g)}:
        return mood.block(f'"would be {low[g]} {word}"')
    return mood


def _behind_conjunction(scene: Scene, v: int, p: int, mood: Mood, above: Above) -> Mood:
    """The mood of a gerund behind "by", "after" or a comma, by the verb that it goes with."""
    low, word, start = scene.low, scene.low[p], scene.sentence[v][0]
    head = scene.doc[v].head
    for _ in range(3):
        if head.pos_ in ("VERB", "AUX") or head.head.i == head.i:
            break
        head = head.head
    if word == "by" and head.i > v and MODAL_FUTURE & {low[k] for k in verb_group(scene, head.i)}:
        return mood.block("by which something is to come")  # "by taking X, we will end the war"
    if word == "by" and head.i < v and head.tag_ in ("VBZ", "VBP") and head.lemma_ in ("win", "end", "prevail"):
        return mood.block("by which something may come")  # "Ukraine wins by liberating X"
    if head.i != v and head.pos_ in ("VERB", "AUX") and head.i < v:
        outer = above(head.i)
        if word == "before" and head.tag_ == "VBG" and {"is", "are"} & {low[k] for k in verb_group(scene, head.i)}:
            return mood.block("what goes on comes before it")  # "are fighting on before withdrawing from X"
        if word == "after" and is_still_to_come(scene, head):
            return mood.block("after what is to come")
        if word == "after" and _copes(scene, start, p) and gives_up(scene, v):
            return mood  # "is trying to regroup after losing X"
        if word == "," and SUPPOSED & {low[k] for k in verb_group(scene, head.i)}:
            return mood.block("what might have come of it")  # "could have collapsed, allowing them to take X"
        return replace(mood, blocked=mood.blocked or outer.blocked)
    return mood


def _governed(scene: Scene, v: int, p: int, mood: Mood, above: Above) -> Mood:
    """The mood of a gerund by the noun or verb at p before it: "terms that include Ukraine ceding X"."""
    low, tag, word, start = scene.low, scene.tag, scene.low[p], scene.sentence[v][0]
    if word == "out" and base_of(scene, p - 1, "clauses.rule_out"):
        return mood.block(f'"{low[p - 1]} out"')
    if (hoped := _prospect(scene, p, start)) is not None:
        return mood.block(f'"{hoped}" of it')
    if (tag[p].startswith(("NNP", "PRP")) or any(s.end == p + 1 for s in scene.sides)) and (
        ruler := verb_over(scene, p)
    ) is not None:
        outer = above(ruler)
        if outer.blocked:
            return mood.block(outer.blocked)  # "terms that would include Ukraine ceding X"
        if outer.denied and base_of(scene, ruler, "clauses.shows"):
            return mood.block(f'"{low[ruler]}" is negated')  # "the video does not show them taking X"
    if base_of(scene, p, "clauses.block") or base_of(scene, p, "clauses.block_verbs"):
        return mood.block(f'"{word}" governs it')
    if base_of(scene, p, "clauses.deny"):
        return mood
    if tag[p].startswith("VB"):
        return join_moods(mood, above(p))
    head = scene.doc[v].head
    over = verb_over(scene, p) if scene.doc[v].dep_ == "acl" and base_of(scene, v, "clauses.permit") else None
    if over is not None and SUPPOSED & {low[k] for k in verb_group(scene, over)}:
        return mood.block("what might have come of it")  # "could have collapsed in places allowing them to take X"
    if (
        scene.doc[v].dep_ in ("xcomp", "advcl", "acl", "conj", "pcomp", "ccomp", "dobj")
        and head.pos_ in ("VERB", "AUX")
        and head.i < v
    ):
        outer = above(head.i)
        both = word in ("and", "or") and scene.doc[v].dep_ == "conj" and head.tag_ == "VBG" and outer.denied
        mood = mood.flip("joined to what is denied") if both and not mood.denied else mood
        return replace(mood, blocked=mood.blocked or outer.blocked)
    return mood


def _copes(scene: Scene, start: int, end: int) -> bool:
    """Whether somebody tries or is unlikely to do something, before `end`, which they need not have come to yet."""
    return any(scene.low[k] == "unlikely" or base_of(scene, k, "clauses.copes") for k in range(start, end))


def _prospect(scene: Scene, p: int, start: int) -> str | None:
    """The noun of "the likelihood of Russian forces capturing X", where the subject of the gerund ends at p."""
    k = p
    while k > start and (scene.tag[k].startswith(("NN", "JJ", "DT", "PRP$", "POS")) or scene.low[k] in ("'s", "-")):
        k = scene.previous(k)
    if k <= start or k == p or scene.low[k] != "of":
        return None
    noun = before_adverbs(scene, k, start)
    return scene.low[noun] if noun >= start and scene.low[noun] in scene.words("clauses.block_nouns") else None


def _listed_aim(scene: Scene, v: int) -> str | None:
    """The word for aims of which the gerund at v is one: "its objectives, including destroying A, capturing B", "its aims include"."""
    start = scene.sentence[v][0]
    for k in range(v - 1, start, -1):
        opens = scene.low[k] in scene.words("places.including") or (scene.low[k] == "as" and scene.low[k - 1] == "such")
        if opens or scene.low[k] == ":" or scene.doc[k].lemma_ in CONSISTS:
            nouns = [x for x in range(max(start, k - 8), k) if scene.low[x] in scene.words("clauses.block_nouns")]
            return scene.low[nouns[-1]] if nouns else None
        if scene.tag[k] in ("VBD", "VBZ", "VBP", "MD"):
            return None
    return None


def _would_bring(scene: Scene, v: int) -> bool:
    """Whether the gerund that opens a sentence is what would have some effect: "giving up X would in effect open the road to Y"."""
    for k in range(v + 1, scene.sentence[v][1]):
        if scene.low[k] in ("would", "could", "might", "may"):
            return True
        if scene.tag[k] in ("VBD", "VBZ", "VBP", "MD", ":") or scene.low[k] == ",":
            return False
    return False

"""The mood of a finite verb, by its conjunction and by what governs its clause: "if X falls", "denies that X fell"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reportedly.model import Certainty, Relation
from reportedly.read.falsehood import (
    false_before,
    judged_false,
    no_evidence_before,
    no_truth_before,
    owned_claim,
    unconfirmed,
    without_evidence,
)
from reportedly.read.governing import Above, is_still_to_say, under_condition
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
    own_group,
)
from reportedly.read.narrated import ended, told_in_present
from reportedly.read.only_words import only_words
from reportedly.read.scene import Scene

__all__ = ["HELP", "finite_mood"]

HELP = ("help", "let", "enable", "allow")
WISHES = frozenset({"order", "want", "need", "expect", "demand", "wish", "plan"})
UNSURE = frozenset({"unclear", "uncertain", "unlikely", "unconfirmed", "unknown", "doubtful"})


def _surely(scene: Scene, doubt: int) -> bool:
    """Whether nobody doubts: "do not doubt that", "few doubt that"."""
    left = list(scene.low[max(scene.sentence[doubt][0], doubt - 4) : doubt])
    return is_negated(left) or bool({"few", "no", "nobody", "none", "without", "little"} & set(left))


def _forestalled(scene: Scene, token: Any) -> bool:
    """Whether the clause of the verb tells of what others kept them from: "were driven back before they could seize X"."""
    kept = token.head
    if token.dep_ != "advcl" or kept.i > token.i or kept.tag_ not in ("VBD", "VBN"):
        return False
    pronoun = any(c.dep_ == "nsubj" and c.tag_ == "PRP" for c in token.children)
    if pronoun and any(c.dep_ == "dobj" for c in kept.children):
        return False  # "stopped the column before it could": who "it" is, no side says
    stopped = base_of(scene, kept.i, "clauses.repel") or base_of(scene, kept.i, "clauses.thwart")
    back = any(c.lower_ == "back" and c.dep_ in ("advmod", "prt") for c in kept.children)
    return bool(stopped or back) and "could" in {scene.low[k] for k in own_group(scene, token.i)}


def finite_mood(scene: Scene, v: int, mood: Mood, above: Above) -> Mood:
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
                and not (child.lower_ == "until" and (told_in_present(scene, token, "until") or ended(scene, token)))
            ):
                return mood.block(f'"{child.lower_}"')
            if child.dep_ == "mark" and child.lower_ == "before" and child.i < v and _forestalled(scene, token):
                return replace(mood, blocked=None, denied=True, reasons=(*mood.reasons, '"before they could"'))
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
    if (idle := only_words(scene, v)) is not None:
        return mood.block(idle)
    if tag[v] in ("VB", "VBP") and not own_group(scene, v) and _demanded(scene, v):
        return mood.block("what somebody demands")
    if (judged := false_before(scene, v) or no_truth_before(scene, v)) is not None:
        return mood.judge(judged)
    if (lacking := no_evidence_before(scene, v)) is not None:
        return mood.block(lacking)
    left = before_adverbs(scene, next(iter(own_group(scene, v)), v), start)
    if left > start and low[left - 1 : left + 1] == ("of", "which"):
        return mood  # "wants X, half of which is held by Y": a relative clause, whatever the parser says
    head = token.head
    behind_as = scene.low[v - 1] == "as" and token.dep_ == "advcl"  # "refused to describe X as lost"
    called = base_of(scene, head.i, "clauses.judge") or (behind_as and base_of(scene, head.i, "clauses.declares"))
    if (token.dep_ == "oprd" or behind_as) and called and head.i < v:
        outer = above(head.i)
        if outer.denied or outer.blocked:
            return mood.block(f'not "{head.lower_}" so')  # "could not call X lost"
    if token.dep_ == "relcl" and _of_nothing(scene, token):
        return mood.flip("of what is negated")
    told = token.dep_ == "relcl" and low[head.i] in scene.listed("clauses.claim_nouns", "clauses.told_nouns")
    told = told and low[head.i + 1] == "that"
    if v < head.i and ";" in low[v : head.i]:
        return mood  # "X is no longer held; soldiers were ordered back"
    if (told or token.dep_ in ("ccomp", "acl", "xcomp")) and head.i != token.i:
        g = head.i
        if scene.doc[g].lemma_ == "doubt" and token.dep_ == "ccomp" and g < v and not _surely(scene, g):
            return mood.block(f'"{low[g]}" it')
        if (condition := under_condition(token)) is not None:
            return mood.block(f'"{condition}"')
        if scene.doc[g].lemma_ == "be" and low[g + 1] in ("not", "n't") and low[g + 2] == "that":
            return mood.block('"it is not that" tells no fact')
        if (prospect := _only_a_prospect(scene, head, v)) is not None:
            return mood.block(f'"the {prospect} is that"')
        said = {low[g], *(c.lower_ for c in head.children if c.dep_ in ("acomp", "oprd"))}
        if "unlikely" in said and not mood.blocked and not is_negated([low[g + 1]]):
            return mood.flip('"unlikely that"').hedge(Certainty.PROBABLE, '"unlikely that"')
        if said & UNSURE:
            return mood.block(f'"{min(said & UNSURE)}"')
        beside = v < g and scene.doc[g].pos_ in ("VERB", "AUX") and not any(c.dep_ == "mark" for c in token.children)
        if not beside and (judged := judged_false(scene, g)) is not None:  # "X is ours, all else is propaganda"
            return mood.judge(judged)
        if (
            tag[g] == "VB"
            and scene.doc[g].dep_ == "ccomp"
            and base_of(scene, scene.doc[g].head.i, "clauses.licence") in HELP
            and not above.ends
            and (outer := above(g)).blocked
        ):
            return mood.block(outer.blocked)  # "will let Moscow declare that it holds X"
        if tag[v] == "VBN" and not own_group(scene, v) and base_of(scene, g, "clauses.block") in WISHES:
            return mood.block(f'"{low[g]}" it done')  # "ordered X taken by May"
        if tag[g] == "VB" and is_still_to_say(scene, g):
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
        if bears_out and is_negated([low[i] for i in own_group(scene, g)]):
            return mood.block(f'"not {low[g]} that" leaves it open')  # "a flag does not mean that they hold X"
        wished = base_of(scene, g, "clauses.block_verbs") and base_of(scene, g, "clauses.block_verbs") not in (
            "suggest",
            "warn",
        )
        if low[g] in scene.words("clauses.claim_nouns") and (asked := _only_asked(scene, g)) is not None:
            return mood.block(asked)
        goal = low[g] in scene.listed("clauses.block_nouns", "clauses.feared")
        if goal and low[g] in scene.words("clauses.notions") and base_of(scene, scene.doc[g].head.i, "clauses.deny"):
            return mood  # "rejected the idea that X had fallen"
        gives_up = any(c.frame.relation is Relation.LOSES for c, _ in scene.cues.verbs.get(low[v], ()))
        bare = (tag[v] == "VB" or (gives_up and tag[v] == "VBP")) and not own_group(
            scene, v
        )  # "insisted that they leave X", not "insists that they hold X"
        if wished and base_of(scene, g, "clauses.block_verbs") == "insist" and not bare:
            wished = False
        if bare and base_of(scene, g, "clauses.block_verbs") == "suggest":
            wished = True  # "suggested that it cede X", not "suggests that it has ceded"
        mark = v - 1 - (tag[v - 1] == "RB")
        goal = goal and not (
            tag[v] == "VBN" and low[mark] == "," and scene.inside(mark - 1) is not None
        )  # "assault on X, held by Y", "a push toward X, still held by Y"
        goal = goal and not (beside and _clause_of_its_own(scene, v, g))  # "we took X, so they will attack Y"
        topic = ":" in low[g:v] and any(c.dep_ == "nsubj" for c in scene.doc[v].children)  # "X offensive: Y takes Z"
        if (goal and not topic) or (wished and tag[v] not in ("VBD", "VBN")):
            return mood.block(f'under "{low[g]}"')
        if low[g] in ("evidence", "confirmation", "indication", "indications", "proof", "sign", "signs"):
            before = [low[k] for k in range(max(0, g - 4), g)]
            if any(w in ("no", "any", "without", "not", "lack") for w in before):
                return mood.block(f"no {low[g]}")
        if (lacking := without_evidence(scene, g) or unconfirmed(scene, g)) is not None:
            return mood.block(lacking)
        if scene.doc[g].pos_ in ("VERB", "AUX") and not above.ends and tag[g] in ("VB",) and own_group(scene, g):
            words = [low[i] for i in own_group(scene, g)]
            apart = beside and low[g] not in scene.words("clauses.saying") and _clause_of_its_own(scene, v, g)
            if any(w in MODAL_FUTURE for w in words) and not apart and not base_of(scene, g, "clauses.licence"):
                return mood.block(f'under "{words[0]} {low[g]}"')
    return mood


def _only_a_prospect(scene: Scene, copula: Any, v: int) -> str | None:
    """The noun that a clause behind "is" spells out, if it is a hope, a fear or a plan: "the danger is that they take X"."""
    if copula.lemma_ not in ("be", "remain") or copula.i > v:
        return None
    subject = next((c.lower_ for c in copula.children if c.dep_ == "nsubj" and c.i < copula.i), "")
    return subject if subject in scene.listed("clauses.block_nouns", "clauses.feared") else None


def _clause_of_its_own(scene: Scene, v: int, g: int) -> bool:
    """Whether the verb at v ends its clause before that of its governor begins: "we have taken X, so we will attack Y"."""
    comma = next((k for k in range(v + 1, g) if scene.low[k] in (",", ";")), None)
    subject = next((c.i for c in scene.doc[g].children if c.dep_ in ("nsubj", "nsubjpass") and v < c.i < g), None)
    return comma is not None and subject is not None and comma < subject


def _demanded(scene: Scene, v: int) -> bool:
    """Whether the base form at v is what a demand is for, by surface: "rejected the demand that Kyiv withdraw from X"."""
    that = next((k for k in range(v - 1, max(scene.sentence[v][0], v - 6), -1) if scene.low[k] == "that"), None)
    return that is not None and scene.low[that - 1] in ("demand", "demands", "ultimatum", "request", "proposal")


def _present(scene: Scene, token: Any, v: int) -> bool:
    """Whether the clause of the verb at v stands in a present tense."""
    if scene.tag[v] in ("VBP", "VB") and {kind for _, kind in scene.cues.verbs.get(scene.low[v], ())} == {"past"}:
        return False  # "overran", which the tagger takes for a present
    if scene.tag[v] in ("VBZ", "VBP", "VB"):
        return True
    return any(
        c.dep_ in ("aux", "auxpass") and scene.tag[c.i] in ("VBZ", "VBP") and scene.low[c.i] in HAVE | BE
        for c in token.children
    )


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
    one_of = subject.lower_ == "which" and any(c.lower_ == "of" for c in subject.children)  # "which of them holds X"
    return (
        one_of
        or subject.lower_ in ("who", "whoever")
        or any(c.lower_ in ("which", "what", "whichever") and c.i < subject.i for c in subject.children)
        or any(c.lower_ == "whose" and c.i and c.nbor(-1).lower_ != "," for c in subject.children)
    )


def _only_asked(scene: Scene, g: int) -> str | None:
    """What leaves a report at g open: "would not comment on reports that", "asked about claims that", "is investigating reports"."""
    token = scene.doc[g]
    head = token.head.head if token.dep_ == "pobj" else token.head if token.dep_ == "dobj" else None
    if owned_claim(scene, g):
        return None  # "would not comment on the ministry's claim that": the ministry claims it
    while head is not None and head.dep_ in ("prep", "pobj") and head.head.i < head.i and head.pos_ != "NOUN":
        head = head.head  # "silence from Kyiv on reports that"
    if head is not None and head.dep_ == "pobj" and head.head.head.lemma_ in scene.words("clauses.leave_open"):
        head = head.head.head
    if head is None or head.i >= g or head.lemma_.lower() not in scene.words("clauses.leave_open"):
        return None
    return f'"{head.lower_} ... {scene.low[g]}" leaves it open'

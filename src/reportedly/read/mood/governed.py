"""The mood that a clause has by what governs it: "denies that X fell", "no evidence that", "the danger is that"."""

from __future__ import annotations

from reportedly.model import Certainty, Relation
from reportedly.read.mood.falsehood import judged_false
from reportedly.read.mood.finite_clause import Clause, Rule
from reportedly.read.mood.governing import is_still_to_say, under_condition
from reportedly.read.mood.unfounded import owned_claim, unconfirmed, without_evidence
from reportedly.read.parsing.nodes import Node
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import MODAL_EPISTEMIC, MODAL_FUTURE, Mood, base_of, is_negated, own_group

__all__ = ["HELP", "by_governor"]

HELP = ("help", "let", "enable", "allow")
WISHES = frozenset({"order", "want", "need", "expect", "demand", "wish", "plan"})
UNSURE = frozenset({"unclear", "uncertain", "unlikely", "improbable", "unconfirmed", "unknown", "doubtful"})
EVIDENCE = frozenset({"evidence", "confirmation", "indication", "indications", "proof", "sign", "signs"})
LACKS = frozenset({"no", "any", "without", "not", "lack"})
TELLS = frozenset({"say", "tell", "know", "assess", "judge"})


def by_governor(c: Clause) -> Mood | None:
    """The mood of a clause that stands under a verb or a noun."""
    told = c.token.dep_ == "relcl" and c.low[c.g] in c.scene.listed("clauses.claim_nouns", "clauses.told_nouns")
    told = told and c.low[c.g + 1] == "that"
    if not (told or c.token.dep_ in ("ccomp", "acl", "xcomp")) or c.g == c.token.i:
        return None
    return next((mood for rule in RULES if (mood := rule(c)) is not None), None)


def _doubted(c: Clause) -> Mood | None:
    doubt = c.scene.doc[c.g].lemma_ == "doubt" and c.token.dep_ == "ccomp" and c.g < c.v
    return c.mood.block(f'"{c.low[c.g]}" it') if doubt and not _surely(c.scene, c.g) else None


def _conditional(c: Clause) -> Mood | None:
    condition = under_condition(c.token)
    return c.mood.block(f'"{condition}"') if condition is not None else None


def _not_that(c: Clause) -> Mood | None:
    """ "It is not that they hold X"."""
    behind = c.low[c.g + 1 : c.g + 3]
    not_that = c.scene.doc[c.g].lemma_ == "be" and behind in (("not", "that"), ("n't", "that"))
    return c.mood.block('"it is not that" tells no fact') if not_that else None


def _prospect(c: Clause) -> Mood | None:
    prospect = _only_a_prospect(c.scene, c.token.head, c.v)
    return c.mood.block(f'"the {prospect} is that"') if prospect is not None else None


def _said(c: Clause) -> set[str]:
    """The governor with the adjectives that it says: "is unlikely"."""
    return {c.low[c.g], *(x.lower_ for x in c.token.head.children if x.dep_ in ("acomp", "oprd"))}


def _unsure(c: Clause) -> Mood | None:
    """ "It is unlikely that", "it is unclear that"."""
    said = _said(c)
    if "unlikely" in said and not c.mood.blocked and not is_negated([c.low[c.g + 1]]):
        return c.mood.flip('"unlikely that"').hedge(Certainty.PROBABLE, '"unlikely that"')
    return c.mood.block(f'"{min(said & UNSURE)}"') if said & UNSURE else None


def _judged(c: Clause) -> Mood | None:
    judged = judged_false(c.scene, c.g) if not c.beside else None  # "X is ours, all else is propaganda"
    return c.mood.judge(judged) if judged is not None else None


def _let(c: Clause) -> Mood | None:
    """ "Will let Moscow declare that it holds X"."""
    scene, verb = c.scene, c.scene.doc[c.g]
    let = c.tag[c.g] == "VB" and verb.dep_ == "ccomp" and base_of(scene, verb.head.i, "clauses.licence") in HELP
    if let and not c.above.ends and (outer := c.above(c.g)).blocked:
        return c.mood.block(outer.blocked)
    return None


def _wished_done(c: Clause) -> Mood | None:
    """ "Ordered X taken by May"."""
    done = c.tag[c.v] == "VBN" and not own_group(c.scene, c.v)
    return (
        c.mood.block(f'"{c.low[c.g]}" it done') if done and base_of(c.scene, c.g, "clauses.block") in WISHES else None
    )


def _yet_to_say(c: Clause) -> Mood | None:
    if c.tag[c.g] == "VB" and is_still_to_say(c.scene, c.g):
        return c.mood.block(f'"{c.low[c.g]}" is still to come')
    if c.low[c.g] in TELLS and "too" in c.low[max(c.start, c.g - 4) : c.g]:
        return c.mood.block(f'"too ... to {c.low[c.g]}"')
    return None


def _hedged(c: Clause) -> Mood | None:
    """ "This may mean that they hold X", "it is possible that"; the first of them leaves more to be told."""
    group, said = set(c.group(c.g)), _said(c)
    if base_of(c.scene, c.g, "clauses.bears_out"):
        if {"likely", "probably"} & group:
            c.mood = c.mood.hedge(Certainty.PROBABLE, f'"likely {c.low[c.g]} that"')
        if MODAL_EPISTEMIC & group:
            c.mood = c.mood.hedge(Certainty.POSSIBLE, f'"may {c.low[c.g]} that"')
    if "possible" in said:
        return c.mood.hedge(Certainty.POSSIBLE, '"possible that"')
    return c.mood.hedge(Certainty.PROBABLE, '"likely that"') if said & {"likely", "probable"} else None


def _borne_out(c: Clause) -> Mood | None:
    """ "Could not confirm that", "a flag does not mean that they hold X"."""
    if not is_negated(c.group(c.g)):
        return None
    if base_of(c.scene, c.g, "clauses.unconfirmed"):
        return c.mood.block(f'"{c.low[c.g]}" is negated')
    if base_of(c.scene, c.g, "clauses.bears_out"):
        return c.mood.block(f'"not {c.low[c.g]} that" leaves it open')
    return None


def _asked(c: Clause) -> Mood | None:
    asked = _only_asked(c.scene, c.g) if c.low[c.g] in c.scene.words("clauses.claim_nouns") else None
    return c.mood.block(asked) if asked is not None else None


def _idea_denied(c: Clause) -> Mood | None:
    """ "Rejected the idea that X had fallen"."""
    idea = _is_goal(c) and c.low[c.g] in c.scene.words("clauses.notions")
    return c.mood if idea and base_of(c.scene, c.scene.doc[c.g].head.i, "clauses.deny") else None


def _is_goal(c: Clause) -> bool:
    return c.low[c.g] in c.scene.listed("clauses.block_nouns", "clauses.feared")


def _goal(c: Clause) -> Mood | None:
    """ "The plan that they take X": not "assault on X, held by Y", "we took X, so they will attack Y", "X offensive: Y takes Z"."""
    scene, v, g = c.scene, c.v, c.g
    if not _is_goal(c):
        return None
    mark = v - 1 - (c.tag[v - 1] == "RB")
    aside = c.tag[v] == "VBN" and c.low[mark] == "," and scene.inside(mark - 1) is not None
    topic = ":" in c.low[g:v] and any(x.dep_ == "nsubj" for x in scene.doc[v].children)
    if aside or topic or (c.beside and _clause_of_its_own(scene, v, g)):
        return None
    return c.mood.block(f'under "{c.low[g]}"')


def _wished(c: Clause) -> Mood | None:
    """ "Wants them to hold X", "insisted that they leave X", "suggested that it cede X"; not "insists that they hold X"."""
    base = base_of(c.scene, c.g, "clauses.block_verbs")
    if not base or c.tag[c.v] in ("VBD", "VBN"):
        return None
    gives_up = any(x.frame.relation is Relation.LOSES for x, _ in c.scene.cues.verbs.get(c.low[c.v], ()))
    bare = c.tag[c.v] == "VB" or (gives_up and c.tag[c.v] == "VBP")
    bare = bare and not own_group(c.scene, c.v)
    wished = bare if base in ("insist", "suggest") else base != "warn"
    return c.mood.block(f'under "{c.low[c.g]}"') if wished else None


def _no_evidence(c: Clause) -> Mood | None:
    if c.low[c.g] in EVIDENCE and not LACKS.isdisjoint(c.low[max(0, c.g - 4) : c.g]):
        return c.mood.block(f"no {c.low[c.g]}")
    lacking = without_evidence(c.scene, c.g) or unconfirmed(c.scene, c.g)
    return c.mood.block(lacking) if lacking is not None else None


def _future(c: Clause) -> Mood | None:
    """ "Will say that they hold X"."""
    scene, g = c.scene, c.g
    if scene.doc[g].pos_ not in ("VERB", "AUX") or c.above.ends or c.tag[g] != "VB":
        return None
    words = c.group(g)
    if MODAL_FUTURE.isdisjoint(words) or base_of(scene, g, "clauses.licence"):
        return None
    apart = c.beside and c.low[g] not in scene.words("clauses.saying") and _clause_of_its_own(scene, c.v, g)
    return None if apart else c.mood.block(f'under "{words[0]} {c.low[g]}"')


RULES: tuple[Rule, ...] = (
    _doubted, _conditional, _not_that, _prospect, _unsure, _judged, _let, _wished_done, _yet_to_say, _hedged, _borne_out, _asked,
    _idea_denied, _goal, _wished, _no_evidence, _future,
)  # fmt: skip


def _surely(scene: Scene, doubt: int) -> bool:
    """Whether nobody doubts: "do not doubt that", "few doubt that"."""
    left = list(scene.low[max(scene.sentence[doubt][0], doubt - 4) : doubt])
    return is_negated(left) or bool({"few", "no", "nobody", "none", "without", "little"} & set(left))


def _only_a_prospect(scene: Scene, copula: Node, v: int) -> str | None:
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

"""The mood of a finite verb, by its conjunction and by what governs its clause: "if X falls", "denies that X fell"."""

from __future__ import annotations

from reportedly.read.mood.conjunctions import by_condition_before, by_conjunction
from reportedly.read.mood.falsehood import false_before
from reportedly.read.mood.finite_clause import Clause, Rule
from reportedly.read.mood.governed import HELP, by_governor
from reportedly.read.mood.governing import Above
from reportedly.read.mood.only_words import only_words
from reportedly.read.mood.unfounded import no_evidence_before, no_truth_before
from reportedly.read.parsing.nodes import Node
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import Mood, base_of, before_adverbs, is_negated, own_group

__all__ = ["HELP", "finite_mood"]


def finite_mood(scene: Scene, v: int, mood: Mood, above: Above) -> Mood:
    """Conditions and governors of a finite clause."""
    clause = Clause(scene, v, mood, above, scene.doc[v])
    for rule in RULES:
        if (told := rule(clause)) is not None:
            return told
    return clause.mood


def _indirect_question(c: Clause) -> Mood | None:
    return c.mood.block("an indirect question") if _asks(c.scene, c.token) else None


def _idle(c: Clause) -> Mood | None:
    idle = only_words(c.scene, c.v)
    return c.mood.block(idle) if idle is not None else None


def _demand(c: Clause) -> Mood | None:
    bare = c.tag[c.v] in ("VB", "VBP") and not own_group(c.scene, c.v)
    return c.mood.block("what somebody demands") if bare and _demanded(c.scene, c.v) else None


def _false(c: Clause) -> Mood | None:
    """ "It is false that X fell", "no evidence that X fell"."""
    if (judged := false_before(c.scene, c.v) or no_truth_before(c.scene, c.v)) is not None:
        return c.mood.judge(judged)
    lacking = no_evidence_before(c.scene, c.v)
    return c.mood.block(lacking) if lacking is not None else None


def _half_of_which(c: Clause) -> Mood | None:
    """ "Wants X, half of which is held by Y": a relative clause, whatever the parser says."""
    left = before_adverbs(c.scene, next(iter(own_group(c.scene, c.v)), c.v), c.start)
    return c.mood if left > c.start and c.low[left - 1 : left + 1] == ("of", "which") else None


def _called(c: Clause) -> Mood | None:
    """ "Could not call X lost", "refused to describe X as lost"."""
    behind_as = c.low[c.v - 1] == "as" and c.token.dep_ == "advcl"
    if c.token.dep_ != "oprd" and not behind_as:
        return None
    called = base_of(c.scene, c.g, "clauses.judge") or (behind_as and base_of(c.scene, c.g, "clauses.declares"))
    if not called or c.g > c.v:
        return None
    outer = c.above(c.g)
    return c.mood.block(f'not "{c.token.head.lower_}" so') if outer.denied or outer.blocked else None


def _of_what_is_not(c: Clause) -> Mood | None:
    nothing = c.token.dep_ == "relcl" and _of_nothing(c.scene, c.token)
    return c.mood.flip("of what is negated") if nothing else None


def _apart(c: Clause) -> Mood | None:
    """ "X is no longer held; soldiers were ordered back"."""
    return c.mood if c.v < c.g and ";" in c.low[c.v : c.g] else None


RULES: tuple[Rule, ...] = (
    _indirect_question, by_conjunction, by_condition_before, _idle, _demand, _false, _half_of_which, _called, _of_what_is_not, _apart,
    by_governor,
)  # fmt: skip


def _demanded(scene: Scene, v: int) -> bool:
    """Whether the base form at v is what a demand is for, by surface: "rejected the demand that Kyiv withdraw from X"."""
    that = next((k for k in range(v - 1, max(scene.sentence[v][0], v - 6), -1) if scene.low[k] == "that"), None)
    return that is not None and scene.low[that - 1] in ("demand", "demands", "ultimatum", "request", "proposal")


def _of_nothing(scene: Scene, token: Node) -> bool:
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


def _asks(scene: Scene, token: Node) -> bool:
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
        or any(c.lower_ == "whose" and c.i and scene.low[c.i - 1] != "," for c in subject.children)
    )

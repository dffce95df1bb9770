"""Claims that the words behind them call false: "This claim is likely false", "the statement was a lie"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reportedly.model import NARRATOR, Attribution, Certainty, Claim, Form, Polarity
from reportedly.read.claims.alike import same
from reportedly.read.claims.otherwise import NEGATED
from reportedly.read.scene.passing import Passing
from reportedly.read.scene.scene import InScene, Scene
from reportedly.read.scene.verb_groups import base_of

__all__ = ["take_back"]

NARRATION = Attribution(reasons=("the report's own voice",))
POINTING = frozenset({"this", "it", "that", "these", "which"})  # what takes up a claim
CALLING = frozenset({"is", "are", "was", "were", "'s", "be", "called", "calls", "call", "calling"})
BEFORE_FALSE = ("RB", "JJ", "DT", "PRP$", "``", "''")  # tags between "as" and what somebody describes claims as
TURNING = frozenset({"though", "although", "but", "however"})
NOT = frozenset({"not", "n't"})
FAR = 90  # tokens from a claim to the word that calls it false
BESIDE = 12  # tokens within which somebody has denied the same already


@dataclass(slots=True)
class _Reversal(InScene):
    """A word at i that calls something false: "false", "not true"; `unlike` if it "does not correspond to reality"."""

    p: Passing
    i: int
    start: int  # of its sentence
    negated: bool  # whether it is the truth that is negated
    unlike: bool

    @property
    def nouns(self) -> frozenset[str]:
        """Words for what is claimed."""
        return self.scene.words("clauses.claim_nouns")

    def before(self, count: int) -> tuple[str, ...]:
        """Words before it in its sentence."""
        return self.low[max(self.start, self.i - count) : self.i]


def take_back(p: Passing) -> None:
    """Whatever in a passage calls claims before it false: those denied by whoever says so, most often the narrator."""
    scene = p.scene
    if not p.options.denials:
        return
    denied = {scene.sentence[d.cue][0] for d in p.attributions.denials if d.content is None}
    reversal, agree, lemma = scene.words("clauses.reversal"), scene.words("clauses.agree"), p.attributions.parsed.lemma
    for i, word in enumerate(scene.low):
        start = scene.sentence[i][0]
        if start in denied or scene.bracket[i]:
            continue
        unlike = lemma[i] in agree and _unlike_the_facts(scene, i)
        untrue = word == "true" and not NOT.isdisjoint(scene.low[max(start, i - 2) : i])
        if word in reversal or unlike or untrue:
            r = _Reversal(scene, p, i, start, unlike or untrue, unlike)
            if all(rule(r) for rule in RULES):
                _reverse(r)


def _reverse(r: _Reversal) -> None:
    said = _said(r)
    _call_false(r, said)
    told = _told_before(r, said)
    newest = r.scene.sentence[max((t for _, t in told), default=0)][0]
    for claim, token in told:
        if r.scene.sentence[token][0] == newest:
            _deny(r, said, claim)


def _says_itself(r: _Reversal) -> bool:
    """Not "it is not true that X has fallen", which says itself what is not."""
    return not r.negated or r.low[r.i + 1 : r.i + 2] != ("that",)


def _no_road(r: _Reversal) -> bool:
    """Not "which lies on the road to Y"."""
    return r.low[r.i] != "lies" or r.tag[r.i] != "VBZ"


def _of_claims(r: _Reversal) -> bool:
    before = r.low[r.start : r.i]
    return not r.nouns.isdisjoint(before) or not POINTING.isdisjoint(before)


def _not_negated(r: _Reversal) -> bool:
    """Not "is not false"."""
    return r.negated or NOT.isdisjoint(r.before(3))


def _without_content(r: _Reversal) -> bool:
    """Not "as part of their false claim to have taken X", which is about X alone."""
    noun, link = r.low[r.i + 1 : r.i + 2], r.low[r.i + 2 : r.i + 3]
    return not noun or noun[0] not in r.nouns or link not in (("to",), ("that",), ("of",))


def _is_called(r: _Reversal) -> bool:
    """Something "is" or "is called" so."""
    called = r.unlike or not CALLING.isdisjoint(r.before(5)) or _described_as(r)
    return called and r.low[r.i - 1] not in ("on", "of", "by", "with")


def _described_as(r: _Reversal) -> bool:
    """Whether "as" leads to the word: "described it as a plain lie", but not "reported as the army spread false rumours"."""
    k = r.i - 1
    while k > r.start and (r.tag[k].startswith(BEFORE_FALSE) or r.low[k] in ("both", "and", ",")):
        k -= 1
    return k > r.start and r.low[k] == "as"


def _not_dismissed(r: _Reversal) -> bool:
    """Not "dismissed X's claim to have taken Y as propaganda": the denial has it all."""
    as_ = r.low[r.i - 1] == "as"
    return not as_ or not any(base_of(r.scene, k, "clauses.deny") for k in range(r.start, r.i))


RULES: tuple[Callable[[_Reversal], bool], ...] = (
    _says_itself, _no_road, _of_claims, _not_negated, _without_content, _is_called, _not_dismissed,
)  # fmt: skip
"""Whether a word may call claims before it false; all of them must agree."""


def _unlike_the_facts(scene: Scene, i: int) -> bool:
    """Whether the verb at i says of reports that they "do not correspond to reality"."""
    start, end = scene.sentence[i]
    denied = any(scene.low[k] in ("not", "n't") for k in range(max(start, i - 3), i))
    return denied and bool(scene.words("clauses.facts") & set(scene.low[i + 1 : min(end, i + 5)]))


def _said(r: _Reversal) -> Attribution:
    """Who calls it so: "X claimed that they took A, though the statement was wrong" is the report's own word."""
    own = replace(NARRATION, side=r.p.attributions.narrator_side)
    aside = r.before(3) in ((",", "which", "was"), (",", "which", "is"))
    said = own if aside else r.p.attributions.of(r.i)
    claimed = [
        t
        for c, t in zip(r.p.claims, r.p.tokens, strict=True)
        if r.start <= t < r.i and c.attribution.source == said.source
    ]
    return own if claimed and not TURNING.isdisjoint(r.low[max(claimed) : r.i]) else said


def _call_false(r: _Reversal, said: Attribution) -> None:
    """Turn what the same source tells in the sentence as a claim: "it said that the claim that X had fallen was false"."""
    p = r.p
    denied = {t for c, t in zip(p.claims, p.tokens, strict=True) if t >= r.start and c.polarity is Polarity.DENIED}
    for number, (claim, token) in enumerate(zip(p.claims, p.tokens, strict=True)):
        if (
            r.start <= token < r.i
            and not r.nouns.isdisjoint(r.low[r.start : token])
            and claim.attribution.source == said.source
            and claim.polarity is Polarity.STATED
            and claim.form is Form.STATED
            and token not in denied  # "described the army's claim that it had entered X as a lie"
            and not any(s.startswith(NEGATED) for s in claim.reasons)  # "that Y no longer holds X is false"
        ):
            reasons = (*claim.reasons, f"called “{r.low[r.i]}”")
            p.claims[number] = replace(claim, polarity=Polarity.DENIED, certainty=Certainty.CERTAIN, reasons=reasons)


def _told_before(r: _Reversal, said: Attribution) -> list[tuple[Claim, int]]:
    """The claims of others before it, of its sentence alone where that says what the claim is."""
    first = r.start if _with_content(r.scene, r.i) or _object_with_content(r.scene, r.start, r.i) else 0
    return [
        (c, t)
        for c, t in zip(r.p.claims, r.p.tokens, strict=True)
        if max(first, r.i - FAR + 1) <= t < r.i
        and c.form is Form.STATED
        and c.attribution.source not in (said.source, NARRATOR)
        and c.polarity is Polarity.STATED
    ]


def _deny(r: _Reversal, said: Attribution, claim: Claim) -> None:
    """Make the denial of a claim, unless it is there."""
    p, i = r.p, r.i
    start, end = r.scene.sentence[i]
    span, cue = p.span_of(start, end), r.scene.text(i, i + 1)
    hedged = not r.scene.words("clauses.probable").isdisjoint(r.before(8))
    opposite = replace(
        claim,
        polarity=Polarity.DENIED,
        attribution=p.moved(said),
        span=span,
        quote=p.report.text[span.start : span.end],
        valid=None,
        cue_span=p.span_of(i, i + 1),
        cue=cue,
        certainty=Certainty.PROBABLE if hedged else Certainty.CERTAIN,
        reasons=(f"“{cue}” takes back the claim before it", *claim.reasons[1:3]),
    )
    told = any(
        _denied_here(other, opposite, start <= t < end or 0 <= i - t < BESIDE)
        for other, t in zip(p.claims, p.tokens, strict=True)
    )
    if not told and not any(same(other, opposite) for other in p.claims):
        p.claims.append(opposite)
        p.tokens.append(i)


def _denied_here(other: Claim, opposite: Claim, here: bool) -> bool:
    """Whether somebody of that sentence denies the same already: "X said that claims that A had fallen 'are untrue'"."""
    alike = (other.relation, other.party, other.place.words) == (
        opposite.relation,
        opposite.party,
        opposite.place.words,
    )
    return here and alike and other.polarity is Polarity.DENIED and opposite.attribution.source == NARRATOR


def _with_content(scene: Scene, i: int) -> bool:
    """Whether the claim called false at token i says itself what it claims: "the claim that they repelled the attack is false"."""
    token = scene.doc[i]
    verb = token.head if token.pos_ not in ("VERB", "AUX") else token
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.lower_ not in scene.words("clauses.claim_nouns"):
        return False
    return any(
        c.i > subject.i and (c.dep_ in ("acl", "ccomp", "relcl") or c.lower_ in ("of", "about"))
        for c in subject.children
    )


def _object_with_content(scene: Scene, start: int, i: int) -> bool:
    """Whether what is called so says itself what it is about: "denounced the announcement of the offensive as propaganda"."""
    as_ = next((k for k in range(i - 1, max(start, i - 3), -1) if scene.low[k] == "as"), start)
    claims = [k for k in range(start, as_) if scene.low[k] in scene.words("clauses.claim_nouns")]
    return bool(claims) and scene.low[claims[-1] + 1] in ("of", "about", "that")

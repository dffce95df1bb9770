"""Denials that take up what was said before them: "Russia denied the claim", "despite denials by Y, X was taken"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import NARRATOR, Certainty, Claim, Form, Polarity, Relation
from reportedly.read.claims.alike import same
from reportedly.read.parsing.marks import DASHES
from reportedly.read.parsing.tags import FINITE, TENSED
from reportedly.read.scene.passing import Passing
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import HAVE
from reportedly.read.sources.claim_nouns import DESPITE_WITHIN
from reportedly.read.sources.said import Denial
from reportedly.read.sources.taking_back import ANSWER, CLAIMED_SO, TAKES_BACK

__all__ = ["deny_before", "over"]

CONCEDING = frozenset({"though", "although", "but", "while", "yet"})
ABOUT_IT = frozenset(
    {"on", "in", "of", "at", "near", "by", "from", "into", "over", "after", "during"}
)  # who took what, when and where
CHARGES = frozenset({"charge", "charges", "accusation", "accusations"})
APPOSED = 8  # tokens between the claim taken up and the verb that denies it
GOING_IN = (
    "enter",
    "mov",
    "push",
    "march",
    "roll",
    "sweep",
    "swept",
    "storm",
    "pour",
    "burst",
    "break",
    "broke",
    "fought",
)  # what troops do
ANSWERED = 60  # tokens of a passage within which it may deny what the one before claimed
FAR = 90  # tokens between a claim and the sentence of its denial

Told = tuple[Claim, int]  # a claim with the token of its cue


def over(scene: Scene, cue: int) -> int:
    """The token behind which all is read that a denial can be about: of "Despite denials by Y, X was taken" its whole sentence."""
    return scene.sentence[cue][1] - 1 if _in_spite_of(scene, cue) else cue


def deny_before(p: Passing, denial: Denial) -> None:
    """ "Russia denied the claim": the claims made just before, denied by another source."""
    if _rule(denial, ANSWER):
        return  # of no question
    scene, cue = p.scene, denial.cue
    told = _deniable(p, denial)
    if _charged(scene, cue):
        own = denial.attribution.side
        told = [(c, t) for c, t in told if (c.attribution.cue or "").startswith("accus") or (own and c.party == own)]
    last = max((t for _, t in told), default=0)
    if not told or scene.sentence[cue][0] - last > FAR:
        return
    newest, claims = scene.sentence[last][0], [c for c, _ in told]
    entered = all(_entered(c) for c in claims)
    named = any(c.attribution.source != NARRATOR for c in claims)
    claimed = _claims_so(scene, denial)
    for claim, token in told:
        meant = (
            scene.sentence[token][0] == newest
            and (entered or claim.relation is not Relation.CONTESTS)
            and not (claimed and claim.polarity is Polarity.STATED)
            and not (named and claim.attribution.source == NARRATOR)
        )
        if meant and not _another_denial(claim, claims):
            _deny(p, denial, claim)


def _deny(p: Passing, denial: Denial, claim: Claim) -> None:
    """Make the denial of a claim."""
    span = p.span_of(*p.scene.sentence[denial.cue])
    cue = p.scene.text(denial.cue, denial.cue + 1)
    opposite = replace(
        claim,
        polarity=Polarity.STATED if claim.polarity is Polarity.DENIED else Polarity.DENIED,
        attribution=p.moved(denial.attribution),
        span=span,
        quote=p.report.text[span.start : span.end],
        cue_span=p.span_of(denial.cue, denial.cue + 1),
        cue=cue,
        certainty=Certainty.CERTAIN,
        valid=None,
        reasons=(f"“{cue}” takes up the claim before it", *claim.reasons[1:3], *denial.attribution.reasons),
    )
    if not any(same(other, opposite) for other in p.claims):
        p.claims.append(opposite)
        p.tokens.append(denial.cue)


def _deniable(p: Passing, denial: Denial) -> list[Told]:
    """The claims that others made before a denial, in this passage or, where it opens with the denial, at the end of the last."""
    source = denial.attribution.source
    others = p.scene.low[p.scene.previous(denial.cue)] in ("others", "some")  # of the same people
    told = [
        (c, t)
        for c, t in zip(p.claims, p.tokens, strict=True)
        if c.form is Form.STATED
        and (others or c.attribution.source != source)
        and not (c.attribution.source == NARRATOR and _only_narrated(p.scene, t, denial))
    ]
    if not told and not p.claims and denial.cue < ANSWERED:
        return [(c, 0) for c in p.told if c.attribution.source != source]
    return told


def _rule(denial: Denial, rule: str) -> bool:
    """Whether a rule found the denial."""
    return any(rule in reason for reason in denial.attribution.reasons)


def _only_narrated(scene: Scene, token: int, denial: Denial) -> bool:
    """Whether what the report itself says at a token is not what is denied: "Russia, which has occupied A since 2014, denied this"."""
    cue = denial.cue
    if not {"accusation", "accusations"}.isdisjoint(scene.low[cue : cue + 5]):
        return True
    if scene.sentence[token][0] != scene.sentence[cue][0]:
        return False
    if (claim := _apposed_claim(scene, cue)) is not None:
        return not _all_that_is_told(scene, token, claim)
    bare = scene.low[cue + 1 : cue + 2] in ((".",), (";",), ()) or _rule(denial, TAKES_BACK)  # "; Y said they had not"
    return not (bare and ";" in scene.low[token:cue]) and not _answered(scene, token, cue)


def _apposed_claim(scene: Scene, cue: int) -> int | None:
    """The mark before ", a claim that Y denies", ", a report rejected by Y", of the denial at `cue`."""
    for k in range(cue - 1, max(scene.sentence[cue][0], cue - APPOSED), -1):
        if scene.low[k] in scene.words("clauses.claim_nouns") and scene.tag[k - 1] == "DT":
            return k - 2 if scene.low[k - 2] in DASHES | {","} else None
        if scene.tag[k] in FINITE and scene.low[k] not in HAVE:
            return None
    return None


def _charged(scene: Scene, cue: int) -> bool:
    """Whether the denial at `cue` is of a charge: "X captured Y with the help of Z, a charge Z denies"."""
    return any(
        scene.low[k] in CHARGES and scene.tag[k - 1] == "DT" and scene.low[k - 2] in DASHES | {","}
        for k in range(max(scene.sentence[cue][0] + 2, cue - APPOSED), cue)
    )


def _all_that_is_told(scene: Scene, token: int, mark: int) -> bool:
    """Whether the words from a token to the mark before ", a claim that Y denies" tell one thing alone, and no aside."""
    if scene.tag[token] not in TENSED | {"VBN"} or scene.doc[token].dep_ in ("relcl", "acl", "amod"):
        return False
    told = range(token + 1, mark)
    return all(
        scene.low[k] in ABOUT_IT if scene.tag[k] == "IN" else not scene.tag[k].startswith(("VB", "MD", "TO"))
        for k in told
    )


def _entered(claim: Claim) -> bool:
    """Whether all that is claimed of a fight is that somebody else, or troops that "entered" or "moved into" a place, are in it."""
    told = claim.attribution.source != NARRATOR or claim.cue.lower().startswith(GOING_IN)
    return claim.relation is Relation.CONTESTS and told


def _claims_so(scene: Scene, denial: Denial) -> bool:
    """Whether the denial claims so: "despite the army's claims", but not "claims to the contrary"."""
    despite = _in_spite_of(scene, denial.cue) and scene.low[denial.cue] in scene.words("clauses.claim_nouns")
    claimed = despite or _rule(denial, CLAIMED_SO)
    return claimed and "contrary" not in scene.low[denial.cue : scene.sentence[denial.cue][1]]


def _another_denial(claim: Claim, beside: Sequence[Claim]) -> bool:
    """Whether a claim only denies another beside it, as the denial to come does as well."""
    fact = (claim.relation, claim.party, claim.place.words)
    return claim.polarity is Polarity.DENIED and any(
        c.polarity is Polarity.STATED and (c.relation, c.party, c.place.words) == fact for c in beside
    )


def _answered(scene: Scene, token: int, cue: int) -> bool:
    """Whether the denial at `cue` answers the writer's own words at `token` of its sentence: ", though Y denies it", "despite denials by Y"."""
    verb = scene.doc[token]
    while verb.head.i != verb.i:
        if verb.dep_ == "relcl":
            return False  # "shelled A, which Russia holds, but Kyiv denied it"
        verb = verb.head
    if _in_spite_of(scene, cue):
        return True
    turns = CONCEDING | {"with"} if scene.tag[cue] == "VBG" else CONCEDING  # "with the army denying it"
    turn = next((k for k in range(cue - 1, token, -1) if scene.low[k] in turns), None)
    if turn is None:
        return False
    joined = scene.doc[cue].dep_ == "conj" and scene.doc[cue].head.i <= token  # "but claims to have done so"
    return joined or any(c.dep_ == "nsubj" and turn < c.i < cue for c in scene.doc[cue].children)


def _in_spite_of(scene: Scene, cue: int) -> bool:
    """Whether the denial at `cue` is one that the words around it go against: "despite denials by Y"."""
    start = scene.sentence[cue][0]
    return scene.tag[cue].startswith("NN") and "despite" in scene.low[max(start, cue - DESPITE_WITHIN) : cue]

"""What later words make of a claim that was read before: told again, denied, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import NARRATOR, Attribution, Certainty, Claim, Form, Polarity, Relation
from reportedly.read.claims.otherwise import NEGATED
from reportedly.read.scene.passing import Passing
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import base_of
from reportedly.read.sources.phrases import DESPITE_WITHIN
from reportedly.read.sources.said import Denial
from reportedly.read.sources.taking_back import CLAIMED_SO

__all__ = ["after_all", "flip", "in_spite_of", "same", "told_before", "told_last"]


NARRATION = Attribution(reasons=("the report's own voice",))
CONCEDING = frozenset({"though", "although", "but", "while", "yet"})
ANSWERED = 60  # tokens of a passage within which it may deny what the one before claimed


def told_before(claims: list[Claim], claim: Claim) -> bool:
    """Whether a paragraph has made a claim already; what the new one tells more of it, a statement or a date, is kept there."""
    for number, other in enumerate(claims):
        if not same(other, claim):
            continue
        if other.form is Form.PRESUPPOSED and claim.form is Form.STATED and claim.attribution.source == NARRATOR:
            claims[number] = claim
        elif (
            other.valid is None
            and claim.valid is not None
            and other.relation is claim.relation
            and other.form is claim.form
        ):
            claims[number] = replace(other, valid=claim.valid)
        return True
    return False


def same(one: Claim, other: Claim) -> bool:
    """Whether two claims of a passage are one: same fact, same source, no two different dates."""
    if (one.relation, one.party, one.polarity) != (other.relation, other.party, other.polarity) and not (
        one.relation is other.relation is Relation.CONTESTS and one.polarity is other.polarity
    ):
        return False
    same_place = (
        one.place.place_id == other.place.place_id
        if one.place.place_id is not None and one.place.words.lower() != other.place.words.lower()
        else one.place.words.lower() == other.place.words.lower()
    )
    if not same_place or one.attribution.source != other.attribution.source:
        return False
    if one.relation is Relation.CONTESTS:
        return True
    if one.extent.kind == other.extent.kind == "percent" and one.extent.value != other.extent.value:
        return False  # "19 percent of X, down from 26 percent"
    dates = (one.valid.edtf if one.valid else None, other.valid.edtf if other.valid else None)
    bounds = [d for d in dates if d is not None and d.startswith("../")]
    return dates[0] == dates[1] or None in dates or (one.relation is Relation.ADVANCES and bool(bounds))


def told_last(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims of the last sentence of a passage that somebody is named for: what the next one may deny as "the claim"."""
    said = [c for c in claims if c.form is Form.STATED and c.attribution.source != NARRATOR]
    return tuple(c for c in said if c.span == said[-1].span)


def flip(p: Passing, denial: Denial) -> None:
    """ "Russia denied the claim": the claims made just before, denied by another source."""
    sentence = p.scene.sentence[denial.cue][0]
    others = p.scene.low[p.scene.previous(denial.cue)] in ("others", "some")  # of the same people
    bare = p.scene.low[denial.cue + 1 : denial.cue + 2] in ((".",), (";",), ()) or denial.cue + 1 >= len(p.scene.low)
    accused = bool({"accusation", "accusations"} & set(p.scene.low[denial.cue : denial.cue + 5]))
    before = [
        (c, t)
        for c, t in zip(p.claims, p.tokens, strict=True)
        if c.form is Form.STATED
        and (others or c.attribution.source != denial.attribution.source)
        and not (
            c.attribution.source == NARRATOR
            and (
                accused
                or (
                    p.scene.sentence[t][0] == sentence
                    and not (bare and ";" in p.scene.low[t : denial.cue])
                    and not _answered(p.scene, t, denial.cue)
                )
            )
        )
    ]  # "Russia, which has occupied A since 2014, denied this" says nothing of A
    if not before and not p.claims and denial.cue < ANSWERED:
        before = [(c, 0) for c in p.told if c.attribution.source != denial.attribution.source]
    if not before:
        return
    last = max(t for _, t in before)
    if sentence - last > 90:
        return
    start, end = p.scene.sentence[denial.cue]
    span = p.span_of(start, end)
    newest = p.scene.sentence[last][0]
    entered = all(
        c.relation is Relation.CONTESTS and (c.attribution.source != NARRATOR or c.cue.lower().startswith("enter"))
        for c, _ in before
    )
    despite = in_spite_of(p.scene, denial.cue) and p.scene.low[denial.cue] in p.scene.words("clauses.claim_nouns")
    claimed = despite or any(CLAIMED_SO in reason for reason in denial.attribution.reasons)
    contrary = "contrary" in p.scene.low[denial.cue : end]
    for claim, token in before:
        if (
            (claim.relation is Relation.CONTESTS and not entered)
            or (claimed and claim.polarity is Polarity.STATED and not contrary)
            or _another_denial(claim, [c for c, _ in before])
            or p.scene.sentence[token][0] != newest
            or (claim.attribution.source == NARRATOR and any(c.attribution.source != NARRATOR for c, _ in before))
        ):
            continue
        polarity = Polarity.STATED if claim.polarity is Polarity.DENIED else Polarity.DENIED
        cue = p.scene.text(denial.cue, denial.cue + 1)
        opposite = replace(
            claim,
            polarity=polarity,
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
    if in_spite_of(scene, cue):
        return True
    turns = CONCEDING | {"with"} if scene.tag[cue] == "VBG" else CONCEDING  # "with the army denying it"
    turn = next((k for k in range(cue - 1, token, -1) if scene.low[k] in turns), None)
    if turn is None:
        return False
    joined = scene.doc[cue].dep_ == "conj" and scene.doc[cue].head.i <= token  # "but claims to have done so"
    return joined or any(c.dep_ == "nsubj" and turn < c.i < cue for c in scene.doc[cue].children)


def in_spite_of(scene: Scene, cue: int) -> bool:
    """Whether the denial at `cue` is one that the words around it go against: "despite denials by Y"."""
    start = scene.sentence[cue][0]
    return scene.tag[cue].startswith("NN") and "despite" in scene.low[max(start, cue - DESPITE_WITHIN) : cue]


def _unlike_the_facts(scene: Scene, i: int) -> bool:
    """Whether the verb at i says of reports that they "do not correspond to reality"."""
    start, end = scene.sentence[i]
    denied = any(scene.low[k] in ("not", "n't") for k in range(max(start, i - 3), i))
    return denied and bool(scene.words("clauses.facts") & set(scene.low[i + 1 : min(end, i + 5)]))


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


def _denied_here(other: Claim, opposite: Claim, here: bool) -> bool:
    """Whether somebody of that sentence denies the same already: "X said that claims that A had fallen 'are untrue'"."""
    alike = (other.relation, other.party, other.place.words) == (
        opposite.relation,
        opposite.party,
        opposite.place.words,
    )
    return here and alike and other.polarity is Polarity.DENIED and opposite.attribution.source == NARRATOR


def after_all(p: Passing) -> None:
    """ "This claim is likely false": the narrator denies the claim made before."""
    scene = p.scene
    if not p.options.denials:
        return
    denied = {scene.sentence[d.cue][0] for d in p.attributions.denials if d.content is None}
    agree, lemma = scene.words("clauses.agree"), p.attributions.parsed.lemma
    for i, word in enumerate(scene.low):
        start, end = scene.sentence[i]
        if start in denied:
            continue
        unlike = lemma[i] in agree and _unlike_the_facts(scene, i)
        negated_truth = unlike or (
            word == "true" and any(scene.low[k] in ("not", "n't") for k in range(max(start, i - 2), i))
        )
        if (word not in scene.words("clauses.reversal") and not negated_truth) or scene.bracket[i]:
            continue
        if negated_truth and scene.low[i + 1 : i + 2] == ("that",):
            continue  # "it is not true that X has fallen" says itself what is not
        if word == "lies" and scene.tag[i] == "VBZ":
            continue  # "which lies on the road to Y"
        if not any(
            scene.low[k] in scene.words("clauses.claim_nouns") | {"this", "it", "that", "these", "which"}
            for k in range(start, i)
        ):
            continue
        if not negated_truth and any(scene.low[k] in ("not", "n't") for k in range(max(start, i - 3), i)):
            continue
        noun, link = scene.low[i + 1 : i + 2], scene.low[i + 2 : i + 3]
        if noun and noun[0] in scene.words("clauses.claim_nouns") and link in (("to",), ("that",), ("of",)):
            continue  # "as part of their false claim to have taken X" is about X alone
        predicate = {"is", "are", "was", "were", "'s", "be", "called", "calls", "call", "calling", "as"} & set(
            scene.low[max(start, i - 5) : i]
        )
        if not (predicate or unlike) or scene.low[i - 1] in ("on", "of", "by", "with"):
            continue
        said = p.attributions.of(i)
        if scene.low[max(start, i - 3) : i] in ((",", "which", "was"), (",", "which", "is")):
            said = replace(NARRATION, side=p.attributions.narrator_side)
        if scene.low[i - 1] == "as" and any(base_of(scene, k, "clauses.deny") for k in range(start, i)):
            continue  # "dismissed X's claim to have taken Y as propaganda": the denial has it all
        own_content = _with_content(scene, i) or _object_with_content(scene, start, i)
        own = [
            t for c, t in zip(p.claims, p.tokens, strict=True) if start <= t < i and c.attribution.source == said.source
        ]
        if own and {"though", "although", "but", "however"} & set(scene.low[max(own) : i]):
            # "X claimed that they took A, though the statement was wrong"
            said = replace(NARRATION, side=p.attributions.narrator_side)
        denied_already = {
            t for c, t in zip(p.claims, p.tokens, strict=True) if t >= start and c.polarity is Polarity.DENIED
        }
        for number, (claim, token) in enumerate(zip(p.claims, p.tokens, strict=True)):
            nouns = [k for k in range(start, token) if scene.low[k] in scene.words("clauses.claim_nouns")]
            if (
                start <= token < i
                and nouns
                and claim.attribution.source == said.source
                and claim.polarity is Polarity.STATED
                and claim.form is Form.STATED
                and token not in denied_already  # "described the army's claim that it had entered X as a lie"
                and not any(
                    r.startswith(NEGATED) for r in claim.reasons
                )  # "that Y no longer holds X is false" says it holds X
            ):
                p.claims[number] = replace(
                    claim,
                    polarity=Polarity.DENIED,
                    certainty=Certainty.CERTAIN,
                    reasons=(*claim.reasons, f"called “{word}”"),
                )
        before = [
            (c, t)
            for c, t in zip(p.claims, p.tokens, strict=True)
            if (start if own_content else 0) <= t < i
            and i - t < 90
            and c.form is Form.STATED
            and c.attribution.source not in (said.source, NARRATOR)
            and c.polarity is Polarity.STATED
        ]
        if not before:
            continue
        newest = scene.sentence[max(t for _, t in before)][0]
        hedged = any(scene.low[k] in scene.words("clauses.probable") for k in range(max(start, i - 8), i))
        span = p.span_of(start, end)
        for claim, token in before:
            if scene.sentence[token][0] != newest:
                continue
            opposite = replace(
                claim, polarity=Polarity.DENIED, attribution=p.moved(said), span=span, quote=p.report.text[span.start : span.end], valid=None,
                cue_span=p.span_of(i, i + 1), cue=scene.text(i, i + 1), certainty=Certainty.PROBABLE if hedged else Certainty.CERTAIN,
                reasons=(f"“{scene.text(i, i + 1)}” takes back the claim before it", *claim.reasons[1:3]),
            )  # fmt: skip
            told = any(
                _denied_here(other, opposite, start <= t < end or 0 <= i - t < 12)
                for other, t in zip(p.claims, p.tokens, strict=True)
            )
            if not told and not any(same(other, opposite) for other in p.claims):
                p.claims.append(opposite)
                p.tokens.append(i)

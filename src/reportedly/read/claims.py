"""From assertions to claims: places resolved, party, source, polarity and time decided, each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from reportedly.knowledge import Knowledge
from reportedly.model import (
    NARRATOR,
    Attribution,
    Certainty,
    Claim,
    Extent,
    Form,
    PlaceKind,
    PlaceRef,
    PlaceRelation,
    Polarity,
    Quoting,
    Relation,
    Report,
    Span,
    Time,
    Unresolved,
)
from reportedly.read.asserted import Assertion
from reportedly.read.assertions import find_assertions
from reportedly.read.dating import event_time, own_time
from reportedly.read.denials import denial_before
from reportedly.read.ground import Ground
from reportedly.read.mood import base_of
from reportedly.read.neither import neither
from reportedly.read.passages import Passage
from reportedly.read.plausible import implausible
from reportedly.read.scene import Mention, Scene
from reportedly.read.target import Target
from reportedly.read.who import Heard, choose_party
from reportedly.resolve.parties import opponent

if TYPE_CHECKING:
    from reportedly.read.reader import Options

__all__ = ["Passing", "read_claims", "told_before", "told_last"]

ORDER = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE)
NARRATION = Attribution(reasons=("presupposed: the report's own voice",))


@dataclass(slots=True)
class Passing:
    """Everything known while one passage is read."""

    report: Report
    passage: Passage
    scene: Scene
    attributions: Any
    knowledge: Knowledge
    heard: Heard
    earlier: list[PlaceRef]
    memory: Any
    times: Sequence[Time]
    context: str
    options: Options
    reader: str
    told: Sequence[Claim] = ()  # what the passage before claims last: "Y denied the claim" may open this one
    claims: list[Claim] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)  # of each claim, its cue's token
    unresolved: list[Unresolved] = field(default_factory=list)

    def moved(self, attribution: Attribution) -> Attribution:
        """An attribution with its spans moved from the passage to the report."""
        return replace(
            attribution, source_span=self._moved(attribution.source_span), cue_span=self._moved(attribution.cue_span)
        )

    def _moved(self, span: Span | None) -> Span | None:
        if span is None:
            return None
        start, end = self.passage.span(span.start, span.end)
        return Span(start=start, end=end)

    def span_of(self, start: int, end: int) -> Span:
        """The report's span of a token range."""
        doc = self.scene.doc
        last = doc[end - 1]
        a, b = self.passage.span(doc[start].idx, last.idx + len(last.text))
        return Span(start=a, end=b)


def read_claims(p: Passing) -> tuple[list[Claim], list[Unresolved]]:
    """All claims of a passage in the order of their cues, and what could not be resolved."""
    assertions = find_assertions(p.scene)
    if not p.options.presupposed:
        assertions = [a for a in assertions if not a.attributive]
    ground = Ground(p, assertions)
    p.heard.recall()
    p.heard.named = list(dict.fromkeys(s.word.party for s in p.scene.sides if s.word.party is not None))
    bare = {d.cue: d for d in p.attributions.denials if d.content is None} if p.options.denials else {}
    for a in assertions:
        for cue in sorted(c for c in bare if c < a.start):
            _flip(p, bare.pop(cue))
        _assert(p, a, ground)
    for cue in sorted(bare):
        _flip(p, bare[cue])
    _after_all(p)
    for ref in ground.used:
        if ref.kind in (PlaceKind.SETTLEMENT, PlaceKind.REGION) and ref.place_id is None and ref.span is not None:
            p.unresolved.append(
                Unresolved(report_id=p.report.id, kind="place", words=ref.words, span=ref.span, candidates=ref.candidates,
                           reason="; ".join(ref.reasons) or "no place of this name is known")
            )  # fmt: skip
    return p.claims, p.unresolved


def _assert(p: Passing, a: Assertion, ground: Ground) -> None:
    """Make the claims of one assertion."""
    scene = p.scene
    sides = [s for s in scene.sides if scene.sentence[a.start][0] <= s.start < a.start]
    mood = a.mood
    if not p.options.moods:
        mood = replace(mood, blocked=None)
    if mood.blocked:
        _hear(p, sides)
        return
    if not a.attributive and not p.attributions.asserted(a.start):
        return
    if a.cue.frame.name == "is in" and not mood.denied and not _in_command(p, a):
        return
    attribution, deniers = _voices(p, a)
    denied = mood.denied
    pairs = [(ref, target) for target in a.targets for ref in ground.refs(target)]
    if not pairs:
        _hear(p, sides)
        return
    countries = [c for ref, _ in pairs for c in ground.countries(ref)] or ground.around(a.start)
    party, why = choose_party(scene, a, attribution, p.heard, p.knowledge.parties, countries)
    if a.cue.frame.kind == "noun" and a.side is None and p.claims and a.targets[0].mention.start == a.start:
        party, why = p.claims[-1].party, "of the claim before, which is confirmed or denied"
    special = scene.cues.occupiers.get(pairs[0][1].mention.words.lower().removeprefix("the "))
    if a.attributive and special and a.side is None:
        party, why = special, f"“occupied {pairs[0][1].mention.words}”"
    both = neither(scene, a)
    if both:
        party, why = both[0], "one of both that “neither” names"
    if party is None:
        p.unresolved.append(
            Unresolved(
                report_id=p.report.id,
                kind="party",
                words=scene.text(a.start, a.end),
                span=p.span_of(a.start, a.end),
                reason=why,
            )
        )
        return
    open_side = (a.side is None or a.side.word.party is None) and not _own(scene, a)
    if open_side and a.cue.frame.relation is not Relation.LOSES:
        denier = next((d for d in deniers(attribution, denied) if d[2].startswith("denied")), None)
        if denier is not None and denier[0].side == party:
            foe = opponent(party, p.knowledge.parties, countries=countries, heard=p.heard.parties)
            if foe is None and a.passive:
                reason = f"{denier[0].source} denies it, and whom they fight there is not known"
                span = p.span_of(a.start, a.end)
                words = scene.text(a.start, a.end)
                p.unresolved.append(
                    Unresolved(report_id=p.report.id, kind="party", words=words, span=span, reason=reason)
                )
                return
            if foe is not None:
                party, why = foe, f"what {denier[0].source} denies is the other side's"
    if open_side and a.cue.frame.relation is Relation.LOSES and a.passive and a.side is None:
        denier = next((d for d in deniers(attribution, denied) if d[2].startswith("denied")), None)
        if denier is not None and denier[0].side is not None:
            party, why = denier[0].side, f"the loss that {denier[0].source} denies is of their own side"
    p.heard.hear(party)
    ground.note([ref for ref, _ in pairs], a.start)
    for country in countries:
        if country not in p.heard.countries:
            p.heard.countries.insert(0, country)
    for ref, target in pairs:
        if target.denied and a.attributive:
            continue
        for who, polarity, note in deniers(attribution, denied):
            for each in both or (party,):
                told = polarity is not target.denied
                _add(p, a, ref, target, party=each, why=why, attribution=who, denied=told, note=note)
        ground.remember(ref, target, a.start)
        if not denied:
            p.heard.tell(a.cue.frame.relation, ref.words, party)
    _hear(p, [s for s in scene.sides if a.start <= s.start < a.end])


def _own(scene: Scene, a: Assertion) -> bool:
    """Whether the subject is whoever speaks ("X denied that it had taken A", "that its troops entered A")."""
    if a.subject is None or a.subject >= a.start:
        return False
    owners = scene.low[max(0, a.subject - 2) : a.subject]
    return scene.low[a.subject] in ("it", "they", "we", "he", "she") or bool({"its", "their", "our"} & set(owners))


def _in_command(p: Passing, a: Assertion) -> bool:
    """Whether "we are in X" is said by somebody who fights: a visitor may say so as well."""
    if a.subject is None or p.scene.low[a.subject] != "we":
        return True
    said = [v.speaker for v in p.attributions.chain(a.start) if v.speaker is not None]
    return bool(said) and bool(
        p.scene.words("clauses.commanders") & {*said[-1].heads, *said[-1].described.casefold().split()}
    )


def _hear(p: Passing, sides: Sequence[Any]) -> None:
    """Keep the parties that were named."""
    for side in sides:
        if side.word.party is not None:
            p.heard.hear(side.word.party)


def _aside(scene: Scene, i: int) -> bool:
    """Whether the cue at i stands in a relative clause behind a comma, which tells of its own accord."""
    token = scene.doc[i]
    for _ in range(4):
        if token.dep_ == "relcl":
            first = next((t.i for t in token.subtree if t.tag_ in ("WDT", "WP")), None)
            return first is not None and first > 0 and scene.low[first - 1] == "," and scene.low[first] != "that"
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _voices(p: Passing, a: Assertion) -> tuple[Attribution, Any]:
    """Who says it, and a function that gives the (attribution, denied?, note) of each claim to make."""
    scene, at = p.scene, p.attributions
    if not p.options.attribution:
        return Attribution(), lambda source, denied: [(source, denied, "")]
    said = _no_topic(scene, at.of(a.start))
    if a.attributive:
        voice = said if said.quoting is Quoting.QUOTATION and at.quoted(a.start) else replace(NARRATION, side=said.side)
        return voice, lambda source, denied: [(source, denied, "")]
    if not p.options.denials:
        return said, lambda source, denied: [(source, denied, "")]
    if a.mood.judged and (rows := _judged(p, a)) is not None:
        return said, lambda _, denied: [(who, denied is false, note) for who, false, note in rows]
    if a.mood.denied and said.source == NARRATOR:
        judges = [v for v in at.chain(a.start) if v.speaker and base_of(scene, v.frame.cue, "clauses.judge")]
        said = at.of_voice(judges[-1]) if judges else said  # "called the capture of X a lie"
    denier = at.denied_by(a.start)
    if denier is None and (verb := denial_before(scene, a.start)) is not None and at.chain(a.start) == ():
        denier = replace(at.of(verb), cue=scene.text(verb, verb + 1))
    if denier is not None and _aside(scene, a.start):
        denier, said = None, replace(NARRATION, side=said.side)  # "denies backing M23, which took X"
    stance = at.stance(a.start)

    def both(source: Attribution, denied: bool) -> list[tuple[Attribution, bool, str]]:
        if denier is not None:
            rows = [(denier, not denied, f"denied: “{denier.cue}”")]
            if source.source not in (denier.source, NARRATOR):
                rows.insert(0, (source, denied, f"the claim that {denier.source} denies"))
            return rows
        rows = [(source, denied, "")]
        if stance == "false" and source.source != NARRATOR:
            by = at.stance_by(a.start)
            by = replace(NARRATION, side=by.side) if by.source == source.source else by
            rows.append((by, not denied, "the report calls it false"))
        return rows

    return said, both


def _no_topic(scene: Scene, said: Attribution) -> Attribution:
    """ "El Fasher: rebels overrun the city": a place set off in a headline is the topic and says nothing."""
    if said.side is not None or not any("set off by a mark" in reason for reason in said.reasons):
        return said
    topic = any(m.known and m.anaphor is None and m.words == said.source for m in scene.mentions)
    return Attribution(reasons=("the place before the colon is the topic",)) if topic else said


def _judged(p: Passing, a: Assertion) -> list[tuple[Attribution, bool, str]] | None:
    """ "X's claim that ... is untrue, Y said": X's claim and its denial by Y, or by the report; None where nobody's claim it is."""
    at = p.attributions
    chain = at.chain(a.start)
    own = next((k for k, v in enumerate(chain) if v.frame.rule.startswith("noun") and v.speaker is not None), None)
    if own is None:
        return None
    owner = replace(at.of_voice(chain[own]), via=())
    if owner.source == NARRATOR:
        return None
    judge = at.of_voice(chain[own - 1]) if own else Attribution(reasons=("the report calls it false",))
    return [(owner, False, f"the claim that {judge.source} denies"), (judge, True, "called false")]


def _add(
    p: Passing, a: Assertion, ref: PlaceRef, target: Target, *, party: str, why: str, attribution: Attribution, denied: bool, note: str
) -> None:  # fmt: skip
    """Make one claim, unless the passage already made it."""
    scene = p.scene
    start, end = scene.sentence[a.start]
    extent, frame = target.extent, a.cue.frame
    relation = _relation(a, target)
    if relation is None:
        return
    doubt = implausible(p, a, ref, target, party, relation)
    if doubt:
        p.unresolved.append(
            Unresolved(
                report_id=p.report.id, kind="place", words=ref.words, span=p.span_of(a.start, a.end), reason=doubt
            )
        )
        return
    form = Form.PRESUPPOSED if a.attributive else Form.STATED
    heard = (
        p.attributions.certainty(a.start) if not a.attributive and not note.startswith("denied") else Certainty.CERTAIN
    )
    if attribution.source != NARRATOR or p.scene.low[max(0, a.start - 1)] in (
        "declared",
        "announced",
        "proclaimed",
        "pronounced",
    ):
        heard = Certainty.CERTAIN  # who says so with a name, or declares it, is sure of it
    certainty = max((a.mood.certainty, heard), key=ORDER.index)
    valid = (
        None if note == "the report calls it false" else own_time(p, a, target) or event_time(p, a, attribution, party)
    )
    if relation is Relation.ADVANCES and target.near and extent.kind != "whole":
        extent = Extent()
    reasons = [
        f"cue “{scene.text(a.start, a.end)}”: frame “{frame.name}”",
        f"party {party}: {why}",
        f"place “{ref.words}”: " + ("; ".join(ref.reasons) if ref.reasons else "as written"),
        f"source {attribution.source}: " + ("; ".join(attribution.reasons) or "no rule"),
        *a.mood.reasons,
        *([note] if note else []),
        *([f"time “{valid.words}”: {valid.reason}"] if valid else []),
        *([f"extent {extent}: “{target.extent_words}”"] if target.extent_words else []),
    ]
    sentence = p.span_of(start, end)
    claim = Claim(
        report_id=p.report.id,
        published=p.report.published,
        publisher=p.report.publisher,
        relation=relation,
        party=party,
        place=replace(
            ref,
            relation=PlaceRelation.NEAR
            if target.near
            else PlaceRelation.PART
            if extent.kind == "part"
            else ref.relation,
        ),
        span=sentence,
        quote=p.report.text[sentence.start : sentence.end],
        extent=extent,
        polarity=Polarity.DENIED if denied else Polarity.STATED,
        certainty=certainty,
        form=form,
        attribution=p.moved(attribution),
        valid=valid,
        cue=scene.text(a.start, a.end),
        cue_span=p.span_of(a.start, a.end),
        reader=p.reader,
        reasons=tuple(reasons),
    )
    if relation is Relation.LOSES and frame.party == "object":
        taken = replace(claim, relation=Relation.TAKES)
        if any(o.span == claim.span and _same(replace(o, party=party), taken) for o in p.claims if o.party != party):
            return  # "captures X, pushing them out of the city" is one event
    if relation is Relation.HOLDS and form is Form.STATED and claim.cue.lower().startswith("occup"):
        taken = replace(claim, relation=Relation.TAKES)
        if any(_same(other, taken) for other in p.claims):
            return  # "seizes and occupies X" is one event
    if told_before(p.claims, claim):
        return
    p.claims.append(claim)
    p.tokens.append(a.start)


def _relation(a: Assertion, target: Target) -> Relation | None:
    """The frame's relation, as the target changes it: ground taken near a place is an advance, not a capture."""
    relation = a.cue.frame.relation
    if relation is Relation.ADVANCES and target.into:
        relation = Relation.CONTESTS
    if target.near and relation is Relation.TAKES:
        return Relation.ADVANCES
    if target.near and relation in (Relation.HOLDS, Relation.CONTESTS, Relation.ANNEXES):
        return None
    if target.mention.direction and relation in (Relation.TAKES, Relation.HOLDS, Relation.CONTESTS):
        return Relation.ADVANCES if relation is Relation.TAKES else None
    return relation


def told_before(claims: list[Claim], claim: Claim) -> bool:
    """Whether a paragraph has made a claim already; what the new one tells more of it, a statement or a date, is kept there."""
    for number, other in enumerate(claims):
        if not _same(other, claim):
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


def _same(one: Claim, other: Claim) -> bool:
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
    dates = (one.valid.edtf if one.valid else None, other.valid.edtf if other.valid else None)
    bounds = [d for d in dates if d is not None and d.startswith("../")]
    return dates[0] == dates[1] or None in dates or (one.relation is Relation.ADVANCES and bool(bounds))


def told_last(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims of the last sentence of a passage that somebody is named for: what the next one may deny as "the claim"."""
    said = [c for c in claims if c.form is Form.STATED and c.attribution.source != NARRATOR]
    return tuple(c for c in said if c.span == said[-1].span)


def _flip(p: Passing, denial: Any) -> None:
    """ "Russia denied the claim": the claims made just before, denied by another source."""
    sentence = p.scene.sentence[denial.cue][0]
    before = [
        (c, t)
        for c, t in zip(p.claims, p.tokens, strict=True)
        if c.form is Form.STATED
        and c.attribution.source != denial.attribution.source
        and not (c.attribution.source == NARRATOR and p.scene.sentence[t][0] == sentence)
    ]  # "Russia, which has occupied A since 2014, denied this" says nothing of A
    if not before and not p.claims and p.scene.sentence[0][0] == sentence:
        before = [(c, 0) for c in p.told if c.attribution.source != denial.attribution.source]
    if not before:
        return
    last = max(t for _, t in before)
    if sentence - last > 90:
        return
    start, end = p.scene.sentence[denial.cue]
    span = p.span_of(start, end)
    newest = p.scene.sentence[last][0]
    for claim, token in before:
        if (
            claim.relation is Relation.CONTESTS
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
        if not any(_same(other, opposite) for other in p.claims):
            p.claims.append(opposite)
            p.tokens.append(denial.cue)


def _after_all(p: Passing) -> None:
    """ "This claim is likely false": the narrator denies the claim made before."""
    scene = p.scene
    if not p.options.denials:
        return
    denied = {scene.sentence[d.cue][0] for d in p.attributions.denials if d.content is None}
    for i, word in enumerate(scene.low):
        start, end = scene.sentence[i]
        if start in denied:
            continue
        negated_truth = word == "true" and any(scene.low[k] in ("not", "n't") for k in range(max(start, i - 2), i))
        if (word not in scene.words("clauses.reversal") and not negated_truth) or scene.bracket[i]:
            continue
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
        if not predicate or scene.low[i - 1] in ("on", "of", "by", "with"):
            continue
        said = p.attributions.of(i)
        for number, (claim, token) in enumerate(zip(p.claims, p.tokens, strict=True)):
            nouns = [k for k in range(start, token) if scene.low[k] in scene.words("clauses.claim_nouns")]
            if (
                start <= token < i
                and nouns
                and claim.attribution.source == said.source
                and claim.polarity is Polarity.STATED
                and claim.form is Form.STATED
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
            if t < i
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
            if not any(_same(other, opposite) for other in p.claims):
                p.claims.append(opposite)
                p.tokens.append(i)


def mention_words(mention: Mention) -> str:
    """A mention's words without a leading article."""
    return mention.words

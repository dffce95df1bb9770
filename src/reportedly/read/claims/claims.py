"""From assertions to claims: places resolved, party, source, polarity and time decided, each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import Claim, PlaceKind, PlaceRef, Relation, Unresolved
from reportedly.read.claims.answers import answered, in_answer
from reportedly.read.claims.denied_after import deny_before, over
from reportedly.read.claims.one_event import describes
from reportedly.read.claims.otherwise import otherwise
from reportedly.read.claims.party import ClaimCase, find_party
from reportedly.read.claims.taken_back import take_back
from reportedly.read.claims.telling import Telling, tell
from reportedly.read.claims.voicing import told_aside, voices
from reportedly.read.frames.assertions import find_assertions
from reportedly.read.ground.as_regions import as_never_held
from reportedly.read.ground.countries import countries_of, land_behind, land_of_groups, land_of_rebels
from reportedly.read.ground.ground import Ground
from reportedly.read.parties.binding import UNKNOWN
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.passing import Passing
from reportedly.read.scene.scene import Side
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import Mood
from reportedly.read.sources.said import Denial

__all__ = ["read_claims"]


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
        for cue in sorted(c for c in bare if over(p.scene, c) < a.start):
            deny_before(p, bare.pop(cue))
        answer = answered(p, a, bare)
        _assert(p, a, ground, bare.pop(answer) if answer is not None else None)
    for cue in sorted(bare):
        deny_before(p, bare[cue])
    take_back(p)
    for ref in ground.told.used:
        if ref.kind in (PlaceKind.SETTLEMENT, PlaceKind.REGION) and ref.place_id is None and ref.span is not None:
            p.unresolved.append(
                Unresolved(report_id=p.report.id, kind="place", words=ref.words, span=ref.span, candidates=ref.candidates,
                           reason="; ".join(ref.reasons) or "no place of this name is known")
            )  # fmt: skip
    return p.claims, p.unresolved


def _assert(p: Passing, a: Assertion, ground: Ground, answer: Denial | None = None) -> None:
    """Make the claims of one assertion; `answer` says no to it where it is a question."""
    if answer is not None:
        a = replace(a, mood=replace(a.mood, blocked=None, denied=True))
    mood = a.mood if p.options.moods else replace(a.mood, blocked=None)
    if not mood.blocked and answer is None and not _is_told(p, a, mood):
        return
    pairs = [] if mood.blocked else [(ref, target) for target in a.targets for ref in ground.refs(target)]
    if not pairs:
        start = p.scene.sentence[a.start][0]
        _hear(p, [s for s in p.scene.sides if start <= s.start < a.start])
        return
    attribution, rows = voices(p, a) if answer is None else in_answer(answer)
    case = ClaimCase(p, a, attribution, rows, pairs, _countries(p, a, pairs, ground))
    if not find_party(case):
        return
    if case.party is None:
        span = p.span_of(a.start, a.end)
        words = p.scene.text(a.start, a.end)
        p.unresolved.append(Unresolved(report_id=p.report.id, kind="party", words=words, span=span, reason=case.why))
        return
    ground.note([ref for ref, _ in pairs], a.start)
    for country in case.countries:
        if country not in p.heard.countries:
            p.heard.countries.insert(0, country)
    _make_claims(case, case.party, ground)
    if case.party != UNKNOWN:
        p.heard.hear(case.party, aside=a.passive and describes(p, a))
    _hear(p, [s for s in p.scene.sides if a.start <= s.start < a.end])


def _is_told(p: Passing, a: Assertion, mood: Mood) -> bool:
    """Whether anybody says so at all, of themselves if they say that they are in a place."""
    if not a.attributive and not p.attributions.asserted(a.start) and not told_aside(p.scene, a.start):
        return False
    return a.cue.frame.name != "is in" or mood.denied or _in_command(p, a)


def _in_command(p: Passing, a: Assertion) -> bool:
    """Whether "we are in X" is said by somebody who fights: a visitor may say so as well."""
    if a.subject is None or p.scene.low[a.subject] != "we":
        return True
    said = [v.speaker for v in p.attributions.chain(a.start) if v.speaker is not None]
    return bool(said) and bool(
        p.scene.words("clauses.commanders") & {*said[-1].heads, *said[-1].described.casefold().split()}
    )


def _countries(p: Passing, a: Assertion, pairs: Sequence[tuple[PlaceRef, Target]], ground: Ground) -> Sequence[str]:
    """The countries of its places; of places that nobody knows, the one that heads a headline or that the words around tell."""
    countries = (
        land_behind(p, a.targets[-1].mention)
        or [c for ref, _ in pairs for c in countries_of(p, ref)]
        or ground.around(a.start)
        or land_of_rebels(p, a.start)
        or land_of_groups(p)
    )
    topic = _topic_country(p, a)
    return [topic] if topic is not None and all(ref.place_id is None for ref, _ in pairs) else countries


def _topic_country(p: Passing, a: Assertion) -> str | None:
    """The country that heads a headline ("Y: army takes X")."""
    start = p.scene.sentence[a.start][0]
    if start and p.scene.low[start - 1] == ":":
        start = p.scene.sentence[start - 1][0]  # where the parser parts the two
    side = p.scene.side_at.get(start)
    if side is None or side.word.party is None or p.scene.low[side.end : side.end + 1] != (":",):
        return None
    party = p.knowledge.parties.party(side.word.party)
    return party.country if party is not None and party.kind == "state" else None


def _make_claims(c: ClaimCase, party: str, ground: Ground) -> None:
    """The claims of each place, by each who tells of it."""
    p, a = c.p, c.a
    known = a.attributive and c.relation is Relation.HOLDS
    for place, target in [(as_never_held(p, ref, party), t) if known else (ref, t) for ref, t in c.pairs]:
        if target.denied and a.attributive:
            continue
        for one, who in c.each:
            tell(Telling(p, a, place, target, one, c.why, who, target.denied))
        for who, polarity, note in () if c.each else otherwise(p, a, party, c.rows):
            for one in c.both or (party,):
                tell(Telling(p, a, place, target, one, c.why, who, polarity is not target.denied, note))
        ground.remember(place, target, a.start)
        if not a.mood.denied:
            p.heard.tell(c.relation, place.words, party)


def _hear(p: Passing, sides: Sequence[Side]) -> None:
    """Keep the parties that were named."""
    for side in sides:
        if side.word.party is not None:
            p.heard.hear(side.word.party)

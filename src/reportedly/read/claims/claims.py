"""From assertions to claims: places resolved, party, source, polarity and time decided, each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.knowledge.parties import SideWord
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
    Relation,
    Unresolved,
)
from reportedly.read.claims.afterwards import after_all, flip, in_spite_of, same, told_before
from reportedly.read.claims.dating import event_time, own_time
from reportedly.read.claims.each_claims import each_claims
from reportedly.read.claims.otherwise import otherwise
from reportedly.read.claims.plausible import implausible
from reportedly.read.claims.voicing import KNOWN, told_aside, voices
from reportedly.read.claims.whose import by_tellers
from reportedly.read.frames.assertions import find_assertions
from reportedly.read.ground.as_regions import as_never_held
from reportedly.read.ground.countries import countries_of, land_behind, land_of_groups, land_of_rebels
from reportedly.read.ground.ground import Ground
from reportedly.read.parties.binding import UNKNOWN, bind
from reportedly.read.parties.irregulars import armed_beside
from reportedly.read.parties.neither import both_gain, neither, neither_side
from reportedly.read.parties.who import choose_party
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.passing import Passing
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.target import Target
from reportedly.read.verbs.occupied_land import land_named
from reportedly.resolve.parties import opponent

__all__ = ["read_claims"]

DECLARED = frozenset({"declared", "announced", "proclaimed", "pronounced"})
FIGHTS = frozenset({"siege, fighting: noun", "fights in or for"})  # frames of fights, which go on around a place, too
ORDER = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE)


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
        for cue in sorted(c for c in bare if _over(p.scene, c) < a.start):
            flip(p, bare.pop(cue))
        _assert(p, a, ground)
    for cue in sorted(bare):
        flip(p, bare[cue])
    after_all(p)
    for ref in ground.told.used:
        if ref.kind in (PlaceKind.SETTLEMENT, PlaceKind.REGION) and ref.place_id is None and ref.span is not None:
            p.unresolved.append(
                Unresolved(report_id=p.report.id, kind="place", words=ref.words, span=ref.span, candidates=ref.candidates,
                           reason="; ".join(ref.reasons) or "no place of this name is known")
            )  # fmt: skip
    return p.claims, p.unresolved


def _over(scene: Scene, cue: int) -> int:
    """The token behind which all is read that a denial can be about: of "Despite denials by Y, X was taken" its whole sentence."""
    return scene.sentence[cue][1] - 1 if in_spite_of(scene, cue) else cue


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
    if not a.attributive and not p.attributions.asserted(a.start) and not told_aside(scene, a.start):
        return
    if a.cue.frame.name == "is in" and not mood.denied and not _in_command(p, a):
        return
    attribution, deniers = voices(p, a)
    denied = mood.denied
    pairs = [(ref, target) for target in a.targets for ref in ground.refs(target)]
    if not pairs:
        _hear(p, sides)
        return
    countries = (
        land_behind(p, a.targets[-1].mention)
        or [c for ref, _ in pairs for c in countries_of(p, ref)]
        or ground.around(a.start)
        or land_of_rebels(p, a.start)
        or land_of_groups(p)
    )
    if (topic := _topic_country(p, a)) is not None and all(ref.place_id is None for ref, _ in pairs):
        countries = [topic]
    party, why = choose_party(scene, a, attribution, p.heard, p.knowledge.parties, countries, pairs[0][0].words)
    lost = a.cue.frame.relation is Relation.LOSES
    theirs = lost and (
        scene.low[a.start - 1] in ("their", "its") or (bool(p.claims) and p.claims[-1].relation is Relation.TAKES)
    )
    if (
        a.cue.frame.kind == "noun"
        and a.side is None
        and p.claims
        and a.targets[0].mention.start == a.start
        and not theirs
    ):
        party, why = p.claims[-1].party, "of the claim before, which is confirmed or denied"
    elif (
        a.cue.frame.kind == "noun" and theirs and p.claims and a.side is None and a.targets[0].mention.start == a.start
    ):
        fighters = scene.words("clauses.agents") & set(str(attribution.source).lower().split())
        if attribution.side is None and not fighters:
            return  # "company denies loss"
        if party == p.claims[-1].party:  # who took it has not lost it
            foe = opponent(party, p.knowledge.parties, countries=countries, heard=p.heard.parties)
            party, why = foe or party, "who fights those that took it"
    land = land_named(scene, a, pairs[0][1].mention)
    special = scene.cues.occupiers.get(land)
    if a.attributive and special and a.cue.frame.relation is not Relation.LOSES and a.side is None:
        party, why = special, f"“occupied {land}”"
    parties = p.knowledge.parties

    def party_of(word: SideWord) -> str | None:
        return bind(word, parties, attribution.side, countries, p.heard)[0]

    if (armed := armed_beside(scene, a, parties, party_of)) is not None:
        party, why = armed, "the fighters before the noun"
    both = neither(scene, a, party_of)
    if both:
        party, why = both[0], "one of both that “neither” names"
    if not both and neither_side(scene, a):
        party, why = None, "neither side"
    both = both or both_gain(
        scene, a, party_of, lambda one: opponent(one, parties, countries=countries, heard=p.heard.parties)
    )
    rows = deniers(attribution, denied)
    each = each_claims(p, a, attribution, party_of, countries)
    if each:
        party, why = each[0][0], "each of two speakers claims it"
    elif party is not None:
        party, why = by_tellers(p, a, mood, attribution, rows, party, why, countries)
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
    if a.cue.frame.name == "falls" and a.side is None and _holder(p, a, party, pairs[0][0].words):
        party = opponent(party, parties, countries=countries, heard=p.heard.parties) or party
        why = "who fights those that held it"
    home = p.knowledge.parties.state_of(countries[0]) if countries else None
    known = pairs[0][0].kind is not PlaceKind.UNNAMED  # "the four regions it annexed" are nobody's by their name
    if a.cue.frame.relation is Relation.ANNEXES and a.side is None and home is not None and home.id == party and known:
        foe = opponent(party, p.knowledge.parties, countries=countries, heard=p.heard.parties)
        party, why = (foe, f"{party} does not annex its own ground") if foe is not None else (party, why)
    ground.note([ref for ref, _ in pairs], a.start)
    for country in countries:
        if country not in p.heard.countries:
            p.heard.countries.insert(0, country)
    if a.attributive and a.cue.frame.relation is Relation.HOLDS:
        pairs = [(as_never_held(p, ref, party), target) for ref, target in pairs]
    for ref, target in pairs:
        if target.denied and a.attributive:
            continue
        for one, who in each:
            _add(p, a, ref, target, party=one, why=why, attribution=who, denied=target.denied, note="")
        for who, polarity, note in () if each else otherwise(p, a, party, rows):
            for one in both or (party,):
                told = polarity is not target.denied
                _add(p, a, ref, target, party=one, why=why, attribution=who, denied=told, note=note)
        ground.remember(ref, target, a.start)
        if not denied:
            p.heard.tell(a.cue.frame.relation, ref.words, party)
    if party != UNKNOWN:
        p.heard.hear(party, aside=a.passive and _describes(p, a))
    _hear(p, [s for s in scene.sides if a.start <= s.start < a.end])


def _holder(p: Passing, a: Assertion, party: str, words: str) -> bool:
    """Whether the sentence told before that the party held the place which falls: "they failed to hold X, which fell in May"."""
    start = p.scene.sentence[a.start][0]
    told = (
        c for c, t in zip(p.claims, p.tokens, strict=True) if t >= start and c.party == party and c.place.words == words
    )
    return any(c.relation in (Relation.HOLDS, Relation.LOSES) for c in told)


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


def _in_command(p: Passing, a: Assertion) -> bool:
    """Whether "we are in X" is said by somebody who fights: a visitor may say so as well."""
    if a.subject is None or p.scene.low[a.subject] != "we":
        return True
    said = [v.speaker for v in p.attributions.chain(a.start) if v.speaker is not None]
    return bool(said) and bool(
        p.scene.words("clauses.commanders") & {*said[-1].heads, *said[-1].described.casefold().split()}
    )


def _hear(p: Passing, sides: Sequence[Side]) -> None:
    """Keep the parties that were named."""
    for side in sides:
        if side.word.party is not None:
            p.heard.hear(side.word.party)


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
        p.attributions.certainty(a.start)
        if not a.attributive and not note.startswith(("denied", KNOWN))
        else Certainty.CERTAIN
    )
    before = a.start - 1 - (scene.tag[max(0, a.start - 1)] == "RB")  # "was declared fully liberated"
    if attribution.source != NARRATOR or scene.low[max(0, before)] in DECLARED:
        heard = Certainty.CERTAIN  # who says so with a name, or declares it, is sure of it
    certainty = max((a.mood.certainty, heard), key=ORDER.index)
    if note.startswith("denied") or (a.mood.denied and not denied and note.startswith("the claim that")):
        certainty = Certainty.CERTAIN  # "is unlikely to have taken X, as Y claimed": Y is sure of it
    valid = (
        None if note == "the report calls it false" else own_time(p, a, target) or event_time(p, a, attribution, party)
    )
    if relation is Relation.ADVANCES and (target.near or (a.cue.words[-1] == "from" and _centre(target))):
        extent = Extent()  # "10 km from the centre of X" is near all of it
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
        if any(o.span == claim.span and same(replace(o, party=party), taken) for o in p.claims if o.party != party):
            return  # "captures X, pushing them out of the city" is one event
    before_that = "had" in scene.low[max(start, a.start - 3) : a.start]  # "left X, which they had seized in May"
    if relation is Relation.TAKES and not denied and not before_that:
        lost = (o for o in p.claims if o.relation is Relation.LOSES and o.party == party and o.span == claim.span)
        if any(o.polarity is Polarity.STATED and o.place.words == claim.place.words for o in lost) and _describes(p, a):
            return  # "drove them out of X, the second town that they have recaptured" is one event
    if relation is Relation.HOLDS and form is Form.STATED and valid is None and _describes(p, a):
        gone = (o for o in p.claims if o.relation is Relation.LOSES and o.party == party and o.span == claim.span)
        if any(o.place.words == claim.place.words and o.polarity is Polarity.STATED for o in gone):
            return  # "lost two thirds of the territory it once held in X"
    if frame.name == "in hands, without a verb" or claim.cue.lower().startswith("in "):
        held = (o for o in p.claims if o.relation is relation and o.party == party and o.span == claim.span)
        if any(o.place.words == claim.place.words and o.extent.kind == "percent" for o in held):
            return  # "had 54 per cent of X in their hands"
    if relation is Relation.HOLDS and form is Form.STATED and claim.cue.lower().startswith("occup"):
        taken = replace(claim, relation=Relation.TAKES)
        if any(same(other, taken) for other in p.claims):
            return  # "seizes and occupies X" is one event
    if told_before(p.claims, claim):
        return
    p.claims.append(claim)
    p.tokens.append(a.start)


def _describes(p: Passing, a: Assertion) -> bool:
    """Whether a cue stands in a clause that describes a noun: "the second town that they have recaptured"."""
    token = p.scene.doc[a.start]
    return any(t.dep_ in ("relcl", "acl") for t in (token, *list(token.ancestors)[:2]))


def _centre(target: Target) -> bool:
    """Whether the part of a place that is told of is its middle."""
    return not {"centre", "center", "downtown"}.isdisjoint(target.extent_words.lower().split())


def _around(target: Target) -> bool:
    """Whether a settlement's area is told of, which is more than the settlement: "the X area", "the area of X"."""
    m = target.mention
    area = m.words.lower().split()[-1] == "area" or "area" in target.extent_words.lower().split()
    return area and m.known and m.kind is PlaceKind.SETTLEMENT and not m.anaphor


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
    if relation is Relation.CONTESTS and a.cue.frame.name in FIGHTS and _around(target):
        return None  # "fighting in the X area"
    return relation

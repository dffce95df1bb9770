"""One claim made: its relation, how sure it is, for when it is said and why, unless the place cannot be meant or it was told."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    Time,
    Unresolved,
)
from reportedly.read.claims.alike import told_before
from reportedly.read.claims.dating import event_time, own_time
from reportedly.read.claims.one_event import one_event
from reportedly.read.claims.plausible import implausible
from reportedly.read.claims.voicing import CALLED_FALSE, KNOWN
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.passing import Passing
from reportedly.read.scene.target import Target

__all__ = ["Telling", "tell"]

DECLARED = frozenset({"declared", "announced", "proclaimed", "pronounced"})
FIGHTS = frozenset({"siege, fighting: noun", "fights in or for"})  # frames of fights, which go on around a place, too
ORDER = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE)


@dataclass(slots=True)
class Telling:
    """An assertion of one place as one source tells it of one party."""

    p: Passing
    a: Assertion
    ref: PlaceRef
    target: Target
    party: str
    why: str
    attribution: Attribution
    denied: bool
    note: str = ""


def tell(t: Telling) -> None:
    """Make one claim, unless the passage already made it."""
    p, a = t.p, t.a
    relation = _relation(a, t.target)
    if relation is None:
        return
    if doubt := implausible(p, a, t.ref, t.target, t.party, relation):
        span = p.span_of(a.start, a.end)
        p.unresolved.append(Unresolved(report_id=p.report.id, kind="place", words=t.ref.words, span=span, reason=doubt))
        return
    claim = _claim(t, relation)
    if not one_event(p, a, claim) and not told_before(p.claims, claim):
        p.claims.append(claim)
        p.tokens.append(a.start)


def _claim(t: Telling, relation: Relation) -> Claim:
    p, a = t.p, t.a
    extent, valid = _extent(t, relation), _valid(t)
    near = PlaceRelation.NEAR if t.target.near else PlaceRelation.PART if extent.kind == "part" else t.ref.relation
    sentence = p.span_of(*p.scene.sentence[a.start])
    return Claim(
        report_id=p.report.id,
        published=p.report.published,
        publisher=p.report.publisher,
        relation=relation,
        party=t.party,
        place=replace(t.ref, relation=near),
        span=sentence,
        quote=p.report.text[sentence.start : sentence.end],
        extent=extent,
        polarity=Polarity.DENIED if t.denied else Polarity.STATED,
        certainty=_certainty(t),
        form=Form.PRESUPPOSED if a.attributive else Form.STATED,
        attribution=p.moved(t.attribution),
        valid=valid,
        cue=p.scene.text(a.start, a.end),
        cue_span=p.span_of(a.start, a.end),
        reader=p.reader,
        reasons=_reasons(t, extent, valid),
    )


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


def _around(target: Target) -> bool:
    """Whether a settlement's area is told of, which is more than the settlement: "the X area", "the area of X"."""
    m = target.mention
    area = m.words.lower().split()[-1] == "area" or "area" in target.extent_words.lower().split()
    return area and m.known and m.kind is PlaceKind.SETTLEMENT and not m.anaphor


def _certainty(t: Telling) -> Certainty:
    """How sure who says so is: the words of the clause, and those of the voices around it."""
    a, note = t.a, t.note
    if note.startswith("denied") or (a.mood.denied and not t.denied and note.startswith("the claim that")):
        return Certainty.CERTAIN  # "is unlikely to have taken X, as Y claimed": Y is sure of it
    return max((a.mood.certainty, _heard(t)), key=ORDER.index)


def _heard(t: Telling) -> Certainty:
    """How sure the voices around it are; who says so with a name, or declares it, is."""
    a, scene = t.a, t.p.scene
    if a.attributive or t.attribution.source != NARRATOR or t.note.startswith(KNOWN):
        return Certainty.CERTAIN
    before = a.start - 1 - (scene.tag[max(0, a.start - 1)] == "RB")  # "was declared fully liberated"
    return Certainty.CERTAIN if scene.low[max(0, before)] in DECLARED else t.p.attributions.certainty(a.start)


def _valid(t: Telling) -> Time | None:
    if t.note == CALLED_FALSE:
        return None
    return own_time(t.p, t.a, t.target) or event_time(t.p, t.a, t.attribution, t.party)


def _extent(t: Telling, relation: Relation) -> Extent:
    """How much of the place; "10 km from the centre of X" is near all of it."""
    centre = t.a.cue.words[-1] == "from" and _centre(t.target)
    return Extent() if relation is Relation.ADVANCES and (t.target.near or centre) else t.target.extent


def _centre(target: Target) -> bool:
    """Whether the part of a place that is told of is its middle."""
    return not {"centre", "center", "downtown"}.isdisjoint(target.extent_words.lower().split())


def _reasons(t: Telling, extent: Extent, valid: Time | None) -> tuple[str, ...]:
    a, attribution = t.a, t.attribution
    return (
        f"cue “{t.p.scene.text(a.start, a.end)}”: frame “{a.cue.frame.name}”",
        f"party {t.party}: {t.why}",
        f"place “{t.ref.words}”: " + ("; ".join(t.ref.reasons) if t.ref.reasons else "as written"),
        f"source {attribution.source}: " + ("; ".join(attribution.reasons) or "no rule"),
        *a.mood.reasons,
        *([t.note] if t.note else []),
        *([f"time “{valid.words}”: {valid.reason}"] if valid else []),
        *([f"extent {extent}: “{t.target.extent_words}”"] if t.target.extent_words else []),
    )

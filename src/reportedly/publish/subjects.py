"""Everything a page says about one thing: a place, a claim, a report, a source, a dispute. Plain values, nothing decided here."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reportedly.errors import NotFound
from reportedly.model import Claim, Dispute, Place, PlaceKind, Report, Span, Status
from reportedly.publish.derive import ELSEWHERE, MODEL, status_of
from reportedly.publish.drawing import Lanes, draw_lanes
from reportedly.publish.filters import Filters
from reportedly.publish.history import Code
from reportedly.publish.table import ClaimTable, day_of, source_key
from reportedly.publish.views import Views
from reportedly.publish.wording import clean

__all__ = [
    "Piece", "claim_subject", "claims_of_dispute", "dispute_subject", "pieces", "place_subject", "report_subject",
    "source_subject",
]  # fmt: skip

SHOWN = 100  # claims shown on a page; the rest by its link to all of them
BEARING_MAX = 2_000  # claims on a place, on sets and groups that it is of, and on the regions around it
GAP_DAYS = 45  # days without a claim that the place page calls a gap
PASSAGES_MAX = 2_000
AROUND = 500  # characters shown before and after a claim's sentence, up to the end of a paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a report as shown: its text, and whether it is a claim's sentence, its words, its source or its place."""

    text: str
    marks: tuple[str, ...] = ()
    claim_id: str | None = None


def pieces(text: str, spans: Iterable[tuple[Span | None, str, str | None]]) -> list[Piece]:
    """Cut a text at the ends of spans (span, mark, claim id); spans may overlap and may be None; out of range is cut off."""
    known = [(s.start, min(s.end, len(text)), mark, name) for s, mark, name in spans if s and s.start < len(text)]
    cuts = sorted({0, len(text), *(k[0] for k in known), *(k[1] for k in known)})
    known.sort()
    out, active, following = [], [], 0
    for start, end in itertools.pairwise(cuts):
        while following < len(known) and known[following][0] <= start:
            active.append(known[following])
            following += 1
        active = [k for k in active if k[1] > start]
        marks = tuple(dict.fromkeys(k[2] for k in active))
        out.append(Piece(text=text[start:end], marks=marks, claim_id=next((k[3] for k in active if k[3]), None)))
    return out


def excerpt(text: str, claim: Claim) -> list[Piece]:
    """The claim's sentence, marked, with the paragraphs around it; what is left out before and after is an ellipsis."""
    low = text.rfind("\n", 0, max(0, claim.span.start - AROUND)) + 1 if claim.span.start > AROUND else 0
    high = text.find("\n", min(len(text), claim.span.end + AROUND))
    low, high = (
        max(low, claim.span.start - 2 * AROUND),
        min(high if high >= 0 else len(text), claim.span.end + 2 * AROUND),
    )
    moved = [
        (Span(start=max(0, s.start - low), end=max(0, min(s.end, high) - low)), mark, name)
        for s, mark, name in claim_spans(claim)
        if s is not None and s.end > low and s.start < high
    ]
    found = pieces(text[low:high], moved)
    before = [Piece(text="… ")] if text[:low].strip() else []
    return [*before, *found, *([Piece(text=" …")] if text[high:].strip() else [])]


def claim_spans(claim: Claim) -> list[tuple[Span | None, str, str | None]]:
    """The spans of a claim with their marks: sentence, cue, source, place, time."""
    return [
        (claim.span, "sentence", claim.id),
        (claim.cue_span, "cue", None),
        (claim.attribution.source_span, "source", None),
        (claim.place.span, "place", None),
        (claim.valid.span if claim.valid else None, "time", None),
    ]


def place_subject(views: Views, place_id: int, filters: Filters, *, policy: str, day: dt.date) -> dict[str, Any]:
    """A place: its status on the day with reasons, its claims by source over time, disputes, changes and gaps."""
    place = views.require_place(place_id)
    mine = dataclasses.replace(filters, place=(place_id,), within=(), valid_at=None, offset=0, limit=SHOWN)
    claims, total = views.page(mine)
    history = views.history(policy, filters.as_of)
    changes = history.of_place(place_id)
    now = next((code for when, code in reversed(changes) if when <= day), Code())
    regions = _regions_of(views, place, filters)
    around = (place_id, *(p.id for p, _ in regions))
    bearing = views.ledger.claims(place_ids=around, as_of=filters.as_of, newest_first=True, limit=BEARING_MAX)
    status = views.by_model(place, day, filters.as_of) if policy == MODEL else None
    if status is None:
        rule = ELSEWHERE if policy == MODEL else policy
        status = status_of(bearing, rule, place_id, day, as_of=filters.as_of, members=views.members)
        if status and policy == MODEL:
            why = f"the model knows no ground here, so this is the {rule}"
            status = dataclasses.replace(status, policy=policy, reasons=(why, *status.reasons))
    return {
        "place": place,
        "names": views.gazetteer.names(place_id),
        "status": status,
        "sentence": views.lexicon.status(status, place.name) if status else "",
        "why": [views.lexicon.reason(r, claims) for r in status.reasons] if status else [],
        "code": now,
        "claims": claims,
        "total": total,
        "together": [c for c in bearing if place_id in c.place.members or c.place.within == place_id][:SHOWN],
        "changes": changes,
        "disputes": views.disputes(place_id=place_id),
        "regions": regions,
        "lanes": lanes_of(views, claims, changes, day),
        "gaps": gaps_of(claims, day),
        "last_heard": claims[0].published.date() if claims else None,
        "policy": policy,
        "day": day,
        "members": len(views.members(place_id)),
        "written": Counter(clean(c.place.words) for c in claims).most_common(6),
        "holdings": views.references.holdings(place, day),
    }


def _regions_of(views: Views, place: Place, filters: Filters) -> list[tuple[Place, int]]:
    """The regions with claims of their own that a place lies in, with how many claims there are."""
    table = views.snapshot().table
    key = "regions"
    kept = views.snapshot().tables
    if key not in kept:
        spots = [views.place(int(i)) for i in table.places]
        kept[key] = [p for p in spots if p and p.kind not in (PlaceKind.SETTLEMENT, PlaceKind.OTHER)]
    out = []
    for region in kept[key]:
        if region.id == place.id or (region.country != place.country and region.country):
            continue
        if region.kind is PlaceKind.COUNTRY or place.id in views.members(region.id):
            number = len(
                views.select(dataclasses.replace(filters, place=(region.id,), within=(), valid_at=None, offset=0))
            )
            if number:
                out.append((region, number))
    return out


def gaps_of(claims: Sequence[Claim], day: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Stretches of more than GAP_DAYS between publications about a place, up to the day asked about, oldest first."""
    days = sorted({c.published.date() for c in claims} | ({day} if claims else set()))
    return [(a, b) for a, b in itertools.pairwise(days) if (b - a).days > GAP_DAYS]


def lanes_of(
    views: Views, claims: Sequence[Claim], changes: Sequence[tuple[dt.date, Code]], day: dt.date
) -> Lanes | None:
    """The timeline: one lane per side that speaks, and the map's own line through time."""
    return draw_lanes(claims, changes, day, lexicon=views.lexicon, gaps=gaps_of(claims, day)) if claims else None


def claim_subject(views: Views, claim_id: str) -> dict[str, Any]:
    """A claim: its report with the sentence marked, its chain, how each field was read, what supports and contradicts it."""
    claim = views.ledger.claim(claim_id)
    snapshot = views.snapshot()
    report = views.ledger.report(claim.report_id)
    disputes = snapshot.disputes_of_claim.get(claim_id, [])
    against: list[str] = []
    beside: list[str] = []
    for dispute in disputes:
        for side in dispute.sides:
            (beside if claim_id in side else against).extend(i for i in side if i != claim_id)
    same = _same(views, claim)
    return {
        "claim": claim,
        "report": report,
        "place": views.place(claim.place.place_id) if claim.place.place_id is not None else None,
        "pieces": excerpt(report.text, claim),
        "chain": views.lexicon.chain(claim),
        "sentence": views.lexicon.sentence(claim),
        "standing": _stands(snapshot.table, claim_id),
        "disputes": disputes,
        "contradicts": views.claims(dict.fromkeys(against))[:SHOWN],
        "supports": views.claims(dict.fromkeys([*beside, *same]))[:SHOWN],
        "fields": fields_of(views, claim),
        "compared": views.references.compared(views.gazetteer, claim),
    }


def _stands(table: ClaimTable, claim_id: str) -> bool:
    """Whether any version of the claim stands."""
    row = table.row_of(claim_id)
    return row is not None and (table.stands(row) or bool(np.any((table.ids == table.ids[row]) & table.standing)))


def _same(views: Views, claim: Claim) -> list[str]:
    """Ids of standing claims by others that say the same party does the same at the same place."""
    if claim.place.place_id is None:
        return []
    polarity = "denied" if claim.polarity == "-" else "stated"
    wanted = Filters(
        place=(claim.place.place_id,), party=(claim.party,), relation=(str(claim.relation),), polarity=(polarity,)
    )
    found = [name.decode() for name in views.snapshot().table.ids[views.select(wanted)[:50]]]
    return [name for name in found if name != claim.id]


def fields_of(views: Views, claim: Claim) -> list[tuple[str, str, str]]:
    """(field, value, how it was read) for every field of a claim."""
    who, ref, valid = claim.attribution, claim.place, claim.valid
    unnamed = ", ".join(claim.reasons)
    place = (
        f"{ref.name or ref.words} ({ref.probability:.0%})"
        if ref.place_id is not None
        else f"{ref.words}: not one place"
    )
    return [
        ("What", views.lexicon.what(claim), f"words: {claim.cue}" if claim.cue else ""),
        ("Place", place, "; ".join(ref.reasons)),
        ("Extent", str(claim.extent), ""),
        ("Stated or denied", "denied" if claim.polarity == "-" else "stated", ""),
        ("How sure the source is", str(claim.certainty), ""),
        ("Form", "said outright" if claim.form == "stated" else "only implied", ""),
        ("For when", f"{valid.words} ({valid.edtf or 'not dated'})" if valid else "as of the report", valid.reason if valid else ""),
        ("Source", views.lexicon.speaker(claim), "; ".join(who.reasons)),
        ("Side of the source", views.lexicon.party(who.side) if who.side else "none known", ""),
        ("Words of saying", who.cue or "none: the report's own voice", str(who.quoting)),
        ("Read by", claim.reader or "unknown", unnamed),
    ]  # fmt: skip


def report_subject(views: Views, report_id: str) -> dict[str, Any]:
    """A report: its text with every claim marked, what else was said in it, what could not be resolved, who read it."""
    report: Report = views.ledger.report(report_id)
    claims = views.ledger.claims(report_id=report_id)
    spans = [s for c in claims[:PASSAGES_MAX] for s in claim_spans(c)]
    return {
        "report": report,
        "claims": claims,
        "pieces": pieces(report.text, spans),
        "statements": views.ledger.statements(report_id=report_id),
        "unresolved": views.ledger.unresolved(report_id=report_id),
        "readings": views.ledger.readings(report_id),
        "custody": views.snapshot().by_report.get(report_id),
    }


def source_subject(views: Views, key: str, filters: Filters) -> dict[str, Any]:
    """A source: its claims, on whose behalf it speaks, whom it relays and who relays it."""
    mine = dataclasses.replace(filters, source=(key,), offset=0, limit=SHOWN)
    claims, total = views.page(mine)
    if not total and key not in views.lexicon.sources:
        raise NotFound(f"No source is filed under {key[:80]!r}.")
    facets = views.facets(dataclasses.replace(mine, limit=100))
    rows = views.select(mine)
    table = views.snapshot().table
    days = table.columns["published"][rows]
    relayed: Counter[str] = Counter(v for c in claims for v in c.attribution.via)
    published: Counter[str] = Counter(c.publisher for c in claims)
    return {
        "key": key,
        "name": views.lexicon.source(key),
        "claims": claims,
        "total": total,
        "facets": {name: facets[name] for name in ("relation", "party", "side", "certainty", "polarity", "disputed")},
        "first": day_of(days.min()) if len(days) else None,
        "last": day_of(days.max()) if len(days) else None,
        "relayed_by": relayed.most_common(20),
        "published_by": published.most_common(20),
        "places": _top_places(views, rows),
    }


def _top_places(views: Views, rows: Any) -> list[tuple[Place, int]]:
    """The places a source speaks of most."""
    ids, counts = np.unique(views.snapshot().table.place_of(rows), return_counts=True)
    order = np.argsort(-counts, kind="stable")[:40]
    return [(p, int(counts[i])) for i in order if (p := views.place(int(ids[i])))][:20]


def claims_of_dispute(views: Views, dispute: Dispute) -> list[list[Claim]]:
    """The claims of each side of a dispute."""
    found = {c.id: c for c in views.claims(dict.fromkeys(i for side in dispute.sides for i in side[:SHOWN]))}
    return [[found[i] for i in side if i in found] for side in dispute.sides]


def dispute_subject(views: Views, dispute_id: str) -> dict[str, Any]:
    """A dispute: its sides with their claims, how long it lasts, what settled it."""
    dispute = views.dispute(dispute_id)
    sides = claims_of_dispute(views, dispute)
    return {
        "dispute": dispute,
        "place": views.place(dispute.place_id) if dispute.place_id is not None else None,
        "sides": sides,
        "settled_by": views.claims(dispute.settled_by),
        "reason": views.lexicon.reason(dispute.reason, [c for side in sides for c in side]),
        "voices": [sorted({source_key(c) for c in side}) for side in sides],
    }


def describe(status: Status | None) -> list[str]:
    """The reasons of a status."""
    return list(status.reasons) if status else []

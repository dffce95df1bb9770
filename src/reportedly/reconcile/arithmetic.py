"""What a text says of itself, checked: durations, weekdays, counts and percentages that do or do not add up. Pure.

Only what the text states on both sides is checked: a duration with its two ends, a weekday with its date, a count with
the names it counts, percentages of one whole. What cannot be told either way is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportedly.model import Claim, Dispute, DisputeKind, DisputeState, Relation, Report, Span
from reportedly.reconcile.sums import check_counts, check_durations, check_percentages, check_weekdays
from reportedly.resolve.dates import find_times

__all__ = ["Check", "arithmetic_disputes", "check_arithmetic"]

MOST = 200_000  # characters of a report that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: what kind (duration, weekday, count, percentage), the words and where they stand, and whether it holds."""

    report_id: str
    kind: str
    words: str
    span: Span
    holds: bool
    reason: str


def check_arithmetic(report: Report, claims: Iterable[Claim] = ()) -> tuple[Check, ...]:
    """Everything in the report that can be checked against itself, in order; `claims` (of this report) add their percentages."""
    text, day = report.text[:MOST], report.published.date()
    times = [t for t in find_times(text, published=day) if t.span is not None]
    found = [
        *(("duration", *row) for row in check_durations(text, times, day)),
        *(("weekday", *row) for row in check_weekdays(times)),
        *(("count", *row) for row in check_counts(text)),
        *(("percentage", *row) for row in check_percentages(text)),
        *(("percentage", *row) for row in _shares([c for c in claims if c.report_id == report.id])),
    ]
    found.sort(key=lambda f: (f[1], f[2], f[0]))
    return tuple(
        Check(
            report_id=report.id, kind=kind, words=" ".join(report.text[start:end].split()), span=Span(start=start, end=end),
            holds=holds, reason=reason,
        )
        for kind, start, end, holds, reason in found
    )  # fmt: skip


def arithmetic_disputes(checks: Iterable[Check], claims: Sequence[Claim]) -> list[Dispute]:
    """The checks that fail in sentences that claim something, as disputes of a text with itself, one per place."""
    out: dict[str, Dispute] = {}
    for check in checks:
        near = (
            []
            if check.holds
            else [c for c in claims if c.report_id == check.report_id and _touches(c.span, check.span)]
        )
        for place_id in sorted({c.place.place_id or c.place.within or 0 for c in near}):
            here = [c for c in near if (c.place.place_id or c.place.within or 0) == place_id]
            day = here[0].published.date()
            dispute = Dispute(
                kind=DisputeKind.ARITHMETIC, place_id=place_id or None, place_name=here[0].place.name or here[0].place.words,
                sides=(tuple(sorted(c.id for c in here)),), first=day, last=day + dt.timedelta(days=1), state=DisputeState.OPEN,
                reason=f"“{check.words}”: {check.reason}",
            )  # fmt: skip
            out[f"{dispute.id} {check.span.start}"] = dispute
    return sorted(out.values(), key=lambda d: (d.first, str(d.place_id), d.id, d.reason))


def _touches(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _shares(claims: Sequence[Claim]) -> Iterable[tuple[int, int, bool, str]]:
    """Percentages of one place that one source gives to different parties for one time: together at most a hundred."""
    groups: dict[tuple[object, ...], dict[str, Claim]] = {}
    for claim in claims:
        if claim.extent.kind == "percent" and claim.relation is Relation.HOLDS and claim.polarity == "+":
            time = claim.valid.edtf if claim.valid else None
            key = (claim.place.place_id or claim.place.words, claim.attribution.source, time)
            groups.setdefault(key, {}).setdefault(claim.party, claim)
    for parties in groups.values():
        if len(parties) > 1:
            total = sum(c.extent.value or 0.0 for c in parties.values())
            said = " and ".join(f"{p} {c.extent.value:g}" for p, c in sorted(parties.items()))
            last = max(parties.values(), key=lambda c: c.span.start)
            holds = total <= 101
            yield last.span.start, last.span.end, holds, f"{said} per cent of {last.place.words} are {total:g} in all"

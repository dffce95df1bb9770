"""Policies: rule sets that turn positions into a status. Each has a page of reasons in docs/policies/.

A policy sees one place: the newest position of each voice on the day asked for, oldest first. It gives weights to parties;
`control.reconcile` does the rest. To add one, write a function and name it in POLICIES.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.reconcile.positions import Bearing, Position

__all__ = ["POLICIES", "Verdict", "against_interest", "last_claim_wins", "majority_of_voices"]

NEAR_DAYS = 14
"""Positions this close to the newest one speak of the same situation; older ones are history unless nothing newer is known."""

SHARE_DISPUTED = 1 / 3
"""A second party with at least this share of the weight makes the place disputed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Weights per party (all >= 0; parties nobody speaks for are left out), the weight of fighting, and reasons."""

    weights: Mapping[str, float]
    contested: float = 0.0
    reasons: tuple[str, ...] = ()


Policy = Callable[[Sequence[Position], Sequence[str]], Verdict]


def last_claim_wins(positions: Sequence[Position], parties: Sequence[str]) -> Verdict:
    """The newest position decides; others of about the same days that contradict it are kept beside it, so that a dispute shows."""
    newest = next(
        (p for p in reversed(positions) if p.bearing != Bearing.SOME), positions[-1]
    )  # "two villages" are not the place
    weights: dict[str, float] = {}
    contested = 0.0
    for position in _recent(positions):
        contested += _add(weights, position, parties, position.weight)
    reason = f"the newest claim, for {newest.day.isoformat()}, by {newest.claim.attribution.source}"
    return Verdict(weights=weights, contested=contested, reasons=(reason,))


def majority_of_voices(positions: Sequence[Position], parties: Sequence[str]) -> Verdict:
    """One voice, one vote, whatever the number of articles; votes count for the newest situation."""
    weights: dict[str, float] = {}
    contested = 0.0
    for position in _recent(positions):
        contested += _add(weights, position, parties, 1.0)
    votes = ", ".join(f"{party} {weight:g}" for party, weight in sorted(weights.items()))
    return Verdict(
        weights=weights,
        contested=contested,
        reasons=(f"votes of voices: {votes or 'none'}; for fighting {contested:g}",),
    )


AGAINST, NEUTRAL, OWN = 3.0, 2.0, 1.0
"""How much a word counts: spoken against the speaker's own side, by no side, in the speaker's own interest."""


def against_interest(positions: Sequence[Position], parties: Sequence[str]) -> Verdict:
    """A side's word counts most where it speaks against that side, least where it serves it."""
    weights: dict[str, float] = {}
    contested, reasons = 0.0, []
    for position in _recent(positions):
        side = position.claim.attribution.side
        serves = {position.party} if position.bearing == Bearing.HOLDS else set(parties) - {position.party}
        if side is None or position.bearing == Bearing.CONTESTED:
            factor, why = NEUTRAL, "speaks for no side" if side is None else "tells of fighting"
        elif side in serves:
            factor, why = OWN, "speaks in its own interest"
        else:
            factor, why = AGAINST, "speaks against its own side"
        contested += _add(weights, position, parties, factor * position.weight)
        reasons.append(f"{position.claim.attribution.source} {why}")
    return Verdict(weights=weights, contested=contested, reasons=tuple(dict.fromkeys(reasons)))


POLICIES: Mapping[str, Policy] = {
    "last claim wins": last_claim_wins,
    "majority of voices": majority_of_voices,
    "against interest": against_interest,
}


def _recent(positions: Sequence[Position]) -> Sequence[Position]:
    """Positions of the newest situation: after the newest change that was told of, or within NEAR_DAYS before it."""
    changes = [p.day for p in positions if p.change]
    since = (max(changes) if changes else positions[-1].day) - dt.timedelta(days=NEAR_DAYS)
    newest_change = next((p for p in reversed(positions) if p.change), None)
    return [p for p in positions if p.day >= since and not (newest_change and _overtaken(p, newest_change))]


def _overtaken(position: Position, change: Position) -> bool:
    """Whether a change told of later leaves a position behind: what held before an event does not speak against it."""
    return position.order < change.order and position.day < change.day and position.voice != change.voice


def _add(weights: dict[str, float], position: Position, parties: Sequence[str], weight: float) -> float:
    """Add a position's weight to whom it speaks for; returns what it adds to fighting."""
    if position.bearing == Bearing.CONTESTED:
        return weight
    if position.bearing == Bearing.SOME:
        return 0.0  # it speaks against a whole, not for a holder: control looks at it beside the weights
    if position.bearing == Bearing.HOLDS:
        weights[position.party] = weights.get(position.party, 0.0) + weight
        return 0.0
    others = [party for party in parties if party != position.party]
    for party in others:  # "X has it not" speaks for the others, in equal parts
        weights[party] = weights.get(party, 0.0) + weight / len(others)
    return 0.0

"""What the ledger itself teaches about its sources: how often others came to say the same, how early, and their silences.

No reference map enters here. A source is measured against other voices only: those not on its own side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from reportedly.reconcile.evidence import Evidence, Interest, Kind

__all__ = ["PRIOR", "Tendencies", "Tendency"]

PRIOR: dict[Interest, tuple[float, float]] = {
    Interest.OWN: (5.0, 5.0),
    Interest.NEITHER: (9.0, 1.0),
    Interest.AGAINST: (19.0, 1.0),
}
"""Confirmed and refuted claims assumed of a source of which nothing is known, by whom its claim serves."""
WAIT_DAYS = 30
"""How long a claim waits for another voice to say the same or the opposite."""
LAGS_KEPT = 400
WATCHED = 0.5
"""On this share of days or more somebody of no side tells of a place: then what nobody else tells in a month is left unsaid for a reason."""


@dataclass(slots=True)
class Tendency:
    """One source, for claims of one interest: how many others confirmed or refuted, and days by which it was first (+)."""

    confirmed: int = 0
    refuted: int = 0
    leads: list[int] = field(default_factory=list)

    def reliability(self, prior: tuple[float, float]) -> float:
        """Posterior mean share of claims that others come to repeat rather than contradict."""
        a, b = prior
        return (a + self.confirmed) / (a + b + self.confirmed + self.refuted)

    @property
    def lead_days(self) -> float | None:
        """Median days by which it spoke before the first other voice; negative where it is late; None where unknown."""
        return float(median(self.leads)) if self.leads else None


@dataclass(frozen=True, slots=True)
class _Trial:
    day: int
    side: int
    voice: str
    interest: Interest


class Tendencies:
    """Running counts, learned in the order in which claims arrive: what is asked of day d knows nothing later."""

    def __init__(self) -> None:
        """Begin knowing nothing but PRIOR."""
        self.of: dict[tuple[str, Interest], Tendency] = defaultdict(Tendency)
        self._open: dict[int, list[_Trial]] = defaultdict(list)
        self.losses_told: dict[str, int] = defaultdict(int)
        self.gains_told: dict[str, int] = defaultdict(int)
        self._neutral: list[int] = []  # days on which somebody of no side told of a place, in order

    def weight(self, piece: Evidence) -> float:
        """How far the piece may be relied on, 0 to 1: its source's record for such claims, less where the source hedges."""
        known = self.of.get((piece.voice, piece.interest))
        a, b = PRIOR[piece.interest]
        return piece.certain * (known.reliability((a, b)) if known else a / (a + b))

    def learn(self, pieces: Iterable[Evidence]) -> None:
        """Let one day's evidence on settlements open, confirm and refute trials."""
        for piece in pieces:
            if piece.interest is Interest.NEITHER and piece.day not in self._neutral[-1:]:
                self._neutral.append(piece.day)
            if piece.region or piece.kind not in (Kind.HELD, Kind.DENIED):
                continue
            side = -piece.side if piece.kind is Kind.DENIED else piece.side
            trials = self._open[piece.place_id]
            left = [t for t in trials if piece.day - t.day <= WAIT_DAYS]
            mine = False
            for trial in list(left):
                mine = mine or (trial.voice == piece.voice and trial.side == side)
                if trial.voice == piece.voice or (piece.interest is Interest.OWN and trial.side != side):
                    continue  # a side's own denial or counter-claim refutes nobody
                if trial.interest is Interest.OWN and piece.interest is Interest.OWN:
                    continue  # and its friends' agreement confirms nobody
                known = self.of[trial.voice, trial.interest]
                if trial.side == side:
                    known.confirmed += 1
                    known.leads = [*known.leads[-LAGS_KEPT:], piece.day - trial.day]
                    late = self.of[piece.voice, piece.interest]
                    late.leads = [*late.leads[-LAGS_KEPT:], trial.day - piece.day]
                else:
                    known.refuted += 1
                left.remove(trial)
            if piece.kind is Kind.HELD and not mine:
                left.append(_Trial(piece.day, side, piece.voice, piece.interest))
                told = self.losses_told if piece.interest is Interest.AGAINST else self.gains_told
                told[piece.voice] += piece.interest is not Interest.NEITHER
            self._open[piece.place_id] = left

    def watched(self, since: int, until: int) -> bool:
        """Whether others than the sides told of places on most days from one to another (ordinals, half-open)."""
        told = {day for day in self._neutral[since - until :] if since <= day < until}
        return len(told) >= WATCHED * (until - since)

    def silence(self, voice: str) -> float | None:
        """Share of a partisan source's claims of holding that tell of its own side's gains; None where it made none."""
        told = self.gains_told[voice] + self.losses_told[voice]
        return self.gains_told[voice] / told if told else None

"""The probabilistic model: a hidden state per settlement and day, moved by claims and carried between settlements by a field.

A claim that names a settlement decides there; `Field` fills between; a claim on a region moves its members. Every change
keeps the claim behind it and whether the place was named (docs/policies/model.md has the reasons and the figures).
The whole state between two days is a few arrays: a day's claims cost milliseconds, whatever came before.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reportedly.model import Claim, Status
from reportedly.reconcile.evidence import Evidence, Kind, is_part, rank, weigh, witness_of
from reportedly.reconcile.explain import status_of
from reportedly.reconcile.field import Field, Floats, Ground, Ints, Moves
from reportedly.reconcile.followers import Followers
from reportedly.reconcile.locate import Doubts, Locator
from reportedly.reconcile.pockets import first_depth
from reportedly.reconcile.rout import Routs
from reportedly.reconcile.tendencies import Tendencies
from reportedly.reconcile.terms import INFERRED, Areas, Change, Parameters, Why

__all__ = ["Areas", "Change", "Parameters", "SpreadModel", "Why"]

NEVER = -10_000
VOICES_KEPT = 20
Bound = tuple[int, int, float, bool, Evidence]
"""A bound on the depth at a place: row, side, target, whether it carries, and the piece behind it."""


@dataclass(slots=True)
class _Pending:
    ripe: int
    side: int
    since: int
    piece: Evidence


class SpreadModel:
    """State of every settlement of a theatre on the last day given; days must be given in order."""

    def __init__(
        self,
        ground: Ground,
        *,
        parties: tuple[str, str],
        sides: Mapping[str, int] | None = None,
        areas: Areas | None = None,
        parameters: Parameters | None = None,
    ) -> None:
        """Begin with every settlement on the second party's side (the one at home), unsaid by anybody.

        `sides` maps further party ids that fight for one of the two to +1 or -1.
        """
        self.ground, self.parties, self.areas = ground, parties, areas
        self.parameters = parameters or Parameters()
        self.sides = {**(sides or {}), parties[0]: 1, parties[1]: -1}
        self.tendencies = Tendencies()
        n = len(ground)
        self.field = Field(ground, np.full(n, -30.0), self.parameters.field)
        self.why = np.full(n, Why.NOTHING, dtype=np.int8)
        self.since = np.zeros(n, dtype=np.int64)
        self.heard = np.zeros(n, dtype=np.int64)  # last day on which a claim named it or its area
        self.fought = np.full(n, NEVER, dtype=np.int64)
        self.open_until = np.zeros(n, dtype=np.int64)  # pockets: unknown before this day
        self.behind: list[Claim | None] = [None] * n
        self.day = 0
        self.pending: dict[int, _Pending] = {}
        self._voices: dict[int, list[tuple[int, int, str, float, Claim]]] = defaultdict(list)
        self._areas_told: dict[tuple[int, int, bool], dict[str, int]] = {}
        self._named_once = np.zeros(n, dtype=np.int64)  # as `heard`, for claims that name it by itself
        self._locator = Locator(self.field, self.since, self.parameters)
        self._doubts = Doubts(self.field, self.parameters)
        self._routs = Routs(self.field, self.parameters)
        self._followers = Followers(self.field, self._named_once, self.parameters)
        self._shown = np.full(n, -1, dtype=np.int8)

    def start(self, day: dt.date, state: Mapping[int, str | None]) -> list[Change]:
        """Take a state on a day: place id to party id, or None where it is marked as nobody's; places it lacks are unmarked."""
        n = len(self.ground)
        side, unsure, unmarked = np.full(n, -1, np.int8), np.zeros(n, np.bool_), np.ones(n, np.bool_)
        for place_id, party in state.items():
            row = self.ground.index.get(place_id)
            if row is not None:
                unmarked[row], unsure[row] = False, party is None
                side[row] = self.sides.get(party or "", -1)
        self.field.depth[:], filled = first_depth(self.ground, side, unsure, unmarked)
        self.day = day.toordinal()
        self.since[:] = self.day
        self.why[~unmarked] = Why.BASELINE
        self.why[filled] = Why.POCKET
        self.open_until[filled] = self.day + self.parameters.settle_days
        self._shown = self._signs()
        return [self._change(i) for i in range(n) if self._shown[i] != -1 or self.why[i] == Why.BASELINE]

    def shown(self, row: int) -> int:
        """Side of a settlement as shown: +1, -1, or 0 for pockets still open."""
        return int(self._shown[row])

    def party(self, sign: int) -> str | None:
        """The party of a side; None for 0."""
        return self.parties[0] if sign > 0 else self.parties[1] if sign < 0 else None

    def voices_on(self, row: int) -> list[tuple[int, int, str, float, Claim]]:
        """Who lately said of a settlement that a side has it: day, side, voice, weight and claim."""
        return [v for v in self._voices.get(row, ()) if self.day - v[0] <= self.parameters.memory_days]

    def _signs(self) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
        sign = np.where(self.field.depth > 0, 1, -1).astype(np.int8)
        sign[(self.open_until > self.day) & (sign > 0)] = 0
        return sign

    def _change(self, row: int) -> Change:
        why = Why(int(self.why[row]))
        return Change(
            place_id=int(self.ground.ids[row]),
            day=dt.date.fromordinal(self.day),
            party=self.party(int(self._shown[row])),
            inferred=why in INFERRED,
            why=why,
            claim=self.behind[row],
        )

    def advance(self, day: dt.date, claims: Iterable[Claim] = (), *, arrival: bool = True) -> list[Change]:
        """Go on to a day with the claims that take effect on it; return what changed hands, by place id."""
        pieces = [p for c in claims for p in weigh(c, self.sides, arrival=arrival)]
        return self.take(day.toordinal(), pieces)

    def take(self, day: int, pieces: Sequence[Evidence]) -> list[Change]:
        """Go on to a day (an ordinal) with evidence already weighed; order within the day does not matter."""
        self.day = max(day, self.day)
        pieces = sorted({rank(p): p for p in pieces}.values(), key=rank)
        named = self._locator.named(self.day, pieces)
        self._close_answered(named)
        self._routs.note(self.day, named)
        named = self._doubts.sure(self.day, named)
        bounds = self._ripe()
        bounds += [bound for at, p in named if (bound := self._bind(at, p)) is not None]
        self._move(bounds)
        for row, side, claim in self._followers.ripe(self.day):
            self.field.depth[row] = side * self.parameters.field.entered
            self._mark(row, Why.FOLLOWS, claim)
        for piece in pieces:
            if piece.region:
                self._take_area(piece)
        self.tendencies.learn([piece for _, piece in named])
        return self._changes()

    def _close_answered(self, named: Sequence[tuple[int, Evidence]]) -> None:
        """Named evidence ends a pocket's openness and what the other side had pending there."""
        for at, piece in named:
            self.heard[at] = self._named_once[at] = self.day
            if piece.kind >= Kind.ENTERED:
                self.open_until[at] = 0
            waiting = self.pending.get(at)
            if waiting is None:
                continue
            against = waiting.side == piece.side if piece.kind is Kind.DENIED else waiting.side == -piece.side
            if against and piece.kind is not Kind.FOUGHT:
                del self.pending[at]

    def _ripe(self) -> list[Bound]:
        """Advances that nobody answered in time, and a side's own word where nobody else would have told."""
        done = [(at, self.pending.pop(at)) for at in sorted(at for at, w in self.pending.items() if w.ripe <= self.day)]
        heard = [
            (at, w) for at, w in done if w.piece.kind is not Kind.HELD or not self.tendencies.watched(w.since, w.ripe)
        ]
        return [(at, w.side, self.parameters.field.entered, True, w.piece) for at, w in heard]

    def _bind(self, at: int, piece: Evidence) -> Bound | None:
        """Turn a piece into a bound on the depth at its place."""
        p = self.parameters
        if piece.kind is Kind.DENIED:
            return None
        if piece.kind is not Kind.REPELLED:
            self.fought[at] = self.day if piece.kind is not Kind.HELD else self.fought[at]
        if piece.kind is Kind.HELD:
            if self._joint(at, piece) >= p.decide:
                return at, piece.side, p.field.firm, True, piece
            self.fought[at] = self.day
            self._wait(at, piece, p.town_days)  # a side's own word alone, unless somebody answers it
        elif piece.kind is Kind.ENTERED:
            self._await(at, piece)
        elif piece.kind is Kind.OPENED:
            return (at, -1, p.opened_km, True, piece) if self.field.depth[at] > 0 else None
        elif piece.kind is Kind.FOUGHT:
            return at, piece.side, p.fought_km, False, piece
        return at, piece.side, p.entered_km, False, piece

    def _await(self, at: int, piece: Evidence) -> None:
        """Let an advance into a place wait for an answer, less if it is told again; one into a part says nothing of the rest."""
        p, waiting = self.parameters, self.pending.get(at)
        if is_part(piece.claim):
            return
        if waiting is None and self.tendencies.weight(piece) >= p.decide:
            self._wait(at, piece, p.town_days if self.ground.population[at] >= p.town else p.settle_days)
        elif waiting is not None and waiting.side == piece.side and waiting.since < self.day:
            waiting.ripe, waiting.piece = min(waiting.ripe, self.day + p.again_days), piece

    def _wait(self, at: int, piece: Evidence, days: int) -> None:
        """Let what is said of a place that is not the side's come true after some days, if nothing waits there yet."""
        if at not in self.pending and piece.side * self.field.depth[at] <= 0:
            self.pending[at] = _Pending(self.day + days, piece.side, self.day, piece)

    def _joint(self, at: int, piece: Evidence) -> float:
        """Joint weight of the voices that lately gave this place to this side, the piece's own included."""
        weight = self.tendencies.weight(piece)
        kept = [v for v in self._voices[at] if self.day - v[0] <= self.parameters.memory_days]
        others: dict[str, float] = {piece.voice: weight}
        for _, side, voice, w, _ in kept:
            if side == piece.side:
                others[voice] = max(w, others.get(voice, 0.0))
        kept.append((self.day, piece.side, piece.voice, weight, piece.claim))
        self._voices[at] = kept[-VOICES_KEPT:]
        return 1.0 - math.prod(1.0 - w for w in others.values())

    def _move(self, bounds: Sequence[Bound]) -> None:
        """Hand the bounds to the field, and note which claim moved what."""
        if not bounds:
            return
        moves = Moves(
            at=np.array([b[0] for b in bounds], np.int64),
            side=np.array([b[1] for b in bounds], np.int8),
            target=np.array([b[2] for b in bounds], np.float64),
            carries=np.array([b[3] for b in bounds], np.bool_),
            witness=np.array([witness_of(b[4]) for b in bounds], np.int64),
        )
        before = self.field.depth.copy()
        spoken_of = self.day - self._named_once <= self.parameters.memory_days
        cause = self.field.apply(self.day, moves, stay=spoken_of & (self.ground.population >= self.parameters.town))
        turned = before * self.field.depth <= 0
        for row in np.flatnonzero(turned & (cause >= 0)):
            self._mark(int(row), Why.BETWEEN, bounds[int(cause[row])][4].claim)
        pieces = {(at, side): piece for at, side, _, _, piece in bounds}
        for side in (1, -1):
            lost, breach = self._routs.closed_in(self.day, side)
            for at in lost:
                self._mark(int(at), Why.CUT_OFF, pieces[breach, side].claim if breach is not None else None)
        for at, side, target, _, piece in bounds:
            if turned[at] and side * self.field.depth[at] > 0 and target > 0:
                settled = target < self.parameters.field.firm
                self._mark(at, Why.SETTLED if settled else Why.NAMED, piece.claim)
                self._followers.fell(self.day, at, side, piece.claim)
                self.pending.pop(at, None)
            elif side * self.field.depth[at] > 0 and piece.kind is Kind.HELD:
                self.why[at], self.behind[at] = Why.NAMED, piece.claim

    def _mark(self, at: int, why: Why, claim: Claim | None) -> None:
        self.why[at], self.behind[at], self.since[at], self.open_until[at] = why, claim, self.day, 0

    def _take_area(self, piece: Evidence) -> None:
        """Give an area's members to a side.

        What is said of a whole region is often said of the part in question, or of an aim: it counts where it completes what
        the model has nearly so (`nearly`), or where two publishers say it. A river's bank is said of no more than itself: two
        reports are enough.
        """
        if self.areas is None or self.tendencies.weight(piece) < self.parameters.decide:
            return
        members = self.areas.members(piece.claim)
        if not len(members):
            return
        if not self._nearly_so(piece, members, exact=self.areas.exact(piece.claim)):
            return
        self.heard[members] = self.day
        for at in self.field.overwrite(members, piece.side):
            if piece.side * self._shown[at] <= 0:
                self._mark(int(at), Why.AREA, piece.claim)

    def _nearly_so(self, piece: Evidence, members: Ints, *, exact: bool) -> bool:
        """Whether the side has nearly all of it already, or a second witness says so within the memory of collapses."""
        told = self._areas_told.setdefault((piece.place_id, piece.side, exact), {})
        told[piece.claim.report_id if exact else piece.claim.publisher] = self.day
        fresh = [d for d in told.values() if self.day - d <= self.parameters.field.collapse_days]
        return len(fresh) > 1 or float(np.mean(piece.side * self.field.depth[members] > 0)) >= self.parameters.nearly

    def _changes(self) -> list[Change]:
        now = self._signs()
        changed = np.flatnonzero(now != self._shown)
        self._shown = now
        self.since[changed] = self.day
        return [self._change(int(i)) for i in changed]

    def probability(self, rows: Ints) -> Floats:
        """Probability that the first party holds each settlement (k,), by depth, evidence and openness."""
        p = self.parameters
        depth = self.field.depth[rows]
        doubt = p.lapse + p.doubt_at_line * np.exp(-np.abs(depth) / p.doubt_fades_km)
        result: Floats = 0.5 + (0.5 - doubt) * np.tanh(depth / p.line_km)
        return result

    def status(self, place_id: int, *, as_of: dt.datetime | None = None) -> Status:
        """What the model says of one settlement on its last day; unknown where the place is not in the theatre."""
        return status_of(self, place_id, as_of=as_of)

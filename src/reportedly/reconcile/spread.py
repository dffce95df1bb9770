"""The probabilistic model: a hidden state per settlement and day, moved by claims and carried between settlements by a field.

A claim that names a settlement decides there; `Field` fills between; a claim on a region moves its members. Every change
keeps the claim behind it and whether the place was named (docs/policies/model.md has the reasons and the figures).
The whole state between two days is a few arrays: a day's claims cost milliseconds, whatever came before.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reportedly.model import Claim, Probability, Relation, State, Status
from reportedly.reconcile.evidence import Evidence, Kind, weigh
from reportedly.reconcile.field import Field, Floats, Ground, Ints, Moves
from reportedly.reconcile.pockets import enclosed, first_depth
from reportedly.reconcile.tendencies import Tendencies
from reportedly.reconcile.terms import (
    BEHIND_KM,
    BEYOND_KM,
    FADES_KM,
    FOREIGN_NAME,
    INFERRED,
    SURE_NAME,
    WORDS,
    Areas,
    Change,
    Parameters,
    Why,
)

__all__ = ["Areas", "Change", "Parameters", "SpreadModel", "Why"]

POLICY = "model"


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
        self.fought = np.full(n, -10_000, dtype=np.int64)
        self.open_until = np.zeros(n, dtype=np.int64)  # pockets: unknown before this day
        self.behind: list[Claim | None] = [None] * n
        self.day = 0
        self._voices: dict[int, list[tuple[int, int, str, float, Claim]]] = defaultdict(list)
        self._pending: dict[int, _Pending] = {}
        self._areas_told: dict[tuple[int, int], dict[str, int]] = {}
        self._doubted: list[tuple[int, int, Evidence]] = []
        self._any = {1: False, -1: True}  # whether a side has any ground
        self._retreat = {1: -10_000, -1: -10_000}  # last day on which a side was said to lose or leave a place
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
        depth, filled = first_depth(self.ground, side, unsure, unmarked)
        self.field.depth = depth
        self.day = day.toordinal()
        self.since[:] = self.day
        self.why[~unmarked] = Why.BASELINE
        self.why[filled] = Why.POCKET
        self.open_until[filled] = self.day + self.parameters.settle_days
        self._shown = self._signs()
        return [self._change(i) for i in range(n) if self._shown[i] != -1 or self.why[i] == Why.BASELINE]

    def _signs(self) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
        """Side of each settlement as shown: +1, -1, or 0 for pockets still open."""
        sign = np.where(self.field.depth > 0, 1, -1).astype(np.int8)
        sign[(self.open_until > self.day) & (sign > 0)] = 0
        return sign

    def _party(self, sign: int) -> str | None:
        return self.parties[0] if sign > 0 else self.parties[1] if sign < 0 else None

    def _change(self, row: int) -> Change:
        why = Why(int(self.why[row]))
        return Change(
            place_id=int(self.ground.ids[row]),
            day=dt.date.fromordinal(self.day),
            party=self._party(int(self._shown[row])),
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
        pieces = sorted({_rank(p): p for p in pieces}.values(), key=_rank)
        self._any = {side: bool(np.any(side * self.field.depth > 0)) for side in (1, -1)}
        abroad = self._abroad(pieces)
        here = (p for p in pieces if not p.region and (p.claim.report_id, p.claim.span.start) not in abroad)
        named = [found for p in here if (found := self._locate(p)) is not None]
        self._close_answered(named)
        for _, piece in named:
            if piece.claim.relation is Relation.LOSES and piece.kind is not Kind.DENIED:
                self._retreat[-piece.side] = self.day
        named = self._undoubted(named)
        rows = self._ripe()
        rows += [row for at, p in named if (row := self._bind(at, p)) is not None]
        self._move(rows)
        for piece in pieces:
            if piece.region:
                self._take_area(piece)
        self.tendencies.learn([piece for _, piece in named])
        return self._changes()

    def _abroad(self, pieces: Sequence[Evidence]) -> set[tuple[str, int]]:
        """Sentences that surely name a place outside the theatre: their other places are oftener there than namesakes here."""
        return {
            (p.claim.report_id, p.claim.span.start)
            for p in pieces
            if p.place_id not in self.ground.index and not p.region and p.claim.place.probability >= FOREIGN_NAME
        }

    def _locate(self, piece: Evidence) -> tuple[int, Evidence] | None:
        """Which settlement is meant: of the places that the words may stand for, the likeliest where the line now runs.

        None where none is likely: fighting is told of a place far from any line only when its name was misread.
        """
        p = self.parameters
        index, candidates = self.ground.index, piece.claim.place.candidates
        if not candidates:
            at = index.get(piece.place_id)
            return None if at is None or self._likely(at, piece.side) < p.likely else (at, piece)
        known = sum(c.probability for c in candidates)
        found = [
            (c.probability * self._likely(r, piece.side), r)
            for c in candidates
            if (r := index.get(c.place_id)) is not None
        ]
        total, (best, at) = sum(w for w, _ in found), max(found, default=(0.0, 0))
        if best <= 0 or best / known < p.likely or best < p.choose * total:
            return None
        place_id = int(self.ground.ids[at])
        return at, piece if place_id == piece.place_id else dataclasses.replace(piece, place_id=place_id)

    def _undoubted(self, named: list[tuple[int, Evidence]]) -> list[tuple[int, Evidence]]:
        """Hold back claims of taking places far behind the line until a second report tells the like there.

        A place so deep is oftener a namesake misread than a breakthrough; a breakthrough is told by many.
        """
        p = self.parameters
        self._doubted = [d for d in self._doubted if self.day - d[0] <= p.field.collapse_days]
        deep = [(at, x) for at, x in named if x.kind is Kind.HELD and x.side * self.field.depth[at] < -p.doubt_km]
        self._doubted += [(self.day, at, x) for at, x in deep]
        reports: dict[int, set[int]] = {}
        for k, (_, at, x) in enumerate(self._doubted):
            gap = np.hypot(*(self.ground.xy[[d[1] for d in self._doubted]] - self.ground.xy[at]).T)
            close = zip(self._doubted, gap, strict=True)
            reports[k] = {_witness(d[2]) for d, g in close if g <= p.field.collapse_km and d[2].side == x.side}
        sure = [(d[1], d[2]) for k, d in enumerate(self._doubted) if len(reports[k]) > 1]
        self._doubted = [d for k, d in enumerate(self._doubted) if len(reports[k]) <= 1]
        held = {id(x) for _, x in deep}
        return [pair for pair in named if id(pair[1]) not in held] + sure

    def _likely(self, at: int, side: int) -> float:
        """How likely a side's move is told of a settlement, by its distance to the line: 1 near it, falling off with the square."""
        if not self._any[side]:
            return 1.0
        own = side * float(self.field.depth[at])
        gap = max(own - BEHIND_KM, -own - BEYOND_KM, 0.0)
        return 1.0 / (1.0 + (gap / FADES_KM) ** 2)

    def _close_answered(self, named: Sequence[tuple[int, Evidence]]) -> None:
        """Named evidence ends a pocket's openness and what the other side had pending there."""
        for at, piece in named:
            self.heard[at] = self.day
            if piece.kind >= Kind.ENTERED:
                self.open_until[at] = 0
            waiting = self._pending.get(at)
            if waiting is None:
                continue
            against = waiting.side == piece.side if piece.kind is Kind.DENIED else waiting.side == -piece.side
            if against and piece.kind is not Kind.FOUGHT:
                del self._pending[at]

    def _ripe(self) -> list[tuple[int, int, float, bool, Evidence]]:
        """Advances that nobody answered in time."""
        done = sorted(at for at, w in self._pending.items() if w.ripe <= self.day)
        return [
            (at, w.side, self.parameters.field.entered, True, w.piece) for at in done if (w := self._pending.pop(at))
        ]

    def _bind(self, at: int, piece: Evidence) -> tuple[int, int, float, bool, Evidence] | None:
        """Turn a piece into a bound on the depth at its place: row, side, target, whether it carries, and the piece."""
        p = self.parameters
        if piece.kind is Kind.HELD:
            if self._joint(at, piece) >= p.decide:
                return at, piece.side, p.field.firm, True, piece
            self.fought[at] = self.day
            return at, piece.side, p.entered_km, False, piece
        if piece.kind is Kind.ENTERED:
            self.fought[at] = self.day
            if (
                piece.side * self.field.depth[at] <= 0
                and self.tendencies.weight(piece) >= p.decide
                and at not in self._pending
            ):
                wait = p.town_days if self.ground.population[at] >= p.town else p.settle_days
                self._pending[at] = _Pending(self.day + wait, piece.side, self.day, piece)
            return at, piece.side, p.entered_km, False, piece
        if piece.kind is Kind.OPENED:
            self.fought[at] = self.day
            return (at, -1, p.opened_km, True, piece) if self.field.depth[at] > 0 else None
        if piece.kind is Kind.REPELLED:
            return at, piece.side, p.entered_km, False, piece
        if piece.kind is Kind.FOUGHT:
            self.fought[at] = self.day
            return at, piece.side, p.fought_km, False, piece
        return None

    def _joint(self, at: int, piece: Evidence) -> float:
        """Joint weight of the voices that lately gave this place to this side, the piece's own included."""
        weight = self.tendencies.weight(piece)
        kept = [v for v in self._voices[at] if self.day - v[0] <= self.parameters.memory_days]
        others: dict[str, float] = {piece.voice: weight}
        for _, side, voice, w, _ in kept:
            if side == piece.side:
                others[voice] = max(w, others.get(voice, 0.0))
        kept.append((self.day, piece.side, piece.voice, weight, piece.claim))
        self._voices[at] = kept[-20:]
        return 1.0 - math.prod(1.0 - w for w in others.values())

    def _move(self, rows: Sequence[tuple[int, int, float, bool, Evidence]]) -> None:
        """Hand the bounds to the field, and note which claim moved what."""
        if not rows:
            return
        moves = Moves(
            at=np.array([r[0] for r in rows], np.int64),
            side=np.array([r[1] for r in rows], np.int8),
            target=np.array([r[2] for r in rows], np.float64),
            carries=np.array([r[3] for r in rows], np.bool_),
            witness=np.array([_witness(r[4]) for r in rows], np.int64),
        )
        before = self.field.depth.copy()
        cause = self.field.apply(self.day, moves)
        turned = before * self.field.depth <= 0
        for row in np.flatnonzero(turned & (cause >= 0)):
            self._mark(int(row), Why.BETWEEN, rows[int(cause[row])][4].claim)
        self._cut_off({(at, side): piece for at, side, _, _, piece in rows})
        for at, side, target, _, piece in rows:
            if turned[at] and side * self.field.depth[at] > 0 and target > 0:
                settled = piece.kind is Kind.ENTERED
                self._mark(at, Why.SETTLED if settled else Why.NAMED, piece.claim)
                self._pending.pop(at, None)
            elif side * self.field.depth[at] > 0 and piece.kind is Kind.HELD:
                self.why[at], self.behind[at] = Why.NAMED, piece.claim

    def _cut_off(self, behind: Mapping[tuple[int, int], Evidence]) -> None:
        """Where a line breaks, take what the winner's ground now encloses: forces cut off in a rout do not stay."""
        if not self.field.collapsed:
            return
        p = self.parameters
        for side in (1, -1):
            broken = sorted(at for at, s in self.field.collapsed if s == side)
            if not broken:
                continue
            around = self.ground.tree.query_ball_point(self.ground.xy[broken], p.field.collapse_km)
            near = np.unique(np.concatenate([np.asarray(x, np.int64) for x in around]))
            told = len({r[1] for r in self.field.recent if r[2] == side})
            if told >= p.rout and self.day - self._retreat[-side] <= p.field.collapse_days:
                ask = np.zeros(len(self.ground), np.bool_)
                ask[near] = side * self.field.depth[near] <= 0
                lost = np.flatnonzero(enclosed(self.ground, side * self.field.depth > 0, ask, share=p.cut_off))
                self.field.depth[lost] = side * p.field.firm
                for at in lost:
                    self._mark(int(at), Why.CUT_OFF, behind[broken[0], side].claim)
            self.field.shorten(near)

    def _mark(self, at: int, why: Why, claim: Claim | None) -> None:
        self.why[at], self.behind[at], self.since[at], self.open_until[at] = why, claim, self.day, 0

    def _take_area(self, piece: Evidence) -> None:
        """Give an area's members to a side.

        What is said of a whole region is often said of the part in question, or of an aim: it counts where it completes what
        the model has nearly so (`nearly`), or where two publishers say it. A river's bank is said of no more than itself.
        """
        if self.areas is None or self.tendencies.weight(piece) < self.parameters.decide:
            return
        members = self.areas.members(piece.claim)
        if not len(members):
            return
        if not self.areas.exact(piece.claim) and not self._nearly_so(piece, members):
            return
        self.heard[members] = self.day
        for at in self.field.overwrite(members, piece.side):
            if piece.side * self._shown[at] <= 0:
                self._mark(int(at), Why.AREA, piece.claim)

    def _nearly_so(self, piece: Evidence, members: Ints) -> bool:
        """Whether the side has nearly all of it already, or a second publisher says so within the memory of collapses."""
        told = self._areas_told.setdefault((piece.place_id, piece.side), {})
        told[piece.claim.publisher] = self.day
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
        row = self.ground.index.get(place_id)
        day = dt.date.fromordinal(max(self.day, 1))
        if row is None:
            return Status(
                place_id=place_id, valid_at=day, as_of=as_of, state=State.UNKNOWN, party=None, policy=POLICY,
                reasons=("the place is not among the settlements that the model covers",),
            )  # fmt: skip
        why, sign, claim = Why(int(self.why[row])), int(self._shown[row]), self.behind[row]
        first = float(self.probability(np.array([row]))[0])
        voices = [v for v in self._voices.get(row, ()) if self.day - v[0] <= self.parameters.memory_days]
        state = self._state(row, sign, why, {v[1] for v in voices})
        against = [v[4].id for v in voices if v[1] == -sign]
        supports = [v[4].id for v in voices if v[1] == sign] or ([claim.id] if claim is not None else [])
        heard = int(self.heard[row])
        return Status(
            place_id=place_id,
            valid_at=day,
            as_of=as_of,
            state=state,
            party=self._party(sign) if state is not State.UNKNOWN else None,
            policy=POLICY,
            probabilities=(
                Probability(party=self.parties[0], p=round(first, 4)),
                Probability(party=self.parties[1], p=round(1.0 - first, 4)),
            ),
            inferred=why in INFERRED,
            since=dt.date.fromordinal(int(self.since[row])) if self.since[row] else None,
            last_heard=dt.date.fromordinal(heard) if heard else None,
            claims_for=tuple(dict.fromkeys(supports)),
            claims_against=tuple(dict.fromkeys(against)),
            reasons=self._reasons(row, why),
        )

    def _state(self, row: int, sign: int, why: Why, voiced: set[int]) -> State:
        if sign == 0 or (why is Why.NOTHING and not self.heard[row]):
            return State.UNKNOWN
        if {1, -1} <= voiced:
            return State.DISPUTED
        if self.day - int(self.fought[row]) <= self.parameters.memory_days or row in self._pending:
            return State.CONTESTED
        return State.HELD

    def _reasons(self, row: int, why: Why) -> tuple[str, ...]:
        depth = float(self.field.depth[row])
        lies = f"{abs(depth):.1f} km inside the ground of {self._party(1 if depth > 0 else -1)}"
        reasons = [WORDS[why], f"the model puts it {lies}"]
        if (waiting := self._pending.get(row)) is not None:
            ripe = dt.date.fromordinal(waiting.ripe).isoformat()
            reasons.append(
                f"an advance into it by {self._party(waiting.side)} counts as its fall on {ripe} unless somebody says otherwise"
            )
        return tuple(reasons)


def _witness(piece: Evidence) -> int:
    """A number for what can be wrong at once, the same on every machine.

    Names that several places bear go astray together within one report; a name that one place bears stands by itself.
    """
    alone = f"/{piece.place_id}" if piece.claim.place.probability >= SURE_NAME else ""
    return zlib.crc32(f"{piece.claim.report_id}{alone}".encode())


def _rank(piece: Evidence) -> tuple[int, str, str, int, int, int]:
    """A fixed order of a day's evidence, so that the order of arrival does not matter."""
    c = piece.claim
    return piece.place_id, c.report_id, piece.voice, c.span.start, int(piece.kind), piece.side

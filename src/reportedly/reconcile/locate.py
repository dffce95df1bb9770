"""Which settlement a piece of evidence means, by where the line now runs; and claims too bold to be believed at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from reportedly.reconcile.evidence import Evidence, Kind, witness_of
from reportedly.reconcile.field import Field, Ints
from reportedly.reconcile.terms import BEHIND_KM, BEYOND_KM, FADES_KM, FOREIGN_NAME, Parameters

__all__ = ["Doubts", "Locator", "likely"]

Named = tuple[int, Evidence]
"""A row of the ground and the evidence that binds it."""


def likely(own: float) -> float:
    """How likely a side's move is told of a settlement that lies `own` km inside its ground (negative: beyond the line)."""
    gap = max(own - BEHIND_KM, -own - BEYOND_KM, 0.0)
    return 1.0 / (1.0 + (gap / FADES_KM) ** 2)


class Locator:
    """Decides between the places that a name may stand for."""

    def __init__(self, field: Field, since: Ints, parameters: Parameters) -> None:
        """Use the field's depths as they are on the day asked; `since` (n,) is the day on which each settlement last turned."""
        self.field, self.since, self.parameters = field, since, parameters

    def named(self, day: int, pieces: Sequence[Evidence]) -> list[Named]:
        """The settlements that a day's (an ordinal) pieces mean; those whose place cannot be told are left out."""
        any_ground = {side: bool(np.any(side * self.field.depth > 0)) for side in (1, -1)}
        abroad = self._abroad(pieces)
        found = []
        for piece in pieces:
            if not piece.region and (piece.claim.report_id, piece.claim.span.start) not in abroad:
                at = self._row(day, piece, any_ground[piece.side])
                if at is not None:
                    place_id = int(self.field.ground.ids[at])
                    same = place_id == piece.place_id
                    found.append((at, piece if same else dataclasses.replace(piece, place_id=place_id)))
        return found

    def _abroad(self, pieces: Sequence[Evidence]) -> set[tuple[str, int]]:
        """Sentences that surely name a place outside the theatre: their other places are oftener there than namesakes here."""
        index = self.field.ground.index
        return {
            (p.claim.report_id, p.claim.span.start)
            for p in pieces
            if p.place_id not in index and not p.region and p.claim.place.probability >= FOREIGN_NAME
        }

    def _row(self, day: int, piece: Evidence, any_ground: bool) -> int | None:
        """Of the places that the words may stand for, the likeliest where the line now runs.

        None where none is likely: fighting is told of a place far from any line only when its name was misread. A side is
        seldom said to take what it has had for long: then rather a namesake is meant that it has not.
        """
        p, index, candidates = self.parameters, self.field.ground.index, piece.claim.place.candidates
        if not candidates:
            at = index.get(piece.place_id)
            return None if at is None or self._likely(at, piece.side, any_ground) < p.likely else at
        known = sum(c.probability for c in candidates)
        found = [
            (c.probability * self._likely(r, piece.side, any_ground) * self._news(day, r, piece), r)
            for c in candidates
            if (r := index.get(c.place_id)) is not None
        ]
        total, (best, at) = sum(w for w, _ in found), max(found, default=(0.0, 0))
        return None if best <= 0 or best / known < p.likely or best < p.choose * total else at

    def _news(self, day: int, at: int, piece: Evidence) -> float:
        """How likely it is that a side is said to have a place, by whether it has had it for longer than voices are kept."""
        p = self.parameters
        old = piece.side * self.field.depth[at] > 0 and day - int(self.since[at]) > p.memory_days
        return p.told_again if old and piece.kind is Kind.HELD else 1.0

    def _likely(self, at: int, side: int, any_ground: bool) -> float:
        return likely(side * float(self.field.depth[at])) if any_ground else 1.0


class Doubts:
    """Claims of taking places far behind the line, held back until a second report tells the like there.

    A place so deep is oftener a namesake misread than a breakthrough; a breakthrough is told by many.
    """

    def __init__(self, field: Field, parameters: Parameters) -> None:
        """Begin without doubts."""
        self.field, self.parameters = field, parameters
        self._deep = max(parameters.doubt_km, parameters.doubt_steps * field.ground.spacing)
        self._held: list[tuple[int, int, Evidence]] = []

    def sure(self, day: int, named: list[Named]) -> list[Named]:
        """The day's evidence without what is doubted, with what was doubted before and is now told by a second witness."""
        p = self.parameters
        self._held = [d for d in self._held if day - d[0] <= p.field.collapse_days]
        lined = {side: bool(np.any(side * self.field.depth > 0)) for side in (1, -1)}  # who has no ground has no line
        deep = [
            (at, x)
            for at, x in named
            if x.kind is Kind.HELD and lined[x.side] and x.side * self.field.depth[at] < -self._deep
        ]
        self._held += [(day, at, x) for at, x in deep]
        if not self._held:
            return named
        xy = self.field.ground.xy[[d[1] for d in self._held]]
        side = np.array([d[2].side for d in self._held])
        witness = np.array([witness_of(d[2]) for d in self._held])
        company = [
            len(np.unique(witness[(side == s) & (np.hypot(*(xy - here).T) <= p.field.collapse_km)]))
            for here, s in zip(xy, side, strict=True)
        ]
        sure = [(d[1], d[2]) for d, n in zip(self._held, company, strict=True) if n > 1]
        self._held = [d for d, n in zip(self._held, company, strict=True) if n <= 1]
        held = {id(x) for _, x in deep}
        return [pair for pair in named if id(pair[1]) not in held] + sure

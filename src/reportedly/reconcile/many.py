"""The model for any number of parties: one field per party against all the rest, put together settlement by settlement.

Each party but the one at home has a `SpreadModel` of its own, in which every other party is the other side. A settlement
is the party's whose ground it lies deepest in, and the home party's where it lies in nobody's. What is told of another party's
loss says nothing of who gains by it, unless there are but two. With two parties this is the one model, and gives what it gives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from reportedly.model import Claim, Polarity, Probability, Relation, State, Status
from reportedly.reconcile.evidence import Evidence, weigh
from reportedly.reconcile.explain import POLICY, claims_of, is_heard, is_moving, reasons_of, unknown_place
from reportedly.reconcile.field import Floats, Ground, Ints
from reportedly.reconcile.spread import Areas, Change, Parameters, SpreadModel, Why
from reportedly.reconcile.terms import INFERRED

__all__ = ["ManyModel"]

Days = dict[int, list[Evidence]]
"""Evidence by the ordinal of the day on which it counts."""


class ManyModel:
    """State of every settlement of a theatre among its parties on the last day given; days must be given in order."""

    def __init__(
        self,
        grounds: Sequence[Ground],
        *,
        parties: tuple[str, ...],
        sides: Mapping[str, str] | None = None,
        areas: Areas | None = None,
        parameters: Parameters | None = None,
    ) -> None:
        """Begin with every settlement the last party's, the one at home, unsaid by anybody.

        `grounds` has one ground for each party but the last, alike but for the anchors. `sides` maps further party ids to the
        party on whose side they fight.
        """
        self.parties, self.sides = parties, {**(sides or {}), **{p: p for p in parties}}
        self.models = [
            SpreadModel(ground, parties=(party, parties[-1]), areas=areas, parameters=parameters)
            for party, ground in zip(parties[:-1], grounds, strict=True)
        ]
        self.ground = grounds[0]
        self._signs = {
            (own, told): {k: 1 if p == own else -1 for k, p in self.sides.items() if p in (own, told)}
            for own in parties[:-1]
            for told in parties
        }
        """By the party whose model it is and the party told of: third parties' speakers speak for neither."""
        self._shown: dict[int, str | None] = {}

    @property
    def day(self) -> int:
        """The last day given, as an ordinal."""
        return self.models[0].day

    def start(self, day: dt.date, state: Mapping[int, str | None]) -> list[Change]:
        """Take a state on a day, as `SpreadModel.start` does."""
        named = {k: self.sides.get(p, p) if p is not None else None for k, p in state.items()}
        return self._changes([c for m in self.models for c in m.start(day, named)], again=True)

    def weigh(self, claims: Iterable[Claim], *, arrival: bool = True) -> list[Days]:
        """What claims contribute to each party's model, by day; `arrival` as in `evidence.when_said`."""
        found: list[Days] = [{} for _ in self.models]
        for claim in claims:
            for days, model in zip(found, self.models, strict=True):
                for piece in self._pieces(claim, model.parties[0], arrival=arrival):
                    days.setdefault(piece.day, []).append(piece)
        return found

    def _pieces(self, claim: Claim, party: str, *, arrival: bool) -> tuple[Evidence, ...]:
        """What a claim contributes to one party's model."""
        if len(self.models) == 1:
            return weigh(claim, self._signs[party, self.parties[-1]], arrival=arrival)
        told = self.sides.get(claim.party)
        if told is None:
            return ()  # of another war, or of a group that could be any ("the group")
        if told != party and (claim.relation is Relation.LOSES or claim.polarity is Polarity.DENIED):
            return ()
        return weigh(claim, self._signs[party, told], arrival=arrival)

    def advance(self, day: dt.date, claims: Iterable[Claim] = (), *, arrival: bool = True) -> list[Change]:
        """Go on to a day with the claims that take effect on it; return what changed hands, by place id."""
        weighed = self.weigh(claims, arrival=arrival)
        return self.take(day.toordinal(), [[p for pieces in days.values() for p in pieces] for days in weighed])

    def take(self, day: int, pieces: Sequence[Sequence[Evidence]]) -> list[Change]:
        """Go on to a day (an ordinal) with evidence already weighed, one list for each party but the last."""
        return self._changes([c for m, own in zip(self.models, pieces, strict=True) for c in m.take(day, own)])

    def _changes(self, told: Sequence[Change], *, again: bool = False) -> list[Change]:
        """What the changes of single models come to together, by place id; `again` with those that change no hands."""
        if len(self.models) == 1:
            return list(told)
        found = []
        for place_id in sorted({c.place_id for c in told}):
            row = self.ground.index[place_id]
            party, lead = self._holder(row)
            if self._shown.get(row, self.parties[-1]) == party and not again:
                continue
            self._shown[row] = party
            why = Why(int(lead.why[row]))
            day = dt.date.fromordinal(self.day)
            found.append(
                Change(
                    place_id=place_id, day=day, party=party, inferred=why in INFERRED, why=why, claim=lead.behind[row]
                )
            )
        return found

    def _holder(self, row: int) -> tuple[str | None, SpreadModel]:
        """Who holds a settlement, None where that is open, and the model that says so."""
        deepest = max(self.models, key=lambda m: float(m.field.depth[row]))
        if deepest.field.depth[row] > 0:
            return deepest.party(deepest.shown(row)), deepest
        return self.parties[-1], max(self.models, key=lambda m: (m.why[row] != Why.NOTHING, int(m.since[row])))

    def probability(self, rows: Ints) -> Floats:
        """Probability that each party holds each settlement (k, parties): each model's own, made to exclude one another."""
        own = np.column_stack([m.probability(rows) for m in self.models])
        none = np.prod(1.0 - own, axis=1, keepdims=True)
        alone = np.column_stack([own / (1.0 - own) * none, none])
        result: Floats = alone / alone.sum(axis=1, keepdims=True)
        return result

    def status(self, place_id: int, *, as_of: dt.datetime | None = None) -> Status:
        """What the models together say of one settlement on the last day; unknown where the place is not in the theatre."""
        row = self.ground.index.get(place_id)
        day = dt.date.fromordinal(max(self.day, 1))
        if row is None:
            return unknown_place(place_id, day, as_of)
        party, lead = self._holder(row)
        why = Why(int(lead.why[row]))
        state = self._state(row, party)
        supports, against = claims_of(lead, row)
        heard = max(int(m.heard[row]) for m in self.models)
        since = int(lead.since[row])
        shares = self.probability(np.array([row]))[0]
        return Status(
            place_id=place_id, valid_at=day, as_of=as_of, state=state, party=None if state is State.UNKNOWN else party, policy=POLICY,
            probabilities=tuple(Probability(party=p, p=round(float(s), 4)) for p, s in zip(self.parties, shares, strict=True)),
            inferred=why in INFERRED,
            since=dt.date.fromordinal(since) if since else None,
            last_heard=dt.date.fromordinal(heard) if heard else None,
            claims_for=supports,
            claims_against=against,
            reasons=reasons_of([lead, *(m for m in self.models if m is not lead)], row),
        )  # fmt: skip

    def _state(self, row: int, party: str | None) -> State:
        """Unknown, disputed, contested or held, in this order."""
        if party is None or not any(is_heard(m, row) for m in self.models):
            return State.UNKNOWN
        if any({1, -1} <= {v[1] for v in m.voices_on(row)} for m in self.models):
            return State.DISPUTED
        depths = sorted((float(m.field.depth[row]) for m in self.models), reverse=True)
        near = len(depths) > 1 and depths[1] > 0 and depths[0] - depths[1] < self.models[0].parameters.field.firm
        return State.CONTESTED if near or any(is_moving(m, row) for m in self.models) else State.HELD

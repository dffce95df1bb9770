"""What the model says of one settlement, with its reasons."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from reportedly.model import Probability, State, Status
from reportedly.reconcile.terms import INFERRED, WORDS, Why

if TYPE_CHECKING:
    from reportedly.reconcile.spread import SpreadModel

__all__ = ["POLICY", "status_of"]

POLICY = "model"


def status_of(model: SpreadModel, place_id: int, *, as_of: dt.datetime | None = None) -> Status:
    """What the model says of one settlement on its last day; unknown where the place is not in the theatre."""
    row = model.ground.index.get(place_id)
    day = dt.date.fromordinal(max(model.day, 1))
    if row is None:
        return Status(
            place_id=place_id, valid_at=day, as_of=as_of, state=State.UNKNOWN, party=None, policy=POLICY,
            reasons=("the place is not among the settlements that the model covers",),
        )  # fmt: skip
    why, sign, claim = Why(int(model.why[row])), model.shown(row), model.behind[row]
    first = float(model.probability(np.array([row]))[0])
    voices = model.voices_on(row)
    state = _state(model, row, sign, why, {v[1] for v in voices})
    against = [v[4].id for v in voices if v[1] == -sign]
    supports = [v[4].id for v in voices if v[1] == sign] or ([claim.id] if claim is not None else [])
    heard = int(model.heard[row])
    return Status(
        place_id=place_id,
        valid_at=day,
        as_of=as_of,
        state=state,
        party=model.party(sign) if state is not State.UNKNOWN else None,
        policy=POLICY,
        probabilities=(
            Probability(party=model.parties[0], p=round(first, 4)),
            Probability(party=model.parties[1], p=round(1.0 - first, 4)),
        ),
        inferred=why in INFERRED,
        since=dt.date.fromordinal(int(model.since[row])) if model.since[row] else None,
        last_heard=dt.date.fromordinal(heard) if heard else None,
        claims_for=tuple(dict.fromkeys(supports)),
        claims_against=tuple(dict.fromkeys(against)),
        reasons=_reasons(model, row, why),
    )


def _state(model: SpreadModel, row: int, sign: int, why: Why, voiced: set[int]) -> State:
    if sign == 0 or (why is Why.NOTHING and not model.heard[row]):
        return State.UNKNOWN
    if {1, -1} <= voiced:
        return State.DISPUTED
    if model.day - int(model.fought[row]) <= model.parameters.memory_days or row in model.pending:
        return State.CONTESTED
    return State.HELD


def _reasons(model: SpreadModel, row: int, why: Why) -> tuple[str, ...]:
    depth = float(model.field.depth[row])
    lies = f"{abs(depth):.1f} km inside the ground of {model.party(1 if depth > 0 else -1)}"
    reasons = [WORDS[why], f"the model puts it {lies}"]
    if (waiting := model.pending.get(row)) is not None:
        ripe = dt.date.fromordinal(waiting.ripe).isoformat()
        reasons.append(
            f"an advance into it by {model.party(waiting.side)} counts as its fall on {ripe} unless somebody says otherwise"
        )
    return tuple(reasons)

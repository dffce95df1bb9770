"""What the model says of one settlement, with its reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from reportedly.model import Probability, State, Status
from reportedly.reconcile.terms import INFERRED, WORDS, Why

if TYPE_CHECKING:
    from reportedly.reconcile.spread import SpreadModel

__all__ = ["NOT_COVERED", "POLICY", "claims_of", "is_heard", "is_moving", "reasons_of", "status_of", "unknown_place"]

POLICY = "model"
NOT_COVERED = ("the place is not among the settlements that the model covers",)


def unknown_place(place_id: int, day: dt.date, as_of: dt.datetime | None) -> Status:
    """The status of a place outside the theatre."""
    return Status(
        place_id=place_id, valid_at=day, as_of=as_of, state=State.UNKNOWN, party=None, policy=POLICY,
        reasons=NOT_COVERED,
    )  # fmt: skip


def status_of(model: SpreadModel, place_id: int, *, as_of: dt.datetime | None = None) -> Status:
    """What the model says of one settlement on its last day; unknown where the place is not in the theatre."""
    row = model.ground.index.get(place_id)
    day = dt.date.fromordinal(max(model.day, 1))
    if row is None:
        return unknown_place(place_id, day, as_of)
    why, sign = Why(int(model.why[row])), model.shown(row)
    first = float(model.probability(np.array([row]))[0])
    state = _state(model, row, sign)
    supports, against = claims_of(model, row)
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
        claims_for=supports,
        claims_against=against,
        reasons=reasons_of([model], row),
    )


def claims_of(model: SpreadModel, row: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the claims for and against what the model shows of a settlement."""
    sign, claim, voices = model.shown(row), model.behind[row], model.voices_on(row)
    supports = [v[4].id for v in voices if v[1] == sign] or ([claim.id] if claim is not None else [])
    return tuple(dict.fromkeys(supports)), tuple(dict.fromkeys(v[4].id for v in voices if v[1] == -sign))


def is_heard(model: SpreadModel, row: int) -> bool:
    """Whether anything is known of a settlement: from a baseline, from a claim on it, or inferred from others."""
    return model.why[row] != Why.NOTHING or bool(model.heard[row])


def is_moving(model: SpreadModel, row: int) -> bool:
    """Whether there is fighting, or an advance that waits for an answer."""
    return model.day - int(model.fought[row]) <= model.parameters.memory_days or row in model.pending


def _state(model: SpreadModel, row: int, sign: int) -> State:
    if sign == 0 or not is_heard(model, row):
        return State.UNKNOWN
    if {1, -1} <= {v[1] for v in model.voices_on(row)}:
        return State.DISPUTED
    return State.CONTESTED if is_moving(model, row) else State.HELD


def reasons_of(models: Sequence[SpreadModel], row: int) -> tuple[str, ...]:
    """Why a settlement is where it is, by the first of these models; then the advances into it that wait, by any of them."""
    model = models[0]
    depth = float(model.field.depth[row])
    lies = f"{abs(depth):.1f} km inside the ground of {model.party(1 if depth > 0 else -1)}"
    reasons = [WORDS[Why(int(model.why[row]))], f"the model puts it {lies}"]
    for waiting in (m.pending[row] for m in models if row in m.pending):
        ripe, party = dt.date.fromordinal(waiting.ripe).isoformat(), waiting.piece.claim.party
        reasons.append(f"an advance into it by {party} counts as its fall on {ripe} unless somebody says otherwise")
    return tuple(dict.fromkeys(reasons))

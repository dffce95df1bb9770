"""What is derived from the ledger and costs time: disputes, and the status of every place over time, kept on disk (kept.py)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.model import Claim, Dispute, DisputeKind, DisputeState, Place, State, Status, jsonable
from reportedly.publish.history import Code, History
from reportedly.publish.kept import Basis, Ground, Members, file_of, read_kept, write_kept
from reportedly.publish.table import day_number
from reportedly.reconcile.by_model import covers, run_model, theatres
from reportedly.reconcile.control import history as timelines
from reportedly.reconcile.control import reconcile
from reportedly.reconcile.disputes import find_disputes
from reportedly.reconcile.many import ManyModel
from reportedly.reconcile.policies import POLICIES as RULES

MODEL = "model"
ELSEWHERE = "majority of voices"
"""The policy that the model's map follows where the model knows no ground."""

__all__ = [
    "ELSEWHERE", "MODEL", "POLICIES", "covered", "disputes_kept", "disputes_of", "history_of", "model_of", "status_from", "status_of",
]  # fmt: skip

POLICIES: Mapping[str, str] = {
    **{name: (rule.__doc__ or "").strip().split("\n")[0] for name, rule in RULES.items()},
    MODEL: "A hidden state per settlement, moved by claims and carried between settlements by a field for each party; places nobody "
    f"named are inferred. Measured on Ukraine only. Where the gazetteer has no settlements of a country: {ELSEWHERE}.",
}
"""All policies by name, each with its reasons in a sentence."""

Row = tuple[int, int, Code]
Progress = Callable[[float], None]


def _told(_share: float) -> None:
    """Tell nobody how far it is."""


# -- disputes ----------------------------------------------------------------------------------------------------------


def disputes_of(ground: Ground, *, start: str, cache: Path | None) -> tuple[Dispute, ...]:
    """All disputes among the claims that stand, newest first; `start` names the ledger (the hash of its first reading)."""
    path = file_of(cache, "disputes", start)
    before, told = _basis(path), {}
    if before is not None:
        basis, kept = before
        told = {d.id: d for line in str(kept["disputes"]).splitlines() if (d := _dispute(json.loads(line)))}
    else:
        basis = Basis.empty()
    changed = ground.changed(basis)
    if changed:
        told = {name: d for name, d in told.items() if d.place_id not in changed}
        for places, claims in ground.batches(changed):
            told |= {d.id: d for d in find_disputes(claims) if d.place_id in places}
        lines = "\n".join(json.dumps(jsonable(d), ensure_ascii=False) for d in told.values())
        write_kept(path, **_fields(ground.basis()), disputes=np.array(lines))
    return tuple(sorted(told.values(), key=lambda d: (d.last, d.id), reverse=True))


def disputes_kept(cache: Path | None, start: str) -> bool:
    """Whether the disputes of a ledger have been found before: then only what is new needs looking at."""
    path = file_of(cache, "disputes", start)
    return path is not None and path.exists()


def _fields(basis: Basis) -> dict[str, Any]:
    return {"places": basis.places, "prints": basis.prints, "loose": basis.loose}


def _basis(path: Path | None) -> tuple[Basis, dict[str, Any]] | None:
    kept = read_kept(path)
    if kept is None:
        return None
    return Basis(places=kept["places"], prints=kept["prints"], loose=kept["loose"]), kept


def _dispute(data: dict[str, Any]) -> Dispute:
    """A dispute from its JSON."""
    return Dispute(
        kind=DisputeKind(data["kind"]),
        place_id=data["place_id"],
        place_name=data["place_name"],
        sides=tuple(tuple(side) for side in data["sides"]),
        first=dt.date.fromisoformat(data["first"]),
        last=dt.date.fromisoformat(data["last"]),
        state=DisputeState(data["state"]),
        settled_by=tuple(data["settled_by"]),
        reason=data["reason"],
    )


# -- status ------------------------------------------------------------------------------------------------------------


def status_of(
    claims: Sequence[Claim], policy: str, place_id: int, day: dt.date, *, as_of: dt.datetime | None, members: Members
) -> Status | None:
    """The status of one place on a day with its reasons, from the claims that bear on it."""
    found = reconcile(claims, policy, valid_at=day, places=(place_id,), as_of=as_of, members=members)
    return next((s for s in found if s.place_id == place_id), None)


def history_of(
    ground: Ground, policy: str, *, start: str, as_of: dt.datetime | None, gazetteer: Any, cache: Path | None,
    progress: Progress = _told,
) -> History:  # fmt: skip
    """The history of all places under a policy; what was derived before is kept on disk and only added to."""
    path = file_of(cache, "history", start, policy, as_of)
    before = _basis(path)
    basis, kept = before if before is not None else (Basis.empty(), None)
    changed = ground.changed(basis)
    known: dict[Code, int] = {Code(): 0}
    data = np.empty((0, 3), np.int64)
    if kept is not None:
        known = {Code(**c): i for i, c in enumerate(json.loads(str(kept["codes"])))}
        data = kept["rows"]
    if changed:
        data = data[~np.isin(data[:, 0], np.fromiter(changed, np.int64))]
        found = _by_model(ground, gazetteer, as_of, progress) if policy == MODEL else ()
        if policy == MODEL:
            data = data[:0]  # the model carries evidence between places: a claim may move any of them
            changed = ground.changed(Basis.empty())
        rows = [*found, *_by_rules(ground, policy, changed, gazetteer, as_of, progress)]
        coded = [(place_id, day, known.setdefault(code, len(known))) for place_id, day, code in rows]
        data = np.concatenate([data, np.array(coded, np.int64).reshape(-1, 3)])
        codes = np.array(json.dumps([jsonable(c) for c in known]))
        write_kept(path, **_fields(ground.basis()), rows=data, codes=codes)
    return History.from_rows(policy, data, tuple(known), place=ground.place)


def _by_rules(
    ground: Ground, policy: str, changed: set[int], gazetteer: Any, as_of: dt.datetime | None, progress: Progress
) -> Iterable[Row]:
    """The changes of these places under a policy that looks at one place at a time; under the model, of places elsewhere."""
    if policy == MODEL:
        policy = ELSEWHERE
        changed = {p for p in changed if not covered(ground.place(p), gazetteer)}
    done = 0
    for places, claims in ground.batches(changed):
        for status in timelines(claims, policy, places=places, as_of=as_of, members=ground.members):
            yield status.place_id, day_number(status.valid_at), Code.of(status)
        done += len(places)
        progress(done / len(changed))


def covered(place: Place | None, gazetteer: Any) -> bool:
    """Whether the model knows the ground of a place: a settlement of a country that a real gazetteer has."""
    return place is not None and isinstance(gazetteer, Gazetteer) and covers(gazetteer, place)


def _by_model(ground: Ground, gazetteer: Any, as_of: dt.datetime | None, progress: Progress) -> Iterable[Row]:
    """The model's changes, country by country; without a real gazetteer there is no ground to spread on, hence no change."""
    if not isinstance(gazetteer, Gazetteer):
        return
    found = theatres(ground.claims_at(range(len(ground.table.places))), gazetteer)
    for number, theatre in enumerate(found.values(), 1):
        _, changes = run_model(theatre.claims, gazetteer, parties=theatre.parties, country=theatre.country, as_of=as_of)
        for change in changes:
            held = Code(state=str(State.HELD), party=change.party, inferred=change.inferred) if change.party else Code()
            yield change.place_id, day_number(change.day), held
        progress(number / len(found))


def model_of(ground: Ground, gazetteer: Any, country: str, day: dt.date, as_of: dt.datetime | None) -> ManyModel | None:
    """The model of a country as it stands on a day; None without a real gazetteer."""
    if not isinstance(gazetteer, Gazetteer):
        return None
    claims = ground.claims_at(range(len(ground.table.places)))
    return run_model(claims, gazetteer, country=country, until=day, as_of=as_of)[0]


def status_from(history: History, place_id: int, day: dt.date, as_of: dt.datetime | None) -> Status:
    """The status of a place as the history of the model has it: for ledgers too large to run the model while a reader waits."""
    changes = [(when, code) for when, code in history.of_place(place_id) if when <= day]
    when, code = changes[-1] if changes else (None, Code())
    held = code.state == State.HELD
    return Status(
        place_id=place_id, valid_at=day, as_of=as_of, state=State(code.state), party=code.party if held else None, policy=MODEL,
        inferred=code.inferred, since=when if held else None,
        reasons=("nobody named it: it follows from claims around it",) if held and code.inferred
        else ("the model draws no change here: no claim moved it",) if not held else (),
    )  # fmt: skip

"""What is derived from the ledger and costs time: disputes, and the status of every place over time, kept on disk by the ledger's head."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.ledger import Ledger
from reportedly.model import Claim, Dispute, DisputeKind, DisputeState, Place, State, Status, jsonable
from reportedly.publish.history import Code, History
from reportedly.publish.table import day_number
from reportedly.reconcile.by_model import run_model
from reportedly.reconcile.control import history as timelines
from reportedly.reconcile.control import reconcile
from reportedly.reconcile.disputes import find_disputes
from reportedly.reconcile.policies import POLICIES as RULES

MODEL = "model"
THEATRE = ("RU", "UA")  # the two parties, and below the country, that the model knows the ground of
COUNTRY = "UA"

__all__ = ["MODEL", "POLICIES", "Members", "disputes_kept", "disputes_of", "history_of", "status_from", "status_of"]

POLICIES: Mapping[str, str] = {
    **{name: (rule.__doc__ or "").strip().split("\n")[0] for name, rule in RULES.items()},
    MODEL: "A hidden state per settlement, moved by claims and carried between settlements by a field; places nobody named are inferred.",
}
"""All policies by name, each with its reasons in a sentence."""

FORMAT = "3"
"""Goes into the names of kept files: raised when their form changes."""


def _kept(cache: Path | None, *parts: object) -> Path | None:
    """The file that keeps a derived value, by all that decides it."""
    if cache is None:
        return None
    name = hashlib.sha256(json.dumps([FORMAT, *map(str, parts)]).encode()).hexdigest()[:24]
    return cache / name


def disputes_of(ledger: Ledger, *, head: str, as_of: dt.datetime | None, cache: Path | None) -> tuple[Dispute, ...]:
    """All disputes among the claims that stand, newest first."""
    path = _kept(cache, "disputes", head, as_of)
    if path and path.exists():
        return tuple(_dispute(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())
    found = sorted(find_disputes(ledger.claims(as_of=as_of)), key=lambda d: (d.last, d.id), reverse=True)
    if path:
        _write(path, "".join(json.dumps(jsonable(d), ensure_ascii=False) + "\n" for d in found).encode())
    return tuple(found)


def disputes_kept(cache: Path | None, head: str) -> bool:
    """Whether the disputes of a head have been found before."""
    path = _kept(cache, "disputes", head, None)
    return path is not None and path.exists()


def _write(path: Path, data: bytes) -> None:
    """Write whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(data)
    part.replace(path)


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


Members = Callable[[int], frozenset[int]]


def status_of(
    claims: Sequence[Claim], policy: str, place_id: int, day: dt.date, *, as_of: dt.datetime | None, members: Members
) -> Status | None:
    """The status of one place on a day with its reasons, from the claims that bear on it."""
    found = reconcile(claims, policy, valid_at=day, places=(place_id,), as_of=as_of, members=members)
    return next((s for s in found if s.place_id == place_id), None)


def history_of(
    ledger: Ledger, policy: str, *, head: str, as_of: dt.datetime | None, place: Callable[[int], Place | None],
    members: Members, gazetteer: Any, cache: Path | None,
) -> History:  # fmt: skip
    """The history of all places under a policy; kept on disk by the ledger's head."""
    path = _kept(cache, "history", head, policy, as_of)
    if path:
        path = path.with_suffix(".npz")
        if path.exists():
            with np.load(path, allow_pickle=False) as kept:
                codes = tuple(Code(**c) for c in json.loads(str(kept["codes"])))
                return History.from_rows(policy, kept["rows"], codes, place=place)
    claims = ledger.claims(as_of=as_of)
    if policy == MODEL:
        history = _by_model(claims, gazetteer, as_of, place)
    else:
        history = History.build(policy, timelines(claims, policy, as_of=as_of, members=members), place=place)
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = (
            np.column_stack([history.ids[history.place], history.day, history.code])
            if len(history)
            else np.empty((0, 3))
        )
        part = path.with_suffix(".part.npz")
        np.savez_compressed(
            part, rows=rows.astype(np.int64), codes=np.array(json.dumps([jsonable(c) for c in history.codes]))
        )
        part.replace(path)
    return history


def _by_model(
    claims: Sequence[Claim], gazetteer: Any, as_of: dt.datetime | None, place: Callable[[int], Place | None]
) -> History:
    """The model's changes as a history; without a real gazetteer there is no ground to spread on, hence no change."""
    if not isinstance(gazetteer, Gazetteer) or not {c.party for c in claims} & set(THEATRE):
        return History.build(MODEL, [], place=place)
    _, changes = run_model(claims, gazetteer, parties=THEATRE, country=COUNTRY, as_of=as_of)
    table: dict[Code, int] = {Code(): 0}
    rows = []
    for change in changes:
        held = Code(state=str(State.HELD), party=change.party, inferred=change.inferred) if change.party else Code()
        rows.append((change.place_id, day_number(change.day), table.setdefault(held, len(table))))
    return History.from_rows(MODEL, rows, tuple(table), place=place)


def status_from(history: History, place_id: int, day: dt.date, as_of: dt.datetime | None) -> Status:
    """The status of a place as the history of the model has it."""
    changes = [(when, code) for when, code in history.of_place(place_id) if when <= day]
    when, code = changes[-1] if changes else (None, Code())
    held = code.state == State.HELD
    return Status(
        place_id=place_id, valid_at=day, as_of=as_of, state=State(code.state), party=code.party if held else None, policy=MODEL,
        inferred=code.inferred, since=when if held else None,
        reasons=("nobody named it: it follows from claims around it",) if held and code.inferred
        else ("the model draws no change here: no claim moved it",) if not held else (),
    )  # fmt: skip

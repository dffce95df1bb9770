"""What is derived from the ledger and costs time: disputes, and the status of every place over time, kept on disk by the ledger's head."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from reportedly.ledger import Ledger
from reportedly.model import Claim, Dispute, DisputeKind, DisputeState, Place, PlaceKind, Status, jsonable
from reportedly.publish.history import Code, History
from reportedly.reconcile.control import history as timelines
from reportedly.reconcile.control import reconcile
from reportedly.reconcile.disputes import find_disputes
from reportedly.reconcile.policies import POLICIES

__all__ = ["POLICIES", "Members", "disputes_of", "history_of", "status_of"]

FORMAT = "1"
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
    members: Members, cache: Path | None,
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
    named = timelines(claims, policy, as_of=as_of)
    history = History.build(policy, [*named, *_inferred(claims, named, policy, as_of, place, members)], place=place)
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


def _inferred(
    claims: Sequence[Claim], named: Sequence[Status], policy: str, as_of: dt.datetime | None,
    place: Callable[[int], Place | None], members: Members,
) -> list[Status]:  # fmt: skip
    """Statuses of settlements that nobody named, from claims on the whole region they lie in; reconcile says which."""
    spoken = {s.place_id for s in named}
    out: list[Status] = []
    for status in named:
        region = place(status.place_id)
        if region is None or region.kind is not PlaceKind.REGION:
            continue
        inside = members(region.id) - spoken
        on_region = [c for c in claims if c.place.place_id == region.id]
        found = reconcile(on_region, policy, valid_at=status.valid_at, places=inside, as_of=as_of, members=members)
        out.extend(s for s in found if s.inferred)
    return out

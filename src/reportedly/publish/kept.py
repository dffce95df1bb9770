"""Derived values kept between starts, with what they were derived from: a number per place over the rows of its claims.

A ledger that has grown is derived anew only where a claim came or went. Kept files say what they are in their first line
or first field, and can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly.ledger import Ledger
from reportedly.ledger.columns import claims_by_seq
from reportedly.model import Claim, Place, PlaceKind
from reportedly.publish.filters import Filters
from reportedly.publish.table import NOWHERE, ClaimTable

__all__ = ["Basis", "Ground", "file_of", "read_kept", "write_kept"]

FIRST_LINE = b"Derived from a ledger by reportedly; what follows is a NumPy archive. Delete it at will.\n"
FORM = "6"
"""Goes into the names of kept files: raised when their form or what derives them changes."""

AT_ONCE = 1_000  # places derived together: their claims are in memory
Places = NDArray[np.int64]
Members = Callable[[int], frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a derived value rests on: per place a number that changes with its claims, and the rows on no single place."""

    places: Places
    prints: NDArray[np.uint64]
    loose: NDArray[np.int64]

    @classmethod
    def empty(cls) -> Basis:
        """The basis of nothing."""
        return cls(places=np.empty(0, np.int64), prints=np.empty(0, np.uint64), loose=np.empty(0, np.int64))


class Ground:
    """The claims of a table as deriving needs them: by place, with those on regions and on several places at hand."""

    def __init__(
        self,
        ledger: Ledger,
        table: ClaimTable,
        filters: Filters,
        *,
        place: Callable[[int], Place | None],
        members: Members,
    ) -> None:
        """`filters` carries as_of; the rows that it leaves are what is derived from."""
        self.ledger, self.table, self.place, self.members = ledger, table, place, members
        self.rows = table.select(filters)
        spots, seq = table.columns["spot"][self.rows], table.columns["seq"][self.rows]
        self._order = np.argsort(spots, kind="stable")
        self._starts = np.searchsorted(spots[self._order], np.arange(len(table.places) + 1))
        self._seq = seq
        self._loose = table.columns["loose"][self.rows]
        self.wide = np.array([self._is_wide(int(p)) for p in table.places], bool)

    def _is_wide(self, place_id: int) -> bool:
        found = self.place(place_id) if place_id != NOWHERE else None
        return found is not None and found.kind is not PlaceKind.SETTLEMENT

    def basis(self) -> Basis:
        """What is derived from these rows rests on."""
        mixed = self._seq[self._order].astype(np.uint64)
        for shift, factor in (
            (30, 0xBF58476D1CE4E5B9),
            (27, 0x94D049BB133111EB),
        ):  # splitmix64: sums of it do not collide
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
        sums = np.concatenate([[np.uint64(0)], np.cumsum(mixed, dtype=np.uint64)])
        prints = sums[self._starts[1:]] - sums[self._starts[:-1]]
        here = self._starts[1:] > self._starts[:-1]
        return Basis(places=self.table.places[here], prints=prints[here], loose=np.sort(self._seq[self._loose]))

    def changed(self, before: Basis) -> set[int]:
        """Places whose value may differ from what was derived on an earlier basis, those of touched regions included."""
        now = self.basis()
        old = dict(zip(before.places.tolist(), before.prints.tolist(), strict=True))
        new = dict(zip(now.places.tolist(), now.prints.tolist(), strict=True))
        touched = {p for p in old.keys() | new.keys() if old.get(p) != new.get(p)} - {NOWHERE}
        for claim in claims_by_seq(self.ledger, np.setxor1d(before.loose, now.loose).tolist()):
            touched.update(claim.place.members)
            if claim.place.within is not None:
                touched.add(claim.place.within)
        wide = [p for p in touched if self._is_wide(p)]
        return touched.union(*(self.members(p) for p in wide))

    def batches(self, wanted: set[int]) -> Iterator[tuple[set[int], list[Claim]]]:
        """The wanted places some at a time, each with every claim that bears on them; memory stays flat."""
        around = self.claims_at(np.flatnonzero(self.wide)) + claims_by_seq(self.ledger, self._seq[self._loose].tolist())
        spoken = {int(p): i for i, p in enumerate(self.table.places)}
        order = sorted(wanted)
        with _no_collection():
            for start in range(0, len(order), AT_ONCE):
                part = order[start : start + AT_ONCE]
                spots = [s for p in part if (s := spoken.get(p)) is not None and not self.wide[s]]
                yield set(part), [*around, *self.claims_at(spots)]

    def claims_at(self, spots: Sequence[int] | NDArray[Any]) -> list[Claim]:
        """The claims on places, by the places' rows in the table."""
        parts = [self._order[self._starts[s] : self._starts[s + 1]] for s in spots]
        seqs = np.sort(self._seq[np.concatenate(parts)]) if parts else self._seq[:0]
        return claims_by_seq(self.ledger, seqs.tolist())


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Let the collector of cycles rest: claims have none, and it would walk through all of them again and again."""
    resting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if resting:
            gc.enable()


# -- files -------------------------------------------------------------------------------------------------------------


def file_of(cache: Path | None, *parts: object) -> Path | None:
    """The file that keeps a derived value, by all that decides it."""
    if cache is None:
        return None
    name = hashlib.sha256(json.dumps([FORM, *map(str, parts)]).encode()).hexdigest()[:24]
    return cache / f"{name}.npz"


def read_kept(path: Path | None) -> dict[str, Any] | None:
    """The arrays of a kept file; None where there is none, or not a whole one."""
    if path is None or not path.exists():
        return None
    try:
        data = path.read_bytes()
        with np.load(io.BytesIO(data[data.index(b"\n") + 1 :]), allow_pickle=False) as kept:
            return dict(kept.items())
    except (OSError, ValueError, zipfile.BadZipFile):
        return None


def write_kept(path: Path | None, **arrays: Any) -> None:
    """Write a kept file whole or not at all; a folder that cannot be written to costs time, not the answer."""
    if path is None:
        return
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    part = path.with_suffix(".part")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(FIRST_LINE + buffer.getvalue())
        part.replace(path)

"""What pages, API and exports ask of the ledger: one snapshot of it, kept until the ledger has moved on.

Everything here is derived and is made anew when the ledger's head changes: at once where it is small, else in the
background while the earlier snapshot goes on answering (and says as of when).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from reportedly.errors import NotFound, QueryError
from reportedly.ledger import Ledger
from reportedly.ledger.arrays import claim_table
from reportedly.ledger.columns import ReportRow, claims_by_id, claims_by_seq, report_rows, start_of
from reportedly.model import Claim, Dispute, Place, PlaceKind, Status
from reportedly.publish.derive import (
    MODEL,
    POLICIES,
    covered,
    disputes_kept,
    disputes_of,
    history_of,
    model_of,
    status_from,
)  # fmt: skip
from reportedly.publish.export import Context
from reportedly.publish.filters import Filters
from reportedly.publish.history import History, PlaceNames
from reportedly.publish.kept import Ground
from reportedly.publish.modelled import Models
from reportedly.publish.reference import References
from reportedly.publish.table import NOWHERE, ClaimTable
from reportedly.publish.wording import Lexicon
from reportedly.reconcile.many import ManyModel

__all__ = ["DEFAULT_POLICY", "Gazette", "Snapshot", "Views"]

SMALL = 50_000  # claims up to which a new snapshot is made while the reader waits
LOOK_EVERY = 0.5  # seconds between looks at the ledger's head
DEFAULT_POLICY = "last claim wins"


class Gazette(Protocol):
    """What the pages need of the gazetteer (knowledge.gazetteer.Gazetteer)."""

    def place(self, place_id: int) -> Place | None:
        """The place of an id."""
        ...

    def names(self, place_id: int) -> tuple[Any, ...]:
        """Its names: text, lang, script, historical."""
        ...

    def members(self, region_id: int) -> frozenset[int]:
        """The settlements of a region."""
        ...

    def find(self, name: str, *, fuzzy: bool = True) -> tuple[Any, ...]:
        """Matches: place, tier, name."""
        ...

    def polygon(self, region_id: int) -> str | None:
        """The outline of a first-level region as GeoJSON."""
        ...


@dataclass(slots=True)
class Snapshot:
    """The ledger at one head: its claims as a table, its reports, its disputes, and histories as they are asked for."""

    head: str
    start: str
    made: dt.datetime
    table: ClaimTable
    reports: list[ReportRow]
    disputes: tuple[Dispute, ...]
    pending: bool = False  # the disputes are still being looked for
    by_report: dict[str, ReportRow] = field(init=False)
    dispute_by_id: dict[str, Dispute] = field(init=False)
    disputes_of_claim: dict[str, list[Dispute]] = field(init=False)
    histories: dict[tuple[str, dt.datetime | None], History] = field(default_factory=dict)
    tables: dict[str, Any] = field(default_factory=dict)
    models: Models = field(default_factory=Models)

    def __post_init__(self) -> None:
        self.by_report = {r.id: r for r in self.reports}
        self.disputes_of_claim = {}
        self.dispute_by_id = {d.id: d for d in self.disputes}
        for dispute in self.disputes:
            for claim_id in dict.fromkeys(c for side in dispute.sides for c in side):
                self.disputes_of_claim.setdefault(claim_id, []).append(dispute)
        self.table.mark(frozenset(self.disputes_of_claim))

    @property
    def data_as_of(self) -> str:
        """When the newest report was published, for people and exports."""
        return self.reports[0].published[:10] if self.reports else ""


class Views:
    """Answers questions about one ledger with one gazetteer; safe to use from several threads."""

    def __init__(
        self,
        ledger: Ledger,
        gazetteer: Gazette,
        *,
        lexicon: Lexicon | None = None,
        cache: Path | None = None,
        layers: Path | None = None,
        policy: str = DEFAULT_POLICY,
    ) -> None:
        if policy not in POLICIES:
            raise QueryError(f"There is no policy {policy!r}. Policies are: {', '.join(POLICIES)}.")
        self.default_policy = policy
        self.ledger, self.gazetteer, self.cache = ledger, gazetteer, cache
        self.references = References(layers)
        self.lexicon = lexicon or Lexicon()
        self._snapshot: Snapshot | None = None
        self._looked = 0.0
        self._lock = threading.Lock()
        self._history_lock = threading.Lock()
        self._working: threading.Thread | None = None
        self._places: dict[int, Place | None] = {}

    # -- the snapshot ------------------------------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        """The newest snapshot; made now, or soon where the ledger is large."""
        now = time.monotonic()
        current = self._snapshot
        if current is not None and now - self._looked < LOOK_EVERY:
            return current
        with self._lock:
            current = self._snapshot
            self._looked = now
            head = self.ledger.head()
            if current is not None and current.head == head:
                return current
            if current is None or len(current.table) <= SMALL:
                self._snapshot = self._make(head)
            elif self._working is None or not self._working.is_alive():
                self._working = threading.Thread(target=self._remake, args=(head,), daemon=True)
                self._working.start()
            return self._snapshot or self._make(head)

    def fresh(self) -> Snapshot:
        """The newest snapshot, looked for now: after a decision at the desk."""
        self._looked = 0.0
        return self.snapshot()

    def _remake(self, head: str) -> None:
        made = self._make(head)
        with self._lock:
            self._snapshot = made

    def _make(self, head: str) -> Snapshot:
        """A snapshot at a head; of a large ledger first without its disputes, which follow in the background."""
        start = start_of(self.ledger)
        table = ClaimTable.build(claim_table(self.ledger, cache=self.cache), where=self._where, country=self._country)
        later = self._snapshot is None and len(table) > SMALL and not disputes_kept(self.cache, start)
        disputes = () if later else disputes_of(self._ground(table, None), start=start, cache=self.cache)
        made = Snapshot(
            head=head, start=start, made=dt.datetime.now(dt.UTC), table=table, reports=report_rows(self.ledger),
            disputes=disputes, pending=later,
        )  # fmt: skip
        if later:
            threading.Thread(target=self._add_disputes, args=(made,), daemon=True).start()
        return made

    def _ground(self, table: ClaimTable, as_of: dt.datetime | None) -> Ground:
        """The claims that are derived from, as known at a moment."""
        return Ground(self.ledger, table, Filters(as_of=as_of), place=self.place, members=self.members)

    def _add_disputes(self, made: Snapshot) -> None:
        """Find the disputes of a snapshot and put one with them in its place, unless the ledger has moved on."""
        found = disputes_of(self._ground(made.table, None), start=made.start, cache=self.cache)
        with self._lock:
            if self._snapshot is made:
                self._snapshot = dataclasses.replace(made, disputes=found, pending=False, tables={})

    # -- places ------------------------------------------------------------------------------------------------------

    def place(self, place_id: int) -> Place | None:
        """A place of the gazetteer, or None."""
        if place_id not in self._places:
            if len(self._places) > 200_000:
                self._places.clear()
            self._places[place_id] = None if place_id == NOWHERE else self.gazetteer.place(place_id)
        return self._places[place_id]

    def _where(self, place_id: int) -> tuple[float, float] | None:
        place = self.place(place_id)
        return None if place is None or place.lat is None or place.lon is None else (place.lon, place.lat)

    def _country(self, place_id: int) -> str:
        place = self.place(place_id)
        return place.country or "" if place else ""

    def names_of(self, place_id: int) -> PlaceNames:
        """What a place is called: canonical name and the name in the language of its country."""
        place = self.place(place_id)
        if place is None:
            return PlaceNames(name=str(place_id))
        wanted = OFFICIAL.get(place.country)
        local = next(
            (n for n in self.gazetteer.names(place_id) if n.lang == wanted and not n.historical and n.text != place.name), None
        ) if wanted else None  # fmt: skip
        return PlaceNames(name=place.name, local=local.text if local else None, lang=local.lang if local else None)

    def is_region(self, place_id: int) -> bool:
        """Whether a place is an area rather than a settlement."""
        place = self.place(place_id)
        return place is not None and place.kind is not PlaceKind.SETTLEMENT

    def require_place(self, place_id: int) -> Place:
        """A place of the gazetteer; raises NotFound."""
        place = self.place(place_id)
        if place is None:
            raise NotFound(f"The gazetteer has no place {place_id}.")
        return place

    def members(self, region_id: int) -> frozenset[int]:
        """The settlements of a region; none for what is not one."""
        place = self.place(region_id)
        return frozenset() if place is None or place.kind is PlaceKind.SETTLEMENT else self.gazetteer.members(region_id)

    # -- claims ------------------------------------------------------------------------------------------------------

    def claims(self, ids: Iterable[str]) -> list[Claim]:
        """The claims of those ids, in their order."""
        return list(claims_by_id(self.ledger, ids).values())

    def select(self, filters: Filters) -> NDArray[np.int64]:
        """Rows of the table that pass the filters, newest first."""
        return self.snapshot().table.select(filters, members=self.members)

    def page(self, filters: Filters) -> tuple[list[Claim], int]:
        """One page of claims and how many there are in all."""
        snapshot = self.snapshot()
        rows = snapshot.table.select(filters, members=self.members)
        part = rows[filters.offset : filters.offset + filters.limit]
        return self._at(snapshot, part), len(rows)

    def stream(self, filters: Filters, *, most: int | None = None) -> Iterator[Claim]:
        """All claims that pass the filters, newest first, fetched some at a time."""
        snapshot = self.snapshot()
        rows = snapshot.table.select(filters, members=self.members)[:most]
        for start in range(0, len(rows), 1000):
            yield from self._at(snapshot, rows[start : start + 1000])

    def _at(self, snapshot: Snapshot, rows: NDArray[np.int64]) -> list[Claim]:
        """The claims of rows of the table, in their order; one that several readings share comes once."""
        found = claims_by_seq(self.ledger, snapshot.table.columns["seq"][rows].tolist())
        return list({claim.id: claim for claim in found}.values())

    def facets(self, filters: Filters) -> dict[str, list[tuple[str, int]]]:
        """How many claims each value of each filter would leave; kept per snapshot."""
        snapshot = self.snapshot()
        key = "facets?" + filters.query(limit=None, offset=None)
        if key not in snapshot.tables:
            if len(snapshot.tables) > 256:
                snapshot.tables.clear()
            snapshot.tables[key] = snapshot.table.facets(filters, members=self.members)
        found: dict[str, list[tuple[str, int]]] = snapshot.tables[key]
        return found

    def context(self, filters: Filters, *, base: str = "") -> Context:
        """What exports need beside the claims."""
        snapshot = self.snapshot()

        def url(report_id: str) -> str | None:
            report = snapshot.by_report.get(report_id)
            return report.url if report else None

        return Context(
            place=self.place, url=url, lexicon=self.lexicon, base=base, title="Claims by reportedly",
            stamp=snapshot.data_as_of, query=filters.query(limit=None, offset=None),
        )  # fmt: skip

    # -- status ------------------------------------------------------------------------------------------------------

    def history(
        self, policy: str, as_of: dt.datetime | None = None, *, progress: Callable[[float], None] = lambda _: None
    ) -> History:
        """The status of every place over time under a policy; raises QueryError for an unknown policy."""
        if policy not in POLICIES:
            raise QueryError(f"policy must be one of {', '.join(POLICIES)}, not {policy[:40]!r}.")
        snapshot = self.snapshot()
        key = (policy, as_of)
        found = snapshot.histories.get(key)
        if found is None:
            with self._history_lock:
                if (found := snapshot.histories.get(key)) is None:
                    if len(snapshot.histories) > 12:
                        snapshot.histories.clear()
                    found = history_of(
                        self._ground(snapshot.table, as_of), policy, start=snapshot.start, as_of=as_of,
                        gazetteer=self.gazetteer, cache=self.cache, progress=progress,
                    )  # fmt: skip
                    snapshot.histories[key] = found
        return found

    def by_model(self, place: Place, day: dt.date, as_of: dt.datetime | None) -> Status | None:
        """What the model says of a place on a day, with reasons; None where it knows no ground. The last days asked are kept.

        Of a large ledger the model of a past day is not made: the history tells the holder, without probabilities. The newest
        day's is made in the background, and until then told likewise.
        """
        if not covered(place, self.gazetteer):
            return None
        snapshot = self.snapshot()
        key = (place.country, day, as_of)

        def make() -> ManyModel | None:
            return model_of(self._ground(snapshot.table, as_of), self.gazetteer, place.country, day, as_of)

        if len(snapshot.table) <= SMALL:
            model = snapshot.models.now(key, make)
            return None if model is None else dataclasses.replace(model.status(place.id, as_of=as_of), valid_at=day)
        model = snapshot.models.soon(key, make) if day.isoformat() >= snapshot.data_as_of else None
        if model is None:
            return status_from(self.history(MODEL, as_of), place.id, day, as_of)
        return dataclasses.replace(model.status(place.id, as_of=as_of), valid_at=day)

    def disputes(self, *, place_id: int | None = None) -> tuple[Dispute, ...]:
        """Disputes, newest first; of one place where given."""
        found = self.snapshot().disputes
        return found if place_id is None else tuple(d for d in found if d.place_id == place_id)

    def dispute(self, dispute_id: str) -> Dispute:
        """The dispute of an id; raises NotFound."""
        found = self.snapshot().dispute_by_id.get(dispute_id)
        if found is None:
            raise NotFound(f"No dispute has the id {dispute_id[:60]}: it may have changed with a later report.")
        return found

    @property
    def policies(self) -> Mapping[str, str]:
        """The policies by name, each with its reasons in a sentence; first the one that is shown unless another is asked for."""
        usual = self.default_policy
        return {usual: POLICIES[usual], **{name: why for name, why in POLICIES.items() if name != usual}}


OFFICIAL = {
    "UA": "uk", "RU": "ru", "BY": "be", "SY": "ar", "IQ": "ar", "SD": "ar", "YE": "ar", "LB": "ar", "PS": "ar", "LY": "ar",
    "IL": "he", "IR": "fa", "AF": "fa", "MM": "my", "ET": "am", "GE": "ka", "AM": "hy", "AZ": "az", "CD": "fr", "ML": "fr",
    "TR": "tr", "TH": "th", "KH": "km", "IN": "hi", "PK": "ur", "CN": "zh", "TW": "zh", "KP": "ko", "KR": "ko", "MD": "ro",
    "RS": "sr", "CF": "fr", "BF": "fr", "NE": "fr", "TD": "fr", "SO": "so", "MZ": "pt", "CO": "es", "PL": "pl",
}  # fmt: skip
"""The language in which a place's official local name is looked for, by country."""

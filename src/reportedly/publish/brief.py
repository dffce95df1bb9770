"""What a person with two minutes should know: newly claimed, disputed, changed, and what nobody reported on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportedly.model import Claim, Dispute, DisputeState, Place, PlaceKind
from reportedly.publish.filters import Filters
from reportedly.publish.history import Code
from reportedly.publish.table import day_number, day_of, source_key
from reportedly.publish.views import Views

__all__ = ["Brief", "Changed", "Heard", "Silence", "make_brief"]

HEARD_MAX, CHANGED_MAX, SILENT_MAX = 40, 40, 12
SILENT_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One thing newly claimed, with everybody who said so in the days of the brief."""

    what: str
    place: Place | None
    claims: tuple[Claim, ...]
    voices: tuple[str, ...]
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A place whose status changed under the policy."""

    place: Place
    day: dt.date
    before: Code
    after: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What nobody reported on: a place that was fought over or disputed when last heard of, or days without any report."""

    place: Place | None
    last: dt.date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The days first <= day < after, newest things first."""

    first: dt.date
    after: dt.date
    policy: str
    heard: tuple[Heard, ...]
    more_heard: int
    disputes: tuple[Dispute, ...]
    changed: tuple[Changed, ...]
    more_changed: int
    silent: tuple[Silence, ...]
    empty_days: tuple[dt.date, ...]
    reports: int
    claims: int

    @property
    def empty_spans(self) -> list[tuple[dt.date, dt.date]]:
        """The days without any report as stretches: first and last day of each."""
        out: list[tuple[dt.date, dt.date]] = []
        for day in self.empty_days:
            if out and (day - out[-1][1]).days == 1:
                out[-1] = (out[-1][0], day)
            else:
                out.append((day, day))
        return out

    @property
    def last(self) -> dt.date:
        """The last day of the brief."""
        return self.after - dt.timedelta(days=1)


def make_brief(views: Views, *, last: dt.date, days: int, policy: str, as_of: dt.datetime | None = None) -> Brief:
    """The brief of the `days` days up to and including `last`."""
    first, after = last - dt.timedelta(days=days - 1), last + dt.timedelta(days=1)
    snapshot = views.snapshot()
    wanted = Filters(since=first, until=after, as_of=as_of, limit=1000)
    claims, total = views.page(wanted)
    heard = _heard(views, claims)
    history = views.history(policy, as_of)
    changes = [
        Changed(place=place, day=day, before=before, after=now)
        for place_id, day, before, now in history.between(first, after)
        if (place := views.place(place_id))
    ]
    changes.sort(key=lambda c: (c.after.inferred, -c.place.population, c.place.id))
    disputes = tuple(
        d for d in snapshot.disputes if d.first < after and d.last >= first and d.state is not DisputeState.SUPERSEDED
    )
    published = {r.published[:10] for r in snapshot.reports}
    span = [first + dt.timedelta(days=i) for i in range(days)]
    reports = sum(first.isoformat() <= r.published[:10] < after.isoformat() for r in snapshot.reports)
    return Brief(
        first=first, after=after, policy=policy, heard=tuple(heard[:HEARD_MAX]), more_heard=max(0, len(heard) - HEARD_MAX),
        disputes=disputes[:HEARD_MAX], changed=tuple(changes[:CHANGED_MAX]), more_changed=max(0, len(changes) - CHANGED_MAX),
        silent=_silent(views, policy, last, as_of), empty_days=tuple(d for d in span if d.isoformat() not in published),
        reports=reports, claims=total,
    )  # fmt: skip


def _heard(views: Views, claims: Sequence[Claim]) -> list[Heard]:
    """Claims gathered by what they say; most voices first, then the larger place."""
    groups: dict[tuple[str, int | None], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[(views.lexicon.what(claim), claim.place.place_id)].append(claim)
    marked = views.snapshot().disputes_of_claim
    out = []
    for (what, place_id), many in groups.items():
        voices = tuple(dict.fromkeys(views.lexicon.speaker(c) for c in many))
        out.append(
            Heard(
                what=what,
                place=views.place(place_id) if place_id is not None else None,
                claims=tuple(many),
                voices=voices,
                disputed=any(c.id in marked for c in many),
            )
        )
    out.sort(key=lambda h: (-len({source_key(c) for c in h.claims}), -(h.place.population if h.place else 0), h.what))
    return out


def _silent(views: Views, policy: str, last: dt.date, as_of: dt.datetime | None) -> tuple[Silence, ...]:
    """Places contested or disputed on the last day of which nobody has spoken for SILENT_DAYS; the largest first."""
    history = views.history(policy, as_of)
    codes = history.on(last)
    unsettled = [i for i, code in enumerate(history.codes) if code.state in ("contested", "disputed")]
    ids = history.ids[np.isin(codes, unsettled)]
    table = views.snapshot().table
    rows = views.select(Filters(place=tuple(ids.tolist()), until=last + dt.timedelta(days=1), as_of=as_of))
    places, first = np.unique(table.columns["spot"][rows], return_index=True)  # newest first: the first is the newest
    newest = dict(zip(table.places[places].tolist(), table.columns["published"][rows[first]].tolist(), strict=True))
    out = []
    for place_id, day in newest.items():
        quiet = day_number(last) - day
        if quiet >= SILENT_DAYS and (place := views.place(place_id)) and place.kind is not PlaceKind.COUNTRY:
            out.append(Silence(place=place, last=day_of(day), days=quiet))
    out.sort(key=lambda s: (-(s.place.population if s.place else 0), -s.days))
    return tuple(out[:SILENT_MAX])

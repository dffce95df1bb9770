"""The model as a policy: all claims of a ledger to statuses on a day, and to the list of changes that a map draws."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.model import Claim, Status
from reportedly.reconcile.evidence import Evidence, weigh
from reportedly.reconcile.spread import Change, Parameters, SpreadModel
from reportedly.reconcile.theatre import RegionAreas, ground_of

__all__ = ["Baseline", "run_model", "status_by_model"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A state to start from: a layer's name and day, with party id by place id (None: marked as nobody's)."""

    name: str
    day: dt.date
    state: Mapping[int, str | None]


def run_model(
    claims: Iterable[Claim],
    gazetteer: Gazetteer,
    *,
    parties: tuple[str, str] = ("RU", "UA"),
    country: str = "UA",
    until: dt.date | None = None,
    as_of: dt.datetime | None = None,
    baseline: Baseline | None = None,
    parameters: Parameters | None = None,
) -> tuple[SpreadModel, list[Change]]:
    """Run the model over claims, each taking effect on the day it speaks of; return it with every change on the way.

    `parties` are the one who came and the one at home in `country`. `until` and `as_of` are the two clocks. Neither the
    order of claims nor a claim that comes twice makes a difference.
    """
    ground = ground_of(gazetteer, country, homes={parties[0]: 1, parties[1]: -1})
    model = SpreadModel(ground, parties=parties, areas=RegionAreas(gazetteer, ground), parameters=parameters)
    changes: list[Change] = []
    if baseline is not None:
        changes += model.start(baseline.day, baseline.state)
    by_day: dict[int, list[Evidence]] = defaultdict(list)
    for claim in claims:
        if as_of is None or claim.published <= as_of:
            for piece in weigh(claim, model.sides, arrival=False):
                by_day[piece.day].append(piece)
    last = until.toordinal() if until is not None else max(by_day, default=model.day)
    first = min((d for d in by_day if d > model.day), default=last + 1)
    for day in range(first, last + 1):
        changes += model.take(day, by_day.get(day, ()))
    return model, changes


def status_by_model(
    claims: Iterable[Claim],
    gazetteer: Gazetteer,
    *,
    valid_at: dt.date | None = None,
    places: Collection[int] | None = None,
    as_of: dt.datetime | None = None,
    baseline: Baseline | None = None,
) -> list[Status]:
    """Statuses on a day by the model: of `places`, or of every settlement that a claim names."""
    claims = list(claims)
    model, _ = run_model(claims, gazetteer, until=valid_at, as_of=as_of, baseline=baseline)
    named = {
        c.place.place_id for c in claims if c.place.place_id is not None and (as_of is None or c.published <= as_of)
    }
    wanted = sorted(places if places is not None else named & set(model.ground.index))
    return [model.status(place, as_of=as_of) for place in wanted]

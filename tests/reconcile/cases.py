"""Claims made up for the tests: one line each."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import SimpleNamespace
from typing import Any

import numpy as np

from reportedly.model import (
    NARRATOR,
    Attribution,
    Certainty,
    Claim,
    Extent,
    Form,
    Place,
    PlaceKind,
    PlaceRef,
    Polarity,
    Quoting,
    Relation,
    Span,
    Time,
)

REGION, TOWN, VILLAGE = 9000, 101, 102


def say(
    relation: str, party: str, day: str, *, source: str = NARRATOR, side: str | None = None, place: int | None = TOWN, extent: str = "whole",
    denied: bool = False, valid: tuple[str | None, str | None] | None = None, publisher: str = "Example Agency", region: bool = False,
    within: int | None = None, words: str = "Examplivka", certainty: str = "certain", form: str = "stated", via: tuple[str, ...] = (),
) -> Claim:  # fmt: skip
    """One claim, published on a day; `valid` gives the half-open bounds of its time."""
    kind = (
        PlaceKind.UNNAMED
        if within is not None
        else (PlaceKind.REGION if region or place == REGION else PlaceKind.SETTLEMENT)
    )
    time = None
    if valid is not None:
        lower, upper = (dt.date.fromisoformat(d) if d else None for d in valid)
        time = Time(words="then", edtf="test", lower=lower, upper=upper)
    quoting = Quoting.NARRATION if source == NARRATOR else Quoting.PARAPHRASE
    return Claim(
        report_id=f"rep-{day}-{publisher}", published=dt.datetime.combine(dt.date.fromisoformat(day), dt.time(12), dt.UTC),
        publisher=publisher, relation=Relation(relation), party=party,
        place=PlaceRef(words=words, kind=kind, place_id=None if within is not None else place, name=None if within is not None else words,
                       within=within, probability=1.0),
        span=Span(start=0, end=10), quote=f"{source} on {words}", extent=Extent.parse(extent),
        polarity=Polarity.DENIED if denied else Polarity.STATED, certainty=Certainty(certainty), form=Form(form), valid=time,
        attribution=Attribution(source=source, side=side, via=via, quoting=quoting),
    )  # fmt: skip


def moved(claim: Claim, days: int) -> Claim:
    """The same claim, published some days later."""
    return dataclasses.replace(claim, published=claim.published + dt.timedelta(days=days))


class RowGazetteer:
    """A country as a row of `n` settlements with ids from 1 on, west to east from 37 degrees east; larger ids lie in none it has."""

    def __init__(self, country: str, n: int, *, lat: float, step: float) -> None:
        self.country, self.n, self.lat, self.step = country, n, lat, step

    def region(self, code: str) -> Any:
        return SimpleNamespace(id=900) if code == self.country else None

    def regions(self, country: str | None = None) -> tuple[Place, ...]:
        return ()

    def members(self, region_id: int) -> frozenset[int]:
        return frozenset(range(1, self.n + 1)) if region_id == 900 else frozenset()

    def array(self, name: str) -> Any:
        return {
            "place.id": np.arange(1, self.n + 1), "place.lat": np.full(self.n, self.lat),
            "place.lon": 37 + np.arange(self.n) * self.step, "place.population": np.zeros(self.n, np.int64),
        }[name]  # fmt: skip

    def settlements(self, country: str | None = None) -> Any:
        nothing = np.empty(0)
        return SimpleNamespace(lat=nothing, lon=nothing, admin1=np.empty(0, "U4"), id=nothing)

    def polygon(self, region_id: int) -> str | None:
        return None

    def place(self, place_id: int) -> Place | None:
        country = self.country if place_id <= self.n else "XX"
        return Place(
            id=place_id, name="V", kind=PlaceKind.SETTLEMENT, lat=self.lat, lon=37.0, feature="PPL", country=country
        )


VILLAGES: Any = RowGazetteer("UA", 100, lat=48.0, step=2 / 74.4)
"""A hundred villages in a row, 2 km apart."""

"""Claims made up for the tests: one line each."""

from __future__ import annotations

import dataclasses
import datetime as dt

from reportedly.model import (
    NARRATOR,
    Attribution,
    Certainty,
    Claim,
    Extent,
    Form,
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

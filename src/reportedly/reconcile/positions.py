"""What a claim says of who holds a place, on which day, and whose voice it is: the common ground of policies and disputes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reportedly.model import NARRATOR, Certainty, Claim, Form, PlaceKind, Polarity, Relation

__all__ = [
    "Bearing",
    "Position",
    "by_place_of",
    "distinct",
    "effective_day",
    "fold",
    "position_of",
    "positions_of",
    "voice_of",
    "wholly",
]

CERTAINTY_WEIGHT = {Certainty.CERTAIN: 1.0, Certainty.PROBABLE: 0.7, Certainty.POSSIBLE: 0.4}
WHOLE_FROM = 99.5  # per cent: from here on a percentage is said of the whole


class Bearing(StrEnum):
    """What a claim says of its party and the place."""

    HOLDS = "holds"  # the party has it
    HOLDS_NOT = "holds not"  # the party has it not (any more), or denies having it
    CONTESTED = "contested"  # there is fighting in it, or it is split
    SOME = "some"  # the party has unnamed places within it ("two villages remained free"): the other has not the whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A claim's bearing on control: `day` is the day from which it is said to be so; `change` where it tells of an event."""

    claim: Claim
    id: str  # the claim's, hashed once
    bearing: Bearing
    party: str
    day: dt.date
    change: bool
    voice: str
    weight: float

    @property
    def places(self) -> tuple[int, ...]:
        """Ids of the places it bears on: of an unnamed group, the region it lies in."""
        place = self.claim.place
        if self.bearing == Bearing.SOME:
            return (place.within,) if place.within is not None else ()
        return place.members or ((place.place_id,) if place.place_id is not None else ())

    @property
    def order(self) -> tuple[dt.date, dt.datetime, str]:
        """Later events last; among those of one day the later report last; ids break ties, so order of arrival cannot matter."""
        return (self.day, self.claim.published, self.id)


def positions_of(claims: Iterable[Claim]) -> list[Position]:
    """The positions that the claims take, in order, each once."""
    found = (position_of(claim, name) for name, claim in distinct(claims).items())
    return sorted((p for p in found if p is not None), key=lambda p: p.order)


def by_place_of(positions: Iterable[Position]) -> dict[int, list[Position]]:
    """Positions by the id of each place that they bear on, in the order given."""
    out: dict[int, list[Position]] = {}
    for position in positions:
        for place in position.places:
            out.setdefault(place, []).append(position)
    return out


def distinct(claims: Iterable[Claim]) -> dict[str, Claim]:
    """Each claim once, by id. Of versions with one id (they may differ in what the id leaves out) always the same one stays."""
    found: dict[str, Claim] = {}
    for claim in claims:
        name = claim.id
        other = found.setdefault(name, claim)
        if other is not claim and other != claim:
            found[name] = min(other, claim, key=repr)
    return found


def effective_day(claim: Claim) -> dt.date:
    """The day that a claim's time stands for: the middle of an interval, the known end of a half-open one, else publication."""
    lower = claim.valid.lower if claim.valid else None
    upper = claim.valid.upper if claim.valid else None
    if lower and upper:
        return min(lower + (upper - lower) / 2, claim.published.date()) if claim.relation != Relation.HOLDS else lower
    if upper:
        return min(upper - dt.timedelta(days=1), claim.published.date())
    return lower or claim.published.date()


def voice_of(claim: Claim) -> str:
    """Whose word it is: the source as resolved, else as written; the report's own voice is its publisher's."""
    attribution = claim.attribution
    if attribution.source == NARRATOR:
        return f"publisher:{fold(claim.publisher)}"
    return attribution.source_id or f"source:{fold(attribution.source)}"


def wholly(claim: Claim) -> bool:
    """Whether the claim is on the whole place (or as good as: 99.5 per cent and more)."""
    extent = claim.extent
    return extent.kind == "whole" or (extent.kind == "percent" and (extent.value or 0) >= WHOLE_FROM)


def position_of(claim: Claim, name: str | None = None) -> Position | None:
    """The claim's position on control; None where it has none (advances near by, annexations, groups without names)."""
    bearing = _bearing(claim)
    if claim.place.kind == PlaceKind.UNNAMED and bearing == Bearing.HOLDS and claim.place.within is not None:
        bearing = Bearing.SOME
    if bearing is None or (claim.place.kind in (PlaceKind.UNNAMED, PlaceKind.OTHER) and bearing != Bearing.SOME):
        return None
    weight = CERTAINTY_WEIGHT[claim.certainty] * (0.8 if claim.form == Form.PRESUPPOSED else 1.0)
    change = (
        bearing != Bearing.SOME
        and claim.relation in (Relation.TAKES, Relation.LOSES)
        and claim.form == Form.STATED
        and claim.polarity == Polarity.STATED
    )
    return Position(
        claim=claim,
        id=name or claim.id,
        bearing=bearing,
        party=claim.party,
        day=effective_day(claim),
        change=change,
        voice=voice_of(claim),
        weight=weight,
    )


def _bearing(claim: Claim) -> Bearing | None:
    stated = claim.polarity == Polarity.STATED
    if claim.relation == Relation.CONTESTS:
        return Bearing.CONTESTED if stated else None
    if claim.relation == Relation.ADVANCES:
        return (
            Bearing.CONTESTED
            if stated and claim.extent.kind == "part" and claim.place.kind == PlaceKind.SETTLEMENT
            else None
        )
    if claim.relation == Relation.ANNEXES:
        return None  # a declaration of law, not of who is there
    gains = claim.relation in (Relation.HOLDS, Relation.TAKES)
    if claim.extent.kind in ("part", "percent", "all_but") and not wholly(claim):
        if claim.extent.kind == "all_but" or (claim.extent.kind == "percent" and (claim.extent.value or 0) >= 50):
            return Bearing.HOLDS if gains == stated else Bearing.HOLDS_NOT
        return Bearing.CONTESTED if stated else None
    return Bearing.HOLDS if gains == stated else Bearing.HOLDS_NOT


def fold(name: str) -> str:
    """A name without case, marks and its leading article, so that spellings of one source are one."""
    return re.sub(r"\W+", " ", name.casefold().removeprefix("the ")).strip()

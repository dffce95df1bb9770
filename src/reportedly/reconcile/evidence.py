"""From claims to evidence: which side a claim speaks for, how strongly, for which day, and what it binds."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from reportedly.model import NARRATOR, Certainty, Claim, Form, PlaceKind, PlaceRelation, Polarity, Relation
from reportedly.reconcile.banks import bank_of

__all__ = [
    "Evidence",
    "Interest",
    "Kind",
    "interest_of",
    "is_part",
    "rank",
    "weigh",
    "when_said",
    "who_says",
    "witness_of",
]

SURE_NAME = 0.95
"""From this probability on a place's name is taken to be borne by no other that could be meant."""

STALE_DAYS = 30
"""A claim about a day this long before its report tells of history and does not move the present."""
WHOLE_PERCENT = 99.0
"""From this percentage on, and where all but a few places are claimed, a region counts as claimed whole."""
FEW = 3.0


class Kind(IntEnum):
    """What a claim says of its place, weakest first."""

    DENIED = 0  # that the side does not hold it
    FOUGHT = 1  # it is fought over, or its neighbourhood was reached
    REPELLED = 2  # the other side was thrown back there
    OPENED = 3  # the other side no longer holds it for sure (grey)
    ENTERED = 4  # the side is inside, or holds a part
    HELD = 5  # the side holds the whole place


class Interest(IntEnum):
    """Whether what is said serves the side of the one who says it."""

    OWN = 0
    NEITHER = 1
    AGAINST = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim as the model takes it. `side` is +1 for the first party, -1 for the second; `region` where it binds an area."""

    day: int  # proleptic ordinal of the day it takes effect
    place_id: int
    side: int
    kind: Kind
    interest: Interest
    voice: str
    certain: float  # 1, less where the source hedges
    region: bool
    claim: Claim


def who_says(claim: Claim) -> str:
    """The innermost speaker's key: the source's id or words; for the narrator the publisher."""
    said = claim.attribution
    if said.source == NARRATOR and said.source_id is None:
        return claim.publisher
    return said.source_id or said.source


def interest_of(claim: Claim, gains: int, sides: Mapping[str, int]) -> Interest:
    """Whether the claim's speaker is on the side that gains by it.

    A report's own voice is never its side's interest alone: the publisher signs for it.
    """
    speaker = sides.get(claim.attribution.side or "", 0)
    if speaker == 0 or (speaker == gains and claim.attribution.source == NARRATOR):
        return Interest.NEITHER
    return Interest.OWN if speaker == gains else Interest.AGAINST


def when_said(claim: Claim, *, arrival: bool) -> int | None:
    """Ordinal of the day from which the claim counts; None where it tells of history or of what is to come.

    With `arrival` that is the day it was published, as somebody reading along would have it; otherwise the day it is said to be so,
    of what has been so since a day ("had held it since March") that day.
    """
    published = claim.published.toordinal()
    if claim.valid is None or (claim.valid.lower is None and claim.valid.upper is None):
        return published
    if claim.valid.lower is not None and claim.valid.lower.toordinal() > published:
        return None
    last = published if claim.valid.upper is None else min(claim.valid.upper.toordinal() - 1, published)
    if arrival:
        return published if published - last <= STALE_DAYS else None
    since = claim.valid.lower if claim.relation is Relation.HOLDS and claim.valid.upper is None else None
    return since.toordinal() if since is not None else last


def _kind(claim: Claim) -> tuple[Kind, bool] | None:
    """What the claim says, and whether for its party (True) or for the other side."""
    near = claim.place.relation in (PlaceRelation.NEAR, PlaceRelation.DIRECTION)
    part = is_part(claim) or not _whole(claim)
    relation = claim.relation
    if relation is Relation.ANNEXES or claim.form is Form.PRESUPPOSED:
        return None
    if relation is Relation.CONTESTS:
        return (Kind.OPENED if OPEN.search(claim.cue) else Kind.FOUGHT), True
    if relation is Relation.LOSES:
        return (Kind.REPELLED if near or part else Kind.HELD), False
    if near:
        return Kind.FOUGHT, True
    if relation is Relation.ADVANCES or part:
        return Kind.ENTERED, True
    return Kind.HELD, True


def is_part(claim: Claim) -> bool:
    """Whether it tells of a part of the place in so many words ("the south of Avdiivka"), not of a share or of nearly all."""
    return claim.place.relation is PlaceRelation.PART or claim.extent.kind == "part"


def _whole(claim: Claim) -> bool:
    extent = claim.extent
    if extent.kind == "percent":
        return (extent.value or 0.0) >= WHOLE_PERCENT
    if extent.kind == "all_but":
        return (extent.value or len(extent.except_ids)) <= FEW
    return extent.kind == "whole"


OPEN = re.compile(r"\bgr[ae]y\b", re.IGNORECASE)
"""Map makers' word for ground that nobody is known to hold: it takes a place out of its holder's hands."""
CERTAIN = {Certainty.CERTAIN: 1.0, Certainty.PROBABLE: 0.8, Certainty.POSSIBLE: 0.4}


def weigh(claim: Claim, sides: Mapping[str, int], *, arrival: bool = True) -> tuple[Evidence, ...]:
    """What one claim contributes; nothing where it binds no settlement or region of the two sides.

    `sides` maps parties to +1 or -1. A set of places gives one piece of evidence for each of its members.
    """
    side = sides.get(claim.party, 0)
    day = when_said(claim, arrival=arrival)
    said = _kind(claim)
    if side == 0 or day is None or said is None:
        return ()
    kind, own = said
    if not own:
        side = -side
    if claim.polarity is Polarity.DENIED:
        if kind < Kind.ENTERED:
            return ()
        kind = Kind.DENIED
    place = claim.place
    region = place.kind is PlaceKind.REGION
    ids: tuple[int | None, ...] = place.members if place.kind is PlaceKind.SET else (place.place_id,)
    if ids == (None,) and place.candidates:
        ids = (place.candidates[0].place_id,)  # not decided by the reader: the model may still tell which is meant
    if place.kind not in (PlaceKind.SETTLEMENT, PlaceKind.REGION, PlaceKind.SET):
        return ()
    if region and bank_of(claim) is None and claim.relation is Relation.HOLDS:
        return ()  # "holds the region" is mostly said of the part that is held
    if region and kind is not Kind.HELD:
        if (
            bank_of(claim) is None
            or claim.relation not in (Relation.TAKES, Relation.HOLDS, Relation.LOSES)
            or kind is Kind.DENIED
        ):
            return ()
        kind = Kind.HELD  # part of a region, but a part that is told: its bank of a river
    interest = interest_of(claim, -side if kind is Kind.DENIED else side, sides)
    voice, certain = who_says(claim), CERTAIN[claim.certainty]
    return tuple(Evidence(day, i, side, kind, interest, voice, certain, region, claim) for i in ids if i is not None)


def to_day(ordinal: int) -> dt.date:
    """The date of an ordinal."""
    return dt.date.fromordinal(ordinal)


def witness_of(piece: Evidence) -> int:
    """A number for what can be wrong at once, the same on every machine.

    Names that several places bear go astray together within one report; a name that one place bears stands by itself.
    """
    alone = f"/{piece.place_id}" if piece.claim.place.probability >= SURE_NAME else ""
    return zlib.crc32(f"{piece.claim.report_id}{alone}".encode())


def rank(piece: Evidence) -> tuple[int, str, str, int, int, int]:
    """A fixed order of a day's evidence, so that the order of arrival does not matter."""
    c = piece.claim
    return piece.place_id, c.report_id, piece.voice, c.span.start, int(piece.kind), piece.side

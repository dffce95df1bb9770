"""What one side announces as taken that it had announced before, and what was told as lost between. Pure.

A place may be lost whole or in part: a part is a share of it, villages within it that nobody names ("two villages were
retaken"), or a settlement within it that is named. The order in which claims arrive makes no difference.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from reportedly.model import Claim, PlaceKind, Polarity, Redeclaration, Relation
from reportedly.reconcile.positions import Bearing, Position, by_place_of, positions_of, wholly

__all__ = ["find_redeclarations"]

AGAIN = dt.timedelta(days=30)
"""The same announcement within this time is a repetition, not a re-declaration."""
DENIES = dt.timedelta(days=14)
"""Who is said so soon after a declaration to hold a part of it contradicts the declaration; later on it tells of a loss since."""
MOST = 20  # reversals told of parts; the first of them: a region is lost village by village

Members = Callable[[int], Collection[int]]


def find_redeclarations(claims: Iterable[Claim], *, members: Members | None = None) -> list[Redeclaration]:
    """Takings of a whole place that one side announces anew, with the reversals between, in order of the later declaration.

    `members` gives the settlements of a region: what is told of them by name then counts as told of parts of the region.
    """
    by_place = by_place_of(positions_of(claims))
    out: list[Redeclaration] = []
    for place, found in by_place.items():
        for party in sorted({p.party for p in found}):
            for earlier, later in itertools.pairwise(_declared(found, party)):
                whole = [p for p in _between(found, earlier, later) if _reverses(p, party)]
                parts = [p for p in _between(found, earlier, later) if _takes_some(p, party)]
                parts += _named_parts(place, by_place, members, party, earlier, later)
                if whole or parts or later.day - earlier.day > AGAIN:
                    out.append(_redeclaration(place, party, earlier, later, whole, parts))
    return sorted(out, key=lambda r: (r.place_name, r.later, r.id))


def _declared(found: Sequence[Position], party: str) -> list[Position]:
    """A party's declarations of having taken the whole place, in order."""
    return [
        p
        for p in found
        if p.party == party
        and p.claim.relation == Relation.TAKES
        and p.bearing != Bearing.SOME
        and wholly(p.claim)
        and _stated(p)
    ]


def _between(found: Sequence[Position], earlier: Position, later: Position) -> list[Position]:
    return [p for p in found if earlier.day < p.day < later.day]


def _stated(position: Position) -> bool:
    return position.claim.polarity == Polarity.STATED


def _reverses(position: Position, party: str) -> bool:
    """Whether a position on the place itself tells of the party losing it, or a share of it."""
    claim = position.claim
    if not _stated(position) or position.bearing == Bearing.SOME:
        return False
    lost = claim.relation == Relation.LOSES and claim.party == party
    return lost or (claim.relation in (Relation.TAKES, Relation.HOLDS) and claim.party != party)


def _takes_some(position: Position, party: str) -> bool:
    """Whether it tells of another party taking places within it that are not named."""
    taken = position.claim.relation == Relation.TAKES and position.party != party
    return taken and position.bearing == Bearing.SOME and _stated(position)


def _named_parts(
    region: int, by_place: Mapping[int, Sequence[Position]], members: Members | None, party: str, earlier: Position, later: Position
) -> list[Position]:  # fmt: skip
    """What is told between two declarations of named settlements within a region as lost, in order."""
    if members is None or later.claim.place.kind == PlaceKind.SETTLEMENT:
        return []
    inside = set(members(region)) & by_place.keys()
    found = [
        p
        for place in inside
        for p in _between(by_place[place], earlier, later)
        if _reverses(p, party)
        and p.claim.place.kind == PlaceKind.SETTLEMENT
        and (p.change or p.day - earlier.day > DENIES)
    ]
    return sorted({p.id: p for p in found}.values(), key=lambda p: p.order)


def _redeclaration(
    place: int, party: str, earlier: Position, later: Position, whole: Sequence[Position], parts: Sequence[Position]
) -> Redeclaration:
    """The record of two declarations, with what reverses the first between them, by day."""
    gap = "with no reversal told of between"
    if whole:
        gap = "with a reversal between"
    elif parts:
        gap = "with parts of it told as lost between"
    first = sorted(parts, key=lambda p: p.order)[:MOST]
    told = sorted([*whole, *first], key=lambda p: p.order)
    return Redeclaration(
        place_id=place, place_name=later.claim.place.name or later.claim.place.words, party=party,
        earlier=earlier.id, later=later.id, reversals=tuple(p.id for p in told),
        reason=f"declared taken for {_when(earlier)} and again for {_when(later)}, {gap}",
    )  # fmt: skip


def _when(position: Position) -> str:
    """The time as the source gave it, else the day of publication."""
    valid = position.claim.valid
    return valid.edtf if valid and valid.edtf else position.day.isoformat()

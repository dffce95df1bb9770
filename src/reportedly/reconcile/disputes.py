"""Claims that cannot all hold. Pure; a result never depends on the order of arrival.

Pairs of claims on one place by different voices are tested by the functions in `CLASHES`; pairs that clash are gathered
into one dispute a kind, place and episode. Whether later claims settled it is read from the claims themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence

from reportedly.model import (
    Claim,
    Dispute,
    DisputeKind,
    DisputeState,
    Polarity,
    Relation,
)
from reportedly.reconcile.positions import Bearing, Position, by_place_of, positions_of, wholly

__all__ = ["find_disputes"]

WINDOW = dt.timedelta(days=14)  # claims further apart speak of different situations
DENIAL_WINDOW = dt.timedelta(days=30)  # denials come late
SAME_EVENT = dt.timedelta(days=30)  # two dates given for one event
PRECISE = dt.timedelta(days=7)  # a date clash needs dates at least this exact

Members = Callable[[int], Collection[int]]


def find_disputes(claims: Iterable[Claim], *, members: Members | None = None) -> list[Dispute]:
    """All disputes among the claims, by place and first day.

    `members` gives the settlements of a region, for parts that lie outside what is said of the whole.
    """
    by_place = by_place_of(positions_of(claims))
    pairs: dict[tuple[DisputeKind, int], list[tuple[Position, Position, str]]] = {}
    for place, found in by_place.items():
        for kind, first, second, reason in _clashing(found):
            pairs.setdefault((kind, place), []).append((first, second, reason))
    for region, found in by_place.items() if members else ():
        belongs = set(members(region)) if members and found[0].claim.place.kind != "settlement" else set()
        for place in sorted(belongs & by_place.keys()):
            for kind, first, second, reason in _outside(found, by_place[place]):
                pairs.setdefault((kind, region), []).append((first, second, reason))
    out = [
        dispute
        for (kind, place), clashes in sorted(pairs.items())
        for episode in _episodes(clashes)
        if (dispute := _dispute(kind, place, episode, by_place[place])) is not None
    ]
    return sorted(out, key=lambda d: (d.first, str(d.place_id), d.id))


def _stated(position: Position) -> bool:
    return position.claim.polarity == Polarity.STATED


Clash = tuple[DisputeKind, Position, Position, str]


def _clashing(found: Sequence[Position]) -> Iterable[Clash]:
    """Every pair of one place that clashes, the earlier first; a sweep over days keeps it near linear."""
    for i, first in enumerate(found):
        for second in found[i + 1 :]:
            if second.day - first.day > DENIAL_WINDOW:
                break
            if first.voice == second.voice and first.claim.attribution.via == second.claim.attribution.via:
                continue
            for test in CLASHES:
                reason = test(first, second)
                if reason and not _event_between(found, first, second):
                    yield reason[0], first, second, reason[1]
                    break


def _denial(first: Position, second: Position) -> tuple[DisputeKind, str] | None:
    """One says what the other denies."""
    a, b = first.claim, second.claim
    if a.polarity == b.polarity or a.party != b.party:
        return None
    same = a.relation == b.relation or {a.relation, b.relation} <= {Relation.TAKES, Relation.HOLDS}
    denied = first if a.polarity == Polarity.DENIED else second
    return (DisputeKind.DENIAL, f"{denied.claim.attribution.source} denies it") if same else None


def _extents(first: Position, second: Position) -> tuple[DisputeKind, str] | None:
    """One says the whole, the other less."""
    if second.day - first.day > WINDOW:
        return None
    for whole, less in ((first, second), (second, first)):
        if not (wholly(whole.claim) and whole.bearing == Bearing.HOLDS and _stated(whole)):
            continue
        if less.bearing == Bearing.SOME and less.party != whole.party:
            words = f"{less.claim.place.words} within it are said to be {less.party}'s"
            return DisputeKind.EXTENT_CLASH, f"{whole.party} is said to have the whole, but {words}"
        extent = less.claim.extent
        if (
            less.party == whole.party
            and _stated(less)
            and extent.kind in ("percent", "all_but")
            and not wholly(less.claim)
        ):
            return DisputeKind.EXTENT_CLASH, f"the whole against {extent}"
    return None


def _holders(first: Position, second: Position) -> tuple[DisputeKind, str] | None:
    """Two parties are said to hold it at the same time: a taking that follows a holding is succession, not dispute."""
    if first.bearing != Bearing.HOLDS or second.bearing != Bearing.HOLDS or first.party == second.party:
        return None
    if second.day - first.day > WINDOW or (second.change and second.day > first.day):
        return None
    return DisputeKind.OPPOSITE_HOLDERS, f"held by {first.party} and held by {second.party}"


def _dates(first: Position, second: Position) -> tuple[DisputeKind, str] | None:
    """One event, two dates, each exact to a week."""
    if not (
        first.change and second.change and first.party == second.party and first.claim.relation == second.claim.relation
    ):
        return None
    spans = []
    for claim in (first.claim, second.claim):
        if (
            claim.valid is None
            or claim.valid.lower is None
            or claim.valid.upper is None
            or claim.valid.upper - claim.valid.lower > PRECISE
        ):
            return None
        spans.append((claim.valid.lower, claim.valid.upper))
    (a_lower, a_upper), (b_lower, b_upper) = spans
    if (a_lower < b_upper and b_lower < a_upper) or abs(a_lower - b_lower) > SAME_EVENT:
        return None
    return DisputeKind.DATE_CLASH, f"dated {a_lower.isoformat()} and {b_lower.isoformat()}"


CLASHES = (_denial, _extents, _holders, _dates)


def _outside(region: Sequence[Position], part: Sequence[Position]) -> Iterable[Clash]:
    """A settlement that one party is said to hold inside a region that another is said to hold whole."""
    for whole in region:
        if not (wholly(whole.claim) and whole.bearing == Bearing.HOLDS and _stated(whole)):
            continue
        for one in part:
            if one.bearing != Bearing.HOLDS or one.party == whole.party or one.voice == whole.voice:
                continue
            if abs(one.day - whole.day) <= WINDOW and not (one.day < whole.day and whole.change):
                name = one.claim.place.name or one.claim.place.words
                yield DisputeKind.PART_OUTSIDE_WHOLE, whole, one, f"{name} is said to be {one.party}'s"


def _event_between(found: Sequence[Position], first: Position, second: Position) -> bool:
    """Whether a change told of between the two explains both (lost on Monday, retaken on Friday)."""
    return any(
        p.change and first.day < p.day < second.day and p.party not in (first.party,) and p.bearing == Bearing.HOLDS
        for p in found
    )


def _episodes(clashes: Sequence[tuple[Position, Position, str]]) -> Iterable[list[tuple[Position, Position, str]]]:
    """Clashes that follow one another within the window are one dispute."""
    ordered = sorted(clashes, key=lambda c: (c[0].order, c[1].order))
    episode: list[tuple[Position, Position, str]] = []
    last = dt.date.min
    for clash in ordered:
        if episode and clash[0].day - last > WINDOW:
            yield episode
            episode = []
        episode.append(clash)
        last = max(last, clash[1].day, clash[0].day)
    if episode:
        yield episode


def _dispute(
    kind: DisputeKind, place: int, episode: Sequence[tuple[Position, Position, str]], found: Sequence[Position]
) -> Dispute | None:
    """One dispute of an episode, with the claims of each side and what later claims made of it."""
    sides: dict[tuple[str, str], dict[str, None]] = {}
    involved: dict[str, Position] = {}
    for first, second, _ in episode:
        for position in (first, second):
            key = (
                position.party,
                "for" if position.bearing in (Bearing.HOLDS, Bearing.SOME, Bearing.CONTESTED) else "against",
            )
            if kind == DisputeKind.DATE_CLASH:
                key = (position.day.isoformat(), "")
            if kind == DisputeKind.EXTENT_CLASH:
                key = (
                    position.party,
                    "whole" if wholly(position.claim) and position.bearing == Bearing.HOLDS else "less",
                )
            sides.setdefault(key, {})[position.id] = None
            involved[position.id] = position
    days = [p.day for p in involved.values()]
    state, settled = _settled(involved, found, max(days))
    name = next(
        (p.claim.place.name or p.claim.place.words for p in involved.values() if p.claim.place.place_id == place), None
    )
    return Dispute(
        kind=kind, place_id=place, place_name=name or str(place), sides=tuple(tuple(sorted(ids)) for _, ids in sorted(sides.items())),
        first=min(days), last=max(days) + dt.timedelta(days=1), state=state, settled_by=settled, reason=episode[-1][2],
    )  # fmt: skip


def _settled(
    involved: dict[str, Position], found: Sequence[Position], last: dt.date
) -> tuple[DisputeState, tuple[str, ...]]:
    """Resolved: a disputing side later says what the other said. Superseded: a later event made the question moot."""
    voices = {p.voice: p for p in involved.values()}
    holders = {p.party for p in involved.values() if p.bearing == Bearing.HOLDS}
    conceded, moved = [], []
    for later in found:
        if later.id in involved or (later.day <= last and later.claim.published.date() <= last):
            continue
        before = voices.get(later.voice)
        if (before and later.bearing == Bearing.HOLDS and before.party != later.party and later.party in holders) or (
            before
            and {before.bearing, later.bearing} == {Bearing.HOLDS, Bearing.HOLDS_NOT}
            and before.party == later.party
        ):
            conceded.append(later.id)
        elif later.change and later.day > last + WINDOW:
            moved.append(later.id)
    if conceded:
        return DisputeState.RESOLVED, tuple(conceded)
    return (DisputeState.SUPERSEDED, tuple(moved[:1])) if moved else (DisputeState.OPEN, ())

"""Claims to status: who holds a place on a day, by a policy, with the claims for and against and the reasons. Pure.

The result does not depend on the order in which claims come, nor on a claim coming twice.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from reportedly.errors import QueryError
from reportedly.model import Claim, PlaceKind, Probability, State, Status
from reportedly.reconcile.policies import POLICIES, SHARE_DISPUTED
from reportedly.reconcile.positions import Bearing, Position, distinct, position_of, wholly

__all__ = ["history", "reconcile"]

Members = Callable[[int], Collection[int]]
PRIOR = 0.25  # weight that every party starts with, so that one word is never certainty


def reconcile(
    claims: Iterable[Claim],
    policy: str = "last claim wins",
    *,
    valid_at: dt.date | None = None,
    places: Collection[int] | None = None,
    as_of: dt.datetime | None = None,
    members: Members | None = None,
    voices: Mapping[str, str] | None = None,
) -> list[Status]:
    """The status of each place on a day (default: the day of the newest claim), by place id.

    `places` narrows to these ids and asks for `unknown` where nothing is said; without it, every place with a claim.
    `members` gives the settlements of a region: a claim on a whole region then speaks for those nobody named (`inferred`).
    `voices` maps claim ids to origins where copies of one report were found (reconcile.voices).
    """
    decide = POLICIES.get(policy)
    if decide is None:
        raise QueryError(f"There is no policy {policy!r}. Policies are: {', '.join(POLICIES)}.")
    positions = _positions(claims, as_of, voices)
    day = valid_at or max((p.claim.published.date() for p in positions), default=None)
    if day is None:
        return [_unknown(place, valid_at or dt.date.min, as_of, policy) for place in sorted(places or ())]
    named = _by_place(positions)
    wanted = sorted(set(places) if places is not None else set(named))
    regions = {
        place: found
        for place, found in named.items()
        if found[0].claim.place.kind in (PlaceKind.REGION, PlaceKind.COUNTRY)
    }
    inside: dict[int, list[Position]] = {}
    if members is not None and places is not None:
        missing = [place for place in wanted if place not in named]
        for region, found in regions.items() if missing else ():
            belongs = members(region)
            spoken = [p for p in found if wholly(p.claim) and p.bearing != Bearing.CONTESTED]
            for place in missing:
                if spoken and place in belongs and place not in spoken[-1].claim.extent.except_ids:
                    inside.setdefault(place, []).extend(spoken)
    out = []
    for place in wanted:
        found = [p for p in named.get(place) or inside.get(place, []) if p.day <= day]
        status = (
            _decide(place, found, day, policy, as_of, inferred=place not in named)
            if found
            else _unknown(place, day, as_of, policy)
        )
        out.append(status)
    return out


def history(
    claims: Iterable[Claim],
    policy: str = "last claim wins",
    *,
    places: Collection[int] | None = None,
    as_of: dt.datetime | None = None,
    voices: Mapping[str, str] | None = None,
) -> list[Status]:
    """Every change of status of the named places: one status per place and day on which state or holder became another."""
    if policy not in POLICIES:
        raise QueryError(f"There is no policy {policy!r}. Policies are: {', '.join(POLICIES)}.")
    out: list[Status] = []
    for place, found in sorted(_by_place(_positions(claims, as_of, voices)).items()):
        if places is not None and place not in places:
            continue
        last: tuple[State, str | None] | None = None
        for day in sorted({p.day for p in found}):
            status = _decide(place, [p for p in found if p.day <= day], day, policy, as_of, inferred=False)
            if (status.state, status.party) != last:
                out.append(status)
                last = (status.state, status.party)
    return out


def _positions(claims: Iterable[Claim], as_of: dt.datetime | None, voices: Mapping[str, str] | None) -> list[Position]:
    unique = distinct(c for c in claims if as_of is None or c.published <= as_of)
    found = [p for p in map(position_of, unique) if p is not None]
    if voices:
        found = [dataclasses.replace(p, voice=voices.get(p.claim.id, p.voice)) for p in found]
    return sorted(found, key=lambda p: p.order)


def _by_place(positions: Sequence[Position]) -> dict[int, list[Position]]:
    out: dict[int, list[Position]] = {}
    for position in positions:
        for place_id in position.places:
            out.setdefault(place_id, []).append(position)
    return out


def _decide(
    place: int, found: Sequence[Position], day: dt.date, policy: str, as_of: dt.datetime | None, *, inferred: bool
) -> Status:
    """One place on one day; `found` is ordered and not later than the day."""
    newest = {p.voice: p for p in found}  # a voice's later word replaces its earlier one
    standing = sorted(newest.values(), key=lambda p: p.order)
    parties = sorted({p.party for p in found} | {p.claim.attribution.side for p in found if p.claim.attribution.side})
    verdict = POLICIES[policy](standing, parties)
    total = sum(verdict.weights.values()) + verdict.contested + PRIOR * len(parties)
    probabilities = tuple(
        Probability(party=party, p=round((verdict.weights.get(party, 0.0) + PRIOR) / total, 4)) for party in parties
    )
    ranked = sorted(verdict.weights.items(), key=lambda item: (-item[1], item[0]))
    state, party = State.UNKNOWN, None
    if ranked and (len(ranked) == 1 or ranked[1][1] < SHARE_DISPUTED * sum(verdict.weights.values())):
        state, party = State.HELD, ranked[0][0]
    elif len(ranked) > 1:
        state = State.DISPUTED
    if verdict.contested and verdict.contested >= sum(verdict.weights.values()):
        state, party = State.CONTESTED, None
    clash = _clash(standing, party)
    if state == State.HELD and clash:
        state, party = State.DISPUTED, None
    leader = ranked[0][0] if ranked else None
    speaking = [(p, _speaks_for(p, leader)) for p in standing]
    changes = [p.day for p in found if p.change and p.bearing == Bearing.HOLDS and p.party == party]
    return Status(
        place_id=place, valid_at=day, as_of=as_of, state=state, party=party, policy=policy, probabilities=probabilities, inferred=inferred,
        since=changes[-1] if changes and state == State.HELD else None, last_heard=max(p.day for p in found),
        claims_for=tuple(p.claim.id for p, speaks in speaking if speaks),
        claims_against=tuple(p.claim.id for p, speaks in speaking if not speaks),
        reasons=(*verdict.reasons, *clash, *(("nobody named it: it follows from a claim on the region around it",) if inferred else ())),
    )  # fmt: skip


def _clash(standing: Sequence[Position], party: str | None) -> tuple[str, ...]:
    """Reasons to call a held place disputed though the weights agree: someone says that not all of it is held."""
    if party is None:
        return ()
    for position in standing:
        extent = position.claim.extent
        if position.bearing == Bearing.SOME and position.party != party and any(
            wholly(p.claim) and p.party == party and p.bearing == Bearing.HOLDS and abs((p.day - position.day).days) <= 14 for p in standing
        ):  # fmt: skip
            return (
                f"{position.claim.attribution.source} says that {position.claim.place.words} are not {party}'s, others the whole is",
            )
        if position.party == party and extent.kind in ("all_but", "percent") and not wholly(position.claim) and any(
            wholly(p.claim) and p.voice != position.voice and abs((p.day - position.day).days) <= 14 for p in standing
        ):  # fmt: skip
            return (f"{position.claim.attribution.source} says {extent}, others the whole",)
    return ()


def _speaks_for(position: Position, party: str | None) -> bool:
    if position.bearing in (Bearing.CONTESTED, Bearing.SOME):
        return position.bearing == Bearing.SOME and position.party == party
    return (position.party == party) == (position.bearing == Bearing.HOLDS)


def _unknown(place: int, day: dt.date, as_of: dt.datetime | None, policy: str) -> Status:
    return Status(
        place_id=place, valid_at=day, as_of=as_of, state=State.UNKNOWN, party=None, policy=policy,
        reasons=("no source that was read says anything of it up to that day",),
    )  # fmt: skip

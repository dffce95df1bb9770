"""Claims to status: who holds a place on a day, by a policy, with the claims for and against and the reasons. Pure.

The result does not depend on the order in which claims come, nor on a claim coming twice.
"""

from __future__ import annotations

import bisect
import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from reportedly.errors import QueryError
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.model import Claim, Form, PlaceKind, Probability, State, Status
from reportedly.reconcile.by_model import Baseline, status_by_model
from reportedly.reconcile.policies import POLICIES, SHARE_DISPUTED, Verdict
from reportedly.reconcile.positions import Bearing, Position, by_place_of, positions_of, wholly

__all__ = ["history", "reconcile"]

Members = Callable[[int], Collection[int]]
SILENT = dt.timedelta(days=14)
"""So long after the last word on a settlement, what is said of the whole region counts for it again."""
MODEL = "model"
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
    gazetteer: Gazetteer | None = None,
    baseline: Baseline | None = None,
) -> list[Status]:
    """The status of each place on a day (default: the day of the newest claim), by place id.

    `places` narrows to these ids and asks for `unknown` where nothing is said; without it, every place with a claim.
    `members` gives the settlements of a region: a claim on a whole region then speaks for those nobody named, and for
    those named before it but not since (`inferred`).
    `voices` maps claim ids to origins where copies of one report were found (reconcile.voices).
    The policy "model" works on all settlements: it needs the `gazetteer`, and can start from a `baseline`.
    """
    if policy == MODEL:
        if gazetteer is None:
            raise QueryError("The policy 'model' works on all settlements: give it the gazetteer.")
        return status_by_model(claims, gazetteer, valid_at=valid_at, places=places, as_of=as_of, baseline=baseline)
    if policy not in POLICIES:
        raise QueryError(f"There is no policy {policy!r}. Policies are: {', '.join(POLICIES)}.")
    said = _Said.of(_positions(claims, as_of, voices), members)
    day = valid_at or said.newest or dt.date.min
    return [
        _on(day, place, said.named.get(place, []), said.around(place), policy, as_of)
        or _unknown(place, day, as_of, policy)
        for place in sorted(set(places) if places is not None else set(said.named))
    ]


def history(
    claims: Iterable[Claim],
    policy: str = "last claim wins",
    *,
    places: Collection[int] | None = None,
    as_of: dt.datetime | None = None,
    members: Members | None = None,
    voices: Mapping[str, str] | None = None,
) -> list[Status]:
    """Every change of status of the places: one status per place and day on which state or holder became another.

    Without `places`, all that a claim names; with `members`, also the settlements of regions claimed as a whole (`inferred`).
    """
    if policy not in POLICIES:
        raise QueryError(f"There is no policy {policy!r}. Policies are: {', '.join(POLICIES)}.")
    said = _Said.of(_positions(claims, as_of, voices), members)
    out: list[Status] = []
    alike: dict[tuple[int, ...], list[Status]] = {}  # settlements that nobody named share what is said of their regions
    for place in sorted(set(places) if places is not None else said.reached):
        own, regions = said.named.get(place, []), said.regions_of(place)
        shared = not own and not any(place in p.claim.extent.except_ids for p in said.around(place))
        if shared and regions in alike:
            out += [dataclasses.replace(status, place_id=place) for status in alike[regions]]
            continue
        changes = _changes(place, own, said.around(place), policy, as_of)
        if shared:
            alike[regions] = changes
        out += changes
    return out


def _changes(
    place: int, own: list[Position], around: Sequence[Position], policy: str, as_of: dt.datetime | None
) -> list[Status]:
    """The changes of one place's status, by day."""
    out: list[Status] = []
    if around:
        for day in sorted({p.day for p in (*own, *around)}):
            status = _on(day, place, own, around, policy, as_of)
            if status and (not out or (status.state, status.party) != (out[-1].state, out[-1].party)):
                out.append(status)
        return out
    sofar = _Sofar()
    for day, said in itertools.groupby(own, key=lambda p: p.day):
        sofar.add(said)
        judged = _judge(sofar, policy)
        if not out or (judged.state, judged.party) != (out[-1].state, out[-1].party):
            out.append(_told(place, sofar, judged, day, policy, as_of, inferred=False))
    return out


def _on(
    day: dt.date, place: int, own: list[Position], around: Sequence[Position], policy: str, as_of: dt.datetime | None
) -> Status | None:
    """The status of one place on a day, from what names it and from what was said later of a whole region around it."""
    found = own[: bisect.bisect_right(own, day, key=lambda p: p.day)]
    later = [p for p in around if p.day <= day]
    if found and later:
        # the particular goes before the general, until an event later on takes the region, or it has long been silent
        last = found[-1].day
        later = [p for p in later if p.day > last and (p.change or p.day - last > SILENT)]
    if later:
        found = sorted([*found, *later], key=lambda p: p.order)
    if not found:
        return None
    sofar = _Sofar()
    sofar.add(found)
    return _told(
        place, sofar, _judge(sofar, policy), day, policy, as_of, inferred=bool(later) and place not in found[-1].places
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Said:
    """Positions by the place they name, each list in order, and by region those that speak for all its settlements."""

    named: Mapping[int, list[Position]]
    regions: Mapping[int, tuple[Collection[int], list[Position]]]
    newest: dt.date | None

    @classmethod
    def of(cls, positions: Sequence[Position], members: Members | None) -> _Said:
        named = by_place_of(positions)
        regions: dict[int, tuple[Collection[int], list[Position]]] = {}
        for place, found in named.items() if members else ():
            spoken = [
                p for p in found if wholly(p.claim) and p.bearing != Bearing.CONTESTED and not _by_the_way(p.claim)
            ]
            area = any(p.claim.place.kind in (PlaceKind.REGION, PlaceKind.COUNTRY) for p in found)
            if members and area and any(p.bearing != Bearing.SOME for p in spoken):
                regions[place] = (members(place), spoken)
        return cls(named, regions, max((p.claim.published.date() for p in positions), default=None))

    @property
    def reached(self) -> set[int]:
        """Every place that a claim names or a region's claim speaks for."""
        return set(self.named).union(*(belongs for belongs, _ in self.regions.values()))

    def regions_of(self, place: int) -> tuple[int, ...]:
        """The regions around a place that something was said of as a whole."""
        return tuple(r for r, (belongs, _) in self.regions.items() if place != r and place in belongs)

    def around(self, place: int) -> list[Position]:
        """What was said of whole regions around a place, in order; not what excepts it."""
        found = [
            p for r in self.regions_of(place) for p in self.regions[r][1] if place not in p.claim.extent.except_ids
        ]
        return sorted(found, key=lambda p: p.order)


def _by_the_way(claim: Claim) -> bool:
    """Whether a claim is only implied by a title or an adjective: "the occupation administration of the X region" claims an office
    for all of X, and leaves open how much of X anybody is in.
    """
    return claim.form == Form.PRESUPPOSED


def _positions(claims: Iterable[Claim], as_of: dt.datetime | None, voices: Mapping[str, str] | None) -> list[Position]:
    found = positions_of(c for c in claims if as_of is None or c.published <= as_of)
    if voices:
        found = [dataclasses.replace(p, voice=voices.get(p.id, p.voice)) for p in found]
    return found


class _Sofar:
    """What was said of one place up to a day, as deciding needs it; positions are added in order."""

    def __init__(self) -> None:
        self.newest: dict[str, Position] = {}
        self.parties: set[str] = set()
        self.since: dict[str, dt.date] = {}
        self.last = dt.date.min

    def add(self, positions: Iterable[Position]) -> None:
        """Take further positions, none earlier in order than those before."""
        for (
            position
        ) in positions:  # a voice's later word replaces its earlier one, and takes its own place in the order
            self.newest.pop(position.voice, None)
            self.newest[position.voice] = position
            self.parties.add(position.party)
            if position.claim.attribution.side:
                self.parties.add(position.claim.attribution.side)
            if position.change and position.bearing == Bearing.HOLDS:
                self.since[position.party] = position.day
            self.last = max(self.last, position.day)


class _Judged(NamedTuple):
    """What a policy makes of what was said: its verdict, the state and the party, and why agreeing weights are a dispute."""

    verdict: Verdict
    state: State
    party: str | None
    clash: tuple[str, ...]


def _judge(found: _Sofar, policy: str) -> _Judged:
    standing = list(found.newest.values())
    verdict = POLICIES[policy](standing, sorted(found.parties))
    weight = sum(verdict.weights.values())
    ranked = _ranked(verdict)
    state, party = State.UNKNOWN, None
    if ranked and (len(ranked) == 1 or ranked[1][1] < SHARE_DISPUTED * weight):
        state, party = State.HELD, ranked[0][0]
    elif len(ranked) > 1:
        state = State.DISPUTED
    if verdict.contested and verdict.contested >= weight:
        state, party = State.CONTESTED, None
    clash = _clash(standing, party)
    if state == State.HELD and clash:
        state, party = State.DISPUTED, None
    return _Judged(verdict, state, party, clash)


def _ranked(verdict: Verdict) -> list[tuple[str, float]]:
    """Parties and weights, the heaviest first."""
    return sorted(verdict.weights.items(), key=lambda item: (-item[1], item[0]))


def _told(
    place: int, found: _Sofar, judged: _Judged, day: dt.date, policy: str, as_of: dt.datetime | None, *, inferred: bool
) -> Status:
    """The status of one place on one day as it was judged, by what was said up to that day."""
    verdict, state, party, clash = judged
    parties = sorted(found.parties)
    total = sum(verdict.weights.values()) + verdict.contested + PRIOR * len(parties)
    probabilities = tuple(
        Probability(party=party, p=round((verdict.weights.get(party, 0.0) + PRIOR) / total, 4)) for party in parties
    )
    ranked = _ranked(verdict)
    leader = ranked[0][0] if ranked else None
    speaking = [(p, _speaks_for(p, leader)) for p in found.newest.values()]
    return Status(
        place_id=place, valid_at=day, as_of=as_of, state=state, party=party, policy=policy, probabilities=probabilities, inferred=inferred,
        since=found.since.get(party or "") if state == State.HELD else None, last_heard=found.last,
        claims_for=tuple(p.id for p, speaks in speaking if speaks),
        claims_against=tuple(p.id for p, speaks in speaking if not speaks),
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

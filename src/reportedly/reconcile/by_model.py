"""The model as a policy: all claims of a ledger to statuses on a day, and to the list of changes that a map draws."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.parties import Parties
from reportedly.model import Claim, Place, PlaceKind, Relation, Status
from reportedly.reconcile.explain import NOT_COVERED, unknown_place
from reportedly.reconcile.many import ManyModel
from reportedly.reconcile.spread import Change, Parameters
from reportedly.reconcile.theatre import RegionAreas, ground_of

__all__ = ["Baseline", "Theatre", "covers", "parties_of", "run_model", "status_by_model", "theatres"]

MOST_PARTIES = 12
"""Those most told of; each has a field of its own, and what is told of others is left out."""
UNKNOWN_CLAIMS, UNKNOWN_SHARE = 3, 0.01
"""Claims, and share of a country's, that make a party of a name that parties.toml does not have."""
NOBODY = "unknown"
ANYBODY = "anybody"
"""Stands for the other side where nobody has been named."""
HOME = "UA"
CONTROL = (Relation.TAKES, Relation.HOLDS, Relation.LOSES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A state to start from: a layer's name and day, with party id by place id (None: marked as nobody's)."""

    name: str
    day: dt.date
    state: Mapping[int, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """A country in which ground changes hands: its ISO 3166-1 code, its parties (the one at home last), the claims that bear on it."""

    country: str
    parties: tuple[str, ...]
    claims: Sequence[Claim]


def covers(gazetteer: Gazetteer, place: Place) -> bool:
    """Whether the model knows the ground of a place: a settlement of a country that the gazetteer has."""
    return place.kind is PlaceKind.SETTLEMENT and gazetteer.region(place.country) is not None


def theatres(claims: Iterable[Claim], gazetteer: Gazetteer) -> dict[str, Theatre]:
    """The theatres that claims tell of, by country: those whose ground the gazetteer knows and of which a settlement is named.

    A report's claims stay together: what it tells of places abroad says which of two namesakes it means.
    """
    known = list(claims)
    where = _Where(gazetteer)
    settled: dict[str, set[int]] = defaultdict(set)
    reports: dict[str, set[str]] = defaultdict(set)
    for claim in known:
        for place_id in where.ids(claim):
            country, settlement = where.of(place_id)
            reports[country].add(claim.report_id)
            if settlement is not None and place_id in (claim.place.place_id, *claim.place.members):
                settled[country].add(settlement)
    found = {}
    for country in sorted(settled):
        if country and gazetteer.region(country) is not None:
            own = [c for c in known if c.report_id in reports[country]]
            parties = parties_of(own, country, settled[country])
            found[country] = Theatre(country=country, parties=parties, claims=own)
    return found


class _Where:
    """Which country a place lies in, each looked up once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[int, tuple[str, int | None]] = {}

    def ids(self, claim: Claim) -> set[int]:
        """The places that a claim names or may mean."""
        place = claim.place
        return {i for i in (place.place_id, place.within, *place.members, *(c.place_id for c in place.candidates)) if i}

    def of(self, place_id: int) -> tuple[str, int | None]:
        """A place's country, and its own id if it is a settlement."""
        if place_id not in self._known:
            place = self._gazetteer.place(place_id)
            settlement = place.id if place is not None and place.kind is PlaceKind.SETTLEMENT else None
            self._known[place_id] = (place.country if place is not None else "", settlement)
        return self._known[place_id]


def parties_of(claims: Iterable[Claim], country: str, places: Collection[int]) -> tuple[str, ...]:
    """The parties that are said to take, hold or lose `places` of a country, most told of first and its own state last.

    Those that parties.toml gives a war in that country, and others of which enough is told: a name read once is no reason
    for a field. At least two: those whom the file calls its war's principals.
    """
    known = Parties.load()
    state = known.state_of(country)
    wars = [war for war in known.wars.values() if country in war.countries]
    principals = next((w.principals for w in wars if w.principals), ())
    home = state.id if state is not None else principals[0] if principals else country
    inside = {war.id for war in wars}
    told: Counter[str] = Counter()
    for claim in claims:
        if claim.relation in CONTROL and claim.place.place_id in places:
            party = known.party(claim.party)
            told[party.side if party is not None else claim.party] += 1
    enough = max(UNKNOWN_CLAIMS, UNKNOWN_SHARE * told.total())
    others = [
        name
        for name, count in sorted(told.items(), key=lambda item: (-item[1], item[0]))
        if name not in (home, NOBODY)
        and (count >= enough if (party := known.party(name)) is None else inside & set(party.wars))
    ]
    return (*(others or [p for p in principals if p != home] or [ANYBODY])[:MOST_PARTIES], home)


def sides_of(parties: Sequence[str]) -> dict[str, str]:
    """Further parties that fight for one of these, by parties.toml."""
    return {p.id: p.side for p in Parties.load() if p.side in parties and p.id not in parties}


def make_model(
    gazetteer: Gazetteer, country: str, parties: tuple[str, ...], parameters: Parameters | None = None
) -> ManyModel:
    """The model over a country's settlements; a foreign party's own country anchors its field."""
    known = Parties.load()
    codes = [(found.country or "") if (found := known.party(p)) is not None else "" for p in parties]
    laid = {
        code: ground_of(gazetteer, country, homes={c: s for c, s in ((codes[-1], -1), (code, 1)) if c})
        for code in dict.fromkeys(codes[:-1])
    }
    grounds = [laid[code] for code in codes[:-1]]
    areas = RegionAreas(gazetteer, grounds[0])
    return ManyModel(grounds, parties=parties, sides=sides_of(parties), areas=areas, parameters=parameters)


def run_model(
    claims: Iterable[Claim],
    gazetteer: Gazetteer,
    *,
    parties: tuple[str, ...] | None = None,
    country: str = HOME,
    until: dt.date | None = None,
    as_of: dt.datetime | None = None,
    baseline: Baseline | None = None,
    parameters: Parameters | None = None,
) -> tuple[ManyModel, list[Change]]:
    """Run the model over claims, each taking effect on the day it speaks of; return it with every change on the way.

    `parties` are those that fight in `country`, the one at home last (default: those that the claims tell of).
    `until` and `as_of` are the two clocks. Neither the order of claims nor a claim that comes twice makes a difference.
    """
    known: Sequence[Claim] = [c for c in claims if as_of is None or c.published <= as_of]
    if parties is None:
        theatre = theatres(known, gazetteer).get(country)
        parties = theatre.parties if theatre is not None else parties_of((), country, ())
        known = theatre.claims if theatre is not None else ()
    model = make_model(gazetteer, country, parties, parameters)
    changes: list[Change] = []
    if baseline is not None and any(place_id in model.ground.index for place_id in baseline.state):
        changes += model.start(baseline.day, baseline.state)
    by_day = model.weigh(known, arrival=False)
    days = sorted({day for found in by_day for day in found})
    last = until.toordinal() if until is not None else max(days, default=model.day)
    first = min((d for d in days if d > model.day), default=last + 1)
    for day in range(first, last + 1):
        changes += model.take(day, [found.get(day, ()) for found in by_day])
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
    """Statuses on a day by the model: of `places`, or of every settlement that a claim names, each in its own country's war."""
    known = [c for c in claims if as_of is None or c.published <= as_of]
    told = theatres(known, gazetteer)
    where = _Where(gazetteer)
    named = {i for c in known for i in (c.place.place_id, *c.place.members) if i is not None}
    wanted: dict[str, set[int]] = defaultdict(set)
    for place_id in places if places is not None else named:
        country, settlement = where.of(place_id)
        if places is not None or settlement is not None:
            wanted[country].add(place_id)
    found = []
    for country, here in wanted.items():
        model = None
        if gazetteer.region(country) is not None:
            theatre = told.get(country)
            model, _ = run_model(
                theatre.claims if theatre is not None else (),
                gazetteer,
                parties=theatre.parties if theatre is not None else parties_of((), country, ()),
                country=country,
                until=valid_at,
                baseline=baseline,
            )
        day = valid_at or dt.date.min
        found += [model.status(p, as_of=as_of) if model else unknown_place(p, day, as_of) for p in here]
    return sorted((s for s in found if places is not None or s.reasons != NOT_COVERED), key=lambda s: s.place_id)

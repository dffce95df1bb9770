"""A question to the ledger: its options on the command line, and what has to be opened to answer it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reportedly.errors import NotFound, QueryError

if TYPE_CHECKING:
    from reportedly.knowledge.gazetteer import Gazetteer
    from reportedly.ledger import Ledger
    from reportedly.model import Claim, Dispute, Place, Report, Status
    from reportedly.reconcile import Check, Voices
    from reportedly.reconcile.by_model import Baseline
    from reportedly.reconcile.many import ManyModel
    from reportedly.reconcile.spread import Change

__all__ = ["Day", "Moment", "Question", "asking", "policy_option"]

MODEL = "model"
MOST_REPORTS = 2_000  # looked at for copies and arithmetic in one question
COVERAGE = dt.timedelta(days=30)
"""How far back a question looks for which sources were read."""

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic from click 8.5 on
    """A day written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read the day or say how days are written."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day: write it YYYY-MM-DD, as in 2025-07-03.", param, ctx)


class Moment(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic from click 8.5 on
    """A moment in UTC: a day (its end is meant) or an ISO 8601 moment."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """Read the moment or say how moments are written."""
        if isinstance(value, dt.datetime):
            return value
        try:
            if len(value) == 10:
                return dt.datetime.combine(dt.date.fromisoformat(value), dt.time.max, dt.UTC)
            moment = dt.datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no moment: write a day (2025-07-03) or 2025-07-03T12:00:00Z.", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} has no offset: end it with Z for UTC.", param, ctx)
        return moment.astimezone(dt.UTC)


def asking(function: F) -> F:
    """The options of every question."""
    function = click.option("--ledger", metavar="PATH|URL", help="Ledger to ask, instead of your own.")(function)
    function = click.option("--as-of", type=Moment(), help="What had been read by then (default: all).")(function)
    return click.option("--json", "as_json", is_flag=True, help="JSON, by the schema in docs/json.")(function)


def policy_option(function: F) -> F:
    """The policy that turns claims into a status."""
    text = "last claim wins (default), majority of voices, against interest, model: docs/policies."
    return click.option("--policy", default="last claim wins", show_default=False, help=text)(function)


class Question:
    """An open ledger and gazetteer for one question."""

    def __init__(self, ledger: str | None, as_of: dt.datetime | None) -> None:
        from reportedly.cli.read import settings_with

        self.settings = settings_with(ledger)
        self.as_of = as_of
        self._gazetteer: Gazetteer | None = None

    def __enter__(self) -> Question:
        from reportedly.ledger import Ledger

        self.ledger: Ledger = Ledger.open(self.settings.ledger_url, create=False)
        return self

    def __exit__(self, *_: object) -> None:
        self.ledger.close()

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer, opened when first needed."""
        from reportedly.cli.places import open_gazetteer

        if self._gazetteer is None:
            self._gazetteer = open_gazetteer()
        return self._gazetteer

    def place(self, words: str) -> Place:
        """The place that the words mean."""
        from reportedly.cli.places import choose_place

        return choose_place(words, self.gazetteer, self.ledger)

    def party(self, words: str | None) -> str | None:
        """The id of the party that the words mean: an id, in any case, or a name. Raises NotFound."""
        from reportedly.knowledge.parties import Parties

        parties = Parties.load()
        if words is None or parties.party(words) or self.ledger.count_claims(party=words):
            return words
        named = parties.party(words.upper()) or parties.party_of(words)
        if named is None:
            raise NotFound(f"No party called {words!r} is known: give its id, as in RU, UA or M23, or its name.")
        return named.id

    def around(self, place: Place) -> list[int]:
        """The place and the regions it lies in."""
        region = self.gazetteer.region(f"{place.country}.{place.admin1}") if place.admin1 else None
        return [place.id, *([region.id] if region and region.id != place.id else [])]

    def claims_on(self, place: Place) -> Sequence[Claim]:
        """Claims on the place, on sets with it, and on groups within it."""
        return self.ledger.claims(place_ids=[place.id], as_of=self.as_of)

    def claims_within(self, place: Place) -> Sequence[Claim]:
        """Claims on the settlements of a region; none of any other place."""
        inside = self.gazetteer.members(place.id) if place.kind == "region" else frozenset()
        if not inside:
            return ()
        return self.ledger.claims(place_ids=sorted(inside & self.ledger.place_ids()), as_of=self.as_of)

    def status(self, place: Place, policy: str, valid_at: dt.date | None) -> Status:
        """Its status, from claims on it or on the regions around it; by the model, from all claims of its country."""
        from reportedly.reconcile import reconcile

        _known(policy)
        if policy == MODEL:
            day = valid_at or max((c.published.date() for c in self.claims_on(place)), default=None)
            model, _ = self.modelled(place, day)
            return model.status(place.id, as_of=self.as_of)
        claims = self.ledger.claims(place_ids=self.around(place), as_of=self.as_of)
        now = dt.datetime.now(dt.UTC)
        day = valid_at or max((c.published.date() for c in claims), default=min(now, self.as_of or now).date())
        voices = self.voices(claims).of
        return reconcile(
            claims,
            policy,
            valid_at=day,
            places=[place.id],
            as_of=self.as_of,
            members=self.gazetteer.members,
            voices=voices,
        )[0]

    def behind(self, answer: Status, known: Iterable[Claim]) -> dict[str, Claim]:
        """The known claims and all others that a status rests on, by id: one that is inferred rests on those around its place."""
        found = {c.id: c for c in known}
        found |= {i: self.ledger.claim(i) for i in (*answer.claims_for, *answer.claims_against) if i not in found}
        return found

    def changes(self, place: Place, policy: str) -> list[Status]:
        """The changes of its status, by day, regions around it included."""
        from reportedly.reconcile import history

        _known(policy)
        if policy != MODEL:
            known = self.ledger.claims(place_ids=self.around(place), as_of=self.as_of)
            voices, members = self.voices(known).of, self.gazetteer.members
            return history(known, policy, places={place.id}, as_of=self.as_of, members=members, voices=voices)
        _, changes = self.modelled(place, None)
        return [as_status(c, self.as_of) for c in changes if c.place_id == place.id]

    def modelled(self, place: Place, until: dt.date | None) -> tuple[ManyModel, list[Change]]:
        """The model run over all claims; raises QueryError for what it does not cover."""
        from reportedly.reconcile.by_model import covers, run_model

        if not covers(self.gazetteer, place):
            raise QueryError(
                f"The policy {MODEL!r} covers settlements of a country that the gazetteer has; {place.name} is none. "
                "Choose another: last claim wins, majority of voices, against interest."
            )
        begins = self.baseline()
        told = f", from {begins.name} of {begins.day.isoformat()}" if begins else ""
        click.echo(f"Running the model over all claims of the ledger{told}.", err=True)
        claims = self.ledger.iter_claims(as_of=self.as_of)
        return run_model(claims, self.gazetteer, country=place.country, until=until, as_of=self.as_of, baseline=begins)

    def baseline(self) -> Baseline | None:
        """The layer and day that the operator chose to start from."""
        from reportedly.cli.check import open_layers
        from reportedly.reconcile.by_model import Baseline

        with open_layers() as layers:
            chosen = layers.baseline()
            if chosen is None:
                return None
            layer, day = chosen
            return Baseline(name=layer.name, day=day, state=layers.state(layer.id, day))

    def reports_of(self, claims: Iterable[Claim]) -> Iterator[Report]:
        """The reports behind the claims, each once; those of the newest claims where they are too many."""
        ids = list(dict.fromkeys(c.report_id for c in claims))
        return self.ledger.reports_by_id(ids[-MOST_REPORTS:])

    def voices(self, claims: Sequence[Claim]) -> Voices:
        """Whose word each claim is, copies among the reports behind them seen through."""
        from reportedly.reconcile import find_voices

        return find_voices(claims, self.reports_of(claims))

    def arithmetic(self, claims: Sequence[Claim]) -> list[Check]:
        """What the reports behind the claims say of themselves, checked."""
        from reportedly.reconcile import check_arithmetic

        return [check for report in self.reports_of(claims) for check in check_arithmetic(report, claims)]

    def coverage(self, day: dt.date) -> list[dict[str, Any]]:
        """Which sources were read for the days up to the day: silence of a place says little where nobody was read."""
        found: dict[str, dict[str, Any]] = {}
        until = day + dt.timedelta(days=1)
        for source, on, number in self.ledger.coverage(day_from=until - COVERAGE, day_to=until):
            row = found.setdefault(source, {"source": source, "days": 0, "reports": 0, "last": on})
            row |= {"days": row["days"] + 1, "reports": row["reports"] + number, "last": on}
        return sorted(found.values(), key=lambda r: (-r["reports"], r["source"]))

    def disputes_on(self, place: Place, claims: Iterable[Claim]) -> list[Dispute]:
        """Disputes of the place, and of texts with themselves."""
        from reportedly.reconcile import arithmetic_disputes, find_disputes

        known = tuple(claims)
        found = find_disputes([*known, *self.claims_within(place)], members=self.gazetteer.members)
        found += arithmetic_disputes(self.arithmetic(known), known)
        return [d for d in found if d.place_id == place.id]

    def url(self, report_id: str) -> str | None:
        """Address of a report."""
        return self.ledger.report(report_id).url


def _known(policy: str) -> None:
    """Raise QueryError, with the names of all, for what is no policy."""
    from reportedly.reconcile import POLICIES

    if policy not in (*POLICIES, MODEL):
        raise QueryError(f"There is no policy {policy!r}. Policies are: {', '.join((*POLICIES, MODEL))}.")


def as_status(change: Change, as_of: dt.datetime | None) -> Status:
    """A change of the model as the status that begins with it."""
    from reportedly.model import State, Status

    return Status(
        place_id=change.place_id, valid_at=change.day, as_of=as_of, state=State.HELD if change.party else State.UNKNOWN, party=change.party,
        policy=MODEL, inferred=change.inferred, since=change.day, claims_for=(change.claim.id,) if change.claim else (),
    )  # fmt: skip

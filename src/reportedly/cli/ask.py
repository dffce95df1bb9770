"""Questions to the ledger: status, timeline, disputes, why, claims, export, sources."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reportedly.errors import QueryError

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.knowledge.gazetteer import Gazetteer
    from reportedly.ledger import Ledger
    from reportedly.model import Claim, Dispute, Place, Redeclaration, Status

__all__ = ["COMMANDS"]

F = TypeVar("F", bound=Callable[..., Any])
HORIZON = 40  # rows of a table for people; --json gives all


class Day(click.ParamType):  # type: ignore[type-arg,unused-ignore] - generic from click 8.5 on
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


class Moment(click.ParamType):  # type: ignore[type-arg,unused-ignore] - generic from click 8.5 on
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
    text = "last claim wins (default), majority of voices, against interest: docs/policies."
    return click.option("--policy", default="last claim wins", show_default=False, help=text)(function)


@click.command("status")
@click.argument("place")
@click.option("--valid-at", type=Day(), help="For which day (default: the day of the newest claim).")
@policy_option
@asking
def status(
    place: str, valid_at: dt.date | None, policy: str, ledger: str | None, as_of: dt.datetime | None, as_json: bool
) -> None:
    """What the sources together say of PLACE on a day, and the words they said it in."""
    with Question(ledger, as_of) as question:
        where = question.place(place)
        answer = question.status(where, policy, valid_at)
        claims = question.claims_on(where)
        disputes = [
            d
            for d in question.disputes_on(where, claims)
            if d.first <= answer.valid_at < d.last + dt.timedelta(days=30)
        ]
        quoted = {c.id: c for c in claims}
        ids = dict.fromkeys(
            (*answer.claims_for, *answer.claims_against, *(i for d in disputes for s in d.sides for i in s))
        )
        if as_json:
            say_json(
                {
                    "place": where,
                    "status": answer,
                    "disputes": disputes,
                    "claims": [claim_json(quoted[i]) for i in ids if i in quoted],
                }
            )
            return
        console = people()
        console.print(
            f"[bold]{where.name}[/bold] on {long_day(answer.valid_at)}: {status_words(answer)}", highlight=False
        )
        for reason in answer.reasons:
            console.print(f"  because: {reason}", highlight=False, markup=False)
        if answer.last_heard:
            console.print(f"  last heard of: {long_day(answer.last_heard)}", highlight=False)
        sides = [("For", answer.claims_for), ("Against or beside it", answer.claims_against)]
        for title, names in sides:
            show_quotes(console, title, [quoted[i] for i in names if i in quoted])
        for dispute in disputes:
            show_dispute(console, dispute, quoted)


@click.command("timeline")
@click.argument("place")
@policy_option
@asking
def timeline(place: str, policy: str, ledger: str | None, as_of: dt.datetime | None, as_json: bool) -> None:
    """The claims on PLACE by the day for which they hold, the changes of its status, and what was declared twice."""
    from reportedly.reconcile import effective_day, find_redeclarations, history

    with Question(ledger, as_of) as question:
        where = question.place(place)
        claims = sorted(question.claims_on(where), key=lambda c: (effective_day(c), c.published, c.id))
        changes = history(claims, policy, places={where.id}, as_of=as_of)
        again = [r for r in find_redeclarations(claims) if r.place_id == where.id]
        if as_json:
            say_json(
                {"place": where, "claims": [claim_json(c) for c in claims], "changes": changes, "redeclarations": again}
            )
            return
        console = people()
        console.print(f"[bold]{where.name}[/bold]: {count(len(claims), 'claim')}", highlight=False)
        from rich.table import Table

        table = Table(box=None, pad_edge=False)
        for column in ("for", "said", "claim", "by"):
            table.add_column(column, overflow="fold", no_wrap=column in ("for", "said"))
        for claim in claims[-HORIZON:]:
            table.add_row(
                claim.valid.edtf if claim.valid and claim.valid.edtf else effective_day(claim).isoformat(),
                claim.published.date().isoformat(),
                claim_words(claim),
                who(claim),
            )
        console.print(table, highlight=False, markup=False)
        if len(claims) > HORIZON:
            console.print(f"(the last {HORIZON} of {len(claims)}; --json gives all)")
        for change in changes:
            console.print(f"  {change.valid_at.isoformat()}  {status_words(change)}", highlight=False)
        quoted = {c.id: c for c in claims}
        for item in again:
            show_again(console, item, quoted)


@click.command("disputes")
@click.argument("place", required=False)
@click.option("--open", "only_open", is_flag=True, help="Only those that no later claim settled.")
@asking
def disputes(place: str | None, only_open: bool, ledger: str | None, as_of: dt.datetime | None, as_json: bool) -> None:
    """Claims that cannot all hold, everywhere or at PLACE, and what was declared twice."""
    from reportedly.reconcile import find_disputes, find_redeclarations

    with Question(ledger, as_of) as question:
        where = question.place(place) if place else None
        claims = question.claims_on(where) if where else question.ledger.claims(as_of=as_of)
        found = (
            question.disputes_on(where, claims) if where else find_disputes(claims, members=question.gazetteer.members)
        )
        found = [d for d in found if not only_open or d.state == "open"]
        again = [r for r in find_redeclarations(claims) if where is None or r.place_id == where.id]
        quoted = {c.id: c for c in claims}
        if as_json:
            ids = dict.fromkeys(i for d in found for side in d.sides for i in side)
            say_json(
                {
                    "disputes": found,
                    "redeclarations": again,
                    "claims": [claim_json(quoted[i]) for i in ids if i in quoted],
                }
            )
            return
        console = people()
        console.print(f"{count(len(found), 'dispute')}, {count(len(again), 're-declaration')}", highlight=False)
        for dispute in found[-HORIZON:]:
            show_dispute(console, dispute, quoted)
        for item in again[-HORIZON:]:
            show_again(console, item, quoted)


@click.command("why")
@click.argument("place")
@click.option("--valid-at", type=Day(), help="For which day (default: the day of the newest claim).")
@policy_option
@asking
def why(
    place: str, valid_at: dt.date | None, policy: str, ledger: str | None, as_of: dt.datetime | None, as_json: bool
) -> None:
    """The quotes for and against the status of PLACE, each with its report and offsets."""
    with Question(ledger, as_of) as question:
        where = question.place(place)
        answer = question.status(where, policy, valid_at)
        quoted = {c.id: c for c in question.claims_on(where)}
        sides = {"for": answer.claims_for, "against": answer.claims_against}
        if as_json:
            evidence = {side: [claim_json(quoted[i]) for i in ids if i in quoted] for side, ids in sides.items()}
            say_json({"place": where, "status": answer, "evidence": evidence})
            return
        console = people()
        console.print(
            f"[bold]{where.name}[/bold] on {long_day(answer.valid_at)}: {status_words(answer)}", highlight=False
        )
        for side, ids in sides.items():
            show_quotes(console, side.capitalize(), [quoted[i] for i in ids if i in quoted], places=True)


@click.command("claims")
@click.option("--place", help="Only of this place (a name in any spelling, or an id).")
@click.option("--party", help="Only of this party, as in RU, UA, M23.")
@click.option("--source", help="Only by sources whose name has these words.")
@click.option("--relation", type=click.Choice(["holds", "takes", "loses", "contests", "advances", "annexes"]))
@click.option("--denied", is_flag=True, help="Only denials.")
@click.option("--from", "valid_from", type=Day(), help="Said to hold on this day or later.")
@click.option("--to", "valid_to", type=Day(), help="Said to hold before this day.")
@click.option("--text", help="Only those whose sentence has these words.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@asking
def claims(
    place: str | None, party: str | None, source: str | None, relation: str | None, denied: bool, valid_from: dt.date | None,
    valid_to: dt.date | None, text: str | None, limit: int, ledger: str | None, as_of: dt.datetime | None, as_json: bool,
) -> None:  # fmt: skip
    """The claims in the ledger, newest first."""
    with Question(ledger, as_of) as question:
        wanted: dict[str, Any] = {
            "party": party, "source": source, "relation": relation, "polarity": "-" if denied else None, "valid_from": valid_from,
            "valid_to": valid_to, "text": text, "as_of": as_of,
        }  # fmt: skip
        if place:
            wanted["place_ids"] = [question.place(place).id]
        found = question.ledger.claims(**wanted, newest_first=True, limit=limit)
        total = question.ledger.count_claims(**wanted)
        if as_json:
            say_json({"total": total, "claims": [claim_json(c) for c in found]})
            return
        from rich.table import Table

        console = people()
        table = Table(box=None, pad_edge=False)
        for column in ("said", "claim", "place", "by"):
            table.add_column(column, overflow="fold", no_wrap=column == "said")
        for claim in found:
            table.add_row(
                claim.published.date().isoformat(),
                claim_words(claim),
                claim.place.name or claim.place.words,
                who(claim),
            )
        console.print(table, highlight=False, markup=False)
        console.print(f"{len(found):,} of {count(total, 'claim')}", highlight=False)


@click.command("export")
@click.option(
    "--format",
    "form",
    default="jsonl",
    show_default=True,
    help="One of: jsonl, csv, geojson and those in docs/exports.md.",
)
@click.option("--out", type=click.Path(dir_okay=False), help="File to write, instead of standard output.")
@click.option("--place", help="Only of this place.")
@click.option("--party", help="Only of this party.")
@asking
def export(
    form: str,
    out: str | None,
    place: str | None,
    party: str | None,
    ledger: str | None,
    as_of: dt.datetime | None,
    as_json: bool,
) -> None:
    """Write the claims out: JSON Lines, CSV, GeoJSON, GeoParquet and more."""
    from reportedly.publish.export import FORMATS, Context

    form = "jsonl" if as_json else form
    if form not in FORMATS:
        raise QueryError(f"There is no format {form!r}. Formats are: {', '.join(FORMATS)}.")
    with Question(ledger, as_of) as question:
        wanted: dict[str, Any] = {"party": party, "as_of": as_of}
        if place:
            wanted["place_ids"] = [question.place(place).id]
        context = Context(place=question.gazetteer.place, url=question.url)
        pieces = FORMATS[form].write(question.ledger.iter_claims(**wanted), context)
        if out:
            from pathlib import Path

            part = Path(out + ".part")
            with part.open("wb") as file:
                file.writelines(pieces)
            part.replace(out)
            click.echo(f"Wrote {out}.", err=True)
            return
        for piece in pieces:
            sys.stdout.buffer.write(piece)


@click.command("sources")
@asking
def sources(ledger: str | None, as_of: dt.datetime | None, as_json: bool) -> None:
    """Who says things, how often, and who relays whom."""
    from collections import Counter

    with Question(ledger, as_of) as question:
        said: Counter[str] = Counter()
        relayed: Counter[tuple[str, str]] = Counter()
        sides: dict[str, str | None] = {}
        for claim in question.ledger.iter_claims(as_of=as_of):
            source = who(claim, chain=False)
            said[source] += 1
            sides[source] = claim.attribution.side
            chain = [claim.publisher, *claim.attribution.via, source]
            relayed.update((a, b) for a, b in itertools.pairwise(chain) if a != b)
        if as_json:
            say_json(
                {
                    "sources": [{"source": s, "side": sides[s], "claims": n} for s, n in said.most_common()],
                    "relays": [{"relay": a, "of": b, "claims": n} for (a, b), n in relayed.most_common()],
                }
            )
            return
        from rich.table import Table

        console = people()
        table = Table("source", "side", "claims", "relayed by", box=None, pad_edge=False)
        for source, number in said.most_common(HORIZON):
            carriers = ", ".join(f"{a} ({n})" for (a, b), n in relayed.most_common() if b == source)
            table.add_row(source, sides[source] or "", f"{number:,}", carriers)
        console.print(table, highlight=False, markup=False)


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

    def around(self, place: Place) -> list[int]:
        """The place and the regions it lies in."""
        region = self.gazetteer.region(f"{place.country}.{place.admin1}") if place.admin1 else None
        return [place.id, *([region.id] if region and region.id != place.id else [])]

    def claims_on(self, place: Place) -> Sequence[Claim]:
        """Claims on the place, on sets with it, and on groups within it."""
        return self.ledger.claims(place_ids=[place.id], as_of=self.as_of)

    def status(self, place: Place, policy: str, valid_at: dt.date | None) -> Status:
        """Its status, from claims on it or on the regions around it."""
        from reportedly.reconcile import reconcile

        claims = self.ledger.claims(place_ids=self.around(place), as_of=self.as_of)
        day = valid_at or max((c.published.date() for c in claims), default=dt.datetime.now(dt.UTC).date())
        return reconcile(
            claims, policy, valid_at=day, places=[place.id], as_of=self.as_of, members=self.gazetteer.members
        )[0]

    def disputes_on(self, place: Place, claims: Iterable[Claim]) -> list[Dispute]:
        """Disputes of the place."""
        from reportedly.reconcile import find_disputes

        return [d for d in find_disputes(claims) if d.place_id == place.id]

    def url(self, report_id: str) -> str | None:
        """Address of a report."""
        return self.ledger.report(report_id).url


def people() -> Console:
    """A console for people; plain where standard output is no terminal."""
    from rich.console import Console

    return Console(soft_wrap=False)


def say_json(value: Any) -> None:
    """Print a value of ours as JSON."""
    from reportedly.model import jsonable

    click.echo(json.dumps(jsonable(value), ensure_ascii=False, indent=1))


def claim_json(claim: Claim) -> dict[str, Any]:
    """A claim with its id."""
    from reportedly.model import jsonable

    record: dict[str, Any] = {"id": claim.id} | jsonable(claim)
    return record


def count(number: int, thing: str) -> str:
    """A number with its noun."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def long_day(day: dt.date) -> str:
    """A day as people write it."""
    return f"{day.day} {day:%B %Y}"


def status_words(status: Status) -> str:
    """A status in words."""
    chances = ", ".join(f"{p.party} {p.p:.0%}" for p in sorted(status.probabilities, key=lambda p: -p.p))
    words = f"{status.state} by {status.party}" if status.party else str(status.state)
    if status.state == "unknown":
        return "unknown: nobody says"
    inferred = ", inferred" if status.inferred else ""
    return f"{words}{inferred} ({status.policy}; {chances})"


def claim_words(claim: Claim) -> str:
    """Relation, party, extent, polarity and certainty in a few words."""
    denied = "not: " if claim.polarity == "-" else ""
    extent = "" if claim.extent.kind == "whole" else f" ({claim.extent})"
    sure = "" if claim.certainty == "certain" else f", {claim.certainty}"
    return f"{denied}{claim.party} {claim.relation}{extent}{sure}"


def who(claim: Claim, *, chain: bool = True) -> str:
    """Speaker, and through whom."""
    source = claim.publisher if claim.attribution.source == "narrator" else claim.attribution.source
    via = f" via {', '.join(claim.attribution.via)}" if chain and claim.attribution.via else ""
    return source + via


def show_quotes(console: Console, title: str, claims: Sequence[Claim], *, places: bool = False) -> None:
    """Quotes under a title."""
    from rich.markup import escape

    if not claims:
        return
    console.print(f"\n[bold]{title}[/bold]", highlight=False)
    for claim in claims:
        console.print(
            f"  {escape(claim_words(claim))}, says {escape(who(claim))}, {long_day(claim.published.date())}",
            highlight=False,
        )
        console.print(f"    “{escape(' '.join(claim.quote.split()))}”", highlight=False)
        if places:
            console.print(
                f"    [dim]{claim.publisher}, {claim.report_id}, characters {claim.span.start} to {claim.span.end}[/dim]",
                highlight=False,
            )


def show_dispute(console: Console, dispute: Dispute, quoted: dict[str, Claim]) -> None:
    """One dispute with a quote of each side."""
    from rich.markup import escape

    days = (
        long_day(dispute.first)
        if dispute.last - dispute.first <= dt.timedelta(days=1)
        else f"{long_day(dispute.first)} to {long_day(dispute.last - dt.timedelta(days=1))}"
    )
    console.print(
        f"\n[bold]Disputed: {escape(dispute.place_name)}[/bold], {days} ({dispute.kind}, {dispute.state}): {escape(dispute.reason)}",
        highlight=False,
    )
    for number, side in enumerate(dispute.sides, 1):
        for claim in [quoted[i] for i in side if i in quoted][:3]:
            console.print(f"  {number}. {escape(claim_words(claim))}, says {escape(who(claim))}", highlight=False)
            console.print(f"     “{escape(' '.join(claim.quote.split()))}”", highlight=False)


def show_again(console: Console, item: Redeclaration, quoted: dict[str, Claim]) -> None:
    """One re-declaration with the reversals between."""
    from rich.markup import escape

    console.print(
        f"\n[bold]Declared twice: {escape(item.place_name)}[/bold] by {item.party}: {escape(item.reason)}",
        highlight=False,
    )
    for name, label in ((item.earlier, "first"), *((r, "reversed") for r in item.reversals), (item.later, "again")):
        if claim := quoted.get(name):
            when = claim.valid.edtf if claim.valid and claim.valid.edtf else claim.published.date().isoformat()
            console.print(
                f"  {label} [{when}]: {escape(claim_words(claim))}, says {escape(who(claim))}",
                highlight=False,
                markup=False,
            )


COMMANDS = (status, timeline, disputes, why, claims, export, sources)

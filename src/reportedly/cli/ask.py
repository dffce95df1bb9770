"""Questions to the ledger: status, timeline, disputes, why, claims, export, sources."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import click

from reportedly.cli.question import Day, Question, asking, policy_option
from reportedly.cli.show import (
    claim_json,
    claim_words,
    count,
    ground,
    long_day,
    people,
    say_json,
    show_again,
    show_checks,
    show_coverage,
    show_dispute,
    show_quotes,
    show_sources,
    status_words,
    who,
)  # fmt: skip
from reportedly.errors import InputError, QueryError
from reportedly.model import jsonable

__all__ = ["COMMANDS"]

QUIET = dt.timedelta(days=30)
"""Where nothing was heard of a place for so long, the answer says who was read."""
HORIZON = 40  # rows of a table for people; --json gives all


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
        quoted = question.behind(answer, claims)
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
                    "coverage": question.coverage(answer.valid_at),
                }
            )
            return
        console = people()
        console.print(
            f"[bold]{where.name}[/bold] on {long_day(answer.valid_at)}: {status_words(answer)}", highlight=False
        )
        for reason in answer.reasons:
            console.print(f"  because: {reason}", highlight=False, markup=False)
        if as_of and not claims and (later := question.ledger.count_claims(place_ids=[where.id])):
            console.print(
                f"  {count(later, 'claim')} on it came later than {as_of:%Y-%m-%d %H:%M} UTC", highlight=False
            )
        if answer.last_heard:
            console.print(f"  last heard of: {long_day(answer.last_heard)}", highlight=False)
        sides = [("For", answer.claims_for), ("Against or beside it", answer.claims_against)]
        for title, names in sides:
            show_quotes(console, title, [quoted[i] for i in names if i in quoted], where.id)
        for dispute in disputes:
            show_dispute(console, dispute, quoted)
        if answer.state == "unknown" or not answer.last_heard or answer.valid_at - answer.last_heard > QUIET:
            show_coverage(console, question.coverage(answer.valid_at))


@click.command("timeline")
@click.argument("place")
@policy_option
@asking
def timeline(place: str, policy: str, ledger: str | None, as_of: dt.datetime | None, as_json: bool) -> None:
    """The claims on PLACE by the day for which they hold, the changes of its status, and what was declared twice."""
    from reportedly.reconcile import effective_day, find_redeclarations

    with Question(ledger, as_of) as question:
        where = question.place(place)
        claims = sorted(question.claims_on(where), key=lambda c: (effective_day(c), c.published, c.id))
        changes = question.changes(where, policy)
        parts = question.claims_within(where)
        found = find_redeclarations([*claims, *parts], members=question.gazetteer.members)
        again = [r for r in found if r.place_id == where.id]
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
                claim_words(claim) + ground(claim, where.id),
                who(claim),
            )
        if claims:
            console.print(table, highlight=False, markup=False)
        if len(claims) > HORIZON:
            console.print(f"(the last {HORIZON} of {len(claims)}; --json gives all)")
        if changes:
            console.print("\n[bold]Status from day to day[/bold]", highlight=False)
        for change in changes:
            console.print(f"  {change.valid_at.isoformat()}  {status_words(change)}", highlight=False)
        quoted = {c.id: c for c in (*claims, *parts)} if again else {}
        for item in again:
            show_again(console, item, quoted)


@click.command("disputes")
@click.argument("place", required=False)
@click.option("--open", "only_open", is_flag=True, help="Only those that no later claim settled.")
@asking
def disputes(place: str | None, only_open: bool, ledger: str | None, as_of: dt.datetime | None, as_json: bool) -> None:
    """Claims that cannot all hold, everywhere or at PLACE, and what was declared twice."""
    from reportedly.reconcile import arithmetic_disputes, find_disputes, find_redeclarations

    with Question(ledger, as_of) as question:
        where = question.place(place) if place else None
        claims = question.claims_on(where) if where else question.ledger.claims(as_of=as_of)
        if where:
            found = question.disputes_on(where, claims)
        else:
            found = find_disputes(claims, members=question.gazetteer.members)
            found += arithmetic_disputes(question.arithmetic(claims), claims)
        found = [d for d in found if not only_open or d.state == "open"]
        parts = question.claims_within(where) if where else ()
        told = [*claims, *parts]
        again = find_redeclarations(told, members=question.gazetteer.members)
        again = [r for r in again if where is None or r.place_id == where.id]
        quoted = {c.id: c for c in told}
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
        quoted = question.behind(answer, question.claims_on(where))
        voices = question.voices(list(quoted.values()))
        checks = question.arithmetic([quoted[i] for i in (*answer.claims_for, *answer.claims_against) if i in quoted])
        sides = {"for": answer.claims_for, "against": answer.claims_against}
        if as_json:
            evidence = {side: [claim_json(quoted[i]) for i in ids if i in quoted] for side, ids in sides.items()}
            said = {i: voices.of[i] for ids in sides.values() for i in ids if i in voices.of}
            say_json({"place": where, "status": answer, "evidence": evidence, "voices": said, "arithmetic": checks})
            return
        console = people()
        console.print(
            f"[bold]{where.name}[/bold] on {long_day(answer.valid_at)}: {status_words(answer)}", highlight=False
        )
        for side, ids in sides.items():
            show_quotes(
                console,
                side.capitalize(),
                [quoted[i] for i in ids if i in quoted],
                where.id,
                places=True,
                why=voices.why,
            )
        show_checks(console, checks)


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
            "party": question.party(party), "source": source, "relation": relation, "polarity": "-" if denied else None,
            "valid_from": valid_from, "valid_to": valid_to, "text": text, "as_of": as_of,
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
        if found:
            console.print(table, highlight=False, markup=False)
        console.print(
            f"{len(found):,} of {count(total, 'claim')}" if found else "No claim is like that.", highlight=False
        )


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
        wanted: dict[str, Any] = {"party": question.party(party), "as_of": as_of}
        if place:
            wanted["place_ids"] = [question.place(place).id]
        context = Context(place=question.gazetteer.place, url=question.url)
        pieces = FORMATS[form].write(question.ledger.iter_claims(**wanted), context)
        if out:
            from pathlib import Path

            part = Path(out + ".part")
            try:
                with part.open("wb") as file:
                    file.writelines(pieces)
                part.replace(out)
            except OSError as error:
                raise InputError(f"{out} cannot be written ({error.strerror}).") from None
            finally:
                part.unlink(missing_ok=True)
            click.echo(f"Wrote {out}.", err=True)
            return
        for piece in pieces:
            sys.stdout.buffer.write(piece)


@click.command("sources")
@asking
def sources(ledger: str | None, as_of: dt.datetime | None, as_json: bool) -> None:
    """Who says things, how often, and who relays, prints or copies whom."""
    from collections import Counter

    from reportedly.reconcile import find_voices

    with Question(ledger, as_of) as question:
        claims = question.ledger.claims(as_of=as_of)
        voices = find_voices(claims, question.reports_of(claims))
        said = Counter(who(c, chain=False) for c in claims)
        sides = {who(c, chain=False): c.attribution.side for c in claims}
        if as_json:
            say_json(
                {
                    "sources": [{"source": s, "side": sides[s], "claims": n} for s, n in said.most_common()],
                    "voices": len(set(voices.of.values())),
                    "relays": [jsonable(r) for r in voices.relays],
                    "copies": [jsonable(c) for c in voices.copies],
                }
            )
            return
        show_sources(people(), said, sides, voices, most=HORIZON)


COMMANDS = (status, timeline, disputes, why, claims, export, sources)

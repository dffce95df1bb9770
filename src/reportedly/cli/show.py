"""What people and programs see of the ledger: words, quotes, disputes; JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.model import Claim, Dispute, Redeclaration, Status
    from reportedly.reconcile import Check, Voices

__all__ = [
    "claim_json", "claim_words", "count", "ground", "long_day", "people", "say_json", "show_again", "show_checks", "show_coverage",
    "show_dispute", "show_quotes", "show_sources", "status_words", "who",
]  # fmt: skip


def people() -> Console:
    """A console for people; plain where standard output is no terminal."""
    from rich.console import Console

    return Console(soft_wrap=False, emoji=False)


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
    return f"{words}{inferred} ({status.policy}{f'; {chances}' if chances else ''})"


def claim_words(claim: Claim) -> str:
    """Relation, party, extent, polarity and certainty in a few words."""
    denied = "not: " if claim.polarity == "-" else ""
    extent = "" if claim.extent.kind == "whole" else f" ({claim.extent})"
    sure = "" if claim.certainty == "certain" else f", {claim.certainty}"
    return f"{denied}{claim.party} {claim.relation}{extent}{sure}"


WHERE = {"at": "", "near": "near ", "part": "part of ", "direction": "towards "}


def ground(claim: Claim, asked: int | None) -> str:
    """ " two villages", " Luhansk Oblast": what a claim is on where that is not the place asked for itself."""
    place = claim.place
    if place.place_id == asked and place.relation == "at":
        return ""
    return f" {WHERE[place.relation]}{place.name or place.words}"


def who(claim: Claim, *, chain: bool = True) -> str:
    """Speaker, and through whom."""
    source = claim.publisher if claim.attribution.source == "narrator" else claim.attribution.source
    via = f" via {', '.join(claim.attribution.via)}" if chain and claim.attribution.via else ""
    return source + via


def show_quotes(
    console: Console, title: str, claims: Sequence[Claim], asked: int, *, places: bool = False, why: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Quotes under a title, each with the ground it is on where that is not the place `asked` for."""
    from rich.markup import escape

    if not claims:
        return
    console.print(f"\n[bold]{title}[/bold]", highlight=False)
    for claim in claims:
        console.print(
            f"  {escape(claim_words(claim) + ground(claim, asked))}, says {escape(who(claim))}, {long_day(claim.published.date())}",
            highlight=False,
        )
        console.print(f"    “{escape(' '.join(claim.quote.split()))}”", highlight=False)
        if why and claim.id in why:
            console.print(f"    counted as one voice with another: {escape(why[claim.id])}", highlight=False)
        if places:
            console.print(
                f"    [dim]{escape(claim.publisher)}, {claim.report_id}, characters {claim.span.start} to {claim.span.end}[/dim]",
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
        told = [quoted[i] for i in side if i in quoted]  # what is said outright and exactly comes first
        told.sort(key=lambda c: (c.form == "presupposed", c.extent.kind == "whole", c.published, c.span.start))
        for claim in told[:3]:
            words = claim_words(claim) + ground(claim, dispute.place_id)
            console.print(f"  {number}. {escape(words)}, says {escape(who(claim))}", highlight=False)
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
                f"  {label} [{when}]: {claim_words(claim)}{ground(claim, item.place_id)}, says {who(claim)}",
                highlight=False,
                markup=False,
            )


def show_checks(console: Console, checks: Sequence[Check]) -> None:
    """What the reports say of themselves, and whether it adds up."""
    if not checks:
        return
    console.print("\n[bold]What the reports say of themselves[/bold]", highlight=False)
    for check in sorted(checks, key=lambda c: c.holds):
        verdict = "adds up" if check.holds else "does not add up"
        console.print(f"  “{check.words}” {verdict}: {check.reason}", highlight=False, markup=False)


def show_coverage(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    """Which sources were read for the last days."""
    if not rows:
        console.print("  nobody was read for the 30 days before: silence says nothing", highlight=False)
        return
    named = ", ".join(f"{r['source']} ({r['days']} days, last {r['last'].isoformat()})" for r in rows[:6])
    more = f" and {len(rows) - 6} more" if len(rows) > 6 else ""
    console.print(f"  read for the 30 days before: {named}{more}", highlight=False, markup=False)


def show_sources(
    console: Console, said: Mapping[str, int], sides: Mapping[str, str | None], voices: Voices, *, most: int
) -> None:
    """Sources by number of claims with those that carry their word, then whose story is printed by whom."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("source", "side", "claims", "relayed by"):
        table.add_column(column, overflow="fold", no_wrap=column in ("side", "claims"))
    for source, number in sorted(said.items(), key=lambda item: (-item[1], item[0]))[:most]:
        carriers = ", ".join(f"{r.carrier} ({r.claims})" for r in voices.relays if r.origin == source and r.claims)
        table.add_row(source, sides[source] or "", f"{number:,}", carriers)
    console.print(table, highlight=False, markup=False)
    voiced = len(set(voices.of.values()))
    console.print(f"{count(len(said), 'source')}, {count(voiced, 'voice')}", highlight=False)
    for relay in [r for r in voices.relays if r.how in ("agency", "copy")][:most]:
        verb = "prints stories of" if relay.how == "agency" else "repeats reports by"
        console.print(f"  {relay.carrier} {verb} {relay.origin} ({relay.reports})", highlight=False, markup=False)

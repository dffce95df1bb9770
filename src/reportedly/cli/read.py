"""`reportedly read`: sources to reports to readings to the ledger."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from reportedly.cli.show import count
from reportedly.errors import ReportedlyError

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.batch import Outcome
    from reportedly.ingest import SetAside
    from reportedly.model import Claim, Report

__all__ = ["COMMANDS", "claim_lines", "reader_for", "settings_with", "show_set_aside"]

SHOWN = 30  # reports whose claims are printed one by one; of more only the sums
SOME_SET_ASIDE = 5


def settings_with(ledger: str | None) -> Any:
    """The operator's settings, with the ledger named on the command line."""
    from reportedly.settings import Settings

    settings = Settings.from_environment()
    return replace(settings, ledger=ledger) if ledger else settings


@click.command("read")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--publisher", metavar="NAME", help="Publisher of reports that do not name theirs.")
@click.option(
    "--published", metavar="DATE", help="Date (YYYY-MM-DD, or ISO 8601 with offset) of reports that state none."
)
@click.option("--lang", metavar="CODE", help="Language of the reports (BCP 47); else told from the text.")
@click.option("--ledger", metavar="PATH|URL", help="Ledger to append to, instead of your own.")
@click.option("--allow-private", is_flag=True, help="Permit addresses on this machine and in private networks.")
@click.option(
    "--extractor", type=click.Choice(["trafilatura", "resiliparse"]), help="Main text of pages; by form unless named."
)
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a line for each report and each thing set aside."
)
@click.option(
    "--front", is_flag=True, help="Tell namesakes apart by what the ledger held of the front before each report's day."
)
@click.option("--explain", is_flag=True, help="Say how each date, source, place and party is known.")
def read(
    sources: tuple[str, ...], publisher: str | None, published: str | None, lang: str | None, ledger: str | None,
    allow_private: bool, extractor: Any, as_json: bool, front: bool, explain: bool,
) -> None:  # fmt: skip
    """Read reports and keep what they claim in the ledger.

    SOURCE is a file, a folder, an http(s) address or "-" for standard input: plain text, HTML, RSS or Atom, JSON Lines,
    WARC or Parquet, also gzipped. Reports that were read before are not read again. What cannot be read is listed with
    its reason and the rest goes on; then the exit code is 5.
    """
    from reportedly.batch import read_into
    from reportedly.knowledge import Knowledge
    from reportedly.ledger import Ledger
    from reportedly.read.reader import Options, load_parser, reader_name

    options = {
        "publisher": publisher, "published": published, "lang": lang, "allow_private": allow_private, "extractor": extractor,
    }  # fmt: skip
    found = _found(sources, options)
    settings = settings_with(ledger)
    with _Progress() as progress:
        progress.say("loading the gazetteer and the language model")
        knowledge = Knowledge.load(settings)
        load_parser()
        with Ledger.open(settings.ledger_url) as book:
            whole = Options(speech=True)  # few reports, read for people: what is said beside the claims as well
            reader = reader_for(book, knowledge, whole, front=front)
            outcomes = read_into(book, found, reader, name=reader_name(knowledge, whole, front=front))
            summary = _report(progress.watch(outcomes), as_json=as_json, explain=explain, ledger=settings.ledger_url)
    if summary.aside and not summary.reports:
        first = summary.aside[0]
        if len(summary.aside) == 1 and first.error is not None:
            raise first.error
        show_set_aside(summary.aside)
        sys.exit(2)
    if not as_json:
        show_set_aside(summary.aside)
    if summary.aside:
        sys.exit(SOME_SET_ASIDE)


def reader_for(book: Any, knowledge: Any, options: Any, *, front: bool) -> Any:
    """The reader of one report, alone or with the front as the ledger knows it now."""
    from reportedly.batch.front import LedgerFront
    from reportedly.read.reader import read_report

    if not front:
        return partial(read_report, knowledge=knowledge, options=options)
    known = LedgerFront(book, knowledge.gazetteer)
    return lambda report: read_report(report, knowledge, memory=known.before(report.published.date()), options=options)


def _found(sources: Iterable[str], options: dict[str, Any]) -> Iterator[Report | SetAside]:
    """The reports of all sources; a source that is missing as a whole is set aside like a bad report."""
    from reportedly.ingest import SetAside, load_reports

    for source in sources:
        try:
            yield from load_reports(source, **options)
        except ReportedlyError as error:
            yield SetAside.of(source, error)


class _Progress:
    """Progress on standard error where that is a terminal: reports, claims, rate."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self.bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self.task = self.bar.add_task("starting")

    def __enter__(self) -> _Progress:
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def say(self, words: str) -> None:
        self.bar.update(self.task, description=words)

    def watch(self, outcomes: Iterable[Outcome | SetAside]) -> Iterator[Outcome | SetAside]:
        from reportedly.ingest import SetAside

        reports = claims = aside = 0
        for outcome in outcomes:
            if isinstance(outcome, SetAside):
                aside += 1
            else:
                reports += 1
                claims += len(outcome.reading.claims) if outcome.reading else 0
            self.say(f"{reports:,} reports read, {claims:,} claims" + (f", {aside:,} set aside" if aside else ""))
            yield outcome
        self.bar.stop()


class _Summary:
    def __init__(self) -> None:
        self.reports = self.known = self.claims = self.statements = self.unresolved = 0
        self.aside: list[SetAside] = []


def _report(outcomes: Iterable[Outcome | SetAside], *, as_json: bool, explain: bool, ledger: str) -> _Summary:
    """Print each outcome as it comes (JSON) or the first ones in full and then the sums (people)."""
    from rich.console import Console

    from reportedly.ingest import SetAside
    from reportedly.model import jsonable

    console, summary = Console(emoji=False), _Summary()
    for outcome in outcomes:
        if isinstance(outcome, SetAside):
            summary.aside.append(outcome)
            if as_json:
                click.echo(
                    json.dumps({"set_aside": {"origin": outcome.origin, "reason": outcome.reason}}, ensure_ascii=False)
                )
            continue
        summary.reports += 1
        summary.known += outcome.known
        reading = outcome.reading
        if reading:
            summary.claims += len(reading.claims)
            summary.statements += len(reading.statements)
            summary.unresolved += len(reading.unresolved)
        if as_json:
            record = {
                "report": jsonable(outcome.report) | {"id": outcome.report.id},
                "known": outcome.known,
                "reading": jsonable(reading),
            }
            click.echo(json.dumps(record, ensure_ascii=False))
        elif summary.reports <= SHOWN:
            _show(console, outcome, explain=explain)
    if not as_json and summary.reports:
        before = f" ({summary.known:,} read before)" if summary.known else ""
        console.print(
            f"\n{count(summary.reports, 'report')}{before}: {count(summary.claims, 'claim')}, {count(summary.statements, 'other statement')},"
            f" {count(summary.unresolved, 'thing')} unresolved. Ledger: {ledger}", soft_wrap=True, highlight=False,
        )  # fmt: skip
    return summary


def _show(console: Console, outcome: Outcome, *, explain: bool) -> None:
    """One report: what it is, its claims, its other statements."""
    from rich.markup import escape

    report, reading = outcome.report, outcome.reading
    title = report.headline or report.text[:60].strip().replace("\n", " ") + " ..."
    head = f"\n[bold]{escape(title)}[/bold]\n  {escape(report.publisher)}, {report.published:%Y-%m-%d}"
    if report.relays:
        head += f", relays {escape(', '.join(report.relays))}"
    console.print(head, highlight=False)
    if explain:
        for note in report.notes:
            console.print(f"  [dim]{escape(note)}[/dim]", highlight=False)
    if reading is None:
        console.print("  [dim]read before; nothing new[/dim]")
        return
    for claim in reading.claims:
        for line in claim_lines(claim, explain=explain):
            console.print(line, highlight=False)
    for statement in reading.statements:
        words = " ".join(statement.content.split())
        short = words if len(words) <= 90 else words[:87] + "..."
        console.print(f"  [dim]says[/dim] {escape(statement.attribution.source)}: {escape(short)}", highlight=False)
    for item in reading.unresolved if explain else ():
        console.print(
            f"  [dim]unresolved {item.kind}: {escape(item.words)} ({escape(item.reason)})[/dim]", highlight=False
        )
    if not reading.claims and not reading.statements:
        console.print("  [dim]no claim of control in it[/dim]")


def claim_lines(claim: Claim, *, explain: bool = False) -> list[str]:
    """A claim in one line of rich markup, with its quote and reasons below if they are asked for."""
    from rich.markup import escape

    place = claim.place.name or claim.place.words
    denied = "denied: " if claim.polarity == "-" else ""
    extent = "" if claim.extent.kind == "whole" else f" ({claim.extent})"
    via = f" via {', '.join(claim.attribution.via)}" if claim.attribution.via else ""
    when = f" [{claim.valid.edtf}]" if claim.valid and claim.valid.edtf else ""
    sure = "" if claim.certainty == "certain" else f", {claim.certainty}"
    said = escape(claim.attribution.source + via + sure)
    line = (
        f"  [cyan]{denied}{claim.party} {claim.relation}[/cyan] {escape(place + extent + when)}  [dim]says {said}[/dim]"
    )
    lines = [line]
    if explain:
        lines.append(
            f"      [italic]“{escape(' '.join(claim.quote.split()))}”[/italic] at {claim.span.start}-{claim.span.end}"
        )
        lines += [
            f"      [dim]{escape(reason)}[/dim]"
            for reason in (*claim.reasons, *claim.place.reasons, *claim.attribution.reasons)
        ]
    return lines


def show_set_aside(aside: list[SetAside], *, most: int = 20) -> None:
    """List what was set aside on standard error, with reasons."""
    if not aside:
        return
    click.echo(f"Set aside, {len(aside):,} in all:", err=True)
    for item in aside[:most]:
        click.echo(f"  {item.reason}", err=True)
    if len(aside) > most:
        click.echo(f"  ... and {len(aside) - most:,} more (--json lists them all)", err=True)


COMMANDS = (read,)

"""Read the sample reports into a ledger of their own, print what was found, and say how to go on.

    python tools/demo.py [--folder examples] [--data var/demo]

Run by `make demo`. Nothing is downloaded, and nothing outside var/demo is written. A second run finds the reports read.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from reportedly.batch import Outcome, read_into
from reportedly.cli.read import claim_lines, show_set_aside
from reportedly.ingest import SetAside, load_reports
from reportedly.knowledge import Knowledge
from reportedly.ledger import Ledger
from reportedly.model import Claim
from reportedly.read.reader import Options, load_parser, read_report, reader_name
from reportedly.reconcile import find_disputes, find_redeclarations
from reportedly.settings import Settings

ROOT = Path(__file__).parent.parent
Members = Callable[[int], Collection[int]]


def main(arguments: list[str] | None = None) -> int:
    """Run the demonstration; 0 if every sample was read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=ROOT / "examples")
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "demo")
    options = parser.parse_args(arguments)
    console = Console(highlight=False)
    began = time.monotonic()
    gazetteer = Settings.from_environment().gazetteer  # REPORTEDLY_GAZETTEER, where one was built before
    settings = Settings(data_dir=options.data, ledger=str(options.data / "ledger.sqlite"), gazetteer=gazetteer)
    options.data.mkdir(parents=True, exist_ok=True)
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        knowledge = _knowledge(settings, progress)
        found = list(load_reports(options.folder))
        task = progress.add_task("reading the samples", total=len(found))
        outcomes = []
        with Ledger.open(settings.ledger_url) as ledger:
            whole = Options(speech=True)
            reader = partial(read_report, knowledge=knowledge, options=whole)
            for outcome in read_into(ledger, found, reader, name=reader_name(knowledge, whole), group=1):
                outcomes.append(outcome)
                progress.advance(task)
            claims = list(ledger.claims())
    members = knowledge.gazetteer.members
    aside = [o for o in outcomes if isinstance(o, SetAside)]
    _print(console, [o for o in outcomes if isinstance(o, Outcome)], claims, members)
    show_set_aside(aside)
    _next_steps(console, settings, time.monotonic() - began)
    return 1 if aside or not claims else 0


def _knowledge(settings: Settings, progress: Progress) -> Knowledge:
    task = progress.add_task("building the gazetteer (the first time only)", total=1.0)

    def tell(_: str, share: float) -> None:
        progress.update(task, completed=share)

    knowledge = Knowledge.load(settings, progress=tell)
    progress.update(task, description="loading the language model", completed=1.0)
    load_parser()
    progress.remove_task(task)
    return knowledge


def _print(console: Console, outcomes: list[Outcome], claims: list[Claim], members: Members) -> None:
    """The claims of each report, then what the ledger makes of them together."""
    by_report: dict[str, list[Claim]] = {}
    for claim in claims:
        by_report.setdefault(claim.report_id, []).append(claim)
    for outcome in sorted(outcomes, key=lambda o: (o.report.published, o.report.id)):
        report = outcome.report
        title = report.headline or report.text.split("\n")[0][:70]
        console.print(f"\n[bold]{escape(title)}[/bold]")
        console.print(f"  [dim]{escape(report.publisher)}, {report.published:%d %B %Y}[/dim]")
        for claim in by_report.get(report.id, ()):
            for line in claim_lines(claim):
                console.print(line)
        if report.id not in by_report:
            console.print("  [dim]no claim of control stands from it[/dim]")
    parties = Counter(claim.party for claim in claims)
    console.print(
        f"\n{len(outcomes)} reports, {len(claims)} claims of {len(parties)} parties on"
        f" {len({c.place.place_id for c in claims if c.place.place_id})} places."
    )
    for line in _together(claims, members):
        console.print(line)


def _together(claims: list[Claim], members: Members) -> Iterator[str]:
    disputes = find_disputes(claims, members=members)
    if disputes:
        yield f"\n[bold]{len(disputes)} disputes[/bold], claims that cannot all hold:"
        for dispute in disputes[:12]:
            yield f"  {escape(dispute.place_name)}, {dispute.first:%d %b %Y}: {dispute.kind}, {dispute.state}"
    again = find_redeclarations(claims, members=members)
    if again:
        yield f"\n[bold]{len(again)} re-declarations[/bold], announced as new what was announced before:"
        for one in again[:12]:
            yield f"  {escape(one.place_name)} by {escape(one.party)}: {escape(one.reason)}"


def _next_steps(console: Console, settings: Settings, seconds: float) -> None:
    data = settings.data_dir
    shown = data.relative_to(Path.cwd()) if data.is_absolute() and data.is_relative_to(Path.cwd()) else data
    console.print(f"\nRead in {seconds:.0f} seconds into {shown}/ledger.sqlite. Go on with:\n")
    console.print(f"  export REPORTEDLY_DATA={shown} PATH=.venv/bin:$PATH", soft_wrap=True)
    console.print("  reportedly serve                      the map, on http://127.0.0.1:8737")
    console.print('  reportedly status "Luhansk region"    who is said to hold it, and why')
    console.print("  reportedly disputes                   all claims that cannot all hold")
    console.print("  reportedly read FILE|FOLDER|ADDRESS   more reports")


if __name__ == "__main__":
    sys.exit(main())

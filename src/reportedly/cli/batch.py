"""`reportedly batch` and `reportedly watch`: archives on all cores or a cluster; feeds, politely, for good."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportedly.cli.read import reader_for, settings_with
from reportedly.errors import InputError

if TYPE_CHECKING:
    from reportedly.batch.run import Summary, Tell

__all__ = ["COMMANDS"]

SOME_SET_ASIDE = 5


@click.command("batch")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the results; all workers must see it."
)
@click.option("--ledger", metavar="PATH|URL", help="Ledger to append to; without --out the results go beside it.")
@click.option(
    "--engine",
    type=click.Choice(["local", "daft", "ray"]),
    default="local",
    show_default=True,
    help="What runs the work.",
)
@click.option("--address", metavar="HOST:PORT", help="Ray cluster to use; without it one is started on this machine.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes; one a core unless named.")
@click.option(
    "--lang",
    "langs",
    multiple=True,
    default=("en",),
    show_default=True,
    metavar="CODE",
    help="Languages to read; 'any' for all.",
)
@click.option("--publisher", metavar="NAME", help="Publisher of reports that do not name theirs.")
@click.option("--published", metavar="DATE", help="Date of reports that state none.")
@click.option(
    "--extractor", type=click.Choice(["trafilatura", "resiliparse"]), help="Main text of pages; by form unless named."
)
@click.option("--keep-duplicates", is_flag=True, help="Read reports that repeat another as well.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def batch(
    inputs: tuple[str, ...], out: Path | None, ledger: str | None, engine: Any, address: str | None, workers: int | None,
    langs: tuple[str, ...], publisher: str | None, published: str | None, extractor: str | None, keep_duplicates: bool, as_json: bool,
) -> None:  # fmt: skip
    """Read archives of reports on many cores or a cluster.

    INPUT is a file or folder of JSON Lines, Parquet, WARC or pages, an object store address (s3://, gs://), or a list of
    archives (warc.paths.gz). What was done before is not done again; kept are the reports in which something was found.
    The exit code is 5 where some inputs or reports were set aside: OUT/set-aside.jsonl says which and why.
    """
    import os

    from reportedly.batch.run import run_batch
    from reportedly.batch.units import Options
    from reportedly.knowledge import Knowledge
    from reportedly.read.options import reader_name

    if out is None and ledger is None:
        raise InputError("Say where the results go: --out FOLDER, --ledger PATH|URL, or both.")
    settings = settings_with(ledger)
    where = out or settings.data_dir / "batch"
    if isinstance(extractor, str) and extractor not in ("trafilatura", "resiliparse"):
        raise InputError("--extractor must be trafilatura or resiliparse.")
    options = Options(
        publisher=publisher, published=published, langs=() if "any" in langs else langs, extractor=extractor, duplicates=not keep_duplicates
    )  # fmt: skip
    with _progress() as tell:
        tell("loading the gazetteer", 0, 0, 0)
        name = reader_name(Knowledge.load(settings))  # builds what must be built once, before many workers would
        summary = run_batch(
            inputs, out=where, settings=settings, options=options, engine=engine, workers=workers or os.cpu_count() or 1, address=address,
            ledger=settings.ledger_url if ledger else None, reader=name, tell=tell,
        )  # fmt: skip
    click.echo(json.dumps(asdict(summary))) if as_json else _show(summary)
    if summary.set_aside:
        sys.exit(SOME_SET_ASIDE)


@contextmanager
def _progress() -> Iterator[Tell]:
    """Progress on standard error: stage, share, reports a second, expected end."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None, rate="")
        began = {"": time.monotonic()}

        def tell(stage: str, done: int, total: int, reports: int) -> None:
            if stage not in began:
                began[stage] = time.monotonic()
                bar.reset(task, total=total or None)
            seconds = time.monotonic() - began[stage]
            rate = f"{reports:,} reports, {reports / seconds:,.0f}/s" if reports and seconds > 0.5 else ""
            bar.update(task, description=stage, completed=done, total=total or None, rate=rate)

        yield tell


def _show(summary: Summary) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Batch", show_header=False)
    for name, number in summary.counts.items():
        table.add_row(name, f"{number:,}")
    table.add_row("duplicates left out", f"{summary.duplicates:,}")
    table.add_row("parts done before", f"{summary.skipped:,} of {summary.units + summary.chunks:,}")
    if summary.appended != (0, 0):
        table.add_row("new in the ledger", f"{summary.appended[0]:,} reports, {summary.appended[1]:,} readings")
    console = Console()
    console.print(table)
    console.print(f"Results: {summary.out}", soft_wrap=True, highlight=False)
    if summary.set_aside:
        console.print(
            f"Set aside: {summary.set_aside:,}, with reasons in {summary.out}/set-aside.jsonl",
            soft_wrap=True,
            highlight=False,
        )


@click.command("watch")
@click.argument("feeds", nargs=-1, metavar="FEED...")
@click.option(
    "--feeds-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="File with one feed address a line.",
)
@click.option(
    "--every",
    type=click.FloatRange(min=60),
    default=900.0,
    show_default=True,
    metavar="SECONDS",
    help="Between two looks at a feed.",
)
@click.option(
    "--articles/--no-articles", default=False, help="Also fetch the page of each new entry, where robots.txt permits."
)
@click.option("--once", is_flag=True, help="Look at each feed that is due and end.")
@click.option("--publisher", metavar="NAME", help="Publisher, instead of the feed's own title.")
@click.option("--ledger", metavar="PATH|URL", help="Ledger to append to, instead of your own.")
@click.option("--state", type=click.Path(path_type=Path, dir_okay=False), help="Where it is kept what was seen.")
@click.option("--allow-private", is_flag=True, help="Permit addresses on this machine and in private networks.")
@click.option(
    "--front", is_flag=True, help="Tell namesakes apart by what the ledger held of the front before each report's day."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each look.")
def watch(
    feeds: tuple[str, ...], feeds_file: Path | None, every: float, articles: bool, once: bool, publisher: str | None, ledger: str | None,
    state: Path | None, allow_private: bool, front: bool, as_json: bool,
) -> None:  # fmt: skip
    """Follow RSS and Atom feeds politely and read what is new in them.

    Asks only for what changed, obeys robots.txt, waits between two requests to a host and longer after errors. What was
    seen is kept, so that a restart neither repeats nor skips; how many reports of which day were read is noted in the ledger.
    """
    from reportedly.batch import Outcome, read_into
    from reportedly.ingest import SetAside
    from reportedly.ingest.watch import Looked, Watcher
    from reportedly.knowledge import Knowledge
    from reportedly.ledger import Ledger
    from reportedly.read.reader import Options, reader_name

    addresses = [*feeds, *_listed(feeds_file)]
    if not addresses:
        raise InputError("Name at least one feed, or a file of them with --feeds-file.")
    settings = settings_with(ledger)
    knowledge = Knowledge.load(settings)
    watcher = Watcher(
        addresses, state=state or settings.data_dir / "watch.json", every=every, articles=articles, publisher=publisher,
        allow_private=allow_private,
    )  # fmt: skip

    whole = Options(speech=True)

    def tell(looked: Looked) -> None:
        with Ledger.open(settings.ledger_url) as book:
            done = list(
                read_into(
                    book,
                    looked.found,
                    reader_for(book, knowledge, whole, front=front),
                    name=reader_name(knowledge, whole, front=front),
                )
            )
            for source, day, number in looked.coverage():
                book.append_coverage(source, day, number, note=f"watch {looked.feed}")
        claims = sum(len(o.reading.claims) for o in done if isinstance(o, Outcome) and o.reading)
        aside = [o.reason for o in done if isinstance(o, SetAside)]
        new = len(done) - len(aside)
        if as_json:
            row = {"feed": looked.feed, "new": new, "claims": claims, "set_aside": aside, "note": looked.note}
            click.echo(json.dumps(row, ensure_ascii=False))
        elif done or looked.note:
            click.echo(f"{looked.feed}: {new} new, {claims} claims" + (f" ({looked.note})" if looked.note else ""))
            for reason in aside:
                click.echo(f"  set aside: {reason}", err=True)

    try:
        watcher.run(tell, once=once)
    except KeyboardInterrupt:
        click.echo("Stopped; what was seen is kept.", err=True)


def _listed(path: Path | None) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path else []
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


COMMANDS = (batch, watch)

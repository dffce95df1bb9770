"""Keeping the ledger: verify, backup, restore."""

from __future__ import annotations

from pathlib import Path

import click

from reportedly.errors import InputError

__all__ = ["COMMANDS"]

LEDGER = click.option("--ledger", metavar="PATH|URL", help="Ledger to work on, instead of your own.")


@click.command("verify")
@LEDGER
@click.option(
    "--stamp-request",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a timestamp query (RFC 3161) for the head to this file.",
)
@click.option(
    "--stamp-answer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An authority's answer to check: of the head, or of one that the ledger had before.",
)
@click.option(
    "--stamp-roots",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Certificates (PEM) that you trust, to check the answer's signature against.",
)
def verify(ledger: str | None, stamp_request: Path | None, stamp_answer: Path | None, stamp_roots: Path | None) -> None:
    """Find changed or missing rows by the hash chain over readings, and print its head.

    Keep the head elsewhere (or let an authority stamp it): what was cut off the end cannot be told from the ledger alone.
    """
    from reportedly.cli.read import settings_with
    from reportedly.ledger import Ledger, stamps

    with Ledger.open(settings_with(ledger).ledger_url, create=False) as book:
        readings = book.verify()
        head, heads = book.head(), book.heads() if stamp_answer else ()
    click.echo(f"{readings:,} readings, none changed or missing. Head: {head}")
    if stamp_request:
        stamp_request.write_bytes(stamps.request(head))
        click.echo(
            f"Wrote {stamp_request}: send it to a timestamp authority as application/timestamp-query and keep the answer."
        )
    if stamp_answer:
        stamp = stamps.check(heads, stamp_answer.read_bytes(), roots=stamp_roots.read_bytes() if stamp_roots else None)
        number = heads.index(stamp.head) + 1
        signature = "its signature holds" if stamp.signed else "its signature was not checked: give --stamp-roots"
        click.echo(f"Readings 1 to {number:,} were there at {stamp.moment:%Y-%m-%d %H:%M:%S} UTC ({signature}).")


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@LEDGER
def backup(file: Path, ledger: str | None) -> None:
    """Write the whole ledger to FILE, from SQLite or PostgreSQL, as it is at this moment."""
    from reportedly.cli.read import settings_with
    from reportedly.ledger import Ledger
    from reportedly.ledger.backup import backup as write

    if not file.parent.is_dir():
        raise InputError(f"The folder {file.parent} is not there: make it first.")
    with Ledger.open(settings_with(ledger).ledger_url, create=False) as book:
        rows = write(book, file)
    click.echo(f"Wrote {rows:,} rows to {file}.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@LEDGER
def restore(file: Path, ledger: str | None) -> None:
    """Fill a new, empty ledger from FILE, in SQLite or PostgreSQL; nothing is kept where the hash chain does not hold."""
    from reportedly.cli.read import settings_with
    from reportedly.ledger import Ledger
    from reportedly.ledger.backup import restore as fill

    settings = settings_with(ledger)
    with Ledger.open(settings.ledger_url) as book:
        rows = fill(book, file)
    click.echo(f"Restored {rows:,} rows into {settings.ledger_url}; the hash chain holds.")


COMMANDS = (verify, backup, restore)

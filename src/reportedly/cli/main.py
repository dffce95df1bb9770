"""The command group: gathers the families and turns our errors into sentences and exit codes."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from reportedly.errors import InputError, LedgerError, NotFound, ReportedlyError

__all__ = ["main"]

FAMILIES = {
    "read": ("read",),
    "ask": ("status", "timeline", "disputes", "why", "claims", "export", "sources"),
    "ledger": ("verify", "backup", "restore"),
    "gazetteer": ("gazetteer",),
    "check": ("check", "record", "layer", "baseline"),
    "serve": ("serve", "token"),
    "batch": ("batch", "watch"),
}
"""Which module of reportedly.cli holds which commands: modules are imported only when their command is called."""

EXIT_CODES = ((InputError, 2), (NotFound, 3), (LedgerError, 4), (ReportedlyError, 1))
"""Exit codes by error, first match: 0 done, 1 other, 2 bad input, 3 not found, 4 ledger; 5 done, but some were set aside."""


class Families(click.Group):
    """A group that imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All commands, in the order of FAMILIES."""
        return [name for names in FAMILIES.values() for name in names]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the module that has the command."""
        for module, names in FAMILIES.items():
            if name in names:
                commands: tuple[click.Command, ...] = importlib.import_module(f"reportedly.cli.{module}").COMMANDS
                return next((c for c in commands if c.name == name), None)
        return None


@click.command(cls=Families, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="reportedly")
def group() -> None:
    """Keep a ledger of who said who holds what, read from reports.

    Exit codes: 0 done; 1 failed; 2 bad input or usage; 3 nothing of that name; 4 ledger trouble; 5 done, some reports set aside.
    """


def main(argv: list[str] | None = None) -> Any:
    """Run the command line; our own errors become one sentence on standard error."""
    try:
        return group.main(args=argv, standalone_mode=True)
    except ReportedlyError as error:
        click.echo(f"reportedly: {error}", err=True)
        sys.exit(next(code for kind, code in EXIT_CODES if isinstance(error, kind)))
    except OSError as error:  # a file or folder of the operator's: a full disk, one that may not be written
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"reportedly: {where}{error.strerror or error}.", err=True)
        sys.exit(1)

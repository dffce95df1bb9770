"""`reportedly serve` and `reportedly token`: the page and the API on this machine, and who may write there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

__all__ = ["COMMANDS"]


def _settings(ledger: str | None) -> Any:
    """The operator's settings, with the ledger named on the command line."""
    from reportedly.settings import Settings

    settings = Settings.from_environment()
    return replace(settings, ledger=ledger) if ledger else settings


def _tokens_path(settings: Any) -> Path:
    """Where tokens are kept: beside the data, never in the ledger."""
    path: Path = settings.data_dir / "tokens.sqlite"
    return path


@click.command("serve")
@click.option(
    "--ledger", metavar="PATH|URL", help="The ledger to show (default: REPORTEDLY_LEDGER or the data folder's)."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; keep it local behind a proxy."
)
@click.option(
    "--port", default=8737, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes any free one."
)
@click.option("--private", is_flag=True, help="Reading needs a token too.")
@click.option(
    "--tiles", metavar="URL", help="Raster tiles of a map server ({z}/{x}/{y}); off by default: nothing leaves here."
)
@click.option(
    "--policy", default="last claim wins", show_default=True, help="Policy to show unless the reader picks another."
)
def serve(ledger: str | None, host: str, port: int, private: bool, tiles: str | None, policy: str) -> None:
    """Show the ledger: map, places, claims, disputes, review desk and API."""
    from reportedly.knowledge.build import ensure_gazetteer
    from reportedly.knowledge.gazetteer import Gazetteer
    from reportedly.ledger import Ledger
    from reportedly.publish.auth import Tokens
    from reportedly.publish.server import create_app, run

    settings = _settings(ledger)
    opened = Ledger.open(settings.ledger_url, create=False)
    gazetteer = Gazetteer.open(ensure_gazetteer(settings, _progress))
    tokens = Tokens(_tokens_path(settings))
    app = create_app(
        opened,
        gazetteer,
        tokens=tokens,
        private=private,
        cache=settings.data_dir / "derived",
        layers=settings.data_dir / "layers.sqlite",
        online_tiles=tiles,
        policy=policy,
    )
    click.echo(f"Reading the ledger {settings.ledger_url} ...", err=True)
    views = app.state.views
    snapshot = views.snapshot()
    click.echo(f"{len(snapshot.table):,} claims in {len(snapshot.reports):,} reports. Deriving the map ...", err=True)
    shown = [0.0]

    def progress(share: float) -> None:
        if share - shown[0] >= 0.1:
            shown[0] = share
            _progress("map", share)

    views.history(policy, progress=progress)

    def started(bound: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"Open http://{shown}:{bound}/ in a browser. Ctrl-C ends it.")

    run(app, host=host, port=port, started=started)


def _progress(what: str, share: float) -> None:
    click.echo(f"  {what}: {share:.0%}", err=True)


@click.group("token")
def token() -> None:
    """Who may write at the review desk and by the API."""


@token.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(["reader", "reviewer", "admin"]), default="reviewer", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def token_add(name: str, role: str, as_json: bool) -> None:
    """Make a token for a named person; it is shown once."""
    from reportedly.publish.auth import Tokens

    made = Tokens(_tokens_path(_settings(None))).add(name, role)
    if as_json:
        click.echo(json.dumps({"name": name, "role": role, "token": made}))
        return
    click.echo(f"Token of {name} ({role}), shown this once:\n{made}\nSign in with it at /login.")


@token.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def token_list(as_json: bool) -> None:
    """List tokens: never the tokens themselves."""
    from reportedly.publish.auth import Tokens

    rows = Tokens(_tokens_path(_settings(None))).rows()
    if as_json:
        fields = ("id", "name", "role", "created", "revoked")
        click.echo(json.dumps([{f: getattr(r, f) for f in fields} for r in rows]))
        return
    for row in rows:
        click.echo(
            f"{row.id}  {row.role:<8}  {row.created[:10]}  {'revoked ' + row.revoked[:10] if row.revoked else 'in use':<18}  {row.name}"
        )
    if not rows:
        click.echo("There are no tokens yet: reportedly token add NAME")


@token.command("revoke")
@click.argument("token_id")
def token_revoke(token_id: str) -> None:
    """End a token and its sessions at once."""
    from reportedly.publish.auth import Tokens

    Tokens(_tokens_path(_settings(None))).revoke(token_id)
    click.echo(f"Token {token_id} is revoked.")


COMMANDS = (serve, token)

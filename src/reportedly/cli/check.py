"""Comparison with reference layers: check, record, layer, baseline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportedly.cli.question import Day
from reportedly.cli.show import people, say_json
from reportedly.errors import LayerError, NotFound, QueryError

if TYPE_CHECKING:
    from reportedly.compare.check import Comparison
    from reportedly.compare.layers import Layers

__all__ = ["COMMANDS"]

CHAPTER = "Agreement with a layer is not truth: layers are other people's maps, and none of them is the ground."


def open_layers() -> Layers:
    """The operator's file of layers."""
    from reportedly.compare.layers import Layers
    from reportedly.settings import Settings

    return Layers(Settings.from_environment().data_dir / "layers.sqlite")


@click.command("check")
@click.argument("what", metavar="CLAIM|PLACE|REGION")
@click.option("--on", "day", type=Day(), help="For which day (default: a claim's own; else each layer's last).")
@click.option("--party", default="RU", show_default=True, metavar="ID", help="Who is said to hold it.")
@click.option("--percent", type=click.FloatRange(0, 100), help="The share of a region that is claimed.")
@click.option("--layer", "only", multiple=True, metavar="ID", help="Ask only this layer; may be given again.")
@click.option("--ledger", metavar="PATH|URL", help="Ledger to look claims up in, instead of your own.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
def check(
    what: str, day: dt.date | None, party: str, percent: float | None, only: tuple[str, ...], ledger: str | None, as_json: bool
) -> None:  # fmt: skip
    """Compare a claim (its id), a place or a region with each reference layer.

    For a settlement: whether the layer has it so on that day, and how many days before or after the layer's own change that
    is. For a region: the share of its area, in an equal-area projection, and the settlements outside.
    """
    from reportedly.cli.places import choose_place, open_gazetteer
    from reportedly.cli.read import settings_with
    from reportedly.compare.check import check_claim, check_place, check_region
    from reportedly.compare.files import party_of
    from reportedly.ledger import Ledger

    gazetteer = open_gazetteer()
    with open_layers() as layers, Ledger.open(settings_with(ledger).ledger_url) as book:
        wanted = [layers.get(i) for i in only] or [x for x in layers.all() if x.kind in ("table", "polygons")]
        if not wanted:
            raise NotFound(
                "There is no layer to compare with yet: `reportedly layer import --help` tells how to bring one."
            )
        found: list[Comparison] = []
        if what.startswith("clm-"):
            found = check_claim(layers, gazetteer, book.claim(what), only=only)
        else:
            place, party = choose_place(what, gazetteer, book), party_of(party) or party
            for layer in wanted:
                on = day or layer.last
                if on is None:
                    continue
                if place.kind == "settlement":
                    if percent is not None:
                        raise QueryError(f"{place.name} is a settlement; --percent is for regions.")
                    found += check_place(layers, place, party, on, only=(layer.id,))
                else:
                    found += check_region(layers, gazetteer, place, party, on, percent=percent, only=(layer.id,))
    if as_json:
        say_json(found)
        return
    _show(found)


def _show(found: Sequence[Comparison]) -> None:
    """Comparisons for people."""
    from rich.markup import escape

    console = people()
    if not found:
        console.print("No layer says anything of it for that day.")
    for item in found:
        console.print(f"[bold]{escape(item.layer.id)}[/bold]  {escape(item.sentence)}", highlight=False)
        if item.outside and item.place_name:
            for town in item.outside[:20]:
                console.print(
                    f"    {escape(town.name)}  {escape(town.code)}  {town.lat:.4f}, {town.lon:.4f}", highlight=False
                )
        if item.outline or item.register:
            basis = [f"outline: {item.outline}"] if item.outline else []
            basis += [f"settlements: {item.register}"] if item.register else []
            console.print(f"    [dim]{escape('; '.join(basis))}[/dim]", highlight=False)
        console.print(f"    [dim]{escape(f'{item.layer.licence}; {item.layer.source}')}[/dim]", highlight=False)
    console.print(f"[dim]{CHAPTER}[/dim]")


@click.command("record")
@click.argument("source")
@click.option("--layer", "only", multiple=True, metavar="ID", help="Only against this layer; may be given again.")
@click.option("--within", "window", type=click.IntRange(1, 365), default=30, show_default=True, help="Days either way.")
@click.option("--ledger", metavar="PATH|URL", help="Ledger to ask, instead of your own.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
def record(source: str, only: tuple[str, ...], window: int, ledger: str | None, as_json: bool) -> None:
    """How often, and how early or late, a SOURCE's claims were followed by each table layer: counts, intervals, chance.

    SOURCE is an id or a name as `reportedly sources` lists them, or a publisher (its own voice).
    """
    from reportedly.cli.read import settings_with
    from reportedly.compare.record import record_of, sources_in
    from reportedly.ledger import Ledger

    with open_layers() as layers, Ledger.open(settings_with(ledger).ledger_url) as book:
        wanted = [x for x in ([layers.get(i) for i in only] or layers.all()) if x.kind == "table"]
        if not wanted:
            raise NotFound("A record needs a table layer: `reportedly layer import --form table` brings one.")
        claims = book.claims()
        found = [record_of(layers, layer, source, claims, window=window) for layer in wanted]
        if all(r.claims + r.unknown_places == 0 for r in found):
            known = ", ".join(list(sources_in(claims))[:8])
            raise NotFound(
                f"No claim of {source!r} names a whole settlement. Sources of this ledger: {known or 'none'}."
            )
    if as_json:
        say_json(found)
        return
    from rich.markup import escape

    console = people()
    for item in found:
        console.print(f"[bold]{escape(item.layer.id)}[/bold]  {escape(item.sentence)}", highlight=False)
        console.print(
            f"    [dim]already so {item.already}, never {item.never}; for its own side {item.own_side}, against it "
            f"{item.other_side}; places that the layer does not know {item.unknown_places}[/dim]", highlight=False,
        )  # fmt: skip
    console.print(f"[dim]{CHAPTER}[/dim]")


@click.group("layer")
def layer() -> None:
    """Reference layers: other people's maps and tables, each with its licence and where it is from."""


@layer.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--form", required=True, metavar="FORM", help="polygons, table, viina, official, towns, boundaries, settlements."
)
@click.option("--id", "layer_id", required=True, metavar="ID", help="Short id, as in deepstate-2025-07-03.")
@click.option("--name", metavar="NAME", help="Name as people know it (default: the id).")
@click.option("--licence", required=True, metavar="TEXT", help="On what terms it may be used.")
@click.option("--source", required=True, metavar="TEXT", help="Whose work it is and where it was taken from.")
@click.option("--party", metavar="ID", help="Whose the areas are, where the file does not say.")
@click.option("--date", "day", type=Day(), help="For which day, where neither the file nor its name says.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
def import_(
    path: Path, form: str, layer_id: str, name: str | None, licence: str, source: str, party: str | None,
    day: dt.date | None, as_json: bool,
) -> None:  # fmt: skip
    """Bring a file as a layer. Forms: GeoJSON or GeoPackage polygons; CSV or JSON tables; boundaries; a register.

    Files that show units, equipment or positions are refused. A layer of the same id is replaced.
    """
    from reportedly.cli.places import open_gazetteer
    from reportedly.compare.imports import read_layer

    found, content = read_layer(
        path,
        form,
        open_gazetteer(),
        layer_id=layer_id,
        name=name or layer_id,
        licence=licence,
        source=source,
        party=party,
        day=day,
    )
    with open_layers() as layers:
        kept = layers.add(found, content)
    if as_json:
        say_json(kept)
        return
    span = f", {kept.first} to {kept.last}" if kept.first else ""
    people().print(f"{kept.id}: {kept.note}{span}.", highlight=False, markup=False)


@layer.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
def list_(as_json: bool) -> None:
    """Every layer with its days, licence and source."""
    from rich.table import Table

    with open_layers() as layers:
        found = layers.all()
    if as_json:
        say_json(found)
        return
    if not found:
        people().print("No layers yet.")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "kind", "days", "rows", "licence, source"):
        table.add_column(heading, overflow="fold")
    for item in found:
        days = f"{item.first} to {item.last}" if item.first and item.first != item.last else str(item.first or "")
        table.add_row(item.id, item.kind, days, f"{item.rows:,}", f"{item.licence}; {item.source}")
    people().print(table, markup=False)


@click.command("baseline")
@click.argument("layer_id", required=False, metavar="[LAYER]")
@click.option("--on", "day", type=Day(), help="The layer's state on which day.")
@click.option("--clear", is_flag=True, help="Start from nothing again.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
def baseline(layer_id: str | None, day: dt.date | None, clear: bool, as_json: bool) -> None:
    """Show or set what the model starts from: a table LAYER's state on a day, shown as such."""
    with open_layers() as layers:
        if clear:
            layers.clear_baseline()
        elif layer_id is not None:
            if day is None:
                raise LayerError(f"Which day's state of {layer_id!r}? Give --on YYYY-MM-DD.")
            layers.set_baseline(layer_id, day)
        now = layers.baseline()
        held = layers.state(now[0].id, now[1]) if now else {}
    counts: dict[str, int] = {}
    for party in held.values():
        counts[party or "nobody"] = counts.get(party or "nobody", 0) + 1
    if as_json:
        say_json({"layer": now[0] if now else None, "day": now[1] if now else None, "places": counts})
        return
    if now is None:
        people().print("The model starts from nothing: every place is its own country's until somebody says otherwise.")
    else:
        places = ", ".join(f"{party} {number:,}" for party, number in sorted(counts.items()))
        people().print(
            f"The model starts as {now[0].name} had it on {now[1]} ({places}). {now[0].licence}.",
            highlight=False,
            markup=False,
        )


COMMANDS = (check, record, layer, baseline)

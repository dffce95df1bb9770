"""`reportedly gazetteer`: what is in it, from where; add a country or a table; look a name up."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportedly.errors import GazetteerError, InputError, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.knowledge.gazetteer import Gazetteer

__all__ = ["COMMANDS", "download"]

PIECE = 8 << 20
LARGEST = 600 << 20
DUMPS = "https://download.geonames.org/export/dump/{code}.zip"


@contextmanager
def shown_progress() -> Iterator[Callable[[str, float], None]]:
    """A progress bar on standard error for the steps of a build."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description:<22}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task("gazetteer", total=1.0)
        yield lambda what, share: bar.update(task, description=what, completed=share)


def gazetteer_file() -> Path:
    """Path of the operator's gazetteer."""
    from reportedly.settings import Settings

    return Settings.from_environment().gazetteer_path


def opened() -> Gazetteer:
    """The operator's gazetteer, built on first use."""
    from reportedly.knowledge.build import ensure_gazetteer
    from reportedly.knowledge.gazetteer import Gazetteer
    from reportedly.settings import Settings

    with shown_progress() as progress:
        return Gazetteer.open(ensure_gazetteer(Settings.from_environment(), progress))


def download(code: str, folder: Path, progress: Callable[[str, float], None]) -> Path:
    """Fetch a GeoNames country dump in pieces; what was fetched before an interruption is kept and continued."""
    from reportedly.ingest.fetch import Bounds, fetch

    url = DUMPS.format(code=code)
    folder.mkdir(parents=True, exist_ok=True)
    whole, part, mark = folder / f"{code}.zip", folder / f"{code}.zip.part", folder / f"{code}.zip.etag"
    bounds = Bounds(
        size=LARGEST,
        seconds=600,
        content_types=("application/zip", "application/octet-stream", "application/x-zip-compressed"),
    )
    while True:
        have = part.stat().st_size if part.exists() else 0
        headers = {"Range": f"bytes={have}-{have + PIECE - 1}"}
        if have and mark.exists():
            headers["If-Range"] = mark.read_text(encoding="utf-8")
        answer = fetch(url, headers=headers, bounds=bounds)
        if answer.status != 206:  # the server sends the whole, or the file has changed since
            part.write_bytes(answer.body)
            break
        total = int(answer.headers.get("content-range", "/0").rpartition("/")[2] or 0)
        mark.write_text(answer.headers.get("etag", ""), encoding="utf-8")
        with part.open("ab") as f:
            f.write(answer.body)
        progress(f"fetching {code}", 0.2 * (have + len(answer.body)) / max(total, 1))
        if not answer.body or have + len(answer.body) >= total:
            break
    part.replace(whole)
    mark.unlink(missing_ok=True)
    return whole


@click.group("gazetteer")
def gazetteer() -> None:
    """The places that names are resolved to: see what is in it, add countries and tables, look names up."""


@gazetteer.command("build")
def build() -> None:
    """Build the gazetteer anew from the packages and from all that was added."""
    from reportedly.knowledge.build import build_gazetteer, stored_sources

    path = gazetteer_file()
    with shown_progress() as progress:
        build_gazetteer(path, progress, added=stored_sources(path))
    click.echo(f"Built {path}.")


@gazetteer.command("add")
@click.argument("code", metavar="CC")
@click.option(
    "--from", "file", type=click.Path(path_type=Path), help="A dump already on this machine (.txt, .gz or .zip)."
)
def add(code: str, file: Path | None) -> None:
    """Add a GeoNames country dump: every village of the country CC (ISO 3166-1, for example UA).

    Without --from the dump is fetched from download.geonames.org; an interrupted fetch is continued.
    """
    from reportedly.knowledge.build import add_country

    path, code = gazetteer_file(), code.upper()
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise GazetteerError(f"{code!r} is no country code: give two letters (ISO 3166-1), for example UA.")
    with shown_progress() as progress:
        rows = add_country(path, code, file or download(code, path.parent / "downloads", progress), progress)
    click.echo(f"{rows:,} places and regions of {code} are in {path}.")


@gazetteer.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "pairs",
    multiple=True,
    required=True,
    metavar="OURS=THEIRS",
    help="A column: name=NAME, lat=Y, lon=X, names=A|B, ...",
)
@click.option("--name", required=True, help="What to call the source.")
@click.option("--licence", required=True, help="Under which licence the file may be used.")
@click.option("--url", default="", help="Where the file comes from.")
@click.option("--country", default="", metavar="CC", help="Country of all rows, where no column says so.")
@click.option("--as-of", default=None, help="For when the data holds; else the date of the file.")
def import_(
    file: Path, pairs: tuple[str, ...], name: str, licence: str, url: str, country: str, as_of: str | None
) -> None:
    """Add places from a CSV, TSV or GeoJSON file by a column mapping."""
    from reportedly.knowledge.build import import_table

    columns = {}
    for pair in pairs:
        ours, eq, theirs = pair.partition("=")
        if not eq or not ours or not theirs:
            raise InputError(
                f"--map {pair!r} is no mapping: write our field, =, your column, for example --map lat=LATITUDE."
            )
        columns[ours] = theirs
    path = gazetteer_file()
    with shown_progress() as progress:
        rows = import_table(
            path, file, columns, name=name, licence=licence, url=url, country=country, as_of=as_of, progress=progress
        )
    click.echo(f"{rows:,} places of {name} are in {path}.")


@gazetteer.command("status")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def status(*, as_json: bool) -> None:
    """What is in the gazetteer, from where, under which licence, as of when."""
    book = opened()
    sources = book.sources()
    if as_json:
        click.echo(json.dumps({"path": str(book.path), **book.meta, "sources": sources}, ensure_ascii=False, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{int(book.meta['places']):,} places in {book.path}")
    for column in ("source", "rows", "as of", "licence"):
        table.add_column(column, justify="right" if column == "rows" else "left", overflow="fold")
    for s in sources:
        table.add_row(s["name"], f"{s['rows']:,}", s["as_of"] or "", f"{s['licence']} {s['url'] or ''}")
    Console(emoji=False).print(table, markup=False)


@gazetteer.command("find")
@click.argument("name")
@click.option("--limit", default=10, show_default=True, help="Candidates to show.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def find(name: str, *, limit: int, as_json: bool) -> None:
    """Every place a name may stand for, the best spelling first."""
    book = opened()
    matches = book.find(name)
    if not matches:
        raise NotFound(f"No place is called {name!r}, not even under another spelling.")
    if as_json:
        click.echo(json.dumps([as_dict(book, m) for m in matches[:limit]], ensure_ascii=False, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(
        title=f"{len(matches):,} {'candidate' if len(matches) == 1 else 'candidates'} for {name}",
        caption=None if len(matches) <= limit else f"the first {limit}",
    )
    for column in ("id", "name", "where", "people", "spelling"):
        table.add_column(column, justify="right" if column in ("id", "people") else "left")
    for m in matches[:limit]:
        p = m.place
        place = ", ".join(v for v in (p.admin2_name, p.admin1_name, p.country) if v)
        table.add_row(
            str(p.id),
            p.name,
            place if p.kind == "settlement" else f"{p.kind}, {p.country}",
            f"{p.population:,}" if p.population else "",
            m.tier,
        )
    Console(emoji=False).print(table, markup=False)


def as_dict(book: Gazetteer, match: Any) -> dict[str, Any]:
    """A candidate with all its names, as plain JSON types."""
    from reportedly.model import jsonable

    return {**jsonable(match.place), "tier": match.tier, "names": [jsonable(n) for n in book.names(match.place.id)]}


COMMANDS = (gazetteer,)

"""Claims as data frames and as tables in notebooks. pandas and geopandas are needed only here and only when asked for."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from reportedly.errors import InputError, ReportedlyError
from reportedly.model import Claim, Place
from reportedly.publish.rows import COLUMNS, claim_row
from reportedly.publish.wording import Lexicon, count

__all__ = ["claims_html", "to_geopandas", "to_pandas"]

SHOWN = 20
DTYPES = {"text": "string", "int": "Int64", "float": "Float64"}


def _gazetteer(given: Any) -> Any:
    """The gazetteer given, else the operator's where it is built already, else None."""
    if given is not None:
        return given
    from reportedly.knowledge.gazetteer import Gazetteer
    from reportedly.settings import Settings

    path = Settings.from_environment().gazetteer_path
    return Gazetteer.open(path) if path.exists() else None


def _needed(name: str) -> Any:
    """An optional library; raises ReportedlyError with what to do."""
    import importlib

    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise ReportedlyError(f"This needs {name}: pip install 'reportedly[notebook]'.") from None


def to_pandas(claims: Sequence[Claim], gazetteer: Any = None) -> Any:
    """One row a claim with the columns of the CSV export, dates as text, numbers nullable."""
    pandas = _needed("pandas")
    known = _gazetteer(gazetteer)

    def place(place_id: int) -> Place | None:
        found: Place | None = known.place(place_id) if known is not None else None
        return found

    rows = [claim_row(claim, place=place) for claim in claims]
    return pandas.DataFrame({c.name: pandas.array([r[c.name] for r in rows], dtype=DTYPES[c.kind]) for c in COLUMNS})


def to_geopandas(claims: Sequence[Claim], gazetteer: Any = None) -> Any:
    """As to_pandas, with points in EPSG:4326; raises InputError where no gazetteer is there to take coordinates from."""
    geopandas, shapely = _needed("geopandas"), _needed("shapely")
    known = _gazetteer(gazetteer)
    if known is None:
        raise InputError("Coordinates come from the gazetteer, and none is built: run `reportedly gazetteer build`.")
    frame = to_pandas(claims, known)
    spots = zip(frame["longitude"].tolist(), frame["latitude"].tolist(), strict=True)
    points = [shapely.Point(x, y) if isinstance(x, float) and isinstance(y, float) else None for x, y in spots]
    return geopandas.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")


def claims_html(claims: Sequence[Claim], lexicon: Lexicon | None = None) -> str:
    """A table of the first claims, everything escaped."""
    words = lexicon or Lexicon()
    head = "".join(f"<th>{h}</th>" for h in ("Published", "Claim", "Speaker ← publisher", "Words"))
    lines = []
    for claim in claims[:SHOWN]:
        cells = (claim.published.date().isoformat(), words.what(claim), " ← ".join(words.chain(claim)), claim.quote)
        lines.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>")
    more = f"; the first {SHOWN} are shown" if len(claims) > SHOWN else ""
    body = "".join(lines)
    return (
        f"<p>{count(len(claims), 'claim')}{more}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )

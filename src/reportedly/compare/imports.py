"""A file of somebody else's → a layer, by the form it has.

Forms: GeoJSON and GeoPackage (areas held, or boundaries), CSV with a date per row, VIINA's JSON, the Ukrainian list of occupied
territories with start and end dates, a JSON Lines history of a table of towns, a CSV register of settlements.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from reportedly.compare.areas import read_boundaries, read_polygons
from reportedly.compare.content import Content, Layer
from reportedly.compare.tables import read_official, read_register, read_table, read_towns, read_viina
from reportedly.errors import LayerError
from reportedly.knowledge.gazetteer import Gazetteer

__all__ = ["FORMS", "read_layer"]

FORMS: dict[str, tuple[str, Callable[..., Content]]] = {
    "polygons": ("polygons", read_polygons),
    "table": ("table", read_table),
    "viina": ("table", read_viina),
    "official": ("table", read_official),
    "towns": ("table", read_towns),
    "boundaries": ("boundaries", read_boundaries),
    "settlements": ("settlements", read_register),
}
"""Forms of files by name: the kind of layer each makes, and its reader."""


def read_layer(
    path: Path, form: str, gazetteer: Gazetteer, *, layer_id: str, name: str, licence: str, source: str,
    party: str | None = None, day: dt.date | None = None,
) -> tuple[Layer, Content]:  # fmt: skip
    """Read one file as a layer, not stored yet. Raises LayerError with file, line and what to do."""
    if form not in FORMS:
        raise LayerError(f"A form is one of {', '.join(FORMS)}, not {form!r}.")
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", layer_id):
        raise LayerError(f"A layer's id is made of small letters, digits and . _ -, not {layer_id[:40]!r}.")
    if not path.is_file():
        raise LayerError(f"There is no file {path}.")
    kind, reader = FORMS[form]
    options = {"party": party, "day": day} if form == "polygons" else {}
    content = reader(path, gazetteer, **options)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Layer(
        id=layer_id, name=name, kind=kind, licence=licence, source=source, sha256=digest, note=content.note
    ), content

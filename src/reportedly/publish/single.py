"""The single-file export: a page with map, slider and table of the claims that opens from disk, without a server or a network.

Everything is in the file: the claims as columns of short values, the land around them, one style and one script of our own.
Without JavaScript the newest claims are a table. Nothing from outside can be loaded and nothing else can run (its policy).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Any

import jinja2

from reportedly.model import Claim
from reportedly.publish.export import Context
from reportedly.publish.rows import claim_row
from reportedly.publish.table import Words, day_number

__all__ = ["single_file"]

PLAIN_ROWS = 500  # claims in the table for readers without JavaScript
SHADES = 8
MARGIN = 3.0  # degrees of land drawn around the places, at least


def _columns(claims: Sequence[Claim], context: Context) -> dict[str, Any]:
    """The claims for the script: [day, place or -1, party, what, chain, quote, link or 0, for when], strings once each."""
    words = Words()
    places: dict[int, int] = {}
    spots: list[list[Any]] = []
    rows: list[list[int]] = []
    for claim in claims:
        place = context.place(claim.place.place_id) if claim.place.place_id is not None else None
        at = -1
        if place is not None and place.lat is not None and place.lon is not None:
            if place.id not in places:
                places[place.id] = len(spots)
                spots.append([place.name, round(place.lon, 4), round(place.lat, 4), place.population])
            at = places[place.id]
        url = context.url(claim.report_id) or ""
        link = words.code(url) if url.startswith(("https://", "http://")) else 0
        when = claim_row(claim, place=context.place, url=None)["valid_edtf"] or "as reported"
        rows.append([
            day_number(claim.published.date()), at, words.code(claim.party), words.code(context.lexicon.what(claim)),
            words.code(" ← ".join(context.lexicon.chain(claim))), words.code(claim.quote), link, words.code(str(when)),
        ])  # fmt: skip
    return {"words": words.words, "places": spots, "claims": rows}


def _land(places: Sequence[Sequence[Any]]) -> dict[str, list[list[list[float]]]]:
    """Rings of land and lakes, and lines of boundaries around the places, cut off at the edge."""
    import shapely

    from reportedly.publish.api import base_file

    out: dict[str, list[list[list[float]]]] = {"land": [], "lake": [], "line": []}
    if not places:
        return out
    lon, lat = [p[1] for p in places], [p[2] for p in places]
    wide = max(
        MARGIN, min(40.0, 0.5 * max(max(lon) - min(lon), max(lat) - min(lat)))
    )  # the page may be wider than the places
    edge = shapely.box(min(lon) - wide, min(lat) - wide, max(lon) + wide, max(lat) + wide)
    for name in ("land", "boundaries"):
        for feature in json.loads(base_file(name))["features"]:
            shape = shapely.make_valid(shapely.from_geojson(json.dumps(feature["geometry"]))).intersection(edge)
            kind = feature["properties"].get("kind", "line")
            if kind == "line" and feature["properties"].get("c") == "n":
                continue
            for part in shapely.get_parts(shape):
                if part.geom_type == "Polygon":
                    rings = [part.exterior, *part.interiors]
                    out[kind] += [shapely.get_coordinates(ring).round(3).tolist() for ring in rings]
                elif part.geom_type == "LineString":
                    out["line"].append(shapely.get_coordinates(part).round(3).tolist())
    return out


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def single_file(claims: Iterable[Claim], context: Context) -> Iterator[bytes]:
    """The page as one chunk: style, script and data inside it, with a policy that lets nothing else run or load."""
    folder = files("reportedly.publish") / "web"
    many = list(claims)
    style = (folder / "static" / "style.css").read_text(encoding="utf-8")
    script = (folder / "static" / "single.js").read_text(encoding="utf-8")
    named: dict[str, int] = {}
    for claim in many:
        named[claim.party] = named.get(claim.party, 0) + 1
    order = sorted(named, key=lambda p: (-named[p], p))
    parties = {p: f"p{min(i, SHADES - 1)}" for i, p in enumerate(order)}
    data = _columns(many, context)
    data["land"] = _land(data["places"])
    data["parties"] = {p: [shade, context.lexicon.party(p)] for p, shade in parties.items()}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(folder / "templates")), autoescape=True, undefined=jinja2.StrictUndefined
    )
    plain = [(c, claim_row(c, place=context.place, url=context.url(c.report_id))) for c in many[:PLAIN_ROWS]]
    page = env.get_template("single.html").render(
        context=context, claims=plain, total=len(many), style=style, script=script, style_hash=_hash(style),
        script_hash=_hash(script), data=text, parties=parties,
    )  # fmt: skip
    yield page.encode("utf-8", "replace")

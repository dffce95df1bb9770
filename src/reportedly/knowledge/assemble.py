"""Joining the rows of all sources into one gazetteer file: identities, duplicates, names and the arrays that lookups use."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from reportedly.knowledge import scan
from reportedly.knowledge.names import fold_skeleton, language_of, script_of, skeleton, vowel_fold
from reportedly.knowledge.rows import Row, data_file

__all__ = ["EXACT", "FORMAT", "FUZZY_MIN", "Progress", "assemble", "key_hash", "shortened", "write"]

FORMAT = "2"
Progress = Callable[[str, float], None]
"""Called with what is being done and the share done (0 to 1)."""

EXACT, ALTERNATE, HISTORIC = 0, 1, 2
FOLDED = frozenset({"UA", "RU", "BY", "MD", "KZ", "BG"})  # where names have a Russian form besides the country's own
SAME_KM = 3.0
FUZZY_MIN = 5  # letters of a skeleton below which a typing error makes another name
FUZZY_PEOPLE = 15_000  # outside the densely listed countries only towns are looked for under typing errors
OTHER_NAME = 62.0
"""Similarity of vowel folds below which an alternate is another name (Artemivsk), not another spelling."""
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


def key_hash(key: str) -> int:
    """64-bit hash of a skeleton or vowel fold."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")


def shortened(key: str) -> set[str]:
    """The key itself and all that remain when one letter is left out: two words one error apart share one of these."""
    return {key, *(key[:i] + key[i + 1 :] for i in range(len(key)))}


@dataclasses.dataclass(slots=True)
class Assembled:
    """Joined places, sorted; `aliases` are ids that stand for another place's row."""

    places: list[Row]
    aliases: dict[int, int]


def assemble(rows: Iterable[Row], dense: frozenset[str]) -> Assembled:
    """One row per place: the same id from several sources becomes one, and so do two rows of one village.

    Later sources win on coordinates, feature and codes; all names are kept. `dense` are countries whose sources list
    every hamlet: there two rows within 3 km whose names meet are one place, unless both have a code of the register.
    """
    by_id: dict[int, Row] = {}
    loose: list[Row] = []
    for row in rows:
        if row.id == 0:
            loose.append(row)
        elif row.id in by_id:
            merge_into(by_id[row.id], row)
        else:
            by_id[row.id] = row
    for row in loose:
        row.id = -(
            10_000_000
            + int.from_bytes(
                hashlib.blake2b(f"{row.name}|{row.lat}|{row.lon}|{row.country}".encode(), digest_size=5).digest(), "big"
            )
        )
        by_id.setdefault(row.id, row)
    aliases = merge_duplicates(list(by_id.values()), dense)
    places = [r for r in by_id.values() if r.id not in aliases]
    return Assembled(places, aliases)


def merge_into(kept: Row, other: Row) -> None:
    """Take over what another source says of the same place."""
    if other.name != kept.name:
        kept.names.append((kept.name, ""))
        if not kept.official or other.official:
            kept.name = other.name
    kept.names += other.names
    for name in ("feature", "lat", "lon", "admin1", "admin2", "katottg", "iso", "wikidata"):
        value = getattr(other, name)
        if value not in (None, ""):
            setattr(kept, name, value)
    kept.population = max(kept.population, other.population)
    kept.source = f"{kept.source},{other.source}"
    kept.official |= other.official


def merge_duplicates(rows: list[Row], dense: frozenset[str]) -> dict[int, int]:
    """Merge rows of one settlement; returns the id of the row given up -> id of the row kept."""
    cells: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    aliases: dict[int, int] = {}
    order = sorted((r for r in rows if r.country in dense and r.feature.startswith("PPL") and r.lat is not None),
                   key=lambda r: (not r.katottg, r.feature in ("PPLX", "PPLH", "PPLQ"), r.id < 0, -r.population, r.id))  # fmt: skip
    for row in order:
        key = vowel_fold(row.name)
        y, x = int((row.lat or 0) / 0.04), int((row.lon or 0) / 0.06)
        twin = None
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                for other in cells[key, y + dy, x + dx]:
                    if (
                        not (row.katottg and other.katottg and row.katottg != other.katottg)
                        and distance(row, other) < SAME_KM
                    ):
                        twin = twin or other
        if twin is None:
            cells[key, y, x].append(row)
        else:
            name, official, feature, point = twin.name, twin.official, twin.feature, (twin.lat, twin.lon)
            merge_into(twin, row)
            if twin.name != name:
                twin.names.append((twin.name, ""))
            twin.name, twin.official, twin.feature = name, official, feature
            if twin.id > 0:
                twin.lat, twin.lon = point
            if twin.id < 0 < row.id:  # the world's id for it, where there is one
                twin.id, row.id = row.id, twin.id
            aliases[row.id] = twin.id
    return {given_up: _last(aliases, kept) for given_up, kept in aliases.items()}


def _last(aliases: dict[int, int], place_id: int) -> int:
    """The row that still stands, where one that was kept was given up later."""
    while place_id in aliases:
        place_id = aliases[place_id]
    return place_id


def distance(a: Row, b: Row) -> float:
    """Kilometres between two rows that are near each other."""
    lat, lon = (a.lat or 0) - (b.lat or 0), (a.lon or 0) - (b.lon or 0)
    return 111.2 * math.hypot(lat, lon * math.cos(math.radians(a.lat or 0)))


def spellings(row: Row) -> list[tuple[str, str, int]]:
    """Names of a row once each: text, language, tier (the row's own name is exact; another name than the official is historic)."""
    found: dict[str, tuple[str, int]] = {row.name: ("", EXACT)}
    for text, lang in row.names:
        text = text.strip()
        if text and text not in found:
            found[text] = (lang, EXACT if lang.startswith("uk") and row.official else ALTERNATE)
    if row.official:
        known = {vowel_fold(t) for t, (_, tier) in found.items() if tier == EXACT} - {""}
        for text, (lang, tier) in found.items():
            key = vowel_fold(text)
            if tier == ALTERNATE and key and all(fuzz.ratio(key, k) < OTHER_NAME for k in known):
                found[text] = (lang, HISTORIC)
    return [(text, lang or language_of(text), tier) for text, (lang, tier) in found.items()]


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
        named, folded = spellings(row), row.country in FOLDED
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
            i, row.id, row.name, kind_of(row.feature), row.lat, row.lon, row.feature, row.country, row.admin1, row.admin2,
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
            digest = hashlib.sha256(
                json.dumps([[s["name"], s.get("sha256"), s.get("as_of")] for s in sources]).encode()
            ).hexdigest()
            connection.executemany(
                "INSERT INTO meta VALUES (?,?)",
                [("format", FORMAT), ("places", str(len(records))), ("digest", digest[:16])],
            )
    finally:
        connection.close()

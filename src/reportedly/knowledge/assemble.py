"""Joining the rows of all sources: identities, duplicates and names."""

from __future__ import annotations

import dataclasses
import hashlib
import math
from collections import defaultdict
from collections.abc import Callable, Iterable

from rapidfuzz import fuzz

from reportedly.knowledge.names import language_of, vowel_fold
from reportedly.knowledge.rows import Row
from reportedly.knowledge.shown import SAME_NAME

__all__ = [
    "ALTERNATE", "EXACT", "FOLDED", "FORMAT", "FUZZY_MIN", "FUZZY_PEOPLE", "Assembled", "Progress", "assemble",
    "key_hash", "shortened", "spellings",
]  # fmt: skip

FORMAT = "3"
Progress = Callable[[str, float], None]
"""Called with what is being done and the share done (0 to 1)."""

EXACT, ALTERNATE, HISTORIC = 0, 1, 2
FOLDED = frozenset({"UA", "RU", "BY", "MD", "KZ", "BG"})  # where names have a Russian form besides the country's own
SAME_KM = 3.0
FUZZY_MIN = 5  # letters of a skeleton below which a typing error makes another name
FUZZY_PEOPLE = 15_000  # outside the densely listed countries only towns are looked for under typing errors


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
            if tier == ALTERNATE and key and all(fuzz.ratio(key, k) < SAME_NAME for k in known):
                found[text] = (lang, HISTORIC)
    return [(text, lang or language_of(text), tier) for text, (lang, tier) in found.items()]

"""Regions and districts that a text says a place lies in: "X, Kharkiv Oblast", "X and Y (both in Kakhovka Raion)", "in northern Z Oblast"."""

from __future__ import annotations

import functools
import re
import weakref
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportedly.errors import NotFound
from reportedly.knowledge.areas import members
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.resolve.phrases import LIST_GAP, WAY, alternatives

__all__ = ["Container", "containers", "outside", "weigh_containers"]

F = npt.NDArray[np.float64]
_GAP = 80  # characters over which a list may reach
SMALL = ("raion", "district", "county")
SPELLINGS = 3  # tiers of names that a region may be met by: exact, alternate, skeleton


@dataclass(frozen=True, slots=True)
class Container:
    """A region or district named at `start`; `codes` are the GeoNames codes it may be, `part` the settlements of the named part.

    `every` says that a whole list is meant ("all in").
    """

    start: int
    codes: frozenset[str]
    part: frozenset[int] | None
    every: bool


@functools.cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:,|\(|\bin\b|\bof\b)\s*(?P<every>(?:(?:all|both|each)\s+)?)(?:(?:located|also|lying)\s+)?(?:(?:in|of)\s+)?(?:the\s+)?(?:(?P<way>{WAY}|central)\s+)?"
        rf"(?P<name>[A-Z][\w’'\-]+(?:\s+[A-Z][\w’'\-]+)?)(?:['’]s?)?\s+(?P<kind>(?i:{alternatives('within')}))\b"
    )


def containers(text: str, gazetteer: Gazetteer) -> list[Container]:
    """All regions and districts that stand where a place before them may lie in them, in order."""
    found = []
    for m in _pattern().finditer(text):
        codes = codes_of(m["name"], m["kind"].lower(), gazetteer)
        if codes:
            part = part_of(codes, m["way"], gazetteer) if m["way"] else None
            found.append(Container(m.start(), codes, part, bool(m["every"].strip())))
    return found


_codes: weakref.WeakKeyDictionary[Gazetteer, dict[tuple[str, str], frozenset[str]]] = weakref.WeakKeyDictionary()


def codes_of(name: str, kind: str, gazetteer: Gazetteer) -> frozenset[str]:
    """Codes of the regions or districts of a name, by its generic word; districts only for words that mean one."""
    cache = _codes.setdefault(gazetteer, {})
    key = (name, kind)
    if key not in cache:
        best: dict[str, int] = {}
        small = kind in SMALL
        for form in (*(f"{name} {word}" for word in (SMALL if small else (kind,))), name):
            for row, tier in gazetteer.lookup(form, fuzzy=False):
                if tier < SPELLINGS and not gazetteer.settled_rows[row]:
                    place = gazetteer.at(row)
                    level = {"ADM1": 1, "ADM2": 2}.get(place.feature, 0)
                    if level == 1 + small:
                        code = gazetteer.code(row)
                        best[code] = min(tier, best.get(code, 9))
        first = min(best.values(), default=9)
        cache[key] = frozenset(c for c, tier in best.items() if tier == first)
    return cache[key]


def part_of(codes: frozenset[str], way: str, gazetteer: Gazetteer) -> frozenset[int] | None:
    """Settlements of the named part of a region that is known without doubt."""
    region = gazetteer.region(next(iter(codes))) if len(codes) == 1 else None
    return None if region is None else _part(region.id, way.lower().removesuffix("ern"), gazetteer)


@functools.lru_cache(maxsize=256)
def _part(region_id: int, way: str, gazetteer: Gazetteer) -> frozenset[int] | None:
    try:
        return members(way, region_id, gazetteer).ids
    except NotFound:
        return None


def weigh_containers(
    text: str, end: int, found: list[Container], ids: tuple[int, ...], regions: tuple[str, ...], districts: tuple[str, ...], weight: float
) -> F | None:  # fmt: skip
    """Evidence for candidates of a name that ends at `end`: full weight for and against right after the name, or for all of a list.

    A list without "all" may mean its last name only, so there it counts half. None where nothing is said.
    """
    for c in found:
        if c.start < end or c.start - end > _GAP:
            continue
        gap = text[end : c.start]
        beside = not gap.strip()
        if not beside and LIST_GAP.fullmatch(gap) is None:
            continue
        share = weight if beside or c.every else weight / 2
        inside = np.array([r in c.codes or d in c.codes for r, d in zip(regions, districts, strict=True)])
        if not inside.any():
            continue
        score = np.where(inside, share, -share)
        if c.part is not None:
            score += np.array([share / 4 if i in c.part else 0.0 for i in ids])
        return np.asarray(score)
    return None


def outside(text: str, end: int, found: list[Container], regions: tuple[str, ...], districts: tuple[str, ...]) -> bool:
    """Whether a region is told right after a name that ends at `end`, and none of its candidates lies in it."""
    for c in found:
        if c.start >= end and c.start - end <= _GAP and not text[end : c.start].strip():
            return not any(r in c.codes or d in c.codes for r, d in zip(regions, districts, strict=True))
    return False

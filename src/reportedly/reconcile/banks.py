"""Parts of regions told by a river: "the west bank of Kherson Oblast", "west of the Oskil", found in a claim's own words."""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from reportedly.model import Claim
from reportedly.reconcile.field import Bools, Floats, flat

__all__ = ["Bank", "bank_of", "on_bank", "rivers"]

NEAR = 70
"""Characters before and after a place's words in which the words for a bank are looked for."""
CROSSES_KM = 25.0
"""A region whose settlements come this near to a river on both of its sides is divided by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class River:
    """A river's course downstream, (k, 2) of latitude and longitude, with the words for it and for its banks."""

    name: str
    names: tuple[str, ...]
    right: frozenset[str]
    left: frozenset[str]
    course: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """One side of a river: the word used for it, and the river where it is named."""

    word: str
    river: str | None


@functools.cache
def rivers() -> tuple[River, ...]:
    """The rivers of knowledge/data/regions/rivers.toml."""
    data = tomllib.loads(files("reportedly.knowledge").joinpath("data/regions/rivers.toml").read_text(encoding="utf-8"))
    found = []
    for key, row in data.items():
        course = tuple((float(p[0]), float(p[1])) for p in row["line"])
        south, east = course[0][0] - course[-1][0], course[-1][1] - course[0][1]
        # a river that runs south has its right bank in the west; one that runs east has it in the south
        right = (
            ("west", "western")
            if south > abs(east) * 0.66
            else ("south", "southern")
            if east > 0
            else ("north", "northern")
        )
        left = {"west": ("east", "eastern"), "south": ("north", "northern"), "north": ("south", "southern")}[right[0]]
        found.append(
            River(
                name=key,
                names=tuple(row["names"]),
                right=frozenset({"right", *right}),
                left=frozenset({"left", *left}),
                course=course,
            )
        )
    return tuple(found)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    way = "right|left|west(?:ern)?|east(?:ern)?|north(?:ern)?|south(?:ern)?"
    named = "|".join(re.escape(n) for river in rivers() for n in sorted(river.names, key=len, reverse=True))
    bank = re.compile(
        rf"\b({way})(?:\s*\([a-z]+\))?[\s-]+(?:river)?banks?\b(?:\s+part)?(?:\s+of\s+the\s+({named})\b)?", re.IGNORECASE
    )
    beyond = re.compile(rf"\b({way})\s+of\s+the\s+({named})\b", re.IGNORECASE)
    return bank, beyond


def bank_of(claim: Claim) -> Bank | None:
    """The bank that the claim's sentence puts beside its place; None without one."""
    place = claim.place.span
    if place is None or not claim.span.start <= place.start <= claim.span.end:
        return None
    start, end = place.start - claim.span.start, place.end - claim.span.start
    window = claim.quote[max(0, start - NEAR) : end + NEAR]
    for pattern in _patterns():
        found = pattern.search(window)
        if found:
            return Bank(word=found.group(1).casefold(), river=_name(found.group(2)))
    return None


def _name(words: str | None) -> str | None:
    if words is None:
        return None
    return next((r.name for r in rivers() if words.casefold() in {n.casefold() for n in r.names}), None)


def on_bank(bank: Bank, lat: Floats, lon: Floats) -> Bools | None:
    """Which points (n,) of a region lie on the bank; None where no river fits. A river not named must divide the points."""
    for river in rivers():
        if bank.river not in (None, river.name) or bank.word not in river.right | river.left:
            continue
        right, gap = _right_of(river, lat, lon)
        near = gap <= CROSSES_KM
        if bank.river is None and not (np.any(right & near) and np.any(~right & near)):
            continue
        return right if bank.word in river.right else ~right
    return None


def _right_of(river: River, lat: Floats, lon: Floats) -> tuple[Bools, Floats]:
    """Whether each point lies to the right looking downstream, by its nearest stretch of the course, and its distance in km."""
    course = np.array(river.course)
    centre = float(course[:, 0].mean())
    line, points = flat(course[:, 0], course[:, 1], centre), flat(lat, lon, centre)
    best, right = np.full(len(points), np.inf), np.zeros(len(points), np.bool_)
    for a, b in itertools.pairwise(line):
        way = b - a
        along = np.clip(((points - a) @ way) / (way @ way), 0.0, 1.0)
        away = points - (a + along[:, None] * way)
        gap = np.hypot(away[:, 0], away[:, 1])
        cross = way[0] * (points[:, 1] - a[1]) - way[1] * (points[:, 0] - a[0])
        nearer = gap < best
        best[nearer], right[nearer] = gap[nearer], cross[nearer] < 0
    return right, best

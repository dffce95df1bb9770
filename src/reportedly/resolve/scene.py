"""What a text as a whole says of where it is: countries and regions it names, with weights."""

from __future__ import annotations

import functools
import math
import re
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reportedly.knowledge.areas import load_areas
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.names import plain_key
from reportedly.resolve.memory import FrontMemory

__all__ = ["Scene", "look_around"]

_RUN = re.compile(r"[A-Z][\w’'\-]*(?:\s+(?:of\s+)?[A-Z][\w’'\-]*){0,3}")
_REGION_AFTER = re.compile(
    r"(?:(?:\s*[-–,]\s*|,?\s+(?:and|or)\s+)[A-Z][\w’']+){0,4}\s+(?:oblast|region|province|state|governorate|republic|raion|district|krai)s?\b",
    re.I,
)
_PART = re.compile(r"[\w’']+(?:-[\w’']+)*")
_PEOPLE = re.compile(r"-|['’]s?$")
_FORCES = re.compile(
    r"\s+(?:\w+\s+){0,2}(?:forces|troops|army|soldiers|military|units|fighters|milbloggers?|sources)\b"
)
ABROAD = ("RU",)  # whose forces say nothing of where a text plays
FLOOR = 0.004  # share of belief that a country not named at all keeps


@dataclass(slots=True)
class Scene:
    """Weight of evidence by country, and the regions named with where in the text they are (-1: in the context)."""

    countries: dict[str, float] = field(default_factory=dict)
    regions: list[tuple[str, int]] = field(default_factory=list)

    def prior(self, country: str) -> float:
        """Log share of belief that the text is about a country."""
        total = sum(self.countries.values())
        return 0.0 if not total else math.log((self.countries.get(country, 0.0) + FLOOR * total) / total)


_region_tables: weakref.WeakKeyDictionary[Gazetteer, dict[str, tuple[str, bool]]] = weakref.WeakKeyDictionary()


def region_table(gazetteer: Gazetteer) -> dict[str, tuple[str, bool]]:
    """Plain name -> (code, needs a generic word after it), for countries and first-level regions with one meaning."""
    table = _region_tables.get(gazetteer)
    if table is None:
        table = {}
        clash: set[str] = set()
        regions = [
            (code, feature, n, plain_key(n)) for code, feature, names in gazetteer.named_regions() for n in names
        ]
        regions = [r for r in regions if len(r[3]) >= 4 and r[2][:1].isupper()]
        towns = gazetteer.borne_by_settlements([name for _, _, name, _ in regions])
        for (code, feature, name, key), town in zip(regions, towns, strict=True):
            # a region called like its chief town only counts with a generic word
            generic = "." in code and town and not _REGION_AFTER.search(f" {name}")
            if key in table and table[key][0] != code:
                if feature.startswith("PCL"):
                    table[key] = (code, False)
                elif "." in table[key][0]:
                    clash.add(key)
            else:
                table[key] = (code, generic)
        for key in clash:
            table.pop(key, None)
        _region_tables[gazetteer] = table
    return table


def look_around(
    text: str, context: str, gazetteer: Gazetteer, memory: FrontMemory | None, country: str | None
) -> Scene:
    """Gather what text and context say; the memory and the publisher's country weigh in where they are given."""
    scene = Scene()
    runs = _runs.setdefault(gazetteer, {})
    for where, offset, weight in ((context, None, 0.5), (text, 0, 1.0)):
        for m in _RUN.finditer(where):
            parts = runs.get(m[0])
            if parts is None:
                if len(runs) > REMEMBERED:
                    runs.clear()
                parts = runs[m[0]] = parts_of(m[0], gazetteer)
            if parts:
                weigh(m, parts, where, offset, weight, scene)
    if memory is not None:
        for code, share in memory.countries().items():
            scene.countries[code] = scene.countries.get(code, 0.0) + 2.0 * share * min(1.0, len(memory) / 20)
    if country:
        scene.countries[country] = scene.countries.get(country, 0.0) + 1.5
    return scene


class Part(NamedTuple):
    """A word of a capitalised run with what it begins: names of countries and regions, the longest first, or of a people."""

    start: int
    end: int
    names: Sequence[tuple[int, int, str, bool]]  # part behind it, its end, code, whether it needs a generic word
    nation: str  # the country of the people


_runs: weakref.WeakKeyDictionary[Gazetteer, dict[str, Sequence[Part]]] = weakref.WeakKeyDictionary()
REMEMBERED = 100_000  # capitalised runs of which it is remembered what they name


def parts_of(run: str, gazetteer: Gazetteer) -> Sequence[Part]:
    """The words of a capitalised run; none where no part of it names a country, a region or a people, as of most none does."""
    table, demonyms = region_table(gazetteer), load_areas().demonyms
    spans = [m.span() for m in _PART.finditer(run)]
    parts = []
    for k, (start, end) in enumerate(spans):
        ends = [(j, stop) for j, (_, stop) in enumerate(spans[k:], k + 1)]
        found = [(j, stop, known(run[start:stop], table)) for j, stop in reversed(ends)]
        names = tuple((j, stop, *name) for j, stop, name in found if name is not None)
        parts.append(Part(start, end, names, _nation(run[start:end], demonyms)))
    return tuple(parts) if any(part.names or part.nation for part in parts) else ()


def weigh(m: re.Match[str], parts: Sequence[Part], text: str, offset: int | None, weight: float, scene: Scene) -> None:
    """Weigh one capitalised run: the longest parts of it that name a country, a region or a people."""
    at, i = m.start(), 0
    while i < len(parts):
        part = parts[i]
        i += 1
        for behind, end, code, generic in part.names:
            if not generic or _REGION_AFTER.match(text, at + end):
                nation = code.split(".")[0]
                scene.countries[nation] = scene.countries.get(nation, 0.0) + weight * (1.5 if "." in code else 1.0)
                if "." in code:
                    scene.regions.append((code, -1 if offset is None else offset + at + part.start))
                i = behind
                break
        else:
            nation = part.nation
            if nation in ABROAD and _FORCES.match(text, at + part.end):
                continue  # "Russian forces captured X": they fight in another country
            if nation:
                scene.countries[nation] = scene.countries.get(nation, 0.0) + 0.5 * weight


def _nation(words: str, demonyms: dict[str, str]) -> str:
    """The country of a people."""
    return demonyms.get(_PEOPLE.split(words)[0], "")


@functools.lru_cache(maxsize=50_000)
def key_of(words: str) -> str:
    """Plain key without the genitive."""
    return plain_key(re.sub(r"['’]s?$", "", words))


def known(words: str, table: dict[str, tuple[str, bool]]) -> tuple[str, bool] | None:
    """Code of a country or region by its words."""
    return table.get(key_of(words))

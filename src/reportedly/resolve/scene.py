"""What a text as a whole says of where it is: countries and regions it names, with weights."""

from __future__ import annotations

import functools
import math
import re
import weakref
from dataclasses import dataclass, field

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
    table, areas = region_table(gazetteer), load_areas()
    for where, offset, weight in ((context, None, 0.5), (text, 0, 1.0)):
        for m in _RUN.finditer(where):
            if not silent(m.group(), gazetteer, table, areas.demonyms):
                look_at(m, where, offset, weight, scene, table, areas.demonyms)
    if memory is not None:
        for code, share in memory.countries().items():
            scene.countries[code] = scene.countries.get(code, 0.0) + 2.0 * share * min(1.0, len(memory) / 20)
    if country:
        scene.countries[country] = scene.countries.get(country, 0.0) + 1.5
    return scene


_silent: weakref.WeakKeyDictionary[Gazetteer, dict[str, bool]] = weakref.WeakKeyDictionary()
REMEMBERED = 100_000  # capitalised runs of which it is remembered whether they name anything


def silent(run: str, gazetteer: Gazetteer, table: dict[str, tuple[str, bool]], demonyms: dict[str, str]) -> bool:
    """Whether no part of a capitalised run names a country, a region or a people, as of most none does."""
    runs = _silent.setdefault(gazetteer, {})
    found = runs.get(run)
    if found is None:
        if len(runs) > REMEMBERED:
            runs.clear()
        spans = [m.span() for m in _PART.finditer(run)]
        parts = (run[a:b] for k, (a, _) in enumerate(spans) for _, b in spans[k:])
        runs[run] = found = not any(known(words, table) or _nation(words, demonyms) for words in parts)
    return found


def look_at(
    m: re.Match[str], text: str, offset: int | None, weight: float, scene: Scene, table: dict[str, tuple[str, bool]], demonyms: dict[str, str]
) -> None:  # fmt: skip
    """Weigh one capitalised run: the longest parts of it that name a country, a region or a people."""
    parts = list(_PART.finditer(m.group()))
    i = 0
    while i < len(parts):
        for j in range(len(parts), i, -1):
            words = m.group()[parts[i].start() : parts[j - 1].end()]
            found = known(words, table)
            if found and (not found[1] or _REGION_AFTER.match(text, m.start() + parts[j - 1].end())):
                code = found[0]
                nation = code.split(".")[0]
                scene.countries[nation] = scene.countries.get(nation, 0.0) + weight * (1.5 if "." in code else 1.0)
                if "." in code:
                    scene.regions.append((code, -1 if offset is None else offset + m.start() + parts[i].start()))
                i = j - 1
                break
            if j == i + 1:
                nation = _nation(words, demonyms)
                if nation in ABROAD and _FORCES.match(text, m.start() + parts[i].end()):
                    nation = ""  # "Russian forces captured X": they fight in another country
                if nation:
                    scene.countries[nation] = scene.countries.get(nation, 0.0) + 0.5 * weight
        i += 1


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

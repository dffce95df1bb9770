"""From the words of a mention to the bare name, how the claimed ground lies to it, and what the text around says of it.

"the outskirts of Toretsk" is part of Toretsk; "south of Robotyne" lies beside it; "(12 km south of Kreminna)" after a name says
where the named place is; "X, Kharkiv Oblast" says in which region.
"""

from __future__ import annotations

import functools
import math
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from reportedly.model import PlaceRelation

__all__ = ["LIST_GAP", "WAY", "Direction", "Phrase", "directions", "parse_phrase", "words"]

VAGUE_KM = 14.0  # where no distance is given it is mostly under thirty
VAGUE_SLACK = 25.0
COMPASS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
WAY = r"(?:north|south)?[- ]?(?:east|west)(?:ern)?|north(?:ern)?|south(?:ern)?"

LIST_GAP = re.compile(
    r"[\s,(–—-]*(?:(?:and|or|,|[A-Z][\w’'\-]*|about|roughly|approximately|around|just|located|lies|the|a|an|village|town|settlement|city|which|is|some|both|all|river|line|highway|road|axis|direction|area|sector|to|lie)[\s,(]*)*"
)
"""What may stand between a name and what is said of its list: "X, Y and Z (", "X, a village "."""


@functools.cache
def words(kind: str) -> tuple[str, ...]:
    """A word list of knowledge/data/regions/words.toml."""
    data = tomllib.loads(files("reportedly.knowledge").joinpath("data/regions/words.toml").read_text(encoding="utf-8"))
    return tuple(data[kind])


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention taken apart: bare name, relation of the ground to it, and the generic word that says what it is ('oblast')."""

    name: str
    relation: PlaceRelation = PlaceRelation.AT
    generic: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Direction:
    """`km` kilometres in direction `bearing` (degrees, None: any) of the place `reference`; the words begin at `start`.

    `slack` is how far off the place may well be: distances count from a city's edge, and compass points are sloppy.
    `vague` is a direction without a figure. `loose` is nearness without one ("near Bakhmut"), which is said of the name right
    before it only. With `other` the place lies between the two references; `wide` is the stretch of a front called by a place
    ("in the Lyman direction"), said of all places of its sentence that nothing nearer is said of.
    """

    km: float
    bearing: float | None
    reference: str
    start: int
    slack: float
    loose: bool = False
    vague: bool = False
    other: str | None = None
    wide: bool = False


NEAR_KM = 10.0
"""What "near" amounts to in reports of war: of 777 given distances the middle one is 10 km."""
WIDE_KM, WIDE_SLACK = 20.0, 15.0  # how far the front called by a town reaches, and how much farther it may
ASIDE_KM = 5.0  # how long a detour "between A and B" may well be
_NAME = r"[A-Z][\w’'\-]*(?:\s+[A-Z][\w’'\-]*){0,2}"
_END = r"[A-Z][\w’']*(?:\s+[A-Z][\w’']*){0,2}"  # of a line, where the hyphen parts its ends


def alternatives(kind: str) -> str:
    """A word list as a regular expression, longest first."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words(kind), key=len, reverse=True))


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    generic = alternatives("regions")
    return {
        "vague": re.compile(
            rf"\b({WAY})\s+(?:of|from)\s+(?:the\s+)?(?:(?:{alternatives('settlement')})\s+of\s+)?"
            rf"({_NAME})"
        ),
        "near": re.compile(rf"^(?:{alternatives('near')})\s+", re.I),
        "part": re.compile(rf"^(?:{alternatives('part')})\s+(?:of\s+|in\s+)?", re.I),
        "direction": re.compile(rf"^(?:to\s+the\s+)?(?:{WAY})\s+(?:of|from)\s+", re.I),
        "way": re.compile(rf"^(?:the\s+)?({WAY}|central)\s+(?:part\s+of\s+)?", re.I),
        "lead": re.compile(rf"^(?:(?:the|a|an)\s+)?(?:(?:{alternatives('settlement')})\s+(?:of\s+)?)?", re.I),
        "tail_part": re.compile(rf"(?:['’]s?)?\s+(?:{alternatives('part')}|{WAY}\s+(?:outskirts|part))$", re.I),
        "tail": re.compile(rf"\s+(?:{alternatives('settlement')})$", re.I),
        "generic": re.compile(rf"^(?:the\s+)?(.+?)(?:['’]s?)?\s+({generic})$", re.I),
        "generic_of": re.compile(rf"^(?:the\s+)?({generic})\s+of\s+(.+)$", re.I),
        "distance": re.compile(
            rf"(?:(?:about|some|roughly|approximately|around|within|less than|just)\s+)?(\d{{1,3}}(?:[.,]\d)?)\s*-?\s*"
            r"(?:km|kilomet(?:er|re)s?|kms)\s+"
            rf"(?:(?:to\s+the\s+|due\s+)?({WAY})\s+(?:of|from)|(?:away\s+)?from|of|outside)\s+(?:the\s+|central\s+|downtown\s+)?(?:(?:{alternatives('settlement')})\s+of\s+)?"
            rf"([^\W\d_][\w’'\-]*(?:\s+[A-Z][\w’'\-]*){{0,2}})",
        ),
        "nearness": re.compile(
            r"\b(?:just\s+)?(?:near|outside|close to|not far from|next to|adjacent to|in the (?:vicinity|area) of)\s+"
            rf"(?:the\s+)?(?:(?:{alternatives('settlement')})\s+of\s+)?({_NAME})",
        ),
        "between": re.compile(
            rf"\b(?:(?:(?:on|along|off|astride|at|near|of)\s+the\s+)?(?:{alternatives('ways')})\s+)?between\s+({_NAME})(?:\s*\([^()]*\))?\s+and\s+({_NAME})"
            rf"|\b(?:(?:on|along|off|astride|at|near|of)\s+the\s+)?(?:{alternatives('ways')})\s+(?:leading\s+|that\s+leads\s+)?from\s+({_NAME})\s+to\s+({_NAME})"
            rf"|\b(?:(?:on|along|off|astride|at|near|of)\s+)?the\s+({_END})\s*[-–—]\s*({_END})\s+(?:{alternatives('stretches')})\b"
        ),
        "wide": re.compile(
            rf"\b(?:[Ii]n|[Oo]n|[Aa]long|[Tt]owards?)\s+the\s+({_END})\s+(?:{alternatives('stretches')})\b"
            rf"|\b[Ii]n\s+the\s+direction\s+of\s+({_NAME})"
        ),
    }


@functools.lru_cache(maxsize=50_000)
def parse_phrase(mention: str) -> Phrase:
    """Take a mention's words apart; the name is never empty.

    >>> parse_phrase("the outskirts of Toretsk"), parse_phrase("south of Robotyne").relation.value
    (Phrase(name='Toretsk', relation=<PlaceRelation.PART: 'part'>, generic=None, area=None), 'direction')
    >>> parse_phrase("northern Kharkiv Oblast")
    Phrase(name='Kharkiv', relation=<PlaceRelation.AT: 'at'>, generic='oblast', area='north')
    """
    p = _patterns()
    text = " ".join(mention.split()).strip(' .,:;!?"“”«»()[]')
    relation, area = PlaceRelation.AT, None
    for _ in range(4):
        before = text
        for kind, made in (
            ("near", PlaceRelation.NEAR),
            ("direction", PlaceRelation.DIRECTION),
            ("part", PlaceRelation.PART),
        ):
            if (m := p[kind].match(text)) and m.end() < len(text):
                text, relation = text[m.end() :], made if relation is PlaceRelation.AT else relation
        if (m := p["tail_part"].search(text)) and m.start() > 0:
            text, relation = re.sub(r"\s+and(?:\s+the)?$", "", text[: m.start()]), PlaceRelation.PART
        if (m := p["way"].match(text)) and text[m.end() : m.end() + 1].isupper() and not text[:1].isupper():
            area, text = m.group(1).lower().replace("ern", "").replace("-", "").replace(" ", ""), text[m.end() :]
        if (m := p["lead"].match(text)) and text[m.end() : m.end() + 1].isupper():
            text = text[m.end() :]
        if (m := p["tail"].search(text)) and m.start() > 0:
            text = text[: m.start()]
        if text == before:
            break
    generic = None
    if (m := p["generic"].match(text)) and m.group(1)[:1].isupper():
        text, generic = m.group(1), m.group(2).lower()
    elif m := p["generic_of"].match(text):
        text, generic = m.group(2), m.group(1).lower()
    text = re.sub(r"['’]s?$", "", text) if re.search(r"(?:s['’]|['’]s)$", text) else text
    if relation is PlaceRelation.AT and area and generic is None:
        relation = PlaceRelation.PART
    return Phrase(text or mention, relation, generic, area)


_TWO_ENDS = re.compile(r"[-–—]\s*[A-Z]|from\s+[A-Z]")  # what a line between two places has, if not "between"


def directions(text: str) -> list[Direction]:
    """All "N km DIRECTION of Y", "DIRECTION of Y" without a distance, and "near Y" in a text, in order."""
    p, found = _patterns(), []
    told = set()
    for m in p["distance"].finditer(text) if "km" in text or "kilom" in text else ():
        far = float(m.group(1).replace(",", "."))
        found.append(Direction(far, bearing_of(m.group(2)), m.group(3), m.start(), 3.0 + 0.3 * far))
        told.add(m.end())
    for m in p["vague"].finditer(text):
        if m.end() not in told:
            found.append(Direction(VAGUE_KM, bearing_of(m.group(1)), m.group(2), m.start(), VAGUE_SLACK, vague=True))
    for m in p["between"].finditer(text) if "between" in text or _TWO_ENDS.search(text) else ():
        first, second = (g for g in m.groups() if g)
        found.append(Direction(ASIDE_KM, None, first, m.start(), ASIDE_KM, other=second))
    for m in p["wide"].finditer(text):
        found.append(Direction(WIDE_KM, None, m.group(1) or m.group(2), m.start(), WIDE_SLACK, wide=True))
    for m in p["nearness"].finditer(text):
        found.append(Direction(NEAR_KM, None, m.group(1), m.start(), 3.0 + 0.3 * NEAR_KM, loose=True))
    return sorted(found, key=lambda d: d.start)


def bearing_of(way: str | None) -> float | None:
    """Degrees of a compass word, or None."""
    return COMPASS.get(way.lower().replace("ern", "").replace("-", "").replace(" ", "")) if way else None


def offset(lat: float, lon: float, direction: Direction) -> tuple[float, float]:
    """The point a direction leads to from its reference (lat, lon)."""
    bearing = math.radians(direction.bearing or 0.0)
    north, east = direction.km * math.cos(bearing), direction.km * math.sin(bearing)
    return lat + north / 111.2, lon + east / (111.2 * math.cos(math.radians(lat)))

"""Words that name no settlement: regions, countries, sets of regions, unnamed groups, and things that are no place on the map."""

from __future__ import annotations

import functools
import re

from reportedly.knowledge.areas import bank_side, load_areas
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.names import plain_key
from reportedly.model import Place, PlaceKind, PlaceRef, Span
from reportedly.resolve.phrases import WAY, Phrase, alternatives, words
from reportedly.resolve.scene import Scene

__all__ = ["find_region"]

BIG = 20_000
_AXES = ("direction", "axis", "line", "salient", "front", "frontline", "sector", "bridgehead")
_NUMBERS = {
    n: i
    for i, n in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 2
    )
}
_LEVELS = {"ADM2": ("raion", "district", "districts", "territory", "county")}


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "next": re.compile(rf"(?:['’]s?)?\s+({alternatives('regions')})\b", re.I),
        # "Kyiv, Chernihiv, and Sumy oblasts", "the Kherson-Dnipropetrovsk Oblast border"
        "list": re.compile(
            rf"(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+)(?:(?:{alternatives('shares')})\s+)*[A-Z][\w’'\-]+(?:\s+[A-Z][\w’'\-]+)?)+?"
            rf"\s+(?P<many>(?i:{alternatives('many_regions')}))\b"
            rf"|[-–][A-Z][\w’'\-]+\s+(?P<pair>(?i:oblast|province|state|region))s?\s+(?:administrative\s+)?(?:border|boundary|line)"
        ),
        "city": re.compile(r"\s+(?:[Cc]ity|[Tt]own)\b"),
        "town": re.compile(r"(?:['’]s?\b|\s+(?i:city|town|proper|outskirts|suburbs?|streets?|airport)\b)"),
        "share": re.compile(
            rf"(?:\b(?i:{alternatives('share_of')})\s+of\s+(?:the\s+)?(?:(?:{alternatives('shares')})\s+)*|\b(?i:{WAY})\s+)"
            r"(?:[A-Z][\w’'\-]+(?:\s*,\s*(?:and\s+)?|\s+and\s+))*$"
        ),
        "office": re.compile(rf"(?:['’]s?)?\s+(?:{alternatives('offices')})\b", re.I),
        "object": re.compile(rf"\s+({alternatives('objects')})\b", re.I),
        "group": re.compile(
            r"^(?:at\s+least\s+|the\s+other\s+|some\s+|about\s+)?(\d+|"
            + "|".join(_NUMBERS)
            + r"|several|many|some|dozens\s+of|the)?\s*"
            r"(?:[a-z-]+\s+)?(villages|settlements|towns|cities|communities|localities)\b",
            re.I,
        ),
    }


def find_region(
    mention: str, phrase: Phrase, before: str, after: str, gazetteer: Gazetteer, scene: Scene, span: Span
) -> PlaceRef | None:
    """The reference for a region, country, set, group or thing; None where the words may name a settlement.

    `before` and `after` are the text around the mention.
    """
    p = _patterns()
    if m := p["group"].match(mention.strip()):
        count = int(m.group(1)) if (m.group(1) or "").isdigit() else _NUMBERS.get((m.group(1) or "").lower())
        if not re.search(r"\bof\s+[A-Z]", mention):
            return PlaceRef(
                words=mention,
                span=span,
                kind=PlaceKind.UNNAMED,
                count=count,
                probability=1.0,
                reasons=("an unnamed group",),
            )
    if bank_side(mention) is not None:
        reason = "a bank of a river: see knowledge.areas for its settlements"
        return PlaceRef(
            words=mention, span=span, kind=PlaceKind.OTHER, area=" ".join(mention.split()), reasons=(reason,)
        )
    told = phrase.generic or generic_after(after)
    generic = told or generic_before(phrase, before, after, gazetteer)
    key = plain_key(mention)
    areas = load_areas()
    made = (
        areas.sets.get(key.removeprefix("the "))
        or areas.sets.get(plain_key(phrase.name))
        or areas.sets.get(plain_key(f"{phrase.name} {generic}"))
    )
    if made is not None and generic not in ("raion", "district"):
        return PlaceRef(
            words=mention, span=span, kind=PlaceKind(made.kind), name=made.name, members=made.members, probability=1.0, area=phrase.area,
            relation=phrase.relation, reasons=(made.precision,),
        )  # fmt: skip
    alias = (
        areas.aliases.get(key.removeprefix("the "))
        or areas.aliases.get(plain_key(phrase.name))
        or areas.aliases.get(plain_key(f"{phrase.name} {generic}"))
    )
    if alias is not None and (place := gazetteer.place(alias)) is not None:
        return as_ref(mention, phrase, place, span, 0.97, "another name of the region")
    words_after = p["object"].match(after)
    last = mention.rsplit(None, 1)[-1].lower()
    thing = (words_after.group(1).lower() if words_after else None) or (
        last if last in words("objects") and " " in mention.strip() else None
    )
    if thing and thing not in _AXES and generic is None:
        return PlaceRef(
            words=mention,
            span=span,
            kind=PlaceKind.OTHER,
            relation=phrase.relation,
            probability=0.0,
            reasons=(f"a {thing}, no settlement",),
        )
    beside = told in words("around_cities")  # "Kyiv region" is the one around the city, "northern Kyiv" the city
    bare = generic is None and p["city"].match(after)
    place = None if bare else best_region(phrase, generic, gazetteer, scene, beside=beside)
    return None if place is None else as_ref(mention, phrase, place, span, 0.95, f"{place.feature} by name")


def generic_after(after: str) -> str | None:
    """The generic word that the text after a name gives it, be it at the end of a list of regions or hidden in an office."""
    p = _patterns()
    if m := p["next"].match(after):
        return m.group(1).lower()
    if m := p["list"].match(after):
        return (m["many"] or m["pair"]).lower()
    return "region" if p["office"].match(after) else None


def generic_before(phrase: Phrase, before: str, after: str, gazetteer: Gazetteer) -> str | None:
    """ "region" where a share or a side is told of a name that a region has too: "most of Luhansk", "eastern Kharkiv".

    Of a town that is no region's namesake, and in countries where such words are said of towns, nothing is made.
    """
    p = _patterns()
    if p["town"].match(after) or not (p["share"].search(before) or (phrase.area and not phrase.generic)):
        return None
    codes = words("shared_by_regions_of")
    rows = [row for row, tier in gazetteer.lookup(phrase.name, fuzzy=False) if tier <= 2]
    return "region" if any(p.feature == "ADM1" and p.country in codes for p in map(gazetteer.at, rows)) else None


def as_ref(mention: str, phrase: Phrase, place: Place, span: Span, probability: float, reason: str) -> PlaceRef:
    """A reference to a region or country."""
    return PlaceRef(
        words=mention, span=span, kind=place.kind, place_id=place.id, name=place.name, probability=probability,
        relation=phrase.relation, area=phrase.area, reasons=(reason,),
    )  # fmt: skip


def best_region(
    phrase: Phrase, generic: str | None, gazetteer: Gazetteer, scene: Scene, *, beside: bool = False
) -> Place | None:
    """The region or country the name stands for: by its generic word, or because no settlement of note bears the name."""
    several = generic in words("many_regions")  # "Kyiv, Sumy and Poltava oblasts"
    found, settled = _named(phrase.name, generic.removesuffix("s") if generic and several else generic, gazetteer)
    if not found:
        return None
    fitting = [(tier, place) for tier, place in found if fits(place, generic)]
    around = [
        (tier, place) for tier, place in fitting if f"{place.country}.{place.admin1}" not in words("city_regions")
    ]
    places = around if several or beside else fitting
    if not places:
        return None
    tier, best = min(places, key=lambda tp: rank(tp[0], tp[1], generic, scene))
    if generic:
        return None if f"{best.country}.{best.admin1}" in words("city_regions") else best  # the city is meant
    if best.kind is PlaceKind.COUNTRY:
        return best if tier <= 1 else None
    return (
        best
        if best.feature == "ADM1"
        and tier <= 1
        and (not settled or settled < BIG // 20 or (" " in phrase.name and settled < BIG))
        else None
    )


@functools.lru_cache(maxsize=50_000)
def _named(name: str, generic: str | None, gazetteer: Gazetteer) -> tuple[tuple[tuple[int, Place], ...], int]:
    """Regions and countries of a name, with or without its generic word, by tier; and the size of the largest settlement of it."""
    found: dict[int, tuple[int, Place]] = {}
    settled = 0
    forms = (name, f"{name} {generic}") if generic else (name,)
    for form in (
        (*forms, f"{name} raion") if generic == "district" else forms
    ):  # as gazetteers call a district of Ukraine
        for row, tier in gazetteer.lookup(form, fuzzy=False):
            if tier > 2:
                continue
            if gazetteer.settled_rows[row]:
                settled = max(settled, int(gazetteer.array("place.population")[row]), 1)
            else:
                place = gazetteer.at(row)
                found[row] = (min(tier, found.get(row, (9, place))[0]), place)
    return tuple(found.values()), settled


def fits(place: Place, generic: str | None) -> bool:
    """Whether the generic word and the level of the region go together."""
    if generic is None:
        return True
    return (place.feature == "ADM2") == (generic in _LEVELS["ADM2"]) or (
        place.country not in ("UA", "RU", "BY") and place.feature != "PCLI"
    )


def rank(tier: int, place: Place, generic: str | None, scene: Scene) -> tuple[float, ...]:
    """Sort key: likely country first, then level, spelling, size."""
    level = {"PCLI": 0, "ADM1": 1, "ADM2": 2}.get(place.feature, 3)
    return (
        -round(scene.prior(place.country)),
        level if generic is None or generic not in _LEVELS["ADM2"] else -level,
        tier,
        -place.population,
    )

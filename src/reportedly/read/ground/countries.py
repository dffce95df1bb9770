"""Which countries a passage is about, by who fights in it, and which one a place lies in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.parties import SideKind
from reportedly.knowledge.sides import War
from reportedly.model import PlaceKind, PlaceRef
from reportedly.read.scene.scene import Mention

if TYPE_CHECKING:
    from reportedly.read.scene.passing import Passing

__all__ = [
    "MAINLY",
    "countries_of",
    "country_called",
    "home_countries",
    "in_a_war",
    "is_loose",
    "land_behind",
    "land_of_groups",
    "land_of_rebels",
    "own_country",
    "theatre_of",
]

HELPER = 0.2  # weight of the country of who only helps in a war
MAINLY = 0.3  # weight of a country in which the parties of a text fight most


def home_countries(p: Passing) -> set[str]:
    """The own countries of the parties of the passage."""
    parties = p.knowledge.parties
    named = [parties.party(s.word.party) for s in p.scene.sides if s.word.party is not None]
    for side in p.scene.sides:
        if side.word.party is None:  # "Syrian rebels"
            named.append(parties.party_of(side.word.words.split()[0]))
    return {c for party in named if party is not None for c in (*party.countries, party.country) if c is not None}


def land_of_rebels(p: Passing, token: int) -> list[str]:
    """The country of those at war with their own state that are named before a token: "Yemeni separatists"."""
    for side in reversed(p.scene.sides):
        if side.start < token and side.word.party is None and side.word.kind is SideKind.GENERIC:
            party = p.knowledge.parties.party_of(side.word.words.split()[0])
            if party is not None and party.country is not None and party.wars:
                return [party.country]
    return []


def land_of_groups(p: Passing) -> list[str]:
    """The one country where all armed groups fight that a passage names: it plays there, though none of its places is known."""
    named = [p.knowledge.parties.party(s.word.party) for s in p.scene.sides if s.word.party and s.word.kind != "backer"]
    lands = [
        {country for war in party.wars for country in p.knowledge.parties.wars[war].countries}
        for party in named
        if party is not None and party.kind == "group"
    ]
    common = set.intersection(*lands) if lands else set()
    return list(common) if len(common) == 1 else []


def theatre_of(p: Passing) -> dict[str, float]:
    """Countries where the parties of the passage fight, their own aside unless the war is one at home, with weights: who acts tells where."""
    weights = dict[str, float]()
    year = p.report.published.year
    for id_ in {s.word.party for s in p.scene.sides if s.word.party is not None and s.word.kind != "backer"}:
        party = p.knowledge.parties.party(id_)
        wars = [p.knowledge.parties.wars[w] for w in party.wars] if party is not None else []
        wars = [war for war in wars if _goes_on(war.years, year)]
        lands = {c for war in wars for c in war.countries}
        lands -= {party.country} if party is not None else set()
        helpers = (p.knowledge.parties.party(helper) for war in wars for helper in war.helpers)
        aside = {helper.country for helper in helpers if helper is not None}  # where the war is only carried
        home = party.country if party is not None and any(_at_home(party.country, war) for war in wars) else None
        for country in lands:
            weight = HELPER if country in aside else 0.5 if home is not None else 1.0
            weights[country] = weights.get(country, 0.0) + weight / len(lands)
        if home is not None:
            weights[home] = weights.get(home, 0.0) + 1.0  # who fights at home is spoken of there first
    return weights


def _at_home(country: str | None, war: War) -> bool:
    """Whether a state fights a war in its own country first, or one that has no main sides in any of its countries."""
    return war.countries[:1] == (country,) or (country in war.countries and not war.principals)


def _goes_on(years: str, year: int) -> bool:
    """Whether a war of the years "2014/", "2013/2017" or "2008" is fought in a year."""
    first, _, last = years.partition("/")
    return int(first) <= year and (years.endswith("/") or year <= int(last or first) + 1)


def land_behind(p: Passing, m: Mention) -> list[str]:
    """The country that is named right behind a place, or that of its region: "X in central Mali", "X, Mali,", "X in White Nile State"."""
    scene, k = p.scene, m.end + 1
    if scene.low[m.end : k] not in (("in",), (",",)):
        return []
    region = scene.inside(k + (scene.low[k : k + 1] == ("the",)))
    if region is not None and region.kind is PlaceKind.REGION and region.anaphor is None:
        found = [
            x.place for x in p.knowledge.gazetteer.find(region.words, fuzzy=False) if x.tier in ("exact", "alternate")
        ]
        lands = {place.country for place in found}
        if (
            found
            and len(lands) == 1
            and all(place.kind is PlaceKind.REGION for place in found)
            and not lands & {"UA", "RU"}
        ):
            return [found[0].country]
    k += scene.low[k : k + 1] != () and scene.low[k] in scene.words("places.compass") | {"central"}
    side = scene.side_at.get(k)
    party = p.knowledge.parties.party(side.word.party) if side is not None and side.word.party else None
    if side is None or party is None or side.word.kind is not SideKind.NAME or party.country is None:
        return []
    shut = scene.low[m.end] == "in" or scene.low[side.end : side.end + 1] in ((",",), (".",), ())
    return [party.country] if shut else []


def in_a_war(p: Passing, ref: PlaceRef, spoken_of: set[str]) -> PlaceRef:
    """Without its id where it would lie in a country that the text does not speak of: one without a war, or by a loose spelling.

    Abroad the gazetteer knows towns only: "Palma" in a text on Mozambique is a place that it lacks, not Mallorca's.
    """
    place = p.knowledge.gazetteer.place(ref.place_id) if ref.place_id is not None else None
    if (
        place is None
        or not spoken_of
        or place.country in spoken_of | {"UA", "RU"}
        or ref.kind is not PlaceKind.SETTLEMENT
    ):
        return ref
    wars = {c for war in p.knowledge.parties.wars.values() for c in war.countries}
    if place.country in wars and not is_loose(ref):
        return ref
    reason = f"“{ref.words}” in {place.country} is not meant: the text speaks of {', '.join(sorted(spoken_of))}"
    return replace(ref, place_id=None, name=None, probability=0.0, candidates=(), reasons=(reason,))


def is_loose(ref: PlaceRef) -> bool:
    """Whether a place is known by a loose spelling only, or by a part of its name ("Numan" for "Maarat al-Numan")."""
    if not ref.reasons or not ref.reasons[0].startswith(("exact", "alternate")):
        return True
    return (
        " " in ref.words
        and bool(ref.name)
        and len(ref.name or "") <= len(ref.words) * 0.6
        and ref.reasons[0].startswith("exact")
    )


def countries_of(p: Passing, ref: PlaceRef) -> list[str]:
    """The countries (ISO 3166-1) that a place lies in, as far as it is known."""
    gazetteer: Gazetteer = p.knowledge.gazetteer
    ids = (
        [ref.place_id]
        if ref.place_id is not None
        else [ref.within]
        if ref.within is not None
        else [c.place_id for c in ref.candidates[:1]] or list(ref.members[:1])
    )
    found = []
    for place_id in ids:
        place = gazetteer.place(place_id) if place_id is not None else None
        loose = not ref.candidates or not ref.candidates[0].reason.startswith("exact")
        guess = ref.place_id is None and ref.within is None and loose
        homes = home_countries(p) if guess else set()
        abroad = bool(homes - {"RU"}) and "UA" not in homes  # of a war abroad: no namesake elsewhere is meant
        if place is not None and place.country and not (abroad and place.country not in homes):
            found.append(place.country)
    return found


def country_called(p: Passing, name: str, code: str) -> PlaceRef | None:
    """The country of a party, as the gazetteer has it."""
    for match in p.knowledge.gazetteer.find(name, fuzzy=False):
        if match.place.kind is PlaceKind.COUNTRY and match.place.country == code:
            return PlaceRef(
                words=name, kind=PlaceKind.COUNTRY, place_id=match.place.id, name=match.place.name, probability=1.0
            )
    return None


def own_country(p: Passing, m: Mention) -> PlaceRef | None:
    """The country in "Ukraine lost a fifth of its territory": that of the state named last, no region being named after it."""
    scene, parties = p.scene, p.knowledge.parties
    start = scene.sentence[m.start][0]
    if m.words.split()[0].lower() not in ("its", "their"):
        return None
    owner = next((s for s in reversed(scene.sides) if start <= s.start < m.start), None)
    party = parties.party(owner.word.party) if owner is not None and owner.word.party else None
    if owner is None or party is None or party.kind != "state" or party.country is None:
        return None
    if any(owner.end <= x.start < m.start and x.kind is PlaceKind.REGION for x in scene.mentions):
        return None
    country = country_called(p, party.name, party.country)
    return country and replace(
        country,
        words=party.name,
        span=p.span_of(m.start, m.end),
        reasons=(f"“{m.words}” is that of {party.id}",),
    )

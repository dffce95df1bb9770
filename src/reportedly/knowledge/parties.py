"""Who can hold ground, who says things, and the words for both: parties.toml and sources.toml as values.

Only looks up; what depends on the speaker or the country of a passage ("the enemy", "the army") is bound in resolve/parties.py.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from reportedly.errors import InputError
from reportedly.knowledge.sources import Source, Sources

__all__ = ["Parties", "Party", "SideKind", "SideWord", "War"]

MAX_TEXT = 2_000_000  # characters that `scan` accepts: a report of more is not one report


class SideKind(StrEnum):
    """What a side word is, hence what it may be bound to."""

    NAME = "name"  # "Russia", "Hamas": the party, or the country as a place
    DEMONYM = "demonym"  # "Russian" alone or before a noun that is not an armed body
    FORCES = "forces"  # "Russian airborne troops", "the Wagner Group"
    SEAT = "seat"  # "Moscow": the government where it acts, the city where it is acted upon
    BACKER = "backer"  # "Rwandan" in "Rwandan-backed M23": not the party
    OWN = "own"  # "our troops"
    ENEMY = "enemy"
    OCCUPIER = "occupier"
    DEFENDER = "defender"
    STATE = "state"  # "the army": of the passage's country
    GENERIC = "generic"  # "rebels": bound by country and war, else kept as written


@dataclass(frozen=True, slots=True, kw_only=True)
class War:
    """A war of the last fifteen years: countries (ISO 3166-1) on whose ground it is fought; years as "2014/".

    `principals` are its two main sides, where there are two.
    """

    id: str
    name: str
    years: str
    countries: tuple[str, ...]
    principals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A state or armed group. `id` is what claims write; `side` the party on whose side it fights (itself by default)."""

    id: str
    name: str
    kind: str
    side: str
    country: str | None = None
    countries: tuple[str, ...] = ()
    wikidata: str | None = None
    wars: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SideWord:
    """A stretch of text that names a side: half-open offsets, the words, the party's id where the words alone tell it."""

    start: int
    end: int
    words: str
    party: str | None
    kind: SideKind


def _strings(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        raise InputError(f"{where}: {key} must be a list of words.")
    return tuple(value)


def _read(path: Path | None, name: str) -> tuple[dict[str, Any], str]:
    """A TOML file of a folder, or the packaged one, and how to call it in errors."""
    where = str(path / name) if path else name
    try:
        text = (path / name if path else files("reportedly.knowledge") / "data" / name).read_text(encoding="utf-8")
        return tomllib.loads(text), where
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{where} cannot be read: {error}.") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where} is not valid TOML: {error}.") from error


def _party(row: Mapping[str, Any], number: int, where: str, wars: Mapping[str, War]) -> Party:
    at = f"{where}, [[party]] number {number} ({row.get('id', 'without id')})"
    for key in ("id", "name", "kind"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise InputError(f"{at}: {key} is missing.")
    if unknown := set(row) - set(Party.__dataclass_fields__):
        raise InputError(f"{at}: unknown field {sorted(unknown)[0]!r}.")
    if unknown := set(_strings(row, "wars", at)) - set(wars):
        raise InputError(f"{at}: there is no [[war]] with id {sorted(unknown)[0]!r}.")
    country = row.get("country")
    return Party(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        side=row.get("side", row["id"]),
        country=country,
        countries=_strings(row, "countries", at) or ((country,) if country else ()),
        wikidata=row.get("wikidata"),
        wars=_strings(row, "wars", at),
        **{key: _strings(row, key, at) for key in ("names", "people", "seats", "forces")},
    )


def _plain(words: str) -> str:
    """Words without case, accents, article, possessive and punctuation, for exact look-up."""
    text = unicodedata.normalize("NFKD", words.replace("’", "'")).encode("ascii", "ignore").decode().casefold()
    text = re.sub(r"'s\b|'(?=\s|$)", "", text)
    return re.sub(r"^the ", "", " ".join(re.findall(r"[a-z0-9]+", text)))


class Parties:
    """All parties, wars and sources, with a fast scan for side words. Immutable after loading; safe to share."""

    def __init__(self, parties: Iterable[Party], wars: Iterable[War], nouns: Mapping[str, Any], sources: Sources):
        self.wars = {war.id: war for war in wars}
        self._parties = {party.id: party for party in parties}
        self._nouns = nouns
        self.sources = sources
        self._exact: dict[str, str] = {}
        self._patterns: list[str] = []
        self._meaning: list[tuple[str | None, SideKind]] = []
        known: dict[str, int] = {}
        for party in self._parties.values():
            for kind, group in (
                (SideKind.NAME, party.names),
                (SideKind.SEAT, party.seats),
                (SideKind.FORCES, party.forces),
                (SideKind.DEMONYM, party.people),
            ):
                for words in group:
                    self._exact.setdefault(_plain(words), party.id)
                    self._add(words, party.id, self._kind(party, kind), known)
        for kind in (
            SideKind.OWN,
            SideKind.ENEMY,
            SideKind.OCCUPIER,
            SideKind.DEFENDER,
            SideKind.GENERIC,
            SideKind.STATE,
        ):
            for words in nouns.get(kind.value, ()):
                self._add(words, None, kind, known)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)

    @staticmethod
    def _kind(party: Party, kind: SideKind) -> SideKind:
        """An armed group's name is never a place: it counts as its forces."""
        return SideKind.FORCES if kind is SideKind.NAME and party.kind == "group" else kind

    def _add(self, words: str, party: str | None, kind: SideKind, known: dict[str, int]) -> None:
        for form in {words, words.replace("'", "’")}:
            if form not in known:
                known[form] = len(self._patterns)
                self._patterns.append(form)
                self._meaning.append((party, kind))

    @classmethod
    def load(cls, folder: Path | None = None) -> Parties:
        """Read parties.toml and sources.toml from a folder, or the packaged ones (these only once); InputError if broken."""
        return _packaged() if folder is None else cls._load(folder)

    @classmethod
    def _load(cls, folder: Path | None) -> Parties:
        data, where = _read(folder, "parties.toml")
        wars: dict[str, War] = {}
        for number, row in enumerate(data.get("war", []), 1):
            at = f"{where}, [[war]] number {number}"
            if not isinstance(row.get("id"), str) or not isinstance(row.get("name"), str):
                raise InputError(f"{at}: id and name are needed.")
            wars[row["id"]] = War(
                id=row["id"],
                name=row["name"],
                years=str(row.get("years", "")),
                countries=_strings(row, "countries", at),
                principals=_strings(row, "principals", at),
            )
        rows = data.get("party", [])
        if not rows:
            raise InputError(f"{where} names no [[party]].")
        parties = [_party(row, number, where, wars) for number, row in enumerate(rows, 1)]
        ids = [party.id for party in parties]
        if double := {i for i in ids if ids.count(i) > 1}:
            raise InputError(f"{where}: party {sorted(double)[0]!r} stands there twice.")
        for war in wars.values():
            if unknown := set(war.principals) - set(ids):
                raise InputError(f"{where}, war {war.id!r}: {sorted(unknown)[0]!r} is no party.")
        for party in parties:
            if party.side not in ids:
                raise InputError(f"{where}, party {party.id!r}: side {party.side!r} is no party.")
        nouns = {**data.get("nouns", {}), "of_country": data.get("rebels", {})}
        adjectives = {a: p.id for p in parties if p.kind == "state" for a in (*p.people, *p.names)}
        countries = {p.id: p.country for p in parties if p.country}
        sources, at = _read(folder, "sources.toml")
        return cls(parties, wars.values(), nouns, Sources.from_data(sources, at, adjectives, countries, frozenset(ids)))

    def __iter__(self) -> Iterator[Party]:
        """All parties in the file's order."""
        return iter(self._parties.values())

    def party(self, id_: str) -> Party | None:
        """The party of that id."""
        return self._parties.get(id_)

    def party_of(self, words: str) -> Party | None:
        """The party that words name by themselves ("Russian forces", "the Kremlin", "RSF"), or None."""
        if (exact := self._exact.get(_plain(words))) is not None:
            return self._parties[exact]
        found = [w for w in self.scan(words) if w.party and w.kind is not SideKind.BACKER]
        return self._parties[found[0].party or ""] if found else None

    def state_of(self, country: str) -> Party | None:
        """The state of an ISO 3166-1 country code."""
        return self._states.get(country)

    @cached_property
    def _states(self) -> dict[str, Party]:
        return {p.country: p for p in self._parties.values() if p.country}

    def rebels_of(self, country: str) -> str | None:
        """Who "the rebels" are in a country where there is but one such side."""
        known: dict[str, str] = self._nouns["of_country"]
        return known.get(country)

    def source_of(self, words: str) -> Source | None:
        """The known source that words name (person, body, office, outlet), or None for those we do not know."""
        return self.sources.find(words)

    def side_of(self, words: str) -> str | None:
        """The side that a speaker's words tell: of the known source, else of the nation or group named in them."""
        if (source := self.sources.find(words)) is not None and (source.side or source.kind in ("outlet", "agency")):
            return source.side
        found = [w for w in self.scan(words) if w.party and w.kind is not SideKind.BACKER]
        if len(found) > 1 and words[found[0].end : found[1].start] in (" and ", ", ", " or "):
            return None  # "Ukrainian and Russian sources"
        return self._parties[found[0].party or ""].side if found else None

    def scan(self, text: str) -> tuple[SideWord, ...]:
        """Every side word of a text in order, without overlaps; longest words win; "X" of "X-backed" is marked a backer."""
        if len(text) > MAX_TEXT:
            raise InputError(f"A text of {len(text)} characters is too long to be one report (limit {MAX_TEXT}).")
        found = []
        done = 0
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            if start < done or (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum()):
                continue
            party, kind = self._meaning[number]
            if self._backed.match(text, end):
                kind = SideKind.BACKER
            elif kind in (SideKind.NAME, SideKind.DEMONYM, SideKind.FORCES) and (more := self._forces.match(text, end)):
                end = more.end()
                state = party is not None and self._parties[party].kind == "state"
                rebels = state and party != self.rebels_of("UA") and self._rebels.search(more[0])
                party, kind = (None, SideKind.GENERIC) if rebels else (party, SideKind.FORCES)
            found.append(SideWord(start=start, end=end, words=text[start:end], party=party, kind=kind))
            done = end
        return tuple(found)

    @cached_property
    def _backed(self) -> re.Pattern[str]:
        return re.compile(rf"[-‑–](?:{'|'.join(self._nouns.get('backed', ['backed']))})\b")

    @cached_property
    def _forces(self) -> re.Pattern[str]:
        between = "|".join(sorted(set(self._nouns.get("between", ())), key=len, reverse=True))
        heads = "|".join(sorted(set(self._nouns.get("forces", ())), key=len, reverse=True))
        return re.compile(rf"(?:['’]s?)?(?:[ -](?:{between})){{0,4}}[ ]({heads})(?!\w|[-‑]\w)", re.IGNORECASE)

    @cached_property
    def _rebels(self) -> re.Pattern[str]:
        """Words that set armed people against the state whose demonym they bear ("Chadian rebels")."""
        return re.compile(rf"\b(?:{'|'.join(self._nouns.get('rebel_words', ['rebel']))})", re.IGNORECASE)


@cache
def _packaged() -> Parties:
    return Parties._load(None)

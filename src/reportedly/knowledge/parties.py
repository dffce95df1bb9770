"""Who can hold ground, who says things, and the words for both: parties.toml and sources.toml as values.

Only looks up; what depends on the speaker or the country of a passage ("the enemy", "the army") is bound in resolve/parties.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from reportedly.errors import InputError
from reportedly.knowledge.sides import Party, SideKind, SideWord, War, party_row, read_toml, war_rows
from reportedly.knowledge.sources import Source, Sources

__all__ = ["Parties", "Party", "SideKind", "SideWord", "War"]

MAX_TEXT = 2_000_000  # characters that `scan` accepts: a report of more is not one report
FOLLOWED = (SideKind.NAME, SideKind.DEMONYM, SideKind.FORCES)  # what words for forces go on with: "Russian forces"
OWNS = ("'s ", "’s ")  # "Moscow's forces"
OWNER = re.compile(r"([^'’]+)['’]s ")  # whose spokesman, office or men: "Haftar's spokesman"
NAME, REMEMBERED = 60, 20_000  # characters of a name, and how many names it is remembered of whose they are


def _plain(words: str) -> str:
    """Words without case, accents, article, possessive and punctuation, for exact look-up."""
    text = unicodedata.normalize("NFKD", words.replace("’", "'")).encode("ascii", "ignore").decode().casefold()
    text = re.sub(r"'s\b|'(?=\s|$)", "", text)
    return re.sub(r"^the ", "", " ".join(re.findall(r"[a-z0-9]+", text)))


def _put_together(nouns: Mapping[str, Any], kind: str) -> Iterator[str]:
    """What the words of a kind and its heads make together, in a sentence and at its beginning: "resistance groups"."""
    for before in nouns.get(f"{kind}_before", ()):
        for head in nouns.get(f"{kind}_heads", ()):
            yield f"{before} {head}"
            yield f"{before[:1].upper()}{before[1:]} {head}"


class Parties:
    """All parties, wars and sources, with a fast scan for side words. Nothing that it answers changes after loading; safe to share."""

    def __init__(self, parties: Iterable[Party], wars: Iterable[War], nouns: Mapping[str, Any], sources: Sources):
        self.wars = {war.id: war for war in wars}
        self._parties = {party.id: party for party in parties}
        self._nouns = nouns
        self.sources = sources
        self._sets: dict[str, frozenset[str]] = {}
        self._scanned: dict[str, tuple[SideWord, ...]] = {}  # of names, which are asked for again and again
        self._exact: dict[str, str] = {}
        self._patterns: list[str] = []
        self._meaning: list[tuple[str | None, SideKind]] = []
        self._number: dict[str, int] = {}
        for party in self._parties.values():
            for kind, group in (
                (SideKind.NAME, party.names),
                (SideKind.SEAT, party.seats),
                (SideKind.FORCES, party.forces),
                (SideKind.DEMONYM, party.people),
            ):
                for words in group:
                    self._exact.setdefault(_plain(words), party.id)
                    self._add(words, party.id, self._kind(party, kind))
        for kind in (
            SideKind.OWN,
            SideKind.ENEMY,
            SideKind.OCCUPIER,
            SideKind.DEFENDER,
            SideKind.GENERIC,
            SideKind.STATE,
        ):
            for words in (*nouns.get(kind.value, ()), *_put_together(nouns, kind.value)):
                self._add(words, None, kind)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)

    @staticmethod
    def _kind(party: Party, kind: SideKind) -> SideKind:
        """An armed group's name is never a place: it counts as its forces."""
        return SideKind.FORCES if kind is SideKind.NAME and party.kind == "group" else kind

    def _add(self, words: str, party: str | None, kind: SideKind) -> None:
        for form in {words, words.replace("'", "’")}:
            if form not in self._number:
                self._number[form] = len(self._patterns)
                self._patterns.append(form)
                self._meaning.append((party, kind))

    @classmethod
    def load(cls, folder: Path | None = None) -> Parties:
        """Read parties.toml and sources.toml from a folder, or the packaged ones (these only once); InputError if broken."""
        return _packaged() if folder is None else cls._load(folder)

    @classmethod
    def _load(cls, folder: Path | None) -> Parties:
        data, where = read_toml(folder, "parties.toml")
        wars = war_rows(data, where)
        rows = data.get("party", [])
        if not rows:
            raise InputError(f"{where} names no [[party]].")
        parties = [party_row(row, number, where, wars) for number, row in enumerate(rows, 1)]
        ids = [party.id for party in parties]
        if double := {i for i in ids if ids.count(i) > 1}:
            raise InputError(f"{where}: party {sorted(double)[0]!r} stands there twice.")
        for war in wars.values():
            if unknown := {*war.principals, *war.helpers} - set(ids):
                raise InputError(f"{where}, war {war.id!r}: {sorted(unknown)[0]!r} is no party.")
        for party in parties:
            if party.side not in ids:
                raise InputError(f"{where}, party {party.id!r}: side {party.side!r} is no party.")
        nouns = {
            **data.get("nouns", {}),
            "of_country": data.get("rebels", {}),
            "armies": data.get("armies", {}),
            "kin": data.get("kin", {}),
            "paramilitaries": data.get("paramilitaries", {}),
            "networks": data.get("networks", {}),
        }
        adjectives = {a: p.id for p in parties if p.kind == "state" for a in (*p.people, *p.names)}
        countries = {p.id: p.country for p in parties if p.country}
        sources, at = read_toml(folder, "sources.toml")
        groups = [(p.name, p.side, p.names) for p in parties if p.kind == "group"]
        found = Sources.from_data(sources, at, adjectives, countries, frozenset(ids), groups)
        return cls(parties, wars.values(), nouns, found)

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

    def helps(self, id_: str, countries: Sequence[str]) -> bool:
        """Whether a state only fights beside others in a war of these countries, and holds no ground there."""
        wars = (war for war in self.wars.values() if not set(countries).isdisjoint(war.countries))
        return any(id_ in war.helpers for war in wars)

    def rebels_of(self, country: str) -> str | None:
        """Who "the rebels" are in a country where there is but one such side."""
        known: dict[str, str] = self._nouns["of_country"]
        return known.get(country)

    def army_of(self, country: str) -> Party | None:
        """Whose army "the army" is in a country: its state's, but for a country whose state has none."""
        known: dict[str, str] = self._nouns["armies"]
        return self.party(known[country]) if country in known else self.state_of(country)

    def paramilitaries_of(self, country: str) -> str | None:
        """Who "the paramilitaries" are in a country where but one such group fights."""
        known: dict[str, str] = self._nouns["paramilitaries"]
        return known.get(country)

    def branches(self, network: str | None, countries: Iterable[str]) -> tuple[str, ...]:
        """The armed groups of a network that fight in one of some countries ("al-Qaeda-linked fighters" in Somalia)."""
        known: dict[str, list[str]] = self._nouns["networks"]
        found = (self._parties[id_] for id_ in known.get(network or "", ()) if id_ in self._parties)
        lands = set(countries)
        return tuple(party.id for party in found if not lands.isdisjoint(party.countries))

    def has_network(self, network: str | None) -> bool:
        """Whether armed groups belong to it."""
        known: dict[str, list[str]] = self._nouns["networks"]
        return network in known

    def kin_of(self, words: str) -> tuple[str, ...] | None:
        """The parties that fighters called after a people may be ("Kurdish fighters"); None where the words name no people."""
        known: dict[str, list[str]] = self._nouns["kin"]
        found = known.get(words.split()[0])
        return tuple(found) if found is not None else None

    def nouns(self, key: str) -> frozenset[str]:
        """A list of words around a party's name, by its key in the file."""
        if key not in self._sets:
            self._sets[key] = frozenset(self._nouns.get(key, ()))
        return self._sets[key]

    def written_small(self, words: str) -> bool:
        """Whether words for those who fight are no names, but capitalised as a sentence begins: "Resistance groups"."""
        return words.lower() in self._number or words.lower() in self._irregular

    @cached_property
    def _irregular(self) -> frozenset[str]:
        return frozenset({w.removesuffix("s") + "s" for w in self.nouns("irregular")} | self.nouns("irregular"))

    def source_of(self, words: str) -> Source | None:
        """The known source that words name (person, body, office, outlet), or None for those we do not know."""
        return self.sources.find(words)

    def side_of(self, words: str) -> str | None:
        """The side that a speaker's words tell: of the known source, else of the nation or group named in them."""
        if (source := self.sources.find(words)) is not None and (source.side or source.kind in ("outlet", "agency")):
            return source.side
        found = [w for w in self.scan(words) if w.party and w.kind is not SideKind.BACKER]
        found = [w for w in found if not words[w.end :].startswith("-based")]  # "the British-based Observatory"
        if len(found) > 1 and words[found[0].end : found[1].start] in (" and ", ", ", " or "):
            return None  # "Ukrainian and Russian sources"
        between = words[found[0].end : found[1].start] if len(found) > 1 else ""
        owned = between in ("'s ", "’s ")
        if (
            between.startswith(("'s ", "’s "))
            and between.endswith((" group ", " movement "))
            and self._at_war(*found[:2])
        ):
            found = found[1:]  # "Nigeria's militant group Boko Haram"
        if owned and found[1].kind is SideKind.FORCES and self._at_war(found[0], found[1]):
            found = found[1:]  # "Myanmar's Arakan Army"
        if not found and (owner := OWNER.match(words)) is not None:
            names = owner[1].split()
            known = (self.sources.find(" ".join(names[k:])) for k in range(len(names)))
            return next((source.side for source in known if source is not None and source.kind == "person"), None)
        return self._parties[found[0].party or ""].side if found else None

    def _at_war(self, one: SideWord, other: SideWord) -> bool:
        """Whether the parties of two side words have a war in common."""
        wars = [set(self._parties[w.party].wars) for w in (one, other) if w.party is not None]
        return len(wars) == 2 and not wars[0].isdisjoint(wars[1])

    def scan(self, text: str) -> tuple[SideWord, ...]:
        """Every side word of a text in order, without overlaps; longest words win; "X" of "X-backed" is marked a backer."""
        if len(text) > MAX_TEXT:
            raise InputError(f"A text of {len(text)} characters is too long to be one report (limit {MAX_TEXT}).")
        if len(text) > NAME:
            return self._scan(text)
        known = self._scanned.get(text)
        if known is None:
            known = self._scan(text)
            if len(self._scanned) >= REMEMBERED:
                self._scanned.clear()
            self._scanned[text] = known
        return known

    def _scan(self, text: str) -> tuple[SideWord, ...]:
        found = []
        done = 0
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            if start < done or (start and text[start - 1].isalnum()):
                continue
            if text[max(0, start - 7) : start].casefold() == "sea of ":
                continue  # "the Sea of Azov" is no regiment
            if end < len(text) and text[end].isalnum():  # "Fano militia|men": the longest words stop within one
                number, end = self._shorter(text, start, end)
                if number < 0:
                    continue
            party, kind = self._meaning[number]
            if kind is SideKind.STATE and text.startswith(" group", end):
                continue  # "the East military group" is not the army of the country
            if self._backed.match(text, end) or self._backed_by.search(text, max(0, start - 24), start):
                kind = SideKind.BACKER
            elif (kind in FOLLOWED or (kind is SideKind.SEAT and text.startswith(OWNS, end))) and (
                more := self._forces.match(text, end)
            ):
                state = party is not None and self._parties[party].kind == "state"
                if kind is SideKind.DEMONYM and not state and more[0].strip().lower() == "state":
                    continue  # "Kachin State" is where a people lives
                end = more.end()
                rebels = state and party != self.rebels_of("UA") and self._rebels.search(more[0])
                party, kind = (None, SideKind.GENERIC) if rebels else (party, SideKind.FORCES)
            found.append(SideWord(start=start, end=end, words=text[start:end], party=party, kind=kind))
            done = end
        return tuple(found)

    def _shorter(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The longest known words that end at a word's end within a stretch: their number and end, or -1."""
        while (end := text.rfind(" ", start, end)) > start:
            if (number := self._number.get(text[start:end], -1)) >= 0:
                return number, end
        return -1, start

    @cached_property
    def _backed_by(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(self._nouns.get('backed', ['backed']))}) by (?:the )?$")

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
        """Words that set armed people apart from the state whose demonym they bear ("Chadian rebels", "Colombian mercenaries")."""
        return re.compile(rf"\b(?:{'|'.join(self._nouns.get('rebel_words', ['rebel']))})", re.IGNORECASE)


@cache
def _packaged() -> Parties:
    return Parties._load(None)

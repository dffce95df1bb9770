"""Who says things: persons, bodies, offices, outlets and agencies of sources.toml, with kind and side."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportedly.errors import InputError

__all__ = ["Source", "Sources", "plain_words"]

KINDS = ("person", "body", "office", "outlet", "agency", "analyst", "group", "channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A person, body, office, outlet, agency or group that says things. `side` is a party's id or None.

    `titles` are words by which a person may be taken up again in a report ("governor", "spokesperson").
    """

    id: str
    name: str
    kind: str
    side: str | None = None
    titles: tuple[str, ...] = ()
    body: str | None = None
    gender: str = ""  # of persons: m or f, for "he" and "she"


@lru_cache(maxsize=1 << 16)
def plain_words(words: str) -> str:
    """Words without case, accents, leading article, possessive and punctuation: the key of a look-up."""
    text = unicodedata.normalize("NFKD", words.replace("’", "'").replace("ʼ", "'")).encode("ascii", "ignore").decode()
    text = re.sub(r"'s\b|'(?=\s|$)", "", text.casefold())
    return re.sub(r"^(?:the|an|a) ", "", " ".join(re.findall(r"[a-z0-9]+", text)))


REMEMBERED = 20_000  # words of which it is remembered whom they name: some three megabytes


class Sources:
    """Look-up of sources by the words for them; persons also by a surname that only one of them bears."""

    def __init__(self, sources: Mapping[str, Source], words: Mapping[str, str], surnames: Mapping[str, str]):
        self._sources = dict(sources)
        self._words = dict(words)
        self._surnames = dict(surnames)
        self._found: dict[
            str, Source | None
        ] = {}  # what words named before: the same names are asked for again and again
        self._titles = frozenset(w for s in self._sources.values() for t in s.titles for w in plain_words(t).split())

    @classmethod
    def from_data(
        cls,
        data: Mapping[str, Any],
        where: str,
        adjectives: Mapping[str, str],
        countries: Mapping[str, str],
        parties: frozenset[str],
        groups: Iterable[tuple[str, str, tuple[str, ...]]] = (),
    ) -> Sources:
        """Make sources of the tables of sources.toml; `adjectives` maps names and demonyms of states to party ids.

        `groups` are (name, side, names) of armed groups: they speak for themselves, under words that no row claims.
        """
        sources: dict[str, Source] = {}
        words: dict[str, str] = {}
        surnames: dict[str, str | None] = {}

        def learn(source: Source, names: list[str], *, strong: bool = True) -> None:
            if source.id in sources and sources[source.id] != source:
                raise InputError(f"{where}: source {source.id!r} stands there twice.")
            sources[source.id] = source
            for name in names:
                key = plain_words(name)
                if strong:
                    words[key] = source.id
                else:
                    words.setdefault(key, source.id)

        for number, row in enumerate(data.get("source", []), 1):
            at = f"{where}, [[source]] number {number} ({row.get('name', 'without name')})"
            source = _source(row, at, parties)
            learn(source, [source.name, *row.get("names", [])])
            if source.kind == "person":
                surname = plain_words(source.name.split()[-1])
                for key in {surname.split()[-1], *(plain_words(n).split()[-1] for n in row.get("surnames", []))}:
                    surnames[key] = None if key in surnames else source.id
        for number, row in enumerate(data.get("body", []), 1):
            at = f"{where}, [[body]] number {number}"
            if not isinstance(row.get("key"), str) or not isinstance(row.get("names"), list):
                raise InputError(f"{at}: key and names are needed.")
            for adjective, party in adjectives.items():
                if party not in countries:
                    continue
                name = f"{adjective} {row['names'][0]}"
                known = sources.get(f"{party}/{row['key']}")
                source = known or Source(id=f"{party}/{row['key']}", name=name, kind="body", side=party)
                forms = [f"{adjective} {n}" for n in row["names"]]
                forms += [f"{n} of {adjective}" for n in row["names"]]
                learn(source, forms, strong=False)
        for name, side, names in groups:
            id_ = plain_words(name).replace(" ", "-")
            if id_ not in sources and plain_words(name) not in words:
                learn(
                    Source(id=id_, name=name, kind="group", side=side),
                    [n for n in (name, *names) if len(n) > 2],
                    strong=False,
                )
        return cls(sources, words, {k: v for k, v in surnames.items() if v is not None})

    def __len__(self) -> int:
        """How many sources are known."""
        return len(self._sources)

    def get(self, id_: str) -> Source | None:
        """The source of that id."""
        return self._sources.get(id_)

    def find(self, words: str) -> Source | None:
        """The source that the words name: exactly, without its side's adjective, or by an unambiguous surname."""
        try:
            return self._found[words]
        except KeyError:
            found = self._named(words)
        if len(self._found) >= REMEMBERED:
            self._found.clear()
        self._found[words] = found
        return found

    def _named(self, words: str) -> Source | None:
        key = plain_words(words)
        if not key:
            return None
        id_ = self._words.get(key)
        if id_ is None and " of " not in key:
            last = key.rsplit(" ", 1)[-1]
            id_ = self._surnames.get(last)
            if id_ is not None and " " in key and not self._same_person(id_, key):
                id_ = None
        return self._sources[id_] if id_ is not None else None

    def _same_person(self, id_: str, key: str) -> bool:
        """Whether the words before a known surname agree with the person's first name, or are titles only."""
        first = plain_words(self._sources[id_].name.split()[0])
        words = [w for w in key.split()[:-1] if w not in ("al", "el")]
        if not words:
            return True
        before = words[-1]
        return before == first or before in self._titles or (len(before) > 1 and before[:2] == first[:2])


def _source(row: Mapping[str, Any], at: str, parties: frozenset[str]) -> Source:
    for key in ("name", "kind"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise InputError(f"{at}: {key} is missing.")
    if row["kind"] not in KINDS:
        raise InputError(f"{at}: kind must be one of {', '.join(KINDS)}, not {row['kind']!r}.")
    if row.get("side") is not None and row["side"] not in parties:
        raise InputError(f"{at}: side {row['side']!r} is no party of parties.toml.")
    if unknown := set(row) - {"id", "name", "kind", "side", "titles", "body", "names", "surnames", "gender"}:
        raise InputError(f"{at}: unknown field {sorted(unknown)[0]!r}.")
    return Source(
        id=row.get("id") or plain_words(row["name"]).replace(" ", "-"),
        name=row["name"],
        kind=row["kind"],
        side=row.get("side"),
        titles=tuple(row.get("titles", ())),
        body=row.get("body"),
        gender=row.get("gender", "m") if row["kind"] == "person" else "",
    )

"""Parties, wars and side words as values, and the rows of parties.toml that they are made of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any

from reportedly.errors import InputError

__all__ = ["Party", "SideKind", "SideWord", "War", "party_row", "read_toml", "war_rows"]


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

    `principals` are its two main sides, where there are two; `helpers` are states that fight beside others there and hold no
    ground of their own.
    """

    id: str
    name: str
    years: str
    countries: tuple[str, ...]
    principals: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()


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


def read_toml(path: Path | None, name: str) -> tuple[dict[str, Any], str]:
    """A TOML file of a folder, or the packaged one, and how to call it in errors."""
    where = str(path / name) if path else name
    try:
        text = (path / name if path else files("reportedly.knowledge") / "data" / name).read_text(encoding="utf-8")
        return tomllib.loads(text), where
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{where} cannot be read: {error}.") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where} is not valid TOML: {error}.") from error


def party_row(row: Mapping[str, Any], number: int, where: str, wars: Mapping[str, War]) -> Party:
    """One row as a party; InputError names the row and field that is wrong."""
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


def war_rows(data: Mapping[str, Any], where: str) -> dict[str, War]:
    """The wars of parties.toml by id."""
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
            helpers=_strings(row, "helpers", at),
        )
    return wars

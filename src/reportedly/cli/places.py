"""Words on the command line to a place: what the ledger speaks of comes first, then the gazetteer; never a silent guess."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import click

from reportedly.errors import NotFound, QueryError

if TYPE_CHECKING:
    from reportedly.knowledge.gazetteer import Gazetteer
    from reportedly.ledger import Ledger
    from reportedly.model import Place

__all__ = ["choose_place", "describe", "open_gazetteer"]

TIERS = {"exact": 0, "alternate": 0, "historic": 1, "skeleton": 1}
"""How well a name must fit: better ones hide worse ones; vowels folded and misspellings are only suggested."""

SHOWN = 8
TOWN, FAR_LARGER = 10_000, 5
"""A name means the town of at least so many people that is so many times larger than any namesake; that is said."""


def open_gazetteer() -> Gazetteer:
    """The operator's gazetteer, built on first use, with a word on standard error where that takes a while."""
    from reportedly.knowledge.build import ensure_gazetteer
    from reportedly.knowledge.gazetteer import Gazetteer
    from reportedly.settings import Settings

    settings = Settings.from_environment()
    if not settings.gazetteer_path.exists():
        click.echo("Building the gazetteer from the installed packages, once: about half a minute.", err=True)
    return Gazetteer.open(ensure_gazetteer(settings))


def describe(place: Place) -> str:
    """A place in one line: name, region, country, id."""
    where = ", ".join(
        part for part in (place.admin2_name, place.admin1_name, place.country) if part and part != place.name
    )
    return f"{place.name} ({where}) id {place.id}"


def choose_place(words: str, gazetteer: Gazetteer, ledger: Ledger) -> Place:
    """The one place that the words mean; QueryError with the candidates where there are several, NotFound where none.

    Of several the town is taken, with a word on standard error, that is far larger than all others.
    """
    if not words.strip():
        raise QueryError('Name a place, as in Bakhmut or "Luhansk region".')
    if re.fullmatch(r"-?[0-9]{1,15}", words):
        place = gazetteer.place(int(words))
        if place is None:
            raise NotFound(f"The gazetteer has no place with id {words}.")
        return place
    from reportedly.resolve.places import Mention, resolve_places

    matches = [m for m in gazetteer.find(words, fuzzy=False) if m.tier in TIERS]
    settled = [
        m for m in matches if m.place.kind == "settlement"
    ]  # "Bakhmut" is the town, not the district named after it
    all_found = {m.place.id: m.place for m in settled or matches}
    best = min((TIERS[m.tier] for m in settled or matches), default=0)
    found = {m.place.id: m.place for m in settled or matches if TIERS[m.tier] == best}
    region = resolve_places(
        words, [Mention(start=0, end=len(words), words=words)], gazetteer, published=dt.datetime.now(dt.UTC).date()
    )[0]
    if (
        region.kind in ("region", "country")
        and region.place_id is not None
        and (whole := gazetteer.place(region.place_id))
    ):
        return whole
    spoken = ledger.place_ids()
    heard = {place_id: place for place_id, place in all_found.items() if place_id in spoken}
    if len(heard) == 1:
        return next(iter(heard.values()))
    candidates = heard or found
    if len(candidates) == 1:
        return next(iter(candidates.values()))
    if not candidates:
        near = ", ".join(dict.fromkeys(m.place.name for m in gazetteer.find(words)[:4]))
        hint = (
            f" Did you mean {near}?"
            if near
            else " Try another spelling, or add a country: reportedly gazetteer add UA."
        )
        raise NotFound(f"No place called {words!r} is known.{hint}")
    ranked = sorted(candidates.values(), key=lambda p: (-p.population, p.id))
    if ranked[0].population >= max(TOWN, FAR_LARGER * ranked[1].population):
        first = describe(ranked[0])
        click.echo(f"Taking {first}, by far the largest of {len(ranked)} of that name; ask for others by id.", err=True)
        return ranked[0]
    lines = "\n".join(f"  {describe(p)}" for p in ranked[:SHOWN])
    more = f"\n  ... and {len(ranked) - SHOWN} more" if len(ranked) > SHOWN else ""
    raise QueryError(f"{words!r} is the name of {len(ranked)} places. Ask by id:\n{lines}{more}")

"""How often, and how early or late, a source's claims were followed by a layer's own change: agreement with that layer, never truth.

For every claim of taking, holding or losing a whole settlement that the layer knows: did the layer change the same way within a
window, had it long had it so, or did it never? The same question of a random day of the layer's own period is chance.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.compare.check import side_change
from reportedly.compare.content import Layer
from reportedly.compare.layers import Layers
from reportedly.compare.measures import median_interval, wilson
from reportedly.model import Claim, Form, PlaceKind, PlaceRelation, Polarity, Relation

__all__ = ["Record", "record_of", "speaks_as"]

FEWEST = 10
"""Below so many claims a record is shown with its counts only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A source against a layer. Shares are (share, low, high) at 95 per cent; `chance` is the share that random days would give.

    `claims` counts distinct (place, direction, day); `followed` those with the layer's change within `window` days either way;
    `already` those that the layer had so before the window; `never` the rest. `lag_days` (median, low, high) is the layer's
    day less the claim's: positive where the source was first.
    """

    source: str
    layer: Layer
    window: int
    claims: int
    followed: tuple[float, float, float]
    already: int
    never: int
    chance: float
    lag_days: tuple[float, float, float] | None
    as_on_the_day: tuple[float, float, float]
    own_side: int
    other_side: int
    unknown_places: int
    sentence: str


def speaks_as(claim: Claim, source: str) -> bool:
    """Whether the claim's innermost speaker, or the publisher where the report speaks itself, is the source (id or words)."""
    said = claim.attribution
    wanted = source.casefold()
    if said.source_id is None and said.source == "narrator":
        return claim.publisher.casefold() == wanted
    return wanted in {said.source.casefold(), (said.source_id or "").casefold()}


def _told(claim: Claim) -> tuple[int, str, bool, dt.date] | None:
    """Place, party, whether it gains, and the day; None for what names no whole settlement."""
    place = claim.place
    if (
        place.place_id is None or place.kind is not PlaceKind.SETTLEMENT or place.relation is not PlaceRelation.AT
        or claim.extent.kind != "whole" or claim.form is Form.PRESUPPOSED or claim.polarity is Polarity.DENIED
        or claim.relation not in (Relation.TAKES, Relation.HOLDS, Relation.LOSES)
    ):  # fmt: skip
        return None
    day = claim.published.date()
    if claim.valid is not None and claim.valid.upper is not None:
        day = min(day, claim.valid.upper - dt.timedelta(days=1))
    return place.place_id, claim.party, claim.relation is not Relation.LOSES, day


def record_of(layers: Layers, layer: Layer, source: str, claims: Iterable[Claim], *, window: int = 30) -> Record:
    """Weigh a source's claims against one table layer."""
    history = layers.history(layer.id)
    told: dict[tuple[int, str, bool, dt.date], Claim] = {}
    for claim in claims:
        if speaks_as(claim, source) and (key := _told(claim)) is not None:
            told.setdefault(key, claim)
    inside = {
        k: c
        for k, c in told.items()
        if k[0] in history and layer.first and layer.last and layer.first <= k[3] <= layer.last
    }
    lags: list[int] = []
    already = same = own = other = 0
    chances: list[float] = []
    for (place, party, gains, day), claim in inside.items():
        rows = history[place]
        turned = side_change(rows, party, gains, day, window)
        had = _had(rows, party, gains, day)
        same += had
        if turned is not None:
            lags.append((turned - day).days)
        else:
            already += had
        chances.append(_chance(rows, party, gains, window, layer))
        side = claim.attribution.side
        own += side is not None and (side == party) == gains
        other += side is not None and (side == party) != gains
    n = len(inside)
    followed = wilson(len(lags), n)
    lag = median_interval(lags)
    chance = sum(chances) / n if n else 0.0
    return Record(
        source=source, layer=layer, window=window, claims=n, followed=followed, already=already, never=n - len(lags) - already,
        chance=chance, lag_days=lag, as_on_the_day=wilson(same, n), own_side=own, other_side=other, unknown_places=len(told) - n,
        sentence=_sentence(source, layer, window, n, len(lags), followed, lag, chance),
    )  # fmt: skip


def _had(rows: Sequence[tuple[dt.date, str | None]], party: str, gains: bool, day: dt.date) -> bool:
    """Whether the layer has it as claimed at the end of the day."""
    last: str | None = None
    for at, holder in rows:
        if at > day:
            break
        last = holder
    return (last == party) == gains


def _chance(rows: Sequence[tuple[dt.date, str | None]], party: str, gains: bool, window: int, layer: Layer) -> float:
    """Share of the layer's days that have a change of this kind at this place within the window."""
    if layer.first is None or layer.last is None:
        return 0.0
    begin, end = layer.first.toordinal(), layer.last.toordinal()
    days: set[int] = set()
    for (_, before), (at, now) in itertools.pairwise(rows):
        if (before != party and now == party) if gains else (before == party and now != party):
            days.update(range(max(begin, at.toordinal() - window), min(end, at.toordinal() + window) + 1))
    return len(days) / max(1, end - begin + 1)


def _sentence(
    source: str, layer: Layer, window: int, n: int, hits: int, share: tuple[float, float, float],
    lag: tuple[float, float, float] | None, chance: float,
) -> str:  # fmt: skip
    if n == 0:
        return f"No claim of {source} names a whole settlement that {layer.name} knows in its period."
    counts = f"Of {n} such claims of {source}, {layer.name} changed the same way within {window} days in {hits}"
    if n < FEWEST:
        return f"{counts}: too few to speak of a share."
    timing = (
        ""
        if lag is None
        else f", its change coming {lag[0]:+g} days after the claim (median; {lag[1]:+g} to {lag[2]:+g})"
    )
    return (
        f"{counts} ({100 * share[0]:.0f} per cent, {100 * share[1]:.0f} to {100 * share[2]:.0f}; random days would give "
        f"{100 * chance:.0f}){timing}. This is agreement with {layer.name}, not with the truth."
    )


def sources_in(claims: Iterable[Claim]) -> Mapping[str, int]:
    """Number of claims by speaker, the most frequent first."""
    counts: dict[str, int] = {}
    for claim in claims:
        said = claim.attribution
        name = (
            claim.publisher if said.source == "narrator" and said.source_id is None else said.source_id or said.source
        )
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

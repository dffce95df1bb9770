"""A decaying memory of where earlier texts were: what a reader who has followed the reports knows of the front.

Every confident answer leaves weight at its place; weight fades with time. How much lies around a candidate, near and of late
or farther off and longer ago, is evidence for it. The memory is causal: `learn` is called after a text, never before.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.model import PlaceKind, PlaceRef

__all__ = ["FrontMemory"]

SCALES = ((3.0, 45.0), (7.0, 15.0), (22.0, 90.0))
"""(kilometres, days) of the two memories: where it happened last week, and where the war has been for months."""
REACH_KM = 66.0  # three widths of the widest: what lies farther counts for nothing
ADMIT = 0.56
PER_TEXT = 2.0  # at most this weight for one place in one text, however often it is named
FORGET = 1e-4
NAMES = 20_000  # whose neighbours are kept
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Near:
    """Pairs of a point and a remembered place near it: `foreign` where the place is none of the points, closeness per scale."""

    count: int  # places that were looked at
    points: npt.NDArray[np.intp]
    slots: npt.NDArray[np.intp]
    foreign: npt.NDArray[np.bool_]
    closeness: tuple[FloatArray, ...]

    def joined(self, more: _Near) -> _Near:
        """With the pairs of places remembered since."""
        return _Near(
            more.count, np.concatenate((self.points, more.points)), np.concatenate((self.slots, more.slots)),
            np.concatenate((self.foreign, more.foreign)),
            tuple(np.concatenate(pair) for pair in zip(self.closeness, more.closeness, strict=True)),
        )  # fmt: skip


class FrontMemory:
    """Weights of places, faded to the day of the last text learned; times must not run backwards."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._slot: dict[int, int] = {}
        self._points: FloatArray = np.empty((0, 2))
        self._weights: FloatArray = np.empty((0, len(SCALES)))
        self._countries: dict[str, float] = {}
        self._when: dt.date | None = None
        self._nearby: dict[tuple[int, ...], _Near] = {}

    def __len__(self) -> int:
        return len(self._slot)

    def learn(self, refs: Iterable[PlaceRef], when: dt.date) -> None:
        """Remember the confident answers of a text of this day."""
        known = [(r.place_id, r.probability) for r in refs if r.place_id is not None and r.kind is PlaceKind.SETTLEMENT]
        self.learn_places(known, when)

    def learn_places(self, places: Iterable[tuple[int, float]], when: dt.date) -> None:
        """Remember places with their probabilities as a text of this day named them; only settlements count."""
        self._fade(when)
        heard: dict[int, float] = {}
        for place_id, probability in places:
            if probability >= ADMIT:
                heard[place_id] = min(PER_TEXT, heard.get(place_id, 0.0) + probability)
        for place_id, weight in heard.items():
            place = self._gazetteer.place(place_id)
            if (
                place is not None
                and place.lat is not None
                and place.lon is not None
                and place.kind is PlaceKind.SETTLEMENT
            ):
                self._add(place_id, place.lat, place.lon, weight)
                self._countries[place.country] = self._countries.get(place.country, 0.0) + weight

    def seed(self, weights: Mapping[int, float], when: dt.date) -> None:
        """Start from a control-state baseline: place ids on the line of contact with a weight each."""
        self._fade(when)
        for place_id, weight in weights.items():
            place = self._gazetteer.place(place_id)
            if place is not None and place.lat is not None and place.lon is not None:
                self._add(place_id, place.lat, place.lon, weight)

    def _add(self, place_id: int, lat: float, lon: float, weight: float) -> None:
        slot = self._slot.get(place_id)
        if slot is None:
            slot = self._slot[place_id] = len(self._points)
            self._points = np.vstack((self._points, [[lat, lon]]))
            self._weights = np.vstack((self._weights, np.zeros((1, len(SCALES)))))
        self._weights[slot] += weight

    def _fade(self, when: dt.date) -> None:
        if self._when is not None and when > self._when:
            days = (when - self._when).days
            self._weights *= np.exp([-days / tau for _, tau in SCALES])
            for country in self._countries:
                self._countries[country] *= math.exp(-days / 365)
            if len(self._points) > 500 and (dead := self._weights.max(axis=1) < FORGET).any():
                keep = np.flatnonzero(~dead)
                number = {int(old): new for new, old in enumerate(keep)}
                self._slot = {p: number[s] for p, s in self._slot.items() if s in number}
                self._points, self._weights = self._points[keep], self._weights[keep]
                self._nearby.clear()
        self._when = max(when, self._when) if self._when else when

    def around(
        self,
        lat: FloatArray,
        lon: FloatArray,
        when: dt.date,
        *,
        namesakes: Sequence[Sequence[int]] = (),
        own: float = 1.0,
    ) -> FloatArray:
        """Weight around each point in each memory on a day (shape: points by scales), a Gaussian of the scale's width.

        `namesakes` are the place ids of the points, group by group in the same order: what was remembered of a group's places
        counts for its own points only by the factor `own`, or one wrong answer would vote for its own repetition.
        """
        if not len(self._points) or not len(lat):
            return np.zeros((len(lat), len(SCALES)))
        days = max(0, (when - self._when).days) if self._when else 0
        fading = [math.exp(-days / tau) for _, tau in SCALES]
        found, begin = np.empty((len(lat), len(SCALES))), 0
        for ids in namesakes or [()]:
            end = begin + len(ids) if ids else len(lat)
            near = self._near(tuple(ids), lat[begin:end], lon[begin:end])
            share = near.foreign + own * ~near.foreign
            for s, faded in enumerate(fading):
                heard = near.closeness[s] * self._weights[near.slots, s] * share
                found[begin:end, s] = np.bincount(near.points, heard, end - begin) * faded
            begin = end
        return found

    def _near(self, ids: tuple[int, ...], lat: FloatArray, lon: FloatArray) -> _Near:
        """Which remembered places lie near which of some points; kept by the points' ids, for a name comes again."""
        kept = self._nearby.get(ids) if ids else None
        known = kept.count if kept is not None else 0
        if kept is not None and known == len(self._points):
            return kept
        new = self._points[known:]
        north = (lat[:, None] - new[None, :, 0]) * 111.2
        east = (lon[:, None] - new[None, :, 1]) * 111.2 * np.cos(np.radians(lat))[:, None]
        square = north * north + east * east
        i, j = np.nonzero(square < REACH_KM**2)
        close = square[i, j]
        j = j + known
        mine = [self._slot[x] for x in ids if x in self._slot]
        made = _Near(
            len(self._points), i, j, ~np.isin(j, mine), tuple(np.exp(close * (-0.5 / km**2)) for km, _ in SCALES)
        )
        if kept is not None:
            made = kept.joined(made)
        if ids:
            if len(self._nearby) >= NAMES:
                self._nearby.clear()
            self._nearby[ids] = made
        return made

    def countries(self) -> dict[str, float]:
        """Share of the remembered weight by country."""
        total = sum(self._countries.values())
        return {c: w / total for c, w in self._countries.items()} if total > 0 else {}

"""The model's words and numbers: why a settlement is where it is, what changed, and every length, day and threshold."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from reportedly.model import Claim
from reportedly.reconcile.field import FieldParameters, Ints

__all__ = [
    "BEHIND_KM",
    "BEYOND_KM",
    "FADES_KM",
    "FOREIGN_NAME",
    "INFERRED",
    "WORDS",
    "Areas",
    "Change",
    "Parameters",
    "Why",
]


class Why(IntEnum):
    """Why a settlement is where it is."""

    NOTHING = 0
    BASELINE = 1
    POCKET = 2
    NAMED = 3
    SETTLED = 4  # entered, and nobody answered for a while
    BETWEEN = 5
    AREA = 6
    CUT_OFF = 7
    FOLLOWS = 8


BEHIND_KM, BEYOND_KM, FADES_KM = 2.0, 6.0, 4.0
"""A side's moves are told of places from so far behind its own line to so far beyond it; likelihood halves at FADES_KM more."""

FOREIGN_NAME = 0.8

WORDS = {
    Why.NOTHING: "no source has said anything of this place; its side is that of the country it lies in",
    Why.BASELINE: "as the baseline has it",
    Why.POCKET: "the baseline leaves it open, but it lies enclosed behind held ground: probable, not reported",
    Why.NAMED: "a source named it",
    Why.SETTLED: "a source reported an advance into it, or its side's own taking of it, and nobody reported the contrary since",
    Why.BETWEEN: "nobody named it: it lies between the earlier line and a place that was named",
    Why.CUT_OFF: "nobody named it: the other side's ground closed around it while its line was breaking",
    Why.FOLLOWS: "nobody named it, and nobody ever does: most of the ground around it has changed hands since",
    Why.AREA: "nobody named it: it lies in an area that was named as a whole",
}


INFERRED = (Why.POCKET, Why.BETWEEN, Why.AREA, Why.CUT_OFF, Why.FOLLOWS)


class Areas(Protocol):
    """Who knows which settlements a claim on a region binds (reconcile.areas)."""

    def members(self, claim: Claim) -> Ints:
        """Rows of the ground that a claim on a region binds; empty where that is not known."""
        ...

    def exact(self, claim: Claim) -> bool:
        """Whether the claim tells a part of the region that cannot be meant for another (a river's bank)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Days and thresholds of the model beside the field's own.

    `settle_days`: an advance into a village that nobody answers is taken for its fall after so long (`town_days` from
    `town` inhabitants on, and where a side's own word alone says that it has the place; never one into a part of it); open
    pockets of a baseline likewise. `again_days`: told again, it waits no longer than so. A town of which there was word lately
    does not go over with its surroundings. `decide`: joint weight from which a claim turns a place.
    `memory_days`: how long voices on one place add up, and how long fighting makes it contested.
    `rout`: so many places lately taken deep behind a line near one another mean that it breaks, if the other side is said to
    lose or leave `losses` places within `lost_km`; `cut_off`: the share of directions from which a place is then closed in.
    `doubt_km`: a place taken so deep behind the line, and `doubt_steps` times as deep as settlements lie apart, waits for a
    second witness. `follow_`: a place that nobody ever named
    follows one that fell within `follow_km` if its surroundings (reconcile.followers) are the winner's to this degree,
    after `follow_soon` days within `follow_near_km` or where its surroundings are the winner's to `follow_shut`, else after
    `settle_days`.
    `nearly`: share of a region that a side must have before a claim on the whole completes it. `likely`, `choose`: a claim
    is left out where its place is less likely than this so far from the line, or no one of the places that its name may
    mean has this share of the weight. `told_again`: how much less likely a side is said to take a place that it has had for
    longer than `memory_days` than one that it has not. `fought_km`: how far behind the line a place may be where there is fighting;
    `entered_km`, `opened_km`: the bounds that an advance and an opened place set. From depth to probability: `line_km` is
    the width of the line itself, `doubt_at_line` the share of errors beside it, which fades over `doubt_fades_km` to
    `lapse` (fitted on 2022-04 to 2024-12 against a hand-drawn map).
    """

    field: FieldParameters = dataclasses.field(default_factory=FieldParameters)
    settle_days: int = 7
    town: int = 1000
    town_days: int = 30
    again_days: int = 2
    decide: float = 0.6
    memory_days: int = 14
    entered_km: float = -0.5
    fought_km: float = -5.0
    opened_km: float = 0.05
    doubt_km: float = 10.0
    doubt_steps: float = 6.0
    nearly: float = 0.75
    rout: int = 6
    losses: int = 2
    lost_km: float = 90.0
    cut_off: float = 0.6
    likely: float = 0.005
    choose: float = 0.6
    told_again: float = 0.1
    follow_km: float = 6.0
    follow_near_km: float = 1.5
    follow_soon: int = 3
    follow_from: float = 0.0
    follow_shut: float = 0.5
    follow_fades_km: float = 3.0
    line_km: float = 0.4
    doubt_at_line: float = 0.12
    doubt_fades_km: float = 10.0
    lapse: float = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One settlement changed hands in the model: `party` is None where nobody is known to hold it. `inferred`: nobody named it."""

    place_id: int
    day: dt.date
    party: str | None
    inferred: bool
    why: Why
    claim: Claim | None

"""The timeline of a place as numbers for an SVG: a lane per side that speaks, the map's line below, gaps hatched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportedly.model import Claim, Polarity, Relation
from reportedly.publish.history import Code
from reportedly.publish.wording import Lexicon

__all__ = ["Bar", "Lane", "Lanes", "Mark", "draw_lanes"]

WIDTH, LEFT, LANE = 1000, 190, 34  # in units of the drawing
MARKS_MAX = 400
SILENCE = dt.timedelta(days=30)  # how much of a silence at the end is always drawn to scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One claim: where it stands, its colour's party, its shape, and what it says."""

    x: float
    party: str
    shape: str  # dot: holds or takes; ring: denied; cross: loses; bar: fights or nears
    label: str
    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The claims of one side."""

    name: str
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stretch of time in the map's own line, or a gap."""

    x: float
    width: float
    code: Code
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """The whole drawing; `ticks` are (x, words)."""

    width: int
    height: int
    left: int
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    gaps: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    bar_y: float
    now: float


SHAPES = {
    Relation.HOLDS: "dot", Relation.TAKES: "dot", Relation.ANNEXES: "dot", Relation.LOSES: "cross",
    Relation.CONTESTS: "bar", Relation.ADVANCES: "bar",
}  # fmt: skip


def draw_lanes(
    claims: Sequence[Claim],
    changes: Sequence[tuple[dt.date, Code]],
    day: dt.date,
    *,
    lexicon: Lexicon,
    gaps: Sequence[tuple[dt.date, dt.date]] = (),
) -> Lanes:
    """Lay out claims by side over the days they were published, with the changes of status and the gaps below."""
    told = [c.published.date() for c in claims] + [d for d, _ in changes]
    first, last = min([*told, day]), max([*told, day])
    # a long silence up to the day asked about would press all that was said into a corner: it is drawn shorter
    shown = min(last, max(told) + max(SILENCE, (max(told) - first) * 2 // 5)) if told else last
    span = max(1, (shown - first).days)

    def at(when: dt.date) -> float:
        return round(LEFT + (WIDTH - LEFT - 14) * (min(when, shown) - first).days / span, 1)

    sides = sorted({c.attribution.side or "" for c in claims}, key=lambda s: (s == "", s))
    lanes = []
    for number, side in enumerate(sides):
        marks = [
            Mark(
                x=at(c.published.date()),
                party=c.party,
                shape="ring" if c.polarity is Polarity.DENIED else SHAPES[c.relation],
                label=f"{c.published.date()}: {lexicon.sentence(c)}",
                claim_id=c.id,
            )
            for c in claims[:MARKS_MAX]
            if (c.attribution.side or "") == side
        ]
        name = f"{lexicon.party(side)}'s side" if side else "No side known"
        lanes.append(Lane(name=name, y=26 + number * LANE, marks=tuple(marks)))
    bars = []
    ends = [*(when for when, _ in changes[1:]), last]
    for (when, code), end in zip(changes, ends, strict=False):
        label = f"{when} to {end}: {code.state} {lexicon.party(code.party) if code.party else ''}".strip()
        bars.append(Bar(x=at(when), width=max(2.0, at(end) - at(when)), code=code, label=label))
    bar_y = 26 + len(sides) * LANE
    quiet = [
        Bar(x=at(a), width=max(1.0, at(b) - at(a)), code=Code(), label=f"Nothing was reported from {a} to {b}")
        for a, b in gaps
    ]
    return Lanes(
        width=WIDTH, height=int(bar_y + 52), left=LEFT, lanes=tuple(lanes), bars=tuple(bars), gaps=tuple(quiet),
        ticks=_ticks(first, shown, last, at), bar_y=bar_y, now=at(day),
    )  # fmt: skip


def _ticks(
    first: dt.date, shown: dt.date, last: dt.date, at: Callable[[dt.date], float]
) -> tuple[tuple[float, str], ...]:
    """Up to seven evenly spaced days; where the end is drawn shorter than it was, the last says so."""
    steps = min(6, max(1, (shown - first).days))
    days = sorted({first + dt.timedelta(days=round((shown - first).days * i / steps)) for i in range(steps + 1)})
    ticks = [(at(d), d.isoformat()) for d in days]
    if last > shown:
        ticks[-1] = (ticks[-1][0], f"… {last.isoformat()}")
    return tuple(ticks)

"""From the words of place mentions to gazetteer ids, by everything the text and what was read before say of where it is.

Candidates come from the gazetteer under loose spellings; then evidence is added up on a log scale: how the spelling met, the
size and sort of the place, the country the text is about, regions it names, distances it gives ("12 km south of Kreminna"), the
memory of where earlier texts were, and the other places of the same text (each candidate's near neighbours). The sum becomes a
probability; below a threshold the answer is a ranked list without an id.
"""

from __future__ import annotations

import datetime as dt
import math
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportedly.knowledge.gazetteer import TIER_ORDER, Gazetteer
from reportedly.model import Candidate, PlaceKind, PlaceRef, Span
from reportedly.resolve.candidates import KM_PER_DEGREE
from reportedly.resolve.evidence import trim, weigh_directions, weigh_namesakes, weigh_together
from reportedly.resolve.memory import FrontMemory
from reportedly.resolve.phrases import directions
from reportedly.resolve.scene import look_around
from reportedly.resolve.slates import Mention, Slate, make_slates
from reportedly.resolve.weights import WEIGHTS, Weights, calibrated

__all__ = ["FrontMemory", "Mention", "Weights", "resolve_places"]

SHOWN = 3  # candidates in an answer
TERSE = 500  # characters below which a text with its context is a line, not prose


def resolve_places(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, *, published: dt.date, memory: FrontMemory | None = None,
    context: str = "", country: str | None = None, theatre: Mapping[str, float] | None = None, line: bool | None = None,
    weights: Weights = WEIGHTS,
) -> list[PlaceRef]:  # fmt: skip
    """Resolve the mentions of one text, in order; pure, and causal as long as `memory` learned from earlier texts only.

    `context` is text that stood before (a heading, the last paragraph); `country` is the ISO code of the country that the
    publisher writes about, where that is known; `theatre` holds those where the parties of the text fight, with weights. `line` says
    that the text is a line for those who follow the map, not prose; else its length tells.
    """
    if not mentions:
        return []
    scene = look_around(text, context, gazetteer, memory, country)
    for code, weight in (theatre or {}).items():
        scene.countries[code] = scene.countries.get(code, 0.0) + weight
    hints = directions(text) if weights.directions else []
    terse = len(text) + len(context) < TERSE if line is None else line
    slates = make_slates(text, mentions, gazetteer, scene, memory, published, terse, weights)
    for slate in slates:
        if len(slate.rows):
            if weights.directions:
                weigh_directions(mentions[slate.at], text, slate, hints, gazetteer, weights)
            trim(slate, weights)
    weigh_namesakes(slates)
    followed = terse and memory is not None and len(memory) > 0
    weigh_together(slates, weights.joint if followed else weights.joint_alone, weights)
    of_mention: list[list[Slate]] = [[] for _ in mentions]
    for slate in slates:
        of_mention[slate.at].append(slate)
    return [answer(m, own, gazetteer, weights) for m, own in zip(mentions, of_mention, strict=True)]


def answer(mention: Mention, slates: Sequence[Slate], gazetteer: Gazetteer, w: Weights) -> PlaceRef:
    """The reference of a mention: its first name that is sure, else its first name with candidates."""
    if slates[0].fixed is not None:
        return replace(slates[0].fixed, words=mention.words)
    live = [s for s in slates if len(s.rows)]
    if not live:
        return PlaceRef(
            words=mention.words, span=Span(start=mention.start, end=mention.end), relation=slates[0].phrase.relation,
            reasons=("no such place known",),
        )  # fmt: skip
    refs = (refer(mention, slate, gazetteer, w) for slate in live)
    first = next(refs)
    return first if first.place_id is not None else next((r for r in refs if r.place_id is not None), first)


def refer(mention: Mention, slate: Slate, gazetteer: Gazetteer, w: Weights) -> PlaceRef:
    """The reference by one name: an id where enough probability lies within a few kilometres of one candidate."""
    p, lat, lon = slate.p.tolist(), slate.lat.tolist(), slate.lon.tolist()
    order = sorted(range(len(p)), key=lambda k: -p[k])[:SHOWN]
    top = order[0]
    near = [
        k
        for k in range(len(p))
        if KM_PER_DEGREE * math.hypot(lat[k] - lat[top], (lon[k] - lon[top]) * math.cos(math.radians(lat[k])))
        <= w.same_km
    ]
    known = max(slate.known[near].tolist())
    probability = calibrated(sum(p[k] for k in near)) / (1.0 + math.exp(-known))
    ranked = []
    for k in order:
        place_id, name, where = described(int(slate.rows[k]), gazetteer)
        reason = f"{TIER_ORDER[slate.tiers[k]]} name, {where}"
        ranked.append(Candidate(place_id=place_id, name=name, probability=round(p[k], 4), reason=reason))
    sure = probability >= w.threshold
    return PlaceRef(
        words=mention.words, span=Span(start=mention.start, end=mention.end), kind=PlaceKind.SETTLEMENT,
        place_id=ranked[0].place_id if sure else None, name=ranked[0].name if sure else None,
        probability=round(probability, 4), relation=slate.phrase.relation, candidates=tuple(ranked), area=slate.phrase.area,
        reasons=(f"{TIER_ORDER[slate.tiers[top]]} spelling", *slate.reasons),
    )  # fmt: skip


_described: weakref.WeakKeyDictionary[Gazetteer, dict[int, tuple[int, str, str]]] = weakref.WeakKeyDictionary()


def described(row: int, gazetteer: Gazetteer) -> tuple[int, str, str]:
    """Id and name of a row's place, and where it lies in words."""
    kept = _described.setdefault(gazetteer, {})
    found = kept.get(row)
    if found is None:
        place = gazetteer.at(row)
        where = ", ".join(v for v in (place.admin2_name, place.admin1_name, place.country) if v)
        found = kept[row] = (place.id, place.name, where)
    return found

"""From the words of place mentions to gazetteer ids, by everything the text and what was read before say of where it is.

Candidates come from the gazetteer under loose spellings; then evidence is added up on a log scale: how the spelling met, the
size and sort of the place, the country the text is about, regions it names, distances it gives ("12 km south of Kreminna"), the
memory of where earlier texts were, and the other places of the same text (each candidate's near neighbours). The sum becomes a
probability; below a threshold the answer is a ranked list without an id.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from reportedly.knowledge.gazetteer import TIER_ORDER, Gazetteer
from reportedly.model import Candidate, PlaceKind, PlaceRef, Span
from reportedly.resolve.candidates import candidates_of
from reportedly.resolve.memory import FrontMemory
from reportedly.resolve.phrases import Direction, Phrase, directions, offset, parse_phrase
from reportedly.resolve.regions import find_region
from reportedly.resolve.scene import Scene, look_around

__all__ = ["FrontMemory", "Mention", "Weights", "resolve_places"]

F = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a place (code points, half-open); `hint` is text that belongs to it but stands elsewhere.

    `also` are other writings of the same name, for example from the same text in Ukrainian.
    """

    start: int
    end: int
    words: str
    hint: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights of the evidence (log units); the values are reasoned and checked, not fitted, because registers differ."""

    tiers: tuple[float, ...] = (0.0, -0.3, -0.4, -2.0, -1.6, -2.5)  # in the order of TIER_ORDER
    tiers_alone: tuple[float, ...] = (
        0.0,
        -0.3,
        -1.8,
        -2.5,
        -1.6,
        -3.0,
    )  # without a memory a loose spelling is less likely meant
    population: float = 0.25  # per e-fold of inhabitants, where a memory tells the rest
    population_alone: float = 0.45  # without one
    country: float = 1.0
    war: float = 1.2
    memory: tuple[float, ...] = (0.5, 1.0, 0.3)  # per scale of the memory
    quiet: float = 0.01  # weight that is as good as none
    own: float = 0.8  # how much what was remembered of the name itself counts
    joint: float = 0.8
    joint_km: float = 18.0
    fading: float = 1.5  # how quickly mentions farther off in the text count less
    region_at: float = 4.0  # "X, Kharkiv Oblast"
    region_text: float = 1.2
    also: float = 2.5
    quarter: float = -3.0  # city quarters, former places
    same_km: float = 4.0  # candidates this near are one answer
    threshold: float = 0.53
    keep: int = 8
    reach: int = 8  # how many mentions away neighbours count


WEIGHTS = Weights()
KM_PER_DEGREE = 111.2
TEMPERATURE = 1.5  # evidence of neighbours and memory is counted as if independent, which it is not
_AFTER_REGION = re.compile(
    r"\s*(?:,|\(|\bin\b(?:\s+the)?)\s*(?:the\s+)?([A-Z][\w’'\-]+(?:\s+[A-Z][\w’'\-]+)?)['’]?s?\s+(?:oblast|region|province|state|governorate)",
    re.I,
)


@dataclass(slots=True)
class Slate:
    """The candidates of one mention and the evidence so far; arrays run over candidates."""

    phrase: Phrase
    rows: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    tiers: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    lat: F = field(default_factory=lambda: np.empty(0))
    lon: F = field(default_factory=lambda: np.empty(0))
    score: F = field(default_factory=lambda: np.empty(0))
    p: F = field(default_factory=lambda: np.empty(0))
    reasons: list[str] = field(default_factory=list)
    fixed: PlaceRef | None = None


def resolve_places(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, *, published: dt.date, memory: FrontMemory | None = None,
    context: str = "", country: str | None = None, weights: Weights = WEIGHTS,
) -> list[PlaceRef]:  # fmt: skip
    """Resolve the mentions of one text, in order; pure, and causal as long as `memory` learned from earlier texts only.

    `context` is text that stood before (a heading, the last paragraph); `country` is the ISO code of the country that the
    publisher writes about, where that is known.
    """
    if not mentions:
        return []
    scene = look_around(text, context, gazetteer, memory, country)
    hints = directions(text)
    slates = [make_slate(text, m, gazetteer, scene, memory, published, weights) for m in mentions]
    for mention, slate in zip(mentions, slates, strict=True):
        if len(slate.rows):
            weigh_directions(mention, text, slate, hints, gazetteer)
            trim(slate, weights)
    weigh_namesakes(slates)
    weigh_together(slates, weights)
    return [answer(m, s, gazetteer, weights) for m, s in zip(mentions, slates, strict=True)]


# -- candidates --


def make_slate(
    text: str, mention: Mention, gazetteer: Gazetteer, scene: Scene, memory: FrontMemory | None, published: dt.date, w: Weights
) -> Slate:  # fmt: skip
    """Candidates of one mention with the evidence that needs no other mention."""
    phrase = parse_phrase(mention.words)
    slate = Slate(phrase)
    after = text[mention.end : mention.end + 40]
    slate.fixed = find_region(
        mention.words, phrase, after, gazetteer, scene, Span(start=mention.start, end=mention.end)
    )
    if slate.fixed is not None:
        return slate
    known = candidates_of(phrase.name, mention.also, gazetteer)
    if known is None:
        return slate
    remembers = memory is not None and len(memory) > 0
    score = (
        np.array(w.tiers if remembers else w.tiers_alone)[known.tiers]
        + (w.population if remembers else w.population_alone) * known.people
    )
    score += w.quarter * known.quarter + w.war * known.war - known.lost
    prior = {c: w.country * scene.prior(c) for c in {r[:2] for r in known.regions}}
    score += np.array([prior[r[:2]] for r in known.regions])
    if known.agrees is not None:
        score += w.also * known.agrees - 0.5 * (1.0 - known.given)
    if memory is not None and remembers:
        around = memory.around(known.lat, known.lon, published, namesakes=known.ids, own=w.own)
        score += np.log(around + w.quiet) @ np.array(w.memory)
    if scene.regions:
        score += weigh_regions(text, mention, known.regions, scene, w)
    slate.rows, slate.tiers, slate.lat, slate.lon, slate.score = known.rows, known.tiers, known.lat, known.lon, score
    return slate


def weigh_regions(text: str, mention: Mention, regions: tuple[str, ...], scene: Scene, w: Weights) -> F:
    """Evidence of the regions that the text names: strong where one follows the name at once, else a vote."""
    tail = text[mention.end : mention.end + 60]
    m = _AFTER_REGION.match(tail)
    at = [code for code, where in scene.regions if m and mention.end + m.start(1) <= where < mention.end + m.end(1) + 1]
    if at:
        return np.array([w.region_at if r == at[0] else -w.region_at for r in regions])
    named = {code for code, _ in scene.regions}
    return np.array([w.region_text if r in named else 0.0 for r in regions])


def trim(slate: Slate, w: Weights) -> None:
    """Keep the best candidates by the evidence so far."""
    if len(slate.rows) > w.keep:
        best = np.argsort(-slate.score, kind="stable")[: w.keep]
        slate.rows, slate.tiers = slate.rows[best], slate.tiers[best]
        slate.lat, slate.lon, slate.score = slate.lat[best], slate.lon[best], slate.score[best]
    slate.p = softmax(slate.score)


def softmax(score: F) -> F:
    """Probabilities of log weights."""
    e = np.exp(score - score.max())
    return np.asarray(e / e.sum())


# -- evidence between places --


def weigh_directions(mention: Mention, text: str, slate: Slate, hints: list[Direction], gazetteer: Gazetteer) -> None:
    """A distance after the name (in the same list, up to its parenthesis) votes softly for the candidates that fit."""
    mine = directions(mention.hint or "") or [h for h in hints if belongs(mention, h, text)]
    if not mine:
        return
    hint = mine[0]
    if parse_phrase(hint.reference).name == slate.phrase.name:
        return
    best = np.full(len(slate.rows), -8.0)
    found = [r for r, _ in gazetteer.lookup(hint.reference) if gazetteer.settled_rows[r]]
    found.sort(key=lambda r: -int(gazetteer.array("place.population")[r]))
    for row in found[:12]:
        lat, lon = float(gazetteer.array("place.lat")[row]), float(gazetteer.array("place.lon")[row])
        if hint.bearing is None:
            off = np.abs(km(slate.lat, slate.lon, lat, lon) - hint.km)
        else:
            off = km(slate.lat, slate.lon, *offset(lat, lon, hint))
        best = np.maximum(best, np.maximum(-0.5 * (off / hint.slack) ** 2, -8.0))
    if found:
        slate.score += best
        slate.reasons.append(f"by the distance to {hint.reference}")


def belongs(mention: Mention, hint: Direction, text: str) -> bool:
    """Whether a distance stands right after a name or after the list that the name is in."""
    gap = text[mention.end : hint.start]
    if hint.start < mention.end or len(gap) > 80 or "." in gap.rstrip(".") or ";" in gap or ")" in gap:
        return False
    if hint.loose:
        return re.fullmatch(r"[\s,(–—-]*", gap) is not None
    return bool(
        re.fullmatch(
            r"[\s,(–—-]*(?:(?:and|or|,|[A-Z][\w’'\-]*|about|located|lies|the|a|an|village|town|settlement|city|which|is|some)[\s,(]*)*",
            gap,
        )
    )


def km(lat: F, lon: F, to_lat: F | float, to_lon: F | float) -> F:
    """Kilometres on a plane, good to a per cent for the distances of one front."""
    north = (lat - to_lat) * KM_PER_DEGREE
    east = (lon - to_lon) * KM_PER_DEGREE * np.cos(np.radians(lat))
    return np.asarray(np.hypot(north, east))


def weigh_namesakes(slates: list[Slate]) -> None:
    """One sense for one name in a text: what a distance says of a name goes for its other mentions without one."""
    told = {s.phrase.name: s for s in slates if s.reasons and len(s.rows)}
    for slate in slates:
        model = told.get(slate.phrase.name)
        if model is None or slate.reasons or not len(slate.rows):
            continue
        known = dict(zip(model.rows.tolist(), model.p.tolist(), strict=True))
        slate.score += np.log(np.array([known.get(r, 0.0) for r in slate.rows.tolist()]) + 1e-3)
        slate.p = softmax(slate.score)


def weigh_together(slates: list[Slate], w: Weights) -> None:
    """Two rounds of support between the mentions of a text: being near some likely candidate of another one counts."""
    live = [(i, s) for i, s in enumerate(slates) if len(s.rows)]
    if len(live) < 2:
        return
    sizes = [len(s.rows) for _, s in live]
    begins = np.cumsum([0, *sizes[:-1]])
    of = np.repeat(np.arange(len(live)), sizes)
    lat, lon, score = (np.concatenate([getattr(s, a) for _, s in live]) for a in ("lat", "lon", "score"))
    north = (lat[:, None] - lat[None, :]) * KM_PER_DEGREE
    east = (lon[:, None] - lon[None, :]) * (KM_PER_DEGREE * np.cos(np.radians(lat)))[:, None]
    close = np.exp(np.sqrt(north * north + east * east) * (-1.0 / w.joint_km))
    position = np.array([i for i, _ in live])
    gap = np.abs(position[:, None] - position[None, :])
    names = [s.phrase.name for _, s in live]
    apart = np.array([[a != b for b in names] for a in names]) & (gap <= w.reach)
    share = np.where(apart, 1.0 / np.maximum(gap, 1) ** w.fading, 0.0)
    share *= (w.joint / np.sqrt(np.maximum(share.sum(axis=1), 1e-9)))[:, None]
    p = np.concatenate([s.p for _, s in live])
    for _ in range(2):
        support = np.log(np.add.reduceat(close * p[None, :], begins, axis=1) + 0.02)
        total = score + (support * share[of]).sum(axis=1)
        e = np.exp(total - np.maximum.reduceat(total, begins)[of])
        p = e / np.add.reduceat(e, begins)[of]
    for begin, size, (_, slate) in zip(begins.tolist(), sizes, live, strict=True):
        slate.p = p[begin : begin + size]


# -- answers --


def answer(mention: Mention, slate: Slate, gazetteer: Gazetteer, w: Weights) -> PlaceRef:
    """The reference: an id where enough probability lies within a few kilometres of one candidate, else ranked candidates."""
    span = Span(start=mention.start, end=mention.end)
    if slate.fixed is not None:
        return replace(slate.fixed, words=mention.words)
    if not len(slate.rows):
        return PlaceRef(
            words=mention.words, span=span, relation=slate.phrase.relation, reasons=("no such place known",)
        )
    order = np.argsort(-slate.p, kind="stable")
    top = int(order[0])
    near = km(slate.lat, slate.lon, slate.lat[top], slate.lon[top]) <= w.same_km
    probability = calibrated(float(slate.p[near].sum()))
    ranked = tuple(
        Candidate(
            place_id=p.id,
            name=p.name,
            probability=round(float(slate.p[k]), 4),
            reason=f"{TIER_ORDER[slate.tiers[k]]} name, {where(p)}",
        )
        for k in order[:3].tolist()
        if (p := gazetteer.at(int(slate.rows[k])))
    )
    best = gazetteer.at(int(slate.rows[top]))
    sure = probability >= w.threshold
    return PlaceRef(
        words=mention.words, span=span, kind=PlaceKind.SETTLEMENT, place_id=best.id if sure else None, name=best.name if sure else None,
        probability=round(probability, 4), relation=slate.phrase.relation, candidates=ranked,
        area=slate.phrase.area, reasons=(f"{TIER_ORDER[slate.tiers[top]]} spelling", *slate.reasons),
    )  # fmt: skip


def where(place: object) -> str:
    """Region and country of a candidate, for its reason."""
    return ", ".join(
        str(v)
        for v in (
            getattr(place, "admin2_name", None),
            getattr(place, "admin1_name", None),
            getattr(place, "country", ""),
        )
        if v
    )


def calibrated(p: float) -> float:
    """Probability as measured on reachable mentions of the stream (docs/places.md): the raw sum is too sure, by one factor."""
    p = min(max(p, 1e-9), 1.0 - 1e-9)
    return float(1.0 / (1.0 + ((1.0 - p) / p) ** (1.0 / TEMPERATURE)))

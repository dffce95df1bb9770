"""Mentions, and the candidates of each with the evidence that needs no other mention: spelling, size, regions, memory."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from reportedly.knowledge.gazetteer import TIER_ORDER, Gazetteer
from reportedly.model import PlaceRef, Span
from reportedly.resolve.candidates import FEW, HISTORIC, Candidates, candidates_of, names_within
from reportedly.resolve.front import near_front
from reportedly.resolve.memory import FrontMemory
from reportedly.resolve.phrases import Phrase, alternatives, parse_phrase
from reportedly.resolve.regions import find_region
from reportedly.resolve.scene import Scene
from reportedly.resolve.weights import Weights
from reportedly.resolve.within import Container, containers, outside, weigh_containers

__all__ = ["Mention", "Slate", "make_slates", "softmax"]

F = npt.NDArray[np.float64]
BEFORE, AFTER = 60, 200  # characters around a name in which its kind is told, as by the end of a list of regions
# what stands between a place and its region
_IN = re.compile(rf"\s*(?:,|\(|\b(?:in|of)\b)\s*(?:in\s+)?(?:(?:{alternatives('shares')})\s+)*")
RENAMED = dt.date(2024, 9, 19)  # Ukraine's last great renaming: names that are historic now were official before
ALTERNATE = TIER_ORDER.index("alternate")
AT_WAR = -1.0  # log share of belief at least for a region of war


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


@dataclass(slots=True)
class Slate:
    """The candidates of one name of a mention and the evidence so far; arrays run over candidates.

    `at` is the number of the mention; `known` is the log odds of each candidate against a place that the gazetteer lacks. A
    mention that holds several names has a slate for each, the first first.
    """

    phrase: Phrase
    at: int
    name: str
    rows: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    tiers: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    lat: F = field(default_factory=lambda: np.empty(0))
    lon: F = field(default_factory=lambda: np.empty(0))
    score: F = field(default_factory=lambda: np.empty(0))
    known: F = field(default_factory=lambda: np.empty(0))
    p: F = field(default_factory=lambda: np.empty(0))
    reasons: list[str] = field(default_factory=list)
    fixed: PlaceRef | None = None


def make_slates(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, scene: Scene, memory: FrontMemory | None, published: dt.date, terse: bool,
    w: Weights,
) -> list[Slate]:  # fmt: skip
    """Slates of all mentions, in order; `terse` says that the text is a line, not prose."""
    slates: list[Slate] = []
    known: list[tuple[Slate, Candidates, Mention]] = []
    for at, mention in enumerate(mentions):
        phrase = parse_phrase(mention.words)
        span = Span(start=mention.start, end=mention.end)
        after = text[mention.end : mention.end + AFTER]
        before = text[max(0, mention.start - BEFORE) : mention.start]
        fixed = find_region(mention.words, phrase, before, after, gazetteer, scene, span)
        names = () if fixed is not None else names_within(phrase.name, gazetteer)
        slates.append(Slate(phrase, at, phrase.name, fixed=fixed))
        for k, name in enumerate(names or ((phrase.name,) if mention.also and fixed is None else ())):
            found = candidates_of(name, mention.also if len(names) < 2 else (), gazetteer)
            if found is not None:
                if k or len(names) > 1:
                    slates.append(Slate(phrase, at, name))
                known.append((slates[-1], found, mention))
    heard = remember(known, memory, published, terse, w)
    around = containers(text, gazetteer)
    for (slate, candidates, mention), near in zip(known, heard, strict=True):
        slate.rows, slate.tiers, slate.lat, slate.lon = (
            candidates.rows,
            candidates.tiers,
            candidates.lat,
            candidates.lon,
        )
        prior = priors(candidates, scene)
        slate.score = alone(text, mention, candidates, scene, prior, around, near, terse, w)
        if published < RENAMED:
            slate.score += still_official(near is None or not terse, w) * (candidates.tiers == HISTORIC)
        slate.score += w.front * near_front(candidates.lat, candidates.lon, gazetteer, published, candidates.fronts)
        slate.known = odds_of_being_known(candidates, prior, w)
        if outside(text, mention.end, around, candidates.regions, candidates.districts):
            slate.known = slate.known - w.misplaced * (candidates.tiers > 0)
    return slates


def remember(
    known: Sequence[tuple[Slate, Candidates, Mention]], memory: FrontMemory | None, published: dt.date, terse: bool, w: Weights
) -> list[F | None]:  # fmt: skip
    """What the memory holds around the candidates of each slate; None for all where there is none.

    A line for those who follow the map leaves unsaid which village is meant, and the memory has to say it (`terse`). Prose
    names towns far from any front too, and says where a village lies: there the memory has less to say.
    """
    if memory is None or not len(memory) or not known:
        return [None] * len(known)
    sizes = [len(c.rows) for _, c, _ in known]
    around = memory.around(
        np.concatenate([c.lat for _, c, _ in known]), np.concatenate([c.lon for _, c, _ in known]), published,
        namesakes=[c.ids for _, c, _ in known], own=w.own,
    )  # fmt: skip
    if terse:
        evidence = np.log(around + w.quiet) @ np.array(w.memory)
    else:
        evidence = np.log(around / (1.0 + around / w.saturates) + w.quiet_prose) @ np.array(w.memory_prose)
    return list(np.split(evidence, np.cumsum(sizes)[:-1]))


def alone(
    text: str, mention: Mention, known: Candidates, scene: Scene, prior: F, around: list[Container], remembered: F | None,
    terse: bool, w: Weights,
) -> F:  # fmt: skip
    """Log weight of each candidate by all that needs no other mention."""
    lone = remembered is None or not terse
    score = np.array(w.tiers_alone if lone else w.tiers)[known.tiers]
    score = score + (w.population_alone if lone else w.population) * known.people - w.eclipse * known.eclipsed
    score += w.quarter * known.quarter + w.war * known.war - known.lost
    score += w.country * prior
    if known.agrees is not None:
        score += w.also * known.agrees - 0.5 * (1.0 - known.given)
    if remembered is not None:
        score += remembered
    return np.asarray(score + weigh_regions(text, mention, known, scene, around, w))


def still_official(lone: bool, w: Weights) -> float:
    """What is added where a name that is historic now may have been official: as of another name, of a village of its own."""
    tiers = w.tiers_alone if lone else w.tiers
    size = w.population_alone if lone else w.population
    return tiers[ALTERNATE] - tiers[HISTORIC] + size * math.log1p(FEW)


def priors(known: Candidates, scene: Scene) -> F:
    """Log share of belief in the country of each candidate; a text on Russia's war, or on nobody's, need not name Ukraine."""
    prior = {c: scene.prior(c) for c in set(known.countries)}
    country = np.array([prior[c] for c in known.countries])
    elsewhere = bool(scene.countries) and not {"UA", "RU", "BY"} & scene.countries.keys()
    return country if elsewhere else np.where(known.war > 0, np.maximum(country, AT_WAR), country)


def odds_of_being_known(known: Candidates, prior: F, w: Weights) -> F:
    """Log odds of each candidate against "a place the gazetteer lacks": a village of another country under a like name is none.

    However few the candidates are, one of them need not be meant; spelling, size and country tell.
    """
    odds = w.known + np.array(w.tiers_alone)[known.tiers] + prior
    return np.asarray(odds + w.population_alone * np.maximum(known.people - np.log1p(FEW), 0.0))


def weigh_regions(
    text: str, mention: Mention, known: Candidates, scene: Scene, around: list[Container], w: Weights
) -> F | float:
    """Evidence of the regions that the text names: strong where one is told of the name or its list, else a vote."""
    told = weigh_containers(text, mention.end, around, known.ids, known.regions, known.districts, w.region_at)
    if told is not None:
        return told
    for code, start in scene.regions:
        if mention.end < start <= mention.end + BEFORE and _IN.fullmatch(text, mention.end, start):
            inside = np.array([r == code for r in known.regions])
            if inside.any():
                return np.where(inside, w.region_at, -w.region_at)
    named = {code for code, _ in scene.regions}
    return np.array([w.region_text if r in named else 0.0 for r in known.regions]) if named else 0.0


def softmax(score: F) -> F:
    """Probabilities of log weights."""
    e = np.exp(score - score.max())
    return np.asarray(e / e.sum())

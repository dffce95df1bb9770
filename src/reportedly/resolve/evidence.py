"""Evidence between the places of a text: distances told, one sense for one name, and nearness to the other places named."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.resolve.candidates import KM_PER_DEGREE
from reportedly.resolve.phrases import LIST_GAP, Direction, directions, offset, parse_phrase
from reportedly.resolve.slates import Mention, Slate, softmax
from reportedly.resolve.weights import Weights

__all__ = ["km", "trim", "weigh_directions", "weigh_namesakes", "weigh_together"]

F = npt.NDArray[np.float64]
REFERENCES = 12  # places of a reference's name that are tried, the largest first
WORST = -8.0
NEAR = 60.0  # km within which a place lies that is said to be some km from another
FARTHEST = 150.0  # km between the ends of a line that a place is said to lie on
REACH = 200  # characters between a name and the stretch of front it lies on
SLOPPY = 35.0  # degrees that a compass word may be off
_LEADS = re.compile(  # between the reference of a direction and the name that lies there
    r"\s*(?:\([^()]*\)\s*)?(?:near|around|in the (?:vicinity|area) of)\s+(?:the\s+)?"
    r"(?:[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?(?:\s*\([^()]*\))?(?:,\s*(?:and\s+)?|\s+and\s+))*"
)
_STOP = re.compile(r"[.!?;]\s+[A-Z“\"]|\n")
_BESIDE = re.compile(r"[\s,(–—-]*")


def trim(slate: Slate, w: Weights) -> None:
    """Keep the best candidates by the evidence so far."""
    if len(slate.rows) > w.keep:
        best = np.argsort(-slate.score, kind="stable")[: w.keep]
        slate.rows, slate.tiers = slate.rows[best], slate.tiers[best]
        slate.lat, slate.lon = slate.lat[best], slate.lon[best]
        slate.score, slate.known = slate.score[best], slate.known[best]
    slate.p = softmax(slate.score)


def km(lat: F, lon: F, to_lat: F | float, to_lon: F | float) -> F:
    """Kilometres on a plane, good to a per cent for the distances of one front."""
    north = (lat - to_lat) * KM_PER_DEGREE
    east = (lon - to_lon) * KM_PER_DEGREE * np.cos(np.radians(lat))
    return np.asarray(np.hypot(north, east))


def weigh_directions(
    mention: Mention, text: str, slate: Slate, hints: list[Direction], gazetteer: Gazetteer, w: Weights
) -> None:
    """A distance after the name (in the same list, up to its parenthesis) votes softly for the candidates that fit."""
    mine = (directions(mention.hint) if mention.hint else []) or [h for h in hints if belongs(mention, h, text)]
    mine = mine or [h for h in hints if leads_to(h, mention, text)]
    mine = mine or [h for h in hints if h.wide and same_sentence(h, mention, text)][-1:]
    if not mine:
        return
    hint = mine[0]
    if slate.name in (parse_phrase(hint.reference).name, parse_phrase(hint.other or "-").name):
        return
    found = meant(hint.reference, gazetteer)
    if found:
        best = np.full(len(slate.rows), WORST)
        if hint.other is None:
            best = np.maximum(best, misfit(slate, hint, found).max(axis=0))
        else:
            for at in found:
                for end in meant(hint.other, gazetteer):
                    best = np.maximum(best, detour(slate, hint, at, end))
        if (
            best.max() <= WORST
            and hint.km < NEAR
            and min(float(km(slate.lat, slate.lon, *at).min()) for at in found) > NEAR
        ):
            slate.known = slate.known - w.misplaced * (slate.tiers > 0)
        slate.score += w.directions * best
        slate.reasons.append(f"by the distance to {hint.reference}{f' and {hint.other}' if hint.other else ''}")


def meant(reference: str, gazetteer: Gazetteer) -> list[tuple[float, float]]:
    """Where (lat, lon) the settlements of a reference's name lie, the largest first."""
    first = reference.split()[0]  # "Donetsk International Airport" lies at Donetsk, as far as is known
    names = dict.fromkeys((reference, parse_phrase(reference).name))  # "Donetsk City" is Donetsk
    if not any(gazetteer.lookup(name, fuzzy=False) for name in names):
        names[first] = None
    found = [r for name in names for r, _ in gazetteer.lookup(name) if gazetteer.settled_rows[r]]
    found.sort(key=lambda r: -int(gazetteer.array("place.population")[r]))
    lat, lon = gazetteer.array("place.lat"), gazetteer.array("place.lon")
    return [(float(lat[row]), float(lon[row])) for row in found[:REFERENCES]]


def detour(slate: Slate, hint: Direction, start: tuple[float, float], end: tuple[float, float]) -> F | float:
    """Log weight of each candidate by how far the way over it is longer than the way between two places."""
    straight = float(km(np.array(start[0]), np.array(start[1]), *end))
    if not 1.0 < straight < FARTHEST:
        return WORST
    longer = km(slate.lat, slate.lon, *start) + km(slate.lat, slate.lon, *end) - straight
    return np.asarray(-0.5 * (np.maximum(longer - hint.km, 0.0) / (hint.slack + 0.1 * straight)) ** 2)


def misfit(slate: Slate, hint: Direction, places: Sequence[tuple[float, float]]) -> F:
    """Log weight of each candidate (columns) by how well it fits a distance or direction from each of some places (rows)."""
    if hint.bearing is not None and not hint.vague and not hint.wide:
        places = [offset(*at, hint) for at in places]
    lat, lon = np.array(places).T[:, :, None]
    if hint.wide:
        off = np.maximum(km(slate.lat, slate.lon, lat, lon) - hint.km, 0.0) / hint.slack
    elif hint.bearing is None:
        off = np.abs(km(slate.lat, slate.lon, lat, lon) - hint.km) / hint.slack
    elif hint.vague:  # the bearing is all that is told
        away = km(slate.lat, slate.lon, lat, lon)
        east = (slate.lon - lon) * np.cos(np.radians(lat))
        turn = np.abs((np.degrees(np.arctan2(east, slate.lat - lat)) - hint.bearing + 180.0) % 360.0 - 180.0)
        off = np.hypot(turn / SLOPPY, np.maximum(away - hint.km, 0.0) / hint.slack)
    else:
        off = km(slate.lat, slate.lon, lat, lon) / hint.slack
    return np.asarray(np.maximum(-0.5 * off**2, WORST))


def belongs(mention: Mention, hint: Direction, text: str) -> bool:
    """Whether a distance stands right after a name or after the list that the name is in."""
    gap = text[mention.end : hint.start]
    if hint.start < mention.end or len(gap) > 80 or "." in gap.rstrip(".") or ";" in gap or ")" in gap:
        return False
    return (_BESIDE if hint.loose else LIST_GAP).fullmatch(gap) is not None


def same_sentence(hint: Direction, mention: Mention, text: str) -> bool:
    """Whether a stretch of the front is named in the sentence of a name: "in the Lyman direction, they took X"."""
    between = text[min(hint.start, mention.end) : max(hint.start, mention.end)]
    return len(between) < REACH and _STOP.search(between) is None


def leads_to(hint: Direction, mention: Mention, text: str) -> bool:
    """Whether a direction before a name says where it lies: "south of Y near X", "south of Y near X, Z and W"."""
    if hint.loose or not 0 < mention.start - hint.start < 160:
        return False
    gap = text[hint.start : mention.start]
    after = gap.partition(hint.reference)[2]
    return _LEADS.fullmatch(after) is not None


def weigh_namesakes(slates: Sequence[Slate]) -> None:
    """One sense for one name in a text: what a distance says of a name goes for its other mentions without one."""
    told = {s.name: s for s in slates if s.reasons and len(s.rows)}
    for slate in slates if told else ():
        model = told.get(slate.name)
        if model is None or slate.reasons or not len(slate.rows):
            continue
        known = dict(zip(model.rows.tolist(), model.p.tolist(), strict=True))
        slate.score += np.log(np.array([known.get(r, 0.0) for r in slate.rows.tolist()]) + 1e-3)
        slate.p = softmax(slate.score)


def weigh_together(slates: Sequence[Slate], joint: float, w: Weights) -> None:
    """Two rounds of support between the names of a text: being near some likely candidate of another one counts by `joint`."""
    live = [s for s in slates if len(s.rows)]
    if len(live) < 2:
        return
    sizes = [len(s.rows) for s in live]
    begins = np.cumsum([0, *sizes[:-1]])
    of = np.repeat(np.arange(len(live)), sizes)
    lat, lon, score, p = (np.concatenate([getattr(s, a) for s in live]) for a in ("lat", "lon", "score", "p"))
    north = (lat[:, None] - lat[None, :]) * KM_PER_DEGREE
    east = (lon[:, None] - lon[None, :]) * (KM_PER_DEGREE * np.cos(np.radians(lat)))[:, None]
    close = np.exp(np.sqrt(north * north + east * east) * (-1.0 / w.joint_km))
    share = shares(live, joint, w)
    if not share.any():
        return
    weight = share[of]
    for _ in range(2):
        support = np.log(np.add.reduceat(close * p[None, :], begins, axis=1) + 0.02)
        total = score + (support * weight).sum(axis=1)
        e = np.exp(total - np.maximum.reduceat(total, begins)[of])
        p = e / np.add.reduceat(e, begins)[of]
    for begin, size, slate in zip(begins.tolist(), sizes, live, strict=True):
        slate.p = p[begin : begin + size]


def shares(live: Sequence[Slate], joint: float, w: Weights) -> F:
    """How much each name listens to each other one (square): by how far they are apart in the text, never to itself."""
    position = np.array([s.at for s in live])
    gap = np.abs(position[:, None] - position[None, :])
    number: dict[str, int] = {}
    name = np.array([number.setdefault(s.name, len(number)) for s in live])
    apart = (name[:, None] != name[None, :]) & (gap <= w.reach)
    share = np.where(apart, 1.0 / np.maximum(gap, 1) ** w.fading, 0.0)
    return np.asarray(share * (joint / np.sqrt(np.maximum(share.sum(axis=1), 1e-9)))[:, None])

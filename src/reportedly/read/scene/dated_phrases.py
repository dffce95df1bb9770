"""Phrases that say when, beside places: "on September 8", "since Monday", "four months later", "A in May and B in June"."""

from __future__ import annotations

from reportedly.read.scene.scene import Scene
from reportedly.read.scene.target import Target

__all__ = ["dated_members", "past_date", "since_when", "time_phrase"]

DAYTIMES = frozenset({"morning", "afternoon", "evening", "night"})


def time_phrase(scene: Scene, k: int, *, bare: bool = False) -> int | None:
    """The token after a date that stands at k with its preposition ("on September 8", "in early May", "in 2014"), or None."""
    low, j = scene.low, k + bare
    if not bare and (later := _counted_on(scene, k)) is not None:
        return later
    while j < len(low) and j - k < 4 and low[j] in ("on", "in", "by", "late", "early", "mid", "-", "last", "the"):
        j += 1
    if j == k or j >= len(low):
        return None
    if low[j].isdigit() and len(low[j]) < 3 and low[j + 1 : j + 2] and low[j + 1] in scene.words("names.calendar"):
        j += 1  # "on 5 May"
    if low[j] in scene.words("names.calendar"):
        j += 1 + (low[j + 1 : j + 2] != () and low[j + 1] in DAYTIMES)  # "on Tuesday morning"
        while j < len(low) and (
            scene.tag[j] == "CD" or (low[j] in ("-", "–", "to") and scene.tag[j + 1 : j + 2] == ("CD",))
        ):
            j += 1
        year = low[j + 1] if low[j : j + 1] == (",",) and j + 1 < len(low) else ""
        return j + 2 if year.isdigit() and len(year) == 4 else j
    if low[k : k + 2] in (("at", "christmas"), ("at", "easter")):
        return k + 2
    return j + 1 if low[j].isdigit() and len(low[j]) == 4 else None


def since_when(scene: Scene, k: int) -> int | None:
    """The token after "since May 10", "since Monday" or "as of June 14" at k, or None."""
    j = k + 2 if scene.low[k : k + 2] == ("as", "of") else k + 1
    while scene.low[j : j + 1] and scene.low[j] in ("early", "mid", "late", "last", "-"):
        j += 1
    return time_phrase(scene, j - 1, bare=True) if j < len(scene.low) else None


def _counted_on(scene: Scene, k: int) -> int | None:
    """The token after "four months later", "a day earlier" or "the next day" at k, or None."""
    low = scene.low
    if low[k : k + 1] in (("the",),) and low[k + 1 : k + 2] in (("next",), ("following",), ("same",)):
        return k + 3 if low[k + 2 : k + 3] in (("day",), ("week",), ("month",), ("year",)) else None
    if low[k : k + 1] == ("the",) and low[k + 2 : k + 3] in (("after",), ("before",)):
        return k + 3 if low[k + 1] in ("day", "week", "month", "year") else None  # "the year after"
    counted = k + 2 < len(low) and (scene.tag[k] == "CD" or low[k] in ("a", "an", "several"))
    timed = counted and low[k + 1].removesuffix("s") in ("hour", "day", "week", "month", "year")
    return k + 3 if timed and low[k + 2] in ("later", "earlier", "before", "after", "afterwards") else None


def past_date(scene: Scene, k: int, stop: int) -> int:
    """The token after the date at k if a list of places with a date each goes on behind it: "A on Monday and B on Tuesday"."""
    after = time_phrase(scene, k)
    if after is not None and after < stop and scene.low[after] == "after":  # "in early 2015 after a siege, Y in May"
        aside = range(after + 1, min(after + 8, stop))
        comma = next((x for x in aside if scene.low[x] == ","), None)
        quiet = comma is not None and not any(scene.tag[x].startswith("VB") for x in range(after, comma))
        after = comma if quiet else after
    if after is None or after >= stop or scene.low[after] not in (",", "and"):
        return k
    j = after
    if scene.low[after] == "," and j + 1 < stop and scene.low[j + 1] in scene.words("places.including"):
        return after  # "most of X by June, including Y"
    while j < stop and (scene.low[j] in (",", "and", "of", "from", "the", "then", "later") or scene.bracket[j]):
        j += 1
    nxt = scene.at.get(j)
    while nxt is not None and nxt.head is None and nxt.end + 1 < stop and scene.low[nxt.end] in (",", "and"):
        further = scene.at.get(nxt.end + 1)
        if further is None:
            break
        nxt = further
    if nxt is None or nxt.head is not None or time_phrase(scene, scene.following(nxt.end)) is None:
        return k
    return after


def dated_members(scene: Scene, k: int) -> list[Target]:
    """The places that a sentence goes on with, each with a date, where the first has one at k: "A fell in May and B in June"."""
    found: list[Target] = []
    k = scene.side_at[k].end if k in scene.side_at else k  # "fell to Russian forces in May"
    after, end = time_phrase(scene, k), scene.sentence[k - 1][1]
    while after is not None and after < end and scene.low[after] in (",", "and"):
        j = after
        while j < end and scene.low[j] in (",", "and", "then"):
            j += 1
        nxt = scene.at.get(j)
        if nxt is None or nxt.head is not None:
            break
        after = time_phrase(scene, scene.following(nxt.end))
        if after is not None:
            found.append(Target(nxt))
    return found

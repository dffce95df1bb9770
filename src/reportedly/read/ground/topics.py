"""The town that a passage is about where "the city" takes it up: the one that the sentence before tells of, or the only one named."""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.parties import SideKind
from reportedly.model import PlaceKind, PlaceRef
from reportedly.read.ground.roles import is_surname, reference_only
from reportedly.read.ground.told import Told
from reportedly.read.scene.scene import Mention
from reportedly.resolve.places import Mention as Words
from reportedly.resolve.places import resolve_places

__all__ = ["called_a", "called_otherwise", "governed_town", "only_town", "said_of", "spoken_of", "town_told_of"]

PROVINCES = frozenset({"province", "oblast", "region", "governorate", "state"})
FAR = 30  # tokens from "the city" to "he said of X" behind the quotation
SPOKEN_OF = 60  # tokens from a claim of a town to "they are in control"
DISTRICTS = frozenset({"district", "raion", "township", "county", "municipality", "commune", "locality"})
PLACED = frozenset({"in", "of", "at", "inside", "into"})  # before a name that no gazetteer has
CLOSING = frozenset({'"', "”", "’’", "''"})
TOWN_BODIES = frozenset({"administration", "council", "municipality"})
TOWN_WORDS = frozenset({"military", "civil", "city", "town", "village"})  # between the name of a town and its body


def town_told_of(told: Told, m: Mention) -> PlaceRef | None:
    """The one town of the claims of the sentence before, else its subject: "X, on the road from A to B, has changed hands"."""
    scene = told.p.scene
    start = scene.sentence[m.start][0]
    first = scene.sentence[start - 1][0] if start else start
    if first == start:
        return None
    if claimed := [ref for at, ref in told.last if first <= at < start and at not in told.aside]:
        one = len({ref.words for ref in claimed}) == 1 and claimed[-1].kind is PlaceKind.SETTLEMENT
        return claimed[-1] if one else None
    for x in scene.mentions:
        last = scene.doc[x.end - 1]
        if first <= x.start < start and last.dep_ in ("nsubj", "nsubjpass") and not is_surname(scene, x):
            ref = told.refs.get(x.start)
            main = last.head.dep_ == "ROOT" and x.head is None and not x.anaphor
            town = ref is not None and ref.kind is PlaceKind.SETTLEMENT and ref.place_id is not None
            return ref if main and town else None
    return None


def said_of(told: Told, m: Mention) -> PlaceRef | None:
    """The place that a quotation is said to be of: "They control most of the city," the governor said of X."""
    scene, marks = told.p.scene, 0
    for k in range(m.end, min(m.end + FAR, len(scene.low) - 1)):
        marks += scene.low[k] in CLOSING
        if marks and scene.low[k] == "of" and scene.low[k - 1] in ("said", "says", "wrote", "added"):
            x = scene.at.get(k + 1) or scene.inside(k + 1 + (scene.low[k + 1] == "the"))
            return told.refs.get(x.start) if x is not None and x.head is None and not x.anaphor else None
    return None


def governed_town(told: Told, m: Mention) -> PlaceRef | None:
    """The town in whose name somebody rules who speaks of "the city": "Mykolaiv governor Vitaliy Kim denied that the city had"."""
    scene, p = told.p.scene, told.p
    for k in range(m.start - 1, scene.sentence[m.start][0], -1):
        body = scene.low[k] in TOWN_BODIES  # "the X military administration said"
        if not body and (scene.low[k] not in scene.cues.offices or scene.written[k][:1].isupper()):
            continue
        end = k
        while body and end and scene.low[end - 1] in TOWN_WORDS:
            end -= 1
        end -= scene.low[end - 1] in ("'s", "’s")
        name = scene.text(end - 1, end)
        if any(s.start < end <= s.end and s.word.kind is SideKind.FORCES for s in scene.sides):
            continue  # "STC leader", that of no town
        if not (end and scene.tag[end - 1].startswith(("NN", "JJ")) and name[:1].isupper()):
            continue
        words = [Words(start=0, end=len(name), words=name)]
        gazetteer, day = p.knowledge.gazetteer, p.report.published.date()
        found = resolve_places(name, words, gazetteer, published=day, memory=p.memory, line=None if p.memory else False)
        if len(found) == 1 and found[0].kind is PlaceKind.SETTLEMENT and found[0].place_id is not None:
            reasons = (f"“{m.words}” is {name}, whose {scene.low[k]} speaks", *found[0].reasons)
            return replace(found[0], span=p.span_of(m.start, m.end), reasons=reasons)
    return None


def spoken_of(told: Told, m: Mention) -> PlaceRef | None:
    """The town of "residents of X said the rebels were in control": the one that the sentence names, else that of the claims before."""
    scene = told.p.scene
    start = scene.sentence[m.start][0]
    here = [
        ref
        for x in scene.mentions
        if start <= x.start < m.start
        and x.head is None
        and not x.anaphor
        and (ref := told.refs.get(x.start)) is not None
        and ref.kind is PlaceKind.SETTLEMENT
        and (ref.place_id is not None or scene.low[scene.previous(x.start)] in PLACED)
        and not reference_only(scene, x)
    ]
    if here:
        return here[0] if len(here) == 1 else None
    near = [ref for at, ref in told.last if m.start - at < SPOKEN_OF]
    one = bool(near) and near[-1].kind is PlaceKind.SETTLEMENT and len({ref.words for ref in near}) == 1
    return near[-1] if one else None


def only_town(told: Told, m: Mention) -> PlaceRef | None:
    """The one town that the passage has named before "the city", for whose it is that something is told: "X's hospital"."""
    scene = told.p.scene
    towns = {
        ref.place_id: ref
        for x in scene.mentions
        if x.start < m.start
        and (ref := told.refs.get(x.start)) is not None
        and ref.kind is PlaceKind.SETTLEMENT
        and (x.head is None or scene.low[x.end] in ("'s", "’s") or x.head in scene.words("places.peopled"))
        and not is_surname(scene, x)
    }
    if len(towns) != 1 or None in towns:
        return None
    (town,) = towns.values()
    told.used.append(town)
    reasons = (f"“{m.words}” is {town.words}, the one named", *town.reasons)
    return replace(town, span=told.p.span_of(m.start, m.end), reasons=reasons)


def called_a(told: Told, m: Mention, noun: str) -> PlaceRef | None:
    """The last place that was called so before "the district": "X, a strategic district in Y, ... to withdraw from the district",
    "the X district in Y province".
    """
    scene = told.p.scene
    level = next((kinds for kinds in (DISTRICTS, PROVINCES) if noun in kinds), None)
    if level is None or m.words.lower() != f"the {noun}":
        return None
    for x in reversed(scene.mentions):
        if x.start >= m.start or x.head is not None or x.anaphor or x.start not in told.refs:
            continue
        behind = scene.low[x.end : x.end + 6]
        aside = behind[: behind.index(",", 1)] if "," in behind[1:] else behind
        if aside[:1] == (",",) and aside[1:2] in (("a",), ("an",)) and noun in aside:
            ref = told.refs[x.start]
            return told.back_to(m, ref)
    named = [x for x in scene.mentions if x.start < m.start and x.start in told.refs and x.kind is PlaceKind.REGION]
    alike = [x for x in named if not x.anaphor and x.head is None and scene.low[x.end - 1] in level]
    if not alike or alike[-1] is named[-1]:
        return None  # the last region named is of that kind
    return told.back_to(m, told.refs[alike[-1].start])


def called_otherwise(told: Told, m: Mention) -> PlaceRef | None:
    """The town beside a village that cannot be meant: "took the village of A, west of B, and entered the city"."""
    scene = told.p.scene
    start = scene.sentence[m.start][0]
    here = [
        x
        for x in scene.mentions
        if start <= x.start < m.start and x.start in told.refs and x.kind is PlaceKind.SETTLEMENT and not x.anaphor
    ]
    if m.anaphor != "city" or len(here) != 2 or scene.low[here[0].start - 1] != "of":
        return None
    small = scene.low[here[0].start - 2] in ("village", "settlement", "hamlet")
    town = told.refs[here[1].start]
    if not small or here[1].head is not None or not reference_only(scene, here[1]) or town.place_id is None:
        return None
    told.used.append(town)
    reasons = (f"“{m.words}” is {town.words}, as {told.refs[here[0].start].words} is none", *town.reasons)
    return replace(town, span=told.p.span_of(m.start, m.end), reasons=reasons)

"""Titles that presuppose control: "occupation head of X", "the Russian-installed mayor of X"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reportedly.knowledge.cues import Cue
from reportedly.model import Extent, PlaceKind
from reportedly.read.mood.clauses import mood_of_verb
from reportedly.read.places.slots import places_after
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Mention, Scene, Side
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import Mood, base_of

__all__ = ["title_frame"]

REACH = 7  # tokens from a title to the office
PART = Extent(kind="part")
IN_TITLE = frozenset({"JJ", "NN", "NNS", "NNP", "CC", "HYPH", "POS"})
OF = (("of",), ("in",), ("for",), ("throughout",), ("across",))


@dataclass(slots=True)
class _Title:
    """A word for who put somebody in an office, at token i; its phrase begins at `start`, the office stands at `office`."""

    cue: Cue
    start: int
    i: int
    side: Side | None
    office: int = 0
    inside: Mention | None = None  # the place between the two


def title_frame(scene: Scene, i: int) -> Assertion | None:
    """An office that the occupying side fills: "occupation head of X", "Russian-installed mayor of X"."""
    bare = scene.low[i] in scene.cues.titles and not scene.bracket[i]
    tied = not bare and i >= 2 and scene.low[i - 1] in ("-", "–") and f"-{scene.low[i]}" in scene.cues.titles
    if not bare and not tied:
        by = scene.low[i + 1 : i + 2] == ("by",) and f"-{scene.low[i]}" in scene.cues.titles
        return _put_in(scene, i) if by else None
    t = _bare(scene, i) if bare else _tied(scene, i)
    if t is None or not _find_office(scene, t) or _to_be_set_up(scene, t.office):
        return None
    targets = next((found for way in WAYS if (found := way(scene, t))), [])
    targets = [target for target in targets if _is_ruled(target)]
    if t.cue.words[0] in ("proxy", "puppet") and t.office != i + 1:
        return None  # "proxy militias", whose leaders hold no town by that
    if t.cue.words == ("-backed",):
        # who has backers abroad may hold nothing
        targets = [target for target in targets if target.mention.kind is not PlaceKind.COUNTRY]
    if not targets:
        return None
    who = "named in the title" if t.side else ""
    told = tuple(replace(x, extent=PART) if x.mention.kind == PlaceKind.COUNTRY else x for x in targets)
    return Assertion(t.cue, t.start, t.office + 1, told, Mood(), t.side, who, attributive=True)


def _bare(scene: Scene, i: int) -> _Title:
    """ "Occupation head of X"."""
    return _Title(scene.cues.titles[scene.low[i]], i, i, next((s for s in scene.sides if s.end == i), None))


def _tied(scene: Scene, i: int) -> _Title | None:
    """ "Russian-installed mayor of X"."""
    side = next((s for s in scene.sides if s.end == i - 1 or s.start <= i - 2 < s.end), None)
    if side is None and scene.low[i - 2] != "occupation":
        return None
    return _Title(scene.cues.titles[f"-{scene.low[i]}"], i - 2, i, side)


def _find_office(scene: Scene, t: _Title) -> bool:
    """Find the office behind a title, and the place before it; whether there is one."""
    low, k, office = scene.low, t.i + 1, None
    while k < len(low) and k - t.i < REACH:
        if k in scene.at and t.inside is None and office is None:
            t.inside = scene.at[k]
            k = t.inside.end
        elif low[k] in scene.cues.offices:
            office = k
            k += 1
        elif scene.tag[k] in IN_TITLE or low[k] in ("-", "'s"):
            k += 1
        else:
            break
    t.office = office if office is not None else 0
    return office is not None


def _between(scene: Scene, t: _Title) -> list[Target]:
    """ "The occupation Kherson administration", "occupation Crimean head"."""
    if t.inside is not None:
        return [Target(_by_adjective(scene, replace(t.inside, head=None)))]
    k = next((j for j in range(t.i + 1, t.office) if scene.low[j] in scene.cues.demonyms), None)
    if k is None:
        return []
    return [Target(_by_adjective(scene, Mention(k, k + 1, scene.written[k], PlaceKind.REGION)))]


def _left(scene: Scene, t: _Title) -> list[Target]:
    return _places_left(scene, t.start)


def _behind(scene: Scene, t: _Title) -> list[Target]:
    """ "Mayor of X", "ministry of health in X"."""
    low, office = scene.low, t.office
    if low[office] in ("ministry", "ministries") and low[office + 1 : office + 2] == ("of",):
        seat = next((j for j in range(office + 3, min(office + 7, len(low))) if low[j] == "in"), None)
        return places_after(scene, seat + 1) if seat is not None else []
    if low[office + 1 : office + 2] not in OF:
        return []
    return places_after(scene, office + 2) or _administered(scene, office + 2)


WAYS: tuple[Callable[[Scene, _Title], list[Target]], ...] = (_between, _left, _behind)
"""Where the places of a title stand."""


def _is_ruled(target: Target) -> bool:
    """Whether a place may be held by who fills its offices; the officials of a "republic" of their own presuppose nothing."""
    m = target.mention
    if m.kind is PlaceKind.UNNAMED or m.anaphor or m.words.lower().endswith("republic"):
        return False
    return m.known or m.end - m.start == 1


def _put_in(scene: Scene, i: int) -> Assertion | None:
    """ "The mayor of X installed by Moscow", "the governor of Y, appointed by the occupation authorities"."""
    behind = range(i + 2, min(i + 5, len(scene.low)))
    side = next((scene.side_at[k] for k in behind if k in scene.side_at), None)
    k = i - 1 - (scene.low[i - 1] == ",")
    place = scene.inside(k) if k > 2 else None
    if side is None or side.word.party is None or place is None or place.head is not None or place.anaphor:
        return None
    office = scene.previous(scene.previous(place.start))
    office -= scene.low[office] == "of"  # "of the X region"
    if scene.low[scene.previous(place.start)] not in ("of", "in", "the") or scene.low[office] not in scene.cues.offices:
        return None
    own = side.word.party == "UA" or place.kind is PlaceKind.COUNTRY
    cue = scene.cues.titles[f"-{scene.low[i]}"]
    targets = (Target(place),)
    return None if own else Assertion(cue, i, i + 1, targets, Mood(), side, "named in the title", attributive=True)


def _to_be_set_up(scene: Scene, office: int) -> bool:
    """Whether the office is one that somebody wants to set up, or has not: "plans to create occupation administrations in X"."""
    token = scene.doc[office]
    for _ in range(3):
        head = token.head
        if head.i == token.i or token.dep_ not in ("dobj", "obj", "conj", "nsubjpass"):
            return False
        if base_of(scene, head.i, "clauses.sets_up"):
            mood = mood_of_verb(scene, head.i)
            return mood.blocked is not None or mood.denied
        token = head
    return False


def _administered(scene: Scene, k: int) -> list[Target]:
    """The place of "head of the X regional administration", whose office stands behind it."""
    k += 1 if scene.low[k : k + 1] == ("the",) else 0
    place = scene.at.get(k)
    return [Target(replace(place, head=None))] if place is not None and place.head in scene.cues.offices else []


def _by_adjective(scene: Scene, mention: Mention) -> Mention:
    """The place that an adjective names: "Crimean" is Crimea."""
    name = scene.cues.demonyms.get(mention.words.lower())
    return mention if name is None else replace(mention, words=name, kind=PlaceKind.REGION)


def _places_left(scene: Scene, start: int) -> list[Target]:
    """The places that stand as modifiers before a title: "Kherson's and Zaporizhia's occupation heads"."""
    found: list[Target] = []
    k = scene.previous(start)
    if k >= 0 and scene.low[k] in scene.cues.demonyms:
        return [Target(_by_adjective(scene, Mention(k, k + 1, scene.written[k], PlaceKind.REGION)))]
    if (seat := _seat_left(scene, k)) is not None:
        return [Target(seat)]
    while k >= 0 and len(found) < 4:
        while k >= 0 and (
            scene.low[k] in ("'s", "new", "former", "first", "and", ",", "'", "regional", "city", "oblast")
            or (any(s.end == k + 1 for s in scene.sides) and scene.inside(k) is None)
        ):
            k = scene.previous(k)
        mention = scene.inside(k) if k >= 0 else None
        if mention is None or mention.kind == PlaceKind.UNNAMED or mention.anaphor:
            break
        listed = (
            bool(found) and mention.head is None and not mention.anaphor
        )  # "A, B, and C Oblast occupation officials"
        if "," in scene.low[mention.end : min(start, mention.end + 2)] and not listed:
            break  # "'back joining Russia', occupation officials say"
        region = listed and scene.low[found[-1].mention.end - 1] in scene.words("names.regions")
        kind = PlaceKind.REGION if region else mention.kind
        found.insert(0, Target(replace(mention, head=None, kind=kind)))
        k = scene.previous(mention.start)
        if k < 0 or scene.low[k] not in ("and", "'s", *((",",) if len(found) > 1 else ())):
            break
    return found


def _seat_left(scene: Scene, k: int) -> Mention | None:
    """The town of "the Enerhodar, Zaporizhia Oblast occupation administration", whose region stands between."""
    region = scene.inside(k) if k >= 0 else None
    if region is None or region.kind is not PlaceKind.REGION or region.end != k + 1:
        return None
    town = scene.inside(region.start - 2) if scene.low[region.start - 1] == "," and region.start > 2 else None
    if town is None or town.kind is not PlaceKind.SETTLEMENT or town.anaphor or town.start < 1:
        return None
    apart = scene.low[town.end : town.end + 1] == (",",) and scene.tag[town.start - 1] == "DT"
    return replace(town, head=None) if apart else None

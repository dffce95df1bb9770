"""Titles that presuppose control: "occupation head of X", "the Russian-installed mayor of X"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import Extent, PlaceKind
from reportedly.read.mood.clauses import mood_of_verb
from reportedly.read.places.slots import places_after
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Mention, Scene, Side
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import Mood, base_of

__all__ = ["title_frame"]


def title_frame(scene: Scene, i: int) -> Assertion | None:
    """An office that the occupying side fills: "occupation head of X", "Russian-installed mayor of X"."""
    low = scene.low
    cue, start = None, i
    side: Side | None = None
    if low[i] in scene.cues.titles and not scene.bracket[i]:
        cue = scene.cues.titles[low[i]]
        side = next((s for s in scene.sides if s.end == i), None)
    elif i >= 2 and low[i - 1] in ("-", "–") and f"-{low[i]}" in scene.cues.titles:
        cue = scene.cues.titles[f"-{low[i]}"]
        side = next((s for s in scene.sides if s.end == i - 1 or s.start <= i - 2 < s.end), None)
        if side is None and low[i - 2] != "occupation":
            return None
        start = i - 2
    elif low[i + 1 : i + 2] == ("by",) and f"-{low[i]}" in scene.cues.titles:
        return _put_in(scene, i)
    if cue is None:
        return None
    k, office = i + 1, None
    mention_inside: Mention | None = None
    while k < len(low) and k - i < 7:
        if k in scene.at and mention_inside is None and office is None:
            mention_inside = scene.at[k]
            k = mention_inside.end
            continue
        if low[k] in scene.cues.offices:
            office = k
            k += 1
            continue
        if scene.tag[k] in ("JJ", "NN", "NNS", "NNP", "CC", "HYPH", "POS") or low[k] in ("-", "'s"):
            k += 1
            continue
        break
    if office is None or _to_be_set_up(scene, office):
        return None
    targets: list[Target] = []
    if mention_inside is not None:
        targets = [Target(_by_adjective(scene, replace(mention_inside, head=None)))]
    adjective = next((j for j in range(i + 1, office) if low[j] in scene.cues.demonyms), None)
    if not targets and adjective is not None:
        targets = [
            Target(_by_adjective(scene, Mention(adjective, adjective + 1, scene.written[adjective], PlaceKind.REGION)))
        ]
    if not targets:
        targets = _places_left(scene, start)
    if not targets and low[office] in ("ministry", "ministries") and low[office + 1 : office + 2] == ("of",):
        seat = next((j for j in range(office + 3, min(office + 7, len(low))) if low[j] == "in"), None)
        targets = places_after(scene, seat + 1) if seat is not None else []  # "ministry of health in X"
    elif (
        not targets and low[office + 1 : office + 2] and low[office + 1] in ("of", "in", "for", "throughout", "across")
    ):
        targets = places_after(scene, office + 2) or _administered(scene, office + 2)
    targets = [
        t
        for t in targets
        if t.mention.kind is not PlaceKind.UNNAMED
        and not t.mention.words.lower().endswith("republic")  # its own officials presuppose nothing
        and not t.mention.anaphor
        and (t.mention.known or t.mention.end - t.mention.start == 1)
    ]
    if cue.words[0] in ("proxy", "puppet") and (office != i + 1 or not targets):
        return None  # "proxy militias", whose leaders hold no town by that
    if cue.words == ("-backed",):
        # who has backers abroad may hold nothing
        targets = [t for t in targets if t.mention.kind is not PlaceKind.COUNTRY]
    if not targets:
        return None
    targets = [replace(t, extent=Extent(kind="part")) if t.mention.kind == PlaceKind.COUNTRY else t for t in targets]
    return Assertion(
        cue, start, office + 1, tuple(targets), Mood(), side, "named in the title" if side else "", attributive=True
    )


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

"""Places under an occupation told of in passing: "was freed after eight months of Russian rule", "in Bucha during the occupation"."""

from __future__ import annotations

from collections.abc import Callable

from reportedly.knowledge.cues import Cue
from reportedly.model import PlaceKind, Relation
from reportedly.read.parsing.tags import IN_PHRASE
from reportedly.read.places.antecedents import antecedent_places
from reportedly.read.places.relatives import where_places
from reportedly.read.places.slots import places_after
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.subjects import subject_of
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import base_of

__all__ = ["lived_under"]

OCCUPIED = frozenset({"occupation", "rule", "control"})
LIVES = frozenset({"live", "remain", "stay", "life", "chafe", "suffer"})  # "people who live under Russian rule in X"
SPANS = frozenset({"days", "weeks", "months", "month", "year", "years", "decades", "week"})
DURING = frozenset({"during", "under", "throughout", "after", "following", "amid", "through", "despite"})
PLACED = frozenset({"in", "at", "of", "from", "inside"})
COUNTED = frozenset({"more", "less", "than", "about", "nearly", "almost", "over", "some", "a", "the"})
GAINED = (Relation.TAKES, Relation.LOSES, Relation.CONTESTS, Relation.HOLDS)
REACH = 12  # tokens from a verb to the occupation that it tells of


def lived_under(
    scene: Scene, cue: Cue, i: int, end: int, verb_at: Callable[[Scene, int], Assertion | None]
) -> list[Target]:
    """The places that were under the occupation at token i, which names none itself."""
    start, stop = scene.sentence[i]
    if cue.words[0] not in OCCUPIED or (end < stop and scene.tag[end].startswith("NN")):
        return []
    lead, lasted = _lead(scene, i)
    if end < stop and scene.low[end] == "in" and cue.words == ("rule",) and _lives(scene, lead):
        return [t for t in places_after(scene, end + 1) if t.mention.kind is not PlaceKind.COUNTRY]
    if end < stop and scene.low[end] in ("of", "over", "in"):
        return []
    if lead < start or not (lasted or cue.words[0] == "occupation"):
        return []
    if scene.low[lead] in DURING:
        return where_places(scene, i) or _beside(scene, lead) or (_gained(scene, lead, verb_at) if lasted else [])
    return _endured(scene, lead) if lasted and base_of(scene, lead, "clauses.endure") else []


def _lives(scene: Scene, lead: int) -> bool:
    """Whether people live "under" what stands behind the token at lead: "life under", "those who stayed under"."""
    return lead > 0 and scene.low[lead] == "under" and scene.doc[lead - 1].lemma_.lower() in LIVES


def _lead(scene: Scene, i: int) -> tuple[int, bool]:
    """The word before the phrase of an occupation, and whether the phrase tells how long it was: "after | months of occupation"."""
    start = scene.sentence[i][0]
    k, lasted = i - 1, False
    while k >= start and scene.tag[k].startswith(IN_PHRASE):
        lasted = lasted or scene.low[k].endswith("long") or (scene.low[k] in SPANS and scene.low[k - 1] == "-")
        k -= 1
    if k > start and scene.low[k] in ("of", "under") and scene.low[k - 1] in SPANS:
        k, lasted = k - 2, True
        while k >= start and (scene.tag[k] in ("CD", "JJ", "DT", "RB", "JJR") or scene.low[k] in COUNTED):
            k -= 1
    return k, lasted


def _beside(scene: Scene, lead: int) -> list[Target]:
    """The place right before a phrase: "in X during the occupation"."""
    place = scene.inside(lead - 1) if lead else None
    if place is None or place.end != lead or not _is_town(place) or scene.low[place.start - 1] not in PLACED:
        return []
    return [Target(place)]


def _is_town(place: Mention) -> bool:
    """Whether a mention is ground that has a name."""
    named = place.kind in (PlaceKind.SETTLEMENT, PlaceKind.REGION) and place.known and not place.anaphor
    return named and place.head is None and not place.vague and not place.direction


def _gained(scene: Scene, lead: int, verb_at: Callable[[Scene, int], Assertion | None]) -> list[Target]:
    """The places that were freed, entered or lost after an occupation: "X was liberated after months of occupation"."""
    start, stop = scene.sentence[lead]
    before = range(lead - 1, max(start, lead - REACH) - 1, -1)
    behind = range(lead + 1, min(stop, lead + 2 * REACH)) if lead == start else ()
    for k in (*before, *behind):
        if scene.low[k] not in scene.cues.verbs or not scene.tag[k].startswith("VB"):
            continue
        told = verb_at(scene, k)
        if told is None or told.mood.blocked or told.mood.denied or told.cue.frame.relation not in GAINED:
            continue
        return [t for t in told.targets if not t.near]
    return []


def _endured(scene: Scene, verb: int) -> list[Target]:
    """The place that endured an occupation: the subject of the verb, or what its relative pronoun takes up."""
    subject = subject_of(scene, verb)
    if subject is None or subject >= verb:
        return []
    if scene.tag[subject] == "WDT":
        return antecedent_places(scene, subject)
    place = scene.inside(subject)
    return [Target(place)] if place is not None and place.head is None and place.kind is not PlaceKind.COUNTRY else []

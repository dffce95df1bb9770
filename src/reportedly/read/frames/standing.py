"""Where forces stand, as headlines have it without a verb: "Rebels at the gates of X", "Y's troops 10 km from X", "tanks in heart of X"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.cues import Cue
from reportedly.knowledge.parties import SideKind
from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.mood.sentences import mood_of_sentence
from reportedly.read.places.slots import places_after
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import Mood

__all__ = ["STANDS", "STILL", "standing", "still_there"]

STILL = "is still there, without a verb"
STANDS = frozenset({"stands before it, without a verb", "stands in its heart, without a verb"})
OPENS = frozenset({":", ";", "–", "—", "-", "as", "with"})  # behind which a headline tells another thing
FAR = 60  # kilometres or miles from where nobody nears a town
CLOSED = frozenset({",", ".", ";", ":", "-", "–", "—", "as", "after", "amid", "despite", "but"})
LINKS = frozenset({"at", "on", "in", "near"})
JUST = frozenset(
    {
        "just",
        "now",
        "only",
        "already",
        "still",
        "barely",
        "less",
        "than",
        "within",
        "deep",
        "some",
        "about",
        "reportedly",
    }
)


def standing(scene: Scene, cue: Cue, i: int, end: int) -> Assertion | None:
    """What a noun of place at token i says of the forces before it, where no verb stands before them."""
    targets, k = _places(scene, cue, i, end)
    if not targets:
        return None
    side = _forces(scene, k)
    behind = targets[-1].mention.end if targets[-1].mention.start > i else end
    goes_on = bool(scene.tag[behind : behind + 1]) and scene.tag[behind].startswith(("VB", "MD"))
    fights = cue.frame.relation is Relation.CONTESTS
    goes_on = goes_on or (fights and behind < len(scene.low) and scene.low[behind] not in CLOSED)
    if side is None or goes_on or not _alone(scene, side):
        return None  # "soldiers in the heart of X mourn"
    if fights:
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]
    return Assertion(cue, i, end, tuple(targets), mood_of_sentence(scene, i, Mood()), side, "the subject", side.end - 1)


def still_there(scene: Scene, i: int) -> Assertion | None:
    """ "Army still in X, mayor says": who is said to be there in a headline that leaves out the verb, by its "in" at token i."""
    cue = next((c for c in scene.cues.nouns.get("still", ()) if c.frame.name == STILL), None)
    side = _forces(scene, scene.previous(i)) or _army(scene, scene.previous(i))
    if cue is None or side is None or not _alone(scene, side):
        return None
    targets = [
        t for t in places_after(scene, i + 1) if t.mention.kind is PlaceKind.SETTLEMENT and t.mention.head is None
    ]
    behind = targets[-1].mention.end if targets else len(scene.low)
    if not targets or (behind < len(scene.low) and scene.low[behind] not in CLOSED):
        return None  # "rebels still in X flee", "soldiers still in X prison"
    return Assertion(
        cue, i - 1, i, tuple(targets), mood_of_sentence(scene, i, Mood()), side, "the subject", side.end - 1
    )


def _army(scene: Scene, k: int) -> Side | None:
    """The army whose name ends before "still" at token k."""
    side = next((s for s in scene.sides if s.end == k), None)
    return side if side is not None and scene.low[k - 1] == "army" else None


def _places(scene: Scene, cue: Cue, i: int, end: int) -> tuple[list[Target], int]:
    """The places that the noun is of, and the last token before its phrase."""
    k = scene.previous(i)
    owner = scene.inside(k - 1) if k > 0 and scene.low[k] in ("'s", "'", "’") else None
    if owner is not None:  # "on X's doorstep"
        targets, k = [Target(owner)], scene.previous(owner.start)
    elif len(cue.words) > 1:
        targets = places_after(scene, end)
        k = scene.previous(k) if scene.low[k] == "the" else k
    else:
        return [], k
    measured = cue.words[-1] == "from"
    few = scene.tag[k] == "CD" and not (scene.low[k].isdigit() and int(scene.low[k]) > FAR) and "," not in scene.low[k]
    if few if measured else scene.low[k] in LINKS:
        k = scene.previous(k)
    else:
        return [], k
    targets = [t for t in targets if t.mention.kind is PlaceKind.SETTLEMENT and not t.near and t.mention.head is None]
    return targets, k


def _forces(scene: Scene, k: int) -> Side | None:
    """The forces whose name ends at token k, but for a few small words."""
    while k > 0 and scene.low[k] in JUST:
        k = scene.previous(k)
    side = next((s for s in scene.sides if s.end == k + 1), None)
    many = side is not None and scene.low[k].endswith("s")
    return side if side is not None and (side.word.kind is not SideKind.DEMONYM or many) and many else None


def _alone(scene: Scene, side: Side) -> bool:
    """Whether a sentence, or what a headline tells next, begins with a side."""
    k, start = side.start, scene.sentence[side.start][0]
    while k > start and (
        scene.tag[k - 1] in ("DT", "CD", "JJ") or scene.low[k - 1] in scene.words("places.quantities")
    ):
        k -= 1
    return k == start or scene.low[k - 1] in OPENS

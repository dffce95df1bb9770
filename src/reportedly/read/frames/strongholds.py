"""The last stronghold of somebody: "X, the last stronghold of the rebels", "X is the army's last bastion"."""

from __future__ import annotations

from reportedly.knowledge.cues import Cue
from reportedly.model import PlaceKind, Relation
from reportedly.read.mood.clauses import mood_of_verb
from reportedly.read.scene.asserted import Assertion, match_cue
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.sides import side_in
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import BE, Mood

__all__ = ["stronghold"]

SET_OFF = frozenset({",", "—", "–", "("})
GAINED = (Relation.TAKES, Relation.LOSES)
REMAINS = frozenset({"remain", "remains", "remained"})


def stronghold(scene: Scene, cue: Cue, i: int) -> Assertion | None:
    """Who still holds a place called their last stronghold; nothing where the sentence tells that it changes hands."""
    start, stop = scene.sentence[i]
    k = i
    while k > start and (
        scene.tag[k - 1] in ("JJ", "JJS", "VBG", "DT", "NN", "NNP", "NNPS", "NNS", "PRP$", "POS")
        or scene.low[k - 1] in ("'s", "-")
    ):
        k -= 1
        named = scene.at.get(k)
        if named is not None and named.head is None and named.anaphor is None and k not in scene.side_at:
            return None
    phrase = scene.low[k:i]
    if not scene.words("places.last") & set(phrase) or _changes_hands(scene, start, i):
        return None
    side = side_in(scene, k, i)
    if side is None and scene.low[i + 1 : i + 2] == ("of",):
        side = side_in(scene, i + 2, min(i + 9, stop))
    holder = next((w for w in (*phrase, *scene.low[i + 2 : i + 5]) if w in scene.words("clauses.holders")), None)
    own = bool({"its", "their"} & set(phrase))
    if own and side is not None and side.word.kind in ("demonym", "name"):
        side = None  # "its last Somali stronghold"
    place, verb = _place_before(scene, k, start)
    if place is None or (side is None and not own and holder is None):
        return None
    mood = mood_of_verb(scene, verb, stative=True, end=k) if verb is not None else Mood()
    who = "whose stronghold it is" if side is not None else f"“{holder}-held”" if holder is not None else ""
    return Assertion(cue, i, i + 1, (Target(place),), mood, side, who, attributive=verb is None)


def _changes_hands(scene: Scene, start: int, i: int) -> bool:
    """Whether a verb before the stronghold tells that it is taken or lost: then that is the event."""
    return any(
        row.frame.relation in GAINED
        for k in range(start, i)
        if (scene.tag[k].startswith("VB") or (scene.tag[k] == "NNS" and scene.low[k + 1] == "from"))
        and not mood_of_verb(scene, k).blocked
        for row, _ in scene.cues.verbs.get(scene.low[k], ())
        if (len(row.words) == 1 and (row.words[0] != "take" or k + 1 in scene.at))  # not "took part"
        or ("control" in row.words and match_cue(scene, k, row.words) is not None)
    )


def _place_before(scene: Scene, k: int, start: int) -> tuple[Mention | None, int | None]:
    """The place right before the phrase that starts at k: set beside it, or the subject of "is", with that verb."""
    j = scene.previous(k)
    while j > start and scene.tag[j].startswith("RB"):
        j = scene.previous(j)
    if j <= start:
        return None, None
    verb = j if scene.low[j] in BE or scene.low[j] in REMAINS else None
    if verb is None and scene.low[j] not in SET_OFF:
        return None, None
    before = scene.inside(scene.previous(j))
    if (
        before is None
        or before.head is not None
        or before.anaphor
        or before.kind in (PlaceKind.UNNAMED, PlaceKind.COUNTRY)
    ):
        return None, None
    return before, verb

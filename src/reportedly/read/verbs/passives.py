"""Active, passive and reduced verbs, and the constructions that change what a verb frame says."""

from __future__ import annotations

from reportedly.model import PlaceKind, Relation
from reportedly.read.parsing.marks import QUOTES
from reportedly.read.places.antecedents import antecedent_places
from reportedly.read.places.slots import places_after
from reportedly.read.scene.between import object_behind_time
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.serial import in_a_row
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import BE, DO, HAVE, HELPERS, verb_group
from reportedly.read.verbs.headlines import dated_aside, of_both, whole_headline

__all__ = [
    "complement_places",
    "fights_for",
    "had_places",
    "is_passive",
    "is_reduced",
    "on_the_way",
]

PARTICIPLES = frozenset({"taken", "retaken", "driven", "withdrawn", "thrown", "beaten", "given"})  # never a past tense


def on_the_way(scene: Scene, i: int) -> int | None:
    """The verb of "inched towards retaking X": an advance, not yet a capture."""
    k = scene.previous(i)
    if k <= 0 or scene.low[k] not in ("toward", "towards"):
        return None
    k = scene.previous(k)
    while k > 0 and (scene.tag[k].startswith("RB") or scene.low[k] in ("closer", "steadily")):
        k = scene.previous(k)
    rows = scene.cues.verbs.get(scene.low[k], ())
    return (
        k
        if any(c.frame.relation is Relation.ADVANCES for c, _ in rows) or scene.low[k] in ("moved", "moving", "move")
        else None
    )


def fights_for(scene: Scene, i: int) -> int | None:
    """The verb of "is fighting to take X", which contests X, if the verb at i stands under one."""
    group = verb_group(scene, i)
    to = next((k for k in group if scene.low[k] == "to"), None)
    k = scene.previous(to) if to is not None else -1
    return (
        k
        if k >= 0
        and scene.low[k] in ("fighting", "fight", "fights", "battling", "battle", "fought", "battled")
        and scene.tag[k].startswith("VB")
        else None
    )


def is_reduced(scene: Scene, i: int) -> bool:
    """Whether a passive is only a participle after its noun ("areas occupied by Russia"): that presupposes, it does not state."""
    if whole_headline(scene, i):
        return False
    if any(scene.low[k] in HELPERS or scene.low[k] == "to" for k in verb_group(scene, i)):
        return False
    token = scene.doc[i]
    if (
        scene.low[i - 1 : i] == ("(",)
        or of_both(scene, i) is not None
        or (scene.low[i - 1 : i] == (",",) and dated_aside(scene, i + 1))
    ):
        return True
    if token.dep_ == "conj" and token.head.tag_ == "VBN" and token.head.i < i:
        return is_reduced(scene, token.head.i)
    return bool(token.dep_ in ("acl", "amod", "relcl", "advcl", "nmod") and token.head.i < i)


def complement_places(scene: Scene, i: int) -> list[Target]:
    """ "declared X liberated", "regards X as occupied": the places between the governing verb and the participle at i."""
    head = scene.doc[i].head
    k = i - 1
    while k > scene.sentence[i][0] and i - k < 12 and not scene.tag[k].startswith("VB"):
        k -= 1
    governor = head.i if head.i < i and head.tag_.startswith("VB") and i - head.i < 12 else k
    if scene.doc[governor].lemma_.lower() not in scene.words("clauses.declares"):
        return []
    targets = places_after(scene, governor + 1, end=i)
    if not targets and scene.low[governor + 1 : i] == ("it",):
        return [
            Target(Mention(i - 1, i, "it", PlaceKind.SETTLEMENT, anaphor="it"))
        ]  # "entered X and declared it liberated"
    which = next((c.i for c in scene.doc[governor].children if c.lower_ in ("that", "which") and c.i < governor), None)
    if not targets and governor == i - 1 and scene.doc[governor].dep_ == "relcl" and which is not None:
        return antecedent_places(scene, which)  # "a town that Moscow declared captured"
    return (
        targets
        if targets
        and all(
            scene.low[x] in ("as", ",", "now", "fully", "entirely", "completely", "to", "be", "been", "have", *QUOTES)
            or scene.bracket[x]
            for x in range(targets[-1].mention.end, i)
        )
        else []
    )


def _of_relative(scene: Scene, i: int) -> bool:
    """Whether a side is the subject of a participle that the tagger mistook: "the capital that separatists seized in 2014"."""
    side = next((s for s in scene.sides if s.end == scene.previous(i) + 1), None)
    return side is not None and scene.low[max(0, side.start - 1)] in ("that", "which")


def had_places(scene: Scene, i: int) -> list[Target]:
    """The places of "have X and Y surrounded", which somebody has in that state."""
    k = next((j for j in range(i - 1, max(scene.sentence[i][0], i - 12), -1) if scene.low[j] in HAVE), None)
    if k is None or scene.tag[i + 1 : i + 2] in (("NN",), ("NNP",), ("DT",)):
        return []
    targets = places_after(scene, k + 1, end=i)
    return targets if targets and targets[-1].mention.end == i else []


def is_passive(scene: Scene, i: int, *, past: bool) -> bool:
    """Whether the verb at i is passive: "was captured", or a participle after its noun ("captured by Russia")."""
    if not past or (scene.tag[i] == "VBN" and in_a_row(scene, i) is not None):
        return False
    group = verb_group(scene, i)
    words = [scene.low[k] for k in group]
    if "to" in words and "have" in words[words.index("to") :]:
        words = words[words.index("to") :]  # "was likely to have captured X"
    if any(w in BE and w != "'s" for w in words) or "been" in words:
        return True
    if words and words[0] == "'s" and scene.tag[i] == "VBN":
        return i + 1 not in scene.at  # "it's lost X" has lost it
    if any(w in HAVE for w in words):
        return False
    token = scene.doc[i]
    if token.dep_ == "acl" and not group and object_behind_time(scene, i + 1):
        return False  # "the rebels captured on Friday the town of X"
    if scene.low[i - 1 : i] == ("(",) and scene.tag[i] == "VBN":
        return True  # "X (occupied since 2014)"
    if any(c.dep_ == "auxpass" for c in token.children):
        return True
    nxt = scene.following(i + 1)
    if nxt < len(scene.low) and scene.low[nxt] == "by":
        return True
    if (
        token.dep_ == "conj"
        and token.head.pos_ in ("VERB", "AUX")
        and (
            scene.tag[i] == "VBN"
            or (scene.tag[i] == "VBD" and not any(c.dep_ in ("dobj", "nsubj") for c in token.children))
        )
        and token.head.i < i
        and scene.tag[token.head.i] == "VBN"
    ):
        return is_passive(scene, token.head.i, past=True)
    if scene.low[i - 1 : i] in (("declared",), ("considered",), ("reported",), ("as",)) and i:
        return True
    if scene.low[i - 1 : i] == ("not",) and not any(scene.low[k] in DO for k in group) and scene.inside(i - 2):
        return True  # "says X not encircled"
    if scene.tag[i] == "VBD" and not group and _behind_name(scene, i):
        return True  # "In X, recaptured last August, ...", where the tagger sees a past tense
    if scene.tag[i] != "VBN" and scene.low[i] not in PARTICIPLES:
        return False
    if token.dep_ == "acl" and not group and _of_relative(scene, i):
        return False
    if token.dep_ in ("acl", "advcl", "oprd", "xcomp", "ccomp") and not any(c.dep_ == "nsubj" for c in token.children):
        return True
    if token.dep_ == "ccomp" and token.head.dep_ == "relcl" and any(c.dep_ == "nsubj" for c in token.children):
        return False  # "an area that sources claimed the army held", where the tagger takes the verb for a participle
    headline = token.dep_ == "ROOT" or (token.dep_ == "ccomp" and not group)
    return headline and not any(c.dep_ in ("dobj", "obj", "aux") for c in token.children)  # "Rebels driven out of X"


def _behind_name(scene: Scene, i: int) -> bool:
    """Whether a verb without subject and object stands between the comma behind a place and a time: "X, recaptured last August"."""
    if i < 2 or scene.low[i - 1] != "," or any(c.dep_ in ("nsubj", "dobj", "obj") for c in scene.doc[i].children):
        return False
    place = scene.inside(i - 2)
    if (
        place is None
        or place.end != i - 1
        or place.head is not None
        or place.kind is PlaceKind.UNNAMED
        or place.anaphor
    ):
        return False
    nxt = scene.low[i + 1 : i + 2]
    return bool(nxt) and (
        nxt[0] in ("in", "on", "last", "this", "during", "after", "earlier") or scene.tag[i + 1] == "CD"
    )

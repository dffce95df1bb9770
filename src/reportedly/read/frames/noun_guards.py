"""What looks like a noun frame and is none: part of a name, fighting spoken of in passing, what went before."""

from __future__ import annotations

from reportedly.knowledge.parties import SideKind
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.verb_groups import base_of

__all__ = ["denied_object", "in_name", "is_journey", "is_none", "only_background", "was_then"]

FIGHTERS = (SideKind.FORCES, SideKind.STATE, SideKind.GENERIC, SideKind.OWN, SideKind.ENEMY)


def in_name(scene: Scene, i: int) -> bool:
    """Whether the capitalised noun at i is part of the name of a group: another part follows ("Liberation Movement")."""
    after = scene.low[i + 1 : i + 2]
    capital = scene.written[i][:1].isupper() and scene.written[i + 1 : i + 2] and scene.written[i + 1][:1].isupper()
    return bool(capital) and after[0] in scene.words("names.organisations")


def only_background(scene: Scene, i: int) -> bool:
    """Whether fighting is only spoken of in passing ("similar to the fighting in X", "the anniversary of the battle for X")."""
    token = scene.doc[i]
    left = scene.low[max(scene.sentence[i][0], i - 8) : i]
    behind = scene.low[i : min(i + 14, scene.sentence[i][1])]
    stop = next((k for k, word in enumerate(behind) if word in (":", ";", ",")), len(behind))
    near = set(behind[: min(stop, 6)])
    near -= {"at"} if "least" in near else set()  # "at least 20 dead"
    people = scene.listed("clauses.feuds", "clauses.unarmed", "clauses.gatherings")
    feud = people & {
        *left[-2:],
        *(behind if "between" in behind[:8] or {"with", "at", "during"} & near else ()),
    }
    riot = scene.words("clauses.riots") & set(scene.low[scene.sentence[i][0] : scene.sentence[i][1]])
    if riot and scene.low[i] in ("clash", "clashes", "confrontation", "confrontations"):
        return True
    if feud and not {"army", "troops", "soldiers", "forces", "rebels"} & set(behind):
        return True
    if left[-3:] == ("victory", "in", "the"):
        return True
    if "anniversary" in left or "casualties" in left:
        return True
    if left[-1:] == ("from",) and (left[-2:-1] == ("back",) or base_of(scene, i - 2, "clauses.back_from")):
        return True  # "volunteers back from fighting in X"
    if token.dep_ != "pobj":
        return False
    if token.head.lower_ == "since" and any(
        scene.tag[k] in ("JJS", "RBS") or scene.low[k] == "first" for k in range(max(scene.sentence[i][0], i - 8), i)
    ):
        return True  # "its largest victory since the battle of X"
    if token.head.lower_ == "from" and base_of(scene, token.head.head.i, "clauses.back_from"):
        return True  # "forces withdrawn from the battle of X"
    ties = scene.words("clauses.reaction") | {"committed"}  # "forces remain committed to the encirclement of X"
    if token.head.lower_ == "to" and scene.low[token.head.i - 1] in ties:
        return False
    return token.head.lower_ in ("like", "than", "to") or (
        token.head.lower_ in ("of", "for", "about") and token.head.head.lemma_.lower() in scene.words("clauses.memory")
    )


def denied_object(scene: Scene, i: int) -> bool:
    """Whether the noun at i is itself what somebody denies: "denied a breakthrough in X", "... reports of a breakthrough in X"."""
    token = scene.doc[i]
    told = token.head.head
    if token.dep_ == "pobj" and told.lower_ in scene.words("clauses.claim_nouns") and told.i < i:
        token = told
        if base_of(scene, told.i - 1, "clauses.deny") is not None:
            return True
    return token.dep_ == "dobj" and token.head.i < i and base_of(scene, token.head.i, "clauses.deny") is not None


def is_none(scene: Scene, i: int) -> bool:
    """Whether there is said to be none: "there was no breakthrough near X"."""
    none = "no" in scene.low[max(scene.sentence[i][0], i - 2) : i]
    return none and any(c.dep_ == "expl" for c in scene.doc[i].head.children)


def is_journey(scene: Scene, i: int, side: Side | None) -> bool:
    """Whether a flight from a place may be that of travellers: neither fighters flee nor is it called headlong."""
    if side is not None and side.word.kind in FIGHTERS:
        return False
    return scene.words("clauses.headlong").isdisjoint(scene.low[max(scene.sentence[i][0], i - 3) : i])


def was_then(scene: Scene, k: int) -> bool:
    """Whether a time gone by stands at token k ("last year", "earlier this month")."""
    units = ("year", "month", "week", "autumn", "spring", "summer", "winter")
    words = scene.low[k : k + 2]
    return len(words) == 2 and ((words[0] == "last" and words[1] in units) or words == ("earlier", "this"))

"""Words that say that there is no evidence and no truth in what hangs on them: "no evidence that X fell", "no truth to the story"."""

from __future__ import annotations

from reportedly.read.mood.falsehood import BESIDE, UP, nouns_told
from reportedly.read.parsing.tags import FINITE
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.subjects import subject_of
from reportedly.read.scene.verb_groups import AUXILIARIES, base_of, before_adverbs, is_negated

__all__ = [
    "no_evidence_before",
    "no_truth_before",
    "no_truth_in",
    "owned_claim",
    "told_by_somebody",
    "unconfirmed",
    "without_evidence",
]


def no_truth_in(scene: Scene, n: int) -> str | None:
    """Whether the event noun at n is told of in what has no truth: "no truth to rumours of the fall of X", "to stories that go round of"."""
    if (untrue := _untrue_story(scene, n)) is not None:
        return untrue
    told = scene.doc[n].head.head
    if scene.doc[n].dep_ != "pobj" or told.lower_ not in nouns_told(scene) or told.dep_ != "pobj":
        return None
    top = told.head.head
    left = scene.low[max(scene.sentence[n][0], top.i - 3) : top.i]
    return f"no {top.lower_} in it" if top.lower_ in scene.words("clauses.true") and "no" in left else None


def _untrue_story(scene: Scene, k: int) -> str | None:
    """Whether the words right before k tell of stories without truth: "no truth to the rumours circulating online about" k."""
    start = scene.sentence[k][0]
    j = k - 1
    while j > start and k - j < BESIDE and scene.low[j] not in nouns_told(scene):
        if scene.tag[j] in ("VBD", "VBZ", "VBP", "MD") or scene.low[j] in (",", ";", ":", "and"):
            return None
        j -= 1
    opening = scene.low[max(start, j - UP) : j]
    truth = next((w for w in reversed(opening) if w in scene.words("clauses.truth")), None)
    lacking = (
        scene.low[j] in nouns_told(scene) and truth is not None and bool({"no", "nothing", "not", "n't"} & set(opening))
    )
    return f"no {truth} in it" if lacking else None


def no_truth_before(scene: Scene, v: int) -> str | None:
    """Whether the verb at v says what there is no truth in, by surface: "no truth to the story, spread by X, that they hold Y"."""
    start = scene.sentence[v][0]
    that = next((k for k in range(v - 1, max(start, v - BESIDE), -1) if scene.low[k] == "that"), None)
    if that is None:
        subject = subject_of(scene, v)  # a headline: "No truth in claims X has fallen"
        first = scene.doc[subject].left_edge.i if subject is not None and subject < v else start
        return _untrue_story(scene, first) if first > start else None
    if (untrue := _untrue_story(scene, that)) is not None:
        return untrue
    told = that - 1
    if scene.low[told] == ",":  # an aside between the story and what it says
        told = next((k - 1 for k in range(told - 1, max(start, told - BESIDE), -1) if scene.low[k] == ","), start)
    if scene.low[told] not in nouns_told(scene):
        return None
    for k in range(told - 1, max(start, told - UP), -1):
        if scene.low[k] in scene.words("clauses.truth"):
            lacking = {"no", "not", "n't", "nothing", "without", "little", "never"}
            return f"no {scene.low[k]} in it" if lacking & set(scene.low[max(start, k - UP) : k]) else None
        if scene.tag[k] in ("VBD", "VBZ", "VBP") or scene.low[k] in (",", ";"):
            return None
    return None


def owned_claim(scene: Scene, g: int) -> bool:
    """Whether the claim noun at g says whose it is ("Russian claims", "the mayor's claim"): they have claimed it, whatever others know."""
    if scene.low[g] not in scene.words("clauses.claim_nouns") or scene.doc[g].dep_ not in (
        "dobj",
        "pobj",
        "nsubjpass",
        "conj",
    ):
        return False
    k = g - 1
    while k >= scene.sentence[g][0] and (scene.tag[k].startswith(("NN", "JJ")) or scene.low[k] in ("-", "'s", "’s")):
        if scene.tag[k] == "POS" or any(s.start <= k < s.end for s in scene.sides):
            return True
        k -= 1
    return scene.low[g + 1 : g + 2] == ("by",)  # "the claim by the government that"


def told_by_somebody(scene: Scene, n: int) -> bool:
    """Whether a participle behind the noun at n says who tells of it: "did not confirm the capture of X announced by Y"."""
    for k in range(n + 1, min(n + BESIDE, scene.sentence[n][1] - 1)):
        if scene.low[k] in scene.words("clauses.told_by") and scene.low[k + 1] == "by":
            return True
        if scene.tag[k] in FINITE or scene.low[k] in (",", ";", "that"):
            return False
    return False


def unconfirmed(scene: Scene, g: int) -> str | None:
    """Whether the claim noun at g is the subject of what is not confirmed, and nobody's: "the report that ... was not confirmed"."""
    token = scene.doc[g]
    if scene.low[g] not in scene.words("clauses.claim_nouns") or owned_claim(scene, g):
        return None
    verb = token.head
    if token.dep_ == "dobj" and verb.lemma_ in scene.words("clauses.credits"):
        doubted = is_negated(list(scene.low[max(scene.sentence[g][0], verb.i - 3) : verb.i]))
        return f'"not {verb.lower_}"' if doubted else None
    if token.dep_ != "nsubjpass":
        return None
    left = list(scene.low[max(scene.sentence[g][0], verb.i - 4) : verb.i])
    lacking = is_negated(left) or {"yet", "cannot"} & set(left)
    return f'"{verb.lower_}" is negated' if lacking and base_of(scene, verb.i, "clauses.unconfirmed") else None


def without_evidence(scene: Scene, g: int) -> str | None:
    """Whether evidence for the claim noun at g is said to be missing: "has not seen any evidence to support claims that"."""
    if scene.low[g] not in scene.words("clauses.claim_nouns") or owned_claim(scene, g):
        return None
    bearing = scene.doc[g].head
    heard = bearing.lemma_ in ("see", "hear") and scene.doc[g].dep_ == "dobj" and scene.low[g] in ("claims", "claim")
    if heard or scene.low[g - 3 : g - 1] == ("aware", "of") or scene.low[g - 2 : g] == ("aware", "of"):
        return f"{scene.low[g]} only heard of"
    if base_of(scene, bearing.i, "clauses.unconfirmed") and scene.doc[g].dep_ == "dobj":
        left = scene.low[max(scene.sentence[g][0], bearing.i - 4) : bearing.i]
        if is_negated(list(left)) or "cannot" in left:
            return f"{bearing.lower_} is negated"
    for k in range(g - 1, max(scene.sentence[g][0], g - BESIDE), -1):
        if scene.low[k] in (",", ";", "but", "while", "that"):
            return None
        if scene.low[k] in scene.words("clauses.evidence"):
            left = scene.low[max(scene.sentence[g][0], k - 6) : k]
            return (
                f"no {scene.low[k]}"
                if is_negated(list(left)) or {"no", "yet", "nothing", "without"} & set(left)
                else None
            )
    return None


def no_evidence_before(scene: Scene, v: int) -> str | None:
    """Whether the verb at v says what there is no evidence of, by surface: "no evidence Russian forces have taken X"."""
    start = scene.sentence[v][0]
    for k in range(v - 1, max(start, v - BESIDE), -1):
        if owned_claim(scene, k):
            return None
        if scene.low[k - 2 : k] == ("nothing", "to"):
            return f"nothing to {scene.low[k]}"  # "had nothing to indicate that"
        if scene.low[k] in scene.words("clauses.evidence"):
            left = list(scene.low[max(start, k - 6) : k])
            lacking = is_negated(left) or bool({"no", "without", "little"} & set(left))
            return f"no {scene.low[k]}" if lacking else None
        if scene.low[k] in ("talk", "question") and scene.low[k - 1] == "no" and scene.low[k + 1] == "of":
            return f"no {scene.low[k]}"  # "there is no talk of X being surrounded"
        if scene.low[k] in scene.words("clauses.claim_nouns"):
            before = before_adverbs(scene, k, start)
            before = scene.previous(before) if scene.tag[before].startswith("JJ") else before
            if scene.low[before] == "no":
                return f"no {scene.low[k]}"  # "there are no reports of"
            seen = next(
                (j for j in range(k - 1, max(start, k - 5), -1) if base_of(scene, j, "clauses.unconfirmed")), None
            )
            if seen is not None and is_negated(list(scene.low[max(start, seen - 4) : seen])):
                return f"not {scene.low[seen]}"  # "has not observed any reports of"
        aux = scene.low[k] in AUXILIARIES
        if scene.low[k] in (",", ";", "but", "while") or (scene.tag[k] in ("VBD", "VBZ", "VBP") and not aux):
            return None
    return None

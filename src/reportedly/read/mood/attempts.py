"""Attempts that failed: what was tried is denied, not merely a goal."""

from __future__ import annotations

from reportedly.read.parsing.tags import FINITE
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.verb_groups import AUXILIARIES, BE, base_of, is_negated

__all__ = ["came_to_nothing", "failed_attempt", "foiled"]

TRYING = frozenset(["try", "attempt", "seek", "struggle", "strive", "endeavor", "endeavour"])
SHORT = 5  # tokens between a conjunction or an auxiliary and the word of failure
# what who took nothing was unable to do: "but were unable to break through"
GAINING = frozenset(
    ["advance", "breach", "break", "capture", "cross", "dislodge", "do", "enter", "gain", "get", "make", "move", "overcome",
     "penetrate", "progress", "push", "reach", "seize", "succeed", "take"]
)  # fmt: skip
TURNS = frozenset(["but", "yet", "however", "though", "although", "and", "only"])
AGAIN = frozenset(
    [
        "it",
        "they",
        "he",
        "this",
        "these",
        "those",
        "the",
        "their",
        "its",
        "all",
        "both",
        "each",
        "so",
        "far",
        "to",
        "date",
    ]
)


def failed_attempt(scene: Scene, g: int, v: int) -> str | None:
    """Words that say that the attempt at g to do what v says failed: beside it, as its verb, or in what follows."""
    attempt = scene.low[g] in scene.listed("clauses.block_nouns", "clauses.promised")
    tried = base_of(scene, g, "clauses.block") in TRYING
    if not (attempt or tried):
        return None
    return (
        _missed(scene, g)
        or _beside(scene, g, v)
        or _thwarted(scene, g)
        or _fell_back(scene, g)
        or (_as_subject(scene, v) if attempt else None)
        or came_to_nothing(scene, v)
    )


def _missed(scene: Scene, g: int) -> str | None:
    """ "failed to meet the deadline of", "did not achieve its goal of", "has not delivered on its promise to"."""
    verb = scene.doc[g].head
    if scene.doc[g].dep_ == "pobj" and verb.lower_ == "in" and base_of(scene, verb.head.i, "clauses.fail") is not None:
        return f'"{verb.head.lower_} in" it'  # "failed in their attempts to"
    kept = scene.doc[g].dep_ == "pobj" and verb.lower_ in ("on", "to", "with")
    while kept and (verb.dep_ == "prep" or verb.lower_ == "good"):
        verb = verb.head
    if not (kept or scene.doc[g].dep_ == "dobj") or base_of(scene, verb.i, "clauses.achieves") is None:
        return None
    failed = verb.dep_ == "xcomp" and base_of(scene, verb.head.i, "clauses.fail") is not None
    left = list(scene.low[max(scene.sentence[g][0], verb.i - 3) : verb.i])
    return f'"{verb.lower_} the {scene.low[g]}" failed' if failed or is_negated(left) else None


def _beside(scene: Scene, g: int, v: int) -> str | None:
    """ "unsuccessfully tried", "failed attempt", "tried in vain to", "tried without success to", "the failure of a campaign to"."""
    low = scene.low
    for k in range(max(scene.sentence[v][0], g - 6), g - 1):
        if low[k] in ("failure", "collapse") and low[k + 1] == "of":
            return f'"{low[k]} of"'
    for k in (*range(max(scene.sentence[v][0], g - 4), min(g + 2, len(low))), *range(g + 2, v)):
        if low[k] in scene.words("clauses.unsuccessful") or _to_no_avail(scene, k):
            return f'"{low[k]} {low[g]}"'
    return None


def _thwarted(scene: Scene, g: int) -> str | None:
    """ "foiled an attempt to"."""
    token = scene.doc[g]
    if token.dep_ not in ("dobj", "nsubjpass") or base_of(scene, token.head.i, "clauses.thwart") is None:
        return None
    left = list(scene.low[max(scene.sentence[g][0], token.head.i - 4) : token.head.i])
    modal = any(scene.tag[k] == "MD" or scene.low[k] == "to" for k in range(max(0, token.head.i - 3), token.head.i))
    return None if is_negated(left) or modal else f'"{token.head.lower_} ... {scene.low[g]}"'


def _fell_back(scene: Scene, g: int) -> str | None:
    """ "retreated after attempting to": who falls back has not got where they tried to get."""
    token = scene.doc[g]
    after = token.head if token.dep_ in ("pobj", "pcomp") else None
    if after is None and token.dep_ == "advcl" and scene.low[g - 1] == "after":
        return f'"{token.head.lower_} after" it' if base_of(scene, token.head.i, "clauses.backs_off") else None
    if after is None or after.lower_ not in ("after", "following") or after.i > g:
        return None
    back = after.head
    return f'"{back.lower_} after" it' if base_of(scene, back.i, "clauses.backs_off") is not None else None


def foiled(scene: Scene, v: int, side: Side) -> bool:
    """Whether the side is who foiled the attempt to do what v says: "they foiled an attempt to take X" by the others."""
    attempt = scene.doc[v].head
    verb = attempt.head
    if attempt.i > v or attempt.dep_ != "dobj" or base_of(scene, verb.i, "clauses.thwart") is None:
        return False
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return subject is not None and subject.left_edge.i <= side.start <= subject.i


def _as_subject(scene: Scene, v: int) -> str | None:
    """ "attempts to take X have failed", "... remain unsuccessful", "... ended in failure": by the verb behind what was tried."""
    end = scene.sentence[v][1]
    for k in range(v + 1, end):
        if scene.low[k] in (";", ":", "that", "which", "who", "but", "while", "if"):
            return None
        if scene.tag[k] in FINITE and not scene.bracket[k]:
            break
    else:
        return None
    if scene.low[k - 1] in ("and", ","):
        return None
    return _failure(scene, k, min(end, k + SHORT))


def came_to_nothing(scene: Scene, v: int) -> str | None:
    """ "tried to take X but failed", "... but without success", "... to no avail": said behind what was tried."""
    end = scene.sentence[v][1]
    for k in range(v + 1, end - 1):
        if _to_no_avail(scene, k):
            return f'"{scene.text(k, min(end, k + 2))}"'
        if scene.low[k] == "and" and k + 1 in scene.at:
            continue  # a list of places
        if scene.low[k] in TURNS:
            j = k + 1
            while j < end and (
                scene.low[j] in AGAIN
                or scene.low[j] in scene.words("clauses.block_nouns")
                or scene.tag[j].startswith("RB")
            ):
                j += 1
            if (said := _failure(scene, j, min(end, j + SHORT))) is not None:
                return said
            if any(scene.tag[x] in FINITE for x in range(k, min(end, k + SHORT))):
                return None
        elif scene.low[k] in (";", ":", "while"):
            return None
    return None


def _failure(scene: Scene, start: int, end: int) -> str | None:
    """The word of failure at the head of a predicate, auxiliaries, "remain", "prove" and adverbs before it."""
    low = scene.low
    for k in range(start, end):
        if (
            low[k] in scene.words("clauses.unsuccessful")
            or _to_no_avail(scene, k)
            or base_of(scene, k, "clauses.founder")
            or _unable_to_gain(scene, k)
        ):
            held = low[k + 1 : k + 2] == ("to",) and not _unable_to_gain(scene, k)
            if held or is_negated(list(low[start:k])):
                return None  # "but failed to hold it" says that it was taken
            return f'"{low[k]}"'
        if low[k] in ("succeed", "successful", "succeeded") and is_negated(list(low[start:k])):
            return f'"not {low[k]}"'
        if base_of(scene, k, "clauses.turned_back") and k > start and low[k - 1] in BE:
            return f'"{low[k - 1]} {low[k]}"'
        carries = low[k] in AUXILIARIES or base_of(scene, k, "clauses.turns_out") or scene.tag[k].startswith("RB")
        if not carries and low[k] not in ("to", "so", "far", "in", ",", "largely"):
            return None
    return None


def _unable_to_gain(scene: Scene, k: int) -> bool:
    """ "unable to break through", "failed to advance", "could not get past"."""
    if scene.low[k] == "could" and scene.low[k + 1 : k + 2] in (("not",), ("n't",)):
        return not GAINING.isdisjoint(scene.low[k + 2 : k + 3])
    fails = scene.low[k] in scene.words("clauses.fail") or base_of(scene, k, "clauses.fail") is not None
    return fails and scene.low[k + 1 : k + 2] == ("to",) and not GAINING.isdisjoint(scene.low[k + 2 : k + 3])


def _to_no_avail(scene: Scene, k: int) -> bool:
    """ "without success", "to no avail", "in failure", "in vain"."""
    after = scene.low[k + 1 : k + 3]
    return (scene.low[k] == "without" and after[:1] in (("success",), ("result",), ("results",))) or (
        (scene.low[k] == "to" and after == ("no", "avail"))
        or (scene.low[k] == "in" and after[:1] in (("vain",), ("failure",)))
    )

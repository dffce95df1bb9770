"""What a whole sentence makes of its verbs: questions, headings, conditions, hedges at its head."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from reportedly.model import Certainty
from reportedly.read.mood.falsehood import INVENTED
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import Mood

__all__ = ["ASKED", "QUESTION", "has_subject", "mood_of_sentence"]

QUESTION = "a question"
ASKED = frozenset({QUESTION, '"whether"', '"if"'})  # why what somebody may say no to is no statement


TALK = frozenset({"speak", "talk"})
TURNS = frozenset(
    {"but", "though", "although", "however", "while", ";"}
)  # that begin what somebody says on the other hand
EARLY = (("too", "early"), ("too", "soon"), ("premature", "to"))
MARKS = frozenset({"—", "–", ":", "-"})  # before what a heading tells
BASE = ("VB", "VBP", "NN", "NNP")  # tags of its verb
SUBJECT = ("DT", "NNP", "NNPS", "PRP", "JJ")  # tags with which a subject begins
EFFORTS = frozenset({"effort", "axis", "objective"})
ABOUT = frozenset({"of", "about"})


def mood_of_sentence(scene: Scene, v: int, mood: Mood) -> Mood:
    """Questions, headings with an objective, and hedges at the head of the sentence."""
    start = scene.sentence[v][0]
    if (blocked := next((why for rule in BLOCKING if (why := rule(scene, v, start)) is not None), None)) is not None:
        mood = mood.block(blocked)
    if scene.low[start] in INVENTED and scene.low[start + 1 : start + 2] == (":",):
        mood = mood.judge(f'"{scene.low[start]}:"')
    about = not ABOUT.isdisjoint(scene.low[max(start, v - 2) : v])
    if about and any(scene.low[k : k + 2] == ("wrong", "to") and scene.low[k + 2] in TALK for k in range(start, v - 3)):
        mood = mood.judge('"wrong to speak of"')
    return _as_it_appears(scene, v, mood)


def _question(scene: Scene, v: int, start: int) -> str | None:
    if _told_aside(scene, v):
        return None
    last = scene.sentence[v][1] - 1
    while last > start and (scene.doc[last].is_space or scene.low[last] in ('"', "”", "'", ")")):
        last -= 1
    asked = "?" in (scene.low[last], scene.low[max(start, last - 1)])
    return QUESTION if asked and not _asked_behind(scene, v, start, last) else None


def _heading(scene: Scene, v: int, start: int) -> str | None:
    """ "Subordinate Main Effort—Seize X and hold Y"."""
    headed = any(
        scene.low[k - 1] in MARKS
        and scene.written[k][:1].isupper()
        and scene.low[k] in scene.cues.verbs
        and scene.tag[k] in BASE
        for k in range(start + 1, v)
    )
    return "a heading" if headed else None


def _item(scene: Scene, v: int, start: int) -> str | None:
    """ "1-Capture X"."""
    item = v > start and scene.low[v - 1].endswith("-") and scene.written[v][:1].isupper()
    return "a heading" if item and scene.inside(v) is None else None


def _inverted(scene: Scene, v: int, start: int) -> str | None:
    """ "Had the army taken X"."""
    inverted = scene.low[start] in ("had", "should", "were") and scene.tag[start + 1] in SUBJECT
    return "an inverted condition" if inverted and "," not in scene.low[start:v] else None


def _objective(scene: Scene, v: int, start: int) -> str | None:
    """ "Objective: capture X"."""
    words = scene.low[start : v + 1]
    named = any(word in ("objective", "objectives") and behind == ":" for word, behind in pairwise(words))
    return "a heading that names an objective" if named else None


def _begins(scene: Scene, v: int, start: int) -> str | None:
    """ "Eastern front - Capture X"."""
    begins = v > start and scene.low[v - 1] in MARKS and scene.tag[v] in BASE and scene.written[v][:1].isupper()
    return "a heading" if begins and scene.inside(v) is None else None


def _effort(scene: Scene, v: int, start: int) -> str | None:
    """ "Main effort: isolate X and seize Y"."""
    if scene.tag[v] not in BASE or v == start or (scene.low[v - 1] not in MARKS and scene.low[v - 1] != "and"):
        return None
    if EFFORTS.isdisjoint(scene.low[start:v]) or has_subject(scene, v):
        return None
    return "a heading"


def _too_early(scene: Scene, v: int, start: int) -> str | None:
    """ "It is too early to say that X has fallen", but not "too early to say X, but Y"."""
    turn = max((k for k in range(start, v) if scene.low[k] in TURNS), default=start)
    early = any(scene.low[k : k + 2] in EARLY for k in range(turn, v))
    return "too early to tell" if early else None


def _matter_of_time(scene: Scene, v: int, start: int) -> str | None:
    matter = any(scene.low[k : k + 3] == ("matter", "of", "time") for k in range(start, v))
    return "a matter of time" if matter else None


def _if_not(scene: Scene, v: int, start: int) -> str | None:
    return "what else would be done" if v > start + 2 and _otherwise(scene, start, v) else None


BLOCKING: tuple[Callable[[Scene, int, int], str | None], ...] = (
    _question, _heading, _item, _inverted, _objective, _begins, _effort, _too_early, _matter_of_time, _if_not,
)  # fmt: skip
"""Why a sentence that begins at a token states nothing by the verb at v."""


def _as_it_appears(scene: Scene, v: int, mood: Mood) -> Mood:
    """The mood under "it appears that", "it did not seem that": probable, and denied where the appearance is."""
    start = scene.sentence[v][0]
    for opening in ("appears", "seems"):
        if scene.low[start : start + 2] == ("it", opening):
            return mood.hedge(Certainty.PROBABLE, f'"it {opening}"')
    above = scene.doc[v]
    for _ in range(3):
        if above.dep_ == "ccomp" and above.head.lemma_ in ("appear", "seem") and above.head.i < v:
            break
        if above.dep_ not in ("ccomp", "conj"):
            return mood
        above = above.head
    else:
        return mood
    if not any(c.lower_ == "it" for c in above.head.children):
        return mood
    reason = f'"it {above.head.lower_}"'
    denied = any(c.dep_ == "neg" for c in above.head.children)
    return (mood.flip(reason) if denied else mood).hedge(Certainty.PROBABLE, reason)


def _otherwise(scene: Scene, start: int, v: int) -> bool:
    """Whether the clause of the verb at v opens with "if not" or "otherwise": "if not, we take it by force"."""
    for k in range(v - 1, max(start, v - 6) - 1, -1):
        if scene.low[k] in (";", ":", "–", "—", '"', "“"):
            return False
        if scene.low[k] == "," and (scene.low[k - 2 : k] == ("if", "not") or scene.low[k - 1] == "otherwise"):
            return True
    return False


def _told_aside(scene: Scene, v: int) -> bool:
    """Whether the verb at v is that of a clause which only describes a name: "Did Ukraine, which retook X in May, lose it?"."""
    token = scene.doc[v]
    if token.dep_ != "relcl" or not token.tag_.startswith("VB"):
        return False
    which = next((c.i for c in token.children if c.lower_ in ("which", "who") and c.i < v), 0)
    return which > 1 and scene.low[which - 1] == "," and scene.tag[which - 2].startswith("NNP")


def _asked_behind(scene: Scene, v: int, start: int, last: int) -> bool:
    """Whether only what stands behind a mark after the verb at v is asked: "X retaken, Y says - but at what cost?"."""
    if scene.low[start] in scene.words("clauses.asking") or scene.low[v] == "?":
        return False
    for k in range(v + 1, last):
        mark = scene.low[k] in (":", ";", ",") or (scene.low[k] in ("-", "–", "—") and scene.doc[k - 1].whitespace_)
        if not mark:
            continue
        j = k + 1 + (scene.low[k + 1] in ("but", "and", "so"))
        while j < last and scene.tag[j] == "IN":
            j += 1
        doubted = scene.words("clauses.doubted") & set(scene.low[j:last])
        if scene.tag[j] == "MD":
            doubted -= {"it", "they"}  # "X retaken, but can they hold it?"
        yes_or_no = scene.tag[j].startswith(("VB", "MD"))
        if scene.low[j] in scene.words("clauses.asking") and not (yes_or_no and doubted):
            return True
    return False


def has_subject(scene: Scene, v: int) -> bool:
    """Whether the verb, or the one it is coordinated with, has a subject."""
    token = scene.doc[v]
    for _ in range(4):
        if any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for c in token.children):
            return True
        if token.dep_ != "conj":
            break
        token = token.head
    i = scene.previous(v)
    return i >= scene.sentence[v][0] and (scene.tag[i].startswith("NN") or scene.tag[i] in ("PRP", "WDT", "WP"))

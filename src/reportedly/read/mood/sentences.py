"""What a whole sentence makes of its verbs: questions, headings, conditions, hedges at its head."""

from __future__ import annotations

from reportedly.model import Certainty
from reportedly.read.mood.falsehood import INVENTED
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import Mood

__all__ = ["has_subject", "mood_of_sentence"]


TALK = frozenset({"speak", "talk"})
TURNS = frozenset(
    {"but", "though", "although", "however", "while", ";"}
)  # that begin what somebody says on the other hand
ABOUT = frozenset({"of", "about"})


def mood_of_sentence(scene: Scene, v: int, mood: Mood) -> Mood:
    """Questions, headings with an objective, and hedges at the head of the sentence."""
    start, end = scene.sentence[v]
    last = end - 1
    while last > start and (scene.doc[last].is_space or scene.low[last] in ('"', "”", "'", ")")):
        last -= 1
    if "?" in (scene.low[last], scene.low[max(start, last - 1)]) and not _asked_behind(scene, v, start, last):
        mood = mood.block("a question")
    if any(
        scene.low[k - 1] in ("—", "–", ":", "-")
        and scene.written[k][:1].isupper()
        and scene.low[k] in scene.cues.verbs
        and scene.tag[k] in ("VB", "VBP", "NN", "NNP")
        for k in range(start + 1, v)
    ):
        mood = mood.block("a heading")
    if v > start and scene.written[v][:1].isupper() and scene.low[v - 1].endswith("-") and scene.inside(v) is None:
        mood = mood.block("a heading")
    if (
        scene.low[start] in ("had", "should", "were")
        and scene.tag[start + 1] in ("DT", "NNP", "NNPS", "PRP", "JJ")
        and "," not in scene.low[start:v]
    ):
        mood = mood.block("an inverted condition")
    if any(
        scene.low[k] in ("objective", "objectives") and k + 1 < len(scene.low) and scene.low[k + 1] == ":"
        for k in range(start, v)
    ):
        mood = mood.block("a heading that names an objective")
    if (
        v > start
        and scene.doc[v].text[:1].isupper()
        and scene.inside(v) is None
        and scene.low[v - 1] in ("—", "–", ":", "-")
        and scene.tag[v] in ("VB", "VBP", "NN", "NNP")
    ):
        mood = mood.block("a heading")
    if (
        scene.tag[v] in ("VB", "VBP", "NN", "NNP")
        and v > start
        and scene.low[v - 1] in ("—", "–", ":", "-", "and")
        and not has_subject(scene, v)
        and any(scene.low[k] in ("effort", "axis", "objective") for k in range(start, v))
    ):
        mood = mood.block("a heading")
    turn = max((k for k in range(start, v) if scene.low[k] in TURNS), default=start)  # "too early to say X, but Y"
    if any(scene.low[k : k + 2] in (("too", "early"), ("too", "soon"), ("premature", "to")) for k in range(turn, v)):
        mood = mood.block("too early to tell")
    if any(scene.low[k : k + 3] == ("matter", "of", "time") for k in range(start, v)):
        mood = mood.block("a matter of time")
    if v > start + 2 and _otherwise(scene, start, v):
        mood = mood.block("what else would be done")
    if scene.low[start] in INVENTED and scene.low[start + 1 : start + 2] == (":",):
        mood = mood.judge(f'"{scene.low[start]}:"')
    about = bool(ABOUT & set(scene.low[max(start, v - 2) : v]))
    if about and any(scene.low[k : k + 2] == ("wrong", "to") and scene.low[k + 2] in TALK for k in range(start, v - 3)):
        mood = mood.judge('"wrong to speak of"')
    return _as_it_appears(scene, v, mood)


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
        yes_or_no = scene.tag[j].startswith(("VB", "MD"))
        if scene.low[j] in scene.words("clauses.asking") and not (
            yes_or_no and scene.words("clauses.doubted") & set(scene.low[j:last])
        ):
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

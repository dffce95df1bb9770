"""In which mood an event noun stands ("the capture of X"): by its adjectives, its governor, and who calls it false."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reportedly.model import Certainty, Relation
from reportedly.read.mood.denials import somebodys_claim
from reportedly.read.mood.falsehood import false_at_end, invented_about, lied_about, subject_called_false
from reportedly.read.mood.noun_governor import BESIEGED, ENDED, governor_mood
from reportedly.read.mood.only_words import only_words
from reportedly.read.mood.sentences import mood_of_sentence
from reportedly.read.mood.unfounded import no_truth_in
from reportedly.read.parsing.marks import QUOTES
from reportedly.read.parsing.nodes import Node
from reportedly.read.parsing.tags import FINITE
from reportedly.read.scene.scene import InScene, Scene
from reportedly.read.scene.verb_groups import Mood, base_of, before_adverbs, is_negated, to_come

__all__ = ["mood_of_noun"]

FOUGHT = frozenset({"battle", "fight", "fighting", "foothold", "bridgehead"})
LOOSENS = frozenset({"slip", "loosen", "weaken", "crumble", "fade", "erode", "collapse"})
ABOUT = frozenset({"regarding", "about", "on", "concerning", "over", "for"})
REASONS = frozenset({"reason", "reasons", "explanation", "explanations"})  # for what has happened
TO_COME = frozenset(["once", "if", "until", "unless"])
# tags of what stands before a noun
BEFORE = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "CD", "NN", "NNP", "NNPS", "NNS", "PRP$", "POS", "RB", "HYPH"})
CONDITIONS = frozenset({"priority", "condition", "must", "prerequisite"})
WHEN = frozenset({"following", "after", "since", "during", "amid"})
# prepositions that may hang on a goal
GOVERNED = frozenset(
    {
        "of",
        "for",
        "at",
        "on",
        "to",
        "in",
        "from",
        "toward",
        "towards",
        "with",
        "against",
        "about",
        "by",
        "before",
        "until",
    }
)
LACKING = frozenset({"lack", "absence", "no", "without", "little"})
ASKED = 14  # tokens before a noun within which "whether" asks about it
BEHIND = 14  # tokens behind it in which something is told of it


def _called_false(scene: Scene, n: int) -> str | None:
    """Whether the verb that governs the noun at n calls it false: "called the capture of X a lie", "dismissed ... as fake"."""
    token = scene.doc[n]
    for _ in range(6):
        head = token.head
        if head.i == token.i:
            return None
        if head.pos_ in ("VERB", "AUX"):
            if base_of(scene, head.i, "clauses.judge") is None:
                return None
            end = scene.sentence[n][1]
            if {"version", "account"} & set(scene.low[head.i : n]):
                return None  # "called the government's version of the battle of X fiction"
            first = head.i + 1 if head.i < n and scene.low[head.i + 1] == "as" else n  # "dismissed as lies reports of"
            hit = next((k for k in range(first, end) if scene.low[k] in scene.words("clauses.reversal")), None)
            return f'"{scene.low[head.i]} ... {scene.low[hit]}"' if hit is not None else None
        token = head
    return None


def _without_trace(scene: Scene, token: Node) -> str | None:
    """Whether there is no evidence of the event: "found no trace of the surrender of X"."""
    shown = token.head.head
    if token.dep_ != "pobj" or token.head.lower_ != "of" or shown.lower_ not in scene.words("clauses.evidence"):
        return None
    left = scene.low[max(scene.sentence[token.i][0], shown.i - 6) : shown.i]
    return f"no {shown.lower_} of it" if {"no", "not", "n't", "without", "little", "never"} & set(left) else None


def _no_more(token: Node) -> str | None:
    """What says that a fight or a grip is no more: "the battle for X is over", "their foothold in X is gone", "its grip on X slips"."""
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubjpass") or token.lower_ not in ENDED | FOUGHT:
        return None
    if any(c.dep_ == "neg" for c in verb.children):
        return None  # "the battle for X is not over"
    if verb.lemma_ in LOOSENS and verb.tag_ in ("VBZ", "VBG", "VBP"):
        return f'"{verb.lower_}"'
    if token.dep_ == "nsubjpass" and verb.lower_ in ("lost", "won") and token.lower_ in FOUGHT:
        return f'"{verb.lower_}"'
    over = next((c for c in verb.children if c.lower_ in ("over", "gone", "finished") and c.i > verb.i), None)
    return f'"{verb.lower_} {over.lower_}"' if over is not None and verb.lower_ in ("is", "'s", "are") else None


@dataclass(slots=True)
class _Event(InScene):
    """An event noun at token n; `k` is the token before its determiner and adjectives, as far as these have been looked at."""

    n: int
    mood: Mood
    k: int

    @property
    def token(self) -> Node:
        """The noun in the tree."""
        return self.scene.doc[self.n]

    @property
    def start(self) -> int:
        """Where its sentence starts."""
        return self.scene.sentence[self.n][0]

    @property
    def stop(self) -> int:
        """Where its sentence ends."""
        return self.scene.sentence[self.n][1]


def mood_of_noun(scene: Scene, n: int) -> Mood:
    """The mood of an event noun ("the capture of X"): by its adjectives, its governor, and that one's mood."""
    token, mood = scene.doc[n], Mood()
    if token.dep_ == "conj" and 0 < n - token.head.i < 4 and scene.low[token.head.i] in scene.cues.nouns:
        blocked = mood_of_noun(scene, token.head.i).blocked
        mood = replace(mood, blocked=blocked)  # "an imminent encirclement or capture of X"
    event = _Event(scene, n, mood_of_sentence(scene, n, mood), scene.previous(n))
    for rule in RULES:
        if (told := rule(event)) is not None:
            return told
    return governor_mood(scene, n, event.mood)


def _no_sign(e: _Event) -> Mood | None:
    lacking = _without_trace(e.scene, e.token)
    return e.mood.block(lacking) if lacking is not None else None


def _asked(e: _Event) -> Mood | None:
    return e.mood.block('"whether"') if "whether" in e.low[max(e.start, e.n - ASKED) : e.n] else None


def _judged(e: _Event) -> Mood | None:
    """Somebody calls it false."""
    for judge in (_called_false, subject_called_false, lied_about, no_truth_in, false_at_end, invented_about):
        if (judged := judge(e.scene, e.n)) is not None:
            return e.mood.judge(judged)
    return None


def _idle(e: _Event) -> Mood | None:
    idle = only_words(e.scene, e.n) or _no_more(e.token)
    return e.mood.block(idle) if idle is not None else None


def _by_adjectives(e: _Event) -> Mood | None:
    """Hedge or block it by the adjectives before it; settles nothing by itself."""
    while e.k >= e.start and _is_before_noun(e, e.k) and e.low[e.k] != "no":
        if e.tag[e.k] == "VBN" and e.scene.doc[e.k].dep_ == "ROOT":
            break  # "had reported Russian advances"
        e.mood = _of_adjective(e, e.k)
        e.k = e.scene.previous(e.k)
    return None


def _is_before_noun(e: _Event, k: int) -> bool:
    """Whether token k belongs to the phrase of a noun behind it."""
    return (
        e.tag[k] in BEFORE
        or e.low[k] in ("'s", "-")
        or e.low[k] in QUOTES  # calls for the "immediate withdrawal"
        or (e.low[k] in ("or", "and") and e.tag[k - 1] == e.tag[k + 1] == "VBN")  # "no claimed or assessed gains"
    )


def _surely(e: _Event, k: int) -> bool:
    """Whether "likely" only tells of an adjective: "a likely costly advance" is one for sure."""
    return e.low[k] == "likely" and e.tag[k] == "RB" and e.tag[k + 1] == "JJ" and k + 1 not in e.scene.side_at


def _of_adjective(e: _Event, k: int) -> Mood:
    """The mood with what the adjective at k adds."""
    word, scene = e.low[k], e.scene
    if _surely(e, k) or (word == "alleged" and somebodys_claim(scene, k)):
        return e.mood
    if word in scene.words("clauses.alleged"):
        return e.mood.hedge(Certainty.PROBABLE, f'"{word}"')
    if word == "possible":
        return e.mood.hedge(Certainty.POSSIBLE, f'"{word}"')
    if word in scene.words("clauses.not_done"):
        return e.mood.block(f'"{word}"')
    if e.tag[k] == "VBG" and base_of(scene, k, "clauses.repel"):
        return e.mood.block(f'"{word}": it came to nothing')
    return e.mood


def _by_words_behind(e: _Event) -> Mood | None:
    """Block it by what is told of it behind: that it is to come, a goal, a condition; settles nothing by itself."""
    low, tag, n = e.low, e.tag, e.n
    subject = e.token.dep_ in ("nsubj", "nsubjpass")
    gained = low[n] in e.scene.words("clauses.gained") and low[n].endswith("s")
    for j in range(n + 1, min(n + BEHIND, e.stop - 1)):
        is_to = subject and tag[j] in ("VBZ", "VBP") and low[j] in ("is", "are", "remains") and to_come(e.scene, j)
        if is_to and not (gained and "to" in low[j + 2 : j + 4]):  # "Russian advances near X are likely to slow"
            e.mood = e.mood.block("spoken of as something to come")
        if low[j] == "as" and _as_goal(e, j) and not any(tag[x] in FINITE for x in range(n + 1, j)):
            e.mood = e.mood.block("told of as a goal")  # "the framing of the capture of X as the goal"
        if low[j] in CONDITIONS and not any(tag[x].startswith("V") for x in range(n + 1, j)):
            e.mood = e.mood.block(f'"{low[j]}"')  # a headline without a verb
    return None


def _as_goal(e: _Event, j: int) -> bool:
    """Whether a goal or the like stands behind "as" at j: no "as assault forces", no "as push south gathers pace",
    nor what is framed "as a decision".
    """
    goals, tag = e.scene.listed("clauses.unreal", "clauses.block_nouns") - {"decision"}, e.tag
    return any(
        e.low[x] in goals and not (tag[x] == "NN" and tag[x + 1].startswith("NN")) and tag[x] not in ("VB", "VBP")
        for x in range(j + 1, min(j + 5, len(e.low) - 1))
    )


def _by_agreement(e: _Event) -> Mood | None:
    agreed = _agreed(e.scene, e.n, e.k)
    return e.mood.block(agreed) if agreed is not None else None


def _by_looming(e: _Event) -> Mood | None:
    """Block what looms; settles nothing by itself."""
    if any(_looms(e.scene, e.n, j) for j in range(e.n + 1, min(e.n + 10, e.stop))):
        e.mood = e.mood.block("spoken of as something to come")
    return None


def _by_determiner(e: _Event) -> Mood | None:
    """ "No gains", "a lack of any gains", "any capture of X"; passes the determiner."""
    k, low, scene = e.k, e.low, e.scene
    if k >= e.start and e.tag[k] in ("DT", "RB") and low[k] == "no":
        return e.mood.flip('"no"')
    if low[k] == "any" and low[max(e.start, k - 2) : k] in (("lack", "of"), ("absence", "of")):
        return e.mood.flip(f'"{low[k - 2]} of any"')
    if k >= e.start and low[k] in ("any", "another"):
        denied = e.token.dep_ == "dobj" and base_of(scene, e.token.head.i, "clauses.deny") is not None
        if not denied and base_of(scene, k - 1, "clauses.deny") is None:
            e.mood = e.mood.block(f'"{low[k]}"')
    while e.k >= e.start and e.tag[e.k] in ("DT", "PRP$", "PDT"):
        e.k = scene.previous(e.k)
    return None


def _by_preposition(e: _Event) -> Mood | None:
    """The mood by the preposition before the noun, and by what that one hangs on."""
    k, low = e.k, e.low
    if k < e.start or not (e.tag[k] in ("IN", "TO") or low[k] == "following"):
        return None
    if low[k] == "without":
        return e.mood.flip('"without"')
    if low[k] == "against" and e.scene.doc[k].head.lemma_.lower() in e.scene.words("clauses.opposes"):
        return e.mood.block('"against" it')
    if low[k] in WHEN:
        if not TO_COME.isdisjoint(low[e.start : k]):
            return e.mood.block("after what is still to come")
        return e.mood  # when something else happened: taken as known, whatever that is
    if low[k] not in GOVERNED:
        return None
    g = before_adverbs(e.scene, k, e.start)
    if (told := _of_what(e, g) if low[k] == "of" else None) is not None:
        return told
    return _by_word_before(e, g)


def _of_what(e: _Event, g: int) -> Mood | None:
    """The mood of what stands behind "of": "the lack of", "no evidence of", "no talk of", "the relief of"."""
    low, n = e.low, e.n
    if g >= e.start and low[g] in ("lack", "absence"):
        return e.mood.flip(f'"{low[g]} of"')
    if g >= e.start and low[g] in e.scene.words("clauses.evidence"):
        left = low[max(e.start, g - 5) : g]
        if is_negated(list(left)) or not LACKING.isdisjoint(left):
            return e.mood.block(f'no "{low[g]}" of it')  # "despite a lack of visual evidence of X's liberation"
    if low[g] in ("talk", "question") and "no" in low[max(e.start, g - 2) : g]:
        return e.mood.block(f'no "{low[g]}" of it')  # "there can be no talk of the surrender of X"
    if low[n] in BESIEGED and (base_of(e.scene, g, "clauses.lift") or low[g] in ("relief", "lifting")):
        return e.mood.block(f'"{low[g]} of" it: the siege is over')
    return None


def _by_word_before(e: _Event, g: int) -> Mood | None:
    """The mood by the word at g that the preposition belongs to: a goal, a purpose, what is answered for."""
    scene, low, k, n = e.scene, e.low, e.k, e.n
    if g >= e.start and low[g] == "committed" and low[k] == "to":
        fights = any(cue.frame.relation is Relation.CONTESTS for cue in scene.cues.nouns.get(low[n], ()))
        return e.mood if fights else e.mood.block('"committed to" it')  # a siege with forces in it is under way
    if low[g : g + 1] in (("favor",), ("favour",)) and low[n] in ("battle", "fight", "fighting"):
        return e.mood  # "abandoned attacks on A in favor of the battle for B"
    told_of = low[g] == "told" and low[k] in ("of", "about")
    goal = low[g] in scene.words("clauses.block_nouns") or (base_of(scene, g, "clauses.block") and not told_of)
    if g >= e.start and (goal or low[g] == "capable"):
        return e.mood.block(f'"{low[g]} {low[k]}" is a goal')
    if low[k] == "for":
        known = low[g] in REASONS and low[k + 1] in ("the", "their", "its") and "no" not in low[g - 1 : g]
        if not known and not {low[g], scene.doc[k].head.lower_} & scene.words("clauses.answered"):
            return e.mood.block('"for" is a purpose')
        return e.mood  # whoever gets the credit for it, it has happened
    return e.mood if low[k] in ("before", "until") else None


RULES: tuple[Callable[[_Event], Mood | None], ...] = (
    _no_sign, _asked, _judged, _idle, _by_adjectives, _by_words_behind, _by_agreement, _by_looming, _by_determiner, _by_preposition,
)  # fmt: skip


def _agreed(scene: Scene, n: int, k: int) -> str | None:
    """Whether a loss is what somebody agrees or talks on: "an agreement regarding the surrender of X"."""
    if not any(cue.frame.relation is Relation.LOSES for cue in scene.cues.nouns.get(scene.low[n], ())):
        return None
    while k > 0 and scene.tag[k] in ("DT", "JJ", "PRP$"):
        k = scene.previous(k)
    if scene.low[k] not in ABOUT or k < 1:
        return None
    if scene.low[k - 1] not in scene.words("clauses.talks"):
        reached = next((c for c in scene.doc[k].head.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < k), None)
        if reached is None or reached.lower_ not in scene.words("clauses.talks"):
            return None
        return (
            f'"{reached.lower_} ... {scene.low[k]}" it: not done by that'  # "a deal was reached on the surrender of X"
        )
    return f'"{scene.low[k - 1]} {scene.low[k]}" it: not done by that'


def _looms(scene: Scene, n: int, j: int) -> bool:
    """Whether token j says without a verb that the event noun at n is to come: "Fall of X imminent", "'only a matter of time'"."""
    low = scene.low
    if low[j] not in scene.words("clauses.looming") and low[j : j + 3] != ("matter", "of", "time"):
        return False
    edge = any(low[x] in (",", ";", ":", ".") or scene.tag[x].startswith("VB") for x in range(n + 1, j))
    return not edge and scene.inside(j) is None

"""The group of a verb, and the mood of its words: stated, denied, hedged or no statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from reportedly.knowledge.cues import Cues, inflect
from reportedly.model import Certainty
from reportedly.read.parsing.marks import DASHES, QUOTES
from reportedly.read.scene.scene import Scene

__all__ = [
    "ASIDE_MARKS",
    "AUXILIARIES",
    "BE",
    "DO",
    "HAVE",
    "HELPERS",
    "LET_ALONE",
    "MODAL_EPISTEMIC",
    "MODAL_FUTURE",
    "Mood",
    "base_of",
    "before_adverbs",
    "forced_before",
    "is_negated",
    "join_moods",
    "modal_mood",
    "own_group",
    "to_come",
    "verb_group",
]

ASIDE_MARKS = DASHES | {","}
ASIDE = 14  # tokens of an aside between an auxiliary and its verb

BE = frozenset(["be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re"])


HAVE = frozenset(["have", "has", "had", "having", "'ve", "'d"])


DO = frozenset(["do", "does", "did"])
HELPERS, AUXILIARIES = BE | HAVE, BE | HAVE | DO


LET_ALONE = (("let", "alone"), ("much", "less"), ("never", "mind"))  # before what is denied with what stands before


FORCING = frozenset({"compelling", "forcing"})
MODAL_FUTURE = frozenset(["will", "would", "shall", "should", "can", "ca", "'ll", "wo", "ought", "must"])


MODAL_EPISTEMIC = frozenset(["may", "might", "could"])
MODALS, AHEAD = MODAL_FUTURE | MODAL_EPISTEMIC, HELPERS | MODAL_FUTURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """What the clause makes of a cue; `blocked` says why nothing is claimed, `denied` that it is negated or failed,
    `judged` that somebody calls it false.
    """

    blocked: str | None = None
    denied: bool = False
    judged: bool = False
    certainty: Certainty = Certainty.CERTAIN
    reasons: tuple[str, ...] = ()

    def block(self, reason: str) -> Mood:
        """The same, as no statement."""
        return replace(self, blocked=self.blocked or reason)

    def flip(self, reason: str) -> Mood:
        """The same, with the opposite polarity."""
        return replace(self, denied=not self.denied, reasons=(*self.reasons, reason))

    def judge(self, reason: str) -> Mood:
        """The same, called false: whoever does so is certain. It is no less false if it is called so twice."""
        if self.judged:
            return self
        return replace(self.flip(reason), judged=True, certainty=Certainty.CERTAIN)

    def hedge(self, certainty: Certainty, reason: str) -> Mood:
        """The same, less sure; the weaker certainty wins."""
        order = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE)
        weaker = max(self.certainty, certainty, key=order.index)
        return replace(self, certainty=weaker, reasons=(*self.reasons, reason)) if weaker != self.certainty else self


IRREGULAR = {  # verbs of the reader's lists that no cue has; "lie" there tells no truth
    "say": "said", "seek": "sought", "fail": "failed", "think": "thought", "prove": "proved proven", "set": "set setting",
    "let": "let letting", "plan": "planned planning", "strive": "strove striven", "tell": "told", "choose": "chose chosen",
    "admit": "admitted admitting", "refer": "referred", "allow": "allowed", "compel": "compelled compelling",
    "permit": "permitted permitting", "commit": "committed committing", "stop": "stopped stopping", "deny": "denied",
    "rebut": "rebutted rebutting", "know": "knew known", "mean": "meant", "send": "sent", "understand": "understood",
    "feel": "felt", "label": "labelled labelling", "occur": "occurred occurring", "repel": "repelled repelling",
    "forgive": "forgave forgiven", "forget": "forgot forgotten forgetting", "lie": "lied lying", "mislead": "misled",
}  # fmt: skip


@cache
def _base_forms(cues: Cues, name: str) -> dict[str, str]:
    """Every form of the verbs in a word list -> base form."""
    forms: dict[str, str] = {}
    irregular = {**cues.irregular, **IRREGULAR}
    for base in cues.words(name):
        for form in inflect(base, irregular):
            forms[form] = base
    return forms


def base_of(scene: Scene, i: int, name: str) -> str | None:
    """The base form of token i if it belongs to a verb list, in any of its forms."""
    return _base_forms(scene.cues, name).get(scene.low[i]) if i < len(scene.low) else None


def to_come(scene: Scene, copula: int) -> bool:
    """Whether what "is" at a token says of its subject makes that something to come: "is unlikely", "are the goal", but not "are
    likely suffering losses".
    """
    unreal = scene.words("clauses.unreal")
    return any(
        scene.low[k] in unreal and not (scene.tag[k] == "RB" and scene.tag[k + 1] in ("VBG", "VBN"))
        for k in range(copula + 1, min(copula + 6, len(scene.low) - 1))
    )


def before_adverbs(scene: Scene, k: int, start: int) -> int:
    """The token before k that is no adverb or quotation mark and not in brackets; less than `start` where the sentence has none."""
    k = scene.previous(k)
    while k >= start and (scene.tag[k].startswith("RB") or scene.low[k] in QUOTES):
        k = scene.previous(k)
    return k


def verb_group(scene: Scene, v: int) -> list[int]:
    """Auxiliaries, "to", negations and adverbs directly before the verb at v, left to right."""
    low, tag = scene.low, scene.tag
    group: list[int] = []
    i = scene.previous(v)
    start = scene.sentence[v][0]
    if i > start and low[i] == "-" and low[i - 1] in ("half", "semi"):
        i = scene.previous(i - 1)  # "have half-encircled X"
    if i >= start and low[i] in QUOTES and (before := _quoted_adverb(scene, i, start)) is not None:
        i = before
    if i >= start and low[i] in ('"', "“", "‘", "'", "``"):
        i = scene.previous(i)  # 'had "liberated" X'
    while i >= start:
        if low[i] in QUOTES and (before := _quoted_adverb(scene, i, start)) is not None:
            i = before
        if low[i] in ASIDE_MARKS and (before := _before_aside(scene, i, start)) is not None:
            i = before
        word = low[i]
        aux = word in BE or word in HAVE or word in DO or tag[i] in ("MD", "TO") or word in MODALS
        adverb = (
            tag[i].startswith("RB")
            or word
            in ("likely", "yet", "not", "n't", "neither", "longer", "no", "entirely", "percent", "%", "cent", "per")
            or (word in ("both", "all") and i > start and low[i - 1] in HELPERS)  # "which were both taken"
            or (tag[i] == "CD" and group == [])
        )
        if tag[i] == "CD" and group and low[group[0]] in ("percent", "%", "per"):
            group.insert(0, i)
            i = scene.previous(i)
            if i >= start and low[i] in QUOTES and low[scene.previous(i)] in BE:
                i = scene.previous(i)  # 'has been "100 % liberated"'
            continue
        if not (aux or adverb) or (
            tag[i] == "CD"
            and low[v] not in ("liberated", "occupied", "captured", "controlled", "percent", "%", "per", "cent")
            and not group
        ):
            break
        group.insert(0, i)
        i = scene.previous(i)
        if i >= start and low[i] in ('"', "“", "‘") and scene.previous(i) >= start and low[scene.previous(i)] in AHEAD:
            i = scene.previous(i)  # 'have “practically cleared” X', 'will "ultimately" take X'
    while (
        group
        and tag[group[0]].startswith("RB")
        and low[group[0]] not in ("not", "n't", "never")
        and len(group) > 1
        and low[group[0]] in ("there", "here")
    ):
        group.pop(0)
    if group and low[group[0]] == "'s" and tag[group[0]] == "POS":
        group.pop(0)
    return group


def _before_aside(scene: Scene, k: int, start: int) -> int | None:
    """The auxiliary or negation before an aside that closes at k: "had not, as Moscow asserted, entered X"."""
    for j in range(k - 2, max(start, k - ASIDE), -1):
        if scene.low[j] in ASIDE_MARKS:
            aux = scene.low[j - 1] in AUXILIARIES or scene.tag[j - 1] == "MD"
            negated = scene.low[j - 1] in ("not", "n't", "never") and j - 2 >= start
            return j - 1 if j - 1 >= start and (aux or negated) else None
    return None


def _quoted_adverb(scene: Scene, k: int, start: int) -> int | None:
    """The auxiliary before words in quotation marks that close at k: 'will "sooner or later" take over'."""
    opened = next((j for j in range(k - 1, max(start, k - 6), -1) if scene.low[j] in QUOTES), None)
    if opened is None or opened <= start or not scene.tag[k - 1].startswith("RB"):
        return None
    aux = opened - 1
    return aux if scene.tag[aux] == "MD" or scene.low[aux] in AUXILIARIES else None


def own_group(scene: Scene, v: int) -> list[int]:
    """The verb group of v, or of the verb it is coordinated with if it has no auxiliary of its own."""
    group = verb_group(scene, v)
    if not group and scene.tag[v] == "VB" and (shared := _shared_infinitive(scene, v)):
        return shared
    token = scene.doc[v]
    hops = 0
    while (
        not any(scene.tag[i] in ("MD", "TO") or scene.low[i] in AUXILIARIES for i in group)
        and token.dep_ == "conj"
        and hops < 4
    ):
        head = token.head
        if head.pos_ not in ("VERB", "AUX") or head.i > token.i:
            break
        if any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
            break
        same_form = (
            scene.tag[v] == scene.tag[head.i]
            or (scene.tag[v] in ("VBD", "VBN") and scene.tag[head.i] in ("VBD", "VBN"))
            or scene.tag[v] == "VB"
        )
        if not same_form:
            break
        head_group = verb_group(scene, head.i)
        if scene.tag[v] == "VBD" and any(scene.low[i] in DO for i in head_group):
            break  # "did not hold X and lost Y": the second verb stands alone
        if scene.low[v] in ("was", "were", "is", "are") and any(scene.low[i] in HAVE for i in head_group):
            break  # "had not taken X and were 10 km away from it"
        perfect = scene.tag[head.i] == "VBN" and any(scene.low[i] in HAVE for i in head_group)
        if perfect and scene.tag[v] == "VB" and not any(scene.tag[i] in ("MD", "TO") for i in head_group):
            break  # "have not taken X and hold only Y"
        group = head_group + group
        token = head
        hops += 1
    return group


def _shared_infinitive(scene: Scene, v: int) -> list[int]:
    """The "to" that a coordinated infinitive shares: "to encircle A or advance on B"."""
    k = scene.previous(v)
    start = scene.sentence[v][0]
    if k < start or scene.low[k] not in ("and", "or", ",", "possibly", "then"):
        return []
    while k > start and v - k < 22:
        if scene.tag[k] in ("VBD", "VBZ", "VBP", "MD"):
            return []
        if scene.tag[k] == "TO" and scene.tag[k + 1] in ("VB", "RB"):
            return [*verb_group(scene, k), k]
        k -= 1
    return []


def join_moods(mood: Mood, outer: Mood) -> Mood:
    """The mood of a verb under a governor with its own mood."""
    joined = replace(
        mood,
        blocked=mood.blocked or outer.blocked,
        judged=mood.judged or outer.judged,
        reasons=mood.reasons + outer.reasons,
    )
    if outer.denied:
        joined = replace(joined, denied=not joined.denied)
    return joined.hedge(outer.certainty, "hedged by what governs it")


def is_negated(words: list[str]) -> bool:
    """Whether a verb group is negated, "not only" aside."""
    for k, word in enumerate(words):
        if word in ("not", "n't", "never", "nor", "neither", "hardly", "barely"):
            return words[k + 1 : k + 2] not in (["only"], ["just"], ["merely"])
        if word == "no" and words[k + 1 : k + 2] == ["longer"]:
            return True
    return False


def modal_mood(words: list[str], mood: Mood, *, stative: bool) -> Mood:
    """What a modal verb makes of it."""
    modal = next((w for w in words if w in MODAL_FUTURE or w in MODAL_EPISTEMIC), None)
    if modal is None:
        return mood
    have = any(w in HAVE for w in words[words.index(modal) :])
    negative = is_negated(words)
    if have and modal in MODAL_EPISTEMIC:
        return mood.hedge(Certainty.POSSIBLE, f'"{modal} have"')
    if have and modal == "must":
        return mood.hedge(Certainty.PROBABLE, '"must have"')
    if modal in ("could", "can", "ca") and negative and not stative:
        return replace(mood, denied=True)
    if modal in ("may", "might") and stative:
        return mood.hedge(Certainty.POSSIBLE, f'"{modal}"')
    return mood.block(f'"{modal}" speaks of what is not yet')


def forced_before(scene: Scene, to: int) -> tuple[int, int] | None:
    """The "compelling" that the tagger takes for an adjective of whom it is done to, and those: "compelling rebel units | to leave X"."""
    last = scene.previous(to)
    k = last
    while k > 0 and scene.tag[k].startswith(("NN", "JJ")) and scene.low[k] not in FORCING:
        k = scene.previous(k)
    return (k, last) if k < last and scene.tag[k] == "JJ" and scene.low[k] in FORCING else None

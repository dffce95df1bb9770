"""The mood of an infinitive, by what governs it: a goal ("to capture X"), a failure, or something done ("managed to capture X")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reportedly.model import Certainty, Relation
from reportedly.read.mood.attempts import failed_attempt
from reportedly.read.mood.falsehood import judged_false
from reportedly.read.mood.governing import Above, gives_up
from reportedly.read.mood.sentences import ASKED
from reportedly.read.mood.unfounded import without_evidence
from reportedly.read.scene.scene import InScene, Scene
from reportedly.read.scene.verb_groups import (
    BE,
    HAVE,
    MODAL_FUTURE,
    Mood,
    base_of,
    forced_before,
    join_moods,
    own_group,
    verb_group,
)

__all__ = ["PERMIT", "infinitive_mood"]

OBLIGE = frozenset({"oblige", "compel", "force", "allow", "enable"})  # what agreements do
TIMED, UNITS = (
    ("took", "needed"),
    frozenset({"days", "weeks", "months", "years", "hours", "day", "week", "month", "year"}),
)
UNTIL = frozenset({"by", "until", "before", "through", "soon", "next", "anytime"})  # of what is still to come
PASSED = frozenset({"not", ",", "”", '"', "’"})  # between "to" and what governs it
PAID = ("paid", "exploited")
MOTION = frozenset({"go", "move"})
CONDITIONS = (*sorted(ASKED), '"unless"', '"lest"', "an inverted condition")
PERMIT = ("allow", "let", "permit")


@dataclass(slots=True)
class _Infinitive(InScene):
    """An infinitive at v behind its "to", with its mood so far and the word at g that governs it."""

    v: int
    to: int
    mood: Mood
    above: Above
    start: int  # of the sentence
    g: int
    perfect: bool  # "to have captured"
    progressive: bool  # "to be holding"

    @property
    def word(self) -> str:
        """What governs it."""
        return self.scene.low[self.g]

    def before(self, count: int) -> tuple[str, ...]:
        """Words up to what governs it."""
        return self.low[max(self.start, self.g - count) : self.g]

    def base(self, name: str) -> str | None:
        """The base form of what governs it in a list of words."""
        return base_of(self.scene, self.g, name)

    def by(self, verb: int) -> Mood:
        """The mood as a verb makes it that is stated itself."""
        return join_moods(self.mood, self.above(verb))


Rule = Callable[[_Infinitive], Mood | None]
"""The mood, where a rule tells it."""


def infinitive_mood(scene: Scene, v: int, to: int, words: list[str], mood: Mood, above: Above) -> Mood:
    """The mood of "to capture", by what governs it."""
    if (signed := _by_treaty(scene, v)) is not None and not above.ends:
        return join_moods(mood, above(signed))
    after = words[words.index("to") + 1 :]
    start = scene.sentence[v][0]
    g = _word_before(scene, to, start)
    case = _Infinitive(scene, v, to, mood, above, start, g, any(w in HAVE for w in after), any(w in BE for w in after))
    for rule in RULES:
        if (told := rule(case)) is not None:
            return told
    return _licensed(case)


def _word_before(scene: Scene, to: int, start: int) -> int:
    """The word before "to", without adverbs, marks and pronouns."""
    g = scene.previous(to)
    while g >= start and (scene.tag[g].startswith("RB") or scene.low[g] in PASSED or scene.tag[g] == "PRP"):
        g = scene.previous(g)
    return g


def _compelled(n: _Infinitive) -> Mood | None:
    if (driven := _driven(n.scene, n.v)) is None:
        return None
    return n.mood.block(f'"{n.low[driven]} to"') if _supposed(n.scene, driven) else n.mood


def _took_time(n: _Infinitive) -> Mood | None:
    """ "It took the army seven months to win X back"."""
    head = n.scene.doc[n.v].head.i
    took = n.low[head] == "took" and n.low[head - 1] == "it"
    return n.mood if took and not n.scene.words("places.times").isdisjoint(n.low[head : n.to]) else None


def _came_of_it(n: _Infinitive) -> Mood | None:
    """ "Took X, only to lose it again"."""
    token = n.scene.doc[n.v]
    came = n.low[n.to - 1] == "only" and token.dep_ == "advcl" and token.head.i < n.to - 1
    return n.by(token.head.i) if came and n.tag[token.head.i] in ("VBD", "VBN", "VBZ", "VBP") else None


def _find_governor(n: _Infinitive) -> Mood | None:
    """Which of a verb and its object governs it: "paid a high price to", "exploited the chaos to"."""
    scene, head = n.scene, n.scene.doc[n.v].head
    if scene.doc[n.v].dep_ not in ("xcomp", "ccomp", "advcl", "acl") or head.i >= n.to:
        return None
    noun = _governing_noun(n)
    if noun and n.low[scene.doc[n.g].head.i] in PAID and scene.doc[n.g].dep_ == "dobj":
        n.g = scene.doc[n.g].head.i
    elif not noun or n.low[head.i] == "exploited":
        n.g = head.i
    elif n.word in scene.words("clauses.attacks") and "successful" in n.before(3):
        return n.by(head.i) if n.tag[head.i][:2] == "VB" else n.mood
    return None


def _governing_noun(n: _Infinitive) -> bool:
    """Whether a noun right before "to" may govern it: no time, no troops, no side but in "dismissed rebel claims to control X"."""
    scene, g, word = n.scene, n.g, n.word if n.g >= n.start else ""
    return (
        g >= n.start
        and n.tag[g].startswith("NN")
        and (word in scene.words("clauses.claim_nouns") or not any(s.end == g + 1 for s in scene.sides))
        and word not in scene.words("clauses.agents")
        and word not in scene.listed("places.times", "clauses.by_then")
        and n.low[g - 1 : g + 1] not in (("in", "vain"), ("without", "success"))
    )


def _at_head(n: _Infinitive) -> Mood | None:
    return n.mood.block("an infinitive at the head of the sentence") if n.g < n.start else None


def _no_choice(n: _Infinitive) -> Mood | None:
    """ "Had no choice but to leave X"."""
    return n.mood if n.word == "but" and "choice" in n.before(3) and "had" in n.before(6) else None


def _had_to(n: _Infinitive) -> Mood | None:
    """ "Had to give up X"."""
    return n.by(n.g) if n.word == "had" and n.g == n.to - 1 and gives_up(n.scene, n.v) else None


def _attempted(n: _Infinitive) -> Mood | None:
    failed = failed_attempt(n.scene, n.g, n.v)
    return replace(n.mood, blocked=None, denied=True, reasons=(*n.mood.reasons, failed)) if failed else None


def _claimed(n: _Infinitive) -> Mood | None:
    """ "Called the claim to have taken X a lie", "there is no evidence for the claim to"."""
    if n.word not in n.scene.words("clauses.claim_nouns"):
        return None
    if (judged := judged_false(n.scene, n.g)) is not None:
        n.mood = n.mood.judge(judged)
    lacking = without_evidence(n.scene, n.g)
    return n.mood.block(lacking) if lacking is not None else None


def _failed(n: _Infinitive) -> Mood | None:
    """ "Failed to capture X", "are unable to"."""
    if not n.base("clauses.fail") and n.word not in n.scene.words("clauses.fail"):
        return None
    scene, g = n.scene, n.g
    bearer = scene.doc[g].head.i if n.tag[g] == "JJ" and scene.doc[g].dep_ == "acomp" else g
    outer = n.above(bearer) if n.tag[bearer].startswith("VB") else Mood()
    if MODAL_FUTURE & {n.low[k] for k in own_group(scene, g)}:
        return n.mood.block(outer.blocked or f'"will {n.word} to" is still to come')
    kept = outer.blocked is not None and ("to have" in outer.blocked or outer.blocked.startswith(CONDITIONS))
    return join_moods(n.mood, replace(outer, blocked=outer.blocked if kept else None)).flip(f'"{n.word} to"')


def _able(n: _Infinitive) -> Mood | None:
    """ "Was able to capture X", "not able to"."""
    if n.word != "able":
        return None
    outer = n.above(n.g)
    if not {"not", "n't", "never"}.isdisjoint(n.before(4)):
        unable = replace(n.mood, denied=not n.mood.denied, reasons=(*n.mood.reasons, '"not able to"'))
        return unable.hedge(outer.certainty, "hedged by what governs it")
    past = not {"was", "were", "been"}.isdisjoint(n.before(3))
    return join_moods(n.mood, outer) if past and not outer.blocked else n.mood.block('"able to"')


def _chose(n: _Infinitive) -> Mood | None:
    """Who chose to withdraw has done so."""
    return n.by(n.g) if n.base("clauses.chooses") and n.tag[n.g] in ("VBD", "VBN") else None


def _unlikely(n: _Infinitive) -> Mood | None:
    """ "Is unlikely to have taken X", "unlikely to be in control of X", "unlikely to still hold X"."""
    if n.word != "unlikely" or not (n.perfect or _in_control(n) or _as_it_is(n.scene, n.to, n.v)):
        return None
    return n.mood.flip('"unlikely to have"').hedge(Certainty.PROBABLE, '"unlikely to have"')


def _paid(n: _Infinitive) -> Mood | None:
    """ "Paid dearly to seize X"."""
    return n.by(n.g) if n.word == "paid" and {"dearly", "price", "cost"} & set(n.low[n.g : n.to]) else None


def _timed(n: _Infinitive) -> Mood | None:
    """ "Took eight months to clear X": in the end they did."""
    timed = n.word in TIMED and n.tag[n.g] == "VBD" and any(n.low[k] in UNITS for k in range(n.g + 1, n.to))
    return n.by(n.g) if timed else None


RULES: tuple[Rule, ...] = (
    _compelled, _took_time, _came_of_it, _find_governor, _at_head, _no_choice, _had_to, _attempted, _claimed, _failed, _able,
    _chose, _unlikely, _paid, _timed,
)  # fmt: skip


def _licensed(n: _Infinitive) -> Mood:
    """A goal or a purpose, unless what governs it says that it is done, or seems so: "managed to capture X", "appears to hold X"."""
    scene, g, word = n.scene, n.g, n.word
    licence, apparent = _licence(n), n.base("clauses.apparent")
    agreed = _agreed(n) if licence in OBLIGE and not n.perfect else None
    if agreed is not None:
        return n.mood.block(f'"{agreed} {word} to" is what is agreed, not done')
    if not (n.perfect or n.progressive or licence or apparent):
        return n.mood.block(f'"{word} to" is a goal or a purpose')
    if n.base("clauses.block") and not (n.perfect or licence):
        return n.mood.block(f'"{word} to" is a goal')
    if word in MODAL_FUTURE or (licence in PERMIT and any(n.tag[k] == "MD" for k in verb_group(scene, g))):
        return n.mood.block(f'"{word} to"')
    if licence is None and not n.perfect and not apparent:
        return n.mood.block(f'"{word} to" is a goal')
    joined = n.by(g) if n.tag[g].startswith(("VB", "MD")) or licence else n.mood
    seems = apparent in ("appear", "seem") or word in ("likely", "believed", "thought", "presumed")
    return joined.hedge(Certainty.PROBABLE, f'"{word} to"') if seems else joined


def _licence(n: _Infinitive) -> str | None:
    """The verb that says that it is done: "went on to capture X", but not "is going to", "move to", "military force to take X"."""
    low, g = n.low, n.g
    licence = n.base("clauses.licence") if n.tag[g] != "NN" else None
    if licence in MOTION and (
        n.word == "going" or low[g + 1] == "to" or low[g + 1 : g + 3] in (("in", "to"), ("into", "to"))
    ):
        licence = None
    if licence is None and n.word in n.scene.words("clauses.claim_nouns") and _in_control(n):
        return "claim"  # "the claim to be in full control of X"
    return licence


def _agreed(n: _Infinitive) -> str | None:
    """The treaty or the talks that oblige somebody."""
    bound = next((c.lower_ for c in n.scene.doc[n.g].children if c.dep_ == "nsubj"), "")
    return bound if bound in n.scene.listed("clauses.laws", "clauses.talks") else None


def _in_control(n: _Infinitive) -> bool:
    """ "To be in full control of X", "the claim to control X"."""
    low, v = n.low, n.v
    in_control = low[v] == "be" and low[v + 1] in ("in", "under") and "control" in low[v + 2 : v + 5]
    return in_control or (low[v] in ("control", "hold") and n.word == "claim")


def _driven(scene: Scene, v: int) -> int | None:
    """The "compelling" of "compelling Russian forces to withdraw" where the tagger takes it for an adjective of theirs."""
    to = scene.previous(v)
    forced = forced_before(scene, to) if scene.low[to] == "to" else None
    return forced[0] if forced is not None and scene.low[scene.previous(forced[0])] in (",", "reportedly") else None


def _supposed(scene: Scene, k: int) -> bool:
    """Whether a modal stands before token k in its sentence."""
    return "MD" in scene.tag[scene.sentence[k][0] : k]


def _as_it_is(scene: Scene, to: int, v: int) -> bool:
    """Whether an infinitive tells of what is so now: "unlikely to still hold X", "unlikely to have full control of X"."""
    if not any(c.frame.relation is Relation.HOLDS for c, _ in scene.cues.verbs.get(scene.low[v], ())):
        return False
    behind = set(scene.low[v : scene.sentence[v][1]])
    return "still" in scene.low[to : v + 2] or (scene.low[v] == "have" and not behind & UNTIL)


def _by_treaty(scene: Scene, v: int) -> int | None:
    """The verb of "signed treaties to annex X": who signs it has declared X its own."""
    if not any(c.frame.relation is Relation.ANNEXES for c, _ in scene.cues.verbs.get(scene.low[v], ())):
        return None
    token = scene.doc[v]
    for _ in range(3):
        token = token.head
        if token.lemma_ == "sign":
            return int(token.i) if token.i < v else None
    return None

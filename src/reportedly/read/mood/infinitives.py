"""The mood of an infinitive, by what governs it: a goal ("to capture X"), a failure, or something done ("managed to capture X")."""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import Certainty, Relation
from reportedly.read.mood.attempts import failed_attempt
from reportedly.read.mood.falsehood import judged_false, without_evidence
from reportedly.read.mood.governing import Above, gives_up
from reportedly.read.scene.scene import Scene
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
PAID = ("paid", "exploited")
MOTION = frozenset({"go", "move"})
CONDITIONS = ('"if"', '"unless"', '"whether"', '"lest"', "a question", "an inverted condition")
PERMIT = ("allow", "let", "permit")


def infinitive_mood(scene: Scene, v: int, to: int, words: list[str], mood: Mood, above: Above) -> Mood:
    """The mood of "to capture", by what governs it."""
    if (signed := _by_treaty(scene, v)) is not None and not above.ends:
        return join_moods(mood, above(signed))
    low, tag = scene.low, scene.tag
    after = words[words.index("to") + 1 :]
    perfect = any(w in HAVE for w in after)
    progressive = any(w in BE for w in after)
    g = scene.previous(to)
    start = scene.sentence[v][0]
    while g >= start and (tag[g].startswith("RB") or low[g] in ("not", ",", "”", '"', "’") or (tag[g] == "PRP")):
        g = scene.previous(g)
    head = scene.doc[v].head
    if (driven := _driven(scene, v)) is not None:
        return mood.block(f'"{low[driven]} to"') if _supposed(scene, driven) else mood
    if low[head.i] == "took" and low[head.i - 1] == "it" and scene.words("places.times") & set(low[head.i : to]):
        return mood  # "it took the army seven months to win X back"
    came_of_it = low[to - 1] == "only" and scene.doc[v].dep_ == "advcl" and head.i < to - 1
    if came_of_it and tag[head.i] in ("VBD", "VBN", "VBZ", "VBP"):
        return join_moods(mood, above(head.i))  # "took X, only to lose it again"
    if scene.doc[v].dep_ in ("xcomp", "ccomp", "advcl", "acl") and head.i < to:
        near_noun = (
            g >= start
            and tag[g].startswith("NN")
            and (
                low[g] in scene.words("clauses.claim_nouns")  # "dismissed rebel claims to control X"
                or not any(s.end == g + 1 for s in scene.sides)
            )
            and low[g] not in scene.words("clauses.agents")
            and low[g] not in scene.listed("places.times", "clauses.by_then")
            and low[g - 1 : g + 1] not in (("in", "vain"), ("without", "success"))
        )
        if near_noun and low[scene.doc[g].head.i] in PAID and scene.doc[g].dep_ == "dobj":
            g = scene.doc[g].head.i  # "paid a high price to", "exploited the chaos to"
        elif not near_noun or low[head.i] == "exploited":
            g = head.i
        elif scene.low[g] in scene.words("clauses.attacks") and "successful" in low[max(start, g - 3) : g]:
            return join_moods(mood, above(head.i)) if tag[head.i][:2] == "VB" else mood
    if g < start:
        return mood.block("an infinitive at the head of the sentence")
    if low[g] == "but" and "choice" in low[max(start, g - 3) : g] and "had" in low[max(start, g - 6) : g]:
        return mood  # "had no choice but to leave X"
    if low[g] == "had" and g == to - 1 and gives_up(scene, v):
        return join_moods(mood, above(g))  # "had to give up X"
    failed = failed_attempt(scene, g, v)
    if failed:
        return replace(mood, blocked=None, denied=True, reasons=(*mood.reasons, failed))
    if low[g] in scene.words("clauses.claim_nouns") and (judged := judged_false(scene, g)) is not None:
        mood = mood.judge(judged)  # "called the claim to have taken X a lie"
    if low[g] in scene.words("clauses.claim_nouns") and (lacking := without_evidence(scene, g)) is not None:
        return mood.block(lacking)
    if base_of(scene, g, "clauses.fail") or low[g] in scene.words("clauses.fail"):
        bearer = scene.doc[g].head.i if tag[g] == "JJ" and scene.doc[g].dep_ == "acomp" else g  # "are unable to"
        outer = above(bearer) if tag[bearer].startswith("VB") else Mood()
        if MODAL_FUTURE & {low[k] for k in own_group(scene, g)}:
            return mood.block(outer.blocked or f'"will {low[g]} to" is still to come')
        kept = outer.blocked is not None and ("to have" in outer.blocked or outer.blocked.startswith(CONDITIONS))
        return join_moods(mood, replace(outer, blocked=outer.blocked if kept else None)).flip(f'"{low[g]} to"')
    if low[g] == "able":
        outer = above(g)
        negative = any(low[k] in ("not", "n't", "never") for k in range(max(start, g - 4), g))
        if negative:
            unable = replace(mood, denied=not mood.denied, reasons=(*mood.reasons, '"not able to"'))
            return unable.hedge(outer.certainty, "hedged by what governs it")
        past = any(low[k] in ("was", "were", "been") for k in range(max(start, g - 3), g))
        return join_moods(mood, outer) if past and not outer.blocked else mood.block('"able to"')
    if base_of(scene, g, "clauses.chooses") and tag[g] in ("VBD", "VBN"):
        return join_moods(mood, above(g))  # who chose to withdraw has done so
    in_control = low[v] == "be" and low[v + 1] in ("in", "under") and "control" in low[v + 2 : v + 5]
    in_control = in_control or (low[v] in ("control", "hold") and low[g] == "claim")  # "the claim to control X"
    if low[g] == "unlikely" and (perfect or in_control or _as_it_is(scene, to, v)):
        return mood.flip('"unlikely to have"').hedge(Certainty.PROBABLE, '"unlikely to have"')
    apparent = base_of(scene, g, "clauses.apparent")
    licence = base_of(scene, g, "clauses.licence") if tag[g] != "NN" else None  # not "military force to take X"
    if licence in MOTION and (
        low[g] == "going" or low[g + 1] == "to" or low[g + 1 : g + 3] in (("in", "to"), ("into", "to"))
    ):
        licence = None  # "went on to capture X", but "is going to", "move to", "move in to"
    if licence is None and low[g] in scene.words("clauses.claim_nouns") and in_control:
        licence = "claim"  # "the claim to be in full control of X"
    bound = next((c.lower_ for c in scene.doc[g].children if c.dep_ == "nsubj"), "") if licence else ""
    if licence in OBLIGE and not perfect and bound in scene.listed("clauses.laws", "clauses.talks"):
        return mood.block(f'"{bound} {low[g]} to" is what is agreed, not done')
    if low[g] == "paid" and {"dearly", "price", "cost"} & set(low[g:to]):
        return join_moods(mood, above(g))  # "paid dearly to seize X"
    if low[g] in TIMED and scene.tag[g] == "VBD" and any(low[k] in UNITS for k in range(g + 1, to)):
        return join_moods(mood, above(g))  # "took eight months to clear X": in the end they did
    if perfect or progressive or licence or apparent:
        if base_of(scene, g, "clauses.block") and not (perfect or licence):
            return mood.block(f'"{low[g]} to" is a goal')
        if low[g] in MODAL_FUTURE or (licence in PERMIT and any(tag[k] == "MD" for k in verb_group(scene, g))):
            return mood.block(f'"{low[g]} to"')
        joined = join_moods(mood, above(g)) if tag[g].startswith(("VB", "MD")) or licence else mood
        if licence is None and not perfect and not apparent:
            return mood.block(f'"{low[g]} to" is a goal')
        return (
            joined.hedge(Certainty.PROBABLE, f'"{low[g]} to"')
            if apparent in ("appear", "seem") or low[g] in ("likely", "believed", "thought", "presumed")
            else joined
        )
    return mood.block(f'"{low[g]} to" is a goal or a purpose')


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

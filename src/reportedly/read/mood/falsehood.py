"""Predicates that call what hangs on them false."""

from __future__ import annotations

from reportedly.read.parsing.nodes import Node
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import AUXILIARIES, BE, base_of, is_negated

__all__ = [
    "BESIDE",
    "INVENTED",
    "UP",
    "ends_false",
    "false_at_end",
    "false_before",
    "invented_about",
    "judged_false",
    "lied_about",
    "nouns_told",
    "subject_called_false",
]

SUBJECTS = ("nsubj", "nsubjpass")
INVENTED = frozenset(
    {
        "fake",
        "false",
        "untrue",
        "lie",
        "lies",
        "hoax",
        "fiction",
        "fabrication",
        "invention",
        "disinformation",
        "misinformation",
        "misleading",
    }
)
OPENS = 5  # tokens before the verb in "equally untrue are reports that"
UP = 6  # tokens looked at from a noun up to the verb whose subject it is part of
PERSONAL = frozenset({"it", "they", "he", "she", "we"})
STAGED = 14  # tokens behind "is" within which a claim is called part of a campaign of words
BESIDE = 12  # tokens between evidence and the claim that it would support


def judged_false(scene: Scene, g: int) -> str | None:
    """Whether what hangs on token g is called false: "false that", "it is not true that", "there is no truth in"."""
    token = scene.doc[g]
    if scene.low[g] in nouns_told(scene) and (found := _called(scene, token)) is not None:
        return found
    if scene.low[g] not in scene.words("clauses.claim_nouns") and (found := _false_words(scene, token)) is not None:
        return found
    told = _told_around(scene, token) if token.dep_ == "acl" and token.tag_ == "VBG" else None
    if told is not None and (found := subject_called_false(scene, told.i) or _called_first(scene, told)):
        return found  # "untrue are statements suggesting that"
    if token.dep_ in ("attr", "nsubj") and scene.low[g] in nouns_told(scene) and (found := _called_first(scene, token)):
        return found
    if token.dep_ in ("xcomp", "ccomp") and token.tag_ == "VB" and (found := _false_words(scene, token.head)):
        return found  # "it was wrong to say that"
    if token.pos_ != "NOUN":
        return None
    if scene.low[g] in nouns_told(scene) and (found := _false_behind(scene, g)) is not None:
        return found
    top = token.head.head
    if token.dep_ == "pobj" and top.lower_ in scene.words("clauses.true") and (found := _false_words(scene, top)):
        return found  # "there is no truth to the rumours that"
    return subject_called_false(scene, g)


def _told_around(scene: Scene, token: Node) -> Node | None:
    """The claim noun that a participle describes, or who spread it: "information circulated by outlets claiming that"."""
    for _ in range(UP):
        if token.dep_ not in ("acl", "pobj", "agent") or token.head.i >= token.i:
            return None
        token = token.head
        if token.lower_ in nouns_told(scene):
            return token
    return None


def _called_first(scene: Scene, noun: Node) -> str | None:
    """ "Also untrue are statements that": the predicate that opens the sentence, before the verb and its subject."""
    verb = noun.head
    start = scene.sentence[noun.i][0]
    if verb.lemma_ != "be" or not start < verb.i < noun.i or verb.i - start > OPENS:
        return None
    opening = scene.low[start : verb.i]
    judged = next((w for w in reversed(opening) if w in scene.words("clauses.reversal")), None)
    plain = judged is not None and not is_negated(list(opening)) and opening[-1] == judged
    return f'"{judged} {verb.lower_}"' if plain else None


def false_before(scene: Scene, v: int) -> str | None:
    """The word before the "that" of the verb at v which calls it false, by surface: the parser often errs there."""
    start = scene.sentence[v][0]
    for k in range(v - 1, max(start, v - BESIDE), -1):
        if scene.low[k] == "that":
            return _false_words(scene, scene.doc[k - 1]) if scene.low[k - 1] not in nouns_told(scene) else None
        if scene.low[k] in (",", ";") or (scene.tag[k] in ("VBD", "VBZ", "VBP") and scene.low[k] not in AUXILIARIES):
            return None
    return None


def nouns_told(scene: Scene) -> frozenset[str]:
    """What tells of an event: claims, videos, stories."""
    return scene.listed("clauses.claim_nouns", "clauses.told_nouns")


def subject_called_false(scene: Scene, n: int) -> str | None:
    """Whether the noun at n is part of a subject that is called false: "the video of the capture of X is fake"."""
    token = scene.doc[n]
    for _ in range(UP):
        event = token.i == n and (token.head.lemma_ == "exist" or _is_invented(token))
        told = (event or token.lower_ in nouns_told(scene)) and token.dep_ in SUBJECTS
        if (told or _what_is_said(token)) and token.head.i > token.i:
            verbs = [token.head, *(c for c in token.head.children if c.dep_ == "conj" and c.i > token.head.i)]
            return next(
                (
                    why
                    for verb in verbs
                    if (why := _false_words(scene, verb) or _unlike_the_facts(scene, verb) or _staged(scene, verb))
                ),
                None,
            )
        if token.head.i >= token.i or token.dep_ not in ("pobj", "prep", "dobj", "acl", "conj", "pcomp", "relcl"):
            return None
        token = token.head
    return None


def _what_is_said(token: Node) -> bool:
    """Whether a clause that is a subject is what somebody says: "what Y has said of the fall of X is nonsense"."""
    return token.dep_ in ("csubj", "csubjpass") and any(
        c.lower_ == "what" and c.dep_ in ("dobj", "nsubjpass") for c in token.children
    )


def _is_invented(event: Node) -> bool:
    """Whether an event is said to be made up: "the capture of X is a fake"."""
    verb = event.head
    return verb.lemma_ == "be" and any(c.dep_ in ("attr", "acomp") and c.lower_ in INVENTED for c in verb.children)


def _called(scene: Scene, noun: Node) -> str | None:
    """ "called reports that ... false", "dismissed as false claims that ...": the verb that judges the claim noun."""
    verb = noun.head
    for _ in range(2):
        if verb.pos_ in ("VERB", "AUX"):
            break
        verb = verb.head
    denies = base_of(scene, verb.i, "clauses.deny") is not None
    if denies or base_of(scene, verb.i, "clauses.judge") is None or verb.i > noun.i:
        return None
    end = scene.sentence[noun.i][1]
    behind = [k for k in range(noun.right_edge.i - 1, min(end, noun.right_edge.i + 4)) if k > noun.i]
    behind += [
        t.i for t in noun.subtree if t.i > noun.i and t.dep_ == "oprd" and t.tag_ == "JJ"
    ]  # "had fallen false and"
    hit = next(
        (k for k in (*range(verb.i + 1, noun.i), *behind) if scene.low[k] in scene.words("clauses.reversal")), None
    )
    left = scene.low[max(scene.sentence[noun.i][0], verb.i - 3) : verb.i]
    return f'"{verb.lower_} ... {scene.low[hit]}"' if hit is not None and not is_negated(list(left)) else None


def _false_behind(scene: Scene, g: int) -> str | None:
    """The predicate behind "said the report that X had fallen was untrue", which the parser ties to another verb."""
    end = scene.sentence[g][1]
    if "that" not in scene.low[g + 1 : g + 3] or scene.doc[g].dep_ in ("dobj", "pobj"):
        return None
    for k in range(g + 3, min(end - 1, g + 20)):
        if scene.low[k] in (",", ";", "and", "but", "said"):
            return None
        low = scene.low[k]
        verbal = low in BE and scene.tag[k] in ("VBZ", "VBP", "VBD") and scene.low[k - 1] not in ("that", *PERSONAL)
        if verbal and scene.low[k + 1] in scene.words("clauses.reversal"):
            return f'"{scene.low[k + 1]} that"'
        if scene.tag[k].startswith("VB") and (unlike := _unlike_the_facts(scene, scene.doc[k])) is not None:
            return unlike
    return None


def false_at_end(scene: Scene, n: int) -> str | None:
    """The word that calls an event false at the end of a headline without a verb: "Y says reports of the fall of X overblown"."""
    told = scene.doc[n].head.head
    return ends_false(scene, told.i, n) if scene.doc[n].dep_ == "pobj" else None


def ends_false(scene: Scene, told: int, n: int) -> str | None:
    """The same of claims at `told` whose event is at n: "Y: claims of holding X 'false'"."""
    if scene.low[told] not in scene.words("clauses.claim_nouns"):
        return None
    end = scene.sentence[n][1] - 1
    while end > n and not scene.low[end].isalnum():
        end -= 1
    between = range(n + 1, end)
    if scene.low[end] not in scene.words("clauses.reversal") or any(
        scene.tag[k].startswith(("VB", "MD")) for k in between
    ):
        return None
    return f'"{scene.low[told]} ... {scene.low[end]}"'


def lied_about(scene: Scene, n: int) -> str | None:
    """Whether the noun or gerund at n is what somebody is said to lie about."""
    token = scene.doc[n]
    about = token.head if token.dep_ in ("pobj", "pcomp") else None
    if about is None or about.lower_ != "about" or about.head.lemma_ not in scene.words("clauses.deceive"):
        return None
    left = scene.low[max(scene.sentence[n][0], about.head.i - 3) : about.head.i]
    return None if is_negated(list(left)) else f'"{about.head.lower_} about"'


def _false_words(scene: Scene, token: Node) -> str | None:
    """The word with which a predicate, or the token itself, calls something false."""
    low = scene.low
    for k in [token.i, *(c.i for c in token.children if c.dep_ in ("acomp", "attr", "oprd"))]:
        start = scene.sentence[k][0]
        before = list(low[max(start, k - 4) : k])
        negated = is_negated(before) or "no" in before[-2:]
        if low[k] in scene.words("clauses.reversal") and not negated:
            return f'"{low[k]} that"'
        if low[k] in scene.words("clauses.true") and negated:
            return f'"not {low[k]}"'
    return None


def _staged(scene: Scene, verb: Node) -> str | None:
    """ "is part of an information operation", "is nothing but enemy propaganda": what is said serves another end than to be true."""
    start, end = scene.sentence[verb.i]
    if verb.lemma_ != "be" or is_negated(list(scene.low[max(start, verb.i - 2) : verb.i + 2])):
        return None
    low = scene.low[verb.i + 1 : min(end, verb.i + STAGED)]
    for k, word in enumerate(low):
        if word in (",", ";", "that", "which"):
            return None
        if word in scene.words("clauses.staged"):
            return f'"{verb.lower_} ... {word}"'
        if word in scene.words("clauses.misleads") and scene.words("clauses.campaigns_of_words") & set(
            low[k + 1 : k + 4]
        ):
            return f'"{verb.lower_} ... {word}"'
    return None


def invented_about(scene: Scene, n: int) -> str | None:
    """Whether the event noun at n is what fakes or lies are told of: "new fakes about the capture of X"."""
    token = scene.doc[n]
    if token.dep_ not in ("pobj", "pcomp") or token.head.lower_ not in ("about", "of", "on", "regarding", "concerning"):
        return None
    told = scene.previous(token.head.i)  # by place: the parser often ties the preposition to the verb
    if scene.low[told] not in scene.words("clauses.fakes") or scene.tag[told][:2] != "NN":
        return None
    return f'"{scene.low[told]} {token.head.lower_}"'


def _unlike_the_facts(scene: Scene, verb: Node) -> str | None:
    """ "does not correspond to reality"."""
    behind = scene.low[verb.i + 1 : verb.i + 9]
    if (
        verb.lemma_ in ("have", "bear")
        and {"nothing", "no"} & set(behind[:1])
        and set(behind) & scene.listed("clauses.facts", "clauses.truth")
    ):
        return f'"{verb.lower_} {behind[0]} ..."'  # "have nothing to do with reality", "bear no relation to the facts"
    if verb.lower_ in BE and "without" in behind[:1] and set(behind[1:4]) & scene.words("clauses.truth"):
        return f'"without {behind[1]}"'
    if verb.lemma_ == "hold" and "water" in behind[:1] and is_negated(list(scene.low[max(0, verb.i - 3) : verb.i])):
        return f'"not {verb.lower_} water"'
    if verb.lemma_ == "exist" and "only" in behind[:1]:
        return f'"{verb.lower_} only ..."'  # "exists only on maps"
    if verb.lemma_ not in scene.words("clauses.agree"):
        return None
    if not is_negated(list(scene.low[max(scene.sentence[verb.i][0], verb.i - 3) : verb.i])):
        return None
    after = scene.low[verb.i + 1 : verb.i + 5]
    return f'"not {verb.lemma_}"' if set(after) & scene.words("clauses.facts") else None

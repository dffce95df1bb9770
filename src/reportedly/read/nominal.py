"""In which mood an event noun stands ("the capture of X"): by its adjectives, its governor, and who calls it false."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reportedly.model import Certainty, Relation
from reportedly.read.clauses import mood_of_verb
from reportedly.read.denials import somebodys_claim
from reportedly.read.falsehood import (
    false_at_end,
    invented_about,
    lied_about,
    no_truth_in,
    owned_claim,
    subject_called_false,
)
from reportedly.read.marks import QUOTES
from reportedly.read.mood import BE, HAVE, Mood, base_of, before_adverbs, is_negated, to_come, verb_group
from reportedly.read.only_words import only_words
from reportedly.read.scene import Scene
from reportedly.read.sentence_mood import mood_of_sentence

__all__ = ["mood_of_noun"]

AHEAD = frozenset(
    {"will", "would", "may", "might", "can", "shall", "wo", "if", "unless"}
)  # before what need not have happened
ENDED = frozenset(
    {"siege", "sieges", "blockade", "encirclement", "grip", "stranglehold", "hold"}
)  # what is lifted or broken
FOUGHT = frozenset({"battle", "fight", "fighting", "foothold", "bridgehead"})
LOOSENS = frozenset({"slip", "loosen", "weaken", "crumble", "fade", "erode", "collapse"})
BRING = frozenset({"bring", "brings", "bringing", "brought"})
ABOUT = frozenset({"regarding", "about", "on", "concerning", "over", "for"})
UNRECOGNISED = frozenset(
    {"annexation", "incorporation", "occupation", "loss", "seizure", "conquest", "takeover"}
)  # which is there all the same
REASONS = frozenset({"reason", "reasons", "explanation", "explanations"})  # for what has happened
TO_COME = frozenset(["once", "if", "until", "unless"])


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
            first = head.i + 1 if scene.low[head.i + 1] == "as" and head.i < n else n  # "dismissed as lies reports of"
            hit = next((k for k in range(first, end) if scene.low[k] in scene.words("clauses.reversal")), None)
            return f'"{scene.low[head.i]} ... {scene.low[hit]}"' if hit is not None else None
        token = head
    return None


def _without_trace(scene: Scene, token: Any) -> str | None:
    """Whether there is no evidence of the event: "found no trace of the surrender of X"."""
    shown = token.head.head
    if token.dep_ != "pobj" or token.head.lower_ != "of" or shown.lower_ not in scene.words("clauses.evidence"):
        return None
    left = scene.low[max(scene.sentence[token.i][0], shown.i - 6) : shown.i]
    return f"no {shown.lower_} of it" if {"no", "not", "n't", "without", "little", "never"} & set(left) else None


def _called_but_never(scene: Scene, token: Any) -> bool:
    """Whether "what X calls the liberation of Y" is the subject of what never took place."""
    calls, real = token.head, token.head.head
    if calls.lemma_ != "call" or calls.dep_ != "csubj" or real.i < calls.i:
        return False
    return base_of(scene, real.i, "clauses.takes_place") is not None and mood_of_verb(scene, real.i).denied


def _never_happened(scene: Scene, verb: Any) -> str | None:
    """ "was announced on Monday and never took place": the verb joined to the one whose subject the event is."""
    for c in verb.children:
        real = c.dep_ in ("conj", "xcomp") and base_of(scene, c.i, "clauses.takes_place") is not None
        yet = c.dep_ == "xcomp" and scene.low[c.i - 2 : c.i] == ("yet", "to")  # "has yet to happen"
        if real and (yet or (c.dep_ == "conj" and mood_of_verb(scene, c.i).denied)):
            return f"it never {c.lower_}"
    return None


def _no_more(token: Any) -> str | None:
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


def _brought_about(scene: Scene, verb: int) -> bool:
    """Whether a verb tells what has been made possible, not what is to be: "enabled", "is enabling", "has enabled"."""
    group = [scene.low[k] for k in verb_group(scene, verb)]
    under_way = scene.tag[verb] in ("VBG", "VBN") and not {"to", "not", "n't"} & set(group)
    return scene.tag[verb] == "VBD" or (under_way and bool(BE.union(HAVE).intersection(group)))


def _could_not_stop(scene: Scene, g: int) -> bool:
    """Whether somebody could not, did not or failed to stop what the verb at g governs: it took place."""
    if base_of(scene, g, "clauses.thwart") is None:
        return False
    verb, left = scene.doc[g], scene.low[max(scene.sentence[g][0], g - 4) : g]
    if AHEAD.intersection(left):
        return False  # "will not prevent the fall of X"
    failed = verb.dep_ == "xcomp" and base_of(scene, verb.head.i, "clauses.fail") is not None
    return failed or any(c.dep_ == "neg" for c in verb.children)


def mood_of_noun(scene: Scene, n: int) -> Mood:
    """The mood of an event noun ("the capture of X"): by its adjectives, its governor, and that one's mood."""
    low, tag = scene.low, scene.tag
    mood = Mood()
    start = scene.sentence[n][0]
    token = scene.doc[n]
    if token.dep_ == "conj" and 0 < n - token.head.i < 4 and low[token.head.i] in scene.cues.nouns:
        mood = replace(
            mood, blocked=mood_of_noun(scene, token.head.i).blocked
        )  # "an imminent encirclement or capture of X"
    mood = mood_of_sentence(scene, n, mood)
    if (lacking := _without_trace(scene, token)) is not None:
        return mood.block(lacking)
    if "whether" in scene.low[max(start, n - 14) : n]:
        return mood.block('"whether"')
    if (judged := _called_false(scene, n) or subject_called_false(scene, n) or lied_about(scene, n)) is not None:
        return mood.judge(judged)
    if (judged := no_truth_in(scene, n) or false_at_end(scene, n) or invented_about(scene, n)) is not None:
        return mood.judge(judged)
    if (idle := only_words(scene, n) or _no_more(token)) is not None:
        return mood.block(idle)
    k = scene.previous(n)
    while k >= start and (
        tag[k] in ("JJ", "JJR", "JJS", "VBN", "VBG", "CD", "NN", "NNP", "NNPS", "NNS", "PRP$", "POS", "RB", "HYPH")
        or low[k] in ("'s", "-")
        or low[k] in QUOTES  # calls for the "immediate withdrawal"
        or (low[k] in ("or", "and") and tag[k - 1] == tag[k + 1] == "VBN")  # "no claimed or assessed gains"
    ):
        if low[k] == "no":
            break
        word = low[k]
        if tag[k] == "RB" and tag[k + 1] == "JJ" and k + 1 not in scene.side_at and word == "likely":
            pass  # "a likely costly advance" is one for sure
        elif tag[k] == "VBN" and scene.doc[k].dep_ == "ROOT":
            break  # "had reported Russian advances"
        elif word == "alleged" and somebodys_claim(scene, k):
            pass
        elif word in scene.words("clauses.alleged"):
            mood = mood.hedge(Certainty.PROBABLE, f'"{word}"')
        elif word in ("possible",):
            mood = mood.hedge(Certainty.POSSIBLE, f'"{word}"')
        elif word in scene.words("clauses.not_done"):
            mood = mood.block(f'"{word}"')
        elif tag[k] == "VBG" and base_of(scene, k, "clauses.repel"):
            mood = mood.block(f'"{word}": it came to nothing')
        k = scene.previous(k)
    gained = low[n] in scene.words("clauses.gained") and low[n].endswith("s")
    for j in range(n + 1, min(n + 14, scene.sentence[n][1] - 1)):
        if (
            tag[j] in ("VBZ", "VBP")
            and low[j] in ("is", "are", "remains")
            and scene.doc[n].dep_ in ("nsubj", "nsubjpass")
            and to_come(scene, j)
            and not (gained and "to" in low[j + 2 : j + 4])  # "Russian advances near X are likely to slow"
        ):
            mood = mood.block("spoken of as something to come")
        if low[j] == "as" and any(
            low[x] in scene.listed("clauses.unreal", "clauses.block_nouns")
            and not (tag[x] == "NN" and tag[x + 1].startswith("NN"))  # "as assault forces"
            and tag[x] not in ("VB", "VBP")  # "as push south gathers pace", for all that the tagger says
            for x in range(j + 1, min(j + 5, len(low) - 1))
        ):
            told = any(tag[x] in ("VBD", "VBZ", "VBP", "MD") for x in range(n + 1, j))
            mood = mood if told else mood.block("told of as a goal")  # "the framing of the capture of X as the goal"
        if low[j] in ("priority", "condition", "must", "prerequisite") and not any(
            tag[x].startswith("V") for x in range(n + 1, j)
        ):
            mood = mood.block(f'"{low[j]}"')  # a headline without a verb
    if (agreed := _agreed(scene, n, k)) is not None:
        return mood.block(agreed)
    if any(_looms(scene, n, j) for j in range(n + 1, min(n + 10, scene.sentence[n][1]))):
        mood = mood.block("spoken of as something to come")
    if k >= start and tag[k] in ("DT", "RB") and low[k] == "no":
        return mood.flip('"no"')
    any_denied = token.dep_ == "dobj" and base_of(scene, token.head.i, "clauses.deny") is not None
    any_denied = any_denied or base_of(scene, k - 1, "clauses.deny") is not None
    if low[k] == "any" and low[max(start, k - 2) : k] in (("lack", "of"), ("absence", "of")):
        return mood.flip(f'"{low[k - 2]} of any"')
    if k >= start and low[k] in ("any", "another") and not any_denied:
        mood = mood.block(f'"{low[k]}"')
    while k >= start and tag[k] in ("DT", "PRP$", "PDT"):
        k = scene.previous(k)
    if k < start:
        return _noun_governor(scene, n, mood)
    if tag[k] in ("IN", "TO") or low[k] == "following":
        if low[k] in ("without",):
            return mood.flip('"without"')
        if low[k] == "against" and scene.doc[k].head.lemma_.lower() in scene.words("clauses.opposes"):
            return mood.block('"against" it')
        if low[k] in ("following", "after", "since", "during", "amid"):
            if TO_COME & set(low[start:k]):
                return mood.block("after what is still to come")
            return mood  # when something else happened: taken as known, whatever that is
        if low[k] in (
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
        ):
            g = before_adverbs(scene, k, start)
            if g >= start and low[k] == "of" and low[g] in ("lack", "absence"):
                return mood.flip(f'"{low[g]} of"')
            if g >= start and low[k] == "of" and low[g] in scene.words("clauses.evidence"):
                left = low[max(start, g - 5) : g]
                if is_negated(list(left)) or {"lack", "absence", "no", "without", "little"} & set(left):
                    return mood.block(f'no "{low[g]}" of it')  # "despite a lack of visual evidence of X's liberation"
            if low[k] == "of" and low[g] in ("talk", "question") and "no" in low[max(start, g - 2) : g]:
                return mood.block(f'no "{low[g]}" of it')  # "there can be no talk of the surrender of X"
            if g >= start and low[g] == "committed" and low[k] == "to":
                fights = any(cue.frame.relation is Relation.CONTESTS for cue in scene.cues.nouns.get(low[n], ()))
                return mood if fights else mood.block('"committed to" it')  # a siege with forces in it is under way
            besieged = low[n] in ("siege", "sieges", "blockade", "encirclement")
            if low[k] == "of" and besieged and (base_of(scene, g, "clauses.lift") or low[g] in ("relief", "lifting")):
                return mood.block(f'"{low[g]} of" it: the siege is over')
            if low[g : g + 1] in (("favor",), ("favour",)) and low[n] in ("battle", "fight", "fighting"):
                return mood  # "abandoned attacks on A in favor of the battle for B"
            if g >= start and (
                low[g] in scene.words("clauses.block_nouns")
                or (base_of(scene, g, "clauses.block") and not (low[g] == "told" and low[k] in ("of", "about")))
                or low[g] in ("capable",)
            ):
                return mood.block(f'"{low[g]} {low[k]}" is a goal')
            if low[k] == "for":
                known = low[g] in REASONS and low[k + 1] in ("the", "their", "its") and "no" not in low[g - 1 : g]
                if not known and not {low[g], scene.doc[k].head.lower_} & scene.words("clauses.answered"):
                    return mood.block('"for" is a purpose')
                return mood  # whoever gets the credit for it, it has happened
            if low[k] in ("before", "until"):
                return mood
    return _noun_governor(scene, n, mood)


def _called_something(scene: Scene, verb: Any) -> bool:
    """Whether a verb of calling says what its object is: "called the capture of X a victory", not "called for" it, or called it a goal."""
    names = [c for c in verb.children if c.dep_ in ("oprd", "attr") and c.i > verb.i]
    unreal = scene.listed("clauses.unreal", "clauses.block_nouns")
    return bool(names) and not any(t.lower_ in unreal for c in names for t in c.subtree)


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


def _goes_on(scene: Scene, n: int, g: int) -> bool:
    """Whether the verb at g says of a capture or liberation at n that it has begun or is under way: not yet done."""
    if not any(cue.frame.relation is Relation.TAKES for cue in scene.cues.nouns.get(scene.low[n], ())):
        return False
    if base_of(scene, g, "clauses.under_way"):
        own = ("dobj", "xcomp")
        return not any(c.i > g and (c.dep_ in own or c.lower_ in ("with", "by")) for c in scene.doc[g].children)
    behind = scene.low[g + 1 : g + 4]
    return scene.low[g] in BE and ("underway" in behind or "ongoing" in behind or behind[:2] == ("under", "way"))


def _made(scene: Scene, n: int, g: int) -> bool:
    """Whether gains at n are there already, for all that they "may" lead to: "Russian advances near X may threaten Y"."""
    plural = scene.tag[n] == "NNS" and scene.low[n] in scene.words("clauses.gained")
    return plural and {"may", "might"} & {scene.low[k] for k in range(n, g)} != set() and scene.low[g] not in BE


def _noun_governor(scene: Scene, n: int, mood: Mood) -> Mood:
    """What the verb that governs an event noun makes of it."""
    low = scene.low
    token, nested, claimed = scene.doc[n], False, False
    for _ in range(5):
        head = token.head
        tied = token.dep_ == "prep" and owned_claim(scene, token.i - 1)  # "confirmation of their claims | about"
        claimed = claimed or tied or owned_claim(scene, token.i)
        if head.i == token.i:
            return mood
        nested = nested or (token.dep_ == "pobj" and head.head.pos_ == "NOUN")
        if head.pos_ in ("VERB", "AUX"):
            g = head.i
            if token.dep_ in ("nsubj", "nsubjpass") and (told := _never_happened(scene, head)) is not None:
                return mood.judge(told)
            if token.dep_ == "attr" and any(
                c.dep_ == "nsubj" and c.lower_ in scene.words("clauses.block_nouns") for c in head.children
            ):
                return mood.block("what is aimed at")  # "the aim was the liberation of X"
            aimed = token.dep_ in ("dobj", "obj") and head.lemma_ in ("include", "comprise", "entail")
            if aimed and any(
                c.dep_ == "nsubj" and c.lower_ in scene.words("clauses.block_nouns") for c in head.children
            ):
                return mood.block("what is aimed at")  # "the goals include the surrender of X"
            if (
                token.dep_ == "prep"
                and base_of(scene, g, "clauses.adds_to")
                and (outer := mood_of_verb(scene, g)).blocked
            ):
                return mood.block(outer.blocked)  # "could resort to the takeover of X"
            if token.dep_ == "prep" and token.lower_ == "into" and base_of(scene, g, "clauses.turns_into"):
                outer = mood_of_verb(scene, g)
                mood = mood.block(outer.blocked) if outer.blocked else mood
                return mood.flip(f'not "{low[g]} into" it') if outer.denied else mood
            if token.dep_ in ("dobj", "obj", "nsubjpass", "pobj", "attr", "oprd", "conj", "nmod"):
                if base_of(scene, g, "clauses.lift") and low[n] in ENDED:
                    return mood.block(f'"{low[g]}": it is over')
                if low[g] in BRING and {"end", "close"} & set(low[n : scene.sentence[n][1]]):
                    return mood.block(f'"{low[g]} ... to an end": the siege is over')
                if base_of(scene, g, "clauses.repel"):
                    return mood.block(f'"{low[g]}": it came to nothing')
                base = base_of(scene, g, "clauses.block") or base_of(scene, g, "clauses.block_verbs")
                if base == "call" and token.dep_ == "nsubjpass" and low[g + 1] not in ("for", "off", "on"):
                    base = None  # "the loss of X was called a regrouping"
                if base == "call" and token.dep_ == "dobj" and _called_something(scene, head):
                    base = None  # "called the capture of X a victory"
                there = low[n] in ENDED or (low[n] in scene.words("clauses.gained") and scene.tag[n] == "NNS")
                if there and token.dep_ == "nsubjpass" and base in scene.words("clauses.meant") and low[g + 1] == "to":
                    base = None  # "the siege of X is meant to", "gains near X are intended to"
                if base == "discuss" and low[n] in scene.words("clauses.gained") | scene.words("clauses.fights"):
                    return mood  # who discusses gains or fighting takes them as made
                if _called_but_never(scene, token):
                    return mood.judge("it never took place")
                upheld = base_of(scene, g, "clauses.keeps_up") or base == "press"
                if upheld and low[n] in ("siege", "sieges", "blockade", "encirclement"):
                    return mood  # who presses a siege, or wants to tighten it, besieges
                if base in scene.words("clauses.brings_about") and _brought_about(scene, g):
                    base = None  # "shelling enabled advances near X"
                if token.dep_ == "dobj" and _could_not_stop(scene, g):
                    return mood  # "failed to prevent the fall of X"
                if base and token.dep_ != "pobj" and not nested and base not in ("launch", "conduct", "resume"):
                    return mood.block(f'object of "{low[g]}"')
                if base_of(scene, g, "clauses.covers") and low[n] in scene.words("clauses.leaving"):
                    return mood  # who is there to cover a retreat sees it under way
                if base_of(scene, g, "clauses.explains"):
                    return mood  # what somebody tries to explain away has happened
                outer = mood_of_verb(scene, g)
                if (
                    base_of(scene, g, "clauses.recognise")
                    and low[n] in UNRECOGNISED
                    and not (low[n] == "loss" and "as" in low[n : n + 8])
                ):
                    return mood  # whoever does not recognise it, it has happened
                if base_of(scene, g, "clauses.recognise") and "as" in low[n : n + 8]:
                    return mood.block("not recognised as something") if outer.denied else mood
                if base_of(scene, g, "clauses.unconfirmed") and outer.denied:
                    if claimed:
                        return mood
                    return mood.block(f'"{low[g]}" is negated')
                if base_of(scene, g, "clauses.deny"):
                    return mood
                if outer.blocked and base_of(scene, g, "clauses.adds_to"):
                    return mood.block(outer.blocked)
                helped = token.dep_ != "pobj" or base_of(scene, g, "clauses.assists") is not None
                if outer.blocked and helped and not nested:
                    return mood.block(outer.blocked)
                if outer.denied and base_of(scene, g, "clauses.feels"):
                    return mood  # "has not forgiven the loss of X"
                if outer.denied and token.dep_ in ("dobj", "nsubjpass", "attr"):
                    return mood.flip("its verb is negated")
                if token.dep_ in ("dobj", "nsubjpass") and not nested:
                    return mood.hedge(outer.certainty, f'"{low[g]}" is hedged')
            elif token.dep_ in ("nsubj",):
                outer = mood_of_verb(scene, g)
                if outer.blocked and "speaks of what is not yet" in outer.blocked and not _made(scene, n, g):
                    return mood.block(outer.blocked)
                if "no" in low[g + 1 : g + 2] and scene.words("clauses.gained") & set(low[g + 2 : g + 5]):
                    return mood.block(f"it {low[g]} no gain")
                if low[g] in ("fails", "failed", "faltered", "stalled"):
                    return mood.flip(f"it {low[g]}")
                if outer.denied and base_of(scene, g, "clauses.takes_place"):
                    return mood.judge(f"it never {low[g]}")
                if _goes_on(scene, n, g):
                    return mood.block(f"it {low[g]}, and is not done")
            return mood
        if head.pos_ == "NOUN" and low[head.i] in scene.words("clauses.imagined") and token.dep_ in ("pobj", "prep"):
            return mood.block(f'only a "{low[head.i]}"')
        if (
            head.pos_ in ("NOUN",)
            and low[head.i] in scene.words("clauses.block_nouns")
            and token.dep_ in ("pobj", "prep", "compound", "nmod", "conj")
        ):
            return mood.block(f'"{low[head.i]}" is a goal')
        token = head
    return mood

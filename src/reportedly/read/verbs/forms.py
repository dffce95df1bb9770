"""Whether a word that a verb frame starts with is a verb where it stands, not a noun, an adjective or a heading."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.cues import Cue
from reportedly.read.parsing.matching import heads_list
from reportedly.read.places.edges import gains_of
from reportedly.read.places.headings import heading_list
from reportedly.read.places.placing import compass_of
from reportedly.read.places.relatives import land_before
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.serial import in_a_row
from reportedly.read.scene.verb_groups import BE, HAVE, base_of, verb_group
from reportedly.read.verbs.attributive import attributive, scare_quoted, second_verb
from reportedly.read.verbs.passives import complement_places, headline_passive, headline_verb

__all__ = ["is_freed", "is_joined", "is_verb", "of_no_troops"]

TRAPPED = frozenset({"encircled", "besieged", "surrounded", "trapped"})  # which the tagger takes for adjectives
BEEN = frozenset({"been", "being", "was", "were"})
MET = ("clauses.flees", "clauses.deplores")  # what those who do not fight do about fighting


def is_verb(scene: Scene, i: int, rows: Sequence[tuple[Cue, str]]) -> bool:
    """Whether the word at token i, the first of the cues in `rows`, is a verb that says what they say."""
    if (
        i > 1
        and scene.low[i - 1] == "-"
        and scene.low[i - 2] not in ("re", "de", "half", "semi")
        and not scene.doc[i - 1].whitespace_
    ):
        return False  # "self-ruling"
    if scene.low[i] == "ruling" and scene.tag[i - 1] in ("POS", "DT", "PRP$"):
        return False  # "the ruling party"
    if (
        scene.low[i] == "advancing"
        and i + 1 in scene.side_at
        and not any(scene.low[k] in BE for k in verb_group(scene, i))
    ):
        return False  # "struck advancing Ukrainian forces near X"
    tag = scene.tag[i]
    if tag == "VBZ" and gains_of(scene, i):
        return False
    been = BE if scene.low[i] in TRAPPED else BEEN  # "claims that X is encircled do not reflect reality"
    participle = tag == "JJ" and any(scene.low[k] in been for k in verb_group(scene, i))
    aux = i - 1
    while aux > scene.sentence[i][0] and scene.tag[aux].startswith("RB"):
        aux -= 1  # "was quickly overrun"
    participle = participle or (
        (tag == "NN" or (tag == "NNP" and scene.doc[i].text.islower()))
        and scene.low[aux] in BEEN | HAVE
        and any(kind == "past" for _, kind in rows)
    )
    joint = scene.previous(i)
    second = tag == "JJ" and joint > 0 and scene.low[joint] == "and" and second_verb(scene, i, joint)
    second = second or (
        tag == "JJ" and {"nsubj", "dobj"} <= {c.dep_ for c in scene.doc[i].children}
    )  # "fully liberated X"
    second = second or (tag == "JJ" and scene.low[i] == "advanced" and scene.tag[i + 1 : i + 2] in (("IN",), ("RB",)))
    behind = scene.doc[i].dep_ == "relcl" and tag.startswith("NN") and any(s.end == i for s in scene.sides)
    participle = participle or (behind and any(kind == "past" for _, kind in rows))  # "X, which al-Shabaab overran"
    second = second or is_joined(scene, i) or bool(land_before(scene, i))
    second = second or (tag in ("JJ", "NNP") and in_a_row(scene, i) is not None)
    second = second or (
        tag == "JJ" and (scare_quoted(scene, i) or bool(headline_passive(scene, i, i + 2)))
    )  # "X 'liberated'"
    moved = (
        tag == "JJ" and scene.low[i] == "advanced" and scene.tag[i - 1] == "RB" and compass_of(scene, i + 1) is not None
    )
    to_do = tag == "JJ" and scene.low[i - 1] == "to" and scene.doc[i].dep_ in ("xcomp", "advcl", "acl", "ccomp")
    moved = moved or to_do  # "continued to clear X", which the tagger takes for an adjective
    moved = moved or is_freed(scene, i)
    opens = tag in ("JJ", "VBN", "VBD") and heads_list(scene.low, i) and any(kind == "past" for _, kind in rows)
    moved = moved or (opens and bool(heading_list(scene, i, i + 1)))  # "Liberated villages: A and B"
    second = second or moved  # "recently marginally advanced west of X", "declared X free"
    if (
        not tag.startswith("VB")
        and not participle
        and not second
        and not (tag.startswith(("NN", "JJ")) and headline_verb(scene, i))
    ):
        return False
    acts = any(
        c.dep_ == "nsubj" and c.i < i for c in scene.doc[i].children
    )  # "that the RSF still controlled parts of X"
    if tag in ("VBN", "VBD", "JJ") and not (moved or acts) and attributive(scene, i):
        return False
    if scene.low[i].startswith("release") and scene.low[i - 1] in scene.words("clauses.issued"):
        return False  # "News releases", a heading
    ringed = scene.doc[i].dep_ == "acl" and any(s.end == i and s.word.kind != "demonym" for s in scene.sides)
    if scene.low[i] == "surrounding" and not ringed and not any(scene.low[k] in BE for k in verb_group(scene, i)):
        return False  # "the surrounding villages of A and B"
    return not _names_fighting(scene, i)


def _names_fighting(scene: Scene, i: int) -> bool:
    """Whether "fighting" at i is the noun: "Fighting in X has intensified"."""
    if scene.low[i] != "fighting" or any(c.dep_ in ("aux", "nsubj") for c in scene.doc[i].children):
        return False
    token, before = scene.doc[i], scene.low[i - 1 : i]
    if before == ("by",) and token.dep_ == "pcomp" and token.head.head.tag_ == "VBN":
        return True  # "were displaced by fighting in X"
    return (
        token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "ROOT", "csubj")
        or before in (("from",), ("in",), ("of",))
        or (token.dep_ == "acl" and scene.low[i - 1] in scene.words("names.fights"))
        or (scene.low[i - 1] != "to" and any(base_of(scene, i - 1, name) is not None for name in MET))
    )


def is_freed(scene: Scene, i: int) -> bool:
    """Whether "free" at i is what a place was declared: "declared X free"."""
    return scene.low[i] == "free" and bool(complement_places(scene, i)) and not of_no_troops(scene, i + 1)


def of_no_troops(scene: Scene, k: int) -> bool:
    """Whether a place is cleared "of mines", not of troops."""
    if scene.low[k : k + 1] != ("of",):
        return False
    stop = min(k + 7, scene.sentence[k][1])
    armed = scene.listed("clauses.agents", "gate.armed")
    return not any(scene.low[j] in armed or j in scene.side_at for j in range(k + 1, stop))


def is_joined(scene: Scene, i: int) -> bool:
    """Whether a word taken for a noun is the second verb of a sentence in the present: "recapture X and advance towards Y"."""
    alike = {"NN": ("VBP", "VB"), "NNS": ("VBZ",)}.get(scene.tag[i])
    if alike is None or scene.low[i - 1] not in ("and", "then", "also"):
        return False
    token, head = scene.doc[i], scene.doc[i].head
    if token.dep_ != "conj" or head.tag_ not in alike or head.i > i:
        return False
    behind = scene.low[i + 1 : i + 2] and (scene.tag[i + 1] in ("IN", "DT", "TO", "RB") or i + 1 in scene.at)
    return bool(behind) and scene.low[i + 1] != "of" and not any(c.dep_ in ("det", "amod") for c in token.children)

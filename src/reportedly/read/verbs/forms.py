"""Whether a word that a verb frame starts with is a verb where it stands, not a noun, an adjective or a heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
from reportedly.read.verbs.headlines import headline_passive, headline_verb
from reportedly.read.verbs.passives import complement_places

__all__ = ["is_complete", "is_freed", "is_joined", "is_verb", "of_no_troops"]

TRAPPED = frozenset({"encircled", "besieged", "surrounded", "trapped"})  # which the tagger takes for adjectives
LOOKS = frozenset({"ruling", "advancing", "surrounding", "fighting", "release", "releases", "released"})
BEEN = frozenset({"been", "being", "was", "were"})
Rows = Sequence[tuple[Cue, str]]
MET = ("clauses.flees", "clauses.deplores")  # what those who do not fight do about fighting


def is_verb(scene: Scene, i: int, rows: Rows) -> bool:
    """Whether the word at token i, the first of the cues in `rows`, is a verb that says what they say."""
    tag = scene.tag[i]
    mistakable = scene.low[i] in LOOKS or scene.low[i - 1] == "-" or tag == "VBZ"
    if mistakable and any(is_none(scene, i) for is_none in NO_VERBS):
        return False
    if not (
        tag.startswith("VB")
        or any(taken_for_another(scene, i, rows) for taken_for_another in MISTAGGED)
        or any(moved(scene, i, rows) for moved in MOVED)
        or (tag.startswith(("NN", "JJ")) and headline_verb(scene, i))
    ):
        return False
    if tag in ("VBN", "VBD", "JJ") and attributive(scene, i) and not _acts(scene, i):
        return any(moved(scene, i, rows) for moved in MOVED)
    return True


def _in_compound(scene: Scene, i: int) -> bool:
    """ "Self-ruling"."""
    return (
        i > 1
        and scene.low[i - 1] == "-"
        and scene.low[i - 2] not in ("re", "de", "half", "semi")
        and not scene.doc[i - 1].whitespace_
    )


def _ruling_party(scene: Scene, i: int) -> bool:
    return scene.low[i] == "ruling" and scene.tag[i - 1] in ("POS", "DT", "PRP$")


def _advancing_forces(scene: Scene, i: int) -> bool:
    """ "Struck advancing Ukrainian forces near X"."""
    return scene.low[i] == "advancing" and i + 1 in scene.side_at and not _helped(scene, i, BE)


def _noun_of_gains(scene: Scene, i: int) -> bool:
    return scene.tag[i] == "VBZ" and bool(gains_of(scene, i))


def _releases(scene: Scene, i: int) -> bool:
    """ "News releases", a heading."""
    return scene.low[i].startswith("release") and scene.low[i - 1] in scene.words("clauses.issued")


def _surrounding(scene: Scene, i: int) -> bool:
    """ "The surrounding villages of A and B"."""
    if scene.low[i] != "surrounding" or _helped(scene, i, BE):
        return False
    return scene.doc[i].dep_ != "acl" or not any(s.end == i and s.word.kind != "demonym" for s in scene.sides)


def _helped(scene: Scene, i: int, verbs: frozenset[str]) -> bool:
    """Whether one of some auxiliaries stands in the verb group of token i."""
    return any(scene.low[k] in verbs for k in verb_group(scene, i))


def _acts(scene: Scene, i: int) -> bool:
    """Whether a subject stands before the verb at i: "that the RSF still controlled parts of X"."""
    return any(c.dep_ == "nsubj" and c.i < i for c in scene.doc[i].children)


def _is_past(rows: Rows) -> bool:
    return any(kind == "past" for _, kind in rows)


def _passive_adjective(scene: Scene, i: int, _: Rows) -> bool:
    """ "Claims that X is encircled do not reflect reality"."""
    return scene.tag[i] == "JJ" and _helped(scene, i, BE if scene.low[i] in TRAPPED else BEEN)


def _passive_noun(scene: Scene, i: int, rows: Rows) -> bool:
    """ "Was quickly overrun"."""
    if scene.tag[i] != "NN" and not (scene.tag[i] == "NNP" and scene.doc[i].text.islower()):
        return False
    aux = i - 1
    while aux > scene.sentence[i][0] and scene.tag[aux].startswith("RB"):
        aux -= 1
    return scene.low[aux] in BEEN | HAVE and _is_past(rows)


def _second_adjective(scene: Scene, i: int, _: Rows) -> bool:
    joint = scene.previous(i)
    return scene.tag[i] == "JJ" and joint > 0 and scene.low[joint] == "and" and second_verb(scene, i, joint)


def is_complete(scene: Scene, i: int) -> bool:
    """Whether a word taken for a noun or an adjective has a subject and an object: "their forces control positions in X"."""
    return scene.tag[i] in ("JJ", "NN") and {"nsubj", "dobj"} <= {c.dep_ for c in scene.doc[i].children}


def _advanced(scene: Scene, i: int, _: Rows) -> bool:
    return scene.tag[i] == "JJ" and scene.low[i] == "advanced" and scene.tag[i + 1 : i + 2] in (("IN",), ("RB",))


def _which_side(scene: Scene, i: int, rows: Rows) -> bool:
    """ "X, which al-Shabaab overran"."""
    if not scene.tag[i].startswith("NN") or scene.doc[i].dep_ != "relcl":
        return False
    return any(s.end == i for s in scene.sides) and _is_past(rows)


def _scare_quoted(scene: Scene, i: int, _: Rows) -> bool:
    """ "X 'liberated'"."""
    return scene.tag[i] == "JJ" and (scare_quoted(scene, i) or bool(headline_passive(scene, i, i + 2)))


def _recently_advanced(scene: Scene, i: int, _: Rows) -> bool:
    """ "Recently marginally advanced west of X"."""
    if scene.tag[i] != "JJ" or scene.low[i] != "advanced":
        return False
    return scene.tag[i - 1] == "RB" and compass_of(scene, i + 1) is not None


def _to_do(scene: Scene, i: int, _: Rows) -> bool:
    """ "Continued to clear X", which the tagger takes for an adjective."""
    return scene.tag[i] == "JJ" and scene.low[i - 1] == "to" and scene.doc[i].dep_ in ("xcomp", "advcl", "acl", "ccomp")


def _heads_list(scene: Scene, i: int, rows: Rows) -> bool:
    """ "Liberated villages: A and B"."""
    if scene.tag[i] not in ("JJ", "VBN", "VBD") or not heads_list(scene.low, i):
        return False
    return _is_past(rows) and bool(heading_list(scene, i, i + 1))


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


NO_VERBS: tuple[Callable[[Scene, int], bool], ...] = (  # what only looks like the verb of a cue, at words of LOOKS or as is_verb asks
    _in_compound, _ruling_party, _advancing_forces, _noun_of_gains, _releases, _surrounding, _names_fighting,
)  # fmt: skip
MISTAGGED: tuple[Callable[[Scene, int, Rows], bool], ...] = (  # verbs that the tagger takes for nouns and adjectives
    _passive_adjective,
    _passive_noun,
    _which_side,
    _second_adjective,
    lambda scene, i, _: is_complete(scene, i),
    _advanced,
    lambda scene, i, _: is_joined(scene, i),
    lambda scene, i, _: bool(land_before(scene, i)),
    lambda scene, i, _: scene.tag[i] in ("JJ", "NNP") and in_a_row(scene, i) is not None,
    _scare_quoted,
)
MOVED: tuple[Callable[[Scene, int, Rows], bool], ...] = (  # verbs that may stand where only an adjective seems to
    _recently_advanced,
    _to_do,
    lambda scene, i, _: is_freed(scene, i),
    _heads_list,
)

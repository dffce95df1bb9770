"""The subject of a verb, and the noun phrase around a word."""

from __future__ import annotations

from reportedly.read.parsing.nodes import Node
from reportedly.read.parsing.tags import TENSED
from reportedly.read.scene.misparsed_subjects import before_aside, misparsed_subject, who_is_there
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.serial import in_a_row
from reportedly.read.scene.verb_groups import HAVE, verb_group

__all__ = ["phrase_of", "relative_head", "subject_of"]

UP = 5  # verbs up to the one that has the subject
SHARED = frozenset(
    {"oprd", "acomp", "conj", "xcomp", "advcl", "aux", "auxpass", "pcomp", "ccomp", "prep"}
)  # with the verb over it
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def subject_of(scene: Scene, i: int) -> int | None:
    """The subject's head of the verb at i: its own, or that of the verb it is coordinated with or governed by."""
    if scene.tag[i] != "VBD" and (first := in_a_row(scene, i)) is not None:
        return who_is_there(scene, first)
    group = verb_group(scene, i)
    subject = misparsed_subject(scene, i, group)
    subject = subject if subject is not None else _in_tree(scene, i, group)
    return who_is_there(scene, subject) if subject is not None else None


def _in_tree(scene: Scene, i: int, group: list[int]) -> int | None:
    """The subject that the tree gives to the verb at i or to one over it, else the noun before it."""
    token = _verb_meant(scene, i)
    for _ in range(UP):
        if (own := _own(scene, i, token)) is not None:
            return own
        if token.dep_ in ("advcl", "prep", "npadvmod", "advmod") and token.head.i > token.i:
            later = next((c for c in token.head.children if c.dep_ in ("nsubj", "nsubjpass") and c.i > i), None)
            if later is not None:
                return later.i
        if token.dep_ in SHARED and token.head.i != token.i:
            if (named := _by_governor(scene, i, token)) is not None:
                return named
            finite = token.i == i and any(scene.tag[k] in TENSED for k in group)
            if token.dep_ == "ccomp" and (finite or scene.tag[i] not in ("VB", "VBG", "VBN")):
                break  # "declared that X, home to hundreds, had fallen": not who declared it
            token = token.head
        elif token.dep_ == "acl" and token.head.lower_ in scene.words("clauses.laws") and token.head.dep_ == "dobj":
            token = token.head.head  # "signs a law annexing X"
        elif token.dep_ in ("acl", "relcl") and token.head.i < i:
            planned = any(c.tag_ == "TO" for c in token.children)
            return None if planned and scene.low[token.head.i] not in scene.words("clauses.agents") else token.head.i
        else:
            break
    return _surface_subject(scene, i)


def _verb_meant(scene: Scene, i: int) -> Node:
    """The verb in the tree that stands for the one at i, where the parser took that for a noun or parted it."""
    token = scene.doc[i]
    if (
        token.dep_ in ("attr", "dobj")
        and scene.tag[i] == "NN"
        and token.head.lemma_ in ("be", "have")
        and token.head.i < i
    ):
        token = token.head  # "X was overrun", for all that the parser says
    if token.dep_ == "compound" and scene.tag[i] in ("NN", "NNP") and scene.low[i - 1] in HAVE:
        token = scene.doc[i - 1]  # "that it had overrun X"
    if scene.low[i - 1] == "since" and scene.tag[i - 1] == "IN" and scene.low[i - 2] in HAVE and scene.tag[i] == "VBN":
        token = scene.doc[i - 1]  # "took up arms in May and has since | seized X"
    if scene.low[max(0, i - 2) : i] == ("re", "-"):
        token = scene.doc[i - 2]  # "the army re-took X"
    share = token.head if token.dep_ == "acl" and token.head.lower_ in ("cent", "percent", "%") else None
    if share is not None and share.dep_ == "attr" and share.i < i:
        token = share.head  # "X is 99 per cent liberated"
    return token


def _own(scene: Scene, i: int, token: Node) -> int | None:
    """The subject of a verb itself: the last of two in "said on Sunday that X was taken", "Ukraine's army: Russians entered X"."""
    own = [c.i for c in token.children if c.dep_ in SUBJECTS and c.i < i]
    if not own:
        return None
    if (described := _described(scene, i, own[0])) is not None:
        return described
    if (troops := _share_of_own(scene, own[0])) is not None:
        return troops
    joint = len(own) > 1 and (scene.low[own[0]] == "that" or _opens_clause(scene, own[-1]))
    return own[-1] if joint or ":" in scene.low[own[0] : own[-1]] else own[0]


def _by_governor(scene: Scene, i: int, token: Node) -> int | None:
    """Who acts as an object of what governs a verb: "prevented the Russians from encircling X", "ordered troops to take X"."""
    head = token.head
    if token.dep_ == "prep":
        if token.lower_ == "from" or (token.lower_ == "of" and head.lemma_ in scene.words("clauses.charge")):
            objects = [c for c in head.children if c.dep_ == "dobj" and head.i < c.i < token.i]
            if objects:
                return objects[0].i  # "accused them of shelling X"
        if head.lower_ in scene.words("clauses.claim_nouns"):
            owners = [c for c in head.children if c.dep_ in ("poss", "amod") and c.i < head.i]
            return owners[0].i if owners else None  # "Moscow's claim of having captured X"
    if token.dep_ == "xcomp":
        objects = [c for c in head.children if c.dep_ == "dobj" and head.i < c.i < i]
        if objects and objects[-1].lower_ not in scene.words("clauses.laws"):  # "signed treaties to annex X"
            return objects[-1].i  # the nearest, where the parser gives a verb two
    return None


def _surface_subject(scene: Scene, i: int) -> int | None:
    """The noun or pronoun directly left of the verb group, where the parser found no subject."""
    group = verb_group(scene, i)
    k = scene.previous(group[0] if group else i)
    start = scene.sentence[i][0]
    if (
        scene.low[k] == ","
        and (group or scene.tag[i] in ("VBD", "VBZ"))
        and (described := before_aside(scene, k, start)) is not None
    ):
        return described
    while k >= start and scene.inside(k) is None and (scene.tag[k].startswith("RB") or scene.low[k] in (",",)):
        k = scene.previous(k)
    if k >= start and (
        scene.inside(k) is not None or scene.tag[k].startswith("NN") or scene.tag[k] in ("PRP", "WDT", "WP")
    ):
        return k
    return None


def _described(scene: Scene, i: int, subject: int) -> int | None:
    """The place before an aside in which the parser found the subject: "X, once the stronghold of A, is held by B"."""
    group = verb_group(scene, i)
    comma = scene.previous(group[0] if group else i)
    if comma <= subject or scene.low[comma] != ",":
        return None
    far = before_aside(scene, comma, scene.sentence[i][0])
    return far if far is not None and far < subject else None


def phrase_of(scene: Scene, head: int) -> tuple[int, int]:
    """The words of a noun phrase by its head, without relative clauses and appositions."""
    token = scene.doc[head]
    left = min([head, *(c.left_edge.i for c in token.children if c.i < head and c.dep_ not in ("relcl", "punct"))])
    right = head + 1
    for child in sorted(token.children, key=lambda c: c.i):
        if child.i > head and child.dep_ in (
            "prep",
            "conj",
            "cc",
            "punct",
            "appos",
            "nmod",
            "compound",
            "case",
            "pobj",
            "flat",
        ):
            right = max(right, child.right_edge.i + 1)
        elif child.i > head:
            break
    inside = scene.inside(head)
    if inside:
        left, right = min(left, inside.start), max(right, inside.end)
    return max(left, scene.sentence[head][0]), right


def _share_of_own(scene: Scene, k: int) -> int | None:
    """The troops of "80% of his troops" or "most of their fighters" at k, of whose side the pronoun tells."""
    troops = scene.low[k + 1 : k + 4]
    if len(troops) < 3 or troops[0] != "of" or troops[1] not in ("his", "its", "their", "our"):
        return None
    return k + 3 if troops[2] in scene.words("clauses.agents") | {"men"} else None


def relative_head(scene: Scene, pronoun: int) -> int | None:
    """The noun that a relative pronoun takes up."""
    token = scene.doc[pronoun]
    for _ in range(4):
        if token.dep_ == "relcl":
            return int(token.head.i) if token.head.i < pronoun else None
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _opens_clause(scene: Scene, subject: int) -> bool:
    """Whether a comma and a conjunction stand before the phrase of a subject: "Rebels hold A, and the army is leaving B"."""
    first = int(scene.doc[subject].left_edge.i)
    return scene.low[max(0, first - 2) : first] in ((",", "and"), (",", "but"), (",", "while"))

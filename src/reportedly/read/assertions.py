"""Fire the frames over a passage: each assertion has a cue, places, words for its party, and the mood of its clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from reportedly.knowledge.cues import Cue
from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.clauses import BE, HAVE, Mood, base_of, mood_of_noun, mood_of_verb, verb_group
from reportedly.read.scene import Mention, Scene, Side
from reportedly.read.slots import Target, places_after, prep_at

__all__ = ["Assertion", "find_assertions"]

CLAUSE_WORDS = frozenset(
    [
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "where",
        "while",
        "after",
        "because",
        "if",
        "although",
        "though",
        "since",
        "whereas",
        "when",
        "before",
        "until",
        "whether",
        "but",
        "unless",
        "as",
    ]
)
STATIVE = (Relation.HOLDS,)
GAP = frozenset(["VBN", "VBG", "DT", "JJ", "JJR", "JJS", "PRP$", "POS", "NN", "NNS", "NNP", "NNPS", "RB", "HYPH", "CD"])
MEANS = frozenset(["toward", "towards", "near", "around", "along", "beyond", "past"])


@dataclass(frozen=True, slots=True)
class Assertion:
    """One cue with its places and its mood; the party is still words (a side, or None to be found by the reader)."""

    cue: Cue
    start: int
    end: int
    targets: tuple[Target, ...]
    mood: Mood
    side: Side | None = None
    who: str = ""  # how the side was found
    subject: int | None = None  # token of the subject, for pronouns
    passive: bool = False
    attributive: bool = False


def find_assertions(scene: Scene) -> list[Assertion]:
    """Every assertion of the passage, blocked ones included (their mood says why), in the order of their cues."""
    found: list[Assertion] = []
    taken: set[int] = set()
    for i in range(len(scene.low)):
        if i in taken:
            continue
        for fire in (_title, _adjective, _verb, _noun):
            assertion = fire(scene, i)
            if assertion is not None:
                found.append(assertion)
                taken.update(range(assertion.start, assertion.end))
                break
    return found


# -------------------------------------------------------------------------------------------------------------- verbs


def _match(scene: Scene, i: int, words: tuple[str, ...]) -> int | None:
    """The token after the words of a cue whose first word stands at i, or None; "~" skips up to four words."""
    k, gap = i + 1, False
    for word in words[1:]:
        if word == "~":
            gap = True
            continue
        while (
            not gap
            and k < len(scene.low)
            and (scene.tag[k].startswith("RB") or scene.low[k] in ("no", "longer"))
            and scene.low[k] not in (word, "not", "back", "out", "over")
        ):
            k += 1
        limit = k + (6 if gap else 1)
        while k < min(limit, len(scene.low)) and scene.low[k] not in (word, word + "s", word + "es"):
            if not gap or not (
                (scene.tag[k] in GAP and not (scene.tag[k].startswith("VB") and scene.low[i] in BE | HAVE))
                or scene.low[k]
                in ("-", "%", "of", "but", "and", "yet", "up", "to", "than", '"', "“", "”", "‘", "’", "'")
                or scene.bracket[k]
            ):
                return None
            if scene.low[k] == "not":
                return None
            k += 1
        if k >= min(limit, len(scene.low)):
            return None
        k, gap = k + 1, False
    while k < len(scene.low) and scene.low[k] in ('"', "”", "’"):
        k += 1
    return k


def _verb(scene: Scene, i: int) -> Assertion | None:
    """A verb frame whose cue starts at token i."""
    rows = scene.cues.verbs.get(scene.low[i])
    if not rows or scene.bracket[i] or i in scene.side_at:
        return None
    tag = scene.tag[i]
    participle = tag == "JJ" and any(scene.low[k] in ("been", "being", "was", "were") for k in verb_group(scene, i))
    if not tag.startswith("VB") and not participle and not (tag.startswith(("NN", "JJ")) and _headline_verb(scene, i)):
        return None
    if tag in ("VBN", "VBD", "JJ") and attributive(scene, i):
        return None
    for cue, kind in rows:
        if kind == "base" and tag.startswith("NN") and not _headline_verb(scene, i):
            continue
        end = _match(scene, i, cue.words)
        if end is None:
            continue
        assertion = _verb_frame(scene, cue, i, end, past=kind == "past")
        if assertion is not None and assertion.targets:
            return assertion
    return None


def _headline_verb(scene: Scene, i: int) -> bool:
    """Whether a word that the tagger took for a noun is the verb of a headline: a side before it and a place after it."""
    before = scene.previous(i)
    if before < 0 or i + 1 >= len(scene.low):
        return False
    side = next((s for s in scene.sides if s.end == before + 1), None)
    return side is not None and (i + 1 in scene.at or scene.low[i + 1] in ("control", "the", "full"))


def _verb_frame(scene: Scene, cue: Cue, i: int, end: int, *, past: bool) -> Assertion | None:
    """Fill a verb frame: its places by voice and preposition, then party and mood."""
    frame = cue.frame
    passive = _passive(scene, i, past=past)
    subject = _subject(scene, i)
    targets: list[Target] = []
    prep_index: int | None = None
    if "subject" in frame.preps:
        targets = _subject_places(scene, i, subject)
        if targets and cue.words == ("fall",) and not _falls(scene, end):
            return None
    elif passive and ("" in frame.preps or set(frame.preps) & {"of", "over"}):
        targets = _subject_places(scene, i, subject)
    elif "" in frame.preps:
        targets = _object(scene, i, end)
    if not targets and set(frame.preps) - {"", "subject"}:
        targets, prep_index = _after_preps(scene, cue, end)
    if not targets and frame.relation is Relation.ADVANCES and len(cue.words) > 1:
        targets = _before_denial(scene, i, end)
    if not targets and passive and subject is not None and scene.low[subject] in scene.words("places.part"):
        targets, _ = _after_preps(
            scene, replace(cue, frame=replace(frame, preps=("in", "of"), relation=Relation.CONTESTS)), end
        )
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]
    if not targets and passive and subject is not None and scene.low[subject] in scene.words("places.part"):
        k = next(
            (j for j in range(end, scene.sentence[i][1] - 1) if scene.low[j] in scene.words("places.including")), None
        )
        targets = places_after(scene, k + 1) if k is not None else []
    complement = False
    if not targets and past and i > 0:
        targets = _complement(scene, i)
        complement = bool(targets)
        passive = passive or bool(targets)
    targets = [_near_group(t) if frame.relation is Relation.ADVANCES else t for t in targets]
    targets = [t for t in targets if not _bare(t)]
    if frame.relation in (Relation.CONTESTS, Relation.LOSES):
        targets = [t for t in targets if t.mention.kind is not PlaceKind.COUNTRY]
    if frame.relation in (Relation.CONTESTS, Relation.LOSES, Relation.ADVANCES):
        targets = [t for t in targets if t.mention.anaphor != "country"]
    targets = _including(scene, targets)
    if (
        len(targets) == 2
        and targets[0].mention.anaphor == "it"
        and targets[1].mention.kind is PlaceKind.UNNAMED
        and frame.relation is not Relation.ANNEXES
    ):
        targets = targets[:1]  # "the first of the regions that it controls" is but one
    if not targets:
        return None
    if (
        frame.relation is Relation.CONTESTS
        and "" not in frame.preps
        and not passive
        and any(
            c.dep_ == "dobj" and c.i >= end and c.lower_ not in ("way", "fight", "battle")
            for c in scene.doc[i].children
        )
    ):
        return None  # "moved a missile into X"
    side, who = _verb_side(scene, cue, i, end, subject, passive=passive, prep_index=prep_index)
    if frame.party == "object" and who == "none":
        return None
    if (
        cue.frame.relation is Relation.LOSES
        and frame.preps[0] in ("from", "out of")
        and not passive
        and side is None
        and _civil(scene, subject)
    ):
        return None
    if _civil(scene, subject) and side is None and not passive:
        return None
    if subject is not None and not passive and scene.low[subject] in scene.words("clauses.never_hold"):
        return None
    if frame.relation is Relation.LOSES and not passive and _moves_others(scene, i):
        return None
    if frame.relation is Relation.LOSES and not passive and _allowed_to(scene, i):
        return None
    if (
        frame.name == "holds: verb and object"
        and scene.doc[i].lemma_ == "hold"
        and _held_responsible(scene, targets, end)
    ):
        return None
    if frame.strict and side is None:
        return None
    if (
        scene.doc[i].lemma_ in ("leave", "exit", "quit")
        and side is None
        and subject is not None
        and scene.tag[subject] == "NNP"
    ):
        return None  # a person leaves
    if frame.party == "object" and not passive and all(t.near for t in targets) and subject is not None and subject < i:
        gains = _head_side(scene, _phrase(scene, subject)[0], subject) or side_in(scene, *_phrase(scene, subject))
        if gains is not None:
            cue, side, who = replace(cue, frame=replace(frame, relation=Relation.ADVANCES)), gains, "the subject"
    if frame.name == "drives back near" and passive:
        return None  # "was driven back to areas near X" tells where the driven are, not who gained
    mood = mood_of_verb(scene, i, stative=frame.relation in STATIVE, end=end)
    if frame.denied_only and not mood.denied:
        return None
    if mood.denied and frame.relation is Relation.TAKES:
        targets = _no_new_ground(scene, targets)
        if not targets:
            return None
    targets = _adverb_extent(scene, i, targets)
    if frame.name == "evacuates" and any(
        t.mention.start and scene.low[t.mention.start - 1] in scene.cues.adjectives for t in targets
    ):
        return None  # "fled liberated X" tells of X, not of who held it
    if mood.blocked and frame.relation is Relation.TAKES and (way := _on_the_way(scene, i)) is not None:
        cue = replace(cue, frame=replace(frame, relation=Relation.ADVANCES))
        mood = mood_of_verb(scene, way)
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]
    elif mood.blocked and frame.relation is Relation.TAKES and (fight := _fights_for(scene, i)):
        cue = replace(cue, frame=replace(frame, relation=Relation.CONTESTS))
        mood = mood_of_verb(scene, fight)
    reduced = passive and complement is False and _reduced(scene, i)
    return Assertion(cue, i, end, tuple(targets), mood, side, who, subject, passive, attributive=reduced)


def _no_new_ground(scene: Scene, targets: list[Target]) -> list[Target]:
    """ "did not capture any new settlements near X": no gain near X; without a place it says nothing."""
    found: list[Target] = []
    for t in targets:
        m = t.mention
        if (
            m.kind is PlaceKind.UNNAMED
            and m.count is None
            and {"any", "new", "additional", "further", "more"} & set(scene.low[max(0, m.start - 3) : m.end])
        ):
            if t.container is not None:
                found.append(Target(t.container, near=True))
            continue
        found.append(t)
    return found


def _before_denial(scene: Scene, i: int, end: int) -> list[Target]:
    """ "continued attacks on A and B but did not make any advances": the places of the attack, for the denial only."""
    start = scene.sentence[i][0]
    if not any(scene.low[k] in ("not", "no", "n't", "never", "without") for k in range(max(start, i - 4), end)):
        return []
    first = next(
        (m for m in scene.mentions if start <= m.start < i and m.head in (None, "area") and m.anaphor is None), None
    )
    if first is not None and first.head == "area":
        return [Target(replace(first, head=None), near=True)]
    return places_after(scene, first.start, end=i) if first is not None else []


def _on_the_way(scene: Scene, i: int) -> int | None:
    """The verb of "inched towards retaking X": an advance, not yet a capture."""
    k = scene.previous(i)
    if k <= 0 or scene.low[k] not in ("toward", "towards"):
        return None
    k = scene.previous(k)
    while k > 0 and (scene.tag[k].startswith("RB") or scene.low[k] in ("closer", "steadily")):
        k = scene.previous(k)
    rows = scene.cues.verbs.get(scene.low[k], ())
    return (
        k
        if any(c.frame.relation is Relation.ADVANCES for c, _ in rows) or scene.low[k] in ("moved", "moving", "move")
        else None
    )


def _fights_for(scene: Scene, i: int) -> int | None:
    """The verb of "is fighting to take X", which contests X, if the verb at i stands under one."""
    group = verb_group(scene, i)
    to = next((k for k in group if scene.low[k] == "to"), None)
    k = scene.previous(to) if to is not None else -1
    return (
        k
        if k >= 0
        and scene.low[k] in ("fighting", "fight", "fights", "battling", "battle", "fought", "battled")
        and scene.tag[k].startswith("VB")
        else None
    )


def _reduced(scene: Scene, i: int) -> bool:
    """Whether a passive is only a participle after its noun ("areas occupied by Russia"): that presupposes, it does not state."""
    if any(scene.low[k] in BE | HAVE or scene.low[k] == "to" for k in verb_group(scene, i)):
        return False
    token = scene.doc[i]
    if token.dep_ == "conj" and token.head.tag_ == "VBN" and token.head.i < i:
        return _reduced(scene, token.head.i)
    return bool(token.dep_ in ("acl", "amod", "relcl", "advcl", "nmod") and token.head.i < i)


def _complement(scene: Scene, i: int) -> list[Target]:
    """ "declared X liberated", "regards X as occupied": the places between the governing verb and the participle at i."""
    head = scene.doc[i].head
    k = i - 1
    while k > scene.sentence[i][0] and i - k < 12 and not scene.tag[k].startswith("VB"):
        k -= 1
    governor = head.i if head.i < i and head.tag_.startswith("VB") and i - head.i < 12 else k
    if scene.doc[governor].lemma_.lower() not in (
        "declare",
        "consider",
        "regard",
        "recode",
        "mark",
        "list",
        "describe",
        "classify",
        "report",
        "pronounce",
        "proclaim",
        "deem",
        "claim",
        "call",
        "show",
        "assess",
    ):
        return []
    targets = places_after(scene, governor + 1, end=i)
    return (
        targets
        if targets
        and all(
            scene.low[x] in ("as", ",", "now", "fully", "entirely", "completely", "to", "be", "been", "have")
            or scene.bracket[x]
            for x in range(targets[-1].mention.end, i)
        )
        else []
    )


def _falls(scene: Scene, end: int) -> bool:
    """Whether "fell" is the fall of a place: nothing but an end, a time or a condition follows."""
    if end >= len(scene.low):
        return True
    return (
        scene.low[end]
        in (
            ".",
            ",",
            ";",
            "in",
            "on",
            "after",
            "last",
            "to",
            "and",
            "by",
            "this",
            "earlier",
            "within",
            "during",
            "before",
            ":",
            "!",
            "early",
            "late",
            "quickly",
            "then",
        )
        or scene.bracket[end]
        or scene.doc[end].is_space
    )


def _civil(scene: Scene, subject: int | None) -> bool:
    """Whether the subject is people who hold no ground (civilians, journalists)."""
    return subject is not None and scene.low[subject] in scene.words("clauses.civilians")


def _moves_others(scene: Scene, i: int) -> bool:
    """ "evacuate civilians from X", "withdrew equipment from X": who or what is moved holds no ground."""
    moved = next((c for c in scene.doc[i].children if c.dep_ == "dobj" and c.i > i), None)
    if moved is None:
        return False
    words = {t.lower_ for t in moved.subtree if t.i - i < 8}
    return bool(words & (scene.words("clauses.never_hold") | scene.words("clauses.materiel"))) and not words & {
        "troops",
        "forces",
        "soldiers",
    }


def _allowed_to(scene: Scene, i: int) -> bool:
    """ "do not allow men under 35 to leave X": who is let go holds no ground."""
    group = verb_group(scene, i)
    to = next((k for k in group if scene.low[k] == "to"), None)
    head = scene.doc[i].head
    if to is None or head.i >= i or base_of(scene, head.i, "clauses.permit") is None:
        return False
    whom = next((c for c in head.children if c.dep_ in ("dobj", "nsubj") and head.i < c.i < to), None)
    return whom is None or whom.lower_ not in scene.words("clauses.agents")


def _held_responsible(scene: Scene, targets: list[Target], end: int) -> bool:
    """ "held Russia responsible": a judgement, no ground."""
    after = max((t.mention.end for t in targets), default=end)
    return bool(set(scene.low[after : after + 4]) & scene.words("clauses.held_to")) or any(
        t.mention.kind is PlaceKind.COUNTRY and t.extent.kind == "whole" and not t.extent_words for t in targets
    )


def _passive(scene: Scene, i: int, *, past: bool) -> bool:
    """Whether the verb at i is passive: "was captured", or a participle after its noun ("captured by Russia")."""
    if not past:
        return False
    group = verb_group(scene, i)
    words = [scene.low[k] for k in group]
    if any(w in BE and w != "'s" for w in words) or "been" in words:
        return True
    if words and words[0] == "'s" and scene.tag[i] == "VBN":
        return True
    if any(w in HAVE for w in words):
        return False
    token = scene.doc[i]
    if any(c.dep_ == "auxpass" for c in token.children):
        return True
    nxt = scene.following(i + 1)
    if nxt < len(scene.low) and scene.low[nxt] == "by":
        return True
    if (
        token.dep_ == "conj"
        and token.head.pos_ in ("VERB", "AUX")
        and scene.tag[i] == "VBN"
        and token.head.i < i
        and scene.tag[token.head.i] == "VBN"
    ):
        return _passive(scene, token.head.i, past=True)
    if scene.low[i - 1 : i] in (("declared",), ("considered",), ("reported",), ("as",)) and i:
        return True
    return (
        scene.tag[i] == "VBN"
        and token.dep_ in ("acl", "advcl", "oprd", "xcomp", "ccomp")
        and not any(c.dep_ == "nsubj" for c in token.children)
    )


def _subject(scene: Scene, i: int) -> int | None:
    """The subject's head of the verb at i: its own, or that of the verb it is coordinated with or governed by."""
    token = scene.doc[i]
    to = next((k for k in verb_group(scene, i) if scene.low[k] == "to"), None)
    if to and scene.low[to - 1] in scene.words("clauses.claim_nouns") and scene.tag[to - 1] in ("NN", "NNS"):
        return to - 1  # "Russian claims to have taken X"
    for _ in range(5):
        for child in token.children:
            if child.dep_ in ("nsubj", "nsubjpass", "csubj") and child.i < i:
                return int(child.i)
        if token.dep_ == "advcl" and token.head.i > token.i:
            later = next((c for c in token.head.children if c.dep_ in ("nsubj", "nsubjpass") and c.i > i), None)
            if later is not None:
                return int(later.i)
        if (
            token.dep_ in ("oprd", "acomp", "conj", "xcomp", "advcl", "aux", "auxpass", "pcomp", "ccomp", "prep")
            and token.head.i != token.i
        ):
            if token.dep_ == "prep" and token.lower_ == "from":
                objects = [c for c in token.head.children if c.dep_ == "dobj" and token.head.i < c.i < token.i]
                if objects:
                    return int(objects[0].i)  # "prevented the Russians from encircling X"
            if token.dep_ == "xcomp":
                objects = [c for c in token.head.children if c.dep_ in ("dobj",) and token.head.i < c.i < i]
                if objects:
                    return int(objects[0].i)
            if token.dep_ == "ccomp" and scene.tag[i] not in ("VB", "VBG", "VBN"):
                break
            token = token.head
            continue
        if token.dep_ in ("acl", "relcl") and token.head.i < i:
            return (
                None
                if any(c.tag_ == "TO" for c in token.children)
                and scene.low[token.head.i] not in scene.words("clauses.agents")
                else int(token.head.i)
            )
        break
    return _surface_subject(scene, i)


def _surface_subject(scene: Scene, i: int) -> int | None:
    """The noun or pronoun directly left of the verb group, where the parser found no subject."""
    group = verb_group(scene, i)
    k = scene.previous(group[0] if group else i)
    start = scene.sentence[i][0]
    while k >= start and scene.inside(k) is None and (scene.tag[k].startswith("RB") or scene.low[k] in (",",)):
        k = scene.previous(k)
    if k >= start and (
        scene.inside(k) is not None or scene.tag[k].startswith("NN") or scene.tag[k] in ("PRP", "WDT", "WP")
    ):
        return k
    return None


def _phrase(scene: Scene, head: int) -> tuple[int, int]:
    """The words of a noun phrase by its head, without relative clauses and appositions."""
    token = scene.doc[head]
    left = min(
        [head, *(t.i for c in token.children if c.i < head and c.dep_ not in ("relcl", "punct") for t in c.subtree)]
    )
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
            right = max(right, *(t.i + 1 for t in child.subtree))
        elif child.i > head:
            break
    inside = scene.inside(head)
    if inside:
        left, right = min(left, inside.start), max(right, inside.end)
    return max(left, scene.sentence[head][0]), right


def _subject_places(scene: Scene, i: int, subject: int | None) -> list[Target]:
    """The places that are the subject of a passive, or the antecedent of its relative pronoun."""
    if subject is None:
        return []
    low = scene.low
    if scene.tag[subject] in ("WDT", "WP") or low[subject] in ("which", "that"):
        return _antecedent(scene, subject)
    if subject > i:
        return places_after(scene, _phrase(scene, subject)[0])
    beside_it = low[subject + 1 : subject + 2] != ("and",)
    if (
        scene.doc[i].dep_ in ("acl", "relcl", "advcl")
        and subject < i - 2
        and low[subject] in ("it", "they", "this")
        and beside_it
    ):
        beside = _antecedent(scene, i)
        if beside:
            return beside
    if low[subject] == "it" and low[subject + 1 : subject + 2] == ("and",):
        return places_after(scene, subject, end=i)
    if low[subject] in ("it", "they", "this", "them"):
        return (
            [Target(Mention(subject, subject + 1, scene.doc[subject].text, PlaceKind.SETTLEMENT, anaphor=low[subject]))]
            if low[subject] == "it"
            else []
        )
    token = scene.doc[i]
    if token.dep_ in ("acl", "relcl") and token.head.i == subject:
        return _antecedent(scene, i, head=subject)
    left, _ = _phrase(scene, subject)
    group = verb_group(scene, i)
    return places_after(scene, left, end=min([i, *group]))


def _antecedent(scene: Scene, i: int, head: int | None = None) -> list[Target]:
    """The places that a relative clause or a participle at token i is about: those of the noun phrase before it."""
    anchor = head
    if anchor is None:
        token = scene.doc[i]
        verb = token.head if token.pos_ != "VERB" else token
        for _ in range(4):
            if verb.dep_ in ("relcl", "acl"):
                anchor = verb.head.i
                break
            if verb.head.i == verb.i:
                break
            verb = verb.head
    k = scene.previous(i)
    while k >= 0 and (scene.low[k] in (",", "which", "that", "and") or scene.tag[k] == "RB"):
        k = scene.previous(k)
    near = scene.inside(k) if k >= 0 else None
    if near is None and k >= 0 and anchor not in (None, k) and scene.low[k] in scene.words("places.part"):
        return []  # "works in the territory controlled by Y": of land without a name
    if anchor is None and near is None:
        return []
    if anchor is not None and scene.low[anchor] in scene.words("objects.not_places") and scene.inside(anchor) is None:
        return []  # "the factory in X, which they captured"
    if anchor is not None and scene.low[anchor] in scene.words("clauses.civilians"):
        return []  # "the people of X who are occupied"
    if near is not None and near.head is None:
        x = scene.previous(near.start)
        while x > 0 and scene.low[x] in scene.words("places.compass"):
            x = scene.previous(x)
        holder = scene.inside(scene.previous(x)) if x > 0 and scene.low[x] in ("in", ",") else None
        wide = near.kind in (PlaceKind.REGION, PlaceKind.COUNTRY)
        if (
            holder is not None
            and holder.kind is PlaceKind.SETTLEMENT
            and holder.head is None
            and (wide or holder.anaphor)
        ):
            near = holder
    if near is not None and (anchor is None or near.head is None):
        if (one := _one_of(scene, near)) is not None:
            return [Target(one), Target(near)]
        mentions = _list_left(scene, near)
        appos = _apposed(scene, near)
        if appos is not None:
            return [Target(appos)]
        return [_with_part(scene, m) for m in mentions]
    if anchor is not None:
        covered = scene.inside(anchor)
        if covered is not None and covered.head is None and (one := _one_of(scene, covered)) is not None:
            return [Target(one), Target(covered)]
        if covered is not None and covered.head is None:
            appos = _apposed(scene, covered)
            return [Target(appos or covered)]
        left, right = _phrase(scene, anchor)
        return places_after(scene, left, end=min(right, i if i > anchor else right))
    return []


def _one_of(scene: Scene, group: Mention) -> Mention | None:
    """ "making it the first of the four regions": the place that is said to be one of a group."""
    if group.kind is not PlaceKind.UNNAMED:
        return None
    k = scene.previous(group.start)
    steps = 0
    while (
        k > 0
        and steps < 6
        and (scene.tag[k] in ("DT", "JJ", "JJS", "CD") or scene.low[k] in ("of", "one", "first", "last"))
    ):
        k, steps = scene.previous(k), steps + 1
    if (
        steps >= 2
        and k > 0
        and scene.low[k] == "it"
        and scene.low[k - 1] in ("making", "made", "makes", "leaving", "left")
    ):
        return Mention(k, k + 1, "it", PlaceKind.SETTLEMENT, anaphor="it")
    return None


def _apposed(scene: Scene, mention: Mention) -> Mention | None:
    """The named place that a description stands beside: "Kherson, the only city they had captured"."""
    if mention.kind != PlaceKind.UNNAMED and not mention.anaphor:
        return None
    k = scene.previous(mention.start)
    while k >= scene.sentence[mention.start][0] and (
        scene.tag[k] in ("DT", "JJ", "JJS") or scene.low[k] in ("the", "of", "first", "last", "only", "second")
    ):
        k = scene.previous(k)
    if (
        k > 0
        and (scene.low[k] in (",", "—", "–") or scene.low[k] in ("is", "was", "remains"))
        and (before := scene.inside(k - 1))
        and before.head is None
        and before.kind != PlaceKind.UNNAMED
    ):
        return before
    return None


def _list_left(scene: Scene, last: Mention) -> list[Mention]:
    """The list of places that ends with `last`: "Zaporizhzhia and Kramatorsk, which ..."."""
    found = [last]
    k = scene.previous(last.start)
    joined = False
    while k > 0 and scene.low[k] in ("and", ",", "or") and len(found) < 8:
        joined = joined or scene.low[k] in ("and", "or")
        before = (
            scene.inside(scene.previous(k))
            if scene.low[scene.previous(k)] != ","
            else scene.inside(scene.previous(scene.previous(k)))
        )
        if before is None or before.head is not None or before.anaphor or before.kind != last.kind:
            break
        found.insert(0, before)
        k = scene.previous(before.start)
    return found if joined else [last]


def _with_part(scene: Scene, mention: Mention) -> Target:
    """A place with the part words directly before it ("areas of Kherson Oblast")."""
    k = scene.previous(mention.start)
    for _ in range(4):
        if k >= 0 and (scene.low[k] in ("of", "in", "the") or scene.low[k] in scene.words("places.compass")):
            k = scene.previous(k)
        else:
            break
    if k >= 0 and scene.low[k] in scene.words("places.part") and scene.low[k + 1] in ("of", "in"):
        return Target(mention, Extent(kind="part"), extent_words=scene.low[k])
    return Target(mention)


def _object(scene: Scene, i: int, end: int) -> list[Target]:
    """The places that are the direct object of an active verb, or the antecedent of an object relative."""
    k = end
    while (
        k < len(scene.low)
        and (scene.tag[k] == "RB" or scene.low[k] in ("also", "back", "up", "”", '"', "’"))
        and k - end < 3
        and k not in scene.at
    ):
        k += 1
    targets = places_after(scene, k)
    if targets:
        return targets
    if (
        k < len(scene.low)
        and scene.low[k] == "it"
        and not (k + 1 < len(scene.low) and scene.low[k + 1] in ("'s", "has", "is", "was", "had"))
    ):
        return [Target(Mention(k, k + 1, "it", PlaceKind.SETTLEMENT, anaphor="it"))]
    token = scene.doc[i]
    if k + 1 < len(scene.low) and scene.low[k] in ("and", "or") and scene.tag[k + 1].startswith("VB"):
        return places_after(scene, k + 2)
    if any(c.dep_ in ("dobj", "obj") and c.i > i for c in token.children):
        return []
    verb = token
    for _ in range(4):
        if verb.dep_ in ("relcl", "acl") and verb.head.i < i:
            pronoun = next((t.i for t in verb.subtree if t.i < i and t.tag_ in ("WDT", "WP")), None)
            edge = min(t.i for t in verb.subtree)
            return _antecedent(scene, pronoun if pronoun is not None else edge, head=verb.head.i)
        if verb.dep_ in ("xcomp", "ccomp", "conj") and verb.head.i < verb.i:
            verb = verb.head
            continue
        break
    return []


def _after_preps(scene: Scene, cue: Cue, end: int) -> tuple[list[Target], int | None]:
    """The places behind the frame's prepositions right of the cue; coordinated phrases count, later ones only place them."""
    preps = tuple(p for p in cue.frame.preps if p and p != "subject")
    low, tag = scene.low, scene.tag
    stop = scene.sentence[end - 1][1]
    found: list[Target] = []
    first: int | None = None
    k = end
    while k < min(stop, end + 28):
        if scene.bracket[k]:
            k += 1
            continue
        hit = prep_at(scene, k, preps)
        if hit is not None and hit[0] in ("of", "over") and k != end and scene.low[end] != "by":
            k = hit[1]
            continue
        if hit is not None:
            prep, after = hit
            targets = places_after(scene, after, near=prep in MEANS or prep == "N")
            if (
                not targets
                and low[after : after + 1] == ("it",)
                and cue.frame.relation in (Relation.LOSES, Relation.TAKES)
            ):
                targets = [Target(Mention(after, after + 1, "it", PlaceKind.SETTLEMENT, anaphor="it"))]
            if "outskirts" in prep:
                targets = [replace(t, extent=Extent(kind="part")) for t in targets]
            if targets and not (prep in ("in", "on", "to", "within") and all(_period(t) for t in targets)):
                first = k if first is None else first
                found = targets if found and all(t.mention.direction for t in found) else found + targets
                k = _past(scene, targets[-1])
                nxt = _coordinated_prep(scene, k, stop, preps)
                if nxt is None and k < stop and low[k] in ("toward", "towards") and low[k] in preps and low[k] != prep:
                    nxt = k  # "advances south of A toward B"
                if nxt is None and not all(t.mention.direction for t in found):
                    break
                k = nxt if nxt is not None else k
                continue
            if not targets and prep in ("in", "inside", "within") and _object_head(scene, after, stop):
                break  # "fighting in a camp in X"
            k = after
            continue
        if found or (
            _clause_edge(scene, k, stop)
            and not (cue.frame.kind == "noun" and cue.frame.relation is Relation.CONTESTS and _goes_on(scene, k))
        ):
            break
        if low[k] in ("from", "by") and "from" not in preps and cue.frame.relation is Relation.ADVANCES:
            skipped = places_after(scene, k + 1)
            k = _past(scene, skipped[-1]) if skipped else k + 1
            continue
        if tag[k] == "TO" and k + 1 < stop and tag[k + 1] == "VB":
            break
        if (
            low[k] == ","
            and cue.frame.kind == "noun"
            and k + 1 < stop
            and tag[k + 1] in ("DT", "PRP", "PRP$")
            and k > end
        ):
            break  # another clause or noun phrase
        k += 1
    return found, first


def _object_head(scene: Scene, k: int, stop: int) -> bool:
    """Whether the noun phrase at k is an object that is no ground ("a camp", "the steel plant")."""
    j = k
    while (
        j < stop and j - k < 6 and scene.tag[j] in ("DT", "JJ", "NN", "NNS", "NNP", "VBN", "VBG", "PRP$", "POS", "HYPH")
    ):
        j += 1
    return j > k and scene.low[j - 1] in scene.words("objects.not_places")


def _period(target: Target) -> bool:
    """Whether a target is no place but a time ("in May")."""
    return target.mention.words.lower() in ("may", "march", "august")


def _past(scene: Scene, target: Target) -> int:
    """The token after a target with all that places it."""
    end = target.container.end if target.container else target.mention.end
    return scene.following(end)


def _coordinated_prep(scene: Scene, k: int, stop: int, preps: tuple[str, ...]) -> int | None:
    """Where a coordinated prepositional phrase starts at k ("and near Y", ", west of Z"), or None."""
    j = k
    if scene.low[k : k + 2] == ("to", "the") and k + 2 < stop and scene.low[k + 2] in scene.words("places.compass"):
        k = j = k + 3  # "from A to the north and from B"
    while j < stop and j - k < 4 and (scene.low[j] in (",", "and", "or", ";", "also") or scene.bracket[j]):
        j += 1
    if j == k or j >= stop:
        return None
    if prep_at(scene, j, preps) is not None:
        return j
    return None


def _clause_edge(scene: Scene, k: int, stop: int) -> bool:
    """Whether a new clause starts at k: a finite verb, a subordinator, or a strong mark."""
    low, tag = scene.low[k], scene.tag[k]
    if tag in ("VBD", "VBZ", "VBP", "MD") or low in (";", ":"):
        return True
    if low in CLAUSE_WORDS and tag in ("IN", "WDT", "WP", "WRB", "CC", "DT"):
        return low != "that" or tag != "DT"
    return low in ("and", ",") and k + 1 < stop and scene.tag[k + 1] in ("VBD", "VBZ", "VBP", "VBG", "PRP", "MD")


def _goes_on(scene: Scene, k: int) -> bool:
    """Whether the verb at k only says that an event goes on ("fighting continues in X", "clashes broke out in X")."""
    return scene.low[k] in scene.words("clauses.going_on")


def _adverb_extent(scene: Scene, i: int, targets: list[Target]) -> list[Target]:
    """ "partially reclaimed", "100 percent liberated": the extent that stands with the verb."""
    group = verb_group(scene, i)
    words = [scene.low[k] for k in group] + [scene.low[i + 1] if i + 1 < len(scene.low) else ""]
    extent: Extent | None = None
    if any(w in ("partially", "partly", "largely", "mostly") for w in words):
        extent = Extent(kind="part")
    for n, word in enumerate(words):
        if word in ("percent", "%") or words[n : n + 2] == ["per", "cent"]:
            number = words[n - 1].replace(",", "") if n else ""
            if number.replace(".", "").isdigit():
                extent = Extent(kind="percent", value=float(number))
    if extent is None:
        return targets
    return [replace(t, extent=extent) if t.extent.kind == "whole" or extent.kind == "percent" else t for t in targets]


# ------------------------------------------------------------------------------------------------------------- parties


def side_in(scene: Scene, start: int, end: int) -> Side | None:
    """The first side named in a token range, backers and brackets aside."""
    for side in scene.sides:
        if start <= side.start < end and not scene.bracket[side.start] and side.word.kind != "backer":
            covering = scene.inside(side.start)
            if covering is None or covering.head is not None or covering.start > side.start:
                return side
    return None


def _head_side(scene: Scene, left: int, head: int) -> Side | None:
    """The side that the head of a phrase names itself ("Sudan's RSF", "Ukraine's neighbour Russia")."""
    covering = [s for s in scene.sides if s.start <= head < s.end and s.word.kind != "backer" and s.word.party]
    owner = [
        s
        for s in scene.sides
        if left <= s.start < head and s not in covering and scene.low[s.end] not in ("and", ",", "or")
    ]
    return covering[0] if covering and owner and scene.inside(head) is None else None


def _by_phrase(scene: Scene, i: int, end: int) -> Side | None:
    """The agent of a passive: "by Russian forces", "in a Ukrainian counteroffensive"."""
    stop = scene.sentence[i][1]
    k = i + 1
    while k < min(stop, end + 14):
        if scene.low[k] == "by" and not scene.bracket[k]:
            side = side_in(scene, k + 1, min(stop, k + 7))
            if side is not None:
                return side
        if k > end and (_clause_edge(scene, k, stop) and scene.low[k] not in (":",)):
            break
        k += 1
    for k in range(end, min(stop, end + 9)):
        if scene.low[k] in (
            "counteroffensive",
            "counter-offensive",
            "offensive",
            "attack",
            "operation",
            "assault",
            "invasion",
            "counterattack",
        ):
            side = side_in(scene, end, k)
            if side is not None:
                return side
    return None


def _verb_side(
    scene: Scene, cue: Cue, i: int, end: int, subject: int | None, *, passive: bool, prep_index: int | None
) -> tuple[Side | None, str]:  # fmt: skip
    """The side that a verb frame is about, and how it was found; "none" if the frame needs an object and has none."""
    kind = cue.frame.party
    if kind == "to":
        stop = scene.sentence[i][1]
        side = side_in(scene, i, min(end + 4, stop)) or _by_phrase(scene, i, end)
        return side, "named with the cue" if side else ""
    if kind == "none":
        return None, ""
    if kind == "object":
        if passive:
            side = side_in(scene, *_phrase(scene, subject)) if subject is not None and subject < i else None
            side = side or (side_in(scene, max(scene.sentence[i][0], i - 8), i) if subject is None else None)
            if (
                side is None
                and subject is not None
                and {"its", "their", "our"} & set(scene.low[max(0, subject - 2) : subject])
            ):
                return None, "own forces"
            return side, "the passive subject" if side else "none"
        if prep_index is None:
            return None, "none"
        side = side_in(scene, i + 1, prep_index)
        if (
            side is not None
            and side.word.kind == "demonym"
            and scene.tag[side.end].startswith("NN")
            and scene.low[side.end] not in scene.words("clauses.agents")
        ):
            return None, "none"
        if side is not None:
            return side, "the object of the verb"
        if any(
            scene.low[k] in ("them", "they", "troops", "forces", "him", "militants", "fighters", "soldiers", "units")
            for k in range(i + 1, prep_index)
        ):
            return None, "opponent of the subject"
        return None, "none"
    if passive:
        side = _by_phrase(scene, i, end)
        if side is not None:
            return side, "the agent of the passive"
        if cue.frame.relation is Relation.LOSES and subject is not None and cue.frame.preps[0] in ("from", "out of"):
            side = side_in(scene, *_phrase(scene, subject))
            return side, "the passive subject"
        return None, ""
    if cue.frame.name == "withdraws from" and prep_index is not None:
        side = side_in(scene, i + 1, prep_index)
        if side is not None:
            return side, "the troops withdrawn"
    if subject is not None and subject < i:
        left, right = _phrase(scene, subject)
        side = _head_side(scene, left, subject) or side_in(scene, left, min(max(right, subject + 1), i))
        if side is not None:
            return side, "the subject"
        return None, "a pronoun" if scene.tag[subject] in ("PRP", "WDT", "WP") or scene.low[subject] in (
            "forces",
            "troops",
            "group",
            "army",
            "units",
        ) else ""
    return None, ""


# --------------------------------------------------------------------------------------------------------------- nouns


def _noun(scene: Scene, i: int) -> Assertion | None:
    """A noun frame whose cue stands at token i."""
    if scene.doc[i].text[:1].isupper() and any(x.start < i < x.end for x in scene.sides):
        return None  # "the People's Liberation Front"
    cues = scene.cues.nouns.get(scene.low[i])
    if (
        not cues
        or scene.bracket[i]
        or not (scene.tag[i].startswith("NN") or (scene.tag[i] == "VBG" and scene.low[i] == "fighting"))
    ):
        return None
    if (
        cues[0].frame.relation is Relation.CONTESTS
        and scene.tag[i + 1 : i + 2]
        and scene.tag[i + 1] in ("NN", "NNS")
        and scene.low[i + 1] not in scene.words("clauses.going_on")
    ):
        return None  # "combat power", "battle group"
    for cue in cues:
        end = _match(scene, i, cue.words) if len(cue.words) > 1 else i + 1
        if end is None:
            continue
        targets = _noun_places(scene, cue, i, end) or _taken_up(scene, cue, i)
        targets = [t for t in targets if not _bare(t)]
        if not targets:
            continue
        side, who = _noun_side(scene, i, end)
        owned = any(scene.low[k] in ("their", "its") for k in range(max(0, i - 4), i))
        if cue.frame.strict and side is None and not owned:
            continue
        if cue.frame.relation is Relation.CONTESTS and _only_background(scene, i):
            continue
        mood = mood_of_noun(scene, i)
        return Assertion(cue, i, end, tuple(targets), mood, side, who)
    return None


def _only_background(scene: Scene, i: int) -> bool:
    """Whether fighting is only spoken of in passing ("similar to the fighting in X", "the anniversary of the battle for X")."""
    token = scene.doc[i]
    left = scene.low[max(scene.sentence[i][0], i - 8) : i]
    if "anniversary" in left or "casualties" in left:
        return True
    if token.dep_ != "pobj":
        return False
    return token.head.lower_ in ("like", "than", "to") or (
        token.head.lower_ in ("of", "for", "about") and token.head.head.lemma_.lower() in scene.words("clauses.memory")
    )


def _taken_up(scene: Scene, cue: Cue, i: int) -> list[Target]:
    """ "X, where fighting goes on" and "confirmed the capture": the place stands before."""
    k = scene.previous(i)
    while k > 0 and (
        scene.tag[k].startswith(("JJ", "RB"))
        or scene.low[k] in ("street", "street-to-street", "urban", "-", "the", "this", "its", "their")
    ):
        k = scene.previous(k)
    if k <= 0:
        return []
    if cue.frame.relation is Relation.CONTESTS:
        if scene.low[k] != "where":
            return []
        x = scene.previous(k)
        while x > 0 and scene.low[x] == ",":
            x = scene.previous(x)
        before = scene.inside(x)
        return [Target(before)] if before is not None and before.head is None else []
    confirmed = scene.low[k] in (
        "confirms",
        "confirmed",
        "acknowledged",
        "acknowledges",
        "admitted",
        "denied",
        "denies",
        "announced",
        "announces",
        "claimed",
        "rejected",
        "rejects",
    )
    if (
        confirmed
        and scene.low[i - 1] in ("the", "this", "its", "their")
        and cue.frame.relation in (Relation.TAKES, Relation.LOSES)
    ):
        return [Target(Mention(i, i + 1, scene.doc[i].text, PlaceKind.SETTLEMENT, anaphor="it"))]
    return []


def _noun_places(scene: Scene, cue: Cue, i: int, end: int) -> list[Target]:
    """The places of an event noun: "the capture of X", "X's fall", "the Bakhmut siege"."""
    if "of" in cue.frame.preps and end < len(scene.low):
        before = scene.previous(i)
        if (
            before > 0
            and scene.low[before] in ("'s", "'")
            and (owner := scene.inside(before - 1))
            and owner.head is None
        ):
            side = next((s for s in scene.sides if s.start == owner.start), None)
            if side is None:
                return [Target(owner)]
        compound = scene.inside(before) if before >= 0 else None
        if (
            compound
            and compound.end == i
            and compound.head == scene.low[i]
            and (cue.frame.relation is Relation.CONTESTS or scene.low[i] in ("fall", "liberation", "takeover"))
        ):
            return [Target(replace(compound, head=None))]
    targets, _ = _after_preps(scene, cue, end)
    if cue.frame.relation is Relation.LOSES and targets:
        moved = set(scene.low[end : targets[0].mention.start])
        if moved & (
            scene.words("clauses.never_hold") | scene.words("clauses.materiel") | {"warships"}
        ) and not moved & {"troops", "forces"}:
            return []  # "the withdrawal of warships from X"
    if (
        not targets
        and "of" in cue.frame.preps
        and scene.low[i - 1 : i] == ("its",)
        and scene.low[end : end + 1] == ("by",)
    ):
        targets = [Target(Mention(i - 1, i, "its", PlaceKind.SETTLEMENT, anaphor="it"))]
    if cue.frame.relation is Relation.CONTESTS:
        targets = [t for t in targets if not t.near and not t.mention.direction and t.mention.kind != PlaceKind.COUNTRY]
        targets = [t for t in targets if t.mention.anaphor != "country"]
    return targets


def _noun_side(scene: Scene, i: int, end: int) -> tuple[Side | None, str]:
    """The side of an event noun: in its own phrase, then "by ..." or "of ..." behind it, then the subject of its verb."""
    start, stop = scene.sentence[i]
    left = min([i, *(t.i for c in scene.doc[i].children if c.i < i for t in c.subtree)])
    k = i - 1
    while k >= start and (
        scene.tag[k] in ("JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "NNS", "VBN", "VBG", "POS", "HYPH", "RB", "CD")
        or scene.low[k] in ("'s", "-")
    ):
        k -= 1
    side = side_in(scene, max(start, min(left, k + 1)), i)
    if side is not None:
        return side, "the noun's own phrase"
    for j in range(end, min(stop, end + 12)):
        if scene.low[j] in ("by", "between") or (j == end and scene.low[j] == "of"):
            side = side_in(scene, j + 1, min(stop, j + (4 if scene.low[j] == "of" else 6)))
            if side is not None and any(scene.inside(x) for x in range(j + 1, side.start)):
                side = None
            if side is not None and (
                scene.low[j] != "of"
                or side.word.kind in ("forces", "own", "enemy", "generic", "state", "defender", "occupier")
            ):
                return side, f'"{scene.low[j]}" behind the noun'
        if _clause_edge(scene, j, stop):
            break
    return None, ""


# ---------------------------------------------------------------------------------------------------------- adjectives


def attributive(scene: Scene, i: int) -> bool:
    """Whether the participle at i stands before its noun ("in occupied Kherson"), by the words around it."""
    low, tag = scene.low, scene.tag
    if (
        i + 1 >= len(low)
        or (tag[i + 1] in ("VBN", "VBD", "IN", "TO", "RB") and i + 1 not in scene.at)
        or low[i + 1] in ("by", "in", "on", "from", ",", ".", "and")
    ):
        return False
    k = i - 1
    if k > 0 and low[k] in ('"', "“", "‘") and (low[k - 1] in HAVE or low[k - 1] in BE):
        return False
    while k >= 0 and (
        low[k]
        in (
            "temporarily",
            "newly",
            "recently",
            "partially",
            "partly",
            "formerly",
            "previously",
            "then",
            "now",
            "currently",
            "illegally",
            "fully",
            "already",
            "once",
            "still",
            "largely",
        )
        or (low[k] == "-" and k and low[k - 1] in ("newly", "recently", "then", "temporarily", "partially"))
    ):
        k -= 1
    while k >= 0 and tag[k].startswith("RB") and low[k] not in ("not", "n't"):
        k -= 1
    if k > 0 and low[k] in ('"', "“", "‘") and (low[k - 1] in HAVE or low[k - 1] in BE):
        return False
    if k >= 0 and tag[k] != "POS" and (low[k] in HAVE or low[k] in BE or tag[k] == "MD"):
        return False
    if k < 0:
        return scene.tag[i] in ("VBN", "JJ", "VBD")
    if low[k] in ("-", "–") and k:
        return True
    if low[k] == "and" and k and low[k - 1] == ";":
        return True
    if scene.doc[k].is_sent_end or low[k] in ("(", "[", ":", "—", "–", "“", '"', ";"):
        return scene.tag[i] in ("VBN", "JJ")
    if tag[k] in ("IN", "DT", "PRP$", "POS", "PDT") or low[k] in ("to", "of"):
        return low[k] not in ("that", "which") or (tag[k] == "IN" and False)
    if (
        tag[k] in ("VBG", "VBD", "VBZ", "VBP", "VB", "VBN")
        and low[k] not in BE | HAVE
        and low[k] not in ("been", "being", "got", "reportedly")
    ):
        land = low[i + 1] in scene.words("places.part") or low[i + 1] in scene.words("places.settlements")
        return i + 1 in scene.at or i + 1 in scene.side_at or land or (tag[k] == "VB" and tag[i] in ("VBN", "JJ"))
    if tag[k] in ("CC", ","):
        land = low[i + 1] in scene.words("places.part") or low[i + 1] in scene.words("places.settlements")
        if (
            low[i] == "occupied"
            and low[k] in ("and", ",")
            and (i + 1 in scene.at or land)
            and not (scene.doc[i].dep_ == "conj" and scene.doc[i].head.tag_ in ("VBD", "VBZ"))
        ):
            return True
        return tag[i] in ("VBN", "JJ") and (land or scene.doc[i].dep_ in ("amod", "compound", "nmod", "conj", "pobj"))
    if tag[k] in ("JJ", "CD", "RB"):
        land = low[i + 1] in scene.words("places.part") or low[i + 1] in scene.words("places.settlements")
        return bool(scene.doc[i].dep_ == "amod") or (low[k] == "other" and land)
    return bool(tag[i] in ("VBN", "JJ") and scene.doc[i].dep_ == "amod" and scene.doc[i].head.i > i)


def _adjective(scene: Scene, i: int) -> Assertion | None:
    """An adjective frame whose cue stands at token i."""
    cue = scene.cues.adjectives.get(scene.low[i])
    if cue is None or scene.bracket[i]:
        return None
    side: Side | None = None
    who = ""
    start = i
    if i >= 2 and scene.low[i - 1] in ("-", "–", "‑"):
        side = next((s for s in scene.sides if s.end == i - 1), None)
        if side is not None:
            start, who = side.start, "named in the compound"
        elif scene.low[i - 2] not in (
            "newly",
            "recently",
            "temporarily",
            "then",
            "partially",
            "government",
            "rebel",
            "opposition",
            "militia",
            "jihadist",
            "separatist",
            "junta",
            "regime",
            "army",
            "islamist",
        ):
            return None
        else:
            who = f"“{scene.low[i - 2]}-{scene.low[i]}”"
    elif cue.text == "occupied" and (
        near := next((s for s in scene.sides if s.end == i and s.word.kind == "demonym"), None)
    ):
        side, start, who = near, near.start, "named before the adjective"
    elif cue.text in (
        "controlled",
        "held",
        "run",
        "ruled",
        "governed",
        "administered",
        "dominated",
        "seized",
        "overrun",
    ):
        if cue.text not in ("seized", "overrun"):
            side = next((s for s in scene.sides if s.end == i and s.word.kind in ("demonym", "name")), None)
            if side is None:
                return None
            start, who = side.start, "named before the adjective"
        elif not attributive(scene, i):
            return None
    elif not attributive(scene, i):
        return None
    if cue.text == "held" and who == "":
        return None
    targets = _adjective_places(scene, i, start)
    targets = [
        replace(t, extent=Extent(kind="part"))
        if t.mention.kind == PlaceKind.COUNTRY and t.extent.kind == "whole"
        else t
        for t in targets
    ]
    if not targets:
        return None
    mood = Mood()
    return Assertion(cue, start, i + 1, tuple(targets), mood, side, who, attributive=True)


def _adjective_places(scene: Scene, i: int, start: int) -> list[Target]:
    """The places that an adjective of control stands before, or that its noun is put beside."""
    low = scene.low
    head = i + 1
    if head < len(low) and low[head] == ",":
        return []
    targets = places_after(scene, head)
    named = scene.at.get(head)
    if not targets and named is not None and named.head in scene.cues.offices:
        targets = [Target(replace(named, head=None))]  # "Russian-occupied Sevastopol Governor"
    group = scene.inside(i)
    if not targets and group is not None and group.kind is PlaceKind.UNNAMED and group.end > head:
        targets = [t for t in _including(scene, [Target(group)])[1:] if t.mention.kind is not PlaceKind.UNNAMED]
    if (
        len(targets) > 1
        and targets[0].mention.kind is PlaceKind.UNNAMED
        and targets[1].mention.kind is not PlaceKind.UNNAMED
    ):
        targets = targets[1:]  # "liberated cities like X"
    targets = [t for t in targets if not t.near and not _bare(t, scene)]
    targets = [t for t in targets if not t.mention.anaphor]
    if not targets:
        targets = _land_of(scene, start, head)
    k = scene.previous(start)
    if (
        k > 0
        and low[k] in ("a", "an", "the")
        and low[head : head + 1]
        and low[head] in scene.words("places.whole") | scene.words("places.part")
    ):
        comma = scene.previous(k)
        if (
            comma > 0
            and low[comma] in (",", "—", "–")
            and (beside := scene.inside(scene.previous(comma)))
            and beside.head is None
            and (not targets or targets[0].mention.kind == PlaceKind.COUNTRY)
        ):
            return [Target(beside)]
    return targets


def _near_group(target: Target) -> Target:
    """Advances "in settlements north of X" are near X."""
    if target.mention.kind is PlaceKind.UNNAMED and target.mention.count is None and target.container is not None:
        return Target(target.container, near=True)
    return target


def _including(scene: Scene, targets: list[Target]) -> list[Target]:
    """A group whose members are named after it: "20 settlements in the last day, including X"."""
    if not targets or targets[-1].mention.kind is not PlaceKind.UNNAMED:
        return targets
    k = targets[-1].mention.end
    for j in range(k, min(k + 16, scene.sentence[k - 1][1] - 1)):
        if scene.low[j] in scene.words("places.including") and j + 1 < len(scene.low):
            return targets + places_after(scene, j + 1)
    return targets


def _bare(target: Target, scene: Scene | None = None) -> bool:
    """Whether a target is a plural without number or location ("villages"); a nation's ("Ukrainian cities") is located."""
    m = target.mention
    left = scene.low[max(0, m.start - 2) : m.start] if scene is not None else ()
    if scene is not None and any(
        s.end in (m.start, m.start - 1, m.start - 2) and s.word.kind in ("demonym", "name") for s in scene.sides
    ):
        beside = any(s.end == m.start for s in scene.sides) or (left and left[-1] in scene.cues.adjectives)
        if beside and scene.low[m.end - 1] in scene.words("places.settlements"):
            return False
    return m.kind == PlaceKind.UNNAMED and not m.known and target.container is None


def _land_of(scene: Scene, start: int, head: int) -> list[Target]:
    """ "Ukraine's temporarily occupied territories" and "X and other occupied towns": the place stands before."""
    low, k = scene.low, scene.previous(start)
    while k > 0 and scene.tag[k].startswith("RB"):
        k = scene.previous(k)
    if head < len(low) and low[head] in scene.words("places.part") and k > 0 and low[k] == "'s":
        owner = scene.inside(k - 1)
        if (
            owner is None
            and (side := next((s for s in scene.sides if s.end == k), None)) is not None
            and side.word.kind == "name"
        ):
            owner = Mention(side.start, side.end, scene.text(side.start, side.end), PlaceKind.COUNTRY)
        return [Target(owner, Extent(kind="part"))] if owner is not None and owner.anaphor is None else []
    if (
        k > 1
        and low[k] in ("other", "more")
        and low[k - 1] in ("and", "or")
        and (before := scene.inside(k - 2)) is not None
        and before.head is None
    ):
        return [Target(m) for m in _list_left(scene, before)]
    return []


# -------------------------------------------------------------------------------------------------------------- titles


def _title(scene: Scene, i: int) -> Assertion | None:
    """An office that the occupying side fills: "occupation head of X", "Russian-installed mayor of X"."""
    low = scene.low
    cue, start = None, i
    side: Side | None = None
    if low[i] == "occupation" and not scene.bracket[i]:
        cue = scene.cues.titles.get("occupation")
        side = next((s for s in scene.sides if s.end == i), None)
    elif i >= 2 and low[i - 1] in ("-", "–") and f"-{low[i]}" in scene.cues.titles:
        cue = scene.cues.titles[f"-{low[i]}"]
        side = next((s for s in scene.sides if s.end == i - 1 or s.start <= i - 2 < s.end), None)
        if side is None:
            return None
        start = i - 2
    if cue is None:
        return None
    k, office = i + 1, None
    mention_inside: Mention | None = None
    while k < len(low) and k - i < 7:
        if k in scene.at and mention_inside is None and office is None:
            mention_inside = scene.at[k]
            k = mention_inside.end
            continue
        if low[k] in scene.cues.offices:
            office = k
            k += 1
            continue
        if scene.tag[k] in ("JJ", "NN", "NNP", "CC", "HYPH", "POS") or low[k] in ("-", "'s"):
            k += 1
            continue
        break
    if office is None:
        return None
    targets: list[Target] = []
    if mention_inside is not None:
        targets = [Target(replace(mention_inside, head=None))]
    if not targets:
        targets = _places_left(scene, start)
    if not targets and low[office + 1 : office + 2] and low[office + 1] in ("of", "in", "for", "throughout", "across"):
        targets = places_after(scene, office + 2)
    targets = [
        t
        for t in targets
        if t.mention.kind is not PlaceKind.UNNAMED
        and not t.mention.words.lower().endswith("republic")  # its own officials presuppose nothing
        and not t.mention.anaphor
        and (t.mention.known or t.mention.end - t.mention.start == 1)
    ]
    if not targets:
        return None
    targets = [replace(t, extent=Extent(kind="part")) if t.mention.kind == PlaceKind.COUNTRY else t for t in targets]
    return Assertion(
        cue, start, office + 1, tuple(targets), Mood(), side, "named in the title" if side else "", attributive=True
    )


def _places_left(scene: Scene, start: int) -> list[Target]:
    """The places that stand as modifiers before a title: "Kherson's and Zaporizhia's occupation heads"."""
    found: list[Target] = []
    k = scene.previous(start)
    while k >= 0 and len(found) < 4:
        while k >= 0 and (
            scene.low[k] in ("'s", "and", ",", "'", "regional", "city", "oblast")
            or (any(s.end == k + 1 for s in scene.sides) and scene.inside(k) is None)
        ):
            k = scene.previous(k)
        mention = scene.inside(k) if k >= 0 else None
        if mention is None or mention.kind == PlaceKind.UNNAMED or mention.anaphor:
            break
        if scene.low[mention.end : mention.end + 1] == (",",):
            break
        found.insert(0, Target(replace(mention, head=None)))
        k = scene.previous(mention.start)
        if k < 0 or scene.low[k] not in ("and", "'s"):
            break
    return found


def iterate_cues(scene: Scene) -> Iterator[Any]:
    """Assertions with their cue words, for explanations."""
    for assertion in find_assertions(scene):
        yield assertion, scene.text(assertion.start, assertion.end)

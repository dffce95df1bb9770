"""Side words that stand near a cue or its subject, by their place in the sentence and the tree."""

from __future__ import annotations

import re

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.model import Attribution, PlaceKind, Relation
from reportedly.read.parsing.nodes import Node
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.sides import side_in, side_of_phrase
from reportedly.read.scene.subjects import subject_of
from reportedly.read.scene.verb_groups import base_of

__all__ = [
    "acted_before",
    "acts_throughout",
    "country_within",
    "felt_by",
    "first_actor",
    "first_right",
    "foe_behind",
    "forces_around",
    "forces_before",
    "forces_between",
    "given_to",
    "giving_subject",
    "last_before",
    "named_beside",
    "nearest_left",
    "owned_by_pronoun",
    "owner_aside",
    "relative_owner",
    "tells",
    "told_of_first",
]

SEATS = frozenset({"capital", "city", "town", "village"})
TELLS = frozenset(
    {"say", "believe", "think", "assess", "report", "confirm", "claim", "announce", "acknowledge", "admit"}
)
FELT = 14  # tokens from a place to whom its fall is a blow
GIVING = frozenset({"handing", "giving", "dealing", "gave", "handed", "gives", "hands", "earning", "marking"})
INSERTED = re.compile(r"[,”\"]\s*(?:[\w’'-]+\s+){0,4}$")  # what stands before a cue inserted in what is said


def given_to(scene: Scene, pronoun: int) -> Side | None:
    """The side that something is handed to before a pronoun: "handing Russia its biggest gain since it took X", "leave Russia with
    the land it holds".
    """
    start = scene.sentence[pronoun][0]
    for side in reversed(scene.sides):
        if start < side.start < pronoun and not any(w in (";", ":") for w in scene.low[side.end : pronoun]):
            given = scene.low[side.start - 1] in GIVING and scene.tag[side.end] == "PRP$"
            left = scene.doc[side.start].head.lemma_ == "leave" and scene.low[side.end] == "with"
            return side if given or left else None
    return None


def giving_subject(scene: Scene, verb: int) -> Side | None:
    """Who is to give up what "it" has: "wants Ukraine to cede the parts of the region that it still controls"."""
    token = scene.doc[verb]
    if token.dep_ != "relcl":
        return None
    governor = token.head
    for _ in range(4):
        if governor.pos_ == "VERB" or governor.head.i == governor.i:
            break
        governor = governor.head
    rows = scene.cues.verbs.get(governor.lower_, ())
    if governor.tag_ != "VB" or not any(cue.frame.relation is Relation.LOSES for cue, _ in rows):
        return None
    subject = _told_to(governor)
    if subject is None:
        return None
    called = next((s for s in scene.sides if s.start <= subject.i < s.end), None)  # a country, which is a place too
    return called or side_of_phrase(scene, int(subject.i))


def _told_to(verb: Node) -> Node | None:
    """Who is to do what the infinitive says: its subject, or that of the verb it is joined to ("wants Ukraine to give up A and leave B")."""
    for _ in range(3):
        found = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
        if found is None and verb.dep_ == "xcomp":
            found = next((c for c in verb.head.children if c.dep_ == "dobj" and verb.head.i < c.i < verb.i), None)
        if found is not None or verb.dep_ != "conj":
            return found
        verb = verb.head
    return None


def acts_throughout(scene: Scene, pronoun: int) -> Side | None:
    """The side that is the subject of the clause to which that of a pronoun is joined: "A lost X to B, though it still holds Y"."""
    clause = scene.doc[pronoun].head
    for _ in range(2):
        if clause.dep_ == "conj" and clause.head.i < clause.i and clause.head.i > pronoun:
            clause = clause.head
    main = clause.head
    marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod") and c.i < pronoun}
    if clause.dep_ != "advcl" or main.i > pronoun or not marks & scene.words("clauses.conceding"):
        return None
    subject = next((c for c in main.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < main.i), None)
    if subject is None or any(c.dep_ == "conj" for c in subject.children):
        return None
    many = subject.tag_ in ("NNS", "NNPS")
    return side_of_phrase(scene, int(subject.i)) if many == (scene.low[pronoun] == "they") else None


def relative_owner(scene: Scene, noun: int) -> Side | None:
    """The side right before ", whose fighters"."""
    k = noun - 2
    while k > 0 and scene.low[k] == ",":
        k -= 1
    return next((s for s in scene.sides if s.start <= k < s.end), None) or side_of_phrase(scene, k)


def first_actor(scene: Scene, verb: int) -> Side | None:
    """The side that is subject of the clause to which that of the verb is joined: "A drove B out of X, and they took Y"."""
    token = scene.doc[verb]
    head = token.head
    if token.dep_ != "conj" or head.pos_ != "VERB" or head.i >= verb or head.dep_ == "conj":
        return None
    subject = next((c for c in head.children if c.dep_ == "nsubj"), None)
    if subject is None or not any(c.dep_ == "dobj" for c in head.children) or head.lemma_ in ("say", "tell", "claim"):
        return None
    return side_of_phrase(scene, int(subject.i))


def acted_before(scene: Scene, pronoun: int, *, depth: int = 0) -> Side | None:
    """The side that is subject of the sentence before one that begins with a pronoun: "The army holds A. It took B." """
    start = scene.sentence[pronoun][0]
    if start == 0 or pronoun - start > 3 or depth > 2:
        return None
    first, end = scene.sentence[start - 1]
    root = next((t for t in scene.doc[first:end] if t.head.i == t.i or not first <= t.head.i < end), None)
    told = next((c for c in root.children if c.dep_ == "ccomp" and c.i > root.i), None) if root is not None else None
    said = told is not None and root is not None and root.lemma_ in TELLS
    root = told if said else root
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None) if root is not None else None
    if subject is None:
        return None
    many = subject.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in subject.children)
    if scene.low[pronoun] == "it" and many:
        return None
    left = min([subject.i, *(c.left_edge.i for c in subject.children if c.i < subject.i)])
    if scene.low[left] in ("its", "their") or (subject.tag_ == "PRP" and subject.lower_ in ("it", "they")):
        return acted_before(scene, left, depth=depth + 1)
    owner = next(
        (s for s in scene.sides if left <= s.start <= subject.i and scene.low[s.end : s.end + 1] == ("'s",)), None
    )
    acts = subject.lower_ in scene.words("clauses.agents") or owner is not None
    acts = acts or any(s.start <= subject.i < s.end for s in scene.sides)
    return (side_in(scene, left, subject.i + 1) or owner) if acts else None


def named_beside(scene: Scene, noun: int) -> Side | None:
    """The side that a noun is put beside: "JNIM, an affiliate of al-Qaeda that"."""
    token = scene.doc[noun]
    if token.dep_ != "appos" or token.head.i > noun:
        return None
    return next((s for s in scene.sides if s.start <= token.head.i < s.end), None)


def last_before(scene: Scene, token: int) -> Side | None:
    """The side that the sentences before spoke of last, forces before others."""
    before = [s for s in scene.sides if s.end <= token and not scene.bracket[s.start] and scene.inside(s.start) is None]
    forces = [s for s in before if s.word.kind is SideKind.FORCES]
    found = forces or before
    return found[-1] if found else None


def forces_between(scene: Scene, a: Assertion, attribution: Attribution) -> Side | None:
    """Forces named in the sentence between the reporting cue and the pronoun."""
    assert a.subject is not None
    start = scene.sentence[a.start][0]
    said = attribution.cue_span
    if said is not None and attribution.source_span is not None and attribution.source_span.start < said.start:
        said = attribution.source_span  # "confirmed that the Russians took A and stated they took B"
        if said.start < scene.doc[start].idx or scene.doc[a.subject].idx < said.end:
            said = attribution.cue_span
    inserted = said is not None and INSERTED.search(scene.tokens.whole, scene.doc[start].idx, said.start) is not None
    if inserted:
        start -= 1  # "Russian troops entered X, he wrote, but they do not control it"
    elif said is not None:
        start = max(start, next((t.i for t in scene.doc if t.idx >= said.end), start) - 1)
    found = [
        s
        for s in scene.sides
        if start < s.start < a.subject
        and s.word.kind is SideKind.FORCES
        and not scene.bracket[s.start]
        and not _describes_source(scene, s, attribution)
    ]
    return found[-1] if found else None


def _describes_source(scene: Scene, side: Side, attribution: Attribution) -> bool:
    """Whether a side stands in a clause that only describes who speaks: "the rebels who fought Wagner say they hold X"."""
    source = attribution.source_span
    if source is None:
        return False
    clause = next((t for t in scene.doc[side.start].ancestors if t.dep_ == "relcl"), None)
    return clause is not None and source.start <= clause.head.idx < source.end


def forces_before(scene: Scene, a: Assertion) -> Side | None:
    """The forces that the sentence spoke of before "forces" alone: "Russian forces seek to link up with forces advancing on X"."""
    assert a.subject is not None
    start = scene.sentence[a.start][0]
    sides = [s for s in scene.sides if start <= s.start < a.subject and s.word.kind is SideKind.FORCES]
    return sides[-1] if sides else None


def first_right(scene: Scene, a: Assertion) -> Side | None:
    """The first side word behind the cue in its sentence ("After the loss of X the Russians dug in")."""
    _, end = scene.sentence[a.start]
    return next((s for s in scene.sides if a.end <= s.start < end and scene.inside(s.start) is None), None)


def felt_by(scene: Scene, a: Assertion) -> tuple[Side | int, bool] | None:
    """Whom an event is said to be good (True) or bad for, as a side or as the token of "the army": "is a blow to Y"."""
    stop = scene.sentence[a.start][1]
    end = max(a.end, a.targets[-1].mention.end)
    blows, wins = scene.words("clauses.blows"), scene.words("clauses.wins")
    whom = next((k for k in range(a.start - 1, scene.sentence[a.start][0] + 1, -1) if scene.low[k] == "whom"), None)
    if whom is not None and scene.low[whom - 2 : whom] == (",", "for"):
        told = next((scene.low[k] for k in range(end, min(end + FELT, stop)) if scene.low[k] in blows | wins), None)
        side = next((s for s in scene.sides if s.end == whom - 2), None)
        return (side, told in wins) if side is not None and told is not None else None
    for k in range(end, min(end + FELT, stop - 2)):
        if scene.low[k] in (";", ":") or scene.low[k] in ("but", "while"):
            return None
        if scene.low[k] not in blows | wins:
            continue
        caller = scene.doc[k].head
        if scene.low[k] in wins and caller.lemma_ == "call" and (who := subject_of(scene, caller.i)) is not None:
            return side_in(
                scene, scene.doc[who].left_edge.i, who + 1
            ) or who, True  # "Y called the capture of X a victory"
        if scene.low[k + 1] not in ("to", "for"):
            continue
        first = k + 2
        side = side_in(scene, first, min(first + 5, stop))
        if side is not None:
            return side, scene.low[k] in wins
        head = first
        while head < stop - 1 and scene.tag[head] in ("DT", "JJ", "PRP$"):
            head += 1
        return head, scene.low[k] in wins
    return None


def forces_around(scene: Scene, cue: int) -> Side | None:
    """The forces that stand outside in the same sentence: "X is surrounded, with Y's troops on its outskirts"."""
    start, end = scene.sentence[cue]
    found = [s for s in scene.sides if start <= s.start < end and s.word.kind is SideKind.FORCES]
    return next((s for s in found if scene.low[s.start - 1] in ("with", "by", "as")), None)


def foe_behind(scene: Scene, side: Side, party: str) -> bool:
    """Whether a party is named only behind "the rebels", for who ended what they did: "ruled by Islamists until Haftar's troops"."""
    named = [s for s in scene.sides if s.word.party == party]
    if not named or named[0].start < side.start or scene.sentence[named[0].start] != scene.sentence[side.start]:
        return False
    return bool({"until", "before", "from"} & set(scene.low[side.end : named[0].start]))


def nearest_left(scene: Scene, a: Assertion) -> Side | None:
    """The nearest side word before the cue in its sentence, not in brackets and no place."""
    start, _ = scene.sentence[a.start]
    for side in reversed(scene.sides):
        if start <= side.start < a.start and not scene.bracket[side.start] and side.word.kind is not SideKind.BACKER:
            covering = scene.inside(side.start)
            if side.word.kind is SideKind.DEMONYM and scene.low[side.end] in SEATS:
                continue  # "pulled out of the Tigrayan capital"
            owner = scene.low[side.end : side.end + 1] == ("'s",) and not any(
                k in scene.at for k in range(side.end + 1, min(side.end + 4, a.start))
            )
            if scene.low[side.end : side.end + 1] == ("'s",) and _owns_town(scene, side):
                continue  # "Aleppo, Syria's second city, was taken"
            if _set_against(scene, side, a.start):
                continue  # "said, contrary to their statements, that X was under its control"
            if _only_places(scene, side):
                continue  # "in Manbij, Syria, days after the town changed hands"
            if covering is None or covering.head is not None or owner:
                return _whole_name(scene, side)  # "Russia's campaign to"
    return None


def _set_against(scene: Scene, side: Side, cue: int) -> bool:
    """Whether a side is only named in an aside for what it says otherwise."""
    k = side.start - 1
    while k > scene.sentence[cue][0] and scene.tag[k] in ("DT", "JJ"):
        k -= 1
    return (
        scene.low[k - 1 : k + 1] == ("contrary", "to") and scene.low[k - 2] == "," and "," in scene.low[side.end : cue]
    )


def _only_places(scene: Scene, side: Side) -> bool:
    """Whether a country between commas only says where the place before it lies."""
    if side.word.kind is not SideKind.NAME or scene.low[side.start - 1] != "," or side.start < 2:
        return False
    place = scene.inside(side.start - 2)
    return place is not None and place.head is None and scene.low[side.end : side.end + 1] in ((",",), (".",), ())


def _owns_town(scene: Scene, side: Side) -> bool:
    """Whether a country behind a name only says whose town that is: "X, Syria's second city"."""
    behind = range(side.end + 1, min(side.end + 5, len(scene.low)))
    town = next((k for k in behind if scene.tag[k] == "NN"), None)
    beside = side.start > 0 and scene.low[side.start - 1] in (",", "–", "—", "(", "is", "was")
    return town is not None and beside and scene.low[town] in scene.words("places.settlements")


def owner_aside(scene: Scene, a: Assertion) -> Side | None:
    """Who acts in the sentence, where only an owner stands between: "A seized the army's base in X, the last city it does not hold"."""
    near = nearest_left(scene, a)
    beside = scene.doc[a.start].dep_ == "relcl" or a.cue.frame.party == "to"  # "the last city outside its control"
    if near is None or scene.low[near.end : near.end + 1] != ("'s",) or not beside:
        return None
    start, stop = scene.sentence[a.start]
    root = next((t for t in scene.doc[start:stop] if t.dep_ == "ROOT"), None)
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None) if root is not None else None
    side = side_of_phrase(scene, int(subject.i)) if subject is not None else None
    return side if side is not None and side.start != near.start else None


def _whole_name(scene: Scene, side: Side) -> Side:
    """The side that opens the name of which a side word is but a part: "Army" in "the Russian Combat Army Reserve"."""
    if side.word.kind is not SideKind.STATE or not scene.written[side.start][:1].isupper():
        return side
    k = side.start - 1
    while k >= 0 and scene.written[k][:1].isupper():
        opens = next((s for s in scene.sides if s.start <= k < s.end and s.word.party is not None), None)
        if opens is not None:
            return opens
        k -= 1
    return side


def owned_by_pronoun(scene: Scene, side: Side) -> bool:
    """Whether a side word is owned by a pronoun ("its army")."""
    return side.start > 0 and scene.low[side.start - 1] in ("its", "their")


def tells(scene: Scene, side: Side) -> bool:
    """Whether a side word only says whose claim or story it is ("the occupiers' stories of", "the occupiers lied about")."""
    after = range(side.end, min(side.end + 3, len(scene.low)))
    told = scene.listed("clauses.claim_nouns", "clauses.told_nouns")
    return any(scene.low[k] in told or base_of(scene, k, "clauses.deceive") for k in after)


def country_within(scene: Scene, a: Assertion, parties: Parties) -> str | None:
    """The country that a group without names is told to be of: "four occupied Ukrainian regions"."""
    m = a.targets[0].mention
    if m.kind is not PlaceKind.UNNAMED:
        return None
    inside = next((s.word.party for s in scene.sides if m.start <= s.start and s.end <= m.end and s.word.party), None)
    party = parties.party(inside) if inside is not None else None
    return party.country if party is not None and a.side is None else None


def told_of_first(scene: Scene, a: Assertion, attribution: Attribution) -> Side | None:
    """The side that a sentence is about which ends with its speaker: "X has more troops there than in 2014, when it took Y, Z said"."""
    cue, it = attribution.cue_span, a.subject
    if cue is None or it is None or cue.start < scene.doc[it].idx:
        return None
    k = scene.sentence[it][0]
    side = scene.side_at.get(k + (scene.tag[k] == "DT"))
    return side if side is not None and side.end < it and scene.doc[side.end - 1].dep_ == "nsubj" else None

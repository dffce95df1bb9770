"""Verb frames: "captured X", "took control of X", "X fell to", "withdrew from X"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.cues import Cue, Frame
from reportedly.knowledge.parties import SideKind
from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.adjectives import attributive, second_verb
from reportedly.read.antecedents import driven_in, first_to_fall, subject_places, trapped_in, trapping
from reportedly.read.asserted import Assertion, match_cue
from reportedly.read.clauses import mood_of_verb
from reportedly.read.edges import gains_of
from reportedly.read.elided import control_alone, elided_places, headed_place, may_elide
from reportedly.read.guards import (
    allowed_to,
    are_people,
    at_talks,
    clears_still,
    falls_for_good,
    fights_unarmed,
    held_responsible,
    is_civil,
    is_materiel,
    leaves_behind,
    moves_others,
    no_new_ground,
    of_talks,
)
from reportedly.read.holding import after_where, as_state, partial
from reportedly.read.mood import BE, HAVE, Mood, base_of, verb_group
from reportedly.read.objects import adverb_extent, after_preps, is_bare, near_group, object_places, with_members
from reportedly.read.passives import (
    complement_places,
    fights_for,
    had_places,
    headline_passive,
    headline_verb,
    is_passive,
    is_reduced,
    on_the_way,
)
from reportedly.read.placing import compass_of, dated_members, is_measure, prep_at
from reportedly.read.relatives import left_from, relative_places, stood_in, where_places
from reportedly.read.scene import Scene
from reportedly.read.sentence_mood import mood_of_sentence
from reportedly.read.sides import head_side, side_in, verb_side
from reportedly.read.slots import places_after
from reportedly.read.subjects import phrase_of, subject_of
from reportedly.read.target import Target

__all__ = ["verb_frame"]

STATIVE = (Relation.HOLDS,)
BEEN = frozenset({"been", "being", "was", "were"})
STEADY = frozenset({"despite", "against", "amid", "under", "but", "for", "firm", "steady", "and", "so", "as", "thanks"})
MOVED = (
    "places.measures",
    "places.direction",
    "places.compass",
    "clauses.moved",
)  # objects of a move that gains ground
HEADED = frozenset(
    {"holds: light verb", "gains control: light verb", "withdraws from"}
)  # whose place may head a headline


def verb_frame(scene: Scene, i: int) -> Assertion | None:
    """A verb frame whose cue starts at token i."""
    rows = scene.cues.verbs.get(scene.low[i])
    if not rows or scene.bracket[i] or i in scene.side_at:
        return None
    if (
        i > 1
        and scene.low[i - 1] == "-"
        and scene.low[i - 2] not in ("re", "de", "half", "semi")
        and not scene.doc[i - 1].whitespace_
    ):
        return None  # "self-ruling"
    if scene.low[i] == "ruling" and scene.tag[i - 1] in ("POS", "DT", "PRP$"):
        return None  # "the ruling party"
    if (
        scene.low[i] == "advancing"
        and i + 1 in scene.side_at
        and not any(scene.low[k] in BE for k in verb_group(scene, i))
    ):
        return None  # "struck advancing Ukrainian forces near X"
    tag = scene.tag[i]
    if tag == "VBZ" and gains_of(scene, i):
        return None
    participle = tag == "JJ" and any(scene.low[k] in ("been", "being", "was", "were") for k in verb_group(scene, i))
    participle = participle or (
        tag == "NN" and scene.low[i - 1] in BEEN | HAVE and any(kind == "past" for _, kind in rows)
    )
    joint = scene.previous(i)
    second = tag == "JJ" and joint > 0 and scene.low[joint] == "and" and second_verb(scene, i, joint)
    second = second or (
        tag == "JJ" and {"nsubj", "dobj"} <= {c.dep_ for c in scene.doc[i].children}
    )  # "fully liberated X"
    second = second or (tag == "JJ" and scene.low[i] == "advanced" and scene.tag[i + 1 : i + 2] in (("IN",), ("RB",)))
    joined = _joined_verb(scene, i)
    second = second or joined
    second = second or (tag == "JJ" and bool(headline_passive(scene, i, i + 2)))  # "X 'liberated'"
    moved = (
        tag == "JJ" and scene.low[i] == "advanced" and scene.tag[i - 1] == "RB" and compass_of(scene, i + 1) is not None
    )
    to_do = tag == "JJ" and scene.low[i - 1] == "to" and scene.doc[i].dep_ in ("xcomp", "advcl", "acl", "ccomp")
    moved = moved or to_do  # "continued to clear X", which the tagger takes for an adjective
    freed = scene.low[i] == "free" and bool(complement_places(scene, i)) and not _of_no_troops(scene, i + 1)
    moved = moved or freed
    second = second or moved  # "recently marginally advanced west of X", "declared X free"
    if (
        not tag.startswith("VB")
        and not participle
        and not second
        and not (tag.startswith(("NN", "JJ")) and headline_verb(scene, i))
    ):
        return None
    if tag in ("VBN", "VBD", "JJ") and not moved and attributive(scene, i):
        return None
    if scene.low[i].startswith("release") and scene.low[i - 1] in scene.words("clauses.issued"):
        return None  # "News releases", a heading
    if scene.low[i] == "surrounding" and not any(scene.low[k] in BE for k in verb_group(scene, i)):
        return None  # "the surrounding villages of A and B"
    if (
        scene.low[i] == "fighting"
        and (
            scene.doc[i].dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "ROOT", "csubj")
            or scene.low[i - 1 : i] in (("from",), ("in",), ("of",))
            or (scene.doc[i].dep_ == "acl" and scene.low[i - 1] in scene.words("names.fights"))
            or (scene.low[i - 1] != "to" and base_of(scene, i - 1, "clauses.flees"))
        )
        and not any(c.dep_ in ("aux", "nsubj") for c in scene.doc[i].children)
    ):
        return None  # "Fighting in X has intensified": the noun
    elided: tuple[Cue, int] | None = None  # a gain without a place of its own
    for cue, kind in rows:
        if cue.second and cue.second.isdisjoint(scene.vocabulary):
            continue
        if kind == "base" and tag.startswith("NN") and not joined and not headline_verb(scene, i):
            continue
        end = match_cue(scene, i, cue.words)
        if end is not None and cue.words[0] in ("move", "advance") and _moves_goods(scene, i, end):
            continue
        if end is None or (len(cue.words) > 1 and set(scene.low[i + 1 : end]) & scene.words("clauses.claim_nouns")):
            continue  # "made claims of gains" is the noun's affair
        if cue.frame.name == "pushes beyond" and scene.low[end : end + 1] == ("for",):
            continue  # "pushed for talks"
        if cue.frame.name == "is there" and "there" not in scene.low[max(0, i - 3) : i]:
            continue  # only "there are no Russian troops in X"
        if cue.words == ("gain",) and not any(t == "CD" for t in scene.tag[end : end + 4]):
            continue  # only "gained 500 metres near X", not "gained access to the road"
        if cue.frame.name == "is free" and scene.low[end : end + 1] and scene.low[end][:1].isalnum():
            continue  # "X is free of mines"
        if cue.words[-1] == "holding" and not _held_by_itself(scene, end):
            continue  # "X is holding talks"
        if len(cue.words) > 1 and scene.low[end - 1] == "ground" and scene.tag[end : end + 1] in (("NN",), ("NNS",)):
            continue  # "secured ground lines of communication"
        assertion = _verb_frame(scene, cue, i, end, past=kind == "past" or freed)
        if assertion is not None and assertion.targets:
            return assertion
        if elided is None and may_elide(scene, cue, end):
            elided = cue, end
    return _verb_frame(scene, elided[0], i, elided[1], past=False, elided=True) if elided is not None else None


def _how_or_when(scene: Scene, mood: Mood, i: int, end: int) -> Mood:
    """What is denied may only be how or when: "did not take X alone", "X did not fall until May"."""
    behind = scene.low[end : end + 7]
    if behind[:1] in (("alone",), ("single-handedly",), ("overnight",), ("easily",), ("quickly",)):
        return mood.block(f'"not ... {behind[0]}" denies how')
    past = {"did", "was", "were"} & {scene.low[k] for k in verb_group(scene, i)}
    until = next((k for k in range(end, min(end + 5, scene.sentence[i][1] - 1)) if scene.low[k] == "until"), None)
    if past and until is not None and "," not in scene.low[end:until] and scene.low[until + 1] != "now":
        return mood.flip('"not until" tells when')
    return mood


def _there(scene: Scene, i: int, end: int) -> int | None:
    """Who "there are none" of: the noun before "left in", "in"."""
    nouns = [
        k for k in range(i + 1, end) if scene.tag[k].startswith("NN") and scene.low[k] not in ("left", "remaining")
    ]
    return nouns[-1] if nouns else None


def _names_share(scene: Scene, i: int, end: int, target: Target) -> bool:
    """Whether "have" or "claim" at i has a share of a place for its object: "have 70 per cent of X"."""
    if scene.doc[i].dep_ in ("aux", "auxpass") or target.mention.start > end + 6:
        return False
    shares = scene.words("places.fractions") | {"half", "most"}
    counted = target.extent.kind == "percent" or shares & set(target.extent_words.split())
    return bool(counted) and "of" in scene.low[end : target.mention.start]


def _thrown_out(scene: Scene, i: int, end: int) -> bool:
    """Whether "being driven out" without a place follows a verb: "entered X before being pushed out by soldiers"."""
    out = scene.low[end : end + 1] in (("out",), ("back",)) or scene.doc[i].lemma_ in (
        "expel",
        "oust",
        "evict",
        "eject",
    )
    after = (
        scene.low[end + 1 : end + 2] if scene.low[end : end + 1] in (("out",), ("back",)) else scene.low[end : end + 1]
    )
    return scene.low[i - 1] == "being" and out and after not in (("of",), ("from",), ("to",), ("into",))


def _left_again(scene: Scene, i: int, *, driven: bool = False) -> list[Target]:
    """The places that the verb before speaks of: "took X but later withdrew", "entered X hours after the army withdrew"."""
    token = scene.doc[i]
    if any(c.dep_ in ("dobj", "obj") for c in token.children):
        return []
    for _ in range(4):
        if token.dep_ not in ("conj", "pcomp", "prep", "advcl") or token.head.i >= token.i:
            return []
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            before = verb_frame(scene, token.i)
            own = any(c.dep_ == "nsubj" for c in scene.doc[i].children)
            came = (
                (Relation.CONTESTS,)
                if own
                else (Relation.TAKES, Relation.HOLDS, *((Relation.CONTESTS,) if driven else ()))
            )  # who takes it drives out the other
            if (
                before is None
                or before.cue.frame.relation not in came
                or before.passive
                or before.mood.blocked
                or before.mood.denied
            ):
                return []
            return [t for t in before.targets if not t.near]
    return []


def _told_in_headline(scene: Scene, i: int) -> bool:
    """Whether a participle is what somebody claims or denies of the noun before it: "Kyiv denies troops surrounded in X"."""
    noun = scene.doc[i].head
    told = noun.dep_ == "dobj" and noun.i == noun.head.i + 1 and scene.tag[noun.head.i] in ("VBZ", "VBP")
    return told and (noun.head.lemma_ in ("claim", "say") or base_of(scene, noun.head.i, "clauses.deny") is not None)


def _of_no_troops(scene: Scene, k: int) -> bool:
    """Whether a place is cleared "of mines", not of troops."""
    if scene.low[k : k + 1] != ("of",):
        return False
    stop = min(k + 7, scene.sentence[k][1])
    armed = scene.words("clauses.agents") | scene.words("gate.armed")
    return not any(scene.low[j] in armed or j in scene.side_at for j in range(k + 1, stop))


def _joined_verb(scene: Scene, i: int) -> bool:
    """Whether a word taken for a noun is the second verb of a sentence in the present: "recapture X and advance towards Y"."""
    token, head = scene.doc[i], scene.doc[i].head
    alike = {"NN": ("VBP", "VB"), "NNS": ("VBZ",)}.get(scene.tag[i], ())
    if token.dep_ != "conj" or head.tag_ not in alike or head.i > i or scene.low[i - 1] not in ("and", "then", "also"):
        return False
    behind = scene.low[i + 1 : i + 2] and (scene.tag[i + 1] in ("IN", "DT", "TO", "RB") or i + 1 in scene.at)
    return bool(behind) and scene.low[i + 1] != "of" and not any(c.dep_ in ("det", "amod") for c in token.children)


def _claims_town(scene: Scene, end: int, target: Target) -> bool:
    """Whether a settlement is claimed as taken: "claimed the town of X", and "claims X" with nothing behind it in a headline."""
    m = target.mention
    if scene.low[end : end + 1] == ("the",):
        kind = set(scene.low[end + 1 : end + 5]) & scene.words("places.settlements")
        return bool(kind) and scene.low[m.start - 1] == "of"
    if scene.low[m.start - 1] == "of" and set(scene.low[end : m.start - 1]) & scene.words("places.settlements"):
        return m.start - end < 6  # "claims key eastern town of X"
    stop = scene.sentence[m.start][1]
    if m.kind is PlaceKind.UNNAMED and m.start == end:
        towns = {"village", "villages", "town", "towns", "settlement", "settlements"}
        return bool(towns & set(m.words.lower().split())) and "as" not in scene.low[m.end : m.end + 6]
    alone = m.end >= stop or scene.low[m.end] in (",", ";", ":", ".", "-", "–", "—", "in", "after")
    alone = alone or scene.low[m.end : m.end + 2] in (("for", "itself"), ("for", "themselves"))
    return alone and m.start == end and m.known and m.kind is PlaceKind.SETTLEMENT and not m.anaphor


def _is_place(scene: Scene, subject: int) -> bool:
    """Whether a subject is a place, or "which" behind one."""
    k = subject
    if scene.low[k] in ("which", "that"):
        k = scene.previous(k)
        k = scene.previous(k) if scene.low[k] == "," else k
    return scene.inside(k) is not None and not any(s.start <= k < s.end for s in scene.sides)


def _attacked_at(scene: Scene, subject: int, i: int) -> list[Target]:
    """Where attacks drove somebody back: "counteroffensives in X Oblast pushed Russian forces back to the river"."""
    if scene.low[subject] not in scene.words("clauses.attacks") or not scene.tag[subject].startswith("NN"):
        return []
    hit = next(
        (h for k in range(subject + 1, min(subject + 4, i)) if (h := prep_at(scene, k, ("in", "near", "around", "N")))),
        None,
    )
    if hit is None:
        return []
    inside = hit[0] == "in"
    found = places_after(scene, hit[1], end=i, near=not inside)
    return [replace(t, extent=Extent(kind="part")) if inside and t.extent.kind == "whole" else t for t in found]


def _denied_there(scene: Scene, i: int) -> bool:
    """Whether somebody denies what the verb at i says: "Kigali denied that its troops were in X"."""
    token = scene.doc[i]
    if token.dep_ != "ccomp" or token.head.i > i or base_of(scene, token.head.i, "clauses.deny") is None:
        return False
    return not any(scene.low[k] in scene.words("clauses.never") for k in verb_group(scene, token.head.i))


def _held_by_itself(scene: Scene, end: int) -> bool:
    """Whether a clause ends behind "is holding", or goes on with what a town holds against."""
    behind = scene.low[end] if end < len(scene.low) else "."
    return behind in STEADY or not behind[:1].isalnum()


def _tells_where(scene: Scene, cue: Cue, end: int) -> bool:
    """Whether a verb without a place of its own tells of ground: a gain, a fight, or positions that are held."""
    if cue.frame.relation is Relation.ADVANCES or cue.frame.name == "fights in or for":
        return True
    ground = {"position", "positions"} & set(scene.low[end : end + 4])
    return cue.frame.relation in (Relation.HOLDS, Relation.TAKES) and bool(ground) and "" in cue.frame.preps


def _bit_by_bit(scene: Scene, k: int) -> bool:
    """Whether "street by street" stands at token k: how a place is being taken, of which some is."""
    words = [w for w in scene.low[k : k + 5] if w != "-"]
    return len(words) > 2 and words[1] in ("by", "to") and words[0] == words[2]


def _attacked_before(scene: Scene, i: int) -> list[Target]:
    """Where the attack was that "pushing them back" at i goes on from: "counterattacked near X, pushing Russian forces back"."""
    if scene.tag[i] != "VBG" or scene.low[i - 1] not in (",", "and"):
        return []
    for k in range(i - 2, scene.sentence[i][0], -1):
        if scene.low[k] in scene.words("clauses.attacks") and not scene.bracket[k]:
            hit = next(
                (h for j in range(k + 1, min(k + 3, i)) if (h := prep_at(scene, j, ("in", "near", "around", "N")))),
                None,
            )
            found = places_after(scene, hit[1], end=i, near=hit[0] != "in") if hit is not None else []
            return [
                replace(t, extent=Extent(kind="part")) if not t.near and t.extent.kind == "whole" else t for t in found
            ]
        if scene.low[k] in (";", "that", "while"):
            break
    return []


def _goes_itself(scene: Scene, frame: Frame, i: int) -> bool:
    """Whether a participle without an object is the verb of the forces right before it: "Russian forces infiltrated into X"."""
    if frame.preps != ("into",) or scene.tag[i] != "VBN" or scene.doc[i].dep_ != "acl":
        return False
    k = scene.previous(i)
    while k > scene.sentence[i][0] and scene.tag[k].startswith("RB"):
        k = scene.previous(k)
    return scene.doc[i].head.i == k and scene.doc[k].dep_ == "ROOT" and any(s.end == k + 1 for s in scene.sides)


def _stays_so(scene: Scene, i: int, prep: int) -> bool:
    """Whether "remain" at i says how somebody is, not where: an adjective or another clause stands before the place."""
    said = [c for c in scene.doc[i].children if c.dep_ in ("acomp", "attr", "oprd") and i < c.i < prep]
    troops = any(c.dep_ == "nsubj" and c.lower_ in scene.words("clauses.agents") for c in scene.doc[i].children)
    there = troops and all(c.lower_ in scene.words("clauses.present") for c in said)
    return (bool(said) and not there) or bool({"and", "but", ";"} & set(scene.low[i + 1 : prep]))


def _only_settlements(targets: list[Target]) -> bool:
    """Whether all targets are settlements by name: "we are in X"."""
    return all(t.mention.kind is PlaceKind.SETTLEMENT and t.mention.known and not t.near for t in targets)


def _moves_goods(scene: Scene, i: int, end: int) -> bool:
    """Whether something other than a distance is moved ("moved rocket launchers closer to X")."""
    return any(
        c.dep_ in ("dobj", "obj")
        and (i < c.i < end or (end == i + 1 and c.i > i))
        and scene.inside(c.i) is None  # "advanced in the direction X-Y"
        and not any(c.lower_ in scene.words(key) for key in MOVED)
        for c in scene.doc[i].children
    )


def _verb_frame(scene: Scene, cue: Cue, i: int, end: int, *, past: bool, elided: bool = False) -> Assertion | None:
    """Fill a verb frame: its places by voice and preposition, then party and mood."""
    frame = cue.frame
    passive = is_passive(scene, i, past=past) and not _goes_itself(scene, frame, i)
    if passive and len(cue.words) > 1 and scene.tag[end - 1] == "IN" and not verb_group(scene, i):
        passive = False  # "Forces held onto X", for all that the tagger says
    subject = subject_of(scene, i) if frame.name != "is there" else _there(scene, i, end)
    targets: list[Target] = []
    foremost: list[Target] | None = None  # the place that was "the first city to fall"
    trapped = False
    prep_index: int | None = None
    if "subject" in frame.preps:
        foremost = first_to_fall(scene, i) if cue.words[0] == "fall" else None
        targets = foremost if foremost is not None else subject_places(scene, i, subject)
        if targets and cue.words == ("fall",) and not falls_for_good(scene, end):
            return None
        if targets and cue.words[0] == "fall":
            targets = targets + dated_members(scene, end)
    elif passive and ("" in frame.preps or set(frame.preps) & {"of", "over"}):
        targets = subject_places(scene, i, subject)
        if targets and frame.relation is Relation.TAKES:
            targets = targets + dated_members(scene, end)
        if not targets and (targets := trapped_in(scene, cue, i, subject)):
            trapped = True
    elif "" in frame.preps:
        targets = after_where(scene, i, object_places(scene, i, end))
        targets = targets or trapping(scene, cue, i)
    land = len(targets) == 1 and targets[0].mention.anaphor == "territory" and targets[0].mention.start < i
    held = frame.relation is Relation.HOLDS and scene.tag[i] == "VBD"  # "lost the territory it held in X"
    if (land or all(is_bare(t) for t in targets)) and not held and not passive and "" in frame.preps:
        targets = relative_places(scene, i, end) or targets
    if not targets and set(frame.preps) - {"", "subject"}:
        targets, prep_index = after_preps(scene, cue, end)
    if not targets and not passive and frame.relation is Relation.LOSES and "from" in frame.preps:
        targets = left_from(scene, i)
    if not targets and not passive and frame.name == "withdraws from" and subject is not None and subject < i:
        targets = stood_in(scene, subject, i)
    if not targets and passive and frame.name == "is driven out" and _thrown_out(scene, i, end):
        targets = _left_again(scene, i, driven=True)
    if not targets and elided:
        targets = _left_again(scene, i) if frame.relation is Relation.LOSES else elided_places(scene, i, end)
    if not targets and not passive and _tells_where(scene, cue, end):
        targets = where_places(scene, i)
    if not targets and not passive and (frame.name in HEADED or cue.words == ("leave",)):
        targets = headed_place(scene, i, end)
    if not targets and not passive:
        targets = control_alone(scene, cue, i, end)
    if not targets and frame.name == "drives back near" and not passive and subject is not None and subject < i:
        targets = _attacked_at(scene, subject, i) or _attacked_before(scene, i)
    if not targets and passive and subject is not None and scene.low[subject] in scene.words("places.part"):
        targets, _ = after_preps(
            scene, replace(cue, frame=replace(frame, preps=("in", "of"), relation=Relation.CONTESTS)), end
        )
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]
    if not targets and passive and subject is not None and scene.low[subject] in scene.words("places.part"):
        k = next(
            (j for j in range(end, scene.sentence[i][1] - 1) if scene.low[j] in scene.words("places.including")), None
        )
        targets = places_after(scene, k + 1) if k is not None else []
    if frame.name == "withdraws from" and prep_index is not None and is_measure(scene, prep_index):
        return None  # "withdrew to A, 40 km from B" says nothing of B
    if cue.words == ("take",) and scene.low[end : end + 1] == ("up",):
        targets = [t for t in targets if not t.near]  # who takes up positions near X may have fallen back to them
    if frame.name == "evacuates" and any(t.mention.anaphor == "it" for t in targets):
        return None  # "found a child and evacuated it"
    if cue.words == ("change", "hands") and scene.words("clauses.over_and_over") & set(scene.low[end : end + 4]):
        return None  # "has changed hands six times"
    complement = headed = False
    won = frame.relation in (Relation.TAKES, Relation.CONTESTS) and "" in frame.preps
    if not targets and past and won and (kept := had_places(scene, i)):
        targets, passive, headed = kept, True, True
    won = won or cue.words in (("lose",), ("abandon",))
    if not targets and past and won and (bare := headline_passive(scene, i, end)):
        targets, passive, headed = bare, True, scene.low[i - 1] != ","
    if not targets and frame.name == "is driven out" and not passive:
        targets, prep_index = driven_in(scene, i)
    if frame.name == "pushes beyond" and {"in", "along", "into", "over"} & set(scene.low[end : prep_index or end]):
        return None  # "pushed them back in three villages, 20 km west of X"
    if frame.name == "tightens a siege":
        targets = [replace(t, near=False) for t in targets]  # a noose around X is about X
    if not targets and past and i > 0:
        targets = complement_places(scene, i)
        complement = bool(targets)
        passive = passive or bool(targets)
    targets = [near_group(t) if frame.relation is Relation.ADVANCES else t for t in targets]
    targets = [t for t in targets if not is_bare(t)]
    if frame.relation in (Relation.CONTESTS, Relation.LOSES):
        part = frame.relation is Relation.LOSES and not any(t.mention.part for t in targets)
        targets = [t for t in targets if t.mention.kind is not PlaceKind.COUNTRY or (part and t.extent.kind != "whole")]
    if frame.relation in (Relation.CONTESTS, Relation.LOSES, Relation.ADVANCES):
        targets = [t for t in targets if t.mention.anaphor != "country"]
    if frame.relation is Relation.LOSES:
        targets = [t for t in targets if not t.mention.direction]  # units pulled from an axis give nothing up
    own = frame.relation is Relation.LOSES and frame.party == "subject" and bool(targets)
    if own and {"position", "positions"} & set(scene.low[i : targets[0].mention.start]):
        targets = [t for t in targets if not t.near]  # of ground near a place only gains are told
    if frame.relation is Relation.CONTESTS:
        targets = [t for t in targets if not t.mention.vague]  # units that fight "in eastern Ukraine"
    targets = with_members(scene, targets)
    if (
        len(targets) == 2
        and targets[0].mention.anaphor == "it"
        and targets[1].mention.kind is PlaceKind.UNNAMED
        and frame.relation is not Relation.ANNEXES
    ):
        targets = targets[:1]  # "the first of the regions that it controls" is but one
    if not targets:
        return None
    if frame.relation is Relation.ADVANCES and of_talks(scene, end, subject, targets):
        return None
    if cue.words == ("move",) and prep_index is not None and "from" in scene.low[end:prep_index]:
        return None  # units that moved from A toward B
    if cue.words == ("clear",) and not passive and _of_no_troops(scene, targets[-1].mention.end):
        return None
    if frame.name == "has a share of" and not _names_share(scene, i, end, targets[0]):
        return None
    if subject is not None and subject < i and scene.low[subject] == "you":
        return None  # "you take X and the rest falls" happens to nobody
    if cue.words == ("keep",) and not passive and base_of(scene, targets[-1].mention.end, "clauses.traps"):
        return None  # "kept X surrounded"
    if (
        cue.words[0] == "be"
        and frame.relation is Relation.ADVANCES
        and subject is not None
        and _is_place(scene, subject)
    ):
        return None  # "X, which is only 10 km from the village"
    if frame.name == "claims for itself" and not _claims_town(scene, end, targets[0]):
        return None  # "claims X" alone may be a claim in law
    if frame.name == "establishes positions":
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]
    if frame.name == "has a presence in":  # an army may have bases in any country
        if {"military", "naval", "troop"} & set(scene.low[i:end]):
            return None
        targets = [t for t in targets if t.mention.kind is PlaceKind.SETTLEMENT]
        targets = [replace(t, extent=Extent(kind="part")) if t.extent.kind == "whole" else t for t in targets]
        if not targets:
            return None
    if frame.name == "remains in" and prep_index is not None and _stays_so(scene, i, prep_index):
        return None  # "remain much larger, and Russian advances in X"
    if frame.name == "is there":
        targets = [t for t in targets if t.mention.kind is not PlaceKind.COUNTRY and t.mention.anaphor != "country"]
        if not targets:
            return None
    if frame.name == "remains in" and scene.words("clauses.stuck") & set(scene.low[end : targets[0].mention.start]):
        return None
    if frame.name == "remains in":
        targets = [
            replace(t, extent=Extent(kind="part"))
            if t.mention.kind is PlaceKind.REGION and t.extent.kind == "whole"
            else t
            for t in targets
            if t.mention.kind is not PlaceKind.COUNTRY
        ]
        if not targets or scene.low[subject if subject is not None else i] in scene.words("clauses.formations"):
            return None
    if frame.name == "raises its flag" and (scene.tag[i] == "VBG" or targets[0].mention.start > end + 3):
        return None  # footage of soldiers who raise a flag on some building
    if frame.name == "establishes positions":
        targets = [t for t in targets if t.mention.kind is PlaceKind.SETTLEMENT]
        if not targets or "defensive" in scene.low[i:end]:
            return None  # who digs in somewhere in a region has gained nothing by it
    if frame.relation is Relation.CONTESTS and len(cue.words) == 1 and fights_unarmed(scene, end, targets):
        return None
    if frame.relation is Relation.ADVANCES and at_talks(scene, end, targets):
        return None
    if cue.words == ("storm",) and scene.tag[i] == "VBG":
        return None  # "seized X after storming it"
    if frame.particle and not frame.particle & set(scene.low[targets[-1].mention.end : targets[-1].mention.end + 2]):
        return None  # "handed X" says nothing without "over"
    if frame.particle and scene.low[targets[0].mention.start - 1] in ("in", "at", "near"):
        return None  # "handed its positions in X to the army"
    if (
        frame.relation is Relation.CONTESTS
        and "" not in frame.preps
        and not passive
        and targets[0].mention.start > i
        and any(
            c.dep_ == "dobj" and c.i >= end and c.lower_ not in ("way", "fight", "battle", "street", "house", "block")
            for c in scene.doc[i].children
        )
    ):
        return None  # "moved a missile into X"
    side, who = verb_side(scene, cue, i, end, subject, passive=passive, prep_index=prep_index)
    if trapped and side is None:
        who = "opponent of the subject"
    if frame.name == "drives back near" and side is None and subject is not None and not passive:
        who = "opponent of the object" if scene.low[subject] in scene.words("clauses.attacks") else who
    if frame.party == "object" and who == "none":
        return None
    if frame.party == "object" and not passive:
        before = scene.low[max(scene.sentence[i][0], i - 7) : i]
        if scene.words("clauses.evictors") & set(before) and scene.words("gate.armed").isdisjoint(before):
            return None  # "settlers drove Palestinians out of X": people, not forces
    if (
        frame.party == "object"
        and side is not None
        and side.word.kind is SideKind.DEMONYM
        and subject is not None
        and scene.low[subject] in scene.words("clauses.happenings") | scene.words("clauses.unarmed")
    ):
        return None  # "settler violence drove Palestinians from X"
    if (
        cue.frame.relation is Relation.LOSES
        and frame.preps[0] in ("from", "out of")
        and not passive
        and side is None
        and is_civil(scene, subject)
    ):
        return None
    if is_civil(scene, subject) and side is None and not passive:
        return None
    leaves = scene.doc[i].lemma_ in ("leave", "exit", "quit") and subject is not None
    if leaves and scene.low[subject] in ("authorities", "officials", "administrators", "officers"):  # type: ignore[index]
        return None  # officials who leave are not the army
    if leaves and scene.low[subject] in scene.words("clauses.happenings"):  # type: ignore[index]
        return None  # "the strikes left X without power"
    if cue.words == ("leave",) and scene.low[end : end + 1] == ("only",):
        return None  # "that leaves only X", which is still held
    if cue.words == ("leave",) and leaves_behind(scene, i, targets):
        return None
    comes_or_goes = frame.relation is Relation.CONTESTS or (
        frame.relation is Relation.LOSES and frame.party == "subject"
    )
    if comes_or_goes and not passive and are_people(scene, subject):
        return None  # "almost all Armenians had left X"
    if subject is not None and not passive and scene.low[subject] in scene.words("clauses.never_hold"):
        return None
    if subject is not None and not passive and is_materiel(scene, subject):
        return None
    if frame.relation is Relation.LOSES and not passive and moves_others(scene, i):
        return None
    if frame.relation is Relation.LOSES and not passive and allowed_to(scene, i):
        return None
    if (
        frame.name == "holds: verb and object"
        and scene.doc[i].lemma_ == "hold"
        and held_responsible(scene, targets, end)
    ):
        return None
    pronoun = subject is not None and subject < i and scene.tag[subject] == "PRP"
    own = (
        subject is not None
        and subject < i
        and bool({"his", "its", "their", "our"} & set(scene.low[max(0, subject - 2) : subject]))
    )
    pronoun = pronoun or (own and cue.words[-1] == "flag")
    troops = own and subject is not None and scene.low[subject] in scene.words("clauses.agents")
    if (
        frame.strict
        and side is None
        and not (
            pronoun
            and (
                frame.relation is Relation.TAKES
                or (frame.name == "has a share of" and "hands" in scene.low[end : scene.sentence[i][1]])
            )
        )
        and not (troops and frame.relation is Relation.HOLDS)
    ):
        return None
    if (
        scene.doc[i].lemma_ in ("leave", "exit", "quit")
        and side is None
        and subject is not None
        and scene.tag[subject] == "NNP"
    ):
        return None  # a person leaves
    if frame.party == "object" and not passive and all(t.near for t in targets) and subject is not None and subject < i:
        gains = head_side(scene, phrase_of(scene, subject)[0], subject) or side_in(scene, *phrase_of(scene, subject))
        if gains is not None:
            cue, side, who = replace(cue, frame=replace(frame, relation=Relation.ADVANCES)), gains, "the subject"
    if (
        frame.name == "withdraws from"
        and subject is not None
        and scene.low[subject] in scene.words("clauses.formations")
    ):
        targets = [
            t for t in targets if t.mention.kind is not PlaceKind.REGION
        ]  # one brigade leaves no region to the enemy
        if not targets:
            return None
    if frame.name == "drives back near" and passive:
        return None  # "was driven back to areas near X" tells where the driven are, not who gained
    mood = mood_of_verb(scene, i, stative=frame.relation in STATIVE, end=end)
    if mood.denied and not mood.blocked:
        mood = _how_or_when(scene, mood, i, max(end, targets[-1].mention.end))
    if foremost:
        mood = mood_of_sentence(scene, i, Mood())
    ours = side is not None and side.word.kind is SideKind.OWN and scene.tag[i] in ("VBP", "VBZ")
    still = frame.name == "is in" and ("still" in scene.low[i - 1 : end] or (ours and _only_settlements(targets)))
    if frame.denied_only and not mood.denied and not still and not _denied_there(scene, i):
        return None
    if frame.name == "is in" and not mood.denied and not still:
        targets = [t for t in targets if t.mention.kind is not PlaceKind.COUNTRY]
        if not targets:
            return None
    if mood.denied and frame.relation is Relation.TAKES:
        targets = no_new_ground(scene, targets)
        if not targets:
            return None
    if frame.name == "breaks through the lines" and prep_index is not None and scene.low[prep_index] == "in":
        targets = [replace(t, extent=Extent(kind="part")) if t.extent.kind == "whole" else t for t in targets]
    targets = adverb_extent(scene, i, targets, frame.relation)
    if frame.relation is Relation.HOLDS:
        targets = partial(scene, i, end, targets)
    cue = as_state(scene, cue, i, passive=passive)
    if frame.name == "evacuates" and any(
        t.mention.start and scene.low[t.mention.start - 1] in scene.cues.adjectives for t in targets
    ):
        return None  # "fled liberated X" tells of X, not of who held it
    if mood.blocked and frame.relation is Relation.TAKES and (way := on_the_way(scene, i)) is not None:
        cue = replace(cue, frame=replace(frame, relation=Relation.ADVANCES))
        mood = mood_of_verb(scene, way)
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]
    elif mood.blocked and frame.relation is Relation.TAKES and (fight := fights_for(scene, i)):
        cue = replace(cue, frame=replace(frame, relation=Relation.CONTESTS))
        mood = mood_of_verb(scene, fight)
    if frame.relation is Relation.TAKES and not passive and _bit_by_bit(scene, targets[-1].mention.end):
        cue = replace(cue, frame=replace(frame, relation=Relation.ADVANCES))
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]
    if cue.words == ("clear",) and not passive and clears_still(scene, i):
        cue = replace(cue, frame=replace(frame, relation=Relation.CONTESTS))
    reduced = (
        passive
        and not mood.denied
        and not complement
        and not headed
        and is_reduced(scene, i)
        and not _told_in_headline(scene, i)
    )
    return Assertion(cue, i, end, tuple(targets), mood, side, who, subject, passive, attributive=reduced)

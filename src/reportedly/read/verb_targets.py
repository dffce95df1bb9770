"""Which of its places a verb frame may speak of: none where its words say something else, as "handed X" without "over"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.cues import Cue
from reportedly.knowledge.parties import SideKind
from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.guards import fights_unarmed, of_talks, on_paper
from reportedly.read.mood import base_of, verb_group
from reportedly.read.placing import time_phrase
from reportedly.read.scene import Mention, Scene
from reportedly.read.sides import side_in, side_of_phrase
from reportedly.read.target import Target
from reportedly.read.verb_forms import of_no_troops
from reportedly.read.verb_places import Filled

__all__ = ["kept_targets"]

CALLED = (("a",), ("an",), ("the",), ("its",), ("their",))  # what begins a description
CLOSED = (",", ";", ":", ".", "-", "–", "—", "in", "after", "as", "amid")  # behind what a headline says is claimed


def kept_targets(scene: Scene, cue: Cue, i: int, end: int, filled: Filled) -> list[Target]:
    """The places that are left of those found for a verb frame whose cue stands from i to `end`."""
    frame, targets = cue.frame, filled.targets
    subject, passive, prep_index = filled.subject, filled.passive, filled.prep_index
    if frame.relation is Relation.ADVANCES and of_talks(scene, end, targets, subject):
        return []
    if frame.name == "is shared between" and not _between_forces(scene, end):
        return []
    if cue.words == ("move",) and prep_index is not None and "from" in scene.low[end:prep_index]:
        return []  # units that moved from A toward B
    if cue.words == ("clear",) and not passive and of_no_troops(scene, targets[-1].mention.end):
        return []
    if frame.name == "has a share of" and not _names_share(scene, i, end, targets[0]):
        return []
    if subject is not None and subject < i and scene.low[subject] == "you":
        return []  # "you take X and the rest falls" happens to nobody
    if cue.words == ("keep",) and not passive and base_of(scene, targets[-1].mention.end, "clauses.traps"):
        return []  # "kept X surrounded"
    if (
        cue.words[0] == "be"
        and frame.relation is Relation.ADVANCES
        and subject is not None
        and _is_place(scene, subject)
    ):
        return []  # "X, which is only 10 km from the village"
    if cue.words[:2] == ("be", "within") and {"range", "reach", "sight", "earshot"} & set(scene.low[i:end]):
        return []  # "are within artillery range of X"
    if frame.name == "is given control" and on_paper(scene, i):
        return []
    if frame.name == "claims for itself" and passive:
        return targets if _claimed_then(scene, i, end, targets) else []
    if frame.name == "claims for itself" and not _claims_town(scene, end, targets[0]):
        return []  # "claims X" alone may be a claim in law
    if frame.name == "liberates" and _freed_there(scene, i, targets[0].mention):
        return []
    last = targets[-1].mention.end if targets else end
    if frame.name == "rolls out of" and {"to", "into", "toward", "towards", "for"} & set(scene.low[last : last + 5]):
        return []  # "tanks rolled out of X toward Y", which they set out from
    if frame.name == "establishes positions":
        targets = [replace(t, extent=Extent(kind="part")) for t in targets]
    if frame.name == "has a presence in":  # an army may have bases in any country
        if {"military", "naval", "troop"} & set(scene.low[i:end]):
            return []
        targets = [t for t in targets if t.mention.kind is PlaceKind.SETTLEMENT]
        targets = [replace(t, extent=Extent(kind="part")) if t.extent.kind == "whole" else t for t in targets]
        if not targets:
            return []
    if frame.name == "is back in":
        armed = subject is not None and _is_armed(scene, subject) and scene.inside(subject) is None
        home = frozenset(
            s.start for s in scene.sides if s.word.kind is SideKind.SEAT
        )  # in which troops are from anywhere
        targets = (
            [t for t in targets if t.mention.kind is PlaceKind.SETTLEMENT and t.mention.start not in home]
            if armed
            else []
        )
        if not targets or scene.low[subject if subject is not None else i] in scene.words("clauses.formations"):
            return []  # "the minister is back in X"
    if frame.name == "remains in" and prep_index is not None and _stays_so(scene, i, prep_index):
        return []  # "remain much larger, and Russian advances in X"
    if frame.name == "is there":
        targets = [t for t in targets if t.mention.kind is not PlaceKind.COUNTRY and t.mention.anaphor != "country"]
        if not targets:
            return []
    if frame.name == "remains in" and scene.words("clauses.stuck") & set(scene.low[end : targets[0].mention.start]):
        return []
    if frame.name == "remains in":
        targets = [
            replace(t, extent=Extent(kind="part"))
            if t.mention.kind is PlaceKind.REGION and t.extent.kind == "whole"
            else t
            for t in targets
            if t.mention.kind is not PlaceKind.COUNTRY
        ]
        if not targets or scene.low[subject if subject is not None else i] in scene.words("clauses.formations"):
            return []
    over = scene.low[end : end + 1] in (("over",), ("above",))
    filmed = scene.tag[i] == "VBG" and not over  # footage of soldiers who raise a flag on some building
    if frame.name == "raises its flag" and (filmed or targets[0].mention.start > end + 3):
        return []
    if cue.words[0] == "improve" and "defensive" in scene.low[i:end]:
        return []  # who fortifies what they hold gains nothing by it
    if frame.name == "establishes positions":
        targets = [t for t in targets if t.mention.kind is PlaceKind.SETTLEMENT]
        if not targets or "defensive" in scene.low[i:end]:
            return []  # who digs in somewhere in a region has gained nothing by it
    if frame.relation is Relation.CONTESTS and len(cue.words) == 1 and fights_unarmed(scene, end, targets):
        return []
    if not passive and not targets[0].mention.known and _one_of_many(scene, targets[0]):
        return []  # "Has Entered A New Phase"
    if cue.words == ("storm",) and scene.tag[i] == "VBG":
        return []  # "seized X after storming it"
    if frame.relation in (Relation.TAKES, Relation.HOLDS, Relation.LOSES):
        targets = [t for t in targets if not _called_object(scene, t)]
        if not targets:
            return []
    where = targets[-1].container
    behind = where.end if frame.particle and where is not None and where.start >= end else targets[-1].mention.end
    if frame.particle and targets[-1].mention.end <= i and (not passive or frame.relation is Relation.TAKES):
        behind = end  # "X, which it had declared its own", "X, a city they wrested from the army", "X was wrested from"
    if frame.particle and not frame.particle & set(scene.low[behind : behind + 2]):
        return []  # "handed X" says nothing without "over"
    if (
        cue.words in (("return",), ("give",))
        and "to" in frame.particle
        and not _gives_to_others(scene, behind, subject)
    ):
        return []  # "returned X to normal life", "returned X to its own control"
    if frame.particle and scene.low[targets[0].mention.start - 1] in ("in", "at", "near"):
        return []  # "handed its positions in X to the army"
    if (
        frame.relation is Relation.CONTESTS
        and "" not in frame.preps
        and not passive
        and targets[0].mention.start > i
        and any(
            c.dep_ == "dobj"
            and c.i >= end
            and c.lower_ not in ("way", "file", "fight", "battle", "street", "house", "block")
            and not (
                frame.name == "fights in or for" and c.i < end + 5 and scene.low[end] != "off" and _is_armed(scene, c.i)
            )  # "fight the army in X"
            for c in scene.doc[i].children
        )
    ):
        return []  # "moved a missile into X"
    return targets


def _one_of_many(scene: Scene, target: Target) -> bool:
    """Whether "a" stands right before what is no known name, which a place's name has not."""
    start = target.mention.start
    named = target.mention.kind is PlaceKind.SETTLEMENT and not target.mention.anaphor
    return named and start > 0 and scene.low[start - 1] in ("a", "an")


def _gives_to_others(scene: Scene, k: int, subject: int | None) -> bool:
    """Whether a side other than the subject's stands behind "to" at token k: "returned X to Y"."""
    to = k + 1 if scene.low[k : k + 1] == ("to",) else k + 2
    taker = side_in(scene, to, min(to + 4, scene.sentence[k - 1][1]))
    giver = side_of_phrase(scene, subject) if subject is not None else None
    known = giver is not None or (subject is not None and scene.tag[subject] == "PRP")  # no statesman of old
    alike = giver is not None and taker is not None and giver.word.party == taker.word.party is not None
    return known and taker is not None and not alike


def _is_armed(scene: Scene, k: int) -> bool:
    """Whether the noun at k is a force: a side, or soldiers and the like."""
    return scene.low[k] in scene.words("clauses.agents") or any(s.start <= k < s.end for s in scene.sides)


def _names_share(scene: Scene, i: int, end: int, target: Target) -> bool:
    """Whether "have" or "claim" at i has a share of a place for its object: "have 70 per cent of X"."""
    if scene.doc[i].dep_ in ("aux", "auxpass") or target.mention.start > end + 6:
        return False
    shares = scene.words("places.fractions") | {"half", "most"}
    counted = target.extent.kind == "percent" or shares & set(target.extent_words.split())
    every = scene.low[end : end + 2] == ("all", "of") and target.mention.start < end + 4
    return bool(counted or every) and "of" in scene.low[end : target.mention.start]


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
    last = m.end
    if scene.low[last : last + 1] == ("and",) and (second := scene.at.get(last + 1)) is not None:
        both = second.kind is PlaceKind.SETTLEMENT and second.known and not second.anaphor
        last = second.end if both else last  # "claims X and Y"
    dated = time_phrase(scene, last) if last < stop else None
    last = dated if dated is not None else last  # "claimed X on Monday"
    alone = (last >= stop or scene.low[last] in CLOSED) and scene.low[end - 2 : end - 1] != ("both",)
    alone = alone or scene.low[m.end : m.end + 2] in (("for", "itself"), ("for", "themselves"))
    if scene.low[m.end : m.end + 2] in (("in", "full"), ("in", "its"), ("in", "whole"), ("in", "their")):
        return False  # "both claim X in full"
    return alone and m.start == end and m.known and m.kind is PlaceKind.SETTLEMENT and not m.anaphor


def _claimed_then(scene: Scene, i: int, end: int, targets: list[Target]) -> bool:
    """Whether towns were once said to be taken: "X was claimed by Russia on Sunday", not "X is claimed by both"."""
    kinds = (PlaceKind.SETTLEMENT, PlaceKind.UNNAMED)
    end += 2 if scene.low[end : end + 2] == ("in", "full") else 0
    if scene.low[end : end + 1] != ("by",) or any(t.mention.kind not in kinds for t in targets):
        return False
    group = {scene.low[k] for k in verb_group(scene, i)}
    stop = min(end + 8, scene.sentence[i][1] - 1)
    dated = any(time_phrase(scene, k) is not None for k in range(end, stop))
    several = scene.low[end + 1] in ("both", "two", "several", "many") or scene.low[i - 1] == "as"
    return not {"is", "are"} & group and not several and (dated or bool({"to", "been"} & group))


def _freed_there(scene: Scene, i: int, place: Mention) -> bool:
    """Whether a place before "freed" at i only says where those were that are freed: "Troops held hostage in X freed"."""
    k = scene.previous(place.start)
    if place.end > i or base_of(scene, i, "clauses.frees") is None or scene.low[k] not in ("in", "near", "at", "from"):
        return False
    return scene.low[scene.previous(k)] not in scene.listed("places.settlements", "places.part")


def _is_place(scene: Scene, subject: int) -> bool:
    """Whether a subject is a place, or "which" behind one."""
    k = subject
    if scene.low[k] in ("which", "that"):
        k = scene.previous(k)
        k = scene.previous(k) if scene.low[k] == "," else k
    return scene.inside(k) is not None and not any(s.start <= k < s.end for s in scene.sides)


def _stays_so(scene: Scene, i: int, prep: int) -> bool:
    """Whether "remain" at i says how somebody is, not where: an adjective or another clause stands before the place."""
    said = [c for c in scene.doc[i].children if c.dep_ in ("acomp", "attr", "oprd") and i < c.i < prep]
    troops = any(c.dep_ == "nsubj" and c.lower_ in scene.words("clauses.agents") for c in scene.doc[i].children)
    there = troops and all(c.lower_ in scene.words("clauses.present") for c in said)
    return (bool(said) and not there) or bool({"and", "but", ";"} & set(scene.low[i + 1 : prep]))


def _between_forces(scene: Scene, end: int) -> bool:
    """Whether forces stand behind "split between", not rich and poor."""
    armed = scene.words("clauses.agents") | {"armies", "sides", "factions"}
    stop = min(end + 8, scene.sentence[end - 1][1])
    return any(k in scene.side_at or scene.low[k] in armed for k in range(end, stop))


def _called_object(scene: Scene, target: Target) -> bool:
    """Whether a name is set beside what is no ground: "took al-Omar, the country's largest oilfield"."""
    k, kinds = target.mention.end, scene.words("objects.sites")
    owned = (
        "'s" in scene.low[k + 2 : k + 4] and scene.written[k + 1][:1].isupper()
    )  # "Heglig, Sudan's biggest oil field"
    if scene.low[k : k + 1] != (",",) or not (owned or scene.low[k + 1 : k + 2] in CALLED):
        return False
    stop = min(k + 9, scene.sentence[k][1])
    j = k + 2
    while j < stop and (
        scene.tag[j] in ("JJ", "JJS", "POS", "NN", "NNP", "CD", "RBS", "HYPH", "VBN") or scene.low[j] == "'s"
    ):
        if scene.low[j] in kinds and scene.tag[j + 1 : j + 2] not in (("NN",), ("NNS",), ("HYPH",)):
            return True
        if scene.low[j] in scene.words("places.settlements"):
            return False
        j += 1
    return False

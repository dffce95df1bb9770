"""What looks like a claim and is none: people and goods that move, judgements, persons, what is let happen."""

from __future__ import annotations

from reportedly.model import PlaceKind
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import BE, base_of, verb_group

__all__ = [
    "allowed_to",
    "are_people",
    "besieged_by_none",
    "clears_still",
    "falls_for_good",
    "fights_no_war",
    "fights_unarmed",
    "held_responsible",
    "is_civil",
    "is_materiel",
    "is_vote",
    "leaves_behind",
    "moves_others",
    "no_new_ground",
    "of_talks",
    "on_paper",
]


COLUMNS = frozenset({"convoy", "convoys", "column", "columns"})
ARMOUR = frozenset({"tanks", "vehicles", "artillery", "armour", "armor"})
REACH = 4  # tokens from "convoy" to whose it is


def no_new_ground(scene: Scene, targets: list[Target]) -> list[Target]:
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


def of_talks(scene: Scene, end: int, targets: list[Target], subject: int | None = None) -> bool:
    """Whether progress is made by talking: "talks in X made no progress", "made headway in X towards a ceasefire",
    "made a breakthrough in talks in X".
    """
    talks = scene.words("clauses.talks")
    place = min((t.mention.start for t in targets), default=end)
    begun = scene.low[end : end + 1] in (("in",), ("at",), ("to",), ("during",), ("with",))
    if begun and talks & set(scene.low[end + 1 : min(place, end + 6)]):
        return True
    if scene.low[end - 1] not in ("progress", "headway", "breakthrough"):
        return False
    if subject is not None and scene.low[subject] in talks:
        return True
    last = targets[-1].mention.end
    behind = scene.low[last : min(last + 7, scene.sentence[end - 1][1])]
    return behind[:1] in (("toward",), ("towards",), ("on",), ("in",)) and bool(talks & set(behind))


def falls_for_good(scene: Scene, end: int) -> bool:
    """Whether "fell" is the fall of a place: nothing but an end, a time or a condition follows."""
    if end >= len(scene.low):
        return True
    if scene.tag[end] == "CD" and scene.low[end + 2 : end + 3] in (("later",), ("after",), ("before",), ("ago",)):
        return True  # "fell nine days later"
    if scene.low[end] == "for" and "time" in scene.low[end + 1 : end + 4]:
        return True  # "fell for the second time"
    return (
        (
            bool(scene.words("clauses.later") & set(scene.low[end + 1 : end + 4])) and scene.tag[end] != "JJ"
        )  # "fell a week later"
        or scene.low[end] in scene.words("clauses.behind_a_fall")
        or scene.low[end] in (".", ",", ";", ":", "!", "?", "–", "—")
        or scene.bracket[end]
        or scene.doc[end].is_space
    )


def fights_unarmed(scene: Scene, end: int, targets: list[Target]) -> bool:
    """ "security forces clashed with protesters in X": who faces people without arms fights for no ground."""
    place = min((t.mention.start for t in targets), default=end)
    between = scene.low[end:place]
    return between[:1] in (("with",), ("against",)) and bool(scene.words("clauses.unarmed") & set(between))


def fights_no_war(scene: Scene, i: int, end: int, targets: list[Target]) -> bool:
    """Whether the noun of fighting at i tells of no war: "the battle against a dam in X", "firefighters battle fires in X",
    "clashes at a protest in X".
    """
    if scene.low[i] in scene.words("clauses.warlike"):
        return False
    place = min((t.mention.start for t in targets), default=end)
    between = set(scene.low[end:place])
    armed = scene.listed("clauses.agents", "gate.armed")
    beside = (*range(max(scene.sentence[i][0], i - 3), i), *range(end, place))
    if scene.words("clauses.gatherings") & {scene.low[k] for k in beside if not scene.written[k][:1].isupper()}:
        return True  # but not "reported on March 18 that fighting"
    if (
        scene.low[i - 1 : i]
        and i > scene.sentence[i][0]
        and scene.low[i - 1] in scene.words("clauses.civilians") - armed
    ):
        return True
    if scene.low[end : end + 1] not in (("against",), ("with",)) or not between:
        return False
    return not armed & between and not any(end < s.start < place for s in scene.sides)


def is_vote(scene: Scene, i: int) -> bool:
    """Whether what was held at token i is a vote, not the places where it was: "Referenda in A and B were held in May"."""
    votes = scene.words("clauses.votes")
    first = scene.sentence[i][0]
    return any(scene.low[k] in votes and scene.low[k + 1] in ("in", "across") for k in range(first, i))


def clears_still(scene: Scene, i: int) -> bool:
    """Whether a place is being cleared yet: "are still clearing X", "continue to clear X", "began clearing X"."""
    group = verb_group(scene, i)
    if scene.tag[i] == "VBG" and any(scene.low[k] in BE for k in group):
        return True
    k = scene.previous(group[0] if group else i)
    to = next((j for j in group if scene.low[j] == "to"), None)
    k = scene.previous(to) if to is not None else k
    return k >= 0 and base_of(scene, k, "clauses.under_way") is not None


def is_civil(scene: Scene, subject: int | None) -> bool:
    """Whether the subject is people who hold no ground (civilians, journalists)."""
    return subject is not None and scene.low[subject] in scene.words("clauses.civilians")


def is_materiel(scene: Scene, subject: int) -> bool:
    """Whether the subject is an amount of goods: "convoys of military equipment are moving toward X"."""
    if scene.low[subject + 1 : subject + 2] != ("of",):
        return False
    of = next((c for c in scene.doc[subject].children if c.i == subject + 1), None)
    goods = {c.lower_ for c in of.children if c.dep_ == "pobj"} if of is not None else set()
    armed = scene.low[subject] in COLUMNS and any(
        subject < s.start < subject + REACH and s.word.party is not None for s in scene.sides
    )
    around = (*scene.low[max(0, subject - 1) : subject], *scene.low[subject + 2 : subject + REACH])
    armed = armed or bool(scene.words("gate.armed") & {f"{word}s" for word in around})  # "a column of rebel vehicles"
    if armed and goods & ARMOUR:
        return False  # "a convoy of Russian tanks is advancing on X"
    return bool(goods & scene.words("clauses.materiel"))


def are_people(scene: Scene, subject: int | None) -> bool:
    """Whether the subject is a people counted or called so ("thousands of Armenians", "ethnic Russians"): they hold no ground."""
    if subject is None or scene.tag[subject] not in ("NNS", "NNPS"):
        return False
    side = next(
        (s for s in scene.sides if s.start <= subject < s.end and s.word.kind in ("demonym", "name", "forces")), None
    )
    if side is not None and scene.low[side.start] == "ethnic" and scene.tag[side.start - 1] in ("CD", "RB", "IN", "DT"):
        return True  # "more than 100,000 ethnic Armenians", "all ethnic Armenians"
    if side is None or not scene.written[side.start][:1].isupper() or side.end - side.start > 1:
        return False
    left = scene.low[max(0, side.start - 3) : side.start]
    if side.word.kind == "demonym" and side.start and scene.tag[side.start - 1] == "CD":
        return True  # "20,000 Sudanese have entered X"
    return bool(set(left) & scene.words("clauses.crowds"))


def moves_others(scene: Scene, i: int) -> bool:
    """ "evacuate civilians from X", "withdrew equipment from X", "withdrawn equipment from X": what is moved holds no ground."""
    moved = next((c for c in scene.doc[i].children if c.dep_ == "dobj" and c.i > i), None)
    if scene.tag[i] == "VBN" and scene.doc[i].dep_ in ("amod", "conj"):
        first = scene.doc[i] if scene.doc[i].dep_ == "amod" else scene.doc[i].head  # "damaged and withdrawn equipment"
        moved = first.head if first.dep_ == "amod" and first.head.i > i else moved
    if moved is None:
        return False
    if moved.lower_ == "men" and any(c.dep_ == "poss" for c in moved.children):
        return False  # "withdrew its men"
    words = {t.lower_ for t in moved.subtree if t.i - i < 8}
    return bool(words & (scene.listed("clauses.never_hold", "clauses.materiel"))) and not words & {
        "troops",
        "forces",
        "soldiers",
    }


def allowed_to(scene: Scene, i: int) -> bool:
    """ "do not allow men under 35 to leave X": who is let go holds no ground."""
    group = verb_group(scene, i)
    to = next((k for k in group if scene.low[k] == "to"), None)
    head = scene.doc[i].head
    if to is None or head.i >= i or base_of(scene, head.i, "clauses.permit") is None:
        return False
    whom = next((c for c in head.children if c.dep_ in ("dobj", "nsubj") and head.i < c.i < to), None)
    return whom is None or whom.lower_ not in scene.words("clauses.agents")


def leaves_behind(scene: Scene, i: int, targets: list[Target]) -> bool:
    """Whether "leaving X" tells in what state X is left, by a blow as by an army: "leaving the town without power"."""
    after = targets[-1].mention.end if targets else scene.sentence[i][1]
    if after >= scene.sentence[i][1]:
        return False
    last = scene.low[after]
    held = next((k for k in range(after, min(after + 3, len(scene.low))) if scene.low[k] in ("in", "under")), None)
    if held is not None and {"hands", "control", "occupation"} & set(scene.low[held : held + 5]):
        return True  # "which leaves X wholly in Russian hands"
    if last == "in" and scene.low[after + 1 : after + 2] and scene.low[after + 1] in scene.words("clauses.plights"):
        return True  # "a battle that left the city in ruins"
    if scene.tag[i] != "VBG" or scene.low[i - 1] != ",":
        return False
    if scene.low[i + 1] in ("only", "just"):
        return True  # "leaving only three towns in the hands of the army"
    if last == "as" or (last == "the" and scene.words("places.last") & set(scene.low[after : after + 3])):
        return True  # "leaving X as the only city in government hands"
    if last == "to" and scene.low[after + 1 : after + 2] in (("their",), ("its",)):
        return True  # "leaving the people of X to their fate"
    state = last in ("without", "with", "in", "under", "a") or scene.tag[after] in ("JJ", "VBN", "RB")
    return state and scene.low[after + 1 : after + 3] != ("the", "hands")


def held_responsible(scene: Scene, targets: list[Target], end: int) -> bool:
    """ "held Russia responsible": a judgement, no ground."""
    after = max((t.mention.end for t in targets), default=end)
    return bool(set(scene.low[after : after + 4]) & scene.words("clauses.held_to")) or any(
        t.mention.kind is PlaceKind.COUNTRY and t.extent.kind == "whole" and not t.extent_words for t in targets
    )


def on_paper(scene: Scene, i: int) -> bool:
    """Whether it is a deal or a plan that gives control at the verb i: "the deal gives Israel control of X" may never be struck."""
    subject = next((c for c in scene.doc[i].children if c.dep_ == "nsubj" and c.i < i), None)
    noun = scene.doc[i].head if scene.doc[i].dep_ == "relcl" else subject
    agreed = scene.words("clauses.agreed")
    return noun is not None and (noun.lower_ in agreed or (subject is not None and subject.lower_ in agreed))


def besieged_by_none(scene: Scene, i: int, end: int) -> bool:
    """ "Is under siege from crime": by nobody armed."""
    if scene.low[end : end + 1] not in (("from",), ("by",)):
        return False
    armed = scene.listed("clauses.agents", "gate.armed", "clauses.assaults")
    behind = range(end + 1, min(end + 6, scene.sentence[i][1]))
    return not any(scene.low[k] in armed or k in scene.side_at or scene.inside(k) for k in behind)

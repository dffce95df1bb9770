"""What the tags of a sentence tell of the room for a place beside a cue: they rule out what words alone leave open."""

from __future__ import annotations

from reportedly.knowledge.cues import Cue
from reportedly.model import Relation
from reportedly.read.gate.slot_room import BESIDE, LEFT, SlotRoom
from reportedly.read.parsing.tags import IN_PHRASE
from reportedly.read.parsing.words import Words

__all__ = ["lasts_in_place", "noun_is_of_place", "object_may_precede", "stands_unnamed"]

LED_BY = ("DT", "IN", "PRP$", "HYPH", "CC")  # tags before an adjective that describes nobody's ground
DESCRIBING = ("JJ", "VBN", "VBG", "RB", "CD", "HYPH", "``", "''")
HELPING = ("RB", "RBR", "MD", "TO", "``", "''")  # tags between a subject and its verb
HAVE, NOT = frozenset({"have", "has", "had", "having"}), frozenset({"not", "n't", "'t"})
PHRASE = ("NN", "PRP", "DT", "JJ", "CD", "POS")


def stands_unnamed(w: Words, i: int, slots: SlotRoom) -> bool:
    """Whether the adjective at i describes ground that nothing names ("in the temporarily occupied territories")."""
    if w.tag is None or i + 1 >= len(w.low) or w.low[i + 1] not in slots.lists["vast"]:
        return False
    j = i - 1
    while j >= 0 and (w.tag[j] == "RB" or (w.tag[j] == "JJ" and w.low[j] not in slots.compass and w.low[j] != "other")):
        j -= 1
    if j >= 0 and w.tag[j] not in LED_BY:
        return False  # "Ukraine's occupied territories", "X and other occupied areas"
    k = i + 2
    return k >= len(w.low) or not (w.low[k] in slots.lists["naming"] or w.text[k][:1].isupper() or w.tag[k] == "HYPH")


def object_may_precede(w: Words, i: int, slots: SlotRoom) -> bool:
    """Whether the place of the verb at i, behind which no object stands, may stand before it: in a passive, a participle behind a
    noun, a relative clause ("the city it holds").
    """
    if w.tag is None or not slots.lists["relative"].isdisjoint(w.low[max(0, i - LEFT) : i]):
        return True
    j = i - 1
    while j >= 0 and (w.tag[j] in HELPING or w.low[j] in HAVE or w.low[j] in NOT):
        j -= 1
    helping = set(w.low[j + 1 : i])
    if j < 0:
        return True
    if w.tag[i] in ("VBN", "JJ", "NN") and HAVE.isdisjoint(helping):
        plain = w.tag[j] in ("NN", "NNS") and not w.text[j][:1].isupper()
        return not plain or any(
            slots.is_ground(w, k) for k in range(max(0, j - 3), j + 1)
        )  # no "footage taken by drones"
    past = w.tag[i] == "VBD" and w.tag[j].startswith("NN")
    if past and (w.low[i].endswith("ed") or w.low[i] in slots.lists["participles"] or "not" in helping):
        return True  # a participle that is tagged as a past
    k = j
    while k >= 0 and (w.tag[k].startswith(PHRASE) or (w.low[k] in slots.lists["says"] and w.tag[k + 1] == "PRP")):
        k -= 1
    return j - k > 1  # a subject of one word has no noun before it that the clause describes


def lasts_in_place(w: Words, cue: Cue, i: int) -> bool:
    """Whether the occupation at i may be one that a place told before was under: "during the occupation", "months of occupation"."""
    if w.tag is None or cue.words != ("occupation",):
        return True
    j = i - 1
    while j >= 0 and w.tag[j].startswith(IN_PHRASE):
        j -= 1
    return j >= 0 and w.tag[j] == "IN"


def noun_is_of_place(w: Words, cue: Cue, i: int, slots: SlotRoom) -> bool:
    """Whether a place before the noun at i may be the noun's: it is a part of its phrase, or the noun tells of what goes on there."""
    if w.tag is None or w.low[i] in slots.lists["going_on"]:
        return True
    if cue.frame.relation is Relation.ADVANCES and not slots.lists["gaining"].isdisjoint(w.low[max(0, i - BESIDE) : i]):
        return True
    j = i - 1
    while j >= 0 and w.tag[j] in DESCRIBING:
        j -= 1
    if j < 0:
        return False
    if w.tag[j] in ("NNP", "NNPS", "POS") or w.low[j] in slots.land:
        return True
    return cue.frame.relation in (Relation.TAKES, Relation.ANNEXES) and w.low[j] in ("its", "whose", "the")

"""What a cue asserts, before its party and places are known by their ids; how the words of a cue are matched."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.knowledge.cues import Cue, word_forms
from reportedly.model import Relation
from reportedly.read.parsing.marks import QUOTES
from reportedly.read.parsing.matching import IN_PHRASE, JOINED, between_adjectives
from reportedly.read.scene.between import past_time
from reportedly.read.scene.scene import InScene, Scene, Side
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import BE, HELPERS, Mood

__all__ = ["Assertion", "CueCase", "match_cue"]

PER = frozenset({"per", "cent", "percent", "%"})

BETWEEN = frozenset({"no", "longer", "both", "all", "more", '"', "“", "‘"})  # words of a cue: "once more in control"


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


@dataclass(slots=True)
class CueCase(InScene):
    """A cue from token i to `end` with its places, as far as its rules have been asked: they look at it, and alter it."""

    cue: Cue
    i: int
    end: int
    targets: list[Target] = field(default_factory=list)
    side: Side | None = None
    who: str = ""  # how the side was found
    mood: Mood = field(default_factory=Mood)

    @property
    def name(self) -> str:
        """The frame's."""
        return self.cue.frame.name

    @property
    def relation(self) -> Relation:
        """What the frame states, or what rules have made of it."""
        return self.cue.frame.relation


def _share(scene: Scene, k: int) -> bool:
    """Whether token k is part of a share that stands like an adverb: "we are 100 per cent in control"."""
    return scene.low[k] in PER or (scene.tag[k] == "CD" and bool(PER & set(scene.low[k + 1 : k + 2])))


def match_cue(scene: Scene, i: int, words: tuple[str, ...]) -> int | None:
    """The token after the words of a cue whose first word stands at i, or None; "~" skips up to four words."""
    k, gap, size = i + 1, False, len(scene.low)
    for word in words[1:]:
        if word == "~":
            gap = True
            continue
        while (
            not gap
            and k < size
            and (scene.tag[k].startswith("RB") or scene.low[k] in BETWEEN or _share(scene, k))
            and (
                scene.low[k] not in (word, "not", "back", "out", "over")
                or (scene.low[k] == "not" and scene.low[i] in BE)
            )
        ):
            k += 1
        forms = word_forms(word)
        if not gap and word in ("to", "into", "under") and k < size and scene.low[k] not in forms:
            k = past_time(scene, k)  # "fell Thursday to", "fell last week into"
        limit = k + (6 if gap else 1)
        while k < min(limit, size) and scene.low[k] not in forms:
            if not gap or not (
                (
                    scene.tag[k] in IN_PHRASE
                    and not (scene.tag[k].startswith("VB") and scene.low[i] in HELPERS and scene.doc[k].dep_ != "amod")
                )
                or scene.low[k] in JOINED
                or scene.low[k] in QUOTES
                or between_adjectives(scene.tag, scene.low, k)
                or scene.bracket[k]
            ):
                return None
            if scene.low[k] in ("not", "having"):
                return None  # "claims of having taken control" are of taking it
            k += 1
        if k >= min(limit, size):
            return None
        k, gap = k + 1, False
    while k < size and scene.low[k] in ('"', "”", "’", "'"):
        k += 1
    return k

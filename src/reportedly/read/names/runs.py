"""Runs of capitalised words: how far a name goes, and whether it is somebody rather than somewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportedly.knowledge.gazetteer import TIER_ORDER, Gazetteer
from reportedly.read.parsing.marks import DASHES
from reportedly.read.scene.heads import is_capital
from reportedly.read.scene.scene import Scene

__all__ = [
    "PARTICLES",
    "abbreviates",
    "is_organisation",
    "name_token",
    "names_its_kind",
    "of_town",
    "run_end",
    "too_long",
    "type_word",
]

ABBREVIATED = frozenset(
    {"Mr.", "Mrs.", "Ms.", "Dr.", "Gen.", "Col.", "Maj.", "Lt.", "Gov.", "Sgt.", "Sen.", "Rep."}
)  # titles
EXACT = TIER_ORDER.index("exact")
LONGEST = 4  # words of a name that no gazetteer has
LETTERS = 6  # of an abbreviation at most
ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
NAMING = frozenset({"PROPN", "NOUN", "ADJ", "X", "VERB", "ADV", "INTJ", "NUM"})  # what the tagger takes names for
PARTICLES = frozenset({"e", "da", "do", "dos", "du", "sur", "ibn", "bin"})  # inside names of places, written small


def name_token(scene: Scene, i: int) -> bool:
    """Whether token i can be part of a place's name."""
    if i >= len(scene.low) or scene.bracket[i] or not is_capital(scene, i):
        return False
    if scene.low[i] in scene.words("names.calendar") and scene.low[i] != "may":
        return False
    return scene.tag[i].startswith("NN") or scene.doc[i].pos_ in NAMING


def abbreviates(scene: Scene, i: int, gazetteer: Gazetteer) -> bool:
    """Whether capitals amid smaller letters are short for somebody: codes of airports are names of towns too."""
    word = scene.written[i]
    if not (2 <= len(word) <= LETTERS and word.isalpha() and word.isupper()) or i in scene.side_at:
        return False
    start, stop = scene.sentence[i]
    others = [w for w in scene.written[start:stop] if w.isalpha() and len(w) > 1]
    if sum(w.isupper() for w in others) * 2 > len(others):
        return False  # a headline in capitals
    return not any(tier == EXACT for _, tier in gazetteer.lookup(word, fuzzy=False))


def run_end(scene: Scene, i: int, names: Mapping[int, int]) -> int:
    """End of the run of capitalised words, hyphens and apostrophes inside included, that starts at i."""
    low, end = scene.low, max(i + 1, names.get(i, 0))
    if low[i] in scene.words("names.prefixes") and end < len(low) and low[end] in ("-", "–"):
        end = i + 3
    while end < len(low):
        if name_token(scene, end) and end not in scene.side_at and low[end] not in scene.words("names.calendar"):
            end += 1
        elif (
            low[end] in PARTICLES and scene.doc[end].text == low[end] and is_capital(scene, min(end + 1, len(low) - 1))
        ):
            end += 2  # "Qala e Naw"
        elif _joined(scene, end):
            end += 2
            if low[end - 1] in scene.words("names.ties") and end + 1 < len(low) and low[end] == "-":
                end += 2
        elif (
            low[end] in scene.words("names.prefixes")
            and low[end] != "of"
            and end + 2 < len(low)
            and low[end + 1] == "-"
            and is_capital(scene, end + 2)
        ):
            end += 3
        else:
            break
    return min(end, len(low))


def _joined(scene: Scene, i: int) -> bool:
    """Whether the mark at i ties two parts of one name ("Rostov-on-Don")."""
    low = scene.low
    if (
        low[i] not in ("-", "–", "'", "’")
        or i + 1 >= len(low)
        or scene.doc[i].whitespace_
        or scene.doc[i - 1].whitespace_
    ):
        return False
    return is_capital(scene, i + 1) or low[i + 1] in scene.words("names.ties")


def of_town(scene: Scene, i: int) -> bool:
    """Whether "the village of" stands before token i: behind it is a name, whatever the tagger takes it for."""
    return i > 1 and scene.low[i - 1] == "of" and scene.low[i - 2] in ("village", "town", "city")


def type_word(scene: Scene, i: int) -> bool:
    """Whether token i says what kind of place the name before it is."""
    return i < len(scene.low) and scene.low[i] in scene.words("places.kinds")


def is_organisation(scene: Scene, start: int, end: int) -> bool:
    """Whether an unknown run is an organisation, a person or a side rather than a place."""
    low = scene.low
    if any(
        low[k] in scene.words("names.organisations") or low[k] in scene.words("names.calendar")
        for k in range(start, end)
    ):
        return True
    if end < len(low) and low[end] in scene.words("names.organisations"):
        return True
    before = scene.previous(start)
    if before >= 0 and (low[before] in scene.words("names.titles") or scene.written[before] in ABBREVIATED):
        return True
    if end - start > 1 and low[start] in scene.words("names.titles"):
        return True  # "captured Private Sample"
    if ORDINAL.fullmatch(low[before]) and before == start - 1:
        return True  # "the 5th Separate Brigade"
    if end < len(low) and low[end] == "of" and end + 1 < len(low) and is_capital(scene, end + 1):
        return True  # "the Battle of X"
    if before > 0 and low[before] == "of" and low[before - 1] in scene.words("names.bodies"):
        return True  # "the Ministry of Health"
    if scene.written[start] in ABBREVIATED:
        return True  # "Mr. Sample": the title is part of the run
    return end - start == 1 and scene.doc[start].text.isupper() and len(low[start]) <= 4


def names_its_kind(scene: Scene, k: int) -> bool:
    """Whether "district of X" stands at token k."""
    return (
        type_word(scene, k)
        and scene.low[k + 1 : k + 2] == ("of",)
        and is_capital(scene, min(k + 2, len(scene.low) - 1))
    )


def too_long(scene: Scene, start: int, end: int) -> bool:
    """Whether a run has too many words for a name; "the A-B-C area" has no more than three."""
    return sum(scene.low[k] not in DASHES for k in range(start, end)) > LONGEST

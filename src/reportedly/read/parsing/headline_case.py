"""Headlines In Title Case put into the case of a sentence before they are tagged: the tagger takes their verbs for names.

Only words that are surely common are written small. Names of parties and places stay as they are, and so does all else.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from reportedly.knowledge import Knowledge
from reportedly.knowledge.cues import Cues
from reportedly.knowledge.parties import Parties, SideKind
from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parser import dictionary

__all__ = ["sentence_case"]

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
PLAIN = re.compile(r"\b[a-z]{6,}")  # words that title case never leaves small, unless it quotes somebody
LONG = 4  # letters of words that title case leaves small only where they are prepositions
QUOTED = 2
ENOUGH, SHARE = 3, 0.85  # how many long words there are at least, and how many of them have a capital
KEPT = (
    "clauses.guests",
    "clauses.crowds",
    "clauses.holders",
    "places.kinds",
    "names.firsts",
    "names.calendar",
    "names.titles",
)
LISTS = (
    "places.part", "places.ground", "places.quantities", "places.quarters", "places.last", "places.partly", "places.nearly",
    "places.times", "places.including", "places.measures", "places.describing", "names.acts", "names.comings", "names.takings",
    "names.leavings",
)  # fmt: skip


def sentence_case(text: str, knowledge: Knowledge) -> str:
    """The text of a sentence, its common words in small letters if it is a headline in title case."""
    if len(PLAIN.findall(text)) > QUOTED:
        return text
    common, small = _common(knowledge.cues.language, knowledge.parties)
    words = list(WORD.finditer(text))
    long = [m[0] for m in words if len(m[0]) >= LONG and m[0].casefold() not in small]
    if len(long) < ENOUGH or sum(word[0].isupper() for word in long) < SHARE * len(long):
        return text
    first = words[0].start()
    marked = [m for m in words if m.start() > first and m[0][:1].isupper() and m[0][1:].islower()]
    if not any(m[0].casefold() in common for m in marked):
        return text
    names = _names(text, knowledge, common)
    letters = list(text)
    for m in marked:
        if any(start <= m.start() < end for start, end in names):
            continue
        if m[0].casefold() in common or _plain(m[0], knowledge):
            letters[m.start()] = text[m.start()].lower()
    compass, kinds = knowledge.cues.words("places.compass"), knowledge.cues.words("places.settlements")
    for m, behind in pairwise(words):
        if m.start() > first and m[0].casefold() in compass and behind[0].casefold() in kinds:
            letters[m.start()] = text[m.start()].lower()  # "Biggest Eastern City"
    return "".join(letters)


def _plain(word: str, knowledge: Knowledge) -> bool:
    """Whether a word is an English verb, adjective or adverb, and the name of nobody."""
    low, parties = word.casefold(), knowledge.parties
    if (
        not low.isalpha()
        or _called(low, parties)
        or _of_people(low, parties)
        or parties.source_of(word) is not None
        or low in _kept(knowledge.cues.language)
    ):
        return False
    return not dictionary().isdisjoint(_bases(low))


def _bases(word: str) -> frozenset[str]:
    """What a word may be a form of."""
    found: set[str] = {word}
    for ending in ("s", "es", "d", "ed", "ing", "r", "er", "st", "est", "ly"):
        if word.endswith(ending) and len(word) - len(ending) > 1:
            stem = word.removesuffix(ending)
            found |= {stem, stem + "e"} if ending == "ing" else {stem}
            if len(ending) > 1 and stem[-1] == stem[-2]:
                found.add(stem[:-1])  # "biggest"
    if word.endswith(("ies", "ied")):
        found.add(word[:-3] + "y")
    return frozenset(found)


@cache
def _kept(language: str) -> frozenset[str]:
    """Words that may be names, or a part of them, and stay as they are."""
    cues, reporting = Cues.load(language), Reporting.load(language)
    names = {name.casefold() for key in ("male", "female") for name in reporting.words.get(key, ())}
    kept = names.union(cues.words("places.compass"), *map(cues.words, KEPT))
    return frozenset(kept - cues.words("headlines.common"))


def _names(text: str, knowledge: Knowledge, common: frozenset[str]) -> list[tuple[int, int]]:
    """Where names of several words stand: of parties, but for "Kurdish Fighters", and of places."""
    parties = knowledge.parties
    hits = [(hit.start, hit.end) for hit in knowledge.gazetteer.scan(text) if " " in text[hit.start : hit.end]]
    spans = [(start, end) for start, end in hits if not common.issuperset(text[start:end].casefold().split())]
    for word in parties.scan(text):
        head, _, rest = word.words.partition("-" if word.party is None and "-" in word.words else " ")
        people = any(w.kind in (SideKind.DEMONYM, SideKind.NAME) for w in parties.scan(head))
        if word.kind is SideKind.BACKER or (word.party is None and head.casefold() in common):
            continue  # "Rwanda-Backed", "Rebels"
        told = word.party is None or (people and " " not in rest)
        spans.append((word.start, word.start + len(head) if told else word.end))
    return spans


@cache
def _common(language: str, parties: Parties) -> tuple[frozenset[str], frozenset[str]]:
    """Words that are written small in a sentence, and those of them that title case may leave small."""
    cues, reporting = Cues.load(language), Reporting.load(language)
    small = cues.words("headlines.small")
    forms = {*cues.verbs, *cues.nouns, *cues.adjectives, *reporting.said}
    lists = [words for name, words in cues.lists.items() if name.startswith("clauses.") or name in LISTS]
    found = forms.union(small, cues.words("headlines.common"), *lists)
    found -= frozenset().union(*map(cues.words, KEPT)) - cues.words("headlines.common")
    found = {word for word in found if word.isalpha() and not _called(word, parties)}
    return frozenset(found), small


def _called(word: str, parties: Parties) -> bool:
    """Whether a word with a capital names somebody."""
    return any(w.kind in (SideKind.DEMONYM, SideKind.NAME, SideKind.SEAT) for w in parties.scan(word.capitalize()))


def _of_people(word: str, parties: Parties) -> bool:
    """Whether a word is the name of a people: "Kurdish forces"."""
    named = word.capitalize()
    return any(w.words.startswith(named) and " " in w.words for w in parties.scan(f"{named} forces"))

"""Find what may stand for ground in a passage: names, named kinds ("Luhansk region"), counted groups, and "the town"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate
from typing import Any

from reportedly.knowledge.cues import Cues
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.parties import Parties
from reportedly.model import PlaceKind
from reportedly.read.names.anaphors import POINTERS, anaphor_at
from reportedly.read.names.groups import GROUPS, group_at
from reportedly.read.names.land import land_at
from reportedly.read.names.named import named_at
from reportedly.read.names.quarters import quarter_at
from reportedly.read.parsing.tokens import text_of
from reportedly.read.scene.heads import is_capital
from reportedly.read.scene.scene import Mention, Scene

__all__ = ["find_mentions", "note_names"]

MISTAKEN = ("RB", "RBR", "RBS", "IN", "UH", "FW", "VB", "VBP", "MD", "LS")  # tags that the name of a place never has
BASES = frozenset({"base", "camp", "garrison", "barracks", "airport", "checkpoint"})
FIGHTS = frozenset({"fight", "battle"})
TAKEN_UP = frozenset({"city", "town", "village", "capital", "stronghold", "bastion"})
NAMES = "reportedly.names"  # where a Doc keeps the gazetteer names in its text


def note_names(docs: Sequence[Any], gazetteer: Gazetteer) -> None:
    """Look for gazetteer names in many texts at once, which takes hardly longer than in one; each Doc keeps its own."""
    texts = [text_of(doc) for doc in docs]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    found: list[list[tuple[int, int]]] = [[] for _ in docs]
    for hit in gazetteer.scan("\n".join(texts)):
        number = bisect_right(starts, hit.start) - 1
        found[number].append((hit.start - starts[number], hit.end - starts[number]))
    for doc, names in zip(docs, found, strict=True):
        doc.user_data[NAMES] = names


@cache
def _beginnings(cues: Cues) -> frozenset[str]:
    """Words written small that a mention may begin with; others begin with a capital, a number, a side or a known name."""
    lists = (
        "places.compass",
        "places.quantities",
        "places.settlements",
        "places.anaphors",
        "places.begins_bare",
        "names.prefixes",
    )
    return GROUPS.union(POINTERS, *map(cues.words, lists))


def find_mentions(scene: Scene, gazetteer: Gazetteer, parties: Parties) -> None:
    """Fill in the scene's mentions, left to right, never overlapping."""
    names = _name_hits(scene, gazetteer)
    _tag_rightly(scene)
    begins = _beginnings(scene.cues)
    found: list[Mention] = []
    i, low, tag, bracket, written, side_at = 0, scene.low, scene.tag, scene.bracket, scene.written, scene.side_at
    while i < len(low):
        mention = None
        if not bracket[i] and (
            low[i] in begins or i in names or i in side_at or tag[i] == "CD" or written[i][:1].isupper()
        ):
            mention = (
                land_at(scene, i, parties)
                or group_at(scene, i)
                or named_at(scene, i, names, parties, gazetteer)
                or anaphor_at(scene, i)
                or quarter_at(scene, i)
            )
        if mention:
            found.append(mention)
            i = max(i + 1, mention.end)
        else:
            i += 1
    found = [m for m in found if not _is_outlet(scene, m, parties)]
    found = [_taken_up(scene, m, found) for m in found if not _of_nothing(scene, m, found)]
    found = sorted([*found, *_of_heads(scene, found)], key=lambda m: m.start)
    scene.mentions = tuple(found)
    scene.called = {m.start: k for m in found if (k := _called_from(scene, m)) is not None}
    scene.at = {**{scene.called[m.start]: m for m in found if m.start in scene.called}, **{m.start: m for m in found}}
    scene.covered = {k: m for m in found for k in range(m.start, m.end)}
    _tag_names(scene)


def _is_outlet(scene: Scene, m: Mention, parties: Parties) -> bool:
    """Whether a name is a known outlet's and no town's: "as SANA reported", not Sana'a; the "Okapi" of "Radio Okapi"."""
    first = m.start - 1 if m.start and is_capital(scene, m.start - 1) and not scene.opens(m.start) else m.start
    if first == m.start and not (m.words.isupper() and len(m.words) > 1):
        return False
    outlet = parties.source_of(scene.text(first, m.end))
    return outlet is not None and outlet.kind in ("outlet", "agency")


def _called_from(scene: Scene, m: Mention) -> int | None:
    """Where the words begin that say what a place is before they name it: "the small town of X"."""
    k = m.start - 2
    if (
        m.anaphor is not None
        or k < 1
        or scene.low[k + 1] != "of"
        or scene.low[k] not in scene.words("places.towns_beside")
    ):
        return None
    k -= 1
    while k > 0 and scene.tag[k] in ("JJ", "JJS", "NN", "RB", "VBG", ",") and m.start - k < 7:
        k -= 1
    listed = scene.low[k - 1 : k] in (("and",), ("or",), (",",))  # "villages near A and the town of B"
    return k if scene.low[k] == "the" and not listed else None


def _tag_rightly(scene: Scene) -> None:
    """Tag what the tagger mistakes in headlines: participles taken for names ("X retaken, says Y"), nouns for verbs ("says fight for X")."""
    tags = list(scene.tag)
    for k, tag in enumerate(tags):
        if tag == "NNP" and scene.written[k].islower() and (rows := scene.cues.verbs.get(scene.low[k])):
            tags[k] = "VBN" if all(kind == "past" for _, kind in rows) else tag
        elif tag == "VB" and scene.low[k] in FIGHTS and scene.low[k - 1] in scene.words("clauses.saying"):
            tags[k] = "NN"
    scene.tag = tuple(tags)


def _tag_names(scene: Scene) -> None:
    """Tag the capitalised words of place names as names: the tagger takes many a foreign one for an adverb or an adjective."""
    tags = list(scene.tag)
    for m in scene.mentions:
        if m.kind is not PlaceKind.UNNAMED and m.anaphor is None and m.known:
            for k in range(m.start, m.end):
                if scene.written[k][:1].isupper() and tags[k] in MISTAKEN:
                    tags[k] = "NNP"
    scene.tag = tuple(tags)


def _taken_up(scene: Scene, m: Mention, found: list[Mention]) -> Mention:
    """ "Wagner controls most of city": in a headline the bare noun takes up a settlement named before."""
    if (end := _by_region(scene, m)) is not None and any(
        x.start < m.start and x.kind is PlaceKind.SETTLEMENT and x.anaphor is None and x.known and x.head is None
        for x in found
    ):
        words = scene.text(m.start, end)
        return Mention(m.start, end, words, PlaceKind.SETTLEMENT, known=True, anaphor=scene.low[end - 1])
    bare = m.kind is PlaceKind.UNNAMED and m.count == 1 and m.words.lower() in ("city", "town", "village", "capital")
    if not bare or m.end - m.start > 1:
        return m
    first = next((x for x in found if x.start == scene.sentence[m.start][0]), None)
    headed = first is not None and first.kind is PlaceKind.SETTLEMENT and scene.low[first.end : first.end + 1] == (":",)
    opens = next(
        (x for x in found if x.start == 0 and x.kind is PlaceKind.SETTLEMENT and x.known and x.head is None), None
    )
    told_of = opens is not None and ":" in scene.low[opens.end : m.start]  # "Falam falls: fighters take key town"
    barred = ("DT", "CD") if headed or told_of else ("DT", "JJ", "CD")
    if m.start and (scene.tag[m.start - 1] in barred or (headed and not _bare_phrase(scene, m.start, m.end))):
        return m
    told = m.start > 0 and scene.low[m.start - 1] in scene.words(
        "clauses.saying"
    )  # "denies city has fallen as they enter X"
    named = any(
        (told or x.start < m.start) and x.kind is PlaceKind.SETTLEMENT and x.anaphor is None and x.known for x in found
    )
    base = any(  # "overruns X base, holds town"
        x.start < m.start and x.kind is PlaceKind.SETTLEMENT and x.anaphor is None and x.known and x.head in BASES
        for x in found
    )
    return replace(m, kind=PlaceKind.SETTLEMENT, anaphor=m.words.lower(), count=None) if named or base else m


def _by_region(scene: Scene, m: Mention) -> int | None:
    """Where "the South Kivu city", "the Kharkiv region town" ends, which takes up a town by where it lies; None if it names one."""
    if not m.start or m.anaphor or m.kind is PlaceKind.UNNAMED:
        return None
    if scene.low[m.start - 1] not in ("the", "from", "into", "over") and not scene.tag[m.start - 1].startswith("VBZ"):
        return None
    end = m.end
    if m.head is not None:
        while end < m.end + 2 and scene.low[end : end + 1] != (m.head,):
            end += 1
        end += 1
    region = m.kind is PlaceKind.REGION if m.head is not None else "region" in scene.low[m.start : end]
    region = region or scene.low[m.start] in scene.words("places.compass")
    if not region or scene.low[end - 1 : end] == () or scene.low[end - 1] not in TAKEN_UP:
        return None
    behind = scene.low[end : end + 1]
    named = behind in (("of",), ("'s",), ("-",)) or scene.tag[end : end + 1] in (("NN",), ("NNS",), ("NNP",), ("NNPS",))
    return None if named else end


def _of_heads(scene: Scene, found: list[Mention]) -> list[Mention]:
    """Nouns without an article that take up the place that heads their headline: "X: army withdraws from key eastern town"."""
    more: list[Mention] = []
    taken = {k for m in found for k in range(m.start, m.end)}
    for head in found:
        start, stop = scene.sentence[head.start]
        named = head.kind is PlaceKind.SETTLEMENT and head.known and head.head is None and head.anaphor is None
        if not named or head.start != start or scene.low[head.end : head.end + 1] != (":",):
            continue
        if any(m.start > head.start and m.start < stop and m.kind is PlaceKind.SETTLEMENT for m in found):
            continue
        for k in range(head.end + 1, stop):
            if scene.low[k] in TAKEN_UP and scene.tag[k] == "NN" and k not in taken and _bare_phrase(scene, k, stop):
                more.append(
                    Mention(k, k + 1, scene.text(k, k + 1), PlaceKind.SETTLEMENT, known=True, anaphor=scene.low[k])
                )
    return more


def _bare_phrase(scene: Scene, k: int, stop: int) -> bool:
    """Whether the noun at k is the head of a phrase without an article that a verb or a preposition governs."""
    if k + 1 < stop and (scene.low[k + 1] in ("of", "'s", "-") or scene.tag[k + 1].startswith("NN")):
        return False
    j = k - 1
    named = scene.listed("places.describing", "places.compass") | {"key", "frontline"}
    while scene.tag[j].startswith("JJ") or scene.low[j] in named:
        j -= 1
    return scene.tag[j].startswith("VB") or scene.low[j] in ("from", "of", "over", "into", "around", "inside")


def _of_nothing(scene: Scene, m: Mention, found: list[Mention]) -> bool:
    """Whether a bare "town" has no settlement before it to take up."""
    bare = (
        m.anaphor is not None
        and m.words.lower() == m.anaphor
        and m.end - m.start == 1
        and scene.low[m.start - 1] != "of"
    )
    if bare and m.start == scene.sentence[m.start][0]:
        return False  # what it takes up may stand in a sentence that is not parsed
    return bare and not any(
        x.start < m.start and x.kind is PlaceKind.SETTLEMENT and x.anaphor is None and x.known for x in found
    )


def _name_hits(scene: Scene, gazetteer: Gazetteer) -> dict[int, int]:
    """Gazetteer names in the passage: first token -> end token."""
    if NAMES not in scene.whole.user_data:
        note_names([scene.whole], gazetteer)
    tokens = scene.tokens
    hits: dict[int, int] = {}
    for first, last in scene.whole.user_data[NAMES]:
        start, end = tokens.starts.get(first), tokens.ends.get(last)
        if start is not None and end is not None:
            hits[start] = max(end, hits.get(start, 0))
    return hits

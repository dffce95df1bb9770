"""One parsed passage as the reader's stages see it: tokens, brackets, clause edges, sides and mentions, all by token number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from reportedly.knowledge.cues import Cues
from reportedly.knowledge.parties import Parties, SideKind, SideWord
from reportedly.read.parsing.marks import DASHES
from reportedly.read.parsing.nodes import Node, nodes_of, sentences
from reportedly.read.parsing.tags import TENSED
from reportedly.read.parsing.tokens import BRACKETS, Tokens, closing_bracket, text_of

if TYPE_CHECKING:
    from reportedly.model import PlaceKind

__all__ = ["InScene", "Mention", "Scene", "Side", "build_scene"]

OPENING = 7  # tokens of a time that opens a sentence, and of the comma behind it
CLAUSE = 6  # tokens of the shortest clause in brackets
MAX_DATELINE, MIN_BODY = 12, 8  # tokens of a dateline, and those that must follow it


@dataclass(frozen=True, slots=True)
class Side:
    """Words that name a side, half-open in tokens; `word` is what the scan of the parties found."""

    start: int
    end: int
    word: SideWord


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that may stand for a place, half-open in tokens.

    `known` says that the gazetteer or a type word ("region") vouches for it, `head` is the noun it only modifies
    ("airport" in "Kherson airport"), `anaphor` marks "the town", `count` the number of an unnamed group.
    """

    start: int
    end: int
    words: str
    kind: PlaceKind
    known: bool = True
    head: str | None = None
    anaphor: str | None = None
    count: int | None = None
    part: bool = False
    direction: bool = False
    vague: bool = False  # "southern Ukraine": an area without an id


@dataclass(slots=True)
class Scene:
    """The passage with all that was found in it so far; built once, then only read."""

    doc: Sequence[Node]  # its tokens
    whole: Any  # the Doc itself
    tokens: Tokens
    cues: Cues
    written: tuple[str, ...]
    low: tuple[str, ...]
    tag: tuple[str, ...]
    bracket: tuple[bool, ...]
    sentence: tuple[tuple[int, int], ...]  # of each token, its sentence's start and end
    sides: tuple[Side, ...] = ()
    mentions: tuple[Mention, ...] = ()
    called: dict[int, int] = field(default_factory=dict)  # token of a mention -> "the" of "the town of" before it
    at: dict[int, Mention] = field(default_factory=dict)  # by its first token, and by the first of what it is called
    covered: dict[int, Mention] = field(default_factory=dict)  # token -> the mention that it is a part of
    side_at: dict[int, Side] = field(default_factory=dict)
    side_within: frozenset[int] = frozenset()  # tokens of side words behind their first
    vocabulary: frozenset[str] = field(init=False)
    words: Callable[[str], frozenset[str]] = field(init=False)  # a word list of the cues, by "section.key"

    def __post_init__(self) -> None:
        self.vocabulary = frozenset(self.low)
        self.words = self.cues.lists.__getitem__

    def listed(self, *names: str) -> frozenset[str]:
        """The words of several lists together, put together once."""
        return _together(self.cues, names)

    def text(self, start: int, end: int) -> str:
        """The words of a token range as written."""
        return self.tokens.words(start, end)

    def opens(self, i: int) -> bool:
        """Whether a sentence begins with token i."""
        return self.sentence[i][0] == i

    def told_from(self, i: int) -> int:
        """Where the sentence of token i begins to tell something: behind a time or an adverb that opens it ("On Monday, ")."""
        start, end = self.sentence[i]
        comma = next((k for k in range(start + 1, min(start + OPENING, end - 1)) if self.low[k] == ","), None)
        if comma is None:
            return start
        times = self.listed("names.calendar", "places.times")
        dated = all(self.low[k] in times or self.tag[k] in ("RB", "IN", "CD", "DT") for k in range(start, comma))
        alone = comma > start + 1 or self.tag[start] == "RB" or self.low[start] in times
        if not (dated and alone) or any(start <= m.start < comma for m in self.mentions):
            return start
        return comma + 1

    def previous(self, i: int) -> int:
        """The token before i that is not in brackets, or -1."""
        i -= 1
        while i >= 0 and self.bracket[i]:
            i -= 1
        return i

    def following(self, i: int) -> int:
        """The first token from i on that is not in brackets; the length of the passage at its end."""
        while i < len(self.low) and self.bracket[i]:
            i += 1
        return i

    def begin(self, m: Mention) -> int:
        """The first token of a mention, or of what it is called before its name ("the town of X")."""
        return self.called.get(m.start, m.start)

    def inside(self, i: int) -> Mention | None:
        """The mention that covers token i."""
        return self.covered.get(i)


@dataclass(slots=True)
class InScene:
    """Something in a scene that rules look at, with the words and tags of the scene at hand."""

    scene: Scene

    @property
    def low(self) -> tuple[str, ...]:
        """The words of the scene in lower case."""
        return self.scene.low

    @property
    def tag(self) -> tuple[str, ...]:
        """Their tags."""
        return self.scene.tag


@cache
def _together(cues: Cues, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(cues.words, names))


def _brackets(tokens: Tokens, telling: frozenset[str]) -> tuple[bool, ...]:
    """Which tokens stand in brackets, bracket marks included; brackets that tell who holds a place are read like the rest, and so
    are whole clauses at the end of a sentence.
    """
    low = tokens.low
    inside = [False] * len(low)
    for i, word in enumerate(low):
        if word in BRACKETS and not inside[i]:
            end = closing_bracket(low, i)
            told = word == "(" and end is not None and (telling & set(low[i:end]) or _last_clause(tokens, i, end))
            if end is not None and not told:
                inside[i : end + 1] = [True] * (end + 1 - i)
    return tuple(inside)


def _last_clause(tokens: Tokens, i: int, end: int) -> bool:
    """Whether the brackets at i and `end` hold a clause with which a sentence ends: no list goes on behind them."""
    after = end + 1
    while tokens.low[after : after + 1] == ["["] and (shut := closing_bracket(tokens.low, after)) is not None:
        after = shut + 1  # a note
    closes = after >= len(tokens.low) or tokens.low[after] in (".", ";", "!")
    return closes and end - i > CLAUSE and any(tag in TENSED for tag in tokens.tag[i:end])


def _spaced_dash(tokens: Tokens, k: int) -> bool:
    """Whether a dash with spaces around it stands at token k."""
    return tokens.text[k] in DASHES and tokens.end[k - 1] < tokens.start[k] and tokens.end[k] < tokens.start[k + 1]


@cache
def _short(calendar: frozenset[str]) -> frozenset[str]:
    """The first three letters of days and months."""
    return frozenset(name[:3] for name in calendar)


def _dateline(tokens: Tokens, calendar: frozenset[str]) -> int:
    """The token after the dateline that opens a passage ("KYIV, Feb 18 - ", "Goma, DR Congo (Wire) - "), or 0."""
    dated = False
    for k in range(min(MAX_DATELINE, len(tokens.low) - MIN_BODY)):
        word = tokens.text[k]
        if word in DASHES:
            apart = dated or not any(_spaced_dash(tokens, j) for j in range(k + 1, len(tokens.low) - 1))
            return k + 1 if k and apart and _spaced_dash(tokens, k) else 0
        month = tokens.low[k][:3] in _short(calendar)
        dated = dated or word[:1].isdigit() or word == "(" or (month and k > 0)
        if not (word[:1].isupper() or word[:1].isdigit() or word in (",", "(", ")", "/", ".")):
            return 0
    return 0


def _named_behind(tokens: Tokens, before: Side, start: int, end: int, word: SideWord) -> bool:
    """Whether the side from `start` to `end` is the group that rebels named before it are of."""
    between = [w for w in tokens.low[before.end : start] if w != "the"]
    armed = before.word.kind is SideKind.GENERIC and word.kind is SideKind.FORCES and word.party is not None
    owner = tokens.low[end : end + 1] in (["-"], ["'s"], ["’s"])
    return armed and not owner and between in (["from"], ["of"], ["belonging", "to"], ["with"])


def _shares_noun(tokens: Tokens, before: Side, start: int, word: SideWord) -> bool:
    """Whether a nation before "or" shares the noun of armed people behind it, who are no state's."""
    joined = tokens.low[before.end : start] in (["or"], ["and"])
    people = word.kind is SideKind.GENERIC and word.words[:1].isupper()
    return joined and people and before.word.kind is SideKind.DEMONYM


def _sides(doc: Any, parties: Parties, things: frozenset[str], short: Mapping[str, SideWord]) -> tuple[Side, ...]:
    """Side words by token, `short` names among them; a word that starts or ends inside a token is dropped, and so is the
    "military" of "military equipment".
    """
    tokens = Tokens.of(doc)
    found: list[Side] = []
    for word in parties.scan(text_of(doc)):
        start, end = tokens.starts.get(word.start), tokens.ends.get(word.end)
        if start is None or end is None or tokens.low[max(0, start - 2) : start] == ["anti", "-"]:
            continue
        if tokens.low[start:end] != ["military"] or not set(tokens.low[end : end + 1]) & things:
            if found and found[-1].end == start and found[-1].word.kind is SideKind.GENERIC and word.party is not None:
                found.pop()  # "the rebel group M23"
            elif found and _shares_noun(tokens, found[-1], start, word):
                found.pop()  # "Syrian or Libyan mercenaries"
            elif found and _named_behind(tokens, found[-1], start, end, word):
                found.pop()  # "rebels from the Arakan Army"
            found.append(Side(start, end, word))
    return _with_short(tokens, tuple(found), short) if short else tuple(found)


def _with_short(tokens: Tokens, found: tuple[Side, ...], short: Mapping[str, SideWord]) -> tuple[Side, ...]:
    """The side words with the short names of the text among them."""
    taken = {k for side in found for k in range(side.start, side.end)}
    more = []
    for k, written in enumerate(tokens.text):
        if (word := short.get(written)) is not None and k not in taken:
            meant = replace(word, start=tokens.start[k], end=tokens.end[k], words=written)
            more.append(Side(k, k + 1, meant))
    return tuple(sorted((*found, *more), key=lambda side: side.start))


def build_scene(doc: Any, cues: Cues, parties: Parties, short: Mapping[str, SideWord] | None = None) -> Scene:
    """Lay out a parsed passage with its side words, `short` being names that the text gave them; mentions are added by their own
    stage.
    """
    tokens = Tokens.of(doc)
    low = tuple(tokens.low)
    edges: list[tuple[int, int]] = []
    nodes = nodes_of(doc)
    for start, end in sentences(nodes):
        edges += [(start, end)] * (end - start)
    sides = _sides(doc, parties, cues.words("names.military"), short or {})
    bracket = _brackets(tokens, cues.words("clauses.telling"))
    opened = _dateline(tokens, cues.words("names.calendar"))  # where a text was written says nothing of who holds what
    return Scene(
        doc=nodes, whole=doc, tokens=tokens, cues=cues, written=tuple(tokens.text), low=low, tag=tuple(tokens.tag),
        bracket=(True,) * opened + bracket[opened:], sentence=tuple(edges),
        sides=sides, side_at={s.start: s for s in sides}, side_within=frozenset(k for s in sides for k in range(s.start + 1, s.end)),
    )  # fmt: skip

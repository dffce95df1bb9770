"""What the raw text has around a word if one of its cues is there: asked before a sentence is cut into words.

Each question is one that the cue itself is asked later (`Gate.may_claim`, `Room.opens`), put so that the answer costs next to
nothing: what is turned down here would be turned down there.
"""

# ruff: noqa: ARG001 - all tests are asked alike

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from reportedly.knowledge.cues import Cue, word_forms
from reportedly.model import Relation
from reportedly.read.gate.cue_rows import SHARES, after_preposition
from reportedly.read.gate.slot_room import NEAR
from reportedly.read.parsing.marks import HYPHENS
from reportedly.read.parsing.matching import GAP, STEP
from reportedly.read.parsing.passages import MAX_SENTENCE

__all__ = [
    "ALWAYS",
    "CONTESTED",
    "FALLEN",
    "OF_NAME",
    "Ask",
    "Form",
    "Test",
    "asks_of",
    "beside",
    "either",
    "title_ask",
    "triggers_of",
]

ALWAYS, CONTESTED, OF_NAME, FALLEN = range(1, 5)  # what lets a cue do without company
LETTERS = 40  # characters that a word may have; where longer ones stand a trigger counts unasked
USUAL = 12  # characters of a word and what stands behind it, as most are
WORD = re.compile(r"[^\W_]+")
LAST = re.compile(r"(?:'(?=(?:s|t|d|m|ll|re|ve)$))?[^\W_]+$")
NONE = frozenset[bytes]()

Test = Callable[[bytes, bytes, int, int], bool]
"""Whether what a cue needs stands beside a trigger: of a text's words (`spaced`), the text (`fold`), where it starts and ends."""

Led = tuple[str, int, tuple[str, ...]]
"""Of a cue whose trigger is not its first word: a pattern of what follows, how far before the first one stands, words in between."""


class Form(NamedTuple):
    """A form of the first word of a cue: the cue, its kind, the company that it needs, and words that its sentence has behind it or
    anywhere, if words tell that.
    """

    form: str
    cue: Cue
    kind: str
    need: int
    sought: tuple[frozenset[str], frozenset[str]] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What some cues of one trigger need, all alike: company, words beside it, words in its sentence."""

    forms: frozenset[str]  # their first words
    first: bool  # whether the trigger is one of these
    need: int  # company
    lone: int = 0  # what does instead of company
    named: bool = False  # whether a name behind it does
    guards: tuple[bytes, ...] = ()  # what it never stands right behind
    hyphen: bool = False  # whether it never stands behind a hyphen
    particle: frozenset[bytes] = NONE  # of which one stands behind it
    behind: frozenset[bytes] = NONE  # of which one stands behind it, unless its sentence has one of the next two
    anywhere: frozenset[bytes] = NONE
    marks: tuple[bytes, ...] = ()
    beside: Test | None = None  # what stands near it


def triggers_of(row: Form, lists: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """Words of which every sentence with a form of a cue has one: of a longer cue its last word of weight, else the form.

    A word that news is full of ("defense", "line") is chosen only where the form is worse.
    """
    form, cue, kind = row.form, row.cue, row.kind
    heavy = (
        [word for word in cue.words[1:] if word != "~" and word not in lists["small"]] if kind != "adjective" else []
    )
    rare = [word for word in heavy if word not in lists["frequent"]]
    if not rare and form not in lists["frequent"]:
        return (form,)
    last = (rare or heavy)[-1:]
    return (last[0], *sorted(word_forms(last[0]) - {last[0]})) if last else (form,)


def asks_of(word: str, rows: Iterable[Form], lists: dict[str, frozenset[str]]) -> tuple[Ask, ...]:
    """What the cues of a trigger need: an `Ask` for those that need the same."""
    alike: defaultdict[object, list[Form]] = defaultdict(list)
    for row in rows:
        first = row.form == word
        kind = row.kind if first and row.kind in ("base", "s", "adjective") else ""
        particle, named = row.cue.frame.particle if first else None, row.form in lists["by_name"]
        alike[first, kind, particle, named, row.need, _lone(row), row.sought].append(row)
    return tuple(_ask(word, some, lists) for some in alike.values())


def title_ask(word: str, need: int, offices: frozenset[str], bare: frozenset[str]) -> Ask:
    """What a title needs: a hyphen before it unless it is one of the `bare`, and an office behind it ("Russian-installed"), or "by"
    ("installed by Moscow").
    """
    beside = None if word in bare else _behind_hyphen
    return Ask(forms=frozenset((word,)), first=True, need=need, particle=_raw(offices | {"by"}), beside=beside)


def _ask(word: str, rows: Sequence[Form], lists: dict[str, frozenset[str]]) -> Ask:
    row, first = rows[0], rows[0].form == word
    behind, anywhere = row.sought or (frozenset[str](), frozenset[str]())
    return Ask(
        forms=frozenset(row.form for row in rows),
        first=first,
        need=row.need,
        lone=_lone(row),
        named=row.form in lists["by_name"],
        guards=_guards(row.kind, lists) if first else (),
        hyphen=first and row.kind != "adjective",
        particle=_raw(row.cue.frame.particle) if first else NONE,
        behind=_raw(behind),
        anywhere=_raw(anywhere),
        marks=tuple(mark.encode() for mark in sorted(anywhere) if WORD.search(mark) is None),
        beside=beside(word, rows, lists),
    )


def _raw(words: Iterable[str]) -> frozenset[bytes]:
    """Words as they stand in a text without marks: of "'t" what is behind the mark."""
    return frozenset(found[-1].encode() for word in words if (found := WORD.findall(word)))


def _lone(row: Form) -> int:
    """What lets a cue do without company, as `Room.opens` has it; 0: nothing."""
    frame = row.cue.frame
    if frame.party == "to" and "~" in row.cue.words:
        return ALWAYS
    if frame.relation is Relation.CONTESTS:
        return CONTESTED
    return OF_NAME if row.kind == "noun" else FALLEN if frame.name == "falls" else 0


def _guards(kind: str, lists: dict[str, frozenset[str]]) -> tuple[bytes, ...]:
    """Behind what a verb states nothing: "the storm", "will storm"."""
    words = lists["articles"] if kind in ("base", "s") else frozenset[str]()
    if kind == "base":
        words = words | (lists["modals"] - lists["epistemic"])
    return tuple(f"{word} ".encode() if word[0] == "'" else f" {word} ".encode() for word in sorted(words))


def beside(word: str, rows: Sequence[Form], lists: dict[str, frozenset[str]]) -> Test | None:
    """What stands near a trigger where one of some cues is there; None where the trigger alone may be one."""
    chains: set[str] = set()
    before: defaultdict[Led, set[str]] = defaultdict(set)
    tests: list[Test | None] = []
    for row in rows:
        cue, steps = row.cue, _steps(row.cue)
        if row.form != word:
            trigger = triggers_of(row, lists)[0]
            at = max(k for k, (_, other) in enumerate(steps) if other == trigger) + 1
            inner = tuple(other for _, other in steps[: at - 1])
            before[_chain(steps[at:]), sum(far for far, _ in steps[:at]), inner].add(row.form)
        elif row.kind != "adjective" and steps:
            chains.add(_chain(steps))
        elif cue.frame.name == SHARES:
            tests = tests or [_share(lists["shares"])]
        elif row.kind == "base" and cue.text in lists["prepositions"]:
            tests.append(_behind_one(after_preposition(lists)))
        else:
            return None
    if chains:
        tests.append(_leading_on(chains))
    if before:
        tests.append(_led(before))
    return either(tests)


def either(tests: Sequence[Test | None]) -> Test | None:
    """Whether one of some tests holds; None if one holds always."""
    asked = [test for test in tests if test is not None]
    if len(asked) < len(tests) or not asked:
        return None
    if len(asked) == 1:
        return asked[0]

    def test(words: bytes, text: bytes, start: int, end: int) -> bool:
        for one in asked:  # noqa: SIM110 - many times as fast as a generator
            if one(words, text, start, end):
                return True
        return False

    return test


def _steps(cue: Cue) -> list[tuple[int, str]]:
    """Each word of a cue behind its first, and how many tokens behind the word before it may stand at most."""
    found = zip(cue.words, cue.words[1:], strict=False)
    return [(GAP if before == "~" else STEP, word) for before, word in found if word != "~"]


def _chain(steps: Sequence[tuple[int, str]]) -> str:
    """A pattern of words behind a word, each among the next few."""
    return "".join(rf"(?: ++[^ ]++){{0,{far - 1}}}? ++{word}(?:s|es)?(?= )" for far, word in steps)


def _leading_on(chains: Set[str]) -> Test:
    """Whether one of some chains of words stands behind a trigger."""
    pattern = re.compile("|".join(sorted(chains)).encode())

    def test(words: bytes, text: bytes, start: int, end: int) -> bool:
        return pattern.match(words, end + 1) is not None

    return test


def _share(shares: Set[str]) -> Test:
    """Whether a word for a share stands behind a trigger, or a mark for one."""
    whole = "|".join(sorted(word for word in shares if word.isalnum()))
    pattern = re.compile(rf"(?: ++[^ ]++){{0,{NEAR - 1}}}? ++(?:{whole})(?= )".encode())
    marks = [word.encode() for word in shares if not word.isalnum()]

    def test(words: bytes, text: bytes, start: int, end: int) -> bool:
        return pattern.match(words, end + 1) is not None or any(
            text.find(mark, end, end + MAX_SENTENCE) >= 0 for mark in marks
        )

    return test


def _led(cues: Mapping[Led, Set[str]]) -> Test:
    """Whether the first word of a cue stands before a trigger with the words in between, and the rest of the cue behind it."""
    asked = [
        (_raw(forms), far, [b" %b" % word.encode() for word in inner], re.compile(chain.encode()).match)
        for (chain, far, inner), forms in cues.items()
    ]
    every, most = NONE.union(*(firsts for firsts, *_ in asked)), max(far for _, far, *_ in asked)

    def test(words: bytes, text: bytes, start: int, end: int) -> bool:
        before = words[max(0, start - most * USUAL) : start].rsplit(None, most)
        if len(before) <= most and start > most * USUAL:  # these words are long
            before = words[max(0, start - most * LETTERS) : start].rsplit(None, most)
            if len(before) <= most and start > most * LETTERS:
                return True
        if every.isdisjoint(before[-most:]):
            return False
        least = max(0, start - MAX_SENTENCE)
        for firsts, far, inner, rest in asked:
            if firsts.isdisjoint(before[-far:]) or rest(words, end + 1) is None:
                continue
            if not inner or all(words.find(word, least, start) >= 0 for word in inner):
                return True
        return False

    return test


def _behind_one(words: Set[str]) -> Test:
    """Whether one of some words stands right before a trigger."""

    def test(spaced: bytes, text: bytes, start: int, end: int) -> bool:
        window = text[max(0, start - LETTERS) : start].decode("latin-1").rstrip()
        if not window:
            return start >= LETTERS
        last = LAST.search(window)
        return last is not None and (last[0] in words or (len(last[0]) == len(window) and start >= LETTERS))

    return test


def _behind_hyphen(words: bytes, text: bytes, start: int, end: int) -> bool:
    """Whether a hyphen, or nothing, stands right before a trigger, or "by" behind it."""
    if text[end : end + LETTERS].split(None, 1)[:1] == [b"by"]:
        return True
    before = text[max(0, start - LETTERS) : start].decode("latin-1").rstrip()
    return not before or before[-1] in HYPHENS

"""Reports on their way to being read: cut, sifted, and parsed together only where a claim may stand.

A sentence passes three sieves, each dearer than the one before: words, tags, and the frames themselves over its tree. Only
a passage in which a frame fires is parsed whole, since who says it may stand in the sentences around.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any

from reportedly.knowledge import Knowledge
from reportedly.model import Report
from reportedly.read.frames.assertions import each_assertion
from reportedly.read.gate.gate import SHORT, Gate
from reportedly.read.mood.sentences import ASKED
from reportedly.read.names.mentions import find_mentions, note_names
from reportedly.read.parsing.headline_case import sentence_case
from reportedly.read.parsing.nodes import forget_nodes
from reportedly.read.parsing.parser import join_docs, parse, tag
from reportedly.read.parsing.passages import Passage, cut_passages, cut_sentences
from reportedly.read.parsing.words import Words
from reportedly.read.scene.scene import build_scene
from reportedly.read.sources.taking_back import says_no

__all__ = ["Draft", "complete", "draft_reports", "lots"]

Range = tuple[int, int]
ANSWER = 200  # characters at the head of a passage in which it denies the claim before it


@dataclass(slots=True)
class Part:
    """A passage with those of its sentences that are tagged or parsed, by the characters they take up."""

    passage: Passage
    docs: dict[Range, Any] = field(default_factory=dict)  # tagged
    parsed: set[Range] = field(default_factory=set)
    wanted: bool = False  # whether it is read: a frame fires in it
    named: tuple[str, ...] = ()  # parties named before frames that only speak of what is not so
    doc: Any = None  # the whole passage, parsed


@dataclass(slots=True)
class Draft:
    """A report with its passages in order."""

    report: Report
    parts: list[Part]

    def before(self, number: int, characters: int) -> str:
        """The text before a passage: whole passages, of which the last ones have at least so many characters."""
        return "".join(f"\n{text}" for text in reversed(_enough(reversed(self.parts[:number]), characters)))

    def after(self, number: int, characters: int) -> str:
        """The text behind a passage, whole passages likewise."""
        return "\n".join(_enough(islice(self.parts, number + 1, None), characters))


def _enough(parts: Iterable[Part], characters: int) -> list[str]:
    """The texts of parts until they have so many characters."""
    found: list[str] = []
    for part in parts:
        found.append(part.passage.text)
        characters -= len(part.passage.text) + 1
        if characters <= 0:
            break
    return found


def draft_reports(reports: Iterable[Report], knowledge: Knowledge, *, gate: bool = True) -> list[Draft]:
    """Cut reports and parse what can hold claims, all together; without `gate` everything is parsed and wanted."""
    drafts = [Draft(report, [Part(passage) for passage in cut_passages(report) if passage.text]) for report in reports]
    parts = [part for draft in drafts for part in draft.parts]
    if gate:
        _sift(drafts, Gate.of(knowledge.cues.language), knowledge)
        note_names([part.docs[at] for part in parts for at in part.parsed], knowledge.gazetteer)
        for part in parts:
            _look(part, knowledge)
            for at in part.parsed:
                forget_nodes(part.docs[at])
        for draft in drafts:
            _answer(draft.parts, Gate.of(knowledge.cues.language))
    else:
        for part in parts:
            part.wanted = True
    complete([part for part in parts if part.wanted], knowledge)
    return drafts


def complete(parts: Sequence[Part], knowledge: Knowledge) -> None:
    """Parse whole passages, together; sentences that are tagged or parsed already are not done again."""
    parts = [part for part in parts if part.doc is None]
    cuts = [cut_sentences(part.passage.text) for part in parts]
    missing = [(part, at) for part, ranges in zip(parts, cuts, strict=True) for at in ranges if at not in part.docs]
    for (part, at), doc in zip(
        missing, tag(sentence_case(part.passage.text[slice(*at)], knowledge) for part, at in missing), strict=True
    ):
        part.docs[at] = doc
    _parse([(part, at) for part, ranges in zip(parts, cuts, strict=True) for at in ranges if at not in part.parsed])
    for part, ranges in zip(parts, cuts, strict=True):
        part.doc = join_docs([part.docs[at] for at in ranges])
    note_names([part.doc for part in parts], knowledge.gazetteer)


def _sift(drafts: Sequence[Draft], gate: Gate, knowledge: Knowledge) -> None:
    """Tag the sentences that words let through, parse those that tags let through."""
    jobs, kept = [], []
    for draft in drafts:
        told, found = gate.sift(draft.report.text, [part.passage.text for part in draft.parts])
        jobs += [(part, at, told) for part, ranges in zip(draft.parts, found, strict=True) for at in ranges]
    for (part, at, told), doc in zip(
        jobs, tag(sentence_case(part.passage.text[slice(*at)], knowledge) for part, at, _ in jobs), strict=True
    ):
        part.docs[at] = doc
        if gate.may_claim(Words.tagged(doc), short=len(part.passage.text) < SHORT, **told):
            kept.append((part, at))
    _parse(kept)


def _parse(jobs: Sequence[tuple[Part, Range]]) -> None:
    for (part, at), doc in zip(jobs, parse([part.docs[at] for part, at in jobs]), strict=True):
        part.docs[at] = doc
        part.parsed.add(at)


def _look(part: Part, knowledge: Knowledge) -> None:
    """Fire the frames over each parsed sentence alone: whether the passage is wanted, if only for the answer to a question, and
    whom blocked frames name.
    """
    named: list[str] = []
    for at in sorted(part.parsed):
        scene = build_scene(part.docs[at], knowledge.cues, knowledge.parties)
        find_mentions(scene, knowledge.gazetteer, knowledge.parties)
        for a in each_assertion(scene):
            if not a.mood.blocked or (a.mood.blocked in ASKED and says_no(part.passage.text)):
                part.wanted = True
                return
            start = scene.sentence[a.start][0]
            named += [s.word.party for s in scene.sides if start <= s.start < a.start and s.word.party is not None]
    part.named = tuple(named)


def _answer(parts: Sequence[Part], gate: Gate) -> None:
    """Want a passage that opens with the denial of a claim right behind one that is wanted, though it says nothing of its own."""
    for before, part in pairwise(parts):
        if before.wanted and not part.wanted and gate.answers(part.passage.text[:ANSWER]):
            part.wanted = True


def lots(reports: Iterable[Report], size: int) -> Iterator[list[Report]]:
    """Reports in lots of a size."""
    lot: list[Report] = []
    for report in reports:
        lot.append(report)
        if len(lot) == size:
            yield lot
            lot = []
    if lot:
        yield lot

"""Read one report: passages through the gate, parsed, claims with who says them, statements, and what stayed open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reportedly import __version__
from reportedly.knowledge import Knowledge
from reportedly.model import Claim, PlaceRef, Reading, Report, Span, Statement, Unresolved
from reportedly.read.attribution import attribute
from reportedly.read.claims import Passing, read_claims
from reportedly.read.gate import Gate
from reportedly.read.mentions import find_mentions
from reportedly.read.parser import load_parser
from reportedly.read.passages import Passage, cut_passages
from reportedly.read.scene import Scene, build_scene
from reportedly.read.statements import find_statements
from reportedly.read.who import Heard
from reportedly.resolve.dates import find_times
from reportedly.resolve.places import FrontMemory

__all__ = ["Options", "load_parser", "read_report", "reader_name"]

CONTEXT = 1500  # characters of the text before a passage that names, pronouns and dates may be taken from


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Stages that a measurement may switch off to see what they are worth; a reader for use has them all."""

    gate: bool = True
    moods: bool = True
    attribution: bool = True
    denials: bool = True
    anaphora: bool = True
    presupposed: bool = True
    places: bool = True
    times: bool = True


@dataclass(slots=True)
class State:
    """What one passage hands on to the next."""

    context: str = ""
    heard: Heard = field(default_factory=Heard)
    places: list[PlaceRef] = field(default_factory=list)
    relays: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of the passage before, by source id


def reader_name(knowledge: Knowledge) -> str:
    """Name and version of this reader with its reference data, as readings carry it."""
    return f"reportedly/{__version__}+{knowledge.version}"


def read_report(
    report: Report,
    knowledge: Knowledge,
    *,
    memory: FrontMemory | None = None,
    options: Options | None = None,
    progress: Callable[[float], None] | None = None,
) -> Reading:
    """All that the reader finds in one report: pure, offline, the same for the same report and knowledge.

    `memory` carries what earlier reports said of places (see resolve.places); without it every report is read alone.
    """
    options = options or Options()
    name = reader_name(knowledge)
    if report.lang != "en":
        everything = Span(start=0, end=len(report.text))
        foreign = Unresolved(report_id=report.id, kind="passage", words=report.text[:80], span=everything,
                             reason=f"this reader reads English, the report is in {report.lang!r}")  # fmt: skip
        return Reading(report_id=report.id, reader=name, unresolved=(foreign,))
    gate = Gate.of(knowledge.cues.language)
    passages = list(cut_passages(report))
    opened = [not options.gate or gate.opens(passage.text) for passage in passages]
    spoken = [known or _speaks(passage.text) for known, passage in zip(opened, passages, strict=True)]
    if memory is not None:  # a memory learns from each reading: read once
        opened = spoken
    docs: dict[int, Any] = {}
    found = _read_passages(report, passages, opened, knowledge, memory, options, progress, docs)
    if found.claims and spoken != opened:  # who speaks of what else matters only where something is claimed
        found = _read_passages(report, passages, spoken, knowledge, memory, options, progress, docs)
    return Reading(
        report_id=report.id,
        reader=name,
        claims=tuple(found.claims),
        statements=tuple(found.statements),
        unresolved=tuple(found.unresolved),
    )


def _read_passages(
    report: Report, passages: Sequence[Passage], wanted: Sequence[bool], knowledge: Knowledge, memory: FrontMemory | None,
    options: Options, progress: Callable[[float], None] | None, docs: dict[int, Any],
) -> Found:  # fmt: skip
    """Read the wanted passages in order, each with what came before it; `docs` keeps what was parsed, by passage."""
    state, everything = State(), Found([], [], [])
    ahead = [number for number, parse in enumerate(wanted) if parse and number not in docs]
    parsing = iter(load_parser().pipe((passages[number].text for number in ahead), batch_size=16))
    for number, (passage, parse) in enumerate(zip(passages, wanted, strict=True)):
        if parse:
            if number not in docs:
                docs[number] = next(parsing)
            found = _read_passage(report, passage, docs[number], knowledge, state, memory, options)
            everything.claims += found.claims
            everything.statements += found.statements
            everything.unresolved += found.unresolved
        state.context = (state.context + "\n" + passage.text)[-CONTEXT:]
        if progress is not None:
            progress(passage.offsets[-1] / max(1, len(report.text)) if passage.offsets else 0.0)
    return everything


def _speaks(text: str) -> bool:
    """Whether a passage quotes somebody directly: such passages are parsed for their statements."""
    return text.count('"') + text.count("“") + text.count("”") >= 2


@dataclass(slots=True)
class Found:
    """What one passage yielded."""

    claims: list[Claim]
    statements: list[Statement]
    unresolved: list[Unresolved]


def _read_passage(
    report: Report,
    passage: Passage,
    doc: Any,
    knowledge: Knowledge,
    state: State,
    memory: FrontMemory | None,
    options: Options,
) -> Found:
    """Read one parsed passage."""
    scene = build_scene(doc, knowledge.cues, knowledge.parties)
    find_mentions(scene, knowledge.gazetteer, knowledge.parties)
    after = report.text[passage.offsets[-1] : passage.offsets[-1] + 1000] if passage.offsets else ""
    attributions = attribute(
        doc,
        parties=knowledge.parties,
        context=state.context,
        following=after,
        publisher=report.publisher,
        relays=state.relays,
    )
    state.relays = attributions.relays
    passing = Passing(
        report=report,
        passage=passage,
        scene=scene,
        attributions=attributions,
        knowledge=knowledge,
        heard=state.heard,
        earlier=state.places,
        memory=memory,
        times=find_times(passage.text, published=report.published.date(), context=state.context)
        if options.times
        else [],
        context=state.context,
        options=options,
        reader=reader_name(knowledge),
    )
    claims, unresolved = read_claims(passing)
    unresolved += _disagreements(report, passage, scene)
    if memory is not None:
        memory.learn([c.place for c in claims], _when(report))
    return Found(claims, _statements(report, passage, attributions, claims, passing), unresolved)


def _when(report: Report) -> dt.date:
    return report.published.date()


def _disagreements(report: Report, passage: Passage, scene: Scene) -> list[Unresolved]:
    """Words that say that somebody disagrees without saying who: they raise a dispute and make no claim."""
    lowered = passage.text.lower()
    found = []
    for phrase in scene.cues.disagreement:
        at = lowered.find(phrase)
        while at >= 0:
            start, end = passage.span(at, at + len(phrase))
            found.append(
                Unresolved(report_id=report.id, kind="disagreement", words=report.text[start:end], span=Span(start=start, end=end),
                           reason="somebody disagrees and is not named")
            )  # fmt: skip
            at = lowered.find(phrase, at + len(phrase))
    return found


def _statements(
    report: Report, passage: Passage, attributions: Any, claims: Sequence[Claim], passing: Passing
) -> list[Statement]:
    """Attributed words that carry no claim."""
    taken = [c.cue_span for c in claims if c.cue_span]
    found = []
    for statement in find_statements(attributions, report=report, times=passing.times):
        start, end = passage.span(statement.span.start, statement.span.end)
        if any(start <= span.start < end for span in taken):
            continue
        found.append(
            replace(statement, span=Span(start=start, end=end), attribution=passing.moved(statement.attribution))
        )
    return found

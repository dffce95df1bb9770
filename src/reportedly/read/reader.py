"""Read one report: passages through the gate, parsed, claims with who says them, statements, and what stayed open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from reportedly.knowledge import Knowledge
from reportedly.model import Claim, PlaceRef, Reading, Report, Span, Statement, Unresolved
from reportedly.read.claims.alike import told_before, told_last
from reportedly.read.claims.claims import read_claims
from reportedly.read.drafts import Draft, Part, complete, draft_reports, lots
from reportedly.read.gate.gate import Gate
from reportedly.read.names.mentions import find_mentions
from reportedly.read.options import Options, reader_name
from reportedly.read.parsing.nodes import forget_nodes
from reportedly.read.parsing.parser import load_parser
from reportedly.read.parsing.passages import Passage
from reportedly.read.scene.abbreviated import abbreviated
from reportedly.read.scene.heard import Heard
from reportedly.read.scene.passing import Passing
from reportedly.read.scene.scene import build_scene
from reportedly.read.sources.attribution import Attributions, attribute
from reportedly.read.sources.speakers import Speaker
from reportedly.read.sources.statements import find_statements
from reportedly.resolve.dates import find_times
from reportedly.resolve.places import FrontMemory

__all__ = ["Options", "load_parser", "read_report", "read_reports", "reader_name"]

LOT = 300  # reports parsed together: the parser takes its steps for many texts at once; some ten megabytes
CONTEXT = 1500  # characters of the text before a passage that names, pronouns and dates may be taken from, at least
FOLLOWING = 800  # characters behind a passage in which a title may get its name, at least


@dataclass(slots=True)
class State:
    """What one passage hands on to the next."""

    heard: Heard = field(default_factory=Heard)
    places: list[PlaceRef] = field(default_factory=list)
    relays: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of the passage before, by source id
    told: tuple[Claim, ...] = ()  # what the passage right before claims last
    cast: dict[str, list[Speaker]] = field(default_factory=dict)  # who is named, by line of the report


def read_report(
    report: Report,
    knowledge: Knowledge,
    *,
    memory: FrontMemory | None = None,
    options: Options | None = None,
    progress: Callable[[float], None] | None = None,
) -> Reading:
    """All that the reader finds in one report: pure, offline, the same for the same report and knowledge.

    `memory` is what earlier reports said of places (see resolve.memory); it is only looked at. Without it every report is read
    alone, with what was generally known of the front on its day.
    """
    options = options or Options()
    if report.lang != "en":
        return _foreign(report, knowledge, options, front=memory is not None)
    (draft,) = draft_reports([report], knowledge, gate=options.gate)
    return _read_draft(draft, knowledge, memory, options, progress)


def read_reports(
    reports: Iterable[Report], knowledge: Knowledge, *, options: Options | None = None, lot: int = LOT
) -> Iterator[Reading]:
    """The readings of many reports in their order, each as `read_report` gives it, several times as fast.

    They are parsed `lot` at a time, which is all that is held in memory.
    """
    options = options or Options()
    for some in lots(reports, lot):
        drafts = iter(draft_reports((r for r in some if r.lang == "en"), knowledge, gate=options.gate))
        for report in some:
            yield (
                _read_draft(next(drafts), knowledge, None, options)
                if report.lang == "en"
                else _foreign(report, knowledge, options)
            )


def _foreign(report: Report, knowledge: Knowledge, options: Options, *, front: bool = False) -> Reading:
    """What a report in another language yields: that it was not read."""
    foreign = Unresolved(report_id=report.id, kind="passage", words=report.text[:80], span=Span(start=0, end=len(report.text)),
                         reason=f"this reader reads English, the report is in {report.lang!r}")  # fmt: skip
    return Reading(report_id=report.id, reader=reader_name(knowledge, options, front=front), unresolved=(foreign,))


def _read_draft(
    draft: Draft, knowledge: Knowledge, memory: FrontMemory | None, options: Options, progress: Callable[[float], None] | None = None,
) -> Reading:  # fmt: skip
    """Read the wanted passages of a report in order, each with what came before it."""
    found = _read_parts(draft, knowledge, memory, options, progress)
    if options.speech and found.claims:
        spoken = [part for part in draft.parts if not part.wanted and speaks(part.passage.text)]
        for part in spoken:
            part.wanted = True
        complete(spoken, knowledge)
        found = _read_parts(draft, knowledge, memory, options, progress) if spoken else found
    return Reading(
        report_id=draft.report.id,
        reader=reader_name(knowledge, options, front=memory is not None),
        claims=tuple(found.claims),
        statements=tuple(found.statements),
        unresolved=tuple(found.unresolved),
    )


def _read_parts(
    draft: Draft,
    knowledge: Knowledge,
    memory: FrontMemory | None,
    options: Options,
    progress: Callable[[float], None] | None,
) -> Found:
    """Read the passages of a report that are wanted."""
    state, everything, report = State(), Found([], [], []), draft.report
    disagrees = Gate.of(knowledge.cues.language).disagrees(report.text)
    paragraph: list[Claim] = []  # what it has claimed so far: a long one is read in pieces
    for number, part in enumerate(draft.parts):
        if paragraph and not _goes_on(report.text, draft.parts[number - 1].passage, part.passage):
            everything.claims += paragraph
            paragraph = []
        if part.wanted:
            found = _read_passage(
                report,
                part,
                knowledge,
                state,
                memory,
                options,
                draft.before(number, CONTEXT),
                draft.after(number, FOLLOWING),
            )
            paragraph += [claim for claim in found.claims if not told_before(paragraph, claim)]
            state.told = told_last(found.claims)
            everything.statements += found.statements
            everything.unresolved += found.unresolved
        else:
            state.relays, state.told = {}, ()
            for party in part.named:
                state.heard.hear(party)
        if disagrees:
            everything.unresolved += _disagreements(report, part.passage, knowledge.cues.disagreement)
        if progress is not None:
            progress(part.passage.offsets[-1] / max(1, len(report.text)) if part.passage.offsets else 0.0)
    everything.claims += paragraph
    return everything


def _goes_on(text: str, one: Passage, other: Passage) -> bool:
    """Whether two passages are pieces of one paragraph: nothing but notes and spaces stands between them."""
    if not one.offsets or not other.offsets:
        return False
    between = text[one.offsets[-1] + 1 : other.offsets[0]]
    return "\n" not in between and not any(c.isalpha() for c in between)


def speaks(text: str) -> bool:
    """Whether a passage quotes somebody directly."""
    return text.count('"') + text.count("“") + text.count("”") >= 2


@dataclass(slots=True)
class Found:
    """What one passage yielded."""

    claims: list[Claim]
    statements: list[Statement]
    unresolved: list[Unresolved]


def _read_passage(
    report: Report,
    part: Part,
    knowledge: Knowledge,
    state: State,
    memory: FrontMemory | None,
    options: Options,
    context: str,
    following: str,
) -> Found:
    """Read one parsed passage; `context` is the text before it, `following` that behind it."""
    passage, doc = part.passage, part.doc
    short = abbreviated(f"{context}\n{passage.text}", knowledge.parties)
    scene = build_scene(doc, knowledge.cues, knowledge.parties, short)
    find_mentions(scene, knowledge.gazetteer, knowledge.parties)
    attributions = attribute(
        doc,
        parties=knowledge.parties,
        context=context,
        following=following,
        publisher=report.publisher,
        relays=state.relays,
        lines=state.cast,
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
        told=state.told,
        times=find_times(passage.text, published=report.published.date(), context=context) if options.times else [],
        context=context,
        options=options,
        reader=reader_name(knowledge, options, front=memory is not None),
    )
    claims, unresolved = read_claims(passing)
    statements = _statements(report, passage, attributions, claims, passing)
    forget_nodes(doc)
    return Found(claims, statements, unresolved)


def _disagreements(report: Report, passage: Passage, phrases: Sequence[str]) -> list[Unresolved]:
    """Words that say that somebody disagrees without saying who: they raise a dispute and make no claim."""
    lowered = passage.text.lower()
    found = []
    for phrase in phrases:
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
    report: Report, passage: Passage, attributions: Attributions, claims: Sequence[Claim], passing: Passing
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

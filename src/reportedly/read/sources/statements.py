"""Attributed words that carry no claim: who said what, to whom or where, kept and searchable, never on the map."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from reportedly.model import NARRATOR, PlaceRef, Quoting, Report, Span, Statement, Time
from reportedly.read.sources.attribution import Attributions
from reportedly.read.sources.voices import Voice

__all__ = ["find_statements"]

Thing = TypeVar("Thing", Time, PlaceRef)
MIN_WORDS = 3
KINDS = frozenset({"says", "writes", "assesses", "concedes", "denies", "directs", "hears", "quotes"})
EDGES = " \t\n,;:\"“”„«»'’-–—"
LEAD = re.compile(r"^(?:that|how|whether|as saying)\s+", re.IGNORECASE)


def find_statements(
    attributions: Attributions,
    *,
    report: Report,
    times: Sequence[Time] = (),
    places: Sequence[PlaceRef] = (),
) -> list[Statement]:
    """Every attributed quotation and paraphrase of a passage; spans are offsets into the passage's text.

    `times` and `places` (with spans in the passage) date and place a statement where they stand in the sentence of its
    cue, outside what is said. A speaker who only relays what another says gives no statement of their own.
    """
    found: list[Statement] = []
    p = attributions.parsed
    for voice in attributions.voices:
        if voice.speaker is None or voice.speaker.kind == NARRATOR or voice.frame.kind not in KINDS:
            continue
        if _relays(voice, attributions):
            continue
        content, span = _content(voice, attributions)
        said = any(p.tag[k].startswith("VB") or p.tag[k] == "MD" for a, b in voice.frame.ranges for k in range(a, b))
        if len(content.split()) < MIN_WORDS or not (said or voice.frame.quoted or voice.frame.kind == "directs"):
            continue
        attribution = attributions.of_voice(voice)
        if attribution.source == NARRATOR:
            continue
        found.append(
            Statement(
                report_id=report.id,
                published=report.published,
                publisher=report.publisher,
                attribution=attribution,
                content=content,
                span=span,
                time=_beside(voice, attributions, times),
                place=_beside(voice, attributions, places),
                addressee=voice.addressee,
            )
        )
    return _distinct(found)


def _relays(voice: Voice, attributions: Attributions) -> bool:
    """Whether all that a voice says is that another says something."""
    p = attributions.parsed
    tokens = {k for a, b in voice.frame.ranges for k in range(a, b)}
    inner = {
        o.frame.cue: o
        for k in tokens
        for o in attributions.saying(k)
        if o.depth > voice.depth and o.speaker is not None
    }
    if not inner:
        return False
    for other in inner.values():
        tokens -= {k for a, b in other.frame.ranges for k in range(a, b)} | set(range(*other.frame.cue_span))
        if (head := other.frame.speaker) is not None:
            tokens -= set(range(p.left[head], p.right[head] + 1))
    return sum(p.pos[k] in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") for k in tokens) < MIN_WORDS


def _content(voice: Voice, attributions: Attributions) -> tuple[str, Span]:
    """The words said, without marks and "that", and the stretch of the passage that holds them."""
    tokens, frame = attributions.parsed.tokens, voice.frame
    ranges = sorted(frame.ranges)
    if frame.quoted:
        ranges = [r for r in ranges if any(attributions.quoted(k) for k in range(*r))] or ranges
    pieces = [LEAD.sub("", tokens.words(a, b).strip(EDGES)) for a, b in ranges]
    text = " … ".join(piece for piece in pieces if piece)
    if frame.quoted and len(ranges) == 1:
        text = tokens.words(*ranges[0]).strip(' \t\n"“”„«»').removesuffix(",")
    first, last = min(a for a, _ in ranges), max(b for _, b in ranges) - 1
    return text, Span(start=tokens.start[first], end=tokens.end[last])


def _beside(voice: Voice, attributions: Attributions, found: Sequence[Thing]) -> Thing | None:
    """What stands in the sentence of the cue, outside what is said."""
    frame = voice.frame
    if frame.cue < 0:
        return None
    starts, ends = attributions.parsed.tokens.start, attributions.parsed.tokens.end
    first, last = attributions.parsed.sentence[frame.cue]
    start, end = starts[first], ends[last - 1]
    said = [(starts[a], ends[b - 1]) for a, b in frame.ranges]
    for thing in found:
        if thing.span is None or not start <= thing.span.start < end:
            continue
        if not any(a <= thing.span.start < b for a, b in said):
            return thing
    return None


def _distinct(statements: Sequence[Statement]) -> list[Statement]:
    """Without those whose words another of the same speaker already holds."""
    kept: list[Statement] = []
    for statement in sorted(statements, key=lambda s: -(s.span.end - s.span.start)):
        same = [s for s in kept if s.attribution.source == statement.attribution.source]
        if not any(s.span.start <= statement.span.start and statement.span.end <= s.span.end for s in same):
            kept.append(statement)
    return sorted(kept, key=lambda s: (s.span.start, s.attribution.quoting is not Quoting.QUOTATION))

"""A time that is of something else, since or until which, or at which, what is claimed is so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import Span, Time
from reportedly.resolve.dates.between import AND_ALSO, COMMA, RECORD, SINCE_CLAUSE
from reportedly.resolve.dates.edtf import edtf_bounds

__all__ = ["bounded", "itself", "limit_event", "start_of", "with_neighbour"]


def bounded(event: Time, text: str, cue: Span, sentence: Span) -> Time:
    """A time that is of an event since or until which something is so, as the limit that it is."""
    word = limit_event(event, text, cue, sentence)
    edtf = event.edtf or ""
    if word is None or not edtf or edtf.endswith("/..") or edtf.startswith("../"):
        return event
    first, _, last = edtf.partition("/")
    if word == "since":
        return replace(event, edtf=f"{first}/..", upper=None, reason=f"{event.reason}, since what happened then")
    return replace(event, edtf=f"../{last or first}", lower=None, reason=f"{event.reason}, until what happened then")


def with_neighbour(event: Time, times: Sequence[Time], text: str) -> Time:
    """A time with the one that it is joined to: "in late March and early April"."""
    for other in times:
        if other.span is None or event.span is None or "/" in f"{other.edtf}{event.edtf}":
            continue
        one, two = sorted((event, other), key=start_of)
        gap = text[one.span.end : two.span.start] if one.span and two.span else ""
        if one is not two and AND_ALSO.fullmatch(gap) and one.lower and two.lower and one.lower < two.lower:
            return replace(
                one,
                words=f"{one.words}{gap}{two.words}",
                edtf=f"{one.edtf}/{two.edtf}",
                upper=two.upper,
                reason=f"{one.reason}; {two.reason}",
            )
    return event


def itself(time: Time) -> Time:
    """A time without the "since" before it: "since 2014, when A fell"."""
    edtf = time.edtf or ""
    if not edtf.endswith("/..") or time.lower is None:
        return time
    return replace(time, edtf=edtf[:-3], upper=edtf_bounds(edtf[:-3])[1], reason=f"{time.reason}; what happened then")


def limit_event(time: Time, text: str, cue: Span, sentence: Span) -> str | None:
    """The word of limit where a time is of an event since or until which something is so, behind the cue or heading its sentence."""
    begin = start_of(time)
    if begin >= cue.end:
        found = SINCE_CLAUSE.search(text, cue.end, begin)
        if found and RECORD.search(text, max(sentence.start, cue.start - 30), begin):
            return None
        if found and found["word"] != "since" and COMMA.search(text, cue.end, found.start()):
            return None  # "now control A, a town of 28,000 before the war began in February"
    else:
        found = SINCE_CLAUSE.match(text[sentence.start : begin].lstrip())
    return found["word"].lower() if found else None


def start_of(time: Time) -> int:
    """Where a time begins in its text."""
    return time.span.start if time.span else 0

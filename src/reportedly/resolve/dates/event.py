"""Which of a sentence's times dates the event, and which only its announcement."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import Span, Time
from reportedly.resolve.dates.edtf import edtf_of

__all__ = ["time_of_event"]

_DAY = dt.timedelta(days=1)
_BREAK = re.compile(
    r";|:\s|\s[–—-]\s|,\s+(?:and|but|while|which|who|whom|where|when|after|before|as|though|although|following|because|so|then|with|including)\b"
    r"|\b(?:while|although|though|whereas|because|but|after|before|which|who|when|where|since then)\b"
    r"|\band\s+(?:(?:that|the|on|in)\b|[A-Z])",
)
_COMMA = re.compile(r",\s")
_PREVIOUSLY = re.compile(r"\b(?:previously|formerly|once|then)(?:\s+|-)(?:\w+[\s-]+)?$", re.IGNORECASE)
_FRONT = re.compile(
    r"^\W*(?:(?:on|in|by|as of|since|early|late|earlier|later|overnight|meanwhile|also)\b[\s,]*)*$", re.IGNORECASE
)
_BEGAN = re.compile(r"\b(?:began|begun|started|broke\s+out)\s+(?:back\s+)?(?:(?:in|on|around|about)\s+)?(?:the\s+)?$")
_THAT = re.compile(r"\bthat\b|[\"“”]")
_CROSSING = 70  # characters that a clause boundary counts for
_REPORT = 45  # how far from the reporting verb a time may stand and still date the report


def time_of_event(
    times: Sequence[Time],
    *,
    text: str,
    cue_span: Span,
    sentence_span: Span,
    published: dt.date,
    attribution_cue_span: Span | None = None,
    presupposed: bool = False,
) -> Time | None:
    """The time at which a claim's event is said to have happened, or None if the sentence gives none.

    `times` are those of the whole `text`; all spans are in it. A time that dates only the announcement ("said on Thursday that")
    gives `../D`: it happened by then. `presupposed` is for adjectives and titles, which the times of their sentence do not date.
    """
    before = text[max(sentence_span.start, cue_span.start - 30) : cue_span.start]
    if presupposed:
        return _past_of(published) if _PREVIOUSLY.search(before) else None
    inside = [t for t in times if t.span and t.edtf and sentence_span.start <= t.span.start < sentence_span.end]
    reported = [t for t in inside if attribution_cue_span and _dates_report(t, text, cue_span, attribution_cue_span)]
    scored = sorted(
        ((_distance(t, text, cue_span, sentence_span), i) for i, t in enumerate(inside) if t not in reported)
    )
    event = inside[scored[0][1]] if scored and scored[0][0] < 3 * _CROSSING else None
    said = _until(reported[0]) if reported else None
    if (
        event is not None
        and event.edtf
        and "/" not in event.edtf
        and _BEGAN.search(text[sentence_span.start : _start(event)])
    ):
        event = replace(event, edtf=f"{event.edtf}/..", upper=None, reason=f"{event.reason}, from then on")
    if event is None:
        return said or (_past_of(published) if _PREVIOUSLY.search(before) else None)
    if (
        said is not None
        and said.upper is not None
        and event.edtf
        and event.edtf.endswith("/..")
        and event.lower
        and event.lower < said.upper
    ):
        last = (said.edtf or "").rpartition("/")[2]
        return replace(
            event, edtf=f"{event.edtf[:-3]}/{last}", upper=said.upper, reason=f"{event.reason}, up to the announcement"
        )
    return event


def _start(time: Time) -> int:
    return time.span.start if time.span else 0


def _past_of(published: dt.date) -> Time:
    return Time(
        words="previously",
        edtf=f"../{published.isoformat()}",
        lower=None,
        upper=published + _DAY,
        reason="before publication",
    )


def _until(announced: Time) -> Time:
    """An announcement's time as the latest that the event can have."""
    if announced.upper is None:
        return announced
    last = (announced.edtf or edtf_of(None, announced.upper)).rpartition("/")[2]
    return replace(announced, edtf=f"../{last}", lower=None, reason=f"{announced.reason}; dates the announcement")


def _dates_report(time: Time, text: str, cue: Span, attribution: Span) -> bool:
    """Whether a time belongs to the reporting verb: beside it, on its side of "that" and of the claim."""
    assert time.span is not None
    if time.span.start >= attribution.end:
        gap = text[attribution.end : time.span.start]
        if (
            attribution.end <= cue.start < time.span.start
            or len(gap) > _REPORT
            or _THAT.search(gap)
            or _BREAK.search(gap)
        ):
            return False
        if cue.start < attribution.start:
            return True  # "..., the ministry said on Thursday"
        after = text[time.span.end : cue.start]
        return (
            bool(re.match(r"\s*(?:,|that\b|:|[\"“]|\s*(?:about|how|the|a|an|to)\b|[A-Z]|\s*$)", after))
            or bool(_THAT.search(after))
            or len(gap) <= 4
        )
    gap = text[time.span.end : attribution.start]
    if time.span.start <= cue.start < attribution.start and cue.start > time.span.end:
        return False
    if cue.end <= time.span.start:  # the claim, the time, the verb: "captured X on Monday, the ministry said"
        return not _COMMA.search(gap) and bool(_COMMA.search(text[cue.end : time.span.start])) and len(gap) <= _REPORT
    return len(gap) <= 2 * _REPORT and not _BREAK.search(
        gap
    )  # "the ministry on Thursday said", "On Thursday, he said that"


def _distance(time: Time, text: str, cue: Span, sentence: Span) -> int:
    """How far a time stands from the claim's cue in characters, with a surcharge per clause boundary between them."""
    assert time.span is not None
    if time.span.start >= cue.end:
        gap = text[cue.end : time.span.start]
    else:
        gap = text[time.span.end : cue.start]
        if _FRONT.match(text[sentence.start : time.span.start]):  # "On 5 May, ..." dates the main clause
            gap = gap.lstrip(", ")
    crossings = len(_BREAK.findall(gap))
    return len(gap) // 2 + crossings * _CROSSING + (10 if time.span.start < cue.start else 0)

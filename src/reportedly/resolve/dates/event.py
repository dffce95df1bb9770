"""Which of a sentence's times dates the event, and which only its announcement."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import Span, Time
from reportedly.resolve.dates.between import (
    AFTER,
    AFTER_OPEN,
    APART,
    AS_OF,
    ASIDE,
    BEFORE_MAIN,
    BEFORE_MAIN_AFTER,
    BEGAN,
    BRACKETED,
    BREAK,
    BY,
    COMMA,
    COUNTED,
    COUNTED_FROM,
    DURING,
    ELABORATED,
    FRONT,
    JOINED,
    LISTED,
    MADE,
    NEXT_CLAUSE,
    NOUN_LASTED,
    NOUN_NEXT,
    NOW_SO,
    ONE_CLAUSE,
    OPENS_NEXT,
    OTHER_CLAUSE,
    OWN_NOUN,
    OWNER,
    POSTED,
    PREVIOUSLY,
    RECORD,
    SINCE_CLAUSE,
    SINCE_EVENT,
    THAT,
    THEN,
    UTTERANCE,
)
from reportedly.resolve.dates.edtf import edtf_of
from reportedly.resolve.dates.limits import bounded, itself, limit_event, start_of, with_neighbour

__all__ = ["at_that_time", "by_then", "is_day_before", "time_of_event", "time_of_report"]

_DAY = dt.timedelta(days=1)
_CROSSING = 70  # characters that a clause boundary counts for
_LONG = 300  # characters beyond which no sentence of one clause reaches
_TOO_FAR = 2 * _CROSSING  # from where on a time is of something else
_ASIDE_REACH = 120  # characters before a time in which a relative clause that holds it may begin
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
    perfect: bool = False,
    enduring: bool = False,
) -> Time | None:
    """The time at which a claim's event is said to have happened, or None if the sentence gives none.

    `times` are those of the whole `text`; all spans are in it. A time that dates only the announcement ("said on Thursday that")
    gives `../D`: it happened by then. `presupposed` is for adjectives and titles, which the times of their sentence do not date.
    `perfect` is for a verb in the present perfect or a noun, which take no date where they are told: one behind them is of
    the announcement ("said that they have taken A on Monday", "announced the capture of A on Monday"). `enduring` is for what
    goes on or has happened from a time on: an event with "since" and a date dates it ("has held A since the siege began in May").
    """
    inside = [
        t
        for t in times
        if t.span and t.edtf and sentence_span.start <= t.span.start < sentence_span.end and not _to_come(t, published)
    ]
    previously = PREVIOUSLY.search(text, max(sentence_span.start, cue_span.start - 30), cue_span.start)
    if presupposed:
        own = [t for t in inside if start_of(t) >= cue_span.end and _owned(text[cue_span.end : start_of(t)])]
        if own:
            return bounded(own[0], text, cue_span, sentence_span)
        return _past_of(published) if previously else None
    pictures = [t for t in inside if start_of(t) < cue_span.start]
    shown = [t for t in pictures if MADE.search(text, sentence_span.start, start_of(t))]
    if shown and attribution_cue_span is None:
        return shown[-1]  # "footage from 25 July shows that": the picture has the date of what it shows
    reported = [t for t in pictures if POSTED.search(text, sentence_span.start, start_of(t))]
    if attribution_cue_span:
        reported += [t for t in inside if _dates_report(t, text, cue_span, attribution_cue_span)]
    said = _until(reported[0]) if reported else None
    event = _nearest([t for t in inside if t not in reported], text, cue_span, sentence_span, enduring=enduring)
    if event is None:
        return said or (_past_of(published) if previously else None)
    told_after = (
        perfect and attribution_cue_span is not None and attribution_cue_span.end <= cue_span.start < start_of(event)
    )
    if told_after and _is_past_day(event, published):
        return _until(event)
    return _up_to(event, said)


def _owned(gap: str) -> bool:
    """Whether what stands between a participle and a time leaves the time to the participle."""
    return bool(BY.fullmatch(gap) or ((limit := SINCE_CLAUSE.search(gap)) and BY.fullmatch(gap[: limit.start()])))


def by_then(time: Time, text: str) -> Time:
    """The time of an event told "as of" a time: it had happened by then. Other times as they are."""
    if time.span is None or not _as_of(text, 0, time.span.start):
        return time
    return replace(_until(time), reason=f"{time.reason}, as of then")


def at_that_time(time: Time, text: str) -> Time:
    """The time at which something lasting is told to be so "by" then. Other times as they are."""
    edtf = time.edtf or ""
    if time.span is None or not edtf.startswith("../") or not text[time.span.start :].lower().startswith("by "):
        return time
    return replace(time, edtf=edtf[3:], reason=f"{time.reason}, by then it was so")


def time_of_report(times: Sequence[Time], *, text: str, report_span: Span, sentence_span: Span) -> Time | None:
    """The latest that something told can have happened: the time of the reporting verb in its sentence, as `../D`."""
    inside = [t for t in times if t.span and t.edtf and sentence_span.start <= t.span.start < sentence_span.end]
    for time in inside:
        begin = start_of(time)
        gap = text[report_span.end : begin] if begin >= report_span.end else text[begin : report_span.start]
        if not (THAT.search(gap) or BREAK.search(gap) or COMMA.search(gap)) and _is_day(time):
            return _until(time)
    return None


def _as_of(text: str, first: int, begin: int) -> bool:
    """Whether a time that begins at a character is one "as of" which something is so."""
    before = text[max(first, begin - 40) : begin]
    return bool(AS_OF.match(text, begin)) or (bool(AS_OF.search(before)) and not re.search(r"[,.;]", before))


def _is_past_day(time: Time, published: dt.date) -> bool:
    """Whether a time is one day before publication or the day itself by its date ("today" goes with "have taken")."""
    by_name = time.lower == published and not any(c.isdigit() for c in time.words) and "day" in time.words.lower()[-5:]
    return "/" not in (time.edtf or "/") and _is_day(time) and not by_name


def is_day_before(time: Time, published: dt.date, most: int) -> bool:
    """Whether a time is one day, or two, that ended at most so many days before publication."""
    return _is_day(time) and time.upper is not None and 0 <= (published - time.upper + _DAY).days <= most


def _is_day(time: Time) -> bool:
    """Whether a time is one day or part of a day."""
    return time.lower is not None and time.upper is not None and time.upper - time.lower <= 2 * _DAY


def _nearest(times: Sequence[Time], text: str, cue: Span, sentence: Span, *, enduring: bool) -> Time | None:
    """The time that dates the event: the nearest to its cue, if it stands in the same clause; "began in May" goes on from it."""
    scored = sorted((_distance(t, text, cue, sentence, enduring=enduring), i) for i, t in enumerate(times))
    if not scored or scored[0][0] >= _TOO_FAR:
        return None
    event = times[scored[0][1]]
    if event.span is not None and event.span.end <= cue.start and JOINED.match(text, event.span.end, cue.start):
        own = [i for far, i in scored if far < _CROSSING and start_of(times[i]) >= cue.end]
        event = times[own[0]] if own else event  # "began on 14 March and retook X by 16 March"
    if THEN.fullmatch(text, event.span.end if event.span else 0, cue.start):
        return itself(event)
    if (
        enduring
        and event.edtf
        and "/" not in event.edtf
        and not limit_event(event, text, cue, sentence)
        and BEGAN.search(text, sentence.start, start_of(event))
    ):
        return replace(event, edtf=f"{event.edtf}/..", upper=None, reason=f"{event.reason}, from then on")
    if enduring:
        event = bounded(event, text, cue, sentence)
    return with_neighbour(event, times, text)


def _up_to(event: Time, said: Time | None) -> Time:
    """An event that goes on from a time, told on a day, is told up to that day."""
    if (
        said is None
        or said.upper is None
        or not (event.edtf or "").endswith("/..")
        or not (event.lower and event.lower < said.upper)
    ):
        return event
    last = (said.edtf or "").rpartition("/")[2]
    return replace(
        event,
        edtf=f"{(event.edtf or '')[:-3]}/{last}",
        upper=said.upper,
        reason=f"{event.reason}, up to the announcement",
    )


def _to_come(time: Time, published: dt.date) -> bool:
    """Whether a time runs from publication on ("in the coming days"): what is claimed has happened or is so, by then."""
    return time.lower == published and time.upper != published + _DAY and time.reason == "from publication on"


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
    if UTTERANCE.match(text, time.span.end) and OWNER.search(text, max(0, time.span.start - 24), time.span.start):
        return True  # "In its Friday morning report the staff said that"
    if _dates_a_noun(text, time.span.start, time.span.end):
        return False  # "recalled the 2022 liberation of X"
    if time.span.start >= attribution.end:
        gap = text[attribution.end : time.span.start]
        if (
            attribution.end <= cue.start < time.span.start
            or len(gap) > _REPORT
            or THAT.search(gap)
            or BREAK.search(gap)
        ):
            return False
        if cue.start < attribution.start:
            return True  # "..., the ministry said on Thursday"
        after = text[time.span.end : cue.start]
        return (
            bool(re.match(r"\s*(?:,|that\b|:|[\"“]|\s*(?:about|how|the|a|an|to)\b|[A-Z]|\s*$)", after))
            or bool(THAT.search(after))
            or len(gap) <= 4
        )
    gap = text[time.span.end : attribution.start]
    if time.span.start <= cue.start < attribution.start and cue.start > time.span.end:
        return False
    if ASIDE.search(text, max(0, time.span.start - _ASIDE_REACH), time.span.start) and gap.lstrip('"”’').startswith(
        ","
    ):
        return False  # "Zelensky, who visited A on Sunday, said that B was retaken"
    if cue.end <= time.span.start:  # the claim, the time, the verb: "captured X on Monday, the ministry said"
        return not COMMA.search(gap) and bool(COMMA.search(text[cue.end : time.span.start])) and len(gap) <= _REPORT
    return len(gap) <= 2 * _REPORT and not BREAK.search(
        gap.removeprefix(":")
    )  # "the ministry on Thursday said", "On Thursday, he said that"


def _distance(time: Time, text: str, cue: Span, sentence: Span, *, enduring: bool = False) -> int:
    """How far a time stands from the claim's cue in characters, with a surcharge per clause boundary between them."""
    assert time.span is not None
    begin, end = time.span.start, time.span.end
    if _dates_a_noun(text, begin, end) and not (end <= cue.start and OWN_NOUN.fullmatch(text, end, cue.start)):
        return 3 * _CROSSING  # "Zelensky's November 14 visit", "the 2014 war": of that noun alone
    if begin >= cue.end:
        gap = text[cue.end : begin]
        front = False
        if COMMA.search(gap) and BEFORE_MAIN.match(text[sentence.start : cue.start]):
            return 3 * _CROSSING  # "A day after losing A, they left B on Sunday"
        if NEXT_CLAUSE.search(ONE_CLAUSE.sub(" ", BRACKETED.sub("", gap))):
            return 3 * _CROSSING  # "took A; Kyiv denied it the same day", "took A, and the army left B on Monday"
        if text.startswith(("since", "Since"), begin) and RECORD.search(
            text, max(sentence.start, cue.start - 30), begin
        ):
            return 3 * _CROSSING
        since = enduring and limit_event(time, text, cue, sentence)
        if lasted := NOUN_LASTED.match(gap):
            gap = gap[lasted.end() :]  # "the battle for A, which began in May"
        if (AFTER.search(gap) and not since) or COUNTED.search(gap) or OPENS_NEXT.search(gap):
            return 3 * _CROSSING
        if since:
            return len(gap) // 2
    else:
        gap = text[end : cue.start]
        if THEN.fullmatch(gap):
            return 0  # "since 2014, when Russia annexed Crimea"
        if gap.startswith(",") and enduring and limit_event(time, text, cue, sentence):
            return len(gap) // 2  # "Since the fall of A in February, they have advanced on B"
        if gap.startswith(",") and SINCE_EVENT.match(text[sentence.start : begin]):
            return 3 * _CROSSING
        if COUNTED_FROM.search(gap):
            return 3 * _CROSSING  # "on Monday, two days after the fall of X"
        if ASIDE.search(text, sentence.start, begin) and re.match(r"[^;]{0,60}?,\s", gap):
            return 3 * _CROSSING  # "M23, which took A in January, has entered B"
        if OTHER_CLAUSE.search(gap) or NOW_SO.search(gap):
            return (
                3 * _CROSSING
            )  # "On Monday the mayor of A, which is occupied, said", "left A in May, having failed to take B"
        if _is_day(time) and (
            AFTER_OPEN.search(gap) or (gap.startswith(",") and BEFORE_MAIN_AFTER.match(text[sentence.start : begin]))
        ):
            return 3 * _CROSSING  # "left on Monday after A had fallen", "After B was annexed on Monday, they took A"
        front = bool(FRONT.match(text[sentence.start : begin]))
        if front:  # "On 5 May, ..." dates the main clause
            gap = gap.lstrip(", ")
    gap = ELABORATED.sub(" ", gap)
    gap = ONE_CLAUSE.sub(" ", BRACKETED.sub("", gap))
    gap = LISTED.sub(" ", gap)  # "captured A, B, and C on Monday" is one clause
    crossings = len(BREAK.findall(gap)) + (0 if front else len(APART.findall(gap)))
    far = len(gap) // 2 if len(gap) > _LONG else min(len(gap) // 2, _CROSSING - 10)
    return far + crossings * _CROSSING + (10 if begin < cue.start else 0)


def _dates_a_noun(text: str, begin: int, end: int) -> bool:
    """Whether a time stands as an attribute before a noun: after an article or possessive, right before a word."""
    if DURING.search(text, max(0, begin - 40), begin):  # "in its 2022 invasion" dates what happened in it
        return False
    return bool(OWNER.search(text, max(0, begin - 24), begin) and NOUN_NEXT.match(text, end))

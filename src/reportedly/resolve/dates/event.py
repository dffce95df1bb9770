"""Which of a sentence's times dates the event, and which only its announcement."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import Span, Time
from reportedly.resolve.dates.edtf import edtf_of

__all__ = ["at_that_time", "by_then", "time_of_event", "time_of_report"]

_DAY = dt.timedelta(days=1)
_BREAK = re.compile(
    r";|:\s|\s[–—-]\s|,\s+(?:and|but|while|which|who|whom|where|when|after|before|as|though|although|following|because|so|then|with|including)\b"
    r"|\b(?:while|although|though|whereas|because|but|after|before|which|who|when|where|since then)\b"
    r"|\band\s+(?:that|on|in)\b",
)
_ASIDE = re.compile(
    r",\s+(?:(?:an?|the)\s[^,;]*?\b(?:who|which)|which|who|whom|whose|where|captured|seized|taken|retaken|recaptured|liberated|occupied|overrun|held|lost|annexed|besieged|founded|elected|appointed|killed)\b[^,;]*$"
)  # a relative clause between commas, still open
_COMMA = re.compile(r",\s")
_LISTED = re.compile(
    r",?\s+and\s+(?=(?:[A-Z][\w’'-]+\s*){1,3}(?:\([^)]*\)\s*)?(?:,|\s?(?:on|in|by|late|early)\b))"
)  # before the last of a list of names
_PREVIOUSLY = re.compile(r"\b(?:previously|formerly|once|then)(?:\s+|-)(?:\w+[\s-]+)?$", re.IGNORECASE)
_FRONT = re.compile(
    r"^\W*(?:(?:on|in|by|as of|since|early|late|earlier|later|overnight|meanwhile|also)\b[\s,]*)*$", re.IGNORECASE
)
_BEGAN = re.compile(r"\b(?:began|begun|started|broke\s+out)\s+(?:back\s+)?(?:(?:in|on|around|about)\s+)?(?:the\s+)?$")
_THAT = re.compile(r"\bthat\b|[\"“”]")
_APART = re.compile(  # what makes the clause of a time another than the cue's for good
    r"\b(?:but|which|who|whom|where|when|that|while|whereas|although|though|because|bringing|marking|saying|says?|said|claim(?:s|ed|ing)|report(?:s|ed|ing)|confirm(?:s|ed|ing))\b"
)
_AFTER = re.compile(
    r"\b(?:after|before|since)\b[^,;]*?\b(?:\w+ed|fell|took|lost|began)\b"
)  # behind the cue: another event
_AS_OF = re.compile(r"\bas\s+of\b", re.IGNORECASE)
_BEFORE_MAIN = re.compile(  # at the head of a sentence: what comes before its main clause, with a time of its own
    r"^\W*(?:(?:\w+\s+)?\w+\s+)?(?:after|before|since|following|having)\b[^,;]*$", re.IGNORECASE
)
_COUNTED = re.compile(  # before a time that dates a count, not the event: "the fifth town to fall in", "bringing the number to six since"
    r"\b(?:bring(?:s|ing)?|rais(?:es|ing)|tak(?:es|ing))\s+(?:\w+\s+){0,3}(?:number|total|tally|count)\b|,\s+(?:making\s+it\s+)?(?:the|its|their)\s+(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+th|latest|last|only)\b"
)
_EVIDENCE = r"\b(?:footage|imagery|images?|videos?|photos?|photographs?|pictures?)\b[^.;,]{0,50}?"
_OPENS_NEXT = re.compile(
    r"(?:,\s+|\s)(?:and|but|while|then)\s+(?:(?:by|on|in|at|since|until|from|late|early)\s+(?:the\s+)?)?$"
)
_SINCE_EVENT = re.compile(
    r"^\W*(?:\w+\s+)?(?:since|before)\s+(?:the|his|her|its|their|\w+['’]s)\s+\w+\s+(?:of|in|from)\b[^,;]*$",
    re.IGNORECASE,
)
_COUNTED_FROM = re.compile(
    r"\b(?:hours?|days?|weeks?|months?|years?)\s+(?:after|before|since|from)\s+(?:\w+['’]?s?\s+){0,3}$"
)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_JOINED = re.compile(r"\s*,?\s*and\s")
_POSTED = re.compile(
    rf"{_EVIDENCE}\b(?:posted|published|released|circulated|shared|uploaded)\s+(?:(?:on|late\s+on|early\s+on)\s+)?$"
)
_MADE = re.compile(rf"{_EVIDENCE}\b(?:from|dated|taken(?:\s+on)?|filmed(?:\s+on)?|captured\s+on)\s+$")
_BY = re.compile(
    r"\s*(?:(?:by|from)\s+[\w\s]{2,30}?)?\s*,?\s*(?:(?:in|on)\s+)?"
)  # between a participle and its own time: "occupied by X since 2014"
_OWNER = re.compile(r"(?:\b\w+['’]s?|\b(?:the|a|an|his|her|its|their|this|that))\s+$")
_DURING = re.compile(
    r"\b(?:in|during|on|throughout|amid|day\s+of|days\s+of|start\s+of)\s+(?:\w+['’]s?|the|a|an|his|her|its|their)\s+$"
)
_NOUN_NEXT = re.compile(
    r"(?:['’]s)?\s+(?!and\b|or\b|to\b|by\b|in\b|on\b|at\b|after\b|before\b|when\b|as\b|but\b|that\b|which\b|for\b|from\b|with\b|while\b)[a-z]{3,}"
)
_OWN_NOUN = re.compile(r"(?:['’]s)?\s+(?:[\w-]+\s+){0,2}")  # what may stand between a time and the noun that it dates
_CROSSING = 70  # characters that a clause boundary counts for
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
) -> Time | None:
    """The time at which a claim's event is said to have happened, or None if the sentence gives none.

    `times` are those of the whole `text`; all spans are in it. A time that dates only the announcement ("said on Thursday that")
    gives `../D`: it happened by then. `presupposed` is for adjectives and titles, which the times of their sentence do not date.
    `perfect` is for a verb in the present perfect or a noun, which take no date where they are told: one behind them is of
    the announcement ("said that they have taken A on Monday", "announced the capture of A on Monday").
    """
    inside = [
        t
        for t in times
        if t.span and t.edtf and sentence_span.start <= t.span.start < sentence_span.end and not _to_come(t, published)
    ]
    previously = _PREVIOUSLY.search(text, max(sentence_span.start, cue_span.start - 30), cue_span.start)
    if presupposed:
        own = [t for t in inside if _start(t) >= cue_span.end and _BY.fullmatch(text, cue_span.end, _start(t))]
        return own[0] if own else _past_of(published) if previously else None
    pictures = [t for t in inside if _start(t) < cue_span.start]
    shown = [t for t in pictures if _MADE.search(text, sentence_span.start, _start(t))]
    if shown and attribution_cue_span is None:
        return shown[-1]  # "footage from 25 July shows that": the picture has the date of what it shows
    reported = [t for t in pictures if _POSTED.search(text, sentence_span.start, _start(t))]
    if attribution_cue_span:
        reported += [t for t in inside if _dates_report(t, text, cue_span, attribution_cue_span)]
    said = _until(reported[0]) if reported else None
    event = _nearest([t for t in inside if t not in reported], text, cue_span, sentence_span)
    if event is None:
        return said or (_past_of(published) if previously else None)
    told_after = (
        perfect and attribution_cue_span is not None and attribution_cue_span.end <= cue_span.start < _start(event)
    )
    if told_after and _is_past_day(event, published):
        return _until(event)
    return _up_to(event, said)


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
        begin = _start(time)
        gap = text[report_span.end : begin] if begin >= report_span.end else text[begin : report_span.start]
        if not (_THAT.search(gap) or _BREAK.search(gap) or _COMMA.search(gap)) and _is_day(time):
            return _until(time)
    return None


def _as_of(text: str, first: int, begin: int) -> bool:
    """Whether a time that begins at a character is one "as of" which something is so."""
    before = text[max(first, begin - 40) : begin]
    return bool(_AS_OF.match(text, begin)) or (bool(_AS_OF.search(before)) and not re.search(r"[,.;]", before))


def _is_past_day(time: Time, published: dt.date) -> bool:
    """Whether a time is one day before publication or the day itself by its date ("today" goes with "have taken")."""
    by_name = time.lower == published and not any(c.isdigit() for c in time.words) and "day" in time.words.lower()[-5:]
    return "/" not in (time.edtf or "/") and _is_day(time) and not by_name


def _is_day(time: Time) -> bool:
    """Whether a time is one day or part of a day."""
    return time.lower is not None and time.upper is not None and time.upper - time.lower <= 2 * _DAY


def _nearest(times: Sequence[Time], text: str, cue: Span, sentence: Span) -> Time | None:
    """The time that dates the event: the nearest to its cue, if it stands in the same clause; "began in May" goes on from it."""
    scored = sorted((_distance(t, text, cue, sentence), i) for i, t in enumerate(times))
    if not scored or scored[0][0] >= 2 * _CROSSING:
        return None
    event = times[scored[0][1]]
    if event.span is not None and event.span.end <= cue.start and _JOINED.match(text, event.span.end, cue.start):
        own = [i for far, i in scored if far < _CROSSING and _start(times[i]) >= cue.end]
        event = times[own[0]] if own else event  # "began on 14 March and retook X by 16 March"
    if event.edtf and "/" not in event.edtf and _BEGAN.search(text, sentence.start, _start(event)):
        return replace(event, edtf=f"{event.edtf}/..", upper=None, reason=f"{event.reason}, from then on")
    return event


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
    if _dates_a_noun(text, time.span.start, time.span.end):
        return False  # "recalled the 2022 liberation of X"
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
    if _ASIDE.search(text, max(0, time.span.start - _ASIDE_REACH), time.span.start) and gap.lstrip('"”’').startswith(
        ","
    ):
        return False  # "Zelensky, who visited A on Sunday, said that B was retaken"
    if cue.end <= time.span.start:  # the claim, the time, the verb: "captured X on Monday, the ministry said"
        return not _COMMA.search(gap) and bool(_COMMA.search(text[cue.end : time.span.start])) and len(gap) <= _REPORT
    return len(gap) <= 2 * _REPORT and not _BREAK.search(
        gap
    )  # "the ministry on Thursday said", "On Thursday, he said that"


def _distance(time: Time, text: str, cue: Span, sentence: Span) -> int:
    """How far a time stands from the claim's cue in characters, with a surcharge per clause boundary between them."""
    assert time.span is not None
    begin, end = time.span.start, time.span.end
    if _dates_a_noun(text, begin, end) and not (end <= cue.start and _OWN_NOUN.fullmatch(text, end, cue.start)):
        return 3 * _CROSSING  # "Zelensky's November 14 visit", "the 2014 war": of that noun alone
    if begin >= cue.end:
        gap = text[cue.end : begin]
        front = False
        if _COMMA.search(gap) and _BEFORE_MAIN.match(text[sentence.start : cue.start]):
            return 3 * _CROSSING  # "A day after losing A, they left B on Sunday"
        if _AFTER.search(gap) or _COUNTED.search(gap) or _OPENS_NEXT.search(gap):
            return 3 * _CROSSING
    else:
        gap = text[end : cue.start]
        if gap.startswith(",") and _SINCE_EVENT.match(text[sentence.start : begin]):
            return 3 * _CROSSING  # "Since the fall of A in February, they have advanced on B"
        if _COUNTED_FROM.search(gap):
            return 3 * _CROSSING  # "on Monday, two days after the fall of X"
        if _ASIDE.search(text, sentence.start, begin) and re.match(r"[^;]{0,60}?,\s", gap):
            return 3 * _CROSSING  # "M23, which took A in January, has entered B"
        front = bool(_FRONT.match(text[sentence.start : begin]))
        if front:  # "On 5 May, ..." dates the main clause
            gap = gap.lstrip(", ")
    gap = _BRACKETED.sub("", gap)
    gap = _LISTED.sub(" ", gap)  # "captured A, B, and C on Monday" is one clause
    crossings = len(_BREAK.findall(gap)) + (0 if front else len(_APART.findall(gap)))
    return len(gap) // 2 + crossings * _CROSSING + (10 if begin < cue.start else 0)


def _dates_a_noun(text: str, begin: int, end: int) -> bool:
    """Whether a time stands as an attribute before a noun: after an article or possessive, right before a word."""
    if _DURING.search(text, max(0, begin - 40), begin):  # "in its 2022 invasion" dates what happened in it
        return False
    return bool(_OWNER.search(text, max(0, begin - 24), begin) and _NOUN_NEXT.match(text, end))

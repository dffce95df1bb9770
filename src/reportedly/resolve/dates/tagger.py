"""Find the times of a text, left to right: forms, then ranges and limits made of them, then their values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import Span, Time
from reportedly.resolve.dates.clock import TOLD_OF, Clock
from reportedly.resolve.dates.compound import MEANINGS, moment, offset, stretch
from reportedly.resolve.dates.lexicon import alternatives, lexicon
from reportedly.resolve.dates.patterns import Hit, scan
from reportedly.resolve.dates.values import Grain, Value, open_after, open_before

__all__ = ["find_times"]

_words = lexicon()["words"]
_NAMED = {"month", "monthyear", "mdy", "dmy", "weekday", "overnight"}
_DATED = {
    "iso",
    "numeric",
    "mdy",
    "dmy",
    "monthyear",
    "month",
    "weekday",
    "year",
    "season",
    "yearpair",
    "deictic",
    "decade",
    "relunit",
    "quarter",
    "qyear",
    "clock",
}
_RANGE = re.compile(
    r"[\s\xad]*(?:(?P<dash>[-–—])|(?P<to>to|through|until|till|thru)|(?P<and>and|or))[\s\xad]*(?:the\s+)?"
)
_OPENER = re.compile(r"\b(?P<word>from|between)\s+(?:about\s+|around\s+)?(?:the\s+)?$")
_LIMIT = re.compile(
    r"\b(?P<word>(?:ever\s+)?since(?:\s+at\s+least)?|until(?:\s+at\s+least)?|till|by|no\s+later\s+than|before|prior\s+to|up\s+to|as\s+of|as\s+early\s+as|after|starting(?:\s+(?:on|in|from))?|beginning(?:\s+(?:on|in))?|from)"
    r"\s+(?:on\s+|in\s+|about\s+|around\s+)?(?:the\s+)?$"
)
_ONWARD = re.compile(r"\s+(?:onwards?|and\s+beyond|on(?=\s*[,.;]))")
_PERFECT = re.compile(r"[^.;!?]{0,40}?\b(?:has|have)\b")
_CLOCK_JOIN = re.compile(r"\s*,?\s*(?:\(|on|at|around|the|of)?\s*(?:around\s+)?")
_FUTURE = re.compile(rf"\b(?:{alternatives(_words['future'])})\b")
_MISSED = re.compile(r"(?:failed\s+to\s+(?:meet|make)|missed|passed)\s+(?:\w+['’]?s?\s+){0,4}?deadline\b")
_PAST = re.compile(rf"\b(?:{alternatives(_words['past'])}|\w{{3,}}ed)\b")
_BEFORE_MONTH = re.compile(rf"(?:\b(?:{alternatives(_words['before_month'])})|[-–—,(/])\s*$")
_COUNTED = re.compile(rf"\s*-?\s*(?:{alternatives(_words['counted'])})\b(?!\s+(?:in|of)\b)")
_OCLOCK = re.compile(
    r"\s*(?:local\s+time|hours?\b|hrs\b|gmt\b|utc\b|kyiv\s+time|kiev\s+time|moscow\s+time|est\b|edt\b|et\b|z\b)"
)
_COUNTING = re.compile(rf"\b(?:{alternatives(_words['counting'])})\s+$")
_MID_SENTENCE = re.compile(r"[a-z0-9,]\s+$")
_ELECTION = re.compile(
    r"\s+(?:\w+(?:-\w+)?\s+){0,2}?(?:elections?|summit|vote|referendum|deadline|runoff|midterms|ballot)\b"
)
_OF_A_YEAR = ("mdy", "dmy", "month")
_LISTED = re.compile(r",?\s+(?:and\s+)?(?!which|who|where|when|was|were|after|before)(?:[\w'’-]+\s+){1,3}(?:on|in)\s+")
_OPENS = re.compile(r"(?:^|[.!?][\"”’]?\s+|\n)(?:back\s+|early\s+|late\s+)?(?:in|during)\s+$")
_STOP = re.compile(r"[.;!?]\s|\n")
_REACH = 110  # characters around a form in which its verb is looked for


def find_times(text: str, *, published: dt.date, context: str = "") -> list[Time]:
    """Every time expression of a text, in order, with its span, EDTF and bounds.

    `published` is the day of publication (UTC); `context` is text that came before, used only for what "that year" or
    "the same day" refer to. A weekday or month without more is the last one, unless the words speak of what is to come.
    """
    if isinstance(published, dt.datetime):
        published = published.date()
    day = published

    def before() -> list[tuple[int, Value]]:
        return [(at - len(context), value) for at, _, value in _values(context, Clock(day))]

    clock = Clock(published, before if context else None)
    return [
        Time(
            words=text[start:end],
            edtf=value.edtf,
            lower=value.lower,
            upper=value.upper,
            span=Span(start=start, end=end),
            reason=value.reason,
        )
        for start, end, value in _values(text, clock)
    ]


def _lower(text: str) -> str:
    """Lower case of the same length."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _values(text: str, clock: Clock) -> list[tuple[int, int, Value]]:
    lower = _lower(text)
    hits = [hit for hit in scan(lower) if _is_time(text, lower, hit)]
    found: list[tuple[int, int, Value]] = []
    i = 0
    while i < len(hits):
        group = _group(lower, hits, i)
        start, end = hits[i].start, hits[i + len(group) - 1].end
        clock.listed = _listed_year(lower, hits, i)
        start, end, value = _resolve(lower, group, start, end, clock, free=found[-1][1] if found else 0)
        i += len(group)
        if value is not None:
            found.append((start, end, value))
            if value.grain is Grain.YEAR and _OPENS.search(lower, max(0, start - 24), start):
                value = replace(value, reason=TOLD_OF)
            clock.note(start, value)
    return found


def _listed_year(lower: str, hits: Sequence[Hit], i: int) -> int | None:
    """The year of the date with which a list goes on that begins with the form at i ("A on 5 May and B on 7 May 2020")."""
    for first, second in zip(hits[i:], hits[i + 1 :], strict=False):
        if (
            first.rule not in _OF_A_YEAR
            or first.parts.get("y")
            or not _LISTED.fullmatch(lower, first.end, second.start)
        ):
            return None
        if second.rule in ("mdy", "dmy", "monthyear") and second.parts.get("y"):
            return int(second.parts["y"] or 0)
    return None


def _is_time(text: str, lower: str, hit: Hit) -> bool:
    """Whether a form is a time here and not a count, a name or a verb."""
    if hit.rule in _NAMED:
        name = hit.parts.get("m") or hit.parts.get("w") or ""
        at = lower.find(name, hit.start, hit.end)
        if not text[at].isupper():
            return False
        if (
            hit.rule == "month"
            and name in ("may", "march")
            and not hit.parts["part"]
            and (hit.parts["rel"] or "that").startswith("that")
        ):
            return bool(_BEFORE_MONTH.search(lower, max(0, hit.start - 14), hit.start)) and not lower.startswith(
                ("'", "’"), hit.end
            )
        return True
    if hit.rule == "invasion":
        limit = _LIMIT.search(lower, max(0, hit.start - 30), hit.start)
        return limit is not None and limit["word"].split()[-1] in ("since", "before", "to", "until", "till")
    if hit.rule == "deictic" and text[hit.start].isupper() and text[hit.start + 1 : hit.start + 2].islower():
        return not _MID_SENTENCE.search(lower, max(0, hit.start - 12), hit.start)  # "the Today programme"
    if hit.rule == "year" and not hit.parts["part"]:
        if (
            _OCLOCK.match(lower, hit.end)
            or _COUNTED.match(lower, hit.end)
            or _COUNTING.search(lower, max(0, hit.start - 16), hit.start)
        ):
            return False
        if (
            lower[max(0, hit.start - 1) : hit.start] in ("-", "–", ".", ",")
            and lower[max(0, hit.start - 2) : hit.start - 1].isalnum()
        ):
            return False
        return int(hit.parts["y"] or 0) >= 1900 or bool(
            re.search(r"\b(?:in|since|until|of|from|by|the)\s+$", lower[max(0, hit.start - 8) : hit.start])
        )
    if hit.rule == "clock" and hit.parts["h24"]:
        return bool(hit.parts["zone"]) or bool(
            re.search(
                r"\b(?:at|around|from|until|before|after|since)\s+$"
                if hit.parts["dot"] == "."
                else r"\b(?:at|around|by|from|until|between|about|to|and|since|before|after)\s+$|\($",
                lower[max(0, hit.start - 9) : hit.start],
            )
        )
    return True


def _group(lower: str, hits: Sequence[Hit], i: int) -> list[Hit]:
    """The form at i with those that make one time with it: an offset and its base, clock and date, or both ends of a range."""
    first = hits[i]
    group = [first]
    if i + 1 >= len(hits) or hits[i + 1].start - first.end > 24:
        return group
    second = hits[i + 1]
    between = lower[first.end : second.start]
    if first.rule == "offset":
        return (
            [first, second]
            if re.fullmatch(r"\s+(?:on\s+|in\s+)?(?:the\s+)?", between) and second.rule in _DATED
            else group
        )
    if (
        (first.rule == "clock") != (second.rule == "clock")
        and first.rule in _DATED
        and second.rule in _DATED
        and _CLOCK_JOIN.fullmatch(between)
    ):
        return [first, second]
    join = _RANGE.fullmatch(between)
    if join and first.rule in _DATED and second.rule in _DATED:
        opener = _OPENER.search(lower, max(0, first.start - 24), first.start)
        if join["and"]:
            joined = opener is not None and opener["word"] == "between"
        else:
            joined = opener is not None or first.rule not in ("deictic", "relunit")
        if joined:
            return [first, second]
    return group


def _resolve(
    lower: str, group: Sequence[Hit], start: int, end: int, clock: Clock, *, free: int
) -> tuple[int, int, Value | None]:
    """Value of a group, with its span widened over the words that make it a limit or a range; before `free` they are of
    the time before ("the day before in January").
    """
    clock.here = start
    clock.future, clock.past = _tense(lower, start, end)
    if group[-1].rule in ("month", "mdy", "dmy") and _ELECTION.match(lower, end):
        clock.future, clock.past = True, False  # what is named by its date has mostly yet to come
    first = group[0]
    if first.rule == "offset":
        return start, end, offset(group, clock)
    if len(group) == 2:
        if (first.rule == "clock") != (group[1].rule == "clock"):
            return start, end, moment(group, clock)
        opener = _OPENER.search(lower, max(free, start - 24), start)
        return (opener.start() if opener else start), end, stretch(group, clock)
    limit = _LIMIT.search(lower, max(free, start - 30), start)
    if limit and limit["word"].startswith(("until", "till", "by", "before", "up", "no")):
        clock.past = False  # what is done by a day says nothing about whether the day has come
    value = MEANINGS[first.rule](first.parts, clock)
    if value is None:
        return start, end, None
    return _limited(lower, start, end, value, first, limit, clock)


def _limited(
    lower: str, start: int, end: int, value: Value, hit: Hit, limit: re.Match[str] | None, clock: Clock
) -> tuple[int, int, Value]:
    """The value with what "since", "until", "by" and the like make of it, and the span widened over these words."""
    onward = _ONWARD.match(lower, end)
    if limit is None or hit.rule in ("past", "recent", "adjacent", "later", "intervening", "clock", "ahead"):
        return start, end, value
    word = " ".join(limit["word"].split())
    if onward and word.startswith(("from", "starting", "beginning", "after")):
        return limit.start(), onward.end(), open_after(value, "from then on")
    opens = lower[: limit.start()].rstrip()[-1:] in ("", ".", ",", ";", "!", "?")
    if word == "from" and opens and value.lower and value.lower <= clock.published and _PERFECT.match(lower, end):
        return limit.start(), end, open_after(value, "from then on")
    if word.startswith(("since", "ever since", "starting", "beginning", "as early as")):
        if value.lower is not None and value.lower > clock.published:
            return start, end, value
        return limit.start(), end, open_after(value, "since then")
    if word.startswith(("until", "till", "up to", "before", "prior", "by", "no later")):
        return limit.start(), end, open_before(value, "up to then")
    if word == "after":
        return limit.start(), end, open_after(value, "after then")
    if word == "as of":
        return limit.start(), end, value
    return start, end, value


def _tense(lower: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether the nearest verbs of the sentence speak of the future, and whether of the past."""
    begin = max(0, start - _REACH)
    for stop in _STOP.finditer(lower, begin, start):
        begin = stop.end()
    future = past = -1
    for match in _FUTURE.finditer(lower, begin, start):
        future = match.start()
    for match in _PAST.finditer(lower, begin, start):
        past = match.start()
    if 0 <= past < future and _MISSED.match(lower, past):
        future = -1  # "failed to meet the deadline of taking A by 26 December"
    if future < 0 and past < 0:
        stop_ahead = _STOP.search(lower, end, end + _REACH)
        reach = stop_ahead.start() if stop_ahead else end + _REACH
        ahead, was = _FUTURE.search(lower, end, reach), _PAST.search(lower, end, reach)
        if ahead and (was is None or ahead.start() < was.start()):
            return True, False
        return False, was is not None
    return future > past, past > future

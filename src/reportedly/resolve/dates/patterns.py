# ruff: noqa: E501  (a table of patterns: a row a form)
"""The forms that times take in English news, as one table of patterns over lower-cased text and the scanner made of it.

Order matters: among forms that start at the same letter the first one wins, so longer forms stand before their parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.resolve.dates.lexicon import UNITS, alternatives, lexicon

__all__ = ["Hit", "scan"]

_words = lexicon()
_FULL = alternatives(_words["months"])
_ABBREVIATED = alternatives(_words["month_abbreviations"])
_MONTH = rf"(?:{_FULL})|(?:{_ABBREVIATED})\b\.?"
_DAYNAME = (
    rf"(?:{alternatives(_words['weekdays'])})(?:['’]s)?|(?:mon|tues?|wed|thurs?|fri|sat|sun)\b\.?(?=,?\s(?:{_MONTH})\b)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|:\d|[.,]\d|\w)"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\w%]|[.,]\d)"
_SEASON = alternatives(_words["seasons"])
_PART = r"(?:(?:very )?(?:early|late|mid|middle)(?:\s+in|\s+on)?(?:\s|-)+)"
_EDGE = r"(?:(?:the\s+)?(?:very\s+)?(?:beginning|start|end|middle|first half|second half|first days|last days|final days|first week|second week|third week|last week|first weeks|last weeks|first months|last months)\s+of\s+)"
_BESIDE = r"(?:(?:the\s+)?(?:end|close)\s+of\s+)?(?:(?:late|early)\s+(?:on\s+|in\s+)?)?(?:the\s+)?(?:(?:morning|afternoon|evening|night|afternoon|midnight|noon|dawn|overnight)\s+(?:of|on)\s+)?(?:the\s+)?"
_AFTERWARDS = r"(?:\s+(?:morning|afternoon|evening|night|midnight)s?\b)?"
_UNIT = rf"(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})"
_NUMBER = rf"(?:(?:{alternatives(n for n in _words['numbers'] if '-' not in n)})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?(?:[\s-]+and[\s-]+(?:a[\s-]+)?half)?|\d{{1,3}}(?![\d.,]))"
_ABOUT = rf"(?:(?:{alternatives(_words['words']['approximators'])})\s+)?"
_ORDINAL = rf"(?:{alternatives(_words['ordinals'])}|\d{{1,3}}(?:st|nd|rd|th))"
_ZONE = rf"(?:{alternatives([*_words['zones'], *_words['daylight_zones'], 'local time', 'local'])})"
_AND_DAYS = rf"(?P<more>(?:,\s*{_DAY}){{0,8}},?\s*(?:-|–|—|to|and|or|through|until|till|into)\s*(?:the\s+)?{_DAY}(?!\s*(?:{_MONTH})\b))?"
_OWNER = r"(?:(?:of|in)\s+)?(?P<whose>(?:that|this|last|next|the\s+same|the\s+following|the\s+previous|the\s+next)\s+year|(?:a|one)\s+year\s+(?:earlier|later|before|ago))"

# fmt: off
RULES: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<y>(?:1[5-9]|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!-\d)(?:[t\s]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?"),
    ("numeric", r"(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)\b"),
    ("mdy", rf"{_BESIDE}(?P<rel>(?:last|this|next|this\s+past|this\s+coming)\s+)?(?:(?P<w>{_DAYNAME}){_AFTERWARDS},?\s*(?:the\s+)?(?:\()?)?(?P<m>{_MONTH})\s*(?P<d>{_DAY}){_AND_DAYS}(?:(?:,|\s+of)?\s*(?P<y>{_YEAR})|\s+{_OWNER})?(?:['’]s\b)?"),
    ("dmy", rf"{_BESIDE}(?:(?P<w>{_DAYNAME}){_AFTERWARDS},?\s*(?:the\s+)?)?(?P<d>{_DAY})(?P<more>(?:,\s*{_DAY}){{0,8}},?\s*(?:-|–|—|to|and|or|through|until|till|into)\s*(?:the\s+)?{_DAY})?\s*(?:of\s+)?(?P<m>{_MONTH})\b(?:,?\s*(?P<y>{_YEAR})|\s+{_OWNER})?(?:['’]s\b)?"),
    ("ofmonth", r"the\s+(?P<d>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)(?=\s*(?:[.,;:)”\"]|$|\s(?:and|but|when|after|as|by|they|it|of\s+(?:the|this|that)\s+month)\b))"),
    ("monthyear", rf"(?P<part>{_EDGE}|{_PART})?(?P<m>{_MONTH})(?:(?:,?|\s+of|\s+in)\s*(?P<y>{_YEAR})|\s+{_OWNER})"),
    ("month", rf"(?P<part>{_EDGE}|{_PART})?(?P<rel>(?:last|next|that|this|this\s+past|this\s+coming)\s+)?(?P<m>{_FULL})\b(?:['’]s\b)?"),
    ("weekday", rf"(?P<part>(?:early|late|earlier|later)\s+(?:on\s+)?)?(?:the\s+(?:morning|afternoon|evening|night)\s+of\s+)?(?P<rel>(?:last|next|this\s+past|this\s+coming|this|coming|the\s+following|the\s+previous|the\s+next|the\s+same)\s+)?(?P<w>{alternatives(_words['weekdays'])})\b(?:['’]s\b)?{_AFTERWARDS}(?P<week>\s+(?:of\s+)?(?:last|next|this)\s+week)?"),
    ("overnight", rf"(?:overnight|the\s+night)\s+(?:on|of|from)\s+(?P<m>{_MONTH})\s*(?P<d>{_DAY})\s*(?:-|–|—|to|into|and)\s*(?:(?P<m2>{_MONTH})\s*)?(?P<d2>{_DAY})(?:,?\s*(?P<y>{_YEAR}))?"),
    ("deictic", r"(?P<word>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|(?:earlier\s+|later\s+|late\s+|early\s+)?(?:yesterday|today|tomorrow)(?:['’]s\b)?(?:\s+(?:morning|afternoon|evening|night))?|tonight|last\s+night|last\s+evening|this\s+(?:morning|afternoon|evening)|overnight)\b(?!\s+(?:shows?|show's)\b)"),
    ("quarter", rf"(?:the\s+)?(?P<which>first|second|third|fourth|last)\s+(?P<unit>quarter|half|three\s+months|six\s+months|nine\s+months)\s+(?:of\s+)?(?P<whose>{_YEAR}|(?:the|this|last|next|that)\s+year)"),
    ("edgeunit", rf"(?P<part>{_EDGE})(?P<rel>the|this|last|next|that|the\s+same|the\s+following|the\s+previous)\s+(?P<unit>month|year|week|decade|century|summer|winter|spring|autumn)\b"),
    ("relunit", rf"(?P<part>(?:early|late|mid|earlier|later)(?:\s+in|\s+on)?(?:\s|-)+)?(?P<rel>last|this|next|this\s+past|the\s+past|the\s+last|the\s+current|the\s+coming|the\s+upcoming)\s+(?P<unit>week|month|year|weekend|decade|century|quarter|{_SEASON})\b(?:['’]s\b)?"),
    ("anaphoric", r"(?P<part>(?:early|late|earlier|later)(?:\s+in|\s+on)?\s+)?(?P<rel>(?:the|that)(?:\s+very)?\s+same|that|the\s+previous|the\s+preceding|the\s+prior|the\s+following|the\s+next|the\s+ensuing)\s+(?P<unit>day|night|morning|afternoon|evening|week|weekend|month|year|summer|winter|spring|autumn|decade)(?:['’]s)?\b(?!\s+(?:when|that)\b)"),
    ("adjacent", rf"(?P<n>the|an?|{_NUMBER})\s+(?P<unit>{_UNIT}|evening|morning|afternoon)s?\s+(?P<dir>before|after|earlier|later|previously|prior|beforehand|afterwards?)(?=\s*(?:[.,;:)”\"]|$|\s(?:and|but|in|on|at|by|when|with|as|that|when)\b))"),
    ("ago", rf"{_ABOUT}(?P<n>(?:{_NUMBER}\s+)?)(?P<unit>{_UNIT}|weekend)s?\s+(?P<dir>ago|earlier)\b"),
    ("later", rf"{_ABOUT}(?P<n>{_NUMBER})\s+(?P<unit>{_UNIT})s?\s+(?P<dir>later|on)\b(?=\s*(?:[.,;:)]|$|\s))"),
    ("offset", rf"{_ABOUT}(?P<n>the|{_NUMBER})\s+(?P<unit>{_UNIT})s?\s+(?P<dir>before|after|prior\s+to|following|from|ahead\s+of|since)(?=\s)"),
    ("outset", r"(?:the\s+)?(?:very\s+)?(?P<which>first|opening|early)\s+(?P<unit>days?|hours|weeks?)\s+of\s+(?:(?:the|its|their)\s+(?:russian\s+)?(?:2022|full[\s-]scale|all-out)\s+(?:russian\s+)?invasion|(?:the|its|russia['’]s|moscow['’]s|(?:vladimir\s+)?putin['’]s)\s+(?:full[\s-]scale\s+|2022\s+)?invasion\s+of\s+ukraine)\b"),
    ("invasion", r"(?:the\s+(?:very\s+)?(?:start|beginning|outset|onset|outbreak|launch)\s+of\s+)?(?:the|its|russia['’]s|moscow['’]s)\s+(?:(?:russian\s+)?(?:2022|full[\s-]scale|all-out)\s+(?:russian\s+)?(?:invasion|war)(?:\s+(?:of|in|on|against)\s+ukraine)?|invasion\s+of\s+ukraine)(?:\s+(?:began|started|was\s+launched))?+(?!\s+(?:in|on|last|this)\s)"),
    ("past", rf"(?P<rel>(?:the|these)\s+(?:past|last|previous|preceding|next|coming|following|first)|(?:past|last|next|coming))\s+{_ABOUT}(?P<n>(?:{_NUMBER}\s+(?:or\s+{_NUMBER}\s+)?)?)(?P<unit>{_UNIT})(?P<many>s?)\b(?!\s+of\b)"),
    ("recent", r"(?:the\s+)?(?:(?:most|more)\s+)?recent\s+(?P<unit>days|weeks|months|years|hours|decades)\b"),
    ("ahead", r"(?:in\s+)?(?:the\s+)?(?:(?:few|next|coming)\s+)?(?P<unit>hours|days|weeks|months|years)\s+(?:to\s+come|ahead)\b"),
    ("intervening", rf"the\s+intervening\s+(?P<n>(?:{_NUMBER}\s+)?)(?P<unit>{_UNIT})s?\b"),
    ("weekend", r"(?:the\s+)?weekend\b(?:['’]s\b)?"),
    ("anniversary", rf"(?P<n>{_ORDINAL}|one-year|two-year|three-year)(?:[\s-]+year)?[\s-]+anniversary(?=\s+(?:of|since)\b)"),
    ("season", rf"(?P<part>{_EDGE}|{_PART})?(?:the\s+)?(?P<s>{_SEASON})(?:(?:,?\s+of|,|\s+in)?\s+(?P<y>{_YEAR})(?:\s*[-–/]\s*(?P<y2>(?:20)?\d\d)\b)?|\s+{_OWNER})"),
    ("qyear", rf"q(?P<q>[1-4])\s+(?:of\s+)?(?P<y>{_YEAR})"),
    ("decade", r"(?:the\s+)?(?P<part>(?:early|mid|late)(?:\s+to\s+(?:mid|late))?(?:-|\s+))?(?P<y>(?:1[5-9]|20)\d0)['’]?s\b"),
    ("century", rf"(?:the\s+)?(?P<part>(?:early|mid|late)(?:-|\s+))?(?P<n>{_ORDINAL})[\s-]century\b"),
    ("yearpair", r"(?P<y>(?:19|20)\d\d)\s*[-–/]\s*(?P<y2>(?:19|20)?\d\d)(?![\w-])"),
    ("clock", rf"(?:(?P<h>\d{{1,2}})(?:[:.](?P<min>[0-5]\d))?\s*(?P<ap>[ap]\.?m\b\.?)|(?P<h24>[01]?\d|2[0-3])(?P<dot>[:.])(?P<min24>[0-5]\d)(?::[0-5]\d)?(?!\d|\s*(?:%|percent|per\s|million|billion|km|m\b|trillion|points?|[ap]\.?m))(?:\s*hours)?)(?:\s*\(?(?P<zone>{_ZONE})\b\)?)?"),
    ("year", rf"(?P<part>{_EDGE}|{_PART}|pre-|post-)?(?P<y>{_YEAR})(?:['’]s\b)?"),
)
# fmt: on

_NAMES = re.compile(r"\(\?P<\w+>")
_BACK = re.compile(r"\(\?P=\w+\)")
_ALONE = {name: re.compile(rf"(?:{pattern})(?!\w)") for name, pattern in RULES}
# What a form can begin with, as far as it is cheap to tell: without it every "the" and "a" of a text tries every row above.
_GATE = (
    r"(?:\d|j(?:an|u[nl]|ust\s)|f(?:eb|all|irst|ri|ou|if|ew|or|inal)|m(?:ar|ay|any|i[dn]|o[nrs])|a(?:pr|ug|utu|bout|roun|lmost|t\sl|ppro|fternoon)"
    r"|an?\s(?:cou|few|sec|min|ho|n|da|we|fo|mo|ye|de)|s(?:e[pvc]|at|un|pr|um|i[xd]|ome\s)|o(?:ct|ne|nly|ver)|n(?:ov|in|e[ax]|ight|oon)|d(?:ec|awn)"
    r"|t(?:ue|hu|od|om|on|w[eo]|hree|hi[rs]|en|hat\s|hese\s)|the\s+(?:\d|d[ae]|e[anvi]|[smfrlnpciuwaq]|b[e]|t[hwe]|o|h|j|y|ve|mid)|w(?:ed|int)|y(?:est|ear)|e(?:ar|ig|le|nd)"
    r"|l(?:at|as|es)|p(?:as|re-|os)|q[1-4]|r(?:ec|ou|ussia['’])|its\s|moscow['’]|coming|under|very|beginning|mon|week|hour|hundred)"
)
_ANY = re.compile(
    rf"(?<![\w$€£#/])(?={_GATE})(?:"
    + "|".join(f"(?P<{name}>{_BACK.sub('[./]', _NAMES.sub('(?:', pattern))})" for name, pattern in RULES)
    + r")(?!\w)"
)


@dataclass(slots=True)
class Hit:
    """A form found in the text: where, which rule, and its parts (None where absent)."""

    start: int
    end: int
    rule: str
    parts: dict[str, str | None]


def scan(lower: str) -> Iterator[Hit]:
    """Every form in the lower-cased text, left to right, none inside another."""
    for match in _ANY.finditer(lower):
        rule = match.lastgroup
        if rule is None:  # cannot be: every branch is named
            continue
        alone = _ALONE[rule].match(lower, match.start())
        if alone is not None:
            yield Hit(match.start(), alone.end(), rule, alone.groupdict())

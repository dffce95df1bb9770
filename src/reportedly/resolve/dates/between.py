"""What stands between a time and a claim's cue, or before the time, and tells whether the time is the event's."""

from __future__ import annotations

import re

from reportedly.resolve.dates.lexicon import alternatives, lexicon

__all__ = [
    "AFTER",
    "AFTER_OPEN",
    "AND_ALSO",
    "APART",
    "ASIDE",
    "AS_OF",
    "BEFORE_MAIN",
    "BEFORE_MAIN_AFTER",
    "BEGAN",
    "BRACKETED",
    "BREAK",
    "BY",
    "COMMA",
    "COUNTED",
    "COUNTED_FROM",
    "DURING",
    "ELABORATED",
    "FRONT",
    "JOINED",
    "LISTED",
    "MADE",
    "NEXT_CLAUSE",
    "NOUN_LASTED",
    "NOUN_NEXT",
    "NOW_SO",
    "ONE_CLAUSE",
    "OPENS_NEXT",
    "OTHER_CLAUSE",
    "OWNER",
    "OWN_NOUN",
    "POSTED",
    "PREVIOUSLY",
    "RECORD",
    "SINCE_CLAUSE",
    "SINCE_EVENT",
    "THAT",
    "THEN",
    "UTTERANCE",
]

_IRREGULAR = alternatives(lexicon()["words"]["told_past"])
BREAK = re.compile(
    r";|:\s|\s[–—-]\s|,\s+(?:and|but|while|which|who|whom|where|when|after|before|as|though|although|following|because|so|then|with|including)\b"
    r"|\b(?:while|although|though|whereas|because|but|after|before|which|who|when|where|since then)\b"
    r"|\band\s+(?:that|on|in)\b",
)
ASIDE = re.compile(
    r",\s+(?:(?:an?|the)\s[^,;]*?\b(?:who|which)|which|who|whom|whose|where|captured|seized|taken|retaken|recaptured|liberated|occupied|overrun|held|lost|annexed|besieged|founded|elected|appointed|killed)\b(?:[^,;]|,\d)*$"
)  # a relative clause between commas, still open
COMMA = re.compile(r",\s")
LISTED = re.compile(
    r",?\s+and\s+(?=(?:[A-Z][\w’'-]+\s*){1,3}(?:\([^)]*\)\s*)?(?:,|\s?(?:on|in|by|late|early)\b))"
)  # before the last of a list of names
PREVIOUSLY = re.compile(r"\b(?:previously|formerly|once|then)(?:\s+|-)(?:\w+[\s-]+)?$", re.IGNORECASE)
FRONT = re.compile(
    r"^\W*(?:(?:on|in|by|as of|since|early|late|earlier|later|overnight|meanwhile|also)\b[\s,]*)*$", re.IGNORECASE
)
BEGAN = re.compile(r"\b(?:began|begun|started|broke\s+out)\s+(?:back\s+)?(?:(?:in|on|around|about)\s+)?(?:the\s+)?$")
THAT = re.compile(r"\bthat\b|[\"“”]")
APART = re.compile(  # what makes the clause of a time another than the cue's for good
    r",\s+having\b|\b(?:but|which|who|whom|where|when|that|while|whereas|although|though|because|bringing|marking|saying|says?|said|claim(?:s|ed|ing)|report(?:s|ed|ing)|confirm(?:s|ed|ing))\b"
)
AFTER = re.compile(  # behind the cue: another event
    rf"\b(?:after|before|since)\b[^,;]*?(?<!\ba )(?<!\bthe )(?<!\bof )\b(?:\w+ed|{_IRREGULAR})\b"
    r"|\b(?:after|before|since)\s+(?:\w+ly\s+)?(?!fighting|shelling|bombing|morning|evening|spring)\w{2,}ing\b"
)
SINCE_CLAUSE = re.compile(  # from an event on that has the time: "since the fall of A in May", "since it began on 6 June"
    rf"\b(?P<word>since|before|until|till)\s+(?:[^,;]*?\b(?:\w+ed|{_IRREGULAR})\b|(?:\w+ly\s+)?\w+ing\b|(?:the|its|their|his|\w+['’]s)\s+(?:\w+\s+)?\w+\s+(?:of|in|from|at|on)\b|the\s+(?:\w+\s+)?(?:invasion|war|offensive|counteroffensive|truce|ceasefire)\b)[^,;]*$",
    re.IGNORECASE,
)
RECORD = re.compile(  # "its first city since July": the time is of the record, not of the event
    r"(?:\b(?:the|its|their|his|her|a|an)|['’]s)\s+(?:\w+\s+)?(?:first|second|third|latest|last|only|most|biggest|largest|fastest|deepest|greatest|worst)\b(?:(?:\s+[\w-]+){0,3}\s*|[^,;]*\bsince\b[^,;]*)$"
)
NOUN_LASTED = re.compile(  # behind a noun, the relative clause that dates it
    r"[^,;]{0,40},?\s+(?:which|that)\s+(?:has\s+)?(?:began|begun|started|lasted|raged|took\s+place|ended|came|happened|occurred)\b"
)
AS_OF = re.compile(r"\bas\s+of\b", re.IGNORECASE)
BEFORE_MAIN = re.compile(  # at the head of a sentence: what comes before its main clause, with a time of its own
    r"^\W*(?:(?:\w+\s+)?\w+\s+)?(?:after|before|since|following|having)\b[^,;]*$", re.IGNORECASE
)
COUNTED = re.compile(  # before a time that dates a count, not the event: "the fifth town to fall in", "bringing the number to six since"
    r"\b(?:bring(?:s|ing)?|rais(?:es|ing)|tak(?:es|ing))\s+(?:\w+\s+){0,3}(?:number|total|tally|count)\b|,\s+(?:making\s+it\s+)?(?:the|its|their)\s+(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+th|latest|last|only)\b"
)
_PICTURE = r"\b(?:footage|imagery|images?|videos?|photos?|photographs?|pictures?|maps?)\b"
_EVIDENCE = rf"{_PICTURE}[^.;,]{{0,50}}?"
OPENS_NEXT = re.compile(
    r"(?:,\s+|\s)(?:and|but|while|then)\s+(?:(?:by|on|in|at|since|until|from|late|early)\s+(?:the\s+)?)?$"
)
SINCE_EVENT = re.compile(
    r"^\W*(?:\w+\s+)?(?:since|before)\s+(?:the|his|her|its|their|\w+['’]s)\s+\w+\s+(?:of|in|from)\b[^,;]*$",
    re.IGNORECASE,
)
COUNTED_FROM = re.compile(
    r"\b(?:hours?|days?|weeks?|months?|years?)\s+(?:after|before|since|from)\s+(?:\w+['’]?s?\s+){0,3}$"
)
OTHER_CLAUSE = re.compile(  # between a time and a cue behind it: the cue is of another clause
    r",\s+(?:(?:\w+\s+){0,3}(?:which|whom)|who|whose|where|having)\b[^,;]*$|\b(?:which|who)\b[^,;]*$|\bbefore\b|\band\s+(?:now|still|currently)\b"
)
ONE_CLAUSE = re.compile(  # what looks like a boundary but leaves subject and time as they are
    r"\s[–—-]\s[^–—;]{1,90}?\s[–—-]\s"  # an aside between dashes
    r"|;\s+(?:and\s+)?(?=(?:[A-Z][\w’'-]+,?\s*){1,3}(?:\([^)]*\)\s*)?(?:;|,|and\b|\s?(?:on|in|by)\b))"  # in a list of names
    r"|:\s+(?=(?:(?:the\s+)?(?:[A-Z][\w’'-]+\s*){1,4}(?:\([^)]*\)\s*)?(?:,\s+and\s|,\s|and\s)){1,40})"  # before a list of names
    r"|,?\s+while\s+(?:also\s+|\w+ly\s+)?\w{2,}ing\b"  # "advanced near A while shelling B on Monday"
    r"|,?\s+but\s+(?:\w+ly\s+|also\s+|still\s+|then\s+)?(?!noted|stated|reported|claimed|added|denied|warned|acknowledged|confirmed)"
    rf"(?:did|were|was|made|\w{{2,}}ed|{_IRREGULAR})\b"  # "but did not advance"
)
NEXT_CLAUSE = re.compile(  # between a cue and a time behind it: another main clause with its own subject and verb
    rf";|\bbased\s+(?:up)?on\b|,\s+as\s+[\w\s’'-]{{2,40}}?\b(?:[a-z]\w+ed|said|wrote|told)\b|,\s+and\s+(?!(?:\w+ly\s+|also\s+|then\s+|later\s+)?(?:[a-z]\w+ed|{_IRREGULAR}|has|have|is|are|was|were)\b)"
    rf"[^,;]*?(?<!\bthe )(?<!\ba )(?<!-)\b(?:[a-z]\w+ed|{_IRREGULAR}|has|have|is|are|was|were)\b"
)
NOW_SO = re.compile(r",\s+and\s+[^,;]*\b(?:has|have|is|are|now|still)\b[^,;]*$")  # before a cue: what is so by now
ELABORATED = re.compile(r":\s+(?![\"“'‘])")  # behind a time: "on Monday they had two successes: they took A"
AFTER_OPEN = re.compile(r"\bafter\b(?!\s+[^,;]*\b(?:fighting|battles?)\b)[^,;]*$")
BEFORE_MAIN_AFTER = re.compile(
    rf"^\W*(?:\w+\s+){{0,3}}(?:after|following)\b[^,;]*\b(?:\w+ed|{_IRREGULAR}|\w{{2,}}ing)\b[^,;]*$", re.IGNORECASE
)
THEN = re.compile(  # right behind a time: what happened then
    r",?\s+\(?(?:when|(?:which|that)\s+saw|the\s+(?:same\s+)?(?:year|month|week|day)(?:\s+(?:that|when|in\s+which))?)\b[^,;]*"
)
AND_ALSO = re.compile(r"\s+and\s+(?:(?:in|on)\s+)?")
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
JOINED = re.compile(r"\s*,?\s*and\s|\s*,\s*(?:\w+ly\s+)?$")
POSTED = re.compile(
    rf"{_EVIDENCE}\b(?:posted|published|released|circulated|circulating|shared|uploaded)\s+(?:(?:on|by|in|to|via)\s+[\w\s’'-]{{2,30}}?\s+)?(?:(?:on|late\s+on|early\s+on)\s+)?$"
    rf"|\b(?:posted|published|released|circulated|shared|uploaded)\s+(?:[\w-]+\s+){{0,3}}{_PICTURE}\s+(?:(?:on|late\s+on|early\s+on)\s+)?$",
    re.IGNORECASE,
)
MADE = re.compile(rf"{_EVIDENCE}\b(?:from|dated|taken(?:\s+on)?|filmed(?:\s+on)?|captured\s+on)\s+$", re.IGNORECASE)
BY = re.compile(  # between a participle and its own time: "occupied by X since 2014"
    r"\s*(?:(?:over|back|illegally|briefly|again)\s+)?"
    r"(?:(?:by|from)\s+(?:(?!\b(?:after|before|when|since|until|which|who|that|and|while|as|on|in)\b)[\w\s’'-]){2,45}?)?"
    r"(?:\s*(?:back|again))?\s*,?\s*(?:(?:in|on|during)\s+)?(?:the\s+)?"
)
UTTERANCE = re.compile(  # behind a time: what it dates is what is said
    r"(?:['’]s)?\s+(?:(?:morning|evening|daily|video|nightly|television|televised|situation|press|intelligence)\s+){0,2}"
    r"(?:reports?|updates?|briefings?|address(?:es)?|statements?|interviews?|messages?|speech|summary|bulletin|assessments?|posts?|remarks|conference)\b"
)
OWNER = re.compile(r"(?:\b\w+['’]s?|\b(?:the|a|an|his|her|its|their|this|that))\s+$")
DURING = re.compile(
    r"\b(?:in|during|on|throughout|amid|day\s+of|days\s+of|start\s+of)\s+(?:\w+['’]s?|the|a|an|his|her|its|their)\s+$"
)
NOUN_NEXT = re.compile(
    r"(?:['’]s)?\s+(?!and\b|or\b|to\b|by\b|in\b|on\b|at\b|after\b|before\b|when\b|as\b|but\b|that\b|which\b|for\b|from\b|with\b|while\b)[a-z]{3,}"
)
OWN_NOUN = re.compile(r"(?:['’]s)?\s+(?:[\w-]+\s+){0,2}")  # what may stand between a time and the noun that it dates

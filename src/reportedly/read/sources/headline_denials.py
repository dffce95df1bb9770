"""Headlines that put a denial in quotation marks: "'Not true': Y on fall of X", "Y on capture of X: 'a lie'"."""

from __future__ import annotations

import re
from dataclasses import replace

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import Parsed, can_speak
from reportedly.read.sources.frame import Frame
from reportedly.read.sources.naming import name_speaker
from reportedly.read.sources.speakers import Cast
from reportedly.read.sources.voices import Voice

__all__ = ["denies", "headline_denial"]

MAX_HEADLINE = 60  # tokens
OPENS, CLOSES = "[\"“‘']", "[\"”’']"
BEFORE = re.compile(
    rf"^{OPENS}(?P<said>[^\"“”]{{2,60}}?){CLOSES}(?:: |, | - | – )(?P<who>[\w’'. -]{{2,60}}?) (?:on|about|over) "
)
BEHIND = re.compile(
    rf"^(?P<who>[\w’'. -]{{2,60}}?) (?:on|about|over) (?P<what>[^\"“:]+): {OPENS}(?P<said>[^\"“”]{{2,60}}?){CLOSES}\.?$"
)
ANSWERED = re.compile(
    rf"^(?P<what>[^;\"“”\n]{{8,}}?); (?P<who>[A-Z][\w’'. -]{{1,40}}?): {OPENS}?(?P<said>[^\"“”]{{2,60}}?){CLOSES}?\.?$"
)  # "X claims capture of Y; Z: 'It's a lie'"
NEGATED = re.compile(r"\b(?:not?|never|n['’]t|nothing)\b")


def headline_denial(p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> Voice | None:
    """Who denies what a headline tells of, where the words of the denial are quoted beside a colon."""
    text = p.tokens.whole
    if len(p.low) > MAX_HEADLINE or "\n" in text.strip():
        return None
    for pattern in (BEFORE, BEHIND, ANSWERED):
        match = pattern.match(text)
        if match is None or not denies(match["said"], reporting):
            continue
        who = p.whole.char_span(*match.span("who"), alignment_mode="expand")
        what = (match.end(), len(text)) if pattern is BEFORE else match.span("what")
        content = p.whole.char_span(*what, alignment_mode="expand")
        if who is None or content is None or not can_speak(p, who.end - 1, reporting):
            continue
        speaker, why = name_speaker(who.end - 1, p, cast, parties, reporting)
        if speaker is None or speaker.kind == "narrator":
            continue
        cast.hear(speaker.start, speaker)
        frame = Frame(
            -1,
            (who.start, who.end),
            "denies",
            None,
            [(content.start, content.end)],
            f"“{match['said']}”: a denial in a headline",
        )
        side = speaker.known.side if speaker.known is not None else parties.side_of(speaker.described or speaker.name)
        return Voice(frame, replace(speaker), (), (frame.rule, why), side)
    return None


def denies(words: str, reporting: Reporting) -> bool:
    """Whether quoted words call something untrue: "a lie", "not true", "it never happened", "no such thing"."""
    found = set(re.findall(r"\w+", words.casefold()))
    negated = NEGATED.search(words.casefold()) is not None
    if found & (reporting.words["untrue"] | {"lying", "lied"}):
        return not negated
    return negated and bool(found & reporting.words["so"])

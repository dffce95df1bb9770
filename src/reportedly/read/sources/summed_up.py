"""Who said all that stands before: "This was reported by the General Staff", "The mayor said this on Telegram"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.model import NARRATOR
from reportedly.read.parsing.parsed import Parsed
from reportedly.read.sources.frame import Frame
from reportedly.read.sources.speakers import Cast, Speaker
from reportedly.read.sources.voices import Voice

__all__ = ["sum_up"]

SUMMED = (
    r"(?:(?:According to|As) [^,;:]{2,50}, )?(?:[Tt]his|[Tt]hat|(?:The|This|Such) (?:information|news|announcement))"
)
BY = re.compile(  # "This was reported by ", "This is stated in a message from "
    rf"{SUMMED} (?:was|is|were|has been) (?:\w+ly |first |also |earlier )?(?P<verb>\w+)"
    r"(?: (?!by\b|from\b|that\b)[^\s.;:]+){0,10}? (?:by|from) "
)
ACCORDING = re.compile(r"(?:This|That)(?:'s| is| was) (?P<verb>according) to ")
SAYS = re.compile(  # "NAME, who heads the office, said this in ", "NAME told reporters about this on "
    r"(?P<who>[^.;:\"“]{3,160}?)(?:,| also| earlier)? (?P<verb>\w+)(?: [A-Z]\w+| journalists| reporters)? (?:about )?this"
    r"(?=[.,]| (?:in|on|at|during|to|via|after|while|live)\b)"
)
SOURCE = (
    re.compile(  # the line in which some outlets name their source behind the first paragraph, no credit of a photo
        r"Source: (?=\S)(?!.*(?: / | via |(?i:\b(?:getty|photos?|images?)\b)))"
    )
)
END = re.compile(r"[.!?](?<!\b[A-Z].)[\"”’)]*(?:\s|$)|\n")
NAMED = re.compile(r"(?:the |a |an )?(?P<name>[^,.;:()\"“]+?)(?= said | on | in | at | during | via |[,.;:()\"“]|$)")
LONGEST = 300  # characters of such a sentence
FINITE_TOO = frozenset({"written", "shown"})  # participles that no finite form is spelled like


def sum_up(
    voices: list[Voice], p: Parsed, cast: Cast, parties: Parties, reporting: Reporting, *, following: str
) -> None:
    """Give what nobody says to whoever is said to have said it, behind it: in the same paragraph, or opening the `following` one."""
    starts = sorted({start for start, _ in p.sentence})
    found = False
    first = 0
    for start in starts[1:]:
        text = p.text(*p.sentence[start])
        who = None if text.startswith("Source: ") else _summing(text, p.tokens.start[start], cast, parties, reporting)
        if who is not None:
            found = True
            _give(voices, p, (first, start), who, parties)
            first = p.sentence[start][1]
    opening = following.lstrip()
    if found or not opening or (starts and _summing(p.text(*p.sentence[0]), 0, cast, parties, reporting)):
        return
    text = opening[:LONGEST].split("\n", 1)[0]
    shift = len(p.tokens.whole) + 1 + len(following) - len(opening)
    if (who := _summing(text, shift, cast, parties, reporting)) is not None:
        _give(voices, p, (0, len(p.low)), who, parties)


def _summing(text: str, at: int, cast: Cast, parties: Parties, reporting: Reporting) -> Speaker | None:
    """Whom a sentence that stands at an offset names as having said what went before it."""
    if len(text) > LONGEST or not (
        text.startswith(("Th", "Such", "Source: ", "According to ", "As ")) or " this" in text
    ):
        return None
    if (line := SOURCE.match(text)) is not None:
        return _named(text, line.end(), len(text), at, cast, parties)
    for pattern in (BY, ACCORDING):
        if (match := pattern.match(text)) is not None and _speaks(match["verb"], reporting):
            end = END.search(text, match.end())
            return _named(text, match.end(), end.start() + 1 if end is not None else len(text), at, cast, parties)
    match = SAYS.match(text)
    if match is None or not _speaks(match["verb"], reporting) or match["who"].split()[0] in ("He", "She", "They", "It"):
        return None
    return _named(text, 0, match.start("verb"), at, cast, parties)


def _speaks(verb: str, reporting: Reporting) -> bool:
    return verb in reporting.said or verb in FINITE_TOO or verb == "according"


def _named(text: str, start: int, end: int, at: int, cast: Cast, parties: Parties) -> Speaker | None:
    """Who is named first in a stretch of a sentence: a person behind their titles, a body, else the words as written."""
    stop = next(
        (
            m.start()
            for m in re.finditer(r" (?:citing|with reference to|as reported|reports?|reported|who|which)\b", text)
            if m.start() > start
        ),
        end,
    )
    stop = min(stop, end)
    named = [w for w in cast.people if at + start <= w.start < at + stop and w.kind != NARRATOR]
    person = next((w for w in named if w.kind == "person" and " " in w.name), None)
    if named:
        return person or named[0]
    words = NAMED.match(text, start, stop)
    if words is None or not words["name"].strip():
        return None
    name = words["name"].strip()
    return Speaker(
        name,
        "body",
        at + words.start("name"),
        at + words.start("name") + len(name),
        name,
        known=parties.source_of(name),
    )


def _give(voices: list[Voice], p: Parsed, stretch: tuple[int, int], who: Speaker, parties: Parties) -> None:
    """Let somebody say those sentences of a stretch of tokens that nobody else speaks in."""
    ranges = [(a, b) for a, b in _sentences(p, stretch) if not _has_speaker(voices, a, b)]
    if not ranges:
        return
    side = who.known.side if who.known is not None else parties.side_of(who.described or who.name)
    rule = "what was said before is summed up as theirs"
    voices.append(
        Voice(
            Frame(-1, (ranges[0][0],) * 2, "says", None, ranges, rule), who, (), (rule, f"speaker “{who.name}”"), side
        )
    )


def _sentences(p: Parsed, stretch: tuple[int, int]) -> Iterator[tuple[int, int]]:
    at, end = stretch
    while at < end:
        yield at, min(p.sentence[at][1], end)
        at = p.sentence[at][1]


def _has_speaker(voices: list[Voice], start: int, end: int) -> bool:
    """Whether a verb or a phrase in a sentence brings in somebody who speaks there."""
    return any(
        start <= v.frame.cue < end and not v.frame.rule.startswith("noun") and v.speaker is not None for v in voices
    )

"""From reporting frames to voices: each frame with its speaker named, its relays, and how deep it is nested."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.model import NARRATOR
from reportedly.read.frame import Frame
from reportedly.read.naming import name_speaker
from reportedly.read.parsed import CONTRAST, Parsed
from reportedly.read.speakers import Cast, Speaker

__all__ = [
    "Voice",
    "cover",
    "heard_before",
    "join_cited",
    "nest",
    "relay_last",
    "separate",
    "voice_of",
    "without_echoes",
]


@dataclass(slots=True)
class Voice:
    """A frame with its speaker resolved; `speaker` None where nobody is named."""

    frame: Frame
    speaker: Speaker | None
    via: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    side: str | None = None
    depth: int = 0
    addressee: str | None = None


def heard_before(
    text: str, people: Sequence[Speaker], parties: Parties, reporting: Reporting
) -> list[tuple[int, Speaker]]:
    """Who speaks in a context, in order, by the words around its reporting verbs: the context is not parsed.

    Offsets are negative, as those of `people` are. A name that only stands there ("Guillot told") is a speaker too.
    """
    shift = len(text) + 1
    named = {who.start + shift: who for who in people}
    heard: list[tuple[int, Speaker]] = []
    for match in _said(reporting.language).finditer(text):
        name = match["left"] or match["right"] or match["source"]
        group = "left" if match["left"] else "right" if match["right"] else "source"
        start, end = match.start(group), match.end(group)
        who = next((w for a, w in named.items() if start <= a < end or a <= start < w.end + shift), None)
        if who is None:
            words = [w for w in name.split() if w.casefold() not in reporting.words["openers"]]
            if not words or words[0].casefold() in reporting.words["days"]:
                continue
            full = next((w for w in reversed(people) if w.kind == "person" and w.surname == words[-1].casefold()), None)
            known = parties.source_of(" ".join(words))
            kind = "body" if (known and known.kind != "person") or parties.party_of(" ".join(words)) else "person"
            who = full or Speaker(" ".join(words), kind, start - shift, end - shift, name, known=known)
        elif who.kind == "person" and " " not in who.name:
            who = next((w for w in reversed(people) if " " in w.name and w.surname == who.surname), who)
        heard.append((start - shift, who))
    return heard


@cache
def _said(language: str) -> re.Pattern[str]:
    """ "NAME said", "said the minister NAME", "according to NAME" in plain text."""
    reporting = Reporting.load(language)
    forms = {
        f for lemma, verb in reporting.verbs.items() if verb.kind not in ("shows", "quotes") for f in _forms(lemma)
    }
    said = "|".join(sorted(forms, key=len, reverse=True))
    name = r"[A-ZÀ-Þ][\w’-]*(?: (?:al-|of |for )?[A-ZÀ-Þ][\w’-]*){0,6}"
    aside = r"(?:, [^,.\n]{3,90},)?(?: (?:has|have|had|also|later|then|further|in a briefing|on \w+)){0,2}"
    lead = r"(?:an? |the )?(?:\w+ (?:by|from|of) )?(?:the )?"
    return re.compile(
        rf"(?P<left>{name})(?:[’']s? \w+)?{aside} (?:{said})\b"
        rf"|[,”\"] (?:{said}) (?:the )?(?:[a-z]+ ){{0,4}}(?P<right>{name})"
        rf"|\b[Aa]ccording to {lead}(?P<source>{name})"
    )


def _forms(lemma: str) -> set[str]:
    """Finite forms of a reporting verb, as far as spelling rules and a short list of irregular ones give them."""
    if lemma in IRREGULAR:
        return {*IRREGULAR[lemma].split()}
    if lemma.endswith("y") and lemma[-2:-1] not in "aeou":
        return {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    past = lemma + ("d" if lemma.endswith("e") else "ed")
    return {third, past}


IRREGULAR = {
    "say": "say says said", "tell": "tells told", "write": "writes wrote", "think": "thinks thought", "hear": "hears heard",
    "admit": "admits admitted", "hint": "hints hinted", "brag": "brags bragged", "blog": "blogs blogged",
    "swear": "swears swore", "learn": "learns learned", "forecast": "forecasts forecast",
}  # fmt: skip


def voice_of(frame: Frame, p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> Voice | None:
    """Name a frame's speaker, its relay and its listener."""
    who, reasons = None, [frame.rule]
    if frame.speaker is not None:
        who, why = name_speaker(
            frame.speaker, p, cast, parties, reporting, nominal=frame.rule.startswith(("noun", "adjective"))
        )
        reasons.append(why)
        if who is None:
            return None
        if frame.kind == "shows" and who.kind in ("person", "body", "people") and p.pos[frame.speaker] == "PRON":
            who = replace(who, kind="narrator", name=NARRATOR)
    elif not frame.hearsay:
        return None
    via: list[str] = []
    addressee: str | None = None
    for token in (frame.relay, frame.listener):
        if token is None:
            continue
        other, _ = name_speaker(token, p, cast, parties, reporting)
        if other is None or other.kind == "narrator":
            continue
        addressee = other.name if token == frame.listener else addressee
        if token == frame.relay or (other.known is not None and other.known.kind in ("outlet", "agency")):
            via.append(other.name)
    if who is not None and who.kind != "narrator" and frame.kind != "shows":
        cast.hear(p.doc[frame.cue].idx, who)
    side = None
    if who is not None and who.kind != "narrator":
        side = who.known.side if who.known is not None else parties.side_of(who.described or who.name)
    return Voice(frame, who, tuple(via), tuple(reasons), side, addressee=addressee)


def join_cited(voices: list[Voice], p: Parsed) -> None:
    """ "TASS reported, citing the ministry": who is cited is the source of what the citing speaker says."""
    for voice in voices:
        if voice.frame.kind != "cites":
            continue
        sentence = p.sentence[voice.frame.cue]
        same = [
            v for v in voices if v.frame.kind != "cites" and v.frame.cue >= 0 and p.sentence[v.frame.cue] == sentence
        ]
        outer = [v for v in same if not v.frame.covers(voice.frame.cue)] or same
        if outer:
            near = min(outer, key=lambda v: abs(v.frame.cue - voice.frame.cue))
            voice.frame.ranges = list(near.frame.ranges)
            if near.speaker is not None:
                voice.via = (near.speaker.name, *near.via)
            voice.depth = 1


def relay_last(voices: list[Voice], p: Parsed) -> None:
    """ "X says S, according to Y": Y passes on what X says, so the phrase at the end is no part of X's words."""
    for voice in voices:
        frame = voice.frame
        if frame.cue <= 0 or not frame.rule.startswith("“") or p.low[frame.cue - 1] != "," or len(frame.ranges) != 1:
            continue
        end = frame.ranges[0][1]
        if end > frame.cue:
            continue
        for other in voices:
            if other is not voice and frame.covers(other.frame.cue):
                other.frame.ranges = [
                    (a, min(b, frame.cue - 1)) if a < frame.cue < b else (a, b) for a, b in other.frame.ranges
                ]


def separate(voices: list[Voice], p: Parsed) -> None:
    """End what one speaker says where a contrast brings in the next: "X says A, while Y insists B" is no nesting."""
    for inner in voices:
        frame = inner.frame
        if frame.cue < 0 or frame.speaker is None:
            continue
        first = min(p.left[frame.speaker], frame.cue) if frame.speaker < frame.cue + 12 else frame.cue
        k = first - 1
        while k >= 0 and p.pos[k] in ("ADV", "ADP", "DET", "SPACE"):
            k -= 1
        mark = next((m for m in (first - 1, first, k) if m >= 0 and p.low[m] in CONTRAST), None)
        if mark is None:
            continue
        for outer in voices:
            if outer is not inner and outer.frame.cue >= 0 and outer.frame.cue < mark and outer.frame.kind != "cites":
                outer.frame.ranges = [(a, min(b, mark)) if a < mark < b else (a, b) for a, b in outer.frame.ranges]


def cover(voices: list[Voice], size: int) -> list[tuple[Voice, ...]]:
    """The voices that say each token."""
    found: list[tuple[Voice, ...]] = [()] * size
    for voice in voices:
        for start, end in voice.frame.ranges:
            for k in range(start, min(end, size)):
                if not found[k] or found[k][-1] is not voice:
                    found[k] += (voice,)
    return found


def without_echoes(
    voices: list[Voice], covering: list[tuple[Voice, ...]]
) -> tuple[list[Voice], list[tuple[Voice, ...]]]:
    """Without "Russian-claimed" where somebody else says the words around it ("sources confirmed Russian-claimed gains")."""
    kept = [
        v
        for v in voices
        if not v.frame.rule.startswith("adjective") or not any(o is not v for o in covering[v.frame.cue])
    ]
    return kept, covering if len(kept) == len(voices) else cover(kept, len(covering))


def nest(voices: list[Voice], covering: list[tuple[Voice, ...]]) -> None:
    """How deep each voice is nested: it speaks inside every other that says its cue."""
    for voice in voices:
        frame = voice.frame
        if frame.kind == "cites" and voice.depth:
            voice.depth = 50  # who is cited stands behind everybody else of the sentence
            continue
        cue = frame.cue if frame.cue >= 0 else frame.ranges[0][0]
        voice.depth = sum(
            other is not voice and other.frame.kind != "cites" and (frame.cue >= 0 or not frame.covers(other.frame.cue))
            for other in covering[cue]
        )

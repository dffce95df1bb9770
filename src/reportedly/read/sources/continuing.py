"""Speech that goes on beyond the sentence of its cue: lists after a colon, and sentences that say "our troops" or "the enemy"."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import Parsed
from reportedly.read.sources.frame import Frame
from reportedly.read.sources.inserted import reports_in
from reportedly.read.sources.naming import name_speaker
from reportedly.read.sources.openings import opened
from reportedly.read.sources.speakers import Cast, Speaker
from reportedly.read.sources.voices import Voice

__all__ = ["go_on"]

COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "several": 3}
NEAR = 400  # characters between a speaker and a sentence that takes their side
BULLETS = ("-", "–", "—", "•", "*")


def go_on(
    voices: list[Voice], p: Parsed, cast: Cast, parties: Parties, reporting: Reporting, *, before: str, neutral: bool
) -> None:
    """Let speech go on beyond its sentence; `before` is the context, `neutral` whether the report's own voice takes no side."""
    extend_colons(voices, p, reporting)
    if (listed := go_on_after_colon(before, p, cast, parties)) is not None:
        voices.append(listed)
    voices += announced(voices, p, cast, parties, reporting)
    voices += opened(voices, p, cast, parties, reporting)
    if neutral:
        voices += take_sides(voices, p, cast, parties, reporting)


def extend_colons(voices: Sequence[Voice], p: Parsed, reporting: Reporting) -> None:
    """ "The staff reported the following:" speaks for the list or paragraph that comes after it."""
    for voice in voices:
        frame = voice.frame
        if frame.cue < 0 or voice.speaker is None or voice.speaker.kind == "narrator":
            continue
        end = p.sentence[frame.cue][1]
        if (gone_on := _behind_colon(p, voice, reporting)) is not None:
            frame.ranges.append(gone_on)
            continue
        colon = next((k for k in range(frame.cue + 1, min(frame.cue + 14, end)) if p.low[k] == ":"), None)
        if colon is None or any(p.pos[k] != "SPACE" for k in range(colon + 1, end)):
            if colon is None or colon + 2 > end or "\n" not in p.low[colon + 1]:
                continue
            end = colon + 1  # the parser took the list for the same sentence
        stop = _list_end(p, colon + 1)
        if stop > end and not any(frame.covers(k) for k in range(end, stop)):
            frame.ranges.append((end, stop))


def _behind_colon(p: Parsed, voice: Voice, reporting: Reporting) -> tuple[int, int] | None:
    """What stands behind a colon that ends what somebody says: "explained why the claim was wrong: they hold half of it"."""
    frame, end = voice.frame, p.sentence[voice.frame.cue][1]
    if frame.kind not in ("says", "writes", "concedes") or not frame.rule.startswith("“") or len(frame.ranges) != 1:
        return None
    colon = frame.ranges[0][1]
    if colon >= end - 2 or p.low[colon] != ":" or colon < frame.cue or not p.has_verb(colon + 1, end):
        return None
    return None if reports_in(p, colon + 1, end, reporting) or "\n" in p.low[colon + 1] else (colon + 1, end)


def _list_end(p: Parsed, start: int) -> int:
    """Where the paragraph or list that begins at a token ends."""
    size, k, listed = len(p.low), start, False
    while k < size:
        while k < size and "\n" in p.low[k]:
            k += 1
        if k >= size or (listed and p.low[k] not in BULLETS):
            break
        listed = p.low[k] in BULLETS
        while k < size and "\n" not in p.low[k]:
            k += 1
        if not listed:
            break
    return k


def go_on_after_colon(before: str, p: Parsed, cast: Cast, parties: Parties) -> Voice | None:
    """The speaker of a context that ends with a colon speaks the paragraph or list that the text begins with."""
    tail = before.rstrip()
    if not tail.endswith(":") or not p.low:
        return None
    start = max(tail.rfind(". "), tail.rfind("\n"), len(tail) - NEAR) - len(before) - 1
    heard = [(at, who) for at, who in cast.heard if start <= at < 0]
    if not heard:
        return None
    _, who = heard[-1]
    return _voice(who, (0, _list_end(p, 0)), "goes on after the colon before it", parties)


def _voice(who: Speaker, words: tuple[int, int], rule: str, parties: Parties) -> Voice:
    side = who.known.side if who.known is not None else parties.side_of(who.described or who.name)
    frame = Frame(-1, (words[0], words[0]), "says", None, [words], rule)
    return Voice(frame, who, (), (rule, f"speaker “{who.name}”"), side)


def take_sides(voices: Sequence[Voice], p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> list[Voice]:
    """A sentence without a cue that says "our defenders" or "the enemy" is of the speaker with a side just before it.

    So are the sentences without a cue between the two, and those that follow in the same paragraph.
    """
    if reporting.words["ours"].isdisjoint(p.low):
        return []
    found: list[Voice] = []
    covered = {k for v in voices for a, b in v.frame.ranges for k in range(a, b)} | {v.frame.cue for v in voices}
    sentences = sorted(set(p.sentence))
    for number, (first, last) in enumerate(sentences):
        if not _one_sided(p, first, last, parties, reporting) or any(k in covered for k in range(first, last)):
            continue
        here = p.doc[first].idx
        speakers = [
            (at, w) for at, w in (*cast.heard, *cast.acting) if here - NEAR < at < here and w.kind != "narrator"
        ]
        sided = [
            (at, w)
            for at, w in speakers
            if (w.known.side if w.known else parties.side_of(w.described or w.name))
            or w.heads & reporting.words["commands"]
        ]
        if not sided:
            continue
        who = max(sided, key=lambda pair: pair[0])[1]
        start, end = first, last
        for a, b in reversed(sentences[:number]):
            if a < 0 or any(k in covered for k in range(a, b)) or p.doc[a].idx <= who.start or _breaks(p, a, b):
                break
            start = a
        for a, b in sentences[number + 1 :]:
            if any(k in covered for k in range(a, b)) or _breaks(p, end - 1, b):
                break
            end = b
        covered |= set(range(start, end))
        found.append(_voice(who, (start, end), "takes the side of who spoke before it", parties))
    return found


def _one_sided(p: Parsed, first: int, last: int, parties: Parties, reporting: Reporting) -> bool:
    """Whether a sentence says "our defenders" or "the enemy"."""
    if reporting.words["ours"].isdisjoint(p.low[first:last]):
        return False
    sides = (SideKind.OWN, SideKind.ENEMY, SideKind.OCCUPIER)
    return any(w.kind in sides and w.words.casefold() != "we" for w in parties.scan(p.text(first, last)))


def announced(voices: Sequence[Voice], p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> list[Voice]:
    """ "The spokesman had three claims to make. A fell. B fled. C burns.": as many sentences without a cue as were announced."""
    found: list[Voice] = []
    covered = {k for v in voices for a, b in v.frame.ranges for k in range(a, b)} | {v.frame.cue for v in voices}
    sentences = sorted(set(p.sentence))
    for number, (first, last) in enumerate(sentences[:-1]):
        n = next(
            (k for k in range(first + 1, last) if p.lemma[k] in reporting.words["announced"] and p.tag[k] == "NNS"),
            None,
        )
        if n is None:
            continue
        count = next((COUNTS[p.low[k]] for k in p.kids(n, "nummod") if p.low[k] in COUNTS), 0)
        subject = next(
            (k for k in range(first, n) if p.dep[k] == "nsubj" and p.lemma[p.head[k]] in reporting.words["announces"]),
            None,
        )
        if not count or subject is None:
            continue
        who, _ = name_speaker(subject, p, cast, parties, reporting)
        if who is None or who.kind == "narrator":
            continue
        end = last
        for a, b in sentences[number + 1 : number + 1 + count]:
            if any(k in covered for k in range(a, b)) or _breaks(p, end - 1, b - 1):
                break
            end = b
        if end > last:
            found.append(_voice(who, (last, end), f"“{p.low[n]}” announced before", parties))
    return found


def _breaks(p: Parsed, first: int, last: int) -> bool:
    """Whether a paragraph ends within a stretch."""
    return any("\n" in p.low[k] for k in range(first, last))

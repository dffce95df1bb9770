"""Cut a report into passages fit for parsing: no dateline, mark-up or note numbers, glued headlines apart, offsets kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.model import Report

__all__ = ["Passage", "cut_passages"]

MAX_CHARS = 1_200  # a longer paragraph is cut at a sentence's end: parsing time and memory stay bounded
DROPPED = re.compile(
    r"\[\[[^\]\n]{1,12}\]\]\([^)\n]{0,400}\)"  # linked note numbers of Markdown
    r"|\[ ?\d{1,3} ?\]"  # note numbers
    r"|\*{1,4}|_{2,}|(?m:^#{1,6} )|(?m:^[*•·-] +)"
    r"|(?<=\])\((?:https?://|<|/)[^)\n]{0,400}\)"  # the address of a link, its words stay
    r"|(?<=\bde)-(?=occup)|(?<=\bre)-(?=establish|captur|tak|occup|enter)|(?<=\bpull)-(?=out\b)"
    r"| (?=-(?:occupied|held|controlled|installed|backed|annexed|appointed|led|based|run|ruled|claimed|affiliated)\b)| (?=['’]s\b)"
    r"|https?://\S{1,400}|\u200b|\ufeff|\u00ad"
)
GLUED = re.compile(r"(?<=[a-z)\]”\"0-9][.!?])(?=[A-Z“\"][a-zA-Z])")
DATELINE = re.compile(
    r"\s{0,4}[A-Z][\w'’. -]{1,40}(?:\s?\[[\w ]{2,30}\])?(?:, [A-Z][\w ]{2,30})?,? (?:[A-Z][a-z]{2,8}\.? \d{1,2} )?"
    r"\((?:[A-Z]{2,8}|Reuters|Xinhua|[A-Z][a-z]+ ?[A-Z]?[a-z]*)\)\s{0,3}(?::|[-–—]{1,2})\s*"
    r"|\s{0,4}[A-Z]{3,}(?: [A-Z]{3,}){0,2}(?:, [A-Z][a-z]+)? ?(?:\([A-Za-z ]{2,20}\) )?[–—-]{1,2} "
)
FEED = re.compile(r"  (?=\S)")
JOINT = re.compile(r"(?<=[a-z0-9)])(?=[A-Z‘“\"'])|(?<=[A-Z]{3})(?=[A-Z][a-z])")
SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a report made fit for parsing: `text`, and for each of its characters the offset in the report."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the report of a stretch of the passage."""
        if start >= len(self.offsets):
            last = self.offsets[-1] + 1 if self.offsets else 0
            return last, last
        return self.offsets[start], self.offsets[max(start, end - 1)] + 1


def cut_passages(report: Report) -> Iterator[Passage]:
    """The passages of a report in order; the dateline is left out."""
    text = report.text
    skip = (report.dateline.start, report.dateline.end) if report.dateline else None
    paragraphs = r"[^\n]+(?:\n[^\n]+)*" if "\n\n" in text else r"[^\n]+"
    for match in re.finditer(paragraphs, text):
        start, end = match.span()
        if skip and skip[0] < end and skip[1] > start:
            if skip[0] > start:
                yield from _pieces(text, start, skip[0])
            start = min(max(skip[1], start), end)
        elif (line := DATELINE.match(text, start, end)) is not None:
            start = line.end()
        yield from _pieces(text, start, end)


def _pieces(text: str, start: int, end: int) -> Iterator[Passage]:
    """One paragraph as passages: glued headlines one by one, long ones cut at sentence ends."""
    if len(FEED.findall(text, start, end)) >= 2:
        for a, b in _headlines(text, start, end):
            yield _clean(text, a, b)
        return
    while end - start > MAX_CHARS:
        cuts = [m.end() for m in SENTENCE_END.finditer(text, start, start + MAX_CHARS)]
        cut = cuts[-1] if cuts else start + MAX_CHARS
        yield _clean(text, start, cut)
        start = cut
    if text[start:end].strip():
        yield _clean(text, start, end)


def _headlines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The headlines of a feed item that glues them: each ends with two spaces and its outlet, the next follows at once."""
    at = start
    for gap in FEED.finditer(text, start, end):
        if gap.start() < at:
            continue
        yield at, gap.start()
        joint = JOINT.search(text, gap.end() + 2, min(end, gap.end() + 60))
        at = joint.start() if joint else end
    if at < end:
        yield at, end


def _clean(text: str, start: int, end: int) -> Passage:
    """Drop mark-up and part glued sentences, keeping the offset of every character."""
    letters: list[str] = []
    offsets: list[int] = []

    def put(letter: str, offset: int) -> None:
        if letter.isspace():
            if not letters or letters[-1] == " ":
                return
            letter = " "
        letters.append("'" if letter in "’ʼ" else letter)
        offsets.append(offset)

    at = start
    gaps = {m.start() for m in GLUED.finditer(text, start, end)}
    for drop in [*DROPPED.finditer(text, start, end), None]:
        stop = drop.start() if drop else end
        for offset in range(at, stop):
            if offset in gaps:
                put(" ", offset)
            put(text[offset], offset)
        at = drop.end() if drop else end
    while letters and letters[-1] == " ":
        letters.pop()
        offsets.pop()
    return Passage("".join(letters), tuple(offsets))

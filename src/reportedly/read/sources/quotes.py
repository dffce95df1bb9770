"""Direct quotations by their marks: straight, curly, low and angle quotes, nested, over sentences and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Quote", "find_quotes", "open_at_end"]

OPENING = "“„«‟"
CLOSING = "”»"
MARK = re.compile(rf'["{OPENING}{CLOSING}\n]')
SAYING = "said|says|told|tells|added|adds|assures|assured|wrote|writes|explained|explains|stressed|emphasized|noted|notes|continued|concluded"
DASHED = re.compile(
    rf"[-–—](?:(?<=^.)|(?<=^ .)|(?<=[.!?\n].)|(?<=[.!?\n] .)) ?(?=[A-Z])([^\n]{{15,900}}?) ?[-–—] ?(?=(?:(?:he|she|they) )?(?:{SAYING})\b)"
)
MAX_QUOTE = 6000  # characters; a mark that is never closed must not swallow a report
PARAGRAPH = re.compile(r"\n\s*\n|\n(?=[“\"„«])|\n")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks, half-open in characters; `open` if its closing mark is missing (it goes on)."""

    start: int
    end: int
    open: bool = False

    @property
    def inner(self) -> tuple[int, int]:
        """The words without the marks."""
        return self.start + 1, self.end if self.open else self.end - 1


def _is_opening(text: str, i: int, depth: int) -> bool:
    """Whether a mark opens: curly by shape, straight by what stands around it."""
    mark = text[i]
    if mark in OPENING:
        return True
    before = text[i - 1] if i else " "
    after = text[i + 1] if i + 1 < len(text) else " "
    if mark == "”":  # typographic mistakes (”quarter by quarter,”) open with a closing mark
        return depth == 0 and (before.isspace() or before in "([—–-") and not after.isspace()
    if mark != '"':
        return False
    if depth == 0:
        if before.isdigit() and not after.isalnum():
            return False  # inches
        return not after.isspace() or before.isspace()
    return False


def find_quotes(text: str, *, inside: bool = False) -> tuple[Quote, ...]:
    """All quotations in order, outermost only; with `inside` the text begins within one that was opened before it.

    A paragraph that opens anew while the one before was left open continues the same quotation (news style).
    """
    quotes: list[Quote] = []
    begin: int | None = 0 if inside else None
    limit = 0
    for mark in MARK.finditer(text):
        i, char = mark.start(), mark[0]
        if char == "\n":
            if begin is None:
                continue
            rest = text[i:].lstrip()[:1]
            if i - begin > MAX_QUOTE or (rest not in ('"', "“", "„", "«") and _paragraph_end(text, i)):
                quotes.append(Quote(begin, min(i, begin + MAX_QUOTE), open=True))
                begin = None
            continue
        if begin is not None and i - begin > MAX_QUOTE:
            quotes.append(Quote(begin, limit or begin + 1, open=True))
            begin = None
        if begin is None:
            if _is_opening(text, i, 0):
                begin = i
        elif _reopens(text, i):
            quotes.append(Quote(begin, i, open=True))
            begin = i
        elif char in CLOSING or char == '"':
            quotes.append(Quote(begin, i + 1))
            begin = None
        limit = i
    if begin is not None and begin < len(text):
        quotes.append(Quote(begin, min(len(text), begin + MAX_QUOTE), open=True))
    quotes = [q for q in quotes if q.end - q.start > 2]
    return tuple(sorted([*quotes, *_dashed(text, quotes)], key=lambda q: q.start))


def _dashed(text: str, quotes: list[Quote]) -> list[Quote]:
    """Speech set off by dashes, as some languages print it: "- We hold it - says the mayor"."""
    found = []
    for match in DASHED.finditer(text):
        start, end = match.span(1)
        if not any(q.start < end and start < q.end for q in quotes):
            found.append(Quote(start - 1, end + 1))  # the marks count as one character on either side
    return found


def _paragraph_end(text: str, i: int) -> bool:
    """Whether the line break at i ends a paragraph: a blank line, or a sentence end before it."""
    return text[i : i + 2] == "\n\n" or text[:i].rstrip()[-1:] in ".!?…"


def _reopens(text: str, i: int) -> bool:
    """Whether a mark inside an open quotation opens its next paragraph."""
    if text[i] not in '"“„«':
        return False
    before = text[:i].rstrip(" \t")
    return before.endswith("\n") and i + 1 < len(text) and not text[i + 1].isspace()


def open_at_end(text: str) -> bool:
    """Whether a text ends within a quotation that the next paragraph goes on with.

    >>> open_at_end('He said: “We hold the town.'), open_at_end('He said: “We hold the town.”')
    (True, False)
    """
    tail = text[-MAX_QUOTE:]
    found = find_quotes(tail)
    return bool(found) and found[-1].open and found[-1].end >= len(tail.rstrip())

"""Cut a report into passages fit for parsing: no dateline, mark-up or note numbers, glued headlines apart, offsets kept."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from reportedly.model import Report
from reportedly.read.parsing.set_off import set_off

__all__ = ["Passage", "cut_passages", "cut_sentences"]

LONG = 40  # letters of a name
DATED = 200  # characters within which a dateline ends
MAX_CHARS = 1_200  # a longer paragraph is cut at a sentence's end: parsing time and memory stay bounded
DROPPED: tuple[tuple[tuple[str, ...], str], ...] = (  # what is left out, and marks of which a text with it has one
    (("[[",), r"\[\[[^\]\n]{1,12}\]\]\([^)\n]{0,400}\)"),  # linked note numbers of Markdown
    (("[",), r"\[ ?\d{1,3} ?\]"),  # note numbers
    (("*",), r"\*{1,4}"),
    (("__",), r"_{2,}"),
    (("# ",), r"(?m:^#{1,6} )"),
    (("\n-", "\n*", "•", "·"), r"(?m:^[*•·-] +)"),
    (("](",), r"(?<=\])\((?:https?://|<|/)[^)\n]{0,400}\)"),  # the address of a link, its words stay
    (("de-occup", "De-occup"), r"(?<=\b[Dd]e)-(?=occup)"),
    (("re-",), r"(?<=\bre)-(?=establish|captur|t[ao][ko]|gain|liberat|conquer|claim|occup|enter)"),
    (("pull-out",), r"(?<=\bpull)-(?=out\b)"),
    (("take-over",), r"(?<=\btake)-(?=overs?\b)"),
    ((" -",), r" (?=-(?:occupied|held|controlled|installed|backed|annexed|appointed|led|based|run|ruled|claimed|affiliated)\b)"),
    ((" '", " ’"), r" (?=['’]s\b)"),
    (("http",), r"https?://\S{1,400}"),
    (("\u200b", "\ufeff", "\u00ad"), r"\u200b|\ufeff|\u00ad"),
)  # fmt: skip
MARKS = {mark: part for part, (marks, _) in enumerate(DROPPED) for mark in marks}  # each marks one part only
LISTED, LISTS = 5, "*•·-"  # the part of it that marks items of a list, and with what
GLUED = re.compile(r"[.!?](?=[A-Z“\"][a-zA-Z])")
BEFORE_GLUED = re.compile(r"[a-z)\]”\"0-9]")
DATELINE = re.compile(
    r"\s{0,4}[A-Z][\w'’./ -]{1,40}(?:\s?\[[\w ]{2,30}\])?(?:, [A-Z][\w ]{2,30})?,? (?:[A-Z][a-z]{2,8}\.? \d{1,2} )?"
    r"\((?:[A-Z]{2,8}|Reuters|Xinhua|[A-Z][a-z]+ ?[A-Z]?[a-z]*)\)\s{0,3}(?::|[-–—]{1,2})\s*"
    r"|\s{0,4}[A-Z]{3,}(?:[ /][A-Z]{3,}){0,2}(?:, [A-Z][a-z]+(?: (?:of |the )?[A-Z][a-z]+){0,3})?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}))? ?(?:\([A-Za-z ]{2,20}\) )?[–—-]{1,2} "
)
SIGN = "[\u2022\u203c\u2049\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"  # bullets, arrows and pictures of posts
TICKER = re.compile(  # what stands before an entry: "14:05 - ", "[9.30am] ", "BREAKING: ", "UPDATE 2 - ", "RT @abc: ", "2/5 ", a flag, a sign;
    # each is matched in one way only: a page of times would else be tried in as many ways as there are subsets of them
    rf"(?>{SIGN}[\ufe0f\u200d\u20e3]*\s*|(?:[\U0001f1e6-\U0001f1ff]{{2}})+\s*(?=[^a-z\s])"
    r"|[\[(]?\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\b\.?)?(?:\s(?:GMT|UTC|BST|CET|EET|EEST|ET|EST|EDT))?(?:[\])]|(?=[\s:–—-]))\s*(?:[-–—|:/]+\s*)?"
    r"|\d{1,2}\s?[ap]\.?m\.?\s*[-–—|:]+\s*|\d{1,2}/\d{0,2}\s+|RT @\w{1,30}:\s+"
    r"|(?:(?i:breaking|updated?|urgent|flash|alert|just in|exclusive|watch)|NEW|LIVE)(?i: news| \d)?\s?[-–—|:!]+\s+)+(?=[^a-z\d\s])"
)
ENTRIES = frozenset("bBuUfFaAjJeEwWNLR")  # letters that such an entry may begin with
ITEM = re.compile(rf"\s{SIGN}\ufe0f?\s+(?=\S)")  # what parts the items of a list in one line
FEED = re.compile(r"  (?=\S)")
JOINT = re.compile(r"(?<=[a-z0-9)])(?=[A-Z‘“\"'])|(?<=[A-Z]{3})(?=[A-Z][a-z])")
SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s")
LONGEST_OPENER = 100  # characters
MAX_SENTENCE = 700  # characters; what has no end for longer is a list of links or a table
SURE_END = re.compile(  # where a sentence surely ends: not after an initial or a title
    r"[.!?](?<!\b[A-Z].)(?<!\b(?:St|Mr|Dr|Lt|No).)(?<!\b(?:Mrs|Gen|Col|Maj|Sgt|Gov|Rep|Sen|Rev|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Cpt|Pvt|Cap|Adm).)"
    r"(?<!\b(?:Capt|Sept|Prof|Brig).)[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])"
)  # the full stop first: what is looked for behind it is looked for nowhere else
OPENER = re.compile(  # what a live page or a feed puts before a headline, a daily assessment before an entry: "War in X live: ",
    # "What we know on day 100: ", "Video: ", "Unconfirmed claims: "
    r"(?:[A-Z0-9][^.:;!?\n]{0,60}?\s)?\b(?i:live|updates?|briefing|breaking|latest|as it happened|what we know|key events|explained"
    r"|analysis|exclusive|video|watch|photos?|maps?|day \d[\d,]*|(?:unconfirmed|unverified|under \w+) claims|order of battle"
    r"|(?:assessed|confirmed|claimed|observed) (?:\w+ ){0,2}(?:advances|gains|infiltrations))"
    r"(?i: (?:news|updates?|blog|on day \d[\d,]*))?: +(?=[\"'“‘]?[A-Z])"
)
NOTE_END = re.compile(r"(?<=[\])]) (?=\[)")
OPENING = re.compile(r"(?<=\s)'(?=[A-Za-z])(?=[^']{1,60}[^'\s]')")
SHUT = re.compile(r"\((?=[a-z]{3})(?<=[a-z]{3}\()")  # "Tamaryne(confirmation)": a bracket is no part of a name
BEFORE_SHUT = re.compile(r"\b[A-Z][a-z]{3,}$")
SPACING = re.compile(r"[^\S ]\s*| \s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a report made fit for parsing: `text`, for each of its characters the offset in the report, and what was left out
    that only describes places, as offsets in the report.
    """

    text: str
    offsets: Sequence[int]
    left_out: tuple[tuple[int, int], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the report of a stretch of the passage."""
        if start >= len(self.offsets):
            last = self.offsets[-1] + 1 if self.offsets else 0
            return last, last
        return self.offsets[start], self.offsets[max(start, end - 1)] + 1

    def whole(self, report: str) -> tuple[str, Callable[[int], int]]:
        """The text with what was left out of it where that stood, and where a character of the text stands there."""
        if not self.left_out:
            return self.text, int
        places = [bisect_left(self.offsets, start) for start, _ in self.left_out]
        words = [report[start:end] for start, end in self.left_out]
        pieces = [self.text[a:b] for a, b in pairwise([0, *places, len(self.text)])]
        text = "".join(piece + word for piece, word in zip(pieces, [*words, ""], strict=True))
        lengths = list(accumulate(map(len, words), initial=0))
        return text, lambda at: at + lengths[bisect_right(places, at)]


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
        elif _may_date(text, start) and (line := DATELINE.match(text, start, end)) is not None:
            start = line.end()
        for a, b in _items(text, start, end):
            yield from _pieces(text, a, b)


def _may_date(text: str, start: int) -> bool:
    """Whether a dateline may open a paragraph: brackets or a dash close every one."""
    head = text[start : start + DATED]
    return "(" in head or "-" in head or "–" in head or "—" in head


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list in one line, each without the time, the label or the sign before it."""
    joints = [(0, start)]
    if not text.isascii():
        joints += [m.span() for m in ITEM.finditer(text, start, end)]
    for number, (_, a) in enumerate(joints):
        b = joints[number + 1][0] if number + 1 < len(joints) else end
        first = text[a : a + 1]
        entry = TICKER.match(text, a, b) if first in ENTRIES or not first.isalpha() else None
        yield (entry.end() if entry is not None else a), b


def _pieces(text: str, start: int, end: int) -> Iterator[Passage]:
    """One paragraph as passages: glued headlines one by one, long ones cut at sentence ends."""
    if text.find("  ", start, end) >= 0 and _is_feed(text, start, end):
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


def _is_feed(text: str, start: int, end: int) -> bool:
    """Whether a paragraph glues headlines: double spaces before outlets, behind one of which the next headline follows at once.

    Without that the spaces are only careless: "The enemy captured  A ,  B  and  C".
    """
    gaps = [m.end() for m in FEED.finditer(text, start, end)]
    return len(gaps) >= 2 and any(JOINT.search(text, gap + 2, min(end, gap + 60)) for gap in gaps)


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
    cuts: list[tuple[int, int, str]] = []
    marked, glued = _whole_report(text)
    parts = tuple(
        part
        for part in marked
        if (part == LISTED and text[start] in LISTS)
        or any(text.find(mark, start, end) >= 0 for mark in DROPPED[part][0])
    )
    if parts:
        cuts += [(m.start(), m.end(), "") for m in _dropped(parts).finditer(text, start, end)]
    cuts += [(at, at, " ") for at in glued[bisect_right(glued, start) : bisect_right(glued, end - 2)]]
    left_out = tuple(set_off(text, start, end))
    cuts += [(a, b, "") for a, b in left_out]
    piece = text[start:end]
    if "(" in piece:
        cuts += [
            (m.start(), m.start(), " ")
            for m in SHUT.finditer(text, start, end)
            if BEFORE_SHUT.search(text, max(start, m.start() - LONG), m.start())
        ]
    if "  " in piece or not piece.isprintable():  # all white space but the plain space counts as not printable
        cuts += [(m.start(), m.end(), " ") for m in SPACING.finditer(text, start, end)]
    if not cuts:
        kept = piece.strip(" ")
        first = start + len(piece) - len(piece.lstrip(" ")) if kept else start
        return Passage(_straight(kept), range(first, first + len(kept)) if kept else ())
    pieces: list[str] = []
    offsets: list[int] = []
    spaced, at = True, start  # whether what was kept so far ends with a space, or is nothing
    for stop, after, put in [*sorted(cuts), (end, end, "")]:
        first = at
        while spaced and first < stop and text[first] == " ":
            first += 1
        if first < stop:
            pieces.append(text[first:stop])
            offsets += range(first, stop)
            spaced = text[stop - 1] == " "
        if put and not spaced and stop >= at:
            pieces.append(put)
            offsets.append(stop)
            spaced = True
        at = max(at, after)
    cleaned = "".join(pieces)
    size = len(cleaned.rstrip(" "))
    cleaned = _straight(cleaned[:size])
    if size and offsets[size - 1] - offsets[0] == size - 1:
        return Passage(cleaned, range(offsets[0], offsets[0] + size))
    return Passage(cleaned, tuple(offsets[:size]), left_out)


@lru_cache(maxsize=2)
def _whole_report(text: str) -> tuple[tuple[int, ...], list[int]]:
    """Those parts of what is dropped that a report may have anywhere, and where sentences are glued in it."""
    glued = [m.end() for m in GLUED.finditer(text) if m.start() and BEFORE_GLUED.match(text[m.start() - 1])]
    whole = f"\n{text}"
    marked = [part for mark, part in MARKS.items() if mark in whole]
    return tuple(sorted(set(marked))), glued


@cache
def _dropped(parts: tuple[int, ...]) -> re.Pattern[str]:
    """Some of the parts of what is dropped: fewer are found many times as fast."""
    return re.compile("|".join(DROPPED[part][1] for part in parts))


def _straight(text: str) -> str:
    """The same with straight apostrophes, told apart from single quotation marks that open."""
    text = text.replace("’", "'").replace("ʼ", "'")
    return OPENING.sub("‘", text) if " '" in text else text


def cut_sentences(text: str) -> list[tuple[int, int]]:
    """A passage in stretches that are parsed alone, as ranges of characters that cover it: a sentence each, or a few.

    Where a full stop may stand for an abbreviation the stretch goes on, and the parser parts the sentences in it.
    """
    found, start = [], 0
    ends = [m.end() for m in SURE_END.finditer(text)]
    if " [" in text:
        ends = sorted({*ends, *(m.end() for m in NOTE_END.finditer(text))})
    if ": " in text[:LONGEST_OPENER] and (opener := OPENER.match(text)) is not None:
        ends = sorted({opener.end(), *ends})
    for end in [*ends, len(text)]:
        while end - start > MAX_SENTENCE:
            cut = text.rfind(" ", start, start + MAX_SENTENCE) + 1 or start + MAX_SENTENCE
            found.append((start, max(cut, start + 1)))
            start = found[-1][1]
        if end > start:
            found.append((start, end))
        start = end
    return found

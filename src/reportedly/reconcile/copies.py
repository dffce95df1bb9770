"""Reports that repeat another's story: syndicated, lightly edited, cut. Pure; the order of the reports does not matter.

MinHash (rensa) over three-word shingles of whole stories and of their paragraphs proposes pairs; the shingles themselves
decide: a copy shares most words with its original (Jaccard), an excerpt is nearly contained in it. The earliest report is
the original; of several of one moment the one published by its own agency, then the smaller id.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rensa import RMinHash

from reportedly.model import Report

__all__ = ["Copy", "find_copies"]

SAME = 0.8
"""Jaccard similarity from which two stories are one."""
WITHIN = 0.9
"""Share of the shorter story's shingles found in the longer one from which they are one."""
WINDOW = dt.timedelta(days=7)
"""Syndication is a matter of days: the same words a month later are a formula or an anniversary piece."""
LEAST = 25  # shingles: two short headlines that agree may be two writers
PERMUTATIONS, ROWS = 64, 4  # 16 bands of 4: a pair of similarity 0.8 is missed once in 5,000
NEIGHBOURS = 12  # of a band that many share (a template) each report meets only those published just before it
SEED = 20220224
TOKEN = re.compile(r"\w+")
PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One report repeats another: ids of both, the share of words in common (0 to 1), and whether one is part of the other."""

    report_id: str
    original_id: str
    similarity: float
    excerpt: bool = False


@dataclass(frozen=True, slots=True)
class _Story:
    id: str
    report: Report
    words: frozenset[str]

    @property
    def rank(self) -> tuple[dt.datetime, bool, str]:
        """Originals first."""
        agency, publisher = (self.report.agency or "").casefold(), self.report.publisher.casefold()
        return (self.report.published, agency != publisher, self.id)


def find_copies(reports: Iterable[Report]) -> tuple[Copy, ...]:
    """Which reports repeat which, by id of the copy; an original is never itself a copy of another."""
    unique = {report.id: report for report in reports}
    stories = [_Story(name, r, _shingles(_body(r))) for name, r in unique.items()]
    stories = sorted((s for s in stories if len(s.words) >= LEAST), key=lambda s: s.rank)
    found: dict[int, tuple[int, float, bool]] = {}
    for later, earlier in _proposed(stories):
        if later in found or stories[later].report.published - stories[earlier].report.published > WINDOW:
            continue
        if match := _compare(stories[later].words, stories[earlier].words):
            found[later] = (earlier, *match)
    out = []
    for later, (earlier, similarity, excerpt) in found.items():
        root = earlier
        while root in found:
            root = found[root][0]
        name, original = stories[later].id, stories[root].id
        out.append(Copy(report_id=name, original_id=original, similarity=similarity, excerpt=excerpt))
    return tuple(sorted(out, key=lambda c: c.report_id))


def _body(report: Report) -> str:
    """The story without the dateline and what stands before it."""
    return report.text[report.dateline.end :] if report.dateline else report.text


def _shingles(text: str) -> frozenset[str]:
    """Runs of three words in lower case."""
    tokens = TOKEN.findall(text.casefold())
    return frozenset(" ".join(tokens[i : i + 3]) for i in range(max(1, len(tokens) - 2)))


def _units(story: _Story) -> list[frozenset[str]]:
    """What is hashed of a story: the whole, and each paragraph long enough to be known again."""
    parts = [_shingles(p) for p in PARAGRAPH.split(_body(story.report))]
    return [story.words, *(p for p in parts if len(p) >= LEAST and p != story.words)]


def _proposed(stories: Sequence[_Story]) -> Iterator[tuple[int, int]]:
    """Pairs (later, earlier) that share a band of a unit's hash, each once, in order of the later, earliest partner first."""
    bands: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for row, story in enumerate(stories):
        digests = RMinHash.digests_from_token_sets([list(u) for u in _units(story)], PERMUTATIONS, SEED)
        keys = {
            (start, repr(digest[start : start + ROWS]).encode())
            for digest in digests
            for start in range(0, PERMUTATIONS, ROWS)
        }
        partners: set[int] = set()
        for key in keys:
            partners.update(bands[key][:1], bands[key][-NEIGHBOURS:])
            bands[key].append(row)
        yield from ((row, partner) for partner in sorted(partners))


def _compare(a: frozenset[str], b: frozenset[str]) -> tuple[float, bool] | None:
    """How much two stories share, and whether one is a part of the other; None where they are two stories."""
    common = len(a & b)
    if common >= SAME * (len(a) + len(b) - common):
        return round(common / (len(a) + len(b) - common), 4), False
    if common >= WITHIN * min(len(a), len(b)):
        return round(common / min(len(a), len(b)), 4), True
    return None

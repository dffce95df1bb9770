"""The fourth draw of own passages: half `check2`, from what the first three draws left; see evaluation/claims/README.md.

A candidate overlaps no passage annotated for claims, attribution, times or places, and shares no long sentence with one or with the
shared development set (daily assessments and feeds repeat themselves). Candidates are ranked by a hash with a fixed seed, not sampled: one
that is left out later, because another set has taken it, moves no other. First come reports without any other own passage, and
in news and headlines the narrower wording of control.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation.annotated import (
    BROADER,
    HERE,
    SENTENCE_END,
    WARFARE,
    WORDING,
    digest,
    document,
    paragraphs,
    reports,
    rows_of,
    windows,
)

SEED = "20261129"
QUOTA = {"isw": 90, "news": 38, "headline": 24}  # current events have next to none left
PER_REPORT = 3
LONG = 60  # a sentence of so many characters is no chance likeness
OTHERS = ("attribution/real.jsonl", "times/passages.jsonl", "places/isw_hand.jsonl", "places/isw_hand_fresh.jsonl")
Spans = dict[tuple[str, str], list[tuple[int, int]]]


def sentences(text: str) -> set[str]:
    """The long sentences of a text, by their words alone."""
    plain = (" ".join("".join(c if c.isalnum() else " " for c in s).lower().split()) for s in SENTENCE_END.split(text))
    return {s for s in plain if len(s) >= LONG}


def annotated_spans(known: list[dict[str, Any]]) -> Spans:
    """Where each report is annotated already, for any purpose."""
    found: Spans = defaultdict(list)
    for row in known + [row for name in OTHERS for row in rows_of(HERE.parent / name)]:
        if "report" in row:
            found[row.get("corpus", "isw"), row["report"]].append((row["start"], row["end"]))
    return found


def spans(corpus: str, text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and start of the context of the passages of a text, as the third draw cuts them."""
    if corpus == "news":
        yield from windows(text)
    elif corpus == "isw":
        before = 0
        for start, end in paragraphs(text):
            yield start, end, max(before, start - 700)
            before = start
    else:
        yield 0, len(text), 0


def fits(corpus: str, passage: str) -> bool:
    """Whether a passage has the length and the wording."""
    if not (150 if corpus == "isw" else 40) <= len(passage) <= 1300 or "http" in passage:
        return False
    if corpus == "isw":
        return bool(WORDING.search(passage))
    return bool(BROADER.search(passage) and WARFARE.search(passage))


def draw_rest(shared: Path, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Draw the half `check2` behind the passages known so far."""
    items = rows_of(shared / "claims/dev.items.jsonl")
    used = {item["doc"] for item in items}
    said = {s for item in items for s in sentences(item["passage"])}
    names = {row["sha256"] for row in known}
    own = {(row["corpus"], row["report"]) for row in known}
    taken = annotated_spans(known)
    drawn: list[dict[str, Any]] = []
    for corpus, quota in QUOTA.items():
        pool = []
        for report in reports(shared, corpus):
            at, text = (corpus, report["id"]), report["text"]
            for a, b in taken.get(at, ()):
                said |= sentences(text[a:b])
            if document(corpus, report) not in used and report["published"][:1].isdigit():  # some have no date
                for start, end, before in spans(corpus, text):
                    if fits(corpus, text[start:end]) and not any(a < end and start < b for a, b in taken.get(at, ())):
                        name = digest(text[start:end])
                        chance = hashlib.sha256(f"{SEED} {name}".encode()).hexdigest()
                        narrow = corpus == "isw" or bool(WORDING.search(text, start, end))
                        pool.append(((at in own, not narrow, chance), report, start, end, before, name))
        count: Counter[str] = Counter()
        chosen = 0
        for _, report, start, end, before, name in sorted(pool, key=lambda row: row[0]):
            text = report["text"]
            if chosen == quota or name in names or count[report["id"]] == PER_REPORT:
                continue
            if said & sentences(text[start:end]):
                continue
            names.add(name)
            said |= sentences(text[start:end])
            count[report["id"]] += 1
            chosen += 1
            drawn.append(
                {"id": f"{corpus}-g{name[:10]}", "corpus": corpus, "report": report["id"], "doc": document(corpus, report), "half": "check2", "start": start,
                 "end": end, "context_start": before, "context_end": start - (len(text[before:start]) - len(text[before:start].rstrip())), "sha256": name}
            )  # fmt: skip
    return sorted(drawn, key=lambda row: row["sha256"])

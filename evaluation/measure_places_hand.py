"""Places of 200 random passages of daily assessments, judged by hand, with and without reading the distances told.

    python -m evaluation.measure_places_hand [--shared ../shared] [--errors]

evaluation/places/isw_hand*.jsonl hold report ids, offsets and the judged ids, no text (see the README beside them): the first
hundred were looked at for causes, the second, `fresh`, were judged after and only scored. Every name that
the gazetteer finds in a passage is given to the resolver, with the text before it as context: `alone` without memory of other
reports, `stream` with what the names in all earlier reports of the file left (never those of the same day or later).
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evaluation.gazetteer import shared_gazetteer
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.model import PlaceRef
from reportedly.resolve.places import FrontMemory, Mention, Weights, resolve_places
from reportedly.resolve.weights import WEIGHTS

JUDGED = {"hand": "isw_hand.jsonl", "fresh": "isw_hand_fresh.jsonl"}
CONTEXT = 1500  # characters of text before a passage, as in reading


@dataclass(frozen=True, slots=True)
class Judged:
    """One judged mention (offsets in its passage) and what was answered."""

    words: str
    passage: str
    start: int
    kind: str
    ids: frozenset[int]
    ref: PlaceRef
    set: str


def judgements(name: str) -> list[dict[str, Any]]:
    """Rows of a judged file."""
    text = (Path(__file__).parent / "places" / JUDGED[name]).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def assessments(shared: Path) -> list[dict[str, Any]]:
    """All daily assessments in order of time."""
    with gzip.open(shared / "reports/isw.jsonl.gz", "rt", encoding="utf-8") as lines:
        return sorted(map(json.loads, lines), key=lambda r: r["published"])


def learn(report: dict[str, Any], gazetteer: Gazetteer, memory: FrontMemory, weights: Weights) -> None:
    """Let a memory learn the names of a report, paragraph by paragraph, each resolved without it."""
    day, at = dt.date.fromisoformat(report["published"][:10]), 0
    refs: list[PlaceRef] = []
    for line in report["text"].split("\n"):
        mentions = [Mention(h.start, h.end, h.words) for h in gazetteer.scan(line)]
        context = report["text"][max(0, at - CONTEXT) : at]
        refs += resolve_places(line, mentions, gazetteer, published=day, context=context, weights=weights)
        at += len(line) + 1
    memory.learn(refs, day)


def in_stream(
    reports: list[dict[str, Any]], gazetteer: Gazetteer, rows: list[dict[str, Any]], *, hints: bool, stream: bool
) -> Iterator[Judged]:
    """Every judged mention with the resolver's answer, reports in order of time."""
    weights = WEIGHTS if hints else replace(WEIGHTS, directions=0.0)
    judged: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        judged.setdefault(row["report"], []).append(row)
    memory = FrontMemory(gazetteer) if stream else None
    for _, same_day in itertools.groupby(reports, key=lambda r: r["published"][:10]):
        day = list(same_day)
        for report in day:
            yield from answers(report, gazetteer, judged.get(report["id"], []), memory, weights)
        for report in day if memory is not None else ():
            learn(report, gazetteer, memory, weights)  # type: ignore[arg-type]


def answers(
    report: dict[str, Any],
    gazetteer: Gazetteer,
    rows: list[dict[str, Any]],
    memory: FrontMemory | None,
    weights: Weights,
) -> Iterator[Judged]:
    """The judged mentions of one report."""
    for row in rows:
        start = row["start"]
        text = report["text"][start : row["end"]]
        given = [(m["start"] - start, m["end"] - start) for m in row["mentions"]]
        found = [(h.start, h.end) for h in gazetteer.scan(text)]
        free = [(a, b) for a, b in found if not any(a < d and c < b for c, d in given)]
        spans = sorted([*given, *free])
        refs = resolve_places(
            text, [Mention(a, b, text[a:b]) for a, b in spans], gazetteer, published=dt.date.fromisoformat(report["published"][:10]),
            context=report["text"][max(0, start - CONTEXT) : start], memory=memory, line=False, weights=weights,
        )  # fmt: skip
        by_span = dict(zip(spans, refs, strict=True))
        for (a, b), m in zip(given, row["mentions"], strict=True):
            ids = frozenset(p.id for i in m["ids"] if (p := gazetteer.place(i)) is not None)
            yield Judged(text[a:b], text, a, m["kind"], ids, by_span[a, b], row["set"])


def run(shared: Path, work: Path, *, errors: bool = False) -> dict[str, float]:
    """Shares of right answers by kind of mention, by whether distances were read and earlier reports remembered."""
    gazetteer = Gazetteer.open(shared_gazetteer(shared, work))
    reports = assessments(shared)
    rows = [row | {"set": name} for name in JUDGED for row in judgements(name)]
    figures: dict[str, float] = {}
    for mode, told in itertools.product(("alone", "stream"), ("hints", "no_hints")):
        tally: dict[tuple[str, str], list[int]] = {}
        for j in in_stream(reports, gazetteer, rows, hints=told == "hints", stream=mode == "stream"):
            right = j.ref.place_id in j.ids if j.kind != "none" else j.ref.place_id is None
            t = tally.setdefault((j.set, j.kind), [0, 0, 0])
            t[0], t[1], t[2] = t[0] + 1, t[1] + (j.ref.place_id is not None), t[2] + right
            if errors and j.set == "hand" and not right and j.kind != "none":
                print(f"{mode}, {told}: {j.words!r} -> {j.ref.name} {j.ref.place_id} ({j.ref.probability:.2f}), judged {sorted(j.ids)}: "
                      f"…{j.passage[max(0, j.start - 80) : j.start + 80]}…")  # fmt: skip
        for judged in JUDGED:
            name, (n, answered, right) = f"{judged}.{mode}.{told}", tally[judged, "settlement"]
            figures |= {f"{name}.settlements": right / n, f"{name}.settlements_precision": right / max(answered, 1)}
            figures[f"{name}.regions"] = tally[judged, "region"][2] / tally[judged, "region"][0]
    return figures


def main() -> None:
    """Print the figures, and with --errors what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    for name in JUDGED:
        rows = judgements(name)
        counts = {k: sum(m["kind"] == k for r in rows for m in r["mentions"]) for k in ("settlement", "region", "none")}
        print(f"{name}: {len(rows)} passages, {counts}")
    print(
        json.dumps(
            {k: round(v, 4) for k, v in run(options.shared, Path("var/eval"), errors=options.errors).items()}, indent=1
        )
    )


if __name__ == "__main__":
    main()

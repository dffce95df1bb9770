"""Places of 200 random passages of daily assessments, judged by hand, with and without reading the distances told.

    python -m evaluation.measure_places_hand [--shared ../shared] [--errors]

evaluation/places/isw_hand*.jsonl hold report ids, offsets and the judged ids, no text (see the README beside them): the first
hundred were looked at for causes, the second, `fresh`, were judged after and only scored. Every name that
the gazetteer finds in a passage is given to the resolver, with the text before it as context and no memory of other reports.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evaluation.gazetteer import shared_gazetteer
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.model import PlaceRef
from reportedly.resolve.places import Mention, resolve_places
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


def judgements(name: str) -> list[dict[str, Any]]:
    """Rows of a judged file."""
    text = (Path(__file__).parent / "places" / JUDGED[name]).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def answers(shared: Path, gazetteer: Gazetteer, rows: list[dict[str, Any]], *, hints: bool) -> Iterator[Judged]:
    """Every judged mention with the resolver's answer."""
    with gzip.open(shared / "reports/isw.jsonl.gz", "rt", encoding="utf-8") as lines:
        reports = {r["id"]: r for r in map(json.loads, lines)}
    weights = WEIGHTS if hints else replace(WEIGHTS, directions=0.0)
    for row in rows:
        report, start = reports[row["report"]], row["start"]
        text = report["text"][start : row["end"]]
        given = [(m["start"] - start, m["end"] - start) for m in row["mentions"]]
        found = [(h.start, h.end) for h in gazetteer.scan(text)]
        free = [(a, b) for a, b in found if not any(a < d and c < b for c, d in given)]
        spans = sorted([*given, *free])
        refs = resolve_places(
            text, [Mention(a, b, text[a:b]) for a, b in spans], gazetteer, published=dt.date.fromisoformat(report["published"][:10]),
            context=report["text"][max(0, start - CONTEXT) : start], weights=weights,
        )  # fmt: skip
        by_span = dict(zip(spans, refs, strict=True))
        for (a, b), m in zip(given, row["mentions"], strict=True):
            ids = frozenset(p.id for i in m["ids"] if (p := gazetteer.place(i)) is not None)
            yield Judged(text[a:b], text, a, m["kind"], ids, by_span[a, b])


def run(shared: Path, work: Path, *, errors: bool = False) -> dict[str, float]:
    """Shares of right answers by kind of mention and by whether distances were read."""
    gazetteer = Gazetteer.open(shared_gazetteer(shared, work))
    figures: dict[str, float] = {}
    for judged, told, hints in ((j, t, t == "hints") for j in JUDGED for t in ("hints", "no_hints")):
        name = f"{judged}.{told}"
        tally: dict[str, list[int]] = {}
        for j in answers(shared, gazetteer, judgements(judged), hints=hints):
            right = j.ref.place_id in j.ids if j.kind != "none" else j.ref.place_id is None
            answered = j.ref.place_id is not None
            t = tally.setdefault(j.kind, [0, 0, 0])
            t[0], t[1], t[2] = t[0] + 1, t[1] + answered, t[2] + right
            if errors and judged == "hand" and not right and j.kind != "none":
                print(f"{name}: {j.words!r} -> {j.ref.name} {j.ref.place_id} ({j.ref.probability:.2f}), judged {sorted(j.ids)}: "
                      f"…{j.passage[max(0, j.start - 80) : j.start + 80]}…")  # fmt: skip
        n, answered, right = tally["settlement"]
        figures |= {f"{name}.settlements": right / n, f"{name}.settlements_precision": right / max(answered, 1)}
        figures[f"{name}.regions"] = tally["region"][2] / tally["region"][0]
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

"""How time and memory of a whole batch grow with its input: documents that bring new names, a tenth of them worth reading.

    python -m evaluation.bench_growth [--shared ../shared] [--sizes 10000,100000] [--workers 2] [--kit MODULE:FUNCTION]

The documents are drawn anew from the paragraphs of the shared news: nine of ten from paragraphs that the gate turns down,
as in general news, the tenth with two that it lets pass and a sentence with three names that nobody has seen before. So the
parser's memory of words grows as it would on a year of news, and looking for duplicates has nothing to find but by chance.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import gzip
import json
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from evaluation.bench_batch import result, start
from evaluation.bench_reading import sample
from reportedly.model import Report
from reportedly.read.gate.gate import Gate

SHARE = 10  # one document in so many is worth reading
PARAGRAPHS = 10
SYLLABLES = ("ka", "zo", "be", "mir", "tan", "dol", "ush", "ven", "gra", "pol", "chi", "ras", "kov", "sel", "hor", "lu")


def documents(reports: list[Report], count: int) -> Iterator[dict[str, str]]:
    """Rows of JSON Lines, always the same for a number."""
    gate = Gate.of("en")
    paragraphs = sorted({p.strip() for r in reports for p in r.text.split("\n") if len(p.split()) > 15})
    closed = [p for p in paragraphs if not gate.opens(p)]
    opened = [p for p in paragraphs if gate.opens(p)]
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 - always the same
        chosen = chance.sample(closed, PARAGRAPHS)
        if number % SHARE == 0:
            officer, town, other = (
                "".join(chance.choices(SYLLABLES, k=4)).capitalize() + str(number) for _ in range(3)
            )
            chosen[3:5] = chance.sample(opened, 2)
            chosen.append(f"Colonel {officer} said that his forces had captured the village of {town} near {other}.")
        yield {
            "id": str(number), "publisher": f"Gazette {number % 500}", "published": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "lang": "en", "text": "\n\n".join(chosen),
        }  # fmt: skip


def articles(reports: list[Report], count: int) -> list[Report]:
    """The same documents as reports."""
    return [
        Report(publisher=row["publisher"], published=dt.datetime.fromisoformat(row["published"]).replace(tzinfo=dt.UTC), text=row["text"])
        for row in documents(reports, count)
    ]  # fmt: skip


def write(folder: Path, reports: list[Report], count: int) -> list[str]:
    """`count` documents in files of ten thousand, eight files at least."""
    folder.mkdir(parents=True, exist_ok=True)
    files = max(8, count // 10_000)
    paths = [folder / f"{i:03}.jsonl.gz" for i in range(files)]
    with contextlib.ExitStack() as stack:
        outs = [stack.enter_context(gzip.open(p, "wt", compresslevel=1, encoding="utf-8")) for p in paths]
        for number, row in enumerate(documents(reports, count)):
            outs[number % files].write(json.dumps(row) + "\n")
    return [str(path) for path in paths]


def growth(
    reports: list[Report], work: Path, gazetteer: Path, say: Callable[[str], None], sizes: tuple[int, ...], workers: int = 2,
    kit: str = "reportedly.batch.worker:standard_kit",
) -> list[dict[str, Any]]:  # fmt: skip
    """Time and memory of the whole batch, duplicates and ledger included, for each size of input."""
    rows = []
    for size in sizes:
        say(f"growth: {size:,} documents")
        shutil.rmtree(work / "growth", ignore_errors=True)
        inputs = write(work / "growth", reports, size)
        ledger = work / "growth.sqlite"
        for old in work.glob("growth.sqlite*"):
            old.unlink()
        done = result(
            start(inputs, work / "out-growth", gazetteer, workers=workers, ledger=str(ledger), duplicates=True, kit=kit)
        )
        rows.append({
            "documents": size, "read": done["counts"].get("read", 0), "claims": done["counts"].get("claims", 0),
            "seconds": round(done["seconds"], 1), "docs_per_s": round(size / done["seconds"], 1), "worker_peak_mb": done["worker_peak_mb"],
            "driver_peak_mb": done["driver_peak_mb"], "driver_anonymous_mb": done["driver_anonymous_mb"], "stage_seconds": done["stages"],
        })  # fmt: skip
        shutil.rmtree(work / "growth")
        shutil.rmtree(work / "out-growth")
    return rows


def main() -> None:
    """Print one line for each size."""
    from evaluation.gazetteer import shared_gazetteer

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--sizes", default="2000,10000")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--kit", default="reportedly.batch.worker:standard_kit", help="tests.batch.stand_in:kit: all but the reader"
    )
    options = parser.parse_args()
    work = Path("var/bench")
    work.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()

    def say(words: str) -> None:
        print(f"[{time.monotonic() - began:5.0f} s] {words}", file=sys.stderr, flush=True)

    reports = sample(options.shared, "news", 1)
    gazetteer = shared_gazetteer(options.shared, work)
    for size in options.sizes.split(","):
        for row in growth(reports, work, gazetteer, say, (int(size),), options.workers, options.kit):
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()

"""Read whole collections without an exception; list what could not be read, with time and peak memory.

    python -m evaluation.read_corpora [--shared ../shared] [--every N] [COLLECTION ...]

Collections are news, isw and current-events unless named. Ends with 1 if the reader failed on a report.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from functools import partial
from pathlib import Path

from evaluation.gazetteer import shared_gazetteer
from reportedly.batch import read_safely
from reportedly.ingest import SetAside, load_reports
from reportedly.knowledge import Knowledge
from reportedly.read.reader import read_report
from reportedly.settings import Settings


def main() -> int:
    """Read, count, list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collections", nargs="*", default=["news", "isw", "current-events"])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--every", type=int, default=1, help="read every N-th report only")
    options = parser.parse_args()
    if not options.shared.is_dir():
        print(f"{options.shared} is not here: there is nothing to read.")
        return 0
    work = Path("var/eval")
    work.mkdir(parents=True, exist_ok=True)
    knowledge = Knowledge.load(Settings(gazetteer=shared_gazetteer(options.shared, work)))
    reader, failed = partial(read_report, knowledge=knowledge), 0
    for name in options.collections:
        began, processor = time.monotonic(), time.process_time()
        read = claims = words = 0
        for number, item in enumerate(load_reports(options.shared / "reports" / f"{name}.jsonl.gz", stamp=False)):
            if number % options.every:
                continue
            if isinstance(item, SetAside):
                print(f"  set aside: {item.reason}")
                continue
            found = read_safely(item, reader)
            if isinstance(found, SetAside):
                failed += 1
                print(f"  FAILED: {found.reason}")
                continue
            read, claims, words = read + 1, claims + len(found.claims), words + len(item.text.split())
            if sys.stderr.isatty() and read % 20 == 0:
                print(f"\r  {name}: {read} reports", end="", file=sys.stderr, flush=True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{name}: {read:,} reports, {words:,} words, {claims:,} claims in {time.monotonic() - began:.0f} s"
            f" ({time.process_time() - processor:.0f} s of processor), peak memory {peak:.0f} MB", flush=True,
        )  # fmt: skip
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())

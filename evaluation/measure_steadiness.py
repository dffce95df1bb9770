"""How steady the reading is: sentences of our own, changed in ways that leave their claims alone, and how many are read as before.

    python -m evaluation.measure_steadiness [--every N] [--list CHANGE]

The sentences are those of tests/read/constructs.txt that are read as they should be, so what is counted are words that the reader
hangs on and no careful reader would. "all" is the share over `evaluation.changes`, "reworded" that over `evaluation.rewordings`: like
words for the same, who tells elsewhere, other parties. Nothing of ../shared is needed. `--list` prints what is read otherwise under one change.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from pathlib import Path

from evaluation.changes import CHANGES, Case, load_cases
from evaluation.constructs import differences
from evaluation.rewordings import REWORDINGS
from reportedly.knowledge import Knowledge
from reportedly.model import Report
from reportedly.read import Options, read_reports

DAY = dt.datetime(2025, 7, 3, tzinfo=dt.UTC)
EVERY = 6  # what the gate measures: every sixth sentence under every change, some 12,000 texts
ASKED = {**CHANGES, **REWORDINGS}


def changed(cases: list[Case]) -> list[tuple[str, Case, Case]]:
    """Every change of every case: its name, the case before and after."""
    found = ((name, case, change(case)) for case in cases for name, change in ASKED.items())
    return [(name, case, new) for name, case, new in found if new is not None and new.text != case.text]


def run(every: int, listed: str = "") -> dict[str, float]:
    """The share of changed sentences that are read as they should be: of each change, of all changes, of all rewordings."""
    jobs = changed(load_cases()[::every])
    knowledge = Knowledge.load()
    reports = (Report(publisher="Example Wire", published=DAY, text=new.text) for _, _, new in jobs)
    right, asked = Counter[str](), Counter[str]()
    for (name, case, new), reading in zip(
        jobs, read_reports(reports, knowledge, options=Options(gate=False)), strict=True
    ):
        wrong = differences(new.claims, reading.claims)
        for key in (name, "all" if name in CHANGES else "reworded"):
            asked[key] += 1
            right[key] += not wrong
        if wrong and name == listed:
            print(f"{new.text}\n    before: {case.text}\n    " + "\n    ".join(wrong))
    return {name: right[name] / asked[name] for name in [*ASKED, "all", "reworded"] if asked[name]} | {
        "sentences": float(asked["all"] + asked["reworded"])
    }


def measure(shared: Path, work: Path) -> dict[str, float]:  # noqa: ARG001 - all areas are asked alike
    """The gate's figures."""
    return run(EVERY)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="take every Nth sentence")
    parser.add_argument(
        "--list", default="", choices=["", *ASKED], metavar="CHANGE", help="print what is read otherwise under it"
    )
    chosen = parser.parse_args()
    for name, value in run(max(1, chosen.every), chosen.list).items():
        print(f"{name:<48}{value:>10.0f}" if name == "sentences" else f"{name:<48}{value:>10.3f}")


if __name__ == "__main__":
    main()

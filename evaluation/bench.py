"""Measure speed in one run, as ratios to named peers on the same texts; write evaluation/results/bench.json.

    python -m evaluation.bench [--shared ../shared] [--full] [--only reading|batch|places]

`make bench` ends within fifteen minutes on two cores; `--full` (make bench-full) takes hours. What each figure means is
in docs/performance.md. Where the shared material is missing there is nothing to measure on, and the bench says so.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # one core for everybody: set before numpy is loaded
HERE = Path(__file__).parent
AIMS = {
    "general.ratio_vs_spacy": 20.0, "dense.ratio_vs_spacy": 4.0, "scaling.efficiency_2": 0.9, "general.agreement.f1": 0.995,
    "dense.agreement.f1": 0.995, "archive.general.docs_per_s_extraction": 1000.0,
    "archive.docs_per_s_extraction": 1000.0,
}  # fmt: skip
PARTS = ("reading", "batch", "places")


def main() -> int:
    """Run the parts, print and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--only", choices=PARTS, action="append")
    options = parser.parse_args()
    if not options.shared.is_dir():
        print(f"{options.shared} is not here: there are no texts to measure on.")
        return 0
    work = Path("var/bench")
    work.mkdir(parents=True, exist_ok=True)
    path = HERE / "results" / "bench.json"
    path.parent.mkdir(exist_ok=True)
    results: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if options.only and path.exists() else {}
    began = time.monotonic()

    def say(words: str) -> None:
        print(f"[{time.monotonic() - began:5.0f} s] {words}", file=sys.stderr, flush=True)

    for part in options.only or PARTS:
        name = f"evaluation.bench_{part}"
        if importlib.util.find_spec(name) is None:
            continue
        found = importlib.import_module(name).bench(options.shared, work, say, full=options.full)
        results |= found if part != "places" else {"places": found}
        results |= {
            "year": year(results),
            "machine": machine(),
            "seconds": round(time.monotonic() - began),
            "full": options.full,
        }
        path.write_text(
            json.dumps(results, indent=1) + "\n", encoding="utf-8"
        )  # after each part: an end without warning loses one
    show("", results)
    print()
    for name, aim in AIMS.items():
        value = look_up(results, name)
        if value is not None:
            print(f"{name:<36}{value:>10.3f}   aim {aim:g}   {'reached' if value >= aim else 'not reached'}")
    print(f"\nWritten to {path} after {results['seconds']} s.")
    return 0


def year(results: dict[str, Any], documents: int = 100_000_000) -> dict[str, Any]:
    """Hours for a year of Common Crawl News in English, by the formula of docs/performance.md; empty without both parts."""
    extraction = look_up(results, "archive.extraction_ms")
    reading = look_up(results, "general.reportedly.docs_per_s")
    if extraction is None or not reading:
        return {}
    share = results["archive"]["to_read"] / results["archive"]["documents"]
    seconds = documents * (extraction / 1000 + share / reading)
    return {
        "documents": documents,
        "share_read": round(share, 3),
        **{f"hours_on_{n}_workers": round(seconds / n / 3600, 1) for n in (1, 16, 256)},
    }


def machine() -> dict[str, Any]:
    """Cores, memory and load: what makes figures comparable."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": os.cpu_count(),
        "processor": next(
            (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "unknown"
        ),
        "memory_gb": round(memory),
        "python": sys.version.split()[0],
        "load": [round(x, 1) for x in os.getloadavg()],
    }


def _lines(path: str) -> list[str]:
    """Lines of a file of the system, none where it has no such file."""
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


def look_up(results: dict[str, Any], name: str) -> float | None:
    """A figure by its dotted name."""
    value: Any = results
    for key in name.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return float(value) if isinstance(value, int | float) else None


def show(prefix: str, value: Any) -> None:
    """Print every figure under its dotted name."""
    if isinstance(value, dict):
        for key, item in value.items():
            show(f"{prefix}.{key}" if prefix else key, item)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for number, item in enumerate(value):
            show(f"{prefix}[{number}]", item)
    else:
        print(f"{prefix:<64}{value}")


if __name__ == "__main__":
    sys.exit(main())

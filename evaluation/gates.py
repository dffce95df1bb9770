"""Run every measurement on the shared material and hold it against evaluation/floors.json.

    python -m evaluation.gates [--shared ../shared] [--only AREA] [--raise-floors]

Each area is a module `evaluation.measure_AREA` with `measure(shared: Path, work: Path) -> dict[str, float]`, whose keys
are flat names ("dev_odd.claim_f1"). A floor is a lower bound unless its name ends in "_max". Where the shared folder is
missing, an area that needs it says so and is skipped. Floors only rise: `--raise-floors` writes those that went up.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
AREAS = ("claims", "attribution", "steadiness", "places", "times", "status")
SLACK = 0.003  # what a raised floor leaves for differences between processors


def better(name: str, value: float, floor: float) -> bool:
    """Whether the value is on the right side of its floor."""
    return value <= floor + 1e-9 if name.endswith("_max") else value >= floor - 1e-9


def main() -> int:
    """Measure, print, compare; return the number of figures on the wrong side of their floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--only", choices=AREAS, action="append")
    parser.add_argument("--raise-floors", action="store_true")
    options = parser.parse_args()
    if not options.shared.is_dir():
        print(f"{options.shared} is not here: the gates that measure on it are skipped.")
        return 0
    work = Path("var/eval")
    work.mkdir(parents=True, exist_ok=True)
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    results: dict[str, dict[str, float]] = {}
    failures = 0
    for area in options.only or AREAS:
        began = time.monotonic()
        print(f"\n-- {area} --", flush=True)
        measured = importlib.import_module(f"evaluation.measure_{area}").measure(options.shared, work)
        results[area] = measured
        for name, value in measured.items():
            floor = floors.get(area, {}).get(name)
            verdict = "" if floor is None else ("ok" if better(name, value, floor) else "BELOW ITS FLOOR")
            failures += verdict.startswith("BELOW")
            print(f"  {name:<44}{value:>9.4f}  {'' if floor is None else f'floor {floor:.4f}':<14} {verdict}")
        for name in sorted(set(floors.get(area, {})) - set(measured)):
            failures += 1
            print(f"  {name:<44}{'missing':>9}  its floor is {floors[area][name]:.4f}: it was not measured")
        print(f"  ({time.monotonic() - began:.0f} s)", flush=True)
    (HERE / "results").mkdir(exist_ok=True)
    if options.raise_floors:
        for area, measured in results.items():
            kept = floors.setdefault(area, {})
            for name in kept:
                if name in measured and not name.endswith("_max"):
                    kept[name] = max(kept[name], round(measured[name] - SLACK, 3))
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    print(f"\n{failures} figures below their floors" if failures else "\nall figures at or above their floors")
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main())

"""Measure place resolution on the changelog, in order of time, with the shared scorer; and how far its probabilities can be trusted.

    python -m evaluation.measure_places [--shared ../shared] [--curve]

Keys: `stream.*` as the program would run (with the Ukrainian text where there is one), `english.*` without it, `cold.*` without
memory. Precision and recall are those of ../shared/places/score.py at 8 km. `*.calibration_error` is the mean distance of
probability and truth over ten bins of equal width, on reachable mentions, weighted by their number.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter, defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

from evaluation import measure_places_hand
from evaluation.gazetteer import shared_gazetteer
from evaluation.predict_places import as_json, predict, read
from reportedly.knowledge.gazetteer import Gazetteer

KM = 8.0


class Scorer:
    """The shared scorer's own rules over answers held in memory."""

    def __init__(self, shared: Path) -> None:
        import gzip

        spec = importlib.util.spec_from_file_location("places_score", shared / "places/score.py")
        assert spec is not None
        assert spec.loader is not None
        self.rules: ModuleType = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.rules)
        self.near: dict[str, list[tuple[float, float]]] = defaultdict(list)
        seen: Counter[str] = Counter()
        with gzip.open(shared / "gazetteer/UA.txt.gz", "rt", encoding="utf-8") as f:
            for line in f:
                c = line.split("\t")
                if c[6] == "P":
                    names = {n.lower() for n in (c[1], c[2], *c[3].split(","))}
                    seen.update(names)
                    for key in {self.rules.skeleton(n) for n in names} - {""}:
                        self.near[key].append((float(c[4]), float(c[5])))
        self.shared_names = {n for n, k in seen.items() if k > 1}

    def score(
        self, pairs: list[tuple[dict[str, Any], dict[str, Any]]]
    ) -> tuple[dict[str, dict[str, float]], list[tuple[float, bool]]]:
        """Figures by slice, and (probability, right) of reachable mentions that have a candidate."""
        tally = {k: [0, 0, 0] for k in ("all", "reachable", "reachable_shared")}
        curve: list[tuple[float, bool]] = []
        km = self.rules.km
        for row, made in pairs:
            for m in row["places"]:
                if m.get("lat") is None:
                    continue
                hits = [p for p in made["places"] if p["start"] < m["end"] and m["start"] < p["end"]]
                answered = [p for p in hits if p["place_id"] is not None]
                right = any(km(m["lat"], m["lon"], p["lat"], p["lon"]) <= KM for p in answered)
                reach = any(km(m["lat"], m["lon"], *p) <= KM for p in self.near.get(self.rules.skeleton(m["text"]), ()))
                common = m["text"].lower() in self.shared_names
                for name, belongs in (("all", True), ("reachable", reach), ("reachable_shared", reach and common)):
                    if belongs:
                        t = tally[name]
                        t[0], t[1], t[2] = t[0] + 1, t[1] + bool(answered), t[2] + right
                curve += [(p["probability"], right) for p in answered if reach]
        figures = {k: {"precision": c / max(a, 1), "recall": c / max(n, 1)} for k, (n, a, c) in tally.items()}
        return figures, curve


def bins(curve: list[tuple[float, bool]], count: int = 10) -> list[tuple[float, float, int]]:
    """(mean probability, share right, number) of each bin that holds something."""
    cells: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for p, right in curve:
        cells[min(int(p * count), count - 1)].append((p, right))
    return [(sum(p for p, _ in c) / len(c), sum(r for _, r in c) / len(c), len(c)) for _, c in sorted(cells.items())]


def calibration_error(curve: list[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins."""
    return sum(abs(p - r) * n for p, r, n in bins(curve)) / max(len(curve), 1)


def run(shared: Path, work: Path) -> tuple[dict[str, float], list[tuple[float, bool]]]:
    """All figures, and the curve of the full run."""
    gazetteer = Gazetteer.open(shared_gazetteer(shared, work))
    rows = read(shared / "reports/deepstate-changelog.jsonl.gz")
    scorer = Scorer(shared)
    figures: dict[str, float] = {}
    kept: list[tuple[float, bool]] = []
    for name, options in (("stream", {}), ("english", {"ukrainian": False}), ("cold", {"remember": False})):
        pairs = [(row, as_json(row, refs, gazetteer)) for row, refs in predict(rows, gazetteer, **options)]
        scores, curve = scorer.score(pairs)
        figures |= {f"{name}.{s}.{k}": v for s, ks in scores.items() for k, v in ks.items()}
        figures[f"{name}.calibration_error_max"] = calibration_error(curve)
        if name == "stream":
            kept = curve
            late = [p for p in pairs if p[0]["published"] >= "2024"]
            figures |= {
                f"stream.2024.{s}.{k}": v
                for s, ks in scorer.score(late)[0].items()
                for k, v in ks.items()
                if s != "all"
            }
    return figures, kept


def measure(shared: Path, work: Path) -> dict[str, float]:
    """The figures that `make eval` holds against floors, those of passages judged by hand among them."""
    return run(shared, work)[0] | measure_places_hand.run(shared, work)


def main() -> None:
    """Print the figures, and with --curve the reliability table of docs/places.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--curve", action="store_true")
    options = parser.parse_args()
    figures, curve = run(options.shared, Path("var/eval"))
    print(json.dumps({k: round(v, 4) for k, v in figures.items()}, indent=1))
    if options.curve:
        print("| said | right | mentions |\n|---|---|---|")
        for p, right, n in bins(curve):
            print(f"| {p:.2f} | {right:.2f} | {n} |")


if __name__ == "__main__":
    main()

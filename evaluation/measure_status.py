"""Measure status over time against a hand-drawn reference: changes, Jaccard, calibration, by reason and by policy.

    python -m evaluation.measure_status [--shared ../shared] [--more]

Whole period: ISW and the DeepState changelog from 2022-04-10 to 2024-12-31, started from the reference's state of the day before;
fresh: the changelog from 2023-07 on, started from 2023-06-30. --more adds ISW alone and news alone to 2023-05, the simple policies
beside the model, changes named and inferred, and the disagreement diagnostics.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from evaluation.diagnostics import disagreement
from evaluation.gazetteer import shared_gazetteer
from evaluation.predict_status import Rows, load_state, make_model, parties_of, predict
from evaluation.readings import load_reports, read_claims
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.model import Claim, State
from reportedly.reconcile import history

START, FRESH, END = dt.date(2022, 4, 9), dt.date(2023, 6, 30), dt.date(2024, 12, 31)
ISW_END = dt.date(2023, 5, 31)
REFERENCE = "reference/deepstate-settlements-to-2024.csv"
PARTY = "RU"


def scorer(shared: Path) -> ModuleType:
    """The shared scorer as a module, so that its own functions count."""
    spec = importlib.util.spec_from_file_location("status_score", shared / "status/score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{shared}/status/score.py cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(
    judge: ModuleType, reference: Mapping[int, Any], rows: Rows, start: dt.date, end: dt.date
) -> dict[str, float]:
    """F1 of changes at 7 and 30 days, predicted over reference changes, and Jaccard at quarter ends: least and last."""
    out: dict[str, float] = {}
    for days in (7, 30):
        hits = predicted = real = 0
        for place, known in reference.items():
            theirs = judge.changes(known, start, end, PARTY)
            ours = judge.changes(rows.get(place, []), start, end, PARTY)
            real, predicted, hits = (
                real + len(theirs),
                predicted + len(ours),
                hits + len(judge.match(theirs, ours, days)),
            )
        out[f"f1_{days}"] = 2 * hits / (real + predicted) if real + predicted else 0.0
        out[f"precision_{days}"], out[f"recall_{days}"] = hits / max(1, predicted), hits / max(1, real)
    out["changes_ratio_max"] = predicted / max(1, real)
    quarters = [dt.date(y, m, 1) for y in range(start.year, end.year + 1) for m in (1, 4, 7, 10)]
    jaccard = []
    for day in [*(q for q in quarters if start < q <= end), end]:
        theirs = {k for k, v in reference.items() if judge.held(v, day, PARTY)}
        ours = {k for k in reference if judge.held(rows.get(k, []), day, PARTY)}
        jaccard.append(len(theirs & ours) / max(1, len(theirs | ours)))
    out["jaccard_min"], out["jaccard_end"] = min(jaccard), jaccard[-1]
    return out


def claims_of(names: Sequence[str], start: dt.date, end: dt.date, shared: Path, work: Path) -> list[Claim]:
    """Claims of report files between two days."""
    reports = [r for r in load_reports(shared / "reports" / n for n in names) if start < r.published.date() <= end]
    state, _ = load_state(shared / REFERENCE, start)
    return read_claims(reports, baseline=state, gazetteer=shared_gazetteer(shared, work), work=work, start=start)


def calibration(
    judge: ModuleType, reference: Mapping[int, Any], claims: Sequence[Claim], start: dt.date, end: dt.date, gazetteer: Gazetteer, state: Mapping[int, str]
) -> list[tuple[float, float, int]]:  # fmt: skip
    """Mean said, share seen and settlement-days per tenth of probability, at the first of each month, over scored settlements."""
    model = make_model(gazetteer)
    model.start(start, parties_of(state, gazetteer))
    by_day: dict[dt.date, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_day[claim.published.date()].append(claim)
    known = [(p.id, k) for k in reference if (p := gazetteer.place(k)) is not None and p.id in model.ground.index]
    rows = np.array([model.ground.index[i] for i, _ in known])
    said, seen = [], []
    day = start
    while day < end:
        day += dt.timedelta(days=1)
        model.advance(day, by_day.get(day, ()))
        if day.day == 1:
            said.append(model.probability(rows))
            seen.append(np.array([judge.held(reference[k], day, PARTY) for _, k in known]))
    p, true = np.concatenate(said), np.concatenate(seen)
    p, true = np.concatenate([p, 1 - p]), np.concatenate([true, ~true])  # for a party: either of the two
    tenth = np.clip((p * 10).round().astype(int), 0, 10)
    return [
        (float(p[tenth == t].mean()), float(true[tenth == t].mean()), int((tenth == t).sum()))
        for t in range(11)
        if (tenth == t).any()
    ]


def by_reason(
    judge: ModuleType, reference: Mapping[int, Any], claims: Sequence[Claim], start: dt.date, end: dt.date, gazetteer: Gazetteer, state: Mapping[int, str]
) -> dict[str, tuple[int, float, float]]:  # fmt: skip
    """Changes told per reason and party: how many, and the share that the reference has the same way within 7 and 30 days."""
    model = make_model(gazetteer)
    model.start(start, parties_of(state, gazetteer))
    by_day: dict[dt.date, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_day[claim.published.date()].append(claim)
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for step in range(1, (end - start).days + 1):
        day = start + dt.timedelta(days=step)
        for change in model.advance(day, by_day.get(day, ())):
            if change.place_id not in reference:
                continue
            real = judge.changes(reference[change.place_id], start, end, PARTY)
            gaps = [abs((at - day).days) for at, held in real if held == (change.party == PARTY)]
            counts = found[f"{change.why.name.lower()} {change.party}"]
            for k, hit in enumerate((True, min(gaps, default=999) <= 7, min(gaps, default=999) <= 30)):
                counts[k] += hit
    return {name: (n, week / n, month / n) for name, (n, week, month) in sorted(found.items())}


def by_policy(claims: Sequence[Claim], policy: str, state: Mapping[int, str], start: dt.date) -> Rows:
    """Changes by a simple policy, as of the day each was published; places nobody names keep the baseline."""
    arrived = [
        c for c in claims if c.valid is None or c.valid.upper is None or (c.published.date() - c.valid.upper).days <= 30
    ]
    rows: Rows = {k: [(start, s)] for k, s in state.items()}
    for status in history(arrived, policy):
        if status.state is State.HELD and status.valid_at > start:
            rows.setdefault(status.place_id, []).append((status.valid_at, status.party or "unknown"))
    return rows


def measure(shared: Path, work: Path) -> dict[str, float]:
    """The figures that floors hold."""
    judge = scorer(shared)
    reference = judge.load(str(shared / REFERENCE))
    gazetteer = Gazetteer.open(shared_gazetteer(shared, work))
    out: dict[str, float] = {}
    for name, files, start in (
        ("whole", ("isw.jsonl.gz", "deepstate-changelog.jsonl.gz"), START),
        ("fresh", ("deepstate-changelog.jsonl.gz",), FRESH),
    ):
        claims = claims_of(files, start, END, shared, work)
        state, _ = load_state(shared / REFERENCE, start)
        rows, _model = predict(claims, state, start, END, gazetteer)
        out |= {f"{name}.{k}": v for k, v in score(judge, reference, rows, start, END).items()}
        if name == "whole":
            tenths = calibration(judge, reference, claims, start, END, gazetteer, state)
            out["calibration.seen_at_0.9"] = next(s for p, s, _ in tenths if abs(p - 0.9) < 0.06)
            for p, s, n in tenths:
                print(f"    said {p:.2f}  seen {s:.2f}  of {n} settlement-days")
    return out


def more(shared: Path, work: Path) -> None:
    """The comparisons that docs/status.md tells."""
    judge = scorer(shared)
    reference = judge.load(str(shared / REFERENCE))
    gazetteer = Gazetteer.open(shared_gazetteer(shared, work))
    state, _ = load_state(shared / REFERENCE, START)
    both = claims_of(("isw.jsonl.gz", "deepstate-changelog.jsonl.gz"), START, END, shared, work)
    _line(
        "model, named changes only",
        score(judge, reference, predict(both, state, START, END, gazetteer, named_only=True)[0], START, END),
    )
    for name, (count, week, month) in by_reason(judge, reference, both, START, END, gazetteer, state).items():
        print(f"  {name:<30} {count:>5} changes, matched {week:.2f} / {month:.2f}")
    for policy in ("last claim wins", "majority of voices", "against interest"):
        _line(policy, score(judge, reference, by_policy(both, policy, state, START), START, END))
    for name in ("isw", "news"):
        claims = claims_of((f"{name}.jsonl.gz",), START, ISW_END, shared, work)
        rows, _ = predict(claims, state, START, ISW_END, gazetteer)
        _line(f"{name} alone to {ISW_END}", score(judge, reference, rows, START, ISW_END))
    for name, value in disagreement(both).items():
        print(f"  {name:<44}{value:>9.4f}")


def _line(name: str, found: Mapping[str, float]) -> None:
    print(
        f"  {name:<30} F1 {found['f1_7']:.3f} / {found['f1_30']:.3f}  P {found['precision_7']:.2f}  R {found['recall_7']:.2f}  "
        f"Jaccard {found['jaccard_min']:.3f} .. {found['jaccard_end']:.3f}  changes x{found['changes_ratio_max']:.2f}", flush=True,
    )  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--more", action="store_true")
    options = parser.parse_args()
    work = Path("var/eval")
    for name, value in measure(options.shared, work).items():
        print(f"  {name:<44}{value:>9.4f}")
    if options.more:
        more(options.shared, work)


if __name__ == "__main__":
    main()

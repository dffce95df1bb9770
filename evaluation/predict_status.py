"""Predict who holds which settlement from reports alone, each day knowing only what was published by then.

    python evaluation/predict_status.py REPORTS... --baseline FILE --out CSV [--shared ../shared] [--start DAY] [--end DAY]

REPORTS are JSON Lines (plain or .gz) with published, publisher, text. FILE and CSV have columns geonameid,date,status; FILE is a
state to begin from (of several rows for a place the last one up to the start counts), CSV what follows from the reports: the
baseline's rows and one row for each change. --start is the baseline's newest day if not given, --end the last report's.
--policy asks for one of the simple policies instead of the model; --named leaves out what was inferred.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import gzip
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [p for p in (str(ROOT / "src"), str(ROOT)) if p not in sys.path]

from evaluation.gazetteer import shared_gazetteer  # noqa: E402 - the paths come first
from evaluation.readings import load_reports, read_claims  # noqa: E402
from reportedly.knowledge.gazetteer import Gazetteer  # noqa: E402
from reportedly.model import Claim  # noqa: E402
from reportedly.reconcile.spread import Parameters, SpreadModel  # noqa: E402
from reportedly.reconcile.theatre import RegionAreas, ground_of  # noqa: E402

PARTIES = ("RU", "UA")
AT_HOME = {"liberated", "UA", "LIBERATED"}
"""Statuses of reference tables by which the country itself holds the place."""
UNMARKED = {"none"}
"""The map says nothing of it on that day: the same as a place that the table lacks."""

Rows = dict[int, list[tuple[dt.date, str]]]


def load_state(path: Path, until: dt.date | None = None) -> tuple[dict[int, str], dt.date]:
    """Last status of each place up to a day, and the newest day seen."""
    opener = gzip.open if path.suffix == ".gz" else open
    state: dict[int, tuple[str, str]] = {}
    newest = dt.date.min
    with opener(path, "rt", encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        if missing := {"geonameid", "date", "status"} - set(table.fieldnames or ()):
            raise SystemExit(
                f"{path}: column {sorted(missing)[0]!r} is missing; geonameid, date and status are needed."
            )
        for number, row in enumerate(table, 2):
            try:
                place, day = int(row["geonameid"]), dt.date.fromisoformat(row["date"][:10])
            except (ValueError, TypeError) as error:
                raise SystemExit(f"{path}, line {number}: {error}.") from error
            if until is not None and day > until:
                continue
            newest = max(newest, day)
            if place not in state or row["date"] >= state[place][0]:
                state[place] = (row["date"], row["status"])
    return {k: v[1] for k, v in state.items()}, newest


def parties_of(state: Mapping[int, str], gazetteer: Gazetteer) -> dict[int, str | None]:
    """The baseline in the model's words: party, or None where it is marked as nobody's; by the gazetteer's own ids."""
    found: dict[int, str | None] = {}
    for place_id, status in state.items():
        place = gazetteer.place(place_id)
        if place is not None and status not in UNMARKED:
            found[place.id] = status if status in PARTIES else "UA" if status in AT_HOME else None
    return found


def predict(
    claims: Sequence[Claim],
    state: Mapping[int, str],
    start: dt.date,
    end: dt.date,
    gazetteer: Gazetteer,
    *,
    named_only: bool = False,
    parameters: Parameters | None = None,
) -> tuple[Rows, SpreadModel]:
    """Status changes by place id in (start, end] and the model at the end."""
    model = make_model(gazetteer, parameters)
    by_day: dict[dt.date, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_day[claim.published.date()].append(claim)
    rows: Rows = {place: [(start, status)] for place, status in state.items()}
    model.start(start, parties_of(state, gazetteer))
    twins = doubles(gazetteer, state)
    for step in range(1, (end - start).days + 1):
        day = start + dt.timedelta(days=step)
        for change in model.advance(day, by_day.get(day, ())):
            if named_only and change.inferred:
                continue
            for place in twins.get(change.place_id, (change.place_id,)):
                rows.setdefault(place, []).append((day, change.party or "unknown"))
    return rows, model


def make_model(gazetteer: Gazetteer, parameters: Parameters | None = None) -> SpreadModel:
    """The model over Ukraine's settlements, with Russia's as anchors."""
    from reportedly.knowledge.gazetteer import Gazetteer as Opened

    assert isinstance(gazetteer, Opened)
    ground = ground_of(gazetteer, "UA", homes={"RU": 1})
    return SpreadModel(ground, parties=PARTIES, areas=areas_of(gazetteer, ground), parameters=parameters)


def areas_of(gazetteer: Gazetteer, ground: object) -> RegionAreas:
    """Region members with river banks and directions where the package knows them."""
    return RegionAreas(gazetteer, ground)  # type: ignore[arg-type]


def doubles(gazetteer: Gazetteer, state: Mapping[int, str]) -> dict[int, tuple[int, ...]]:
    """Ids that reference tables use for a place that the gazetteer has merged with another row."""
    found: dict[int, set[int]] = defaultdict(set)
    for place_id in [*state, *gazetteer.aliases()]:
        place = gazetteer.place(place_id)
        if place is not None and place_id > 0:
            found[place.id] |= {place.id, place_id}
    return {k: tuple(sorted(v)) for k, v in found.items() if len(v) > 1}


def write(rows: Rows, path: Path) -> int:
    """Write the table; return its number of rows."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["geonameid", "date", "status"])
        for place in sorted(rows):
            for day, status in rows[place]:
                table.writerow([place, day.isoformat(), status])
                count += 1
    return count


def main(argv: list[str] | None = None) -> int:
    """Read, reconcile, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--baseline", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--work", type=Path, default=ROOT / "var/eval")
    parser.add_argument("--start", type=dt.date.fromisoformat)
    parser.add_argument("--end", type=dt.date.fromisoformat)
    parser.add_argument("--named", action="store_true")
    options = parser.parse_args(argv)
    began = time.monotonic()
    state, newest = load_state(options.baseline, options.start)
    start = options.start or newest
    reports = load_reports(options.reports)
    end = options.end or max((r.published.date() for r in reports), default=start)
    reports = [r for r in reports if start < r.published.date() <= end]
    path = shared_gazetteer(options.shared, options.work)
    claims = read_claims(reports, baseline=state, gazetteer=path, work=options.work, start=start)
    rows, _ = predict(claims, state, start, end, Gazetteer.open(path), named_only=options.named)
    count = write(rows, options.out)
    print(
        f"{len(reports)} reports, {len(claims)} claims, {count} rows to {options.out} in {time.monotonic() - began:.0f} s",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

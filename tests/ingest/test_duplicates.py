"""Which reports repeat which, whatever the order they come in."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from reportedly.ingest.duplicates import SAME, Duplicates, Signature, shingles, sign
from reportedly.model import Report

WORDS = [f"word{i}" for i in range(400)]


def report(publisher: str, day: int, text: str) -> Report:
    return Report(publisher=publisher, published=dt.datetime(2025, 1, day, tzinfo=dt.UTC), text=text)


def story(seed: int, length: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def find(reports: list[Report]) -> dict[str, tuple[str, float]]:
    texts = {r.id: r.text for r in reports}
    names = {r.id: r.publisher for r in reports}
    index = Duplicates()
    index.add((r.id, r.published, sign(r), "") for r in reports)
    found = {names[d.key]: (names[d.first], d.similarity) for d in index.find(lambda key, place: texts[key])}
    index.close()
    return found


@pytest.mark.parametrize("seed", range(3))
def test_the_first_publisher_is_kept_in_any_order(seed: int) -> None:
    base = story(1)
    edited = base.replace(base.split()[50], "changed", 1)
    halved = " ".join(base.split()[:100])
    reports = [
        report("Agency", 1, base), report("Copy", 2, base.upper() + "!"), report("Edited", 3, edited), report("Half", 4, halved),
        report("Other", 5, story(2)),
    ]  # fmt: skip
    random.Random(seed).shuffle(reports)
    found = find(reports)
    assert set(found) == {"Copy", "Edited"}
    assert found["Copy"] == ("Agency", 1.0)
    assert found["Edited"][0] == "Agency"
    assert 0.9 < found["Edited"][1] < 1.0


def test_candidates_that_are_not_similar_enough_are_kept() -> None:
    base = story(3).split()
    changed = [w if i % 12 else f"other{i}" for i, w in enumerate(base)]  # a twelfth of the words: Jaccard about 0.6
    assert find([report("A", 1, " ".join(base)), report("B", 2, " ".join(changed))]) == {}


def test_short_and_empty_stories_compare_too() -> None:
    found = find([report("A", 1, "Kherson is free"), report("B", 2, "Kherson is free."), report("C", 3, "No.")])
    assert found == {"B": ("A", 1.0)}


def test_recall_and_precision_on_many_light_edits() -> None:
    rng = random.Random(7)
    reports, copies = [], set()
    for i in range(150):
        base = story(100 + i, 150).split()
        reports.append(report(f"first{i}", 1, " ".join(base)))
        for j in rng.sample(range(150), 3):
            base[j] = f"edit{i}"
        reports.append(report(f"copy{i}", 2, " ".join(base)))
        copies.add(f"copy{i}")
    assert set(find(reports)) == copies


@pytest.mark.parametrize(("sketch", "fetched"), [(bytes(64), {"a", "b"}), (b"\x01" * 64, set()), (b"", {"a", "b"})])
def test_texts_are_only_fetched_where_the_sketches_are_alike(sketch: bytes, fetched: set[str]) -> None:
    index, asked = Duplicates(), set()
    when = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    index.add(
        (key, when, Signature(exact=key.encode(), bands=tuple(range(16)), sketch=made), "")
        for key, made in (("a", bytes(64)), ("b", sketch))
    )

    def text_of(key: str, place: str) -> str:
        asked.add(key)
        return f"the story of {key}"

    assert list(index.find(text_of)) == []
    assert asked == fetched
    index.close()


@pytest.mark.parametrize("seed", range(20))
def test_stories_just_similar_enough_have_sketches_alike(seed: int) -> None:
    base = story(seed, 300).split()
    edited = [w if i % 27 else f"other{i}" for i, w in enumerate(base)]  # Jaccard about 0.8
    found = find([report("A", 1, " ".join(base)), report("B", 2, " ".join(edited))])
    alike = shingles(" ".join(base)), shingles(" ".join(edited))
    similarity = len(alike[0] & alike[1]) / len(alike[0] | alike[1])
    assert ("B" in found) == (similarity >= SAME)

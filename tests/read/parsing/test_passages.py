"""What stands before a passage is left out of it, and no text keeps the cutting busy."""

from __future__ import annotations

import datetime as dt

import pytest

from reportedly.model import Report
from reportedly.read.parsing.passages import cut_passages


def cut(text: str) -> list[str]:
    report = Report(publisher="Example Wire", published=dt.datetime(2025, 5, 6, tzinfo=dt.UTC), text=text)
    return [passage.text for passage in cut_passages(report)]


@pytest.mark.parametrize(
    "label",
    [
        "14:05 - ", "[9.30am] ", "9 pm: ", "BREAKING: ", "breaking news - ", "UPDATE 2 - ", "RT @somebody: ", "2/5 ", "🇺🇦 ", "❗️",
        "10:00 GMT – 12:30 | ", "LIVE: 14:05 ", "Just in: ", "EXCLUSIVE! ",
    ],
)  # fmt: skip
def test_labels_of_entries_are_left_out(label: str) -> None:
    assert cut(f"{label}Rebels left the town.") == ["Rebels left the town."]


@pytest.mark.parametrize(
    "opening", ["Update on the front: ", "12 villages fell: ", "Livestock markets: ", "9 people ", "Breaking "]
)
def test_words_of_a_sentence_are_no_label(opening: str) -> None:
    assert cut(f"{opening}rebels left the town.") == [f"{opening}rebels left the town."]


def test_a_dateline_alone_is_no_passage() -> None:
    assert cut("KYIV, May 5 (Reuters) - \nRebels left the town.") == ["Rebels left the town."]
    assert cut("KYIV, May 5 (Reuters) - Rebels left the town.") == ["Rebels left the town."]


@pytest.mark.parametrize(
    "unit", ["10:00 ", "10:00 - ", "9 am: ", "1/2 ", "BREAKING: ", "❗", "🇺🇦 ", "RT @a: ", "[10:00] "]
)
def test_a_page_of_labels_is_cut_in_time(unit: str) -> None:
    assert cut(unit * 5_000 + "rebels left.")  # a way through the times for each subset of them would never end

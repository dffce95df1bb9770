"""Many reports are read as each alone, and the gate leaves no claim of the samples out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from reportedly.knowledge import Knowledge
from reportedly.model import Reading, Report
from reportedly.read import Options, read_report, read_reports
from reportedly.read.parsing.passages import cut_sentences

TEXTS = [
    "Russian forces captured the village of Toshkivka, the ministry said.\n\nThe weather was fine. Nobody came.",
    "Prices rose again. Shares fell on Friday, and the company lost customers.",
    "The mayor smiled. “We took a walk,” she told the paper.\n\nUkrainian troops liberated Kupiansk on Monday. Kyiv denied a loss. "
    "He added that the town was quiet.",
    "",
    "It remains unclear who holds the town. Although not everyone agreed, the minister went on.",
]


def reports() -> list[Report]:
    published = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)
    made = [Report(publisher="example.org", published=published, text=text) for text in TEXTS]
    return [*made, replace(made[0], lang="uk")]


@pytest.mark.parametrize("lot", [1, 2, 100])
def test_many_are_read_as_each_alone(knowledge: Knowledge, lot: int) -> None:
    alone = [read_report(report, knowledge) for report in reports()]
    assert list(read_reports(reports(), knowledge, lot=lot)) == alone
    assert sum(len(reading.claims) for reading in alone) >= 2


def test_the_same_claims_as_with_everything_parsed(knowledge: Knowledge) -> None:
    for report in reports():
        sifted = read_report(report, knowledge)
        assert sifted.claims == read_report(report, knowledge, options=Options(gate=False)).claims


def test_speech_is_read_only_if_asked_for_and_where_something_is_claimed(knowledge: Knowledge) -> None:
    report = reports()[2]
    short, full = (read_report(report, knowledge, options=Options(speech=speech)) for speech in (False, True))
    assert [replace(c, reader="") for c in short.claims] == [replace(c, reader="") for c in full.claims]
    assert full.reader == f"{short.reader}+speech"  # the two can stand beside each other in a ledger
    assert len(full.statements) > len(short.statements)


def test_sentences_cover_a_passage_and_stop_at_no_abbreviation() -> None:
    text = (
        "Gen. Smith met Col. J. Doe in St. Sample. Then he left! “Why?” The U.S. did not say.[1] [2] [3] "
        + "word " * 400
    )
    ranges = cut_sentences(text)
    assert "".join(text[a:b] for a, b in ranges) == text
    assert text[slice(*ranges[0])] == "Gen. Smith met Col. J. Doe in St. Sample. "
    assert max(b - a for a, b in ranges) <= 700


@pytest.mark.parametrize(
    "text", ["Russian gains north of Bakhmut", "The Russian capture of a village north of Bakhmut"]
)
def test_a_text_may_end_with_a_place(read: Callable[..., Reading], text: str) -> None:
    assert {c.party for c in read(text).claims} == {"RU"}

"""What is asked only at words where it may begin is found as if it were asked at every word."""

from __future__ import annotations

import datetime as dt

import pytest
from evaluation.constructs import load_constructs

from reportedly.knowledge import Knowledge
from reportedly.model import Reading, Report
from reportedly.read import Options, read_reports
from reportedly.read.sources import reporting, voices
from reportedly.read.verbs import forms


class Everything(frozenset[str]):
    """A set that has every word."""

    def __contains__(self, word: object) -> bool:
        return True


def readings(knowledge: Knowledge) -> list[Reading]:
    texts = [text for text, *_ in load_constructs()][::12]
    day = dt.datetime(2025, 7, 3, tzinfo=dt.UTC)
    reports = [Report(publisher="Example Wire", published=day, text=text) for text in texts]
    return list(read_reports(reports, knowledge, options=Options(gate=False)))


def test_words_that_frames_and_turns_begin_with_leave_none_out(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = readings(knowledge)
    monkeypatch.setattr(reporting, "_beginnings", lambda _: Everything())
    monkeypatch.setattr(voices, "TURNS", Everything())
    monkeypatch.setattr(forms, "LOOKS", Everything())
    assert readings(knowledge) == before
    assert sum(len(reading.claims) for reading in before) > 100

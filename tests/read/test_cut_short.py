"""Texts that end in the middle of a sentence, as teasers and feeds do, are read like any other: nothing breaks."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from reportedly.knowledge import Knowledge
from reportedly.model import Report
from reportedly.read import read_reports


def test_sentences_cut_anywhere_are_read(knowledge: Knowledge) -> None:
    """Every other sentence of the constructs, cut at a random word: each has a reading."""
    lines = Path(__file__).with_name("constructs.txt").read_text(encoding="utf-8").splitlines()
    sentences = [line.removeprefix("? ") for line in lines if line and not line.startswith(("#", "  "))][::2]
    chance = random.Random(20261201)
    cut = (words[: chance.randint(3, len(words))] for s in sentences if len(words := s.rstrip(".").split(" ")) > 3)
    reports = [
        Report(publisher="x", published=dt.datetime(2025, 7, 3, tzinfo=dt.UTC), text=" ".join(words)) for words in cut
    ]
    assert len(list(read_reports(reports, knowledge))) == len(reports)


def test_sentences_cut_behind_a_mark_are_read(knowledge: Knowledge) -> None:
    """Teasers end behind dashes and possessives as well; nothing wraps round to their other end."""
    texts = (
        "Residents fled after the fall of Nyala to the RSF -",
        "Starytsya in Kharkiv region captured, says Moscow of",
    )
    reports = [Report(publisher="x", published=dt.datetime(2025, 7, 3, tzinfo=dt.UTC), text=text) for text in texts]
    readings = list(read_reports(reports, knowledge))
    assert [[str(c.relation) for c in reading.claims] for reading in readings] == [["takes"], ["takes"]]

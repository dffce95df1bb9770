"""The reader's knowledge for tests: the gazetteer of the installed packages, opened once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly.knowledge import Knowledge
from reportedly.knowledge.cues import Cues
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.parties import Parties
from reportedly.model import Reading, Report
from reportedly.read import Options, read_report

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def knowledge(base_gazetteer_path: Path) -> Knowledge:
    """All reference data, with the gazetteer of the installed packages."""
    return Knowledge(gazetteer=Gazetteer.open(base_gazetteer_path), parties=Parties.load(), cues=Cues.load())


@pytest.fixture(scope="session")
def read(knowledge: Knowledge) -> Read:
    """Read a text as a report of 3 July 2025."""

    def of(text: str, *, publisher: str = "Example Wire", gate: bool = True) -> Reading:
        report = Report(publisher=publisher, published=dt.datetime(2025, 7, 3, tzinfo=dt.UTC), text=text)
        return read_report(report, knowledge, options=Options(gate=gate))

    return of

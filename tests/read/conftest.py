"""The reader's knowledge for tests: the gazetteer of the installed packages, opened once."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest

from reportedly.knowledge import Knowledge
from reportedly.knowledge.cues import Cues
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.parties import Parties
from reportedly.model import Reading, Report
from reportedly.read import Options, read_report, read_reports


@pytest.fixture(scope="session")
def knowledge(base_gazetteer_path: Path) -> Knowledge:
    """All reference data, with the gazetteer of the installed packages."""
    return Knowledge(gazetteer=Gazetteer.open(base_gazetteer_path), parties=Parties.load(), cues=Cues.load())


class Reader:
    """Reads texts as reports of 3 July 2025, and remembers what was read."""

    def __init__(self, knowledge: Knowledge):
        self._knowledge = knowledge
        self._known: dict[tuple[str, str, bool], Reading] = {}

    def __call__(self, text: str, *, publisher: str = "Example Wire", gate: bool = True) -> Reading:
        """The reading of one text."""
        key = (text, publisher, gate)
        if key not in self._known:
            self._known[key] = read_report(_report(text, publisher), self._knowledge, options=Options(gate=gate))
        return self._known[key]

    def ahead(self, texts: Iterable[str], *, gate: bool) -> None:
        """Read many texts together, which takes a fraction of the time; one that breaks the reader is left to its own test."""
        publisher = "Example Wire"
        missing = [text for text in dict.fromkeys(texts) if (text, publisher, gate) not in self._known]
        reports = [_report(text, publisher) for text in missing]
        with contextlib.suppress(Exception):
            for text, reading in zip(
                missing, read_reports(reports, self._knowledge, options=Options(gate=gate)), strict=True
            ):
                self._known[text, publisher, gate] = reading


def _report(text: str, publisher: str) -> Report:
    return Report(publisher=publisher, published=dt.datetime(2025, 7, 3, tzinfo=dt.UTC), text=text)


@pytest.fixture(scope="session")
def read(knowledge: Knowledge) -> Reader:
    """Read a text as a report of 3 July 2025."""
    return Reader(knowledge)


@pytest.fixture(scope="module", autouse=True)
def read_ahead(request: pytest.FixtureRequest, read: Reader) -> None:
    """Read the sentences of a module's chosen tests together: those of its parameter AHEAD, with and without the gate as it says."""
    name, gates = getattr(request.module, "AHEAD", ("", ()))
    values = (
        item.callspec.params[name]
        for item in request.session.items
        if isinstance(item, pytest.Function)
        and item.module is request.module
        and hasattr(item, "callspec")
        and name in item.callspec.params
    )
    texts = [getattr(value, "example", value) for value in values] if gates else []
    for gate in gates:
        read.ahead(texts, gate=gate)

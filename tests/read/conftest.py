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


LOT = 150  # texts read together


class Reader:
    """Reads texts as reports of 3 July 2025, and remembers what was read."""

    def __init__(self, knowledge: Knowledge):
        self._knowledge = knowledge
        self._known: dict[tuple[str, str, bool], Reading] = {}
        self._ahead: dict[bool, list[str]] = {False: [], True: []}

    def __call__(self, text: str, *, publisher: str = "Example Wire", gate: bool = True) -> Reading:
        """The reading of one text; with it those beside it that will be asked for, which takes a fraction of the time."""
        key = (text, publisher, gate)
        if key not in self._known and publisher == "Example Wire" and text in self._ahead[gate]:
            at = self._ahead[gate].index(text) // LOT * LOT
            self._read(self._ahead[gate][at : at + LOT], publisher, gate=gate)
        if key not in self._known:
            self._known[key] = read_report(_report(text, publisher), self._knowledge, options=Options(gate=gate))
        return self._known[key]

    def ahead(self, texts: Iterable[str], *, gate: bool) -> None:
        """Announce texts that will be asked for."""
        self._ahead[gate] = list(dict.fromkeys(texts))

    def _read(self, texts: list[str], publisher: str, *, gate: bool) -> None:
        """Read some texts together; one that breaks the reader is left to its own test."""
        reports = [_report(text, publisher) for text in texts]
        with contextlib.suppress(Exception):
            readings = list(read_reports(reports, self._knowledge, options=Options(gate=gate)))
            self._known.update({(t, publisher, gate): r for t, r in zip(texts, readings, strict=True)})


def _report(text: str, publisher: str) -> Report:
    return Report(publisher=publisher, published=dt.datetime(2025, 7, 3, tzinfo=dt.UTC), text=text)


@pytest.fixture(scope="session")
def read(knowledge: Knowledge) -> Reader:
    """Read a text as a report of 3 July 2025."""
    return Reader(knowledge)


@pytest.fixture(scope="module", autouse=True)
def read_ahead(request: pytest.FixtureRequest, read: Reader) -> None:
    """Let the sentences of a module's chosen tests be read together: those of its parameter AHEAD, with and without the gate as it says."""
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

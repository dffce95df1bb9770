"""Attributed words that carry no claim."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reportedly.knowledge.parties import Parties
from reportedly.model import Quoting, Report, Span, Statement, Time
from reportedly.read import load_parser
from reportedly.read.sources.attribution import attribute
from reportedly.read.sources.statements import find_statements


@pytest.fixture(scope="session")
def nlp() -> Any:
    """The parser that the reader uses, loaded once."""
    return load_parser()


def read(nlp: Any, text: str, publisher: str = "Reuters", **options: Any) -> list[Statement]:
    report = Report(publisher=publisher, published=dt.datetime(2025, 3, 4, tzinfo=dt.UTC), text=text)
    found = attribute(nlp(text), parties=Parties.load(), publisher=publisher)
    return find_statements(found, report=report, **options)


def test_a_quotation_is_kept_whole_over_its_sentences(nlp: Any) -> None:
    text = "In a post on X, Maria Koval said, “Our crews work day and night. They mend what is broken. We thank them.”"
    (statement,) = read(nlp, text)
    assert statement.content == "Our crews work day and night. They mend what is broken. We thank them."
    assert (statement.attribution.source, statement.attribution.channel) == ("Maria Koval", "In a post on X")
    assert statement.attribution.quoting is Quoting.QUOTATION
    assert text[statement.span.start : statement.span.end].startswith("Our crews")


def test_an_interrupted_quotation_is_one_statement(nlp: Any) -> None:
    found = read(nlp, "“The harvest is poor,” said the minister. “We will need help by spring.”")
    assert [s.content for s in found] == ["The harvest is poor … We will need help by spring."]
    assert found[0].attribution.source == "minister"


def test_a_paraphrase_loses_its_that(nlp: Any) -> None:
    (statement,) = read(nlp, "The minister told Reuters on Monday that the harvest was poor.", publisher="BBC")
    assert statement.content == "the harvest was poor"
    assert statement.addressee == "Reuters"
    assert statement.attribution.via == ("Reuters",)
    assert statement.attribution.quoting is Quoting.PARAPHRASE


def test_who_only_relays_makes_no_statement_of_their_own(nlp: Any) -> None:
    (statement,) = read(nlp, "TASS reported that the minister said the harvest was poor.", publisher="BBC")
    assert (statement.attribution.source, statement.attribution.via) == ("minister", ("TASS",))


def test_the_writers_own_words_and_the_publishers_are_no_statements(nlp: Any) -> None:
    assert read(nlp, "The harvest was poor. Footage shows that the silos are empty.") == []
    assert read(nlp, "Reuters reported that the harvest was poor.", publisher="Reuters") == []


def test_a_time_beside_the_cue_dates_it_and_one_inside_does_not(nlp: Any) -> None:
    text = "The minister said on Monday that the harvest of 2024 was poor."
    monday, year = text.index("Monday"), text.index("2024")
    times = [
        Time(words="2024", edtf="2024", span=Span(start=year, end=year + 4)),
        Time(words="Monday", edtf="2025-03-03", span=Span(start=monday, end=monday + 6)),
    ]
    (statement,) = read(nlp, text, times=times)
    assert statement.time is times[1]


def test_thanks_and_appeals_are_statements(nlp: Any) -> None:
    (statement,) = read(nlp, "The president thanked the crews of the power station for their work.")
    assert statement.attribution.source == "president"
    assert "crews of the power station" in statement.content

"""Who says what, construct by construct: the cases are text in attribution_cases.txt."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.model import NARRATOR, Certainty, Quoting
from reportedly.read import load_parser
from reportedly.read.sources.attribution import Attributions, attribute, same_publisher
from reportedly.read.sources.quotes import find_quotes, open_at_end


@pytest.fixture(scope="session")
def nlp() -> Any:
    """The parser that the reader uses, loaded once."""
    return load_parser()


class Case(NamedTuple):
    text: str
    context: str
    publisher: str | None
    words: str
    source: str
    via: tuple[str, ...]
    quoted: bool


def read_cases() -> list[Case]:
    cases: list[Case] = []
    context, publisher, text, fresh = "", None, "", False
    for line in (Path(__file__).parent / "attribution_cases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            words, expected = line.strip().split(" => ")
            source, _, via = expected.removesuffix(" Q").partition(" via ")
            relays = tuple(via.split("; ")) if via else ()
            cases.append(Case(text, context, publisher, words, source, relays, expected.endswith(" Q")))
            fresh = True
        elif line and not line.startswith("#"):
            if fresh:
                context, publisher, fresh = "", None, False
            if line.startswith("< "):
                context = line[2:].replace("\\n", "\n")
            elif line.startswith("@ "):
                publisher = line[2:]
            else:
                text = line.replace("\\n", "\n")
    return cases


CASES = read_cases()


def read(nlp: Any, text: str, context: str = "", publisher: str | None = None) -> Attributions:
    return attribute(nlp(text), parties=Parties.load(), context=context, publisher=publisher)


def token(found: Attributions, words: str) -> int:
    doc = found.parsed.whole
    at = doc.text.index(words)
    return int(doc.char_span(at, at + len(words), alignment_mode="expand").root.i)


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{n}-{re.sub(r'[^a-z]+', '-', c.words.lower())}" for n, c in enumerate(CASES)]
)
def test_source_of_words(nlp: Any, case: Case) -> None:
    found = read(nlp, case.text, case.context, case.publisher)
    got = found.of(token(found, case.words))
    assert (got.source, got.via) == (case.source, case.via), got.reasons
    assert (got.quoting is Quoting.QUOTATION) == case.quoted
    assert got.reasons


def test_there_are_cases_for_every_construct() -> None:
    assert len(CASES) > 75


def test_every_reporting_verb_reports_in_its_example(nlp: Any) -> None:
    for verb, example in Reporting.load().examples:
        found = read(nlp, example)
        speakers = {v.speaker.name for v in found.voices if v.speaker is not None}
        assert speakers, f"{verb}: {example}"


def test_background_of_a_second_relative_clause_is_said(nlp: Any) -> None:
    text = "The governor claimed it was the first of the four regions Russia has annexed that it fully controls."
    found = read(nlp, text)
    assert found.of(token(found, "annexed")).source == NARRATOR
    assert found.of(token(found, "controls")).source == "governor"


def test_denial_names_denier_and_denied(nlp: Any) -> None:
    found = read(nlp, "Officials rejected claims by the RSF that it had captured El Fasher.")
    at = token(found, "captured")
    assert found.of(at).source == "RSF"
    denier = found.denied_by(at)
    assert denier is not None
    assert denier.source == "officials"
    assert found.of(at).via == ()  # who denies a claim does not pass it on


def test_denial_of_what_was_said_before_has_no_content(nlp: Any) -> None:
    found = read(nlp, "Moscow claims the capture of Hrabove; Kyiv denies it.")
    (denial,) = found.denials
    assert (denial.attribution.source, denial.content) == ("Kyiv", None)
    assert found.of(token(found, "capture")).source == "Moscow"


def test_negated_and_asked_words_are_not_asserted(nlp: Any) -> None:
    for text in (
        "The army did not confirm that Hrabove had fallen.",
        "The mayor refused to say whether Hrabove had fallen.",
        "Asked by reporters whether Hrabove had fallen, the general left.",
    ):
        found = read(nlp, text)
        assert not found.asserted(token(found, "fallen")), text
    found = read(nlp, "The army did not deny that Hrabove had fallen.")
    assert found.denied_by(token(found, "fallen")) is None


def test_the_writers_stance_and_who_takes_it(nlp: Any) -> None:
    found = read(nlp, "The ministry falsely claimed that its troops had seized Hrabove.")
    at = token(found, "seized")
    assert (found.stance(at), found.of(at).source, found.stance_by(at).source) == ("false", "ministry", NARRATOR)
    found = read(nlp, "The mayor said the invaders were falsely claiming that they had seized Hrabove.")
    assert found.stance_by(token(found, "seized")).source == "mayor"


def test_hearsay_without_a_speaker_is_probable(nlp: Any) -> None:
    found = read(nlp, "Russian forces are said to have captured Hrabove.")
    assert found.certainty(token(found, "captured")) is Certainty.PROBABLE


def test_side_id_and_channel(nlp: Any) -> None:
    found = read(nlp, "In a post on Telegram, Serhiy Haidai said the enemy had entered Hrabove.")
    got = found.of(token(found, "entered"))
    assert (got.source_id, got.side, got.channel) == ("serhiy-haidai", "UA", "In a post on Telegram")
    assert got.source_span is not None
    assert found.parsed.whole.text[got.source_span.start : got.source_span.end] == "Serhiy Haidai"
    assert got.cue == "said"


def test_a_title_named_only_later_is_the_known_person(nlp: Any) -> None:
    text = "The Russian occupation governor of the region claimed it had been conquered.\n\n“All of it is ours,” Leonid Pasechnik said."
    found = read(nlp, text)
    got = found.of(token(found, "conquered"))
    assert (got.source, got.source_id) == ("Russian occupation governor", "leonid-pasechnik")


def test_an_official_publishing_for_themselves_lends_their_side_to_the_narrator(nlp: Any) -> None:
    found = read(nlp, "Our troops have left Hrabove.", publisher="Serhiy Haidai")
    assert found.of(token(found, "left")).side == "UA"
    assert read(nlp, "Our troops have left Hrabove.", publisher="Reuters").of(3).side is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said, “We took it.” She said “no”.", ["“We took it.”", "“no”"]),
        ('"First.\n\n"Second," he said.', ['"First.\n\n', '"Second,"']),
        ("taking it ”quarter by quarter,” they said", ["”quarter by quarter,”"]),
        ("no marks here", []),
        ('an inch (2") of steel', []),
    ],
)
def test_quotation_marks(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotes(text)] == expected


def test_an_unclosed_quotation_cannot_swallow_a_report() -> None:
    text = "He said: “" + "we hold it. " * 2000
    assert all(q.end - q.start < 8000 for q in find_quotes(text + "\n\nThe end of it."))
    assert open_at_end("He said: “We hold the town.")
    assert not open_at_end("He said: “We hold the town.”")


@pytest.mark.parametrize(
    ("name", "publisher", "same"),
    [
        ("Al Jazeera", "aljazeera.com", True),
        ("Al Jazeera Arabic", "aljazeera.com", False),
        ("ISW", "Institute for the Study of War", True),
        ("The Kyiv Independent", "kyivindependent.com", True),
        ("Reuters", "TASS", False),
    ],
)
def test_publisher_is_recognised(name: str, publisher: str, same: bool) -> None:
    assert same_publisher(name, publisher, Parties.load()) is same


def test_empty_and_odd_passages(nlp: Any) -> None:
    for text in ("", " ", "…", '"', "said", "\n\n\n", "“”", "According to", "Kyiv:"):
        found = read(nlp, text)
        assert [found.of(i).source for i in range(len(found.parsed.low))] == [NARRATOR] * len(found.parsed.low), text


def test_a_title_may_get_its_name_in_the_text_that_follows(nlp: Any) -> None:
    text = "The Russian occupation governor of the region claimed it had been conquered."
    found = attribute(nlp(text), parties=Parties.load(), following="“All of it is ours,” Leonid Pasechnik said.")
    assert found.of(token(found, "conquered")).source_id == "leonid-pasechnik"
    assert read(nlp, text).of(token(found, "conquered")).source_id is None


def test_a_quotation_that_goes_on_comes_through_the_relay_of_the_passage_before(nlp: Any) -> None:
    first = read(nlp, "Dmitry Peskov said that the talks had failed, Reuters reported.")
    assert first.relays == {"dmitry-peskov": ("Reuters",)}
    text = "“We hold the whole of Hrabove,” Peskov said. Sergei Lavrov said it was quiet."
    found = attribute(nlp(text), parties=Parties.load(), relays=first.relays)
    assert found.of(token(found, "We hold the whole of Hrabove")).via == ("Reuters",)
    assert found.of(token(found, "it was quiet")).via == ()

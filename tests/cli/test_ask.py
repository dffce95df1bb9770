"""Questions from the command line, to a ledger of made-up claims about real places, as people and as programs ask them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reportedly.cli.main import group
from reportedly.errors import InputError, NotFound, QueryError, ReportedlyError
from reportedly.ledger import Ledger
from reportedly.model import (
    Attribution,
    Claim,
    Extent,
    PlaceKind,
    PlaceRef,
    Polarity,
    Reading,
    Relation,
    Report,
    Span,
    Time,
)

ROOT = Path(__file__).parent.parent.parent
LUHANSK, BAKHMUT = 702657, 713174


def claim(report: Report, relation: str, party: str, words: str, place: PlaceRef, source: str, **more: Any) -> Claim:
    start = report.text.index(words)
    return Claim(
        report_id=report.id, published=report.published, publisher=report.publisher, relation=Relation(relation), party=party, place=place,
        span=Span(start=start, end=start + len(words)), quote=words, attribution=Attribution(source=source, side=more.pop("side", None)), **more,
    )  # fmt: skip


def make(day: str, text: str, publisher: str = "Sample Wire") -> Report:
    return Report(
        publisher=publisher,
        published=dt.datetime.combine(dt.date.fromisoformat(day), dt.time(9), dt.UTC),
        text=text,
        headline=text[:30],
    )


@pytest.fixture(scope="module")
def ledger_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ask") / "ledger.sqlite"
    region = PlaceRef(
        words="Luhansk region", kind=PlaceKind.REGION, place_id=LUHANSK, name="Luhansk region", probability=1.0
    )
    town = PlaceRef(words="Bakhmut", place_id=BAKHMUT, name="Bakhmut", probability=0.99)
    villages = PlaceRef(words="two villages", kind=PlaceKind.UNNAMED, count=2, within=LUHANSK)
    one = make("2025-07-01", "The governor says all of the region is taken. Reporters say two villages remain free.")
    two = make("2023-05-20", "The group's leader says Bakhmut is taken.")
    three = make("2023-05-21", "The ministry denies that Bakhmut is taken.", "Sample Gazette")
    day = Time(words="on 20 May", edtf="2023-05-20", lower=dt.date(2023, 5, 20), upper=dt.date(2023, 5, 21))
    with Ledger.open(path) as ledger:
        ledger.append(
            [
                (one, Reading(report_id=one.id, reader="test", claims=(
                    claim(one, "takes", "RU", "The governor says all of the region is taken", region, "Governor", side="RU", extent=Extent.parse("percent:100")),
                    claim(one, "holds", "UA", "Reporters say two villages remain free", villages, "Reporters"),
                ))),
                (two, Reading(report_id=two.id, reader="test", claims=(
                    claim(two, "takes", "RU", "The group's leader says Bakhmut is taken", town, "Leader", side="RU", valid=day),
                ))),
                (three, Reading(report_id=three.id, reader="test", claims=(
                    claim(three, "takes", "RU", "The ministry denies that Bakhmut is taken", town, "Ministry", side="UA", polarity=Polarity.DENIED),
                ))),
            ]
        )  # fmt: skip
    return path


@pytest.fixture
def ask(ledger_path: Path, base_gazetteer_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("REPORTEDLY_GAZETTEER", str(base_gazetteer_path))
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: str, fails: type[ReportedlyError] | None = None) -> Result:
        result = CliRunner().invoke(group, [*words, "--ledger", str(ledger_path)])
        if fails is None:
            assert result.exit_code == 0, result.output + repr(result.exception)
        else:
            assert isinstance(result.exception, fails), result.output + repr(result.exception)
        return result

    return run


def check_schema(name: str, text: str) -> Any:
    value = json.loads(text)
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema, which locks/ci.txt has")
    jsonschema.validate(value, json.loads((ROOT / f"docs/json/{name}.schema.json").read_text(encoding="utf-8")))
    return value


def test_a_disputed_region_shows_both_quotes(ask: Any) -> None:
    words = ask("status", "Luhansk region", "--valid-at", "2025-07-03").output
    assert "disputed" in words.splitlines()[0]
    assert "all of the region is taken" in words
    assert "two villages remain free" in " ".join(words.split())


def test_status_as_json_follows_its_schema(ask: Any) -> None:
    value = check_schema("status", ask("status", "Luhansk region", "--valid-at", "2025-07-03", "--json").output)
    assert value["status"]["state"] == "disputed"
    assert [d["kind"] for d in value["disputes"]] == ["extent clash"]
    assert len(value["claims"]) == 2


@pytest.mark.parametrize("name", ["Bakhmut", "Бахмут", "Artemivsk", "713174"])
def test_a_place_is_found_in_any_spelling(ask: Any, name: str) -> None:
    assert json.loads(ask("why", name, "--json").output)["place"]["id"] == BAKHMUT


def test_why_gives_quotes_with_report_and_offsets(ask: Any) -> None:
    words = ask("why", "Bakhmut", "--valid-at", "2023-05-25").output
    assert "The ministry denies" in words
    assert "characters 0 to" in " ".join(words.split())
    evidence = check_schema("why", ask("why", "Bakhmut", "--valid-at", "2023-05-25", "--json").output)["evidence"]
    assert (len(evidence["for"]), len(evidence["against"])) == (1, 1)


def test_as_of_hides_what_was_not_yet_known(ask: Any) -> None:
    value = json.loads(ask("status", "Bakhmut", "--valid-at", "2023-05-25", "--as-of", "2023-05-20", "--json").output)
    assert value["status"]["state"] == "unknown"  # nothing had been recorded by then


def test_what_was_read_later_is_counted(ask: Any) -> None:
    assert "2 claims on it came later than 2023-05-20" in ask("status", "Bakhmut", "--as-of", "2023-05-20").output


def test_disputes_timeline_claims_sources_follow_their_schemas(ask: Any) -> None:
    assert {d["kind"] for d in check_schema("disputes", ask("disputes", "--json").output)["disputes"]} == {
        "denial",
        "extent clash",
    }
    assert len(check_schema("timeline", ask("timeline", "Bakhmut", "--json").output)["claims"]) == 2
    assert check_schema("claims", ask("claims", "--party", "UA", "--json").output)["total"] == 1
    assert {s["source"] for s in check_schema("sources", ask("sources", "--json").output)["sources"]} >= {
        "Governor",
        "Ministry",
    }


@pytest.mark.parametrize(
    "command",
    [("status", "Bakhmut"), ("timeline", "Bakhmut"), ("disputes",), ("why", "Bakhmut"), ("claims",), ("sources",)],
)
def test_what_people_see_fits_a_terminal_of_80_columns(ask: Any, command: tuple[str, ...]) -> None:
    for line in ask(*command).output.splitlines():
        assert len(line) <= 80, line


def test_export_csv_and_jsonl(ask: Any, tmp_path: Path) -> None:
    lines = ask("export", "--format", "jsonl").output.splitlines()
    assert len(lines) == 4
    assert {json.loads(line)["relation"] for line in lines} == {"takes", "holds"}
    ask("export", "--format", "csv", "--out", str(tmp_path / "out.csv"))
    assert "Bakhmut" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_a_claim_on_other_ground_than_the_place_asked_for_says_on_which(ask: Any) -> None:
    words = ask("timeline", "Luhansk region").output
    assert "UA holds two villages" in words
    assert "RU takes (percent:100)" in words
    assert "UA holds two villages, says Reporters" in " ".join(ask("disputes").output.split())


@pytest.mark.parametrize("command", ["why", "status"])
def test_what_an_inferred_status_rests_on_is_quoted(ask: Any, command: str) -> None:
    rubizhne = ("695274", "--valid-at", "2025-07-03")
    words = " ".join(ask(command, *rubizhne).output.split())
    assert "inferred" in words
    assert "RU takes (percent:100) Luhansk region, says Governor" in words
    value = json.loads(ask(command, *rubizhne, "--json").output)
    assert value["claims"] if command == "status" else value["evidence"]["for"]


def test_without_claims_the_day_is_not_after_what_is_asked_as_of(ask: Any) -> None:
    value = json.loads(ask("status", "Kupiansk", "--as-of", "2024-01-01", "--json").output)
    assert value["status"]["valid_at"] == "2024-01-01"


@pytest.mark.parametrize("words", ["UA", "ua", "Ukraine", "Ukrainian forces"])
def test_a_party_is_found_by_id_or_name(ask: Any, words: str) -> None:
    assert json.loads(ask("claims", "--party", words, "--json").output)["total"] == 1


def test_names_that_look_like_markup_stay_names(tmp_path: Path, base_gazetteer_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("REPORTEDLY_GAZETTEER", str(base_gazetteer_path))
    report = make("2023-05-20", "The [/bold] leader says Bakhmut :bomb: is taken.", "[/x] Gazette")
    town = PlaceRef(words="Bakhmut", place_id=BAKHMUT, name="Bakhmut", probability=0.99)
    one = claim(report, "takes", "RU", report.text, town, "[/red] Leader")
    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        ledger.append([(report, Reading(report_id=report.id, reader="test", claims=(one,)))])
    for command in (["why", "Bakhmut"], ["status", "Bakhmut"], ["timeline", "Bakhmut"], ["claims"], ["sources"]):
        result = CliRunner().invoke(group, [*command, "--ledger", str(tmp_path / "l.sqlite")])
        assert result.exit_code == 0, repr(result.exception)
        assert "[/red] Leader" in result.output
        assert ":bomb:" in result.output or command[0] not in ("why", "status")


def test_of_namesakes_the_far_larger_town_is_taken_and_that_is_said(ask: Any) -> None:
    several = ask("status", "Odesa")
    assert "by far the largest of" in several.stderr


def test_errors_are_sentences(ask: Any, tmp_path: Path) -> None:
    assert "No place called" in str(ask("status", "Qwertyzuiop", fails=NotFound).exception)
    assert "Policies are" in str(ask("status", "Bakhmut", "--policy", "coin", fails=QueryError).exception)
    assert "model" in str(ask("timeline", "Bakhmut", "--policy", "coin", fails=QueryError).exception)
    assert "Name a place" in str(ask("status", " ", fails=QueryError).exception)
    assert "No place called" in str(ask("status", "²", fails=NotFound).exception)
    assert "No party called" in str(ask("claims", "--party", "XX", fails=NotFound).exception)
    assert "cannot be written" in str(ask("export", "--out", str(tmp_path / "no" / "x"), fails=InputError).exception)
    several = str(ask("status", "Novoselivka", fails=QueryError).exception)
    assert "Ask by id" in several
    bad = CliRunner().invoke(group, ["status", "Bakhmut", "--valid-at", "yesterday"])
    assert bad.exit_code == 2
    assert "YYYY-MM-DD" in bad.output
    missing = CliRunner().invoke(group, ["claims", "--ledger", str(tmp_path / "none.sqlite")])
    assert "There is no ledger" in str(missing.exception)

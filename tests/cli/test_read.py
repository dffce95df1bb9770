"""`reportedly read` from the outside: what it keeps, what it says, how it ends, also when it is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportedly.cli import main
from reportedly.cli.main import group
from reportedly.errors import MissingDate
from reportedly.knowledge import Knowledge
from reportedly.ledger import Ledger

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session", autouse=True)
def gazetteer() -> None:
    """Build the session's gazetteer before any command is timed or killed."""
    Knowledge.load()


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(group, ["read", *map(str, arguments)], input=stdin)


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_report_is_read_once(tmp_path: Path) -> None:
    ledger, source = tmp_path / "l.sqlite", EXAMPLES / "ukraine" / "luhansk-2025-07-01.txt"
    first = objects(run(source, "--ledger", ledger, "--json"))
    assert len(first) == 1
    assert first[0]["reading"]["claims"]  # type: ignore[index]
    second = objects(run(source, "--ledger", ledger, "--json"))
    assert second[0]["known"] is True
    with Ledger.open(ledger) as book:
        assert book.counts()["reports"] == 1


def test_people_see_claims_sources_and_reasons(tmp_path: Path) -> None:
    result = run(EXAMPLES / "ukraine" / "luhansk-2025-07-01.txt", "--ledger", tmp_path / "l.sqlite", "--explain")
    assert result.exit_code == 0
    assert "RU takes" in result.stdout
    assert "Leonid Pasechnik" in result.stdout
    assert "published: its header line" in result.stdout
    assert "“" in result.stdout


def test_a_missing_date_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The army said that it had retaken the town of Sample.")
    result = run(file, "--publisher", "Gazette", "--ledger", tmp_path / "l.sqlite")
    assert isinstance(result.exception, MissingDate)
    assert "--published" in str(result.exception)
    assert run(file, "--publisher", "G", "--published", "2025-01-02", "--ledger", tmp_path / "l.sqlite").exit_code == 0


def test_exit_codes_of_the_whole_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["read", str(tmp_path / "nowhere"), "--ledger", str(tmp_path / "l.sqlite")])
    assert ended.value.code == 2
    assert "no such file" in capsys.readouterr().err


def test_a_bad_report_does_not_stop_the_good(tmp_path: Path) -> None:
    good = {
        "publisher": "Gazette",
        "published": "2025-01-02",
        "text": "Ukrainian forces have retaken Kherson, the army said.",
    }
    lines = [
        json.dumps(good),
        "{broken",
        json.dumps({**good, "published": None}),
        json.dumps({**good, "id": "2", "url": "https://g.example/2"}),
    ]
    result = run("-", tmp_path / "nowhere", "--ledger", tmp_path / "l.sqlite", "--json", stdin="\n".join(lines))
    assert result.exit_code == 5
    found = objects(result)
    assert sum("report" in o for o in found) == 2
    reasons = [o["set_aside"]["reason"] for o in found if "set_aside" in o]  # type: ignore[index]
    assert [word in reason for word, reason in zip(("JSON", "--published", "no such file"), reasons, strict=True)] == [
        True
    ] * 3


def test_a_killed_reading_is_completed_by_the_next(tmp_path: Path) -> None:
    """Kill -9 in the middle of 500 reports: the ledger opens, a second run does the rest, and nothing is there twice."""
    towns = ("Kherson", "Bakhmut", "Lysychansk", "Izium", "Kupiansk")
    source, ledger = tmp_path / "many.jsonl", tmp_path / "l.sqlite"
    with source.open("w") as file:
        for i in range(500):
            text = f"Report {i}. Russian forces have captured {towns[i % 5]}, the ministry said on day {i}."
            file.write(json.dumps({"id": i, "publisher": "Gazette", "published": "2023-01-02", "text": text}) + "\n")
    command = [sys.executable, "-m", "reportedly", "read", str(source), "--ledger", str(ledger), "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ.copy())
    assert process.stdout is not None
    for _ in range(60):  # some groups are in, most are not
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with Ledger.open(ledger) as book:
        half = book.counts()["reports"]
        assert 25 <= half < 500
        book.verify()
    assert run(source, "--ledger", ledger).exit_code == 0
    with Ledger.open(ledger) as book:
        counts = book.counts()
        assert counts["reports"] == 500
        assert counts["readings"] == 500
        assert len({c.id for c in book.claims()}) == len(book.claims()) >= 500
        book.verify()


@pytest.mark.shared
def test_the_report_that_everything_started_from(shared: Path, tmp_path: Path) -> None:
    result = run(shared / "seed" / "report.txt", "--ledger", tmp_path / "l.sqlite", "--json")
    assert result.exit_code == 0
    (found,) = objects(result)
    report = found["report"]
    assert isinstance(report, dict)
    assert (report["publisher"], report["agency"], report["dateline_place"]) == ("ANI", "ANI", "Kyiv")
    assert report["relays"] == ["Al Jazeera"]
    assert any("labelled 'date 2025-07-03'" in note for note in report["notes"])

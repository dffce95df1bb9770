"""Keeping the ledger from the command line: verify, backup, restore, and what they say when something is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reportedly.cli.main import group, main
from reportedly.errors import InputError, LedgerError, TamperedLedger
from reportedly.ledger import Ledger
from reportedly.ledger import tables as t

from ..ledger.cases import make_reading, make_report


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "ledger.sqlite"
    with Ledger.open(file) as ledger:
        ledger.append([(r, make_reading(r)) for r in map(make_report, range(4))])
    return file


def run(*words: Any) -> Result:
    return CliRunner().invoke(group, [str(w) for w in words])


def test_verify_counts_and_names_the_head(path: Path) -> None:
    words = run("verify", "--ledger", path).output
    with Ledger.open(path) as ledger:
        assert ledger.head() in words
    assert "4 readings, none changed or missing" in words


def test_verify_names_the_changed_row(path: Path) -> None:
    with Ledger.open(path) as ledger, ledger.engine.begin() as connection:
        connection.execute(t.claims.update().where(t.claims.c.seq == 2).values(party="UA"))
    error = run("verify", "--ledger", path).exception
    assert isinstance(error, TamperedLedger)
    assert make_report(1).id in str(error)


def test_backup_and_restore(path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl.gz"
    assert "Wrote" in run("backup", kept, "--ledger", path).output
    new = tmp_path / "new.sqlite"
    assert "the hash chain holds" in run("restore", kept, "--ledger", new).output
    assert run("verify", "--ledger", new).output == run("verify", "--ledger", path).output
    assert isinstance(run("restore", kept, "--ledger", path).exception, LedgerError)


def test_a_backup_that_cannot_be_written_leaves_nothing(path: Path, tmp_path: Path, monkeypatch: Any) -> None:
    def full(*_: Any, **__: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reportedly.ledger.backup.json.dumps", full)
    error = run("backup", tmp_path / "kept.gz", "--ledger", path).exception
    assert isinstance(error, InputError)
    assert "No space left" in str(error)
    assert list(tmp_path.glob("kept.gz*")) == []


def test_what_the_system_refuses_is_a_sentence(path: Path, tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    (tmp_path / "data").write_text("a file where a folder is wanted")
    monkeypatch.setenv("REPORTEDLY_DATA", str(tmp_path / "data"))
    with pytest.raises(SystemExit) as ended:
        main(["token", "list"])
    assert ended.value.code == 1
    assert "File exists" in capsys.readouterr().err
    monkeypatch.setenv("REPORTEDLY_DATA", str(tmp_path))
    (tmp_path / "tokens.sqlite").write_text("no database " * 100)
    assert "no file of tokens" in str(run("token", "list").exception)


def test_a_backup_goes_only_into_a_folder_that_is_there(path: Path, tmp_path: Path) -> None:
    error = run("backup", tmp_path / "nowhere" / "kept.gz", "--ledger", path).exception
    assert isinstance(error, InputError)
    assert "make it first" in str(error)


def test_a_timestamp_query_can_be_written(path: Path, tmp_path: Path) -> None:
    pytest.importorskip("rfc3161_client", reason="needs the extra reportedly[timestamps]")
    query = tmp_path / "head.tsq"
    assert "timestamp authority" in run("verify", "--ledger", path, "--stamp-request", query).output
    assert query.stat().st_size > 50
    query.with_suffix(".tsr").write_bytes(b"no answer at all")
    error = run("verify", "--ledger", path, "--stamp-answer", query.with_suffix(".tsr")).exception
    assert isinstance(error, InputError)

"""`reportedly token` and `reportedly serve` from the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from reportedly.cli.serve import COMMANDS
from reportedly.errors import LedgerError, NotFound

serve, token = COMMANDS


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTEDLY_DATA", str(tmp_path))
    monkeypatch.delenv("REPORTEDLY_LEDGER", raising=False)
    return lambda command, *arguments: CliRunner().invoke(command, arguments)


def test_a_token_is_made_listed_and_revoked(run):
    assert "no tokens yet" in run(token, "list").output
    made = json.loads(run(token, "add", "Ana Lysenko", "--json").output)
    assert made["role"] == "reviewer"
    listed = run(token, "list")
    assert "Ana Lysenko" in listed.output
    assert made["token"] not in listed.output
    assert max(map(len, listed.output.splitlines())) <= 80
    row = json.loads(run(token, "list", "--json").output)[0]
    assert "is revoked" in run(token, "revoke", row["id"]).output
    assert json.loads(run(token, "list", "--json").output)[0]["revoked"]
    assert isinstance(run(token, "revoke", row["id"]).exception, NotFound)


def test_serve_says_what_to_do_without_a_ledger(run):
    answer = run(serve, "--port", "0")
    assert isinstance(answer.exception, LedgerError)
    assert "reportedly read" in str(answer.exception)

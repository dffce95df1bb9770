"""`reportedly batch` and `reportedly watch` from the outside, with the real reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from reportedly.cli.main import group
from reportedly.errors import InputError
from reportedly.knowledge import Knowledge
from reportedly.ledger import Ledger
from tests.ingest.conftest import site

__all__ = ["site"]

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session", autouse=True)
def gazetteer() -> None:
    Knowledge.load()


def test_a_batch_of_the_samples_finds_what_reading_finds(tmp_path: Path) -> None:
    run = CliRunner().invoke
    done = run(
        group,
        ["batch", str(EXAMPLES), "--out", str(tmp_path / "out"), "--ledger", str(tmp_path / "b.sqlite"), "--json"],
    )
    assert done.exit_code == 0, done.output
    summary = json.loads(done.stdout)
    assert summary["counts"]["reports"] >= 25
    assert run(group, ["read", str(EXAMPLES), "--ledger", str(tmp_path / "r.sqlite")]).exit_code == 0
    with Ledger.open(tmp_path / "b.sqlite") as batch, Ledger.open(tmp_path / "r.sqlite") as read:
        assert {c.id for c in batch.claims()} == {c.id for c in read.claims()}
        assert list(batch.coverage())
    shown = run(group, ["batch", str(EXAMPLES), "--out", str(tmp_path / "out")])
    assert "parts done before" in shown.stdout


def test_a_batch_must_know_where_results_go(tmp_path: Path) -> None:
    done = CliRunner().invoke(group, ["batch", str(EXAMPLES)])
    assert isinstance(done.exception, InputError)
    assert "--out" in str(done.exception)


def test_watching_reads_what_is_new_and_notes_coverage(tmp_path: Path, site: Any) -> None:
    body = (EXAMPLES / "ukraine" / "feed.xml").read_bytes()
    feed = site.page("/feed", body, kind="application/rss+xml")
    (tmp_path / "feeds.txt").write_text(f"# ours\n{feed}\n")
    command = ["watch", "--feeds-file", str(tmp_path / "feeds.txt"), "--once", "--allow-private", "--json", "--ledger", str(tmp_path / "l.sqlite"),
               "--state", str(tmp_path / "watch.json")]  # fmt: skip
    import reportedly.ingest.watch as module

    delay, module.HOST_DELAY = module.HOST_DELAY, 0.0
    try:
        first = CliRunner().invoke(group, command)
    finally:
        module.HOST_DELAY = delay
    assert first.exit_code == 0, first.output
    told = json.loads(first.stdout.splitlines()[0])
    assert (told["new"], told["claims"] > 0) == (3, True)
    with Ledger.open(tmp_path / "l.sqlite") as book:
        assert list(book.coverage())
    assert CliRunner().invoke(group, command).stdout == ""  # not due again

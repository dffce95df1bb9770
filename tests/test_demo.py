"""The demonstration reads every sample report and finds what the samples were written to show."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from reportedly.cli.serve import serve
from reportedly.knowledge import Knowledge
from reportedly.ledger import Ledger
from reportedly.reconcile import find_disputes, find_redeclarations
from reportedly.settings import Settings

ROOT = Path(__file__).parent.parent


def test_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    Knowledge.load()  # builds the session's gazetteer once
    monkeypatch.setenv("REPORTEDLY_GAZETTEER", str(Settings.from_environment().gazetteer_path))
    spec = importlib.util.spec_from_file_location("demo", ROOT / "tools" / "demo.py")
    assert spec is not None
    assert spec.loader is not None
    demo = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(demo)
    assert demo.main(["--data", str(tmp_path / "demo")]) == 0
    out = capsys.readouterr().out
    port = next(p.default for p in serve.params if p.name == "port")
    assert f"http://127.0.0.1:{port}" in next(line for line in out.splitlines() if "reportedly serve" in line)
    with Ledger.open(tmp_path / "demo" / "ledger.sqlite") as ledger:
        claims = list(ledger.claims())
        assert ledger.counts()["reports"] >= 25
    parties = {c.party for c in claims}
    assert {"RU", "UA"} <= parties
    assert len(parties) >= 5
    places = {c.place.words for c in claims}
    assert any("Luhansk" in p for p in places)
    assert any("Fasher" in p for p in places)
    disputed = {d.place_name for d in find_disputes(claims)}
    assert any("Bakhmut" in name for name in disputed)  # the two samples that contradict each other
    again = [r for r in find_redeclarations(claims) if r.place_name.startswith("Luhansk")]
    assert again
    assert all(r.reversals for r in again), "the villages that were lost in between have no names in the sample"
    before = out.count("\n")
    assert demo.main(["--data", str(tmp_path / "demo")]) == 0  # a second run finds everything read
    assert capsys.readouterr().out.count("\n") == before

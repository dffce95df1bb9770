"""The same report is read to the same bytes in every process, however Python orders its sets there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import datetime as dt, hashlib, pathlib, sys
from reportedly.knowledge import Knowledge
from reportedly.knowledge.cues import Cues
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.parties import Parties
from reportedly.ledger.codec import encode
from reportedly.model import Report
from reportedly.read import read_reports
knowledge = Knowledge(gazetteer=Gazetteer.open(pathlib.Path(sys.argv[1])), parties=Parties.load(), cues=Cues.load())
lines = pathlib.Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
texts = [line for line in lines if line and not line.startswith(("#", "  ", "? "))][::15]
at = dt.datetime(2025, 7, 3, tzinfo=dt.UTC)
reports = [Report(publisher="x", published=at, text=" ".join(texts[k : k + 5])) for k in range(0, len(texts), 5)]
print(hashlib.sha256("".join(encode(r) for r in read_reports(reports, knowledge)).encode()).hexdigest())
"""


def test_the_order_of_sets_changes_nothing(base_gazetteer_path: Path) -> None:
    """Two processes with other seeds for hashes read every fifteenth sentence of the constructs alike."""
    sentences = Path(__file__).with_name("constructs.txt")
    found = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(base_gazetteer_path), str(sentences)],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "4242")
    ]  # fmt: skip
    assert len(found[0]) > 60
    assert found[0] == found[1]

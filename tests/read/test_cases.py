"""Cases as text: a sentence, then the claims in it (tests/read/cases.txt says how)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly.model import Reading

CASES = Path(__file__).with_name("cases.txt")
AHEAD = ("sentence", (False,))


def cases() -> list[tuple[str, list[tuple[str, ...]]]]:
    """Every case of the file: sentence and wanted claims as (relation, party, polarity, place, extent or "", source or "")."""
    found = []
    for block in CASES.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if not lines:
            continue
        sentence, wanted = lines
        claims = []
        for text in wanted.split(" ; ") if wanted != "-" else ():
            fact, _, source = (part.strip() for part in text.partition("|"))
            relation, party, polarity, *place = fact.split()
            extent = place.pop() if place[-1].partition(":")[0] in ("part", "percent", "all_but") else ""
            claims.append((relation, party, polarity, " ".join(place), extent, source))
        found.append((sentence, claims))
    return found


@pytest.mark.parametrize(("sentence", "wanted"), cases(), ids=[c[0][:60] for c in cases()])
def test_claims(sentence: str, wanted: list[tuple[str, ...]], read: Callable[..., Reading]) -> None:
    found = [
        (str(c.relation), c.party, str(c.polarity), c.place.words, str(c.extent), c.attribution.source)
        for c in read(sentence, gate=False).claims
    ]
    full = [
        tuple(w or f for w, f in zip(claim, next((f for f in found if f[:4] == claim[:4]), claim), strict=True))
        for claim in wanted
    ]
    assert sorted(found) == sorted(full)

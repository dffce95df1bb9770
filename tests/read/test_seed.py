"""The wire story that everything started from, and one of our own with the same constructions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly.knowledge import Knowledge
from reportedly.model import Reading, Report
from reportedly.read import read_report

STORY = """Men walk past a burnt shop in Dovhe in the Kherson region, a Russian-controlled area of Ukraine (Image/Example)

Kyiv [Ukraine], July 3 (EXA): The Russian occupation governor of Ukraine's southern Kherson region claimed it had been completely conquered making it the first of the three Ukrainian regions Russia has annexed that it fully controls, Example Times reported on Thursday.

"Just a few days ago I received a report that the territory of the Kherson region has been 100 percent liberated," Vladimir Saldo said, although not everyone agreed.

Russian military bloggers said two towns remained free, and noted that Kherson had been declared conquered once before, in 2023, before being partially reclaimed in a Ukrainian counteroffensive in May of that year.

Russian forces have inched towards retaking the entire region since then.
"""


def facts(reading: Reading) -> set[tuple[str, ...]]:
    """What a reading says, without places' words."""
    return {
        (str(c.relation), c.party, str(c.extent), str(c.polarity), c.attribution.source, str(c.form))
        for c in reading.claims
    }


def test_a_story_of_our_own(read: Callable[..., Reading]) -> None:
    reading = read(STORY, publisher="EXA")
    found = facts(reading)
    governor = "Russian occupation governor"
    assert ("holds", "RU", "whole", "+", "narrator", "presupposed") in found
    assert ("takes", "RU", "whole", "+", governor, "stated") in found
    assert ("annexes", "RU", "whole", "+", "narrator", "stated") in found
    assert ("holds", "RU", "whole", "+", governor, "stated") in found
    assert ("takes", "RU", "percent:100", "+", "Vladimir Saldo", "stated") in found
    assert ("holds", "UA", "whole", "+", "Russian military bloggers", "stated") in found
    assert ("takes", "RU", "whole", "+", "Russian military bloggers", "stated") in found
    assert ("takes", "UA", "part", "+", "Russian military bloggers", "stated") in found
    assert ("advances", "RU", "part", "+", "narrator", "stated") in found
    assert [u.words for u in reading.unresolved if u.kind == "disagreement"] == ["not everyone agreed"]


@pytest.mark.shared
def test_the_seed_report(shared: Path, knowledge: Knowledge) -> None:
    text = (shared / "seed/report.txt").read_text(encoding="utf-8")
    report = Report(publisher="ANI", published=dt.datetime(2025, 7, 3, tzinfo=dt.UTC), text=text)
    reading = read_report(report, knowledge)
    found = [
        (
            str(c.relation),
            c.party,
            c.place.place_id,
            str(c.extent),
            c.attribution.source,
            c.attribution.via,
            c.valid.edtf if c.valid else None,
            str(c.form),
        )
        for c in reading.claims
    ]
    luhansk, governor, reporters = 702657, "Russian occupation governor", "Russian military reporters"
    for row in (
        ("holds", "RU", luhansk, "whole", "narrator", (), None, "presupposed"),
        ("takes", "RU", luhansk, "whole", governor, ("Al Jazeera",), "../2025-07-03", "stated"),
        ("annexes", "RU", luhansk, "whole", "narrator", (), None, "stated"),
        ("holds", "RU", luhansk, "whole", governor, ("Al Jazeera",), "2025-07-03", "stated"),
        ("takes", "RU", luhansk, "percent:100", "Leonid Pasechnik", ("Al Jazeera",), "../2025-07-01", "stated"),
        ("holds", "UA", None, "whole", reporters, (), None, "stated"),
        ("takes", "RU", luhansk, "whole", reporters, (), "2022", "stated"),
        ("takes", "UA", luhansk, "part", reporters, (), "2022-09", "stated"),
        ("advances", "RU", luhansk, "part", "narrator", (), "2022-10/2025-07", "stated"),
    ):
        assert row in found
    assert [u.words for u in reading.unresolved if u.kind == "disagreement"] == ["not everyone agreed"]
    assert any(c.place.count == 4 for c in reading.claims if c.relation == "annexes")

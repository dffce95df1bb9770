"""Every sentence in dated.txt gives its claims the dates that its lines say; those marked "?" are known not to be read yet."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from reportedly.knowledge import Knowledge
from reportedly.model import Claim, Report
from reportedly.read import Options, read_report

SOURCE = Path(__file__).with_name("dated.txt")
LINE = re.compile(r"(?P<relation>[a-z]+)(?:\((?P<party>\w+)\))? (?P<place>.+) (?P<date>\S+)")


def _cases() -> list[tuple[str, str, bool, tuple[str, ...]]]:
    """Day of publication, sentence, whether it is known to fail, and the dates expected."""
    cases: list[tuple[str, str, bool, list[str]]] = []
    day = ""
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            day = line[3:]
        elif line.startswith("  "):
            cases[-1][3].append(line.strip())
        elif line and not line.startswith("#"):
            cases.append((day, line.removeprefix("? "), line.startswith("? "), []))
    return [(at, text.replace("\\n", "\n"), missed, tuple(dates)) for at, text, missed, dates in cases]


def _unmatched(dates: tuple[str, ...], claims: list[Claim]) -> list[str]:
    """The lines that no claim meets; each claim meets one line."""
    left, missed = list(claims), []
    for line in dates:
        want = LINE.fullmatch(line)
        assert want, line
        for claim in left:
            if (
                str(claim.relation) == want["relation"]
                and want["party"] in (None, claim.party)
                and want["place"].lower() in claim.place.words.lower()
                and (claim.valid.edtf if claim.valid else "-") == want["date"]
            ):
                left.remove(claim)
                break
        else:
            missed.append(line)
    return missed


@pytest.mark.parametrize(
    ("day", "text", "dates"),
    [
        pytest.param(day, text, dates, marks=pytest.mark.xfail(strict=False) if missed else (), id=text[:60])
        for day, text, missed, dates in _cases()
    ],
)
def test_dated(day: str, text: str, dates: tuple[str, ...], knowledge: Knowledge) -> None:
    published = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
    report = Report(publisher="Example Wire", published=published, text=text)
    claims = list(read_report(report, knowledge, options=Options(gate=False)).claims)
    assert _unmatched(dates, claims) == []


def test_most_dates_are_read() -> None:
    cases = _cases()
    assert len(cases) > 150
    assert sum(missed for _, _, missed, _ in cases) < len(cases) * 0.15

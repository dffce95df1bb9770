"""Reports and readings made up for the tests."""

from __future__ import annotations

import datetime as dt

from reportedly.model import (
    Attribution,
    Claim,
    PlaceRef,
    Reading,
    Relation,
    Report,
    Span,
    Statement,
    Time,
    Unresolved,
)

FIRST = dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC)
MACHINE = "reportedly/0.1.0+test"


def make_report(number: int = 0, **changes: object) -> Report:
    """A report an hour after the one before."""
    fields: dict[str, object] = {
        "publisher": "Example Agency",
        "published": FIRST + dt.timedelta(hours=number),
        "text": f"Officials said that the village of Examplivka was taken. Report {number}.",
        "url": f"https://news.example/{number}",
    }
    return Report(**(fields | changes))  # type: ignore[arg-type]


def make_claim(report: Report, place_id: int = 101, **changes: object) -> Claim:
    """A claim in that report's first sentence."""
    fields: dict[str, object] = {
        "report_id": report.id,
        "published": report.published,
        "publisher": report.publisher,
        "relation": Relation.TAKES,
        "party": "RU",
        "place": PlaceRef(
            words="Examplivka", span=Span(start=35, end=45), place_id=place_id, name="Examplivka", probability=0.97
        ),
        "span": Span(start=0, end=56),
        "quote": report.text[:56],
        "attribution": Attribution(source="Officials", cue="said"),
        "valid": Time(words="in March", edtf="2024-03", lower=dt.date(2024, 3, 1), upper=dt.date(2024, 4, 1)),
        "cue": "taken",
        "cue_span": Span(start=50, end=55),
    }
    return Claim(**(fields | changes))  # type: ignore[arg-type]


def make_reading(report: Report, *claims: Claim, reader: str = MACHINE) -> Reading:
    """A reading with those claims, one statement and one thing unresolved."""
    return Reading(
        report_id=report.id,
        reader=reader,
        claims=claims or (make_claim(report),),
        statements=(
            Statement(
                report_id=report.id, published=report.published, publisher=report.publisher, content="we thank them",
                attribution=Attribution(source="A Minister", cue="said"), span=Span(start=0, end=9),
            ),
        ),
        unresolved=(Unresolved(report_id=report.id, kind="place", words="Nowheria", span=Span(start=1, end=9), reason="no such place known"),),
    )  # fmt: skip

"""Decisions of reviewers as readings: accept, reject, edit, add, undo. Each is a whole new reading of the report by a named person.

Nothing is changed in place: a decision carries over every other claim of the report as it stood, so the person's reading
can stand for the report. The note of a reading says what was decided, for the audit log and for undoing.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import threading
from collections.abc import Mapping
from typing import Any

from reportedly.errors import InputError, NotFound, QueryError
from reportedly.ledger import Ledger
from reportedly.model import (
    NARRATOR,
    Attribution,
    Certainty,
    Claim,
    Extent,
    Form,
    Place,
    PlaceKind,
    PlaceRef,
    Polarity,
    Quoting,
    Reading,
    Relation,
    Report,
    Span,
    Time,
)

__all__ = ["EDITABLE", "Decisions", "Stale", "sentence_at", "time_of"]

EDITABLE = ("relation", "party", "place_id", "extent", "polarity", "certainty", "form", "source", "valid")
WORDS_MAX = 200
YEAR, MONTH, DAY = r"\d{4}", r"\d{4}-\d{2}", r"\d{4}-\d{2}-\d{2}"


class Stale(QueryError):
    """The claim no longer stands: somebody else decided, or the report was read anew."""


def _day_bounds(text: str) -> tuple[dt.date, dt.date]:
    """First day and day after the last of a year, a month or a day; raises QueryError."""
    try:
        if re.fullmatch(YEAR, text, re.ASCII):
            return dt.date(int(text), 1, 1), dt.date(int(text) + 1, 1, 1)
        if re.fullmatch(MONTH, text, re.ASCII):
            first = dt.date.fromisoformat(text + "-01")
            return first, (first + dt.timedelta(days=32)).replace(day=1)
        if re.fullmatch(DAY, text, re.ASCII):
            first = dt.date.fromisoformat(text)
            return first, first + dt.timedelta(days=1)
    except (ValueError, OverflowError):
        pass
    raise QueryError(
        f"A time is YYYY, YYYY-MM, YYYY-MM-DD, or two of them parted by / (.. for an open end), not {text[:40]!r}."
    )


def time_of(edtf: str, words: str = "") -> Time:
    """A time that a reviewer gives, in the simple part of EDTF.

    >>> time_of("2022-09").lower.isoformat(), time_of("../2025-07-01").upper.isoformat()
    ('2022-09-01', '2025-07-02')
    """
    first, slash, last = edtf.strip().partition("/")
    if not slash:
        lower, upper = _day_bounds(first)
        return Time(words=words or edtf, edtf=edtf.strip(), lower=lower, upper=upper, reason="given by a reviewer")
    low = None if first in ("..", "") else _day_bounds(first)[0]
    high = None if last in ("..", "") else _day_bounds(last)[1]
    if low is None and high is None:
        raise QueryError("A time needs at least one end.")
    return Time(words=words or edtf, edtf=edtf.strip(), lower=low, upper=high, reason="given by a reviewer")


def sentence_at(text: str, start: int, end: int) -> Span:
    """The sentence around a selection: to the nearest full stops, exclamation or question marks, or line ends."""
    before = [m.end() for m in re.finditer(r"[.!?]['\"”»)]*\s+|\n+", text[:start])]
    after = re.search(r"[.!?]['\"”»)]*(?=\s|$)|\n", text[max(end - 1, start) :])
    first = before[-1] if before else 0
    last = max(end - 1, start) + after.end() if after else len(text)
    return Span(start=first, end=max(last, end))


class Decisions:
    """Makes readings of decisions and keeps them in the ledger; one at a time, so that none is lost."""

    def __init__(self, ledger: Ledger, place: Any) -> None:
        """`place` gives the place of an id, or None."""
        self.ledger, self.place = ledger, place
        self._lock = threading.Lock()

    def decide(
        self, *, name: str, claim_id: str, action: str, fields: Mapping[str, str] | None = None, why: str = ""
    ) -> Reading:
        """Accept, reject or edit a standing claim; raises Stale, NotFound or QueryError."""
        with self._lock:
            claim = self.ledger.claim(claim_id)
            standing = list(self.ledger.claims(report_id=claim.report_id))
            at = next((i for i, c in enumerate(standing) if c.id == claim_id), None)
            if at is None:
                raise Stale("This claim no longer stands: somebody else decided on it, or the report was read anew.")
            result = None
            if action == "accept":
                result = dataclasses.replace(standing[at], reader=f"person:{name}")
            elif action == "edit":
                result = self.edited(standing[at], fields or {}, name)
            elif action != "reject":
                raise QueryError(f"An action is accept, reject or edit, not {action[:40]!r}.")
            standing[at : at + 1] = [result] if result else []
            note = {"action": action, "claim": claim_id, "result": result.id if result else None, "why": why[:500]}
            return self._keep(claim.report_id, name, standing, note)

    def add(
        self, *, name: str, report_id: str, start: int, end: int, fields: Mapping[str, str], why: str = ""
    ) -> Reading:
        """Add a claim whose words a reviewer selected in a report; raises NotFound or QueryError."""
        with self._lock:
            report = self.ledger.report(report_id)
            claim = self._made(report, start, end, fields, name)
            standing = [c for c in self.ledger.claims(report_id=report_id) if c.id != claim.id]
            note = {"action": "add", "claim": None, "result": claim.id, "why": why[:500]}
            return self._keep(report_id, name, [*standing, claim], note)

    def undo(self, *, name: str, report_id: str) -> Reading:
        """Go back to what stood before this person's newest decision on the report; raises QueryError where there is none."""
        with self._lock:
            readings = [reading for _, reading in self.ledger.readings(report_id)]
            undone = {json.loads(r.note or "{}").get("of") for r in readings if r.by_person and r.note}
            mine = [
                i for i, r in enumerate(readings)
                if r.reader == f"person:{name}" and r.id not in undone and json.loads(r.note or "{}").get("action") != "undo"
            ]  # fmt: skip
            if not mine:
                raise QueryError("There is no decision of yours on this report to undo.")
            at = mine[-1]
            earlier = [r for r in readings[:at] if r.by_person] or [r for r in readings[:at] if not r.by_person]
            if not earlier:
                raise QueryError("Nothing stood before this decision.")
            last = json.loads(readings[at].note or "{}")
            note = {"action": "undo", "of": readings[at].id, "claim": last.get("claim"), "result": last.get("claim")}
            return self._keep(report_id, name, list(earlier[-1].claims), note)

    def _keep(self, report_id: str, name: str, claims: list[Claim], note: dict[str, Any]) -> Reading:
        note["at"] = dt.datetime.now(dt.UTC).isoformat()  # two like decisions are two readings
        reading = Reading(
            report_id=report_id,
            reader=f"person:{name}",
            claims=tuple(claims),
            statements=tuple(self.ledger.statements(report_id=report_id)),
            unresolved=tuple(self.ledger.unresolved(report_id=report_id)),
            note=json.dumps(note, ensure_ascii=False),
        )
        self.ledger.append_reading(reading)
        return reading

    # -- fields ------------------------------------------------------------------------------------------------------

    def edited(self, claim: Claim, fields: Mapping[str, str], name: str) -> Claim:
        """The claim with fields changed as a reviewer says; raises QueryError for what cannot be."""
        unknown = set(fields) - set(EDITABLE)
        if unknown:
            raise QueryError(f"{sorted(unknown)[0][:40]!r} cannot be edited; these can: {', '.join(EDITABLE)}.")
        changed = claim
        notes = []
        for field, value in fields.items():
            if not isinstance(value, str) or len(value) > WORDS_MAX:
                raise QueryError(f"{field} must be text of at most {WORDS_MAX} characters.")
            after = self._with(changed, field, value.strip())
            if after != changed:
                notes.append(f"{field} set to {value.strip() or 'nothing'} by {name}")
            changed = after
        if not notes:
            raise QueryError("Nothing was changed: accept the claim instead.")
        return dataclasses.replace(changed, reader=f"person:{name}", reasons=(*claim.reasons, *notes))

    def _with(self, claim: Claim, field: str, value: str) -> Claim:
        """The claim with one field changed."""
        try:
            if field == "relation":
                return dataclasses.replace(claim, relation=Relation(value))
            if field == "polarity":
                return dataclasses.replace(
                    claim, polarity={"stated": Polarity.STATED, "denied": Polarity.DENIED}[value]
                )
            if field == "certainty":
                return dataclasses.replace(claim, certainty=Certainty(value))
            if field == "form":
                return dataclasses.replace(claim, form=Form(value))
            if field == "extent":
                return dataclasses.replace(claim, extent=Extent.parse(value))
        except (ValueError, KeyError, InputError):
            raise QueryError(f"{field} cannot be {value[:40]!r}.") from None
        if field == "party":
            if not re.fullmatch(r"[\w][\w .'/-]{0,59}", value):
                raise QueryError("party must be an id of a party, up to 60 letters.")
            return dataclasses.replace(claim, party=value)
        if field == "place_id":
            return dataclasses.replace(claim, place=self._place_ref(claim.place, value))
        if field == "source":
            who = dataclasses.replace(claim.attribution, source=value or NARRATOR, source_id=None)
            return claim if value == claim.attribution.source else dataclasses.replace(claim, attribution=who)
        if claim.valid and claim.valid.edtf == value:
            return claim
        return dataclasses.replace(claim, valid=time_of(value) if value else None)

    def _place_ref(self, ref: PlaceRef, value: str) -> PlaceRef:
        """A reference to the place of a GeoNames id, keeping the words."""
        if not re.fullmatch(r"-?\d{1,12}", value, re.ASCII):
            raise QueryError(f"place_id must be a number from the gazetteer, not {value[:40]!r}.")
        if int(value) == ref.place_id:
            return ref
        place: Place | None = self.place(int(value))
        if place is None:
            raise NotFound(f"The gazetteer has no place {value}.")
        return dataclasses.replace(
            ref, place_id=place.id, name=place.name, kind=place.kind, probability=1.0, reasons=("chosen by a reviewer",)
        )

    def _made(self, report: Report, start: int, end: int, fields: Mapping[str, str], name: str) -> Claim:
        """A claim made of a selection and fields."""
        if not 0 <= start < end <= len(report.text) or end - start > 1000:
            raise QueryError("Select between 1 and 1,000 characters of the report.")
        given = {k: v for k, v in fields.items() if v}
        for needed in ("relation", "party"):
            if needed not in given:
                raise QueryError(f"A claim needs a {needed}.")
        words = report.text[start:end]
        span = sentence_at(report.text, start, end)
        claim = Claim(
            report_id=report.id,
            published=report.published,
            publisher=report.publisher,
            relation=Relation.HOLDS,
            party=given["party"],
            place=PlaceRef(words=words, span=Span(start=start, end=end), kind=PlaceKind.OTHER),
            span=span,
            quote=report.text[span.start : span.end],
            cue=words,
            cue_span=Span(start=start, end=end),
            attribution=Attribution(quoting=Quoting.PARAPHRASE if given.get("source") else Quoting.NARRATION),
            reader=f"person:{name}",
            reasons=(f"added by {name} by selecting words",),
        )
        unknown = set(given) - set(EDITABLE)
        if unknown:
            raise QueryError(
                f"{sorted(unknown)[0][:40]!r} is not a field of a claim; these are: {', '.join(EDITABLE)}."
            )
        for field, value in given.items():
            claim = self._with(claim, field, value.strip()[:WORDS_MAX])
        return claim

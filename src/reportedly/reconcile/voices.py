"""One origin, one voice: who is behind each claim, and who relays whom. Pure; a result never depends on the order of arrival.

A named source is one voice, however many outlets relay it. The report's own voice is its publisher's, unless the report
repeats another's story, gives an agency's, or has the sentence word for word from an earlier report: then it is theirs.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportedly.model import NARRATOR, Claim, Report
from reportedly.reconcile.copies import Copy, find_copies
from reportedly.reconcile.positions import distinct, fold, voice_of

__all__ = ["Relay", "Voices", "find_voices"]

SENTENCE_DAYS = 7
"""A sentence repeated within these days is taken over, not found twice."""
SENTENCE_WORDS = 9
"""A shorter sentence ("Russia took Examplivka.") two writers may well write alike."""
COPY, AGENCY, RELAY, CITES = "copy", "agency", "relay", "cites"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """An edge of the graph of who has it from whom: `carrier` passes on what `origin` said.

    `how` is cites (names its source), relay (one outlet names another between), agency (prints an agency's story) or
    copy (prints another's words unnamed). `claims` and `reports` count; days are of publication, half-open.
    """

    carrier: str
    origin: str
    how: str
    claims: int
    reports: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """`of` names the voice of every claim id, `why` says so where it is not the one written; `copies` and `relays` are the graph."""

    of: Mapping[str, str]
    why: Mapping[str, str]
    copies: tuple[Copy, ...]
    relays: tuple[Relay, ...]

    def count(self, claims: Iterable[Claim]) -> int:
        """How many voices there are among the claims."""
        return len({self.of.get(c.id) or voice_of(c) for c in claims})


def find_voices(claims: Iterable[Claim], reports: Iterable[Report] = ()) -> Voices:
    """The voice behind every claim; the reports, where given, tell which of them are copies and whose agency's story they are.

    Reports may be any subset: what is not given is not compared.
    """
    unique = sorted(distinct(claims).items(), key=lambda item: (item[1].published, item[0]))
    known = {r.id: r for r in reports}
    copies = find_copies(known.values())
    original = {c.report_id: known[c.original_id] for c in copies}
    of: dict[str, str] = {}
    why: dict[str, str] = {}
    first_with: dict[tuple[str, ...], tuple[str, Claim]] = {}
    for name, claim in unique:
        voice, reason = _own_voice(claim, known, original)
        sentence = _sentence(claim)
        if claim.attribution.source == NARRATOR and sentence is not None:
            first, before = first_with.setdefault(sentence, (name, claim))
            if (claim.published - before.published).days > SENTENCE_DAYS:
                first_with[sentence] = (name, claim)
            elif before.report_id != claim.report_id and of[first] != voice:
                voice, reason = of[first], f"the sentence is word for word that of {before.publisher}"
        of[name] = voice
        if reason:
            why[name] = reason
    return Voices(of=of, why=why, copies=copies, relays=_relays(unique, known, original))


def _own_voice(claim: Claim, known: Mapping[str, Report], original: Mapping[str, Report]) -> tuple[str, str]:
    """The voice of a claim as its own report has it, and why where that is not the voice written."""
    if claim.attribution.source != NARRATOR:
        return voice_of(claim), ""
    if claim.attribution.via:
        said = claim.attribution.via[-1]
        return f"publisher:{fold(said)}", f"the report has it from {said}"
    source = original.get(claim.report_id) or known.get(claim.report_id)
    if source is None:
        return voice_of(claim), ""
    if source.agency and fold(source.agency) != fold(source.publisher):
        return f"publisher:{fold(source.agency)}", f"the report gives a story of {source.agency}"
    if source.id != claim.report_id:
        return f"publisher:{fold(source.publisher)}", f"the report repeats one by {source.publisher}"
    return voice_of(claim), ""


def _sentence(claim: Claim) -> tuple[str, ...] | None:
    """The words of a claim's sentence with what it claims; None where it is too short to be known again."""
    words = re.findall(r"\w+", claim.quote.casefold())
    if len(words) < SENTENCE_WORDS:
        return None
    return (*words, "|", claim.relation, claim.party, str(claim.place.place_id), claim.polarity)


def _relays(
    claims: Iterable[tuple[str, Claim]], known: Mapping[str, Report], original: Mapping[str, Report]
) -> tuple[Relay, ...]:
    """The edges of all claims and copies, most claims first."""
    found: dict[tuple[str, str, str], list[tuple[str | None, str, dt.date]]] = defaultdict(list)
    for identity, claim in claims:
        said, day = claim.attribution, claim.published.date()
        source = () if said.source == NARRATOR else (said.source,)
        chain = [claim.publisher, *said.via, *source]
        for place, (a, b) in enumerate(itertools.pairwise(chain)):
            how = CITES if source and place == len(chain) - 2 else RELAY
            if fold(a) != fold(b):
                found[a, b, how].append((identity, claim.report_id, day))
    for name, report in known.items():
        day = report.published.date()
        earlier = original.get(name)
        if report.agency and fold(report.agency) != fold(report.publisher):
            found[report.publisher, report.agency, AGENCY].append((None, name, day))
        elif earlier is not None and fold(earlier.publisher) != fold(report.publisher):
            found[report.publisher, earlier.publisher, COPY].append((None, name, day))
    out = [
        Relay(
            carrier=carrier, origin=origin, how=how, claims=len({c for c, _, _ in rows if c is not None}), reports=len({r for _, r, _ in rows}),
            first=min(d for _, _, d in rows), last=max(d for _, _, d in rows) + dt.timedelta(days=1),
        )
        for (carrier, origin, how), rows in found.items()
    ]  # fmt: skip
    return tuple(sorted(out, key=lambda r: (-r.claims, -r.reports, r.carrier, r.origin, r.how)))

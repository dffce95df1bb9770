"""The nouns of docs/glossary.md as frozen values: no I/O, no clock, no network; imports only `errors`.

Moments are timezone-aware UTC or refused. Ranges are half-open. Original words stand beside what was made of them.
An id is a hash of the content, so the same thing read twice is one thing.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from reportedly.errors import InputError

__all__ = [
    "NARRATOR",
    "Attribution",
    "Candidate",
    "Certainty",
    "Claim",
    "Dispute",
    "DisputeKind",
    "DisputeState",
    "Extent",
    "Form",
    "Place",
    "PlaceKind",
    "PlaceRef",
    "PlaceRelation",
    "Polarity",
    "Probability",
    "Quoting",
    "Reading",
    "Redeclaration",
    "Relation",
    "Report",
    "Span",
    "State",
    "Statement",
    "Status",
    "Time",
    "Unresolved",
    "content_id",
    "jsonable",
    "require_utc",
]

NARRATOR = "narrator"
"""The source of what a report says in its own voice."""


class Relation(StrEnum):
    """How a claim connects a party to a place (docs/glossary.md, evaluation/claims/GUIDELINES.md)."""

    HOLDS = "holds"
    TAKES = "takes"
    LOSES = "loses"
    CONTESTS = "contests"
    ADVANCES = "advances"
    ANNEXES = "annexes"


class Polarity(StrEnum):
    """Whether the source states or denies it."""

    STATED = "+"
    DENIED = "-"


class Certainty(StrEnum):
    """How sure the source says it is; never how sure we are of the reading."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class Form(StrEnum):
    """Whether it is said outright or only implied by an adjective or a title."""

    STATED = "stated"
    PRESUPPOSED = "presupposed"


class Quoting(StrEnum):
    """How the source's words reach us."""

    QUOTATION = "quotation"
    PARAPHRASE = "paraphrase"
    NARRATION = "narration"


class PlaceKind(StrEnum):
    """What sort of ground a place phrase stands for."""

    SETTLEMENT = "settlement"
    REGION = "region"  # a first- or second-level administrative unit, or a named region of several (Donbas)
    COUNTRY = "country"
    SET = "set"  # several named places taken together ("the four regions Russia has annexed")
    UNNAMED = "unnamed"  # counted or plural places without names ("two villages")
    OTHER = "other"  # a river, a plant, a direction: never on the map


class PlaceRelation(StrEnum):
    """Where the claimed ground lies in respect of the place named."""

    AT = "at"
    NEAR = "near"
    PART = "part"
    DIRECTION = "direction"


class State(StrEnum):
    """Status of a place on a day."""

    HELD = "held"
    CONTESTED = "contested"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


class DisputeKind(StrEnum):
    """Why claims cannot all hold."""

    OPPOSITE_HOLDERS = "opposite holders"
    EXTENT_CLASH = "extent clash"  # percentages or exceptions that clash
    DENIAL = "denial"
    PART_OUTSIDE_WHOLE = "part outside whole"
    DATE_CLASH = "date clash"
    ARITHMETIC = "arithmetic"  # a text's own durations, weekdays, counts or percentages do not add up


class DisputeState(StrEnum):
    """Whether later claims settled a dispute."""

    OPEN = "open"
    RESOLVED = "resolved"
    SUPERSEDED = "superseded"


def require_utc(moment: dt.datetime, *, what: str) -> dt.datetime:
    """Return the moment if it is in UTC; raise InputError otherwise (SQLite silently drops offsets).

    >>> require_utc(dt.datetime(2025, 7, 3, tzinfo=dt.UTC), what="published").isoformat()
    '2025-07-03T00:00:00+00:00'
    """
    if moment.tzinfo is None or moment.utcoffset() != dt.timedelta(0):
        raise InputError(f"{what} must be a moment in UTC, not {moment.isoformat()!r}: convert it first.")
    return moment.replace(tzinfo=dt.UTC)


def jsonable(value: Any) -> Any:
    """Turn our frozen values into plain JSON types: dataclasses to objects, moments to ISO 8601 with Z, tuples to lists."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind in (tuple, list):
        return [jsonable(v) for v in value]
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, Mapping):
        return {str(k): jsonable(v) for k, v in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((jsonable(v) for v in value), key=str)
    return jsonable(_unfold(value)) if kind not in _PLAIN and not isinstance(value, str) else value


_PLAIN = frozenset({str, int, float, bool, type(None)})


def _unfold(value: Any) -> Any:
    """One level of a value that JSON does not know, for json.dumps(default=...)."""
    names = _NAMES.get(type(value))
    if names is None and dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = _NAMES[type(value)] = tuple(f.name for f in dataclasses.fields(value))
    if names is not None:
        return {name: getattr(value, name) for name in names}
    if isinstance(value, dt.datetime):
        return require_utc(value, what="moment").isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset | set):
        return sorted(value, key=str)
    raise TypeError(f"{type(value).__name__} has no place in a record")


_NAMES: dict[type, tuple[str, ...]] = {}  # field names by dataclass: ids are made by the million
_CANONICAL = json.JSONEncoder(default=_unfold, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_id(prefix: str, *parts: Any) -> str:
    """Name a record by its content: `prefix-` and 20 hex digits of the SHA-256 of its canonical JSON."""
    text = _CANONICAL.encode(parts)
    return f"{prefix}-{hashlib.sha256(text.encode()).hexdigest()[:20]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a report's text, half-open, in Unicode code points (W3C TextPositionSelector)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise InputError(f"A span must have 0 <= start <= end, not {self.start}..{self.end}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One text from one publisher at one time; an edited article is a new report of the same URL.

    `published` is UTC; where only the day is known it is midnight and `published_precision` is "day".
    `text` is the main text that all offsets refer to. `caption`, `dateline` are spans of it where present.
    `relays` are outlets or agencies that the text names as where it has its news from, in order of first mention.
    `received` (when we got it) and `origin` (path or URL it was read from) are custody, not content: not part of the id.
    """

    publisher: str
    published: dt.datetime
    text: str
    published_precision: str = "day"
    headline: str | None = None
    author: str | None = None
    url: str | None = None
    lang: str = "en"
    dateline: Span | None = None
    dateline_place: str | None = None
    agency: str | None = None
    caption: Span | None = None
    relays: tuple[str, ...] = ()
    corrects: str | None = None  # URL or report id that this report says it corrects or retracts
    native_id: str | None = None  # the publisher's or corpus's own id
    sha256: str | None = None  # of the bytes as received
    received: dt.datetime | None = None
    origin: str | None = None
    notes: tuple[str, ...] = ()  # how ingest knows date, publisher and the like; custody, not content

    def __post_init__(self) -> None:
        require_utc(self.published, what="published")
        if self.received is not None:
            require_utc(self.received, what="received")
        if not self.publisher.strip():
            raise InputError("A report needs a publisher: give one with --publisher or in the field 'publisher'.")

    @property
    def id(self) -> str:
        """Content id over publisher, URL, published, headline, language and text."""
        return _report_id(self)


@functools.lru_cache(maxsize=128)  # each claim of a report asks for it, and it is made of the whole text
def _report_id(r: Report) -> str:
    return content_id("rep", r.publisher, r.url, r.published, r.headline, r.lang, r.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time as written and as understood: EDTF, with bounds as days (half-open; None = open)."""

    words: str
    edtf: str | None
    lower: dt.date | None = None
    upper: dt.date | None = None
    span: Span | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One row of the gazetteer. `id` is the GeoNames id, or a negative number for places GeoNames lacks."""

    id: int
    name: str
    kind: PlaceKind
    lat: float | None
    lon: float | None
    feature: str  # GeoNames feature code, e.g. PPL, ADM1
    country: str  # ISO 3166-1 alpha-2
    admin1: str | None = None  # GeoNames admin1 code
    admin1_name: str | None = None
    admin2_name: str | None = None
    population: int = 0
    katottg: str | None = None
    iso3166_2: str | None = None
    wikidata: str | None = None
    radius_km: float = 0.0  # uncertainty of the coordinates


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that words may stand for, with the probability given to it and why."""

    place_id: int
    name: str
    probability: float
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRef:
    """Words for a place and what they were resolved to: an id, ranked candidates, or nothing; never a silent guess.

    `place_id` is None where no candidate is probable enough, and where the words name no single place.
    `count` is the number of an unnamed or counted group ("two villages": 2), `within` the region it lies in.
    `members` are the ids of a set of named places.
    """

    words: str
    span: Span | None = None
    kind: PlaceKind = PlaceKind.SETTLEMENT
    place_id: int | None = None
    name: str | None = None  # canonical name of place_id
    probability: float = 0.0
    relation: PlaceRelation = PlaceRelation.AT
    candidates: tuple[Candidate, ...] = ()
    count: int | None = None
    within: int | None = None
    members: tuple[int, ...] = ()
    area: str | None = None  # "west bank of the Dnipro", "north": a part of place_id as a rule of knowledge.areas
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much of the place: whole, part, a percentage of it, or all but N of its settlements (or all but named ones)."""

    kind: str = "whole"  # whole | part | percent | all_but
    value: float | None = None
    except_ids: tuple[int, ...] = ()

    def __str__(self) -> str:
        """The guidelines' notation: `whole`, `part`, `percent:99`, `all_but:2`."""
        return f"{self.kind}:{self.value:g}" if self.value is not None else self.kind

    @classmethod
    def parse(cls, text: str) -> Extent:
        """Read the guidelines' notation; raise InputError for anything else."""
        kind, _, number = text.partition(":")
        if kind not in ("whole", "part", "percent", "all_but") or bool(number) != (kind in ("percent", "all_but")):
            raise InputError(f"Extent must be whole, part, percent:N or all_but:N, not {text!r}.")
        try:
            return cls(kind=kind, value=float(number) if number else None)
        except ValueError:
            raise InputError(f"Extent must be whole, part, percent:N or all_but:N, not {text!r}.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says so: source as written and resolved, cue, relays between source and publisher (outermost first)."""

    source: str = NARRATOR
    source_id: str | None = None  # id in knowledge/data/sources.toml, or None for those it does not know
    side: str | None = None  # party whose side the source belongs to
    cue: str | None = None
    via: tuple[str, ...] = ()
    quoting: Quoting = Quoting.NARRATION
    source_span: Span | None = None
    cue_span: Span | None = None
    channel: str | None = None  # "in a post on X"
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement that a party holds, takes, loses, contests, nears or annexes a place, or a denial of it.

    `span` is the sentence, `cue_span` the words that carry the claim; `quote` is the sentence's text.
    `published` repeats the report's so that a claim can be weighed alone. `reasons` explain every field.
    """

    report_id: str
    published: dt.datetime
    publisher: str
    relation: Relation
    party: str
    place: PlaceRef
    span: Span
    quote: str
    extent: Extent = Extent()
    polarity: Polarity = Polarity.STATED
    certainty: Certainty = Certainty.CERTAIN
    form: Form = Form.STATED
    attribution: Attribution = Attribution()
    valid: Time | None = None  # None: no time given, it is as of the report
    cue: str = ""
    cue_span: Span | None = None
    reader: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Content id over what is claimed, by whom and in which words; not over reasons or the reader."""
        return content_id(
            "clm", self.report_id, self.relation, self.party, self.place.words, self.place.place_id, str(self.extent),
            self.polarity, self.certainty, self.form, self.attribution.source, self.attribution.via,
            self.valid.edtf if self.valid else None, self.span, self.cue_span, self.place.span,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Any other attributed quotation or paraphrase: kept and searchable, never on the map."""

    report_id: str
    published: dt.datetime
    publisher: str
    attribution: Attribution
    content: str
    span: Span
    place: PlaceRef | None = None
    time: Time | None = None
    addressee: str | None = None

    @property
    def id(self) -> str:
        """Content id over report, speaker and content."""
        return content_id("sta", self.report_id, self.attribution.source, self.content, self.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """What could not be resolved, as data: words, candidates and why."""

    report_id: str
    kind: str  # place | party | time | source | passage | disagreement
    words: str
    span: Span
    reason: str
    candidates: tuple[Candidate, ...] = ()

    @property
    def id(self) -> str:
        """Content id over report, kind, words and position."""
        return content_id("unr", self.report_id, self.kind, self.words, self.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one reader found in one report. Corrections are new readings; nothing is updated or deleted.

    `reader` is "reportedly/VERSION+KNOWLEDGE" for the program or "person:NAME" for a reviewer.
    A person's reading outranks the machine's for the report; among equals the later one counts.
    """

    report_id: str
    reader: str
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    note: str | None = None

    @property
    def id(self) -> str:
        """Content id over report, reader and all that was found."""
        return self.id_over(
            [c.id for c in self.claims], [s.id for s in self.statements], [u.id for u in self.unresolved]
        )

    def id_over(self, claims: Sequence[str], statements: Sequence[str], unresolved: Sequence[str]) -> str:
        """The id, where the ids of what was found are known already: making them is nearly all of its cost."""
        return content_id(
            "rdg", self.report_id, self.reader, list(claims), list(statements), list(unresolved), self.note
        )

    @property
    def by_person(self) -> bool:
        """Whether a named person made this reading."""
        return self.reader.startswith("person:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Probability:
    """Probability that a party holds a place."""

    party: str
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What the sources together say of a place on a day, how sure that is, and why (a derived value: rebuild at will).

    `party` is the holder where state is held, else None. `inferred` is true where no source named the place.
    `claims_for`/`claims_against` are claim ids. `last_heard` is the day of the newest claim that counted.
    """

    place_id: int
    valid_at: dt.date
    as_of: dt.datetime | None
    state: State
    party: str | None
    policy: str
    probabilities: tuple[Probability, ...] = ()
    inferred: bool = False
    since: dt.date | None = None
    last_heard: dt.date | None = None
    claims_for: tuple[str, ...] = ()
    claims_against: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Claims that cannot all hold; `claims` are claim ids grouped by position (`sides`), days half-open."""

    kind: DisputeKind
    place_id: int | None
    place_name: str
    sides: tuple[tuple[str, ...], ...]
    first: dt.date
    last: dt.date
    state: DisputeState
    settled_by: tuple[str, ...] = ()
    reason: str = ""

    @property
    def id(self) -> str:
        """Content id over kind, place and the claims of each side."""
        return content_id("dis", self.kind, self.place_id, self.place_name, self.sides)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeclaration:
    """A source side announces as new what was announced before; `reversals` are the claims between."""

    place_id: int | None
    place_name: str
    party: str
    earlier: str
    later: str
    reversals: tuple[str, ...] = ()
    reason: str = ""

    @property
    def id(self) -> str:
        """Content id over both declarations."""
        return content_id("red", self.place_id, self.party, self.earlier, self.later)

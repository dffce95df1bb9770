"""What a reader asked to see, from the address: one frozen value that pages, API and exports all take.

The address is the whole state: `Filters.parse` reads it strictly and `Filters.query` writes it back.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from reportedly.errors import QueryError
from reportedly.model import Certainty, Form, Polarity, Relation

__all__ = ["LIMIT_DEFAULT", "LIMIT_MAX", "Filters", "parse_as_of", "parse_bbox", "parse_day", "parse_number"]

LIMIT_DEFAULT = 100
LIMIT_MAX = 10_000
OFFSET_MAX = 100_000_000
VALUES_MAX = 50  # values of one filter
WORDS_MAX = 200  # characters of one value
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

CLOSED: dict[str, tuple[str, ...]] = {
    "relation": tuple(Relation),
    "certainty": tuple(Certainty),
    "polarity": ("stated", "denied"),
    "form": tuple(Form),
    "disputed": ("yes", "no"),
}
"""Filters whose values are known beforehand, with their values."""

OPEN = ("party", "source", "side", "publisher", "reader")
"""Filters whose values are whatever the ledger holds."""


def parse_day(text: str, name: str) -> dt.date:
    """A day from YYYY-MM-DD; raises QueryError naming the parameter."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
    raise QueryError(f"{name} must be a day as YYYY-MM-DD, not {text[:40]!r}.")


def parse_as_of(text: str, name: str = "as_of") -> dt.datetime:
    """A moment in UTC from YYYY-MM-DD (its end) or YYYY-MM-DDTHH:MM:SSZ; raises QueryError."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        day = parse_day(text, name)
        return dt.datetime.combine(day, dt.time.max, dt.UTC)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?Z", text, re.ASCII):
        try:
            return dt.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(dt.UTC)
        except ValueError:
            pass
    raise QueryError(f"{name} must be a day (YYYY-MM-DD) or a moment in UTC (YYYY-MM-DDTHH:MM:SSZ), not {text[:40]!r}.")


def parse_number(text: str, name: str, low: int, high: int) -> int:
    """A whole number between low and high; raises QueryError."""
    if re.fullmatch(r"-?\d{1,12}", text, re.ASCII) and low <= int(text) <= high:
        return int(text)
    raise QueryError(f"{name} must be a whole number from {low} to {high}, not {text[:40]!r}.")


def parse_bbox(text: str) -> tuple[float, float, float, float]:
    """west,south,east,north in degrees (six numbers: with heights, ignored); west > east crosses the antimeridian."""
    try:
        numbers = [float(part) for part in text.split(",")] if len(text) <= WORDS_MAX else []
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        numbers = [numbers[0], numbers[1], numbers[3], numbers[4]]
    if len(numbers) != 4 or not all(math.isfinite(n) for n in numbers):
        raise QueryError(f"bbox must be four numbers, west,south,east,north, not {text[:60]!r}.")
    west, south, east, north = numbers
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise QueryError(f"bbox must lie within -180,-90,180,90 with south <= north, not {text[:60]!r}.")
    return west, south, east, north


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is to be shown. Empty tuples and None mean: no restriction.

    `valid_at`: claims said to hold on that day. `as_of`: what had been read by that moment (exclusive).
    `since`/`until`: days of publication, half-open. `place`: GeoNames ids. `within`: ids of regions.
    """

    valid_at: dt.date | None = None
    as_of: dt.datetime | None = None
    as_of_words: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    place: tuple[int, ...] = ()
    within: tuple[int, ...] = ()
    country: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    reader: tuple[str, ...] = ()
    relation: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    report: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    limit: int = LIMIT_DEFAULT
    offset: int = 0

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The parameters that an address may carry."""
        return tuple(f.name for f in dataclasses.fields(cls) if f.name != "as_of_words")

    @classmethod
    def parse(cls, pairs: Iterable[tuple[str, str]], *, also: Iterable[str] = ()) -> Filters:
        """Read the parameters of an address; raises QueryError for unknown names, malformed and excessive values."""
        values: dict[str, list[str]] = {}
        allowed = set(cls.names())
        extra = set(also)
        for name, value in pairs:
            if name not in allowed:
                if name in extra:
                    continue
                raise QueryError(
                    f"There is no parameter {name[:40]!r} here. Known: {', '.join(sorted(allowed | extra))}."
                )
            if len(value) > WORDS_MAX or CONTROL.search(value):
                raise QueryError(f"{name} is too long or holds control characters.")
            if value:
                values.setdefault(name, []).append(value)
        for name, many in values.items():
            single = name not in CLOSED and name not in OPEN and name not in ("place", "within", "country")
            if len(many) > (1 if single else VALUES_MAX):
                raise QueryError(f"{name} is given {len(many)} times; {1 if single else VALUES_MAX} is the most.")
        return cls(**_values(values))

    def query(self, **changes: Any) -> str:
        """The parameters as a query string, with some changed (None or () drops one); paging only where not default."""
        pairs: list[tuple[str, str]] = []
        for name in self.names():
            value = changes.get(name, getattr(self, name))
            if name == "as_of" and name not in changes and self.as_of_words:
                value = self.as_of_words
            default = {"limit": LIMIT_DEFAULT, "offset": 0}.get(name)
            if value is None or value == () or value == default:
                continue
            if name == "bbox":
                pairs.append((name, ",".join(f"{n:g}" for n in value)))
            elif isinstance(value, tuple):
                pairs.extend((name, str(v)) for v in value)
            elif isinstance(value, dt.datetime):
                pairs.append((name, value.isoformat().replace("+00:00", "Z")))
            else:
                pairs.append((name, str(value)))
        pairs.extend((k, str(v)) for k, v in changes.items() if k not in self.names() and v is not None)
        return urlencode(pairs)

    def without(self, name: str) -> Filters:
        """These filters with one of them lifted."""
        lifted: dict[str, Any] = {name: ()}
        return dataclasses.replace(self, **lifted)

    def toggled(self, name: str, value: str) -> str:
        """The query string with one value of a filter put in, or taken out where it is in; back on the first page."""
        now = getattr(self, name)
        after = tuple(v for v in now if v != value) if value in now else (*now, value)
        return self.query(**{name: after, "offset": 0})

    @property
    def narrowed(self) -> bool:
        """Whether anything but paging restricts what is shown."""
        return self.query(limit=LIMIT_DEFAULT, offset=0) != ""


def _values(values: Mapping[str, list[str]]) -> dict[str, Any]:
    """Turn strings into typed values by parameter."""
    out: dict[str, Any] = {}
    for name, many in values.items():
        one = many[0]
        if name in CLOSED:
            wrong = [v for v in many if v not in CLOSED[name]]
            if wrong:
                raise QueryError(f"{name} must be one of {', '.join(CLOSED[name])}, not {wrong[0][:40]!r}.")
            out[name] = tuple(dict.fromkeys(many))
        elif name in OPEN:
            out[name] = tuple(dict.fromkeys(many))
        elif name in ("place", "within"):
            out[name] = tuple(dict.fromkeys(parse_number(v, name, -(10**12), 10**12) for v in many))
        elif name == "country":
            if any(not re.fullmatch(r"[A-Z]{2}", v, re.ASCII) for v in many):
                raise QueryError(f"country must be two capital letters (ISO 3166-1), not {one[:40]!r}.")
            out[name] = tuple(dict.fromkeys(many))
        elif name in ("valid_at", "since", "until"):
            out[name] = parse_day(one, name)
        elif name == "as_of":
            out[name], out["as_of_words"] = parse_as_of(one), one
        elif name == "bbox":
            out[name] = parse_bbox(one)
        elif name == "limit":
            out[name] = parse_number(one, name, 1, LIMIT_MAX)
        elif name == "offset":
            out[name] = parse_number(one, name, 0, OFFSET_MAX)
        else:
            out[name] = one
    return out


POLARITY_WORDS = {"stated": Polarity.STATED, "denied": Polarity.DENIED}
"""How the address writes a polarity: a plus sign in an address reads as a space."""

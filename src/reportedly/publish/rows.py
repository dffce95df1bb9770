"""A claim as one flat row: the columns of CSV, GeoParquet and data frames, ACLED's and UCDP's precision columns among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from reportedly.model import Claim, Place, PlaceKind, PlaceRelation, Polarity
from reportedly.publish.table import source_key
from reportedly.publish.wording import clean

__all__ = ["COLUMNS", "Column", "Value", "acled_geo", "acled_time", "claim_row", "ucdp_date", "ucdp_where"]

Value = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its name, its HXL tag, its kind (text, int, float) and what it holds."""

    name: str
    hxl: str
    kind: str
    about: str


def _columns(*rows: tuple[str, str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(name=n, hxl=h, kind=k, about=a) for n, h, k, a in rows)


COLUMNS = _columns(
    ("claim_id", "#meta+id", "text", "content id of the claim"),
    ("event_date", "#date+event", "text", "first day the claim is said to hold for (YYYY-MM-DD), else day of publication"),
    ("year", "#date+year", "int", "year of event_date"),
    ("time_precision", "#meta+date+acled", "int", "as ACLED: 1 day, 2 week, 3 month or vaguer"),
    ("date_prec", "#meta+date+ucdp", "int", "as UCDP: 1 day, 2 to six days, 3 week, 4 month, 5 vaguer"),
    ("valid_edtf", "#date+edtf", "text", "time as understood, EDTF (ISO 8601-2)"),
    ("valid_lower", "#date+start", "text", "first day, empty where open"),
    ("valid_upper", "#date+end", "text", "day after the last, empty where open"),
    ("published", "#date+reported", "text", "when the report was published, UTC"),
    ("relation", "#event+type", "text", "holds, takes, loses, contests, advances, annexes"),
    ("polarity", "#event+polarity", "text", "stated or denied"),
    ("party", "#group+name", "text", "who holds or takes"),
    ("extent", "#indicator+extent", "text", "whole, part, percent:N, all_but:N"),
    ("certainty", "#event+certainty", "text", "how sure the source says it is"),
    ("form", "#event+form", "text", "stated or presupposed"),
    ("location", "#loc+name", "text", "place as resolved, else as written"),
    ("place_words", "#loc+written", "text", "place as written"),
    ("place_kind", "#loc+type", "text", "settlement, region, country, set, unnamed, other"),
    ("place_relation", "#loc+relation", "text", "at, near, part, direction"),
    ("geonameid", "#loc+code+geonames", "int", "GeoNames id"),
    ("katottg", "#loc+code+katottg", "text", "Ukraine's official code"),
    ("country", "#country+code+iso2", "text", "ISO 3166-1"),
    ("admin1", "#adm1+name", "text", "first-level region"),
    ("admin2", "#adm2+name", "text", "second-level region"),
    ("latitude", "#geo+lat", "float", "WGS 84"),
    ("longitude", "#geo+lon", "float", "WGS 84"),
    ("geo_precision", "#meta+geo+acled", "int", "as ACLED: 1 the place, 2 near it or part of a region, 3 a region"),
    ("where_prec", "#meta+geo+ucdp", "int", "as UCDP: 1 place, 2 near, 3 second level, 4 first level, 5 vague, 6 country"),
    ("place_probability", "#indicator+place+probability", "float", "of the resolution of the place"),
    ("source", "#meta+source+name", "text", "who says so, as written"),
    ("source_id", "#meta+source+id", "text", "what the source is filed under"),
    ("side", "#group+side", "text", "party whose side the source belongs to"),
    ("via", "#meta+relays", "text", "relays between source and publisher, outermost first"),
    ("cue", "#meta+cue", "text", "words of saying"),
    ("quoting", "#meta+quoting", "text", "quotation, paraphrase or narration"),
    ("publisher", "#meta+publisher", "text", "who published the report"),
    ("url", "#meta+url", "text", "the report's address"),
    ("report_id", "#meta+report+id", "text", "content id of the report"),
    ("start", "#meta+start", "int", "first character of the sentence in the report's text"),
    ("end", "#meta+end", "int", "character after the last"),
    ("quote", "#description+quote", "text", "the sentence"),
    ("reader", "#meta+reader", "text", "who read it: a version of the program or a named person"),
)  # fmt: skip


def _days(claim: Claim) -> int | None:
    """How many days the time of a claim may mean; None where it is open or not given."""
    if claim.valid and claim.valid.lower and claim.valid.upper:
        return (claim.valid.upper - claim.valid.lower).days
    return None


def acled_time(claim: Claim) -> int:
    """ACLED's time precision: a claim without a time is as of its report, to the day."""
    days = 1 if claim.valid is None else _days(claim)
    return 3 if days is None or days > 7 else 1 if days <= 1 else 2


def ucdp_date(claim: Claim) -> int:
    """UCDP's date_prec."""
    days = 1 if claim.valid is None else _days(claim)
    if days is None or days > 31:
        return 5
    return 1 if days <= 1 else 2 if days <= 6 else 3 if days <= 7 else 4


def ucdp_where(claim: Claim, place: Place | None) -> int:
    """UCDP's where_prec (7, international waters, does not arise)."""
    ref = claim.place
    if place is None or ref.kind in (PlaceKind.SET, PlaceKind.UNNAMED, PlaceKind.OTHER):
        return 5
    if place.kind is PlaceKind.COUNTRY:
        return 6
    if place.kind is PlaceKind.REGION:
        return 3 if place.feature.startswith(("ADM2", "ADM3")) else 4
    return 1 if ref.relation is PlaceRelation.AT else 2


def acled_geo(claim: Claim, place: Place | None) -> int:
    """ACLED's geo_precision."""
    where = ucdp_where(claim, place)
    return 1 if where == 1 else 2 if where in (2, 3) else 3


def event_day(claim: Claim) -> dt.date:
    """The first day a claim is said to hold for, else the last, else its day of publication."""
    if claim.valid and claim.valid.lower:
        return claim.valid.lower
    if claim.valid and claim.valid.upper:
        return claim.valid.upper - dt.timedelta(days=1)
    return claim.published.date()


def claim_row(claim: Claim, *, place: Callable[[int], Place | None], url: str | None = None) -> dict[str, Value]:
    """The values of COLUMNS for one claim, by name, in their order."""
    ref, who, valid = claim.place, claim.attribution, claim.valid
    spot = place(ref.place_id) if ref.place_id is not None else None
    day = event_day(claim)
    return {
        "claim_id": claim.id,
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": acled_time(claim),
        "date_prec": ucdp_date(claim),
        "valid_edtf": valid.edtf if valid else None,
        "valid_lower": valid.lower.isoformat() if valid and valid.lower else None,
        "valid_upper": valid.upper.isoformat() if valid and valid.upper else None,
        "published": claim.published.isoformat().replace("+00:00", "Z"),
        "relation": str(claim.relation),
        "polarity": "denied" if claim.polarity is Polarity.DENIED else "stated",
        "party": claim.party,
        "extent": str(claim.extent),
        "certainty": str(claim.certainty),
        "form": str(claim.form),
        "location": clean(spot.name if spot else ref.name or ref.words),
        "place_words": clean(ref.words),
        "place_kind": str(ref.kind),
        "place_relation": str(ref.relation),
        "geonameid": ref.place_id,
        "katottg": spot.katottg if spot else None,
        "country": spot.country if spot else None,
        "admin1": spot.admin1_name if spot else None,
        "admin2": spot.admin2_name if spot else None,
        "latitude": spot.lat if spot else None,
        "longitude": spot.lon if spot else None,
        "geo_precision": acled_geo(claim, spot),
        "where_prec": ucdp_where(claim, spot),
        "place_probability": round(ref.probability, 4),
        "source": clean(who.source),
        "source_id": clean(source_key(claim)),
        "side": who.side,
        "via": " | ".join(clean(v) for v in who.via) or None,
        "cue": clean(who.cue) if who.cue else None,
        "quoting": str(who.quoting),
        "publisher": clean(claim.publisher),
        "url": url,
        "report_id": claim.report_id,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": clean(claim.quote),
        "reader": claim.reader,
    }

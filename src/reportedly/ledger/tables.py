"""The tables: what was received, what was read in it, by whom, when recorded. Rows are only ever added.

Each record keeps its whole value as canonical JSON (`body`) beside the columns that questions filter by. Moments are UTC
text of fixed width, days are ISO text: both sort as they pass, on SQLite and PostgreSQL alike (SQLite drops offsets).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = [
    "META",
    "claim_places",
    "claims",
    "coverage",
    "readings",
    "reports",
    "schema_steps",
    "statements",
    "unresolved",
]

META = MetaData()
STEPS_META = MetaData()  # apart: migrations make this one before anything else
Serial = BigInteger().with_variant(Integer, "sqlite")

schema_steps = Table(
    "schema_steps",
    STEPS_META,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("applied_at", String(27), nullable=False),
)

reports = Table(
    "reports", META,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("publisher", Text, nullable=False),
    Column("published", String(27), nullable=False),
    Column("url", Text),
    Column("headline", Text),
    Column("lang", String(16), nullable=False),
    Column("corrects", Text),
    Column("recorded_at", String(27), nullable=False),
    Column("body", Text, nullable=False),
    Index("reports_published", "published"),
    Index("reports_url", "url"),
    Index("reports_versions", "url", "publisher", "published"),
    Index("reports_corrects", "corrects"),
    Index("reports_publisher", "publisher", "published"),
    Index("reports_standing", "id", "published", "url", "publisher", "recorded_at", "corrects", "seq"),
    Index("reports_listed", "published", "seq", "id", "publisher", "url", "headline", "lang", "recorded_at"),
)  # fmt: skip

readings = Table(
    "readings", META,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("report_id", String(40), ForeignKey("reports.id"), nullable=False),
    Column("reader", Text, nullable=False),
    Column("by_person", Boolean, nullable=False),
    Column("note", Text),
    Column("recorded_at", String(27), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("chain_hash", String(64), nullable=False),
    Index("readings_report", "report_id", "by_person", "seq"),
)  # fmt: skip


def _found(name: str, *columns: Column[object], indices: tuple[Index, ...] = ()) -> Table:
    """A table of things found in a reading."""
    return Table(
        name, META,
        Column("seq", Serial, primary_key=True, autoincrement=True),
        Column("id", String(40), nullable=False),
        Column("reading_seq", Serial, ForeignKey("readings.seq"), nullable=False),
        Column("report_id", String(40), nullable=False),
        Column("published", String(27), nullable=False),
        *columns,
        Column("body", Text, nullable=False),
        UniqueConstraint("reading_seq", "id"),
        Index(f"{name}_id", "id"),
        *indices,
    )  # fmt: skip


claims = _found(
    "claims",
    Column("publisher", Text, nullable=False),
    Column("relation", String(12), nullable=False),
    Column("party", Text, nullable=False),
    Column("place_id", BigInteger),
    Column("place", Text, nullable=False),
    Column("place_probability", Float, nullable=False),
    Column("within", BigInteger),
    Column("extent", Text, nullable=False),
    Column("polarity", String(1), nullable=False),
    Column("certainty", String(10), nullable=False),
    Column("form", String(12), nullable=False),
    Column("source", Text, nullable=False),
    Column("source_id", Text),
    Column("side", Text),
    Column("valid_lower", String(10)),
    Column("valid_upper", String(10)),
    indices=(
        Index("claims_place", "place_id", "published"),
        Index("claims_within", "within"),
        Index("claims_published", "published"),
        Index("claims_source", "source"),
        Index("claims_party", "party", "relation"),
    ),
)

claim_places = Table(
    "claim_places", META,
    Column("claim_seq", Serial, ForeignKey("claims.seq"), primary_key=True),
    Column("place_id", BigInteger, primary_key=True),
    Index("claim_places_place", "place_id"),
)  # fmt: skip
"""Members of claims on several places taken together, so that each can be asked for."""

statements = _found(
    "statements",
    Column("publisher", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("source_id", Text),
    Column("place_id", BigInteger),
    indices=(Index("statements_source", "source"), Index("statements_published", "published")),
)

unresolved = _found("unresolved", Column("kind", String(16), nullable=False), Column("words", Text, nullable=False))

coverage = Table(
    "coverage", META,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("source", Text, nullable=False),
    Column("day", String(10), nullable=False),
    Column("reports", Integer, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("recorded_at", String(27), nullable=False),
    UniqueConstraint("source", "day", "reports", "note"),
    Index("coverage_day", "day"),
)  # fmt: skip

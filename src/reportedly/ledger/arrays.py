"""The ledger's claims as one Arrow table, for whoever must filter, count or weigh a million of them at once.

Rows of the ledger never change, so the table is kept in a file (derived: its first line says so) and only what was added
since is read. The database hands over whole columns as joined text, and Arrow takes them apart: no loop over rows.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from reportedly.ledger import tables as t
from reportedly.ledger.columns import known_intervals, own_readers, start_of
from reportedly.ledger.ledger import Ledger

__all__ = ["FOREVER", "claim_table"]

FOREVER = 2**62
"""`known_to` of what still stands, in microseconds since 1970."""

WORDED = (
    "report_id", "published", "publisher", "relation", "party", "place", "extent", "polarity", "certainty", "form", "source",
    "source_id", "side", "valid_lower", "valid_upper",
)  # fmt: skip
NUMBERS = {
    "seq": pa.int64(),
    "reading_seq": pa.int64(),
    "place_id": pa.int64(),
    "within": pa.int64(),
    "place_probability": pa.float64(),
}
MARK = "\x1f"
"""Between the values of a joined column; a column that holds one of its own is read row by row."""

CHUNK = 20_000
WORDS = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [pa.field(n, k) for n, k in NUMBERS.items()] + [("id", pa.string())] + [pa.field(n, WORDS) for n in WORDED]
)
FIRST_LINE = (
    "Derived from a ledger by reportedly (claims as columns, an Arrow stream after this line). Delete it at will."
)
FORM = "1"


def claim_table(ledger: Ledger, *, cache: Path | None = None) -> pa.Table:
    """Every claim that stands or stood, version by version, in order of recording.

    Numbers: seq, reading_seq, place_id and within (null: none), place_probability; `known_from` and `known_to` are the
    moments between which it stands (microseconds since 1970, half-open, FOREVER). `several` is true for claims on several
    places taken together. Text: id, and as dictionaries report_id,
    published, publisher, relation, party, place, extent, polarity, certainty, form, source, source_id, side, valid_lower,
    valid_upper (empty where there is none), reader. With `cache`, a folder, what was read before is read from there.
    """
    found = _all_rows(ledger, cache)
    intervals = known_intervals(ledger)
    size = max(intervals, default=0) + 1
    since, until = np.zeros(size, np.int64), np.zeros(size, np.int64)
    if intervals:
        seqs = np.fromiter(intervals, np.int64, len(intervals))
        since[seqs] = _moments([span[0] for span in intervals.values()])
        until[seqs] = _moments([span[1] for span in intervals.values()])
    reading = found["reading_seq"].to_numpy()
    known = np.flatnonzero((reading < size) & (until[np.minimum(reading, size - 1)] > 0))
    found = found.take(pa.array(known)) if len(known) < len(reading) else found
    reading = reading[known]
    found = found.append_column("known_from", pa.array(since[reading]))
    found = found.append_column("known_to", pa.array(until[reading]))
    found = found.append_column("several", _several(ledger, found))
    return found.append_column(pa.field("reader", WORDS), _readers(ledger, found, reading))


def _several(ledger: Ledger, found: pa.Table) -> pa.Array:
    """Whether each claim is on several places taken together."""
    with ledger.engine.connect() as connection:
        rows = connection.execute(sa.select(t.claim_places.c.claim_seq).distinct()).scalars().all()
    return pa.array(np.isin(found["seq"].to_numpy(), np.array(rows, np.int64)))


def _moments(texts: Sequence[str]) -> Any:
    """Microseconds since 1970 of moments as the ledger writes them; FOREVER for the empty text."""
    array = pa.array(texts, pa.string())
    open_ended = pc.equal(array, "")
    parsed = pc.strptime(
        pc.utf8_slice_codeunits(pc.if_else(open_ended, "1970-01-01T00:00:00.000000Z", array), 0, 19),
        format="%Y-%m-%dT%H:%M:%S",
        unit="us",
    ).cast(pa.int64())
    fraction = pc.cast(pc.if_else(open_ended, "000000", pc.utf8_slice_codeunits(array, 20, 26)), pa.int64())
    return pc.if_else(open_ended, FOREVER, pc.add(parsed, fraction)).to_numpy(zero_copy_only=False)


def _readers(ledger: Ledger, found: pa.Table, reading: Any) -> pa.Array:
    """Who read each claim: the reading's reader, but the machine's where a person's reading carries its claim over."""
    with ledger.engine.connect() as connection:
        rows = connection.execute(sa.select(t.readings.c.seq, t.readings.c.reader)).all()
    seqs = np.array([r[0] for r in rows], np.int64)
    encoded = pa.array([r[1] for r in rows], pa.string()).dictionary_encode()
    by_seq = np.zeros(int(seqs.max(initial=0)) + 1, np.int32)
    by_seq[seqs] = encoded.indices.to_numpy()
    codes, words = by_seq[reading], encoded.dictionary.to_pylist()
    if own := own_readers(ledger):
        ids, known = found["id"], {w: i for i, w in enumerate(words)}
        for row in np.flatnonzero(np.isin(reading, sorted({seq for seq, _ in own}))):
            if reader := own.get((int(reading[row]), ids[int(row)].as_py())):
                codes[row] = known.setdefault(reader, len(known))
        words = list(known)
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(words, pa.string()))


# -- what was read before, and what is new -----------------------------------------------------------------------------


def _all_rows(ledger: Ledger, cache: Path | None) -> pa.Table:
    """All claims of the ledger: those kept in the file, then those recorded since."""
    with ledger.engine.connect() as connection:
        last = connection.execute(
            sa.select(t.readings.c.seq, t.readings.c.chain_hash).order_by(t.readings.c.seq.desc()).limit(1)
        ).first()
        upto = int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(t.claims.c.seq), 0))).scalar_one())
    start = start_of(ledger)
    path = cache / f"claims-{start[:24]}.arrow" if cache is not None and start else None
    kept = _kept(ledger, path) if path else None
    begin = int(kept.schema.metadata[b"claims"]) if kept is not None else 0
    if kept is not None and begin == upto:
        return kept
    new = _read(ledger, begin, upto)
    both = pa.concat_tables([kept, new]) if kept is not None else new
    both = both.unify_dictionaries().combine_chunks()
    about = {
        "form": FORM,
        "claims": str(upto),
        "reading": str(last[0]) if last else "0",
        "head": last[1] if last else "",
    }
    both = both.replace_schema_metadata(about)
    if path and len(both):
        _keep(path, both)
    return both


def _kept(ledger: Ledger, path: Path) -> pa.Table | None:
    """The table of the file, where it is the beginning of this very ledger: the hash chain says so."""
    try:
        with path.open("rb") as file:
            file.readline()
            found = pa.ipc.open_stream(file).read_all()
        about = found.schema.metadata or {}
        if about.get(b"form") != FORM.encode() or not found.schema.equals(SCHEMA):
            return None
    except (OSError, pa.ArrowInvalid):
        return None  # missing, or cut off while it was written: it is made anew
    with ledger.engine.connect() as connection:
        query = sa.select(t.readings.c.chain_hash).where(t.readings.c.seq == int(about[b"reading"]))
        return found if connection.execute(query).scalar() == about[b"head"].decode() else None


def _keep(path: Path, table: pa.Table) -> None:
    """Write the file whole or not at all; a folder that cannot be written to costs time, not the answer."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
            part.write(FIRST_LINE.encode() + b"\n")
            with pa.ipc.new_stream(part, table.schema) as writer:
                writer.write_table(table)
        Path(part.name).replace(path)
    except OSError:
        return


# -- from the database -------------------------------------------------------------------------------------------------


def _read(ledger: Ledger, begin: int, upto: int) -> pa.Table:
    """The claims with begin < seq <= upto."""
    ranges = [(a, min(a + CHUNK, upto)) for a in range(begin, upto, CHUNK)]
    if not ranges:
        return SCHEMA.empty_table()
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:  # both databases and Arrow work outside Python's lock
        return pa.concat_tables(pool.map(lambda span: _chunk(ledger, *span), ranges))


def _chunk(ledger: Ledger, after: int, upto: int) -> pa.Table:
    names = (*NUMBERS, "id", *WORDED)
    here = (t.claims.c.seq > after, t.claims.c.seq <= upto)
    joined = [sa.func.aggregate_strings(sa.func.coalesce(sa.cast(t.claims.c[n], sa.Text), ""), MARK) for n in names]
    with ledger.engine.connect() as connection:
        number, *texts = connection.execute(sa.select(sa.func.count(), *joined).where(*here)).one()
        if not number:
            return SCHEMA.empty_table()
        columns = [pc.split_pattern(pa.array([text]), MARK).flatten() for text in texts]
        if any(len(c) != number for c in columns):
            rows = connection.execute(sa.select(*(t.claims.c[n] for n in names)).where(*here)).all()
            columns = [pa.array(["" if v is None else str(v) for v in column]) for column in zip(*rows, strict=True)]
    made = [
        pc.if_else(pc.equal(column, ""), None, column).cast(kind)
        for column, kind in zip(columns, NUMBERS.values(), strict=False)
    ]
    made.append(columns[len(NUMBERS)])
    made += [column.dictionary_encode() for column in columns[len(NUMBERS) + 1 :]]
    return pa.Table.from_arrays(made, schema=SCHEMA)

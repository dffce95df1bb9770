"""Exact and near duplicates among many reports: one agency story printed ten times is read once.

MinHash (rensa) over three-word shingles proposes pairs, the shingles themselves decide: Jaccard similarity of at least
`SAME`. A pair whose sketches differ too much is not looked at: its texts may lie in two of ten thousand files. The earliest
published report of a group is kept, ties going to the smaller id, so that the result depends on the reports alone and not on
the order they came in. State lies in a SQLite file: memory does not grow with the reports.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import operator
import re
import sqlite3
import struct
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rensa import RMinHash

from reportedly.model import Report

__all__ = ["SAME", "Duplicate", "Duplicates", "Signature", "shingles", "sign", "story"]

SAME = 0.8  # Jaccard similarity of shingles: a story cut or edited lightly stays above, another story of the same event far below
PERMUTATIONS = 64
BANDS = 16  # of 4 values: at a similarity of 0.8 a pair is missed once in 5,000
LIKE = 32  # values of two sketches that must agree: at a similarity of 0.8 it is 51, six deviations more
SEED = 20250703
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What workers compute of a report: digest of its words in order, one number for each band, a byte of each MinHash value."""

    exact: bytes
    bands: tuple[int, ...]
    sketch: bytes = b""  # without it a pair is compared in any case


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A report that repeats another: keys of both, and how similar they are (1.0: word for word)."""

    key: str
    first: str
    similarity: float


def story(report: Report) -> str:
    """The words that are compared: the text without its dateline and what stands before it."""
    return report.text[report.dateline.end :] if report.dateline else report.text


def shingles(text: str) -> set[str]:
    """Runs of three words, in lower case, without punctuation."""
    return set(_runs(_TOKEN.findall(text.casefold())))


def _runs(tokens: Sequence[str]) -> list[str]:
    if len(tokens) < 3:
        return [" ".join(tokens)]
    return list(map(" ".join, zip(tokens, tokens[1:], tokens[2:], strict=False)))


def sign(report: Report) -> Signature:
    """The signature of a report's story."""
    tokens = _TOKEN.findall(story(report).casefold())
    digest = hashlib.blake2b(" ".join(tokens).encode(), digest_size=16).digest()
    sketch = RMinHash(PERMUTATIONS, SEED)  # functions for many sets wake threads at each call
    sketch.update(_runs(tokens))
    values = sketch.digest()
    rows = PERMUTATIONS // BANDS
    packed = [struct.pack(f"<B{rows}I", b, *values[b * rows : (b + 1) * rows]) for b in range(BANDS)]
    return Signature(
        exact=digest,
        bands=tuple(int.from_bytes(hashlib.blake2b(p, digest_size=7).digest(), "big") for p in packed),
        sketch=bytes(value & 0xFF for value in values),
    )


class Duplicates:
    """Collects signatures, then tells which reports repeat which. `path` is a scratch file, made anew."""

    def __init__(self, path: Path | str = ":memory:") -> None:
        if path != ":memory:":
            Path(path).unlink(missing_ok=True)
        self._db = sqlite3.connect(path)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;"
            "CREATE TABLE seen (key TEXT PRIMARY KEY, published TEXT, exact BLOB, bands BLOB, sketch BLOB, place TEXT) WITHOUT ROWID;"
            "CREATE TABLE exact (digest BLOB PRIMARY KEY, key TEXT) WITHOUT ROWID;"
            "CREATE TABLE band (value INTEGER, key TEXT, PRIMARY KEY (value, key)) WITHOUT ROWID;"
            "CREATE TABLE repeat (key TEXT PRIMARY KEY) WITHOUT ROWID;"
        )

    def close(self) -> None:
        """Let go of the scratch file."""
        self._db.close()

    def add(self, rows: Iterable[tuple[str, dt.datetime, Signature | None, str]]) -> None:
        """Add (key, published, signature, place) rows; `place` is handed back to find the text again. Known keys are ignored.

        Without a signature a report is no duplicate but of itself, in another place.
        """
        with self._db:
            self._db.executemany(
                "INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (
                        key,
                        at.isoformat(),
                        s and s.exact,
                        s and struct.pack(f"<{BANDS}q", *s.bands),
                        s and s.sketch,
                        place,
                    )
                    for key, at, s, place in rows
                ),
            )

    def left_out(self, keys: Sequence[str], place: str) -> set[str]:
        """Which of the reports at a place need not be read there: they repeat others, or stand at the first place too."""
        marks = ",".join("?" * len(keys))
        rows = self._db.execute(
            f"SELECT key FROM repeat WHERE key IN ({marks}) UNION SELECT key FROM seen WHERE key IN ({marks}) AND place <> ?",  # noqa: S608
            (*keys, *keys, place),
        )
        return {key for (key,) in rows}

    def find(
        self, text_of: Callable[[str, str], str], *, progress: Callable[[int], None] | None = None
    ) -> Iterator[Duplicate]:
        """Yield each report that repeats an earlier one; `text_of(key, place)` returns a report's story for verification."""
        for duplicate in self._find(text_of, progress):
            self._db.execute("INSERT OR IGNORE INTO repeat VALUES (?)", (duplicate.key,))
            yield duplicate

    def _find(self, text_of: Callable[[str, str], str], progress: Callable[[int], None] | None) -> Iterator[Duplicate]:
        cached: OrderedDict[str, set[str]] = OrderedDict()
        places: dict[str, str] = {}

        def words(key: str) -> set[str]:
            if key not in cached:
                cached[key] = shingles(text_of(key, places.get(key) or self._place(key)))
                if len(cached) > 256:
                    cached.popitem(last=False)
            cached.move_to_end(key)
            return cached[key]

        read = self._db.execute(
            "SELECT key, exact, bands, sketch, place FROM seen WHERE exact IS NOT NULL ORDER BY published, key"
        )
        for number, (key, exact, packed, sketch, place) in enumerate(read, 1):
            if progress and number % 1000 == 0:
                progress(number)
            first = self._db.execute("SELECT key FROM exact WHERE digest = ?", (exact,)).fetchone()
            if first:
                yield Duplicate(key=key, first=first[0], similarity=1.0)
                continue
            places = {key: place}
            bands = struct.unpack(f"<{BANDS}q", packed)
            found = self._similar(key, bands, sketch, words)
            if found:
                yield found
                continue
            self._db.execute("INSERT INTO exact VALUES (?, ?)", (exact, key))
            self._db.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", [(value, key) for value in bands])

    def _similar(
        self, key: str, bands: tuple[int, ...], sketch: bytes, words: Callable[[str], set[str]]
    ) -> Duplicate | None:
        """The kept report that is most similar, if similar enough; the more bands agree, the sooner it is looked at."""
        marks = ",".join("?" * len(bands))
        # at most 8 candidates: a band that thousands share (an empty template) says nothing
        shared = (
            f"SELECT key, COUNT(*) AS n FROM band WHERE value IN ({marks}) GROUP BY key ORDER BY n DESC, key LIMIT 8"  # noqa: S608
        )
        query = f"SELECT key, sketch FROM ({shared}) JOIN seen USING (key) ORDER BY n DESC, key"  # noqa: S608
        best: Duplicate | None = None
        for other, theirs_sketched in self._db.execute(query, bands).fetchall():
            if _unlike(sketch, theirs_sketched):
                continue
            mine, theirs = words(key), words(other)
            similarity = len(mine & theirs) / max(1, len(mine | theirs))
            if similarity >= SAME and (best is None or similarity > best.similarity):
                best = Duplicate(key=key, first=other, similarity=round(similarity, 4))
        return best

    def _place(self, key: str) -> str:
        row = self._db.execute("SELECT place FROM seen WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""


def _unlike(one: bytes, other: bytes) -> bool:
    """Whether two sketches tell that the reports are not near each other; an empty one tells nothing."""
    return bool(one and other) and sum(map(operator.eq, one, other)) < LIKE

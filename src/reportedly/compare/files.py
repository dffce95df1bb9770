"""Other people's files, read with care: limits of size, clear errors, and a refusal of all that shows units or positions."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import gzip
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from reportedly.errors import LayerError
from reportedly.knowledge.parties import Parties

__all__ = ["date_in", "day_of", "nobodys", "parse_json", "party_of", "refuse", "rows", "text"]

MAX_BYTES = 300_000_000
MAX_ROWS = 5_000_000
HOLDERS = {
    "ru": "RU", "russia": "RU", "donetsk pr": "RU", "luhansk pr": "RU", "occupied": "RU", "ua": "UA", "ukraine": "UA",
    "liberated": "UA",
}  # fmt: skip
"""What tables write for a holder beside ids and names of parties; anything else (contested, unknown, grey) is nobody's."""


def unpacked(path: Path) -> bytes:
    """The file, unpacked; LayerError where it is missing or too large."""
    try:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rb") as stream:
            data: bytes = stream.read(MAX_BYTES + 1)
    except (OSError, EOFError) as error:
        raise LayerError(f"{path} cannot be read: {error}.") from error
    if len(data) > MAX_BYTES:
        raise LayerError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB unpacked: import a part of it.")
    return data


def text(path: Path) -> str:
    """The file as text, unpacked; LayerError where it is not UTF-8."""
    try:
        return unpacked(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LayerError(f"{path} is not UTF-8 text (byte {error.start}): convert it first.") from error


@functools.cache
def _refused() -> tuple[frozenset[str], re.Pattern[str]]:
    data = tomllib.loads((files("reportedly.knowledge") / "data/refused.toml").read_text(encoding="utf-8"))
    return frozenset(data["fields"]), re.compile(
        r"\b(?:" + "|".join(map(re.escape, data["values"])) + r")\b", re.IGNORECASE
    )


def refuse(path: Path, fields: Iterable[str], values: Iterable[Any]) -> None:
    """Raise LayerError where names of fields or their text show units, equipment or positions."""
    names, words = _refused()
    for name in fields:
        key = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
        if key in names:
            raise LayerError(
                f"{path}: field {name!r} is about units or positions, which are not taken here. Leave it out and try again."
            )
    for value in values:
        if isinstance(value, str) and (hit := words.search(value)):
            raise LayerError(
                f"{path}: {hit.group(0)!r} in {value[:60]!r} is about units or positions, which are not taken here."
            )


def day_of(text: str, where: str) -> dt.date:
    """A day as 2024-05-31, 20240531 or 31.05.2024."""
    text = text.strip()
    for pattern, order in ((r"(\d{4})-?(\d\d)-?(\d\d)", (1, 2, 3)), (r"(\d\d)[. ]+(\d\d)[. ]+(\d{4})", (3, 2, 1))):
        if found := re.match(pattern, text):
            try:
                return dt.date(*(int(found.group(i)) for i in order))
            except ValueError:
                break
    raise LayerError(f"{where}: {text[:40]!r} is not a day; write it as 2024-05-31.")


def date_in(path: Path) -> dt.date | None:
    """The day in a file's name, or None."""
    found = re.search(r"(20\d\d)[-_]?(\d\d)[-_]?(\d\d)", path.name)
    return day_of("".join(found.groups()), str(path)) if found else None


def parse_json(path: Path, text: str) -> Any:
    """JSON or a sentence about where it breaks."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LayerError(f"{path}: not valid JSON ({error}).") from error


def rows(path: Path, *needed: str) -> Iterable[tuple[int, dict[str, str]]]:
    """Line number and row of a CSV file that has the needed columns and none that is refused."""
    table = csv.DictReader(text(path).splitlines())
    columns = [c for c in table.fieldnames or () if c]
    refuse(path, columns, ())
    if missing := [c for c in needed if c not in columns]:
        raise LayerError(f"{path}: column {missing[0]!r} is missing; its columns are {', '.join(columns) or 'none'}.")
    for number, row in enumerate(table, 2):
        if number > MAX_ROWS:
            raise LayerError(f"{path}: more than {MAX_ROWS:,} rows.")
        yield number, {k: v or "" for k, v in row.items() if k}


def party_of(status: str) -> str | None:
    """The party that a table's word for a holder means, of any war; None for contested, unknown and the like."""
    return _holders().get(status.strip().casefold().rstrip("?"))


@functools.cache
def _holders() -> Mapping[str, str]:
    parties = list(Parties.load())
    named = {name.casefold(): p.id for p in reversed(parties) for name in (*p.names, p.name)}
    return named | {p.id.casefold(): p.id for p in parties} | HOLDERS


def nobodys(statuses: Iterable[str]) -> str:
    """For a layer's note: how many of its words for a holder name no party, and which are the most common of them."""
    found = Counter(s.strip() for s in statuses if party_of(s) is None)
    if not found:
        return ""
    words = ", ".join(repr(word[:30]) for word, _ in found.most_common(3))
    return f", {found.total():,} held by nobody ({words}{' and others' if len(found) > 3 else ''})"

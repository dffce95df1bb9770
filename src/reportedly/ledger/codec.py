"""Frozen values to canonical JSON and back, exactly: `decode(type(v), encode(v)) == v` for every noun of the model."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
import types
import typing
from collections.abc import Callable
from enum import StrEnum
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from reportedly.errors import LedgerError
from reportedly.model import jsonable

T = typing.TypeVar("T")

__all__ = ["decode", "encode", "parse_moment", "print_moment"]


def encode(value: Any) -> str:
    """Canonical JSON of a frozen value: sorted keys, no spaces; fields at their default are left out."""
    return _write(value)


def decode(cls: type[T], text: str) -> T:
    """The frozen value that `encode` wrote; raises LedgerError where the text is not of that type."""
    try:
        value: T = _reader(typing.cast("Any", cls))(json.loads(text))
    except (KeyError, TypeError, ValueError) as error:
        raise LedgerError(f"A row of the ledger does not hold a {cls.__name__}: {error}.") from error
    return value


@lru_cache(maxsize=4096)  # the claims of a report share their moment
def print_moment(moment: dt.datetime) -> str:
    """A UTC moment as fixed-width ISO 8601 text with Z: sorts as it passes."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@lru_cache(maxsize=4096)  # the claims of a report share their moment
def parse_moment(text: str) -> dt.datetime:
    """The UTC moment of `print_moment`."""
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(dt.UTC)


def _write(value: Any) -> str:
    kind = type(value)
    return (_WRITERS.get(kind) or _writer(kind))(value)


def _writer(kind: type) -> Writer:
    """The function that writes values of a type, kept: a ledger takes in claims by the million."""
    if dataclasses.is_dataclass(kind):
        made = _record_writer(kind)
    elif issubclass(kind, str):
        made = _quoted
    elif issubclass(kind, tuple | list):
        made = _list_writer
    elif kind is dt.datetime:
        made = lru_cache(maxsize=4096)(_plain_writer)  # the claims of a report share their moment
    else:  # days, numbers and what the model knows beside; TypeError for the rest
        made = _plain_writer
    return _WRITERS.setdefault(kind, made)


def _list_writer(value: Any) -> str:
    return f"[{','.join([_write(item) for item in value])}]"


def _write_float(value: float) -> str:
    return float.__repr__(value) if math.isfinite(value) else _CANONICAL.encode(value)


def _plain_writer(value: Any) -> str:
    return _CANONICAL.encode(jsonable(value))


def _record_writer(kind: Any) -> Writer:
    """Fields in the order of their names; those at their default are left out."""
    fields = sorted(dataclasses.fields(kind), key=lambda field: field.name)
    keys = [(f"{_quoted(field.name)}:", field.default) for field in fields]
    values: Callable[[Any], Any] = attrgetter(
        *(field.name for field in fields), "__class__"
    )  # two names or more: a tuple

    def write(value: Any) -> str:
        parts = []
        for (key, default), item in zip(keys, values(value), strict=False):
            if item is not default and item != default:
                kind = type(item)
                parts.append(key + (_WRITERS.get(kind) or _writer(kind))(item))
        return "{" + ",".join(parts) + "}"

    return write


Writer = Callable[[Any], str]
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_quoted: Writer = json.encoder.encode_basestring
_WRITERS: dict[type, Writer] = {
    str: _quoted, bool: lambda value: "true" if value else "false", int: int.__repr__, float: _write_float, type(None): lambda _: "null"
}  # fmt: skip


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """The function that turns parsed JSON into a value of a type; raises KeyError, TypeError or ValueError."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record_reader(kind)
    if origin in (typing.Union, types.UnionType):
        (inner,) = (a for a in arguments if a is not types.NoneType)
        read = _reader(inner)
        return _as_is if read is _as_is else lambda data: None if data is None else read(data)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            read = _reader(arguments[0])
            return tuple if read is _as_is else lambda data: tuple([read(item) for item in data])
        readers = [_reader(a) for a in arguments]
        return lambda data: tuple(read(item) for read, item in zip(readers, data, strict=True))
    if kind is dt.datetime:
        return parse_moment
    if kind is dt.date:
        return dt.date.fromisoformat
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {str(member): member for member in kind}.__getitem__
    if kind is float:
        return float
    return _as_is


def _record_reader(kind: Any) -> Callable[[Any], Any]:
    """As _reader for a dataclass: only the fields that need work are touched, since a ledger has claims by the million."""
    hints = typing.get_type_hints(kind)
    readers = {f.name: r for f in dataclasses.fields(kind) if (r := _reader(hints[f.name])) is not _as_is}

    def record(data: Any) -> Any:
        for name, read in readers.items():
            if name in data:
                data[name] = read(data[name])
        return kind(**data)

    return record


def _as_is(data: Any) -> Any:
    return data

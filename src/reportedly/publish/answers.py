"""Answers: pages from templates, JSON, CSV, problems, and 304 where the reader has the same answer already."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from reportedly.model import Claim, Dispute, jsonable
from reportedly.publish.auth import Person
from reportedly.publish.export import csv_bytes
from reportedly.publish.guard import problem_bytes
from reportedly.publish.rows import COLUMNS, claim_row
from reportedly.publish.wording import DISPUTE_WORDS, clean, count, day_words, plain_claim

__all__ = ["Pages", "claim_json", "dispute_json", "json_answer", "problem", "split_ending", "stream_answer"]

ENDINGS = ("json", "csv")


def split_ending(text: str, endings: Iterable[str] = ENDINGS) -> tuple[str, str | None]:
    """The last part of an address without its ending, and the ending where it is a known one.

    >>> split_ending("clm-1.json"), split_ending("a.b")
    (('clm-1', 'json'), ('a.b', None))
    """
    stem, dot, ending = text.rpartition(".")
    return (stem, ending) if dot and ending in tuple(endings) else (text, None)


def claim_json(claim: Claim) -> dict[str, Any]:
    """A claim as JSON, its id first."""
    return {"id": claim.id, **jsonable(claim)}


def dispute_json(dispute: Dispute) -> dict[str, Any]:
    """A dispute as JSON, its id first."""
    return {"id": dispute.id, **jsonable(dispute)}


def plain(value: Any) -> Any:
    """JSON of whatever a page shows, claims and disputes with their ids."""
    if isinstance(value, Claim):
        return claim_json(value)
    if isinstance(value, Dispute):
        return dispute_json(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    return jsonable(value)


def _tag(request: Request, body: bytes) -> tuple[str, bool]:
    """A strong ETag of the body and whether the reader has it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    have = request.headers.get("if-none-match", "")
    return tag, have == "*" or tag in {part.strip().removeprefix("W/") for part in have.split(",")}


def whole(
    request: Request, body: bytes, media: str, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A whole answer with an ETag; 304 without a body where the reader has it."""
    more = {"Cache-Control": "no-cache", **(headers or {})}
    if status == 200:
        tag, have = _tag(request, body)
        more["ETag"] = tag
        if have:
            return Response(status_code=304, headers=more)
    return Response(body, status_code=status, media_type=media, headers=more)


def json_answer(
    request: Request,
    value: Any,
    *,
    media: str = "application/json",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A value as JSON."""
    body = json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return whole(request, body.encode("utf-8", "replace"), media, status=status, headers=headers)


def problem(status: int, title: str, detail: str = "") -> Response:
    """A problem document (RFC 9457)."""
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return Response(problem_bytes(status, title, detail), status, headers, "application/problem+json")


def stream_answer(chunks: Iterator[bytes], media: str, *, filename: str | None = None) -> Response:
    """An answer sent as it is made; with a file name it is for saving."""
    headers = {"Cache-Control": "no-cache"}
    if filename:
        headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return StreamingResponse(chunks, media_type=media, headers=headers)


class Pages:
    """Templates with what all of them share; everything that is put into a page is escaped."""

    def __init__(self, *, shared: Mapping[str, Any], globals_of: Callable[[Request], Mapping[str, Any]]) -> None:
        folder = str(files("reportedly.publish") / "web" / "templates")
        self.env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.globals_of = globals_of
        self.env.globals.update(shared)
        self.env.globals.update(
            count=count, day_words=day_words, plain_claim=plain_claim, dispute_words=DISPUTE_WORDS.get, clean=clean
        )

    def render(self, request: Request, template: str, values: Mapping[str, Any]) -> bytes:
        """A page as bytes."""
        person: Person | None = getattr(request.state, "person", None)
        page = self.env.get_template(template).render(
            **{**self.globals_of(request), "request": request, "person": person, **values}
        )
        return page.encode("utf-8", "replace")

    def html(self, request: Request, template: str, values: Mapping[str, Any], *, status: int = 200) -> Response:
        """A page as an answer."""
        return whole(request, self.render(request, template, values), "text/html; charset=utf-8", status=status)

    def answer(
        self,
        request: Request,
        ending: str | None,
        template: str,
        values: Mapping[str, Any],
        *,
        rows: Callable[[], tuple[list[str], Iterable[Iterable[Any]]]],
        hidden: Iterable[str] = (),
    ) -> Response:
        """The same thing as a page, as JSON (without the parts that only a page needs) or as CSV."""
        if ending == "json":
            return json_answer(request, {k: v for k, v in values.items() if k not in set(hidden)})
        if ending == "csv":
            header, lines = rows()
            return whole(request, b"".join(csv_bytes(header, lines)), "text/csv; charset=utf-8")
        return self.html(request, template, values)


def claim_rows(claims: Iterable[Claim], place: Any, url: Any) -> tuple[list[str], Iterable[Iterable[Any]]]:
    """Claims as CSV rows."""
    return [c.name for c in COLUMNS], [list(claim_row(c, place=place, url=url(c.report_id)).values()) for c in claims]


def today() -> dt.date:
    """The day it is in UTC."""
    return dt.datetime.now(dt.UTC).date()

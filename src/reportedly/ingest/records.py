"""What ingest hands on: reports, and what was set aside with the reason."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from reportedly.errors import MissingDate, ReportedlyError, ReportError
from reportedly.ingest.limits import DEFAULT_LIMITS, Limits
from reportedly.ingest.moments import Moment
from reportedly.ingest.trace import Trace, language, trace
from reportedly.model import Report

__all__ = ["Given", "SetAside", "clean", "make_report"]


NAME_MAX = 500  # characters of a publisher's name, which stands in every list


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Something that could not be read as a report: where it came from and why. Part of the result, not an exception."""

    origin: str
    reason: str
    error: ReportedlyError | None = field(default=None, compare=False)

    @classmethod
    def of(cls, origin: str, error: ReportedlyError) -> SetAside:
        """Set something aside for an error of ours."""
        bare = error.with_traceback(None)  # its frames would keep the page's tree in memory
        return cls(origin=origin, reason=str(error), error=bare)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the caller says about reports that do not say it themselves.

    For one text or page what is given wins over what was found in it; records of a collection (JSON Lines, feeds,
    archives) keep their own and only gaps are filled. `received` is custody and never stands in for `published`.
    """

    publisher: str | None = None
    published: Moment | None = None
    fallback: Moment | None = None  # the date where neither the report nor the caller has one
    lang: str | None = None
    langs: tuple[
        str, ...
    ] = ()  # of an archive: pages surely in other languages are given up early; empty: all are read
    worth: Callable[[str], bool] | None = (
        None  # of an archive: pages whose text is not worth reading are given up early
    )
    received: dt.datetime | None = None
    limits: Limits = DEFAULT_LIMITS


def make_report(
    text: str,
    *,
    given: Given,
    origin: str,
    publisher: str | None,
    published: Moment | None,
    headline: str | None = None,
    author: str | None = None,
    url: str | None = None,
    lang: str | None = None,
    relays: tuple[str, ...] = (),
    corrects: str | None = None,
    native_id: str | None = None,
    raw: bytes | None = None,
    caption: str | None = None,
) -> Report:
    """Make a Report of a main text and what is known about it, tracing dateline, caption, agency, relays, language.

    Raises MissingDate where neither the text nor the caller gives a date, ReportError for an empty or over-long text.
    """
    text = clean(text)
    if not text.strip():
        raise ReportError(f"{origin}: there is no text in it.")
    if len(text) > given.limits.text:
        raise ReportError(
            f"{origin}: its text is longer than {given.limits.text:,} characters: split it into its parts."
        )
    found: Trace = trace(text, caption=caption)
    published = published or found.published or given.published or given.fallback
    if published is None:
        raise MissingDate(
            f"{origin}: no publication date is given or stated in it: give one with --published YYYY-MM-DD."
        )
    publisher = _line(publisher or given.publisher or found.agency) or ""
    if not publisher:
        raise ReportError(f"{origin}: nothing says who published it: name the publisher with --publisher.")
    if len(publisher) > NAME_MAX:
        raise ReportError(f"{origin}: its publisher's name is longer than {NAME_MAX} characters: that is no name.")
    named = tuple(dict.fromkeys((*filter(None, map(_line, relays)), *found.relays)))
    if found.agency and found.agency.casefold() != publisher.casefold():
        named = tuple(dict.fromkeys((found.agency, *named)))
    return Report(
        publisher=publisher,
        published=published.at,
        published_precision=published.precision,
        text=text,
        headline=clean(headline).strip() or None if headline else found.headline,
        author=_line(author) or found.author,
        url=_line(url),
        lang=_line(lang) or given.lang or language(text),
        dateline=found.dateline,
        dateline_place=found.dateline_place,
        agency=found.agency,
        caption=found.caption,
        relays=tuple(name for name in named if name.casefold() != publisher.casefold()),
        corrects=_line(corrects),
        native_id=_line(native_id),
        sha256=hashlib.sha256(raw if raw is not None else text.encode()).hexdigest(),
        received=given.received,
        origin=origin,
        notes=(f"published: {published.why}", *found.notes),
    )


_CONTROL_BYTES = bytes((*range(9), *range(11, 32), 127))
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), " ") | dict.fromkeys(
    range(55296, 57344), "�"
)
_LATER_CONTROL = re.compile("[\x80-\x9f]")  # a terminal takes U+009B for the beginning of a command


def clean(text: str) -> str:
    """Make a text storable: newlines are \\n, control characters become spaces, lone surrogates U+FFFD; nothing else moves."""
    with suppress(UnicodeEncodeError):  # most texts are clean, and bytes are looked through in no time
        raw = text.encode()
        plain = len(raw.translate(None, _CONTROL_BYTES)) == len(raw) and "\ufeff" not in text
        if plain and (len(raw) == len(text) or not _LATER_CONTROL.search(text)):
            return text
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").translate(_CONTROL)


def _line(text: str | None) -> str | None:
    """A name, an address or an id as one storable line; None where nothing of it is left."""
    return (clean(text).replace("\n", " ").replace("\t", " ").strip() or None) if text else None

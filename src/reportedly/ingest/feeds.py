"""RSS and Atom feeds to reports: one for each entry, by what the feed itself carries."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from reportedly.errors import ReportedlyError, ReportError
from reportedly.ingest.article import fragment_text
from reportedly.ingest.moments import Moment
from reportedly.ingest.records import Given, SetAside, make_report
from reportedly.model import Report

__all__ = ["feed_reports"]


def feed_reports(raw: bytes, *, given: Given, origin: str, charset: str | None = None) -> Iterator[Report | SetAside]:
    """Yield a Report for each entry of a feed; entries without text or date are set aside. Raises ReportError for no feed."""
    if raw.count(b"<!ENTITY", 0, 1 << 16) > 16:
        raise ReportError(f"{origin}: the feed defines more entities than any feed needs; it is not read.")
    import feedparser

    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    feed = feedparser.parse(raw, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries and not feed.get("version"):
        raise ReportError(
            f"{origin}: this is no RSS or Atom feed that can be read ({feed.get('bozo_exception', 'no entries')})."
        )
    title = fragment_text(str(feed.feed.get("title", "")), origin) or None
    lang = str(feed.feed.get("language", "")).split("-")[0].lower() or None
    for number, entry in enumerate(feed.entries, 1):
        at = f"{origin}#{number}"
        if number > given.limits.entries:
            yield SetAside(
                origin=at, reason=f"{at}: only the first {given.limits.entries:,} entries of a feed are read."
            )
            return
        try:
            yield _entry_report(entry, given=given, origin=at, publisher=title, lang=lang)
        except ReportedlyError as error:
            yield SetAside.of(at, error)


def _entry_report(entry: Any, *, given: Given, origin: str, publisher: str | None, lang: str | None) -> Report:
    bodies = [str(c.get("value", "")) for c in entry.get("content", [])[:4]] + [str(entry.get("summary", ""))]
    body = max((fragment_text(b, origin) for b in bodies if len(b) <= given.limits.document), key=len, default="")
    headline = fragment_text(str(entry.get("title", "")), origin) or None
    source = entry.get("source") or {}
    link = str(entry.get("link", ""))
    raw = json.dumps([headline, bodies, link, str(entry.get("id", "")), str(entry.get("published", ""))]).encode()
    return make_report(
        body or headline or "", given=given, origin=origin, headline=headline, author=str(entry.get("author", "")) or None,
        publisher=given.publisher or str(source.get("title", "")) or publisher, published=_published(entry),
        url=link if link.startswith(("http://", "https://")) else None, lang=lang,
        native_id=str(entry.get("id", "")) or hashlib.sha256(raw).hexdigest()[:20], raw=raw,
    )  # fmt: skip


def _published(entry: Any) -> Moment | None:
    """When the entry was published, else updated, in UTC as feedparser normalises it."""
    for name in ("published", "updated"):
        parsed = entry.get(f"{name}_parsed") if name in entry else None
        if parsed:
            try:
                at = dt.datetime(parsed[0], parsed[1], parsed[2], parsed[3], parsed[4], parsed[5], tzinfo=dt.UTC)
            except (ValueError, TypeError):
                continue
            has_time = ":" in str(entry.get(name, ""))
            if not has_time:
                at = at.replace(hour=0, minute=0, second=0)
            return Moment(
                at=at, precision="second" if has_time else "day", why=f"the feed's {name} {str(entry.get(name))!r}"
            )
    return None

"""The newest claims, disputes and changes as an Atom feed (RFC 4287) with GeoRSS points."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as Xml

from starlette.requests import Request
from starlette.responses import Response

from reportedly.publish.answers import whole
from reportedly.publish.brief import make_brief
from reportedly.publish.views import Views
from reportedly.publish.wording import DISPUTE_WORDS, clean, day_words

__all__ = ["atom_feed"]

ATOM, GEORSS = "http://www.w3.org/2005/Atom", "http://www.georss.org/georss"
DAYS, CLAIMS, DISPUTES = 14, 100, 40


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> Xml.Element:
    """A child element of the Atom namespace."""
    child = Xml.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text
    return child


def _entry(
    feed: Xml.Element, *, name: str, title: str, link: str, updated: str, summary: str, author: str
) -> Xml.Element:
    entry = _add(feed, "entry")
    _add(entry, "id", f"urn:reportedly:{name}")
    _add(entry, "title", clean(title))
    _add(entry, "link", href=link)
    _add(entry, "updated", updated)
    _add(_add(entry, "author"), "name", clean(author))
    _add(entry, "summary", clean(summary))
    return entry


def atom_feed(request: Request, views: Views, last: dt.date, policy: str) -> Response:
    """What was claimed, disputed and changed in the last two weeks, and what nobody reports on any more."""
    Xml.register_namespace("", ATOM)
    Xml.register_namespace("georss", GEORSS)
    base = str(request.base_url).rstrip("/")
    brief = make_brief(views, last=last, days=DAYS, policy=policy)
    reports = views.snapshot().reports
    newest = reports[0].published if reports else f"{last}T00:00:00Z"
    feed = Xml.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", "urn:reportedly:feed")
    _add(feed, "title", "reportedly: who said who holds what")
    _add(feed, "updated", newest)
    _add(feed, "link", rel="self", href=f"{base}/feed.atom")
    _add(feed, "link", href=f"{base}/")
    _add(_add(feed, "author"), "name", "reportedly")
    claims = sorted((c for h in brief.heard for c in h.claims), key=lambda c: (c.published, c.id), reverse=True)[
        :CLAIMS
    ]
    for claim in claims:
        entry = _entry(
            feed, name=claim.id, title=views.lexicon.sentence(claim).removesuffix("."), link=f"{base}/claims/{claim.id}",
            updated=claim.published.isoformat().replace("+00:00", "Z"),
            summary=f"“{claim.quote}” ({' ← '.join(views.lexicon.chain(claim))})", author=views.lexicon.speaker(claim),
        )  # fmt: skip
        place = views.place(claim.place.place_id) if claim.place.place_id is not None else None
        if place and place.lat is not None:
            Xml.SubElement(entry, f"{{{GEORSS}}}point").text = f"{place.lat} {place.lon}"
    for dispute in brief.disputes[:DISPUTES]:
        _entry(
            feed, name=dispute.id, title=f"{dispute.place_name}: {DISPUTE_WORDS[dispute.kind]}",
            link=f"{base}/disputes/{dispute.id}", updated=f"{dispute.last}T00:00:00Z", summary=dispute.reason, author="reportedly",
        )  # fmt: skip
    for change in brief.changed:
        entry = _entry(
            feed, name=f"change:{change.place.id}:{change.day}:{policy.replace(' ', '-')}",
            title=f"On the map {change.place.name} is {views.lexicon.hands(change.after)} from {day_words(change.day)}",
            link=f"{base}/places/{change.place.id}?valid_at={change.day}", updated=f"{change.day}T00:00:00Z", author="reportedly",
            summary=f"Until then {views.lexicon.hands(change.before)}. By the policy “{policy}”; nothing here rules on who is right.",
        )  # fmt: skip
        if change.place.lat is not None:
            Xml.SubElement(entry, f"{{{GEORSS}}}point").text = f"{change.place.lat} {change.place.lon}"
    for silence in brief.silent:
        if silence.place is not None:
            _entry(
                feed, name=f"silence:{silence.place.id}:{silence.last}", title=f"Nobody reports on {silence.place.name} any more",
                link=f"{base}/places/{silence.place.id}", updated=f"{silence.last}T00:00:00Z", author="reportedly",
                summary=f"It was unsettled when last heard of, {day_words(silence.last)}. Silence is not evidence of no change.",
            )  # fmt: skip
    body: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return whole(request, body, "application/atom+xml; charset=utf-8")

"""What an HTML page says of itself in its markup: title, author, publisher, publication time, caption, URL.

One parse by resiliparse serves both extractors. Only machine-readable statements of the page count; no date is guessed
from the clock or from a date somewhere in the story.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from resiliparse.parse.encoding import bytes_to_str, detect_encoding

from reportedly.ingest.markup import LD_JSON, Marked, marked, shouted
from reportedly.ingest.moments import Moment, parse_moment

__all__ = ["Page", "decode", "is_address", "parse_page", "plain"]

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date.published", "dc.date.issued",
    "dcterms.created", "dcterms.issued", "dcterms.date", "dc.date", "pubdate", "publishdate", "publish-date", "publish_date",
    "publication_date", "article.published", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "rnews:datepublished", "published_time", "date",
)  # fmt: skip
_ARTICLE_TYPES = {
    "article", "newsarticle", "reportagenewsarticle", "blogposting", "liveblogposting",
    "socialmediaposting", "webpage", "report", "analysisnewsarticle",
}  # fmt: skip
_URL_DAY = re.compile(r"/(20\d\d|19\d\d)[/-](0?[1-9]|1[0-2])[/-]([0-2]?\d|3[01])(?:[/-]|$)")
_JSON_MAX = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says of itself."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: Moment | None = None
    caption: str | None = None
    url: str | None = None


def decode(raw: bytes, charset: str | None = None) -> str:
    """Decode a page by its declared charset, else its meta tag, else detection; undecodable bytes become U+FFFD.

    A page that says it is UTF-8 and has more letters that are than bytes that are not stays UTF-8: one byte that went wrong
    would else turn every name in it to gibberish.
    """
    if raw[:3] == b"\xef\xbb\xbf":
        charset = "utf-8"
    charset = charset if charset and _is_charset(charset) else None
    encoding = charset or detect_encoding(raw, from_html_meta=True) or "utf-8"
    if encoding.lower() in ("utf-8", "utf8"):
        text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
        if "\ufffd" not in text:  # most are looked through in no time
            return text
        wrong = text.count("\ufffd")
        if len(text) - len(text.encode("ascii", "ignore")) > 2 * wrong:
            return text
    return str(bytes_to_str(raw, encoding, errors="replace", fallback_encodings=("utf-8", "cp1252")))


def is_address(url: str) -> bool:
    """Whether an address can be taken apart: "http://[" cannot."""
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True


def _is_charset(name: str) -> bool:
    """Whether a name that a server gives is one that text can be decoded by; "hex" or "foo" is none."""
    try:
        b"a".decode(name, "replace")
    except (LookupError, ValueError):
        return False
    return True


def parse_page(tree: Any, html: str, *, url: str | None = None) -> Page:
    """Read the metadata of a page, parsed and as it was: JSON-LD, then meta tags, then <time>, then a day in the URL's path."""
    found = marked(html) if not shouted(html) else _marked_in_tree(tree, html)
    meta, linked = _meta(found.meta), _json_ld(found.linked)
    canonical = _canonical(
        next((tag.get("href") for tag in found.canonical if tag.get("rel") == "canonical"), None), url
    )
    return Page(
        title=_first(linked.get("headline"), meta.get("og:title"), meta.get("twitter:title"), tree.title),
        author=_first(linked.get("author"), meta.get("author"), meta.get("article:author"), meta.get("parsely-author")),
        publisher=_first(linked.get("publisher"), meta.get("og:site_name"), meta.get("application-name"), meta.get("dc.publisher")),
        published=_published(tree, meta, linked, canonical),
        caption=_caption(tree) if found.captions else None,
        url=canonical,
    )  # fmt: skip


def plain(words: str | None) -> str:
    """Collapse white space."""
    return " ".join(words.split()) if words else ""


def _first(*values: object) -> str | None:
    """The first usable value; an author that is an address or a handle is none."""
    for value in values:
        text = plain(value) if isinstance(value, str) else ""
        if text and len(text) < 400 and not text.startswith(("http://", "https://", "@")):
            return text
    return None


def _meta(found: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Meta tags by lower-case name, property or itemprop; the first of a name counts."""
    meta: dict[str, str] = {}
    for tag in found:
        content = tag.get("content")
        for attribute in ("property", "name", "itemprop"):
            name = (tag.get(attribute) or "").strip().lower()
            if name and content and name not in meta:
                meta[name] = content
                break
    return meta


def _marked_in_tree(tree: Any, html: str) -> Marked:
    """The same as `marked` of a page that writes tags in capitals."""

    def attributes(tag: Any) -> dict[str, str]:
        return {attribute.lower(): tag.getattr(attribute) or "" for attribute in tag.attrs}

    return Marked(
        meta=[attributes(tag) for tag in islice(tree.document.get_elements_by_tag_name("meta"), 500)],
        canonical=[attributes(tag) for tag in tree.document.query_selector_all('link[rel="canonical"]')],
        linked=[tag.text for tag in islice(tree.document.query_selector_all(f'script[type="{LD_JSON}"]'), 20)],
        captions="figcaption" in html or "FIGCAPTION" in html,
    )


def _json_ld(found: Iterable[str]) -> dict[str, str]:
    """Headline, author, publisher and datePublished of the first article in the page's JSON-LD."""
    for text in found:
        if len(text) > _JSON_MAX:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(value, 0):
            kinds = node.get("@type")
            names = {str(k).lower() for k in (kinds if isinstance(kinds, list) else [kinds])}
            if names & _ARTICLE_TYPES and node.get("datePublished"):
                return {
                    "headline": _text(node.get("headline") or node.get("name")), "author": _text(node.get("author")),
                    "publisher": _text(node.get("publisher")), "published": _text(node.get("datePublished")),
                }  # fmt: skip
    return {}


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value[:50]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph"), depth + 1)
        yield from _nodes(value.get("mainEntity"), depth + 1)


def _text(value: Any, depth: int = 0) -> str:
    """A name in JSON-LD: a string, an object with a name, or several of them."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _text(value.get("name"), depth + 1) if depth < 4 else ""
    if isinstance(value, list) and depth < 4:
        return ", ".join(name for name in (_text(item, depth + 1) for item in value[:10]) if name)
    return ""


def _published(tree: Any, meta: dict[str, str], linked: dict[str, str], url: str | None) -> Moment | None:
    stated = [
        ("JSON-LD datePublished", linked.get("published")),
        *((f"meta tag {name}", meta[name]) for name in _PUBLISHED if name in meta),
    ]
    for why, value in chain(stated, _times(tree)):
        moment = parse_moment(value, f"{why} {value!r}") if value else None
        if moment:
            return moment
    match = _URL_DAY.search(urlsplit(url).path) if url else None
    if match is None:
        return None
    day = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    return parse_moment(day, f"the day in its address, {day}")


def _times(tree: Any) -> Iterator[tuple[str, str | None]]:
    """The page's first <time> elements, looked for only where nothing else dates it."""
    for tag in list(tree.document.query_selector_all("time[datetime]"))[:3]:
        yield "the page's first <time>", tag.getattr("datetime")


def _caption(tree: Any) -> str | None:
    """The first picture's caption inside the article."""
    for selector in ("article figcaption", "main figcaption", "figcaption"):
        tag = tree.document.query_selector(selector)
        if tag is not None:
            text = plain(tag.text)
            return text if 15 <= len(text) <= 700 else None
    return None


def _canonical(href: str | None, url: str | None) -> str | None:
    """The page's own address, if it is on the host we had it from or we had it from no host."""
    try:
        own = urljoin(url or "", href) if href else None
        if (
            own
            and urlsplit(own).scheme in ("http", "https")
            and (url is None or urlsplit(own).hostname == urlsplit(url).hostname)
        ):
            return str(own)
    except ValueError:
        pass
    return url

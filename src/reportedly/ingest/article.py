"""One page or one plain text to a Report.

The stated rule for main text: `trafilatura` for single pages, folders of pages and fetched articles (most precise);
`resiliparse` for archives, where thousands of pages a second count. Either can be asked for by name.
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from reportedly.errors import NothingToRead, OtherLanguage, ReportError
from reportedly.ingest.moments import parse_moment
from reportedly.ingest.nesting import parse_html
from reportedly.ingest.page import decode, is_address, parse_page, plain
from reportedly.ingest.records import Given, clean, make_report
from reportedly.ingest.trace import other_language
from reportedly.model import Report

__all__ = ["Extractor", "fragment_text", "html_report", "text_report"]

Extractor = Literal["trafilatura", "resiliparse"]
_HEADER = re.compile(r"^(Publisher|Published|Headline|Title|Author|URL|Lang|Language|Corrects):[ \t]+(\S.*)$", re.I)


def html_report(
    raw: bytes, *, given: Given, origin: str, url: str | None = None, charset: str | None = None,
    extractor: Extractor = "trafilatura", collection: bool = False,
) -> Report:  # fmt: skip
    """Make a Report of a page: main text without boilerplate, metadata from its markup, the photo's caption kept.

    `url` is where it was fetched from. In a `collection` the page's own publisher and date win over what is given.
    Raises ReportError where the page has no main text, MissingDate where it has no date, OtherLanguage in a collection where
    the text is surely in none of the languages that are read, NothingToRead where `given.worth` says so of it: before
    what they do not need costs anything.
    """
    url = url if url and is_address(url) else None
    html = decode(raw, charset)
    tree = parse_html(html, origin, limits=given.limits)
    body = _main_text(html, tree, extractor)
    if not body.strip():
        raise ReportError(
            f"{origin}: the page has no main text (a menu, a form, or text that only a script would write)."
        )
    if collection and given.langs and (code := other_language(body, given.langs)):
        raise OtherLanguage(f"{origin}: the page is in another language ({code}).", code)
    page = parse_page(tree, html, url=url)
    title = _own_title(page.title, page.publisher)
    if page.caption and page.caption not in body:
        body = f"{page.caption}\n\n{body}"
    host = (urlsplit(page.url).hostname or "").removeprefix("www.") if page.url else ""
    own = page.publisher or host or None
    if collection and given.worth and own and page.published and len(body) <= given.limits.text:
        body = clean(body)
        if not given.worth(body):
            raise NothingToRead(f"{origin}: no passage of the page can hold a claim.", own.strip(), page.published.at)
    return make_report(
        body, given=given, origin=origin, raw=raw, url=page.url, headline=title, author=page.author, lang=None,
        publisher=own if collection else given.publisher or own,
        published=page.published if collection else given.published or page.published, caption=page.caption,
    )  # fmt: skip


def _main_text(html: str, tree: HTMLTree, extractor: Extractor) -> str:
    if extractor == "resiliparse":
        return str(extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False))
    import trafilatura  # 0.5 s to load

    # trafilatura puts one line to a paragraph; ours are apart by a blank line, as in every other form of report
    found = trafilatura.extract(html, include_comments=False, include_tables=False, include_formatting=False)
    return re.sub(r"\n+", "\n\n", found) if found else ""


def _own_title(title: str | None, publisher: str | None) -> str | None:
    """A page's title without the publisher's name behind a bar or dash."""
    if title and publisher:
        for bar in (" | ", " - ", " – ", " — ", " :: "):
            head, found, tail = title.rpartition(bar)
            if found and plain(tail).casefold() in (publisher.casefold(), f"the {publisher}".casefold()):
                return head
    return title


def fragment_text(html: str, origin: str) -> str:
    """The text of a scrap of HTML, as feeds carry it, with its paragraphs kept apart; ReportError where it nests too deep."""
    if "<" not in html and "&" not in html:
        return html.strip()
    text = str(extract_plain_text(parse_html(html, origin), main_content=False, alt_texts=False, list_bullets=False))
    return re.sub(r"[ \t]+\n", "\n", text).strip()


def text_report(raw: bytes, *, given: Given, origin: str, url: str | None = None) -> Report:
    """Make a Report of plain text in UTF-8 (or UTF-16 with its mark).

    The text may begin with header lines ("Publisher: ...", "Published: ...", "Headline:", "Author:", "URL:", "Lang:",
    "Corrects:") and a blank line; they are taken off. Raises ReportError for other encodings, naming the byte.
    """
    text = _decode_text(raw, origin)
    header, body = _header(text)
    published = header.get("published")
    stated = parse_moment(published, f"its header line 'Published: {published}'") if published else None
    if published and stated is None:
        raise ReportError(
            f"{origin}: its header says 'Published: {published}', which is no full date: write YYYY-MM-DD or ISO 8601 with offset."
        )
    return make_report(
        body, given=given, origin=origin, raw=raw, url=header.get("url") or url,
        publisher=given.publisher or header.get("publisher"), published=given.published or stated,
        headline=header.get("headline") or header.get("title"), author=header.get("author"),
        lang=header.get("lang") or header.get("language"), corrects=header.get("corrects"),
    )  # fmt: skip


def _decode_text(raw: bytes, origin: str) -> str:
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReportError(
            f"{origin}: byte {error.start:,} is not {encoding.removesuffix('-sig').upper()}: save the text as UTF-8."
        ) from None
    if "\0" in text[:4096]:
        raise ReportError(f"{origin}: this is not text.")
    return text


def _header(text: str) -> tuple[dict[str, str], str]:
    """Header lines at the very top, two or more or one that names publisher or date, and the text after them."""
    found: dict[str, str] = {}
    lines = text.replace("\r\n", "\n").split("\n", 12)
    for index, line in enumerate(lines):
        match = _HEADER.match(line)
        if match is None:
            ends = not line.strip() and ("publisher" in found or len(found) > 1)
            return (found, "\n".join(lines[index + 1 :])) if ends else ({}, text)
        found[match[1].lower()] = match[2].strip()
    return {}, text

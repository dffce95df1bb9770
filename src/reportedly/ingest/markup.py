"""What a page's metadata stand in, found in one pass over its text, without its tree: ten times as fast for what stands in a head.

Comments, scripts and styles are passed over as a browser would. What is read here is small and regular (meta tags, links,
blocks of JSON-LD); anything that nests is asked of the tree. Only tags in small letters are found: see `shouted`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

__all__ = ["LD_JSON", "Marked", "marked", "shouted"]

LD_JSON = "application/ld+json"
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_TAG_END = re.compile(r"""[^"'>]*+(?:(?:"[^"]*"|'[^']*')[^"'>]*+)*+>""")
_OPENING = re.compile(r"<[mlsf!](?:eta|ink|cript|tyle|igcaption|--)")  # what begins alike is told apart behind it
_CLOSING = {"<!--": "-->", "<script": "</script", "<style": "</style"}
_METAS, _SCRIPTS = 500, 20  # of a page that are looked at
_HEAD = 1024  # characters: a page that writes tags in capitals does so from its beginning


@dataclass(slots=True)
class Marked:
    """Attributes of a page's meta tags and canonical links, its JSON-LD, each in order, and whether it may have captions."""

    meta: list[dict[str, str]] = field(default_factory=list)
    canonical: list[dict[str, str]] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    captions: bool = False


def shouted(html: str) -> bool:
    """Whether a page writes tags in capitals, so that only its tree tells what is in it."""
    return any(tag in html[:_HEAD] for tag in ("<META", "<HEAD", "<HTML", "<TITLE", "<Meta", "<Head"))


def marked(html: str) -> Marked:
    """What stands in a page outside of comments, scripts and styles; names of attributes in small letters, of two alike the first."""
    found, at = Marked(), 0
    while (opening := _OPENING.search(html, at)) is not None:
        tag, at = opening[0], opening.end()
        if tag == "<figcaption":
            found.captions = True
        elif tag == "<!--" or tag == "<style":
            at = _behind(html, _CLOSING[tag], at)
        elif (end := _TAG_END.match(html, at)) is None:
            break
        elif tag == "<script":
            inside, start = end[0][:-1], end.end()
            at = _behind(html, _CLOSING[tag], start)
            if len(found.linked) < _SCRIPTS and LD_JSON in inside and _attributes(inside).get("type") == LD_JSON:
                found.linked.append(html[start : at - len(_CLOSING[tag])] if at < len(html) else html[start:])
        else:
            at = end.end()
            if end[0][0].isalnum():
                continue  # "<metadata"
            if tag == "<meta" and len(found.meta) < _METAS:
                found.meta.append(_attributes(end[0][:-1]))
            elif tag == "<link" and "canonical" in end[0]:
                found.canonical.append(_attributes(end[0][:-1]))
    return found


def _behind(html: str, closing: str, at: int) -> int:
    """Where what closes a comment or a script ends; the end of the page where nothing closes it."""
    end = html.find(closing, at)
    return len(html) if end < 0 else end + len(closing)


def _attributes(inside: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(inside):
        value = double or single or bare
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found

"""Markup that grows by the square of its length in the hands of a parser, and how it is kept from doing so.

Who looks for the main text of boxes in boxes looks at each from every one around it: a page of 200 KB that opens 40,000 takes over a
minute. And whoever parses as browsers do opens bold and italics again in every paragraph until they are closed, unless they are
alike: 2,000 paragraphs with a bold of its own make four million elements of 29 KB.
"""

from __future__ import annotations

import re
from typing import Any

from resiliparse.parse.html import HTMLTree, traverse_dom

from reportedly.errors import ReportError
from reportedly.ingest.limits import DEFAULT_LIMITS, Limits

__all__ = ["calm", "refuse_deep"]

_NESTING = re.compile(r"<(?:div|article|ul|ol|li)\b", re.I)  # boxes and lists, which pages nest and which cost so much


MANY = (
    1_000  # tags of a page above which it is calmed: below it cannot grow to more than some hundred thousand elements
)
_FORMATTING = re.compile(r"<(/?)(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])[^>]*+(?:>|\Z)", re.I)


def calm(html: str) -> str:
    """The same page with its bold, italics and the like as plain stretches, which no parser opens again; small pages as they are.

    Nothing is taken out, so that what is left of two tags makes no third one.
    """
    return html if html.count("<") <= MANY else _FORMATTING.sub(r"<\1span>", html)


class _TooDeepError(Exception):
    """Ends the walk through a page's tree."""


def refuse_deep(html: str, origin: str, *, tree: HTMLTree | None = None, limits: Limits = DEFAULT_LIMITS) -> None:
    """Raise ReportError for markup whose elements stand more than `limits.nesting` deep in one another.

    Only a page that opens so many of them is walked through, as hardly any does.
    """
    if html.count("<") <= limits.nesting or sum(1 for _ in _NESTING.finditer(html)) <= limits.nesting:
        return
    body = (tree if tree is not None else HTMLTree.parse(html)).body

    def entered(context: Any) -> None:
        if context.depth > limits.nesting:
            raise _TooDeepError

    try:
        if body is not None:
            traverse_dom(body, entered, elements_only=True)
    except _TooDeepError:
        raise ReportError(
            f"{origin}: its markup nests elements more than {limits.nesting:,} deep, as no article does; it is not read."
        ) from None

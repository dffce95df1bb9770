"""Markup that grows by the square of its length in the hands of a parser, and how it is kept from doing so.

Who looks for the main text of boxes in boxes looks at each from every one around it: tens of thousands keep it busy for minutes. And
whoever parses as browsers do opens bold and italics again in every paragraph until they are closed, unless they are alike: thousands
of paragraphs, each with a bold of its own, make millions of elements of some ten kilobytes.
"""

from __future__ import annotations

import re
from typing import Any

from resiliparse.parse.html import HTMLTree, traverse_dom

from reportedly.errors import ReportError
from reportedly.ingest.limits import DEFAULT_LIMITS, Limits

__all__ = ["calm", "parse_html"]

_NESTING = re.compile(r"<(?:div|article|ul|ol|li)\b", re.I)  # boxes and lists, which pages nest and which cost so much
MANY = 1_000  # tags of a page above which it is calmed: below it cannot grow to more than some 100,000 elements
_FORMATTING = re.compile(r"<(/?)(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])[^>]*+(?:>|\Z)", re.I)


def parse_html(html: str, origin: str, *, limits: Limits = DEFAULT_LIMITS) -> HTMLTree:
    """The tree of a page or a scrap of one; raises ReportError where elements stand more than `limits.nesting` deep in one another.

    Only markup of very many tags is looked at for either fault: anything smaller cannot grow to what hurts.
    """
    tags = html.count("<")
    tree = HTMLTree.parse(calm(html) if tags > MANY else html)
    if tags > limits.nesting and sum(1 for _ in _NESTING.finditer(html)) > limits.nesting:
        _refuse_deep(tree, origin, limits)
    return tree


def calm(html: str) -> str:
    """The same page with its bold, italics and the like as plain stretches, which no parser opens again.

    Nothing is taken out, so that what is left of two tags makes no third one.
    """
    return _FORMATTING.sub(r"<\1span>", html)


class _TooDeepError(Exception):
    """Ends the walk through a page's tree."""


def _refuse_deep(tree: HTMLTree, origin: str, limits: Limits) -> None:
    def entered(context: Any) -> None:
        if context.depth > limits.nesting:
            raise _TooDeepError

    try:
        if tree.body is not None:
            traverse_dom(tree.body, entered, elements_only=True)
    except _TooDeepError:
        raise ReportError(
            f"{origin}: its markup nests elements more than {limits.nesting:,} deep, as no article does; it is not read."
        ) from None

"""Tags found in the text of a page, against what the page's tree holds."""

from __future__ import annotations

import pytest
from resiliparse.parse.html import HTMLTree

from reportedly.ingest.markup import marked, shouted
from reportedly.ingest.page import decode, parse_page

KIND = "application/ld+json"


@pytest.mark.parametrize(
    "html",
    [
        '<head><meta name="author" content="A. Writer"><meta property=og:title content="One > two"/></head>',
        "<head><!-- <meta name=a content=b> --><meta name='b' content='c'><!-- <meta name=c content=d>--></head>",
        "<head><script>var a = '<meta name=a content=b>';</script><meta name=b content=c></head>",
        "<head><style>/* <meta name=a content=b> */</style><meta name=b content=c></head>",
        '<head><meta content="Caf&eacute; &amp; bar" name="title"></head><body><meta itemprop="datePublished" content="2024-05-06"></body>',
        "<head><metadata name=a><meta name=b content=c></head>",
        "<head><meta name=a\n content='b\nc'><meta NAME=d Content=e name=f></head>",
        "<head><meta name=a content=b><!-- never closed <meta name=c content=d>",
        "<head><meta>",
        """<head><meta name="a'b" content='c"d>e' lang="f"><meta name=g content="h">""",
        """<head><meta name="" content=''><meta name="b" content="c"x="d">""",
        "<p>none",
    ],
)
def test_meta_tags_are_those_of_the_tree(html: str) -> None:
    tree = HTMLTree.parse(html)
    expected = [
        {name.lower(): tag.getattr(name) for name in tag.attrs}
        for tag in tree.document.get_elements_by_tag_name("meta")
    ]
    assert marked(html).meta == expected


@pytest.mark.parametrize(
    "html",
    [
        f'<script>a < b</script><script type="{KIND}">{{"a": "<b>&amp;"}}</script>',
        f'<!-- <script type="{KIND}">no</script> --><script id=x type="{KIND}">yes</script><script>"{KIND}"</script>',
        f'<script type="text/plain">{KIND}</script><p>{KIND}</p><script type={KIND}>yes</script>',
        f'<script type="{KIND}">cut off',
        f"<p>{KIND}",
    ],
)
def test_scripts_are_those_of_the_tree(html: str) -> None:
    found = HTMLTree.parse(html).document.query_selector_all(f'script[type="{KIND}"]')
    assert marked(html).linked == [tag.text for tag in found]


@pytest.mark.parametrize(
    ("html", "captions"),
    [
        ("<figure><img src=a><figcaption>A bridge.</figcaption></figure>", True),
        (
            "<style>figcaption { color: red }</style><script>'<figcaption>'</script><!-- <figcaption> --><p>figcaption",
            False,
        ),
    ],
)
def test_captions_are_looked_for_where_a_page_has_them(html: str, captions: bool) -> None:
    assert marked(html).captions == captions


def test_the_canonical_link_is_the_first_of_its_kind() -> None:
    html = "<link rel=stylesheet href=canonical.css><!-- <link rel=canonical href=no> --><link href='/own' rel='canonical'><link rel=canonical href=b>"
    assert [tag["href"] for tag in marked(html).canonical if tag["rel"] == "canonical"] == ["/own", "b"]


def test_tags_in_capitals_are_asked_of_the_tree() -> None:
    html = (
        "<HTML><HEAD><META NAME=Author CONTENT='A. Writer'><LINK REL=canonical HREF='/own'>"
        f'<SCRIPT TYPE="{KIND}">{{"@type": "Article", "datePublished": "2024-05-06"}}</SCRIPT></HEAD>'
    )
    assert shouted(html)
    page = parse_page(HTMLTree.parse(html), html, url="https://example.org/")
    assert (page.author, page.url) == ("A. Writer", "https://example.org/own")
    assert page.published is not None
    assert page.published.at.isoformat() == "2024-05-06T00:00:00+00:00"


def test_hostile_markup_ends_in_time() -> None:
    """Openings without end, each of which might be searched to the end of the page."""
    for piece in (
        '<meta "',
        "<meta <!--",
        "<script>",
        f"<script {KIND}",
        "<!--",
        f"{KIND}<script",
        "<meta '\"",
        "<script></script>",
    ):
        html = piece * (200_000 // len(piece)) + "<meta name=a content=b>"
        marked(html)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"plain", "plain"),
        ("caf\u00e9 \ufffd".encode(), "caf\u00e9 \ufffd"),
        ("caf\u00e9s, \u0141\u00f3d\u017a \ufffd".encode(), "caf\u00e9s, \u0141\u00f3d\u017a \ufffd"),
        (b"\xef\xbb\xbf\xc3\xa9", "\u00e9"),
        (b"\xe9t\xe9", "\u00e9t\u00e9"),  # it says that it is, and is not
    ],
)
def test_a_page_in_utf8(raw: bytes, text: str) -> None:
    assert decode(raw, "utf-8") == text

"""Pages that nest their elements without end are refused before they cost anything."""

from __future__ import annotations

import datetime as dt

import pytest
from resiliparse.parse.html import HTMLTree

from reportedly.errors import ReportError
from reportedly.ingest.article import html_report
from reportedly.ingest.feeds import feed_reports
from reportedly.ingest.moments import Moment
from reportedly.ingest.nesting import calm
from reportedly.ingest.records import Given, SetAside

DAY = Moment(at=dt.datetime(2025, 5, 6, tzinfo=dt.UTC), precision="day", why="given")
GIVEN = Given(publisher="Example Wire", published=DAY)
STORY = "The army has taken the town of Examplia, the ministry said on Tuesday. Residents had left it weeks before."


@pytest.mark.parametrize("extractor", ["resiliparse", "trafilatura"])
@pytest.mark.parametrize("tag", ["div", "DIV", "article", "ul><li"])
def test_endless_nesting_is_refused(tag: str, extractor: str) -> None:
    page = f"<html><body>{f'<{tag}>' * 40_000}{STORY}</body></html>".encode()
    with pytest.raises(ReportError, match=r"page\.html: its markup nests elements more than 2,000 deep"):
        html_report(page, given=GIVEN, origin="page.html", extractor=extractor)  # type: ignore[arg-type]


def test_tags_that_close_what_stays_open_do_not_hide_it() -> None:
    page = f"<html><body>{'<div><object></div></object>' * 10_000}{STORY}</body></html>".encode()
    with pytest.raises(ReportError, match="nests elements"):
        html_report(page, given=GIVEN, origin="page.html", extractor="resiliparse")


def test_a_long_page_whose_boxes_stand_side_by_side_is_read() -> None:
    page = f"<html><body>{'<div>x</div>' * 3_000}<article><p>{STORY}</p></article></body></html>".encode()
    assert STORY in html_report(page, given=GIVEN, origin="page.html", extractor="resiliparse").text


def test_bold_that_nobody_closes_does_not_grow() -> None:
    bold = "".join(f"<p><B id={k}>x<i\tid={k}/>y" for k in range(600))
    grown, calmed = HTMLTree.parse(bold), HTMLTree.parse(calm(bold))
    assert len(calmed.document.get_elements_by_tag_name("b")) == 0
    assert len(calmed.document.query_selector_all("*")) < 4 * 600 + 10
    assert len(grown.document.query_selector_all("*")) > 100 * len(calmed.document.query_selector_all("*"))
    assert calm("<b <b <b") == "<span>"  # one tag that never ends
    assert calm('<<b a=">">b id=1></B\n><br><body><i') == '<<span>">b id=1></span><br><body><i'


def test_the_text_of_a_long_page_is_that_of_a_short_one() -> None:
    story = "<p>The <b class=x>army</b> has <em>taken</em> <a href=/x>the <strong>town</strong></a> of Examplia, it said.</p>"
    long, short = (
        html_report(f"<html><body><article>{story}{'<p>More of it.</p>' * n}</article></body></html>".encode(), given=GIVEN,
                    origin="page.html", extractor="resiliparse").text
        for n in (1_000, 10)
    )  # fmt: skip
    assert long.startswith(short)
    assert "The army has taken the town of Examplia, it said." in short


def test_an_entry_of_a_feed_that_nests_too_deep_is_set_aside_and_the_next_one_read() -> None:
    entry = (
        "<item><title>Day</title><description>{}</description><pubDate>Tue, 06 May 2025 10:00:00 GMT</pubDate></item>"
    )
    deep, plain = "&lt;ul&gt;&lt;li&gt;" * 20_000 + STORY, f"&lt;p&gt;{STORY}&lt;/p&gt;"
    feed = f'<rss version="2.0"><channel><title>X</title>{entry.format(deep)}{entry.format(plain)}</channel></rss>'
    first, second = feed_reports(feed.encode(), given=GIVEN, origin="feed.xml")
    assert isinstance(first, SetAside)
    assert first.reason.startswith("feed.xml#1: its markup nests elements")
    assert not isinstance(second, SetAside)
    assert STORY in second.text

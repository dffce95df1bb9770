"""Following feeds: what is asked, when, and what survives restarts and clocks that jump."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from reportedly.errors import InputError
from reportedly.ingest.watch import HOST_DELAY, Clock, Looked, Watcher
from reportedly.model import Report

ITEM = "<item><title>Town {0} retaken</title><guid>{0}</guid><link>{1}</link><pubDate>Thu, 02 Jan 2025 0{0}:00:00 GMT</pubDate><description>The army said that it had retaken the town number {0} from the rebels.</description></item>"


def feed(*numbers: int, link: str = "") -> str:
    items = "".join(ITEM.format(n, link) for n in numbers)
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Sample</title>{items}</channel></rss>"


@dataclass
class Hands:
    """A clock whose hands the test moves; sleeping moves them."""

    wall: float = 1_700_000_000.0
    steady: float = 100.0
    luck: float = 0.5
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.steady += seconds
        self.wall += seconds

    def clock(self) -> Clock:
        return Clock(wall=lambda: self.wall, steady=lambda: self.steady, sleep=self.sleep, chance=lambda: self.luck)


@dataclass
class Setting:
    site: Any
    hands: Hands
    path: Path
    told: list[Looked] = field(default_factory=list)

    def watcher(self, *feeds: str, **options: Any) -> Watcher:
        options.setdefault("state", self.path / "watch.json")
        return Watcher(feeds or (self.site.base + "/feed",), allow_private=True, clock=self.hands.clock(), **options)

    def once(self, watcher: Watcher) -> list[str]:
        """Run what is due; the ids of the reports told."""
        before = len(self.told)
        watcher.run(self.told.append, once=True)
        return [r.native_id or "" for looked in self.told[before:] for r in looked.found if isinstance(r, Report)]

    def paths(self) -> list[str]:
        return [path for path, _ in self.site.asked]


@pytest.fixture
def setting(site: Any, tmp_path: Path) -> Setting:
    site.page(
        "/feed", feed(1, 2), kind="application/rss+xml", ETag='"v1"', Last_Modified="Thu, 02 Jan 2025 00:00:00 GMT"
    )
    return Setting(site=site, hands=Hands(), path=tmp_path)


def test_only_what_is_new_is_told_and_only_when_due(setting: Setting) -> None:
    watcher = setting.watcher()
    assert setting.once(watcher) == ["1", "2"]
    assert setting.once(watcher) == []  # not due: nothing is asked
    assert setting.paths() == ["/robots.txt", "/feed"]
    setting.site.page("/feed", feed(3, 2, 1), kind="application/rss+xml")
    setting.hands.sleep(901)
    assert setting.once(watcher) == ["3"]
    conditions = setting.site.asked[-1][1]
    assert conditions["if-none-match"] == '"v1"'
    assert conditions["if-modified-since"] == "Thu, 02 Jan 2025 00:00:00 GMT"
    assert "reportedly" in conditions["user-agent"]


def test_not_modified_is_no_failure(setting: Setting) -> None:
    watcher = setting.watcher()
    setting.once(watcher)
    setting.site.page("/feed", "", status=304)
    setting.hands.sleep(901)
    assert setting.once(watcher) == []
    assert setting.told[-1].note == ""
    assert watcher._kept[setting.site.base + "/feed"].etag == '"v1"'


def test_a_restart_neither_repeats_nor_forgets(setting: Setting) -> None:
    setting.once(setting.watcher())
    setting.hands.steady = 7.0  # another process: the steady clock begins anew
    setting.hands.wall += 300
    assert setting.once(setting.watcher()) == []
    assert setting.paths().count("/feed") == 1
    setting.hands.wall += 700
    setting.site.page("/feed", feed(2, 5), kind="application/rss+xml")
    assert setting.once(setting.watcher()) == ["5"]


def test_what_was_not_taken_is_told_again(setting: Setting) -> None:
    def killed(looked: Looked) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        setting.watcher().run(killed, once=True)
    assert setting.once(setting.watcher()) == ["1", "2"]


@pytest.mark.parametrize("jump", [-40 * 86400.0, 40 * 86400.0])
def test_a_wall_clock_that_jumps_neither_silences_nor_rushes(setting: Setting, jump: float) -> None:
    watcher = setting.watcher()
    setting.once(watcher)
    setting.hands.wall += jump
    assert setting.once(watcher) == []  # running: only the steady clock counts
    again = setting.watcher()  # restarted: due within one interval at most
    setting.hands.steady += 901
    setting.once(again)
    assert setting.paths().count("/feed") == 2


def test_robots_are_obeyed(setting: Setting) -> None:
    setting.site.page("/robots.txt", "User-agent: *\nDisallow: /feed\n", kind="text/plain")
    watcher = setting.watcher()
    assert setting.once(watcher) == []
    assert "robots.txt" in setting.told[-1].note
    assert setting.paths() == ["/robots.txt"]
    setting.site.page("/robots.txt", "", status=503)
    assert setting.once(setting.watcher(state=setting.path / "other.json")) == []
    assert setting.paths() == ["/robots.txt", "/robots.txt"]  # a server in trouble is left alone


def test_a_redirect_is_followed_only_where_the_other_host_permits_and_in_its_turn(
    setting: Setting, elsewhere: Any
) -> None:
    target = elsewhere.page("/moved", feed(8), kind="application/rss+xml")
    setting.site.page("/feed", "", status=302, Location=target)
    elsewhere.page("/robots.txt", "User-agent: *\nDisallow: /moved\n", kind="text/plain")
    assert setting.once(setting.watcher()) == []
    assert "does not permit" in setting.told[-1].note
    assert [path for path, _ in elsewhere.asked] == ["/robots.txt"]
    elsewhere.page("/robots.txt", "User-agent: *\nCrawl-delay: 17\n", kind="text/plain")
    assert setting.once(setting.watcher(state=setting.path / "other.json")) == ["8"]
    assert [path for path, _ in elsewhere.asked] == ["/robots.txt", "/robots.txt", "/moved"]
    assert setting.hands.slept[-1] >= 17  # the wait is not taken from the time that an answer may take


@pytest.mark.parametrize(("luck", "wait"), [(0.0, 810.0), (1.0, 990.0)])
def test_looks_are_moved_by_chance(setting: Setting, luck: float, wait: float) -> None:
    setting.hands.luck = luck
    watcher = setting.watcher()
    setting.once(watcher)
    assert watcher._kept[setting.site.base + "/feed"].wait == pytest.approx(wait)
    setting.site.page("/feed", "", status=500)
    setting.hands.sleep(wait + 1)
    setting.once(watcher)
    assert watcher._kept[setting.site.base + "/feed"].wait == pytest.approx(2 * wait)


def test_a_host_is_given_time_between_requests(setting: Setting) -> None:
    setting.site.page("/robots.txt", "User-agent: *\nCrawl-delay: 12\n", kind="text/plain")
    setting.site.page("/second", feed(7), kind="application/rss+xml")
    setting.once(setting.watcher(setting.site.base + "/feed", setting.site.base + "/second"))
    assert setting.paths() == ["/robots.txt", "/feed", "/second"]
    assert setting.hands.slept[0] >= 12 > HOST_DELAY
    assert setting.hands.slept[1] >= 12


def test_errors_back_off_and_heal(setting: Setting) -> None:
    setting.site.page("/feed", "", status=500)
    watcher = setting.watcher()
    waits = []
    for _ in range(9):
        setting.once(watcher)
        waits.append(watcher._kept[setting.site.base + "/feed"].wait)
        setting.hands.sleep(waits[-1] + 1)
    assert waits[:3] == [1800, 3600, 7200]
    assert waits[-1] == 86400
    setting.site.page("/feed", "", status=429, Retry_After="90000")
    setting.once(watcher)
    assert watcher._kept[setting.site.base + "/feed"].wait == 90000
    setting.hands.sleep(90001)
    setting.site.page("/feed", feed(4), kind="application/rss+xml")
    assert setting.once(watcher) == ["4"]
    assert watcher._kept[setting.site.base + "/feed"].wait == 900


def test_a_page_or_a_broken_feed_in_its_place_is_an_error_and_asked_for_whole_again(setting: Setting) -> None:
    address = setting.site.base + "/feed"
    watcher = setting.watcher()
    for body, kind in (
        ("<html><body><p>Please log in to go on reading.</p></body></html>", "text/html"),
        ("<rss", "application/rss+xml"),
    ):
        setting.site.page("/feed", body, kind=kind, ETag='"wrong"')
        assert setting.once(watcher) == []
        assert setting.told[-1].note
        assert setting.told[-1].found == ()
        assert (watcher._kept[address].etag, watcher._kept[address].failures > 0) == ("", True)
        setting.hands.sleep(watcher._kept[address].wait + 1)
    setting.site.page("/feed", feed(4), kind="application/rss+xml")
    assert setting.once(watcher) == ["4"]
    assert "if-none-match" not in setting.site.asked[-1][1]


def test_a_date_until_which_a_host_is_to_be_left_alone_holds_for_all_its_feeds(setting: Setting) -> None:
    other = setting.site.base + "/other"
    watcher = setting.watcher(setting.site.base + "/feed", other)
    setting.site.page("/other", feed(5), kind="application/rss+xml")
    later = formatdate(setting.hands.wall + 20_000, usegmt=True)
    setting.site.page("/feed", "", status=503, Retry_After=later)
    assert setting.once(watcher) == []
    assert 19_900 < watcher._kept[setting.site.base + "/feed"].wait <= 20_000
    assert "/other" not in setting.paths()
    setting.hands.sleep(10_000)
    assert setting.once(watcher) == []
    setting.site.page("/feed", feed(4), kind="application/rss+xml")
    setting.hands.sleep(10_001)
    assert setting.once(watcher) == ["4", "5"]


def test_years_of_failures_still_wait_a_day(setting: Setting) -> None:
    setting.site.page("/feed", "", status=500)
    watcher = setting.watcher()
    watcher._kept[setting.site.base + "/feed"].failures = 5_000
    setting.once(watcher)
    assert watcher._kept[setting.site.base + "/feed"].wait == 86_400


def test_a_host_that_has_had_too_much_to_answer_for_its_robots_is_not_asked(setting: Setting) -> None:
    setting.site.page("/robots.txt", "", status=429)
    assert setting.once(setting.watcher()) == []
    assert setting.paths() == ["/robots.txt"]


def test_a_rate_in_robots_is_a_delay_and_the_case_of_a_host_is_none(setting: Setting) -> None:
    setting.site.page("/robots.txt", "User-agent: *\nRequest-rate: 1/30\n", kind="text/plain")
    setting.site.page("/second", feed(7), kind="application/rss+xml")
    loud = setting.site.base.replace("127.0.0.1", "LOCALHOST")
    setting.once(setting.watcher(loud + "/feed", loud.lower() + "/second"))
    assert setting.paths() == ["/robots.txt", "/feed", "/second"]
    assert setting.hands.slept[-1] >= 30


def test_articles_are_fetched_where_permitted(setting: Setting, page: Any) -> None:
    link = setting.site.page("/story", page("Army retakes airport"))
    setting.site.page("/feed", feed(1, link=link), kind="application/rss+xml")
    setting.once(setting.watcher(articles=True))
    (report,) = setting.told[-1].found
    assert isinstance(report, Report)
    assert (report.url, report.publisher) == (link, "Sample")
    assert "airport of the capital" in report.text
    setting.site.page("/robots.txt", "User-agent: *\nDisallow: /story\n", kind="text/plain")
    setting.once(setting.watcher(articles=True, state=setting.path / "other.json"))
    (report,) = setting.told[-1].found
    assert isinstance(report, Report)
    assert "town number 1" in report.text


def test_an_entry_that_leads_to_no_address_is_read_by_itself(setting: Setting) -> None:
    setting.site.page("/feed", feed(1, link="http://["), kind="application/rss+xml")
    assert setting.once(setting.watcher(articles=True)) == ["1"]


@pytest.mark.parametrize("address", ["ftp://a.example/feed", "a.example/feed", "http://", "http://["])
def test_what_is_no_address_of_a_feed_is_told_at_once(setting: Setting, address: str) -> None:
    with pytest.raises(InputError, match=r"address"):
        setting.watcher(address)


def test_why_nothing_is_asked_of_a_host_is_told(setting: Setting) -> None:
    watcher = Watcher([setting.site.base + "/feed"], state=setting.path / "w.json", clock=setting.hands.clock())
    setting.once(watcher)
    assert "--allow-private permits it" in setting.told[-1].note


def test_a_wait_that_is_no_number_is_passed_over(setting: Setting) -> None:
    setting.site.page("/feed", "", status=503, Retry_After="²")
    setting.once(setting.watcher())
    assert "503" in setting.told[-1].note


def test_coverage_counts_new_reports_by_source_and_day_and_notes_silence(setting: Setting) -> None:
    def covered() -> list[tuple[str, str, int]]:
        return [(source, day.isoformat(), number) for source, day, number in setting.told[-1].coverage()]

    watcher = setting.watcher()
    setting.once(watcher)
    assert covered() == [("Sample", "2023-11-14", 0), ("Sample", "2025-01-02", 2)]
    setting.site.page("/feed", "", status=304)
    setting.hands.sleep(86_400)
    setting.once(setting.watcher())  # a restart remembers whose feed it is
    assert covered() == [("Sample", "2023-11-15", 0)]
    setting.site.page("/feed", "", status=500)
    setting.hands.sleep(86_400)
    setting.once(watcher)
    assert covered() == []  # not answered: that says nothing about the source


def test_a_broken_state_is_moved_aside_and_said(setting: Setting) -> None:
    state = setting.path / "watch.json"
    state.write_text("{half")
    with pytest.raises(InputError, match="moved"):
        setting.watcher()
    assert setting.path.joinpath("watch.broken").read_text() == "{half"
    assert setting.once(setting.watcher()) == ["1", "2"]
    assert json.loads(state.read_text())["feeds"]

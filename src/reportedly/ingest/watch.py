"""Following feeds politely: ask only for what changed, obey robots.txt, wait, back off, forget nothing.

Waiting goes by the steady clock; the wall clock is only written down so that a restart knows what is due, and a jump of
it (back or far ahead) makes a feed due at most once, never silent for days and never asked in a rush.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from reportedly.errors import FetchRefused, InputError, ReportedlyError, ReportError
from reportedly.ingest.fetch import AGENT, Answer, Bounds, fetch
from reportedly.ingest.records import Given, SetAside
from reportedly.ingest.sources import form_of, load_answer
from reportedly.model import Report

__all__ = ["Clock", "Looked", "Watcher"]

HOST_DELAY = 5.0  # seconds between two requests to one host, unless its robots.txt asks for more
BACK_OFF_MAX = 24 * 3600.0
ROBOTS_FOR = 24 * 3600.0  # how long a robots.txt is believed
SEEN_MAX = 5_000  # entries remembered of a feed: far more than any feed carries
TOO_MANY = 429
JITTER = 0.1  # share of the interval by which each look is moved, so that feeds do not march in step


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The clocks and the waiting; tests bring their own."""

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One look at a feed: the new reports and what was set aside; `note` says why there may be none."""

    feed: str
    found: tuple[Report | SetAside, ...] = ()
    note: str = ""
    source: str = ""  # the publisher of what the feed brought last
    day: dt.date | None = None  # of the look

    def coverage(self) -> Iterator[tuple[str, dt.date, int]]:
        """How many new reports of which source and day this look brought: none today, too, if it was answered."""
        counts = Counter((r.publisher, r.published.date()) for r in self.found if isinstance(r, Report))
        if self.source and self.day and not self.note:
            counts[self.source, self.day] += 0
        for (source, day), number in sorted(counts.items()):
            yield source, day, number


@dataclass(slots=True)
class _Feed:
    """What is kept of a feed between looks."""

    etag: str = ""
    modified: str = ""
    looked: float = 0.0  # wall clock of the last look
    failures: int = 0
    wait: float = 0.0  # seconds until the next look, counted from the last
    seen: list[str] = field(default_factory=list)
    source: str = ""


class Watcher:
    """Looks at feeds when they are due. State is one JSON file, replaced whole after each look."""

    def __init__(
        self, feeds: Sequence[str], *, state: Path, every: float = 900.0, articles: bool = False, publisher: str | None = None,
        allow_private: bool = False, clock: Clock = Clock(), bounds: Bounds = Bounds(),  # noqa: B008 - frozen
    ) -> None:  # fmt: skip
        self.feeds, self.state_path, self.every, self.articles = list(dict.fromkeys(feeds)), state, every, articles
        self.publisher, self.allow_private, self.clock, self.bounds = publisher, allow_private, clock, bounds
        for feed in self.feeds:
            if not _host(feed) or urlsplit(feed).scheme not in ("http", "https"):
                raise InputError(f"{feed}: this is no address of a feed: write it with http:// or https://.")
        self._kept = self._load()
        self._robots: dict[str, tuple[float, RobotFileParser]] = {}
        self._asked: dict[str, float] = {}  # host → steady clock of the last request
        start = clock.steady()
        self._due = {feed: start + self._remaining(self._kept[feed]) for feed in self.feeds}

    def run(self, tell: Callable[[Looked], None], *, once: bool = False) -> None:
        """Look at each feed whenever it is due and tell what was found; with `once`, at those due now.

        A look is written down as done only after `tell` returned: killed in between, it is told again.
        """
        while True:
            feed = min(self.feeds, key=lambda f: (self._due[f], f))
            ahead = self._due[feed] - self.clock.steady()
            if once and ahead > 0:
                return
            if ahead > 0:
                self.clock.sleep(ahead)
            self.look(feed, tell)

    def look(self, feed: str, tell: Callable[[Looked], None]) -> None:
        """One look at one feed."""
        kept = self._kept[feed]
        looked, seen = self._look(feed, kept)
        tell(looked)
        kept.seen = [*dict.fromkeys([*seen, *kept.seen])][:SEEN_MAX]
        kept.looked = self.clock.wall()
        self._due[feed] = self.clock.steady() + kept.wait
        self._save()

    def _look(self, feed: str, kept: _Feed) -> tuple[Looked, list[str]]:
        """Ask, and sort out what is new. Sets the feed's wait; returns the look and the keys of the entries now seen."""
        kept.wait = self.every * (1 + JITTER * (2 * self.clock.chance() - 1))
        try:
            if not self._allowed(feed):
                kept.wait = max(kept.wait, ROBOTS_FOR)
                return Looked(feed=feed, note="its host's robots.txt does not permit it"), []
            conditions = {k: v for k, v in (("If-None-Match", kept.etag), ("If-Modified-Since", kept.modified)) if v}
            answer = self._ask(feed, conditions)
            items = [] if answer.status == 304 else self._items(answer)
        except ReportedlyError as error:
            kept.failures += 1
            kept.wait = self._back_off(kept.failures, error)
            self._spare(feed, error)
            return Looked(feed=feed, note=f"{error} Next look in {kept.wait / 60:.0f} minutes."), []
        kept.failures = 0
        day = dt.datetime.fromtimestamp(self.clock.wall(), dt.UTC).date()
        if answer.status == 304:
            return Looked(feed=feed, source=kept.source, day=day), []
        kept.etag, kept.modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
        known, found, seen = set(kept.seen), [], []
        for item in items:
            key = (
                item.id
                if isinstance(item, Report)
                else f"{item.origin.rpartition('#')[0]} {item.reason.partition(': ')[2]}"
            )
            seen.append(key)
            kept.source = item.publisher if isinstance(item, Report) else kept.source
            if key not in known:
                found.append(item)
        if self.articles:
            found = [self._article(item) if isinstance(item, Report) else item for item in found]
        return Looked(feed=feed, found=tuple(found), source=kept.source, day=day), seen

    def _items(self, answer: Answer) -> list[Report | SetAside]:
        """What a feed holds. Raises ReportError for a page (of a login, of an error) or a broken feed in its place, so that it is
        asked for whole again and not taken for seen.
        """
        if form_of(answer.body[:4096], answer.url, answer.content_type) == "html":
            raise ReportError(f"{answer.url}: this is a page, no feed.")
        items = list(load_answer(answer, given=self._given()))
        if len(items) == 1 and isinstance(items[0], SetAside) and items[0].origin == answer.url:
            raise items[0].error or ReportError(items[0].reason)
        return items

    def _spare(self, feed: str, error: ReportedlyError) -> None:
        """Leave all feeds of a host alone for as long as it asked when it refused one of them."""
        until = self.clock.steady() + min(BACK_OFF_MAX, self._retry_after(error))
        for other in self.feeds:
            if other != feed and _host(other) == _host(feed):
                self._due[other] = max(self._due[other], until)

    def _given(self) -> Given:
        return Given(publisher=self.publisher, received=dt.datetime.fromtimestamp(self.clock.wall(), dt.UTC))

    def _article(self, entry: Report) -> Report | SetAside:
        """The page behind an entry, or the entry itself where the page may not be fetched or holds no article."""
        if not entry.url:
            return entry
        try:
            if not self._allowed(entry.url):
                return entry
            answer = self._ask(entry.url, {})
            given = Given(publisher=entry.publisher, received=entry.received)
            found = [r for r in load_answer(answer, given=given, published=entry.published) if isinstance(r, Report)]
        except ReportedlyError:
            return entry
        return found[0] if len(found) == 1 and len(found[0].text) > len(entry.text) else entry

    def _ask(self, address: str, conditions: dict[str, str], *, robots: bool = True) -> Answer:
        """One request, after the host's delay; where it is redirected, the same holds of the host it leads to."""

        def permit(hop: str) -> None:
            self._asked[_host(address)] = self.clock.steady()
            if robots and not self._allowed(hop):
                raise FetchRefused(f"{hop}: its host's robots.txt does not permit it ({address} leads there).")
            self._wait_for(hop)

        self._wait_for(address)
        try:
            return fetch(
                address, allow_private=self.allow_private, headers=conditions, bounds=self.bounds, permit=permit
            )
        finally:
            self._asked[_host(address)] = self.clock.steady()

    def _wait_for(self, address: str) -> None:
        """Wait until a host may be asked again, and note that it is."""
        host = _host(address)
        _, robots = self._robots.get(self._root(address), (0.0, RobotFileParser()))
        delay = max(HOST_DELAY, _asked_delay(robots))
        ahead = self._asked.get(host, float("-inf")) + min(delay, 300.0) - self.clock.steady()
        if ahead > 0:
            self.clock.sleep(ahead)
        self._asked[host] = self.clock.steady()

    @staticmethod
    def _root(address: str) -> str:
        host = _host(address)
        return f"{urlsplit(address).scheme}://{host}"

    def _allowed(self, address: str) -> bool:
        """Whether robots.txt permits the address: none (4xx) permits all, a server that fails or has had too much
        permits nothing for now.
        """
        root = self._root(address)
        read, robots = self._robots.get(root, (float("-inf"), RobotFileParser()))
        if self.clock.steady() - read > ROBOTS_FOR:
            robots = RobotFileParser()
            try:
                answer = self._ask(f"{root}/robots.txt", {}, robots=False)
                robots.parse(answer.body[:500_000].decode("utf-8", "replace").splitlines())
            except InputError as error:
                status = _status(error)
                if status is None or status >= 500 or status == TOO_MANY:
                    raise ReportError(
                        f"{root}/robots.txt cannot be read now, so nothing is asked of this host: {error}"
                    ) from error
                robots.parse([])
            self._robots[root] = (self.clock.steady(), robots)
        return robots.can_fetch(AGENT, address)

    def _back_off(self, failures: int, error: ReportedlyError) -> float:
        """Doubling from the interval to a day, moved by chance; a server's Retry-After counts if it is longer."""
        wait = min(BACK_OFF_MAX, self.every * 2 ** min(failures, 20)) * (1 + JITTER * (2 * self.clock.chance() - 1))
        return float(min(BACK_OFF_MAX * (1 + JITTER), max(wait, self._retry_after(error))))

    def _retry_after(self, error: ReportedlyError) -> float:
        """Seconds a server asked to be left alone, be it as their number or as a date."""
        value = _note(error, "retry-after")
        if value.isascii() and value.isdigit():
            return float(value[:12])
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - self.clock.wall()) if value else 0.0
        except (ValueError, OverflowError):
            return 0.0

    def _remaining(self, kept: _Feed) -> float:
        """Seconds until a feed is due after a restart; a wall clock that went back or leapt makes it due within its wait."""
        if not kept.looked:
            return 0.0
        passed = self.clock.wall() - kept.looked
        return max(0.0, kept.wait - passed) if passed >= 0.0 else min(kept.wait, float(self.every))

    def _load(self) -> dict[str, _Feed]:
        """Read the state; a file that is broken is put aside under another name and said so."""
        raw: dict[str, Any] = {}
        if self.state_path.exists():
            try:
                raw = json.loads(self.state_path.read_bytes())["feeds"]
                return {feed: _Feed(**raw.get(feed, {})) for feed in {*self.feeds, *raw}}
            except (ValueError, KeyError, TypeError, AttributeError):
                aside = self.state_path.with_suffix(".broken")
                self.state_path.replace(aside)
                raise InputError(f"{self.state_path} is broken and was moved to {aside}: start again.") from None
        return {feed: _Feed() for feed in self.feeds}

    def _save(self) -> None:
        self.state_path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.state_path.with_name(f".{self.state_path.name}.{os.getpid()}")
        with temporary.open("w", encoding="utf-8") as file:
            json.dump({"feeds": {k: asdict(v) for k, v in self._kept.items()}}, file, indent=1)
            file.flush()
            os.fsync(
                file.fileno()
            )  # a file that is put in its place before its bytes are on disk may be empty after a power cut
        temporary.replace(self.state_path)


def _host(address: str) -> str:
    """Host and port, as one writes them. Raises FetchRefused for what is no address, as a feed may hold."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError as error:
        raise FetchRefused(f"{address[:200]}: this is no address that can be fetched ({error}).") from None


def _asked_delay(robots: RobotFileParser) -> float:
    """Seconds between two requests that a robots.txt asks for, as a delay or as a rate."""
    if not robots.mtime():
        return 0.0
    rate = robots.request_rate(AGENT)
    return max(float(robots.crawl_delay(AGENT) or 0), rate.seconds / max(1, rate.requests) if rate else 0.0)


def _note(error: ReportedlyError, name: str) -> str:
    """A value that `fetch` noted on its error."""
    for note in getattr(error, "__notes__", ()):
        for part in note.split(" ", 1):
            key, _, value = part.partition("=")
            if key == name:
                return str(value)
    return ""


def _status(error: ReportedlyError) -> int | None:
    value = _note(error, "status")
    return int(value) if value.isdigit() else None

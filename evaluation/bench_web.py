"""The page and the API on a large ledger of made-up claims: 30,000 settlements, 100,000 changes, 1 million claims.

    python -m evaluation.bench_web [--claims 1000000] [--places 30000] [--work var/bench-web] [--no-browser]

The ledger is made once per size and kept in the work folder; nothing in it is real. Prints one line a figure.
Times are of this machine in software rendering; p95 over requests that each differ, after the server is warm.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from reportedly.ledger import Ledger
from reportedly.model import Attribution, Claim, Place, PlaceKind, PlaceRef, Quoting, Reading, Relation, Report, Span
from reportedly.publish.guard import Limits
from reportedly.publish.server import create_app, run_in_thread
from reportedly.publish.views import DEFAULT_POLICY
from reportedly.publish.wording import Lexicon

FIRST = dt.date(2022, 2, 24)
DAYS = 1200
SOURCES = [f"Source {i}" for i in range(400)]
PER_REPORT = 50
FLAGS = [
    "--enable-unsafe-swiftshader",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class MadeUp:
    """A gazetteer of settlements strewn over a country that is not there."""

    def __init__(self, number: int) -> None:
        draw = random.Random(7)  # noqa: S311 - made-up data
        self.places = {}
        for i in range(1, number + 1):
            lat, lon = 44.5 + 7.5 * draw.random(), 22.5 + 17 * draw.random()
            self.places[i] = Place(
                id=i, name=f"{draw.choice('ABDKLMNOPSTV')}{draw.choice(['rod', 'lyn', 'sto', 'vil', 'mar'])}{i}", kind=PlaceKind.SETTLEMENT,
                lat=round(lat, 4), lon=round(lon, 4), feature="PPL", country="UA", admin1_name=f"Region {i % 25}", population=int(10 ** (1 + 4 * draw.random() ** 3)),
            )  # fmt: skip

    def place(self, place_id: int) -> Place | None:
        """A place by id."""
        return self.places.get(place_id)

    def names(self, _place_id: int) -> tuple[Any, ...]:
        """No other names."""
        return ()

    def members(self, _region_id: int) -> frozenset[int]:
        """No regions."""
        return frozenset()

    def polygon(self, _region_id: int) -> str | None:
        """No regions."""
        return None

    def find(self, _name: str, *, fuzzy: bool = True) -> tuple[Any, ...]:  # noqa: ARG002 - the gazetteer's signature
        """Nothing is searched for here."""
        return ()


def made_up(claims: int, places: int) -> Iterator[tuple[Report, Reading]]:
    """Reports over DAYS days; a place changes hands a few times, so that there are about 100,000 changes at full size."""
    draw = random.Random(11)  # noqa: S311 - made-up data
    holder = {i: "RU" if i % 3 == 0 else "UA" for i in range(1, places + 1)}
    turn = 100_000 / 1_000_000
    reports = claims // PER_REPORT
    for number in range(reports):
        day = FIRST + dt.timedelta(days=number * DAYS // reports)
        sentences, rows = [], []
        for _ in range(PER_REPORT):
            place_id = draw.randint(1, places)
            if draw.random() < turn:
                holder[place_id] = "UA" if holder[place_id] == "RU" else "RU"
                relation = Relation.TAKES
            else:
                relation = Relation.HOLDS
            source = draw.choice(SOURCES)
            sentences.append(f"{source} said {holder[place_id]} {relation} place {place_id}.")
            rows.append((place_id, holder[place_id], relation, source))
        report = Report(
            publisher=f"Paper {number % 60}", published=dt.datetime.combine(day, dt.time(number % 24), dt.UTC), text=" ".join(sentences),
            url=f"https://example.org/{number}", headline=f"Report {number}",
        )  # fmt: skip
        found, at = [], 0
        for sentence, (place_id, party, relation, source) in zip(sentences, rows, strict=True):
            found.append(
                Claim(
                    report_id=report.id, published=report.published, publisher=report.publisher, relation=relation, party=party,
                    place=PlaceRef(words=f"place {place_id}", place_id=place_id, name=f"place {place_id}", probability=0.9),
                    span=Span(start=at, end=at + len(sentence)), quote=sentence, reader="reportedly/bench",
                    attribution=Attribution(source=source, side="UA" if ord(source[-1]) % 2 else "RU", cue="said", quoting=Quoting.PARAPHRASE),
                )
            )  # fmt: skip
            at += len(sentence) + 1
        yield report, Reading(report_id=report.id, reader="reportedly/bench", claims=tuple(found))


def filled(work: Path, claims: int, places: int) -> Ledger:
    """The made-up ledger, made once."""
    path, done = work / f"ledger-{claims}-{places}.sqlite", work / f"ledger-{claims}-{places}.done"
    if not done.exists():
        work.mkdir(parents=True, exist_ok=True)
        for stale in work.glob(f"{path.name}*"):
            stale.unlink()
        ledger, batch, begun = Ledger.open(path), [], time.perf_counter()
        for number, item in enumerate(made_up(claims, places), 1):
            batch.append(item)
            if len(batch) == 400:
                ledger.append(batch)
                batch = []
                print(f"  made {number * PER_REPORT:,} claims, {time.perf_counter() - begun:.0f} s", flush=True)
        if batch:
            ledger.append(batch)
        ledger.close()
        done.touch()
    return Ledger.open(path)


def p95(times: list[float]) -> float:
    """The 95th percentile in milliseconds."""
    return sorted(times)[max(0, int(len(times) * 0.95) - 1)] * 1000


def asked(base: str, addresses: list[str]) -> list[float]:
    """Seconds per request, one after another."""
    out = []
    with httpx.Client(base_url=base, timeout=120, headers={"accept-encoding": "gzip, br"}) as client:
        for address in addresses:
            begun = time.perf_counter()
            answer = client.get(address)
            answer.raise_for_status()
            out.append(time.perf_counter() - begun)
    return out


def questions(places: int) -> dict[str, list[str]]:
    """Requests by kind; every one differs."""
    draw = random.Random(3)  # noqa: S311 - which pages to ask for

    def box() -> str:
        west, south = round(23 + 14 * draw.random(), 2), round(45 + 5 * draw.random(), 2)
        return f"{west},{south},{west + 2:.2f},{south + 1:.2f}"

    def day() -> str:
        return (FIRST + dt.timedelta(days=draw.randrange(DAYS))).isoformat()

    number = 60
    return {
        "claims_json": [
            f"/claims.json?party={draw.choice(['RU', 'UA'])}&offset={100 * draw.randrange(2000)}" for _ in range(number)
        ],
        "claims_by_source": [f"/claims.json?source=Source+{draw.randrange(400)}&relation=takes" for _ in range(number)],
        "facets": [f"/api/facets?party={draw.choice(['RU', 'UA'])}&since={day()}" for _ in range(number)],
        "claims_items_bbox": [f"/collections/claims/items?bbox={box()}&limit=100" for _ in range(number)],
        "places_items": [
            f"/collections/places/items?valid_at={day()}&limit=100&offset={100 * draw.randrange(200)}"
            for _ in range(number)
        ],
        "place_page": [f"/places/{draw.randint(1, places)}?valid_at={day()}" for _ in range(number)],
        "place_json": [f"/places/{draw.randint(1, places)}.json" for _ in range(number)],
    }


def in_browser(base: str) -> dict[str, float]:
    """Seconds until the map can be used, and milliseconds from a slider step to the finished frame."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_context(viewport={"width": 1400, "height": 900}, bypass_csp=True).new_page()
        page.goto(f"{base}/")
        paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
        page.wait_for_timeout(500)
        first = page.evaluate(paint)
        begun = time.perf_counter()
        page.goto(f"{base}/map")
        page.wait_for_selector("html[data-ready=yes]", timeout=120_000)
        usable = time.perf_counter() - begun
        page.wait_for_timeout(3000)
        script = """async () => {
          const slider = document.getElementById('slider'), out = [];
          for (let i = 0; i < 15; i++) {
            slider.value = String(Number(slider.max) - 20 * (i + 1));
            const begun = performance.now();
            slider.dispatchEvent(new Event('input'));
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); })));
            document.querySelector('#map canvas').getContext('webgl2').finish();
            out.push(performance.now() - begun);
          }
          return out;
        }"""
        steps = page.evaluate(script)
        browser.close()
    return {
        "first_paint_ms": first,
        "map_usable_s": usable,
        "slider_step_median_ms": statistics.median(steps),
        "slider_step_max_ms": max(steps),
    }


def main() -> None:
    """Make, serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--places", type=int, default=30_000)
    parser.add_argument("--work", type=Path, default=Path("var/bench-web"))
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    figures: dict[str, float] = {}
    ledger = filled(options.work, options.claims, options.places)
    lexicon = Lexicon(parties={"RU": "Russia", "UA": "Ukraine"})
    cache = options.work / "derived"
    app = create_app(ledger, MadeUp(options.places), lexicon=lexicon, cache=cache, limits=Limits(rate=1e9, burst=1e9))
    views = app.state.views
    for name, act in (("snapshot_s", views.snapshot), ("history_s", lambda: views.history(DEFAULT_POLICY))):
        begun = time.perf_counter()
        act()
        figures[name] = time.perf_counter() - begun
        print(f"{name:28} {figures[name]:10.1f}", flush=True)
    figures["claims"], figures["changes"] = (
        float(len(views.snapshot().table)),
        float(len(views.history(DEFAULT_POLICY))),
    )
    with run_in_thread(app) as port:
        base = f"http://127.0.0.1:{port}"
        body = httpx.get(f"{base}/api/history", timeout=120).content
        figures["payload_gzip_kB"] = len(gzip.compress(body, 6)) / 1000
        for kind, addresses in questions(options.places).items():
            asked(base, addresses[:3])
            figures[f"{kind}_p95_ms"] = p95(asked(base, addresses[3:]))
        if not options.no_browser:
            figures |= in_browser(base)
    for name, value in figures.items():
        print(f"{name:28} {value:10.1f}")
    ledger.close()


if __name__ == "__main__":
    main()

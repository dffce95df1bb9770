"""Take the screenshots of docs/screenshots from a ledger, in headless Chromium, also as people with colour-vision deficiencies see them.

    python tools/screenshots.py [--ledger PATH] [--out docs/screenshots]

Read the sample reports first: `reportedly read examples`. Needs Debian's chromium and playwright (locks/ci.txt).
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import sync_playwright

from reportedly.knowledge.build import ensure_gazetteer
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.ledger import Ledger
from reportedly.publish.server import create_app, run_in_thread
from reportedly.settings import Settings

FLAGS = ["--enable-unsafe-swiftshader", "--no-sandbox", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--force-prefers-reduced-motion"]  # fmt: skip
DEFICIENCIES = ("achromatopsia", "deuteranopia", "protanopia", "tritanopia")


def main() -> None:
    """Serve the ledger on a free port and photograph its pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger")
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--at", default="37.6,48.6,6.2", help="longitude, latitude, zoom of the map")
    parser.add_argument("--country", default="UA", help="of the dispute that is shown")
    options = parser.parse_args()
    settings = Settings.from_environment()
    settings = replace(settings, ledger=options.ledger) if options.ledger else settings
    app = create_app(Ledger.open(settings.ledger_url, create=False), Gazetteer.open(ensure_gazetteer(settings)))
    views = app.state.views
    options.out.mkdir(parents=True, exist_ok=True)
    disputes = [
        d for d in views.disputes() if d.place_id and (p := views.place(d.place_id)) and p.country == options.country
    ]
    dispute = next(iter(disputes or views.disputes()), None)
    claim = next(iter(dispute.sides[0])) if dispute else views.ledger.claims()[-1].id
    place = f"&place={dispute.place_id}" if dispute and dispute.place_id else ""
    pages = {
        "map": f"/map?at={options.at}{place}",
        "front": "/?days=7",
        "place": f"/places/{dispute.place_id}" if dispute and dispute.place_id else "/places",
        "claim": f"/claims/{claim}",
        "dispute": f"/disputes/{dispute.id}" if dispute else "/disputes",
        "claims": "/claims",
        "desk": f"/desk?claim={claim}",
    }
    with run_in_thread(app) as port, sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)

        def shoot(
            name: str, address: str, *, width: int = 1280, height: int = 820, deficiency: str | None = None
        ) -> None:
            page = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=1).new_page()
            page.goto(f"http://127.0.0.1:{port}{address}")
            if address.startswith("/map"):
                page.wait_for_selector("html[data-ready=yes]", timeout=30_000)
                page.wait_for_timeout(2500)
            if deficiency:
                session = page.context.new_cdp_session(page)
                session.send("Emulation.setEmulatedVisionDeficiency", {"type": deficiency})
                page.wait_for_timeout(400)
            page.screenshot(path=options.out / f"{name}.png")
            print(f"{options.out / name}.png")
            page.context.close()

        for name, address in pages.items():
            shoot(name, address)
        shoot("map-phone", pages["map"], width=390, height=844)
        for deficiency in DEFICIENCIES:
            shoot(f"map-{deficiency}", pages["map"], width=1000, height=640, deficiency=deficiency)
        browser.close()


if __name__ == "__main__":
    main()

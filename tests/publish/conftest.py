"""A filled ledger, the application over it, and a server of it on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest

from reportedly.publish.auth import Tokens
from reportedly.publish.guard import Limits
from reportedly.publish.server import create_app

from .sample import LEXICON, SmallGazetteer, fill


@dataclass
class Shop:
    app: object
    tokens: Tokens
    ledger: object

    def get(self, path: str, **more) -> httpx.Response:
        return self.ask("GET", path, **more)

    def ask(self, method: str, path: str, *, cookies: dict[str, str] | None = None, **more) -> httpx.Response:
        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://test", cookies=cookies) as client:
                return await client.request(method, path, **more)

        with ThreadPoolExecutor(1) as pool:  # a browser's event loop may be running in this thread
            return pool.submit(asyncio.run, once()).result()


@pytest.fixture
def shop(tmp_path) -> Iterator[Shop]:
    """An application over a ledger of its own: tests may write."""
    with fill(tmp_path / "ledger.sqlite") as ledger:
        tokens = Tokens(":memory:")
        yield Shop(create_app(ledger, SmallGazetteer(), lexicon=LEXICON, tokens=tokens), tokens, ledger)
        tokens.close()


@pytest.fixture(scope="session")
def reading_room(tmp_path_factory) -> Iterator[Shop]:
    """An application that tests only read."""
    with fill(tmp_path_factory.mktemp("room") / "ledger.sqlite") as ledger:
        tokens = Tokens(":memory:")
        app = create_app(ledger, SmallGazetteer(), lexicon=LEXICON, tokens=tokens, limits=Limits(rate=1e6, burst=1e6))
        yield Shop(app, tokens, ledger)
        tokens.close()


@dataclass
class Served:
    url: str
    token: str
    shop: Shop


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Iterator[Served]:
    """The application behind a real server on a free loopback port, with a reviewer's token."""
    from reportedly.publish.server import run_in_thread

    with fill(tmp_path_factory.mktemp("served") / "ledger.sqlite") as ledger:
        tokens = Tokens(tmp_path_factory.mktemp("tokens") / "tokens.sqlite")
        token = tokens.add("Ana Reviewer", "reviewer")
        app = create_app(ledger, SmallGazetteer(), lexicon=LEXICON, tokens=tokens, limits=Limits(rate=1e6, burst=1e6))
        with run_in_thread(app) as port:
            yield Served(f"http://127.0.0.1:{port}", token, Shop(app, tokens, ledger))
        tokens.close()

"""The application: made by a factory of a ledger and a gazetteer, so that tests and servers make the same one."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from reportedly.errors import InputError, LedgerError, NotFound, QueryError, ReportedlyError
from reportedly.ledger import Ledger
from reportedly.publish.answers import Pages, problem
from reportedly.publish.api import Api
from reportedly.publish.auth import Tokens
from reportedly.publish.decisions import Stale
from reportedly.publish.desk import COOKIE, Desk
from reportedly.publish.export import FORMATS
from reportedly.publish.filters import Filters
from reportedly.publish.guard import Compression, Limits, LimitsGuard, SecurityHeaders
from reportedly.publish.ogc import Features
from reportedly.publish.site import Site
from reportedly.publish.views import DEFAULT_POLICY, Gazette, Views
from reportedly.publish.wording import Lexicon

__all__ = ["SHADES", "PatientProtocol", "create_app", "lexicon_of", "run", "run_in_thread"]

SHADES = 8
"""How many colours the palette of style.css has; further parties share the last."""

HEADERS_SECONDS = 15.0
OPEN_PATHS = ("/login", "/static/", "/vendor/")
TITLES = {400: "The question cannot be understood", 401: "A token is needed", 403: "Not allowed", 404: "Nothing there",
          405: "Not possible here", 409: "Decided in the meantime", 413: "Too large", 415: "Unknown form", 500: "Something broke"}  # fmt: skip

log = logging.getLogger("reportedly.publish")


class PatientProtocol(H11Protocol):
    """uvicorn's h11, which closes connections that do not send a whole request head in time."""

    def connection_made(self, transport: Any) -> None:
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def _wait(self) -> None:
        self._late = self.loop.call_later(HEADERS_SECONDS, self._close_late)

    def _close_late(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._late.cancel()
        super().connection_lost(exc)


class Sealed(StaticFiles):
    """Files of the page; .mjs is JavaScript whatever the machine's table of types says. Cached for good under a version."""

    def file_response(self, full_path: Any, *args: Any, **kwargs: Any) -> Response:
        """The file with its type and how long it may be kept."""
        answer = super().file_response(full_path, *args, **kwargs)
        if str(full_path).endswith(".mjs"):
            answer.headers["content-type"] = "text/javascript; charset=utf-8"
        answer.headers["cache-control"] = "no-cache"
        return answer


class Identify:
    """Finds out who asks, by bearer token or session, and closes a private server to everybody else."""

    def __init__(self, app: ASGIApp, *, tokens: Tokens, private: bool) -> None:
        self.app, self.tokens, self.private = app, tokens, private

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        person = None
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and token:
            person = await run_in_threadpool(self.tokens.by_token, token.strip()[:200])
            if person is None:
                await problem(401, TITLES[401], "This token is not known, or was revoked.")(scope, receive, send)
                return
        elif cookie := request.cookies.get(COOKIE):
            person = await run_in_threadpool(self.tokens.by_session, cookie[:200])
        request.state.person = person
        if self.private and person is None and not request.url.path.startswith(OPEN_PATHS):
            answer = problem(401, TITLES[401], "This server is private: sign in at /login, or send a token.")
            if "text/html" in request.headers.get("accept", ""):
                answer = Response(status_code=303, headers={"location": "/login"})
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


def lexicon_of(parties: Any = None) -> Lexicon:
    """Names of parties and sources from the knowledge that ships with the program."""
    if parties is None:
        from reportedly.knowledge.parties import Parties

        parties = Parties.load()
    found = Names(parties)
    return Lexicon(parties=found.parties, sources=found.sources)


class Names:
    """Mappings from ids to names over `Parties` and `Sources`."""

    def __init__(self, parties: Any) -> None:
        self.parties: Mapping[str, str] = {p.id: p.name for p in parties._parties.values()}
        self.sources: Mapping[str, str] = {s.id: s.name for s in parties.sources._sources.values()}


def shades(views: Views) -> dict[str, str]:
    """The colour class of every party: by number of claims, in the palette's order; never tied to a particular state."""
    order = sorted(views.facets(Filters())["party"], key=lambda pair: (-pair[1], pair[0]))
    return {party: f"p{min(i, SHADES - 1)}" for i, (party, _) in enumerate(order)}


def wants_page(request: Request) -> bool:
    """Whether an error is best told as a page."""
    path = request.url.path
    return "text/html" in request.headers.get("accept", "") and not path.startswith(
        ("/api/", "/collections", "/readings")
    )


def tiles_origin(address: str | None) -> str:
    """The origin of a map server's address, which the page may ask as well; raises InputError where it is no such address."""
    if not address:
        return ""
    host = re.match(r"(https?://[A-Za-z0-9.:\[\]-]+)/", address)
    if host is None or any(part not in address for part in ("{z}", "{x}", "{y}")):
        raise InputError(
            f"Tiles are at an address like https://tiles.example/{{z}}/{{x}}/{{y}}.png, not {address[:100]!r}."
        )
    return host[1]


def create_app(
    ledger: Ledger,
    gazetteer: Gazette,
    *,
    lexicon: Lexicon | None = None,
    tokens: Tokens | None = None,
    private: bool = False,
    cache: Path | None = None,
    layers: Path | None = None,
    policy: str = DEFAULT_POLICY,
    limits: Limits | None = None,
    online_tiles: str | None = None,
) -> Starlette:
    """The application over a ledger. Without `tokens` nobody can write. `cache` keeps what is derived between starts.

    `policy` is the one shown unless the reader asks for another. `online_tiles` is an address of raster tiles with
    {z}/{x}/{y}; without it no request leaves the machine.
    """
    views = Views(ledger, gazetteer, lexicon=lexicon or lexicon_of(), cache=cache, layers=layers, policy=policy)
    store = tokens or Tokens(":memory:")
    vendor = files("reportedly.publish") / "web" / "vendor"
    drawn = (vendor / "maplibre-gl.mjs").is_file()

    def page_globals(_request: Request) -> Mapping[str, Any]:
        snapshot = views.snapshot()
        if "shades" not in snapshot.tables:
            snapshot.tables["shades"] = shades(views)
        known: dict[str, str] = snapshot.tables["shades"]
        return {
            "stamp": snapshot.data_as_of,
            "shade": lambda party: known.get(party, f"p{SHADES - 1}"),
            "shades": known,
            "pending": snapshot.pending,
        }

    folder = Path(str(files("reportedly.publish") / "web" / "static"))
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in sorted(folder.iterdir()))).hexdigest()[:10]

    def kept_pairs(filters: Filters, without: tuple[str, ...]) -> list[tuple[str, str]]:
        from urllib.parse import parse_qsl

        return parse_qsl(filters.query(**dict.fromkeys(without)))

    shared = {
        "version": digest, "program": version("reportedly"), "name": views.lexicon, "formats": FORMATS, "drawn": drawn,
        "kept_pairs": kept_pairs, "online_tiles": online_tiles or "",
    }  # fmt: skip
    pages = Pages(shared=shared, globals_of=page_globals)
    site = Site(views, pages)
    api, features, desk = Api(site), Features(site), Desk(site, store)
    routes: list[Any] = [*site.routes(), *api.routes(), *features.routes(), *desk.routes()]
    routes.append(Mount("/static", Sealed(directory=str(folder))))
    if drawn:
        routes.append(Mount("/vendor", Sealed(directory=str(vendor))))

    async def tell(request: Request, status: int, detail: str) -> Response:
        title = TITLES.get(status, "Not possible")
        if wants_page(request):
            values = {"title": title, "detail": detail}
            return await run_in_threadpool(pages.html, request, "error.html", values, status=status)
        return problem(status, title, detail)

    async def on_ours(request: Request, error: Exception) -> Response:
        status = (
            409
            if isinstance(error, Stale)
            else 404
            if isinstance(error, NotFound)
            else 400
            if isinstance(error, (QueryError, InputError))
            else 500
        )
        return await tell(request, status, str(error))

    async def on_http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        detail = str(error.detail) if isinstance(error, HTTPException) and status not in (404, 405) else ""
        answer = await tell(request, status, detail or TITLES.get(status, ""))
        if isinstance(error, HTTPException) and error.headers:
            answer.headers.update(error.headers)
        return answer

    async def on_bug(request: Request, error: Exception) -> Response:
        log.error("while answering %s", request.url.path, exc_info=error)
        return await tell(request, 500, "The fault is ours; it is in the server's log.")

    middleware = [
        Middleware(SecurityHeaders, tiles=tiles_origin(online_tiles)),
        Middleware(LimitsGuard, limits=limits or Limits()),
        Middleware(Compression),
        Middleware(Identify, tokens=store, private=private),
    ]
    app = Starlette(
        routes=routes,
        middleware=middleware,
        exception_handlers={ReportedlyError: on_ours, HTTPException: on_http, Exception: on_bug},
    )
    app.state.views = views
    return app


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens; raises InputError where the address is taken or is none of this machine's."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address, family=family, backlog=2048)
    except OSError as error:
        raise InputError(
            f"{host}, port {port}, cannot be listened on: {error.strerror}. Choose others with --host and --port."
        ) from None


async def _serve(app: Starlette, listening: socket.socket, started: Any) -> None:
    """Run uvicorn; `started` hears the port once it listens."""
    import uvicorn

    config = uvicorn.Config(
        app, http=PatientProtocol, log_level="warning", timeout_keep_alive=10, limit_concurrency=400,
        h11_max_incomplete_event_size=32_768, server_header=False, date_header=True, proxy_headers=False, lifespan="off",
    )  # fmt: skip
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not task.done():
        await asyncio.sleep(0.02)
    if server.started:
        started(listening.getsockname()[1])
    await task


def run(app: Starlette, *, host: str, port: int, started: Any = lambda _port: None) -> None:
    """Serve until interrupted."""
    with _listen(host, port) as listening:
        asyncio.run(_serve(app, listening, started))


@contextmanager
def run_in_thread(app: Starlette, *, host: str = "127.0.0.1") -> Iterator[int]:
    """Serve on a free port beside other work, for notebooks and tests; gives the port."""
    import uvicorn

    config = uvicorn.Config(
        app, host=host, port=0, http=PatientProtocol, log_level="warning", lifespan="off", server_header=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise LedgerError("The server could not start: is the address in use?")
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)

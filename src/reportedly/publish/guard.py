"""What stands between the network and the pages: size, time and rate limits, security headers, compression.

Plain ASGI, so that nothing is buffered that need not be. Every refusal is a problem document (RFC 9457).
"""

from __future__ import annotations

import asyncio
import gzip
import json
import time
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import brotli
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Compression", "Limits", "LimitsGuard", "SecurityHeaders", "problem_bytes"]

PROBLEM = "application/problem+json"
COMPRESSIBLE = ("text/", "application/json", "application/geo+json", "application/problem+json", "application/ld+json",
                "application/xml", "application/atom+xml", "application/x-ndjson", "application/vnd.oai",
                "application/schema+json", "image/svg+xml")  # fmt: skip
SMALLEST = 700  # bytes below which compression costs more than it saves

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "worker-src 'self' blob:; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)


def problem_bytes(status: int, title: str, detail: str = "", **more: Any) -> bytes:
    """A problem document (RFC 9457)."""
    return json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail, **more}).encode()


async def _refuse(send: Send, status: int, title: str, detail: str, *headers: tuple[bytes, bytes]) -> None:
    """Answer with a problem document."""
    body = problem_bytes(status, title, detail)
    start = [(b"content-type", PROBLEM.encode()), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one client may ask. Bytes and seconds; `rate` is requests per second over time, `burst` how many at once."""

    body: int = 1_000_000
    address: int = 8_000
    body_seconds: float = 10.0
    answer_seconds: float = 60.0
    rate: float = 40.0
    burst: float = 400.0
    clients: int = 10_000


class LimitsGuard:
    """Refuses addresses and bodies that are too large or too slow, and clients that ask too often."""

    def __init__(self, app: ASGIApp, *, limits: Limits) -> None:
        self.app, self.limits = app, limits
        self.buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def _allow(self, client: str) -> float:
        """Take one request from the client's bucket; the seconds to wait where it is empty, else 0."""
        now = time.monotonic()
        left, then = self.buckets.pop(client, (self.limits.burst, now))
        left = min(self.limits.burst, left + (now - then) * self.limits.rate)
        wait = 0.0 if left >= 1 else (1 - left) / self.limits.rate
        self.buckets[client] = (left - 1 if not wait else left, now)
        while len(self.buckets) > self.limits.clients:
            self.buckets.popitem(last=False)
        return wait

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - ASGI
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limits = self.limits
        client = scope.get("client")
        if wait := self._allow(client[0] if client else ""):
            after = (b"retry-after", str(int(wait) + 1).encode())
            await _refuse(send, 429, "Too many requests", f"At most {limits.rate:g} requests a second.", after)
            return
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > limits.address:
            await _refuse(send, 414, "Address too long", f"At most {limits.address} bytes.")
            return
        body = await self._read(scope, receive, send)
        if body is None:
            return
        handed = False

        async def replay() -> Message:
            nonlocal handed
            if not handed:
                handed = True
                return {"type": "http.request", "body": body, "more_body": False}
            return await receive()

        await self._answer(scope, replay, send)

    async def _read(self, scope: Scope, receive: Receive, send: Send) -> bytes | None:
        """The whole body, or None where it was refused."""
        limits = self.limits
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > limits.body:
            await _refuse(send, 413, "Body too large", f"At most {limits.body} bytes.", (b"connection", b"close"))
            return None
        chunks: list[bytes] = []
        size, end = 0, time.monotonic() + limits.body_seconds
        while True:
            try:
                message = await asyncio.wait_for(receive(), max(0.01, end - time.monotonic()))
            except TimeoutError:
                await _refuse(send, 408, "Body too slow", f"Send it within {limits.body_seconds:g} seconds.",
                              (b"connection", b"close"))  # fmt: skip
                return None
            if message["type"] == "http.disconnect":
                return None
            chunks.append(message.get("body", b""))
            size += len(chunks[-1])
            if size > limits.body:
                await _refuse(send, 413, "Body too large", f"At most {limits.body} bytes.", (b"connection", b"close"))
                return None
            if not message.get("more_body"):
                return b"".join(chunks)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application within its time; an answer that has not begun by then becomes a problem document."""
        begun = False

        async def note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            async with asyncio.timeout(self.limits.answer_seconds):
                await self.app(scope, receive, note)
        except TimeoutError:
            if begun:
                raise
            await _refuse(send, 503, "Took too long", "Narrow the question: a smaller area, fewer days, a lower limit.")


class SecurityHeaders:
    """Puts the same strict headers on every answer; only addresses under /embed may be framed by others."""

    def __init__(self, app: ASGIApp, *, tiles: str = "") -> None:
        self.app = app
        self.policy = CONTENT_POLICY
        for source in ("img-src 'self'", "connect-src 'self'") if tiles else ():  # the one address that is not ours
            self.policy = self.policy.replace(source, f"{source} {tiles}")
        self.common = [
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"permissions-policy", b"geolocation=(), camera=(), microphone=(), interest-cohort=()"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - ASGI
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        framed = scope["path"] == "/embed"
        policy = self.policy + ("*" if framed else "'none'")

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", []))
                have = {name.lower() for name, _ in headers}
                extra = [*self.common, (b"content-security-policy", policy.encode())]
                if not framed:
                    extra.append((b"x-frame-options", b"DENY"))
                headers += [(name, value) for name, value in extra if name not in have]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, add)


def _accepted(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """br, gzip or None, by the client's Accept-Encoding."""
    value = dict(headers).get(b"accept-encoding", b"").decode("latin-1").lower()
    offers = {}
    for part in value.split(","):
        name, _, rest = part.strip().partition(";")
        offers[name.strip()] = rest.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if offers.get(name)), None)


class Compression:
    """Compresses text answers with brotli or gzip; what carries an ETag and is large is compressed once and kept."""

    def __init__(self, app: ASGIApp, *, keep: int = 64_000_000) -> None:
        self.app, self.keep, self.size = app, keep, 0
        self.kept: OrderedDict[tuple[bytes, str], bytes] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - ASGI
        coding = _accepted(scope["headers"]) if scope["type"] == "http" else None
        if coding is None:
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Sender(self, coding, send))

    def whole(self, body: bytes, coding: str, etag: bytes | None) -> bytes:
        """The compressed body; from the store where the same was asked for before."""
        key = (etag, coding) if etag and len(body) > 50_000 else None
        if key and key in self.kept:
            self.kept.move_to_end(key)
            return self.kept[key]
        packed = brotli.compress(body, quality=5) if coding == "br" else gzip.compress(body, 6, mtime=0)
        if key:
            self.kept[key] = packed
            self.size += len(packed)
            while self.size > self.keep:
                self.size -= len(self.kept.popitem(last=False)[1])
        return bytes(packed)


class _Sender:
    """Sends one answer, compressed as it comes."""

    def __init__(self, owner: Compression, coding: str, send: Send) -> None:
        self.owner, self.coding, self.send = owner, coding, send
        self.start: Message | None = None
        self.stream: Any = None
        self.plain = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = dict(message.get("headers", []))
            kind = headers.get(b"content-type", b"").decode("latin-1")
            self.plain = not kind.startswith(COMPRESSIBLE) or b"content-encoding" in headers or message["status"] == 304
            self.start = message
            if self.plain:
                await self.send(message)
            return
        if self.plain or self.start is None:
            await self.send(message)
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        if self.stream is None:
            await self._begin(body, more)
            return
        await self.send({"type": "http.response.body", "body": self._push(body, last=not more), "more_body": more})

    async def _begin(self, body: bytes, more: bool) -> None:
        """Decide on the first piece: small whole answers go as they are, large ones whole, streams piece by piece."""
        start = self.start or {}
        headers = [(k, v) for k, v in start["headers"] if k != b"content-length"]
        headers.append((b"vary", b"Accept-Encoding"))
        if not more and len(body) < SMALLEST:
            headers.append((b"content-length", str(len(body)).encode()))
            await self.send({**start, "headers": headers})
            await self.send({"type": "http.response.body", "body": body})
            return
        headers.append((b"content-encoding", self.coding.encode()))
        if not more:
            etag = dict(headers).get(b"etag")
            packed = self.owner.whole(body, self.coding, etag)
            headers.append((b"content-length", str(len(packed)).encode()))
            await self.send({**start, "headers": headers})
            await self.send({"type": "http.response.body", "body": packed})
            return
        self.stream = brotli.Compressor(quality=4) if self.coding == "br" else zlib.compressobj(6, zlib.DEFLATED, 31)
        await self.send({**start, "headers": headers})
        await self.send({"type": "http.response.body", "body": self._push(body, last=False), "more_body": True})

    def _push(self, body: bytes, *, last: bool) -> bytes:
        """Compress one piece of a stream."""
        packed = self.stream.process(body) if self.coding == "br" else self.stream.compress(body)
        if last:
            packed += self.stream.finish() if self.coding == "br" else self.stream.flush()
        return bytes(packed)

"""A web server on this machine that answers as a test tells it, and a maker of WARC files."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Site:
    """Answers by path: (status, headers, body), or a function that writes to the handler itself."""

    base: str = ""
    answers: dict[str, object] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def page(
        self, path: str, body: bytes | str, *, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str
    ) -> str:
        data = body.encode() if isinstance(body, str) else body
        self.answers[path] = (
            status,
            {"Content-Type": kind, **{k.replace("_", "-"): v for k, v in headers.items()}},
            data,
        )
        return self.base + path


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as it:
        yield it


@pytest.fixture
def elsewhere() -> Iterator[Site]:
    """A second server, on a port of its own."""
    with serving() as it:
        yield it


@contextmanager
def serving() -> Iterator[Site]:
    it = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            it.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            answer = it.answers.get(self.path)
            if callable(answer):
                answer(self)
                return
            status, headers, body = answer or (404, {}, b"nothing here")
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    it.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield it
    server.shutdown()
    server.server_close()
    thread.join()


WarcMaker = Callable[..., bytes]


@pytest.fixture
def make_warc() -> WarcMaker:
    """Make a WARC of (url, headers, body) responses; each record is a gzip member of its own, as the format asks."""
    from fastwarc.warc import WarcRecord, WarcRecordType

    def make(
        pages: list[tuple[str, dict[str, str], bytes]], *, compressed: bool = True, status: str = "200 OK"
    ) -> bytes:
        out = io.BytesIO()
        for url, headers, body in pages:
            record = WarcRecord()
            head = "\r\n".join([f"HTTP/1.1 {status}", *(f"{k}: {v}" for k, v in headers.items()), "", ""]).encode()
            record.init_headers(WarcRecordType.response)
            record.headers["WARC-Target-URI"] = url
            record.headers["Content-Type"] = "application/http; msgtype=response"
            record.set_bytes_content(head + body)
            if compressed:
                from fastwarc.stream_io import GzipWriter

                with GzipWriter(out) as packed:
                    record.write(packed)
            else:
                record.write(out)
        return out.getvalue()

    return make


PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="og:site_name" content="Sample Gazette"><meta property="article:published_time" content="2025-03-26T09:00:00Z"></head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>{title}</h1>
<p>The army said on Wednesday that it had retaken the airport of the capital after a week of fighting in the streets.</p>
<p>{more}</p><p>People who live near the airport said that soldiers stood at every crossing.</p></article>
<footer>Terms of use. Privacy.</footer></body></html>"""


@pytest.fixture
def page() -> Callable[[str, str], bytes]:
    """Make a news page with a title and a sentence of its own."""
    return lambda title, more="Nothing else is known.": PAGE.format(title=title, more=more).encode()

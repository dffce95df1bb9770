"""The only HTTP client: one GET, bounded in size, time and redirects, to public addresses unless told otherwise.

The name is resolved once per hop, every address it has is checked, and the connection goes to the checked address, so
that a name cannot point elsewhere between check and use. Proxies and netrc of the environment are not used.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from reportedly.errors import FetchRefused, InputError

__all__ = ["AGENT", "Answer", "Bounds", "fetch", "is_public"]

AGENT = "reportedly/0.1 (reads news for claims of territorial control)"
CONTENT_TYPES = (
    "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/rss+xml", "application/atom+xml",
    "application/rdf+xml", "application/xml", "text/xml", "application/json", "application/feed+json", "application/x-ndjson",
    "application/jsonl", "application/jsonlines", "application/gzip", "application/x-gzip", "application/warc",
    "application/octet-stream",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one fetch may cost: bytes after decompression, seconds in all and between two packets, redirects."""

    size: int = 32 << 20
    seconds: float = 30.0
    silence: float = 10.0
    redirects: int = 5
    content_types: tuple[str, ...] = CONTENT_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: the final address, status, body (empty for 304), headers in lower case."""

    url: str
    status: int
    body: bytes
    content_type: str
    charset: str | None
    headers: Mapping[str, str] = field(default_factory=dict)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where IPv4 is wrapped in IPv6."""
    try:
        ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        nat64 = ip in ipaddress.ip_network("64:ff9b::/96")  # such an address carries an IPv4 one
        ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if nat64 else ip.ipv4_mapped or ip.sixtofour or ip
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def fetch(
    address: str,
    *,
    allow_private: bool = False,
    headers: Mapping[str, str] | None = None,
    bounds: Bounds = Bounds(),
    permit: Callable[[str], None] = lambda _: None,
) -> Answer:
    """GET an http(s) address and return the answer, following redirects that are themselves allowed.

    `permit` is told each address that a redirect leads to before it is asked: it may wait, which is not counted, or raise.
    Raises FetchRefused where address, size, time, redirects or content type are out of bounds, InputError where nothing
    answers or the answer is an error (304 is an answer).
    """
    deadline = time.monotonic() + bounds.seconds
    for _ in range(bounds.redirects + 1):
        host, pinned = _pin(address, allow_private)
        with _get(address, host, pinned, headers or {}, bounds, deadline) as response:
            location = response.headers.get("location")
            if response.status_code in (301, 302, 303, 307, 308) and location:
                address = _led_to(address, location)
            else:
                return _answer(address, response, bounds, deadline)
        began = time.monotonic()
        permit(address)
        deadline += time.monotonic() - began
    raise FetchRefused(f"{address}: more than {bounds.redirects} redirects.")


def _led_to(address: str, location: str) -> str:
    """Where a redirect leads. Raises FetchRefused where that is no address."""
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise FetchRefused(f"{address}: it leads to {location[:200]!r}, which is no address ({error}).") from None


def _pin(address: str, allow_private: bool) -> tuple[str, str]:
    """Host and the one IP address to connect to. Raises FetchRefused, or InputError if the name is not known."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchRefused(f"{address}: this is no address that can be fetched ({error}).") from None
    if parts.scheme not in ("http", "https"):
        raise FetchRefused(f"{address}: only http and https addresses are fetched.")
    if not host:
        raise FetchRefused(f"{address}: the address names no host.")
    if parts.username or parts.password:
        raise FetchRefused(f"{host}: addresses with a user name or password are not fetched.")
    try:
        found = socket.getaddrinfo(host, port or (443 if parts.scheme == "https" else 80), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{host}: the name cannot be resolved ({error}).") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    private = [a for a in addresses if not is_public(a)]
    if private and not allow_private:
        raise FetchRefused(
            f"{host}: it leads to {private[0]}, a private, loopback or link-local address; --allow-private permits it."
        )
    return host, addresses[0]


@contextmanager
def _get(
    address: str, host: str, pinned: str, headers: Mapping[str, str], bounds: Bounds, deadline: float
) -> Iterator[httpx.Response]:
    """One request to the pinned address, TLS checked against the name. A client of its own: pools go by address, not name."""
    parts = urlsplit(address)
    where = f"[{pinned}]" if ":" in pinned else pinned
    target = urlunsplit(
        (parts.scheme, where + (f":{parts.port}" if parts.port else ""), parts.path or "/", parts.query, "")
    )
    name = f"[{host}]" if ":" in host else host.encode("idna").decode() if not host.isascii() else host
    sent = {
        "Host": name + (f":{parts.port}" if parts.port else ""), "User-Agent": AGENT, "Accept-Encoding": "gzip",
        "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,text/plain;q=0.8,*/*;q=0.5",
        **headers,
    }  # fmt: skip
    left = max(0.1, min(bounds.silence, deadline - time.monotonic()))
    line = _Line(deadline)
    extensions = {"sni_hostname": name, "trace": line.trace}
    try:
        with (
            line,
            httpx.Client(trust_env=False, follow_redirects=False, timeout=left, http2=False) as client,
            client.stream("GET", target, headers=sent, extensions=extensions) as response,
        ):
            yield response
    except httpx.TimeoutException:
        raise FetchRefused(f"{address}: no answer within {left:.0f} seconds.") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        if line.cut:
            raise FetchRefused(f"{address}: not finished within {bounds.seconds:.0f} seconds.") from None
        raise InputError(f"{address}: {error or type(error).__name__}.") from None


class _Line:
    """The connection of one request, cut at its deadline: a server that sends its head a byte at a time is never silent."""

    def __init__(self, deadline: float) -> None:
        self.cut = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(max(0.1, deadline - time.monotonic()), self._cut)
        self._timer.daemon = True

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Hear from the client of the socket it has opened; one under TLS takes the plain one's place."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = info["return_value"].get_extra_info("socket")

    def _cut(self) -> None:
        self.cut = True
        if self._socket is not None:
            with suppress(OSError):  # closed in the meantime
                self._socket.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


def _answer(address: str, response: httpx.Response, bounds: Bounds, deadline: float) -> Answer:
    kind, _, rest = response.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    charset = rest.lower().partition("charset=")[2].strip(" \"';") or None
    lowered = {k.lower(): v for k, v in response.headers.items()}
    if response.status_code == 304:
        return Answer(url=address, status=304, body=b"", content_type=kind, charset=charset, headers=lowered)
    if response.status_code != 200:
        error = InputError(f"{address}: the server answered {response.status_code} {response.reason_phrase}.")
        error.add_note(f"status={response.status_code} retry-after={lowered.get('retry-after', '')}")
        raise error
    if kind and kind not in bounds.content_types:
        raise FetchRefused(f"{address}: it is {kind}, which holds no report.")
    body = _body(address, response, bounds, deadline)
    return Answer(url=address, status=200, body=body, content_type=kind, charset=charset, headers=lowered)


def _body(address: str, response: httpx.Response, bounds: Bounds, deadline: float) -> bytes:
    """The body, unpacked here in bounded steps: an answer's own compression may be a bomb."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise FetchRefused(f"{address}: it comes packed as {encoding!r}, which was not asked for.")
    inflater = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    out, received = bytearray(), 0
    for piece in response.iter_raw():
        received += len(piece)
        if time.monotonic() > deadline:
            raise FetchRefused(f"{address}: not finished within {bounds.seconds:.0f} seconds.")
        try:
            out += inflater.decompress(piece, bounds.size + 1 - len(out)) if inflater else piece
        except zlib.error as error:
            raise InputError(f"{address}: the compressed answer is broken ({error}).") from None
        if len(out) > bounds.size:
            raise FetchRefused(f"{address}: the answer is longer than {bounds.size >> 20} MB.")
    if time.monotonic() > deadline:  # the connection was cut, which looks like its end
        raise FetchRefused(f"{address}: not finished within {bounds.seconds:.0f} seconds.")
    if inflater and received and not inflater.eof:
        raise InputError(f"{address}: the compressed answer ends in the middle.")
    return bytes(out)

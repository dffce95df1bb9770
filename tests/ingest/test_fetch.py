"""The HTTP client against a server on this machine: what it refuses and what it bounds."""

from __future__ import annotations

import gzip
import time
from typing import Any

import pytest

from reportedly.errors import FetchRefused, InputError
from reportedly.ingest import fetch as module
from reportedly.ingest import load_report
from reportedly.ingest.fetch import Bounds, fetch, is_public


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "::1", "fe80::1%eth0", "fc00::1",
     "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "255.255.255.255", "not an address"],
)  # fmt: skip
def test_addresses_that_are_not_the_open_internet(address: str) -> None:
    assert not is_public(address)


def test_loopback_is_refused_unless_permitted(site: Any) -> None:
    url = site.page("/a", "<p>hello</p>")
    with pytest.raises(FetchRefused, match="--allow-private"):
        fetch(url)
    assert site.asked == []
    assert fetch(url, allow_private=True).body == b"<p>hello</p>"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://user:secret@127.0.0.1/", "http://[::1", "http://"]
)
def test_other_schemes_and_user_names_are_refused(url: str) -> None:
    with pytest.raises(FetchRefused) as caught:
        fetch(url, allow_private=True)
    assert "secret" not in str(caught.value)


def test_each_redirect_is_checked_anew(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = site.page("/inner", "<p>secret</p>")
    url = site.page("/out", "", status=302, Location=inner)
    calls: list[str] = []

    def public_once(address: str) -> bool:
        calls.append(address)
        return len(calls) == 1

    monkeypatch.setattr(module, "is_public", public_once)
    with pytest.raises(FetchRefused, match="private"):
        fetch(url)
    assert [path for path, _ in site.asked] == ["/out"]


def test_the_connection_goes_to_the_address_that_was_checked(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    site.page("/a", "<p>pinned</p>")
    port = int(site.base.rsplit(":", 1)[1])
    real, named = module.socket.getaddrinfo, ["127.0.0.1"]

    def resolve(host: str, *args: Any, **options: Any) -> Any:
        return real(
            named.pop() if host == "name.example" else host, *args, **options
        )  # a second look-up fails the test

    monkeypatch.setattr(module.socket, "getaddrinfo", resolve)
    answer = fetch(f"http://name.example:{port}/a", allow_private=True)
    assert answer.body == b"<p>pinned</p>"
    assert site.asked[0][1]["host"] == f"name.example:{port}"


def test_redirects_are_bounded(site: Any) -> None:
    url = site.page("/loop", "", status=301, Location="/loop")
    with pytest.raises(FetchRefused, match="redirects"):
        fetch(url, allow_private=True)
    assert len(site.asked) == 6


def test_size_is_bounded_before_and_after_unpacking(site: Any) -> None:
    big = site.page("/big", b"x" * 200_000)
    bomb = site.page("/bomb", gzip.compress(b"0" * 5_000_000), Content_Encoding="gzip")
    odd = site.page("/odd", b"?", Content_Encoding="br")
    for url in (big, bomb):
        with pytest.raises(FetchRefused, match="longer than"):
            fetch(url, allow_private=True, bounds=Bounds(size=100_000))
    with pytest.raises(FetchRefused, match="'br'"):
        fetch(odd, allow_private=True)


def test_time_is_bounded_for_silence_and_for_a_trickle(site: Any) -> None:
    def silent(handler: Any) -> None:
        time.sleep(1.0)

    def trickle(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def slow_head(handler: Any) -> None:
        try:
            for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"y" * 40:
                handler.wfile.write(bytes((byte,)))
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    site.answers["/silent"], site.answers["/trickle"], site.answers["/head"] = silent, trickle, slow_head
    for path in ("/silent", "/trickle", "/head"):
        began = time.monotonic()
        with pytest.raises(FetchRefused, match="seconds"):
            fetch(site.base + path, allow_private=True, bounds=Bounds(seconds=0.4, silence=0.4))
        assert time.monotonic() - began < 1.5


def test_a_redirect_to_what_is_no_address_is_refused(site: Any) -> None:
    with pytest.raises(FetchRefused, match="no address"):
        fetch(site.page("/out", "", status=302, Location="http://["), allow_private=True)


def test_a_compressed_answer_that_ends_in_the_middle_is_an_error(site: Any) -> None:
    packed = gzip.compress(b"<p>The army said that it had retaken the town of Sample.</p>")
    with pytest.raises(InputError, match="in the middle"):
        fetch(site.page("/cut", packed[:-12], Content_Encoding="gzip"), allow_private=True)
    assert fetch(site.page("/whole", packed, Content_Encoding="gzip"), allow_private=True).body.startswith(b"<p>The")


def test_content_types_and_errors(site: Any) -> None:
    with pytest.raises(FetchRefused, match="image/png"):
        fetch(site.page("/p", b"\x89", kind="image/png"), allow_private=True)
    with pytest.raises(InputError, match="404"):
        fetch(site.base + "/nothing", allow_private=True)
    with pytest.raises(InputError):
        fetch("http://127.0.0.1:9/", allow_private=True)


def test_a_page_by_its_address_becomes_a_report(site: Any, page: Any) -> None:
    url = site.page("/2025/story", page("Army retakes airport"))
    report = load_report(url, allow_private=True)
    assert (report.url, report.headline, report.publisher) == (url, "Army retakes airport", "Sample Gazette")

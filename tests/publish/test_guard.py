"""Sizes, rates, times, private servers, tokens and sessions."""

from __future__ import annotations

import json
import socket
import time

import pytest

from reportedly.errors import InputError, NotFound
from reportedly.publish.auth import Tokens
from reportedly.publish.guard import Limits
from reportedly.publish.server import create_app, run

from .conftest import Shop
from .sample import LEXICON, SmallGazetteer, fill


def test_tokens_are_hashed_listed_and_revoked(tmp_path):
    path = tmp_path / "tokens.sqlite"
    tokens = Tokens(path)
    token = tokens.add("Ana Lysenko", "reviewer")
    assert token.encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    person = tokens.by_token(token)
    assert (person.name, person.role, person.may("reader"), person.may("admin")) == (
        "Ana Lysenko",
        "reviewer",
        True,
        False,
    )
    assert tokens.by_token(token + "x") is None
    cookie = tokens.begin(token)
    assert tokens.by_session(cookie).csrf
    tokens.revoke(tokens.rows()[0].id)
    assert tokens.by_token(token) is None
    assert tokens.by_session(cookie) is None
    with pytest.raises(NotFound):
        tokens.revoke("nope")
    for name, role in (("", "reviewer"), ("a\nb", "reviewer"), ("Ana", "owner"), ("x" * 61, "reader")):
        with pytest.raises(InputError):
            tokens.add(name, role)
    tokens.close()


def test_too_large_too_long_too_often(tmp_path):
    with fill(tmp_path / "l.sqlite") as ledger:
        limits = Limits(body=1000, address=500, rate=1, burst=5)
        shop = Shop(create_app(ledger, SmallGazetteer(), lexicon=LEXICON, limits=limits), None, ledger)
        assert shop.ask("POST", "/readings", content=b"x" * 1001).status_code == 413
        assert shop.get("/claims?party=" + "x" * 600).status_code == 414
        answers = [shop.get("/conformance") for _ in range(8)]
        assert 429 in [a.status_code for a in answers]
        late = next(a for a in answers if a.status_code == 429)
        assert int(late.headers["retry-after"]) >= 1
        assert late.json()["status"] == 429


def test_tiles_of_a_map_server_are_let_in_and_nothing_else(shop):
    app = create_app(shop.ledger, SmallGazetteer(), online_tiles="https://tiles.example:8080/a/{z}/{x}/{y}.png?k=;x")
    policy = Shop(app, shop.tokens, shop.ledger).get("/map").headers["content-security-policy"]
    assert "connect-src 'self' https://tiles.example:8080;" in policy
    assert "img-src 'self' https://tiles.example:8080 data: blob:;" in policy
    assert "tiles.example" not in shop.get("/map").headers["content-security-policy"]
    for address in (
        "tiles.example/{z}/{x}/{y}",
        "https://t.example/",
        "https://a b/{z}/{x}/{y}",
        "https://'self';/{z}/{x}/{y}",
    ):
        with pytest.raises(InputError, match="Tiles are at"):
            create_app(shop.ledger, SmallGazetteer(), online_tiles=address)


def test_an_address_that_is_taken_is_told_in_a_sentence(shop):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(InputError, match="Choose others"):
        run(shop.app, host="127.0.0.1", port=taken.getsockname()[1])
    with pytest.raises(InputError, match="Choose others"):
        run(shop.app, host="no-such-host.invalid", port=0)


def test_a_private_server_is_closed_without_a_token(tmp_path):
    with fill(tmp_path / "l.sqlite") as ledger:
        tokens = Tokens(":memory:")
        shop = Shop(create_app(ledger, SmallGazetteer(), lexicon=LEXICON, tokens=tokens, private=True), tokens, ledger)
        token = tokens.add("Reader", "reader")
        assert shop.get("/claims.json").status_code == 401
        assert shop.get("/claims", headers={"accept": "text/html"}).headers["location"] == "/login"
        assert shop.get("/login").status_code == 200
        assert shop.get("/claims.json", headers={"authorization": f"Bearer {token}"}).status_code == 200
        assert shop.get("/claims.json", headers={"authorization": "Bearer wrong"}).status_code == 401
        tokens.close()


def test_slow_and_huge_requests_do_not_hold_the_server(served, monkeypatch):
    host, port = served.url.removeprefix("http://").split(":")
    monkeypatch.setattr("reportedly.publish.server.HEADERS_SECONDS", 0.5)
    slow = socket.create_connection((host, int(port)), timeout=10)
    slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    huge = socket.create_connection((host, int(port)), timeout=10)
    huge.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + b"a" * 60_000)
    begun = time.monotonic()
    assert served.shop.get("/conformance").status_code == 200
    assert slow.recv(1000) == b""  # closed by the server, not by our timeout
    assert time.monotonic() - begun < 8
    try:
        first = huge.recv(1000)
    except ConnectionResetError:
        first = b""
    assert first == b"" or b" 400 " in first or b" 431 " in first
    slow.close()
    huge.close()


@pytest.fixture
def desk(shop):
    token = shop.tokens.add("Ana", "reviewer")
    return shop, {"authorization": f"Bearer {token}"}


def decide(shop, headers, **body):
    return shop.ask("POST", "/readings", json=body, headers=headers)


def test_a_decision_is_a_reading_by_a_person(desk):
    shop, headers = desk
    claim = next(c for c in shop.ledger.claims() if c.place.name == "Toshkivka")
    body = {"report_id": claim.report_id, "claim_id": claim.id}
    assert decide(shop, {}, action="accept", **body).status_code == 401
    assert decide(shop, headers, action="love", **body).status_code == 400
    assert decide(shop, headers, action="accept", why="seen it", **body).status_code == 201
    standing = shop.ledger.claims(report_id=claim.report_id)
    assert [(c.id, c.reader) for c in standing] == [(claim.id, "person:Ana")]
    log = shop.get("/desk/log").text
    assert "seen it" in log
    edited = decide(shop, headers, action="edit", fields={"certainty": "possible", "valid": "2022-06"}, **body)
    assert edited.status_code == 201
    changed = shop.ledger.claims(report_id=claim.report_id)[0]
    assert (str(changed.certainty), changed.valid.edtf) == ("possible", "2022-06")
    assert decide(shop, headers, action="accept", **body).status_code == 409  # the old version stands no more
    assert decide(shop, headers, action="reject", report_id=claim.report_id, claim_id=changed.id).status_code == 201
    assert shop.ledger.claims(report_id=claim.report_id) == ()
    assert shop.ledger.verify() > 0


@pytest.mark.parametrize(
    "fields",
    [
        {"relation": "eats"},
        {"place_id": "x"},
        {"place_id": "77"},
        {"extent": "percent"},
        {"party": "<b>"},
        {"valid": "soon"},
        {"id": "1"},
        {},
    ],
)
def test_edits_that_cannot_be_are_refused(desk, fields):
    shop, headers = desk
    claim = shop.ledger.claims()[0]
    answer = decide(shop, headers, report_id=claim.report_id, claim_id=claim.id, action="edit", fields=fields)
    assert answer.status_code in (400, 404)
    assert shop.ledger.claims()[0] == claim


def test_sessions_need_their_own_forms(desk):
    shop, _ = desk
    token = shop.tokens.add("Bo", "reviewer")
    answer = shop.ask("POST", "/login", data={"token": token, "then": "https://evil.example/"})
    assert answer.headers["location"] == "/desk"
    cookie = answer.cookies["reportedly"]
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=strict" in answer.headers["set-cookie"]
    person = shop.tokens.by_session(cookie)
    claim = shop.ledger.claims()[0]
    form = {"claim": claim.id, "action": "accept", "report": claim.report_id, "at": "0"}
    cookies = {"reportedly": cookie}
    assert shop.ask("POST", "/desk/decide", data=form, cookies=cookies).status_code == 403
    assert shop.ask("POST", "/desk/decide", data=form | {"csrf": "x" * 32}, cookies=cookies).status_code == 403
    for other in ({"origin": "https://evil.example"}, {"origin": "http://["}):
        forged = shop.ask("POST", "/desk/decide", data=form | {"csrf": person.csrf}, cookies=cookies, headers=other)
        assert forged.status_code == 403
        assert shop.ask("POST", "/login", data={"token": token}, headers=other).status_code == 403
    assert (
        shop.ask(
            "POST",
            "/readings",
            json={"report_id": claim.report_id, "claim_id": claim.id, "action": "accept"},
            cookies=cookies,
        ).status_code
        == 403
    )
    assert shop.ask("POST", "/desk/decide", data=form | {"csrf": person.csrf}, cookies=cookies).status_code == 303
    undone = shop.ask(
        "POST", "/desk/decide", data={"csrf": person.csrf, "action": "undo", "report": claim.report_id}, cookies=cookies
    )
    assert undone.status_code == 303
    assert shop.ledger.claims(report_id=claim.report_id)[0].reader == "reportedly/0+test"
    assert shop.ask("POST", "/logout", data={"csrf": person.csrf}, cookies=cookies).status_code == 303
    assert shop.tokens.by_session(cookie) is None


def test_readers_may_not_write(shop):
    token = shop.tokens.add("Cy", "reader")
    claim = shop.ledger.claims()[0]
    answer = decide(
        shop, {"authorization": f"Bearer {token}"}, report_id=claim.report_id, claim_id=claim.id, action="accept"
    )
    assert answer.status_code == 403


def test_a_claim_is_added_by_selecting_words(desk):
    shop, headers = desk
    report = shop.ledger.report(next(c for c in shop.ledger.claims() if c.place.name == "Nadiia").report_id)
    form = {
        "report": report.id,
        "words": "Roads are open",
        "relation": "holds",
        "party": "UA",
        "place_id": "691003",
        "source": "the governor",
        "valid": "2022-09-19",
    }
    answer = shop.ask("POST", "/desk/add", data=form, headers=headers)
    assert answer.status_code == 303
    made = shop.ledger.claim(answer.headers["location"].rsplit("/", 1)[1])
    assert (made.place.place_id, made.cue, made.reader) == (691003, "Roads are open", "person:Ana")
    assert report.text[made.span.start : made.span.end] == made.quote
    assert made.quote.endswith("Roads are open.")
    assert len(shop.ledger.claims(report_id=report.id)) == 2
    assert shop.ask("POST", "/desk/add", data=form | {"words": "not in there"}, headers=headers).status_code == 400


def test_queue_leaves_out_what_a_person_has_checked(desk):
    shop, headers = desk
    first = shop.get("/desk", headers=headers).text
    assert "12 claims nobody has checked" in first
    assert "Ukraine holds Novoiehorivka" in first  # not one place: the most doubtful
    claim = next(c for c in shop.ledger.claims() if c.place.place_id is None)
    assert decide(shop, headers, report_id=claim.report_id, claim_id=claim.id, action="reject").status_code == 201
    assert "11 claims nobody has checked" in shop.get("/desk", headers=headers).text


def test_bodies_that_are_no_decision(desk):
    shop, headers = desk
    claim = shop.ledger.claims()[0]
    half = {"report_id": claim.report_id, "claim_id": claim.id, "action": "accept", "why": "\ud800"}
    for content in (
        b"",
        b"[]",
        b"{",
        b"nul\x00l",
        b"[" * 100_000,
        *(json.dumps(b).encode() for b in ({"report_id": 1}, half)),
    ):
        answer = shop.ask("POST", "/readings", content=content, headers=headers | {"content-type": "application/json"})
        assert answer.status_code == 400
    assert shop.ask("POST", "/readings", content=b"a=1", headers=headers).status_code == 415

"""Every page answers with and without the map's code, in its three forms, and nothing from a report gets out unescaped."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest

from .sample import HOSTILE

HTML = {"accept": "text/html"}


def addresses(shop) -> list[str]:
    claims = shop.ledger.claims()
    disputes = shop.get("/disputes.json").json()["disputes"]
    assert disputes
    return [
        "/", "/?day=2023-05-21&days=1", "/brief?day=2023-05-21&days=30", "/map", "/embed", "/claims", "/claims?party=RU&certainty=certain", "/places",
        "/places/691001", "/places/702657", "/places/691002?valid_at=2022-09-20&as_of=2022-12-31", "/search?q=nothing", "/reports", "/sources", "/sources/src-mod",
        "/sources/narrator:Lake%20Radio", "/disputes", "/method", "/api", "/desk", "/desk/log", "/login",
        *(f"/claims/{c.id}" for c in claims), *(f"/reports/{c.report_id}" for c in claims), *(f"/disputes/{d['id']}" for d in disputes),
        f"/desk/add?report={claims[0].report_id}", "/api/card/691001",
    ]  # fmt: skip


def test_every_page_answers_and_escapes_what_reports_say(reading_room):
    for address in addresses(reading_room):
        answer = reading_room.get(address, headers=HTML)
        assert answer.status_code == 200, address
        assert HOSTILE not in answer.text, address
        assert not re.search(r"<script(?! type=\"module\" src=\"/static/)", answer.text), address
        assert not re.search(r"\son\w+=|style=", answer.text), address
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_links_out_tell_nobody_where_one_came_from(reading_room):
    report = reading_room.ledger.claims()[0].report_id
    page = reading_room.get(f"/reports/{report}").text
    for link in re.findall(r"<a [^>]*href=\"https?://[^>]*>", page):
        assert 'rel="noopener noreferrer nofollow external"' in link


def test_every_thing_comes_as_json_and_csv(reading_room):
    claim = reading_room.ledger.claims()[0]
    dispute = reading_room.get("/disputes.json").json()["disputes"][0]["id"]
    for stem in ("/claims", f"/claims/{claim.id}", "/places", "/places/691001", "/reports", f"/reports/{claim.report_id}",
                 "/sources", "/sources/src-mod", "/disputes", f"/disputes/{dispute}"):  # fmt: skip
        found = reading_room.get(stem + ".json")
        assert found.status_code == 200, stem
        assert found.json(), stem
        table = reading_room.get(stem + ".csv")
        rows = list(csv.reader(io.StringIO(table.text)))
        assert table.headers["content-type"].startswith("text/csv"), stem
        assert len(rows) >= 2, stem
        assert len({len(r) for r in rows}) == 1, stem


def test_the_claim_page_marks_the_sentence_and_tells_the_chain(reading_room):
    claim = next(c for c in reading_room.ledger.claims() if c.attribution.via)
    page = reading_room.get(f"/claims/{claim.id}").text
    assert f'id="{claim.id}"' in page
    chain = re.search(r'<p class="bigchain">(.*?)</p>', page, re.S).group(1)
    assert re.sub(r"<[^>]+>", "", chain).split("←") == ["Moscow ", " Southern Agency ", " Northern Wire"]


def test_the_place_page_tells_status_reasons_gaps_and_disputes(reading_room):
    page = reading_room.get("/places/691001?valid_at=2022-06-22").text
    assert "Sources disagree" in page
    assert "Serhiy Haidai" in page
    later = reading_room.get("/places/691001.json?valid_at=2025-01-01").json()
    assert later["total"] == 2  # the day asked about does not hide what was said before
    assert later["gaps"] == [["2022-06-21", "2025-01-01"]]
    assert later["disputes"][0]["kind"] == "denial"


def test_the_card_of_the_map_says_where_a_place_lies(reading_room):
    assert "Sievierodonetsk Raion, Luhansk, UA" in reading_room.get("/api/card/691001").text


def test_nobody_named_is_inferred_from_the_region(reading_room):
    rows = reading_room.get("/places.json?valid_at=2022-08-01").json()["places"]
    found = {r["place"]["name"]: r["code"] for r in rows}
    assert found["Lysychansk"]["inferred"] is True
    assert found["Lysychansk"]["party"] == "RU"


def test_the_two_clocks_are_two(reading_room):
    early = reading_room.get("/claims.json?as_of=2022-12-31").json()
    assert {c["published"][:4] for c in early["claims"]} == {"2022"}
    assert early["total"] == 4
    assert reading_room.get("/claims.json?valid_at=2022-06-20").json()["total"] == 1
    said = reading_room.ledger.claims(as_of=dt.datetime(2022, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC))
    assert {c["id"] for c in early["claims"]} == {c.id for c in said}


def test_a_search_for_nothing_leads_to_all_places(reading_room):
    answer = reading_room.get("/search", params={"q": " "})
    assert (answer.status_code, answer.headers["location"]) == (303, "/places")


def test_search_knows_every_spelling_and_script(reading_room):
    for words in ("Toshkivka", "Toshkovka", "Тошківка", "Тошковка"):
        answer = reading_room.get("/search", params={"q": words})
        assert (answer.status_code, answer.headers["location"]) == (303, "/places/691001")
    assert (
        reading_room.get("/api/places", params={"q": "Артемівськ"}).json()["places"][0]["how"] == "historic: Артемівськ"
    )


def test_front_page_tells_what_was_claimed_disputed_changed_and_silent(reading_room):
    page = reading_room.get("/?day=2023-05-21&days=7").text
    assert "Russia took Bakhmut" in page
    assert "A claim is denied" in page
    assert "disputed between" in page or "fought over" in page
    assert "Toshkivka</a> was unsettled when last heard of" in page
    printed = reading_room.get("/brief?day=2023-05-21&days=7").text
    assert 'id="note1"' in printed
    assert "Russia has captured Bakhmut, its defence ministry said." in printed


def test_feed_is_atom_with_points(reading_room):
    from xml.etree import ElementTree as Xml

    feed = Xml.fromstring(reading_room.get("/feed.atom").content)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert entries
    assert any(e.find("{http://www.georss.org/georss}point") is not None for e in entries)


def test_facets_count_with_their_own_filter_lifted(reading_room):
    counts = {f["value"]: f["count"] for f in reading_room.get("/api/facets?party=UA").json()["party"]}
    assert counts["RU"] == reading_room.get("/claims.json?party=RU").json()["total"]
    both = reading_room.get("/claims.json?party=UA&party=RU").json()["total"]
    assert both == counts["RU"] + counts["UA"]


def test_paging_goes_through_all_once(reading_room):
    seen = []
    for offset in range(0, 20, 5):
        seen += [c["id"] for c in reading_room.get(f"/claims.json?limit=5&offset={offset}").json()["claims"]]
    assert sorted(seen) == sorted(c.id for c in reading_room.ledger.claims())


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/claims?nonsense=1", "no parameter 'nonsense'"), ("/claims?bbox=1,2,3", "bbox must be four numbers"), ("/claims?limit=0", "limit must be"),
        ("/claims?valid_at=yesterday", "valid_at must be a day"), ("/claims?as_of=2022-13-01", "as_of must be"), ("/claims?relation=loves", "relation must be one of"),
        ("/places/691001?policy=mine", "policy must be one of"), ("/?days=100000", "days must be"), ("/claims?party=a%00b", "control characters"),
        ("/claims.json?place=1%27%20or%201=1", "place must be a whole number"),
    ],
)  # fmt: skip
def test_bad_questions_are_told_what_is_wrong(reading_room, address, words):
    answer = reading_room.get(address)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]


@pytest.mark.parametrize("address", ["/claims/clm-none", "/reports/rep-none", "/places/5", "/disputes/x", "/sources/nobody", "/nowhere", "/collections/ships",
                                     "/static/../server.py", "/static/%2e%2e/server.py", "/export/claims.exe"])  # fmt: skip
def test_what_is_not_there_is_not_there(reading_room, address):
    assert reading_room.get(address).status_code == 404


def test_etag_and_compression(reading_room):
    first = reading_room.get("/claims.json", headers={"accept-encoding": "identity"})
    again = reading_room.get("/claims.json", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for coding in ("gzip", "br"):
        packed = reading_room.get("/claims.json", headers={"accept-encoding": coding})
        assert packed.headers["content-encoding"] == coding
        assert packed.json() == first.json()


def test_a_new_report_shows_at_once(shop):
    from reportedly.model import Reading

    from .sample import claim, report

    assert shop.get("/claims.json").json()["total"] == 12
    new = report("2025-07-02", "Lake Radio", "The army retook Goma.")
    shop.ledger.append(
        [
            (
                new,
                Reading(
                    report_id=new.id,
                    reader="reportedly/0+test",
                    claims=(claim(new, "The army retook Goma.", "takes", "DRC", 216281, "Goma"),),
                ),
            )
        ]
    )
    shop.app.state.views.fresh()
    assert shop.get("/claims.json").json()["total"] == 13


def test_a_large_ledger_answers_before_its_disputes_are_found(tmp_path, monkeypatch):
    import time

    from reportedly.publish import views

    from .sample import LEXICON, SmallGazetteer, fill

    monkeypatch.setattr(views, "SMALL", 3)
    held, found = [], views.disputes_of

    def slowly(*arguments, **named):
        while not held:
            time.sleep(0.01)
        return found(*arguments, **named)

    monkeypatch.setattr(views, "disputes_of", slowly)
    with fill(tmp_path / "l.sqlite") as ledger:
        asked = views.Views(ledger, SmallGazetteer(), lexicon=LEXICON)
        first = asked.snapshot()
        assert (first.pending, first.disputes, len(first.table)) == (True, (), 12)
        held.append(True)
        for _ in range(500):
            if not asked.snapshot().pending:
                break
            time.sleep(0.01)
        assert asked.disputes()
        assert asked.facets(views.Filters())["disputed"][0][0] == "yes"


def test_places_are_named_as_the_reports_write_them(reading_room):
    written = reading_room.get("/api/written").json()
    assert written["691001"] in ("Toshkivka", "Toshkovka")
    page = reading_room.get("/places/691001").text
    assert f"“{written['691001']}”" in page
    assert "Written in the reports as" in page


def test_where_the_model_knows_no_ground_it_says_what_is_shown_instead(reading_room):
    page = reading_room.get("/places/216281?policy=model").text
    assert "the model knows no ground here, so this is the majority of voices" in page
    status = reading_room.get("/places/216281.json?policy=model").json()["status"]
    plain = reading_room.get("/places/216281.json?policy=majority of voices").json()["status"]
    assert status["policy"] == "model"
    assert (status["state"], status["probabilities"]) == (plain["state"], plain["probabilities"])
    assert plain["state"] != "unknown"


def test_the_front_page_tells_changes_and_silence_in_sentences(reading_room):
    page = " ".join(reading_room.get("/?day=2022-06-21&days=7").text.split())
    assert "of which nothing was known, is" in page or "until then" in page
    assert "is sources disagree" not in page
    assert "is held by" in page or "is disputed between" in page
    assert "No report was read for 15 June 2022 to " in page
    quiet = " ".join(reading_room.get("/?day=1999-01-01&days=7").text.split())
    assert "No report was read that was published in these days" in quiet
    assert "No report was read for 26 December 1998 to 1 January 1999." in quiet


def test_the_feed_says_who_says_so_and_what_changed(reading_room):
    from xml.etree import ElementTree as Xml

    atom = "{http://www.w3.org/2005/Atom}"
    feed = Xml.fromstring(reading_room.get("/feed.atom").content)
    entries = {e.findtext(f"{atom}id"): e for e in feed.findall(f"{atom}entry")}
    titles = [e.findtext(f"{atom}title") for e in entries.values()]
    claims = [e.findtext(f"{atom}title") for name, e in entries.items() if name.startswith("urn:reportedly:clm-")]
    assert claims
    assert all(" says that " in t or " implies that " in t for t in claims)
    changes = [t for t in titles if t.startswith("On the map ")]
    assert changes
    assert all(" held by " in t or " disputed" in t or " fought over" in t or "nobody's" in t for t in changes)
    assert len(entries) == len(feed.findall(f"{atom}entry"))  # ids are unique

"""Every form of report from every kind of source, and what is set aside."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from reportedly.errors import InputError, MissingDate, ReportError
from reportedly.ingest import Limits, SetAside, load_report, load_reports
from reportedly.ingest.article import html_report
from reportedly.ingest.moments import parse_moment
from reportedly.ingest.page import decode
from reportedly.ingest.records import Given
from reportedly.model import Report

EXAMPLES = Path(__file__).parents[2] / "examples"
LINKED = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite"},
{"@type": ["NewsArticle"], "datePublished": "2025-03-04T01:00:00+03:00"}]}</script>"""
TEXT = "The army said on Wednesday that it had retaken the town of Sample from the rebels."


def reports(found: object) -> list[Report]:
    return [r for r in found if isinstance(r, Report)]  # type: ignore[attr-defined]


def asides(found: object) -> list[SetAside]:
    return [r for r in found if isinstance(r, SetAside)]  # type: ignore[attr-defined]


def line(**fields: object) -> bytes:
    return (
        json.dumps({"id": "a", "publisher": "Gazette", "published": "2025-01-02", "text": TEXT, **fields}).encode()
        + b"\n"
    )


def test_a_text_without_a_date_asks_for_one(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT)
    with pytest.raises(MissingDate, match="--published"):
        load_report(file, publisher="Gazette")
    report = load_report(file, publisher="Gazette", published="2025-01-02")
    assert report.published == dt.datetime(2025, 1, 2, tzinfo=dt.UTC)
    assert report.received is not None
    with pytest.raises(ReportError, match="--publisher"):
        load_report(file, published="2025-01-02")
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        load_report(file, publisher="Gazette", published="last week")


def test_a_dateline_without_a_year_dates_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"KYIV, Ukraine, July 3 (AP) — {TEXT}")
    with pytest.raises(MissingDate):
        load_report(file)


def test_header_lines_are_taken_off_and_offsets_count_from_the_story(tmp_path: Path) -> None:
    file, story = tmp_path / "a.txt", f"KYIV, Jan 2 (AP) - {TEXT}"
    file.write_bytes(
        f"Publisher: Gazette\r\nPublished: 2025-01-02\r\nHeadline: Town retaken\r\nCorrects: rep-1\r\n\r\n{story}".encode()
    )
    report = load_report(file)
    assert (report.publisher, report.headline, report.corrects, report.agency) == (
        "Gazette",
        "Town retaken",
        "rep-1",
        "AP",
    )
    assert report.text.startswith("KYIV")
    assert report.dateline is not None
    assert report.text[report.dateline.end :] == TEXT
    file.write_text(f"Published: soon\nPublisher: Gazette\n\n{TEXT}")
    with pytest.raises(ReportError, match="'Published: soon'"):
        load_report(file)


@pytest.mark.parametrize(
    ("raw", "reason"), [(b"abc \xff\xfe def", "byte 4 is not UTF-8"), (b"a\0b" * 50, "not text"), (b"  \n ", "no text")]
)
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, raw: bytes, reason: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(raw)
    with pytest.raises(ReportError, match=reason):
        load_report(file, publisher="Gazette", published="2025-01-02")


def test_json_lines_keep_the_good_and_name_the_line_of_the_bad(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    bad = [
        (b"{not json}\n", "is not JSON"), (b"\xff\xfe{}\n", "not UTF-8"), (b"[1, 2]\n", "JSON object"), (line(text=""), "no text"),
        (line(published=""), "--published"), (line(published="2025-99-99"), "no date"), (line(text=7), "field 'text' must be text"),
        (b'{"text":' + b"[" * 90_000 + b"]" * 90_000 + b"}\n", "nested"), (line(text="x" * 1_000_001), "longer than"),
    ]  # fmt: skip
    file.write_bytes(gzip.compress(line() + b"".join(b for b, _ in bad) + b"\n" + line(id="last", relays="")))
    found = list(load_reports(file))
    assert [r.native_id for r in reports(found)] == ["a", "last"]
    for number, (aside, (_, reason)) in enumerate(zip(asides(found), bad, strict=True), 2):
        assert reason in aside.reason
        assert aside.origin.endswith(f":{number}")


def test_json_lines_fill_gaps_only_and_carry_outlets(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(line() + line(publisher=None, published=None, refs=[{"outlet": "BBC", "url": "x"}, {"no": 1}]))
    first, second = reports(load_reports(file, publisher="Other", published="2020-01-01"))
    assert (first.publisher, first.published.year) == ("Gazette", 2025)
    assert (second.publisher, second.published.year, second.relays) == ("Other", 2020, ("BBC",))


def test_lone_surrogates_and_control_characters_do_not_pass(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(
        b'{"publisher":"G","published":"2025-01-02","text":"One \\ud800 two \\u0000 three of the towns was taken"}'
    )
    text = load_report(file).text
    assert text == "One \ufffd two   three of the towns was taken"
    text.encode()


def test_names_and_addresses_of_a_report_hold_nothing_that_a_terminal_or_a_database_takes_amiss(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    hostile = "A\\ud800B\\u001b[2JC\\u009b31mD\\nE"
    names = ",".join(f'"{n}":"{hostile}"' for n in ("publisher", "author", "url", "lang", "corrects", "id"))
    refs = f'"refs":[{{"outlet":"{hostile}"}}]'
    file.write_text(f'{{{names},{refs},"published":"2025-01-02","text":"One\\u009b2J of the towns was taken."}}')
    report = load_report(file)
    plain = "A\ufffdB [2JC 31mD E"
    assert {report.publisher, report.author, report.url, report.lang, report.corrects, report.native_id} == {plain}
    assert report.text == "One 2J of the towns was taken."
    assert report.id.startswith("rep-")


def test_a_publisher_of_a_thousand_letters_is_none(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(line(publisher="P" * 1000))
    (aside,) = asides(load_reports(file))
    assert "no name" in aside.reason


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.json", '[{"text": "x", "publisher": "G", "published": "2025-01-02"}]', "not a list"),
        ("a.json", '[\n  {\n    "text": "x"\n  }\n]', "one JSON value over several lines"),
        ("a.json", '{\n  "text": "x"\n}', "one JSON value over several lines"),
        ("a.jsonl", "[1, 2]", "not a list"),
    ],
)
def test_json_that_is_not_json_lines_is_told_once_and_how_to_mend_it(
    tmp_path: Path, name: str, text: str, reason: str
) -> None:
    file = tmp_path / name
    file.write_text(text)
    (aside,) = asides(load_reports(file, publisher="G", published="2025-01-02"))
    assert reason in aside.reason


def test_a_text_may_begin_with_a_bracket(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("[Update] The army said that it had retaken the town of Sample.")
    assert load_report(file, publisher="G", published="2025-01-02").text.startswith("[Update]")


@pytest.mark.parametrize("charset", ["hex", "foo", "rot13", "utf-8\0"])
def test_a_charset_that_is_none_is_passed_over(charset: str) -> None:
    raw = b"<html><body><article><p>The army said that it had retaken the town of Sample.</p></article></body></html>"
    assert "retaken the town" in decode(raw, charset)


def test_a_page_at_an_address_that_is_none_is_read() -> None:
    raw = b"<html><body><article><p>The army said that it had retaken the town of Sample.</p></article></body></html>"
    given = Given(publisher="G", published=parse_moment("2025-01-02", "a test"))
    assert html_report(raw, given=given, origin="a page", url="http://[").url is None


def test_an_over_long_line_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(line(id="1") + line(text="y" * 5000) + line(id="3"))
    found = list(load_reports(file, limits=Limits(record=2000)))
    assert [r.native_id for r in reports(found)] == ["1", "3"]
    assert [a.origin for a in asides(found)] == [f"{file}:2"]


def test_bombs_and_truncated_gzip_keep_what_came_before(tmp_path: Path) -> None:
    bomb, cut = tmp_path / "bomb.jsonl.gz", tmp_path / "cut.jsonl.gz"
    bomb.write_bytes(gzip.compress(line(id="1")) + gzip.compress(b"\0" * (64 << 20)))
    found = list(load_reports(bomb))
    assert [r.native_id for r in reports(found)] == ["1"]
    assert "bomb" in asides(found)[-1].reason
    whole = gzip.compress(b"".join(line(id=str(i), text=f"{TEXT} {i * 7919}") for i in range(3000)))
    cut.write_bytes(whole[: len(whole) // 2])
    found = list(load_reports(cut))
    assert 1000 < len(reports(found)) < 3000
    assert "ends in the middle" in asides(found)[-1].reason


def test_a_page_loses_its_boilerplate_and_keeps_its_caption() -> None:
    report = load_report(EXAMPLES / "ukraine" / "kherson.html")
    assert report.headline == "Russia says its troops have left the west bank at Kherson"
    assert report.published == dt.datetime(2022, 11, 11, 16, 20, tzinfo=dt.UTC)
    assert (report.publisher, report.author, report.published_precision) == ("Sample Gazette", "A. Sample", "second")
    assert report.caption is not None
    assert report.text[report.caption.start : report.caption.end].startswith(
        "People gather on the central square of Kherson"
    )
    for noise in ("cookies", "recipes", "newsletter", "dataLayer"):
        assert noise not in report.text
    assert "Henichesk" in report.text
    assert any("published_time" in note for note in report.notes)


@pytest.mark.parametrize(
    ("head", "published", "why"),
    [
        ('<meta name="date" content="2025-03-04">', "2025-03-04", "meta tag date"),
        (LINKED, "2025-03-03", "JSON-LD"),
        ('<script type="application/ld+json">{broken</script><time datetime="2025-03-05">5 March</time>', "2025-03-05", "<time>"),
        ('<link rel="canonical" href="https://gazette.example/2025/03/06/town">', "2025-03-06", "address"),
    ],
)  # fmt: skip
def test_where_a_page_states_its_date(tmp_path: Path, head: str, published: str, why: str) -> None:
    file = tmp_path / "a.html"
    file.write_text(
        f"<html><head><title>T</title>{head}</head><body><article><p>{TEXT}</p><p>{TEXT} Again.</p></article></body></html>"
    )
    report = load_report(file, publisher="Gazette")
    assert report.published.date().isoformat() == published
    assert why in report.notes[0]


def test_a_page_without_a_stated_date_is_never_dated_by_its_story(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(f"<html><body><article><p>On 3 July 2025 {TEXT}</p><p>© 2026 Gazette</p></article></body></html>")
    with pytest.raises(MissingDate):
        load_report(file, publisher="Gazette")


@pytest.mark.parametrize("extractor", ["trafilatura", "resiliparse"])
def test_both_extractors_find_the_story(extractor: str, page: object, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(page("Army retakes airport"))  # type: ignore[operator]
    report = load_report(file, extractor=extractor)
    assert "retaken the airport" in report.text
    assert "Terms of use" not in report.text
    assert "Sport" not in report.text


def test_hostile_markup_is_survived(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(b"<html>" + b"<div>" * 50_000 + b"<p>deep</p>" + b"<" * 1000 + b"\xff\xfe\x00&#x110000;")
    found = list(load_reports(file, publisher="G", published="2025-01-02"))
    assert len(found) == 1


def test_feeds_give_a_report_an_entry() -> None:
    atom = reports(load_reports(EXAMPLES / "syria" / "manbij.atom"))
    assert [r.native_id for r in atom] == ["urn:example:broadcaster:manbij-1", "urn:example:broadcaster:manbij-2"]
    assert atom[0].published == dt.datetime(2024, 12, 9, 15, tzinfo=dt.UTC)
    assert atom[0].text.count("\n\n") == 1
    assert "<p>" not in atom[0].text
    rss = reports(load_reports(EXAMPLES / "ukraine" / "feed.xml"))
    assert [r.headline for r in rss][2] == "Cup tie ends in a draw"
    assert rss[0].publisher == "Sample Broadcaster: World"


def test_feed_entries_without_a_date_and_entity_bombs_are_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text(
        f"<rss version='2.0'><channel><title>G</title><item><title>T</title><description>{TEXT}</description></item></channel></rss>"
    )
    assert "--published" in asides(load_reports(file))[0].reason
    lol = "".join(
        f'<!ENTITY l{i} "{"&l" + str(i - 1) + ";" if i else "lol"}{"&l" + str(i - 1) + ";" if i else ""}">'
        for i in range(40)
    )
    file.write_text(
        f"<?xml version='1.0'?><!DOCTYPE rss [{lol}]><rss version='2.0'><channel><title>&l39;</title></channel></rss>"
    )
    assert "entities" in asides(load_reports(file))[0].reason


def test_standard_input_is_read_by_what_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(gzip.compress(line() + line(id="b")))))
    assert [r.native_id for r in reports(load_reports("-"))] == ["a", "b"]
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert load_report("-", publisher="G", published="2025-01-02").text == TEXT


def test_parquet_columns(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = tmp_path / "a.parquet"
    pq.write_table(
        pa.table(
            {"id": ["1", "2"], "publisher": ["G", "G"], "published": [dt.date(2025, 1, 2), None], "text": [TEXT, TEXT]}
        ),
        file,
    )
    found = list(load_reports(file))
    assert [r.native_id for r in reports(found)] == ["1"]
    assert "--published" in asides(found)[0].reason
    pq.write_table(pa.table({"body": [TEXT]}), file)
    assert "no column 'text'" in asides(load_reports(file))[0].reason
    file.write_bytes(b"PAR1 and then nothing")
    assert "cannot be read" in asides(load_reports(file))[0].reason


def test_parquet_is_read_in_pieces_however_long_the_file(tmp_path: Path) -> None:
    """What is held after the first report is a part of the file and not all of its row groups."""
    import random

    import pyarrow as pa
    import pyarrow.parquet as pq

    chance = random.Random(1)  # text that does not pack
    texts = [chance.randbytes(1_000).hex() for _ in range(6_000)]
    path = tmp_path / "long.parquet"
    same = {"publisher": ["G"] * len(texts), "published": ["2024-05-06"] * len(texts), "lang": ["en"] * len(texts)}
    table = pa.table({"text": texts, **same})
    pq.write_table(table, path, row_group_size=500, use_dictionary=False)
    del table
    before = pa.total_allocated_bytes()
    reports = load_reports(path)
    first = next(reports)
    held = pa.total_allocated_bytes() - before
    assert isinstance(first, Report)
    assert 1 + sum(1 for _ in reports) == len(texts)
    assert held < path.stat().st_size / 2


def test_folders_are_read_in_order_and_missing_ones_named(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.jsonl").write_bytes(line(id="b"))
    (tmp_path / "a.jsonl").write_bytes(line(id="a"))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text("no")
    assert [r.native_id for r in reports(load_reports(tmp_path))] == ["a", "b"]
    with pytest.raises(InputError, match="no such file"):
        load_reports(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no file in it"):
        list(load_reports(tmp_path / "empty"))


def test_the_same_bytes_make_the_same_report_whenever_they_are_received() -> None:
    one, two = (
        load_report(EXAMPLES / "congo" / "goma.txt", received=dt.datetime(y, 1, 1, tzinfo=dt.UTC)) for y in (2025, 2026)
    )
    assert one.id == two.id
    assert one.sha256 == two.sha256


@pytest.mark.shared
def test_shared_material_goes_through(shared: Path) -> None:
    for name in ("news", "isw", "current-events"):
        found = list(load_reports(shared / "reports" / f"{name}.jsonl.gz"))
        assert len(reports(found)) >= 0.97 * len(found) > 100
        assert all(a.reason for a in asides(found))
    seed = load_report(shared / "seed" / "report.txt")
    assert (seed.publisher, seed.agency, seed.dateline_place, seed.relays) == ("ANI", "ANI", "Kyiv", ("Al Jazeera",))
    assert seed.published == dt.datetime(2025, 7, 3, tzinfo=dt.UTC)

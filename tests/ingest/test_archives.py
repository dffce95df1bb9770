"""WARC: what is a page comes through, what is not is passed over or set aside, and a broken archive loses only its rest."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly.errors import MissingDate, NothingToRead, OtherLanguage
from reportedly.ingest import Limits, SetAside, load_reports
from reportedly.model import Report

HTML = {"Content-Type": "text/html; charset=utf-8"}
Maker = Callable[..., bytes]


def read(path: Path, **options: object) -> tuple[list[Report], list[SetAside]]:
    found = list(load_reports(path, **options))  # type: ignore[arg-type]
    return [r for r in found if isinstance(r, Report)], [a for a in found if isinstance(a, SetAside)]


@pytest.mark.parametrize("compressed", [True, False])
def test_pages_of_an_archive(tmp_path: Path, make_warc: Maker, page: Callable[..., bytes], compressed: bool) -> None:
    file = tmp_path / ("a.warc.gz" if compressed else "a.warc")
    file.write_bytes(make_warc([
        ("https://gazette.example/1", HTML, page("First")),
        ("https://gazette.example/pic", {"Content-Type": "image/png"}, b"\x89PNG"),
        ("https://gazette.example/2", {**HTML, "Content-Encoding": "gzip"}, gzip.compress(page("Second"))),
        ("https://gazette.example/3", HTML, b"<html><body></body></html>"),
    ], compressed=compressed))  # fmt: skip
    reports, asides = read(file)
    assert [(r.headline, r.url) for r in reports] == [
        ("First", "https://gazette.example/1"),
        ("Second", "https://gazette.example/2"),
    ]
    assert reports[0].publisher == "Sample Gazette"
    assert "Terms of use" not in reports[0].text
    assert [a.origin for a in asides] == ["https://gazette.example/3"]


GERMAN = (
    "Die Regierung teilte am Mittwoch mit, dass die Arbeiten an der neuen Brücke im kommenden Frühjahr beginnen sollen. Nach Angaben "
    "des Ministeriums werden die Kosten höher ausfallen als bisher geplant, weil das Material teurer geworden ist und die Firmen kaum "
    "noch Leute finden. Die Opposition warf dem Minister vor, er habe das Parlament zu spät unterrichtet und die Zahlen geschönt. Der "
    "Bürgermeister der Stadt sagte, man habe mit der Bahn gesprochen und hoffe, dass die Züge während der Bauzeit weiter fahren. Auf "
    "der anderen Seite des Flusses warten die Händler seit Jahren darauf, dass wieder mehr Kunden über die Brücke kommen."
)


def test_pages_in_other_languages_are_given_up_where_languages_are_named(
    tmp_path: Path, make_warc: Maker, page: Callable[..., bytes]
) -> None:
    body = f"<html><head><title>Ohne Datum</title></head><body><article><h1>Die Brücke</h1><p>{GERMAN}</p></article></body></html>"
    file = tmp_path / "a.warc.gz"
    file.write_bytes(make_warc([
        ("https://gazette.example/de", HTML, body.encode()),
        ("https://gazette.example/en", HTML, page("First", "Officials gave no reason for it. " * 12)),
    ]))  # fmt: skip
    reports, asides = read(file, langs=("en",))
    assert [r.lang for r in reports] == ["en"]
    assert isinstance(asides[0].error, OtherLanguage)
    assert asides[0].error.lang == "de"
    for langs in ((), ("de", "en")):  # then it is a report like any other, and lacks a date
        assert isinstance(read(file, langs=langs)[1][0].error, MissingDate)


def test_pages_not_worth_reading_are_given_up_with_what_coverage_needs(
    tmp_path: Path, make_warc: Maker, page: Callable[..., bytes]
) -> None:
    undated = page("Undated").replace(b"2025", b"").replace(b"2024", b"").replace(b"2023", b"")
    file = tmp_path / "a.warc.gz"
    file.write_bytes(make_warc([
        ("https://gazette.example/1", HTML, page("Council meets")),
        ("https://gazette.example/2", HTML, page("Town taken", "The army captured Sadove.")),
    ]))  # fmt: skip
    whole, _ = read(file, stamp=False)
    reports, asides = read(file, stamp=False, worth=lambda text: "captured" in text)
    assert reports == whole[1:]
    error = asides[0].error
    assert isinstance(error, NothingToRead)
    assert (error.publisher, error.published) == (whole[0].publisher, whole[0].published)
    file.write_bytes(make_warc([("https://gazette.example/3", HTML, undated)]))
    assert [type(a.error) for a in read(file, worth=lambda text: False)[1]] == [type(a.error) for a in read(file)[1]]


def test_redirects_and_errors_are_no_reports(tmp_path: Path, make_warc: Maker, page: Callable[..., bytes]) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(make_warc([("https://gazette.example/1", HTML, page("Gone"))], status="404 Not Found"))
    assert read(file) == ([], [])


@pytest.mark.parametrize("cut", [150, 300, 400, 560])  # page, head of the answer, own header
def test_a_truncated_archive_keeps_what_came_before(
    tmp_path: Path, make_warc: Maker, page: Callable[..., bytes], cut: int
) -> None:
    whole = make_warc(
        [(f"https://gazette.example/{i}", HTML, page(f"Number {i}", f"Case {i * 7919}.")) for i in range(50)]
    )
    file = tmp_path / "a.warc.gz"
    file.write_bytes(whole[: len(whole) - cut])
    reports, asides = read(file)
    assert len(reports) == 49
    assert len(asides) == 1
    assert "ends in the middle" in asides[0].reason or "cut off" in asides[0].reason


def test_too_long_records_and_bombs_are_passed_over(
    tmp_path: Path, make_warc: Maker, page: Callable[..., bytes]
) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(make_warc([
        ("https://gazette.example/long", HTML, b"<p>" + b"long " * 400_000),
        ("https://gazette.example/bomb", {**HTML, "Content-Encoding": "gzip"}, gzip.compress(b"0" * (8 << 20))),
        ("https://gazette.example/good", HTML, page("Good")),
    ]))  # fmt: skip
    reports, asides = read(file, limits=Limits(record=1 << 20))
    assert [r.headline for r in reports] == ["Good"]
    assert [a.origin.rsplit("/")[-1] for a in asides] == ["long", "bomb"]


def test_a_stream_reads_like_a_file(
    make_warc: Maker, page: Callable[..., bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    from types import SimpleNamespace

    data = make_warc([("https://gazette.example/1", HTML, page("First"))])
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert [r.headline for r in load_reports("-") if isinstance(r, Report)] == ["First"]


@pytest.mark.shared
def test_a_real_archive(shared: Path) -> None:
    reports, asides = read(shared / "reports" / "warc" / "whirlwind.warc.gz")
    assert len(reports) == 1
    assert reports[0].text.startswith("Escopete")
    assert not asides

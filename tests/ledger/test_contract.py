"""What any ledger must do, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import hashlib
import multiprocessing
from pathlib import Path

import pytest
import sqlalchemy as sa

from reportedly.errors import InputError, LedgerError, NotFound, TamperedLedger
from reportedly.ledger import Ledger, stamps
from reportedly.ledger import tables as t
from reportedly.ledger.backup import backup, restore
from reportedly.ledger.columns import written_names
from reportedly.model import PlaceKind, PlaceRef, Relation

from .cases import FIRST, MACHINE, make_claim, make_reading, make_report

HOUR = dt.timedelta(hours=1)


def test_what_goes_in_comes_out(ledger: Ledger) -> None:
    report = make_report()
    reading = make_reading(report)
    assert ledger.append([(report, reading)]) == (1, 1)
    assert ledger.report(report.id) == report
    assert list(ledger.claims()) == list(reading.claims)
    assert list(ledger.statements()) == list(reading.statements)
    assert list(ledger.unresolved()) == list(reading.unresolved)
    assert [kept for _, kept in ledger.readings(report.id)] == [reading]


def test_twice_is_once(ledger: Ledger) -> None:
    report = make_report()
    items = [(report, make_reading(report))]
    ledger.append(items)
    before, head = ledger.counts(), ledger.head()
    assert ledger.append(items) == (0, 0)
    assert ledger.append(items * 2) == (0, 0)
    assert (ledger.counts(), ledger.head()) == (before, head)


def test_a_reading_of_an_unknown_report_is_refused_whole(ledger: Ledger) -> None:
    known, unknown = make_report(1), make_report(2)
    ledger.append_report(known)
    with pytest.raises(LedgerError, match="append it first"):
        ledger.append([(known, make_reading(known)), (known, make_reading(unknown))])
    assert ledger.counts()["readings"] == 0


def test_a_persons_reading_outranks_the_machines_whenever_it_came(ledger: Ledger) -> None:
    report = make_report()
    ledger.append_report(report)
    corrected = make_claim(report, place_id=202)
    ledger.append_reading(make_reading(report, corrected, reader="person:Olena"))
    ledger.append_reading(make_reading(report, make_claim(report)))
    ledger.append_reading(
        make_reading(report, make_claim(report, relation=Relation.HOLDS), reader="reportedly/0.2.0+test")
    )
    assert list(ledger.claims()) == [corrected]
    assert len(ledger.readings(report.id)) == 3


def test_as_of_knows_only_what_was_recorded_by_then(ledger: Ledger) -> None:
    early, late = make_report(1), make_report(2)
    ledger.append([(early, make_reading(early))], when=FIRST + 5 * HOUR)
    ledger.append([(late, make_reading(late))], when=FIRST + 10 * HOUR)
    corrected = make_claim(early, place_id=303)
    ledger.append_reading(make_reading(early, corrected, reader="person:Ihor"), when=FIRST + 20 * HOUR)
    assert [c.report_id for c in ledger.claims(as_of=FIRST + 4 * HOUR)] == []
    assert [c.report_id for c in ledger.claims(as_of=FIRST + 6 * HOUR)] == [early.id]
    assert [c.place.place_id for c in ledger.claims(as_of=FIRST + 11 * HOUR)] == [101, 101]
    assert [c.place.place_id for c in ledger.claims()] == [303, 101]


def test_an_edited_article_supersedes_without_erasing(ledger: Ledger) -> None:
    first = make_report(1)
    edited = dataclasses.replace(first, text="The village was not taken.", published=first.published + HOUR)
    ledger.append([(first, make_reading(first))], when=FIRST + 2 * HOUR)
    ledger.append([(edited, make_reading(edited, make_claim(edited, place_id=404)))], when=FIRST + 4 * HOUR)
    assert [c.place.place_id for c in ledger.claims()] == [404]
    assert [c.place.place_id for c in ledger.claims(as_of=FIRST + 3 * HOUR)] == [101]
    assert ledger.counts()["claims"] == 2


def test_a_retraction_sets_the_retracted_report_aside(ledger: Ledger) -> None:
    wrong = make_report(1)
    retraction = make_report(2, corrects=wrong.url)
    ledger.append([(wrong, make_reading(wrong)), (retraction, None)])
    assert list(ledger.claims()) == []
    assert ledger.report(wrong.id) == wrong


def test_old_versions_read_again_do_not_resurrect(ledger: Ledger) -> None:
    first = make_report(1)
    edited = dataclasses.replace(first, text="Nothing was taken.", published=first.published + HOUR)
    ledger.append([(first, make_reading(first)), (edited, None)])
    ledger.append_reading(make_reading(first, reader="reportedly/0.2.0+test"))
    assert list(ledger.claims()) == []


def test_filters(ledger: Ledger) -> None:
    one, two = make_report(1), make_report(2)
    denied = make_claim(two, place_id=202, party="UA", relation=Relation.LOSES)
    pair = PlaceRef(words="both towns", kind=PlaceKind.SET, members=(101, 909))
    both = make_claim(two, relation=Relation.HOLDS, place=pair, valid=None)
    ledger.append([(one, make_reading(one)), (two, make_reading(two, denied, both))])
    assert [c.place.place_id for c in ledger.claims(place_ids=[101])] == [101, None]
    assert list(ledger.claims(place_ids=[909])) == [both]
    assert list(ledger.claims(party="UA")) == [denied]
    assert list(ledger.claims(relation="loses", source="official")) == [denied]
    assert ledger.count_claims(publisher="Example Agency") == 3
    assert len(ledger.claims(limit=2, offset=1)) == 2
    assert ledger.claims(valid_from=dt.date(2024, 5, 1)) == ()
    assert len(ledger.claims(valid_to=dt.date(2024, 3, 2))) == 3
    assert ledger.claims(text="100%_") == ()


def test_hostile_words_are_only_words(ledger: Ledger) -> None:
    report = make_report(1, publisher="'); DROP TABLE claims; --", text="Robert'); DROP TABLE reports;-- said so.")
    ledger.append([(report, make_reading(report))])
    assert ledger.count_claims(publisher="'); DROP TABLE claims; --") == 1
    assert ledger.count_claims(source="' OR '1'='1") == 0


def test_unknown_ids_are_not_found(ledger: Ledger) -> None:
    with pytest.raises(NotFound, match="rep-nothing"):
        ledger.report("rep-nothing")
    with pytest.raises(NotFound, match="clm-nothing"):
        ledger.claim("clm-nothing")


def test_coverage_counts_reports_and_remembers_days_without_any(ledger: Ledger) -> None:
    ledger.append([(make_report(1), None), (make_report(2), None)])
    assert ledger.append_coverage("Quiet Gazette", dt.date(2024, 3, 2), 0)
    assert not ledger.append_coverage("Quiet Gazette", dt.date(2024, 3, 2), 0)
    assert list(ledger.coverage()) == [
        ("Example Agency", dt.date(2024, 3, 1), 2),
        ("Quiet Gazette", dt.date(2024, 3, 2), 0),
    ]


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (t.claims, {"body": "{}"}),
        (t.claims, {"party": "UA"}),
        (t.reports, {"body": "{}"}),
        (t.readings, {"reader": "person:Mallory"}),
        (t.readings, {"recorded_at": "2020-01-01T00:00:00.000000Z"}),
    ],
    ids=["claim", "column", "report", "reader", "moment"],
)
def test_verify_finds_a_changed_row(ledger: Ledger, table: sa.Table, change: dict[str, str]) -> None:
    reports = [make_report(n) for n in range(5)]
    ledger.append([(r, make_reading(r)) for r in reports])
    assert ledger.verify() == 5
    with ledger.engine.begin() as connection:
        connection.execute(table.update().where(table.c.seq == 3).values(**change))
    with pytest.raises(TamperedLedger, match=reports[2].id):
        ledger.verify()


def test_verify_finds_a_missing_claim_and_a_missing_reading(ledger: Ledger) -> None:
    reports = [make_report(n) for n in range(5)]
    ledger.append([(r, make_reading(r)) for r in reports])
    with ledger.engine.begin() as connection:
        connection.execute(t.claims.delete().where(t.claims.c.seq == 2))
    with pytest.raises(TamperedLedger, match=reports[1].id):
        ledger.verify()
    with ledger.engine.begin() as connection:
        for table in (t.claims, t.statements, t.unresolved):
            connection.execute(table.delete().where(table.c.reading_seq == 2))
        connection.execute(t.readings.delete().where(t.readings.c.seq == 2))
    with pytest.raises(TamperedLedger, match="number 2 is missing"):
        ledger.verify()


def write_some(url: str, first: int, count: int) -> None:
    """What each of two writers does, one transaction a report."""
    with Ledger.open(url) as opened:
        for number in range(first, first + count):
            report = make_report(number)
            opened.append([(report, make_reading(report))])


def test_two_writers_at_once_lose_nothing(url: str) -> None:
    Ledger.open(url).close()
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write_some, args=(url, first, 30)) for first in (0, 20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Ledger.open(url) as opened:
        assert opened.counts()["readings"] == 50
        assert opened.verify() == 50


def test_a_ledger_that_is_not_there_is_not_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="There is no ledger"):
        Ledger.open(tmp_path / "none.sqlite", create=False)


def test_a_file_that_is_no_ledger_says_so(tmp_path: Path) -> None:
    file = tmp_path / "notes.sqlite"
    file.write_bytes(b"not a database, but long enough to look like a header of one" * 20)
    with pytest.raises(LedgerError, match="cannot be opened"):
        Ledger.open(file)


def test_a_full_disk_is_a_sentence_and_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    first, second = make_report(1), make_report(2, text="The village was taken. " * 20_000)
    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        ledger.append([(first, make_reading(first))])
        with ledger.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1")  # it may not grow any more
        with pytest.raises(LedgerError, match="full"):
            ledger.append([(second, make_reading(second))])
        assert ledger.counts()["reports"] == 1
        assert ledger.verify() == 1


def test_a_lock_that_lasts_is_a_sentence(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.sqlite") as ledger, Ledger.open(tmp_path / "l.sqlite") as other:
        with ledger.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=1")
        with other.writing(), pytest.raises(LedgerError, match="locked"):
            ledger.append_report(make_report())


def test_has_reading(ledger: Ledger) -> None:
    report = make_report()
    ledger.append([(report, make_reading(report))])
    assert ledger.has_report(report.id)
    assert ledger.has_reading(report.id, MACHINE)
    assert not ledger.has_reading(report.id, "person:Olena")


def test_backup_and_restore_into_either_kind(ledger: Ledger, tmp_path: Path) -> None:
    reports = [make_report(n) for n in range(7)]
    ledger.append([(r, make_reading(r)) for r in reports])
    ledger.append_coverage("Quiet Gazette", dt.date(2024, 3, 2), 0)
    rows = backup(ledger, tmp_path / "kept.gz")
    with Ledger.open(tmp_path / "new.sqlite") as other:
        assert restore(other, tmp_path / "kept.gz") == rows
        assert (other.head(), other.counts(), list(other.claims())) == (
            ledger.head(),
            ledger.counts(),
            list(ledger.claims()),
        )
        assert other.append([(reports[0], make_reading(reports[0]))]) == (0, 0)
        with pytest.raises(LedgerError, match="not empty"):
            restore(other, tmp_path / "kept.gz")


@pytest.mark.parametrize("harm", ["cut", "other", "edited", "short"])
def test_a_bad_backup_leaves_nothing(tmp_path: Path, harm: str) -> None:
    file = tmp_path / "kept.gz"
    with Ledger.open(tmp_path / "old.sqlite") as old:
        old.append([(r, make_reading(r)) for r in map(make_report, range(7))])
        backup(old, file)
    lines = gzip.decompress(file.read_bytes()).decode().splitlines(keepends=True)
    if harm == "cut":
        file.write_bytes(file.read_bytes()[:-40])
    elif harm == "other":
        file.write_bytes(gzip.compress(b'{"form": "something else"}\n'))
    elif harm == "edited":
        file.write_bytes(gzip.compress("".join(line.replace("Officials", "Nobody") for line in lines).encode()))
    else:
        file.write_bytes(gzip.compress("".join(line for line in lines if '"seq": 7' not in line).encode()))
    with Ledger.open(tmp_path / "new.sqlite") as new:
        with pytest.raises((InputError, LedgerError)):
            restore(new, file)
        assert not any(new.counts().values())


def test_a_ledger_of_a_newer_form_is_refused(url: str) -> None:
    with Ledger.open(url) as opened, opened.engine.begin() as connection:
        connection.execute(t.schema_steps.insert().values(number=99, name="from the future", applied_at="2030"))
    with pytest.raises(LedgerError, match="newer"):
        Ledger.open(url)


def test_a_timestamp_query_is_of_the_head(ledger: Ledger) -> None:
    pytest.importorskip("rfc3161_client", reason="needs the extra reportedly[timestamps]")
    report = make_report()
    ledger.append([(report, make_reading(report))])
    query = stamps.request(ledger.head())
    assert hashlib.sha512(bytes.fromhex(ledger.head())).digest() in query
    with pytest.raises(InputError, match="no answer"):
        stamps.check([ledger.head()], b"nonsense")


def test_the_commonest_spelling_of_a_place(ledger: Ledger) -> None:
    for number, words in enumerate(("Toshkivka", "Toshkovka", "Toshkovka", "Zolote")):
        report = make_report(number)
        claim = make_claim(report, place_id=100 if words != "Zolote" else 101)
        spelled = dataclasses.replace(claim, place=dataclasses.replace(claim.place, words=words))
        ledger.append([(report, make_reading(report, spelled))])
    assert written_names(ledger) == {100: "Toshkovka", 101: "Zolote"}

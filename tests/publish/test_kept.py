"""What is kept between starts: a ledger that has grown is derived as if from the beginning, but only where it grew."""

from __future__ import annotations

import datetime as dt

import pytest

from reportedly.ledger import Ledger
from reportedly.model import (
    Attribution,
    Claim,
    Extent,
    PlaceKind,
    PlaceRef,
    Reading,
    Relation,
    Report,
    Span,
)
from reportedly.publish import kept
from reportedly.publish.derive import POLICIES
from reportedly.publish.filters import Filters
from reportedly.publish.subjects import place_subject
from reportedly.publish.views import Views

from .sample import LEXICON, SmallGazetteer, fill

DAY = dt.datetime(2025, 8, 1, 6, tzinfo=dt.UTC)


def told(number: int, place: PlaceRef, party: str, relation: Relation, *, reader: str = "reportedly/0+test"):
    text = f"Number {number}: {party} {relation} {place.words}, an official said."
    report = Report(publisher="Morning Post", published=DAY + dt.timedelta(days=number), text=text)
    claim = Claim(
        report_id=report.id, published=report.published, publisher=report.publisher, relation=relation, party=party, place=place,
        span=Span(start=0, end=len(text)), quote=text, extent=Extent(), attribution=Attribution(source="an official", cue="said"),
        reader=reader,
    )  # fmt: skip
    return report, Reading(report_id=report.id, reader=reader, claims=(claim,))


TOSHKIVKA = PlaceRef(words="Toshkivka", place_id=691001, name="Toshkivka", probability=1.0)
REGION = PlaceRef(words="the region", place_id=702657, name="Luhansk Oblast", probability=1.0, kind=PlaceKind.REGION)
GROUP = PlaceRef(words="two villages", kind=PlaceKind.UNNAMED, count=2, within=702657)
PAIR = PlaceRef(words="Nadiia and Bakhmut", kind=PlaceKind.SET, members=(691002, 691004))
STEPS = {
    "a claim on a settlement": (TOSHKIVKA, "UA", Relation.TAKES),
    "a claim on a whole region": (REGION, "RU", Relation.TAKES),
    "a claim on a group within a region": (GROUP, "UA", Relation.HOLDS),
    "a claim on two places together": (PAIR, "UA", Relation.TAKES),
}


def derived(ledger: Ledger, cache) -> tuple:
    views = Views(ledger, SmallGazetteer(), lexicon=LEXICON, cache=cache)
    histories = {}
    for policy in POLICIES:
        history = views.history(policy)
        changes = {
            (int(history.ids[p]), int(d), history.codes[c])
            for p, d, c in zip(history.place, history.day, history.code, strict=True)
        }
        histories[policy] = changes
    return histories, views.disputes()


@pytest.mark.parametrize("step", STEPS)
def test_a_grown_ledger_is_derived_as_from_the_beginning(tmp_path, step):
    with fill(tmp_path / "l.sqlite") as ledger:
        derived(ledger, tmp_path / "kept")
        report, reading = told(1, *STEPS[step])
        ledger.append([(report, reading)])
        assert derived(ledger, tmp_path / "kept") == derived(ledger, None)
        # the claim goes again: a person has found none in that report
        ledger.append([(report, Reading(report_id=report.id, reader="person:Ana"))])
        assert derived(ledger, tmp_path / "kept") == derived(ledger, None)


def test_only_what_changed_is_derived_anew(tmp_path, monkeypatch):
    seen: list[int] = []
    batches = kept.Ground.batches

    def counted(self, wanted):
        seen.append(len(wanted))
        return batches(self, wanted)

    monkeypatch.setattr(kept.Ground, "batches", counted)
    with fill(tmp_path / "l.sqlite") as ledger:
        views = Views(ledger, SmallGazetteer(), lexicon=LEXICON, cache=tmp_path / "kept")
        views.history("last claim wins")
        first = max(seen)
        seen.clear()
        ledger.append([told(2, TOSHKIVKA, "UA", Relation.TAKES)])
        again = Views(ledger, SmallGazetteer(), lexicon=LEXICON, cache=tmp_path / "kept")
        again.history("last claim wins")
        assert first > 1
        assert seen == [1, 1]  # disputes and history, of one place each


def test_kept_files_say_what_they_are_and_a_broken_one_is_made_anew(tmp_path):
    with fill(tmp_path / "l.sqlite") as ledger:
        right = derived(ledger, tmp_path / "kept")
        files = list((tmp_path / "kept").iterdir())
        assert len(files) == 2 + len(POLICIES)
        for file in files:
            assert file.read_bytes().startswith(b"Derived from a ledger by reportedly")
            file.write_bytes(file.read_bytes()[:-40])
        assert derived(ledger, tmp_path / "kept") == right


def test_a_folder_that_cannot_be_written_to_costs_time_not_the_answer(tmp_path):
    (tmp_path / "kept").write_text("a file where a folder should be")
    with fill(tmp_path / "l.sqlite") as ledger:
        assert derived(ledger, tmp_path / "kept") == derived(ledger, None)


@pytest.mark.parametrize("step", STEPS)
def test_the_place_page_and_the_map_agree(tmp_path, step):
    with fill(tmp_path / "l.sqlite") as ledger:
        ledger.append([told(1, *STEPS[step])])
        views = Views(ledger, SmallGazetteer(), lexicon=LEXICON)
        day = dt.date(2025, 9, 1)
        for policy in POLICIES:
            for place_id in views.history(policy).ids.tolist():
                shown = place_subject(views, place_id, Filters(), policy=policy, day=day)
                assert (shown["status"].state, shown["status"].party or "") == (
                    shown["code"].state,
                    shown["code"].party if shown["code"].state == "held" else "",
                ), (policy, place_id)


def test_the_place_page_shows_claims_on_groups_and_on_several_places(tmp_path):
    with fill(tmp_path / "l.sqlite") as ledger:
        ledger.append([told(1, GROUP, "UA", Relation.HOLDS), told(2, PAIR, "UA", Relation.TAKES)])
        views = Views(ledger, SmallGazetteer(), lexicon=LEXICON)
        for place_id, words in ((702657, "two villages"), (691002, "Nadiia and Bakhmut")):
            shown = place_subject(views, place_id, Filters(), policy="last claim wins", day=dt.date(2025, 9, 1))
            assert [c.place.words for c in shown["together"]][:1] == [words]

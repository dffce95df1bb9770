"""What a text says of its own origin, by its words alone."""

from __future__ import annotations

import datetime as dt

import pytest

from reportedly.ingest.moments import parse_moment
from reportedly.ingest.trace import language, trace

TAIL = "The ministry said that the matter was being looked into by its staff."


@pytest.mark.parametrize(
    ("line", "place", "agency", "day"),
    [
        ("GOMA, Democratic Republic of Congo (AP) — ", "GOMA", "AP", None),
        ("MOSCOW, July 3. /TASS/. ", "MOSCOW", "TASS", None),
        ("Dnipro [Ukraine], August 9 (ANI): ", "Dnipro", "ANI", None),
        ("KHARTOUM, Sudan, March 26, 2025 (Reuters) - ", "KHARTOUM", "Reuters", "2025-03-26"),
        ("Damascus, 8 December 2024 (SANA) – ", "Damascus", "SANA", "2024-12-08"),
        ("LONDON — ", "LONDON", None, None),
        ("PORT SUDAN, Sudan -- ", "PORT SUDAN", None, None),
        ("Rio de Janeiro, June 2 (EFE).- ", "Rio de Janeiro", "EFE", None),
    ],
)
def test_datelines(line: str, place: str, agency: str | None, day: str | None) -> None:
    found = trace(line + TAIL)
    assert found.dateline is not None
    assert (found.dateline.start, found.dateline.end) == (0, len(line))
    assert (found.dateline_place, found.agency) == (place, agency)
    assert (found.published and found.published.at.date().isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine: the army said that it still held the town on Tuesday evening.",
        "Ukrainian forces (UAF) advanced near the town, the General Staff said.",
        "President Biden - who left office in January - said that nothing had changed.",
        "The White House (WH) said on Monday that it had no comment to make.",
        "On July 3, 2025, the army said that the last villages had been captured.",
        "Reuters: the army has moved on to the next town, a spokesman said today.",
    ],
)
def test_sentences_are_no_datelines_and_date_nothing(text: str) -> None:
    found = trace(text)
    assert found.dateline is None
    assert found.published is None


def test_a_first_line_that_glues_date_caption_and_place_is_taken_apart() -> None:
    caption = "Soldiers walk past a burnt shop in Sample (Sampel) in the Example region (Image/Reuters)"
    text = (
        f" date 2024-05-06 {caption}\n\nOdesa [Ukraine], May 6 (ANI): {TAIL} The Guardian reported on Monday. (ANI)\n"
    )
    found = trace(text)
    assert found.caption is not None
    assert text[found.caption.start : found.caption.end] == caption
    assert found.dateline is not None
    assert text[found.dateline.start : found.dateline.end] == "Odesa [Ukraine], May 6 (ANI): "
    assert found.published is not None
    assert found.published.at == dt.datetime(2024, 5, 6, tzinfo=dt.UTC)
    assert "label" in found.published.why
    assert (found.agency, found.relays) == ("ANI", ("Guardian",))


@pytest.mark.parametrize(
    ("text", "relays"),
    [
        ("The town fell on Monday, Al Jazeera reported. More was not known.", ("Al Jazeera",)),
        ("The town fell, as per Al Jazeera, which cited two officers.", ("Al Jazeera",)),
        ("The mayor told Reuters that he had left; CNN reported that he had not.", ("Reuters", "CNN")),
        ("Soldiers left, according to the Mosul Herald and the Ministry of Defence.", ("Mosul Herald",)),
        ("Citing the news agency TASS, the paper said so. (AFP)", ("TASS",)),
        ("He reads the Guardian and watches CNN every evening.", ()),
        ("Time reports to nobody. The post reported for duty.", ("Time",)),
        ("The Independent candidate won the seat.", ()),
    ],
)
def test_relays_stand_in_a_frame_of_relaying(text: str, relays: tuple[str, ...]) -> None:
    assert trace(text).relays == relays


def test_signature_names_the_agency_and_a_byline_the_author() -> None:
    found = trace(f"A headline without a stop\n\nBy Jane Sample and Ali Example\n\n{TAIL} {TAIL} (AFP)")
    assert (found.agency, found.author, found.headline) == (
        "AFP",
        "Jane Sample and Ali Example",
        "A headline without a stop",
    )


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("2025-07-03", "2025-07-03T00:00:00+00:00", "day"),
        ("2025-07-03T22:30:00-05:00", "2025-07-04T03:30:00+00:00", "second"),
        ("2025-07-03 22:30:00", "2025-07-03T00:00:00+00:00", "day"),  # no offset: the day alone is known
        ("2022-04-03T12:33:28.000Z", "2022-04-03T12:33:28+00:00", "second"),
        ("Thu, 03 Jul 2025 10:00:00 +0300", "2025-07-03T07:00:00+00:00", "second"),
        ("Thursday, July 3, 2025", "2025-07-03T00:00:00+00:00", "day"),
        ("3 Sept. 2025", "2025-09-03T00:00:00+00:00", "day"),
        ("2024-07", "2024-07-01T00:00:00+00:00", "month"),
        ("20250703", "2025-07-03T00:00:00+00:00", "day"),
    ],
)
def test_dates_that_are_read(text: str, moment: str, precision: str) -> None:
    found = parse_moment(text)
    assert found is not None
    assert (found.at.isoformat(), found.precision) == (moment, precision)


@pytest.mark.parametrize(
    "text", ["July 3", "03/07/2025", "yesterday", "2025-13-01", "2025-02-30", "", "0001-01-01", "9" * 100, None, 17]
)
def test_dates_that_are_refused(text: object) -> None:
    assert parse_moment(text) is None


def test_language_is_told_from_the_text_or_left_open() -> None:
    assert language("The army said on Monday that it had retaken the town after a week of fighting.") == "en"
    assert language("Збройні сили України звільнили місто, повідомив Генеральний штаб у понеділок.") == "uk"
    assert language("17 : 4") == "und"

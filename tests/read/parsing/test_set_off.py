"""What only describes a place between commas is left out before parsing, and nothing that may make a claim."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest

from reportedly.model import Reading, Report
from reportedly.read.parsing.passages import cut_passages
from reportedly.read.parsing.set_off import set_off

LEFT_OUT = (
    "Troops left Avdiivka[, a town of 30,000 people,] to avoid encirclement.",
    "They took Pryvilne[, a small farming village in the Luhansk region].",
    "The fall of Dorna[, about 20 km south of Kramatorsk,] was denied.",
    "The army entered Dorna[, 4.5km east of the T1302 highway].",
    "Rebels handed Dorna[, home to 8,000 people before the war,] to the army.",
    "The mayor of Dorna[, which lies on the Oskil river,] said it had fallen.",
)
LEFT_IN = (
    "On Monday, a town in the east fell.",
    "Sloviansk, a town in the Donetsk region, which Russia annexed in 2022, was shelled.",
    "Troops entered Kidal, a rebel stronghold in the north, on Tuesday.",
    "Shells hit Dorna, a village under Russian control, on Tuesday.",
    "Ivan, a resident of the city, said troops had left.",
    "They took Dorna, another village and a farm.",
    "They took Dorna, the town of Lyman, and Zarichne.",
)


@pytest.mark.parametrize("marked", LEFT_OUT)
def test_what_describes_a_place_is_found(marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    start = marked.index("[")
    assert [text[a:b] for a, b in set_off(text, 0, len(text))] == [marked[start + 1 : marked.index("]")]]


@pytest.mark.parametrize("text", LEFT_IN)
def test_what_may_make_a_claim_stays(text: str) -> None:
    assert list(set_off(text, 0, len(text))) == []


def test_offsets_and_the_whole_text_are_kept() -> None:
    text = "The town of Dorna, a village of 300 people, and Lyman, about 5 km south of Sloviansk, fell."
    report = Report(publisher="Example Wire", published=dt.datetime(2025, 7, 3, tzinfo=dt.UTC), text=text)
    (passage,) = cut_passages(report)
    whole, at = passage.whole(text)
    assert passage.text == "The town of Dorna and Lyman fell."
    assert whole == text
    for word in ("Dorna", "Lyman", "fell"):
        start = passage.text.index(word)
        assert text[slice(*passage.span(start, start + len(word)))] == word
        assert whole[at(start) : at(start) + len(word)] == word


def test_where_a_place_lies_still_tells_which_it_is(read: Callable[..., Reading]) -> None:
    told = "Russian forces attacked Oleksandrivka, about {}, and captured it, the ministry said."
    west, south = (
        read(told.format(words)).claims[0].place for words in ("40 km west of Kherson", "20 km west of Donetsk City")
    )
    assert west.place_id != south.place_id


def test_long_runs_take_no_longer_than_their_length() -> None:
    text = "Dorna" + ", a small and old and grey town near Lyman" * 4000
    start = time.process_time()
    list(set_off(text, 0, len(text)))
    list(set_off("Dorna, a " + "very " * 40_000, 0, 200_000))
    assert time.process_time() - start < 5

"""Sentences for people, and the stretch of a report around a claim."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from reportedly.model import Attribution, Certainty, PlaceRelation, Relation, Span
from reportedly.publish.drawing import draw_lanes
from reportedly.publish.subjects import excerpt

from .sample import LEXICON, claim, report

TEXT = (
    "Morning paragraph. " * 60
    + "\n\nRussian troops took Toshkivka, the ministry said.\n\n"
    + "Evening paragraph. " * 60
)


@pytest.fixture(scope="module")
def taken():
    of = report("2022-06-22", "Paper", TEXT)
    sentence = "Russian troops took Toshkivka, the ministry said."
    return of, claim(of, sentence, "takes", "RU", 691001, "Toshkivka", source="the ministry", saying="said")


@pytest.mark.parametrize(
    ("relation", "where", "words"),
    [
        (Relation.ADVANCES, PlaceRelation.AT, "Russia is advancing at Toshkivka"),
        (Relation.ADVANCES, PlaceRelation.NEAR, "Russia is advancing near Toshkivka"),
        (Relation.ADVANCES, PlaceRelation.DIRECTION, "Russia is advancing towards Toshkivka"),
        (Relation.CONTESTS, PlaceRelation.NEAR, "Russia fights near Toshkivka"),
        (Relation.TAKES, PlaceRelation.PART, "Russia took part of Toshkivka"),
    ],
)
def test_a_claim_is_a_sentence(taken, relation, where, words):
    made = dataclasses.replace(taken[1], relation=relation, place=dataclasses.replace(taken[1].place, relation=where))
    assert LEXICON.what(made) == words


def test_how_sure_a_source_is_stands_before_what_it_says(taken):
    made = dataclasses.replace(taken[1], certainty=Certainty.PROBABLE)
    assert LEXICON.sentence(made) == "the ministry says that probably Russia took Toshkivka, by way of Paper."


def test_voices_are_named_with_the_right_verb():
    assert LEXICON.voices(["A"]) == "A says"
    assert LEXICON.voices(["A", "B"]) == "A and B say"
    assert LEXICON.voices(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more say"


def test_a_narrator_is_named_by_the_publisher_where_there_is_one(taken):
    own = dataclasses.replace(taken[1], attribution=Attribution())
    other = dataclasses.replace(own, publisher="Another")
    assert LEXICON.reason("narrator denies it", [own, taken[1]]) == "Paper denies it"
    assert LEXICON.reason("narrator denies it", [own, other]) == "a report in its own voice denies it"


def test_an_excerpt_shows_the_sentence_and_says_what_is_left_out(taken):
    of, made = taken
    shown = excerpt(of.text, made)
    assert (shown[0].text, shown[-1].text) == ("… ", " …")
    assert (
        "".join(p.text for p in shown if "sentence" in p.marks) == "Russian troops took Toshkivka, the ministry said."
    )
    assert [p.text for p in shown if "place" in p.marks] == ["Toshkivka"]
    assert sum(len(p.text) for p in shown) < 2500
    short = dataclasses.replace(made, span=Span(start=0, end=9), cue_span=None)
    assert "".join(p.text for p in excerpt("Toshkivka fell.", short)) == "Toshkivka fell."


def test_a_long_silence_at_the_end_of_a_timeline_is_drawn_shorter_and_says_so(taken):
    later = dataclasses.replace(taken[1], published=taken[1].published + dt.timedelta(days=100))
    lanes = draw_lanes([taken[1], later], [], dt.date(2030, 1, 1), lexicon=LEXICON)
    (lane,) = lanes.lanes
    assert lane.marks[1].x - lane.marks[0].x > 0.6 * (lanes.width - lanes.left)
    assert lanes.ticks[-1][1] == "… 2030-01-01"
    soon = draw_lanes([taken[1], later], [], dt.date(2022, 10, 10), lexicon=LEXICON)
    assert soon.ticks[-1][1] == "2022-10-10"

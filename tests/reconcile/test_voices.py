"""One origin, one voice: copies, excerpts, agencies, relays, sentences taken over; who relays whom."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.model import Claim, Report
from reportedly.reconcile import find_voices, reconcile
from reportedly.reconcile.copies import find_copies

from .cases import TOWN, say

WORDS = [
    "river",
    "bridge",
    "mayor",
    "column",
    "convoy",
    "morning",
    "school",
    "harvest",
    "winter",
    "road",
    "market",
    "station",
    "council",
    "border",
    "grain",
    "family",
    "tower",
    "shelter",
    "clinic",
    "engine",
    "ferry",
    "letter",
    "radio",
    "signal",
    "window",
    "garden",
    "orchard",
    "candle",
    "soldier",
    "teacher",
    "driver",
    "doctor",
    "miller",
]


def story(seed: int, paragraphs: int = 4) -> str:
    chance = random.Random(seed)
    return "\n\n".join(" ".join(chance.choices(WORDS, k=60)).capitalize() + "." for _ in range(paragraphs))


def report(publisher: str, day: int, text: str, **more: object) -> Report:
    published = dt.datetime(2024, 5, 1, 6, tzinfo=dt.UTC) + dt.timedelta(days=day)
    return Report(publisher=publisher, published=published, text=text, **more)  # type: ignore[arg-type]


def claim_in(rep: Report, **more: object) -> Claim:
    made = say("takes", "RU", "2024-05-01", publisher=rep.publisher, **more)  # type: ignore[arg-type]
    return dataclasses.replace(made, report_id=rep.id, published=rep.published)


def test_a_syndicated_story_is_a_copy_of_the_earliest() -> None:
    first = report("Wire", 0, story(1))
    edited = report("Paper", 1, story(1).replace("bridge", "span", 2))
    other = report("Gazette", 1, story(2))
    (copy,) = find_copies([other, edited, first])
    assert (copy.report_id, copy.original_id, copy.excerpt) == (edited.id, first.id, False)
    assert 0.8 <= copy.similarity < 1


def test_an_excerpt_is_part_of_the_longer_story() -> None:
    whole = report("Wire", 0, story(3, paragraphs=6))
    part = report("Paper", 0, "\n\n".join(story(3, paragraphs=6).split("\n\n")[2:4]))
    (copy,) = find_copies([whole, part])
    assert copy.excerpt
    assert {copy.report_id, copy.original_id} == {whole.id, part.id}


def test_a_shared_paragraph_of_background_is_no_copy() -> None:
    background = story(9, paragraphs=1)
    one, two = report("A", 0, story(4) + "\n\n" + background), report("B", 0, story(5) + "\n\n" + background)
    assert find_copies([one, two]) == ()


def test_a_copy_of_a_copy_leads_to_the_root_and_weeks_later_is_its_own() -> None:
    texts = [report(name, day, story(6)) for name, day in (("Wire", 0), ("Paper", 3), ("Blog", 6), ("Yearbook", 40))]
    found = {c.report_id: c.original_id for c in find_copies(texts)}
    assert found == {texts[1].id: texts[0].id, texts[2].id: texts[0].id}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 9), st.integers(0, 3)), max_size=8), st.randoms())
def test_copies_do_not_depend_on_order(rows: list[tuple[str, int, int]], chance: random.Random) -> None:
    texts = [report(name, day, story(seed)) for name, day, seed in rows]
    shuffled = [*texts, *texts[:2]]
    chance.shuffle(shuffled)
    assert find_copies(texts) == find_copies(shuffled)


def test_ten_printed_copies_are_one_voice_and_one_vote() -> None:
    wire = report("Wire", 0, story(7))
    papers = [report(f"Paper {n}", 1, story(7)) for n in range(10)]
    copied = [claim_in(r) for r in papers]
    voices = find_voices(copied, [wire, *papers])
    assert set(voices.of.values()) == {"publisher:wire"}
    assert voices.count(copied) == 1
    others = [
        say("holds", "UA", "2024-05-03", source=name, publisher="Wire")
        for name in ("Mayor", "Monitor", "Analyst", "Medic")
    ]
    day = dt.date(2024, 5, 5)
    counted = reconcile([*copied, *others], "majority of voices", valid_at=day, places=[TOWN], voices=voices.of)[0]
    articles = reconcile([*copied, *others], "majority of voices", valid_at=day, places=[TOWN])[0]
    assert (counted.party, articles.party) == ("UA", "RU")  # fmt: skip


def test_an_agencys_story_is_the_agencys_voice() -> None:
    printed = report("Paper", 0, story(8), agency="Wire")
    voices = find_voices([claim_in(printed)], [printed])
    assert list(voices.of.values()) == ["publisher:wire"]
    assert "story of Wire" in next(iter(voices.why.values()))
    assert [(r.carrier, r.origin, r.how) for r in voices.relays] == [("Paper", "Wire", "agency")]


def test_an_outlet_and_the_official_it_relays_are_one_voice() -> None:
    direct = say("takes", "RU", "2024-05-01", source="Governor", publisher="Governor's channel")
    relayed = [say("takes", "RU", "2024-05-02", source="the Governor", publisher=p, via=("Broadcaster",)) for p in "AB"]
    voices = find_voices([direct, *relayed])
    assert voices.count([direct, *relayed]) == 1
    edges = {(r.carrier, r.origin): (r.how, r.claims) for r in voices.relays}
    assert edges["A", "Broadcaster"] == ("relay", 1)
    assert edges["Broadcaster", "the Governor"] == ("cites", 2)


def test_a_sentence_taken_over_word_for_word_is_its_first_writers() -> None:
    words = "The northern quarter of Examplivka was taken before dawn on Friday after a week of fighting"
    one = dataclasses.replace(say("takes", "RU", "2024-05-01", publisher="First"), quote=words + ".")
    two = dataclasses.replace(say("takes", "RU", "2024-05-02", publisher="Second"), quote=f"“{words}”")
    short = dataclasses.replace(say("takes", "RU", "2024-05-02", publisher="Third"), quote="Russia took Examplivka.")
    voices = find_voices([short, two, one])
    assert voices.of[two.id] == voices.of[one.id] == "publisher:first"
    assert "word for word that of First" in voices.why[two.id]
    assert voices.of[short.id] == "publisher:third"
    assert find_voices([one, short, two, two]) == voices

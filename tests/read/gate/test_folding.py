"""A text in small letters, a byte to a character: offsets hold and words end where they end in the text."""

from __future__ import annotations

import pytest

from reportedly.read.gate.folding import fold, spaced


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Kyiv’s “Army”", b"kyiv\xa4s \xa4army\xa4"),
        ("Russian–held, re‑taken", b"russian-held, re-taken"),
        ("Straße", b"stra\xdfe"),
        ("Київ fell", b"\xff\xff\xff\xff fell"),
        ("\u212aharkiv", b"kharkiv"),
        ("a\u2003b\u2022c\ud800d", b"a b\xa4c\xa4d"),
        ("İstanbul", b"\xffstanbul"),
        ("", b""),
    ],
)
def test_fold(text: str, folded: bytes) -> None:
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("text", ["Kyiv’s (Army), 5,000_men", "Київ fell\n\nÉté½", "x\u2022y"])
def test_spaced_parts_words_where_the_text_does(text: str) -> None:
    apart = "".join(letter if letter.isalnum() else " " for letter in text)
    found = spaced(fold(text)).decode("latin-1")
    assert len(found) == len(text) + 2
    assert [len(word) for word in found.split()] == [len(word) for word in apart.split()]

"""A text in small letters, a byte to each of its characters, so that offsets hold and automata and patterns run over plain bytes.

Only letters of English words and a few marks matter to what is looked for. Any other letter stands as one that no word has, any
other mark as one mark: so words end where they end in the text.
"""

from __future__ import annotations

import codecs

from reportedly.read.parsing.marks import HYPHENS

__all__ = ["fold", "spaced"]

LETTER, MARK = "\xff", "\xa4"  # any letter beyond Latin-1, any mark beyond it
COMMON = {
    "’": MARK,
    "“": MARK,
    "”": MARK,
    "‘": MARK,
    "—": MARK,
    "–": "-",
    "…": MARK,
}  # nearly all that news has of them
SPACED = bytes(byte if chr(byte).isalnum() else 32 for byte in range(256))
_NAME = "reportedly.fold"


def _other(error: UnicodeError) -> tuple[bytes, int]:
    """What stands for characters beyond Latin-1, one byte for each."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = (_byte(letter) for letter in error.object[error.start : error.end])
    return "".join(found).encode("latin-1"), error.end


def _byte(letter: str) -> str:
    folded = letter.casefold()
    if len(folded) == 1 and folded.isascii():
        return folded
    if letter.isalnum():
        return LETTER
    return " " if letter.isspace() else "-" if letter in HYPHENS else MARK


codecs.register_error(_NAME, _other)


def fold(text: str) -> bytes:
    """The text in small letters, as Latin-1."""
    if not text.isascii():
        for mark, other in COMMON.items():
            text = text.replace(mark, other)
    return text.encode("latin-1", _NAME).lower()


def spaced(folded: bytes) -> bytes:
    """A folded text with a space for each of its marks, and one more at either end: words alone, apart from each other."""
    return b" %b " % folded.translate(SPACED)

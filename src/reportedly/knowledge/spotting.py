"""Looking for names in running text: what hashes of word sequences are in the table of knowledge.scan, quickly.

Most English texts are Latin-1 but for a few marks, so they are folded as bytes. Characters that names drop are taken out before
hashing; where they stood matters for the few names found only.
"""

from __future__ import annotations

import functools
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reportedly.knowledge.names import BREAK, SEPARATOR, fold_tables
from reportedly.knowledge.scan import CHUNK, MAX_WORDS, U64, bloom_slots, powers

__all__ = ["NameHit", "NameTable", "scan_text"]

Codes = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
KEPT = 100_000
_S = ord("s")
_START = 0x80  # marks a byte that a name may start with
_WIDE = 0x7F
# what English texts use besides Latin-1, and a character of Latin-1 that folds alike
_ALIKE = {
    "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": "'", "\u2013": "-", "\u2014": "-", "\u2026": ".", "\u2022": "*",
}  # fmt: skip


class NameHit(NamedTuple):
    """A known name in a text: code points start..end (half-open) and the words as written."""

    start: int
    end: int
    words: str


class NameTable:
    """What a scan needs: sorted hashes of names, whether each may be proposed, and two bit tables (names, prefixes)."""

    def __init__(
        self, keys: U64, allowed: npt.NDArray[np.bool_], names: npt.NDArray[np.uint8], prefixes: npt.NDArray[np.uint8]
    ) -> None:
        self.keys, self.allowed, self.names, self.prefixes = keys, allowed, names, prefixes
        self._met: dict[int, bool] = {}

    def known(self, hashes: U64) -> npt.NDArray[np.bool_]:
        """Which hashes are names that may be proposed; texts name the same places again and again, so answers are kept."""
        met, wanted = self._met, hashes.tolist()
        found = [met.get(h) for h in wanted]
        if None in found:
            at = np.minimum(np.searchsorted(self.keys, hashes), len(self.keys) - 1)
            answers = (self.keys[at] == hashes) & self.allowed[at]
            if len(met) > KEPT:
                met.clear()
            met.update(zip(wanted, answers.tolist(), strict=True))
            return np.asarray(answers)
        return np.array(found, dtype=bool)


def in_bits(bits: npt.NDArray[np.uint8], slots: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Which slots are set in a bit table."""
    one: npt.NDArray[np.uint8] = (bits[slots >> np.uint32(3)] >> (slots & np.uint32(7)).astype(np.uint8)) & np.uint8(1)
    return one.view(np.bool_)


@functools.cache
def _bytes() -> bytes:
    """For each byte of Latin-1 its folded code, marked where a name may start, or _WIDE where that takes more than seven bits."""
    codes, starts = fold_tables()
    return bytes(_WIDE if codes[i] >= _WIDE else int(codes[i]) | (_START if starts[i] else 0) for i in range(256))


def folded(text: str) -> tuple[Codes, Codes]:
    """Folded codes of a text (0 for what names drop), and codes that are at least _START where a name may start."""
    plain = text
    if not plain.isascii():
        for char, alike in _ALIKE.items():
            plain = plain.replace(char, alike)
    try:
        data = plain.encode("latin-1").translate(_bytes())
    except UnicodeEncodeError:
        data = bytes((_WIDE,))
    if _WIDE in data:
        codes, may_start = fold_tables()
        at = np.minimum(
            np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32), np.uint32(len(codes) - 1)
        )
        return codes[at], may_start[at].view(np.uint8) * np.uint8(_START)
    marked = np.frombuffer(data, dtype=np.uint8)
    return marked & np.uint8(_START - 1), marked


def kept(f: Codes) -> npt.NDArray[np.bool_]:
    """Which codes stay: not what names drop, nor a second space. "'s" at the end of a word breaks off a name first."""
    zero = f == 0
    marks = np.flatnonzero(zero)
    if len(marks):
        last = len(f) - 1
        after = f[np.minimum(marks + 1, last)] == _S
        ends = (marks + 2 > last) | (f[np.minimum(marks + 2, last)] <= SEPARATOR)
        broken = marks[after & ends & (marks < last)]
        f[broken], zero[broken] = BREAK, False
    space = f == SEPARATOR
    zero[1:] |= space[1:] & space[:-1]
    return np.asarray(~zero)


def scan_text(text: str, table: NameTable) -> list[NameHit]:
    """Longest known names in a text, left to right, without overlaps; only such as start with a capital or a caseless letter."""
    hits: list[NameHit] = []
    begin = 0
    while begin < len(text):
        end = min(len(text), begin + CHUNK)
        if end < len(text):  # cut where no name reaches over
            cut = max(text.rfind("\n", begin + CHUNK // 2, end), text.rfind(". ", begin + CHUNK // 2, end))
            end = cut + 1 if cut > begin else end
        hits += scan_chunk(text, begin, end, table)
        begin = end
    return hits


def scan_chunk(text: str, begin: int, end: int, table: NameTable) -> list[NameHit]:
    """The hits of text[begin:end]."""
    f, marked = folded(text[begin:end])
    keep = kept(f)
    dropped = np.empty(0, dtype=np.intp) if keep.all() else np.flatnonzero(~keep)
    g, marked = (f[keep], marked[keep]) if len(dropped) else (f, marked)
    n = len(g)
    word = np.zeros(n + 2, dtype=bool)
    np.greater(g, SEPARATOR, out=word[1:-1])
    edge = np.flatnonzero(word[1:] != word[:-1])
    starts, ends = edge[::2], edge[1::2]
    alive = np.flatnonzero(marked[starts] >= _START)
    if not len(alive):
        return []
    up, down = powers()
    sums = np.zeros(n + 1, dtype=np.uint64)
    np.cumsum(np.multiply(g, up[:n], dtype=np.uint64), out=sums[1:])
    first = starts[alive]
    base, scale = sums[first], down[first]
    found_at, found_length = [], []
    for words in range(1, MAX_WORDS + 1):
        final = ends[alive + (words - 1)]
        hashes = (sums[final] - base) * scale
        slots = bloom_slots(hashes)
        maybe = np.flatnonzero(in_bits(table.names, slots))
        if len(maybe):
            maybe = maybe[table.known(hashes[maybe])]
            found_at.append(alive[maybe])
            found_length.append(np.full(len(maybe), words))
        on = np.flatnonzero(in_bits(table.prefixes, slots))
        if not len(on):
            break
        going = alive[on]
        after = going + words
        inside = after < len(starts)
        on, after, final = on[inside], after[inside], final[on[inside]]
        on = on[(final + 1 == starts[after]) & (g[final] == SEPARATOR)]
        if not len(on):
            break
        alive, base, scale = alive[on], base[on], scale[on]
    if not found_at:
        return []
    return _hits(text, begin, np.concatenate(found_at), np.concatenate(found_length), starts, ends, dropped)


def _hits(
    text: str, begin: int, at: npt.NDArray[np.intp], length: npt.NDArray[np.intp], starts: npt.NDArray[np.intp],
    ends: npt.NDArray[np.intp], dropped: npt.NDArray[np.intp],
) -> list[NameHit]:  # fmt: skip
    """Hits of names by their first words and numbers of words: the longest first, none over another."""
    order = np.argsort(at * (MAX_WORDS + 1) - length)
    at, length = at[order], length[order]
    longest = np.ones(len(at), dtype=bool)
    np.not_equal(at[1:], at[:-1], out=longest[1:])
    at, past = at[longest], (at + length)[longest]
    if len(at) > 1 and (at[1:] < past[:-1]).any():
        free, reached = [], 0
        for k, (word, after) in enumerate(zip(at.tolist(), past.tolist(), strict=True)):
            if word >= reached:
                free.append(k)
                reached = after
        at, past = at[free], past[free]
    a, b = starts[at], ends[past - 1] - 1
    if len(dropped):
        shifted = dropped - np.arange(len(dropped))
        a = a + np.searchsorted(shifted, a, "right")
        b = b + np.searchsorted(shifted, b, "right")
    first, last = (a + begin).tolist(), (b + (begin + 1)).tolist()
    return list(map(_made, zip(first, last, [text[i:j] for i, j in zip(first, last, strict=True)], strict=True)))


_made = partial(tuple.__new__, NameHit)

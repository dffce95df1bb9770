"""Hashes of names, by which knowledge.spotting finds them in running text: every word sequence that starts like a name is hashed.

The text becomes an array of folded letters; a rolling hash (polynomial modulo 2^64, by prefix sums) gives the hash of any
run of words by one subtraction and one multiplication. A bit table drops nearly all runs, a sorted array decides. No automaton
has to be built, so a gazetteer of a million names opens at once and costs only its arrays.
"""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

from reportedly.knowledge.names import BREAK, SEPARATOR, fold_tables

__all__ = ["BLOOM_BITS", "CHUNK", "MAX_WORDS", "bloom_of", "bloom_slots", "fold_text", "hash_names", "powers"]

U64 = npt.NDArray[np.uint64]
MAX_WORDS = 5
CHUNK = 1 << 15
BLOOM_BITS = 25
_BASE = 0x9E3779B97F4A7C15 | 1
_MIX = np.uint64(0xD6E8FEB86659FD93)


@functools.cache
def powers() -> tuple[U64, U64]:
    """Powers of the base and of its inverse modulo 2^64, one per position of a chunk."""
    inverse = pow(_BASE, -1, 1 << 64)
    up, down = [1], [1]
    for _ in range(CHUNK * 2):
        up.append(up[-1] * _BASE % (1 << 64))
        down.append(down[-1] * inverse % (1 << 64))
    return np.array(up, dtype=np.uint64), np.array(down, dtype=np.uint64)


def bloom_slots(hashes: U64) -> npt.NDArray[np.uint32]:
    """Bit number of each hash in the bit table."""
    return ((hashes * _MIX) >> np.uint64(64 - BLOOM_BITS)).astype(np.uint32)


def bloom_of(hashes: U64) -> npt.NDArray[np.uint8]:
    """Bit table (2^25 bits, 4 MB) of hashes."""
    bits = np.zeros(1 << BLOOM_BITS, dtype=bool)
    bits[bloom_slots(hashes)] = True
    return np.packbits(bits, bitorder="little")


def fold_text(text: str) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint16], npt.NDArray[np.intp]]:
    """Code points, folded codes without what is dropped, and for each of these its position in the text."""
    table, _ = fold_tables()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    folded = table[np.minimum(codes, np.uint32(len(table) - 1))]
    if (folded == 0).any():
        marks = np.flatnonzero(folded[:-1] == 0) if len(folded) > 1 else np.empty(0, dtype=np.intp)
        after = marks[(folded[marks + 1] == ord("s")) & (folded[np.minimum(marks + 2, len(folded) - 1)] <= SEPARATOR)]
        last = marks[(folded[marks + 1] == ord("s")) & (marks + 2 >= len(folded))]
        folded[after] = folded[last] = BREAK  # the English genitive ends a name
    space = folded == SEPARATOR
    keep = folded != 0
    keep[1:] &= ~(space[1:] & space[:-1])
    where = np.flatnonzero(keep)
    return codes, folded[where], where


def hash_names(names: list[str]) -> tuple[U64, list[U64]]:
    """Hash of each name's folded words (0 where it cannot stand in running text) and the hashes of its proper prefixes.

    The second value is a list of arrays, one per number of words less than the whole.
    """
    whole = np.zeros(len(names), dtype=np.uint64)
    prefixes: list[U64] = []
    begin = 0
    while begin < len(names):
        size, end = 0, begin
        while end < len(names) and (end == begin or size + len(names[end]) + 1 < CHUNK):
            size += min(len(names[end]), CHUNK // 2) + 1
            end += 1
        text = "\n".join(n[: CHUNK // 2].replace("\n", " ").strip() for n in names[begin:end])
        line_hashes(text, whole[begin:end], prefixes)
        begin = end
    return whole, prefixes


def line_hashes(text: str, out: U64, prefixes: list[U64]) -> None:
    """Hash each line of a text into `out`; lines with marks inside stay 0."""
    _, g, where = fold_text(text)
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    line_of = np.cumsum(codes == 10)[where] if len(where) else np.empty(0, dtype=np.int64)
    starts, ends, sums = word_bounds(g)
    if not len(starts):
        return
    line = line_of[starts]
    first = np.r_[True, line[1:] != line[:-1]]
    last = np.r_[line[1:] != line[:-1], True]
    broken = np.zeros(len(out), dtype=bool)
    inner = (ends[:-1] + 1 != starts[1:]) | (g[np.minimum(ends[:-1], len(g) - 1)] != SEPARATOR)
    broken[line[:-1][inner & (line[:-1] == line[1:])]] = True
    begin = starts[np.flatnonzero(first)[np.cumsum(first) - 1]]
    down = powers()[1]
    hashes = (sums[ends] - sums[begin]) * down[begin]
    out[line[last]] = np.where(broken[line[last]], 0, hashes[last])
    prefixes.append(hashes[~last & ~broken[line]])


def word_bounds(g: npt.NDArray[np.uint16]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], U64]:
    """Starts and ends of words in folded text, and the prefix sums that hashes are made from."""
    word = g > SEPARATOR
    padded = np.zeros(len(g) + 2, dtype=bool)
    padded[1:-1] = word
    edge = np.flatnonzero(padded[1:] != padded[:-1])
    up = powers()[0]
    sums = np.zeros(len(g) + 1, dtype=np.uint64)
    np.cumsum(g * up[: len(g)], out=sums[1:])
    return edge[::2], edge[1::2], sums

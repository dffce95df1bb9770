"""Whether the words of a longer cue stand behind its first word, with no more between them than the frames let stand there."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.cues import word_forms
from reportedly.read.parsing.marks import CLOSING, OPENING, QUOTES
from reportedly.read.parsing.words import Words

__all__ = ["GAP", "HEADING", "IN_PHRASE", "JOINED", "STEP", "between_adjectives", "heads_list", "match"]

GAP = 7  # tokens between the words of a longer cue where "~" stands
STEP = 3  # tokens from one word of a cue to the next where no gap stands
HEADING = 9  # tokens from a participle to the colon of its heading
IN_PHRASE = frozenset(  # of the words that a gap in a cue may hold
    ["VBN", "VBG", "DT", "JJ", "JJR", "JJS", "PRP$", "POS", "NN", "NNS", "NNP", "NNPS", "RB", "RBR", "HYPH", "CD"]
)
DESCRIBES = frozenset({"JJ", "JJR", "VBG", "VBN"})  # adjectives and participles
JOINED = frozenset(["-", "%", "of", "but", "and", "yet", "up", "to", "than"])


def heads_list(low: Sequence[str], i: int) -> bool:
    """Whether a colon stands behind token i where a heading may have it: "Liberated villages: A and B"."""
    return ":" in low[i + 1 : i + 1 + HEADING]


def match(w: Words, i: int, words: Sequence[str]) -> int | None:
    """The token after the words of a cue whose first word stands at i, or None; "~" skips up to six words."""
    k, gap, low = i + 1, False, w.low
    if len(words) == 1:
        return k
    for word in words[1:]:
        if word == "~":
            gap = True
            continue
        limit = min(k + (GAP if gap else STEP), len(low))
        inside, forms = False, word_forms(word)
        while k < limit and low[k] not in forms:
            if w.tag is not None:
                inside = inside or low[k] in OPENING
                between = _between(w.tag[k], low[k], gap=gap) or (gap and between_adjectives(w.tag, low, k))
                if not (inside or between or w.text[k][:1].isupper()):
                    return None
                inside = inside and low[k] not in CLOSING
            k += 1
        if k >= limit:
            return None
        k, gap = k + 1, False
    return k


def between_adjectives(tag: Sequence[str], low: Sequence[str], k: int) -> bool:
    """Whether the comma at k parts two adjectives: "made steady, incremental gains"."""
    return low[k] == "," and tag[k - 1] in DESCRIBES and tag[k + 1 : k + 2] != () and tag[k + 1] in DESCRIBES


def _between(tag: str, low: str, *, gap: bool) -> bool:
    """Whether the frames let a word stand between two of a cue: where a gap is, what noun phrases are made of, else an adverb."""
    return (
        tag.startswith("RB")
        or low in QUOTES
        or (low in JOINED or tag in IN_PHRASE if gap else low in ("no", "longer", "both", "all", "more"))
    )

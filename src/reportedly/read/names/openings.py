"""Words that are also the names of places, and surely are such names where they open a sentence or stand as only names do."""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.read.names.contexts import held_by_headline
from reportedly.read.parsing.marks import QUOTES
from reportedly.read.parsing.nodes import Node
from reportedly.read.scene.heads import is_capital
from reportedly.read.scene.scene import Scene

__all__ = ["opens_as_name"]

MISTAKEN = ("RB", "UH", "FW", "JJ")  # what the tagger takes a foreign name for
SHORT = 4  # letters of a word that is more likely no name
PAST_OR_PRESENT = ("VBD", "VBZ")


def opens_as_name(scene: Scene, i: int, end: int, names: Mapping[int, int]) -> bool:
    """Whether the word at i, which is also the name of a place, is one by what stands around it: "Toretsk is now a grey zone"."""
    behind = scene.tag[end] if end < len(scene.tag) else ""
    if scene.low[i] in scene.words("clauses.never"):
        return False  # "Not encircled, not lost"
    if held_by_headline(scene, end) or (i > 0 and scene.low[i - 1] == ";" and behind in PAST_OR_PRESENT):
        return True  # "; Homs followed"
    if behind and scene.tag[i] in MISTAKEN and _acts(scene, i, end, behind):
        return True
    opens = scene.opens(i) or (i > 0 and scene.low[i - 1] in QUOTES and scene.opens(i - 1))
    return opens and _opens_sentence(scene, i, end, names, behind)


def _acts(scene: Scene, i: int, end: int, behind: str) -> bool:
    """Whether a verb stands behind a word that is no adverb, or "and" within it."""
    verb = behind.startswith("VB") or behind == "MD" or scene.low[end - 2 : end - 1] == ("and",)
    return verb and not scene.low[i].endswith("ly")


def _opens_sentence(scene: Scene, i: int, end: int, names: Mapping[int, int], behind: str) -> bool:
    """Whether a word that opens a sentence is a name there, as subject, in a list or set before a colon."""
    low, written, tag = scene.low, scene.written[i], scene.tag[i]
    after = low[end] if end < len(low) else ""
    if after in ("'", "‘", '"', "“") or (not written.isascii() and written.isalpha()):  # "X 'liberated'", "Tibú is"
        return True
    of_it = "of" in low[end + 2 : end + 7] and "which" in low[end + 3 : end + 8]  # "Bakhmut, most of which"
    if after == "," and (of_it or low[end + 1 : end + 2] in (("where",), ("whose",), ("which",), ("with",))):
        return True
    if after == "," and (_is_noun(scene.doc[i]) or _told_to_be_a_town(scene, end) or _lists_names(scene, end, names)):
        return True
    if after in scene.words("places.peopled") and low[i] not in scene.listed("places.quantities", "names.openers"):
        return True
    if (
        after in ("not", "still")
        and tag in MISTAKEN
        and not low[i].endswith("ly")
        and names.get(i) == end
        and len(written) > SHORT
    ):
        return True  # "Bakhmut not yet captured"
    if after == ":" and (tag in MISTAKEN or tag.startswith("VB")) and names.get(i) == end and len(written) > SHORT:
        return True  # "Bakhmut: army holds part of city"
    if tag == "NN" and (after == ":" or (behind and not written.isupper() and _acts(scene, i, end, behind))):
        return True
    if tag == "NNS" and behind in PAST_OR_PRESENT:
        many = scene.listed("clauses.agents", "clauses.civilians")
        if (behind == "VBZ" and not low[i].endswith("ly")) or (not low[i].endswith("s") and low[i] not in many):
            return True  # "Loikaw slipped", taken for a plural
    return low[end : end + 2] == ("in", "the") and bool(scene.words("places.compass") & set(low[end + 2 : end + 3]))


def _is_noun(token: Node) -> bool:
    """Whether a word is a subject, or has what nouns have, whatever its tag: "Bakhmut, where many died, fell"."""
    return token.dep_ in ("nsubj", "nsubjpass") or any(c.dep_ in ("relcl", "appos", "acl") for c in token.children)


def _told_to_be_a_town(scene: Scene, end: int) -> bool:
    """Whether a word before a comma is called a settlement behind it: "Sake, the last town before Goma,"."""
    if scene.low[end + 1 : end + 3] in (("home", "to"), ("to", "the")):
        return True
    aside = scene.low[end + 1 : end + 8]
    aside = aside[: aside.index(",")] if "," in aside else aside
    owned = end + 1 in scene.side_at and {"'s", "’s"} & set(aside)  # "Homs, Syria's third city, was"
    return (aside[:1] in (("a",), ("an",), ("the",)) or bool(owned)) and bool(
        set(aside) & scene.words("places.settlements")
    )


def _lists_names(scene: Scene, end: int, names: Mapping[int, int]) -> bool:
    """Whether a word before a comma opens a list of places: "Promin, Razine and Nadiia captured"."""
    if end + 1 not in names:
        return False
    behind = scene.low[names[end + 1] : names[end + 1] + 1]
    return is_capital(scene, end + 1) and behind in ((",",), ("and",))

"""Where a list of places goes on, and where what follows only describes."""

from __future__ import annotations

from reportedly.model import PlaceKind
from reportedly.read.places.extents import quantity_at
from reportedly.read.places.placing import compass_of
from reportedly.read.scene.scene import Mention, Scene

__all__ = ["next_in_list"]

BESIDE = (
    ("in", "addition", "to"),
    ("along", "with"),
    ("together", "with"),
    ("let", "alone"),
    ("much", "less"),
    ("never", "mind"),
)
ROUGHLY = (("more", "than"), ("less", "than"), ("at", "least"), ("up", "to"), ("close", "to"))  # before a share
ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "last", "latest", "one"})
GROUPS = frozenset({"group", "cluster", "string", "series", "chain", "number", "ring", "belt", "handful", "couple"})
LISTING = frozenset({",", "and", "or", "nor", "&", "/", "+", "plus", ";"})


def _counted(scene: Scene, k: int) -> bool:
    """Whether a counted group without names ends before token k."""
    before = scene.inside(scene.previous(k))
    return before is not None and before.kind is PlaceKind.UNNAMED and before.count is not None


def next_in_list(scene: Scene, k: int, stop: int) -> int | None:
    """The token at which the next member of a list starts, or None if the list ends at k."""
    low, tag = scene.low, scene.tag
    if k >= stop:
        return None
    j = k
    if low[j] == "as" and low[j + 1 : j + 3] == ("well", "as"):
        j += 3
    elif low[j] == "," and low[j + 1 : j + 4] == ("as", "well", "as"):
        j += 4
        j += low[j : j + 1] == ("of",)  # "control of A, as well as of B"
    elif low[j : j + 2] == ("such", "as"):
        j += 2
    elif (beside := _beside(low, j)) is not None:
        j = beside
    elif low[j] == "like" and j + 1 in scene.at:
        j += 1
    elif low[j] == "," and low[j + 1 : j + 2] and low[j + 1] in scene.words("places.including"):
        j += 2
    elif low[j] in scene.words("places.including"):
        j += 1
    elif low[j] in LISTING:
        while j < stop and low[j] in LISTING:
            j += 1
        if low[k] == ";" and j < stop and j not in scene.at and low[j] == "the":
            return None  # "controls X; the last two villages in Y"
    elif low[j] in ("-", "–", "—", ":") and j + 1 in scene.at and _counted(scene, j):
        j += 1  # "two cities — A and B"
    elif low[j] in ("-", "–", "—") and j + 1 < stop and j + 1 in scene.at and not scene.doc[j].whitespace_:
        j += 1
    else:
        return None
    start = j
    if (named := _seat_named(scene, j, stop)) is not None:
        return named
    while j < stop and j - start < 9:
        if scene.bracket[j]:
            j += 1
            continue
        if low[j] in ("not", "n't", "never"):
            return None  # "captured A, not B"
        if low[j] in ORDINALS and low[j + 1 : j + 2] == ("of",) and low[start - 1] == ",":
            return None  # "took X, the fourth of Y's five states to fall"
        mention = scene.at.get(j)
        if (described := _owned(scene, j, stop)) is not None:
            j = described
            continue
        if (
            mention
            and low[j - 2 : j] in (("and", "around"), ("or", "around"))
            and mention.kind is not PlaceKind.UNNAMED
        ):
            return None  # "in A and around B"
        if mention:
            if mention.head is not None or mention.anaphor:
                return None
            if low[k] == ";" and mention.kind is PlaceKind.SETTLEMENT and not mention.known:
                return None  # "entered X; DeepState, a mapping project, says"
            if low[k:start] == (",",) and _apposition(scene, start, mention, stop):
                return None
            last = low[start - 1] == "and" and low[mention.end - 1] in scene.words("places.many_regions")
            last = last or (
                "and" in low[k:start]
                and mention.known
                and (_only_told(scene, mention.end, stop) or _acts_before(scene, mention, stop))
            )
            if low[k:start] != ("and",) and not last and _opens_clause(scene, mention.end, stop):
                return None
            if low[k:start] == ("and",) and _stands_alone(scene, k, mention):
                return None
            return start
        if (quantity := quantity_at(scene, j)) is not None:
            j = quantity[1]
            continue
        if low[j : j + 2] in ROUGHLY and quantity_at(scene, j + 2) is not None:
            j += 2
            continue
        if (
            low[j] in ("capital", "center", "centre", "seat", "home", "hub", "stronghold", "part", "gateway", "heart")
            and low[j + 1 : j + 2] in (("of",), ("to",))
            and low[start - 1] == ","
        ):
            return None  # ", the capital of Y" describes the place before it
        if (
            low[j] in scene.words("places.compass")
            or low[j] in scene.words("places.part")
            or low[j] in scene.words("places.whole")
            or low[j] in scene.words("places.in_lists")
            or tag[j] in ("DT", "JJ", "CD", "RB")
            or (tag[j] in ("NN", "VBG") and low[j + 1 : j + 2] and low[j + 1] in scene.words("places.whole"))
            or low[j] in scene.words("places.including")
            or (low[j] == "in" and j > start and low[j - 1] in scene.words("places.part"))
            or (low[j] in GROUPS and low[j + 1 : j + 2] == ("of",))
        ):
            if low[j] in scene.words("places.compass") and compass_of(scene, j) is not None:
                ground = any(low[x] in scene.words("places.ground") for x in range(start, j))
                return start if ground else None  # "captured A and positions north of B"
            j += 1
            continue
        return None
    return None


def _owned(scene: Scene, k: int, stop: int) -> int | None:
    """The kind of place behind the owner at k in "Sudan's second city X", where what a country owns is described and named."""
    if scene.low[k + 1 : k + 2] != ("'s",) or k not in scene.side_at:
        return None
    for j in range(k + 2, min(k + 8, stop - 1)):
        if scene.low[j] in scene.words("places.whole"):
            return j if j + 1 in scene.at else None
        if scene.tag[j][:2] not in ("JJ", "NN", "RB", "HY"):
            return None
    return None


def _seat_named(scene: Scene, k: int, stop: int) -> int | None:
    """The name behind "its capital", "the provincial capital," at token k, a member of what was named before."""
    first = scene.tag[k : k + 1]
    if first != ("PRP$",) and scene.low[k : k + 1] != ("the",):
        return None
    j = k + 1 + (scene.tag[k + 1 : k + 2] == ("JJ",))
    if scene.low[j : j + 1] != ("capital",):
        return None
    j += 1 + (scene.low[j + 1 : j + 2] == (",",))
    mention = scene.at.get(j)
    if mention is None or mention.anaphor is not None:
        return None
    behind = mention.end + (scene.low[mention.end : mention.end + 1] == (",",))
    acts = behind < stop and scene.tag[behind] in ("VBD", "VBZ", "VBP", "MD")
    return None if acts else j  # "and its capital, Y, was shelled"


def _beside(low: tuple[str, ...], j: int) -> int | None:
    """The token after "in addition to", "along with" at j, comma or not."""
    j = j + 1 if low[j] == "," else j
    return next((j + len(words) for words in BESIDE if low[j : j + len(words)] == words), None)


def _apposition(scene: Scene, start: int, mention: Mention, stop: int) -> bool:
    """Whether what follows a bare comma only describes what stood before: ", a village south of Y", ", Ivan Petrenko, said"."""
    if mention.kind is PlaceKind.UNNAMED:
        return True
    if any(scene.low[j] in scene.words("places.settlements") for j in range(start, mention.start)):
        return True  # ", two suburbs of Y"
    nxt = scene.following(mention.end)
    if mention.known or mention.end - mention.start < 2 or nxt >= stop or scene.low[nxt] not in (",", "."):
        return False
    acts = scene.tag[nxt + 1 : nxt + 2] in (("VBD",), ("VBZ",), ("VBP",))  # ", Ivan Petrenko, said X and Y were quiet"
    more = scene.at.get(nxt + 1)
    if not acts and more is not None and more.head is None and scene.low[more.end : more.end + 1] in ((",",), ("and",)):
        return False  # a long list goes on, of which one name is unknown or spelt wrongly
    return acts or not any(scene.low[j] in ("and", "or") for j in range(nxt, min(nxt + 8, stop)))


def _only_told(scene: Scene, k: int, stop: int) -> bool:
    """Whether the place before k cannot be who speaks in "authorities in A, B, and C said": it is no side's seat."""
    k = scene.following(k)
    told = k < stop and scene.low[k] in scene.words("clauses.stated")
    return told and not any(s.end == k for s in scene.sides)


def _acts_before(scene: Scene, mention: Mention, stop: int) -> bool:
    """Whether the verb behind a place is that of somebody before it: "officials in A, B, and C hand out papers"."""
    k = scene.following(mention.end)
    if k >= stop or scene.tag[k] not in ("VBD", "VBP"):
        return False
    subject = next((c for c in scene.doc[k].children if c.dep_ == "nsubj"), None)
    if subject is None:
        return False
    named = subject.i < mention.start and scene.inside(subject.i) is None
    if named and subject.tag_ in ("NN", "NNS") and subject.lower_ in scene.cues.offices:
        return True
    return scene.tag[k] == "VBP" and named and subject.tag_ == "NNS"


def _stands_alone(scene: Scene, k: int, mention: Mention) -> bool:
    """Whether one place is told of behind a bare "and": "captured A and B remains contested"."""
    if scene.low[mention.end : mention.end + 1] not in (("remains",), ("is",), ("has",), ("was",)):
        return False
    first = scene.inside(scene.previous(k))
    if first is None or not first.start or not scene.tag[first.start - 1].startswith("VB"):
        return False  # "the seizure of A and B was", "in occupied A, B and C has"
    if scene.low[first.start - 1] in scene.cues.adjectives and scene.tag[first.start - 1] == "VBN":
        return False  # "a court in occupied A and B has"
    return not any(scene.tag[j] in ("WDT", "WP") or scene.low[j] == "that" for j in range(scene.sentence[k][0], k))


def _opens_clause(scene: Scene, k: int, stop: int) -> bool:
    """Whether the mention before k is the subject of a new clause ("and Bakhmut was shelled")."""
    k = scene.following(k)
    if k >= stop or scene.low[k] in ("are", "were", "have"):
        return False  # one place takes no plural: "that they took A, B, and C are false"
    if scene.tag[k] in ("VBD", "VBZ", "VBP", "MD"):
        return scene.low[k] not in ("occupied", "captured", "liberated", "held")
    return scene.low[k] in ("has", "have", "had", "was", "were", "is", "are", "will", "'s") and scene.tag[k] != "POS"

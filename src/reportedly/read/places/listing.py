"""Where a list of places goes on, and where what follows only describes."""

from __future__ import annotations

from collections.abc import Callable

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
REACH = 9  # tokens from a joint to the name of a member
SEATS = frozenset({"capital", "center", "centre", "seat", "home", "hub", "stronghold", "part", "gateway", "heart"})
LISTING = frozenset({",", "and", "or", "nor", "&", "/", "+", "plus", ";"})


def _counted(scene: Scene, k: int) -> bool:
    """Whether a counted group without names ends before token k."""
    before = scene.inside(scene.previous(k))
    return before is not None and before.kind is PlaceKind.UNNAMED and before.count is not None


def next_in_list(scene: Scene, k: int, stop: int) -> int | None:
    """The token at which the next member of a list starts, or None if the list ends at k."""
    start = _past_joint(scene, k, stop) if k < stop else None
    if start is None:
        return None
    if (named := _seat_named(scene, start, stop)) is not None:
        return named
    j = start
    while j < stop and j - start < REACH:
        if scene.bracket[j]:
            j += 1
            continue
        if _breaks_off(scene, start, j):
            return None
        if (described := _owned(scene, j, stop)) is not None:
            j = described
            continue
        if (mention := scene.at.get(j)) is not None:
            return None if any(rule(scene, k, start, mention, stop) for rule in NO_MEMBER) else start
        if (share := _past_share(scene, j)) is not None:
            j = share
            continue
        if _describes(scene, start, j) or not _before_member(scene, start, j):
            return None
        if scene.low[j] in scene.words("places.compass") and compass_of(scene, j) is not None:
            ground = any(scene.low[x] in scene.words("places.ground") for x in range(start, j))
            return start if ground else None  # "captured A and positions north of B"
        j += 1
    return None


def _past_joint(scene: Scene, k: int, stop: int) -> int | None:
    """The token behind what joins a member to those before it: ",", "and", "as well as", "including"."""
    low = scene.low
    if low[k : k + 3] == ("as", "well", "as"):
        return k + 3
    if low[k : k + 4] == (",", "as", "well", "as"):
        return k + 4 + (low[k + 4 : k + 5] == ("of",))  # "control of A, as well as of B"
    if low[k : k + 2] == ("such", "as"):
        return k + 2
    if (beside := _beside(low, k)) is not None:
        return beside
    if low[k] == "like" and k + 1 in scene.at:
        return k + 1
    if low[k] == "," and (aside := _past_near(scene, k)) is not None:
        return aside
    including = scene.words("places.including")
    if low[k] == "," and low[k + 1 : k + 2] and low[k + 1] in including:
        return k + 2
    if low[k] in including:
        return k + 1
    return _past_marks(scene, k, stop) if low[k] in LISTING else _past_dash(scene, k, stop)


def _past_marks(scene: Scene, k: int, stop: int) -> int | None:
    """The token behind ", and", unless another clause begins: "controls X; the last two villages in Y"."""
    low, j = scene.low, k
    while j < stop and low[j] in LISTING:
        j += 1
    return None if low[k] == ";" and j < stop and j not in scene.at and low[j] == "the" else j


def _past_dash(scene: Scene, k: int, stop: int) -> int | None:
    """The token behind the mark of "two cities — A and B", "the A-B road"."""
    if scene.low[k] not in ("-", "–", "—", ":") or k + 1 not in scene.at:
        return None
    if _counted(scene, k):
        return k + 1
    return k + 1 if scene.low[k] != ":" and k + 1 < stop and not scene.doc[k].whitespace_ else None


def _past_near(scene: Scene, k: int) -> int | None:
    """The token behind ", near X, and", which only says where the member before it lies."""
    far = scene.at.get(k + 2) if scene.low[k + 1 : k + 2] in (("near",), ("outside",)) else None
    return far.end + 2 if far is not None and scene.low[far.end : far.end + 2] == (",", "and") else None


def _breaks_off(scene: Scene, start: int, j: int) -> bool:
    """ "Captured A, not B", "took X, the fourth of Y's five states to fall"."""
    low = scene.low
    if low[j] in ("not", "n't", "never"):
        return True
    return low[j] in ORDINALS and low[j + 1 : j + 2] == ("of",) and low[start - 1] == ","


def _past_share(scene: Scene, j: int) -> int | None:
    """The token behind "half of", "more than 20 percent of" or before the number of it."""
    if (quantity := quantity_at(scene, j)) is not None:
        return quantity[1]
    return j + 2 if scene.low[j : j + 2] in ROUGHLY and quantity_at(scene, j + 2) is not None else None


def _describes(scene: Scene, start: int, j: int) -> bool:
    """ ", the capital of Y" describes the place before it."""
    low = scene.low
    return low[j] in SEATS and low[j + 1 : j + 2] in (("of",), ("to",)) and low[start - 1] == ","


def _before_member(scene: Scene, start: int, j: int) -> bool:
    """Whether a word may stand before the name of a member: "the northern city of", "parts of"."""
    low, tag, whole = scene.low, scene.tag, scene.words("places.whole")
    return (
        low[j] in scene.words("places.compass")
        or low[j] in scene.words("places.part")
        or low[j] in whole
        or low[j] in scene.words("places.in_lists")
        or tag[j] in ("DT", "JJ", "CD", "RB")
        or (tag[j] in ("NN", "VBG") and low[j + 1 : j + 2] != () and low[j + 1] in whole)
        or low[j] in scene.words("places.including")
        or (low[j] == "in" and j > start and low[j - 1] in scene.words("places.part"))
        or (low[j] in GROUPS and low[j + 1 : j + 2] == ("of",))
    )


def _around(scene: Scene, k: int, start: int, mention: Mention, stop: int) -> bool:  # noqa: ARG001 - all are asked alike
    """ "In A and around B"."""
    around = scene.low[mention.start - 2 : mention.start] in (("and", "around"), ("or", "around"))
    return around and mention.kind is not PlaceKind.UNNAMED


def _no_name(scene: Scene, k: int, start: int, mention: Mention, stop: int) -> bool:  # noqa: ARG001
    return mention.head is not None or bool(mention.anaphor)


def _unknown(scene: Scene, k: int, start: int, mention: Mention, stop: int) -> bool:  # noqa: ARG001
    """ "Entered X; DeepState, a mapping project, says"."""
    return scene.low[k] == ";" and mention.kind is PlaceKind.SETTLEMENT and not mention.known


def _apposed(scene: Scene, k: int, start: int, mention: Mention, stop: int) -> bool:
    return scene.low[k:start] == (",",) and _apposition(scene, start, mention, stop)


def _subject(scene: Scene, k: int, start: int, mention: Mention, stop: int) -> bool:
    """ "Captured A, and B was shelled"."""
    joint = scene.low[k:start]
    if joint == ("and",) or not _opens_clause(scene, mention.end, stop):
        return False
    if scene.low[start - 1] == "and" and scene.low[mention.end - 1] in scene.words("places.many_regions"):
        return False
    last = "and" in joint and mention.known
    return not (last and (_only_told(scene, mention.end, stop) or _acts_before(scene, mention, stop)))


def _alone(scene: Scene, k: int, start: int, mention: Mention, stop: int) -> bool:  # noqa: ARG001
    return scene.low[k:start] == ("and",) and _stands_alone(scene, k, mention)


NO_MEMBER: tuple[Callable[[Scene, int, int, Mention, int], bool], ...] = (
    _around, _no_name, _unknown, _apposed, _subject, _alone,
)  # fmt: skip
"""Why a place behind the joint from k to `start` is no member of the list."""


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

"""What belongs to a place left of it: the list that ends with it, the name it describes, the words that make it a part."""

from __future__ import annotations

from reportedly.model import Extent, PlaceKind
from reportedly.read.scene.dated_phrases import time_phrase
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import HAVE

__all__ = ["apposed", "before_date", "copula_at", "holds_object", "list_left", "one_of_group", "with_part"]


def list_left(scene: Scene, last: Mention, *, joined: bool = False) -> list[Mention]:
    """The list of places that ends with `last`: "Zaporizhzhia and Kramatorsk, which ..."; `joined`: its "and" stands behind."""
    found = [last]
    k = scene.previous(last.start)
    shares = last.kind is PlaceKind.REGION and scene.low[last.end - 1] in scene.words(
        "places.many_regions"
    )  # "A and B regions"
    while k > 0 and scene.low[k] in ("and", ",", "or") and len(found) < 8:
        joined = joined or scene.low[k] in ("and", "or")
        before = (
            scene.inside(scene.previous(k))
            if scene.low[scene.previous(k)] != ","
            else scene.inside(scene.previous(scene.previous(k)))
        )
        if before is None or before.head is not None or before.anaphor:
            break
        if before.kind != last.kind and not (shares and before.kind is PlaceKind.SETTLEMENT):
            break
        found.insert(0, before)
        k = scene.previous(before.start)
    first = found[0].start
    heads = first == scene.sentence[first][0] or scene.low[first - 1] == ":"  # "X, Y captured by Z"
    heads = heads or scene.low[first - 1] in scene.words("clauses.saying")  # "Sources claim X, Y captured"
    return found if joined or heads else [last]


COPULAS = frozenset({"is", "was", "remains", "remained", "been", "become", "became", "being"})
ALONE = frozenset(
    {"alone", "itself", "proper", "too"}
)  # between a name and what is set beside it: "in X alone, a town that"


def apposed(scene: Scene, mention: Mention) -> Mention | None:
    """The named place that a description stands beside: "Kherson, the only city they had captured"."""
    if mention.kind != PlaceKind.UNNAMED and not mention.anaphor:
        return None
    k = scene.previous(mention.start)
    while k >= scene.sentence[mention.start][0] and (
        scene.tag[k] in ("DT", "JJ", "JJS") or scene.low[k] in ("the", "of", "first", "last", "only", "second")
    ):
        k = scene.previous(k)
    heads = scene.low[k] == ":" and scene.at.get(scene.sentence[k][0], mention).end == k  # "X: a town under rebel rule"
    copula = copula_at(scene, k)
    k = k if copula is None else copula
    if (
        k > 0
        and (heads or copula is not None or scene.low[k] in (",", "—", "–"))
        and (
            before := scene.inside(k - 1 - (scene.low[k - 1] in ALONE))
            or (before_date(scene, k) if scene.low[k] == "," else None)
        )
        and before.head is None
        and before.kind != PlaceKind.UNNAMED
    ):
        return before
    return None


def copula_at(scene: Scene, k: int) -> int | None:
    """The first token of the copula that ends at k, adverbs behind it left out: "had been", "is now"; None where there is none."""
    while k > 0 and scene.tag[k].startswith("RB") and scene.low[k] not in scene.words("clauses.never"):
        k -= 1
    if scene.low[k] not in COPULAS:
        return None
    return k - 1 if k > 0 and scene.low[k - 1] in HAVE else k


def before_date(scene: Scene, mark: int) -> Mention | None:
    """The place before the date that ends at a comma: "liberated X in 2023, a village"."""
    for k in range(mark - 1, max(scene.sentence[mark][0], mark - 6), -1):
        if time_phrase(scene, k) == mark:
            return scene.inside(k - 1)
    return None


def one_of_group(scene: Scene, group: Mention) -> Mention | None:
    """ "making it the first of the four regions": the place that is said to be one of a group."""
    if group.kind is not PlaceKind.UNNAMED:
        return None
    k = scene.previous(group.start)
    steps = 0
    while (
        k > 0
        and steps < 6
        and (scene.tag[k] in ("DT", "JJ", "JJS", "CD") or scene.low[k] in ("of", "one", "first", "last"))
    ):
        k, steps = scene.previous(k), steps + 1
    if (
        steps >= 2
        and k > 0
        and scene.low[k] == "it"
        and scene.low[k - 1] in ("making", "made", "makes", "leaving", "left")
    ):
        return Mention(k, k + 1, "it", PlaceKind.SETTLEMENT, anaphor="it")
    return None


def with_part(scene: Scene, mention: Mention) -> Target:
    """A place with the part words directly before it ("areas of Kherson Oblast")."""
    k = scene.previous(mention.start)
    for _ in range(4):
        if k >= 0 and (scene.low[k] in ("of", "in", "the") or scene.low[k] in scene.words("places.compass")):
            k = scene.previous(k)
        else:
            break
    whole = k > 0 and scene.low[k : k + 2] == ("territory", "of") and scene.written[k - 1][:1].isupper()
    if whole:
        return Target(mention)  # "the Moldovan territory of Transnistria"
    number = scene.low[k - 1] if k > 0 and scene.low[k] in ("%", "percent") else ""
    if number.replace(".", "").isdigit():
        return Target(mention, Extent(kind="percent", value=float(number)))  # "30% of X that they hold"
    if k >= 0 and scene.low[k] in scene.words("places.part") and scene.low[k + 1] in ("of", "in"):
        return Target(mention, Extent(kind="part"), extent_words=scene.low[k])
    return Target(mention)


def holds_object(scene: Scene, k: int) -> bool:
    """Whether the place at k only says where some object is: "a base in northern X"."""
    k = scene.previous(k)
    while k > scene.sentence[k][0] and (scene.tag[k] in ("DT", "JJ") or scene.low[k] in scene.words("places.compass")):
        k = scene.previous(k)
    if scene.low[k] not in ("in", "near", "at", "outside", "inside"):
        return False
    return scene.low[scene.previous(k)] in scene.words("objects.not_places")

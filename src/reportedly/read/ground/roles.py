"""What a name does in its sentence but be the place spoken of: it places another, it is a surname, its people speak."""

from __future__ import annotations

from reportedly.model import PlaceKind, Relation
from reportedly.read.places.leftward import holds_object
from reportedly.read.scene.scene import Mention, Scene

__all__ = [
    "contains_another",
    "is_surname",
    "of_a_town",
    "of_an_object",
    "only_dates",
    "only_told_behind",
    "reference_only",
    "speaks_for",
    "speaks_from",
]


def reference_only(scene: Scene, x: Mention) -> bool:
    """Whether a mention only places another ("12 km west of X", "near X")."""
    if _places_another(scene, x):
        return True
    k = _before_seat(scene, scene.previous(x.start))
    if k > 0 and scene.low[k] in ("in", "at", "near") and _of_compass(scene, k):
        return True
    if k > 0 and scene.low[k] in ("in", "at") and scene.low[k - 1] in scene.words("places.seated"):
        return True  # "the government in Kinshasa said that parts of the city"
    if (
        scene.low[k] == "nearby"
        and scene.low[k - 1] in ("in", "at")
        and scene.low[x.end] in scene.words("clauses.saying")
    ):
        return True  # "a commander in nearby X said that the town"
    k = _list_before(scene, k)
    left = scene.low[k - 1] if k > 0 and scene.low[k] == "from" else ""
    rows = (*(c for c, _ in scene.cues.verbs.get(left, ())), *scene.cues.nouns.get(left, ()))
    if any(c.frame.relation is Relation.LOSES for c in rows):
        return False  # "withdrawing from X" is about X
    return x.head is not None or (k >= 0 and scene.low[k] in ("of", "near", "from", "toward", "towards") and k > 0 and (
        scene.low[k] != "of" or scene.low[k - 1] in scene.words("places.compass")
    ))  # fmt: skip


def _before_seat(scene: Scene, k: int) -> int:
    """The token before "the provincial capital," where that ends at k: "north of the capital, X"; k where it does not."""
    j = k - (scene.low[k] == ",")
    if j < 2 or scene.low[j] not in ("capital", "capital's"):
        return k
    while j > scene.sentence[k][0] and (scene.tag[j].startswith(("NN", "JJ", "DT", "PRP$", "POS"))):
        j -= 1
    return j if scene.low[j] in ("of", "from", "near") else k


def _of_compass(scene: Scene, k: int) -> bool:
    """Whether what stands before token k tells where another place lies: "X lies northeast of fortifications in Y"."""
    j = scene.previous(k)
    while j > scene.sentence[k][0] and scene.tag[j].startswith(("NN", "JJ", "DT", "PRP$", "POS")) and j not in scene.at:
        j = scene.previous(j)
    return j < k - 1 and scene.low[j] == "of" and scene.low[j - 1] in scene.words("places.compass")


def is_surname(scene: Scene, x: Mention) -> bool:
    """Whether a name that a place bears too ends a longer one: "Tom Barlow died in the fighting there"."""
    first = scene.doc[x.start - 1] if x.start else None
    return (
        first is not None
        and first.dep_ == "compound"
        and scene.tag[first.i] == "NNP"
        and x.start <= first.head.i < x.end
        and not any(s.start <= first.i < s.end for s in scene.sides)
    )


def _places_another(scene: Scene, x: Mention) -> bool:
    """Whether a region only tells where the settlement before it lies: "Singa, the capital of Sennar state, after losing it";
    whatever has a city lies around it ("X, the second city of Y").
    """
    if x.start < 4 or scene.low[x.start - 1] not in ("of", "in"):
        return False
    comma = next((k for k in range(x.start - 2, max(0, x.start - 12), -1) if scene.low[k] == ","), None)
    if comma is None or any(scene.tag[k].startswith("VB") for k in range(comma, x.start)):
        return False
    towns = scene.words("places.towns_meant")
    has_city = any(scene.low[k] in towns and scene.low[k + 1] == "of" for k in range(comma, x.start - 1))
    if x.kind is not PlaceKind.REGION and not has_city:
        return False
    before = scene.inside(comma - 1)
    return before is not None and before.kind is PlaceKind.SETTLEMENT and before.end == comma


def contains_another(scene: Scene, x: Mention) -> bool:
    """Whether a region, or whatever a town is said to lie in, stands right behind it: "took the town of A in B after C had left it"."""
    if x.start < 2 or x.anaphor:
        return False
    k = x.start - 1
    while k > 1 and (scene.tag[k] in ("DT", "JJ") or scene.low[k] in scene.words("places.compass")):
        k -= 1
    joined = ("in", ",") if x.kind is PlaceKind.REGION else ("in",)
    before = scene.inside(k - 1) if scene.low[k] in joined else None
    fits = before is not None and before.kind in (PlaceKind.SETTLEMENT, PlaceKind.REGION)
    return fits and before is not None and before.end == k and before.head is None


def speaks_for(scene: Scene, x: Mention) -> bool:
    """Whether a name behind "the city" only says whose people or mayor speaks: "the city is quiet, Huliaipole's mayor said"."""
    low, peopled = scene.low, scene.words("places.peopled")
    begin = scene.begin(x)
    if begin > 1 and low[begin - 1] == "of" and low[begin - 2] in peopled:
        return True
    k = x.end + 1 if low[x.end : x.end + 1] in (("'s",), ("’s",)) else x.end
    return bool(peopled & set(low[k : k + 1]))


def speaks_from(scene: Scene, x: Mention) -> bool:
    """Whether a name only tells where somebody is who speaks: "a commander in Tripoli denied that the city"."""
    k = scene.previous(x.start)
    teller = k > 0 and scene.low[k] in ("in", "from") and scene.doc[k - 1].dep_ == "nsubj"
    verb = scene.low[x.end : x.end + 1]
    told = scene.listed("clauses.saying", "clauses.stated") | {"denied", "rejected", "disputed", "dismissed"}
    return teller and bool(verb) and verb[0] in told


def only_dates(scene: Scene, x: Mention) -> bool:
    """Whether a name tells since when something is so: "have tried to take Y since the capture of X"."""
    for k in range(x.start - 1, max(scene.sentence[x.start][0], x.start - 6) - 1, -1):
        if scene.low[k] == "since":
            return True
        if scene.low[k] in (",", ";") or scene.tag[k] in ("VBD", "VBZ", "VBP"):
            return False
    return False


def only_told_behind(scene: Scene, m: Mention) -> bool:
    """Whether "the territory" is told by what follows alone: "more of the territory that they claim to have annexed"."""
    if m.end >= scene.sentence[m.start][1] or "the" not in scene.low[max(0, m.start - 1) : m.end]:
        return False
    k = m.end + 1 if scene.low[m.end] in ("that", "which") else m.end
    return k < len(scene.low) and (scene.tag[k] == "PRP" or k in scene.side_at)


def of_a_town(scene: Scene, m: Mention) -> bool:
    """Whether "it" takes up a town without a name, told by where it lies: "took back a district capital in X, a year after losing it"."""
    start = scene.sentence[m.start][0]
    last = next((x for x in reversed(scene.mentions) if start <= x.start < m.start and x.anaphor is None), None)
    if last is None or last.kind is not PlaceKind.REGION:
        return False
    k = last.start - 1
    while k > start and (scene.tag[k] in ("DT", "JJ") or scene.low[k] in scene.words("places.compass")):
        k -= 1
    if scene.low[k] != "in" or scene.low[k - 1] not in ("capital", "town", "city", "village"):
        return False
    first = k - 1
    while first > start and scene.tag[first] in ("NN", "JJ", "NNP", "HYPH"):
        first -= 1
    if scene.low[first - 1] == "," and scene.low[last.start - 1] == "in" and scene.inside(first - 2) is not None:
        return False  # "recaptured X, a garrison town in Y": it has a name
    return scene.low[first] in ("a", "an", "another")


def of_an_object(scene: Scene, m: Mention) -> bool:
    """Whether "it" takes up an object named after a place: "fought for the X dam until it was captured"."""
    start = scene.sentence[m.start][0]
    last = next((x for x in reversed(scene.mentions) if start <= x.start < m.start and x.anaphor is None), None)
    if last is None:
        return False
    return last.head in scene.words("objects.not_places") or holds_object(scene, last.start)


def _list_before(scene: Scene, k: int) -> int:
    """The token before the list of names that goes on behind token k, if "from" opens it: "from A and B"."""
    j = k
    while j > 0 and scene.low[j] in ("and", ",") and (name := scene.inside(scene.previous(j))) is not None:
        if name.head is not None or name.anaphor:
            break
        j = scene.previous(name.start)
    return j if j >= 0 and scene.low[j] == "from" else k

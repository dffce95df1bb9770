"""What words between a cue and its places are: owners, kinds, parts and sides that only describe."""

from __future__ import annotations

from reportedly.model import PlaceKind
from reportedly.read.places.placing import compass_of
from reportedly.read.scene.scene import Mention, Scene

__all__ = [
    "claimable",
    "compass_name",
    "compound_kind",
    "name_behind",
    "named_after",
    "named_kind",
    "own_part",
    "owner_of_ground",
    "past_object",
    "possessor",
    "relative",
    "second_noun",
    "side_describes",
    "two_sides",
]

OWNED = frozenset(
    {"held", "controlled", "occupied", "run", "ruled", "dominated", "besieged", "seized"}
)  # behind whose a place is
STRONGHOLDS = (("stronghold", "of"), ("bastion", "of"))


SHARES = frozenset({"the", "most", "much", "all", "parts", "half", "of"})
HALVES = frozenset({"part", "parts", "half", "side", "edge", "edges", "quarter", "quarters"})


def own_part(scene: Scene, k: int, stop: int) -> str | None:
    """The noun of "its eastern districts", "its centre", "the northern streets" at k: a part of the settlement spoken of."""
    if scene.low[k] not in ("its", "the"):
        return None
    j = k + 1
    while j < stop and (scene.low[j] in scene.words("places.compass") or scene.tag[j] in ("JJ", "CC", "CD")):
        j += 1
    if j >= stop or scene.low[j + 1 : j + 2] == ("of",):
        return None
    if scene.low[k] == "the" and not any(scene.low[x] in scene.words("places.compass") for x in range(k + 1, j)):
        return None
    if scene.low[k] == "the" and (scene.low[j] in HALVES or scene.low[j + 1 : j + 2] in (("in",), ("near",), ("-",))):
        return None
    sided = scene.low[j] in HALVES and any(scene.low[x] in scene.words("places.compass") for x in range(k + 1, j))
    return scene.low[j] if sided or scene.low[j] in scene.words("places.quarters") | {"streets"} else None


def compound_kind(scene: Scene, k: int, stop: int) -> int | None:
    """The kind of place behind a hyphened attribute at k ("diamond-mining town of"), or None."""
    if scene.low[k + 1 : k + 2] not in (("-",), ("–",)) or scene.doc[k].whitespace_ or k + 4 >= stop:
        return None
    behind = k + 3
    named = scene.low[behind + 1 : behind + 2] == ("of",) or behind + 1 in scene.at
    return behind if named and scene.low[behind] in scene.words("places.settlements") else None


def named_kind(scene: Scene, k: int, *, many: bool = False) -> bool:
    """Whether a kind of settlement stands at k with its name behind it: "town of X", "city X", if `many` "villages of X"."""
    return (
        scene.low[k] in scene.words("places.settlements")
        and (not scene.low[k].endswith("s") or (many and scene.low[k + 1 : k + 2] == ("of",)))
        and named_after(scene, k + 1) is not None
    )


def two_sides(scene: Scene, k: int) -> bool:
    """Whether a mark at k joins two compass words ("northern and southern X", "the east and much of the south of X")."""
    compass = scene.words("places.compass")
    nxt = k + 2 if scene.low[k + 1 : k + 2] == ("and",) else k + 1
    while scene.low[nxt : nxt + 1] and scene.low[nxt] in SHARES:
        nxt += 1
    return k > 0 and scene.low[k - 1] in compass and nxt < len(scene.low) and scene.low[nxt] in compass


def owner_of_ground(scene: Scene, k: int, stop: int) -> int | None:
    """The token after "the group's", where ground of somebody without a name is spoken of ("the army's last stronghold in")."""
    if scene.low[k] not in scene.words("clauses.agents") or scene.low[k + 1 : k + 2] not in (("'s",), ("'",)):
        return None
    kinds = scene.listed("places.whole", "places.part")
    described = (
        3 if scene.low[k + 2 : k + 4] in (("self", "-"), ("de", "facto")) else 0
    )  # "their self-proclaimed capital"
    return k + 2 if any(scene.low[j] in kinds for j in range(k + 2, min(k + 5 + described, stop))) else None


def relative(scene: Scene, k: int, stop: int) -> int | None:
    """The token after "it held in", where a relative clause says whose ground in a place is meant."""
    j = k + 1
    while j < stop and j - k < 5 and scene.tag[j].startswith(("VB", "RB")):
        j += 1
    return j + 1 if j > k + 1 and j < stop and scene.low[j] in ("in", "of", "within") else None


def name_behind(scene: Scene, k: int, stop: int) -> list[Mention]:
    """The name that stands beside "the capital" or "the last stronghold in Y": ", X", with Y before it; [] if none does."""
    holder: list[Mention] = []
    j = k
    if scene.low[j] == "in":
        j += 2 if scene.low[j + 1 : j + 2] == ("the",) else 1
        wide = scene.at.get(j)
        if wide is None or wide.head is not None or wide.anaphor is not None:
            return []
        holder, j = [wide], wide.end
    name = scene.at.get(j + 1) if j < stop and scene.low[j] == "," else None
    if name is None or name.head is not None or name.anaphor is not None or name.kind is PlaceKind.UNNAMED:
        return []
    after = scene.low[name.end : name.end + 1]
    verb = scene.tag[name.end] in ("VBD", "VBZ", "VBP", "MD") if name.end < stop else False
    return [] if after == ("and",) or (verb and not holder) else [*holder, name]


def second_noun(scene: Scene, k: int, stop: int) -> int | None:
    """The token of "of" after "and NOUN", where two nouns share a name ("the town and stronghold of X")."""
    j = k + 1
    while j < stop and j - k < 5 and scene.tag[j] in ("DT", "JJ", "NN", "NNP", "NNPS", "CD"):
        if j in scene.at and scene.at[j].head is None:
            break
        j += 1
    return j if j > k + 1 and j < stop and scene.low[j] == "of" else None


def past_object(scene: Scene, k: int, stop: int) -> int | None:
    """The token after "the palace and", where an object that is no ground opens a list of what was taken."""
    j = k
    while j < stop and j - k < 6 and (scene.tag[j] in ("NN", "NNS", "NNP", "JJ", "POS", "DT") or scene.low[j] == "'s"):
        j += 1
    last = j - 1
    if j < stop and scene.tag[j] == "CD":
        j += 1  # "Hill 201 and the town of X"
    if (
        last < k
        or j + 1 >= stop
        or scene.low[j] not in ("and", ",")
        or scene.low[last] not in scene.words("objects.not_places")
    ):
        return None
    rest = j + 1
    if scene.low[j] == "and" and scene.low[rest] in scene.cues.verbs and rest + 1 in scene.at:
        return None  # "along the highway and liberated X", where the tagger takes the verb for an adjective
    if scene.low[rest] in scene.cues.adjectives and scene.low[rest] in scene.cues.verbs:
        return None  # "took control of the corridor and encircled X"
    rest += scene.low[rest] == "and"
    if scene.low[j] == "," and compass_of(scene, rest) is not None:
        return None  # "the airport, north of X" only lies there
    again = rest + (scene.tag[rest : rest + 1] == ("DT",))
    if again < stop and (more := past_object(scene, again, stop)) is not None:
        return more  # "the palace, the airport, and the cities of X and Y"
    first = rest
    while rest < stop and rest - j < 7 and rest not in scene.at:
        known = scene.listed("places.part", "places.whole", "places.compass")
        if not (
            scene.low[rest] in known
            or scene.low[rest] in ("of", "the", "most", "all")
            or scene.tag[rest] in ("DT", "JJ")
        ):
            return None
        rest += 1
    return first if rest < stop and rest in scene.at else None


def possessor(scene: Scene, mention: Mention, stop: int) -> bool:
    """Whether a mention only owns what follows ("Ukraine's Kherson Oblast", "Bakhmut's outskirts")."""
    k = mention.end
    return k + 1 < stop and scene.low[k] in ("'s", "'") and scene.tag[k] == "POS"


def claimable(mention: Mention) -> bool:
    """Whether a mention is ground by itself: not a modifier ("Kherson airport"), not a person."""
    return mention.head is None


def side_describes(scene: Scene, k: int, stop: int) -> bool:
    """Whether a side at k only describes the ground behind it ("Ukrainian-held", "Syrian Golan Heights")."""
    side = scene.side_at.get(k)
    if side is not None and side.word.kind == "forces" and scene.low[side.end : side.end + 2] in STRONGHOLDS:
        return True  # "captures Hezbollah stronghold of X"
    behind = scene.low[side.end : min(side.end + 2, stop)] if side is not None else ()
    if behind[:1] in (("-",), ("–",)) and OWNED.issuperset(behind[1:]):
        return True  # "entered Taliban-held Kunduz"
    if side is None or side.word.kind not in ("demonym", "name", "seat") or side.end >= stop:
        return False
    nxt = scene.low[side.end]
    land = nxt in scene.words("places.part") or nxt in scene.words("places.whole")
    return (
        nxt in ("'s", "-", "'")
        or land
        or scene.low[side.end + 1 : side.end + 2] in (("zone",), ("sector",))
        or scene.tag[side.end] in ("JJ", "VBN")
        or (side.end in scene.at and side.word.kind == "demonym")
    )


def compass_name(scene: Scene, k: int) -> bool:
    """Whether a compass word belongs to the name of a vague area ("southern Ukraine") rather than marking a part of it."""
    nxt = scene.at.get(k + 1)
    return bool(nxt and nxt.start == k + 1 and _is_country(nxt))


def _is_country(mention: Mention) -> bool:
    return mention.kind == PlaceKind.COUNTRY


def named_after(scene: Scene, k: int) -> int | None:
    """If a name follows "the town" directly or after "of", its first token."""
    if scene.low[k] == "and" and (beyond := second_noun(scene, k, len(scene.low))) is not None:
        k = beyond  # "the town and heritage site of X"
    if scene.low[k - 1 : k + 1] == ("capital", ",") and k + 1 in scene.at and scene.at[k + 1].head is None:
        return None if scene.at[k + 1].anaphor else k + 1  # "the capital, X"
    if scene.low[k] == "of":
        k += 1
    return k if k in scene.at and not scene.at[k].anaphor else None

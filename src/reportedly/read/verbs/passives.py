"""Active, passive and reduced verbs, and the constructions that change what a verb frame says."""

from __future__ import annotations

from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.parsing.marks import QUOTES
from reportedly.read.places.antecedents import antecedent_places
from reportedly.read.places.leftward import holds_object, list_left
from reportedly.read.places.slots import places_after
from reportedly.read.scene.between import object_behind_time
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.serial import in_a_row
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import BE, DO, HAVE, verb_group

__all__ = [
    "complement_places",
    "fights_for",
    "had_places",
    "headline_passive",
    "headline_verb",
    "is_passive",
    "is_reduced",
    "on_the_way",
]

ASIDE = 12  # tokens that an aside behind a participle may have
PARTICIPLES = frozenset({"taken", "retaken", "driven", "withdrawn", "thrown", "beaten", "given"})  # never a past tense


def headline_verb(scene: Scene, i: int) -> bool:
    """Whether a word that the tagger took for a noun is the verb of a headline: a side before it and a place after it."""
    before = scene.previous(i)
    if before < 0:
        return False
    side = next((s for s in scene.sides if s.end == before + 1), None)
    if side is None:
        return False
    if scene.low[i].endswith("s") and side.word.kind == "demonym" and not scene.low[before].endswith("s"):
        return False  # "Russian advances west of X"
    third = scene.low[i].endswith("s") and side.word.kind != "demonym"  # "RSF tightens noose around X"
    if third and scene.doc[i].dep_ == "pobj" and scene.low[side.start - 1] in ("as", "after"):
        return True  # "takes X as army retreats"
    if third and any(i < m.start <= i + 6 and m.start < scene.sentence[i][1] for m in scene.mentions):
        return True
    if i + 1 >= len(scene.low):
        return False
    way = (
        not third
        and side.word.kind in ("forces", "generic")
        and scene.low[i + 1] in ("from", "into", "toward", "towards")
    )
    if way and any(kind == "base" for _, kind in scene.cues.verbs.get(scene.low[i], ())):
        return any(i + 1 < m.start <= i + 4 for m in scene.mentions)  # "rebels of A withdraw from X"
    described = scene.low[i + 1] in scene.listed("places.whole", "places.compass")
    return (
        i + 1 in scene.at
        or i + 1 in scene.side_at
        or described
        or scene.low[i + 1] in ("control", "the", "full", "key", "strategic", "border")
    )


def headline_passive(scene: Scene, i: int, end: int) -> list[Target]:
    """ "X captured, says Y": the place right before a participle without an object, which the tagger took for a past tense."""
    if (both := _of_both(scene, i)) is not None:
        return [Target(m) for m in list_left(scene, both)]  # "left A and B, both encircled by Y"
    apart = i > 1 and scene.low[i - 1] == "," and scene.doc[i].dep_ == "advcl"  # "visited X, recaptured in May"
    ago = i > 1 and scene.low[i - 1] == "," and _dated_aside(scene, end)  # "X, liberated three years ago, marked"
    apart = apart or ago
    if scene.low[max(0, i - 2) : i] == ("half", "-"):
        half = scene.inside(i - 3)  # "X half-occupied, officer says"
        return (
            [Target(half, Extent(kind="part"))] if half is not None and half.head is None and not half.anaphor else []
        )
    k = i - 1
    while k > scene.sentence[i][0] and scene.tag[k].startswith("RB"):
        k -= 1
    quoted = i > 1 and scene.low[k] in QUOTES and bool(QUOTES & set(scene.low[end - 1 : end]))  # "X 'fully liberated'"
    opened = i > 1 and scene.low[k] in ("‘", "“", '"') and k < i
    quoted = quoted or (opened and bool(set(QUOTES) & set(scene.low[end : end + 5])))  # "X 'besieged from all sides'"
    if not quoted and scene.low[i - 1] in QUOTES and scene.tag[i - 2].startswith("RB") and scene.low[i - 3] in QUOTES:
        k, quoted = i - 3, True  # "X 'fully' liberated"
    apart = apart or quoted
    k = (k if quoted else i - 1) - apart
    while k > scene.sentence[i][0] and scene.tag[k].startswith("RB") and scene.inside(k) is None:
        k -= 1
    if scene.low[max(0, k - 1) : k + 1] == ("all", "but"):
        k -= 2  # "With X all but surrounded"
    before = scene.inside(k) if i else None
    if before is not None and before.end == k + 1 and (town := _town_in(scene, before)) is not None:
        before, k = town, town.end - 1  # "X in the Y region captured"
    elif before is not None and before.kind is PlaceKind.REGION and _one_in(scene, before):
        return []  # "Village in the Y region captured"
    bound = [c.i for c in scene.doc[i].children if c.dep_ in ("nsubj", "dobj", "mark", "aux")]
    if apart and not ago and any(not quoted or before is None or not before.start <= k < before.end for k in bound):
        return []
    if not apart and before is not None and holds_object(scene, before.start):
        return []  # "a base in northern X captured by Y"
    if before is None or before.end != k + 1 or before.head is not None or before.anaphor is not None:
        return []
    behind = scene.low[end] if end < len(scene.low) else "."
    closed = (apart and not quoted and behind in ("in", "on", "from", "last")) or behind in (
        ",",
        ".",
        ";",
        ":",
        "-",
        "–",
        "—",
        "by",
        "from",
        "after",
        "as",
        "amid",
    )
    closed = (
        closed
        or ago
        or (behind in ("in", "on", "within", "without", "with", "overnight") and _whole_headline(scene, i))
    )
    if closed and not ago and scene.low[before.start - 1] == "of" and scene.tag[i] in ("VBD", "VBN"):
        first = before.start - 1
        while (
            first > scene.sentence[i][0]
            and scene.low[first - 1] not in (":", ",")
            and not scene.tag[first - 1].startswith("VB")
        ):
            first -= 1
        shared = places_after(scene, first, end=i)  # "95% of X occupied"
        return shared if [t.mention for t in shared] == [before] else []
    return (
        [Target(m) for m in list_left(scene, before)] if closed and (quoted or scene.tag[i] in ("VBD", "VBN")) else []
    )


def _of_both(scene: Scene, i: int) -> Mention | None:
    """The last of the places that "both" or "all" before the participle at i takes up behind a comma."""
    if i < 3 or scene.low[i - 1] not in ("both", "all") or scene.low[i - 2] != ",":
        return None
    before = scene.inside(i - 3)
    return before if before is not None and before.head is None and before.anaphor is None else None


def _one_in(scene: Scene, region: Mention) -> bool:
    """Whether a town without a name stands before "in" a region."""
    k = scene.previous(region.start)
    return k > 0 and scene.low[k] == "in" and scene.low[k - 1] in scene.words("places.settlements")


def _town_in(scene: Scene, region: Mention) -> Mention | None:
    """The town that stands before "in" a region at the head of what a headline tells."""
    k = scene.previous(region.start)
    k = scene.previous(k) if scene.low[k] == "the" else k
    if region.kind is not PlaceKind.REGION or k < 1 or scene.low[k] != "in":
        return None
    town = scene.inside(scene.previous(k))
    named = town is not None and town.end == k and town.kind is PlaceKind.SETTLEMENT
    return town if named and town is not None and town.head is None and not town.anaphor else None


def _dated_aside(scene: Scene, end: int) -> bool:
    """Whether a few words without a verb end an aside before the verb of its sentence: "X, recaptured on 11 November, still had"."""
    stop = min(end + ASIDE, scene.sentence[end - 1][1] - 1)
    comma = next((k for k in range(end, stop) if scene.low[k] == ","), None)
    if comma is None or scene.tag[end] not in ("CD", "DT", "RB", "JJ", "IN"):
        return False
    if any(scene.tag[k].startswith("VB") or scene.tag[k] in ("WDT", "WP", "CC") for k in range(end, comma)):
        return False
    k = comma + 1
    while k < stop and scene.tag[k].startswith("RB"):
        k += 1
    return scene.tag[k] in ("VBD", "VBZ", "VBP", "MD")


def on_the_way(scene: Scene, i: int) -> int | None:
    """The verb of "inched towards retaking X": an advance, not yet a capture."""
    k = scene.previous(i)
    if k <= 0 or scene.low[k] not in ("toward", "towards"):
        return None
    k = scene.previous(k)
    while k > 0 and (scene.tag[k].startswith("RB") or scene.low[k] in ("closer", "steadily")):
        k = scene.previous(k)
    rows = scene.cues.verbs.get(scene.low[k], ())
    return (
        k
        if any(c.frame.relation is Relation.ADVANCES for c, _ in rows) or scene.low[k] in ("moved", "moving", "move")
        else None
    )


def fights_for(scene: Scene, i: int) -> int | None:
    """The verb of "is fighting to take X", which contests X, if the verb at i stands under one."""
    group = verb_group(scene, i)
    to = next((k for k in group if scene.low[k] == "to"), None)
    k = scene.previous(to) if to is not None else -1
    return (
        k
        if k >= 0
        and scene.low[k] in ("fighting", "fight", "fights", "battling", "battle", "fought", "battled")
        and scene.tag[k].startswith("VB")
        else None
    )


def _whole_headline(scene: Scene, i: int) -> bool:
    """Whether the participle at i is all that its sentence tells, of a place at its head ("X seized by rebels", "Y: X seized by")."""
    start, stop = scene.sentence[i]
    place = scene.inside(scene.previous(i))
    side = next((s for s in scene.sides if s.end == scene.previous(i) + 1), None)
    if place is None and side is None:
        return False
    first = place.start if place is not None else side.start  # type: ignore[union-attr]
    while (
        first > start + 1 and scene.low[first - 1] in (",", "and") and (before := scene.inside(first - 2)) is not None
    ):
        first = before.start
    if not (first == start or scene.low[first - 1] in (":", ";")):
        return False
    start = first if scene.low[first - 1] == ";" else start
    told = _said_behind(scene, i, stop)  # "Rebels driven out of X, army says"
    return not any(scene.tag[k] in ("VBZ", "VBP", "VBD", "MD", "VB") for k in range(start, told) if k != i)


def _said_behind(scene: Scene, i: int, stop: int) -> int:
    """Where "..., army says" begins behind the participle of a headline at i; `stop` where nothing of the kind does."""
    last = stop - 1
    while last > i and not scene.low[last][:1].isalnum():
        last -= 1
    comma = next((k for k in range(last, i, -1) if scene.low[k] == ","), None)
    said = scene.tag[last] in ("VBZ", "VBP", "VBD") and scene.low[last] in scene.words("clauses.saying")
    return comma if said and comma is not None else stop


def is_reduced(scene: Scene, i: int) -> bool:
    """Whether a passive is only a participle after its noun ("areas occupied by Russia"): that presupposes, it does not state."""
    if _whole_headline(scene, i):
        return False
    if any(scene.low[k] in BE | HAVE or scene.low[k] == "to" for k in verb_group(scene, i)):
        return False
    token = scene.doc[i]
    if (
        scene.low[i - 1 : i] == ("(",)
        or _of_both(scene, i) is not None
        or (scene.low[i - 1 : i] == (",",) and _dated_aside(scene, i + 1))
    ):
        return True
    if token.dep_ == "conj" and token.head.tag_ == "VBN" and token.head.i < i:
        return is_reduced(scene, token.head.i)
    return bool(token.dep_ in ("acl", "amod", "relcl", "advcl", "nmod") and token.head.i < i)


def complement_places(scene: Scene, i: int) -> list[Target]:
    """ "declared X liberated", "regards X as occupied": the places between the governing verb and the participle at i."""
    head = scene.doc[i].head
    k = i - 1
    while k > scene.sentence[i][0] and i - k < 12 and not scene.tag[k].startswith("VB"):
        k -= 1
    governor = head.i if head.i < i and head.tag_.startswith("VB") and i - head.i < 12 else k
    if scene.doc[governor].lemma_.lower() not in scene.words("clauses.declares"):
        return []
    targets = places_after(scene, governor + 1, end=i)
    if not targets and scene.low[governor + 1 : i] == ("it",):
        return [
            Target(Mention(i - 1, i, "it", PlaceKind.SETTLEMENT, anaphor="it"))
        ]  # "entered X and declared it liberated"
    which = next((c.i for c in scene.doc[governor].children if c.lower_ in ("that", "which") and c.i < governor), None)
    if not targets and governor == i - 1 and scene.doc[governor].dep_ == "relcl" and which is not None:
        return antecedent_places(scene, which)  # "a town that Moscow declared captured"
    return (
        targets
        if targets
        and all(
            scene.low[x] in ("as", ",", "now", "fully", "entirely", "completely", "to", "be", "been", "have", *QUOTES)
            or scene.bracket[x]
            for x in range(targets[-1].mention.end, i)
        )
        else []
    )


def _of_relative(scene: Scene, i: int) -> bool:
    """Whether a side is the subject of a participle that the tagger mistook: "the capital that separatists seized in 2014"."""
    side = next((s for s in scene.sides if s.end == scene.previous(i) + 1), None)
    return side is not None and scene.low[max(0, side.start - 1)] in ("that", "which")


def had_places(scene: Scene, i: int) -> list[Target]:
    """The places of "have X and Y surrounded", which somebody has in that state."""
    k = next((j for j in range(i - 1, max(scene.sentence[i][0], i - 12), -1) if scene.low[j] in HAVE), None)
    if k is None or scene.tag[i + 1 : i + 2] in (("NN",), ("NNP",), ("DT",)):
        return []
    targets = places_after(scene, k + 1, end=i)
    return targets if targets and targets[-1].mention.end == i else []


def is_passive(scene: Scene, i: int, *, past: bool) -> bool:
    """Whether the verb at i is passive: "was captured", or a participle after its noun ("captured by Russia")."""
    if not past or (scene.tag[i] == "VBN" and in_a_row(scene, i) is not None):
        return False
    group = verb_group(scene, i)
    words = [scene.low[k] for k in group]
    if "to" in words and "have" in words[words.index("to") :]:
        words = words[words.index("to") :]  # "was likely to have captured X"
    if any(w in BE and w != "'s" for w in words) or "been" in words:
        return True
    if words and words[0] == "'s" and scene.tag[i] == "VBN":
        return i + 1 not in scene.at  # "it's lost X" has lost it
    if any(w in HAVE for w in words):
        return False
    token = scene.doc[i]
    if token.dep_ == "acl" and not group and object_behind_time(scene, i + 1):
        return False  # "the rebels captured on Friday the town of X"
    if scene.low[i - 1 : i] == ("(",) and scene.tag[i] == "VBN":
        return True  # "X (occupied since 2014)"
    if any(c.dep_ == "auxpass" for c in token.children):
        return True
    nxt = scene.following(i + 1)
    if nxt < len(scene.low) and scene.low[nxt] == "by":
        return True
    if (
        token.dep_ == "conj"
        and token.head.pos_ in ("VERB", "AUX")
        and (
            scene.tag[i] == "VBN"
            or (scene.tag[i] == "VBD" and not any(c.dep_ in ("dobj", "nsubj") for c in token.children))
        )
        and token.head.i < i
        and scene.tag[token.head.i] == "VBN"
    ):
        return is_passive(scene, token.head.i, past=True)
    if scene.low[i - 1 : i] in (("declared",), ("considered",), ("reported",), ("as",)) and i:
        return True
    if scene.low[i - 1 : i] == ("not",) and not any(scene.low[k] in DO for k in group) and scene.inside(i - 2):
        return True  # "says X not encircled"
    if scene.tag[i] == "VBD" and not group and _behind_name(scene, i):
        return True  # "In X, recaptured last August, ...", where the tagger sees a past tense
    if scene.tag[i] != "VBN" and scene.low[i] not in PARTICIPLES:
        return False
    if token.dep_ == "acl" and not group and _of_relative(scene, i):
        return False
    if token.dep_ in ("acl", "advcl", "oprd", "xcomp", "ccomp") and not any(c.dep_ == "nsubj" for c in token.children):
        return True
    if token.dep_ == "ccomp" and token.head.dep_ == "relcl" and any(c.dep_ == "nsubj" for c in token.children):
        return False  # "an area that sources claimed the army held", where the tagger takes the verb for a participle
    headline = token.dep_ == "ROOT" or (token.dep_ == "ccomp" and not group)
    return headline and not any(c.dep_ in ("dobj", "obj", "aux") for c in token.children)  # "Rebels driven out of X"


def _behind_name(scene: Scene, i: int) -> bool:
    """Whether a verb without subject and object stands between the comma behind a place and a time: "X, recaptured last August"."""
    if i < 2 or scene.low[i - 1] != "," or any(c.dep_ in ("nsubj", "dobj", "obj") for c in scene.doc[i].children):
        return False
    place = scene.inside(i - 2)
    if (
        place is None
        or place.end != i - 1
        or place.head is not None
        or place.kind is PlaceKind.UNNAMED
        or place.anaphor
    ):
        return False
    nxt = scene.low[i + 1 : i + 2]
    return bool(nxt) and (
        nxt[0] in ("in", "on", "last", "this", "during", "after", "earlier") or scene.tag[i + 1] == "CD"
    )

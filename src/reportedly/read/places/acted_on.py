"""The places that something happens to: those of a passive subject, and of forces that are encircled or driven out."""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.cues import Cue
from reportedly.model import Certainty, Extent, PlaceKind, Relation
from reportedly.read.places.antecedents import antecedent_places, part_of_whose, share_of_which
from reportedly.read.places.described import SEATS
from reportedly.read.places.leftward import holds_object, list_left
from reportedly.read.places.slots import places_after
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.subjects import phrase_of
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import MODAL_EPISTEMIC, Mood, before_adverbs, verb_group

__all__ = [
    "caught_in",
    "driven_in",
    "first_to_fall",
    "out_of_positions",
    "perhaps_first",
    "subject_places",
    "trapped_in",
    "trapping",
]

HELD, HELD_BY = (
    7,
    frozenset({"IN", "JJ", "DT", "NN", "NNS", "NNP", "POS"}),
)  # tokens of "in Ukrainian hands" behind a town
GARRISON = frozenset({"garrison", "defenders"})
ORDINALS = frozenset(
    {
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
    }
    | {"last", "latest", "only"}
)


def subject_places(scene: Scene, i: int, subject: int | None) -> list[Target]:
    """The places that are the subject of a passive, or the antecedent of its relative pronoun."""
    if i > 1 and scene.low[i - 1] == "(" and scene.tag[i] in ("VBN", "VBD"):
        shut = scene.inside(i - 2)  # "X (occupied since 2014)"
        return [Target(shut)] if shut is not None and shut.head is None and not shut.anaphor else []
    if subject is None:
        return []
    if (told := _told_beside(scene, i)) is not None:
        return [] if holds_object(scene, told.start) else [Target(told)]
    low = scene.low
    group = verb_group(scene, i)
    if shared := share_of_which(scene, before_adverbs(scene, group[0] if group else i, scene.sentence[i][0])):
        return shared  # "X, most of which is controlled by Y"
    if whose := part_of_whose(scene, subject):
        return whose
    if scene.tag[subject] in ("WDT", "WP") or low[subject] in ("which", "that"):
        return antecedent_places(scene, subject)
    if subject > i:
        return places_after(scene, phrase_of(scene, subject)[0])
    beside_it = low[subject + 1 : subject + 2] != ("and",)
    if (
        scene.doc[i].dep_ in ("acl", "relcl", "advcl")
        and subject < i - 2
        and low[subject] in ("it", "they", "this")
        and beside_it
    ):
        beside = antecedent_places(scene, i)
        if beside:
            return beside
    if low[subject] == "it" and low[subject + 1 : subject + 2] == ("and",):
        return places_after(scene, subject, end=i)
    if low[subject] in ("it", "they", "this", "them"):
        return (
            [Target(Mention(subject, subject + 1, scene.doc[subject].text, PlaceKind.SETTLEMENT, anaphor=low[subject]))]
            if low[subject] == "it"
            else []
        )
    token = scene.doc[i]
    if token.dep_ in ("acl", "relcl") and token.head.i == subject:
        return antecedent_places(scene, i, head=subject)
    left, _ = phrase_of(scene, subject)
    found = places_after(scene, left, end=min([i, *group]))
    named = _named_beside(scene, found[0].mention) if len(found) == 1 and found[0].mention.anaphor else None
    if not found and (near := _as_it_falls(scene, i)) is not None:
        found = [Target(near)]
    if len(found) == 1 and (town := _town_in(scene, found[0].mention)) is not None:
        found = [Target(town, container=found[0].mention)]
    if len(found) == 1 and scene.tag[i] == "VBP" and found[0].mention.kind is PlaceKind.SETTLEMENT:
        return [replace(found[0], mention=m) for m in list_left(scene, found[0].mention, joined=True)]  # "as A, B fall"
    return [Target(named)] if named is not None else found


def _town_in(scene: Scene, region: Mention) -> Mention | None:
    """The town of "X in Y Oblast fell", where the tagger takes X for no noun and the subject for Y."""
    if region.kind is not PlaceKind.REGION or scene.low[region.start - 1 : region.start] != ("in",):
        return None
    first = scene.sentence[region.start][0]
    if first != region.start - 2 or scene.tag[first] != "JJ" or not scene.written[first].istitle():
        return None
    return scene.inside(first) or Mention(first, first + 1, scene.written[first], PlaceKind.SETTLEMENT)


def _as_it_falls(scene: Scene, i: int) -> Mention | None:
    """The place right before the verb at i behind "as", where the tagger takes a verb before that for a noun: "Y fumes as X falls"."""
    place = scene.inside(scene.previous(i))
    if (
        place is None
        or scene.tag[i] not in ("VBZ", "VBP")
        or scene.low[place.start - 1] not in ("as", "after", "while", "when")
    ):
        return None
    return place if place.head is None and place.kind is PlaceKind.SETTLEMENT and not place.anaphor else None


def _named_beside(scene: Scene, m: Mention) -> Mention | None:
    """The name behind what a group last had: "Its last enclave, the village of X, fell"."""
    comma = m.end
    while comma < len(scene.low) - 1 and comma - m.end < HELD and scene.tag[comma] in HELD_BY:
        comma += 1  # "The last village in Ukrainian hands, X,"
    if scene.low[comma : comma + 1] != (",",) or not scene.words("places.last") & set(scene.low[m.start : m.end]):
        return None
    k = comma + 1
    while k < len(scene.low) and k < comma + 5 and k not in scene.at:
        if scene.tag[k] != "DT" and scene.low[k] not in (*scene.words("places.whole"), "of"):
            return None
        k += 1
    named = scene.at.get(k)
    whole = named is not None and named.head is None and not named.anaphor and named.kind is PlaceKind.SETTLEMENT
    return named if whole else None


def first_to_fall(scene: Scene, i: int) -> list[Target] | None:
    """The place that was "the first city to fall" at the verb; None where the verb is no such infinitive."""
    noun = scene.doc[i].head
    if noun.lemma_ in ("be", "become") and scene.doc[i].dep_ == "xcomp":
        noun = next((c for c in noun.children if c.dep_ == "attr" and c.i < i), noun)
    to = i - 2 if scene.low[i - 1] in ("be", "have") else i - 1
    if scene.low[to] != "to" or noun.i >= i or noun.lower_ not in scene.words("places.whole") | SEATS | {"capitals"}:
        return None
    if not any(t.i < noun.i and _is_ordinal(t.lower_) for t in noun.children):
        return None
    if noun.dep_ == "ROOT" and (place := _before_ordinal(scene, noun.i)) is not None:
        return [Target(place)]  # "X 10th capital to fall in a week"
    over = noun.head
    beside = scene.inside(over.i) if noun.dep_ == "appos" and over.i < noun.i else None
    if beside is not None and beside.head is None and not beside.anaphor and beside.kind is PlaceKind.SETTLEMENT:
        rows = scene.cues.verbs.get(scene.low[over.head.i], ()) if over.dep_ in ("dobj", "nsubjpass") else ()
        if any(cue.frame.relation is Relation.TAKES for cue, _ in rows):
            return []  # "captured X, the fifth capital to fall in three days"
        return [Target(beside)]  # "X, the first major city to fall"
    if noun.dep_ not in ("attr", "oprd", "dobj") or over.lemma_ not in ("be", "become"):
        return []
    if any(c.tag_ == "MD" and (c.lower_ == "could" or c.lower_ not in MODAL_EPISTEMIC) for c in over.children):
        return []
    subject = next((c for c in over.children if c.dep_ == "nsubj"), None)
    place = scene.inside(subject.i) if subject is not None else None
    if (
        subject is not None
        and place is not None
        and place.head is None
        and any(c.dep_ == "conj" for c in subject.children)
    ):
        return places_after(
            scene, phrase_of(scene, subject.i)[0], end=over.i
        )  # "A, B and C became the latest cities to fall"
    return [Target(place)] if place is not None and place.head is None else []


def perhaps_first(scene: Scene, i: int, mood: Mood) -> Mood:
    """The mood of "may be the first city to fall", else as it is."""
    noun = scene.doc[i].head
    be = noun if noun.lemma_ in ("be", "become") else noun.head
    modal = next((c.lower_ for c in be.children if c.tag_ == "MD" and c.lower_ in MODAL_EPISTEMIC), None)
    return mood.hedge(Certainty.POSSIBLE, f'"{modal} be"') if modal is not None else mood


def _is_ordinal(word: str) -> bool:
    """Whether a word counts in a row: "second", "latest", "10th"."""
    return word in ORDINALS or (word[:1].isdigit() and word.endswith(("st", "nd", "rd", "th")))


def _before_ordinal(scene: Scene, noun: int) -> Mention | None:
    """The place right before the ordinal of a noun, as headlines have it: "X 10th capital to fall"."""
    k = noun - 1
    while k > scene.sentence[noun][0] and not _is_ordinal(scene.low[k]) and noun - k < 5:
        k -= 1
    place = scene.inside(k - 1) if k > 0 and _is_ordinal(scene.low[k]) else None
    named = place is not None and place.end == k and place.head is None and not place.anaphor
    return place if named and place is not None and place.start == scene.sentence[noun][0] else None


def _told_beside(scene: Scene, i: int) -> Mention | None:
    """The place right before a participle between commas, for all that the parser ties it to the verb: "found X, liberated in May"."""
    token = scene.doc[i]
    if token.tag_ == "VBN" and token.dep_ != "acl" and scene.low[i + 1 : i + 2] == ("by",):
        if any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "mark") for c in token.children):
            return None
        k = scene.previous(i)
        while k > 0 and scene.tag[k].startswith("RB"):
            k = scene.previous(k)
        k = scene.previous(k) if scene.low[k] == "," and token.dep_ == "advcl" else k  # "X, illegally annexed by Y"
        close = scene.inside(k)  # "enter the city earlier controlled by Y"
        return close if close is not None and close.head is None and close.kind is PlaceKind.SETTLEMENT else None
    if token.tag_ != "VBN" or token.dep_ != "advcl" or i < 2 or scene.low[i - 1] != ",":
        return None
    if any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "mark") for c in token.children):
        return None
    place = scene.inside(i - 2)
    named = place is not None and place.head is None and not place.anaphor and place.kind is not PlaceKind.UNNAMED
    return place if named else None


def trapped_in(scene: Scene, cue: Cue, i: int, subject: int | None) -> list[Target]:
    """The place of the forces that are encircled: "the troops in X are cut off"."""
    traps = cue.words[0] in scene.words("clauses.traps") and subject is not None
    if not traps or subject is None:
        return []
    of = next((c for c in scene.doc[subject].children if c.lower_ == "of" and c.i == subject + 1), None)
    counted = next((c.lower_ for c in of.children if c.dep_ == "pobj"), "") if of is not None else ""
    if not {scene.low[subject], counted} & scene.words("clauses.agents"):
        return []  # "hundreds of soldiers were surrounded in X"
    preps = [c.i for c in scene.doc[subject].children if c.lower_ in ("in", "inside") and c.i > subject]
    stop = min(i + 8, scene.sentence[i][1])
    preps += [k for k in range(i + 1, stop) if scene.low[k] in ("in", "inside") and "," not in scene.low[i:k]]
    return next((found for k in preps if (found := places_after(scene, k + 1))), []) or _manned(scene, subject)


def _manned(scene: Scene, men: int) -> list[Target]:
    """The place whose garrison or defenders stand at a token: "the garrison of X is surrounded", "X's defenders"."""
    if scene.low[men] not in GARRISON:
        return []
    if scene.low[men + 1 : men + 2] == ("of",):
        return places_after(scene, men + 2)
    owner = scene.inside(men - 2) if scene.low[men - 1] in ("'s", "’s") else None
    return [Target(owner)] if owner is not None and owner.kind is PlaceKind.SETTLEMENT and not owner.anaphor else []


def caught_in(scene: Scene, cue: Cue, targets: list[Target]) -> tuple[int, list[Target]] | None:
    """The forces right before "in X and Y", where the parser takes a place for the subject ("troops in X are not encircled"),
    and where they are.
    """
    if cue.words[0] not in scene.words("clauses.traps") or not targets:
        return None
    listed = list_left(scene, targets[0].mention) if len(targets) == 1 else [t.mention for t in targets]
    k = listed[0].start - 1
    k -= scene.low[k] == "the"
    inside = k > 0 and scene.low[k] in ("in", "inside")
    if not inside or scene.low[k - 1] not in scene.words("clauses.agents"):
        return None
    return k - 1, targets if len(listed) == len(targets) else [replace(targets[0], mention=m) for m in listed]


def trapping(scene: Scene, cue: Cue, i: int) -> list[Target]:
    """The place of the forces that somebody encircles: "isolated the troops in X"."""
    if cue.words[0] not in scene.words("clauses.traps"):
        return []
    caught = next((c.i for c in scene.doc[i].children if c.dep_ in ("dobj", "obj") and c.i > i), None)
    if caught is None or scene.low[caught] not in scene.words("clauses.agents"):
        return []
    inside = scene.low[caught + 1 : caught + 2] in (("in",), ("inside",))
    return places_after(scene, caught + 2) if inside else _manned(scene, caught)


def out_of_positions(scene: Scene, i: int) -> int | None:
    """Where "out of positions" or "from their positions" stands behind the token at i."""
    stop = min(i + 12, scene.sentence[i][1] - 2)
    out = next((k for k in range(i + 2, stop) if scene.low[k] in ("out", "from")), None)
    return out if out is not None and {"position", "positions"} & set(scene.low[out : out + 4]) else None


def driven_in(scene: Scene, i: int) -> tuple[list[Target], int | None]:
    """Where those are who are driven from their positions: "drove the troops in X out of positions", and the preposition."""
    driven = next((c.i for c in scene.doc[i].children if c.dep_ in ("dobj", "obj") and c.i > i), None)
    if driven is None or scene.low[driven + 1 : driven + 2] not in (("in",), ("inside",)):
        return [], None
    out = out_of_positions(scene, driven)
    if out is None:
        return [], None
    found = places_after(scene, driven + 2, end=out)
    return [replace(t, extent=Extent(kind="part")) for t in found], driven + 1

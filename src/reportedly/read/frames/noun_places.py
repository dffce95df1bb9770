"""The places of a noun frame: "the capture of X", "X's fall", "X, where fighting goes on"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.cues import Cue
from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.places.elided import headed_place
from reportedly.read.places.preps import after_preps
from reportedly.read.places.relatives import where_places
from reportedly.read.places.slots import places_after
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target

__all__ = ["heading", "places_of_noun", "taken_up"]

LENGTHS = frozenset({"month", "year", "week", "day", "decade", "hour"})
DESCRIBES = frozenset(
    {"DT", "JJ", "JJR", "NN", "RB", "VBG", "HYPH"}
)  # tags of what stands between a place and "fighting"
INSIDE = frozenset({"in", "inside", "within"})
OPENERS = frozenset({'"', "“", "‘", "'", ",", ";", ":", "-", "–", "—", "and", "but", "while", "meanwhile"})
ARMY = frozenset({"military", "army"})  # adjectives of control that are tagged as nouns


def places_of_noun(scene: Scene, cue: Cue, i: int, end: int) -> list[Target]:
    """The places of an event noun: "the capture of X", "X's fall", "the Bakhmut siege"."""
    if "of" in cue.frame.preps:
        before = _behind_length(scene, scene.previous(i))
        if before > 1 and scene.low[before] == "whose" and scene.low[before - 1] == ",":  # "X, whose seizure by rebels"
            taken = scene.inside(before - 2)
            if taken is not None and taken.head is None and taken.kind is PlaceKind.SETTLEMENT and not taken.anaphor:
                return [Target(taken)]
        if (
            before > 0
            and scene.low[before] in ("'s", "'")
            and (owner := scene.inside(before - 1))
            and owner.head is None
        ):
            side = next((s for s in scene.sides if s.start == owner.start), None)
            person = not owner.known and scene.low[i] in ("capture", "seizure", "recapture")  # of a president
            person = person or scene.low[i] in scene.words(
                "clauses.goings"
            )  # of a guest, or of a force called by its base
            if side is None and not person:
                return [Target(owner)]
        if (bare := _bare_owner(scene, before)) is not None:
            return [bare]
        compound = scene.inside(before) if before >= 0 else None
        if (
            compound
            and compound.end == i
            and (compound.head == scene.low[i] or _rages_on(scene, i, compound.head))
            and scene.low[compound.start] not in scene.words("names.fights")
            and (
                _fought_at(scene, i, compound)
                if cue.frame.relation is Relation.CONTESTS
                else scene.low[i] in ("fall", "liberation", "takeover")
                or (
                    compound.known
                    and compound.kind is not PlaceKind.COUNTRY
                    and (scene.low[i] in scene.words("names.takings") or _left_behind(scene, i, end))
                )
            )
        ):
            return [Target(replace(compound, head=None))]
    targets, at = after_preps(scene, cue, end)
    if cue.words == ("control",) and at == end and scene.low[at] == "of" and _under(scene, i):
        return []  # "the areas under the temporary military control of Russia": whose, not of what
    if cue.words[0] == "occupation" and at is not None and scene.low[at] == "in":
        targets = [t for t in targets if not t.mention.words.lower().endswith("republic")]  # its own officials
        if any(scene.tag[k] == "NNP" for k in range(end, at)):
            return []  # where somebody was: "hanged occupation policeman Y in X"
    if cue.frame.name == "accession: noun" and scene.low[end : end + 1] == ("of",):
        lands = [t for t in targets if t.mention.start not in scene.side_at]
        targets = lands or _beside_republics(scene, end + 1) or targets
    if cue.frame.relation is Relation.LOSES and at is not None and scene.low[at] == "in":
        if cue.words[0] not in scene.words("clauses.goings"):
            return []  # "losses in X" are casualties
        targets = [replace(t, extent=Extent(kind="part")) for t in targets if t.mention.kind is PlaceKind.REGION]
    if cue.words[0] in ("loss", "surrender", "abandonment") and at is not None and scene.low[at] in ("from", "out"):
        return []  # "the loss of communications from X"
    if cue.frame.relation is Relation.LOSES:
        targets = [t for t in targets if not t.mention.direction]  # who leaves an axis gives no place up
    if cue.frame.relation is Relation.LOSES and targets:
        moved = set(scene.low[end : targets[0].mention.start])
        if moved & (scene.listed("clauses.never_hold", "clauses.materiel") | {"warships"}) and not moved & {
            "troops",
            "forces",
        }:
            return []  # "the withdrawal of warships from X"
    if cue.words[0] in ("departure", "exit") and any(
        scene.low[k] in scene.cues.adjectives for k in range(end, targets[0].mention.start if targets else end)
    ):
        return []  # "departures from occupied X": people who leave, for all that is said
    if cue.frame.relation is Relation.LOSES:
        targets = [t for t in targets if not t.mention.direction]  # "the abandonment of the X axis"
    if cue.words == ("evacuation",) and targets:
        around = scene.low[max(0, i - 1) : targets[0].mention.start]
        if scene.words("clauses.agents").isdisjoint(around):
            return []  # of the residents
    if (
        not targets
        and "of" in cue.frame.preps
        and scene.low[its := _behind_length(scene, i - 1)] == "its"
        and (scene.low[end : end + 1] == ("by",) or (cue.frame.relation is Relation.TAKES and _closed(scene, end)))
    ):
        targets = [Target(Mention(its, its + 1, "its", PlaceKind.SETTLEMENT, anaphor="it"))]
    if cue.frame.relation is Relation.CONTESTS:
        wider = scene.listed("clauses.campaigns", "clauses.assaults")
        if targets and scene.low[end] == "of" and wider & set(scene.low[end : targets[0].mention.start]):
            return []  # "a pivotal battle of the offensive in X"
        targets = targets or _fought_in_front(scene, cue, i, end)
        targets = [t for t in targets if not t.near and not t.mention.direction and t.mention.kind != PlaceKind.COUNTRY]
        targets = [t for t in targets if t.mention.anaphor != "country" and not t.mention.vague]
        warlike = cue.words[0] in scene.words("clauses.warlike")
        if warlike and targets and "," in scene.low[end : targets[0].mention.start]:
            return []  # "after months of siege, the last division in X left"
    return targets


def _fought_in_front(scene: Scene, cue: Cue, i: int, end: int) -> list[Target]:
    """The place that a clause opens with: "In Bakhmut, heavy fighting continues"."""
    if cue.words[0] in scene.words("clauses.warlike") or not scene.words("clauses.going_on") & set(
        scene.low[end : end + 3]
    ):
        return []
    start, k = scene.sentence[i][0], i - 1
    while k > start and scene.inside(k) is None and (scene.low[k] == "," or scene.tag[k] in DESCRIBES):
        k -= 1
    place = scene.inside(k)
    if place is None or place.head not in (None, scene.low[i]) or place.kind is PlaceKind.COUNTRY:
        return []
    k = place.start - 1
    while k > start and (scene.tag[k] == "DT" or scene.low[k] == "of" or scene.low[k] in scene.words("places.whole")):
        k -= 1
    opens = k == start or scene.low[k - 1] in OPENERS
    if not opens or scene.low[k] not in INSIDE:
        return []
    return places_after(scene, k + 1, end=place.end) if place.head is None else [Target(replace(place, head=None))]


def _behind_length(scene: Scene, k: int) -> int:
    """The token before "eight-month" or "brief" that ends at token k: "the city's eight-month occupation"."""
    start = k
    while k > 0 and start - k < 4 and (scene.tag[k] in ("CD", "HYPH", "JJ") or scene.low[k] in LENGTHS):
        k -= 1
    return k if scene.low[k] in ("'s", "'", "its", "whose") else start


def _rages_on(scene: Scene, i: int, head: str | None) -> bool:
    """Whether the tagger takes for a noun what a fight does: "X battle rages on"."""
    return head is not None and scene.low[i + 1 : i + 2] == (head,) and head in scene.words("clauses.going_on")


def _under(scene: Scene, i: int) -> bool:
    """Whether "under", with nothing but adjectives behind it, stands before the noun at i."""
    k = i - 1
    while k > 0 and (scene.tag[k].startswith("JJ") or scene.tag[k] in ("DT", "VBN", "CC") or scene.low[k] in ARMY):
        k -= 1
    return scene.low[k] == "under"


def _fought_at(scene: Scene, i: int, place: Mention) -> bool:
    """Whether "X clash" names the place of a fight, not who fights ("Jane X clashes with", "X, Y battle for the title", "the
    X-Y clash").
    """
    if scene.low[i] in scene.words("clauses.warlike"):
        return (
            place.known or not scene.opens(place.start) or scene.tag[place.start].startswith("NNP")
        )  # "Fuel blockade"
    if scene.low[i + 1 : i + 2] in (("for",), ("over",)) or not place.known:
        return False
    before = place.start - 1
    if before < scene.sentence[i][0]:
        return True
    tied = scene.low[before] in ("-", "–") and not scene.doc[before].whitespace_
    beside = scene.inside(before)  # of "Keith Ellison clashes with", the first name
    named = beside is None or beside.head == scene.low[place.start]
    return not tied and not (scene.tag[before].startswith("NNP") and named)


def _left_behind(scene: Scene, i: int, end: int) -> bool:
    """Whether "X retreat" is the retreat from X, not one of X's delegates "from the talks"."""
    return scene.low[i] in scene.words("names.leavings") and scene.low[end : end + 1] not in (
        ("from",),
        ("to",),
        ("into",),
    )


def _bare_owner(scene: Scene, before: int) -> Target | None:
    """ "denies city's fall": in a headline the bare noun takes up a settlement named before."""
    k = before - 1
    if k < 1 or scene.low[before] not in ("'s", "’s") or scene.tag[k - 1] in ("DT", "JJ", "PRP$", "CD"):
        return None
    if scene.low[k] not in ("city", "town", "village", "capital"):
        return None
    named = any(m.start < k and m.kind is PlaceKind.SETTLEMENT and m.known for m in scene.mentions)
    return Target(Mention(k, k + 1, scene.low[k], PlaceKind.SETTLEMENT, anaphor=scene.low[k])) if named else None


def _closed(scene: Scene, end: int) -> bool:
    """Whether a phrase ends at a token: "denied claims of its capture"."""
    return end >= len(scene.low) or scene.low[end] in (".", ",", ";", "on", "last", "in", "and", "but")


def taken_up(scene: Scene, cue: Cue, i: int) -> list[Target]:
    """ "X, where fighting goes on" and "confirmed the capture": the place stands before."""
    there = next((j for j in range(i + 1, min(i + 5, scene.sentence[i][1])) if scene.low[j] == "there"), None)
    goes_on = there is not None and scene.words("clauses.going_on").issuperset(scene.low[i + 1 : there])
    if cue.frame.relation is Relation.CONTESTS and there is not None and goes_on:  # "fighting continues there"
        return [Target(Mention(there, there + 1, "there", PlaceKind.SETTLEMENT, anaphor="town"))]
    k = scene.previous(i)
    while k > 0 and (
        scene.tag[k].startswith(("JJ", "RB"))
        or scene.low[k] in ("street", "street-to-street", "urban", "-", "the", "this", "its", "their")
    ):
        k = scene.previous(k)
    if k < 0:
        return []
    if cue.frame.relation is Relation.ADVANCES:
        return where_places(scene, i) if scene.doc[i].dep_ == "dobj" else []
    if cue.frame.relation is Relation.CONTESTS:
        if scene.low[k] != "where":
            siege = scene.low[i] in ("siege", "blockade", "encirclement")
            return where_places(scene, i) if siege else []  # "X, where thousands died in a three-month siege"
        x = scene.previous(k)
        while x > 0 and scene.low[x] == ",":
            x = scene.previous(x)
        before = scene.inside(x)
        if before is None or before.head is not None or _lies_near(scene, before):
            return []
        return [Target(before)]
    confirmed = scene.low[k] in scene.words("clauses.confirms")
    told = scene.tag[i] == "NN" and scene.tag[i + 1 : i + 2] in (("VBD",), ("VBZ",), ("MD",))
    opens = (
        told and scene.low[i - 1] == "its" and i - 1 == scene.sentence[i][0]
    )  # "Its capture was their first success"
    bare = confirmed and k == i - 1 and scene.tag[k] in ("VBZ", "VBP") and _closed(scene, i + 1)
    bare = bare and ":" not in scene.low[max(0, k - 4) : k]  # "X lost: Kyiv confirms retreat" is told of X
    if bare and len(cue.words) == 1 and cue.frame.relation in (Relation.TAKES, Relation.LOSES):
        return [
            Target(Mention(i, i + 1, scene.doc[i].text, PlaceKind.SETTLEMENT, anaphor="it"))
        ]  # "Kyiv confirms retreat"
    if (
        (confirmed or opens)
        and scene.low[i - 1] in ("the", "this", "its", "their")
        and cue.frame.relation in (Relation.TAKES, Relation.LOSES)
    ):
        return [Target(Mention(i, i + 1, scene.doc[i].text, PlaceKind.SETTLEMENT, anaphor="it"))]
    return []


def _beside_republics(scene: Scene, k: int) -> list[Target]:
    """The regions in a list that begins with states of a side's own making: "the entry of the DNR, the LNR and X Oblast into Y"."""
    stop = scene.sentence[k][1]
    while k < stop and (scene.low[k] in ("the", ",", "and") or scene.bracket[k] or k in scene.side_at):
        k = scene.side_at[k].end if k in scene.side_at else k + 1
    return places_after(scene, k, end=stop) if k < stop and k in scene.at else []


def _lies_near(scene: Scene, place: Mention) -> bool:
    """Whether a place only says near what something lies: "on heights near X, where fighting goes on"."""
    k = scene.previous(place.start)
    while k > 0 and (scene.tag[k] == "DT" or scene.low[k] in scene.words("places.whole")):
        k = scene.previous(k)
    return scene.low[k] in ("near", "around", "outside") or (
        scene.low[k] == "of" and scene.low[k - 1] in scene.words("places.compass")
    )


def heading(scene: Scene, cue: Cue, i: int, end: int) -> list[Target]:
    """The place that heads a headline of fighting: "X: street fighting as the army closes in"."""
    near = cue.frame.relation is Relation.CONTESTS and ":" in scene.low[max(0, i - 4) : i]
    return headed_place(scene, i, end) if near else []

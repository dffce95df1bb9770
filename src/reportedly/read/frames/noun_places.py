"""The places of a noun frame: "the capture of X", "X's fall", "X, where fighting goes on"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reportedly.knowledge.cues import Cue
from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.places.elided import headed_place
from reportedly.read.places.preps import WITHIN, after_preps
from reportedly.read.places.relatives import where_places
from reportedly.read.places.slots import places_after
from reportedly.read.scene.asserted import CueCase
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target

__all__ = ["heading", "places_of_noun", "taken_up"]

LENGTHS = frozenset({"month", "year", "week", "day", "decade", "hour"})
DESCRIBES = frozenset(
    {"DT", "JJ", "JJR", "NN", "RB", "VBG", "HYPH"}
)  # tags of what stands between a place and "fighting"
OPENERS = frozenset({'"', "“", "‘", "'", ",", ";", ":", "-", "–", "—", "and", "but", "while", "meanwhile"})
SAYS = frozenset({"say", "claim", "insist", "tell", "report", "maintain", "counter", "reply", "respond"})
CLOSES = frozenset({".", ",", ";", '"', "”", "but", "and"})
ARMY = frozenset({"military", "army"})  # adjectives of control that are tagged as nouns


@dataclass(slots=True)
class _Event(CueCase):
    """An event noun from token i to `end` with the places behind it, the first preposition of which stands at `at`."""

    at: int | None = None

    @property
    def word(self) -> str:
        """The first word of the cue."""
        return self.cue.words[0]

    @property
    def prep(self) -> str:
        """The preposition of its first place, if any."""
        return self.low[self.at] if self.at is not None else ""

    @property
    def loses(self) -> bool:
        """Whether ground is given up."""
        return self.relation is Relation.LOSES

    @property
    def first(self) -> int:
        """Where the first place starts."""
        return self.targets[0].mention.start

    def only(self, fits: Callable[[Target], bool]) -> bool:
        """Keep those of its places that fit."""
        self.targets = [t for t in self.targets if fits(t)]
        return True


def places_of_noun(scene: Scene, cue: Cue, i: int, end: int) -> list[Target]:
    """The places of an event noun: "the capture of X", "X's fall", "the Bakhmut siege"."""
    e = _Event(scene, cue, i, end)
    if "of" in cue.frame.preps:
        before = _behind_length(scene, scene.previous(i))
        for named in IN_FRONT:
            if (target := named(e, before)) is not None:
                return [target]
    e.targets, e.at = after_preps(scene, cue, end)
    return e.targets if all(rule(e) for rule in RULES) else []


def _whose(e: _Event, before: int) -> Target | None:
    """ "X, whose seizure by rebels"."""
    if before < 2 or e.low[before] != "whose" or e.low[before - 1] != ",":
        return None
    taken = e.scene.inside(before - 2)
    named = taken is not None and taken.head is None and taken.kind is PlaceKind.SETTLEMENT and not taken.anaphor
    return Target(taken) if named and taken is not None else None


def _owner(e: _Event, before: int) -> Target | None:
    """ "X's fall", but no president's capture, no guest's departure, nor that of a force called by its base."""
    owner = e.scene.inside(before - 1) if before > 0 and e.low[before] in ("'s", "'") else None
    if owner is None or owner.head is not None or any(s.start == owner.start for s in e.scene.sides):
        return None
    word = e.low[e.i]
    person = not owner.known and word in ("capture", "seizure", "recapture")
    return None if person or word in e.scene.words("clauses.goings") else Target(owner)


def _city(e: _Event, before: int) -> Target | None:
    return _bare_owner(e.scene, before)


def _compound(e: _Event, before: int) -> Target | None:
    """ "The Bakhmut siege", "the Kabul takeover"."""
    scene, i = e.scene, e.i
    place = scene.inside(before) if before >= 0 else None
    if place is None or place.end != i or e.low[place.start] in scene.words("names.fights"):
        return None
    if place.head != e.low[i] and not _rages_on(scene, i, place.head):
        return None
    meant = _fought_at(scene, i, place) if e.relation is Relation.CONTESTS else _lost_or_taken(e, place)
    return Target(replace(place, head=None)) if meant else None


def _lost_or_taken(e: _Event, place: Mention) -> bool:
    """Whether "X capture" tells of X."""
    word = e.low[e.i]
    if word in ("fall", "liberation", "takeover"):
        return True
    taken = word in e.scene.words("names.takings") or _left_behind(e.scene, e.i, e.end)
    return place.known and place.kind is not PlaceKind.COUNTRY and taken


IN_FRONT: tuple[Callable[[_Event, int], Target | None], ...] = (_whose, _owner, _city, _compound)
"""The place before an event noun, where the phrase before it ends at a token."""


def _of_what(e: _Event) -> bool:
    """Not "the areas under the temporary military control of Russia": whose, not of what."""
    control = e.cue.words == ("control",) and e.at == e.end and e.prep == "of"
    return not control or not _under(e.scene, e.i)


def _occupied(e: _Event) -> bool:
    """Not where somebody was: "hanged occupation policeman Y in X"; nor its own officials."""
    if e.word != "occupation" or e.at is None or e.prep != "in":
        return True
    e.only(lambda t: not t.mention.words.lower().endswith("republic"))
    return "NNP" not in e.tag[e.end : e.at]


def _acceded(e: _Event) -> bool:
    if e.cue.frame.name == "accession: noun" and e.low[e.end : e.end + 1] == ("of",):
        lands = [t for t in e.targets if t.mention.start not in e.scene.side_at]
        e.targets = lands or _beside_republics(e.scene, e.end + 1) or e.targets
    return True


def _left(e: _Event) -> bool:
    """Not "losses in X", which are casualties; who leaves an axis gives no place up."""
    if not e.loses:
        return True
    if e.prep == "in":
        if e.word not in e.scene.words("clauses.goings"):
            return False
        e.targets = [replace(t, extent=Extent(kind="part")) for t in e.targets if t.mention.kind is PlaceKind.REGION]
    return e.only(lambda t: not t.mention.direction)


def _lost(e: _Event) -> bool:
    """Not "the loss of communications from X"."""
    return e.word not in ("loss", "surrender", "abandonment") or e.prep not in ("from", "out")


def _troops_leave(e: _Event) -> bool:
    """Not "the withdrawal of warships from X", "departures from occupied X", the evacuation of the residents."""
    if e.loses and e.targets and _things_moved(e.scene, e.low[e.end : e.first]):
        return False
    if e.word in ("departure", "exit"):
        adjectives = e.scene.cues.adjectives
        if e.targets and any(e.low[k] in adjectives for k in range(e.end, e.first)):
            return False
    if e.cue.words != ("evacuation",) or not e.targets:
        return True
    return not e.scene.words("clauses.agents").isdisjoint(e.low[max(0, e.i - 1) : e.first])


def _things_moved(scene: Scene, moved: tuple[str, ...]) -> bool:
    """Whether words tell of things that are moved and of no troops."""
    things = "warships" in moved or not scene.listed("clauses.never_hold", "clauses.materiel").isdisjoint(moved)
    return things and "troops" not in moved and "forces" not in moved


def _its(e: _Event) -> bool:
    """ "Its capture by the rebels", "its fall to them"."""
    if e.targets or "of" not in e.cue.frame.preps:
        return True
    its = _behind_length(e.scene, e.i - 1)
    by = e.low[e.end : e.end + 1] == (("to",) if e.word == "fall" else ("by",))
    if e.low[its] == "its" and (by or (e.relation is Relation.TAKES and _closed(e.scene, e.end))):
        e.targets = [Target(Mention(its, its + 1, "its", PlaceKind.SETTLEMENT, anaphor="it"))]
    return True


def _fought(e: _Event) -> bool:
    """Not "a pivotal battle of the offensive in X", "after months of siege, the last division in X left"."""
    if e.relation is not Relation.CONTESTS:
        return True
    if e.targets and e.low[e.end] == "of":
        wider = e.scene.listed("clauses.campaigns", "clauses.assaults")
        if not wider.isdisjoint(e.low[e.end : e.first]):
            return False
    e.targets = e.targets or _fought_in_front(e.scene, e.cue, e.i, e.end)
    e.only(_is_fought_for)
    warlike = e.word in e.scene.words("clauses.warlike")
    return not (warlike and e.targets and "," in e.low[e.end : e.first])


def _is_fought_for(t: Target) -> bool:
    """Whether a fight is for a place itself, which is no country."""
    whole = t.mention.kind == PlaceKind.COUNTRY or t.mention.anaphor == "country" or t.mention.vague
    return not (t.near or t.mention.direction or whole)


RULES: tuple[Callable[[_Event], bool], ...] = (
    _of_what, _occupied, _acceded, _left, _lost, _troops_leave, _its, _fought,
)  # fmt: skip
"""Each may alter the places behind an event noun, or say by False that there are none."""


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
    if not opens or scene.low[k] not in WITHIN:
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


def _answers_claim(scene: Scene, i: int) -> bool:
    """Whether the fight at i answers the claim right before it: "Y claims X, Z says fighting goes on"."""
    verb = scene.doc[i].head
    told = verb.head if verb.dep_ == "conj" and verb.head.dep_ == "ccomp" else verb
    said, dep = told.head, told.dep_
    if scene.doc[i].dep_ != "nsubj" or dep != "ccomp" or said.lemma_ not in SAYS or said.i > i:
        return False
    teller = next((t for t in said.children if t.dep_ == "nsubj" and t.i < said.i), None)
    end = scene.sentence[i][1]
    behind = scene.low[i + 1 : end]
    closed = next((k for k, word in enumerate(behind) if word in CLOSES), len(behind))
    if teller is None or not scene.words("clauses.going_on").issuperset(behind[:closed]):
        return False
    stop = teller.left_edge.i
    start = scene.sentence[i][0]
    start = scene.sentence[start - 1][0] if start and stop - start < 3 else start
    gained = (k for k in range(start, stop) if _is_gain(scene, k))
    return any(scene.inside(j) is not None for k in gained for j in range(k + 1, stop))


def _is_gain(scene: Scene, k: int) -> bool:
    """Whether a verb of taking or holding, or a noun of taking, stands at k."""
    if scene.tag[k].startswith("NN"):
        return any(cue.frame.relation is Relation.TAKES for cue in scene.cues.nouns.get(scene.low[k], ()))
    relations = {cue.frame.relation for cue, _ in scene.cues.verbs.get(scene.low[k], ())}
    return bool(relations & {Relation.TAKES, Relation.HOLDS}) and scene.tag[k].startswith("VB")


def taken_up(scene: Scene, cue: Cue, i: int) -> list[Target]:
    """ "X, where fighting goes on" and "confirmed the capture": the place stands before."""
    there = next((j for j in range(i + 1, min(i + 5, scene.sentence[i][1])) if scene.low[j] == "there"), None)
    goes_on = there is not None and scene.words("clauses.going_on").issuperset(scene.low[i + 1 : there])
    if cue.frame.relation is Relation.CONTESTS and there is not None and goes_on:  # "fighting continues there"
        return [Target(Mention(there, there + 1, "there", PlaceKind.SETTLEMENT, anaphor="it"))]
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
            if _answers_claim(scene, i):
                return [Target(Mention(i, i + 1, scene.doc[i].text, PlaceKind.SETTLEMENT, anaphor="town"))]
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
    """The place that heads a headline of fighting or a capture: "X: street fighting as", "X: Russia claims capture"."""
    claimed = cue.frame.relation is Relation.TAKES and scene.low[i - 1] in ("claims", "announces", "reports")
    near = (claimed or cue.frame.relation is Relation.CONTESTS) and ":" in scene.low[max(0, i - 4) : i]
    return headed_place(scene, i, end) if near else []

"""The party of an assertion by the words of its cue: in whose hands, under whose control, by whom it was done, rid of whom."""

from __future__ import annotations

from reportedly.read.parsing.marks import QUOTES
from reportedly.read.parties.case import Answer, PartyCase, first_answer
from reportedly.read.parties.nearby import nearest_left, owner_aside
from reportedly.read.parties.pronouns import driven_out, pronoun
from reportedly.read.parties.words import named_behind, of_others, own_withdrawn
from reportedly.read.scene.sides import side_in

__all__ = ["by_cue"]

OWN = frozenset({"our", "my", "ours"})
RULED = frozenset({"rule", "govern", "administer", "run"})
ITS = frozenset({"its", "their", "his", "her"})
MARKS = ("'s", "’s", "'")


def by_cue(c: PartyCase) -> Answer | None:
    """Who holds it by what the cue, or the words right behind it, say."""
    return first_answer(
        (_as_written, _of_people, _rid_of, _by_agent, _hands, _our_own, _government, _its, _taken_up, _of_others), c
    )


def _as_written(c: PartyCase) -> Answer | None:
    named = named_behind(c.scene, c.a, c.parties) if c.given else None
    return (named, "named with the cue, as written") if named is not None else None


def _of_people(c: PartyCase) -> Answer | None:
    """The forces of a people that is no state: "in Kurdish hands"."""
    if not c.given:
        return None
    named = (c.scene.written[k] for k in range(c.a.start + 1, c.a.end) if c.scene.tag[k] in ("JJ", "NNP"))
    forces = next((w for name in named if name[:1].isupper() for w in c.parties.scan(f"{name} forces")), None)
    party, why = c.bind(forces) if forces is not None else (None, "")
    return (party, f"forces of the people: {why}") if party is not None else None


def _rid_of(c: PartyCase) -> Answer | None:
    """Who cleared a place of somebody: "cleared of rebels", "declared free of Russian troops"."""
    a, word = c.a, c.a.cue.words[0]
    rid = (a.passive and word == "clear") or word == "free"
    if not rid or a.side is not None or c.behind(1) != ("of",):
        return None
    gone = side_in(c.scene, a.end + 1, a.end + 5)
    party = c.bind(gone.word)[0] if gone is not None else None
    foe = c.foe(party)
    return (foe, f"the opponent of {party}, of whom it is cleared") if foe is not None else None


def _by_agent(c: PartyCase) -> Answer | None:
    """Who stands behind "by", where it is no side by name: "its troops", "gunmen", "the government"."""
    a, scene = c.a, c.scene
    if not c.by:
        return None
    if c.behind(1, skip=1) in (("its",), ("their",)) and (near := nearest_left(scene, a)) is not None:
        party, why = c.bind(near.word)
        if party is not None and set(c.behind(3, skip=2)) & scene.words("clauses.agents"):
            return party, f"“{scene.text(a.end + 1, a.end + 3)}” of {why}"
    somebody = a.cue.words[0] in RULED and c.behind(1, skip=1) in (("a",), ("an",))
    if somebody and side_in(scene, a.end + 1, a.end + 6) is None:
        return None, "ruled by somebody who is no side"  # "was ruled by a former mayor"
    if (named := named_behind(scene, a, c.parties)) is not None:
        loyal = "loyal" in c.behind(3, skip=1)
        if loyal or named not in c.parties.nouns("state_forces"):
            return named, "the agent as written"
    if (group := _by_group(c)) is not None:
        return group, "the agent as written"
    named_land = scene.at.get(a.end + 1)
    if named_land is not None and named_land.head is None and not named_land.anaphor and named_land.words.istitle():
        return named_land.words, "the agent as written"  # "controlled by Guyana"
    if "government" in c.behind(2, skip=1) and c.ruler is not None:
        return c.ruler.id, "the government of the country of the place"
    return None


def _by_group(c: PartyCase) -> str | None:
    """Groups without a name behind "by", as written: "captured by two different groups"."""
    scene, first = c.scene, c.a.end + 1
    stop = min(first + 5, scene.sentence[c.a.start][1])
    head = next((k for k in range(first, stop) if scene.low[k] in ("groups", "factions", "units")), None)
    if head is None or any(not scene.tag[k].startswith(("NN", "JJ", "DT", "CD")) for k in range(first, head)):
        return None
    return scene.text(first + (scene.tag[first] == "DT"), head + 1)


def _hands(c: PartyCase) -> Answer | None:
    """The side of the person in "in Haftar's hands", "under Assad's control"."""
    a, scene = c.a, c.scene
    if not c.given:
        return None
    mark = next((k for k in range(a.start + 1, a.end) if scene.low[k] in MARKS), None)
    if mark is None or scene.tag[mark - 1] not in ("NNP", "NNPS"):
        return None
    chief = c.parties.side_of(scene.text(scene.doc[mark - 1].left_edge.i, mark))
    return (chief, "whose hands or control it is") if chief is not None else None


def _our_own(c: PartyCase) -> Answer | None:
    """ "Remains in our hands", "have not driven us out": those of who speaks, in the report's own voice of the country fought over."""
    if c.a.who != "our own" and (c.a.cue.frame.party != "to" or not OWN & set(c.scene.low[c.a.start : c.a.end + 2])):
        return None
    officer = c.scene.words("clauses.commanders") & set(c.attribution.source.casefold().split())
    if c.a.who == "our own" and c.speaker is None and not officer and not c.narrated:
        return None, "“us” may be anybody"  # "The strikes drove us out of X, a teacher said"
    if c.speaker is None and c.narrated:
        home = c.parties.army_of(c.countries[0]) if c.countries else None
        if home is not None and home.wars:
            return home.id, f"“our” without a known speaker: that of {home.id}"
    return c.speakers()


def _government(c: PartyCase) -> Answer | None:
    words = {*c.scene.low[c.a.start : c.a.end], *(c.behind(3) if c.behind(1) == ("of",) else ())}
    ruling = c.given and bool(c.scene.words("clauses.ruling") & words)  # "under the control of the government"
    return (c.home.id, "the government of the country of the place") if ruling and c.home is not None else None


def _its(c: PartyCase) -> Answer | None:
    """Whose "its" is in "under its control", "under the control of its troops": of who speaks."""
    if not c.given:
        return None
    if c.behind(2) in (("of", "its"), ("of", "their"), ("of", "his")):
        return c.speaker, "“its” is the speaker's own"
    if "their" in c.scene.low[c.a.start : c.a.end] and of_others(c.scene, c.a, c.attribution):
        foe = c.foe(c.speaker)
        return (foe, "who speaks of “their” means the others") if foe is not None else None
    left = c.scene.doc[c.a.start].head
    if (
        ITS & set(c.scene.low[c.a.start : c.a.end])
        and left.lemma_ == "leave"
        and left.tag_ == "VBG"
        and c.speaker is not None
    ):
        return c.speaker, "“its” is the speaker's own, to whom it was left"
    actor = owner_aside(c.scene, c.a) if ITS & set(c.scene.low[c.a.start : c.a.end]) else None
    if actor is not None:
        party, why = c.bind(actor.word)
        return party, f"“its” is that of who acts: {why}"
    office = c.parties.nouns("state_forces") | c.parties.nouns("offices")
    official = bool(office & set(c.attribution.source.casefold().split()))
    if ITS & set(c.scene.low[c.a.start : c.a.end]) and c.speaker is None and official and c.ruler is not None:
        return c.ruler.id, f"“its” is that of {c.attribution.source} of the country of the place"
    if ITS & set(c.scene.low[c.a.start : c.a.end]) and c.speaker is None:
        return _of_irregular(c)
    return None


def _of_irregular(c: PartyCase) -> Answer | None:
    """The rebels of "a rebel commander said X was under his control"."""
    span = c.attribution.source_span
    if span is None:
        return None
    side = next((s for s in c.scene.sides if span.start <= c.scene.doc[s.start].idx < span.end), None)
    if side is not None:
        return c.bind(side.word)
    words = c.attribution.source.casefold().split()
    group = next((w.removesuffix("s") for w in words if w.removesuffix("s") in c.parties.nouns("irregular")), None)
    return (f"{group}s", "those whose commander speaks") if group is not None else None


def _taken_up(c: PartyCase) -> Answer | None:
    """Who "they" are that were driven out, whose forces withdrew."""
    if c.a.who == "taken up":
        return driven_out(c)
    if c.a.who == "own forces" or own_withdrawn(c.scene, c.a):
        party, why = pronoun(c)
        return (party, why) if party is not None else None
    return None


def _of_others(c: PartyCase) -> Answer | None:
    """Those without a side in "under the control of peacekeepers": as written, and nobody else."""
    k = c.a.end + bool(set(QUOTES) & set(c.behind(1)))
    if not c.given or c.scene.low[k : k + 1] != ("of",) or "control" not in c.scene.low[c.a.start : c.a.end]:
        return None
    first = end = k + 1 + (c.scene.tag[k + 1 : k + 2] == ("DT",))
    while end < len(c.scene.low) and c.scene.tag[end] in ("JJ", "NN", "NNS"):
        end += 1
    if end == first or c.scene.low[end - 1] in c.parties.nouns("state_forces"):
        return None
    return (c.scene.text(first, end) if c.scene.tag[end - 1] == "NNS" else None), "as written"

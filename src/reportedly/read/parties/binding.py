"""Side words and what is left unsaid bound to a party, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.parties import Parties, SideKind, SideWord
from reportedly.model import NARRATOR, Attribution, Relation
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.heard import Heard
from reportedly.read.scene.scene import Scene, Side
from reportedly.resolve.parties import bind_party, opponent

__all__ = [
    "OCCUPYING",
    "TAKEN_AGAIN",
    "UNKNOWN",
    "bind",
    "foreign_army",
    "named_against",
    "speakers",
    "taken_from",
]

TITLE = 4  # tokens of a title before a name
ASIDE = 12  # tokens of an aside behind it
UNKNOWN = "unknown"  # who fights where nobody is named
TAKEN_AGAIN = frozenset({"recapture", "retake", "regain", "reclaim"})
OCCUPYING = frozenset({"occupy", "reoccupy"})  # which nobody says of their own side


def bind(
    word: SideWord, parties: Parties, speaker: str | None, countries: Sequence[str], heard: Heard, others: frozenset[str] = frozenset(),
) -> tuple[str | None, str]:  # fmt: skip
    """A side word bound to a party; generic words stay as written where nothing binds them. `others` are whom they fight."""
    spoken = [*heard.parties, *heard.named] if word.kind is SideKind.STATE else heard.parties
    of_people = word.words.split()[0] in parties.nouns("peoples")
    if word.kind is SideKind.GENERIC and (of_people or word.words.endswith("angs")):
        return (word.words if of_people else word.words.lower().split("'s ")[-1]), f"“{word.words}” as written"
    if word.kind is SideKind.GENERIC:
        spoken = [id_ for id_ in heard.fighting(parties, countries) if id_ not in others]
        if (kin := parties.kin_of(word.words)) is not None:
            spoken = [id_ for id_ in spoken if id_ in kin]
    bound = bind_party(word, parties, speaker=speaker, countries=countries, heard=spoken)
    if bound.party is None and word.kind in (SideKind.GENERIC, SideKind.STATE):
        words = word.words.removeprefix("the ").removeprefix("The ")
        if words[:1].isupper() and words[1:].islower() and parties.written_small(words):
            words = words.lower()  # "Rebels seize X"
        words = words.split("'s ")[-1]  # "Haiti's gangs"
        if words.lower().startswith("rebel "):
            words = "rebels"
        return words, f"“{words}” as written"
    return bound.party, bound.reason


def named_against(scene: Scene, side: Side) -> frozenset[str]:
    """Parties that a sentence sets against a side named before them: "rebels captured X from A"."""
    end = scene.sentence[side.start][1]
    found = set()
    for other in scene.sides:
        if side.end <= other.start < end and other.word.party is not None:
            before = scene.previous(other.start)
            before = scene.previous(before) if scene.low[before] == "the" else before
            if scene.low[before] in ("from", "against") or _acts_apart(scene, before, other):
                found.add(other.word.party)
    return frozenset(found)


def _acts_apart(scene: Scene, joint: int, other: Side) -> bool:
    """Whether a side begins a clause of its own behind another: "Militants hold A, and B's forces have moved into C"."""
    if scene.low[joint - 1 : joint + 1] not in ((",", "and"), (",", "while"), (",", "but")):
        return False
    verbs = scene.low[other.end : other.end + 3]
    acts = any(t.startswith("VB") for t in scene.tag[other.end : other.end + 2])
    return acts and scene.words("clauses.saying").isdisjoint(verbs)


def foreign_army(scene: Scene, side: Side, parties: Parties) -> str | None:
    """An army of a country, or the fighters of a people, that no list knows, as written: "the Yugoslav army"."""
    k = side.start - 1
    first = side.word.words.split()[0]
    kinds = (SideKind.STATE, SideKind.GENERIC)  # "Baloch separatists"
    if side.word.kind not in kinds or first.lower() == "the" or first[:1].isupper() or k < 0:
        return None
    adjective = scene.tag[k] in ("JJ", "NNP") and scene.written[k][:1].isupper() and scene.written[k].isalpha()
    opens = k == scene.sentence[k][0] or scene.low[k].endswith("-")
    opens = opens or (side.word.kind is SideKind.GENERIC and bool(parties.scan(scene.written[k])))  # "Syrian rebels"
    return (
        scene.text(k, side.end)
        if adjective and not opens and k not in scene.side_at and ((m := scene.inside(k)) is None or not m.known)
        else None
    )


def described(scene: Scene, attribution: Attribution) -> list[str]:
    """The words that describe a speaker by name: "rebel leader X", "X, a spokesman for the rebels"."""
    span = attribution.source_span
    first = next((t.i for t in scene.doc if t.idx >= span.start), None) if span is not None else None
    if span is None or first is None or not scene.written[first][:1].isupper():
        return []
    start, stop = scene.sentence[first]
    k = first
    while k > start and first - k < TITLE and scene.tag[k - 1] in ("NN", "JJ", "NNP", "HYPH"):
        k -= 1
    end = next((t.i for t in scene.doc[first:stop] if t.idx >= span.end), stop)
    aside = next((j for j in range(end + 1, min(stop, end + ASIDE)) if scene.low[j] in (",", ".", '"', "“")), end)
    behind = scene.low[end + 1 : aside] if scene.low[end : end + 1] == (",",) else ()
    return [*scene.low[k:first], *behind]


def speakers(
    attribution: Attribution, heard: Heard, parties: Parties, countries: Sequence[str], scene: Scene | None = None
) -> tuple[str | None, str]:
    """The side of who says "we": known, told by what they are called ("a separatist commander"), heard, or that of a
    country's own soldiers.
    """
    if attribution.side is not None:
        return attribution.side, "the speaker's own side"
    words = attribution.source.casefold().split()
    told = described(scene, attribution) if scene is not None else []
    words += told
    called = next((w for w in words if w.removesuffix("s") in parties.nouns("irregular")), None)
    for word in parties.scan(f"{called.removesuffix('s')}s") if called else ():
        party, why = bind(word, parties, None, countries, heard)
        return party, f"the speaker's own side: {why}"
    state = parties.state_of(countries[0]) if countries else None
    if state is not None and {"army", "military"} & set(told):
        return state.id, f"the speaker's own side: an officer of {state.id}"
    if heard.parties:
        return heard.parties[0], "the speaker's own side: who was spoken of last"
    if state is not None and (set(words) & (parties.nouns("formations") | parties.nouns("state_forces") | {"soldier"})):
        return state.id, f"the speaker's own side: forces of {state.id}"
    if state is not None and attribution.source != NARRATOR:
        return state.id, "the speaker's own side: nothing says that it is not the home side"
    return None, "the speaker's own side"


def taken_from(
    scene: Scene, a: Assertion, parties: Parties, speaker: str | None, countries: Sequence[str], heard: Heard
) -> str | None:
    """Who took a place "retaken from the rebels" where nobody else is named: whoever fights them there."""
    if a.cue.frame.relation is not Relation.TAKES or not a.passive or a.side is not None:
        return None
    if scene.low[a.end : a.end + 1] != ("from",):
        return None
    behind = range(a.end + 1, min(a.end + 4, len(scene.low)))
    gone = next((scene.side_at[k] for k in behind if k in scene.side_at), None)
    party = bind(gone.word, parties, speaker, countries, heard)[0] if gone is not None else None
    foe = opponent(party, parties, countries=countries, heard=heard.fighting(parties, countries)) if party else None
    rebels = (
        foe is None and gone is not None and gone.word.words.lower().removeprefix("the ") in parties.nouns("irregular")
    )
    home = parties.army_of(countries[0]) if rebels and countries else None
    return home.id if home is not None else foe

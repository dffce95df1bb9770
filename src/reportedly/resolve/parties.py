"""Side words whose party depends on the speaker or on the country of the passage: bound, or left with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.knowledge.parties import Parties, SideKind, SideWord
from reportedly.knowledge.sides import Party

__all__ = ["Bound", "bind_party", "opponent"]


CREEDS = ("jihadist", "islamist", "extremist")  # words for fighters that tell what they believe in


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The party that a side word was bound to (None: it stays as written) and why."""

    party: str | None
    reason: str


def opponent(party: str, parties: Parties, *, countries: Sequence[str] = (), heard: Sequence[str] = ()) -> str | None:
    """Whom `party` fights: the other party heard in the text that shares a war with it, or the only other one there is."""
    own = parties.party(party)
    if own is None:
        return None
    wars = [parties.wars[w] for w in own.wars]
    if near := [war for war in wars if set(war.countries) & set(countries)]:
        wars = near
    ids = {war.id for war in wars}
    beside = {helper for war in wars for helper in war.helpers}
    rivals = [p for p in parties if p.id not in {party, *beside} and p.side != own.side and ids & set(p.wars)]
    main = {p for war in wars if party in war.principals for p in war.principals}
    for words in (
        *(h for h in heard if h in main),
        *heard,
    ):  # the two main sides of a war before those named beside them
        if any(p.id == words for p in rivals):
            return words
    if len(rivals) == 1:
        return rivals[0].id
    pairs = [war.principals for war in wars if party in war.principals]
    others = [p for p in pairs[0] if p != party] if pairs else []
    if others:
        return others[0]
    hosts = (parties.state_of(country) for country in own.countries)  # in whose country they are at home
    return next((host.id for host in hosts if host is not None and host in rivals), None)


def bind_party(
    word: SideWord,
    parties: Parties,
    *,
    speaker: str | None = None,
    countries: Sequence[str] = (),
    heard: Sequence[str] = (),
) -> Bound:
    """Bind a side word. `speaker` is the side of who says it, `countries` (ISO 3166-1) where the passage plays, most
    likely first, `heard` the parties named before in the text, the latest first.
    """
    if word.party is not None:
        return Bound(party=word.party, reason=f"“{word.words}” names {word.party}")
    if word.kind is SideKind.OWN:
        return Bound(party=speaker, reason=f"“{word.words}” is the speaker's side ({speaker or 'unknown'})")
    if word.kind is SideKind.ENEMY:
        return _enemy(word, parties, speaker, countries, heard)
    if word.kind in (SideKind.OCCUPIER, SideKind.DEFENDER):
        return _stranger(word, parties, speaker, countries, heard)
    if word.kind is SideKind.STATE:
        states = [(c, state) for c in countries if (state := parties.army_of(c)) is not None]
        groups = [party for id_ in heard if (party := parties.party(id_)) is not None and party.kind == "group"]
        homes = {
            country for group in groups for country in group.countries
        }  # of those who fight the army that is meant
        own = parties.party(speaker) if speaker is not None else None
        if states:
            country, state = min(states, key=lambda pair: 0 if pair[0] in homes else 1 if pair[1].wars else 2)
            if own is not None and own.kind == "state" and own.id != state.id and _at_war(own, state, parties):
                return Bound(party=own.id, reason=f"“{word.words}” is that of the speaker's side {own.id}")
            return Bound(party=state.id, reason=f"“{word.words}” is the army of the country of the passage ({country})")
        if own is not None and own.kind == "state":
            return Bound(party=own.id, reason=f"“{word.words}” is that of the speaker's side {own.id}")
        warring = [id_ for id_ in heard if _at_home(id_, parties)]
        bound = _latest(word, parties, warring, "state")
        for id_ in heard if bound.party is None else ():
            party = parties.party(id_)
            lands = [c for w in party.wars for c in parties.wars[w].countries] if party is not None else []
            if (state := next((s for c in lands if (s := parties.state_of(c)) is not None), None)) is not None:
                return Bound(party=state.id, reason=f"“{word.words}” is that of {state.id}, where {id_} fights")
        return bound if bound.party is not None else _latest(word, parties, heard, "state")
    if (known := _of_people(word, parties, countries)) is not None:
        return Bound(party=known, reason=f"“{word.words}” are {known} in the country of the passage")
    for country in countries:
        if (known := parties.rebels_of(country)) is not None:
            return Bound(party=known, reason=f"“{word.words}” in {country} are {known}")
    local = [id_ for id_ in heard if not _foreign(id_, parties, countries)]
    return _latest(word, parties, local, "group")


def _at_war(one: Party, other: Party, parties: Parties) -> bool:
    """Whether two are the principals of a war against each other."""
    return any({one.id, other.id} <= set(parties.wars[war].principals) for war in one.wars)


def _of_people(word: SideWord, parties: Parties, countries: Sequence[str]) -> str | None:
    """The party of the people that the words begin with, where it is at home: "Kurdish forces" in Syria; "Kurds" alone
    are a people, and stay as written.
    """
    if " " not in word.words:
        return None
    kin = [party for id_ in parties.kin_of(word.words) or () if (party := parties.party(id_)) is not None]
    for country in countries:
        found = [party.id for party in kin if country in party.countries]
        if len(found) == 1:
            return found[0]
    return None


def _enemy(
    word: SideWord, parties: Parties, speaker: str | None, countries: Sequence[str], heard: Sequence[str]
) -> Bound:
    if speaker is not None:
        foe = opponent(speaker, parties, countries=countries, heard=heard)
        return Bound(
            party=foe, reason=f"“{word.words}” is the opponent of the speaker's side {speaker}: {foe or 'unknown'}"
        )
    for country in countries:
        # A text without a known speaker that says "the enemy" takes the side of the country that is fought over.
        if (state := parties.state_of(country)) is not None:
            foe = opponent(state.id, parties, countries=countries, heard=heard)
            return Bound(party=foe, reason=f"“{word.words}” without a known speaker: the opponent of {state.id}")
    return Bound(party=None, reason=f"“{word.words}” without a known speaker or country")


def _stranger(
    word: SideWord, parties: Parties, speaker: str | None, countries: Sequence[str], heard: Sequence[str]
) -> Bound:
    """Occupiers sit in another's land, defenders in their own: the country of the passage tells who they are."""
    for country in countries:
        if (state := parties.state_of(country)) is None:
            continue
        if word.kind is SideKind.DEFENDER:
            return Bound(party=state.id, reason=f"“{word.words}” hold their own country ({country})")
        foe = opponent(state.id, parties, countries=countries, heard=heard)
        return Bound(party=foe, reason=f"“{word.words}” in {country} are the opponent of {state.id}")
    if word.kind is SideKind.DEFENDER and speaker is not None:
        return Bound(party=speaker, reason=f"“{word.words}” is the speaker's side {speaker}")
    return _enemy(word, parties, speaker, countries, heard)


def _foreign(id_: str, parties: Parties, countries: Sequence[str]) -> bool:
    """Whether an armed group fights in the country of the passage and is at home elsewhere: it is nobody's rebels there."""
    party = parties.party(id_)
    lands = {c for w in party.wars for c in parties.wars[w].countries} if party is not None else set()
    home = party.countries if party is not None else ()
    return bool(home) and not lands.isdisjoint(countries[:1]) and set(home).isdisjoint(countries)


def _at_home(id_: str, parties: Parties) -> bool:
    """Whether a party fights a war in its own country, and not beside others alone."""
    party = parties.party(id_)
    wars = [parties.wars[w] for w in party.wars] if party is not None else []
    return party is not None and any(party.country in war.countries and id_ not in war.helpers for war in wars)


def _of_state(party: Party | None, parties: Parties) -> bool:
    """Whether an armed group fights on a state's side: it is nobody's rebels ("leaving X to the Wazalendo")."""
    side = parties.party(party.side) if party is not None and party.side != party.id else None
    return side is not None and side.kind == "state"


def _latest(word: SideWord, parties: Parties, heard: Sequence[str], kind: str) -> Bound:
    low = word.words.lower()
    others = parties.nouns("no_rebels") if "rebel" in low else ()
    if "militant" in low or "insurgent" in low:
        others = parties.nouns("no_militants")
    only = parties.nouns("jihadists") if any(w in low for w in CREEDS) else None
    for id_ in heard:
        party = parties.party(id_)
        called_so = id_ not in others and (only is None or id_ in only) and not _of_state(party, parties)
        if party is not None and party.kind == kind and called_so:
            return Bound(party=id_, reason=f"“{word.words}” taken up from {id_}, named before")
    return Bound(party=None, reason=f"“{word.words}” is bound to nobody named before")

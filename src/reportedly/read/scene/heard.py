"""What a report said so far: whose parties were spoken of, whose events were told, where it plays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportedly.knowledge.parties import Parties
from reportedly.model import Relation

__all__ = ["Heard"]

KEPT = 12  # parties of passages before that are kept in mind


def _fights_in(parties: Parties, id_: str, countries: Sequence[str]) -> bool:
    """Whether a party fights in one of these countries."""
    party = parties.party(id_)
    if party is None:
        return False
    lands = {*party.countries, *(c for w in party.wars for c in parties.wars[w].countries)}
    return not lands.isdisjoint(countries)


@dataclass(slots=True)
class Heard:
    """What the passage said so far: parties the latest first, and the countries where it plays, most likely first."""

    parties: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    events: dict[tuple[Relation, str], str] = field(default_factory=dict)  # whose gain, loss, hold at a place was told
    named: list[str] = field(default_factory=list)  # parties of the passage, claims or not
    earlier: list[str] = field(default_factory=list)  # those of the passages before

    def recall(self) -> None:
        """Keep the parties of the passage before, the latest first, when another one begins."""
        self.earlier = list(dict.fromkeys([*reversed(self.named), *self.earlier]))[:KEPT]

    def fighting(self, parties: Parties, countries: Sequence[str]) -> list[str]:
        """The parties heard, latest first, then the others that were named and fight where the passage plays."""
        fight = [id_ for id_ in (*reversed(self.named), *self.earlier) if _fights_in(parties, id_, countries)]
        return list(dict.fromkeys([*self.parties, *fight]))

    def told(self, relation: Relation, place: str) -> str | None:
        """Whose a gain, loss or fight at a place was said to be before in the report."""
        return self.events.get((relation, place.casefold()))

    def tell(self, relation: Relation, place: str, party: str) -> None:
        """Note whose it is said to be."""
        self.events[relation, place.casefold()] = party

    def latest(self) -> str | None:
        """The party that was spoken of last."""
        return self.parties[0] if self.parties else None

    def hear(self, party: str, *, aside: bool = False) -> None:
        """Put a party first, or behind the first one if an aside tells of it ("took X, which had been held by Y")."""
        if aside and party in self.parties[:1]:
            return
        if party in self.parties:
            self.parties.remove(party)
        self.parties.insert(int(aside and bool(self.parties)), party)

"""Claims, statuses and numbers as sentences for people; nothing is decided here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportedly.model import (
    NARRATOR,
    Certainty,
    Claim,
    DisputeKind,
    Form,
    PlaceKind,
    PlaceRelation,
    Polarity,
    Quoting,
    Relation,
    State,
    Status,
)

__all__ = ["Lexicon", "clean", "count", "day_words", "plain_claim"]

VERBS = {
    Relation.HOLDS: "holds",
    Relation.TAKES: "took",
    Relation.LOSES: "lost",
    Relation.CONTESTS: "fights for",
    Relation.ADVANCES: "is advancing at",
    Relation.ANNEXES: "annexed",
}
DENIED = {
    Relation.HOLDS: "does not hold",
    Relation.TAKES: "did not take",
    Relation.LOSES: "did not lose",
    Relation.CONTESTS: "is not fighting for",
    Relation.ADVANCES: "is not advancing at",
    Relation.ANNEXES: "did not annex",
}
RELATION_WORDS = {
    "holds": "holds",
    "takes": "takes",
    "loses": "loses",
    "contests": "fights for",
    "advances": "advances at",
    "annexes": "annexes",
}
DISPUTE_WORDS = {
    DisputeKind.OPPOSITE_HOLDERS: "Sources name different holders",
    DisputeKind.EXTENT_CLASH: "Sources disagree on how much is held",
    DisputeKind.DENIAL: "A claim is denied",
    DisputeKind.PART_OUTSIDE_WHOLE: "A part is said to lie outside the whole that is claimed",
    DisputeKind.DATE_CLASH: "Sources give dates that cannot both hold",
    DisputeKind.ARITHMETIC: "A report's own numbers do not add up",
}
LANGUAGES = {"en": "English", "uk": "Ukrainian", "ru": "Russian"}


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun, thousands parted by a thin comma.

    >>> count(1, "claim"), count(1200, "claim"), count(2, "dispute")
    ('1 claim', '1,200 claims', '2 disputes')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day_words(day: dt.date | None) -> str:
    """A day for people: 3 July 2025; an em dash where there is none."""
    return f"{day.day} {day:%B %Y}" if day else "—"


def clean(text: str) -> str:
    """Text without characters that JSON, XML or a terminal cannot carry, in one line."""
    return " ".join("".join(c if c >= " " and not "\ud800" <= c <= "\udfff" else " " for c in text).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What parties and sources are called; ids stand for themselves where nothing better is known."""

    parties: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def party(self, party: str | None) -> str:
        """The name of a party."""
        return self.parties.get(party or "", party or "nobody")

    def source(self, key: str) -> str:
        """The name of a source by its key."""
        if key.startswith("narrator:"):
            return f"{key.removeprefix('narrator:')} (own words)"
        return self.sources.get(key, key)

    def speaker(self, claim: Claim) -> str:
        """Who says so: the source as resolved, else as written, else the publisher itself."""
        who = claim.attribution
        if who.source_id and who.source_id in self.sources:
            return self.sources[who.source_id]
        return claim.publisher if who.source == NARRATOR else who.source

    def chain(self, claim: Claim) -> list[str]:
        """Speaker first, then the relays nearest to the speaker, last the publisher."""
        links = [self.speaker(claim), *reversed(claim.attribution.via)]
        if links[-1] != claim.publisher:
            links.append(claim.publisher)
        return links

    def place(self, claim: Claim) -> str:
        """The claimed ground in words."""
        ref = claim.place
        name = clean(ref.name or ref.words)
        if ref.kind is PlaceKind.UNNAMED:
            name = clean(ref.words)
        if ref.area:
            name = f"the {ref.area} of {name}"
        near = {PlaceRelation.NEAR: "near ", PlaceRelation.PART: "part of ", PlaceRelation.DIRECTION: "towards "}
        return near.get(ref.relation, "") + name

    def what(self, claim: Claim) -> str:
        """The claim without who says it: "Russia took all of Luhansk region but 2 places"."""
        verb = (DENIED if claim.polarity is Polarity.DENIED else VERBS)[claim.relation]
        if claim.place.relation in (PlaceRelation.NEAR, PlaceRelation.DIRECTION):
            verb = verb.removesuffix(" at").removesuffix(" for")  # is advancing near, fights towards
        return f"{self.party(claim.party)} {verb} {self._extent(claim)}{self.place(claim)}"

    @staticmethod
    def _extent(claim: Claim) -> str:
        extent = claim.extent
        if extent.kind == "percent" and extent.value is not None:
            return f"{extent.value:g} per cent of "
        if extent.kind == "all_but" and extent.value is not None:
            return f"all but {count(int(extent.value), 'place')} of "
        return "part of " if extent.kind == "part" and claim.place.relation is not PlaceRelation.PART else ""

    def sentence(self, claim: Claim) -> str:
        """The claim with who says it, how surely, and by whom it came."""
        hedge = {Certainty.PROBABLE: "probably ", Certainty.POSSIBLE: "possibly "}.get(claim.certainty, "")
        verb = "implies" if claim.form is Form.PRESUPPOSED else "says"
        via = [v for v in reversed(claim.attribution.via) if v]
        if claim.publisher != self.speaker(claim):
            via.append(claim.publisher)
        through = f", by way of {' and '.join(clean(v) for v in via)}" if via else ""
        return f"{clean(self.speaker(claim))} {verb} that {hedge}{self.what(claim)}{through}."

    def reason(self, words: str, claims: Iterable[Claim]) -> str:
        """A reason with the publisher named where it speaks of a narrator: the report's own voice."""
        publishers = {c.publisher for c in claims if c.attribution.source == NARRATOR}
        own = publishers.pop() if len(publishers) == 1 else "a report in its own voice"
        return clean(re.sub(r"\bnarrator\b", own, words))

    def hands(self, code: Any) -> str:
        """In whose hands a place is, after "is" or "until then": of what the map draws (history.Code)."""
        both = f"{self.party(code.party)} and {self.party(code.other)}" if code.other else ""
        said = {
            State.HELD: f"held by {self.party(code.party)}",
            State.DISPUTED: f"disputed between {both}" if both else "disputed",
            State.CONTESTED: f"fought over by {both}" if both else "fought over",
        }.get(code.state, "in nobody's hands that is known")
        return said + (" (inferred)" if code.inferred else "")

    def voices(self, names: Sequence[str], most: int = 3) -> str:
        """Who says so, as the beginning of a sentence: "A, B and 2 more say"."""
        shown = [clean(n) for n in names[:most]]
        if len(names) > most:
            shown.append(f"{len(names) - most} more")
        return f"{' and '.join([', '.join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)} {'say' if len(names) > 1 else 'says'}"

    def status(self, status: Status, name: str) -> str:
        """A status as one sentence with its probability."""
        best = max(status.probabilities, key=lambda p: p.p, default=None)
        sure = f" ({best.p:.0%} for {self.party(best.party)})" if best else ""
        if status.state is State.HELD:
            how = "No source names it; by its surroundings " if status.inferred else "Sources together say that "
            return f"{how}{name} is held by {self.party(status.party)}{sure}."
        if status.state is State.DISPUTED:
            both = " and ".join(f"{self.party(p.party)} {p.p:.0%}" for p in status.probabilities[:2])
            return f"Sources disagree on who holds {name}" + (f": {both}." if both else ".")
        if status.state is State.CONTESTED:
            return f"Sources agree that there is fighting over {name}{sure}."
        return f"Nobody has said who holds {name}."


def plain_claim(claim: Claim) -> dict[str, str]:
    """Labels of a claim's closed fields for people."""
    return {
        "relation": RELATION_WORDS[claim.relation],
        "polarity": "denied" if claim.polarity is Polarity.DENIED else "stated",
        "certainty": str(claim.certainty),
        "form": "said outright" if claim.form is Form.STATED else "only implied",
        "quoting": {Quoting.QUOTATION: "quoted", Quoting.PARAPHRASE: "in paraphrase"}.get(
            claim.attribution.quoting, "in the report's own voice"
        ),
    }

""" "Y has not taken X, as Moscow claims": who claims it says that Y has, unless it is the news that they would not tell of themselves."""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.parties import Parties
from reportedly.model import NARRATOR, Attribution, Relation
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.passing import Passing
from reportedly.read.sources.voices import Voice

__all__ = ["NEGATED", "Row", "otherwise"]

Row = tuple[Attribution, bool, str]  # who makes a claim, whether it is a denial, and a note ("denied: ...")
NEGATED = ("negated by", '"unlikely')
CLAIMS = frozenset(
    ["claim", "allege", "assert", "boast", "announce", "pretend"]
)  # "as reported by" says the same as the words before it


def otherwise(p: Passing, a: Assertion, party: str, rows: list[Row]) -> list[Row]:
    """The rows of a denied assertion, where what is denied is what somebody claims behind it."""
    if not a.mood.denied or a.mood.judged or not any(r.startswith(NEGATED) for r in a.mood.reasons):
        return rows
    chain = p.attributions.chain(a.start)
    claimer = next((v for v in chain if v.frame.cue > a.start and _as_claimed(p, v)), None)
    if claimer is None or not _would_say(p.knowledge.parties, claimer.side, party, a.cue.frame.relation):
        return rows
    others = [v for v in chain if v is not claimer]
    teller = p.attributions.of_voice(others[-1]) if others else Attribution(reasons=("the report's own voice",))
    own = replace(p.attributions.of_voice(claimer), via=())
    via = tuple(w for w in teller.via if w != own.source)
    if own.source == NARRATOR:
        return rows
    return [
        (replace(teller, via=via), True, "denied: what somebody claims"),
        (own, False, f"the claim that {teller.source} denies"),
    ]


def _as_claimed(p: Passing, voice: Voice) -> bool:
    """Whether a voice is brought in by "as claimed by Y", "as Y claims"."""
    if not voice.frame.rule.startswith("“as ") or voice.speaker is None:
        return False
    parsed = p.attributions.parsed
    first, last = voice.frame.cue_span
    before = parsed.low[max(0, last - 3) : last]  # "has not left X, as Y had reported"
    return "had" in before or any(parsed.lemma[k] in CLAIMS for k in range(first, last))


def _would_say(parties: Parties, side: str | None, party: str, relation: Relation) -> bool:
    """Whether a side would claim that of the party: gains of its own, losses of others."""
    if side is None:
        return True
    claimer, other = parties.party(side), parties.party(party)
    own = side == party or (claimer is not None and other is not None and claimer.side == other.side)
    return own is not (relation is Relation.LOSES)

"""Whose event it is by who claims and who denies it: a gain that somebody denies is the other side's, a loss their own."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.parties import SideKind
from reportedly.model import Attribution, Relation
from reportedly.read.claims.otherwise import Row
from reportedly.read.parties.irregulars import side_of_speaker
from reportedly.read.parties.words import speaking_fighters
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.passing import Passing
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import Mood
from reportedly.resolve.parties import opponent

__all__ = ["by_tellers"]

Choice = tuple[str | None, str]  # a party and why; without one, why it cannot be told


def by_tellers(
    p: Passing, a: Assertion, mood: Mood, attribution: Attribution, rows: Sequence[Row], party: str, why: str, countries: Sequence[str]
) -> Choice:  # fmt: skip
    """The party, put right by who tells of it. `rows` are the claims to be made, `countries` those of the places."""
    loses, own = a.cue.frame.relation is Relation.LOSES, _is_own(p.scene, a)
    nameless = (a.side is None or a.side.word.party is None) and not own
    if nameless and not loses:
        found, why = _denied_gain(p, a, mood, attribution, rows, party, why, countries)
        if found is None:
            return None, why
        party, why = _claimed_gain(p, a, rows, found, why, countries)
    if nameless and loses and (a.passive or a.cue.frame.kind == "noun") and a.side is None:
        denier = _denier(rows) or (attribution if mood.denied else None)
        party, why = _own_loss(denier, party, why)
    theirs = a.cue.frame.kind == "noun" and p.scene.low[a.start - 1] in ("their", "its")
    if loses and (theirs or own):
        party, why = _own_loss(_denier(rows, judged=mood.judged) if len(rows) > 1 else None, party, why)
    elif a.subject is not None and p.scene.low[a.subject] in ("it", "they") and a.side is None and "pronoun" in why:
        owner = _claimant(rows)
        parties = p.knowledge.parties
        whose = side_of_speaker(owner, parties, countries) if owner is not None else None
        whose = whose or (speaking_fighters(owner, parties) if owner is not None else None)  # "the rebels' claim"
        if owner is not None and whose is not None:
            party, why = whose, f"what {owner.source} claims is of their own side"
    return party, why


def _denier(rows: Sequence[Row], *, judged: bool = False) -> Attribution | None:
    """Who denies what another claims; whoever denies it, where it is `judged` untrue."""
    return next((who for who, denied, note in rows if note.startswith("denied") or (judged and denied)), None)


def _claimant(rows: Sequence[Row]) -> Attribution | None:
    """Who claims what another denies."""
    return next((who for who, denied, _ in rows if len(rows) > 1 and not denied), None)


def _sole_claimant(p: Passing, a: Assertion, rows: Sequence[Row]) -> Attribution | None:
    """Whose claim a noun tells of that names nobody: "Y holds X despite the army's claim that the town was recaptured"."""
    voice = next(iter(reversed(p.attributions.chain(a.start))), None)
    if len(rows) != 1 or rows[0][1] or voice is None or not voice.frame.rule.startswith("noun"):
        return None
    told = voice.frame.ranges
    if any(low <= s.start < min(high, a.start) for low, high in told for s in p.scene.sides):
        return None
    return rows[0][0]


def _denied_gain(
    p: Passing, a: Assertion, mood: Mood, attribution: Attribution, rows: Sequence[Row], party: str, why: str, countries: Sequence[str]
) -> Choice:  # fmt: skip
    """What somebody denies is not what their own side did."""
    owned_up = p.scene.words("clauses.owns_up") & set((attribution.cue or "").split())
    judged = mood.judged and not owned_up  # "reports of the fall of X are exaggerated, Y's official said"
    denier = _denier(rows, judged=judged)
    if denier is not None and p.scene.words("clauses.owns_up") & set((denier.cue or "").split()):
        return party, why  # "deleted a post in which it announced"
    unnamed = a.side is None and (a.passive or a.cue.frame.name == "falls")
    unnamed = unnamed and why.startswith(("the nearest side", "nobody is named", "“fall”"))
    if denier is None and mood.denied and not judged and unnamed and attribution.side == party:
        denier = attribution  # "Y said X had not been captured"
    parties = p.knowledge.parties
    if denier is None or side_of_speaker(denier, parties, countries) != party:
        return party, why
    foe = opponent(party, parties, countries=countries, heard=p.heard.parties)
    if foe is None and a.passive:
        return None, f"{denier.source} denies it, and whom they fight there is not known"
    if a.side is not None and a.side.word.kind is SideKind.GENERIC:
        return a.side.word.words, "as written: who denies it is not among them"
    return (foe, f"what {denier.source} denies is the other side's") if foe is not None else (party, why)


def _claimed_gain(
    p: Passing, a: Assertion, rows: Sequence[Row], party: str, why: str, countries: Sequence[str]
) -> tuple[str, str]:
    """What somebody claims without naming who did it is of their own side: "had been taken", "the claim of controlling X"."""
    bare = a.passive or (a.subject is None and p.scene.tag[a.start] == "VBG")
    named = bare and a.side is None and why.startswith("the nearest side")
    owner = (_claimant(rows) or _sole_claimant(p, a, rows)) if named else None
    whose = side_of_speaker(owner, p.knowledge.parties, countries) if owner is not None else None
    if owner is None or whose is None:
        return party, why
    against = any(denied and side_of_speaker(who, p.knowledge.parties, countries) == whose for who, denied, _ in rows)
    return (party, why) if against else (whose, f"what {owner.source} claims is of their own side")


def _own_loss(denier: Attribution | None, party: str, why: str) -> tuple[str, str]:
    """The loss that somebody denies is of their own side."""
    if denier is None or denier.side is None:
        return party, why
    return denier.side, f"the loss that {denier.source} denies is of their own side"


def _is_own(scene: Scene, a: Assertion) -> bool:
    """Whether the subject is whoever speaks ("X denied that it had taken A", "that its troops entered A"), or their claim is told."""
    start = scene.sentence[a.start][0]
    for k in range(start + 1, a.start):
        if scene.low[k] in scene.words("clauses.claim_nouns") and scene.low[k - 1] in ("its", "their", "his", "her"):
            return True  # "withdrew its claim that X had been taken"
    if a.subject is None or a.subject >= a.start:
        return False
    owners = scene.low[max(0, a.subject - 2) : a.subject]
    return scene.low[a.subject] in ("it", "they", "we", "he", "she") or bool({"its", "their", "our"} & set(owners))

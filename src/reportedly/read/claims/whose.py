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
    it = _is_it(p.scene, a)
    accused = (theirs or own or it) and _accuses(p, a)
    if loses and (theirs or own) and not accused:
        denier = _denier(rows, judged=mood.judged) if len(rows) > 1 else _rival_teller(p, a)
        party, why = _own_loss(denier, party, why)
    elif it and not accused and "pronoun" not in why:
        return party, why
    elif it or (accused and own and (a.side is None or a.side.word.party is None)):
        owner = _denier(rows) if accused else _claimant(rows)
        party, why = _of_owner(p, owner, party, why, countries, accused=accused)
    if mood.denied and a.cue.frame.relation is Relation.HOLDS and why.startswith("“its”") and len(rows) > 1:
        return _still_theirs(_denier(rows), p, countries) or (party, why)
    return party, why


def _of_owner(
    p: Passing, owner: Attribution | None, party: str, why: str, countries: Sequence[str], *, accused: bool
) -> tuple[str, str]:
    """Whose a claim of "it" is: of who makes it, or who denies being accused of it; else of whoever fights the accuser."""
    parties = p.knowledge.parties
    whose = None
    if owner is not None:
        whose = side_of_speaker(owner, parties, countries) or speaking_fighters(owner, parties)  # "the rebels' claim"
    if owner is not None and whose is not None:
        return whose, f"what {owner.source} claims is of their own side"
    foe = opponent(party, parties, countries=countries, heard=p.heard.parties) if accused else None
    return (foe, "whom somebody accuses of it") if foe is not None else (party, why)


def _still_theirs(denier: Attribution | None, p: Passing, countries: Sequence[str]) -> Choice | None:
    """Whose "its" is that denies what a rival says: "dismissed the army's statement that X was no longer under its control"."""
    side = side_of_speaker(denier, p.knowledge.parties, countries) if denier is not None else None
    return (
        (side, f"“its” is that of {denier.source}, who denies it") if denier is not None and side is not None else None
    )


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
    if owned_up and mood.judged and attribution.side == party:
        return party, why  # "reports that X had fallen were premature, one of its attackers admitted"
    if denier is None and mood.denied and not judged and unnamed and attribution.side == party:
        denier = attribution  # "Y said X had not been captured"
    parties = p.knowledge.parties
    if _names_state(p.scene, a):
        return party, why
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


def _accuses(p: Passing, a: Assertion) -> bool:
    """Whether "it" is whom somebody accuses, not who claims it: "denied Y's accusation that it had seized X"."""
    voice = next(iter(reversed(p.attributions.chain(a.start))), None)
    if voice is None or not voice.frame.rule.startswith("noun") or voice.frame.cue < 0:
        return False
    return p.attributions.parsed.lemma[voice.frame.cue] in p.attributions.reporting.words["accusations"]


def _is_it(scene: Scene, a: Assertion) -> bool:
    """Whether the subject is "it" or "they"."""
    acts = a.subject is not None and not _is_ground(a)
    return acts and a.subject is not None and scene.low[a.subject] in ("it", "they") and a.side is None


def _is_ground(a: Assertion) -> bool:
    """Whether the subject is the place itself: "Y denied that it had been captured"."""
    return a.passive and any(a.subject is not None and t.mention.start <= a.subject < t.mention.end for t in a.targets)


def _rival_teller(p: Passing, a: Assertion) -> Attribution | None:
    """Who tells of a rival's claim that "it" has lost something, which is they: "Y said Z's claims that it had lost X were made up"."""
    chain = p.attributions.chain(a.start)
    if len(chain) < 2 or not chain[-1].frame.rule.startswith("noun"):
        return None
    teller, claimant = chain[0], chain[-1]
    rivals = teller.side is not None and claimant.side is not None and teller.side != claimant.side
    return p.attributions.of_voice(teller) if rivals else None


def _names_state(scene: Scene, a: Assertion) -> bool:
    """Whether the subject says that the forces are the state's: "apologised for a report that federal forces had retaken X"."""
    k = a.subject
    return k is not None and k < a.start and k > 0 and scene.low[k - 1] in scene.words("clauses.ruling")


def _is_own(scene: Scene, a: Assertion) -> bool:
    """Whether the subject is whoever speaks ("X denied that it had taken A", "that its troops entered A"), or their claim is told."""
    start = scene.sentence[a.start][0]
    for k in range(start + 1, a.start):
        if scene.low[k] in scene.words("clauses.claim_nouns") and scene.low[k - 1] in ("its", "their", "his", "her"):
            return True  # "withdrew its claim that X had been taken"
    if a.subject is None or a.subject >= a.start or _is_ground(a):
        return False
    owners = scene.low[max(0, a.subject - 2) : a.subject]
    return scene.low[a.subject] in ("it", "they", "we", "he", "she") or bool({"its", "their", "our"} & set(owners))

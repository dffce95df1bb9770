"""Whose ground a claim is about: the party of an assertion, by the first rule that tells it.

The rules go from what the frame itself has to what is only likely: the side that stands in it (`named`), the words of the
cue (`given`), the subject (`subject`), and where nobody is named, the role that the frame gives (`default`), who was near,
who speaks, whose country it is (`unnamed`).
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.model import NARRATOR, Attribution, Relation
from reportedly.read.parties.case import Answer, PartyCase, first_answer
from reportedly.read.parties.default import by_role
from reportedly.read.parties.given import by_cue
from reportedly.read.parties.named import by_chief_of_winners, by_side, by_words_before
from reportedly.read.parties.networks import by_network
from reportedly.read.parties.subject import by_loyalty, by_subject
from reportedly.read.parties.unnamed import by_circumstance, by_felt
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.heard import Heard
from reportedly.read.scene.scene import Scene

__all__ = ["choose_party"]

STATELETS = ("people's republic", "people’s republic")


def choose_party(
    scene: Scene,
    a: Assertion,
    attribution: Attribution,
    heard: Heard,
    parties: Parties,
    countries: Sequence[str],
    place: str,
) -> Answer:
    """The party of an assertion and why; None where nobody can be meant. `countries` are those of its places, `place` is the
    name of the first.
    """
    lands = [*countries, *(c for c in heard.countries if c not in countries)]
    speaker = _speaker(scene, a, attribution, parties, countries)
    case = PartyCase(scene, a, attribution, heard, parties, countries, lands, speaker, place)
    answer = first_answer(
        (by_network, by_loyalty, by_side, by_chief_of_winners, by_words_before, by_cue, by_subject, by_felt), case
    )
    if answer is None:
        answer = by_role(case) if a.cue.frame.default is not None else by_circumstance(case)
    return _only_such(case, answer) or _not_of_itself(case, answer) or answer


def _not_of_itself(case: PartyCase, answer: Answer) -> Answer | None:
    """Who took a place from those who seemed to have taken it: "denied the rebels' claim, saying his men had retaken X from the rebels"."""
    if case.relation is not Relation.TAKES or case.a.passive or not case.a.targets or answer[0] is None:
        return None
    k = case.scene.following(max(case.a.end, case.a.targets[-1].mention.end))
    behind = range(k + 1, min(k + 4, len(case.scene.low))) if case.scene.low[k : k + 1] == ("from",) else ()
    gone = next((case.scene.side_at[j] for j in behind if j in case.scene.side_at), None)
    if gone is None or case.bind(gone.word)[0] != answer[0] or case.a.side is not None:
        return None
    foe = case.foe(answer[0]) or (case.home.id if case.home is not None and case.home.id != answer[0] else None)
    return (foe, f"who took it from {answer[0]}") if foe is not None else None


def _only_such(case: PartyCase, answer: Answer) -> Answer | None:
    """The group that is meant by "the paramilitaries" in a country where only one fights."""
    words, _ = answer
    statelet = any(t.mention.words.lower().endswith(STATELETS) for t in case.a.targets)
    if statelet and words is not None and words.lower() in ("separatists", "rebels"):
        return "RU", f"“{words}” of what calls itself a people's republic"
    if words is None or not words.lower().startswith("paramilitar") or not case.countries:
        return None
    group = case.parties.paramilitaries_of(case.countries[0])
    return (group, f"“{words}”: the one such group that fights there") if group is not None else None


def _speaker(
    scene: Scene, a: Assertion, attribution: Attribution, parties: Parties, countries: Sequence[str]
) -> str | None:
    """The side of who speaks; of a report that says "our troops" or "the enemy" in its own voice, the one that its words take."""
    if attribution.side is not None or a.side is None or attribution.source != NARRATOR:
        return attribution.side
    if a.side.word.kind not in (SideKind.OWN, SideKind.ENEMY):
        return None
    if scene.words("names.russian") & scene.vocabulary:
        return "RU"  # "our troops entered Volchansk", "the enemy left Seversk"
    home = parties.army_of(countries[0]) if countries and a.side.word.kind is SideKind.OWN else None
    return home.id if home is not None and home.wars else None

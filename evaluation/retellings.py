"""Sentences of our own told by somebody else, or by the same in another place or by another verb: a kind of rewording."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from evaluation.changes import LOWERED, Case, Change, opened, place_of

__all__ = ["ACTOR", "another_speaker", "retold", "told_by", "told_in_the_middle"]

NOT_MOVED = r"""["“”:;()]|\b(?:it|its|they|their|them|he|his|him|she|her|we|our|us|I|my|but|citing|adding|calling|saying|said|says|told
 |which|who|according|while|although|though|denied|denies|reported|claimed|where|on|and\ (?:that|\w+ed|has|had|have|was|were))\b|^In\b|^in\b"""
MOVED = re.compile(
    NOT_MOVED, re.VERBOSE
)  # what keeps who tells in its place: what points to the teller, or goes on behind it
ACTOR = r"(?:[Tt]he )?(?:(?:[A-Z][\w'-]+|rebel|government|army) (?:forces|troops|fighters|soldiers|units|army|rebels|military)|RSF|Taliban|M23|army|rebels|military|insurgents|Russians|Ukrainians)|Rebels|Insurgents|Russia|Ukraine"
DONE = r"had|has|have|did|were|was|captured|seized|took|entered|retook|recaptured|advanced|withdrew|retreated|pulled|regained|occupied|liberated|surrounded|encircled|lost|abandoned"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that tells what somebody said: the clause, as it would open a sentence, and who."""

    case: Case
    clause: Case
    who: str

    @property
    def opening(self) -> str:
        """Who tells, opening a sentence."""
        return self.who[:1].upper() + self.who[1:]


def _bare(who: str) -> str:
    """Who tells, without an article."""
    return re.sub(r"^(?:the|a|an) ", "", who, flags=re.IGNORECASE)


def _told(case: Case) -> Told | None:
    """The clause and the teller of a sentence of that shape, where all its claims are the teller's."""
    sources = {claim.partition(" | ")[2] for claim in case.claims}
    if len(sources) != 1 or not case.single:
        return None
    who = _bare(sources.pop())
    name = rf"((?:[Tt]he |[Aa]n? )?{re.escape(who)})"
    behind = re.match(rf"^(.+), {name} said\.$", case.text, re.IGNORECASE)
    before = re.match(rf"^{name} said (?:that )?(.+)\.$", case.text, re.IGNORECASE)
    if behind:
        clause, teller = replace(case, text=behind[1]), behind[2]
    elif before:
        clause, teller = replace(case, text=before[2]), before[1]
    else:
        return None
    first = teller.split(" ", 1)[0]
    teller = teller[:1].lower() + teller[1:] if first in LOWERED or first == "Analysts" else teller
    places = map(place_of, case.claims)
    if re.search(r" of [A-Z]", teller) or any(place in teller for place in places):
        return None  # "residents of Sake", who tell where it was
    if MOVED.search(clause.text) or ", " in clause.text or teller in ("narrator", "") or (behind and not case.opens):
        return None
    return Told(case, clause, teller)


def retold(shape: str) -> Change:
    """Who tells, in another place or by another verb: `shape` with CLAUSE or clause, WHO or who."""

    def change(case: Case) -> Case | None:
        told = _told(case)
        if told is None:
            return None
        clause = told.clause.text
        if "quoted" in shape and re.search(r"\bhad\b", clause):
            return None
        text = shape.removeprefix("quoted ").replace("CLAUSE", clause[:1].upper() + clause[1:])
        text = text.replace("clause", told.clause.lowered).replace("WHO", told.opening).replace("who", told.who)
        return case.told(text)

    return change


def told_in_the_middle(case: Case) -> Case | None:
    """ "Russian forces, the mayor said, took Lyman."."""
    told = _told(case)
    split = re.match(rf"^({ACTOR}) ({DONE})\b(.*)$", told.clause.text, re.IGNORECASE) if told else None
    if told is None or split is None:
        return None
    return case.told(f"{split[1][:1].upper()}{split[1][1:]}, {told.who} said, {split[2]}{split[3]}.")


def told_by(words: str) -> Change:
    """A sentence of the report's own that somebody is said to have told."""
    told = opened(words, by_another=True)

    def change(case: Case) -> Case | None:
        own = re.search(r"^(?:He|She|They|It|We|Nobody in|Towns)\b|\b(?:our|we|us|enemy)\b", case.text)
        return None if own else told(case)

    return change


def another_speaker(words: str) -> Change:
    """Another speaker without a side for one of those whom our sentences name by plain nouns, in the claims as well."""
    plain = r"\b(?:[Tt]he (?:mayor|governor|monitor|police|general|colonel|ministry|UN)|[Rr]esidents|[Oo]fficials|[Aa]n? (?:resident|monitor|diplomat|doctor|priest|shopkeeper|witness))"
    told = rf"(?:^{plain}(?= (?:said|denied|reported|claimed)\b))|(?:(?<=, ){plain}(?= said\b))"

    def change(case: Case) -> Case | None:
        found = re.findall(told, case.text)
        if len(found) != 1 or re.search(r"\b(?:they|their|it|its|he|his|she|her|we|our|I)\b", case.text):
            return None
        old = _bare(found[0])
        sources = {claim.partition(" | ")[2] for claim in case.claims}
        if len(re.findall(rf"\b{old}\b", case.text)) != 1 or not any(_bare(source) == old for source in sources):
            return None
        text = re.sub(told, lambda at: words[:1].upper() + words[1:] if at.start() == 0 else words, case.text)
        claims = (
            f"{what} | {words if _bare(source) == old else source}"
            for what, _, source in (claim.partition(" | ") for claim in case.claims)
        )
        return Case(text, tuple(claims))

    return change

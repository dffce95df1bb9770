"""Two frames that tell of one event, of which the passage has made a claim already: "seizes and occupies X"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reportedly.model import Claim, Form, Polarity, Relation
from reportedly.read.claims.alike import same
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.passing import Passing

__all__ = ["describes", "one_event"]

Rule = Callable[[Passing, Assertion, Claim], bool]
"""Whether a claim tells of an event that the passage told already."""


def one_event(p: Passing, a: Assertion, claim: Claim) -> bool:
    """Whether a claim of an assertion tells in other words of an event that the passage told already."""
    return any(rule(p, a, claim) for rule in RULES)


def describes(p: Passing, a: Assertion) -> bool:
    """Whether a cue stands in a clause that describes a noun: "the second town that they have recaptured"."""
    token = p.scene.doc[a.start]
    return any(t.dep_ in ("relcl", "acl") for t in (token, *list(token.ancestors)[:2]))


def _pushed_out(p: Passing, a: Assertion, claim: Claim) -> bool:
    """ "Captures X, pushing them out of the city"."""
    if claim.relation is not Relation.LOSES or a.cue.frame.party != "object":
        return False
    taken, party = replace(claim, relation=Relation.TAKES), claim.party
    return any(o.span == claim.span and same(replace(o, party=party), taken) for o in p.claims if o.party != party)


def _recaptured(p: Passing, a: Assertion, claim: Claim) -> bool:
    """ "Drove them out of X, the second town that they have recaptured", but not "left X, which they had seized in May"."""
    if claim.relation is not Relation.TAKES or claim.polarity is Polarity.DENIED:
        return False
    start = p.scene.sentence[a.start][0]
    if "had" in p.scene.low[max(start, a.start - 3) : a.start]:
        return False
    return _lost(p, claim) and describes(p, a)


def _once_held(p: Passing, a: Assertion, claim: Claim) -> bool:
    """ "Lost two thirds of the territory it once held in X"."""
    holds = claim.relation is Relation.HOLDS and claim.form is Form.STATED and claim.valid is None
    return holds and describes(p, a) and _lost(p, claim)


def _lost(p: Passing, claim: Claim) -> bool:
    """Whether its sentence tells that the party lost the place."""
    lost = (o for o in p.claims if o.relation is Relation.LOSES and o.party == claim.party and o.span == claim.span)
    return any(o.polarity is Polarity.STATED and o.place.words == claim.place.words for o in lost)


def _in_hands(p: Passing, a: Assertion, claim: Claim) -> bool:
    """ "Had 54 per cent of X in their hands"."""
    if a.cue.frame.name != "in hands, without a verb" and not claim.cue.lower().startswith("in "):
        return False
    held = (o for o in p.claims if o.relation is claim.relation and o.party == claim.party and o.span == claim.span)
    return any(o.place.words == claim.place.words and o.extent.kind == "percent" for o in held)


def _occupied(p: Passing, a: Assertion, claim: Claim) -> bool:  # noqa: ARG001 - all are asked alike
    """ "Seizes and occupies X"."""
    holds = claim.relation is Relation.HOLDS and claim.form is Form.STATED
    if not holds or not claim.cue.lower().startswith("occup"):
        return False
    taken = replace(claim, relation=Relation.TAKES)
    return any(same(other, taken) for other in p.claims)


def _no_further(p: Passing, a: Assertion, claim: Claim) -> bool:  # noqa: ARG001
    """ "Made minor advances around X but secured no major breakthrough": that there was not more of it denies nothing."""
    if claim.relation is not Relation.ADVANCES or claim.polarity is not Polarity.DENIED:
        return False
    gained = replace(claim, polarity=Polarity.STATED)
    return any(o.span == claim.span and same(o, gained) for o in p.claims)


RULES: tuple[Rule, ...] = (_no_further, _pushed_out, _recaptured, _once_held, _in_hands, _occupied)

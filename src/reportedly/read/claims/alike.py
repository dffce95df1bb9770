"""Which claims of a passage are one: told again, or told again in other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import NARRATOR, Claim, Form, Relation

__all__ = ["same", "told_before", "told_last"]


def told_before(claims: list[Claim], claim: Claim) -> bool:
    """Whether a paragraph has made a claim already; what the new one tells more of it, a statement or a date, is kept there."""
    for number, other in enumerate(claims):
        if not same(other, claim):
            continue
        if other.form is Form.PRESUPPOSED and claim.form is Form.STATED and claim.attribution.source == NARRATOR:
            claims[number] = claim
        elif (
            other.valid is None
            and claim.valid is not None
            and other.relation is claim.relation
            and other.form is claim.form
        ):
            claims[number] = replace(other, valid=claim.valid)
        return True
    return False


def same(one: Claim, other: Claim) -> bool:
    """Whether two claims of a passage are one: same fact, same source, no two different dates."""
    if (one.relation, one.party, one.polarity) != (other.relation, other.party, other.polarity) and not (
        one.relation is other.relation is Relation.CONTESTS and one.polarity is other.polarity
    ):
        return False
    same_place = (
        one.place.place_id == other.place.place_id
        if one.place.place_id is not None and one.place.words.lower() != other.place.words.lower()
        else one.place.words.lower() == other.place.words.lower()
    )
    if not same_place or not _same_voice(one, other):
        return False
    if one.relation is Relation.CONTESTS:
        return True
    if one.extent.kind == other.extent.kind == "percent" and one.extent.value != other.extent.value:
        return False  # "19 percent of X, down from 26 percent"
    dates = (one.valid.edtf if one.valid else None, other.valid.edtf if other.valid else None)
    bounds = [d for d in dates if d is not None and d.startswith("../")]
    return dates[0] == dates[1] or None in dates or (one.relation is Relation.ADVANCES and bool(bounds))


def _same_voice(one: Claim, other: Claim) -> bool:
    """Whether one source tells both: "the enemy", who somebody says claims it, is whoever was named for it before."""
    named, again = one.attribution.source, other.attribution.source
    return named == again or (again.lower().removeprefix("the ") == "enemy" and named != NARRATOR)


def told_last(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims of the last sentence of a passage that somebody is named for: what the next one may deny as "the claim"."""
    said = [c for c in claims if c.form is Form.STATED and c.attribution.source != NARRATOR]
    return tuple(c for c in said if c.span == said[-1].span)

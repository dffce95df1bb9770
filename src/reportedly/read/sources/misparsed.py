"""Denials that the parser takes for an adjective: "A milblogger refuted claims that X had fallen and said that"."""

from __future__ import annotations

from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import Parsed, can_speak
from reportedly.read.parsing.tags import FINITE

__all__ = ["denier_beside", "denier_of", "denying_participle", "is_denied_claim", "joined_denial", "told_on_a_day"]


def denier_beside(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Who denies at v, where the verb hangs on the claim that it denies."""
    if (headed := _headline(p, v, reporting)) is not None:
        return headed
    verb = reporting.verbs.get(p.lemma[v])
    if verb is None or verb.kind != "denies" or p.dep[v] != "amod" or v < 1:
        return None
    claim = p.head[v]
    if claim != v + 1 or p.lemma[claim] not in reporting.nouns:
        return None
    if p.tag[v] in ("JJ", "VB", "VBP") and p.low[v] == p.lemma[v] and p.tag[v - 1] in ("NNS", "NNPS"):
        near = p.head[v - 1] in (v, claim) or p.head[claim] == v - 1
        return v - 1 if near and can_speak(p, v - 1, reporting) else None  # "Y's forces refute"
    if p.tag[v] not in ("VBN", "VBD"):
        return None
    own = p.dep[v - 1] in ("npadvmod", "nsubj") and p.head[v - 1] == v
    body = (
        p.tag[v] == "VBD" and p.lemma[v - 1] in reporting.bodies and p.head[v - 1] in (v, claim)
    )  # "Y's military dismissed"
    return v - 1 if (own and can_speak(p, v - 1, reporting)) or body else None


def _headline(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Who denies in "army rejects reports of", whose verb the parser takes for a noun."""
    if v < 1 or v + 2 >= len(p.low) or p.dep[v - 1] != "compound":
        return None
    plural = (
        p.tag[v] == "NN" and p.tag[v - 1] in ("NNS", "NNPS") and p.head[v - 1] == p.head[v] == v + 1
    )  # "Y's forces refute claims"
    if not plural and (p.tag[v] != "NNS" or p.head[v - 1] != v):
        return None
    as_ = next((k for k in range(v + 2, min(v + 9, len(p.low))) if p.low[k] == "as"), None)
    untrue = as_ is not None and bool(reporting.words["untrue"] & set(p.low[as_ + 1 : as_ + 5]))
    told = p.lemma[v + 1] in reporting.nouns or untrue  # "army dismisses fall of X as fantasy"
    if not told or p.low[v + 2] not in ("of", "that", "on", "about", "to", "by", "from"):
        return None
    forms = (p.low[v].removesuffix("s"), p.low[v].removesuffix("es"), p.low[v].removesuffix("ies") + "y")
    denies = any((verb := reporting.verbs.get(form)) is not None and verb.kind == "denies" for form in forms)
    return v - 1 if denies and can_speak(p, v - 1, reporting) else None


def denier_of(p: Parsed, claim: int, reporting: Reporting) -> int | None:
    """Who denies the claim which the parser makes the subject of what they say next."""
    if p.lemma[claim] not in reporting.nouns:
        return None
    return next((s for c in p.kids(claim, "amod") if (s := denier_beside(p, c, reporting)) is not None), None)


def joined_denial(p: Parsed, v: int, reporting: Reporting) -> tuple[int, tuple[int, int]] | None:
    """Who denies by a verb behind "and" that the parser joins to an adjective: "said X was safe and dismissed RSF claims that"."""
    verb = reporting.verbs.get(p.lemma[v])
    first, last = p.sentence[v]
    if (
        verb is None
        or verb.kind != "denies"
        or p.tag[v] not in ("VBN", "VBD")
        or v <= first
        or p.kids(v, "dobj", "nsubj", "auxpass")
    ):
        return None
    claim = next((k for k in range(v + 1, min(v + 5, last)) if p.lemma[k] in reporting.nouns), None)
    if (
        claim is None
        or p.low[v - 1] not in ("and", "but")
        or p.low[claim + 1 : claim + 2] not in (["that"], ["of"], ["to"])
    ):
        return None
    said = [k for k in range(first, v) if p.lemma[k] in reporting.verbs and p.tag[k] in FINITE]
    speaker = next((s for k in reversed(said) for s in p.kids(k, "nsubj") if can_speak(p, s, reporting)), None)
    return (speaker, (v + 1, max(p.right[claim] + 1, claim + 2))) if speaker is not None else None


def is_denied_claim(p: Parsed, i: int, reporting: Reporting) -> bool:
    """Whether "claims" at i, taken for a verb, is what a participle before it denies: ", refuting claims that X had fallen"."""
    if p.tag[i] != "VBZ" or i < 2 or p.lemma[i] not in reporting.nouns or p.tag[i - 1] != "VBG":
        return False
    verb = reporting.verbs.get(p.lemma[i - 1])
    return verb is not None and verb.kind == "denies" and p.low[i + 1 : i + 2] in (["that"], ["of"], ["to"])


def denying_participle(p: Parsed, v: int, reporting: Reporting) -> tuple[int, tuple[int, int]] | None:
    """Who denies by such a participle at v, and the tokens of the claim: whoever speaks in the clause before it."""
    if v + 1 >= len(p.low) or not is_denied_claim(p, v + 1, reporting):
        return None
    first, last = p.sentence[v]
    said = [k for k in range(first, v) if p.lemma[k] in reporting.verbs and p.tag[k] in FINITE]
    speaker = next((s for k in reversed(said) for s in p.kids(k, "nsubj") if can_speak(p, s, reporting)), None)
    return (speaker, (v + 2, last)) if speaker is not None else None


def told_on_a_day(p: Parsed, v: int) -> bool:
    """A verb behind who speaks, taken for a participle: "A lawmaker reported on March 18 that", "S, an adviser announced late"."""
    who = p.head[v]
    if p.dep[v] != "acl" or who != v - 1 or p.low[v + 1 : v + 2] not in (["on"], ["late"], ["early"], ["earlier"]):
        return False
    if p.dep[who] == "ROOT":
        return any(p.low[p.left[c]] == "that" for c in p.kids(v, "ccomp"))
    first = p.left[who]
    return (
        p.lemma[v] in ("announce", "report", "declare")
        and p.low[first - 1] == ","
        and p.low[first] in ("a", "an", "the")
    )

"""What a noun phrase with an article stands for: "the ministry", "the former officer", "the Russian-installed leader"."""

from __future__ import annotations

import re

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.read.sources.speakers import Cast, Speaker

__all__ = ["take_up"]

FIELD = re.compile(r"(\w+) minister\b", re.IGNORECASE)
BACKED = re.compile(r"[-‑–](?:[a-z]+)$")


def take_up(
    words: str,
    lemma: str,
    at: int,
    cast: Cast,
    parties: Parties,
    reporting: Reporting,
    *,
    plural: bool = False,
    exact: bool = False,
) -> Speaker | None:
    """Who was named before and is meant by "the WORDS" at an offset; `lemma` is the head noun's.

    First whoever bears that very title or noun, then one by which the same can be called, then, for a noun that fits
    anybody, whoever spoke or acted last. Describing words must agree: the side that a demonym tells, the ministry's field.
    `plural` nouns take up nobody single; with `exact` only who bears that very noun ("the authors of the letter").
    """
    describing = words.split()[:-1]
    proper = any(c.isupper() for c in words)
    kinds = frozenset() if proper else reporting.taken_up.get(lemma, frozenset())
    same = reporting.synonyms.get(lemma, frozenset())
    candidates = list(cast.before(at))
    fits = [who for who in candidates if who.kind != "narrator" and _agrees(describing, lemma, who, parties, reporting)]
    if reporting.words["watching"] & set(describing):
        fits = [who for who in fits if parties.side_of(who.name) is None]  # no party to a war is "the monitoring group"
    if plural:
        fits = [who for who in fits if who.kind != "person"]
    for who in fits:
        if lemma in who.heads or (who.known is not None and who.known.kind in kinds):
            return who
    if exact:
        return None
    for who in fits:
        if same & who.heads:
            return who
    if lemma in reporting.words["generic_bodies"] and not describing:
        unknown = next((w for w in candidates if w.kind == "body" or not (w.heads or w.gender or w.known)), None)
        return cast.last(at, ("body",)) or unknown
    if lemma == "ministry" and (ministry := _of_minister(describing, candidates, parties)) is not None:
        return ministry
    if lemma not in reporting.titles and lemma not in reporting.words["anybody"]:
        return None
    for who in fits:
        if who.kind != "person":
            continue
        if lemma in reporting.words["anybody"] or not who.heads & reporting.titles:
            return who if cast.active(who) else None
        if cast.spoke(who) and not proper and who is cast.last(at, ("person",)):
            return who
        return None
    return None


def _of_minister(describing: list[str], candidates: list[Speaker], parties: Parties) -> Speaker | None:
    """The ministry of the minister who was named, where no ministry was: "Defence Minister X said so, according to the ministry"."""
    for who in candidates:
        side = (who.known.side if who.known is not None else None) or parties.side_of(who.described)
        party = parties.party(side) if side and who.kind == "person" and "minister" in who.heads else None
        titles = " ".join([who.described, *(who.known.titles if who.known is not None else ())])
        fields = [match[1] for match in FIELD.finditer(titles)] if party is not None else []
        for field in fields:
            known = parties.source_of(f"{party.name} {field} ministry") if party is not None else None
            if known is not None and all(word.casefold() in field.casefold() for word in describing):
                return Speaker(known.name, "body", who.start, who.end, known.name, frozenset({"ministry"}), known)
    return None


def _agrees(describing: list[str], lemma: str, who: Speaker, parties: Parties, reporting: Reporting) -> bool:
    """Whether the words before a noun agree with what is known of somebody."""
    told = f"{who.described} {' '.join(who.heads)}".casefold()
    strict = lemma in reporting.bodies or lemma in reporting.words["fields"]
    for word in describing:
        plain = word.casefold()
        if plain in told or plain in reporting.words["free"]:
            continue
        if plain in reporting.words["another"]:
            return False
        if word[:1].isupper():
            side = parties.side_of(BACKED.sub("", word))
            theirs = who.known.side if who.known is not None else parties.side_of(who.described or who.name)
            if side is None or (theirs is not None and theirs != side) or (theirs is None and strict):
                return False
        elif strict or plain in reporting.titles or plain in reporting.bodies:
            return False
    return True

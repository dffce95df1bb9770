"""Who acts in a text before somebody speaks: grammatical subjects and the owners of texts, whom pronouns take up first."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import Parsed
from reportedly.read.sources.claim_nouns import owner
from reportedly.read.sources.naming import name_speaker
from reportedly.read.sources.quotes import Quote
from reportedly.read.sources.speakers import Cast
from reportedly.read.sources.taking_up import named_at

__all__ = ["note_subjects"]


def note_subjects(p: Parsed, cast: Cast, quotes: Sequence[Quote], parties: Parties, reporting: Reporting) -> None:
    """Note persons, bodies and people that are grammatical subjects outside quotations, and whose texts are: pronouns take
    them up before others.
    """
    nouns, written = reporting.whoever, reporting.writings
    for i in range(len(p.low)):
        whose = _author(p, i, reporting) if p.lemma[i] in written and p.tag[i] == "NN" else None
        if whose is not None:
            taken, _ = name_speaker(whose, p, cast, parties, reporting, nominal=whose < i)
            if taken is not None and taken.kind != "narrator":
                cast.texts.append((p.tokens.start[i], p.lemma[i], taken))
        if p.dep[i] not in ("nsubj", "nsubjpass") or p.pos[i] not in ("NOUN", "PROPN"):
            continue
        at = p.tokens.start[i]
        if any(quote.start <= at < quote.end for quote in quotes):
            continue
        if (who := named_at(at, cast)) is not None:
            cast.acting.append((at, who))
        elif (not p.capital(i) or (i == p.sentence[i][0] and p.tag[i] == "NNS")) and p.lemma[i] in nouns:
            taken, _ = name_speaker(i, p, cast, parties, reporting)
            if taken is not None and taken.kind != "narrator":
                cast.acting.append((at, taken))
        elif p.lemma[i] in reporting.words["texts"] and (whose := owner(p, i)) is not None:
            taken, _ = name_speaker(whose, p, cast, parties, reporting, nominal=whose < i)
            if taken is not None and taken.kind != "narrator":
                cast.acting.append((at, taken))


def _author(p: Parsed, i: int, reporting: Reporting) -> int | None:
    """Whose a text is: who sends or publishes it, else its owner."""
    h = p.head[i]
    if p.dep[i] == "dobj" and p.lemma[h] in reporting.words["utters"] and (subjects := p.kids(h, "nsubj")):
        return subjects[0]
    if (
        p.dep[i] == "nsubjpass"
        and p.lemma[h] in ("sign", "write", "issue", "publish")
        and (agent := p.agent(h)) is not None
    ):
        return agent
    return owner(p, i)

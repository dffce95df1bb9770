"""Reporting without a reporting verb: "according to", "quoted X as saying", "citing"."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import CONTRAST, Parsed, can_speak
from reportedly.read.parsing.tags import FINITE
from reportedly.read.sources.frame import CITING, Frame
from reportedly.read.sources.inserted import reports_in

__all__ = ["according_frame", "phrase_head", "quoting_frame"]

PARTITIVE = frozenset(
    {"some", "many", "several", "most", "both", "each", "all", "few"}
)  # "one of the drivers", "some of them"
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


def quoting_frame(p: Parsed, v: int, reporting: Reporting) -> Iterator[Frame]:
    """ "TASS quoted the ministry as saying", "was quoted by TASS as saying", and "citing the ministry"."""
    passive = any(p.dep[c] == "auxpass" for c in p.children[v])
    sent_start, sent_end = p.sentence[v]
    as_ = next((k for k in range(v + 1, min(v + 20, sent_end)) if p.low[k] == "as"), None)
    if as_ is not None and as_ + 1 < sent_end and p.tag[as_ + 1] == "VBG":
        speaker = next(iter(p.kids(v, "nsubjpass" if passive else "dobj")), None)
        if speaker is None and not passive:
            speaker = next((k for k in range(as_ - 1, v, -1) if p.pos[k] in ("NOUN", "PROPN", "PRON")), None)
        relay = p.agent(v) if passive else next(iter(p.kids(v, "nsubj")), None)
        if passive and speaker is not None and (said := _said_before(p, v, speaker, as_ + 2)) is not None:
            relay = relay if relay is not None else p.agent(as_ + 1)
            yield Frame(v, (v, v + 1), "says", speaker, [said], "quoted as saying", relay=relay)
            return
        verb = reporting.verbs.get(p.lemma[as_ + 1])
        kind = "denies" if verb is not None and verb.kind == "denies" else "says"  # "quoted X as denying that"
        yield Frame(v, (v, v + 1), kind, speaker, [(as_ + 2, sent_end)], "quoted as saying", relay=relay)
        return
    source = next(iter(p.kids(v, "dobj")), None)
    if source is None and v + 1 < sent_end and p.pos[v + 1] in ("PROPN", "NOUN", "DET", "ADJ"):
        source = next(
            (
                k
                for k in range(v + 1, min(v + 8, sent_end))
                if p.pos[k] in ("NOUN", "PROPN") and (k + 1 == sent_end or p.pos[k + 1] not in ("NOUN", "PROPN"))
            ),
            None,
        )
    if source is None:
        return
    colon = next((k for k in range(source + 1, min(source + 8, sent_end - 2)) if p.low[k] == ":"), None)
    if colon is not None and p.lemma[v] == "quote" and p.tag[v] in FINITE:
        relay = next(iter(p.kids(v, "nsubj")), None)
        yield Frame(v, (v, v + 1), "says", source, [(colon + 1, sent_end)], "quoted after a colon", relay=relay)
        return
    h = p.head[v]
    if p.dep[v] == "relcl" and p.tag[v] in FINITE and p.low[v - 1] in ("which", "who") and p.low[v - 2] == ",":
        yield Frame(v, (v, v + 1), "cites", source, [(p.right[v] + 1, sent_end)], "which cites")
    elif p.tag[v] == "VBG" and h != v:
        before = v > sent_start + 1 and not (p.low[v - 1] == "," and v == sent_start + 2)  # "SANA, citing X, said that"
        said = (sent_start, v) if before else (p.right[v] + 1, sent_end)
        yield Frame(v, (v, v + 1), "cites", source, [said], CITING)


def _said_before(p: Parsed, v: int, speaker: int, after: int) -> tuple[int, int] | None:
    """What stands before "S, X was quoted as saying by Y on Wednesday", where behind it stands nothing that could be said."""
    start, end = p.sentence[v]
    comma = p.left[speaker] - 1
    if comma <= start or p.low[comma] not in (",", "”", '"') or not p.has_verb(start, comma):
        return None
    ends = after >= end or p.low[after] in (".", ",", "by", "in", "on", "to", "at", "late", "early") or p.is_time(after)
    return (start, comma) if ends and not p.has_verb(after, end) else None


def according_frame(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """A phrase that brings in the speaker of the sentence around it."""
    for words in reporting.according:
        if p.low[i] == words[0] and tuple(p.low[i : i + len(words)]) == words and i + len(words) < len(p.low):
            break
    else:
        return
    sent_start, sent_end = p.sentence[i]
    after = i + len(words)
    if words == ("per",) and (
        (p.pos[after] != "PROPN" and i > sent_start) or (i > sent_start and p.low[i - 1] not in (",", "(", "-"))
    ):
        return
    skip = 2 if p.low[after + 1 : after + 2] == ["of"] and (p.tag[after] == "CD" or p.low[after] in PARTITIVE) else 0
    head = _teller(p, after, sent_end, reporting) if p.low[after] == "what" else phrase_head(p, after + skip, sent_end)
    head = _behind_account(p, head, reporting) if head is not None else None
    written = head is not None and p.lemma[head] in reporting.writings
    if head is None or not (can_speak(p, head, reporting) or written) or p.lemma[head] in reporting.words["schedules"]:
        return  # "is going according to plan"
    end = _phrase_end(p, head, sent_end)
    before = p.low[i - 1] if i > sent_start else ""
    if before and p.tag[i - 1] in ("WDT", "WP") and end < sent_end and p.low[end] not in (",", "."):
        stop = next((k for k in range(end, sent_end) if p.low[k] in (",", ";")), sent_end)
        ranges = [(end, stop)]  # "X, which according to the mayor had been lost, is quiet"
    elif (
        i == sent_start
        or before in ("but", "and", "while", "(", "however", "yet")
        or (before == "," and i - 2 >= sent_start and p.low[i - 2] in CONTRAST | {"and"})
    ):
        ranges = [(sent_start, i - 1)] if before == "(" else [(end, sent_end)]
    else:
        start = sent_start
        for k in range(i - 1, sent_start, -1):
            ends = p.low[k] == ";" or reports_in(p, sent_start, k, reporting)
            if p.low[k] in CONTRAST and ends and any(p.tag[m] in FINITE for m in range(k, i)):
                start = k + 1
                break
        ranges = [(start, i)]
        if end < sent_end and p.low[end] == "," and not (end + 1 < sent_end and p.low[end + 1] in CONTRAST):
            ranges.append((end + 1, sent_end))
    relay = next((k for k in range(head + 1, end) if p.lemma[k] in ("cite", "quote") and p.tag[k] == "VBN"), None)
    yield Frame(
        i, (i, after), "cites" if " ".join(words) in reporting.citing else "says", head, ranges, f"“{' '.join(words)}”",
        relay=p.agent(relay) if relay is not None else None,
    )  # fmt: skip


def _behind_account(p: Parsed, head: int, reporting: Reporting) -> int:
    """Whose account it is ("the accounts of two drivers", "information from the ministry"), else the noun itself."""
    account = p.lemma[head] in reporting.words["views_of"] or p.lemma[head] in ("information", "statement", "report")
    for c in p.kids(head, "prep") if account else ():
        for o in p.kids(c, "pobj"):
            if p.low[c] in ("of", "from") and can_speak(p, o, reporting) and not p.capital(head):
                return o
    return head


def _teller(p: Parsed, what: int, limit: int, reporting: Reporting) -> int | None:
    """Who tells in "what the colonel told us"."""
    for v in range(what + 1, min(what + 12, limit)):
        if p.lemma[v] in reporting.verbs and p.tag[v] in FINITE | {"VBN"}:
            return next(
                (k for k in range(v - 1, what, -1) if p.pos[k] in ("NOUN", "PROPN", "PRON") and not p.is_time(k)), None
            )
        if p.low[v] in (",", ";", ":"):
            return None
    return None


def phrase_head(p: Parsed, start: int, limit: int) -> int | None:
    """Head noun of the noun phrase that begins at a token."""
    k = start
    while k < limit and p.pos[k] in ("DET", "ADJ", "NUM", "ADV", "PUNCT", "VERB", "PART") and k - start < 6:
        if p.low[k] in (",", ".", ";", ":"):
            return None
        k += 1
    last = None
    while k < limit and (
        p.pos[k] in ("NOUN", "PROPN", "PRON", "ADJ", "PART", "NUM")
        or p.low[k] in ("-", "'s")
        or (
            p.low[k - 1] == "-" and p.pos[k] in ("VERB", "ADP")
        )  # "a Britain-based monitor", "Commander-in-Chief Jane Dow"
    ):
        if p.tag[k] in ("WP", "WDT"):
            break
        if p.pos[k] in ("NOUN", "PROPN", "PRON") and not (p.is_time(k) and last is not None):
            last = k
        k += 1
    return last


def _phrase_end(p: Parsed, head: int, limit: int) -> int:
    """Where the speaker's phrase ends: its "of", "who" and appositions included, a comma ends it."""
    end = head + 1
    while (
        end < limit
        and p.low[end] not in (",", ".", ";", ":", ")", "”", '"')
        and not (p.tag[end] in FINITE and p.head[end] != head)
    ):
        if p.head[end] < head and p.dep[end] in SUBJECTS:
            break
        end += 1
    return end

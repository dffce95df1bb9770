"""Speakers brought in without a reporting verb: "in Kyiv's telling", "as he puts it", "his view is that", "X is certain that", "For X: ..."."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import CONTRAST, Parsed, can_speak, gainsaid
from reportedly.read.parsing.tags import FINITE
from reportedly.read.sources.claim_nouns import owner
from reportedly.read.sources.frame import Frame
from reportedly.read.sources.phrases import phrase_head

__all__ = ["find_viewpoints", "viewed_at"]

MAX_PHRASE = 10  # tokens of a viewpoint's phrase
PREDICATES = frozenset({"acomp", "attr", "conj", "ROOT", "relcl", "ccomp"})
OPENING = frozenset({"in", "by", "on", "from", "to", "as", "it", "if", "come", ":"})
STOPS = frozenset({",", ";", ":", ".", "–", "—", "(", ")"})


def viewed_at(reporting: Reporting) -> frozenset[str]:
    """Words and lemmas at which a viewpoint may begin."""
    return OPENING | reporting.words["views"] | reporting.words["certain"]


def find_viewpoints(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """Frames that begin at a token, or whose noun or adjective it is."""
    low = p.low[i]
    if low in ("in", "by", "on", "from") or (low == "to" and p.tag[i] != "TO"):
        yield from _whose_view(p, i, reporting)
        if low == "from" and p.low[i + 1 : i + 2] == ["what"]:
            yield from _from_what(p, i, reporting)
    elif low == "as":
        yield from _as_told(p, i, reporting)
        yield from _as_said(p, i, reporting)
    elif low == "it" and i and p.lemma[i - 1] == "have" and p.low[i + 1 : i + 2] == ["that"]:
        yield from _has_it(p, i, reporting)
    if low in ("if", "to"):
        yield from _told_of(p, i, reporting)
    if p.lemma[i] == "come":
        yield from _came_from(p, i, reporting)
    if p.lemma[i] in reporting.words["views"] and p.tag[i] in ("NN", "NNS"):
        yield from _view_is(p, i, reporting)
    elif reporting.words["certain"] & {p.lemma[i], p.low[i]} and p.pos[i] in ("ADJ", "VERB"):
        yield from _is_certain(p, i, reporting)
    elif low == ":" and 0 < i < len(p.low) - 2:
        yield from _before_colon(p, i, reporting)


def _speaks(p: Parsed, i: int, reporting: Reporting) -> bool:
    return can_speak(p, i, reporting) and not p.is_time(i) and p.low[i] not in ("it", "this", "that", "which", "what")


def _around(p: Parsed, start: int, end: int) -> list[tuple[int, int]]:
    """The rest of the sentence around a phrase: what comes before it from the last contrast on, and what comes after."""
    first, last = p.sentence[start]
    begin = first
    for k in range(start - 1, first, -1):
        if p.low[k] in CONTRAST and any(p.tag[m] in FINITE for m in range(k, start)):
            begin = k + 1
            break
    before = (begin, start - 1 if start > first and p.low[start - 1] in STOPS else start)
    after = (end + 1 if end < last and p.low[end] in STOPS else end, last)
    if before[1] - before[0] > 1 and p.has_verb(*before) and not (end < last and p.low[end] in (",", "–", "—", ")")):
        return [before]
    return [(a, b) for a, b in (before, after) if b - a > 1]


def _whose_view(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """ "in the governor's telling", "by his own account", "in the assessment of X": a noun of view with its owner."""
    last = p.sentence[i][1]
    for n in range(i + 1, min(i + MAX_PHRASE, last)):
        if p.low[n] in STOPS or p.tag[n] in FINITE:
            return
        if p.low[n] not in reporting.words["views_of"]:
            continue
        if p.low[i] not in reporting.words["view_preps"] or (
            p.low[i] in ("on", "from") and p.low[n] not in reporting.words["testimony"]
        ):
            return
        whose = next((k for k in range(n - 1, i, -1) if p.tag[k] in ("POS", "PRP$")), None)
        if whose is not None:
            speaker, end = (whose - 1 if p.tag[whose] == "POS" else whose), n + 1
            end = _phrase_end(p, end, last) if end < last and p.low[end] == "of" else end
        elif n + 1 < last and p.low[n + 1] == "of" and (head := phrase_head(p, n + 2, last)) is not None:
            speaker, end = head, _phrase_end(p, head + 1, last)
        else:
            return
        ranges = _around(p, i, end)
        if ranges and _speaks(p, speaker, reporting):
            yield Frame(i, (i, n + 1), "says", speaker, ranges, f"“{p.text(i, n + 1)}”")
        return


def _came_from(p: Parsed, v: int, reporting: Reporting) -> Iterator[Frame]:
    """ "word came from Moscow that", "the announcement came from the ministry: ..."."""
    news = any(p.lemma[s] in reporting.words["colon"] | reporting.nouns for s in p.kids(v, "nsubj"))
    source = next((o for c in p.kids(v, "prep") if p.low[c] == "from" for o in p.kids(c, "pobj")), None)
    if not news or source is None or p.low[source] == "front" or not _speaks(p, source, reporting):
        return
    last = p.sentence[v][1]
    start = next((k for k in range(source + 1, last) if p.low[k] in ("that", ":")), None)
    if start is not None and start + 1 >= last < len(p.low):
        last = p.sentence[last][1]  # the parser ended the sentence at the colon
    if start is not None and p.has_verb(start, last):
        yield Frame(v, (v, v + 1), "says", source, [(start + 1, last)], "what came from them")


def _phrase_end(p: Parsed, start: int, last: int) -> int:
    end = start
    while end < last and p.low[end] not in STOPS and p.tag[end] not in FINITE and end - start < MAX_PHRASE:
        end += 1
    return end


def _as_told(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """ "as the general tells it", "as one driver put it", "as his aides see things"."""
    last = p.sentence[i][1]
    far = p.low[i + 1 : i + 3] == ["far", "as"]
    for v in range(i + 1, min(i + MAX_PHRASE, last - 1)):
        if p.low[v] in STOPS:
            return
        if far and p.low[v] == "concerned":
            head, ranges = phrase_head(p, i + 3, v), _around(p, i, v + 1)
            if head is not None and ranges and _speaks(p, head, reporting):
                yield Frame(v, (i, v + 1), "assesses", head, ranges, "“as far as ... is concerned”")
            return
        if p.lemma[v] in reporting.words["tells_it"] and p.low[v + 1] in ("it", "things", "this", "matters"):
            speaker = next((k for k in range(v - 1, i, -1) if p.pos[k] in ("NOUN", "PROPN", "PRON")), None)
            ranges = _around(p, i, v + 2)
            if speaker is not None and ranges and _speaks(p, speaker, reporting):
                yield Frame(v, (i, v + 2), "says", speaker, ranges, f"“as ... {p.text(v, v + 2)}”")
            return


def _ends_in(p: Parsed, i: int, verbs: set[str]) -> bool:
    """Whether one of some verbs ends the clause that begins at a token: "as Y claimed."."""
    last = p.sentence[i][1]
    end = next((k for k in range(i + 2, min(i + MAX_PHRASE, last)) if p.low[k] in STOPS), min(last, i + MAX_PHRASE))
    return p.low[end - 1] in verbs


def _as_said(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """ "S, as even its governor admits", "As the commander would later tell a court, S": all that is said is the sentence around."""
    first, last = p.sentence[i]
    if i > first and p.low[i - 1] not in STOPS | {"-", "and", "but"}:
        had = "had" in p.low[i + 2 : i + MAX_PHRASE] or _ends_in(p, i, {"claimed", "claims", "announced"})
        if not had or {"not", "n't", "never"}.isdisjoint(p.low[first:i]):
            return  # "left as the army reported fighting": a time; but "did not enter X as Y (had) claimed"
    if gainsaid(p, i):
        return
    v = next((k for k in range(i + 2, min(i + MAX_PHRASE, last)) if _tells(p, k, reporting)), None)
    if v is None or any(p.low[k] in STOPS for k in range(i, v)) or p.head[v] == i:
        return
    speaker = next((s for s in p.kids(v, "nsubj") if i < s < v), None)
    end = v + 1
    while end < last and p.low[end] not in STOPS and end - v < MAX_PHRASE:
        end += 1
    behind = range(v + 1, end)
    if speaker is None or (end < last and p.low[end] not in STOPS) or not _speaks(p, speaker, reporting):
        return
    if any(p.tag[k] in FINITE or p.low[k] in ("that", "to", "how") for k in behind):
        return  # "as officials had warned it would": something else is said
    if p.lemma[v] != "tell" and p.kids(v, "dobj", "ccomp", "xcomp", "acomp"):
        return
    ranges = [(a, b) for a, b in _around(p, i, end) if p.has_verb(a, b)]
    if {"not", "n't", "never"} & set(p.low[first:i]):
        ranges = [
            (a, b) for a, b in ranges if a < i or p.low[a] not in ("and", "but")
        ]  # "..., and they withdrew later"
    if ranges and not _agrees(p, first, i, reporting):
        yield Frame(v, (i, v + 1), "says", speaker, ranges, f"“as ... {p.low[v]}”")


def _agrees(p: Parsed, first: int, i: int, reporting: Reporting) -> bool:
    """Whether somebody else's words stand before "as" at i, with which another agrees: "officials said A, as analysts had told"."""
    if i == first or {"not", "n't", "never"} & set(p.low[first:i]):
        return False
    says = [k for k in range(first, i) if p.tag[k] in FINITE and _tells(p, k, reporting) and p.kids(k, "ccomp")]
    told = [s for k in says for s in p.kids(k, "nsubj")]
    media = reporting.words["media"]  # which passes on what another says, as agencies do
    return any({p.lemma[s], p.low[s]} & (reporting.whoever - media) for s in told)


def _tells(p: Parsed, k: int, reporting: Reporting) -> bool:
    """Whether a token is a verb by which somebody says what stands beside it, in a finite form or behind an auxiliary."""
    verb = reporting.verbs.get(p.lemma[k])
    if verb is None or verb.kind not in ("says", "writes", "concedes", "assesses") or not p.tag[k].startswith("VB"):
        return False
    return p.tag[k] in FINITE or any(p.dep[c] == "aux" for c in p.children[k])


def _from_what(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """ "from what the miners say, ..."."""
    last = p.sentence[i][1]
    v = next(
        (k for k in range(i + 2, min(i + MAX_PHRASE, last)) if p.lemma[k] in reporting.verbs and p.tag[k] in FINITE),
        None,
    )
    if v is None:
        return
    head, ranges = phrase_head(p, i + 2, v), _around(p, i, v + 1)
    if head is not None and ranges and _speaks(p, head, reporting):
        yield Frame(v, (i, v + 1), "says", head, ranges, f"“from what ... {p.low[v]}”")


def _has_it(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """ "local radio has it that ..."."""
    head = next(iter(p.kids(i - 1, "nsubj")), None)
    if head is None:
        head = next((k for k in range(i - 2, p.sentence[i][0] - 1, -1) if p.pos[k] in ("NOUN", "PROPN")), None)
    if head is not None and _speaks(p, head, reporting):
        yield Frame(i - 1, (i - 1, i + 1), "says", head, [(i + 1, p.sentence[i][1])], "“has it that”")


def _told_of(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """ "to hear Kyiv tell it", "if the spokesman is to be believed"."""
    last = p.sentence[i][1]
    if p.low[i] == "to" and not (i + 1 < last and p.low[i + 1] == "hear"):
        return
    for v in range(i + 1, min(i + MAX_PHRASE, last - 1)):
        if p.low[v] in STOPS:
            return
        told = p.low[i] == "to" and p.low[v] == "tell" and p.low[v + 1] in ("it", "things")
        believed = p.low[i] == "if" and p.low[v] in ("believed", "trusted") and "to" in p.low[v - 3 : v]
        right = p.low[i] == "if" and p.low[v] in ("right", "correct", "accurate") and p.lemma[v - 1] == "be"
        if told or believed or right:
            head = phrase_head(p, i + 2 if told else i + 1, v)
            ranges = _around(p, i, v + 2 if told else v + 1)
            if head is not None and ranges and _speaks(p, head, reporting):
                yield Frame(v, (i, v + 1), "says", head, ranges, f"“{p.low[i]} ... {p.low[v]}”")
            return


def _view_is(p: Parsed, n: int, reporting: Reporting) -> Iterator[Frame]:
    """ "the view in Kyiv is that", "his claim was that", "the army's answer: ..." : a noun of view as subject of a clause."""
    h = p.head[n]
    if p.dep[n] != "nsubj" or p.lemma[h] not in ("be", "remain") or h < n:
        return
    last = p.sentence[n][1]
    that = next((k for k in range(h + 1, min(h + 4, last)) if p.low[k] == "that"), None)
    if that is None or not p.has_verb(that, last):
        return
    whose = owner(p, n, reporting.people)
    if whose is None:
        whose = next(
            (
                o
                for c in p.kids(n, "prep")
                if p.low[c] in ("of", "in", "among", "at", "within")
                for o in p.kids(c, "pobj")
            ),
            None,
        )
    if whose is not None and _speaks(p, whose, reporting):
        yield Frame(n, (n, n + 1), "assesses", whose, [(that, last)], f"“{p.low[n]} is that”")


def _is_certain(p: Parsed, a: int, reporting: Reporting) -> Iterator[Frame]:
    """ "officials are confident that", ", the governor was sure,": an adjective of belief with its subject."""
    passive = bool(p.kids(a, "auxpass"))
    h = a if passive else p.head[a]
    if not passive and (p.dep[a] not in PREDICATES or p.lemma[h] not in reporting.words["copulas"]):
        return
    subjects = p.kids(h, "nsubj", "nsubjpass")
    if not subjects or subjects[0] > a or not _speaks(p, subjects[0], reporting):
        return
    first, last = p.sentence[a]
    begin = p.left[subjects[0]]
    negated = bool(p.kids(h, "neg")) or "not" in p.low[h:a]
    if a + 1 < last and (
        p.low[a + 1] == "that" or any(c > a and p.dep[c] == "ccomp" for c in (*p.children[a], *p.children[h]))
    ):
        ranges = [(a + 1, last)]
    elif begin > first + 1 and p.low[begin - 1] in (",", "–", "—") and (a + 1 >= last or p.low[a + 1] in STOPS):
        ranges = [(first, begin - 1)] + (
            [(a + 2, last)]
            if (a + 3 < last and not p.has_verb(first, begin - 1))
            or (a + 2 < last and p.low[min(a + 2, last - 1)] in reporting.words["goes_on"])
            else []
        )
    else:
        return
    yield Frame(a, (a, a + 1), "assesses", subjects[0], ranges, f"“{p.low[a]}”", negated=negated)


def _before_colon(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """ "His message was simple: ...", "Kinshasa sees it otherwise: ...", "For the minister there is no doubt: ..."."""
    first, last = p.sentence[i]
    before = range(first, i)
    if not 1 < i - first <= 14 or not p.has_verb(i, last):
        return
    tokens = {p.lemma[k] for k in before} | {p.low[k] for k in before}
    pointing = p.low[i - 1] in ("otherwise", "differently", "this", "thus")  # "told us otherwise: ..."
    said = any(p.lemma[k] in reporting.verbs and p.tag[k].startswith("VB") for k in before)
    if not pointing and (said or not tokens & (reporting.words["colon"] | reporting.words["manners"])):
        return
    speaker = None
    for k in before:
        possessed = p.head[k - 1] if p.tag[k] == "POS" and k > first else k
        if possessed != k and p.dep[possessed] == "nsubj" and p.lemma[possessed] in reporting.people | reporting.titles:
            speaker = possessed  # "the ministry's spokesman was cautious: ..."
        elif p.tag[k] == "PRP$" or (p.tag[k] == "POS" and k > first):
            speaker = k if p.tag[k] == "PRP$" else k - 1
        elif (
            speaker is None
            and (p.dep[k] == "nsubj" or (p.dep[k] == "pobj" and p.low[first] in ("for", "to")))
            and _speaks(p, k, reporting)
        ):
            speaker = k
        if speaker is not None:
            break
    if speaker is not None and p.lemma[speaker] not in reporting.words["colon"] and _speaks(p, speaker, reporting):
        yield Frame(i, (first, i), "says", speaker, [(i + 1, last)], "the words before the colon")

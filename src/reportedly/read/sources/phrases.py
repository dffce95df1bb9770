"""Reporting without a reporting verb: "Russia's claim to have", "according to", "quoted X as saying", "citing"."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import CONTRAST, FINITE, Parsed, can_speak
from reportedly.read.sources.frame import Frame
from reportedly.read.sources.inserted import reports_in
from reportedly.read.sources.misparsed import denier_of

__all__ = ["according_frame", "noun_frame", "owner", "phrase_head", "quoting_frame"]

PARTITIVE = frozenset(
    {"some", "many", "several", "most", "both", "each", "all", "few"}
)  # "one of the drivers", "some of them"
SOMEBODY = frozenset({"some", "others", "many", "several", "most", "few"})
EARLIER = frozenset({"previous", "prior", "earlier", "past"})  # what is spoken of so has no speaker of its own
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
DESPITE_WITHIN = 6  # tokens from "despite" to the claims or denials, of whomever


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
        said = (sent_start, v) if v > sent_start + 1 else (p.right[v] + 1, sent_end)
        yield Frame(v, (v, v + 1), "cites", source, [said], "citing")


def _said_before(p: Parsed, v: int, speaker: int, after: int) -> tuple[int, int] | None:
    """What stands before "S, X was quoted as saying by Y on Wednesday", where behind it stands nothing that could be said."""
    start, end = p.sentence[v]
    comma = p.left[speaker] - 1
    if comma <= start or p.low[comma] not in (",", "”", '"') or not p.has_verb(start, comma):
        return None
    ends = after >= end or p.low[after] in (".", ",", "by", "in", "on", "to", "at", "late", "early") or p.is_time(after)
    return (start, comma) if ends and not p.has_verb(after, end) else None


# --- nouns ---------------------------------------------------------------------------------------------------------
def owner(p: Parsed, n: int, people: frozenset[str] = frozenset()) -> int | None:
    """Whose claim or statement a noun is: possessor, "by X", "from X", or the nation before it."""
    for c in p.kids(n, "poss"):
        if not p.is_time(c):
            return n - 1 if _group_of(p, c, n - 1) else c
    for c in p.children[n]:
        if p.low[c] in ("by", "from") and (objects := p.kids(c, "pobj")):
            return objects[0]
    for c in reversed(p.children[n]):  # "the Russian MoD claim" is the ministry's
        if c < n and p.dep[c] in ("amod", "compound", "nmod") and sum(x.isupper() for x in p.doc[c].text) > 1:
            return c
    press = n > 1 and people and p.low[n - 1] == "media" and p.dep[n - 1] == "compound" and p.capital(n - 2)
    if press and p.head[n - 1] == n:
        return n - 1  # "Indian media reports"
    for c in p.children[n]:
        if c < n and p.dep[c] in ("amod", "compound", "nmod"):
            if p.is_time(c) and (dated := p.kids(c, "poss")):
                return dated[0]  # "the ministry's October 2023 claim"
            text = p.doc[c].text
            if (text[:1].isupper() and (c > 0 and not p.doc[c].is_sent_start)) or p.lemma[c] in people:
                there = c > 1 and p.low[c - 1] == "in" and p.lemma[c - 2] in people and p.lemma[n] == p.low[n]
                return c - 2 if there else c  # "rebels in Chad claim to have", which the parser takes for one noun
    for c in p.kids(n, "acl", "relcl"):  # "claims made by X that", but not "reports that A was taken by X"
        if (agent := p.agent(c)) is not None and (p.dep[c] == "relcl" or not p.kids(c, "nsubjpass", "mark")):
            return agent
    return None


def _group_of(p: Parsed, country: int, k: int) -> bool:
    """Whether a group's name at token k stands between the country that it fights in and its claim: "Yemen's Houthis' claim"."""
    if k != country + 2 or p.pos[k] != "PROPN":
        return False
    text = str(p.doc[k].text)
    return text.endswith("s") or sum(x.isupper() for x in text) > 1


def noun_frame(p: Parsed, n: int, reporting: Reporting) -> Iterator[Frame]:
    """ "Russia's claim to have captured X", "claims by Y that", "reports of": a noun that reports, with owner and content."""
    whose = owner(p, n, reporting.people)
    if whose is not None and (denier := denier_of(p, n, reporting)) is not None and whose <= denier:
        whose = None  # "Ukraine's military dismissed reports that", all of it taken for one phrase
    relay = _passer(p, n, reporting) if whose is not None else None
    made_up = p.dep[n] == "dobj" and p.lemma[p.head[n]] in reporting.words["invents"] and p.head[n] < n
    if whose is None and made_up:
        whose = _inventor(p, p.head[n], reporting)
    if whose is None:
        whose = _utterer(p, n, reporting)
    if (
        whose is None
        and n
        and p.doc[n - 1].is_sent_start
        and p.head[n - 1] == n
        and p.dep[n - 1] in ("amod", "compound", "nsubj")
    ):
        whose = n - 1  # "Russian claims that": a nation, if somebody knows it
    if whose is None and p.dep[n] == "nsubjpass" and p.lemma[p.head[n]] in reporting.words["utters"]:
        whose = p.agent(p.head[n])  # "the claim that ... was first made by X"
    if whose is None:
        whose = _of_people(p, n, reporting)
    if whose is None and n > 1 and p.capital(n - 1) and (p.low[n - 2] == "despite" or p.tag[n] == "VBZ"):
        whose = n - 1  # "despite Chechen claims to have", "rejected Kremlin claims that", taken for a verb
    if (
        whose is None
        and n > 1
        and p.dep[n - 1] == p.dep[n] == "dobj"
        and p.head[n - 1] == p.head[n]
        and p.capital(n - 1)
    ):
        whose = n - 1  # "rejected the Azerbaijani claim that"
    if whose is None and n and p.low[n - 1] == "despite" and p.head[n] == n - 1:
        whose = _claiming_all_the_same(p, n - 1, reporting)
    if whose is None and p.low[p.head[n]] == "in" and p.lemma[p.head[p.head[n]]] in reporting.verbs:
        return  # "said in a statement that X was taken, the first city it has captured": who says so, says it all
    there = p.dep[n] == "attr" and p.lemma[p.head[n]] == "be" and p.kids(p.head[n], "expl")
    if whose is None and (there or (p.low[n] == "reporting" and p.low[n - 1] not in EARLIER)):
        whose = n  # "there were reports that": the reports themselves say so
        if not there and n and p.low[n - 1] in SOMEBODY:
            whose = n - 1  # "with some reporting that": the parser took the participle for a noun
    sent_end = p.sentence[n][1]
    clauses = [c for c in p.kids(n, "acl", "ccomp", "relcl", "advcl", "xcomp") if c > n and not _agent_only(p, c)]
    clauses = clauses or _told_by(p, n)
    if whose is not None and not clauses:
        clauses = [o for c in p.kids(n, "acl") if _agent_only(p, c) for o in p.kids(c, "ccomp") if o > c]
    if clauses:
        told = [c for c in clauses if p.low[p.left[c]] not in ("which", "who")]  # "the claim to hold X, which Y denies"
        told = [c for c in told if p.tag[c] != "VBG" or p.low[c - 1] != ","] or told  # ", stating that" goes on
        c = (told or clauses)[-1]
        ranges = [(p.left[c], _before_denial(p, c, reporting))]
    elif of := [
        c
        for c in (
            *p.children[n],
            *(p.kids(p.head[n], "prep") if p.dep[n] == "dobj" and whose is not None else ()),
            *(p.kids(whose, "prep") if whose is not None and whose > n else ()),  # "the statement by X about Y"
            *(o for c in p.kids(n, "acl") if whose is not None and _agent_only(p, c) for o in p.kids(c, "prep")),
            *((n + 1,) if whose is not None and n + 1 < sent_end and p.head[n + 1] < n else ()),
        )
        if c > n
        and p.low[c] in ("of", "about", "on")
        and p.dep[c] == "prep"
        and not (c + 1 < len(p.low) and p.is_time(c + 1))
    ]:
        ranges = [(of[0] + 1, p.right[of[0]] + 1)]
    elif whose is not None and whose > n and p.low[whose + 1 : whose + 2] == ["that"] and p.right[n] > whose + 1:
        ranges = [(whose + 2, p.right[n] + 1)]  # "claims made by X that", told of X by the parser
    elif n + 1 < sent_end and p.low[n + 1] == "that":
        ranges = [(n + 2, sent_end)]
    elif whose is not None and p.low[p.right[n] + 1 : p.right[n] + 2] == ["that"] and _denied_at(p, n, reporting):
        ranges = [(p.right[n] + 2, sent_end)]  # "rejected the statement by X that", tied to the verb
    elif whose is not None and (p.low[n + 1 : n + 3] == ["to", "have"] or _denied_infinitive(p, n, reporting)):
        end = p.right[p.head[n + 1]] + 1 if p.head[n + 1] > n else sent_end
        ranges = [(n + 1, end)]  # "confirmation of X's claims to have taken Y", tied to another verb
    elif p.lemma[n] in reporting.denials and (whose := whose if whose is not None else _from(p, n)) is not None:
        ranges = []  # "the claim drew a denial from X" takes up what was said
    elif whose is not None and _against_claims(p, n):
        ranges = []  # "X has not fallen despite Y's claims"
    else:
        return
    kind = "denies" if p.lemma[n] in reporting.denials or not ranges else "says"
    yield Frame(
        cue=n, cue_span=(n, n + 1), kind=kind, speaker=whose, ranges=ranges, rule=f"noun “{p.low[n]}”", hearsay=whose is None, relay=relay,
        stance="false" if made_up or any(p.low[c] in ("false", "untrue", "baseless", "fake") for c in p.kids(n, "amod")) else "",
    )  # fmt: skip


def _inventor(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Who made up a claim: the subject of the verb at v or of what governs it ("continue to falsify claims of")."""
    for _ in range(4):
        if subjects := p.kids(v, "nsubj"):
            forces = p.lemma[subjects[0]] in reporting.words["fighters"]
            return subjects[0] if forces or can_speak(p, subjects[0], reporting) else None
        if p.dep[v] not in ("xcomp", "conj", "ccomp"):
            return None
        v = p.head[v]
    return None


def _against_claims(p: Parsed, n: int) -> bool:
    """Whether the noun at n ends "despite Y's claims", "despite claims by Y to the contrary", which only gainsay what stands around them."""
    start, end = p.sentence[n]
    if "despite" not in p.low[max(start, n - DESPITE_WITHIN) : n]:
        return False
    of = next((p.right[c] for c in p.kids(n, "prep") if p.low[c] in ("by", "from")), n)
    behind = p.low[of + 1 : min(of + 4, end)]
    return behind[:1] in ([], ["."], [","], [";"], ["otherwise"]) or behind == ["to", "the", "contrary"]


def _told_by(p: Parsed, n: int) -> list[int]:
    """What "reports from both sides that X fell" tell, whose clause the parser hung on who sent them."""
    senders = [o for c in p.kids(n, "prep") if p.low[c] in ("from", "by") for o in p.kids(c, "pobj")]
    clauses = [c for o in senders for c in p.kids(o, "relcl") if p.low[p.left[c]] == "that"]
    return [c for c in clauses if any(s != p.left[c] for s in p.kids(c, "nsubj", "nsubjpass"))]


def _before_denial(p: Parsed, c: int, reporting: Reporting) -> int:
    """Where the content of "the claim that they hold X was disputed by Y" ends, though the parser makes all of it one clause."""
    for v in p.kids(c, "ccomp"):
        verb = reporting.verbs.get(p.lemma[v])
        if verb is not None and verb.kind == "denies" and p.agent(v) is not None and v > c:
            return min((a for a in p.kids(v, "aux", "auxpass")), default=v)
    return p.right[c] + 1


def _of_people(p: Parsed, n: int, reporting: Reporting) -> int | None:
    """Whose claim it is in "the claim of other bloggers that", "the claim of the command to have taken X"."""
    for c in p.kids(n, "prep"):
        for o in p.kids(c, "pobj") if p.low[c] == "of" else ():
            behind = p.low[o + 1 : o + 3]
            said = behind[:1] == ["that"] or behind in (["to", "have"], ["to", "be"])
            if said and {p.lemma[o], p.low[o]} & (reporting.people | reporting.bodies):
                return o
    return None


def _claiming_all_the_same(p: Parsed, despite: int, reporting: Reporting) -> int | None:
    """Whose claims they are in "despite claims to have taken X, their troops are far from it": of who acts in the main clause."""
    behind = p.low[despite + 2 : despite + 4]
    if behind == ["to", "the"] or (behind[:1] != ["to"] and behind != ["of", "having"]):
        return None  # "despite claims to the contrary" are somebody's
    subjects = p.kids(p.head[despite], "nsubj")
    return subjects[0] if subjects and can_speak(p, subjects[0], reporting) else None


def _denied_infinitive(p: Parsed, n: int, reporting: Reporting) -> bool:
    """Whether an infinitive tells what a claim at n is that somebody denies: "dismissed as lies rebel claims to control X"."""
    if p.low[n + 1 : n + 2] != ["to"] or p.tag[n + 2 : n + 3] != ["VB"] or p.tag[n] != "NNS":
        return False
    verb = reporting.verbs.get(p.lemma[p.head[n + 2]])
    return verb is not None and verb.kind == "denies" and p.head[n + 2] < n


def _denied_at(p: Parsed, n: int, reporting: Reporting) -> bool:
    """Whether a noun is the object of a verb of denial."""
    verb = reporting.verbs.get(p.lemma[p.head[n]])
    return p.dep[n] == "dobj" and verb is not None and verb.kind == "denies"


def _from(p: Parsed, n: int) -> int | None:
    """Whom a denial comes from, where the parser hung that on the verb: "drew a denial from X", "was met with denials in X"."""
    verb = p.head[n] if p.dep[n] != "pobj" else p.head[p.head[n]]
    behind = [c for h in (n, verb) for c in p.kids(h, "prep") if c > n and p.low[c] in ("from", "in", "by")]
    return next((o for c in behind for o in p.kids(c, "pobj") if p.capital(o) or p.low[c] != "in"), None)


def _utterer(p: Parsed, n: int, reporting: Reporting) -> int | None:
    """Who makes a claim that is the object of making ("made a claim that", "repeated a string of claims that")."""
    h = n
    for _ in range(3):
        if p.dep[h] == "dobj" and p.lemma[p.head[h]] in reporting.words["utters"]:
            v = p.head[h]
            subjects = p.kids(v, "nsubj")
            if not subjects and p.dep[v] == "conj":
                subjects = p.kids(p.head[v], "nsubj")
            if subjects and p.low[subjects[0]] in ("who", "which", "that") and p.dep[v] == "relcl":
                return p.head[v]
            return subjects[0] if subjects else None
        if p.dep[h] not in ("pobj", "prep") or p.head[h] == h:
            return None
        h = p.head[h]
    return None


def _passer(p: Parsed, n: int, reporting: Reporting) -> int | None:
    """Who passes on what somebody else claims: "X amplified claims from Y that", "X repeated Y's claim that"."""
    v = p.head[n]
    if p.dep[n] != "dobj" or p.lemma[v] not in reporting.words["passes_on"]:
        return None
    return next((s for s in p.kids(v, "nsubj") if can_speak(p, s, reporting) and p.pos[s] != "PRON"), None)


def _agent_only(p: Parsed, c: int) -> bool:
    """ "claims made by X": the participle brings the owner, not the content."""
    return p.lemma[c] in ("make", "issue", "publish", "release", "post") or (
        p.tag[c] == "VBN" and p.agent(c) is not None and not p.kids(c, "nsubj", "nsubjpass")
    )


# --- "according to" -------------------------------------------------------------------------------------------------
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
        or (p.low[k - 1] == "-" and p.pos[k] == "VERB")  # "a Britain-based monitor"
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

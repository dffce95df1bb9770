"""Nouns that report: "Russia's claim to have captured X", "claims by Y that", "there were reports that", with owner and content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import Parsed, can_speak
from reportedly.read.sources.frame import Frame
from reportedly.read.sources.misparsed import denier_of
from reportedly.read.sources.speakers import SOME

__all__ = ["DESPITE_WITHIN", "noun_frame", "owner"]

EARLIER = frozenset({"previous", "prior", "earlier", "past"})  # what is spoken of so has no speaker of its own
FALSE = frozenset({"false", "untrue", "baseless", "fake"})
DESPITE_WITHIN = 6  # tokens from "despite" to the claims or denials, of whomever

Ranges = list[tuple[int, int]]


@dataclass(slots=True)
class _Noun:
    """A noun at n that reports, and whose it is."""

    p: Parsed
    n: int
    reporting: Reporting
    whose: int | None = None

    @property
    def end(self) -> int:
        """The end of its sentence."""
        return self.p.sentence[self.n][1]

    @property
    def made_up(self) -> bool:
        """Whether somebody made it up: "falsified claims of"."""
        p, n = self.p, self.n
        return p.dep[n] == "dobj" and p.lemma[p.head[n]] in self.reporting.words["invents"] and p.head[n] < n


def noun_frame(p: Parsed, n: int, reporting: Reporting) -> Iterator[Frame]:
    """ "Russia's claim to have captured X", "claims by Y that", "reports of": a noun that reports, with owner and content."""
    c = _Noun(p, n, reporting, _owned(p, n, reporting))
    relay = _passer(p, n, reporting) if c.whose is not None else None
    if c.whose is None:
        c.whose = next((k for rule in OWNERS if (k := rule(p, n, reporting)) is not None), None)
    if c.whose is None:
        if p.low[p.head[n]] == "in" and p.lemma[p.head[p.head[n]]] in reporting.verbs:
            return  # "said in a statement that X was taken, the first city it has captured": who says so, says it all
        c.whose = _reports_themselves(p, n)
    ranges = next((told for rule in CONTENT if (told := rule(c)) is not None), None)
    if ranges is None:
        return
    kind = "denies" if p.lemma[n] in reporting.denials or not ranges else "says"
    false = c.made_up or any(p.low[k] in FALSE for k in p.kids(n, "amod"))
    yield Frame(
        cue=n, cue_span=(n, n + 1), kind=kind, speaker=c.whose, ranges=ranges, rule=f"noun “{p.low[n]}”", hearsay=c.whose is None,
        relay=relay, stance="false" if false else "",
    )  # fmt: skip


# --- whose it is ----------------------------------------------------------------------------------------------------
def _owned(p: Parsed, n: int, reporting: Reporting) -> int | None:
    """Its owner, but not in "Ukraine's military dismissed reports that", all of it taken for one phrase."""
    whose = owner(p, n, reporting.people)
    denier = denier_of(p, n, reporting) if whose is not None else None
    return None if denier is not None and whose is not None and whose <= denier else whose


def _made_up_by(p: Parsed, n: int, reporting: Reporting) -> int | None:
    return _inventor(p, p.head[n], reporting) if _Noun(p, n, reporting).made_up else None


def _nation_at_head(p: Parsed, n: int, reporting: Reporting) -> int | None:  # noqa: ARG001 - all are asked alike
    """ "Russian claims that": a nation, if somebody knows it."""
    first = n > 0 and p.doc[n - 1].is_sent_start and p.head[n - 1] == n
    return n - 1 if first and p.dep[n - 1] in ("amod", "compound", "nsubj") else None


def _made_by(p: Parsed, n: int, reporting: Reporting) -> int | None:
    """ "The claim that ... was first made by X"."""
    made = p.dep[n] == "nsubjpass" and p.lemma[p.head[n]] in reporting.words["utters"]
    return p.agent(p.head[n]) if made else None


def _name_before(p: Parsed, n: int, reporting: Reporting) -> int | None:  # noqa: ARG001
    """ "Despite Chechen claims to have", "rejected the Azerbaijani claim that", "rejected Kremlin claims that", taken for a verb."""
    if n < 2 or not p.capital(n - 1):
        return None
    apart = p.dep[n - 1] == p.dep[n] == "dobj" and p.head[n - 1] == p.head[n]
    return n - 1 if p.low[n - 2] == "despite" or p.tag[n] == "VBZ" or apart else None


def _in_spite_of(p: Parsed, n: int, reporting: Reporting) -> int | None:
    despite = n > 0 and p.low[n - 1] == "despite" and p.head[n] == n - 1
    return _claiming_all_the_same(p, n - 1, reporting) if despite else None


def _reports_themselves(p: Parsed, n: int) -> int | None:
    """ "There were reports that", "with some reporting that", where the parser took the participle for a noun."""
    there = p.dep[n] == "attr" and p.lemma[p.head[n]] == "be" and bool(p.kids(p.head[n], "expl"))
    if there:
        return n
    if p.low[n] != "reporting" or p.low[n - 1] in EARLIER:
        return None
    return n - 1 if n and p.low[n - 1] in SOME else n


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


def _of_people(p: Parsed, n: int, reporting: Reporting) -> int | None:
    """Whose claim it is in "the claim of other bloggers that", "the claim of the command to have taken X"."""
    for c in p.kids(n, "prep"):
        for o in p.kids(c, "pobj") if p.low[c] == "of" else ():
            behind = p.low[o + 1 : o + 3]
            said = behind[:1] == ["that"] or behind in (["to", "have"], ["to", "be"])
            if said and {p.lemma[o], p.low[o]} & reporting.named:
                return o
    return None


def _claiming_all_the_same(p: Parsed, despite: int, reporting: Reporting) -> int | None:
    """Whose claims they are in "despite claims to have taken X, their troops are far from it": of who acts in the main clause."""
    behind = p.low[despite + 2 : despite + 4]
    if behind == ["to", "the"] or (behind[:1] != ["to"] and behind != ["of", "having"]):
        return None  # "despite claims to the contrary" are somebody's
    subjects = p.kids(p.head[despite], "nsubj")
    return subjects[0] if subjects and can_speak(p, subjects[0], reporting) else None


def _passer(p: Parsed, n: int, reporting: Reporting) -> int | None:
    """Who passes on what somebody else claims: "X amplified claims from Y that", "X repeated Y's claim that"."""
    v = p.head[n]
    if p.dep[n] != "dobj" or p.lemma[v] not in reporting.words["passes_on"]:
        return None
    return next((s for s in p.kids(v, "nsubj") if can_speak(p, s, reporting) and p.pos[s] != "PRON"), None)


OWNERS: tuple[Callable[[Parsed, int, Reporting], int | None], ...] = (
    _made_up_by, _utterer, _nation_at_head, _made_by, _of_people, _name_before, _in_spite_of,
)  # fmt: skip


# --- what it tells --------------------------------------------------------------------------------------------------
def _clauses(c: _Noun) -> Ranges | None:
    """ "The claim that X fell", "the claim to hold X, which Y denies", "claims that ..., stating that"."""
    p, n = c.p, c.n
    clauses = [k for k in p.kids(n, "acl", "ccomp", "relcl", "advcl", "xcomp") if k > n and not _agent_only(p, k)]
    clauses = clauses or _told_by(p, n)
    if c.whose is not None and not clauses:
        clauses = [o for k in p.kids(n, "acl") if _agent_only(p, k) for o in p.kids(k, "ccomp") if o > k]
    if not clauses:
        return None
    told = [k for k in clauses if p.low[p.left[k]] not in ("which", "who")]
    told = [k for k in told if p.tag[k] != "VBG" or p.low[k - 1] != ","] or told
    last = (told or clauses)[-1]
    return [(p.left[last], _before_denial(p, last, c.reporting))]


def _phrase(c: _Noun) -> Ranges | None:
    """ "Reports of the fall of X", "the statement by X about Y"."""
    p = c.p
    of = next(
        (
            k
            for k in _prepositions(c)
            if k > c.n
            and p.low[k] in ("of", "about", "on")
            and p.dep[k] == "prep"
            and not (k + 1 < len(p.low) and p.is_time(k + 1))
        ),
        None,
    )
    return [(of + 1, p.right[of] + 1)] if of is not None else None


def _prepositions(c: _Noun) -> Iterator[int]:
    """Tokens that may bring what it tells: its own, or where the parser hung those of somebody's claim."""
    p, n, whose = c.p, c.n, c.whose
    yield from p.children[n]
    if whose is None:
        return
    if p.dep[n] == "dobj":
        yield from p.kids(p.head[n], "prep")
    if whose > n:
        yield from p.kids(whose, "prep")
    for k in p.kids(n, "acl"):
        if _agent_only(p, k):
            yield from p.kids(k, "prep")
    if n + 1 < c.end and p.head[n + 1] < n:
        yield n + 1


def _behind_owner(c: _Noun) -> Ranges | None:
    """ "Claims made by X that", told of X by the parser."""
    p, whose = c.p, c.whose
    if whose is None or whose <= c.n or p.low[whose + 1 : whose + 2] != ["that"] or p.right[c.n] <= whose + 1:
        return None
    return [(whose + 2, p.right[c.n] + 1)]


def _that(c: _Noun) -> Ranges | None:
    return [(c.n + 2, c.end)] if c.n + 1 < c.end and c.p.low[c.n + 1] == "that" else None


def _that_of_verb(c: _Noun) -> Ranges | None:
    """ "Rejected the statement by X that", tied to the verb."""
    p, behind = c.p, c.p.right[c.n] + 1
    denied = c.whose is not None and p.low[behind : behind + 1] == ["that"] and _denied_at(p, c.n, c.reporting)
    return [(behind + 1, c.end)] if denied else None


def _to_have(c: _Noun) -> Ranges | None:
    """ "Confirmation of X's claims to have taken Y", tied to another verb."""
    p, n = c.p, c.n
    if c.whose is None or not (p.low[n + 1 : n + 3] == ["to", "have"] or _denied_infinitive(p, n, c.reporting)):
        return None
    return [(n + 1, p.right[p.head[n + 1]] + 1 if p.head[n + 1] > n else c.end)]


def _denial(c: _Noun) -> Ranges | None:
    """ "The claim drew a denial from X" takes up what was said, "carried a denial by X that Y had fallen" says it again."""
    if c.p.lemma[c.n] not in c.reporting.denials:
        return None
    c.whose = c.whose if c.whose is not None else _from(c.p, c.n)
    if c.whose is None:
        return None
    again = c.whose > c.n and c.p.low[c.whose + 1 : c.whose + 2] == ["that"]
    return [(c.whose + 2, c.end)] if again else []


def _gainsaid(c: _Noun) -> Ranges | None:
    """ "X has not fallen despite Y's claims"."""
    return [] if c.whose is not None and _against_claims(c.p, c.n) else None


CONTENT: tuple[Callable[[_Noun], Ranges | None], ...] = (
    _clauses, _phrase, _behind_owner, _that, _that_of_verb, _to_have, _denial, _gainsaid,
)  # fmt: skip
"""Stretches that tell what is claimed; none where the noun only takes up what was said."""


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


def _agent_only(p: Parsed, c: int) -> bool:
    """ "claims made by X": the participle brings the owner, not the content."""
    return p.lemma[c] in ("make", "issue", "publish", "release", "post") or (
        p.tag[c] == "VBN" and p.agent(c) is not None and not p.kids(c, "nsubj", "nsubjpass")
    )


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


def _against_claims(p: Parsed, n: int) -> bool:
    """Whether the noun at n ends "despite Y's claims", "despite claims by Y to the contrary", which only gainsay what stands around them."""
    start, end = p.sentence[n]
    if "despite" not in p.low[max(start, n - DESPITE_WITHIN) : n]:
        return False
    of = next((p.right[c] for c in p.kids(n, "prep") if p.low[c] in ("by", "from")), n)
    behind = p.low[of + 1 : min(of + 4, end)]
    return behind[:1] in ([], ["."], [","], [";"], ["otherwise"]) or behind == ["to", "the", "contrary"]

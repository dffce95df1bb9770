"""What a reporting verb says: the tokens of its clause, infinitive, object, or of the sentence around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from reportedly.knowledge.reporting import Reporting, Verb
from reportedly.read.parsing.parsed import CONTRAST, FINITE, Parsed
from reportedly.read.sources.inserted import (
    ENDS,
    MARKS,
    WHEN,
    Insertion,
    only_leads_in,
    reports_in,
    said_around,
    sentence_tail,
)

__all__ = ["content_of", "taken_up"]

DATING = frozenset(
    {"following", "after", "amid", "since"}
)  # "S, hours after X declared a ceasefire" is not what X said
MAX_REACH = 14  # tokens that a surface search looks beyond a cue


Found = tuple[list[tuple[int, int]], str]
"""Token ranges of what is said, and the rule that found them."""
NOTHING: Found = ([], "")


@dataclass(slots=True)
class _Cue:
    """A reporting verb at token v with its speaker; `place` is where it is inserted, if it is."""

    p: Parsed
    v: int
    verb: Verb
    reporting: Reporting
    passive: bool
    speaker: int | None
    place: Insertion | None
    clauses: list[int] = field(default_factory=list)  # heads of the clauses that may be what is said

    @property
    def denies(self) -> bool:
        """Whether the verb denies."""
        return self.verb.kind == "denies"

    @property
    def end(self) -> int:
        """Where its sentence ends."""
        return self.p.sentence[self.v][1]

    def listed(self, name: str) -> bool:
        """Whether the verb stands in a list of words."""
        return self.verb.lemma in self.reporting.words[name]


def content_of(
    p: Parsed,
    v: int,
    verb: Verb,
    reporting: Reporting,
    *,
    passive: bool,
    speaker: int | None,
    place: Insertion | None = None,
) -> Found:
    """Token ranges of what is said, by the first construction that fits; `place` is where the cue is inserted, if it is."""
    cue = _Cue(p, v, verb, reporting, passive, speaker, place)
    return next((found for way in WAYS if (found := way(cue)) is not None), NOTHING)


def _denied_claim(c: _Cue) -> Found | None:
    taken = taken_up(c.p, c.v, c.reporting) if c.denies and not c.passive else None
    return ([taken], "its object") if taken is not None else None


def _denied_besides(c: _Cue) -> Found | None:
    """ "X is held, the mayor said, dismissing as a lie claims that it was lost"."""
    p, v = c.p, c.v
    besides = c.denies and p.tag[v] == "VBG" and p.low[v - 1] == "," and p.has_verb(v + 1, c.end)
    after = _after(p, v, c.end) if besides else None
    return ([after], "the words after it") if after is not None else None


def _around_insertion(c: _Cue) -> Found | None:
    if c.place is None or c.verb.kind in ("shows", "directs"):
        return None
    return said_around(c.p, c.v, c.place, c.reporting), "the sentence around it"


def _note_clauses(c: _Cue) -> Found | None:
    """Note the clauses that hang on the verb, those before it that are not its own left out, for the ways behind this one."""
    p, v, low = c.p, c.v, c.p.low
    clauses = [x for x in p.children[v] if p.dep[x] == "ccomp" or (p.dep[x] == "parataxis" and x < v)]

    def keep(own: Callable[[int], bool]) -> None:
        clauses[:] = [x for x in clauses if x > v or own(x)]

    def closed(x: int) -> bool:
        return low[p.right[x] + 1 : p.right[x] + 2] == [","]

    if c.denies and p.tag[v] == "VBZ" and any(o > v for o in p.kids(v, "dobj")):
        apart = low[v - 1 : v] == [","]  # "Y says it holds A, denies claims of B", "A takes X, B denies loss of Y"
        keep(lambda x: not (apart or closed(x)))
    keep(lambda x: ";" not in low[p.right[x] : v])  # "A claims S; B denies" says nothing of S
    keep(lambda x: not any(low[m] in DATING for m in p.kids(v, "mark") if x < m))
    if c.denies:
        keep(lambda x: ":" not in low[p.right[x] : v])  # "'S': X rejects claims" says S and denies nothing of it
    later = [x for x in p.kids(v, "ccomp", "xcomp") if x > v and p.tag[x] in ("VBZ", "VBP", "VBD", "VBN", "VBG", "JJ")]
    if p.tag[v] in ("VBZ", "VBP") and later and all(low[k] != "that" for k in p.kids(v, "dobj")):
        keep(lambda x: not closed(x))  # "A takes X, B says it holds"
    c.clauses = clauses
    return None


def _to_have(c: _Cue) -> Found | None:
    """ "Claimed late on Friday to have taken X"."""
    p, v = c.p, c.v
    if c.clauses or c.passive or not c.listed("infinitive"):
        return None
    to = next((k for k in range(v + 1, min(v + 7, c.end - 2)) if p.low[k : k + 2] == ["to", "have"]), None)
    if to is None or p.low[v + 1 : v + 2] not in (["late"], ["early"], ["earlier"], ["later"]):
        return None
    return [(to, p.right[p.head[to]] + 1 if p.head[to] > to else c.end)], "its clause"


def _informed(c: _Cue) -> Found | None:
    if c.denies:
        c.clauses = [x for x in c.clauses if x < c.v or ":" not in c.p.low[c.v : x]]  # "contradicted the claim: '...'"
    informed = _informed_of(c.p, c.v, c.verb, c.reporting) if not c.clauses and not c.passive else None
    return ([informed], "what it is about") if informed is not None else None


def _quoted(c: _Cue) -> Found | None:
    """What a verb that goes beside quotations says itself: a clause behind it, or the words behind its colon."""
    p, v = c.p, c.v
    if c.verb.kind != "quotes":
        return None
    listens = c.listed("with_listener")
    c.clauses = [x for x in c.clauses if x > v and (p.low[p.left[x]] == "that" or v + 1 == p.left[x] or listens)]
    if c.clauses:
        return None
    colon = next((k for k in range(v + 1, min(v + 9, c.end - 2)) if p.low[k] == ":"), None)
    if colon is not None and p.has_verb(colon, c.end):
        return [(colon + 1, c.end)], "the words after its colon"
    return [], "a quotation beside it"


def _clause(c: _Cue) -> Found | None:
    p, v = c.p, c.v
    if not c.passive and (c.listed("infinitive") or c.verb.kind in ("denies", "directs")):
        c.clauses += p.kids(v, "xcomp")
    elif not c.passive and c.verb.takes_object:
        c.clauses += [x for x in p.kids(v, "xcomp") if p.tag[x] == "VBG"]  # "reported fighting near"
    if not c.clauses:
        return None
    ranges = [(_with_subject(p, v, x), p.right[x] + 1) for x in c.clauses]
    if max(b for _, b in ranges) > v:
        ranges.extend(_continued(p, v, c.reporting, denies=c.denies))
    return ranges, "its clause"


def _of_passive(c: _Cue) -> Found | None:
    """What is said in the passive: an infinitive, the noun that a participle describes, the subject."""
    if not c.passive:
        return None
    p, v = c.p, c.v
    if infinitives := p.kids(v, "xcomp", "oprd"):
        subject = p.kids(v, "nsubjpass")
        left = p.left[subject[0]] if subject else p.left[infinitives[0]]
        return [(left, p.right[infinitives[-1]] + 1)], "its infinitive"
    if p.dep[v] == "relcl" and p.lemma[p.head[v]] in c.reporting.anaphoric:
        return [(p.left[p.head[v]], p.head[v] + 1)], "the noun it describes"
    if p.dep[v] == "acl":
        return _followed(c)
    agent = p.agent(v)
    if agent is None:
        return None
    if said := [x for x in p.kids(agent, "relcl", "acl") if p.low[p.left[x]] == "that"]:
        return [(p.left[said[0]], p.right[said[0]] + 1)], "the clause after its agent"
    if c.denies and (claim := _claim_around(p, v, c.reporting)) is not None:
        return [claim], "its subject"
    subjects = p.kids(v, "nsubjpass")
    if not subjects and c.denies and p.dep[v] == "conj":
        subjects = p.kids(p.head[v], "nsubj", "nsubjpass")  # "the claim comes from A and was denied by B"
    return ([(p.left[subjects[0]], p.right[subjects[0]] + 1)], "its subject") if subjects else None


def _followed(c: _Cue) -> Found:
    """The noun before a participle: "Russia's capture of X disputed by Kyiv", "a claim promptly denied by Y"."""
    p, end = c.p, c.v
    noun = p.head[c.v]
    while c.denies and p.dep[noun] == "pobj" and p.dep[p.head[noun]] == "prep":
        noun = p.head[p.head[noun]]
    while end > noun + 1 and p.pos[end - 1] == "ADV":
        end -= 1
    return [(p.left[noun], end)], "the noun it follows"


def _around(c: _Cue) -> Found | None:
    """The sentence around a cue that has no object of its own."""
    p, v, start = c.p, c.v, c.p.sentence[c.v][0]
    behind = not c.passive and any(o > v for o in p.kids(v, "dobj"))
    if behind and c.denies:
        return None
    if behind and c.verb.takes_object and not c.listed("with_listener") and not p.has_verb(start, v):
        return None  # "After a vote called a sham by Y, Z declared the annexation of X": nothing is said before it
    tail = _inserted(p, v, start, c.end, c.speaker, c.reporting)
    return (tail, "the sentence around it") if tail is not None else None


def _depicted(c: _Cue) -> Found | None:
    """What people depicted; what footage depicts is the writer's own."""
    if c.verb.kind != "shows":
        return None
    p, v = c.p, c.v
    seen = next((o for o in p.kids(v, "dobj") if o > v), None)
    by_people = c.speaker is not None and p.low[c.speaker] in c.reporting.people
    if c.verb.lemma != "depict" or c.passive or seen is None or not by_people:
        return NOTHING
    end = next((p.left[x] for x in p.kids(v, "conj") if x > seen), p.right[v] + 1)
    return [(p.left[seen], end)], "what they depicted"


def _headline_words(c: _Cue) -> Found | None:
    """What a headline says without a verb: "The army says Goma still under its control"."""
    if c.verb.lemma != "say" or c.passive:
        return None
    objects = _objects(c) if c.p.kids(c.v, "dobj") else c.p.kids(c.v, "npadvmod")
    put = _put_without_verb(c.p, objects[0], c.end) if objects else None
    return ([put], "the words after it, without a verb") if put is not None else None


def _called(c: _Cue) -> Found | None:
    """ "Described X as lost", "called the capture of X a lie"."""
    p, v = c.p, c.v
    if not c.listed("calls") or c.denies or c.passive or p.low[v - 1] == "what":
        return None
    stop = next((k for k in range(v + 1, c.end) if p.low[k] in (",", ";") or p.low[k] in CONTRAST), c.end)
    so = p.kids(v, "oprd") or {"as", *c.reporting.words["untrue"]} & set(p.low[v + 2 : stop])
    return ([(v + 1, stop)], "what it calls so") if so else None


def _objects(c: _Cue) -> list[int]:
    """Objects of the verb but for a "that" which opens a clause."""
    p = c.p
    return [o for o in p.kids(c.v, "dobj") if p.low[o] != "that" or o + 1 >= c.end or p.low[o + 1] in ENDS]


def _object(c: _Cue) -> Found | None:
    p, v, nouns = c.p, c.v, c.reporting.nouns
    objects = _objects(c)
    if not objects or c.passive or not (c.verb.takes_object or c.verb.kind == "directs"):
        return None
    o = objects[0]
    if c.denies and len(objects) > 1 and p.lemma[objects[-1]] in nouns:
        o = objects[-1]  # "rejected the Azerbaijani claim that", a nation taken for an object of its own
    end = max(p.right[o] + 1, _object_end(p, v, o))
    topic = next((x for x in p.kids(v, "prep") if x == o + 1 and p.low[x] in ("on", "about")), None)
    if topic is not None and p.lemma[o] in nouns:
        end = max(end, p.right[topic] + 1)  # "called a statement on the capture of X false", tied to the verb
    if c.denies and p.lemma[o] in nouns and p.low[end : end + 1] == ["to"]:
        end = max(end, p.right[p.head[end]] + 1)  # "denied X's claims to have taken Y", tied to the verb
    return [(p.left[o], _before_when(p, o, end))], "its object"


def _dismissed_as(c: _Cue) -> Found | None:
    """ "Dismissed as lies reports of the fall of X"."""
    if not c.denies or c.passive:
        return None
    p, v = c.p, c.v
    as_ = next((x for x in p.kids(v, "prep") if x == v + 1 and p.low[x] == "as"), None)
    return ([(as_ + 1, p.right[as_] + 1)], "its object") if as_ is not None else None


def _charge(c: _Cue) -> Found | None:
    """ "Accused the army of attacking X"; what they aid, "of assisting the rebels in the capture of X", is told by itself."""
    if c.verb.lemma != "accuse" or c.passive:
        return None
    p, v = c.p, c.v
    below = [*p.children[v], *(x for o in p.kids(v, "dobj") for x in p.children[o])]
    of = next((x for x in below if x > v and p.low[x] == "of" and p.kids(x, "pcomp")), None)
    if of is None or (p.head[of] != v and p.lemma[p.kids(of, "pcomp")[0]] in c.reporting.words["aids"]):
        return None
    return [(of + 1, p.right[of] + 1)], "what they are accused of"


def _topic(c: _Cue) -> Found | None:
    p, v = c.p, c.v
    topic = next((x for x in p.children[v] if x == v + 1 and p.low[x] in ("on", "of", "about")), None)
    if topic is None or c.passive or any(p.is_time(k) for k in range(topic, p.right[topic] + 1)):
        return None
    return [(topic + 1, p.right[topic] + 1)], "what it is about"


def _words_after(c: _Cue) -> Found | None:
    p, v = c.p, c.v
    if c.denies and ":" in p.low[v + 1 : v + 5]:
        return NOTHING  # "Y contradicts Z: 'We hold X'"
    after = _after(p, v, c.end) if c.verb.kind != "directs" else None
    if after is not None:
        return [after], "the words after it"
    return ([(v + 2, c.end)], "the words after its mark") if p.low[v + 1 : v + 2] in ([":"], [","]) else None


WAYS: tuple[Callable[[_Cue], Found | None], ...] = (
    _denied_claim, _denied_besides, _around_insertion, _note_clauses, _to_have, _informed, _quoted, _clause, _of_passive, _around, _depicted,
    _headline_words, _called, _object, _dismissed_as, _charge, _topic, _words_after,
)  # fmt: skip


def _put_without_verb(p: Parsed, o: int, sent_end: int) -> tuple[int, int] | None:
    """ "The army says Goma still under its control": what is said where a headline leaves out the verb."""
    k = next((j + 1 for j in range(o, min(o + 8, sent_end)) if p.low[j] in ("still", "now", "back", "not")), None)
    if k is not None and o > k - 1:
        k = None
    k = k or (p.right[o] + 1 if p.right[o] < o + 4 else o + 1)
    while k < sent_end and p.low[k] in ("still", "now", "back", "again", "fully"):
        k += 1
    return (
        (p.left[o], sent_end) if k < sent_end and p.low[k] in ("under", "in") and not p.has_verb(k, sent_end) else None
    )


def _claim_around(p: Parsed, v: int, reporting: Reporting) -> tuple[int, int] | None:
    """The claim of "the claim that they hold X was disputed by Y", where the parser takes X alone for what was disputed."""
    clause = p.head[v]
    noun = p.head[clause]
    told = p.dep[v] == "ccomp" and p.dep[clause] in ("acl", "relcl", "ccomp") and noun < clause < v
    if not told or p.lemma[noun] not in reporting.nouns | reporting.anaphoric:
        return None
    return p.left[noun], min((c for c in p.children[v] if p.dep[c] in ("aux", "auxpass")), default=v)


def _informed_of(p: Parsed, v: int, verb: Verb, reporting: Reporting) -> tuple[int, int] | None:
    """What somebody is told of: "informed Putin of the capture of X", "reported to Putin on the liberation of X"."""
    to = verb.lemma == "report" and p.low[v + 1 : v + 2] == ["to"]
    if not to and verb.lemma not in reporting.words["with_listener"]:
        return None
    told = p.kids(v + 1, "pobj") if to else [o for o in p.kids(v, "dobj") if o > v]
    about = p.right[told[0]] + 1 if told else None
    behind = [c for h in (v, *told) for c in p.kids(h, "prep") if c > v and p.low[c] in ("of", "about", "on")]
    topic = next((c for c in behind if about is not None and c >= told[0] + 1), None)
    if topic is None or any(p.is_time(k) for k in range(topic, p.right[topic] + 1)):
        return None
    return topic + 1, p.right[topic] + 1


def taken_up(p: Parsed, v: int, reporting: Reporting) -> tuple[int, int] | None:
    """The tokens of a claim that a verb of denial has for its object without its content: "rejected the claim", "denies this"."""
    objects = [o for o in p.kids(v, "dobj") if o > v and p.lemma[o] in reporting.anaphoric]
    if objects and p.low[objects[0]] == "that" and p.low[objects[0] + 1 : objects[0] + 2] not in ([m] for m in ENDS):
        return None  # the conjunction
    own = (c for c in p.children[v] if p.dep[c] in ("ccomp", "xcomp"))
    if not objects or any(c < v or ":" not in p.low[v:c] for c in own):
        return None  # but "denied this: 'We hold the town.'" says what is so behind its colon
    if p.low[p.right[objects[0]] + 1 : p.right[objects[0]] + 2] == ["to"] and p.tag[objects[0]] == "NNS":
        return None  # "denied separatist claims to have taken X"
    behind = range(objects[0] + 1, p.right[objects[0]] + 1)
    if any(p.pos[k] not in ("ADP", "NUM", "DET", "ADV", "PUNCT") and not p.is_time(k) for k in behind):
        return None  # "denied claims about X"
    return (p.left[objects[0]], objects[0] + 1)


def _with_subject(p: Parsed, v: int, c: int) -> int:
    """First token of a clause, with the subject that the parser took for the cue's object ("warned the siege was over")."""
    if c > v and not p.kids(c, "nsubj", "nsubjpass", "expl") and p.dep[c] == "ccomp" and p.lemma[v] != "tell":
        for o in p.kids(v, "dobj"):
            if v < o < c:
                return p.left[o]
    return p.left[c]


def _object_end(p: Parsed, v: int, o: int) -> int:
    """Where a nominal content ends: prepositional phrases that the parser hung on the verb still belong to it."""
    end = p.right[o] + 1
    for c in p.children[v]:
        if (
            c > o
            and p.dep[c] == "prep"
            and p.low[c] in ("near", "in", "around", "from", "of", "at", "toward", "towards", "into", "by")
        ):
            if any(p.is_time(k) for k in range(p.left[c], p.right[c] + 1)):
                break
            end = max(end, p.right[c] + 1)
    return end


def _before_when(p: Parsed, o: int, end: int) -> int:
    """Where a nominal content ends before what only dates it: "declared a ceasefire following the withdrawal from X"."""
    dated = (k for k in range(o + 1, end) if p.low[k] in DATING and p.pos[k] in ("ADP", "VERB", "SCONJ"))
    return next((k for k in dated if k + 1 < end and not p.is_time(k + 1)), end)


def _continued(p: Parsed, v: int, reporting: Reporting, *, denies: bool) -> list[tuple[int, int]]:
    """Clauses joined to the cue with "and" that go on with what is said, though the parser joined them to the cue itself."""
    found = []
    for c in p.kids(v, "conj"):
        between = p.low[v + 1 : c]
        joint = [p.low[k] for k in p.kids(v, "cc") if k < c]
        if denies and p.lemma[c] in reporting.verbs and p.kids(c, "ccomp"):
            continue  # "denied that A was lost and said that B was held"
        anew = ";" in between and p.low[p.left[c]] != "that"  # "claimed that A; and that B" goes on
        if any(w in CONTRAST for w in joint[-1:]) or not p.tag[c].startswith("VB") or anew:
            continue
        found.append((p.left[c], p.right[c] + 1))
    return found


def _inserted(
    p: Parsed, v: int, sent_start: int, sent_end: int, speaker: int | None, reporting: Reporting
) -> list[tuple[int, int]] | None:
    """Content of a cue that stands at the end of a sentence or between commas: the rest of the sentence."""
    begin = min(v, p.left[speaker]) if speaker is not None and p.sentence[speaker] == (sent_start, sent_end) else v
    finish = max(v, p.right[speaker]) + 1 if speaker is not None and speaker > v else v + 1
    while begin > sent_start and p.pos[begin - 1] in ("ADV", "DET", "ADJ") and p.low[begin - 1] not in ("not",):
        begin -= 1
    if begin <= sent_start + 1 or p.low[begin - 1] not in MARKS:
        return None
    led_in = only_leads_in(p, sent_start, begin - 1)
    if (led_in or p.low[sent_start] in WHEN or p.low[begin - 1] == ";") and any(o > v for o in p.kids(v, "dobj")):
        return None  # "X was taken; A conceded the retreat", "As X falls, soldiers recall a retreat": the words before it tell when
    end = finish
    while (
        end < sent_end
        and (p.pos[end] in ("ADV", "ADP", "DET", "NUM", "PROPN", "NOUN", "ADJ", "PART") or p.low[end] in ("'s",))
        and end - finish < MAX_REACH
    ):
        end += 1
    if end < sent_end and p.low[end] not in ENDS:
        return None
    start = sent_start
    for k in range(begin - 2, sent_start, -1):
        ends = p.low[k] == ";" or reports_in(p, sent_start, k, reporting)  # what came before is somebody else's
        if (
            p.low[k] in CONTRAST
            and ends
            and p.low[k] != "however"
            and any(p.tag[m] in FINITE for m in range(k, begin - 1))
        ):
            start = k + 1
            break
    interrupted = not p.has_verb(start, begin - 1)
    return [(start, begin - 1), *sentence_tail(p, end, sent_end, reporting, interrupted=interrupted)]


def _after(p: Parsed, v: int, sent_end: int) -> tuple[int, int] | None:
    """What follows a cue up to the end of its sentence, if it holds a clause: the parser missed that it is one."""
    sent_end = next((k for k in range(v + 1, sent_end) if p.low[k] == ";"), sent_end)
    for k in range(v + 1, min(v + MAX_REACH, sent_end)):
        if p.low[k] in ("that", "how", "whether"):
            return (k + 1, sent_end)
    if any(p.tag[k] in FINITE for k in range(v + 1, sent_end)):
        return (v + 1, sent_end)
    return None

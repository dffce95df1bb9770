"""What a reporting verb says: the tokens of its clause, infinitive, object, or of the sentence around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from reportedly.knowledge.reporting import Reporting, Verb
from reportedly.read.parsing.parsed import CONTRAST, Parsed
from reportedly.read.scene.reasons import FOLLOWED
from reportedly.read.sources.inserted import ENDS, Insertion, said_around
from reportedly.read.sources.stretches import (
    DATING,
    after_cue,
    around_cue,
    before_when,
    claim_around,
    continued,
    informed_of,
    object_end,
    put_without_verb,
    taken_up,
    with_subject,
)

__all__ = ["content_of"]

AS_WITHIN = 14  # tokens between "dismissed as" and the claim that is dismissed


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
    after = after_cue(p, v, c.end) if besides else None
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
    clauses[:] = [x for x in clauses if x < v or not _answered(low[v : p.left[x]])]  # "A claims S; B: 'It is a lie'"
    keep(lambda x: not any(low[m] in DATING for m in p.kids(v, "mark") if x < m))
    if c.denies:
        keep(lambda x: ":" not in low[p.right[x] : v])  # "'S': X rejects claims" says S and denies nothing of it
    later = [x for x in p.kids(v, "ccomp", "xcomp") if x > v and p.tag[x] in ("VBZ", "VBP", "VBD", "VBN", "VBG", "JJ")]
    if p.tag[v] in ("VBZ", "VBP") and later and all(low[k] != "that" for k in p.kids(v, "dobj")):
        keep(lambda x: not closed(x))  # "A takes X, B says it holds"
    c.clauses = clauses
    return None


def _answered(words: list[str]) -> bool:
    """Whether somebody else begins to speak in words: "S; B: ", but not "the following: S; " of a list."""
    return ";" in words and ":" in words[words.index(";") :]


def _to_have(c: _Cue) -> Found | None:
    """ "Claimed late on Friday to have taken X", and what the parser hangs on no verb: "However, the Taliban claim to have"."""
    p, v = c.p, c.v
    if c.clauses or c.passive or not c.listed("infinitive"):
        return None
    to = next((k for k in range(v + 1, min(v + 7, c.end - 2)) if p.low[k : k + 2] == ["to", "have"]), None)
    apart = (["late"], ["early"], ["earlier"], ["later"], *((["to"],) if not p.kids(v, "xcomp", "dobj") else ()))
    if to is None or p.low[v + 1 : v + 2] not in apart:
        return None
    return [(to, p.right[p.head[to]] + 1 if p.head[to] > to else c.end)], "its clause"


def _informed(c: _Cue) -> Found | None:
    if c.denies:
        c.clauses = [x for x in c.clauses if x < c.v or ":" not in c.p.low[c.v : x]]  # "contradicted the claim: '...'"
    informed = informed_of(c.p, c.v, c.verb, c.reporting) if not c.clauses and not c.passive else None
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
    ranges = [(with_subject(p, v, x), p.right[x] + 1) for x in c.clauses]
    if max(b for _, b in ranges) > v:
        ranges.extend(continued(p, v, c.reporting, denies=c.denies))
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
        return _followed(c, v)
    first = p.head[v]
    if p.dep[v] == "conj" and p.dep[first] == "acl" and p.tag[first] == "VBN" and p.lemma[first] in c.reporting.verbs:
        return _followed(c, first)
    agent = p.agent(v) if p.agent(v) is not None else c.speaker
    if agent is None:
        return None
    if said := [x for x in p.kids(agent, "relcl", "acl") if p.low[p.left[x]] == "that"]:
        return [(p.left[said[0]], p.right[said[0]] + 1)], "the clause after its agent"
    if c.denies and (claim := claim_around(p, v, c.reporting)) is not None:
        return [claim], "its subject"
    subjects = p.kids(v, "nsubjpass")
    beside = p.dep[v] == "conj" and (c.denies or p.lemma[p.head[v]] in c.reporting.verbs)
    if not subjects and beside:
        subjects = p.kids(p.head[v], "nsubj", "nsubjpass")  # "the claim comes from A and was denied by B"
    return ([(p.left[subjects[0]], p.right[subjects[0]] + 1)], "its subject") if subjects else None


def _followed(c: _Cue, v: int) -> Found:
    """The noun before the participle at v: "Russia's capture of X disputed by Kyiv", "the fall of X, announced by Y and denied by Z"."""
    p, end = c.p, v
    noun = p.head[v]
    while (c.denies or p.pos[noun] == "PROPN") and p.dep[noun] == "pobj" and p.dep[p.head[noun]] == "prep":
        noun = p.head[p.head[noun]]
    while end > noun + 1 and p.pos[end - 1] == "ADV":
        end -= 1
    return [(p.left[noun], end)], FOLLOWED


def _around(c: _Cue) -> Found | None:
    """The sentence around a cue that has no object of its own."""
    p, v, start = c.p, c.v, c.p.sentence[c.v][0]
    behind = not c.passive and any(o > v for o in p.kids(v, "dobj"))
    if behind and c.denies:
        return None
    if behind and c.verb.takes_object and not c.listed("with_listener") and not p.has_verb(start, v):
        return None  # "After a vote called a sham by Y, Z declared the annexation of X": nothing is said before it
    tail = around_cue(p, v, start, c.end, c.speaker, c.reporting)
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
    put = put_without_verb(c.p, objects[0], c.end) if objects else None
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
    end = max(p.right[o] + 1, object_end(p, v, o))
    topic = next((x for x in p.kids(v, "prep") if x == o + 1 and p.low[x] in ("on", "about")), None)
    if topic is not None and p.lemma[o] in nouns:
        end = max(end, p.right[topic] + 1)  # "called a statement on the capture of X false", tied to the verb
    if c.denies and p.lemma[o] in nouns and p.low[end : end + 1] == ["to"]:
        end = max(end, p.right[p.head[end]] + 1)  # "denied X's claims to have taken Y", tied to the verb
    if _answered(p.low[o:end]):
        end = p.low.index(";", o)  # "claims capture of A; Z: 'It is a lie'"
    return [(p.left[o], before_when(p, o, end))], "its object"


def _dismissed_as(c: _Cue) -> Found | None:
    """ "Dismissed as lies reports of the fall of X"."""
    if not c.denies or c.passive:
        return None
    p, v = c.p, c.v
    if p.low[v + 1 : v + 2] != ["as"]:
        return None
    claim = next((k for k in range(v + 2, min(v + AS_WITHIN, c.end)) if p.lemma[k] in c.reporting.nouns), None)
    if claim is not None and p.low[claim + 1 : claim + 2] in (["that"], ["of"], ["about"], ["to"]):
        return [(v + 2, max(p.right[claim] + 1, claim + 2))], "its object"  # whatever the parser ties it to
    as_ = next((x for x in p.kids(v, "prep") if x == v + 1), None)
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
    after = after_cue(p, v, c.end) if c.verb.kind != "directs" else None
    if after is not None:
        return [after], "the words after it"
    return ([(v + 2, c.end)], "the words after its mark") if p.low[v + 1 : v + 2] in ([":"], [","]) else None


WAYS: tuple[Callable[[_Cue], Found | None], ...] = (
    _denied_claim, _denied_besides, _around_insertion, _note_clauses, _to_have, _informed, _quoted, _clause, _of_passive, _around, _depicted,
    _headline_words, _called, _object, _dismissed_as, _charge, _topic, _words_after,
)  # fmt: skip

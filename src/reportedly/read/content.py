"""What a reporting verb says: the tokens of its clause, infinitive, object, or of the sentence around it."""

from __future__ import annotations

from reportedly.knowledge.reporting import Reporting, Verb
from reportedly.read.inserted import ENDS, MARKS, WHEN, Insertion, only_leads_in, reports_in, said_around, sentence_tail
from reportedly.read.parsed import CONTRAST, FINITE, Parsed

__all__ = ["content_of", "taken_up"]

DATING = frozenset(
    {"following", "after", "amid", "since"}
)  # "S, hours after X declared a ceasefire" is not what X said
MAX_REACH = 14  # tokens that a surface search looks beyond a cue


def content_of(
    p: Parsed,
    v: int,
    verb: Verb,
    reporting: Reporting,
    *,
    passive: bool,
    speaker: int | None,
    place: Insertion | None = None,
) -> tuple[list[tuple[int, int]], str]:
    """Token ranges of what is said, by the first construction that fits; `place` is where the cue is inserted, if it is."""
    sent_start, sent_end = p.sentence[v]
    if verb.kind == "denies" and not passive and (taken := taken_up(p, v, reporting)) is not None:
        return [taken], "its object"
    besides = verb.kind == "denies" and p.tag[v] == "VBG" and p.low[v - 1] == "," and p.has_verb(v + 1, sent_end)
    if besides and (after := _after(p, v, sent_end)) is not None:
        return [after], "the words after it"  # "X is held, the mayor said, dismissing as a lie claims that it was lost"
    if place is not None and verb.kind not in ("shows", "directs"):
        return said_around(p, v, place, reporting), "the sentence around it"
    clauses = [c for c in p.children[v] if p.dep[c] == "ccomp" or (p.dep[c] == "parataxis" and c < v)]
    if verb.kind == "denies" and p.tag[v] == "VBZ" and any(o > v for o in p.kids(v, "dobj")):
        apart = p.low[v - 1 : v] == [","]  # "Y says it holds A, denies claims of B", "A takes X, B denies loss of Y"
        clauses = [c for c in clauses if c > v or not (apart or p.low[p.right[c] + 1 : p.right[c] + 2] == [","])]
    clauses = [
        c for c in clauses if c > v or ";" not in p.low[p.right[c] : v]
    ]  # "A claims S; B denies" says nothing of S
    clauses = [c for c in clauses if c > v or not any(p.low[m] in DATING for m in p.kids(v, "mark") if c < m)]
    if verb.kind == "denies":  # "'S': X rejects claims" says S and denies nothing of it
        clauses = [c for c in clauses if c > v or ":" not in p.low[p.right[c] : v]]
    later = [c for c in p.kids(v, "ccomp", "xcomp") if c > v and p.tag[c] in ("VBZ", "VBP", "VBD", "VBN", "VBG", "JJ")]
    if p.tag[v] in ("VBZ", "VBP") and later and all(p.low[k] != "that" for k in p.kids(v, "dobj")):
        clauses = [
            c for c in clauses if c > v or p.low[p.right[c] + 1 : p.right[c] + 2] != [","]
        ]  # "A takes X, B says it holds"
    if not clauses and not passive and verb.lemma in reporting.words["infinitive"]:
        to = next((k for k in range(v + 1, min(v + 7, sent_end - 2)) if p.low[k : k + 2] == ["to", "have"]), None)
        if to is not None and p.low[v + 1 : v + 2] in (["late"], ["early"], ["earlier"], ["later"]):
            return [
                (to, p.right[p.head[to]] + 1 if p.head[to] > to else sent_end)
            ], "its clause"  # "claimed late on Friday to have"
    if verb.kind == "denies":
        clauses = [c for c in clauses if c < v or ":" not in p.low[v:c]]  # "contradicted the claim: '...'"
    if not clauses and not passive and (informed := _informed_of(p, v, verb, reporting)) is not None:
        return [informed], "what it is about"
    if verb.kind == "quotes":
        clauses = [
            c
            for c in clauses
            if c > v
            and (p.low[p.left[c]] == "that" or v + 1 == p.left[c] or verb.lemma in reporting.words["with_listener"])
        ]
        if not clauses:
            colon = next((k for k in range(v + 1, min(v + 9, sent_end - 2)) if p.low[k] == ":"), None)
            if colon is not None and p.has_verb(colon, sent_end):
                return [(colon + 1, sent_end)], "the words after its colon"
            return [], "a quotation beside it"
    if not passive and (verb.lemma in reporting.words["infinitive"] or verb.kind in ("denies", "directs")):
        clauses += p.kids(v, "xcomp")
    elif not passive and verb.takes_object:
        clauses += [c for c in p.kids(v, "xcomp") if p.tag[c] == "VBG"]  # "reported fighting near"
    if clauses:
        ranges = [(_with_subject(p, v, c), p.right[c] + 1) for c in clauses]
        if max(b for _, b in ranges) > v:
            ranges.extend(_continued(p, v, reporting, denies=verb.kind == "denies"))
        return ranges, "its clause"
    if passive:
        if infinitives := p.kids(v, "xcomp", "oprd"):
            subject = p.kids(v, "nsubjpass")
            left = p.left[subject[0]] if subject else p.left[infinitives[0]]
            return [(left, p.right[infinitives[-1]] + 1)], "its infinitive"
        if p.dep[v] == "relcl" and p.lemma[p.head[v]] in reporting.anaphoric:
            return [(p.left[p.head[v]], p.head[v] + 1)], "the noun it describes"
        if p.dep[v] == "acl":
            noun = p.head[v]
            while verb.kind == "denies" and p.dep[noun] == "pobj" and p.dep[p.head[noun]] == "prep":
                noun = p.head[p.head[noun]]  # "Russia's capture of X disputed by Kyiv"
            end = v
            while end > noun + 1 and p.pos[end - 1] == "ADV":
                end -= 1  # "a claim promptly denied by Y"
            return [(p.left[noun], end)], "the noun it follows"
        if (agent := p.agent(v)) is not None and (
            said := [c for c in p.kids(agent, "relcl", "acl") if p.low[p.left[c]] == "that"]
        ):
            return [(p.left[said[0]], p.right[said[0]] + 1)], "the clause after its agent"
        subjects = p.kids(v, "nsubjpass")
        if verb.kind == "denies" and p.agent(v) is not None and (claim := _claim_around(p, v, reporting)) is not None:
            return [claim], "its subject"
        if not subjects and verb.kind == "denies" and p.dep[v] == "conj":
            subjects = p.kids(p.head[v], "nsubj", "nsubjpass")  # "the claim comes from A and was denied by B"
        if subjects and p.agent(v) is not None:
            s = subjects[0]
            return [(p.left[s], p.right[s] + 1)], "its subject"
    denied = verb.kind == "denies" and not passive and any(o > v for o in p.kids(v, "dobj"))
    behind = verb.takes_object and not passive and any(o > v for o in p.kids(v, "dobj"))
    if behind and verb.lemma not in reporting.words["with_listener"] and not p.has_verb(sent_start, v):
        denied = True  # "After a vote called a sham by Y, Z declared the annexation of X": nothing is said before it
    tail = None if denied else _inserted(p, v, sent_start, sent_end, speaker, reporting)
    if tail is not None:
        return tail, "the sentence around it"
    if verb.kind == "shows":
        seen = next((o for o in p.kids(v, "dobj") if o > v), None)
        if (
            verb.lemma != "depict"
            or passive
            or speaker is None
            or seen is None
            or p.low[speaker] not in reporting.people
        ):
            return [], ""
        end = next((p.left[c] for c in p.kids(v, "conj") if c > seen), p.right[v] + 1)
        return [(p.left[seen], end)], "what they depicted"  # by people; what footage depicts is the writer's own
    objects = p.kids(v, "npadvmod") if verb.lemma == "say" and not p.kids(v, "dobj") else []
    if objects and not passive and (put := _put_without_verb(p, objects[0], sent_end)) is not None:
        return [put], "the words after it, without a verb"
    if verb.lemma in reporting.words["calls"] and verb.kind != "denies" and not passive and p.low[v - 1] != "what":
        stop = next((k for k in range(v + 1, sent_end) if p.low[k] in (",", ";") or p.low[k] in CONTRAST), sent_end)
        if p.kids(v, "oprd") or {"as", *reporting.words["untrue"]} & set(p.low[v + 2 : stop]):
            return [(v + 1, stop)], "what it calls so"  # "described X as lost", "called the capture of X a lie"
    objects = [o for o in p.kids(v, "dobj") if p.low[o] != "that" or o + 1 >= sent_end or p.low[o + 1] in ENDS]
    if (
        verb.lemma == "say"
        and not passive
        and objects
        and (put := _put_without_verb(p, objects[0], sent_end)) is not None
    ):
        return [put], "the words after it, without a verb"
    if (verb.takes_object or verb.kind == "directs") and not passive and objects:
        o = objects[0]
        if verb.kind == "denies" and len(objects) > 1 and p.lemma[objects[-1]] in reporting.nouns:
            o = objects[-1]  # "rejected the Azerbaijani claim that", a nation taken for an object of its own
        end = max(p.right[o] + 1, _object_end(p, v, o))
        topic = next((c for c in p.kids(v, "prep") if c == o + 1 and p.low[c] in ("on", "about")), None)
        if topic is not None and p.lemma[o] in reporting.nouns:
            end = max(end, p.right[topic] + 1)  # "called a statement on the capture of X false", tied to the verb
        if verb.kind == "denies" and p.lemma[o] in reporting.nouns and p.low[end : end + 1] == ["to"]:
            end = max(end, p.right[p.head[end]] + 1)  # "denied X's claims to have taken Y", tied to the verb
        return [(p.left[o], _before_when(p, o, end))], "its object"
    as_ = next((c for c in p.kids(v, "prep") if c == v + 1 and p.low[c] == "as"), None)
    if verb.kind == "denies" and not passive and as_ is not None:
        return [(as_ + 1, p.right[as_] + 1)], "its object"  # "dismissed as lies reports of the fall of X"
    if verb.lemma == "accuse" and not passive:
        below = [*p.children[v], *(c for o in p.kids(v, "dobj") for c in p.children[o])]
        charge = next((c for c in below if c > v and p.low[c] == "of" and p.kids(c, "pcomp")), None)
        if (
            charge is not None
            and p.head[charge] != v
            and p.lemma[p.kids(charge, "pcomp")[0]] in reporting.words["aids"]
        ):
            charge = None  # "of assisting the rebels in the capture of X", which is told by itself
        if charge is not None:
            return [(charge + 1, p.right[charge] + 1)], "what they are accused of"
    topic = next((c for c in p.children[v] if c == v + 1 and p.low[c] in ("on", "of", "about")), None)
    if topic is not None and not passive and not any(p.is_time(k) for k in range(topic, p.right[topic] + 1)):
        return [(topic + 1, p.right[topic] + 1)], "what it is about"
    if verb.kind == "denies" and ":" in p.low[v + 1 : v + 5]:
        return [], ""  # "Y contradicts Z: 'We hold X'"
    after = _after(p, v, sent_end) if verb.kind != "directs" else None
    if after is not None:
        return [after], "the words after it"
    if v + 1 < len(p.low) and p.low[v + 1] in (":", ","):
        return [(v + 2, sent_end)], "the words after its mark"
    return [], ""


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

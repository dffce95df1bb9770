"""Stretches of words that a reporting verb may say: where its object, its clause and the sentence around it begin and end."""

from __future__ import annotations

from reportedly.knowledge.reporting import Reporting, Verb
from reportedly.read.parsing.parsed import CONTRAST, Parsed
from reportedly.read.parsing.tags import FINITE
from reportedly.read.sources.inserted import ENDS, MARKS, WHEN, only_dates, reports_in, sentence_tail

__all__ = [
    "DATING",
    "after_cue",
    "around_cue",
    "before_when",
    "claim_around",
    "continued",
    "informed_of",
    "object_end",
    "put_without_verb",
    "taken_up",
    "with_subject",
]

DATING = frozenset(
    {"following", "after", "amid", "since"}
)  # "S, hours after X declared a ceasefire" is not what X said
MAX_REACH = 14  # tokens that a surface search looks beyond a cue


def put_without_verb(p: Parsed, o: int, sent_end: int) -> tuple[int, int] | None:
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


def claim_around(p: Parsed, v: int, reporting: Reporting) -> tuple[int, int] | None:
    """The claim of "the claim that they hold X was disputed by Y", where the parser takes X alone for what was disputed."""
    clause = p.head[v]
    noun = p.head[clause]
    told = p.dep[v] == "ccomp" and p.dep[clause] in ("acl", "relcl", "ccomp") and noun < clause < v
    if not told or p.lemma[noun] not in reporting.told:
        return None
    return p.left[noun], min((c for c in p.children[v] if p.dep[c] in ("aux", "auxpass")), default=v)


def informed_of(p: Parsed, v: int, verb: Verb, reporting: Reporting) -> tuple[int, int] | None:
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


def with_subject(p: Parsed, v: int, c: int) -> int:
    """First token of a clause, with the subject that the parser took for the cue's object ("warned the siege was over")."""
    if c > v and not p.kids(c, "nsubj", "nsubjpass", "expl") and p.dep[c] == "ccomp" and p.lemma[v] != "tell":
        for o in p.kids(v, "dobj"):
            if v < o < c:
                return p.left[o]
    return p.left[c]


def object_end(p: Parsed, v: int, o: int) -> int:
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


def before_when(p: Parsed, o: int, end: int) -> int:
    """Where a nominal content ends before what only dates it: "declared a ceasefire following the withdrawal from X"."""
    dated = (k for k in range(o + 1, end) if p.low[k] in DATING and p.pos[k] in ("ADP", "VERB", "SCONJ"))
    return next((k for k in dated if k + 1 < end and not p.is_time(k + 1)), end)


def continued(p: Parsed, v: int, reporting: Reporting, *, denies: bool) -> list[tuple[int, int]]:
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


def around_cue(
    p: Parsed, v: int, sent_start: int, sent_end: int, speaker: int | None, reporting: Reporting
) -> list[tuple[int, int]] | None:
    """Content of a cue that stands at the end of a sentence or between commas: the rest of the sentence."""
    begin = min(v, p.left[speaker]) if speaker is not None and p.sentence[speaker] == (sent_start, sent_end) else v
    finish = max(v, p.right[speaker]) + 1 if speaker is not None and speaker > v else v + 1
    while begin > sent_start and p.pos[begin - 1] in ("ADV", "DET", "ADJ") and p.low[begin - 1] not in ("not",):
        begin -= 1
    if begin <= sent_start + 1 or p.low[begin - 1] not in MARKS:
        return None
    if only_dates(p, sent_start, begin - 1):
        return None
    if (p.low[sent_start] in WHEN or p.low[begin - 1] == ";") and any(o > v for o in p.kids(v, "dobj")):
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


def _another_tells(p: Parsed, v: int, k: int) -> bool:
    """Whether a clause with a subject of its own begins at the comma at k, beside the verb at v: "X has not seen A, and Y denied B"."""
    if k == v + 1 or p.low[k : k + 2] not in ([",", "and"], [",", "but"]):
        return False
    beside = (c for c in p.kids(v, "conj") if c > k + 1 and p.tag[c] in FINITE)
    return any(k + 1 < s < c for c in beside for s in p.kids(c, "nsubj"))


def after_cue(p: Parsed, v: int, sent_end: int) -> tuple[int, int] | None:
    """What follows a cue up to the end of its sentence, if it holds a clause: the parser missed that it is one."""
    sent_end = next((k for k in range(v + 1, sent_end) if p.low[k] == ";" or _another_tells(p, v, k)), sent_end)
    for k in range(v + 1, min(v + MAX_REACH, sent_end)):
        if p.low[k] in ("that", "how", "whether"):
            of_noun = p.low[k] == "that" and p.pos[k - 1] == "NOUN" and p.head[p.head[k]] == k - 1
            return (
                v + 1 if of_noun else k + 1,
                sent_end,
            )  # "has not seen evidence for claims that": of the claims, too
    if any(p.tag[k] in FINITE for k in range(v + 1, sent_end)):
        return (v + 1, sent_end)
    return None

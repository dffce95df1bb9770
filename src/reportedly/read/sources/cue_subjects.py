"""Who a reporting verb has for its subject: its own, that of the verb it is joined to, or what the parser hung elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import Parsed, can_speak, evidence_before
from reportedly.read.parsing.tags import FINITE
from reportedly.read.sources.claim_nouns import owner
from reportedly.read.sources.inserted import MARKS
from reportedly.read.sources.misparsed import denier_of
from reportedly.read.sources.phrases import phrase_head

__all__ = ["MAX_REACH", "outer_subject", "subject_of_cue"]

LINKED = frozenset({"conj", "xcomp", "advcl", "prep", "pcomp", "ccomp"})  # to a verb that has the subject
UP = 6  # verbs up to that one
MAX_REACH = 14  # tokens that a surface search looks left or right of a cue for its speaker


def _said_before(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Who speaks right before a participle, whatever the parser joins it to: "X is holding, the ministry said, dismissing"."""
    around = p.head[v]
    for k in range(v - 2, max(p.sentence[v][0], v - 8), -1):
        if p.low[k] == ",":
            return None
        if p.tag[k] in FINITE and p.low[k] in reporting.said and (subject := p.kids(k, "nsubj")):
            if p.dep[k] == "ccomp" or any(p.low[c] == "as" for c in p.kids(k, "mark")):
                around = p.head[k]  # "X said that Y claimed A, stressing": X goes on
            if around < k and p.lemma[around] in reporting.verbs and (outer := p.kids(around, "nsubj")):
                return outer[0]  # "X denied losing A, which Y claimed, saying", "X denied it, as Y claimed, saying"
            return subject[0]
    return None


def subject_of_cue(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Head token of who does the saying: own subject, that of the verb it is joined to, the noun it modifies, or by surface."""
    for rule in RULES:
        if (speaker := rule(p, v, reporting)) is not None:
            return speaker
    return _in_tree(p, v, reporting)


def _behind_mark(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """ "... - assures Jane Dow"."""
    mark = p.low[v - 1] if v else ","
    if mark not in MARKS or mark == "," or p.kids(v, "nsubj") or p.lemma[v] == "tell":
        return None
    after = phrase_head(p, v + 1, p.sentence[v][1])
    return after if after is not None and not p.is_time(after) and can_speak(p, after, reporting) else None


def _before_participle(p: Parsed, v: int, reporting: Reporting) -> int | None:
    return _said_before(p, v, reporting) if p.tag[v] == "VBG" and v and p.low[v - 1] == "," else None


def _text_read(p: Parsed, v: int, reporting: Reporting) -> int | None:  # noqa: ARG001 - all are asked alike
    """ "We read in a statement of the bureau"."""
    subject = p.kids(v, "nsubj") if p.lemma[v] == "read" else []
    if not subject or p.low[subject[0]] not in ("we", "one"):
        return None
    texts = (p.kids(c, "pobj") for c in p.kids(v, "prep") if p.low[c] in ("in", "on", "at"))
    return next((text[0] for text in texts if text), None)


def _denier(p: Parsed, v: int, reporting: Reporting) -> int | None:
    return next((s for c in p.kids(v, "nsubj") if (s := denier_of(p, c, reporting)) is not None), None)


def _in_tree(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """The subject that the tree gives to a cue or to what it hangs on, else the noun before it."""
    seen = v
    for _ in range(UP):
        if _in_aside(p, seen, v) and p.head[seen] != seen:
            seen = p.head[seen]
            continue
        if subjects := [c for c in p.kids(seen, "nsubj") if p.pos[c] != "SCONJ"]:
            return _of_subjects(p, v, seen, subjects, reporting)
        if passive := p.kids(seen, "nsubjpass"):
            return passive[0] if seen != v else None
        if p.dep[seen] == "acl" or (p.dep[seen] == "relcl" and p.tag[seen] == "VBG"):
            return _of_noun(p, seen, reporting)
        linked = p.dep[seen] in LINKED or p.low[seen] == "short"
        if not linked or p.head[seen] == seen:
            break
        if p.dep[seen] == "ccomp" and seen == v and (left := _left_noun(p, v)) is not None:
            return left
        seen = p.head[seen]
        if p.dep[seen] == "acomp" and p.tag[v] == "VB":
            seen = p.head[seen]  # "was quick to deny"
        verb = p.tag[seen].startswith(("VB", "IN")) or p.pos[seen] in ("AUX", "ADP", "SCONJ")
        if not verb and p.low[seen] != "short":
            break
    return _left_noun(p, v)


def _of_subjects(p: Parsed, v: int, seen: int, subjects: list[int], reporting: Reporting) -> int:
    """Who speaks of the subjects that the parser gave the verb at `seen`, for the cue at v."""
    first, last = subjects[0], subjects[-1]
    titled = p.lemma[first] in reporting.titles
    if titled and seen == v and _names_before(p, first, v - 1):
        return v - 1
    if titled and len(subjects) > 1 and p.pos[last] == "PROPN" and last < seen:
        return last  # "Acting head of the administration Jane Dow said"
    if ":" in p.low[first:v] and first < v and (behind := _left_noun(p, v)) is not None:
        return behind  # "Celebrations in A: rebels say that"
    if p.pos[first] == "PRON" and (accused := _accused(p, seen, reporting)) is not None:
        return accused
    if len(subjects) > 1 and ":" in p.low[first:last]:
        return last  # "Siversk: the General Staff confirms that"
    s = last if last > seen and p.low[first] in ("that", "which") else first
    if p.low[s] not in ("who", "which", "that"):
        return s
    if p.dep[seen] == "relcl":
        return p.head[seen]
    cleft = p.dep[seen] == "ccomp" and p.low[p.left[p.head[seen]]] == "it"
    return next(iter(p.kids(p.head[seen], "attr")), s) if cleft else s


def _names_before(p: Parsed, title: int, name: int) -> bool:
    """Whether a name ends the phrase of a title: "the deputy and retired general Jane Dow says"."""
    if title >= name or p.pos[name] != "PROPN" or p.is_time(name):
        return False
    return all(p.pos[k] in ("PROPN", "NOUN", "ADJ", "CCONJ", "VERB") for k in range(title + 1, name))


def _of_noun(p: Parsed, seen: int, reporting: Reporting) -> int | None:
    """Who speaks by a participle or infinitive of a noun: "used his address to announce", "Y's statement saying"."""
    noun = p.head[seen]
    if p.tag[seen] == "VB":
        return _clause_subject(p, noun)
    if p.lemma[noun] in reporting.nouns or p.lemma[noun] in reporting.form_words:
        whose = owner(p, noun)
        return whose if whose is not None else _clause_subject(p, noun)
    return noun


def _accused(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Whom somebody accuses of lying "when they said" what the verb at v says."""
    when = next((c for c in p.children[v] if p.low[c] == "when" and c < v), None)
    if when is None or p.dep[v] != "advcl" or p.lemma[when - 1] not in reporting.words["deceives"]:
        return None
    lied = when - 1
    return next(iter(p.kids(p.head[p.head[lied]], "dobj") if p.dep[lied] == "pcomp" else p.kids(lied, "nsubj")), None)


def _own_subject(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Who stands right before a cue behind "and", where the parser gave the noun to the list before it and the cue none
    ("hold Romny and Ukrainian media notes that").
    """
    noun = v - 1
    if p.tag[v] not in ("VBZ", "VBD", "VBP") or p.kids(v, "nsubj", "nsubjpass") or noun <= p.sentence[v][0]:
        return None
    if p.pos[noun] not in ("NOUN", "PROPN") or not can_speak(p, noun, reporting):
        return None
    if p.dep[noun] == "compound" and p.head[noun] == v:
        return noun  # "but the Somali army disputes this", taken for one phrase
    if p.dep[noun] != "conj":
        return None
    k = noun - 1
    while k > p.sentence[v][0] and p.pos[k] in ("ADJ", "NOUN", "PROPN", "DET"):
        k -= 1
    return noun if p.low[k] == "and" else None


def _in_a_row(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Who says more behind a comma in a headline: "Ukraine says battles rage in X, denies it is surrounded"."""
    if p.tag[v] != "VBZ" or p.low[v - 1] != "," or p.kids(v, "nsubj", "nsubjpass"):
        return None
    said = [k for k in range(p.sentence[v][0], v) if p.tag[k] == "VBZ" and p.lemma[k] in reporting.verbs]
    first = said[0] if said and "," not in p.low[said[0] : v - 1] else None
    return next((s for s in p.kids(first, "nsubj") if can_speak(p, s, reporting)), None) if first is not None else None


def _name_set_off(p: Parsed, v: int, reporting: Reporting) -> int | None:  # noqa: ARG001
    """The name between commas before a cue that ends its sentence: "S, the head of the council, Jane Dow, promised."."""
    first, last = p.sentence[v]
    if v < first + 4 or p.low[v - 1] != "," or p.pos[v - 2] != "PROPN" or p.kids(v, "nsubj", "nsubjpass"):
        return None
    k = v - 2
    while k > first and p.pos[k] == "PROPN":
        k -= 1
    ends = v + 1 >= last or p.pos[v + 1] in ("PUNCT", "ADP", "ADV")
    return v - 2 if p.low[k] == "," and p.dep[v] == "advcl" and ends else None


def _in_aside(p: Parsed, i: int, v: int) -> bool:
    """Whether the token at i stands in brackets that close before v: who acts in there is not who speaks after it."""
    between = p.low[i:v]
    return between.count(")") > between.count("(")


def _joined(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Speaker of a cue that the parser joined to the reported clause ("said soldiers held out and pointed out that"):
    the subject of the reporting verb around it.
    """
    h = p.head[v]
    besides = p.low[v - 1] in (",", "while", "although", "though")  # "denied that X had fallen, while admitting"
    goes_on = p.dep[v] == "advcl" and p.tag[v] == "VBG" and besides and not p.kids(v, "nsubj")
    if goes_on and p.dep[h] == "ccomp" and p.head[h] < h < v and p.lemma[p.head[h]] in reporting.verbs:
        said = p.head[h]
        if p.dep[said] == "xcomp" and not p.kids(said, "nsubj"):
            return subject_of_cue(p, said, reporting)  # "was quick to deny that"
        return next((s for s in p.kids(said, "nsubj") if can_speak(p, s, reporting)), None)
    if goes_on and besides and p.low[v - 1] != "," and (telling := _telling(p, h, reporting)) is not None:
        return subject_of_cue(p, telling, reporting)  # "rejected reports that X had fallen, while conceding"
    if p.dep[v] != "conj" or p.kids(v, "nsubj"):
        return None
    while p.dep[h] == "conj" and p.head[h] != h:
        h = p.head[h]
    outer = p.head[h]
    claim = p.dep[h] in ("acl", "ccomp", "relcl") and p.lemma[outer] in reporting.nouns and p.head[outer] < outer < h
    if claim and p.dep[outer] == "dobj" and p.lemma[p.head[outer]] in reporting.verbs:
        outer = p.head[outer]  # "X denied Y's claims that Russian forces took A and noted that"
    elif p.dep[h] != "ccomp":
        return None
    if outer < h and p.lemma[outer] in reporting.verbs:
        if p.dep[outer] in ("conj", "xcomp") and not p.kids(outer, "nsubj"):
            return subject_of_cue(p, outer, reporting)  # "admitted A but said that troops were moved and denied B"
        return next((s for s in p.kids(outer, "nsubj") if can_speak(p, s, reporting)), None)
    return None


def _telling(p: Parsed, i: int, reporting: Reporting) -> int | None:
    """The reporting verb on whose claim the clause at i hangs: "rejected reports that X had fallen"."""
    for _ in range(3):
        if p.head[i] == i or p.head[i] > i:
            return None
        i = p.head[i]
        if p.lemma[i] in reporting.verbs and p.tag[i].startswith("VB"):
            return i
        if p.lemma[i] not in reporting.nouns:
            return None
    return None


RULES: tuple[Callable[[Parsed, int, Reporting], int | None], ...] = (
    evidence_before, _behind_mark, _before_participle, _text_read, _own_subject, _in_a_row, _denier, _name_set_off, _joined,
)  # fmt: skip
"""Who speaks, where the words around a cue tell it and the tree may not."""


def outer_subject(p: Parsed, v: int, speaker: int, reporting: Reporting) -> int:
    """Where the parser gave a cue the subject of the reported clause ("said two villages held out and pointed out"):
    the subject of the reporting verb around it, if one can speak.
    """
    i = v
    for _ in range(8):
        if p.head[i] == i:
            break
        i = p.head[i]
        if p.lemma[i] in reporting.verbs:
            for s in p.kids(i, "nsubj"):
                if can_speak(p, s, reporting) and p.low[s] not in ("nobody", "none", "it", "which", "that"):
                    return s
    return speaker


def _clause_subject(p: Parsed, i: int) -> int | None:
    """Subject of the clause that a noun stands in ("The ministry issued a statement saying")."""
    for _ in range(8):
        if p.head[i] == i:
            return None
        i = p.head[i]
        if subjects := p.kids(i, "nsubj"):
            return subjects[0]
    return None


def _left_noun(p: Parsed, v: int) -> int | None:
    """The noun or pronoun that ends the words left of a verb, adverbs, times and brackets between them aside."""
    i = v - 1
    first = p.sentence[v][0]
    if i == first and p.tag[v] == "NNS" and p.capital(i):
        return i  # "Kyiv disputes capture of X", tagged as if Kyiv were an adjective
    if i - 1 > first and p.low[i] == "," and p.pos[i - 1] == "PROPN":
        return i - 1  # ", Jane Dow, told us"
    while i >= first and v - i <= MAX_REACH:
        if p.pos[i] in ("NOUN", "PROPN", "PRON") and not p.is_time(i):
            return i
        if p.pos[i] not in ("ADV", "AUX", "PART", "ADP", "NUM", "DET", "PROPN") and p.low[i] not in (
            "on",
            "late",
            "last",
        ):
            return None
        i -= 1
    return None

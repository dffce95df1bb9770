"""Reporting frames of a parsed passage: each cue with its speaker's tokens and the tokens of what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportedly.knowledge.reporting import Reporting, Verb

__all__ = ["Frame", "Parsed", "find_frames"]

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
CLAUSES = frozenset({"ccomp", "xcomp", "acl", "relcl", "advcl", "parataxis"})
CONTRAST = frozenset({"but", "while", "although", "though", "whereas", "however", ";", "yet"})
REFUSALS = frozenset({"refuse", "decline", "fail", "unable", "stop", "wait", "yet", "hesitate"})
MAX_REACH = 14  # tokens that a surface search looks left or right of a cue for its speaker


@dataclass(slots=True)
class Parsed:
    """A spaCy Doc as plain lists by token number: reading them is many times cheaper than asking the tokens."""

    doc: Any
    low: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)  # first token of the subtree
    right: list[int] = field(default_factory=list)  # last token of the subtree
    sentence: list[tuple[int, int]] = field(default_factory=list)
    times: frozenset[str] = frozenset()  # words of days and months

    @classmethod
    def of(cls, doc: Any, reporting: Reporting) -> Parsed:
        """Read out a Doc once."""
        p = cls(doc, times=reporting.words["days"] | reporting.words["times"])
        size = len(doc)
        p.children = [[] for _ in range(size)]
        for t in doc:
            p.low.append(t.lower_.replace("’", "'"))
            p.lemma.append(t.lemma_.lower())
            p.pos.append(t.pos_)
            p.tag.append(t.tag_)
            p.dep.append(t.dep_)
            p.head.append(t.head.i)
        for i, h in enumerate(p.head):
            if h != i:
                p.children[h].append(i)
        p.left, p.right = list(range(size)), list(range(size))
        for i in range(size):  # every token widens the subtrees of its ancestors
            h, steps = i, 0
            while p.head[h] != h and steps < 200:
                h, steps = p.head[h], steps + 1
                p.left[h] = min(p.left[h], i)
                p.right[h] = max(p.right[h], i)
        for sent in doc.sents:
            p.sentence += [(sent.start, sent.end)] * (sent.end - sent.start)
        return p

    def kids(self, i: int, *deps: str) -> list[int]:
        """Children of a token with one of these relations."""
        return [c for c in self.children[i] if self.dep[c] in deps]

    def text(self, start: int, end: int) -> str:
        """The words of a token range as written."""
        return str(self.doc[start:end].text)


@dataclass(slots=True)
class Frame:
    """A cue with its speaker and content, all in token numbers, half-open.

    `speaker` is the head token of who speaks (None: nobody is named), `relay` of who passes it on ("TASS quoted ...").
    `ranges` are the content. `kind` is the verb's kind; `negated` that the content is not asserted ("did not confirm").
    """

    cue: int
    cue_span: tuple[int, int]
    kind: str
    speaker: int | None
    ranges: list[tuple[int, int]]
    rule: str
    certainty: str = "certain"
    negated: bool = False
    stance: str = ""  # false | doubt: the writer's own word on it
    relay: int | None = None
    listener: int | None = None
    quoted: bool = False
    hearsay: bool = False
    colon: bool = False
    name: str | None = None  # words for the speaker where no token heads them

    def covers(self, i: int) -> bool:
        """Whether token i is content."""
        return any(a <= i < b for a, b in self.ranges)

    @property
    def size(self) -> int:
        """How many tokens the content has."""
        return sum(b - a for a, b in self.ranges)


def find_frames(p: Parsed, reporting: Reporting) -> list[Frame]:
    """Every reporting frame of the passage, in order of cues."""
    frames: list[Frame] = []
    for i in range(len(p.low)):
        verb = reporting.verbs.get(p.lemma[i])
        if verb is not None and _is_verb(p, i):
            frames.extend(_verb_frame(p, i, verb, reporting))
        elif p.lemma[i] in reporting.nouns and p.tag[i] in ("NN", "NNS"):
            frames.extend(_noun_frame(p, i, reporting))
        elif p.low[i] in reporting.first_words:
            frames.extend(_according(p, i, reporting))
        elif p.low[i] == "claimed" and i >= 2 and p.low[i - 1] == "-":
            frames.append(
                Frame(i, (i - 2, i + 1), "says", i - 2, [(i + 1, p.right[p.head[i]] + 1)], "adjective of claim")
            )
    return frames


def _is_verb(p: Parsed, i: int) -> bool:
    """Whether a token that looks like a reporting verb is one (and no noun or adjective of that form)."""
    if p.tag[i].startswith("VB"):
        return not (p.dep[i] in ("amod", "compound") and p.tag[i] in ("VBN", "VBG"))
    if p.tag[i] == "NNS" and p.dep[i] in ("ROOT", "ccomp", "parataxis", "conj") and p.low[i].endswith("s"):
        return any(p.dep[c] in ("nsubj", "ccomp") for c in p.children[i])  # headlines: "Kyiv claims"
    return False


# --- verbs ---------------------------------------------------------------------------------------------------------
def _verb_frame(p: Parsed, v: int, verb: Verb, reporting: Reporting) -> Iterator[Frame]:
    """The frame of a reporting verb: active, inverted, passive, participial, or quoting another."""
    if verb.lemma in ("quote", "cite"):
        yield from _quoting(p, v)
        return
    passive = any(p.dep[c] == "auxpass" for c in p.children[v]) or _reduced_passive(p, v)
    speaker, hearsay = (_agent(p, v), True) if passive else (_subject(p, v, reporting), False)
    if passive and speaker is not None:
        hearsay = False
    if speaker is not None and not passive and not can_speak(p, speaker, reporting):
        speaker = _outer_subject(p, v, speaker, reporting)
    ranges, rule = _content(p, v, verb, passive=passive, speaker=speaker)
    ranges = [(a, b) for a, b in ranges if any(p.pos[k] not in ("PRON", "PUNCT", "SPACE", "DET") for k in range(a, b))]
    if not ranges:
        return
    if not passive and speaker is None and p.dep[v] not in ("ROOT", "advcl", "conj", "ccomp", "parataxis"):
        return
    yield Frame(
        cue=v,
        cue_span=_cue_span(p, v),
        kind=verb.kind,
        speaker=speaker,
        ranges=ranges,
        rule=f"{'passive ' if passive else ''}“{p.low[v]}”: {rule}",
        certainty=verb.certainty,
        negated=_negated(p, v),
        stance=_stance(p, v, reporting),
        listener=_listener(p, v),
        hearsay=hearsay,
    )


def _reduced_passive(p: Parsed, v: int) -> bool:
    """A participle after its noun ("claims made", "advances reported by"): passive without an auxiliary."""
    return p.tag[v] == "VBN" and p.dep[v] in ("acl", "amod") and not p.kids(v, "aux")


def _cue_span(p: Parsed, v: int) -> tuple[int, int]:
    """The verb with its auxiliaries, negation and adverbs directly before it."""
    start = v
    while start > 0 and p.head[start - 1] == v and p.dep[start - 1] in ("aux", "auxpass", "neg", "advmod"):
        start -= 1
    return start, v + 1


def _agent(p: Parsed, v: int) -> int | None:
    """Who stands behind "by" of a passive verb."""
    for c in p.children[v]:
        if p.low[c] == "by":
            for o in p.kids(c, "pobj", "pcomp"):
                return o
    return None


def _subject(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Head token of who does the saying: own subject, that of the verb it is joined to, the noun it modifies, or by surface."""
    seen = v
    for _ in range(6):
        subjects = [c for c in p.kids(seen, "nsubj") if p.pos[c] != "SCONJ"]
        if subjects:
            s = subjects[-1] if subjects[-1] > seen and p.low[subjects[0]] in ("that", "which") else subjects[0]
            if p.low[s] in ("who", "which", "that") and p.dep[seen] == "relcl":
                return p.head[seen]
            return s
        if p.kids(seen, "nsubjpass"):
            return p.kids(seen, "nsubjpass")[0] if seen != v else None
        if p.dep[seen] == "acl" or (p.dep[seen] == "relcl" and p.tag[seen] == "VBG"):
            noun = p.head[seen]
            if p.lemma[noun] in reporting.nouns or p.lemma[noun] in reporting.form_words:
                return _owner(p, noun) if _owner(p, noun) is not None else _clause_subject(p, noun)
            return noun
        if p.dep[seen] in ("conj", "xcomp", "advcl", "prep", "pcomp", "ccomp") and p.head[seen] != seen:
            if p.dep[seen] == "ccomp" and seen == v and _left_noun(p, v) is not None:
                return _left_noun(p, v)
            seen = p.head[seen]
            if not p.tag[seen].startswith(("VB", "IN")) and p.pos[seen] not in ("AUX", "ADP", "SCONJ"):
                break
            continue
        break
    return _left_noun(p, v)


def can_speak(p: Parsed, i: int, reporting: Reporting) -> bool:
    """Whether a noun can be somebody who speaks, or something that shows: a name, a pronoun, people, a body, evidence."""
    if p.pos[i] in ("PROPN", "PRON") or p.doc[i].text[:1].isupper():
        return True
    lemma = p.lemma[i]
    return (
        lemma in reporting.people
        or lemma in reporting.bodies
        or lemma in reporting.titles
        or lemma in reporting.evidence
        or lemma in reporting.nouns
        or lemma in reporting.form_words
        or p.low[i] in reporting.people
        or lemma.endswith(("er", "or", "ist", "ian", "man", "woman", "ant", "eer"))
    )


def _outer_subject(p: Parsed, v: int, speaker: int, reporting: Reporting) -> int:
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
                if can_speak(p, s, reporting):
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
    while i >= first and v - i <= MAX_REACH:
        if p.pos[i] in ("NOUN", "PROPN", "PRON") and not _is_time(p, i):
            return i
        if p.pos[i] not in ("ADV", "AUX", "PART", "ADP", "NUM", "DET", "PROPN") and p.low[i] not in (
            "on",
            "late",
            "last",
        ):
            return None
        i -= 1
    return None


def _is_time(p: Parsed, i: int) -> bool:
    return p.low[i] in p.times


def _listener(p: Parsed, v: int) -> int | None:
    """Who is told ("told Reuters", "said to reporters"), or whom an interview is with."""
    for c in p.children[v]:
        if p.dep[c] == "dative" or (
            p.dep[c] in ("dobj", "iobj") and p.lemma[v] in ("tell", "inform", "notify", "brief")
        ):
            if p.low[c] == "to":
                return next(iter(p.kids(c, "pobj")), None)
            return c
    if p.lemma[v] == "tell" and v + 1 < len(p.low) and p.pos[v + 1] in ("PROPN", "NOUN", "PRON", "DET"):
        end = v + 1
        while end + 1 < len(p.low) and p.pos[end] in ("PROPN", "DET") and p.pos[end + 1] in ("PROPN", "NOUN"):
            end += 1
        return end
    return None


def _negated(p: Parsed, v: int) -> bool:
    """Whether the cue is negated or refused ("did not confirm", "declined to say")."""
    if p.kids(v, "neg") or any(p.low[c] in ("not", "n't", "never", "cannot") for c in p.children[v]):
        return True
    h = p.head[v]
    if p.dep[v] in ("xcomp", "ccomp", "acl") and h != v and p.lemma[h] in REFUSALS:
        return True
    return bool(h != v and p.dep[v] == "xcomp" and p.kids(h, "neg"))


def _stance(p: Parsed, v: int, reporting: Reporting) -> str:
    """The writer's own word beside the cue ("falsely claimed"), or nothing."""
    near = {p.low[c] for c in p.children[v]} | set(p.low[max(0, v - 2) : v])
    return "false" if near & reporting.false else "doubt" if near & reporting.doubt else ""


def _content(p: Parsed, v: int, verb: Verb, *, passive: bool, speaker: int | None) -> tuple[list[tuple[int, int]], str]:
    """Token ranges of what is said, by the first construction that fits."""
    sent_start, sent_end = p.sentence[v]
    clauses = [c for c in p.children[v] if p.dep[c] == "ccomp" or (p.dep[c] == "parataxis" and c < v)]
    if not passive:
        clauses += p.kids(v, "xcomp") if verb.kind in ("says", "concedes", "denies", "directs") else []
    if clauses:
        ranges = [(p.left[c], p.right[c] + 1) for c in clauses]
        if max(b for _, b in ranges) > v:
            ranges.extend(_continued(p, v))
        return ranges, "its clause"
    if passive:
        if infinitives := p.kids(v, "xcomp", "oprd"):
            subject = p.kids(v, "nsubjpass")
            left = p.left[subject[0]] if subject else p.left[infinitives[0]]
            return [(left, p.right[infinitives[-1]] + 1)], "its infinitive"
        if p.dep[v] == "acl":
            noun = p.head[v]
            return [(p.left[noun], v)], "the noun it follows"
        if p.kids(v, "nsubjpass") and _agent(p, v) is not None:
            s = p.kids(v, "nsubjpass")[0]
            return [(p.left[s], p.right[s] + 1)], "its subject"
    tail = _inserted(p, v, sent_start, sent_end, speaker)
    if tail is not None:
        return tail, "the sentence around it"
    if verb.takes_object and not passive and (objects := p.kids(v, "dobj")):
        o = objects[0]
        return [(p.left[o], max(p.right[o] + 1, _object_end(p, v, o)))], "its object"
    after = _after(p, v, sent_end)
    if after is not None:
        return [after], "the words after it"
    if v + 1 < len(p.low) and p.low[v + 1] in (":", ","):
        return [(v + 2, sent_end)], "the words after its mark"
    return [], ""


def _object_end(p: Parsed, v: int, o: int) -> int:
    """Where a nominal content ends: prepositional phrases that the parser hung on the verb still belong to it."""
    end = p.right[o] + 1
    for c in p.children[v]:
        if (
            c > o
            and p.dep[c] == "prep"
            and p.low[c] in ("near", "in", "around", "from", "of", "at", "toward", "towards", "into", "by")
        ):
            if any(_is_time(p, k) for k in range(p.left[c], p.right[c] + 1)):
                break
            end = max(end, p.right[c] + 1)
    return end


def _continued(p: Parsed, v: int) -> list[tuple[int, int]]:
    """Clauses joined to the cue with "and" that go on with what is said, though the parser joined them to the cue itself."""
    found = []
    for c in p.kids(v, "conj"):
        between = p.low[v + 1 : c]
        joint = [p.low[k] for k in p.kids(v, "cc") if k < c]
        if any(w in CONTRAST for w in joint[-1:]) or not p.tag[c].startswith("VB") or ";" in between:
            continue
        found.append((p.left[c], p.right[c] + 1))
    return found


def _inserted(p: Parsed, v: int, sent_start: int, sent_end: int, speaker: int | None) -> list[tuple[int, int]] | None:
    """Content of a cue that stands at the end of a sentence or between commas: the rest of the sentence."""
    begin = min(v, p.left[speaker]) if speaker is not None and p.sentence[speaker] == (sent_start, sent_end) else v
    finish = max(v, p.right[speaker]) + 1 if speaker is not None and speaker > v else v + 1
    while begin > sent_start and p.pos[begin - 1] in ("ADV", "DET", "ADJ") and p.low[begin - 1] not in ("not",):
        begin -= 1
    if begin <= sent_start + 1 or p.low[begin - 1] not in (",", "”", '"', "-", "–", "—", "'", "’"):
        return None
    end = finish
    while (
        end < sent_end
        and (p.pos[end] in ("ADV", "ADP", "DET", "NUM", "PROPN", "NOUN", "ADJ", "PART") or p.low[end] in ("'s",))
        and end - finish < MAX_REACH
    ):
        end += 1
    if end < sent_end and p.low[end] not in (
        ",",
        ".",
        "!",
        "?",
        ";",
        "”",
        '"',
        ":",
        "-",
        "–",
        "—",
        ")",
        "\n",
        "\n\n",
        "and",
        "but",
        "while",
        "adding",
        "saying",
    ):
        return None
    start = sent_start
    for k in range(begin - 2, sent_start, -1):
        if p.low[k] in CONTRAST and p.low[k] != "however" and any(p.tag[m] in FINITE for m in range(k, begin - 1)):
            start = k + 1
            break
    ranges = [(start, begin - 1)]
    if end < sent_end and p.low[end] == "," and end + 1 < sent_end and p.low[end + 1] not in CONTRAST:
        interrupts = not any(p.tag[m] in FINITE for m in range(start, begin - 1))
        ranges += [(end + 1, sent_end)] if interrupts else []
    return ranges


def _after(p: Parsed, v: int, sent_end: int) -> tuple[int, int] | None:
    """What follows a cue up to the end of its sentence, if it holds a clause: the parser missed that it is one."""
    for k in range(v + 1, min(v + MAX_REACH, sent_end)):
        if p.low[k] in ("that", "how", "whether"):
            return (k + 1, sent_end)
    if any(p.tag[k] in FINITE for k in range(v + 1, sent_end)):
        return (v + 1, sent_end)
    return None


def _quoting(p: Parsed, v: int) -> Iterator[Frame]:
    """ "TASS quoted the ministry as saying", "was quoted by TASS as saying", and "citing the ministry"."""
    passive = any(p.dep[c] == "auxpass" for c in p.children[v])
    sent_start, sent_end = p.sentence[v]
    as_ = next((k for k in range(v + 1, min(v + 20, sent_end)) if p.low[k] == "as"), None)
    if as_ is not None and as_ + 1 < sent_end and p.tag[as_ + 1] == "VBG":
        speaker = next(iter(p.kids(v, "nsubjpass" if passive else "dobj")), None)
        relay = _agent(p, v) if passive else next(iter(p.kids(v, "nsubj")), None)
        yield Frame(
            v, (v, v + 1), "says", speaker, [(as_ + 2, sent_end)], "quoted as saying", relay=relay
        )  # fmt: skip
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
    h = p.head[v]
    if p.tag[v] == "VBG" and h != v:
        said = (sent_start, v) if v > sent_start + 1 else (p.right[v] + 1, sent_end)
        yield Frame(v, (v, v + 1), "cites", source, [said], "citing")


# --- nouns ---------------------------------------------------------------------------------------------------------
def _owner(p: Parsed, n: int) -> int | None:
    """Whose claim or statement a noun is: possessor, "by X", "from X", or the nation before it."""
    for c in p.kids(n, "poss"):
        return c
    for c in p.children[n]:
        if p.low[c] in ("by", "from") and (objects := p.kids(c, "pobj")):
            return objects[0]
    for c in p.children[n]:
        if c < n and p.dep[c] in ("amod", "compound", "nmod") and p.doc[c].text[:1].isupper():
            return c
    for c in p.kids(n, "acl", "relcl"):  # "claims made by X that"
        if (agent := _agent(p, c)) is not None:
            return agent
    return None


def _noun_frame(p: Parsed, n: int, reporting: Reporting) -> Iterator[Frame]:
    """ "Russia's claim to have captured X", "claims by Y that", "reports of": a noun that reports, with owner and content."""
    owner = _owner(p, n)
    sent_end = p.sentence[n][1]
    clauses = [c for c in p.kids(n, "acl", "ccomp", "relcl", "advcl") if c > n and not _agent_only(p, c)]
    if clauses:
        c = clauses[-1]
        ranges = [(p.left[c], p.right[c] + 1)]
    elif of := [c for c in p.children[n] if p.low[c] in ("of", "about", "on") and p.dep[c] == "prep"]:
        ranges = [(of[0] + 1, p.right[of[0]] + 1)]
    elif n + 1 < sent_end and p.low[n + 1] == "that":
        ranges = [(n + 2, sent_end)]
    else:
        return
    kind = "denies" if p.lemma[n] in reporting.denials else "says"
    yield Frame(
        cue=n, cue_span=(n, n + 1), kind=kind, speaker=owner, ranges=ranges, rule=f"noun “{p.low[n]}”", hearsay=owner is None,
        stance="false" if any(p.low[c] in ("false", "untrue", "baseless", "fake") for c in p.kids(n, "amod")) else "",
    )  # fmt: skip


def _agent_only(p: Parsed, c: int) -> bool:
    """ "claims made by X": the participle brings the owner, not the content."""
    return p.lemma[c] in ("make", "issue", "publish", "release", "post") or (
        p.tag[c] == "VBN" and _agent(p, c) is not None and not p.kids(c, "nsubjpass")
    )


# --- "according to" -------------------------------------------------------------------------------------------------
def _according(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """A phrase that brings in the speaker of the sentence around it."""
    for words in reporting.according:
        if tuple(p.low[i : i + len(words)]) == words and i + len(words) < len(p.low):
            break
    else:
        return
    sent_start, sent_end = p.sentence[i]
    after = i + len(words)
    if words == ("per",) and (p.pos[after] != "PROPN" or (i > sent_start and p.low[i - 1] not in (",", "(", "-"))):
        return
    head = _phrase_head(p, after, sent_end)
    if head is None:
        return
    end = _phrase_end(p, head, sent_end)
    before = p.low[i - 1] if i > sent_start else ""
    if (
        i == sent_start
        or before in ("but", "and", "while", "(", "however", "yet")
        or (before == "," and i - 2 >= sent_start and p.low[i - 2] in CONTRAST | {"and"})
    ):
        ranges = [(sent_start, i - 1)] if before == "(" else [(end, sent_end)]
    else:
        start = sent_start
        for k in range(i - 1, sent_start, -1):
            if p.low[k] in CONTRAST and any(p.tag[m] in FINITE for m in range(k, i)):
                start = k + 1
                break
        ranges = [(start, i)]
        if end < sent_end and p.low[end] == "," and not (end + 1 < sent_end and p.low[end + 1] in CONTRAST):
            ranges.append((end + 1, sent_end))
    yield Frame(
        i, (i, after), "cites" if " ".join(words) in reporting.citing else "says", head, ranges, f"“{' '.join(words)}”"
    )


def _phrase_head(p: Parsed, start: int, limit: int) -> int | None:
    """Head noun of the noun phrase that begins at a token."""
    k = start
    while k < limit and p.pos[k] in ("DET", "ADJ", "NUM", "ADV", "PUNCT", "VERB", "PART") and k - start < 6:
        if p.low[k] in (",", ".", ";", ":"):
            return None
        k += 1
    last = None
    while k < limit and (p.pos[k] in ("NOUN", "PROPN", "PRON", "ADJ", "PART", "NUM") or p.low[k] in ("-", "'s")):
        if p.pos[k] in ("NOUN", "PROPN", "PRON") and not (_is_time(p, k) and last is not None):
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


def ordered(frames: Sequence[Frame]) -> list[Frame]:
    """Frames from the outermost inwards: one that covers another's cue comes before it."""
    depth = {id(f): sum(g is not f and g.covers(f.cue) for g in frames) for f in frames}
    return sorted(frames, key=lambda f: (depth[id(f)], -f.size))

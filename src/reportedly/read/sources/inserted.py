"""Cues set off by marks inside or after what is said: "S, X said", "A, say its people, was lost", "A – X admits as much – fell"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.marks import DASHES
from reportedly.read.parsing.parsed import CONTRAST, Parsed, can_speak
from reportedly.read.parsing.tags import FINITE

__all__ = [
    "MARKS",
    "WHEN",
    "Insertion",
    "find_insertion",
    "only_dates",
    "reports_in",
    "said_around",
    "sentence_tail",
]

MARKS = frozenset({",", "”", '"', "-", "–", "—", "'", "’"})
WHEN = frozenset({"as", "after", "when", "while", "since", "before", "amid", "once"})
ENDS = MARKS | frozenset({".", "!", "?", ";", ":", ")", "\n", "\n\n", "and", "but", "while", "adding", "saying"})
PHRASE = frozenset({"ADV", "ADP", "DET", "NUM", "PROPN", "NOUN", "ADJ", "PART", "PRON"})
SUBORDINATE = frozenset({"after", "before", "while", "because", "once", "until", "since", "if"})
MAX_CHUNK = 14  # tokens of an inserted cue on either side of its verb


@dataclass(frozen=True, slots=True)
class Insertion:
    """An inserted cue: `begin` is the mark before it, `end` the mark or end after it, `speaker` the head of who speaks."""

    begin: int
    end: int
    speaker: int


def is_mark(p: Parsed, k: int) -> bool:
    """Whether a token sets off a cue: a comma, a closing quotation mark, a dash between spaces, an opening bracket."""
    if p.low[k] not in MARKS and p.low[k] != "(":
        return False
    if p.tag[k] in ("POS", "HYPH"):
        return False
    return p.low[k] not in DASHES or k == 0 or bool(p.doc[k - 1].whitespace_)


@dataclass(slots=True)
class _Aside:
    """A reporting verb at v between the marks at m and `end`, with the words before it that may name who speaks."""

    p: Parsed
    v: int
    reporting: Reporting
    m: int
    end: int
    between: list[int]

    @property
    def first(self) -> int:
        """The start of its sentence."""
        return self.p.sentence[self.v][0]

    @property
    def last(self) -> int:
        """The end of its sentence."""
        return self.p.sentence[self.v][1]

    @property
    def opens(self) -> str:
        """The first of the words before it."""
        return self.p.low[self.between[0]]

    def has_object(self) -> bool:
        """Whether an object follows it."""
        return any(o > self.v for o in self.p.kids(self.v, "dobj"))


def find_insertion(p: Parsed, v: int, reporting: Reporting) -> Insertion | None:
    """The inserted cue around a reporting verb, where the words between its marks are its speaker and times alone."""
    if (described := _described(p, v, reporting)) is not None:
        return described
    first, last = p.sentence[v]
    m = _mark_before(p, v)
    end = _chunk_end(p, v + 1, last) if m > first and is_mark(p, m) else None
    if end is None or "where" in p.low[m + 1 : v]:  # "hold X, where the army claimed gains": told of the place alone
        return None
    between = [k for k in range(m + 1, v) if p.pos[k] not in ("ADV", "AUX", "SPACE")]
    c = _Aside(p, v, reporting, m, end, between)
    if not between:
        if _of_outer_subject(c):
            return None
        title = _title_before(p, m, first, reporting)
        if title is not None and not any(s > title for s in p.kids(v, "nsubj")):
            return Insertion(title, end, m - 1)  # "S, the town's mayor, Jane Dow, has announced", all hung on S
    speaker = _speaker(c)
    if speaker is None or p.is_time(speaker) or any(rule(c, speaker) for rule in NO_ASIDE):
        return None
    return Insertion(m, end, speaker)


def _mark_before(p: Parsed, v: int) -> int:
    """The mark before a cue and its speaker, or the token where such a phrase would be too long."""
    first, m = p.sentence[v][0], v - 1
    while m > first and p.dep[m] == "aux" and p.head[m] == v and p.tag[m] != "MD":
        m -= 1  # "S, the ministry, X has said"
    while m > first and v - m <= MAX_CHUNK and not is_mark(p, m) and p.tag[m] not in ("VBD", "VBZ", "VBP"):
        m -= 1
    return m


def _of_outer_subject(c: _Aside) -> bool:
    """ "One resident, who fled, described the day: ...", "entered X, opening a new front": the subject stands before the aside."""
    p, v = c.p, c.v
    if any(s < v for s in p.kids(v, "nsubj")) and p.low[c.end : c.end + 1] == [":"]:
        return True
    return p.tag[v] == "VBG" and bool(p.kids(v, "dobj"))


def _speaker(c: _Aside) -> int | None:
    """Who speaks between the marks, behind the cue or before it; nobody in a clause that tells something else."""
    if not c.between:
        return _head_after(c.p, c.v, c.end)
    two = _first_of_two(c.p, c.between, c.reporting)
    if two is not None and c.p.has_verb(c.first, c.m):
        return two
    return None if _tells_else(c) else _head_before(c.p, c.between)


def _tells_else(c: _Aside) -> bool:
    """Whether the words before a cue are a clause or a time: "took X, hours after the government announced a truce"."""
    p = c.p
    if any(p.low[k] in ("and", "or", "who", "which", "that", "when", "as") for k in c.between):
        return True
    if p.dep[c.v] == "advcl" and c.opens in SUBORDINATE:
        return True  # "took X, the first town of Y, after the army agreed to leave": a time, nobody speaks
    if c.opens == "with" and p.tag[c.v] == "VBG":
        return True  # "fighting erupts in X, with both sides claiming control of the palace"
    return _measured_time(p, c.between)


def _answers(c: _Aside, speaker: int) -> bool:  # noqa: ARG001 - all are asked alike
    """ "As X falls, soldiers recall a retreat", "X was taken; A owned up to the loss"."""
    return (c.p.low[c.first] in WHEN or ";" in c.p.low[c.m : c.v]) and c.has_object()


def _reads(c: _Aside, speaker: int) -> bool:
    return c.p.lemma[c.v] == "read" and c.p.low[speaker] in ("we", "one")


def _of_name_before(c: _Aside, speaker: int) -> bool:
    """Whether the name before the first mark speaks: "The minister, Jane Dow, said X", "the mayor, Jane Dow, told us"."""
    p, v = c.p, c.v
    if c.between:
        return False
    clause = p.head[speaker]
    told = p.dep[speaker] in ("nsubj", "nsubjpass") and p.dep[clause] == "ccomp" and p.head[clause] == v
    if p.lemma[v] == "tell" or (told and any(s < c.m for s in p.kids(v, "nsubj"))):
        return True
    if _predicate_follows(p, c.end, c.last):
        return False
    # "the governor, says the town, ...": no insertion; "the mayor, Jane Dow, said"
    return (c.end < c.last and p.low[c.end] == ",") or _apposed_before(p, c.m, c.first)


def _leads_in(c: _Aside, speaker: int) -> bool:  # noqa: ARG001
    """Whether nothing is said before it: "Meanwhile, the mayor announced the loss of X", "Asked about the town, the mayor said"."""
    p, first = c.p, c.first
    if c.has_object() and p.pos[first] == "ADV" and only_dates(p, first, c.m):
        return True  # "However, rebels announced the capture of X, but the mayor said": more may follow
    if p.has_verb(first, c.m) or (c.end < c.last and p.has_verb(c.end, c.last)):
        return False
    if only_dates(p, first, c.m) or c.has_object():
        return True  # "Years into the war, he claims control of X"
    return p.tag[first] in ("VBN", "VBG", "IN") or p.lemma[first] in ("ask", "speak") or p.doc[first].head.i == c.m


def _own_clause(c: _Aside, speaker: int) -> bool:  # noqa: ARG001
    """ "On Monday, the army announced an offensive; X was taken": what it announced is told, and another clause begins."""
    return c.p.low[c.end : c.end + 1] == [";"] and c.has_object() and not c.p.has_verb(c.first, c.m)


def _goes_on(c: _Aside, speaker: int) -> bool:  # noqa: ARG001
    """ "On Monday, the mayor said, adding that"."""
    p, behind = c.p, c.end + 1
    more = behind < c.last and p.tag[behind] == "VBG" and p.lemma[behind] in c.reporting.verbs
    return more and not p.has_verb(c.first, c.m)


NO_ASIDE: tuple[Callable[[_Aside, int], bool], ...] = (
    _answers,
    _reads,
    _of_name_before,
    _leads_in,
    _own_clause,
    _goes_on,
)
"""Why a cue between marks is none that is set into what is said."""


def _described(p: Parsed, v: int, reporting: Reporting) -> Insertion | None:
    """The cue of ", a soldier who was there said", ", an official, who asked not to be named, said": a clause tells of its speaker."""
    first, last = p.sentence[v]
    aside = p.low[v - 1] == ","
    words = ("who", "speaking") if aside else ("who",)
    who = next((k for k in range(v - 2, max(first + 1, v - MAX_CHUNK), -1) if p.low[k] in words), None)
    if who is None or any(is_mark(p, k) for k in range(who, v - 1)) or aside != (p.low[who - 1] == ","):
        return None
    noun = m = who - 1 - aside
    if p.lemma[noun] not in reporting.people or not any(p.tag[k][:2] == "VB" for k in range(who, v)):
        return None
    while m > first and p.pos[m] in ("DET", "ADJ", "NOUN", "PROPN", "NUM"):
        m -= 1
    end = _chunk_end(p, v + 1, last)
    closed = m > first and p.low[m] == "," and p.has_verb(first, m)
    return Insertion(m, end, noun) if closed and end is not None else None


def _first_of_two(p: Parsed, tokens: list[int], reporting: Reporting) -> int | None:
    """The first of two who speak together at the end: "S, the president and a spokesman for the rebels said"."""
    joint = next((n for n, k in enumerate(tokens) if p.low[k] == "and"), None)
    if joint is None or any(p.pos[k] in ("VERB", "SCONJ") or p.tag[k] in ("WP", "WDT") for k in tokens):
        return None
    one, other = _head_before(p, tokens[:joint]), _head_before(p, tokens[joint + 1 :])
    if one is None or other is None or not (can_speak(p, one, reporting) and can_speak(p, other, reporting)):
        return None
    return one


def only_dates(p: Parsed, first: int, end: int) -> bool:
    """Whether nothing but adverbs and a time stands at the head of a sentence: "Meanwhile, ", "On Monday, ", "Early on July 2, "."""
    plain = ("ADV", "CCONJ", "PUNCT", "SPACE", "ADP", "DET", "NUM")
    return all(p.pos[k] in plain or p.is_time(k) for k in range(first, end))


def _measured_time(p: Parsed, tokens: list[int]) -> bool:
    """Whether tokens open with a measured time: "hours after", "more than a year before", "just days after"."""
    timed = False
    for k in tokens:
        if p.low[k] in ("after", "before"):
            return timed
        time = p.lemma[k] in p.times or p.lemma[k] in ("hour", "minute")
        if not (time or p.pos[k] in ("DET", "NUM", "ADV", "ADJ") or p.low[k] == "than"):
            return False
        timed = timed or time
    return False


def _based(p: Parsed, k: int) -> bool:
    """Whether "based" at k tells where who speaks is at home: "said a Rakhine-based worker"."""
    return p.low[k] == "based" and p.tag[k - 1] == "HYPH"


def _chunk_end(p: Parsed, start: int, last: int) -> int | None:
    """Where the words after a cue end that belong to it (listener, time, place): at a mark or the sentence's end."""
    end = start
    while (
        end < last
        and end - start < MAX_CHUNK
        and not is_mark(p, end)
        and (
            p.pos[end] in PHRASE
            or p.low[end] in ("'s", "'", "as", "so", "much")
            or p.low[end : end + 2] == ["-", "based"]
            or _based(p, end)
        )
        and p.low[end] not in ("that", "how", "whether", "if", "because", "when", "what", "who")
    ):
        end += 1
    if end < last and p.low[end] not in ENDS and p.pos[end] not in ("PUNCT", "SPACE"):
        return None
    if any(p.tag[k] in FINITE for k in range(start, end)):
        return None
    return end


def _head_before(p: Parsed, tokens: list[int]) -> int | None:
    """Head of the speaker's phrase before a cue: the last noun before its first preposition."""
    head = None
    for k in tokens:
        if p.pos[k] == "ADP" and head is not None and p.low[k - 1] != "-":  # but "Commander-in-Chief"
            break
        if p.pos[k] in ("NOUN", "PROPN", "PRON") and not (p.is_time(k) and head is not None):
            head = k
    return head


def _head_after(p: Parsed, v: int, end: int) -> int | None:
    """Head of the speaker's phrase right after an inverted cue ("say its people", "said the mayor of Bor")."""
    k = v + 1
    while (k < end and p.pos[k] in ("DET", "ADJ", "NUM", "ADV")) or (k < end and p.tag[k] == "PRP$"):
        k += 1
    head = None
    while k < end and (
        p.pos[k] in ("NOUN", "PROPN")
        or p.low[k] in ("-", "'s", "’s")
        or (p.tag[k] == "PRP" and head is None)
        or (p.pos[k] == "ADJ" and p.low[k - 1] in ("'s", "’s"))
        or _tied(p, k)
    ):
        noun = p.pos[k] in ("NOUN", "PROPN", "PRON") or p.tag[k] == "PRP"
        head = k if noun and not _tied(p, k) else head
        k += 1
    return head  # of "Ukraine's top general" the last noun


def _tied(p: Parsed, k: int) -> bool:
    """Whether such a word stands at k, or an adjective behind one."""
    return _based(p, k) or (p.pos[k] == "ADJ" and _based(p, k - 1))


def _predicate_follows(p: Parsed, end: int, last: int) -> bool:
    """Whether a finite verb follows a mark, adverbs aside: the predicate of a subject left of the insertion."""
    k = end + 1
    while k < last and p.pos[k] == "ADV":
        k += 1
    return k < last and p.tag[k] in FINITE


def _apposed_before(p: Parsed, m: int, first: int) -> bool:
    """Whether a mark ends an apposition: between it and the mark before it stands a name or noun and no verb."""
    k = m - 1
    while k > first and not is_mark(p, k):
        k -= 1
    if k <= first or m - k < 2 or p.low[k] != "," or p.low[m] != ",":
        return False
    return any(p.pos[i] in ("NOUN", "PROPN") for i in range(k + 1, m)) and not p.has_verb(k + 1, m)


def _title_before(p: Parsed, m: int, first: int, reporting: Reporting) -> int | None:
    """The comma before "the head of the region, Jane Dow" where that name ends at a mark and a clause stands before all of it."""
    k = m - 1
    while k > first and p.pos[k] == "PROPN":
        k -= 1
    if k == m - 1 or p.low[k] != ",":
        return None
    comma = next((j for j in range(k - 2, max(first, k - MAX_CHUNK), -1) if is_mark(p, j)), None)
    if comma is None or not p.has_verb(first, comma) or p.has_verb(comma, k):
        return None
    return comma if set(p.lemma[comma + 1 : k]) & (reporting.titles | reporting.people) else None


def said_around(p: Parsed, v: int, place: Insertion, reporting: Reporting) -> list[tuple[int, int]]:
    """What is said around an inserted cue: the words before it, those after it where they go on with them."""
    first, last = p.sentence[v]
    start = first
    if p.low[place.begin - 1] in ("which", "whom", "where") and place.begin - 1 > first:
        return [(place.end + 1, last)]  # "a siege in which, the council says, 20,000 people died"
    for k in range(place.begin - 1, first, -1):
        if p.low[k] in (":", ";") and k < place.begin - 1:
            start = k + 1  # "A officer did not comment; Russia, he says, has lost"
            break
        contrast = p.low[k] in CONTRAST and p.low[k] != "however" and p.has_verb(k, place.begin)
        if contrast and (p.low[k] == ";" or reports_in(p, first, k, reporting)):
            start = k + 1
            break
    ranges = [(start, place.begin)]
    interrupted = (
        not p.has_verb(start, place.begin)
        or p.pos[place.begin - 1] in ("AUX", "ADP", "DET", "SCONJ")
        or (p.low[place.begin] in DASHES and place.end < last and p.low[place.end] in DASHES)
    )
    return ranges + sentence_tail(p, place.end, last, reporting, interrupted=interrupted)


def sentence_tail(p: Parsed, end: int, last: int, reporting: Reporting, *, interrupted: bool) -> list[tuple[int, int]]:
    """Words after a cue that go on with what is said: a joined clause, a reason, a list, a clause after a semicolon."""
    if end >= last - 1:
        return []
    if p.low[end] == ";":
        stop = next((k for k in range(end + 1, last) if p.low[k] == ";"), last)
        owned = any(p.lemma[k] in reporting.verbs and p.tag[k] in FINITE for k in range(end + 1, stop))
        return [] if owned or p.low[end + 1] in CONTRAST else [(end + 1, last)]
    joined = end if p.low[end] in ("and", "but") else end + 1
    if joined >= last or not (is_mark(p, end) or p.low[end] in (")", "and", "but")):
        return []
    if p.low[joined] in CONTRAST:
        own = joined + 1 < last and p.tag[joined + 1] == "PRP" and not reports_in(p, joined, last, reporting)
        return [(joined, last)] if own or (interrupted and not reports_in(p, joined, last, reporting)) else []
    if interrupted and not (p.tag[joined] == "VBG" and p.lemma[joined] in reporting.verbs):
        return [(joined, last)]
    begins = p.pos[joined] in ("DET", "PROPN", "NOUN", "NUM") or p.low[joined] in ("it", "they")
    run_on = p.low[end] == "," and begins and p.has_verb(joined, last)
    if run_on and not reports_in(p, joined, last, reporting):
        return [(joined, last)]  # "A had been entered, he wrote, the hills above it were held"
    if p.low[joined] in reporting.words["goes_on"] and not (
        p.low[joined] == "and" and p.low[joined + 1 : joined + 2] != ["that"] and reports_in(p, joined, last, reporting)
    ):
        return [(joined, last)]
    return []


def reports_in(p: Parsed, start: int, last: int, reporting: Reporting) -> bool:
    """Whether a reporting verb with a subject of its own stands in a stretch."""
    return any(p.lemma[k] in reporting.verbs and p.tag[k] in FINITE for k in range(start, last))

"""Speech without a cue of its own, told by how it opens: a stance ("saw it differently"), a list ("named four towns"), a text
("the communiqué ran to four lines"), an answer ("No, it had not"), or the tense of what was said before ("They had met nobody").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import Parsed
from reportedly.read.parsing.tags import FINITE
from reportedly.read.sources.claim_nouns import owner
from reportedly.read.sources.frame import Frame
from reportedly.read.sources.naming import name_speaker
from reportedly.read.sources.speakers import Cast, Speaker
from reportedly.read.sources.voices import Voice

__all__ = ["opened"]

FOLLOWING = 3  # sentences at most that an opening brings in
READS = frozenset({"be", "run", "read", "sound", "take", "last"})
MANNER = ", as they were"  # ends the rule of a manner, after which a dated sentence is the writer's
ANSWER = 4  # words at most of an answer
YEAR = re.compile(r"(?:19|20)\d\d")
PRESENT = frozenset({"VBZ", "VBP"})
SAYS = frozenset({"says", "writes", "concedes", "directs", "quotes", "denies"})


def opened(voices: Sequence[Voice], p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> list[Voice]:
    """Voices of the sentences without a cue that an opening before them in their paragraph gives to somebody."""
    sentences = sorted(set(p.sentence))
    if len(sentences) < 2:
        return []
    found: list[Voice] = []
    ours = _Covered(voices, len(p.low))
    for number, (first, last) in enumerate(sentences):
        if (answered := _answer(p, first, last, ours, cast)) is not None:
            found += ours.give(answered, (first, last), "answers what was asked", parties)
        rest = sentences[number + 1 :]
        if not rest:
            break
        dated = any(p.is_time(k) for k in range(first, rest[0][1]))
        told = _told(p, first, last, ours, reporting)
        if told is not None and not (dated and told[1].endswith(MANNER)):
            who, _ = name_speaker(told[0], p, cast, parties, reporting, nominal=told[2])
            if who is not None and who.kind != "narrator":
                found += _give_on(p, who, last, rest, ours, told[1], parties, reporting)
        elif (speaker := _replies(p, first, last, ours, reporting)) is not None:
            found += _give_on(p, speaker, last, rest, ours, "goes on after an answer", parties, reporting)
        elif (speaker := _of_others(p, first, last, rest[0], ours)) is not None:
            found += ours.give(speaker, rest[0], "“they” are those of whom the words before it tell", parties)
        elif (speaker := _reporter(p, first, last, ours)) is not None:
            found += _in_their_tense(p, speaker, last, rest, ours, parties, reporting)
    return found


class _Covered:
    """Which tokens somebody says already, and by whose cues."""

    def __init__(self, voices: Sequence[Voice], size: int) -> None:
        self.by: list[Voice | None] = [None] * size
        told = sorted(voices, key=lambda v: bool(v.frame.ranges))  # of two at one cue, who says something
        self.cues: dict[int, Voice] = {v.frame.cue: v for v in told if v.frame.cue >= 0}
        for voice in voices:
            for a, b in voice.frame.ranges:
                self.by[a:b] = [voice] * (min(b, size) - a)

    def free(self, first: int, last: int) -> bool:
        """Whether nobody speaks in a stretch."""
        return not any(self.by[first:last]) and not any(first <= cue < last for cue in self.cues)

    def voices(self, first: int, last: int) -> list[Voice]:
        """Who speaks in a stretch, by its cues."""
        return [v for cue, v in sorted(self.cues.items()) if first <= cue < last]

    def give(self, who: Speaker, words: tuple[int, int], rule: str, parties: Parties) -> list[Voice]:
        """A voice for words that nobody says so far."""
        if not self.free(*words):
            return []
        side = who.known.side if who.known is not None else parties.side_of(who.described or who.name)
        voice = Voice(
            Frame(-1, (words[0], words[0]), "says", None, [words], rule), who, (), (rule, f"speaker “{who.name}”"), side
        )
        self.by[words[0] : words[1]] = [voice] * (words[1] - words[0])
        return [voice]


def _give_on(
    p: Parsed,
    who: Speaker,
    end: int,
    rest: Sequence[tuple[int, int]],
    ours: _Covered,
    rule: str,
    parties: Parties,
    reporting: Reporting,
) -> list[Voice]:
    """The sentences after an opening, to the end of the paragraph, to somebody else's words or to the writer's own turn."""
    found: list[Voice] = []
    for a, b in rest[:FOLLOWING]:
        if _breaks(p, end, a) or p.low[a] in reporting.words["turns"]:
            break
        if ours.free(a, b):
            found += ours.give(who, (a, b), rule, parties)
        elif any(v.speaker is None or v.speaker.name != who.name for v in ours.voices(a, b)) or not ours.voices(a, b):
            break
        end = b
    return found


def _breaks(p: Parsed, end: int, start: int) -> bool:
    """Whether a paragraph ends between two sentences."""
    return any("\n" in p.low[k] for k in range(max(end - 1, 0), min(start + 1, len(p.low))))


def _told(p: Parsed, first: int, last: int, ours: _Covered, reporting: Reporting) -> tuple[int, str, bool] | None:
    """Whose stance, list or text a sentence is that says nothing itself, with the rule and whether they only modify a noun."""
    if any(p.has_verb(a, b) for v in ours.voices(first, last) for a, b in v.frame.ranges):
        return None
    for s in range(first, last):
        if p.dep[s] not in ("nsubj", "nsubjpass"):
            continue
        h = p.head[s]
        if h < s or p.dep[h] != "ROOT":
            continue
        text = p.lemma[s] in reporting.writings
        if text and p.lemma[h] in READS and reporting.words["lengths"] & set(p.low[h + 1 : min(h + 5, last)]):
            whose = owner(p, s)
            if whose is None:
                whose = next((o for c in p.kids(s, "prep") if p.low[c] == "of" for o in p.kids(c, "pobj")), None)
            if whose is not None:
                return whose, f"a {p.low[s]} that is told of before", whose < s
        if text or p.low[s] in ("it", "this", "that", "which", "there"):
            continue
        start = next((k for k in range(s + 1, h + 1) if p.tag[k] in FINITE or k == h), h)
        for words in reporting.openings:
            if start + len(words) <= last and all(
                w in (p.low[start + k], p.lemma[start + k]) for k, w in enumerate(words)
            ):
                return s, f"“{p.text(start, start + len(words))}” before", False
        if (rule := _telling(p, h, reporting)) and not any(p.low[k] == ":" for k in range(h, last)):
            return s, rule, False
    return None


def _telling(p: Parsed, h: int, reporting: Reporting) -> str:
    """The rule by which a verb tells that its subject goes on to speak: a list, an account, a scene, a manner; else nothing."""
    words, lemma = reporting.words, p.lemma[h]
    for o in p.kids(h, "dobj", "npadvmod"):
        listed = (
            lemma in words["lists"] and p.tag[o] in ("NNS", "NNPS") and p.lemma[o] in words["listed"] | words["unsaid"]
        )
        told = lemma in words["gives"] and p.lemma[o] in words["tales"] and not p.kids(o, "acl", "relcl", "ccomp")
        scene = lemma in words["recounts"] and p.lemma[o] in words["scenes"] and not _likened(p, h)
        if listed or told or scene:
            return f"“{p.low[h]} {p.low[o]}” before"
    if _unsaid(p, h, reporting):
        return f"“{p.low[h]}” before, without what"
    for c in p.kids(h, "acomp") if lemma in words["copulas"] else ():
        single = any(p.tag[s] in ("NN", "NNP", "PRP") and p.low[s] != "they" for s in p.kids(h, "nsubj"))
        if p.lemma[c] in words["manners"] and p.right[c] == c and single:
            return f"“{p.low[c]}” before{MANNER}"
    return ""


def _unsaid(p: Parsed, h: int, reporting: Reporting) -> bool:
    """Whether a verb of saying names only that there is something to say: "announced a string of results"."""
    verb = reporting.verbs.get(p.lemma[h])
    if verb is None or verb.kind not in ("says", "writes", "concedes"):
        return p.lemma[h] == "make" and any(p.low[o] == "points" and p.right[o] == o for o in p.kids(h, "dobj"))
    if any(p.low[c] in ("not", "n't", "never") for c in p.children[h]) or _likened(p, h):
        return False
    objects = [o for o in p.kids(h, "dobj", "npadvmod") if o > h]
    objects += [o for c in p.kids(h, "prep") if p.low[c] in ("on", "of") for o in p.kids(c, "pobj")]
    return any(
        p.lemma[o] in reporting.words["unsaid"]
        and p.right[o] - o <= 2
        and not any(p.pos[k] == "PROPN" or p.tag[k] in FINITE for k in range(p.left[o], p.right[o] + 1))
        for o in objects
    )


def _likened(p: Parsed, h: int) -> bool:
    """ "described the situation as difficult" says it."""
    return "as" in p.low[h + 1 : min(h + 8, p.sentence[h][1])]


def _answer(p: Parsed, first: int, last: int, ours: _Covered, cast: Cast) -> Speaker | None:
    """Who answers in a sentence that begins with "No," or "Yes," and has no cue: the person who acted last before it."""
    if p.low[first] not in ("no", "yes") or p.low[first + 1 : first + 2] != [","] or not ours.free(first, last):
        return None
    here = p.doc[first].idx
    acting = [(at, w) for at, w in (*cast.acting, *cast.heard) if at < here and w.kind == "person"]
    return max(acting, key=lambda pair: pair[0])[1] if acting else None


def _replies(p: Parsed, first: int, last: int, ours: _Covered, reporting: Reporting) -> Speaker | None:
    """Who says no more in a sentence than "not at all" or "it did not"."""
    for voice in ours.voices(first, last):
        words = [p.low[k] for a, b in voice.frame.ranges for k in range(a, b) if p.pos[k] not in ("PUNCT", "SPACE")]
        short = 0 < len(words) <= ANSWER and set(words) <= reporting.words["answers"]
        if short and voice.speaker is not None and voice.speaker.kind != "narrator":
            return voice.speaker
    return None


def _of_others(p: Parsed, first: int, last: int, after: tuple[int, int], ours: _Covered) -> Speaker | None:
    """Who says a sentence that goes on with its own "they": "Soldiers went from house to house, it says. They held the school."."""
    voices = ours.voices(first, last)
    if p.low[after[0]] != "they" or len(voices) != 1 or _breaks(p, last, after[0]) or not ours.free(*after):
        return None
    frame, who = voices[0].frame, voices[0].speaker
    if who is None or who.kind not in ("person", "body") or last - frame.cue > 8:
        return None
    ahead = frame.rule.endswith("the sentence around it") and all(b <= frame.cue for _, b in frame.ranges)
    begun = bool(frame.ranges) and frame.ranges[0][0] == first
    plural = any(p.dep[k] in ("nsubj", "nsubjpass") and p.tag[k] in ("NNS", "NNPS") for k in range(first, frame.cue))
    return who if ahead and begun and plural and not frame.quoted else None


def _reporter(p: Parsed, first: int, last: int, ours: _Covered) -> Speaker | None:
    """The people or person whose words a sentence reports in the past tense, if nobody else speaks in it."""
    voices = [v for v in ours.voices(first, last) if v.speaker is not None]
    if len(voices) != 1 or voices[0].frame.kind not in SAYS or voices[0].frame.negated:
        return None
    who = voices[0].speaker
    frame = voices[0].frame
    told = frame.quoted or p.lemma[frame.cue] == "tell" or frame.rule.endswith("is about")
    if not told and not any(p.has_verb(a, b) for a, b in frame.ranges):
        return None  # "recalled the ambassador"
    past = p.tag[frame.cue] == "VBD"
    return who if past and who is not None and who.kind in ("person", "people") else None


def _in_their_tense(
    p: Parsed,
    who: Speaker,
    end: int,
    rest: Sequence[tuple[int, int]],
    ours: _Covered,
    parties: Parties,
    reporting: Reporting,
) -> list[Voice]:
    """Sentences after reported speech that keep its tense ("had met no resistance"), without a date of their own."""
    found: list[Voice] = []
    for a, b in rest:
        if _breaks(p, end, a) or p.low[a] in reporting.words["turns"] or not ours.free(a, b):
            break
        if not _shifted(p, a, b, reporting) and not (found and "now" in p.low[a:b] and not _present(p, a, b)):
            break
        found += ours.give(who, (a, b), "keeps the tense of what was said before", parties)
        end = b
    return found


def _present(p: Parsed, a: int, b: int) -> bool:
    return any(p.tag[k] in PRESENT for k in range(a, b))


def _shifted(p: Parsed, a: int, b: int, reporting: Reporting) -> bool:
    """Whether a sentence is in the past perfect or looks ahead with "would", and dates nothing by year, month or "earlier"."""
    if _present(p, a, b) or reporting.words["backgrounds"] & set(p.low[a:b]):
        return False
    if any(YEAR.fullmatch(p.low[k]) for k in range(a, b)):
        return False
    for k in range(a, b):
        verb = p.head[k]
        main = p.dep[verb] == "ROOT" or (p.dep[verb] == "conj" and p.dep[p.head[verb]] == "ROOT")
        if main and p.dep[k] == "aux" and (p.low[k] == "would" or (p.low[k] == "had" and p.tag[verb] == "VBN")):
            return True
    return False

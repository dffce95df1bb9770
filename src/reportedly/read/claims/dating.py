"""When a claim is said to hold: of its own place in a list, of its clause, else of who announced it before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.model import NARRATOR, Attribution, Relation, Span, Time
from reportedly.read.frames.compared import compared_from
from reportedly.read.parsing.tags import FINITE
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.dated_phrases import time_phrase
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.target import Target
from reportedly.read.scene.verb_groups import own_group
from reportedly.resolve.dates import at_that_time, by_then, is_day_before, time_of_event, time_of_report

if TYPE_CHECKING:
    from reportedly.read.scene.passing import Passing

__all__ = ["event_time", "own_time"]

PERFECT = frozenset({"has", "have", "'ve"})  # a verb with these takes no date: "said that they have taken A on Monday"
OF_ANOTHER = re.compile(r"\b(?:after|before|since|until|which|who|whose|when|that)\b[^,;]*$")
BESIDES = frozenset({"despite", "like", "unlike", "besides", "alongside"})  # before another event
DEADLINE = 7  # tokens from "by" to a day: "by - at the latest - May 9"
AGREED = 8  # tokens from "as" to the day on which somebody said the same
NEWS_DAYS = 3  # how long before publication a day may be for a report to be about it
EVENTS = (Relation.TAKES, Relation.LOSES, Relation.ADVANCES)
LASTING = (Relation.HOLDS, Relation.CONTESTS)


def own_time(p: Passing, a: Assertion, target: Target) -> Time | None:
    """The date right behind one of several places: "captured A on Monday and B on Tuesday"."""
    if len(a.targets) < 2 or not p.times or a.attributive:
        return None
    scene = p.scene
    k = scene.following(target.mention.end)
    after = time_phrase(scene, k)
    if after is None:
        return None
    begin, end = scene.doc[k].idx, scene.doc[after - 1].idx + len(scene.doc[after - 1].text)
    time = next((t for t in p.times if t.span is not None and begin <= t.span.start < end and t.edtf), None)
    return _in_report(p, time) if time is not None and time.span is not None else None


def event_time(p: Passing, a: Assertion, attribution: Attribution, party: str) -> Time | None:
    """When it is said to be so of a party, with its span in the report."""
    if not p.times and not (a.attributive and _past_word(p, a)):
        return None
    start, end = p.scene.sentence[a.start]
    start = _dated_head(p, start)
    cues: list[Span | None] = []
    for voice in p.attributions.chain(a.start):  # "two days ago I received a report that ...": the hearsay is dated
        if voice.frame.hearsay and voice.speaker is None and start <= voice.frame.cue < end:
            cues.append(_characters(p, *voice.frame.cue_span))
    cues.append(attribution.cue_span)
    if attribution.source != NARRATOR:  # a relay's date bounds the event too: "X claimed ..., Y reported on Thursday"
        for voice in p.attributions.chain(a.start):
            if voice.frame.cue >= 0 and start <= voice.frame.cue < end:
                cues.append(_characters(p, *voice.frame.cue_span))
    lasting = a.cue.frame.relation in LASTING
    by_word = a.cue.frame.relation is Relation.ANNEXES and attribution.side in (None, party)  # who annexes says so
    if by_word:
        cues = [None]
    group = _group(p, a.start)
    if "since" in group or (p.scene.low[max(0, a.start - 1)] == "since" and p.scene.tag[a.start] != "VBG"):
        return None  # "visited A on Monday, which they have since captured"
    time = None
    own = [t for t in p.times if not _agreed_on(p, t)] if "as" in p.scene.vocabulary else p.times
    for cue_of_report in dict.fromkeys(cues):
        time = time_of_event(
            own,
            text=p.passage.text,
            cue_span=_characters(p, a.start, a.end),
            sentence_span=_characters(p, start, end),
            published=p.report.published.date(),
            attribution_cue_span=cue_of_report,
            presupposed=a.attributive,
            perfect=not by_word and (not PERFECT.isdisjoint(group) or (a.cue.frame.kind == "noun" and not lasting)),
            enduring=lasting or not PERFECT.isdisjoint(group or _light_verb(p, a.start)) or a.mood.denied,
        )
        if time is not None:
            break
    if time is not None and _of_other_event(p, a, time):
        time = None
    if time is None and not a.attributive and not lasting:
        time = _told_on(p, a) if attribution.source == NARRATOR else _announced_before(p, a, attribution)
    if time is None:
        return None
    changes = a.cue.frame.kind == "noun" and a.cue.frame.relation in (Relation.TAKES, Relation.LOSES)
    if changes and (time.edtf or "").endswith("/.."):
        return None  # "the fall of X was the first since 2001"
    if a.cue.frame.relation in EVENTS and not a.mood.denied:
        time = by_then(time, p.passage.text)
    if lasting:
        time = at_that_time(time, p.passage.text)
    return _in_report(p, time)


def _of_other_event(p: Passing, a: Assertion, time: Time) -> bool:
    """Whether a date behind a claim is that of another event: "gains near X, a town that Kyiv reclaimed last summer"."""
    scene = p.scene
    at = next((t for t in scene.doc if time.span is not None and t.idx >= time.span.start), None)
    if at is None or at.i < a.end:
        return False
    if any(compared_from(scene, k) for k in range(a.end, at.i)):
        return True  # "19 percent of X, down from 26 percent in March 2022"
    aside = next((k for k in range(at.i - 1, a.end, -1) if scene.low[k] in BESIDES or scene.low[k] == ","), a.end)
    if scene.low[aside] in BESIDES and not any(scene.tag[k] in FINITE for k in range(aside, at.i)):
        return True  # "the battle of X goes on despite the shelling of Y in recent days"
    token = at
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    if a.end <= token.i < at.i and _told_within(scene, a.start, token.i):
        return True
    if _deadline(scene, a.end, at.i):
        return True
    if token.dep_ == "advcl" and any(c.lower_ == "having" for c in token.children):
        return bool(a.end <= token.i < at.i)  # "X was retaken, having been occupied in May"
    apart = token.dep_ in ("relcl", "acl") and token.tag_ in ("VBD", "VBN") and token.lower_ in scene.cues.verbs
    own = a.start <= token.head.i < a.end  # "the gains that they made last week"
    return apart and not own and a.end <= token.i < at.i


def _deadline(scene: Scene, end: int, at: int) -> bool:
    """Whether the day at a token is until when something is to be done: "gained ground and plans to declare victory by May 9"."""
    by = next((k for k in range(at, max(end, at - DEADLINE), -1) if scene.low[k] == "by"), None)
    verb = scene.doc[by].head if by is not None else None
    return verb is not None and verb.i >= end and verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children)


def _agreed_on(p: Passing, time: Time) -> bool:
    """Whether a day is that on which another said the same: "confirmed that X was freed, as analysts assessed on Monday"."""
    parsed, reporting = p.attributions.parsed, p.attributions.reporting
    at = next((t.i for t in p.scene.doc if time.span is not None and t.idx >= time.span.start), None)
    if at is None:
        return False
    start = parsed.sentence[at][0]
    as_ = next((k for k in range(at - 1, max(start, at - AGREED), -1) if parsed.low[k] == "as"), None)
    told = range(as_, at) if as_ is not None else range(0)
    said = any(parsed.lemma[k] in reporting.verbs and parsed.tag[k] in FINITE and parsed.kids(k, "nsubj") for k in told)
    return said and any(
        parsed.lemma[k] in reporting.verbs and parsed.tag[k] in FINITE for k in range(start, as_ or start)
    )


def _told_within(scene: Scene, cue: int, verb: int) -> bool:
    """Whether a cue stands in a clause that describes a noun of the verb behind it: "the areas that Y holds will vote in May"."""
    token = scene.doc[cue]
    within = False
    while token.head.i != token.i and token.i != verb:
        if within and token.dep_ in ("ccomp", "parataxis"):
            return False  # the verb behind it tells who says so: "..., X reported on Thursday"
        within = within or token.dep_ in ("relcl", "acl")
        token = token.head
    return within and token.i == verb


def _past_word(p: Passing, a: Assertion) -> bool:
    """Whether a word right before the cue puts it in the past without a date ("the previously occupied town")."""
    return not p.scene.words("story.before").isdisjoint(p.scene.low[max(0, a.start - 3) : a.start])


def _group(p: Passing, cue: int) -> list[str]:
    """The words of the verb group of a claim's verb; none for a noun."""
    return [p.scene.low[k] for k in own_group(p.scene, cue)] if p.scene.tag[cue].startswith("VB") else []


def _dated_head(p: Passing, start: int) -> int:
    """Where a sentence begins with the date that heads it: "March 2, 2022: Kherson falls", cut at the colon."""
    if start == 0 or not p.times:
        return start
    first, last = p.scene.sentence[start - 1]
    times = _times_within(p, first, last) if last - first < 9 else []
    if len(times) != 1 or times[0].span is None:
        return start
    head, span = _characters(p, first, last), times[0].span
    rest = p.passage.text[head.start : span.start] + p.passage.text[span.end : head.end]
    return first if not any(c.isalnum() for c in rest) else start


def _told_on(p: Passing, a: Assertion) -> Time | None:
    """The day of the sentence before, where the writer goes on to tell of it: "They attacked near A on Monday. They took B."

    Only of a day that the report is about (close to its own), told in the writer's voice, and for a plain past without a time.
    """
    start, end = p.scene.sentence[a.start]
    group = _group(p, a.start)
    past = p.scene.tag[a.start] == "VBD" or not {"was", "were"}.isdisjoint(group)
    if start == 0 or not past or a.mood.denied or not PERFECT.union(("had",)).isdisjoint(group):
        return None
    if not p.scene.words("story.moves_on").isdisjoint(p.scene.low[start:end]) or _times_within(p, start, end):
        return None
    first, last = p.scene.sentence[start - 1]
    parsed, reporting = p.attributions.parsed, p.attributions.reporting
    if any(parsed.lemma[v] in reporting.verbs for v in range(first, last)):
        return None
    published = p.report.published.date()
    told = _times_within(p, first, last)
    if not told or not is_day_before(told[-1], published, NEWS_DAYS):
        return None
    begin = told[-1].span.start if told[-1].span else 0
    if OF_ANOTHER.search(p.passage.text, p.scene.doc[first].idx, begin):
        return None
    return replace(told[-1], reason=f"{told[-1].reason}, of the sentence before")


def _times_within(p: Passing, start: int, end: int) -> list[Time]:
    """The times of a range of tokens."""
    within = _characters(p, start, end)
    return [t for t in p.times if t.span and t.edtf and within.start <= t.span.start < within.end]


def _light_verb(p: Passing, cue: int) -> list[str]:
    """The words of the verb group that a noun is the object of: "have made gains"."""
    verb = p.attributions.parsed.head[cue]
    return [] if p.scene.tag[cue].startswith("VB") or not p.scene.tag[verb].startswith("VB") else _group(p, verb)


def _announced_before(p: Passing, a: Assertion, attribution: Attribution) -> Time | None:
    """When who says it spoke in the sentence before: "X posted a video on Monday. X claimed that ..."."""
    first = p.scene.sentence[a.start][0]
    if first == 0:
        return None
    start, end = p.scene.sentence[first - 1]
    parsed, reporting = p.attributions.parsed, p.attributions.reporting
    surname = attribution.source.rpartition(" ")[2].casefold()
    for v in range(start, end):
        said = parsed.lemma[v] in reporting.verbs or parsed.lemma[v] in reporting.words["utters"]
        if said and any(parsed.low[s] == surname for s in parsed.kids(v, "nsubj")):
            return time_of_report(
                p.times,
                text=p.passage.text,
                report_span=_characters(p, v, v + 1),
                sentence_span=_characters(p, start, end),
            )
    return None


def _characters(p: Passing, start: int, end: int) -> Span:
    """The characters of a range of tokens in the passage."""
    last = p.scene.doc[end - 1]
    return Span(start=p.scene.doc[start].idx, end=last.idx + len(last.text))


def _in_report(p: Passing, time: Time) -> Time:
    """A time with its span moved from the passage to the report."""
    if time.span is None:
        return time
    first, last = p.passage.span(time.span.start, time.span.end)
    return replace(time, span=Span(start=first, end=last))

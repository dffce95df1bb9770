"""The frame of a reporting verb: active, inverted, passive, participial, or quoting another; and what is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from reportedly.knowledge.reporting import Reporting, Verb
from reportedly.read.parsing.marks import QUOTES
from reportedly.read.parsing.parsed import Parsed, can_speak, concludes_from, gainsaid
from reportedly.read.sources.content import content_of
from reportedly.read.sources.cue_subjects import MAX_REACH, outer_subject, subject_of_cue
from reportedly.read.sources.frame import BELIED, Frame
from reportedly.read.sources.inserted import Insertion, find_insertion
from reportedly.read.sources.misparsed import told_on_a_day
from reportedly.read.sources.phrases import quoting_frame
from reportedly.read.sources.stretches import taken_up
from reportedly.read.sources.taking_back import NOT, denied_behind

__all__ = ["verb_frames"]

REFUSALS = frozenset({"refuse", "decline", "fail", "unable", "stop", "wait", "yet", "hesitate"})
NOBODY = frozenset({"neither", "no", "nobody", "none", "few"})
PRONOUNS = frozenset({"this", "that", "it", "which", "these", "they"})
FATES = frozenset({"dead", "missing", "wounded", "injured", "killed", "alive"})
WITHHELD = frozenset({"recognize", "recognise"})  # what is not withheld from a thing that did not happen
EVENTS = frozenset({"fighting", "battle", "fight", "war", "siege", "clash", "shelling", "offensive", "assault"})
WEAK = frozenset({"its object", "the words after it", "what it is about"})
BARELY = frozenset({"hardly", "barely", "rarely", "seldom"})
FORCED = frozenset({"force", "compel", "oblige"})
SPOKEN = frozenset({"quotes", "directs", "writes", "says", "denies"})  # kinds of verbs that need no words beside them
MAIN = frozenset({"ROOT", "advcl", "conj", "ccomp", "parataxis"})  # relations of a verb that need no speaker


@dataclass(slots=True)
class _Said:
    """A reporting verb at token v, as far as its rules have been asked."""

    p: Parsed
    v: int
    verb: Verb
    reporting: Reporting
    passive: bool = False
    place: Insertion | None = None  # where it is inserted into what is said
    speaker: int | None = None
    ranges: list[tuple[int, int]] = field(default_factory=list)
    rule: str = ""

    @property
    def denies(self) -> bool:
        """Whether the verb denies."""
        return self.verb.kind == "denies"

    @property
    def taken_back(self) -> bool:
        """Whether what was said before is denied in the passive."""
        return self.denies and self.passive and bool(self.p.kids(self.v, "nsubjpass")) and not self.ranges


def verb_frames(p: Parsed, v: int, verb: Verb, reporting: Reporting) -> Iterator[Frame]:
    """The frame of a reporting verb, or of whom it quotes; none where nothing is said."""
    if verb.lemma in ("quote", "cite"):
        yield from quoting_frame(p, v, reporting)
        return
    s = _Said(p, v, verb, reporting)
    if concludes_from(p, v, reporting) or _quoted_saying(s):
        return
    if (version := _earlier_version(s)) is not None:
        yield Frame(v, (v, v + 1), "says", version, [(v + 1, p.sentence[v][1])], "an earlier version", negated=True)
        return
    if any(says_nothing(s) for says_nothing in SILENT):
        return
    s.passive = _is_passive(s)
    if _only_wanted(s):
        return
    s.place = None if s.passive else _insertion(s)
    if _for_nobody(s):
        return
    s.speaker = _speaker(s)
    hearsay = s.passive and s.speaker is None
    if any(says_nothing(s) for says_nothing in SPEECHLESS):
        return
    s.ranges, s.rule = _content(s)
    if s.passive and s.denies and s.rule == "the words after it":
        return  # "was dismissed because his forces had lost X"
    if s.passive and verb.kind == "hears" and s.rule == "the words after it":
        return  # "explosions were heard in X, which Y occupies"
    if s.denies and s.speaker is not None and (quote := _quoted_before(p, v)) is not None:
        yield Frame(v, (v, v + 1), "says", s.speaker, [quote], "quoted before a colon", quoted=True)
    if s.ranges and not s.passive and s.denies and (thing := _belying(p, v, reporting)) is not None:
        yield Frame(v, _cue_span(p, v), "denies", thing, s.ranges, f"“{p.low[v]}”: {BELIED}")
        return
    if any(says_nothing(s) for says_nothing in WORDLESS):
        return
    yield Frame(
        cue=v,
        cue_span=_cue_span(p, v),
        kind=verb.kind,
        speaker=s.speaker,
        ranges=s.ranges,
        rule=f"{'passive ' if s.passive else ''}“{p.low[v]}”: {s.rule}",
        certainty=verb.certainty,
        negated=verb.lemma in ("ask", "wonder") or _negated(p, v),
        stance=_stance(p, v, reporting),
        listener=_listener(p, v),
        relay=_quoted_by(p, s.speaker),
        hearsay=hearsay,
    )


def _quoted_saying(s: _Said) -> bool:
    """ "Quoted X as saying": the frame of "quoted"."""
    p, v = s.p, s.v
    as_saying = v > 0 and p.low[v - 1] == "as" and p.tag[v] == "VBG"
    return as_saying and not {"quote", "cite"}.isdisjoint(p.lemma[max(0, v - 20) : v])


def _earlier_version(s: _Said) -> int | None:
    """The version before this one of a text that said something."""
    p = s.p
    version = next((k for k in p.kids(s.v, "nsubj") if p.low[k] == "version"), None)
    if version is None or {"earlier", "previous"}.isdisjoint(p.low[p.left[version] : version]):
        return None
    return version


def _maintains(s: _Said) -> bool:
    """ "Maintained positions in X"."""
    return s.verb.lemma == "maintain" and bool(s.p.kids(s.v, "dobj"))


def _hardly_heard_of(s: _Said) -> bool:
    """ "A group hardly heard of a year ago"."""
    of = s.verb.lemma == "hear" and s.p.low[s.v + 1 : s.v + 2] == ["of"]
    return of and s.p.low[s.v - 1] in BARELY


def _withholds(s: _Said) -> bool:
    """ "Does not recognise the annexation of X" leaves it as it is, and who "should recognise" it has not."""
    if s.verb.lemma not in WITHHELD:
        return False
    should = {s.p.low[c] for c in s.p.kids(s.v, "aux")} & {"should", "must", "ought"}
    return bool(should) or (_negated(s.p, s.v) and bool(s.p.kids(s.v, "dobj")))


def _dismisses(s: _Said) -> bool:
    return s.denies and _of_no_moment(s.p, s.v, s.reporting)


def _of_no_claim(s: _Said) -> bool:
    """Whether a verb that only denies or settles claims has another object."""
    if s.verb.lemma not in s.reporting.words["claims_only"]:
        return False
    told = s.p.kids(s.v, "dobj", "nsubjpass")
    claims = s.reporting.told
    return not told or s.p.lemma[told[0]] not in claims or s.p.pos[told[0]] != "NOUN"


def _of_fates(s: _Said) -> bool:
    """ "43 people confirmed dead"."""
    behind = s.p.low[s.v + 1 : s.v + 2]
    return bool(behind) and behind[0] in FATES and s.p.tag[s.v] in ("VBN", "VBD")


def _is_passive(s: _Said) -> bool:
    """Whether the verb is in the passive: no "The government | called the capture of X a lie"."""
    p, v = s.p, s.v
    judges = s.verb.lemma in s.reporting.words["calls"] and p.head[v] == v - 1 and bool(p.kids(v, "oprd"))
    behind = p.low[v + 1 : min(v + MAX_REACH, p.sentence[v][1])]
    judges = judges and not s.reporting.words["untrue"].isdisjoint(behind)
    return any(p.dep[c] == "auxpass" for c in p.children[v]) or (not judges and _reduced_passive(p, v))


def _only_wanted(s: _Said) -> bool:
    """ "Wants Ukraine to recognise": nobody has said it; who "was forced to admit" it has."""
    p, v, h = s.p, s.v, s.p.head[s.v]
    wanted = p.tag[v] == "VB" and h != v and p.lemma[h] in s.reporting.words["wanted"]
    if not wanted or "to" not in p.low[max(0, v - 3) : v]:
        return False
    if s.denies and any(p.low[o] in ("i", "we") for o in p.kids(h, "nsubj")):
        return False  # "I want to deny that" denies it
    return not (p.kids(h, "auxpass") and p.lemma[h] in FORCED)


def _insertion(s: _Said) -> Insertion | None:
    """Where the verb stands inserted into what is said, if it does."""
    p, v = s.p, s.v
    place = find_insertion(p, v, s.reporting)
    if place is None or not can_speak(p, place.speaker, s.reporting):
        return None
    if s.denies and _has_claim(p, v, place.speaker, s.reporting):
        return None  # ", however, denied the other's claims"
    if s.denies and any(o > v for o in p.kids(v, "dobj")):
        return None  # "Israel, whose army holds X, rejected the court's order"
    return place


def _for_nobody(s: _Said) -> bool:
    """ "It had taken X, something no source could confirm"."""
    head = s.p.head[s.v]
    of_something = s.p.low[head] == "something" or s.p.lemma[head] in s.reporting.nouns
    return s.place is not None and s.p.dep[s.v] == "relcl" and of_something


def _speaker(s: _Said) -> int | None:
    p, v, reporting = s.p, s.v, s.reporting
    if s.place is not None:
        speaker: int | None = s.place.speaker
    elif s.passive:
        speaker = p.agent(v)
        if speaker is None and s.denies:
            speaker = _denied_in(p, v, reporting)
    else:
        speaker = subject_of_cue(p, v, reporting)
        behind = p.tag[v] == "VBG" and v > p.sentence[v][0]
        if behind and p.lemma[v - 1] in reporting.evidence and p.lemma[v - 1] not in reporting.people:
            speaker = v - 1  # "officials shared footage confirming that": the footage shows it
    if s.place is None and speaker is not None and not s.passive and not can_speak(p, speaker, reporting):
        return outer_subject(p, v, speaker, reporting)
    return speaker


def _denied_in(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Where something is denied: "this was refuted in the General Staff", "was denied in Kyiv"."""
    behind = (o for c in p.kids(v, "prep") if c == v + 1 and p.low[c] in ("in", "at") for o in p.kids(c, "pobj"))
    bodies = reporting.named
    return next((o for o in behind if (p.capital(o) or p.lemma[o] in bodies) and not p.is_time(o)), None)


def _goes_on(s: _Said) -> bool:
    """ "The fighting in X continues"."""
    return s.verb.kind == "quotes" and s.speaker is not None and s.p.lemma[s.speaker] in EVENTS


def _discussed(s: _Said) -> bool:
    commentators = s.reporting.words["commentators"]
    return s.verb.lemma == "discuss" and (s.speaker is None or s.p.lemma[s.speaker] not in commentators)


def _content(s: _Said) -> tuple[list[tuple[int, int]], str]:
    """What is said, within the sentence, and the rule that found it."""
    p, v = s.p, s.v
    ranges, rule = content_of(p, v, s.verb, s.reporting, passive=s.passive, speaker=s.speaker, place=s.place)
    first, last = p.sentence[v]
    ranges = [(max(a, first), min(b, last)) for a, b in ranges if a < last and b > first]
    ranges = [(a, b) for a, b in ranges if any(p.pos[k] not in ("PRON", "PUNCT", "SPACE", "DET") for k in range(a, b))]
    if _negated(p, v) and p.kids(v, "dobj", "obj"):
        ranges = [(a, b) for a, b in ranges if b > v]  # "..., but ISW cannot verify this claim" takes nothing back
    return ranges, rule


def _by_nobody(s: _Said) -> bool:
    """ "The line is countering the threat": no one who speaks, nothing that is said."""
    weak = bool(s.ranges) and not s.passive and s.rule in WEAK
    return weak and (s.speaker is None or not can_speak(s.p, s.speaker, s.reporting))


def _as_claimed(s: _Said) -> bool:
    """ "Did not enter X, as Y claimed, and withdrew"."""
    if s.rule != "the words after it":
        return False
    p, v = s.p, s.v
    as_ = next((m for m in p.kids(v, "mark") if p.low[m] == "as" and p.low[m - 1] == ","), None)
    return as_ is not None and not NOT.isdisjoint(p.low[p.sentence[v][0] : as_])


def _without_words(s: _Said) -> bool:
    """Whether nothing is said, nor anything taken back by somebody."""
    if s.taken_back:
        return s.speaker is None or s.p.low[s.p.kids(s.v, "nsubjpass")[0]] not in PRONOUNS
    return not s.ranges and (s.passive or s.verb.kind not in SPOKEN)


def _without_speaker(s: _Said) -> bool:
    return not s.passive and s.speaker is None and s.p.dep[s.v] not in MAIN


Silence = Callable[[_Said], bool]
"""Whether a verb reports nothing."""
SILENT: tuple[Silence, ...] = (
    lambda s: denied_behind(s.p, s.v, s.reporting) is not None,
    lambda s: _set_aside(s.p, s.v), _maintains, _hardly_heard_of, _withholds, _dismisses, _of_no_claim, _of_fates,
)  # fmt: skip
SPEECHLESS: tuple[Silence, ...] = (_goes_on, _discussed)
WORDLESS: tuple[Silence, ...] = (_by_nobody, _as_claimed, _without_words, _without_speaker)


def _of_no_moment(p: Parsed, v: int, reporting: Reporting) -> bool:
    """Whether something is dismissed as what is not untrue: "dismissed the capture of X as unimportant"."""
    as_ = next((c for c in p.kids(v, "prep") if p.low[c] == "as" and c > v), None)
    if as_ is None or not (objects := p.kids(v, "dobj", "nsubjpass")) or p.lemma[objects[0]] in reporting.anaphoric:
        return False
    return not set(p.low[as_ + 1 : p.right[as_] + 1]) & reporting.words["untrue"]


def _has_claim(p: Parsed, v: int, speaker: int, reporting: Reporting) -> bool:
    """Whether a verb of denial has a claim for its object, which is taken for a speaker behind it by its place."""
    return taken_up(p, v, reporting) is not None or p.lemma[speaker] in reporting.told


def _set_aside(p: Parsed, v: int) -> bool:
    """Whether a cue stands in "contrary to what X claims", which says nothing of the words around it."""
    as_ = next((k for k in range(v - 1, max(p.sentence[v][0], v - 8), -1) if p.low[k] == "as"), None)
    if as_ is not None and gainsaid(p, as_):
        return True
    if "whatever" in p.low[max(p.sentence[v][0], v - 5) : v]:
        return True  # "had not left X, whatever the rebels claimed"
    what = next((k for k in range(v - 1, max(p.sentence[v][0], v - 6), -1) if p.low[k] == "what"), None)
    return what is not None and (
        p.low[what - 1] in ("despite", "unlike") or p.low[max(0, what - 2) : what] == ["contrary", "to"]
    )


def _quoted_before(p: Parsed, v: int) -> tuple[int, int] | None:
    """The quotation that opens the headline "'X has not fallen': Y rejects claims", before its colon."""
    first = p.sentence[v][0]
    colon = next((k for k in range(first + 2, v) if p.low[k] == ":"), None)
    if colon is None or p.low[first] not in QUOTES or not any(m in p.doc[colon - 1].text for m in QUOTES):
        return None
    return (first + 1, colon)


def _belying(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """What belies a claim, which only the writer can say: "the shelling of X belies claims that it has been secured"."""
    thing = next((s for s in p.kids(v, "nsubj") if p.pos[s] in ("NOUN", "PROPN")), None)
    claimed = any(p.lemma[o] in reporting.told for o in p.kids(v, "dobj"))
    if thing is None or not claimed:
        return None
    return thing if p.lemma[v] in reporting.words["belies"] or not can_speak(p, thing, reporting) else None


def _quoted_by(p: Parsed, speaker: int | None) -> int | None:
    """Who passes a speaker on in passing ("residents, quoted by AFP, said")."""
    if speaker is None:
        return None
    for c in p.kids(speaker, "acl"):
        if p.lemma[c] in ("quote", "cite") and (agent := p.agent(c)) is not None:
            return agent
    return None


def _reduced_passive(p: Parsed, v: int) -> bool:
    """A participle after its noun ("claims made", "advances reported by"): passive without an auxiliary."""
    if p.tag[v] != "VBN" or p.kids(v, "aux"):
        return False
    if p.low[v - 1] == "," and any(p.low[p.left[c]] == "that" for c in p.kids(v, "ccomp")):
        return False  # ", leader of the region, admitted that", which the tagger takes for a participle
    if told_on_a_day(p, v):
        return False
    return p.dep[v] in ("acl", "amod") or (p.agent(v) is not None and not p.kids(v, "nsubj"))


def _cue_span(p: Parsed, v: int) -> tuple[int, int]:
    """The verb with its auxiliaries, negation and adverbs directly before it."""
    start = v
    while start > 0 and p.head[start - 1] == v and p.dep[start - 1] in ("aux", "auxpass", "neg", "advmod"):
        start -= 1
    return start, v + 1


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
    """Whether the cue is negated or refused ("did not confirm", "has neither confirmed nor denied", "declined to say")."""
    if p.kids(v, "neg") or any(p.low[c] in ("not", "n't", "never", "cannot") for c in p.children[v]):
        return True
    subject = next((s for s in p.kids(v, "nsubj") if s < v and "," not in p.low[s:v]), v)
    if subject < v and {p.low[subject], p.low[p.left[subject]]} & NOBODY:
        return True  # "neither the army nor the rebels confirmed that"
    k = v - 1
    while k > p.sentence[v][0] and p.pos[k] == "ADV":
        k -= 1
    if p.low[k] in ("neither", "nor", "without") or p.low[v - 1] in ("neither", "nor"):
        return True  # "without acknowledging that"
    if p.low[max(0, v - 2) : v] == ["short", "of"]:
        return True  # "stopped short of claiming that"
    h = p.head[v]
    if p.dep[v] in ("xcomp", "ccomp", "acl") and h != v and p.lemma[h] in REFUSALS:
        return True
    return bool(h != v and p.dep[v] == "xcomp" and p.kids(h, "neg"))


def _stance(p: Parsed, v: int, reporting: Reporting) -> str:
    """The writer's own word beside the cue ("falsely claimed"), or nothing."""
    near = {p.low[c] for c in p.children[v]} | set(p.low[max(0, v - 2) : v])
    return "false" if near & reporting.false else "doubt" if near & reporting.doubt else ""

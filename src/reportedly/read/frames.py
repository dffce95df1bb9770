"""Reporting frames of a parsed passage: each cue with its speaker's tokens and the tokens of what is said."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.knowledge.reporting import Reporting, Verb
from reportedly.read.content import content_of, taken_up
from reportedly.read.cue_subjects import MAX_REACH, outer_subject, subject_of_cue
from reportedly.read.frame import BELIED, Frame
from reportedly.read.inserted import MARKS, find_insertion
from reportedly.read.misparsed import denier_beside, denying_participle, is_denied_claim, joined_denial
from reportedly.read.parsed import FINITE, Parsed, can_speak, concludes_from, gainsaid
from reportedly.read.phrases import according_frame, noun_frame, owner, quoting_frame
from reportedly.read.taking_back import apposed, may_take_back, taking_back
from reportedly.read.viewpoints import find_viewpoints

__all__ = ["Frame", "Parsed", "find_frames"]

REFUSALS = frozenset({"refuse", "decline", "fail", "unable", "stop", "wait", "yet", "hesitate"})
NOT = frozenset({"not", "n't", "never"})
NOBODY = frozenset({"neither", "no", "nobody", "none", "few"})
PRONOUNS = frozenset({"this", "that", "it", "which", "these", "they"})
FATES = frozenset({"dead", "missing", "wounded", "injured", "killed", "alive"})
WITHHELD = frozenset({"recognize", "recognise"})  # what is not withheld from a thing that did not happen
CLAIMED = frozenset(
    {"capture", "control", "fall", "victory", "seizure", "liberation", "advance", "gain", "recapture", "takeover"}
)
EVENTS = frozenset({"fighting", "battle", "fight", "war", "siege", "clash", "shelling", "offensive", "assault"})
WEAK = frozenset({"its object", "the words after it", "what it is about"})


def find_frames(p: Parsed, reporting: Reporting) -> list[Frame]:
    """Every reporting frame of the passage, in order of cues."""
    frames: list[Frame] = []
    phrase = 0  # end of the phrase "as reported by" that tokens stand in
    for i in range(len(p.low)):
        if i < phrase:
            continue
        verb = reporting.verbs.get(p.lemma[i])
        if p.low[i] == "judging" and p.low[i + 1 : i + 2] in (["by"], ["from"]):
            verb = None  # a phrase that brings in whose reports it goes by
        elif verb is not None and _conceded(p, i):
            verb = None
        elif verb is not None and p.tag[i] == "NNS" and i and denier_beside(p, i - 1, reporting) is not None:
            verb = None  # "X movement rejects claims that", a verb taken for the subject of "claims"
        elif p.lemma[i] == "go" and _goes_on(p, i) and find_insertion(p, i, reporting) is not None:
            verb = reporting.verbs["continue"]  # "The east, he went on, was lost"
        mistagged = p.tag[i] == "VBZ" and p.lemma[i] in reporting.nouns and _of_a_nation(p, i, reporting)
        if verb is not None and (mistagged or is_denied_claim(p, i, reporting)):
            verb = None
        beside = (denying_participle(p, i, reporting) or joined_denial(p, i, reporting)) if verb is not None else None
        denier = denier_beside(p, i, reporting) if verb is not None and p.dep[i] == "amod" else None
        if denier is not None:
            frames.append(_denied_beside(p, i, denier))
        elif beside is not None:
            frames.append(Frame(i, (i, i + 1), "denies", beside[0], [beside[1]], f"“{p.low[i]}”: its object"))
        elif (false := _false_claims(p, i, reporting)) is not None:
            frames.append(false)
        elif verb is not None and _of_owned_claim(p, i, reporting):
            continue  # "Russian reports saying that": the noun tells whose words they are
        elif verb is not None and _is_verb(p, i) and apposed(p, i, reporting) is None:
            frames.extend(_verb_frame(p, i, verb, reporting))
        elif (verb is not None or p.tag[i] == "NNS") and (denier := denier_beside(p, i, reporting)) is not None:
            frames.append(_denied_beside(p, i, denier))
        elif p.lemma[i] in reporting.nouns and (p.tag[i] in ("NN", "NNS") or mistagged):
            frames.extend(noun_frame(p, i, reporting))
        elif p.low[i] in reporting.first_words:
            frames.extend(brought := list(according_frame(p, i, reporting)))
            phrase = brought[-1].cue_span[1] if brought else phrase
        elif p.low[i] == "claimed" and i >= 2 and p.low[i - 1] == "-":
            frames.append(
                Frame(i, (i - 2, i + 1), "says", i - 2, [(i + 1, p.right[p.head[i]] + 1)], "adjective of claim")
            )
        elif p.lemma[i] in ("identify", "name") and p.tag[i] in FINITE:
            frames.extend(_naming(p, i, reporting))
        if may_take_back(p, i, reporting):
            frames.extend(taking_back(p, i, reporting))
        frames.extend(find_viewpoints(p, i, reporting))
    return frames


def _of_a_nation(p: Parsed, i: int, reporting: Reporting) -> bool:
    """Whether "claims" at i, taken for a verb, is what stands in "despite Chechen claims", "rejected Kremlin claims that"."""
    if i < 2 or not p.capital(i - 1):
        return False
    verb = reporting.verbs.get(p.lemma[i - 2])
    denied = verb is not None and verb.kind == "denies" and p.low[i + 1 : i + 2] == ["that"]
    return denied or p.low[i - 2] == "despite"


def _of_owned_claim(p: Parsed, i: int, reporting: Reporting) -> bool:
    """Whether a participle tells what the claim right before it says, whose owner is known."""
    if p.tag[i] != "VBG" or not i or p.lemma[i - 1] not in reporting.nouns or p.tag[i - 1] not in ("NN", "NNS"):
        return False
    beside = i > 1 and p.dep[i - 2] == p.dep[i - 1] == "dobj" and p.capital(i - 2)
    return beside or owner(p, i - 1, reporting.people) is not None


def _naming(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """Who names places counted before: "The ministry identified the villages as A and B"."""
    as_ = next((k for k in range(i + 2, min(i + MAX_REACH // 2, p.sentence[i][1])) if p.low[k] == "as"), None)
    speaker = next((s for s in p.kids(i, "nsubj") if can_speak(p, s, reporting)), None)
    if as_ is None or speaker is None or not (p.low[i + 1] == "them" or p.lemma[as_ - 1] in reporting.words["listed"]):
        return
    yield Frame(i, (i, i + 1), "says", speaker, [(as_ + 1, p.sentence[i][1])], f"“{p.low[i]}” as")


def _false_claims(p: Parsed, i: int, reporting: Reporting) -> Frame | None:
    """The frame of "Taliban claims that X has fallen are false", whose noun the tagger takes for a verb."""
    first, last = p.sentence[i]
    if p.low[i] not in ("claims", "reports") or p.tag[i] != "VBZ" or i == first or p.low[i + 1 : i + 2] != ["that"]:
        return None
    called = next((k for k in range(i + 3, last - 1) if p.low[k] in ("are", "were")), None)
    if called is None or p.kids(called, "nsubj", "nsubjpass", "expl"):
        return None
    if reporting.words["untrue"].isdisjoint(p.low[called + 1 : called + 4]) or "," in p.low[i:called]:
        return None
    return Frame(i, (i, i + 1), "says", i - 1, [(i + 2, called)], f"noun “{p.low[i]}”")


def _denied_beside(p: Parsed, i: int, denier: int) -> Frame:
    """The frame of a verb of denial that hangs on the claim behind it."""
    told = [c for c in p.kids(i + 1, "acl", "prep", "ccomp") if p.tag[c] != "VBG" or p.low[c - 1] != ","]
    claimed = [(i + 1, max((p.right[c] + 1 for c in told), default=i + 2))]
    return Frame(i, (i, i + 1), "denies", denier, claimed, f"“{p.low[i]}”: its object")


def _goes_on(p: Parsed, i: int) -> bool:
    """Whether "went on" at i tells that somebody speaks on, not where they went."""
    return p.low[i + 1 : i + 2] == ["on"] and (i + 2 >= len(p.low) or p.pos[i + 2] in ("PUNCT", "ADV", "SPACE"))


def _conceded(p: Parsed, i: int) -> bool:
    """Whether what is said at the verb is set aside, not told: "X has not fallen, whatever Moscow says"."""
    for k in range(i - 1, max(-1, i - MAX_REACH // 2), -1):
        if p.low[k] == "whatever" or p.low[k - 1 : k + 1] == ["matter", "what"]:
            return True
        if p.low[k] in (",", ";", ":"):
            break
    return False


def _is_verb(p: Parsed, i: int) -> bool:
    """Whether a token that looks like a reporting verb is one (and no noun or adjective of that form)."""
    if p.tag[i].startswith("VB"):
        return not (p.dep[i] in ("amod", "compound") and p.tag[i] in ("VBN", "VBG"))
    if p.tag[i] == "NNS" and i and i + 1 < len(p.low) and p.low[i - 1] in MARKS and p.pos[i + 1] in ("PROPN", "DET"):
        return True  # "... - assures Jane Dow", taken for a noun
    claimed = p.low[i] == "claims" and p.dep[i] == "compound" and p.head[i] == i + 1
    if claimed and p.lemma[i + 1] in CLAIMED and i and p.capital(i - 1):
        return True  # "Russia's Jane Dow claims capture of X", taken for a noun before another
    named = i and p.pos[i - 1] == "PROPN" and p.tag[i] == "NN" and p.dep[i] == "ROOT"
    if named and p.low[i + 1 : i + 2] == ["that"] and p.dep[i - 1] == "nsubj":
        return True  # "The Taliban claim that they hold X", taken for a noun
    if p.tag[i] == "NNS" and p.dep[i] in ("ROOT", "ccomp", "parataxis", "conj") and p.low[i].endswith("s"):
        headline = p.kids(i, "dobj") and i == p.sentence[i][0] + 1 and p.capital(i - 1)  # "Kyiv disputes capture of X"
        return bool(headline) or any(p.dep[c] in ("nsubj", "ccomp") for c in p.children[i])  # headlines: "Kyiv claims"
    return False


# --- verbs ---------------------------------------------------------------------------------------------------------
def _verb_frame(p: Parsed, v: int, verb: Verb, reporting: Reporting) -> Iterator[Frame]:
    """The frame of a reporting verb: active, inverted, passive, participial, or quoting another."""
    if verb.lemma in ("quote", "cite"):
        yield from quoting_frame(p, v, reporting)
        return
    if concludes_from(p, v, reporting):
        return  # ", which may indicate that": the writer's own
    if v and p.low[v - 1] == "as" and p.tag[v] == "VBG" and {"quote", "cite"} & set(p.lemma[max(0, v - 20) : v]):
        return  # "quoted X as saying": the frame of "quoted"
    version = next((s for s in p.kids(v, "nsubj") if p.low[s] == "version"), None)
    if version is not None and {"earlier", "previous"} & set(p.low[p.left[version] : version]):
        yield Frame(v, (v, v + 1), "says", version, [(v + 1, p.sentence[v][1])], "an earlier version", negated=True)
        return
    if _set_aside(p, v) or (verb.lemma == "maintain" and p.kids(v, "dobj")):
        return  # "maintained positions in X" says nothing
    if (
        verb.lemma == "hear"
        and p.low[v + 1 : v + 2] == ["of"]
        and p.low[v - 1] in ("hardly", "barely", "rarely", "seldom")
    ):
        return  # "a group hardly heard of a year ago"
    if verb.lemma in WITHHELD and _negated(p, v) and p.kids(v, "dobj"):
        return  # "does not recognise the annexation of X" leaves it as it is
    if verb.kind == "denies" and _of_no_moment(p, v, reporting):
        return
    if verb.lemma in reporting.words["claims_only"]:
        told = p.kids(v, "dobj", "nsubjpass")
        if not told or p.lemma[told[0]] not in reporting.nouns | reporting.anaphoric or p.pos[told[0]] != "NOUN":
            return
    if verb.lemma in WITHHELD and {"should", "must", "ought"} & {p.low[c] for c in p.kids(v, "aux")}:
        return  # "should recognise the annexation of X": nobody has
    if p.low[v + 1 : v + 2] and p.low[v + 1] in FATES and p.tag[v] in ("VBN", "VBD"):
        return  # "43 people confirmed dead"
    judges = verb.lemma in reporting.words["calls"] and p.head[v] == v - 1 and bool(p.kids(v, "oprd"))
    judges = judges and bool(set(p.low[v + 1 : min(v + MAX_REACH, p.sentence[v][1])]) & reporting.words["untrue"])
    reduced = not judges and _reduced_passive(p, v)  # "The government | called the capture of X a lie"
    passive = any(p.dep[c] == "auxpass" for c in p.children[v]) or reduced
    if (
        p.tag[v] == "VB"
        and p.head[v] != v
        and p.lemma[p.head[v]] in reporting.words["wanted"]
        and not (
            p.kids(p.head[v], "auxpass") and p.lemma[p.head[v]] in ("force", "compel", "oblige")
        )  # "was forced to admit"
        and "to" in p.low[max(0, v - 3) : v]
    ):
        return  # "wants Ukraine to recognise": nobody has said it
    place = None if passive else find_insertion(p, v, reporting)
    if place is not None and not can_speak(p, place.speaker, reporting):
        place = None
    if place is not None and verb.kind == "denies" and _has_claim(p, v, place.speaker, reporting):
        place = None  # ", however, denied the other's claims"
    if place is not None and verb.kind == "denies" and any(o > v for o in p.kids(v, "dobj")):
        place = None  # "Israel, whose army holds X, rejected the court's order"
    if (
        place is not None
        and p.dep[v] == "relcl"
        and (p.low[p.head[v]] == "something" or p.lemma[p.head[v]] in reporting.nouns)
    ):
        return  # "it had taken X, something no source could confirm"
    speaker: int | None
    if place is not None:
        speaker, hearsay = place.speaker, False
    else:
        speaker = p.agent(v) if passive else subject_of_cue(p, v, reporting)
        hearsay = passive and speaker is None
        if (
            not passive
            and p.tag[v] == "VBG"
            and v > p.sentence[v][0]
            and p.lemma[v - 1] in reporting.evidence
            and p.lemma[v - 1] not in reporting.people
        ):
            speaker = v - 1  # "officials shared footage confirming that": the footage shows it
        if speaker is not None and not passive and not can_speak(p, speaker, reporting):
            speaker = outer_subject(p, v, speaker, reporting)
    if verb.kind == "quotes" and speaker is not None and p.lemma[speaker] in EVENTS:
        return  # "the fighting in X continues"
    if verb.lemma == "discuss" and (speaker is None or p.lemma[speaker] not in reporting.words["commentators"]):
        return
    ranges, rule = content_of(p, v, verb, reporting, passive=passive, speaker=speaker, place=place)
    first, last = p.sentence[v]
    ranges = [(max(a, first), min(b, last)) for a, b in ranges if a < last and b > first]
    ranges = [(a, b) for a, b in ranges if any(p.pos[k] not in ("PRON", "PUNCT", "SPACE", "DET") for k in range(a, b))]
    if _negated(p, v) and (p.kids(v, "dobj") or p.kids(v, "obj")):
        ranges = [(a, b) for a, b in ranges if b > v]  # "..., but ISW cannot verify this claim" takes nothing back
    if passive and verb.kind == "denies" and rule == "the words after it":
        return  # "was dismissed because his forces had lost X"
    if ranges and not passive and verb.kind == "denies" and (thing := _belying(p, v, reporting)) is not None:
        yield Frame(v, _cue_span(p, v), "denies", thing, ranges, f"“{p.low[v]}”: {BELIED}")
        return
    if ranges and not passive and rule in WEAK and (speaker is None or not can_speak(p, speaker, reporting)):
        return  # "the line is countering the threat": no one who speaks, nothing that is said
    as_claimed = next((m for m in p.kids(v, "mark") if p.low[m] == "as" and p.low[m - 1] == ","), None)
    if rule == "the words after it" and as_claimed is not None and NOT & set(p.low[p.sentence[v][0] : as_claimed]):
        return  # "did not enter X, as Y claimed, and withdrew"
    taken_back = verb.kind == "denies" and passive and p.kids(v, "nsubjpass") and not ranges
    if taken_back and (speaker is None or p.low[p.kids(v, "nsubjpass")[0]] not in PRONOUNS):
        return
    if (
        not ranges
        and not taken_back
        and (passive or verb.kind not in ("quotes", "directs", "writes", "says", "denies"))
    ):
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
        negated=verb.lemma in ("ask", "wonder") or _negated(p, v),
        stance=_stance(p, v, reporting),
        listener=_listener(p, v),
        relay=_quoted_by(p, speaker),
        hearsay=hearsay,
    )


def _of_no_moment(p: Parsed, v: int, reporting: Reporting) -> bool:
    """Whether something is dismissed as what is not untrue: "dismissed the capture of X as unimportant"."""
    as_ = next((c for c in p.kids(v, "prep") if p.low[c] == "as" and c > v), None)
    if as_ is None or not (objects := p.kids(v, "dobj", "nsubjpass")) or p.lemma[objects[0]] in reporting.anaphoric:
        return False
    return not set(p.low[as_ + 1 : p.right[as_] + 1]) & reporting.words["untrue"]


def _has_claim(p: Parsed, v: int, speaker: int, reporting: Reporting) -> bool:
    """Whether a verb of denial has a claim for its object, which is taken for a speaker behind it by its place."""
    return taken_up(p, v, reporting) is not None or p.lemma[speaker] in reporting.nouns | reporting.anaphoric


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


def _belying(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """What belies a claim, which only the writer can say: "the shelling of X belies claims that it has been secured"."""
    thing = next((s for s in p.kids(v, "nsubj") if p.pos[s] in ("NOUN", "PROPN")), None)
    claimed = any(p.lemma[o] in reporting.nouns | reporting.anaphoric for o in p.kids(v, "dobj"))
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
    if p.low[k] in ("neither", "nor") or p.low[v - 1] in ("neither", "nor"):
        return True
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

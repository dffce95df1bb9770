"""Reporting frames of a parsed passage: each cue with its speaker's tokens and the tokens of what is said."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import Parsed, can_speak
from reportedly.read.parsing.tags import FINITE
from reportedly.read.sources.claim_nouns import noun_frame, owner
from reportedly.read.sources.cue_subjects import MAX_REACH
from reportedly.read.sources.frame import Frame
from reportedly.read.sources.inserted import MARKS, find_insertion
from reportedly.read.sources.misparsed import denier_beside, denying_participle, is_denied_claim, joined_denial
from reportedly.read.sources.phrases import according_frame
from reportedly.read.sources.reporting_verbs import verb_frames
from reportedly.read.sources.taking_back import apposed, may_take_back, takes_back_at, taking_back
from reportedly.read.sources.viewpoints import find_viewpoints, viewed_at

__all__ = ["Frame", "Parsed", "find_frames"]

CLAIMED = frozenset(
    {"capture", "control", "fall", "victory", "seizure", "liberation", "advance", "gain", "recapture", "takeover"}
)


@cache
def _beginnings(reporting: Reporting) -> frozenset[str]:
    """Words and lemmas at which a frame may begin: most tokens of a passage are none of them."""
    own = ("claim", "claims", "report", "reports", "claimed", "go", "identify", "name", "information")
    words = (reporting.words["answers_back"], reporting.nouns, reporting.first_words)
    return frozenset(own).union(reporting.verbs, *words, takes_back_at(reporting), viewed_at(reporting))


def find_frames(p: Parsed, reporting: Reporting) -> list[Frame]:
    """Every reporting frame of the passage, in order of cues."""
    frames: list[Frame] = []
    phrase = 0  # end of the phrase "as reported by" that tokens stand in
    begins = _beginnings(reporting)
    for i, (low, lemma, tag) in enumerate(zip(p.low, p.lemma, p.tag, strict=True)):
        if i < phrase or (lemma not in begins and low not in begins and tag != "NNS"):
            continue  # an NNS may be the verb of a headline, under whatever lemma
        verb = reporting.verbs.get(p.lemma[i])
        if p.low[i] == "judging" and p.low[i + 1 : i + 2] in (["by"], ["from"]):
            verb = None  # a phrase that brings in whose reports it goes by
        elif verb is not None and (_conceded(p, i) or p.low[i - 1 : i + 1] == ["wishful", "thinking"]):
            verb = None
        elif verb is not None and p.tag[i] == "NNS" and i and denier_beside(p, i - 1, reporting) is not None:
            verb = None  # "X movement rejects claims that", a verb taken for the subject of "claims"
        elif (
            verb is None and p.lemma[i] in reporting.words["answers_back"] and p.low[i + 1 : i + 3] == ["back", "that"]
        ):
            verb = reporting.verbs["retort"]  # "Baku hit back that"
        elif p.lemma[i] == "go" and _goes_on(p, i) and find_insertion(p, i, reporting) is not None:
            verb = reporting.verbs["continue"]  # "The east, he went on, was lost"
        mistagged = p.tag[i] == "VBZ" and p.lemma[i] in reporting.nouns and _of_a_nation(p, i, reporting)
        if verb is not None and (mistagged or is_denied_claim(p, i, reporting)):
            verb = None
        beside = (denying_participle(p, i, reporting) or joined_denial(p, i, reporting)) if verb is not None else None
        denier = denier_beside(p, i, reporting) if verb is not None and p.dep[i] == "amod" else None
        if _denies_claim(p, i, reporting):
            if not any(frame.cue == i - 1 for frame in frames):
                told = [(i + 1, p.sentence[i][1])]
                frames.append(Frame(i - 1, (i - 1, i), "denies", i - 2, told, f"“{p.low[i - 1]}”: its object"))
        elif denier is not None:
            frames.append(_denied_beside(p, i, denier))
        elif beside is not None:
            frames.append(Frame(i, (i, i + 1), "denies", beside[0], [beside[1]], f"“{p.low[i]}”: its object"))
        elif (false := _false_claims(p, i, reporting)) is not None:
            frames.append(false)
        elif verb is not None and (said := _what_is_said(p, i, reporting)) is not None:
            frames.append(said)
        elif verb is not None and _of_owned_claim(p, i, reporting):
            continue  # "Russian reports saying that": the noun tells whose words they are
        elif verb is not None and _is_verb(p, i) and apposed(p, i, reporting) is None:
            frames.extend(verb_frames(p, i, verb, reporting))
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
        elif p.low[i] == "claimed" and i and p.low[i - 1] in ("their", "its", "'s", "’s", "'") and p.dep[i] == "amod":
            frames.extend(_own_claimed(p, i) if p.low[i - 1] in ("their", "its") else _claimed_of(p, i))
        elif p.lemma[i] in ("identify", "name") and p.tag[i] in FINITE:
            frames.extend(_naming(p, i, reporting))
        elif p.low[i] == "information" and (spread := _spread_by(p, i, reporting)) is not None:
            frames.append(spread)
        if may_take_back(p, i, reporting):
            frames.extend(taking_back(p, i, reporting))
        frames.extend(find_viewpoints(p, i, reporting))
    return frames


def _denies_claim(p: Parsed, i: int, reporting: Reporting) -> bool:
    """Whether the claim at i, taken for a verb, is what a headline says somebody denies: "Ukraine rejects claim Russia captured X"."""
    if i < 2 or p.low[i] not in ("claim", "report") or p.tag[i] not in ("VB", "VBP") or not p.low[i - 1].endswith("s"):
        return False
    verb = reporting.verbs.get(p.lemma[i - 1]) or reporting.verbs.get(p.low[i - 1].removesuffix("s"))
    subject = p.capital(i - 2) or can_speak(p, i - 2, reporting)
    return verb is not None and verb.kind == "denies" and subject and p.has_verb(i + 1, p.sentence[i][1])


def _own_claimed(p: Parsed, i: int) -> Iterator[Frame]:
    """ "Wagner exaggerates its claimed gains in X": whoever "its" means claims them, the subject of the verb."""
    v = p.head[p.head[i]]
    for _ in range(4):
        subjects = [s for s in p.kids(v, "nsubj") if s < i]
        if subjects:
            content = [(i + 1, p.right[p.head[i]] + 1)]
            yield Frame(i, (i - 1, i + 1), "says", subjects[0], content, "adjective of claim")
            return
        v = p.head[v]


def _claimed_of(p: Parsed, i: int) -> Iterator[Frame]:
    """ "Despite Russia's claimed capture of X": Russia claims it."""
    noun = p.head[i]
    for whose in p.kids(noun, "poss"):
        yield Frame(i, (i - 1, i + 1), "says", whose, [(i + 1, p.right[noun] + 1)], "adjective of claim")


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


def _what_is_said(p: Parsed, i: int, reporting: Reporting) -> Frame | None:
    """ "What the ministry said about the fall of X is nonsense": the ministry has said so."""
    what = next((o for o in p.kids(i, "dobj") if o < i and p.low[o] == "what"), None)
    if what is None or p.dep[i] != "csubj":
        return None
    speaker = next((s for s in p.kids(i, "nsubj") if can_speak(p, s, reporting)), None)
    about = next((c for c in p.kids(i, "prep") if p.low[c] in ("about", "of", "on")), None)
    if speaker is None or about is None:
        return None
    return Frame(i, (i, i + 1), "says", speaker, [(about + 1, p.right[about] + 1)], "noun clause “what”")


def _spread_by(p: Parsed, i: int, reporting: Reporting) -> Frame | None:
    """ "Information spread by the other side about the fall of X", by the words: the parser takes the participle for a verb."""
    spread = i + 1
    if spread + 3 >= len(p.low) or p.lemma[spread] not in reporting.words["spread"] or p.low[spread + 1] != "by":
        return None
    speaker = next((o for o in p.kids(spread + 1, "pobj") if can_speak(p, o, reporting) or p.low[o] == "side"), None)
    if speaker is None or p.low[speaker + 1 : speaker + 2] not in (["about"], ["on"], ["that"]):
        return None
    about = speaker + 1
    told = p.head[about] if p.low[about] == "that" else about
    if p.right[told] <= about:
        return None
    return Frame(i, (i, spread + 1), "says", speaker, [(about + 1, p.right[told] + 1)], "noun “information”")


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
    whose = i - 1 if p.low[i - 1].isalnum() and not p.tag[i - 1].startswith("RB") else None  # "Meanwhile, claims that"
    return Frame(i, (i, i + 1), "says", whose, [(i + 2, called)], f"noun “{p.low[i]}”", hearsay=whose is None)


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

"""Denials that name no event: "Ukraine says it has not", "no such thing happened", "a claim Kyiv rejects"; and phrasal verbs of denial."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import dropwhile, islice

from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.marks import DASHES
from reportedly.read.parsing.parsed import Parsed, can_speak
from reportedly.read.parsing.tags import FINITE
from reportedly.read.sources.frame import Frame
from reportedly.read.sources.headline_denials import denies

__all__ = [
    "ANSWER",
    "CLAIMED_SO",
    "NOT",
    "TAKES_BACK",
    "apposed",
    "denied_behind",
    "may_take_back",
    "says_no",
    "takes_back_at",
    "taking_back",
]

CLAIMED_SO = "claims what was said not to be so"
TAKES_BACK = "takes back what was said before"
ANSWER = "answers a question with no"
NOES = (("no",), ("absolutely", "not"), ("certainly", "not"), ("of", "course", "not"), ("not", "at", "all"))
_NO = re.compile(
    rf"(?:^|[\s\"“‘])(?:{'|'.join(f'[{w[0].upper()}{w[0]}]{w[1:]}' for w in map(' '.join, NOES))})(?=[\"”’,.!…;]|$)"
)
SUBJECTS = frozenset({"it", "they", "he", "she", "this", "that", "forces", "troops", "men", "army"})
AUXILIARIES = frozenset({"has", "have", "had", "did", "does", "do", "was", "were", "is", "are"})
NOT = frozenset({"not", "n't", "never"})
ENDS = frozenset({".", ",", ";", "!", '"', "”", "and", "but"})
NOTHING = (("no", "such", "thing"), ("nothing", "of", "the", "kind"), ("nothing", "of", "the", "sort"))
FIRST = frozenset(words[0] for words in NOTHING)
CALLED = 10  # tokens between the verb and the word for what is untrue
MARKED = frozenset({'"', "“", "”", "‘", "’"})
TALKS = frozenset({"ask", "speak", "talk", "refer"})  # "said when asked about", "said, speaking of"
CLAIMED_BEFORE = 5  # tokens of a headline before the denial at its end, at least
PARTED = frozenset({",", ";", "-", "–", "—"})  # between what a headline tells and who denies it
CHARGES = frozenset({"charge", "charges"})
APPOSED = 6  # tokens between the claim taken up and the verb that denies it


def may_take_back(p: Parsed, i: int, reporting: Reporting) -> bool:
    """Whether such a denial can begin at token i, by its words alone: at most tokens none can."""
    lemma = p.lemma[i]
    return (
        lemma in reporting.verbs
        or lemma in reporting.words["calls"]
        or lemma in reporting.denying_first
        or p.low[i] in FIRST
    )


def takes_back_at(reporting: Reporting) -> frozenset[str]:
    """The words and lemmas by which it may."""
    return FIRST.union(reporting.verbs, reporting.words["calls"], reporting.denying_first)


def taking_back(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """The denial that begins at token i, if one does: without content where it only takes up what was said before."""
    if (speaker := denied_behind(p, i, reporting)) is not None:
        yield Frame(i, (i, i + 1), "denies", speaker, [], f"“{p.low[i]}” it: takes back what the headline tells before")
    elif (cue := _elliptic(p, i, reporting)) is not None or (cue := _nothing(p, i, reporting)) is not None:
        spoken = [
            s for s in p.kids(cue, "nsubj") if can_speak(p, s, reporting) and p.low[s] not in reporting.words["untrue"]
        ]
        after = cue + 1 if cue + 1 < len(p.low) and p.pos[cue + 1] == "PROPN" else None  # "Nonsense, wrote Girkin"
        speaker = spoken[0] if spoken else after
        if speaker is not None:
            told = _rumoured(p, cue, reporting) or _told_of(p, cue, reporting)
            yield Frame(cue, (cue, cue + 1), "denies", speaker, told, f"“{p.low[cue]}”: {TAKES_BACK}")
    elif (speaker := _answers_no(p, i, reporting)) is not None:
        yield Frame(i, (i, i + 1), "denies", speaker, [], f"“{p.low[i]}”: {ANSWER}")
    elif (speaker := _claims_so(p, i, reporting)) is not None:
        yield Frame(i, (i, i + 1), "denies", speaker, [], f"“{p.low[i]}”: {CLAIMED_SO}")
    elif (speaker := apposed(p, i, reporting)) is not None:
        yield Frame(i, (i, i + 1), "denies", speaker, [], f"“{p.low[i]}”: a claim that it denies")
    elif (speaker := _called_false(p, i, reporting)) is not None:
        yield Frame(i, (i, i + 1), "denies", speaker, [], f"“{p.low[i]}”: it calls the claim false")
    elif (speaker := _said_of(p, i, reporting)) is not None:
        yield Frame(
            i, (i, i + 1), "denies", speaker, _told_of(p, i, reporting), f"“{p.low[i]}” of a claim: it is denied"
        )
    elif p.tag[i] == "VBG" and p.dep[i] in ("compound", "amod"):
        yield from _beside_claim(p, i, reporting)
    else:
        yield from _phrasal(p, i, reporting)


def denied_behind(p: Parsed, i: int, reporting: Reporting) -> int | None:
    """Who denies at the end of a headline: "Y says X has fallen, Z disputes it", "Y claims X; Z rejects claim"."""
    verb = reporting.verbs.get(p.lemma[i])
    plural = p.low[i] == p.lemma[i] and p.tag[i] in ("VBP", "VB", "NN") and p.tag[i - 1] in ("NNS", "NNPS")
    if verb is None or verb.kind != "denies" or not (plural or (p.low[i].endswith("s") and p.tag[i] in ("VBZ", "NNS"))):
        return None
    first, last = p.sentence[i]
    k = i - 2
    while k > first and p.tag[k] in ("JJ", "NN", "NNP", "DT") and i - k < CLAIMED_BEFORE:
        k -= 1  # "; tribal fighters dispute that"
    if i - first < CLAIMED_BEFORE or p.low[k] not in PARTED:
        return None
    if not (p.capital(i - 1) or can_speak(p, i - 1, reporting)):
        return None
    k = i + 1
    if k + 1 < last <= k + 4 and p.low[k] in DASHES and p.capital(k + 1):
        return i - 1  # "; Z denies - BBC"
    if k >= last or not (
        p.low[k] in ("it", "this", "that") or (p.lemma[k] in reporting.nouns and p.lemma[k] in reporting.anaphoric)
    ):
        return None
    return i - 1 if k + 1 >= last or p.low[k + 1] in ENDS or p.low[k + 1] in DASHES else None


def _beside_claim(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """ "..., said the governor, dismissing reports that": a participle that the parser takes for an adjective of the claim."""
    verb = reporting.verbs.get(p.lemma[i])
    noun = p.head[i]
    if verb is None or verb.kind != "denies" or p.low[i - 1] != "," or p.lemma[noun] not in reporting.anaphoric:
        return
    first = p.sentence[i][0]
    said = [v for v in range(first, i) if p.lemma[v] in reporting.verbs and p.tag[v] in FINITE]
    speaker = next((s for v in reversed(said) for s in p.kids(v, "nsubj") if can_speak(p, s, reporting)), None)
    if speaker is not None:
        yield Frame(
            i, (i, i + 1), "denies", speaker, [(i + 1, p.right[noun] + 1)], f"“{p.low[i]}” beside what was said"
        )


def _elliptic(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """ "says it has not." at the verb: the reporting verb itself."""
    verb = reporting.verbs.get(p.lemma[v])
    if verb is None or p.tag[v] not in FINITE:
        return None
    if _not_so(p, v, reporting):
        return v
    if verb.kind not in ("says", "writes", "concedes"):
        return None
    last = p.sentence[v][1]
    if any(_not_the_case(p, k) for k in range(v + 1, min(v + 8, last - 4))):
        return v  # "told the paper that this was not the case"
    if p.low[v + 1 : v + 2] in (["otherwise"], ["not"]) and (v + 2 >= last or p.low[v + 2] in ENDS):
        return v  # "said otherwise", "said not"
    k = v + 2 if p.low[v + 1 : v + 2] == ["that"] and p.low[v + 2 : v + 3] != ["has"] else v + 1
    that = next((j for j in range(v + 1, min(v + 7, last)) if p.low[j] == "that"), None)
    if that is not None and (p.lemma[v] == "tell" or all(_says_when(p, j) for j in range(v + 1, that))):
        k = that + 1  # "told the paper that it has not", "said later on Monday that they had not"
    if k < last and p.tag[k] == "PRP$":
        k += 1
    if not (k + 2 < last and p.low[k] in SUBJECTS and p.low[k + 1] in AUXILIARIES and p.low[k + 2] in NOT):
        return None
    return v if k + 3 >= last or p.low[k + 3] in ENDS else None


def says_no(text: str) -> bool:
    """Whether a text may have an answer of no, by its words alone."""
    return _NO.search(text) is not None


def _answers_no(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Who answers "Has X fallen?" by "Kyiv says no", '"No," the governor replied', 'said: "Absolutely not."'."""
    verb = reporting.verbs.get(p.lemma[v])
    if verb is None or verb.kind not in ("says", "quotes", "writes") or p.tag[v] not in FINITE:
        return None
    first, last = p.sentence[v]
    before = (k for k in range(first, v) if p.low[k] not in MARKED)
    marks = MARKED | {":", ",", "that"}
    behind = (k for k in dropwhile(lambda k: p.low[k] in marks, range(v + 1, last)) if p.low[k] not in MARKED)
    if not _opens_with_no(p, before) and not _opens_with_no(p, behind):
        return None
    subjects = p.kids(v, "nsubj") or (p.kids(p.head[v], "nsubj") if p.dep[v] == "conj" else [])
    return next((s for s in subjects if can_speak(p, s, reporting)), None)


def _opens_with_no(p: Parsed, tokens: Iterable[int]) -> bool:
    """Whether the words at some tokens begin with a "no" that stands by itself."""
    words = tuple(p.low[k] for k in islice(tokens, 4))
    for no in NOES:
        if words[: len(no)] == no:
            return len(words) == len(no) or words[len(no)] in ENDS | {"!", "..."}
    return False


def _says_when(p: Parsed, k: int) -> bool:
    """Whether the word at k only tells when something is said."""
    return p.pos[k] in ("ADV", "ADP") or p.is_time(k)


def _claims_so(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Who claims what was said not to be so: "has not taken X, but claims to have done so", "though its spokesman claims it has"."""
    verb = reporting.verbs.get(p.lemma[v])
    if verb is None or verb.kind != "says" or p.tag[v] not in FINITE:
        return None
    last = p.sentence[v][1]
    k = v + 1 + (p.low[v + 1 : v + 2] == ["that"])
    if p.low[k : k + 2] == ["to", "have"]:
        k += 2 + 2 * (p.low[k + 2 : k + 4] in (["done", "so"], ["done", "it"]))
    elif p.low[k : k + 1] and p.low[k] in SUBJECTS and p.low[k + 1 : k + 2] and p.low[k + 1] in AUXILIARIES:
        k += 2
    else:
        return None
    if k < last and p.low[k] not in ENDS - MARKED:
        return None
    subjects = p.kids(v, "nsubj") or (p.kids(p.head[v], "nsubj") if p.dep[v] == "conj" else [])
    return next((s for s in subjects if can_speak(p, s, reporting)), None)


def _not_so(p: Parsed, v: int, reporting: Reporting) -> bool:
    """Whether "Not so, the staff countered", "Nonsense, wrote Girkin" is all that is said before the verb."""
    first = p.sentence[v][0]
    comma = next((k for k in range(first, min(first + 5, v)) if p.low[k] == ","), None)
    said = [w for w in p.low[first:comma] if w not in MARKED] if comma is not None else []
    if not said or any(p.tag[k] in FINITE for k in range(first, comma or first)):
        return False
    short = said in (["not", "so"], ["not", "true"])
    return short or (len(said) < 3 and bool(reporting.words["untrue"] & set(said)) and "not" not in said)


def _rumoured(p: Parsed, cue: int, reporting: Reporting) -> list[tuple[int, int]]:
    """What was rumoured in "said that nothing of the kind had happened after rumours spread that"."""
    last = p.sentence[cue][1]
    for k in range(cue + 1, last - 2):
        if p.lemma[k] in reporting.anaphoric and "that" in p.low[k + 1 : k + 4]:
            return [(p.low.index("that", k) + 1, last)]
    return []


def _not_the_case(p: Parsed, k: int) -> bool:
    """Whether "this is not the case" begins at token k."""
    said = p.low[k] in ("this", "that", "it") and p.low[k + 1] in ("is", "was") and p.low[k + 2] in NOT
    return said and (p.low[k + 3 : k + 5] == ["the", "case"] or p.low[k + 3] in ("so", "true"))


def _nothing(p: Parsed, i: int, reporting: Reporting) -> int | None:
    """ "no such thing happened": the reporting verb nearest to it in its sentence."""
    if not any(tuple(p.low[i : i + len(words)]) == words for words in NOTHING):
        return None
    first, last = p.sentence[i]
    said = [
        v
        for v in range(first, last)
        if p.tag[v] in FINITE and p.lemma[v] in reporting.verbs and p.low[v] in reporting.said and p.kids(v, "nsubj")
    ]
    return min(said, key=lambda v: abs(v - i), default=None)


def apposed(p: Parsed, i: int, reporting: Reporting) -> int | None:
    """Who denies in ", a claim Ukraine rejects"."""
    verb = reporting.verbs.get(p.lemma[i])
    if verb is None or verb.kind != "denies" or i < 4:
        return None
    cue = i
    i = i - 1 if p.pos[i - 1] == "ADV" else i
    if p.pos[i - 1] not in ("PROPN", "NOUN", "AUX"):
        return None
    speaker = i - 1 if p.pos[i - 1] != "AUX" else i - 2
    if (
        p.low[speaker - 2 : speaker - 1]
        and p.low[speaker - 1] == "something"
        and p.low[speaker - 2] in (",", "-", "–", "—")
    ):
        return speaker  # "- something Ukraine denies"
    k = speaker
    while k > p.sentence[cue][0] and speaker - k < APPOSED and p.lemma[k] not in reporting.anaphoric | CHARGES:
        if p.pos[k] not in ("PROPN", "NOUN", "ADJ", "DET", "PART", "PRON") and p.low[k] not in ("of", "in", "that"):
            return None
        k -= 1
    own = next((s for s in p.kids(cue, "nsubj") if k < s < speaker), None)
    speaker = own if own is not None else speaker  # ", a report the administration of X denies"
    taken_up = (
        p.lemma[k] in reporting.anaphoric | CHARGES and k > 1 and p.low[k - 1] in ("a", "an", "the") and k < speaker
    )
    return speaker if taken_up and p.low[k - 2] in (",", "-", "–", "—") else None


def _called_false(p: Parsed, i: int, reporting: Reporting) -> int | None:
    """Who denies in "called this a lie", "described the claims as untrue", where the claim was made before."""
    if p.lemma[i] not in reporting.words["calls"] or not p.tag[i].startswith("VB"):
        return None
    last = p.sentence[i][1]
    end = next((k for k in range(i + 1, min(i + CALLED, last)) if p.low[k] in reporting.words["untrue"]), None)
    if end is None or any(p.tag[k] in FINITE or p.low[k] in NOT for k in range(i + 1, end)):
        return None
    named = [k for k in range(i + 1, end) if p.lemma[k] in reporting.anaphoric]
    named += [c for c in p.kids(i, "dobj") if c < i and p.low[c] == "which" and p.dep[i] == "relcl"]
    beside = p.head[i] if p.dep[i] in ("relcl", "acl") and "that" in p.low[p.head[i] : i] else i
    if beside < i and (p.lemma[beside] in reporting.anaphoric or p.low[beside] == "figure"):
        named += (
            [beside] if p.low[p.left[beside] - 1] in (",", "-", "–", "—") else []
        )  # ", a claim that Y called absurd"
    between = [k for k in range(i + 1, end) if k not in named]  # "called that a lie"
    if not named or any(p.pos[k] == "PROPN" or p.low[k] in ("of", "that") for k in between):
        return None
    return next((s for s in p.kids(i, "nsubj") if can_speak(p, s, reporting) or p.low[s] == "one"), None)


def _said_of(p: Parsed, v: int, reporting: Reporting) -> int | None:
    """Who denies in '"That is a lie," Y said of reports that X had fallen', 'said when asked about the claim that'."""
    verb = reporting.verbs.get(p.lemma[v])
    if verb is None or verb.kind not in ("says", "writes", "quotes") or p.tag[v] not in FINITE:
        return None
    first = p.sentence[v][0]
    marks = [k for k in range(first, v) if p.low[k] in MARKED]
    if len(marks) < 2 or not denies(" ".join(p.low[marks[0] + 1 : marks[-1]]), reporting):
        return None
    speaker = next((s for s in p.kids(v, "nsubj") if can_speak(p, s, reporting) and s > marks[-1]), None)
    return speaker if speaker is not None and _told_of(p, v, reporting) else None


def _told_of(p: Parsed, v: int, reporting: Reporting) -> list[tuple[int, int]]:
    """The claim that something is said of, behind "of" or "when asked about"."""
    behind = (c for c in range(v + 1, p.sentence[v][1]) if p.lemma[c] in TALKS and p.dep[c] in ("advcl", "acl"))
    asked = [c for c in behind if p.head[c] == v or p.tag[c] == "VBG"]
    for c in (c for h in (v, *p.kids(v, "nsubj"), *asked) for c in p.kids(h, "prep") if c > v):
        told = p.kids(c, "pobj")
        claimed = told and any(p.low[k] in reporting.words["purported"] for k in p.kids(told[0], "amod"))
        claimed = claimed or (bool(told) and p.lemma[told[0]] in reporting.told)
        if p.low[c] in ("of", "about", "to") and claimed:
            end = p.right[c] + 1
            to_have = p.low[end : end + 2] == ["to", "have"]
            return [(c + 1, p.right[p.head[end + 1]] + 1 if to_have and p.head[end + 1] > end else end)]
    return []


def _told_of_beside(p: Parsed, i: int, reporting: Reporting) -> int | None:
    """Who denies in "X has fallen, a claim that the army waved away"."""
    claim = p.head[i]
    if (
        p.dep[i] != "relcl"
        or p.lemma[claim] not in reporting.anaphoric
        or p.low[p.left[claim] - 1] not in (",", "-", "–", "—")
    ):
        return None
    return next((s for s in p.kids(i, "nsubj") if can_speak(p, s, reporting)), None)


def _ruled_out(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """ "ruled out that X had fallen", which is left open where it is not ruled out."""
    if p.lemma[i] != "rule":
        return
    that = next((k for k in range(i + 1, min(i + 4, p.sentence[i][1])) if p.low[k] == "that"), None)
    subjects = p.kids(i, "nsubj")
    if "out" not in p.low[i + 1 : i + 3] or that is None or not subjects:
        return
    negated = bool(p.kids(i, "neg"))
    if can_speak(p, subjects[0], reporting):
        ranges = [(that + 1, p.sentence[i][1])]
        yield Frame(i, (i, that), "denies", subjects[0], ranges, "“rule out that”", negated=negated)


def _claim_end(p: Parsed, i: int, o: int) -> int:
    """The last token of the claim at o, with a clause that the parser ties to the verb at i: "apologised for a report on Monday that"."""
    clause = next((c for c in p.kids(i, "ccomp") if c > o and p.low[p.left[c]] == "that"), None)
    return max(p.right[o], p.right[clause]) if clause is not None else p.right[o]


def _phrasal(p: Parsed, i: int, reporting: Reporting) -> Iterator[Frame]:
    """ "pushed back on the claim that": a verb of denial in several words."""
    yield from _ruled_out(p, i, reporting)
    for words in reporting.denying:
        if p.lemma[i] != words[0]:
            continue
        end = i + len(words)
        if tuple(p.low[i + 1 : end]) != words[1:] or not p.tag[i].startswith("VB"):
            continue
        objects = [o for k in range(i + 1, end) for o in p.kids(k, "pobj")] or p.kids(i, "dobj")
        subjects = p.kids(i, "nsubj")
        if (speaker := _told_of_beside(p, i, reporting)) is not None:
            yield Frame(i, (i, end), "denies", speaker, [], f"“{' '.join(words)}” a claim beside it")
            return
        claimed = objects and (p.lemma[objects[0]] in reporting.told or p.lemma[objects[0]] in reporting.writings)
        if claimed and subjects and can_speak(p, subjects[0], reporting):
            o = objects[0]
            to_have = p.low[o + 1 : o + 3] == ["to", "have"] and p.head[o + 1] > o
            behind = p.right[p.head[o + 1]] if to_have else _claim_end(p, i, o)
            last = p.sentence[i][1]
            told = next((k for k in range(o + 1, last - 1) if p.low[k : k + 2] == ["in", "which"]), None)
            behind = last - 1 if told is not None and not set(p.low[o + 1 : told]) & ENDS - {","} else behind
            yield Frame(i, (i, end), "denies", subjects[0], [(p.left[o], behind + 1)], f"“{' '.join(words)}”")
        return

"""Whose a direct quotation is: of the cue beside it, of the quotation it continues, or of who acts around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.parsed import Parsed
from reportedly.read.sources.frame import Frame, merged
from reportedly.read.sources.naming import name_speaker
from reportedly.read.sources.quotes import Quote
from reportedly.read.sources.speakers import Cast, Speaker
from reportedly.read.sources.voices import Voice

__all__ = ["attach_quotations", "headline_voice"]

MIN_QUOTE = 3  # words: shorter quotations in a sentence are borrowed words, not speech
MIN_ALONE = 6  # words that a quotation without a cue and without a verb needs to be speech
HEAD = re.compile(r"^[“\"]?([A-Z][\w’'. -]{1,45}?): (?=\S)")
TAIL = re.compile(r"^(.{8,}?)(?: [-–—|] |, |: )((?:[\w’'.-]+ ?){1,4})$")
MAX_HEADLINE = 80  # tokens
NAMED = 4  # words of a teller behind a mark
OFFICES = frozenset({"PM", "FM", "MoD", "MFA", "MP"})  # as headlines shorten them: "Iraqi PM: ..."


def attach_quotations(
    voices: list[Voice], quotes: Sequence[Quote], p: Parsed, cast: Cast, parties: Parties, reporting: Reporting
) -> list[bool]:
    """Give every quotation its speaker, adding voices where no cue stands beside it; say which tokens are quoted."""
    quoted = [False] * len(p.low)
    spans = [_tokens(p, *quote.inner) for quote in quotes]
    known = [s for s in spans if s is not None]
    found: dict[int, Voice] = {}
    for number, span in enumerate(spans):
        if span is not None and (voice := _beside(voices, span, known, p)) is not None:
            found[number] = voice
    latest: Voice | None = None
    for number, span in enumerate(spans):
        if span is None:
            continue
        words = sum(p.pos[k] not in ("PUNCT", "SPACE") for k in range(*span))
        voice = found.get(number)
        if voice is None and not _speech(p, span, words) and not _whole(p, span, words, latest):
            continue
        if voice is None and quotes[number].open and number + 1 < len(quotes):
            voice = found.get(number + 1)  # the next paragraph goes on with it and names the speaker
        enough = words >= MIN_QUOTE or (voice is not None and _alone_before(p, span, voice))
        if voice is not None and _denied_before(p, voice, span):
            voices.append(voice := _goes_on(voice, span))  # 'denied this: "We hold the town."'
        elif voice is not None:
            if enough:
                _give(voice.frame, span, p)
        else:
            brought = p.low[max(span[0] - 2, 0)] == ":" and _actor(span, p, cast, parties, reporting) is not None
            if (
                not brought
                and latest is not None
                and latest.frame.quoted
                and not _somebody_else(voices, latest, span[0])
            ):
                if latest.frame.kind == "denies":
                    voices.append(voice := _goes_on(latest, span))
                else:
                    voice = latest  # the quotation before it goes on
                    voice.frame.ranges.append(span)
            else:
                voice = _alone(span, p, cast, parties, reporting)
                if voice is None:
                    continue
                voices.append(voice)
        latest = voice
        for k in range(*span):
            quoted[k] = enough
    for voice in voices:
        voice.frame.ranges = merged(voice.frame.ranges)
        if not voice.frame.quoted and voice.frame.ranges:
            inside = sum(quoted[k] for a, b in voice.frame.ranges for k in range(a, b))
            voice.frame.quoted = inside * 2 >= voice.frame.size > 0
    return quoted


def _tokens(p: Parsed, start: int, end: int) -> tuple[int, int] | None:
    """Token range of a character range, widened to whole tokens."""
    span = p.whole.char_span(start, end, alignment_mode="expand")
    return (span.start, span.end) if span is not None and span.end > span.start else None


def _speech(p: Parsed, span: tuple[int, int], words: int) -> bool:
    """Whether a quotation without a cue can be speech rather than borrowed words."""
    verb = any(p.tag[k].startswith("VB") or p.tag[k] == "MD" for k in range(*span))
    return words >= MIN_QUOTE and (verb or words >= MIN_ALONE)


def _alone_before(p: Parsed, span: tuple[int, int], voice: Voice) -> bool:
    """Whether a short quotation is all that is said: it opens a sentence and its mark stands right before the cue's words."""
    start, end = span
    opens = start - 1 <= p.sentence[start][0] or p.sentence[start][0] == start
    return opens and p.low[end - 1] in (",", "!", "?") and end <= voice.frame.cue <= end + 12


def _whole(p: Parsed, span: tuple[int, int], words: int, latest: Voice | None) -> bool:
    """Whether a short quotation is a sentence by itself that goes on with the one before it in its paragraph."""
    start, end = span
    if latest is None or not latest.frame.quoted or words < MIN_QUOTE or p.low[end - 1] not in (".", "!", "?", "…"):
        return False
    before = max(b for _, b in latest.frame.ranges)
    return p.doc[start].text[:1].isupper() and before < start and not _paragraph_between(p, before, start)


def _give(frame: Frame, span: tuple[int, int], p: Parsed) -> None:
    """Let a frame say the whole of a quotation, and nothing that only leads up to it ("In a post on X, he said, ...")."""
    judged = (frame.kind == "denies" or frame.rule.startswith("noun")) and p.low[max(span[0] - 2, 0)] == "as"
    if judged or frame.rule.endswith("what it calls so"):
        return  # 'dismissed the capture of X as "a pipe dream"'
    for k, (a, b) in enumerate(frame.ranges):
        subject = any(p.dep[m] in ("nsubj", "nsubjpass") and span[0] <= p.head[m] < span[1] for m in range(a, span[0]))
        if subject:
            continue  # 'told them that claims of its capture "are untrue"'
        if a < span[0] < b and not any(
            p.tag[m].startswith(("VB", "MD")) for m in range(a, span[0] - 1) if m != frame.cue
        ):
            frame.ranges[k] = (span[0], b)
        elif a < span[0] - 1 and b <= span[0] and not p.has_verb(a, b):
            frame.ranges[k] = (a, a)
    frame.ranges = [(a, b) for a, b in frame.ranges if b > a] or [span]
    if not all(frame.covers(k) for k in range(*span)):
        frame.ranges.append(span)
    if (span[1] - span[0]) * 2 >= frame.size:
        frame.quoted = True


def _denied_before(p: Parsed, voice: Voice, span: tuple[int, int]) -> bool:
    """Whether a quotation stands behind the colon of a denial, which ends there: it says what is so instead."""
    frame, colon = voice.frame, span[0] - 2
    if frame.kind != "denies" or not 0 <= frame.cue < colon or p.low[colon] != ":":
        return False
    frame.ranges = [(a, min(b, colon)) for a, b in frame.ranges if a < colon]
    return True


def _goes_on(voice: Voice, span: tuple[int, int]) -> Voice:
    """The voice of somebody who denied something, in what they say of their own."""
    frame = Frame(-1, (span[0], span[0]), "says", None, [span], "quotation behind a denial", quoted=True)
    return replace(voice, frame=frame, reasons=(frame.rule, *voice.reasons))


def _beside(
    voices: Sequence[Voice], span: tuple[int, int], spans: Sequence[tuple[int, int]], p: Parsed
) -> Voice | None:
    """The voice whose cue stands outside the quotation, in the sentence it begins or ends in, or right beside it."""
    start, end = span
    first, last = p.sentence[start][0], p.sentence[end - 1][1]
    before = start - 2
    while before >= 0 and p.pos[before] == "SPACE":
        before -= 1
    if before >= 0 and p.low[before] in (":", ","):
        first = p.sentence[before][0]
    if end + 1 < len(p.low) and (
        p.low[end - 1] in (",", "!", "?", "…") or p.low[min(end + 1, len(p.low) - 1)] in ("–", "—")
    ):
        last = max(last, p.sentence[end + 1][1])
    best: tuple[int, Voice] | None = None
    for voice in voices:
        cue = voice.frame.cue
        if voice.speaker is None or voice.speaker.kind == "narrator" or voice.frame.kind == "cites":
            continue
        if not first <= cue < last or start <= cue < end or any(a <= cue < b for a, b in spans):
            continue
        if cue < start and p.low[start - 2] == ":" and ";" in p.low[cue:start]:
            continue  # "A claims X; B: 'It is a lie'"
        if _paragraph_between(p, *((cue, start) if cue < start else (end, cue))):
            continue
        distance = start - cue if cue < start else cue - end
        if voice.frame.covers(start) or voice.frame.covers(end - 1):
            distance -= 100
        if best is None or distance < best[0]:
            best = (distance, voice)
    return best[1] if best else None


def _paragraph_between(p: Parsed, start: int, end: int) -> bool:
    """Whether a paragraph ends between two tokens, other than after a colon."""
    return any("\n" in p.low[k] and p.low[k - 1] != ":" for k in range(max(start, 1), end))


def _alone(span: tuple[int, int], p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> Voice | None:
    """A quotation without a cue: it is of who acts beside it, or of who spoke last."""
    start, here = span[0], p.doc[span[0]].idx
    who: Speaker | None = None
    why = ""
    if (beside := _actor(span, p, cast, parties, reporting)) is not None:
        who, why = beside, "who acts in the sentence beside the quotation"
    if who is None:
        heard = [pair for pair in cast.heard if pair[0] < here]
        last = max(heard, key=lambda pair: pair[0])[1] if heard else None
        who = last or cast.last(here, ("person",))
        why = "who was last said to speak" if last else "who was named last"
    if who is None:
        return None
    side = who.known.side if who.known is not None else parties.side_of(who.described or who.name)
    frame = Frame(-1, (start, start), "says", None, [span], "quotation without a cue", quoted=True)
    return Voice(frame, who, (), (f"quotation without a cue: {why}", f"speaker “{who.name}”"), side)


def _actor(span: tuple[int, int], p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> Speaker | None:
    """The person who is subject of the sentence before the quotation in its paragraph, else of the sentence after it."""
    places = []
    before = span[0] - 2
    if before >= 0 and "\n" not in p.low[before]:
        places.append(p.sentence[before])
    after = span[1] + 1
    if after < len(p.low) and "\n" not in p.low[after]:
        places.append(p.sentence[after])
    for first, last in places:
        for i in range(first, last):
            if p.dep[i] != "nsubj" or span[0] <= i < span[1] or p.dep[p.head[i]] not in ("ROOT", "conj"):
                continue
            if (
                p.pos[i] not in ("PROPN", "PRON")
                and p.lemma[i] not in reporting.titles
                and p.lemma[i] not in reporting.people
            ):
                continue
            who, _ = name_speaker(i, p, cast, parties, reporting)
            if who is not None and who.kind == "person":
                return who
    return None


def _somebody_else(voices: Sequence[Voice], latest: Voice, start: int) -> bool:
    """Whether somebody else was reported between the latest quotation and this one."""
    end = max(b for _, b in latest.frame.ranges)
    return any(
        v is not latest and v.speaker is not None and v.speaker.kind != "narrator" and v.speaker != latest.speaker
        and end <= v.frame.cue < start
        for v in voices
    )  # fmt: skip


def headline_voice(p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> Voice | None:
    """Headlines: "Kyiv: ..." and "... - Zelensky". A country's bare name before a colon is a topic, an outlet adds nothing."""
    text = p.tokens.whole
    if len(p.low) > MAX_HEADLINE or "\n" in text.strip():
        return None
    for pattern, group, whole in ((HEAD, 1, False), (TAIL, 2, True)):
        match = pattern.match(text)
        if not match:
            continue
        words = match[group].strip()
        if whole and text.rstrip().endswith("."):
            continue  # a sentence, no headline
        start, end = match.span(group)
        source, party = parties.source_of(words), parties.party_of(words)
        people = [c for c in cast.people if c.kind == "person" and start <= c.start < end]
        person = max(people, key=lambda c: c.start, default=None)  # "– Zelensky adviser Podolyak"
        if person is not None and person.known is None and not whole and " " in words and words.isupper():
            person = None  # "BRAVO BATTLE: X falls" is no name
        if words.split()[-1] in ("front", "frontline"):
            continue  # "X front: army withdraws from Y"
        noun = words.split()[-1].casefold() in reporting.named
        unnamed = words.casefold().startswith("state ")  # "- state media", which are not whose headline it is
        if source is not None and source.kind in ("outlet", "agency") and not unnamed:
            continue
        noun = noun or unnamed or words.split()[-1].casefold() in reporting.titles or words.split()[-1] in OFFICES
        if whole and not words[:1].isupper() and not noun and person is None:
            continue
        country = whole and party is not None and party.kind == "state" and text[match.end(1)] != ","  # "takes X, Mali"
        if not (source or person or noun or country or (party is not None and words in party.seats)):
            continue
        tokens = _tokens(p, *((match.start(1), match.end(1)) if whole else (match.end(), len(text))))
        cue = _tokens(p, start, end)
        if (
            tokens is None
            or cue is None
            or any(p.lemma[k] in reporting.verbs and not (unnamed and k == cue[0]) for k in range(*cue))
        ):
            continue
        if whole and any(p.tag[k] in ("VBP", "VBZ", "VBD") for k in range(*cue)):
            continue  # "Army retakes X – rebels stay in Y"
        if whole and p.tag[cue[0]] == "VBG":
            continue  # "M23 enters X, meeting little resistance"
        teller = len(text[match.end() :].split()) <= NAMED
        if not whole and teller and any(p.tag[k] in ("VBZ", "VBD") for k in range(*cue)):
            continue  # "Army retakes X: state media"
        known = source or (person.known if person else None)
        name = person.name if person else words
        speaker = Speaker(name, "person" if person else "body", start, end, words, known=known)
        frame = Frame(-1, cue, "says", None, [tokens], "headline with the speaker set off by a mark")
        side = known.side if known else parties.side_of(words)
        cast.hear(start, speaker)
        return Voice(frame, speaker, (), (frame.rule, f"speaker “{words}”"), side)
    return None

"""Who says the words at a token: innermost source, relays, quotation or paraphrase, with the rule that found it.

`attribute` reads a parsed passage once; `Attributions.of(token)` then answers for any token of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.model import NARRATOR, Attribution, Certainty, Quoting, Span
from reportedly.read.frames import FINITE, Frame, Parsed, find_frames
from reportedly.read.quotes import Quote, find_quotes, open_at_end
from reportedly.read.speakers import Cast, Speaker, earlier, find_cast
from reportedly.read.voices import name_speaker

__all__ = ["Attributions", "Denial", "Voice", "attribute"]

MIN_QUOTE = 3  # words: shorter quotations in a sentence are borrowed words, not speech
MAX_CONTEXT = 6000  # characters of context that are read for names


@dataclass(slots=True)
class Voice:
    """A frame with its speaker resolved; `speaker` None where nobody is named."""

    frame: Frame
    speaker: Speaker | None
    via: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    side: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Denial:
    """Somebody denies: the content's tokens where it is said again, else None ("denied the claim": what was said before)."""

    attribution: Attribution
    cue: int
    content: tuple[tuple[int, int], ...] | None


@dataclass(slots=True)
class Attributions:
    """Answers for one passage. Token numbers are those of the parsed passage; spans are offsets into its text."""

    parsed: Parsed
    voices: list[Voice]
    quotes: tuple[Quote, ...]
    publisher: str | None
    narrator_side: str | None
    reporting: Reporting
    parties: Parties
    _quoted: list[bool] = field(default_factory=list)
    _known: dict[int, Attribution] = field(default_factory=dict)

    @property
    def cues(self) -> frozenset[int]:
        """Tokens that are cues of reporting."""
        return frozenset(v.frame.cue for v in self.voices if v.frame.cue >= 0)

    def chain(self, i: int) -> tuple[Voice, ...]:
        """Everybody who says the words at token i, from the outermost speaker inwards."""
        found = [v for v in self.voices if v.frame.covers(i) and v.frame.cue != i]
        return tuple(sorted(found, key=lambda v: (v.depth, -v.frame.size)))

    def of(self, i: int) -> Attribution:
        """Who says the words at token i; the narrator if nobody does."""
        if i not in self._known:
            self._known[i] = self._attribution(i)
        return self._known[i]

    def quoted(self, i: int) -> bool:
        """Whether token i is inside a direct quotation whose speaker is known."""
        return self._quoted[i] and self.of(i).quoting is Quoting.QUOTATION

    def asserted(self, i: int) -> bool:
        """Whether the speaker stands by the words: false under "did not confirm that", "could not say whether"."""
        chain = self.chain(i)
        return not any(v.frame.negated and v.frame.kind != "denies" for v in chain)

    def certainty(self, i: int) -> Certainty:
        """How sure the reporting itself makes it: hearsay without a speaker is probable."""
        if any(v.frame.hearsay and v.speaker is None for v in self.chain(i)):
            return Certainty.PROBABLE
        return max((Certainty(v.frame.certainty) for v in self.chain(i)), key=_ORDER.index, default=Certainty.CERTAIN)

    def stance(self, i: int) -> str:
        """The writer's own word on the reported words at token i: "false", "doubt" or nothing."""
        return next((v.frame.stance for v in reversed(self.chain(i)) if v.frame.stance), "")

    def denied_by(self, i: int) -> Attribution | None:
        """Who denies the words at token i, where somebody does ("X denies Y's claim of ..."), innermost first."""
        for voice in reversed(self.chain(i)):
            if voice.frame.kind == "denies" and not voice.frame.negated:
                return self._of_voice(voice, self.chain(i))
        return None

    @property
    def denials(self) -> tuple[Denial, ...]:
        """Every denial of the passage, in order."""
        found = []
        for voice in self.voices:
            if voice.frame.kind == "denies" and not voice.frame.negated:
                content = tuple(voice.frame.ranges)
                words = [
                    self.parsed.lemma[k]
                    for a, b in content
                    for k in range(a, b)
                    if self.parsed.pos[k] not in ("DET", "PUNCT", "PART")
                ]
                bare = (
                    len(words) <= 2
                    and bool(words)
                    and all(w in self.reporting.anaphoric or w[:1].isupper() for w in words[-1:])
                )
                found.append(Denial(self._of_voice(voice, (voice,)), voice.frame.cue, None if bare else content))
        return tuple(found)

    def _attribution(self, i: int) -> Attribution:
        chain = self.chain(i)
        named = [
            v
            for v in chain
            if v.speaker is not None and v.speaker.kind != "narrator" and not self._is_publisher(v.speaker)
        ]
        if not named:
            reasons = tuple(r for v in chain for r in v.reasons) or (
                "no cue of reporting covers these words: the report's own voice",
            )
            return Attribution(side=self.narrator_side, reasons=reasons)
        return self._of_voice(named[-1], chain)

    def _of_voice(self, voice: Voice, chain: Sequence[Voice]) -> Attribution:
        p, frame, who = self.parsed, voice.frame, voice.speaker
        via: list[str] = []
        for outer in chain:
            if outer is voice:
                break
            if outer.speaker is not None and outer.speaker.kind != "narrator":
                via.append(outer.speaker.name)
            via.extend(outer.via)
        via.extend(voice.via)
        name = who.name if who is not None else NARRATOR
        kept = tuple(dict.fromkeys(v for v in via if v != name and not self._is_outlet(v)))
        cue_span = None
        if frame.cue >= 0:
            first, last = p.doc[frame.cue_span[0]], p.doc[frame.cue_span[1] - 1]
            cue_span = Span(start=first.idx, end=last.idx + len(last.text))
        return Attribution(
            source=name,
            source_id=who.known.id if who is not None and who.known is not None else None,
            side=voice.side,
            cue=p.text(*frame.cue_span) if frame.cue >= 0 else None,
            via=kept,
            quoting=Quoting.QUOTATION if frame.quoted else Quoting.PARAPHRASE,
            source_span=Span(start=who.start, end=who.end) if who is not None and 0 <= who.start < who.end else None,
            cue_span=cue_span,
            channel=_channel(self, frame),
            reasons=voice.reasons,
        )  # fmt: skip

    def _is_publisher(self, who: Speaker) -> bool:
        return who.kind != "person" and self._is_outlet(who.name)

    def _is_outlet(self, name: str) -> bool:
        """Whether a name is the publisher's own."""
        if not self.publisher:
            return False
        return same_publisher(name, self.publisher, self.parties)


_ORDER = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE)


def same_publisher(name: str, publisher: str, parties: Parties) -> bool:
    """Whether a name is the publisher's own: the same known source, or the name in the publisher's address.

    >>> same_publisher("Al Jazeera", "aljazeera.com", Parties.load())
    True
    """
    one, other = parties.source_of(name), parties.source_of(publisher)
    if one is not None and other is not None:
        return one.id == other.id
    squeezed = re.sub(r"^the|[^a-z0-9]", "", name.casefold())
    host = re.sub(r"^www\.|[^a-z0-9.]", "", publisher.casefold())
    return len(squeezed) >= 3 and (
        squeezed == host.split(".")[0] or (len(squeezed) >= 6 and squeezed in host.replace(".", ""))
    )


def attribute(
    doc: Any, *, parties: Parties, context: Any = None, publisher: str | None = None, reporting: Reporting | None = None
) -> Attributions:
    """Find who says what in a parsed passage (tagger, parser and lemmatizer; no entities needed).

    `context` is the text (or Doc) directly before it, used for names, pronouns and open quotations only; the
    publisher is never a source or relay of its own report.
    """
    reporting = reporting or Reporting.load()
    text = doc.text
    before = "" if context is None else (context if isinstance(context, str) else context.text)[-MAX_CONTEXT:]
    parsed = Parsed.of(doc, reporting)
    cast = Cast()
    cast.people = earlier(find_cast(before, parties=parties, reporting=reporting), len(before))
    cast.heard = _heard_before(before, cast.people, reporting)
    cast.people += find_cast(text, parties=parties, reporting=reporting)
    cast.acting = _acting(parsed, cast)
    voices = [_voice(frame, parsed, cast, parties, reporting) for frame in find_frames(parsed, reporting)]
    result = Attributions(
        parsed=parsed,
        voices=[v for v in voices if v is not None],
        quotes=find_quotes(text, inside=open_at_end(before)),
        publisher=publisher,
        narrator_side=_narrator_side(publisher, parties),
        reporting=reporting,
        parties=parties,
    )
    _headline(result, cast)
    _cited(result)
    _quotations(result, cast)
    _colons(result)
    _depths(result)
    return result


def _narrator_side(publisher: str | None, parties: Parties) -> str | None:
    """The side of a report's own voice: only of persons and bodies that publish for themselves."""
    source = parties.source_of(publisher) if publisher else None
    return source.side if source is not None and source.kind in ("person", "body", "group", "channel") else None


def _heard_before(text: str, people: Sequence[Speaker], reporting: Reporting) -> list[tuple[int, Speaker]]:
    """Those of the context who stand next to a reporting verb there, in order: the context is not parsed."""
    heard = []
    shift = len(text) + 1
    for who in people:
        start, end = who.start + shift, who.end + shift
        words = re.findall(r"\w+", text[max(0, start - 25) : start].casefold())[-3:]
        words += re.findall(r"\w+", text[end : end + 60].casefold())[:6]
        if any(_lemma(w, reporting) in reporting.verbs for w in words) or "according" in words:
            heard.append((who.start, who))
    return heard


def _acting(p: Parsed, cast: Cast) -> list[tuple[int, Speaker]]:
    """Persons and bodies that are subjects in the text: a pronoun takes them up before others."""
    subjects = {p.doc[i].idx for i in range(len(p.low)) if p.dep[i] in ("nsubj", "nsubjpass")}
    return [(c.start, c) for c in cast.people if c.start >= 0 and any(k in subjects for k in range(c.start, c.end))]


def _lemma(word: str, reporting: Reporting) -> str:
    """A base form good enough to recognise reporting verbs in unparsed context."""
    known = {
        "said": "say",
        "told": "tell",
        "wrote": "write",
        "denied": "deny",
        "denies": "deny",
        "quoted": "quote",
        "added": "add",
    }
    if word in known:
        return known[word]
    for ending, put in (("ies", "y"), ("ied", "y"), ("es", "e"), ("ed", "e"), ("ed", ""), ("s", ""), ("ing", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            base = word[: -len(ending)] + put
            if base in reporting.verbs:
                return base
    return word


def _voice(frame: Frame, p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> Voice | None:
    """Name a frame's speaker, its relay and its listener."""
    who, reasons = None, [frame.rule]
    if frame.speaker is not None:
        who, why = name_speaker(
            frame.speaker, p, cast, parties, reporting, nominal=frame.rule.startswith(("noun", "adjective"))
        )
        reasons.append(why)
        if who is None:
            return None
        if frame.kind == "shows" and who.kind in ("person", "body", "people") and p.pos[frame.speaker] == "PRON":
            who = replace(who, kind="narrator", name=NARRATOR)
    elif not frame.hearsay:
        return None
    via = []
    for token in (frame.relay, frame.listener):
        if token is None:
            continue
        other, _ = name_speaker(token, p, cast, parties, reporting)
        if other is None or other.kind == "narrator":
            continue
        if token == frame.relay or (other.known is not None and other.known.kind in ("outlet", "agency")):
            via.append(other.name)
    if who is not None and who.kind != "narrator" and frame.kind != "shows":
        cast.hear(p.doc[frame.cue].idx, who)
    side = None
    if who is not None and who.kind != "narrator":
        side = who.known.side if who.known is not None else parties.side_of(who.described or who.name)
    return Voice(frame, who, tuple(via), tuple(reasons), side)


def _cited(result: Attributions) -> None:
    """ "TASS reported, citing the ministry": who is cited is the source of what the citing speaker says."""
    for voice in result.voices:
        if voice.frame.kind != "cites":
            continue
        sentence = result.parsed.sentence[voice.frame.cue]
        same = [
            v
            for v in result.voices
            if v.frame.kind != "cites" and v.frame.cue >= 0 and result.parsed.sentence[v.frame.cue] == sentence
        ]
        outer = [v for v in same if not v.frame.covers(voice.frame.cue)] or same
        if outer:
            near = min(outer, key=lambda v: abs(v.frame.cue - voice.frame.cue))
            voice.frame.ranges = list(near.frame.ranges)
            if near.speaker is not None:
                voice.via = (near.speaker.name, *near.via)
            voice.depth = 1


HEAD = re.compile(r"^[“\"]?([A-Z][\w’'. -]{1,45}?): (?=\S)")
TAIL = re.compile(r"^(.{15,}?)(?: [-–—|] |, )((?:[A-Z][\w’'.]+ ?){1,4})$")


def _headline(result: Attributions, cast: Cast) -> None:
    """Headlines: "Kyiv: ..." and "... - Zelensky". A country's bare name before a colon is a topic, an outlet adds nothing."""
    p, text = result.parsed, result.parsed.doc.text
    if len(p.low) > 80 or "\n" in text.strip():
        return
    for pattern, group, whole in ((HEAD, 1, False), (TAIL, 2, True)):
        match = pattern.match(text)
        if not match:
            continue
        words = match[group].strip()
        source = result.parties.source_of(words)
        party = result.parties.party_of(words)
        seat = party is not None and words in party.seats
        person = next(
            (c for c in cast.people if c.kind == "person" and match.start(group) <= c.start < match.end(group)),
            None,
        )
        body = words.split()[-1].casefold() in (result.reporting.bodies | result.reporting.people)
        if source is not None and source.kind in ("outlet", "agency"):
            continue
        if not (source or seat or person or body):
            continue
        start, end = match.span(group)
        name = person.name if person else words
        speaker = Speaker(
            name, "person" if person else "body", start, end, words, known=source or (person.known if person else None)
        )
        span = (match.start(1), match.end(1)) if whole else (match.end(), len(text))
        tokens = _tokens(p, *span)
        if tokens is None:
            continue
        cue = _tokens(p, start, end) or (0, 1)
        frame = Frame(-1, cue, "says", None, [tokens], "headline with the speaker set off by a mark")
        side = source.side if source else (party.id if party else result.parties.side_of(words))
        result.voices.append(Voice(frame, speaker, (), (frame.rule, f"speaker “{words}”"), side))
        return


def _tokens(p: Parsed, start: int, end: int) -> tuple[int, int] | None:
    """Token range of a character range, widened to whole tokens."""
    span = p.doc.char_span(start, end, alignment_mode="expand")
    return (span.start, span.end) if span is not None and span.end > span.start else None


def _quotations(result: Attributions, cast: Cast) -> None:
    """Give every direct quotation to the speaker of the cue beside it, or of the quotation before it."""
    p = result.parsed
    result._quoted = [False] * len(p.low)
    latest: Voice | None = None
    for number, quote in enumerate(result.quotes):
        tokens = _tokens(p, *quote.inner)
        if tokens is None:
            continue
        words = sum(p.pos[k] not in ("PUNCT", "SPACE") for k in range(*tokens))
        voice = _beside(result, tokens)
        if voice is None and words < MIN_QUOTE:
            continue
        if voice is None and not _sentence_like(p, tokens):
            covering = [v for v in result.voices if v.frame.covers(tokens[0])]
            if not covering and words < 6:
                continue
        if voice is not None:
            if words >= MIN_QUOTE:
                _trim(voice.frame, tokens, p)
                if not all(voice.frame.covers(k) for k in range(*tokens)):
                    voice.frame.ranges.append(tokens)
                if _mostly(voice.frame, tokens):
                    voice.frame.quoted = True
            latest = voice
        else:
            voice = _continuing(result, number, tokens, latest, cast)
            if voice is None:
                continue
            result.voices.append(voice)
            latest = voice
        for k in range(*tokens):
            result._quoted[k] = words >= MIN_QUOTE
    for voice in result.voices:
        if not voice.frame.quoted and any(result._quoted[k] for a, b in voice.frame.ranges for k in range(a, b)):
            inside = sum(result._quoted[k] for a, b in voice.frame.ranges for k in range(a, b))
            voice.frame.quoted = inside * 2 >= voice.frame.size


def _trim(frame: Frame, tokens: tuple[int, int], p: Parsed) -> None:
    """Cut what stands before a quotation off a content that is all quotation ("In a post on X, he said, ...")."""
    for k, (a, b) in enumerate(frame.ranges):
        if a < tokens[0] < b and not any(p.tag[m] in FINITE for m in range(a, tokens[0] - 1) if m != frame.cue):
            frame.ranges[k] = (tokens[0], b)
        elif a < tokens[0] - 1 and b <= tokens[0] and not any(p.tag[m] in FINITE for m in range(a, b)):
            frame.ranges[k] = (a, a)
    frame.ranges = [(a, b) for a, b in frame.ranges if b > a] or [tokens]


def _mostly(frame: Frame, tokens: tuple[int, int]) -> bool:
    """Whether a quotation makes up at least half of a frame's content."""
    return (tokens[1] - tokens[0]) * 2 >= frame.size


def _sentence_like(p: Parsed, tokens: tuple[int, int]) -> bool:
    """Whether a quotation holds a clause."""
    return any(p.tag[k] in ("VBD", "VBZ", "VBP", "MD", "VB") for k in range(*tokens))


def _beside(result: Attributions, tokens: tuple[int, int]) -> Voice | None:
    """The voice whose cue stands outside the quotation, in the sentence it begins or ends in, or right before it."""
    p = result.parsed
    start, end = tokens
    reach = (p.sentence[start][0], p.sentence[end - 1][1])
    if start >= 2 and p.low[start - 2] in (":", ","):
        reach = (p.sentence[start - 2][0], reach[1])
    if end + 1 < len(p.low) and p.pos[end + 1] not in ("SPACE",) and p.low[end - 1] == ",":
        reach = (reach[0], p.sentence[min(end + 1, len(p.low) - 1)][1])
    best: tuple[int, Voice] | None = None
    for voice in result.voices:
        cue = voice.frame.cue
        if (
            voice.speaker is None
            or voice.speaker.kind == "narrator"
            or cue < 0
            or start <= cue < end
            or voice.frame.kind == "cites"
        ):
            continue
        if not reach[0] <= cue < reach[1] and not any(voice.frame.covers(k) for k in (start, end - 1)):
            continue
        if any(a <= cue < b for a, b in _other_quotes(result, tokens)):
            continue
        distance = start - cue if cue < start else cue - end
        if voice.frame.covers(start) or voice.frame.covers(end - 1):
            distance -= 100
        if best is None or distance < best[0]:
            best = (distance, voice)
    return best[1] if best else None


def _other_quotes(result: Attributions, tokens: tuple[int, int]) -> list[tuple[int, int]]:
    found = []
    for quote in result.quotes:
        other = _tokens(result.parsed, *quote.inner)
        if other is not None and other != tokens:
            found.append(other)
    return found


def _continuing(
    result: Attributions, number: int, tokens: tuple[int, int], latest: Voice | None, cast: Cast
) -> Voice | None:
    """A quotation without a cue of its own: it goes on after the one before, or is of who was spoken of last."""
    p = result.parsed
    start = tokens[0]
    who: Speaker | None = None
    why = ""
    side: str | None = None
    if latest is not None:
        who, side, why = latest.speaker, latest.side, "the quotation before it goes on"
    if latest is None or _between(result, latest, start):
        here = p.doc[start].idx
        heard = [pair for pair in cast.heard if pair[0] < here]
        named = max(heard, key=lambda pair: pair[0])[1] if heard else cast.last(here, ("person",))
        if named is not None:
            who, why = named, "a quotation without a cue: who was last said to speak"
            side = who.known.side if who.known is not None else result.parties.side_of(who.described or who.name)
    if who is None:
        return None
    frame = Frame(-1, (start, start), "says", None, [tokens], why, quoted=True)
    _ = number
    return Voice(frame, who, (), (why, f"speaker “{who.name}”"), side)


def _between(result: Attributions, latest: Voice, start: int) -> bool:
    """Whether somebody else was reported between the latest quotation and this one."""
    end = max(b for _, b in latest.frame.ranges)
    return any(
        v is not latest and v.speaker is not None and v.speaker.kind != "narrator" and end <= v.frame.cue < start
        for v in result.voices
    )


def _colons(result: Attributions) -> None:
    """ "The staff reported the following:" speaks for the list or paragraph that comes after it."""
    p = result.parsed
    for voice in result.voices:
        frame = voice.frame
        if frame.cue < 0 or voice.speaker is None or voice.speaker.kind == "narrator":
            continue
        end = p.sentence[frame.cue][1]
        last = end - 1
        while last > frame.cue and p.pos[last] == "SPACE":
            last -= 1
        if p.low[last] != ":" or last - frame.cue > 12:
            continue
        stop = end
        while stop < len(p.low) and "\n" not in p.low[stop - 1 if stop > end else stop]:
            stop += 1
        while stop < len(p.low) and p.low[stop] in ("-", "–", "—", "•", "*"):  # a list, line by line
            while stop < len(p.low) and "\n" not in p.low[stop]:
                stop += 1
            stop = min(stop + 1, len(p.low))
        if stop > end and not any(frame.covers(k) for k in range(end, stop)):
            frame.ranges.append((end, stop))


def _depths(result: Attributions) -> None:
    """How deep each voice is nested: it speaks inside every other that covers its cue."""
    for voice in result.voices:
        cue = voice.frame.cue if voice.frame.cue >= 0 else voice.frame.ranges[0][0]
        if voice.frame.kind == "cites" and voice.depth:
            voice.depth = 50  # who is cited stands behind everybody else of the sentence
            continue
        voice.depth = sum(_within(voice, other, cue) for other in result.voices)


def _within(voice: Voice, other: Voice, cue: int) -> bool:
    """Whether one voice speaks inside what another says."""
    if other is voice or other.frame.kind == "cites" or not other.frame.covers(cue):
        return False
    return voice.frame.cue >= 0 or not voice.frame.covers(other.frame.cue)


def _channel(result: Attributions, frame: Frame) -> str | None:
    """Where it was said, if the cue's sentence tells: "in a post on X", "on Telegram"."""
    if frame.cue < 0:
        return None
    p = result.parsed
    pattern = _channel_pattern(result.reporting)
    start, end = p.sentence[frame.cue]
    inside = [(a, b) for a, b in frame.ranges if b - a > 2]
    words = []
    for k in range(start, end):
        words.append(" " * len(p.doc[k].text_with_ws) if any(a <= k < b for a, b in inside) else p.doc[k].text_with_ws)
    match = pattern.search("".join(words))
    return match[0].strip() if match else None


def _channel_pattern(reporting: Reporting) -> re.Pattern[str]:
    if reporting.language not in _PATTERNS:
        forms = "|".join(map(re.escape, reporting.forms))
        channels = "|".join(map(re.escape, reporting.channels))
        whose = "(?:his |her |its |the |their )?"
        _PATTERNS[reporting.language] = re.compile(
            rf"\b[Ii]n (?:a|an|the|his|her|its|their)(?: [\w-]+){{0,3}}? (?:{forms})\b"
            rf"(?:(?: [\w-]+){{0,2}} on {whose}(?:{channels})\b)?|\b[Oo]n {whose}(?:official )?(?:{channels})\b"
        )
    return _PATTERNS[reporting.language]


_PATTERNS: dict[str, re.Pattern[str]] = {}

"""Who says the words at a token of a passage, once its voices are known: source, relays, quotation, denial, stance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.model import NARRATOR, Attribution, Certainty, Quoting, Span
from reportedly.read.parsing.parsed import Parsed
from reportedly.read.scene.reasons import FOLLOWED
from reportedly.read.sources.frame import Frame
from reportedly.read.sources.quotes import Quote
from reportedly.read.sources.speakers import Speaker
from reportedly.read.sources.voices import Voice

__all__ = ["Attributions", "Denial", "narrator_side", "same_publisher"]


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
    before: dict[str, tuple[str, ...]] = field(default_factory=dict)  # relays of the passage before, by source id
    bare: list[Voice] = field(default_factory=list)  # denials of what was said before ("Kyiv denies it")
    _quoted: list[bool] = field(default_factory=list)
    _covering: list[tuple[Voice, ...]] = field(default_factory=list)
    _known: dict[int, Attribution] = field(default_factory=dict)

    @property
    def cues(self) -> frozenset[int]:
        """Tokens that are cues of reporting."""
        return frozenset(v.frame.cue for v in self.voices if v.frame.cue >= 0)

    @property
    def relays(self) -> dict[str, tuple[str, ...]]:
        """Through whom this passage heard each known source, for the passage after it."""
        found = {}
        for voice in self.voices:
            if voice.speaker is not None and voice.speaker.known is not None and (via := self.of_voice(voice).via):
                found[voice.speaker.known.id] = via
        return found

    def chain(self, i: int) -> tuple[Voice, ...]:
        """Everybody who says the words at token i, from the outermost speaker inwards."""
        found = [v for v in self._covering[i] if v.frame.cue != i]
        found += [v for v in self._at_cue(i) if v not in found]
        denied_last = sorted(found, key=lambda v: v.frame.kind != "denies")  # "announced by X and denied by Y"
        return tuple(sorted(denied_last, key=lambda v: (v.depth, -v.frame.size)))

    def _at_cue(self, i: int) -> list[Voice]:
        """Who speaks where the reporting verb itself makes the claim ("claimed control of the town")."""
        if self.parsed.lemma[i] not in self.reporting.words["claims"]:
            return []
        return [v for v in self.voices if v.frame.cue == i and v.frame.rule.endswith("its object")]

    def saying(self, i: int) -> Sequence[Voice]:
        """The voices that say the words at token i, in no order."""
        return self._covering[i]

    def of_voice(self, voice: Voice) -> Attribution:
        """The attribution of all that a voice says: its speaker, through everybody who reports its cue."""
        at = voice.frame.cue if voice.frame.cue >= 0 else voice.frame.ranges[0][0]
        outer = [v for v in self.chain(at) if v.depth < voice.depth and v is not voice]
        if voice.speaker is not None and self._is_publisher(voice.speaker):
            return Attribution(side=self.narrator_side, reasons=voice.reasons)
        return self._of_voice(voice, [*outer, voice])

    def of(self, i: int) -> Attribution:
        """Who says the words at token i; the narrator if nobody does."""
        if i not in self._known:
            self._known[i] = self._attribution(i)
        return self._known[i]

    def quoted(self, i: int) -> bool:
        """Whether token i is inside a direct quotation whose speaker is known."""
        return self._quoted[i] and self.of(i).quoting is Quoting.QUOTATION

    def asserted(self, i: int) -> bool:
        """Whether the speaker stands by the words: false under "did not confirm that", "did not deny that", "could not say
        whether", but not of whose claim it is that is not confirmed.
        """
        for v in reversed(self.chain(i)):
            if v.frame.negated and self.parsed.lemma[v.frame.cue] != "dispute":
                return False
            whose = v.frame.rule.startswith("noun") or v.frame.rule.endswith(FOLLOWED)  # "claims", "claimed by"
            if whose and v.speaker is not None and v.speaker.kind != NARRATOR:
                return True
        return True

    def certainty(self, i: int) -> Certainty:
        """How sure the reporting itself makes it: hearsay without a speaker is probable."""
        stressed = self.reporting.words["stresses"]
        if any(
            v.frame.hearsay and v.speaker is None and self.parsed.lemma[v.frame.cue] not in stressed
            for v in self.chain(i)
        ):
            return Certainty.PROBABLE
        return max((Certainty(v.frame.certainty) for v in self.chain(i)), key=_ORDER.index, default=Certainty.CERTAIN)

    def stance(self, i: int) -> str:
        """The writer's own word on the reported words at token i: "false", "doubt" or nothing."""
        return next((v.frame.stance for v in reversed(self.chain(i)) if v.frame.stance), "")

    def stance_by(self, i: int) -> Attribution:
        """Who calls the reported words at token i false: who reports them, else the narrator."""
        chain = self.chain(i)
        for k in range(len(chain) - 1, -1, -1):
            if chain[k].frame.stance:
                outer = [
                    v
                    for v in chain[:k]
                    if v.speaker is not None and v.speaker.kind != NARRATOR and not self._is_publisher(v.speaker)
                ]
                reason = "the report calls it false"
                return (
                    self._of_voice(outer[-1], chain[:k])
                    if outer
                    else Attribution(side=self.narrator_side, reasons=(reason,))
                )
        return Attribution(side=self.narrator_side)

    def denied_by(self, i: int) -> Attribution | None:
        """Who denies the words at token i, where somebody does ("X denies Y's claim of ..."), innermost first."""
        p, goes_on = self.parsed, None
        for voice in reversed(self.chain(i)):
            cue = voice.frame.cue
            if voice.frame.kind == "denies" and not voice.frame.negated:
                if goes_on is not None and (goes_on.speaker is None or goes_on.speaker == voice.speaker):
                    return None  # "denied that A had fallen, saying that they held B"
                return self._of_voice(voice, self.chain(i))
            if cue > 0 and p.tag[cue] == "VBG" and p.low[cue - 1] == ",":
                goes_on = voice
        return None

    @property
    def denials(self) -> tuple[Denial, ...]:
        """Every denial of the passage, in order."""
        found = []
        for voice in self.voices:
            if voice.frame.kind == "denies" and not voice.frame.negated and voice.speaker is not None:
                content = tuple(voice.frame.ranges)
                words = [
                    self.parsed.lemma[k]
                    for a, b in content
                    for k in range(a, b)
                    if self.parsed.pos[k] not in ("DET", "PUNCT", "PART")
                ]
                if words[-2:] in (["of", "event"], ["at", "first"]):
                    words = words[:-2]  # "rejected that version of events", "denied it at first"
                bare = (
                    len(words) <= 2
                    and bool(words)
                    and all(w in self.reporting.anaphoric or w[:1].isupper() for w in words[-1:])
                )
                bare = bare or any(self._called_untrue(a, b) for a, b in content)
                found.append(Denial(self._of_voice(voice, (voice,)), voice.frame.cue, None if bare else content))
        found += [
            Denial(self._of_voice(voice, (voice,)), voice.frame.cue, None)
            for voice in self.bare
            if not voice.frame.negated and voice.speaker is not None and voice.speaker.kind != NARRATOR
        ]
        return tuple(sorted(found, key=lambda denial: denial.cue))

    def _called_untrue(self, a: int, b: int) -> bool:
        """Whether tokens are "what it called propaganda", of what was told before."""
        p, words = self.parsed, self.reporting.words
        called = p.low[a] == "what" and p.pos[a + 1] == "PRON" and p.lemma[a + 2] in words["calls"]
        return called and not words["untrue"].isdisjoint(p.low[a + 3 : b])

    def _attribution(self, i: int) -> Attribution:
        chain = self.chain(i)
        named = [
            v
            for v in chain
            if v.speaker is not None and v.speaker.kind != "narrator" and not self._is_publisher(v.speaker)
            and (v.frame.kind != "directs" or v.frame.quoted)  # "blamed the loss of X on": the loss is taken as known
        ]  # fmt: skip
        last = chain[-1].speaker if chain else None
        own = last is not None and self._is_publisher(last) and chain[-1].frame.kind == "assesses"
        if not named or own:  # "a blogger claimed gains near X, where we assess that Y holds on": the publisher's own
            reasons = tuple(r for v in chain for r in v.reasons) or (
                "no cue of reporting covers these words: the report's own voice",
            )
            return Attribution(side=self.narrator_side, reasons=reasons)
        if not named[-1].frame.quoted and (noun := self._background(i, named[-1].frame)) is not None:
            return Attribution(
                side=self.narrator_side,
                reasons=(f"background: “the {self.parsed.low[noun]}” it describes is taken as known",),
            )
        if not named[-1].frame.quoted and not self._quoted[i] and self._in_brackets(i, named[-1].frame):
            return Attribution(side=self.narrator_side, reasons=("in brackets: the writer's own note",))
        found = self._of_voice(named[-1], chain)
        if self._quoted[i] and found.quoting is not Quoting.QUOTATION:
            return replace(found, quoting=Quoting.QUOTATION)  # words in quotation marks within a paraphrase
        mixed = not self._quoted[i] and any(self._quoted[k] for a, b in named[-1].frame.ranges for k in range(a, b))
        if mixed and found.quoting is Quoting.QUOTATION:
            return replace(found, quoting=Quoting.PARAPHRASE)  # words beside those in quotation marks
        return found

    def _in_brackets(self, i: int, frame: Frame) -> bool:
        """Whether token i stands in brackets within what somebody says, who does not speak in them."""
        p = self.parsed
        start = p.sentence[i][0]
        opened = next((k for k in range(i - 1, start, -1) if p.low[k] in ("(", ")")), None)
        if opened is None or p.low[opened] != "(" or opened < frame.cue < i:
            return False
        return frame.covers(opened) and ")" in p.low[i : p.sentence[i][1]]

    def _background(self, i: int, frame: Frame) -> int | None:
        """The definite noun that a relative clause with token i describes: the writer's own background in a paraphrase.

        "denied that it left the town Russia took in May": that Russia took it is not what is denied. The second of two
        relative clauses belongs to a wider noun and is said.
        """
        p, h = self.parsed, i
        for _ in range(12):
            n = p.head[h]
            if n == h or not frame.covers(n):
                return None
            told = self.reporting.anaphoric | self.reporting.words["tales"]
            if p.lemma[n] in told and p.dep[h] == "relcl" and p.low[p.left[h]] == "that":
                return None  # "said the information that X had fallen was not correct"
            if n == frame.listener:
                return None  # "told the paper that X fell": the parser hung what is told on the listener
            if p.dep[h] == "relcl" and p.dep[n] == "attr" and p.low[p.left[h]] == "to":
                return None  # "X is the latest city to fall, residents said"
            left = p.left[h]
            if p.dep[h] == "relcl" and p.tag[h] in ("VBZ", "VBP") and p.low[left - 1 : left + 1] == [",", "where"]:
                return None  # "broke into the town, where fighting goes on": that, too, is news
            if p.dep[h] == "relcl" and h == min(p.kids(n, "relcl")) and (p.dep[n] == "appos" or self._definite(n)):
                return n
            if (
                p.dep[h] == "relcl"
                and p.pos[n] == "PROPN"
                and left > 0
                and p.low[left - 1] == ","
                and p.low[left] == "which"
            ):
                return n  # "Crimea, which Russia annexed in 2014"
            second = p.dep[h] == "ccomp" and p.dep[n] == "relcl" and p.lemma[n] not in self.reporting.verbs
            if second and p.low[p.left[h]] == "that":
                return None  # "the regions Russia annexed that it controls": the parser hung the second on the first
            h = n
        return None

    def _definite(self, n: int) -> bool:
        p = self.parsed
        return p.pos[n] in ("NOUN", "PROPN", "PRON", "NUM") and any(p.low[c] == "the" for c in p.kids(n, "det"))

    def _of_voice(self, voice: Voice, chain: Sequence[Voice]) -> Attribution:
        p, frame, who = self.parsed, voice.frame, voice.speaker
        via: list[str] = []
        for outer in chain:
            if outer is voice:
                break
            if outer.frame.kind == "denies" or outer.frame.negated:
                continue  # who denies or cannot confirm a claim does not pass it on
            if outer.speaker is not None and outer.speaker.kind != "narrator":
                via.append(outer.speaker.name)
            via.extend(outer.via)
        via.extend(voice.via)
        name = who.name if who is not None else NARRATOR
        kept = tuple(dict.fromkeys(v for v in via if v != name and not self._is_outlet(v)))
        known = who.known.id if who is not None and who.known is not None else None
        if not kept and frame.quoted and known in self.before:
            kept = self.before[known or ""]
            voice.reasons += (f"{name} goes on through {', '.join(kept)}, as in the passage before",)
        cue_span = None
        if frame.cue >= 0:
            first, last = p.doc[frame.cue_span[0]], p.doc[frame.cue_span[1] - 1]
            cue_span = Span(start=first.idx, end=last.idx + len(last.text))
        return Attribution(
            source=name,
            source_id=known,
            side=voice.side or self._side_of_relay(voice, chain),
            cue=p.text(*frame.cue_span) if frame.cue >= 0 else None,
            via=kept,
            quoting=Quoting.QUOTATION if frame.quoted else Quoting.PARAPHRASE,
            source_span=Span(start=who.start, end=who.end) if who is not None and 0 <= who.start < who.end else None,
            cue_span=cue_span,
            channel=_channel(self, frame),
            reasons=voice.reasons,
        )  # fmt: skip

    def _side_of_relay(self, voice: Voice, chain: Sequence[Voice]) -> str | None:
        """The side of a body without a country that a state's agency cites: "TASS, citing the ministry"."""
        if voice.frame.kind != "cites" or voice.speaker is None or voice.speaker.known is not None:
            return None
        known = [v.speaker.known for v in chain if v is not voice and v.speaker is not None]
        return next((k.side for k in known if k is not None and k.kind == "agency" and k.side), None)

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


def _channel(result: Attributions, frame: Frame) -> str | None:
    """Where it was said, if the cue's sentence tells: "in a post on X", "on Telegram"."""
    if frame.cue < 0:
        return None
    p = result.parsed
    pattern = _channel_pattern(result.reporting.language)
    start, end = p.sentence[frame.cue]
    if pattern.search(p.text(start, end)) is None:
        return None
    inside = [(a, b) for a, b in frame.ranges if b - a > 2]
    words = []
    for k in range(start, end):
        words.append(" " * len(p.doc[k].text_with_ws) if any(a <= k < b for a, b in inside) else p.doc[k].text_with_ws)
    match = pattern.search("".join(words))
    return match[0].strip() if match else None


@cache
def _channel_pattern(language: str) -> re.Pattern[str]:
    reporting = Reporting.load(language)
    forms = "|".join(map(re.escape, reporting.forms))
    channels = "|".join(map(re.escape, reporting.channels))
    whose = "(?:his |her |its |the |their )?"
    return re.compile(
        rf"\b[Ii]n (?:a|an|the|his|her|its|their)(?: [\w-]+){{0,3}}? (?:{forms})\b"
        rf"(?:(?: [\w-]+){{0,2}} on {whose}(?:{channels})\b)?|\b[Oo]n {whose}(?:official )?(?:{channels})\b"
    )


def narrator_side(publisher: str | None, parties: Parties) -> str | None:
    """The side of a report's own voice: only of persons and bodies that publish for themselves."""
    source = parties.source_of(publisher) if publisher else None
    return source.side if source is not None and source.kind in ("person", "body", "group", "channel") else None

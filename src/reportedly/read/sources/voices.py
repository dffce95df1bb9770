"""From reporting frames to voices: each frame with its speaker named, its relays, and how deep it is nested."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.knowledge.reporting import Reporting
from reportedly.model import NARRATOR
from reportedly.read.parsing.parsed import (
    CONTRAST,
    JOINS,
    Parsed,
    adds_conclusion,
    concludes_from,
    evidence_at,
    opens_anew,
)
from reportedly.read.sources.frame import BELIED, CITING, Frame
from reportedly.read.sources.naming import name_speaker
from reportedly.read.sources.speakers import Cast, Speaker

__all__ = [
    "Voice",
    "cover",
    "join_cited",
    "leave_evidence",
    "nest",
    "own_words",
    "pass_on",
    "relay_last",
    "separate",
    "voice_of",
    "without_echoes",
]


CONCLUDED = frozenset({"indicate", "suggest", "imply"})
WORDS = frozenset({"statement", "comment", "remark", "admission", "acknowledgement"})
UNCLEAR = frozenset({"unclear", "uncertain", "unknown"})
OWN = frozenset({"we", "i"})
TURNS = JOINS | {"which", "this", "these", "such"}  # with which what somebody says may end
TURNING = ("VBG", "JJ", "DT")  # tags of other words that it may end with


@dataclass(slots=True)
class Voice:
    """A frame with its speaker resolved; `speaker` None where nobody is named."""

    frame: Frame
    speaker: Speaker | None
    via: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    side: str | None = None
    depth: int = 0
    addressee: str | None = None


def _opens_unknown(frame: Frame, p: Parsed, parties: Parties, reporting: Reporting) -> bool:
    """Whether who is said to claim something is a first word of a sentence, before the noun, that names no party."""
    at = frame.speaker
    if at is None or not frame.rule.startswith("noun") or at + 1 != frame.cue or not p.doc[at].is_sent_start:
        return False
    known = parties.party_of(p.doc[at].text) is not None or f"{p.low[at]}s" in reporting.people
    known = known or p.low[at] in reporting.bodies  # "Government claims that X has been retaken are false"
    return p.dep[at] in ("amod", "compound", "nsubj") and not known


def voice_of(frame: Frame, p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> Voice | None:
    """Name a frame's speaker, its relay and its listener."""
    if _opens_unknown(frame, p, parties, reporting):
        frame.speaker, frame.hearsay = None, True  # "Earlier claims that"
    reasons = [frame.rule]
    who = _named(frame, p, cast, parties, reporting, reasons) if frame.speaker is not None else None
    if who is None and (frame.speaker is not None or not frame.hearsay):
        return None
    if who is None and (heard := _noted_by(frame, p, cast, reporting)) is not None:
        who, frame.hearsay = heard, False
        reasons.append(f"goes on with what {heard.name} said")
    via, addressee = _beside(frame, p, cast, parties, reporting)
    side = None
    if who is not None and who.kind != "narrator":
        if frame.kind != "shows":
            _hear(frame, who, p, cast)
        side = who.known.side if who.known is not None else parties.side_of(who.described or who.name)
        side = side or _seated(frame, p, parties) or _serving(frame, p, parties)
    return Voice(frame, who, via, tuple(reasons), side, addressee=addressee)


def _named(
    frame: Frame, p: Parsed, cast: Cast, parties: Parties, reporting: Reporting, reasons: list[str]
) -> Speaker | None:
    """Who the words for a frame's speaker name, the narrator where they only show something."""
    if frame.speaker is None:
        return None
    cast.told = _before_the_cue(frame, p)
    nominal = frame.rule.startswith(("noun", "adjective"))
    who, why = name_speaker(frame.speaker, p, cast, parties, reporting, nominal=nominal)
    cast.told = (0, 0)
    reasons.append(why)
    if who is not None and _is_narrated(frame, who, p, reporting):
        return replace(who, kind="narrator", name=NARRATOR)
    return who


def _is_narrated(frame: Frame, who: Speaker, p: Parsed, reporting: Reporting) -> bool:
    """Whether the report itself concludes so: "Celebrations show that the rebels have taken X", ", which shows that"."""
    k, cue, shows = frame.speaker, frame.cue, frame.kind == "shows"
    if k is None or frame.rule.endswith(BELIED):
        return k is not None
    if shows and who.kind in ("person", "body", "people") and p.pos[k] == "PRON":
        return True
    if shows and cue > 1 and p.low[cue - 2 : cue] == [",", "which"]:
        return True
    if p.lemma[cue] in CONCLUDED and p.lemma[k] in WORDS:
        return True  # "the official's statement indicates that": what the writer makes of it
    concluded = p.lemma[cue] in ("suggest", "imply") and p.lemma[k] not in reporting.nouns
    if (shows or concluded) and who.known is None and p.pos[k] == "NOUN":
        writes = reporting.whoever | reporting.writings
        if p.lemma[k] not in writes and p.low[k] not in writes:
            return True
    return _concludes(frame, p, reporting) or _adds(frame, who, p, reporting)


def _beside(
    frame: Frame, p: Parsed, cast: Cast, parties: Parties, reporting: Reporting
) -> tuple[tuple[str, ...], str | None]:
    """Who passes a frame on, and to whom it is said."""
    via: list[str] = []
    addressee: str | None = None
    for token in (frame.relay, frame.listener):
        other = name_speaker(token, p, cast, parties, reporting)[0] if token is not None else None
        if other is None or other.kind == "narrator":
            continue
        addressee = other.name if token == frame.listener else addressee
        if token == frame.relay or is_media(other, reporting):
            via.append(other.name)
    return tuple(via), addressee


def _hear(frame: Frame, who: Speaker, p: Parsed, cast: Cast) -> None:
    """Keep where somebody speaks, and what: "X rejected Y's claim. He added"."""
    cue, last = p.doc[frame.cue].idx, len(p.doc)
    cast.hear(p.doc[p.sentence[frame.cue][0]].idx if frame.rule.startswith("noun") else cue, who)
    cast.said += [
        (p.doc[a].idx, p.doc[b].idx if b < last else len(p.tokens.whole), cue)
        for a, b in frame.ranges
        if a < last  # a cue that ends the text has nothing behind it
    ]


def _noted_by(frame: Frame, p: Parsed, cast: Cast, reporting: Reporting) -> Speaker | None:
    """Who was heard last before "it is noted that", "it is emphasised that": that goes on with what they said."""
    v = frame.cue
    subject = next(iter(p.kids(v, "nsubjpass", "expl")), None)
    if p.lemma[v] not in reporting.words["notes"] or subject is None or p.low[subject] != "it":
        return None
    at = p.doc[p.sentence[v][0]].idx
    heard = [(a, who) for a, who in cast.heard if a < at and not is_media(who, reporting)]
    return max(heard, key=lambda pair: pair[0])[1] if heard else None


def _seated(frame: Frame, p: Parsed, parties: Parties) -> str | None:
    """The side of a body told by its seat: "the defence ministry in Moscow"."""
    k = frame.speaker
    if k is None or p.low[k + 1 : k + 2] != ["in"] or k + 2 >= len(p.low):
        return None
    seats = [w for w in parties.scan(p.doc[k + 2].text) if w.kind is SideKind.SEAT and w.party is not None]
    party = parties.party(seats[0].party) if seats and seats[0].party is not None else None
    return party.side if party is not None else None


def _serving(frame: Frame, p: Parsed, parties: Parties) -> str | None:
    """The side of who serves in somebody's forces or speaks for them: "an officer of Haftar's army", "a spokesman for Rwanda's army"."""
    k = frame.speaker
    if k is None or p.low[k + 1 : k + 2] not in (["of"], ["with"], ["for"]):
        return None
    forces = next((o for o in p.kids(k + 1, "pobj")), None)
    if forces is None or p.low[forces] not in parties.nouns("state_forces") | parties.nouns("armed"):
        return None
    return parties.side_of(p.text(p.left[forces], forces + 1))


def _before_the_cue(frame: Frame, p: Parsed) -> tuple[int, int]:
    """Characters of what a pronoun says before its cue ("Russian forces took X, it said"), else nothing."""
    if frame.speaker is None or p.pos[frame.speaker] != "PRON":
        return (0, 0)
    ahead = [(a, b) for a, b in frame.ranges if b <= frame.speaker]
    return (p.doc[ahead[0][0]].idx, p.doc[ahead[-1][1]].idx) if ahead else (0, 0)


def _concludes(frame: Frame, p: Parsed, reporting: Reporting) -> bool:
    """Whether the writer concludes from what troops do ("Russian troops struck X, indicating that ..."): nobody speaks."""
    v, speaker = frame.cue, frame.speaker
    if v < 1 or speaker is None or p.tag[v] != "VBG":
        return False
    return p.lemma[v] in reporting.words["concludes"] and p.lemma[speaker] in reporting.words["fighters"]


def _adds(frame: Frame, who: Speaker, p: Parsed, reporting: Reporting) -> bool:
    """Whether the writer adds what follows from somebody's words ("the staff reported A, indicating that"); what a person
    suggests or implies in speaking is theirs.
    """
    if frame.cue < 1 or not adds_conclusion(p, frame.cue, reporting):
        return False
    return who.kind != "person" or p.lemma[frame.cue] not in reporting.words["hints"]


def is_media(who: Speaker, reporting: Reporting) -> bool:
    """Whether somebody passes on what others say: a known outlet or agency, or a name or noun of the press."""
    if who.known is not None:
        return who.known.kind in ("outlet", "agency")
    return bool({w.casefold() for w in who.name.split()} & reporting.words["media"])


def pass_on(voices: list[Voice], p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> None:
    """ "In comments carried by TASS, X said S", "S, X, whose words were reported by Radio Y, said": the press is the relay."""
    for v in range(len(p.low)):
        if (
            p.tag[v] != "VBN"
            or p.lemma[v] not in reporting.words["relays"]
            or p.dep[v] not in ("acl", "relcl", "advcl", "amod")
        ):
            continue
        agent = p.agent(v)
        own = [o for o in voices if o.frame.cue == v]
        if agent is None or any(p.has_verb(a, b) for o in own for a, b in o.frame.ranges):
            continue
        said = [
            o
            for o in voices
            if o.frame.cue >= 0 and o.frame.speaker is not None
            and p.sentence[o.frame.cue] == p.sentence[v] and not o.frame.covers(v)
        ]  # fmt: skip
        who, _ = name_speaker(agent, p, cast, parties, reporting)
        if not said or who is None or not is_media(who, reporting):
            continue
        near = min((o for o in said if o not in own), key=lambda o: abs(o.frame.cue - v), default=None)
        if near is None:
            continue
        voices[:] = [o for o in voices if o not in own]
        if near.speaker is not who and who.name not in near.via:
            near.via = (who.name, *near.via)


def join_cited(voices: list[Voice], p: Parsed) -> None:
    """ "TASS reported, citing the ministry": who is cited is the source of what the citing speaker says."""
    for voice in voices:
        if voice.frame.kind != "cites":
            continue
        sentence = p.sentence[voice.frame.cue]
        same = [
            v for v in voices if v.frame.kind != "cites" and v.frame.cue >= 0 and p.sentence[v.frame.cue] == sentence
        ]
        outer = [v for v in same if not v.frame.covers(voice.frame.cue)] or same
        if outer:
            near = min(outer, key=lambda v: abs(v.frame.cue - voice.frame.cue))
            voice.frame.ranges = list(near.frame.ranges)
            if near.speaker is not None:
                voice.via = (near.speaker.name, *near.via)
            if near.frame.kind == "denies":
                voice.frame.kind = "denies"  # "SANA denied that X had fallen, citing an officer"
            voice.depth = 1


def relay_last(voices: list[Voice], p: Parsed) -> None:
    """ "X says S, according to Y": Y passes on what X says, so the phrase at the end is no part of X's words."""
    for voice in voices:
        frame = voice.frame
        if frame.cue <= 0 or not frame.rule.startswith("“") or p.low[frame.cue - 1] != "," or len(frame.ranges) != 1:
            continue
        end = frame.ranges[0][1]
        if end > frame.cue:
            continue
        for other in voices:
            if other is not voice and frame.covers(other.frame.cue):
                other.frame.ranges = [
                    (a, min(b, frame.cue - 1)) if a < frame.cue < b else (a, b) for a, b in other.frame.ranges
                ]


def separate(voices: list[Voice], p: Parsed) -> None:
    """End what one speaker says where a contrast brings in the next: "X says A, while Y insists B" is no nesting."""
    anew = [k for k, word in enumerate(p.low) if word == "there" and opens_anew(p.low, k)]
    for voice in voices:
        if voice.frame.cue >= 0:
            voice.frame.ranges = [(a, _before_the_unclear(p, a, b)) for a, b in voice.frame.ranges]
        for k in anew if voice.frame.kind == "denies" else ():
            voice.frame.ranges = [(a, min(b, k)) if a < k < b else (a, b) for a, b in voice.frame.ranges]
    for inner in voices:
        frame = inner.frame
        if frame.cue < 0 or frame.speaker is None:
            continue
        first = min(p.left[frame.speaker], frame.cue) if frame.speaker < frame.cue + 12 else frame.cue
        k = first - 1
        while k >= 0 and p.pos[k] in ("ADV", "ADP", "DET", "SPACE"):
            k -= 1
        mark = next((m for m in (first - 1, first, k) if m >= 0 and p.low[m] in CONTRAST), None)
        if mark is None and frame.cue and p.low[frame.cue - 1] in CONTRAST:
            mark = frame.cue - 1  # "X denies that A is lost but admits that", "while admitting that"
        if mark is None and p.dep[frame.cue] == "pcomp" and p.low[p.head[frame.cue]] == "with":
            mark = p.head[frame.cue]  # "X dispute Y's claim that A, with one of them saying that B"
        again = frame.cue - 1 if frame.cue and p.low[frame.cue - 1] == "and" else None
        if again is not None and any(
            o.frame.kind == "denies" and o.frame.speaker == frame.speaker and o.frame.covers(again) for o in voices
        ):
            mark = again  # "X denied Y's claims that A and noted that B": X goes on
        if mark is None:
            continue
        for outer in voices:
            if outer is not inner and outer.frame.cue >= 0 and outer.frame.cue < mark and outer.frame.kind != "cites":
                outer.frame.ranges = [(a, min(b, mark)) if a < mark < b else (a, b) for a, b in outer.frame.ranges]


def leave_evidence(voices: list[Voice], p: Parsed, reporting: Reporting) -> None:
    """End what somebody says before "and geolocated footage shows", ", which may indicate" and ", indicating that": these are the
    writer's own.
    """
    for k in range(1, len(p.low) - 2):
        if p.low[k] not in TURNS and p.tag[k] not in TURNING:
            continue
        concluded = p.low[k] == "which" and any(
            concludes_from(p, v, reporting) for v in range(k + 1, min(k + 4, len(p.low)))
        )
        concluded = concluded or adds_conclusion(p, k, reporting) or _claim_indicates(p, k, reporting)
        if not concluded and evidence_at(p, k, reporting) is None:
            continue
        end = p.sentence[k][1]
        for voice in voices:
            if 0 <= voice.frame.cue < k and not (voice.frame.quoted and p.low[k] != "which"):
                kept = [(a, min(b, k)) for a, b in voice.frame.ranges if a < k]
                voice.frame.ranges = kept + [(a, b) for a, b in voice.frame.ranges if a >= end]


def _claim_indicates(p: Parsed, k: int, reporting: Reporting) -> bool:
    """Whether "and this claim might indicate" begins at token k: what the writer draws from it."""
    if p.low[k] not in ("this", "these", "such") or p.lemma[k + 1] not in reporting.anaphoric:
        return False
    behind = range(k + 2, min(k + 5, p.sentence[k][1]))
    v = next((j for j in behind if p.tag[j].startswith("VB") and p.lemma[j] != "be"), None)
    return v is not None and p.lemma[v] in reporting.words["adds"] and p.head[k + 1] == v


def _before_the_unclear(p: Parsed, a: int, b: int) -> int:
    """Where words end before the writer's own doubt: "X reported A, but the scope of B remains unclear"."""
    doubt = next((k for k in range(a, b) if p.low[k] in UNCLEAR and k and p.lemma[k - 1] in ("remain", "be")), None)
    if doubt is None:
        return b
    return next((k for k in range(doubt, a, -1) if p.low[k] in CONTRAST and p.low[k - 1] == ","), b)


def cover(voices: list[Voice], size: int) -> list[tuple[Voice, ...]]:
    """The voices that say each token."""
    found: list[tuple[Voice, ...]] = [()] * size
    for voice in voices:
        for start, end in voice.frame.ranges:
            for k in range(start, min(end, size)):
                if not found[k] or found[k][-1] is not voice:
                    found[k] += (voice,)
    return found


def without_echoes(
    voices: list[Voice], covering: list[tuple[Voice, ...]]
) -> tuple[list[Voice], list[tuple[Voice, ...]]]:
    """Without "Russian-claimed" where somebody else says the words around it ("sources confirmed Russian-claimed gains")."""
    kept = [
        v
        for v in voices
        if not v.frame.rule.startswith("adjective") or not any(o is not v for o in covering[v.frame.cue])
    ]
    return kept, covering if len(kept) == len(voices) else cover(kept, len(covering))


def nest(voices: list[Voice], covering: list[tuple[Voice, ...]]) -> None:
    """How deep each voice is nested: it speaks inside every other that says its cue."""
    for voice in voices:
        frame = voice.frame
        somebody = voice.speaker is not None and voice.speaker.kind != NARRATOR  # no images
        if voice.depth and (frame.kind == "cites" or (frame.rule == CITING and somebody)):
            voice.depth = 50  # who is cited stands behind everybody else of the sentence
            continue
        cue = frame.cue if frame.cue >= 0 else frame.ranges[0][0]
        voice.depth = sum(
            other is not voice and other.frame.kind != "cites" and (frame.cue >= 0 or not frame.covers(other.frame.cue))
            for other in covering[cue]
        )


def own_words(voices: list[Voice], covering: list[tuple[Voice, ...]], p: Parsed) -> None:
    """ "We deny that", "I think that" inside what somebody says: whoever says so speaks of their own words."""
    for inner in voices:
        cue, speaker = inner.frame.cue, inner.frame.speaker
        if cue < 0 or speaker is None or p.low[speaker] not in OWN:
            continue
        outer = [o for o in covering[cue] if o is not inner and o.speaker is not None and o.speaker.kind != NARRATOR]
        if outer and inner.speaker is not None and inner.speaker.kind == NARRATOR:
            near = max(outer, key=lambda o: o.depth)
            inner.speaker, inner.side = near.speaker, near.side
            inner.reasons += (f"“{p.low[speaker]}” is {near.speaker.name if near.speaker else NARRATOR}",)

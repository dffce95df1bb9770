"""Who says the words at a token: innermost source, relays, quotation or paraphrase, with the rule that found it.

`attribute` reads a parsed passage once; `Attributions.of(token)` then answers for any token of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from reportedly.knowledge.parties import Parties
from reportedly.knowledge.reporting import Reporting
from reportedly.read.parsing.tokens import text_of
from reportedly.read.sources.acting import note_subjects
from reportedly.read.sources.before import acting_before, heard_before
from reportedly.read.sources.casting import find_cast
from reportedly.read.sources.continuing import go_on
from reportedly.read.sources.headline_denials import headline_denial
from reportedly.read.sources.quotations import attach_quotations, headline_voice
from reportedly.read.sources.quotes import find_quotes, open_at_end
from reportedly.read.sources.reporting import Parsed, find_frames
from reportedly.read.sources.said import Attributions, Denial, narrator_side, same_publisher
from reportedly.read.sources.speakers import Cast, Speaker
from reportedly.read.sources.summed_up import sum_up
from reportedly.read.sources.voices import (
    Voice,
    cover,
    join_cited,
    leave_evidence,
    nest,
    own_words,
    pass_on,
    relay_last,
    separate,
    voice_of,
    without_echoes,
)

__all__ = ["Attributions", "Denial", "Voice", "attribute", "same_publisher"]

MAX_CONTEXT = 6000  # characters of context that are read for names


def attribute(
    doc: Any,
    *,
    parties: Parties,
    context: Any = None,
    following: str = "",
    publisher: str | None = None,
    relays: Mapping[str, tuple[str, ...]] | None = None,
    reporting: Reporting | None = None,
    lines: dict[str, list[Speaker]] | None = None,
) -> Attributions:
    """Find who says what in a parsed passage (tagger, parser and lemmatizer; no entities needed).

    `context` is the text (or Doc) directly before it, used for names, pronouns and open quotations only; `following` is
    the text after it, where a title may get its name; `relays` say through whom the passage before heard known sources
    (`Attributions.relays` of that passage): a quotation of theirs that goes on comes through the same. The publisher is
    never a source or relay of its own report. `lines` keeps who is named in which line, for the passages of one report.
    """
    reporting = reporting or Reporting.load()
    before = "" if context is None else (context if isinstance(context, str) else context.text)[-MAX_CONTEXT:]
    parsed = Parsed.of(doc, reporting)
    text = text_of(doc)
    cast = _cast(text, before, following, parties, reporting, lines)
    quotes = find_quotes(text, inside=open_at_end(before))
    note_subjects(parsed, cast, quotes, parties, reporting)
    named = (voice_of(frame, parsed, cast, parties, reporting) for frame in find_frames(parsed, reporting))
    voices = [voice for voice in named if voice is not None]
    headline = headline_denial(parsed, cast, parties, reporting) or headline_voice(parsed, cast, parties, reporting)
    if headline is not None:
        voices.append(headline)
    separate(voices, parsed)
    leave_evidence(voices, parsed, reporting)
    relay_last(voices, parsed)
    join_cited(voices, parsed)
    pass_on(voices, parsed, cast, parties, reporting)
    quoted = attach_quotations(voices, quotes, parsed, cast, parties, reporting)
    side = narrator_side(publisher, parties)
    go_on(voices, parsed, cast, parties, reporting, before=before, neutral=side is None)
    sum_up(voices, parsed, cast, parties, reporting, following=following)
    bare = [voice for voice in voices if not voice.frame.ranges and voice.frame.kind == "denies"]
    voices = [voice for voice in voices if voice.frame.ranges]
    covering = cover(voices, len(parsed.low))
    voices, covering = without_echoes(voices, covering)
    nest(voices, covering)
    own_words(voices, covering, parsed)
    return Attributions(
        parsed=parsed,
        voices=voices,
        quotes=quotes,
        publisher=publisher,
        narrator_side=side,
        reporting=reporting,
        parties=parties,
        bare=bare,
        before=dict(relays or {}),
        _quoted=quoted,
        _covering=covering,
    )


def _cast(
    text: str,
    before: str,
    following: str,
    parties: Parties,
    reporting: Reporting,
    lines: dict[str, list[Speaker]] | None,
) -> Cast:
    """Everybody named in a text, in the context before it (offsets negative) and in the text that follows it."""
    cast = Cast()
    lines = {} if lines is None else lines
    find = partial(find_cast, parties=parties, reporting=reporting, lines=lines)
    cast.people = find(before, shift=-len(before) - 1)
    cast.heard = heard_before(before, cast.people, parties, reporting)
    cast.acting = acting_before(before, cast, parties, reporting)
    cast.abbreviate(before, len(before) + 1)
    cast.people += find(text)
    cast.abbreviate(text, 0)
    cast.people += find(following, shift=len(text) + 1) if following else []
    return cast

"""What a news text says of its own origin: label of date, dateline, photo caption, agency, relays, author; and its language.

Only words of the text are used. A day without a year, or a date inside the story, is never taken for the publication date.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import Any

import ahocorasick_rs
from resiliparse.parse.lang import detect_fast

from reportedly.ingest.moments import WRITTEN_DATE, Moment, parse_moment
from reportedly.model import Span

__all__ = ["Trace", "language", "other_language", "trace"]


SURE = (
    900  # of resiliparse's distance, which is below this for all of 300 English articles and above for their neighbours
)


OTHER = 380  # the same: no English among 7,000 texts and paragraphs is taken for another language below 428; other languages mostly are


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What was found; spans are offsets in the text, `notes` say by which words."""

    published: Moment | None = None
    headline: str | None = None
    author: str | None = None
    dateline: Span | None = None
    dateline_place: str | None = None
    agency: str | None = None
    caption: Span | None = None
    relays: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of knowledge/data/outlets.toml, compiled."""

    agencies: frozenset[str]
    names: tuple[str, ...]
    scan: ahocorasick_rs.AhoCorasick
    kinds: ahocorasick_rs.AhoCorasick
    before: re.Pattern[str]
    leads: tuple[str, ...]  # what `before` ends with, bracket and spaces apart
    after: re.Pattern[str]
    frames: ahocorasick_rs.AhoCorasick  # words of which `shaped` has one
    shaped: re.Pattern[str]
    credit: re.Pattern[str]
    caption_start: re.Pattern[str]
    date_label: re.Pattern[str]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_KIND = "agency|outlet|newspaper|broadcaster|channel|website|daily"


@cache
def _words() -> _Words:
    raw = tomllib.loads((files("reportedly.knowledge") / "data" / "outlets.toml").read_text(encoding="utf-8"))
    names = tuple(sorted({*raw["agencies"], *raw["outlets"]}))
    before, after = _any(raw["words_before"]), _any(raw["verbs_after"])
    upper = r"[A-Z\u00c0-\u00de\u0410-\u042f][\w'’.-]*"
    shaped = rf"(?:{upper}\s+){{1,4}}(?:{_any(raw['outlet_words'])})"
    frames = [word.lower() for word in (*raw["words_before"], *raw["verbs_after"])]
    return _Words(
        agencies=frozenset(a.casefold() for a in raw["agencies"]),
        names=names,
        scan=ahocorasick_rs.AhoCorasick(
            list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, implementation=ahocorasick_rs.Implementation.DFA
        ),
        kinds=ahocorasick_rs.AhoCorasick([f" {word}" for word in raw["outlet_words"]]),
        leads=("the", *_KIND.split("|"), *{phrase.split()[-1].lower() for phrase in raw["words_before"]}),
        frames=ahocorasick_rs.AhoCorasick(frames),
        before=re.compile(rf"(?:\b(?:{before})\s+(?:the\s+)?(?:(?:[a-z]+[ -]){{0,2}}(?:{_KIND})\s+)?|\()$", re.I),
        after=re.compile(rf"^,?\s+(?:(?:also|first|earlier|\w+day|on \w+day)\s+){{0,2}}(?:{after})\b", re.I),
        shaped=re.compile(rf"\b(?:(?i:{before})\s+(?:the\s+)?({shaped})\b|({shaped})(?=\s+(?:{after})\b))"),
        credit=re.compile(
            rf"[(\[](?=[^)\]]{{0,80}}[)\]])(?:[^)\]]*?\b)?(?:{_any(raw['credit_words'])})\b(?:\s+by)?[\s:/|-]*([^)\]]{{0,60}})[)\]]\.?\s*$"
            rf"|(?:Photo|Image|Picture)(?:\s+by|\s+credit|:)[\s:]*([^\n.]{{2,60}})\.?\s*$",
            re.I,
        ),
        caption_start=re.compile(rf"^\s*(?:{_any(raw['caption_starts'])})", re.I),
        date_label=re.compile(
            rf"^\s*(?:{_any(raw['date_labels'])})\b\s*[:\-–—]?\s*({WRITTEN_DATE})(?:[ T]\d\d:\d\d\S*)?\s*[.|,;]?\s*", re.I
        ),
    )  # fmt: skip


_UP = r"[A-Z\u00c0-\u00de\u0410-\u042f\u0406\u0407\u0404]"
_NAME = rf"{_UP}[\w'’.\-]*(?:\s+(?:of|the|de|la|el|al|and)(?=\s+{_UP})|\s+{_UP}[\w'’.\-]*){{0,4}}"
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = (
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:{_MONTHS}\s+\d{{1,2}}(?:,?\s+\d{{4}})?"
    rf"|\d{{1,2}}\s+{_MONTHS}(?:,?\s+\d{{4}})?)"
)
_DATELINE = re.compile(
    rf"\s*(?P<place>{_NAME}(?:/{_NAME})?)(?P<rest>(?:,\s*{_NAME}){{0,2}}?)\s*(?:\[(?P<country>[^\]\n]{{2,40}})\])?"
    rf"\s*[,.–—-]?\s*(?P<day>{_DAY})?\.?\s*(?:\((?P<agency>[^()\n]{{2,40}})\)|/(?P<slashed>[A-Z][\w .&-]{{1,30}})/)?"
    r"\s*(?P<end>:|\.?\s*(?:--|[–—]|-)(?=\s)|\.(?=\s)|(?<=[)])(?=\s)|(?<=/)\.?(?=\s))\s*"
)
_MARK = re.compile(r"[(/\[\d]|[–—-]\s")  # of any two marks of a dateline one has such a sign
_CLOSED = (")", "]", ").", "].")  # the ends of a line that ends with a credit in brackets
_SIGNED = re.compile(r"[(\[]([A-Z][\w .&/-]{1,30})[)\]]\.?\s*$|/([A-Z][\w .&-]{1,30})/\.?\s*$")
_BYLINE = re.compile(
    rf"^\s*(?:By|Reporting by|Written by)\s+((?:{_UP}[\w'’.\-]+\s*){{1,4}}(?:(?:,|\band\b)\s*(?:{_UP}[\w'’.\-]+\s*){{1,4}})*)$"
)


def trace(text: str, *, caption: str | None = None) -> Trace:
    """Read a text's own traces of origin; `caption` is a caption known from markup, to be found again in the text."""
    words = _words()
    notes: list[str] = []
    published, at = _label(text, words, notes)
    span = _known_caption(text, caption)
    lines = list(islice(_lines(text, at), 5))
    headline = _headline(lines)
    dateline = agency = place = author = None
    for start, line in lines:
        if author is None and (match := _BYLINE.match(line)):
            author = match[1].strip()
            continue
        if span is None and _is_caption(line, words):
            lead = len(line) - len(line.lstrip())
            span = Span(start=start + lead, end=start + len(line.rstrip()))
            continue
        found = _dateline(line, words)
        if found is not None:
            dateline = Span(start=start + found.start("place"), end=start + found.end())
            place = found["place"].strip()
            agency = (found["agency"] or found["slashed"] or "").strip() or None
            notes.append(f"dateline: {text[dateline.start : dateline.end].strip()!r}")
            published = published or _dated(found["day"], notes)
            break
    signed = _signature(text, words)
    if agency is None and signed:
        agency = signed
        notes.append(f"agency: signed ({signed})")
    return Trace(
        published=published, headline=headline, author=author, dateline=dateline,
        dateline_place=place, agency=agency, caption=span, relays=_relays(text, words, agency), notes=tuple(notes),
    )  # fmt: skip


def _lines(text: str, at: int) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their offsets, from `at` on."""
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if (line := text[at:end]) and not line.isspace():
            yield at, line
        at = end + 1


def _label(text: str, words: _Words, notes: list[str]) -> tuple[Moment | None, int]:
    """A full date behind a label on the first lines ("date 2025-07-03", "Published: 3 July 2025") and where it ends."""
    at = 0
    for start, line in islice(_lines(text, 0), 4):
        match = words.date_label.match(line)
        if match:
            day = re.sub(r"\s+", " ", match[1])
            notes.append(f"date: the text itself is labelled {match[0].strip()!r}")
            return parse_moment(day, f"the text's own label {match[0].strip()!r}"), (
                start + match.end() if start == 0 else at
            )
    return None, at


def _dated(day: str | None, notes: list[str]) -> Moment | None:
    """The publication day of a dateline that has its year; a day without a year dates nothing."""
    full = re.sub(r"\s+", " ", re.sub(r"^\w+day,?\s+", "", day.strip())) if day else ""
    moment = (
        parse_moment(full.replace(".", ""), f"the full date in the dateline, {full!r}")
        if re.search(r"\d{4}", full)
        else None
    )
    if moment:
        notes.append(f"date: the dateline says {full!r}")
    return moment


def _headline(lines: list[tuple[int, str]]) -> str | None:
    """A first line that stands alone, is short and is no sentence."""
    if len(lines) < 2:
        return None
    line = lines[0][1].strip()
    if line.startswith("#"):
        return line.lstrip("# ").strip() or None
    plain = len(line) <= 150 and line[-1] not in '.!:;,)]"”' and len(line.split()) >= 3
    return line if plain and len(lines[1][1]) > len(line) else None


def _known_caption(text: str, caption: str | None) -> Span | None:
    start = text.find(caption) if caption else -1
    return Span(start=start, end=start + len(caption)) if caption and start >= 0 else None


def _is_caption(line: str, words: _Words) -> bool:
    if len(line) >= 700:
        return False
    if words.caption_start.match(line):
        return True
    tail = line[-200:].rstrip()
    lowered = tail.lower()
    maybe = tail.endswith(_CLOSED) or "photo" in lowered or "image" in lowered or "picture" in lowered
    return maybe and bool(words.credit.search(tail))


def _dateline(line: str, words: _Words) -> re.Match[str] | None:
    """A dateline, if two of its marks agree: capitals, day, agency, country in brackets, a dash or colon after."""
    match = _DATELINE.match(line[:160]) if _MARK.search(line, 0, 160) else None
    if match is None or len(line) - match.end() < 20:
        return None
    agency = match["agency"] or match["slashed"]
    known = bool(agency) and agency.strip().casefold() in words.agencies
    capitals = match["place"].isupper() and len(match["place"]) > 2
    dash = match["end"].strip(". ") != "" and match["end"].strip() != ":"
    marks = (
        2 * known, bool(agency) and not known, capitals, bool(match["day"]), bool(match["country"]),
        dash, match["end"].strip() == ":" and bool(agency or match["day"]), bool(match["rest"]) and dash,
    )  # fmt: skip
    return match if sum(marks) >= 2 else None


def _signature(text: str, words: _Words) -> str | None:
    """An agency that signs the last line: "(ANI)", "/TASS/"."""
    match = _SIGNED.search(text[-60:])
    name = (match[1] or match[2]).strip() if match else ""
    return name if name.casefold() in words.agencies else None


def _relays(text: str, words: _Words, agency: str | None) -> tuple[str, ...]:
    """Outlets in a frame of relaying, in order of first mention, the report's own agency left out."""
    hits: list[tuple[int, str]] = []
    for index, start, end in words.scan.find_matches_as_indexes(text):
        if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum()):
            continue
        head, tail = text[max(0, start - 60) : start], text[end : end + 40]
        maybe = head.endswith("(") or (head[-1:].isspace() and head.rstrip().lower().endswith(words.leads))
        lead = words.before.search(head) if maybe else None
        bracketed = lead is not None and lead[0] == "("
        if (lead and (not bracketed or tail[:1] == ")")) or words.after.match(tail):
            hits.append((start, words.names[index].removeprefix("The ")))
    at = 0
    for _, start, end in words.kinds.find_matches_as_indexes(text):  # only round "News", "Times" and the like
        if start < at or (end < len(text) and text[end].isalnum()):
            continue
        begin_at, end_at = max(at, start - 120), min(len(text), end + 40)
        if not words.frames.find_matches_as_indexes(text[begin_at:end_at].lower()):
            continue
        for match in words.shaped.finditer(text, begin_at, end_at):
            name = (match[1] or match[2]).strip()
            if not any(begin <= match.end() and match.start() <= begin for begin, _ in hits):
                hits.append((match.start(), name.removeprefix("The ")))
            at = match.end()
    own = (agency or "").casefold()
    return tuple(dict.fromkeys(name for _, name in sorted(hits) if name.casefold() != own))


@lru_cache(maxsize=2)  # a page is asked twice for its language
def _detected(sample: str) -> list[tuple[str, int]]:
    """resiliparse's five nearest languages, with their distances."""
    found: Any = detect_fast(sample, n_results=5)
    return list(found)


def other_language(text: str, langs: Sequence[str]) -> str | None:
    """The code of the language a text is surely in, if that is none of `langs`; None where `language` must tell."""
    sample = text[:1500]
    if len(sample) < 300:
        return None
    found = _detected(sample)
    if not found or found[0][1] > OTHER or any(code in langs for code, _ in found):
        return None
    return str(found[0][0])


def language(text: str) -> str:
    """The BCP 47 code of the text's language; "und" where there are too few letters to tell.

    resiliparse's detector decides where it is sure (microseconds), py3langid where it is not (a millisecond).
    """
    sample = text[:1500]
    if sum(map(str.isalpha, sample[:200])) < 20:
        return "und"
    if len(sample) > 300 and (found := _detected(sample)) and found[0][0] == "en" and found[0][1] < SURE:
        return "en"
    import py3langid  # 0.7 s to load

    return str(py3langid.classify(sample)[0])

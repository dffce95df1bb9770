"""The single checks of arithmetic.py: each takes a text and gives (start, end, whether it holds, why) rows."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from reportedly.model import Time
from reportedly.resolve.dates.lexicon import UNITS, alternatives, lexicon, number

__all__ = ["check_counts", "check_durations", "check_percentages", "check_weekdays"]

Row = tuple[int, int, bool, str]
Days = tuple[int, int]
MONTH, YEAR = 30.44, 365.25
NEAR = 4  # words between a duration and its ends


@cache
def _words() -> Mapping[str, Any]:
    text = resources.files("reportedly.knowledge").joinpath("data/arithmetic/en.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    numbers = [w for w, (low, high) in lexicon()["numbers"].items() if low == high and w not in ("a", "an", "one")]
    count = rf"(?P<number>\d{{1,3}}(?:,\d{{3}})*|(?:{alternatives(numbers)})(?:-(?:{alternatives(numbers)}))?)"
    hedge = rf"(?:(?P<hedge>{alternatives(_words()['hedges'])})\s+)?"
    units = alternatives([u for u, days in UNITS.items() if days >= 1])
    things = alternatives(_words()["things"]["words"])
    percent = r"(?:\s?%|\s+per\s?cent)"
    figure = r"\d{1,4}(?:\.\d+)?"
    rest = alternatives(_words()["rest"]["words"])
    name = r"[A-ZЀ-Я][\w’'-]*(?:\s+[A-ZЀ-Я][\w’'-]*){0,3}"
    hedge2 = rf"(?:or\s+)?(?:(?P<hedge2>{alternatives(_words()['hedges'])})\s+)?"
    months = alternatives([*lexicon()["months"], *lexicon()["month_abbreviations"]])
    part_of = r"\b(?P<part>\d{1,6})\s+(?:out\s+)?of\s+(?:the\s+|its\s+)?(?P<all>\d{1,6})\b[^.;]{0,60}?[(,]\s*"
    flags = re.IGNORECASE
    return {
        "duration": re.compile(rf"\b{hedge}{count}[\s-]+(?P<unit>{units})s?\b", flags),
        "count": re.compile(rf"\b{hedge}{count}\s+(?:[a-z][\w-]*\s+){{0,2}}(?:{things})\s*(?P<lead>:|[–—,(]|of\b|-\s|\s)", flags),
        "names": re.compile(rf"\s*{name}(?:\s*,\s+(?!and\b){name})*\s*,?\s+and\s+{name}(?=\s*(?P<close>[.;:,)–—]|$|\s))"),
        "name": re.compile(name),
        "percent": re.compile(rf"(?<![\d.,-]){figure}(?={percent})", flags),
        "rest": re.compile(rf"(?P<one>{figure}){percent}[^.;]{{0,120}}?\b(?:{rest})\s+(?P<two>{figure}){percent}", flags),
        "of": re.compile(rf"{part_of}{hedge2}(?P<share>{figure}){percent}", flags),
        "range": re.compile(r"\b(?:from|between|since|to|until)\b|[–—]", flags),
        "event": re.compile(rf"\b(?P<event>{alternatives(_words()['events'])})\b", flags),
        "intervening": re.compile(r"\b(?:intervening|in\s+between)\b", flags),
        "weekday": re.compile(rf"\b({alternatives(lexicon()['weekdays'])})\b", flags),
        "date": re.compile(rf"\b(?:{months})\b.?\s*\d|\d\s+(?:{months})|\d{{4}}-\d\d", flags),
        "year": re.compile(r"\b\d{4}\b"),
        "between": re.compile(r"[\w’'-]+"),
    }  # fmt: skip


def check_durations(text: str, times: Sequence[Time], published: dt.date) -> Iterator[Row]:
    """Durations against the two ends that the text gives them."""
    today = (published.toordinal(), published.toordinal())
    for match in _patterns()["duration"].finditer(text):
        counted = number(match["number"].lower())
        if counted is None:
            continue
        found = _ends(text, match, times, today)
        if found is None:
            continue
        start, end, sure, told = found
        shortest, longest = max(0, end[0] - start[1]), end[1] - start[0]
        unit = match["unit"].lower()
        holds = _fits(counted[0], unit, match["hedge"], shortest, longest)
        if holds or sure:
            yield match.start(), match.end(), holds, f"{told} is {_long(shortest, longest, unit)}"


def _ends(text: str, match: re.Match[str], times: Sequence[Time], today: Days) -> tuple[Days, Days, bool, str] | None:
    """First and last day of what a duration measures, whether that is sure enough to call it wrong, and in words."""
    for time in times:  # "14 months, from May 2023 to July 2024" and "since 1 March, 10 weeks"
        span = time.span
        if (
            span is None
            or time.lower is None
            or not time.edtf
            or "/" not in time.edtf
            or not _patterns()["range"].search(time.words)  # a season is an interval too, but no measure of one
            or not _beside(text, match, span.start, span.end)
        ):
            continue
        if span.start < match.end() and match.start() < span.end:
            continue
        if time.upper is None:
            sure = bool(_patterns()["year"].search(time.words))
            return (
                _first(time.edtf, time.lower),
                today,
                sure,
                f"from {time.words.removeprefix('since ')} to the day of the report",
            )
        return _first(time.edtf, time.lower), _last(time.edtf, time.upper), True, time.words
    around = text[max(0, match.start() - 20) : match.end() + 4]
    before = [
        t
        for t in times
        if t.span is not None
        and t.span.end <= match.start()
        and t.lower
        and t.upper
        and t.lower.toordinal() < today[0] - 1
    ]
    if _patterns()["intervening"].search(around) and before:
        last = before[-1]
        bounds = (last.lower.toordinal(), last.upper.toordinal() - 1) if last.lower and last.upper else today
        return bounds, today, True, f"from {last.words} to the day of the report"
    tail = re.match(r"\s+(?:after|since|into|from)\s+(?:[\w’'-]+\s+){0,4}?", text[match.end() : match.end() + 80])
    event = _patterns()["event"].search(text, match.end(), match.end() + 100)
    if tail and event and not re.search(r"[.;]", text[match.end() : event.start()]):
        day = dt.date.fromisoformat(_words()["events"][" ".join(event["event"].lower().split())]).toordinal()
        # the text need not speak of its own day: what does not fit proves nothing
        return (day, day), today, False, f"from the {event['event']} to the day of the report"
    return None


def _beside(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether a time stands next to the duration, in its sentence, with no other clause between."""
    gap = text[match.end() : start] if start >= match.end() else text[end : match.start()]
    return len(gap) <= 30 and not re.search(r"[.;!?\n]", gap) and len(_patterns()["between"].findall(gap)) <= NEAR and not re.search(
        r"\b(?:before|after|until|but|while|ago|later|earlier)\b", gap
    )  # fmt: skip


def _first(edtf: str, lower: dt.date) -> Days:
    """First and last day on which an interval may begin, by how exactly its beginning is told."""
    return lower.toordinal(), lower.toordinal() + _slack(edtf.partition("/")[0])


def _last(edtf: str, upper: dt.date) -> Days:
    """First and last day on which an interval may end."""
    return upper.toordinal() - 1 - _slack(edtf.partition("/")[2]), upper.toordinal() - 1


def _slack(point: str) -> int:
    return {4: 364, 7: 30}.get(len(point), 0)


def _fits(counted: float, unit: str, hedge: str | None, shortest: int, longest: int) -> bool:
    size = {"month": MONTH, "year": YEAR, "decade": 10 * YEAR}.get(unit, float(UNITS[unit]))
    low, high = _words()["hedges"].get(" ".join((hedge or "").lower().split()), (1.0, 1.0))
    # both ends may be counted in, and people round: a unit either way, in long spans a tenth
    room = size * (1.0 if counted >= 2 else 0.5) + 0.03 * counted * size
    return bool(shortest - room < high * counted * size and longest + room > low * counted * size)


def _long(shortest: int, longest: int, unit: str) -> str:
    size = {"month": MONTH, "year": YEAR, "decade": 10 * YEAR}.get(unit, float(UNITS[unit]))
    low, high = int(shortest / size), int(longest / size)
    return f"{low} to {high} {unit}s" if high > low else f"{low} {unit}{'' if low == 1 else 's'}"


def check_weekdays(times: Sequence[Time]) -> Iterator[Row]:
    """Weekdays against the date they stand beside, or against another date of the text that means the same day."""
    names = list(lexicon()["weekdays"])
    dated = _patterns()["date"]
    days = {t.edtf: t for t in times if t.edtf and dated.search(t.words) and not _patterns()["weekday"].search(t.words)}
    for time in times:
        named = _patterns()["weekday"].search(time.words)
        if time.span is None or named is None or time.lower is None or not time.edtf or len(time.edtf) != 10:
            continue
        said, real = named[1].lower(), names[time.lower.weekday()]
        beside = dated.search(time.words)
        if beside and (said == real or _patterns()["year"].search(time.words)):
            yield time.span.start, time.span.end, said == real, f"{time.edtf} is a {real.capitalize()}"
        elif not beside and said == real and time.edtf in days:
            yield (
                time.span.start,
                time.span.end,
                True,
                f"{days[time.edtf].words} ({time.edtf}) is a {real.capitalize()}",
            )


def check_counts(text: str) -> Iterator[Row]:
    """ "Three villages: A, B and C": how many are counted and how many named."""
    for match in _patterns()["count"].finditer(text):
        counted = number(match["number"].lower())
        listed = _patterns()["names"].match(text, match.end())
        if counted is None or listed is None or match["hedge"]:
            continue
        opened = text[match.start() : match.end()].lower()
        if any(word in opened for word in _words()["open_lists"]["words"]):
            continue
        names = _patterns()["name"].findall(re.sub(r"\band\b", ",", listed.group()))
        close = listed["close"] if listed["close"] and listed["close"].strip() else ""
        # between commas or at the end of a sentence the list is whole; before a verb the names may be its subjects
        if not close and match["lead"].strip() not in (":", "of"):
            continue
        if len(names) == counted[0]:
            yield match.start(), listed.end(), True, f"{len(names)} are named"
        elif match["lead"].strip() not in ("", "of"):  # "five villages of Alpha and Beta districts"
            yield match.start(), listed.end(), False, f"{match['number']} are counted, {len(names)} are named"


def check_percentages(text: str) -> Iterator[Row]:
    """Percentages above a hundred, two that should make a hundred, and "12 of 48 (25 per cent)"."""
    for match in _patterns()["percent"].finditer(text):
        after = text[match.end() : match.end() + 60]
        if float(match.group()) > 100 and re.match(
            r"(?:\s?%|\s+per\s?cent)\s+of\s+(?:the\s+)?[A-Z\w-]+\s*(?:region|oblast|province|territory|country|area|city|town)",
            after,
        ):
            yield match.start(), match.end(), False, "more than a hundred per cent of a territory"
    for match in _patterns()["rest"].finditer(text):
        total = float(match["one"]) + float(match["two"])
        yield match.start(), match.end(), abs(total - 100) <= 1, f"together {total:g} per cent"
    for match in _patterns()["of"].finditer(text):
        part, whole, share = int(match["part"]), int(match["all"]), float(match["share"])
        if 0 < part <= whole:
            real, room = 100 * part / whole, 5.0 if match["hedge2"] else 1.0
            yield match.start(), match.end(), abs(real - share) <= room, f"{part} of {whole} are {real:.1f} per cent"

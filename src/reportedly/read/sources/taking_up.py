"""Who a pronoun, a title set beside a name, or a short name takes up of those whom a text names."""

from __future__ import annotations

from reportedly.knowledge.reporting import Reporting
from reportedly.model import NARRATOR
from reportedly.read.parsing.parsed import Parsed
from reportedly.read.sources.speakers import SOME, Cast, Speaker

__all__ = [
    "NOBODY",
    "OWN",
    "PLURAL",
    "SINGULAR",
    "THINGS",
    "apposed_person",
    "by_pronoun",
    "fullest_name",
    "named_at",
    "one_among",
    "person_behind_body",
]

SINGULAR = {"he": "m", "him": "m", "she": "f", "her": "f", "his": "m"}
PLURAL = frozenset(
    {"they", "them", "their", "both", "each", "those", "these", "some", "others", "many", "several", "most", "few"}
)
THINGS = frozenset({"it", "its", "this", "that", "which", "what", "there", "everything"})
SERVED = frozenset({"president", "minister", "premier", "chancellor", "governor", "mayor", "king"})  # who has advisers
OWN = frozenset({"we", "i", "our", "my", "us"})
NOBODY = Speaker(NARRATOR, "narrator", 0, 0)


def by_pronoun(low: str, at: int, cast: Cast) -> tuple[Speaker | None, str]:
    """Who a pronoun stands for, and how that was found."""
    if low in SINGULAR:
        who = cast.last(at, ("person", "people"), gender=SINGULAR[low], plural=False) or _channel(at, cast)
    elif low in PLURAL:
        who = cast.last(at, ("people",) if low in SOME else ("people", "body"), plural=True)
        if who is None and low == "they":
            last = cast.last(at, ("people", "person"))
            author = cast.author("", at)
            who = last if last is not None and cast.spoke(last) else None
            who = who or (author if author is not None and author.kind == "people" else None)
    elif low in OWN or low in ("who",):
        return NOBODY, f"“{low}” is the writer"
    elif low in ("it", "its"):
        who = cast.last(at, ("body", "people"), plural=False) or _misnamed(at, cast) or cast.author("", at)
    else:
        return NOBODY, f"“{low}” is a thing: the writer's own"
    if who is None and low in SOME:
        return Speaker(low, "people", at, at + len(low), low), f"“{low}”, nobody named before"
    if who is None:
        return NOBODY, f"“{low}” takes up nobody named before"
    return who, f"“{low}” takes up {who.name}"


def _channel(at: int, cast: Cast) -> Speaker | None:
    """Who "he" takes up where no person was named: a blogger under the name of a channel."""
    return next((w for w in cast.before(at) if w.known is not None and w.known.kind == "channel"), None)


def _misnamed(at: int, cast: Cast) -> Speaker | None:
    """Who "it" takes up where no body was named: a name that looked like a person's and tells neither title nor gender."""
    return next((w for w in cast.before(at) if w.kind == "person" and not (w.heads or w.gender or w.known)), None)


def apposed_person(head: int, p: Parsed, cast: Cast, reporting: Reporting) -> Speaker | None:
    """The person that a title is set beside ("The governor of the region, Jane Dow, said")."""
    among = one_among(head, p)
    if among is not None or not p.capital(head) or p.low[head] in reporting.titles:
        for c in p.kids(head, "appos") + (p.kids(among, "appos") if among is not None else []):
            who = named_at(p.doc[c].idx, cast)
            if who is not None and who.kind == "person":
                return who
    if among is not None:
        end = p.tokens.end[p.right[among]] if p.pos[among] == "NOUN" else p.tokens.end[among]
        beside = next((w for w in cast.people if w.kind == "person" and end < w.start <= end + 40), None)
        if (
            beside is not None
            and p.tokens.whole[end : end + 2] == ", "
            and "," not in p.tokens.whole[end + 2 : beside.start]
        ):
            return beside  # "said one of them, Jane Dow of the Crisis Group"
    if not any(word in reporting.titles or word in reporting.words["anybody"] for word in (p.lemma[head], p.low[head])):
        return None
    if (set_off := _set_off_before_verb(head, p, cast)) is not None:
        return set_off
    start = p.doc[head].idx
    for who in cast.people:  # the parser hung the name elsewhere: ", Jane Dow,"
        if who.kind == "person" and start < who.start < start + 120 and " " in who.name:
            between = p.tokens.whole[start : who.start]
            inside = range(head + 1, len(p.low))
            if any(p.tag[k].startswith("VB") for k in inside if p.tokens.start[k] < who.start and p.tag[k] != "VBN"):
                continue  # "officials said that they took A, Nova B and C": towns
            told = p.lemma[head] in reporting.words["anybody"] or p.low[head] in who.described.casefold()
            if between.endswith(", ") and between.count(",") == 1 and told:
                return who
    return None


def _set_off_before_verb(head: int, p: Parsed, cast: Cast) -> Speaker | None:
    """The person between commas right before the verb of which the noun at `head` is the subject: "the army's spokesman in X, Y Z, said"."""
    verb = p.head[head]
    if p.dep[head] != "nsubj" or not head + 2 < verb or p.low[verb - 1] != "," or p.pos[verb - 2] != "PROPN":
        return None
    who = named_at(p.tokens.start[verb - 2], cast)
    if who is None or who.kind != "person" or " " not in who.name or who.start <= p.tokens.end[head]:
        return None
    first = next((k for k in range(verb - 2, head, -1) if p.low[k] == ","), None)
    titled = first is not None and p.text(first + 1, verb - 1).endswith(p.tokens.whole[who.start : who.end])
    between = range(head + 1, first) if first is not None else range(0)
    plain = all(p.pos[k] in ("PROPN", "NOUN", "ADP", "DET", "ADJ", "PART") for k in between)
    return who if titled and plain else None


def person_behind_body(head: int, p: Parsed, cast: Cast, reporting: Reporting) -> Speaker | None:
    """The person of "Commander of the Ground Forces Colonel-General Jane Dow", whose name the parser takes for the forces', and
    of "Ambassador to Turkey Jane Dow", "the mayor in X Jane Dow".
    """
    if p.lemma[head] not in reporting.titles or p.low[head + 1 : head + 2] not in (["of"], ["to"], ["for"], ["in"]):
        return None
    start, last = p.tokens.start[head], p.right[head]
    end = p.tokens.end[last]
    for who in cast.people:
        if who.kind == "person" and start < who.start and who.end == end:
            between = [k for k in range(head + 2, last) if p.tokens.start[k] < who.start]
            title = p.lemma[between[-1]] if between else ""
            office = title in reporting.titles and " " not in who.name
            land = bool(between) and not office  # not "adviser to President Dow"
            if title in SERVED and "the" not in [p.low[k] for k in between]:
                return None  # "adviser to President Dow", but "adviser to the interior minister Jane Dow"
            body = (p.low[head + 1] == "to" and land) or any(
                p.lemma[k] in reporting.bodies or p.low[k] in reporting.bodies for k in between
            )
            placed = " " in who.name and bool(between) and p.pos[between[-1]] in ("NOUN", "PROPN")
            body = body or (placed and title not in reporting.titles)  # "the head of the X region Jane Dow"
            return who if body and "," not in [p.low[k] for k in between] else None
    return None


def one_among(head: int, p: Parsed) -> int | None:
    """Of whom somebody is one ("one of the group's spokesmen"), by the head noun."""
    if p.low[head] not in ("one", "two", "three"):
        return None
    of = next((c for c in p.kids(head, "prep") if p.low[c] == "of"), None)
    return next(iter(p.kids(of, "pobj")), None) if of is not None else None


def named_at(at: int, cast: Cast) -> Speaker | None:
    """Who is named at a character of the text."""
    for who in cast.people:
        if who.start <= at < who.end:
            return who
    return None


def fullest_name(named: Speaker, cast: Cast, at: int) -> tuple[Speaker, str]:
    """The longer name that a shorter one takes up ("the General Staff", "Zelensky")."""
    if (long := cast.short.get(named.name)) is not None and long.start < at:
        return long, f"“{named.name}” is short for {long.name}"
    if named.kind == "body":
        low = named.name.casefold()
        for who in reversed(cast.people):
            longer = who.kind == "body" and len(who.name) > len(low) and who.name.casefold().endswith(" " + low)
            if longer and who.start < at:
                return who, f"“{named.name}” takes up {who.name}"
    if named.kind == "person" and " " not in named.name and (full := cast.named(named.name, at)) is not None:
        return full, f"“{named.name}” takes up {full.name}"
    return named, f"speaker “{named.name}”"

"""From the token of a speaker to the speaker: the shortest full name, titles, and what pronouns and titles take up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.knowledge.reporting import Reporting
from reportedly.model import NARRATOR
from reportedly.read.parsed import Parsed
from reportedly.read.phrases import owner
from reportedly.read.quotes import Quote
from reportedly.read.speakers import Cast, Speaker, titled_gender
from reportedly.read.standins import take_up

__all__ = ["name_speaker", "note_subjects"]

SINGULAR = {"he": "m", "him": "m", "she": "f", "her": "f", "his": "m"}
PLURAL = frozenset(
    {"they", "them", "their", "both", "each", "those", "these", "some", "others", "many", "several", "most", "few"}
)
SOME = frozenset({"some", "others", "many", "several", "most", "few"})
THINGS = frozenset({"it", "its", "this", "that", "which", "what", "there", "everything"})
OWN = frozenset({"we", "i", "our", "my", "us"})
MARKED = frozenset('"“”„«»')
KEEP_OF = frozenset({"of", "for"})
NOBODY = Speaker(NARRATOR, "narrator", 0, 0)


def name_speaker(
    head: int, p: Parsed, cast: Cast, parties: Parties, reporting: Reporting, *, nominal: bool = False
) -> tuple[Speaker | None, str]:
    """Who the noun phrase at a token names, and how it was found. `nominal`: it only modifies a noun ("Russian claims")."""
    token = p.doc[head]
    at, low = token.idx, p.low[head].lstrip("-–—") or p.low[head]
    if low in ("those", "these") and (clause := p.kids(head, "relcl", "acl")):
        first = p.left[head]
        end = p.right[clause[0]] + 1
        last = p.doc[end - 1]
        told = p.text(first, end)
        return Speaker(told, "people", p.doc[first].idx, last.idx + len(last.text), told), f"speaker “{told}”"
    if low in reporting.words["ordinal"] and p.low[head - 1] == "the" and p.pos[head] in ("ADJ", "NOUN"):
        return _issuer(head, p, cast, parties, reporting)
    if low in ("latter", "former") and p.low[head - 1] == "the" and (pair := _pair(at, cast)) is not None:
        return pair[low == "latter"], f"“the {low}” of {pair[0].name} and {pair[1].name}"
    if p.pos[head] == "PRON" or low in SINGULAR or low in PLURAL or low in THINGS or low in OWN:
        return _pronoun(low, at, cast)
    if nominal and (party := parties.party_of(token.text)) is not None and p.pos[head] in ("ADJ", "PROPN", "NOUN"):
        hyphened = head > 1 and p.low[head - 1] == "-" and not p.doc[head - 1].whitespace_
        first = head - 2 if hyphened else head  # "al-Shabaab's claim"
        seat = any(
            w.kind is SideKind.SEAT for w in parties.scan(token.text)
        )  # "Moscow's claim" is Moscow's, as written
        words = party.name if party.kind == "state" and not seat else p.text(first, head + 1)
        return Speaker(
            words, "people", p.doc[first].idx, at + len(token.text), words, known=parties.source_of(words)
        ), f"the claim is {token.text}"
    taken_up = p.lemma[head] in reporting.anaphoric and head > 0 and p.low[head - 1] in ("this", "these", "such")
    if taken_up and p.lemma[p.head[head]] in reporting.words["concludes"]:
        return NOBODY, f"“{low}” only indicates something: the writer's own"
    if (person := _apposed(head, p, cast, reporting)) is not None:
        return person, f"“{person.described}” names {person.name}"
    if (named := _covering(at, cast)) is not None:
        return _fullest(named, cast, at)
    if (person := _behind_body(head, p, cast, reporting)) is not None:
        return person, f"“{p.low[head]} of” a body names {person.name}"
    if head + 1 < len(p.low) and p.lemma[head] in reporting.bodies and p.pos[head + 1] == "PROPN":
        named = _covering(p.doc[head + 1].idx, cast)
        if named is not None and named.known is not None and named.kind == "body":
            return _fullest(named, cast, at)  # "the jihadist group Tahrir al-Sham"
    if (set_behind := _name_behind(head, p, reporting)) is not None:
        return set_behind, f"the {low} is called {set_behind.name}"
    written = reporting.words["works"] | reporting.words["texts"]
    bare = p.lemma[head] in written and p.low[head - 1] in ("the", "this") and owner(p, head) is None
    if bare and (author := cast.author(p.lemma[head], at)) is not None:
        return author, f"the {low} of {author.name}, told of before"
    seen = p.lemma[head] in reporting.words["filmed"]  # whoever is filmed has not said so
    if not seen and p.lemma[head] in reporting.evidence | written and (behind := _behind(head, p)) is not None:
        who, why = name_speaker(behind, p, cast, parties, reporting)
        return who, f"the {p.low[head]} of: {why}"
    if (
        p.lemma[head] in reporting.evidence
        and p.lemma[head] not in reporting.people
        and not (nominal and low == "reporting")
    ):
        return NOBODY, f"“{low}” shows, it does not speak: the writer's own"
    if p.lemma[head] in reporting.words["texts"] or (
        p.lemma[head] in reporting.words["works"] and owner(p, head) is not None
    ):
        return _issuer(head, p, cast, parties, reporting)
    if (among := _among(head, p)) is not None and p.pos[among] == "NOUN":
        told = p.text(head, among + 1)
        at, last = p.doc[head].idx, p.doc[among]
        return Speaker(told, "people", at, last.idx + len(last.text), told), f"speaker “{told}”"
    words, described, start, end = _phrase(head, p, reporting)
    if not words:
        return None, "no words for the speaker"
    return _resolve(words, described, start, end, head, p, cast, parties, reporting)


def _name_behind(head: int, p: Parsed, reporting: Reporting) -> Speaker | None:
    """The name of a body right behind its noun and before its verb: "the channel Two Majors reports"."""
    end = head + 1
    while end < len(p.low) and p.capital(end) and p.pos[end] in ("PROPN", "NUM", "NOUN") and not p.is_time(end):
        end += 1
    article = p.low[p.left[head]] in ("the", "a", "an")
    if (
        end == head + 1
        or not article
        or p.capital(head)
        or p.lemma[head] not in reporting.words["media"] | {"group", "blogger"}
    ):
        return None
    if end >= len(p.low) or not (p.tag[end].startswith("VB") or p.tag[end] == "RB"):
        return None
    at, stop = p.tokens.start[head + 1], p.tokens.end[end - 1]
    name = p.text(head + 1, end)
    return Speaker(name, "body", at, stop, p.text(p.left[head], end), frozenset({p.lemma[head]}))


def _pair(at: int, cast: Cast) -> tuple[Speaker, Speaker] | None:
    """The last two who were named before an offset."""
    named = [w for w in cast.people if w.start < at and w.kind in ("person", "body")]
    return (named[-2], named[-1]) if len(named) > 1 else None


def _behind(head: int, p: Parsed) -> int | None:
    """Whose data or report it is ("the data of Japanese intelligence")."""
    for c in p.kids(head, "prep"):
        if p.low[c] == "of" and (objects := p.kids(c, "pobj")) and p.capital(p.left[objects[0]]):
            return objects[0]
    return None


def _author(p: Parsed, i: int, reporting: Reporting) -> int | None:
    """Whose a text is: who sends or publishes it, else its owner."""
    h = p.head[i]
    if p.dep[i] == "dobj" and p.lemma[h] in reporting.words["utters"] and (subjects := p.kids(h, "nsubj")):
        return subjects[0]
    if (
        p.dep[i] == "nsubjpass"
        and p.lemma[h] in ("sign", "write", "issue", "publish")
        and (agent := p.agent(h)) is not None
    ):
        return agent
    return owner(p, i)


def note_subjects(p: Parsed, cast: Cast, quotes: Sequence[Quote], parties: Parties, reporting: Reporting) -> None:
    """Note persons, bodies and people that are grammatical subjects outside quotations, and whose texts are: pronouns take
    them up before others.
    """
    nouns = reporting.bodies | reporting.people | reporting.titles
    written = reporting.words["works"] | reporting.words["texts"]
    for i in range(len(p.low)):
        whose = _author(p, i, reporting) if p.lemma[i] in written and p.tag[i] == "NN" else None
        if whose is not None:
            taken, _ = name_speaker(whose, p, cast, parties, reporting, nominal=whose < i)
            if taken is not None and taken.kind != "narrator":
                cast.texts.append((p.tokens.start[i], p.lemma[i], taken))
        if p.dep[i] not in ("nsubj", "nsubjpass") or p.pos[i] not in ("NOUN", "PROPN"):
            continue
        at = p.tokens.start[i]
        if any(quote.start <= at < quote.end for quote in quotes):
            continue
        if (who := _covering(at, cast)) is not None:
            cast.acting.append((at, who))
        elif (not p.capital(i) or (i == p.sentence[i][0] and p.tag[i] == "NNS")) and p.lemma[i] in nouns:
            taken, _ = name_speaker(i, p, cast, parties, reporting)
            if taken is not None and taken.kind != "narrator":
                cast.acting.append((at, taken))
        elif p.lemma[i] in reporting.words["texts"] and (whose := owner(p, i)) is not None:
            taken, _ = name_speaker(whose, p, cast, parties, reporting, nominal=whose < i)
            if taken is not None and taken.kind != "narrator":
                cast.acting.append((at, taken))


def _issuer(head: int, p: Parsed, cast: Cast, parties: Parties, reporting: Reporting) -> tuple[Speaker | None, str]:
    """Who speaks in a statement: whose it is, else who spoke or acted last."""
    whose = owner(p, head)
    if whose is None:
        whose = _site_owner(head, p, reporting)
    if whose is not None and p.lemma[whose] not in reporting.words["texts"]:
        who, why = name_speaker(whose, p, cast, parties, reporting, nominal=whose < head)
        return who, f"a {p.low[head]} by: {why}"
    last = cast.last(p.doc[head].idx, ("body", "person", "people"))
    if last is not None:
        return last, f"“{p.low[head]}” is of {last.name}, who was named before"
    return NOBODY, f"“{p.low[head]}” of nobody named"


def _site_owner(head: int, p: Parsed, reporting: Reporting) -> int | None:
    """Whose page or channel a text stands on ("a post on the official page of X", "a message on X's channel")."""
    for c in p.kids(head, "prep"):
        for site in p.kids(c, "pobj"):
            if p.low[c] in ("on", "in", "at") and p.lemma[site] in reporting.words["sites"]:
                of = [o for k in p.kids(site, "prep") if p.low[k] == "of" for o in p.kids(k, "pobj")]
                return next(iter(p.kids(site, "poss") or of), None)
    return None


def _pronoun(low: str, at: int, cast: Cast) -> tuple[Speaker | None, str]:
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


def _apposed(head: int, p: Parsed, cast: Cast, reporting: Reporting) -> Speaker | None:
    """The person that a title is set beside ("The governor of the region, Jane Dow, said")."""
    among = _among(head, p)
    if among is not None or not p.capital(head) or p.low[head] in reporting.titles:
        for c in p.kids(head, "appos") + (p.kids(among, "appos") if among is not None else []):
            who = _covering(p.doc[c].idx, cast)
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
    if not {p.lemma[head], p.low[head]} & (reporting.titles | reporting.words["anybody"]):
        return None
    start = p.doc[head].idx
    for who in cast.people:  # the parser hung the name elsewhere: ", Jane Dow,"
        if who.kind == "person" and start < who.start < start + 120 and " " in who.name:
            between = p.tokens.whole[start : who.start]
            told = p.lemma[head] in reporting.words["anybody"] or p.low[head] in who.described.casefold()
            if between.endswith(", ") and between.count(",") == 1 and told:
                return who
    return None


def _behind_body(head: int, p: Parsed, cast: Cast, reporting: Reporting) -> Speaker | None:
    """The person of "Commander of the Ground Forces Colonel-General Jane Dow", whose name the parser takes for the forces'."""
    if p.lemma[head] not in reporting.titles or p.low[head + 1 : head + 2] != ["of"]:
        return None
    start, last = p.tokens.start[head], p.right[head]
    end = p.tokens.end[last]
    for who in cast.people:
        if who.kind == "person" and start < who.start and who.end == end:
            between = [k for k in range(head + 2, last) if p.tokens.start[k] < who.start]
            body = any(p.lemma[k] in reporting.bodies or p.low[k] in reporting.bodies for k in between)
            return who if body and "," not in [p.low[k] for k in between] else None
    return None


def _among(head: int, p: Parsed) -> int | None:
    """Of whom somebody is one ("one of the group's spokesmen"), by the head noun."""
    if p.low[head] not in ("one", "two", "three"):
        return None
    of = next((c for c in p.kids(head, "prep") if p.low[c] == "of"), None)
    return next(iter(p.kids(of, "pobj")), None) if of is not None else None


def _covering(at: int, cast: Cast) -> Speaker | None:
    """Who is named at a character of the text."""
    for who in cast.people:
        if who.start <= at < who.end:
            return who
    return None


def _fullest(named: Speaker, cast: Cast, at: int) -> tuple[Speaker, str]:
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


def _belongs(p: Parsed, i: int, head: int, reporting: Reporting) -> bool:
    """Whether a token left of a noun phrase's words goes on with it."""
    if p.low[i] in ("–", "—", "-") and i and p.doc[i - 1].whitespace_:
        return False  # a dash between spaces parts
    if p.pos[i] in ("NOUN", "PROPN", "ADJ", "NUM") or p.low[i] in ("-", "'s", "'", "–", "/"):
        return True
    if p.low[i] == "of" and i and p.pos[i - 1] == "NOUN" and p.low[i - 1] not in reporting.words["dropped"]:
        return False  # "the statement of the joint command": the command is somebody by itself
    if p.low[i] in reporting.words["dropped"]:
        return True
    if p.low[i] in ("and", "or") and i and p.pos[i - 1] == "ADJ" and p.pos[i + 1] == "ADJ":
        return True  # "Ukrainian and Russian sources"
    joined = p.pos[i] in ("VERB", "ADV") and p.head[i] <= head and p.dep[i] in ("amod", "compound", "advmod")
    return joined and p.low[i - 1] == "-"


def _phrase(head: int, p: Parsed, reporting: Reporting) -> tuple[str, str, int, int]:
    """Words of a speaker's noun phrase without articles and quantities, the whole of it, and its character span."""
    first = p.sentence[head][0]
    start = head
    while start > first and _belongs(p, start - 1, head, reporting):
        if p.low[start - 1] == "that" and p.tag[start - 1] in ("IN", "WDT"):
            break  # "an area that the army says"
        if (
            p.head[start - 1] < start - 1
            and p.low[start - 1] not in ("-", "'s", "'", "of")
            and p.dep[start - 1] in ("pobj", "dobj", "nsubj", "npadvmod")
        ):
            break
        if p.is_time(start - 1) and p.low[start] in ("its", "their", "his", "the"):
            break  # "last week its ministry"
        if p.lemma[start - 1] in reporting.anaphoric and p.low[start - 2] in ("a", "an"):
            break  # "a claim the army's allies denied"
        start -= 1
    short = ""
    if start - 3 > first and p.low[start - 1] == ")" and p.low[start - 3] == "(" and p.tokens.text[start - 2].isupper():
        k = start - 4
        while k > first and (p.capital(k) or p.low[k] in ("'s", "'", "’s")):
            k -= 1
        short = (
            "" if p.low[k] == "and" else f"{p.tokens.text[start - 2]} "
        )  # "Donetsk People's Republic (DNR) forces" are DNR forces
    elif start - 3 >= first and p.low[start - 1] in MARKED and p.low[start - 3] in MARKED and p.capital(start - 2):
        short = f"{p.tokens.text[start - 2]} "  # 'the "Kakhovka" group'
    begin = start
    while begin < head and (
        p.low[begin] in reporting.words["dropped"]
        or (begin + 1 == head and p.low[begin] in reporting.words["before"])
        or p.pos[begin] in ("NUM", "PUNCT")
        or p.low[begin] in ("'s", "-")
    ):
        begin += 1
    if p.lemma[head] == "side" and begin and p.low[begin - 1] == "both":
        begin -= 1
    end = head + 1
    while (
        end + 1 < len(p.low)
        and p.low[end] in KEEP_OF
        and p.lemma[head] in reporting.bodies | reporting.people | reporting.titles | {"member"}
        and (
            p.pos[end + 1] == "PROPN"
            or p.low[end + 1] in reporting.words["houses"]
            or (p.low[end + 1] == "the" and end + 2 < len(p.low) and p.pos[end + 2] == "PROPN")
        )
    ):
        end += 2 if p.low[end + 1] == "the" else 1
        while end < len(p.low) and (
            p.pos[end] == "PROPN"
            or p.low[end] in ("'s", "-")
            or (p.low[end - 1] == "of" and p.low[end] in reporting.words["houses"])
        ):
            end += 1
        if end < len(p.low) and p.pos[end] == "NOUN" and p.head[end - 1] == end and p.dep[end - 1] == "compound":
            end += 1  # "the founder of the Wagner group"
    if p.low[head : head + 3] == ["chief", "of", "staff"]:
        end = max(end, head + 3)
    if p.low[end - 1] in ("'s", "'"):
        end = head + 1  # "the governor of Ukraine's eastern region": only the beginning of a longer phrase
    chars = p.tokens.start[begin], p.tokens.end[end - 1]
    return short + p.text(begin, end).strip(" -–—"), short + p.text(start, end), *chars


def _resolve(
    words: str,
    described: str,
    start: int,
    end: int,
    head: int,
    p: Parsed,
    cast: Cast,
    parties: Parties,
    reporting: Reporting,
) -> tuple[Speaker | None, str]:
    """Take up who was named before, or keep the words as written."""
    low = words.casefold()
    definite = described.casefold().startswith(("the ", "this ", "that ", "both "))
    lemma = p.lemma[head]
    proper = any(c.isupper() for c in words)
    if (long := cast.short.get(words)) is not None and long.start < start:
        return long, f"“{words}” is short for {long.name}"
    if " " not in words and p.pos[head] == "PROPN" and (full := cast.named(words, start)) is not None:
        return full, f"“{words}” takes up {full.name}"
    takes_up = (
        lemma in reporting.titles
        or lemma in reporting.bodies
        or lemma in reporting.people
        or lemma in reporting.words["anybody"]
    )
    common = not p.capital(head)
    if definite and takes_up and (not proper or common):
        plural = p.tag[head] in ("NNS", "NNPS")
        whose = any(p.low[c] in ("of", "for") and c > head for c in p.kids(head, "prep"))
        who = take_up(words, lemma, start, cast, parties, reporting, plural=plural, exact=whose)
        if who is not None and who.start != start:
            return who, f"“{described}” takes up {who.name}"
    if p.pos[head] == "PROPN" and lemma not in reporting.bodies:
        parts = words.split()
        cut = max((i for i, w in enumerate(parts[:-1]) if w.casefold() in reporting.titles), default=-1)
        if parts[cut + 1].casefold() not in KEEP_OF:  # "Deputy Mayor of X" has no name behind the title
            words = " ".join(parts[cut + 1 :])  # "Qatar's Emir Tamim"
    words = _without_description(words, parties, reporting)
    source = parties.source_of(words)
    kind = "people" if lemma in reporting.people and p.tag[head] in ("NNS", "NN") and not proper else "body"
    if source is not None:
        kind = "person" if source.kind == "person" else "body"
    elif not proper and lemma in reporting.people | reporting.titles and p.tag[head] in ("NN", "NNS"):
        kind = "body" if lemma in reporting.bodies else "people"
    elif lemma in reporting.people or p.tag[head] in ("NNS", "NNPS"):
        kind = "people"
    elif p.pos[head] == "PROPN" and lemma not in reporting.bodies and parties.party_of(words) is None:
        kind = "person"
    if words.split()[0].casefold() in reporting.people and p.pos[head] != "PROPN":
        words = words[0].lower() + words[1:]
    heads = frozenset({lemma, p.low[head], *(w for w in low.split() if w in reporting.bodies)})
    who = Speaker(words, kind, start, end, described, heads, known=source, gender=titled_gender(heads, reporting))
    single = p.tag[head] in ("NN", "NNP")
    if (
        source is None
        and single
        and lemma in reporting.titles
        and (same := _named_later(who, lemma, cast, parties)) is not None
    ):
        return replace(who, known=same.known), f"speaker “{words}”, who is {same.name}"
    return who, f"speaker “{words}”"


def _without_description(words: str, parties: Parties, reporting: Reporting) -> str:
    """A known name without what describes it: "jihadist group Tahrir al-Sham", "Russia's Interfax news agency"."""
    parts = words.split()
    for i in range(1, len(parts)):
        before = parts[i - 1].casefold()
        described = (
            before.endswith(("'s", "’s")) or before in reporting.bodies | reporting.people | reporting.words["media"]
        )
        if not described or not parts[i][:1].isupper():
            continue
        rest = " ".join(parts[i:])
        bare = " ".join(p for p in parts[i:] if p.casefold() not in reporting.words["media"] or p[:1].isupper())
        known = parties.source_of(rest) or parties.source_of(bare)
        if known is not None and known.kind in ("outlet", "agency", "group", "channel", "person", "analyst"):
            return rest
    return words


def _named_later(who: Speaker, title: str, cast: Cast, parties: Parties) -> Speaker | None:
    """The known person whom a text first gives a title and names only afterwards: same side, same title, the next one."""
    side = parties.side_of(who.described)
    if side is None:
        return None
    for other in cast.people:
        if other.kind == "person" and other.known is not None and other.start > who.end:
            return other if other.known.side == side and title in other.heads else None
    return None

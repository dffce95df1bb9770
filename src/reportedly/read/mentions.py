"""Find what may stand for ground in a passage: names, named kinds ("Luhansk region"), counted groups, and "the town"."""

from __future__ import annotations

import re
from typing import Any

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.model import PlaceKind
from reportedly.read.scene import Mention, Scene

__all__ = ["find_mentions"]

PREFIXES = {
    "al",
    "el",
    "ad",
    "as",
    "ar",
    "an",
    "az",
    "ash",
    "at",
    "umm",
    "um",
    "de",
    "del",
    "la",
    "le",
    "of",
    "ul",
    "ez",
}
CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
ORGANISATION = frozenset(
    [
        "ministry",
        "army",
        "forces",
        "group",
        "battalion",
        "brigade",
        "division",
        "regiment",
        "corps",
        "staff",
        "command",
        "administration",
        "center",
        "centre",
        "institute",
        "agency",
        "service",
        "council",
        "committee",
        "party",
        "union",
        "nations",
        "house",
        "bank",
        "company",
        "university",
        "times",
        "post",
        "news",
        "media",
        "guard",
        "front",
        "movement",
        "board",
        "office",
        "department",
        "federation",
        "directorate",
        "intelligence",
        "post",
        "telegraph",
        "independent",
        "journal",
        "organization",
        "organisation",
        "alliance",
        "fund",
        "court",
        "parliament",
        "president",
        "minister",
        "general",
        "colonel",
        "major",
        "captain",
        "commander-in-chief",
        "governor",
        "mayor",
        "leader",
        "head",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "chief",
        "mod",
        "gur",
        "isw",
        "nato",
        "un",
        "eu",
        "us",
        "uk",
        "usa",
        "cnn",
        "bbc",
        "afp",
        "tass",
        "rfe",
        "reuters",
        "telegram",
        "twitter",
        "facebook",
        "x",
    ]
)
TITLES = frozenset(
    [
        "president",
        "minister",
        "general",
        "colonel",
        "major",
        "captain",
        "commander",
        "governor",
        "mayor",
        "leader",
        "head",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "chief",
        "secretary",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "lord",
        "senator",
        "deputy",
        "adviser",
        "advisor",
        "milblogger",
        "dictator",
        "lieutenant",
        "sergeant",
        "chancellor",
        "premier",
        "analyst",
        "expert",
        "activist",
        "journalist",
    ]
)
NUMBERS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"dozen": 12, "thirty": 30, "forty": 40, "fifty": 50, "another": 1, "both": 2}
REGION_WORDS = frozenset(
    [
        "oblast",
        "oblasts",
        "region",
        "regions",
        "province",
        "provinces",
        "governorate",
        "governorates",
        "krai",
        "republic",
        "state",
        "states",
        "department",
    ]
)
ABOVE_ALL = re.compile(r"^(?:north|south|east|west|central)", re.IGNORECASE)


def find_mentions(scene: Scene, gazetteer: Any, parties: Parties) -> None:
    """Fill in the scene's mentions, left to right, never overlapping."""
    names = _name_hits(scene, gazetteer)
    found: list[Mention] = []
    i = 0
    while i < len(scene.low):
        mention = None
        if not scene.bracket[i]:
            mention = (
                _land(scene, i, parties)
                or _group(scene, i)
                or _named(scene, i, names, parties, gazetteer)
                or _anaphor(scene, i)
            )
        if mention:
            found.append(mention)
            i = mention.end
        else:
            i += 1
    scene.mentions = tuple(found)
    scene.at = {m.start: m for m in found}


def _name_hits(scene: Scene, gazetteer: Any) -> dict[int, int]:
    """Gazetteer names in the passage: first token -> end token."""
    starts = {t.idx: t.i for t in scene.doc}
    ends = {t.idx + len(t.text): t.i + 1 for t in scene.doc}
    hits: dict[int, int] = {}
    for hit in gazetteer.scan(scene.doc.text):
        start, end = starts.get(hit.start), ends.get(hit.end)
        if start is not None and end is not None:
            hits[start] = max(end, hits.get(start, 0))
    return hits


def _capital(scene: Scene, i: int) -> bool:
    """Whether token i is written like a name."""
    text = scene.doc[i].text
    return bool(text[:1].isupper()) and any(c.isalpha() for c in text)


def _name_token(scene: Scene, i: int) -> bool:
    """Whether token i can be part of a place's name."""
    if i >= len(scene.low) or scene.bracket[i] or not _capital(scene, i):
        return False
    if scene.low[i] in CALENDAR and scene.low[i] != "may":
        return False
    return scene.doc[i].pos_ in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADV", "INTJ", "NUM") or scene.tag[i].startswith(
        "NN"
    )


def _named(scene: Scene, i: int, names: dict[int, int], parties: Parties, gazetteer: Any) -> Mention | None:
    """A name that starts at token i: by the gazetteer, by a type word after it, or as a run of capitalised words."""
    low = scene.low
    start = i
    prefixed = low[i] in PREFIXES and i + 2 < len(low) and low[i + 1] in ("-", "–") and _capital(scene, i + 2)
    if not prefixed and not _name_token(scene, i) and i not in names:
        return None
    if low[i][:1].isdigit() and not _capital(scene, i):
        return None  # "10 km"
    side = scene.side_at.get(i)
    end = names.get(i, 0)
    if side and side.end >= end and not _type_word(scene, side.end) and not _place_slot(scene, side):
        return None
    if side and side.end > end and low[side.end - 1] == "republic":
        return Mention(i, side.end, scene.text(i, side.end), PlaceKind.REGION)
    if all(
        low[k] in scene.words("places.part")
        or low[k] in scene.words("places.settlements")
        or low[k] in scene.words("places.whole")
        or low[k] == "the"
        for k in range(i, max(end, i + 1))
    ):
        return None
    if scene.doc[i].is_sent_start and end <= i + 1 and low[i + 1 : i + 2] == ("of",):
        return None
    if (
        parties.source_of(scene.text(i, max(end, i + 1))) is not None
        and (known_source := parties.source_of(scene.text(i, max(end, i + 1))))
        and known_source.kind == "person"
    ):
        return None
    if (
        side
        and side.word.kind is SideKind.NAME
        and side.word.party
        and (party := parties.party(side.word.party))
        and party.kind == "state"
        and not (side.end - i == 1 and end > side.end)  # "Mali Shcherbaky" is no country
    ):
        return Mention(i, side.end, scene.text(i, side.end), PlaceKind.COUNTRY, head=_head_noun(scene, side.end))
    run = _run_end(scene, i, names)
    known = end > i
    if i < end < run and low[end] in ("-", "–") and gazetteer.find(scene.text(i, run)):
        end = run  # "Orikhove-Vasylivka" is one village, "Kherson-Mykolaiv" is two cities
    opens = (
        scene.tag[i] in ("RB", "UH", "FW")
        and not low[i].endswith("ly")
        and scene.tag[end : end + 1]
        and (scene.tag[end].startswith("VB") or scene.tag[end] == "MD")
    )  # "Toretsk is now a grey zone", which the tagger takes for an adverb
    if known and end == i + 1 and not scene.tag[i].startswith("NNP") and not opens and not _place_slot_left(scene, i):
        return None  # "Heavy fighting": a word that is also the name of some place
    if (
        known
        and run > end
        and not _type_word(scene, end)
        and (low[end] in ORGANISATION or _capital(scene, end))
        and low[end] not in CALENDAR
    ):
        # a longer capitalised run around a gazetteer name is another name ("Kherson Military Administration")
        longer = [k for k in range(end, run) if low[k] in ORGANISATION or low[k] in scene.words("objects.not_places")]
        if longer or not _place_slot_left(scene, i):
            return _modifier(scene, start, end, low[longer[0]] if longer else low[run - 1], run)
        end = run if run - end < 2 else end
    if not known:
        end = run
        if _is_organisation(scene, start, end) or end - start > 4:
            return None
        typed_adjective = (
            end < len(low) and low[end] in REGION_WORDS | {"peninsula"} and side is None
        )  # "the Crimean peninsula"
        if not typed_adjective and not any(scene.tag[k].startswith("NNP") for k in range(start, end)):
            return None
    words_end = end
    kind = PlaceKind.SETTLEMENT
    typed = False
    if end + 1 < len(low) and low[end] in scene.words("places.settlements") and low[end + 1] == "of" and known:
        return Mention(start, end, scene.text(start, end), kind, known=True, head=low[end])  # "West Bank city of Jenin"
    if end < len(low) and _type_word(scene, end) and not scene.bracket[end]:
        typed = True
        kind = (
            PlaceKind.REGION
            if low[end] in REGION_WORDS or low[end] in ("district", "raion", "peninsula", "strip")
            else PlaceKind.SETTLEMENT
        )
        end += 1
    elif any(
        low[k] in REGION_WORDS or low[k] in ("raion", "peninsula", "strip", "heights", "district")
        for k in range(start, end)
    ):
        typed, kind = True, PlaceKind.REGION
    if (
        known
        and kind is PlaceKind.SETTLEMENT
        and start > 1
        and low[start - 1] == ","
        and _only_region(gazetteer, scene.text(start, end))
    ):
        kind = PlaceKind.REGION  # "Hvardiiske, Crimea"
    head = _head_noun(scene, end) if low[end - 1] not in scene.words("objects.not_places") or typed else low[end - 1]
    if head in scene.words("places.settlements") and low[end] == head and head.endswith("s") and not typed:
        start = _compass_left(scene, start)  # "east Aleppo towns"
        return Mention(start, end + 1, scene.text(start, end + 1), PlaceKind.UNNAMED, known=True)
    if scene.low[scene.previous(start)] == "the" and _on_a_bank(scene, scene.previous(start)):
        head = "river"
    direction = head in scene.words("places.direction") if head else False
    _ = words_end
    return Mention(
        start, end, scene.text(start, end), kind, known=known or typed, head=None if direction else head, direction=direction
    )  # fmt: skip


def _only_region(gazetteer: Any, words: str) -> bool:
    """Whether a name stands for a region first of all ("Crimea", "Tigray")."""
    matches = gazetteer.find(words, fuzzy=False)
    close = [m for m in matches if m.tier in ("exact", "alternate")]
    return bool(close) and all(m.place.kind is PlaceKind.REGION for m in close)


def _compass_left(scene: Scene, start: int) -> int:
    """The start of a name with the compass word before it."""
    before = scene.previous(start)
    return before if before >= 0 and scene.low[before] in scene.words("places.compass") else start


def _on_a_bank(scene: Scene, the: int) -> bool:
    """Whether "the X" at token `the` follows "bank of": X is a river then, whatever town bears its name."""
    return the >= 2 and scene.low[the - 1] in ("of", "over", "across", "along") and (
        scene.low[the - 2] in ("bank", "banks", "side", "shore", "riverbank", "mouth") or scene.low[the - 1] in ("across", "along")
    )  # fmt: skip


def _land(scene: Scene, i: int, parties: Parties) -> Mention | None:
    """A vague part of a country ("southern Ukraine") or its land ("Ukrainian territory"), which no gazetteer has."""
    low, k = scene.low, i
    while k < len(low) and (low[k] in scene.words("places.compass") or (k > i and low[k] in ("and", "-", "or"))):
        k += 1
    side = scene.side_at.get(k)
    if (
        side is None
        or side.word.party is None
        or not (party := parties.party(side.word.party))
        or party.kind != "state"
    ):
        return None
    if (
        k > i
        and side.word.kind is SideKind.NAME
        and low[i] in scene.words("places.compass")
        and low[k - 1] in scene.words("places.compass")
        and _head_noun(scene, side.end) is None
    ):
        return Mention(i, side.end, scene.text(i, side.end), PlaceKind.REGION, vague=True)
    if k == i and side.word.kind in (SideKind.NAME, SideKind.DEMONYM):
        end = side.end
        while end < len(low) and low[end] in ("'s", "sovereign", "temporarily", "occupied", "own", "the"):
            end += 1
        if end < len(low) and low[end] in ("territory", "territories", "lands", "land", "soil"):
            stop = side.end if low[side.end] == "'s" else end + 1
            if low[side.end] == "'s":
                return None
            return Mention(i, stop, scene.text(i, stop), PlaceKind.COUNTRY, part=True)
    return None


def _modifier(scene: Scene, start: int, end: int, head: str, run: int) -> Mention:
    """A name that is part of another name: kept so that titles can use it, never claimed by itself."""
    kind = PlaceKind.REGION if scene.low[end - 1] in REGION_WORDS else PlaceKind.SETTLEMENT
    _ = run
    return Mention(start, end, scene.text(start, end), kind, known=True, head=head)


def _run_end(scene: Scene, i: int, names: dict[int, int]) -> int:
    """End of the run of capitalised words, hyphens and apostrophes inside included, that starts at i."""
    low, end = scene.low, max(i + 1, names.get(i, 0))
    if low[i] in PREFIXES and end < len(low) and low[end] in ("-", "–"):
        end = i + 3
    while end < len(low):
        if _name_token(scene, end) and end not in scene.side_at and low[end] not in CALENDAR:
            end += 1
        elif _joined(scene, end):
            end += 2
            if low[end - 1] in ("on", "na", "upon") and end + 1 < len(low) and low[end] == "-":
                end += 2
        elif (
            low[end] in PREFIXES
            and low[end] != "of"
            and end + 2 < len(low)
            and low[end + 1] == "-"
            and _capital(scene, end + 2)
        ):
            end += 3
        else:
            break
    return min(end, len(low))


def _joined(scene: Scene, i: int) -> bool:
    """Whether the mark at i ties two parts of one name ("Rostov-on-Don")."""
    low = scene.low
    if (
        low[i] not in ("-", "–", "'", "’")
        or i + 1 >= len(low)
        or scene.doc[i].whitespace_
        or scene.doc[i - 1].whitespace_
    ):
        return False
    return _capital(scene, i + 1) or low[i + 1] in ("on", "na", "upon", "of")


def _type_word(scene: Scene, i: int) -> bool:
    """Whether token i says what kind of place the name before it is."""
    return i < len(scene.low) and scene.low[i] in scene.words("places.kinds")


def _is_organisation(scene: Scene, start: int, end: int) -> bool:
    """Whether an unknown run is an organisation, a person or a side rather than a place."""
    low = scene.low
    if any(low[k] in ORGANISATION or low[k] in CALENDAR for k in range(start, end)):
        return True
    if end < len(low) and low[end] in ORGANISATION:
        return True
    before = scene.previous(start)
    if before >= 0 and (
        low[before] in TITLES
        or scene.doc[before].text in ("Mr.", "Dr.", "Gen.", "Col.", "Maj.", "Lt.", "Gov.", "Sgt.", "Sen.", "Rep.")
    ):
        return True
    return end - start == 1 and scene.doc[start].text.isupper() and len(low[start]) <= 4


def _head_noun(scene: Scene, end: int) -> str | None:
    """The noun that the name ending at `end` only modifies, or None if the name stands for itself."""
    low, tag = scene.low, scene.tag
    if end >= len(low) or scene.bracket[end]:
        return None
    if low[end] in ("'s", "'", "’s", "’"):
        return None
    k = end
    if low[k] in ("-", "–") and not scene.doc[k].whitespace_ and k + 1 < len(low):
        if low[k + 1] in ("area", "based", "born", "backed", "bound", "direction"):
            return low[k + 1]
        return None
    while (
        k < len(low)
        and low[k] not in scene.words("places.compass")
        and tag[k] in ("JJ", "NN", "NNS", "NNP", "NNPS", "VBG")
        and not scene.bracket[k]
        and k - end < 4
        and low[k] not in scene.words("places.times")
    ):
        if _capital(scene, k) and low[k] not in ORGANISATION:
            break
        k += 1
    if k == end:
        return None
    heads = [low[j] for j in range(end, k) if tag[j].startswith("NN")]
    return heads[-1] if heads else None


def _place_slot_left(scene: Scene, i: int) -> bool:
    """Whether the word before token i calls for a place: a preposition or a kind of place."""
    before = scene.previous(i)
    return before >= 0 and (
        scene.tag[before] == "IN"
        or (scene.low[before] in ("and", "or", ",") and before > 0 and _capital(scene, before - 1))
        or scene.tag[before].startswith("VB")
        or scene.low[before] in scene.words("places.whole")
        or scene.low[before] in scene.cues.adjectives
        or scene.low[before] in scene.words("places.compass")
    )


def _place_slot(scene: Scene, side: Any) -> bool:
    """Whether a side's name stands for its territory here ("parts of Ukraine", "in southern Ukraine")."""
    if side.end < len(scene.low) and (scene.tag[side.end].startswith("NN") or scene.low[side.end] == "-"):
        return False
    text = scene.doc[side.end - 1].text
    if text == "Republic" and scene.low[max(0, side.start - 3) : side.start][:1] in (
        ("territory",),
        ("borders",),
        ("all",),
        ("towns",),
    ):
        return True
    if scene.tag[side.start] in ("JJ", "NNPS", "NNS") or not text[:1].isupper():
        return False
    before = scene.previous(side.start)
    while before >= 0 and (
        scene.low[before] in scene.words("places.compass") or scene.low[before] in ("the", "mainland")
    ):
        before = scene.previous(before)
    if before < 0:
        return False
    if scene.low[before] in ("occupied", "controlled", "held", "annexed", "liberated"):
        return True
    if side.word.kind is SideKind.SEAT and scene.low[before] in ("from", "to", "around", "for"):
        return True  # "retreated from Kyiv": the city, not its government
    return scene.tag[before] in ("IN", "TO", "VB", "VBD", "VBZ", "VBP", "VBN", "VBG") and scene.low[before] not in (
        "by",
        "that",
        "to",
        "with",
        "from",
        "against",
        "if",
        "as",
        "after",
        "because",
        "while",
        "for",
    )


def _group(scene: Scene, i: int) -> Mention | None:
    """A counted or plural group without names ("two villages", "more than 20 settlements in") that starts at token i."""
    low, tag = scene.low, scene.tag
    if (
        tag[i] == "CD"
        and low[i + 1 : i + 2] == ("in",)
        and i
        and low[i - 1] in ("and", ",")
        and _counted_before(scene, i)
    ):
        count = NUMBERS.get(low[i], int(low[i]) if low[i].isdigit() else None)
        return Mention(i, i + 1, scene.text(i, i + 1), PlaceKind.UNNAMED, known=True, count=count)
    nouns = scene.words("places.settlements")
    if tag[i] == "CD":
        nouns = nouns | {"territories"}
    quantity = low[i] in scene.words("places.quantities") or tag[i] == "CD"
    bare = tag[i] in ("NN", "NNS") and low[i] in nouns and low[i].endswith("s")
    one = (
        low[i] in ("a", "an")
        or (low[i] == "one" and low[i + 1 : i + 2] != ("of",))
        or (
            low[i]
            in (
                "key",
                "strategic",
                "major",
                "border",
                "frontline",
                "village",
                "town",
                "settlement",
                "city",
                "northern",
                "southern",
                "eastern",
                "western",
            )
            and i > 0
            and (low[i - 1] in scene.cues.verbs or low[i - 1] in ("of", "over"))
            and low[i - 1] not in ("in", "is", "was")
        )
    )
    if one and i > 1 and low[i - 2 : i] == ("control", "of") and low[i] not in ("a", "an", "one"):
        one = False  # "in control of village" takes up a village named before
    if not (quantity or bare or one):
        return None
    k, count = i, NUMBERS.get(low[i])
    if tag[i] == "CD" and low[i].replace(",", "").isdigit():
        count = int(low[i].replace(",", ""))
    while k < len(low) and k - i < 7 and not scene.bracket[k]:
        if low[k] in nouns and (low[k].endswith("s") or one):
            end = k + 1
            if end + 1 < len(low) and low[end] in ("and", "or") and low[end + 1] in nouns:
                end += 2
            if end < len(low) and (
                low[end] in ("-", "'s", "'") or (tag[end].startswith("NN") and not _capital(scene, end))
            ):
                return None
            if one and (end < len(low) and (low[end] == "of" or _capital(scene, end))):
                return None  # "a village of Nove" names it
            if (
                low[end : end + 1] == ("of",)
                and end + 1 < len(low)
                and _capital(scene, end + 1)
                and low[k].endswith("s")
            ):
                return None  # "the villages of A and B" are named
            if _capital(scene, k) and low[k] in ("oblasts", "regions"):
                return None
            if one and low[k] not in ("village", "town", "settlement", "city", "hamlet"):
                return None
            if low[i] in ("both", "these"):
                return Mention(i, end, scene.text(i, end), PlaceKind.SETTLEMENT, known=True, anaphor="both")
            start = k if one else i
            located = low[end : end + 1] and low[end] in (
                "on",
                "along",
                "across",
                "around",
                "between",
                "throughout",
                "of",
                "in",
                "near",
            )
            return Mention(
                start,
                end,
                scene.text(start, end),
                PlaceKind.UNNAMED,
                known=bool(quantity or one or located),
                count=1 if one else count,
            )
        if not (
            tag[k] in ("JJ", "JJR", "JJS", "CD", "VBN", "RB", "DT", "NN", "NNS", "HYPH", "NNP")
            or low[k] in ("of", "more", "than", "other", "and")
        ):
            return None
        if (
            tag[k] in ("NN", "NNS")
            and k > i
            and low[k] not in ("dozen", "dozens", "number", "hundred", "score", "scores", "frontline", "border", "key")
        ):
            if low[k] in nouns:
                k += 1
                continue
            return None
        if _capital(scene, k) and k > i and k not in scene.side_at:
            return None
        k += 1
    return None


def _counted_before(scene: Scene, i: int) -> bool:
    """Whether the sentence counted settlements before token i: "five settlements in A and eight in B"."""
    start = max(scene.sentence[i][0], i - 9)
    nouns = scene.words("places.settlements")
    return any(
        scene.low[k] in nouns and scene.low[k].endswith("s") and any(scene.tag[j] == "CD" for j in range(start, k))
        for k in range(start, i)
    )


def _anaphor(scene: Scene, i: int) -> Mention | None:
    """ "The town", "this key city", "the entire territory": words that point back to a place."""
    low, tag = scene.low, scene.tag
    if (
        i + 1 < len(low)
        and i > 1
        and low[i] in scene.words("places.anaphors")
        and low[i - 1] == "of"
        and low[i - 2] == "control"
        and tag[i] == "NN"
        and low[i + 1] in (".", ",", "and")
    ):
        return Mention(i, i + 1, scene.text(i, i + 1), PlaceKind.SETTLEMENT, known=True, anaphor=low[i])
    if low[i] not in ("the", "this", "that", "its", "our", "their") or i + 1 >= len(low):
        return None
    k = i + 1
    while (
        k < len(low)
        and k - i < 5
        and (
            tag[k] in ("JJ", "JJS", "VBN", "CD", "HYPH") or low[k] in ("key", "entire", "whole", "eastern", "frontline")
        )
    ):
        if _capital(scene, k):
            return None
        k += 1
    nouns = scene.words("places.anaphors")
    while k + 1 < len(low) and tag[k] in ("NN", "NNS") and tag[k + 1] == "NN" and low[k + 1] in nouns:
        k += 1
    if k >= len(low) or low[k] not in nouns or scene.bracket[k]:
        return None
    end = k + 1
    if end < len(low):
        if low[end] == "of" or low[end] in ("-",):
            return None
        if tag[end] in ("NN", "NNS", "NNP", "NNPS") and not scene.bracket[end]:
            return None
    return Mention(i, end, scene.text(i, end), PlaceKind.SETTLEMENT, known=True, anaphor=low[k])

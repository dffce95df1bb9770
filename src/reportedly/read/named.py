"""Names of places: by the gazetteer, by a type word, or as runs of capitalised words; and what only looks like one."""

from __future__ import annotations

import re
from typing import Any

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.model import PlaceKind, Relation
from reportedly.read.heads import head_noun, is_capital, shared_head
from reportedly.read.scene import Mention, Scene

__all__ = ["named_at"]

ABBREVIATED = frozenset(
    {"Mr.", "Mrs.", "Ms.", "Dr.", "Gen.", "Col.", "Maj.", "Lt.", "Gov.", "Sgt.", "Sen.", "Rep."}
)  # titles
LETTERS = 6  # of an abbreviation at most
TOWNS = frozenset({"city", "town", "village", "settlement"})
ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
PARTICLES = frozenset({"e", "da", "do", "dos", "du", "sur", "ibn", "bin"})  # inside names of places, written small


def _name_token(scene: Scene, i: int) -> bool:
    """Whether token i can be part of a place's name."""
    if i >= len(scene.low) or scene.bracket[i] or not is_capital(scene, i):
        return False
    if scene.low[i] in scene.words("names.calendar") and scene.low[i] != "may":
        return False
    return scene.doc[i].pos_ in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADV", "INTJ", "NUM") or scene.tag[i].startswith(
        "NN"
    )


def named_at(scene: Scene, i: int, names: dict[int, int], parties: Parties, gazetteer: Any) -> Mention | None:
    """A name that starts at token i: by the gazetteer, by a type word after it, or as a run of capitalised words."""
    low = scene.low
    start = i
    if low[i] in scene.words("names.persons") or (
        low[i] in ("al", "el") and low[i + 2 : i + 3] and low[i + 2] in scene.words("names.persons")
    ):
        return None  # "the fall of al-Assad"
    if low[i] in scene.words("names.works"):
        return None  # "the defenders of Azovstal"
    if low[i] in scene.words("names.waters") and low[i + 1 : i + 2] == ("of",):
        return None  # "the Sea of Azov"
    prefixed = (
        low[i] in scene.words("names.prefixes")
        and i + 2 < len(low)
        and low[i + 1] in ("-", "–")
        and is_capital(scene, i + 2)
    )
    if not prefixed and not _name_token(scene, i) and i not in names:
        return None
    if low[i][:1].isdigit() and not is_capital(scene, i):
        return None  # "10 km"
    if any(c.isdigit() for c in low[i]) and names.get(i, 0) <= i + 1:
        return None  # "the T1302", a road
    if low[i] in scene.cues.nouns and names.get(i, 0) <= i + 1 and low[i + 1 : i + 2] in (("of",), ("for",)):
        return None  # "the Battle of X"
    if low[i] in scene.words("names.lakes") and i + 1 < len(low) and is_capital(scene, i + 1):
        end = max(i + 2, names.get(i, 0))
        return Mention(i, end, scene.text(i, end), PlaceKind.SETTLEMENT, head=low[i])  # "Lake Chad" is no ground
    if low[i] in scene.words("places.direction") and names.get(i, 0) <= i + 1:
        return None  # "on the Southern Axis"
    side = scene.side_at.get(i)
    end = names.get(i, 0)
    if side is None and i and any(s.start < i < s.end for s in scene.sides) and end <= i + 1:
        return None  # "Ababa" of "Addis Ababa"
    if side and side.end >= end and not _type_word(scene, side.end) and not _place_slot(scene, side):
        return None
    if side and side.end > end and low[side.end - 1] == "republic":
        return Mention(
            i, side.end, scene.text(i, side.end), PlaceKind.REGION, head=head_noun(scene, scene.following(side.end))
        )
    if all(
        low[k] in scene.words("places.part")
        or low[k] in scene.words("places.settlements")
        or low[k] in scene.words("places.whole")
        or low[k] == "the"
        for k in range(i, max(end, i + 1))
    ):
        return None
    common = scene.doc[i].is_sent_start or low[i] in scene.cues.nouns or low[i] in scene.words("names.titles")
    if common and end <= i + 1 and low[i + 1 : i + 2] == ("of",):
        return None  # "the Battle of X", "Secretary of State", which some towns are called as well
    first = scene.doc[i].is_sent_start or low[i - 1] in ('"', "“")
    if first and i not in names and i + 1 in names and low[i] in scene.words("places.limits"):
        return None  # "Only X and Y remain"
    source = parties.source_of(scene.text(i, max(end, i + 1)))
    if source is not None and (source.kind == "person" or (source.kind == "body" and end > i + 1)):
        return None  # "the White House", which some towns are called as well
    if (
        side
        and side.word.kind is SideKind.NAME
        and side.word.party
        and (party := parties.party(side.word.party))
        and party.kind == "state"
        and not (side.end - i == 1 and end > side.end)  # "Mali Shcherbaky" is no country
    ):
        return Mention(i, side.end, scene.text(i, side.end), PlaceKind.COUNTRY, head=head_noun(scene, side.end))
    if (both := _shared_name(scene, i, names)) is not None:
        return both
    opener = low[i] in scene.words("names.openers") and scene.doc[i].is_sent_start
    if (opener or low[i] in scene.cues.adjectives) and i + 1 in names and end <= i + 1:
        return None  # "Only Kreminna district", "Occupied Crimea"
    if end <= i + 1 and (low[i] in scene.words("names.institutions") or _abbreviates(scene, i, gazetteer)):
        return None  # "the opposition-controlled Congress", "- BBC"
    run = _run_end(scene, i, names)
    outlet = parties.source_of(scene.text(i, run)) if run > i + 1 else None
    if outlet is not None and outlet.kind in ("outlet", "agency"):
        return None  # "the Kremlin-run RIA Novosti"
    known = end > i
    if i < end < run and low[end] in ("-", "–") and gazetteer.find(scene.text(i, run)):
        end = run  # "Orikhove-Vasylivka" is one village, "Kherson-Mykolaiv" is two cities
    opens = (
        (
            (
                scene.tag[i] in ("RB", "UH", "FW", "JJ")
                or (scene.tag[i] == "NN" and scene.doc[i].is_sent_start and not scene.written[i].isupper())
            )
            and not low[i].endswith("ly")
            and scene.tag[end : end + 1]
            and (scene.tag[end].startswith("VB") or scene.tag[end] == "MD" or low[end - 2 : end - 1] == ("and",))
        )
        or _held_by_headline(scene, end)
        or _placed_by_compass(scene, i, end)
    )  # "Toretsk is now a grey zone": taken for an adverb
    axis = low[end : end + 1] and low[end] in scene.words("places.direction")  # "on the Bakhmut axis"
    if (
        known
        and end == i + 1
        and not scene.tag[i].startswith("NNP")
        and not (
            opens
            or axis
            or _place_slot_left(scene, i)
            or low[end : end + 1] == ("occupation",)
            or (side is not None and _type_word(scene, end))
        )
    ):
        return None  # "Heavy fighting": a word that is also the name of some place
    if (
        known
        and run > end
        and _type_word(scene, run)
        and not _type_word(scene, end)
        and not _is_organisation(scene, end, run)
    ):
        end, known = run, False  # "the Sheikh Maqsoud district": not the place Sheikh
    if known and end < run and low[end] in scene.words("names.prefixes") and low[end + 1 : end + 2] == ("-",):
        end = run  # "Ras al-Ain"
    if (
        known
        and run > end
        and not _type_word(scene, end)
        and (low[end] in scene.words("names.organisations") or is_capital(scene, end))
        and low[end] not in scene.words("names.calendar")
    ):
        if run == end + 1 and low[end] in scene.words("places.direction"):
            if low[i] in scene.words("places.compass"):
                return None  # "on the Southern Axis"
            return Mention(start, end, scene.text(start, end), PlaceKind.SETTLEMENT, known=True, direction=True)
        # a longer capitalised run around a gazetteer name is another name ("Kherson Military Administration")
        longer = [
            k
            for k in range(end, run)
            if low[k] in scene.words("names.organisations") or low[k] in scene.words("objects.not_places")
        ]
        if longer or not _place_slot_left(scene, i):
            return _modifier(scene, start, end, low[longer[0]] if longer else low[run - 1], run)
        if run - end < 2:
            end = run
            beside = i > 0 and low[i - 1] == ","  # "the head of X, Vladimir Saldo, said"
            known = not beside or bool(gazetteer.find(scene.text(i, run), fuzzy=False))
    if not known:
        end = run
        if _is_organisation(scene, start, end) or end - start > 4 or low[end - 1] in scene.words("names.persons"):
            return None
        typed_adjective = (
            end < len(low) and low[end] in scene.words("names.regions") | {"peninsula"} and side is None
        )  # "the Crimean peninsula"
        if not typed_adjective and not any(scene.tag[k].startswith("NNP") for k in range(start, end)):
            return None
    kind = PlaceKind.SETTLEMENT
    typed = False
    kind_of = end + 1 < len(low) and low[end] in scene.words("places.settlements") and low[end + 1] == "of"
    kind_of = kind_of and not is_capital(scene, end)  # "the Askeran Province of"
    if kind_of and known and not (low[end] in scene.words("names.regions") and low[end].endswith("s")):
        return Mention(start, end, scene.text(start, end), kind, known=True, head=low[end])  # "West Bank city of Jenin"
    wide = low[end - 1] in scene.words("names.regions") and end - start > 1
    if end < len(low) and _type_word(scene, end) and not scene.bracket[end] and not (wide and low[end] in TOWNS):
        typed = True
        kind = (
            PlaceKind.REGION
            if low[end] in scene.words("names.regions") or low[end] in ("district", "raion", "peninsula", "strip")
            else PlaceKind.SETTLEMENT
        )
        end += 1
    elif (
        end + 1 < len(low)
        and scene.tag[end] in ("NN", "JJ")
        and not is_capital(scene, end)
        and low[end + 1] in scene.words("names.regions")
        and not low[end + 1].endswith("s")
    ):
        return Mention(start, end, scene.text(start, end), PlaceKind.REGION)  # "Hadramout oil province"
    elif any(
        low[k] in scene.words("names.regions") or low[k] in ("raion", "peninsula", "strip", "heights", "district")
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
    if end - start > 1 and low[end - 1] in scene.words("names.streets"):
        return Mention(start, end, scene.text(start, end), kind, head=low[end - 1])  # "along Sadova Street in X"
    head = head_noun(scene, end) if low[end - 1] not in scene.words("objects.not_places") or typed else low[end - 1]
    if head in scene.words("places.settlements") and low[end] == head and head.endswith("s") and not typed:
        start = _compass_left(scene, start)  # "east Aleppo towns"
        return Mention(start, end + 1, scene.text(start, end + 1), PlaceKind.UNNAMED, known=True)
    if scene.low[scene.previous(start)] == "the" and not typed and low[end - 1] in scene.words("names.rivers"):
        head = "river"  # "east of the Dnipro"
    if scene.low[scene.previous(start)] == "the" and _on_a_bank(scene, scene.previous(start)):
        head = "river"
    direction = head in scene.words("places.direction") if head else False
    shared = shared_head(scene, start, end, head)
    if shared == "line" and scene.low[end] != "line" and scene.low[end] in scene.words("objects.not_places"):
        head, shared = scene.low[end], None  # "the Makiivka-Zhuravka river line": the second is a river
    if shared in scene.words("objects.not_places") and head is None:
        head = shared  # "the Mykolaiv-Kherson border"
    if shared in scene.words("places.direction") | {"line"}:
        direction = True  # "gains along the Svatove-Kreminna line" are gains near both
    words = scene.text(start, end).rstrip(".-–")
    if typed and low[end - 1] in scene.words("places.many_regions") and end - start > 1:
        words = words.removesuffix("s")  # "the Donetsk and Luhansk regions": the second is Luhansk region
    return Mention(
        start, end, words, kind, known=known or typed, head=None if direction else head, direction=direction
    )  # fmt: skip


def _abbreviates(scene: Scene, i: int, gazetteer: Any) -> bool:
    """Whether capitals amid smaller letters are short for somebody: codes of airports are names of towns too."""
    word = scene.written[i]
    if not (2 <= len(word) <= LETTERS and word.isalpha() and word.isupper()) or i in scene.side_at:
        return False
    start, stop = scene.sentence[i]
    others = [w for w in scene.written[start:stop] if w.isalpha() and len(w) > 1]
    if sum(w.isupper() for w in others) * 2 > len(others):
        return False  # a headline in capitals
    return not any(m.tier == "exact" for m in gazetteer.find(word, fuzzy=False))


def _shared_name(scene: Scene, i: int, names: dict[int, int]) -> Mention | None:
    """ "North and South Kivu": the first of two regions that share a name."""
    low, compass = scene.low, scene.words("places.compass")
    if low[i] not in compass or low[i + 1 : i + 2] != ("and",) or i + 3 >= len(low) or low[i + 2] not in compass:
        return None
    end = names.get(i + 2, 0)
    if end <= i + 3 or not is_capital(scene, i + 2):
        return None
    words = f"{scene.doc[i].text} {scene.text(i + 3, end)}"
    return Mention(i, i + 1, words, PlaceKind.REGION)


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


def _modifier(scene: Scene, start: int, end: int, head: str, run: int) -> Mention:
    """A name that is part of another name: kept so that titles can use it, never claimed by itself."""
    kind = PlaceKind.REGION if scene.low[end - 1] in scene.words("names.regions") else PlaceKind.SETTLEMENT
    _ = run
    return Mention(start, end, scene.text(start, end), kind, known=True, head=head)


def _run_end(scene: Scene, i: int, names: dict[int, int]) -> int:
    """End of the run of capitalised words, hyphens and apostrophes inside included, that starts at i."""
    low, end = scene.low, max(i + 1, names.get(i, 0))
    if low[i] in scene.words("names.prefixes") and end < len(low) and low[end] in ("-", "–"):
        end = i + 3
    while end < len(low):
        if _name_token(scene, end) and end not in scene.side_at and low[end] not in scene.words("names.calendar"):
            end += 1
        elif (
            low[end] in PARTICLES and scene.doc[end].text == low[end] and is_capital(scene, min(end + 1, len(low) - 1))
        ):
            end += 2  # "Qala e Naw"
        elif _joined(scene, end):
            end += 2
            if low[end - 1] in scene.words("names.ties") and end + 1 < len(low) and low[end] == "-":
                end += 2
        elif (
            low[end] in scene.words("names.prefixes")
            and low[end] != "of"
            and end + 2 < len(low)
            and low[end + 1] == "-"
            and is_capital(scene, end + 2)
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
    return is_capital(scene, i + 1) or low[i + 1] in scene.words("names.ties")


def _type_word(scene: Scene, i: int) -> bool:
    """Whether token i says what kind of place the name before it is."""
    return i < len(scene.low) and scene.low[i] in scene.words("places.kinds")


def _is_organisation(scene: Scene, start: int, end: int) -> bool:
    """Whether an unknown run is an organisation, a person or a side rather than a place."""
    low = scene.low
    if any(
        low[k] in scene.words("names.organisations") or low[k] in scene.words("names.calendar")
        for k in range(start, end)
    ):
        return True
    if end < len(low) and low[end] in scene.words("names.organisations"):
        return True
    before = scene.previous(start)
    if before >= 0 and (low[before] in scene.words("names.titles") or scene.written[before] in ABBREVIATED):
        return True
    if end - start > 1 and low[start] in scene.words("names.titles"):
        return True  # "captured Private Sample"
    if ORDINAL.fullmatch(low[before]) and before == start - 1:
        return True  # "the 5th Separate Brigade"
    if end < len(low) and low[end] == "of" and end + 1 < len(low) and is_capital(scene, end + 1):
        return True  # "the Battle of X"
    if before > 0 and low[before] == "of" and low[before - 1] in scene.words("names.bodies"):
        return True  # "the Ministry of Health"
    if scene.written[start] in ABBREVIATED:
        return True  # "Mr. Sample": the title is part of the run
    return end - start == 1 and scene.doc[start].text.isupper() and len(low[start]) <= 4


def _held_by_headline(scene: Scene, end: int) -> bool:
    """Whether "under ... control" or "in ... hands" stands right behind a name, as in headlines without a verb."""
    k = end + 1 if scene.low[end : end + 1] in (("still",), ("back",), ("now",)) else end
    if scene.low[k : k + 1] not in (("in",), ("under",)):
        return False
    return bool({"control", "hands", "occupation", "siege"} & set(scene.low[k + 1 : k + 5]))


def _placed_by_compass(scene: Scene, i: int, end: int) -> bool:
    """Whether "in the west" stands behind a word that opens a sentence: only a place is said to lie there."""
    behind = scene.low[end : end + 3]
    return (
        bool(scene.doc[i].is_sent_start)
        and behind[:2] == ("in", "the")
        and bool(scene.words("places.compass") & set(behind[2:]))
    )


def _place_slot_left(scene: Scene, i: int) -> bool:
    """Whether the word before token i calls for a place: a preposition or a kind of place."""
    before = scene.previous(i)
    return before >= 0 and (
        scene.tag[before] == "IN"
        or (
            scene.low[before] in ("and", "or", ",")
            and (left := _before_marks(scene, before)) >= 0
            and (is_capital(scene, left) or scene.tag[left] == "CD")
        )
        or scene.tag[before].startswith("VB")
        or scene.low[before] in scene.words("places.whole")
        or scene.low[before] in scene.cues.adjectives
        or scene.low[before] in scene.words("places.compass")
    )


def _before_marks(scene: Scene, k: int) -> int:
    """The token before the comma, the "and" or both that end at k."""
    return scene.previous(k - 1) if k > 1 and scene.low[k - 1] == "," else k - 1


def _changes_hands(scene: Scene, side: Any) -> bool:
    """Whether a capital is the subject of words that tell whose it is ("Aden is held by", "Kabul has fallen", "X was in their hands")."""
    k = side.end
    words = scene.low[k : k + 5]
    if words[:1] in (("fell",), ("falls",)) or words[:2] in (("has", "fallen"), ("had", "fallen")):
        return True
    if words[:1] in (("has",), ("had",), ("have",)) and words[1:2] == ("been",):
        k += 1
    if scene.low[k : k + 1] not in (("is",), ("was",), ("were",), ("been",), ("remains",), ("remained",)):
        return False
    k += 1
    while k < len(scene.low) and scene.tag[k].startswith("RB"):
        k += 1
    if scene.low[k : k + 1] in (("in",), ("under",)):
        return bool({"control", "hands", "occupation", "siege"} & set(scene.low[k + 1 : k + 5]))
    held = (Relation.TAKES, Relation.HOLDS, Relation.CONTESTS)
    rows = scene.cues.verbs.get(scene.low[k], ()) if k < len(scene.low) else ()
    return any(kind == "past" and "" in cue.frame.preps and cue.frame.relation in held for cue, kind in rows)


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
    if text == "Republic" and "liberated" in scene.low[side.end : side.end + 7]:
        return True  # "the Republic is 99 per cent liberated"
    group = side.word.kind is SideKind.FORCES and text.lower() not in scene.words("places.statelets")
    if side.word.kind is SideKind.SEAT and _changes_hands(scene, side):
        return True
    if side.word.kind is SideKind.SEAT and scene.low[max(0, side.start - 2) : side.start] == ("capital", ","):
        return True  # "holds the capital, Khartoum"
    if group or scene.tag[side.start] in ("JJ", "NNPS", "NNS") or not text[:1].isupper():
        return False
    if side.word.kind is SideKind.DEMONYM and side.end == side.start + 1:
        return False  # "Ukrainian" names no place
    if side.word.kind is SideKind.SEAT and scene.tag[side.end : side.end + 1] in (("PRP$",), ["PRP$"]):
        return False  # "handing Moscow its biggest gain"
    after = scene.low[side.end : side.end + 4]
    owned = after[:1] in (("'s",), ("’s",), ("'",))
    if owned and set(after) & (scene.words("clauses.claim_nouns") | {"control", "rule", "hands", "grip"}):
        return False  # "rejecting Moscow's claim", "under Kyiv's control"
    if side.word.kind is SideKind.SEAT and after[:1] in (("is",), ("was",), ("remains",), ("remained",)):
        told = scene.low[side.end + 1 : side.end + 6]
        if {"under", "in"} & set(told[:3]) and {"control", "hands", "occupation", "siege"} & set(told):
            return True  # "Khartoum is under army control"
    before = scene.previous(side.start)
    while before >= 0 and (
        scene.low[before] in scene.words("places.compass") or scene.low[before] in scene.words("places.inner")
    ):
        before = scene.previous(before)
    if before < 0:
        return False
    if scene.low[before] in ("occupied", "controlled", "held", "annexed", "liberated"):
        return True
    if side.word.kind is SideKind.SEAT and scene.low[before] in ("from", "to", "around", "for", "capital", "city"):
        return True  # "retreated from Kyiv": the city, not its government
    if scene.low[before] in scene.cues.verbs and scene.doc[side.start].dep_ == "dobj" and scene.tag[before] == "JJ":
        return True  # "have not isolated Kyiv", which the tagger takes for an adjective
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

"""Names of places: by the gazetteer, by a type word, or as runs of capitalised words; and what only looks like one."""

from __future__ import annotations

from typing import Any

from reportedly.knowledge.parties import Parties, SideKind
from reportedly.model import PlaceKind, Relation
from reportedly.read.heads import head_noun, is_capital, shared_head
from reportedly.read.mood import base_of
from reportedly.read.name_openings import opens_as_name
from reportedly.read.name_runs import (
    PARTICLES,
    abbreviates,
    is_organisation,
    name_token,
    names_its_kind,
    of_town,
    run_end,
    too_long,
    type_word,
)
from reportedly.read.name_slots import place_slot, place_slot_left
from reportedly.read.scene import Mention, Scene

__all__ = ["named_at"]

SHORT = 4  # letters of a first word that is no name by itself more often than not
TOWNS = frozenset({"city", "town", "village", "settlement"})


def named_at(scene: Scene, i: int, names: dict[int, int], parties: Parties, gazetteer: Any) -> Mention | None:
    """A name that starts at token i: by the gazetteer, by a type word after it, or as a run of capitalised words."""
    low = scene.low
    start = i
    prefixed = (
        low[i] in scene.words("names.prefixes")
        and i + 2 < len(low)
        and low[i + 1] in ("-", "–")
        and is_capital(scene, i + 2)
    )
    if not prefixed and i not in names and not name_token(scene, i):
        return None
    if scene.tag[i] == "PRP" and low[i + 1 : i + 2] and low[i + 1][:1] in ("'", "’"):
        return None  # "We're", which some village is called nearly as
    if low[i] in scene.words("names.persons") or (
        low[i] in ("al", "el") and low[i + 2 : i + 3] and low[i + 2] in scene.words("names.persons")
    ):
        return None  # "the fall of al-Assad"
    if low[i] in scene.words("names.works") or low[i] in scene.words("names.events"):
        return None  # "the defenders of Azovstal"
    if low[i] == "greater" and names.get(i, 0) <= i + 1 and is_capital(scene, min(i + 1, len(low) - 1)):
        return None  # "Greater Tripoli"
    if low[i] in scene.words("names.waters") and low[i + 1 : i + 2] == ("of",):
        return None  # "the Sea of Azov"
    if low[i][:1].isdigit() and not is_capital(scene, i):
        return None  # "10 km"
    if (
        low[i] in scene.words("places.compass")
        and names.get(i, 0) <= i + 1
        and scene.opens(i)
        and i + 1 in names
        and is_capital(scene, i + 1)
    ):
        return None  # "Eastern Aleppo is"
    if not low[i].isalpha() and any(c.isdigit() for c in low[i]) and names.get(i, 0) <= i + 1:
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
    if end == i + 1 and names.get(i - 1) == i and _is_surname(scene, i):
        return None  # "Ivan Petrenko, captured in X": both are villages, too
    if side is None and end <= i + 1 and i in scene.side_within:
        return None  # "Ababa" of "Addis Ababa"
    if side and side.end >= end and not type_word(scene, side.end) and not place_slot(scene, side):
        return None
    if side and side.word.kind is SideKind.DEMONYM and names_its_kind(scene, side.end):
        return None  # "the Azerbaijani district of Kelbajar"
    if side and side.end > end and low[side.end - 1] == "republic":
        return Mention(
            i, side.end, scene.text(i, side.end), PlaceKind.REGION, head=head_noun(scene, scene.following(side.end))
        )
    kinds = scene.listed("places.part", "places.settlements", "places.whole")
    if (low[i] in kinds or low[i] == "the") and all(low[k] in kinds or low[k] == "the" for k in range(i + 1, end)):
        return None
    common = scene.opens(i) or low[i] in scene.cues.nouns or low[i] in scene.words("names.titles")
    if common and end <= i + 1 and low[i + 1 : i + 2] == ("of",):
        return None  # "the Battle of X", "Secretary of State", which some towns are called as well
    first = scene.opens(i) or low[i - 1] in ('"', "“")
    if first and i not in names and i + 1 in names and low[i] in scene.words("places.limits"):
        return None  # "Only X and Y remain"
    source = parties.source_of(scene.text(i, max(end, i + 1)))
    person = source is not None and source.kind == "person" and not (end <= i + 1 and i in names and _lost(scene, i))
    if source is not None and (person or (source.kind == "body" and end > i + 1)):
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
    opener = low[i] in scene.words("names.openers") and scene.opens(i)
    if (opener or low[i] in scene.cues.adjectives) and i + 1 in names and end <= i + 1:
        return None  # "Only Kreminna district", "Occupied Crimea"
    if end <= i + 1 and (low[i] in scene.words("names.institutions") or abbreviates(scene, i, gazetteer)):
        return None  # "the opposition-controlled Congress", "- BBC"
    if (
        scene.opens(i)
        and ((low[i].endswith("ly") and scene.tag[i] == "RB") or scene.tag[i] == "VBG")
        and i + 1 in names
        and end <= i + 1
    ):
        return None  # "Officially Kupiansk had been liberated", "Losing Kupiansk was a blow"
    run = run_end(scene, i, names)
    outlet = parties.source_of(scene.text(i, run)) if run > i + 1 else None
    if outlet is not None and outlet.kind in ("outlet", "agency"):
        return None  # "the Kremlin-run RIA Novosti"
    peopled = low[run : run + 1] in (("-",), ("–",)) and low[run + 1 : run + 2]
    if peopled and peopled[0] in scene.words("names.peopled_by"):
        return None  # "the Druze-majority city of X"
    known = end > i
    if run <= i + 1 and (low[i] in scene.words("names.worlds") or low[i] in scene.words("names.commons")):
        return None  # "the Insurgency in X", "across Africa"
    if low[i] in scene.words("names.continental") and type_word(scene, run):
        return None  # "the Central Asian states"
    if i < end < run and low[end] in ("-", "–") and gazetteer.find(scene.text(i, run)):
        end = run  # "Orikhove-Vasylivka" is one village, "Kherson-Mykolaiv" is two cities
    if i < end < run and low[end] in PARTICLES:
        end = run  # "Qala e Naw"
    axis = low[end : end + 1] and low[end] in scene.words("places.direction")  # "on the Bakhmut axis"
    if (
        known
        and end == i + 1
        and not scene.tag[i].startswith("NNP")
        and not (
            axis
            or opens_as_name(scene, i, end, names)
            or place_slot_left(scene, i)
            or low[end : end + 1] == ("occupation",)
            or (side is not None and type_word(scene, end))
            or (
                low[end : end + 1]
                and low[end] in scene.words("names.regions")
                and low[end] not in scene.words("names.bodies_too")
                and low[i] not in scene.words("places.compass")
            )
        )
    ):
        return None  # "Heavy fighting": a word that is also the name of some place
    if (
        known
        and run > end
        and (type_word(scene, run) or _listed_quarters(scene, run, names))
        and not type_word(scene, end)
        and not is_organisation(scene, end, run)
    ):
        end, known = run, False  # "the Sheikh Maqsoud district": not the place Sheikh
    if known and run == end + 1 == i + 2 and low[i] in scene.words("names.firsts"):
        end, known = run, bool(gazetteer.find(scene.text(i, run)))  # "Sheikh Maqsoud" is not the place Sheikh
    if known and end < run and low[end] in scene.words("names.prefixes") and low[end + 1 : end + 2] == ("-",):
        end = run  # "Ras al-Ain"
    if (
        known
        and run > end
        and not type_word(scene, end)
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
        if longer or not place_slot_left(scene, i):
            return _modifier(scene, start, end, low[longer[0]] if longer else low[run - 1], run)
        if run - end < 2 or (run - end == 2 and end == i + 1 and len(low[i]) <= SHORT):
            end = run  # "Ban Nong Chan"
            beside = i > 0 and low[i - 1] == ","  # "the head of X, Vladimir Saldo, said"
            known = not beside or bool(gazetteer.find(scene.text(i, run), fuzzy=False))
    if not known:
        end = run
        if (
            is_organisation(scene, start, end)
            or too_long(scene, start, end)
            or low[end - 1] in scene.words("names.persons")
        ):
            return None
        typed_adjective = of_town(scene, start) or (
            end < len(low) and low[end] in scene.words("names.regions") | {"peninsula"} and side is None
        )  # "the village of Bir", "the Crimean peninsula"
        rows = scene.cues.verbs.get(scene.written[i - 1], ()) if i and scene.tag[i - 1].startswith("VB") else ()
        behind_verb = end == i + 1 and scene.tag[i] == "NN"  # "takes Nyabibwe"
        behind_verb = behind_verb and any(
            cue.frame.relation is Relation.TAKES and cue.frame.preps == ("",) for cue, _ in rows
        )
        if (
            not typed_adjective
            and not behind_verb
            and not any(scene.tag[k].startswith("NNP") for k in range(start, end))
        ):
            return None
    kind = PlaceKind.SETTLEMENT
    typed = False
    kind_of = end + 1 < len(low) and low[end] in scene.words("places.settlements") and low[end + 1] == "of"
    kind_of = kind_of and not is_capital(scene, end)  # "the Askeran Province of"
    kind_of = kind_of and not _in_country(scene, end + 2)  # "the X region of Y" lies in a country
    kind_of = kind_of and not _of_wider(scene, end, names, gazetteer)
    people = not known and low[i - 1] in scene.words("names.for_the_most_part") and set(low[end : end + 1]) & TOWNS
    if people and not (kind_of and is_capital(scene, end + 2)):
        return None  # "a mostly Rohingya town"
    if people:
        return Mention(start, end, scene.text(start, end), kind, head=low[end])  # "the mostly Druze city of X"
    if kind_of and known and not (low[end] in scene.words("names.regions") and low[end].endswith("s")):
        return Mention(start, end, scene.text(start, end), kind, known=True, head=low[end])  # "West Bank city of Jenin"
    wide = low[end - 1] in scene.words("names.regions") and end - start > 1
    if end < len(low) and type_word(scene, end) and not scene.bracket[end] and not (wide and low[end] in TOWNS):
        typed = True
        kind = (
            PlaceKind.REGION
            if low[end] in scene.words("names.regions") or low[end] in ("district", "raion", "peninsula", "strip")
            else PlaceKind.SETTLEMENT
        )
        end += 1
        objects = scene.words("objects.not_places") - scene.words("names.organisations")
        if (owned := next((low[k] for k in range(end, run) if low[k] in objects), None)) is not None:
            return _modifier(scene, start, end, owned, run)  # "Kherson City Clinical Hospital"
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
        if head in scene.words("places.quarters") and low[start - 1] == "and" and is_capital(scene, start - 2):
            return Mention(start, end, scene.text(start, end), kind, known=True)  # "the A and B neighborhoods"
        start = _compass_left(scene, start)  # "east Aleppo towns"
        return Mention(start, end + 1, scene.text(start, end + 1), PlaceKind.UNNAMED, known=True)
    if scene.low[scene.previous(start)] == "the" and not typed and low[end - 1] in scene.words("names.rivers"):
        head = "river"  # "east of the Dnipro"
    if scene.low[scene.previous(start)] == "the" and _on_a_bank(scene, scene.previous(start)):
        head = "river"
    tactical = head == "area" and low[end : end + 1] == ("tactical",)  # of a stretch of the front, as its axes are
    direction = tactical or (head in scene.words("places.direction") if head else False)
    shared = shared_head(scene, start, end, head)
    if shared == "line" and scene.low[end] != "line" and scene.low[end] in scene.words("objects.not_places"):
        head, shared = scene.low[end], None  # "the Makiivka-Zhuravka river line": the second is a river
    if shared in scene.words("objects.not_places") and head is None:
        head = shared  # "the Mykolaiv-Kherson border"
    if shared == "line" or shared in scene.words("places.direction"):
        direction = True  # "gains along the Svatove-Kreminna line" are gains near both
    words = scene.text(start, end).rstrip(".-–")
    if typed and low[end - 1] in scene.words("places.many_regions") and end - start > 1:
        words = words.removesuffix("s")  # "the Donetsk and Luhansk regions": the second is Luhansk region
    return Mention(
        start, end, words, kind, known=known or typed, head=None if direction else head, direction=direction
    )  # fmt: skip


def _is_surname(scene: Scene, i: int) -> bool:
    """Whether two names of places, one right behind the other, are a person's: nothing before them leads to a place."""
    first = scene.low[i - 1]
    both = scene.tag[i - 1] == "NNP" and scene.tag[i] == "NNP" and i - 1 not in scene.side_at and i not in scene.side_at
    return (
        both
        and first not in scene.words("places.compass")
        and not type_word(scene, i)
        and not place_slot_left(scene, i - 1)
    )


def _in_country(scene: Scene, k: int) -> bool:
    """Whether a country, or "the" before a wider land, stands at token k."""
    side = scene.side_at.get(k)
    return scene.low[k : k + 1] == ("the",) or (side is not None and side.word.kind is SideKind.NAME)


def _listed_quarters(scene: Scene, k: int, names: dict[int, int]) -> bool:
    """Whether "and B neighborhoods" stands at token k, which says of the name before it what it is, too."""
    if scene.low[k : k + 1] != ("and",) or not name_token(scene, k + 1):
        return False
    end = run_end(scene, k + 1, names)
    return scene.low[end : end + 1] != () and scene.low[end] in scene.words("places.quarters")


def _shared_name(scene: Scene, i: int, names: dict[int, int]) -> Mention | None:
    """ "North and South Kivu", "Velyka and Mala Oleksandrivka": the first of two places that share a name."""
    low, compass = scene.low, scene.words("places.compass")
    twins = scene.words("names.twins")
    if low[i] in twins and low[i + 1 : i + 2] == ("and",) and i + 3 < len(low) and low[i + 2] in twins:
        end = names.get(i + 2, 0)
        if end > i + 3 and is_capital(scene, i) and is_capital(scene, i + 2):
            return Mention(i, i + 1, f"{scene.doc[i].text} {scene.text(i + 3, end)}", PlaceKind.SETTLEMENT)
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


def _of_wider(scene: Scene, end: int, names: dict[int, int], gazetteer: Any) -> bool:
    """Whether the region or district at token `end` is one of a wider region: "the Beryslav district of Kherson Oblast"."""
    if scene.low[end] not in scene.words("names.regions") | {"district", "raion"}:
        return False
    k = end + 2
    k += scene.low[k : k + 1] == ("the",)
    named = max(names.get(k, 0), k)
    while named < len(scene.low) and named - k < 3 and is_capital(scene, named) and not type_word(scene, named):
        named += 1
    if named > k and scene.low[named : named + 1] and scene.low[named] in scene.words("names.regions"):
        return True
    return k in names and (
        scene.low[names[k] - 1] in scene.words("names.regions") or _only_region(gazetteer, scene.text(k, names[k]))
    )


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


def _lost(scene: Scene, i: int) -> bool:
    """Whether what stands before a name says what nobody does to a person: "lost Kobani", "in Kobani"."""
    before = scene.low[i - 1] if i else ""
    return before in ("in", "near", "into", "lost") or base_of(scene, i - 1, "clauses.ground_only") is not None

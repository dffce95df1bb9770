"""A token at which a name of a place may begin, and what is told at once of it: that none does, or which ground that is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.parties import Parties, SideKind
from reportedly.model import PlaceKind
from reportedly.read.names.contexts import place_slot, place_slot_left
from reportedly.read.names.runs import abbreviates, name_token, names_its_kind, type_word
from reportedly.read.scene.heads import head_noun, is_capital
from reportedly.read.scene.scene import Mention, Scene, Side
from reportedly.read.scene.verb_groups import base_of

__all__ = ["NameCase", "Told", "may_begin", "told_at_once"]

Told = Mention | Literal[False] | None
"""A mention, False where no place is named, None where other rules must tell."""
RISES = frozenset({"'", "’"})


class NameCase:
    """Token i of a scene; `names` are the ends of the names that the gazetteer has, by where they start.

    Made for each token that may begin a name, so what most rules ask for is looked up once: the first word in lower case, where
    the gazetteer's name ends (0: there is none), whether it has one word at most, and the side that is named here.
    """

    __slots__ = ("end", "gazetteer", "i", "low", "names", "parties", "scene", "side", "single", "word")

    def __init__(self, scene: Scene, i: int, names: Mapping[int, int], parties: Parties, gazetteer: Gazetteer) -> None:
        self.scene, self.i, self.names, self.parties, self.gazetteer = scene, i, names, parties, gazetteer
        self.low: tuple[str, ...] = scene.low
        self.word = scene.low[i]
        self.end = names.get(i, 0)
        self.single = self.end <= i + 1
        self.side: Side | None = scene.side_at.get(i)

    def behind(self) -> tuple[str, ...]:
        """The word behind the first one, if there is any."""
        return self.low[self.i + 1 : self.i + 2]

    def is_in(self, name: str) -> bool:
        """Whether the first word stands in a list of words."""
        return self.word in self.scene.words(name)


def told_at_once(c: NameCase) -> Told:
    """What is told before the name's end is looked for."""
    for rule in RULES:
        if (told := rule(c)) is not None:
            return told
    return None


def may_begin(scene: Scene, i: int, names: Mapping[int, int]) -> bool:
    """Whether something is written as a name at token i."""
    if i not in names and not name_token(scene, i):
        low = scene.low  # "al-Bab": a prefix is written small
        prefixed = (
            low[i] in scene.words("names.prefixes") and low[i + 1 : i + 2] in (("-",), ("–",)) and i + 2 < len(low)
        )
        if not prefixed or not is_capital(scene, i + 2):
            return False
    behind = scene.low[i + 1 : i + 2]
    return not (
        scene.tag[i] == "PRP" and behind and behind[0][:1] in RISES
    )  # "We're", which some village is called nearly as


def _of_others(c: NameCase) -> Told:
    """Persons, works, waters, numbers, roads and battles."""
    low, i = c.low, c.i
    persons = c.scene.words("names.persons")
    if c.word in persons or (c.word in ("al", "el") and low[i + 2 : i + 3] and low[i + 2] in persons):
        return False  # "the fall of al-Assad"
    if c.is_in("names.works") or c.is_in("names.events"):
        return False  # "the defenders of Azovstal"
    if c.word == "greater" and c.single and is_capital(c.scene, min(i + 1, len(low) - 1)):
        return False  # "Greater Tripoli"
    if c.is_in("names.waters") and c.behind() == ("of",):
        return False  # "the Sea of Azov"
    if c.word[:1].isdigit() and not is_capital(c.scene, i):
        return False  # "10 km"
    if c.single and c.is_in("places.compass") and c.scene.opens(i) and i + 1 in c.names and is_capital(c.scene, i + 1):
        return False  # "Eastern Aleppo is"
    if c.single and not c.word.isalpha() and any(letter.isdigit() for letter in c.word):
        return False  # "the T1302", a road
    if c.single and c.word in c.scene.cues.nouns and c.behind() in (("of",), ("for",)):
        return False  # "the Battle of X"
    return None


def _lake(c: NameCase) -> Told:
    if not c.is_in("names.lakes") or c.i + 1 >= len(c.low) or not is_capital(c.scene, c.i + 1):
        return None
    end = max(c.i + 2, c.end)
    return Mention(c.i, end, c.scene.text(c.i, end), PlaceKind.SETTLEMENT, head=c.word)  # "Lake Chad" is no ground


def _axis(c: NameCase) -> Told:
    return False if c.single and c.is_in("places.direction") else None  # "on the Southern Axis"


def _of_people(c: NameCase) -> Told:
    """Surnames, and the sides of a war where they are meant themselves."""
    i, side = c.i, c.side
    if c.end == i + 1 and c.names.get(i - 1) == i and _is_surname(c.scene, i):
        return False  # "Ivan Petrenko, captured in X": both are villages, too
    if side is None:
        return False if c.single and i in c.scene.side_within else None  # "Ababa" of "Addis Ababa"
    if side.end >= c.end and not type_word(c.scene, side.end) and not place_slot(c.scene, side):
        return False
    if side.word.kind is SideKind.DEMONYM and names_its_kind(c.scene, side.end):
        return False  # "the Azerbaijani district of Kelbajar"
    return None


def _republic(c: NameCase) -> Told:
    """The ground of a republic that is a side, too."""
    side = c.side
    if side is None or side.end <= c.end or c.low[side.end - 1] != "republic":
        return None
    head = head_noun(c.scene, c.scene.following(side.end))
    return Mention(c.i, side.end, c.scene.text(c.i, side.end), PlaceKind.REGION, head=head)


def _called_alike(c: NameCase) -> Told:
    """Common words, offices and bodies which some towns are called as well."""
    scene, low, i = c.scene, c.low, c.i
    kinds = scene.listed("places.part", "places.settlements", "places.whole")
    if (c.word in kinds or c.word == "the") and all(low[k] in kinds or low[k] == "the" for k in range(i + 1, c.end)):
        return False
    opens = scene.opens(i)
    if c.single and c.behind() == ("of",) and (opens or c.word in scene.cues.nouns or c.is_in("names.titles")):
        return False  # "the Battle of X", "Secretary of State"
    if c.single and c.behind() == ("-",) and low[i + 2 : i + 3] and low[i + 2] in scene.words("names.titles"):
        return False  # "Vice-President X"
    if (opens or low[i - 1] in ('"', "“")) and i not in c.names and i + 1 in c.names and c.is_in("places.limits"):
        return False  # "Only X and Y remain"
    source = c.parties.source_of(scene.text(i, max(c.end, i + 1)))
    if source is None:
        return None
    person = source.kind == "person" and not (c.single and i in c.names and _lost(scene, i))
    return False if person or (source.kind == "body" and not c.single) else None  # "the White House"


def _country(c: NameCase) -> Told:
    side = c.side
    if side is None or side.word.kind is not SideKind.NAME or not side.word.party:
        return None
    party = c.parties.party(side.word.party)
    if party is None or party.kind != "state" or (side.end - c.i == 1 and c.end > side.end):
        return None  # "Mali Shcherbaky" is no country
    head = head_noun(c.scene, side.end)
    return Mention(c.i, side.end, c.scene.text(c.i, side.end), PlaceKind.COUNTRY, head=head)


def _shared_name(c: NameCase) -> Told:
    """ "North and South Kivu", "Velyka and Mala Oleksandrivka": the first of two places that share a name."""
    low, i, scene = c.low, c.i, c.scene
    if c.behind() != ("and",) or i + 3 >= len(low):
        return None
    end, own = c.names.get(i + 2, 0), scene.doc[i].text
    twins, compass = scene.words("names.twins"), scene.words("places.compass")
    both = is_capital(scene, i) and is_capital(scene, i + 2)
    if c.word in twins and low[i + 2] in twins and end > i + 3 and both:
        return Mention(i, i + 1, f"{own} {scene.text(i + 3, end)}", PlaceKind.SETTLEMENT)
    if c.word not in compass or low[i + 2] not in compass or end <= i + 3 or not is_capital(scene, i + 2):
        return None
    return Mention(i, i + 1, f"{own} {scene.text(i + 3, end)}", PlaceKind.REGION)


def _opener(c: NameCase) -> Told:
    """First words of a sentence, adjectives of control, and institutions."""
    if not c.single:
        return None
    opens, next_is = c.scene.opens(c.i), c.i + 1 in c.names
    if next_is and ((opens and c.is_in("names.openers")) or c.word in c.scene.cues.adjectives):
        return False  # "Only Kreminna district", "Occupied Crimea"
    if c.is_in("names.institutions") or abbreviates(c.scene, c.i, c.gazetteer):
        return False  # "the opposition-controlled Congress", "- BBC"
    adverb = (c.word.endswith("ly") and c.scene.tag[c.i] == "RB") or c.scene.tag[c.i] == "VBG"
    return False if opens and adverb and next_is else None  # "Officially X had been liberated", "Losing X was a blow"


RULES: tuple[Callable[[NameCase], Told], ...] = (
    _of_others, _lake, _axis, _of_people, _republic, _called_alike, _country, _shared_name, _opener,
)  # fmt: skip


def _is_surname(scene: Scene, i: int) -> bool:
    """Whether two names of places, one right behind the other, are a person's: nothing before them leads to a place."""
    first = scene.low[i - 1]
    both = scene.tag[i - 1] == "NNP" and scene.tag[i] == "NNP" and i - 1 not in scene.side_at and i not in scene.side_at
    return (
        both
        and first not in scene.listed("places.compass", "names.openers")  # "Has Pokrovsk fallen?": Has is a town, too
        and not type_word(scene, i)
        and not place_slot_left(scene, i - 1)
    )


def _lost(scene: Scene, i: int) -> bool:
    """Whether what stands before a name says what nobody does to a person: "lost Kobani", "in Kobani"."""
    before = scene.low[i - 1] if i else ""
    return before in ("in", "near", "into", "lost") or base_of(scene, i - 1, "clauses.ground_only") is not None

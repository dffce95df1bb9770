"""How far a name of a place reaches that begins at a token: as far as the gazetteer's, or as the run of capitalised words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reportedly.model import PlaceKind, Relation
from reportedly.read.names.case import NameCase
from reportedly.read.names.contexts import place_slot_left
from reportedly.read.names.openings import opens_as_name
from reportedly.read.names.runs import PARTICLES, is_organisation, name_token, of_town, run_end, too_long, type_word
from reportedly.read.scene.heads import is_capital
from reportedly.read.scene.scene import Mention, Scene

__all__ = ["Reach", "part_of_name", "reach_of"]

SHORT = 4  # letters of a first word that is no name by itself more often than not


class Reach(NamedTuple):
    """The token behind a name, that behind the run of capitalised words it stands in, and whether the gazetteer has the name."""

    end: int
    run: int
    known: bool


def reach_of(c: NameCase) -> Reach | Mention | None:
    """How far the name reaches; a mention where it is but a part of another name, None where it is no place's."""
    low, i, end = c.low, c.i, c.end
    run = _before_region(c, run_end(c.scene, i, c.names))
    if _of_others(c, run):
        return None
    known = end > i
    if i < end < run and low[end] in ("-", "–") and (_one_name(c, end, run) or c.gazetteer.find(c.scene.text(i, run))):
        end = run  # "Orikhove-Vasylivka" is one village, "Kherson-Mykolaiv" is two cities
    if i < end < run and low[end] in PARTICLES:
        end = run  # "Qala e Naw"
    if known and end == i + 1 and not c.scene.tag[i].startswith("NNP") and not _is_meant(c, end):
        return None  # "Heavy fighting": a word that is also the name of some place
    if known and run > end and _of_longer(c, end, run):
        end, known = run, False  # "the Sheikh Maqsoud district": not the place Sheikh
    if known and run == end + 1 == i + 2 and c.is_in("names.firsts"):
        end, known = run, bool(c.gazetteer.find(c.scene.text(i, run)))  # "Sheikh Maqsoud" is not the place Sheikh
    if known and end < run and low[end] in c.scene.words("names.prefixes") and low[end + 1 : end + 2] == ("-",):
        end = run  # "Ras al-Ain"
    if known and run > end and _goes_on(c.scene, end):
        return _longer_name(c, end, run)
    return Reach(end, run, True) if known else _unknown(c, run)


def _one_name(c: NameCase, end: int, run: int) -> bool:
    """Whether what a hyphen at the end of a known name ties to it can be no place of its own: "Tin-Zaouatine", "Pul-e-Hesar"."""
    tied = end + 1
    if c.low[tied : tied + 1] and c.low[tied] in c.scene.words("names.ties"):
        return True
    unknown = c.names.get(tied, 0) == 0 and tied not in c.scene.side_at and not is_organisation(c.scene, tied, run)
    return unknown and c.scene.tag[tied].startswith("NN") and not c.scene.doc[end].whitespace_


def _before_region(c: NameCase, run: int) -> int:
    """Where the name of a town ends that a region's follows without a comma: "the town of Bara North Kordofan"."""
    if run - c.i < 3 or "-" in c.low[c.i : run] or not of_town(c.scene, c.i):
        return run
    for k in range(c.i + 1, run - 1):  # of two words at least
        if any(m.place.kind is PlaceKind.REGION for m in c.gazetteer.find(c.scene.text(k, run), fuzzy=False)):
            return k
    return run


def part_of_name(scene: Scene, start: int, end: int, head: str) -> Mention:
    """A name that is part of another name: kept so that titles can use it, never claimed by itself."""
    kind = PlaceKind.REGION if scene.low[end - 1] in scene.words("names.regions") else PlaceKind.SETTLEMENT
    return Mention(start, end, scene.text(start, end), kind, known=True, head=head)


def _of_others(c: NameCase, run: int) -> bool:
    """Whether a run of capitalised words is an outlet, the people of a city, a world or a part of one."""
    low, i = c.low, c.i
    outlet = c.parties.source_of(c.scene.text(i, run)) if run > i + 1 else None
    if outlet is not None and outlet.kind in ("outlet", "agency"):
        return True  # "the Kremlin-run RIA Novosti"
    peopled = low[run : run + 1] in (("-",), ("–",)) and low[run + 1 : run + 2]
    if peopled and peopled[0] in c.scene.words("names.peopled_by"):
        return True  # "the Druze-majority city of X"
    if run <= i + 1 and (c.is_in("names.worlds") or c.is_in("names.commons")):
        return True  # "the Insurgency in X", "across Africa"
    return c.is_in("names.continental") and bool(type_word(c.scene, run))  # "the Central Asian states"


def _is_meant(c: NameCase, end: int) -> bool:
    """Whether a name that is tagged as another word is meant as a place, by what stands around it."""
    low, scene = c.low, c.scene
    behind = low[end] if end < len(low) else ""
    if behind in scene.words("places.direction") or behind == "occupation":
        return True  # "on the Bakhmut axis"
    if opens_as_name(scene, c.i, end, c.names) or place_slot_left(scene, c.i):
        return True
    if c.side is not None and type_word(scene, end):
        return True
    region = behind in scene.words("names.regions") and behind not in scene.words("names.bodies_too")
    return region and not c.is_in("places.compass")


def _of_longer(c: NameCase, end: int, run: int) -> bool:
    """Whether the gazetteer's name is only the beginning of one that is told to be a place's."""
    told = type_word(c.scene, run) or _listed_quarters(c.scene, run, c.names)
    return bool(told) and not type_word(c.scene, end) and not is_organisation(c.scene, end, run)


def _listed_quarters(scene: Scene, k: int, names: Mapping[int, int]) -> bool:
    """Whether "and B neighborhoods" stands at token k, which says of the name before it what it is, too."""
    if scene.low[k : k + 1] != ("and",) or not name_token(scene, k + 1):
        return False
    end = run_end(scene, k + 1, names)
    return scene.low[end : end + 1] != () and scene.low[end] in scene.words("places.quarters")


def _goes_on(scene: Scene, end: int) -> bool:
    """Whether what stands behind a name is capitalised as a part of it."""
    part = scene.low[end] in scene.words("names.organisations") or is_capital(scene, end)
    return part and not type_word(scene, end) and scene.low[end] not in scene.words("names.calendar")


def _longer_name(c: NameCase, end: int, run: int) -> Reach | Mention | None:
    """A longer capitalised run around a name of the gazetteer is another name ("Kherson Military Administration")."""
    low, i, scene = c.low, c.i, c.scene
    if run == end + 1 and low[end] in scene.words("places.direction"):
        if c.is_in("places.compass"):
            return None  # "on the Southern Axis"
        return Mention(i, end, scene.text(i, end), PlaceKind.SETTLEMENT, known=True, direction=True)
    if low[run - 2 : run] == ("exclusion", "zone"):
        return Mention(i, run, scene.text(i, run), PlaceKind.REGION, known=True)  # "the Chernobyl Exclusion Zone"
    other = scene.listed("names.organisations", "objects.not_places")
    longer = next((low[k] for k in range(end, run) if low[k] in other), None)
    if longer is not None or not place_slot_left(scene, i):
        return part_of_name(scene, i, end, longer or low[run - 1])
    short = run - end == 2 and end == i + 1 and len(low[i]) <= SHORT  # "Ban Nong Chan"
    whole = of_town(scene, i) and scene.words("places.compass").isdisjoint(
        low[end:run]
    )  # "the town of Shire Enda Silase"
    if run - end < 2 or short or whole:
        beside = i > 0 and low[i - 1] == ","  # "the head of X, Vladimir Saldo, said"
        if beside and not c.gazetteer.find(scene.text(i, run), fuzzy=False):
            return _unknown(c, run)
        end = run
    return Reach(end, run, True)


def _unknown(c: NameCase, run: int) -> Reach | None:
    """A name that the gazetteer lacks, where it may be a place's."""
    scene, low = c.scene, c.low
    if is_organisation(scene, c.i, run) or too_long(scene, c.i, run) or low[run - 1] in scene.words("names.persons"):
        return None
    region = run < len(low) and low[run] in scene.words("names.regions") | {"peninsula"} and c.side is None
    told = of_town(scene, c.i) or region or _taken(c, run)  # "the village of Bir", "the Crimean peninsula"
    if not told and not any(scene.tag[k].startswith("NNP") for k in range(c.i, run)):
        return None
    return Reach(run, run, False)


def _taken(c: NameCase, run: int) -> bool:
    """Whether a word tagged as a noun is the object of a verb of taking: "takes Nyabibwe"."""
    scene, i = c.scene, c.i
    if run != i + 1 or scene.tag[i] != "NN" or not i or not scene.tag[i - 1].startswith("VB"):
        return False
    rows = scene.cues.verbs.get(scene.written[i - 1], ())
    return any(cue.frame.relation is Relation.TAKES and cue.frame.preps == ("",) for cue, _ in rows)

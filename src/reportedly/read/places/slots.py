"""Where a frame's places stand: one scanner over the words right of a cue, with lists, parts, containers and distances."""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import Extent, PlaceKind
from reportedly.read.names.anaphors import PARTS
from reportedly.read.places.edges import coordinated_prep, past_target
from reportedly.read.places.extents import part_of, quantity_at, shared_part, spared_at
from reportedly.read.places.listing import next_in_list
from reportedly.read.places.placing import after_mention, prep_at
from reportedly.read.places.slot_parts import counted, directed, grounded
from reportedly.read.places.slot_scan import Scan
from reportedly.read.places.slot_ways import joined, passed_over
from reportedly.read.places.slot_words import claimable, named_after, past_object, possessor, side_describes
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target

__all__ = ["places_after"]

BORDERING = frozenset({"neighboring", "neighbouring", "bordering", "adjoining"})
OUTER = frozenset({"outskirts", "suburbs", "strongholds", "territory", "territories", "fringes", "centre", "center"})
ASIDE = 16  # tokens of an exception within a list
WATERS = frozenset({"sea", "ocean", "gulf"})  # which nobody holds as ground
TERRITORY = (("territory",), ("landmass",))  # of a country
LANDS = frozenset({"territory", "enclave", "exclave", "peninsula"})
GROUND_AT = ("near", "around", "in", "N", "in the area of", "in the vicinity of")
QUARTERS = frozenset({"neighborhood", "neighbourhood", "microraion", "microdistrict", "suburb"})
MAX_STEPS = 60
WAYS = (counted, grounded, directed, joined, passed_over)  # what a word that begins no mention may do, asked in turn


def places_after(scene: Scene, i: int, *, end: int | None = None, near: bool = False) -> list[Target]:
    """The places of the noun phrase that starts at token i, list and parts included; [] if its head is no ground."""
    stop = min(end if end is not None else len(scene.low), scene.sentence[i][1] if i < len(scene.low) else 0)
    s = Scan(scene, i, stop, i, near)
    for _ in range(MAX_STEPS):
        if s.k >= stop or not _step(s):
            break
    found = [_but_for(scene, t) for t in s.found]
    return found + _coordinated(scene, found, stop) if s.ground and found else found


def _but_for(scene: Scene, target: Target) -> Target:
    """The town of which "all but a handful of districts in the west of X" are a part, else the target itself."""
    group = target.mention
    spared = target.extent.kind == "all_but" and group.kind is PlaceKind.UNNAMED
    if not spared or scene.low[group.end - 1] not in scene.words("places.quarters"):
        return target
    if scene.low[group.end : group.end + 1] not in (("in",), ("of",)):
        return target
    town = next(iter(places_after(scene, group.end + 1)), None)
    return replace(town, extent=Extent(kind="part")) if town is not None and not town.near else target


def _step(s: Scan) -> bool:
    """Take in the word or the mention that a scan has come to; whether it goes on behind it."""
    scene, k = s.scene, s.k
    if scene.bracket[k]:
        return s.on(1)
    if scene.low[k] in BORDERING and k > s.first and scene.low[k - 1] in scene.words("places.part"):
        return False  # "the areas neighbouring X" are not in it
    mention = scene.at.get(k)
    if mention is None:
        side = scene.side_at.get(k)
        if side is not None and side.end > k + 1 and side_describes(scene, k, s.stop):
            return s.to(side.end)  # "the South Sudanese capital", whose south is no part
        return next((told for way in WAYS if (told := way(s)) is not None), False)
    if possessor(scene, mention, s.stop):
        return _owned(s, mention)
    if (shore := _on_sea(scene, mention)) is not None:
        return s.to(shore)
    if claimable(mention):
        return _claimed(s, mention) if scene.low[mention.end - 1] not in WATERS else False
    if (
        mention.head in LANDS
        and scene.low[mention.end + 1 : mention.end + 2] == ("of",)
        and mention.end + 2 in scene.at
    ):
        return s.to(mention.end + 2)  # "the Moldovan territory of Transnistria"
    if mention.head in ("stronghold", "bastion") and scene.low[mention.end : mention.end + 1] == (mention.head,):
        s.take(replace(mention, head=None))  # "pull out of X bastion"
        return False
    if mention.head in OUTER and scene.low[mention.end : mention.end + 1] == (mention.head,):
        whole = replace(mention, head=None)  # "Marib outskirts", "southern Lebanon strongholds"
        seat = mention.head in ("centre", "center") and scene.low[mention.end - 1] == "district"
        s.take(whole, Extent() if seat else Extent(kind="part"), mention.head)
        return False
    town = mention.head in scene.words("places.settlements")
    if town and scene.low[mention.end : mention.end + 2] == (mention.head, "of"):
        if mention.head in QUARTERS:
            s.part(mention.head)  # "the Zhovtnevyi microraion of X"
        return s.to(mention.end + 2)  # "the West Bank city of Jenin"
    after = past_object(scene, k, s.stop)
    return s.to(after or k + 1) if after is not None else False


def _owned(s: Scan, mention: Mention) -> bool:
    """A place that owns what follows ("X's eastern districts"): the scan ends with it, or with the places of what it owns."""
    scene, stop = s.scene, s.stop
    owned = scene.following(mention.end) + 1
    owned += scene.low[owned : owned + 1] in (("city",), ("town",))  # "X's city centre"
    if scene.low[owned : owned + 1] and scene.low[owned] in scene.words("objects.not_places"):
        beside = scene.low[owned + 1 : owned + 2] == ("and",) and part_of(scene, owned + 2)
        owned += 2 if beside else 0  # "X's airport and eastern suburbs"
    if mention.kind is PlaceKind.COUNTRY and scene.low[owned : owned + 1] in TERRITORY:
        return _of_territory(s, mention, owned + 1)
    wide = mention.kind is PlaceKind.COUNTRY or not part_of(scene, owned)
    rest = places_after(scene, owned, end=stop) if wide else []
    if rest:
        if s.extent.kind != "whole" and rest[0].extent.kind == "whole":
            shared = s.words in scene.words("places.shared")  # "parts of Ukraine's A and B regions"
            for j in range(len(rest) if shared else 1):
                if rest[j].extent.kind == "whole":
                    rest[j] = replace(rest[j], extent=s.extent, extent_words=s.words)
        s.found, s.ground = s.found + rest, False
        return False
    if any(scene.low[j] in ("flank", "flanks") for j in range(owned, min(owned + 3, stop))):
        s.found.append(Target(mention, near=True))  # "on X's flanks"
        return False
    ends = owned + 1 >= stop or not scene.tag[owned + 1].startswith(("NN", "JJ"))
    quarter = ends and owned < stop and scene.low[owned] in scene.words("places.compass")  # "the city's southwest"
    if part_of(scene, owned) or quarter:
        share = s.extent if s.extent.kind == "percent" else Extent(kind="part")  # "85 percent of X's territory"
        s.take(mention, share, scene.text(owned, owned + 1))
    return False


def _of_territory(s: Scan, country: Mention, k: int) -> bool:
    """ "19% of Ukraine's territory, including X and most of Y": a part of the country, and what is named of it behind k."""
    s.take(country, s.extent if s.extent.kind == "percent" else Extent(kind="part"))
    following = next_in_list(s.scene, k, s.stop)
    s.found += places_after(s.scene, following, end=s.stop) if following is not None else []
    return False


def _claimed(s: Scan, mention: Mention) -> bool:
    """A place that can be claimed, with what was said of it; the scan goes on if a list does."""
    scene = s.scene
    behind = scene.low[mention.end : mention.end + 1]
    if mention.anaphor and behind and (more := named_after(scene, mention.end)) is not None:
        return s.to(more)
    if (beside := _named_beside(scene, mention, s.stop) or _seat_behind(scene, mention, s.stop)) is not None:
        return s.to(beside)  # "the villages A and B", "the capital of A, B,"
    if scene.low[mention.end - 1] in QUARTERS and behind in (("of",), ("in",)):
        town = places_after(scene, mention.end + 1, end=s.stop)
        if town and town[0].mention.kind is PlaceKind.SETTLEMENT:
            s.found += [replace(town[0], extent=Extent(kind="part"), extent_words=mention.words), *town[1:]]
            return False  # "the Kanal neighbourhood of the town of X"
    if mention.kind in (PlaceKind.REGION, PlaceKind.COUNTRY) and _of_capital(scene, mention):
        return False  # "captured the capital of Anbar": a town without a name, not all of Anbar
    if mention.part and mention.kind is PlaceKind.COUNTRY and s.extent.kind == "whole":
        s.part(mention.words)
    nearly = mention.start > 0 and scene.low[mention.start - 1] in scene.words("places.nearly")
    if mention.anaphor and (mention.part or (nearly and {"entire", "whole"} & set(mention.words.lower().split()))):
        s.part(mention.words)
    if mention.anaphor and behind and behind[0] in PARTS:
        s.part(behind[0])  # "the city center"
    s.take(mention)
    k = after_mention(scene, mention.end, s.stop, s.found)
    if (spared := spared_at(scene, k, s.stop)) is not None:
        if s.found[-1].extent.kind != "percent":
            s.found[-1] = replace(s.found[-1], extent=spared, extent_words=scene.text(k, k + 1))
        further = _beyond_exception(scene, k, s.stop)
        if further is None:
            return False
        s.extent, s.words, s.opened = Extent(), "", False
        return s.to(further)
    following = next_in_list(scene, k, s.stop)
    if following is None:
        s.found += _excepted(scene, k, s.stop)
        return False
    if mention.kind is PlaceKind.UNNAMED and scene.low[k] == "and" and following in scene.at:
        where, other = s.found[-1].container, scene.at[following]
        alike = where is not None and (other.kind is where.kind or other.kind is PlaceKind.REGION)
        if alike and other.head is None and not other.anaphor:
            return False  # "two villages in A and B"
    if (
        mention.kind is PlaceKind.UNNAMED
        and s.found[-1].container is not None
        and _many_of_kind(scene, following, s.stop)
    ):
        return False  # "24 villages in A, B and C districts"
    vague = mention.vague and following in scene.at and scene.at[following].vague  # "much of southern and eastern X"
    if not vague and (_share_told(scene, following, s.stop) or not shared_part(scene, s.first, following)):
        s.extent, s.words = Extent(), ""
    s.opened = False
    return s.to(following)


def _share_told(scene: Scene, k: int, stop: int) -> bool:
    """Whether the next member of a list has a share of its own: "80% of A and | parts of B and C"."""
    name = next((j for j in range(k, min(k + ASIDE, stop)) if j in scene.at), k)
    return any(scene.low[j] in scene.words("places.part") or quantity_at(scene, j) is not None for j in range(k, name))


def _beyond_exception(scene: Scene, k: int, stop: int) -> int | None:
    """Where a list goes on behind an exception at k: "90% of X, excluding a small part, | as well as most of Y"."""
    for j in range(k + 1, min(k + ASIDE, stop - 4)):
        if scene.low[j : j + 4] == (",", "as", "well", "as"):
            return j + 4
    return None


def _named_beside(scene: Scene, mention: Mention, stop: int) -> int | None:
    """The first name of "the settlements A, B and C", which stands right behind the plural."""
    if mention.kind is not PlaceKind.UNNAMED or mention.end >= stop:
        return None
    kind = scene.low[mention.end - 1]
    if kind not in scene.words("places.settlements") or not kind.endswith("s"):
        return None
    name = scene.at.get(mention.end)
    if name is None or name.kind is not PlaceKind.SETTLEMENT or name.head is not None or name.anaphor:
        return None
    return mention.end if scene.written[mention.end][:1].isupper() else None


def _seat_behind(scene: Scene, mention: Mention, stop: int) -> int | None:
    """The name of the capital that is told by what it is the capital of: "the capital of Anbar, Ramadi, falls"."""
    if not _of_capital(scene, mention):
        return None
    name = scene.at.get(mention.end + 1) if scene.low[mention.end : mention.end + 1] == (",",) else None
    if name is None or name.kind is not PlaceKind.SETTLEMENT or name.head is not None or name.anaphor:
        return None
    closed = name.end >= stop or scene.low[name.end] in (",", ".", ";", "after", "on", "from", "in", "as", "without")
    return name.start if closed or scene.tag[name.end] in ("VBZ", "VBD", "MD") else None


def _many_of_kind(scene: Scene, k: int, stop: int) -> bool:
    """Whether the list of names that goes on at k ends with what all of them are: "B and C districts"."""
    while (name := scene.at.get(k)) is not None and name.head is None and not name.anaphor:
        behind = scene.low[name.end] if name.end < stop else ""
        if {scene.low[name.end - 1], behind} & scene.words("places.many_regions"):
            return True
        nxt = next_in_list(scene, name.end, stop)
        if nxt is None:
            return False
        k = nxt
    return False


def _on_sea(scene: Scene, mention: Mention) -> int | None:
    """The token behind the sea of "the Black Sea port city of X", which only says where X lies, or behind "Black Sea city of"."""
    words = scene.low[mention.start : mention.end]
    if words[-1] == "sea" and scene.low[mention.end : mention.end + 1] and mention.head is not None:
        return mention.end
    called = words[-2:-1] == ("sea",) and scene.low[mention.end : mention.end + 1] == ("of",)
    return mention.end + 1 if called else None


def _of_capital(scene: Scene, mention: Mention) -> bool:
    """Whether a place stands in "the capital of X"."""
    of = scene.previous(mention.start)
    if scene.low[of] == "the":
        of = scene.previous(of)
    return scene.low[of] == "of" and scene.low[scene.previous(of)] in ("capital", "seat")


def _excepted(scene: Scene, k: int, stop: int) -> list[Target]:
    """The places behind "but not": "holds A but not B"."""
    j = k + 1 if scene.low[k : k + 1] == (",",) else k
    if scene.low[j : j + 2] != ("but", "not") or j + 2 >= stop:
        return []
    return [replace(t, denied=True) for t in places_after(scene, j + 2, end=stop) if not t.near]


def _coordinated(scene: Scene, found: list[Target], stop: int) -> list[Target]:
    """What follows ground near one place in another phrase of place: "terrain near A and in B"."""
    k = coordinated_prep(scene, past_target(scene, found[-1]), stop, GROUND_AT)
    hit = prep_at(scene, k, GROUND_AT) if k is not None else None
    if hit is None:
        return []
    near = hit[0] != "in"
    more = places_after(scene, hit[1], end=stop, near=near)
    return [t if near or t.extent.kind != "whole" else replace(t, extent=Extent(kind="part")) for t in more]

"""Which place "the town", "it", "both cities" or "the area" point back to: one of a claim before, one named, one of the text before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.model import PlaceKind, PlaceRef, Span
from reportedly.read.ground.countries import own_country
from reportedly.read.ground.from_context import from_context
from reportedly.read.ground.roles import (
    contains_another,
    is_surname,
    of_a_town,
    of_an_object,
    only_dates,
    only_told_behind,
    reference_only,
    speaks_for,
    speaks_from,
)
from reportedly.read.ground.seats import governed_region, peninsula, region_around, seat_of
from reportedly.read.ground.told import Told
from reportedly.read.ground.topics import called_a, called_otherwise, governed_town, only_town, said_of, town_told_of
from reportedly.read.scene.scene import Mention, Scene

if TYPE_CHECKING:
    from reportedly.read.scene.passing import Passing

__all__ = ["antecedent"]

LYING = frozenset({"it", "town", "village"})  # what lies in a place; "the city" may be what a quarter lies in
DESCRIBES = frozenset({"be", "become", "have", "serve", "remain"})  # the place itself, not what came of its capture


Rule = Callable[[Told, Mention, str], PlaceRef | None]
"""What a mention points back to by its noun, where a rule tells it."""


def antecedent(told: Told, m: Mention) -> PlaceRef | None:
    """What "the town", "the entire territory" or "it" points back to: the last claim's place, else the last place named."""
    noun = m.anaphor or "it"
    if _means_no_ground(told, m):
        return None
    for rule in OWN:
        if (found := rule(told, m, noun)) is not None:
            return found
    if noun == "territory" and only_told_behind(told.p.scene, m):
        return None
    for rule in NAMED:
        if (found := rule(told, m, noun)) is not None:
            return found
    return _last_told(told, m, noun)


def _means_no_ground(told: Told, m: Mention) -> bool:
    """Whether it points to no place of the text: a bracket says which town is meant, or "it" and "there" are an object's."""
    scene, words = told.p.scene, m.words.lower()
    if _in_brackets(scene, m) or (words == "it" and (of_an_object(scene, m) or of_a_town(scene, m))):
        return True
    return words == "there" and _at_an_object(scene, m)


def _ahead(told: Told, m: Mention, noun: str) -> PlaceRef | None:  # noqa: ARG001 - all are asked alike
    return _named_ahead(told, m) if m.words.lower() == "it" else None


def _of_town(told: Told, m: Mention, noun: str) -> PlaceRef | None:  # noqa: ARG001
    """ "Retreated from the town but still surrounded it"."""
    before = _same_town(told, m) if m.words.lower() == "it" else None
    return antecedent(told, before) if before is not None else None


def _country(told: Told, m: Mention, noun: str) -> PlaceRef | None:
    if noun != "country":
        return None
    span = told.p.span_of(m.start, m.end)
    return PlaceRef(words=m.words, span=span, kind=PlaceKind.COUNTRY, reasons=("a country not named here",))


def _territory(told: Told, m: Mention, noun: str) -> PlaceRef | None:
    return own_country(told.p, m) if noun == "territory" else None


OWN: tuple[Rule, ...] = (_ahead, _of_town, _country, _territory)


def _other_name(told: Told, m: Mention, noun: str) -> PlaceRef | None:
    return called_otherwise(told, m) or called_a(told, m, noun)


def _aimed_at(told: Told, m: Mention, noun: str) -> PlaceRef | None:
    return _object_before(told, m) if noun in told.p.scene.words("places.towns") else None


def _said_of(told: Told, m: Mention, noun: str) -> PlaceRef | None:
    meant = said_of(told, m) if noun != "it" else None
    if meant is None:
        return None
    reasons = (f"“{m.words}” is {meant.words}, of which this is said", *meant.reasons)
    return replace(meant, span=told.p.span_of(m.start, m.end), reasons=reasons)


def _capital(told: Told, m: Mention, noun: str) -> PlaceRef | None:
    if noun != "capital":
        return None
    if (apposed := _beside(told, m)) is not None:
        return apposed
    return seat_of(told, m) if m.words.lower() == "the capital" else None


def _called(told: Told, m: Mention, noun: str) -> PlaceRef | None:
    """The last name before "the island" that says it is one and that the gazetteer lacks: "Grey Island"."""
    for x in reversed(told.p.scene.mentions):
        ref = told.refs.get(x.start) if x.start < m.start and x.head is None else None
        if ref is not None and ref.kind is PlaceKind.OTHER and ref.words.lower().endswith(f" {noun}"):
            told.used.append(ref)
            return replace(ref, span=told.p.span_of(m.start, m.end), reasons=(f"“{m.words}” points back to {ref.words}",))  # fmt: skip
    return None


NAMED: tuple[Rule, ...] = (_called, _other_name, _aimed_at, _said_of, _capital)


def _last_told(told: Told, m: Mention, noun: str) -> PlaceRef | None:
    """The place of the last claim or the last one named that its noun fits, else one of the text around."""
    wide = noun in told.p.scene.words("places.wide_nouns")
    candidates = _candidates(told, m, noun)
    known = [r for r in candidates if r.place_id is not None or r.members]
    here = _of_sentence(told, m, noun, wide)
    for ref in (*reversed(here), *reversed(known), *reversed(candidates)):
        if _fits(ref, noun, wide):
            inside = ref.span is not None and _here(told.p, ref.span)
            words = ref.words if inside or noun == "it" else m.words
            return replace(told.back_to(m, ref), words=words)
    return _around(told, m, noun, wide, candidates)


def _candidates(told: Told, m: Mention, noun: str) -> list[PlaceRef]:
    """The places it may stand for, the likeliest last."""
    if noun == "it" and (subject := _subject_before(told, m)) is not None:
        return [subject]
    if noun == "it" and m.words.lower() != "it" and told.last:
        return [told.last[-1][1]]  # "confirms the capture": of the claim before
    named, claimed = _named_before(told, m, noun), [r for _, r in told.last]
    unsure = (
        noun in told.p.scene.words("places.towns")
        and bool(claimed)
        and bool(named)
        and named[-1].place_id is None
        and not named[-1].members
    )
    # "took X, a base in Y; it was denied that the town had fallen": what nobody knows to be a town stands back
    return [*told.p.earlier, *named, *claimed] if unsure else [*told.p.earlier, *claimed, *named]


def _named_before(told: Told, m: Mention, noun: str) -> list[PlaceRef]:
    """The places named before it that are spoken of as such."""
    scene = told.p.scene
    return [
        told.refs[x.start]
        for x in scene.mentions
        if x.start < m.start
        and x.start in told.refs
        and x.start not in told.aside
        and not x.vague
        and (x.known or told.refs[x.start].members or (x.start and scene.doc[x.start - 1].dep_ == "prep"))
        and not reference_only(scene, x)
        and not is_surname(scene, x)
        and not only_dates(scene, x)
        and not _acts_on(told, x, m)
        and not (noun in LYING and contains_another(scene, x))
    ]


def _of_sentence(told: Told, m: Mention, noun: str, wide: bool) -> list[PlaceRef]:
    """The places of its own sentence that may be meant."""
    scene = told.p.scene
    meant = [x for x in scene.mentions if _may_be_meant(told, x, m) and not _acts_on(told, x, m)]
    here = [told.refs[x.start] for x in meant if not only_dates(scene, x)]
    if not here and not wide and (sole := _only_name_near(told, m)) is not None:
        return [sole]
    if not here and noun in told.p.scene.words("places.towns") and (topic := town_told_of(told, m)) is not None:
        return [topic]
    return here


def _fits(ref: PlaceRef, noun: str, wide: bool) -> bool:
    """Whether a noun can stand for a place."""
    if ref.kind is PlaceKind.COUNTRY or ref.kind is PlaceKind.UNNAMED:
        return False
    if noun in ("it", "territory"):
        return True
    if noun == "area" and ref.kind is PlaceKind.SETTLEMENT:
        return False
    return ref.kind is (PlaceKind.REGION if wide else PlaceKind.SETTLEMENT)


def _around(told: Told, m: Mention, noun: str, wide: bool, candidates: list[PlaceRef]) -> PlaceRef | None:
    """A place of the text before the passage, or around those that it names."""
    regional = noun in ("region", "oblast", "province")
    found = (governed_region(told, m) if regional else None) or from_context(told.p, m, wide)
    if found is None and noun.removesuffix("'s") in told.p.scene.words("places.towns") and m.words.lower() != "there":
        found = only_town(told, m) or governed_town(told, m)
    if found is not None:
        return found
    if noun in ("enclave", "strip"):
        coast = next((r for r in reversed(candidates) if "gaza" in r.words.lower()), None)
        if coast is not None:  # "the enclave" of that war, called after its city
            return replace(coast, words=m.words, span=told.p.span_of(m.start, m.end), kind=PlaceKind.REGION)
    if noun == "peninsula":
        return peninsula(told.p, m)
    known = [r for r in candidates if r.place_id is not None or r.members]
    return region_around(told.p, m, known) if regional else None


def _object_before(told: Told, m: Mention) -> PlaceRef | None:
    """The town that the verb joined to that of "the town" is about: "seeks to take X to cut Y's road to Z, but is far from the town"."""
    scene = told.p.scene
    if m.words.lower() != f"the {m.anaphor}":
        return None
    clause = next((t for t in scene.doc[m.end - 1].ancestors if t.dep_ == "conj" and t.tag_.startswith("VB")), None)
    if clause is None or not clause.head.tag_.startswith("VB") or clause.head.i > clause.i:
        return None
    for verb in (clause.head, *(c for c in clause.head.children if c.dep_ == "xcomp" and c.i < clause.i)):
        for c in verb.children:
            x = scene.inside(c.i) if c.dep_ == "dobj" and c.i < clause.i else None
            named = x is not None and x.head is None and not x.anaphor and x.kind is PlaceKind.SETTLEMENT
            if x is not None and named and (ref := told.refs.get(x.start)) is not None:
                return told.back_to(m, ref)
    return None


def _acts_on(told: Told, x: Mention, m: Mention) -> bool:
    """Whether a name is the subject of the verb whose object points back: "Baku retook it"."""
    subject, it = told.p.scene.doc[x.end - 1], told.p.scene.doc[m.end - 1]
    return subject.dep_ == "nsubj" and it.dep_ in ("dobj", "pobj") and subject.head.i == it.head.i


def _at_an_object(scene: Scene, m: Mention) -> bool:
    """Whether "there" is where something called after a place lies: "fired at the X pocket, which confirms that they are there"."""
    start = scene.sentence[m.start][0]
    before = [x for x in scene.mentions if start <= x.start < m.start and not x.anaphor]
    return bool(before) and before[-1].head not in (None, "area")


def _in_brackets(scene: Scene, m: Mention) -> bool:
    """Whether a bracket says which town is meant, and it is none spoken of before: "the town (X) has been taken"."""
    k = m.end
    return scene.low[k : k + 1] == ("(",) and scene.low[k + 2 : k + 3] == (")",) and scene.tag[k + 1] == "NNP"


def _subject_before(told: Told, m: Mention) -> PlaceRef | None:
    """The place that is subject of the sentence before one that begins with "its" or "it", or of the clause around "when they
    took it", where no other place stands between.
    """
    scene = told.p.scene
    start = scene.sentence[m.start][0]
    if m.start - start < 2 and start:
        root = next((t for t in scene.doc[scene.sentence[start - 1][0] : start] if t.dep_ == "ROOT"), None)
        heads = [root] if root is not None else []
    else:
        clause = next((t for t in scene.doc[m.start].ancestors if t.dep_ == "advcl"), None)
        heads = [clause.head] if clause is not None and clause.head.i < m.start else []
    for head in heads:
        for c in head.children:
            x = scene.inside(c.i) if c.dep_ in ("nsubj", "nsubjpass") and c.i < min(head.i, m.start) else None
            named = (
                x is not None
                and x.head is None
                and not x.anaphor
                and x.kind in (PlaceKind.SETTLEMENT, PlaceKind.REGION)
            )
            if x is not None and named and x.start in told.refs and not is_surname(scene, x):
                own = max(x.end, scene.doc[c.i].right_edge.i + 1)  # "X, a town in Y, was burned after they took it"
                between = any(own <= y.start < m.start and y.kind is PlaceKind.SETTLEMENT for y in scene.mentions)
                return None if between and m.start - start >= 2 else told.refs[x.start]
    return None


def _named_ahead(told: Told, m: Mention) -> PlaceRef | None:
    """The subject of the clause behind "after it was captured,", if that describes it or no place stands before: "X became a hub"."""
    scene = told.p.scene
    token, clause = scene.doc[m.start], scene.doc[m.start].head
    if token.dep_ not in ("nsubjpass", "nsubj") or clause.dep_ != "advcl" or clause.head.i < clause.i:
        return None
    subject = next((c for c in clause.head.children if c.dep_ in ("nsubj", "nsubjpass") and c.i > clause.i), None)
    x = scene.inside(subject.i) if subject is not None else None
    if x is None or x.anaphor or x.head is not None or x.start not in told.refs:
        return None
    ref = told.refs[x.start]
    first = not any(y.start < m.start and y.kind is PlaceKind.SETTLEMENT and y.known for y in scene.mentions)
    if ref.kind not in (PlaceKind.SETTLEMENT, PlaceKind.REGION) or not (first or clause.head.lemma_ in DESCRIBES):
        return None
    told.used.append(ref)
    return replace(ref, span=told.p.span_of(m.start, m.end), reasons=(f"“{m.words}” is {ref.words}, named later", *ref.reasons))  # fmt: skip


def _same_town(told: Told, m: Mention) -> Mention | None:
    """ "The town" that the sentence speaks of last before "it"."""
    scene = told.p.scene
    last = next(
        (
            x
            for x in reversed(scene.mentions)
            if x.start < m.start and scene.sentence[x.start] == scene.sentence[m.start]
        ),
        None,
    )
    return last if last is not None and last.anaphor in scene.words("places.towns") and last.head is None else None


def _may_be_meant(told: Told, x: Mention, m: Mention) -> bool:
    """Whether a name in the same sentence may be what "the town" stands for, though no gazetteer knows it."""
    scene = told.p.scene
    same = x.start in told.refs and scene.sentence[x.start] == scene.sentence[m.start]
    if same and x.start > m.start:
        headline = (
            m.words.lower() == m.anaphor
            and m.anaphor in scene.words("places.towns")
            and scene.low[m.start - 1] in scene.words("clauses.saying")
        )
        return x.known and (headline or speaks_for(told.p.scene, x))  # "denies city has fallen as they enter X"
    k = x.end + (scene.low[x.end : x.end + 1] in (("'s",), ("’s",)))
    if (
        same
        and x.known
        and m.anaphor in scene.words("places.towns")
        and scene.low[k : k + 1]
        and scene.low[k] in scene.cues.offices
    ):
        return True  # "Mykolaiv's governor denied that the city had fallen"
    bare = m.words.lower() == m.anaphor and m.anaphor != "it"
    if same and bare and x.known and x.head is not None:  # "X residents flee as rebels enter city"
        return x.head not in scene.words("places.direction") | {"river", "line"}
    named = x.head is None and not x.anaphor and not x.vague and x.kind is not PlaceKind.UNNAMED
    if (m.anaphor or m.words.lower()) in LYING and contains_another(scene, x):
        return False
    if speaks_from(scene, x) and any(at >= scene.sentence[x.start][0] for at, _ in told.last):
        return False  # "Y took X, it said, but a commander in Z denied that the city had fallen"
    begin = scene.begin(x)
    peopled = begin > 1 and scene.low[begin - 1] == "of" and scene.low[begin - 2] in scene.words("places.peopled")
    named = named and (peopled or (same and told.refs[x.start].place_id is not None))
    return same and named and not reference_only(told.p.scene, x) and not is_surname(told.p.scene, x)


def _only_name_near(told: Told, m: Mention) -> PlaceRef | None:
    """The one name of the sentence, if fighting is told near it: "repelled an attack near X, ... advanced to the settlement"."""
    scene, found = told.p.scene, []
    for x in scene.mentions:
        if x.start < m.start and scene.sentence[x.start] == scene.sentence[m.start] and x.start in told.refs:
            found.append(x)
    if (
        m.words.lower() == "it"
        or len(found) != 1
        or found[0].head is not None
        or found[0].kind is not PlaceKind.SETTLEMENT
    ):
        return None
    beside = scene.low[scene.previous(found[0].start)] in ("near", "toward", "towards")
    return told.refs[found[0].start] if beside else None


def _beside(told: Told, m: Mention) -> PlaceRef | None:
    """The place that stands beside "the capital": "the capital, X, which they hold"."""
    after = told.p.scene.at.get(m.end + 1) if told.p.scene.low[m.end : m.end + 1] == (",",) else None
    ref = told.refs.get(after.start) if after is not None and after.head is None else None
    if ref is None or ref.kind is not PlaceKind.SETTLEMENT:
        return None
    told.used.append(ref)
    return ref


def _here(p: Passing, span: Span) -> bool:
    offsets = p.passage.offsets
    return bool(offsets) and offsets[0] <= span.start <= offsets[-1]

"""What ground the mentions of a passage stand for: ids by resolve.places, anaphors by what was spoken of before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reportedly.knowledge.areas import load_areas
from reportedly.model import PlaceKind, PlaceRef, Relation, Span
from reportedly.read.antecedents import list_left
from reportedly.read.asserted import Assertion
from reportedly.read.elided import CLAIMED, ELIDED, attacks_before
from reportedly.read.scene import Mention, Scene
from reportedly.read.target import Target
from reportedly.resolve import phrases
from reportedly.resolve.places import Mention as Words
from reportedly.resolve.places import resolve_places

if TYPE_CHECKING:
    from reportedly.read.passing import Passing

__all__ = ["Ground"]

COMPASS = re.compile(r"^(?:the )?(north|south|east|west|central)", re.IGNORECASE)
WIDE = frozenset({"region", "oblast", "province", "territory", "district", "area", "peninsula", "state", "enclave"})
COUNTRY = frozenset({"country"})
BEFORE = frozenset({"after", "since", "when"})
MAINLY = 0.3  # weight of a country in which the parties of a text fight most


def _loose(ref: PlaceRef) -> bool:
    """Whether a place is known by a loose spelling only, or by a part of its name ("Numan" for "Maarat al-Numan")."""
    if not ref.reasons or not ref.reasons[0].startswith(("exact", "alternate")):
        return True
    return (
        " " in ref.words
        and bool(ref.name)
        and len(ref.name or "") <= len(ref.words) * 0.6
        and ref.reasons[0].startswith("exact")
    )


def _goes_on(years: str, year: int) -> bool:
    """Whether a war of the years "2014/", "2013/2017" or "2008" is fought in a year."""
    first, _, last = years.partition("/")
    return int(first) <= year and (years.endswith("/") or year <= int(last or first) + 1)


def _went_before(scene: Scene, cue: int) -> bool:
    """Whether a cue stands in a clause of what went before ("a week after X fell", "after taking X")."""
    token = scene.doc[cue]
    for _ in range(3):
        if any(c.lower_ in BEFORE and c.dep_ in ("mark", "prep", "advmod") and c.i < token.i for c in token.children):
            return True
        if token.dep_ == "pcomp" and token.head.lower_ in BEFORE:
            return True
        if token.head.i == token.i or token.dep_ not in ("advcl", "pcomp", "conj"):
            return False
        token = token.head
    return False


class Ground:
    """Resolves the places of a passage's assertions once, and remembers them for "the town" and "it"."""

    def __init__(self, p: Passing, assertions: Sequence[Assertion]):
        self.p = p
        self.used: list[PlaceRef] = []
        self._refs: dict[int, PlaceRef] = {}
        self._last: list[tuple[int, PlaceRef]] = []
        self._aside: set[int] = set()  # names in clauses of what went before: "a week after X fell"
        self.group: list[PlaceRef] = []  # what "them" may stand for, and the sentence it was told in
        self.group_at: tuple[int, int] | None = None
        self._resolve(self._wanted(assertions))

    def _wanted(self, assertions: Sequence[Assertion]) -> list[Mention]:
        """Every named mention of the passage: those of claims, and the others as evidence for them and for anaphors."""
        found = {m.start: m for m in self.p.scene.mentions if m.anaphor is None and m.kind != PlaceKind.UNNAMED}
        for a in assertions:
            for target in a.targets:
                m = target.mention
                if m.anaphor is None and m.kind != PlaceKind.UNNAMED:
                    same = m.start in found and found[m.start].words == m.words
                    found[m.start] = found[m.start] if same else m
        return [found[k] for k in sorted(found)]

    def _resolve(self, mentions: list[Mention]) -> None:
        """Resolve all named mentions together."""
        p, doc = self.p, self.p.scene.doc
        mentions = [m for m in mentions if not self._land(m)]
        words = [
            Words(start=doc[m.start].idx, end=doc[m.end - 1].idx + len(doc[m.end - 1].text), words=m.words)
            for m in mentions
        ]
        refs = resolve_places(
            p.passage.text,
            words,
            p.knowledge.gazetteer,
            published=p.report.published.date(),
            memory=p.memory,
            context=p.context,
            theatre=(theatre := self._theatre()),
            line=None if p.memory else False,  # a line of a chronicle leaves to the memory which village is meant
        )
        wide = [ref for ref in refs if ref.kind is not PlaceKind.SETTLEMENT]
        near = {*self._homes(), *(c for ref in wide for c in self.countries(ref))}
        spoken_of = {*theatre, *near}
        near |= {c for c, weight in theatre.items() if weight >= max(theatre.values()) / 2 and weight >= MAINLY}
        near |= {c for ref in refs if not _loose(ref) for c in self.countries(ref)}
        for mention, ref in zip(mentions, refs, strict=True):
            span = p.span_of(mention.start, mention.end)
            if mention.vague:
                ref = PlaceRef(
                    words=mention.words,
                    kind=PlaceKind.REGION,
                    within=ref.place_id,
                    reasons=("a part of a country without borders of its own",),
                )
            kind = PlaceKind.COUNTRY if mention.kind is PlaceKind.COUNTRY else ref.kind
            ref = self._at_war(ref, near if _loose(ref) else spoken_of)
            self._refs[mention.start] = replace(ref, span=span, words=mention.words, kind=kind)

    def _homes(self) -> set[str]:
        """The own countries of the parties of the passage."""
        parties = self.p.knowledge.parties
        named = [parties.party(s.word.party) for s in self.p.scene.sides if s.word.party is not None]
        for side in self.p.scene.sides:
            if side.word.party is None:  # "Syrian rebels"
                named.append(parties.party_of(side.word.words.split()[0]))
        return {c for party in named if party is not None for c in (*party.countries, party.country) if c is not None}

    def _at_war(self, ref: PlaceRef, spoken_of: set[str]) -> PlaceRef:
        """Without its id where it would lie in a country that the text does not speak of: one without a war, or by a loose spelling.

        Abroad the gazetteer knows towns only: "Palma" in a text on Mozambique is a place that it lacks, not Mallorca's.
        """
        place = self.p.knowledge.gazetteer.place(ref.place_id) if ref.place_id is not None else None
        if (
            place is None
            or not spoken_of
            or place.country in spoken_of | {"UA", "RU"}
            or ref.kind is not PlaceKind.SETTLEMENT
        ):
            return ref
        wars = {c for war in self.p.knowledge.parties.wars.values() for c in war.countries}
        if place.country in wars and not _loose(ref):
            return ref
        reason = f"“{ref.words}” in {place.country} is not meant: the text speaks of {', '.join(sorted(spoken_of))}"
        return replace(ref, place_id=None, name=None, probability=0.0, candidates=(), reasons=(reason,))

    def _theatre(self) -> dict[str, float]:
        """Countries where the parties of the passage fight, their own aside, with weights: who acts tells where."""
        p, weights = self.p, dict[str, float]()
        year = p.report.published.year
        for id_ in {s.word.party for s in p.scene.sides if s.word.party is not None and s.word.kind != "backer"}:
            party = p.knowledge.parties.party(id_)
            wars = [p.knowledge.parties.wars[w] for w in party.wars] if party is not None else []
            lands = {c for war in wars if _goes_on(war.years, year) for c in war.countries}
            lands -= {party.country} if party is not None else set()
            for country in lands:
                weights[country] = weights.get(country, 0.0) + 1.0 / len(lands)
        return weights

    def _metonym(self, ref: PlaceRef) -> PlaceRef:
        """ "Luhansk" for the region, where the claims so far are about "Luhansk region" and nobody speaks of the city."""
        name = ref.words.lower()
        place = self.p.knowledge.gazetteer.place(ref.place_id) if ref.place_id is not None else None
        if place is not None and f"{place.country}.{place.admin1}" in phrases.words("city_regions"):
            return ref  # Kyiv is no part of Kyiv Oblast
        if (
            ref.kind is not PlaceKind.SETTLEMENT
            or " " in name
            or re.search(
                rf"{re.escape(name)} city|city of {re.escape(name)}",
                self.p.context.lower() + self.p.passage.text.lower(),
            )
        ):
            return ref
        for other in reversed(self.p.earlier):
            words = other.words.lower().split()
            if other.kind is PlaceKind.REGION and other.place_id is not None and len(words) == 2 and words[0] == name:
                return replace(
                    other,
                    words=ref.words,
                    span=ref.span,
                    reasons=(f"“{ref.words}” for {other.words}, which the text is about", *other.reasons),
                )
        return ref

    def _as_region(self, ref: PlaceRef, name: str | None = None) -> PlaceRef:
        """The region called like a town, where the words speak of regions ("four regions: A, B, C and D", "the A governor")."""
        for match in self.p.knowledge.gazetteer.find(f"{name or ref.words} Oblast", fuzzy=False):
            place = match.place
            if place.kind is PlaceKind.REGION:
                return replace(
                    ref, kind=PlaceKind.REGION, place_id=place.id, name=place.name, within=None, candidates=(),
                    reasons=(f"“{ref.words}” is spoken of as a region", *ref.reasons),
                )  # fmt: skip
        return ref

    def never_held(self, ref: PlaceRef, party: str) -> PlaceRef:
        """The region instead of its capital, where a party that never held the capital is said to hold it ("occupied X")."""
        towns = load_areas().never_held.get(party, frozenset())
        return self._as_region(ref, ref.name) if ref.place_id in towns and not self._called_city(ref) else ref

    def _called_city(self, ref: PlaceRef) -> bool:
        """Whether the name of a place stands beside "city"."""
        name = re.escape(ref.words.lower())
        return re.search(rf"{name} city|city of {name}", self.p.passage.text.lower()) is not None

    def _governed(self, m: Mention) -> PlaceRef | None:
        """The region whose governor speaks: "the Luhansk governor said that most of the region"."""
        for x in reversed(self.p.scene.mentions):
            if x.start < m.start and x.head in ("governor", "head") and x.start in self._refs and x.known:
                ref = self._as_region(self._refs[x.start])
                if ref.kind is PlaceKind.REGION:
                    return replace(ref, words=m.words, span=self.p.span_of(m.start, m.end))
        return None

    def _land(self, m: Mention) -> bool:
        """Resolve "Ukrainian territory" to its country."""
        p = self.p
        side = p.scene.side_at.get(m.start)
        party = p.knowledge.parties.party(side.word.party) if side is not None and side.word.party else None
        if m.kind is not PlaceKind.COUNTRY or party is None or party.country is None:
            return False
        country = self._country_of(party.name, party.country)
        if country is None:
            return False
        span = p.span_of(m.start, m.end)
        self._refs[m.start] = replace(country, words=m.words, span=span, reasons=(f"the country of {party.id}",))
        return True

    def refs(self, target: Target) -> list[PlaceRef]:
        """The places that a target stands for: one, or none if an anaphor has nothing to point back to."""
        m = target.mention
        if m.kind is PlaceKind.UNNAMED:
            ref = PlaceRef(
                words=m.words, span=self.p.span_of(m.start, m.end), kind=PlaceKind.UNNAMED, count=m.count,
                within=self._within(target), reasons=("a group without names",),
            )  # fmt: skip
            return [ref]
        if m.anaphor is not None:
            if not self.p.options.anaphora:
                return []
            if m.anaphor == "both":
                return self._pair(m)
            if m.anaphor == ELIDED:
                return self._attacked(m)
            if m.anaphor == CLAIMED:
                sentence = self.p.scene.sentence
                here = [ref for at, ref in self._last if sentence[at] == sentence[m.start]]
                return [replace(here[-1], span=self.p.span_of(m.start, m.end))] if here else []
            if m.anaphor == "them":
                return [replace(ref, span=self.p.span_of(m.start, m.end)) for ref in self._group(m)]
            found = self._antecedent(m)
            return [found] if found else []
        if m.part and m.kind is PlaceKind.COUNTRY and m.start not in self._refs:
            self._resolve([m])
        if m.start not in self._refs:
            self._resolve([m])
        ref = self._refs[m.start]
        ref = self._metonym(ref)
        if ref.kind is PlaceKind.SETTLEMENT and self._named_together(m):
            ref = self._as_region(ref)
        if m.kind is PlaceKind.REGION and ref.kind is PlaceKind.SETTLEMENT and m.known:
            ref = self._as_region(ref)
        self.used.append(ref)
        return [replace(ref, words=m.words) if m.words != ref.words else ref]

    def _named_together(self, m: Mention) -> bool:
        """Whether the name stands beside that of another region, as only regions do: "in Donetsk and Luhansk"."""
        pair, scene = phrases.words("named_together"), self.p.scene
        if m.words.lower() not in pair or m.direction:
            return False
        for x in scene.mentions:
            other = x.words.lower() in pair and x.words.lower() != m.words.lower()
            if other and scene.low[min(x.end, m.end) : max(x.start, m.start)] in (("and",), ("or",)):
                last = max(x.end, m.end)
                return scene.low[last : last + 1] not in (("cities",), ("city",), ("airports",), ("axes",))
        return False

    def _pair(self, m: Mention) -> list[PlaceRef]:
        """ "both cities", "these settlements": the two places, or the list of places, named last before it."""
        found: list[PlaceRef] = []
        if self.p.scene.low[m.start] == "these":
            last = [
                x
                for x in self.p.scene.mentions
                if x.start < m.start and x.start in self._refs and not self._reference_only(x)
            ]
            named = list_left(self.p.scene, last[-1]) if last and last[-1].kind is PlaceKind.SETTLEMENT else []
            return [self._refs[x.start] for x in named if x.start in self._refs] if len(named) > 1 else []
        for x in reversed(self.p.scene.mentions):
            ref = self._refs.get(x.start)
            if (
                x.start < m.start
                and ref is not None
                and x.head is None
                and x.kind is PlaceKind.SETTLEMENT
                and not self._reference_only(x)
                and all(ref.words != other.words for other in found)
            ):
                found.insert(0, ref)
            if len(found) == 2:
                return found
        return []

    def _attacked(self, m: Mention) -> list[PlaceRef]:
        """The first place of the sentence before, if it tells of an attack: there a gain without a place is made."""
        scene = self.p.scene
        stop = scene.sentence[m.start][0]
        start = scene.sentence[stop - 1][0] if stop else 0
        if not stop or not attacks_before(scene, start, stop):
            return []
        first = next(
            (x for x in scene.mentions if start <= x.start < stop and x.head is None and x.known and not x.anaphor),
            None,
        )
        ref = self._refs.get(first.start) if first is not None else None
        if ref is None or ref.kind not in (PlaceKind.SETTLEMENT, PlaceKind.REGION):
            return []
        self.used.append(ref)
        return [replace(ref, reasons=(f"the attack was at {ref.words}", *ref.reasons))]

    def _within(self, target: Target) -> int | None:
        """The region that a group lies in, where the words say it."""
        if target.container is not None:
            ref = self._refs.get(target.container.start)
            return (ref.place_id or ref.within) if ref else None
        wide = [r for _, r in self._last if r.kind is PlaceKind.REGION]
        if (
            not wide
        ):  # "two villages remained free" opens a paragraph: they lie where the text's claims so far are about
            wide = [r for r in self.p.earlier if r.kind is PlaceKind.REGION and r.place_id is not None][-1:]
        return wide[-1].place_id if wide else None

    def _antecedent(self, m: Mention) -> PlaceRef | None:
        """What "the town", "the entire territory" or "it" points back to: the last claim's place, else the last place named."""
        noun = m.anaphor or "it"
        if m.words.lower() == "it" and self._of_an_object(m):
            return None
        if noun in COUNTRY:
            return PlaceRef(
                words=m.words,
                span=self.p.span_of(m.start, m.end),
                kind=PlaceKind.COUNTRY,
                reasons=("a country not named here",),
            )
        if noun == "territory" and (owner := self._own_country(m)) is not None:
            return owner
        if noun == "territory" and self._only_told_behind(m):
            return None
        wide = noun in WIDE
        if (called := self._called(m, noun)) is not None:
            return called
        if noun == "capital" and (apposed := self._beside(m)) is not None:
            return apposed
        if noun == "capital" and m.words.lower() == "the capital" and (seat := self._seat(m)) is not None:
            return seat
        named = [
            self._refs[x.start]
            for x in self.p.scene.mentions
            if x.start < m.start
            and x.start in self._refs
            and x.start not in self._aside
            and not x.vague
            and (x.known or self._refs[x.start].members or (x.start and self.p.scene.doc[x.start - 1].dep_ == "prep"))
            and not self._reference_only(x)
            and not self._surname(x)
        ]
        candidates = [*self.p.earlier, *(r for _, r in self._last), *named]
        if noun == "it" and m.words.lower() != "it" and self._last:
            candidates = [self._last[-1][1]]  # "confirms the capture": of the claim before
        known = [r for r in candidates if r.place_id is not None or r.members]
        here = [self._refs[x.start] for x in self.p.scene.mentions if self._may_be_meant(x, m)]
        if not here and not wide and (sole := self._only_name_near(m)) is not None:
            here = [sole]
        for ref in (*reversed(here), *reversed(known), *reversed(candidates)):
            if ref.kind is PlaceKind.COUNTRY or ref.kind is PlaceKind.UNNAMED:
                continue
            if (
                noun in ("it", "territory")
                or (wide and ref.kind is PlaceKind.REGION)
                or (not wide and ref.kind is PlaceKind.SETTLEMENT)
            ):
                if noun == "area" and ref.kind is PlaceKind.SETTLEMENT:
                    continue
                inside = ref.span is not None and self._here(ref.span)
                words = ref.words if inside else m.words if noun != "it" else ref.words
                self.used.append(ref)
                return replace(
                    ref,
                    words=words,
                    span=self.p.span_of(m.start, m.end),
                    reasons=(f"“{m.words}” points back to {ref.words}", *ref.reasons),
                )
        regional = noun in ("region", "oblast", "province")
        governed = self._governed(m) if regional else None
        found = governed or self._from_context(m, wide)
        if found is None and noun == "peninsula":
            return self._peninsula(m)
        return found or (self._around(m, known) if regional else None)

    def _peninsula(self, m: Mention) -> PlaceRef | None:
        """The one peninsula that this war is about, where nothing else is named."""
        if not {"UA", "RU"} & {s.word.party for s in self.p.scene.sides}:
            return None
        name = next(iter(self.p.scene.words("names.peninsula"))).capitalize()
        place = next((x.place for x in self.p.knowledge.gazetteer.find(name) if x.place.kind is PlaceKind.REGION), None)
        return None if place is None else PlaceRef(
            words=m.words, span=self.p.span_of(m.start, m.end), kind=PlaceKind.REGION, place_id=place.id, name=place.name,
            probability=1.0, reasons=(f"“{m.words}” of this war is {name}",),
        )  # fmt: skip

    def _around(self, m: Mention, known: Sequence[PlaceRef]) -> PlaceRef | None:
        """The oblast of the seat spoken of last, else of the settlement, where the text names none for "the region"."""
        gazetteer = self.p.knowledge.gazetteer
        towns = [
            (r, gazetteer.place(r.place_id)) for r in reversed(known) if r.kind is PlaceKind.SETTLEMENT and r.place_id
        ]
        ours = [(r, place) for r, place in towns if place is not None and place.country == "UA"]
        seats = [(r, place) for r, place in ours if place.feature == "PPLA"]
        town, place = next(iter(seats or ours), (None, None))
        region = next((x for x in gazetteer.regions("UA") if place is not None and x.admin1 == place.admin1), None)
        if towns and not ours and towns[0][1] is not None:
            return PlaceRef(
                words=m.words, span=self.p.span_of(m.start, m.end), kind=PlaceKind.REGION,
                reasons=(f"“{m.words}” is the one around {towns[0][0].words}, which has no id here",),
            )  # fmt: skip
        if town is None or region is None or region.feature != "ADM1":
            return None
        return PlaceRef(
            words=m.words,
            span=self.p.span_of(m.start, m.end),
            kind=PlaceKind.REGION,
            place_id=region.id,
            name=region.name,
            probability=1.0,
            reasons=(f"“{m.words}” is the one around {town.words}",),
        )

    def _called(self, m: Mention, noun: str) -> PlaceRef | None:
        """The last name before "the island" that says it is one and that the gazetteer lacks: "Grey Island"."""
        for x in reversed(self.p.scene.mentions):
            ref = self._refs.get(x.start) if x.start < m.start and x.head is None else None
            if ref is not None and ref.kind is PlaceKind.OTHER and ref.words.lower().endswith(f" {noun}"):
                self.used.append(ref)
                return replace(ref, span=self.p.span_of(m.start, m.end), reasons=(f"“{m.words}” points back to {ref.words}",))  # fmt: skip
        return None

    def _only_told_behind(self, m: Mention) -> bool:
        """Whether "the territory" is told by what follows alone: "more of the territory that they claim to have annexed"."""
        scene = self.p.scene
        if m.end >= scene.sentence[m.start][1] or "the" not in scene.low[max(0, m.start - 1) : m.end]:
            return False
        k = m.end + 1 if scene.low[m.end] in ("that", "which") else m.end
        return k < len(scene.low) and (scene.tag[k] == "PRP" or k in scene.side_at)

    def _of_an_object(self, m: Mention) -> bool:
        """Whether "it" takes up an object named after a place: "fought for the X dam until it was captured"."""
        scene = self.p.scene
        start = scene.sentence[m.start][0]
        last = next((x for x in reversed(scene.mentions) if start <= x.start < m.start and x.anaphor is None), None)
        return last is not None and last.head in scene.words("objects.not_places")

    def _only_name_near(self, m: Mention) -> PlaceRef | None:
        """The one name of the sentence, if fighting is told near it: "repelled an attack near X, ... advanced to the settlement"."""
        scene, found = self.p.scene, []
        for x in scene.mentions:
            if x.start < m.start and scene.sentence[x.start] == scene.sentence[m.start] and x.start in self._refs:
                found.append(x)
        if (
            m.words.lower() == "it"
            or len(found) != 1
            or found[0].head is not None
            or found[0].kind is not PlaceKind.SETTLEMENT
        ):
            return None
        beside = scene.low[scene.previous(found[0].start)] in ("near", "toward", "towards")
        return self._refs[found[0].start] if beside else None

    def _seat(self, m: Mention) -> PlaceRef | None:
        """The capital of the country that the passage plays in, unless the town spoken of last is called a capital."""
        gazetteer, parties = self.p.knowledge.gazetteer, self.p.knowledge.parties
        towns = [r for r in (*self.p.earlier, *(r for _, r in self._last)) if r.kind is PlaceKind.SETTLEMENT]
        told = f"{self.p.context} {self.p.passage.text}"
        if not towns or re.search(
            rf"\bcapital\b[^.]{{0,20}}{re.escape(towns[-1].words)}|{re.escape(towns[-1].words)}[^.]{{0,40}}\bcapital\b",
            told,
        ):
            return None
        country = next((c for town in reversed(towns) for c in self.countries(town)), None)
        state = parties.state_of(country) if country is not None else None
        for name in state.seats if state is not None else ():
            places = (x.place for x in gazetteer.find(name, fuzzy=False) if x.place.kind is PlaceKind.SETTLEMENT)
            place = next((x for x in places if x.country == country), None)
            if place is not None:
                words = name if re.search(rf"\b{re.escape(name)}\b", self.p.passage.text) else m.words
                return PlaceRef(
                    words=words, span=self.p.span_of(m.start, m.end), kind=PlaceKind.SETTLEMENT, place_id=place.id,
                    name=place.name, probability=1.0, reasons=(f"“{m.words}” is {name}, that of {country}",),
                )  # fmt: skip
        return None

    def _beside(self, m: Mention) -> PlaceRef | None:
        """The place that stands beside "the capital": "the capital, X, which they hold"."""
        after = self.p.scene.at.get(m.end + 1) if self.p.scene.low[m.end : m.end + 1] == (",",) else None
        ref = self._refs.get(after.start) if after is not None and after.head is None else None
        if ref is None or ref.kind is not PlaceKind.SETTLEMENT:
            return None
        self.used.append(ref)
        return ref

    def _group(self, m: Mention) -> list[PlaceRef]:
        """What "them" points back to in "took two villages after losing them": the places of the claim before."""
        return self.group if self.group_at == self.p.scene.sentence[m.start] else []

    def note(self, refs: Sequence[PlaceRef], token: int) -> None:
        """Keep the places of an assertion for "them", if they are several or a group without names."""
        if len(refs) > 1 or (refs and refs[0].kind is PlaceKind.UNNAMED and refs[0].count != 1):
            self.group, self.group_at = list(refs), self.p.scene.sentence[token]

    def _own_country(self, m: Mention) -> PlaceRef | None:
        """The country in "Ukraine lost a fifth of its territory": that of the state named last, no region being named after it."""
        scene, parties = self.p.scene, self.p.knowledge.parties
        start = scene.sentence[m.start][0]
        if m.words.split()[0].lower() not in ("its", "their"):
            return None
        owner = next((s for s in reversed(scene.sides) if start <= s.start < m.start), None)
        party = parties.party(owner.word.party) if owner is not None and owner.word.party else None
        if owner is None or party is None or party.kind != "state" or party.country is None:
            return None
        if any(owner.end <= x.start < m.start and x.kind is PlaceKind.REGION for x in scene.mentions):
            return None
        country = self._country_of(party.name, party.country)
        return country and replace(
            country,
            words=party.name,
            span=self.p.span_of(m.start, m.end),
            reasons=(f"“{m.words}” is that of {party.id}",),
        )

    def _country_of(self, name: str, code: str) -> PlaceRef | None:
        """The country of a party, as the gazetteer has it."""
        for match in self.p.knowledge.gazetteer.find(name, fuzzy=False):
            if match.place.kind is PlaceKind.COUNTRY and match.place.country == code:
                return PlaceRef(
                    words=name, kind=PlaceKind.COUNTRY, place_id=match.place.id, name=match.place.name, probability=1.0
                )
        return None

    def _may_be_meant(self, x: Mention, m: Mention) -> bool:
        """Whether a name in the same sentence may be what "the town" stands for, though no gazetteer knows it."""
        scene = self.p.scene
        same = x.start in self._refs and scene.sentence[x.start] == scene.sentence[m.start]
        if same and x.start > m.start:
            return x.known and self._speaks_for(x)
        bare = m.words.lower() == m.anaphor and m.anaphor != "it"
        if same and bare and x.known and x.head is not None:  # "X residents flee as rebels enter city"
            return x.head not in scene.words("places.direction") | {"river", "line"}
        named = x.head is None and not x.anaphor and not x.vague and x.kind is not PlaceKind.UNNAMED
        peopled = (
            x.start > 1 and scene.low[x.start - 1] == "of" and scene.low[x.start - 2] in scene.words("places.peopled")
        )
        named = named and (peopled or (same and self._refs[x.start].place_id is not None))
        return same and named and not self._reference_only(x) and not self._surname(x)

    def _surname(self, x: Mention) -> bool:
        """Whether a name that a place bears too ends a longer one: "Tom Barlow died in the fighting there"."""
        scene = self.p.scene
        first = scene.doc[x.start - 1] if x.start else None
        return (
            first is not None
            and first.dep_ == "compound"
            and scene.tag[first.i] == "NNP"
            and x.start <= first.head.i < x.end
            and not any(s.start <= first.i < s.end for s in scene.sides)
        )

    def _speaks_for(self, x: Mention) -> bool:
        """Whether a name behind "the city" only says whose people or mayor speaks: "the city is quiet, Huliaipole's mayor said"."""
        low, peopled = self.p.scene.low, self.p.scene.words("places.peopled")
        if x.start > 1 and low[x.start - 1] == "of" and low[x.start - 2] in peopled:
            return True
        k = x.end + 1 if low[x.end : x.end + 1] in (("'s",), ("’s",)) else x.end
        return bool(peopled & set(low[k : k + 1]))

    def _here(self, span: Span) -> bool:
        offsets = self.p.passage.offsets
        return bool(offsets) and offsets[0] <= span.start <= offsets[-1]

    def _reference_only(self, x: Mention) -> bool:
        """Whether a mention only places another ("12 km west of X", "near X")."""
        k = self.p.scene.previous(x.start)
        if (
            k > 0
            and self.p.scene.low[k] in ("in", "at")
            and self.p.scene.low[k - 1] in self.p.scene.words("places.seated")
        ):
            return True  # "the government in Kinshasa said that parts of the city"
        left = self.p.scene.low[k - 1] if k > 0 and self.p.scene.low[k] == "from" else ""
        rows = (*(c for c, _ in self.p.scene.cues.verbs.get(left, ())), *self.p.scene.cues.nouns.get(left, ()))
        if any(c.frame.relation is Relation.LOSES for c in rows):
            return False  # "withdrawing from X" is about X
        return x.head is not None or (k >= 0 and self.p.scene.low[k] in ("of", "near", "from", "toward", "towards") and k > 0 and (
            self.p.scene.low[k] != "of" or self.p.scene.low[k - 1] in self.p.scene.words("places.compass")
        ))  # fmt: skip

    def _from_context(self, m: Mention, wide: bool) -> PlaceRef | None:
        """The last fitting place of the text before the passage."""
        context = self.p.context
        if not context or m.anaphor == "it":
            return None
        hits = self.p.knowledge.gazetteer.scan(context)
        words = [Words(start=h.start, end=h.end, words=h.words) for h in hits[-12:]]
        if not words:
            return None
        refs = resolve_places(
            context,
            words,
            self.p.knowledge.gazetteer,
            published=self.p.report.published.date(),
            memory=self.p.memory,
            line=None if self.p.memory else False,
        )
        for ref in reversed(refs):
            if (
                ref.place_id is not None
                and not _opens_loosely(context, ref)
                and (ref.kind is PlaceKind.REGION) == wide
                and ref.kind is not PlaceKind.COUNTRY
            ):
                return replace(
                    ref,
                    words=m.words,
                    span=self.p.span_of(m.start, m.end),
                    reasons=(f"“{m.words}” points back to {ref.words} before the passage", *ref.reasons),
                )
        return None

    def countries(self, ref: PlaceRef) -> list[str]:
        """The countries (ISO 3166-1) that a place lies in, as far as it is known."""
        gazetteer: Any = self.p.knowledge.gazetteer
        ids = (
            [ref.place_id]
            if ref.place_id is not None
            else [ref.within]
            if ref.within is not None
            else [c.place_id for c in ref.candidates[:1]] or list(ref.members[:1])
        )
        found = []
        for place_id in ids:
            place = gazetteer.place(place_id) if place_id is not None else None
            loose = not ref.candidates or not ref.candidates[0].reason.startswith("exact")
            guess = ref.place_id is None and ref.within is None and loose
            homes = self._homes() if guess else set()
            abroad = bool(homes) and homes.isdisjoint(("UA", "RU"))  # of a war abroad: no namesake elsewhere is meant
            if place is not None and place.country and not (abroad and place.country not in homes):
                found.append(place.country)
        return found

    def around(self, token: int) -> list[str]:
        """The countries of the passage's other places, the nearest to a token first: where a place lies that none knows."""
        found: list[str] = []
        for start in sorted(self._refs, key=lambda at: abs(at - token)):
            found += [c for c in self.countries(self._refs[start]) if c not in found]
        return found

    def remember(self, ref: PlaceRef, target: Target, cue: int) -> None:
        """Keep a claimed place for what points back to it; one told of earlier times comes behind that of its sentence."""
        if ref.kind in (PlaceKind.UNNAMED, PlaceKind.COUNTRY):
            return
        start, sentence = target.mention.start, self.p.scene.sentence
        beside = bool(self._last) and sentence[self._last[-1][0]] == sentence[start]
        if beside and _went_before(self.p.scene, cue):
            self._aside.add(start)
            self._last.insert(-1, (start, ref))
            self.p.earlier.insert(-1, ref)
        else:
            self._last.append((start, ref))
            self.p.earlier.append(ref)
        del self.p.earlier[:-30]


def _opens_loosely(text: str, ref: PlaceRef) -> bool:
    """Whether words that open a sentence are but a second spelling of some place's name ("Let us see"): it is not meant."""
    other = bool(ref.candidates) and ref.candidates[0].reason.startswith("alternate")
    return other and ref.span is not None and (text[: ref.span.start].rstrip(" ")[-1:] in ("", *'.!?:"“‘\n'))

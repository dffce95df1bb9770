"""What ground the mentions of a passage stand for: ids by resolve.places, anaphors by what was spoken of before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.model import PlaceKind, PlaceRef
from reportedly.read.ground.as_regions import among_regions, as_region, metonym, named_together
from reportedly.read.ground.countries import (
    MAINLY,
    countries_of,
    country_called,
    home_countries,
    in_a_war,
    is_loose,
    theatre_of,
)
from reportedly.read.ground.implied import attacked, numbered, pair
from reportedly.read.ground.pointing_back import antecedent
from reportedly.read.ground.told import Told
from reportedly.read.ground.topics import spoken_of
from reportedly.read.names.quarters import is_quarter
from reportedly.read.places.elided import CLAIMED, ELIDED, JUST_CLAIMED
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Mention, Scene
from reportedly.read.scene.target import Target
from reportedly.resolve.places import Mention as Words
from reportedly.resolve.places import resolve_places

if TYPE_CHECKING:
    from reportedly.read.scene.passing import Passing

__all__ = ["Ground"]

BEFORE = frozenset({"after", "since", "when"})


class Ground:
    """Resolves the places of a passage's assertions once, and remembers them for "the town" and "it"."""

    def __init__(self, p: Passing, assertions: Sequence[Assertion]):
        self.p = p
        self.told = Told(p)
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
        p, tokens = self.p, self.p.scene.tokens
        mentions = [m for m in mentions if not self._land(m) and not self._quarter(m)]
        text, at = p.passage.whole(p.report.text)
        words = [
            Words(start=at(tokens.start[m.start]), end=at(tokens.end[m.end - 1] - 1) + 1, words=m.words)
            for m in mentions
        ]
        theatre = theatre_of(p)
        refs = resolve_places(
            text,
            words,
            p.knowledge.gazetteer,
            published=p.report.published.date(),
            memory=p.memory,
            context=p.context,
            theatre=theatre,
            line=None if p.memory else False,  # a line of a chronicle leaves to the memory which village is meant
        )
        wide = [ref for ref in refs if ref.kind is not PlaceKind.SETTLEMENT]
        near = {*home_countries(p), *(c for ref in wide for c in countries_of(p, ref))}
        spoken_of = {*theatre, *near}
        near |= {c for c, weight in theatre.items() if weight >= max(theatre.values()) / 2 and weight >= MAINLY}
        near |= {c for ref in refs if not is_loose(ref) for c in countries_of(p, ref)}
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
            ref = in_a_war(p, ref, near if is_loose(ref) else spoken_of)
            self.told.refs[mention.start] = replace(ref, span=span, words=mention.words, kind=kind)

    def _land(self, m: Mention) -> bool:
        """Resolve "Ukrainian territory" to its country."""
        p = self.p
        side = p.scene.side_at.get(m.start)
        party = p.knowledge.parties.party(side.word.party) if side is not None and side.word.party else None
        if m.kind is not PlaceKind.COUNTRY or party is None or party.country is None:
            return False
        country = country_called(p, party.name, party.country)
        if country is None:
            return False
        span = p.span_of(m.start, m.end)
        self.told.refs[m.start] = replace(country, words=m.words, span=span, reasons=(f"the country of {party.id}",))
        return True

    def _quarter(self, m: Mention) -> bool:
        """Leave "the east" without an id: which country's it is the words do not tell."""
        if not is_quarter(m):
            return False
        span = self.p.span_of(m.start, m.end)
        reasons = ("a quarter of a country",)
        self.told.refs[m.start] = PlaceRef(words=m.words, span=span, kind=PlaceKind.REGION, reasons=reasons)
        return True

    def refs(self, target: Target) -> list[PlaceRef]:
        """The places that a target stands for: one, or none if an anaphor has nothing to point back to."""
        m = target.mention
        if m.kind is PlaceKind.UNNAMED:
            if named := numbered(self.told, m):
                return named
            ref = PlaceRef(
                words=m.words, span=self.p.span_of(m.start, m.end), kind=PlaceKind.UNNAMED, count=m.count,
                within=self._within(target), reasons=("a group without names",),
            )  # fmt: skip
            return [ref]
        if m.anaphor is not None:
            if not self.p.options.anaphora:
                return []
            if m.anaphor == "both":
                return pair(self.told, m)
            if m.anaphor == ELIDED:
                return attacked(self.told, m)
            if m.anaphor in (CLAIMED, JUST_CLAIMED):
                found = self._claimed(m)
                return [replace(found, span=self.p.span_of(m.start, m.end))] if found is not None else []
            if m.anaphor == "them":
                return [replace(ref, span=self.p.span_of(m.start, m.end)) for ref in self._group(m)]
            found = antecedent(self.told, m)
            return [found] if found else []
        if m.part and m.kind is PlaceKind.COUNTRY and m.start not in self.told.refs:
            self._resolve([m])
        if m.start not in self.told.refs:
            self._resolve([m])
        ref = self.told.refs[m.start]
        ref = metonym(self.p, ref)
        together = named_together(self.p.scene, m) or among_regions(self.p.scene, m)
        if ref.kind is PlaceKind.SETTLEMENT and together:
            ref = as_region(self.p, ref)
        if m.kind is PlaceKind.REGION and ref.kind is PlaceKind.SETTLEMENT and m.known:
            ref = as_region(self.p, ref)
        self.told.used.append(ref)
        return [replace(ref, words=m.words) if m.words != ref.words else ref]

    def _claimed(self, m: Mention) -> PlaceRef | None:
        """The place that the sentence of an anaphor has claimed something of, or the only one that the sentence before has or tells of."""
        sentence = self.p.scene.sentence
        here = [ref for at, ref in self.told.last if sentence[at] == sentence[m.start]]
        if here or m.anaphor == CLAIMED:
            return here[-1] if here else None
        first = sentence[m.start][0]
        before = [ref for at, ref in self.told.last if first and sentence[at] == sentence[first - 1]]
        return before[0] if len({ref.place_id or ref.words for ref in before}) == 1 else spoken_of(self.told, m)

    def _within(self, target: Target) -> int | None:
        """The region that a group lies in, where the words say it."""
        if target.container is not None:
            ref = self.told.refs.get(target.container.start)
            return (ref.place_id or ref.within) if ref else None
        if (named := self._named_inside(target.mention)) is not None:
            return named
        wide = [r for _, r in self.told.last if r.kind is PlaceKind.REGION]
        if (
            not wide
        ):  # "two villages remained free" opens a paragraph: they lie where the text's claims so far are about
            wide = [r for r in self.p.earlier if r.kind is PlaceKind.REGION and r.place_id is not None][-1:]
        return wide[-1].place_id if wide else None

    def _named_inside(self, m: Mention) -> int | None:
        """The place whose name stands in a group of others: "nine Kharkiv villages"."""
        scene = self.p.scene
        names = [
            scene.written[k]
            for k in range(m.start + 1, m.end)
            if scene.written[k][:1].isupper() and k not in scene.side_at
        ]
        found = self.p.knowledge.gazetteer.find(names[0], fuzzy=False) if len(names) == 1 else []
        return max(found, key=lambda hit: hit.place.population or 0).place.id if found else None

    def _group(self, m: Mention) -> list[PlaceRef]:
        """What "them" points back to in "took two villages after losing them": the places of the claim before."""
        return self.group if self.group_at == self.p.scene.sentence[m.start] else []

    def note(self, refs: Sequence[PlaceRef], token: int) -> None:
        """Keep the places of an assertion for "them", if they are several or a group without names."""
        if len(refs) > 1 or (refs and refs[0].kind is PlaceKind.UNNAMED and refs[0].count != 1):
            self.group, self.group_at = list(refs), self.p.scene.sentence[token]

    def around(self, token: int) -> list[str]:
        """The countries of the passage's other places, the nearest to a token first: where a place lies that none knows."""
        found: list[str] = []
        for start in sorted(self.told.refs, key=lambda at: abs(at - token)):
            found += [c for c in countries_of(self.p, self.told.refs[start]) if c not in found]
        theatre = theatre_of(self.p)  # namesakes of what no gazetteer knows lie anywhere: where they fight is likelier
        if found and theatre and theatre.keys().isdisjoint(found):
            return sorted(theatre, key=lambda c: (-theatre[c], c))
        return found

    def remember(self, ref: PlaceRef, target: Target, cue: int) -> None:
        """Keep a claimed place for what points back to it; one told of earlier times comes behind that of its sentence."""
        if ref.kind in (PlaceKind.UNNAMED, PlaceKind.COUNTRY):
            return
        start, sentence = target.mention.start, self.p.scene.sentence
        beside = bool(self.told.last) and sentence[self.told.last[-1][0]] == sentence[start]
        if beside and _went_before(self.p.scene, cue):
            self.told.aside.add(start)
            self.told.last.insert(-1, (start, ref))
            self.p.earlier.insert(-1, ref)
        else:
            self.told.last.append((start, ref))
            self.p.earlier.append(ref)
        del self.p.earlier[:-30]


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

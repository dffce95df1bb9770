"""Whom a frame means by itself where nobody is named: the liberator, attacker, occupier or defender of the ground at hand."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.knowledge.parties import Party, SideKind
from reportedly.model import Relation
from reportedly.read.parsing.marks import QUOTES
from reportedly.read.parties.binding import OCCUPYING, UNKNOWN, bind
from reportedly.read.parties.case import Answer, PartyCase, first_answer
from reportedly.read.parties.nearby import country_within, nearest_left
from reportedly.read.parties.words import governor_side, speaker_as_written
from reportedly.read.scene.reasons import FOLLOWED
from reportedly.read.scene.scene import Side
from reportedly.resolve.parties import opponent

__all__ = ["by_role"]


@dataclass(frozen=True, slots=True)
class Ground:
    """The role that the frame gives its party, and the country and state of the place."""

    role: str | None
    home: str | None
    state: Party | None


def by_role(c: PartyCase) -> Answer:
    """The party of the frame's role, and why."""
    a = c.a
    if (described := _described(c)) is not None:
        return described
    home = country_within(c.scene, a, c.parties) or (c.countries[0] if c.countries else c.lands[0] if c.lands else None)
    role = a.cue.frame.default or ("occupier" if a.cue.words[0] in OCCUPYING else None)
    ground = Ground(role, home, c.parties.state_of(home) if home else None)
    rules = (_told_gain, _liberator, _occupier, _defender, _beside, _fighting, _foe, _fallen)
    if (answer := first_answer(rules, c, ground)) is not None:
        return answer
    if c.relation is Relation.CONTESTS and not c.heard.parties:
        return (ground.state.id if ground.state else UNKNOWN), "nobody is named"
    return c.latest(), "who was spoken of last"


def _described(c: PartyCase) -> Answer | None:
    """Whose "rebel-held", "government-held", "army-controlled" ground it is."""
    a, ukraine = c.a, c.countries[:1] == ["UA"]
    governed = a.who in ("“government-held”", "“government-controlled”") and c.scene.low[a.start - 2] != "non"
    if not a.attributive or not a.who.startswith("“"):
        return None
    if ukraine:
        return ("UA", f"{a.who} in this war") if governed else None
    word = a.who.strip("“").split("-")[0]
    if word in c.parties.nouns("irregular"):
        if (group := _sole_group(c)) is not None:
            return group, f"“{word}”: the one armed group of the passage that fights there"
        return ("opposition" if word == "opposition" else word.removesuffix("s") + "s"), "as written"
    ruler = c.home if c.countries else c.ruler
    if word in (*c.parties.nouns("state_forces"), "regime", "junta") and ruler is not None:
        return ruler.id, f"“{word}” of the country of the place"
    return None


def _sole_group(c: PartyCase) -> str | None:
    """The only armed group that the passage names of those that fight in the country of the place: "rebel-held Goma"."""
    spoken = (*c.heard.named, *c.heard.parties)
    named = [id_ for id_ in c.heard.fighting(c.parties, c.lands) if id_ in spoken]
    groups = [id_ for id_ in named if (party := c.parties.party(id_)) is not None and party.kind == "group"]
    groups = [id_ for id_ in groups if id_ not in c.parties.nouns("no_rebels")]
    return groups[0] if len(groups) == 1 else None


def _told_gain(c: PartyCase, ground: Ground) -> Answer | None:  # noqa: ARG001 - all rules are asked alike
    """Who took or entered the place of a fall, or whose foe left it, as the report told before ("entered X. The fall of X")."""
    if c.a.cue.words[0] != "fall":
        return None
    gained = c.heard.told(Relation.TAKES, c.place)
    if gained is None and (loser := c.heard.told(Relation.LOSES, c.place)) is not None:
        gained = opponent(loser, c.parties, countries=c.countries, heard=c.heard.parties)
    elif gained is None:
        gained = c.heard.told(Relation.CONTESTS, c.place)
    return (gained, "who was said to gain it before") if gained is not None else None


def _liberator(c: PartyCase, ground: Ground) -> Answer | None:
    """Who liberates: those who say so, else those whose country it is."""
    a, said = c.a, c.attribution
    if ground.role != "liberator":
        return None
    marks = [(mark,) for mark in QUOTES]
    set_off = bool(a.start) and c.scene.low[a.start - 1] in QUOTES and c.behind(1) in marks  # 'the "liberated" village'
    if ground.home == "UA" and said.side is None and set_off:
        return "RU", "“liberated” between marks: by those who only call it so"
    if any(t.mention.words.lower().endswith("people's republic") for t in a.targets):
        return "RU", "as those who call it a republic say"
    told = c.heard.told(Relation.TAKES, c.place)
    if said.side is not None and not c.fights(said.side) and told is not None and not a.mood.denied:
        return told, "who was said to gain it before"  # "The Pentagon confirmed that X was liberated"
    if said.side is not None and c.fights(said.side):
        rule = said.reasons[0] if said.reasons else ""
        theirs = rule.startswith("noun") or rule.endswith(FOLLOWED)  # "Y's claim that X was liberated is a lie"
        owned_up = c.scene.words("clauses.owns_up") & set((said.cue or "").split())  # "admitted that it was premature"
        if a.mood.judged and not theirs and not owned_up:
            return c.foe(said.side), "who calls a liberation untrue means the other side's"
        return said.side, f"who says “{a.cue.text}” means their own side"
    praising = governor_side(c.scene, a.start, c.parties) if c.noun or a.passive else None
    if praising is not None and c.fights(praising):
        return praising, f"who speaks of a “{a.cue.text}” means their own side"
    rebels = c.parties.nouns("irregular") & set(said.source.casefold().split())
    if rebels and (written := speaker_as_written(said, c.parties)) is not None:
        return written, "those who say so, as written"
    if rebels and (spoken := c.speakers())[0] is not None:
        return spoken
    if ground.state is not None and _freed_from(c) == ground.state.id:
        other = next((id_ for id_ in c.heard.parties if id_ != ground.state.id and c.fights(id_)), None)
        return other or c.foe(ground.state.id), "who fights those from whom it is freed"
    if ground.state is None:
        return c.latest(), "who was spoken of last"
    if next(iter(c.heard.parties), None) == ground.state.id:
        return ground.state.id, "the home side, spoken of last"
    return ground.state.id, f"“{a.cue.text}”: by those whose country it is"


def _freed_from(c: PartyCase) -> str | None:
    """The party behind "liberated from"."""
    if c.behind(1) != ("from",):
        return None
    side = next((s for s in c.scene.sides if c.a.end < s.start <= c.a.end + 3), None)
    return c.bind(side.word)[0] if side is not None else None


def _occupier(c: PartyCase, ground: Ground) -> Answer | None:
    """Who occupies ground without a country, where the war in Ukraine is spoken of."""
    ours = bool({"RU", "UA"} & {*c.heard.parties, c.attribution.side})
    if ground.role != "occupier" or ground.home is not None or not ours:
        return None
    return "RU", "who occupies in this war"


def _defender(c: PartyCase, ground: Ground) -> Answer | None:
    if ground.role != "defender":
        return None
    if ground.state is not None:
        return ground.state.id, "those whose country it is"
    return c.latest(), "who was spoken of last"


def _beside(c: PartyCase, ground: Ground) -> Answer | None:
    """Who is named right before an adjective of attack, outside Ukraine."""
    if ground.role != "attacker" or not c.a.attributive or ground.home == "UA":
        return None
    before = nearest_left(c.scene, c.a)
    if before is None:
        return None
    party, why = bind(before.word, c.parties, c.attribution.side, c.lands, c.heard)
    return (party, f"the nearest side before the cue: {why}") if party is not None else None


def _fighting(c: PartyCase, ground: Ground) -> Answer | None:
    """Who fights at a place outside Ukraine: who is named in the sentence and is not its state, else whose army is there."""
    if c.relation is not Relation.CONTESTS or ground.home == "UA" or c.a.attributive:
        return None
    start, end = c.scene.sentence[c.a.start]
    sides = [s for s in c.scene.sides if start <= s.start < end and s.word.party and not _is_where(c, s)]
    named = [s.word.party for s in sides if s.word.party is not None and c.fights(s.word.party)]
    own = ground.state.id if ground.state is not None else None
    other = next((party for party in named if own is None or party != own), named[0] if named else c.latest())
    army = c.parties.army_of(ground.home) if ground.home and other is None else None
    if army is not None and army.country != ground.home:
        return army.id, "nobody is named: the army that fights there"  # "fighting in Gaza"
    return other or UNKNOWN, "named in the sentence" if named else "nobody is named"


def _is_where(c: PartyCase, side: Side) -> bool:
    """Whether a country is named only for where a place lies ("in the city of X in Y", "Y capital X")."""
    covering = c.scene.inside(side.start)
    land = side.word.kind is SideKind.NAME and covering is not None and covering.head is None
    if land and c.scene.low[side.start - 1] in ("in", "of", "across"):
        return True
    kind = c.scene.low[side.end : side.end + 1]
    return side.word.kind is SideKind.DEMONYM and bool(kind) and kind[0] in c.scene.words("places.settlements")


def _foe(c: PartyCase, ground: Ground) -> Answer | None:
    """Who fights those whose country it is."""
    if ground.state is None or ground.role not in ("occupier", "attacker"):
        return None
    there = [ground.home] if ground.home else []
    foe = opponent(ground.state.id, c.parties, countries=there, heard=c.heard.fighting(c.parties, there))
    return (foe, f"“{c.a.cue.text}”: the side that fights {ground.state.id} there") if foe is not None else None


def _fallen(c: PartyCase, ground: Ground) -> Answer | None:
    """Who fights, named beside a fall: "rebel claims that X had fallen", "X falls as rebels advance"."""
    if c.a.cue.frame.name != "falls" or c.heard.parties:
        return None
    start, end = c.scene.sentence[c.a.start]
    sides = [s for s in c.scene.sides if start <= s.start < end and s.word.kind is SideKind.GENERIC]
    near = next((s for s in sides if c.scene.inside(s.start) is None), None)
    if near is None:
        return None
    party, why = bind(near.word, c.parties, c.attribution.side, c.lands, c.heard)
    own = ground.state is not None and party == ground.state.id
    return (party, f"who fights there: {why}") if party is not None and not own else None

"""Noun frames: "the capture of X", "fighting in X", "the withdrawal from X"."""

from __future__ import annotations

from dataclasses import replace

from reportedly.knowledge.cues import Cue
from reportedly.model import Extent, PlaceKind, Relation
from reportedly.read.asserted import Assertion, match_cue
from reportedly.read.edges import clause_edge, gains_of
from reportedly.read.elided import attacks_before, elided_places, headed_place
from reportedly.read.guards import fights_no_war, of_talks
from reportedly.read.mood import Mood, base_of
from reportedly.read.nominal import mood_of_noun
from reportedly.read.objects import after_preps, is_bare, with_members
from reportedly.read.relatives import made_in, where_places
from reportedly.read.scene import Mention, Scene, Side
from reportedly.read.sides import side_in
from reportedly.read.strongholds import stronghold
from reportedly.read.subjects import subject_of
from reportedly.read.target import Target
from reportedly.read.verbs import verb_frame

__all__ = ["noun_frame"]

WHO_GOES_ON = "a pronoun"  # "they drove him out of A, completing the capture of B"
LASTED = frozenset({"during", "throughout", "month", "months", "year", "years", "long", "week", "weeks"})


def noun_frame(scene: Scene, i: int) -> Assertion | None:
    """A noun frame whose cue stands at token i."""
    cues = scene.cues.nouns.get(scene.low[i])
    if cues and scene.written[i][:1].isupper() and any(x.start < i < x.end for x in scene.sides):
        return None  # "the People's Liberation Front"
    if cues and _in_name(scene, i):
        return None  # "the Sudan People's Liberation Movement"
    if (
        not cues
        or scene.bracket[i]
        or not (
            scene.tag[i].startswith("NN")
            or (scene.tag[i] == "VBG" and scene.low[i] == "fighting")
            or (scene.tag[i] == "VBZ" and scene.low[i - 1] in ("the", "these", "those"))  # "the gains they made"
            or (scene.tag[i] == "VBZ" and gains_of(scene, i))
        )
    ):
        return None
    if (
        cues[0].frame.relation is Relation.CONTESTS
        and scene.tag[i + 1 : i + 2]
        and (scene.tag[i + 1] in ("NN", "NNS") or (scene.tag[i + 1].startswith("NNP") and not _named(scene, i + 1)))
        and scene.low[i + 1] not in scene.words("clauses.going_on")
    ):
        return None  # "combat power", "battle group"
    if (
        cues[0].frame.relation is Relation.CONTESTS
        and scene.low[i - 1 : i]
        and scene.low[i - 1] in scene.words("clauses.from_afar")
    ):
        return None  # "artillery battles near X"
    if scene.low[i] == "warfare" and scene.low[max(0, i - 1)] not in scene.words("clauses.man_to_man"):
        return None  # "information warfare"
    if (
        scene.low[i - 1 : i] == ("of",)
        and scene.low[i - 2 : i - 1]
        and scene.low[i - 2] in scene.words("places.direction")
    ):
        return None  # "axes of advance"
    for cue in cues:
        if cue.second and cue.second.isdisjoint(scene.vocabulary):
            continue
        end = match_cue(scene, i, cue.words)  # closing quotes behind the cue included
        if end is None:
            continue
        if cue.frame.name == "last stronghold":
            if (held := stronghold(scene, cue, i)) is not None:
                return held
            continue
        if cue.frame.relation is Relation.ADVANCES and (made := made_in(scene, end)):
            side = side_in(scene, end, min(end + 4, scene.sentence[i][1]))
            return Assertion(cue, i, end, tuple(made), mood_of_noun(scene, i), side, "who made them")
        targets = _noun_places(scene, cue, i, end) or _taken_up(scene, cue, i) or _headed(scene, cue, i, end)
        left = not targets and bool(targets := _given_up(scene, cue, i))
        targets = with_members(scene, [t for t in targets if not is_bare(t)])
        elided = not targets and _denied_gain(scene, cue, i, end)
        if elided:
            targets = elided_places(scene, i, end)
        if not targets:
            continue
        side, who = (side_in(scene, scene.sentence[i][0], i), "who attacked") if elided else _noun_side(scene, i, end)
        owned = any(scene.low[k] in ("their", "its") for k in range(max(0, i - 4), i))
        lasted = cue.frame.default == "occupier" and bool(LASTED & set(scene.low[max(0, i - 5) : i]))
        wide = any(t.mention.kind is PlaceKind.REGION or t.extent.kind == "part" for t in targets)
        lasted = lasted or (cue.frame.default == "occupier" and wide)  # "the occupation of part of X"
        lasted = lasted or (scene.low[i - 1] == "for" and scene.low[i - 2] in scene.words("clauses.answered"))
        bare = scene.low[i] in scene.words("clauses.ways_out")  # "the only exit from X" is a road
        if (cue.frame.strict or left or bare) and side is None and not owned and not elided and not lasted:
            continue  # "enters X after the UN's withdrawal"
        if cue.frame.relation is Relation.CONTESTS and _only_background(scene, i):
            continue
        if cue.frame.relation is Relation.CONTESTS and side is None and fights_no_war(scene, i, end, targets):
            continue
        if cue.frame.relation is Relation.ADVANCES and of_talks(scene, end, targets):
            continue
        if scene.low[i] == "siege" and scene.low[i - 2 : i] == ("state", "of"):
            continue  # a state of emergency
        over = scene.low[i] in scene.words("clauses.warlike") and scene.words("clauses.lifted")
        behind = max(end, targets[-1].mention.end)
        if over and scene.low[behind : behind + 1] and scene.low[behind] in over:
            continue  # "siege of X lifted"
        if scene.low[i] == "fall" and scene.low[max(0, i - 2) : i] == ("rise", "and"):
            continue  # of somebody
        if scene.low[i] == "foothold" and {"last", "final", "remaining"} & set(scene.low[max(0, i - 3) : i]):
            continue  # what somebody still held
        mood = mood_of_noun(scene, i)
        if mood.blocked and "not yet" in mood.blocked and _was_then(scene, targets[-1].mention.end):
            mood = Mood()  # "would surpass the capture of X last year"
        subject = subject_of(scene, scene.doc[i].head.i) if who == WHO_GOES_ON else None
        return Assertion(cue, i, end, tuple(targets), mood, side, who, subject)
    return None


def _in_name(scene: Scene, i: int) -> bool:
    """Whether the capitalised noun at i is part of the name of a group: another part follows ("Liberation Movement")."""
    after = scene.low[i + 1 : i + 2]
    capital = scene.written[i][:1].isupper() and scene.written[i + 1 : i + 2] and scene.written[i + 1][:1].isupper()
    return bool(capital) and after[0] in scene.words("names.organisations")


def _given_up(scene: Scene, cue: Cue, i: int) -> list[Target]:
    """ "The army enters X after the rebels' withdrawal": the place that the verb enters or takes is the one given up."""
    token = scene.doc[i]
    if scene.low[i] not in scene.words("clauses.leaving") or token.dep_ != "pobj" or len(cue.words) > 1:
        return []
    prep, verb = token.head, token.head.head
    if prep.lower_ not in ("after", "following", "amid", "upon") or verb.i >= i or verb.pos_ != "VERB":
        return []
    if scene.low[i + 1 : i + 2] in (("from",), ("to",), ("of",), ("in",), ("toward",), ("towards",)):
        of = side_in(scene, i + 2, min(i + 6, scene.sentence[i][1])) if scene.low[i + 1] == "of" else None
        if of is None:
            return []
    gained = verb_frame(scene, verb.i)
    if gained is None or gained.mood.blocked or gained.mood.denied or gained.passive:
        return []
    if gained.cue.frame.relation not in (Relation.CONTESTS, Relation.TAKES):
        return []
    return [t for t in gained.targets if not t.near]


def _denied_gain(scene: Scene, cue: Cue, i: int, end: int) -> bool:
    """ "attacked near X, but no advances have been confirmed": a gain denied where the attack was."""
    start, stop = scene.sentence[i]
    return (
        cue.frame.relation is Relation.ADVANCES
        and "no" in scene.low[max(start, i - 4) : i]
        and attacks_before(scene, start, i)
        and end < stop
        and (clause_edge(scene, end, stop) or scene.low[end] in (",", "."))
    )


def _was_then(scene: Scene, k: int) -> bool:
    """Whether a time gone by stands at token k ("last year", "earlier this month")."""
    units = ("year", "month", "week", "autumn", "spring", "summer", "winter")
    words = scene.low[k : k + 2]
    return len(words) == 2 and ((words[0] == "last" and words[1] in units) or words == ("earlier", "this"))


def _named(scene: Scene, i: int) -> bool:
    """Whether a place or a side is named at token i ("Battle Bakhmut", but not "Combat Rules" of a title)."""
    return i in scene.at or i in scene.side_at


def _only_background(scene: Scene, i: int) -> bool:
    """Whether fighting is only spoken of in passing ("similar to the fighting in X", "the anniversary of the battle for X")."""
    token = scene.doc[i]
    left = scene.low[max(scene.sentence[i][0], i - 8) : i]
    behind = scene.low[i : min(i + 14, scene.sentence[i][1])]
    stop = next((k for k, word in enumerate(behind) if word in (":", ";", ",")), len(behind))
    near = set(behind[: min(stop, 6)])
    near -= {"at"} if "least" in near else set()  # "at least 20 dead"
    people = scene.words("clauses.feuds") | scene.words("clauses.unarmed") | scene.words("clauses.gatherings")
    feud = people & {
        *left[-2:],
        *(behind if "between" in behind[:8] or {"with", "at", "during"} & near else ()),
    }
    riot = scene.words("clauses.riots") & set(scene.low[scene.sentence[i][0] : scene.sentence[i][1]])
    if riot and scene.low[i] in ("clash", "clashes", "confrontation", "confrontations"):
        return True
    if feud and not {"army", "troops", "soldiers", "forces", "rebels"} & set(behind):
        return True
    if left[-3:] == ("victory", "in", "the"):
        return True
    if "anniversary" in left or "casualties" in left:
        return True
    if token.dep_ != "pobj":
        return False
    if token.head.lower_ == "since" and any(
        scene.tag[k] in ("JJS", "RBS") or scene.low[k] == "first" for k in range(max(scene.sentence[i][0], i - 8), i)
    ):
        return True  # "its largest victory since the battle of X"
    if token.head.lower_ == "from" and base_of(scene, token.head.head.i, "clauses.back_from"):
        return True  # "forces withdrawn from the battle of X"
    if token.head.lower_ == "to" and scene.low[token.head.i - 1] == "committed":
        return False  # "forces remain committed to the encirclement of X"
    return token.head.lower_ in ("like", "than", "to") or (
        token.head.lower_ in ("of", "for", "about") and token.head.head.lemma_.lower() in scene.words("clauses.memory")
    )


def _taken_up(scene: Scene, cue: Cue, i: int) -> list[Target]:
    """ "X, where fighting goes on" and "confirmed the capture": the place stands before."""
    there = next((j for j in range(i + 1, min(i + 5, scene.sentence[i][1])) if scene.low[j] == "there"), None)
    goes_on = there is not None and scene.words("clauses.going_on").issuperset(scene.low[i + 1 : there])
    if cue.frame.relation is Relation.CONTESTS and there is not None and goes_on:  # "fighting continues there"
        return [Target(Mention(there, there + 1, "there", PlaceKind.SETTLEMENT, anaphor="town"))]
    k = scene.previous(i)
    while k > 0 and (
        scene.tag[k].startswith(("JJ", "RB"))
        or scene.low[k] in ("street", "street-to-street", "urban", "-", "the", "this", "its", "their")
    ):
        k = scene.previous(k)
    if k < 0:
        return []
    if cue.frame.relation is Relation.ADVANCES:
        return where_places(scene, i) if scene.doc[i].dep_ == "dobj" else []
    if cue.frame.relation is Relation.CONTESTS:
        if scene.low[k] != "where":
            return []
        x = scene.previous(k)
        while x > 0 and scene.low[x] == ",":
            x = scene.previous(x)
        before = scene.inside(x)
        return [Target(before)] if before is not None and before.head is None else []
    confirmed = scene.low[k] in (
        "confirms",
        "confirmed",
        "acknowledged",
        "acknowledges",
        "admitted",
        "denied",
        "denies",
        "announced",
        "announces",
        "claimed",
        "rejected",
        "rejects",
    )
    told = scene.tag[i] == "NN" and scene.tag[i + 1 : i + 2] in (("VBD",), ("VBZ",), ("MD",))
    opens = (
        told and scene.low[i - 1] == "its" and i - 1 == scene.sentence[i][0]
    )  # "Its capture was their first success"
    if (
        (confirmed or opens)
        and scene.low[i - 1] in ("the", "this", "its", "their")
        and cue.frame.relation in (Relation.TAKES, Relation.LOSES)
    ):
        return [Target(Mention(i, i + 1, scene.doc[i].text, PlaceKind.SETTLEMENT, anaphor="it"))]
    return []


def _headed(scene: Scene, cue: Cue, i: int, end: int) -> list[Target]:
    """The place that heads a headline of fighting: "X: street fighting as the army closes in"."""
    near = cue.frame.relation is Relation.CONTESTS and ":" in scene.low[max(0, i - 4) : i]
    return headed_place(scene, i, end) if near else []


def _noun_places(scene: Scene, cue: Cue, i: int, end: int) -> list[Target]:
    """The places of an event noun: "the capture of X", "X's fall", "the Bakhmut siege"."""
    if "of" in cue.frame.preps:
        before = scene.previous(i)
        if (
            before > 0
            and scene.low[before] in ("'s", "'")
            and (owner := scene.inside(before - 1))
            and owner.head is None
        ):
            side = next((s for s in scene.sides if s.start == owner.start), None)
            person = not owner.known and scene.low[i] in ("capture", "seizure", "recapture")  # of a president
            person = person or scene.low[i] in scene.words(
                "clauses.goings"
            )  # of a guest, or of a force called by its base
            if side is None and not person:
                return [Target(owner)]
        if (bare := _bare_owner(scene, before)) is not None:
            return [bare]
        compound = scene.inside(before) if before >= 0 else None
        if (
            compound
            and compound.end == i
            and compound.head == scene.low[i]
            and scene.low[compound.start] not in scene.words("names.fights")
            and (
                _fought_at(scene, i, compound)
                if cue.frame.relation is Relation.CONTESTS
                else scene.low[i] in ("fall", "liberation", "takeover")
                or (
                    compound.known
                    and compound.kind is not PlaceKind.COUNTRY
                    and scene.low[i] in scene.words("names.takings")
                )
            )
        ):
            return [Target(replace(compound, head=None))]
    targets, at = after_preps(scene, cue, end)
    if cue.frame.relation is Relation.LOSES and at is not None and scene.low[at] == "in":
        if cue.words[0] not in scene.words("clauses.goings"):
            return []  # "losses in X" are casualties
        targets = [replace(t, extent=Extent(kind="part")) for t in targets if t.mention.kind is PlaceKind.REGION]
    if cue.words[0] in ("loss", "surrender", "abandonment") and at is not None and scene.low[at] in ("from", "out"):
        return []  # "the loss of communications from X"
    if cue.frame.relation is Relation.LOSES:
        targets = [t for t in targets if not t.mention.direction]  # who leaves an axis gives no place up
    if cue.frame.relation is Relation.LOSES and targets:
        moved = set(scene.low[end : targets[0].mention.start])
        if moved & (
            scene.words("clauses.never_hold") | scene.words("clauses.materiel") | {"warships"}
        ) and not moved & {"troops", "forces"}:
            return []  # "the withdrawal of warships from X"
    if cue.words[0] in ("departure", "exit") and any(
        scene.low[k] in scene.cues.adjectives for k in range(end, targets[0].mention.start if targets else end)
    ):
        return []  # "departures from occupied X": people who leave, for all that is said
    if cue.frame.relation is Relation.LOSES:
        targets = [t for t in targets if not t.mention.direction]  # "the abandonment of the X axis"
    if cue.words == ("evacuation",) and targets:
        around = scene.low[max(0, i - 1) : targets[0].mention.start]
        if scene.words("clauses.agents").isdisjoint(around):
            return []  # of the residents
    if (
        not targets
        and "of" in cue.frame.preps
        and scene.low[i - 1 : i] == ("its",)
        and (scene.low[end : end + 1] == ("by",) or (cue.frame.relation is Relation.TAKES and _closed(scene, end)))
    ):
        targets = [Target(Mention(i - 1, i, "its", PlaceKind.SETTLEMENT, anaphor="it"))]
    if cue.frame.relation is Relation.CONTESTS:
        targets = [t for t in targets if not t.near and not t.mention.direction and t.mention.kind != PlaceKind.COUNTRY]
        targets = [t for t in targets if t.mention.anaphor != "country" and not t.mention.vague]
    return targets


def _fought_at(scene: Scene, i: int, place: Mention) -> bool:
    """Whether "X clash" names the place of a fight, not who fights ("Jane X clashes with", "X, Y battle for the title", "the
    X-Y clash").
    """
    if scene.low[i] in scene.words("clauses.warlike"):
        return True
    if scene.low[i + 1 : i + 2] in (("for",), ("over",)) or not place.known:
        return False
    before = place.start - 1
    if before < scene.sentence[i][0]:
        return True
    tied = scene.low[before] in ("-", "–") and not scene.doc[before].whitespace_
    return not tied and not (scene.tag[before].startswith("NNP") and scene.inside(before) is None)


def _bare_owner(scene: Scene, before: int) -> Target | None:
    """ "denies city's fall": in a headline the bare noun takes up a settlement named before."""
    k = before - 1
    if k < 1 or scene.low[before] not in ("'s", "’s") or scene.tag[k - 1] in ("DT", "JJ", "PRP$", "CD"):
        return None
    if scene.low[k] not in ("city", "town", "village", "capital"):
        return None
    start = scene.sentence[k][0]
    named = any(start <= m.start < k and m.kind is PlaceKind.SETTLEMENT and m.known for m in scene.mentions)
    return Target(Mention(k, k + 1, scene.low[k], PlaceKind.SETTLEMENT, anaphor=scene.low[k])) if named else None


def _closed(scene: Scene, end: int) -> bool:
    """Whether a phrase ends at a token: "denied claims of its capture"."""
    return end >= len(scene.low) or scene.low[end] in (".", ",", ";", "on", "last", "in", "and", "but")


def _owner(scene: Scene, first: int, i: int) -> Side | None:
    """The country that an event noun at i is owned by, be it a place too: "followed Russia's withdrawal"."""
    owners = [s for s in scene.sides if first <= s.start < i and scene.low[s.end] in ("'s", "’s", "'", "’")]
    return next((s for s in reversed(owners) if s.word.kind == "name"), None)


def _sharing(scene: Scene, start: int, first: int) -> Side | None:
    """The side of "the role of the brigade in tactical gains near X", whose phrase of the event starts at `first`."""
    if scene.low[first - 1 : first] != ("in",):
        return None
    shares = scene.words("clauses.shares_in") | scene.words("clauses.involved")
    part = next((k for k in range(first - 2, max(start, first - 8) - 1, -1) if scene.low[k] in shares), None)
    if part is None:
        return None
    return side_in(scene, part, first) or side_in(scene, scene.doc[part].left_edge.i, part)


def _noun_side(scene: Scene, i: int, end: int) -> tuple[Side | None, str]:
    """The side of an event noun: in its own phrase, then "by ..." or "of ..." behind it, then the subject of its verb."""
    start, stop = scene.sentence[i]
    left = min([i, *(t.i for c in scene.doc[i].children if c.i < i for t in c.subtree)])
    k = i - 1
    while (
        k >= start
        and not (scene.tag[k] == "NNS" and base_of(scene, k, "clauses.deny"))
        and (
            scene.tag[k] in ("JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "NNS", "VBN", "VBG", "POS", "HYPH", "RB", "CD")
            or scene.low[k] in ("'s", "-")
        )
    ):
        k -= 1
    first = max(start, min(left, k + 1))
    side = side_in(scene, first, i) or _owner(scene, first, i)
    if side is not None:
        return side, "the noun's own phrase"
    if (
        first - 2 >= start
        and scene.low[first - 1] == "of"
        and scene.low[first - 2] in scene.words("clauses.claim_nouns")
    ):
        side = side_in(scene, scene.doc[first - 2].left_edge.i, first - 2)
        if side is not None:
            return side, "who claims it"  # "Moscow's claims of control over X"
    if (side := _sharing(scene, start, first)) is not None:
        return side, "who has a part in it"
    for j in range(end, min(stop, end + 12)):
        if scene.low[j] == "to" and scene.low[i] == "fall" and (taker := side_in(scene, j + 1, min(stop, j + 5))):
            return taker, '"to" behind the fall'
        if scene.low[j] in ("by", "between") or (j == end and scene.low[j] == "of"):
            side = side_in(scene, j + 1, min(stop, j + (4 if scene.low[j] == "of" else 6)))
            if side is not None and any(scene.inside(x) for x in range(j + 1, side.start)):
                side = None
            if side is not None and (
                scene.low[j] != "of"
                or side.word.kind in ("forces", "own", "enemy", "generic", "state", "defender", "occupier")
            ):
                return side, f'"{scene.low[j]}" behind the noun'
        if clause_edge(scene, j, stop) or scene.low[j] in scene.words("clauses.claim_nouns"):
            break
    token = scene.doc[i]
    own = token.dep_ == "dobj" and token.head.lemma_ == "claim" and scene.low[i] in scene.words("clauses.gained")
    if own or (token.dep_ == "dobj" and token.head.lemma_.lower() in scene.words("clauses.goes_on_with")):
        subject = subject_of(scene, token.head.i)
        side = side_in(scene, scene.doc[subject].left_edge.i, subject + 1) if subject is not None else None
        if side is not None:
            return side, "the subject of its verb"
        if subject is not None and scene.tag[subject] == "PRP":
            return None, WHO_GOES_ON
    return None, ""
